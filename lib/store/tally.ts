/** What each row adds to its account's totals, and of which kind a post is. Pure; the names are those of `Totals`. */
import { postLength, type Account, type Post, type RelationKind, type Section } from '../model/index.ts'
import type { FollowRow, MediaRow, PostKind, PostRow, RelationRow } from './types.ts'

/** Names and numbers to add up. */
export type Tally = Map<string, number>

const sections: Record<PostKind, Section> = { post: 'posts', reply: 'replies', repost: 'reposts' }
/** The section that a kind of post is counted and captured in. */
export const sectionOf = (kind: PostKind): Section => sections[kind]

export const add = (tally: Tally, name: string, by: number): void => {
  tally.set(name, (tally.get(name) ?? 0) + by)
}

type Chosen = Pick<FollowRow, 'reach' | 'choice'>
/** Whether the follow list holds this person: as they decided, else whoever is followable; nobody without an address. */
export const isTicked = ({ reach, choice }: Chosen): boolean => reach.address !== undefined && (choice?.include ?? reach.verdict === 'followable')
/** Whether they would be new in a list that is downloaded now. */
export const isNew = (row: Chosen & Pick<FollowRow, 'saved'>): boolean => isTicked(row) && row.saved?.address !== row.reach.address

/** @param sign 1 to add the row, -1 to take it away */
export const tallyFollow = (tally: Tally, row: Chosen & Pick<FollowRow, 'goneAt' | 'saved' | 'arrival'>, sign: 1 | -1): void => {
  if (row.goneAt) return add(tally, 'gone:follows', sign)
  const { verdict, reason } = row.reach
  add(tally, 'follows', sign)
  add(tally, `follows:${verdict}`, sign)
  add(tally, `follows:${verdict}:${reason}`, sign)
  if (isTicked(row)) add(tally, 'follows:ticked', sign)
  if (isNew(row)) add(tally, 'follows:new', sign)
  if (row.arrival) add(tally, `arrival:${row.arrival.state}`, sign)
}

/** Whether the bundle holds this post by default: own words that everybody may read, not meant to vanish, with a date, still there, and not left out. */
export const isOpen = (row: Pick<PostRow, 'goneAt' | 'kind' | 'visibility' | 'ghost' | 'unavailable' | 'at' | 'left'>): boolean =>
  !row.goneAt && !row.left && row.kind !== 'repost' && (row.visibility === 'public' || row.visibility === 'unlisted') && !row.ghost && !row.unavailable && row.at !== ''

/**
 * Lengths by which longer texts are counted: the least that a server takes by default, and what many allow instead. The number of texts that are longer is
 * exact for a server with one of these limits.
 */
export const textBounds = [500, 1000, 1500, 2000, 3000, 4000, 5000, 10_000, 25_000, 65_535]
/** Up to so many pictures are taken by every server; posts with more are counted by how many they have. */
export const picturesAnywhere = 4

/** What is kept in the bundle, and does not survive an import, or not whole. */
const tallyLosses = (tally: Tally, row: PostRow, sign: 1 | -1): void => {
  if (row.poll) add(tally, 'posts:poll', sign)
  if (row.edited || row.editedAt || row.revisions?.length) add(tally, 'posts:edited', sign)
  if (row.sound || row.media?.some(({ kind }) => kind === 'audio')) add(tally, 'posts:audio', sign)
  const pictures = row.media?.length ?? 0
  if (pictures > picturesAnywhere) add(tally, `posts:media:${pictures}`, sign)
  const length = postLength(row, textBounds[0]!)
  for (const bound of textBounds) if (length > bound) add(tally, `posts:over:${bound}`, sign)
}

/** @param sign 1 to add the row, -1 to take it away */
export const tallyPost = (tally: Tally, row: PostRow, sign: 1 | -1): void => {
  const section = sectionOf(row.kind)
  if (row.goneAt) return add(tally, `gone:${section}`, sign)
  add(tally, section, sign)
  if (row.left) add(tally, 'posts:left', sign)
  if (row.kind === 'repost') return
  add(tally, `posts:${row.visibility ?? 'unknown'}`, sign)
  if (row.ghost) add(tally, 'posts:ghost', sign)
  if (isOpen(row)) {
    add(tally, 'posts:open', sign)
    tallyLosses(tally, row, sign)
  }
  if (!row.media?.length) return
  add(tally, 'media', sign * row.media.length)
  const described = row.media.filter(media => media.alt).length
  if (described) add(tally, 'media:alt', sign * described)
}

/** Under which `postId` the pictures of a profile stand: no network has such a number. */
export const profileMedia = '@profile'

/** @param sign 1 to add the row, -1 to take it away */
export const tallyMedia = (tally: Tally, { postId, state, reason, kind, bytes, shown }: Pick<MediaRow, 'postId' | 'state' | 'reason' | 'kind' | 'bytes' | 'shown'>, sign: 1 | -1): void => {
  add(tally, `media:${state}`, sign)
  if (reason) add(tally, `media:${state}:${reason}`, sign)
  if (state === 'seen') add(tally, `media:seen:${kind}`, sign)
  if (state === 'kept' && postId !== profileMedia) add(tally, 'media:files', sign)
  const size = (bytes?.size ?? 0) + (shown?.size ?? 0)
  if (size) add(tally, 'media:bytes', sign * size)
}

const relationSections: Partial<Record<RelationKind, Section>> = { follower: 'followers', list: 'lists', block: 'blocks', mute: 'mutes', bookmark: 'bookmarks', like: 'likes' }
/** The section that a relation is counted and captured in; people who are only known to be followed are in none. */
export const sectionOfRelation = (kind: RelationKind): Section | undefined => relationSections[kind]

/** @param sign 1 to add the row, -1 to take it away */
export const tallyRelation = (tally: Tally, row: Pick<RelationRow, 'goneAt' | 'relation'>, sign: 1 | -1): void => {
  const name = sectionOfRelation(row.relation) ?? row.relation
  add(tally, row.goneAt ? `gone:${name}` : name, sign)
}

/** Whose reply this is. `waits`: nobody knows whose post it answers; it is a `post` if that one turns out to be the account's own. */
export const kindOf = (post: Post, who: Pick<Account, 'id' | 'handle'>): { kind: PostKind; waits?: string } => {
  if (post.repostOf) return { kind: 'repost' }
  const parent = post.replyTo
  if (!parent) return { kind: 'post' }
  if (parent.authorId) return { kind: parent.authorId === who.id ? 'post' : 'reply' }
  if (parent.authorHandle && who.handle) return { kind: parent.authorHandle.toLowerCase() === who.handle.toLowerCase() ? 'post' : 'reply' }
  return parent.id ? { kind: 'reply', waits: parent.id } : { kind: 'reply' }
}
