/** Bluesky: from one answer of the documented interface, or a whole repository, to records and to what is to be asked next. Pure and total. */
import { nothing, SELF, type Answer, type Ask, type Barrier, type Follow, type Media, type Post, type Profile, type Reading, type Relation, type Section, type Viewer } from '../../model/index.ts'
import { at, dict, isDict, isoTime, known, list, said, text, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { readJson } from '../answers/json.ts'
import type { Evidence } from '../types.ts'
import { directory, isDid, publicApi } from './index.ts'
import { blobOf, blobUrl, facetsOf, handleOf, nameless, personOf, postRecord, refOf, uriParts, type Home } from './records.ts'
import { readRepository, type Entry } from './repository.ts'

interface Question {
  method: string
  subject: boolean
  ownerId?: string
  /** Name of the account, as an answer before gave it: the repository does not say it. */
  handle?: string
  dids?: string[]
  /** Which relation the people are in, if it is not following; of a list, its number and name. */
  relation?: 'block' | 'list'
  listId?: string
  list?: string
  /** Names of the account's lists, by their numbers. */
  lists: Map<string, string>
  /** The post that the account's profile pins. */
  pinned?: string
  server?: string
  collection?: string
  after?: string
}

const namesIn = (value: unknown): Map<string, string> => new Map(isDict(value) ? Object.entries(value).flatMap(([key, name]) => (typeof name === 'string' ? [[key, name] as const] : [])) : [])

const questionOf = (answer: Answer): Question => {
  const url = URL.canParse(answer.url) ? new URL(answer.url) : undefined
  const variables = dict(answer.request?.variables) ?? {}
  const inPath = /\/xrpc\/([\w.]+)$/.exec(url?.pathname ?? '')?.[1]
  const named = [variables.ownerId, variables.did, variables.actor, ...['actor', 'did', 'repo'].map(key => url?.searchParams.get(key))].map(text)
  const owner = named.find(one => one && isDid(one))
  return known({
    method: inPath ?? word(answer.request?.operation) ?? '', subject: variables.subject === true, ownerId: owner, handle: handleOf(variables),
    relation: variables.relation === 'block' || variables.relation === 'list' ? variables.relation : undefined, listId: word(variables.listId), list: word(variables.list), lists: namesIn(variables.lists), pinned: text(variables.pinned),
    dids: Array.isArray(variables.dids) ? variables.dids.filter((one): one is string => typeof one === 'string' && isDid(one)) : undefined,
    server: word(variables.server), collection: word(variables.collection) ?? url?.searchParams.get('collection') ?? undefined, after: word(url?.searchParams.get('cursor')),
  })
}

type Seen = Pick<Post, 'source' | 'seenAt'>

const ask = (url: string, operation: string, more: Partial<Ask> = {}, variables: Dict = {}): Ask => known({ url, ...more, request: { operation, variables } })

/** The document that says where the account lives. */
const askDocument = (did: string, handle: string): Ask[] => {
  const web = /^did:web:([a-z0-9.-]+)$/.exec(did)?.[1]
  return [ask(web ? `https://${web}/.well-known/did.json` : `${directory}${did}`, 'did', {}, { ownerId: did, handle })]
}

const batch = 25

/** Names of people who are known by DID alone, 25 at a time. */
const askNames = (dids: string[], ownerId: string, section: Section = 'follows', more: Dict = {}): Ask[] =>
  Array.from({ length: Math.ceil(dids.length / batch) }, (_, index) => dids.slice(index * batch, (index + 1) * batch)).map(some =>
    // What the address ends with is for us: the same people may be asked for as follows and as members of a list.
    ask(`${publicApi}app.bsky.actor.getProfiles?${some.map(one => `actors=${encodeURIComponent(one)}`).join('&')}${section === 'follows' ? '' : `#${section} ${more.listId ?? ''}`}`, 'app.bsky.actor.getProfiles', { section, optional: true }, { ownerId, dids: some, ...more }))

/** The same for those who are blocked, and for members of lists. */
const askRelated = (relations: Relation[], ownerId: string): Ask[] => {
  const idsOf = (some: Relation[]): string[] => [...new Set(some.map(({ id }) => id))]
  const lists = new Map<string, Relation[]>()
  for (const one of relations) if (one.relation === 'list' && one.listId) lists.set(one.listId, [...(lists.get(one.listId) ?? []), one])
  return [
    ...askNames(idsOf(relations.filter(({ relation }) => relation === 'block')), ownerId, 'blocks', { relation: 'block' }),
    ...[...lists].flatMap(([listId, some]) => askNames(idsOf(some), ownerId, 'lists', known({ relation: 'list', listId, list: some[0]?.list }))),
  ]
}

const collections: [string, Section][] = [
  ['app.bsky.graph.follow', 'follows'], ['app.bsky.feed.post', 'posts'], ['app.bsky.feed.repost', 'reposts'], ['app.bsky.feed.like', 'likes'], ['app.bsky.graph.block', 'blocks'], ['app.bsky.graph.listitem', 'lists'],
]
const sections = collections.map(([, section]) => section)
const lists = 'app.bsky.graph.list'
const profile = 'app.bsky.actor.profile'
const sectionOf = (collection: string): Section | undefined => (collection === lists ? 'lists' : collection === profile ? 'profile' : collections.find(([name]) => name === collection)?.[1])

const askRepository = (server: string, did: string, handle?: string): Ask =>
  ask(`${server}/xrpc/com.atproto.sync.getRepo?did=${encodeURIComponent(did)}`, 'com.atproto.sync.getRepo', { accept: 'application/vnd.ipld.car' }, known({ ownerId: did, server, handle }))

/** Where a server gives no whole repository: its records, one collection after the other. */
const askRecords = (server: string, did: string, collection: string, cursor?: string, more: Dict = {}): Ask =>
  ask(`${server}/xrpc/com.atproto.repo.listRecords?repo=${encodeURIComponent(did)}&collection=${collection}&limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, 'com.atproto.repo.listRecords', { section: sectionOf(collection) }, { ownerId: did, server, collection, ...more })

/** One record of the account's own. */
const take = ({ collection, rkey, record }: Entry, did: string, home: Home, lists: Map<string, string>, seen: Seen, reading: Reading): boolean => {
  const createdAt = isoTime(record.createdAt)
  const subject = text(record.subject)
  switch (collection) {
    case 'app.bsky.feed.post':
      reading.posts.push({ ...postRecord(record, did, rkey, home), ...seen })
      return true
    case 'app.bsky.feed.repost': {
      const target = refOf(record.subject)
      if (target) reading.posts.push(known({ id: `at://${did}/app.bsky.feed.repost/${rkey}`, authorId: did, createdAt, repostOf: target, visibility: 'public' as const, ...seen }))
      return target !== undefined
    }
    case 'app.bsky.graph.follow':
      if (!subject || !isDid(subject)) return false
      reading.follows.push(known({ ...nameless(subject), ownerId: did, relation: 'follow' as const, createdAt, ...seen }) as Follow)
      return true
    case 'app.bsky.graph.block':
      if (!subject || !isDid(subject)) return false
      reading.relations.push(known({ ...nameless(subject), ownerId: did, relation: 'block' as const, createdAt, ...seen }) as Relation)
      return true
    case 'app.bsky.feed.like': {
      const target = refOf(record.subject)
      if (!target?.id) return false
      reading.relations.push(known({ id: target.id, handle: target.authorId, post: true, url: target.url, ownerId: did, relation: 'like' as const, createdAt, ...seen }) as Relation)
      return true
    }
    case 'app.bsky.graph.listitem': {
      if (!subject || !isDid(subject)) return false
      const listId = uriParts(record.list)?.rkey
      reading.relations.push(known({ ...nameless(subject), ownerId: did, relation: 'list' as const, list: lists.get(listId ?? '') ?? listId, listId, createdAt, ...seen }) as Relation)
      return true
    }
    case profile: {
      const bio = text(record.description)
      const facets = bio ? facetsOf(bio, record.descriptionFacets) : []
      const website = webAddress(record.website)
      const picture = (value: unknown, preset: 'avatar' | 'banner'): string | undefined => {
        const cid = blobOf(value)?.cid
        return cid ? blobUrl(home, cid, preset) : undefined
      }
      // The name is not in the repository; the interface gives it.
      reading.profiles.push(known({
        id: did, handle: home.handle ?? did, name: said(record.displayName), bio, bioFacets: facets.length ? facets : undefined, links: website ? [{ url: website }] : undefined, pronouns: said(record.pronouns), avatar: picture(record.avatar, 'avatar'), header: picture(record.banner, 'banner'), createdAt, ...seen,
      }) as Profile)
      return true
    }
    default:
      // Gates, starter packs, chat settings: nothing that goes anywhere else.
      return true
  }
}

/** Follows in the order of their making, newest first, as the site shows them. The same person can stand there twice. */
const placed = (reading: Reading): void => {
  reading.follows = reading.follows.toSorted((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? 1 : -1)).map((follow, position) => ({ ...follow, position }))
}

const readCar = (bytes: Uint8Array, question: Question, seen: Seen, reading: Reading, file: boolean): void => {
  const repository = readRepository(bytes)
  const did = repository?.did
  if (!repository || !did || !isDid(did)) {
    reading.unread.push(known({ reason: 'not-a-repository', operation: question.method || undefined, ownerId: question.ownerId }))
    return
  }
  const home: Home = known({ did, server: question.server, handle: question.handle, elsewhere: file && !question.server ? true : undefined })
  const names = new Map(repository.entries.filter(({ collection }) => collection === lists).map(({ rkey, record }) => [rkey, said(record.name) ?? rkey]))
  let lost = 0
  for (const entry of repository.entries) if (!take(entry, did, home, names, seen, reading)) lost++
  const pin = text(at(repository.entries.find(({ collection }) => collection === profile)?.record, 'pinnedPost', 'uri'))
  reading.posts = reading.posts.map(post => (post.id === pin ? { ...post, pinned: true } : post))
  placed(reading)
  const whole_ = repository.missing === 0 && !repository.damaged
  for (const section of sections) reading.ends.push({ section, ownerId: did, state: whole_ ? 'end' : 'cut' })
  if (lost + repository.missing || repository.damaged) reading.unread.push(known({ reason: repository.damaged ? 'damaged' : 'no-records', operation: question.method || undefined, ownerId: did, records: lost + repository.missing || undefined }))
  const next = [...askNames([...new Set(reading.follows.map(({ id }) => id))], did), ...askRelated(reading.relations, did)]
  if (file) {
    // A file says whose it is, and nothing of their name.
    reading.viewer = { id: did }
    next.unshift(ask(`${publicApi}app.bsky.actor.getProfile?actor=${encodeURIComponent(did)}`, 'app.bsky.actor.getProfile', { section: 'profile', optional: true }, { ownerId: did, file: true }))
  }
  reading.next = next
}

const countsOf = (view: unknown): Profile['counts'] => {
  const counts = known({ follows: whole(at(view, 'followsCount')), followers: whole(at(view, 'followersCount')), posts: whole(at(view, 'postsCount')) })
  return Object.keys(counts).length ? counts : undefined
}

const profileOf = (view: unknown, seen: Seen): Profile | undefined => {
  const person = personOf(view)
  if (!person) return undefined
  return known({ ...person, header: webAddress(at(view, 'banner')), counts: countsOf(view), createdAt: isoTime(at(view, 'createdAt')), ...seen }) as Profile
}

/** Pictures of a view: addresses that the interface made. They fill in where the record alone says no server. */
const viewMedia = (embed: unknown): Media[] => {
  const inner = at(embed, 'media') ?? embed
  const type = word(at(inner, '$type')) ?? ''
  if (type.includes('images') || type.includes('gallery')) {
    return [...list(at(inner, 'images')), ...list(at(inner, 'items'))].map(one => known({ kind: 'image' as const, url: webAddress(at(one, 'fullsize')), alt: said(at(one, 'alt')), width: whole(at(one, 'aspectRatio', 'width')) || undefined, height: whole(at(one, 'aspectRatio', 'height')) || undefined }))
  }
  return type.includes('video') ? [known({ kind: 'video' as const, preview: webAddress(at(inner, 'thumbnail')), alt: said(at(inner, 'alt')) })] : []
}

/** `feedViewPost` or `postView`: somebody's post with counters and addresses. */
const postOf = (view: unknown, seen: Seen): Post | undefined => {
  const parts = uriParts(at(view, 'uri'))
  const record = dict(at(view, 'record')) ?? dict(at(view, 'value'))
  if (!parts || !record || parts.collection !== 'app.bsky.feed.post') return undefined
  const handle = handleOf(at(view, 'author'))
  const made = postRecord(record, parts.did, parts.rkey, { did: parts.did })
  const shown = viewMedia(at(view, 'embed'))
  const media = made.media?.map((one, index) => ({ ...shown[index], ...one })) ?? (shown.length ? shown : undefined)
  const quoted = at(view, 'embed', 'record', 'record') ?? at(view, 'embed', 'record')
  const gone = /viewNotFound|viewBlocked|viewDetached/.test(word(at(quoted, '$type')) ?? '')
  const counts = known({ likes: whole(at(view, 'likeCount')), replies: whole(at(view, 'replyCount')), reposts: whole(at(view, 'repostCount')), quotes: whole(at(view, 'quoteCount')), bookmarks: whole(at(view, 'bookmarkCount')) })
  const image = webAddress(at(view, 'embed', 'external', 'thumb'))
  return known({
    ...made, authorHandle: handle, media, quoteOf: made.quoteOf && known({ ...made.quoteOf, authorHandle: handleOf(at(quoted, 'author')), unavailable: gone || undefined }),
    linkPreview: made.linkPreview && image ? { ...made.linkPreview, image } : made.linkPreview, counts: Object.keys(counts).length ? counts : undefined, ...seen,
  })
}

/** A row of a feed: `reason` says that somebody passed it on, or pinned it. */
const feedRow = (row: unknown, seen: Seen): Post[] => {
  const reason = word(at(row, 'reason', '$type')) ?? ''
  const post = postOf(at(row, 'post'), seen)
  if (!post) return []
  const parent = at(row, 'reply', 'parent')
  const full = known({
    ...post, pinned: reason.endsWith('reasonPin') ? true : undefined,
    replyTo: post.replyTo && known({ ...post.replyTo, authorHandle: handleOf(at(parent, 'author')), unavailable: /notFoundPost|blockedPost/.test(word(at(parent, '$type')) ?? '') || undefined }),
  })
  if (!reason.endsWith('reasonRepost')) return [full]
  const by = personOf(at(row, 'reason', 'by'))
  const id = uriParts(at(row, 'reason', 'uri')) ? (at(row, 'reason', 'uri') as string) : `repost:${post.id}`
  return by ? [known({ id, authorId: by.id, authorHandle: by.handle === by.id ? undefined : by.handle, createdAt: isoTime(at(row, 'reason', 'indexedAt')), repostOf: known({ id: post.id, url: post.url, authorId: post.authorId, authorHandle: post.authorHandle }), visibility: 'public' as const, ...seen })] : []
}

const threadPosts = (thread: unknown, seen: Seen, depth = 0): Post[] => {
  if (!isDict(thread) || depth > 60) return []
  const own = postOf(thread.post, seen)
  return [...threadPosts(thread.parent, seen, depth + 1), ...(own ? [own] : []), ...list(thread.replies).flatMap(reply => threadPosts(reply, seen, depth + 1))]
}

/** `{uri, cid, value}` */
const recordRow = (row: unknown): Entry | undefined => {
  const parts = uriParts(at(row, 'uri'))
  const record = dict(at(row, 'value'))
  return parts && record ? { collection: parts.collection, rkey: parts.rkey, record } : undefined
}

/** A page of one collection. */
const readRecords = (document: Dict, question: Question, seen: Seen, reading: Reading): void => {
  const rows = list(document.records)
  const collection = question.collection ?? uriParts(at(rows[0], 'uri'))?.collection ?? ''
  const did = uriParts(at(rows[0], 'uri'))?.did ?? question.ownerId
  if (!did) return
  const home: Home = known({ did, server: question.server, handle: question.handle })
  const names = new Map(question.lists)
  let { pinned } = question
  let lost = 0
  for (const row of rows) {
    const entry = recordRow(row)
    if (entry?.collection === lists) names.set(entry.rkey, said(entry.record.name) ?? entry.rkey)
    if (entry?.collection === profile) pinned = text(at(entry.record, 'pinnedPost', 'uri'))
    if (!entry || !take(entry, did, home, names, seen, reading)) lost++
  }
  reading.posts = reading.posts.map(post => (post.id === pinned ? { ...post, pinned: true } : post))
  const section = sectionOf(collection)
  const cursor = word(document.cursor)
  if (section && collection !== lists && collection !== profile) reading.ends.push(known({ section, ownerId: did, ...(cursor ? { state: 'more' as const, cursor } : { state: 'end' as const }), after: question.after }))
  reading.next = [
    ...(cursor && question.server ? [askRecords(question.server, did, collection, cursor, known({ handle: question.handle, pinned, lists: names.size ? Object.fromEntries(names) : undefined }))] : afterCollection(collection, question, did, known({ pinned, lists: names.size ? Object.fromEntries(names) : undefined }))),
    ...(section === 'follows' ? askNames([...new Set(reading.follows.map(({ id }) => id))], did) : []),
    ...askRelated(reading.relations, did),
  ]
  if (lost) reading.unread.push(known({ reason: 'no-records', operation: question.method, section, ownerId: did, records: lost }))
}

/** What comes after a collection's last page: names of lists before their members, and which post is pinned before the posts. */
const afterCollection = (collection: string, { server, handle }: Question, did: string, found: Dict): Ask[] => {
  if (!server) return []
  if (collection === lists) return [askRecords(server, did, 'app.bsky.graph.listitem', undefined, found)]
  if (collection === profile) return collections.map(([name]) => askRecords(server, did, name === 'app.bsky.graph.listitem' ? lists : name, undefined, known({ handle, ...found })))
  return []
}

const serverOf = (document: Dict): string | undefined => {
  const service = list(document.service).find(one => text(at(one, 'id'))?.endsWith('#atproto_pds')) ?? list(document.service).find(one => at(one, 'type') === 'AtprotoPersonalDataServer')
  const url = webAddress(at(service, 'serviceEndpoint'))
  return url ? new URL(url).origin : undefined
}

/** People in a list of the owner's, one page of it. */
const readRelated = (document: Dict, views: unknown[], relation: Relation['relation'], section: Section, ownerId: string | undefined, question: Question, seen: Seen, reading: Reading, more: { listId?: string; list?: string } = {}): void => {
  for (const view of views) {
    const person = personOf(view)
    if (person) reading.relations.push(known({ ...person, ownerId, relation, ...more, ...seen }) as Relation)
    else reading.unread.push(known({ reason: 'no-records', operation: question.method || undefined, section, ownerId, records: 1 }))
  }
  reading.ends.push(endOf(document, section, ownerId, question.after, more.listId))
}

const endOf = (document: Dict, section: Section, ownerId: string | undefined, after: string | undefined, part?: string): Reading['ends'][number] => {
  const cursor = word(document.cursor)
  return known({ section, ownerId, ...(cursor ? { state: 'more' as const, cursor } : { state: 'end' as const }), after, part })
}

/** An author's feed has their posts, and those that they passed on; their likes are answered in the same form. A timeline is nobody's list. */
const readFeed = (document: Dict, rows: unknown[], question: Question, seen: Seen, reading: Reading): void => {
  if (question.method === 'app.bsky.feed.getActorLikes') {
    const views = rows.map(row => at(row, 'post'))
    for (const post of views.flatMap(view => postOf(view, seen) ?? [])) reading.relations.push(known({ id: post.id, handle: post.authorHandle ?? post.authorId, post: true, url: post.url, ownerId: question.ownerId, relation: 'like' as const, ...seen }) as Relation)
    reading.ends.push(endOf(document, 'likes', question.ownerId, question.after))
    return
  }
  const posts = rows.flatMap(row => feedRow(row, seen))
  reading.posts.push(...posts)
  const authors = new Set(posts.map(({ authorId }) => authorId))
  const only = authors.size === 1 ? [...authors][0] : undefined
  const theirs = question.method === 'app.bsky.feed.getAuthorFeed' ? (question.ownerId ?? only) : question.method === '' ? only : undefined
  if (theirs) reading.ends.push(endOf(document, 'posts', theirs, question.after))
}

const readDocument = (document: Dict, question: Question, seen: Seen, reading: Reading): void => {
  const did = text(document.id)
  if (did && isDid(did) && (Array.isArray(document.service) || Array.isArray(document.alsoKnownAs))) {
    const server = serverOf(document)
    const handle = list(document.alsoKnownAs).flatMap(one => /^at:\/\/([\w.-]+)$/.exec(text(one) ?? '')?.[1] ?? [])[0]
    if (handle && !question.handle) reading.profiles.push(known({ id: did, handle: handle.toLowerCase(), ...seen }) as Profile)
    if (server) reading.next = [askRepository(server, did, question.handle ?? handle)]
    else reading.unread.push(known({ reason: 'no-server', operation: 'did', ownerId: did }))
    return
  }
  if (Array.isArray(document.records)) return readRecords(document, question, seen, reading)
  if (Array.isArray(document.follows)) {
    const ownerId = text(at(document, 'subject', 'did')) ?? question.ownerId
    for (const view of document.follows) {
      const person = personOf(view)
      if (person) reading.follows.push(known({ ...person, ownerId, relation: 'follow' as const, ...seen }) as Follow)
      else reading.unread.push(known({ reason: 'no-records', operation: question.method || undefined, section: 'follows' as const, ownerId, records: 1 }))
    }
    const cursor = word(document.cursor)
    reading.ends.push(known({ section: 'follows' as const, ownerId, ...(cursor ? { state: 'more' as const, cursor } : { state: 'end' as const }), after: question.after }))
    return
  }
  if (Array.isArray(document.followers)) {
    return readRelated(document, document.followers, 'follower', 'followers', text(at(document, 'subject', 'did')) ?? question.ownerId, question, seen, reading)
  }
  // Answered to the person who is signed in alone, so it is theirs.
  if (Array.isArray(document.blocks)) return readRelated(document, document.blocks, 'block', 'blocks', question.ownerId ?? SELF, question, seen, reading)
  if (Array.isArray(document.mutes)) return readRelated(document, document.mutes, 'mute', 'mutes', question.ownerId ?? SELF, question, seen, reading)
  if (isDict(document.list) && Array.isArray(document.items)) {
    const more = { listId: uriParts(document.list.uri)?.rkey, list: said(document.list.name) }
    return readRelated(document, document.items.map(item => at(item, 'subject')), 'list', 'lists', uriParts(document.list.uri)?.did, question, seen, reading, more)
  }
  if (Array.isArray(document.profiles)) {
    const { dids, ownerId } = question
    if (!dids || !ownerId) {
      reading.profiles.push(...document.profiles.flatMap(view => profileOf(view, seen) ?? []))
      return
    }
    const people = document.profiles.flatMap(view => personOf(view) ?? [])
    // Whom the interface leaves out is gone: suspended, closed or deleted.
    const there = new Set(people.map(({ id }) => id))
    const all = [...people, ...dids.filter(id => !there.has(id)).map(id => ({ ...nameless(id), unavailable: true }))]
    if (!question.relation) reading.follows.push(...all.map(one => ({ ...one, ownerId, relation: 'follow' as const, ...seen }) as Follow))
    else reading.relations.push(...all.map(one => known({ ...one, ownerId, relation: question.relation, listId: question.listId, list: question.list, ...seen }) as Relation))
    return
  }
  if (Array.isArray(document.actors)) return void reading.profiles.push(...document.actors.flatMap(view => profileOf(view, seen) ?? []))
  if (Array.isArray(document.feed)) return readFeed(document, document.feed, question, seen, reading)
  if (Array.isArray(document.posts)) return void reading.posts.push(...document.posts.flatMap(view => postOf(view, seen) ?? []))
  if (isDict(document.thread)) return void reading.posts.push(...threadPosts(document.thread, seen))
  if (isDict(document.post) && uriParts(at(document.post, 'uri'))) return void reading.posts.push(...feedRow(document, seen))
  if (did === undefined && text(document.did) && handleOf(document)) {
    const person = profileOf(document, seen)
    if (!person) return
    reading.profiles.push(person)
    if (question.subject) {
      reading.viewer = known({ id: person.id, handle: person.handle, name: person.name, avatar: person.avatar })
      reading.next = askDocument(person.id, person.handle)
    }
    return
  }
  const single = postOf(document, seen)
  if (single) return void reading.posts.push(single)
  const own = recordRow(document)
  const parts = uriParts(document.uri)
  if (own && parts) take(own, parts.did, { did: parts.did }, new Map(), seen, reading)
  // A record on its own does not say whose it is.
  const type = word(document.$type)
  if (!own && type && (type === profile || collections.some(([name]) => name === type))) {
    if (question.ownerId) take({ collection: type, rkey: 'self', record: document }, question.ownerId, { did: question.ownerId }, new Map(), seen, reading)
    else reading.unread.push({ reason: 'no-owner', operation: type })
  }
}

const resetOf = ({ headers, seenAt }: Answer): number | undefined => {
  const seconds = whole(headers?.['retry-after'])
  const reset = whole(headers?.['ratelimit-reset'])
  const now = Date.parse(seenAt)
  return seconds ?? (reset === undefined || Number.isNaN(now) ? undefined : Math.max(0, Math.ceil(reset - now / 1000)))
}

/** Errors of an account that nobody may read any more. */
const taken = new Set(['AccountTakedown', 'AccountDeactivated', 'AccountSuspended', 'RepoTakendown', 'RepoDeactivated', 'RepoSuspended', 'BlockedActor', 'BlockedByActor'])

const barrierOf = (answer: Answer, error: string | undefined): Barrier | undefined => {
  if (answer.status === 429 || error === 'RateLimitExceeded') return known({ kind: 'rate-limit' as const, retryAfter: resetOf(answer) })
  if (error && taken.has(error)) return { kind: 'blocked' }
  return answer.status === 401 || error === 'AuthMissing' || error === 'AuthenticationRequired' ? { kind: 'login-wall' } : undefined
}

const readAnswer = (answer: Answer): Reading => {
  const reading = nothing()
  const question = questionOf(answer)
  const file = answer.url.startsWith('file:')
  const seen: Seen = known({ source: file ? ('export' as const) : ('answer' as const), seenAt: isoTime(answer.seenAt) })
  if (answer.body instanceof Uint8Array && answer.status < 400) {
    readCar(answer.body, question, seen, reading, file || question.method === '')
    return reading
  }
  const body = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body)
  const { documents, reason } = readJson(body)
  const error = documents.map(one => word(at(one, 'error'))).find(Boolean)
  const barrier = barrierOf(answer, error)
  if (barrier) {
    // An account that is gone can't be read; somebody else's is no matter.
    return { ...reading, ...(barrier.kind === 'blocked' && !question.subject && question.method !== 'com.atproto.sync.getRepo' ? {} : { barrier }) }
  }
  // A server in trouble is asked again; one that says no has another way.
  const refused = (answer.status >= 400 && answer.status < 500) || answer.status === 501
  if (refused && question.method === 'com.atproto.sync.getRepo' && question.ownerId && question.server) {
    return { ...reading, next: [askRecords(question.server, question.ownerId, profile, undefined, known({ handle: question.handle }))] }
  }
  // Without the profile's record the others are still there.
  if (refused && question.collection === profile && question.ownerId) return { ...reading, next: afterCollection(profile, question, question.ownerId, {}) }
  if (answer.status < 400) for (const document of documents.flatMap(one => (Array.isArray(one) ? one : [one]))) if (isDict(document)) readDocument(document, question, seen, reading)
  const gave = reading.profiles.length + reading.follows.length + reading.posts.length + reading.relations.length + reading.ends.length + reading.unread.length + (reading.next?.length ?? 0) > 0
  // The counters of those whose profiles these are.
  for (const { id, counts = {} } of reading.profiles) {
    for (const section of ['follows', 'followers', 'posts'] as const) if (counts[section] !== undefined) reading.counts.push({ section, ownerId: id, value: counts[section] })
  }
  if (!gave && !error && (question.method !== '' || file)) reading.unread.push(known({ reason: answer.status >= 400 ? `status-${answer.status}` : reason ?? 'no-records', operation: question.method || undefined, ownerId: question.ownerId }))
  return reading
}

/**
 * @param answer an answer of the documented interface (JSON), or a repository (bytes of a CAR)
 * @returns every record in it, where each list stands, and what is to be asked next. Never throws
 */
export const read = (answer: Answer): Reading => {
  try {
    return readAnswer(answer)
  } catch {
    return { ...nothing(), unread: [{ reason: 'reader-failed' }] }
  }
}

/** Nobody's sign-in is looked at: the account is named by the person. */
export const viewer = (_: Evidence): Viewer | undefined => undefined
