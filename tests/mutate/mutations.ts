/** What a change of a site, a broken line or somebody who means harm makes of an answer. Seeded: the same number gives the same answers. */
import type { Answer } from '../../lib/model/index.ts'

export type Dice = () => number
/** Mulberry32: small, and the same everywhere. */
export const diceOf = (seed: number): Dice => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
const below = (dice: Dice, most: number): number => Math.floor(dice() * most)
const one = <T>(dice: Dice, all: readonly T[]): T => all[below(dice, all.length)]!

const deep = (levels: number): unknown => {
  let value: unknown = 'end'
  for (let at = 0; at < levels; at++) value = at % 2 ? { inner: value } : [value]
  return value
}

const strange: ((dice: Dice) => unknown)[] = [
  () => null, () => '', () => 0, () => -1, () => 1e308, () => Number.MAX_VALUE, () => true, () => [], () => ({}), () => '\u0000', () => '\ud800', () => '\u202etxt.exe', () => '\u200b\u200d\ufeff',
  () => '__proto__', () => 'constructor', () => ({ toString: 'no function' }), () => ({ length: 1e9 }), () => [[[[]]]], () => '<script>alert(1)</script>', () => '=1+1', () => '../../etc/passwd',
  () => 'https://127.0.0.1/', () => 'data:text/html,x', () => '9999-99-99T99:99:99Z', () => '-271821-04-20T00:00:00Z', () => '1e9', () => '٣', () => '😀'.repeat(200), dice => 'x'.repeat(below(dice, 2000)),
  dice => deep(below(dice, 60)), () => JSON.parse('{"__proto__": {"polluted": true}}') as unknown,
]
/** Seldom, since they are large. */
const huge: ((dice: Dice) => unknown)[] = [() => 'y'.repeat(1_000_000), () => deep(1200), () => Array.from({ length: 20_000 }, (_, n) => n), () => 'https://a.example/'.repeat(20_000), () => '@a '.repeat(100_000), () => '('.repeat(200_000)]

/** Every place of a value: what holds it, and under which key. */
const places = (value: unknown, most = 4000): [holder: Record<string, unknown> | unknown[], key: string][] => {
  const found: [Record<string, unknown> | unknown[], string][] = []
  const queue: unknown[] = [value]
  while (queue.length && found.length < most) {
    const at = queue.pop()
    if (typeof at !== 'object' || at === null) continue
    for (const key of Object.keys(at)) {
      found.push([at as Record<string, unknown>, key])
      queue.push((at as Record<string, unknown>)[key])
    }
  }
  return found
}
const put = (holder: object, key: string, value: unknown): void => void Object.defineProperty(holder, key, { value, configurable: true, enumerable: true, writable: true })

const changeJson = (dice: Dice, root: unknown): unknown => {
  const whole = { root }
  for (let times = 1 + below(dice, 4); times > 0; times--) {
    const all = places(whole)
    // All of it was taken away.
    if (all.length === 0) break
    const [holder, key] = one(dice, all)
    const value = (holder as Record<string, unknown>)[key]
    switch (below(dice, 8)) {
      case 0:
        if (Array.isArray(holder)) holder.splice(Number(key), 1)
        else delete holder[key]
        break
      case 1: {
        // Another's place: what was a name is a list now, and whatever refers to itself by number goes in a circle.
        const [other, its] = one(dice, all)
        put(holder, key, structuredClone((other as Record<string, unknown>)[its]))
        break
      }
      case 2:
        if (Array.isArray(holder)) holder.push(structuredClone(value))
        else put(holder, `${key}_v2`, value)
        break
      case 3:
        if (!Array.isArray(holder)) {
          delete holder[key]
          put(holder, one(dice, ['__proto__', 'constructor', 'hasOwnProperty', 'id', 'pk', 'url', 'text', key.toUpperCase()]), value)
        }
        break
      case 4:
        put(holder, key, typeof value === 'string' ? Number(value) : typeof value === 'number' ? String(value) : Array.isArray(value) ? { ...value } : [value])
        break
      default:
        put(holder, key, (dice() < 0.003 ? one(dice, huge) : one(dice, strange))(dice))
    }
  }
  return whole.root
}

const changeText = (dice: Dice, text: string): string => {
  const at = below(dice, text.length + 1)
  const length = below(dice, Math.min(400, text.length))
  switch (below(dice, 6)) {
    case 0: return text.slice(0, at)
    case 1: return text.slice(0, at) + text.slice(at + length)
    case 2: return text.slice(0, at) + text.slice(at, at + length).repeat(1 + below(dice, 4)) + text.slice(at)
    case 3: return text.slice(0, at) + one(dice, ['\u0000', '\u2028', '\ud800', '</script>', '<!--', '\\', '"', '{', '}', '[', ']', '&#x', '\ufeff', 'for (;;);', '\r\n', ...(dice() < 0.02 ? ['['.repeat(50_000), '{"a":'.repeat(20_000), '('.repeat(100_000), '<div>'.repeat(30_000)] : [])]) + text.slice(at)
    case 4: return text.slice(at) + text.slice(0, at)
    default: return text.slice(0, at) + String.fromCodePoint(below(dice, 0xd7ff)) + text.slice(at + 1)
  }
}

const changeBytes = (dice: Dice, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  const out = bytes.slice(0, dice() < 0.1 ? below(dice, bytes.length + 1) : bytes.length)
  for (let times = 1 + below(dice, 6); times > 0 && out.length; times--) out[below(dice, out.length)] = below(dice, 256)
  return out
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\s*for \(;;\);/, ''))
  } catch {
    return undefined
  }
}

/** @param answer as it was @returns another, which is not shared with it */
export const mutated = (answer: Answer, dice: Dice): Answer => {
  const out: Answer = { ...answer, ...(answer.request ? { request: structuredClone(answer.request) } : {}) }
  if (dice() < 0.04) out.status = one(dice, [0, 200, 204, 302, 401, 403, 404, 429, 500, 503, 999])
  if (dice() < 0.02) out.contentType = one(dice, ['', 'text/html', 'application/json', 'application/octet-stream', 'x'.repeat(1000)])
  if (dice() < 0.02) out.url = one(dice, ['', 'about:blank', 'not an address', 'file:///x', `${answer.url}?${'a'.repeat(3000)}`])
  if (dice() < 0.02) out.page = one(dice, ['', 'about:blank', 'https://other.example/'])
  if (dice() < 0.04) out.request = changeJson(dice, out.request ?? {}) as Answer['request']
  if (dice() < 0.03) out.headers = { ...out.headers, [one(dice, ['link', 'retry-after', 'x-ratelimit-reset', '__proto__'])]: one(dice, ['', '-1', '<x>; rel="next"', '<https://127.0.0.1/>; rel=next', 'a'.repeat(5000)]) }
  const { body } = answer
  if (typeof body !== 'string') out.body = changeBytes(dice, body)
  else {
    const json = dice() < 0.8 && body.length < 200_000 ? parse(body) : undefined
    out.body = typeof json === 'object' && json !== null ? JSON.stringify(changeJson(dice, json)) : changeText(dice, body)
  }
  return out
}
