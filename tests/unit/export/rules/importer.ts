/** What an importer demands of an archive, as rules that can be asked one by one. */
import { opened, type Any } from '../fake.ts'
import type { OutFile } from '../../../../lib/export/index.ts'

/** An unpacked archive, read by a reader that is not ours. */
export interface Archive {
  /** Paths of its files. */
  names: string[]
  actor: Any
  /** `outbox.json`, and the activities in it. */
  outbox: Any
  items: Any[]
}

export interface Importer {
  name: string
  /** Rules for the archive as a whole: without them nothing of it is taken. */
  whole: Record<string, (archive: Archive) => boolean>
  /** Which activities it looks at. What it passes over on purpose (docs/bundle.md has the table) is no loss that an archive could prevent. */
  takes(item: Any, archive: Archive): boolean
  /** Rules for each activity that it takes: where one does not hold, the post is lost, or comes out wrong. */
  each: Record<string, (item: Any, archive: Archive) => boolean>
}

export const archiveOf = async (file: Pick<OutFile, 'stream'>): Promise<Archive> => {
  const { names, json, items } = await opened(file)
  return { names, actor: json('actor.json'), outbox: json('outbox.json'), items }
}

/** Importers stumble in ways of their own over what is not as they think: whatever a rule throws, it does not hold. */
const holds = (rule: () => boolean): boolean => {
  try {
    return rule()
  } catch {
    return false
  }
}

/** @returns the rules of this importer that do not hold, each with the first activity that breaks it */
export const refusals = (importer: Importer, archive: Archive): string[] => {
  const broken = new Map<string, string>()
  for (const [name, rule] of Object.entries(importer.whole)) if (!holds(() => rule(archive))) broken.set(name, 'archive')
  for (const item of archive.items) {
    if (!holds(() => importer.takes(item, archive))) continue
    for (const [name, rule] of Object.entries(importer.each)) if (!broken.has(name) && !holds(() => rule(item, archive))) broken.set(name, String(item?.id))
  }
  return [...broken].map(([name, where]) => `${importer.name}: ${name} (${where})`)
}

/** How many activities it takes. */
export const taken = (importer: Importer, archive: Archive): number => archive.items.filter(item => importer.takes(item, archive)).length

// --- what several importers ask -------------------------------------------------------------------------------------------

export const everybody = 'https://www.w3.org/ns/activitystreams#Public'
export const isString = (value: unknown): value is string => typeof value === 'string'
export const isStrings = (value: unknown): value is string[] => Array.isArray(value) && value.every(isString)
export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
/** RFC 3339, with a zone; a day that there is. */
export const isTime = (value: unknown): boolean => isString(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value) && new Date(value).toISOString().slice(8, 10) === value.slice(8, 10)
export const isNote = (item: Any): boolean => item.type === 'Create' && item.object?.type === 'Note'
export const attachments = (item: Any): Any[] => item.object.attachment
export const baseName = (path: string): string => path.split('/').at(-1)!
/** The file of the archive that has this last part of its path, where it is one alone. */
export const byBaseName = ({ names }: Archive, url: string): string | undefined => {
  const found = names.filter(name => baseName(name).toLowerCase() === baseName(url).toLowerCase())
  return found.length === 1 ? found[0] : undefined
}
/** What people see. */
export const plain = (html: string): string =>
  html.replaceAll(/<br ?\/?>|<\/p>/g, '\n').replaceAll(/<[^>]*>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
/** A word that is taken for somebody's name. */
export const namesSomebody = (text: string): boolean => /@\n*[\p{L}\p{N}_]/u.test(text)
/** Notes by id that stand before this activity. */
export const standsBefore = ({ items }: Archive, item: Any, note: unknown): boolean => items.slice(0, items.indexOf(item)).some(other => other.object?.id === note)
/** Whether an address is one of this archive's own. */
export const isOwn = ({ actor }: Archive, url: unknown): boolean => isString(url) && url.startsWith(`${actor.id}/`)
