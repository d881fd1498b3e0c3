/** Reads single values of foreign JSON: each function gives the value in its proper form, or undefined. Total. */

export type Dict = Record<string, unknown>

/** @returns whether this is a JSON object (not null, not an array) */
export const isDict = (value: unknown): value is Dict => typeof value === 'object' && value !== null && !Array.isArray(value)

export const dict = (value: unknown): Dict | undefined => (isDict(value) ? value : undefined)

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** @returns the own property at this path; inherited ones (`constructor`, `__proto__`) are never seen */
export const at = (value: unknown, ...path: (string | number)[]): unknown => {
  let here = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = (here as Dict)[key]
  }
  return here
}

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** @returns a string that says something, trimmed */
export const word = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined)

/** @returns somebody's own words, as they are, unless they are blank */
export const said = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value : undefined)

export const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)

/** @returns a whole number that is not negative; digits in a string count too */
export const whole = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

/** @returns an id as text. A number that lost digits (beyond 2^53) is no id. */
export const idText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return /^\S{1,128}$/.test(value) ? value : undefined
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? String(value) : undefined
}

/** The latest moment that is taken for a real one: 2096. Beyond it a number is milliseconds, or wrong. */
const lastSecond = 4_000_000_000

/** @param value Unix time in seconds or milliseconds, a number or digits @returns ISO 8601 UTC */
export const moment = (value: unknown): string | undefined => {
  const number = typeof value === 'string' && /^\d{1,16}(\.\d+)?$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) return undefined
  const seconds = number > lastSecond ? number / 1000 : number
  return seconds > lastSecond || seconds < 1 ? undefined : new Date(Math.floor(seconds * 1000)).toISOString()
}

/** @returns an ISO 8601 UTC time in the model's form, from anything that `Date` understands */
export const isoTime = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined
  const date = new Date(value)
  const iso = Number.isNaN(date.getTime()) ? '' : date.toISOString()
  return /^\d{4}-/.test(iso) ? iso : undefined
}

/** @returns an absolute web address; one without a scheme gets https */
export const webAddress = (value: unknown): string | undefined => {
  const found = word(value)
  if (!found || /\s/.test(found)) return undefined
  if (/^https?:\/\//i.test(found)) return URL.canParse(found) ? found : undefined
  const guess = `https://${found}`
  return /^[^/?#:@]+\.[a-z\u0080-\uffff-]{2,}([:/?#]|$)/i.test(found) && URL.canParse(guess) ? guess : undefined
}

/** @returns the same object without the keys whose value is unknown */
export const known = <T extends object>(value: T): T => {
  const kept = {} as T
  for (const key of Object.keys(value) as (keyof T)[]) if (value[key] !== undefined) kept[key] = value[key]
  return kept
}
