/**
 * A JSON document without the parts that nobody wants: one file of a download can hold a person's messages beside their posts. What is left out here is never parsed, and goes nowhere.
 */

/** What is to become of a value: whole, or left out, or for the values in it to say. */
export type Wish = 'keep' | 'drop' | 'look'

/**
 * @param text of the document, in any cuts
 * @param wish of the value at this path of keys. Lists are kept or dropped whole: `look` at one keeps it
 * @returns the text, in which of every object only what is kept is left. Of what is no JSON the letters are passed on or dropped by the same rules; the reader finds out
 */
export const onlyKeys = async function* (text: AsyncIterable<string>, wish: (path: string[]) => Wish): AsyncGenerator<string> {
  /** Keys of the objects that are looked into, outermost first; the last is that of the value which is being read. */
  const path: string[] = []
  /** Whether something of the object at this depth was given already. */
  const given: boolean[] = []
  let quoted = false
  let escaped = false
  /** Depth inside a value that is kept or dropped whole; 0: between values, in an object that is looked into. */
  let inside = 0
  let state: 'start' | 'key' | 'colon' | 'value' | 'whole' = 'start'
  let keeping = false
  let key = ''
  let out = ''
  const begin = (): void => {
    state = 'whole'
    keeping = wish(path) === 'keep'
    if (keeping) comma()
  }
  const comma = (): void => {
    const depth = given.length - 1
    out += `${given[depth] ? ',' : ''}${JSON.stringify(path.at(-1))}:`
    given[depth] = true
  }
  for await (const part of text) {
    for (let at = 0; at < part.length; at++) {
      const letter = part[at]!
      if (state === 'start') {
        // What stands before the document (an assignment, a mark of order) stays; a document that is a list is kept as it is.
        out += letter
        if (letter === '[') {
          state = 'whole'
          keeping = true
          inside = 1
        } else if (letter === '{') {
          given.push(false)
          state = 'key'
        }
        continue
      }
      if (state === 'key') {
        if (quoted) {
          if (escaped) escaped = false
          else if (letter === '\\') escaped = true
          else if (letter === '"') quoted = false
          if (quoted) key += letter
          else {
            path.push(keyOf(key))
            state = 'colon'
          }
        } else if (letter === '"') {
          quoted = true
          key = ''
        } else if (letter === '}') {
          out += '}'
          given.pop()
          path.pop()
          if (!given.length) state = 'whole'
          keeping = true
        }
        continue
      }
      if (state === 'colon') {
        if (letter === ':') state = 'value'
        continue
      }
      if (state === 'value') {
        if (/\s/.test(letter)) continue
        const wanted = wish(path)
        if (letter === '{' && wanted === 'look') {
          comma()
          out += '{'
          given.push(false)
          state = 'key'
          continue
        }
        if (wanted === 'look') {
          state = 'whole'
          keeping = true
          comma()
        } else begin()
        inside = 0
      }
      // A whole value, letter by letter.
      if (quoted) {
        if (escaped) escaped = false
        else if (letter === '\\') escaped = true
        else if (letter === '"') quoted = false
        if (keeping) out += letter
        continue
      }
      if (inside === 0 && given.length && (letter === ',' || letter === '}')) {
        path.pop()
        state = 'key'
        if (letter === '}') {
          out += '}'
          given.pop()
          path.pop()
          if (!given.length) {
            state = 'whole'
            keeping = true
          }
        }
        continue
      }
      if (letter === '"') quoted = true
      else if (letter === '{' || letter === '[') inside++
      else if (letter === '}' || letter === ']') inside--
      if (keeping) out += letter
    }
    if (out) yield out
    out = ''
  }
}

const keyOf = (text: string): string => {
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return text
  }
}
