import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { destinations, withServer } from '../../../lib/destinations/index.ts'
import { postLength, type Post } from '../../../lib/model/index.ts'
import { postLosses, previewOf } from '../../../lib/preview/index.ts'
import { openStore } from '../../../lib/store/index.ts'
import { dump, restore, type Dump } from './databases.ts'
import version3 from './fixtures/version-3.json' with { type: 'json' }
import { account, batch, post } from './records.ts'

const open = { visibility: 'public' } as const
const pictures = (count: number): Post['media'] => Array.from({ length: count }, () => ({ kind: 'image' as const }))
const poll = { options: [{ title: 'Yes' }, { title: 'No' }] }

test('what an import would lose is counted of the posts that the bundle holds, and goes with them', async () => {
  const store = openStore('losses')
  const posts = [
    post('1', { ...open, poll }),
    post('2', { ...open, editedAt: '2026-01-02T00:00:00Z' }),
    post('3', { ...open, edited: true, sound: { title: 'A song' } }),
    post('4', { ...open, media: [{ kind: 'audio' }] }),
    post('5', { ...open, media: pictures(4), text: 'x'.repeat(500) }),
    post('6', { ...open, media: pictures(9), text: 'x'.repeat(501) }),
    post('7', { ...open, media: pictures(9), text: 'x'.repeat(3001) }),
    post('8', { visibility: 'followers', poll, edited: true, media: pictures(9), text: 'x'.repeat(3001) }),
    post('9', { ...open, ghost: true, poll }),
  ]
  await store.commit(batch({ posts }))
  const losses = async () => Object.fromEntries(Object.entries(await store.totals(account)).filter(([name, value]) => value && /^posts:(poll|edited|audio|over|media)/.test(name)))
  expect(await losses()).toEqual({
    'posts:poll': 1, 'posts:edited': 2, 'posts:audio': 2, 'posts:media:9': 2,
    'posts:over:500': 2, 'posts:over:1000': 1, 'posts:over:1500': 1, 'posts:over:2000': 1, 'posts:over:3000': 1,
  })
  // One was shortened meanwhile, one turned out to be for followers.
  await store.commit(batch({ posts: [post('7', { ...open, text: 'short', media: pictures(9) }), post('1', { visibility: 'followers', poll })], at: '2026-02-02T00:00:00Z' }))
  expect(await losses()).toEqual({ 'posts:edited': 2, 'posts:audio': 2, 'posts:media:9': 2, 'posts:over:500': 1 })
  // Said beside each post by the same rules as in the totals.
  for (const limits of [undefined, { text: 1000, pictures: 4 }, { text: 5000, pictures: 16 }]) {
    const destination = withServer(destinations.mastodon, limits && { host: 'a.example', at: '2026-11-22T00:00:00Z', limits })
    const { rows } = await store.posts(account, {}, 100)
    const each = rows.filter(({ visibility, ghost }) => visibility === 'public' && !ghost).flatMap(row => postLosses(row, destination).map(({ what }) => what))
    const counted = previewOf(account, await store.totals(account), undefined, destination).posts.losses
    expect(Object.fromEntries(counted.map(({ what, count }) => [what, count]))).toEqual(Object.fromEntries(counted.map(({ what }) => [what, each.filter(one => one === what).length])))
    expect(new Set(each)).toEqual(new Set(counted.map(({ what }) => what)))
  }
  expect(postLosses(post('9', { text: 'x'.repeat(501), media: pictures(5), poll }), destinations.mastodon)).toEqual([{ what: 'poll' }, { what: 'long', limit: 500, have: 501 }, { what: 'pictures', limit: 4, have: 5 }])
  store.close()
})

test('a database of version 3 has them too, once it is opened', async () => {
  const old = structuredClone(version3) as Dump
  const [first] = old.stores['posts']!.rows as Record<string, unknown>[]
  Object.assign(first!, { poll, media: pictures(6), text: 'y'.repeat(700), visibility: 'public', ghost: undefined })
  await restore('losses-3', old)
  const store = openStore('losses-3')
  expect(await store.totals(String(first!['account']))).toMatchObject({ 'posts:poll': 1, 'posts:media:6': 1, 'posts:over:500': 1 })
  store.close()
  expect((await dump('losses-3')).stores['posts']!.rows).toHaveLength(version3.stores.posts.rows.length)
})

test('the length of a post, as servers count it', () => {
  expect(postLength({ text: 'a'.repeat(501) }, 500)).toBe(501)
  expect(postLength({ text: 'a'.repeat(500) }, 500)).toBe(0)
  expect(postLength({ text: 'a'.repeat(300), warning: 'b'.repeat(201) }, 500)).toBe(501)
  // What a reader sees as one sign is one.
  expect(postLength({ text: '👩‍👩‍👧'.repeat(500) }, 500)).toBe(0)
  expect(postLength({ text: '👩‍👩‍👧'.repeat(501) }, 500)).toBe(501)
  // A link is 23 however long or short it is, and of an address only the name counts.
  expect(postLength({ text: `${'a'.repeat(476)} https://example.com/${'b'.repeat(400)}` }, 500)).toBe(0)
  expect(postLength({ text: `${'a'.repeat(480)} http://a.example` }, 500)).toBe(504)
  expect(postLength({ text: `${'a'.repeat(490)} @anna@a-rather-long-name.example` }, 500)).toBe(0)
  expect(postLength({}, 500)).toBe(0)
})
