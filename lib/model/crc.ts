/** CRC-32 as ZIP has it (APPNOTE 4.4.7: polynomial 0xDEBB20E3 in the order of ITU V.42), in pieces. */

/** Eight tables, so that eight bytes are taken at once. */
const tables = ((): Uint32Array[] => {
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    return value
  })
  const all = [first]
  for (let table = 1; table < 8; table++) all.push(all[table - 1]!.map(value => (value >>> 8) ^ first[value & 0xff]!))
  return all
})()
const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as [Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array]

/** @param so of what came before, 0 at the beginning @returns of all of it, unsigned */
export const crc32 = (piece: Uint8Array, so = 0): number => {
  let crc = ~so
  let at = 0
  for (const end = piece.length - 7; at < end; at += 8) {
    crc ^= piece[at]! | (piece[at + 1]! << 8) | (piece[at + 2]! << 16) | (piece[at + 3]! << 24)
    crc =
      t7[crc & 0xff]! ^ t6[(crc >>> 8) & 0xff]! ^ t5[(crc >>> 16) & 0xff]! ^ t4[crc >>> 24]! ^
      t3[piece[at + 4]!]! ^ t2[piece[at + 5]!]! ^ t1[piece[at + 6]!]! ^ t0[piece[at + 7]!]!
  }
  for (; at < piece.length; at++) crc = (crc >>> 8) ^ t0[(crc ^ piece[at]!) & 0xff]!
  return ~crc >>> 0
}
