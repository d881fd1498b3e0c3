/**
 * The import archive: what a person uploads to somebody's server, and therefore only what was chosen. A ZIP whose top level is
 * that of Mastodon's own export (`app/services/backup_service.rb`, v4.6.5 of 2026-08): `actor.json`, `outbox.json`, `likes.json`,
 * `bookmarks.json`, `media_attachments/`. docs/bundle.md describes it.
 */
import { makeZip } from 'client-zip'
import type { Account, AccountKey, Profile } from '../model/index.ts'
import type { PostKind } from '../store/types.ts'
import { actor, actorId, defaultBase, handleOf } from './actor.ts'
import { checkBundle } from './check.ts'
import { activityStreams } from './context.ts'
import type { Voice } from './html.ts'
import { fileSafe } from './names.ts'
import { noteId, type Writer } from './note.ts'
import { outboxText } from './outbox.ts'
import { choose, latestOf, type Bounds } from './select.ts'
import { inPieces, streamOf } from './stream.ts'
import type { BundleOptions, Included, KeptFile, LeftOut, OutFile, Problem, Reason, Source } from './types.ts'

export interface Bundle {
  file: OutFile
  included: Included
  left_out: LeftOut[]
  /** What is wrong with the file, from reading it again. With any, it must not be offered as done. */
  problems: Problem[]
}

interface Plan {
  who: Account
  profile: Profile | undefined
  bounds: Bounds
  included: Included
  left_out: LeftOut[]
  notes: Set<string>
  all: Set<string>
}

const counted: Record<PostKind, 'posts' | 'replies' | 'reposts'> = { post: 'posts', reply: 'replies', repost: 'reposts' }

/** First pass: what goes in. Holds ids alone. */
const plan = async (store: Source, account: AccountKey, options: BundleOptions): Promise<Plan> => {
  const [kept, profile] = await Promise.all([store.account(account), store.profile(account)])
  if (!kept) throw new Error(`No such account: ${account}`)
  const who = { ...kept, handle: kept.handle ?? profile?.handle }
  const bounds: Bounds = { options, locked: profile?.locked, latest: latestOf(who.lastSeen) }
  const included: Included = { posts: 0, replies: 0, reposts: 0, files: 0, links: 0 }
  const reasons = new Map<Reason, number>()
  const notes = new Set<string>()
  const all = new Set<string>()
  for await (const posts of store.eachPost(account)) {
    for (const post of posts) {
      const choice = all.has(post.id) ? { reason: 'duplicate' as const } : choose(post, bounds)
      if ('reason' in choice) {
        reasons.set(choice.reason, (reasons.get(choice.reason) ?? 0) + 1)
        continue
      }
      all.add(post.id)
      included[counted[post.kind]]++
      if (post.kind === 'repost') continue
      notes.add(post.id)
      const files = options.media?.(post).length ?? 0
      included.files += files
      included.links += Math.max(0, (post.media?.length ?? 0) - files)
    }
  }
  return { who, profile, bounds, included, left_out: [...reasons].map(([reason, count]) => ({ reason, count })), notes, all }
}

/** What would go in and what would not, without writing anything. */
export const bundleNumbers = async (store: Source, account: AccountKey, options: BundleOptions): Promise<Pick<Bundle, 'included' | 'left_out'>> => {
  const { included, left_out } = await plan(store, account, options)
  return { included, left_out }
}

/** ZIP has local times (APPNOTE 4.4.6), and client-zip asks the date for them: the same bytes must come out in every zone. */
class ZoneLess extends Date {
  override getFullYear(): number { return this.getUTCFullYear() }
  override getMonth(): number { return this.getUTCMonth() }
  override getDate(): number { return this.getUTCDate() }
  override getHours(): number { return this.getUTCHours() }
  override getMinutes(): number { return this.getUTCMinutes() }
  override getSeconds(): number { return this.getUTCSeconds() }
}
/** ZIP's years begin with 1980. */
const zipDate = (iso: string): Date => new ZoneLess(Math.max(Date.parse(iso) || 0, Date.UTC(1980, 0, 1)))

/** As Mastodon's export writes one that holds nothing: other networks' addresses mean nothing to an importer. */
const emptyList = (name: string): string => `${JSON.stringify({ '@context': activityStreams, id: name, type: 'OrderedCollection', orderedItems: [] })}\n`

const keptFiles = async function* (store: Source, account: AccountKey, { notes }: Plan, media: NonNullable<BundleOptions['media']>): AsyncGenerator<KeptFile> {
  for await (const posts of store.eachPost(account)) {
    for (const post of posts) if (notes.has(post.id)) yield* media(post)
  }
}

/** client-zip throws what it is cancelled with: whoever gives up a download must not have to catch that. */
const readable = async function* (zip: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = zip.getReader()
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) yield value!
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

const writeZip = (store: Source, account: AccountKey, plan: Plan, options: BundleOptions): ReadableStream<Uint8Array> => {
  const { room, media } = options
  const { who, profile, bounds, notes } = plan
  const base = options.base?.replace(/\/+$/, '') ?? defaultBase(room, who)
  const id = actorId(base, who)
  const voice: Voice = {
    host: new URL(room.home).host.replace(/^www\./, ''),
    profileUrl: handle => room.profileUrl(handle),
    tagUrl: options.tagUrl ?? (tag => `${base}/tags/${encodeURIComponent(tag.toLowerCase())}`),
  }
  const writer: Omit<Writer, 'parentNote'> = {
    ...voice,
    actor: id,
    latest: bounds.latest,
    ownNote: ref => (ref?.id !== undefined && notes.has(ref.id) ? noteId(id, ref.id) : undefined),
    media: post => media?.(post) ?? [],
  }
  const lastModified = zipDate(who.lastSeen)
  const entries = async function* () {
    yield { name: 'actor.json', input: `${JSON.stringify(actor(who, profile, room, base, voice))}\n`, lastModified }
    yield { name: 'outbox.json', input: inPieces(outboxText(store, account, plan, bounds, writer)), lastModified }
    yield { name: 'likes.json', input: emptyList('likes.json'), lastModified }
    yield { name: 'bookmarks.json', input: emptyList('bookmarks.json'), lastModified }
    if (media) for await (const file of keptFiles(store, account, plan, media)) yield { name: file.path, input: file.stream(), lastModified }
  }
  return streamOf(readable(makeZip(entries())))
}

/**
 * Makes the import archive: decides what goes in, writes it once to check it, and gives a file that can be written again. The
 * same capture gives the same bytes.
 * @param options by default everything that everybody may read
 * @throws if the account is not in the store, and what the store throws
 */
export const bundle = async (store: Source, account: AccountKey, options: BundleOptions): Promise<Bundle> => {
  const made = await plan(store, account, options)
  const { who, included, left_out } = made
  const stream = (): ReadableStream<Uint8Array> => writeZip(store, account, made, options)
  const { problems, items, bytes } = await checkBundle(stream(), who.lastSeen)
  const rows = included.posts + included.replies + included.reposts
  if (items !== rows) problems.push({ reason: 'changed-meanwhile', count: Math.abs(items - rows) })
  const name = `archive-${fileSafe(options.room.id)}-${fileSafe(handleOf(who))}-${who.lastSeen.slice(0, 10)}.zip`
  return { file: { name, type: 'application/zip', rows, size: bytes, stream }, included, left_out, problems }
}
