/** The tables, and how an older database becomes the present one. */
import { Dexie, type Table, type Transaction } from 'dexie'
import type { Account, LookUp, Run } from '../model/index.ts'
import { add, profileMedia, tallyFollow, tallyMedia, tallyPost, type Tally } from './tally.ts'
import type { FollowRow, LookUpAsk, LookUpHost, LookUpJob, MediaJob, MediaRow, PostRow, ProfileRow, RelationRow, UnreadRow } from './types.ts'

/** An account as stored. `mark`: see `known.ts`; never handed out. */
export type StoredAccount = Account & { mark?: string }
/** A follow as stored, with what it is sorted and found by: never handed out. */
export type StoredFollow = FollowRow & {
  /** Place in the list; those without one come last. */
  order: number
  /** The handle in lower case. */
  sort: string
  /** The same, only where the row has no id: so that these few can be found when the id becomes known. */
  loose?: string
  /** What may be handles in their links, in lower case. */
  named?: string[]
}
/** A post as stored. `waits`: the id of the post that it answers, as long as nobody knows whose that is. */
export type StoredPost = PostRow & { waits?: string; /** A repost's original. */ original?: string }
/** A picture or video as stored. `due`: when its link ends, or a later letter where nothing says so: what it is fetched by. */
export type StoredMedia = MediaRow & { due: string }
/** Something that was handed over and is not read yet. */
export interface InboxRow { id: string; name: string; network: string; at: string; bytes: Blob }
export interface TotalRow { account: string; name: string; value: number }

export type Tables = Dexie & {
  accounts: Table<StoredAccount, string>
  profiles: Table<ProfileRow, string>
  follows: Table<StoredFollow, [string, string]>
  posts: Table<StoredPost, [string, string]>
  relations: Table<RelationRow, [string, string]>
  media: Table<StoredMedia, [string, string, number]>
  mediaJobs: Table<MediaJob, string>
  captures: Table<Run, string>
  unread: Table<UnreadRow, number>
  totals: Table<TotalRow, [string, string]>
  inbox: Table<InboxRow, string>
  /** Of no account: an answer holds for everybody who asks for the address. */
  lookUps: Table<LookUp, string>
  lookUpJobs: Table<LookUpJob, string>
  lookUpHosts: Table<LookUpHost, [string, string]>
  lookUpAsks: Table<LookUpAsk, [string, string]>
}

/** The database was written by a later version of Holdall. Nothing in it was touched. */
export class NewerStoreError extends Error {
  override name = 'NewerStoreError'
  constructor() {
    super('This store was written by a newer version of Holdall. Update the extension to open it; nothing was changed.')
  }
}

/** Rows in one `bulkPut`: a single one of 100,000 can end the page. */
export const chunkSize = 2000

const last = Number.MAX_SAFE_INTEGER
/** What a follow is sorted and found by. */
export const followKeys = (row: Pick<FollowRow, 'handle' | 'position' | 'bio' | 'links' | 'fields'>): Pick<StoredFollow, 'order' | 'sort' | 'named'> => ({
  order: row.position ?? last,
  sort: row.handle.toLowerCase(),
  named: namedIn(row),
})

/** More than this are no person's links. */
const mostNamed = 12
/** The last part of the path of every link in a profile: where it leads to another network, a handle. */
const namedIn = ({ bio = '', links = [], fields = [] }: Pick<FollowRow, 'bio' | 'links' | 'fields'>): string[] | undefined => {
  const texts = [bio, ...fields.map(({ value }) => value)].flatMap(text => text.match(/https?:\/\/[^\s<>"')]+/g) ?? [])
  const named = [...links.map(({ url }) => url), ...texts].flatMap(link => {
    const last = URL.canParse(link) ? new URL(link).pathname.split('/').findLast(part => part !== '') : undefined
    const name = last?.replace(/^(?:@|%40)/, '').toLowerCase()
    return name && name.length <= 100 ? [name] : []
  })
  return named.length ? [...new Set(named)].slice(0, mostNamed) : undefined
}

/** One place in a compound index that begins with the account: everything of it. */
export const whole = (account: string): [unknown[], unknown[]] => [[account, Dexie.minKey], [account, Dexie.maxKey]]

/**
 * Dexie opens a database that is newer than its schema, and adds what it misses in it. We must not: on the browser's
 * VersionError it asks again without a version, and that is refused here.
 */
const careful = (factory: IDBFactory): IDBFactory => ({
  open(name, version) {
    if (version === undefined) throw new NewerStoreError()
    return factory.open(name, version)
  },
  deleteDatabase: name => factory.deleteDatabase(name),
  databases: () => factory.databases(),
  cmp: (a, b) => factory.cmp(a, b),
})

/** Version 2: who can be reached, totals, the place of media, lists by position and by handle. */
const toVersion2 = async (transaction: Transaction): Promise<void> => {
  const tables = transaction as unknown as Tables
  const totals = new Map<string, Tally>()
  const of = (account: string): Tally => {
    const tally = totals.get(account) ?? new Map()
    totals.set(account, tally)
    return tally
  }
  await tables.profiles.each(row => add(of(row.account), 'profile', 1))
  await tables.unread.each(row => row.account && add(of(row.account), 'unread', 1))
  await tables.follows.toCollection().modify(row => {
    // The network's rules are not known down here; the next sighting looks again.
    row.reach = { verdict: 'unknown', reason: 'not-looked-up' }
    Object.assign(row, followKeys(row))
    if (row.id.toLowerCase() === row.sort) row.loose = row.sort
    tallyFollow(of(row.account), row, 1)
  })
  let media: StoredMedia[] = []
  const flush = async () => {
    await tables.media.bulkPut(media)
    media = []
  }
  await pages(tables.posts, '[account+id]', chunkSize, async rows => {
    for (const row of rows) {
      tallyPost(of(row.account), row, 1)
      media.push(...mediaRows(row))
    }
    await flush()
  })
  await tables.totals.bulkPut([...totals].flatMap(([account, tally]) => [...tally].map(([name, value]) => ({ account, name, value }))))
}

/** Version 4: look-ups, what the person decides, and totals by reason, of what is ticked, and of what an import would lose. */
const toVersion4 = async (transaction: Transaction): Promise<void> => {
  const tables = transaction as unknown as Tables
  const tallies = new Map<string, Tally>()
  const of = (account: string): Tally => {
    const tally = tallies.get(account) ?? new Map()
    tallies.set(account, tally)
    return tally
  }
  await pages(tables.follows, '[account+key]', chunkSize, async rows => {
    for (const row of rows) tallyFollow(of(row.account), row, 1)
  })
  await pages(tables.posts, '[account+id]', chunkSize, async rows => {
    for (const row of rows) tallyPost(of(row.account), row, 1)
  })
  await tables.totals.bulkPut([...tallies].flatMap(([account, tally]) => [...tally].map(([name, value]) => ({ account, name, value }))))
}

/** Version 4 too: whom the links of people name. */
const nameFollows = (transaction: Transaction): Promise<void> => {
  const tables = transaction as unknown as Tables
  return pages(tables.follows, '[account+key]', chunkSize, async rows => {
    const named = rows.flatMap(row => (namedIn(row) ? [{ ...row, named: namedIn(row) }] : []))
    if (named.length) await tables.follows.bulkPut(named)
  })
}

/** A whole table in chunks, in the order of its key. */
const pages = async <T>(table: Table<T>, index: string, size: number, visit: (rows: T[]) => Promise<void>): Promise<void> => {
  const paths = index.slice(1, -1).split('+') as (keyof T)[]
  let rows = await table.orderBy(index).limit(size).toArray()
  while (rows.length) {
    await visit(rows)
    const end = rows[rows.length - 1]!
    rows = await table.where(index).above(paths.map(path => end[path])).limit(size).toArray()
  }
}


/** Sorts behind every date. */
const never = '~'
export const withDue = (row: MediaRow): StoredMedia => ({ ...row, due: row.expiresAt ?? never })

/** The media of one post, each with its place. A repost has none. */
export const mediaRows = (row: PostRow): StoredMedia[] =>
  (row.media ?? []).map((media, index) => withDue({ ...media, account: row.account, postId: row.id, index, state: 'seen' }))

/** The pictures of a profile. */
export const profileRows = ({ account, avatar, header }: ProfileRow): StoredMedia[] =>
  [avatar, header].flatMap((url, index) => (url ? [withDue({ kind: 'image', url, account, postId: profileMedia, index, state: 'seen' })] : []))

/** Version 5: pictures and videos can be fetched, those of profiles too. */
const toVersion5 = async (transaction: Transaction): Promise<void> => {
  const tables = transaction as unknown as Tables
  const tallies = new Map<string, Tally>()
  const count = (rows: StoredMedia[]): void => {
    for (const row of rows) {
      const tally = tallies.get(row.account) ?? new Map()
      tallies.set(row.account, tally)
      tallyMedia(tally, row, 1)
    }
  }
  await pages(tables.media, '[account+postId+index]', chunkSize, async rows => {
    const due = rows.map(withDue)
    count(due)
    await tables.media.bulkPut(due)
  })
  const own = (await tables.profiles.toArray()).flatMap(profileRows)
  count(own)
  await tables.media.bulkPut(own)
  await tables.totals.bulkPut([...tallies].flatMap(([account, tally]) => [...tally].map(([name, value]) => ({ account, name, value }))))
}

/**
 * Opens the tables (in fact with the first query).
 * Version 1 was never released: it stands here as the first link of the chain, so that every later change of the schema is
 * a further `version(n)` with an upgrade, tested like this one on a stored database of the version before.
 */
export const openTables = (name: string): Tables => {
  const db = new Dexie(name, { cache: 'disabled', indexedDB: careful(globalThis.indexedDB), IDBKeyRange: globalThis.IDBKeyRange })
  db.version(1).stores({
    accounts: 'account',
    profiles: 'account',
    follows: '[account+key]',
    posts: '[account+id],[account+at+id]',
    captures: 'id',
    unread: '++key,account,at',
  })
  db.version(2)
    .stores({
      follows: '[account+key],[account+order+key],[account+sort+key],[account+loose]',
      posts: '[account+id],[account+at+id],[account+waits],[account+original],expiresAt',
      relations: '[account+key]',
      media: '[account+postId+index]',
      captures: 'id,account,network',
      totals: '[account+name]',
    })
    .upgrade(toVersion2)
  // Version 3: what a person hands over, until it is read.
  db.version(3).stores({ inbox: 'id,at' })
  db.version(4)
    .stores({
      follows: '[account+key],[account+order+key],[account+sort+key],[account+loose],*reach.asks,*named',
      lookUps: 'address',
      lookUpJobs: 'account',
      lookUpHosts: '[account+host]',
      lookUpAsks: '[account+address],[account+n]',
    })
    .upgrade(async transaction => {
      await nameFollows(transaction)
      await toVersion4(transaction)
    })
  db.version(5).stores({ media: '[account+postId+index],[account+state+due]', mediaJobs: 'account' }).upgrade(toVersion5)
  return db as Tables
}
