/** Accounts and statuses of Mastodon's REST API (docs.joinmastodon.org/entities), in the forms of Mastodon, Pixelfed, GoToSocial and Akkoma. */
import type { Emoji, Facet, Media, Poll, Post, PostRef, Profile } from '../../model/index.ts'
import { at, dict, flag, idText, isDict, isoTime, known, list, said, text, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { textOfHtml, unescapeHtml, type Link } from '../answers/html-text.ts'

/** What an answer has to be read with. */
export interface Home {
  /** Domain of the server's own people: what stands behind their `@`, which need not be the server's own host. */
  domain?: string
}

export const isAccount = (value: unknown): value is Dict => isDict(value) && idText(value.id) !== undefined && word(value.username) !== undefined && (value.acct !== undefined || value.url !== undefined) && value.account === undefined
export const isStatus = (value: unknown): value is Dict => isDict(value) && idText(value.id) !== undefined && isDict(value.account) && (value.content !== undefined || value.visibility !== undefined || value.uri !== undefined)

/** `user@host`, always: an `acct` without a host is of the server that answers. */
export const handleOf = (account: unknown, { domain }: Home): string | undefined => {
  const acct = (word(at(account, 'acct')) ?? word(at(account, 'username')))?.replace(/^@/, '')
  if (!acct || /[\s/]/.test(acct)) return undefined
  if (acct.includes('@')) return acct
  const url = webAddress(at(account, 'url')) ?? webAddress(at(account, 'uri'))
  const host = domain ?? (url ? new URL(url).host : undefined)
  return host ? `${acct}@${host}` : acct
}

const tagOf = (link: Link): string | undefined => (/\bhashtag\b/.test(link.classes) || /\btag\b/.test(link.rel) || (link.shown.startsWith('#') && /\/tags?\//.test(link.href)) ? link.shown.replace(/^#/, '') : undefined)

/** What a link in somebody's words stands for. @param people the mentioned, as the answer lists them */
const meaning = (people: { url?: string; handle: string; id?: string }[]) => (link: Link): Omit<Facet, 'start' | 'end'> | undefined => {
  const tag = tagOf(link)
  if (tag) return { kind: 'tag', value: tag }
  const person = people.find(({ url }) => url !== undefined && url === link.href) ?? (link.shown.startsWith('@') ? people.find(({ handle }) => handle === link.shown.slice(1) || handle.split('@')[0] === link.shown.slice(1).split('@')[0]) : undefined)
  if (person && (link.classes === '' || /\bmention\b/.test(link.classes)) && link.shown.startsWith('@')) return known({ kind: 'mention' as const, value: person.handle, id: person.id })
  if (/\bmention\b/.test(link.classes) && /^@\S+$/.test(link.shown)) return { kind: 'mention', value: link.shown.slice(1) }
  const target = webAddress(link.href)
  return target ? { kind: 'link', value: target } : undefined
}

const emojiOf = (value: unknown): Emoji[] | undefined => {
  const found = list(value).flatMap(one => (word(at(one, 'shortcode')) ? [known({ shortcode: word(at(one, 'shortcode')) as string, url: webAddress(at(one, 'url')) })] : []))
  return found.length ? found : undefined
}

/** Pictures that stand for "no picture". */
const isMissing = (url: string): boolean => /\/(?:avatars|headers)\/original\/missing\.png$|\/storage\/avatars\/default\.(?:jpg|png)|\/assets\/default_(?:avatars|header)/.test(url)
const picture = (value: unknown): string | undefined => {
  const url = webAddress(value)
  return url && !isMissing(url) ? url : undefined
}

const bioOf = (account: unknown): Pick<Profile, 'bio' | 'bioFacets'> => {
  const note = text(at(account, 'note'))
  if (note === undefined) return {}
  const { text: bio, facets } = textOfHtml(note, meaning([]))
  return facets.length ? { bio, bioFacets: facets } : { bio }
}

const movedTo = (account: unknown, home: Home): string | undefined => (isDict(at(account, 'moved')) ? handleOf(at(account, 'moved'), home) : undefined)

const personFields = (account: Dict, id: string, handle: string, home: Home) => {
  const fields = list(account.fields).flatMap(field => {
    const name = word(at(field, 'name'))
    const value = textOfHtml(text(at(field, 'value')) ?? '', () => undefined).text
    return name ? [{ name: unescapeHtml(name), value }] : []
  })
  const links = list(account.fields).flatMap(field => {
    const url = webAddress(/<a\s[^>]*href="([^"]+)"/i.exec(text(at(field, 'value')) ?? '')?.[1]) ?? (/^https?:\/\/\S+$/.test(text(at(field, 'value')) ?? '') ? webAddress(at(field, 'value')) : undefined)
    return url ? [known({ url: unescapeHtml(url), title: word(at(field, 'name')) })] : []
  })
  return known({
    id, handle, name: said(account.display_name), ...bioOf(account), fields: fields.length ? fields : undefined, links: links.length ? links : undefined,
    avatar: picture(account.avatar) ?? picture(account.avatar_static), url: webAddress(account.url) ?? webAddress(account.uri), locked: flag(account.locked),
    address: handle.includes('@') ? handle.toLowerCase() : undefined, unavailable: account.suspended === true || account.memorial === true ? true : undefined, movedTo: movedTo(account, home),
  })
}

/** @returns undefined without an id and a name */
export const personOf = (account: unknown, home: Home) => {
  const id = idText(at(account, 'id'))
  const handle = handleOf(account, home)
  return isDict(account) && id && handle ? personFields(account, id, handle, home) : undefined
}

export const profileOf = (account: unknown, home: Home): Profile | undefined => {
  const person = personOf(account, home)
  if (!person || !isDict(account)) return undefined
  const counts = known({ follows: whole(account.following_count), followers: whole(account.followers_count), posts: whole(account.statuses_count) })
  return known({ ...person, header: picture(account.header) ?? picture(account.header_static), counts: Object.keys(counts).length ? counts : undefined, createdAt: isoTime(account.created_at), emoji: emojiOf(account.emojis) })
}

const visibilities = new Map<string, Post['visibility']>([['public', 'public'], ['unlisted', 'unlisted'], ['private', 'followers'], ['direct', 'direct'], ['mutuals_only', 'circle'], ['local', 'circle'], ['list', 'circle']])

const kinds = new Map<string, Media['kind']>([['image', 'image'], ['gifv', 'gif'], ['video', 'video'], ['audio', 'audio']])

const mediumOf = (one: unknown): Media[] => {
  const url = webAddress(at(one, 'url')) ?? webAddress(at(one, 'remote_url'))
  const preview = webAddress(at(one, 'preview_url'))
  const stated = kinds.get(word(at(one, 'type')) ?? '')
  const kind = stated ?? (/\.(?:jpe?g|png|webp|gif|avif|heic)(?:$|\?)/i.test(url ?? '') ? 'image' : /\.(?:mp4|webm|mov)(?:$|\?)/i.test(url ?? '') ? 'video' : /\.(?:mp3|ogg|wav|flac|m4a)(?:$|\?)/i.test(url ?? '') ? 'audio' : undefined)
  if (!kind || (!url && !preview)) return []
  const seconds = at(one, 'meta', 'original', 'duration')
  return [known({
    id: idText(at(one, 'id')), kind, url, preview: kind === 'image' || preview === url ? undefined : preview, alt: said(at(one, 'description')),
    width: whole(at(one, 'meta', 'original', 'width')) || undefined, height: whole(at(one, 'meta', 'original', 'height')) || undefined,
    type: word(at(one, 'mime')) ?? word(at(one, 'pleroma', 'mime_type')), duration: typeof seconds === 'number' && seconds > 0 ? seconds : undefined,
  })]
}

const pollOf = (poll: unknown): Poll | undefined => {
  const options = list(at(poll, 'options')).flatMap(one => (text(at(one, 'title')) ? [known({ title: text(at(one, 'title')) as string, votes: whole(at(one, 'votes_count')) })] : []))
  return options.length ? known({ options, multiple: flag(at(poll, 'multiple')), endsAt: isoTime(at(poll, 'expires_at')), voters: whole(at(poll, 'voters_count')) }) : undefined
}

export const refOf = (status: unknown, home: Home): PostRef | undefined => {
  const id = idText(at(status, 'id'))
  const url = webAddress(at(status, 'url')) ?? webAddress(at(status, 'uri'))
  return id || url ? known({ id, url, authorId: idText(at(status, 'account', 'id')), authorHandle: handleOf(at(status, 'account'), home) }) : undefined
}

const quoteOf = (status: Dict, home: Home): PostRef | undefined => {
  const quote = dict(status.quote) ?? dict(at(status, 'pleroma', 'quote'))
  if (!quote) return undefined
  const state = word(at(quote, 'state'))
  const alone = idText(at(quote, 'quoted_status_id'))
  if (!state && isStatus(quote)) return refOf(quote, home)
  const found = refOf(at(quote, 'quoted_status'), home) ?? (alone ? { id: alone } : undefined)
  const gone = state !== undefined && state !== 'accepted' && state !== 'pending'
  return found || gone ? known({ ...found, unavailable: gone || undefined }) : undefined
}

const values = (...of: (string | undefined)[][]): string[] | undefined => {
  const found = [...new Set(of.flat().filter(value => value !== undefined))]
  return found.length ? found : undefined
}

export const postOf = (status: Dict, home: Home, seen: Pick<Post, 'source' | 'seenAt'>): Post | undefined => {
  const id = idText(status.id)
  if (!id) return undefined
  const base = {
    id, url: webAddress(status.url) ?? webAddress(status.uri), authorId: idText(at(status, 'account', 'id')), authorHandle: handleOf(status.account, home), createdAt: isoTime(status.created_at),
    visibility: visibilities.get(word(status.visibility) ?? ''), pinned: status.pinned === true ? true : undefined, ...seen,
  }
  if (isDict(status.reblog)) return known({ ...base, repostOf: refOf(status.reblog, home) ?? { unavailable: true } })
  const people = list(status.mentions).flatMap(one => {
    const handle = handleOf(one, home)
    return handle ? [known({ url: webAddress(at(one, 'url')), handle, id: idText(at(one, 'id')) })] : []
  })
  const { text: words, facets } = textOfHtml(text(status.content) ?? '', meaning(people))
  const media = list(status.media_attachments).flatMap(mediumOf)
  const parent = idText(status.in_reply_to_id)
  const parentAuthor = idText(status.in_reply_to_account_id)
  const card = webAddress(at(status, 'card', 'url'))
  const counts = known({ likes: whole(status.favourites_count), replies: whole(status.replies_count) ?? whole(status.reply_count), reposts: whole(status.reblogs_count), quotes: whole(status.quotes_count) })
  const mentioned = people.find(person => person.id !== undefined && person.id === parentAuthor)
  return known({
    ...base,
    editedAt: isoTime(status.edited_at),
    text: status.content === undefined ? undefined : words,
    facets: facets.length ? facets : undefined,
    tags: values(facets.filter(({ kind }) => kind === 'tag').map(({ value }) => value), list(status.tags).map(tag => word(at(tag, 'name'))).filter(name => !facets.some(({ kind, value }) => kind === 'tag' && value.toLowerCase() === name?.toLowerCase()))),
    mentions: values(people.map(({ handle }) => handle)),
    links: values(facets.filter(({ kind }) => kind === 'link').map(({ value }) => value)),
    media: media.length ? media : undefined,
    linkPreview: card ? known({ url: card, title: said(at(status, 'card', 'title')), description: said(at(status, 'card', 'description')), image: webAddress(at(status, 'card', 'image')) }) : undefined,
    poll: pollOf(status.poll),
    emoji: emojiOf(status.emojis),
    replyTo: parent ? known({ id: parent, authorId: parentAuthor, authorHandle: mentioned?.handle }) : undefined,
    quoteOf: quoteOf(status, home),
    warning: said(status.spoiler_text),
    sensitive: flag(status.sensitive),
    language: word(status.language),
    replyControl: undefined,
    counts: Object.keys(counts).length ? counts : undefined,
  })
}
