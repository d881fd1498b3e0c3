/**
 * A ZIP in pieces (PKWARE APPNOTE 6.3.10), nothing deflated: pictures and videos do not shrink. What lies in files of its own goes in as it is, unread, since its length
 * and sum are known; what is made on the way has them behind it (general purpose flag, bit 3). So an archive of gigabytes is a list of small headers and of
 * Blobs that stay on disk. The same entries give the same bytes.
 */
import { crc32 } from '../model/index.ts'

export interface ZipEntry {
  /** Path with slashes, none at the beginning. */
  name: string
  content: AsyncIterable<Uint8Array> | { size: number; crc: number; open(): Promise<Blob> }
}

/** Numbers in the order of ZIP: each with its length in bytes. */
const fields = (...all: [value: number, bytes: number][]): Uint8Array => {
  const out = new Uint8Array(all.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of all) {
    let rest = value
    for (let index = 0; index < bytes; index++) {
      out[at++] = rest % 256
      rest = Math.floor(rest / 256)
    }
  }
  return out
}

const joined = (...parts: Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** UTF-8 names (bit 11); length and sum stand behind (bit 3). */
const NAMES = 0x0800
const BEHIND = 0x0008
const LARGE = 0xffffffff
const MANY = 0xffff

/** Date and time as ZIP has them (4.4.6), without a zone: UTC, so that the same bytes come out everywhere. Years begin with 1980. */
const stamp = (iso: string): [time: number, date: number] => {
  const at = new Date(Math.max(Date.parse(iso) || 0, Date.UTC(1980, 0, 1)))
  return [(at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1), ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()]
}

interface Written { name: Uint8Array; flags: number; crc: number; size: number; offset: number }

/** So many files are opened before their turn: to open one takes a millisecond or two, nearly all of it waiting. */
const AHEAD = 16

const openedAhead = async function* (entries: AsyncIterable<ZipEntry>): AsyncGenerator<ZipEntry> {
  let ready: ZipEntry[] = []
  for await (const { name, content } of entries) {
    if (!('open' in content)) {
      yield* ready
      ready = []
      yield { name, content }
      continue
    }
    const { size, crc } = content
    const opening = content.open()
    // Who awaits it in its turn is told; nobody may, where the archive is given up.
    opening.catch(() => {})
    ready.push({ name, content: { size, crc, open: () => opening } })
    if (ready.length >= AHEAD) yield ready.shift()!
  }
  yield* ready
}

/**
 * @param modified ISO time that all entries carry
 * @returns pieces in order; a Blob is handed on without being read
 */
export const zipPieces = async function* (entries: AsyncIterable<ZipEntry>, modified: string): AsyncGenerator<Uint8Array | Blob> {
  const [time, date] = stamp(modified)
  const written: Written[] = []
  let offset = 0
  for await (const { name: text, content } of openedAhead(entries)) {
    const name = new TextEncoder().encode(text)
    const known = 'open' in content
    const flags = NAMES | (known ? 0 : BEHIND)
    const begin = offset
    const head = (crc: number, size: number): Uint8Array => joined(fields([0x04034b50, 4], [20, 2], [flags, 2], [0, 2], [time, 2], [date, 2], [crc, 4], [size, 4], [size, 4], [name.length, 2], [0, 2]), name)
    if (known) {
      if (content.size >= LARGE) throw new Error(`${text} is too large for an archive`)
      const header = head(content.crc, content.size)
      yield header
      yield await content.open()
      offset += header.length + content.size
      written.push({ name, flags, crc: content.crc, size: content.size, offset: begin })
      continue
    }
    const header = head(0, 0)
    yield header
    let [crc, size] = [0, 0]
    for await (const piece of content) {
      if (!piece.length) continue
      crc = crc32(piece, crc)
      size += piece.length
      yield piece
    }
    const width = size >= LARGE ? 8 : 4
    const descriptor = fields([0x08074b50, 4], [crc, 4], [size, width], [size, width])
    yield descriptor
    offset += header.length + size + descriptor.length
    written.push({ name, flags, crc, size, offset: begin })
  }
  const start = offset
  for (const { name, flags, crc, size, offset: at } of written) {
    const large = [...(size >= LARGE ? [size, size] : []), ...(at >= LARGE ? [at] : [])]
    const extra = large.length ? fields([1, 2], [large.length * 8, 2], ...large.map((value): [number, number] => [value, 8])) : new Uint8Array()
    const needs = large.length ? 45 : 20
    const row = joined(
      fields([0x02014b50, 4], [needs, 2], [needs, 2], [flags, 2], [0, 2], [time, 2], [date, 2], [crc, 4], [Math.min(size, LARGE), 4], [Math.min(size, LARGE), 4], [name.length, 2], [extra.length, 2], [0, 2], [0, 2], [0, 2], [0, 4], [Math.min(at, LARGE), 4]),
      name,
      extra,
    )
    yield row
    offset += row.length
  }
  const length = offset - start
  const count = written.length
  if (count >= MANY || start >= LARGE || length >= LARGE) {
    yield fields([0x06064b50, 4], [44, 8], [45, 2], [45, 2], [0, 4], [0, 4], [count, 8], [count, 8], [length, 8], [start, 8])
    yield fields([0x07064b50, 4], [0, 4], [offset, 8], [1, 4])
  }
  yield fields([0x06054b50, 4], [0, 2], [0, 2], [Math.min(count, MANY), 2], [Math.min(count, MANY), 2], [Math.min(length, LARGE), 4], [Math.min(start, LARGE), 4], [0, 2])
}

/** The same as bytes: Blobs are read a piece at a time. */
export const bytesOf = async function* (pieces: AsyncIterable<Uint8Array | Blob>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    if (piece instanceof Uint8Array) {
      yield piece
      continue
    }
    const reader = piece.stream().getReader()
    try {
      for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) yield value!
    } finally {
      await reader.cancel().catch(() => undefined)
    }
  }
}
