import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Follow, Post, Section } from '../../../lib/model/index.ts'
import { openStore, type PostRow, type FollowRow, type LookUpJob, type ReachOf, type Store, type Totals } from '../../../lib/store/index.ts'
import { account, batch, follow, post, run } from './records.ts'

let store: Store
let names = 0
beforeEach(() => {
  store = openStore(`test${names++}`)
})
afterEach(() => store.close())

const allFollows = async (): Promise<FollowRow[]> => (await store.follows(account, { gone: true }, 100_000)).rows
const allPosts = async (): Promise<PostRow[]> => (await store.posts(account, { gone: true }, 100_000)).rows
const collect = async <T>(chunks: AsyncIterable<T[]>): Promise<T[]> => {
  const rows: T[] = []
  for await (const chunk of chunks) rows.push(...chunk)
  return rows
}

/** Totals counted anew from all rows, by the words of the contract. */
const recount = async (): Promise<Totals> => {
  const totals: Totals = {}
  const count = (name: string, by = 1) => {
    if (by) totals[name] = (totals[name] ?? 0) + by
  }
  if (await store.profile(account)) count('profile')
  for (const row of await allFollows()) {
    if (row.goneAt) count('gone:follows')
    else {
      count('follows')
      count(`follows:${row.reach.verdict}`)
      count(`follows:${row.reach.verdict}:${row.reach.reason}`)
      const ticked = row.reach.address !== undefined && (row.choice?.include === true || (row.choice?.include !== false && row.reach.verdict === 'followable'))
      count('follows:ticked', ticked ? 1 : 0)
      count('follows:new', ticked && row.saved?.address !== row.reach.address ? 1 : 0)
      if (row.arrival) count(`arrival:${row.arrival.state}`)
    }
  }
  for (const row of await allPosts()) {
    const section = { post: 'posts', reply: 'replies', repost: 'reposts' }[row.kind]
    if (row.goneAt) {
      count(`gone:${section}`)
      continue
    }
    count(section)
    if (row.kind === 'repost') continue
    count(`posts:${row.visibility ?? 'unknown'}`)
    if (row.ghost) count('posts:ghost')
    else if (row.visibility === 'public' && row.createdAt) count('posts:open')
    count('media', row.media?.length ?? 0)
    count('media:alt', (row.media ?? []).filter(media => media.alt).length)
  }
  for (const { state, reason, kind, bytes, shown } of await collect(store.eachMedia(account))) {
    count(`media:${state}`)
    if (reason) count(`media:${state}:${reason}`)
    if (state === 'seen') count(`media:seen:${kind}`)
    count('media:bytes', (bytes?.size ?? 0) + (shown?.size ?? 0))
  }
  count('unread', (await store.unread(account)).length)
  return totals
}
const known = async (): Promise<Totals> =>
  Object.fromEntries(Object.entries(await store.totals(account)).filter(([name, value]) => value !== 0 && !/^(counted|rounded):/.test(name)))

describe('commit', () => {
  test('keeps account, profile, follows, posts, media, relations and unread answers, and moves the run on', async () => {
    const outcome = await store.commit(
      batch({
        profile: { id: '1', handle: 'me', name: 'Me', counts: { follows: 2 } },
        follows: [follow('2', { federated: true, position: 0 }), follow('3', { position: 1 })],
        posts: [post('9', { text: 'hi', visibility: 'public', media: [{ kind: 'image', url: 'https://a.example/1.jpg', alt: 'a cat' }, { kind: 'image' }] })],
        relations: [{ id: '7', handle: 'h7', relation: 'block', ownerId: '1' }],
        counts: [{ section: 'follows', value: 2 }, { section: 'followers', value: 1200, rounded: true }],
        unread: [{ reason: 'not-json', path: '/x', body: '{}', bodyKind: 'shape' }],
      }),
      old => ({ ...run('run1'), seq: (old?.seq ?? 0) + 1 }),
    )
    expect(outcome).toEqual({ added: 5, changed: 0 })
    expect(await store.accounts()).toEqual([{ account, network: 'example', id: '1', handle: 'me', firstSeen: '2026-02-01T00:00:00Z', lastSeen: '2026-02-01T00:00:00Z' }])
    expect(await store.profile(account)).toMatchObject({ name: 'Me', counts: { follows: 2 }, runId: 'run1' })
    expect(await store.run('run1')).toMatchObject({ seq: 1 })
    expect(await store.totals(account)).toEqual({
      profile: 1, follows: 2, 'follows:followable': 1, 'follows:followable:flag': 1, 'follows:unknown': 1, 'follows:unknown:not-looked-up': 1, posts: 1, 'posts:public': 1, 'posts:open': 1, blocks: 1,
      media: 2, 'media:alt': 1, 'media:seen': 2, 'media:seen:image': 2, unread: 1, 'counted:follows': 2, 'counted:followers': 1200, 'rounded:followers': 1,
    })
    expect(await store.unread(account)).toMatchObject([{ reason: 'not-json', account, network: 'example', runId: 'run1' }])
    expect((await allFollows())[0]).toEqual({
      ...follow('2', { federated: true, position: 0 }), account, key: '2', runId: 'run1',
      firstSeen: '2026-02-01T00:00:00Z', lastSeen: '2026-02-01T00:00:00Z', reach: { verdict: 'followable', reason: 'flag' },
    })
  })

  test('the same batch twice changes nothing but counts no record twice', async () => {
    const same = batch({ follows: [follow('2')], posts: [post('9', { text: 'hi', media: [{ kind: 'image', url: 'u' }] })], profile: { id: '1', handle: 'me' } })
    await store.commit(same)
    const totals = await store.totals(account)
    expect(await store.commit(same)).toEqual({ added: 0, changed: 0 })
    expect(await store.totals(account)).toEqual(totals)
  })

  test('keeps firstSeen, moves lastSeen and the run, and an earlier sighting\'s flag still counts', async () => {
    await store.commit(batch({ follows: [follow('2', { federated: true, bio: 'long' })] }))
    expect(await store.commit(batch({ runId: 'run2', at: '2026-03-01T00:00:00Z', follows: [follow('2', { name: 'Two' })] }))).toEqual({ added: 0, changed: 1 })
    expect(await allFollows()).toMatchObject([{ bio: 'long', name: 'Two', runId: 'run2', firstSeen: '2026-02-01T00:00:00Z', lastSeen: '2026-03-01T00:00:00Z', reach: { verdict: 'followable' } }])
  })

  test('a failing step keeps nothing', async () => {
    await expect(store.commit(batch({ follows: [follow('2')] }), () => { throw new Error('no') })).rejects.toThrow('no')
    expect(await allFollows()).toEqual([])
    expect(await store.totals(account)).toEqual({})
  })

  test('a step that returns nothing leaves the run as it is', async () => {
    await store.updateRun('run1', () => run('run1'))
    await store.commit(batch(), () => undefined)
    expect(await store.run('run1')).toEqual(run('run1'))
  })

  test('accounts do not mix', async () => {
    await store.commit(batch({ follows: [follow('2')], posts: [post('9')] }))
    await store.commit(batch({ account: 'example:10', who: { id: '10' }, follows: [follow('2', { name: 'Other' })] }))
    expect(await allFollows()).toHaveLength(1)
    expect((await allFollows())[0]!.name).toBeUndefined()
    await store.deleteAccount('example:10')
    expect(await allFollows()).toHaveLength(1)
    expect(await store.totals('example:10')).toEqual({})
    expect(await store.totals(account)).toMatchObject({ follows: 1, posts: 1 })
    expect((await store.accounts()).map(row => row.account)).toEqual([account])
  })

  test('several open stores and failed commits: nobody overwrites what another has kept', async () => {
    const other = openStore(`test${names - 1}`)
    const bio = (id: string) => allFollows().then(rows => rows.find(row => row.id === id)?.bio)
    await store.commit(batch({ follows: [follow('2')] }))
    await other.commit(batch({ follows: [follow('3', { bio: 'full' })], posts: [post('1', { text: 'full' })] }))
    expect(await store.commit(batch({ follows: [follow('3')], posts: [post('1')] }))).toEqual({ added: 0, changed: 0 })
    expect([await bio('3'), (await allPosts())[0]!.text]).toEqual(['full', 'full'])
    await expect(store.commit(batch({ follows: [follow('4')] }), () => { throw new Error('no') })).rejects.toThrow('no')
    await Promise.all([store.commit(batch({ follows: [follow('4', { bio: 'full' })] })), other.commit(batch({ follows: [follow('4')] })), store.commit(batch({ follows: [follow('4')] }))])
    expect(await bio('4')).toBe('full')
    await other.deleteAccount(account)
    expect(await store.commit(batch({ follows: [follow('4')] }))).toEqual({ added: 1, changed: 0 })
    expect(await known()).toEqual(await recount())
    other.close()
  })

  test('a rounded counter does not replace an exact one that it may stand for', async () => {
    await store.commit(batch({ counts: [{ section: 'follows', value: 1234 }] }))
    await store.commit(batch({ counts: [{ section: 'follows', value: 1200, rounded: true }] }))
    expect(await store.totals(account)).toEqual({ 'counted:follows': 1234 })
    await store.commit(batch({ counts: [{ section: 'follows', value: 2000, rounded: true }] }))
    expect(await store.totals(account)).toEqual({ 'counted:follows': 2000, 'rounded:follows': 1 })
    await store.commit(batch({ counts: [{ section: 'follows', value: 2001 }] }))
    expect(await store.totals(account)).toEqual({ 'counted:follows': 2001, 'rounded:follows': 0 })
  })
})

describe('one person, one row', () => {
  const nameless = (handle: string): Follow => follow(handle, { handle, source: 'dom' })

  test('twice in one batch', async () => {
    expect(await store.commit(batch({ follows: [follow('2', { name: 'A' }), follow('2', { bio: 'B' })] }))).toEqual({ added: 1, changed: 0 })
    expect(await allFollows()).toMatchObject([{ name: 'A', bio: 'B' }])
  })
  test('a new handle keeps the row', async () => {
    await store.commit(batch({ follows: [follow('2', { handle: 'old' })] }))
    await store.commit(batch({ follows: [follow('2', { handle: 'new' })] }))
    expect(await allFollows()).toMatchObject([{ id: '2', handle: 'new' }])
    expect((await collect(store.eachFollow(account))).map(row => row.handle)).toEqual(['new'])
  })
  test('first by handle, later by id', async () => {
    await store.commit(batch({ follows: [{ ...nameless('Anna'), bio: 'from the page' }] }))
    expect(await allFollows()).toMatchObject([{ key: 'anna' }])
    expect(await store.commit(batch({ follows: [follow('5', { handle: 'anna', name: 'Anna' })] }))).toEqual({ added: 0, changed: 1 })
    expect(await allFollows()).toMatchObject([{ key: '5', id: '5', name: 'Anna', bio: 'from the page' }])
    expect(await known()).toEqual({ follows: 1, 'follows:unknown': 1, 'follows:unknown:not-looked-up': 1 })
  })
  test('first by id, later by handle', async () => {
    await store.commit(batch({ follows: [follow('5', { handle: 'anna' })] }))
    await store.commit(batch({ follows: [{ ...nameless('Anna'), name: 'Anna' }] }))
    expect(await allFollows()).toMatchObject([{ key: '5', id: '5', name: 'Anna' }])
  })
  test('both in one batch, in either order', async () => {
    for (const [index, follows] of [[nameless('anna'), follow('5', { handle: 'anna' })], [follow('5', { handle: 'anna' }), nameless('anna')]].entries()) {
      const key = `example:b${index}`
      expect(await store.commit(batch({ account: key, follows }))).toEqual({ added: 1, changed: 0 })
      expect((await store.follows(key, {}, 10)).rows).toMatchObject([{ key: '5', id: '5' }])
      expect(await store.totals(key)).toMatchObject({ follows: 1 })
    }
  })
  test('a handle that was taken over: the id decides, both rows stay', async () => {
    await store.commit(batch({ follows: [follow('5', { handle: 'anna' })] }))
    await store.commit(batch({ follows: [follow('6', { handle: 'anna' })], at: '2026-03-01T00:00:00Z' }))
    await store.commit(batch({ follows: [{ ...nameless('anna'), name: 'New Anna' }], at: '2026-03-02T00:00:00Z' }))
    const rows = await allFollows()
    expect(rows).toHaveLength(2)
    expect(rows.find(row => row.key === '6')!.name).toBe('New Anna')
  })
  test('a row by handle and a row by id of another handle are found to be one', async () => {
    await store.commit(batch({ follows: [follow('5', { handle: 'old', bio: 'known' }), nameless('new')] }))
    expect(await store.totals(account)).toMatchObject({ follows: 2 })
    await store.commit(batch({ follows: [follow('5', { handle: 'new' })] }))
    expect(await allFollows()).toMatchObject([{ key: '5', handle: 'new', bio: 'known' }])
    expect(await known()).toEqual({ follows: 1, 'follows:unknown': 1, 'follows:unknown:not-looked-up': 1 })
  })
})

describe('posts', () => {
  const kinds = async () => Object.fromEntries((await allPosts()).map(row => [row.id, row.kind]))

  test('kinds: repost, reply, own thread', async () => {
    await store.commit(
      batch({
        posts: [
          post('1', { text: 'a' }),
          post('2', { repostOf: { id: '77', authorId: '5' } }),
          post('3', { replyTo: { id: '78', authorId: '5' } }),
          post('4', { replyTo: { id: '1', authorId: '1' } }),
          post('5', { replyTo: { id: '1', authorHandle: 'Me' } }),
          post('6', { replyTo: { id: '1' } }),
          post('7', { replyTo: { id: '99' } }),
          post('8', { replyTo: { unavailable: true } }),
        ],
      }),
    )
    expect(await kinds()).toEqual({ 1: 'post', 2: 'repost', 3: 'reply', 4: 'post', 5: 'post', 6: 'post', 7: 'reply', 8: 'reply' })
    expect(await known()).toEqual(await recount())
  })
  test('a parent that comes later, or came before, makes a reply an own thread', async () => {
    await store.commit(batch({ posts: [post('6', { replyTo: { id: '1' }, visibility: 'public' }), post('7', { replyTo: { id: '6' } })] }))
    expect(await kinds()).toEqual({ 6: 'reply', 7: 'post' })
    await store.commit(batch({ posts: [post('1')] }))
    expect(await kinds()).toEqual({ 1: 'post', 6: 'post', 7: 'post' })
    await store.commit(batch({ posts: [post('8', { replyTo: { id: '1' } })] }))
    expect(await kinds()).toMatchObject({ 8: 'post' })
    expect(await known()).toEqual(await recount())
  })
  test('a repost has no words of its own, whatever was seen', async () => {
    await store.commit(batch({ posts: [post('2', { text: 'theirs', media: [{ kind: 'image', url: 'u' }] })] }))
    await store.commit(batch({ posts: [post('2', { repostOf: { id: '77' } })] }))
    await store.commit(batch({ posts: [post('2', { text: 'theirs', facets: [{ start: 0, end: 2, kind: 'tag', value: 'x' }] })] }))
    const [row] = await allPosts()
    expect(row).toMatchObject({ kind: 'repost', repostOf: { id: '77' } })
    expect(row).not.toHaveProperty('text')
    expect(row).not.toHaveProperty('media')
    expect(row).not.toHaveProperty('facets')
    expect(await known()).toEqual({ reposts: 1 })
  })
  test('who may read it: the account says it where no answer does, and never widens it', async () => {
    const seenAs = async (audience: 'public' | 'followers' | undefined, ...posts: Post[]) => {
      await store.commit(batch({ posts, audience }))
      return Object.fromEntries((await allPosts()).map(row => [row.id, row.visibility]))
    }
    expect(await seenAs(undefined, post('1'))).toEqual({ 1: undefined })
    expect(await seenAs('public', post('1'), post('2', { visibility: 'circle', text: 'x' }), post('3', { visibility: 'self' }), post('4', { partial: true }))).toEqual({ 1: 'public', 2: 'circle', 3: 'self', 4: 'public' })
    // Cards of them, later: the first two are for followers now, the others for fewer still.
    expect(await seenAs('followers', post('1', { partial: true, seenAt: '2026-03-01T00:00:00Z' }), post('2', { partial: true, seenAt: '2026-03-01T00:00:00Z' }), post('3'), post('4'))).toEqual({ 1: 'followers', 2: 'circle', 3: 'self', 4: 'followers' })
    expect(await known()).toEqual(await recount())
  })

  test('a pinned post seen again unpinned', async () => {
    await store.commit(batch({ posts: [post('1', { pinned: true, text: 'a' })] }))
    await store.commit(batch({ posts: [post('1', { text: 'a' })] }))
    expect(await allPosts()).toMatchObject([{ pinned: true }])
    await store.commit(batch({ posts: [post('1', { pinned: false })] }))
    expect(await allPosts()).toMatchObject([{ pinned: false, text: 'a' }])
  })
  test('newest first in pages, oldest first in chunks, ties by id', async () => {
    const at = '2026-01-01T00:00:00Z'
    await store.commit(batch({ posts: [post('3', { createdAt: at }), post('1', { createdAt: at }), post('2', { createdAt: '2025-01-01T00:00:00Z' }), post('4', { createdAt: undefined })] }))
    expect((await collect(store.eachPost(account, 1))).map(row => row.id)).toEqual(['4', '2', '1', '3'])
    const seen: string[] = []
    let after: string | undefined
    do {
      const { rows, next } = await store.posts(account, {}, 1, after)
      seen.push(...rows.map(row => row.id))
      after = next
    } while (after)
    expect(seen).toEqual(['3', '1', '2', '4'])
  })
  test('search and kind', async () => {
    await store.commit(batch({ posts: [post('1', { text: 'Über den Wolken' }), post('2', { media: [{ kind: 'image', alt: 'a red CAT' }] }), post('3', { repostOf: { id: '5', authorHandle: 'wolke' } })] }))
    expect((await store.posts(account, { search: 'wolke' }, 10)).rows.map(row => row.id)).toEqual(['3', '1'])
    expect((await store.posts(account, { search: 'wolke', kind: 'post' }, 10)).rows.map(row => row.id)).toEqual(['1'])
    expect((await store.posts(account, { search: 'cat red' }, 10)).rows.map(row => row.id)).toEqual(['2'])
    expect((await store.posts(account, { search: 'dog' }, 10)).rows).toEqual([])
  })
})

describe('one repost, one row', () => {
  // The network may name the original only, in one tab, and the repost's own number in another.
  const standIn: Post = { id: 'repost:50', authorId: '1', repostOf: { id: '50', authorHandle: 'bob' } }
  const numbered: Post = { id: '900', authorId: '1', createdAt: '2026-01-01T00:00:00Z', url: 'https://x.example/900', repostOf: { id: '50', url: 'https://x.example/50' } }

  test.each([
    ['the stand-in first', [[standIn], [numbered]]],
    ['the stand-in later', [[numbered], [standIn]]],
    ['both at once', [[standIn, numbered]]],
    ['both at once, the other way', [[numbered, standIn]]],
    ['again and again', [[standIn], [numbered], [standIn], [numbered, standIn]]],
  ])('%s', async (_, batches) => {
    for (const posts of batches) await store.commit(batch({ posts }))
    const rows = await allPosts()
    expect(rows.map(({ id }) => id)).toEqual(['900'])
    expect(rows[0]).toMatchObject({ kind: 'repost', url: 'https://x.example/900', repostOf: { id: '50', authorHandle: 'bob' } })
    expect(await known()).toEqual(await recount())
  })

  test('two numbered reposts of one original are two', async () => {
    await store.commit(batch({ posts: [numbered, { ...numbered, id: '901' }] }))
    expect((await allPosts()).length).toBe(2)
  })

  test('a stand-in alone stays', async () => {
    await store.commit(batch({ posts: [standIn] }))
    await store.commit(batch({ posts: [standIn] }))
    expect((await allPosts()).map(({ id }) => id)).toEqual(['repost:50'])
  })
})

describe('lists of follows', () => {
  const many = Array.from({ length: 1234 }, (_, index) => follow(String(1000 + index), { handle: `p${(index * 7919) % 1234}`, position: index, ...(index % 3 ? {} : { federated: true }), ...(index === 1200 ? { name: 'Zoë Needle' } : {}) }))

  test('pages by position, chunks by handle, search and verdict', async () => {
    await store.commit(batch({ follows: [...many.slice(600), follow('1', { handle: 'nowhere' }), ...many.slice(0, 600)] }))
    const seen: FollowRow[] = []
    let after: string | undefined
    do {
      const { rows, next } = await store.follows(account, {}, 100, after)
      expect(rows.length).toBeLessThanOrEqual(100)
      seen.push(...rows)
      after = next
    } while (after)
    expect(seen.map(row => row.id)).toEqual([...many.map(row => row.id), '1'])
    expect(Object.keys(seen[0]!)).not.toContain('sort')

    const handles = (await collect(store.eachFollow(account, 100))).map(row => row.handle)
    expect(handles).toEqual([...handles].sort())
    expect(handles).toHaveLength(1235)

    const found = await store.follows(account, { search: 'needle' }, 10)
    expect(found.rows.map(row => row.name)).toEqual(['Zoë Needle'])
    expect(found.next).toBeUndefined()

    const first = await store.follows(account, { verdict: 'followable' }, 300)
    const second = await store.follows(account, { verdict: 'followable' }, 300, first.next)
    expect([...first.rows, ...second.rows].map(row => row.position)).toEqual(many.filter(row => row.federated).map(row => row.position))
    expect(second.next).toBeUndefined()
  })
})

describe('gone', () => {
  const later = '2026-03-01T00:00:00Z'
  const start = async (posts: Post[]) => {
    await store.commit(batch({ follows: [follow('2'), follow('3')], posts }))
    await store.updateRun('run2', () => run('run2', { startedAt: later }))
  }
  test('only what a complete section no longer holds; back when seen again', async () => {
    await start([post('1', { pinned: true }), post('2'), post('3', { replyTo: { id: '9', authorId: '5' } }), post('4', { repostOf: { id: '8' } })])
    await store.commit(batch({ runId: 'run2', at: later, follows: [follow('3')], posts: [post('1')] }))
    expect(await store.markGone(account, 'run2', ['profile', 'posts'], later)).toBe(1)
    expect((await allPosts()).filter(row => row.goneAt).map(row => row.id)).toEqual(['2'])
    expect(await store.markGone(account, 'run2', ['follows', 'replies', 'reposts'], later)).toBe(3)
    expect(await store.totals(account)).toMatchObject({ follows: 1, 'gone:follows': 1, posts: 1, 'gone:posts': 1, replies: 0, 'gone:replies': 1, 'gone:reposts': 1 })
    expect((await store.follows(account, {}, 10)).rows.map(row => row.id)).toEqual(['3'])
    expect((await collect(store.eachFollow(account))).map(row => row.id)).toEqual(['3'])
    expect((await collect(store.eachPost(account))).map(row => row.id)).toEqual(['1'])
    expect(await store.markGone(account, 'run2', ['follows', 'posts'], later)).toBe(0)
    await store.commit(batch({ runId: 'run3', at: '2026-04-01T00:00:00Z', follows: [follow('2')] }))
    expect((await allFollows()).find(row => row.id === '2')).not.toHaveProperty('goneAt')
    expect(await known()).toEqual(await recount())
  })
  test('what another run saw meanwhile is there', async () => {
    await start([])
    await store.commit(batch({ runId: 'run2', at: later, follows: [follow('2'), follow('3')] }))
    await store.commit(batch({ runId: 'run9', at: '2026-03-02T00:00:00Z', follows: [follow('2')] }))
    expect(await store.markGone(account, 'run2', ['follows'], later)).toBe(0)
  })
})

describe('purge', () => {
  test('ghost posts that are over and old unread answers go, with their media and totals', async () => {
    const ghost = { ghost: true, media: [{ kind: 'image' as const, url: 'u' }] }
    await store.commit(
      batch({
        at: '2026-01-01T00:00:00Z',
        posts: [post('1', { ...ghost, expiresAt: '2026-02-01T00:00:00Z' }), post('2', { ...ghost, expiresAt: '2026-02-03T00:00:00Z' }), post('3', { expiresAt: '2026-02-01T00:00:00Z' })],
        unread: [{ reason: 'x', path: '/', body: '', bodyKind: 'shape' }],
      }),
    )
    await store.addUnread({ reason: 'y', path: '/', body: '', bodyKind: 'shape', account, network: 'example', runId: 'run1', at: '2026-02-01T00:00:00Z' })
    await store.addUnread({ reason: 'z', path: '/', body: '', bodyKind: 'shape', network: 'example', runId: 'run1', at: '2025-12-01T00:00:00Z' })
    await store.purge('2026-02-02T00:00:00Z')
    expect((await allPosts()).map(row => row.id).sort()).toEqual(['2', '3'])
    expect((await store.unread(account)).map(row => row.reason)).toEqual(['y'])
    expect(await known()).toEqual(await recount())
  })
  test('everything can be deleted', async () => {
    await store.commit(batch({ follows: [follow('2')], posts: [post('1')] }), () => run('run1'))
    await store.deleteAll()
    expect([await store.accounts(), await allFollows(), await allPosts(), await store.openRuns(), await store.totals(account)]).toEqual([[], [], [], [], {}])
  })
})

test('runs: open ones, those of an account, the latest of a network', async () => {
  await store.updateRun('a', () => run('a', { state: 'done', startedAt: '2026-01-01T00:00:00Z' }))
  await store.updateRun('b', () => run('b', { state: 'paused', startedAt: '2026-01-02T00:00:00Z' }))
  await store.updateRun('c', () => run('c', { startedAt: '2026-01-03T00:00:00Z', account: undefined, network: 'other' }))
  expect((await store.openRuns()).map(row => row.id)).toEqual(['c', 'b'])
  expect((await store.runsOf(account)).map(row => row.id)).toEqual(['b', 'a'])
  expect((await store.latestRun('example'))?.id).toBe('b')
  expect(await store.updateRun('b', row => ({ ...row!, seq: 5 }))).toMatchObject({ seq: 5 })
})

describe('live', () => {
  test('calls with every change that the query read, across several reads', async () => {
    const seen: [number, number][] = []
    const stop = store.live(
      async () => {
        const totals = await store.totals(account)
        const { rows } = await store.follows(account, { search: 'h3' }, 10)
        return [totals.follows ?? 0, rows.length] as [number, number]
      },
      value => seen.push(value),
    )
    const until = async (value: [number, number]) => {
      for (let tries = 0; tries < 1000 && String(seen.at(-1)) !== String(value); tries++) await new Promise(go => setTimeout(go, 10))
      expect(seen.at(-1)).toEqual(value)
    }
    await until([0, 0])
    await store.commit(batch({ follows: [follow('2')] }))
    await until([1, 0])
    await store.commit(batch({ follows: [follow('3')] }))
    await until([2, 1])
    const before = seen.length
    stop()
    await store.commit(batch({ follows: [follow('4')] }))
    await new Promise(go => setTimeout(go, 50))
    expect(seen).toHaveLength(before)
  })
  test('follows what is read after an await, from a plain function too', async () => {
    let rows = -1
    const stop = store.live(() => store.follows(account, {}, 10, 'not-there').then(result => result.rows.length), value => { rows = value })
    await expect.poll(() => rows, { timeout: 10_000 }).toBe(0)
    await store.commit(batch({ follows: [follow('2')] }))
    await expect.poll(() => rows, { timeout: 10_000 }).toBe(1)
    stop()
  })
})

const job: LookUpJob = { account, scope: 'all', state: 'running', startedAt: '', updatedAt: '', total: 0, asked: 0, outcomes: {} }
/** Rules of a network on which everybody may have an address, as the tests need them. */
const reachOf: ReachOf = ({ handle, federated, choice }, lookUp) => {
  const address = choice?.address ?? `${handle}@example.net`
  const outcome = lookUp(address)?.outcome
  const asks = [address]
  if (outcome === 'found' || federated) return { verdict: 'followable', address, reason: outcome ?? 'flag', asks }
  if (federated === false || outcome === 'not-found') return { verdict: 'not', reason: outcome ?? 'flag', asks }
  return { verdict: 'unknown', address, reason: 'not-looked-up', asks }
}

test('totals equal a recount after any sequence', async () => {
  const small = fc.constantFrom('2', '3', '4', '5')
  const anyFollow = fc.record({ id: small, handle: fc.constantFrom('a', 'b', 'c'), nameless: fc.boolean(), federated: fc.option(fc.boolean(), { nil: undefined }) })
    .map(({ id, handle, nameless, federated }) => follow(nameless ? handle : id, { handle, federated }))
  const anyPost = fc.record({
    id: small,
    createdAt: fc.constantFrom(undefined, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
    repostOf: fc.option(fc.constant({ id: '99' }), { nil: undefined, freq: 5 }),
    replyTo: fc.option(fc.record({ id: fc.constantFrom('2', '3', '98'), authorId: fc.constantFrom(undefined, '1', '7') }), { nil: undefined }),
    visibility: fc.constantFrom(undefined, 'public' as const, 'followers' as const),
    ghost: fc.constantFrom(undefined, true, false),
    expiresAt: fc.constantFrom(undefined, '2026-02-02T00:00:00Z'),
    text: fc.constantFrom(undefined, 'text'),
    media: fc.option(fc.array(fc.record({ kind: fc.constant('image' as const), alt: fc.constantFrom(undefined, 'alt') }), { maxLength: 2 }), { nil: undefined }),
  }).map(({ id, ...more }) => post(id, more))
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('commit' as const), elsewhere: fc.boolean(), runId: fc.constantFrom('run1', 'run2'), follows: fc.array(anyFollow, { maxLength: 4 }), posts: fc.array(anyPost, { maxLength: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('gone' as const), runId: fc.constantFrom('run1', 'run2'), sections: fc.subarray<Section>(['follows', 'posts', 'replies', 'reposts']) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('purge' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('choose' as const), key: small, choice: fc.record({ include: fc.option(fc.boolean(), { nil: undefined }), address: fc.option(fc.constant('typed@example.net'), { nil: undefined }) }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('choose-all' as const), verdict: fc.constantFrom(undefined, 'followable' as const, 'unknown' as const), include: fc.option(fc.boolean(), { nil: undefined }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('saved' as const), ticked: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('arrivals' as const), address: fc.constantFrom('a@example.net', 'b@example.net', 'typed@example.net'), state: fc.constantFrom('arrived' as const, 'failed' as const, 'again' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('answer' as const), address: fc.constantFrom('a@example.net', 'b@example.net'), outcome: fc.constantFrom('found' as const, 'not-found' as const, 'unclear' as const) }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async steps => {
      store.close()
      store = openStore(`test${names++}`)
      const other = openStore(`test${names - 1}`)
      for (const one of steps) {
        if (one.kind === 'commit') await (one.elsewhere ? other : store).commit(batch({ ...one, reachOf }))
        else if (one.kind === 'choose') await store.choose(account, one.key, one.choice, reachOf)
        else if (one.kind === 'choose-all') await store.chooseAll(account, { verdict: one.verdict }, one.include)
        else if (one.kind === 'saved') await store.saved(account, (await store.follows(account, { ticked: one.ticked }, 99)).rows.map(({ key, reach }) => ({ key, address: reach.address ?? '' })), '2026-02-03T00:00:00Z')
        else if (one.kind === 'arrivals') await store.arrivals(account, [one], '2026-02-03T00:00:00Z')
        else if (one.kind === 'answer') {
          await store.updateLookUp(account, () => job)
          await store.keepLookUp(account, { answers: [{ address: one.address, outcome: one.outcome, at: '2026-02-03T00:00:00Z' }] }, reachOf)
        }
        else if (one.kind === 'gone') await store.markGone(account, one.runId, one.sections, '2026-02-01T00:00:00Z')
        else await store.purge('2026-02-02T00:00:00Z')
        expect(await known()).toEqual(await recount())
      }
      other.close()
      const rows = await allFollows()
      const named = rows.filter(row => row.id !== row.handle)
      const loose = rows.filter(row => row.id === row.handle).map(row => row.handle)
      expect(named.filter(row => loose.includes(row.handle))).toEqual([])
    }),
    { numRuns: 40 },
  )
})
