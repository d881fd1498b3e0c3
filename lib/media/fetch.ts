/** Fetches one picture or video into files of its own, and looks whether it is what it should be. */
import { askForFile, online } from '../browser/ask.ts'
import { isFull, openFiles, removeFiles, writeFile, type Writing } from '../browser/files.ts'
import { asShown } from '../browser/pictures.ts'
import type { KeptBytes, MediaRow, PartialBytes } from '../store/types.ts'
import { crc32 } from '../model/index.ts'
import { fromHead, fromRefusal, LONGEST, type GivenUp, type NotNow } from './judge.ts'
import { boxesEnd, HEAD, isWhole, sniff, TAIL } from './sniff.ts'

export type Outcome =
  | { kind: 'kept'; bytes: KeptBytes; shown?: KeptBytes }
  | GivenUp
  | NotNow
  /** Nothing can be fetched now. */
  | { kind: 'halt'; reason: 'offline' | 'disk-full' }
  | { kind: 'stopped' }

/** A file is cut into parts of so many bytes: what is closed stays, whatever ends the rest. */
const PART = 16_000_000
/** Milliseconds without a byte until an answer is given up. */
const PATIENCE = 45_000
/** Kinds of which importers show nothing, or not everywhere; drawn again as JPEG or PNG. */
const redrawn = new Set(['image/webp', 'image/avif', 'image/heic'])

const hex = async (text: string): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))].slice(0, 12).map(byte => byte.toString(16).padStart(2, '0')).join('')

/** The version that a server sent: what it can be asked for the rest of. A weak tag (RFC 9110, 8.8.1) names no bytes. */
const versionOf = ({ headers }: Response): string | undefined => {
  const tag = headers.get('etag')
  return tag && !tag.startsWith('W/') ? tag : (headers.get('last-modified') ?? undefined)
}

const number = (text: string | null | undefined): number | undefined => (text && /^\d{1,15}$/.test(text) ? Number(text) : undefined)

/** Whether the answer goes on where the parts end. */
const goesOn = ({ status, headers }: Response, from: number): boolean => status === 206 && /^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1] === String(from)

interface Received { kind: 'received'; partial: PartialBytes }

export interface Fetching {
  hosts: string[]
  stop: AbortSignal
  /** The parts so far are closed: to be written down. Absent: nothing is there any more, and the next try begins anew. */
  progress(partial?: PartialBytes): Promise<void>
}

/** Takes parts away that are of no use; it is written down, since a later try would go on where they end. */
const forget = async (row: MediaRow, parts: string[], { progress }: Pick<Fetching, 'progress'>): Promise<void> => {
  await removeFiles(row.account, parts)
  await progress()
}

/** The body into parts. */
const receive = async (row: MediaRow, response: Response, begun: PartialBytes, name: string, alive: () => void, fetching: Fetching): Promise<Received | NotNow | GivenUp | Outcome> => {
  const { stop, progress } = fetching
  let { parts, size, crc } = begun
  const etag = versionOf(response)
  const length = number(response.headers.get('content-length'))
  const whole = response.headers.has('content-encoding') || length === undefined ? undefined : begun.size + length
  const reader = response.body?.getReader()
  let writing: Writing | undefined
  let inPart = 0
  try {
    for (;;) {
      const next = await reader?.read()
      if (!next || next.done) break
      alive()
      writing ??= await writeFile(row.account, `${name}-${parts.length}`)
      await writing.write(next.value)
      crc = crc32(next.value, crc)
      size += next.value.byteLength
      inPart += next.value.byteLength
      if (size > LONGEST) {
        await reader!.cancel().catch(() => undefined)
        await writing.abort()
        await forget(row, parts, fetching)
        return { kind: 'given-up', state: 'skipped', reason: 'too-large' }
      }
      if (inPart < PART) continue
      await writing.close()
      parts = [...parts, `${name}-${parts.length}`]
      writing = undefined
      inPart = 0
      await progress({ parts, size, crc, ...(etag === undefined ? {} : { etag }) })
    }
    if (writing) {
      await writing.close()
      parts = [...parts, `${name}-${parts.length}`]
    }
  } catch (error) {
    await reader?.cancel().catch(() => undefined)
    await writing?.abort()
    if (isFull(error)) return { kind: 'halt', reason: 'disk-full' }
    if (stop.aborted) return { kind: 'stopped' }
    return online() ? { kind: 'later', reason: 'truncated' } : { kind: 'halt', reason: 'offline' }
  }
  if (size === 0 || (whole !== undefined && size !== whole)) {
    await forget(row, parts, fetching)
    return { kind: 'later', reason: 'truncated' }
  }
  return { kind: 'received', partial: { parts, size, crc } }
}

/** What came, looked at. */
const examine = async (row: MediaRow, { parts, size, crc }: PartialBytes): Promise<{ kind: 'good'; bytes: KeptBytes; blob: Blob } | NotNow | GivenUp> => {
  const blob = await openFiles(row.account, parts)
  const read = async (from: number, length: number): Promise<Uint8Array> => new Uint8Array(await blob.slice(from, from + length).arrayBuffer())
  const head = await read(0, HEAD)
  const found = sniff(head)
  if (!found) return { kind: 'given-up', state: 'refused', reason: 'wrong-type' }
  const whole = isWhole(found.type, size, head, await read(Math.max(0, size - TAIL), TAIL)) && (!/^(?:video\/(?:mp4|quicktime)|audio\/mp4|image\/(?:heic|avif))$/.test(found.type) || (await boxesEnd(size, read)))
  if (!whole) return { kind: 'later', reason: 'truncated' }
  const { type, extension, width, height } = found
  return { kind: 'good', bytes: { parts, size, crc, type, extension, ...(width && height ? { width, height } : {}) }, blob }
}

/** The same picture in a kind that importers show; undefined where it is such a kind, or can't be read here. */
const redraw = async (row: MediaRow, type: string, blob: Blob, name: string): Promise<KeptBytes | undefined> => {
  const drawn = redrawn.has(type) ? await asShown(new Blob([blob], { type })) : undefined
  if (!drawn) return undefined
  const bytes = new Uint8Array(await drawn.blob.arrayBuffer())
  const file = `${name}-shown`
  const writing = await writeFile(row.account, file)
  try {
    await writing.write(bytes)
    await writing.close()
  } catch (error) {
    await writing.abort()
    throw error
  }
  const { width, height } = drawn
  return { parts: [file], size: bytes.byteLength, crc: crc32(bytes), type: drawn.blob.type, extension: drawn.blob.type === 'image/png' ? 'png' : 'jpg', width, height }
}

/** @param row one that `beforeAsking` has nothing against @returns never throws; what is not kept leaves no file behind, but for the closed parts of one that can go on */
export const fetchMedia = async (row: MediaRow, fetching: Fetching): Promise<Outcome> => {
  const { hosts, stop } = fetching
  const name = `${await hex(`${row.postId} ${row.index}`)}`
  const ending = new AbortController()
  const signal = AbortSignal.any([stop, ending.signal])
  let timer: ReturnType<typeof setTimeout> | undefined
  const alive = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => ending.abort(), PATIENCE)
  }
  alive()
  try {
    const there = row.partial?.etag === undefined ? undefined : row.partial
    if (row.partial && !there) await removeFiles(row.account, row.partial.parts)
    const response = await askForFile(row.url!, signal, there && { from: there.size, version: there.etag! })
    if (!response) return stop.aborted ? { kind: 'stopped' } : online() ? { kind: 'later', reason: 'silent' } : { kind: 'halt', reason: 'offline' }
    const { status, headers } = response
    // All of it was there already, or it is shorter now (RFC 9110, 15.5.17).
    if (there && status === 416) {
      ending.abort()
      await forget(row, there.parts, fetching)
      return { kind: 'later', reason: 'truncated' }
    }
    const said = fromHead({ status, url: response.url || row.url!, length: number(headers.get('content-length')), retryAfter: headers.get('retry-after') }, hosts, Date.now())
    if (said) {
      const refusal = said.kind === 'given-up' && said.reason === 'forbidden' ? fromRefusal((await response.text().catch(() => '')).slice(0, 2000)) : said
      ending.abort()
      return refusal
    }
    const on = there && goesOn(response, there.size)
    // It may not be able to, or has another version now: from the beginning, and of two versions nothing is mixed. The rest of one alone is of no use.
    if (there && !on) await forget(row, there.parts, fetching)
    if (!on && status === 206) {
      ending.abort()
      return { kind: 'later', reason: 'truncated' }
    }
    const received = await receive(row, response, on ? there : { parts: [], size: 0, crc: 0 }, name, alive, fetching)
    if (received.kind !== 'received') return received
    const looked = await examine(row, received.partial)
    if (looked.kind !== 'good') {
      await forget(row, received.partial.parts, fetching)
      return looked
    }
    const shown = await redraw(row, looked.bytes.type, looked.blob, name)
    return { kind: 'kept', bytes: looked.bytes, ...(shown ? { shown } : {}) }
  } catch (error) {
    return isFull(error) ? { kind: 'halt', reason: 'disk-full' } : stop.aborted ? { kind: 'stopped' } : { kind: 'later', reason: 'truncated' }
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Keeps one that lies in the person's own download.
 * @param bytes of the file @param size of it, in bytes
 * @returns like `fetchMedia`; what is not kept leaves no file behind
 */
export const takeMedia = async (row: MediaRow, bytes: ReadableStream<Uint8Array<ArrayBuffer>>, size: number, stop: AbortSignal): Promise<Outcome> => {
  const name = `${await hex(`${row.postId} ${row.index}`)}-own`
  try {
    const response = new Response(bytes, { headers: { 'content-length': String(size) } })
    const received = await receive(row, response, { parts: [], size: 0, crc: 0 }, name, () => {}, { hosts: [], stop, progress: async () => {} })
    if (received.kind !== 'received') return received
    const looked = await examine(row, received.partial)
    if (looked.kind !== 'good') {
      await removeFiles(row.account, received.partial.parts)
      return looked
    }
    const shown = await redraw(row, looked.bytes.type, looked.blob, name)
    return { kind: 'kept', bytes: looked.bytes, ...(shown ? { shown } : {}) }
  } catch (error) {
    return isFull(error) ? { kind: 'halt', reason: 'disk-full' } : { kind: 'later', reason: 'truncated' }
  }
}
