/** What is to be written of the profile: as it was captured, or as the person changes it here. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { t, word, type Key } from '../../lib/browser/texts.ts'
import { destinationFor, withServer } from '../../lib/destinations/index.ts'
import { edited, type AccountKey, type Edits } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import { profileFits } from '../../lib/preview/index.ts'
import type { FieldFit } from '../../lib/preview/types.ts'
import type { ProfileRow } from '../../lib/store/types.ts'
import { detailOf, useLive } from '../live.ts'
import { Handle, Say } from '../Say.tsx'
import type { ChosenServer, Source } from './source.ts'

/** Milliseconds after the last letter until it is kept. */
const pause = 400

type Row = { name: string; value: string }
const rowsOf = ({ fields = [], links = [] }: Pick<ProfileRow, 'fields' | 'links'>): Row[] => [
  ...fields,
  ...links.map(({ url, title }) => ({ name: title || (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : ''), value: url })),
]

/** Only what differs from what was captured is a change. */
const without = (row: ProfileRow, { name, bio, fields, ...pictures }: Edits): Edits => ({
  ...(name === undefined || name === (row.name ?? '') ? {} : { name }),
  ...(bio === undefined || bio === (row.bio ?? '') ? {} : { bio }),
  ...(fields === undefined || JSON.stringify(fields) === JSON.stringify(rowsOf(row)) ? {} : { fields }),
  ...Object.fromEntries(Object.entries(pictures).filter(([, value]) => value === false)),
})

/** How long it is, where the destination counts it. */
const Counter = ({ id, fit, to }: { id: string; fit: FieldFit | undefined; to: string }) => {
  if (fit?.length === undefined || fit.limit === undefined) return <span id={id} class="small" />
  const over = !fit.fits
  return (
    <span id={id} class={over ? 'counter over' : 'counter'}>
      {t(over ? 'profile_over' : 'profile_count', { length: fit.length, limit: fit.limit, destination: to })}
    </span>
  )
}

const pictureKeys = { avatar: 'profile_avatar', header: 'profile_header' } satisfies Record<string, Key>

/** There only where something was changed. */
const Back = ({ of, changed, press }: { of: keyof Edits; changed: Edits; press: () => void }) =>
  of in changed ? <button type="button" class="link small" onClick={press}>{t('profile_back')}<span class="unseen"> {word('field', of)}</span></button> : null

const Form = ({ source, account, row, server }: { source: Source; account: AccountKey; row: ProfileRow; server?: ChosenServer }) => {
  const [edits, setEdits] = useState<Edits>(row.edits ?? {})
  const [said, setSaid] = useState<'kept' | undefined>()
  const [failed, setFailed] = useState<unknown>()
  const waiting = useRef<Edits | undefined>(undefined)
  const timer = useRef(0)
  const keep = (): void => {
    clearTimeout(timer.current)
    const next = waiting.current
    waiting.current = undefined
    if (next) source.store.editProfile(account, without(row, next)).then(() => { setSaid('kept'); setFailed(undefined) }, setFailed)
  }
  // Nothing that was typed is lost by going elsewhere.
  useEffect(() => {
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('pagehide', keep)
      keep()
    }
  }, [])
  const change = (more: Edits): void => {
    const next = { ...edits, ...more }
    setEdits(next)
    setSaid(undefined)
    waiting.current = next
    clearTimeout(timer.current)
    timer.current = window.setTimeout(keep, pause)
  }
  const destination = withServer(destinationFor(server), server?.facts)
  const to = server?.host ?? destination.name
  const fits = profileFits(edited({ ...row, edits }), destination, server?.facts?.version)
  const fitOf = (field: FieldFit['field']): FieldFit | undefined => fits.find(fit => fit.field === field)
  const links = fits.filter(({ field }) => field === 'link')
  const fields = edits.fields ?? rowsOf(row)
  const setField = (at: number, more: Partial<Row>): void => change({ fields: fields.map((field, index) => (index === at ? { ...field, ...more } : field)) })
  const changed = without(row, edits)
  const back = (of: keyof Edits) => <Back of={of} changed={changed} press={() => change({ [of]: undefined })} />
  return (
    <form class="edit" onSubmit={event => { event.preventDefault(); keep() }}>
      <div class="field">
        <label for="profile-name">{word('field', 'name')}</label>
        <input id="profile-name" type="text" dir="auto" autocomplete="off" value={edits.name ?? row.name ?? ''} aria-describedby="profile-name-count" onInput={event => change({ name: event.currentTarget.value })} />
        <p class="beneath"><Counter id="profile-name-count" fit={fitOf('name')} to={to} />{back('name')}</p>
      </div>
      <div class="field">
        <label for="profile-bio">{word('field', 'bio')}</label>
        <textarea id="profile-bio" dir="auto" rows={6} value={edits.bio ?? row.bio ?? ''} aria-describedby="profile-bio-count" onInput={event => change({ bio: event.currentTarget.value })} />
        <p class="beneath"><Counter id="profile-bio-count" fit={fitOf('bio')} to={to} />{back('bio')}</p>
      </div>
      <fieldset>
        <legend>{t('profile_fields')}</legend>
        <p class="small">{t('profile_fields_text', { count: destination.profile.fields.count, destination: to })}</p>
        <ul class="rows">
          {fields.map((field, at) => (
            <li key={at}>
              <input type="text" dir="auto" autocomplete="off" value={field.name} aria-label={t('profile_field_name', { number: at + 1 })} onInput={event => setField(at, { name: event.currentTarget.value })} />
              <input type="text" dir="auto" autocomplete="off" value={field.value} aria-label={t('profile_field_value', { number: at + 1 })} onInput={event => setField(at, { value: event.currentTarget.value })} />
              <button type="button" class="link small" onClick={() => change({ fields: fields.filter((_, index) => index !== at) })}>{t('profile_field_remove')}<span class="unseen"> {at + 1}</span></button>
              {links[at] && !links[at].fits && <p class="small counter over">{links[at].reason ? word('fit', links[at].reason, { field: field.name, destination: to }) : t('profile_over', { length: links[at].length ?? 0, limit: links[at].limit ?? 0, destination: to })}</p>}
            </li>
          ))}
        </ul>
        <p class="beneath"><button type="button" onClick={() => change({ fields: [...fields, { name: '', value: '' }] })}>{t('profile_field_add')}</button>{back('fields')}</p>
      </fieldset>
      {(['avatar', 'header'] as const).map(which => row[which] && (
        <label key={which} class="check">
          <input type="checkbox" checked={edits[which] !== false} onChange={event => change({ [which]: event.currentTarget.checked ? undefined : false })} />
          <span>{t(pictureKeys[which])}</span>
        </label>
      ))}
      <p class="small" role="status">{said === 'kept' && t('profile_kept')}</p>
      {failed !== undefined && <p class="problem" role="alert">{t('error_store', { detail: detailOf(failed) })}</p>}
    </form>
  )
}

export const ProfilePart = ({ source, account, room, server }: { source: Source; account: AccountKey; room: Room; server?: ChosenServer }) => {
  const { value, error } = useLive(source.store, async () => ({ row: await source.store.profile(account) }), account)
  if (error !== undefined) return <p class="problem" role="alert">{t('error_store', { detail: detailOf(error) })}</p>
  if (!value) return <p class="empty">{t('workspace_loading')}</p>
  const { row } = value
  return (
    <section class="files" aria-labelledby="profile">
      <h2 id="profile" class="unseen">{t('tab_profile')}</h2>
      {row ? (
        <>
          <p class="prose">{t('profile_intro', { network: room.name })}</p>
          <p class="small"><Say k="profile_handle" handle={<Handle of={row.handle} />} /></p>
          <Form key={account} source={source} account={account} row={row} server={server} />
        </>
      ) : (
        <p class="empty">{t('profile_none')}</p>
      )}
    </section>
  )
}
