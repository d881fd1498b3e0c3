/**
 * State that a page carries as a JavaScript literal: `window.__STATE__ = {…}`. It is read by a tokenizer, never run: bare words (`undefined`, `NaN`),
 * `new Set([…])`, `new Map([…])`, `!0`, `void 0`, unquoted keys, single quotes and comments are taken, strings are left as they are. Total and linear.
 */
import { isDict, type Dict } from './fields.ts'

export interface Literal {
  /** Objects, lists, strings, numbers, true, false, null. What was `undefined`, `NaN` or code is missing (in a list: null). */
  value: unknown
  /** Index after it. */
  end: number
  /** It was cut off, or holds something that is no literal; what could be read is there. */
  damaged: boolean
}

/** Deeper than this nothing is read: what lies there is passed over. */
const deepest = 200

const space = /[\s\uFEFF]*/y
const plainString = /[^"'`\\\n\r]*/y
const numeral = /0[xX][\da-fA-F]+n?|0[oO][0-7]+n?|0[bB][01]+n?|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?n?/y
const identifier = /[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*/uy
const nothing = Symbol('undefined')

const simple: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' }

class Reader {
  at: number
  damaged = false
  private readonly text: string

  constructor(text: string, start: number) {
    this.text = text
    this.at = start
  }

  /** What `pattern` (sticky) matches here, and moves on behind it. */
  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      // Most of the time there is none.
      if (code > 0x20 && code < 0x7f && code !== 0x2f) return
      this.take(space)
      if (!this.comment()) return
    }
  }

  private comment(): boolean {
    const line = this.text.startsWith('//', this.at)
    if (!line && !this.text.startsWith('/*', this.at)) return false
    const end = this.text.indexOf(line ? '\n' : '*/', this.at + 2)
    this.at = end < 0 ? this.text.length : end + (line ? 1 : 2)
    return true
  }

  private is(character: string): boolean {
    this.skipSpace()
    return this.text[this.at] === character
  }

  private eat(character: string): boolean {
    const there = this.is(character)
    if (there) this.at++
    return there
  }

  /** @returns `nothing` where it is cut off, or holds code (a template with a placeholder) */
  private string(quote: string): string | typeof nothing {
    this.at++
    const parts: string[] = []
    let code = false
    while (this.at < this.text.length) {
      const part = this.take(plainString)
      parts.push(part)
      if (quote === '`' && part.includes('${')) code = true
      const here = this.text[this.at]
      if (here === quote) {
        this.at++
        return code ? nothing : parts.join('')
      }
      if (here === undefined) break
      if (here === '\\') parts.push(this.escape())
      else {
        parts.push(here)
        this.at++
      }
    }
    this.damaged = true
    return nothing
  }

  /** An escape sequence (ECMAScript, "String Literals"). */
  private escape(): string {
    const letter = this.text[this.at + 1] ?? ''
    this.at += 2
    if (letter === 'u' || letter === 'x') {
      const braced = letter === 'u' && this.text[this.at] === '{'
      const end = braced ? this.text.indexOf('}', this.at) : this.at + (letter === 'u' ? 4 : 2)
      const digits = end < 0 || end - this.at > 10 ? '' : this.text.slice(this.at + (braced ? 1 : 0), end)
      const number = /^[\da-fA-F]+$/.test(digits) ? Number.parseInt(digits, 16) : -1
      if (number < 0 || number > 0x10ffff) return letter
      this.at = end + (braced ? 1 : 0)
      return braced ? String.fromCodePoint(number) : String.fromCharCode(number)
    }
    // A line that goes on in the next.
    if (letter === '\r' && this.text[this.at] === '\n') this.at++
    if (letter === '\n' || letter === '\r' || letter === '\u2028' || letter === '\u2029') return ''
    return simple[letter] ?? letter
  }

  /** Whole numbers beyond 2^53 stay text, since they are ids. */
  private number(): number | string | typeof nothing {
    const found = this.take(numeral).replaceAll('_', '')
    if (found === '') {
      this.wrong()
      return nothing
    }
    if (/^\d+n?$/.test(found)) {
      const digits = found.replace('n', '')
      return Number.isSafeInteger(Number(digits)) ? Number(digits) : digits
    }
    const number = Number(found.replace(/n$/, ''))
    return Number.isFinite(number) ? number : nothing
  }

  /** Something that is no literal: on to the next `,`, `}` or `]` of this level. */
  private wrong(): void {
    this.damaged = true
    this.passOver()
  }

  /** Moves on to the end of what stands here, minding brackets, strings and comments. Never moves backwards. */
  private passOver(): void {
    let depth = 0
    while (this.at < this.text.length) {
      const here = this.text[this.at] as string
      if (here === '"' || here === "'" || here === '`') {
        this.string(here)
        continue
      }
      if (here === '/' && this.comment()) continue
      if (here === '(' || here === '[' || here === '{') depth++
      else if (here === ')' || here === ']' || here === '}') {
        if (depth === 0) return
        depth--
      } else if (depth === 0 && (here === ',' || here === ';')) return
      this.at++
    }
  }

  private list(depth: number): unknown[] {
    const items: unknown[] = []
    this.at++
    while (!this.eat(']')) {
      if (this.at >= this.text.length) {
        this.damaged = true
        break
      }
      if (this.eat(',')) {
        items.push(null)
        continue
      }
      const before = this.at
      const value = this.value(depth + 1)
      items.push(value === nothing ? null : value)
      if (this.eat(',') || this.is(']')) continue
      this.wrong()
      if (!this.eat(',') && !this.is(']')) this.at = Math.max(this.at, before + 1)
    }
    return items
  }

  private object(depth: number): Dict {
    const found: Dict = {}
    this.at++
    while (!this.eat('}')) {
      if (this.at >= this.text.length) {
        this.damaged = true
        break
      }
      if (this.eat(',')) continue
      const before = this.at
      const here = this.text[this.at] as string
      const key = here === '"' || here === "'" ? this.string(here) : this.take(identifier) || String(/[\d.]/.test(here) ? (this.take(numeral) || '') : '')
      if (key !== '' || here === '"' || here === "'") {
        if (key !== nothing && this.eat(':')) {
          const value = this.value(depth + 1)
          if (value !== nothing && key !== '__proto__') found[key] = value
          if (this.eat(',') || this.is('}')) continue
        }
      }
      // A method, a spread or the like.
      this.wrong()
      if (!this.eat(',') && !this.is('}')) this.at = Math.max(this.at, before + 1)
    }
    return found
  }

  /** `new Name(…)`, or a call: what its first argument holds. */
  private made(name: string, depth: number): unknown {
    if (!this.eat('(')) return nothing
    const first = this.is(')') ? [] : this.value(depth + 1)
    if (!this.is(')')) this.passRest()
    this.eat(')')
    if (name === 'Set' || name === 'WeakSet') return Array.isArray(first) ? first : []
    if (name === 'Map' || name === 'WeakMap') return fromPairs(first)
    if (name === 'Date') {
      const date = typeof first === 'string' || typeof first === 'number' ? new Date(first) : undefined
      return date && !Number.isNaN(date.getTime()) ? date.toISOString() : nothing
    }
    if (name === 'BigInt' || name === 'String' || name === 'Number' || name === 'Boolean' || /freeze$|^ref$|^reactive$/.test(name)) return first
    if (name === 'JSON.parse' && typeof first === 'string') return parseLiteral(first)?.value ?? nothing
    this.damaged = true
    return nothing
  }

  private passRest(): void {
    while (this.at < this.text.length && !this.is(')')) {
      const before = this.at
      this.passOver()
      if (this.text[this.at] === ')') return
      this.at = Math.max(this.at, before) + 1
    }
  }

  private named(depth: number): unknown {
    const word = this.take(identifier)
    if (word === 'true') return true
    if (word === 'false') return false
    if (word === 'null') return null
    if (word === 'undefined' || word === 'NaN' || word === 'Infinity') return nothing
    if (word === 'void') {
      this.value(depth + 1)
      return nothing
    }
    if (word === '' || word === 'function' || word === 'async' || word === 'class') {
      this.wrong()
      return nothing
    }
    let name = word
    if (word === 'new') {
      this.skipSpace()
      name = this.take(identifier)
    }
    while (this.text[this.at] === '.') {
      this.at++
      name += `.${this.take(identifier)}`
    }
    if (this.is('(')) return this.made(name, depth)
    if (word !== 'new') this.wrong()
    else if (name === 'Set') return []
    else if (name === 'Map') return {}
    return nothing
  }

  /** @returns `nothing` for what has no value here */
  value(depth: number): unknown {
    this.skipSpace()
    const here = this.text[this.at]
    if (here === undefined) {
      this.damaged = true
      return nothing
    }
    if (depth > deepest) {
      this.wrong()
      return nothing
    }
    if (here === '"' || here === "'" || here === '`') return this.string(here)
    if (here === '{') return this.object(depth)
    if (here === '[') return this.list(depth)
    if (here === '(') {
      this.at++
      const inner = this.value(depth + 1)
      if (!this.is(')')) this.passRest()
      this.eat(')')
      return inner
    }
    if (here === '-' || here === '+') {
      this.at++
      const inner = this.value(depth + 1)
      if (here === '+' || inner === nothing) return inner
      return typeof inner === 'number' ? -inner : typeof inner === 'string' && /^\d+$/.test(inner) ? `-${inner}` : nothing
    }
    if (here === '!') {
      this.at++
      const inner = this.value(depth + 1)
      return inner === nothing ? true : !inner
    }
    if ((here >= '0' && here <= '9') || here === '.') return this.number()
    return this.named(depth)
  }
}

/** Keys and values of `new Map([…])`: an object where every key is a text or a number, else the pairs. */
const fromPairs = (pairs: unknown): unknown => {
  if (!Array.isArray(pairs)) return {}
  if (!pairs.every(pair => Array.isArray(pair) && (typeof pair[0] === 'string' || typeof pair[0] === 'number'))) return pairs
  const found: Dict = {}
  for (const [key, value] of pairs as [string | number, unknown][]) if (key !== '__proto__') found[key] = value
  return found
}

/**
 * @param text JavaScript or JSON @param start where the literal begins
 * @returns what stands there; undefined where nothing does. Never throws
 */
export const parseLiteral = (text: string, start = 0): Literal | undefined => {
  const literal = readLiteral(text, start)
  return literal.value === nothing ? undefined : literal
}

const readLiteral = (text: string, start: number): Literal => {
  const reader = new Reader(text, start)
  const value = reader.value(0)
  return { value, end: reader.at, damaged: reader.damaged }
}

const assignment = /(?:(?:var|let|const)\s+)?(?:(?:window|self|globalThis|top)\s*(?:\.\s*|\[\s*["']))?([\p{ID_Start}$_][\p{ID_Continue}$]*)(?:["']\s*\])?\s*=(?![=>])\s*/uy
const beforeStatement = /[\s;,{}(]/

/**
 * The literals that a script assigns to global names, `window.NAME = {…}; window.OTHER = …`. What stands inside a string is none of them.
 * @param script text of a script element
 * @param names only these @returns each assignment in order
 */
export const assigned = (script: string, names: ReadonlySet<string>): { name: string; value: unknown; damaged: boolean }[] => {
  const found: { name: string; value: unknown; damaged: boolean }[] = []
  const tokens = /"[^"\\\n]*(?:\\[^][^"\\\n]*)*"?|'[^'\\\n]*(?:\\[^][^'\\\n]*)*'?|`[^`\\]*(?:\\[^][^`\\]*)*`?|\/\*|\/\/[^\n]*|([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu
  for (let token = tokens.exec(script); token; token = tokens.exec(script)) {
    if (token[0] === '/*') {
      const end = script.indexOf('*/', token.index + 2)
      tokens.lastIndex = end < 0 ? script.length : end + 2
    }
    if (token[1] === undefined) continue
    if (token.index > 0 && !beforeStatement.test(script[token.index - 1] as string)) continue
    assignment.lastIndex = token.index
    const made = assignment.exec(script)
    if (!made || !names.has(made[1] ?? '')) continue
    const literal = readLiteral(script, token.index + made[0].length)
    if (literal.value !== nothing) found.push({ name: made[1] as string, value: literal.value, damaged: literal.damaged })
    tokens.lastIndex = Math.max(literal.end, tokens.lastIndex)
  }
  return found
}

/** What a reactive reference of Vue is made of, when it is written out. */
const refKey = /^(?:_?value|_rawValue|__v_\w+|deps?|_shallow|_object|_key|_defaultValue|version|subs?)$/

const isRef = (value: Dict): boolean => {
  const keys = Object.keys(value)
  return ['_rawValue', '_value', 'value'].some(key => Object.hasOwn(value, key)) && keys.every(key => refKey.test(key)) && (keys.length > 1 || keys[0] !== 'value' || value.__v_isRef === true)
}

/**
 * Takes Vue's references (`{_rawValue, _value, __v_isRef …}`, `{value, __v_isRef}`) out of a state: what they hold stands in their place.
 * @returns a copy; below `deepest` levels things stay as they are
 */
export const withoutRefs = (value: unknown, depth = 0): unknown => {
  if (typeof value !== 'object' || value === null || depth > deepest) return value
  if (Array.isArray(value)) return value.map(item => withoutRefs(item, depth + 1))
  const object = value as Dict
  if (isRef(object)) return withoutRefs(['_rawValue', '_value', 'value'].map(key => (Object.hasOwn(object, key) ? object[key] : undefined)).find(inner => inner !== undefined), depth + 1)
  const copy: Dict = {}
  for (const key of Object.keys(object)) if (key !== '__proto__') copy[key] = withoutRefs(object[key], depth + 1)
  return isDict(copy) ? copy : object
}
