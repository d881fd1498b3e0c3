/** What an answer answers: which list of whose, from which cursor. */
import { SELF, type Answer, type Section } from '../../model/index.ts'
import { idText, isDict, word, type Dict } from '../answers/fields.ts'
import { parseJson } from '../answers/json.ts'
import { room } from './index.ts'

/** `members`: of one list; `overview`: which lists there are; `folder`: a part of the bookmarks; `post`: one, and what stands around it. */
export type Kind = 'follows' | 'followers' | 'posts' | 'replies' | 'media' | 'likes' | 'bookmarks' | 'folder' | 'members' | 'overview' | 'blocks' | 'mutes' | 'profile' | 'post' | 'other'

export interface Question {
  /** The name, as the address or the request has it. */
  operation?: string
  kind: Kind
  /** Whose list was asked for; `SELF` where the network gives nobody else's. */
  ownerId?: string
  /** The name that was asked for. */
  handle?: string
  listId?: string
  /** The cursor it was asked with; absent: the first page, if `bound`. */
  after?: string
  /** The variables are known. */
  bound: boolean
  /** The handle of the page that asked. */
  page?: string
  /** The old interface (v1.1): its lists stand bare, and say the next cursor themselves. */
  rest: boolean
}

/** By the whole name: the number before it changes every few weeks, the name stays. */
const kinds: Record<string, Kind> = {
  Following: 'follows', Followers: 'followers',
  UserTweets: 'posts', UserTweetsAndReplies: 'replies', UserMedia: 'media',
  Likes: 'likes', Bookmarks: 'bookmarks', BookmarkFolderTimeline: 'folder',
  ListMembers: 'members', ListsManagementPageTimeline: 'overview',
  BlockedAccountsAll: 'blocks', MutedAccounts: 'mutes',
  UserByScreenName: 'profile', UserByRestId: 'profile', UserResultByScreenName: 'profile', UserResultByRestId: 'profile', UserResultByIdQuery: 'profile', UsersByRestIds: 'profile', Viewer: 'profile', ViewerV2: 'profile',
  TweetDetail: 'post', TweetResultByRestId: 'post', TweetResultsByRestIds: 'post', TweetEditHistory: 'post',
}

const sections: Partial<Record<Kind, Section>> = {
  follows: 'follows', followers: 'followers', posts: 'posts', replies: 'replies', media: 'media', likes: 'likes', bookmarks: 'bookmarks', folder: 'bookmarks', members: 'lists', overview: 'lists',
  blocks: 'blocks', mutes: 'mutes', profile: 'profile',
}

/** @returns the section that a question of this kind is about */
export const sectionOf = (kind: Kind): Section | undefined => sections[kind]

/** Lists that the network shows to nobody but the one whose they are. */
export const selfOnly: ReadonlySet<Kind> = new Set(['bookmarks', 'folder', 'overview', 'blocks', 'mutes'])

/** `/i/api/1.1/friends/list.json` and its kin, which the site itself no longer asks (2026-08). */
const restKinds: Record<string, Kind> = { friends: 'follows', followers: 'followers', blocks: 'blocks', 'mutes/users': 'mutes' }

const variablesIn = (value: unknown): Dict | undefined => {
  const variables = typeof value === 'string' ? parseJson(value)?.value : value
  return isDict(variables) ? variables : undefined
}

const handleAt = (address: string): string | undefined => {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  return Object.values(room.pages).map(page => page.match(url)?.handle).find(Boolean)
}

export const questionOf = (answer: Pick<Answer, 'url' | 'page' | 'request'>): Question => {
  const url = URL.canParse(answer.url) ? new URL(answer.url) : undefined
  const rest = /\/1\.1\/(friends|followers|blocks|mutes\/users)\/list\.json$/.exec(url?.pathname ?? '')
  const told = /\/graphql\/[^/]+\/(\w+)\/?$/.exec(url?.pathname ?? '')?.[1]
  const operation = word(answer.request?.operation) ?? told
  // `<number>/<name>`, as some tools write it down.
  const name = operation?.split('/').at(-1) ?? ''
  const kind = rest ? (restKinds[rest[1] as string] as Kind) : Object.hasOwn(kinds, name) ? (kinds[name] as Kind) : 'other'
  const variables = variablesIn(answer.request?.variables) ?? variablesIn(url?.searchParams.get('variables')) ?? (rest && url ? Object.fromEntries(url.searchParams) : undefined)
  const cursor = word(variables?.cursor)
  return {
    ...(operation && { operation: name }),
    kind,
    ownerId: selfOnly.has(kind) ? SELF : (idText(variables?.userId) ?? idText(variables?.user_id)),
    handle: word(variables?.screen_name)?.replace(/^@/, ''),
    listId: idText(variables?.listId) ?? idText(variables?.bookmark_collection_id),
    after: rest && cursor === '-1' ? undefined : cursor,
    bound: variables !== undefined,
    page: handleAt(answer.page),
    rest: rest !== null,
  }
}
