/** What becomes of one picture or video: told before it is asked for, and from what a server answered. Pure. */
import { isPublic } from '../browser/private.ts'
import { hostMatches } from '../networks/rooms.ts'
import type { MediaRow, MediaState } from '../store/types.ts'

/** It won't come. */
export interface GivenUp { kind: 'given-up'; state: Exclude<MediaState, 'seen' | 'kept'>; reason: string }
/** Not this time. `ms`: how long the server wants to be left in peace. */
export interface NotNow { kind: 'later'; reason: 'silent' | 'server-error' | 'truncated' | 'too-many'; ms?: number }

/** Bytes of the longest file that is kept: archives of 2 GB and more are more than many programs read. */
export const LONGEST = 1_900_000_000
/** Tries after which a picture is given up that did not come, or not whole. */
export const TRIES = 3
/** Times that a server may say "too many requests" before the person is asked. */
export const LIMITS = 3

const givenUp = (state: GivenUp['state'], reason: string): GivenUp => ({ kind: 'given-up', state, reason })

/** Whether it is one of these hosts, by https, and none of the person's own network. */
export const mayAsk = (url: string, hosts: string[]): boolean => {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, port, username } = new URL(url)
  return protocol === 'https:' && port === '' && username === '' && isPublic(url) && hosts.some(host => hostMatches(host, hostname))
}

/** A video that stands only as a list of pieces (HTTP Live Streaming, RFC 8216). */
const inPieces = (url: string): boolean => /\.m3u8$/i.test(new URL(url).pathname)

/**
 * @param hosts that the network's pictures lie on @param now ms since 1970
 * @returns why it need not be asked for; undefined where it is to be
 */
export const beforeAsking = ({ url, expiresAt }: Pick<MediaRow, 'url' | 'expiresAt'>, hosts: string[], now: number): GivenUp | undefined => {
  if (!url || !URL.canParse(url)) return givenUp('skipped', 'no-address')
  if (!mayAsk(url, hosts)) return givenUp('skipped', 'foreign-host')
  if (inPieces(url)) return givenUp('skipped', 'in-pieces')
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now) return givenUp('expired', 'time-over')
  return undefined
}

/** Milliseconds that a `Retry-After` asks for (RFC 9110, 10.2.3); a minute where it says nothing that can be. */
const waitOf = (said: string | null, now: number): number => {
  const seconds = said !== null && /^\d{1,6}$/.test(said.trim()) ? Number(said) : undefined
  const date = said === null ? Number.NaN : Date.parse(said)
  return seconds !== undefined ? seconds * 1000 : Number.isNaN(date) ? 60_000 : Math.max(0, date - now)
}

export interface Head { status: number; url: string; length?: number; retryAfter: string | null }

/** @returns undefined where the body is what was asked for */
export const fromHead = ({ status, url, length, retryAfter }: Head, hosts: string[], now: number): GivenUp | NotNow | undefined => {
  // Where a redirect led is another matter than where it was asked.
  if (!mayAsk(url, hosts)) return givenUp('refused', 'foreign-host')
  if (status === 404) return givenUp('refused', 'not-found')
  if (status === 410) return givenUp('expired', 'gone')
  if (status === 401 || status === 403) return givenUp('refused', 'forbidden')
  if (status === 429 || status === 503) return { kind: 'later', reason: 'too-many', ms: waitOf(retryAfter, now) }
  if (status >= 500) return { kind: 'later', reason: 'server-error' }
  if (status !== 200 && status !== 206) return givenUp('refused', 'no-file')
  return length !== undefined && length > LONGEST ? givenUp('skipped', 'too-large') : undefined
}

/** A refusal says more in its body where the link's own time is over (Meta's servers: "URL signature expired"). */
export const fromRefusal = (body: string): GivenUp => (/expired|timestamp/i.test(body) ? givenUp('expired', 'time-over') : givenUp('refused', 'forbidden'))

/** What it is given up for after the last try. */
export const afterTries = (reason: NotNow['reason']): GivenUp => givenUp('refused', reason)
