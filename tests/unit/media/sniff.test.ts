import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxesEnd, HEAD, isWhole, sniff, TAIL } from '../../../lib/media/sniff.ts'
import { files } from './fake.ts'

const read = (bytes: Uint8Array) => async (from: number, length: number): Promise<Uint8Array> => bytes.subarray(from, from + length)
const whole = async (bytes: Uint8Array): Promise<boolean> => {
  const found = sniff(bytes.subarray(0, HEAD))
  return found !== undefined && isWhole(found.type, bytes.length, bytes.subarray(0, HEAD), bytes.subarray(Math.max(0, bytes.length - TAIL))) && (!/mp4|quicktime|heic|avif/.test(found.type) || (await boxesEnd(bytes.length, read(bytes))))
}
/** As Latin-1. */
const bytes = (text: string): Uint8Array => Uint8Array.from(text, letter => letter.charCodeAt(0))

describe('what a file is', () => {
  test.each([['jpg', 'image/jpeg', 'jpg', 'image'], ['webp', 'image/webp', 'webp', 'image'], ['gif', 'image/gif', 'gif', 'image'], ['mp4', 'video/mp4', 'mp4', 'video'], ['heic', 'image/heic', 'heic', 'image'], ['mp3', 'audio/mpeg', 'mp3', 'audio']] as const)('%s', async (name, type, extension, kind) => {
    expect(sniff(files[name])).toMatchObject({ type, extension, kind })
    expect(await whole(files[name])).toBe(true)
  })
  test.each([['jpg', 64, 48], ['gif', 32, 24], ['webp', 64, 48]] as const)('%s says how large it is', (name, width, height) => expect(sniff(files[name])).toMatchObject({ width, height }))
  test.each([
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x05\0\0\0\x07', { type: 'image/png', width: 5, height: 7 }], ['RIFF\0\0\0\0WAVE', { type: 'audio/wav' }], ['OggS', { type: 'audio/ogg' }], ['fLaC', { type: 'audio/flac' }], ['\x1a\x45\xdf\xa3', { type: 'video/webm' }],
    ['\0\0\0\x14ftypqt  \0\0\0\0qt  ', { type: 'video/quicktime', extension: 'mov' }], ['\0\0\0\x1cftypM4A \0\0\0\0M4A ', { type: 'audio/mp4' }], ['\0\0\0\x18ftypmif1\0\0\0\0avifmif1', { type: 'image/avif' }], ['\0\0\0\x14ftypisom\0\0\0\0iso2', { type: 'video/mp4' }], ['\xff\xf1\x50', { type: 'audio/aac' }], ['\xff\xfb\x90\x00', { type: 'audio/mpeg' }],
  ])('%j', (text, should) => expect(sniff(bytes(text))).toMatchObject(should))
  test.each(['', '<!doctype html><html>', '{"error":"x"}', 'GIF90a', 'RIFF\0\0\0\0AVI ', '%PDF-1.7', 'PK\x03\x04', '\xff\xd8', '<svg xmlns="http://www.w3.org/2000/svg"/>', '#EXTM3U', '\xff\xff\xff\xff', 'MZ'])('nothing that is kept: %j', text => expect(sniff(bytes(text))).toBeUndefined())
})

describe('a file that was cut', () => {
  test.each(['jpg', 'webp', 'mp4', 'heic'] as const)('%s, anywhere', async name => {
    const file = files[name]
    for (let length = 0; length < file.length; length += Math.max(1, Math.floor(file.length / 97))) {
      // Where only whole boxes are left, the film ends there: its size tells, which the server says.
      const ends = name === 'mp4' || name === 'heic' ? await boxesEnd(length, read(file.subarray(0, length))) : false
      expect([length, ends || !(await whole(file.subarray(0, length)))]).toEqual([length, true])
    }
    expect(await whole(file.subarray(0, -1))).toBe(false)
  })
  test('a JPEG with something behind its end is whole', async () => expect(await whole(Uint8Array.from([...files.jpg, 0, 0, 1, 2]))).toBe(true))
  test('a film whose last box goes on to the end, or is longer than 4 GB', async () => {
    const open = Uint8Array.from([0, 0, 0, 8, ...bytes('ftyp'), 0, 0, 0, 0, ...bytes('mdat'), 1, 2, 3])
    expect(await boxesEnd(open.length, read(open))).toBe(true)
    const long = Uint8Array.from([0, 0, 0, 1, ...bytes('mdat'), 0, 0, 0, 2, 0, 0, 0, 0])
    expect(await boxesEnd(0x200000000, async (from, length) => (from === 0 ? long.subarray(0, length) : new Uint8Array()))).toBe(true)
    expect(await boxesEnd(100, read(long))).toBe(false)
  })
  test('boxes that lead nowhere end', async () => {
    for (const length of [0, 1, 7]) {
      const bad = Uint8Array.from([0, 0, 0, length || 7, ...bytes('free'), ...new Uint8Array(64)])
      expect(await boxesEnd(bad.length, read(bad))).toBe(false)
    }
    const small = Uint8Array.from([0, 0, 0, 8, ...bytes('free')])
    let asked = 0
    await boxesEnd(1e9, async () => (asked++, small))
    expect(asked).toBeLessThanOrEqual(1000)
  })
})

test('whatever the bytes: an answer, the same for the same, and nothing but what is known', async () => {
  const beginning = fc.constantFrom(...Object.values(files).map(file => file.subarray(0, 64)), bytes('RIFF'), bytes('\0\0\0\x20ftyp'), bytes('\xff\xd8\xff'), bytes('\x89PNG\r\n\x1a\n'), bytes('GIF89a'), bytes('\xff\xe0'), new Uint8Array())
  const any = fc.tuple(beginning, fc.nat(64), fc.uint8Array({ maxLength: 300 })).map(([head, cut, rest]) => Uint8Array.from([...head.subarray(0, cut), ...rest]))
  await fc.assert(
    fc.asyncProperty(any, async file => {
      const found = sniff(file)
      expect(sniff(file)).toEqual(found)
      const { type, extension, width = 1, height = 1 } = found ?? { type: 'image/png', extension: 'png' }
      expect(type).toMatch(/^(?:image|video|audio)\/[a-z0-9]+$/)
      expect(extension).toMatch(/^[a-z0-9]{3,4}$/)
      expect([width, height].every(side => Number.isInteger(side) && side > 0)).toBe(true)
      expect(typeof (await whole(file))).toBe('boolean')
      expect(typeof (await boxesEnd(file.length, read(file)))).toBe('boolean')
    }),
    { numRuns: 2000 },
  )
})
