/** Posts that the person leaves out of what goes to a server. Each change with the account's totals. */
import { keepTotals } from './commit.ts'
import { chunkSize, whole, type StoredPost, type Tables } from './schema.ts'
import { tallyPost, type Tally } from './tally.ts'
import type { PostQuery, Store } from './types.ts'

export const leftOut = (db: Tables, filterOf: (query: PostQuery) => (row: StoredPost) => boolean): Pick<Store, 'leaveOut' | 'leaveOutAll'> => {
  /** Inside a transaction over posts and totals. @returns how many were changed */
  const change = async (account: string, rows: StoredPost[], left: boolean): Promise<number> => {
    const tally: Tally = new Map()
    const changed = rows.flatMap(row => {
      const { left: before = false, ...rest } = row
      if (before === left) return []
      const next: StoredPost = left ? { ...rest, left } : rest
      tallyPost(tally, row, -1)
      tallyPost(tally, next, 1)
      return [next]
    })
    if (changed.length) await db.posts.bulkPut(changed)
    await keepTotals(db, account, tally)
    return changed.length
  }
  return {
    leaveOut: (account, ids, left) =>
      db.transaction('rw', db.posts, db.totals, async () => change(account, (await db.posts.bulkGet(ids.map(id => [account, id]))).filter(row => row !== undefined), left)),
    leaveOutAll: async (account, query, left) => {
      const passes = filterOf(query)
      const [first, end] = whole(account)
      let from = first
      let changed = 0
      // A transaction for each chunk: a page that reads meanwhile is not held up.
      for (;;) {
        const rows = await db.transaction('rw', db.posts, db.totals, async () => {
          const some = await db.posts.where('[account+id]').between(from, end, false, false).limit(chunkSize).toArray()
          changed += await change(account, some.filter(passes), left)
          return some
        })
        if (rows.length < chunkSize) return changed
        from = [account, rows.at(-1)!.id]
      }
    },
  }
}
