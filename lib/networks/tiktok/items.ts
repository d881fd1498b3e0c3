/** Posts of TikTok: videos and photo posts. */
import type { Post } from '../../model/index.ts'
import { at, dict, idText, isDict, known, list, moment, said, text, whole, word, type Dict } from '../answers/fields.ts'
import { room } from './index.ts'
import { isPhotos, mediaOf, soundOf } from './media.ts'
import { handleOf, handleText, idOf, lockedOf, secUidOf, yes } from './people.ts'
import { wordsOf } from './words.ts'

export const itemId = (item: unknown): string | undefined => {
  const id = idText(at(item, 'id')) ?? idText(at(item, 'aweme_id')) ?? idText(at(item, 'itemId'))
  return id && /^\d{6,30}$/.test(id) ? id : undefined
}

/** What has a number, something to be seen or somebody who made it (or words, a time and counters all at once), and words, a time or counters. */
export const isItem = (value: Dict): boolean =>
  itemId(value) !== undefined &&
  (isDict(value.video) || isPhotos(value) || isDict(value.author) || typeof value.author === 'string' || (typeof value.desc === 'string' && value.createTime !== undefined && (isDict(value.stats) || isDict(value.statsV2)))) &&
  (typeof value.desc === 'string' || (value.createTime !== undefined && value.uniqueId === undefined) || value.create_time !== undefined || isDict(value.stats))

/** The first second of 2014, before anything was posted. */
const beginning = 1_388_534_400

/**
 * A post's number begins with the second in which it was made: of 140 recorded posts 132 lie 2 to 60 seconds before the stated time, and the others up to
 * two days (drafts, scheduled posts).
 */
const timeOf = (id: string): string | undefined => {
  const second = Number(BigInt(id) >> 32n)
  return second > beginning ? moment(second) : undefined
}

export interface Author { id?: string; handle?: string; secUid?: string; locked?: boolean }

/** @param named authors by handle in lower case, for states in which a post has only the handle */
export const authorOf = (item: Dict, named?: ReadonlyMap<string, Author>): Author => {
  if (isDict(item.author)) return known({ id: idOf(item.author), handle: handleOf(item.author), secUid: secUidOf(item.author), locked: lockedOf(item.author) })
  const handle = handleText(item.author)
  const found = handle === undefined ? undefined : named?.get(handle.toLowerCase())
  return known({ ...found, handle: handle ?? found?.handle, id: idOf({ id: item.authorId }) ?? found?.id, secUid: secUidOf({ secUid: item.authorSecId ?? item.authorSecUid }) ?? found?.secUid, locked: lockedOf({ privateAccount: item.privateAccount }) ?? found?.locked })
}

/** @returns where the post is shown; without a name in it the address that the official download gives, which leads there */
export const addressOf = (item: Dict, id: string, handle: string | undefined): string =>
  handle ? `${room.profileUrl(handle)}/${isPhotos(item) ? 'photo' : 'video'}/${id}` : `https://www.tiktokv.com/share/video/${id}/`

/**
 * Who may see a post. Each flag that says "narrower" is believed; "everybody" needs flags that deny it and an account that is known to let everybody in.
 * `forFriend`: those who follow each other.
 */
const visibilityOf = (item: Dict, locked: boolean | undefined): Post['visibility'] => {
  const [own, secret, friends] = [yes(item.privateItem), yes(item.secret), yes(item.forFriend)]
  if (own === true || secret === true) return 'self'
  if (friends === true) return 'circle'
  if (locked === true) return 'followers'
  return locked === false && (own === false || secret === false) ? 'public' : undefined
}

const captionOf = (item: Dict): string | undefined => {
  const parts = list(item.contents).flatMap(part => text(at(part, 'desc')) || [])
  return text(item.desc) || (parts.length > 0 ? parts.join('\n') : text(item.desc))
}

/** In the app's interface each has its own spelling (`digg_count`), in `statistics`. */
const snake = (key: string): string => key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
const numbers = { likes: 'diggCount', replies: 'commentCount', reposts: 'repostCount', shares: 'shareCount', views: 'playCount', bookmarks: 'collectCount' } as const

const countsOf = (item: Dict): Post['counts'] => {
  const [exact, plain] = [dict(item.statsV2), dict(item.stats)]
  const counts: NonNullable<Post['counts']> = {}
  for (const [name, key] of Object.entries(numbers) as [keyof typeof numbers, string][]) {
    const value = whole(exact?.[key]) ?? whole(plain?.[key]) ?? whole(at(item.statistics, snake(key)))
    if (value !== undefined) counts[name] = value
  }
  return Object.keys(counts).length > 0 ? counts : undefined
}

/** The video beside which a duet was made: "0" where it is none. */
const duetOf = (item: Dict): Post['quoteOf'] => {
  const id = idText(at(item, 'duetInfo', 'duetFromId'))
  return id && /^\d{6,30}$/.test(id) ? { id } : undefined
}

/** @param owner whose list the post stands in, for posts that do not say who made them */
export const postOf = (item: Dict, seen: Pick<Post, 'source' | 'seenAt'>, around: { named?: ReadonlyMap<string, Author>; owner?: string } = {}): Post | undefined => {
  const id = itemId(item)
  if (!id) return undefined
  const author = authorOf(item, around.named)
  const nameless = author.id === undefined && author.handle === undefined && author.secUid === undefined
  const caption = captionOf(item)
  const words = caption === undefined ? undefined : wordsOf(item, caption)
  const tags = words?.tags ?? wordsOf(item, '').tags
  const createdAt = moment(item.createTime) ?? moment(item.create_time)
  const language = word(item.textLanguage) ?? word(item.desc_language)
  return known({
    id,
    url: addressOf(item, id, author.handle),
    authorId: author.id ?? author.secUid ?? (nameless ? around.owner : undefined),
    authorHandle: author.handle,
    createdAt: createdAt ?? timeOf(id),
    createdAtDerived: createdAt === undefined && timeOf(id) !== undefined ? true : undefined,
    title: said(at(item, 'imagePost', 'title')) ?? said(at(item, 'image_post_info', 'title')),
    text: caption,
    facets: words && words.facets.length > 0 ? words.facets : undefined,
    tags: tags.length > 0 ? tags : undefined,
    mentions: words && words.mentions.length > 0 ? words.mentions : undefined,
    media: mediaOf(item),
    sound: soundOf(item),
    quoteOf: duetOf(item),
    pinned: yes(item.isPinnedItem) ?? yes(item.is_top),
    unavailable: (whole(item.takeDown) ?? Number(item.takeDown === true)) > 0 ? true : undefined,
    language: language && language !== 'un' ? language : undefined,
    visibility: visibilityOf(item, author.locked),
    counts: countsOf(item),
    ...seen,
  })
}
