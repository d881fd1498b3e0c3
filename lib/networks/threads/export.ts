/** The members of Threads in Meta's download: posts and replies without their numbers, people by name. */
import { flag, at, text } from '../answers/fields.ts'
import type { Members } from '../answers/meta-export.ts'
import { hostsOf } from '../types.ts'
import { postAt } from './addresses.ts'
import { room } from './index.ts'

const mark = (relation: 'like' | 'bookmark', section: 'likes' | 'bookmarks') => ({
  kind: 'marks' as const, relation, section,
  post: (address: string) => {
    const ref = postAt(address)
    return ref?.id && ref.url ? { id: ref.id, url: ref.url, ...(ref.authorHandle && { handle: ref.authorHandle }) } : undefined
  },
})

export const members: Members = {
  place: { profileUrl: room.profileUrl, hosts: hostsOf(room).map(host => host.replace(/^www\./, '')) },
  keys: {
    text_post_app_text_posts: {
      kind: 'posts', section: 'posts',
      // It does not say whose post a reply answers, not even whether it is a thread of one's own.
      more: first => ({
        ...(flag(at(first, 'text_app_post', 'is_reply')) === true && { replyTo: {} }),
        ...(text(at(first, 'text_app_post', 'reply_control')) && { replyControl: text(at(first, 'text_app_post', 'reply_control')) }),
      }),
    },
    text_post_app_text_post_app_following: { kind: 'follows' },
    text_post_app_text_post_app_followers: { kind: 'people', relation: 'follower', section: 'followers' },
    text_post_app_text_post_app_blocked: { kind: 'people', relation: 'block', section: 'blocks' },
    text_post_app_media_likes: mark('like', 'likes'),
    text_post_app_text_post_app_profile: { kind: 'own' },
    profile_user: { kind: 'own' },
  },
  bare: () => undefined,
}
