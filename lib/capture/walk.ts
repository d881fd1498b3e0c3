/**
 * The walk: a pure step function over one run's row. The row is committed before the command is sent, so progress, pause, resume and
 * stop come for free, and the walk outlives its tab and the background.
 */
import type { Command, OpenPlan, Report } from '../browser/messages.ts'
import type { Pace } from '../browser/settings.ts'
import { accountKey, type Barrier, type End, type PartProgress, type Place, type Run, type RunState, type Section, type SectionProgress, type Viewer } from '../model/index.ts'
import type { Room, SectionPlan } from '../networks/rooms.ts'

/** What the walk goes by, beside its row. */
export interface Around {
  room: Room
  pace: Pace
  /** 0 up to 1. */
  random(): number
  /** The account's own counters, where known: a sign that opens a list may show one. */
  counts?: { follows?: number; followers?: number }
}

/** What an answer that belongs to the account told about the way. */
export interface Read {
  page: string
  viewer?: Viewer
  signedOut?: boolean
  barrier?: Barrier
  /** The account's own profile was among it. */
  profile: boolean
  /** Only ends of the account's own lists. */
  ends: End[]
  /** Only places of the account's own lists. */
  places?: Place[]
}

export type Hand =
  | { kind: 'pause'; reason?: string }
  | { kind: 'resume'; tabId?: number }
  | { kind: 'stop' }

/** Milliseconds to wait after "too many requests" where the network does not say how long. */
export const DEFAULT_WAIT = 15 * 60_000
/** How long a page may take to say who is signed in, in milliseconds after it was there to be read. */
const VIEWER_PATIENCE = 6000
const LISTEN = 2000

const iso = (now: number): string => new Date(now).toISOString()
const ended = (state: SectionProgress['state'] | undefined): boolean => state !== undefined && state !== 'todo' && state !== 'now'

/** A new run. @param now ms since 1970 @param also the optional sections that the person ticked */
export const newRun = (id: string, room: Room, tabId: number | undefined, state: RunState, now: number, also: Section[] = []): Run => ({
  id, network: room.id, tabId, state, startedAt: iso(now), updatedAt: iso(now),
  sections: Object.fromEntries(room.sections.flatMap(({ section, optional }) => (optional && !also.includes(section) ? [] : [[section, { state: 'todo', pages: 0 }]]))),
  limits: 0, sinceRest: 0, tries: 0, mark: 0, seq: 0,
})

/** States in which what the page shows is kept. */
export const keeps = (run: Run): boolean => ['running', 'asking', 'paused', 'waiting', 'limited', 'challenged'].includes(run.state)

/** States that have not ended. */
export const isOpen = (run: Run): boolean => run.state !== 'done' && run.state !== 'stopped'

const pathOf = (address: string): string => (URL.canParse(address) ? new URL(address).pathname : '')
const matches = (patterns: string[], address: string): boolean => patterns.some(pattern => new RegExp(pattern).test(pathOf(address)))

/** Whose pages this address belongs to, if it says so. */
const handleAt = (room: Room, address: string): string | undefined => {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  return Object.values(room.pages).map(page => page.match(url)?.handle).find(Boolean)
}

const same = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase()

/** Whether this is the page on which a section is to be captured. */
const isThere = (room: Room, plan: SectionPlan, viewer: Viewer, address: string, part?: { url: string }): boolean => {
  if (part) return pathOf(part.url) === pathOf(address)
  const found = URL.canParse(address) ? room.pages[plan.page]?.match(new URL(address)) : undefined
  return found !== undefined && (found.handle === undefined || viewer.handle === undefined || same(found.handle, viewer.handle))
}

const set = (run: Run, section: Section, progress: SectionProgress): Run => ({ ...run, sections: { ...run.sections, [section]: progress } })

/** One page of a list: moves the unbroken chain of cursors on. Complete is only what reaches the end with no page missing in between. */
const followList = <P extends PartProgress>(progress: P, end: End): P => {
  const pages = progress.pages + 1
  if (end.state === 'hidden' || end.state === 'cut' || end.state === 'blocked') return { ...progress, pages, state: end.state }
  const next = end.state === 'end' ? null : end.cursor
  let { head, again } = progress
  let loose = progress.loose ?? []
  if (end.after === undefined) {
    if (head === undefined) head = next
    else again = next
  } else if (next !== undefined) loose = [...loose.filter(([after]) => after !== end.after), [end.after, next]].slice(-2000) as [string, string | null][]
  const advance = (from: string | null | undefined): string | null | undefined => {
    for (let at = from; ; ) {
      const link = typeof at === 'string' ? loose.find(([after]) => after === at) : undefined
      if (!link) return at
      loose = loose.filter(one => one !== link)
      at = link[1]
    }
  }
  head = advance(head)
  again = advance(again)
  return { ...progress, pages, head, again, loose, state: head === null || again === null ? 'done' : progress.state }
}

/** Where a section of several lists stands as a whole: it has ended when all of them have, and is done when all are. */
const together = (progress: SectionProgress): SectionProgress => {
  const all = [progress.base, ...Object.values(progress.parts ?? {}).map(({ state }) => state)]
  if (!all.every(ended)) return { ...progress, state: progress.state === 'todo' ? 'todo' : 'now' }
  return { ...progress, state: all.find(state => state !== 'done') ?? 'done' }
}

/** Where one of a section's lists stands. Its id comes from outside, and no id has anything that every object has (`constructor`). */
const listOf = ({ parts }: SectionProgress, id: string): PartProgress | undefined => (parts && Object.hasOwn(parts, id) ? parts[id] : undefined)

/** One page of a section, of its own list or of one of its parts. */
export const follow = (progress: SectionProgress, end: End): SectionProgress => {
  if (end.part !== undefined) {
    const part = followList(listOf(progress, end.part) ?? { state: 'now', pages: 0 }, end)
    return together({ ...progress, base: progress.base ?? progress.state, pages: progress.pages + 1, parts: { ...progress.parts, [end.part]: part } })
  }
  if (!progress.parts) return followList(progress, end)
  const own = followList({ ...progress, state: progress.base ?? progress.state }, end)
  return together({ ...own, base: own.state, state: progress.state })
}

/** Further lists of a section became known. */
const addPlace = (progress: SectionProgress, { part, url, name }: Place): SectionProgress =>
  listOf(progress, part)?.url
    ? progress
    : together({ ...progress, base: progress.base ?? progress.state, parts: { ...progress.parts, [part]: { state: 'todo', pages: 0, ...listOf(progress, part), url, ...(name === undefined ? {} : { name }) } } })

/** The end of the list went by, though pages before it are missing. */
const endSeen = (progress: PartProgress): boolean => progress.loose?.some(([, next]) => next === null) ?? false

const finish = (run: Run, room: Room, now: number): Run =>
  Object.values(run.sections).every(({ state }) => ended(state)) && !run.queue?.length && ['running', 'asking', 'paused', 'waiting'].includes(run.state)
    ? { ...run, state: 'done', reason: undefined, due: undefined, section: undefined, endedAt: iso(now) }
    : run

const standStill = (run: Run, barrier: Barrier, now: number): Run => {
  if (barrier.kind !== 'rate-limit') return { ...run, state: 'challenged', reason: barrier.kind, due: undefined }
  // One limit is answered once however many of the page's requests it hit.
  if (run.state === 'waiting' || run.state === 'limited') return run
  const limits = run.limits + 1
  const due = iso(now + (barrier.retryAfter === undefined ? DEFAULT_WAIT : barrier.retryAfter * 1000))
  return { ...run, limits, due, state: limits > 1 ? 'limited' : 'waiting', reason: 'rate-limit' }
}

const anew = <P extends PartProgress>(progress: P): P => (ended(progress.state) ? progress : { ...progress, head: undefined, again: undefined, loose: [] })
const eachPart = (parts: Record<string, PartProgress>, of: (part: PartProgress) => PartProgress): Record<string, PartProgress> =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, of(part)]))

/** A page was loaded, and nothing of it was read yet: every list that has not ended begins anew there. */
export const afterHello = (run: Run, now: number): Run => ({
  ...run,
  updatedAt: iso(now),
  // What the person had written is sent or given up: they have loaded the page anew themselves.
  state: run.state === 'unsent' ? 'starting' : run.state,
  mark: run.section ? (run.sections[run.section]?.pages ?? 0) : 0,
  sections: Object.fromEntries(
    Object.entries(run.sections).map(([section, progress]) => [section, ended(progress.state) ? progress : { ...anew(progress), byHand: undefined, ...(progress.parts ? { parts: eachPart(progress.parts, anew) } : {}) }]),
  ),
})

/**
 * An answer was read.
 * @returns the row as it should be committed together with the answer's records
 */
export const afterRead = (run: Run, read: Read, now: number, { room }: Around): Run => {
  let next: Run = { ...run, updatedAt: iso(now) }
  if (read.viewer && !next.viewer) next = { ...next, viewer: read.viewer, account: accountKey(room.id, read.viewer.id, next.subject?.origin ?? read.viewer.origin) }
  else if (read.viewer && next.viewer) next = { ...next, viewer: { ...next.viewer, ...read.viewer } }
  if (next.state === 'starting' || next.state === 'not-own' || next.state === 'signed-out') {
    const owner = handleAt(room, read.page)
    if (!read.viewer) return read.signedOut ? { ...next, state: 'signed-out', reason: undefined } : next
    if (owner && next.viewer?.handle && !same(owner, next.viewer.handle)) return { ...next, state: 'not-own', reason: undefined }
    next = { ...next, state: 'running', reason: undefined }
  }
  if (!keeps(next)) return next
  for (const place of read.places ?? []) {
    const progress = next.sections[place.section]
    if (progress && !ended(progress.state)) next = set(next, place.section, addPlace(progress, place))
  }
  for (const end of read.ends) {
    const progress = next.sections[end.section]
    if (progress && !ended(progress.state)) next = set(next, end.section, follow(progress, end))
  }
  const profile = next.sections.profile
  if (read.profile && profile && !ended(profile.state)) next = set(next, 'profile', { ...profile, pages: profile.pages + 1, state: 'done' })
  // The person has opened what they were asked to open.
  const asked = next.state === 'asking' && read.ends.some(end => end.section === next.section) ? next.section : undefined
  if (asked) next = { ...set(next, asked, { ...(next.sections[asked] as SectionProgress), byHand: true }), state: 'running', reason: undefined, tries: 0 }
  if (read.barrier && ['running', 'asking', 'waiting', 'limited'].includes(next.state)) next = standStill(next, read.barrier, now)
  return finish(next, room, now)
}

/** A waiting run whose time has come goes on. */
export const afterDue = (run: Run, now: number): Run =>
  run.state === 'waiting' && run.due && Date.parse(run.due) <= now ? { ...run, state: 'running', reason: undefined, due: undefined, tries: 0, updatedAt: iso(now) } : run

/** What came to nothing is tried once more. */
const again = (progress: SectionProgress): SectionProgress => {
  const failed = (state: SectionProgress['state'] | undefined): boolean => state === 'gap' || state === 'blocked'
  if (!failed(progress.state)) return { ...progress, retried: false }
  if (!progress.parts) return { state: 'todo', pages: progress.pages }
  const parts = eachPart(progress.parts, part => (failed(part.state) ? { state: 'todo', pages: part.pages, url: part.url } : part))
  return { ...progress, retried: false, state: 'todo', base: failed(progress.base) ? 'todo' : progress.base, parts }
}

/** A person's hand: pause, resume, stop. */
export const afterHand = (run: Run, hand: Hand, now: number): Run => {
  const next: Run = { ...run, updatedAt: iso(now) }
  if (!isOpen(run)) return run
  if (hand.kind === 'stop') return { ...next, state: 'stopped', reason: undefined, due: undefined, endedAt: iso(now) }
  if (hand.kind === 'pause') {
    // A limit or a challenge stays what it is: pausing must not shorten it.
    return run.state === 'running' || run.state === 'asking' || run.state === 'starting' ? { ...next, state: 'paused', reason: hand.reason } : run
  }
  if (run.state === 'limited' && run.due && Date.parse(run.due) > now) return { ...next, tabId: hand.tabId }
  const sections = Object.fromEntries(
    Object.entries(next.sections).map(([section, progress]) => [section, again(progress)]),
  )
  return { ...next, sections, tabId: hand.tabId, state: next.viewer || next.queue ? 'running' : 'starting', reason: undefined, due: undefined, tries: 0 }
}

/** How long a scroll waits for what it loads, in milliseconds: longer each time that nothing came, since a slow network is not the end of a list. */
const patience = (tries: number): number => Math.min(12_000, 4000 * (1 + Math.floor(tries)))

const delay = ({ pace, random }: Around): number => pace.minMs + random() * Math.max(0, pace.maxMs - pace.minMs)

const openPlan = (plan: SectionPlan, viewer: Viewer, counts: Around['counts']): OpenPlan | undefined =>
  plan.open && {
    opened: plan.open.opened,
    tab: plan.open.tab,
    signs: plan.open.signs.flatMap((sign): OpenPlan['signs'] => {
      if (sign.kind === 'link') return viewer.handle ? [{ kind: 'link', path: sign.path.replace('{handle}', viewer.handle) }] : []
      if (sign.kind === 'counter') {
        const value = counts?.[sign.of]
        return value ? [{ kind: 'counter', values: [value] }] : []
      }
      return [sign]
    }),
  }

interface Step { run: Run; command: Command }

/** Which of a section's further lists is next, once its own has ended. */
const partOf = (progress: SectionProgress): { part: string; url: string } | undefined => {
  if (!ended(progress.base)) return undefined
  const found = Object.entries(progress.parts ?? {}).find(([, { state, url }]) => !ended(state) && url)
  return found && { part: found[0], url: found[1].url as string }
}

/** The list that the walk is at can't be had whole. */
const lost = (progress: SectionProgress, part: string | undefined): SectionProgress => {
  if (part !== undefined) return together({ ...progress, parts: { ...progress.parts, [part]: { ...(listOf(progress, part) as PartProgress), state: 'gap' } } })
  if (!progress.parts) return { ...progress, state: 'gap' }
  // Lists of which nobody knows the page can't be gone to.
  return together({ ...progress, base: ended(progress.base) ? progress.base : 'gap', parts: eachPart(progress.parts, one => (ended(one.state) || one.url ? one : { ...one, state: 'gap' })) })
}

/** What a walk does next, from its row and where its tab is. */
const advance = (run: Run, report: Report, now: number, around: Around): Step => {
  const { room } = around
  const viewer = run.viewer as Viewer
  const open = (section: Section): boolean => section in run.sections && !ended(run.sections[section]?.state)
  const whole = room.sections.find(({ section }) => section === run.section && open(section)) ?? room.sections.find(({ section }) => open(section))
  const at = whole && partOf(run.sections[whole.section] as SectionProgress)
  // A list on a page of its own: nothing opens it there.
  const plan: SectionPlan | undefined = whole && at ? { ...whole, address: () => at.url, open: undefined } : whole
  if (!plan) {
    const over = finish(run, room, now)
    return { run: over, command: { kind: 'listen', seq: over.seq } }
  }
  const { section } = plan
  let progress = run.sections[section] as SectionProgress
  let next = run
  if (run.section !== section) {
    progress = { ...progress, state: 'now' }
    next = { ...set(run, section, progress), section, tries: 0, mark: progress.pages }
  }
  const send = (of: Run, command: Record<string, unknown> & { kind: Exclude<Command['kind'], 'off'> }): Step => ({ run: { ...of, seq: of.seq + 1, opening: command.kind === 'open' || undefined }, command: { ...command, seq: of.seq + 1 } as Command })
  const go = (of: Run): Step => send(of, { kind: 'go', url: plan.address(viewer), ms: delay(around) })
  const giveUp = (of: Run): Step => {
    // Nothing of it was seen at all: that is a page that changed or a network in trouble, so the person should know before it goes on.
    if (progress.pages === 0 && !progress.stuck) {
      return { run: { ...set(of, section, { ...progress, stuck: true }), state: 'paused', reason: 'stuck', tries: 0 }, command: { kind: 'listen', seq: of.seq } }
    }
    return advance({ ...set(of, section, lost(progress, at?.part)), section: undefined, tries: 0 }, report, now, around)
  }

  const worked = report.outcome === 'done' || report.outcome === 'bottom' || report.outcome === 'not-found'
  if (worked && run.section === section) {
    const gained = progress.pages - next.mark
    // Something loaded, though nothing of this list: pages load much else, so that is a small doubt only.
    const doubt = plan.paged && report.outcome === 'done' && isThere(room, plan, viewer, report.page, at) ? 0.2 : 1
    next = gained > 0 ? { ...next, tries: 0, mark: progress.pages, sinceRest: next.sinceRest + gained } : { ...next, tries: next.tries + doubt }
  }
  const there = isThere(room, plan, viewer, report.page, at)
  // A page that was loaded elsewhere: a link that should open a list led away from it. Gone back to, it would lead away again.
  if (!there && report.outcome === 'hello' && run.opening) next = { ...next, tries: next.tries + 1 }
  if (!there) return next.tries > 3 ? giveUp(next) : go(next)
  // What was opened for the section before lies over this one, even on the same page.
  const before = room.sections.find(one => one.section === run.section)
  if (run.section !== section && before?.open && report.opened) return go(next)

  const reload = (): Step => {
    const here = at ? listOf(progress, at.part) : progress
    if (here?.retried) return giveUp(next)
    const tried = at ? { ...progress, parts: { ...progress.parts, [at.part]: { ...(here as PartProgress), retried: true } } } : { ...progress, retried: true }
    return go({ ...set(next, section, tried), tries: 0 })
  }
  if (!plan.paged) return next.tries >= 3 ? reload() : send(next, { kind: 'listen', ms: Math.min(LISTEN, delay(around) + 300) })
  if (report.outcome === 'bottom' && endSeen(at ? (listOf(progress, at.part) ?? progress) : progress)) return reload()
  if (plan.open && !report.opened && !progress.byHand) {
    const open = openPlan(plan, viewer, around.counts)
    if (report.outcome === 'not-found' && next.tries >= 2 && plan.open.quiet) return advance({ ...set(next, section, { ...progress, state: 'skipped' }), section: undefined, tries: 0 }, { ...report, outcome: 'done' }, now, around)
    if (report.outcome === 'not-found' && next.tries >= 2) return { run: { ...next, state: 'asking', reason: `open-${section}`, tries: 0 }, command: { kind: 'listen', seq: next.seq, ms: LISTEN } }
    return send(next, { kind: 'open', open, ms: delay(around) })
  }
  if (next.tries >= 3) return reload()
  const rest = next.sinceRest >= around.pace.restEvery
  return send(rest ? { ...next, sinceRest: 0 } : next, { kind: 'scroll', ms: rest ? around.pace.restMs : delay(around), patience: patience(next.tries), within: at ? plan.partScrolls : plan.open?.opened })
}

/**
 * The relay reported: decides what it does next.
 * @param page `age`: milliseconds since it was there to be read, undefined before; `known`: it has said who is signed in
 * @returns the row to commit, and then the command to send
 */
export const afterReport = (run: Run, report: Report, page: { age?: number; known: boolean }, now: number, around: Around): Step => {
  const { room } = around
  let next: Run = { ...run, updatedAt: iso(now) }
  const quiet = (of: Run, ms?: number): Step => ({ run: of, command: { kind: 'listen', seq: of.seq, ms } })
  // An answer to a command that is not the latest one.
  if (report.seq >= 0 && report.seq !== run.seq) return quiet(run, LISTEN)

  const challenge = matches(room.barriers.challenge, report.page)
  if ((challenge || matches(room.barriers.loginWall, report.page)) && ['starting', 'running', 'asking', 'waiting', 'limited'].includes(next.state)) {
    if (next.state === 'starting' && !challenge) return quiet({ ...next, state: 'signed-out', reason: undefined }, LISTEN)
    return quiet({ ...next, state: 'challenged', reason: challenge ? 'challenge' : 'login-wall', due: undefined })
  }
  if (!page.known && (next.state === 'starting' || next.state === 'running' || next.state === 'asking')) {
    return page.age !== undefined && page.age > VIEWER_PATIENCE ? quiet({ ...next, state: 'signed-out', reason: 'unknown-viewer' }, LISTEN) : quiet(next, 300)
  }
  if (next.state === 'starting' || next.state === 'not-own') {
    const owner = handleAt(room, report.page)
    const foreign = owner !== undefined && next.viewer?.handle !== undefined && !same(owner, next.viewer.handle)
    if (foreign) return quiet({ ...next, state: 'not-own' }, LISTEN)
    next = { ...next, state: 'running', reason: undefined }
  }
  if (next.state === 'paused' && next.reason === 'hidden' && report.visible) next = { ...next, state: 'running', reason: undefined }
  if (next.state === 'paused' && next.reason === 'no-page') next = { ...next, state: 'running', reason: undefined }
  if (next.state === 'waiting' && next.due && Date.parse(next.due) <= now) next = { ...next, state: 'running', reason: undefined, due: undefined, tries: 0 }
  if (next.state === 'waiting' && next.due) return quiet(next, Math.min(60_000, Math.max(200, Date.parse(next.due) - now)))
  if (next.state === 'asking' || next.state === 'signed-out') return quiet(next, LISTEN)
  if (next.state !== 'running' || next.mode !== 'scroll' || !next.viewer) return quiet(next)
  if (!report.visible) return quiet({ ...next, state: 'paused', reason: 'hidden' })
  if (report.outcome === 'unsent') return quiet({ ...next, state: 'paused', reason: 'unsent' })
  return advance(next, report, now, around)
}
