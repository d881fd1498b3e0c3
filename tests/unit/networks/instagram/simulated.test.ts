/** The reader against everything the simulated site answers: what comes out is what the simulation holds, in every form it takes. */
import { afterAll, describe, expect, it } from 'vitest'
import { own } from '../../../../lib/capture/keep.ts'
import * as reader from '../../../../lib/networks/instagram/read.ts'
import { nothing, type Answer, type End, type Reading, type Section, type Viewer } from '../../../../lib/model/index.ts'
import { merge, postShape } from '../../../../lib/store/merge.ts'
import type { FollowRow, PostRow, ProfileRow, RelationRow } from '../../../../lib/store/types.ts'
import { compareFollows, comparePosts, compareProfile, compareRelations, findForeign } from '../../../harness/truth.ts'
import { hashes, nameOf, type Operation } from '../../../networks/instagram/answers.ts'
import { drifts, simulateInstagram } from '../../../networks/instagram/index.ts'
import type { Simulation, SimulationOptions } from '../../../networks/types.ts'
import { ask as asked } from '../../simulation/ask.ts'
import { seenAt, site, valid } from './ask.ts'

const open: Simulation[] = []
afterAll(async () => { await Promise.all(open.map(one => one.close())) })

const start = async (options: SimulationOptions = {}) => {
  const simulation = await simulateInstagram({ follows: 64, posts: 60, relations: 20, seed: 7, ...options })
  open.push(simulation)
  const modes = new Set(options.modes ?? [])
  const { id, handle } = simulation.truth().viewer
  const read = (answer: Omit<Answer, 'seenAt'>): Reading => valid(reader.read({ ...answer, seenAt }))
  const host = 'www.instagram.com'
  const page = async (path: string): Promise<Reading> => {
    const { text, status } = await asked(simulation, path, { host })
    return read({ url: site + path, page: site + path, status, contentType: 'text/html; charset=utf-8', body: text })
  }
  const graphql = async (key: Operation, variables: Record<string, unknown>, from: string): Promise<Reading> => {
    const operation = nameOf(key, modes)
    const { text, status, headers } = await asked(simulation, '/graphql/query', { host, form: { fb_api_req_friendly_name: operation, doc_id: '1', variables: JSON.stringify(variables) } })
    return read({ url: `${site}/graphql/query`, page: site + from, request: { operation, variables }, status, contentType: String(headers['content-type']), body: text })
  }
  const get = async (path: string, from: string): Promise<Reading> => {
    const elsewhere = modes.has('i-host') && path.startsWith('/api/v1/')
    const { text, status, headers } = await asked(simulation, path, { host: elsewhere ? 'i.instagram.com' : host })
    const url = new URL(path, elsewhere ? 'https://i.instagram.com' : site)
    const variables = url.searchParams.get('variables')
    const hash = url.searchParams.get('query_hash')
    return read({ url: url.href, page: site + from, ...(hash && { request: { operation: hash, variables: JSON.parse(variables ?? '{}') as unknown } }), status, contentType: String(headers['content-type']), body: text })
  }
  return { simulation, modes, id, handle, page, graphql, get }
}
type Site = Awaited<ReturnType<typeof start>>

const query = (path: string, values: Record<string, string | undefined>): string => `${path}?${new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))}`

/** How each list is asked for, as the app does. */
const lists = ({ modes, id, handle, graphql, get }: Site): Partial<Record<Section, (after: string | undefined) => Promise<Reading>>> => {
  const has = (mode: string): boolean => modes.has(mode)
  const home = `/${handle}/`
  const more = (after: string | undefined) => (after ? { after } : {})
  return {
    follows: after =>
      has('follow-query') ? graphql('follow', { userID: id, isFollowerList: false, first: 12, after: after ?? null, query: '' }, `${home}following/`)
      : has('follow-legacy') ? get(query('/graphql/query/', { query_hash: hashes.follow, variables: JSON.stringify({ id, first: 24, ...more(after) }) }), `${home}following/`)
      : get(query(`/api/v1/friendships/${id}/following/`, { count: '12', max_id: after }), home),
    posts: after =>
      has('rest-feed') ? get(query(`/api/v1/feed/user/${id}/`, { count: '12', max_id: after }), home)
      : has('graph-form') ? (after ? get(query('/graphql/query/', { query_hash: hashes.posts, variables: JSON.stringify({ id, first: 12, after }) }), home) : get(query('/api/v1/users/web_profile_info/', { username: handle }), home))
      : graphql(after ? 'postsNext' : 'posts', { ...more(after), data: { count: 12 }, first: 12, username: handle }, home),
    ...(has('no-tabs') ? {} : {
      media: after => graphql(after ? 'reelsNext' : 'reels', { data: { page_size: 12, ...(has('by-name') ? {} : { target_user_id: id }) }, ...(has('by-name') ? { username: handle } : {}), ...more(after) }, `${home}reels/`),
      reposts: after => graphql(after ? 'repostsNext' : 'reposts', { ...(has('by-name') ? { username: handle } : after ? { id } : { userID: id }), first: 6, ...(after && has('repost-max-id') ? { max_id: after } : more(after)) }, `${home}reposts/`),
    }),
    bookmarks: after => (has('saved-query') ? graphql('saved', { first: 8, ...more(after) }, `${home}saved/all-posts/`) : get(query('/api/v1/feed/saved/posts/', { max_id: after }), `${home}saved/all-posts/`)),
  }
}

/** Goes through the account as the page does, and keeps what the capture would keep. */
const wholeAccount = async (one: Site) => {
  const all = nothing()
  const sections: Record<string, End['state']> = {}
  const first = await one.page(`/${one.handle}/`)
  const viewer = first.viewer as Viewer
  expect(viewer).toMatchObject({ id: one.id, handle: one.handle })
  const take = (reading: Reading): ReturnType<typeof own> => {
    const mine = own(reading, viewer, { follows: { state: 'now', pages: 0 }, bookmarks: { state: 'now', pages: 0 } })
    if (mine.profile) all.profiles.push(mine.profile)
    for (const key of ['follows', 'posts', 'relations', 'counts', 'ends', 'unread'] as const) (all[key] as unknown[]).push(...mine[key])
    return mine
  }
  take(first)
  if (['rest-feed', 'web-info', 'graph-form', 'bare-document'].some(mode => one.modes.has(mode))) {
    expect(first.profiles.some(profile => profile.id === one.id)).toBe(false)
    take(await (one.modes.has('bare-document') ? one.graphql('profile', { id: one.id }, `/${one.handle}/`) : one.modes.has('rest-feed') ? one.get(`/api/v1/users/${one.id}/info/`, `/${one.handle}/`) : one.get(`/api/v1/users/web_profile_info/?username=${one.handle}`, `/${one.handle}/`)))
  }
  for (const [section, next] of Object.entries(lists(one)) as [Section, (after: string | undefined) => Promise<Reading>][]) {
    let after: string | undefined
    for (let turn = 0; turn < 60; turn++) {
      const mine = take(await next(after))
      const end = mine.ends.find(found => found.section === section)
      expect(end, `${section} after ${after}`).toMatchObject({ ownerId: one.id, ...(after !== undefined && { after }) })
      if (after === undefined) expect(end).not.toHaveProperty('after')
      sections[section] = end!.state
      if (end!.state !== 'more') break
      after = end!.cursor
    }
  }
  take(await one.graphql('explore', { first: 24 }, '/'))
  take(await one.graphql('feed', { first: 12 }, '/'))
  return { all, sections }
}

/** As the store keeps them: each once, a card never in the place of a whole post. */
const kept = (posts: Reading['posts']): PostRow[] => [
  ...posts.reduce((rows, post) => {
    const before = rows.get(post.id)
    return rows.set(post.id, !before ? post : post.partial && !before.partial ? merge(post, before, postShape) : { ...merge(before, post, postShape), partial: before.partial && post.partial ? true : undefined })
  }, new Map<string, Reading['posts'][0]>()).values(),
] as unknown as PostRow[]

const expectWhole = async (options: SimulationOptions) => {
  const one = await start(options)
  const { all, sections } = await wholeAccount(one)
  const truth = one.simulation.truth()
  const tabs = one.modes.has('no-tabs') ? {} : { media: 'end', reposts: 'end' }
  expect(sections).toEqual({ follows: 'end', posts: 'end', bookmarks: 'end', ...tabs })
  expect(all.unread).toEqual([])
  expect(comparePosts(kept(all.posts), truth.posts, one.id)).toEqual([])
  expect(compareFollows(all.follows as FollowRow[], truth)).toEqual([])
  expect(compareRelations(all.relations as RelationRow[], truth.relations ?? [])).toEqual([])
  expect(compareProfile(all.profiles.reduce((before, other) => ({ ...before, ...other })) as ProfileRow, truth)).toEqual([])
  expect(all.counts).toContainEqual({ section: 'follows', ownerId: one.id, value: truth.counted.follows })
  expect(findForeign(all, truth)).toEqual([])
  // Whoever may read it is said where the answer says it; close friends are never everybody.
  const circle = new Set(truth.posts.filter(post => post.visibility === 'circle').map(post => post.id))
  if (!one.modes.has('graph-form')) expect(circle.size).toBeGreaterThan(0)
  for (const post of kept(all.posts)) if (circle.has(post.id)) expect(post.visibility).toBe('circle')
}

describe('the whole account, page by page', () => {
  it.each(['en', 'de'] as const)('as it is, in %s', language => expectWhole({ language }))
  it('of somebody whose account is private', () => expectWhole({ locked: true, seed: 11 }))
  it.each(drifts.filter(mode => mode !== 'malformed-some'))('%s', mode => expectWhole({ modes: [mode], seed: 4 }))
  it('in several shapes at once', () => expectWhole({ modes: ['renamed', 'roots', 'follow-query', 'reels-august', 'by-name', 'multi-doc', 'prefix', 'errors-beside', 'big-numbers', 'polaris-cache'], seed: 9 }))
  it('in the older shapes at once', () => expectWhole({ modes: ['graph-form', 'follow-legacy', 'i-host', 'repost-max-id', 'big-numbers'], seed: 10 }))
  it('tells the place of those that are followed, where cursors count', async () => {
    const one = await start()
    const { all } = await wholeAccount(one)
    expect(all.follows.map(({ position }) => position)).toEqual(all.follows.map((_, index) => index))
  })
  it('of somebody who has nothing', async () => {
    for (const modes of [[], ['graph-form', 'follow-legacy'], ['rest-feed', 'follow-query', 'by-name', 'saved-query']]) {
      const one = await start({ follows: 0, posts: 0, relations: 0, modes })
      const { all, sections } = await wholeAccount(one)
      expect(sections).toEqual({ follows: 'end', posts: 'end', media: 'end', reposts: 'end', bookmarks: 'end' })
      expect([all.follows, all.posts, all.relations, all.unread]).toEqual([[], [], [], []])
    }
  })
})

describe('what is not the account’s own', () => {
  it('pages of others: their records are theirs, and no end is the account’s', async () => {
    const one = await start()
    const path = new URL(one.simulation.strangerProfile).pathname
    const stranger = await one.page(path)
    expect(stranger.viewer?.id).toBe(one.id)
    expect(stranger.posts.length).toBeGreaterThan(5)
    expect(stranger.ends.length).toBeGreaterThan(0)
    const theirs = await one.get(`/api/v1/friendships/${stranger.profiles[0]!.id}/following/?count=12`, path)
    expect(theirs.follows.length).toBe(12)
    for (const reading of [stranger, theirs]) {
      const mine = own(reading, stranger.viewer!, { follows: { state: 'now', pages: 0 } })
      expect([mine.profile, mine.follows, mine.posts, mine.ends]).toEqual([undefined, [], [], []])
    }
  })

  it('what is shown for a day, advertisements, suggestions, comments', async () => {
    const one = await start()
    const { viewer } = await one.page('/')
    for (const reading of [await one.get('/api/v1/feed/reels_tray/', '/'), await one.graphql('tray', {}, '/'), await one.get('/api/v1/discover/chaining/', '/'), await one.graphql('suggestions', { target_id: one.id }, '/'), await one.get('/api/v1/media/39/comments/', '/')]) {
      const mine = own(reading, viewer!, {})
      expect([mine.follows, mine.posts, mine.ends, mine.relations]).toEqual([[], [], [], []])
      expect(reading.follows.some(({ ownerId }) => ownerId !== undefined)).toBe(false)
    }
    const feed = await one.graphql('feed', { first: 12 }, '/')
    expect(feed.posts.some(({ text }) => /mattress/i.test(text ?? ''))).toBe(false)
    expect(feed.ends).toEqual([])
    // A search within the list is not the list.
    const searched = await one.get(`/api/v1/friendships/${one.id}/following/?count=12&query=zzz`, '/')
    expect(searched).toEqual(nothing())
  })

  it('who is signed in', async () => {
    const one = await start()
    one.simulation.signIn(undefined)
    const out = await one.page('/')
    expect([out.viewer, out.signedOut]).toEqual([undefined, true])
    one.simulation.signIn('second')
    const second = one.simulation.truth('second').viewer
    expect((await one.page(`/${one.handle}/`)).viewer).toMatchObject({ id: second.id, aliases: [`@${second.handle}`] })
    const { text } = await asked(one.simulation, '/', { host: 'www.instagram.com' })
    expect(reader.viewer({ page: `${site}/`, documents: [text] })).toMatchObject({ id: second.id })
  })
})

describe('what stops a capture', () => {
  it.each([['429', { kind: 'rate-limit', retryAfter: 9 }], ['checkpoint', { kind: 'challenge' }], ['feedback', { kind: 'challenge' }], ['login-wall', { kind: 'login-wall' }]])('%s', async (mode, barrier) => {
    const one = await start({ modes: [mode], retryAfter: 9 })
    const { text, status, headers } = await asked(one.simulation, `/api/v1/friendships/${one.id}/following/`, { host: 'www.instagram.com' })
    const retry = headers['retry-after']
    const reading = reader.read({ url: `${site}/api/v1/friendships/${one.id}/following/`, page: `${site}/`, status, contentType: 'application/json', ...(retry && { headers: { 'retry-after': String(retry) } }), body: text, seenAt })
    expect(reading).toEqual({ ...nothing(), barrier })
  })

  it('answers that are no good are counted, and leave no end', async () => {
    const one = await start({ modes: ['malformed-some'] })
    const { viewer } = await one.page('/')
    for (const next of Object.values(lists(one))) {
      const spoiled = await next(undefined)
      expect(own(spoiled, viewer!, {}).ends).toEqual([])
      expect(spoiled.unread).toHaveLength(1)
      expect((await next(undefined)).ends).toHaveLength(1)
    }
  })
})
