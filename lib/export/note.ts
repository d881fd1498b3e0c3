/**
 * One post to one activity: `Create` with a `Note`, or `Announce` for a repost.
 *
 * The shapes are Mastodon's (`app/serializers/activitypub/note_serializer.rb`, `app/services/backup_service.rb`, v4.6.5 of
 * 2026-08), narrowed to what every reader of such archives takes; docs/bundle.md says who needs what.
 */
import type { Media, PostRef } from '../model/index.ts'
import type { PostRow } from '../store/types.ts'
import { everybody } from './context.ts'
import { anchor, isTag, toHtml, type Voice } from './html.ts'
import { languageTag } from './languages.ts'
import { isDatable, type Audience } from './select.ts'
import { clean, oneLine, visibleUrl, webUrl, withoutAt } from './text.ts'
import type { KeptFile } from './types.ts'

export interface Writer extends Voice {
  /** The actor's id, under which all else stands. */
  actor: string
  /** @returns the id in the archive of this own post, if it is one of those that go in */
  ownNote(ref: PostRef | undefined): string | undefined
  /** The same, only if it was written before: what a reply may point at. */
  parentNote(ref: PostRef | undefined): string | undefined
  media(post: PostRow): KeptFile[]
  /** No date may be later than this; milliseconds. */
  latest: number
}

/** What is not known is `undefined` here, and not there at all once it is written as JSON. */
type Json = Record<string, unknown>

/** Seconds are enough, and slurp loses a date without a zone. */
const time = (iso: string): string => `${new Date(iso).toISOString().slice(0, 19)}Z`

export const noteId = (actor: string, postId: string): string => `${actor}/statuses/${encodeURIComponent(postId.toWellFormed())}`
const activityId = (actor: string, postId: string): string => `${noteId(actor, postId)}/activity`

/**
 * Where Sharkey, slurp, WordPress, NeoDB and MARL look for who may read it: always arrays of strings, the same on activity
 * and object. slurp drops a note whose `to` is a string.
 */
const addressed = (audience: Audience, actor: string): { to: string[]; cc: string[] } => {
  const followers = `${actor}/followers`
  if (audience === 'public') return { to: [everybody], cc: [followers] }
  return audience === 'unlisted' ? { to: [followers], cc: [everybody] } : { to: [followers], cc: [] }
}

const mediaTypes: Record<Media['kind'], string> = { image: 'Image', gif: 'Image', video: 'Video', audio: 'Audio' }

/** Seconds, more than two years: what is said to be longer is a mistake, and a duration with more digits than there are ends Fedify's parser (2.3.6; seen when run). */
const LONGEST = 1e8

/**
 * A captured file as Mastodon's export writes it. The slash in front is needed: WordPress and Firefish put the folder and this
 * string together as they are; Sharkey, NeoDB and Pixelfed look for the last part alone.
 */
const attachment = (file: KeptFile, media: Media | undefined): Json => ({
  type: 'Document',
  mediaType: file.type,
  url: `/${file.path}`,
  name: media?.alt === undefined ? null : clean(media.alt),
  width: file.width ?? media?.width,
  height: file.height ?? media?.height,
  // ISO 8601, as Mastodon writes it since 4.6.
  duration: media?.duration && media.duration > 0 && media.duration < LONGEST ? `PT${Math.round(media.duration * 1000) / 1000}S` : undefined,
  blurhash: null,
})

/** Every picture and video with its description, also where its bytes are not in the archive. Nothing in it is said in `attachment`'s place: no importer follows it. */
const mediaAtSource = (media: Media): Json => ({
  type: mediaTypes[media.kind],
  url: webUrl(media.url),
  name: media.alt === undefined ? undefined : clean(media.alt),
  width: media.width,
  height: media.height,
  'holdall:kind': media.kind,
  'holdall:preview': webUrl(media.preview),
})

const reference = (ref: PostRef | undefined): Json | undefined =>
  ref && { 'holdall:id': ref.id, 'holdall:url': webUrl(ref.url), 'holdall:author': ref.authorHandle, 'holdall:unavailable': ref.unavailable }

/** What ActivityStreams has no word for, under our own: nothing that was captured is lost on the way. */
const original = (post: PostRow): Json => ({
  'holdall:id': post.id,
  'holdall:likes': post.counts?.likes,
  'holdall:replies': post.counts?.replies,
  'holdall:reposts': post.counts?.reposts,
  'holdall:quotes': post.counts?.quotes,
  'holdall:shares': post.counts?.shares,
  'holdall:views': post.counts?.views,
  'holdall:bookmarks': post.counts?.bookmarks,
  'holdall:topic': post.topic && oneLine(post.topic),
  'holdall:language': post.language && oneLine(post.language),
  'holdall:pinned': post.pinned,
  'holdall:edited': post.edited,
  'holdall:spoiler': post.spoiler,
  'holdall:ghost': post.ghost,
  'holdall:replyControl': post.replyControl && oneLine(post.replyControl),
  'holdall:federated': post.federated,
  'holdall:repliedTo': reference(post.replyTo),
  'holdall:threadRoot': reference(post.threadRoot),
  'holdall:quoted': reference(post.quoteOf),
  'holdall:linkPreview': post.linkPreview && {
    'holdall:url': webUrl(post.linkPreview.url),
    'holdall:title': post.linkPreview.title && oneLine(post.linkPreview.title),
    'holdall:description': post.linkPreview.description && oneLine(post.linkPreview.description),
    'holdall:image': webUrl(post.linkPreview.image),
  },
  'holdall:title': post.title && oneLine(post.title),
  'holdall:poll': post.poll && {
    'holdall:options': post.poll.options.map(({ title, votes }) => ({ name: oneLine(title), 'holdall:votes': votes })),
    'holdall:multiple': post.poll.multiple,
    'holdall:endsAt': post.poll.endsAt,
    'holdall:voters': post.poll.voters,
  },
  'holdall:sound': post.sound && { name: post.sound.title && oneLine(post.sound.title), 'holdall:author': post.sound.author && oneLine(post.sound.author), 'holdall:url': webUrl(post.sound.url) },
  'holdall:coauthors': post.coauthors?.length ? post.coauthors.map(oneLine) : undefined,
  'holdall:community': post.community && oneLine(post.community),
  'holdall:emoji': post.emoji?.length ? post.emoji.map(({ shortcode, url }) => ({ name: oneLine(shortcode), 'holdall:url': webUrl(url) })) : undefined,
  'holdall:revisions': post.revisions?.length ? post.revisions.map(({ id, text, createdAt }) => ({ 'holdall:id': id, 'holdall:text': text && clean(text), 'holdall:published': createdAt })) : undefined,
  'holdall:partial': post.partial,
  'holdall:dateDerived': post.createdAtDerived,
  'holdall:mentions': post.mentions?.length ? post.mentions.map(oneLine) : undefined,
  'holdall:media': post.media?.length ? post.media.map(mediaAtSource) : undefined,
})

const paragraph = (inner: string, kind?: string): string => `<p${kind ? ` class="${kind}"` : ''}>${inner}</p>`

/**
 * The text, then what would be lost with a server that reads only text: the shared link, the quoted post (the fallback of
 * FEP-044f, as no importer reads `quote`), and the original post where its pictures are not in the archive. A picture that is
 * not in the archive must not be an attachment: slurp skips the whole post then (VyrCossont/slurp, 2025-10), WordPress looks for a
 * file of that name, Sharkey drops it without a word.
 */
const content = (post: PostRow, files: KeptFile[], writer: Writer): { html: string; tags: string[] } => {
  // No importer has a place for a headline, and none takes a poll: both become part of the text.
  const lead = post.title ? `${oneLine(post.title)}\n\n` : ''
  const poll = post.poll ? `\n\n${post.poll.options.map(({ title, votes }) => `• ${oneLine(title)}${votes === undefined ? '' : ` (${votes})`}`).join('\n')}` : ''
  const facets = (post.facets ?? []).map(facet => ({ ...facet, start: facet.start + lead.length, end: facet.end + lead.length }))
  const { html, hrefs, tags } = toHtml(`${lead}${post.text ?? ''}${poll}`, facets, writer)
  const preview = webUrl(post.linkPreview?.url)
  const quoted = webUrl(post.quoteOf?.url)
  const permalink = webUrl(post.url)
  const missing = (post.media?.length ?? 0) > new Set(files.map(file => file.index)).size
  const parts = [
    html,
    preview && !hrefs.has(preview) ? paragraph(anchor(preview, withoutAt(oneLine(post.linkPreview?.title ?? '')) || visibleUrl(preview))) : '',
    quoted ? paragraph(`RE: ${anchor(quoted, visibleUrl(quoted))}`, 'quote-inline') : '',
  ].filter(Boolean)
  if (permalink && (missing || !parts.length)) parts.push(paragraph(anchor(permalink, visibleUrl(permalink))))
  // An `@` at the end of one paragraph must not meet the first word of the next.
  return { html: parts.map((part, index) => (index < parts.length - 1 ? part.replace(/@(?=(?:<br \/>|<\/a>|<\/p>)*$)/, '＠') : part)).join(''), tags }
}

/** Hashtags only, each once: slurp skips a post with a `Mention` or any tag that it does not know. */
const hashtags = (tags: string[], writer: Writer): Json[] => {
  const seen = new Set<string>()
  return tags
    .map(tag => oneLine(tag).replace(/^[#＃]/, ''))
    .filter(tag => isTag(tag) && !seen.has(tag.toLowerCase()) && seen.add(tag.toLowerCase()))
    .map(tag => ({ type: 'Hashtag', href: webUrl(writer.tagUrl(tag)) ?? writer.actor, name: `#${tag}` }))
}

const collection = (id: string, totalItems: number | undefined): Json | undefined => (totalItems === undefined ? undefined : { id, type: 'Collection', totalItems })

/** Only where the network says when, and a time that can be. */
const editedAt = ({ editedAt: edited, createdAt }: PostRow, { latest }: Writer): string | undefined =>
  edited && isDatable(edited, latest) && edited.slice(0, 19) >= createdAt!.slice(0, 19) ? time(edited) : undefined

/** @param post not a repost, with a date */
const note = (post: PostRow, published: string, audience: Audience, writer: Writer): Json => {
  const id = noteId(writer.actor, post.id)
  const files = writer.media(post)
  const { html, tags } = content(post, files, writer)
  const language = languageTag(post.language)
  const warning = withoutAt(clean(post.warning ?? '')).trim() || null
  return {
    id,
    type: 'Note',
    summary: warning,
    inReplyTo: writer.parentNote(post.replyTo) ?? webUrl(post.replyTo?.url) ?? null,
    published,
    updated: editedAt(post, writer),
    url: webUrl(post.url),
    attributedTo: writer.actor,
    ...addressed(audience, writer.actor),
    // Sharkey keeps a warning only with this (seen when run on its source of 2026-04).
    sensitive: Boolean(warning || post.sensitive || post.spoiler),
    content: html,
    contentMap: language && { [language]: html },
    attachment: files.map(file => attachment(file, post.media?.[file.index])),
    tag: hashtags([...(post.tags ?? []), ...tags], writer),
    replies: { id: `${id}/replies`, type: 'Collection', first: { type: 'CollectionPage', partOf: `${id}/replies`, items: [] } },
    likes: collection(`${id}/likes`, post.counts?.likes),
    shares: collection(`${id}/shares`, post.counts?.reposts),
    quote: writer.ownNote(post.quoteOf) ?? webUrl(post.quoteOf?.url),
    'holdall:original': original(post),
  }
}

/** @param post one that `choose` lets in: with a date, and with an address where it is a repost */
export const activity = (post: PostRow, audience: Audience, writer: Writer): Json => {
  const published = time(post.createdAt!)
  const isRepost = post.kind === 'repost'
  return {
    id: activityId(writer.actor, post.id),
    type: isRepost ? 'Announce' : 'Create',
    actor: writer.actor,
    published,
    ...addressed(audience, writer.actor),
    object: isRepost ? webUrl(post.repostOf?.url) : note(post, published, audience, writer),
  }
}
