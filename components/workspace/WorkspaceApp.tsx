/** Binds the workspace to the store, to what makes the files, and to its own address. */
import { askServer } from '../../lib/browser/ask.ts'
import { accountsWithFiles, openFiles, removeFilesOf } from '../../lib/browser/files.ts'
import { guard } from '../../lib/browser/guard.ts'
import { PASTED } from '../../lib/browser/messages.ts'
import { requestHosts, requestLookUp } from '../../lib/browser/permissions.ts'
import { ask } from '../../lib/browser/port.ts'
import { chooseServer, chosenServer, forgetSettings, isSlow, ownVersion, setSlow } from '../../lib/browser/settings.ts'
import { t, word } from '../../lib/browser/texts.ts'
import { destinations, type Destination, type ServerFacts } from '../../lib/destinations/index.ts'
import { backup, bundle, bundleNumbers, container, followFiles, gather, ownCopy, photographsOnly, reasonOf, relationFiles } from '../../lib/export/index.ts'
import { judge } from '../../lib/lookup/judge.ts'
import type { AccountKey } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import { openStore } from '../../lib/store/index.ts'
import type { FollowRow } from '../../lib/store/types.ts'
import type { Wanted } from './Files.tsx'
import { save } from './saving.ts'
import { askAbout } from './server.ts'
import { shellOf } from './shell.ts'
import type { Source } from './source.ts'
import { Workspace } from './Workspace.tsx'

type OpenStore = ReturnType<typeof openStore>

const listsOf = (store: OpenStore, account: AccountKey, room: Room, { takes, follows }: Destination = destinations.mastodon) =>
  followFiles(store, account, {
    atOnce: { rows: follows.max, bytes: follows.fileBytes },
    starterKit: takes.follows?.form === 'starter-kit',
    words: reason => word('reach', reason, { network: room.name }),
    profileUrl: handle => room.profileUrl(handle),
    headings: [t('people_handle'), t('people_name'), t('people_link'), t('people_why')],
  })

const sourceOf = (store: OpenStore, filesToo = { ...store, open: openFiles }): Source => ({
  store,
  reachOf: judge,
  followFiles: (account, room, destination) => listsOf(store, account, room, destination),
  relationFiles: (account, { follows: { files } }) => relationFiles(store, account, { block: files.blocking.header, mute: files.muting.header }),
  bundleNumbers: (account, room, include) => bundleNumbers(filesToo, account, { room, include }),
  bundle: (account, room, include, { checked, stop }) => bundle(filesToo, account, { room, include }, { progress: checked, stop, gather }),
  otherShape: async (account, room, shape) => {
    if (shape === 'photographs') return photographsOnly(filesToo, account, { room })
    const ticked = (await listsOf(store, account, room)).filter(({ name }) => /^following_accounts(-part-\d+)?\.csv$/.test(name))
    return container(filesToo, account, { room }, ticked)
  },
  ownCopy: async (account, room) => {
    const lists = [...(await listsOf(store, account, room)), ...(await relationFiles(store, account)).filter(({ rows }) => rows > 0)]
    const shell = { ...(await shellOf()), why: (row: FollowRow): string => word('reach', reasonOf(row), { network: room.name }) }
    return ownCopy(filesToo, account, { room, lists, shell, readme: [t('copy_readme_1', { network: room.name }), t('copy_readme_2'), t('copy_readme_3')] })
  },
  handIn: async (room, { name, bytes, account }, begun) => {
    if (name !== PASTED && room.handIn?.members) {
      const { readDownload } = await import('./download.ts')
      const read = await readDownload(store, room, bytes instanceof File ? bytes : new File([bytes], name), account, begun)
      if (read) return read
    }
    const item = await store.handIn({ name, network: room.id, at: new Date().toISOString(), bytes })
    const run = await ask({ kind: 'hand-in', network: room.id, item, account })
    if (typeof run !== 'string') return { refused: 'unreadable' }
    begun(run)
    return { run }
  },
  hand: async (runId, kind) => void (await ask({ kind, runId })),
  takeOut: (account, run) => store.takeOut(account, run, judge),
  pastedName: PASTED,
  save,
  leave: { forLookUp: requestLookUp, forServer: host => requestHosts([host]), forMedia: requestHosts },
  media: async request => void (await ask(request)),
  forgetFiles: removeFilesOf,
  backup: () => backup({ store, open: openFiles, version: ownVersion(), at: new Date().toISOString() }),
  restore: async (file, progress) => {
    const { restore } = await import('../../lib/archive/backup.ts')
    return restore(file, store, progress)
  },
  forgetAll: async () => {
    await store.deleteAll()
    for (const account of await accountsWithFiles()) await removeFilesOf(account)
    await forgetSettings()
  },
  used: async () => (await navigator.storage.estimate().catch((): StorageEstimate => ({}))).usage,
  slow: { is: isSlow, set: setSlow },
  lookUp: async request => void (await ask(request)),
  server: {
    chosen: async () => {
      const chosen = await chosenServer()
      return chosen && { host: chosen.host, software: chosen.software, facts: chosen.facts as ServerFacts | undefined }
    },
    choose: chooseServer,
    ask: async host => {
      await guard()
      return askAbout(host, new Date().toISOString(), url => askServer({ url }, ''))
    },
  },
})

/** Takes the wish to save out of the address, so that loading the page anew does not save again. */
const takeWanted = (): Wanted | undefined => {
  const url = new URL(location.href)
  const wanted = url.searchParams.get('save')
  if (wanted === null) return undefined
  url.searchParams.delete('save')
  history.replaceState(null, '', url)
  return wanted === 'follows' || wanted === 'bundle' ? wanted : undefined
}

const source = sourceOf(openStore())
const wanted = takeWanted()
const account = new URL(location.href).searchParams.get('account') ?? undefined

/** The network that something is to be handed over for, before anything of it was captured. */
const add = new URL(location.href).searchParams.get('add') ?? undefined

export const WorkspaceApp = () => <Workspace source={source} account={account} save={wanted} add={add} />
