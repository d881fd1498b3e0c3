/** Which question an answer belongs to: its address says it, else the name that was given. */
import type { Answer, Section } from '../../model/index.ts'
import { at, dict, known, whole, word } from '../answers/fields.ts'

/** `people`: a list of people; `creator`: the older list of somebody's posts; `likes`: TikTok's word for it is "favorite". */
export type Kind = 'people' | 'posts' | 'creator' | 'reposts' | 'likes' | 'bookmarks' | 'person' | 'item' | 'unknown'

export interface Question {
  kind: Kind
  operation?: string
  /** Which list of people it is: 21 whom they follow, 67 who follows them (four independent tools, 2021 to 2026; one of 2026 has it the other way round). */
  scene?: number
  /** Whose list was asked for, by either of the account's two ids. */
  ownerId?: string
  /** The cursor asked with; absent: the first page. */
  after?: string
  /** The address is one of the interface, and none that is read. */
  foreign: boolean
}

/** The ends of addresses, which serve as names too. */
const kinds: [Kind, RegExp][] = [
  ['people', /(?:^|\/)user\/list$/],
  ['bookmarks', /(?:^|\/)collect\/item_list$/],
  ['posts', /(?:^|\/)post\/item_list$/],
  ['creator', /(?:^|\/)creator\/item_list$/],
  ['reposts', /(?:^|\/)repost\/item_list$/],
  ['likes', /(?:^|\/)favorite\/item_list$/],
  ['person', /(?:^|\/)user\/detail$/],
  ['item', /(?:^|\/)item\/detail$/],
]

const kindOf = (name: string): Kind => kinds.find(([, pattern]) => pattern.test(name.replace(/[?#].*$/s, '').replace(/\/+$/, '')))?.[0] ?? 'unknown'

export const sections: Partial<Record<Kind, Section>> = { posts: 'posts', creator: 'posts', reposts: 'reposts', likes: 'likes', bookmarks: 'bookmarks', person: 'profile' }

const ownerKeys = ['secUid', 'sec_uid', 'secUserId', 'sec_user_id', 'userId', 'user_id', 'uid', 'ownerId', 'id']

/** @returns a cursor that says something: 0 is the beginning, -1 none */
export const cursorText = (value: unknown): string | undefined => {
  const text = typeof value === 'number' ? String(value) : word(value)
  return text && text.length <= 200 && !/^(?:0|-1|null|undefined|NaN)$/.test(text) ? text : undefined
}

/** The older list is asked from "now" on: such a cursor is the beginning. */
const isNow = (cursor: string, seenAt: string): boolean => {
  const now = Date.parse(seenAt)
  return /^\d{13}$/.test(cursor) && !Number.isNaN(now) && Number(cursor) >= now - 3_600_000
}

export const questionOf = (answer: Answer): Question => {
  const url = URL.canParse(answer.url) ? new URL(answer.url) : undefined
  const asks = url?.pathname.startsWith('/api/') === true
  const told = word(answer.request?.operation)
  const byPath = asks ? kindOf(url?.pathname ?? '') : 'unknown'
  const kind = byPath === 'unknown' && told ? kindOf(told) : byPath
  const variables = dict(answer.request?.variables)
  const named = (name: string): unknown => (asks ? url?.searchParams.get(name) : undefined) ?? at(variables, name)
  const ownerId = ownerKeys
    .map(named)
    .map(value => (typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : word(value)))
    .find(value => value !== undefined && /^(?:\d{5,30}|[\w-]{10,200})$/.test(value))
  const after = cursorText(kind === 'people' ? (named('minCursor') ?? named('cursor')) : named('cursor'))
  return known({
    kind,
    operation: told ?? (kind === 'unknown' ? undefined : url?.pathname),
    scene: kind === 'people' ? whole(named('scene')) : undefined,
    ownerId: kind === 'item' || kind === 'unknown' ? undefined : ownerId,
    after: after !== undefined && kind === 'creator' && isNow(after, answer.seenAt) ? undefined : after,
    foreign: asks && kind === 'unknown',
  })
}
