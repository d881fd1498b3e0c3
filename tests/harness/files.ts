/** Reads the files that a person leaves with, as an importer would, and compares them with what the simulation holds. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Room } from '../../lib/networks/rooms.ts'
import type { Truth, TruePerson } from '../networks/types.ts'
import { unzip } from './zip.ts'

const HEADER = 'Account address,Show boosts,Notify on new posts,Languages'

/** Lines of a follow list. @returns the addresses, and what importers would stumble over */
export const readFollowList = (text: string): { addresses: string[]; wrong: string[] } => {
  const wrong: string[] = []
  if (text.startsWith('\uFEFF')) wrong.push('it begins with a byte order mark')
  if (text.includes('\r')) wrong.push('it has carriage returns')
  if (!text.endsWith('\n')) wrong.push('its last line has no end')
  const [header, ...lines] = text.replace(/\n$/, '').split('\n')
  if (header !== HEADER) wrong.push(`its first line is ${header}`)
  for (const line of lines) if (!/^[^\s@,"]+@[^\s@,"]+\.[^\s@,"]+,(true|false),(true|false),$/.test(line)) wrong.push(`the line ${line}`)
  const addresses = lines.map(line => line.split(',')[0]!)
  if (new Set(addresses).size !== addresses.length) wrong.push('it has somebody twice')
  if (addresses.length > 7500) wrong.push(`it has ${addresses.length} rows`)
  return { addresses, wrong }
}

/** RFC 4180, quoted or not. */
export const readTable = (text: string): string[][] => {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy
  const body = text.replace(/^\uFEFF/, '')
  for (let match = cell.exec(body); match && match.index < body.length; match = cell.exec(body)) {
    row.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'))
    if (match[3] !== ',') {
      rows.push(row)
      row = []
    }
  }
  return rows
}

/** Where a network's own people live in the fediverse; a name that is merely the same elsewhere is a guess, and in no list before it was looked up. */
export const homeOf = ({ fediverse }: Pick<Room, 'fediverse'>): string | undefined => (fediverse?.sameName ? undefined : fediverse?.host)

/** Lower case, and the host as it is asked for: importers do not know a host in letters of its own script. */
const asAddress = (handle: string): string => {
  const [name, host] = handle.toLowerCase().split('@')
  return `${name}@${new URL(`https://${host}`).host}`
}

interface Expected {
  followable: string[]
  unchecked: string[]
  /** Handles. */
  not: string[]
}

/**
 * Who belongs into which list, by the rules of the issue: names of the fediverse as they are; those that the network says do share; those of whom it says
 * nothing, unchecked; everybody else, private accounts too, can't be followed.
 * @param host where the network's own people live in the fediverse; undefined: it has no part in it
 */
export const expectedLists = (follows: TruePerson[], host: string | undefined): Expected => {
  const lists: Expected = { followable: [], unchecked: [], not: [] }
  for (const person of follows) {
    if (person.unavailable) lists.not.push(person.handle)
    else if (person.address ?? person.handle.includes('@')) lists.followable.push(asAddress(person.address ?? person.handle))
    else if (host === undefined || person.locked || person.federated === false) lists.not.push(person.handle)
    else (person.federated ? lists.followable : lists.unchecked).push(`${person.handle}@${host}`.toLowerCase())
  }
  return lists
}

/** Lines of the files of lists, blocks, mutes and bookmarks, by file: those whose people's names are addresses. */
export const expectedKept = ({ relations = [] }: Truth): Record<string, string[]> => {
  const those = (relation: string, line: (one: NonNullable<Truth['relations']>[number]) => string): string[] => [
    ...new Set(relations.filter(one => one.relation === relation && one.handle?.includes('@')).map(line)),
  ].toSorted()
  const files = {
    'lists.csv': those('list', one => `${one.list},${one.handle!.toLowerCase()}`),
    'blocked_accounts.csv': those('block', one => one.handle!.toLowerCase()),
    'muted_accounts.csv': those('mute', one => `${one.handle!.toLowerCase()},true`),
    'bookmarks.csv': those('bookmark', one => one.url!),
  }
  return Object.fromEntries(Object.entries(files).filter(([, lines]) => lines.length > 0).map(([name, lines]) => [name, name.startsWith('muted') ? ['Account address,Hide notifications', ...lines] : lines]))
}

const differ = (what: string, are: string[], should: string[]): string[] => {
  const [got, wanted] = [new Set(are), new Set(should)]
  const lacking = should.filter(one => !got.has(one))
  const more = are.filter(one => !wanted.has(one))
  return [
    ...(lacking.length > 0 ? [`${what}: ${lacking.length} are missing, e.g. ${lacking[0]}`] : []),
    ...(more.length > 0 ? [`${what}: ${more.length} should not be there, e.g. ${more[0]}`] : []),
    ...(are.length === got.size ? [] : [`${what}: ${are.length - got.size} are there twice`]),
  ]
}

interface Note { id: string; type: string; url?: string; published: string; content: string; to: unknown; cc: unknown; tag: unknown; attachment: unknown; inReplyTo: string | null }
interface Activity { id: string; type: string; published: string; to: unknown; object: Note | string }
export interface Bundle {
  actor: { id: string; type: string; preferredUsername: string; name: string; [more: string]: unknown }
  items: Activity[]
  names: string[]
}

export const readBundle = (bytes: Uint8Array): Bundle => {
  const files = unzip(bytes)
  const json = (name: string): unknown => {
    const file = files[name]
    if (!file) throw new Error(`The bundle has no ${name}, but ${Object.keys(files).join(', ')}`)
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file))
  }
  const outbox = json('outbox.json') as { orderedItems: Activity[] }
  return { actor: json('actor.json') as Bundle['actor'], items: outbox.orderedItems, names: Object.keys(files) }
}

/** What a server would show of a post: its text without markup. */
const plain = (html: string): string =>
  html
    .replaceAll(/<br ?\/?>/g, '\n')
    .replaceAll(/<\/p><p[^>]*>/g, '\n\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** @returns the names of the files that a person with this account leaves with: whatever would be empty is not made */
export const expectedFiles = (truth: Truth, host: string | undefined): RegExp[] => {
  const { followable, unchecked, not } = expectedLists(truth.follows, host)
  return [
    ...(followable.length ? [/^following_accounts\.csv$/] : []),
    ...(unchecked.length ? [/^following_accounts-unchecked\.csv$/] : []),
    ...(not.length ? [/^not-followable\.csv$/] : []),
    /^archive-.*\.zip$/,
  ]
}

/** @returns what is different between the bundle and the account's own public posts */
export const compareBundle = ({ actor, items, names }: Bundle, truth: Truth): string[] => {
  // Left out by default: what only followers may read, what is meant to vanish, and reposts of which nobody said when they were made.
  const wanted = truth.posts.filter(post => (post.visibility === 'public' || post.visibility === 'unlisted') && !post.ghost && !post.headerOnly)
  const notes = items.filter(item => item.type === 'Create').map(item => item.object as Note)
  const announces = items.filter(item => item.type === 'Announce')
  const times = items.map(item => Date.parse(item.published))
  const byUrl = new Map(notes.map(note => [note.url, note]))
  const own = wanted.filter(post => post.repostOf === undefined)
  return [
    ...(names.includes('actor.json') && names.includes('outbox.json') ? [] : [`the bundle holds ${names.join(', ')}`]),
    // Servers take letters, digits and _ in a user's name.
    ...(actor.preferredUsername === truth.viewer.handle.split('@')[0]!.replaceAll(/\W/g, '_') ? [] : [`the actor is ${actor.preferredUsername}`]),
    ...differ('notes', notes.map(note => note.url ?? note.id), own.map(post => post.url)),
    ...(announces.length === wanted.length - own.length ? [] : [`there are ${announces.length} announces instead of ${wanted.length - own.length}`]),
    ...(times.every((time, index) => index === 0 || time >= times[index - 1]!) ? [] : ['the posts are not in the order of their dates']),
    ...(new Set(items.map(item => item.id)).size === items.length ? [] : ['ids are there twice']),
    ...own.flatMap(post => {
      const note = byUrl.get(post.url)
      if (!note) return []
      const text = plain(note.content)
      // A mention loses its @, since importers would take it for somebody of theirs; the words around it stay.
      const lost = (post.text ?? '')
        .split(/\s+|[@#/:?&=]+/)
        .filter(word => word.length > 3 && !post.facets.some(facet => facet.kind !== 'tag' && (post.text ?? '').slice(facet.start, facet.end).includes(word)))
        .filter(word => !text.includes(word))
      return [
        ...(lost.length > 0 ? [`${post.url} lost the words ${lost.slice(0, 3).join(' ')}`] : []),
        ...(Math.abs(Date.parse(note.published) - Date.parse(post.createdAt)) < 1000 ? [] : [`${post.url} is of ${note.published}`]),
        ...(/(^|[\s>])@\w/.test(text) ? [`${post.url} says @ to somebody`] : []),
        ...([note.to, note.cc, note.tag, note.attachment].every(Array.isArray) ? [] : [`${post.url} has a list that is none`]),
      ]
    }),
  ]
}

export interface Written {
  followable: string[]
  unchecked: string[]
  not: string[][]
  bundle: Bundle | undefined
  wrong: string[]
}

/** @param paths of the saved files, whichever there are */
export const readFiles = async (paths: string[]): Promise<Written> => {
  const written: Written = { followable: [], unchecked: [], not: [], bundle: undefined, wrong: [] }
  for (const path of paths) {
    const name = basename(path)
    if (/^archive-.*\.zip$/.test(name)) written.bundle = readBundle(new Uint8Array(await readFile(path)))
    else if (name.startsWith('not-followable')) written.not = readTable(await readFile(path, 'utf8')).slice(1)
    else if (name.startsWith('following_accounts')) {
      const { addresses, wrong } = readFollowList(await readFile(path, 'utf8'))
      ;(name.includes('unchecked') ? written.unchecked : written.followable).push(...addresses)
      written.wrong.push(...wrong.map(what => `${name}: ${what}`))
    }
  }
  return written
}

/** @returns what is different between the files and the truth; nothing if every row and post equals what the simulation holds */
export const compareFiles = (written: Written, truth: Truth, host: string | undefined): string[] => {
  const expected = expectedLists(truth.follows, host)
  return [
    ...written.wrong,
    ...differ('following_accounts', written.followable, expected.followable),
    ...differ('following_accounts-unchecked', written.unchecked, expected.unchecked),
    ...differ('not-followable', written.not.map(([handle]) => handle!.replace(/^'?@?/, '')), expected.not),
    ...(written.bundle ? compareBundle(written.bundle, truth) : ['there is no bundle']),
  ]
}
