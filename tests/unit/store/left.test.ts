import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../../lib/store/index.ts'
import { account, batch, post, run } from './records.ts'

let store: Store
let names = 0
beforeEach(() => {
  store = openStore(`left${names++}`)
})
afterEach(() => store.close())

const day = (n: number): string => `2025-03-${String(n).padStart(2, '0')}T12:00:00.000Z`
const posts = [
  post('1', { createdAt: day(1), visibility: 'public' }),
  post('2', { createdAt: day(2), visibility: 'public', replyTo: { authorId: 'someone' } }),
  post('3', { createdAt: day(3), visibility: 'followers', replyTo: { authorId: 'someone' } }),
  post('4', { createdAt: day(4), visibility: 'public', replyTo: { authorId: 'someone' } }),
  post('5', { createdAt: undefined, visibility: 'public' }),
]
const left = async (): Promise<string[]> => (await store.posts(account, { left: true }, 100)).rows.map(({ id }) => id).toSorted()

test('single posts are left out and taken along again, with the totals', async () => {
  await store.commit(batch({ posts }), () => run('1'))
  const before = await store.totals(account)
  expect(await store.leaveOut(account, ['1', '3', 'nobody'], true)).toBe(2)
  expect(await left()).toEqual(['1', '3'])
  expect(await store.totals(account)).toEqual({ ...before, 'posts:left': 2, 'posts:open': before['posts:open']! - 1 })
  // Once more is no change.
  expect(await store.leaveOut(account, ['1', '3'], true)).toBe(0)
  expect(await store.leaveOut(account, ['1', '3'], false)).toBe(2)
  expect(await store.totals(account)).toEqual({ ...before, 'posts:left': 0 })
})

test('replies before a date, and nothing else', async () => {
  await store.commit(batch({ posts }), () => run('1'))
  expect(await store.leaveOutAll(account, { kind: 'reply', until: day(4) }, true)).toBe(2)
  expect(await left()).toEqual(['2', '3'])
})

test('the ends of a range: from is within, until is not, and what has no date is in none', async () => {
  await store.commit(batch({ posts }), () => run('1'))
  const found = async (query: object): Promise<string[]> => (await store.posts(account, query, 100)).rows.map(({ id }) => id).toSorted()
  expect(await found({ from: day(2), until: day(4) })).toEqual(['2', '3'])
  expect(await found({ until: day(2) })).toEqual(['1'])
  expect(await found({ from: day(1) })).toEqual(['1', '2', '3', '4'])
  expect(await found({ visibility: 'followers' })).toEqual(['3'])
})

test('a later capture takes nothing back', async () => {
  await store.commit(batch({ posts }), () => run('1'))
  await store.leaveOut(account, ['2'], true)
  await store.commit(batch({ posts, runId: '2', at: '2026-03-01T00:00:00Z' }), () => run('2'))
  expect(await left()).toEqual(['2'])
  expect((await store.totals(account))['posts:left']).toBe(1)
})

test('more than one chunk', async () => {
  const many = Array.from({ length: 4500 }, (_, n) => post(`m${n}`, { createdAt: day(1), visibility: 'public' }))
  await store.commit(batch({ posts: many }), () => run('1'))
  expect(await store.leaveOutAll(account, {}, true)).toBe(4500)
  expect((await store.totals(account))['posts:open']).toBe(0)
})

test('months are counted from the index', async () => {
  await store.commit(batch({ posts: [...posts, post('6', { createdAt: '2024-12-31T23:59:59.000Z' })] }), () => run('1'))
  expect(await store.monthsOf(account)).toEqual([['', 1], ['2024-12', 1], ['2025-03', 4]])
})

test('what the person changed of the profile is kept over captures, and can be taken back', async () => {
  const profile = { id: '10', handle: 'mara.lind', name: 'Mara', bio: 'Old' }
  await store.commit(batch({ profile }), () => run('1'))
  await store.editProfile(account, { bio: 'New' })
  await store.commit(batch({ profile: { ...profile, bio: 'Captured later' }, at: '2026-03-01T00:00:00Z' }), () => run('2'))
  expect(await store.profile(account)).toMatchObject({ bio: 'Captured later', edits: { bio: 'New' } })
  await store.editProfile(account, undefined)
  expect(await store.profile(account)).not.toHaveProperty('edits')
  // Of nobody it is no error.
  await store.editProfile('example:nobody', { bio: 'x' })
  expect(await store.profile('example:nobody')).toBeUndefined()
})

test('a run says what it brought', async () => {
  await store.commit(batch({ posts }), () => run('1'))
  await store.commit(batch({ posts: [post('1', { createdAt: day(1), visibility: 'public', text: 'Changed' }), post('7', { createdAt: day(7) })], runId: '2', at: '2026-03-01T00:00:00Z' }), () => run('2'))
  expect((await store.run('1'))?.brought).toEqual({ added: 5, changed: 0 })
  expect((await store.run('2'))?.brought).toEqual({ added: 1, changed: 1 })
})
