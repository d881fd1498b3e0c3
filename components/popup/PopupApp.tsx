/** Binds the popup to the browser and the store: gathers the facts, draws their view, and sends what is pressed. */
import { useEffect, useMemo, useState } from 'preact/hooks'
import { doneSeen } from '../../lib/browser/badge.ts'
import type { MediaRequest, Request } from '../../lib/browser/messages.ts'
import { mayNotify, requestNotify } from '../../lib/browser/notify.ts'
import { allowed as areAllowed, onPermissionsChanged, requestHosts } from '../../lib/browser/permissions.ts'
import { ask } from '../../lib/browser/port.ts'
import { chosenServer } from '../../lib/browser/settings.ts'
import { currentTab, openPage, type Tab } from '../../lib/browser/tabs.ts'
import { t } from '../../lib/browser/texts.ts'
import { destinationFor, withServer, type ServerFacts } from '../../lib/destinations/index.ts'
import { learners, oldBefore, type Learner } from '../../lib/lookup/plan.ts'
import type { Account, Run, Section } from '../../lib/model/index.ts'
import { hostsOf, roomAt, rooms, type Room } from '../../lib/networks/rooms.ts'
import { preview } from '../../lib/preview/index.ts'
import { openStore, type Store, type Totals } from '../../lib/store/index.ts'
import type { Preview } from '../../lib/preview/types.ts'
import { detailOf, useLive } from '../live.ts'
import { mediaFacts, type MediaFacts } from '../media.ts'
import { Popup, type Actions } from './Popup.tsx'
import { isOpen, viewOf } from './view.ts'

/** How often the clock and the tab's address are looked at, in milliseconds. */
const tick = 1000

const store = openStore()

/** What the store says that this popup is about. */
interface Kept {
  /** The network that a page on nobody's known host belongs to, since an account that it names was captured. */
  named?: Room
  run?: Run
  account?: Account
  totals?: Totals
  preview?: Preview
  media?: MediaFacts
  accounts: Account[]
}

/** The newest capture of a network whose account is known, where its newest run came to nothing. */
const lastKept = async (store: Store, accounts: Account[], room: Room): Promise<Run | undefined> => {
  const newest = accounts.filter(({ network }) => network === room.id).sort((a, b) => (a.lastSeen < b.lastSeen ? 1 : -1))[0]
  const runs = newest ? await store.runsOf(newest.account) : []
  return runs.find(({ handIn }) => !handIn) ?? runs[0]
}

/** Where the person goes: what they say it runs, and what it said of itself. */
interface Goes { software?: string; facts?: ServerFacts }

/** The newest capture of the account that this page names, where its network has many servers. */
const captureAt = async (url: string | undefined): Promise<{ room: Room; run: Run } | undefined> => {
  for (const room of Object.values(rooms)) {
    const subject = url !== undefined && typeof room.hosts === 'function' ? room.api?.subject(url) : undefined
    const run = subject && (await store.latestRun(room.id, subject))
    if (run) return { room, run }
  }
  return undefined
}

const look = async (shown: Room | undefined, tab: Tab | null | undefined, server: Goes | undefined): Promise<Kept> => {
  const [open, accounts, named] = await Promise.all([store.openRuns(), store.accounts(), captureAt(tab?.url)])
  const room = shown ?? named?.room
  return { ...(await lookAt(room, tab?.id, open, accounts, named?.room === room ? named?.run : undefined, server)), named: shown ? undefined : named?.room }
}

const lookAt = async (room: Room | undefined, tabId: number | undefined, open: Run[], accounts: Account[], named: Run | undefined, server: Goes | undefined): Promise<Kept> => {
  // A file that was handed over has its place in the workspace; one that came to nothing is no capture of anybody's.
  const here = open.filter(run => !(run.handIn && !run.account) && (!room || run.network === room.id)).toSorted((a, b) => Number(a.handIn ?? false) - Number(b.handIn ?? false))
  const current = here.find(run => run.tabId === tabId) ?? here.find(run => run.id === named?.id) ?? here[0]
  const latest = current ?? named ?? (room && (await store.latestRun(room.id)))
  const run = latest && ((isOpen(latest) && !latest.handIn) || latest.account) ? latest : room && (await lastKept(store, accounts, room))
  if (!run?.account) return { run, accounts }
  const account = accounts.find(one => one.account === run.account)
  const totals = await store.totals(run.account)
  if (isOpen(run) || !account) return { run, account, totals, accounts }
  const runRoom = rooms[run.network]
  const [shown, media] = await Promise.all([
    preview(store, run.account, withServer(destinationFor(server), server?.facts), server?.facts?.version),
    runRoom && mediaFacts(store, run.account, runRoom, totals),
  ])
  return { run, account, totals, accounts, preview: shown, media }
}

/** The tab that this popup is about, also when it goes to another page. @returns undefined until it is known, null where there is none */
const useTab = (): { tab: Tab | null | undefined; now: number } => {
  const [tab, setTab] = useState<Tab | null>()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const check = () => {
      setNow(Date.now())
      currentTab().then(
        found => setTab(old => (old && found && old.id === found.id && old.url === found.url ? old : (found ?? null))),
        () => setTab(null),
      )
    }
    check()
    const timer = setInterval(check, tick)
    return () => clearInterval(timer)
  }, [])
  return { tab, now }
}

/** Whether the hosts of this network are allowed; follows what the person changes elsewhere. */
const useAllowed = (room: Room | undefined): boolean | undefined => {
  const [allowed, setAllowed] = useState<boolean>()
  useEffect(() => {
    setAllowed(undefined)
    if (!room) return
    const check = () => void areAllowed(hostsOf(room)).then(setAllowed, () => setAllowed(undefined))
    check()
    return onPermissionsChanged(check)
  }, [room])
  return allowed
}

/** What which servers would learn of a look-up of this account; asked of the store apart, since the preview is not to wait for it. */
const useLearners = ({ account, run, preview: shown }: Partial<Kept>): Learner[] | undefined => {
  const [learn, setLearn] = useState<Learner[]>()
  const room = run && rooms[run.network]
  const { unknown = 0, maybe = 0, total = 0 } = shown?.follows ?? {}
  useEffect(() => {
    if (!account || !room || unknown + maybe === 0) return setLearn(undefined)
    let current = true
    // Where it can't be told here, the page that asks says it again before it does.
    store.planLookUp(account.account, 'all', oldBefore(Date.now())).then(plan => current && setLearn(learners(plan, room)), () => undefined)
    return () => void (current = false)
  }, [account?.account, room, unknown, maybe, total])
  return learn
}

export const PopupApp = () => {
  const { tab, now } = useTab()
  const [chosen, setChosen] = useState<{ room: Room; subject?: string }>()
  const shown = roomAt(tab?.url) ?? chosen?.room
  // The limits of the server that they go to, where it was asked.
  const [server, setServer] = useState<Goes>()
  useEffect(() => void doneSeen().catch(() => {}), [])
  const [told, setTold] = useState<boolean>()
  useEffect(() => {
    const look = () => void mayNotify().then(setTold, () => setTold(undefined))
    look()
    return onPermissionsChanged(look)
  }, [])
  useEffect(() => void chosenServer().then(found => setServer(found as Goes | undefined), () => {}), [])
  const { value: kept, error } = useLive(store, () => look(shown, tab, server), `${shown?.id} ${tab?.id} ${tab?.url} ${server?.software} ${server?.facts?.at}`)
  const room = shown ?? kept?.named
  const runRoom = kept?.run && rooms[kept.run.network]
  const allowed = useAllowed(room ?? runRoom)
  const learn = useLearners(kept ?? {})
  const [asking, setAsking] = useState(false)
  const [refused, setRefused] = useState(false)
  const [problem, setProblem] = useState<string>()

  const tell = (request: Request | MediaRequest): Promise<unknown> =>
    ask(request).then(
      answer => {
        setProblem(undefined)
        return answer
      },
      () => setProblem(t('error_background')),
    )
  const actions = useMemo((): Actions => {
    const tabId = tab?.id
    const capture = (of: Room, also?: Section[]): void => {
      // The question must be the first call of the press; what is to follow goes to the background in the same tick, since the question may end this popup.
      const answer = requestHosts(hostsOf(of))
      if (tabId !== undefined) void tell({ kind: 'intent', tabId, network: of.id, at: new Date().toISOString(), also })
      setRefused(false)
      setAsking(!allowed)
      const granted = async (yes: boolean): Promise<void> => {
        if (tabId !== undefined) await tell({ kind: 'granted', tabId, network: of.id, allowed: yes })
        setAsking(false)
        setRefused(!yes)
      }
      answer.then(granted, () => granted(false))
    }
    return {
      capture,
      ask: async (of, subject, also, signedIn) => {
        const named = of.api?.subject(subject)
        if (!named) return false
        // The question must be the first call of the press.
        const use = signedIn && tabId !== undefined && named.origin ? await requestHosts(hostsOf(of, named.origin)).catch(() => false) : false
        setChosen({ room: of })
        return (await tell({ kind: 'ask', network: of.id, subject, also: signedIn && !use ? [] : also, signedTab: use ? tabId : undefined })) === true
      },
      show: (of, subject) => setChosen({ room: of, subject }),
      choose: (runId, mode) => void tell({ kind: 'choose', runId, mode }),
      reload: runId => void tell({ kind: 'reload', runId }),
      notify: () => void requestNotify().then(setTold, () => {}),
      pause: runId => void tell({ kind: 'pause', runId }),
      stop: runId => void tell({ kind: 'stop', runId }),
      resume: (runId, of) => (allowed === false && !of.api ? capture(of) : void tell({ kind: 'resume', runId, tabId })),
      download: (account, what) => void openPage(`/workspace.html?account=${encodeURIComponent(account)}&save=${what}#files`),
      add: (of, account) => void openPage(account ? `/workspace.html?account=${encodeURIComponent(account)}#add` : `/workspace.html?add=${of.id}`),
      lookUp: account => void openPage(`/workspace.html?account=${encodeURIComponent(account)}#lookup`),
      media: (kind, account, hosts) => {
        // The question must be the first call of the press; what is to follow goes to the background in the same tick, since the question may end this popup.
        if (hosts?.length) requestHosts(hosts).catch(() => false)
        void tell({ kind, account })
      },
      review: (account, apart) => void openPage(`/workspace.html${account ? `?account=${encodeURIComponent(account)}` : ''}`, { newWindow: apart }),
    }
  }, [tab?.id, allowed])

  const view = viewOf({
    tab,
    room,
    subject: chosen?.subject,
    rooms: Object.values(rooms),
    allowed,
    asking,
    refused,
    run: kept?.run,
    runRoom,
    account: kept?.account,
    totals: kept?.totals,
    preview: kept?.preview,
    learn,
    media: kept?.media,
    kept: kept?.accounts ?? [],
    stored: kept !== undefined,
    now,
  })
  return <Popup view={view} now={now} actions={actions} told={told} problem={problem ?? (error === undefined ? undefined : t('error_store', { detail: detailOf(error) }))} />
}
