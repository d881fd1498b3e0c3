/**
 * A download packed as `.tar.gz`, as Mastodon made them before 4.2 (2023-09) and as people pack folders. It has no directory and can only be read from its beginning: what is wanted is
 * laid aside in one pass, and pictures are taken in the archive's own order in another.
 */
import { createTarDecoder } from 'modern-tar'
import { crc32 } from '../model/crc.ts'
import { ArchiveError, bytesIn, isInside, LARGEST, type Member } from './member.ts'

/** Whether this is gzip, told by its first bytes (RFC 1952, 2.3.1). Never throws. */
export const isGzip = async (file: Blob): Promise<boolean> => {
  const head = new Uint8Array(await file.slice(0, 3).arrayBuffer().catch(() => new ArrayBuffer(0)))
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8
}

/** What unpacks to more than so many times its size and this is made to fill a disk. Text shrinks to a twentieth, pictures hardly. */
const MOST_TIMES = 100

/** Reads to the end of what stands before the next member. Not by cancelling it: in modern-tar 0.8.6 that may take the next one's bytes along, where both came in one piece. */
const passOver = async (pieces: ReadableStreamDefaultReader<Uint8Array>): Promise<void> => {
  while (!(await pieces.read()).done);
}

/**
 * @param wanted whether a member is; all others are passed over
 * @returns the wanted ones in the archive's order; each can be read once, before the next is asked for
 * @throws ArchiveError
 */
export const eachOfTar = async function* (file: Blob, wanted: (path: string) => boolean): AsyncGenerator<Member> {
  let unpacked = 0
  const bound = LARGEST + file.size * MOST_TIMES
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (piece, controller) => {
      unpacked += piece.byteLength
      if (unpacked > bound) throw new ArchiveError('too-large')
      controller.enqueue(piece)
    },
  })
  const entries = file.stream().pipeThrough(new DecompressionStream('gzip')).pipeThrough(counted).pipeThrough(createTarDecoder({ strict: true })).getReader()
  // Whatever is wrong with the stream: it was broken off, or is none.
  const wrong = (error: unknown): ArchiveError => (error instanceof ArchiveError ? error : new ArchiveError('not-zip', error))
  try {
    for (let { done, value } = await entries.read(); !done; { done, value } = await entries.read()) {
      const { header, body } = value!
      const path = header.name.replace(/^(?:\.\/)+/, '')
      if (header.type !== 'file' || !isInside(path) || !wanted(path)) {
        await passOver(body.getReader())
        continue
      }
      if (header.size > LARGEST) throw new ArchiveError('too-large')
      const pieces = body.getReader()
      yield {
        path,
        size: header.size,
        sum: 0,
        read: async function* () {
          let read = 0
          try {
            for (let next = await pieces.read(); !next.done; next = await pieces.read()) {
              read += next.value.byteLength
              yield next.value
            }
          } catch (error) {
            throw wrong(error)
          }
          if (read !== header.size) throw new ArchiveError('damaged')
        },
      }
      await passOver(pieces)
    }
  } catch (error) {
    throw wrong(error)
  } finally {
    await entries.cancel().catch(() => undefined)
  }
}

/** Laid aside in pieces of so many bytes: the browser keeps them, on its disk where there are many. */
const PIECE = 4_000_000

const laidAside = async (member: Member): Promise<Member> => {
  const blobs: Blob[] = []
  let parts: BlobPart[] = []
  let held = 0
  let sum = 0
  for await (const part of member.read()) {
    sum = crc32(part, sum)
    // The decoder's pieces may be views of one buffer that goes on to be used.
    parts.push(part.slice())
    held += part.byteLength
    if (held < PIECE) continue
    blobs.push(new Blob(parts))
    parts = []
    held = 0
  }
  const whole = new Blob([...blobs, ...parts])
  return { path: member.path, size: member.size, sum, read: () => bytesIn(whole) }
}

/**
 * @param wanted whether a member is
 * @returns the wanted ones in the archive's order, laid aside so that they can be read in any order; where a path stands twice, the first
 * @throws ArchiveError
 */
export const openTar = async (file: Blob, wanted: (path: string) => boolean): Promise<Member[]> => {
  const found = new Map<string, Member>()
  let size = 0
  for await (const member of eachOfTar(file, path => wanted(path) && !found.has(path))) {
    size += member.size
    if (size > LARGEST) throw new ArchiveError('too-large')
    found.set(member.path, await laidAside(member))
  }
  return [...found.values()]
}
