/** Hands an official download over to whoever reads it: the members that a network names, in its order, a piece at a time, each only when the one before was taken. */
import { crc32 } from '../model/crc.ts'
import type { HandIn } from '../networks/types.ts'
import { onlyKeys, type Wish } from './keys.ts'
import { ArchiveError, bytesIn, type Member, type Wrong } from './member.ts'
import { piecesOfJson, TooLarge } from './pieces.ts'
import { eachOfTar, isGzip, openTar } from './tar.ts'
import { isZip, openZip } from './zip.ts'

/** Who reads it. */
export interface Taker {
  /** @returns how many pieces were taken before it was broken off; undefined where it can't be read here */
  begin(archive: { name: string; key: string; of: number }): Promise<{ run: string; taken: number } | undefined>
  /** @returns whether to go on; resolves when it was read and is in the store, however long the person lets it rest */
  piece(run: string, piece: { at: number; path: string; more: boolean; read: number; bytes: Blob }): Promise<boolean>
  end(run: string, lost: string[]): Promise<void>
}

/**
 * Why it can't be read. Beside what is wrong with an archive: `nothing`, none of its members is one of this network's; `unusable:<kind>`, it was asked for in a form that can't be
 * read; `empty`, there is nothing in the file.
 */
export type Refusal = Wrong | 'nothing' | 'empty' | `unusable:${string}`

/** Larger than this no text is handed over in one piece, in bytes. */
const ONE_PIECE = 6_000_000
/** What can't be cut, and is larger than this, is not read at all. */
const LARGEST = 100_000_000

const patterns = (texts: string[] = []): RegExp[] => texts.map(text => new RegExp(text, 'i'))

/** What of a document is wanted, by the paths of its keys. */
const wishOf = (only: string[][]): ((path: string[]) => Wish) => {
  const wanted = only.map(path => path.map(key => new RegExp(`^(?:${key})$`)))
  return path => {
    const along = wanted.filter(keys => path.every((key, at) => at >= keys.length || keys[at]!.test(key)))
    return along.some(keys => keys.length <= path.length) ? 'keep' : along.length ? 'look' : 'drop'
  }
}

/** UTF-8, with or without a mark of order. Bytes that are none become signs that say so, and the reader finds out. */
const decoded = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const piece of bytes) {
    const text = decoder.decode(piece, { stream: true })
    if (text) yield text
  }
  const rest = decoder.decode()
  if (rest) yield rest
}

const plainMember = (file: File): Member => ({ path: file.name, size: file.size, sum: 0, read: () => bytesIn(file) })

const isJson = (path: string): boolean => /\.(?:json|js)$/i.test(path)

/** The pieces of a member; a document that is one list, or has lists under its keys, in several. */
const piecesOf = async function* (member: Member, handIn: HandIn): AsyncGenerator<Blob> {
  if (!isJson(member.path)) {
    if (member.size > LARGEST) throw new ArchiveError('too-large')
    const parts: BlobPart[] = []
    for await (const part of member.read()) parts.push(part.slice())
    yield new Blob(parts)
    return
  }
  const text = decoded(member.read())
  const wanted = handIn.only ? onlyKeys(text, wishOf(handIn.only)) : text
  try {
    for await (const piece of piecesOfJson(wanted)) yield new Blob([piece], { type: 'application/json' })
  } catch (error) {
    throw error instanceof TooLarge ? new ArchiveError('too-large', error) : error
  }
}

/** Reads a member to its end, so that nothing is kept of one that turns out to be damaged half-way. */
const tested = async (member: Member): Promise<void> => {
  for await (const _ of member.read());
}

/** The members that are read, in the network's order. @throws ArchiveError, or a Refusal as its message */
const membersOf = async (file: File, handIn: HandIn): Promise<Member[]> => {
  if (!file.size) throw new Refused('empty')
  const packed = (await isZip(file)) ? openZip : (await isGzip(file)) ? openTar : undefined
  if (!packed) {
    if (/\.(?:zip|gz|tgz)$/i.test(file.name)) throw new Refused('not-zip')
    // Told by content: a file by any name may be one of the members.
    if (/^\s*</.test(await file.slice(0, 100).text())) throw new Refused('unusable:html')
    return [plainMember(file)]
  }
  const order = patterns(handIn.members)
  const unusable = (handIn.unusable ?? []).map(({ path, kind }) => ({ path: new RegExp(path, 'i'), kind }))
  let why: string | undefined
  const members = await packed(file, path => {
    why ??= unusable.find(one => one.path.test(path))?.kind
    return order.some(pattern => pattern.test(path))
  })
  if (!members.length) throw new Refused(why === undefined ? 'nothing' : `unusable:${why}`)
  const place = ({ path }: Member): number => order.findIndex(pattern => pattern.test(path))
  // Parts of one list in the order of their numbers.
  return members.toSorted((a, b) => place(a) - place(b) || a.path.localeCompare(b.path, 'en', { numeric: true }))
}

class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal)
    this.refusal = refusal
  }
}

/** By which the same file is known again: its size, and what its directory says of the members that are read. */
const keyOf = (file: File, members: Member[]): string =>
  `${file.size}-${crc32(new TextEncoder().encode(JSON.stringify(members.map(({ path, size, sum }) => [path, size, sum])))).toString(16).padStart(8, '0')}`

/**
 * Reads a download to its end, or until the taker wants no more.
 * @returns the run that reads it, or why it can't be read; nothing of it was kept then
 */
export const handOver = async (file: File, handIn: HandIn, taker: Taker): Promise<{ run: string } | { refused: Refusal }> => {
  let members: Member[]
  try {
    members = await membersOf(file, handIn)
  } catch (error) {
    return { refused: error instanceof Refused ? error.refusal : error instanceof ArchiveError ? error.reason : 'damaged' }
  }
  const of = members.reduce((sum, { size }) => sum + size, 0)
  const begun = await taker.begin({ name: file.name, key: keyOf(file, members), of })
  if (!begun) return { refused: 'nothing' }
  const { run, taken } = begun
  const lost: string[] = []
  let at = 0
  let before = 0
  for (const member of members) {
    let given = 0
    const give = async (bytes: Blob, more: boolean): Promise<boolean> => {
      const here = at++
      given += bytes.size
      if (here < taken) return true
      return taker.piece(run, { at: here, path: member.path, more, read: before + (more ? Math.min(member.size, given) : member.size), bytes })
    }
    try {
      if (member.size > ONE_PIECE) await tested(member)
      let last: Blob | undefined
      for await (const piece of piecesOf(member, handIn)) {
        if (last && !(await give(last, true))) return { run }
        last = piece
      }
      if (last && !(await give(last, false))) return { run }
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
      lost.push(member.path)
    }
    before += member.size
  }
  await taker.end(run, lost)
  return { run }
}

/** The members that are wanted, by their paths; nothing of them is read. @throws ArchiveError */
const pathsIn = async (file: File, wanted: (path: string) => boolean): Promise<string[]> => {
  if (await isZip(file)) return (await openZip(file, wanted)).map(({ path }) => path)
  const paths: string[] = []
  if (await isGzip(file)) for await (const { path } of eachOfTar(file, wanted)) paths.push(path)
  return paths
}

/** @returns the id of the network that this is a download of, told by its members; undefined: of none, or it can't be told */
export const whoseDownload = async (file: File, rooms: { id: string; handIn?: HandIn }[]): Promise<string | undefined> => {
  const known = rooms.map(({ id, handIn }) => ({ id, members: patterns(handIn?.members) }))
  const paths = await pathsIn(file, path => known.some(({ members }) => members.some(pattern => pattern.test(path)))).catch(() => [])
  const counts = known.map(({ id, members }) => ({ id, count: paths.filter(path => members.some(pattern => pattern.test(path))).length }))
  return counts.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)[0]?.id
}

/** Whether a file is an archive, or one of the documents that downloads are made of. */
export const isDownload = async (file: File): Promise<boolean> =>
  !file.size || /\.(?:zip|json|js|tgz|gz)$/i.test(file.name) || (await isZip(file)) || (await isGzip(file)) || /^\s*</.test(await file.slice(0, 100).text())

/** Pictures and videos of a download. People pack archives anew, with a folder around all: then paths end in what a post names. */
export type MediaIn =
  /** Any of them, by the path that a post names it by. */
  | { find(path: string): Member | undefined }
  /** One after another, each to be read before the next. `names`: paths that a post may name it by, the longest first. */
  | { each(): AsyncGenerator<{ member: Member; names: string[] }> }

/** A path as archives write it, without a beginning that says nothing. */
export const withoutDot = (path: string): string => path.replace(/^\.?\//, '')

/** @returns undefined where the file has none */
export const openMedia = async (file: File, { mediaMembers }: HandIn): Promise<MediaIn | undefined> => {
  const patternsOf = patterns(mediaMembers)
  const wanted = (path: string): boolean => patternsOf.some(pattern => pattern.test(path))
  if (!patternsOf.length) return undefined
  if (await isZip(file)) {
    const members = new Map((await openZip(file, wanted).catch(() => [])).map(member => [member.path, member]))
    const [outer] = [...members.keys()].toSorted((a, b) => a.length - b.length)
    const folders = outer?.split('/').slice(0, -1) ?? []
    const around = ['', ...folders.map((_, depth) => `${folders.slice(0, depth + 1).join('/')}/`)]
    return { find: path => around.map(folder => members.get(folder + withoutDot(path))).find(Boolean) }
  }
  if (!(await isGzip(file))) return undefined
  return {
    each: async function* () {
      try {
        for await (const member of eachOfTar(file, wanted)) {
          const parts = member.path.split('/')
          yield { member, names: parts.map((_, from) => parts.slice(from).join('/')) }
        }
      } catch (error) {
        // Its lists were read, so it was whole a moment ago; the pictures that came before stay.
        if (!(error instanceof ArchiveError)) throw error
      }
    },
  }
}
