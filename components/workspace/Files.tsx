import { useEffect, useState } from 'preact/hooks'
import { bytes, plural, t, word, words } from '../../lib/browser/texts.ts'
import { destinationFor, type Destination } from '../../lib/destinations/index.ts'
import type { OutFile, RelationFile } from '../../lib/export/index.ts'
import type { AccountKey } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import type { Totals } from '../../lib/store/types.ts'
import { detailOf } from '../live.ts'
import { BundleCard, CopyCard, Shapes } from './Archives.tsx'
import { Arrivals } from './Arrivals.tsx'
import { FileCard, SavingState, useAtOnce, useSaving } from './FileCard.tsx'
import type { ChosenServer, Source } from './source.ts'
import { Steps } from './Steps.tsx'

/** Which file a press on the popup's download button asked for. */
export type Wanted = 'follows' | 'bundle'

type Kind = 'follows' | 'unchecked' | 'new' | 'rest' | 'kit' | 'people'
/** What a file is for, told from its name: `lib/export` gives them these. */
const kindOf = ({ name }: OutFile): Kind =>
  name.startsWith('not-followable') ? 'people' : name.startsWith('starter-kit') ? 'kit' : ((/^following_accounts-(unchecked|new|rest)/.exec(name)?.[1] as Kind | undefined) ?? 'follows')

const fileText = (kind: Kind, { part = 1, rows }: OutFile, network: string, destination: string): string => {
  if (kind === 'new') return plural('file_new_text', rows)
  if (kind === 'rest') return plural('file_rest_text', rows)
  if (kind === 'people') return t('file_not_text')
  if (kind === 'kit') return t('file_kit_text', { destination })
  return part > 1 ? t('file_part_text', { destination }) : t(kind === 'unchecked' ? 'file_unchecked_text' : 'file_follows_text', { network, destination })
}

const FollowFile = ({ file, source, account, room, destination, primary, atOnce, done }: { file: OutFile; source: Source; account: AccountKey; room: Room; destination: Destination; primary: boolean; atOnce: boolean; done: (name: string, bytes: number) => void }) => {
  const kind = kindOf(file)
  const { saving, press } = useSaving(
    source,
    async () => (await source.followFiles(account, room, destination)).filter(({ name }) => name === file.name),
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
      <p>{fileText(kind, file, room.name, destination.name)}</p>
      <button type="button" class={primary ? 'primary' : ''} onClick={() => void press()}>
        {single && kind === 'new' ? t('download_new') : single && kind === 'rest' ? t('download_rest') : t('file_save', { file: file.name })}
      </button>
      <SavingState saving={saving} name={file.name} />
    </FileCard>
  )
}

const RelationCard = ({ file, source, account, destination }: { file: RelationFile; source: Source; account: AccountKey; destination: Destination }) => {
  const { saving, press } = useSaving(source, async () => (await source.relationFiles(account, destination)).filter(({ name }) => name === file.name))
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
const RelationFiles = ({ source, account, totals, destination }: { source: Source; account: AccountKey; totals: Totals; destination: Destination }) => {
  const [files, setFiles] = useState<RelationFile[]>()
  const counted = ['lists', 'blocks', 'mutes', 'bookmarks'].map(name => totals[name] ?? 0).join(' ')
  useEffect(() => {
    let current = true
    // What can't be read is said above, for the follow list.
    source.relationFiles(account, destination).then(found => current && setFiles(found), () => undefined)
    return () => void (current = false)
  }, [source, account, counted, destination.id])
  if (!files?.length) return null
  return (
    <>
      <h3>{t('files_kept_title')}</h3>
      <p class="prose">{t('files_kept_text')}</p>
      <ul class="files">{files.map(file => <RelationCard key={file.name} file={file} source={source} account={account} destination={destination} />)}</ul>
    </>
  )
}

/** @returns the list that a new server takes: of those who are ticked, else of those of whom it is not known. Those who can't be followed are no file for a server. */
export const importableOf = (files: OutFile[]): OutFile | undefined => files.find(file => kindOf(file) === 'follows') ?? files.find(file => kindOf(file) === 'unchecked')

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
  const destination = destinationFor(server)
  const follows = totals['follows'] ?? 0
  // Whatever changes which rows the files hold changes one of these.
  const counted = ['follows', 'follows:ticked', 'follows:new', 'follows:unknown', 'arrival:arrived', 'arrival:again', 'arrival:failed'].map(name => totals[name] ?? 0).join(' ')
  useEffect(() => {
    let current = true
    source.followFiles(account, room, destination).then(found => current && setFiles(found), error => current && setFailed(error))
    return () => void (current = false)
  }, [source, account, stamp, counted, destination.id])
  const main = files?.find(file => kindOf(file) === 'follows')
  const those = (...kinds: Kind[]) => files?.filter(file => kinds.includes(kindOf(file))) ?? []
  const others = those('kit', 'unchecked', 'people')
  const importable = files && importableOf(files)
  const card = (file: OutFile) => (
    <FollowFile key={file.name} file={file} source={source} account={account} room={room} destination={destination} primary={file === (those('rest', 'new')[0] ?? main) && wanted !== 'bundle'} atOnce={wanted === 'follows' && file === main} done={(name, size) => setSaved({ name, size })} />
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
      {importable && <Steps file={importable.name} server={server} />}
      {importable && (destination.takes.follows?.form ?? 'csv') === 'csv' && <Arrivals source={source} account={account} totals={totals} server={server} />}
      {files && (files.length > 0 || (totals['posts'] ?? 0) > 0) && <p><a class="button" href="#ready">{t('last_next')}</a></p>}
      <RelationFiles source={source} account={account} totals={totals} destination={destination} />
      <h3>{t('file_bundle_title')}</h3>
      <ul class="files"><BundleCard source={source} account={account} room={room} totals={totals} destination={destination} atOnce={wanted === 'bundle'} /></ul>
      <Shapes source={source} account={account} room={room} />
      <h3>{t('copy_title')}</h3>
      <ul class="files"><CopyCard source={source} account={account} room={room} totals={totals} /></ul>
    </section>
  )
}
