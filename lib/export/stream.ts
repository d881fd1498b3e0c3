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
