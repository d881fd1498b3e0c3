/**
 * WebFinger (RFC 7033): asking the server of an address whether somebody is there, and reading what it says. Pure and total.
 *
 * What makes an actor that can be followed is how Mastodon takes it (`app/lib/webfinger.rb`, `fetch_remote_actor_service.rb`, 4.6.5 of 2026-08): a `subject`, and a
 * `self` link to the actor of one of the two ActivityPub types (ActivityPub, section 3.2). Names are `acct:` URIs (RFC 7565).
 */
import type { LookUp } from '../model/index.ts'
import { isPublic } from '../browser/private.ts'
import type { Said } from '../browser/ask.ts'
import { addressOf, partsOf } from '../reach/address.ts'

export const ACCEPT = 'application/jrd+json, application/json'

const endpoint = (host: string): string => `https://${host}/.well-known/webfinger`

/** @param address `user@host` as `addressOf` writes it @returns RFC 7033, section 4.1 */
export const questionOf = (address: string): string => `${endpoint(address.slice(address.indexOf('@') + 1))}?resource=${encodeURIComponent(`acct:${address}`)}`

/** The same place without a name: shows whether the server answers other sites, and tells it nothing about anybody. */
export const namelessQuestion = endpoint

/** What an answer means for the look-up. `later`: the server wants to be asked later; ms, where it says when. `trouble`: nobody could tell, and perhaps cannot for the next name. */
export type Outcome = { kind: 'known'; lookUp: LookUp; trouble?: true } | { kind: 'later'; ms?: number }

/** The longest wait that a server may ask for: a day, in ms. */
const DAY = 86_400_000

/** Retry-After: seconds, or a date (RFC 9110, section 10.2.3). @returns ms from `now`; undefined where it says nothing */
export const waitOf = (value: string | undefined, now: number): number | undefined => {
  if (value === undefined) return undefined
  const ms = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isNaN(ms) ? undefined : Math.min(DAY, Math.max(0, ms))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** The types by which an actor is served (ActivityPub, section 3.2); written with or without quotes and blanks. */
const isActorType = (type: unknown): boolean => {
  if (typeof type !== 'string') return false
  const [kind, ...parameters] = type.toLowerCase().split(';').map(part => part.trim())
  return kind === 'application/activity+json' || (kind === 'application/ld+json' && parameters.some(one => /^profile\s*=\s*"?[^"]*https:\/\/www\.w3\.org\/ns\/activitystreams/.test(one)))
}

/** Address of the actor (JRD, RFC 7033 section 4.4); of several the first. */
const actorOf = (links: unknown): string | undefined => {
  const found = (Array.isArray(links) ? links : []).find((link: unknown) => isRecord(link) && link.rel === 'self' && isActorType(link.type) && typeof link.href === 'string' && isPublic(link.href))
  return found ? (found as { href: string }).href : undefined
}

/** @returns `user@host`; undefined where the subject is no name that Mastodon could follow */
const subjectOf = (subject: unknown): string | undefined => {
  if (typeof subject !== 'string' || subject.length > 1000) return undefined
  const parts = partsOf(subject.replace(/^acct:/i, ''))
  return parts && addressOf(parts.user, parts.host)
}

/** @param address as it was asked for @param now ms since 1970 */
export const readWebFinger = (address: string, said: Said, now: number): Outcome => {
  const at = new Date(now).toISOString()
  const unclear = (detail: string): Outcome => ({ kind: 'known', lookUp: { address, outcome: 'unclear', detail, at }, trouble: true })
  const told = (more: Omit<LookUp, 'address' | 'at'>): Outcome => ({ kind: 'known', lookUp: { address, at, ...more } })
  if (said.kind !== 'answer') return unclear(said.kind === 'too-large' || said.kind === 'slow' ? said.kind : 'silent')
  const { status } = said
  // Whoever leads into the person's own network is not believed, whatever stands there.
  if (!isPublic(said.url)) return unclear('private-host')
  if (status === 429) return { kind: 'later', ms: waitOf(said.retryAfter, now) }
  if (status === 503 && said.retryAfter !== undefined) return { kind: 'later', ms: waitOf(said.retryAfter, now) }
  if (status === 404) return told({ outcome: 'not-found' })
  if (status === 410) return told({ outcome: 'gone' })
  if (status >= 500) return unclear('silent')
  if (status !== 200) return unclear('refused')
  const jrd = parsed(said.body)
  if (!isRecord(jrd)) return unclear('not-json')
  const actor = actorOf(jrd.links)
  if (!actor) return isRecord(jrd) && (typeof jrd.subject === 'string' || Array.isArray(jrd.links)) ? told({ outcome: 'no-actor' }) : unclear('unreadable')
  const subject = subjectOf(jrd.subject)
  if (!subject) return unclear('no-subject')
  return told({ outcome: 'found', actor, ...(subject === address ? {} : { subject }) })
}
