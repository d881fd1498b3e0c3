/** From the text of an answer, or of a page, to the documents in it, and who they say is signed in. */
import type { Source, Viewer } from '../../model/index.ts'
import { at, dict, flag, idText, isDict, known, said, word, type Dict } from '../answers/fields.ts'
import { scriptTexts } from '../answers/html.ts'
import { readJson } from '../answers/json.ts'
import { assigned } from '../answers/script-state.ts'
import { handleOf, idOf, personOf, profileOf, userIn } from './people.ts'

/** Who is signed in; null: nobody is. */
export type Sighting = Viewer | null

export interface Documents {
  documents: { value: unknown; source: Extract<Source, 'answer' | 'state'> }[]
  /** What the page's state says. */
  viewers: Sighting[]
  reason?: 'empty' | 'not-json'
}

const stateNames: ReadonlySet<string> = new Set(['__INITIAL_STATE__', '__META_DATA__'])
const ours = /__INITIAL_STATE__|__META_DATA__/

export const isMarkup = (body: string, contentType: string): boolean => /^\s*</.test(body) || (/\bhtml\b/i.test(contentType) && body.includes('<'))

const number = (value: unknown): string | undefined => {
  const id = idText(value)
  return id && /^\d{1,20}$/.test(id) ? id : undefined
}

/** The account of whoever is signed in, which may be there with all that its profile shows. Nobody else's is looked at. */
const ownIn = (state: unknown): Dict | undefined => {
  const id = number(at(state, 'session', 'user_id'))
  const user = id && at(state, 'entities', 'users', 'entities', id)
  return isDict(user) && idOf(user) === id ? user : undefined
}

/** `session.user_id` of the state; nothing else of the session is looked at. */
const inState = (state: unknown): Sighting | undefined => {
  const session = dict(at(state, 'session'))
  if (!session) return undefined
  const id = number(session.user_id)
  if (!id) return Object.hasOwn(session, 'user_id') || flag(session.isLoggedIn) === false || Object.hasOwn(session, 'guestId') ? null : undefined
  const own = ownIn(state)
  return known({ id, handle: handleOf(own), name: said(own?.name) })
}

/** `{userId, userHash}` or `{isLoggedIn}`; the number was seen as text and as a number. */
const inMeta = (meta: unknown): Sighting | undefined => {
  const id = number(at(meta, 'userId'))
  if (id) return { id }
  return at(meta, 'isLoggedIn') === false ? null : undefined
}

const stateIn = (scripts: string[]): Documents => {
  const found = scripts.filter(script => ours.test(script)).flatMap(script => assigned(script, stateNames))
  // Where it is there as a whole, with what it says of itself and its counters, it is the profile; a name alone is none.
  const documents = found.map(({ value }) => ownIn(value)).filter(own => own && profileOf(own)?.bio !== undefined && profileOf(own)?.counts?.follows !== undefined).map(value => ({ value, source: 'state' as const }))
  const viewers = found.flatMap(({ name, value }) => {
    const sighting = name === '__META_DATA__' ? inMeta(value) : inState(value)
    return sighting === undefined ? [] : [sighting]
  })
  return { documents, viewers }
}

/** @param body JSON, a page, or script elements of one @returns what is in it. Never throws */
export const documentsIn = (body: string, contentType: string): Documents => {
  if (body.trim() === '') return { documents: [], viewers: [], reason: 'empty' }
  if (isMarkup(body, contentType)) return stateIn(scriptTexts(body))
  if (!/^\s*[[{]/.test(body) && ours.test(body)) return stateIn([body])
  const { documents, reason } = readJson(body)
  // A state that was copied out of its page.
  const states = documents.filter(value => isDict(at(value, 'session')) && isDict(at(value, 'entities'))).map(inState).filter(one => one !== undefined)
  return { documents: documents.map(value => ({ value, source: 'answer' })), viewers: states, ...(reason && { reason }) }
}

/** The answer to `Viewer`: `data.viewer.user_results.result`. */
export const viewerIn = (document: unknown): Viewer | undefined => {
  for (const name of ['viewer', 'viewer_v2']) {
    const person = personOf(userIn(at(document, 'data', name, 'user_results')))
    if (person) return known({ id: person.id, handle: person.handle, name: word(person.name), avatar: person.avatar })
  }
  return undefined
}

/** @returns who is signed in, if all that say so agree */
export const agreed = (sightings: Sighting[]): { viewer?: Viewer; signedOut?: true } => {
  const viewers = sightings.filter(one => one !== null)
  if (new Set(viewers.map(({ id }) => id)).size > 1) return {}
  if (viewers.length > 0) return sightings.every(Boolean) ? { viewer: Object.assign({}, ...viewers) as Viewer } : {}
  return sightings.length > 0 ? { signedOut: true } : {}
}
