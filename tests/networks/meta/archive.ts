/**
 * The download that Meta makes of an account of Threads or Instagram, in JSON: no numbers of posts, names of people, each byte of UTF-8 written as a letter of its own. Made from what a simulation holds;
 * imports nothing from `lib/`.
 */
import type { Truth, TruePost } from '../types.ts'

/** What such a download also holds, and nobody may read. */
export const PRIVATE = ['mira.private@letters.example', '+1 555 0100 PRIVATE', 'a private message of PRIVATE', 'android-PRIVATE-0001', '203.0.113.77-PRIVATE']

/** Generations: `old`, until 2025; `new`, of 2026, with names in titles and labels in the person's language. */
export type Form = 'old' | 'new'

/** `é` becomes `\u00c3\u00a9`. */
const spoiled = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/[\u0080-\uffff]+/g, text => [...new TextEncoder().encode(text)].map(byte => `\\u00${byte.toString(16).padStart(2, '0')}`).join(''))

const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1000)

const uri = (post: TruePost, index: number): string => {
  const { kind, path } = post.media[index]!
  const month = post.createdAt.slice(0, 7).replace('-', '')
  return `media/posts/${month}/${post.id.slice(-9)}${index}.${kind === 'video' || kind === 'gif' ? 'mp4' : kind === 'audio' ? 'm4a' : (/\.(webp|png|heic)$/.exec(path.replace(/\?.*$/, ''))?.[1] ?? 'jpg')}`
}

/** @returns where the download has the file of a picture or video of this post */
export const filePathOf = uri

const camera = { photo_metadata: { exif_data: [{ device_id: PRIVATE[3], source_type: '4', latitude: 47.07, longitude: 15.43 }] }, camera_metadata: { has_camera_metadata: false } }

const medium = (post: TruePost, index: number, title: string, more: object = {}) => ({
  uri: post.media[index] ? uri(post, index) : '', creation_timestamp: seconds(post.createdAt), media_metadata: post.media[index] ? camera : { camera_metadata: { has_camera_metadata: false } }, title, cross_post_source: { source_app: 'FB' }, ...more,
})

const threadsPost = (post: TruePost): unknown => {
  const app = { text_app_post: { reply_control: 'everyone', geo_gated_country_list: '', is_reply: post.replyTo !== undefined || post.replyToAuthor !== undefined } }
  const text = post.text ?? ''
  return post.media.length > 1
    ? { media: post.media.map((_, index) => medium(post, index, '', app)), title: text, creation_timestamp: seconds(post.createdAt) }
    : { media: [medium(post, 0, text, app)] }
}

const instagramPost = (post: TruePost): unknown =>
  post.media.length > 1
    ? { media: post.media.map((_, index) => medium(post, index, '')), title: post.text ?? '', creation_timestamp: seconds(post.createdAt) }
    : { media: [medium(post, 0, post.text ?? '')] }

const person = (site: string, handle: string, name: string, form: Form, own: boolean): unknown =>
  form === 'old' || own
    ? { title: own ? name : '', ...(own ? {} : { media_list_data: [] }), string_list_data: [{ href: `https://${site}/${handle}`, value: handle, timestamp: 1_730_000_000 }] }
    : { title: handle, string_list_data: [{ href: `https://${site}/_u/${handle}`, timestamp: 1_730_000_000 }] }

const label = (form: Form): Record<'mail' | 'phone' | 'user' | 'name', string> => (form === 'old' ? { mail: 'Email', phone: 'Phone Number', user: 'Username', name: 'Name' } : { mail: 'E-Mail-Adresse', phone: 'Telefonnummer', user: 'Benutzername', name: 'Name' })

/** Reposts are in neither; people of other networks are in the list of neither. */
const mine = (truth: Truth): TruePost[] => truth.posts.filter(({ repostOf }) => repostOf === undefined)

/** @param truth of one account @param file bytes of a picture or video @returns contents by path */
export const archiveOf = (network: 'threads' | 'instagram', truth: Truth, form: Form = 'new', file: (post: TruePost, index: number) => Uint8Array = () => new Uint8Array([0xff, 0xd8, 0xff])): Record<string, string | Uint8Array> => {
  const { viewer } = truth
  const names = label(form)
  const posts = mine(truth)
  const personal = { profile_user: [{ title: 'User Information', media_map_data: { 'Profile Photo': { uri: 'media/profile/1.jpg', creation_timestamp: 1 } }, string_map_data: { [names.mail]: { href: '', value: PRIVATE[0], timestamp: 0 }, [names.phone]: { href: '', value: PRIVATE[1], timestamp: 0 }, [names.user]: { href: '', value: viewer.handle, timestamp: 0 }, [names.name]: { href: '', value: viewer.name, timestamp: 0 } } }] }
  const media = Object.fromEntries(posts.flatMap(post => post.media.map((_, index) => [uri(post, index), file(post, index)])))
  const beside = {
    'your_instagram_activity/messages/inbox/ada_1/message_1.json': spoiled({ messages: [{ content: PRIVATE[2] }] }),
    'security_and_login_information/login_and_profile_creation/login_activity.json': spoiled({ account_history_login_history: [{ string_map_data: { 'IP Address': { value: PRIVATE[4] } } }] }),
    'preferences/devices.json': spoiled({ devices: [PRIVATE[3]] }),
    [`${form === 'old' ? 'personal_information' : 'personal_information/personal_information'}/personal_information.json`]: spoiled(personal),
    ...media,
  }
  if (network === 'threads') {
    const people = truth.follows.filter(({ handle }) => !handle.includes('@'))
    return {
      ...beside,
      'your_instagram_activity/threads/personal_information.json': spoiled({ text_post_app_text_post_app_profile: [{ string_map_data: { [names.user]: { value: viewer.handle } } }] }),
      'your_instagram_activity/threads/threads_and_replies.json': spoiled({ text_post_app_text_posts: posts.map(threadsPost) }),
      'your_instagram_activity/threads/following.json': spoiled({ text_post_app_text_post_app_following: people.map(({ handle, name }) => person('www.threads.com', handle, name, form, true)) }),
      'your_instagram_activity/threads/followers.json': spoiled({ text_post_app_text_post_app_followers: [person('www.threads.net', 'follower.one', 'Folløwer', form, true)] }),
      'your_instagram_activity/threads/threads_viewed.json': spoiled([{ label_values: [{ label: 'URL', value: 'https://www.threads.com/@x/post/PRIVATE' }] }]),
    }
  }
  const folder = form === 'old' ? 'followers_and_following' : 'connections/followers_and_following'
  return {
    ...beside,
    [`${folder}/following.json`]: spoiled({ relationships_following: truth.follows.map(({ handle, name }) => person('www.instagram.com', handle, name, form, false)) }),
    [`${folder}/followers_1.json`]: spoiled([person('www.instagram.com', 'follower.one', '', 'old', false)]),
    [`${folder}/pending_follow_requests.json`]: spoiled({ relationships_follow_requests_sent: [person('www.instagram.com', 'not.yet.followed', '', 'old', false)] }),
    [`${form === 'old' ? 'content' : 'your_instagram_activity/media'}/posts_1.json`]: spoiled(posts.map(instagramPost)),
    [`${form === 'old' ? 'content' : 'your_instagram_activity/media'}/stories.json`]: spoiled({ ig_stories: [{ uri: 'media/stories/1.jpg', title: PRIVATE[2], creation_timestamp: 1_700_000_000 }] }),
  }
}
