/**
 * What a network's own file and a capture know of the same post or person becomes one row: by number, else by the time and the words. What the file filled in is written down in the row, so that the file can
 * be taken out again. Pure, but for the looking up.
 */
import type { Post } from '../model/index.ts'
import { equal } from './merge.ts'
import type { StoredPost, Tables } from './schema.ts'
import type { Joined, Kept } from './types.ts'

/** How far two clocks of one network may be apart, in milliseconds: files state whole seconds, and some a second off. */
const APART = 2000
/** A post whose number nobody knows: these begin so, and the time follows. */
const UNNUMBERED = 'unnumbered:'
/** So many are looked up one by one; more, by the whole stretch of time in which they lie. */
const FEW = 64

export const isUnnumbered = (id: string): boolean => id.startsWith(UNNUMBERED)

/** A time to the second, as rows are sorted by it, without what may follow. */
const second = (ms: number): string => new Date(ms).toISOString().slice(0, 19)

/** Words by which two texts are compared: files end lines and cut long texts in their own ways. */
const words = (text: string | undefined): string => (text ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()
/** Without what a network puts after a text that it cut, or that has pictures. */
const uncut = (text: string): string => text.replace(/(?:\s*(?:https?:\/\/\S+|…|\.\.\.))+$/, '')

/** Whether these are the words of one post: the same, or one the beginning of the other. */
export const sameWords = (a: string | undefined, b: string | undefined): boolean => {
  const [one, other] = [words(a), words(b)]
  if (one === other) return true
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  const begun = uncut(short)
  // Of a few letters anything may be the beginning.
  return begun === uncut(long) ? true : begun.length >= 20 && long.startsWith(begun)
}

/** Own posts near some moments, and which of them is the same as another. */
export class Twins {
  #by = new Map<number, Map<string, StoredPost>>()

  constructor(rows: StoredPost[]) {
    for (const row of rows) this.put(row)
  }

  #bucket(at: number): Map<string, StoredPost> {
    const key = Math.floor(at / 1000)
    const there = this.#by.get(key) ?? new Map<string, StoredPost>()
    this.#by.set(key, there)
    return there
  }

  put(row: StoredPost): void {
    if (row.createdAt && !row.repostOf) this.#bucket(Date.parse(row.createdAt)).set(row.id, row)
  }

  drop(row: StoredPost): void {
    if (row.createdAt) this.#bucket(Date.parse(row.createdAt)).delete(row.id)
  }

  /** @param which which rows may be it @returns the nearest in time of those with the same words */
  of(post: Post, which: (row: StoredPost) => boolean): StoredPost | undefined {
    if (!post.createdAt || post.repostOf) return undefined
    const at = Date.parse(post.createdAt)
    let best: StoredPost | undefined
    let away = APART + 1
    for (let key = Math.floor((at - APART) / 1000); key <= Math.floor((at + APART) / 1000); key++) {
      for (const row of this.#by.get(key)?.values() ?? []) {
        const apart = Math.abs(Date.parse(row.createdAt!) - at)
        if (apart < away && which(row) && sameWords(post.text, row.text)) {
          best = row
          away = apart
        }
      }
    }
    return best
  }
}

/** Stored rows that may be the same as these posts. @param all also such as have a number: where some of these have none */
export const near = async (db: Tables, account: string, posts: Post[], all: boolean): Promise<StoredPost[]> => {
  const times = posts.flatMap(({ createdAt, repostOf }) => (createdAt && !repostOf ? [Date.parse(createdAt)] : []))
  if (!times.length) return []
  const spans = times.length > FEW ? [[times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))] as const] : times.map(at => [at, at] as const)
  const found = await Promise.all(
    spans.map(([from, to]) => {
      const [first, last] = [second(from - APART), `${second(to + APART)}~`]
      return all ? db.posts.where('[account+at+id]').between([account, first], [account, last]).toArray() : db.posts.where('[account+id]').between([account, UNNUMBERED + first], [account, UNNUMBERED + last]).toArray()
    }),
  )
  return found.flat()
}

/** Fields that say who saw it when, or by which it is found: of no file. */
const ours = new Set(['account', 'runId', 'firstSeen', 'lastSeen', 'seenAt', 'source', 'joined', 'key', 'order', 'sort', 'loose', 'named', 'reach', 'at', 'kind', 'waits', 'original', 'id'])
const NEW = ''

/**
 * Writes down what a file filled in; of what was seen elsewhere since, that mark goes.
 * @param old the row as it was @param row as it is now, which nobody else holds @param seen what it was made of in this batch
 */
export const note = <T extends Kept>(old: T | undefined, row: T, runId: string, filed: boolean | undefined, seen: object): void => {
  if (!filed) {
    if (!row.joined) return
    // Seen by a capture: the row is not the file's alone any more, and neither is what that saw.
    const left = Object.fromEntries(Object.entries(row.joined).filter(([field]) => field !== NEW && (seen as Record<string, unknown>)[field] === undefined))
    if (row.joined[NEW]) {
      const { run } = row.joined[NEW]
      for (const field of Object.keys(row)) if (!ours.has(field) && !(field in left) && (seen as Record<string, unknown>)[field] === undefined) left[field] = { run }
    }
    if (Object.keys(left).length) row.joined = left
    else delete row.joined
    return
  }
  if (!old) {
    row.joined = { [NEW]: { run: runId } }
    return
  }
  if (old.joined?.[NEW]) return
  const joined: Joined = { ...row.joined }
  const [was, is] = [old as unknown as Record<string, unknown>, row as unknown as Record<string, unknown>]
  for (const field of Object.keys(is)) if (!ours.has(field) && !equal(was[field], is[field]) && !joined[field]) joined[field] = { run: runId, ...(was[field] === undefined ? {} : { was: was[field] }) }
  if (Object.keys(joined).length) row.joined = joined
}

/** @returns the row without what that run's file brought: undefined, nothing is left of it; the same row, it brought nothing */
export const without = <T extends Kept>(row: T, runId: string): T | undefined => {
  const { joined } = row
  if (!joined || !Object.values(joined).some(({ run }) => run === runId)) return row
  if (joined[NEW]?.run === runId) return undefined
  const out = { ...row } as Record<string, unknown>
  const left: Joined = {}
  for (const [field, one] of Object.entries(joined)) {
    if (one.run !== runId) left[field] = one
    else if (one.was === undefined) delete out[field]
    else out[field] = one.was
  }
  if (Object.keys(left).length) out.joined = left
  else delete out.joined
  return out as unknown as T
}
