import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { bytes, list, plural, t, word, words } from '../../lib/browser/texts.ts'
import type { Bundle, OutFile, RelationFile } from '../../lib/export/index.ts'
import type { AccountKey } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import type { Totals } from '../../lib/store/types.ts'
import { detailOf } from '../live.ts'
import { Say } from '../Say.tsx'
import { Arrivals } from './Arrivals.tsx'
import type { ChosenServer, Source } from './source.ts'

/** Which file a press on the popup's download button asked for. */
export type Wanted = 'follows' | 'bundle'

type Kind = 'follows' | 'unchecked' | 'new' | 'rest' | 'people'
/** What a file is for, told from its name: `lib/export` gives them these. */
const kindOf = ({ name }: OutFile): Kind =>
  name.startsWith('not-followable') ? 'people' : ((/^following_accounts-(unchecked|new|rest)/.exec(name)?.[1] as Kind | undefined) ?? 'follows')

type Saving = { state: 'idle' } | { state: 'making'; bytes: number } | { state: 'saved'; bytes: number } | { state: 'failed'; detail: string }

const SavingState = ({ saving, name }: { saving: Saving; name: string }) => (
  <div role="status">
    {saving.state === 'making' && <p class="small">{t('file_saving', { file: name, size: bytes(saving.bytes) })}</p>}
    {saving.state === 'saved' && <p class="saved">{t('file_saved', { file: name, size: bytes(saving.bytes) })}</p>}
    {saving.state === 'failed' && <p class="problem">{t('file_save_failed', { file: name, detail: saving.detail })}</p>}
  </div>
)

/** Makes a file anew and hands it to the downloads; tells how that goes. @param after what follows once it was handed over */
const useSaving = (source: Source, make: (anyway: boolean) => Promise<OutFile | undefined>, after?: (file: OutFile, bytes: number) => Promise<void>) => {
  const [saving, setSaving] = useState<Saving>({ state: 'idle' })
  const press = async (anyway = false): Promise<void> => {
    if (saving.state === 'making') return
    setSaving({ state: 'making', bytes: 0 })
    try {
      const file = await make(anyway)
      if (!file) return setSaving({ state: 'idle' })
      const bytes = await source.save(file, done => setSaving({ state: 'making', bytes: done }))
      setSaving({ state: 'saved', bytes })
      await after?.(file, bytes)
    } catch (error) {
      setSaving({ state: 'failed', detail: detailOf(error) })
    }
  }
  return { saving, press }
}

/** Presses once, when the popup's button brought the person here. */
const useAtOnce = (wanted: boolean, press: () => Promise<void>): void => {
  const pressed = useRef(false)
  useEffect(() => {
    if (!wanted || pressed.current) return
    pressed.current = true
    void press()
  }, [wanted])
}

const FileCard = ({ name, count, children }: { name?: string; count?: string; children: ComponentChildren }) => (
  <li class="file">
    {name && <p class="file-head"><span class="file-name">{name}</span>{count && <span class="small">{count}</span>}</p>}
    {children}
  </li>
)

const fileText = (kind: Kind, { part = 1, rows }: OutFile, network: string): string => {
  if (kind === 'new') return plural('file_new_text', rows)
  if (kind === 'rest') return plural('file_rest_text', rows)
  if (kind === 'people') return t('file_not_text')
  return part > 1 ? t('file_part_text') : t(kind === 'unchecked' ? 'file_unchecked_text' : 'file_follows_text', { network })
}

const FollowFile = ({ file, source, account, room, primary, atOnce, done }: { file: OutFile; source: Source; account: AccountKey; room: Room; primary: boolean; atOnce: boolean; done: (name: string, bytes: number) => void }) => {
  const kind = kindOf(file)
  const { saving, press } = useSaving(
    source,
    async () => (await source.followFiles(account, room)).find(({ name }) => name === file.name),
    // What was handed over is not new any more.
    async ({ name, people }, size) => {
      done(name, size)
      if (people) await source.store.saved(account, people, new Date().toISOString())
    },
  )
  useAtOnce(atOnce, press)
  const single = (file.parts ?? 1) === 1
  return (
    <FileCard name={file.name} count={plural('file_rows', file.rows)}>
      <p>{fileText(kind, file, room.name)}</p>
      <button type="button" class={primary ? 'primary' : ''} onClick={() => void press()}>
        {single && kind === 'new' ? t('download_new') : single && kind === 'rest' ? t('download_rest') : t('file_save', { file: file.name })}
      </button>
      <SavingState saving={saving} name={file.name} />
    </FileCard>
  )
}

const RelationCard = ({ file, source, account }: { file: RelationFile; source: Source; account: AccountKey }) => {
  const { saving, press } = useSaving(source, async () => (await source.relationFiles(account)).find(({ name }) => name === file.name))
  return (
    <FileCard name={file.name} count={words('file_kept_rows', file.kind, file.rows)}>
      {file.rows > 0 && <p>{word('file_kept_text', file.kind)}</p>}
      {file.without > 0 && <p class="small">{words('file_kept_without', file.kind, file.without)}</p>}
      {file.rows > 0 && <button type="button" onClick={() => void press()}>{t('file_save', { file: file.name })}</button>}
      <SavingState saving={saving} name={file.name} />
    </FileCard>
  )
}

/** Lists, blocks, mutes and bookmarks: there only where something of them was kept. */
const RelationFiles = ({ source, account, totals }: { source: Source; account: AccountKey; totals: Totals }) => {
  const [files, setFiles] = useState<RelationFile[]>()
  const counted = ['lists', 'blocks', 'mutes', 'bookmarks'].map(name => totals[name] ?? 0).join(' ')
  useEffect(() => {
    let current = true
    // What can't be read is said above, for the follow list.
    source.relationFiles(account).then(found => current && setFiles(found), () => undefined)
    return () => void (current = false)
  }, [source, account, counted])
  if (!files?.length) return null
  return (
    <>
      <h3>{t('files_kept_title')}</h3>
      <p class="prose">{t('files_kept_text')}</p>
      <ul class="files">{files.map(file => <RelationCard key={file.name} file={file} source={source} account={account} />)}</ul>
    </>
  )
}

/** What to press on Mastodon, in its own words. */
const Steps = ({ file }: { file: string }) => (
  <section class="file" aria-labelledby="steps">
    <h3 id="steps">{t('steps_title')}</h3>
    <ol class="steps">
      <li><Say k="steps_1" place={<strong>{t('steps_1_place')}</strong>} /></li>
      <li><Say k="steps_2" type={<strong>{t('steps_2_type')}</strong>} file={<span class="file-name">{file}</span>} merge={<strong>{t('steps_2_merge')}</strong>} /></li>
      <li><Say k="steps_3" upload={<strong>{t('steps_3_upload')}</strong>} /></li>
    </ol>
  </section>
)

type Numbers = Pick<Bundle, 'included' | 'left_out'>
const rowsOf = ({ included }: Numbers): number => included.posts + included.replies + included.reposts

const BundleCard = ({ source, account, room, atOnce }: { source: Source; account: AccountKey; room: Room; atOnce: boolean }) => {
  const network = room.name
  const [followersToo, setFollowersToo] = useState(false)
  const [byDefault, setByDefault] = useState<Numbers>()
  const [numbers, setNumbers] = useState<Numbers>()
  const [made, setMade] = useState<Bundle>()
  const [failed, setFailed] = useState<unknown>()
  useEffect(() => {
    let current = true
    setMade(undefined)
    source.bundleNumbers(account, room, followersToo).then(
      found => {
        if (!current) return
        setNumbers(found)
        if (!followersToo) setByDefault(found)
      },
      error => current && setFailed(error),
    )
    return () => void (current = false)
  }, [source, account, followersToo])
  const { saving, press } = useSaving(source, async anyway => {
    const bundle = await source.bundle(account, room, followersToo)
    setMade(bundle)
    // With a problem it is offered, but not as a file that is done.
    return bundle.problems.length === 0 || anyway ? bundle.file : undefined
  })
  // An empty bundle is saved by nobody's wish: the question comes first.
  useAtOnce(atOnce && numbers !== undefined && rowsOf(numbers) > 0, press)
  if (failed !== undefined) return <p class="problem" role="alert">{t('files_failed', { detail: detailOf(failed) })}</p>
  if (!numbers || !byDefault) return <p class="empty">{t('files_preparing')}</p>
  const { included, left_out } = numbers
  const hidden = byDefault.left_out.find(({ reason }) => reason === 'followers-only')?.count ?? 0
  const total = rowsOf(byDefault) + byDefault.left_out.reduce((sum, { count }) => sum + count, 0)
  const what = [
    included.posts > 0 && plural('bundle_posts', included.posts),
    included.replies > 0 && plural('bundle_replies', included.replies),
    included.reposts > 0 && plural('bundle_reposts', included.reposts),
  ].filter(words => typeof words === 'string')
  const name = made?.file.name ?? t('file_bundle_title')
  return (
    <FileCard name={made?.file.name}>
      <p>{t('file_bundle_text')}</p>
      {hidden > 0 && (
        <>
          <p class="note"><span><strong>{t('file_bundle_by_default', { included: rowsOf(byDefault), total })}</strong> {plural('file_bundle_private', hidden)}</span></p>
          <label class="check">
            <input type="checkbox" checked={followersToo} onChange={event => setFollowersToo(event.currentTarget.checked)} />
            <span>{t('file_bundle_private_choice')}</span>
          </label>
        </>
      )}
      <p>{what.length > 0 ? t('file_bundle_holds', { what: list(what) }) : t('file_bundle_profile_only')}</p>
      {left_out.length > 0 && (
        <>
          <h4>{t('file_bundle_left_out')}</h4>
          <ul class="plain">{left_out.map(({ reason, count }) => <li key={reason}>{words('leftout', reason, count, { network, reason })}</li>)}</ul>
        </>
      )}
      <button type="button" class={atOnce ? 'primary' : ''} onClick={() => void press()}>{t('download_bundle')}</button>
      {saving.state === 'making' && !made ? <p class="small" role="status">{t('file_bundle_making')}</p> : <SavingState saving={saving} name={name} />}
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

/** Every file that this account can leave with, each with what it is for. */
export const Files = ({ source, account, room, totals, open, wanted, stamp, server }: {
  source: Source
  account: AccountKey
  room: Room
  totals: Totals
  /** The capture goes on. */
  open: boolean
  wanted?: Wanted
  /** Changes when the files must be counted anew. */
  stamp: string
  server?: ChosenServer
}) => {
  const [files, setFiles] = useState<OutFile[]>()
  const [failed, setFailed] = useState<unknown>()
  const [saved, setSaved] = useState<{ name: string; size: number }>()
  const follows = totals['follows'] ?? 0
  // Whatever changes which rows the files hold changes one of these.
  const counted = ['follows', 'follows:ticked', 'follows:new', 'follows:unknown', 'arrival:arrived', 'arrival:again', 'arrival:failed'].map(name => totals[name] ?? 0).join(' ')
  useEffect(() => {
    let current = true
    source.followFiles(account, room).then(found => current && setFiles(found), error => current && setFailed(error))
    return () => void (current = false)
  }, [source, account, stamp, counted])
  const main = files?.find(file => kindOf(file) === 'follows')
  const those = (...kinds: Kind[]) => files?.filter(file => kinds.includes(kindOf(file))) ?? []
  const others = those('unchecked', 'people')
  // Those who can't be followed are no file for a server.
  const importable = main ?? others.find(file => kindOf(file) === 'unchecked')
  const card = (file: OutFile) => (
    <FollowFile key={file.name} file={file} source={source} account={account} room={room} primary={file === (those('rest', 'new')[0] ?? main) && wanted !== 'bundle'} atOnce={wanted === 'follows' && file === main} done={(name, size) => setSaved({ name, size })} />
  )
  return (
    <section class="files" aria-labelledby="files">
      <h2 id="files" class="unseen">{t('tab_files')}</h2>
      <p class="prose">{t('files_intro')}</p>
      {open && <p class="note">{t('files_unfinished')}</p>}
      <h3>{t('files_follow_title')}</h3>
      {failed !== undefined && <p class="problem" role="alert">{t('files_failed', { detail: detailOf(failed) })}</p>}
      {!files && failed === undefined && <p class="empty">{t('files_preparing')}</p>}
      {/* A list of what is new is gone once it is saved, and the word that it was with it. */}
      <div role="status">{saved && files && !files.some(({ name }) => name === saved.name) && <p class="saved">{t('file_saved', { file: saved.name, size: bytes(saved.size) })}</p>}</div>
      {files && follows === 0 && files.length === 0 && <p class="empty">{t('files_none')}</p>}
      {files && !main && files.length > 0 && <p class="note">{t('file_follows_empty')}</p>}
      {files && files.length > 0 && <ul class="files">{[...those('rest', 'new'), ...those('follows'), ...others].map(card)}</ul>}
      {importable && <Steps file={importable.name} />}
      {importable && <Arrivals source={source} account={account} totals={totals} server={server} />}
      <RelationFiles source={source} account={account} totals={totals} />
      <h3>{t('file_bundle_title')}</h3>
      <ul class="files"><BundleCard source={source} account={account} room={room} atOnce={wanted === 'bundle'} /></ul>
    </section>
  )
}
