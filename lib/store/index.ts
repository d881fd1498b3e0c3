/** The store over Dexie: tables, transactions and queries behind the contract in `types.ts`. */
import { liveQuery, type Table } from 'dexie'
import type { Account, Run, Section, Verdict } from '../model/index.ts'
import { commitBatch, keepTotals } from './commit.ts'
import { backups } from './backup.ts'
import { choices } from './choices.ts'
import { Memory } from './known.ts'
import { forgetLookUps, lookUps, newHost } from './lookups.ts'
import { filed } from './filed.ts'
import { Finding, type Slim } from './finding.ts'
import { leftOut } from './left.ts'
import { bareMedia, media } from './media.ts'
import { chunkSize, NewerStoreError, openTables, whole, type StoredAccount, type StoredFollow, type StoredMedia, type StoredPost, type Tables } from './schema.ts'
import { add, isNew, isTicked, sectionOf, sectionOfRelation, tallyFollow, tallyMedia, tallyPost, tallyRelation, type Tally } from './tally.ts'
import type { FollowQuery, FollowRow, Kept, PostQuery, PostRow, RelationQuery, RelationRow, Store } from './types.ts'

export type * from './types.ts'
export { profileMedia } from './tally.ts'
export { isNew, isTicked, newHost, NewerStoreError }

/** How long an answer that could not be read is kept: milliseconds in 30 days. */
const unreadLife = 30 * 86_400_000

const bareAccount = ({ mark: _, ...row }: StoredAccount): Account => row
/** As it is handed out. */
const bareFollow = ({ order: _order, sort: _sort, loose: _loose, named: _named, joined: _joined, ...row }: StoredFollow): FollowRow => row
const barePost = ({ waits: _, original: _original, joined: _joined, ...row }: StoredPost): PostRow => row
const bare = <T extends Kept>({ joined: _, ...row }: T): Omit<T, 'joined'> => row

const fold = (text: string): string => text.normalize('NFKC').toLowerCase()
const wordsOf = (search: string | undefined): string[] => fold(search ?? '').split(/\s+/).filter(Boolean)
/** @returns a test whether all words of `search` stand in some text */
const finder = (search: string | undefined): ((parts: (string | undefined)[]) => boolean) | undefined => {
  const words = wordsOf(search)
  if (!words.length) return undefined
  return parts => {
    const text = fold(parts.filter(Boolean).join('\n'))
    return words.every(word => text.includes(word))
  }
}

type Findable = Pick<StoredFollow, 'goneAt' | 'reach' | 'choice' | 'saved' | 'arrival'>
/** All of the query but the words that are looked for. */
const followParts = (query: FollowQuery): ((row: Findable) => boolean) =>
  row =>
    (!!query.gone || !row.goneAt) &&
    (!query.verdict || row.reach.verdict === query.verdict) &&
    (!query.reason || row.reach.reason === query.reason) &&
    (query.ticked === undefined || isTicked(row) === query.ticked) &&
    (query.fresh === undefined || isNew(row) === query.fresh) &&
    (!query.arrival || row.arrival?.state === query.arrival)

/** What of a person is searched. */
const followText = ({ handle, name, bio, reach }: StoredFollow): string => fold([handle, name, bio, reach.address].filter(Boolean).join('\n'))

const followFilter = (query: FollowQuery): ((row: StoredFollow) => boolean) => {
  const passes = followParts(query)
  const words = wordsOf(query.search)
  return row => {
    if (!passes(row)) return false
    const text = words.length ? followText(row) : ''
    return words.every(word => text.includes(word))
  }
}
const postFilter = (query: PostQuery): ((row: StoredPost) => boolean) => {
  const finds = finder(query.search)
  return row =>
    (!!query.gone || !row.goneAt) &&
    (!query.kind || row.kind === query.kind) &&
    (!query.visibility || (row.visibility ?? 'unknown') === query.visibility) &&
    (query.left === undefined || (row.left ?? false) === query.left) &&
    (!query.from || row.at >= query.from) &&
    (!query.until || (row.at !== '' && row.at < query.until)) &&
    (!finds || finds([row.text, row.topic, row.warning, row.repostOf?.authorHandle, row.quoteOf?.authorHandle, row.url, ...(row.media ?? []).map(media => media.alt)]))
}

const relationFilter = (query: RelationQuery): ((row: RelationRow) => boolean) => {
  const finds = finder(query.search)
  return row =>
    (!!query.gone || !row.goneAt) &&
    (!query.kind || row.relation === query.kind) &&
    (!finds || finds([row.handle, row.name, row.list, row.url]))
}

/** The order in which verdicts are told. */
const verdictOrder: Verdict[] = ['followable', 'maybe', 'unknown', 'not']

/** What a chunk is read by: rows after `place` in an index that begins with the account, in its order. */
type Chunk<T> = (place: unknown[] | undefined, size: number) => PromiseLike<T[]>

const chunks = <T>(table: Table<T>, index: string, account: string, backward = false): { read: Chunk<T>; place(row: T): unknown[] } => {
  const paths = index.slice(1, -1).split('+') as (keyof T)[]
  const [from, to] = whole(account)
  return {
    place: row => paths.map(path => row[path]),
    read: (place, size) => {
      const range = backward
        ? table.where(index).between(from, place ?? to, true, false).reverse()
        : table.where(index).between(place ?? from, to, false, true)
      return range.limit(size).toArray()
    },
  }
}

/** One page of the rows that pass: reads on in bounded chunks until it is full. */
const page = async <T>({ read, place }: ReturnType<typeof chunks<T>>, start: unknown[] | undefined, passes: (row: T) => boolean, limit: number): Promise<{ rows: T[]; more: boolean }> => {
  const rows: T[] = []
  let at = start
  let size = limit + 1
  for (;;) {
    const chunk = await read(at, size)
    for (const row of chunk) {
      if (!passes(row)) continue
      if (rows.length === limit) return { rows, more: true }
      rows.push(row)
    }
    if (chunk.length < size) return { rows, more: false }
    at = place(chunk[chunk.length - 1]!)
    size = Math.max(limit + 1, 500)
  }
}

/** A page of a list that is in memory as a whole: only the rows that are shown are read. */
const found = async (db: Tables, account: string, all: Slim[], query: FollowQuery, limit: number, after: string | undefined): Promise<{ rows: FollowRow[]; next?: string }> => {
  const passes = followParts(query)
  const words = wordsOf(query.search)
  const hits = all.filter(row => passes(row) && words.every(word => row.text.includes(word)))
  if (query.sort === 'handle') hits.sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : a.key < b.key ? -1 : 1))
  // The list is in its own order, and stays so within a verdict.
  else if (query.sort === 'verdict') hits.sort((a, b) => verdictOrder.indexOf(a.reach.verdict) - verdictOrder.indexOf(b.reach.verdict))
  const from = after === undefined ? 0 : hits.findIndex(({ key }) => key === after) + 1
  const page = hits.slice(from, from + Math.max(1, limit))
  const rows = (await db.follows.bulkGet(page.map(({ key }) => [account, key]))).filter(row => row !== undefined).map(bareFollow)
  return { rows, ...(from + page.length < hits.length ? { next: page.at(-1)!.key } : {}) }
}

/** @param row the row that the last page ended with, where it is still there */
const paged = async <T, R>(table: Table<T>, index: string, account: string, backward: boolean, row: T | undefined, passes: (row: T) => boolean, limit: number, bare: (row: T) => R, key: (row: T) => string): Promise<{ rows: R[]; next?: string }> => {
  const range = chunks(table, index, account, backward)
  const { rows, more } = await page(range, row && range.place(row), passes, Math.max(1, limit))
  const end = rows[rows.length - 1]
  return { rows: rows.map(bare), ...(more && end ? { next: key(end) } : {}) }
}

const each = async function* <T extends { goneAt?: string }, R>(table: Table<T>, index: string, account: string, size: number, bare: (row: T) => R): AsyncGenerator<R[]> {
  const { read, place } = chunks(table, index, account)
  let at: unknown[] | undefined
  for (;;) {
    const rows = await read(at, size).then(undefined, explain)
    const there = rows.filter(row => !row.goneAt)
    if (there.length) yield there.map(bare)
    if (rows.length < size) return
    at = place(rows[rows.length - 1]!)
  }
}

/** Marks rows of one table in chunks. @returns how many */
const mark = async <T extends { goneAt?: string }>(table: Table<T>, index: string, account: string, missing: (row: T) => boolean, at: string, count: (row: T, sign: 1 | -1) => void): Promise<number> => {
  const { read, place } = chunks(table, index, account)
  let from: unknown[] | undefined
  let marked = 0
  for (;;) {
    const rows = await read(from, chunkSize)
    const gone = rows.filter(missing)
    for (const row of gone) {
      count(row, -1)
      row.goneAt = at
      count(row, 1)
    }
    if (gone.length) await table.bulkPut(gone)
    marked += gone.length
    if (rows.length < chunkSize) return marked
    from = place(rows[rows.length - 1]!)
  }
}

const ended = new Set<Run['state']>(['done', 'stopped'])
const newestFirst = (a: Run, b: Run): number => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0)

const relationSections = new Set<Section>(['followers', 'lists', 'blocks', 'mutes', 'bookmarks', 'likes'])

const deletePosts = async (db: Tables, rows: StoredPost[], of: (account: string) => Tally): Promise<void> => {
  await db.posts.bulkDelete(rows.map(row => [row.account, row.id]))
  const places = rows.flatMap(row => (row.media ?? []).map((_, index): [string, string, number] => [row.account, row.id, index]))
  for (const row of await db.media.bulkGet(places)) if (row) tallyMedia(of(row.account), row, -1)
  await db.media.bulkDelete(places)
}

/** Tallies by account. */
const tallies = (): { of(account: string): Tally; all: Map<string, Tally> } => {
  const all = new Map<string, Tally>()
  return {
    all,
    of: account => {
      const tally = all.get(account) ?? new Map()
      all.set(account, tally)
      return tally
    },
  }
}

/** Says why nothing can be read, instead of Dexie's "the database is closed". */
const explain = (error: unknown): never => {
  const inner = (error as { inner?: unknown } | undefined)?.inner
  throw inner instanceof NewerStoreError ? inner : error
}
/** The same store, whose queries reject with the reason. */
const explained = <T extends object>(methods: T): T =>
  Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, (...args: unknown[]) => method(...args).then(undefined, explain)])) as T

const makeStore = (db: Tables): Store => {
  const memory = new Memory()
  const finding = new Finding(db, followText)
  const { eachRow, putBack, countAnew } = backups(db)
  const step = async (id: string, of: (run: Run | undefined) => Run | undefined, outcome?: () => PromiseLike<{ added: number; changed: number }>): Promise<Run | undefined> => {
    const known = await db.captures.get(id)
    const next = of(known)
    if (next && outcome) {
      const { added, changed } = await outcome()
      const before = next.brought ?? { added: 0, changed: 0 }
      next.brought = { added: before.added + added, changed: before.changed + changed }
    }
    if (next) await db.captures.put(next)
    return next ?? known
  }
  const queries: Omit<Store, 'eachRow' | 'eachFollow' | 'eachPost' | 'eachRelation' | 'eachMedia' | 'live' | 'close'> = {
    commit: async (batch, of) => {
      const { outcome, remember } = await db.transaction('rw', db.tables, async () => {
        const keeping = commitBatch(db, batch, memory)
        const [done] = await Promise.all([keeping, of ? step(batch.runId, of, () => keeping.then(({ outcome }) => outcome)) : undefined])
        return done
      })
      remember()
      return outcome
    },
    updateRun: (id, of) => db.transaction('rw', db.captures, () => step(id, of)),
    run: id => db.captures.get(id),
    openRuns: async () => (await db.captures.toArray()).filter(run => !ended.has(run.state)).sort(newestFirst),
    runsOf: async account => (await db.captures.where('account').equals(account).toArray()).sort(newestFirst),
    latestRun: async (network, about) => {
      const all = (await db.captures.where('network').equals(network).toArray()).sort(newestFirst)
      const runs = about ? all.filter(({ subject }) => subject?.handle.toLowerCase() === about.handle.toLowerCase() && subject.origin === about.origin) : all
      return runs.find(run => !run.handIn) ?? runs[0]
    },
    addUnread: row =>
      db.transaction('rw', db.unread, db.totals, async () => {
        await db.unread.add(row)
        if (row.account) await keepTotals(db, row.account, new Map([['unread', 1]]))
      }),
    unread: account => db.unread.where('account').equals(account).toArray(),
    accounts: async () => (await db.accounts.toArray()).map(bareAccount),
    account: async key => {
      const row = await db.accounts.get(key)
      return row && bareAccount(row)
    },
    profile: async account => {
      const row = await db.profiles.get(account)
      return row && bare(row)
    },
    editProfile: (account, edits) =>
      db.transaction('rw', db.profiles, async () => {
        const row = await db.profiles.get(account)
        if (!row) return
        const { edits: _, ...rest } = row
        await db.profiles.put(edits && Object.keys(edits).length ? { ...rest, edits } : rest)
      }),
    totals: async account =>
      Object.fromEntries((await db.totals.where('[account+name]').between(...whole(account)).toArray()).map(row => [row.name, row.value])),
    follows: async (account, query, limit, after) => {
      const whole_ = query.search || query.ticked !== undefined || query.fresh !== undefined || query.arrival ? await finding.of(account) : undefined
      if (whole_) return found(db, account, whole_, query, limit, after)
      const last = after === undefined ? undefined : await db.follows.get([account, after])
      const list = (of: FollowQuery, most: number, from: StoredFollow | undefined) =>
        paged(db.follows as Table<StoredFollow>, query.sort === 'handle' ? '[account+sort+key]' : '[account+order+key]', account, false, from, followFilter(of), most, bareFollow, row => row.key)
      if (query.sort !== 'verdict' || query.verdict) return list(query, limit, last)
      // One verdict after the other, each in bounded chunks: no index has to be kept for it.
      const rows: FollowRow[] = []
      for (const verdict of verdictOrder.slice(last ? verdictOrder.indexOf(last.reach.verdict) : 0)) {
        const found = await list({ ...query, verdict }, limit - rows.length, verdict === last?.reach.verdict ? last : undefined)
        rows.push(...found.rows)
        if (found.next !== undefined) return { rows, next: rows.at(-1)?.key }
        if (rows.length === limit) {
          const rest = verdictOrder.slice(verdictOrder.indexOf(verdict) + 1)
          for (const one of rest) if ((await list({ ...query, verdict: one }, 1, undefined)).rows.length) return { rows, next: rows.at(-1)?.key }
          return { rows }
        }
      }
      return { rows }
    },
    prepareSearch: async account => void (await finding.of(account)),
    posts: async (account, query, limit, after) =>
      paged(db.posts as Table<StoredPost>, '[account+at+id]', account, true, after === undefined ? undefined : await db.posts.get([account, after]), postFilter(query), limit, barePost, row => row.id),
    monthsOf: async account => {
      const months = new Map<string, number>()
      await db.posts.where('[account+at+id]').between(...whole(account)).eachKey(key => {
        const month = (key as unknown as string[])[1]!.slice(0, 7)
        months.set(month, (months.get(month) ?? 0) + 1)
      })
      return [...months]
    },
    relations: async (account, query, limit, after) =>
      paged(db.relations as Table<RelationRow>, '[account+key]', account, false, after === undefined ? undefined : await db.relations.get([account, after]), relationFilter(query), limit, bare, row => row.key),
    ...choices(db, followFilter, bareFollow),
    ...leftOut(db, postFilter),
    putBack,
    countAnew,
    ...lookUps(db),
    ...media(db),
    ...filed(db),
    handIn: async item => {
      const id = crypto.randomUUID()
      await db.inbox.add({ ...item, id })
      return id
    },
    handedIn: id => db.inbox.get(id),
    forgetHandedIn: id => db.inbox.delete(id),
    markGone: (account, runId, sections, at) =>
      db.transaction('rw', db.follows, db.posts, db.relations, db.totals, db.captures, async () => {
        const since = (await db.captures.get(runId))?.startedAt
        // Another run may have seen it in the meantime.
        const missing = (row: { runId: string; lastSeen: string; goneAt?: string }) => !row.goneAt && row.runId !== runId && !(since && row.lastSeen >= since)
        const done = new Set<Section>(sections)
        const tally: Tally = new Map()
        let marked = 0
        if (done.has('follows')) {
          marked += await mark(db.follows as Table<StoredFollow>, '[account+key]', account, missing, at, (row, sign) => tallyFollow(tally, row, sign))
        }
        if (done.has('posts') || done.has('replies') || done.has('reposts')) {
          marked += await mark(db.posts as Table<StoredPost>, '[account+id]', account, row => done.has(sectionOf(row.kind)) && missing(row), at, (row, sign) => tallyPost(tally, row, sign))
        }
        if ([...done].some(section => relationSections.has(section))) {
          const lost = (row: RelationRow) => done.has(sectionOfRelation(row.relation) as Section) && missing(row)
          marked += await mark(db.relations as Table<RelationRow>, '[account+key]', account, lost, at, (row, sign) => tallyRelation(tally, row, sign))
        }
        await keepTotals(db, account, tally)
        return marked
      }),
    purge: now =>
      db.transaction('rw', db.posts, db.media, db.unread, db.totals, db.inbox, async () => {
        const { of, all } = tallies()
        const over = await db.posts.where('expiresAt').belowOrEqual(now).filter(row => row.ghost === true).toArray()
        for (const row of over) tallyPost(of(row.account), row, -1)
        await deletePosts(db, over, of)
        const old = new Date(Date.parse(now) - unreadLife).toISOString()
        const keys: number[] = []
        await db.unread.where('at').below(old).each(row => {
          keys.push(row.key!)
          if (row.account) add(of(row.account), 'unread', -1)
        })
        await db.unread.bulkDelete(keys)
        await db.inbox.where('at').below(old).delete()
        for (const [account, tally] of all) await keepTotals(db, account, tally)
      }),
    deleteAccount: account =>
      db.transaction('rw', db.tables, async () => {
        const range = whole(account)
        await forgetLookUps(db, account)
        await Promise.all([
          db.accounts.delete(account),
          db.profiles.delete(account),
          db.follows.where('[account+key]').between(...range).delete(),
          db.posts.where('[account+id]').between(...range).delete(),
          db.relations.where('[account+key]').between(...range).delete(),
          db.media.where('[account+postId+index]').between(...range).delete(),
          db.totals.where('[account+name]').between(...range).delete(),
          db.mediaJobs.delete(account),
          db.captures.where('account').equals(account).delete(),
          db.unread.where('account').equals(account).delete(),
          db.lookUpJobs.delete(account),
          db.lookUpHosts.where('[account+host]').between(...range).delete(),
          db.lookUpAsks.where('[account+address]').between(...range).delete(),
        ])
      }),
    deleteAll: () => db.transaction('rw', db.tables, async () => void (await Promise.all(db.tables.map(table => table.clear())))),
  }
  return {
    ...explained(queries),
    eachRow,
    eachFollow: (account, size = 500) => each(db.follows as Table<StoredFollow>, '[account+sort+key]', account, size, bareFollow),
    eachRelation: (account, size = 500) => each(db.relations as Table<RelationRow>, '[account+key]', account, size, bare),
    eachMedia: (account, size = 500) => each(db.media as Table<StoredMedia & { goneAt?: string }>, '[account+postId+index]', account, size, bareMedia),
    eachPost: (account, size = 500) => each(db.posts as Table<StoredPost>, '[account+at+id]', account, size, barePost),
    live: (query, next, fail) => {
      let stop = () => {}
      let stopped = false
      // Dexie's live queries say nothing at all while the database can't be opened.
      db.open().then(
        () => {
          if (stopped) return
          // An async function, so that Dexie follows it across awaits.
          const subscription = liveQuery(async () => await query()).subscribe({ next, error: error => fail?.(error) })
          stop = () => subscription.unsubscribe()
        },
        error => !stopped && fail?.(error),
      )
      return () => {
        stopped = true
        stop()
      }
    },
    close: () => {
      finding.close()
      db.close()
    },
  }
}

/**
 * Opens the store; the database itself is opened by the first query.
 * @param name of the database
 * @throws (each query) NewerStoreError where a later version of Holdall wrote this database; it is left as it is then
 */
export const openStore = (name = 'holdall'): Store => makeStore(openTables(name))
