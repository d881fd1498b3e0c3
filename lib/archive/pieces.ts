/**
 * A large JSON document in pieces that are documents themselves: the records of a list at its root, or of a list under a key there, so many at a time, with what stands around them. Downloads of years are one
 * list of hundreds of megabytes, and nobody has to hold it whole.
 */

/** Characters of records in a piece, and of all that may stand around a list. */
const PIECE = 1_000_000
const AROUND = 32_000_000

/** What cannot be cut: one value, or what stands around the lists, is larger than may be held at once. */
export class TooLarge extends Error {}

/**
 * @param text of the document in any cuts; before its first bracket may stand an assignment (`window.a.b = `), which each piece repeats
 * @param piece characters of records at most, but for one record that is longer
 * @throws TooLarge where it can't be cut small enough; what `text` throws. Whether it is JSON the reader of the pieces finds out
 */
export const piecesOfJson = async function* (text: AsyncIterable<string>, piece = PIECE, around = AROUND): AsyncGenerator<string> {
  /** What stands before the list that is being read, and what of that list was read. */
  let head = ''
  let rows: string[] = []
  let size = 0
  let row = ''
  /** Brackets that are open; whether a string is, and its last letter was a backslash. */
  const open: string[] = []
  let quoted = false
  let escaped = false
  /** Depth of the list whose records are counted out: 1 for one at the root, 2 for one under a key. */
  let list = 0
  let cut = false
  let given = false
  let rootList = false
  const closing = (depth: number): string => open.slice(0, depth).toReversed().map(bracket => (bracket === '[' ? ']' : '}')).join('')
  const give = (): string => {
    const whole = head + rows.join(',') + closing(list)
    rows = []
    size = 0
    cut = true
    given = true
    return whole
  }
  const endRow = (): void => {
    if (row.trim()) {
      rows.push(row)
      size += row.length
    }
    row = ''
  }
  for await (const part of text) {
    let from = 0
    const take = (to: number): void => {
      if (list) row += part.slice(from, to)
      else head += part.slice(from, to)
      from = to
    }
    for (let at = 0; at < part.length; at++) {
      const letter = part.charCodeAt(at)
      if (quoted) {
        if (escaped) escaped = false
        else if (letter === 92) escaped = true
        else if (letter === 34) quoted = false
        continue
      }
      switch (letter) {
        case 34:
          quoted = true
          break
        case 91: // [
        case 123: // {
          open.push(letter === 91 ? '[' : '{')
          if (!list && letter === 91 && (open.length === 1 || (open.length === 2 && open[0] === '{'))) {
            take(at + 1)
            list = open.length
            rootList ||= list === 1
            cut = false
          }
          break
        case 93: // ]
        case 125: // }
          if (list && open.length === list) {
            take(at)
            endRow()
            if (cut && rows.length) yield give()
            // A list that was given away is empty in what follows; another one stays as it is.
            head += cut ? '' : rows.join(',')
            rows = []
            size = 0
            list = 0
          }
          open.pop()
          break
        case 44: // ,
          if (list && open.length === list) {
            take(at)
            from = at + 1
            endRow()
            if (size >= piece) yield give()
          }
          break
      }
    }
    take(part.length)
    if (row.length > around || head.length > around) throw new TooLarge('A value is too large to be held')
  }
  if (list) {
    // Broken off in the middle: what is whole is given, and the reader counts that the rest is missing.
    if (rows.length) yield give()
    return
  }
  // What stands around lists that were given away is a document of its own, with nothing in it that was given already.
  if (!given || !rootList) yield head
}
