/** X: from one observed answer, or a page's embedded state, to records. Pure and total. */
import { nothing, type Answer, type Reading, type Viewer } from '../../model/index.ts'
import { at, isDict, isoTime, known } from '../answers/fields.ts'
import type { Evidence } from '../types.ts'
import { barrierOf, hasErrors } from './barrier.ts'
import { agreed, documentsIn, isMarkup, viewerIn, type Sighting } from './documents.ts'
import { isMember, readMember } from './export.ts'
import { interpret } from './interpret.ts'
import { questionOf, sectionOf, type Question } from './question.ts'

const textOf = (body: Answer['body']): string => (typeof body === 'string' ? body : new TextDecoder().decode(body))

/** Whether an answer holds nothing: everything in it is null or empty, but for the frame's names. */
const isBare = (value: unknown, depth = 0): boolean => {
  if (value === null || value === undefined) return true
  if (Array.isArray(value)) return value.length === 0
  return isDict(value) && depth < 4 && Object.entries(value).every(([key, inner]) => key === '__typename' || isBare(inner, depth + 1))
}

/** What is to be said where a question of ours has no answer. */
const unanswered = (question: Question, documents: unknown[], answer: Answer, body: string, reason: string | undefined): Reading['unread'] => {
  const section = sectionOf(question.kind)
  if (section === undefined) return []
  // Somebody's card that did not come is no part of the account.
  if (question.kind === 'profile' && documents.every(document => isBare(at(document, 'data')) || /Unavailable/.test(String(at(document, 'data', 'user', 'result', '__typename'))))) return []
  const told = known({ operation: question.operation, section, ownerId: question.ownerId })
  if (answer.status >= 400) return [{ reason: `status-${answer.status}`, ...told }]
  if (documents.length === 0) return [{ reason: reason === 'empty' && !isMarkup(body, '') ? 'empty' : 'not-json', ...told }]
  if (documents.some(hasErrors)) return [{ reason: 'errors', ...told }]
  return [{ reason: documents.every(document => isBare(at(document, 'data') ?? document)) ? 'no-records' : 'unknown-shape', ...told }]
}

/** @throws never by intent; `read` keeps a net under it */
const readAnswer = (answer: Answer): Reading => {
  const body = textOf(answer.body)
  if (answer.url.startsWith('file:') || isMember(body)) return readMember(answer)
  const question = questionOf(answer)
  const { documents, viewers, reason } = documentsIn(body, answer.contentType)
  const reading = nothing()
  const places: Reading['places'] = []
  const sightings: Sighting[] = [...viewers]
  const seenAt = isoTime(answer.seenAt)
  let missed = true
  for (const document of documents) {
    const found = interpret(document, question, seenAt)
    for (const key of ['profiles', 'follows', 'posts', 'relations', 'counts', 'unread', 'ends'] as const) (reading[key] as unknown[]).push(...found[key])
    places.push(...found.places)
    const viewer = viewerIn(document.value)
    if (viewer) sightings.push(viewer)
    missed &&= found.missed
  }
  const values = documents.map(({ value }) => value)
  const gave = reading.profiles.length + reading.follows.length + reading.posts.length + reading.relations.length + reading.ends.length > 0
  const barrier = barrierOf(answer, values, gave)
  const page = isMarkup(body, answer.contentType)
  if (!barrier && missed && !(page && question.kind === 'other')) reading.unread.push(...unanswered(question, values, answer, body, reason))
  // One that is broken off holds records all the same, and not all of them.
  else if (!barrier && reason === 'not-json' && sectionOf(question.kind)) reading.unread.push(known({ reason, operation: question.operation, section: sectionOf(question.kind), ownerId: question.ownerId }))
  return { ...agreed(sightings), ...(barrier && { barrier }), ...reading, ...(places.length > 0 && { places }) }
}

/**
 * @param answer an answer of X's own requests, its page, or script elements of a page (`contentType` text/html)
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
    return agreed(
      evidence.documents.flatMap(text => {
        const { documents, viewers } = documentsIn(text, '')
        return [...viewers, ...documents.flatMap(({ value }) => viewerIn(value) ?? [])]
      }),
    ).viewer
  } catch {
    return undefined
  }
}
