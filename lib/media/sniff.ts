/**
 * What a picture or video is, told from its bytes: servers call things what they like. Signatures as in the WHATWG MIME Sniffing standard (mimesniff.spec.whatwg.org,
 * sections 6.1 and 6.2) and, for HEIC and AVIF, the brands of ISO/IEC 23008-12 and of AV1 Image File Format 1.1. Pure and total: whatever the bytes, it answers.
 */

export interface Kind { /** MIME type. */ type: string; /** Of a file's name, without the dot. */ extension: string; kind: 'image' | 'video' | 'audio' }
export interface Sniffed extends Kind { width?: number; height?: number }

/** Of the beginning of a file so much is looked at, in bytes, and of its end. */
export const HEAD = 65_536
export const TAIL = 64

const kinds: Record<string, Kind> = Object.fromEntries(
  ([
    ['image/jpeg', 'jpg', 'image'], ['image/png', 'png', 'image'], ['image/gif', 'gif', 'image'], ['image/webp', 'webp', 'image'], ['image/avif', 'avif', 'image'], ['image/heic', 'heic', 'image'],
    ['video/mp4', 'mp4', 'video'], ['video/quicktime', 'mov', 'video'], ['video/webm', 'webm', 'video'], ['audio/mp4', 'm4a', 'audio'], ['audio/mpeg', 'mp3', 'audio'], ['audio/ogg', 'ogg', 'audio'],
    ['audio/wav', 'wav', 'audio'], ['audio/flac', 'flac', 'audio'], ['audio/aac', 'aac', 'audio'],
  ] as const).map(([type, extension, kind]) => [type, { type, extension, kind }]),
)

const at = (bytes: Uint8Array, place: number): number => bytes[place] ?? -1
const word = (bytes: Uint8Array, from: number, length: number): string => String.fromCharCode(...bytes.subarray(from, from + length))
const big = (bytes: Uint8Array, from: number, length: number): number => {
  let value = 0
  for (let index = 0; index < length; index++) value = value * 256 + Math.max(0, at(bytes, from + index))
  return value
}
const little = (bytes: Uint8Array, from: number, length: number): number => {
  let value = 0
  for (let index = length - 1; index >= 0; index--) value = value * 256 + Math.max(0, at(bytes, from + index))
  return value
}

/** Pixels of a frame header (ITU T.81, B.2.2), which stands behind any number of other segments. */
const jpegSize = (bytes: Uint8Array): [number, number] | undefined => {
  for (let place = 2; place + 9 < bytes.length; ) {
    if (at(bytes, place) !== 0xff) return undefined
    const marker = at(bytes, place + 1)
    if (marker === 0xff) { place++; continue }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) return [big(bytes, place + 7, 2), big(bytes, place + 5, 2)]
    place += 2 + big(bytes, place + 2, 2)
  }
  return undefined
}

/** RFC 9649: a canvas, a lossy frame, or a lossless one. */
const webpSize = (bytes: Uint8Array): [number, number] | undefined => {
  const chunk = word(bytes, 12, 4)
  if (chunk === 'VP8X') return [little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1]
  if (chunk === 'VP8 ') return [little(bytes, 26, 2) & 0x3fff, little(bytes, 28, 2) & 0x3fff]
  if (chunk !== 'VP8L') return undefined
  const bits = little(bytes, 21, 4)
  return [(bits & 0x3fff) + 1, (Math.floor(bits / 16_384) & 0x3fff) + 1]
}

/** The brands of an ISO base media file's first box. */
const brandsOf = (bytes: Uint8Array): string[] => {
  const end = Math.min(big(bytes, 0, 4), bytes.length, 256)
  const brands = [word(bytes, 8, 4)]
  for (let place = 16; place + 4 <= end; place += 4) brands.push(word(bytes, place, 4))
  return brands
}

const baseMedia = (bytes: Uint8Array): string => {
  const brands = brandsOf(bytes)
  const [major] = brands
  if (brands.some(brand => brand === 'avif' || brand === 'avis')) return 'image/avif'
  if (brands.some(brand => ['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1', 'hevc'].includes(brand))) return 'image/heic'
  if (major === 'qt  ') return 'video/quicktime'
  return major === 'M4A ' || major === 'M4B ' ? 'audio/mp4' : 'video/mp4'
}

const typeOf = (bytes: Uint8Array): string | undefined => {
  if (at(bytes, 0) === 0xff && at(bytes, 1) === 0xd8 && at(bytes, 2) === 0xff) return 'image/jpeg'
  if (word(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (/^GIF8[79]a$/.test(word(bytes, 0, 6))) return 'image/gif'
  if (word(bytes, 0, 4) === 'RIFF') return word(bytes, 8, 4) === 'WEBP' ? 'image/webp' : word(bytes, 8, 4) === 'WAVE' ? 'audio/wav' : undefined
  if (word(bytes, 4, 4) === 'ftyp') return baseMedia(bytes)
  if (big(bytes, 0, 4) === 0x1a45dfa3) return 'video/webm'
  if (word(bytes, 0, 4) === 'OggS') return 'audio/ogg'
  if (word(bytes, 0, 4) === 'fLaC') return 'audio/flac'
  if (word(bytes, 0, 3) === 'ID3') return 'audio/mpeg'
  if (at(bytes, 0) === 0xff && (at(bytes, 1) & 0xf6) === 0xf0) return 'audio/aac'
  // Layer III of MPEG 1, 2 or 2.5, with a bit rate and a sampling rate that there are (ISO/IEC 11172-3, 2.4.1.3).
  if (at(bytes, 0) === 0xff && (at(bytes, 1) & 0xe6) === 0xe2 && (at(bytes, 2) & 0xf0) !== 0xf0 && (at(bytes, 2) & 0x0c) !== 0x0c) return 'audio/mpeg'
  return undefined
}

const sizeOf = (type: string, bytes: Uint8Array): [number, number] | undefined => {
  if (type === 'image/png') return [big(bytes, 16, 4), big(bytes, 20, 4)]
  if (type === 'image/gif') return [little(bytes, 6, 2), little(bytes, 8, 2)]
  if (type === 'image/jpeg') return jpegSize(bytes)
  if (type === 'image/webp') return webpSize(bytes)
  return undefined
}

/** @param head the first `HEAD` bytes, or all where there are fewer @returns undefined where it is nothing of this kind */
export const sniff = (head: Uint8Array): Sniffed | undefined => {
  const type = typeOf(head)
  const kind = type === undefined ? undefined : kinds[type]
  if (!kind) return undefined
  const [width, height] = sizeOf(kind.type, head) ?? []
  return { ...kind, ...(width && height ? { width, height } : {}) }
}

/**
 * Whether the file ends where its kind says that one ends. What has no such sign counts as whole.
 * @param size of the file, in bytes @param tail the last `TAIL` bytes, or all where there are fewer
 */
export const isWhole = (type: string, size: number, head: Uint8Array, tail: Uint8Array): boolean => {
  switch (type) {
    // Some cameras and servers write more behind the end of the image.
    case 'image/jpeg': {
      for (let place = tail.length - 2; place >= 0; place--) if (tail[place] === 0xff && tail[place + 1] === 0xd9) return true
      return false
    }
    case 'image/png': return word(tail, 0, tail.length).includes('IEND')
    case 'image/gif': return tail.includes(0x3b)
    case 'image/webp':
    case 'audio/wav': return size >= little(head, 4, 4) + 8
    default: return true
  }
}

/**
 * The boxes of an ISO base media file (ISO/IEC 14496-12, 4.2), whose sizes must lead to its very end.
 * @param read gives bytes of the file: from, length @returns whether they do, as far as can be told in 1,000 boxes
 */
export const boxesEnd = async (size: number, read: (from: number, length: number) => Promise<Uint8Array>): Promise<boolean> => {
  let place = 0
  for (let boxes = 0; place < size && boxes < 1000; boxes++) {
    const header = await read(place, 16)
    if (header.length < 8) return false
    const short = big(header, 0, 4)
    // 0: to the end of the file; 1: the size stands behind the type.
    const length = short === 0 ? size - place : short === 1 ? big(header, 8, 8) : short
    if (length < 8) return false
    place += length
  }
  return place <= size
}
