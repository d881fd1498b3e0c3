/** Reads what the extension keeps, as it stands in the browser, without the extension's own code. */
import type { LookUpRequest, MediaRequest } from '../../lib/browser/messages.ts'
import type { FollowRow, LookUpHost, LookUpJob, MediaJob, MediaRow, PostRow, ProfileRow, RelationRow, UnreadRow } from '../../lib/store/types.ts'
import type { Account, LookUp, Run } from '../../lib/model/index.ts'
import type { Machine } from './machine.ts'

/** Everything that the extension keeps: each table of each database, and both storage areas. */
export interface Kept {
  databases: Record<string, Record<string, unknown[]>>
  local: Record<string, unknown>
  session: Record<string, unknown>
}

/** What the tables hold that tests ask about. */
export interface Tables {
  accounts: Account[]
  profiles: ProfileRow[]
  follows: FollowRow[]
  posts: PostRow[]
  relations: RelationRow[]
  captures: Run[]
  unread: UnreadRow[]
  totals: { account: string; name: string; value: number }[]
  media: MediaRow[]
  mediaJobs: MediaJob[]
  lookUps: LookUp[]
  lookUpJobs: LookUpJob[]
  lookUpHosts: LookUpHost[]
}

/** Runs in the extension's origin: only its own words, nothing from outside the function. */
const readAll = async (tables: string[] | null): Promise<string> => {
  interface Area { get(): Promise<Record<string, unknown>> }
  interface Api { storage: { local: Area; session: Area } }
  const world = globalThis as unknown as { browser?: Api; chrome?: Api }
  const api = (world.browser ?? world.chrome) as Api
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const databases: Record<string, Record<string, unknown[]>> = {}
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name!))
    const kept: Record<string, unknown[]> = (databases[name!] = {})
    const names = [...database.objectStoreNames].filter(table => !tables || tables.includes(table))
    if (names.length > 0) {
      const transaction = database.transaction(names, 'readonly')
      for (const table of names) kept[table] = await done(transaction.objectStore(table).getAll())
    }
    database.close()
  }
  return JSON.stringify({ databases, local: await api.storage.local.get(), session: await api.storage.session.get() })
}

/** Everything, or only these tables. */
export const readKept = async (machine: Machine, tables?: (keyof Tables)[]): Promise<Kept> => JSON.parse(await machine.inside(readAll, tables ?? null))

/** The tables by name. The extension keeps one database; it need not be there yet. */
export const readTables = async <K extends keyof Tables>(machine: Machine, ...names: K[]): Promise<Pick<Tables, K>> => {
  const { databases } = await readKept(machine, names)
  const all = Object.values(databases)
  return Object.fromEntries(names.map(name => [name, all.flatMap(tables => tables[name] ?? [])])) as Pick<Tables, K>
}

/** The newest run, if there is one. */
export const newestRun = async (machine: Machine): Promise<Run | undefined> =>
  (await readTables(machine, 'captures')).captures.sort((a, b) => a.startedAt.localeCompare(b.startedAt)).at(-1)

/** The pace of a test: as fast as the page can load. */
export const testPace = { minMs: 20, maxMs: 60, restEvery: 1000, restMs: 20 }

/** Sets the walk's pace from the extension's own code; no screen offers one this fast. */
export const setPace = (machine: Machine, pace: typeof testPace = testPace): Promise<void> =>
  machine.inside(async wanted => {
    interface Api { storage: { local: { set(items: object): Promise<void> } } }
    const world = globalThis as unknown as { browser?: Api; chrome?: Api }
    await ((world.browser ?? world.chrome) as Api).storage.local.set({ pace: wanted })
  }, pace)

/** Sets from the extension's own code how politely servers are asked; no screen offers less than a person's second. */
export const setCourtesy = (machine: Machine, milliseconds: number): Promise<void> =>
  machine.inside(async courtesy => {
    interface Api { storage: { local: { set(items: object): Promise<void> } } }
    const world = globalThis as unknown as { browser?: Api; chrome?: Api }
    await ((world.browser ?? world.chrome) as Api).storage.local.set({ courtesy })
  }, milliseconds)

/** Sets from the extension's own code how long it waits between two pictures; no screen offers less than a person's second. */
export const setMediaPace = (machine: Machine, milliseconds: number): Promise<void> =>
  machine.inside(async mediaPace => {
    interface Api { storage: { local: { set(items: object): Promise<void> } } }
    const world = globalThis as unknown as { browser?: Api; chrome?: Api }
    await ((world.browser ?? world.chrome) as Api).storage.local.set({ mediaPace })
  }, milliseconds)

/** The bytes that are kept of pictures and videos, read from the browser's own folder: of each row, by its post and place. */
export const readKeptMedia = async (machine: Machine, rows: MediaRow[]): Promise<Buffer[]> => {
  const asked = rows.map(({ account, bytes }) => ({ account, parts: bytes?.parts ?? [] }))
  const texts: string[] = await machine.inside(async list => {
    const all = await (await navigator.storage.getDirectory()).getDirectoryHandle('media')
    return Promise.all(
      list.map(async ({ account, parts }) => {
        const folder = await all.getDirectoryHandle(encodeURIComponent(account))
        const blob = new Blob(await Promise.all(parts.map(async name => (await folder.getFileHandle(name)).getFile())))
        let text = ''
        for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte)
        return btoa(text)
      }),
    )
  }, asked)
  return texts.map(text => Buffer.from(text, 'base64'))
}

/** Says to the background what the workspace says about a look-up, or about pictures. @returns how that stands */
export const say = async <R extends LookUpRequest | MediaRequest>(machine: Machine, request: R): Promise<(R extends LookUpRequest ? LookUpJob : MediaJob) | null> =>
  JSON.parse(
    await machine.inside(async message => {
      interface Api { runtime: { sendMessage(message: string): Promise<string> } }
      const world = globalThis as unknown as { browser?: Api; chrome?: Api }
      return ((world.browser ?? world.chrome) as Api).runtime.sendMessage(message)
    }, JSON.stringify(request)),
  )
