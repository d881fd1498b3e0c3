/** What would transfer from one account to one destination, item by item, with reasons. */
import type { AccountKey } from '../model/index.ts'

/** One profile field against the destination's limit. Lengths in the destination's own unit (characters). */
export interface FieldFit { field: 'name' | 'bio' | 'link' | 'avatar' | 'header' | 'handle'; label?: string; value?: string; fits: boolean; length?: number; limit?: number; /** What would be left of it. */ cut?: string; reason?: string }

export interface Preview {
  account: AccountKey
  destination: string
  profile: FieldFit[]
  follows: { total: number; followable: number; maybe: number; not: number; unknown: number; /** Rows the destination takes at once. */ limit: number; parts: number }
  posts: { posts: number; replies: number; reposts: number; /** Public own posts and replies: what the bundle holds by default. */ inBundle: number; notPublic: number; ghost: number; media: number; mediaWithAlt: number; /** The destination takes none of them itself. */ imported: boolean }
  /** Keys of the texts that say what cannot move, e.g. `followers`, `likes-of-others`. */
  lost: string[]
}
