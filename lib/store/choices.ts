/** What the person decides for single follows, what was written into a list, and what became of it. Each with the account's totals. */
import type { Choice } from '../model/index.ts'
import { keepTotals } from './commit.ts'
import { equal } from './merge.ts'
import { eachChunk, networksOf, putChanged, reach } from './reached.ts'
import { chunkSize, type StoredFollow, type Tables } from './schema.ts'
import { isTicked, type Tally } from './tally.ts'
import type { Arrival, FollowQuery, FollowRow, Store } from './types.ts'

const withChoice = (row: StoredFollow, choice: Choice): StoredFollow => {
  const { choice: _, ...rest } = row
  const kept = Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined)) as Choice
  return Object.keys(kept).length ? { ...rest, choice: kept } : rest
}

export const choices = (
  db: Tables,
  filterOf: (query: FollowQuery) => (row: StoredFollow) => boolean,
  bare: (row: StoredFollow) => FollowRow,
): Pick<Store, 'choose' | 'chooseAll' | 'saved' | 'arrivals' | 'reachAgain'> => {
  /** Changes a part of the rows of one account, with its totals. Inside a transaction over both. @param change undefined: that row stays as it is */
  const changeSome = async (account: string, rows: StoredFollow[], change: (row: StoredFollow) => StoredFollow | undefined): Promise<number> => {
    const tally: Tally = new Map()
    const pairs = rows.flatMap(row => {
      const next = change(row)
      return next ? [[row, next] as const] : []
    })
    await putChanged(db, pairs.map(([row]) => row), pairs.map(([, next]) => next), () => tally)
    await keepTotals(db, account, tally)
    return pairs.length
  }
  /** The same for all rows, a transaction for each chunk: a page that reads meanwhile is not held up. */
  const changeAll = async (account: string, change: (row: StoredFollow) => StoredFollow | undefined): Promise<number> => {
    let changed = 0
    await eachChunk(db, account, async rows => {
      const keys = rows.map(row => [account, row.key] as [string, string])
      await db.transaction('rw', db.follows, db.totals, async () => {
        const now = (await db.follows.bulkGet(keys)).filter(row => row !== undefined)
        changed += await changeSome(account, now, change)
      })
    })
    return changed
  }
  return {
    choose: (account, key, choice, reachOf) =>
      db.transaction('rw', db.follows, db.totals, db.lookUps, db.accounts, async () => {
        const row = await db.follows.get([account, key])
        if (!row) return undefined
        const next = withChoice(row, choice)
        await reach(db, [next], reachOf, await networksOf(db))
        await changeSome(account, [row], () => next)
        return bare(next)
      }),
    chooseAll: (account, query, include) => {
      const passes = filterOf(query)
      return changeAll(account, row => {
        if (!passes(row) || (include !== undefined && row.reach.address === undefined)) return undefined
        // Who is in or out already need not be decided about, and to do as Holdall would is no decision.
        const next = include === undefined || isTicked({ reach: row.reach }) === include ? undefined : include
        const same = include === undefined ? row.choice?.include === undefined : isTicked(row) === include
        return same ? undefined : withChoice(row, { ...row.choice, include: next })
      })
    },
    saved: async (account, rows, at) => {
      for (let from = 0; from < rows.length; from += chunkSize) {
        const addresses = new Map(rows.slice(from, from + chunkSize).map(({ key, address }) => [key, address]))
        await db.transaction('rw', db.follows, db.totals, async () => {
          const found = (await db.follows.bulkGet([...addresses.keys()].map(key => [account, key]))).filter(row => row !== undefined)
          await changeSome(account, found, row => ({ ...row, saved: { address: addresses.get(row.key) as string, at } }))
        })
      }
    },
    arrivals: async (account, rows, at) => {
      const told = new Map(rows.map(({ address, ...arrival }) => [address, { ...arrival, at } as Arrival]))
      const unknown = new Set(told.keys())
      await changeAll(account, row => {
        // The list was made with the address of that time.
        const address = [row.saved?.address, row.reach.address].find(one => one !== undefined && told.has(one))
        if (address === undefined) return undefined
        unknown.delete(address)
        return { ...row, arrival: told.get(address) }
      })
      return [...unknown]
    },
    reachAgain: async (account, reachOf) => {
      let changed = 0
      await eachChunk(db, account, async rows => {
        const keys = rows.map(row => [account, row.key] as [string, string])
        await db.transaction('rw', db.follows, db.totals, db.lookUps, db.accounts, async () => {
          const now = (await db.follows.bulkGet(keys)).filter(row => row !== undefined)
          const next = new Map(now.map(row => [row.key, { ...row }]))
          await reach(db, [...next.values()], reachOf, await networksOf(db))
          changed += await changeSome(account, now, row => (equal(row.reach, next.get(row.key)?.reach) ? undefined : next.get(row.key)))
        })
      })
      return changed
    },
  }
}
