/** Pictures and videos whose bytes are kept, as files of an archive. */
import { crc32, type AccountKey, type Edits } from '../model/index.ts'
import { profileMedia } from '../store/index.ts'
import type { KeptBytes, MediaRow, PostRow } from '../store/types.ts'
import { fileSafe } from './names.ts'
import type { KeptFile, Source } from './types.ts'

/**
 * What every reader of these archives shows: MARL shows these alone (2.13), and a file that a server does not take costs the whole post in slurp. What is kept as
 * something else (HEIC that the browser could not draw, QuickTime) stays a link in an import archive.
 */
const shownEverywhere = new Set(['image/jpeg', 'image/png', 'image/gif', 'video/mp4', 'audio/mpeg'])

const marked = (text: string): string => crc32(new TextEncoder().encode(text)).toString(16).padStart(8, '0')

/** A name that no other picture of the account has: Sharkey, NeoDB and Pixelfed look for the last part of a path alone. */
const nameOf = ({ postId, index }: MediaRow, extension: string, word = ''): string => {
  const mark = marked(`${postId} ${index}`)
  return `${fileSafe(postId).slice(0, 40)}-${index}-${mark}${word}.${extension}`
}

/** @returns the path of a picture in the folder that importers look in (Mastodon's `media_attachments/files/…/original/…`) */
export const pathOf = (row: MediaRow, { extension }: KeptBytes): string => {
  const mark = marked(`${row.postId} ${row.index}`)
  return `media_attachments/files/${mark.slice(0, 3)}/${mark.slice(3, 6)}/original/${nameOf(row, extension)}`
}

/** @returns the path of what importers don't show, in the own copy */
export const originalPathOf = (row: MediaRow, { extension }: KeptBytes): string => `originals/${nameOf(row, extension, '-original')}`

/** Which of the bytes importers are given; undefined: none. */
export const shownOf = ({ bytes, shown }: MediaRow): KeptBytes | undefined => [shown, bytes].find(one => one && shownEverywhere.has(one.type))

/** @param open gives the bytes, unread */
export const fileOf = (row: MediaRow, bytes: KeptBytes, path: string, open: NonNullable<Source['open']>): KeptFile => ({
  index: row.index,
  path,
  type: bytes.type,
  size: bytes.size,
  crc: bytes.crc,
  width: bytes.width,
  height: bytes.height,
  open: () => open(row.account, bytes.parts),
})

/** Files of these posts that go into an import archive, by post. */
export const filesFor = async (store: Source, account: AccountKey, posts: Pick<PostRow, 'id' | 'media'>[]): Promise<Map<string, KeptFile[]>> => {
  const { media, open } = store
  const files = new Map<string, KeptFile[]>()
  const ids = posts.flatMap(({ id, media: some }) => (some?.length ? [id] : []))
  if (!media || !open || !ids.length) return files
  for (const row of await media(account, ids)) {
    const bytes = row.state === 'kept' ? shownOf(row) : undefined
    if (!bytes) continue
    const list = files.get(row.postId) ?? []
    files.set(row.postId, list)
    list.push(fileOf(row, bytes, pathOf(row, bytes), open))
  }
  return files
}

/** The profile's picture and header, called as Mastodon's export calls them; without those that the person does not take along. */
export const profileFiles = async (store: Source, account: AccountKey, edits: Edits = {}): Promise<{ icon?: KeptFile; image?: KeptFile }> => {
  const { media, open } = store
  if (!media || !open) return {}
  const out: { icon?: KeptFile; image?: KeptFile } = {}
  for (const row of await media(account, [profileMedia])) {
    const bytes = row.state === 'kept' ? shownOf(row) : undefined
    if (!bytes || edits[row.index === 0 ? 'avatar' : 'header'] === false) continue
    if (row.index === 0) out.icon = fileOf(row, bytes, `avatar.${bytes.extension}`, open)
    else out.image = fileOf(row, bytes, `header.${bytes.extension}`, open)
  }
  return out
}
