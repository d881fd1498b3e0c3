import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { openStore, type BackedUp, type Store } from '../../../lib/store/index.ts'
import { account, batch, follow, post, run } from './records.ts'

const tables: BackedUp[] = ['accounts', 'profiles', 'follows', 'posts', 'relations', 'captures', 'lookUps', 'totals', 'media']
let names = 0
const open: Store[] = []
const newStore = (): Store => {
  const store = openStore(`backup${names++}`)
  open.push(store)
  return store
}
afterEach(() => { for (const store of open.splice(0)) store.close() })

const dump = async (store: Store): Promise<Record<BackedUp, unknown[]>> => {
  const all = {} as Record<BackedUp, unknown[]>
  for (const table of tables) {
    all[table] = []
    for await (const rows of store.eachRow(table, 2)) all[table].push(...(JSON.parse(JSON.stringify(rows)) as unknown[]))
  }
  return all
}
const putBack = async (store: Store, all: Record<BackedUp, unknown[]>): Promise<number> => {
  let unread = 0
  for (const table of tables) unread += await store.putBack(table, all[table])
  await store.countAnew(account)
  return unread
}

const filled = async (): Promise<Store> => {
  const store = newStore()
  await store.commit(
    batch({
      profile: { id: '10', handle: 'mara.lind', name: 'Mara', avatar: 'https://pictures.example/a.jpg' },
      follows: [follow('1', { federated: true }), follow('2', { federated: false }), follow('3'), { ...follow('no.id'), id: 'no.id', handle: 'no.id' }],
      posts: [
        post('1', { visibility: 'public', media: [{ kind: 'image', url: 'https://pictures.example/1.jpg', alt: 'A loaf' }] }),
        post('2', { visibility: 'followers' }),
        post('3', { visibility: 'public', replyTo: { id: 'x' } }),
        post('4', { repostOf: { id: '99', url: 'https://example.com/99' } }),
      ],
      relations: [{ id: '5', handle: 'blocked', relation: 'block', ownerId: '10' }],
      counts: [{ section: 'follows', value: 5 }],
    }),
    () => run('1', { state: 'done' }),
  )
  await store.choose(account, '2', { address: 'two@fed.example' }, () => ({ verdict: 'followable', address: 'two@fed.example', reason: 'typed' }))
  await store.leaveOut(account, ['3'], true)
  await store.editProfile(account, { bio: 'Another' })
  return store
}

test('everything comes back in another browser, with the same totals', async () => {
  const from = await filled()
  const to = newStore()
  const all = await dump(from)
  expect(all.follows).toHaveLength(4)
  expect(await putBack(to, all)).toBe(0)
  // A mark is of the memory of one browser.
  const plain = (rows: Record<BackedUp, unknown[]>) => JSON.parse(JSON.stringify(rows, (key, value: unknown) => (key === 'mark' ? undefined : value))) as unknown
  expect(plain(await dump(to))).toEqual(plain(all))
  const counted = (totals: Record<string, number>) => Object.fromEntries(Object.entries(totals).filter(([, value]) => value !== 0))
  expect(counted(await to.totals(account))).toEqual(counted(await from.totals(account)))
  // Once more changes nothing.
  await putBack(to, all)
  expect(plain(await dump(to))).toEqual(plain(all))
  expect((await to.follows(account, {}, 10)).rows.map(({ handle }) => handle)).toEqual((await from.follows(account, {}, 10)).rows.map(({ handle }) => handle))
})

test('a capture after it goes on as after any other', async () => {
  const to = newStore()
  await putBack(to, await dump(await filled()))
  const { added, changed } = await to.commit(batch({ runId: '2', at: '2026-03-01T00:00:00Z', follows: [follow('1', { federated: true }), { ...follow('44'), handle: 'no.id' }] }), () => run('2'))
  expect([added, changed]).toEqual([0, 1])
  expect((await to.follows(account, {}, 10)).rows).toHaveLength(4)
})

test('what was seen later stays, whichever side it is on', async () => {
  const old = await dump(await filled())
  const store = await filled()
  await store.commit(batch({ runId: '2', at: '2026-03-01T00:00:00Z', posts: [post('1', { visibility: 'public', text: 'Newer' })] }), () => run('2'))
  await putBack(store, old)
  expect((await store.posts(account, {}, 10)).rows.find(({ id }) => id === '1')?.text).toBe('Newer')
  const newer = await dump(store)
  const behind = await filled()
  await putBack(behind, newer)
  expect((await behind.posts(account, {}, 10)).rows.find(({ id }) => id === '1')?.text).toBe('Newer')
  expect((await behind.runsOf(account)).map(({ id }) => id).toSorted()).toEqual(['1', '2'])
})

test('a capture that was going on comes back paused, without its tab', async () => {
  const from = newStore()
  await from.commit(batch({ posts: [post('1')] }), () => run('1', { state: 'running', tabId: 7 }))
  const to = newStore()
  await putBack(to, await dump(from))
  expect(await to.run('1')).toMatchObject({ state: 'paused', reason: 'browser-closed' })
  expect(await to.run('1')).not.toHaveProperty('tabId')
})

test('what is no row is counted, and harms nothing', async () => {
  const all = await dump(await filled())
  const [first] = all.posts as Record<string, unknown>[]
  const bad = [undefined, null, 7, 'row', [], {}, { ...first, id: 8 }, { ...first, kind: 'other' }, { ...first, account: 'example:nobody' }, { ...first, media: 'none' }, JSON.parse('{"__proto__": {"polluted": true}}')]
  const to = newStore()
  await to.putBack('accounts', all.accounts)
  expect(await to.putBack('posts', [...bad, first])).toBe(bad.length)
  expect((await to.posts(account, {}, 10)).rows.map(({ id }) => id)).toEqual([first!.id])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  // Totals of a file are not believed, but for what the network states.
  await to.putBack('totals', [{ account, name: 'posts', value: 1e9 }, { account, name: 'counted:posts', value: 12 }])
  await to.countAnew(account)
  expect(await to.totals(account)).toMatchObject({ posts: 1, 'counted:posts': 12 })
  // What would become a part of a file's name or a header.
  const [media] = all.media as Record<string, unknown>[]
  const kept = { parts: ['a'], size: 1, crc: 1, type: 'image/jpeg', extension: 'jpg' }
  expect(await to.putBack('media', [{ ...media, state: 'kept', bytes: { ...kept, extension: '../../x' } }, { ...media, state: 'kept', bytes: { ...kept, type: 'a\r\nb' } }])).toBe(2)
})
