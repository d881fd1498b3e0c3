/** From the text of an answer, or of a page, to the documents in it. */
import type { Source } from '../../model/index.ts'
import { isDict } from '../answers/fields.ts'
import { scriptTexts } from '../answers/html.ts'
import { parseJson, readJson } from '../answers/json.ts'
import { assigned, parseLiteral, withoutRefs } from '../answers/script-state.ts'
import { has } from './keys.ts'

export interface Document { value: unknown; source: Extract<Source, 'answer' | 'state'> }

export interface Documents {
  documents: Document[]
  /** Why nothing, or not everything, could be taken out. */
  reason?: 'empty' | 'not-json' | 'no-state' | 'damaged-state'
}

const stateNames: ReadonlySet<string> = new Set(['__INITIAL_STATE__', '__INITIAL_SSR_STATE__', '__SETUP_SERVER_STATE__'])

export const isMarkup = (body: string, contentType: string): boolean => /^\s*</.test(body) || (/\bhtml\b/i.test(contentType) && body.includes('<'))

const stateOf = (value: unknown): Document => ({ value: withoutRefs(value), source: 'state' })

const statesIn = (scripts: string[]): Documents => {
  const found = scripts.filter(script => script.includes('__INITIAL_') || script.includes('__SETUP_')).flatMap(script => assigned(script, stateNames))
  const documents = found.map(({ value }) => stateOf(value))
  if (documents.length === 0) return { documents, reason: 'no-state' }
  return { documents, ...(found.some(({ damaged }) => damaged) && { reason: 'damaged-state' as const }) }
}

/** Names that stand in a page's state and in no answer. */
const stateKeys = ['noteDetailMap', 'userPageData', 'noteQueries', 'activeTab']

/** A state that was saved as JSON, whole or in part: `{user, note, …}`, or `{<note number>: {note, comments}}`. */
const isState = (value: unknown): boolean => {
  if (!isDict(value) || Object.hasOwn(value, 'code') || Object.hasOwn(value, 'success')) return false
  if (stateKeys.some(key => has(value, key))) return true
  const entries = Object.values(value)
  return entries.some(entry => isDict(entry) && (stateKeys.some(key => has(entry, key)) || (isDict(entry.note) && (isDict(entry.comments) || has(entry, 'currentTime')))))
}

const asDocument = (value: unknown): Document => (isState(value) ? stateOf(value) : { value, source: 'answer' })

/** @param body JSON, a page, or a script that assigns the state @returns what is in it. Never throws */
export const documentsIn = (body: string, contentType: string): Documents => {
  if (body.trim() === '') return { documents: [], reason: 'empty' }
  if (isMarkup(body, contentType)) return statesIn(scriptTexts(body))
  const one = parseJson(body)
  if (one) return { documents: [asDocument(one.value)] }
  if (/__INITIAL_|__SETUP_/.test(body)) {
    const states = statesIn([body])
    if (states.documents.length > 0) return states
  }
  // A state that was copied out of its page, bare words and all.
  const literal = /^\s*[{[]/.test(body) ? parseLiteral(body) : undefined
  if (literal && isState(literal.value)) return { documents: [stateOf(literal.value)], ...(literal.damaged && { reason: 'damaged-state' as const }) }
  const { documents, reason } = readJson(body)
  return { documents: documents.map(asDocument), ...(reason && { reason }) }
}
