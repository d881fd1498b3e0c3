/**
 * A repository as a personal data server writes it: DAG-CBOR, a Merkle search tree, a signed commit, in a CAR file. Written from the specifications
 * (atproto.com/specs/repository, /data-model and /tid, 2026-08; ipld.io/specs/transport/car/carv1), with nothing of the libraries that the reader uses.
 */
import { createHash } from 'node:crypto'

/** A link to a block: a CID, version 1, SHA-256. */
export class Link {
  readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) { this.bytes = bytes }
  toString(): string { return `b${base32(this.bytes, 'abcdefghijklmnopqrstuvwxyz234567')}` }
}

export type Value = null | boolean | number | string | Uint8Array | Link | Value[] | { [key: string]: Value | undefined }

const base32 = (bytes: Uint8Array, letters: string): string => {
  let [bits, held, text] = [0, 0, '']
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += letters[(held >> bits) & 31]
      held &= (1 << bits) - 1
    }
  }
  return bits ? text + letters[(held << (5 - bits)) & 31] : text
}

const head = (major: number, size: number): number[] => {
  const top = major << 5
  if (size < 24) return [top | size]
  if (size < 0x100) return [top | 24, size]
  if (size < 0x10000) return [top | 25, size >> 8, size & 255]
  if (size < 0x100000000) return [top | 26, size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]
  const [high, low] = [Math.floor(size / 0x100000000), size % 0x100000000]
  return [top | 27, high >>> 24, (high >>> 16) & 255, (high >>> 8) & 255, high & 255, low >>> 24, (low >>> 16) & 255, (low >>> 8) & 255, low & 255]
}

const joined = (parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

/** DAG-CBOR: keys by length, then by bytes; links under tag 42; whole numbers only. */
export const encode = (value: Value): Uint8Array => {
  if (value === null) return Uint8Array.of(0xf6)
  if (typeof value === 'boolean') return Uint8Array.of(value ? 0xf5 : 0xf4)
  if (typeof value === 'number') return Uint8Array.from(value < 0 ? head(1, -1 - value) : head(0, value))
  if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value)
    return joined([Uint8Array.from(head(3, bytes.length)), bytes])
  }
  if (value instanceof Uint8Array) return joined([Uint8Array.from(head(2, value.length)), value])
  if (value instanceof Link) return joined([Uint8Array.of(0xd8, 42), Uint8Array.from(head(2, value.bytes.length + 1)), Uint8Array.of(0), value.bytes])
  if (Array.isArray(value)) return joined([Uint8Array.from(head(4, value.length)), ...value.map(encode)])
  const keys = Object.keys(value).filter(key => value[key] !== undefined).map(key => ({ key, bytes: Buffer.from(key) })).sort((a, b) => a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes))
  return joined([Uint8Array.from(head(5, keys.length)), ...keys.flatMap(({ key }) => [encode(key), encode(value[key] as Value)])])
}

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())

/** @param codec 0x71: DAG-CBOR; 0x55: plain bytes */
export const linkTo = (bytes: Uint8Array, codec = 0x71): Link => new Link(joined([Uint8Array.of(1, codec, 0x12, 0x20), sha256(bytes)]))

/** A time as the network writes it in keys of records: 13 letters that sort by time. */
export const tid = (microseconds: bigint, clock = 7n): string => {
  const letters = '234567abcdefghijklmnopqrstuvwxyz'
  let rest = (microseconds << 10n) | clock
  let text = ''
  for (let turn = 0; turn < 13; turn++) {
    text = letters[Number(rest & 31n)] + text
    rest >>= 5n
  }
  return text
}

const varint = (value: number): Uint8Array => {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Uint8Array.from([...bytes, rest])
}

/** In which layer of the tree a key stands: leading zeros of its hash, two bits a layer. */
const layerOf = (key: string): number => {
  let zeros = 0
  for (const byte of sha256(new TextEncoder().encode(key))) {
    if (byte === 0) { zeros += 4; continue }
    return zeros + (byte < 4 ? 3 : byte < 16 ? 2 : byte < 64 ? 1 : 0)
  }
  return zeros
}

const sharedPrefix = (a: string, b: string): number => {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at++
  return at
}

/**
 * @param records by `<collection>/<rkey>`
 * @param version of the commit; 2 had no other difference that a reader sees
 * @returns the bytes of a CAR file
 */
export const carOf = (did: string, records: Map<string, Value>, rev: string, version: 2 | 3 = 3): Uint8Array => {
  const blocks: { link: Link; bytes: Uint8Array }[] = []
  const put = (value: Value): Link => {
    const bytes = encode(value)
    const link = linkTo(bytes)
    blocks.push({ link, bytes })
    return link
  }
  const entries = [...records].map(([key, value]) => ({ key, layer: layerOf(key), link: put(value) })).sort((a, b) => (a.key < b.key ? -1 : 1))
  type Entry = (typeof entries)[number]
  const node = (some: Entry[], layer: number): Link | null => {
    if (some.length === 0 && layer !== -1) return null
    const left: Entry[] = []
    const rows: { entry: Entry; after: Entry[] }[] = []
    for (const entry of some) {
      if (entry.layer === layer) rows.push({ entry, after: [] })
      else (rows.at(-1)?.after ?? left).push(entry)
    }
    return put({
      l: node(left, layer - 1),
      e: rows.map(({ entry, after }, index) => {
        const shared = sharedPrefix(rows[index - 1]?.entry.key ?? '', entry.key)
        return { p: shared, k: new TextEncoder().encode(entry.key.slice(shared)), v: entry.link, t: node(after, layer - 1) }
      }),
    })
  }
  const data = entries.length ? node(entries, Math.max(...entries.map(({ layer }) => layer))) : put({ l: null, e: [] })
  const root = put({ did, version, data, rev, prev: null, sig: new Uint8Array(64).fill(7) })
  const header = encode({ roots: [root], version: 1 })
  const section = ({ link, bytes }: { link: Link; bytes: Uint8Array }): Uint8Array[] => [varint(link.bytes.length + bytes.length), link.bytes, bytes]
  // The commit comes first, as servers send it.
  const seen = new Set<string>()
  const once = blocks.toReversed().filter(({ link }) => !seen.has(String(link)) && seen.add(String(link)))
  return joined([varint(header.length), header, ...once.flatMap(section)])
}
