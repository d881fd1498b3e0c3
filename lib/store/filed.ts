/** What files brought: accounts that they named without a number, and how all of it is taken out again. */
import { keepTotals } from './commit.ts'
import { without } from './joins.ts'
import { equal } from './merge.ts'
import { eachChunk, networksOf, putChanged, reach } from './reached.ts'
import { chunkSize, followKeys, mediaRows, profileRows, whole, type StoredMedia, type StoredPost, type Tables } from './schema.ts'
import { add, kindOf, profileMedia, tallyFollow, tallyMedia, tallyPost, tallyRelation, type Tally } from './tally.ts'
import type { RelationRow, Store } from './types.ts'
import type { Table } from 'dexie'

/** All rows of an account by an index that begins with it, in chunks; each is visited before the next is read. */
const visitAll = async <T>(table: Table<T>, index: string, account: string, visit: (rows: T[]) => Promise<void>): Promise<void> => {
  const paths = index.slice(1, -1).split('+') as (keyof T)[]
  const [first, to] = whole(account)
  for (let after = first; ; ) {
    const rows = await table.where(index).between(after, to, false, true).limit(chunkSize).toArray()
    if (rows.length) await visit(rows)
    if (rows.length < chunkSize) return
    const last = rows[rows.length - 1]!
    after = paths.map(path => last[path])
  }
}

/** Rows that name whose they are, under another owner. */
const owned = <T>(row: T, from: string, to: string, old: string, id: string): T => {
  const out = { ...row, account: to } as T & { ownerId?: string; authorId?: string }
  if (out.ownerId === old) out.ownerId = id
  if (out.authorId === old) out.authorId = id
  return out
}

type Methods = 'adopt' | 'takeOut'

export const filed = (db: Tables): Pick<Store, Methods> => ({
  adopt: (from, to, id) =>
    db.transaction('rw', db.tables, async () => {
      const account = await db.accounts.get(from)
      if (!account || (await db.accounts.get(to))) return
      const old = account.id
      const keyed: [Table<unknown>, string][] = [
        [db.follows as Table<unknown>, '[account+key]'],
        [db.posts as Table<unknown>, '[account+id]'],
        [db.relations as Table<unknown>, '[account+key]'],
        [db.media as Table<unknown>, '[account+postId+index]'],
        [db.totals as Table<unknown>, '[account+name]'],
        [db.lookUpHosts as Table<unknown>, '[account+host]'],
        [db.lookUpAsks as Table<unknown>, '[account+address]'],
      ]
      for (const [table, index] of keyed) {
        await visitAll(table, index, from, async rows => void (await table.bulkPut(rows.map(row => owned(row, from, to, old, id)))))
        await table.where(index).between(...whole(from)).delete()
      }
      for (const table of [db.profiles, db.mediaJobs, db.lookUpJobs] as Table<unknown, string>[]) {
        const row = await table.get(from)
        if (!row) continue
        await table.put({ ...(owned(row, from, to, old, id) as object), ...(table === (db.profiles as Table<unknown, string>) ? { id } : {}) })
        await table.delete(from)
      }
      await db.captures.where('account').equals(from).modify(run => {
        run.account = to
        if (run.viewer) run.viewer = { ...run.viewer, id, aliases: [...new Set([...(run.viewer.aliases ?? []), old])] }
      })
      await db.unread.where('account').equals(from).modify({ account: to })
      await db.accounts.put({ ...account, account: to, id })
      await db.accounts.delete(from)
    }),

  takeOut: (account, runId, reachOf) =>
    db.transaction('rw', db.tables, async () => {
      const who = await db.accounts.get(account)
      if (!who) return 0
      const tally: Tally = new Map()
      let changed = 0
      const networkOf = await networksOf(db)

      const gone: string[] = []
      await eachChunk(db, account, async rows => {
        const pairs = rows.map(row => [row, without(row, runId)] as const).filter(([row, left]) => left !== row)
        changed += pairs.length
        gone.push(...pairs.flatMap(([row, left]) => (left ? [] : [row.key])))
        const before = pairs.flatMap(([row, left]) => (left ? [row] : []))
        const after = pairs.flatMap(([, left]) => (left ? [{ ...left, ...followKeys(left) }] : []))
        await reach(db, after, reachOf, networkOf)
        await putChanged(db, before, after, () => tally)
      })
      for (let at = 0; at < gone.length; at += chunkSize) {
        const rows = (await db.follows.bulkGet(gone.slice(at, at + chunkSize).map(key => [account, key]))).flatMap(row => row ?? [])
        for (const row of rows) tallyFollow(tally, row, -1)
        await db.follows.bulkDelete(rows.map(row => [account, row.key]))
      }

      await visitAll(db.posts as Table<StoredPost>, '[account+id]', account, async rows => {
        const pairs = rows.map(row => [row, without(row, runId)] as const).filter(([row, left]) => left !== row)
        changed += pairs.length
        for (const [row, left] of pairs) {
          tallyPost(tally, row, -1)
          if (left) {
            left.at = left.createdAt ?? ''
            delete left.waits
            Object.assign(left, kindOf(left, who))
            tallyPost(tally, left, 1)
            await db.posts.put(left)
          } else await db.posts.delete([account, row.id])
          if (equal(row.media, left?.media)) continue
          const now = left ? mediaRows(left) : []
          for (let index = 0; index < Math.max(row.media?.length ?? 0, now.length); index++) await putMedia(db, tally, [account, row.id, index], now[index])
        }
      })

      await visitAll(db.relations as Table<RelationRow>, '[account+key]', account, async rows => {
        for (const row of rows) {
          const left = without(row, runId)
          if (left === row) continue
          changed++
          tallyRelation(tally, row, -1)
          if (left) {
            tallyRelation(tally, left, 1)
            await db.relations.put(left)
          } else await db.relations.delete([account, row.key])
        }
      })

      const profile = await db.profiles.get(account)
      const left = profile && without(profile, runId)
      if (profile && left !== profile) {
        changed++
        if (left) await db.profiles.put(left)
        else {
          await db.profiles.delete(account)
          add(tally, 'profile', -1)
        }
        const pictures = left ? profileRows(left) : []
        for (const index of [0, 1]) await putMedia(db, tally, [account, profileMedia, index], pictures.find(one => one.index === index))
      }
      await keepTotals(db, account, tally)
      await db.captures.delete(runId)
      // Whoever remembered what is there must look again.
      const { mark: _, ...unmarked } = who
      await db.accounts.put(unmarked)
      return changed
    }),
})

/** Puts what is at this place now, with what is kept of the same; or takes away what was there. */
const putMedia = async (db: Tables, tally: Tally, key: [string, string, number], now: StoredMedia | undefined): Promise<void> => {
  const there = await db.media.get(key)
  if (there) tallyMedia(tally, there, -1)
  if (!now) return void (await db.media.delete(key))
  const same = there && there.kind === now.kind && (there.url === now.url || (there.member !== undefined && there.member === now.member))
  const { state, reason, at, tries, bytes, shown, partial } = there ?? now
  const row = same ? (Object.fromEntries(Object.entries({ ...now, state, reason, at, tries, bytes, shown, partial }).filter(([, value]) => value !== undefined)) as unknown as StoredMedia) : now
  tallyMedia(tally, row, 1)
  await db.media.put(row)
}
