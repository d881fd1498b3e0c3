/** The follow list for importers, and the list of the others for people. */
import type { AccountKey } from '../model/index.ts'
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
}

/** How the followed people are divided. `followable + unchecked + notFollowable + duplicates` is everybody. */
export interface FollowNumbers {
  total: number
  /** Rows of `following_accounts.csv`, in `parts` files. */
  followable: number
  /** Rows of `following_accounts-unchecked.csv`: the address is certain, and whether it works is not. */
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

/** @returns the address as it may stand in a list, or undefined: none is known, or it is not one */
const listed = (row: FollowRow): string | undefined => {
  const address = row.reach.address?.trim().toLowerCase()
  const wanted = row.reach.verdict === 'followable' || row.reach.verdict === 'unknown'
  return wanted && address && isAddress(address) ? address : undefined
}

/** Why this person is in neither list. */
const why = (row: FollowRow): string => {
  const { verdict, address, reason } = row.reach
  if (verdict !== 'followable' && verdict !== 'unknown') return reason
  return address ? 'invalid-address' : verdict === 'followable' ? 'no-address' : reason
}

interface Division {
  followable: string[]
  unchecked: string[]
  numbers: FollowNumbers
}

const parts = (rows: number): number => Math.ceil(rows / followsAtOnce)

/** One pass: holds the addresses alone. */
const divide = async (store: Source, account: AccountKey): Promise<Division> => {
  const followable = new Set<string>()
  const unchecked = new Set<string>()
  const reasons: Record<string, number> = {}
  let total = 0
  let others = 0
  for await (const rows of store.eachFollow(account)) {
    for (const row of rows) {
      total++
      const address = listed(row)
      if (address) (row.reach.verdict === 'followable' ? followable : unchecked).add(address)
      else {
        others++
        reasons[why(row)] = (reasons[why(row)] ?? 0) + 1
      }
    }
  }
  for (const address of followable) unchecked.delete(address)
  return {
    followable: [...followable].sort(),
    unchecked: [...unchecked].sort(),
    numbers: {
      total,
      followable: followable.size,
      unchecked: unchecked.size,
      notFollowable: others,
      duplicates: total - others - followable.size - unchecked.size,
      reasons,
      parts: parts(followable.size),
      uncheckedParts: parts(unchecked.size),
    },
  }
}

/** The numbers of `followFiles` without writing anything. */
export const followNumbers = async (store: Source, account: AccountKey): Promise<FollowNumbers> => (await divide(store, account)).numbers

const utf8Length = (text: string): number => new TextEncoder().encode(text).length

/** Files of at most 7,500 rows: Mastodon refuses a longer one whole. */
const cut = (name: string, addresses: string[]): OutFile[] =>
  Array.from({ length: parts(addresses.length) }, (_, at) => {
    const rows = addresses.slice(at * followsAtOnce, (at + 1) * followsAtOnce)
    const lines = [followHeader, ...rows.map(followRow)].map(line => `${line}\n`)
    return {
      name: at ? `${name}-part-${String(at + 1).padStart(2, '0')}.csv` : `${name}.csv`,
      type: 'text/csv',
      rows: rows.length,
      size: lines.reduce((size, line) => size + utf8Length(line), 0),
      ...(addresses.length > followsAtOnce ? { part: at + 1, parts: parts(addresses.length) } : {}),
      stream: () => streamOf(inPieces(lines)),
    }
  })

/** Spreadsheets take a file without this mark for one of the country's old encodings. No importer reads this file. */
const byteOrderMark = '\uFEFF'

const peopleLines = async function* (store: Source, account: AccountKey, options: FollowOptions): AsyncGenerator<string> {
  const headings = options.headings ?? ['handle', 'name', 'link', 'why']
  yield `${byteOrderMark}${headings.map(heading => (/^[\p{L}\p{N} ]+$/u.test(heading) ? heading : humanCell(heading))).join(',')}\r\n`
  for await (const rows of store.eachFollow(account)) {
    for (const row of rows) {
      if (listed(row)) continue
      const link = webUrl(row.url) ?? webUrl(options.profileUrl?.(row.handle)) ?? ''
      yield humanRow([row.handle, row.name ?? '', link, options.words(why(row))])
    }
  }
}

/**
 * - `following_accounts.csv` (and `…-part-02.csv` …): who can be followed, in the one form that all importers took
 * - `following_accounts-unchecked.csv`: whose address is certain and whether it works is not; nobody who is in the first
 * - `not-followable.csv`: everybody else, for people
 *
 * A file without a row is not there.
 * @throws what the store throws
 */
export const followFiles = async (store: Source, account: AccountKey, options: FollowOptions): Promise<OutFile[]> => {
  const { followable, unchecked, numbers } = await divide(store, account)
  const people: OutFile = {
    name: 'not-followable.csv',
    type: 'text/csv',
    rows: numbers.notFollowable,
    stream: () => streamOf(inPieces(peopleLines(store, account, options))),
  }
  return [...cut('following_accounts', followable), ...cut('following_accounts-unchecked', unchecked), ...(people.rows ? [people] : [])]
}
