/** A network's own download, opened in place: its directory is read, and of its members only those that are wanted. */
import { ERR_ENCRYPTED, ERR_UNSUPPORTED_ENCRYPTION, ERR_ENCRYPTED_CENTRAL_DIRECTORY, BlobReader, ZipReader, configure } from '@zip.js/zip.js/lib/zip-core-native.js'

/** A member that is wanted. */
export interface Member {
  /** Path in the archive, with slashes. */
  path: string
  /** Bytes, as the directory says. */
  size: number
  /** CRC-32, as the directory says. */
  sum: number
  /** @throws ArchiveError where it can't be read to its end, or is not what the directory says */
  read(): AsyncGenerator<Uint8Array>
}

/**
 * - `not-zip`    no archive, or one of which the directory is missing: the download was broken off
 * - `encrypted`  it asks for a password
 * - `damaged`    a member is not what the directory says
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
const LARGEST = 4_000_000_000

configure({ useWebWorkers: false, useCompressionStream: true })

const isEncrypted = (error: unknown): boolean => error instanceof Error && [ERR_ENCRYPTED, ERR_UNSUPPORTED_ENCRYPTION, ERR_ENCRYPTED_CENTRAL_DIRECTORY].includes(error.message)

/** A name that leads out of the archive names nothing in it. */
const isInside = (path: string): boolean => !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..')

/** Whether this is a ZIP, told by its first bytes (APPNOTE 6.3.10, 4.3.7 and 4.3.16). Never throws. */
export const isZip = async (file: Blob): Promise<boolean> => {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer().catch(() => new ArrayBuffer(0)))
  return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))
}

/**
 * @param file on the person's disk: of it only the directory is read here, an entry at a time
 * @param wanted whether a member is; all others are never opened, and their names are forgotten at once
 * @returns the wanted ones in the directory's order; where a path stands twice, the first
 * @throws ArchiveError
 */
export const openArchive = async (file: Blob, wanted: (path: string) => boolean): Promise<Member[]> => {
  // One strange name must not cost the rest: names are looked at below.
  const reader = new ZipReader(new BlobReader(file), { strictness: 'tolerant', filenameValidation: 'tolerant' })
  const found = new Map<string, Member>()
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      const path = entry.filename
      if (entry.directory || !isInside(path) || !wanted(path) || found.has(path)) continue
      if (entry.encrypted) throw new ArchiveError('encrypted')
      if (entry.uncompressedSize > LARGEST) throw new ArchiveError('too-large')
      found.set(path, {
        path,
        size: entry.uncompressedSize,
        sum: entry.signature ?? 0,
        read: async function* () {
          const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
          const writing = entry.getData(writable, { checkCrc32: true })
          // Where it fails before the first byte, nobody tells the stream.
          const failure = writing.then(() => new Promise<never>(() => {}))
          failure.catch(() => {})
          const pieces = readable.getReader()
          let read = 0
          try {
            for (let { done, value } = await Promise.race([pieces.read(), failure]); !done; { done, value } = await Promise.race([pieces.read(), failure])) {
              read += value!.byteLength
              if (read > entry.uncompressedSize) throw new ArchiveError('damaged')
              yield value!
            }
            await writing
            if (read !== entry.uncompressedSize) throw new ArchiveError('damaged')
          } catch (error) {
            throw error instanceof ArchiveError ? error : new ArchiveError(isEncrypted(error) ? 'encrypted' : 'damaged', error)
          } finally {
            await pieces.cancel().catch(() => undefined)
          }
        },
      })
    }
  } catch (error) {
    throw error instanceof ArchiveError ? error : new ArchiveError(isEncrypted(error) ? 'encrypted' : 'not-zip', error)
  }
  return [...found.values()]
}
