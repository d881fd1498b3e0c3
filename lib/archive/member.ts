/** What is common to archives of every form. */

/** A member that is wanted. */
export interface Member {
  /** Path in the archive, with slashes. */
  path: string
  /** Bytes, as the archive says. */
  size: number
  /** CRC-32, as the archive says or as it was found; 0 where nobody knows. */
  sum: number
  /** @throws ArchiveError where it can't be read to its end, or is not what the archive says */
  read(): AsyncGenerator<Uint8Array>
}

/** What a file holds, from its beginning, a piece at a time. */
export const bytesIn = async function* (file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) yield value!
}

/**
 * - `not-zip`    no archive, or one of which the directory or the end is missing: the download was broken off
 * - `encrypted`  it asks for a password
 * - `damaged`    a member is not what the archive says
 * - `too-large`  a member is larger than any list can be
 */
export type Wrong = 'not-zip' | 'encrypted' | 'damaged' | 'too-large'
export class ArchiveError extends Error {
  readonly reason: Wrong
  constructor(reason: Wrong, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

/** Bytes of one unpacked member at most: a list of millions of posts is smaller, and what unpacks to more is made to fill a disk. */
export const LARGEST = 4_000_000_000

/** A name that leads out of the archive names nothing in it. */
export const isInside = (path: string): boolean => !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..')
