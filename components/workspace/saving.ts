import { gather, piecesOf, type OutFile } from '../../lib/export/index.ts'

/** Bytes after which it is said again how far it is. */
const often = 8_000_000
/** How long the address of a saved file stays: a large one may still be written long after the press. */
const addressLife = 600_000

/** @returns the file as a Blob; what lies on disk already becomes a part of it unread @throws what writes it, and `stop`'s reason */
const collect = async (file: OutFile, progress: (bytes: number) => void, stop?: AbortSignal): Promise<Blob> => {
  const all = gather()
  let [bytes, told] = [0, 0]
  for await (const piece of file.pieces?.() ?? piecesOf(file.stream())) {
    stop?.throwIfAborted()
    all.add(piece)
    bytes += piece instanceof Blob ? piece.size : piece.byteLength
    if (bytes - told < often) continue
    told = bytes
    progress(bytes)
  }
  progress(bytes)
  return all.whole(file.type)
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
