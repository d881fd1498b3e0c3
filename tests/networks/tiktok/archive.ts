/** The download that the network makes of an account, in each of its three layouts. Made from what the simulation holds; imports nothing from `lib/`. */
import type { Truth, TruePost } from '../types.ts'

/** What such a download also holds, and nobody may read. */
export const PRIVATE = ['mira.private@letters.example', '+1 555 0100 PRIVATE', 'a private message of PRIVATE', '203.0.113.77-PRIVATE', 'a deleted post of PRIVATE']

export type Form = 'until 2024' | 'early 2025' | 'since 2025-04'

const stamp = (iso: string): string => iso.slice(0, 19).replace('T', ' ')
const video = (post: TruePost): unknown => ({
  Date: stamp(post.createdAt), Likes: String(post.counts.likes), WhoCanView: { public: 'Public to everyone', followers: 'Followers', circle: 'Friends', self: 'Only me', unlisted: '', direct: '' }[post.visibility],
  Link: post.media.map(({ path }) => `https://v16-webapp-prime.tiktok.com${path.startsWith('/') ? '' : '/'}${path}?x-expires=1800000000`).join('\n'), AllowComments: 'Yes', Title: post.text ?? '', Sound: 'original sound', Location: PRIVATE[3],
})

/** @param truth of one account @returns contents by path */
export const archiveOf = (truth: Truth, form: Form = 'since 2025-04'): Record<string, string | Uint8Array> => {
  const { viewer } = truth
  const ProfileMap = { userName: viewer.handle, displayName: viewer.name, bioDescription: viewer.bio ?? '', birthDate: '01-Jan-1990', emailAddress: PRIVATE[0], telephoneNumber: PRIVATE[1], profilePhoto: viewer.avatar, likesReceived: '12' }
  const Following = truth.follows.map(({ handle }) => ({ Date: '2023-05-01 12:34:56', UserName: handle }))
  const VideoList = truth.posts.filter(({ repostOf }) => repostOf === undefined).map(video)
  const links = (relation: string): { Date: string; Link: string }[] => (truth.relations ?? []).flatMap(one => (one.relation === relation && one.url ? [{ Date: '2024-01-01 00:00:00', Link: `https://www.tiktokv.com/share/video/${one.id}/` }] : []))
  const secret = { 'Login History': { LoginHistoryList: [{ IP: PRIVATE[3], DeviceModel: 'x' }] }, 'Purchase History': null }
  const messages = { 'Direct Message': { 'Direct Messages': { ChatHistory: { 'Chat History with ada:': [{ Date: 'x', From: 'ada', Content: PRIVATE[2] }] } } } }
  const document: Record<Form, unknown> = {
    'until 2024': { Activity: { ...secret, 'Following List': { Following }, 'Follower List': { FansList: null }, 'Like List': { ItemFavoriteList: links('like') }, 'Favorite Videos': { FavoriteVideoList: links('bookmark') } }, Profile: { 'Profile Information': { ProfileMap } }, Video: { Videos: { VideoList } }, ...messages },
    'early 2025': { 'Your Activity': { ...secret, Following: { Following }, Follower: { FansList: [] }, 'Like List': { ItemFavoriteList: links('like') }, 'Favorite Videos': { FavoriteVideoList: links('bookmark') } }, Profile: { 'Profile Info': { ProfileMap } }, Post: { Posts: { VideoList }, 'Recently Deleted Posts': { PostList: [{ Date: '2020-01-01 00:00:00', Title: PRIVATE[4] }] } }, ...messages },
    'since 2025-04': { 'Profile And Settings': { 'Profile Info': { ProfileMap }, Following: { App: 'x', IsFastLane: true, Following }, Follower: { FansList: {} } }, 'Likes and Favorites': { 'Like List': { ItemFavoriteList: links('like').map(({ Date, Link }) => ({ date: Date, link: Link })) }, 'Favorite Videos': { FavoriteVideoList: links('bookmark') } }, 'Your Activity': { ...secret, Reposts: { RepostList: null } }, Post: { Posts: { VideoList }, 'Recently Deleted Posts': { PostList: [{ Date: '2020-01-01 00:00:00', Title: PRIVATE[4] }] } }, ...messages },
  }
  return { [form === 'until 2024' ? 'user_data.json' : 'user_data_tiktok.json']: JSON.stringify(document[form], null, 2) }
}
