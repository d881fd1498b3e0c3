/**
 * What the members of Meta's download ("Download your information", JSON) have in common. Labels are in the person's language, and every byte of UTF-8 stands as a letter of its own.
 *
 * Sources: d3i-infra/data-donation-task `platforms/instagram.py` (2026-05), marcomaroni-github/instagram-to-bluesky (2025-03), haunchen/threads-wrapped `js/parser.js`, jschang19/threads-recap
 * `app/types/threads.ts`, pixelfed/pixelfed `AccountImport.vue` (2024-03; the folder moved about 2025-03: its PR 5822).
 */
import type { Answer, Follow, Media, Post, Profile, Reading, Relation, Section } from '../../model/index.ts'
import { SELF, nothing } from '../../model/index.ts'
import { handedIn, unnumberedId, type Handed } from './export.ts'
import { at, dict, isDict, isoTime, known, list, moment, said, text, word, type Dict } from './fields.ts'
import { readJson } from './json.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @param value text of which each letter may be a byte of UTF-8 @returns the text; one that is right already stays as it is */
export const repaired = (value: string): string => {
  let high = false
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (code > 0xff) return value
    high ||= code > 0x7f
  }
  if (!high) return value
  try {
    return utf8.decode(Uint8Array.from(value, letter => letter.charCodeAt(0)))
  } catch {
    return value
  }
}

const DEEPEST = 40
/** The same of a whole document, keys too. */
const repairedAll = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return repaired(value)
  if (depth > DEEPEST) return undefined
  if (Array.isArray(value)) return value.map(one => repairedAll(one, depth + 1))
  if (!isDict(value)) return value
  const out: Dict = Object.create(null) as Dict
  for (const [key, one] of Object.entries(value)) out[repaired(key)] = repairedAll(one, depth + 1)
  return { ...out }
}

/** A network of Meta's, as its members speak of it. */
export interface Place {
  profileUrl(handle: string): string
  /** Hosts of its addresses, without `www.`. */
  hosts: readonly string[]
}

const HANDLE = /^[a-z0-9_](?:[a-z0-9_.]{0,29})$/i
const handleText = (value: unknown): string | undefined => {
  const name = word(value)?.replace(/^@/, '')
  return name && HANDLE.test(name) ? name : undefined
}

/** The name in a profile's address: `/_u/<name>`, `/@<name>`, `/<name>`. */
const handleAt = (address: unknown, { hosts }: Place): string | undefined => {
  const url = word(address) && URL.canParse(address as string) ? new URL(address as string) : undefined
  if (!url || !hosts.includes(url.host.replace(/^www\./, ''))) return undefined
  return handleText(/^\/(?:_u\/)?@?([^/]+)\/?$/.exec(url.pathname)?.[1])
}

/** A person in a list: `string_list_data`, or `label_values` under translated labels. In lists of 2026 the name stands in the title, and not in the value. */
const personOf = (row: unknown, place: Place): { id: string; handle: string; name?: string; url: string; createdAt?: string } | undefined => {
  const data = list(at(row, 'string_list_data'))[0]
  const labels = list(at(row, 'label_values'))
  const title = said(at(row, 'title'))
  const linked = labels.flatMap(one => handleAt(at(one, 'href'), place) ?? handleAt(at(one, 'value'), place) ?? [])[0]
  const handle = handleText(at(data, 'value')) ?? handleAt(at(data, 'href'), place) ?? linked ?? (data || labels.length === 0 ? handleText(title) : undefined)
  if (!handle) return undefined
  const name = title && title.toLowerCase() !== handle.toLowerCase() ? title : undefined
  // The file has names only; the number comes with a capture of the list.
  return known({ id: handle, handle, name, url: place.profileUrl(handle), createdAt: moment(at(data, 'timestamp')) ?? moment(at(row, 'timestamp')) })
}

const endings: [RegExp, Media['kind']][] = [[/\.(?:mp4|mov|webm)$/i, 'video'], [/\.(?:mp3|m4a|aac|wav)$/i, 'audio'], [/\.gif$/i, 'gif'], [/\.(?:jpe?g|png|webp|heic|avif)$/i, 'image']]

/** Where and with what it was taken stands beside it; nobody looks at that. */
const mediaOf = (rows: unknown[]): Media[] =>
  rows.flatMap((one): Media[] => {
    const file = word(at(one, 'uri'))
    const kind = file === undefined ? undefined : (endings.find(([ending]) => ending.test(file))?.[1] ?? 'image')
    return file && kind && !/^[a-z]+:/i.test(file) ? [{ kind, member: file }] : []
  })

interface Seen { source: 'export'; seenAt?: string }

/** @param row `{media: [{uri, creation_timestamp, title, …}], title?, creation_timestamp?}`: further media are further pictures of the same post */
export const postOf = (row: unknown, ownerId: string, seen: Seen, more: (first: Dict) => Partial<Post> = () => ({})): Post | undefined => {
  const media = list(at(row, 'media')).filter(isDict)
  const first = media[0] ?? (dict(row) as Dict)
  const createdAt = moment(at(row, 'creation_timestamp')) ?? media.map(one => moment(one.creation_timestamp)).find(Boolean)
  if (!createdAt || !isDict(row)) return undefined
  const outer = text(row.title)
  const words = outer !== undefined && outer !== '' ? outer : text(first.title)
  const pictures = mediaOf(media)
  return known({ id: unnumberedId(createdAt, words), unnumbered: true, authorId: ownerId, createdAt, text: words === '' ? undefined : words, media: pictures.length > 0 ? pictures : undefined, ...more(first), ...seen })
}

/** What the person is called by, in the languages in which it was seen or that are likely. Labels are theirs, so a value that could be nothing else counts too. */
const NAMED = /^(?:user ?name|benutzername|nombre de usuario|nom d[’']utilisateur|nome (?:de )?(?:usu[aá]rio|utente)|nome utilizador|gebruikersnaam|användarnamn|brugernavn|brukernavn|käyttäjänimi|nazwa użytkownika|uživatelské jméno|felhasználónév|kullanıcı adı|имя пользователя|ім’я користувача|ユーザーネーム|用户名|用戶名稱|使用者名稱|사용자 이름|اسم المستخدم|שם משתמש|tên người dùng|nama pengguna|ชื่อผู้ใช้)$/i

/** The account's own names: the same map holds a mail address, a telephone number and a birth date. */
const ownNames = (map: Dict, place: Place): { handle?: string; name?: string } => {
  const value = (entry: unknown): unknown => at(entry, 'value')
  const entries = Object.entries(map)
  const labelled = entries.find(([label]) => NAMED.test(label.trim()))?.[1]
  const linked = entries.flatMap(([, entry]) => handleAt(at(entry, 'href'), place) ?? [])[0]
  const handle = handleText(value(labelled)) ?? linked
  const name = said(value(entries.find(([label]) => /^(?:name|nombre|nom|nome|naam|名前|姓名|이름|الاسم|имя)$/i.test(label.trim()))?.[1]))
  return known({ handle, name })
}

/** What becomes of the rows under one key. */
export type Row =
  | { kind: 'follows' }
  | { kind: 'people'; relation: 'follower' | 'block'; section: Section }
  | { kind: 'posts'; section: Section; more?: (first: Dict) => Partial<Post> }
  | { kind: 'marks'; relation: 'like' | 'bookmark'; section: Section; post(address: string): { id: string; url: string; handle?: string } | undefined }
  | { kind: 'own' }

/** @param bare what a list without a key is, told by its first row */
export interface Members { place: Place; keys: Record<string, Row>; bare(first: unknown, path: string): Row | undefined }

const addressesIn = (row: unknown): string[] => [
  ...list(at(row, 'string_list_data')).flatMap(one => word(at(one, 'href')) ?? []),
  ...Object.values(dict(at(row, 'string_map_data')) ?? {}).flatMap(one => word(at(one, 'href')) ?? []),
  ...list(at(row, 'label_values')).flatMap(one => word(at(one, 'href')) ?? []),
]
const timeIn = (row: unknown): string | undefined =>
  [...list(at(row, 'string_list_data')), ...Object.values(dict(at(row, 'string_map_data')) ?? {}), row].map(one => moment(at(one, 'timestamp'))).find(Boolean)

const addRow = (row: unknown, what: Row, place: Place, ownerId: string, position: number, seen: Seen, reading: Reading): boolean => {
  if (what.kind === 'follows' || what.kind === 'people') {
    const person = personOf(row, place)
    if (!person) return false
    if (what.kind === 'follows') reading.follows.push({ ...person, ownerId, relation: 'follow', ...seen } satisfies Follow)
    else reading.relations.push({ ...person, ownerId, relation: what.relation, ...seen } satisfies Relation)
    return true
  }
  if (what.kind === 'posts') {
    const post = postOf(row, ownerId, seen, what.more)
    return post !== undefined && reading.posts.push(post) > 0
  }
  if (what.kind === 'marks') {
    const found = addressesIn(row).map(what.post).find(Boolean)
    return found !== undefined && reading.relations.push(known({ ...found, post: true, relation: what.relation, ownerId, createdAt: timeIn(row), ...seen })) > 0
  }
  const names = ownNames(dict(at(row, 'string_map_data')) ?? {}, place)
  if (!names.handle) return false
  const handle = names.handle
  reading.viewer = known({ id: handle, handle, name: names.name })
  reading.profiles.push(known({ id: handle, handle, name: names.name, url: place.profileUrl(handle), ...seen }) satisfies Profile)
  return true
}

/** @returns everything that a member holds; rows that can't be read are counted. Total */
export const readMembers = (answer: Answer, members: Members): Reading => {
  const reading = nothing()
  const handed: Partial<Handed> = handedIn(answer) ?? {}
  const body = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body)
  const told = known({ operation: 'file', ownerId: handed.ownerId })
  const { documents, reason } = readJson(body.replace(/^\uFEFF/, ''))
  const seen: Seen = known({ source: 'export' as const, seenAt: isoTime(answer.seenAt) })
  const ownerId = handed.ownerId ?? SELF
  let found = false
  for (const document of documents.map(one => repairedAll(one))) {
    const bare = Array.isArray(document) ? members.bare(document[0], handed.path ?? '') : undefined
    const parts: [Row, unknown[]][] = bare
      ? [[bare, document as unknown[]]]
      : isDict(document)
        ? Object.entries(document).flatMap(([key, rows]): [Row, unknown[]][] => (Object.hasOwn(members.keys, key) ? [[members.keys[key]!, Array.isArray(rows) ? rows : isDict(rows) ? [rows] : []]] : []))
        : []
    // An empty list says that there is nothing: of which kind, only its place does.
    found ||= parts.length > 0 || (Array.isArray(document) && document.length === 0)
    for (const [what, rows] of parts) {
      const section = 'section' in what ? what.section : what.kind === 'follows' ? ('follows' as const) : undefined
      let lost = 0
      for (const [position, row] of rows.entries()) if (!addRow(row, what, members.place, ownerId, position, seen, reading)) lost++
      if (lost > 0 && what.kind !== 'own') reading.unread.push(known({ reason: 'no-records', section, records: lost, ...told }))
      if (section && !reason) reading.ends.push({ section, ownerId, state: 'end' })
    }
  }
  if (reason) reading.unread.push({ reason, ...told })
  else if (!found) reading.unread.push({ reason: 'unknown-shape', ...told })
  return reading
}
