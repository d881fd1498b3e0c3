/** From the text of an answer, or of a page, to the results in it and to who is signed in. */
import type { Source, Viewer } from '../../model/index.ts'
import { at, dict, idText, isDict, known, said, word, type Dict } from './fields.ts'
import { jsonScripts } from './html.ts'
import { jsonWithin, parseJson, readJson, valueEnd, withParts } from './json.ts'
import { walk } from './walk.ts'

/** One question's result: what the network answered, or what the page was delivered with. */
export interface Result {
  document: unknown
  source: Extract<Source, 'answer' | 'state'>
  operation?: string
  variables?: unknown
}

/** Who is signed in, as one place says it; `null`: nobody. */
export type Sighting = Viewer | null

export interface Envelope {
  results: Result[]
  /** What the page's own shared data say. */
  shared: Sighting[]
  /** Why nothing, or not everything, could be taken out. */
  reason?: 'empty' | 'not-json'
}

const cacheKey = /^(?:adp_)?(\w+?)RelayPreloader_/

/** @param value `viewer{id, username, profile_picture_url}` or a user @returns who that is */
export const viewerFrom = (value: unknown): Viewer | undefined => {
  if (!isDict(value)) return undefined
  const id = idText(value.id) ?? idText(value.pk)
  if (!id || !/^[1-9]\d*$/.test(id)) return undefined
  return known({
    id,
    handle: word(value.username),
    name: said(value.full_name),
    avatar: word(value.profile_picture_url) ?? word(value.hd_profile_pic_url) ?? word(value.profile_pic_url),
  })
}

/**
 * A module that names the viewer: `["BarcelonaSharedData", [], {viewer: {…} | null}, 42]`, in `define` or in `require`;
 * `["PolarisViewer", [], {data: {id, username}}, 7]` is shaped alike. A post's author or a profile never stands there.
 */
const sightingIn = (entry: unknown[]): Sighting | undefined => {
  const [name] = entry
  if (typeof name !== 'string' || !/(?:SharedData|Viewer(?:Data)?)$/.test(name)) return undefined
  for (const payload of entry.slice(1).flatMap(part => (Array.isArray(part) ? part : [part]))) {
    if (!isDict(payload)) continue
    if (Object.hasOwn(payload, 'viewer')) {
      const viewer = viewerFrom(payload.viewer) ?? viewerFrom(at(payload, 'viewer', 'user'))
      return viewer ?? (payload.viewer === null ? null : undefined)
    }
    if (/Viewer/.test(name)) {
      const viewer = viewerFrom(payload.data) ?? viewerFrom(payload)
      if (viewer || (Object.hasOwn(payload, 'data') && payload.data === null)) return viewer ?? null
    }
  }
  return undefined
}

interface State { parts: Map<string, unknown[]>; variables: Map<string, { operation?: string; variables: unknown }>; shared: Sighting[] }

/** Lists are what modules and cache entries are; the walk shows objects, so each object's lists are looked at. */
const eachList = (value: unknown, look: (entry: unknown[]) => void, depth = 0): void => {
  if (!Array.isArray(value) || depth > 6) return
  look(value)
  for (const inner of value) eachList(inner, look, depth + 1)
}

/** Takes the cache entries, the preloaders' variables and the viewer out of one embedded document. */
const collect = (document: unknown, state: State): void => {
  const look = (entry: unknown[]): void => {
    const sighting = sightingIn(entry)
    if (sighting !== undefined) state.shared.push(sighting)
    for (const [index, key] of entry.entries()) {
      const result = typeof key === 'string' && cacheKey.test(key) ? at(entry[index + 1], '__bbox', 'result') : undefined
      if (isDict(result)) state.parts.set(key as string, [...(state.parts.get(key as string) ?? []), result])
    }
  }
  eachList(document, look)
  walk(document, undefined, object => {
    for (const name of Object.keys(object)) eachList(object[name], look)
    const preloader = word(object.preloaderID)
    if (preloader) state.variables.set(preloader, { operation: word(object.queryName), variables: object.variables })
    // Results hold no modules.
    return at(object, '__bbox', 'result') ? { skip: true } : undefined
  })
}

/** A page's own scripts may name a preloader outside of JSON elements. */
const preloadersWithin = (html: string, state: State): void => {
  const name = '"preloaderID":'
  for (let found = html.indexOf(name); found >= 0; found = html.indexOf(name, found + name.length)) {
    const start = html.slice(Math.max(0, found - 300), found).lastIndexOf('{') + Math.max(0, found - 300)
    const end = html[start] === '{' ? valueEnd(html.slice(0, start + 20_000), start) : -1
    const object = end > 0 ? dict(parseJson(html.slice(start, end))?.value) : undefined
    const preloader = word(object?.preloaderID)
    if (object && preloader && !state.variables.has(preloader)) state.variables.set(preloader, { operation: word(object.queryName), variables: object.variables })
  }
}

/** Whether a document is a page's embedded state rather than an answer. */
const isState = (document: unknown): boolean =>
  isDict(document) && ['require', 'define', '__bbox', 'instances'].some(key => Object.hasOwn(document, key))

/** Any result that stands in a `__bbox` without a known key: its operation stays unknown. */
const looseResults = (document: unknown): Dict[] => {
  const found: Dict[] = []
  walk(document, undefined, object => {
    const result = at(object, '__bbox', 'result')
    if (!isDict(result)) return undefined
    found.push(result)
    return { skip: true }
  })
  return found
}

const stateResults = (documents: unknown[], html: string | undefined): Pick<Envelope, 'results' | 'shared'> => {
  const state: State = { parts: new Map(), variables: new Map(), shared: [] }
  for (const document of documents) collect(document, state)
  if (html?.includes('"preloaderID"')) preloadersWithin(html, state)
  const named = [...state.parts].flatMap(([key, parts]) =>
    withParts(parts).map((document): Result => {
      const preloader = state.variables.get(key)
      return { document, source: 'state', operation: cacheKey.exec(key)?.[1] ?? preloader?.operation, variables: preloader?.variables }
    }),
  )
  const seen = new Set([...state.parts.values()].flat())
  const loose = documents.flatMap(looseResults).filter(result => !seen.has(result))
  return { results: [...named, ...loose.map((document): Result => ({ document, source: 'state' }))], shared: state.shared }
}

/**
 * The answer to a move inside the page (`/ajax/route-definition/`): several documents `{__type}`. `first_response` names the preloaders and their variables,
 * each `preloader{id, result: {result}}` holds what one of them got.
 */
const isFrame = (document: unknown): document is Dict => isDict(document) && typeof document.__type === 'string' && ['payload', 'result', 'id'].some(key => Object.hasOwn(document, key))

const frameResults = (frames: Dict[]): Result[] => {
  const state: State = { parts: new Map(), variables: new Map(), shared: [] }
  for (const frame of frames) {
    const result = at(frame, 'result', 'result')
    const id = word(frame.id)
    if (frame.__type !== 'preloader' || !id) collect(frame, state)
    else if (isDict(result)) state.parts.set(id, [...(state.parts.get(id) ?? []), result])
  }
  return [...state.parts].flatMap(([key, parts]) =>
    withParts(parts).map((document): Result => known({ document, source: 'answer' as const, operation: cacheKey.exec(key)?.[1] ?? state.variables.get(key)?.operation, variables: state.variables.get(key)?.variables })),
  )
}

/** Whether the text is a page, or elements of one. */
export const isMarkup = (body: string, contentType: string): boolean =>
  /^\s*</.test(body) || (/html/i.test(contentType) && /<script/i.test(body))

/**
 * @param body an answer's text, a page, script elements one after another, or the text of one of them
 * @param contentType as the answer's header says; the text itself counts more
 */
export const open = (body: string, contentType: string): Envelope => {
  if (!isMarkup(body, contentType)) {
    const { documents, reason } = readJson(body)
    const states = documents.filter(isState)
    const frames = documents.filter(isFrame)
    const answers = documents.filter(document => !isState(document) && !isFrame(document))
    const state = states.length > 0 ? stateResults(states, undefined) : { results: [], shared: [] }
    const results = [...answers.map((document): Result => ({ document, source: 'answer' })), ...frameResults(frames), ...state.results]
    return { results, shared: state.shared, ...(reason && { reason }) }
  }
  const scripts = jsonScripts(body)
  const parsed = scripts.length > 0 ? scripts.map(script => readJson(script)) : [jsonWithin(body)]
  const documents = parsed.flatMap(({ documents: found }) => found)
  const broken = scripts.some((script, index) => parsed[index]?.reason === 'not-json' && /adp_\w+RelayPreloader_|"thread_items"/.test(script))
  const { results, shared } = stateResults(documents.filter(isState), body)
  const bare = documents.filter(document => !isState(document)).map((document): Result => ({ document, source: 'state' }))
  // A page without any: worth a word only where data were asked for.
  const reason = broken ? ('not-json' as const) : documents.length === 0 ? ('empty' as const) : undefined
  return { results: [...results, ...bare], shared, ...(reason && { reason }) }
}

/** @returns who all of these agree on; undefined where nobody was named, or not everywhere the same */
export const agreed = (sightings: Sighting[]): Viewer | undefined => {
  const first = sightings.find(sighting => sighting !== null)
  if (!first || sightings.some(sighting => sighting === null || sighting.id !== first.id)) return undefined
  return sightings.reduce<Viewer>((viewer, sighting) => ({ ...sighting, ...viewer }), first)
}
