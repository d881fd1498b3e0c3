/** The reader against everything the simulated site answers: what comes out is what the simulation holds, in every form it takes. */
import { afterAll, describe, expect, it } from 'vitest'
import * as reader from '../../../../lib/networks/rednote/read.ts'
import type { Reading} from '../../../../lib/model/index.ts';
import { nothing, type Answer } from '../../../../lib/model/index.ts'
import type { PostRow, ProfileRow, RelationRow } from '../../../../lib/store/types.ts'
import { comparePosts, compareProfile, compareRelations, findForeign } from '../../../harness/truth.ts'
import { drifts, simulateRednote } from '../../../networks/rednote/index.ts'
import type { Simulation, SimulationOptions } from '../../../networks/types.ts'
import { ask as asked } from '../../simulation/ask.ts'
import { relayed, valid } from './ask.ts'

const open: Simulation[] = []
afterAll(async () => { await Promise.all(open.map(site => site.close())) })

const start = async (options: SimulationOptions = {}) => {
  const simulation = await simulateRednote({ posts: 40, relations: 20, ...options })
  open.push(simulation)
  const { host } = new URL(simulation.home)
  const api = host.includes('rednote') ? 'webapi.rednote.com' : 'edith.xiaohongshu.com'
  const read = (answer: Omit<Answer, 'seenAt'>): Reading => {
    const reading = valid(reader.read({ ...answer, seenAt: '2026-11-22T10:00:00.000Z' }))
    return reading
  }
  const own = simulation.truth().viewer.id
  return {
    simulation, own,
    page: async (address: string, whole = true) => {
      const url = new URL(address, simulation.home)
      const { text, status } = await asked(simulation, url.pathname + url.search, { host })
      const state = /<script>window\.__INITIAL_STATE__=(.*?)<\/script>/s.exec(text)?.[1] ?? ''
      return read({ url: url.href, page: url.href, status, contentType: 'text/html', body: whole ? text : relayed(state) })
    },
    api: async (path: string, page = simulation.profile) => {
      const { text, status, headers } = await asked(simulation, `/api/sns/web${path}`, { host: api })
      return read({ url: `https://${api}/api/sns/web${path}`, page, status, contentType: String(headers['content-type']), body: text })
    },
    feed: async (id: string) => {
      // A question by POST, as JSON.
      const { text, status } = await asked(simulation, `/api/sns/web/v1/feed?source_note_id=${id}`, { host: api })
      return read({ url: `https://${api}/api/sns/web/v1/feed`, page: simulation.profile, status, contentType: 'application/json', body: text })
    },
  }
}

/** As the store keeps them: a card does not replace a whole note. */
const kept = <T extends { id: string; partial?: boolean }>(records: T[]): T[] => [
  ...records.reduce((rows, one) => {
    const before = rows.get(one.id)
    return rows.set(one.id, !before ? one : before.partial && !one.partial ? { ...before, ...one, partial: undefined } : one.partial && !before.partial ? { ...one, ...before } : { ...before, ...one })
  }, new Map<string, T>()).values(),
]

/** Goes through the account as the page does: its document, then page after page of each list. */
const wholeAccount = async (site: Awaited<ReturnType<typeof start>>, whole: boolean, opens = 0) => {
  const all = nothing()
  const take = (reading: Reading): Reading => {
    for (const key of ['profiles', 'follows', 'posts', 'relations', 'counts', 'unread', 'ends'] as const) (all[key] as unknown[]).push(...reading[key])
    return reading
  }
  const ends: string[] = []
  for (const [tab, path, section] of [['', '/v1/user_posted', 'posts'], ['?tab=fav&subTab=note', '/v2/note/collect/page', 'bookmarks'], ['?tab=liked', '/v1/note/like/page', 'likes']] as const) {
    const first = take(await site.page(`/user/profile/${site.own}${tab}`, whole))
    expect(first.viewer).toMatchObject({ id: site.own, handle: site.own })
    let end = first.ends.find(one => one.section === section)
    for (let turn = 0; end?.state === 'more' && turn < 30; turn++) {
      expect(end.ownerId).toBe(site.own)
      const after: string | undefined = end.cursor
      const reading = take(await site.api(`${path}?num=30&cursor=${after}&user_id=${site.own}&image_formats=jpg,webp,avif&xsec_token=XsecSecretOfThePerson`))
      end = reading.ends.find(one => one.section === section)
      expect(end).toMatchObject({ after, ownerId: site.own })
    }
    ends.push(end?.state ?? 'none')
  }
  for (const { id } of site.simulation.truth().posts.slice(0, opens)) take(await site.feed(id))
  return { all, ends }
}

const expectWhole = async (options: SimulationOptions, whole: boolean, opens = 0) => {
  const site = await start(options)
  const { all, ends } = await wholeAccount(site, whole, opens)
  const truth = site.simulation.truth()
  expect(ends).toEqual(['end', 'end', 'end'])
  expect(all.unread).toEqual([])
  expect(comparePosts(kept(all.posts.filter(post => post.authorId === site.own)) as unknown as PostRow[], truth.posts, site.own)).toEqual([])
  expect(all.posts.every(post => post.authorId === site.own && post.visibility === (post.partial ? 'public' : undefined))).toBe(true)
  const relations = [...new Map(all.relations.map(one => [`${one.relation} ${one.id}`, one])).values()]
  expect(relations.every(one => one.ownerId === site.own && one.post)).toBe(true)
  expect(compareRelations(relations as RelationRow[], truth.relations ?? [])).toEqual([])
  expect(compareProfile(all.profiles.reduce((one, other) => ({ ...one, ...other })) as ProfileRow, truth)).toEqual([])
  expect(all.counts).toContainEqual({ section: 'follows', ownerId: site.own, value: truth.counted.follows })
  expect(findForeign(all, truth)).toEqual([])
}

describe('the whole account, page by page', () => {
  it.each(['en', 'zh'] as const)('as it is, in %s, from whole pages', language => expectWhole({ language }, true))
  it('from script elements, as the relay hands them over', () => expectWhole({ seed: 3 }, false))
  it.each([...drifts].map(mode => [mode]))('%s', mode => expectWhole({ modes: [mode], seed: 4 }, true, 6))
  it('with every note opened, in several shapes at once', () => expectWhole({ modes: ['ef-streams', 'refs', 'new-set', 'three-tabs', 'snake-state', 'rednote-host'], language: 'zh', seed: 9 }, false, 40))
})

describe('what is not the account’s own', () => {
  it("somebody else's profile: their records are theirs, and whether they are followed is kept apart", async () => {
    const site = await start()
    const followed = await site.page(`/user/profile/${site.simulation.truth().strangers.ids.at(-1)}`)
    expect(followed.viewer?.id).toBe(site.own)
    expect(followed.relations).toMatchObject([{ relation: 'known', ownerId: site.own, id: site.simulation.truth().strangers.ids.at(-1) }])
    const stranger = await site.page(site.simulation.strangerProfile)
    expect(stranger.relations).toEqual([])
    expect(stranger.profiles.filter(one => one.id === site.own)).toHaveLength(1)
    for (const reading of [stranger, followed]) {
      expect(reading.posts.length).toBeGreaterThan(5)
      expect(reading.posts.some(post => post.authorId === site.own)).toBe(false)
      expect(reading.ends.some(end => end.ownerId === site.own)).toBe(false)
    }
  })

  it('the start page, a guest, and what strangers write where a careless reader would take it for state', async () => {
    const site = await start()
    const feed = await site.page('/explore')
    expect(feed.viewer?.id).toBe(site.own)
    expect(feed.posts.every(post => post.authorId !== site.own && post.partial)).toBe(true)
    expect(feed.ends).toEqual([])
    site.simulation.signIn(undefined)
    const guest = await site.page('/explore')
    expect([guest.viewer, guest.signedOut]).toEqual([undefined, true])
    expect((await site.api('/v2/user/me')).signedOut).toBe(true)
    site.simulation.signIn('second')
    expect((await site.api('/v2/user/me')).viewer?.id).toBe(site.simulation.truth('second').viewer.id)
    // Signed in on the one site is not signed in on the other.
    const other = await asked(site.simulation, '/explore', { host: 'www.rednote.com' })
    expect(reader.viewer({ page: 'https://www.rednote.com/explore', documents: [other.text] })).toBeUndefined()
  })
})

describe('what stops a capture', () => {
  it.each([
    ['429', { kind: 'rate-limit' }], ['461', { kind: 'challenge' }], ['hollow', { kind: 'challenge' }], ['ip-blocked', { kind: 'blocked' }], ['session-expired', { kind: 'login-wall' }], ['captcha', { kind: 'challenge' }],
  ])('%s', async (mode, barrier) => {
    const site = await start({ modes: [mode] })
    const reading = await site.api(`/v1/user_posted?cursor=&user_id=${site.own}`)
    expect(reading).toEqual({ ...nothing(), ...(mode === 'session-expired' && { signedOut: true }), barrier })
  })
})
