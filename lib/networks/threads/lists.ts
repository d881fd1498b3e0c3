/** Pages of lists: whose they are, where they stand in the list, and what is in them. */
import type { End, Follow, Relation, Section, Source } from '../../model/index.ts'
import { at, dict, flag, idText, isDict, known, list, word, type Dict } from '../answers/fields.ts'
import { handleOf, isPerson, personOf } from './people.ts'
import type { Question } from './question.ts'

/** @returns which list of people a name stands for; roots change, these words stay */
export const peopleList = (key: string): 'follows' | 'followers' | undefined => {
  if (/follower|followed_by/i.test(key)) return 'followers'
  return /following|edge_follow$|followees|followed_users/i.test(key) ? 'follows' : undefined
}

/** @returns the rows of a list: Relay's `edges`, or the phone form's `users` */
export const rowsOf = (value: Dict): unknown[] | undefined => [value.edges, value.users, value.nodes].find(Array.isArray)

/** The person in a row, under whichever wrapper. */
const inRow = (row: unknown): unknown => [at(row, 'node', 'user'), at(row, 'user'), at(row, 'node'), row].find(isPerson) ?? at(row, 'node') ?? row

/** @returns whether these rows are people, not posts */
export const arePeople = (rows: unknown[]): boolean => rows.some(row => isPerson(inRow(row)) && !Object.hasOwn(dict(inRow(row)) ?? {}, 'taken_at'))

const cursor = (value: unknown): string | undefined => word(value) ?? (typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined)

/**
 * Where a page stands. The end is `has_next_page: false`, or no next cursor; the phone form's `has_more` says nothing.
 * @param rest the phone form, whose end is the absence of `next_max_id`
 * @returns undefined where the list does not say: it must not be taken for complete then
 */
export const turnOf = (value: Dict, rest: boolean): Pick<End, 'state' | 'cursor'> | undefined => {
  const info = dict(value.page_info) ?? dict(value.pageInfo)
  if (info) {
    const more = flag(info.has_next_page) ?? flag(info.hasNextPage)
    const next = cursor(info.end_cursor) ?? cursor(info.endCursor)
    if (more === false) return { state: 'end' }
    if (next) return { state: 'more', cursor: next }
    // It says that there is more, and gives no way to it.
    return more ? { state: 'cut' } : { state: 'end' }
  }
  const next = cursor(value.next_max_id)
  if (next) return { state: 'more', cursor: next }
  return rest || Object.hasOwn(value, 'next_max_id') ? { state: 'end' } : undefined
}

/** An answer whose variables are not known may be any page of its list. */
const unknownStart = (question: Question, source: Source, path: readonly (string | number)[]): boolean =>
  source === 'answer' && !question.bound && (/refetch|pagina/i.test(question.operation ?? '') || path.some(key => String(key).startsWith('fetch__')))

const digits = (value: string | undefined): number | undefined => (value && /^\d{1,9}$/.test(value) ? Number(value) : undefined)

export interface Turn { end?: End; /** Place of the first row, where cursors count. */ start?: number }

/** @returns this page's place in its section */
export const turn = (
  section: Section, ownerId: string | undefined, value: Dict, rows: number,
  asked: { question: Question; source: Source; path: readonly (string | number)[]; rest: boolean },
): Turn => {
  const { question } = asked
  const stands = turnOf(value, asked.rest)
  const next = digits(stands?.cursor)
  const lost = unknownStart(question, asked.source, asked.path)
  const guessed = next === undefined ? undefined : Math.max(0, next - rows)
  const start = question.after !== undefined ? digits(question.after) : lost ? guessed : 0
  // Never the first page's place for a page that may be any.
  const after = question.after ?? (lost ? (guessed === undefined ? 'unknown' : String(guessed)) : undefined)
  return { ...(stands && { end: known({ section, ownerId, ...stands, after }) }), start }
}

/**
 * Whose list of people this is: as the question says, else as the answer does. Where both speak and differ, nobody's.
 * @param holder the nearest person above the list
 */
export const ownerOf = (question: Question, holder: Dict | undefined): { ownerId?: string; conflict: boolean } => {
  const theirs = idText(holder?.pk) ?? (/^\d+$/.test(idText(holder?.id) ?? '') ? idText(holder?.id) : undefined)
  const handle = handleOf(holder)
  if (question.ownerId) {
    const conflict = idText(holder?.pk) !== undefined && idText(holder?.pk) !== question.ownerId
    return conflict ? { conflict } : { ownerId: question.ownerId, conflict }
  }
  if (question.handle) {
    const same = handle?.toLowerCase() === question.handle.toLowerCase()
    return same ? { ownerId: theirs, conflict: false } : { conflict: handle !== undefined }
  }
  return { ownerId: theirs, conflict: false }
}

export interface People { follows: Follow[]; relations: Relation[]; lost: number }

/** Rows of a list of people, in its order. Each one is somebody's, or ownerless. */
export const peopleIn = (
  rows: unknown[], which: 'follows' | 'followers', ownerId: string | undefined, start: number | undefined,
  seen: { source: Source; seenAt?: string },
): People => {
  const found: People = { follows: [], relations: [], lost: 0 }
  for (const [index, row] of rows.entries()) {
    const person = personOf(inRow(row))
    if (!person) {
      // An empty place is nobody's record.
      if (isDict(row) && (!Object.hasOwn(row, 'node') || isDict(row.node))) found.lost++
      continue
    }
    const record = { ...person, ...(ownerId && { ownerId }) }
    if (which === 'followers') found.relations.push({ ...record, relation: 'follower', ...seen })
    else found.follows.push(known({ ...record, relation: 'follow' as const, position: start === undefined ? undefined : start + index, ...seen }))
  }
  return found
}

/** @returns whether an answer holds nothing: every value in it is null, or an empty object */
export const isBare = (value: unknown, depth = 0): boolean => {
  if (value === null || value === undefined) return true
  if (Array.isArray(value)) return value.length === 0
  return isDict(value) && depth < 3 && Object.values(value).every(inner => isBare(inner, depth + 1))
}

/** A list that holds nothing yet says that it is one. */
export const isEmptyList = (value: Dict): boolean => list(rowsOf(value) ?? [0]).length === 0 && turnOf(value, false) !== undefined
