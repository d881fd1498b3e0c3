/** Threads: from one observed answer, or a page's embedded state, to records. Pure and total. */
import { nothing, type Answer, type Reading, type Viewer } from '../../model/index.ts'
import { isoTime } from '../answers/fields.ts'
import type { Evidence } from '../types.ts'
import { barrierIn, barrierOf, barrierOfStatus } from '../answers/meta-barrier.ts'
import { readMembers } from '../answers/meta-export.ts'
import { agreed, isMarkup, open, type Envelope, type Result, type Sighting } from '../answers/relay.ts'
import { members } from './export.ts'
import { room } from './index.ts'
import { interpret, unansweredBy } from './interpret.ts'
import { questionOf, sectionOf, type Question } from './question.ts'

/** A member of the download that nobody said was one. */
const isExport = (body: string): boolean => /^\uFEFF?\s*\{\s*"text_post_app_(?:text_post|media_likes)/.test(body.slice(0, 200))

const textOf = (body: Answer['body']): string => (typeof body === 'string' ? body : new TextDecoder().decode(body))

/** Words of an answer that is worth a note if it can't be read, though nobody told what was asked. */
const ours = /"(?:following|followers|mediaData|thread_items|text_post_app_info|xdt_text_app_user\w*|fetch__XDTUserDict)"\s*:/

/** Who is signed in: the page's shared data say it first, answers where those say nothing. */
const signedIn = (shared: Sighting[], viewers: Sighting[]): Pick<Reading, 'viewer' | 'signedOut'> => {
  const viewer = agreed(shared.length > 0 ? shared : viewers)
  if (viewer) return { viewer }
  return shared.length > 0 && shared.every(sighting => sighting === null) ? { signedOut: true } : {}
}

/** What could not be taken out of the body at all. */
const unreadBody = (envelope: Envelope, question: Question, body: string, answer: Answer): Reading['unread'] => {
  const section = sectionOf(question.kind)
  const told = { ...(question.operation && { operation: question.operation }), ...(section && { section }), ...(question.ownerId && { ownerId: question.ownerId }) }
  const expected = section !== undefined || (question.kind === 'unknown' && question.ownerId !== undefined)
  if (answer.status >= 400 && expected && envelope.results.length === 0) return [{ reason: `status-${answer.status}`, ...told }]
  if (envelope.reason === 'empty') return expected ? [{ reason: isMarkup(body, '') ? 'not-json' : 'empty', ...told }] : []
  return envelope.reason && (expected || ours.test(body)) ? [{ reason: envelope.reason, ...told }] : []
}

interface Asked { question: Question; document: Result; missed: boolean }

/** Several documents may answer one question: it is unanswered only where none of them does. One note for each question. */
const unanswered = (asked: Asked[]): Reading['unread'] =>
  Object.values(Object.groupBy(asked, ({ question, document }) => `${document.source} ${question.operation ?? ''}`)).flatMap((same = []) => {
    if (!same.every(({ missed }) => missed)) return []
    return same.map(({ question, document }) => unansweredBy(document, question)).find(unread => unread !== undefined) ?? []
  })

/** @throws never by intent; `read` keeps a net under it */
export const readAnswer = (answer: Answer): Reading => {
  const body = textOf(answer.body)
  if (answer.url.startsWith('file:') || isExport(body)) return readMembers(answer, members)
  const first = questionOf(answer.request ?? {}, answer.url, answer.page)
  const page = isMarkup(body, answer.contentType)
  const led = barrierOf(answer, body, room)
  if (first.kind === 'ignored' && !page) {
    const barrier = led ?? barrierOfStatus(answer)
    return { ...nothing(), ...(barrier && { barrier }) }
  }
  const envelope = open(body, answer.contentType)
  const reading = nothing()
  const viewers: Sighting[] = []
  const seenAt = isoTime(answer.seenAt)
  let refused = led ?? barrierOfStatus(answer)
  const asked: Asked[] = []
  for (const document of envelope.results) {
    // A page's state, and the answer to a move inside it, hold several answers, each of which says what was asked.
    const question = document.source === 'state' || document.operation !== undefined ? questionOf(document, '', answer.page || answer.url) : first
    if (question.kind === 'ignored') continue
    const found = interpret(document, question, seenAt)
    for (const key of ['profiles', 'follows', 'posts', 'relations', 'counts', 'unread', 'ends'] as const) (reading[key] as unknown[]).push(...found[key])
    viewers.push(...found.viewers)
    asked.push({ question, document, missed: found.missed })
  }
  const gave = reading.profiles.length + reading.follows.length + reading.posts.length + reading.relations.length + reading.ends.length > 0
  if (!refused && !gave) refused = barrierIn(envelope.results.map(({ document }) => document), answer)
  if (!refused) {
    reading.unread.push(...unanswered(asked))
    reading.unread.push(...unreadBody(envelope, first, body, answer))
  }
  return { ...signedIn(envelope.shared, viewers), ...(refused && { barrier: refused }), ...reading }
}

/**
 * @param answer an answer of Threads' own requests, its page, or JSON elements of a page (`contentType` text/html)
 * @returns every record in it, with where each list stands. Never throws: what could not be read is counted in `unread`
 */
export const read = (answer: Answer): Reading => {
  try {
    return readAnswer(answer)
  } catch {
    const operation = typeof answer?.request?.operation === 'string' ? answer.request.operation : undefined
    return { ...nothing(), unread: [{ reason: 'reader-failed', ...(operation && { operation }) }] }
  }
}

/** @returns who is signed in, as the page's documents agree on it; undefined where they don't say, or differ. Never throws */
export const viewer = (evidence: Evidence): Viewer | undefined => {
  try {
    const envelopes = evidence.documents.map(document => open(document, ''))
    const shared = envelopes.flatMap(envelope => envelope.shared)
    if (shared.length > 0) return agreed(shared)
    return agreed(
      envelopes.flatMap(envelope =>
        envelope.results.flatMap(result => interpret(result, questionOf(result, '', evidence.page), undefined).viewers),
      ),
    )
  } catch {
    return undefined
  }
}
