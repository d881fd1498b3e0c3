import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type FollowQuery, type FollowRow, type Store } from '../../../lib/store/index.ts'
import { account, batch, follow, run } from './records.ts'

let store: Store
let other: Store
let names = 0
beforeEach(async () => {
  const name = `finding${names++}`
  store = openStore(name)
  other = openStore(name)
  const follows = Array.from({ length: 90 }, (_, n) => follow(String(n), { handle: `${n % 2 ? 'Zoë' : 'anna'}.${(n * 37) % 90}`, name: n % 3 ? `Ｐerson ${n}` : undefined, position: (n * 13) % 90, federated: n % 5 === 0 ? true : n % 5 === 1 ? false : undefined }))
  await store.commit(batch({ follows }), () => run('1'))
})
afterEach(() => {
  store.close()
  other.close()
})

const all = async (from: Store, query: FollowQuery, size: number): Promise<string[]> => {
  const keys: string[] = []
  for (let after: string | undefined; ; ) {
    const { rows, next } = await from.follows(account, query, size, after)
    keys.push(...rows.map(({ key }) => key))
    if (next === undefined) return keys
    after = next
  }
}

test.each([undefined, 'handle', 'verdict'] as const)('sorted by %s: what is found in memory stands in the order of the list that is read', async sort => {
  const list = await all(store, { sort }, 7)
  expect(list).toHaveLength(90)
  for (const query of [{ search: 'anna' }, { search: 'zoë 3' }, { search: 'person' }, { search: 'nobody at all' }, { ticked: true }, { ticked: false, search: 'person' }, { search: 'a', verdict: 'unknown' as const }]) {
    const rows = new Map<string, FollowRow>()
    for (const row of (await store.follows(account, { sort }, 100)).rows) rows.set(row.key, row)
    const words = (query.search ?? '').normalize('NFKC').toLowerCase().split(' ')
    const wanted = list.filter(key => {
      const row = rows.get(key)!
      const text = [row.handle, row.name, row.bio, row.reach.address].join('\n').normalize('NFKC').toLowerCase()
      return words.every(word => text.includes(word)) && (query.ticked === undefined || query.ticked === (row.reach.address !== undefined && row.reach.verdict === 'followable')) && (query.verdict === undefined || row.reach.verdict === query.verdict)
    })
    expect(await all(store, { ...query, sort }, 7)).toEqual(wanted)
  }
})

test('what another window changes is found at once', async () => {
  const search = async (text: string): Promise<string[]> => (await store.follows(account, { search: text }, 100)).rows.map(({ key }) => key)
  expect(await search('fed.example')).toEqual([])
  await other.choose(account, '3', { address: 'three@fed.example' }, () => ({ verdict: 'followable', address: 'three@fed.example', reason: 'typed' }))
  await expect.poll(() => search('fed.example'), { timeout: 10_000 }).toEqual(['3'])
  await store.commit(batch({ runId: '2', at: '2026-03-01T00:00:00Z', follows: [follow('new', { handle: 'fed.example.friend' })] }), () => run('2'))
  expect((await search('fed.example')).toSorted()).toEqual(['3', 'new'])
})

test('a live search is asked again after every change, the second one too', async () => {
  const seen: number[] = []
  const stop = store.live(() => store.follows(account, { search: 'fed.example' }, 100), ({ rows }) => seen.push(rows.length))
  await expect.poll(() => seen.at(-1), { timeout: 10_000 }).toBe(0)
  for (const [n, key] of ['3', '4', '5'].entries()) {
    await other.choose(account, key, { address: `p${key}@fed.example` }, () => ({ verdict: 'followable', address: `p${key}@fed.example`, reason: 'typed' }))
    await expect.poll(() => seen.at(-1), { timeout: 10_000 }).toBe(n + 1)
  }
  stop()
})
