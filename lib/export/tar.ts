/**
 * A tar archive in pieces (POSIX.1-2017, pax, "ustar Interchange Format"). A header says how long its file is, so what is made on the way is made twice: once to be measured, once to be written.
 * What lies in files of its own goes in as it is, unread. The same entries give the same bytes.
 */
import type { ZipEntry } from './zip.ts'

const BLOCK = 512
const encoder = new TextEncoder()

/** A name of more than 100 bytes is cut at a slash: the beginning has a field of its own. @throws if there is no such place */
const cutName = (name: string): [prefix: string, rest: string] => {
  if (encoder.encode(name).length <= 100) return ['', name]
  for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
    const [prefix, rest] = [name.slice(0, at), name.slice(at + 1)]
    if (encoder.encode(rest).length <= 100 && encoder.encode(prefix).length <= 155) return [prefix, rest]
  }
  throw new Error(`${name} is too long a name for an archive`)
}

const header = (path: string, size: number, modified: number): Uint8Array => {
  const out = new Uint8Array(BLOCK)
  const put = (at: number, text: string): void => out.set(encoder.encode(text), at)
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`
  const [prefix, name] = cutName(path)
  put(0, name)
  put(100, octal(0o644, 8))
  put(108, octal(0, 8))
  put(116, octal(0, 8))
  put(124, octal(size, 12))
  put(136, octal(modified, 12))
  put(148, ' '.repeat(8))
  put(156, '0')
  put(257, 'ustar\x0000')
  put(345, prefix)
  put(148, `${out.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `)
  return out
}

const sizesOf = async (entries: AsyncIterable<ZipEntry>): Promise<Map<string, number>> => {
  const sizes = new Map<string, number>()
  for await (const { name, content } of entries) {
    let size = 0
    if ('open' in content) size = content.size
    else for await (const piece of content) size += piece.length
    sizes.set(name, size)
  }
  return sizes
}

/**
 * @param entries begins anew at each call, with the same ones @param modified ISO time that all entries carry
 * @returns pieces in order; a Blob is handed on without being read
 * @throws if an entry is longer or shorter the second time
 */
export const tarPieces = async function* (entries: () => AsyncIterable<ZipEntry>, modified: string): AsyncGenerator<Uint8Array | Blob> {
  const sizes = await sizesOf(entries())
  const seconds = Math.max(0, Math.floor((Date.parse(modified) || 0) / 1000))
  for await (const { name, content } of entries()) {
    const size = sizes.get(name) ?? -1
    if (size < 0) throw new Error(`${name} was not there before`)
    yield header(name, size, seconds)
    let written = 0
    if ('open' in content) {
      yield await content.open()
      written = content.size
    } else {
      for await (const piece of content) {
        written += piece.length
        yield piece
      }
    }
    if (written !== size) throw new Error(`${name} has changed while it was written`)
    const rest = size % BLOCK
    if (rest) yield new Uint8Array(BLOCK - rest)
  }
  yield new Uint8Array(2 * BLOCK)
}
