/** The background of pictures and videos: fetches one after the other, writes down what came of each, and goes on after whatever ended it. */
import { letSleep, onWake, stayAwake, wakeEveryMinute } from '../browser/alarms.ts'
import { online } from '../browser/ask.ts'
import { accountsWithFiles, filesOf, removeFiles, removeFilesOf } from '../browser/files.ts'
import { guard } from '../browser/guard.ts'
import type { MediaRequest } from '../browser/messages.ts'
import { allowed, onPermissionsChanged } from '../browser/permissions.ts'
import { receiveMedia } from '../browser/receive.ts'
import { mediaPace } from '../browser/settings.ts'
import { rooms } from '../networks/rooms.ts'
import { openStore, type MediaJob, type MediaRow, type MediaState } from '../store/index.ts'
import { fetchMedia, type Outcome } from './fetch.ts'
import { hostsFor } from './hosts.ts'
import { afterTries, beforeAsking, LIMITS, TRIES } from './judge.ts'

const WATCH = 'media'
/** Longer than this nothing is waited for: the alarm begins anew. Milliseconds. */
const NAP = 20_000

interface Going { account: string; stop: AbortController; awake(): void; /** Times in a row that a server said "too many requests". */ limits: number }

const iso = (): string => new Date().toISOString()

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })

export const startMedia = (): void => {
  const store = openStore()
  let going: Going | undefined

  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work)
    queue = result.catch(() => {})
    return result
  }

  const settle = async (): Promise<void> => {
    if ((await store.mediaJobs()).some(({ state, reason }) => state === 'running' || reason === 'offline')) wakeEveryMinute(WATCH)
    else await letSleep(WATCH)
  }

  const leave = (mine: Going): void => {
    mine.stop.abort()
    mine.awake()
    if (going === mine) going = undefined
  }

  const change = (account: string, state: MediaJob['state'], more: Partial<MediaJob> = {}): Promise<MediaJob | undefined> =>
    store.updateMediaJob(account, job => {
      if (!job) return job
      const { reason: _, until: __, endedAt: ___, ...rest } = job
      return { ...rest, state, updatedAt: iso(), ...(state === 'done' || state === 'stopped' ? { endedAt: iso() } : {}), ...more }
    })

  /** Keeps what came of one; files that no row has go. */
  const keep = async (row: MediaRow, state: MediaState, more: Partial<MediaRow>): Promise<void> => {
    const { partial, reason: _, tries: __, ...rest } = row
    const next: MediaRow = { ...rest, state, at: iso(), ...more }
    const written = await store.keepMedia(next)
    const files = [partial, row.bytes, row.shown, ...(written ? [] : [next.bytes, next.shown])].flatMap(bytes => bytes?.parts ?? [])
    const still = new Set(written ? [next.bytes, next.shown, next.partial].flatMap(bytes => bytes?.parts ?? []) : [])
    await removeFiles(row.account, files.filter(name => !still.has(name)))
  }

  /** @returns whether to go on, and after how many milliseconds */
  const carryOut = async (mine: Going, row: MediaRow, outcome: Outcome, pace: number): Promise<number | undefined> => {
    if (outcome.kind !== 'later' || outcome.reason !== 'too-many') mine.limits = 0
    switch (outcome.kind) {
      case 'stopped':
        return undefined
      case 'halt':
        await change(mine.account, 'paused', { reason: outcome.reason })
        return undefined
      case 'kept':
        await keep(row, 'kept', { bytes: outcome.bytes, shown: outcome.shown })
        return pace
      case 'given-up':
        await keep(row, outcome.state, { reason: outcome.reason })
        return pace
      case 'later': {
        if (outcome.reason === 'too-many') {
          mine.limits++
          if (mine.limits >= LIMITS) {
            await change(mine.account, 'paused', { reason: 'too-many' })
            return undefined
          }
          await change(mine.account, 'running', { until: new Date(Date.now() + (outcome.ms ?? 0)).toISOString() })
          return outcome.ms
        }
        const tries = (row.tries ?? 0) + 1
        // What is there of it by now: it was written down on the way.
        const partial = (await store.media(row.account, [row.postId])).find(({ index }) => index === row.index)?.partial
        const latest = { ...row, partial }
        if (tries >= TRIES) {
          const { state, reason } = afterTries(outcome.reason)
          await keep(latest, state, { reason, tries })
        } else {
          await keep(latest, 'seen', { tries, ...(partial ? { partial } : {}) })
        }
        return pace * 2 ** tries
      }
    }
  }

  const loop = async (mine: Going): Promise<void> => {
    const { account, stop: { signal } } = mine
    const network = (await store.account(account))?.network
    const room = network === undefined ? undefined : rooms[network]
    if (!room) return void (await change(account, 'stopped'))
    await guard()
    const pace = await mediaPace()
    while (!signal.aborted) {
      const job = await store.mediaJob(account)
      if (job?.state !== 'running') return
      const wait = job.until === undefined ? 0 : Date.parse(job.until) - Date.now()
      if (wait > NAP) return
      if (wait > 0) await pause(wait, signal)
      const row = await store.nextMedia(account)
      if (!row) return void (await change(account, 'done'))
      const hosts = await hostsFor(room, store, account)
      const known = beforeAsking(row, hosts, Date.now())
      if (known) {
        await carryOut(mine, row, known, 0)
        continue
      }
      if (!(await allowed(hosts))) return void (await change(account, 'needs-hosts'))
      const { partial: _, ...bare } = row
      const outcome = await fetchMedia(row, { hosts, stop: signal, progress: async partial => void (await store.keepMedia(partial ? { ...bare, partial } : bare)) })
      if (signal.aborted && outcome.kind !== 'kept') return
      const next = await carryOut(mine, row, outcome, pace)
      if (next === undefined || next > NAP) return
      await pause(next, signal)
    }
  }

  /** Goes on with the one that was begun first. */
  const go = async (): Promise<void> => {
    await settle()
    if (going) return
    const job = (await store.mediaJobs()).find(({ state, until }) => state === 'running' && !(until !== undefined && Date.parse(until) - Date.now() > NAP))
    if (!job) return
    const mine: Going = { account: job.account, stop: new AbortController(), awake: stayAwake(), limits: 0 }
    going = mine
    void loop(mine)
      .catch(() => undefined)
      .then(() => {
        leave(mine)
        return inTurn(go)
      })
  }

  const begin = async (account: string): Promise<MediaJob | undefined> => {
    if (!(await store.account(account))) return undefined
    await store.updateMediaJob(account, job => {
      const now = iso()
      if (job && !job.endedAt) {
        const { reason: _, until: __, ...rest } = job
        return { ...rest, state: 'running', updatedAt: now }
      }
      return { account, state: 'running', startedAt: now, updatedAt: now }
    })
    await go()
    return store.mediaJob(account)
  }

  const halt = async (account: string, state: 'paused' | 'stopped'): Promise<MediaJob | undefined> => {
    const job = await store.mediaJob(account)
    const changed = job && !job.endedAt ? await change(account, state) : job
    if (going?.account === account) leave(going)
    await go()
    return changed
  }

  const request = async ({ kind, account }: MediaRequest): Promise<MediaJob | undefined> => {
    switch (kind) {
      case 'media-keep':
        return begin(account)
      case 'media-again':
        await store.mediaAgain(account)
        return begin(account)
      case 'media-pause':
        return halt(account, 'paused')
      case 'media-stop':
        return halt(account, 'stopped')
    }
  }

  /** Leave was given or taken. */
  const permissions = async (): Promise<void> => {
    for (const { account, state } of await store.mediaJobs()) {
      const network = state === 'needs-hosts' ? (await store.account(account))?.network : undefined
      const room = network === undefined ? undefined : rooms[network]
      if (room && (await allowed(await hostsFor(room, store, account)))) await begin(account)
    }
  }

  const watch = async (): Promise<void> => {
    if (online()) for (const { account, state, reason } of await store.mediaJobs()) if (state === 'paused' && reason === 'offline') await begin(account)
    await go()
  }

  /** Files of what was deleted, or was being written when something ended it. */
  const sweep = async (): Promise<void> => {
    for (const account of await accountsWithFiles()) {
      if (!(await store.account(account))) await removeFilesOf(account)
      else await removeFiles(account, await store.strayFiles(account, await filesOf(account)))
    }
  }

  receiveMedia(asked => inTurn(() => request(asked)))
  onPermissionsChanged(() => void inTurn(permissions))
  onWake(name => {
    if (name === WATCH) void inTurn(watch)
  })
  // What is swept is told before anything is fetched: a file that is being written has no row yet.
  void inTurn(async () => {
    await sweep().catch(() => undefined)
    await watch()
  })
}
