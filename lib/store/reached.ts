/** Rows of follows and what is known of their addresses: judged when a record changes, when an answer comes, and when the person decides. */
import type { Table } from 'dexie'
import type { LookUp } from '../model/index.ts'
import { chunkSize, whole, type StoredFollow, type Tables } from './schema.ts'
import { tallyFollow, type Tally } from './tally.ts'
import type { OtherRow, ReachOf } from './types.ts'

const nobodyAsked = (): undefined => undefined

/** Judges these rows, inside a transaction that holds the look-ups too. @param networkOf id of the network of an account */
export const reach = async (db: Tables, rows: StoredFollow[], reachOf: ReachOf, networkOf: (account: string) => string): Promise<void> => {
  const asked = new Set<string>()
  const others = await othersOf(db, rows, networkOf)
  for (const row of rows) {
    row.reach = reachOf(row, nobodyAsked, networkOf(row.account), others(row))
    for (const address of row.reach.asks ?? []) asked.add(address)
  }
  // Asking for what is not there costs as much as writing it, and mostly nothing is there at all.
  if (!asked.size || !(await db.lookUps.limit(1).primaryKeys()).length) return
  const known = await knownOf(db, asked)
  if (!known.size) return
  for (const row of rows) {
    if (row.reach.asks?.some(address => known.has(address))) row.reach = reachOf(row, address => known.get(address), networkOf(row.account), others(row))
  }
}

/** What a link may name a person by. */
const namesOf = ({ sort, key }: StoredFollow): string[] => [...new Set([sort, key.toLowerCase()])]

/** Who in accounts of other networks may be the same person: whose links name the handle, or whose handle the links name. */
const othersOf = async (db: Tables, rows: StoredFollow[], networkOf: (account: string) => string): Promise<(row: StoredFollow) => OtherRow[]> => {
  const here = new Set(rows.map(row => networkOf(row.account)))
  const elsewhere = (await db.accounts.toArray()).filter(({ network }) => here.size > 1 || !here.has(network))
  if (!rows.length || !elsewhere.length) return () => []
  const handles = [...new Set(rows.flatMap(({ named = [] }) => named))]
  // Some networks' profiles have the number of their person in the address.
  const [naming, named, numbered] = await Promise.all([
    db.follows.where('named').anyOf([...new Set(rows.flatMap(namesOf))]).distinct().toArray(),
    handles.length ? db.follows.where('[account+sort+key]').inAnyRange(elsewhere.flatMap(({ account }) => handles.map(handle => [[account, handle], [account, handle, []]]))).toArray() : [],
    handles.length ? db.follows.where('[account+key]').anyOf(elsewhere.flatMap(({ account }) => handles.map(handle => [account, handle]))).toArray() : [],
  ])
  const all = new Map([...naming, ...named, ...numbered].map(row => [`${row.account} ${row.key}`, row]))
  const byHandle = new Map<string, StoredFollow[]>()
  for (const row of all.values()) for (const name of namesOf(row)) byHandle.set(name, [...(byHandle.get(name) ?? []), row])
  const byNamed = new Map<string, StoredFollow[]>()
  for (const row of all.values()) for (const name of row.named ?? []) byNamed.set(name, [...(byNamed.get(name) ?? []), row])
  return row => {
    const found = new Set([...namesOf(row).flatMap(name => byNamed.get(name) ?? []), ...(row.named ?? []).flatMap(name => byHandle.get(name) ?? [])])
    return [...found].filter(one => !one.goneAt && networkOf(one.account) !== networkOf(row.account)).map(one => ({ network: networkOf(one.account), row: one }))
  }
}

/** What came of asking for these, by address. */
export const knownOf = async (db: Tables, addresses: Iterable<string>): Promise<Map<string, LookUp>> =>
  new Map((await db.lookUps.bulkGet([...addresses])).flatMap(one => (one ? [[one.address, one]] : [])))

/** Networks of all accounts, by the account's key. */
export const networksOf = async (db: Tables): Promise<(account: string) => string> => {
  const networks = new Map((await db.accounts.toArray()).map(({ account, network }) => [account, network]))
  return account => networks.get(account) ?? (account.split(':', 1)[0] as string)
}

/** Puts changed rows, and tallies the change. @param before the rows as they were, in the same order */
export const putChanged = async (db: Tables, before: StoredFollow[], rows: StoredFollow[], tallyOf: (account: string) => Tally): Promise<void> => {
  rows.forEach((row, at) => {
    tallyFollow(tallyOf(row.account), before[at] as StoredFollow, -1)
    tallyFollow(tallyOf(row.account), row, 1)
  })
  if (rows.length) await db.follows.bulkPut(rows)
}

/** All follows of an account in chunks, by key; each is visited before the next one is read. */
export const eachChunk = async (db: Tables, account: string, visit: (rows: StoredFollow[]) => Promise<void>): Promise<void> => {
  const [from, to] = whole(account)
  let after = from
  for (;;) {
    const rows = await (db.follows as Table<StoredFollow>).where('[account+key]').between(after, to, false, true).limit(chunkSize).toArray()
    if (rows.length) await visit(rows)
    if (rows.length < chunkSize) return
    after = [account, (rows[rows.length - 1] as StoredFollow).key]
  }
}
