/** Text and bytes, a piece at a time: whoever reads decides the pace, and nothing is made before it is asked for. */

const encoder = new TextEncoder()
const pieceSize = 64 * 1024

/** Short texts to pieces of about 64 kB. */
export const inPieces = async function* (texts: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let gathered: string[] = []
  let length = 0
  for await (const text of texts) {
    gathered.push(text)
    length += text.length
    if (length < pieceSize) continue
    yield encoder.encode(gathered.join(''))
    gathered = []
    length = 0
  }
  if (length) yield encoder.encode(gathered.join(''))
}

/** What a stream gives, a piece at a time; given up, it is cancelled. */
export const piecesOf = async function* (stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) yield value!
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** A stream that asks `pieces` only as fast as it is read, and stops them when it is given up. */
export const streamOf = (pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )

/** What comes is put into Blobs of so many bytes: the browser may keep a Blob on disk, an array only in memory. */
const blobSize = 8_000_000
/** And of so many pieces: each file on disk that a page holds on to takes some kilobytes of its memory, and an archive may have them by the ten thousand. */
const blobPieces = 500

export interface Gathering {
  add(piece: Uint8Array | Blob): void
  whole(type: string): Blob
}

/** Gathers pieces into one Blob: what lies on disk already becomes a part of it unread, and what was made on the way is the browser's to keep. */
export const gather = (): Gathering => {
  const parts: Blob[] = []
  let group: BlobPart[] = []
  let waiting = 0
  const close = (): void => {
    if (group.length) parts.push(new Blob(group))
    group = []
    waiting = 0
  }
  return {
    add: piece => {
      group.push(piece as BlobPart)
      if (!(piece instanceof Blob)) waiting += piece.byteLength
      if (waiting >= blobSize || group.length >= blobPieces) close()
    },
    whole: type => {
      close()
      return new Blob(parts, { type })
    },
  }
}
