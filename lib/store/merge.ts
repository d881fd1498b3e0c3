/**
 * How two sightings of one record become one. Pure.
 *
 * The rules: an absent field never overwrites; of two present values the one seen later wins; but what was seen in a less
 * trusted place (answer > embedded state > DOM > export > by hand) does not replace a better-trusted value by a thinner one.
 */
import type { Source } from '../model/index.ts'

/** What every record carries about its sighting. */
export interface Sighting { source?: Source; seenAt?: string }

/** The text of a kind of record, and the fields that only hold for that very text (offsets into it, what stands in it). */
export interface Shape { text: string; bound: string[] }

export const postShape: Shape = { text: 'text', bound: ['facets', 'tags', 'mentions', 'links'] }
export const personShape: Shape = { text: 'bio', bound: ['bioFacets'] }

type Fields = Record<string, unknown>

/** Whether two values of a record are the same, all the way down. */
export const equal = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every(key => equal((a as Fields)[key], (b as Fields)[key]))
}

const trust: Record<Source, number> = { answer: 4, state: 3, dom: 2, export: 1, hand: 0 }
const trustOf = (record: Fields): number => trust[record.source as Source] ?? -1
const has = (value: unknown): boolean => value !== undefined && value !== null
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether `next` says less than `kept`: nothing, the beginning of a text, a shorter list, a rounded number. */
export const thinner = (next: unknown, kept: unknown): boolean => {
  if (typeof next === 'string' && typeof kept === 'string') {
    return next.length < kept.length && kept.startsWith(next.replace(/\s*(…|\.\.\.)\s*$/, ''))
  }
  if (Array.isArray(next) && Array.isArray(kept)) return next.length < kept.length
  if (typeof next === 'number' && typeof kept === 'number') {
    return next !== kept && next >= 1000 && next % 100 === 0 && Math.abs(kept - next) * 20 <= kept
  }
  return false
}

/** How a value is chosen: `weaker`, the later sighting is less trusted; `filed`, it is from a file, which fills in and does not replace; `whole`, the later record is a full one. */
interface Choice { weaker: boolean; filed: boolean; whole: boolean }

const same = (a: Fields, b: Fields): boolean =>
  has(a.id) && has(b.id) ? a.id === b.id : has(a.id) || has(b.id) || !has(a.url) || !has(b.url) || a.url === b.url

const chooseObject = (earlier: Fields, later: Fields, choice: Choice): Fields => {
  if (!same(earlier, later)) return choice.weaker ? earlier : later
  const out: Fields = { ...earlier }
  for (const [key, value] of Object.entries(later)) if (has(value)) out[key] = has(earlier[key]) ? choose(earlier[key], value, choice) : value
  // A signed address and the time it ends belong together.
  if (out.url !== earlier.url && !has(later.expiresAt)) delete out.expiresAt
  return out
}

const chooseList = (earlier: unknown[], later: unknown[], choice: Choice): unknown[] => {
  if (later.length < earlier.length && (choice.weaker || !choice.whole)) return earlier
  if (choice.filed && later.length === earlier.length && !later.every(isObject)) return earlier
  if (!later.every(isObject) || !earlier.every(isObject) || !later.some(item => 'kind' in item && !('start' in item))) return later
  // Media: what an earlier sighting knew of the same item (its description, its size) stays.
  // A file knows its pictures by their place alone, and replaces none: others than were seen are worth nothing, but for further ones.
  if (choice.filed) {
    // A clip that loops is a film there.
    const kind = (item: Fields): unknown => (item.kind === 'gif' ? 'video' : item.kind)
    const alike = earlier.every((item, at) => kind(item) === kind(later[at]!) && same({ id: item.id }, { id: later[at]!.id }))
    return alike ? later.map((item, at) => (earlier[at] ? chooseObject(earlier[at], item, choice) : item)) : earlier
  }
  return later.map((item, at) => {
    const there = earlier[at]
    const known = there && (has(there.id) && has(item.id) ? there.id === item.id : later.length === earlier.length) ? there : has(item.id) ? earlier.find(({ id }) => id === item.id) : undefined
    return known && known.kind === item.kind ? chooseObject(known, item, choice) : item
  })
}

const choose = (earlier: unknown, later: unknown, choice: Choice): unknown => {
  if (Array.isArray(earlier) && Array.isArray(later)) return chooseList(earlier, later, choice)
  if (isObject(earlier) && isObject(later)) return chooseObject(earlier, later, choice)
  if (choice.filed) return thinner(earlier, later) ? later : earlier
  return choice.weaker && thinner(later, earlier) ? earlier : later
}

/**
 * One record out of two sightings of it. Fields that no sighting has (the store's own) are kept from `known`.
 * @param known what is stored @param seen what has now been seen; counts as the later one unless its `seenAt` is earlier
 * @returns a new record; neither argument is changed
 */
export const merge = <T extends Sighting>(known: T, seen: Sighting, shape: Shape): T => {
  const [earlier, later] = (known.seenAt && seen.seenAt && seen.seenAt < known.seenAt ? [seen, known] : [known, seen]) as [Fields, Fields]
  const weaker = trustOf(later) < trustOf(earlier)
  const choice = { weaker, filed: weaker && trustOf(later) <= trust.export, whole: has(later[shape.text]) }
  const out: Fields = {}
  for (const key in earlier) if (has(earlier[key])) out[key] = earlier[key]
  for (const key in later) {
    const value = later[key]
    if (has(value)) out[key] = key in out ? choose(out[key], value, choice) : value
  }
  if (has(earlier[shape.text]) && has(later[shape.text]) && earlier[shape.text] !== later[shape.text]) {
    const chosen = out[shape.text] === later[shape.text] ? later : earlier
    for (const key of shape.bound) {
      if (has(chosen[key])) out[key] = chosen[key]
      else delete out[key]
    }
  }
  const source = choice.weaker ? earlier.source : later.source
  if (has(source)) out.source = source
  if (has(later.seenAt)) out.seenAt = later.seenAt
  return out as T
}

/** What somebody else wrote is never kept as the account's own: a repost only points. */
const notOfARepost = ['text', 'facets', 'tags', 'mentions', 'links', 'topic', 'media', 'linkPreview', 'warning']

/** @returns the post, without any content of its own where it is a repost */
export const barePost = <T extends { repostOf?: unknown }>(post: T): T => {
  if (!has(post.repostOf)) return post
  const out: Fields = { ...post }
  for (const key of notOfARepost) delete out[key]
  return out as T
}
