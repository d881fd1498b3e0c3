/** What the site's GraphQL answers: an operation and its variables in, the text of the answer out. */
import { post, profile, row, secrets, wire, type Context, type Json } from './shapes.ts'
import type { Account, Item, Person, Tab, World } from './world.ts'

type Obj = { [key: string]: Json }

/** Every operation: its name, and the name, and root, that it has in mode `renamed`. */
export const operations = {
  profile: ['BarcelonaProfilePageDirectQuery', 'XQZPersonScreenQuery'],
  hover: ['BarcelonaUsernameHovercardImplDirectQuery', 'XQZPeekQuery'],
  threads: ['BarcelonaProfileThreadsTabDirectQuery', 'XQZPersonRootsQuery'],
  threadsNext: ['BarcelonaProfileThreadsTabRefetchableDirectQuery', 'XQZPersonRootsMoreQuery'],
  replies: ['BarcelonaProfileRepliesTabDirectQuery', 'XQZPersonAnswersQuery'],
  repliesNext: ['BarcelonaProfileRepliesTabRefetchableDirectQuery', 'XQZPersonAnswersMoreQuery'],
  reposts: ['BarcelonaProfileRepostsTabDirectQuery', 'XQZPersonSharesQuery'],
  repostsNext: ['BarcelonaProfileRepostsTabRefetchableDirectQuery', 'XQZPersonSharesMoreQuery'],
  media: ['BarcelonaProfileMediaTabDirectQuery', 'XQZPersonGalleryQuery'],
  mediaNext: ['BarcelonaProfileMediaTabRefetchableDirectQuery', 'XQZPersonGalleryMoreQuery'],
  following: ['BarcelonaFriendshipsFollowingTabQuery', 'XQZFollowsQuery'],
  followingNext: ['BarcelonaFriendshipsFollowingTabRefetchableQuery', 'XQZFollowsMoreQuery'],
  followers: ['BarcelonaFriendshipsFollowersTabQuery', 'XQZFansQuery'],
  followersNext: ['BarcelonaFriendshipsFollowersTabRefetchableQuery', 'XQZFansMoreQuery'],
  feed: ['BarcelonaFeedDirectQuery', 'XQZRiverQuery'],
  feedNext: ['BarcelonaFeedPaginationDirectQuery', 'XQZRiverMoreQuery'],
  post: ['BarcelonaPostPageStrongIdTargetQuery', 'XQZSinglePageQuery'],
  search: ['useBarcelonaAccountSearchGraphQLDataSourceQuery', 'XQZFindPeopleQuery'],
  likes: ['BarcelonaLikedPageViewerQuery', 'XQZHeartsQuery'],
  suggestions: ['BarcelonaSuggestedUsersQuery', 'XQZMaybeKnowQuery'],
  unfollow: ['useBarcelonaUnfollowMutation', 'XQZLeaveMutation'],
  huge: ['BarcelonaHugeQuery', 'XQZHugeQuery'],
} as const satisfies Record<string, readonly [string, string]>
export type Operation = keyof typeof operations

export const nameOf = (key: Operation, modes: ReadonlySet<string>): string => operations[key][modes.has('renamed') ? 1 : 0]

/** The number of the stored query: another one in mode `renamed`. */
export const docIdOf = (key: Operation, modes: ReadonlySet<string>): string => {
  let value = modes.has('renamed') ? 7n : 3n
  for (const letter of key) value = (value * 131n + BigInt(letter.charCodeAt(0))) % 9_000_000_000_000_000n
  return String(10_000_000_000_000_000n + value)
}

export const keyOf = (name: string, modes: ReadonlySet<string>): Operation | undefined =>
  (Object.keys(operations) as Operation[]).find(key => nameOf(key, modes) === name)

/** Operations whose answers are pages of the lists that a capture is after. */
export const isList = (key: Operation): boolean => /^(threads|replies|reposts|media|following|followers)(Next)?$/.test(key)

export interface Question { key: Operation; variables: { [key: string]: unknown } }

const cursorOf = (item: Item, index: number): string => Buffer.from(`QVFEx|${item.key}|${index}`).toString('base64url')

const startOf = (items: Item[], cursor: unknown): number => {
  if (typeof cursor !== 'string') return 0
  const [, key, index] = Buffer.from(cursor, 'base64url').toString('latin1').split('|')
  const at = items.findIndex(item => item.key === key)
  return at >= 0 ? at + 1 : Number(index) || 0
}

const threadOf = (item: Item, context: Context): Obj => ({
  __typename: 'XDTTextAppThread',
  id: item.key,
  thread_items: item.posts.map((one, i) => ({
    post: post(one, context),
    line_type: i < item.posts.length - 1 ? 'line' : 'none',
    view_replies_cta_string: null,
    reply_facepile_users: [],
    should_show_replies_cta: false,
  })),
  thread_type: 'thread',
  thread_header_context: item.header ? { context_type: 'REPOST', context_text: null } : null,
})

const edgesOf = (items: Item[], from: number, context: Context, wrap: boolean): Json[] =>
  items.map((item, i): Json => {
    const thread = threadOf(item, context)
    const cursor = cursorOf(item, from + i)
    if (context.modes.has('beside-node')) return { node: { __typename: 'XDTTextAppThread', id: item.key }, text_post_app_thread: thread, cursor }
    return { node: wrap ? { __typename: 'XDTFeedItem', text_post_app_thread: thread } : thread, cursor }
  })

const postsConnection = (items: Item[], after: unknown, first: number, context: Context, wrap = false): Obj => {
  const from = startOf(items, after)
  const shown = items.slice(from, from + Math.min(first, 15))
  const last = from + shown.length - 1
  const more = last + 1 < items.length
  const page = { end_cursor: more ? cursorOf(items[last]!, last) : null, has_next_page: more }
  if (context.modes.has('shape-2023') && !wrap) return { threads: shown.map(item => threadOf(item, context)), page_info: page }
  return { edges: edgesOf(shown, from, context, wrap), page_info: page }
}

const peopleConnection = (people: Person[], after: unknown, first: number, context: Context, total = people.length): Obj => {
  const from = Number(after) || 0
  const shown = people.slice(from, from + first)
  const more = from + shown.length < total && shown.length > 0
  return {
    edges: shown.map((one, i) => ({ node: row(one, context), cursor: String(from + i + 1) })),
    page_info: { end_cursor: more ? String(from + shown.length) : null, has_next_page: more },
  }
}

/** The account of this person, if it is one of the two that the simulation holds whole. */
export const accountOf = (world: World, person: Person): Account | undefined => [world.first, world.second].find(one => one.person.pk === person.pk)

const itemsOf = (world: World, person: Person, tab: Tab, context: Context): Item[] => {
  const account = accountOf(world, person)
  if (!account) return tab === 'threads' ? world.postsOf(person).map(one => ({ key: one.pk, at: one.at, posts: [one] })) : []
  if (!context.modes.has('repost-both') || tab !== 'reposts') return account.tabs[tab]
  return account.tabs.reposts.map(item => (item.header ? item : { ...item, header: true, posts: [item.posts[0]!.repost!] }))
}

const feedOf = (world: World, viewer: Account | undefined): Item[] => {
  const people = world.strangers.flatMap((one, i) => (i % 3 === 0 && viewer?.follows.length ? [one, viewer.follows[(i * 5) % viewer.follows.length]!] : [one]))
  return [...new Set(people)].flatMap(one => world.postsOf(one).slice(0, 2)).map(one => ({ key: one.pk, at: one.at, posts: [one] })).sort((a, b) => b.at - a.at)
}

/** A harmless complaint beside good data. */
const complaint: Json = { message: 'A server error field_exception occured. Check server logs for details.', severity: 'ERROR', mids: ['0a1b'], code: 1675002, path: ['viewer', 'badge'] }
const failed: Json = { message: 'execution error', severity: 'CRITICAL', code: 1675030, path: ['user'] }

/** The document that answers a question, before modes touch its text. */
export const documentFor = (world: World, question: Question, context: Context): Obj => {
  const { key, variables } = question
  const modes = context.modes
  const renamed = modes.has('renamed')
  const old = modes.has('shape-2023')
  const wanted = variables.userID ?? variables.id ?? variables.user_id
  const person = typeof wanted === 'string' ? world.byPk.get(wanted) : typeof variables.username === 'string' ? world.byHandle.get(variables.username) : undefined
  const viewer = context.viewer && accountOf(world, context.viewer)
  const done = (data: Json, errors: Json[] = []): Obj => ({
    data,
    ...(errors.length || modes.has('errors-beside') ? { errors: [...errors, ...(modes.has('errors-beside') ? [complaint] : [])] } : {}),
    extensions: { is_final: true, server_metadata: { request_start_time_ms: context.now * 1000, time_at_flush_ms: context.now * 1000 + 40 } },
    status: 'ok',
  })
  const about = (root: Obj): Obj => done(root)
  switch (key) {
    case 'profile':
    case 'hover': {
      if (!person) return done({ user: null }, [failed])
      const whole = profile(person, context)
      if (person.group !== 'self' && viewer) whole.profile_context_facepile_users = viewer.follows.slice(0, 2).map(one => ({ pk: one.pk, id: one.pk, username: one.handle, profile_pic_url: row(one, context).profile_pic_url! }))
      return about(renamed ? { xqz_person: whole } : old ? { userData: { user: whole } } : { user: whole })
    }
    case 'threads': case 'threadsNext': case 'replies': case 'repliesNext': case 'reposts': case 'repostsNext': case 'media': case 'mediaNext': {
      if (!person) return done({ mediaData: null }, [failed])
      const tab = key.replace('Next', '') as Tab
      const connection = postsConnection(itemsOf(world, person, tab, context), variables.after, Number(variables.first) || 10, context)
      return about({ [renamed ? 'xqz_timeline' : 'mediaData']: connection })
    }
    case 'following': case 'followingNext': case 'followers': case 'followersNext': {
      if (!person && wanted === undefined && modes.has('unbound')) {
        return about({ fetch__XDTUserDict: { following: peopleConnection(world.strangers.slice(0, 30), '20', 10, context) } })
      }
      if (!person) return done({ user: null }, [failed])
      const account = accountOf(world, person)
      const following = key.startsWith('following')
      const list = following ? account?.follows ?? world.followsOf(person) : account?.followersShown ?? world.followsOf(person).slice(0, 20)
      const hidden = modes.has('hidden-list') && following
      const connection = peopleConnection(hidden ? [] : list, variables.after, key.endsWith('Next') ? 10 : 20, context)
      const counts = { followers: person.followers, following: following || account ? (account ? account.follows.length + account.uncounted : list.length) : list.length, mutuals: 3 }
      const edge = old ? (following ? 'following_users' : 'follower_users') : following ? 'following' : 'followers'
      const holder: Obj = { __typename: 'XDTUserDict', id: person.pk, [edge]: connection }
      if (key.endsWith('Next')) return about({ [renamed ? 'fetch__ABC' : old ? 'xdt_text_app_user' : 'fetch__XDTUserDict']: holder })
      return about({ [renamed ? 'fetch__ABC' : old ? 'xdt_text_app_user' : 'user']: { ...holder, pk: person.pk }, counts })
    }
    case 'feed':
    case 'feedNext':
      return about({ [renamed ? 'xqz_river' : 'feedData']: postsConnection(feedOf(world, viewer), variables.after, key === 'feed' ? 4 : 10, context, true) })
    case 'post': {
      const one = [...world.byCode.values()].find(p => p.pk === variables.postID)
      if (!one) return done({ media: null }, [failed])
      const whole = post(one, context)
      const info = whole.text_post_app_info as Obj
      const others = world.strangers.slice(0, 3).map(stranger => world.postsOf(stranger)[0]!)
      info.containing_thread = { posts: { edges: [...(one.replyTo ? [one.replyTo] : []), one].map(p => ({ node: post(p, context) })) } }
      info.direct_replies = { edges: others.map(p => ({ node: { posts: { edges: [{ node: post({ ...p, replyTo: one }, context) }] } }, cursor: p.pk })), page_info: { end_cursor: null, has_next_page: false } }
      return about({ media: whole })
    }
    case 'search':
      return done({ xdt_api__v1__users__search_connection: { edges: world.strangers.slice(5, 13).map(one => ({ node: { ...row(one, context), biography: one.bio, follower_count: one.followers } })) } }, [complaint])
    case 'likes':
      return about({ xdt_text_app_viewer: { id: context.viewer?.pk ?? null, liked_media: postsConnection(world.strangers.slice(20, 28).map(one => world.postsOf(one)[1]!).map(one => ({ key: one.pk, at: one.at, posts: [one] })), undefined, 8, context) } })
    case 'suggestions':
      return about({ xdt_api__v1__suggested_users: { users: world.strangers.slice(30, 38).map(one => ({ ...row(one, context), biography: one.bio, follower_count: one.followers })) } })
    case 'unfollow':
      return about({ xdt_api__v1__friendships__destroy__target_user_id: { pk: String(wanted), friendship_status: { following: false } } })
    case 'huge':
      return about({})
  }
}

/** Splits a document as the site streams it: some edges first, each further one and the page's end as documents of their own. */
const streamed = (document: Obj, operation: string): Json[] => {
  const find = (value: Json, path: string[]): { at: Obj; path: string[] } | undefined => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    if (Array.isArray(value.edges) && value.page_info) return { at: value, path }
    for (const [name, inner] of Object.entries(value)) {
      const found = find(inner, [...path, name])
      if (found) return found
    }
    return undefined
  }
  const found = find(document.data!, [])
  if (!found) return [document]
  const edges = found.at.edges as Json[]
  const held = Math.ceil(edges.length / 2)
  const label = `${operation}$${found.path.join('_')}`
  const late = edges.slice(held).map((edge, i) => ({ label: `${label}$stream`, path: [...found.path, 'edges', held + i], data: edge, extensions: { is_final: false } }))
  const end = { label: `${label}$defer$page_info`, path: found.path, data: { page_info: found.at.page_info! }, extensions: { is_final: true } }
  found.at.edges = edges.slice(0, held)
  delete found.at.page_info
  return [{ ...document, extensions: { is_final: false } }, ...late, end]
}

/** The text of the answer, after the modes that change its form. */
export const textFor = (document: Obj, operation: string, modes: ReadonlySet<string>): string => {
  const text = modes.has('multi-doc') ? streamed(document, operation).map(wire).join('\r\n') : wire(document)
  return modes.has('prefix') ? `for (;;);${text}` : text
}

/** About 50 MB of strangers in the shape of the viewer's own follow list, in pieces. */
export function* hugeAnswer(world: World, context: Context): Generator<string> {
  const rows = world.strangers.map(one => wire({ node: row(one, context), cursor: '1' })).join(',')
  yield `{"data":{"fetch__XDTUserDict":{"id":"${context.viewer?.pk ?? ''}","following":{"edges":[`
  const rounds = Math.ceil(50_000_000 / rows.length)
  for (let i = 0; i < rounds; i++) yield i ? `,${rows}` : rows
  yield ']}}},"extensions":{"is_final":true}}'
}

/** Tokens that every page and request carries. */
export const tokens = { lsd: secrets.lsd, fb_dtsg: secrets.dtsg, jazoest: '26412' }
