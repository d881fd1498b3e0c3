/** The browser's own folder for files, and servers that hand out pictures: both in memory, both with faults to order. */
import { readFileSync } from 'node:fs'
import { vi } from 'vitest'
import type { MediaRow } from '../../../lib/store/types.ts'

export const account = 'threads:7'
export const HOST = 'scontent.cdninstagram.com'
export const urlOf = (name: string): string => `https://${HOST}/v/${name}?oe=1`

const fixture = (kind: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(`../../networks/media/base.${kind}`, import.meta.url)))
export const files = { jpg: fixture('jpg'), webp: fixture('webp'), gif: fixture('gif'), mp4: fixture('mp4'), heic: fixture('heic'), mp3: fixture('mp3') }

/** A film of so many bytes: the simulations' own, with a box that players pass over behind it (ISO/IEC 14496-12, 8.1.2). */
export const film = (size: number): Uint8Array<ArrayBuffer> => {
  const out = new Uint8Array(size)
  out.set(files.mp4)
  new DataView(out.buffer).setUint32(files.mp4.length, size - files.mp4.length)
  out.set(new TextEncoder().encode('free'), files.mp4.length + 4)
  for (let at = files.mp4.length + 8; at < size; at += 4099) out[at] = at % 251
  return out
}

// --- files ---------------------------------------------------------------------------------------------------------------

/** What lies in the folder: the files of an account by name; and how many bytes it takes. */
export const disk = { accounts: new Map<string, Map<string, Uint8Array<ArrayBuffer>>>(), room: Infinity }

const missing = (): DOMException => new DOMException('It is not there', 'NotFoundError')
const usage = (): number => [...disk.accounts.values()].flatMap(all => [...all.values()]).reduce((sum, { length }) => sum + length, 0)

const fileHandle = (folder: Map<string, Uint8Array<ArrayBuffer>>, name: string) => ({
  getFile: async () => new Blob([folder.get(name)!]),
  createWritable: async () => {
    let pieces: Uint8Array<ArrayBuffer>[] = []
    return {
      write: async (piece: Uint8Array<ArrayBuffer>) => {
        if (usage() + pieces.reduce((sum, { length }) => sum + length, 0) + piece.length > disk.room) throw new DOMException('The quota has been exceeded', 'QuotaExceededError')
        pieces.push(piece.slice())
      },
      close: async () => void folder.set(name, new Uint8Array(Buffer.concat(pieces))),
      abort: async () => void (pieces = []),
    }
  },
})
const folderHandle = (folder: Map<string, Uint8Array<ArrayBuffer>>) => ({
  getFileHandle: async (name: string, { create = false } = {}) => {
    if (!folder.has(name)) {
      if (!create) throw missing()
      folder.set(name, new Uint8Array())
    }
    return fileHandle(folder, name)
  },
  removeEntry: async (name: string) => {
    if (!folder.delete(name)) throw missing()
  },
  keys: async function* () { yield* folder.keys() },
})
const all = {
  getDirectoryHandle: async (name: string, { create = false } = {}) => {
    if (!disk.accounts.has(name)) {
      if (!create) throw missing()
      disk.accounts.set(name, new Map())
    }
    return folderHandle(disk.accounts.get(name)!)
  },
  removeEntry: async (name: string) => {
    disk.accounts.get(name)?.clear()
    disk.accounts.delete(name)
  },
  keys: async function* () { yield* disk.accounts.keys() },
}

/** Names of the files that are there. */
export const names = (): string[] => [...(disk.accounts.get(encodeURIComponent(account))?.keys() ?? [])].toSorted()
export const put = (name: string, bytes: Uint8Array<ArrayBuffer>): void => {
  const folder = disk.accounts.get(encodeURIComponent(account)) ?? new Map<string, Uint8Array<ArrayBuffer>>()
  disk.accounts.set(encodeURIComponent(account), folder.set(name, bytes))
}
/** The bytes of these files together. */
export const joined = (parts: string[]): Buffer => Buffer.concat(parts.map(name => disk.accounts.get(encodeURIComponent(account))!.get(name)!))

// --- servers -------------------------------------------------------------------------------------------------------------

export interface Sent { url: string; init: RequestInit; headers: Record<string, string> }
export const net = { sent: [] as Sent[], online: true }

/** How a server answers. */
export interface Reply {
  status?: number
  body?: Uint8Array<ArrayBuffer> | string
  headers?: Record<string, string>
  /** Where it led: a redirect that was followed. */
  url?: string
  /** After so many bytes the connection breaks; or nothing comes any more; or it ends as if that were all. */
  breaks?: number
  hangs?: number
  ends?: number
  /** Pieces of this size. */
  piece?: number
  /** Nobody answers. */
  none?: boolean
}
type Server = (sent: Sent, times: number) => Reply

let servers: Record<string, Server> = {}
/** @param name as in `urlOf` */
export const serve = (name: string, reply: Reply | Server): void => void (servers[urlOf(name)] = typeof reply === 'function' ? reply : () => reply)

/** Answers a request for a part as RFC 9110, 14 has it, of a file with this tag. */
export const ranged = (body: Uint8Array<ArrayBuffer>, etag: string, more: (from: number, times: number) => Reply = () => ({})): Server => ({ headers }, times) => {
  const from = headers['if-range'] === undefined || headers['if-range'] === etag ? Number(/^bytes=(\d+)-$/.exec(headers['range'] ?? '')?.[1] ?? 0) : 0
  if (from >= body.length) return { status: 416 }
  const part = body.subarray(from)
  return { status: from ? 206 : 200, body: part, headers: { etag, 'content-length': String(part.length), ...(from ? { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` } : {}) }, ...more(from, times) }
}

const streamOf = ({ body = '', breaks, hangs, ends, piece = 65_536 }: Reply, signal: AbortSignal): ReadableStream<Uint8Array> => {
  const whole = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const last = Math.min(whole.length, breaks ?? hangs ?? ends ?? whole.length)
  let at = 0
  return new ReadableStream<Uint8Array>({
    start: controller => signal.addEventListener('abort', () => controller.error(new DOMException('Aborted', 'AbortError'))),
    pull(controller) {
      if (at < last) {
        controller.enqueue(whole.slice(at, Math.min(last, at + piece)))
        at += piece
        return undefined
      }
      if (breaks !== undefined) return controller.error(new TypeError('network error'))
      if (hangs !== undefined) return new Promise<void>(() => {})
      return controller.close()
    },
  }, { highWaterMark: 0 })
}

const fetched = async (url: string, init: RequestInit): Promise<Response> => {
  if (!net.online) throw new TypeError('Failed to fetch')
  const sent = { url, init, headers: (init.headers ?? {}) as Record<string, string> }
  net.sent.push(sent)
  const reply = servers[url]?.(sent, net.sent.filter(one => one.url === url).length) ?? { status: 404 }
  if (reply.none) throw new TypeError('Failed to fetch')
  const response = new Response(streamOf(reply, init.signal!), { status: reply.status ?? 200, headers: reply.headers ?? {} })
  Object.defineProperty(response, 'url', { value: reply.url ?? url })
  return response
}

/** Everything empty, everybody silent. */
export const begin = (): void => {
  // What was opened before is not there either.
  for (const folder of disk.accounts.values()) folder.clear()
  disk.accounts.clear()
  disk.room = Infinity
  Object.assign(net, { sent: [], online: true })
  servers = {}
  vi.stubGlobal('fetch', fetched)
  vi.stubGlobal('navigator', { get onLine() { return net.online }, storage: { getDirectory: async () => ({ getDirectoryHandle: async () => all }) } })
}

/** A picture that is to be fetched. */
export const row = (name: string, more: Partial<MediaRow> = {}): MediaRow => ({ account, postId: name, index: 0, kind: 'image', url: urlOf(name), state: 'seen', ...more })
