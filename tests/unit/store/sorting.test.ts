import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { openStore, type FollowQuery } from '../../../lib/store/index.ts'
import { account, batch, follow } from './records.ts'

test('follows by verdict: page after page, each once, in every size of page', async () => {
  const store = openStore('sorting')
  const verdicts = ['not', 'unknown', 'followable', 'maybe'] as const
  await store.commit(batch({
    follows: Array.from({ length: 23 }, (_, at) => follow(String(at), { position: at })),
    reachOf: row => ({ verdict: verdicts[Number(row.id) % 4]!, reason: 'x', address: `h${row.id}@example.net` }),
  }))
  const order = ['followable', 'maybe', 'unknown', 'not']
  const wanted = Array.from({ length: 23 }, (_, at) => at).sort((a, b) => order.indexOf(verdicts[a % 4]!) - order.indexOf(verdicts[b % 4]!) || a - b).map(String)
  const read = async (query: FollowQuery, size: number): Promise<string[]> => {
    const ids: string[] = []
    let after: string | undefined
    do {
      const { rows, next } = await store.follows(account, { sort: 'verdict', ...query }, size, after)
      ids.push(...rows.map(row => row.id))
      after = next
    } while (after !== undefined)
    return ids
  }
  for (const size of [1, 2, 5, 6, 7, 23, 40]) expect(await read({}, size)).toEqual(wanted)
  expect(await read({ verdict: 'maybe' }, 2)).toEqual(wanted.filter(id => Number(id) % 4 === 3))
  expect(await read({ search: 'h2' }, 2)).toEqual(wanted.filter(id => `h${id}`.includes('h2')))
  store.close()
})
