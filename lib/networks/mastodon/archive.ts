/**
 * Members of the archive that Mastodon makes of an account ("Request your archive"): ActivityStreams documents. Private posts and direct messages are in it, marked as such.
 *
 * Sources: mastodon/mastodon `app/services/backup_service.rb` (4.2 to 4.5; ZIP since 4.2), W3C ActivityStreams 2.0, FEP-e232 and FEP-044f (quotes).
 */
import { SELF, nothing, type Answer, type Emoji, type Facet, type Media, type Poll, type Post, type PostRef, type Profile, type Reading, type Relation } from '../../model/index.ts'
import { handedIn } from '../answers/export.ts'
import { at, flag, isDict, isoTime, known, list, said, text, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { textOfHtml, unescapeHtml, type Link } from '../answers/html-text.ts'

const PUBLIC: ReadonlySet<string> = new Set(['https://www.w3.org/ns/activitystreams#Public', 'as:Public', 'Public'])

interface Around { ownerId: string; handle?: string; seen: { source: 'export'; seenAt?: string } }

/** Names in a field that may hold one or several, or objects with an id. */
const names = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).flatMap(one => word(one) ?? word(at(one, 'id')) ?? [])

const hostOf = (iri: string | undefined): string | undefined => (iri && URL.canParse(iri) ? new URL(iri).host : undefined)
/** The number by which the server's own interface knows a post is the last part of its id. */
const numberOf = (iri: string | undefined): string | undefined => /\/statuses\/(\d+)(?:\/activity)?$/.exec(iri ?? '')?.[1]

/** A post somewhere: its number only where it is of the same server, which is where a capture knows it by that. */
const refOf = (iri: string | undefined, own: string | undefined, handle: string | undefined): PostRef | undefined => {
  if (!iri) return undefined
  const here = own !== undefined && hostOf(iri) === hostOf(own)
  const mine = own !== undefined && iri.startsWith(`${own}/statuses/`)
  return known({ id: here ? numberOf(iri) : undefined, url: webAddress(iri), authorHandle: mine ? handle : undefined })
}

const visibilityOf = (to: string[], cc: string[]): Post['visibility'] => {
  if (to.some(one => PUBLIC.has(one))) return 'public'
  if (cc.some(one => PUBLIC.has(one))) return 'unlisted'
  return [...to, ...cc].some(one => one.endsWith('/followers')) ? 'followers' : 'direct'
}

interface Tags { mentions: { href?: string; handle: string }[]; tags: string[]; emoji: Emoji[] }
const tagsOf = (value: unknown): Tags => {
  const all = list(value).filter(isDict)
  const of = (type: string): Dict[] => all.filter(one => one.type === type)
  return {
    mentions: of('Mention').flatMap(one => (word(one.name) ? [known({ href: word(one.href), handle: (word(one.name) as string).replace(/^@/, '') })] : [])),
    tags: of('Hashtag').flatMap(one => word(one.name)?.replace(/^#/, '') || []),
    emoji: of('Emoji').flatMap(one => (word(one.name) ? [known({ shortcode: (word(one.name) as string).replace(/^:|:$/g, ''), url: webAddress(at(one, 'icon', 'url')) })] : [])),
  }
}

const meaning = ({ mentions }: Tags) => (link: Link): Omit<Facet, 'start' | 'end'> | undefined => {
  if (/\bhashtag\b/.test(link.classes) || /\btag\b/.test(link.rel)) return { kind: 'tag', value: link.shown.replace(/^#/, '') }
  const who = mentions.find(({ href }) => href !== undefined && href === link.href) ?? (link.shown.startsWith('@') ? mentions.find(({ handle }) => handle.split('@')[0] === link.shown.slice(1).split('@')[0]) : undefined)
  if (/\bmention\b/.test(link.classes) || (who && link.shown.startsWith('@'))) return { kind: 'mention', value: who?.handle ?? link.shown.replace(/^@/, '') }
  const target = webAddress(link.href)
  return target ? { kind: 'link', value: target } : undefined
}

const kinds: [RegExp, Media['kind']][] = [[/^image\/gif$/, 'gif'], [/^image\//, 'image'], [/^video\//, 'video'], [/^audio\//, 'audio']]
/** Files lie under the path that follows the store's own folders. */
const mediumOf = (one: unknown): Media[] => {
  const address = word(at(one, 'url'))
  const type = word(at(one, 'mediaType'))
  const kind = kinds.find(([pattern]) => pattern.test(type ?? ''))?.[1]
  if (!address || !kind) return []
  const file = /media_attachments\/.+$/.exec(address.replace(/[?#].*$/, ''))?.[0]
  return [known({ kind: kind === 'gif' ? ('image' as const) : kind, type, member: file, url: file ? undefined : webAddress(address), alt: said(at(one, 'name')), width: whole(at(one, 'width')) || undefined, height: whole(at(one, 'height')) || undefined })]
}

const pollOf = (note: Dict): Poll | undefined => {
  const several = list(note.anyOf).length > 0
  const options = list(several ? note.anyOf : note.oneOf).flatMap(one => (text(at(one, 'name')) ? [known({ title: text(at(one, 'name')) as string, votes: whole(at(one, 'replies', 'totalItems')) })] : []))
  return options.length > 0 ? known({ options, multiple: several, endsAt: isoTime(note.endTime) ?? isoTime(note.closed), voters: whole(note.votersCount) }) : undefined
}

const unique = (values: string[]): string[] | undefined => (values.length > 0 ? [...new Set(values)] : undefined)

const noteOf = (note: Dict, actor: string | undefined, { ownerId, handle, seen }: Around): Post | undefined => {
  const iri = word(note.id)
  const id = numberOf(iri) ?? iri
  const createdAt = isoTime(note.published)
  if (!id || !createdAt) return undefined
  const own = actor ?? names(note.attributedTo)[0]
  const found = tagsOf(note.tag)
  const { text: words, facets } = textOfHtml(text(note.content) ?? '', meaning(found))
  const media = list(note.attachment).flatMap(mediumOf)
  const languages = isDict(note.contentMap) ? Object.keys(note.contentMap) : []
  const parent = names(note.inReplyTo)[0]
  const quoted = [note.quote, note.quoteUri, note.quoteUrl, note._misskey_quote].flatMap(names)[0]
  const counts = known({ likes: whole(at(note, 'likes', 'totalItems')), reposts: whole(at(note, 'shares', 'totalItems')) })
  return known({
    id, url: webAddress(names(note.url)[0]) ?? webAddress(iri), authorId: ownerId, authorHandle: handle, createdAt, editedAt: isoTime(note.updated),
    text: words, facets: facets.length > 0 ? facets : undefined, tags: unique([...facets.filter(({ kind }) => kind === 'tag').map(({ value }) => value), ...found.tags.filter(tag => !facets.some(({ kind, value }) => kind === 'tag' && value.toLowerCase() === tag.toLowerCase()))]),
    mentions: unique(found.mentions.map(one => one.handle)), links: unique(facets.filter(({ kind }) => kind === 'link').map(({ value }) => value)),
    media: media.length > 0 ? media : undefined, poll: pollOf(note), emoji: found.emoji.length > 0 ? found.emoji : undefined,
    replyTo: refOf(parent, own, handle), quoteOf: refOf(quoted, own, handle), warning: said(note.summary), sensitive: flag(note.sensitive),
    language: languages.length === 1 && /^[a-z]{2,3}(?:-[\w-]+)?$/i.test(languages[0]!) ? languages[0] : undefined, visibility: visibilityOf(names(note.to), names(note.cc)),
    counts: Object.keys(counts).length > 0 ? counts : undefined, ...seen,
  })
}

const activityOf = (item: unknown, around: Around): Post | undefined => {
  const { ownerId, handle, seen } = around
  const actor = names(at(item, 'actor'))[0]
  if (at(item, 'type') === 'Announce') {
    const [iri, original] = [names(at(item, 'id'))[0], names(at(item, 'object'))[0]]
    const id = numberOf(iri) ?? iri
    const createdAt = isoTime(at(item, 'published'))
    return id && original && createdAt ? known({ id, url: webAddress(iri?.replace(/\/activity$/, '')), authorId: ownerId, authorHandle: handle, createdAt, repostOf: refOf(original, actor, handle), visibility: visibilityOf(names(at(item, 'to')), names(at(item, 'cc'))), ...seen }) : undefined
  }
  const object = at(item, 'type') === 'Create' ? at(item, 'object') : item
  return isDict(object) && /^(?:Note|Question|Article|Page|Video|Audio|Image|Event)$/.test(word(object.type) ?? '') ? noteOf(object, actor, around) : undefined
}

/** The account itself; keys and addresses of boxes stand beside it, which nobody needs. */
const actorOf = (actor: Dict, { seen }: Around, reading: Reading): void => {
  const iri = word(actor.id)
  const user = word(actor.preferredUsername)
  const host = hostOf(iri)
  const handle = word(actor.webfinger)?.replace(/^(?:acct:|@)/, '') ?? (user && host ? `${user}@${host}` : undefined)
  if (!handle || !host || !iri) return
  const { text: bio, facets: bioFacets } = textOfHtml(text(actor.summary) ?? '', meaning(tagsOf(actor.tag)))
  const rows = list(actor.attachment).filter(one => at(one, 'type') === 'PropertyValue')
  const fields = rows.flatMap(one => (word(at(one, 'name')) ? [{ name: unescapeHtml(word(at(one, 'name')) as string), value: textOfHtml(text(at(one, 'value')) ?? '', () => undefined).text }] : []))
  const links = rows.flatMap(one => {
    const url = webAddress(unescapeHtml(/<a\s[^>]*href="([^"]+)"/i.exec(text(at(one, 'value')) ?? '')?.[1] ?? ''))
    return url ? [known({ url, title: word(at(one, 'name')) })] : []
  })
  const name = said(actor.name)
  reading.viewer = known({ id: handle, handle, name, origin: new URL(iri).origin })
  reading.profiles.push(known({
    id: handle, handle, name, bio, bioFacets: bioFacets.length > 0 ? bioFacets : undefined, fields: fields.length > 0 ? fields : undefined, links: links.length > 0 ? links : undefined,
    url: webAddress(names(actor.url)[0]) ?? iri, locked: flag(actor.manuallyApprovesFollowers), address: handle.toLowerCase(), createdAt: isoTime(actor.published), ...seen,
  }) satisfies Profile)
}

const isActor = (document: Dict): boolean => word(document.preferredUsername) !== undefined && /^(?:Person|Service|Group|Organization|Application)$/.test(word(document.type) ?? '')
const isCollection = (document: Dict): boolean => /^OrderedCollection(?:Page)?$/.test(word(document.type) ?? '') && Array.isArray(document.orderedItems)

/** @returns whether a document is a member of the archive */
export const isMember = (document: unknown): document is Dict => isDict(document) && ((isActor(document) && document['@context'] !== undefined) || isCollection(document))

/** @returns what a member holds; items that can't be read are counted */
export const readMember = (answer: Answer, document: Dict): Reading => {
  const reading = nothing()
  const handed = handedIn(answer)
  const around: Around = { ownerId: handed?.ownerId ?? SELF, ...(handed?.handle && { handle: handed.handle }), seen: known({ source: 'export' as const, seenAt: isoTime(answer.seenAt) }) }
  const told = known({ operation: 'file', ownerId: handed?.ownerId })
  if (isActor(document)) {
    actorOf(document, around, reading)
    return reading
  }
  const items = list(document.orderedItems)
  const where = `${word(document.id) ?? ''} ${handed?.path ?? ''}`
  const relation = /\blikes\.json/.test(where) ? ('like' as const) : /\bbookmarks\.json/.test(where) ? ('bookmark' as const) : undefined
  const section = relation === 'like' ? ('likes' as const) : relation ? ('bookmarks' as const) : ('posts' as const)
  let lost = 0
  for (const item of items) {
    const url = relation && webAddress(names(item)[0])
    const post = relation ? undefined : activityOf(item, around)
    if (url) reading.relations.push({ id: url, url, post: true, relation, ownerId: around.ownerId, ...around.seen } satisfies Relation)
    else if (post) reading.posts.push(post)
    // What is pinned, followed or taken back is no post.
    else if (relation || /^(?:Create|Announce|Note|Question)$/.test(word(at(item, 'type')) ?? '') || !isDict(item)) lost++
  }
  if (lost > 0) reading.unread.push(known({ reason: 'no-records', section, records: lost, ...told }))
  reading.ends.push({ section, ownerId: around.ownerId, state: 'end' })
  return reading
}
