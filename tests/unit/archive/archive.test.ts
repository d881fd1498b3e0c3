import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { packTar } from 'modern-tar'
import { describe, expect, test } from 'vitest'
import { ArchiveError, type Member } from '../../../lib/archive/member.ts'
import { piecesOfJson, TooLarge } from '../../../lib/archive/pieces.ts'
import { eachOfTar, isGzip, openTar } from '../../../lib/archive/tar.ts'
import { isZip, openZip } from '../../../lib/archive/zip.ts'

const zip = (files: Zippable, level: 0 | 6 = 6): Uint8Array<ArrayBuffer> => zipSync(files, { level }) as Uint8Array<ArrayBuffer>
const textOf = async (member: Member): Promise<string> => {
  const parts: Uint8Array[] = []
  for await (const part of member.read()) parts.push(part.slice())
  return new TextDecoder().decode(await new Blob(parts as BlobPart[]).arrayBuffer())
}
const reasonOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', error => (error instanceof ArchiveError ? error.reason : String(error)))
const all = (): boolean => true
/** The same with a few other bytes in it. */
const changed = (good: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }).map(changes => {
    const bytes = good.slice()
    for (const [at, byte] of changes) bytes[at] = byte
    return bytes
  })

describe('an archive is opened in place', () => {
  test('members that are wanted, deflated or not', async () => {
    for (const level of [0, 6] as const) {
      const file = new Blob([zip({ 'data/tweets.js': strToU8('x = [1]'), 'data/direct-messages.js': strToU8('secret'), 'data/größe.js': strToU8('é'.repeat(100_000)) }, level)])
      expect(await isZip(file)).toBe(true)
      const members = await openZip(file, path => !path.includes('direct'))
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
    const [member] = await openZip(new Watched([bytes]), path => path.endsWith('.json'))
    expect(await textOf(member!)).toBe('[]')
    expect(read).toBeLessThan(500_000)
  })

  test('what it is not, and what is wrong with it, is said by name', async () => {
    const good = zip({ 'a.json': strToU8('['.padEnd(5000, '1,') + '1]'), 'b.json': strToU8('[2]') })
    expect(await isZip(new Blob(['{"a":1}']))).toBe(false)
    expect(await isZip(new Blob([]))).toBe(false)
    expect(await reasonOf(openZip(new Blob(['PK\x03\x04 and no more']), all))).toBe('not-zip')
    expect(await reasonOf(openZip(new Blob([good.slice(0, -30)]), all))).toBe('not-zip')
    expect(await reasonOf(openZip(new Blob([]), all))).toBe('not-zip')
    // Other bytes than the directory's sum says.
    const changed = good.slice()
    changed[60] = changed[60]! ^ 0xff
    expect(await reasonOf(openZip(new Blob([changed]), all).then(([first]) => textOf(first!)))).toBe('damaged')
    // Bit 0 of the flags: it is encrypted (4.4.4).
    const locked = good.slice()
    const directory = locked.findLastIndex((byte, at) => byte === 0x50 && locked[at + 1] === 0x4b && locked[at + 2] === 1 && locked[at + 3] === 2)
    locked[directory + 8] = locked[directory + 8]! | 1
    expect(await reasonOf(openZip(new Blob([locked]), all))).toBe('encrypted')
  })

  test('a bomb: what unpacks to more than the directory says is given up there', async () => {
    const bytes = zip({ 'a.json': new Uint8Array(5_000_000) })
    const view = new DataView(bytes.buffer)
    const directory = bytes.findLastIndex((byte, at) => byte === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 1 && bytes[at + 3] === 2)
    view.setUint32(directory + 24, 1000, true)
    view.setUint32(22, 1000, true)
    let read = 0
    const reading = openZip(new Blob([bytes]), all).then(async ([member]) => {
      for await (const part of member!.read()) read += part.length
    })
    expect(await reasonOf(reading)).toBe('damaged')
    expect(read).toBeLessThanOrEqual(1000)
  })

  test('names that lead out, and a path that stands twice', async () => {
    const bytes = zip({ '../evil.json': strToU8('1'), '/root.json': strToU8('2'), 'a/../b.json': strToU8('3'), 'c\\d.json': strToU8('4'), 'one.json': strToU8('[5]'), '2ne.json': strToU8('[6]') }, 0)
    // The second is renamed to the first, in its header and in the directory.
    const twice = Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('2ne.json', 'one.json'), 'latin1'))
    const members = await openZip(new Blob([twice]), all)
    expect(members.map(({ path }) => path)).toEqual(['one.json'])
    expect(await textOf(members[0]!)).toBe('[5]')
  })

  test('whatever bytes: an answer or a named reason', async () => {
    const good = zip({ 'a.json': strToU8('[1,2,3]'), 'b.json': strToU8('[4]') })
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed(good), fc.uint8Array({ maxLength: 300 })), async bytes => {
        const reason = await reasonOf(openZip(new Blob([bytes as Uint8Array<ArrayBuffer>]), all).then(members => Promise.all(members.map(textOf))))
        expect(['nothing', 'not-zip', 'damaged', 'encrypted', 'too-large']).toContain(reason)
      }),
      { numRuns: 300 },
    )
  }, 30_000)
})

/** The same as `.tar.gz`. */
const tar = async (files: [name: string, content: string | Uint8Array][], level = 6): Promise<Blob> =>
  new Blob([gzipSync(await packTar(files.map(([name, body]) => ({ header: { name, size: typeof body === 'string' ? strToU8(body).length : body.length }, body }))), { level })])

describe('an archive without a directory', () => {
  test('members that are wanted, in any order, and as often as one likes', async () => {
    const long = `media_attachments/files/${'0'.repeat(80)}/original/${'ä'.repeat(60)}.json`
    const file = await tar([['./outbox.json', `[${'1,'.repeat(5_000_000)}1]`], ['media_attachments/files/1.png', new Uint8Array(300_000).fill(7)], [long, '{}'], ['actor.json', '{"é":1}'], ['actor.json', 'second']])
    expect(await isGzip(file)).toBe(true)
    const members = await openTar(file, path => path.endsWith('.json'))
    expect(members.map(({ path, size }) => [path, size])).toEqual([['outbox.json', 10_000_003], [long, 2], ['actor.json', 8]])
    expect(await textOf(members[2]!)).toBe('{"é":1}')
    for (let time = 0; time < 2; time++) expect(await textOf(members[0]!)).toBe(`[${'1,'.repeat(5_000_000)}1]`)
    expect(new Set(members.map(({ sum }) => sum)).size).toBe(3)
  })

  test('one after another: what is not read is passed over', async () => {
    const file = await tar(Array.from({ length: 40 }, (_, at) => [`m/${at}.bin`, new Uint8Array(100_000).fill(at)] as [string, Uint8Array]))
    const seen: [string, number, number][] = []
    for await (const member of eachOfTar(file, path => path.startsWith('m/'))) {
      if (seen.length % 3 === 0) for await (const piece of member.read()) { seen.push([member.path, piece[0]!, member.size]); break }
      else seen.push([member.path, Number(/\d+/.exec(member.path)![0]), member.size])
    }
    expect(seen).toEqual(Array.from({ length: 40 }, (_, at) => [`m/${at}.bin`, at, 100_000]))
  })

  test('small members that come in one piece, and a large one after them', async () => {
    // The browsers unpack in pieces of different sizes; here all of them come at once.
    const files: [string, string][] = [...Array.from({ length: 12 }, (_, at): [string, string] => [`m/${at}.png`, 'x'.repeat(at * 40)]), ['outbox.json', `[${'1,'.repeat(15_000)}1]`], ['actor.json', '{}']]
    const members = await openTar(await tar(files), path => path.endsWith('.json'))
    expect(await Promise.all(members.map(textOf))).toEqual([files[12]![1], '{}'])
  })

  const gnu = spawnSync('tar', ['--version']).status === 0
  test.skipIf(!gnu)('as GNU tar packs a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdall-tar-'))
    const deep = `my archive/${'deep/'.repeat(40)}likes.json`
    for (const [name, content] of [['my archive/outbox.json', '[1]'], [deep, '[2]'], ['my archive/größe.json', '[3]']] as const) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    expect(spawnSync('tar', ['-czf', 'packed.tgz', 'my archive'], { cwd: folder }).status).toBe(0)
    const members = await openTar(new Blob([readFileSync(join(folder, 'packed.tgz'))]), all)
    rmSync(folder, { recursive: true })
    expect(Object.fromEntries(await Promise.all(members.map(async member => [member.path, await textOf(member)])))).toEqual({ 'my archive/outbox.json': '[1]', [deep]: '[2]', 'my archive/größe.json': '[3]' })
  })

  test('names that lead out, links, folders', async () => {
    const packed = await packTar([
      { header: { name: '../evil.json', size: 1 }, body: '1' }, { header: { name: '/root.json', size: 1 }, body: '2' }, { header: { name: 'a\\b.json', size: 1 }, body: '3' },
      { header: { name: 'link.json', size: 0, type: 'symlink', linkname: '/etc/passwd' } }, { header: { name: 'folder.json/', size: 0, type: 'directory' } }, { header: { name: 'one.json', size: 3 }, body: '[5]' },
    ])
    expect((await openTar(new Blob([gzipSync(packed)]), all)).map(({ path }) => path)).toEqual(['one.json'])
  })

  test('broken off, damaged or none at all: said by name', async () => {
    const whole = new Uint8Array(await (await tar([['a.json', JSON.stringify(Array.from({ length: 20_000 }, (_, at) => Math.sin(at)))], ['b.json', '[2]']])).arrayBuffer())
    for (const part of [whole.slice(0, -1), whole.slice(0, whole.length / 2), whole.slice(0, 30)]) expect(await reasonOf(openTar(new Blob([part]), all))).toBe('not-zip')
    const changed = whole.slice()
    changed[changed.length >> 1] = changed[changed.length >> 1]! ^ 0xff
    expect(await reasonOf(openTar(new Blob([changed]), all))).toBe('not-zip')
    expect(await reasonOf(openTar(new Blob([gzipSync('[1,2,3]'.repeat(500))]), all))).toBe('not-zip')
    expect(await isGzip(new Blob(['PK']))).toBe(false)
  })

  test('whatever bytes: an answer or a named reason', async () => {
    const good = await packTar([{ header: { name: 'a.json', size: 7 }, body: '[1,2,3]' }, { header: { name: 'b.json', size: 3 }, body: '[4]' }])
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed(good), fc.uint8Array({ maxLength: 2000 })), async bytes => {
        const reason = await reasonOf(openTar(new Blob([gzipSync(bytes)]), all).then(members => Promise.all(members.map(textOf))))
        expect(['nothing', 'not-zip', 'damaged', 'too-large']).toContain(reason)
      }),
      { numRuns: 200 },
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
