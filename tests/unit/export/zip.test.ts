import { unzipSync } from 'fflate'
import fc from 'fast-check'
import { crc32 as theirs } from 'node:zlib'
import { downloadZip } from 'client-zip'
import { expect, test } from 'vitest'
import { piecesOf } from '../../../lib/export/stream.ts'
import { readStoredZip } from '../../../lib/export/unzip.ts'
import { bytesOf, zipPieces, type ZipEntry } from '../../../lib/export/zip.ts'
import { crc32 } from '../../../lib/model/index.ts'
import { streamOfBytes } from './fake.ts'

const modified = '2026-11-22T10:11:12Z'
const whole = async (pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}
const made = (entries: Iterable<ZipEntry>): Promise<Uint8Array> => whole(bytesOf(zipPieces((async function* () { yield* entries })(), modified)))
const known = (name: string, bytes: Uint8Array<ArrayBuffer>): ZipEntry => ({ name, content: { size: bytes.length, crc: crc32(bytes), open: async () => new Blob([bytes]) } })
const made_ = (name: string, bytes: Uint8Array): ZipEntry => ({ name, content: (async function* () { yield bytes.subarray(0, 3); yield bytes.subarray(3) })() })

test('the sum is that of zlib, in one piece or several', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, cut) => {
    expect(crc32(bytes)).toBe(theirs(bytes))
    expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(theirs(bytes))
  }))
})

test('two readers that are not ours, and ours, find in it what was put in; client-zip says the same of the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-zäß本-]{1,8}(\/[a-z.]{1,6})?$/), bytes: fc.uint8Array({ maxLength: 40 }), known: fc.boolean() }), { selector: ({ name }) => name, maxLength: 8 }), async all => {
      const entries = all.map(({ name, bytes, known: isKnown }) => (isKnown ? known(name, Uint8Array.from(bytes)) : made_(name, bytes)))
      const zip = await made(entries)
      const should = Object.fromEntries(all.map(({ name, bytes }) => [name, Uint8Array.from(bytes)]))
      expect(Object.fromEntries(Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Uint8Array.from(bytes)]))).toEqual(should)
      const { names, problems, bytes } = await readStoredZip(piecesOf(streamOfBytes(zip, 7)), () => ({ bytes() {}, end() {} }))
      expect([names, problems, bytes]).toEqual([all.map(({ name }) => name), [], zip.length])
      const reference = new Uint8Array(await downloadZip(all.map(({ name, bytes: input }) => ({ name, input, lastModified: new Date(modified) }))).arrayBuffer())
      expect(Object.keys(unzipSync(reference))).toEqual(Object.keys(unzipSync(zip)))
    }),
    { numRuns: 60 },
  )
})

test('the same entries give the same bytes, in every zone', async () => {
  const once = async (): Promise<Uint8Array> => made([known('a', new Uint8Array([1])), made_('b', new Uint8Array([2, 3, 4, 5]))])
  const zone = process.env.TZ
  const [first, second] = [await once(), await (async () => { process.env.TZ = 'Asia/Tokyo'; return once() })()]
  process.env.TZ = zone
  expect(second).toEqual(first)
})

test('more than 65,535 entries, and places beyond 4 GB, as ZIP64', async () => {
  const many = await made(Array.from({ length: 65_540 }, (_, index) => known(`f${index}`, new Uint8Array([index & 255]))))
  const { names, problems } = await readStoredZip(piecesOf(streamOfBytes(many, 100_000)), () => ({ bytes() {}, end() {} }))
  expect([names.length, problems]).toEqual([65_540, []])
  const end = new DataView(many.buffer, many.byteOffset + many.length - 98, 98)
  // End of the directory in 64 bits, where it stands, and the old end that says so.
  expect([end.getUint32(0, true), end.getBigUint64(32, true), end.getUint32(56, true), end.getUint32(76, true), end.getUint16(86, true)]).toEqual([0x06064b50, 65_540n, 0x07064b50, 0x06054b50, 0xffff])

  // Nothing of the large ones is read: only their lengths count.
  const size = 3_000_000_000
  const pieces: (Uint8Array | Blob)[] = []
  const large = { size, crc: 1, open: async () => new Blob() }
  for await (const piece of zipPieces((async function* (): AsyncGenerator<ZipEntry> { yield { name: 'a', content: large }; yield { name: 'b', content: large }; yield { name: 'c', content: large } })(), modified)) pieces.push(piece)
  const directory = pieces.slice(-5).map(piece => piece as Uint8Array)
  const third = new DataView(directory[1]!.buffer)
  expect([third.getUint16(6, true), third.getUint32(42, true), third.getUint16(30, true)]).toEqual([45, 0xffffffff, 12])
  expect(third.getBigUint64(46 + 1 + 4, true)).toBe(BigInt(2 * (31 + size)))
})
