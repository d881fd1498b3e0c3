/** The follow list for importers, and the list of the others for people. */
import type { AccountKey } from '../model/index.ts'
import { isNew, isTicked } from '../store/tally.ts'
import type { FollowRow } from '../store/types.ts'
import { followHeader, followRow, followsAtOnce, humanCell, humanRow, isAddress } from './csv.ts'
import { inPieces, streamOf } from './stream.ts'
import { webUrl } from './text.ts'
import type { OutFile, Source } from './types.ts'

export interface FollowOptions {
  /** A reason's key in words. */
  words(reason: string): string
  /** Address of a person's page, where the capture has none. */
  profileUrl?(handle: string): string
  /** First line of the list for people. */
  headings?: [handle: string, name: string, link: string, why: string]
  /** What the destination takes at once, with the first line. Default: Mastodon's rows, and no limit of bytes. */
  atOnce?: { rows: number; bytes: number }
  /** Also `starter-kit.json`, which the ActivityPub plugin of WordPress imports (`OrderedCollection` of `user@host`; `includes/wp-admin/import`, 2025-26). */
  starterKit?: boolean
}

/** How the followed people are divided. `followable + unchecked + notFollowable + duplicates` is everybody. */
export interface FollowNumbers {
  total: number
  /** Rows of `following_accounts.csv`, in `parts` files: exactly those that are ticked. */
  followable: number
  /** Rows of `following_accounts-unchecked.csv`: not ticked; the address is certain, and whether it works is not. */
  unchecked: number
  /** Rows of `not-followable.csv`. */
  notFollowable: number
  /** People whose address already stands in one of the lists. */
  duplicates: number
  /** Why people are in `not-followable.csv`, by the reason's key. */
  reasons: Record<string, number>
  parts: number
  uncheckedParts: number
}

/** Which list holds this person, and at which address. */
type Place = { list: 'ticked' | 'unchecked'; address: string } | { list: 'people' }

const placeOf = (row: FollowRow): Place => {
  const address = row.reach.address?.trim().toLowerCase()
  if (!address || !isAddress(address)) return { list: 'people' }
  if (isTicked(row)) return { list: 'ticked', address }
  return row.reach.verdict === 'unknown' && row.choice?.include === undefined ? { list: 'unchecked', address } : { list: 'people' }
}

/**
 * Why this person is in the list, or in none: the same on the screen and in `not-followable.csv`.
 * @returns a key of the texts: that of the verdict; or `left-out` (the person left them out), `invalid-address`, `no-address`
 */
export const reasonOf = (row: FollowRow): string => {
  const { verdict, address, reason } = row.reach
  if (isTicked(row) || verdict === 'followable' || verdict === 'unknown') {
    if (address && !isAddress(address.trim().toLowerCase())) return 'invalid-address'
    if (!address) return verdict === 'followable' ? 'no-address' : reason
    if (row.choice?.include === false) return 'left-out'
  }
  return reason
}

/** Address → keys of the rows that have it. */
type Listed = Map<string, string[]>

interface Division {
  ticked: Listed
  unchecked: Listed
  /** Of the ticked ones: those that were not saved at this address, where others were; and those that did not arrive. */
  fresh: Listed
  rest: Listed
  numbers: FollowNumbers
}

const parts = (rows: number): number => Math.ceil(rows / followsAtOnce)

const note = (listed: Listed, address: string, key: string): void => {
  const keys = listed.get(address)
  if (keys) keys.push(key)
  else listed.set(address, [key])
}

/** One pass: holds addresses and keys alone. */
const divide = async (store: Source, account: AccountKey): Promise<Division> => {
  const ticked: Listed = new Map()
  const unchecked: Listed = new Map()
  const fresh: Listed = new Map()
  const rest: Listed = new Map()
  const reasons: Record<string, number> = {}
  let total = 0
  let others = 0
  let saved = false
  for await (const rows of store.eachFollow(account)) {
    for (const row of rows) {
      total++
      saved ||= row.saved !== undefined
      const place = placeOf(row)
      if (place.list === 'people') {
        others++
        reasons[reasonOf(row)] = (reasons[reasonOf(row)] ?? 0) + 1
        continue
      }
      note(place.list === 'ticked' ? ticked : unchecked, place.address, row.key)
      if (place.list === 'unchecked') continue
      if (isNew(row)) note(fresh, place.address, row.key)
      if (row.arrival && row.arrival.state !== 'arrived') note(rest, place.address, row.key)
    }
  }
  for (const address of ticked.keys()) unchecked.delete(address)
  return {
    ticked,
    unchecked,
    fresh: saved ? fresh : new Map(),
    rest,
    numbers: {
      total,
      followable: ticked.size,
      unchecked: unchecked.size,
      notFollowable: others,
      duplicates: total - others - ticked.size - unchecked.size,
      reasons,
      parts: parts(ticked.size),
      uncheckedParts: parts(unchecked.size),
    },
  }
}

/** The numbers of `followFiles` without writing anything. */
export const followNumbers = async (store: Source, account: AccountKey): Promise<FollowNumbers> => (await divide(store, account)).numbers

const utf8Length = (text: string): number => new TextEncoder().encode(text).length

/** Rows of each file. */
const divided = (addresses: string[], most: NonNullable<FollowOptions['atOnce']>): string[][] => {
  const files: string[][] = []
  const head = utf8Length(followHeader) + 1
  let size = Infinity
  for (const address of addresses) {
    const length = utf8Length(followRow(address)) + 1
    if (size + length > most.bytes || (files.at(-1)?.length ?? Infinity) >= most.rows) {
      files.push([])
      size = head
    }
    files.at(-1)!.push(address)
    size += length
  }
  return files
}

/** Files of as many rows as the destination takes: Mastodon refuses one of more than 7,500 whole, Misskey and Friendica longer ones than some ten thousand bytes. */
const cut = (name: string, listed: Listed, most: FollowOptions['atOnce'] = { rows: followsAtOnce, bytes: Infinity }): OutFile[] => {
  const all = divided([...listed.keys()].sort(), most)
  return all.map((rows, at) => {
    const lines = [followHeader, ...rows.map(followRow)].map(line => `${line}\n`)
    return {
      name: at ? `${name}-part-${String(at + 1).padStart(2, '0')}.csv` : `${name}.csv`,
      type: 'text/csv',
      rows: rows.length,
      size: lines.reduce((size, line) => size + utf8Length(line), 0),
      ...(all.length > 1 ? { part: at + 1, parts: all.length } : {}),
      people: rows.flatMap(address => (listed.get(address) ?? []).map(key => ({ key, address }))),
      stream: () => streamOf(inPieces(lines)),
    }
  })
}

const kit = (listed: Listed): OutFile => {
  const addresses = [...listed.keys()].sort()
  return {
    name: 'starter-kit.json', type: 'application/json', rows: addresses.length, people: addresses.flatMap(address => (listed.get(address) ?? []).map(key => ({ key, address }))),
    stream: () => streamOf(inPieces([`${JSON.stringify({ '@context': 'https://www.w3.org/ns/activitystreams', type: 'OrderedCollection', totalItems: addresses.length, orderedItems: addresses }, null, 1)}\n`])),
  }
}

/** Spreadsheets take a file without this mark for one of the country's old encodings. No importer reads this file. */
const byteOrderMark = '\uFEFF'

const peopleLines = async function* (store: Source, account: AccountKey, options: FollowOptions): AsyncGenerator<string> {
  const headings = options.headings ?? ['handle', 'name', 'link', 'why']
  yield `${byteOrderMark}${headings.map(heading => (/^[\p{L}\p{N} ]+$/u.test(heading) ? heading : humanCell(heading))).join(',')}\r\n`
  for await (const rows of store.eachFollow(account)) {
    for (const row of rows) {
      if (placeOf(row).list !== 'people') continue
      const link = webUrl(row.url) ?? webUrl(options.profileUrl?.(row.handle)) ?? ''
      yield humanRow([row.handle, row.name ?? '', link, options.words(reasonOf(row))])
    }
  }
}

/**
 * - `following_accounts.csv` (and `…-part-02.csv` …): exactly those that are ticked, in the one form that all importers took
 * - `following_accounts-unchecked.csv`: not ticked; whose address is certain and whether it works is not; nobody who is in the first
 * - `following_accounts-new.csv`: of the first, those that were in none that was saved before; there only where one was
 * - `following_accounts-rest.csv`: of the first, those that did not arrive at the server, where that is known
 * - `not-followable.csv`: everybody who is in neither of the first two, for people
 *
 * A file without a row is not there.
 * @throws what the store throws
 */
export const followFiles = async (store: Source, account: AccountKey, options: FollowOptions): Promise<OutFile[]> => {
  const { ticked, unchecked, fresh, rest, numbers } = await divide(store, account)
  const people: OutFile = {
    name: 'not-followable.csv',
    type: 'text/csv',
    rows: numbers.notFollowable,
    stream: () => streamOf(inPieces(peopleLines(store, account, options))),
  }
  const most = options.atOnce
  return [
    ...cut('following_accounts', ticked, most),
    ...cut('following_accounts-unchecked', unchecked, most),
    // All of them are the first file itself.
    ...(fresh.size < ticked.size ? cut('following_accounts-new', fresh, most) : []),
    ...cut('following_accounts-rest', rest, most),
    ...(options.starterKit && ticked.size ? [kit(ticked)] : []),
    ...(people.rows ? [people] : []),
  ]
}
