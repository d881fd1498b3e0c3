/** Mastodon and its like: from one answer of the REST API to records and to what is to be asked next. Pure and total. */
import { nothing, SELF, type Answer, type Ask, type Barrier, type End, type Follow, type Place, type Post, type Reading, type Relation, type Section, type Viewer } from '../../model/index.ts'
import { at, dict, idText, isDict, isoTime, known, text, whole, word, type Dict } from '../answers/fields.ts'
import { jsonScripts } from '../answers/html.ts'
import { textOfHtml } from '../answers/html-text.ts'
import { readJson } from '../answers/json.ts'
import type { Evidence } from '../types.ts'
import { isMember, readMember } from './archive.ts'
import { handleOf, isAccount, isStatus, personOf, postOf, profileOf, type Home } from './entities.ts'
import { readCsv } from './lists.ts'

type Kind = 'instance' | 'lookup' | 'following' | 'followers' | 'statuses' | 'history' | 'blocks' | 'mutes' | 'bookmarks' | 'favourites' | 'lists' | 'members' | 'unknown'

const paths: [RegExp, Kind][] = [
  [/\/api\/v[12]\/instance\/?$/, 'instance'],
  [/\/accounts\/(?:lookup|verify_credentials)\/?$/, 'lookup'],
  [/\/accounts\/[\w-]+\/following\/?$/, 'following'],
  [/\/accounts\/[\w-]+\/followers\/?$/, 'followers'],
  [/\/accounts\/[\w-]+\/statuses\/?$/, 'statuses'],
  [/\/statuses\/[\w-]+\/history\/?$/, 'history'],
  [/\/api\/v1\/blocks\/?$/, 'blocks'],
  [/\/api\/v1\/mutes\/?$/, 'mutes'],
  [/\/api\/v1\/bookmarks\/?$/, 'bookmarks'],
  [/\/api\/v1\/favourites\/?$/, 'favourites'],
  [/\/api\/v1\/lists\/?$/, 'lists'],
  [/\/api\/v1\/lists\/[\w-]+\/accounts\/?$/, 'members'],
]

interface Question { kind: Kind; url?: URL; origin?: string; handle?: string; ownerId?: string; subject: boolean; home: Home; counted?: number; listId?: string; list?: string; postId?: string; postUrl?: string; pinned: boolean }

const questionOf = (answer: Answer): Question => {
  const url = URL.canParse(answer.url) ? new URL(answer.url) : undefined
  const variables = dict(answer.request?.variables) ?? {}
  const path = url?.pathname ?? ''
  const inPath = /\/accounts\/([\w-]+)\/(?:following|followers|statuses)/.exec(path)?.[1]
  return known({
    kind: paths.find(([pattern]) => pattern.test(path))?.[1] ?? paths.find(([pattern]) => pattern.test(`/api/v1/${word(answer.request?.operation) ?? ''}`))?.[1] ?? 'unknown', url,
    origin: word(variables.origin) ?? (url?.protocol === 'https:' && /\/api\//.test(path) ? url.origin : undefined), handle: word(variables.handle), ownerId: ['ownerId', 'account_id', 'accountId', 'id', 'userID'].map(key => idText(variables[key])).find(Boolean) ?? inPath, subject: variables.subject === true,
    home: known({ domain: word(variables.domain) }), counted: whole(variables.counted), listId: word(variables.listId), list: word(variables.list), postId: word(variables.postId), postUrl: word(variables.postUrl),
    pinned: variables.pinned === true || url?.searchParams.get('pinned') === 'true',
  })
}

type Seen = Pick<Post, 'source' | 'seenAt'>

/** The next page's address stands in the `Link` header alone (RFC 8288), and leads nowhere but to the same server. */
const nextOf = (answer: Answer, { origin }: Question): string | undefined => {
  const link = answer.headers?.link ?? ''
  for (const part of link.split(/,(?=\s*<)/)) {
    const [, address, rest] = /^\s*<([^>]*)>(.*)$/s.exec(part) ?? []
    if (!address || !/;\s*rel="?(?:[\w-]+\s+)*next\b/i.test(rest ?? '') || !URL.canParse(address, answer.url)) continue
    const url = new URL(address, answer.url)
    return url.origin === origin ? url.href : undefined
  }
  return undefined
}

const cursorIn = (address: string | undefined): string | undefined => {
  if (!address || !URL.canParse(address)) return undefined
  const { searchParams } = new URL(address)
  return word(searchParams.get('max_id')) ?? word(searchParams.get('page')) ?? undefined
}

/** Passes on what the next answer must be read with. */
const carry = (question: Question, more: Dict = {}): Dict => known({ origin: question.origin, domain: question.home.domain, ownerId: question.ownerId, ...more }) as Dict

const page = (answer: Answer, question: Question, section: Section, ownerId: string | undefined, part?: string, variables: Dict = {}, signed?: true): { end: End; next: Ask[] } => {
  const next = nextOf(answer, question)
  const cursor = cursorIn(next) ?? next
  const after = cursorIn(answer.url)
  // A server that always names the same next page never ends.
  const more = next !== undefined && next !== answer.url
  return {
    end: known({ section, ownerId, ...(more ? { state: 'more' as const, cursor } : { state: 'end' as const }), after, part }) as End,
    next: more ? [known({ url: next, section, signed, request: { operation: question.kind, variables: carry(question, variables) } }) as Ask] : [],
  }
}

const ask = (origin: string, path: string, operation: Kind, section: Section | undefined, variables: Dict, more: Partial<Ask> = {}): Ask => known({ url: `${origin}/api/v1/${path}`, section, ...more, request: { operation, variables } }) as Ask

/** The account is known: everything else is asked by its number. */
const askAll = (id: string, question: Question, counted: number | undefined): Ask[] => {
  const { origin } = question
  if (!origin) return []
  const variables = carry({ ...question, ownerId: id })
  const signed = { signed: true }
  return [
    ask(origin, `accounts/${id}/following?limit=80`, 'following', 'follows', known({ ...variables, counted }) as Dict),
    ask(origin, `accounts/${id}/statuses?limit=40`, 'statuses', 'posts', variables),
    ask(origin, `accounts/${id}/statuses?limit=40&pinned=true`, 'statuses', 'posts', { ...variables, pinned: true }, { optional: true }),
    ask(origin, 'lists', 'lists', 'lists', variables, signed),
    ask(origin, 'blocks?limit=80', 'blocks', 'blocks', variables, signed),
    ask(origin, 'mutes?limit=80', 'mutes', 'mutes', variables, signed),
    ask(origin, 'bookmarks?limit=40', 'bookmarks', 'bookmarks', variables, signed),
    ask(origin, 'favourites?limit=40', 'favourites', 'likes', variables, signed),
  ]
}

const readInstance = (document: unknown, question: Question, reading: Reading): void => {
  const { origin, handle } = question
  if (!origin || !handle) return
  const stated = word(at(document, 'domain')) ?? word(at(document, 'uri')) ?? word(at(document, 'account_domain'))
  const domain = stated?.replace(/^https?:\/\//, '').replace(/\/.*$/, '') || new URL(origin).host
  reading.next = [ask(origin, `accounts/lookup?acct=${encodeURIComponent(handle)}`, 'lookup', undefined, { origin, domain, handle, subject: true })]
}

const relations: Partial<Record<Kind, [Relation['relation'], Section]>> = { blocks: ['block', 'blocks'], mutes: ['mute', 'mutes'], followers: ['follower', 'followers'], members: ['list', 'lists'], bookmarks: ['bookmark', 'bookmarks'], favourites: ['like', 'likes'] }

const readPeople = (answer: Answer, rows: unknown[], question: Question, seen: Seen, reading: Reading): void => {
  const { kind, home } = question
  const own = kind === 'blocks' || kind === 'mutes'
  const ownerId = question.ownerId ?? (own ? SELF : undefined)
  let lost = 0
  const [relation, section] = relations[kind] ?? ['follow' as const, 'follows' as const]
  for (const row of rows) {
    const person = personOf(row, home)
    if (!person) lost++
    else if (relation === 'follow') reading.follows.push(known({ ...person, ownerId, relation: 'follow' as const, ...seen }) as Follow)
    else reading.relations.push(known({ ...person, ownerId, relation, list: question.list, listId: question.listId, ...seen }) as Relation)
  }
  if (kind !== 'unknown') {
    const { end, next } = page(answer, question, section, ownerId, kind === 'members' ? question.listId : undefined, known({ counted: question.counted, listId: question.listId, list: question.list }) as Dict, kind === 'following' || kind === 'followers' ? undefined : true)
    // Servers give an empty list where the account hides it.
    const hidden = kind === 'following' && rows.length === 0 && end.after === undefined && (question.counted ?? 0) > 0
    reading.ends.push(hidden ? { ...end, state: 'hidden' } : end)
    reading.next = [...(reading.next ?? []), ...next]
  }
  if (lost) reading.unread.push(known({ reason: 'no-records', operation: kind, section, ownerId, records: lost }))
}

const readStatuses = (answer: Answer, rows: unknown[], question: Question, seen: Seen, reading: Reading): void => {
  const { kind, home } = question
  const marks = relations[kind]
  const ownerId = question.ownerId ?? (marks ? SELF : undefined)
  let lost = 0
  for (const row of rows) {
    if (!isStatus(row)) lost++
    else if (marks) {
      const author = handleOf(row.account, home)
      reading.relations.push(known({ id: idText(row.id) as string, handle: author, post: true, url: word(row.uri)?.startsWith('https:') ? word(row.uri) : word(row.url), ownerId, relation: marks[0], ...seen }) as Relation)
    } else {
      const post = postOf(row, home, seen)
      if (post) reading.posts.push(question.pinned ? { ...post, pinned: true } : post)
      // Earlier versions are answered one post at a time.
      if (post?.editedAt && question.origin && post.authorId === ownerId && kind === 'statuses') {
        reading.next = [...(reading.next ?? []), ask(question.origin, `statuses/${post.id}/history`, 'history', 'posts', carry(question, known({ postId: post.id, postUrl: post.url }) as Dict), { optional: true })]
      }
    }
  }
  const section = marks?.[1] ?? 'posts'
  if (kind === 'statuses' || marks) {
    const { end, next } = page(answer, question, section, ownerId, undefined, question.pinned ? { pinned: true } : {}, marks ? true : undefined)
    if (!question.pinned) reading.ends.push(end)
    reading.next = [...(reading.next ?? []), ...next]
  }
  if (lost) reading.unread.push(known({ reason: 'no-records', operation: kind, section, ownerId, records: lost }))
}

const readHistory = (rows: unknown[], question: Question, seen: Seen, reading: Reading): void => {
  const id = question.postId ?? /\/statuses\/([\w-]+)\/history/.exec(question.url?.pathname ?? '')?.[1]
  const authorId = question.ownerId ?? idText(at(rows.at(-1), 'account', 'id'))
  if (!id || !authorId) return
  // The last one is the post as it stands.
  const revisions = rows.slice(0, -1).map(row => known({ text: text(at(row, 'content')) === undefined ? undefined : textOfHtml(at(row, 'content') as string, () => undefined).text, createdAt: isoTime(at(row, 'created_at')) }))
  if (revisions.length) reading.posts.push(known({ id, url: question.postUrl, authorId, revisions, partial: true, ...seen }) as Post)
}

const readOwnLists = (rows: unknown[], question: Question, reading: Reading): void => {
  const ownerId = question.ownerId ?? SELF
  const places: Place[] = []
  for (const row of rows) {
    const id = idText(at(row, 'id'))
    const title = word(at(row, 'title'))
    if (!id || !title) continue
    if (!question.origin) continue
    places.push({ section: 'lists', ownerId, part: id, url: `${question.origin}/lists/${id}`, name: title })
    reading.next = [...(reading.next ?? []), ask(question.origin, `lists/${id}/accounts?limit=80`, 'members', 'lists', carry(question, { listId: id, list: title }), { signed: true })]
  }
  reading.places = places
  reading.ends.push({ section: 'lists', ownerId, state: 'end' })
}

const waitOf = ({ headers, seenAt }: Answer): number | undefined => {
  const seconds = whole(headers?.['retry-after'])
  const reset = Date.parse(headers?.['x-ratelimit-reset'] ?? '')
  const now = Date.parse(seenAt)
  if (seconds !== undefined) return seconds
  return Number.isNaN(reset) || Number.isNaN(now) ? undefined : Math.max(0, Math.ceil((reset - now) / 1000))
}

const barrierOf = (answer: Answer, question: Question): Barrier | undefined => {
  if (answer.status === 429) return known({ kind: 'rate-limit' as const, retryAfter: waitOf(answer) })
  if (answer.status !== 401 && answer.status !== 403) return undefined
  // A server may hide its own description and still answer the rest.
  return question.kind === 'instance' ? undefined : { kind: answer.status === 401 ? 'login-wall' : 'blocked' }
}

const readDocument = (answer: Answer, document: unknown, question: Question, seen: Seen, reading: Reading): void => {
  const { kind, home } = question
  if (kind === 'instance') return readInstance(document, question, reading)
  if (Array.isArray(document)) {
    if (kind === 'history') return readHistory(document, question, seen, reading)
    if (kind === 'lists') return readOwnLists(document, question, reading)
    if (kind === 'statuses' || kind === 'bookmarks' || kind === 'favourites') return readStatuses(answer, document, question, seen, reading)
    if (kind !== 'unknown' && kind !== 'lookup') return readPeople(answer, document, question, seen, reading)
    if (document.length > 0 && document.every(isStatus)) return readStatuses(answer, document, question, seen, reading)
    // People of a list that nobody named: where the address is that of another question (a search, who boosted a post) they are followed by nobody.
    const elsewhere = question.url !== undefined && /\/api\/v\d+\/./.test(question.url.pathname)
    if (document.length > 0 && document.every(isAccount) && !elsewhere) return readPeople(answer, document, question, seen, reading)
    for (const one of document) if (isDict(one)) readDocument(answer, one, question, seen, reading)
    return
  }
  if (isStatus(document)) {
    const post = postOf(document, home, seen)
    if (post) reading.posts.push(post)
    return
  }
  if (isAccount(document)) {
    const profile = profileOf(document, home)
    if (!profile) return
    reading.profiles.push({ ...profile, ...seen })
    if (!question.subject) return
    reading.viewer = known({ id: profile.id, handle: profile.handle, name: profile.name, avatar: profile.avatar })
    reading.next = askAll(profile.id, question, profile.counts?.follows)
    return
  }
  if (!isDict(document)) return
  if (isStatus(document.quoted_status)) return readDocument(answer, document.quoted_status, question, seen, reading)
  for (const key of ['accounts', 'statuses', 'ancestors', 'descendants']) if (Array.isArray(document[key])) for (const one of document[key]) readDocument(answer, one, { ...question, kind: 'unknown' }, seen, reading)
  // The state that a page carries: who is signed in. Their token stands beside it, and is not looked at.
  const me = idText(at(document, 'meta', 'me'))
  if (me && isDict(document.accounts)) {
    const own = at(document, 'accounts', me)
    const domain = word(at(document, 'meta', 'domain'))
    reading.viewer = known({ id: me, handle: handleOf(own, known({ domain })), name: word(at(own, 'display_name')) })
    const profile = profileOf(own, known({ domain }))
    if (profile) reading.profiles.push({ ...profile, ...seen, source: 'state' })
  }
}

const readAnswer = (answer: Answer): Reading => {
  const body = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body)
  const question = questionOf(answer)
  const seenAt = isoTime(answer.seenAt)
  const handed = answer.url.startsWith('file:')
  if (/^\uFEFF?\s*\{/.test(body.slice(0, 50)) && (handed || /"(?:orderedItems|preferredUsername)"/.test(body.slice(0, 4000)))) {
    const [document] = readJson(body.replace(/^\uFEFF/, '')).documents
    if (isMember(document)) return readMember(answer, document)
    if (handed) return { ...nothing(), unread: [known({ reason: 'unknown-shape', operation: 'file', ownerId: question.ownerId })] }
  }
  if (handed) return readCsv(body, decodeURIComponent(new URL(answer.url).pathname), question.ownerId, seenAt)
  const reading = nothing()
  const barrier = barrierOf(answer, question)
  if (barrier) return { ...reading, barrier }
  if (question.kind === 'instance' && answer.status >= 400) {
    const { origin, handle } = question
    if (!origin || !handle) return reading
    const second = at(answer.request?.variables, 'version') === 2
    return { ...reading, next: second ? [{ url: `${origin}/api/v1/instance`, request: { operation: 'instance', variables: { origin, handle, version: 1 } } }] : [ask(origin, `accounts/lookup?acct=${encodeURIComponent(handle)}`, 'lookup', undefined, { origin, domain: new URL(origin).host, handle, subject: true })] }
  }
  const seen: Seen = known({ source: 'answer' as const, seenAt })
  const markup = /^\s*</.test(body)
  const opened = markup ? { documents: jsonScripts(body).flatMap(one => readJson(one).documents), reason: undefined } : readJson(body)
  if (answer.status < 400) for (const document of opened.documents) readDocument(answer, document, question, seen, reading)
  // The counters of those whose profiles these are.
  for (const { id, counts = {} } of reading.profiles) {
    for (const section of ['follows', 'followers', 'posts'] as const) if (counts[section] !== undefined) reading.counts.push({ section, ownerId: id, value: counts[section] })
  }
  const gave = reading.viewer !== undefined || reading.profiles.length + reading.follows.length + reading.posts.length + reading.relations.length + reading.ends.length + (reading.next?.length ?? 0) > 0
  if (!gave && !markup && question.kind !== 'unknown' && question.kind !== 'instance' && question.kind !== 'history' && !(question.kind === 'lookup' && answer.status === 404)) {
    reading.unread.push(known({ reason: answer.status >= 400 ? `status-${answer.status}` : (opened.reason ?? 'no-records'), operation: question.kind, ownerId: question.ownerId, section: relations[question.kind]?.[1] ?? (question.kind === 'following' ? ('follows' as const) : question.kind === 'statuses' ? ('posts' as const) : undefined) }))
  }
  return reading
}

/**
 * @param answer an answer of the REST API, a page of a server, or a list from its settings (`file:`)
 * @returns every record in it, where each list stands, and what is to be asked next. Never throws
 */
export const read = (answer: Answer): Reading => {
  try {
    return readAnswer(answer)
  } catch {
    return { ...nothing(), unread: [{ reason: 'reader-failed' }] }
  }
}

/** @returns who is signed in, from a page's own state */
export const viewer = (evidence: Evidence): Viewer | undefined => {
  for (const body of evidence.documents) {
    const found = read({ url: evidence.page, page: evidence.page, status: 200, contentType: /^\s*</.test(body) ? 'text/html' : 'application/json', body, seenAt: '' }).viewer
    if (found) return found
  }
  return undefined
}
