/** Opens the two archives that a person leaves with, and compares every byte in them with what the simulation hands out. */
import { readFile } from 'node:fs/promises'
import type { FollowRow, MediaRow, PostRow, RelationRow } from '../../lib/store/types.ts'
import { readBundle } from './files.ts'
import { unzip } from './zip.ts'

type FileAt = (url: URL) => { bytes: Uint8Array; type: string }

/** Kinds that every importer shows; another kind is in the import archive as a JPEG or PNG made of it, or as a link. */
const anywhere = ['image/jpeg', 'image/png', 'image/gif', 'video/mp4', 'audio/mpeg']
const signatures: Record<string, number[]> = { 'image/jpeg': [0xff, 0xd8, 0xff], 'image/png': [0x89, 0x50, 0x4e, 0x47] }

const same = (a: Uint8Array | undefined, b: Uint8Array): boolean => a !== undefined && Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(b)
const begins = (bytes: Uint8Array | undefined, type: string): boolean => signatures[type]?.every((byte, at) => bytes?.[at] === byte) ?? false

/** What is wrong with one file in an archive that was made of this row. */
const wrongWith = (bytes: Uint8Array | undefined, type: string, row: MediaRow, fileAt: FileAt): string[] => {
  const at = `${row.postId} ${row.index}`
  if (!bytes) return [`the file of ${at} is not there`]
  const should = fileAt(new URL(row.url!))
  if (type === should.type) return same(bytes, should.bytes) ? [] : [`the file of ${at} has other bytes`]
  return begins(bytes, type) ? [] : [`the file of ${at} is no ${type}`]
}

interface Attached { type: string; mediaType: string; url: string; name: string | null }

/** @param paths of the archive's files @returns what is different between the pictures in it, and those of its posts that are kept */
export const compareMedia = async (paths: string[], posts: PostRow[], media: MediaRow[], fileAt: FileAt): Promise<string[]> => {
  const wrong: string[] = []
  for (const path of paths) {
    const bytes = new Uint8Array(await readFile(path))
    const files = unzip(bytes)
    const { items } = readBundle(bytes)
    const named = new Set<string>()
    for (const item of items) {
      if (item.type !== 'Create' || typeof item.object === 'string') continue
      const note = item.object
      const post = posts.find(({ url }) => url === note.url)
      const attached = note.attachment as Attached[]
      const rows = media.filter(({ postId, state, bytes: kept, shown }) => postId === post?.id && state === 'kept' && [shown, kept].some(one => one && anywhere.includes(one.type))).toSorted((a, b) => a.index - b.index)
      if (attached.length !== rows.length) wrong.push(`${note.id} has ${attached.length} files instead of ${rows.length}`)
      for (const [index, row] of rows.entries()) {
        const one = attached[index]
        if (!one) continue
        if (!/^\/media_attachments\/files\/[^?#]+$/.test(one.url)) wrong.push(`${note.id} points at ${one.url}`)
        named.add(one.url.slice(1))
        wrong.push(...wrongWith(files[one.url.slice(1)], one.mediaType, row, fileAt))
        const alt = post?.media?.[row.index]?.alt ?? null
        if (one.name !== alt) wrong.push(`${note.id} describes a picture as ${one.name} instead of ${alt}`)
      }
    }
    const more = Object.keys(files).filter(name => name.includes('/') && !named.has(name))
    if (more.length) wrong.push(`nothing points at ${more.length} files, e.g. ${more[0]}`)
    const strange = Object.keys(files).filter(name => !/^(actor|outbox|likes|bookmarks)\.json$|^(avatar|header)\.\w+$|^media_attachments\//.test(name))
    if (strange.length) wrong.push(`an import archive must not hold ${strange[0]}`)
  }
  return wrong
}

/** All that is kept of an account. */
export interface Kept { posts: PostRow[]; follows: FollowRow[]; relations: RelationRow[]; media: MediaRow[] }

/** The order of keys says nothing. */
const canonical = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(canonical) : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, canonical(one)])) : value

/** @returns what is different between the own copy and what is kept: every record, every byte */
export const compareCopy = async (paths: string[], kept: Kept, fileAt: FileAt): Promise<string[]> => {
  const files: Record<string, Uint8Array> = {}
  for (const path of paths) Object.assign(files, unzip(new Uint8Array(await readFile(path))))
  const linesOf = (name: string): Record<string, unknown>[] => new TextDecoder('utf-8', { fatal: true }).decode(files[`extra/${name}.jsonl`] ?? new Uint8Array()).split('\n').filter(Boolean).map(line => JSON.parse(line))
  // What only the store's own order is kept by is left out.
  const differ = (name: string, rows: object[], ...without: string[]): string[] => {
    const clean = (row: object): string => JSON.stringify(canonical(Object.fromEntries(Object.entries(row).filter(([key]) => !['account', 'runId', 'key', ...without].includes(key)))))
    const [are, should] = [linesOf(name).map(clean).toSorted(), rows.map(clean).toSorted()]
    const at = should.findIndex((line, index) => are[index] !== line)
    return are.length === should.length && at < 0 ? [] : [`extra/${name}.jsonl has ${are.length} lines instead of ${should.length}; ${are[at]} instead of ${should[at]}`]
  }
  const lines = linesOf('media')
  const gone = new Set(kept.posts.flatMap(({ id, goneAt }) => (goneAt ? [id] : [])))
  const media = kept.media.filter(({ postId }) => !gone.has(postId))
  return [
    ...['actor.json', 'outbox.json', 'extra/schema.json', 'manifest.yml', 'README.html', 'index.html'].filter(name => !files[name]).map(name => `the own copy has no ${name}`),
    ...differ('posts', kept.posts.filter(({ goneAt }) => !goneAt), 'at', 'waits', 'original'),
    ...differ('follows', kept.follows.filter(({ goneAt }) => !goneAt), 'order', 'sort', 'loose', 'named'),
    ...differ('relations', kept.relations.filter(({ goneAt }) => !goneAt)),
    ...(lines.length === media.length ? [] : [`extra/media.jsonl has ${lines.length} lines instead of ${media.length}`]),
    ...media.flatMap(row => {
      if (row.state !== 'kept') return []
      const line = lines.find(({ post, index, url }) => (post ?? '@profile') === row.postId && index === row.index && url === row.url) as { file?: string; original?: string } | undefined
      const path = line?.original ?? line?.file
      if (path === undefined) return [`extra/media.jsonl does not say where ${row.postId} ${row.index} is`]
      return wrongWith(files[path], fileAt(new URL(row.url!)).type, row, fileAt)
    }),
  ]
}
