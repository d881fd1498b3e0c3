/** Small real files: a PNG of stripes told by its name, and an MP4 container without a track. */
import { crc32, deflateSync } from 'node:zlib'

const mixed = (text: string): number => {
  let value = 0x811c9dc5
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193)
  return value >>> 0
}

const part = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}

const picture = (name: string): Buffer => {
  const side = 60
  const seed = mixed(name)
  const colours = [0, 8, 16].map(shift => [90 + ((seed >> shift) & 127), 90 + ((seed >> (shift + 3)) & 127), 90 + ((seed >> (shift + 5)) & 127)])
  const rows = Array.from({ length: side }, (_, y) => Buffer.from([0, ...Array.from({ length: side }, () => colours[Math.floor(y / 20)]!).flat()]))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), part('IHDR', header), part('tEXt', Buffer.from(`Title\0${seed}`)), part('IDAT', deflateSync(Buffer.concat(rows))), part('IEND', Buffer.alloc(0))])
}

/** @returns the file behind a path of a file host: signatures change, the file does not */
export const file = (path: string): { bytes: Buffer; type: string } => {
  const name = path.split('/').pop() ?? ''
  if (!name.endsWith('.mp4')) return { bytes: picture(name), type: 'image/png' }
  return { bytes: Buffer.concat([Buffer.from([0, 0, 0, 20, ...Buffer.from('ftypisom'), 0, 0, 2, 0, ...Buffer.from('mp42')]), Buffer.from(name.repeat(40))]), type: 'video/mp4' }
}
