/** What the workspace is fed with: the store, and what makes the files. */
import type { Bundle, OutFile } from '../../lib/export/index.ts'
import type { AccountKey } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import type { Store } from '../../lib/store/types.ts'

export interface Source {
  store: Pick<Store, 'live' | 'accounts' | 'account' | 'profile' | 'totals' | 'follows' | 'posts' | 'unread' | 'runsOf' | 'deleteAccount' | 'run' | 'relations'>
  /** Made anew at each call. */
  followFiles(account: AccountKey, room: Room): Promise<OutFile[]>
  bundleNumbers(account: AccountKey, room: Room, followersToo: boolean): Promise<Pick<Bundle, 'included' | 'left_out'>>
  /** Writes it once to check it. */
  bundle(account: AccountKey, room: Room, followersToo: boolean): Promise<Bundle>
  /**
   * Gives the background a file or a pasted list to read.
   * @param given `account`: whose it is; absent: the file says so itself
   * @returns the run that reads it; undefined if it can't be read here
   */
  handIn(room: Room, given: { name: string; bytes: Blob; account?: AccountKey }): Promise<string | undefined>
  /** The name under which a pasted list is handed over. */
  pastedName: string
  /** Hands a file to the browser's downloads. @param progress bytes so far */
  save(file: OutFile, progress: (bytes: number) => void): Promise<number>
}
