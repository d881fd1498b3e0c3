/** Servers and a store in simulated time: what the schedule is run against. */
import { both, load, step, type Courtesy, type Event, type Question, type Schedule, type Step, type Told } from '../../../lib/lookup/schedule.ts'
import type { Outcome } from '../../../lib/lookup/webfinger.ts'
import type { LookUp } from '../../../lib/model/index.ts'
import { newHost, type LookUpAsk, type LookUpHost } from '../../../lib/store/index.ts'

export interface Server {
  /** ms until it answers. */
  ms?: number
  open?: 'open' | 'leave' | 'silent'
  answer?(address: string, times: number, now: number): Outcome
  no?(ids: string[]): Told & { kind: 'check' }
}

/** One question, as a server saw it. */
export interface Seen { at: number; host: string; kind: Question['kind']; addresses: string[] }

export const account = 'example:1'
const iso = (now: number): string => new Date(now).toISOString()
export const found = (address: string, now: number): Outcome => ({ kind: 'known', lookUp: { address, outcome: 'found', at: iso(now) } })
export const missing = (address: string, now: number): Outcome => ({ kind: 'known', lookUp: { address, outcome: 'not-found', at: iso(now) } })
export const silent = (address: string, now: number): Outcome => ({ kind: 'known', lookUp: { address, outcome: 'unclear', detail: 'silent', at: iso(now) }, trouble: true })

/** Asks for addresses, each at its own host; `more` by address. */
export const asksFor = (addresses: string[], more: Record<string, Partial<LookUpAsk>> = {}): LookUpAsk[] =>
  addresses.map((address, n) => ({ account, address, host: address.split('@')[1] as string, n, ...more[address] }))

export class Simulated {
  now = 1_800_000_000_000
  readonly begun = this.now
  readonly seen: Seen[] = []
  /** What is written down. */
  readonly asks = new Map<string, LookUpAsk>()
  readonly hosts = new Map<string, LookUpHost>()
  readonly answers: LookUp[] = []
  readonly dropped: string[] = []
  end: Step['end']
  /** When each question that is out is answered. */
  #out: { at: number; told: Told }[] = []
  #due: number | undefined
  #schedule: Schedule
  readonly #servers: (host: string) => Server
  readonly courtesy: Courtesy

  constructor(asks: LookUpAsk[], servers: (host: string) => Server, courtesy: Courtesy = { everyMs: 1000, size: 30 }) {
    this.#servers = servers
    this.courtesy = courtesy
    for (const ask of asks) {
      this.asks.set(ask.address, ask)
      const row = this.hosts.get(ask.host) ?? newHost(account, ask.host)
      this.hosts.set(ask.host, { ...row, names: row.names + 1 })
    }
    this.#schedule = this.#load().schedule
  }

  #load(): Step {
    const first = load(account, [...this.hosts.values()], [...this.asks.values()].sort((a, b) => a.n - b.n), this.answers, this.now)
    this.#write(first)
    return first
  }

  #write({ kept }: Step): void {
    for (const row of kept.hosts ?? []) this.hosts.set(row.host, row)
    for (const ask of kept.asks ?? []) this.asks.set(ask.address, ask)
    for (const one of kept.answers ?? []) {
      this.answers.push(one)
      this.asks.delete(one.address)
    }
    for (const address of kept.dropped ?? []) {
      this.dropped.push(address)
      this.asks.delete(address)
    }
  }

  /** What a server makes of a question, and when that arrives. */
  #send(question: Question): void {
    const { kind, host } = question
    const server = this.#servers(host)
    this.seen.push({ at: this.now, host, kind, addresses: kind === 'open' ? [] : question.asks.map(({ address }) => address) })
    // Answers come at any time, not on the second.
    const at = this.now + (server.ms ?? 90) + (this.seen.length % 7)
    if (kind === 'open') return void this.#out.push({ at, told: { kind, host, how: server.open ?? 'open' } })
    if (kind === 'check') return void this.#out.push({ at, told: server.no?.(question.asks.map(({ id }) => id ?? '')) ?? { kind, host } })
    const [{ address }] = question.asks
    const times = this.seen.filter(one => one.host === host && one.kind === 'name').length
    this.#out.push({ at, told: { kind, host, outcome: server.answer?.(address, times, at) ?? missing(address, at) } })
  }

  happen(event: Event): void {
    this.#take(step(this.#schedule, event, this.now, this.courtesy))
  }

  #take(next: Step): void {
    this.#schedule = next.schedule
    this.#write(next)
    for (const question of next.ask) {
      for (const ask of question.kind === 'open' ? [] : question.asks) if (!this.asks.get(ask.address)?.out) throw new Error(`${ask.address} is asked before it is written down`)
      this.#send(question)
    }
    this.#due = next.due
    this.end = next.end
  }

  /** Everything dies but what is written down, and begins anew `ms` later. Answers that were on their way are lost. */
  die(ms: number): void {
    this.#out = []
    this.now += ms
    this.#schedule = this.#load().schedule
  }

  /** Goes on to its end, or to this time. @returns ms that it took so far */
  run(until = Number.POSITIVE_INFINITY): number {
    this.happen({ kind: 'turn' })
    while (!this.end) {
      this.#out.sort((a, b) => a.at - b.at)
      const at = Math.min(this.#out[0]?.at ?? Number.POSITIVE_INFINITY, this.#due ?? Number.POSITIVE_INFINITY)
      if (at === Number.POSITIVE_INFINITY) throw new Error('It stands still with nothing to wait for')
      if (at > until) break
      this.now = Math.max(this.now, at)
      const arrived = this.#out.filter(one => one.at <= this.now)
      this.#out = this.#out.filter(one => one.at > this.now)
      if (arrived.length) {
        // As the background does: what arrives together is written down together.
        const events = arrived.map(({ at: then, told }): Event => ({ kind: 'told', told, at: then }))
        this.#take(events.slice(1).reduce((all, event) => both(all, step(all.schedule, event, this.now, this.courtesy)), step(this.#schedule, events[0] as Event, this.now, this.courtesy)))
      }
      else this.happen({ kind: 'turn' })
    }
    return this.now - this.begun
  }
}
