/** Instagram: from one observed answer, or a page's embedded state, to records. Pure and total. */
import { nothing, type Answer, type Post, type Profile, type Reading, type Viewer } from '../../model/index.ts'
import { at, isDict, isoTime, known, said, text, type Dict } from '../answers/fields.ts'
import { parseJson } from '../answers/json.ts'
import { barrierIn, barrierOf, barrierOfStatus, hasErrors } from '../answers/meta-barrier.ts'
import { readMembers } from '../answers/meta-export.ts'
import { agreed, isMarkup, open, type Result, type Sighting } from '../answers/relay.ts'
import { walk } from '../answers/walk.ts'
import type { Evidence } from '../types.ts'
import { members } from './export.ts'
import { room } from './index.ts'
import { isItem, isPassing, postOf } from './items.ts'
import { askedOf, Lists, listsIn } from './lists.ts'
import { handleOf, idOf, isProfile, profileOf } from './people.ts'
import { questionOf, sectionOf, type Question } from './question.ts'

/** A member of the download that nobody said was one. */
const isExport = (body: string): boolean =>
  /^\uFEFF?\s*\{\s*"(?:relationships_(?:following|followers|blocked_users)|ig_reels_media|likes_media_likes|saved_saved_media|profile_user)"/.test(body.slice(0, 200)) ||
  /^\uFEFF?\s*\[\s*\{\s*"(?:title"\s*:\s*"[^"]*"\s*,\s*"(?:media_list_data|string_list_data)|media"\s*:\s*\[\s*\{\s*"uri)"/.test(body.slice(0, 500))

const fullest = <T extends object>(one: T, other: T): T => (Object.keys(other).length >= Object.keys(one).length ? { ...one, ...other } : { ...other, ...one })

/** Two sightings of one post in the same answer: a card only fills in what the whole one left out. */
const fullestPost = (one: Post, other: Post): Post => {
  if ((one.repostOf === undefined) !== (other.repostOf === undefined)) return one
  if (Boolean(one.partial) !== Boolean(other.partial)) {
    const [whole, card] = one.partial ? [other, one] : [one, other]
    const { partial: _partial, createdAtDerived: _derived, ...more } = card
    return known({ ...more, ...whole, counts: more.counts || whole.counts ? { ...more.counts, ...whole.counts } : undefined })
  }
  return fullest(one, other)
}

const once = <T extends { id: string }>(records: T[], join: (one: T, other: T) => T): T[] => {
  const byId = new Map<string, T>()
  for (const record of records) {
    const there = byId.get(record.id)
    byId.set(record.id, there ? join(there, record) : record)
  }
  return [...byId.values()]
}

/** Says who is signed in only where the number is an account's own: others stand beside it. */
const viewerIn = (document: unknown): Viewer | undefined => {
  const viewer = [at(document, 'data', 'viewer', 'user'), at(document, 'data', 'viewer')].find(one => isDict(one) && Object.hasOwn(one, 'pk'))
  const [id, handle] = [idOf(viewer), handleOf(viewer)]
  return id && handle ? known({ id, handle, name: said(at(viewer, 'full_name')), avatar: text(at(viewer, 'profile_pic_url')) }) : undefined
}

/** Answers name the owner of some lists by name: that is another word for the same account. */
const withAlias = (viewer: Viewer): Viewer => (viewer.handle ? { ...viewer, aliases: [`@${viewer.handle.toLowerCase()}`] } : viewer)

/** A cached answer may stand in a page as the text that it came as: `{response: "{…}"}`. */
const unfolded = (document: unknown): unknown => {
  const folded = text(at(document, 'response'))
  return (folded && parseJson(folded)?.value) ?? document
}

/** The app writes a field's arguments into its key, and its type before it: `1$name(id:$id)`, `1lname` (long), `1fname` (float). */
const dressed = /^1(?:\$(\w+)|[lf]([a-z]\w+))(?:\(.*\))?$/s
const looksDressed = /"1(?:\$\w|[lf][a-z])/

/** @returns the same with the names that the web's answers have */
const undressed = (value: unknown, depth = 0): unknown => {
  if (typeof value !== 'object' || value === null || depth > 100) return value
  if (Array.isArray(value)) return value.map(inner => undressed(inner, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const [, called, typed] = dressed.exec(key) ?? []
      return [called ?? typed ?? key, undressed(inner, depth + 1)]
    }),
  )
}

interface Read { question: Question; source: Result['source']; document: unknown; missed: boolean }

/** One result to records, by shape. */
const readResult = (result: Result, question: Question, seenAt: string | undefined, reading: Reading): boolean => {
  const seen = known({ source: result.source, seenAt })
  const { document } = result
  const lists = new Lists(reading, { question, seen })
  for (const one of listsIn(document)) lists.read(one)
  const profiles: Profile[] = []
  // The head of a profile; posts that stand alone.
  walk(document, undefined, (object: Dict) => {
    if (isItem(object)) {
      const post = lists.taken.has(object) || isPassing(object) ? undefined : postOf(object, seen)
      if (post) reading.posts.push(post)
      return { skip: true }
    }
    const profile = !lists.taken.has(object) && isProfile(object) ? profileOf(object) : undefined
    if (profile) profiles.push({ ...profile, ...seen })
    return undefined
  })
  reading.profiles.push(...profiles)
  const section = sectionOf(question.kind)
  return section === 'profile' ? profiles.length === 0 : section !== undefined && !lists.there.has(question.kind)
}

/** @returns whether an answer holds nothing: every value in it is null or empty */
const isBare = (value: unknown, depth = 0): boolean => {
  if (value === null || value === undefined) return true
  if (Array.isArray(value)) return value.length === 0
  return isDict(value) && depth < 3 && Object.values(value).every(inner => isBare(inner, depth + 1))
}

const unreadOf = (reason: string, question: Question): Reading['unread'][number] =>
  known({ reason, operation: question.operation, section: sectionOf(question.kind), ownerId: askedOf(question) })

/** Several documents may answer one question: it is unanswered only where none of them does. One note for each question. */
const unanswered = (all: Read[]): Reading['unread'] =>
  Object.values(Object.groupBy(all, ({ question, source }) => `${source} ${question.operation ?? ''} ${question.kind}`)).flatMap((same = []) => {
    if (!same.every(({ missed }) => missed)) return []
    const [first] = same
    if (!first) return []
    const bare = same.every(({ document }) => isBare(isDict(document) && Object.hasOwn(document, 'data') ? document.data : document))
    // Somebody who is not there: worth a word only where it is known who was asked for.
    if (bare && askedOf(first.question) === undefined) return []
    return [unreadOf(same.some(({ document }) => hasErrors(document)) ? 'errors' : bare ? 'no-records' : 'unknown-shape', first.question)]
  })

/** Words of an answer that is worth a note if nothing could be made of it, though nobody told what was asked. */
const ours = /"(?:edge_follow|edge_owner_to_timeline_media|xdt_api__v1__(?:friendships|feed__user|clips__user)\w*|fetch__XDTUserDict|follower_count|repost_grid_items)"\s*:/

const signedIn = (shared: Sighting[], viewers: Sighting[]): Pick<Reading, 'viewer' | 'signedOut'> => {
  const viewer = agreed(shared.length > 0 ? shared : viewers)
  if (viewer) return { viewer: withAlias(viewer) }
  return shared.length > 0 && shared.every(sighting => sighting === null) ? { signedOut: true } : {}
}

/** A challenge that was tried and not passed says so in a form of its own. */
const isStillChallenged = (document: unknown): boolean => at(document, 'type') === 'CHALLENGE_REDIRECTION' && at(document, 'status') !== 'ok'

/** @throws never by intent; `read` keeps a net under it */
export const readAnswer = (answer: Answer): Reading => {
  const body = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body)
  if (answer.url.startsWith('file:') || isExport(body)) return readMembers(answer, members)
  const page = isMarkup(body, answer.contentType)
  const first = questionOf(answer.request ?? {}, answer.url, answer.page)
  let refused = barrierOf(answer, body, room) ?? barrierOfStatus(answer)
  if (first.kind === 'ignored' && !page) return { ...nothing(), ...(refused && { barrier: refused }) }
  const envelope = open(body, answer.contentType)
  const reading = nothing()
  const seenAt = isoTime(answer.seenAt)
  const plain = !looksDressed.test(body)
  const viewers: Sighting[] = []
  const all: Read[] = []
  for (const one of envelope.results) {
    const found = unfolded(one.document)
    const result = { ...one, document: plain ? found : undressed(found) }
    const { document, source } = result
    const question = source === 'state' ? questionOf(result, '', answer.page || answer.url) : first
    if (question.kind === 'ignored') continue
    const missed = readResult(result, question, seenAt, reading)
    all.push({ question, source, document, missed })
    const viewer = viewerIn(document)
    if (viewer) viewers.push(viewer)
  }
  reading.profiles = once(reading.profiles, fullest)
  reading.posts = once(reading.posts, fullestPost)
  const gave = reading.profiles.length + reading.follows.length + reading.posts.length + reading.relations.length + reading.ends.length > 0
  const documents = envelope.results.map(({ document }) => document)
  if (!refused && !gave) refused = barrierIn(documents, answer) ?? (documents.some(isStillChallenged) ? { kind: 'challenge' } : undefined)
  if (!refused) {
    reading.unread.push(...unanswered(all))
    const expected = sectionOf(first.kind) !== undefined
    if (!page || expected) {
      if (answer.status >= 400 && expected && all.length === 0) reading.unread.push(unreadOf(`status-${answer.status}`, first))
      else if (envelope.reason && (expected || (envelope.reason === 'not-json' && ours.test(body)))) reading.unread.push(unreadOf(page ? 'not-json' : envelope.reason, first))
      else if (!page && !gave && !expected && reading.unread.length === 0 && ours.test(body) && !isBare(at(documents[0], 'data'))) reading.unread.push(unreadOf('unknown-shape', first))
    }
  }
  return { ...signedIn(envelope.shared, viewers), ...(refused && { barrier: refused }), ...reading }
}

/**
 * @param answer an answer of Instagram's own requests, its page, or JSON elements of a page (`contentType` text/html)
 * @returns every record in it, with where each list stands. Never throws: what could not be read is counted in `unread`
 */
export const read = (answer: Answer): Reading => {
  try {
    return readAnswer(answer)
  } catch {
    const operation = text(answer?.request?.operation)
    return { ...nothing(), unread: [{ reason: 'reader-failed', ...(operation && { operation }) }] }
  }
}

/** @returns who is signed in, as the page's documents agree on it; undefined where they don't say, or differ. Never throws */
export const viewer = (evidence: Evidence): Viewer | undefined => {
  try {
    const envelopes = evidence.documents.map(document => open(document, ''))
    const shared = envelopes.flatMap(envelope => envelope.shared)
    const answers = envelopes.flatMap(envelope => envelope.results.flatMap(({ document }) => viewerIn(document) ?? []))
    return signedIn(shared, answers).viewer
  } catch {
    return undefined
  }
}
