import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import type { Media } from '../../../lib/model/index.ts'
import { openStore, profileMedia, type KeptBytes, type MediaRow, type Store } from '../../../lib/store/index.ts'
import { account, batch, post } from './records.ts'

let store: Store
let at = 0
beforeEach(() => {
  store?.close()
  store = openStore(`media-${++at}`)
})

const picture = (name: string, more: Partial<Media> = {}): Media => ({ kind: 'image', url: `https://cdn.example/${name}?sig=1`, ...more })
const bytes = (name: string): KeptBytes => ({ parts: [name], size: 10, crc: 1, type: 'image/jpeg', extension: 'jpg' })
const row = async (postId: string, index = 0): Promise<MediaRow> => (await store.media(account, [postId])).find(one => one.index === index)!
const mediaTotals = async () => Object.fromEntries(Object.entries(await store.totals(account)).filter(([name, value]) => value && name.startsWith('media:')))

test('the link that ends first is fetched first; what is kept is not asked for again', async () => {
  await store.commit(batch({ posts: [post('1', { media: [picture('a'), picture('b', { expiresAt: '2026-05-01T00:00:00.000Z' })] }), post('2', { media: [picture('c', { expiresAt: '2026-04-01T00:00:00.000Z' })] })] }))
  const order: string[] = []
  for (let next = await store.nextMedia(account); next; next = await store.nextMedia(account)) {
    order.push(next.url!)
    expect(await store.keepMedia({ ...next, state: 'kept', at: '2026-03-01T00:00:00Z', bytes: bytes(next.url!) })).toBe(true)
  }
  expect(order.map(url => url.at(-7))).toEqual(['c', 'b', 'a'])
  expect(await mediaTotals()).toEqual({ 'media:kept': 3, 'media:files': 3, 'media:bytes': 30 })
})

test('seen again: what is kept stays, what was given up is asked for again where its address is a new one', async () => {
  await store.commit(batch({ posts: [post('1', { media: [picture('a'), picture('b'), picture('c')] })] }))
  await store.keepMedia({ ...(await row('1', 0)), state: 'kept', bytes: bytes('a') })
  await store.keepMedia({ ...(await row('1', 1)), state: 'expired', reason: 'time-over', tries: 1 })
  await store.keepMedia({ ...(await row('1', 2)), state: 'refused', reason: 'forbidden' })
  expect(await mediaTotals()).toEqual({ 'media:kept': 1, 'media:files': 1, 'media:expired': 1, 'media:expired:time-over': 1, 'media:refused': 1, 'media:refused:forbidden': 1, 'media:bytes': 10 })

  const renewed = { ...picture('b'), url: 'https://cdn.example/b?sig=2' }
  await store.commit(batch({ posts: [post('1', { media: [{ ...picture('a'), url: 'https://cdn.example/a?sig=2' }, renewed, picture('c')] })], at: '2026-03-02T00:00:00Z' }))
  expect(await row('1', 0)).toMatchObject({ state: 'kept', url: 'https://cdn.example/a?sig=2', bytes: { parts: ['a'] } })
  expect(await row('1', 1)).toEqual({ ...renewed, account, postId: '1', index: 1, state: 'seen' })
  expect(await row('1', 2)).toMatchObject({ state: 'refused', reason: 'forbidden' })
  expect(await mediaTotals()).toEqual({ 'media:kept': 1, 'media:files': 1, 'media:seen': 1, 'media:seen:image': 1, 'media:refused': 1, 'media:refused:forbidden': 1, 'media:bytes': 10 })

  // Another picture stands there now: nothing of the old one counts.
  await store.commit(batch({ posts: [post('1', { media: [picture('new'), renewed, picture('c')] })], at: '2026-03-03T00:00:00Z' }))
  expect(await row('1', 0)).toEqual({ ...picture('new'), account, postId: '1', index: 0, state: 'seen' })
  expect(await store.strayFiles(account, ['a', 'x'])).toEqual(['a', 'x'])
  expect(await store.mediaAgain(account)).toBe(1)
  expect(await mediaTotals()).toEqual({ 'media:seen': 3, 'media:seen:image': 3 })
})

test('an outcome of an address that is another meanwhile is not written, unless it is kept', async () => {
  await store.commit(batch({ posts: [post('1', { media: [picture('a')] })] }))
  const before = await row('1')
  await store.commit(batch({ posts: [post('1', { media: [{ ...picture('a'), url: 'https://cdn.example/a?sig=9' }] })], at: '2026-03-02T00:00:00Z' }))
  expect(await store.keepMedia({ ...before, state: 'expired', reason: 'time-over' })).toBe(false)
  expect(await row('1')).toMatchObject({ state: 'seen' })
  expect(await store.keepMedia({ ...before, state: 'kept', bytes: bytes('a') })).toBe(true)
  expect(await row('1')).toMatchObject({ state: 'kept', url: 'https://cdn.example/a?sig=9' })
  expect(await store.keepMedia({ ...before, postId: 'gone', state: 'kept' })).toBe(false)
})

test('pictures of a profile, and what goes with a post that vanishes', async () => {
  await store.commit(batch({ profile: { id: '1', handle: 'me', avatar: 'https://cdn.example/me.jpg', header: 'https://cdn.example/wide.jpg' } }))
  expect((await store.media(account, [profileMedia])).map(({ index, url }) => [index, url])).toEqual([[0, 'https://cdn.example/me.jpg'], [1, 'https://cdn.example/wide.jpg']])
  await store.commit(batch({ profile: { id: '1', handle: 'me', avatar: 'https://cdn.example/other.jpg' }, at: '2026-03-02T00:00:00Z' }))
  expect((await store.media(account, [profileMedia])).map(({ url }) => url)).toEqual(['https://cdn.example/other.jpg', 'https://cdn.example/wide.jpg'])
  await store.commit(batch({ posts: [post('1', { ghost: true, expiresAt: '2026-03-03T00:00:00Z', media: [picture('a')] })] }))
  await store.keepMedia({ ...(await row('1')), state: 'kept', bytes: bytes('a') })
  await store.purge('2026-03-04T00:00:00Z')
  expect(await store.media(account, ['1'])).toEqual([])
  expect(await store.strayFiles(account, ['a'])).toEqual(['a'])
  expect(await mediaTotals()).toEqual({ 'media:seen': 2, 'media:seen:image': 2 })
  await store.updateMediaJob(account, () => ({ account, state: 'running', startedAt: '', updatedAt: '' }))
  await store.deleteAccount(account)
  expect([await store.mediaJobs(), await store.media(account, [profileMedia])]).toEqual([[], []])
})
