/** A network's own archive of any size, of which the pictures are holes in the file: nothing on the disk, and as large as real ones to whoever reads it. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { crc32, deflateRawSync } from 'node:zlib'

interface Entry { path: string; method: 0 | 8; crc: number; packed: number; size: number; at: number }

/** @param posts how many @param media bytes of pictures, in films of a quarter of a gigabyte each */
export const writeArchive = (path: string, posts: number, media: number): void => {
  const file = openSync(path, 'w')
  const entries: Entry[] = []
  let at = 0
  const put = (bytes: Buffer): void => {
    writeSync(file, bytes, 0, bytes.length, at)
    at += bytes.length
  }
  // APPNOTE 4.3.7: sizes that are known before are stated before.
  const head = (entry: Entry): void => {
    const name = Buffer.from(entry.path)
    const bytes = Buffer.alloc(30)
    bytes.writeUInt32LE(0x04034b50, 0)
    bytes.writeUInt16LE(20, 4)
    bytes.writeUInt16LE(entry.method, 8)
    bytes.writeUInt32LE(entry.crc, 14)
    bytes.writeUInt32LE(entry.packed, 18)
    bytes.writeUInt32LE(entry.size, 22)
    bytes.writeUInt16LE(name.length, 26)
    put(bytes)
    put(name)
    entries.push(entry)
  }
  const text = (name: string, content: string): void => {
    const plain = Buffer.from(content)
    const packed = deflateRawSync(plain)
    head({ path: name, method: 8, crc: crc32(plain), packed: packed.length, size: plain.length, at })
    put(packed)
  }
  text('data/account.js', 'window.YTD.account.part0 = [{"account":{"username":"mira","accountId":"77","accountDisplayName":"Mira"}}]')
  const day = Date.UTC(2012, 0, 1)
  const rows = Array.from({ length: posts }, (_, index) => {
    const [week, date, month, year, time] = new Date(day + index * 1_800_000).toUTCString().replace(',', '').split(' ')
    return JSON.stringify({ tweet: { id_str: String(1_200_000_000_000_000_000n + BigInt(index) * 4_194_304n), full_text: `Day ${index}: rain, then bread. ${'A line of an old diary. '.repeat(index % 12)}`, created_at: `${week} ${month} ${date} ${time} +0000 ${year}`, lang: 'en', favorite_count: '3', retweet_count: '1', entities: { hashtags: [], symbols: [], user_mentions: [], urls: [] } } })
  })
  text('data/tweets.js', `window.YTD.tweets.part0 = [\n${rows.join(',\n')}\n]`)
  const most = 250_000_000
  const zeros = Buffer.alloc(1_000_000)
  let sum = 0
  for (let done = 0; done < most; done += zeros.length) sum = crc32(zeros, sum)
  for (let index = 0; index * most < media; index++) {
    head({ path: `data/tweets_media/${index}-film.mp4`, method: 0, crc: sum, packed: most, size: most, at })
    at += most
  }
  const directory = at
  for (const entry of entries) {
    const name = Buffer.from(entry.path)
    const far = entry.at >= 0xffffffff
    const bytes = Buffer.alloc(46)
    bytes.writeUInt32LE(0x02014b50, 0)
    bytes.writeUInt16LE(45, 4)
    bytes.writeUInt16LE(45, 6)
    bytes.writeUInt16LE(entry.method, 10)
    bytes.writeUInt32LE(entry.crc, 16)
    bytes.writeUInt32LE(entry.packed, 20)
    bytes.writeUInt32LE(entry.size, 24)
    bytes.writeUInt16LE(name.length, 28)
    bytes.writeUInt16LE(far ? 12 : 0, 30)
    bytes.writeUInt32LE(far ? 0xffffffff : entry.at, 42)
    put(bytes)
    put(name)
    if (!far) continue
    const extra = Buffer.alloc(12)
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(8, 2)
    extra.writeBigUInt64LE(BigInt(entry.at), 4)
    put(extra)
  }
  const size = at - directory
  const end64 = Buffer.alloc(56 + 20 + 22)
  end64.writeUInt32LE(0x06064b50, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeUInt16LE(45, 12)
  end64.writeUInt16LE(45, 14)
  end64.writeBigUInt64LE(BigInt(entries.length), 24)
  end64.writeBigUInt64LE(BigInt(entries.length), 32)
  end64.writeBigUInt64LE(BigInt(size), 40)
  end64.writeBigUInt64LE(BigInt(directory), 48)
  end64.writeUInt32LE(0x07064b50, 56)
  end64.writeBigUInt64LE(BigInt(at), 64)
  end64.writeUInt32LE(1, 72)
  end64.writeUInt32LE(0x06054b50, 76)
  for (const [place, value] of [[84, entries.length], [86, entries.length]] as const) end64.writeUInt16LE(value, place)
  end64.writeUInt32LE(Math.min(size, 0xffffffff), 88)
  end64.writeUInt32LE(0xffffffff, 92)
  put(end64)
  ftruncateSync(file, at)
  closeSync(file)
}
