/**
 * My own copy: everything that was captured, for the person alone. What importers look for stands at its root, as in the import archive, with what only followers
 * may read; beside it the lists, every picture and video as it was kept, the full capture as JSON Lines, and pages that show it all without a network.
 */
import type { AccountKey } from '../model/index.ts'
import { profileMedia } from '../store/index.ts'
import type { MediaRow, Store } from '../store/types.ts'
import { handleOf } from './actor.ts'
import { archiveEntries, makingOf, MOST, planBundle } from './bundle.ts'
import { fileOf, originalPathOf, pathOf, shownOf } from './kept.ts'
import { manifest, manifestNames } from './manifest.ts'
import { fileSafe } from './names.ts'
import { schemas } from './schema.ts'
import { inPieces, piecesOf, streamOf } from './stream.ts'
import type { BundleOptions, KeptFile, OutFile, Source } from './types.ts'
import { viewerFiles, type Shell } from './viewer.ts'
import { bytesOf, zipPieces, type ZipEntry } from './zip.ts'

export type CopySource = Source & Pick<Store, 'eachRelation' | 'eachMedia'>

export interface CopyOptions extends Pick<BundleOptions, 'room' | 'most'> {
  /** The follow list, and the lists of blocks, mutes and the like: made by the caller, who knows the words. */
  lists: OutFile[]
  /** Absent: no pages to read it by. */
  shell?: Shell
  /** What `README.html` says, in paragraphs. */
  readme: string[]
}

/** What the store adds for itself. */
const own = new Set(['account', 'runId', 'key'])
const bare = (row: object, ...more: string[]): object => Object.fromEntries(Object.entries(row).filter(([key]) => !own.has(key) && !more.includes(key)))

const lines = async function* <T extends object>(chunks: AsyncIterable<T[]>, of: (row: T) => object): AsyncGenerator<string> {
  for await (const rows of chunks) for (const row of rows) yield `${JSON.stringify(of(row))}\n`
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Every file of one picture: what is shown, and what was kept where that is another kind. */
const filesOfRow = (row: MediaRow, open: NonNullable<Source['open']>): KeptFile[] => {
  if (row.state !== 'kept' || !row.bytes) return []
  const shown = shownOf(row)
  return [
    ...(shown ? [fileOf(row, shown, shownPath(row)!, open)] : []),
    ...(shown === row.bytes ? [] : [fileOf(row, row.bytes, originalPathOf(row, row.bytes), open)]),
  ]
}

/** @returns where a picture lies in the copy, so that pages can show it; undefined where it is not kept */
export const shownPath = (row: MediaRow): string | undefined => {
  const shown = row.state === 'kept' ? shownOf(row) : undefined
  if (!shown) return row.state === 'kept' && row.bytes ? originalPathOf(row, row.bytes) : undefined
  return row.postId === profileMedia ? `${row.index === 0 ? 'avatar' : 'header'}.${shown.extension}` : pathOf(row, shown)
}

const mediaLine = (row: MediaRow): object => {
  const { account: _, postId, bytes, shown: __, partial: ___, tries: ____, ...rest } = row
  const file = shownPath(row)
  const original = bytes && row.state === 'kept' ? originalPathOf(row, bytes) : undefined
  return { ...rest, ...(postId === profileMedia ? {} : { post: postId }), ...(file ? { file } : {}), ...(original && shownOf(row) !== bytes ? { original } : {}) }
}

/**
 * Makes the own copy. Pictures and videos that do not fit into the first file go into further ones, to be unpacked into the same folder.
 * @throws if the account is not in the store, and what the store throws
 */
export const ownCopy = async (store: CopySource, account: AccountKey, options: CopyOptions): Promise<OutFile[]> => {
  const { room, most = MOST, lists, shell, readme } = options
  // Nothing is cut here: the pictures are divided below.
  const bundleOptions: BundleOptions = { room, include: 'followers-too', leftToo: true, most: Number.MAX_SAFE_INTEGER }
  const { open: _, media: __, ...withoutFiles } = store
  const plan = await planBundle(store, account, bundleOptions)
  const { who, parts: [part] } = plan
  // As it was captured, beside what the person changed of it.
  const profile = await store.profile(account)
  const making = { ...makingOf(plan, bundleOptions), earlier: new Set<string>() }
  const modified = who.lastSeen

  // Pictures of posts that are no longer there stay in the store, and out of new files, as their posts do.
  const there = new Set([profileMedia])
  for await (const rows of store.eachPost(account)) for (const { id, media } of rows) if (media?.length) there.add(id)
  const eachMedia = async function* (): AsyncGenerator<MediaRow[]> {
    for await (const rows of store.eachMedia(account)) yield rows.filter(({ postId }) => there.has(postId))
  }

  /** Which file each picture goes into: bytes of the first ones are counted, so that the rest follows. */
  const numbers: number[] = [0]
  const places = new Map<string, number>()
  if (store.open) {
    for await (const rows of eachMedia()) {
      for (const row of rows) {
        const size = filesOfRow(row, store.open).reduce((sum, file) => sum + file.size, 0)
        if (size > 0 && numbers.at(-1)! > 0 && numbers.at(-1)! + size > most) numbers.push(0)
        numbers[numbers.length - 1]! += size
        if (size > 0) places.set(`${row.postId} ${row.index}`, numbers.length - 1)
      }
    }
  }

  const pictures = async function* (of: number): AsyncGenerator<ZipEntry> {
    if (!store.open) return
    for await (const rows of eachMedia()) {
      for (const row of rows) if (places.get(`${row.postId} ${row.index}`) === of) for (const file of filesOfRow(row, store.open)) yield { name: file.path, content: file }
    }
  }

  const first = async function* (): AsyncGenerator<ZipEntry> {
    const names: string[] = []
    // Posts say where their pictures are; the files themselves follow at the end, those of every post.
    for await (const entry of archiveEntries(store, account, plan, part!, bundleOptions, making)) {
      if ('open' in entry.content) continue
      names.push(entry.name)
      yield entry
    }
    for (const file of lists) {
      names.push(file.name)
      yield { name: file.name, content: piecesOf(file.stream()) }
    }
    const extra: [name: string, text: AsyncIterable<string>][] = [
      ['profile', once(profile ? `${JSON.stringify(bare(profile))}\n` : '')],
      ['posts', lines(withoutFiles.eachPost(account), row => bare(row, 'at'))],
      ['follows', lines(withoutFiles.eachFollow(account), row => bare(row))],
      ['relations', lines(withoutFiles.eachRelation(account), row => bare(row))],
      ['media', lines(eachMedia(), mediaLine)],
    ]
    for (const [name, text] of extra) {
      names.push(`extra/${name}.jsonl`)
      yield { name: `extra/${name}.jsonl`, content: inPieces(text) }
    }
    yield { name: 'extra/schema.json', content: inPieces([`${JSON.stringify(schemas(), null, 1)}\n`]) }
    for (const name of manifestNames) yield { name, content: inPieces([manifest(modified, names)]) }
    yield { name: 'README.html', content: inPieces([`<!doctype html>\n<html><head><meta charset="utf-8"><title>Holdall</title></head><body>\n${readme.map(text => `<p>${escaped(text)}</p>`).join('\n')}\n${shell ? '<p><a href="index.html">index.html</a></p>\n' : ''}</body></html>\n`]) }
    if (shell) for await (const { name, chunks } of viewerFiles({ store, account, profile, who, room, mediaPath: shownPath, shell })) yield { name, content: inPieces(chunks) }
    yield* pictures(0)
  }

  const base = `holdall-${fileSafe(room.id)}-${fileSafe(handleOf(who))}-${modified.slice(0, 10)}`
  return numbers.map((bytes, at): OutFile => {
    const pieces = (): AsyncGenerator<Uint8Array | Blob> => zipPieces(at === 0 ? first() : pictures(at), modified)
    return {
      name: `${base}${at === 0 ? '' : `-part-${String(at + 1).padStart(2, '0')}`}.zip`, type: 'application/zip', rows: at === 0 ? part!.all.size : 0,
      ...(numbers.length > 1 ? { part: at + 1, parts: numbers.length } : {}), ...(at === 0 ? {} : { size: bytes }),
      stream: () => streamOf(bytesOf(pieces())),
      pieces,
    }
  })
}

const once = async function* (text: string): AsyncGenerator<string> {
  if (text) yield text
}
