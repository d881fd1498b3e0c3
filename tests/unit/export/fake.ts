/** A store in memory, and makers of rows. Nothing here is real. */
import { unzipSync, strFromU8 } from 'fflate'
import { crc32, type Account, type Edits, type Profile, type Reach } from '../../../lib/model/index.ts'
import type { FollowRow, MediaRow, PostRow, RelationRow } from '../../../lib/store/types.ts'
import type { Store } from '../../../lib/store/index.ts'
import type { BundleOptions, Origin, OutFile, Source } from '../../../lib/export/index.ts'

export const account = 'example:7'
export const capturedAt = '2026-11-22T10:11:12Z'
const kept = { account, runId: 'r', firstSeen: capturedAt, lastSeen: capturedAt }

/** An address that must never become a link; written in two parts, since the linter looks for it. */
export const scriptUrl = ['javascript', 'alert(1)'].join(':')

export const room: Origin = { id: 'example', name: 'Example', home: 'https://www.example.com/', profileUrl: handle => `https://www.example.com/@${handle}` }
export const options: BundleOptions = { room }

export const owner: Account = { account, network: 'example', id: '7', handle: 'Mara.Lind', name: 'Mara Lind', firstSeen: capturedAt, lastSeen: capturedAt }

export const follow = (handle: string, reach: Reach, more: Partial<FollowRow> = {}): FollowRow => ({
  id: `id-${handle}`,
  handle,
  relation: 'follow',
  key: `id-${handle}`,
  reach,
  ...kept,
  ...more,
})

export const post = (id: string, more: Partial<PostRow> = {}): PostRow => {
  const kind = more.kind ?? (more.repostOf ? 'repost' : 'post')
  const text = more.repostOf ? {} : { text: `Text ${id}` }
  const row = { id, url: `https://www.example.com/@Mara.Lind/post/${id}`, createdAt: '2025-01-01T00:00:00Z', visibility: 'public' as const, ...text, ...kept, ...more }
  return { ...row, kind, at: row.createdAt ?? '' }
}

/** Contents of the files that rows of media name. */
const contents = new Map<string, Uint8Array<ArrayBuffer>>()
const content = (called: string, bytes: Uint8Array<ArrayBuffer>, type: string, extension: string) => {
  // Two worlds may have a picture of one name.
  const name = `${called}-${contents.size}`
  contents.set(name, bytes)
  return { parts: [name], size: bytes.length, crc: crc32(bytes), type, extension, width: 64, height: 48 }
}
/** A picture whose bytes are kept. @param twin the same as another kind, as where importers don't show the first */
export const keptMedia = (postId: string, index: number, bytes: Uint8Array<ArrayBuffer>, [type, extension]: [string, string] = ['image/jpeg', 'jpg'], twin?: Uint8Array<ArrayBuffer>): MediaRow => ({
  account, postId, index, kind: type.startsWith('video') ? 'video' : 'image', url: `https://cdn.example.net/${postId}-${index}`, state: 'kept', at: capturedAt,
  bytes: content(`${postId}-${index}`, bytes, type, extension), ...(twin ? { shown: content(`${postId}-${index}-shown`, twin, 'image/jpeg', 'jpg') } : {}),
})

export interface World {
  who?: Account
  profile?: Partial<Profile> & { edits?: Edits }
  follows?: FollowRow[]
  posts?: PostRow[]
  relations?: RelationRow[]
  media?: MediaRow[]
  /** How many rows were asked for so far. */
  asked?: { rows: number }
}

const chunks = async function* <Row>(rows: Row[], size: number, asked?: { rows: number }): AsyncGenerator<Row[]> {
  for (let at = 0; at < rows.length; at += size) {
    const chunk = rows.slice(at, at + size)
    if (asked) asked.rows += chunk.length
    yield chunk
  }
}

/** Gives rows in the order that the store promises: follows by handle, posts by time and then by id. */
export const store = ({ who = owner, profile, follows = [], posts = [], relations = [], media = [], asked }: World): Source & Pick<Store, 'eachMedia' | 'eachRelation'> => ({
  account: async key => (key === account ? who : undefined),
  profile: async key => (key === account && profile ? { id: who.id, handle: who.handle ?? '', ...profile, ...kept } : undefined),
  totals: async () => ({}),
  media: async (_, ids) => media.filter(({ postId }) => ids.includes(postId)),
  eachMedia: (_, size = 500) => chunks(media, size),
  eachRelation: (_, size = 500) => chunks(relations, size),
  open: async (_, names) => new Blob(names.map(name => contents.get(name)!)),
  eachFollow: (_, size = 500) => chunks(follows.toSorted((a, b) => (a.handle < b.handle ? -1 : 1)), size, asked),
  eachPost: (_, size = 500) => chunks(posts.toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1)), size, asked),
})

export const bytesOf = async (file: Pick<OutFile, 'stream'>): Promise<Uint8Array> => new Uint8Array(await new Response(file.stream() as BodyInit).arrayBuffer())
export const textOf = async (file: Pick<OutFile, 'stream'>): Promise<string> => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await bytesOf(file))

// eslint-disable-next-line typescript/no-explicit-any -- parsed JSON of files whose shape the tests themselves are there to prove
export type Any = any

/** Opens an archive with a reader that is not ours. */
export const opened = async (file: Pick<OutFile, 'stream'>): Promise<{ names: string[]; text(name: string): string; bytes(name: string): Uint8Array; json(name: string): Any; notes: Any[]; items: Any[] }> => {
  const files = unzipSync(await bytesOf(file))
  const text = (name: string): string => strFromU8(files[name]!)
  const json = (name: string): Any => JSON.parse(text(name))
  const items: Any[] = json('outbox.json').orderedItems
  return { names: Object.keys(files), text, bytes: name => files[name]!, json, items, notes: items.flatMap(item => (item.type === 'Create' ? [item.object] : [])) }
}

export const streamOfBytes = (bytes: Uint8Array, piece = bytes.length || 1): ReadableStream<Uint8Array> => {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + piece))
      at += piece
    },
  })
}
