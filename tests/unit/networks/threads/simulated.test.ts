/** The reader against everything the simulated site answers: what comes out is what the simulation holds, in every form it takes. */
import { describe, expect, it } from 'vitest'
import * as reader from '../../../../lib/networks/threads/read.ts'
import { Reading, nothing } from '../../../../lib/model/index.ts'
import type { Section } from '../../../../lib/model/index.ts'
import type { FollowRow, PostRow, ProfileRow } from '../../../../lib/store/types.ts'
import { comparePosts, compareFollows, compareProfile } from '../../../harness/truth.ts'
import { documentFor, nameOf, textFor, type Operation } from '../../../networks/threads/answers.ts'
import { page } from '../../../networks/threads/pages.ts'
import type { Context } from '../../../networks/threads/shapes.ts'
import { truthOf } from '../../../networks/threads/truth.ts'
import { makeWorld } from '../../../networks/threads/world.ts'

const now = 1_790_000_000
const world = makeWorld({ seed: 7, follows: 64, posts: 60, locked: false, now })
const own = world.first
const site = 'https://www.threads.com'

const contextOf = (modes: string[]): Context => ({ modes: new Set(modes), viewer: own.person, following: new Set(own.follows.map(one => one.pk)), nonce: 5, now })

type Lists = Omit<Reading, 'viewer' | 'signedOut' | 'barrier'>

/** Goes through one list by its cursors, as the page does. */
const through = (first: Operation, next: Operation, section: Section, path: string, modes: string[], into: Lists): string => {
  const context = contextOf(modes)
  let after: string | undefined
  for (let turn = 0; turn < 60; turn++) {
    const key = turn === 0 ? first : next
    const variables = key === 'followingNext' ? { id: own.person.pk, first: 10, after } : { userID: own.person.pk, first: turn === 0 ? 4 : 10, ...(after && { after }) }
    const operation = nameOf(key, context.modes)
    const body = textFor(documentFor(world, { key, variables }, context), operation, context.modes)
    const reading = reader.read({ url: `${site}/graphql/query`, page: site + path, request: { operation, variables }, status: 200, contentType: 'text/javascript', body, seenAt: '2026-11-22T10:00:00.000Z' })
    expect(Reading.safeParse(reading).success).toBe(true)
    expect(reading.unread).toEqual([])
    for (const name of ['profiles', 'follows', 'posts', 'relations', 'counts', 'ends'] as const) (into[name] as unknown[]).push(...reading[name])
    const end = reading.ends.find(one => one.section === section)
    expect(end).toMatchObject({ ownerId: own.person.pk, ...(after !== undefined && { after }) })
    if (after === undefined) expect(end).not.toHaveProperty('after')
    if (end?.state !== 'more') return end?.state ?? 'none'
    after = end.cursor
  }
  return 'endless'
}

const wholeAccount = (modes: string[]) => {
  const all: Lists = nothing()
  const base = `/@${own.person.handle}`
  const profile = { key: 'profile' as const, variables: { userID: own.person.pk } }
  const context = contextOf(modes)
  const operation = nameOf('profile', context.modes)
  const reading = reader.read({
    url: `${site}/graphql/query`, page: site + base, request: { operation, variables: profile.variables }, status: 200, contentType: 'application/json',
    body: textFor(documentFor(world, profile, context), operation, context.modes), seenAt: '2026-11-22T10:00:00.000Z',
  })
  all.profiles.push(...reading.profiles)
  all.counts.push(...reading.counts)
  const ends = [
    through('following', 'followingNext', 'follows', base, modes, all),
    through('threads', 'threadsNext', 'posts', base, modes, all),
    through('replies', 'repliesNext', 'replies', `${base}/replies`, modes, all),
    through('reposts', 'repostsNext', 'reposts', `${base}/reposts`, modes, all),
  ]
  return { all, ends }
}

/** As the store keeps them: own ones only, each once, a fuller value never lost. */
const kept = <T extends { id: string }>(records: T[]): T[] => [...records.reduce((rows, one) => rows.set(one.id, { ...rows.get(one.id), ...one }), new Map<string, T>()).values()]

const modeSets: string[][] = [
  [], ['renamed'], ['shape-2023'], ['beside-node'], ['prefix'], ['multi-doc'], ['errors-beside'], ['big-numbers'], ['flags'],
  ['renamed', 'beside-node', 'multi-doc', 'prefix', 'big-numbers', 'errors-beside'], ['shape-2023', 'big-numbers', 'renamed'],
]

describe('the whole account, page by page', () => {
  it.each(modeSets.map(modes => [modes.join(' + ') || 'as it is', modes] as const))('%s', (_name, modes) => {
    const { all, ends } = wholeAccount([...modes])
    const truth = truthOf(world, own, new Set(modes))
    expect(ends).toEqual(['end', 'end', 'end', 'end'])
    expect(comparePosts(kept(all.posts.filter(post => post.authorId === own.person.pk)) as PostRow[], truth.posts, own.person.pk)).toEqual([])
    expect(compareFollows(all.follows as FollowRow[], truth)).toEqual([])
    expect(all.follows.map(follow => follow.position)).toEqual(all.follows.map((_, index) => index))
    expect(compareProfile(all.profiles.find(profile => profile.id === own.person.pk) as ProfileRow, truth)).toEqual([])
    expect(all.counts).toContainEqual({ section: 'follows', ownerId: own.person.pk, value: truth.counted.follows })
    const written = JSON.stringify(all)
    for (const secret of truth.secrets ?? []) expect(written).not.toContain(secret)
  })

  it('says that a list is hidden which is counted and empty', () => {
    const all: Lists = nothing()
    expect(through('following', 'followingNext', 'follows', `/@${own.person.handle}`, ['hidden-list'], all)).toBe('hidden')
    expect(all.follows).toEqual([])
  })

  it('leaves a list ownerless whose owner nobody says', () => {
    const context = contextOf(['unbound'])
    const body = textFor(documentFor(world, { key: 'followingNext', variables: {} }, context), 'x', context.modes)
    const reading = reader.read({ url: `${site}/graphql/query`, page: `${site}/`, request: { operation: 'XQZFollowsMoreQuery', variables: {} }, status: 200, contentType: 'application/json', body, seenAt: '2026-11-22T10:00:00.000Z' })
    expect(reading.follows.length).toBeGreaterThan(0)
    expect(reading.follows.every(follow => follow.ownerId === undefined)).toBe(true)
    expect(reading.ends.every(end => end.ownerId === undefined)).toBe(true)
  })
})

describe('pages', () => {
  const document = (path: string, kind: 'threads' | 'feed', modes: string[] = [], viewer = true) =>
    page({ world, path, route: { kind, ...(kind === 'threads' && { person: own.person }) }, context: { ...contextOf(modes), ...(!viewer && { viewer: undefined }) }, language: 'ja' })

  it.each([[[]], [['renamed']], [['shape-2023']], [['beside-node', 'big-numbers', 'big-document']]])('gives the profile, the first posts and who is signed in: %j', modes => {
    const path = `/@${own.person.handle}`
    const body = document(path, 'threads', modes)
    const reading = reader.read({ url: site + path, page: site + path, status: 200, contentType: 'text/html; charset=utf-8', body, seenAt: '2026-11-22T10:00:00.000Z' })
    expect(reading.viewer).toMatchObject({ id: own.person.pk, handle: own.person.handle })
    expect(reading.profiles.find(profile => profile.id === own.person.pk)).toMatchObject({ handle: own.person.handle, source: 'state' })
    expect(reading.ends).toMatchObject([{ section: 'posts', ownerId: own.person.pk, state: 'more' }])
    expect(reading.posts.filter(post => post.authorId === own.person.pk).length).toBeGreaterThanOrEqual(4)
    expect(reading.posts.every(post => post.source === 'state')).toBe(true)
    expect(reading.unread).toEqual([])
    expect(reader.viewer({ page: site + path, documents: [body] })).toMatchObject({ id: own.person.pk })
  })

  it('says that nobody is signed in', () => {
    const reading = reader.read({ url: `${site}/`, page: `${site}/`, status: 200, contentType: 'text/html', body: document('/', 'feed', [], false), seenAt: '2026-11-22T10:00:00.000Z' })
    expect(reading.signedOut).toBe(true)
    expect(reading.viewer).toBeUndefined()
    expect(reading.ends).toEqual([])
  })
})
