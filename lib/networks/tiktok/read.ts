/** TikTok: from one observed answer, a page's embedded state, or a file that was handed over, to records. Pure and total. */
import { nothing, type Answer, type Reading, type Viewer } from '../../model/index.ts'
import { isoTime, known } from '../answers/fields.ts'
import { jsonScripts, scriptTexts } from '../answers/html.ts'
import { jsonWithin, readJson, type Documents } from '../answers/json.ts'
import type { Evidence } from '../types.ts'
import { barrierOf, isCheck, isRefused, refusalIn } from './barrier.ts'
import { isExport, readExport } from './export.ts'
import { interpret, stateOf, type Found } from './interpret.ts'
import { questionOf, sections, type Question } from './question.ts'

const textOf = (body: Answer['body']): string => (typeof body === 'string' ? body : new TextDecoder().decode(body))

const isMarkup = (body: string): boolean => /^\s*</.test(body)

/** State that a script assigns: pages of 2022 and before. */
const assigned = /SIGI_STATE|__UNIVERSAL_DATA_FOR_REHYDRATION__/

/** @returns the JSON of a page's elements, or of an answer */
const documentsIn = (body: string): Documents => {
  if (!isMarkup(body)) return readJson(body)
  const texts = new Set([...jsonScripts(body), ...scriptTexts(body).filter(text => assigned.test(text) || /^\s*\{\s*"/.test(text))])
  const parts = [...texts].map(text => (/^\s*[{[]/.test(text) ? readJson(text) : jsonWithin(text)))
  const damaged = parts.some(({ documents, reason }) => reason && documents.length === 0) && [...texts].some(text => /__DEFAULT_SCOPE__|ItemModule|UserModule/.test(text))
  return { documents: parts.flatMap(({ documents }) => documents), ...(damaged && { reason: 'not-json' as const }) }
}

/** Who is signed in, if all that say so agree; with the account's second id from wherever it stands. */
const agreed = (all: Found[]): Pick<Reading, 'viewer' | 'signedOut'> => {
  const sightings = all.flatMap(({ sighting }) => (sighting === undefined ? [] : [sighting]))
  const viewers = sightings.filter(one => one !== null)
  if (viewers.length === 0) return sightings.length > 0 ? { signedOut: true } : {}
  if (viewers.length < sightings.length || new Set(viewers.map(({ id }) => id)).size > 1) return {}
  const viewer = Object.assign({}, ...viewers) as Viewer
  const names = all.flatMap(found => [...found.names].flatMap(([alias, id]) => (id === viewer.id ? [alias] : [])))
  const aliases = [...new Set([...viewers.flatMap(one => one.aliases ?? []), ...names])]
  return { viewer: known({ ...viewer, aliases: aliases.length > 0 ? aliases : undefined }) }
}

const add = (reading: Reading, from: Reading): void => {
  for (const key of ['profiles', 'follows', 'posts', 'relations', 'counts', 'unread', 'ends'] as const) (reading[key] as unknown[]).push(...from[key])
}

const holds = ({ profiles, follows, posts, relations, ends }: Reading): boolean => profiles.length + follows.length + posts.length + relations.length + ends.length > 0

/** Words of an answer that is worth a note if it can't be read, though nobody told what was asked. */
const ours = /"(?:itemList|userList|userInfo|itemStruct|ItemModule|__DEFAULT_SCOPE__)"\s*:/

/** What is to be said where a question of ours gave nothing. */
const unanswered = ({ documents, reason }: Documents, question: Question, answer: Answer, body: string): Reading['unread'] => {
  const told = known({ operation: question.operation, section: question.kind === 'people' ? ('follows' as const) : sections[question.kind], ownerId: question.ownerId })
  const expected = question.kind !== 'unknown'
  if (answer.status >= 400 && expected) return [{ reason: `status-${answer.status}`, ...told }]
  // Somebody who is gone, a post that is private: nothing that was to be had.
  if (documents.some(isRefused)) return question.ownerId ? [{ reason: 'errors', ...told }] : []
  if (reason && (expected || ours.test(body))) return [{ reason, ...told }]
  if (expected) return [{ reason: 'unknown-shape', ...told }]
  return ours.test(body) && !documents.some(stateOf) ? [{ reason: 'unknown-shape' }] : []
}

/** @throws never by intent; `read` keeps a net under it */
export const readAnswer = (answer: Answer): Reading => {
  const seenAt = isoTime(answer.seenAt)
  if (/^(?:file|paste)$/.test(answer.request?.operation ?? '') || answer.url.startsWith('file:')) return readExport(answer, seenAt)
  const question = questionOf(answer)
  const reading = nothing()
  // What the page asks for about anybody else, ahead of need: none of it is the account's.
  if (question.foreign) return reading
  const body = textOf(answer.body)
  const found = documentsIn(body)
  const documents = [...new Set(found.documents)]
  if (documents.length === 1 && isExport(documents[0])) return readExport(answer, seenAt)
  const all = documents.map(document => interpret(document, question, known({ source: 'answer' as const, seenAt })))
  for (const one of all) add(reading, one)
  const asked = question.kind !== 'unknown'
  const gave = holds(reading)
  const stands = barrierOf(answer, asked) ?? (gave ? undefined : asked ? refusalIn(body, documents) : isMarkup(body) && !documents.some(stateOf) && isCheck(body) ? ({ kind: 'challenge' } as const) : undefined)
  if (found.reason && gave) reading.unread.push(known({ reason: found.reason, operation: question.operation, ownerId: question.ownerId }))
  if (!stands && !gave && reading.unread.length === 0 && !all.some(one => one.answered)) reading.unread.push(...unanswered(found, question, answer, body))
  // A request can be answered by a page's state only where the page itself was asked for.
  return { ...(asked ? stands?.kind === 'login-wall' && { signedOut: true } : agreed(all)), ...(stands && { barrier: stands }), ...reading }
}

/**
 * @param answer an answer of TikTok's own requests, its page or JSON elements of it, or the file of its official download
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
    return agreed(evidence.documents.flatMap(text => documentsIn(text).documents.map(document => interpret(document, question, {})))).viewer
  } catch {
    return undefined
  }
}
