/** A network's own file and a capture of the same account: one row each, in either order, twice, and taken out again. */
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Follow, Post } from '../../../lib/model/index.ts'
import { unnumberedId } from '../../../lib/networks/answers/export.ts'
import { sameWords } from '../../../lib/store/joins.ts'
import { openStore, profileMedia, type Batch, type MediaRow, type Store } from '../../../lib/store/index.ts'
import { dump } from './databases.ts'
import { account, batch, follow } from './records.ts'

let store: Store
let name = ''
let count = 0
beforeEach(() => {
  store?.close()
  name = `filed-${++count}`
  store = openStore(name)
})

const time = (second: number, fraction = ''): string => `2026-03-01T10:00:${String(second).padStart(2, '0')}${fraction}Z`
/** As a file has it: no number, no address. */
const unnumbered = (createdAt: string, text: string | undefined, more: Partial<Post> = {}): Post => ({ id: unnumberedId(createdAt, text), unnumbered: true, authorId: '1', createdAt, ...(text !== undefined && { text }), source: 'export', seenAt: '2026-04-01T00:00:00Z', ...more })
const captured = (id: string, createdAt: string, text: string | undefined, more: Partial<Post> = {}): Post => ({ id, authorId: '1', url: `https://a.example/${id}`, createdAt, ...(text !== undefined && { text }), source: 'answer', seenAt: '2026-03-20T00:00:00Z', ...more })

const filed = (more: Partial<Batch>): Batch => batch({ runId: 'file', filed: true, at: '2026-04-01T00:00:00Z', ...more })
const seen = (more: Partial<Batch>): Batch => batch({ runId: 'walk', at: '2026-03-20T00:00:00Z', ...more })
const rows = async () => (await store.posts(account, {}, 1000)).rows.map(({ id, text, createdAt }) => [id, text, createdAt]).toSorted()
/** What is kept, without when and by whom. */
const state = async (): Promise<unknown> => {
  const { stores } = await dump(name)
  const plain = (table: string) => (stores[table]!.rows as Record<string, unknown>[]).map(({ runId: _, firstSeen: __, lastSeen: ___, seenAt: ____, source: _____, joined: ______, mark: _______, ...row }) => row)
  return Object.fromEntries(['profiles', 'follows', 'posts', 'relations', 'media', 'totals'].map(table => [table, plain(table).filter(row => row['value'] !== 0)]))
}

const both: [Post[], Post[]] = [
  [captured('11', time(5, '.250'), 'One'), captured('12', time(6), 'Two words and a long text that the page shows whole, up to its very end'), captured('13', time(9), undefined, { media: [{ kind: 'image', url: 'https://cdn.example/13.jpg?sig=1' }] }), captured('14', time(40), 'Only captured')],
  [unnumbered(time(6), 'One'), unnumbered(time(6), 'Two words and a long text that the page shows  …'), unnumbered(time(8), undefined, { media: [{ kind: 'image', member: 'media/13.jpg' }] }), unnumbered(time(50), 'Only in the file')],
]
const union = [['11', 'One', time(5, '.250')], ['12', 'Two words and a long text that the page shows whole, up to its very end', time(6)], ['13', undefined, time(9)], ['14', 'Only captured', time(40)], [unnumberedId(time(50), 'Only in the file'), 'Only in the file', time(50)]].toSorted()

describe('posts', () => {
  test.each([['the capture first', [seen({ posts: both[0] }), filed({ posts: both[1] })]], ['the file first', [filed({ posts: both[1] }), seen({ posts: both[0] })]]])('%s: the union, once, however often', async (_, batches) => {
    for (const one of batches) await store.commit(one)
    expect(await rows()).toEqual(union)
    const [thirteen] = (await store.media(account, ['13']))
    expect(thirteen).toMatchObject({ url: 'https://cdn.example/13.jpg?sig=1', member: 'media/13.jpg' })
    const once = await state()
    const again = await Promise.all([store.commit(filed({ posts: both[1], at: '2026-05-01T00:00:00Z' })), store.commit(seen({ posts: both[0], at: '2026-05-02T00:00:00Z' }))])
    expect(again).toEqual([{ added: 0, changed: 0 }, { added: 0, changed: 0 }])
    expect(await state()).toEqual(once)
    expect(await store.totals(account)).toMatchObject({ posts: 5, media: 1 })
  })

  test('a file again, and two files of the same, are one; other words at the same time are another post', async () => {
    await store.commit(filed({ posts: [unnumbered(time(1), 'Ada'), unnumbered(time(1), 'Bob')] }))
    await store.commit(filed({ runId: 'file2', posts: [unnumbered(time(1), 'Ada'), unnumbered(time(1), 'Bob')] }))
    await store.commit(seen({ posts: [captured('1', time(1), 'Ada'), captured('2', time(2), 'Charles'), captured('3', time(9), 'Ada')] }))
    expect((await rows()).map(([id, text]) => [id, text])).toEqual([['1', 'Ada'], ['2', 'Charles'], ['3', 'Ada'], [unnumberedId(time(1), 'Bob'), 'Bob']])
  })

  test('what is kept of its pictures goes with a post to its number', async () => {
    await store.commit(filed({ posts: [unnumbered(time(1), 'Ada', { media: [{ kind: 'image', member: 'a.jpg' }] })] }))
    const [there] = await store.media(account, [unnumberedId(time(1), 'Ada')])
    const bytes = { parts: ['x'], size: 10, crc: 1, type: 'image/jpeg', extension: 'jpg' }
    await store.keepMedia({ ...(there as MediaRow), state: 'kept', bytes })
    await store.commit(seen({ posts: [captured('1', time(1), 'Ada', { media: [{ kind: 'image', url: 'https://cdn.example/a.jpg' }] })] }))
    expect(await store.media(account, [unnumberedId(time(1), 'Ada')])).toEqual([])
    expect(await store.media(account, ['1'])).toMatchObject([{ state: 'kept', bytes, url: 'https://cdn.example/a.jpg', member: 'a.jpg' }])
    expect(await store.totals(account)).toMatchObject({ 'media:kept': 1, 'media:seen': 0, 'media:bytes': 10 })
  })
})

test('the words of one post, as files cut and end them', () => {
  expect(sameWords('A  b\r\nc', 'A b\nc ')).toBe(true)
  expect(sameWords('A text that is long enough…', 'A text that is long enough to go on')).toBe(true)
  expect(sameWords('A text that is long enough https://t.example/x', 'A text that is long enough')).toBe(true)
  expect(sameWords('A', 'A text')).toBe(false)
  expect(sameWords(undefined, '')).toBe(true)
  expect(sameWords('', 'A text that is long enough')).toBe(false)
})

describe('people', () => {
  const number = (id: string): Follow => ({ id, handle: id, numbered: true, ownerId: '1', relation: 'follow', source: 'export', seenAt: '2026-04-01T00:00:00Z' })
  const named = follow('77', { handle: 'ada', name: 'Ada', source: 'answer', seenAt: '2026-03-20T00:00:00Z' })
  const people = async () => (await store.follows(account, {}, 100)).rows.map(({ id, key, handle, name: called, numbered }) => ({ id, key, handle, name: called, numbered }))

  test.each([['the capture first', [seen({ follows: [named] }), filed({ follows: [number('77'), number('78')] })]], ['the file first', [filed({ follows: [number('77'), number('78')] }), seen({ follows: [named] })]]])('%s: a number gets its name, and never loses it', async (_, batches) => {
    for (const one of batches) await store.commit(one)
    expect(await people()).toEqual([{ id: '77', key: '77', handle: 'ada', name: 'Ada', numbered: undefined }, { id: '78', key: '78', handle: '78', name: undefined, numbered: true }])
    const again = [await store.commit(filed({ follows: [number('77'), number('78')] })), await store.commit(seen({ follows: [named] }))]
    expect(again).toEqual([{ added: 0, changed: 0 }, { added: 0, changed: 0 }])
    expect(await store.totals(account)).toMatchObject({ follows: 2 })
  })

  test('names that stand beside the own posts complete those that are known by number, and nobody else', async () => {
    await store.commit(filed({ follows: [number('77')] }))
    await store.commit(filed({ people: [{ id: '77', handle: 'ada', name: 'Ada' }, { id: '99', handle: 'stranger' }] }))
    expect(await people()).toEqual([{ id: '77', key: '77', handle: 'ada', name: 'Ada', numbered: undefined }])
  })

  test('a file fills in and does not replace', async () => {
    await store.commit(seen({ follows: [named] }))
    await store.commit(filed({ follows: [{ ...named, name: 'Somebody', bio: 'A bio', source: 'export', seenAt: '2026-04-01T00:00:00Z' }] }))
    expect((await store.follows(account, {}, 10)).rows).toMatchObject([{ name: 'Ada', bio: 'A bio' }])
  })
})

test('a file is taken out again: what a capture saw is as it was, and what came since stays', async () => {
  await store.commit(seen({ posts: both[0], follows: [follow('77', { handle: 'ada', source: 'answer', seenAt: '2026-03-20T00:00:00Z' })], profile: { id: '1', handle: 'me', source: 'answer', seenAt: '2026-03-20T00:00:00Z' } }))
  const before = await state()
  await store.commit(filed({
    posts: both[1],
    follows: [follow('77', { handle: 'ada', bio: 'From the file', source: 'export', seenAt: '2026-04-01T00:00:00Z' }), follow('88', { handle: 'bob', source: 'export' })],
    profile: { id: '1', handle: 'me', bio: 'Mine', avatar: 'https://cdn.example/me.jpg', source: 'export', seenAt: '2026-04-01T00:00:00Z' },
    relations: [{ relation: 'block', id: '99', handle: 'x', ownerId: '1' }],
  }))
  expect(await state()).not.toEqual(before)
  expect(await store.media(account, [profileMedia])).toHaveLength(1)
  const reachOf = batch({}).reachOf
  expect(await store.takeOut(account, 'another', reachOf)).toBe(0)
  expect(await store.takeOut(account, 'file', reachOf)).toBeGreaterThan(4)
  expect(await state()).toEqual(before)
  // A second time there is nothing to take out; a post that a capture has seen since is the capture's.
  expect(await store.takeOut(account, 'file', reachOf)).toBe(0)
  await store.commit(filed({ posts: [unnumbered(time(50), 'Only in the file'), unnumbered(time(55), 'Gone with the file')] }))
  await store.commit(seen({ posts: [captured('50', time(50), 'Only in the file')] }))
  await store.takeOut(account, 'file', reachOf)
  expect((await rows()).map(([id]) => id)).toEqual(['11', '12', '13', '14', '50'])
})

test('an account that a file named by its handle becomes the one that is captured', async () => {
  const nameless = 'place:me'
  const own = { account: nameless, who: { id: 'me', handle: 'me' } }
  await store.updateRun('file', () => ({ id: 'file', network: 'place', account: nameless, viewer: { id: 'me', handle: 'me' }, state: 'done', sections: {}, startedAt: '2026-04-01T00:00:00Z', updatedAt: '2026-04-01T00:00:00Z', limits: 0, sinceRest: 0, tries: 0, mark: 0, seq: 0 }))
  await store.commit(filed({ ...own, posts: [unnumbered(time(1), 'Ada', { authorId: 'me', media: [{ kind: 'image', member: 'a.jpg' }] })], follows: [follow('77', { handle: 'ada', ownerId: 'me' })], profile: { id: 'me', handle: 'me' }, relations: [{ relation: 'block', id: '9', ownerId: 'me' }] }))
  await store.adopt(nameless, account, '1')
  expect(await store.accounts()).toMatchObject([{ account, id: '1', handle: 'me' }])
  expect((await store.posts(account, {}, 10)).rows).toMatchObject([{ account, authorId: '1', text: 'Ada' }])
  expect((await store.follows(account, {}, 10)).rows).toMatchObject([{ account, ownerId: '1', handle: 'ada' }])
  expect(await store.profile(account)).toMatchObject({ account, id: '1' })
  expect(await store.runsOf(account)).toMatchObject([{ account, viewer: { id: '1', aliases: ['me'] } }])
  expect(await store.totals(account)).toMatchObject({ posts: 1, follows: 1, blocks: 1, media: 1, 'media:seen': 1 })
  const { stores } = await dump(name)
  expect(JSON.stringify(stores)).not.toContain(nameless)
  // Into an account that is there already nothing goes over.
  await store.commit(filed({ ...own }))
  await store.adopt(nameless, account, '1')
  expect(await store.accounts()).toHaveLength(2)
})
