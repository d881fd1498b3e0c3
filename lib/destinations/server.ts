/**
 * One server, as it describes itself to everybody: `GET /api/v2/instance`, `/api/v1/instance` where it has no other, and `/api/v1/instance/domain_blocks`
 * (mastodon/documentation, `content/en/methods/instance.md` and `entities/{Instance,V1_Instance,DomainBlock}.md`, 2026-08). Readers are pure and total: a
 * field that is missing or odd is not known.
 */
import type { Answer } from '../model/index.ts'
import { jsonOf, object, text, type Json } from './json.ts'
import type { Destination, Length, Source } from './types.ts'

/** What a server takes, where it says so. */
export interface ServerLimits { name?: number; bio?: number; fields?: number; fieldName?: number; fieldValue?: number; text?: number; pictures?: number }

export interface Registrations {
  state: 'open' | 'approval' | 'closed'
  /** What they want newcomers to know. */
  message?: string
  minAge?: number
}

/** One server that this one does not speak with (`suspend`), or keeps out of sight (`silence`). */
export interface BlockedHost {
  /** May be made unreadable by stars. */
  domain: string
  /** SHA-256 of the domain, in hexadecimal. */
  digest?: string
  severity: string
}

/** Whom a server blocks. `hidden`: it tells only its own people, or nobody. `unknown`: no answer that says anything. */
export type Blocks = { state: 'shown'; rows: BlockedHost[] } | { state: 'hidden' } | { state: 'unknown' }

export interface Instance {
  /** The domain of its people's addresses. */
  domain?: string
  title?: string
  version?: string
  registrations?: Registrations
  rules?: { text: string; hint?: string }[]
  limits: ServerLimits
}

/** What is known of a server, and when it was asked (ISO time). */
export interface ServerFacts extends Instance { host: string; at: string; blocks: Blocks; /** What it runs, as it calls it. */ software?: string }

/** Addresses to ask, in order; `older` where there is no `instance`. */
export const serverQuestions = (host: string): Record<'instance' | 'older' | 'software' | 'blocks', string> => ({
  instance: `https://${host}/api/v2/instance`,
  older: `https://${host}/api/v1/instance`,
  software: `https://${host}/.well-known/nodeinfo`,
  blocks: `https://${host}/api/v1/instance/domain_blocks`,
})

const count = (value: unknown): number | undefined => (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined)

const defined = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T

const registrationsOf = (all: Json): Registrations | undefined => {
  const said = object(all['registrations'])
  // Version 1 has two flags on the first level.
  const enabled = typeof all['registrations'] === 'boolean' ? all['registrations'] : said['enabled']
  if (typeof enabled !== 'boolean') return undefined
  const approval = said['approval_required'] ?? all['approval_required']
  return defined<Registrations>({ state: enabled ? (approval === true ? 'approval' : 'open') : 'closed', message: text(said['message'], 400), minAge: count(said['min_age'] ?? all['min_age']) })
}

const limitsOf = (all: Json): ServerLimits => {
  const configuration = object(all['configuration'])
  const [accounts, statuses] = [object(configuration['accounts']), object(configuration['statuses'])]
  return defined({
    name: count(accounts['max_display_name_length']),
    bio: count(accounts['max_note_length']),
    fields: count(accounts['max_profile_fields']),
    fieldName: count(accounts['profile_field_name_limit']),
    fieldValue: count(accounts['profile_field_value_limit']),
    // Pleroma and its kin say it beside (`max_toot_chars`).
    text: count(statuses['max_characters'] ?? all['max_toot_chars']),
    pictures: count(statuses['max_media_attachments'] ?? all['max_media_attachments']),
  })
}

/** Rules that are read; no server has that many. */
const mostRules = 100

/** @returns undefined where the answer is none of a server of this kind */
export const readInstance = (answer: Answer): Instance | undefined => {
  const all = answer.status === 200 ? object(jsonOf(answer)) : {}
  const version = text(all['version'], 100)
  const domain = text(all['account_domain'] ?? all['domain'] ?? all['uri'], 253)?.replace(/^https?:\/\//, '').replace(/\/.*$/, '').toLowerCase()
  if (!version || !domain) return undefined
  const rules = Array.isArray(all['rules'])
    ? all['rules'].slice(0, mostRules).flatMap(one => {
        const rule = text(object(one)['text'], 600)
        return rule ? [defined({ text: rule, hint: text(object(one)['hint'], 1200) })] : []
      })
    : undefined
  return defined({ domain, title: text(all['title'], 200), version, registrations: registrationsOf(all), rules, limits: limitsOf(all) })
}

/** Blocks that are read: the longest lists that are passed around have some ten thousand. */
const mostBlocks = 50_000

/** 401: for its own people alone; 404: shown to nobody, or no such page (`app/controllers/api/v1/instances/domain_blocks_controller.rb`). */
export const readBlocks = (answer: Answer | undefined): Blocks => {
  if (!answer) return { state: 'unknown' }
  if (answer.status === 401 || answer.status === 403 || answer.status === 404 || answer.status === 422) return { state: 'hidden' }
  const rows = answer.status === 200 ? jsonOf(answer) : undefined
  if (!Array.isArray(rows)) return { state: 'unknown' }
  return {
    state: 'shown',
    rows: rows.slice(0, mostBlocks).flatMap(one => {
      const { domain, digest, severity } = object(one)
      if (typeof domain !== 'string' || typeof severity !== 'string' || domain.length > 253) return []
      return [defined({ domain: domain.toLowerCase(), digest: typeof digest === 'string' && /^[\da-f]{64}$/i.test(digest) ? digest.toLowerCase() : undefined, severity: severity.slice(0, 40) })]
    }),
  }
}

const hexOf = async (word: string): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(word)))].map(byte => byte.toString(16).padStart(2, '0')).join('')

/** A host and all that it lies under: a block of a domain holds for everything below it (`DomainBlock.rule_for`, `app/models/domain_block.rb`). */
const withParents = (host: string): string[] => {
  const labels = host.split('.')
  return labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'))
}

/**
 * @param hosts in lower case and punycode
 * @returns those of them that nobody can be followed at from this server. A block that is only `silence` leaves that possible
 */
export const blockedAmong = async (blocks: Blocks, hosts: Iterable<string>): Promise<Set<string>> => {
  const found = new Set<string>()
  const cut = blocks.state === 'shown' ? blocks.rows.filter(({ severity }) => severity === 'suspend') : []
  if (!cut.length) return found
  const plain = new Set(cut.map(({ domain }) => domain))
  const hashed = new Set(cut.flatMap(({ domain, digest }) => (digest && domain.includes('*') ? [digest] : [])))
  for (const host of hosts) {
    for (const one of withParents(host)) {
      if (plain.has(one) || (hashed.size > 0 && hashed.has(await hexOf(one)))) {
        found.add(host)
        break
      }
    }
  }
  return found
}

/** The same destination, with the limits that a server states instead of those of its software. */
export const withServer = (destination: Destination, server: Pick<ServerFacts, 'host' | 'at' | 'limits'> | undefined): Destination => {
  if (!server) return destination
  const { limits } = server
  const source: Source = { source: `https://${server.host}/api/v2/instance`, seen: server.at.slice(0, 10) }
  const { profile, posts } = destination
  const stated = (known: Length[], max: number | undefined): Length[] => (max === undefined ? known : [{ max, unit: known[0]!.unit, ...source }])
  const one = (known: Length, max: number | undefined): Length => (max === undefined ? known : { max, unit: known.unit, ...source })
  return {
    ...destination,
    profile: {
      ...profile,
      name: stated(profile.name, limits.name),
      bio: stated(profile.bio, limits.bio),
      fields: {
        ...profile.fields,
        ...(limits.fields === undefined ? {} : { count: limits.fields, ...source }),
        name: one(profile.fields.name, limits.fieldName),
        value: one(profile.fields.value, limits.fieldValue),
      },
    },
    posts: { ...posts, text: one(posts.text, limits.text), pictures: limits.pictures === undefined ? posts.pictures : { max: limits.pictures, ...source } },
  }
}
