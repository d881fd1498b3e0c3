/**
 * The whole list of an account in memory, as far as it is needed to find and sort people: to read 50,000 rows from IndexedDB for each letter that is typed takes seconds. Made once; of what changes, in
 * whichever window or worker, only the rows themselves are read again.
 */
import { Dexie } from 'dexie'
import { chunkSize, whole, type StoredFollow, type Tables } from './schema.ts'

/** What a list can be searched, filtered and sorted by. `text`: folded as `fold` does. */
export type Slim = Pick<StoredFollow, 'key' | 'order' | 'sort' | 'goneAt' | 'reach' | 'choice' | 'saved' | 'arrival'> & { text: string }

/** More than these are read from the database each time, so that memory stays bounded. */
const most = 200_000
/** So many changed rows are read one by one; for more the list is made anew. */
const few = 2000

interface List { rows: Slim[]; changed: Set<string> }

/** A set of ranges as Dexie tells of changes: a tree, which has come from another window as plain objects. */
interface Ranges { from?: unknown; to?: unknown; l?: Ranges | null; r?: Ranges | null }
const rangesIn = function* (tree: Ranges | null | undefined): Generator<[from: unknown, to: unknown]> {
  if (!tree) return
  yield* rangesIn(tree.l)
  if ('from' in tree) yield [tree.from, tree.to]
  yield* rangesIn(tree.r)
}

/** In a task of its own, since a live query writes down every key that is read in it, which takes longer than reading. */
const apart = <T>(work: () => Promise<T>): Promise<T> => new Promise((resolve, reject) => void setTimeout(() => void work().then(resolve, reject)))

const inOrder = (a: Slim, b: Slim): number => a.order - b.order || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)

export class Finding {
  #db: Tables
  #textOf: (row: StoredFollow) => string
  #lists = new Map<string, List>()
  #making = new Map<string, Promise<List | undefined>>()
  #version = 0

  constructor(db: Tables, textOf: (row: StoredFollow) => string) {
    this.#db = db
    this.#textOf = textOf
    // Before any live query: what asks again is to find the change.
    Dexie.on.storagemutated.subscribe(this.#noteChanges)
  }

  close(): void {
    Dexie.on.storagemutated.unsubscribe(this.#noteChanges)
    this.#forget()
  }

  #forget(): void {
    this.#version++
    this.#lists.clear()
  }

  #noteChanges = (parts: Record<string, unknown>): void => {
    if ('all' in parts) return this.#forget()
    const keys = `idb://${this.#db.name}/follows/`
    for (const part of [keys, `${keys}:dels`]) {
      for (const [from, to] of rangesIn(parts[part] as Ranges | undefined)) {
        this.#version++
        // One key is a range from itself to itself.
        const one = Array.isArray(from) && Array.isArray(to) && from.length === 2 && from[0] === to[0] && from[1] === to[1]
        if (!one) return this.#forget()
        this.#lists.get(from[0] as string)?.changed.add(from[1] as string)
      }
    }
  }

  #slim = (row: StoredFollow): Slim => ({
    key: row.key, order: row.order, sort: row.sort, goneAt: row.goneAt, reach: { verdict: row.reach.verdict, reason: row.reach.reason, address: row.reach.address },
    choice: row.choice, saved: row.saved, arrival: row.arrival, text: this.#textOf(row),
  })

  async #read(account: string): Promise<List | undefined> {
    const version = this.#version
    const rows: Slim[] = []
    const [first, end] = whole(account)
    for (let after = first; ; ) {
      const some = await this.#db.follows.where('[account+order+key]').between(after, end, false, true).limit(chunkSize).toArray()
      for (const row of some) rows.push(this.#slim(row))
      if (rows.length > most) return undefined
      if (some.length < chunkSize) break
      const last = some.at(-1)!
      after = [account, last.order, last.key]
    }
    if (version !== this.#version) return undefined
    const list = { rows, changed: new Set<string>() }
    this.#lists.set(account, list)
    return list
  }

  /** Reads the rows again that have changed. */
  async #renew(account: string, list: List): Promise<List> {
    const keys = [...list.changed]
    // What changes while they are read is noted anew.
    list.changed.clear()
    const now = (await this.#db.follows.bulkGet(keys.map(key => [account, key])).catch(error => { this.#lists.delete(account); throw error })).filter(row => row !== undefined)
    const gone = new Set(keys)
    list.rows = [...list.rows.filter(({ key }) => !gone.has(key)), ...now.map(this.#slim)].sort(inOrder)
    return list
  }

  /** @returns all of them, gone ones too, by their place in the list; undefined: there are too many, or they changed while they were read */
  async of(account: string): Promise<Slim[] | undefined> {
    // Whoever asks is told when anything of the list changes: that is what a live query knows its question by.
    await this.#db.follows.where('[account+key]').between(...whole(account)).limit(1).primaryKeys()
    const known = this.#lists.get(account)
    if (known && known.changed.size === 0) return known.rows
    let making = this.#making.get(account)
    if (!making) {
      making = apart(() => (known && known.changed.size <= few ? this.#renew(account, known) : this.#read(account))).finally(() => this.#making.delete(account))
      this.#making.set(account, making)
    }
    return (await making)?.rows
  }
}
