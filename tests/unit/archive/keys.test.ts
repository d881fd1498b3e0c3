import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { onlyKeys, type Wish } from '../../../lib/archive/keys.ts'

const cut = async function* (text: string, sizes: number[]): AsyncGenerator<string> {
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const size = sizes.length ? Math.max(1, sizes[turn % sizes.length]!) : text.length
    yield text.slice(at, at + size)
    at += size
  }
}
const run = async (text: string, wish: (path: string[]) => Wish, sizes: number[] = []): Promise<string> => {
  let out = ''
  for await (const part of onlyKeys(cut(text, sizes), wish)) out += part
  return out
}

type Json = unknown
/** The same by way of the whole document. */
const plainly = (value: Json, wish: (path: string[]) => Wish, path: string[] = []): Json =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(Object.entries(value).flatMap(([key, one]) => {
        const wanted = wish([...path, key])
        return wanted === 'drop' ? [] : [[key, wanted === 'keep' ? one : plainly(one, wish, [...path, key])]]
      }))

describe('of a document only what is wanted', () => {
  test('messages go, what stands beside them stays', async () => {
    const document = { 'Direct Message': { a: ['secret "}', { x: 'secret' }] }, Profile: { Info: { name: 'Ada, "A"', mail: 'secret@a.example' }, n: 1 }, Activity: { Following: { Following: [{ UserName: 'bob' }] }, 'Login History': ['secret'] }, end: null }
    const wish = (path: string[]): Wish => {
      const name = path.join('/')
      return name === 'Direct Message' || name === 'Activity/Login History' || name.endsWith('/mail') ? 'drop' : /^(?:Profile|Activity)$/.test(name) || name === 'Profile/Info' ? 'look' : 'keep'
    }
    for (const sizes of [[], [1], [3, 7]]) {
      const text = await run(JSON.stringify(document, null, 2), wish, sizes)
      expect(text).not.toContain('secret')
      expect(JSON.parse(text)).toEqual({ Profile: { Info: { name: 'Ada, "A"' }, n: 1 }, Activity: { Following: { Following: [{ UserName: 'bob' }] } }, end: null })
    }
  })

  test('any document, any cuts, any wishes', async () => {
    const wishes: Wish[] = ['keep', 'drop', 'look']
    await fc.assert(fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), fc.array(fc.nat(9), { maxLength: 4 }), fc.nat(), fc.constantFrom(undefined, 1), async (document, sizes, salt, space) => {
      const wish = (path: string[]): Wish => wishes[([...path.join('/')].reduce((sum, letter) => sum + letter.codePointAt(0)!, salt) + path.length) % 3]!
      expect(JSON.parse(await run(JSON.stringify(document, null, space), wish, sizes))).toEqual(JSON.parse(JSON.stringify(plainly(document, wish))))
    }), { numRuns: 300 })
  })

  test('a list, an assignment before it, what is broken: never thrown, and what is dropped stays dropped', async () => {
    const drop = (): Wish => 'drop'
    expect(await run('[{"a":1}]', drop)).toBe('[{"a":1}]')
    expect(await run('window.x = {"a":"secret","b":{"c":"secret"}}', drop)).toBe('window.x = {}')
    for (const text of ['{"a":"secret', '{"a":["secret"', '{"a" "secret"', '{', '', 'nothing', '{"a":secret,,}}', '{"a":1}}}}{"b":"x"}']) expect(await run(text, drop)).not.toContain('secret')
  })
})
