/** Posts of X. */
import type { Post, PostRef, Visibility } from '../../model/index.ts'
import { at, dict, flag, idText, isDict, known, list, moment, said, text, whole, word, type Dict } from '../answers/fields.ts'
import { articleOf } from './article.ts'
import { pollOf, previewOf } from './cards.ts'
import { room } from './index.ts'
import { isCovered, mediaOf } from './media.ts'
import { handleOf, idOf, lockedIn, momentOf, pinnedBy, userIn } from './people.ts'
import { hostsOf } from '../types.ts'
import { compose, valuesOf, type Words } from './words.ts'

const site = new URL(room.home).origin

/** What else the answer knows: names by number, and who of the posts in it is gone. */
export interface Beside { handles: ReadonlyMap<string, string>; gone: ReadonlySet<string> }

const digits = (value: unknown): string | undefined => {
  const id = idText(value)
  return id && /^\d{1,20}$/.test(id) ? id : undefined
}

/** Parts of a post that are others' posts, or accounts: what stands in them is none of its own. */
const others: ReadonlySet<string> = new Set(['core', 'quoted_status_result', 'quotedRefResult', 'retweeted_status_result', 'repostedStatusResults', 'card', 'note_tweet', 'article', 'community_results', 'author_community_relationship', 'user', 'quoted_status', 'retweeted_status', 'extended_tweet', 'reply_to_results', 'reply_to_user_results', 'quotedPostResults', 'quoted_tweet_results', 'tweet_card'])

/** A field of the post: in `legacy`, one level up (seen by others since 2026-05), or in whichever part of its own holds it now. */
const field = (post: Dict, key: string): unknown => {
  const legacy = dict(post.legacy)
  if (legacy && Object.hasOwn(legacy, key) && legacy[key] !== null) return legacy[key]
  if (Object.hasOwn(post, key) && post[key] !== null) return post[key]
  for (const [name, part] of Object.entries(post)) if (!others.has(name) && isDict(part) && Object.hasOwn(part, key) && part[key] !== null) return part[key]
  return undefined
}

/** Out of its wrappers: `TweetWithVisibilityResults{tweet}`, whose inner post has no `__typename`. @returns undefined where nothing is shown of it */
export const postIn = (value: unknown): Dict | undefined => {
  let here = dict(value)
  for (let depth = 0; here && depth < 4; depth++) {
    const inner = dict(here.result) ?? (digits(here.rest_id) && dict(here.legacy) ? undefined : dict(here.tweet))
    if (!inner) break
    here = inner
  }
  return here && idOfPost(here) ? here : undefined
}

/** @returns the number of a post */
export const idOfPost = (post: unknown): string | undefined => digits(at(post, 'rest_id')) ?? digits(at(post, 'legacy', 'id_str')) ?? digits(at(post, 'id_str'))

/** Whether something stands in the place of a post that says why it is not shown. */
export const isGone = (value: unknown): boolean => {
  const inner = dict(at(value, 'result')) ?? dict(value)
  return inner !== undefined && (/^(?:TweetTombstone|TweetUnavailable)/.test(word(inner.__typename) ?? '') || isDict(inner.tombstone))
}

/** The short text of the interface v1.1, which has no other name for it unless asked: then `user` says who wrote it. */
const oldText = (value: Dict): string | undefined => (isDict(value.user) || value.user_id_str !== undefined ? text(value.text) : undefined)

/** Whether this is a post with words of its own, not only a pointer at one. */
export const isPost = (value: unknown): value is Dict => isDict(value) && idOfPost(value) !== undefined && handleOf(value) === undefined && (text(field(value, 'full_text')) !== undefined || isDict(value.note_tweet) || oldText(value) !== undefined)

/** The account that wrote it, as far as it is there. */
export const authorIn = (post: Dict): Dict | undefined => userIn(at(post, 'core', 'user_results')) ?? userIn(at(post, 'core', 'user_result')) ?? userIn(post.user_results) ?? userIn(post.author) ?? dict(post.user)

const authorOf = (post: Dict, { handles }: Beside): { authorId?: string; authorHandle?: string } => {
  const author = authorIn(post)
  const authorId = digits(field(post, 'user_id_str')) ?? idOf(author)
  return known({ authorId, authorHandle: handleOf(author) ?? (authorId ? handles.get(authorId) : undefined) })
}

/** @returns the author's number */
export const authorIdOf = (post: Dict): string | undefined => digits(field(post, 'user_id_str')) ?? idOf(authorIn(post))

/** @returns the address of a post: under its author's name, else the one that leads there */
export const postUrl = (handle: string | undefined, id: string): string => `${site}/${handle ?? 'i'}/status/${id}`

/** What an address says of a post. */
const postAt = (address: unknown): PostRef | undefined => {
  const url = word(address) && URL.canParse(address as string) ? new URL(address as string) : undefined
  const [, handle, id] = (url && hostsOf(room).includes(url.host.replace(/^www\./, '')) && /^\/(?:i\/(?:web\/)?|(\w+)\/)status(?:es)?\/(\d+)/.exec(url.pathname)) || []
  return id ? known({ id, url: postUrl(handle, id), authorHandle: handle }) : undefined
}

const refOf = (id: string, author: { authorId?: string; authorHandle?: string } = {}): PostRef => known({ id, url: postUrl(author.authorHandle, id), ...author })

/** A pointer at somebody's post, with nothing of what it says. */
const refTo = (value: unknown, beside: Beside): PostRef | undefined => {
  const post = postIn(value)
  const id = idOfPost(post)
  return post && id ? refOf(id, authorOf(post, beside)) : undefined
}

/** Milliseconds are in the number itself, for those made since 2010-11. */
const fromNumber = (id: string): string | undefined => {
  const made = Number((BigInt(id) >> 22n) + 1288834974657n)
  return BigInt(id) > 29_700_000_000n && made < 4e12 ? new Date(made).toISOString() : undefined
}

/** The post that a repost passes on, where this is one. */
const passedOn = (post: Dict): Dict | undefined => [field(post, 'retweeted_status_result'), field(post, 'retweeted_status_results'), field(post, 'repostedStatusResults'), field(post, 'retweeted_status')].map(dict).find(Boolean)

/** @returns the post, or posts, that this one holds: passed on or quoted */
export const heldBy = (post: Dict): Dict[] => [passedOn(post), field(post, 'quoted_status_result'), post.quotedPostResults, post.quoted_tweet_results, field(post, 'quoted_status')].flatMap((one): Dict[] => { const post = postIn(one); return post ? [post] : [] })

const repostOf = (post: Dict, beside: Beside): PostRef | undefined => {
  const held = passedOn(post)
  const id = digits(field(post, 'retweeted_status_id_str'))
  if (!held && !id) return undefined
  const [, handle] = /^RT @(\w+)/.exec(text(field(post, 'full_text')) ?? oldText(post) ?? '') ?? []
  return refTo(held, beside) ?? known({ ...(id && refOf(id, known({ authorHandle: handle }))), authorHandle: handle, unavailable: held ? true : undefined })
}

const quoteOf = (post: Dict, beside: Beside): PostRef | undefined => {
  const held = field(post, 'quoted_status_result') ?? post.quotedPostResults ?? post.quoted_tweet_results ?? post.quotedRefResult ?? field(post, 'quoted_status')
  const seen = refTo(held, beside) ?? refTo(post.quotedRefResult, beside)
  const linked = postAt(at(field(post, 'quoted_status_permalink'), 'expanded'))
  const id = digits(field(post, 'quoted_status_id_str'))
  if (seen) return seen.authorHandle ? seen : { ...seen, ...(linked && linked.id === seen.id ? linked : {}), ...(seen.authorId && { authorId: seen.authorId }) }
  const told = linked && (!id || linked.id === id) ? linked : id ? refOf(id) : undefined
  // The place is there, and nothing is shown of what stood in it.
  const gone = isGone(held) || (isDict(held) && !postIn(held)) || (told?.id !== undefined && beside.gone.has(told.id))
  if (gone) return { ...told, unavailable: true }
  return told
}

const replyTo = (post: Dict, beside: Beside): PostRef | undefined => {
  const id = digits(field(post, 'in_reply_to_status_id_str')) ?? digits(at(post, 'reply_to_results', 'rest_id')) ?? idOfPost(postIn(post.reply_to_results))
  const authorId = digits(field(post, 'in_reply_to_user_id_str')) ?? digits(at(post, 'reply_to_user_results', 'rest_id')) ?? idOf(userIn(post.reply_to_user_results))
  const authorHandle = word(field(post, 'in_reply_to_screen_name')) ?? handleOf(userIn(post.reply_to_user_results)) ?? (authorId ? beside.handles.get(authorId) : undefined)
  const author = known({ authorId, authorHandle })
  if (!id) return Object.keys(author).length > 0 ? author : undefined
  return { ...refOf(id, author), ...(beside.gone.has(id) && { unavailable: true }) }
}

/** The first post of the conversation, which may be the one that is answered. */
const rootOf = (post: Dict, id: string, parent: PostRef | undefined): PostRef | undefined => {
  const root = digits(field(post, 'conversation_id_str'))
  if (!root || root === id) return undefined
  return root === parent?.id ? parent : refOf(root)
}

const codes: Record<string, string> = { in: 'id', iw: 'he', ji: 'yi' }
/** @returns a tag of BCP 47: X has codes of its own for texts without a language (`zxx`, `und`, `qme`: only media, `qht`: only tags …) */
const languageOf = (value: unknown): string | undefined => {
  const code = word(value)
  if (!code || !/^(?!und|zxx|mul|mis|q[a-t][a-z]|art$)[a-z]{2,3}(?:-[A-Za-z]{2,4})?$/.test(code)) return undefined
  return Object.hasOwn(codes, code) ? codes[code] : code
}

/** Never wider than the source. */
const visibilityOf = (post: Dict): Visibility | undefined => {
  const narrower = [post.trusted_friends_info_result, post.exclusivity_info, post.exclusive_tweet_info, field(post, 'exclusive_tweet_control'), field(post, 'trusted_friends_control')].some(one => isDict(one) && Object.keys(one).length > 0)
  if (narrower || at(field(post, 'scopes'), 'followers') === false) return 'circle'
  const locked = lockedIn(authorIn(post))
  if (locked === true || at(field(post, 'scopes'), 'followers') === true) return 'followers'
  return locked === false ? 'public' : undefined
}

const countsOf = (post: Dict): Post['counts'] => {
  const counts = known({
    likes: whole(field(post, 'favorite_count')),
    replies: whole(field(post, 'reply_count')),
    reposts: whole(field(post, 'retweet_count')),
    quotes: whole(field(post, 'quote_count')),
    views: whole(at(post, 'views', 'count')) ?? whole(at(post, 'ext_views', 'count')),
    bookmarks: whole(field(post, 'bookmark_count')),
  })
  return Object.keys(counts).length > 0 ? counts : undefined
}

/** Each version has a number of its own; this one is the latest, those before it are named. */
const versions = (post: Dict, id: string, createdAt: string | undefined): Pick<Post, 'edited' | 'editedAt' | 'revisions'> => {
  const control = dict(post.edit_control)
  const ids = (control ? [control, dict(control.edit_control_initial)] : []).flatMap(part => list(part?.edit_tweet_ids)).flatMap(one => digits(one) ?? [])
  const initial = digits(control?.initial_tweet_id)
  const all = [...new Set([...(initial ? [initial] : []), ...ids])].toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
  const earlier = all.filter(one => BigInt(one) < BigInt(id))
  if (earlier.length > 0) return known({ edited: true, editedAt: createdAt, revisions: earlier.map(one => known({ id: one, createdAt: fromNumber(one) })) })
  // A version that later ones have taken the place of.
  if (isDict(post.previous_counts) || all.some(one => BigInt(one) > BigInt(id))) return { edited: true }
  return ids.length > 0 ? { edited: false } : {}
}

/** What stands in the text. The form without `legacy` has each kind by itself (nitter `parserutils.nim` 2026-08). */
const entitiesOf = (post: Dict): unknown => field(post, 'entities') ?? known({ urls: post.url_entities, user_mentions: post.mention_entities, hashtags: field(post, 'hashtag_entities'), media: post.media_entities })

/** Pictures and films of a post, in whichever home has all of them. */
const attachedTo = (post: Dict): unknown[] =>
  [at(post.extended_tweet, 'extended_entities', 'media'), at(field(post, 'extended_entities'), 'media'), at(field(post, 'entities'), 'media'), post.media_entities].map(list).find(media => media.length > 0) ?? []

/** The text: a long post's own, which is not escaped, else the short one, which is. `partial`: only its beginning is there. */
const wordsOf = (post: Dict): Partial<Words> & { partial?: true; entities: unknown } => {
  const quoted = at(field(post, 'quoted_status_permalink'), 'url')
  const cuts = [word(quoted)].filter(one => one !== undefined)
  const long = dict(at(post, 'note_tweet', 'note_tweet_results', 'result')) ?? dict(at(post, 'note_tweet', 'result'))
  const note = text(long?.text)
  const entities = entitiesOf(post)
  const media = at(field(post, 'extended_entities'), 'media')
  if (note !== undefined) {
    const set = dict(long?.entity_set)
    return { ...compose(note, { ...set, media: list(at(entities, 'media')) }, { cuts }), entities: { urls: [...list(set?.urls), ...list(at(entities, 'urls'))] } }
  }
  // Streams of the interface v1.1: the whole text beside the cut one.
  const extended = dict(post.extended_tweet)
  const spelled = text(extended?.full_text)
  if (extended && spelled !== undefined) {
    const attached = [...list(at(extended, 'entities', 'media')), ...list(at(extended, 'extended_entities', 'media'))]
    return { ...compose(spelled, { ...dict(extended.entities), media: attached }, { escaped: true, cuts }), entities: extended.entities }
  }
  const full = text(field(post, 'full_text')) ?? text(field(post, 'text'))
  if (full === undefined) return { entities }
  const cut = isDict(post.note_tweet) || field(post, 'truncated') === true
  return { ...compose(full, { ...dict(entities), media: [...list(at(entities, 'media')), ...list(media)] }, { escaped: true, cuts }), ...(cut && { partial: true as const }), entities }
}

/**
 * @param value a post, or what wraps it @param beside what else the answer knows
 * @param pinned it stands where pinned posts stand
 * @returns the record; undefined without an id
 */
export const postOf = (value: unknown, beside: Beside, pinned?: boolean): Post | undefined => {
  const post = postIn(value)
  const id = idOfPost(post)
  if (!post || !id) return undefined
  const author = authorOf(post, beside)
  const stated = momentOf(field(post, 'created_at')) ?? moment(field(post, 'created_at_ms'))
  const derived = stated ? undefined : fromNumber(id)
  const createdAt = stated ?? derived
  const frame = {
    id, url: postUrl(author.authorHandle, id), ...author, createdAt, createdAtDerived: derived ? true : undefined,
    pinned: pinned ? true : pinnedBy(authorIn(post))?.includes(id),
    visibility: visibilityOf(post),
  }
  const passed = repostOf(post, beside)
  // Its text is the other's behind "RT @name:", cut; its counters are the other's too.
  if (passed) return known({ ...frame, repostOf: passed })
  const words = wordsOf(post)
  const article = articleOf(post.article, site)
  const card = field(post, 'card') ?? field(post, 'tweet_card')
  const poll = pollOf(card)
  const media = attachedTo(post)
  const shown = [...(mediaOf(media) ?? []), ...(poll?.media ?? []), ...(article?.media ?? [])]
  const parent = replyTo(post, beside)
  const facets = article?.text ? article.facets : words.facets
  const interstitial = [at(value, 'tweetInterstitial'), at(value, 'result', 'tweetInterstitial'), post.tweetInterstitial].some(isDict)
  return known({
    ...frame,
    ...versions(post, id, createdAt),
    title: article?.title,
    partial: words.partial ?? (article && !article.text ? true : undefined),
    text: article?.text ?? words.text,
    facets,
    tags: facets && valuesOf(facets, 'tag'),
    mentions: facets && valuesOf(facets, 'mention'),
    links: facets && valuesOf(facets, 'link'),
    media: shown.length > 0 ? shown : undefined,
    linkPreview: article?.preview ?? previewOf(card, words.entities, site),
    poll: poll?.poll,
    community: said(at(post, 'community_results', 'result', 'name')) ?? said(at(post, 'author_community_relationship', 'community_results', 'result', 'name')),
    quoteOf: quoteOf(post, beside),
    replyTo: parent,
    threadRoot: rootOf(post, id, parent),
    sensitive: interstitial || isCovered(media) ? true : flag(field(post, 'possibly_sensitive')),
    language: languageOf(field(post, 'lang')),
    replyControl: word(at(field(post, 'conversation_control'), 'policy')),
    counts: countsOf(post),
  })
}
