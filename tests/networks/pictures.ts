/** Small real files: a plain PNG of a colour told by its name, and an MP4 container without a track. */
import { crc32, deflateSync } from 'node:zlib'

const hash = (text: string): number => {
  let value = 2166136261
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619)
  return value >>> 0
}

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}

const png = (label: string): Buffer => {
  const [side, seed] = [48, hash(label)]
  const colour = Buffer.from([96 + (seed & 127), 96 + ((seed >> 8) & 127), 96 + ((seed >> 16) & 127)])
  const rows = Buffer.concat(Array.from({ length: side }, () => Buffer.concat([Buffer.from([0]), ...Array.from({ length: side }, () => colour)])))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('tEXt', Buffer.from(`Title\0${seed}`)), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

/** @returns the file behind a path of a file host: every size of a picture is the same file here, and what follows a `!` (a size, for some) changes nothing */
export const file = (path: string): { bytes: Buffer; type: string } => {
  const key = (path.split('/').pop() ?? '').split('!')[0] as string
  if (!key.endsWith('.mp4')) return { bytes: png(key), type: 'image/png' }
  const head = Buffer.from([0, 0, 0, 20, ...Buffer.from('ftypisom'), 0, 0, 2, 0, ...Buffer.from('mp42')])
  return { bytes: Buffer.concat([head, Buffer.from(key.repeat(40))]), type: 'video/mp4' }
}
