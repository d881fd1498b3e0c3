import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { NewerStoreError, openStore, type ReachOf } from '../../../lib/store/index.ts'
import { dump, restore, type Dump } from './databases.ts'
import version3 from './fixtures/version-3.json' with { type: 'json' }
import version1 from './fixtures/version-1.json' with { type: 'json' }
import version4 from './fixtures/version-4.json' with { type: 'json' }
import { batch, follow } from './records.ts'

test('a stored database of version 1 becomes the present one', async () => {
  await restore('old', version1 as Dump)
  const store = openStore('old')
  expect(await store.totals('example:1')).toEqual({
    profile: 1, follows: 3, 'follows:unknown': 3, 'follows:unknown:not-looked-up': 3, 'gone:follows': 1,
    posts: 2, replies: 1, reposts: 1, 'posts:public': 2, 'posts:followers': 1, 'posts:ghost': 1, 'posts:open': 1,
    media: 2, 'media:alt': 1, 'media:seen': 2, 'media:seen:image': 1, 'media:seen:video': 1, unread: 1,
  })
  expect(await store.totals('example:2')).toEqual({ follows: 1, 'follows:unknown': 1, 'follows:unknown:not-looked-up': 1, posts: 1, 'posts:unknown': 1 })

  const { rows } = await store.follows('example:1', {}, 10)
  expect(rows.map(row => row.handle)).toEqual(['bert', 'Anna', 'carl'])
  const { account: _, ...anna } = version1.stores.follows.rows[0]!
  expect(rows[1]).toEqual({ ...anna, account: 'example:1', reach: { verdict: 'unknown', reason: 'not-looked-up' } })
  const handles = []
  for await (const chunk of store.eachFollow('example:1', 2)) handles.push(...chunk.map(row => row.handle))
  expect(handles).toEqual(['Anna', 'bert', 'carl'])
  expect((await store.posts('example:1', {}, 10)).rows).toEqual(version1.stores.posts.rows.filter(row => row.account === 'example:1').sort((a, b) => (a.at < b.at ? 1 : -1)))
  expect(await store.profile('example:1')).toEqual(version1.stores.profiles.rows[0])
  expect(await store.runsOf('example:1')).toEqual(version1.stores.captures.rows)
  expect(await store.unread('example:1')).toHaveLength(1)

  // It is a store like any other: who was known by handle only is found by it.
  expect(await store.commit(batch({ follows: [follow('13', { handle: 'carl', federated: false }), follow('11', { handle: 'Anna' })] }))).toEqual({ added: 0, changed: 2 })
  expect(await store.totals('example:1')).toMatchObject({ follows: 3, 'follows:unknown': 1, 'follows:not': 1, 'follows:followable': 1 })
  store.close()
  expect((await dump('old')).stores.media!.rows).toEqual([
    { account: 'example:1', postId: '21', index: 0, state: 'seen', due: '~', kind: 'image', url: 'https://pictures.example/1.jpg', alt: 'a cat', width: 10, height: 20 },
    { account: 'example:1', postId: '21', index: 1, state: 'seen', due: '~', kind: 'video', url: 'https://pictures.example/2.mp4' },
  ])
})

test('a stored database of version 3 becomes the present one', async () => {
  await restore('three', version3 as Dump)
  const store = openStore('three')
  expect(await store.totals('example:1')).toEqual({
    profile: 1, follows: 3, 'follows:followable': 1, 'follows:unknown': 1, 'follows:not': 1, 'gone:follows': 1,
    'follows:followable:network-flag': 1, 'follows:unknown:not-looked-up': 1, 'follows:not:flag-off': 1, 'follows:ticked': 1, 'follows:new': 1,
    blocks: 1, posts: 1, 'posts:open': 1, 'posts:public': 1, unread: 1, 'counted:follows': 5,
  })
  expect(await store.totals('example:2')).toMatchObject({ follows: 2, 'follows:ticked': 1, 'follows:new': 1 })
  const bare = version3.stores.follows.rows.filter(row => row.account === 'example:1').map(({ order: _order, sort: _sort, ...row }) => ({ ...row, loose: undefined }))
  expect((await store.follows('example:1', { gone: true }, 10)).rows).toEqual(bare)

  // Nobody could be asked about yet; judged anew they can, and an answer finds them in every account.
  const reachOf: ReachOf = ({ handle }, lookUp) => {
    const address = `${handle}@example.net`
    return { verdict: lookUp(address)?.outcome === 'found' ? 'followable' : 'unknown', address, reason: 'webfinger', asks: [address] }
  }
  expect(await store.planLookUp('example:1', 'all', '')).toEqual({ names: 0, hosts: [] })
  expect(await store.reachAgain('example:1', reachOf)).toBe(4)
  expect(await store.reachAgain('example:1', reachOf)).toBe(0)
  expect(await store.reachAgain('example:2', reachOf)).toBe(2)
  expect(await store.planLookUp('example:1', 'all', '')).toEqual({ names: 3, hosts: [{ host: 'example.net', names: 3 }] })
  expect(await store.beginLookUp('example:1', 'all', '', '2026-03-03T00:00:00Z')).toMatchObject({ state: 'running', total: 3 })
  await store.keepLookUp('example:1', { answers: [{ address: 'anna@example.net', outcome: 'found', at: '2026-03-03T00:00:00Z' }] }, reachOf)
  expect(await store.totals('example:1')).toMatchObject({ follows: 3, 'follows:followable': 1, 'follows:unknown': 2, 'follows:not': 0, 'follows:ticked': 1 })
  expect(await store.totals('example:2')).toMatchObject({ follows: 2, 'follows:followable': 1, 'follows:unknown': 1, 'follows:ticked': 1 })
  store.close()
})

test('a stored database of version 4: its pictures can be fetched, that of the profile too', async () => {
  await restore('four', version4 as Dump)
  const store = openStore('four')
  expect(await store.totals('example:1')).toMatchObject({ media: 2, 'media:seen': 3, 'media:seen:image': 2, 'media:seen:video': 1 })
  // The one whose link ends first comes first.
  expect(await store.nextMedia('example:1')).toEqual({ account: 'example:1', postId: '9', index: 0, state: 'seen', kind: 'image', url: 'https://pictures.example/1.jpg', alt: 'a cat', expiresAt: '2026-03-01T00:00:00.000Z' })
  expect((await store.media('example:1', ['@profile', '8'])).map(({ url }) => url)).toEqual(['https://pictures.example/me.jpg?oh=1'])
  expect(await store.mediaHosts('example:1', 5)).toEqual(['pictures.example'])
  store.close()
})

test.each(['version-1', 'version-3', 'version-4'])('the migrated database of %s has the same tables and indexes as a new one', async version => {
  const shapeOf = ({ version, stores }: Dump) => ({ version, stores: Object.fromEntries(Object.entries(stores).map(([name, { rows: _, ...rest }]) => [name, rest])) })
  await restore(version, ({ 'version-1': version1, 'version-3': version3, 'version-4': version4 } as Record<string, unknown>)[version] as Dump)
  for (const name of [version, 'new']) {
    const store = openStore(name)
    await store.accounts()
    store.close()
  }
  expect(shapeOf(await dump(version))).toEqual(shapeOf(await dump('new')))
})

test('a database of a later version is refused with the reason, and left as it is', async () => {
  const newer: Dump = { version: 990, stores: { follows: { keyPath: ['account', 'key'], autoIncrement: false, indexes: [], rows: [{ account: 'example:1', key: '1' }] } } }
  await restore('newer', newer)
  const store = openStore('newer')
  await expect(store.totals('example:1')).rejects.toThrow(NewerStoreError)
  await expect(store.commit(batch({ follows: [follow('2')] }))).rejects.toThrow(NewerStoreError)
  await expect(store.updateRun('run', () => undefined)).rejects.toThrow(NewerStoreError)
  await expect(store.eachFollow('example:1')[Symbol.asyncIterator]().next()).rejects.toThrow(NewerStoreError)
  const fail = vi.fn()
  store.live(() => store.totals('example:1'), () => {}, fail)
  await vi.waitFor(() => expect(fail).toHaveBeenCalledWith(expect.any(NewerStoreError)))
  store.close()
  expect(await dump('newer')).toEqual(newer)
})
