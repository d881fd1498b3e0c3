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

/** What is known of somebody who is in a list. */
interface Expected { savedAt?: string; locked: boolean; before?: Arrival }

/**
 * What the file says about everybody who was in a list that was saved (where none was, about everybody who is ticked). Details are keys of the texts:
 * - again: `host-rest` (one of several of a server: after one error Mastodon gives up on the rest of it for five minutes,
 *   `app/services/bulk_import_row_service.rb`) · `waits` (they have to let the person in) · `not-there`
 * - failed: `blocked-host` (the server blocks theirs) · `twice` · `refused`
 *
 * Failures are those of one import. Where a list was saved since the last file was read they are that list's, and say nothing about the others; else the
 * failures of before were imported again.
 * @param blocked hosts of which it is known that the server blocks them
 */
export const arrivalsOf = async (store: Pick<Source, 'eachFollow'>, account: AccountKey, { kind, addresses }: Returned, blocked: ReadonlySet<string>): Promise<Told[]> => {
  const named = new Set(addresses)
  const hostOf = (address: string): string => address.slice(address.indexOf('@') + 1)
  const perHost = new Map<string, number>()
  for (const address of named) perHost.set(hostOf(address), (perHost.get(hostOf(address)) ?? 0) + 1)
  const expected = new Map<string, Expected>()
  for await (const rows of store.eachFollow(account)) {
    for (const row of rows) {
      const address = row.saved?.address ?? (isTicked(row) ? row.reach.address : undefined)
      if (address !== undefined) expected.set(address, { savedAt: row.saved?.at, locked: row.locked === true, before: row.arrival })
    }
  }
  const all = [...expected.values()]
  const anySaved = all.some(({ savedAt }) => savedAt !== undefined)
  const last = all.reduce((latest, { before }) => (before && before.at > latest ? before.at : latest), '')
  const isNewer = ({ savedAt = '' }: Expected): boolean => last !== '' && savedAt > last
  const anyNewer = all.some(isNewer)

  const afterFailures = (address: string, one: Expected): Omit<Told, 'address'> | undefined => {
    const { before } = one
    const open = before && before.state !== 'arrived' ? before : undefined
    if (!named.has(address)) return anyNewer && !isNewer(one) ? undefined : { state: 'arrived' }
    // The same file again tells nothing new.
    if (open && !isNewer(one)) return { state: open.state, detail: open.detail }
    if (blocked.has(hostOf(address))) return { state: 'failed', detail: 'blocked-host' }
    if (open) return { state: 'failed', detail: 'twice' }
    return (perHost.get(hostOf(address)) ?? 0) > 1 ? { state: 'again', detail: 'host-rest' } : { state: 'failed', detail: 'refused' }
  }
  const inAccount = (address: string, { before, locked }: Expected): Omit<Told, 'address'> | undefined => {
    if (named.has(address)) return { state: 'arrived' }
    // The server's own word is kept: it said that this one failed.
    return before?.state === 'failed' ? undefined : { state: 'again', detail: locked ? 'waits' : 'not-there' }
  }
  const told: Told[] = []
  for (const [address, one] of expected) {
    if (anySaved && one.savedAt === undefined && !named.has(address)) continue
    const state = kind === 'failures' ? afterFailures(address, one) : inAccount(address, one)
    if (state) told.push({ address, ...state })
  }
  // Who is not in the list may be known by now under this address.
  const others = [...named].filter(address => !expected.has(address))
  return [...told, ...others.map((address): Told => (kind === 'follows' ? { address, state: 'arrived' } : { address, state: 'failed', detail: 'refused' }))]
}
