import { piecesOf, type OutFile } from '../../lib/export/index.ts'

/** What comes is put into Blobs of so many bytes: the browser may keep a Blob on disk, an array only in memory. */
const pieceSize = 8_000_000
/** And of so many pieces: each file on disk that a page holds on to takes some kilobytes of its memory, and an archive may have them by the ten thousand. */
const pieceCount = 500
/** How long the address of a saved file stays: a large one may still be written long after the press. */
const addressLife = 600_000

/** @returns the file as a Blob; what lies on disk already becomes a part of it unread @throws what writes it, and `stop`'s reason */
const collect = async (file: OutFile, progress: (bytes: number) => void, stop?: AbortSignal): Promise<Blob> => {
  const parts: Blob[] = []
  let group: BlobPart[] = []
  let [waiting, bytes, told] = [0, 0, 0]
  const close = (): void => {
    if (group.length) parts.push(new Blob(group))
    group = []
    waiting = 0
  }
  for await (const piece of file.pieces?.() ?? piecesOf(file.stream())) {
    stop?.throwIfAborted()
    group.push(piece as BlobPart)
    const size = piece instanceof Blob ? piece.size : piece.byteLength
    // What lies on disk is not held.
    waiting += piece instanceof Blob ? 0 : size
    bytes += size
    if (waiting >= pieceSize || group.length >= pieceCount) close()
    if (bytes - told < pieceSize) continue
    told = bytes
    progress(bytes)
  }
  close()
  progress(bytes)
  return new Blob(parts, { type: file.type })
}

/**
 * Hands a file to the browser's downloads by a link with `download`, which needs no permission.
 * @param progress bytes so far @param stop ends it before it is handed over
 * @returns bytes in all @throws what the file's stream throws, and `stop`'s reason
 */
export const save = async (file: OutFile, progress: (bytes: number) => void, stop?: AbortSignal): Promise<number> => {
  const blob = await collect(file, progress, stop)
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.hidden = true
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(url), addressLife)
  return blob.size
}
