/** Reads a backup that `lib/export/backup.ts` wrote, and puts it back. Nothing that is here is lost by it, and it can be done again. */
import * as z from 'zod/mini'
import { isFull, writeFile } from '../browser/files.ts'
import { crc32 } from '../model/index.ts'
import type { BackedUp, MediaRow, Store } from '../store/types.ts'
import { ArchiveError, type Member } from './member.ts'
import { isZip, openZip } from './zip.ts'

const tables: BackedUp[] = ['accounts', 'profiles', 'follows', 'posts', 'relations', 'captures', 'lookUps', 'totals', 'media']

const Manifest = z.object({ format: z.literal('holdall-backup'), formatVersion: z.number(), at: z.string() })

/**
 * - `not-backup`  another file, or a part of one
 * - `newer`       a later Holdall wrote it in another form
 * - `damaged`     it can't be read to its end; what was read before stays
 * - `full`        the browser has no room left; what was put back stays
 */
export type RestoreRefusal = 'not-backup' | 'newer' | 'damaged' | 'full'
export type Restored = { accounts: number; unread: number; files: number; lostFiles: number } | { refused: RestoreRefusal }

/** A row is never longer, but for one that is made to fill the memory. */
const LONGEST = 16_000_000
const CHUNK = 1000

/** The rows of a file of JSON Lines, some at a time. What is no JSON, or too long, is given as undefined. */
const rowsOf = async function* (member: Member): AsyncGenerator<unknown[]> {
  const decoder = new TextDecoder()
  let rest = ''
  let skipping = false
  let rows: unknown[] = []
  const take = (line: string): void => {
    if (line.trim() === '') return
    try {
      rows.push(JSON.parse(line))
    } catch {
      rows.push(undefined)
    }
  }
  for await (const piece of member.read()) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (skipping) rows.push(undefined)
      else take(line)
      skipping = false
    }
    if (rest.length > LONGEST) {
      rest = ''
      skipping = true
    }
    if (rows.length >= CHUNK) {
      yield rows
      rows = []
    }
  }
  if (!skipping) take(rest + decoder.decode())
  if (rows.length) yield rows
}

const textOf = async (member: Member): Promise<string> => {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of member.read()) {
    text += decoder.decode(piece, { stream: true })
    if (text.length > LONGEST) return ''
  }
  return text
}

/** A name that is one of ours: no path leads anywhere else. */
const isName = (name: string): boolean => /^[\w-][\w.-]{0,120}$/.test(name)

interface Kept { parts: string[]; size: number; crc: number }

/** @returns whether its file is there now */
const putFile = async (account: string, kept: Kept, members: Map<string, Member>): Promise<boolean> => {
  const [name = ''] = kept.parts
  const member = isName(name) ? members.get(`files/${encodeURIComponent(account)}/${name}`) : undefined
  if (!member || member.size !== kept.size) return false
  const writing = await writeFile(account, name)
  try {
    let sum = 0
    for await (const piece of member.read()) {
      sum = crc32(piece, sum)
      await writing.write(piece)
    }
    // The archive's own sum holds for it; this one is of what was kept.
    if (sum !== kept.crc) {
      await writing.abort()
      return false
    }
    await writing.close()
    return true
  } catch (error) {
    await writing.abort()
    if (error instanceof ArchiveError) return false
    throw error
  }
}

const isKept = (value: unknown): value is Kept => {
  const { parts, size, crc } = (value ?? {}) as Partial<Kept>
  return Array.isArray(parts) && typeof parts[0] === 'string' && typeof size === 'number' && typeof crc === 'number'
}

/**
 * @param file as it was picked @param progress files and tables done, of how many
 * @returns how much of it came back: accounts, rows that could not be read, pictures and videos, and those that the backup lacks. Throws only what the store throws
 */
export const restore = async (file: Blob, store: Pick<Store, 'putBack' | 'countAnew' | 'media'>, progress: (done: number, of: number) => void): Promise<Restored> => {
  if (!(await isZip(file))) return { refused: 'not-backup' }
  try {
    const members = new Map((await openZip(file, path => path === 'holdall.json' || path.startsWith('files/') || tables.some(table => path === `${table}.jsonl`))).map(member => [member.path, member]))
    const manifest = members.get('holdall.json')
    let said: unknown
    try {
      said = manifest && JSON.parse(await textOf(manifest))
    } catch (error) {
      if (error instanceof ArchiveError) throw error
    }
    const read = Manifest.safeParse(said)
    if (!read.success) return { refused: 'not-backup' }
    if (read.data.formatVersion > 1) return { refused: 'newer' }
    const accounts = new Set<string>()
    let [unread, files, lostFiles, done] = [0, 0, 0, 0]
    const step = (): void => progress(++done, members.size)
    for (const table of tables) {
      const member = members.get(`${table}.jsonl`)
      if (!member) continue
      for await (const rows of rowsOf(member)) {
        for (const row of rows) {
          const { account } = (row ?? {}) as { account?: unknown }
          if (typeof account === 'string') accounts.add(account)
        }
        if (table === 'media') {
          for (const row of rows as (MediaRow | undefined)[]) {
            if (typeof row !== 'object' || row === null || row.state !== 'kept') continue
            const here = typeof row.account === 'string' && typeof row.postId === 'string' ? (await store.media(row.account, [row.postId])).find(({ index }) => index === row.index) : undefined
            if (here?.state === 'kept') continue
            const same = isKept(row.bytes) && isKept(row.shown) && row.bytes.parts[0] === row.shown.parts[0]
            const whole = isKept(row.bytes) && (await putFile(row.account, row.bytes, members)) && (same || !isKept(row.shown) || (await putFile(row.account, row.shown, members)))
            if (whole) {
              files++
              step()
              for (const kept of [row.bytes, row.shown]) if (kept) kept.parts = kept.parts.slice(0, 1)
            } else {
              // Its address may still lead to it.
              lostFiles++
              row.state = 'seen'
              delete row.bytes
              delete row.shown
            }
          }
        }
        unread += await store.putBack(table, rows)
      }
      step()
    }
    for (const account of accounts) await store.countAnew(account)
    return { accounts: accounts.size, unread, files, lostFiles }
  } catch (error) {
    if (error instanceof ArchiveError) return { refused: error.reason === 'not-zip' ? 'not-backup' : 'damaged' }
    if (isFull(error) || (error instanceof Error && error.name === 'QuotaExceededError')) return { refused: 'full' }
    throw error
  }
}
