/** Answers and states of made-up people, in the shapes that TikTok has them in. */
export type Json = undefined | string | number | boolean | null | Json[] | { [key: string]: Json }
export interface Obj { [key: string]: Json }

export const me = { id: '6800000000000000001', secUid: 'MS4wLjABAAAAidaBindsBooksInTheEvening0123456789', handle: 'ida.binds', name: 'Ida 🦋' }
export const other = { id: '6800000000000000002', secUid: 'MS4wLjABAAAAotherPersonWhoPaintsBridges01234567', handle: 'ned_kites', name: 'Ned' }
type Who = typeof me

/** 2025-06-07T03:12:22Z, the number made eight seconds before */
export const createTime = 1_749_265_942
export const videoId = String((BigInt(createTime - 8) << 32n) + 77n)
export const photoId = String((BigInt(createTime - 86_400) << 32n) + 78n)

const pictures = 'https://p16-sign-sg.tiktokcdn.com'
export const expiry = 1_795_500_000
export const expiresAt = '2026-11-24T06:00:00.000Z'
const signed = (path: string): string => `${pictures}/${path}?x-expires=${expiry}&x-signature=abc`
export const avatarOf = (who: Who): string => signed(`avatar/${who.id}~1080`)
export const film = `https://v16-webapp-prime.tiktok.com/video/tos/h264-high/?a=1988&expire=${expiry}&tk=tt_chain_token`
export const cover = signed('cover-origin')
export const photoAt = (number: number): string => signed(`photo-${number}`)

export const user = (who: Who = me, more: Obj = {}): Obj => ({
  id: who.id, shortId: '', uniqueId: who.handle, nickname: who.name, avatarLarger: signed(`avatar/${who.id}~1080`), avatarMedium: signed(`avatar/${who.id}~720`), avatarThumb: signed(`avatar/${who.id}~100`),
  signature: 'Binds books 👩🏽‍🚀\nalso @ida@mastodon.example', verified: false, secUid: who.secUid, secret: false, privateAccount: false, relation: 0, ftc: false, openFavorite: false, ttSeller: false, ...more,
})
export const wholeUser = (more: Obj = {}): Obj => user(me, {
  createTime: 1_580_000_000, bioLink: { link: 'ida.example/books', risk: 3 }, followingVisibility: 1, language: 'en', region: 'AT', commerceUserInfo: { commerceUser: true, category: 'Arts & Crafts', categoryButton: true }, profileTab: { showPlayListTab: false }, ...more,
})
export const stats = { followerCount: 4_000_000, followingCount: 176, heart: 99, heartCount: 99, videoCount: 41, diggCount: 3, friendCount: 2 }
export const statsV2 = { followerCount: '4001943', followingCount: '176', heart: '99', heartCount: '99', videoCount: '41', diggCount: '3', friendCount: '2' }
export const info = (more: Obj = {}): Obj => ({ user: wholeUser(), stats, statsV2, itemList: [], ...more })

const envelope = { statusCode: 0, status_code: 0, status_msg: '', extra: { now: 1_795_327_200_000, logid: 'x', fatal_item_ids: [] }, log_pb: { impr_id: 'x' } }
export const enveloped = (body: Obj): Obj => ({ ...envelope, ...body })

export const caption = '👩🏽‍🚀 @ned_kites binds #Bread and #本 #bread_2'
const at = (word: string): { start: number; end: number } => ({ start: caption.indexOf(word), end: caption.indexOf(word) + word.length })
export const extras: Obj[] = [
  { awemeId: '', type: 0, userUniqueId: other.handle, userId: other.id, secUid: other.secUid, ...at('@ned_kites') },
  { awemeId: '', type: 1, subType: 0, hashtagName: 'bread', hashtagId: '1600', isCommerce: false, ...at('#Bread') },
  { awemeId: '', type: 1, subType: 0, hashtagName: '本', isCommerce: false, ...at('#本') },
  { awemeId: '', type: 1, subType: 0, hashtagName: 'bread_2', isCommerce: false, ...at('#bread_2') },
]

const variant = (Bitrate: number, CodecType: string, url: string): Obj => ({ GearName: 'x', Bitrate, QualityType: 1, CodecType, PlayAddr: { UrlList: [url, `${url}&2`], Width: 720, Height: 1280, DataSize: '2737510', FileHash: 'h', Uri: 'u', UrlKey: 'k' } })
export const video = (more: Obj = {}): Obj => ({
  id: videoId, videoID: 'v1', duration: 21, width: 576, height: 1024, ratio: '540p', definition: '540p', format: 'mp4', size: 1_000_000, codecType: 'h264', bitrate: 1, cover: signed('cover'), originCover: cover, dynamicCover: signed('dynamic'), zoomCover: { 240: signed('zoom') },
  playAddr: film.replace('high', 'low'), downloadAddr: film.replace('high', 'marked'), PlayAddrStruct: { UrlList: [film.replace('high', 'low')], Uri: 'u', UrlKey: 'k' },
  bitrateInfo: [variant(900, 'h264', film.replace('high', 'mid')), variant(3000, 'h265_hvc1', film.replace('h264-high', 'h265')), variant(1500, 'h264', film)], subtitleInfos: [], claInfo: {}, volumeInfo: { Loudness: -14.5 }, ...more,
})
export const imagePost: Obj = { title: 'Six frames', cover: { imageURL: { urlList: [photoAt(1)] }, imageWidth: 1080, imageHeight: 1440 }, shareCover: {}, images: [1, 2].map(number => ({ imageURL: { urlList: [photoAt(number), `${photoAt(number)}&2`] }, imageWidth: 1080, imageHeight: 1440 })) }

export const item = (more: Obj = {}): Obj => ({
  id: videoId, desc: caption, createTime, author: user(), authorStats: stats, textExtra: extras, contents: [{ desc: caption, textExtra: extras }], challenges: [{ id: '1600', title: 'bread', desc: '' }, { id: '1601', title: 'unsaid', desc: '' }],
  stats: { diggCount: 4_000_000, commentCount: 75, shareCount: 3, playCount: 1_200_000, collectCount: '12' }, statsV2: { diggCount: '4000123', commentCount: '75', shareCount: '3', playCount: '1204331', collectCount: '12', repostCount: '5' },
  video: video(), music: { id: '6900000000000000101', title: 'original sound', authorName: 'Ida', album: '', original: true, duration: 21, playUrl: signed('sound'), private: false }, poi: { id: '66', name: 'Harbour' }, locationCreated: 'AT', textLanguage: 'en',
  isPinnedItem: true, privateItem: false, secret: false, forFriend: false, isAd: false, takeDown: 0, isReviewing: false, itemMute: false, duetInfo: { duetFromId: '0' }, duetEnabled: true, stitchEnabled: true, collected: false, digged: false, item_control: { can_repost: true }, ...more,
})
export const photos = (more: Obj = {}): Obj => ({ ...item(), id: photoId, createTime: createTime - 86_390, desc: '', textExtra: undefined, contents: undefined, challenges: undefined, isPinnedItem: undefined, video: video({ duration: 0, playAddr: '', downloadAddr: '', bitrateInfo: [] }), imagePost, textLanguage: 'un', ...more })

export const list = (items: Json, more: Obj = {}): Obj => enveloped({ itemList: items, hasMore: true, cursor: '1749179552000', ...more })
export const row = (who: Who, more: Obj = {}): Obj => ({ user: user(who, more), stats, statsV2 })
export const people = (rows: Json, more: Obj = {}): Obj => enveloped({ hasMore: true, isTruncated: false, total: 176, minCursor: 1_745_042_188, maxCursor: 0, userList: rows, ...more })

export const context = (more: Obj = {}): Obj => ({ language: 'en', region: 'AT', appId: 1988, appType: 't', wid: '75', nonce: 'N', botType: 'others', requestId: 'r', csrfToken: 'SECRET', host: 'www.tiktok.com', abTestVersion: {}, user: { uid: me.id, uniqueId: me.handle, nickName: me.name, secUid: me.secUid, region: 'AT', hasCollectionsAccess: true }, ...more })
export const scopes = (more: Obj = {}): Obj => ({ __DEFAULT_SCOPE__: { 'webapp.app-context': context(), 'webapp.biz-context': { os: 'x' }, 'webapp.user-detail': { statusCode: 0, statusMsg: '', userInfo: info(), shareMeta: { title: 'x', desc: 'y' } }, ...more } })
/** The same of before 2024. */
export const modules = (more: Obj = {}): Obj => ({
  AppContext: { appContext: context(), initialized: true }, ItemModule: { [videoId]: { ...item({ author: me.handle, nickname: me.name, authorId: me.id, authorSecId: me.secUid, createTime: String(createTime) }) } },
  UserModule: { users: { [me.handle]: wholeUser(), [other.handle]: user(other) }, stats: { [me.handle]: stats, [other.handle]: { followerCount: 7 } } }, UserPage: { uniqueId: me.handle, secUid: me.secUid }, ...more,
})
export const page = (state: Json, id = '__UNIVERSAL_DATA_FOR_REHYDRATION__'): string => `<!doctype html><html><head><title>x</title><script>window.x={"captcha":1}</script></head><body><script id="${id}" type="application/json">${JSON.stringify(state)}</script></body></html>`

const secret = { 'Direct Messages': { 'Chat History': { ChatHistory: { 'with x': [{ Content: 'SECRET' }] } } }, 'Login History': { LoginHistoryList: [{ IP: 'SECRET' }] } }
const map = { userName: me.handle, displayName: me.name, bioDescription: 'Binds books', birthDate: 'SECRET', emailAddress: 'SECRET', telephoneNumber: 'SECRET', likesReceived: '99' }
const followed = [{ Date: '2023-05-01 12:34:56', UserName: other.handle }, { Date: '2022-01-02 03:04:05', UserName: 'third.person' }]
const share = `https://www.tiktokv.com/share/video/${videoId}/`
/** The official download, in its three layouts. */
export const exports: Record<string, Obj> = {
  'until 2024': {
    Activity: { ...secret, 'Following List': { Following: followed }, 'Follower List': { FansList: [{ Date: 'x', UserName: 'fan' }] }, 'Like List': { ItemFavoriteList: [{ Date: '2021-01-01 00:00:00', Link: share }] }, 'Favorite Videos': { FavoriteVideoList: [{ Date: '2021-01-02 00:00:00', Link: share }] } },
    Profile: { 'Profile Information': { ProfileMap: map } }, Video: { Videos: { VideoList: [{ Date: '2021-01-01 00:00:00', Link: 'https://v16.example/x.mp4?x-expires=1609500000', Likes: '3', Title: 'A page', WhoCanView: 'Everyone' }] } },
  },
  'early 2025': {
    'Your Activity': { ...secret, Following: { Following: followed }, Follower: { FansList: null }, 'Like List': { ItemFavoriteList: [{ Date: '2021-01-01 00:00:00', Link: share }] }, 'Favorite Videos': { FavoriteVideoList: [{ Date: '2021-01-02 00:00:00', Link: share }] } },
    Profile: { 'Profile Info': { ProfileMap: map } }, Post: { Posts: { VideoList: [] } },
  },
  'since 2025-04': {
    'Profile And Settings': { 'Profile Info': { ProfileMap: map }, Following: { App: 'x', IsFastLane: true, Following: followed }, Follower: { FansList: {} } },
    'Likes and Favorites': { 'Like List': { ItemFavoriteList: [{ date: '2021-01-01 00:00:00', link: share }] }, 'Favorite Videos': { FavoriteVideoList: [{ Date: '2021-01-02 00:00:00 UTC', Link: share }] } },
    'Your Activity': { ...secret, Reposts: { RepostList: null } }, Post: { Posts: { VideoList: null }, 'Recently Deleted Posts': { PostList: [{ Date: '2021-01-01 00:00:00', Link: share }] } },
  },
}
