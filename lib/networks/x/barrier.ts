/** What stands between the person and X, as an answer says it. */
import type { Answer, Barrier } from '../../model/index.ts'
import { at, isDict, list, text, whole } from '../answers/fields.ts'
import { room } from './index.ts'

/** Codes of the interface's errors (docs.x.com, "Response codes and errors"; v1.1 and GraphQL share them). The first that fits counts. */
const codes: [Barrier['kind'], ReadonlySet<number>][] = [
  ['challenge', new Set([326, 226, 231, 235, 243])],
  ['blocked', new Set([64, 141])],
  ['login-wall', new Set([32, 89, 135, 215, 220, 239, 353])],
  ['rate-limit', new Set([88])],
]

const errorsIn = (document: unknown): unknown[] => (isDict(document) ? list(document.errors) : [])
const codesIn = (document: unknown): number[] => errorsIn(document).flatMap(error => whole(at(error, 'code')) ?? whole(at(error, 'extensions', 'code')) ?? [])

/** @returns whether the document says that something went wrong */
export const hasErrors = (document: unknown): boolean => errorsIn(document).length > 0

/** Seconds to wait: till the moment that the network names (`x-rate-limit-reset`, Unix seconds), or as `retry-after` says (RFC 9110 §10.2.3). */
const retryAfter = ({ headers = {}, seenAt }: Answer): number | undefined => {
  const now = Date.parse(seenAt)
  const wait = headers['retry-after']
  const seconds = whole(wait?.trim())
  if (seconds !== undefined) return seconds
  const reset = whole(headers['x-rate-limit-reset']?.trim())
  const due = wait === undefined ? (reset === undefined ? Number.NaN : reset * 1000) : Date.parse(wait)
  return Number.isNaN(due) || Number.isNaN(now) ? undefined : Math.min(86_400, Math.max(0, Math.ceil((due - now) / 1000)))
}

const barrier = (kind: Barrier['kind'], answer: Answer): Barrier => {
  const seconds = kind === 'rate-limit' ? retryAfter(answer) : undefined
  return seconds === undefined ? { kind } : { kind, retryAfter: seconds }
}

const leadsTo = (address: string | undefined): Barrier['kind'] | undefined => {
  if (!address || !URL.canParse(address, room.home)) return undefined
  const { pathname } = new URL(address, room.home)
  const is = (patterns: string[]): boolean => patterns.some(pattern => new RegExp(pattern).test(pathname))
  if (is(room.barriers.challenge)) return 'challenge'
  return is(room.barriers.loginWall) ? 'login-wall' : undefined
}

/** @returns the barrier that the answer's address, its errors or its status mean. @param gave it holds records all the same: then errors beside them mean nothing */
export const barrierOf = (answer: Answer, documents: unknown[], gave: boolean): Barrier | undefined => {
  const led = leadsTo(answer.url) ?? leadsTo(answer.headers?.location)
  if (led) return barrier(led, answer)
  if (!gave) {
    const told = documents.flatMap(codesIn)
    const kind = codes.find(([, known]) => told.some(code => known.has(code)))?.[0]
    if (kind) return barrier(kind, answer)
    if (documents.flatMap(errorsIn).some(error => /account is temporarily locked|denylist|unlock your account/i.test(text(at(error, 'message')) ?? ''))) return { kind: 'challenge' }
  }
  if (answer.status === 429 || answer.status === 420) return barrier('rate-limit', answer)
  return answer.status === 401 ? { kind: 'login-wall' } : undefined
}
