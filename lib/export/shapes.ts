/** The same posts in other forms, for what does not read the import archive. Nothing goes in that is not in that one. */
import type { AccountKey } from '../model/index.ts'
import type { PostRow } from '../store/types.ts'
import { handleOf } from './actor.ts'
import { archiveEntries, makingOf, planBundle, type Plan } from './bundle.ts'
import { filesFor } from './kept.ts'
import { manifest, manifestNames } from './manifest.ts'
import { fileSafe } from './names.ts'
import { choose } from './select.ts'
import { inPieces, piecesOf, streamOf } from './stream.ts'
import { tarPieces } from './tar.ts'
import { clean, oneLine, withoutAt } from './text.ts'
import type { BundleOptions, KeptFile, OutFile, Source } from './types.ts'
import { bytesOf, zipPieces, type ZipEntry } from './zip.ts'

const named = ({ who }: Plan, { room }: BundleOptions): string => `${fileSafe(room.id)}-${fileSafe(handleOf(who))}-${who.lastSeen.slice(0, 10)}`

const outFile = (name: string, type: string, rows: number, pieces: () => AsyncGenerator<Uint8Array | Blob>): OutFile => ({ name, type, rows, stream: () => streamOf(bytesOf(pieces())), pieces })

/**
 * The container of FEP-6fcd: a tar, whatever its size, with what the import archive holds under `activitypub/`, and the follow list.
 * @param follows the lists of those who are ticked
 * @throws if the account is not in the store, and what the store throws
 */
export const container = async (store: Source, account: AccountKey, options: BundleOptions, follows: OutFile[]): Promise<OutFile> => {
  const whole = { ...options, most: Number.MAX_SAFE_INTEGER }
  const plan = await planBundle(store, account, whole)
  const [part] = plan.parts
  const making = { ...makingOf(plan, whole), earlier: new Set<string>() }
  const paths = ['actor.json', 'outbox.json', 'likes.json', 'bookmarks.json', ...follows.map(({ name }) => name)].map(name => `activitypub/${name}`)
  const entries = async function* (): AsyncGenerator<ZipEntry> {
    for (const name of manifestNames) yield { name, content: inPieces([manifest(plan.who.lastSeen, paths)]) }
    for await (const entry of archiveEntries(store, account, plan, part!, whole, making)) yield { ...entry, name: `activitypub/${entry.name}` }
    for (const { name, stream } of follows) yield { name: `activitypub/${name}`, content: piecesOf(stream()) }
  }
  return outFile(`account-${named(plan, options)}.tar`, 'application/x-tar', part!.all.size, () => tarPieces(entries, plan.who.lastSeen))
}

/** What Pixelfed's importer takes (`app/Http/Controllers/ImportPostController.php`, 2026-01): WebP only where a server allows it. */
const photographs = new Set(['image/jpeg', 'image/png', 'video/mp4'])

/** Text as that archive has it: UTF-8 bytes, each written as if it were a letter of its own (seen in many of Meta's exports since 2018). */
const asLetters = (value: unknown): string => JSON.stringify(value).replaceAll(/[\u0080-\u00ff]/g, letter => `\\u00${letter.charCodeAt(0).toString(16)}`)
const letters = (text: string): string => Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join('')

interface Photograph { uri: string; creation_timestamp: number; title: string }
interface PhotoPost { media: Photograph[]; title?: string; creation_timestamp?: number }

const photoPath = (at: Date, file: KeptFile): string => `media/posts/${at.toISOString().slice(0, 7).replace('-', '')}/${file.path.split('/').at(-1)}`

/** A post with one file has its text and time there; one with several has them itself. */
const photoPost = (post: PostRow, files: KeptFile[]): PhotoPost => {
  const at = new Date(post.createdAt!)
  const seconds = Math.floor(at.getTime() / 1000)
  const title = letters(withoutAt(clean([post.title && oneLine(post.title), post.text].filter(Boolean).join('\n\n'))))
  const single = files.length === 1
  const media = files.map(file => ({ uri: photoPath(at, file), creation_timestamp: seconds, title: single ? title : '' }))
  return single ? { media } : { media, title, creation_timestamp: seconds }
}

/**
 * Pictures and videos in the form of a photo network's own download, which Pixelfed and Sharkey import: `content/posts_1.json` and the files. Only own posts that everybody may read and that are
 * listed, since they become public there, and only those of which a file is kept. Descriptions of pictures have no place in it.
 * @returns a file of no rows where there is no such post
 * @throws if the account is not in the store, and what the store throws
 */
export const photographsOnly = async (store: Source, account: AccountKey, options: BundleOptions): Promise<OutFile> => {
  const plan = await planBundle(store, account, { ...options, include: 'public', most: Number.MAX_SAFE_INTEGER })
  const each = async function* (): AsyncGenerator<{ post: PostRow; files: KeptFile[] }> {
    const seen = new Set<string>()
    for await (const posts of store.eachPost(account)) {
      const own = posts.filter(post => {
        const choice = post.kind === 'post' && plan.parts[0]!.notes.has(post.id) && !seen.has(post.id) ? choose(post, plan.bounds) : undefined
        return choice && 'audience' in choice && choice.audience === 'public' && seen.add(post.id)
      })
      const kept = await filesFor(store, account, own)
      for (const post of own) {
        const files = (kept.get(post.id) ?? []).filter(({ type }) => photographs.has(type))
        if (files.length) yield { post, files }
      }
    }
  }
  const text = async function* (): AsyncGenerator<string> {
    let before = '['
    for await (const { post, files } of each()) {
      yield `${before}\n${asLetters(photoPost(post, files))}`
      before = ','
    }
    yield before === '[' ? '[]\n' : '\n]\n'
  }
  const entries = async function* (): AsyncGenerator<ZipEntry> {
    yield { name: 'content/posts_1.json', content: inPieces(text()) }
    for await (const { post, files } of each()) for (const file of files) yield { name: photoPath(new Date(post.createdAt!), file), content: file }
  }
  let rows = 0
  for await (const _ of each()) rows++
  return outFile(`photos-${named(plan, options)}.zip`, 'application/zip', rows, () => zipPieces(entries(), plan.who.lastSeen))
}
