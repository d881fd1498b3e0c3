/**
 * Reads a finished import archive again, in pieces, and says what an importer would stumble over. Run before an archive is
 * offered; docs/bundle.md says which importer each rule is for.
 */
import { activityStreams, everybody } from './context.ts'
import { languageTag } from './languages.ts'
import { isDatable, latestOf } from './select.ts'
import type { Problem } from './types.ts'
import { readStoredZip, type EntryReader } from './unzip.ts'

type Json = Record<string, unknown>

export interface Checked {
  problems: Problem[]
  /** What the archive holds. */
  items: number
  /** Its size. */
  bytes: number
}

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const isStrings = (value: unknown): value is string[] => Array.isArray(value) && value.every(item => typeof item === 'string')
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Problems by reason, each with a count and the first place. */
class Findings {
  private readonly byReason = new Map<string, Problem>()
  add(reason: string, example: unknown): void {
    const known = this.byReason.get(reason)
    if (known) known.count++
    else this.byReason.set(reason, { reason, count: 1, example: String(example).slice(0, 200) })
  }
  unless(fine: boolean, reason: string, example: unknown): void {
    if (!fine) this.add(reason, example)
  }
  get all(): Problem[] {
    return [...this.byReason.values()]
  }
}

/** What people see of it. */
const visible = (html: string): string =>
  html
    .replace(/<br \/>|<\/p>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name]!)

const allowed = /^(<\/?p>|<p class="quote-inline">|<br \/>|<a href="[^"<>]*"( rel="(tag|me)")?>|<\/a>)$/

const checkHtml = (html: string, at: string, findings: Findings): void => {
  const tags = html.match(/<[^>]*>?/g) ?? []
  findings.unless(tags.every(tag => allowed.test(tag)), 'html-tag', at)
  findings.unless(!html.includes('\n'), 'bare-newline', at)
  findings.unless(!/@\n*[\p{L}\p{N}_]/u.test(visible(html)), 'at-word', at)
}

const checkContext = (value: unknown, at: string, findings: Findings): void => {
  // Sharkey: an array, and no address of a Pleroma ("litepub") context in it.
  const fine = Array.isArray(value) && value[0] === activityStreams && !value.some(item => typeof item === 'string' && item.includes('litepub'))
  findings.unless(fine, 'context', at)
}

/** Who may read it, in one of the three forms that importers tell apart. */
const isAddressed = (to: string[], cc: string[], followers: string): boolean =>
  JSON.stringify([to, cc]) === JSON.stringify([[everybody], [followers]]) ||
  JSON.stringify([to, cc]) === JSON.stringify([[followers], [everybody]]) ||
  JSON.stringify([to, cc]) === JSON.stringify([[followers], []])

class OutboxCheck {
  items = 0
  /** Attachments that must be files of the archive. */
  readonly files = new Set<string>()
  /** What stands behind the actor's address in the ids of activities; a note's id is the same without its end. */
  private readonly activities = new Set<string>()
  private newest = ''
  private ended = false
  private actor = ''
  private readonly findings: Findings
  private readonly latest: number
  private readonly isEarlier: (note: string) => boolean
  constructor(findings: Findings, latest: number, isEarlier: (note: string) => boolean) {
    this.findings = findings
    this.latest = latest
    this.isEarlier = isEarlier
  }

  /** The line before the first activity, or the first where there is none. */
  private head(line: string): void {
    const head = parse(`${line}]}`)
    if (!isRecord(head)) return this.findings.add('outbox-not-readable', 'outbox.json')
    checkContext(head['@context'], 'outbox.json', this.findings)
    this.findings.unless(head.type === 'OrderedCollection' && head.id === 'outbox.json', 'outbox-shape', 'outbox.json')
  }

  private date(value: unknown, at: string): void {
    this.findings.unless(typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) && isDatable(value, this.latest), 'date', at)
  }

  private addressing(item: Json, at: string): void {
    const { to, cc } = item
    if (!isStrings(to) || !isStrings(cc)) return this.findings.add('not-an-array', at)
    this.findings.unless(isAddressed(to, cc, `${this.actor}/followers`), 'audience', at)
  }

  private attachments(list: unknown[], at: string): void {
    for (const item of list) {
      const url = isRecord(item) ? item.url : undefined
      const fine = isRecord(item) && item.type === 'Document' && typeof item.mediaType === 'string' && (item.name === null || typeof item.name === 'string')
      if (!fine || typeof url !== 'string' || !url.startsWith('/media_attachments/files/')) this.findings.add('attachment', at)
      else this.files.add(url.slice(1))
    }
  }

  private note(note: Json, at: string): void {
    const { findings } = this
    this.addressing(note, at)
    this.date(note.published, at)
    if (note.updated !== undefined) this.date(note.updated, at)
    findings.unless(note.type === 'Note' && note.attributedTo === this.actor, 'note', at)
    findings.unless(note.url === undefined || typeof note.url === 'string', 'url', at)
    findings.unless(typeof note.sensitive === 'boolean' && (note.summary === null || (typeof note.summary === 'string' && note.sensitive)), 'warning', at)
    if (typeof note.summary === 'string') findings.unless(!/@\n*[\p{L}\p{N}_]/u.test(note.summary), 'at-word', at)
    if (typeof note.content === 'string' && note.content) checkHtml(note.content, at, findings)
    else findings.add('content', at)
    if (note.contentMap !== undefined) {
      const map = isRecord(note.contentMap) ? Object.entries(note.contentMap) : []
      findings.unless(map.length === 1 && languageTag(map[0]![0]) === map[0]![0] && map[0]![1] === note.content, 'language', at)
    }
    if (!Array.isArray(note.tag) || !Array.isArray(note.attachment)) return findings.add('not-an-array', at)
    findings.unless(
      note.tag.every(tag => isRecord(tag) && tag.type === 'Hashtag' && typeof tag.href === 'string' && typeof tag.name === 'string' && /^#[^\s#@]+$/.test(tag.name)),
      'tag',
      at,
    )
    this.attachments(note.attachment, at)
    const parent = note.inReplyTo
    findings.unless(parent === null || (typeof parent === 'string' && URL.canParse(parent)), 'in-reply-to', at)
    if (typeof parent === 'string' && parent.startsWith(`${this.actor}/`)) findings.unless(this.activities.has(`${parent.slice(this.actor.length)}/activity`) || this.isEarlier(parent), 'parent-not-before', at)
  }

  private order(item: Json, at: string): void {
    const published = String(item.published)
    const note = isRecord(item.object) ? item.object : {}
    const parent = note.inReplyTo
    const original = note['holdall:original']
    // Where posts answer each other in a circle, the first of them has waited for one that never came before it, and points at nobody.
    const waited = (typeof parent === 'string' && parent.startsWith(`${this.actor}/`)) || (isRecord(original) && isRecord(original['holdall:repliedTo']))
    if (published < this.newest) this.findings.unless(waited, 'not-oldest-first', at)
    else this.newest = published
  }

  private item(line: string): void {
    const item = parse(line.endsWith(',') ? line.slice(0, -1) : line)
    this.items++
    if (!isRecord(item) || typeof item.id !== 'string') return this.findings.add('activity', `number ${this.items}`)
    const { id } = item
    const short = id.slice(this.actor.length)
    this.findings.unless(id.startsWith(`${this.actor}/`) && item.actor === this.actor, 'not-under-base', id)
    this.findings.unless(!this.activities.has(short), 'duplicate-id', id)
    this.addressing(item, id)
    this.date(item.published, id)
    this.order(item, id)
    this.object(item, id)
    // After the note was looked at: none stands before itself.
    this.activities.add(short)
  }

  private object(item: Json, id: string): void {
    const { object } = item
    if (item.type === 'Announce') return this.findings.unless(typeof object === 'string' && URL.canParse(object), 'announce', id)
    if (item.type !== 'Create' || !isRecord(object)) return this.findings.add('activity', id)
    const same = id === `${String(object.id)}/activity` && object.published === item.published && JSON.stringify([object.to, object.cc]) === JSON.stringify([item.to, item.cc])
    this.findings.unless(same, 'activity-and-object-differ', id)
    this.note(object, id)
  }

  /** @param number the line's, from 1 */
  line(line: string, number: number): void {
    if (number === 1) return this.head(line)
    if (this.ended) return this.findings.add('outbox-not-readable', `line ${number}`)
    const tail = /^\],"totalItems":(\d+)\}$/.exec(line)
    if (!tail) return this.item(line)
    this.ended = true
    this.findings.unless(Number(tail[1]) === this.items, 'total-items', tail[1])
  }

  begin(actor: string): void {
    this.actor = actor
  }
  end(): void {
    this.findings.unless(this.ended, 'outbox-not-readable', 'no end')
  }
}

/** Hands on whole lines; holds no more than one. */
const lineReader = (line: (text: string, number: number) => void, end: () => void, broken: () => void): EntryReader => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let pending: string[] = []
  let number = 0
  const take = (text: string): void => {
    const [first = '', ...others] = text.split('\n')
    pending.push(first)
    for (const next of others) {
      line(pending.join(''), ++number)
      pending = [next]
    }
  }
  return {
    bytes(piece) {
      try {
        take(decoder.decode(piece, { stream: true }))
      } catch {
        broken()
      }
    },
    end() {
      const last = pending.join('')
      if (last) line(last, ++number)
      end()
    },
  }
}

/** @returns the actor's id, or '' */
const checkActor = (text: string, pictures: Set<string>, findings: Findings): string => {
  const actor = parse(text)
  if (!isRecord(actor) || typeof actor.id !== 'string' || !URL.canParse(actor.id)) {
    findings.add('actor', 'actor.json')
    return ''
  }
  checkContext(actor['@context'], 'actor.json', findings)
  findings.unless(actor.type === 'Person' && typeof actor.preferredUsername === 'string' && /^[a-z0-9_]+$/.test(actor.preferredUsername), 'actor', 'actor.json')
  findings.unless(actor.followers === `${actor.id}/followers` && typeof actor.inbox === 'string' && actor.outbox === 'outbox.json', 'actor', 'actor.json')
  findings.unless(!('publicKey' in actor), 'public-key', 'actor.json')
  if (typeof actor.summary === 'string') checkHtml(actor.summary, 'actor.json', findings)
  for (const picture of [actor.icon, actor.image]) {
    if (picture === undefined || picture === null) continue
    if (isRecord(picture) && picture.type === 'Image' && typeof picture.url === 'string') pictures.add(picture.url)
    else findings.add('picture', 'actor.json')
  }
  return actor.id
}

const checkEmptyCollection = (text: string, name: string, findings: Findings): void => {
  const list = parse(text)
  findings.unless(isRecord(list) && list.type === 'OrderedCollection' && list.id === name && isStrings(list.orderedItems), 'collection', name)
}

const needed = ['actor.json', 'outbox.json', 'likes.json', 'bookmarks.json']

const checkNames = (names: string[], wanted: Iterable<string>, findings: Findings): void => {
  const all = new Set(names)
  const bases = new Set<string>()
  for (const name of names) {
    const parts = name.split('/')
    const safe = !/^[/\\]|^[a-z]:|[\\\p{Cc}]/iu.test(name) && parts.every(part => part !== '' && part !== '.' && part !== '..')
    findings.unless(safe, 'path', name)
    findings.unless(needed.includes(name) || /^(avatar|header)\.[a-z0-9]+$/.test(name) || name.startsWith('media_attachments/files/'), 'not-in-the-layout', name)
    // Sharkey stops uploading the folder at the first file of subtitles.
    findings.unless(!name.toLowerCase().endsWith('.srt'), 'subtitles', name)
    const base = parts.at(-1)!.toLowerCase()
    findings.unless(!bases.has(base), 'duplicate-name', name)
    bases.add(base)
  }
  findings.unless(all.size === names.length, 'duplicate-name', 'whole path')
  for (const name of needed) findings.unless(all.has(name), 'missing-file', name)
  for (const name of wanted) findings.unless(all.has(name), 'missing-file', name)
}

/**
 * @param archive a ZIP as `bundle` writes it: entries stored, `actor.json` before `outbox.json`, one activity a line
 * @param capturedAt no date may lie more than a day after it; default: now
 * @param isEarlier whether a note stands in an archive that comes before this one
 * @returns no problem where all is well. Never throws for what the archive holds, only what the pieces throw
 */
export const checkBundle = async (archive: AsyncIterable<Uint8Array | Blob>, capturedAt: string = new Date().toISOString(), isEarlier: (note: string) => boolean = () => false): Promise<Checked> => {
  const findings = new Findings()
  const outbox = new OutboxCheck(findings, latestOf(capturedAt), isEarlier)
  const pictures = new Set<string>()
  const whole = (read: (text: string) => void, name: string): EntryReader => {
    const lines: string[] = []
    return lineReader(line => lines.push(line), () => read(lines.join('\n')), () => findings.add('not-utf-8', name))
  }
  const open = (name: string): EntryReader => {
    if (name === 'actor.json') return whole(text => outbox.begin(checkActor(text, pictures, findings)), name)
    if (name === 'outbox.json') return lineReader((line, number) => outbox.line(line, number), () => outbox.end(), () => findings.add('not-utf-8', name))
    if (needed.includes(name)) return whole(text => checkEmptyCollection(text, name, findings), name)
    return { bytes() {}, end: size => findings.unless(size > 0, 'empty-file', name) }
  }
  const { names, bytes, problems } = await readStoredZip(archive, open)
  for (const { reason, at } of problems) findings.add(reason, at)
  checkNames(names, [...outbox.files, ...pictures], findings)
  return { problems: findings.all, items: outbox.items, bytes }
}
