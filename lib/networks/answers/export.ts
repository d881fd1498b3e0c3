/** What the readers of official downloads share. Pure and total. */
import { crc32 } from '../../model/crc.ts'
import type { Answer } from '../../model/index.ts'
import { at, idText, word } from './fields.ts'

/** A file that was handed over, or a member of an archive. */
export interface Handed {
  /** Path in the archive, or name of the file. */
  path: string
  /** Whose it is, as far as that is known. */
  ownerId?: string
  handle?: string
  /** Further pieces of the same document follow. */
  more: boolean
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** @returns what was handed over; undefined where the answer is none of these */
export const handedIn = (answer: Answer): Handed | undefined => {
  if (!answer.url.startsWith('file:///')) return undefined
  const variables = answer.request?.variables
  const ownerId = idText(at(variables, 'ownerId'))
  const handle = word(at(variables, 'handle'))
  return { path: decoded(answer.url.slice('file:///'.length).replace(/[?#].*$/, '')), ...(ownerId && { ownerId }), ...(handle && { handle }), more: at(variables, 'more') === true }
}

/**
 * The id of a post whose file states none. The same post of a later download has the same one.
 * @param createdAt ISO 8601, to the second
 */
export const unnumberedId = (createdAt: string, text: string | undefined): string => `unnumbered:${createdAt.replace(/\.\d+Z$/, 'Z')}:${crc32(new TextEncoder().encode(text ?? '')).toString(16).padStart(8, '0')}`
