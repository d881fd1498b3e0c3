/** People and posts in the shapes that the site has them in. */
import type { TruePost } from '../types.ts'
import type { Item, Person, Piece, World } from './world.ts'

export type Obj = Record<string, unknown>

/** What stands in answers and pages and must never be kept. */
export const secrets = { csrf: 'CsrfTokenSecret', msToken: 'MsTokenSecretOfThePerson', bogus: 'XBogusSecret', gnarly: 'XGnarlySecret' }

export interface Shaper {
  user(person: Person, how?: { whole?: boolean; relation?: number }): Obj
  stats(person: Person): { stats: Obj; statsV2?: Obj }
  item(one: Item, old?: boolean): Obj
}

/** Links live for two days; the same one for an hour, so that two answers name one alike. Seconds. */
const ends = (): number => Math.floor(Date.now() / 3_600_000) * 3600 + 172_800
const signed = (host: string, path: string, query = 'x-expires'): string => `https://${host}/${path}?${query}=${ends()}&x-signature=SignatureOfAnAddress`
export const picture = (path: string): string => signed('p16-sign.tiktokcdn.com', path)

const shownOf = (piece: Piece): string => (piece.kind === 'text' ? piece.text : piece.kind === 'tag' ? `#${piece.name}` : `@${piece.byName ? piece.person.name : piece.person.handle}`)

/** The caption, where its marks stand in UTF-16 units, and the marks as the site writes them. */
export const caption = (item: Item, byCodePoints = false): { desc: string; extras: Obj[]; facets: TruePost['facets'] } => {
  let desc = ''
  const [extras, facets]: [Obj[], TruePost['facets']] = [[], []]
  for (const piece of item.pieces) {
    const shown = shownOf(piece)
    const [start, end] = [desc.length, desc.length + shown.length]
    const [first, last] = byCodePoints ? [[...desc].length, [...desc].length + [...shown].length] : [start, end]
    if (piece.kind === 'tag') extras.push({ awemeId: '', start: first, end: last, hashtagName: piece.name, type: 1, subType: 0, isCommerce: false })
    if (piece.kind === 'mention') extras.push({ awemeId: '', start: first, end: last, type: 0, userUniqueId: piece.person.handle, userId: piece.person.id, secUid: piece.person.secUid, hashtagName: '' })
    if (piece.kind !== 'text') facets.push({ start, end, kind: piece.kind, value: piece.kind === 'tag' ? piece.name : piece.person.handle })
    desc += shown
  }
  return { desc, extras, facets }
}

const texts = (numbers: Record<string, number>): Obj => Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, String(value)]))

/** @param modes what is on; read at every call @param videos how many posts somebody has */
export const shaper = (modes: ReadonlySet<string>, world: World): Shaper => {
  const user: Shaper['user'] = (person, { whole = false, relation = 0 } = {}) => ({
    id: person.id, shortId: '', uniqueId: person.handle, nickname: person.name,
    avatarLarger: picture(`avatar/${person.id}~1080.jpeg`), avatarMedium: picture(`avatar/${person.id}~720.jpeg`), avatarThumb: picture(`avatar/${person.id}~100.jpeg`),
    signature: person.bio, verified: person.verified, secUid: person.secUid, secret: false, privateAccount: person.locked, relation, ftc: false, openFavorite: false, ttSeller: false,
    ...(whole && { createTime: 1_580_000_000, followingVisibility: modes.has('hidden-list') ? 2 : 1, region: 'AT', language: 'en', profileTab: { showPlayListTab: false }, ...(person.link && { bioLink: { link: person.link, risk: 3 } }) }),
  })
  const stats: Shaper['stats'] = person => {
    const numbers = { followerCount: person.followers, followingCount: person.follows, heart: 99, heartCount: 99, videoCount: [world.first, world.second].find(one => one.person === person)?.items.length ?? 9, diggCount: 5, friendCount: 3 }
    return { stats: numbers, ...(!modes.has('no-stats-v2') && { statsV2: texts(numbers) }) }
  }
  const video = (one: Item): Obj => {
    const film = signed('v16-webapp-prime.tiktok.com', `video/${one.film}.mp4`, 'expire')
    const variant = (Bitrate: number, CodecType: string, url: string): Obj => ({ Bitrate, CodecType, GearName: 'adapt', QualityType: 28, PlayAddr: { DataSize: '2737510', Uri: 'u', UrlKey: 'k', UrlList: [url], Width: 576, Height: 1024 } })
    return {
      id: one.id, height: 1024, width: 576, duration: one.photos ? 0 : 21, ratio: '540p', format: 'mp4', bitrate: 1_043_057, codecType: 'h264', definition: '540p',
      cover: picture(`${one.film}-cover.jpeg`), originCover: picture(`${one.film}-origin.jpeg`), dynamicCover: '',
      playAddr: one.photos ? '' : film, downloadAddr: one.photos ? '' : film,
      bitrateInfo: one.photos ? [] : [variant(2_043_057, 'h265_hvc1', signed('v16-webapp-prime.tiktok.com', 'video/other.mp4', 'expire')), variant(1_043_057, 'h264', film)],
    }
  }
  const marks = (one: Item): Obj => {
    const { desc, extras } = caption(one, modes.has('shifted'))
    if (modes.has('bare-text') || extras.length === 0) return {}
    const challenges = one.pieces.flatMap((piece, index) => (piece.kind === 'tag' ? [{ id: String(1_600_000_000_000_000_001n + BigInt(index)), title: piece.name, desc: '' }] : []))
    return { ...(!modes.has('shifted') && { textExtra: extras }), contents: [{ desc, textExtra: extras }], ...(challenges.length > 0 && { challenges }) }
  }
  const item: Shaper['item'] = (one, old = false) => {
    const numbers = { diggCount: one.likes, commentCount: one.comments, shareCount: 2, playCount: one.likes * 20, collectCount: 3 }
    const own = [world.first.person, world.second.person].includes(one.author)
    const author = old ? { author: one.author.handle, nickname: one.author.name, authorId: one.author.id, authorSecId: one.author.secUid } : modes.has('authorless') && own ? {} : { author: user(one.author), authorStats: stats(one.author).stats }
    return {
      id: one.id, desc: caption(one).desc,
      ...(!modes.has('no-create-time') && { createTime: modes.has('string-times') || old ? String(one.at) : one.at }),
      ...author, ...marks(one),
      stats: numbers, ...(!modes.has('no-stats-v2') && { statsV2: { ...texts(numbers), repostCount: '0' } }),
      video: video(one),
      ...(one.photos && { imagePost: { title: one.title ?? '', cover: {}, shareCover: {}, images: one.photos.map(name => ({ imageURL: { urlList: [picture(`${name}.jpeg`), signed('p19-sign.tiktokcdn.com', `${name}.jpeg`)] }, imageWidth: 1080, imageHeight: 1350 })) } }),
      music: { id: one.sound.id, title: one.sound.title, authorName: one.sound.author, playUrl: picture('sound.mp3'), original: true, duration: 21, album: '' },
      privateItem: one.visibility === 'self', secret: false, forFriend: one.visibility === 'circle', duetInfo: { duetFromId: one.duet ?? '0' }, isAd: false, takeDown: 0, textLanguage: one.language ?? 'un', locationCreated: 'AT',
      ...(one.pinned && { isPinnedItem: true }),
    }
  }
  return { user, stats, item }
}
