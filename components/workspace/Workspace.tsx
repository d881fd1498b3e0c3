/** The workspace as it is drawn: one account, in four parts; or the accounts that there are. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { direction, language, moment, number, t, type Key } from '../../lib/browser/texts.ts'
import type { Account, AccountKey, Run } from '../../lib/model/index.ts'
import { rooms, type Room } from '../../lib/networks/rooms.ts'
import type { Totals } from '../../lib/store/types.ts'
import { Bag, Tick } from '../icons.tsx'
import { detailOf, useLive } from '../live.ts'
import { isOpen, sectionsOf } from '../popup/view.ts'
import { Handle, Say } from '../Say.tsx'
import { completenessText, sectionName } from '../words.ts'
import { Accounts } from './Accounts.tsx'
import { Add } from './Add.tsx'
import { Files, type Wanted } from './Files.tsx'
import { Follows } from './Follows.tsx'
import { Guide, guideTitles, useGuide } from './Guide.tsx'
import { History } from './History.tsx'
import { MediaPart } from './MediaPart.tsx'
import { Moves } from './Moves.tsx'
import { Posts } from './Posts.tsx'
import { ProfilePart } from './Profile.tsx'
import { Ready } from './Ready.tsx'
import { Relations } from './Relations.tsx'
import { Settings } from './Settings.tsx'
import { captureOf, type ChosenServer, type Source } from './source.ts'
import { Trouble } from './Trouble.tsx'

const parts = ['follows', 'posts', 'profile', 'media', 'relations', 'moves', 'files', 'add', 'history', 'trouble', 'ready'] as const
type Part = (typeof parts)[number]
const partKeys: Record<Part, Key> = { follows: 'tab_follows', posts: 'tab_posts', profile: 'tab_profile', media: 'tab_media', relations: 'tab_relations', moves: 'tab_moves', files: 'tab_files', add: 'tab_add', history: 'tab_history', trouble: 'tab_trouble', ready: 'last_title' }

const relationSections = ['lists', 'blocks', 'mutes', 'bookmarks', 'likes']

/** `#lookup` is a place in the follows. */
const partAt = (hash: string): Part => parts.find(part => `#${part}` === hash) ?? 'follows'

/** What the address names; follows the back button. */
const useHash = <T,>(at: (hash: string) => T): T => {
  const [part, setPart] = useState(at(location.hash))
  useEffect(() => {
    const changed = () => setPart(at(location.hash))
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, [])
  return part
}

const Who = ({ account, room, run, totals }: { account: Account; room: Room; run?: Run; totals: Totals }) => {
  const handle = account.handle ?? account.id
  const initial = [...(account.name ?? handle)][0]?.toUpperCase() ?? ''
  return (
    <div class="who">
      <span class="face" aria-hidden="true">{initial}</span>
      <div class="who-text">
        <h1><Say k="workspace_title" handle={<Handle of={handle} />} network={room.name} /></h1>
        <p class="small">
          {account.name && <><bdi>{account.name}</bdi> · </>}
          {t('updated_at', { when: moment(account.lastSeen) })}
        </p>
      </div>
      {run && (
        <section aria-label={t('summary_title')}>
          <ul class="sections">
            {sectionsOf(room, run, totals).map(view => (
              <li key={view.section} class={`section ${view.state}`}>
                <span class="section-name">{view.state === 'done' && <Tick />}{sectionName(view.section)}</span>
                <span class="section-count">{completenessText(view, room.name)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

/** Pages about all accounts. */
const pages = ['accounts', 'settings'] as const
const pageAt = (hash: string): (typeof pages)[number] | undefined => pages.find(page => `#${page}` === hash)

/** Deletes the account from the store, after a second press. */
const Delete = ({ source, account, room, done }: { source: Source; account: Account; room: Room; done: () => void }) => {
  const [sure, setSure] = useState(false)
  const [failed, setFailed] = useState<unknown>()
  const remove = async (): Promise<void> => {
    try {
      await source.store.deleteAccount(account.account)
      // What can't be taken away now is, when the browser starts again.
      await source.forgetFiles(account.account).catch(() => undefined)
      done()
    } catch (error) {
      setFailed(error)
    }
  }
  return (
    <section class="keep" aria-labelledby="delete">
      <h2 id="delete">{t('delete_title')}</h2>
      <p class="prose"><Say k="delete_text" handle={<Handle of={account.handle ?? account.id} />} network={room.name} /></p>
      {failed !== undefined && <p class="problem" role="alert">{t('error_store', { detail: detailOf(failed) })}</p>}
      <div class="row">
        {sure ? (
          <>
            <button type="button" class="danger" onClick={() => void remove()}>{t('delete_sure')}</button>
            <button type="button" onClick={() => setSure(false)}>{t('delete_cancel')}</button>
          </>
        ) : (
          <button type="button" onClick={() => setSure(true)}>{t('delete_button')}</button>
        )}
      </div>
      <p class="small">{t('keep_here')}</p>
    </section>
  )
}

const OneAccount = ({ source, account, room, wanted }: { source: Source; account: Account; room: Room; wanted?: Wanted }) => {
  const { store } = source
  const key = account.account
  const named = useHash(partAt)
  const [server, setServer] = useState<ChosenServer>()
  useEffect(() => void source.server.chosen().then(setServer, () => {}), [source])
  const choose = (next: ChosenServer | undefined): void => {
    setServer(next)
    void source.server.choose(next)
  }
  const { value, error } = useLive(store, async () => ({ totals: await store.totals(key), run: captureOf(await store.runsOf(key)) }), key)
  if (error !== undefined) return <p class="problem" role="alert">{t('error_store', { detail: detailOf(error) })}</p>
  if (!value) return <p class="empty">{t('workspace_loading')}</p>
  const { totals, run } = value
  const posts = (totals['posts'] ?? 0) + (totals['replies'] ?? 0) + (totals['reposts'] ?? 0)
  const relations = relationSections.reduce((sum, section) => sum + (totals[section] ?? 0), 0)
  const pictures = ['seen', 'kept', 'expired', 'refused', 'skipped'].reduce((sum, state) => sum + (totals[`media:${state}`] ?? 0), 0)
  const counts: Record<Part, number | undefined> = { follows: totals['follows'] ?? 0, posts, profile: undefined, media: pictures, relations, moves: undefined, files: undefined, add: undefined, history: undefined, trouble: totals['unread'] ?? 0, ready: undefined }
  // What this network, or this account, has nothing of is not offered.
  const shown = parts.filter(one => (one !== 'add' || room.handIn) && (one !== 'relations' || relations > 0) && (one !== 'media' || pictures > 0))
  const part = shown.includes(named) ? named : 'follows'
  return (
    <>
      <Who account={account} room={room} run={run} totals={totals} />
      {run && isOpen(run) && <p class="note" role="status">{t(run.state === 'running' ? 'workspace_state_running' : 'workspace_state_open', { network: room.name })}</p>}
      <nav class="tabs" aria-label={t('workspace_nav')}>
        {/* Its way leads over the files. */}
        {shown.filter(one => one !== 'ready').map(one => (
          <a key={one} href={`#${one}`} aria-current={one === part ? 'page' : undefined}>
            {t(partKeys[one])}
            {counts[one] !== undefined && <span class="count"> {number(counts[one])}</span>}
          </a>
        ))}
      </nav>
      {part === 'follows' && <Follows source={source} account={key} room={room} totals={totals} server={server} />}
      {part === 'posts' && <Posts source={source} account={key} room={room} totals={totals} server={server} />}
      {part === 'profile' && <ProfilePart source={source} account={key} room={room} server={server} />}
      {part === 'media' && <MediaPart source={source} account={key} room={room} totals={totals} />}
      {part === 'relations' && <Relations source={source} account={key} />}
      {part === 'moves' && <Moves source={source} account={key} room={room} totals={totals} server={server} choose={choose} />}
      {part === 'add' && <Add source={source} account={account} room={room} />}
      {part === 'files' && <Files source={source} account={key} room={room} totals={totals} server={server} open={run !== undefined && isOpen(run)} wanted={wanted} stamp={run?.state ?? ''} />}
      {part === 'history' && <History source={source} account={key} room={room} />}
      {part === 'trouble' && <Trouble source={source} account={key} room={room} />}
      {part === 'ready' && <Ready source={source} account={account} room={room} totals={totals} server={server} />}
    </>
  )
}

/** Networks whose own file says whose it is: nothing has to be captured before. */
const AddFirst = ({ source, only }: { source: Source; only?: string }) => (
  <>
    {only !== undefined && rooms[only]?.handIn && <Add key={only} source={source} room={rooms[only]} />}
    {only === undefined && Object.values(rooms).filter(room => room.handIn?.named).map(room => (
      <details key={room.id}>
        <summary>{t('add_title', { network: room.name })}</summary>
        <Add source={source} room={room} />
      </details>
    ))}
  </>
)

/**
 * @param account the account that the address names; else the only one that there is
 * @param save the file that is made and saved at once
 * @param add the network that something is handed over for, before anything of it was captured
 */
export const Workspace = ({ source, account: named, save, add }: { source: Source; account?: AccountKey; save?: Wanted; add?: string }) => {
  const { value: accounts, error } = useLive(source.store, () => source.store.accounts(), '')
  // What was deleted just now is not "missing".
  const [deleted, setDeleted] = useState(false)
  const main = useRef<HTMLElement>(null)
  const page = useHash(pageAt)
  const guide = useGuide(main)
  const account = page ? undefined : accounts?.find(one => one.account === named) ?? (named === undefined && add === undefined && accounts?.length === 1 ? accounts[0] : undefined)
  const room = account && rooms[account.network]
  useEffect(() => {
    document.documentElement.lang = language()
    document.documentElement.dir = direction()
    document.title = guide ? `${t(guideTitles[guide])} · ${t('name')}` : account?.handle ? `@${account.handle} · ${t('name')}` : t('name')
  }, [account?.handle, guide])
  return (
    <div class="workspace">
      <a class="skip" href="#main" onClick={event => { event.preventDefault(); main.current?.focus() }}>{t('workspace_skip')}</a>
      <header class="brand">
        <Bag size={28} />
        <span>{t('name')}</span>
        <nav class="pages" aria-label={t('workspace_pages')}>
          {page !== undefined || (accounts?.length ?? 0) > 0 ? <a href="workspace.html#accounts" aria-current={page === 'accounts' ? 'page' : undefined}>{t('workspace_all')}</a> : null}
          <a href="#settings" aria-current={page === 'settings' ? 'page' : undefined}>{t('settings_title')}</a>
          <a href="#help" aria-current={guide === 'help' ? 'page' : undefined}>{t('help_link')}</a>
        </nav>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {guide && <Guide page={guide} />}
        {!guide && error !== undefined && (
          <>
            {!accounts && <h1>{t('error_title')}</h1>}
            <p class="problem" role="alert">{t('error_store', { detail: detailOf(error) })}</p>
          </>
        )}
        {!guide && !accounts && error === undefined && <h1 class="empty">{t('workspace_loading')}</h1>}
        {!guide && accounts && account && room && (
          <>
            <OneAccount key={account.account} source={source} account={account} room={room} wanted={save} />
            <Delete source={source} account={account} room={room} done={() => setDeleted(true)} />
          </>
        )}
        {!guide && page === 'settings' && <Settings source={source} />}
        {!guide && accounts && page !== 'settings' && !(account && room) && (
          <>
            {add === undefined && <Accounts source={source} accounts={accounts} missing={page === undefined && named !== undefined && !deleted} />}
            <AddFirst source={source} only={add} />
          </>
        )}
      </main>
    </div>
  )
}
