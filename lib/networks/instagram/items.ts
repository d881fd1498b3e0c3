/** Posts of Instagram, in the phone's form (`pk`, `media_type`) and in Graph form (`shortcode`, `display_url`). */
import type { Facet, Media, Post, PostRef } from '../../model/index.ts'
import { at, dict, flag, idText, isDict, known, list, moment, said, text, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { codeOf, expiryOf, isPlaceholder, isPrivateCode, pkOf } from '../answers/meta.ts'
import { mediaOf } from '../answers/meta-media.ts'
import { handleOf, idOf } from './people.ts'

const site = 'https://www.instagram.com'

/** Whose list an item stands in. */
export interface Owner { id?: string; handle?: string }

/** `<number>_<number of the author>` in the phone's form, `POLARIS_<number>` where nobody is signed in. */
const numberIn = (value: unknown): string | undefined => /^(?:POLARIS_)?([1-9]\d{0,29})(?:_\d+)?$/.exec(idText(value) ?? '')?.[1]

const codeIn = (item: Dict): string | undefined => [item.code, item.shortcode].map(word).find(code => code !== undefined && /^[\w-]{1,60}$/.test(code))

/** Its number: from what is text everywhere first, since a bare one may have lost digits on its way through a page. */
export const itemId = (item: Dict): string | undefined => {
  const code = codeIn(item)
  const told = [item.id, item.strong_id__].find(one => /^\d+_\d+$/.test(idText(one) ?? ''))
  return numberIn(told) ?? numberIn(item.pk) ?? numberIn(item.strong_id__) ?? numberIn(item.id) ?? (code === undefined ? undefined : pkOf(code))
}

const graphName = /^(?:XDT)?Graph(?:Image|Video|Sidecar)$/

/** Whether this is a post: a number or a code, and what only posts have. People have names, parts of a series have no code. */
export const isItem = (value: unknown): value is Dict =>
  isDict(value) && itemId(value) !== undefined && handleOf(value) === undefined && (codeIn(value) !== undefined || isDict(value.user) || isDict(value.owner) || isDict(value.owner_id) || word(value.product_type) !== undefined) &&
  (['media_type', 'taken_at', 'taken_at_timestamp', 'image_versions2', 'carousel_media', 'video_versions', 'display_url', 'display_uri', 'display_src', 'edge_media_to_caption', 'product_type'].some(key => Object.hasOwn(value, key)) || graphName.test(word(value.__typename) ?? ''))

/** Not posts of the person's own will: advertisements, and what others are shown for a day. */
export const isPassing = (item: Dict): boolean =>
  item.product_type === 'ad' || word(item.ad_id) !== undefined || isDict(item.injected) || item.product_type === 'story' || /^(?:XDT)?GraphStory/.test(word(item.__typename) ?? '') || [item.expiring_at, item.expiring_at_timestamp].some(one => one !== undefined && one !== null) || item.reel_mentions !== undefined

const isNewForm = (item: Dict): boolean => isDict(item.image_versions2) || list(item.carousel_media).length > 0 || list(item.video_versions).length > 0

/** Graph form: one picture or video. */
const graphMedium = (node: Dict): Media[] => {
  const sized = list(node.display_resources).map(one => webAddress(at(one, 'src'))).filter(Boolean)
  const picture = [webAddress(node.display_url), webAddress(node.display_src), sized.at(-1), webAddress(node.display_uri), webAddress(node.thumbnail_src)].find(one => one !== undefined && !isPlaceholder(one))
  const video = webAddress(node.video_url)
  const moves = video !== undefined || node.is_video === true || node.media_type === 2 || word(node.__typename)?.endsWith('Video') === true
  const url = video ?? (moves ? undefined : picture)
  const address = url ?? picture
  if (!address) return []
  return [known({
    id: itemId(node), kind: moves ? ('video' as const) : ('image' as const), url, preview: moves ? picture : undefined, alt: said(node.accessibility_caption),
    width: whole(at(node, 'dimensions', 'width')) || whole(node.original_width) || undefined, height: whole(at(node, 'dimensions', 'height')) || whole(node.original_height) || undefined,
    duration: moves && typeof node.video_duration === 'number' && node.video_duration > 0 ? node.video_duration : undefined, expiresAt: moment(expiryOf(address)),
  })]
}

const slidesOf = (item: Dict): Dict[] => list(at(item, 'edge_sidecar_to_children', 'edges')).map(edge => at(edge, 'node')).filter(isDict)

const allMedia = (item: Dict): Media[] => {
  if (isNewForm(item)) return mediaOf(item) ?? []
  const slides = slidesOf(item)
  return slides.length > 0 ? slides.flatMap(graphMedium) : graphMedium(item)
}

/** Grids and prefetched answers give some posts as a cover alone: no text, no time, or not all that they are made of. */
const isPartial = (item: Dict, media: Media[], caption: string | undefined): boolean => {
  const series = item.media_type === 8 || word(item.__typename)?.endsWith('Sidecar') === true
  const pieces = Math.max(list(item.carousel_media).length, slidesOf(item).length)
  const wanted = whole(item.carousel_media_count) ?? 1
  return caption === undefined || timeOf(item) === undefined || media.length === 0 || (series && (pieces === 0 || pieces < wanted)) || media.some(one => one.url === undefined)
}

/** Mentions and tags in a caption, by their form, as Instagram links them: answers do not list them. A tag of digits alone is none. */
const facetsIn = (caption: string): Facet[] =>
  [...caption.matchAll(/(?<![\p{L}\p{N}_.@#/&])(?:@([A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?)|#([\p{L}\p{N}\p{M}_]{1,100}))/gu)].flatMap((found): Facet[] => {
    const [shown, mentioned, tag] = found
    const value = mentioned ?? tag ?? ''
    if (value === '' || (tag !== undefined && /^\p{N}+$/u.test(tag))) return []
    return [{ start: found.index, end: found.index + shown.length, kind: mentioned === undefined ? 'tag' : 'mention', value }]
  })

/** @returns '' where the answer says that there is none, undefined where it says nothing */
const captionOf = (item: Dict): string | undefined => {
  const edges = at(item, 'edge_media_to_caption', 'edges')
  const written = text(at(item, 'caption', 'text')) ?? text(item.caption) ?? text(at(list(edges)[0], 'node', 'text'))
  if (written !== undefined) return written
  return item.caption === null || (Array.isArray(edges) && edges.length === 0) ? '' : undefined
}

/** Every number is made of the milliseconds since this moment, then 23 bits of place (Instagram Engineering, "Sharding & IDs at Instagram", 2012). */
const epoch = 1_314_220_021_721

const timeOf = (item: Dict): string | undefined => moment(item.taken_at) ?? moment(item.taken_at_timestamp) ?? moment(at(item, 'caption', 'created_at')) ?? moment(item.date)

const timeInNumber = (id: string): string | undefined => (/^\d{16,20}$/.test(id) ? moment(Number(BigInt(id) >> 23n) + epoch) : undefined)

const isSame = (person: unknown, owner: Owner): boolean => {
  const [id, handle] = [idOf(person), handleOf(person)]
  if (id !== undefined && owner.id !== undefined) return id === owner.id
  return handle !== undefined && owner.handle !== undefined && handle.toLowerCase() === owner.handle.toLowerCase()
}

/** Where nobody is named: `owner_id`, a number or `{pk}`, else the second half of the item's own number. */
const numbered = (item: Dict): Dict[] => {
  const told = isDict(item.owner_id) ? idOf(item.owner_id) : idText(item.owner_id)
  const id = told ?? [item.id, item.strong_id__].map(one => /^\d+_(\d+)$/.exec(idText(one) ?? '')?.[1]).find(Boolean)
  return id === undefined ? [] : [{ pk: id }]
}

/** Everybody who made it: `user` and `owner` can differ. */
export const makersOf = (item: Dict): Dict[] => {
  const [named, others] = [[item.user, item.owner].filter(one => isDict(one) && (idOf(one) !== undefined || handleOf(one) !== undefined)), list(item.coauthor_producers)]
  return [...(named.length > 0 ? named : numbered(item)), ...others].filter(isDict)
}

/** @returns the one of its makers who is this person */
export const makerIn = (item: Dict, owner: Owner): Dict | undefined => makersOf(item).find(one => isSame(one, owner))

/** Whose it is: the owner of the grid it stands in, if they are one of its makers or nobody is named; else who is named first. */
const authorOf = (item: Dict, owner: Owner): { author?: Dict; id?: string; handle?: string } => {
  const named = makerIn(item, owner)
  const [first] = makersOf(item)
  const author = named ?? first
  if (!author) return owner
  // Nobody is named, and only the name of the grid's owner is known.
  const alone = !isDict(item.user) && !isDict(item.owner) && makersOf(item).length === 1 && owner.id === undefined
  const filled = named !== undefined || alone ? owner : {}
  // The same person may be named more fully elsewhere in the item.
  const again = makersOf(item).filter(one => isSame(one, { id: idOf(author), handle: handleOf(author) }))
  return known({ author, id: idOf(author) ?? again.map(idOf).find(Boolean) ?? filled.id, handle: handleOf(author) ?? again.map(handleOf).find(Boolean) ?? filled.handle })
}

/** The address of a post; reels have one of their own. */
export const addressOf = (item: Dict): string | undefined => {
  const id = itemId(item)
  const code = codeIn(item) ?? (id ? codeOf(id) : undefined)
  return code ? `${site}/${item.product_type === 'clips' ? 'reel' : 'p'}/${code}/` : undefined
}

/** @returns a pointer at a post, nothing of what it says */
export const refOf = (item: Dict): PostRef => {
  const { id, handle } = authorOf(item, {})
  return known({ id: itemId(item), url: addressOf(item), authorId: id, authorHandle: handle })
}

const soundOf = (item: Dict): Post['sound'] => {
  const places = [item.clips_metadata, item.music_metadata].filter(isDict)
  const music = places.map(place => dict(at(place, 'music_info', 'music_asset_info'))).find(Boolean)
  if (music) return known({ id: idText(music.audio_cluster_id) ?? idText(music.id), title: said(music.title), author: said(music.display_artist) })
  const original = places.map(place => dict(at(place, 'original_sound_info'))).find(Boolean)
  if (original) return known({ id: idText(original.audio_asset_id), title: said(original.original_audio_title), author: handleOf(original.ig_artist) })
  const told = dict(item.clips_music_attribution_info)
  return told && known({ id: idText(told.audio_id), title: said(told.song_name), author: said(told.artist_name) })
}

const countsOf = (item: Dict): Post['counts'] => {
  const count = (...values: unknown[]): number | undefined => values.map(whole).find(one => one !== undefined)
  const likes = count(item.like_count, at(item, 'edge_media_preview_like', 'count'), at(item, 'edge_liked_by', 'count'), at(item, 'likes', 'count'))
  // A hidden zero is unknown.
  const hidden = item.like_and_view_counts_disabled === true && likes === 0
  const counts = known({
    likes: hidden ? undefined : likes,
    replies: count(item.comment_count, at(item, 'edge_media_to_comment', 'count'), at(item, 'edge_media_to_parent_comment', 'count'), at(item, 'edge_media_preview_comment', 'count'), at(item, 'comments', 'count')),
    reposts: count(item.media_repost_count),
    shares: count(item.reshare_count),
    views: count(item.play_count, item.ig_play_count, item.view_count, item.video_play_count, item.video_view_count, item.video_views),
  })
  return Object.keys(counts).length > 0 ? counts : undefined
}

/** @param partial a card: it leaves out who a post is for, so it never says that it is for everybody */
const visibilityOf = (item: Dict, author: Dict | undefined, partial: boolean): Post['visibility'] => {
  if (item.audience === 'besties') return 'circle'
  const code = codeIn(item)
  const locked = flag(author?.is_private) ?? (code !== undefined && isPrivateCode(code) ? true : undefined)
  if (locked === true) return 'followers'
  return locked === undefined || partial ? undefined : 'public'
}

const valuesOf = (facets: Facet[], kind: Facet['kind']): string[] | undefined => {
  const found = [...new Set(facets.filter(facet => facet.kind === kind).map(({ value }) => value))]
  return found.length > 0 ? found : undefined
}

const isBehindAClick = (item: Dict): boolean => [item.media_overlay_info, item.sensitivity_friction_info, item.gating_info].some(isDict) || item.has_sensitive_content === true || item.is_sensitive === true

/**
 * @param item a post (`isItem`)
 * @param owner whose grid it stands in, where it stands in one
 * @returns undefined without a number
 */
export const postOf = (item: Dict, seen: Pick<Post, 'source' | 'seenAt'>, owner: Owner = {}): Post | undefined => {
  const id = itemId(item)
  if (!id) return undefined
  const { author, ...by } = authorOf(item, owner)
  const caption = captionOf(item)
  const facets = caption ? facetsIn(caption) : []
  const media = allMedia(item)
  const partial = isPartial(item, media, caption)
  const stated = timeOf(item)
  const derived = stated === undefined ? timeInNumber(id) : undefined
  const others = makersOf(item).flatMap(one => (isSame(one, by) ? [] : (handleOf(one) ?? [])))
  const edited = item.caption_is_edited === true || at(item, 'caption', 'is_edited') === true
  const pinned = list(item.timeline_pinned_user_ids).length > 0 || list(item.pinned_for_users).length > 0 || item.is_pinned === true || item.is_timeline_pinned === true
  const saysPinned = ['timeline_pinned_user_ids', 'pinned_for_users', 'is_pinned', 'is_timeline_pinned'].some(key => item[key] !== undefined && item[key] !== null)
  return known({
    id,
    url: addressOf(item),
    authorId: by.id,
    authorHandle: by.handle,
    createdAt: stated ?? derived,
    createdAtDerived: derived ? true : undefined,
    title: said(item.title),
    text: caption,
    facets: caption === undefined ? undefined : facets,
    tags: valuesOf(facets, 'tag'),
    mentions: valuesOf(facets, 'mention'),
    media: media.length > 0 ? media : undefined,
    sound: soundOf(item),
    coauthors: others.length > 0 ? [...new Set(others)] : undefined,
    partial: partial ? true : undefined,
    pinned: saysPinned ? pinned : undefined,
    edited: edited ? true : undefined,
    sensitive: isBehindAClick(item) ? true : undefined,
    visibility: visibilityOf(item, author, partial),
    counts: countsOf(item),
    ...seen,
  })
}
