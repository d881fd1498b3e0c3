/** What is the same at every destination of which less is known than of Mastodon: no limit is made up. */
import type { Destination, Kind, Length, Taken } from './types.ts'

interface Known extends Pick<Destination, 'id' | 'name' | 'traps'> {
  /** Repository that the facts were read in, and when. */
  source: string
  seen: string
  takes?: Partial<Record<Kind, Pick<Taken, 'form' | 'sure'>>>
  /** Bytes of a follow list at most. */
  bytes?: number
  /** Profile fields, signs of a post, pictures of a post. */
  fields?: number
  text?: number
  pictures?: number
}

/** A destination of which only these facts are known; every other limit is none. */
export const other = ({ id, name, traps, source, seen, takes = {}, bytes = Infinity, fields = Infinity, text = Infinity, pictures = Infinity }: Known): Destination => {
  const length = (max: number): Length => ({ max, unit: 'code points', source, seen })
  const any = length(Infinity)
  return {
    id, name, traps,
    takes: Object.fromEntries(Object.entries(takes).map(([kind, taken]) => [kind, { ...taken, source, seen }])),
    profile: { handle: { max: Infinity, pattern: /^[a-z0-9_.-]+$/, source, seen }, name: [any], bio: [any], bioLink: 23, fields: { count: fields, name: any, value: any, source, seen }, pictures: [] },
    follows: {
      max: Infinity, fileRows: Infinity, fileBytes: bytes, source, seen,
      files: {
        following: { name: 'following_accounts.csv', header: 'Account address,Show boosts,Notify on new posts,Languages' }, lists: { name: 'lists.csv', header: null },
        blocking: { name: 'blocked_accounts.csv', header: takes.blocks?.form === 'headed' ? 'Account address' : null },
        muting: { name: 'muted_accounts.csv', header: takes.mutes?.form === 'plain' ? null : 'Account address,Hide notifications' }, bookmarks: { name: 'bookmarks.csv', header: null },
      },
    },
    posts: { imported: takes.posts !== undefined, text: length(text), pictures: { max: pictures, source, seen }, source, seen },
    lost: ['followers', 'likes-of-others', 'likes', 'messages'],
  }
}
