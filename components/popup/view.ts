/** What the popup shows, told from what is known. Pure: no store, no browser, no clock of its own. */
import type { Learner } from '../../lib/lookup/plan.ts'
import type { Account, Mode, Run, RunState, Section, SectionProgress } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import type { Preview } from '../../lib/preview/types.ts'
import type { Totals } from '../../lib/store/types.ts'
import type { MediaFacts } from '../media.ts'

export interface Facts {
  /** Absent: not yet known. `null`: there is no tab. */
  tab?: { id: number; url?: string; incognito?: boolean } | null
  /** The network that the tab shows. */
  room?: Room
  /** What the person named an account by, of a network that is asked. */
  subject?: string
  /** Every network that there is. */
  rooms: Room[]
  /** Whether the hosts of the run's network (else of the tab's) are allowed; absent: not yet known. */
  allowed?: boolean
  /** The permission was asked for and not yet answered. */
  asking: boolean
  /** It was answered with no, just now. */
  refused: boolean
  /** The capture that this popup is about: the newest of the tab's network, else any that is open. */
  run?: Run
  /** The network of that capture. */
  runRoom?: Room
  account?: Account
  totals?: Totals
  preview?: Preview
  /** What which servers would learn of a look-up. */
  learn?: Learner[]
  /** Of its pictures and videos. */
  media?: MediaFacts
  /** Accounts that are kept. */
  kept: Account[]
  /** The store could be asked. */
  stored: boolean
  /** Milliseconds. */
  now: number
}

export interface SectionView {
  section: Section
  state: SectionProgress['state']
  /** Absent: not known. */
  captured?: number
  counted?: number
  rounded: boolean
  /** From 0 to 1; absent where it cannot be told. */
  share?: number
}

/** A capture on any screen. */
export interface CaptureView {
  runId: string
  room: Room
  /** Key of the account, once it is known. */
  account?: string
  handle?: string
  sections: SectionView[]
  /** It asks an interface: no tab has to stay in view. */
  asks: boolean
}

export type View =
  | { screen: 'loading' }
  | { screen: 'networks'; why: 'unsupported' | 'unseen'; rooms: Room[]; /** What the page's address may name. */ subject?: string; kept: { account: Account; room?: Room }[] }
  | { screen: 'private'; room?: Room }
  | { screen: 'ready'; room: Room; allowed: boolean; /** A capture is open, and may not be read any more. */ lost: boolean; /** What the account is named by, where the network is asked: as typed, or the page's address. */ subject?: string; /** This tab shows the account's own server. */ ownServer?: boolean }
  | { screen: 'asking'; room: Room }
  | { screen: 'refused'; room: Room }
  | { screen: 'unsent'; room: Room; runId: string }
  | { screen: 'starting'; room: Room; runId: string }
  | { screen: 'signed-out'; room: Room; runId: string; /** The page did not say who is signed in. */ unknown: boolean; /** This tab shows the network, so a capture can be begun from here. */ here: boolean }
  | { screen: 'not-own'; room: Room; runId: string; here: boolean; handle?: string }
  | { screen: 'choosing'; room: Room; runId: string }
  | ({ screen: 'running'; mode: Mode; here: boolean; /** Milliseconds, roughly. */ left?: number } & CaptureView)
  | ({ screen: 'hand'; reason: string; here: boolean } & CaptureView)
  | ({ screen: 'paused'; reason?: string; resumable: boolean } & CaptureView)
  | ({ screen: 'waiting'; /** Milliseconds from now; 0 or less: any moment. */ wait?: number; due?: string } & CaptureView)
  | ({ screen: 'limited'; wait?: number; due?: string; resumable: boolean } & CaptureView)
  | ({ screen: 'challenged'; resumable: boolean } & CaptureView)
  | ({
      screen: 'done'
      account: string
      stopped: boolean
      complete: boolean
      unread: number
      /** What names the account, where its network is asked. */
      subject?: string
      preview?: Preview
      learn?: Learner[]
      media?: MediaFacts
      here: boolean
    } & CaptureView)

const ended: RunState[] = ['done', 'stopped']

/** Whether a capture has not ended. */
export const isOpen = (run: Run): boolean => !ended.includes(run.state)

/** How far one section is, from its totals and its run. */
const sectionOf = (section: Section, progress: SectionProgress | undefined, totals: Totals, holds: Section[] = [section]): SectionView => {
  const state = progress?.state ?? 'todo'
  const kept = holds.flatMap(name => totals[name] ?? [])
  // A section that is being read, or was read to its end, and of which nothing is kept, has nothing.
  const captured = kept.length ? kept.reduce((sum, one) => sum + one, 0) : state === 'now' || state === 'done' ? 0 : undefined
  const counted = totals[`counted:${section}`]
  const view: SectionView = { section, state, captured, counted, rounded: Boolean(totals[`rounded:${section}`]) }
  if (state === 'done') return { ...view, share: 1 }
  if (section === 'profile') return { ...view, share: captured ? 1 : 0 }
  if (counted === undefined) return state === 'todo' ? { ...view, share: 0 } : view
  return { ...view, share: counted === 0 ? 1 : Math.min(1, (captured ?? 0) / counted) }
}

/** The sections of a capture, in the order in which the network is walked. A list that not every account has, and that this one has not, is none. */
export const sectionsOf = (room: Room, run: Run, totals: Totals = {}): SectionView[] => {
  const planned = room.sections.filter(({ section, open }) => section in run.sections && !(open?.quiet && run.sections[section]?.state === 'skipped' && !run.sections[section]?.pages))
  const others = (Object.keys(run.sections) as Section[]).filter(section => !room.sections.some(plan => plan.section === section))
  return [...planned, ...others.map(section => ({ section, holds: undefined }))].map(({ section, holds }) => sectionOf(section, run.sections[section], totals, holds))
}

/** Milliseconds that one record takes at a person's pace: a page of ten or so every 3 to 6 seconds, and the rests. */
const perRecord = 600

/** @returns how long the rest takes, roughly; undefined while a section's size is not known */
const timeLeft = (sections: SectionView[]): number | undefined => {
  const open = sections.filter(({ section, state }) => section !== 'profile' && (state === 'todo' || state === 'now'))
  if (open.length === 0 || open.some(({ counted }) => counted === undefined)) return undefined
  const records = open.reduce((sum, { captured = 0, counted = 0 }) => sum + Math.max(0, counted - captured), 0)
  return records === 0 ? undefined : Math.ceil((records * perRecord) / 60_000) * 60_000
}

/** Whether nothing is missing: every section ended as the network ends it, and no counter says more. */
export const isComplete = (sections: SectionView[]): boolean =>
  sections.every(
    ({ state, captured, counted, rounded }) => state === 'done' && (counted === undefined || rounded || (captured ?? 0) >= counted),
  )

const openView = (facts: Facts, run: Run, room: Room): View => {
  const runId = run.id
  const asks = run.queue !== undefined
  // What asks can go on from anywhere.
  const atNetwork = asks || facts.room?.id === room.id
  const here = facts.tab?.id === run.tabId
  const capture: CaptureView = {
    runId,
    room,
    account: run.account,
    handle: run.viewer?.handle ?? facts.account?.handle,
    sections: sectionsOf(room, run, facts.totals),
    asks,
  }
  const wait = run.due === undefined ? undefined : Math.max(0, Date.parse(run.due) - facts.now)
  switch (run.state) {
    case 'choosing':
      return { screen: 'choosing', room, runId }
    case 'unsent':
      return { screen: 'unsent', room, runId }
    case 'starting':
      return { screen: 'starting', room, runId }
    case 'signed-out':
      return { screen: 'signed-out', room, runId, unknown: run.reason === 'unknown-viewer', here: atNetwork }
    case 'not-own':
      return { screen: 'not-own', room, runId, here: atNetwork, handle: run.viewer?.handle }
    case 'asking':
      return { screen: 'hand', reason: run.reason ?? 'other', here, ...capture }
    case 'paused':
      return { screen: 'paused', reason: run.reason, resumable: atNetwork, ...capture }
    case 'waiting':
      return { screen: 'waiting', wait, due: run.due, ...capture }
    case 'limited':
      return { screen: 'limited', wait, due: run.due, resumable: atNetwork && !wait, ...capture }
    case 'challenged':
      return { screen: 'challenged', resumable: atNetwork, ...capture }
    default: {
      const mode = run.mode ?? 'self'
      return { screen: 'running', mode, here, left: mode === 'scroll' ? timeLeft(capture.sections) : undefined, ...capture }
    }
  }
}

const isSame = (a: Run['subject'], b: Run['subject']): boolean => a !== undefined && b !== undefined && a.origin === b.origin && a.handle.toLowerCase() === b.handle.toLowerCase()

const endedView = (facts: Facts, run: Run, room: Room, account: Account): View => {
  const sections = sectionsOf(room, run, facts.totals)
  return {
    screen: 'done',
    runId: run.id,
    room,
    handle: account.handle ?? run.viewer?.handle,
    account: account.account,
    asks: run.queue !== undefined,
    stopped: run.state === 'stopped',
    sections,
    complete: run.state === 'done' && isComplete(sections),
    unread: facts.totals?.['unread'] ?? 0,
    // A handle need not say on which server it lives; the page of the account does.
    subject: [account.handle, facts.tab?.url].find(text => text !== undefined && isSame(room.api?.subject(text), run.subject)),
    preview: facts.preview,
    learn: facts.learn,
    media: facts.media,
    here: facts.room?.id === room.id,
  }
}

/** @returns what the tab's address names, for a network that is asked */
const subjectAt = (rooms: Room[], url: string | undefined): string | undefined => (url && rooms.some(room => room.api?.subject(url)) ? url : undefined)

/** @returns the one screen that these facts call for */
export const viewOf = (facts: Facts): View => {
  const { tab, room, run, runRoom } = facts
  if (tab === undefined || !facts.stored) return { screen: 'loading' }
  if (tab?.incognito) return { screen: 'private', room }
  if (facts.asking && room) return { screen: 'asking', room }
  if (facts.refused && room) return { screen: 'refused', room }
  // Another network's capture has its say only where this tab has nothing of its own.
  if (run && isOpen(run) && runRoom && (!room || room.id === runRoom.id)) {
    if (facts.allowed === false && room && !run.queue) return { screen: 'ready', room, allowed: false, lost: true }
    return openView(facts, run, runRoom)
  }
  if (!room) {
    const kept = facts.kept.map(account => ({ account, room: facts.rooms.find(({ id }) => id === account.network) }))
    return { screen: 'networks', why: tab?.url === undefined ? 'unseen' : 'unsupported', rooms: facts.rooms, kept, subject: subjectAt(facts.rooms, tab?.url) }
  }
  if (run && runRoom?.id === room.id && facts.account) return endedView(facts, run, room, facts.account)
  const subject = room.api && (facts.subject ?? subjectAt([room], tab?.url))
  const origin = subject === undefined ? undefined : room.api?.subject(subject)?.origin
  return { screen: 'ready', room, allowed: facts.allowed === true, lost: false, subject, ownServer: origin !== undefined && tab?.url !== undefined && new URL(tab.url).origin === origin }
}

/** How far the whole section at work is, in tenths: what is worth saying aloud. */
export const tenth = (view: View): { section: SectionView; tenth: number } | undefined => {
  if (view.screen !== 'running') return undefined
  const section = view.sections.find(({ state }) => state === 'now')
  return section?.share === undefined ? undefined : { section, tenth: Math.floor(section.share * 10) }
}
