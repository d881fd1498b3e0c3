/** Whole IndexedDB databases as JSON: what migration tests start from. */
export interface Dump {
  /** IndexedDB's own number: ten times Dexie's. */
  version: number
  stores: Record<string, { keyPath: string | string[]; autoIncrement: boolean; indexes: { name: string; keyPath: string | string[]; unique: boolean; multiEntry: boolean }[]; rows: unknown[] }>
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

export const restore = async (name: string, dump: Dump): Promise<void> => {
  const request = indexedDB.open(name, dump.version)
  request.onupgradeneeded = () => {
    for (const [table, { keyPath, autoIncrement, indexes, rows }] of Object.entries(dump.stores)) {
      const store = request.result.createObjectStore(table, { keyPath, autoIncrement })
      for (const index of indexes) store.createIndex(index.name, index.keyPath, { unique: index.unique, multiEntry: index.multiEntry })
      for (const row of rows) store.put(row)
    }
  }
  ;(await done(request)).close()
}

export const dump = async (name: string): Promise<Dump> => {
  const db = await done(indexedDB.open(name))
  const stores: Dump['stores'] = {}
  for (const table of db.objectStoreNames) {
    const store = db.transaction(table).objectStore(table)
    const indexes = [...store.indexNames].map(index => store.index(index)).map(({ name, keyPath, unique, multiEntry }) => ({ name, keyPath, unique, multiEntry }))
    stores[table] = { keyPath: store.keyPath, autoIncrement: store.autoIncrement, indexes, rows: await done(store.getAll()) } as Dump['stores'][string]
  }
  const { version } = db
  db.close()
  return { version, stores }
}
