/** What stands between the person and a network of Meta, as an answer says it. Total. */
import type { Answer, Barrier } from '../../model/index.ts'
import { at, dict, isDict, list, text, whole, word } from './fields.ts'
import type { Room } from '../types.ts'

/** Codes of Meta's GraphQL and Graph API errors; a checkpoint counts more than a rate limit. 1357001 is "Not Logged In" (general knowledge; no recorded answer was seen). */
const codes: [Barrier['kind'], ReadonlySet<number>][] = [
  ['challenge', new Set([368, 459])],
  ['login-wall', new Set([1_357_001])],
  ['rate-limit', new Set([4, 17, 613, 80004])],
]
const phrases: [Barrier['kind'], RegExp][] = [
  ['challenge', /checkpoint|challenge|feedback_required|consent_required/i],
  ['login-wall', /login_required|require_login|session (?:has )?expired|not logged in|has_logged_out/i],
  ['rate-limit', /rate limit|too many requests?|try again later|please wait a few minutes/i],
]

/** Seconds to wait: a number, or a date (RFC 9110 §10.2.3). */
const retryAfter = (answer: Answer): number | undefined => {
  const value = answer.headers?.['retry-after']
  const seconds = whole(value?.trim())
  if (seconds !== undefined || !value) return seconds
  const [due, now] = [Date.parse(value), Date.parse(answer.seenAt)]
  return Number.isNaN(due) || Number.isNaN(now) ? undefined : Math.max(0, Math.ceil((due - now) / 1000))
}

const barrier = (kind: Barrier['kind'], answer: Answer): Barrier => {
  const seconds = kind === 'rate-limit' ? retryAfter(answer) : undefined
  return seconds === undefined ? { kind } : { kind, retryAfter: seconds }
}

/** The error objects of a body: never a part of what somebody wrote. */
const errorsOf = (document: unknown): unknown[] => {
  if (!isDict(document)) return []
  const own = ['message', 'error', 'error_code', 'error_type', 'errorSummary', 'require_login', 'checkpoint_url', 'status'].some(key => Object.hasOwn(document, key))
  const inner = [document.error, document.payload].filter(isDict).filter(one => ['message', 'code', 'error'].some(key => Object.hasOwn(one, key)))
  return [...list(document.errors), ...inner, ...(own && !dict(document.data) ? [document] : [])]
}

const codesOf = (error: unknown): number[] =>
  [['code'], ['api_error_code'], ['error_code'], ['error_subcode'], ['error'], ['extensions', 'code']].flatMap(path => whole(at(error, ...path)) ?? [])

const wordsOf = (error: unknown): string =>
  [
    ...['message', 'error_type', 'feedback_title', 'errorSummary'].map(key => text(at(error, key)) ?? ''),
    at(error, 'require_login') === true ? 'require_login' : '',
    // What the app calls feedback_required, where the word itself is missing.
    at(error, 'spam') === true && at(error, 'status') === 'fail' ? 'feedback_required' : '',
    word(at(error, 'checkpoint_url')) ? 'checkpoint' : '',
  ].join('\n')

/** @returns whether the document says that something went wrong */
export const hasErrors = (document: unknown): boolean => isDict(document) && (list(document.errors).length > 0 || document.status === 'fail')

/** @returns the barrier that a body's errors name */
export const barrierIn = (documents: unknown[], answer: Answer): Barrier | undefined => {
  const errors = documents.flatMap(errorsOf)
  const told = codes.find(([, known]) => errors.some(error => codesOf(error).some(code => known.has(code))))
  const said = phrases.find(([, words]) => errors.some(error => words.test(wordsOf(error))))
  const kinds = [told?.[0], said?.[0]]
  const kind = (['challenge', 'login-wall', 'rate-limit'] as const).find(one => kinds.includes(one))
  return kind && barrier(kind, answer)
}

type Ways = Pick<Room, 'home' | 'answers' | 'barriers'>

const leadsTo = (address: string | undefined, room: Ways): Barrier['kind'] | undefined => {
  if (!address || !URL.canParse(address, room.home)) return undefined
  const { pathname } = new URL(address, room.home)
  const is = (patterns: string[]) => patterns.some(pattern => new RegExp(pattern).test(pathname))
  if (is(room.barriers.challenge)) return 'challenge'
  return is(room.barriers.loginWall) ? 'login-wall' : undefined
}

/** @returns the barrier that the answer's status, its address or the page sent in its place means, before its JSON is looked at */
export const barrierOf = (answer: Answer, body: string, room: Ways): Barrier | undefined => {
  const led = leadsTo(answer.url, room) ?? leadsTo(answer.headers?.location, room)
  if (led) return barrier(led, answer)
  // A page where data were asked for: the network wants something first.
  const asked = URL.canParse(answer.url) && room.answers.some(pattern => new RegExp(pattern).test(new URL(answer.url).pathname))
  if (asked && /^\s*</.test(body)) {
    if (/checkpoint_(?:required|url)|challenge_required|action="\/challenge/.test(body)) return { kind: 'challenge' }
    if (/login_required|action="\/(?:accounts\/)?login|name="password"/.test(body)) return { kind: 'login-wall' }
  }
  return undefined
}

/** @returns what the status alone means */
export const barrierOfStatus = (answer: Answer): Barrier | undefined => {
  if (answer.status === 429) return barrier('rate-limit', answer)
  return answer.status === 401 ? { kind: 'login-wall' } : undefined
}
