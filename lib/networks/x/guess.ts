/** What an answer is where nobody told: a saved file, without its question. */
import { at, word } from '../answers/fields.ts'
import type { Kind } from './question.ts'
import type { Timeline } from './timelines.ts'

/** Names on the way to a list's instructions, as they were seen in recordings and public parsers (`NOTES.md`). The first that fits counts. */
const ways: [Kind, RegExp][] = [
  ['overview', /\blist_management_timeline\b|\bcombined_lists\b/],
  ['members', /\bmembers_timeline\b/],
  ['mutes', /\bmuting_timeline\b/],
  ['folder', /\bbookmark_collection_timeline\b/],
  ['bookmarks', /\bbookmark_timeline/],
]
/** Lists of an account's own. */
const own = /^(?:data\.)?user(?:_results?|_result_by_\w+)?\.result\.\w*timeline/i
const viewers = /^(?:data\.)?viewer\.timeline\b/

/** How the one who is signed in stands to somebody, where the answer says it. */
const standing = (user: unknown, key: string): unknown => at(user, 'relationship_perspectives', key) ?? at(user, 'legacy', key)

/**
 * @param path from the root to what holds the instructions
 * @param users accounts in rows that stand for themselves @param authors numbers of those who wrote the posts in such rows
 * @param mixed modules hold posts of several people
 * @returns `other` where it is none of an account's lists. Whom somebody follows and who follows them have one form: they are told apart by how the viewer
 * stands to all of them, and else taken for the first. Whose list it is stays unknown in both.
 */
export const guessed = (path: readonly (string | number)[], timeline: Timeline, { users, authors, mixed }: { users: unknown[]; authors: (string | undefined)[]; mixed: boolean }): Kind => {
  const way = path.join('.')
  const told = ways.find(([, pattern]) => pattern.test(way))?.[0]
  if (told) return told
  if (viewers.test(way)) return users.length > 0 ? 'blocks' : 'other'
  if (!own.test(way)) return 'other'
  if (users.length > 0) return users.every(user => standing(user, 'followed_by') === true) && !users.every(user => standing(user, 'following') === true) ? 'followers' : 'follows'
  if (timeline.rows.some(row => word(row.module)?.startsWith('profile-grid'))) return 'media'
  if (new Set(authors).size > 1) return 'likes'
  return mixed ? 'replies' : 'posts'
}
