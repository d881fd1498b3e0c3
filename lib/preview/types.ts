/** What would transfer from one account to one destination, item by item, with reasons. */
import type { AccountKey, Section } from '../model/index.ts'

/** One profile field against the destination's limit. Lengths in the destination's own unit (characters). */
export interface FieldFit { field: 'name' | 'bio' | 'link' | 'avatar' | 'header' | 'handle'; label?: string; value?: string; fits: boolean; length?: number; limit?: number; /** What would be left of it. */ cut?: string; reason?: string }

/**
 * What becomes of a part of the posts where they are imported: `poll` (becomes text) · `edited` (earlier versions) · `audio` · `long` (text over `limit`) ·
 * `pictures` (more than `limit`). `roughly`: the limit lies between those that are counted.
 */
export interface Loss { what: 'poll' | 'edited' | 'audio' | 'long' | 'pictures'; count: number; limit?: number; roughly?: boolean }

/** The same of one post; `limit`: what is taken, `have`: what the post has. */
export interface PostLoss { what: Loss['what']; limit?: number; have?: number }

export interface Preview {
  account: AccountKey
  destination: string
  profile: FieldFit[]
  follows: {
    total: number
    followable: number
    maybe: number
    not: number
    unknown: number
    /** What the follow list holds, and what of it was in none that was saved. */
    ticked: number
    fresh: number
    /** Why, by verdict: keys of the texts, the most frequent first. */
    reasons: Record<'followable' | 'maybe' | 'not' | 'unknown', { reason: string; count: number }[]>
    /** What became of them, where the server has said so. */
    arrived: number
    failed: number
    again: number
    /** Rows the destination takes at once. */
    limit: number
    parts: number
  }
  /** What was taken along beside. */
  relations: { section: Section; count: number }[]
  posts: { posts: number; replies: number; reposts: number; /** Public own posts and replies: what the bundle holds by default. */ inBundle: number; notPublic: number; ghost: number; media: number; mediaWithAlt: number; /** Whose files are kept, those of the profile not counted. */ mediaKept: number; /** The destination takes none of them itself. */ imported: boolean; /** What the bundle keeps, and an import would lose. */ losses: Loss[] }
  /** Keys of the texts that say what cannot move, e.g. `followers`, `likes-of-others`. */
  lost: string[]
}
