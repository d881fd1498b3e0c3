/**
 * The import archive: what a person uploads to somebody's server, and therefore only what was chosen. A ZIP whose top level is
 * that of Mastodon's own export (`app/services/backup_service.rb`, v4.6.5 of 2026-08): `actor.json`, `outbox.json`, `likes.json`,
 * `bookmarks.json`, `media_attachments/`. docs/bundle.md describes it.
 */
import { edited, type Account, type AccountKey, type Edits, type Profile } from '../model/index.ts'
import type { PostKind } from '../store/types.ts'
import { actor, actorId, defaultBase, handleOf } from './actor.ts'
import { checkBundle } from './check.ts'
import { activityStreams } from './context.ts'
import type { Voice } from './html.ts'
import { filesFor, profileFiles } from './kept.ts'
import { fileSafe } from './names.ts'
import { noteId, type Writer } from './note.ts'
import { outboxText } from './outbox.ts'
import { choose, latestOf, type Bounds } from './select.ts'
import { inPieces, streamOf, type Gathering } from './stream.ts'
import type { BundleOptions, Included, KeptFile, LeftOut, OutFile, Problem, Reason, Source } from './types.ts'
import { bytesOf, zipPieces, type ZipEntry } from './zip.ts'

export interface Bundle {
  file: OutFile
  /** Further archives, where one would be too large: each is whole by itself. */
  others: OutFile[]
  included: Included
  left_out: LeftOut[]
  /** Whether the account is a private one; undefined: nobody knows. */
  locked?: boolean
  /** What is wrong with the files, from reading them again. With any, they must not be offered as done. */
  problems: Problem[]
}

/** What goes into one archive: ids. */
interface Part {
  notes: Set<string>
  all: Set<string>
}

interface Plan {
  who: Account
  /** As it is to be written, and what the person changed of it. */
  profile: Profile | undefined
  edits: Edits | undefined
  bounds: Bounds
  included: Included
  left_out: LeftOut[]
  parts: Part[]
}

const counted: Record<PostKind, 'posts' | 'replies' | 'reposts'> = { post: 'posts', reply: 'replies', repost: 'reposts' }

/** Bytes of pictures in one archive. Many programs read archives under 2 GB only, and 100,000 posts take 0.15 GB themselves, twice that in the own copy. */
export const MOST = 1_500_000_000

/** First pass: what goes in. Holds ids alone. */
const plan = async (store: Source, account: AccountKey, options: BundleOptions): Promise<Plan> => {
  const [kept, row] = await Promise.all([store.account(account), store.profile(account)])
  if (!kept) throw new Error(`No such account: ${account}`)
  const profile = row && edited(row)
  const edits = row?.edits
  const who = { ...kept, handle: kept.handle ?? profile?.handle, ...(edits?.avatar === false ? { avatar: undefined } : {}) }
  const bounds: Bounds = { options, locked: profile?.locked, latest: latestOf(who.lastSeen) }
  const included: Included = { posts: 0, replies: 0, reposts: 0, files: 0, links: 0 }
  const reasons = new Map<Reason, number>()
  const most = options.most ?? MOST
  let part: Part = { notes: new Set(), all: new Set() }
  const parts = [part]
  const seen = new Set<string>()
  let size = 0
  for await (const posts of store.eachPost(account)) {
    const files = await filesFor(store, account, posts)
    for (const post of posts) {
      const choice = seen.has(post.id) ? { reason: 'duplicate' as const } : choose(post, bounds)
      if ('reason' in choice) {
        reasons.set(choice.reason, (reasons.get(choice.reason) ?? 0) + 1)
        continue
      }
      seen.add(post.id)
      const own = post.kind === 'repost' ? [] : (files.get(post.id) ?? [])
      const bytes = own.reduce((sum, file) => sum + file.size, 0)
      if (bytes > 0 && size > 0 && size + bytes > most) {
        part = { notes: new Set(), all: new Set() }
        parts.push(part)
        size = 0
      }
      size += bytes
      part.all.add(post.id)
      included[counted[post.kind]]++
      if (post.kind === 'repost') continue
      part.notes.add(post.id)
      included.files += own.length
      included.links += Math.max(0, (post.media?.length ?? 0) - own.length)
    }
  }
  return { who, profile, edits, bounds, included, left_out: [...reasons].map(([reason, count]) => ({ reason, count })), parts }
}

/** What would go in and what would not, without writing anything. */
export const bundleNumbers = async (store: Source, account: AccountKey, options: BundleOptions): Promise<Pick<Bundle, 'included' | 'left_out' | 'locked'>> => {
  const { included, left_out, profile } = await plan(store, account, options)
  return { included, left_out, locked: profile?.locked }
}

/** As Mastodon's export writes it. */
const list = (name: string, items: string[] = []): string => `${JSON.stringify({ '@context': activityStreams, id: name, type: 'OrderedCollection', orderedItems: items })}\n`

const filesOf = async function* (store: Source, account: AccountKey, { notes }: Part): AsyncGenerator<KeptFile> {
  for await (const posts of store.eachPost(account)) {
    const files = await filesFor(store, account, posts.filter(({ id }) => notes.has(id)))
    for (const some of files.values()) yield* some
  }
}

/** The words of an archive, and the ids of what stands in archives that come before. */
interface Making {
  base: string
  actorId: string
  writer: Omit<Writer, 'parentNote' | 'media'>
  voice: Voice
  earlier: Set<string>
}

/** @returns how the archives of an account name things */
export const makingOf = ({ who, bounds, parts }: Pick<Plan, 'who' | 'bounds' | 'parts'>, { room, base: given, tagUrl }: BundleOptions): Omit<Making, 'earlier'> => {
  const base = given?.replace(/\/+$/, '') ?? defaultBase(room, who)
  const id = actorId(base, who)
  const voice: Voice = {
    host: new URL(room.home).host.replace(/^www\./, ''),
    profileUrl: handle => room.profileUrl(handle),
    tagUrl: tagUrl ?? (tag => `${base}/tags/${encodeURIComponent(tag.toLowerCase())}`),
  }
  const isIn = (id: string): boolean => parts.some(({ notes }) => notes.has(id))
  return { base, actorId: id, voice, writer: { ...voice, actor: id, latest: bounds.latest, ownNote: ref => (ref?.id !== undefined && isIn(ref.id) ? noteId(id, ref.id) : undefined) } }
}

/** What every archive begins with: the profile, the posts, and two lists that hold nothing, since other networks' addresses mean nothing to an importer. */
export const archiveEntries = async function* (store: Source, account: AccountKey, plan: Plan, part: Part, { room }: BundleOptions, { base, voice, writer, earlier }: Making): AsyncGenerator<ZipEntry> {
  const { who, profile, bounds } = plan
  const pictures = await profileFiles(store, account, plan.edits)
  const text = (whole: string): AsyncGenerator<Uint8Array> => inPieces([whole])
  yield { name: 'actor.json', content: text(`${JSON.stringify(actor(who, profile, room, base, voice, pictures))}\n`) }
  yield { name: 'outbox.json', content: inPieces(outboxText(store, account, part, bounds, writer, earlier)) }
  yield { name: 'likes.json', content: text(list('likes.json')) }
  yield { name: 'bookmarks.json', content: text(list('bookmarks.json')) }
  for (const file of [pictures.icon, pictures.image]) if (file) yield { name: file.path, content: file }
  for await (const file of filesOf(store, account, part)) yield { name: file.path, content: file }
}

export type { Making, Part, Plan }
export { plan as planBundle }

/**
 * Makes the import archive, or several where one would be too large: decides what goes in, and writes it to check it.
 * The same capture gives the same bytes.
 * @param options by default everything that everybody may read
 * @param making `progress`: bytes so far, while it is checked; `stop` ends it early; `gather`: keeps what was checked, which is then what the files give. Absent: they are written anew
 * @throws if the account is not in the store, what the store throws, and `stop`'s reason
 */
export const bundle = async (store: Source, account: AccountKey, options: BundleOptions, { progress, stop, gather }: { progress?(bytes: number): void; stop?: AbortSignal; gather?(): Gathering } = {}): Promise<Bundle> => {
  const made = await plan(store, account, options)
  const { who, included, left_out, parts } = made
  const making = makingOf(made, options)
  const problems: Problem[] = []
  const files: OutFile[] = []
  const earlier = new Set<string>()
  let [items, read] = [0, 0]
  for (const [at, part] of parts.entries()) {
    const before = new Set(earlier)
    const pieces = (): AsyncGenerator<Uint8Array | Blob> => zipPieces(archiveEntries(store, account, made, part, options, { ...making, earlier: before }), who.lastSeen)
    const gathered = gather?.()
    const watched = async function* (): AsyncGenerator<Uint8Array | Blob> {
      for await (const piece of pieces()) {
        stop?.throwIfAborted()
        read += piece instanceof Blob ? piece.size : piece.length
        progress?.(read)
        gathered?.add(piece)
        yield piece
      }
    }
    const noteIds = new Set([...before].map(id => noteId(making.actorId, id)))
    const checked = await checkBundle(watched(), who.lastSeen, note => noteIds.has(note))
    problems.push(...checked.problems)
    items += checked.items
    for (const id of part.notes) earlier.add(id)
    const whole = gathered?.whole('application/zip')
    const numbered = at === 0 ? '' : `-part-${String(at + 1).padStart(2, '0')}`
    files.push({
      name: `archive-${fileSafe(options.room.id)}-${fileSafe(handleOf(who))}-${who.lastSeen.slice(0, 10)}${numbered}.zip`, type: 'application/zip', rows: part.all.size, size: checked.bytes,
      ...(parts.length > 1 ? { part: at + 1, parts: parts.length } : {}),
      stream: () => whole?.stream() ?? streamOf(bytesOf(pieces())),
      pieces: whole ? async function* () { yield whole } : pieces,
    })
  }
  const rows = included.posts + included.replies + included.reposts
  if (items !== rows) problems.push({ reason: 'changed-meanwhile', count: Math.abs(items - rows) })
  return { file: files[0]!, others: files.slice(1), included, left_out, locked: made.profile?.locked, problems }
}
