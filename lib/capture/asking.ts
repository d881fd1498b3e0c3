/**
 * A capture that asks a documented interface instead of walking pages: a queue of questions in the run's row. Each answer is committed together with
 * the questions that follow from it, so it goes on where it was after whatever killed it. Pure.
 */
import { isPublic } from '../browser/private.ts'
import type { Ask, Run, Section, SectionProgress } from '../model/index.ts'
import type { Room } from '../networks/rooms.ts'
import { afterRead, newRun, type Around, type Read } from './walk.ts'

/** More questions than this no account needs: whoever names ever new ones is wrong. */
const MAX_ASKED = 50_000
/** Questions without an answer before the capture stands still. */
const MAX_TRIES = 5

const iso = (now: number): string => new Date(now).toISOString()

/** A run that asks. @param now ms since 1970 @param also the optional sections that the person ticked */
export const newAsking = (id: string, room: Room, first: Pick<Run, 'subject' | 'handIn' | 'signedTab' | 'archive'> & { queue: Ask[] }, now: number, also: Section[]): Run => ({
  ...newRun(id, room, undefined, 'running', now, also), ...first, asked: 0,
})

const wanted = (run: Run, ask: Ask): boolean => (!ask.signed || run.signedTab !== undefined) && (ask.section === undefined || ask.section in run.sections) && (ask.url.startsWith('file:') || isPublic(ask.url))

/** What an answer that was read told. */
export interface Told extends Omit<Read, 'page'> {
  next: Ask[]
  status: number
}

const gaps = (sections: Run['sections'], of?: Section): Run['sections'] =>
  Object.fromEntries(
    Object.entries(sections).map(([section, progress]: [string, SectionProgress]) => [
      section, (of === undefined || of === section) && (progress.state === 'todo' || progress.state === 'now') ? { ...progress, state: 'gap' as const } : progress,
    ]),
  )

/** Nothing more is to be asked: what has not ended by then has a gap. Where nobody was found, `last` is what `Resume` asks again; a file is gone by then. */
const settle = (run: Run, last: Ask | undefined, around: Around, now: number): Run => {
  if (run.queue?.length || run.archive?.open) return run
  if (!run.viewer) return { ...run, queue: run.handIn || !last ? [] : [last], state: 'paused', reason: run.subject ? 'not-found' : 'unreadable' }
  const sections = run.handIn ? Object.fromEntries(Object.entries(run.sections).filter(([, { state }]) => state !== 'todo' && state !== 'now')) : gaps(run.sections)
  return afterRead({ ...run, sections }, { page: '', profile: false, ends: [] }, now, around)
}

/**
 * A question was answered.
 * @returns the row as it should be committed together with the answer's records
 */
export const afterAnswer = (run: Run, ask: Ask, told: Told, now: number, around: Around): Run => {
  const { queue = [] } = run
  const { next, status, ...read } = told
  // The same answer a second time: another life of the background was faster.
  if (queue[0]?.url !== ask.url) return run
  const seen = afterRead({ ...run, tries: 0, section: ask.section ?? run.section }, { ...read, page: ask.url }, now, around)
  // Lists of an archive may all have ended while others, of kinds that nobody counts, are still to come.
  const after: Run = run.archive ? { ...seen, state: run.state, reason: run.reason, endedAt: undefined, archive: { ...run.archive, taken: run.archive.taken + 1 } } : seen
  if (told.barrier) return after
  const rest = queue.slice(1)
  const known = new Set(queue.map(({ url }) => url))
  const asked = (run.asked ?? 0) + 1
  const more = asked > MAX_ASKED ? [] : next.filter(one => wanted(run, one) && !known.has(one.url) && known.add(one.url))
  const failed = status >= 400 && !more.length && !ask.optional && ask.section !== undefined && !read.ends.some(({ section }) => section === ask.section)
  return settle({ ...after, queue: [...rest, ...more], asked, ...(failed ? { sections: gaps(after.sections, ask.section) } : {}) }, ask, around, now)
}

/** A question was not answered: no connection, or a server in trouble. @returns the row; `wait`: milliseconds until it is asked again */
export const afterSilence = (run: Run, ask: Ask, now: number, around: Around): { run: Run; wait: number } => {
  if (run.queue?.[0]?.url !== ask.url) return { run, wait: 0 }
  const tries = run.tries + 1
  const next: Run = { ...run, tries, updatedAt: iso(now) }
  if (tries < MAX_TRIES) return { run: next, wait: 1000 * 2 ** tries }
  if (!ask.optional) return { run: { ...next, tries: 0, state: 'paused', reason: 'unreachable' }, wait: 0 }
  return { run: settle({ ...next, tries: 0, queue: run.queue.slice(1) }, ask, around, now), wait: 0 }
}

/** A status that says nothing about the question: the server is overloaded, or being mended. */
export const isTrouble = (status: number): boolean => status === 408 || status === 425 || status >= 500


/** A piece of an archive was handed over: it is to be read. One that was read already, or is not the next, changes nothing. */
export const afterPiece = (run: Run, at: number, ask: Ask, read: number, now: number): Run => {
  const { archive, queue = [] } = run
  if (!archive?.open || at !== archive.taken + queue.length) return run
  // Whoever hands over is there again.
  const back: Partial<Run> = run.state === 'paused' && run.reason === 'file-gone' ? { state: 'running', reason: undefined } : {}
  return { ...run, ...back, queue: [...queue, ask], archive: { ...archive, read }, updatedAt: iso(now) }
}

/** The archive was read to its end. */
export const afterPieces = (run: Run, around: Around, now: number): Run =>
  run.archive?.open ? settle({ ...run, archive: { ...run.archive, read: run.archive.of, open: false }, updatedAt: iso(now) }, undefined, around, now) : run
