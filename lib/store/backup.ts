/**
 * Rows as they are kept, for a backup, and back again. What comes back is looked at row by row: a backup is a file, and a file can be anything. Nothing that is here is lost by it:
 * where both have a row, the one that was seen later stays.
 */
import type { IndexableType, Table } from 'dexie'
import * as z from 'zod/mini'
import { Account, Choice, Edits, Follow, LookUp, Media, Post, Profile, Reach, Relation, type Run } from '../model/index.ts'
import { chunkSize, followKeys, whole, withDue, type StoredAccount, type StoredFollow, type StoredMedia, type StoredPost, type Tables, type TotalRow } from './schema.ts'
import { add, tallyFollow, tallyMedia, tallyPost, tallyRelation, type Tally } from './tally.ts'
import type { BackedUp, RelationRow, Store } from './types.ts'

const text = z.string()
const kept = { account: text, runId: text, firstSeen: text, lastSeen: text, goneAt: z.optional(text), joined: z.optional(z.record(text, z.object({ run: text, was: z.optional(z.unknown()) }))) }
const file = { parts: z.array(text), size: z.number(), crc: z.number() }
// They become a part of names and headers.
const KeptFile = z.object({ ...file, type: text.check(z.regex(/^[\w.+-]+\/[\w.+-]+$/)), extension: text.check(z.regex(/^[a-z0-9]{1,8}$/)), width: z.optional(z.number()), height: z.optional(z.number()) })

const rows = {
  accounts: Account,
  profiles: z.extend(Profile, { ...kept, edits: z.optional(Edits) }),
  follows: z.extend(Follow, {
    ...kept,
    key: text,
    reach: Reach,
    choice: z.optional(Choice),
    saved: z.optional(z.object({ address: text, at: text })),
    arrival: z.optional(z.object({ state: z.enum(['arrived', 'failed', 'again']), detail: z.optional(text), at: text })),
  }),
  posts: z.extend(Post, { ...kept, kind: z.enum(['post', 'reply', 'repost']), at: text, left: z.optional(z.literal(true)), waits: z.optional(text), original: z.optional(text) }),
  relations: z.extend(Relation, { ...kept, key: text }),
  media: z.extend(Media, {
    account: text,
    postId: text,
    index: z.number(),
    state: z.enum(['seen', 'kept', 'expired', 'refused', 'skipped']),
    reason: z.optional(text),
    at: z.optional(text),
    tries: z.optional(z.number()),
    bytes: z.optional(KeptFile),
    shown: z.optional(KeptFile),
    partial: z.optional(z.object({ ...file, etag: z.optional(text) })),
  }),
  captures: z.looseObject({ id: text, network: text, account: text, state: text, startedAt: text, updatedAt: text, sections: z.record(text, z.looseObject({ state: text, pages: z.number() })) }),
  lookUps: LookUp,
  /** The networks' own counters alone: all other totals are counted anew. */
  totals: z.object({ account: text, name: text, value: z.number() }),
}

/** What is not counted from the rows, but stated by the network. */
const isStated = (name: string): boolean => /^(counted|rounded):/.test(name)

const inOrder: Record<BackedUp, string> = {
  accounts: 'account',
  profiles: 'account',
  follows: '[account+key]',
  posts: '[account+id]',
  relations: '[account+key]',
  media: '[account+postId+index]',
  captures: 'id',
  lookUps: 'address',
  totals: '[account+name]',
}

/** An account as it is put back: what was learnt of its rows in memory is not true any more. */
const accountBack = (now: StoredAccount | undefined, row: StoredAccount): StoredAccount => {
  const { mark: _, ...newer } = !now || row.lastSeen > now.lastSeen ? { ...now, ...row } : now
  return { ...newer, firstSeen: now && now.firstSeen < row.firstSeen ? now.firstSeen : row.firstSeen }
}

const followBack = (row: StoredFollow): StoredFollow => {
  const { loose: _, ...bare } = row
  const out: StoredFollow = Object.assign(bare, followKeys(row))
  return !row.numbered && row.id.toLowerCase() === out.sort ? { ...out, loose: out.sort } : out
}

/** A capture that was going on is continued by hand, if at all: its tab is in another browser. */
const captureBack = (row: Run): Run => {
  const { tabId: _, signedTab: __, due: ___, ...run } = row
  if (run.state === 'done' || run.state === 'stopped') return run
  return run.archive || run.handIn ? { ...run, state: 'stopped', endedAt: run.updatedAt } : { ...run, state: 'paused', reason: 'browser-closed' }
}

type Known = Record<string, unknown> & { lastSeen?: string; at?: string; state?: string }

/** @param now the row that is here @returns what is to stand there; undefined: it stays */
const chosen = (table: BackedUp, now: Known | undefined, row: Known): unknown => {
  switch (table) {
    case 'accounts':
      return accountBack(now as unknown as StoredAccount | undefined, row as unknown as StoredAccount)
    case 'follows':
      return now && now.lastSeen! >= row.lastSeen! ? undefined : followBack(row as unknown as StoredFollow)
    case 'media':
      return now && (now.state === 'kept' || row.state !== 'kept') ? undefined : withDue(row as unknown as StoredMedia)
    case 'captures':
      return now ? undefined : captureBack(row as unknown as Run)
    case 'lookUps':
      return now && now.at! >= row.at! ? undefined : row
    case 'totals':
      return now || !isStated((row as unknown as TotalRow).name) ? undefined : row
    default:
      return now && now.lastSeen! >= row.lastSeen! ? undefined : row
  }
}

export const backups = (db: Tables): Pick<Store, 'eachRow' | 'putBack' | 'countAnew'> => {
  const tables = db as unknown as Record<BackedUp, Table<Known, IndexableType>>
  const keyOf = (table: BackedUp, row: Known): IndexableType => {
    const paths = inOrder[table].replace(/[[\]]/g, '').split('+')
    return (paths.length === 1 ? row[paths[0]!] : paths.map(path => row[path])) as IndexableType
  }
  return {
    eachRow: async function* (table, size = chunkSize) {
      let all = await tables[table].orderBy(inOrder[table]).limit(size).toArray()
      while (all.length) {
        yield table === 'totals' ? all.filter(row => isStated(String(row.name))) : all
        if (all.length < size) return
        all = await tables[table].where(inOrder[table]).above(keyOf(table, all.at(-1)!)).limit(size).toArray()
      }
    },
    putBack: async (table, given) => {
      const read = given.flatMap(one => {
        const row = rows[table].safeParse(one)
        return row.success ? [row.data as Known] : []
      })
      // A row of no account would be seen by nobody, and deleted by nothing.
      const there = new Set(await db.accounts.toCollection().primaryKeys())
      const good = table === 'accounts' || table === 'lookUps' ? read : read.filter(row => there.has(row.account as string))
      await db.transaction('rw', tables[table], async () => {
        const now = await tables[table].bulkGet(good.map(row => keyOf(table, row)))
        const next = good.flatMap((row, at) => chosen(table, now[at], row) ?? []) as Known[]
        if (next.length) await tables[table].bulkPut(next)
      })
      return given.length - good.length
    },
    countAnew: account =>
      db.transaction('rw', db.tables, async () => {
        const tally: Tally = new Map()
        const range = whole(account)
        const each = async <T>(table: Table<T>, index: string, count: (row: T) => void): Promise<void> => {
          const paths = index.slice(1, -1).split('+') as (keyof T)[]
          for (let after: unknown[] = range[0]; ; ) {
            const some = await table.where(index).between(after, range[1], false, true).limit(chunkSize).toArray()
            some.forEach(count)
            if (some.length < chunkSize) return
            const end = some.at(-1)!
            after = paths.map(path => end[path])
          }
        }
        if (await db.profiles.get(account)) add(tally, 'profile', 1)
        await each(db.follows as Table<StoredFollow>, '[account+key]', row => tallyFollow(tally, row, 1))
        await each(db.posts as Table<StoredPost>, '[account+id]', row => tallyPost(tally, row, 1))
        await each(db.relations as Table<RelationRow>, '[account+key]', row => tallyRelation(tally, row, 1))
        await each(db.media as Table<StoredMedia>, '[account+postId+index]', row => tallyMedia(tally, row, 1))
        const unread = await db.unread.where('account').equals(account).count()
        if (unread) add(tally, 'unread', unread)
        const stated = (await db.totals.where('[account+name]').between(...range).toArray()).filter(({ name }) => isStated(name))
        await db.totals.where('[account+name]').between(...range).delete()
        await db.totals.bulkPut([...stated, ...[...tally].filter(([, value]) => value).map(([name, value]) => ({ account, name, value }))])
        await db.accounts.where('account').equals(account).modify(row => void delete row.mark)
      }),
  }
}

