/** Profiles made up for the finder of addresses: nobody in them exists. Servers that are named are public ones; everybody's own host ends in `.example`. */
import type { Follow } from '../../../../lib/model/index.ts'

export type Person = Partial<Pick<Follow, 'handle' | 'name' | 'bio' | 'bioFacets' | 'links' | 'fields' | 'location'>>

export interface Entry {
  /** ISO 639 code of the language it is written in; `und`: none. */
  language: string
  person: Person
  /** The address that is clearly their own. Absent: none is. */
  stated?: string
  /** With `stated` absent: an address that may be shown as a guess. Absent: nothing may be offered. */
  guess?: string
  /** Why a program could be wrong about it. Absent: no trap. */
  trap?: string
}

const person = (given: string | Person): Person => (typeof given === 'string' ? { bio: given } : given)

/** Somebody who states their own address. */
export const own = (language: string, stated: string, given: string | Person, trap?: string): Entry => ({ language, person: person(given), stated, ...(trap && { trap }) })
/** Somebody who states none, though it looks like it. */
export const trap = (why: string, language: string, given: string | Person, guess?: string): Entry => ({ language, person: person(given), trap: why, ...(guess && { guess }) })
