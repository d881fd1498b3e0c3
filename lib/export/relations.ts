/** Lists, blocks, mutes and bookmarks as importers take them. They hold other people, and go into no archive. */
import type { AccountKey, RelationKind } from '../model/index.ts'
import type { RelationRow, Store } from '../store/types.ts'
import { isAddress } from './csv.ts'
import { inPieces, streamOf } from './stream.ts'
import { oneLine, webUrl } from './text.ts'
import type { OutFile } from './types.ts'

type Kept = Pick<Store, 'eachRelation'>

/** Where this person is, by their record or by a name that is an address itself. */
const addressOf = ({ address, handle }: RelationRow): string | undefined => {
  const found = (address ?? (handle?.replace(/^@/, '').includes('@') ? handle.replace(/^@/, '') : undefined))?.trim().toLowerCase()
  return found !== undefined && isAddress(found) ? found : undefined
}

/** A list's name in a cell: quoted only where it must be, since Misskey and Sharkey know no quotes (`ImportUserListsProcessorService.ts`, 2025-10). Mastodon takes 256 characters. */
const nameCell = (name: string): string => {
  const line = [...oneLine(name).trim()].slice(0, 256).join('')
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line
}

interface Kind {
  name: string
  /** First line, where the importer wants one. */
  header?: string
  /** @returns the row, or undefined where it can't be carried over */
  row(relation: RelationRow): string | undefined
}

/**
 * Names and forms of Mastodon's own exports (`app/models/export.rb`; importer `app/models/form/import.rb`, 4.3 to 4.6), which the others take as well: only
 * mutes have a first line. With one in the others, Misskey makes a list called "List name", and Pleroma blocks the words.
 */
const kinds: Partial<Record<RelationKind, Kind>> = {
  list: {
    name: 'lists.csv',
    row: relation => {
      const address = addressOf(relation)
      const name = nameCell(relation.list ?? '')
      return address && name ? `${name},${address}` : undefined
    },
  },
  block: { name: 'blocked_accounts.csv', row: addressOf },
  mute: {
    name: 'muted_accounts.csv',
    header: 'Account address,Hide notifications',
    row: relation => {
      const address = addressOf(relation)
      return address && `${address},true`
    },
  },
  bookmark: {
    name: 'bookmarks.csv',
    // Only what is on ActivityPub can be fetched: a post of somebody who has an address there. A comma would end the cell, and quotes are not known everywhere.
    row: relation => (relation.post && addressOf(relation) ? webUrl(relation.url)?.replaceAll(',', '%2C') : undefined),
  },
}

export interface RelationFile extends OutFile {
  kind: RelationKind
  /** How many can't be carried over: people without an address, posts of other networks. */
  without: number
}

/** One pass: holds rows that are to be written, without duplicates, in their order. */
const gather = async (store: Kept, account: AccountKey): Promise<Map<RelationKind, { rows: Set<string>; without: number }>> => {
  const found = new Map<RelationKind, { rows: Set<string>; without: number }>()
  for await (const relations of store.eachRelation(account)) {
    for (const relation of relations) {
      const kind = kinds[relation.relation]
      if (!kind) continue
      const of = found.get(relation.relation) ?? { rows: new Set(), without: 0 }
      found.set(relation.relation, of)
      const row = kind.row(relation)
      if (row === undefined) of.without++
      else of.rows.add(row)
    }
  }
  return found
}

/**
 * `lists.csv`, `blocked_accounts.csv`, `muted_accounts.csv`, `bookmarks.csv`: one file for each kind of which there is something, also where none of it can
 * be carried over (`rows` is 0 then, and the file is not worth saving).
 * @param headers first lines that the destination wants otherwise; null: none
 * @throws what the store throws
 */
export const relationFiles = async (store: Kept, account: AccountKey, headers: Partial<Record<RelationKind, string | null>> = {}): Promise<RelationFile[]> => {
  const found = await gather(store, account)
  return (Object.entries(kinds) as [RelationKind, Kind][]).flatMap(([kind, { name, header }]): RelationFile[] => {
    const of = found.get(kind)
    if (!of) return []
    const first = headers[kind] === undefined ? header : headers[kind]
    // Whatever takes no first line takes no second cell either.
    const rows = header !== undefined && first === null ? [...of.rows].map(row => row.split(',', 1)[0]!) : [...of.rows]
    const lines = [...(first === undefined || first === null ? [] : [first]), ...rows.sort()].map(line => `${line}\n`)
    return [{ kind, name, type: 'text/csv', rows: of.rows.size, without: of.without, stream: () => streamOf(inPieces(lines)) }]
  })
}
