/** The members of Instagram in Meta's download, of all generations: posts without their numbers, people by name. */
import { at } from '../answers/fields.ts'
import type { Members } from '../answers/meta-export.ts'
import { hostsOf } from '../types.ts'
import { room } from './index.ts'

const site = new URL(room.home).origin

const mark = (relation: 'like' | 'bookmark', section: 'likes' | 'bookmarks') => ({
  kind: 'marks' as const, relation, section,
  post: (address: string) => {
    const code = URL.canParse(address) ? /^\/(?:[\w.]+\/)?(?:p|reel|tv)\/([\w-]+)\/?$/.exec(new URL(address).pathname)?.[1] : undefined
    return code ? { id: code, url: `${site}/p/${code}/` } : undefined
  },
})
const posts = { kind: 'posts' as const, section: 'posts' as const }

export const members: Members = {
  place: { profileUrl: room.profileUrl, hosts: hostsOf(room).map(host => host.replace(/^www\./, '')) },
  keys: {
    relationships_following: { kind: 'follows' },
    relationships_followers: { kind: 'people', relation: 'follower', section: 'followers' },
    relationships_blocked_users: { kind: 'people', relation: 'block', section: 'blocks' },
    ig_reels_media: posts,
    likes_media_likes: mark('like', 'likes'),
    saved_saved_media: mark('bookmark', 'bookmarks'),
    profile_user: { kind: 'own' },
  },
  // Posts and followers are lists without a name.
  bare: first => (Array.isArray(at(first, 'media')) ? posts : Array.isArray(at(first, 'string_list_data')) ? { kind: 'people', relation: 'follower', section: 'followers' } : undefined),
}
