/** Whether a person can be followed from the fediverse, at which address, and on what evidence. Pure and total. */
import type { Choice, Evidence, Follow, LookUp, Reach } from '../model/index.ts'
import { addressOf, hostOf, partsOf } from './address.ts'
import { findAddresses, type Found } from './find.ts'
import { isMirror, optionalHost } from './hosts.ts'

/** What has to be known of a network: a part of its room's data. */
interface Fediverse {
  /** The host of the addresses: `handle@host`. */
  host: string
  /** Whether an address works depends on the person's own switch. */
  optIn: boolean
  /** Accounts that let nobody in without asking can't be reached. */
  privateUnreachable: boolean
  /** `server`: a look-up's yes is no proof, the server has the last word. */
  proof?: 'server'
  /** The addresses are a bridge's. */
  bridge?: { name: string; refusal?: string; back?: string }
  /** The same name there is a guess. */
  sameName?: boolean
}

/** The same person in another account that was captured. `sure`: both records name each other; else it is a guess. */
export interface Other { address: string; network: string; sure?: boolean; at?: string }

/** What is known of a person beside the record itself. */
export interface Beside {
  /** What came of asking for an address, where somebody asked. Only those in `asks` are looked for. */
  lookUp?(address: string): LookUp | undefined
  /** What the person who captures decided. */
  choice?: Choice
  /** Where the same person is according to another account of theirs. Pure. */
  others?(follow: Follow): Other | undefined
}

/** The most addresses that are worth a question. */
const most = 5

/**
 * An address that the person may have.
 * - `certain`  it is followable as it stands: said by the network, or stated by them
 * - `unknown`  whether it works is not known
 * - `maybe`    a guess; a server's yes settles it
 * - `open`     whose it is stays open, whatever a server says
 */
interface Way {
  address: string
  strength: 'certain' | 'unknown' | 'maybe' | 'open'
  reason: string
  /** A server may be asked about it. */
  ask: boolean
  evidence?: Evidence
  /** What a server's answer is worth, and what is said of it. */
  home?: 'direct' | 'server' | 'bridge'
  same?: boolean
}

interface Weighed extends Way { answer?: LookUp; final: string }

const validAddress = (text: string | undefined): string | undefined => {
  const parts = text === undefined ? undefined : partsOf(text.trim())
  return parts && addressOf(parts.user, parts.host)
}

const noted = (evidence: Evidence): Evidence => Object.fromEntries(Object.entries(evidence).filter(([, value]) => value !== undefined)) as Evidence

/**
 * The verdict on one follow. The reasons, by verdict:
 *
 * followable
 * - `typed`            at the address that the person who captures typed
 * - `is-address`       the record says its address, the handle is an address of the fediverse itself, or every handle of the network has one
 * - `moved`            the record says that they have moved to this address
 * - `network-flag`     the network says that this person shares to the fediverse
 * - `looked-up`        their server says that they are there
 * - `server-decides`   their server knows the name; whether they can be followed shows when a server asks
 * - `bridged`          the bridge carries them
 * - `stated`           their own words or links state the address
 * - `other-account`    another captured account says it
 *
 * maybe
 * - `same-name`        the same name where this network's people have theirs
 * - `likely`           something in their profile that looks like an address
 * - `opt-in`           they are where one can be followed after switching it on
 * - `whose`            an address in their profile that may be somebody else's
 * - `other-account-guess` another captured account, which may be somebody else's
 *
 * unknown
 * - `not-looked-up`    the address is certain, and whether it works is not
 * - `no-answer`        the same, and a server that was asked gave no answer that says anything
 *
 * not
 * - `gone`             the network says that the account is no longer there
 * - `flag-off`         the network says that this person does not share to the fediverse
 * - `private`          the account is private, and this network's private accounts can't be reached
 * - `invalid-address`  the name cannot be the user part of an address
 * - `no-bridge`        they forbid the bridge
 * - `not-sharing`, `not-bridged`, `no-same-name` the server, the bridge says that there is nobody, or nobody who shares
 * - `not-found`, `account-gone`, `no-actor`      of an address in their profile: nobody there, no longer, nobody who can be followed
 * - `number-only`      a file says their number, and no name so far
 * - `no-address`       none is known
 *
 * Evidence comes strongest first: the network's own flag or record, a server's answer, a bridge's, their own words, another account, the same name, a mere mention.
 * An address that was asked for and is not there counts no more; the next one does. Mirrors of other people's accounts are never offered.
 *
 * A WebFinger answer alone proves less for some networks: the name is known while its actor is not there (snarfed/bridgy-fed, `pages.py`, 2026-08). Their rules say so.
 * @param fediverse the network's rules; undefined: it has no part in the fediverse
 * @param beside what else is known of the person
 * @returns `address` also with `not`, where one was asked for or typed: what the person chose stays theirs
 */
export const reachOf = (fediverse: Fediverse | undefined, follow: Follow, beside: Beside = {}): Reach => {
  const { ways, refused, notes } = waysTo(fediverse, follow, beside)
  const weighed: Weighed[] = ways.map(way => {
    const answer = way.ask ? beside.lookUp?.(way.address) : undefined
    const subject = answer?.outcome === 'found' ? validAddress(answer.subject) : undefined
    return { ...way, answer, final: subject && !isMirror(hostIn(subject)) ? subject : way.address }
  })
  const best = strongest(weighed, refusals.has(refused ?? ''))
  const asks = [...new Set(order.flatMap(strength => weighed.filter(way => way.ask && way.strength === strength)).map(({ address }) => address))].slice(0, most)
  const evidence = [...weighed.flatMap(way => [...(way.answer ? [answered(way, way.answer)] : []), ...(way.evidence ? [way.evidence] : [])]), ...notes]
    .sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind))
  const tail = { ...(evidence.length && { evidence }), ...(asks.length && { asks }) }
  if (best) return { ...best, ...tail }
  const asked = weighed.find(way => way.strength !== 'open' && isDenied(way))
  if (asked && (asked.reason === 'typed' || !refused || refused === 'no-address')) return { verdict: 'not', address: asked.address, reason: deniedAs(asked), ...tail }
  return { verdict: 'not', reason: refused && refused !== 'no-address' ? refused : follow.numbered ? 'number-only' : 'no-address', ...tail }
}

const order: Way['strength'][] = ['certain', 'unknown', 'maybe']
/** The network's word, or the person's own, against which a guess counts nothing. */
const refusals = new Set(['flag-off', 'private', 'no-bridge', 'gone'])
const hostIn = (address: string): string => address.slice(address.indexOf('@') + 1)
const serverDecides = (address: string): { home?: 'server' } => (optionalHost(hostIn(address)) ? { home: 'server' } : {})
const no = new Set<LookUp['outcome']>(['not-found', 'gone', 'no-actor'])

/** Everything that may be their address, what speaks against their having one here, and what is only to be shown. */
const waysTo = (fediverse: Fediverse | undefined, follow: Follow, { choice, others }: Beside): { ways: Way[]; refused?: string; notes: Evidence[] } => {
  const at = follow.seenAt
  const ways: Way[] = []
  const notes: Evidence[] = []
  const push = (way: Way): void => {
    if (!isMirror(hostIn(way.address)) && !ways.some(({ address }) => address === way.address)) ways.push({ ...way, ...(way.evidence && { evidence: noted(way.evidence) }) })
  }
  const typed = validAddress(choice?.address)
  if (typed) push({ address: typed, strength: 'certain', reason: 'typed', ask: true, evidence: { kind: 'hand', says: 'yes', address: typed }, ...serverDecides(typed) })
  if (follow.unavailable) return { ways, refused: 'gone', notes: [noted({ kind: 'network', says: 'no', detail: 'gone', at })] }

  const moved = validAddress(follow.movedTo) ?? (follow.movedTo ? findAddresses({ handle: follow.handle, links: [{ url: follow.movedTo }] }).find(({ certainty }) => certainty === 'stated')?.address : undefined)
  if (moved) push({ address: moved, strength: 'certain', reason: 'moved', ask: false, evidence: { kind: 'network', says: 'yes', address: moved, detail: 'moved', at } })

  const said = validAddress(follow.address)
  const parts = partsOf(follow.handle)
  const handle = follow.handle.replace(/^@/, '')
  const atHome = parts && fediverse && hostOf(parts.host) === fediverse.host
  const elsewhere = !atHome && handle.includes('@')
  if (said) push({ address: said, strength: 'certain', reason: 'is-address', ask: false, evidence: { kind: 'network', says: 'yes', address: said, at } })
  else if (elsewhere) {
    const address = parts && addressOf(parts.user, parts.host)
    if (address) push({ address, strength: 'certain', reason: 'is-address', ask: false, evidence: { kind: 'network', says: 'yes', address, where: 'handle', seen: follow.handle, at } })
  }
  if (said || (elsewhere && ways.length > 0) || moved) return { ways, notes }

  const refused = elsewhere ? 'invalid-address' : fediverse ? homeWay(fediverse, follow, parts?.user ?? handle, push, notes) : undefined
  for (const one of findAddresses(follow)) profileWay(one, fediverse, at, push, notes)
  const other = others?.(follow)
  const otherAddress = validAddress(other?.address)
  if (other && otherAddress) {
    push({
      address: otherAddress, strength: other.sure ? 'certain' : 'maybe', reason: other.sure ? 'other-account' : 'other-account-guess', ask: true,
      evidence: { kind: 'account', says: other.sure ? 'yes' : 'perhaps', address: otherAddress, seen: other.network, at: other.at },
    })
  }
  return { ways, refused, notes }
}

/** Their address at the network's own host. @returns why there is none */
const homeWay = (fediverse: Fediverse, follow: Follow, user: string, push: (way: Way) => void, notes: Evidence[]): string | undefined => {
  const at = follow.seenAt
  const { bridge } = fediverse
  const against = (detail: string, more: Partial<Evidence> = {}): string => {
    notes.push(noted({ kind: 'network', says: 'no', detail, at, ...more }))
    return detail
  }
  if (follow.federated === false) return against('flag-off')
  if (follow.locked && fediverse.privateUnreachable) return against('private')
  if (bridge?.refusal && follow.bio?.toLowerCase().includes(bridge.refusal)) return against('no-bridge', { kind: 'profile', where: 'bio', seen: bridge.refusal })
  if (bridge?.back && user.toLowerCase().endsWith(bridge.back)) {
    // Of the fediverse already. The bridge writes `-` for characters that a host cannot have: the name may be another.
    const [, name, host] = /^([^.]+)\.(.+\.[a-z]{2,})\.ap\.[^.]+\.[^.]+$/i.exec(user) ?? []
    const address = name && host ? addressOf(name.replaceAll('-', '_'), host) : undefined
    if (address) push({ address, strength: 'maybe', reason: 'likely', ask: true, evidence: { kind: 'bridge', says: 'perhaps', address, where: 'handle', seen: follow.handle, at } })
    return 'no-address'
  }
  const address = addressOf(user, fediverse.host)
  if (!address) return 'invalid-address'
  const home = bridge ? 'bridge' : (fediverse.proof ?? 'direct')
  const base = { address, home, ...(fediverse.sameName && { same: true }) } as const
  if (follow.federated) push({ ...base, strength: 'certain', reason: 'network-flag', ask: false, evidence: { kind: 'network', says: 'yes', address, at } })
  else if (fediverse.sameName) push({ ...base, strength: 'maybe', reason: 'same-name', ask: true, evidence: { kind: 'same-name', says: 'perhaps', address, seen: follow.handle, at } })
  else if (fediverse.optIn) push({ ...base, strength: 'unknown', reason: 'not-looked-up', ask: true })
  else push({ ...base, strength: 'certain', reason: 'is-address', ask: false, evidence: { kind: 'network', says: 'yes', address, where: 'handle', seen: follow.handle, at } })
  return undefined
}

/** What stands in the profile. */
const profileWay = ({ certainty, address, where, seen, detail }: Found, fediverse: Fediverse | undefined, at: string | undefined, push: (way: Way) => void, notes: Evidence[]): void => {
  const told = { kind: 'profile' as const, address, where, seen, detail, at }
  if (!address) return void notes.push(noted({ ...told, kind: 'mention', says: 'perhaps' }))
  // Other people of the same network are named in passing, and theirs is known better from the record.
  if (detail === 'opt-in' && hostIn(address) === fediverse?.host) return
  if (certainty === 'stated') push({ address, strength: 'certain', reason: 'stated', ask: true, evidence: { ...told, says: 'yes' } })
  else if (certainty === 'open') push({ address, strength: 'open', reason: 'whose', ask: false, evidence: { ...told, says: 'perhaps' } })
  else push({ address, strength: 'maybe', reason: detail === 'opt-in' ? 'opt-in' : 'likely', ask: true, evidence: { ...told, says: 'perhaps' }, ...serverDecides(address) })
}

const isFound = (way: Weighed): boolean => way.answer?.outcome === 'found'
const isDenied = (way: Weighed): boolean => way.answer !== undefined && no.has(way.answer.outcome)

const foundAs = ({ home }: Weighed): string => (home === 'server' ? 'server-decides' : home === 'bridge' ? 'bridged' : 'looked-up')
const deniedAs = ({ home, same, answer }: Weighed): string =>
  same ? 'no-same-name' : home === 'bridge' ? 'not-bridged' : home === 'server' ? 'not-sharing' : answer?.outcome === 'gone' ? 'account-gone' : answer?.outcome === 'no-actor' ? 'no-actor' : 'not-found'

/** The way that is taken, in the order of the evidence; undefined where none is left. @param refused guesses count only when a server has said yes */
const strongest = (ways: Weighed[], refused: boolean): Pick<Reach, 'verdict' | 'address' | 'reason'> | undefined => {
  // What was typed is theirs alone: where it is not there, nothing else takes its place unsaid.
  const typed = ways.find(({ reason }) => reason === 'typed')
  if (typed) return isDenied(typed) ? undefined : { verdict: 'followable', address: typed.final, reason: 'typed' }
  const left = ways.filter(way => !isDenied(way))
  const network = left.find(({ strength, evidence }) => strength === 'certain' && evidence?.kind === 'network')
  if (network) return { verdict: 'followable', address: network.final, reason: network.reason }
  // Somebody's own server before a bridge or a server that has yet to say its last word.
  const answers = left.filter(way => isFound(way) && way.strength !== 'open')
  const answer = answers.find(({ home }) => home === undefined || home === 'direct') ?? answers[0]
  if (answer) return { verdict: 'followable', address: answer.final, reason: foundAs(answer) }
  const certain = left.find(({ strength }) => strength === 'certain')
  if (certain) return { verdict: 'followable', address: certain.address, reason: certain.reason }
  const unknown = left.find(({ strength }) => strength === 'unknown')
  if (unknown) return { verdict: 'unknown', address: unknown.address, reason: unknown.answer ? 'no-answer' : unknown.reason }
  const guess = refused ? undefined : (left.find(({ strength }) => strength === 'maybe') ?? left.find(({ strength }) => strength === 'open'))
  return guess && { verdict: 'maybe', address: guess.address, reason: guess.reason }
}

/** A server's or a bridge's answer, as evidence. */
const answered = ({ home, final, address }: Weighed, { outcome, detail, at }: LookUp): Evidence =>
  noted({
    kind: home === 'bridge' ? 'bridge' : 'webfinger', says: outcome === 'found' ? 'yes' : no.has(outcome) ? 'no' : 'perhaps', address: outcome === 'found' ? final : address,
    seen: hostIn(address), detail: outcome === 'found' ? (home === 'server' ? 'server-decides' : undefined) : (detail ?? outcome), at,
  })

const kinds: Evidence['kind'][] = ['hand', 'network', 'webfinger', 'bridge', 'profile', 'account', 'same-name', 'mention']
