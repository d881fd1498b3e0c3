/** The body of an answer, as JSON documents. Total: never throws, whatever the text. */
import { dict, isDict, type Dict } from './fields.ts'

export interface Documents {
  documents: unknown[]
  /** Why there are none, or not all of them. */
  reason?: 'empty' | 'not-json'
}

/** Guards against a page that includes the answer as a script: `for (;;);` and its kin. */
const guard = /^\uFEFF?\s*(?:for\s*\(\s*;;\s*\)\s*;|while\s*\(\s*1\s*\)\s*;|\)\]\}',?)?\s*/

/** A bare number that may not fit into a double. Also found inside strings: that only costs time. */
const longNumber = /[:,[\s]-?\d{16}/

/**
 * Whole numbers beyond 2^53 stay text (`context.source`, ECMAScript's JSON.parse source text access: Chrome 114, Firefox 135, Node 22).
 * Elsewhere they stay numbers, which `idText` refuses.
 */
const keepLong = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && context?.source && /^-?\d+$/.test(context.source) ? context.source : value

/** @returns the one document that this text is, or undefined */
export const parseJson = (body: string): { value: unknown } | undefined => {
  try {
    return { value: longNumber.test(body) ? JSON.parse(body, keepLong as never) : JSON.parse(body) }
  } catch (error) {
    if (!(error instanceof RangeError)) return undefined
  }
  // The reviver recurses; the plain parser does not.
  try {
    return { value: JSON.parse(body) }
  } catch {
    return undefined
  }
}

const code = (character: string) => character.charCodeAt(0)
const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [code('"'), code('\\'), code('{'), code('}'), code('['), code(']')]

/**
 * Where the JSON value that opens at `start` ends (exclusive); -1 if it is cut off. Linear.
 * @param start index of a `{` or `[`
 */
export const valueEnd = (body: string, start: number): number => {
  let depth = 0
  for (let index = start; index < body.length; index++) {
    const here = body.charCodeAt(index)
    if (here === quote) {
      for (index++; index < body.length; index++) {
        const inside = body.charCodeAt(index)
        if (inside === backslash) index++
        else if (inside === quote) break
      }
    } else if (here === openBrace || here === openBracket) depth++
    else if ((here === closeBrace || here === closeBracket) && --depth === 0) return index + 1
  }
  return -1
}

const valueStart = /\{\s*(?=["}])|\[\s*(?=["{[\]\d\-tfn])/g

/** Every JSON object or array that stands in this text, one after another, whatever is in between. Linear. */
export const jsonWithin = (body: string): Documents => {
  const documents: unknown[] = []
  let damaged = false
  const search = new RegExp(valueStart)
  for (let found = search.exec(body); found; found = search.exec(body)) {
    const end = valueEnd(body, found.index)
    if (end < 0) {
      damaged = true
      break
    }
    const parsed = parseJson(body.slice(found.index, end))
    if (parsed) documents.push(parsed.value)
    else damaged = true
    search.lastIndex = end
  }
  return damaged || documents.length === 0 ? { documents, reason: 'not-json' } : { documents }
}

/**
 * Reads a body: with or without a guard in front, one document or several (one a line, or end to end), later parts put into the first.
 * @param body the answer's text
 */
export const readJson = (body: string): Documents => {
  const bare = body.replace(guard, '')
  if (bare.trim() === '') return { documents: [], reason: 'empty' }
  const one = parseJson(bare)
  if (one) return { documents: withParts([one.value]) }
  const { documents, reason } = jsonWithin(bare)
  return { documents: withParts(documents), ...(reason && { reason }) }
}

const deepest = 60
/** A part may add to a list, not blow it up. */
const furthest = 10_000

const mergeInto = (target: Dict, from: Dict, depth: number): void => {
  for (const key of Object.keys(from)) {
    if (key === '__proto__') continue
    const [mine, theirs] = [Object.hasOwn(target, key) ? target[key] : undefined, from[key]]
    if (isDict(mine) && isDict(theirs) && depth < deepest) mergeInto(mine, theirs, depth + 1)
    else if (theirs !== null || mine === undefined) target[key] = theirs
  }
}

/** Puts `value` where `path` leads, making the way. @returns whether it could */
const place = (root: Dict, path: unknown[], value: unknown): boolean => {
  if (path.length > deepest || path.some(key => key === '__proto__' || (typeof key !== 'string' && typeof key !== 'number'))) return false
  let here: Dict | unknown[] = root
  for (const [index, key] of path.entries()) {
    if (Array.isArray(here) && !(Number.isInteger(key) && (key as number) >= 0 && (key as number) <= here.length + furthest)) return false
    const spot = here as Record<string | number, unknown>
    const step = key as string | number
    const mine: unknown = Object.hasOwn(spot, step) ? spot[step] : undefined
    if (index === path.length - 1) {
      if (isDict(mine) && isDict(value)) mergeInto(mine, value, 0)
      else spot[step] = value
      return true
    }
    if (typeof mine === 'object' && mine !== null) here = mine as Dict
    else spot[step] = here = typeof path[index + 1] === 'number' ? [] : {}
  }
  if (isDict(value)) mergeInto(root, value, 0)
  return isDict(value)
}

const isPart = (value: unknown): value is Dict => isDict(value) && Array.isArray(value.path) && (Object.hasOwn(value, 'data') || Object.hasOwn(value, 'items'))

/** Deferred parts (`{label, path, data}`, or several in `incremental`) go into the document before them; the rest stays as it is. */
export const withParts = (documents: unknown[]): unknown[] => {
  const whole: unknown[] = []
  let base: Dict | undefined
  const add = (part: Dict): void => {
    const path = part.path as unknown[]
    const last = path[path.length - 1]
    const values = Array.isArray(part.items) ? part.items : [part.data]
    for (const [index, value] of values.entries()) {
      const spot = Array.isArray(part.items) && typeof last === 'number' ? [...path.slice(0, -1), last + index] : path
      if (!base) whole.push((base = { data: {} }))
      if (!place(base.data as Dict, spot, value)) whole.push({ data: value })
    }
  }
  for (const document of documents) {
    if (isPart(document)) {
      add(document)
      continue
    }
    const parts = (isDict(document) && Array.isArray(document.incremental) ? document.incremental : []).filter(isPart)
    const holds = isDict(document) && dict(document.data)
    if (holds) base = document
    if (holds || parts.length === 0) whole.push(document)
    parts.forEach(add)
  }
  return whole
}
