/** Which question an answer belongs to: told from the operation's name, the variables, the address and the page, loosely. */
import type { Section } from '../../model/index.ts'
import { idText, isDict, word, type Dict } from '../answers/fields.ts'
import { parseJson } from '../answers/json.ts'
import { room } from './index.ts'

/** Tabs of a profile, which are lists of posts. */
export type Tab = Extract<Section, 'posts' | 'replies' | 'reposts' | 'media'>

export type Kind = Tab | 'follows' | 'followers' | 'friendships' | 'profile' | 'ignored' | 'other' | 'unknown'

export interface Question {
  operation?: string
  kind: Kind
  /** Whose account was asked for. */
  ownerId?: string
  handle?: string
  /** The cursor it was asked with; absent: the first page, if `bound` says that the variables are known. */
  after?: string
  /** The variables are known. */
  bound: boolean
  /** The page that asked is a tab of this person's profile. */
  page?: { tab: Tab; handle: string }
}

/** First that fits; names rotate, their words stay. */
const kinds: [RegExp, Kind][] = [
  [/Mutation|Subscription|Notification|Activity|Badge|ScreenTime|Logging|Ads?(?=[A-Z]|$)|Sponsor/, 'ignored'],
  [/PostPage|PostColumn|Permalink|Liked|Saved|Search|Hover|Suggest|Recommend|Completion|Upsell|Nux|Settings|Insight|ViewCount|Composer|Inbox/i, 'other'],
  [/^(?!.*(?:Profile|Friendship|Dialog)).*Feed/i, 'other'],
  [/Friendships?Dialog/i, 'friendships'],
  [/Followers/i, 'followers'],
  [/(?:Friendships?|Profile|User|Dialog|List|Tab).*Following|Following(?:Tab|List|Dialog|Users)|FollowList|^\w*?Followings?(?:Query)?$/i, 'follows'],
  [/(?:Profile|User|Tab).*Repost|Repost.*Tab/i, 'reposts'],
  [/(?:Profile|User|Tab).*Repl(?:y|ies)|Repl(?:y|ies).*Tab/i, 'replies'],
  [/(?:Profile|User).*Media|Media.*Tab/i, 'media'],
  [/(?:Profile|User).*(?:Thread|Post)s?(?:Tab|Query|Direct|Refetch|Pagina)|(?:Threads|Posts)Tab/i, 'posts'],
  [/Profile(?:Page|Root|Query|Direct|Fallback|Header)/i, 'profile'],
]

export const kindOf = (operation: string | undefined): Kind =>
  operation === undefined ? 'unknown' : (kinds.find(([words]) => words.test(operation))?.[1] ?? 'unknown')

/** @returns the section that a question of this kind is about */
export const sectionOf = (kind: Kind): Section | undefined => {
  if (kind === 'friendships') return 'follows'
  return kind === 'ignored' || kind === 'other' || kind === 'unknown' ? undefined : kind
}

const tabs: [string, Tab][] = [['replies', 'replies'], ['reposts', 'reposts'], ['media', 'media'], ['profile', 'posts']]

/** @returns the profile tab that this address shows */
export const tabAt = (address: string): Question['page'] => {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  for (const [page, tab] of tabs) {
    const handle = room.pages[page]?.match(url)?.handle
    if (handle) return { tab, handle }
  }
  return undefined
}

const variablesOf = (value: unknown): Dict | undefined => {
  const variables = typeof value === 'string' ? parseJson(value)?.value : value
  return isDict(variables) ? variables : undefined
}

/** A phone-form answer says whose and which it is in its address. */
const restPaths: [RegExp, (last: string | undefined) => Kind][] = [
  [/\/friendships\/(\d+)\/(following|followers)\/?$/, last => (last === 'following' ? 'follows' : 'followers')],
  [/\/text_feed\/(\d+)\/profile(?:\/(replies|reposts|media))?\/?$/, last => (last as Tab | undefined) ?? 'posts'],
  [/\/users\/(\d+)\/info\/?$/, () => 'profile'],
]

const restOf = (path: string): { ownerId?: string; kind: Kind } | undefined => {
  for (const [pattern, kind] of restPaths) {
    const found = pattern.exec(path)
    if (found) return { ownerId: found[1], kind: kind(found[2]) }
  }
  return undefined
}

const cursorOf = (value: unknown): string | undefined => word(value) ?? (typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined)

/**
 * @param asked the operation's name and its variables (an object, or JSON text), where known
 * @param url address of the answer
 * @param page address of the page that asked
 */
export const questionOf = (asked: { operation?: string; variables?: unknown }, url: string, page: string): Question => {
  const address = URL.canParse(url) ? new URL(url) : undefined
  const rest = restOf(address?.pathname ?? '')
  const variables = variablesOf(asked.variables)
  const operation = word(asked.operation)
  const named = kindOf(operation)
  const kind = rest?.kind ?? named
  const person = ['userID', 'userId', 'user_id', 'profileID', 'profile_id'].map(key => idText(variables?.[key])).find(Boolean)
  // A bare `id` is a person's where a list is paged by it; elsewhere it may be anything's.
  const paged = sectionOf(kind) !== undefined || ['first', 'after'].some(key => variables && Object.hasOwn(variables, key))
  return {
    ...(operation && { operation }),
    kind,
    ownerId: rest?.ownerId ?? person ?? (paged && kind !== 'other' ? idText(variables?.id) : undefined),
    handle: word(variables?.username)?.replace(/^@/, ''),
    after: cursorOf(variables?.after) ?? cursorOf(variables?.max_id) ?? (rest ? cursorOf(address?.searchParams.get('max_id')) : undefined),
    bound: variables !== undefined || rest !== undefined,
    page: tabAt(page) ?? tabAt(url),
  }
}
