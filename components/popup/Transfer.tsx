import { list, plural, t, word, words } from '../../lib/browser/texts.ts'
import type { Learner } from '../../lib/lookup/plan.ts'
import type { FieldFit, Loss, Preview } from '../../lib/preview/types.ts'
import { VerdictBar, verdicts } from '../bars.tsx'
import { Cross, Tick } from '../icons.tsx'
import { Learns } from '../Learns.tsx'

const fieldName = ({ field, label }: FieldFit): string => (field === 'link' && label ? t('field_link_label', { label }) : word('field', field))

const Field = ({ fit }: { fit: FieldFit }) => {
  const field = fieldName(fit)
  if (fit.fits) return <li><Tick /><span>{t('transfer_fits', { field })}</span></li>
  const cut = fit.length !== undefined && fit.limit !== undefined
  return (
    <li>
      <Cross />
      <span>
        {cut ? t('transfer_cut', { field, length: fit.length ?? 0, limit: fit.limit ?? 0 }) : word('fit', fit.reason ?? 'other', { field })}
        {fit.cut && <q class="cut"><bdi>{fit.cut}</bdi></q>}
      </span>
    </li>
  )
}

const lossText = ({ what, count, limit, roughly }: Loss): string => {
  const text = words('loss', what, count, { limit: limit ?? 0 })
  return roughly ? t('loss_roughly', { text }) : text
}

/** What the follow list holds of them, and what became of those at the server. */
const Ticked = ({ follows, network, whole, learn, lookUp }: { follows: Preview['follows']; network: string; whole: boolean; learn: Learner[]; lookUp: () => void }) => {
  const parts = verdicts.filter(verdict => follows[verdict] > 0).map(verdict => ({ verdict, text: plural(`transfer_${verdict}`, follows[verdict]) }))
  const came = (['arrived', 'again', 'failed'] as const).filter(state => follows[state] > 0).map(state => plural(`transfer_${state}`, follows[state]))
  return (
    <>
      <VerdictBar counts={follows} ticked={follows.ticked} label={t('transfer_bar', { total: follows.total, parts: list(parts.map(({ text }) => text)) })} />
      <ul class="legend">
        {parts.map(({ verdict, text }) => (
          <li key={verdict} class={`of-${verdict}`}>
            {text}
            {whole && <ul class="reasons">{follows.reasons[verdict].map(({ reason, count }) => <li key={reason}>{t('transfer_reason', { count, reason: word('reach', reason, { network }) })}</li>)}</ul>}
          </li>
        ))}
      </ul>
      <p class="ticked-line"><Tick />{plural('transfer_ticked', follows.ticked)}</p>
      {follows.fresh > 0 && follows.fresh < follows.ticked && <p class="small">{plural('transfer_fresh', follows.fresh)}</p>}
      {came.length > 0 && <p class="small">{t('transfer_arrivals', { parts: list(came) })}</p>}
      {follows.unknown > 0 && <p class="small">{t('transfer_unknown_text', { network })}</p>}
      {learn.length > 0 && <Learns all={learn} />}
      {follows.unknown + follows.maybe > 0 && <p><button type="button" class="link" onClick={lookUp}>{t('lookup_open')}</button></p>}
      {follows.parts > 1 && <p class="small">{t('transfer_parts', { limit: follows.limit, parts: follows.parts })}</p>}
    </>
  )
}

/**
 * What would move from this account to the destination, before anything is saved.
 * @param server its name, where the person has said which one it is @param whole with every reason, list and loss
 * @param learn what which servers would learn of a look-up, where nothing else says it @param lookUp leads to where people are looked up
 */
export const Transfer = ({ preview, network, server, whole = false, learn = [], lookUp }: { preview: Preview; network: string; server?: string; whole?: boolean; learn?: Learner[]; lookUp: () => void }) => {
  const { follows, posts, profile, relations, lost } = preview
  const rest = [
    posts.notPublic > 0 && plural('transfer_notpublic', posts.notPublic),
    posts.ghost > 0 && plural('transfer_ghost', posts.ghost),
    posts.reposts > 0 && plural('transfer_reposts', posts.reposts),
    posts.media > 0 && plural('transfer_media', posts.media, { alt: posts.mediaWithAlt, kept: posts.mediaKept }),
  ].filter(line => typeof line === 'string')
  return (
    <section class="transfer" aria-labelledby="transfer">
      <h2 id="transfer">{server === undefined ? t('transfer_title') : t('transfer_title_server', { server })}</h2>
      <h3>{t('transfer_follows')}</h3>
      {follows.total === 0 ? <p>{t('transfer_nobody')}</p> : <Ticked follows={follows} network={network} whole={whole} learn={learn} lookUp={lookUp} />}
      <h3>{t('transfer_profile')}</h3>
      {profile.length === 0 ? (
        <p>{t('transfer_noprofile')}</p>
      ) : (
        <>
          <ul class="fits">{profile.map((fit, index) => <Field key={index} fit={fit} />)}</ul>
          <p class="small">{t('transfer_byhand')}</p>
        </>
      )}
      <h3>{t('transfer_posts')}</h3>
      <ul class="plain">
        <li>{plural('transfer_bundle', posts.inBundle)}</li>
        {rest.map(line => <li key={line}>{line}</li>)}
      </ul>
      {!posts.imported && <p class="small">{t('transfer_notimported')}</p>}
      {whole && posts.losses.length > 0 && (
        <>
          <h3>{t('transfer_losses')}</h3>
          <ul class="plain">{posts.losses.map(loss => <li key={loss.what}>{lossText(loss)}</li>)}</ul>
        </>
      )}
      {whole && relations.length > 0 && (
        <>
          <h3>{t('transfer_relations')}</h3>
          <ul class="plain">{relations.map(({ section, count }) => <li key={section}>{words('relation_file', section, count)}</li>)}</ul>
        </>
      )}
      {lost.length > 0 && (
        <>
          <h3>{t('transfer_lost')}</h3>
          <ul class="plain">{lost.map(what => <li key={what}>{word('lost', what, { network, what })}</li>)}</ul>
        </>
      )}
    </section>
  )
}
