/** Single posts of Threads, and what points from one to another. */
import type { LinkPreview, Post, PostRef, Sound, Visibility } from '../../model/index.ts'
import { at, dict, flag, idText, isDict, known, list, moment, said, text, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { codeOf, isPlaceholder, isPrivateCode, pkOf, targetOf } from '../answers/meta.ts'
import { mediaOf } from '../answers/meta-media.ts'
import { walk } from '../answers/walk.ts'
import { postAt, postUrl } from './addresses.ts'
import { handleOf } from './people.ts'
import { fromFragments, valuesOf, wordsOf, type Words } from './words.ts'

/** The part of a post that is Threads' own; flattened forms have its fields on the post itself. */
const infoOf = (post: Dict): Dict => dict(post.text_post_app_info) ?? dict(post.text_app_info) ?? {}
const pick = (post: Dict, key: string): unknown => infoOf(post)[key] ?? post[key]

/** @returns the post's number: `pk`, the first half of `id`, or what its code stands for */
export const postId = (post: unknown): string | undefined => {
  if (!isDict(post)) return undefined
  const own = ['pk', 'pk_id', 'id', 'strong_id__'].map(key => idText(post[key])?.split('_')[0]).find(Boolean)
  return own ?? pkOf(word(post.code) ?? word(post.shortcode) ?? '')
}

const codeIn = (post: Dict): string | undefined => word(post.code) ?? word(post.shortcode) ?? codeOf(postId(post) ?? '')

const userOf = (post: unknown): Dict | undefined => (isDict(post) ? (dict(post.user) ?? dict(post.owner)) : undefined)

export interface Author { authorId?: string; authorHandle?: string }

export const authorOf = (user: unknown): Author => {
  const own = dict(user)
  return known({ authorId: idText(own?.pk) ?? idText(own?.id), authorHandle: handleOf(own) })
}

/** @returns who wrote the post */
export const authorOfPost = (post: unknown): Author => authorOf(userOf(post))

/** Whether these are the same person, as far as both are known. */
export const isSame = (one: Author, other: Author): boolean => {
  if (one.authorId && other.authorId) return one.authorId === other.authorId
  return one.authorHandle !== undefined && one.authorHandle.toLowerCase() === other.authorHandle?.toLowerCase()
}

const share = (post: Dict): Dict => dict(pick(post, 'share_info')) ?? {}

/** The post that this one passes on. */
export const repostedIn = (post: Dict): Dict | undefined => dict(share(post).reposted_post)

/** What a post says of its own, to point at it. */
export const refTo = (post: unknown): PostRef | undefined => {
  if (!isDict(post)) return undefined
  const id = postId(post)
  const author = authorOfPost(post)
  const url = postUrl(author.authorHandle, codeIn(post))
  if (!id && !url) return undefined
  return known({ id, url, ...author, unavailable: pick(post, 'is_post_unavailable') === true ? true : undefined })
}

/** An advertisement among the posts. */
export const isAd = (post: Dict): boolean =>
  post.product_type === 'ad' || [post.ad_id, post.injected, pick(post, 'ad_info')].some(mark => mark !== undefined && mark !== null && mark !== false)

/** Whether this object is a post, wherever it stands. */
export const isPost = (value: Dict): boolean => {
  const threads = isDict(value.text_post_app_info) || isDict(value.text_app_info)
  const named = idText(value.pk) !== undefined || idText(value.id) !== undefined || word(value.code) !== undefined
  return named && !Object.hasOwn(value, 'username') && (threads || (word(value.code) !== undefined && handleOf(value.user) !== undefined && Object.hasOwn(value, 'taken_at')))
}

const ownText = (post: Dict): ReturnType<typeof wordsOf> => {
  const words = wordsOf(pick(post, 'text_fragments'), post.caption, post.text_with_entities)
  const more = attachedText(post)
  if (!more) return words
  const before = words.text ? `${words.text}\n\n` : ''
  const facets = more.facets.map(facet => ({ ...facet, start: facet.start + before.length, end: facet.end + before.length }))
  const all = [...(words.facets ?? []), ...facets]
  const known = words.facets !== undefined || !words.text || all.length > 0
  return { ...words, text: before + more.text, ...(known && { facets: all }), ...(more.spoiler && { spoiler: more.spoiler }) }
}

/** A long text attached to a post: fragments, shown to signed-in people only; a plain text is taken too. */
const attachedText = (post: Dict): Words | undefined => {
  const attached = dict(pick(post, 'snippet_attachment_info'))
  if (!attached) return undefined
  const fragments = fromFragments(attached.text_fragments) ?? fromFragments(attached)
  if (fragments && fragments.text.trim() !== '') return fragments
  const plain = ['text', 'plaintext', 'body'].map(key => word(attached[key])).find(Boolean)
  return plain ? { text: plain, facets: [] } : undefined
}

/** A tombstone stands ready for those who may not see the post: the viewer sees it (found on open posts of others, 2026-06). Any other overlay covers it. */
const isCovered = (overlay: unknown): boolean =>
  isDict(overlay) && ![overlay.overlay_type, overlay.sub_category].some(kind => /tombstone/i.test(word(kind) ?? ''))

/** The music that a post plays: `text_app_music_info`, whichever wrapper stands around the piece. */
const soundOf = (post: Dict): Sound | undefined => {
  let found: Sound | undefined
  walk(pick(post, 'text_app_music_info'), undefined, object => {
    const said = (key: string): string | undefined => word(object[key]) ?? word(at(object, key, 'text'))
    const title = said('display_title') ?? said('title')
    const author = said('display_artist') ?? said('artist_name')
    if (found || !title || !author) return found ? { skip: true } : undefined
    const id = ['audio_asset_id', 'audio_cluster_id', 'song_id', 'id'].map(key => idText(object[key])).find(Boolean)
    found = known({ id, title, author, url: webAddress(object.progressive_download_url) })
    return { skip: true }
  }, { depth: 10, nodes: 1000 })
  return found
}

/**
 * A repost has no text of its own: `caption` is null, and fragments, if any, are the other's. With own text it is a post that shares another.
 */
export const isRepost = (post: Dict): boolean => {
  const other = repostedIn(post)
  if (!other) return share(post).reposted_post_unavailable === true && !ownText(post).text
  const own = ownText(post).text
  return !own || (post.caption === null && own === ownText(other).text)
}

const quotedBy = (post: Dict): PostRef | undefined => {
  const { quoted_post: quoted, quoted_attachment_post: attached } = share(post)
  const found = refTo(quoted) ?? refTo(attached) ?? refTo(repostedIn(post))
  if (found) return found
  const gone = ['quoted_attachment_post_unavailable', 'quoted_post_unavailable'].some(key => share(post)[key] === true)
  return gone ? { unavailable: true } : undefined
}

const previewOf = (post: Dict): LinkPreview | undefined => {
  const attached = dict(pick(post, 'link_preview_attachment')) ?? dict(pick(post, 'link_preview_response'))
  const url = targetOf(attached?.url)
  if (!attached || !url) return undefined
  const image = targetOf(attached.image_url)
  return known({ url, title: said(attached.title), image: image && !isPlaceholder(image) ? image : undefined })
}

/** Media of another of Meta's apps that was put into the post: the person's own, else only a link. */
const linkedMedia = (post: Dict): { own?: Dict; preview?: LinkPreview } => {
  const linked = dict(pick(post, 'linked_inline_media'))
  if (!linked) return {}
  const theirs = handleOf(linked.user)
  if (!theirs || theirs.toLowerCase() === handleOf(userOf(post))?.toLowerCase()) return { own: linked }
  const url = targetOf(linked.canonical_url) ?? targetOf(linked.permalink)
  return url ? { preview: { url } } : {}
}

const withLinked = (post: Dict): Pick<Post, 'media' | 'linkPreview'> => {
  const linked = linkedMedia(post)
  const media = mediaOf(post)
  const more = linked.own ? (mediaOf(linked.own) ?? []) : []
  return { media: more.length > 0 ? [...(media ?? []), ...more] : media, linkPreview: previewOf(post) ?? linked.preview }
}

/** A region in capitals, a script with one (RFC 5646 §2.1.1). */
const inTag = (part: string): string => {
  if (part.length === 2) return part.toUpperCase()
  return part.length === 4 && !/^\d/.test(part) ? part.charAt(0).toUpperCase() + part.slice(1).toLowerCase() : part.toLowerCase()
}

/** @returns a tag of BCP 47 */
const languageOf = (value: unknown): string | undefined => {
  const [language = '', ...parts] = word(value)?.split(/[_-]/) ?? []
  if (!/^(?!und|zxx|mul|mis)[a-z]{2,3}$/i.test(language) || !parts.every(part => /^[a-z0-9]{2,8}$/i.test(part))) return undefined
  return [language.toLowerCase(), ...parts.map(inTag)].join('-')
}

/** Never wider than the source: an audience that is not known to be everybody is a narrower one. */
const visibilityOf = (post: Dict): Visibility | undefined => {
  const audience = word(post.audience) ?? word(at(post, 'audience', 'audience_type')) ?? (isDict(post.audience) ? 'given' : undefined)
  if (audience && !/^(?:default|public|everyone)$/i.test(audience)) return 'circle'
  const user = userOf(post)
  const locked = flag(user?.text_post_app_is_private) ?? flag(user?.is_private)
  if (locked === true || isPrivateCode(word(post.code) ?? '')) return 'followers'
  return locked === false ? 'public' : undefined
}

/** A number, or the same as it is displayed, `"6,829"`: in groups of three, whatever stands between them. */
const shownCount = (value: unknown): number | undefined =>
  whole(value) ?? (typeof value === 'string' && /^\d{1,3}(?:[,.\u00A0\u202F' ]\d{3})+$/.test(value.trim()) ? whole(value.replace(/\D/g, '')) : undefined)

const countsOf = (post: Dict): Post['counts'] => {
  const likes = whole(post.like_count)
  const counts = known({
    // Where they are hidden, a zero says nothing.
    likes: likes === 0 && post.like_and_view_counts_disabled === true ? undefined : likes,
    replies: whole(pick(post, 'direct_reply_count')),
    reposts: whole(pick(post, 'repost_count')),
    quotes: whole(pick(post, 'quote_count')),
    shares: whole(pick(post, 'reshare_count')),
    views: shownCount(pick(post, 'view_count')) ?? shownCount(pick(post, 'impression_count')),
  })
  return Object.keys(counts).length > 0 ? counts : undefined
}

const topicOf = (post: Dict): string | undefined => {
  const header = pick(post, 'tag_header')
  return ['display_name', 'display_text', 'name'].map(key => word(at(header, key))).find(Boolean)?.replace(/^#/, '')
}

/** What a post says of the one it answers, by itself; the thread it stands in may say more. */
export const parentIn = (post: Dict): PostRef | undefined => {
  const author = authorOf(pick(post, 'reply_to_author'))
  const id = idText(pick(post, 'reply_to_id'))?.split('_')[0] ?? postId(pick(post, 'reply_to_post'))
  const url = postUrl(author.authorHandle, codeOf(id ?? ''))
  const ref = known({ id, url, ...author })
  return Object.keys(ref).length > 0 ? ref : undefined
}

/** The author of the first post of the conversation, where the post says it. */
export const rootIn = (post: Dict): PostRef | undefined => {
  const author = authorOf(pick(post, 'root_post_author'))
  return Object.keys(author).length > 0 ? author : undefined
}

/** What the post says of itself: it answers something (true), it does not (false), or it does not say. */
export const repliesToSomething = (post: Dict): boolean | undefined => flag(pick(post, 'is_reply'))

/** The fields that reposts and posts share. */
const frame = (post: Dict) => {
  const author = authorOfPost(post)
  const id = postId(post)
  const url = postUrl(author.authorHandle, codeIn(post)) ?? postAt(post.canonical_url)?.url
  if (!id || (!url && !author.authorHandle)) return undefined
  return {
    id,
    url,
    ...author,
    createdAt: moment(post.taken_at),
    pinned: flag(at(pick(post, 'pinned_post_info'), 'is_pinned_to_profile')),
    unavailable: flag(pick(post, 'is_post_unavailable')),
    visibility: visibilityOf(post),
    federated: flag(at(pick(post, 'fediverse_info'), 'is_federated')),
  }
}

/**
 * @param post an object that is, or should be, a post
 * @returns the record, without what only its thread knows; undefined without an id
 */
export const postOf = (post: Dict): Post | undefined => {
  const base = frame(post)
  if (!base) return undefined
  if (isRepost(post)) return known({ ...base, repostOf: refTo(repostedIn(post)) ?? { unavailable: true } })
  const { text: said, facets, spoiler: hidden } = ownText(post)
  const spoiler = hidden ?? flag(pick(post, 'is_spoiler_media'))
  const ghost = flag(pick(post, 'is_ghost_post'))
  return known({
    ...base,
    edited: flag(post.caption_is_edited),
    text: said,
    facets,
    tags: facets && valuesOf(facets, 'tag'),
    mentions: facets && valuesOf(facets, 'mention'),
    links: facets && valuesOf(facets, 'link'),
    topic: topicOf(post),
    ...withLinked(post),
    quoteOf: quotedBy(post),
    spoiler,
    sensitive: spoiler || isCovered(post.media_overlay_info) ? true : undefined,
    sound: soundOf(post),
    ghost,
    expiresAt: ghost === false ? undefined : moment(pick(post, 'ghost_post_exp_time_ms')),
    language: languageOf(post.detected_language) ?? languageOf(post.original_lang_for_translations),
    replyControl: text(pick(post, 'reply_control')),
    counts: countsOf(post),
  })
}

/** Whether a list of thread items, or of edges, holds posts. */
export const postIn = (item: unknown): Dict | undefined => dict(at(item, 'post')) ?? dict(at(item, 'node', 'post')) ?? dict(at(item, 'node')) ?? dict(item)

/** The posts of a thread: `thread_items[].post`, or `posts.edges[].node`. */
export const itemsOf = (thread: Dict): Dict[] | undefined => {
  if (Array.isArray(thread.thread_items)) return thread.thread_items.filter(isDict)
  const edges = at(thread, 'posts', 'edges')
  return Array.isArray(edges) && edges.some(edge => isDict(at(edge, 'node')) && isPost(at(edge, 'node') as Dict)) ? list(edges).filter(isDict) : undefined
}
