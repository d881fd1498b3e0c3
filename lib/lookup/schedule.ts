/**
 * When which server is asked what. Pure: `step` takes the schedule and what happened, and gives the schedule that follows, what to write down, and what to ask.
 *
 * Whatever is asked is written down before it is asked, so a look-up goes on where it was after whatever ended it. A name is sent to a server once: what was out
 * when the background died is not asked again in the same look-up, whether or not it arrived, and counts as not answered ("Look again" asks it). Only after "too
 * many requests" the same name is sent again, since the server then has refused to answer.
 *
 * Before the first name a server is asked a question without one, unless there is leave to read all that it says: no name is spent on a server whose answer can't be read.
 */
import type { LookUp } from '../model/index.ts'
import { newHost, type LookUpAsk, type LookUpHost, type LookUpKept } from '../store/index.ts'
import type { Outcome } from './webfinger.ts'

/** How many servers are asked at the same time. */
export const AT_ONCE = 8
/** Silences in a row after which a server is asked no more: one that never answered, and one that did before. */
const DEAD = 3
const LOST = 5
/** The same for "too many requests". */
const REFUSED = 6

export type Question =
  /** Does this server answer us at all? */
  | { kind: 'open'; host: string }
  | { kind: 'name'; host: string; asks: [LookUpAsk] }
  /** Which of these can be ruled out? */
  | { kind: 'check'; host: string; asks: LookUpAsk[] }

export type Told =
  /** `leave`: it answers, and only with leave may the answer be read. */
  | { kind: 'open'; host: string; how: 'open' | 'leave' | 'silent' | 'private-host' }
  | { kind: 'name'; host: string; outcome: Outcome }
  /** `no`: the ids that are ruled out; undefined: it gave no answer that says anything. `later`: ms, where it says when. */
  | { kind: 'check'; host: string; no?: ReadonlySet<string>; later?: { ms?: number } }

export type Event =
  /** Time has passed. */
  | { kind: 'turn' }
  /** All that these servers say may be read now. */
  | { kind: 'leave'; hosts: string[] }
  /** `at`: ms since 1970, when the answer was there. */
  | { kind: 'told'; told: Told; at: number }
  /** What was out to this server was not sent. */
  | { kind: 'unsent'; host: string }

/** One server: what it is still to be asked. */
interface Lane {
  row: LookUpHost
  /** In order, from `at` on; never changed. */
  asks: readonly LookUpAsk[]
  at: number
  /** What was taken and could not be asked, or is to be asked again; first of all. */
  back: readonly LookUpAsk[]
  out?: Question
}

export interface Schedule {
  account: string
  lanes: ReadonlyMap<string, Lane>
  /** Addresses that others wait for, and what is known of them. */
  awaited: ReadonlyMap<string, 'open' | 'found' | 'no'>
}

/** The rules that hold around it. */
export interface Courtesy {
  /** ms between two questions to one server. */
  everyMs: number
  /** How many are ruled out at once, where that can be. */
  size: number
  /** Nothing new is asked. */
  hold?: boolean
}

export interface Step {
  schedule: Schedule
  kept: LookUpKept
  /** To be asked now, once `kept` is written down. */
  ask: Question[]
  /** ms since 1970: when the next question is due, if nothing else happens. */
  due?: number
  /** Nothing is out, and nothing is left to be asked: at all, or without leave. */
  end?: 'done' | 'needs-hosts'
}

const homeOf = (address: string): string => address.slice(address.indexOf('@') + 1)
const left = ({ asks, at, back }: Lane): number => asks.length - at + back.length

/** What one step changes: copies of what it touches. */
class Work {
  readonly account: string
  readonly now: number
  readonly lanes: Map<string, Lane>
  readonly awaited: Map<string, 'open' | 'found' | 'no'>
  readonly answers: LookUp[] = []
  readonly dropped: string[] = []
  readonly asks = new Map<string, LookUpAsk>()
  readonly hosts = new Set<string>()
  readonly ask: Question[] = []
  constructor(account: string, now: number, lanes: Schedule['lanes'], awaited: Schedule['awaited']) {
    this.account = account
    this.now = now
    this.lanes = new Map(lanes)
    this.awaited = new Map(awaited)
  }
  lane(host: string): Lane {
    return this.lanes.get(host) ?? { row: newHost(this.account, host), asks: [], at: 0, back: [] }
  }
  put(host: string, lane: Lane): void {
    this.lanes.set(host, lane)
    this.hosts.add(host)
  }
  /** @param row what changes in the server's row */
  set(host: string, row: Partial<LookUpHost>, more: Partial<Omit<Lane, 'row'>> = {}): void {
    const lane = this.lane(host)
    this.put(host, { ...lane, ...more, row: { ...lane.row, ...row } })
  }
  settle(address: string, as: 'found' | 'no'): void {
    if (this.awaited.has(address)) this.awaited.set(address, as)
  }
  answer(lookUp: LookUp): void {
    this.answers.push(lookUp)
    this.asks.delete(lookUp.address)
    this.settle(lookUp.address, lookUp.outcome === 'found' ? 'found' : 'no')
  }
  /** From one that rules out many to the server of the address itself. */
  move(asks: readonly LookUpAsk[]): void {
    for (const { id: _, out: __, ...ask } of asks) {
      const host = homeOf(ask.address)
      const lane = this.lane(host)
      const moved = { ...ask, host }
      this.asks.set(ask.address, moved)
      this.put(host, { ...lane, back: [...lane.back, moved], row: { ...lane.row, names: lane.row.names + 1 } })
    }
  }
  /** A server is asked no more: what was left has no answer, or is asked of the servers themselves. */
  aside(host: string, detail: string): void {
    const lane = this.lane(host)
    const rest = [...lane.back, ...lane.asks.slice(lane.at)]
    const names = rest.filter(({ id }) => id === undefined)
    for (const { address } of names) this.answer({ address, outcome: 'unclear', detail, at: this.at() })
    this.put(host, { row: { ...lane.row, state: 'aside', why: detail, until: undefined, asked: lane.row.asked + rest.length }, asks: [], at: 0, back: [] })
    this.move(rest.filter(({ id }) => id !== undefined))
  }
  at(): string {
    return new Date(this.now).toISOString()
  }
}

/** It gave no answer that says anything. */
const failed = (work: Work, host: string, detail: string, everyMs: number): void => {
  const { row } = work.lane(host)
  const failures = row.failures + 1
  work.set(host, { failures })
  if (failures >= (row.answers ? LOST : DEAD)) work.aside(host, detail)
  else if (failures >= DEAD) work.set(host, { until: work.now + 60 * everyMs * (failures - 2), why: detail })
}

/** It wants to be asked later. @param ms where it says when */
const later = (work: Work, host: string, ms: number | undefined, everyMs: number): void => {
  const limits = work.lane(host).row.limits + 1
  work.set(host, { limits, until: work.now + Math.max(everyMs, ms ?? 60 * everyMs * 2 ** (limits - 1)), why: 'too-many' })
  if (limits >= REFUSED) work.aside(host, 'too-many')
}

/**
 * The part of the pause that may lie before the answer. A question may have been long on its way, so that the pause counts from when it was surely there: from its
 * answer, but for what a server near by needs to give one.
 */
const NEAR = 1 / 20

const hear = (work: Work, told: Told, at: number, { everyMs }: Courtesy): void => {
  const { host } = told
  const { out, row } = work.lane(host)
  if (!out || out.kind !== told.kind) return
  work.set(host, { last: Math.max(row.last, at - everyMs * NEAR) }, { out: undefined })
  if (told.kind === 'open') {
    // Leave was given meanwhile.
    if (row.state !== 'new') return
    if (told.how === 'silent') failed(work, host, 'silent', everyMs)
    else if (told.how === 'private-host') work.aside(host, 'private-host')
    else {
      work.set(host, { state: told.how, failures: 0 })
      // Whoever waits for a name there need not wait for the person's leave.
      if (told.how === 'leave') for (const { address } of [...work.lane(host).back, ...work.lane(host).asks]) work.settle(address, 'no')
    }
    return
  }
  const asks = out.kind === 'open' ? [] : out.asks
  const over = { asked: row.asked + asks.length }
  if (told.kind === 'name') {
    const { outcome } = told
    if (outcome.kind === 'later') {
      const [ask] = asks as [LookUpAsk]
      const again = { ...ask, out: false }
      work.asks.set(ask.address, again)
      work.set(host, {}, { back: [again, ...work.lane(host).back] })
      return later(work, host, outcome.ms, everyMs)
    }
    // The time at which it is written down: whoever plans another look-up is before or after it.
    work.answer({ ...outcome.lookUp, at: work.at() })
    if (!outcome.trouble) return work.set(host, { ...over, answers: row.answers + 1, failures: 0, limits: 0, until: undefined, why: undefined })
    work.set(host, over)
    return failed(work, host, outcome.lookUp.detail ?? 'silent', everyMs)
  }
  if (told.later) {
    const again = asks.map(ask => ({ ...ask, out: false }))
    for (const ask of again) work.asks.set(ask.address, ask)
    work.set(host, {}, { back: [...again, ...work.lane(host).back] })
    return later(work, host, told.later.ms, everyMs)
  }
  work.set(host, over)
  const no = told.no ?? new Set()
  for (const { address, id } of asks) if (id !== undefined && no.has(id)) work.answer({ address, outcome: 'not-found', detail: 'not-bridged', at: work.at() })
  work.move(asks.filter(({ id }) => id === undefined || !no.has(id)))
  if (told.no) work.set(host, { answers: row.answers + 1, failures: 0, limits: 0, until: undefined, why: undefined })
  else failed(work, host, 'silent', everyMs)
}

/** It is as if it had never been asked. */
const unsent = (work: Work, host: string): void => {
  const { out } = work.lane(host)
  const again = !out || out.kind === 'open' ? [] : out.asks.map(ask => ({ ...ask, out: false }))
  for (const ask of again) work.asks.set(ask.address, ask)
  work.set(host, {}, { out: undefined, back: [...again, ...work.lane(host).back] })
}

/** Whether a name may be asked now; `drop`: it is of no use any more. */
const ready = (work: Work, { after = [] }: LookUpAsk): boolean | 'drop' => {
  const states = after.map(address => work.awaited.get(address) ?? 'no')
  return states.includes('found') ? 'drop' : !states.includes('open')
}

/** Takes up to `most` names that may be asked now. */
const take = (work: Work, host: string, most: number): LookUpAsk[] => {
  const lane = work.lane(host)
  const taken: LookUpAsk[] = []
  const back: LookUpAsk[] = []
  let dropped = 0
  let { at } = lane
  const look = (ask: LookUpAsk): void => {
    const now = ready(work, ask)
    if (now === 'drop') {
      work.dropped.push(ask.address)
      work.asks.delete(ask.address)
      work.settle(ask.address, 'no')
      dropped++
    } else if (now && taken.length < most) taken.push({ ...ask, out: true })
    else back.push(ask)
  }
  for (const ask of lane.back) look(ask)
  while (taken.length < most && at < lane.asks.length) look(lane.asks[at++] as LookUpAsk)
  if (taken.length || dropped || back.length !== lane.back.length) work.set(host, { asked: lane.row.asked + dropped }, { at, back })
  return taken
}

/** Puts out what may be asked now. @returns when the next server may be asked */
const turn = (work: Work, courtesy: Courtesy): number | undefined => {
  for (;;) {
    const dropped = work.dropped.length
    const due = turnOnce(work, courtesy)
    // What was dropped may have been waited for.
    if (work.dropped.length === dropped) return due
  }
}

const turnOnce = (work: Work, { everyMs, size }: Courtesy): number | undefined => {
  let out = [...work.lanes.values()].filter(lane => lane.out).length
  let due: number | undefined
  // The longest first: the whole takes as long as the server with the most names.
  const lanes = [...work.lanes].filter(([, lane]) => !lane.out && left(lane) && (lane.row.state === 'new' || lane.row.state === 'open')).sort(([, a], [, b]) => left(b) - left(a))
  for (const [host, { row }] of lanes) {
    const from = Math.max(row.last + everyMs, row.until ?? 0)
    if (from > work.now) {
      due = Math.min(due ?? from, from)
      continue
    }
    if (out >= AT_ONCE) continue
    const first = work.lane(host).back[0] ?? work.lane(host).asks[work.lane(host).at]
    let question: Question | undefined
    if (row.state === 'new') question = { kind: 'open', host }
    else {
      const asks = take(work, host, first?.id === undefined ? 1 : size)
      for (const ask of asks) work.asks.set(ask.address, ask)
      if (asks.length) question = first?.id === undefined ? { kind: 'name', host, asks: asks as [LookUpAsk] } : { kind: 'check', host, asks }
    }
    if (!question) continue
    work.set(host, { last: work.now, until: undefined, why: undefined }, { out: question })
    work.ask.push(question)
    out++
  }
  return due
}

const result = (work: Work, due: number | undefined): Step => {
  const lanes = [...work.lanes.values()]
  const busy = lanes.some(lane => lane.out || (left(lane) && lane.row.state !== 'leave' && lane.row.state !== 'aside'))
  const waiting = lanes.some(lane => left(lane) && lane.row.state === 'leave')
  return {
    schedule: { account: work.account, lanes: work.lanes, awaited: work.awaited },
    kept: {
      answers: work.answers, dropped: work.dropped, asks: [...work.asks.values()],
      hosts: [...work.hosts].map(host => (work.lanes.get(host) as Lane).row),
    },
    ask: work.ask,
    ...(due === undefined ? {} : { due }),
    ...(busy ? {} : { end: waiting ? 'needs-hosts' : 'done' }),
  }
}

/**
 * The schedule as it was written down.
 * @param known what came of addresses that others wait for @param now ms since 1970
 */
export const load = (account: string, hosts: LookUpHost[], asks: LookUpAsk[], known: LookUp[], now: number): Step => {
  const outcomes = new Map(known.map(({ address, outcome }) => [address, outcome]))
  const open = new Set(asks.map(({ address }) => address))
  for (const { host, state } of hosts) if (state === 'leave') for (const ask of asks) if (ask.host === host) open.delete(ask.address)
  const awaited = new Map(asks.flatMap(({ after = [] }) => after).map(address => [address, open.has(address) ? 'open' : outcomes.get(address) === 'found' ? 'found' : 'no'] as const))
  const queues = Map.groupBy(asks.filter(({ out }) => !out), ({ host }) => host)
  const rows = new Map([...[...queues.keys()].map(host => newHost(account, host)), ...hosts].map(row => [row.host, row]))
  const lanes = new Map([...rows].map(([host, row]) => [host, { row, asks: queues.get(host) ?? [], at: 0, back: [] }]))
  const work = new Work(account, now, lanes, awaited)
  for (const ask of asks.filter(({ out }) => out)) {
    const { row } = work.lane(ask.host)
    if (ask.id === undefined) work.answer({ address: ask.address, outcome: 'unclear', detail: 'interrupted', at: work.at() })
    else work.move([ask])
    work.set(ask.host, { asked: row.asked + 1 })
  }
  return result(work, undefined)
}

/** What two steps, one after the other, come to: what the first asks is not yet asked, and neither is written down. */
export const both = (one: Step, two: Step): Step => {
  const hosts = new Map([...(one.kept.hosts ?? []), ...(two.kept.hosts ?? [])].map(row => [row.host, row]))
  const asks = new Map([...(one.kept.asks ?? []), ...(two.kept.asks ?? [])].map(ask => [ask.address, ask]))
  const kept = { answers: [...(one.kept.answers ?? []), ...(two.kept.answers ?? [])], dropped: [...(one.kept.dropped ?? []), ...(two.kept.dropped ?? [])] }
  for (const address of [...kept.answers.map(answer => answer.address), ...kept.dropped]) asks.delete(address)
  return { ...two, kept: { ...kept, hosts: [...hosts.values()], asks: [...asks.values()] }, ask: [...one.ask, ...two.ask] }
}

/** @param now ms since 1970 */
export const step = ({ account, lanes, awaited }: Schedule, event: Event, now: number, courtesy: Courtesy): Step => {
  const work = new Work(account, now, lanes, awaited)
  if (event.kind === 'told') hear(work, event.told, event.at, courtesy)
  if (event.kind === 'unsent') unsent(work, event.host)
  if (event.kind === 'leave') for (const host of event.hosts) if (['new', 'leave'].includes(work.lanes.get(host)?.row.state ?? '')) work.set(host, { state: 'open' })
  return result(work, courtesy.hold ? undefined : turn(work, courtesy))
}
