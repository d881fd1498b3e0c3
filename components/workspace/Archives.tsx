/** The two archives, never one: what goes to a server, and what is for the person alone. */
import { useEffect, useState } from 'preact/hooks'
import { bytes, list, plural, t, words } from '../../lib/browser/texts.ts'
import type { Bundle, Include } from '../../lib/export/index.ts'
import type { AccountKey } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import type { Totals } from '../../lib/store/types.ts'
import { detailOf } from '../live.ts'
import { FileCard, SavingState, useAtOnce, useSaving } from './FileCard.tsx'
import type { Source } from './source.ts'

type Numbers = Pick<Bundle, 'included' | 'left_out' | 'locked'>
const rowsOf = ({ included }: Numbers): number => included.posts + included.replies + included.reposts

/** Whether posts for followers go along, and as what: a question, and for a private account a second one. */
const Audience = ({ numbers, include, choose }: { numbers: Numbers; include: Include; choose: (include: Include) => void }) => {
  const hidden = numbers.left_out.find(({ reason }) => reason === 'followers-only')?.count ?? 0
  const total = rowsOf(numbers) + numbers.left_out.reduce((sum, { count }) => sum + count, 0)
  if (hidden === 0) return null
  return (
    <>
      <p class="note"><span><strong>{t('file_bundle_by_default', { included: rowsOf(numbers), total })}</strong> {plural('file_bundle_private', hidden)}</span></p>
      <label class="check">
        <input type="checkbox" checked={include !== 'public'} onChange={event => choose(event.currentTarget.checked ? 'followers-too' : 'public')} />
        <span>{t('file_bundle_private_choice')}</span>
      </label>
      {include !== 'public' && <p class="small">{t('file_bundle_private_importers')}</p>}
      {include !== 'public' && numbers.locked && (
        <>
          <label class="check">
            <input type="checkbox" checked={include === 'opened'} onChange={event => choose(event.currentTarget.checked ? 'opened' : 'followers-too')} />
            <span>{t('file_bundle_open_choice')}</span>
          </label>
          {include === 'opened' && <p class="note">{plural('file_bundle_opened', hidden)}</p>}
        </>
      )}
    </>
  )
}

export const BundleCard = ({ source, account, room, totals, atOnce }: { source: Source; account: AccountKey; room: Room; totals: Totals; atOnce: boolean }) => {
  const network = room.name
  const [include, setInclude] = useState<Include>('public')
  const [byDefault, setByDefault] = useState<Numbers>()
  const [numbers, setNumbers] = useState<Numbers>()
  const [made, setMade] = useState<Bundle>()
  const [failed, setFailed] = useState<unknown>()
  const kept = totals['media:kept'] ?? 0
  useEffect(() => {
    let current = true
    setMade(undefined)
    source.bundleNumbers(account, room, include).then(
      found => {
        if (!current) return
        setNumbers(found)
        if (include === 'public') setByDefault(found)
      },
      error => current && setFailed(error),
    )
    return () => void (current = false)
  }, [source, account, include, kept])
  const { saving, press, stop } = useSaving(source, async (anyway, making) => {
    const bundle = await source.bundle(account, room, include, making)
    setMade(bundle)
    // With a problem it is offered, but not as a file that is done.
    return bundle.problems.length === 0 || anyway ? [bundle.file, ...bundle.others] : undefined
  })
  // An empty bundle is saved by nobody's wish: the question comes first.
  useAtOnce(atOnce && numbers !== undefined && rowsOf(numbers) > 0, press)
  if (failed !== undefined) return <p class="problem" role="alert">{t('files_failed', { detail: detailOf(failed) })}</p>
  if (!numbers || !byDefault) return <p class="empty">{t('files_preparing')}</p>
  const { included, left_out } = numbers
  const what = [
    included.posts > 0 && plural('bundle_posts', included.posts),
    included.replies > 0 && plural('bundle_replies', included.replies),
    included.reposts > 0 && plural('bundle_reposts', included.reposts),
    included.files > 0 && plural('bundle_files', included.files),
  ].filter(words => typeof words === 'string')
  const name = made?.file.name ?? t('file_bundle_title')
  return (
    <FileCard name={made?.file.name}>
      <p>{t('file_bundle_text')}</p>
      <Audience numbers={byDefault} include={include} choose={setInclude} />
      <p>{what.length > 0 ? t('file_bundle_holds', { what: list(what) }) : t('file_bundle_profile_only')}</p>
      {included.links > 0 && (
        <p class="small">
          {plural('bundle_links', included.links)}
          {(totals['media:seen'] ?? 0) > 0 && <> <a href="#media">{t('bundle_links_keep')}</a></>}
        </p>
      )}
      {made && made.others.length > 0 && <p class="note">{t('bundle_parts', { parts: made.others.length + 1 })}</p>}
      {left_out.length > 0 && (
        <>
          <h4>{t('file_bundle_left_out')}</h4>
          <ul class="plain">{left_out.map(({ reason, count }) => <li key={reason}>{words('leftout', reason, count, { network, reason })}</li>)}</ul>
        </>
      )}
      <button type="button" class={atOnce ? 'primary' : ''} onClick={() => void press()}>{t('download_bundle')}</button>
      <SavingState saving={saving} name={name} stop={stop} />
      {made && (made.problems.length === 0 ? (
        <p class="small">{t('file_bundle_checked')}</p>
      ) : (
        <div class="problem" role="alert">
          <p>{plural('file_bundle_problems', made.problems.length)}</p>
          <ul class="plain">
            {made.problems.map(({ reason, count, example }) => (
              <li key={reason}>{example ? t('problem_line_example', { reason, count, example }) : t('problem_line', { reason, count })}</li>
            ))}
          </ul>
          <button type="button" onClick={() => void press(true)}>{t('file_bundle_anyway')}</button>
        </div>
      ))}
    </FileCard>
  )
}

const shapeKeys = {
  container: { press: 'shape_container', name: 'shape_container_name', text: 'shape_container_text' },
  photographs: { press: 'shape_photographs', name: 'shape_photographs_name', text: 'shape_photographs_text' },
} as const

const ShapeRow = ({ source, account, room, shape }: { source: Source; account: AccountKey; room: Room; shape: keyof typeof shapeKeys }) => {
  const keys = shapeKeys[shape]
  const [none, setNone] = useState(false)
  const { saving, press, stop } = useSaving(source, async () => {
    const file = await source.otherShape(account, room, shape)
    const empty = shape === 'photographs' && file.rows === 0
    setNone(empty)
    return empty ? undefined : [file]
  })
  return (
    <>
      <p>{t(keys.text)}</p>
      <button type="button" onClick={() => void press()}>{t(keys.press)}</button>
      <div role="status">{none && <p class="note">{t('shape_photographs_none')}</p>}</div>
      <SavingState saving={saving} name={t(keys.name)} stop={stop} />
    </>
  )
}

/** What the bundle holds, for programs that do not read it. */
export const Shapes = ({ source, account, room }: { source: Source; account: AccountKey; room: Room }) => (
  <details class="without">
    <summary>{t('shapes_title')}</summary>
    <ShapeRow source={source} account={account} room={room} shape="photographs" />
    <ShapeRow source={source} account={account} room={room} shape="container" />
  </details>
)

/** Everything, for the person alone. */
export const CopyCard = ({ source, account, room, totals }: { source: Source; account: AccountKey; room: Room; totals: Totals }) => {
  const { saving, press, stop } = useSaving(source, () => source.ownCopy(account, room))
  const files = totals['media:kept'] ?? 0
  return (
    <FileCard>
      <p>{t('copy_text')}</p>
      <p class="note"><strong>{t('copy_private')}</strong></p>
      <p class="small">{files > 0 ? plural('copy_files', files, { size: bytes(totals['media:bytes'] ?? 0) }) : t('copy_no_files')}</p>
      <button type="button" onClick={() => void press()}>{t('copy_save')}</button>
      <SavingState saving={saving} name={t('copy_title')} stop={stop} />
    </FileCard>
  )
}
