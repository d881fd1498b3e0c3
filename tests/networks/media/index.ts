/**
 * Real files of every kind that networks hand out, small, and another one for each address: the same picture with the address's own mark in it, where the
 * format has a place for what a decoder passes over (JPEG comment, PNG text, WebP chunk, GIF comment, MP4 and HEIC `free` box, ID3 frame).
 */
import { readFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import type { Ask, Reply } from '../server.ts'

/**
 * The pictures themselves, made with ffmpeg 5.1 (`testsrc` of 64 × 48 pixels, H.264 baseline and AAC of 0.6 s with `+faststart`, MP3 of 0.3 s) and heif-enc 1.15 (`-q 20`, HEVC).
 */
const base = Object.fromEntries(['jpg', 'webp', 'gif', 'mp4', 'heic', 'mp3'].map(kind => [kind, readFileSync(new URL(`base.${kind}`, import.meta.url))]))

export const hashOf = (text: string): number => {
  let value = 2166136261
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619)
  return value >>> 0
}

const long = (value: number): Buffer => {
  const four = Buffer.alloc(4)
  four.writeUInt32BE(value)
  return four
}
const little = (value: number, length: number): Buffer => Buffer.from(Array.from({ length }, (_, at) => Math.floor(value / 256 ** at) & 255))

const pngChunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  return Buffer.concat([long(data.length), body, long(crc32(body))])
}

/** A plain one, whose colour comes of the mark; clear at the top where `clear`. */
const png = (mark: Buffer, clear: boolean): Buffer => {
  const side = 48
  const seed = hashOf(mark.toString())
  const colour = [96 + (seed & 127), 96 + ((seed >> 8) & 127), 96 + ((seed >> 16) & 127)]
  const rows = Buffer.concat(Array.from({ length: side }, (_, row) => Buffer.from([0, ...Array.from({ length: side }, () => (clear ? [...colour, row < 8 ? 0 : 255] : colour)).flat()])))
  const header = Buffer.concat([long(side), long(side), Buffer.from([8, clear ? 6 : 2, 0, 0, 0])])
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), pngChunk('IHDR', header), pngChunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), mark])), pngChunk('IDAT', deflateSync(rows)), pngChunk('IEND', Buffer.alloc(0))])
}

const free = (whole: Buffer, mark: Buffer): Buffer => Buffer.concat([whole, long(mark.length + 8), Buffer.from('free'), mark])

const makers: Record<string, { type: string; make(mark: Buffer): Buffer }> = {
  jpg: { type: 'image/jpeg', make: mark => Buffer.concat([base['jpg']!.subarray(0, 2), Buffer.from([0xff, 0xfe, (mark.length + 2) >> 8, (mark.length + 2) & 255]), mark, base['jpg']!.subarray(2)]) },
  png: { type: 'image/png', make: mark => png(mark, hashOf(mark.toString()) % 2 === 0) },
  webp: {
    type: 'image/webp',
    make: mark => {
      // The extended form (RFC 9649, 2.7), in which chunks that nobody knows may follow.
      const extended = Buffer.concat([Buffer.from('VP8X'), little(10, 4), Buffer.from([0, 0, 0, 0]), little(63, 3), little(47, 3)])
      const own = mark.length % 2 ? Buffer.concat([mark, Buffer.from([32])]) : mark
      const body = Buffer.concat([Buffer.from('WEBP'), extended, base['webp']!.subarray(12), Buffer.from('MARK'), little(own.length, 4), own])
      return Buffer.concat([Buffer.from('RIFF'), little(body.length, 4), body])
    },
  },
  gif: { type: 'image/gif', make: mark => Buffer.concat([base['gif']!.subarray(0, -1), Buffer.from([0x21, 0xfe, Math.min(255, mark.length)]), mark.subarray(0, 255), Buffer.from([0, 0x3b])]) },
  heic: { type: 'image/heic', make: mark => free(base['heic']!, mark) },
  mp4: { type: 'video/mp4', make: mark => free(base['mp4']!, mark) },
  mp3: { type: 'audio/mpeg', make: mark => { const frame = Buffer.concat([Buffer.from('TXXX'), long(mark.length + 2), Buffer.from([0, 0, 0, 0]), mark]); return Buffer.concat([Buffer.from('ID3\x03\0\0'), Buffer.from([0, 0, frame.length >> 7, frame.length & 127]), frame, base['mp3']!]) } },
}

/** What an address says of its kind; else most are JPEG, some WebP and HEIC, as the larger networks hand them out whatever the address is called. */
const kindOf = ({ pathname, search }: URL): string => {
  const address = `${pathname}${search}`.toLowerCase()
  if (/\.mp4|mime_type=video|\/video\//.test(address)) return 'mp4'
  const named = /\.(png|gif|webp|heic|mp3)(?:$|[?!~])/.exec(address)?.[1]
  if (named) return named
  return ['webp', 'heic'][hashOf(pathname) % 8] ?? 'jpg'
}

/** The file at an address: the same path gives the same bytes, another path gives others. */
export const fileAt = (url: URL): { bytes: Buffer; type: string } => {
  const { type, make } = makers[kindOf(url)]!
  return { type, bytes: make(Buffer.from(`${hashOf(url.pathname).toString(16)} ${url.pathname.slice(-60)}`)) }
}

/** What a file server does wrong while the mode `media-faults` is on, each to a seventh of the addresses; the rest is as it should be. */
export const mediaFaults = ['gone', 'forbidden', 'signature', 'cut', 'lying', 'busy'] as const
export const faultOf = (url: URL): (typeof mediaFaults)[number] | undefined => mediaFaults[hashOf(`fault ${url.pathname}`) % 7]

/**
 * What a server of pictures and videos answers: whole or in ranges (RFC 9110, 14.2), with a tag for this version.
 * @param asked addresses that were asked for before, to be kept by the caller: who is busy is so once
 */
export const serveFile = ({ url, headers, method }: Ask, modes: { has(mode: string): boolean }, asked: Set<string>, { bytes, type } = fileAt(url)): Reply => {
  const shared = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'max-age=1209600', 'accept-ranges': 'bytes', etag: `"${hashOf(url.pathname + url.search).toString(16)}"` }
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, body: '' }
  const fault = modes.has('media-faults') ? faultOf(url) : undefined
  if (fault === 'gone') return { status: 404, headers: shared, body: 'not found' }
  if (fault === 'forbidden') return { status: 403, headers: shared, body: 'forbidden' }
  if (fault === 'signature') return { status: 403, headers: shared, body: 'URL signature expired' }
  if (fault === 'lying') return { type, headers: shared, body: '<!doctype html><title>Log in</title>' }
  if (fault === 'cut') return { type, headers: shared, body: bytes, cut: true }
  if (fault === 'busy' && !asked.has(url.pathname)) {
    asked.add(url.pathname)
    return { status: 429, headers: { ...shared, 'retry-after': '1' }, body: 'busy' }
  }
  const [, from] = /^bytes=(\d+)-$/.exec(String(headers['range'] ?? '')) ?? []
  const same = headers['if-range'] === undefined || headers['if-range'] === shared.etag
  if (from === undefined || !same || Number(from) >= bytes.length) return { type, headers: shared, body: bytes }
  return { status: 206, type, headers: { ...shared, 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }, body: bytes.subarray(Number(from)) }
}
