/**
 * The file of TikTok's official download, `user_data_tiktok.json` (before: `user_data.json`), in any of its three layouts: until 2024, early 2025, and since
 * April 2025. They are rolled out side by side, so names tell which list it is, not places. Only lists that a capture would hold are looked at: the file also
 * has messages, addresses of sign-ins, purchases, searches.
 *
 * Sources: parsers d3i data-donation-task, RLEAPP tikTokArchiveJson (exports of late 2023 and early 2025), tiktok-save; a file of 2025-04.
 */
import { SELF, nothing, type Answer, type Follow, type Media, type Post, type Reading, type Section } from '../../model/index.ts'
import { unnumberedId } from '../answers/export.ts'
import { at, dict, idText, isDict, isoTime, known, moment, said, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { readJson } from '../answers/json.ts'
import { room } from './index.ts'
import { handleText } from './people.ts'

const roots = ['Profile', 'Profile And Settings', 'Activity', 'Your Activity', 'Video', 'Post', 'Likes and Favorites', 'Comment', 'Direct Message', 'Direct Messages', 'App Settings', 'Tiktok Shopping', 'TikTok Shop']

/** @param handed it was handed over as that file: then a part of it is enough @returns whether a document is the file of the official download */
export const isExport = (document: unknown, handed = false): document is Dict => isDict(document) && roots.filter(name => isDict(document[name])).length >= (handed ? 1 : 2)

/** Under whichever of its spellings: newer lists write their keys in lower case. */
const of = (row: unknown, name: string): unknown => at(row, name) ?? at(row, name.toLowerCase()) ?? at(row, name[0]?.toLowerCase() + name.slice(1))

/** `2023-05-01 12:34:56`, UTC, with or without saying so. */
const timeOf = (row: unknown): string | undefined => {
  const found = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?: ?UTC|Z)?$/.exec(word(of(row, 'Date')) ?? '')
  return found ? isoTime(`${found[1]}T${found[2]}Z`) : undefined
}

/** Sections, by the names of the list and of what it stands in. Deleted posts are in none of them. */
const lists: [Section, inside: RegExp, name: string][] = [
  ['follows', /^Following(?: List)?$/, 'Following'],
  ['likes', /^Like List$/, 'ItemFavoriteList'],
  ['bookmarks', /^Favorite Videos$/, 'FavoriteVideoList'],
  ['reposts', /^Reposts$/, 'RepostList'],
  ['posts', /^(?:Videos|Posts)$/, 'VideoList'],
]

/** An empty list is `null`, `[]` or `{}`, depending on the section. */
const rowsIn = (value: unknown): unknown[] | undefined => (value === null || (isDict(value) && Object.keys(value).length === 0) ? [] : Array.isArray(value) ? value : undefined)

const addressOf = (row: unknown): { id: string; url: string } | undefined => {
  const url = webAddress(of(row, 'Link'))
  const id = url && /\/(?:video|photo)\/(\d{6,30})(?:[/?#]|$)/.exec(url)?.[1]
  return id ? { id, url: `https://${new URL(url).host}${new URL(url).pathname}` } : undefined
}

const readRows = (section: Section, rows: unknown[], ownerId: string | undefined, seen: Pick<Post, 'source' | 'seenAt'>, reading: Reading): void => {
  let lost = 0
  for (const [position, row] of rows.entries()) {
    const createdAt = timeOf(row)
    const handle = handleText(of(row, 'UserName'))
    const post = addressOf(row)
    // The file has names only; the account's number comes with a capture of the list.
    const own = section === 'posts' ? ownPost(row, ownerId, seen) : undefined
    if (own) reading.posts.push(own)
    else if (section === 'follows' && handle) reading.follows.push(known({ id: handle, handle, url: room.profileUrl(handle), ownerId, relation: 'follow' as const, position, createdAt, ...seen }) satisfies Follow)
    else if (section === 'follows' || section === 'posts' || !post) lost++
    else if (section === 'reposts') reading.posts.push(known({ id: `repost:${post.id}`, authorId: ownerId, createdAt, repostOf: post, ...seen }))
    else reading.relations.push(known({ ...post, post: true, relation: section === 'likes' ? ('like' as const) : ('bookmark' as const), ownerId, createdAt, ...seen }))
  }
  reading.ends.push(known({ section, ownerId, state: 'end' as const }))
  if (lost > 0) reading.unread.push(known({ reason: 'no-records', operation: 'file', section, ownerId, records: lost }))
}

const audiences: Record<string, Post['visibility']> = { 'public to everyone': 'public', everyone: 'public', public: 'public', followers: 'followers', friends: 'circle', 'only me': 'self', private: 'self' }
const audienceOf = (value: unknown): Post['visibility'] => {
  const said = word(value)?.toLowerCase()
  // A word from outside can be `__proto__`, which every object has.
  return said !== undefined && Object.hasOwn(audiences, said) ? audiences[said] : undefined
}

/** Signed addresses of the film, or of each picture, which end after some days. */
const filesOf = (row: unknown): Media[] =>
  (word(of(row, 'Link')) ?? '').split(/\s+/).flatMap((link): Media[] => {
    const url = webAddress(link)
    if (!url) return []
    const ends = new URL(url).searchParams.get('x-expires')
    const still = /\.(?:jpe?g|png|webp|image|heic)(?:[?~]|$)|photomode|tplv-/i.test(url)
    return [known({ kind: still ? ('image' as const) : ('video' as const), url, expiresAt: ends && /^\d{9,11}$/.test(ends) ? moment(ends) : undefined })]
  })

/** An own post. The file states no number, and its links lead to files. */
const ownPost = (row: unknown, ownerId: string | undefined, seen: Pick<Post, 'source' | 'seenAt'>): Post | undefined => {
  const createdAt = timeOf(row)
  if (!createdAt || !isDict(row)) return undefined
  const words = said(of(row, 'Title'))
  const media = filesOf(row)
  const likes = whole(of(row, 'Likes'))
  return known({
    id: unnumberedId(createdAt, words), unnumbered: true, authorId: ownerId, createdAt, text: words, media: media.length > 0 ? media : undefined,
    visibility: audienceOf(of(row, 'WhoCanView')), counts: likes === undefined ? undefined : { likes }, ...seen,
  })
}

/** What a profile may say: the same map holds a birth date, addresses and numbers, which nobody looks at. */
const readProfile = (map: Dict, ownerId: string | undefined, seen: Pick<Post, 'source' | 'seenAt'>, reading: Reading): void => {
  const handle = handleText(map.userName)
  const id = ownerId ?? handle
  if (handle) reading.viewer = known({ id: handle, handle, name: said(map.displayName) })
  if (handle && id) reading.profiles.push(known({ id, handle, name: said(map.displayName), bio: typeof map.bioDescription === 'string' ? map.bioDescription : undefined, url: room.profileUrl(handle), ...seen }))
}

/**
 * @param answer `body`: the file; `request.variables.ownerId`: whose it is
 * @returns whose it is; whom the account follows, since when; what it likes, keeps and shows again; its own posts by time and words, since the file has no number of
 * them, with addresses of their files, which end after some days
 */
export const readExport = (answer: Answer, seenAt: string | undefined): Reading => {
  const reading = nothing()
  // Handed over as a file it is the person's own; found anywhere else it is nobody's.
  const ownerId = idText(at(answer.request?.variables, 'ownerId')) ?? (answer.url.startsWith('file:') ? SELF : undefined)
  const body = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body)
  const told = known({ operation: 'file', ownerId })
  // The download comes as an archive, with text files in it where JSON was not asked for.
  if (body.startsWith('PK')) return { ...reading, unread: [{ reason: 'not-json', ...told }] }
  const { documents, reason } = readJson(body.replace(/^\uFEFF/, ''))
  const document = documents[0]
  if (!isExport(document, answer.url.startsWith('file:'))) return { ...reading, unread: [{ reason: documents.length > 0 ? 'unknown-shape' : (reason ?? 'empty'), ...told }] }
  const seen = known({ source: 'export' as const, seenAt })
  for (const part of Object.values(document)) {
    for (const [name, value] of Object.entries(dict(part) ?? {})) {
      const map = name.startsWith('Profile Info') ? dict(at(value, 'ProfileMap')) : undefined
      if (map) readProfile(map, ownerId, seen, reading)
      for (const [section, inside, key] of lists) {
        const rows = inside.test(name) && isDict(value) && Object.hasOwn(value, key) ? rowsIn(value[key]) : undefined
        if (rows) readRows(section, rows, ownerId, seen, reading)
      }
    }
  }
  if (reading.ends.length === 0) reading.unread.push({ reason: 'no-records', ...told })
  return reading
}
