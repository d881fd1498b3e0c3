/** What stands between the person and RedNote, as an answer says it. */
import type { Answer, Barrier } from '../../model/index.ts'
import { at, isDict, whole } from '../answers/fields.ts'
import { room } from './index.ts'
import type { Question } from './question.ts'

/** Codes of the interface. */
const blocked: ReadonlySet<number> = new Set([300011, 300012, 300013, 300015])
const signedOut: ReadonlySet<number> = new Set([-100, -101])
const gone: ReadonlySet<number> = new Set([300017, 300031, -510000, -510001])
/** Statuses by which it asks for a check; the body then says that all went well, and holds nothing. */
const checks: ReadonlySet<number> = new Set([461, 471])

const codeOf = (document: unknown): number | undefined => {
  const code = at(document, 'code')
  const number = typeof code === 'string' && /^-?\d{1,9}$/.test(code) ? Number(code) : code
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '' || (isDict(value) && Object.keys(value).length === 0)

/** `{code: 0, success: true}` without data: what stands in for an answer while a check is wanted. */
const isHollow = (document: unknown): boolean =>
  isDict(document) && (codeOf(document) === 0 || document.success === true) && isNothing(document.data) && Object.keys(document).every(key => /^(?:code|success|msg|message|data|trace_?id|request_?id)$/i.test(key))

export interface Refusal {
  barrier?: Barrier
  signedOut?: true
  /** The note that was asked for is not shown: gone, or its address lacks what belongs to the session. */
  gone?: true
}

/** Seconds to wait: a number, or a date (RFC 9110 §10.2.3). */
const retryAfter = (answer: Answer): number | undefined => {
  const value = answer.headers?.['retry-after']
  const seconds = whole(value?.trim())
  if (seconds !== undefined || !value) return seconds
  const [due, now] = [Date.parse(value), Date.parse(answer.seenAt)]
  return Number.isNaN(due) || Number.isNaN(now) ? undefined : Math.max(0, Math.ceil((due - now) / 1000))
}

const leadsTo = (address: string | undefined): Barrier['kind'] | undefined => {
  if (!address || !URL.canParse(address, room.home)) return undefined
  const { pathname } = new URL(address, room.home)
  const is = (patterns: string[]): boolean => patterns.some(pattern => new RegExp(pattern).test(pathname))
  if (is(room.barriers.challenge)) return 'challenge'
  return is(room.barriers.loginWall) ? 'login-wall' : undefined
}

/** @returns the barrier that the answer's status, headers or address mean, whatever its body says */
export const barrierOf = (answer: Answer): Barrier | undefined => {
  const led = leadsTo(answer.url) ?? leadsTo(answer.headers?.location)
  if (led) return { kind: led }
  const { status, headers = {} } = answer
  if (checks.has(status) || headers.verifytype !== undefined || headers.verifyuuid !== undefined) return { kind: 'challenge' }
  if (status === 429) {
    const seconds = retryAfter(answer)
    return seconds === undefined ? { kind: 'rate-limit' } : { kind: 'rate-limit', retryAfter: seconds }
  }
  if (status === 401) return { kind: 'login-wall' }
  return status === 403 || status === 406 ? { kind: 'blocked' } : undefined
}

/** @returns what a body says that holds no records */
export const refusalIn = (document: unknown, question: Question): Refusal => {
  const code = codeOf(document)
  if (code !== undefined && checks.has(code)) return { barrier: { kind: 'challenge' } }
  if (code !== undefined && blocked.has(code)) return { barrier: { kind: 'blocked' } }
  if (code !== undefined && signedOut.has(code)) return { barrier: { kind: 'login-wall' }, signedOut: true }
  if (code !== undefined && gone.has(code)) return { gone: true }
  // Actions (a like, a follow) are answered so, too; they are none of our questions.
  return isHollow(document) && !question.foreign ? { barrier: { kind: 'challenge' } } : {}
}

/** @returns whether a body says that its question failed, and not why */
export const isFailure = (document: unknown): boolean => isDict(document) && (document.success === false || (codeOf(document) ?? 0) !== 0) && isNothing(document.data)
