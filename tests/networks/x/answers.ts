/** What the site's GraphQL answers: an operation and its variables in, the answer out. */
import { Dice } from '../dice.ts'
import { list, tombstone, tweet, user, type Context, type Json, type Obj } from './shapes.ts'
import { type Account, type Person, type Post, type Row, type World } from './world.ts'

/** Names; the numbers before them change every few weeks. */
export const operations = [
  'Viewer', 'UserByScreenName', 'UserByRestId', 'UserTweets', 'UserTweetsAndReplies', 'UserMedia', 'Following', 'Followers', 'BlueVerifiedFollowers', 'FollowersYouKnow', 'Likes', 'Bookmarks', 'ListsManagementPageTimeline', 'ListMembers', 'ListLatestTweetsTimeline',
  'BlockedAccountsAll', 'MutedAccounts', 'TweetDetail', 'HomeTimeline', 'SidebarUserRecommendations', 'SearchTimeline',
] as const
export type Operation = (typeof operations)[number]

/** @returns the 22 letters before the name */
export const idOf = (operation: string, modes: ReadonlySet<string>): string => {
  const dice = new Dice([...operation].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), modes.has('rotated') ? 77 : 7))
  return Array.from({ length: 22 }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[dice.below(64)]).join('')
}

/** @returns whether it is one of the account's own lists */
export const isList = (operation: string): boolean => ['UserTweets', 'UserTweetsAndReplies', 'Following', 'Likes', 'Bookmarks', 'ListMembers', 'BlockedAccountsAll', 'MutedAccounts'].includes(operation)

export interface Question { operation: Operation; variables: { [name: string]: unknown } }

const BASE = 1_672_118_520_157_233_654n
const TOP = 2_085_474_368_099_450_880n

/** Items, variants of their form by mode, and entries with their place. */
class Writer {
  private place = 0n
  private readonly context: Context
  constructor(context: Context) { this.context = context }

  sortIndex(): string { return String(TOP - this.place++) }

  item(type: 'TimelineUser' | 'TimelineTweet' | 'TimelineTwitterList', inner: Obj): Obj {
    // Seen by others: entries that have a `__typename` only.
    if (this.context.modes.has('item-variants')) return this.place % 2n ? { __typename: 'TimelineTimelineItem', itemContent: { __typename: type, ...inner } } : { __typename: 'TimelineTimelineItem', content: { __typename: type, ...inner } }
    return { entryType: 'TimelineTimelineItem', __typename: 'TimelineTimelineItem', itemContent: { itemType: type, __typename: type, ...inner } }
  }
  entry(entryId: string, content: Obj): Obj { return { entryId, sortIndex: this.sortIndex(), content } }
  cursor(type: 'Top' | 'Bottom', value: string): Obj {
    return { entryId: `cursor-${type.toLowerCase()}-${TOP - this.place}`, sortIndex: type === 'Top' ? String(TOP + 1n) : this.sortIndex(), content: { entryType: 'TimelineTimelineCursor', __typename: 'TimelineTimelineCursor', value, cursorType: type } }
  }
  person(person: Person, more: Obj = {}): Obj { return this.item('TimelineUser', { userDisplayType: 'User', user_results: { result: user(person, this.context) }, ...more }) }
  post(post: Post, author: Obj, more: Obj = {}): Obj { return this.item('TimelineTweet', { tweetDisplayType: 'Tweet', tweet_results: { result: tweet(post, this.context, author) }, ...more }) }
  module(entryId: string, displayType: string, items: [string, Obj][], component: string): Obj {
    return this.entry(entryId, {
      entryType: 'TimelineTimelineModule', __typename: 'TimelineTimelineModule', displayType, clientEventInfo: { component },
      items: items.map(([id, content]) => ({ entryId: id, item: { itemContent: (content.itemContent ?? content.content) as Json, clientEventInfo: { component } } })),
    })
  }
  /** In the order of the list, or in any: the place is in each entry. */
  entries(all: Obj[]): Obj {
    if (this.context.modes.has('shuffled')) {
      const dice = new Dice(this.context.nonce)
      for (let i = all.length - 1; i > 0; i--) { const j = dice.below(i + 1); [all[i], all[j]] = [all[j]!, all[i]!] }
    }
    return { type: 'TimelineAddEntries', entries: all }
  }
}

const clear: Obj = { type: 'TimelineClearCache' }
const terminate = (direction: string): Obj => ({ type: 'TimelineTerminateTimeline', direction })

interface World_ { world: World; context: Context; account: Account | undefined }

/** Own accounts count what they have. */
const userIn = ({ world, context }: World_, person: Person): Obj => {
  const account = [world.first, world.second].find(one => one.person === person)
  if (!account) return user(person, context)
  return user(person, context, { follows: account.follows.length + account.uncounted, posts: account.posts.length, likes: account.likes.length }, account.pinned ? [account.pinned.id] : [])
}

/** A page of people. Cursors count down; `0` is the end. */
const people = (here: World_, all: Person[], variables: Question['variables'], own: boolean): Obj[] => {
  const { context, world } = here
  const { modes } = context
  const writer = new Writer(context)
  const size = own && modes.has('cut-follows') ? 50 : Number(variables.count ?? 20)
  const cursor = typeof variables.cursor === 'string' ? BASE - BigInt(variables.cursor.split('|')[0] ?? '0') : 0n
  const from = Number(cursor / 2n)
  const pause = cursor % 2n === 1n
  const page = pause ? [] : all.slice(from, from + size)
  const next = from + page.length
  const left = all.length - next
  const snow = `${TOP + BigInt(context.nonce)}`
  const live = (offset: number, flag: bigint): string => `${BASE - (BigInt(offset) * 2n + flag)}|${snow}`
  const bottom = pause ? live(from, 0n) : left <= 0 && !(modes.has('end-empty') && page.length > 0) ? `0|${snow}` : live(next, modes.has('empty-goes-on') && next === size ? 1n : 0n)
  const entries = page.map(person => writer.entry(`user-${person.id}`, writer.person(person)))
  // An advertisement may stand among them.
  if (page.length > 3) entries.splice(3, 0, writer.entry(`user-${world.strangers[context.nonce % 40]!.id}`, writer.person(world.strangers[context.nonce % 40]!, { promotedMetadata: { advertiser_results: {}, disclosureType: 'NoDisclosure', impressionString: 'disclosureSecretOfTheAd' } })))
  return [
    ...(from === 0 && !pause ? [clear] : []), terminate('Top'), ...((own && modes.has('cut-follows')) || (modes.has('end-terminated') && left <= 0) ? [terminate('Bottom')] : []),
    writer.entries([...entries, writer.cursor('Bottom', bottom), writer.cursor('Top', `-1|${snow}`)]),
  ]
}

/** A page of rows with posts. Cursors say nothing; a page without posts is the last one. */
const rows = (here: World_, all: Row[], variables: Question['variables'], what: { pinned?: Post; owner?: Person; suggest?: boolean; gone?: string }): Obj[] => {
  const { context, world } = here
  const { modes } = context
  const writer = new Writer(context)
  const size = 8
  const asked = typeof variables.cursor === 'string' ? variables.cursor : undefined
  const from = asked ? Number((JSON.parse(atob(asked.slice(8))) as { from: number }).from) : 0
  const page = all.slice(from, from + size)
  const author = (post: Post): Obj => userIn(here, post.author)
  const entries = page.flatMap((row): Obj[] => {
    const last = row.posts.at(-1)!
    if (row.posts.length === 1 && !row.lost) return [writer.entry(`tweet-${last.id}`, writer.post(last, author(last)))]
    const name = `profile-conversation-${last.id}`
    return [writer.module(name, 'VerticalConversation', [
      ...(row.lost ? [[`${name}-tweet-${row.lost.id}`, writer.item('TimelineTweet', { tweet_results: { result: tombstone() } })] as [string, Obj]] : []),
      ...row.posts.map((post): [string, Obj] => [`${name}-tweet-${post.id}`, writer.post(post, author(post))]),
    ], 'suggest_ranked_organic_tweet')]
  })
  if (what.gone && from === 0) entries.splice(1, 0, writer.entry(`tweet-${what.gone}`, writer.item('TimelineTweet', { tweet_results: {} })))
  if (page.length > 2) {
    const ad = world.postsOf(world.strangers[(context.nonce * 3) % 50]!)[0]!
    entries.splice(2, 0, writer.entry(`promoted-tweet-${ad.id}-${context.nonce}`, writer.post(ad, author(ad), { promotedMetadata: { disclosureType: 'NoDisclosure', impressionString: 'disclosureSecretOfTheAd' } })))
  }
  if (what.suggest && from === 0) entries.push(writer.module(`who-to-follow-${TOP}`, 'Vertical', world.strangers.slice(4, 7).map(one => [`who-to-follow-${TOP}-user-${one.id}`, writer.person(one)]), 'suggest_who_to_follow'))
  const cursor = (at: number): string => `DAAHCgAB${btoa(JSON.stringify({ from: at, nonce: context.nonce }))}`
  const bottom = page.length === 0 && modes.has('end-same') && asked ? asked : cursor(from + page.length)
  return [
    ...(from === 0 ? [clear] : []),
    ...(what.pinned && from === 0 ? [{ type: 'TimelinePinEntry', entry: writer.entry(`tweet-${what.pinned.id}`, writer.post(what.pinned, author(what.pinned), { socialContext: { type: 'TimelineGeneralContext', contextType: 'Pin', text: 'Pinned' } })) }] : []),
    writer.entries([...entries, writer.cursor('Top', cursor(0)), writer.cursor('Bottom', bottom)]),
  ]
}

const single = (posts: Post[]): Row[] => posts.map(post => ({ at: post.at, posts: [post] }))

const framed = (key: string, instructions: Obj[]): Obj => ({ [key]: { timeline: { instructions, metadata: { scribeConfig: { page: 'profileBest' } } } } })

/** @returns `data` of the answer */
const dataFor = (here: World_, { operation, variables }: Question): Obj => {
  const { world, context, account } = here
  const { modes } = context
  const person = world.byId.get(String(variables.userId ?? ''))
  const theirs = person && [world.first, world.second].find(one => one.person === person)
  const ofUser = (instructions: Obj[], v2: boolean): Obj => ({ user: { result: { __typename: 'User', ...framed(v2 ? 'timeline_v2' : 'timeline', instructions) } } })
  const v2 = modes.has('timeline-v2')
  switch (operation) {
    case 'Viewer':
      return { viewer: { has_community_memberships: false, create_community_action_result: { __typename: 'CommunityCreateActionUnavailable' }, ...(account && { user_results: { result: userIn(here, account.person) } }) }, is_super_follow_subscriber: false }
    case 'UserByScreenName':
    case 'UserByRestId': {
      const found = operation === 'UserByRestId' ? person : world.byHandle.get(String(variables.screen_name).toLowerCase())
      return found ? { user: { result: { ...userIn(here, found), highlights_info: { can_highlight_tweets: false, highlighted_tweets: '0' } } } } : {}
    }
    case 'Following':
      return person ? ofUser(people(here, theirs?.follows ?? world.followsOf(person), variables, theirs === account), false) : {}
    case 'Followers':
    case 'BlueVerifiedFollowers':
    case 'FollowersYouKnow':
      return person ? ofUser(people(here, [...world.followsOf(person)].reverse(), variables, false), false) : {}
    case 'UserTweets':
      return person ? ofUser(rows(here, theirs ? theirs.tweets : single(world.postsOf(person)), variables, { pinned: theirs?.pinned, suggest: true }), v2) : {}
    case 'UserTweetsAndReplies':
      return person ? ofUser(rows(here, theirs ? theirs.replies : single(world.postsOf(person)), variables, { suggest: true }), v2) : {}
    case 'UserMedia':
      return person ? ofUser(rows(here, single((theirs?.posts ?? world.postsOf(person)).filter(post => post.media.length && !post.repost)), variables, {}), v2) : {}
    case 'Likes':
      return person ? ofUser(rows(here, theirs && theirs === account ? single(theirs.likes) : [], variables, {}), v2) : {}
    case 'Bookmarks':
      return { bookmark_timeline_v2: framed('', account ? rows(here, single(account.bookmarks), variables, { gone: account.bookmarkGone }) : [])['']! }
    case 'ListsManagementPageTimeline': {
      const writer = new Writer(context)
      const items = (all: Account['lists'], module: string): [string, Obj][] => all.map(one => [`${module}-list-${one.id}`, writer.item('TimelineTwitterList', { displayType: 'ListWithPin', list: list(one, context) })])
      const own = account ? [...account.lists, ...account.read] : []
      const other = { id: '1400000000000000009', name: 'Of the day', owner: world.strangers[3]!, secret: false, members: [] }
      return { viewer: { list_management_timeline: framed('', [writer.entries([
        writer.module('pinned-list-module-0', 'Horizontal', items(own.slice(0, 1), 'pinned-list-module-0'), 'pinned_lists'),
        writer.module('list-to-follow-module-0', 'ListWithSubscribe', items([other], 'list-to-follow-module-0'), 'suggest_list_to_follow'),
        writer.module('owned-subscribed-list-module-0', 'ListWithPin', items(own, 'owned-subscribed-list-module-0'), 'owned_subscribed_lists'),
        writer.cursor('Top', 'DAABCgABtop'), writer.cursor('Bottom', 'DAABCgABbottom'),
      ])])['']! } }
    }
    case 'ListMembers': {
      const one = [...(account?.lists ?? []), ...(account?.read ?? [])].find(each => each.id === String(variables.listId))
      return { list: { members_timeline: framed('', people(here, one?.members ?? [], variables, false))['']! } }
    }
    case 'ListLatestTweetsTimeline': {
      const one = account?.lists.find(each => each.id === String(variables.listId))
      return { list: { tweets_timeline: framed('', rows(here, single((one?.members ?? []).flatMap(each => (each.gone ? [] : world.postsOf(each)))), variables, {}))['']! } }
    }
    case 'BlockedAccountsAll':
      return { viewer: framed('timeline', people(here, account?.blocks ?? [], variables, false)) }
    case 'MutedAccounts':
      return { viewer: framed('muting_timeline', people(here, account?.mutes ?? [], variables, false)) }
    case 'TweetDetail': {
      const post = world.postById.get(String(variables.focalTweetId))
      const writer = new Writer(context)
      const entries = post ? [writer.entry(`tweet-${post.id}`, writer.post(post, userIn(here, post.author))), writer.module(`conversationthread-${TOP}`, 'VerticalConversation', world.postsOf(world.strangers[9]!).slice(0, 2).map(one => [`conversationthread-${TOP}-tweet-${one.id}`, writer.post(one, user(one.author, context))]), 'suggest_related')] : []
      return { threaded_conversation_with_injections_v2: { instructions: [writer.entries(entries), terminate('Top')] } }
    }
    case 'HomeTimeline': {
      const posts = Array.from({ length: 5 }, (_, i) => world.postsOf(world.strangers[(context.nonce * 5 + i) % 60]!)[i % 5]!)
      return { home: { home_timeline_urt: framed('', rows(here, [...single(posts), ...(account?.tweets.slice(0, 1) ?? [])], {}, { suggest: true }))[''] as Json } as Obj }
    }
    case 'SearchTimeline':
      return { search_by_raw_query: { search_timeline: framed('', rows(here, single(world.strangers.slice(10, 14).flatMap(one => world.postsOf(one).slice(0, 1))), {}, {}))['']! } }
    case 'SidebarUserRecommendations':
      return { sidebar_user_recommendations: world.strangers.slice(20, 23).map(one => ({ token: 'x', user_results: { result: user(one, context) } })) }
  }
}

/** @returns the document of the answer */
export const documentFor = (world: World, account: Account | undefined, question: Question, context: Context): Obj => {
  const data = dataFor({ world, context, account }, question)
  const harmless = { message: 'Dependency: Unspecified', locations: [{ line: 1, column: 1 }], path: ['user', 'result'], extensions: { name: 'DependencyError', source: 'Server', code: 0, kind: 'Operational', tracing: { trace_id: '0' } }, code: 0, kind: 'Operational', name: 'DependencyError', source: 'Server' }
  return { data, ...(context.modes.has('errors-beside') && { errors: [harmless] }) }
}
