/** What stands between the person and TikTok, as an answer says it. */
import type { Answer, Barrier } from '../../model/index.ts'
import { at, whole, word } from '../answers/fields.ts'
import { room } from './index.ts'

/** Codes that concern what was asked for, and nothing else: gone, not shown, private, nobody, private or sign-in wanted (said falsely at times), not in this region. */
const refused: ReadonlySet<number> = new Set([10202, 10204, 10216, 10221, 10222, 10231])

/** @returns the code of an answer's envelope: 0 means that all went well */
export const codeOf = (document: unknown): number | undefined => {
  const code = at(document, 'statusCode') ?? at(document, 'status_code')
  const number = typeof code === 'string' && /^-?\d{1,12}$/.test(code) ? Number(code) : code
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined
}

/** @returns whether the answer says that just this is not to be had */
export const isRefused = (document: unknown): boolean => refused.has(codeOf(document) ?? 0)

/** Seconds to wait: a number, or a date (RFC 9110 §10.2.3). */
const retryAfter = (answer: Answer): number | undefined => {
  const value = word(at(answer.headers, 'retry-after'))
  const seconds = whole(value)
  if (seconds !== undefined || !value) return seconds
  const [due, now] = [Date.parse(value), Date.parse(answer.seenAt)]
  return Number.isNaN(due) || Number.isNaN(now) ? undefined : Math.max(0, Math.ceil((due - now) / 1000))
}

const leadsTo = (address: string): Barrier['kind'] | undefined => {
  if (!URL.canParse(address)) return undefined
  const { pathname } = new URL(address)
  const is = (patterns: string[]): boolean => patterns.some(pattern => new RegExp(pattern).test(pathname))
  if (is(room.barriers.challenge)) return 'challenge'
  return is(room.barriers.loginWall) ? 'login-wall' : undefined
}

/** @returns the barrier that the answer's status or address mean, whatever its body says */
export const barrierOf = (answer: Answer, asked: boolean): Barrier | undefined => {
  const led = leadsTo(answer.url)
  if (led) return { kind: led }
  if (answer.status === 429) {
    const seconds = retryAfter(answer)
    return seconds === undefined ? { kind: 'rate-limit' } : { kind: 'rate-limit', retryAfter: seconds }
  }
  if (answer.status === 401) return { kind: 'login-wall' }
  return asked && answer.status === 403 ? { kind: 'blocked' } : undefined
}

/** Names of its checks' own scripts and elements. */
const check = /captcha|verify|wafchallenge|secsdk/i

/** @returns what a body means that stands where records were asked for and holds none */
export const refusalIn = (body: string, documents: unknown[]): Barrier | undefined => {
  // A request that TikTok does not trust is answered with status 200 and nothing at all.
  if (body.trim() === '') return { kind: 'blocked' }
  if (!/^\s*[{[]/.test(body)) return { kind: check.test(body) ? 'challenge' : 'blocked' }
  for (const document of documents) {
    const code = codeOf(document)
    if (code === undefined || code === 0 || refused.has(code)) continue
    const says = word(at(document, 'statusMsg')) ?? word(at(document, 'status_msg')) ?? word(at(document, 'message')) ?? ''
    if (code === 10000 || check.test(says)) return { kind: 'challenge' }
    return { kind: code === 8 || /log ?in|session/i.test(says) ? 'login-wall' : 'blocked' }
  }
  return undefined
}

/** @returns whether a page is nothing but a check */
export const isCheck = (page: string): boolean => /wafchallenge|captcha_container|secsdk-captcha/i.test(page)
