/**
 * Which keys an account's tables hold, remembered from one commit to the next: asking for a row that is not there costs as
 * much as writing one, and in a first capture none is there.
 *
 * Every commit writes a new mark into the account's row; what is remembered holds only while the mark is the one that was left there, so
 * another window, worker or a deletion of the account can't make it lie. That a row was deleted since does no harm: it is asked for in vain.
 */
import { isUnnumbered } from './joins.ts'
import { whole, type StoredAccount, type Tables } from './schema.ts'

export interface Known {
  mark: string | undefined
  follows: Set<string>
  posts: Set<string>
  /** There may be follows without an id, and posts that wait for a parent. */
  loose: boolean
  waiting: boolean
  /** There may be posts whose number nobody knows. */
  unnumbered: boolean
}

/** More keys than this are not remembered, so that memory stays flat: then every row is asked for. */
const most = 50_000

const keysOf = async (table: { where(index: string): { between(from: unknown, to: unknown): { primaryKeys(): PromiseLike<unknown> } } }, index: string, account: string): Promise<string[]> =>
  ((await table.where(index).between(...whole(account)).primaryKeys()) as [string, string][]).map(([, key]) => key)

/** Inside the commit's transaction. @returns undefined where there is too much to remember */
const read = async (db: Tables, account: string, mark: string | undefined): Promise<Known | undefined> => {
  const sizes = await db.totals.bulkGet((['follows', 'posts', 'replies', 'reposts'] as const).map(name => [account, name]))
  if (sizes.reduce((sum, row) => sum + (row?.value ?? 0), 0) > most) return undefined
  const [follows, posts, loose, waiting] = await Promise.all([
    keysOf(db.follows, '[account+key]', account),
    keysOf(db.posts, '[account+id]', account),
    keysOf(db.follows, '[account+loose]', account),
    keysOf(db.posts, '[account+waits]', account),
  ])
  return { mark, follows: new Set(follows), posts: new Set(posts), loose: loose.length > 0, waiting: waiting.length > 0, unnumbered: posts.some(isUnnumbered) }
}

/** What is remembered by one open store. */
export class Memory {
  #known = new Map<string, Known>()
  #name: string = crypto.randomUUID()
  #count = 0

  /** A mark that nobody else writes. */
  newMark(): string {
    return `${this.#name} ${++this.#count}`
  }

  /** Inside the commit's transaction. @param row the account's row, as it is now */
  async of(db: Tables, account: string, row: StoredAccount | undefined): Promise<Known | undefined> {
    const known = this.#known.get(account)
    if (known && known.mark !== undefined && known.mark === row?.mark) return known
    this.#known.delete(account)
    return read(db, account, row?.mark)
  }

  /** After the transaction is through: `known`, as it was in it, and what it added. */
  keep(account: string, known: Known, added: Known): void {
    for (const key of added.follows) known.follows.add(key)
    for (const key of added.posts) known.posts.add(key)
    if (known.follows.size + known.posts.size > most) return void this.#known.delete(account)
    this.#known.set(account, { ...known, mark: added.mark, loose: known.loose || added.loose, waiting: known.waiting || added.waiting, unnumbered: known.unnumbered || added.unnumbered })
  }
}
