/**
 * A backup: everything that Holdall keeps in this browser, for another browser or computer. `lib/archive/backup.ts` reads it. A ZIP with `holdall.json` (what it is), a file of JSON Lines
 * for each table, and the kept pictures and videos under `files/<account>/`.
 */
import type { MediaRow, BackedUp, Store } from '../store/types.ts'
import { inPieces, streamOf } from './stream.ts'
import type { OutFile } from './types.ts'
import { bytesOf, zipPieces, type ZipEntry } from './zip.ts'

export interface BackupSource {
  store: Pick<Store, 'accounts' | 'eachRow'>
  /** Files that are kept of an account, as one Blob of which nothing is read yet. */
  open(account: string, names: string[]): Promise<Blob>
  /** The extension's version, and the time. */
  version: string
  at: string
}

/** In the order in which they are put back. */
const tables: BackedUp[] = ['accounts', 'profiles', 'follows', 'posts', 'relations', 'captures', 'lookUps', 'totals', 'media']

const lines = async function* (rows: AsyncIterable<unknown[]>): AsyncGenerator<string> {
  for await (const some of rows) for (const row of some) yield `${JSON.stringify(row)}\n`
}

/** @returns one file of any size; its parts are made as it is read */
export const backup = async ({ store, open, version, at }: BackupSource): Promise<OutFile> => {
  const accounts = await store.accounts()
  const manifest = {
    format: 'holdall-backup',
    formatVersion: 1,
    holdall: version,
    at,
    accounts: accounts.map(({ account, network, handle, name, lastSeen }) => ({ account, network, handle, name, lastSeen })),
  }
  const entries = async function* (): AsyncGenerator<ZipEntry> {
    yield { name: 'holdall.json', content: inPieces([`${JSON.stringify(manifest, null, 2)}\n`]) }
    for (const table of tables) yield { name: `${table}.jsonl`, content: inPieces(lines(store.eachRow(table))) }
    for await (const rows of store.eachRow('media')) {
      for (const { account, bytes, shown } of rows as MediaRow[]) {
        for (const kept of shown === bytes ? [bytes] : [bytes, shown]) {
          if (kept?.parts[0] !== undefined) yield { name: `files/${encodeURIComponent(account)}/${kept.parts[0]}`, content: { size: kept.size, crc: kept.crc, open: () => open(account, kept.parts) } }
        }
      }
    }
  }
  const pieces = () => zipPieces(entries(), at)
  return { name: `holdall-backup-${at.slice(0, 10)}.zip`, type: 'application/zip', rows: accounts.length, stream: () => streamOf(bytesOf(pieces())), pieces }
}
