/** One document to records. They are found by their shape anywhere in it; only who is signed in is looked for in one place. */
import { nothing, type Reading, type Viewer } from '../../model/index.ts'
import { at, dict, isDict, type Dict } from '../answers/fields.ts'
import { walk } from '../answers/walk.ts'
import { isItem, type Author } from './items.ts'
import { readItem, readListEnd, readPeople, type Seen } from './lists.ts'
import { handleOf, handleText, idOf, lockedOf, personOf, profileOf, rowsOf, secUidOf, viewerOf } from './people.ts'
import type { Question } from './question.ts'

export interface Found extends Reading {
  /** Who is signed in, as this document says it; null: nobody; undefined: it does not say. */
  sighting?: Viewer | null
  /** Both ids of accounts that this document shows. */
  names: Map<string, string>
  /** It is an answer to what was asked, even if an empty one. */
  answered: boolean
}

/** The state of a page: scopes of 2024 and later, or modules of before. */
export const stateOf = (document: unknown): Dict | undefined => {
  if (!isDict(document)) return undefined
  const scopes = dict(document.__DEFAULT_SCOPE__)
  if (scopes) return scopes
  return Object.keys(document).some(key => key.startsWith('webapp.') || key === 'ItemModule' || key === 'UserModule' || key === 'AppContext') ? document : undefined
}

/** Nothing below the root is believed: whoever is named there is somebody else. */
const sightingIn = (state: Dict): Viewer | null | undefined => {
  const context = dict(state['webapp.app-context'])
  if (context) return viewerOf(context.user) ?? null
  const old = dict(at(state, 'AppContext', 'appContext')) ?? dict(state.AppContext)
  // That the older state would always name the viewer is not known.
  return old ? viewerOf(old.user) : undefined
}

/** People of an older state, by handle: its posts have only that. */
const namedIn = (state: Dict): Map<string, Author> => {
  const named = new Map<string, Author>()
  for (const [key, user] of Object.entries(dict(at(state, 'UserModule', 'users')) ?? {})) {
    const handle = handleOf(user) ?? handleText(key)
    if (handle) named.set(handle.toLowerCase(), { id: idOf(user), handle, secUid: secUidOf(user), locked: lockedOf(user) })
  }
  return named
}

const hasCounters = (value: Dict): boolean => isDict(value.stats) || isDict(value.statsV2)

/** @param document one JSON value of an answer or a page @returns what it holds */
export const interpret = (document: unknown, question: Question, seen: Seen): Found => {
  const found: Found = { ...nothing(), names: new Map(), answered: false }
  const state = stateOf(document)
  const around: Seen = state ? { ...seen, source: 'state' } : seen
  if (state) found.sighting = sightingIn(state)
  const named = state && namedIn(state)
  const showProfile = (info: unknown): void => {
    const shown = profileOf(info)
    if (!shown) return
    found.profiles.push({ ...shown.profile, ...around })
    found.counts.push(...shown.counts)
    const alias = secUidOf(at(info, 'user'))
    if (alias) found.names.set(alias, shown.profile.id)
  }
  const root = question.kind === 'people' && Array.isArray(document) && document.some(row => personOf(at(row, 'user') ?? row)) ? { userList: document } : document
  walk(root, undefined, (value, { path, key }) => {
    if (isItem(value)) {
      if (question.kind !== 'people' && question.kind !== 'person') readItem(value, question, around, found, named)
      const [id, alias] = [idOf(value.author), secUidOf(value.author)]
      if (id && alias) found.names.set(alias, id)
      return { skip: true }
    }
    if (value === state || path.includes('webapp.app-context') || path[0] === 'AppContext') return undefined
    const people = rowsOf(value)
    if (question.kind === 'people' ? path.length <= 1 : question.kind === 'unknown' && people !== undefined && people.length > 0 && path[0] !== 'UserModule') {
      const before = found.answered
      found.answered = readPeople(value, question, around, found) || before
      if (people !== undefined) return { skip: true }
    }
    if (question.kind === 'people') return undefined
    // Lists lie at the root, or in an envelope.
    if (path.length <= 1 && !state && !found.answered) found.answered = readListEnd(value, question, found)
    const isInfo = isDict(value.user) && (hasCounters(value) || key === 'userInfo' || key === 'user_info')
    if (isInfo && personOf(value.user)) {
      showProfile(value)
      return { skip: ['user', 'stats', 'statsV2'] }
    }
    // Of an older state, or saved by itself.
    const module = path.at(-3) === 'UserModule' && path.at(-2) === 'users'
    const alone = question.kind === 'unknown' && path.every(step => typeof step === 'number') && (typeof value.signature === 'string' || hasCounters(value))
    if ((module || alone) && personOf(value)) {
      const of = (name: string): unknown => at(root, ...path.slice(0, -2), name, key) ?? value[name]
      showProfile({ user: value, stats: of('stats'), statsV2: of('statsV2') })
      return { skip: true }
    }
    return undefined
  })
  return found
}
