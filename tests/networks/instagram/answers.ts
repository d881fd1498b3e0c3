/** What the site answers: a question in, the text of the answer out. */
import { advertisement, graphItem, graphProfile, graphRow, item, personNode, profile, reduced, row, secrets, story, wire, type Context, type Json, type Obj } from './shapes.ts'
import type { Account, Person, Post, World } from './world.ts'
import * as words from './words.ts'

/** Operations by GraphQL: the name, and the one in mode `renamed`. */
export const operations = {
  profile: ['PolarisProfilePageContentQuery', 'XQZPersonScreenQuery'],
  posts: ['PolarisProfilePostsQuery', 'XQZPersonGridQuery'],
  postsNext: ['PolarisProfilePostsTabContentQuery_connection', 'XQZPersonGridMoreQuery'],
  reels: ['PolarisProfileReelsTabContentQuery', 'XQZPersonFilmsQuery'],
  reelsNext: ['PolarisProfileReelsTabContentQuery_connection', 'XQZPersonFilmsMoreQuery'],
  reposts: ['PolarisProfileRepostsTabContentQuery', 'XQZPersonEchoesQuery'],
  repostsNext: ['PolarisProfileRepostsTabContentRefetchQuery', 'XQZPersonEchoesMoreQuery'],
  follow: ['usePolarisGetFollowListQuery', 'XQZCircleListQuery'],
  saved: ['PolarisProfileSavedTabContentQuery', 'PolarisSavedShelfQuery'],
  hover: ['PolarisUserHoverCardContentV2Query', 'XQZPeekQuery'],
  feed: ['PolarisFeedRootPaginationCachedQuery_subscribe', 'XQZRiverQuery'],
  suggestions: ['PolarisProfileSuggestedUsersWithPreloadableQuery', 'XQZMaybeKnowQuery'],
  explore: ['PolarisExplorePrefetchQuery', 'XQZWanderQuery'],
  post: ['PolarisPostRootQuery', 'XQZSingleQuery'],
  tray: ['PolarisStoriesV3TrayContainerQuery', 'PolarisStoriesV4TrayQuery'],
  follow_: ['usePolarisFollowMutation', 'XQZJoinMutation'],
} as const satisfies Record<string, readonly [string, string]>
export type Operation = keyof typeof operations

export const nameOf = (key: Operation, modes: ReadonlySet<string>): string => operations[key][modes.has('renamed') ? 1 : 0]
export const keyOf = (name: string, modes: ReadonlySet<string>): Operation | undefined => (Object.keys(operations) as Operation[]).find(key => nameOf(key, modes) === name)

/** The number of the stored query. */
export const docIdOf = (key: Operation, modes: ReadonlySet<string>): string => {
  let value = modes.has('renamed') ? 7n : 3n
  for (const letter of key) value = (value * 131n + BigInt(letter.charCodeAt(0))) % 9_000_000_000_000_000n
  return String(10_000_000_000_000_000n + value)
}

/** Numbers of the older stored queries. */
export const hashes = { follow: 'd04b0a864b4b54837c0d870b0e77e076', posts: '8c2a529969ee035a5063f2fc8602a0fd' }

export const accountOf = (world: World, person: Person): Account | undefined => [world.first, world.second].find(one => one.person === person)

const PAGE = 12
const end = (start: number, page: number, total: number): boolean => start + page >= total

/** Offsets as text; of posts, opaque. */
const opaque = (offset: number): string => Buffer.from(`QVFDx|${offset}`).toString('base64url')
const offsetIn = (cursor: unknown): number => {
  if (typeof cursor !== 'string' || cursor === '') return 0
  return /^\d+$/.test(cursor) ? Number(cursor) : Number(Buffer.from(cursor, 'base64url').toString('latin1').split('|')[1]) || 0
}

const connection = (rows: Json[], after: unknown, page: number): Obj => {
  const start = offsetIn(after)
  const last = end(start, page, rows.length)
  return { edges: rows.slice(start, start + page).map((node, i) => ({ node, cursor: opaque(start + i + 1) })), page_info: { end_cursor: last ? null : opaque(start + page), has_next_page: !last, has_previous_page: false, start_cursor: null } }
}

const phone = (rows: Json[], maxId: unknown, page = PAGE): Obj => {
  const start = offsetIn(maxId)
  const last = end(start, page, rows.length)
  return { items: rows.slice(start, start + page), num_results: rows.slice(start, start + page).length, more_available: !last, auto_load_more_enabled: true, ...(last ? {} : { next_max_id: opaque(start + page) }), status: 'ok' }
}

const countsOf = (world: World, person: Person): { follows: number; posts: number } => {
  const account = accountOf(world, person)
  return account ? { follows: account.follows.length + account.uncounted, posts: account.grid.length + account.reels.filter(post => post.tabOnly).length } : { follows: world.followsOf(person).length, posts: world.postsOf(person).length }
}

const gridOf = (world: World, person: Person, viewer: Person | undefined): Post[] => world.postsOf(person).filter(post => !post.circle || viewer === person)
const listOf = (world: World, person: Person, followers: boolean): Person[] => {
  const account = accountOf(world, person)
  return followers ? account?.followersShown ?? world.followsOf(person).slice(0, 20) : account?.follows ?? world.followsOf(person)
}

/** REST: a list of people. `has_more` says anything. */
export const friendships = (world: World, person: Person, followers: boolean, query: URLSearchParams, context: Context): Obj => {
  const found = query.get('query')?.toLowerCase()
  const people = listOf(world, person, followers).filter(one => !found || one.handle.includes(found))
  const count = Math.min(Number(query.get('count')) || PAGE, 25)
  const start = offsetIn(query.get('max_id'))
  const last = end(start, count, people.length)
  return {
    users: people.slice(start, start + count).map(one => row(one, context)), big_list: !last, page_size: 200, ...(last ? {} : { next_max_id: followers ? opaque(start + count) : String(start + count) }), has_more: start % 2 === 1, should_limit_list_of_followers: false,
    use_clickable_see_more: false, show_spam_follow_request_tab: false, follow_ranking_token: `${secrets.ranking}${context.nonce}`, status: 'ok',
  }
}

export const webProfile = (world: World, person: Person, context: Context): Obj => {
  const grid = context.modes.has('graph-form') ? connection(gridOf(world, person, context.viewer).map(post => graphItem(post, context)), '', PAGE) : { edges: [], page_info: { has_next_page: true, end_cursor: opaque(0) } }
  return { data: { user: graphProfile(person, countsOf(world, person), grid, context) }, status: 'ok' }
}

export const userInfo = (world: World, person: Person, context: Context): Obj => ({ user: profile(person, countsOf(world, person), context), status: 'ok' })

export const userFeed = (world: World, person: Person, query: URLSearchParams, context: Context): Obj => ({ ...phone(gridOf(world, person, context.viewer).map(post => item(post, context)), query.get('max_id')), user: row(person, context) })

export const savedFeed = (account: Account | undefined, query: URLSearchParams, context: Context): Obj => phone((account?.saved ?? []).map(post => ({ media: item(post, context) })), query.get('max_id'), 8)

/** What stands at the top of the first page: other people's stories, and one of one's own. */
export const tray = (world: World, context: Context): Obj => {
  const own = context.viewer && accountOf(world, context.viewer)
  return {
    tray: [...(own?.grid[0] ? [own.grid[0].author === own.person ? own.grid[0] : { ...own.grid[0], author: own.person }] : []), ...world.strangers.slice(0, 6).map(one => world.postsOf(one)[0]!)].map(post => ({
      id: post.author.pk, latest_reel_media: context.now - 7200, expiring_at: context.now + 79_200, seen: 0, can_reply: true, reel_type: 'user_reel', user: row(post.author, context), items: [story(post, context)], media_count: 1, ranked_position: 1,
    })),
    status: 'ok',
  }
}

export const commentsOf = (world: World, context: Context): Obj => ({
  comments: words.comments.map((text, i) => ({ pk: `1790${i}00000000000`, user_id: world.strangers[i]!.pk, text, created_at: context.now - 999, user: row(world.strangers[i]!, context), comment_like_count: 2 })), comment_count: 2, has_more_comments: false, status: 'ok',
})

export const chaining = (world: World, context: Context): Obj => ({ users: world.strangers.slice(20, 30).map(one => ({ ...row(one, context), biography: one.bio, follower_count: one.followers, social_context: 'Suggested for you' })), is_recommend_account: false, status: 'ok' })

/** By stored queries of old. */
export const legacy = (world: World, hash: string, variables: { [key: string]: unknown }, context: Context): Obj | undefined => {
  const person = world.byPk.get(String(variables.id))
  if (!person) return { data: { user: null }, status: 'ok' }
  if (hash === hashes.follow) return { data: { user: { edge_follow: { count: countsOf(world, person).follows, ...connection(listOf(world, person, false).map(one => graphRow(one, context)), variables.after, 24) } } }, status: 'ok' }
  if (hash === hashes.posts) return { data: { user: { edge_owner_to_timeline_media: { count: countsOf(world, person).posts, ...connection(gridOf(world, person, context.viewer).map(post => graphItem(post, context)), variables.after, PAGE) } } }, status: 'ok' }
  return undefined
}

export interface Question { key: Operation; variables: { [key: string]: unknown } }

const complaint: Json = { message: 'A server error field_exception occured. Check server logs for details.', severity: 'WARNING', code: 1675002, path: ['viewer', 'badge'] }

/** By GraphQL. */
export const documentFor = (world: World, { key, variables }: Question, context: Context): Obj => {
  const { modes, viewer } = context
  const own = viewer && accountOf(world, viewer)
  const data = (variables.data ?? {}) as { [key: string]: unknown }
  const wanted = variables.userID ?? variables.id ?? data.target_user_id
  const person = typeof wanted === 'string' ? world.byPk.get(wanted) : world.byHandle.get(String(variables.username ?? ''))
  const done = (content: Obj): Obj => ({ data: content, ...(modes.has('errors-beside') ? { errors: [complaint] } : {}), extensions: { is_final: true, server_metadata: { request_start_time_ms: context.now * 1000 } }, status: 'ok' })
  const nobody = (): Obj => ({ data: { user: null }, errors: [{ message: 'execution error', severity: 'CRITICAL', code: 1675030 }], extensions: { is_final: true }, status: 'ok' })
  const root = (usual: string, other: string): string => (modes.has('roots') ? other : usual)
  const also = { xdt_viewer: { user: viewer ? { id: viewer.pk } : null } }
  switch (key) {
    case 'profile':
    case 'hover':
      return person ? done({ user: profile(person, countsOf(world, person), context), viewer: { user: viewer ? { pk: viewer.pk, id: viewer.pk, can_see_organic_insights: false, username: viewer.handle } : null } }) : nobody()
    case 'posts':
    case 'postsNext':
      return person ? done({ [root('xdt_api__v1__feed__user_timeline_graphql_connection', 'xdt_api__v2__user_timeline')]: connection(gridOf(world, person, viewer).map(post => item(post, context)), variables.after, PAGE), ...also }) : nobody()
    case 'reels':
    case 'reelsNext': {
      if (!person) return nobody()
      const rows = connection((accountOf(world, person)?.reels ?? []).map(post => ({ media: reduced(post, context), id: post.pk })), variables.after, PAGE)
      return done(modes.has('reels-august') ? { fetch__XDTUserDict: { ...(modes.has('by-name') ? {} : { id: person.pk }), clips_connection: rows } } : { xdt_api__v1__clips__user__connection_v2: rows })
    }
    case 'reposts':
    case 'repostsNext': {
      if (!person) return nobody()
      const all = (accountOf(world, person)?.reposts ?? []).map(post => ({ media: item(post, context) }))
      const start = offsetIn(variables.after ?? variables.max_id)
      const last = end(start, 6, all.length)
      const grid = { repost_grid_items: all.slice(start, start + 6), ...(modes.has('repost-max-id') ? { more_available: !last, next_max_id: last ? null : opaque(start + 6) } : { page_info: { end_cursor: last ? null : opaque(start + 6), has_next_page: !last } }) }
      return done({ fetch__XDTUserDict: { ...(modes.has('by-name') ? {} : { id: person.pk, pk: person.pk }), user_reposts_timeline: grid } })
    }
    case 'follow': {
      if (!person) return nobody()
      const followers = variables.isFollowerList === true
      const people = listOf(world, person, followers)
      return done({ [root(`xdt_api__v1__friendships__${followers ? 'followers' : 'following'}__connection`, 'xdt_people_list')]: { ...connection(people.map(one => personNode(one, context)), variables.after, PAGE), should_limit_list_of_followers: false } })
    }
    case 'saved':
      return done({ [root('xdt_api__v1__feed__saved__posts_connection', 'xdt_shelf')]: connection((own?.saved ?? []).map(post => ({ media: item(post, context) })), variables.after, 8) })
    case 'feed': {
      const posts = world.strangers.slice(0, 24).map(one => world.postsOf(one)[0]!)
      const rows: Json[] = posts.flatMap((post, i): Json[] => [{ media: item(post, context), explore_story: null, suggested_users: null }, ...(i % 4 === 1 ? [{ media: null, ad: { ad_id: '1202', items: [advertisement(posts[0]!, context, words.advertisement)] } }, { media: advertisement(posts[2]!, context, words.advertisement) }] : [])])
      // One of the account's own: people see their own posts there.
      const mine = own?.grid.find(post => post.author === own.person && !post.circle)
      return done({ xdt_api__v1__feed__timeline__connection: connection([...(mine ? [{ media: item(mine, context) }] : []), ...rows], variables.after, 10) })
    }
    case 'suggestions':
      return done({ xdt_api__v1__discover__chaining: { users: world.strangers.slice(30, 40).map(one => ({ ...personNode(one, context), biography: one.bio, follower_count: one.followers })) } })
    case 'explore':
      // Prefetched: cards, those of one's own posts among them.
      return done({ xdt_api__v1__discover__explore: { sectional_items: [{ layout_content: { medias: [...(own?.grid.slice(0, 12) ?? []), ...world.strangers.slice(3, 9).map(one => world.postsOf(one)[1]!)].map(post => ({ media: reduced(post, context) })) } }], more_available: true, next_max_id: 'x1' } })
    case 'post': {
      const post = [...world.first.grid, ...world.second.grid].find(one => one.code === variables.shortcode)
      return post ? done({ xdt_api__v1__media__shortcode__web_info: { items: [item(post, context)] } }) : nobody()
    }
    case 'tray':
      return done({ xdt_api__v1__feed__reels_tray: tray(world, context) })
    case 'follow_':
      return done({ xdt_create_friendship: { friendship_status: { following: true } } })
  }
}

/** Splits a document as the site streams it: some edges first, each further one and the page's end as documents of their own. */
const streamed = (document: Obj, label: string): Json[] => {
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
  const late = edges.slice(held).map((edge, i) => ({ label: `${label}$stream$edges`, path: [...found.path, 'edges', held + i], data: edge, extensions: { is_final: false } }))
  const last = { label: `${label}$defer$page_info`, path: found.path, data: { page_info: found.at.page_info! }, extensions: { is_final: true } }
  found.at.edges = edges.slice(0, held)
  delete found.at.page_info
  return [{ ...document, extensions: { is_final: false } }, ...late, last]
}

/** The text of a GraphQL answer, after the modes that change its form. */
export const textFor = (document: Obj, operation: string, modes: ReadonlySet<string>): string => {
  const text = modes.has('multi-doc') ? streamed(document, operation).map(wire).join('\r\n') : wire(document)
  return modes.has('prefix') ? `for (;;);${text}` : text
}
