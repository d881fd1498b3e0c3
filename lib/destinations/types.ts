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

/** What a person could bring. */
export type Kind = 'follows' | 'lists' | 'blocks' | 'mutes' | 'bookmarks' | 'posts'
export const kinds: Kind[] = ['follows', 'lists', 'blocks', 'mutes', 'bookmarks', 'posts']

/**
 * In which file it takes something: `csv`, Mastodon's columns · `plain`, one address a line and no first line · `headed`, the same with a first line, which it drops ·
 * `archive`, the import archive · `photographs`, the archive of pictures alone · `starter-kit`, WordPress's list.
 */
export type Form = 'csv' | 'plain' | 'headed' | 'archive' | 'photographs' | 'starter-kit'

/** `run`: tried on the software itself · `read`: read in its source · `told`: read in documentation or a talk about it. */
export interface Taken extends Source { form: Form; sure: 'run' | 'read' | 'told' }

export interface Destination {
  id: string
  name: string
  /** What is not named here it takes in no form that Holdall writes. */
  takes: Partial<Record<Kind, Taken>>
  /** Keys of what somebody should know who goes there: what is done twice, becomes public, is left out. */
  traps: string[]
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
    /** Rows and bytes of any file that is uploaded; Infinity: none known. */
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
