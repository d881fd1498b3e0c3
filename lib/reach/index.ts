/** Whether someone can be followed from the fediverse, at which address, and on what evidence. Pure. */
import type { Choice, Follow, LookUp, Reach } from '../model/index.ts'
import { addressOf, hostOf, partsOf } from './address.ts'

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

/** What is known of a person beside the record itself. */
export interface Beside {
  /** What came of asking for an address, where somebody asked. */
  lookUp?(address: string): LookUp | undefined
  /** What the person who captures decided. */
  choice?: Choice
  /**
   * The same person in another account that was captured: at which address they are, and on which network that was learnt. `sure`: both records name each
   * other; else it is a guess. Pure.
   */
  others?(follow: Follow): Other | undefined
}
/** @see Beside.others */
export interface Other { address: string; network: string; sure?: boolean; at?: string }

const not = (reason: string): Reach => ({ verdict: 'not', reason })

/**
 * The reasons, in the order in which they are looked for:
 * - `gone`             the network says that the account is no longer there
 * - `is-address`       the record says its address, or the handle is an address of the fediverse itself (followable), or every handle of the network has one
 * - `no-address`       not, and the network has no part in the fediverse
 * - `flag-off`         the network says that this person does not share to it
 * - `private`          the account is private, and this network's private accounts can't be reached
 * - `invalid-address`  the name cannot be the user part of an address
 * - `network-flag`     the network says that this person shares to it (followable)
 * - `not-looked-up`    the address is certain, and whether it works is not (unknown, with the address)
 *
 * What the network says is taken as evidence. A WebFinger answer alone would not prove more: some accounts answer while their
 * actor is not there (snarfed/bridgy-fed, `pages.py`, 2026-08).
 * @param fediverse the network's rules; undefined: it has no part in the fediverse
 * @param beside what else is known of the person
 */
export const reachOf = (fediverse: Fediverse | undefined, follow: Follow, beside: Beside = {}): Reach => {
  void beside
  if (follow.unavailable) return not('gone')
  const stated = follow.address === undefined ? undefined : partsOf(follow.address)
  const certain = stated && addressOf(stated.user, stated.host)
  if (certain) return { verdict: 'followable', address: certain, reason: 'is-address' }
  const parts = partsOf(follow.handle)
  const home = parts && fediverse && hostOf(parts.host) === fediverse.host
  if (!home && follow.handle.replace(/^@/, '').includes('@')) {
    const address = parts && addressOf(parts.user, parts.host)
    return address ? { verdict: 'followable', address, reason: 'is-address' } : not('invalid-address')
  }
  if (!fediverse) return not('no-address')
  if (follow.federated === false) return not('flag-off')
  if (follow.locked && fediverse.privateUnreachable) return not('private')
  const address = addressOf(parts?.user ?? follow.handle.replace(/^@/, ''), fediverse.host)
  if (!address) return not('invalid-address')
  if (follow.federated) return { verdict: 'followable', address, reason: 'network-flag' }
  return fediverse.optIn ? { verdict: 'unknown', address, reason: 'not-looked-up' } : { verdict: 'followable', address, reason: 'is-address' }
}
