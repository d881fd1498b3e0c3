/** Which question an answer belongs to: told from its path, the operation's name, the variables and the page, loosely. */
import type { Section } from '../../model/index.ts'
import { at, idText, isDict, known, word, type Dict } from '../answers/fields.ts'
import { parseJson } from '../answers/json.ts'
import { room } from './index.ts'

/** Lists that are sections of a capture. `collection`: some of the saved posts. */
export type ListKind = 'follows' | 'followers' | 'posts' | 'media' | 'reposts' | 'bookmarks'
export type Kind = ListKind | 'profile' | 'collection' | 'ignored' | 'other' | 'unknown'

export interface Question {
  kind: Kind
  operation?: string
  /** Whose account was asked for. */
  ownerId?: string
  handle?: string
  /** The cursor it was asked with; absent: the first page. */
  after?: string
  /** Only some of the list: what somebody typed into its search field. */
  filtered: boolean
  /** The variables are known, or the address says whose it is. */
  bound: boolean
  /** Nothing tells which question it was: no name, no path. */
  unnamed: boolean
  /** The page that asked is this part of this person's profile. */
  page?: { list: ListKind; handle: string }
}

/** First that fits; names rotate, their words stay. */
const kinds: [RegExp, Kind][] = [
  [/Mutation|Subscription|Notification|Logging|Badge|Ads?(?=[A-Z]|$)|Sponsor|Stor(?:y|ies)|Tray|Inbox|Direct(?:Thread|Message)|^IGD|Comment|Liker/, 'ignored'],
  [/Hover|Suggest|Recommend|Search|Explore|Feed(?:Root|Timeline|Pagination)|(?:Home|Following|Favorites)Feed|Tagged|Location|Highlight|Chaining|Mutual|Clips(?:Home|Desktop)|ReelsPage|MoreFrom|MorePosts|Related/i, 'other'],
  [/Followers/i, 'followers'],
  [/FollowList|Following/i, 'follows'],
  [/Repost/i, 'reposts'],
  [/(?:Profile|User).*(?:Reels|Clips)|ReelsTab|ClipsTab/i, 'media'],
  [/Collection/i, 'collection'],
  [/Saved/i, 'bookmarks'],
  [/(?:Profile|User).*(?:Posts|Timeline|Media)|PostsTab/i, 'posts'],
  [/Profile(?:Page|Content|Root|Query|Direct|Header)|WebProfile/i, 'profile'],
]

const paths: [RegExp, Kind][] = [
  [/\/friendships\/\d+\/following\/?$/, 'follows'],
  [/\/friendships\/\d+\/followers\/?$/, 'followers'],
  [/\/feed\/user\/[\w.]+(?:\/username)?\/?$/, 'posts'],
  [/\/feed\/saved(?:\/|$)/, 'bookmarks'],
  [/\/feed\/collection(?:\/|$)/, 'collection'],
  [/\/clips\/user\/?$/, 'media'],
  [/\/users\/(?:web_profile_info|\d+\/info)\/?$/, 'profile'],
  [/\/media\/[\w-]+\/info\/?$/, 'other'],
  [/\/(?:feed\/(?:timeline|reels_tray|reels_media|injected_reels_media)|friendships\/(?:show|pending)|media\/\w+\/(?:comments|likers)|clips\/(?:home|discover|trending))/, 'ignored'],
]

/** @returns the section that a question of this kind is about */
export const sectionOf = (kind: Kind): Section | undefined => (kind === 'collection' || kind === 'ignored' || kind === 'other' || kind === 'unknown' ? undefined : kind)

const objectOf = (value: unknown): Dict | undefined => {
  const found = typeof value === 'string' ? parseJson(value)?.value : value
  return isDict(found) ? found : undefined
}

export const cursorOf = (value: unknown): string | undefined => word(value) ?? (typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined)

const lists: [string, ListKind][] = [['reels', 'media'], ['reposts', 'reposts'], ['following', 'follows'], ['followers', 'followers'], ['saved', 'bookmarks'], ['profile', 'posts']]

/** @returns the part of a profile that this address shows */
const listAt = (address: string): Question['page'] => {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  for (const [page, kind] of lists) {
    const handle = room.pages[page]?.match(url)?.handle
    if (handle) return { list: kind, handle }
  }
  return undefined
}

/** Names of stored queries of old: they say nothing. */
const hash = /^[0-9a-f]{32}$/

const nameOf = (value: unknown): string | undefined => {
  const name = word(value)?.replace(/^@/, '')
  return name && /^[\w.]{1,60}$/.test(name) ? name : undefined
}

/**
 * @param asked the operation's name and its variables (an object, or JSON text), where known
 * @param url address of the answer @param page address of the page that asked
 */
export const questionOf = (asked: { operation?: string; variables?: unknown }, url: string, page: string): Question => {
  const address = URL.canParse(url) ? new URL(url) : undefined
  const query: Dict = Object.fromEntries(address?.searchParams ?? [])
  const variables = objectOf(asked.variables) ?? objectOf(query.variables)
  const told = [variables, objectOf(variables?.data), objectOf(variables?.input), objectOf(variables?.params)].filter(isDict)
  const first = <T>(names: string[], read: (value: unknown) => T | undefined): T | undefined => {
    for (const one of told) for (const name of names) {
      const found = read(at(one, name))
      if (found !== undefined) return found
    }
    return undefined
  }
  const operation = word(asked.operation) ?? word(query.fb_api_req_friendly_name)
  const path = address?.pathname ?? ''
  const named = operation === undefined || hash.test(operation) ? undefined : kinds.find(([words]) => words.test(operation))?.[1]
  const followers = variables?.isFollowerList
  let kind: Kind = paths.find(([pattern]) => pattern.test(path))?.[1] ?? named ?? 'unknown'
  if (typeof followers === 'boolean' && kind !== 'ignored') kind = followers ? 'followers' : 'follows'
  const inPath = /\/friendships\/(\d+)\/|\/users\/(\d+)\/info|\/feed\/user\/(\d+)\/?$/.exec(path)
  const nameInPath = /\/feed\/user\/([\w.]+)\/username\/?$/.exec(path)?.[1]
  // A bare `id` is a person's where a list is paged by it, or a profile asked for; elsewhere it may be anything's.
  // Without a name it is all that is known of the question.
  const paged = kind === 'profile' || sectionOf(kind) !== undefined || (kind === 'unknown' && operation === undefined) || first(['first', 'after', 'count', 'page_size'], value => value) !== undefined
  const person = first(['userID', 'userId', 'user_id', 'target_user_id', 'targetUserID', 'profile_id', 'profileID'], idText) ?? (paged && kind !== 'other' ? first(['id'], idText) : undefined)
  const ownerId = inPath?.slice(1).find(Boolean) ?? (person && /^[1-9]\d{0,15}$/.test(person) ? person : undefined)
  const handle = nameInPath ?? first(['username', 'user_name'], nameOf) ?? nameOf(query.username)
  return {
    kind,
    ...known({ operation, ownerId, handle, after: first(['after', 'max_id', 'cursor'], cursorOf) ?? cursorOf(query.max_id), page: listAt(page) ?? listAt(url) }),
    unnamed: kind === 'unknown' && (operation === undefined || hash.test(operation)) && !/^\/api\/v\d/.test(path),
    filtered: word(query.query) !== undefined || first(['query', 'search_query'], word) !== undefined,
    bound: variables !== undefined || inPath !== null || nameInPath !== undefined || handle !== undefined,
  }
}
