/** Which posts go into the archive, and why the others don't. */
import type { PostRow } from '../store/types.ts'
import type { BundleOptions, Reason } from './types.ts'
import { clean, webUrl } from './text.ts'

/** Who may read an entry of the archive. */
export type Audience = 'public' | 'unlisted' | 'followers'

export interface Bounds {
  options: BundleOptions
  /** The profile's own word; undefined: not known. */
  locked: boolean | undefined
  /** No date may be later than this; milliseconds. */
  latest: number
}

const day = 86_400_000
/** GoToSocial refuses what lies at or before 1970 (406) and in the future (501), as seen when run (0.19.2). */
const earliest = Date.UTC(1970, 0, 2)

/** Whether this date can stand in the archive. @param latest milliseconds @returns never throws */
export const isDatable = (time: string, latest: number): boolean => {
  const at = Date.parse(time)
  if (!(at >= earliest && at <= latest)) return false
  // The 30th of February is taken for the 2nd of March: what the store holds in one order would stand in another.
  return !time.endsWith('Z') || new Date(at).toISOString().startsWith(time.slice(0, 10))
}

/** The latest date that can be right, in milliseconds: nothing is younger than its capture (a day is allowed for clocks that are wrong). */
export const latestOf = (capturedAt: string): number => (Date.parse(capturedAt) || Date.now()) + day

/** A repost has no audience of its own on most networks: it is as open as the account. */
const said = (post: PostRow, locked: boolean | undefined): PostRow['visibility'] => {
  if (post.visibility || post.kind !== 'repost' || locked === undefined) return post.visibility
  return locked ? 'followers' : 'public'
}

const kindOf = { post: 'posts', reply: 'replies', repost: 'reposts' } as const

/** Whether there is anything to show of it: text, media, a link, a quote, or at least its own address. */
const isEmpty = (post: PostRow): boolean =>
  !webUrl(post.url) && !clean(post.text ?? '').trim() && !webUrl(post.linkPreview?.url) && !webUrl(post.quoteOf?.url)

/** @returns who may read it, never more people than at the source but for the private account that the person opens; or why it does not go */
export const choose = (post: PostRow, { options, locked, latest }: Bounds): { audience: Audience } | { reason: Reason } => {
  const visibility = said(post, locked)
  if (options.kinds?.[kindOf[post.kind]] === false) return { reason: 'not-chosen' }
  if (post.left && !options.leftToo) return { reason: 'left-out' }
  if (post.unavailable) return { reason: 'unavailable' }
  if (post.ghost) return { reason: 'ghost' }
  if (!visibility) return { reason: 'visibility-unknown' }
  if (visibility !== 'public' && visibility !== 'unlisted' && visibility !== 'followers') return { reason: 'narrower' }
  if (visibility === 'followers' && (options.include ?? 'public') === 'public') return { reason: 'followers-only' }
  if (!post.createdAt) return { reason: 'no-date' }
  if (!isDatable(post.createdAt, latest)) return { reason: 'bad-date' }
  const audience = visibility === 'followers' && locked && options.include === 'opened' ? 'public' : visibility
  if (post.kind === 'repost') return webUrl(post.repostOf?.url) ? { audience } : { reason: 'no-link' }
  return isEmpty(post) ? { reason: 'empty' } : { audience }
}
