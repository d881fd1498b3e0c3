/** The reader against everything the simulated site answers: what comes out is what the simulation holds, in every form it takes. */
import { describe, expect, it } from 'vitest'
import { own as ownOf } from '../../../../lib/capture/keep.ts'
import { Reading, nothing, type Section } from '../../../../lib/model/index.ts'
import { viewer as viewerOf } from '../../../../lib/networks/x/read.ts'
import type { FollowRow, PostRow, ProfileRow, RelationRow } from '../../../../lib/store/types.ts'
import { compareFollows, comparePosts, compareProfile, compareRelations, findForeign } from '../../../harness/truth.ts'
import { documentFor, operations, type Operation } from '../../../networks/x/answers.ts'
import { page } from '../../../networks/x/pages.ts'
import type { Context } from '../../../networks/x/shapes.ts'
import { truthOf } from '../../../networks/x/truth.ts'
import { makeWorld } from '../../../networks/x/world.ts'
import { ask, site } from './ask.ts'

const world = makeWorld({ seed: 7, follows: 64, posts: 90, relations: 14, locked: false })
const account = world.first
const me = account.person
const viewer = { id: me.id, handle: me.handle }
let nonce = 0
const contextOf = (modes: string[]): Context => ({ modes: new Set(modes), viewer: me, following: new Set(account.follows.map(one => one.id)), nonce: ++nonce })

const answer = (operation: Operation, variables: Record<string, unknown>, modes: string[]) => {
  const reading = ask(documentFor(world, account, { operation, variables }, contextOf(modes)), { operation, variables, page: `/${me.handle}` })
  expect(Reading.safeParse(reading).success).toBe(true)
  return reading
}

type Lists = Omit<Reading, 'viewer' | 'signedOut' | 'barrier' | 'next'>

/** Goes through one list by its cursors, as the page does. @returns how it ended */
const through = (operation: Operation, section: Section, variables: Record<string, unknown>, modes: string[], into: Lists): string => {
  let after: string | undefined
  for (let turn = 0; turn < 60; turn++) {
    const reading = answer(operation, { ...variables, count: 20, ...(after && { cursor: after }) }, modes)
    expect(reading.unread.filter(({ reason }) => reason !== 'withheld-posts')).toEqual([])
    for (const name of ['profiles', 'follows', 'posts', 'relations', 'counts', 'ends'] as const) (into[name] as unknown[]).push(...reading[name])
    ;(into.places ??= []).push(...(reading.places ?? []))
    const end = reading.ends.find(one => one.section === section)
    expect(end?.after).toBe(after)
    if (end?.state !== 'more') return end?.state ?? 'none'
    after = end.cursor
  }
  return 'endless'
}

const wholeAccount = (modes: string[]) => {
  const all: Lists = { ...nothing(), places: [] }
  const profile = answer('UserByScreenName', { screen_name: me.handle }, modes)
  all.profiles.push(...profile.profiles)
  all.counts.push(...profile.counts)
  const userId = me.id
  const ends: Record<string, string> = {
    follows: through('Following', 'follows', { userId }, modes, all), posts: through('UserTweets', 'posts', { userId }, modes, all), replies: through('UserTweetsAndReplies', 'replies', { userId }, modes, all),
    lists: through('ListsManagementPageTimeline', 'lists', {}, modes, all), blocks: through('BlockedAccountsAll', 'blocks', {}, modes, all), mutes: through('MutedAccounts', 'mutes', {}, modes, all),
    bookmarks: through('Bookmarks', 'bookmarks', {}, modes, all), likes: through('Likes', 'likes', { userId }, modes, all),
  }
  for (const part of all.places!.map(one => one.part)) ends[`list ${part}`] = through('ListMembers', 'lists', { listId: part }, modes, all)
  return { all, ends }
}

/** As the store keeps them: each once, a fuller value never lost. */
const kept = <T extends { id: string }>(records: T[], key = (one: T): string => one.id): T[] => [...records.reduce((rows, one) => rows.set(key(one), { ...rows.get(key(one)), ...one }), new Map<string, T>()).values()]

const sections = Object.fromEntries(['profile', 'follows', 'posts', 'replies', 'lists', 'blocks', 'mutes', 'bookmarks', 'likes'].map(name => [name, { state: 'now' as const, pages: 1 }]))

const modeSets: string[][] = [
  [], ['gen-a'], ['gen-b'], ['mixed'], ['no-legacy'], ['timeline-v2'], ['item-variants'], ['shuffled'], ['errors-beside'], ['end-empty'], ['empty-goes-on'], ['end-terminated'], ['end-same'],
  ['mixed', 'no-legacy', 'timeline-v2', 'item-variants', 'shuffled', 'errors-beside', 'end-empty', 'end-same'],
]

describe('the whole account, page by page', () => {
  it.each(modeSets.map(modes => [modes.join(' + ') || 'as it is', modes] as const))('%s', (_, modes) => {
    const { all, ends } = wholeAccount([...modes])
    const truth = truthOf(world, account, new Set(modes))
    expect(Object.values(ends).every(state => state === 'end'), JSON.stringify(ends)).toBe(true)
    const places = Object.fromEntries(all.places!.filter(({ ownerId }) => ownerId === me.id).map(({ part, name }) => [part, { state: 'now' as const, pages: 0, name }]))
    expect(Object.values(places).map(({ name }) => name).toSorted()).toEqual(account.lists.map(({ name }) => name).toSorted())
    const mine = ownOf({ ...all }, viewer, { ...sections, lists: { state: 'now', pages: 1, parts: places } })
    expect(comparePosts(kept(mine.posts) as PostRow[], truth.posts, me.id)).toEqual([])
    expect(compareFollows(kept(mine.follows) as FollowRow[], truth)).toEqual([])
    expect(compareRelations(kept(mine.relations, one => `${one.relation} ${one.listId} ${one.id}`) as RelationRow[], truth.relations!)).toEqual([])
    expect(compareProfile(mine.profile as ProfileRow, truth)).toEqual([])
    expect(mine.profile?.bioFacets).toEqual(truth.viewer.bioFacets)
    expect(mine.counts).toContainEqual({ section: 'follows', ownerId: me.id, value: truth.counted.follows })
    expect(mine.counts).toContainEqual({ section: 'posts', ownerId: me.id, value: truth.posts.length })
    expect(findForeign([mine.profile, mine.follows, mine.posts, mine.relations, mine.counts], truth)).toEqual([])
    // Nothing of what was read, kept or not, has a token, and no person in a list is a stranger of its modules and advertisements.
    const written = JSON.stringify(all)
    for (const secret of truth.secrets!) expect(written).not.toContain(secret)
    expect(all.follows.every(({ ownerId }) => ownerId === me.id)).toBe(true)
    expect(all.follows.length).toBe(account.follows.length)
  })

  it('says that the list was cut where the network stops it', () => {
    const all: Lists = nothing()
    expect(through('Following', 'follows', { userId: me.id }, ['cut-follows'], all)).toBe('cut')
    expect(compareFollows(all.follows as FollowRow[], truthOf(world, account, new Set(['cut-follows'])))).toEqual([])
  })

  it('keeps posts for followers narrow', () => {
    const locked = makeWorld({ seed: 3, follows: 3, posts: 12, relations: 0, locked: true })
    const body = documentFor(locked, locked.first, { operation: 'UserTweets', variables: { userId: locked.first.person.id } }, { modes: new Set(), viewer: locked.first.person, following: new Set(), nonce: 1 })
    const { posts } = ask(body, { operation: 'UserTweets', variables: { userId: locked.first.person.id } })
    expect(posts.length).toBeGreaterThan(4)
    expect(posts.filter(({ authorId }) => authorId === locked.first.person.id).every(({ visibility }) => visibility === 'followers')).toBe(true)
  })
})

describe('whatever else the page asks', () => {
  const stranger = world.strangers[5]!
  const questions: Partial<Record<Operation, Record<string, unknown>>> = {
    Following: { userId: stranger.id }, Followers: { userId: stranger.id }, BlueVerifiedFollowers: { userId: me.id }, FollowersYouKnow: { userId: stranger.id }, UserTweets: { userId: stranger.id }, UserByScreenName: { screen_name: stranger.handle },
    HomeTimeline: {}, SearchTimeline: {}, SidebarUserRecommendations: {}, TweetDetail: { focalTweetId: account.posts[0]!.id }, ListMembers: { listId: account.read[0]!.id }, ListLatestTweetsTimeline: { listId: account.lists[0]!.id },
  }
  it.each(Object.entries(questions) as [Operation, Record<string, unknown>][])('%s gives the account nobody of theirs', (operation, variables) => {
    for (const modes of [[], ['gen-a'], ['mixed', 'item-variants']]) {
      const mine = ownOf(answer(operation, variables, modes), viewer, sections)
      expect(mine.follows).toEqual([])
      expect(mine.relations).toEqual([])
      expect(mine.posts.every(({ authorId }) => authorId === me.id)).toBe(true)
      expect(findForeign(mine, truthOf(world, account, new Set()))).toEqual([])
    }
  })

  it('a list whose owner nobody says stays ownerless', () => {
    const body = documentFor(world, account, { operation: 'Following', variables: { userId: stranger.id } }, contextOf([]))
    const reading = ask(body, { operation: 'Following' })
    expect(reading.follows.length).toBeGreaterThan(10)
    expect([...reading.follows, ...reading.ends].every(one => one.ownerId === undefined)).toBe(true)
  })

  it('every operation is one that the relay hands over, but for the streams of others', async () => {
    const { room } = await import('../../../../lib/networks/x/index.ts')
    const worth = operations.filter(name => room.answers.some(pattern => new RegExp(pattern).test(`/i/api/graphql/abcdefghijklmnopqrstuv/${name}`)))
    expect(operations.filter(name => !worth.includes(name))).toEqual(['HomeTimeline', 'SidebarUserRecommendations', 'SearchTimeline'])
    expect(room.answers.some(pattern => new RegExp(pattern).test('/graphql/abc/Viewer'))).toBe(true)
    for (const name of ['CreateTweet', 'FavoriteTweet', 'DeleteBookmark', 'DmAllSearchSlice', 'PinTweet']) expect(room.answers.some(pattern => new RegExp(pattern).test(`/i/api/graphql/abc/${name}`)), name).toBe(false)
  })
})

describe('pages', () => {
  const html = (modes: string[], signedIn = true): string => page({ world, viewer: signedIn ? me : undefined, context: contextOf(modes), language: 'ja', nonce: 'n1' })
  it('say who is signed in, and nothing of their session', () => {
    expect(viewerOf({ page: `${site}/home`, documents: [html([])] })).toEqual({ id: me.id, handle: me.handle, name: me.name })
    expect(viewerOf({ page: `${site}/home`, documents: [html(['viewer-late'])] })).toEqual({ id: me.id })
    const reading = ask(html([]), { contentType: 'text/html' })
    expect(reading.viewer).toEqual({ id: me.id, handle: me.handle, name: me.name })
    expect({ ...reading, viewer: undefined }).toEqual({ ...nothing(), viewer: undefined })
    expect(ask(html([], false), { contentType: 'text/html' })).toEqual({ ...nothing(), signedOut: true })
  })
  it('an answer says it too, with the name', () => {
    for (const mode of ['gen-a', 'gen-b', 'mixed']) expect(answer('Viewer', {}, [mode]).viewer).toMatchObject({ id: me.id, handle: me.handle, name: me.name })
  })
})
