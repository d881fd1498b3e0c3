import { list, plural, t, word } from '../../lib/browser/texts.ts'
import type { FieldFit, Preview } from '../../lib/preview/types.ts'
import { VerdictBar, verdicts } from '../bars.tsx'
import { Cross, Tick } from '../icons.tsx'

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

/** What would move from this account to the destination, before anything is saved. */
export const Transfer = ({ preview, network }: { preview: Preview; network: string }) => {
  const { follows, posts, profile, lost } = preview
  const parts = verdicts.filter(verdict => follows[verdict] > 0).map(verdict => ({ verdict, text: plural(`transfer_${verdict}`, follows[verdict]) }))
  const rest = [
    posts.notPublic > 0 && plural('transfer_notpublic', posts.notPublic),
    posts.ghost > 0 && plural('transfer_ghost', posts.ghost),
    posts.reposts > 0 && plural('transfer_reposts', posts.reposts),
    posts.media > 0 && plural('transfer_media', posts.media, { alt: posts.mediaWithAlt }),
  ].filter(line => typeof line === 'string')
  return (
    <section class="transfer" aria-labelledby="transfer">
      <h2 id="transfer">{t('transfer_title')}</h2>
      <h3>{t('transfer_follows')}</h3>
      {follows.total === 0 ? (
        <p>{t('transfer_nobody')}</p>
      ) : (
        <>
          <VerdictBar counts={follows} label={t('transfer_bar', { total: follows.total, parts: list(parts.map(({ text }) => text)) })} />
          <ul class="legend">{parts.map(({ verdict, text }) => <li key={verdict} class={`of-${verdict}`}>{text}</li>)}</ul>
          {follows.unknown > 0 && <p class="small">{t('transfer_unknown_text', { network })}</p>}
          {follows.parts > 1 && <p class="small">{t('transfer_parts', { limit: follows.limit, parts: follows.parts })}</p>}
        </>
      )}
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
      {lost.length > 0 && (
        <>
          <h3>{t('transfer_lost')}</h3>
          <ul class="plain">{lost.map(what => <li key={what}>{word('lost', what, { network, what })}</li>)}</ul>
        </>
      )}
    </section>
  )
}
