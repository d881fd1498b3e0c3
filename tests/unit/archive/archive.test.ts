import fc from 'fast-check'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { describe, expect, test } from 'vitest'
import { ArchiveError, isZip, openArchive, type Member } from '../../../lib/archive/open.ts'
import { piecesOfJson, TooLarge } from '../../../lib/archive/pieces.ts'

const zip = (files: Zippable, level: 0 | 6 = 6): Uint8Array<ArrayBuffer> => zipSync(files, { level }) as Uint8Array<ArrayBuffer>
const textOf = async (member: Member): Promise<string> => {
  const parts: Uint8Array[] = []
  for await (const part of member.read()) parts.push(part.slice())
  return new TextDecoder().decode(await new Blob(parts as BlobPart[]).arrayBuffer())
}
const reasonOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', error => (error instanceof ArchiveError ? error.reason : String(error)))
const all = (): boolean => true

describe('an archive is opened in place', () => {
  test('members that are wanted, deflated or not', async () => {
    for (const level of [0, 6] as const) {
      const file = new Blob([zip({ 'data/tweets.js': strToU8('x = [1]'), 'data/direct-messages.js': strToU8('secret'), 'data/größe.js': strToU8('é'.repeat(100_000)) }, level)])
      expect(await isZip(file)).toBe(true)
      const members = await openArchive(file, path => !path.includes('direct'))
      expect(members.map(({ path, size }) => [path, size])).toEqual([['data/tweets.js', 7], ['data/größe.js', 200_000]])
      expect(await Promise.all(members.map(textOf))).toEqual(['x = [1]', 'é'.repeat(100_000)])
    }
  })

  test('of what is not wanted nothing is read', async () => {
    const bytes = zip({ 'media/1.mp4': new Uint8Array(3_000_000).fill(1), 'a.json': strToU8('[]') }, 0)
    let read = 0
    class Watched extends Blob {
      override slice(from = 0, to = this.size, type?: string): Blob {
        read += to - from
        return super.slice(from, to, type)
      }
    }
    const [member] = await openArchive(new Watched([bytes]), path => path.endsWith('.json'))
    expect(await textOf(member!)).toBe('[]')
    expect(read).toBeLessThan(500_000)
  })

  test('what it is not, and what is wrong with it, is said by name', async () => {
    const good = zip({ 'a.json': strToU8('['.padEnd(5000, '1,') + '1]'), 'b.json': strToU8('[2]') })
    expect(await isZip(new Blob(['{"a":1}']))).toBe(false)
    expect(await isZip(new Blob([]))).toBe(false)
    expect(await reasonOf(openArchive(new Blob(['PK\x03\x04 and no more']), all))).toBe('not-zip')
    expect(await reasonOf(openArchive(new Blob([good.slice(0, -30)]), all))).toBe('not-zip')
    expect(await reasonOf(openArchive(new Blob([]), all))).toBe('not-zip')
    // Other bytes than the directory's sum says.
    const changed = good.slice()
    changed[60] = changed[60]! ^ 0xff
    expect(await reasonOf(openArchive(new Blob([changed]), all).then(([first]) => textOf(first!)))).toBe('damaged')
    // Bit 0 of the flags: it is encrypted (4.4.4).
    const locked = good.slice()
    const directory = locked.findLastIndex((byte, at) => byte === 0x50 && locked[at + 1] === 0x4b && locked[at + 2] === 1 && locked[at + 3] === 2)
    locked[directory + 8] = locked[directory + 8]! | 1
    expect(await reasonOf(openArchive(new Blob([locked]), all))).toBe('encrypted')
  })

  test('a bomb: what unpacks to more than the directory says is given up there', async () => {
    const bytes = zip({ 'a.json': new Uint8Array(5_000_000) })
    const view = new DataView(bytes.buffer)
    const directory = bytes.findLastIndex((byte, at) => byte === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 1 && bytes[at + 3] === 2)
    view.setUint32(directory + 24, 1000, true)
    view.setUint32(22, 1000, true)
    let read = 0
    const reading = openArchive(new Blob([bytes]), all).then(async ([member]) => {
      for await (const part of member!.read()) read += part.length
    })
    expect(await reasonOf(reading)).toBe('damaged')
    expect(read).toBeLessThanOrEqual(1000)
  })

  test('names that lead out, and a path that stands twice', async () => {
    const bytes = zip({ '../evil.json': strToU8('1'), '/root.json': strToU8('2'), 'a/../b.json': strToU8('3'), 'c\\d.json': strToU8('4'), 'one.json': strToU8('[5]'), '2ne.json': strToU8('[6]') }, 0)
    // The second is renamed to the first, in its header and in the directory.
    const twice = Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('2ne.json', 'one.json'), 'latin1'))
    const members = await openArchive(new Blob([twice]), all)
    expect(members.map(({ path }) => path)).toEqual(['one.json'])
    expect(await textOf(members[0]!)).toBe('[5]')
  })

  test('whatever bytes: an answer or a named reason', async () => {
    const good = zip({ 'a.json': strToU8('[1,2,3]'), 'b.json': strToU8('[4]') })
    const broken = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }).map(changes => {
      const bytes = good.slice()
      for (const [at, byte] of changes) bytes[at] = byte
      return bytes
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(broken, fc.uint8Array({ maxLength: 300 })), async bytes => {
        const reason = await reasonOf(openArchive(new Blob([bytes as Uint8Array<ArrayBuffer>]), all).then(members => Promise.all(members.map(textOf))))
        expect(['nothing', 'not-zip', 'damaged', 'encrypted', 'too-large']).toContain(reason)
      }),
      { numRuns: 300 },
    )
  }, 30_000)
})

describe('a large document in pieces', () => {
  const cutAt = async function* (text: string, sizes: number[]): AsyncGenerator<string> {
    let at = 0
    for (let turn = 0; at < text.length; turn++) {
      const size = Math.max(1, sizes[turn % sizes.length]!)
      yield text.slice(at, at + size)
      at += size
    }
  }
  const pieces = async (text: string, size: number, sizes = [7], around?: number): Promise<string[]> => {
    const out: string[] = []
    for await (const one of piecesOfJson(cutAt(text, sizes), size, around)) out.push(one)
    return out
  }

  test('a list at the root, after an assignment', async () => {
    const text = 'window.YTD.tweets.part0 = [ {"a":"[,]}{\\""}, {"b":[1,[2]]},\n{"c":3} ]'
    const some = await pieces(text, 1)
    expect(some).toHaveLength(3)
    for (const one of some) expect(one).toMatch(/^window\.YTD\.tweets\.part0 = \[/)
    expect(some.map(one => JSON.parse(one.slice(one.indexOf('='))
      .slice(1)))).toEqual([[{ a: '[,]}{"' }], [{ b: [1, [2]] }], [{ c: 3 }]])
    expect(await pieces(text, 1000)).toEqual([text.replace(', {"b"', ', {"b"')])
  })

  test('a list under a key: the pieces have what stands before it, the last what stands around it', async () => {
    const text = '{"@context":["a",{"b":"c"}],"type":"OrderedCollection","orderedItems":[{"id":1},{"id":2},{"id":3}],"totalItems":3}'
    const some = (await pieces(text, 8)).map(one => JSON.parse(one))
    expect(some.flatMap(({ orderedItems }) => orderedItems ?? [])).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
    expect(some.at(-1)).toMatchObject({ type: 'OrderedCollection', orderedItems: [], totalItems: 3 })
    expect((await pieces(text, 1000)).map(one => JSON.parse(one))).toEqual([JSON.parse(text)])
  })

  test('what is too large to be held is said, what is broken off is given as far as it is whole', async () => {
    await expect(pieces(`[{"a":"${'x'.repeat(500)}"}]`, 10, [7], 100)).rejects.toBeInstanceOf(TooLarge)
    await expect(pieces(`{"a":{"b":"${'x'.repeat(500)}"}}`, 10, [7], 100)).rejects.toBeInstanceOf(TooLarge)
    expect((await pieces('[{"a":1},{"b":2},{"c":', 1000)).map(one => JSON.parse(one))).toEqual([[{ a: 1 }, { b: 2 }]])
  })

  test('the records of any list come out, each once and in order, however it is cut', async () => {
    const value = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' })
    const document = fc.oneof(fc.array(value, { maxLength: 8 }).map(rows => ({ rows, text: JSON.stringify(rows, undefined, 1), of: (one: unknown) => one as unknown[] })), fc.array(value, { maxLength: 8 }).map(rows => ({
      rows, text: JSON.stringify({ before: { x: [1, { y: ']' }] }, list: rows, after: '}' }), of: (one: unknown) => (one as { list?: unknown[] }).list ?? [],
    })))
    await fc.assert(
      fc.asyncProperty(document, fc.integer({ min: 1, max: 60 }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), async ({ rows, text, of }, size, sizes) => {
        const found = (await pieces(text, size, sizes)).flatMap(one => of(JSON.parse(one)))
        expect(found).toEqual(JSON.parse(JSON.stringify(rows)))
      }),
      { numRuns: 500 },
    )
  })
})
