/** Small real picture files, made here: a baseline JPEG (flat Huffman tables of our own), a PNG, and an MP4 container without a track. */
import { crc32, deflateSync } from 'node:zlib'

type Paint = (x: number, y: number) => [red: number, green: number, blue: number]

const zigzag = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58,
  59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
]
const cosines = Array.from({ length: 64 }, (_, i) => Math.cos(((2 * (i & 7) + 1) * (i >> 3) * Math.PI) / 16) * ((i >> 3) === 0 ? Math.SQRT1_2 : 1) * 0.5)
const QUANT = 12

/** The AC symbols (run << 4 | size); every one gets a code of 8 bits, every DC size one of 4. Wasteful, valid, and short to write. */
const acSymbols = [0x00, 0xf0, ...Array.from({ length: 160 }, (_, i) => (Math.floor(i / 10) << 4) | ((i % 10) + 1))]
const acCode = new Map(acSymbols.map((symbol, code) => [symbol, code]))
const dcSymbols = Array.from({ length: 12 }, (_, i) => i)

const segment = (marker: number, bytes: number[]): number[] => [0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 255, ...bytes]
const table = (id: number, length: number, symbols: number[]): number[] => [id, ...Array.from({ length: 16 }, (_, i) => (i === length - 1 ? symbols.length : 0)), ...symbols]

/** @returns a JPEG of this size painted by `paint` (0…255 each) */
export const jpeg = (width: number, height: number, paint: Paint): Buffer => {
  const out: number[] = [0xff, 0xd8, ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0])]
  out.push(...segment(0xdb, [0, ...Array<number>(64).fill(QUANT)]))
  out.push(...segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]))
  out.push(...segment(0xc4, [...table(0x00, 4, dcSymbols), ...table(0x10, 8, acSymbols)]))
  out.push(...segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]))
  let bits = 0
  let held = 0
  const put = (value: number, length: number): void => {
    for (let i = length - 1; i >= 0; i--) {
      bits = (bits << 1) | ((value >> i) & 1)
      if (++held === 8) {
        out.push(bits)
        if (bits === 255) out.push(0)
        bits = held = 0
      }
    }
  }
  const size = (value: number): number => (value === 0 ? 0 : 32 - Math.clz32(Math.abs(value)))
  const extra = (value: number, length: number): void => put(value < 0 ? value + (1 << length) - 1 : value, length)
  const last = [0, 0, 0]
  const samples = [new Float64Array(64), new Float64Array(64), new Float64Array(64)]
  const half = new Float64Array(64)
  for (let by = 0; by < height; by += 8) {
    for (let bx = 0; bx < width; bx += 8) {
      for (let i = 0; i < 64; i++) {
        const [r, g, b] = paint(Math.min(bx + (i & 7), width - 1), Math.min(by + (i >> 3), height - 1))
        samples[0]![i] = 0.299 * r + 0.587 * g + 0.114 * b - 128
        samples[1]![i] = -0.1687 * r - 0.3313 * g + 0.5 * b
        samples[2]![i] = 0.5 * r - 0.4187 * g - 0.0813 * b
      }
      samples.forEach((block, channel) => {
        for (let u = 0; u < 8; u++) for (let y = 0; y < 8; y++) {
          let sum = 0
          for (let x = 0; x < 8; x++) sum += block[y * 8 + x]! * cosines[u * 8 + x]!
          half[y * 8 + u] = sum
        }
        const coefficients: number[] = []
        for (const place of zigzag) {
          const u = place & 7
          const v = place >> 3
          let sum = 0
          for (let y = 0; y < 8; y++) sum += half[y * 8 + u]! * cosines[v * 8 + y]!
          coefficients.push(Math.round(sum / QUANT))
        }
        const dc = coefficients[0]! - last[channel]!
        last[channel] = coefficients[0]!
        put(size(dc), 4)
        extra(dc, size(dc))
        let run = 0
        for (let i = 1; i < 64; i++) {
          const value = coefficients[i]!
          if (value === 0) { run++; continue }
          for (; run > 15; run -= 16) put(acCode.get(0xf0)!, 8)
          put(acCode.get((run << 4) | size(value))!, 8)
          extra(value, size(value))
          run = 0
        }
        if (run) put(acCode.get(0)!, 8)
      })
    }
  }
  if (held) put(0x7f, 8 - held)
  out.push(0xff, 0xd9)
  return Buffer.from(out)
}

/** @returns a PNG of this size painted by `paint` */
export const png = (width: number, height: number, paint: Paint): Buffer => {
  const rows = Buffer.alloc(height * (width * 3 + 1))
  for (let y = 0, at = 0; y < height; y++) {
    rows[at++] = 0
    for (let x = 0; x < width; x++) for (const value of paint(x, y)) rows[at++] = value
  }
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
    const whole = Buffer.alloc(body.length + 8)
    whole.writeUInt32BE(data.length)
    body.copy(whole, 4)
    whole.writeUInt32BE(crc32(body), body.length + 4)
    return whole
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

const box = (name: string, ...parts: (Buffer | Uint8Array)[]): Buffer => {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, body])
}

/** @returns a well-formed MP4 with no track in it: enough to be saved, hashed and recognised, nothing to be played */
export const mp4 = (label: string): Buffer => {
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1000, 12)
  header.writeUInt32BE(1000, 16)
  header.writeUInt32BE(0x00010000, 20)
  header.writeUInt16BE(0x0100, 24)
  for (const [at, value] of [[36, 0x00010000], [52, 0x00010000], [68, 0x40000000], [96, 2]] as const) header.writeUInt32BE(value, at)
  return Buffer.concat([
    box('ftyp', Buffer.from('isom'), Buffer.from([0, 0, 2, 0]), Buffer.from('isomiso2mp41')),
    box('moov', box('mvhd', header)),
    box('mdat', Buffer.from(label.repeat(Math.ceil(2048 / Math.max(1, label.length))))),
  ])
}

const hsl = (hue: number, saturation: number, light: number): [number, number, number] => {
  const at = (n: number): number => {
    const k = (n + hue / 30) % 12
    return Math.round(255 * (light - saturation * Math.min(light, 1 - light) * Math.max(-1, Math.min(k - 3, 9 - k, 1))))
  }
  return [at(0), at(8), at(4)]
}

/** A quiet head and shoulders on a plain ground. */
const portrait = (side: number, hue: number): Paint => {
  const ground = hsl(hue, 0.38, 0.78)
  const figure = hsl((hue + 205) % 360, 0.3, 0.42)
  const skin = hsl(28, 0.34, 0.5 + (hue % 5) * 0.06)
  return (x, y) => {
    const u = x / side - 0.5
    const v = y / side
    if ((u * u) / 0.026 + (v - 0.4) ** 2 / 0.036 < 1) return skin
    return (u * u) / 0.11 + (v - 1.02) ** 2 / 0.13 < 1 ? figure : ground
  }
}

/** Hills under a sky. */
const landscape = (width: number, height: number, seed: number): Paint => {
  const hue = seed % 4 === 0 ? 24 : 195 + (seed % 30)
  const near = hsl(95 + (seed % 70), 0.28, 0.32)
  const far = hsl(150 + (seed % 80), 0.2, 0.5)
  const sun = hsl(42, 0.85, 0.78)
  return (x, y) => {
    const u = x / width
    const v = y / height
    if (v > 0.76 + 0.09 * Math.sin(u * 5 + seed)) return near
    if (v > 0.6 + 0.08 * Math.sin(u * 7 + seed * 2)) return far
    if ((u - 0.72) ** 2 + ((v - 0.28) * height / width) ** 2 < 0.006) return sun
    return hsl((hue + 20 * v) % 360, 0.42, 0.62 + 0.25 * v)
  }
}

const made = new Map<string, Buffer>()
const once = (key: string, make: () => Buffer): Buffer => {
  const held = made.get(key)
  if (held) return held
  const fresh = make()
  made.set(key, fresh)
  return fresh
}

/** A comment segment after the first marker: files of different names differ, though the picture may be one of a few. */
const named = (bytes: Buffer, name: string): Buffer => Buffer.concat([bytes.subarray(0, 2), Buffer.from(segment(0xfe, [...Buffer.from(name)])), bytes.subarray(2)])

const hash = (text: string): number => {
  let value = 2166136261
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619)
  return value >>> 0
}

/**
 * The file behind a path of a CDN host: the same path gives the same bytes, another path gives others.
 * @returns the bytes and their type, or undefined if the path names no picture or video
 */
export const file = (path: string): { bytes: Buffer; type: string } | undefined => {
  const name = path.split('/').pop() ?? ''
  const hue = (hash(name) % 16) * 22
  if (name.endsWith('.mp4')) return { bytes: mp4(name), type: 'video/mp4' }
  if (name.endsWith('.png')) return { bytes: once(`png${hue}`, () => png(160, 84, landscape(160, 84, hue))), type: 'image/png' }
  if (!name.endsWith('.jpg')) return undefined
  const size = /_(\d+)x(\d+)_/.exec(name)
  if (!size) return { bytes: named(once(`face${hue}`, () => jpeg(96, 96, portrait(96, hue))), name), type: 'image/jpeg' }
  const ratio = Number(size[2]) / Number(size[1])
  // Smaller than it says it is, and one of a few: painting costs time.
  const height = Math.min(240, Math.max(80, Math.round((192 * ratio) / 16) * 16))
  return { bytes: named(once(`view${hue} ${height}`, () => jpeg(192, height, landscape(192, height, hue))), name), type: 'image/jpeg' }
}
