/** A network's own download as ZIP, opened in place: its directory is read, and of its members only those that are wanted. */
import { ERR_ENCRYPTED, ERR_UNSUPPORTED_ENCRYPTION, ERR_ENCRYPTED_CENTRAL_DIRECTORY, BlobReader, ZipReader, configure } from '@zip.js/zip.js/lib/zip-core-native.js'
import { ArchiveError, isInside, LARGEST, type Member } from './member.ts'

configure({ useWebWorkers: false, useCompressionStream: true })

const isEncrypted = (error: unknown): boolean => error instanceof Error && [ERR_ENCRYPTED, ERR_UNSUPPORTED_ENCRYPTION, ERR_ENCRYPTED_CENTRAL_DIRECTORY].includes(error.message)

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
export const openZip = async (file: Blob, wanted: (path: string) => boolean): Promise<Member[]> => {
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
