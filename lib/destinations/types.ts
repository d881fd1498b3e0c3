/** What a server software takes from a person who arrives there. Data first: one file each. */

import type { Unit } from '../model/index.ts'

/** Where a number comes from, and when it was looked up. */
export interface Source { source: string; seen: string }

export interface Length extends Source {
  max: number
  unit: Unit
  /** From this version on. The first of several has none. */
  since?: string
}

export interface Destination {
  id: string
  name: string
  profile: {
    handle: { max: number; pattern: RegExp } & Source
    /** By version, oldest first. */
    name: Length[]
    bio: Length[]
    /** Addresses in the bio count as so many, however long they are; of `@user@host` only `@user` counts. */
    bioLink: number
    /** Fields beside the bio: how many, and the length of each side. */
    fields: { count: number; name: Length; value: Length } & Source
    /** Bytes, by version, oldest first. */
    pictures: ({ max: number; since?: string; types: string[] } & Source)[]
  }
  follows: {
    /** Follows that one account can have, so also the rows of one file. */
    max: number
    /** Rows and bytes of any file that is uploaded. */
    fileRows: number
    fileBytes: number
    /** First line of each file; null: it goes without one. */
    files: Record<'following' | 'lists' | 'blocking' | 'muting' | 'bookmarks', { name: string; header: string | null }>
  } & Source
  posts: {
    imported: boolean
    /** Longest text, and most pictures of one post. Servers raise them, and say so. */
    text: Length
    pictures: { max: number } & Source
  } & Source
  /** Keys of what cannot move there from anywhere that gives no way to move it. */
  lost: string[]
}
