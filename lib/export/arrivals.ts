/** What became of a follow list at the server: read from the two files that the server gives. */
import type { AccountKey } from '../model/index.ts'
import { isTicked } from '../store/tally.ts'
import type { Arrival } from '../store/types.ts'
import type { Source } from './types.ts'

/**
 * `failures`: the rows that an import could not carry out (`following_accounts_failures.csv`, `app/controllers/settings/imports_controller.rb`, Mastodon
 * 4.6, 2026-08) · `follows`: whom the new account follows (`following_accounts.csv`, `app/models/export.rb`). Both have the same columns.
 */
export type ReturnKind = 'failures' | 'follows'
export interface Returned { kind: ReturnKind; addresses: string[] }

/** The first cell of a line, without quotes. */
const firstCell = (line: string): string => (line.startsWith('"') ? (/^"((?:[^"]|"")*)"/.exec(line)?.[1]?.replaceAll('""', '"') ?? '') : line.split(',', 1)[0]!).trim()

/** @returns `user@host` as it stands in the lists that Holdall makes, or undefined */
const asListed = (cell: string): string | undefined => {
  const [, user, host] = /^@?([^\s@,]+)@([^\s@,/]+\.[^\s@,/]+)$/.exec(cell) ?? []
  return user && host && URL.canParse(`https://${host}`) ? `${user.toLowerCase()}@${new URL(`https://${host}`).host}` : undefined
}

/**
 * @param name of the file: its columns don't tell which of the two it is
 * @returns undefined where it is neither: another list, or no list at all
 */
export const readReturned = (text: string, name: string): Returned | undefined => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n|\r/).filter(line => line.trim() !== '')
  const header = lines[0]?.toLowerCase() ?? ''
  const headed = header.startsWith('account address')
  if (/block|mute|bookmark|domain/i.test(name) || (headed && header.includes('hide notifications'))) return undefined
  const rows = headed ? lines.slice(1) : lines
  const addresses = [...new Set(rows.flatMap(line => asListed(firstCell(line)) ?? []))]
  // A list of failures may be empty: then nothing failed.
  if (addresses.length < rows.length / 2 || (!addresses.length && !headed)) return undefined
  return { kind: /fail/i.test(name) ? 'failures' : 'follows', addresses }
}

/** A row for `Store.arrivals`. */
interface Told { address: string; state: Arrival['state']; detail?: string }

/**
 * What the file says about everybody who was in a list that was saved (where none was, about everybody who is ticked). Details are keys of the texts:
 * - again: `host-rest` (one of several of a server: after one error Mastodon gives up on the rest of it for five minutes,
 *   `app/services/bulk_import_row_service.rb`) · `waits` (they have to let the person in) · `not-there`
 * - failed: `blocked-host` (the server blocks theirs) · `twice` · `refused`
 * @param blocked hosts of which it is known that the server blocks them
 */
export const arrivalsOf = async (store: Pick<Source, 'eachFollow'>, account: AccountKey, { kind, addresses }: Returned, blocked: ReadonlySet<string>): Promise<Told[]> => {
  const named = new Set(addresses)
  const hostOf = (address: string): string => address.slice(address.indexOf('@') + 1)
  const perHost = new Map<string, number>()
  for (const address of named) perHost.set(hostOf(address), (perHost.get(hostOf(address)) ?? 0) + 1)
  const expected = new Map<string, { saved: boolean; /** It was saved again since. */ anew: boolean; locked: boolean; before?: Arrival }>()
  let anySaved = false
  for await (const rows of store.eachFollow(account)) {
    for (const row of rows) {
      const address = row.saved?.address ?? (isTicked(row) ? row.reach.address : undefined)
      if (address === undefined) continue
      anySaved ||= row.saved !== undefined
      expected.set(address, { saved: row.saved !== undefined, anew: row.saved !== undefined && row.arrival !== undefined && row.saved.at > row.arrival.at, locked: row.locked === true, before: row.arrival })
    }
  }
  const told: Told[] = []
  for (const [address, { saved, anew, locked, before }] of expected) {
    if (anySaved && !saved && !named.has(address)) continue
    const inFile = named.has(address)
    if (kind === 'follows') {
      if (inFile) told.push({ address, state: 'arrived' })
      // The server's own word is kept: it said that this one failed.
      else if (before?.state !== 'failed') told.push({ address, state: 'again', detail: locked ? 'waits' : 'not-there' })
    } else if (!inFile) told.push({ address, state: 'arrived' })
    else if (blocked.has(hostOf(address))) told.push({ address, state: 'failed', detail: 'blocked-host' })
    // The same file again tells nothing new.
    else if (before && before.state !== 'arrived' && !anew) told.push({ address, state: before.state, detail: before.detail })
    else if (before && before.state !== 'arrived') told.push({ address, state: 'failed', detail: 'twice' })
    else told.push((perHost.get(hostOf(address)) ?? 0) > 1 ? { address, state: 'again', detail: 'host-rest' } : { address, state: 'failed', detail: 'refused' })
  }
  const known = new Set(told.map(({ address }) => address))
  const others = [...named].filter(address => !known.has(address))
  // Who is not in the list may be known by now under this address.
  return [...told, ...others.map((address): Told => (kind === 'follows' ? { address, state: 'arrived' } : { address, state: 'failed', detail: 'refused' }))]
}
