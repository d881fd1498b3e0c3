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
