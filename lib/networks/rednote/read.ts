/** RedNote: from one observed answer, a page's embedded state, or a list that was handed over, to records. Pure and total. */
import { nothing, type Answer, type Reading, type Viewer } from '../../model/index.ts'
import { at, isoTime, known } from '../answers/fields.ts'
import type { Evidence } from '../types.ts'
import { barrierOf, isFailure, refusalIn, type Refusal } from './barrier.ts'
import { documentsIn, isMarkup, type Documents } from './documents.ts'
import { readHandIn } from './hand.ts'
import { interpret, type Found } from './interpret.ts'
import { questionOf, sections, type Question } from './question.ts'

const textOf = (body: Answer['body']): string => (typeof body === 'string' ? body : new TextDecoder().decode(body))

const isHandIn = (answer: Answer): boolean => /^(?:paste|file)$/.test(answer.request?.operation ?? '') || answer.url.startsWith('file:')

/** Who is signed in, if all that say so agree. */
const agreed = (sightings: Found['viewers']): Pick<Reading, 'viewer' | 'signedOut'> => {
  const viewers = sightings.flatMap(sighting => (sighting ? [sighting.viewer] : []))
  if (new Set(viewers.map(({ id }) => id)).size > 1) return {}
  if (viewers.length > 0 && sightings.every(Boolean)) return { viewer: Object.assign({}, ...viewers) as Viewer }
  return sightings.length > 0 && viewers.length === 0 ? { signedOut: true } : {}
}

/** Words of an answer that is worth a note if it can't be read, though nobody told what was asked. */
const ours = /"(?:note_id|noteId|note_card|noteCard|basic_info|basicInfo|user_page_data|userPageData)"\s*:/

/** Comments below a note name it too, and are none of our questions. */
const isTalk = (document: unknown): boolean => [at(document, 'data', 'comments'), at(document, 'comments')].some(Array.isArray)

/** What is to be said where a question of ours gave nothing. */
const unanswered = ({ documents, reason }: Documents, question: Question, answer: Answer, body: string, refusal: Refusal, gave: boolean): Reading['unread'] => {
  const told = known({ operation: question.operation, section: sections[question.kind], ownerId: question.ownerId })
  const expected = question.kind !== 'unknown'
  if (reason === 'damaged-state') return [{ reason, ...told }]
  if (gave || question.foreign) return []
  if (refusal.gone) return [{ reason: 'note-unavailable', ...told }]
  if (answer.status >= 400 && expected) return [{ reason: `status-${answer.status}`, ...told }]
  if (reason && (expected || (reason !== 'no-state' && ours.test(body)))) return [{ reason: reason === 'no-state' ? 'not-json' : reason, ...told }]
  if (reason === 'no-state' && ours.test(body)) return [{ reason }]
  if (documents.some(({ value }) => isFailure(value))) return [{ reason: 'errors', ...told }]
  if (expected) return [{ reason: 'unknown-shape', ...told }]
  return ours.test(body) && documents.every(({ value, source }) => source === 'answer' && !isTalk(value)) ? [{ reason: 'unknown-shape' }] : []
}

/** @throws never by intent; `read` keeps a net under it */
export const readAnswer = (answer: Answer): Reading => {
  if (isHandIn(answer)) return readHandIn(answer)
  const body = textOf(answer.body)
  const question = questionOf(answer)
  const barrier = barrierOf(answer)
  const found = documentsIn(body, answer.contentType)
  const reading = nothing()
  const viewers: Found['viewers'] = []
  const around = known({ page: answer.page, url: answer.url, seenAt: isoTime(answer.seenAt) })
  for (const document of found.documents) {
    const one = interpret(document, question, around)
    for (const key of ['profiles', 'follows', 'posts', 'relations', 'counts', 'unread', 'ends'] as const) (reading[key] as unknown[]).push(...one[key])
    viewers.push(...one.viewers)
  }
  const gave = reading.profiles.length + reading.posts.length + reading.relations.length + reading.ends.length + viewers.length + reading.unread.length > 0
  const refusal: Refusal = gave ? {} : (found.documents.map(({ value }) => refusalIn(value, question)).find(one => Object.keys(one).length > 0) ?? {})
  const asked = question.kind !== 'unknown' && isMarkup(body, '') && /website-login|captcha|verify/i.test(body) ? ({ kind: 'challenge' } as const) : undefined
  const stands = barrier ?? refusal.barrier ?? (gave ? undefined : asked)
  if (!stands) reading.unread.push(...unanswered(found, question, answer, body, refusal, gave))
  return { ...agreed(viewers), ...(refusal.signedOut && { signedOut: true }), ...(stands && { barrier: stands }), ...reading }
}

/**
 * @param answer an answer of RedNote's own requests, its page or script elements of it (`contentType` text/html), or what a person handed over
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
    const question: Question = { kind: 'unknown', foreign: false }
    const sightings = evidence.documents.flatMap(text =>
      documentsIn(text, '').documents.flatMap(document => interpret(document, question, { page: evidence.page, url: evidence.page }).viewers),
    )
    return agreed(sightings).viewer
  } catch {
    return undefined
  }
}
