import type { OutFile } from '../../lib/export/index.ts'

/** Chunks are put into Blobs of this size as they come: the browser may keep a Blob on disk, an array only in memory. */
const pieceSize = 8_000_000
/** How long the address of a saved file stays: a large one may still be written long after the press. */
const addressLife = 600_000

/** @returns the file as a Blob @throws what its stream throws */
const collect = async (file: OutFile, progress: (bytes: number) => void): Promise<Blob> => {
  const pieces: Blob[] = []
  let chunks: BlobPart[] = []
  let waiting = 0
  let bytes = 0
  const reader = file.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (value) {
      chunks.push(value as Uint8Array<ArrayBuffer>)
      waiting += value.byteLength
      bytes += value.byteLength
    }
    if (waiting >= pieceSize || done) {
      pieces.push(new Blob(chunks))
      chunks = []
      waiting = 0
      progress(bytes)
    }
    if (done) return new Blob(pieces, { type: file.type })
  }
}

/**
 * Hands a file to the browser's downloads by a link with `download`, which needs no permission.
 * @param progress bytes so far @returns bytes in all @throws what the file's stream throws
 */
export const save = async (file: OutFile, progress: (bytes: number) => void): Promise<number> => {
  const blob = await collect(file, progress)
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
