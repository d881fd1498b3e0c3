/** The reader against everything the simulated site answers: what comes out is what the simulation holds, in every form it takes. */
import { afterAll, describe, expect, it } from 'vitest'
import { checked, own } from '../../../../lib/capture/keep.ts'
import { nothing, type Answer, type Reading, type Run, type Viewer } from '../../../../lib/model/index.ts'
import * as reader from '../../../../lib/networks/tiktok/read.ts'
import type { FollowRow, PostRow, ProfileRow, RelationRow } from '../../../../lib/store/types.ts'
import { compareFollows, comparePosts, compareProfile, compareRelations, findForeign } from '../../../harness/truth.ts'
import { drifts, simulateTiktok } from '../../../networks/tiktok/index.ts'
import type { Simulation, SimulationOptions } from '../../../networks/types.ts'
import { ask as asked } from '../../simulation/ask.ts'
import { valid } from './ask.ts'

const open: Simulation[] = []
afterAll(async () => { await Promise.all(open.map(site => site.close())) })

const host = 'www.tiktok.com'
const sections: Run['sections'] = { bookmarks: { state: 'now', pages: 0 }, likes: { state: 'now', pages: 0 } }

const start = async (options: SimulationOptions = {}) => {
  const simulation = await simulateTiktok({ follows: 65, posts: 40, relations: 20, ...options })
  open.push(simulation)
  const read = (answer: Omit<Answer, 'seenAt'>): Reading => checked(valid(reader.read({ ...answer, seenAt: new Date().toISOString() })))
  return {
    simulation,
    page: async (address: string, whole = true) => {
      const { text, status } = await asked(simulation, new URL(address, simulation.home).pathname, { host })
      const body = whole ? text : [...text.matchAll(/<script id="[^"]*" type="application\/json">.*?<\/script>/gs)].map(found => found[0].replace(/ id="[^"]*"/, '')).join('\n')
      return read({ url: new URL(address, simulation.home).href, page: new URL(address, simulation.home).href, status, contentType: 'text/html', body })
    },
    api: async (path: string) => {
      const { text, status, headers } = await asked(simulation, path, { host })
      const wait = headers['retry-after']
      return read({ url: `https://${host}${path}`, page: simulation.profile, status, contentType: String(headers['content-type']), body: text, ...(typeof wait === 'string' && { headers: { 'retry-after': wait } }) })
    },
  }
}
type Site = Awaited<ReturnType<typeof start>>

const keys = ['profiles', 'follows', 'posts', 'relations', 'counts', 'unread', 'ends'] as const

/** Goes through the account as the page does: its document, then page after page of each list. */
const wholeAccount = async (site: Site, modes: string[], whole: boolean) => {
  const all = nothing()
  const take = (reading: Reading): Reading => {
    for (const key of keys) (all[key] as unknown[]).push(...reading[key])
    return reading
  }
  const first = take(await site.page(site.simulation.profile, whole))
  const viewer = first.viewer as Viewer
  const [secUid] = viewer.aliases ?? []
  const ends: Record<string, string> = {}
  const old = modes.includes('creator-list')
  const lists = [
    ['follows', `/api/user/list/?scene=${modes.includes('swapped-scenes') ? 67 : 21}&count=30&maxCursor=0&secUid=${secUid}`, 'minCursor'],
    ['posts', `/api/${old ? 'creator' : 'post'}/item_list/?count=35&secUid=${secUid}`, 'cursor'],
    ['reposts', `/api/repost/item_list/?secUid=${secUid}`, 'cursor'],
    ['bookmarks', '/api/user/collect/item_list/?count=35', 'cursor'],
    ['likes', `/api/favorite/item_list/?secUid=${secUid}`, 'cursor'],
  ] as const
  for (const [section, path, name] of lists.filter(([section]) => section !== 'reposts' || !modes.includes('no-repost-tab'))) {
    let after: string | undefined
    for (let turn = 0; turn < 40; turn++) {
      const begin = old && section === 'posts' ? String(Date.now()) : '0'
      const reading = take(await site.api(`${path}&${name}=${after ?? begin}&msToken=MsTokenSecretOfThePerson`))
      const [end] = own(reading, viewer, sections).ends
      expect(end).toMatchObject({ section, ...(after !== undefined && { after }) })
      ends[section] = end!.state
      if (end?.state !== 'more') break
      after = end.cursor
    }
  }
  return { all, ends, viewer, secUid }
}

const expectWhole = async (options: SimulationOptions, whole = true) => {
  const modes = options.modes ?? []
  const site = await start(options)
  const { all, ends, viewer } = await wholeAccount(site, modes, whole)
  const truth = site.simulation.truth()
  expect(viewer).toMatchObject({ id: truth.viewer.id, handle: truth.viewer.handle, name: truth.viewer.name })
  expect(ends).toEqual({ follows: modes.includes('hidden-list') ? 'hidden' : 'end', posts: 'end', ...(!modes.includes('no-repost-tab') && { reposts: 'end' }), bookmarks: 'end', likes: 'end' })
  expect(all.unread).toEqual([])
  const mine = own(all, viewer, sections)
  const once = <T extends { id: string }>(rows: T[]): T[] => [...new Map(rows.map(one => [one.id, one])).values()]
  const follows = once(mine.follows)
  expect(compareFollows(follows as unknown as FollowRow[], truth)).toEqual([])
  expect(follows.toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0)).map(one => one.id)).toEqual(truth.follows.map(one => one.id))
  expect(comparePosts(once(mine.posts) as unknown as PostRow[], truth.posts, truth.viewer.id)).toEqual([])
  for (const post of mine.posts.filter(one => !one.repostOf)) expect(post.visibility).toBe(modes.includes('authorless') ? (['self', 'circle'].includes(post.visibility ?? '') ? post.visibility : undefined) : truth.posts.find(({ id }) => id === post.id)?.visibility)
  expect(compareRelations(mine.relations as RelationRow[], truth.relations ?? [])).toEqual([])
  expect(compareProfile(mine.profile as ProfileRow, truth)).toEqual([])
  expect(mine.counts).toContainEqual({ section: 'follows', ownerId: truth.viewer.id, value: truth.counted.follows })
  expect(findForeign(mine, truth)).toEqual([])
}

describe('the whole account, page by page', () => {
  it.each(['en', 'ja'] as const)('as it is, in %s, from whole pages', language => expectWhole({ language }))
  it('from script elements, as the relay hands them over', () => expectWhole({ seed: 3 }, false))
  it('of somebody who lets nobody in without asking', () => expectWhole({ locked: true }))
  it.each([...drifts].map(mode => [mode]))('%s', mode => expectWhole({ modes: [mode], seed: 4 }))
  it('in several shapes at once', () => expectWhole({ modes: ['sigi', 'string-times', 'no-stats-v2', 'shifted', 'int-more', 'swapped-scenes', 'plain-dialog'], language: 'ja', seed: 9 }, false))
})

describe('what is not the account’s own', () => {
  it.each([[[]], [['sigi']], [['swapped-scenes']], [['authorless']]])("somebody else's profile and lists, and what the page asks ahead of need (%j)", async modes => {
    const site = await start({ modes })
    const { viewer, secUid } = await wholeAccount(site, modes, true)
    const { strangers, viewer: { id } } = site.simulation.truth()
    const stranger = strangers.ids.find(one => one.startsWith('MS4'))
    const scenes = ['21', '67']
    const readings = [
      await site.page(site.simulation.strangerProfile), await site.page('/foryou'), await site.page('/explore'),
      ...(await Promise.all([
        ...['post', 'repost', 'favorite', 'creator', 'preload', 'recommend', 'related'].map(name => `/api/${name}/item_list/?secUid=${stranger}&cursor=0`), ...scenes.map(scene => `/api/user/list/?scene=${scene}&secUid=${stranger}&minCursor=0`),
        ...scenes.map(scene => `/api/user/list/?scene=${scene}&minCursor=0`), `/api/user/detail/?secUid=${stranger}`,
      ].map(site.api))),
    ]
    // Who follows the account is no part of it either.
    const followers = await site.api(`/api/user/list/?scene=${modes.includes('swapped-scenes' as never) ? 21 : 67}&secUid=${secUid}&minCursor=0`)
    expect(followers.relations.map(one => one.relation)).toEqual(['follower', 'follower', 'follower'])
    expect(readings.flatMap(reading => [...reading.posts, ...reading.follows, ...reading.profiles]).length).toBeGreaterThan(30)
    for (const reading of [...readings, followers]) {
      const mine = own(reading, viewer, sections)
      expect([mine.profile, mine.follows, mine.posts, mine.relations, mine.counts.filter(({ section }) => section !== 'followers'), mine.ends.filter(({ section }) => section !== 'followers')]).toEqual([undefined, [], [], [], [], []])
      expect(reading.posts.some(post => post.authorId === id)).toBe(false)
    }
  })

  it('an advertisement among the own posts', async () => {
    const site = await start()
    const { all, viewer } = await wholeAccount(site, [], true)
    expect(all.posts.filter(post => post.authorId !== viewer.id && !post.repostOf)).not.toEqual([])
    expect(own(all, viewer).posts.every(post => post.authorId === viewer.id)).toBe(true)
  })

  it('a guest, and somebody else at the same machine', async () => {
    const site = await start()
    site.simulation.signIn(undefined)
    expect(await site.page('/foryou')).toMatchObject({ signedOut: true })
    site.simulation.signIn('second')
    expect((await site.page(site.simulation.profile)).viewer?.id).toBe(site.simulation.truth('second').viewer.id)
  })
})

describe('what stops a capture', () => {
  it.each([
    ['429', { barrier: { kind: 'rate-limit', retryAfter: 2 } }], ['empty', { barrier: { kind: 'blocked' } }], ['check-code', { barrier: { kind: 'challenge' } }], ['captcha', { barrier: { kind: 'challenge' } }], ['signed-out', { barrier: { kind: 'login-wall' }, signedOut: true }],
  ])('%s', async (mode, said) => {
    const site = await start({ modes: [mode] })
    const secUid = 'secUid=MS4wLjABAAAAwhoever0123456789'
    for (const path of [`/api/post/item_list/?${secUid}&cursor=0`, `/api/user/list/?scene=21&${secUid}&minCursor=0`, `/api/favorite/item_list/?${secUid}&cursor=0`]) expect(await site.api(path)).toEqual({ ...nothing(), ...said })
  })
})
