/** Lists of TikTok's interface: people, and posts, with where each list goes on. */
import { SELF, type End, type Follow, type Post, type Reading, type Relation, type Section } from '../../model/index.ts'
import { at, flag, isDict, known, whole, type Dict } from '../answers/fields.ts'
import { codeOf, isRefused } from './barrier.ts'
import { addressOf, authorOf, isItem, itemId, postOf, type Author } from './items.ts'
import { personOf, relationOf, rowsOf } from './people.ts'
import { cursorText, sections, type Question } from './question.ts'

export type Seen = Pick<Post, 'source' | 'seenAt'>

/** @returns whether the list goes on, as the answer says it: the older list has a name of its own for it */
export const moreOf = (document: Dict): boolean | undefined => {
  const value = document.hasMore ?? document.has_more ?? document.hasMorePrevious
  return flag(value) ?? (whole(value) === undefined ? undefined : whole(value) !== 0)
}

/** @returns undefined where the answer does not say how the list goes on: with a code of failure it says nothing, and least of all that this is the end */
const endOf = (document: Dict, cursor: string | undefined): Pick<End, 'state' | 'cursor'> | undefined => {
  if (isRefused(document)) return { state: 'blocked' }
  if (codeOf(document)) return undefined
  const more = moreOf(document)
  if (more === false) return { state: document.isTruncated === true ? 'cut' : 'end' }
  return more === undefined && cursor === undefined ? undefined : known({ state: 'more' as const, cursor })
}

/**
 * Which list of people it is. The number in the question says it; where the answer itself bears witness to the contrary twice, the number was changed:
 * the list of follows states a `maxCursor`, that of followers does not (captures of 2022 and 2025), and nobody's follower can be somebody whom they follow
 * one-sidedly (`relation` 1), as nobody whom they follow can stand in no relation to them (0, where others stand in one).
 */
const listOf = (document: Dict, rows: unknown[], scene: number | undefined, told: boolean): 'follow' | 'follower' | undefined => {
  const relations = rows.map(row => relationOf(at(row, 'user') ?? row))
  const has = (...values: number[]): boolean => relations.some(relation => relation !== undefined && values.includes(relation))
  const bounded = document.maxCursor !== undefined
  const looksFollowed = bounded && has(1) && relations.every(relation => relation === 1 || relation === 2)
  const looksFollowing = !bounded && has(0) && has(2) && !has(1)
  if (looksFollowed) return 'follow'
  if (looksFollowing) return 'follower'
  // A saved answer, of which nobody said what it is.
  if (!told && scene === undefined && document.minCursor !== undefined && !bounded) return 'follower'
  return scene === undefined || scene === 21 ? 'follow' : scene === 67 ? 'follower' : undefined
}

/**
 * Where a row stands, so that rows of all pages come in the order of the list: the cursors are places from the beginning, or (as far as was seen) times
 * that fall. Not a number from 0 then, but one that grows along the list.
 */
const firstPlace = (after: string | undefined): number | undefined => {
  if (after === undefined) return 0
  const cursor = whole(after)
  if (cursor === undefined) return undefined
  if (cursor < 100_000_000) return cursor
  const seconds = cursor > 4_000_000_000 ? Math.floor(cursor / 1000) : cursor
  return seconds > 4_000_000_000 ? undefined : (4_000_000_000 - seconds) * 1000
}

/** @returns whether the document is an answer to a question for a list of people */
export const readPeople = (document: Dict, question: Question, seen: Seen, reading: Reading): boolean => {
  const rows = rowsOf(document)
  const more = moreOf(document)
  const cursor = cursorText(document.minCursor) ?? cursorText(document.min_cursor) ?? cursorText(document.cursor)
  const failed = Boolean(codeOf(document))
  if (rows === undefined && (failed ? !isRefused(document) : more === undefined && document.minCursor === undefined)) return false
  const kind = listOf(document, rows ?? [], question.scene, question.kind === 'people')
  // Suggestions, friends and the like: partial lists of no section.
  if (!kind) return true
  const section: Section = kind === 'follow' ? 'follows' : 'followers'
  const { ownerId, after } = question
  const hides = Number(document.minCursor) === -1
  // An account that hides its list is answered without one (measured by others, 2026-09-08); behind rows that were shown it is the end.
  if (!failed && (rows === undefined || rows.length === 0) && (hides || (rows === undefined && more === false && after === undefined))) {
    reading.ends.push(known({ section, ownerId, state: 'hidden' as const, after }))
    return true
  }
  const first = firstPlace(after)
  let lost = 0
  for (const [index, row] of (rows ?? []).entries()) {
    const person = personOf(at(row, 'user') ?? row)
    if (!person) lost++
    else if (kind === 'follow') reading.follows.push(known({ ...person, ownerId, relation: 'follow' as const, position: first === undefined ? undefined : first + index, ...seen }) satisfies Follow)
    else reading.relations.push(known({ ...person, ownerId, relation: 'follower' as const, ...seen }) satisfies Relation)
  }
  const total = whole(document.total)
  if (total !== undefined && total > 0) reading.counts.push(known({ section, ownerId, value: total }))
  const end = endOf(document, cursor)
  if (end) reading.ends.push(known({ section, ownerId, ...end, after }))
  if (lost > 0) reading.unread.push(known({ reason: 'no-records', operation: question.operation, section, ownerId, records: lost }))
  return true
}

/** A post that somebody keeps, likes or shows again: that it is there, and whose it is. */
const pointerOf = (item: Dict, named: ReadonlyMap<string, Author> | undefined) => {
  const id = itemId(item) as string
  const author = authorOf(item, named)
  return { id, url: addressOf(item, id, author.handle), author }
}

/** What one item is in the list that was asked for. */
export const readItem = (item: Dict, question: Question, seen: Seen, reading: Reading, named?: ReadonlyMap<string, Author>): void => {
  const { kind } = question
  if (kind === 'reposts') {
    const { id, url, author } = pointerOf(item, named)
    reading.posts.push(known({ id: `repost:${id}`, authorId: question.ownerId, repostOf: known({ id, url, authorId: author.id ?? author.secUid, authorHandle: author.handle }), ...seen }))
  } else if (kind === 'likes' || kind === 'bookmarks') {
    const { id, url, author } = pointerOf(item, named)
    reading.relations.push(known({ id, handle: author.handle, post: true, url, relation: kind === 'likes' ? ('like' as const) : ('bookmark' as const), ownerId: ownerOf(question), ...seen }))
  } else {
    const post = postOf(item, seen, known({ named, owner: kind === 'posts' || kind === 'creator' ? question.ownerId : undefined }))
    if (post) reading.posts.push(post)
  }
}

/** Favourites are shown to nobody but the account itself: where the question names nobody they are the viewer's. */
const ownerOf = ({ kind, ownerId }: Question): string | undefined => ownerId ?? (kind === 'bookmarks' ? SELF : undefined)

const listKeys = ['itemList', 'item_list', 'items', 'aweme_list'] as const

/** The older list states no cursor: it goes on before its last post. */
const cursorOf = (document: Dict, question: Question): string | undefined => {
  const stated = cursorText(document.cursor) ?? cursorText(document.maxCursor) ?? cursorText(document.max_cursor)
  if (stated !== undefined || question.kind !== 'creator') return stated
  const rows = listKeys.map(key => document[key]).find(Array.isArray) as unknown[] | undefined
  const last = Number(at(rows?.at(-1), 'createTime'))
  return last > 0 ? String(Math.floor(last * 1000)) : undefined
}

/** Posts of one author alone, in a list of which nobody told what it is: it is taken for theirs. */
const guessed = (document: Dict, question: Question): Question => {
  const rows = question.kind === 'unknown' ? listKeys.flatMap(key => (Array.isArray(document[key]) ? (document[key] as unknown[]) : [])) : []
  const authors = new Set(rows.map(row => (isDict(row) && isItem(row) ? authorOf(row).id : undefined)))
  const [ownerId] = authors
  return authors.size === 1 && ownerId ? { ...question, kind: 'posts', ownerId } : question
}

/** Where a list of posts stands. @returns whether the document is an answer to a question for one */
export const readListEnd = (document: Dict, asked: Question, reading: Reading): boolean => {
  const question = guessed(document, asked)
  const section = sections[question.kind]
  if (!section || section === 'profile') return false
  const rows = listKeys.map(key => document[key]).find(value => value !== undefined)
  if (rows === undefined && (codeOf(document) ? !isRefused(document) : moreOf(document) === undefined)) return false
  const ownerId = ownerOf(question)
  const end = endOf(document, cursorOf(document, question))
  if (end) reading.ends.push(known({ section, ownerId, ...end, after: question.after }))
  const lost = Array.isArray(rows) ? rows.filter(row => !isDict(row) || !isItem(row)).length : 0
  if (lost > 0) reading.unread.push(known({ reason: 'no-records', operation: question.operation, section, ownerId, records: lost }))
  return true
}
