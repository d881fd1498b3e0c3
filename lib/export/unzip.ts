/**
 * Reads a ZIP of stored entries (nothing deflated) again while it goes by in pieces, to check it. Memory stays flat. An entry that is one Blob, still on the disk, is not read: that it
 * is as long as its header says is checked, and its sum was when it was kept.
 */
import { crc32 } from '../model/index.ts'

const fileHeader = 0x04034b50
const descriptor = 0x08074b50
const directoryHeader = 0x02014b50
const directoryEnd = 0x06054b50
const directoryEnd64 = 0x06064b50

/** What a file in the archive is handed to. */
export interface EntryReader {
  /** Bytes in order. */
  bytes(piece: Uint8Array): void
  end(size: number): void
}

export interface ZipProblem {
  reason: 'zip-broken' | 'zip-deflated' | 'zip-crc' | 'zip-directory'
  at: string
}

/** A window on the pieces: holds what is not used up yet. */
class Window {
  /** Bytes that went by. */
  bytes = 0
  private held: Uint8Array = new Uint8Array(0)
  /** Comes after what is held. */
  private unread?: Blob
  private readonly pieces: AsyncIterator<Uint8Array | Blob>
  constructor(pieces: AsyncIterable<Uint8Array | Blob>) {
    this.pieces = pieces[Symbol.asyncIterator]()
  }
  get length(): number {
    return this.held.length
  }
  /** Reads on until `size` bytes are held. @returns false at the end, or where a Blob comes first */
  async have(size: number): Promise<boolean> {
    const pieces = [this.held]
    let length = this.held.length
    while (length < size && !this.unread) {
      const { done, value } = await this.pieces.next()
      if (done) break
      if (value instanceof Blob) {
        this.unread = value
        this.bytes += value.size
        break
      }
      this.bytes += value.length
      pieces.push(value)
      length += value.length
    }
    if (pieces.length > 1) {
      this.held = new Uint8Array(length)
      let at = 0
      for (const piece of pieces) {
        this.held.set(piece, at)
        at += piece.length
      }
    }
    return length >= size
  }
  /** @returns whether what comes next is a Blob of this size; it is passed over then */
  passBlob(size: number): boolean {
    if (this.held.length || this.unread?.size !== size) return false
    this.unread = undefined
    return true
  }
  view(): DataView {
    return new DataView(this.held.buffer, this.held.byteOffset, this.held.length)
  }
  take(size: number): Uint8Array {
    const taken = this.held.subarray(0, size)
    this.held = this.held.subarray(size)
    return taken
  }
  /** Where `PK`, or a `P` at the very end, next stands; else the end. */
  findMark(): number {
    for (let at = this.held.indexOf(0x50); at >= 0; at = this.held.indexOf(0x50, at + 1)) {
      if (at + 1 === this.held.length || this.held[at + 1] === 0x4b) return at
    }
    return this.held.length
  }
  async close(): Promise<void> {
    await this.pieces.return?.()
  }
}

interface Entry {
  name: string
  size: number
  crc: number
}

/**
 * An entry whose length stands behind it (general purpose flag, bit 3; APPNOTE 4.3.9): it ends where a descriptor says exactly
 * the length and the sum that were read, and another entry or the directory follows.
 */
const untilDescriptor = async (window: Window, reader: EntryReader): Promise<Pick<Entry, 'size' | 'crc'> | undefined> => {
  let size = 0
  let crc = 0
  const pass = (count: number): void => {
    if (!count) return
    const bytes = window.take(count)
    crc = crc32(bytes, crc)
    size += count
    reader.bytes(bytes)
  }
  for (;;) {
    if (!window.length && !(await window.have(1))) return undefined
    const at = window.findMark()
    pass(at)
    if (!window.length) continue
    const length = size >= 0xffffffff ? 24 : 16
    if (!(await window.have(length + 4))) return undefined
    const view = window.view()
    const next = view.getUint32(length, true)
    const fits = view.getUint32(0, true) === descriptor && view.getUint32(4, true) === crc && view.getUint32(8, true) === size % 2 ** 32
    if (fits && (next === fileHeader || next === directoryHeader)) {
      window.take(length)
      return { size, crc }
    }
    pass(1)
  }
}

const ofLength = async (window: Window, reader: EntryReader, length: number, sum: number): Promise<Pick<Entry, 'size' | 'crc'> | undefined> => {
  let crc = 0
  if (!window.length && !(await window.have(1)) && window.passBlob(length)) return { size: length, crc: sum }
  for (let left = length; left > 0; ) {
    if (!window.length && !(await window.have(1))) return undefined
    const bytes = window.take(Math.min(left, window.length))
    crc = crc32(bytes, crc)
    left -= bytes.length
    reader.bytes(bytes)
  }
  return { size: length, crc }
}

/**
 * @param open called with each entry's name as it comes by
 * @returns names in order, and what is wrong with the archive as such; never throws for a broken one, only what the pieces throw
 */
export const readStoredZip = async (pieces: AsyncIterable<Uint8Array | Blob>, open: (name: string) => EntryReader): Promise<{ names: string[]; bytes: number; problems: ZipProblem[] }> => {
  const window = new Window(pieces)
  const entries: Entry[] = []
  const problems: ZipProblem[] = []
  const names = (): string[] => entries.map(entry => entry.name)
  const broken = async (reason: ZipProblem['reason'], at: string) => {
    problems.push({ reason, at })
    await window.close()
    return { names: names(), bytes: window.bytes, problems }
  }
  const decoder = new TextDecoder()
  for (;;) {
    if (!(await window.have(4))) return broken('zip-broken', 'no directory')
    const signature = window.view().getUint32(0, true)
    if (signature !== fileHeader) break
    if (!(await window.have(30))) return broken('zip-broken', 'header')
    const view = window.view()
    const [flags, method, crc, length, nameLength, extraLength] = [view.getUint16(6, true), view.getUint16(8, true), view.getUint32(14, true), view.getUint32(18, true), view.getUint16(26, true), view.getUint16(28, true)]
    if (!(await window.have(30 + nameLength + extraLength))) return broken('zip-broken', 'header')
    const name = decoder.decode(window.take(30 + nameLength + extraLength).subarray(30, 30 + nameLength))
    if (method !== 0) return broken('zip-deflated', name)
    const reader = open(name)
    const read = flags & 8 ? await untilDescriptor(window, reader) : await ofLength(window, reader, length, crc)
    if (!read) return broken('zip-broken', name)
    if (!(flags & 8) && read.crc !== crc) problems.push({ reason: 'zip-crc', at: name })
    reader.end(read.size)
    entries.push({ name, ...read })
  }
  for (const entry of entries) {
    if (!(await window.have(46)) || window.view().getUint32(0, true) !== directoryHeader) return broken('zip-directory', entry.name)
    const view = window.view()
    const [crc, size, nameLength, extraLength, commentLength] = [view.getUint32(16, true), view.getUint32(24, true), view.getUint16(28, true), view.getUint16(30, true), view.getUint16(32, true)]
    if (!(await window.have(46 + nameLength + extraLength + commentLength))) return broken('zip-directory', entry.name)
    const name = decoder.decode(window.take(46 + nameLength + extraLength + commentLength).subarray(46, 46 + nameLength))
    if (name !== entry.name || crc !== entry.crc || size !== Math.min(entry.size, 0xffffffff)) return broken('zip-directory', entry.name)
  }
  if (!(await window.have(22))) return broken('zip-directory', 'end')
  const signature = window.view().getUint32(0, true)
  if (signature !== directoryEnd && signature !== directoryEnd64) return broken('zip-directory', 'more entries than files')
  while (await window.have(1)) window.take(window.length)
  return { names: names(), bytes: window.bytes, problems }
}
