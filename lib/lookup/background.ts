/** The background of look-ups: asks what the schedule says, keeps what comes of it, and goes on after whatever ended it. */
import { letSleep, onWake, stayAwake, wakeEveryMinute } from '../browser/alarms.ts'
import { askBriefly, online, type Said } from '../browser/ask.ts'
import { guard } from '../browser/guard.ts'
import type { LookUpRequest } from '../browser/messages.ts'
import { allowed, mayLookUp, onPermissionsChanged } from '../browser/permissions.ts'
import { isPublic } from '../browser/private.ts'
import { receiveLookUps } from '../browser/receive.ts'
import { courtesy, judgedBy, ownVersion, setJudged } from '../browser/settings.ts'
import { rooms } from '../networks/rooms.ts'
import { openStore, type LookUpJob, type LookUpKept } from '../store/index.ts'
import { judge } from './judge.ts'
import { oldBefore, viaOf } from './plan.ts'
import { both, load, step, type Courtesy, type Event, type Question, type Schedule, type Step, type Told } from './schedule.ts'
import { ACCEPT, namelessQuestion, questionOf, readWebFinger, waitOf } from './webfinger.ts'

const WATCH = 'look-up'
/** How many answers are kept in one transaction. */
const CHUNK = 500

/** The look-up that this life of the background is at. One at a time. */
interface Going {
  account: string
  network: string
  schedule: Schedule
  courtesy: Courtesy
  stop: AbortController
  timer?: ReturnType<typeof setTimeout>
  /** What happened and was not looked at yet: several answers are kept in one transaction. */
  events: Event[]
  awake(): void
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

const iso = (): string => new Date().toISOString()

export const startLookUps = (): void => {
  const store = openStore()
  let going: Going | undefined

  /** One thing at a time: steps read the schedule, decide, and write it down. */
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work)
    queue = result.catch(() => {})
    return result
  }

  const settle = async (): Promise<void> => {
    if ((await store.lookUpJobs()).some(({ state, reason }) => state === 'running' || reason === 'offline')) wakeEveryMinute(WATCH)
    else await letSleep(WATCH)
  }

  const leave = (): void => {
    if (!going) return
    going.stop.abort()
    clearTimeout(going.timer)
    going.awake()
    going = undefined
  }

  /** In pieces, each a transaction: of a server that is given up, thousands of names are over at once. @returns the look-up's row, if it is still there */
  const keep = async (account: string, kept: LookUpKept): Promise<LookUpJob | undefined> => {
    const { answers = [], ...rest } = kept
    for (let at = CHUNK; at < answers.length; at += CHUNK) await store.keepLookUp(account, { answers: answers.slice(at, at + CHUNK) }, judge)
    return store.keepLookUp(account, { ...rest, answers: answers.slice(0, CHUNK) }, judge)
  }

  /** @returns undefined where nothing could be sent */
  const ask = async (question: Question, { network, stop: { signal: stop }, courtesy: { everyMs } }: Going): Promise<Told | undefined> => {
    const { kind, host } = question
    if (kind === 'open') {
      const said = await askBriefly(namelessQuestion(host), ACCEPT, stop)
      if (said.kind === 'answer') return { kind, host, how: isPublic(said.url) ? 'open' : 'private-host' }
      if (said.kind === 'too-large') return { kind, host, how: 'open' }
      if (said.kind === 'offline') return undefined
      // No answer, or none that we may read: a question that nobody has to agree to, and of which nothing is read, tells the one from the other.
      if (said.kind === 'silent') await pause(everyMs)
      const there = said.kind === 'silent' && (await askBriefly(`https://${host}/`, ACCEPT, stop, false)).kind === 'answer'
      return { kind, host, how: there ? 'leave' : 'silent' }
    }
    if (kind === 'name') {
      const [{ address }] = question.asks
      const said = await askBriefly(questionOf(address), ACCEPT, stop)
      return said.kind === 'offline' ? undefined : { kind, host, outcome: readWebFinger(address, said, Date.now()) }
    }
    const ruleOut = rooms[network]?.fediverse?.ruleOut
    const said: Said | undefined = ruleOut && (await askBriefly(ruleOut.url(question.asks.flatMap(({ id }) => id ?? [])), 'application/json', stop))
    if (said?.kind === 'offline') return undefined
    if (said?.kind !== 'answer') return { kind, host }
    if (said.status === 429) return { kind, host, later: { ms: waitOf(said.retryAfter, Date.now()) } }
    return { kind, host, no: said.status === 200 ? ruleOut?.no(said.body) : undefined }
  }

  /** Writes down what a step says, and does it. Nothing is asked before it is written down. */
  const carryOut = async (mine: Going, { schedule, kept, ask: questions, due, end }: Step): Promise<void> => {
    mine.schedule = schedule
    const job = await keep(mine.account, kept)
    if (going !== mine) return
    if (!job || job.endedAt) {
      leave()
      return go()
    }
    if (mine.courtesy.hold && ![...schedule.lanes.values()].some(({ out }) => out)) {
      leave()
      return go()
    }
    for (const question of questions) {
      void ask(question, mine).then(told => {
        if (told) return soon(mine, { kind: 'told', told, at: Date.now() })
        return inTurn(() => offline(mine, question.host))
      })
    }
    if (end && !mine.courtesy.hold) {
      await store.updateLookUp(mine.account, one => one && { ...one, state: end, updatedAt: iso(), ...(end === 'done' ? { endedAt: iso() } : {}) })
      leave()
      // The same people in accounts of other networks: what was learnt may hold for them.
      for (const { account, network } of end === 'done' ? await store.accounts() : []) if (network !== mine.network) await store.reachAgain(account, judge)
      return go()
    }
    clearTimeout(mine.timer)
    if (due !== undefined) mine.timer = setTimeout(() => void soon(mine, { kind: 'turn' }), Math.max(0, due - Date.now()))
  }

  /** When its turn comes, together with what happens until then. */
  const soon = (mine: Going, event: Event): Promise<void> => {
    mine.events.push(event)
    return mine.events.length > 1 ? Promise.resolve() : inTurn(() => happen(mine))
  }

  const happen = async (mine: Going, ...more: Event[]): Promise<void> => {
    if (going !== mine) return
    const events = [...mine.events.splice(0), ...more]
    if (!events.length) return
    try {
      const now = Date.now()
      const [first, ...rest] = events as [Event, ...Event[]]
      let all = step(mine.schedule, first, now, mine.courtesy)
      for (const event of rest) all = both(all, step(all.schedule, event, now, mine.courtesy))
      await carryOut(mine, all)
    } catch (error) {
      // It could not be written down, so nothing more is asked; the alarm begins anew from what is.
      leave()
      throw error
    }
  }

  const offline = async (mine: Going, host: string): Promise<void> => {
    if (going !== mine) return
    await halt(mine.account, 'offline')
    mine.courtesy = { ...mine.courtesy, hold: true }
    await happen(mine, { kind: 'unsent', host })
  }

  const halt = async (account: string, reason?: string): Promise<LookUpJob | undefined> =>
    store.updateLookUp(account, job => job && (job.state === 'running' ? { ...job, state: 'paused', reason, updatedAt: iso() } : job))

  const allowedOf = async (hosts: string[]): Promise<string[]> => {
    const may = await Promise.all(hosts.map(host => allowed([host])))
    return hosts.filter((_, at) => may[at])
  }

  /** Goes on with the look-up that was begun first. */
  const go = async (): Promise<void> => {
    await settle()
    if (going) return
    const job = (await store.lookUpJobs()).find(({ state }) => state === 'running')
    if (!job) return
    const { account } = job
    const network = (await store.account(account))?.network
    if (network === undefined || !(await mayLookUp())) {
      await halt(account, 'no-consent')
      return go()
    }
    await guard()
    const asks = await store.lookUpAsks(account)
    // Another account's look-up may have asked for the same since.
    const known = await store.lookUps([...new Set(asks.flatMap(one => [one.address, ...(one.after ?? [])]))])
    const fresh = new Set(known.filter(({ at, outcome }) => at >= job.startedAt && outcome !== 'unclear').map(({ address }) => address))
    const over = asks.filter(({ address, out }) => fresh.has(address) && !out).map(({ address }) => address)
    if (over.length) await store.keepLookUp(account, { dropped: over }, judge)
    const first = load(account, await store.lookUpHosts(account), asks.filter(({ address, out }) => out || !fresh.has(address)), known, Date.now())
    const mine: Going = {
      account, network, schedule: first.schedule, stop: new AbortController(), events: [], awake: stayAwake(),
      courtesy: { everyMs: await courtesy(), size: rooms[network]?.fediverse?.ruleOut?.size ?? 1 },
    }
    going = mine
    await keep(account, first.kept)
    await happen(mine, { kind: 'leave', hosts: await allowedOf([...first.schedule.lanes.keys()]) })
  }

  /** Leave was given somewhere: what waits for it goes on. */
  const goOnWithLeave = async (): Promise<void> => {
    if (going) await happen(going, { kind: 'leave', hosts: await allowedOf([...going.schedule.lanes.keys()]) })
    for (const job of await store.lookUpJobs()) {
      if (job.state === 'paused' && job.reason === 'no-consent' && (await mayLookUp())) await resume(job.account)
      if (job.state !== 'needs-hosts') continue
      const waiting = (await store.lookUpHosts(job.account)).filter(({ state }) => state === 'leave').map(({ host }) => host)
      if ((await allowedOf(waiting)).length) await resume(job.account)
    }
    await go()
  }

  const resume = async (account: string): Promise<LookUpJob | undefined> => {
    const job = await store.updateLookUp(account, one => {
      if (!one || one.endedAt) return one
      const { reason: _, ...rest } = one
      return { ...rest, state: 'running', updatedAt: iso() }
    })
    if (going?.account === account) {
      going.courtesy = { ...going.courtesy, hold: false }
      await happen(going, { kind: 'turn' })
    }
    await go()
    return job && store.lookUpJob(account)
  }

  const request = async (asked: LookUpRequest): Promise<LookUpJob | undefined> => {
    const { account } = asked
    switch (asked.kind) {
      case 'look-up': {
        const owner = await store.account(account)
        if (!owner) return undefined
        const job = await store.beginLookUp(account, asked.scope, oldBefore(Date.now()), iso(), viaOf(rooms[owner.network]))
        return job.endedAt ? job : resume(account)
      }
      case 'look-up-resume':
        return resume(account)
      case 'look-up-pause': {
        const job = await halt(account)
        if (going?.account === account) {
          going.courtesy = { ...going.courtesy, hold: true }
          await happen(going, { kind: 'turn' })
        }
        return job
      }
      case 'look-up-stop': {
        const job = await store.updateLookUp(account, one => one && (one.endedAt ? one : { ...one, state: one.state === 'needs-hosts' ? 'done' : 'stopped', updatedAt: iso(), endedAt: iso() }))
        if (going?.account === account) leave()
        await go()
        return job
      }
    }
  }

  /** After an update the rules may be others: everybody is judged anew, once. */
  const judgeAgain = async (): Promise<void> => {
    if ((await judgedBy()) === ownVersion()) return
    for (const { account } of await store.accounts()) await store.reachAgain(account, judge)
    await setJudged(ownVersion())
  }

  const watch = async (): Promise<void> => {
    if (online()) for (const { account, state, reason } of await store.lookUpJobs()) if (state === 'paused' && reason === 'offline') await resume(account)
    await go()
  }

  receiveLookUps(asked => inTurn(() => request(asked)))
  onPermissionsChanged(() => void inTurn(goOnWithLeave))
  onWake(name => {
    if (name === WATCH) void inTurn(watch)
  })
  void inTurn(async () => {
    await judgeAgain()
    await watch()
  })
}
