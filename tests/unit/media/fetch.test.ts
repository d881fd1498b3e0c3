/** One picture, from servers that do as they like, into files that are there or not. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fetchMedia, type Outcome } from '../../../lib/media/fetch.ts'
import { crc32 } from '../../../lib/model/index.ts'
import type { MediaRow, PartialBytes } from '../../../lib/store/types.ts'
import { begin, disk, film, files, joined, names, net, ranged, row, serve, urlOf } from './fake.ts'

const hosts = ['*.cdninstagram.com']
beforeEach(begin)
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** What was last written down of the parts; '' where nothing was, or nothing is there any more. */
let noted: PartialBytes | undefined
const get = async (one: MediaRow, { stop = new AbortController().signal, progress }: { stop?: AbortSignal; progress?: (partial?: PartialBytes) => Promise<void> } = {}): Promise<Outcome> => {
  noted = one.partial
  return fetchMedia(one, { hosts, stop, progress: async partial => {
    noted = partial
    await progress?.(partial)
  } })
}

describe('what is kept', () => {
  test.each([['jpg', 'image/jpeg'], ['gif', 'image/gif'], ['mp4', 'video/mp4'], ['mp3', 'audio/mpeg'], ['heic', 'image/heic']] as const)('%s: every byte, its sum, its kind', async (kind, type) => {
    serve('a', { body: files[kind], headers: { 'content-length': String(files[kind].length) }, piece: 100 })
    const outcome = await get(row('a'))
    if (outcome.kind !== 'kept') throw new Error(JSON.stringify(outcome))
    expect(outcome.bytes).toMatchObject({ type, size: files[kind].length, crc: crc32(files[kind]) })
    expect(joined(outcome.bytes.parts)).toEqual(Buffer.from(files[kind]))
    expect(names()).toEqual(outcome.bytes.parts)
    expect(outcome.shown).toBeUndefined()
  })

  test('never with cookies, and without saying where from', async () => {
    serve('a', { body: files.jpg })
    await get(row('a'))
    expect(net.sent).toHaveLength(1)
    expect(net.sent[0]).toMatchObject({ url: urlOf('a'), init: { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' }, headers: {} })
  })

  test('a WebP also as a JPEG, where the browser can draw it; the original stays', async () => {
    vi.stubGlobal('createImageBitmap', async () => ({ width: 64, height: 48, close() {} }))
    vi.stubGlobal('OffscreenCanvas', class {
      getContext = () => ({ drawImage() {}, getImageData: () => ({ data: new Uint8ClampedArray([1, 2, 3, 255]) }) })
      convertToBlob = async ({ type }: { type: string }) => new Blob([files.jpg], { type })
    })
    serve('a', { body: files.webp })
    expect(await get(row('a'))).toMatchObject({ kind: 'kept', bytes: { type: 'image/webp', size: files.webp.length }, shown: { type: 'image/jpeg', extension: 'jpg', size: files.jpg.length, crc: crc32(files.jpg), width: 64 } })
    expect(names()).toHaveLength(2)
  })

  test('a type that lies does not count: what the bytes are', async () => {
    serve('a', { body: files.jpg, headers: { 'content-type': 'video/mp4' } })
    expect(await get(row('a', { kind: 'video', type: 'video/mp4' }))).toMatchObject({ kind: 'kept', bytes: { type: 'image/jpeg', extension: 'jpg' } })
  })
})

describe('what is not', () => {
  test.each<[string, Parameters<typeof serve>[1], Outcome]>([
    ['404', { status: 404 }, { kind: 'given-up', state: 'refused', reason: 'not-found' }],
    ['410', { status: 410 }, { kind: 'given-up', state: 'expired', reason: 'gone' }],
    ['403', { status: 403, body: 'Forbidden' }, { kind: 'given-up', state: 'refused', reason: 'forbidden' }],
    ['403 of a link whose time is over', { status: 403, body: 'URL signature expired' }, { kind: 'given-up', state: 'expired', reason: 'time-over' }],
    ['a redirect to another host', { body: files.jpg, url: 'https://evil.example/a.jpg' }, { kind: 'given-up', state: 'refused', reason: 'foreign-host' }],
    ['a redirect to http', { body: files.jpg, url: urlOf('a').replace('https', 'http') }, { kind: 'given-up', state: 'refused', reason: 'foreign-host' }],
    ['a redirect to a private address', { body: files.jpg, url: 'https://192.168.0.1/a.jpg' }, { kind: 'given-up', state: 'refused', reason: 'foreign-host' }],
    ['a page in its place', { body: '<!doctype html>', headers: { 'content-type': 'image/jpeg' } }, { kind: 'given-up', state: 'refused', reason: 'wrong-type' }],
    ['nothing in it', { body: '' }, { kind: 'later', reason: 'truncated' }],
    ['an answer that breaks', { body: files.jpg, breaks: 100 }, { kind: 'later', reason: 'truncated' }],
    ['an answer that ends too soon', { body: files.jpg, ends: 100, headers: { 'content-length': String(files.jpg.length) } }, { kind: 'later', reason: 'truncated' }],
    ['the same, without a length: told by the picture', { body: files.jpg, ends: 100 }, { kind: 'later', reason: 'truncated' }],
    ['a film without its end', { body: files.mp4, ends: files.mp4.length - 1 }, { kind: 'later', reason: 'truncated' }],
    ['more than it said', { body: files.jpg, headers: { 'content-length': '10' } }, { kind: 'later', reason: 'truncated' }],
    ['far too much', { body: files.mp4, headers: { 'content-length': '1900000001' } }, { kind: 'given-up', state: 'skipped', reason: 'too-large' }],
    ['the rest of something', { status: 206, body: files.jpg, headers: { 'content-range': `bytes 5-${files.jpg.length}/*` } }, { kind: 'later', reason: 'truncated' }],
    ['too many requests', { status: 429, headers: { 'retry-after': '30' } }, { kind: 'later', reason: 'too-many', ms: 30_000 }],
    ['a fault of the server', { status: 500 }, { kind: 'later', reason: 'server-error' }],
    ['nobody', { none: true }, { kind: 'later', reason: 'silent' }],
  ])('%s', async (_, reply, outcome) => {
    serve('a', reply)
    expect(await get(row('a'))).toEqual(outcome)
    expect(names()).toEqual([])
  })

  test('a server that falls silent is given up after a while', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    serve('a', { body: files.jpg, hangs: 100 })
    const outcome = get(row('a'))
    while (names().length === 0) await new Promise(resolve => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(44_000)
    expect(names()).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2000)
    expect(await outcome).toEqual({ kind: 'later', reason: 'truncated' })
    expect(names()).toEqual([])
  })

  test('without a network nothing is anybody’s fault', async () => {
    net.online = false
    expect(await get(row('a'))).toEqual({ kind: 'halt', reason: 'offline' })
  })

  test('stopped, it leaves nothing half', async () => {
    const stop = new AbortController()
    serve('a', { body: files.jpg, hangs: 100 })
    const outcome = get(row('a'), { stop: stop.signal })
    await vi.waitFor(() => expect(names()).toHaveLength(1))
    stop.abort()
    expect(await outcome).toEqual({ kind: 'stopped' })
    expect(names()).toEqual([])
  })

  test('a full disk', async () => {
    disk.room = 100
    serve('a', { body: files.jpg })
    expect(await get(row('a'))).toEqual({ kind: 'halt', reason: 'disk-full' })
    expect(names()).toEqual([])
  })
})

describe('what goes on', () => {
  const long = film(35_000_000)
  /** As after a kill: what was written down, with the files that are closed. */
  const cut = async (etag: string): Promise<PartialBytes> => {
    serve('a', ranged(long, etag, () => ({ breaks: 20_000_000, piece: 1_000_000 })))
    expect(await get(row('a'))).toEqual({ kind: 'later', reason: 'truncated' })
    expect(noted).toMatchObject({ size: 16_000_000, parts: [expect.any(String)] })
    return noted!
  }

  test('a long one in parts; after it broke, only the rest is asked for, of the same version', async () => {
    const partial = await cut('"v1"')
    expect([partial.etag, names()]).toEqual(['"v1"', partial.parts])
    serve('a', ranged(long, '"v1"', () => ({ piece: 1_000_000 })))
    const outcome = await get(row('a', { partial }))
    expect(net.sent.at(-1)!.headers).toEqual({ range: 'bytes=16000000-', 'if-range': '"v1"' })
    if (outcome.kind !== 'kept') throw new Error(JSON.stringify(outcome))
    expect(outcome.bytes).toMatchObject({ size: long.length, crc: crc32(long), parts: { length: 3 } })
    expect(joined(outcome.bytes.parts).equals(long)).toBe(true)
  })

  test('another version by now: from the beginning, and nothing of the two is mixed', async () => {
    const partial = await cut('"v1"')
    const other = film(17_000_000)
    serve('a', ranged(other, '"v2"', (_, times) => ({ piece: 1_000_000, ...(times === 2 ? { breaks: 5_000_000 } : {}) })))
    expect(await get(row('a', { partial }))).toEqual({ kind: 'later', reason: 'truncated' })
    // Of the first version nothing counts any more, also if a server comes back to it.
    expect([noted, names()]).toEqual([undefined, []])
    const outcome = await get(row('a'))
    expect(outcome).toMatchObject({ kind: 'kept', bytes: { size: other.length, crc: crc32(other) } })
  })

  test('a version without a name that can be asked for is begun again', async () => {
    serve('a', { body: long, breaks: 20_000_000, piece: 1_000_000, headers: { etag: 'W/"weak"' } })
    await get(row('a'))
    serve('a', { body: long, piece: 1_000_000 })
    const outcome = await get(row('a', { partial: noted }))
    expect(net.sent.at(-1)!.headers).toEqual({})
    expect(outcome).toMatchObject({ kind: 'kept', bytes: { crc: crc32(long) } })
  })

  test('all of it was there when it ended: asked for what is not there, a server says so, and it is begun again', async () => {
    const whole = film(16_000_000)
    serve('a', ranged(whole, '"v1"', () => ({ piece: 1_000_000, hangs: whole.length })))
    const stop = new AbortController()
    const outcome = get(row('a'), { stop: stop.signal, progress: async () => stop.abort() })
    expect(await outcome).toEqual({ kind: 'stopped' })
    const partial = noted!
    expect(partial.size).toBe(whole.length)
    serve('a', ranged(whole, '"v1"', () => ({ piece: 1_000_000 })))
    expect(await get(row('a', { partial }))).toEqual({ kind: 'later', reason: 'truncated' })
    expect([noted, names()]).toEqual([undefined, []])
    expect(await get(row('a'))).toMatchObject({ kind: 'kept', bytes: { crc: crc32(whole) } })
  })

  test('what came whole and is not is begun again, not gone on with', async () => {
    serve('a', ranged(long, '"v1"', () => ({ ends: 20_000_000, piece: 1_000_000, headers: { etag: '"v1"' } })))
    expect(await get(row('a'))).toEqual({ kind: 'later', reason: 'truncated' })
    expect([noted, names()]).toEqual([undefined, []])
  })

  test('a disk that is full in the middle keeps what is closed', async () => {
    disk.room = 18_000_000
    serve('a', ranged(long, '"v1"', () => ({ piece: 1_000_000 })))
    expect(await get(row('a'))).toEqual({ kind: 'halt', reason: 'disk-full' })
    expect([noted?.size, names()]).toEqual([16_000_000, noted?.parts])
  })
})
