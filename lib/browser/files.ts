/** Files that are kept beside the store, in the browser's own folder for this extension (the origin-private file system): pictures and videos. */

const FOLDER = 'media'

/** One folder for each account. */
const folderOf = async (account: string, create: boolean): Promise<FileSystemDirectoryHandle> => {
  const root = await navigator.storage.getDirectory()
  const all = await root.getDirectoryHandle(FOLDER, { create })
  return all.getDirectoryHandle(encodeURIComponent(account), { create })
}

const gone = (error: unknown): boolean => error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'TypeMismatchError')

/** The browser has no room left for it. */
export const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError'

/** A file that is being written; it is there only once it was closed. */
export interface Writing {
  write(piece: Uint8Array): Promise<void>
  close(): Promise<void>
  /** Forgets what was written. */
  abort(): Promise<void>
}

/** Begins a file, over any of that name. @throws what the browser throws; see `isFull` */
export const writeFile = async (account: string, name: string): Promise<Writing> => {
  const folder = await folderOf(account, true)
  const stream = await (await folder.getFileHandle(name, { create: true })).createWritable()
  return {
    write: piece => stream.write(piece as Uint8Array<ArrayBuffer>),
    close: () => stream.close(),
    abort: async () => {
      await stream.abort().catch(() => undefined)
      // A file that was never closed is there with nothing in it.
      await folder.removeEntry(name).catch(() => undefined)
    },
  }
}

/** An archive opens files by the ten thousand: their folder is looked up once, and again where it does not hold any more. */
const folders = new Map<string, FileSystemDirectoryHandle>()

const open = async (account: string, names: string[]): Promise<File[]> => {
  const folder = folders.get(account) ?? (await folderOf(account, false))
  folders.set(account, folder)
  return Promise.all(names.map(async name => (await folder.getFileHandle(name)).getFile()))
}

/** @returns these files as one Blob, of which nothing is read yet @throws where one is not there */
export const openFiles = async (account: string, names: string[], type?: string): Promise<Blob> => {
  const files = await open(account, names).catch(() => {
    folders.delete(account)
    return open(account, names)
  })
  const [only, ...others] = files
  return only && others.length === 0 && type === undefined ? only : new Blob(files, type === undefined ? {} : { type })
}

export const removeFiles = async (account: string, names: string[]): Promise<void> => {
  if (!names.length) return
  try {
    const folder = await folderOf(account, false)
    for (const name of names) await folder.removeEntry(name).catch(error => { if (!gone(error)) throw error })
  } catch (error) {
    if (!gone(error)) throw error
  }
}

/** Names of the files of an account; none where it has no folder. */
export const filesOf = async (account: string): Promise<string[]> => {
  try {
    const names: string[] = []
    for await (const name of (await folderOf(account, false)).keys()) names.push(name)
    return names
  } catch (error) {
    if (gone(error)) return []
    throw error
  }
}

/** Accounts that have files. */
export const accountsWithFiles = async (): Promise<string[]> => {
  try {
    const all = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER)
    const names: string[] = []
    for await (const name of all.keys()) names.push(decodeURIComponent(name))
    return names
  } catch (error) {
    if (gone(error)) return []
    throw error
  }
}

/** Copies all files of an account to another. Those that are there already stay as they are. */
export const copyFilesOf = async (from: string, to: string): Promise<void> => {
  const there = new Set(await filesOf(to))
  for (const name of await filesOf(from)) {
    if (there.has(name)) continue
    const file = await openFiles(from, [name])
    const target = await (await folderOf(to, true)).getFileHandle(name, { create: true })
    await file.stream().pipeTo(await target.createWritable())
  }
}

/** Takes away all files of an account. */
export const removeFilesOf = async (account: string): Promise<void> => {
  try {
    const all = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER)
    await all.removeEntry(encodeURIComponent(account), { recursive: true })
  } catch (error) {
    if (!gone(error)) throw error
  }
}

/** Bytes that may still be written, as far as the browser says. */
export const freeSpace = async (): Promise<number | undefined> => {
  const { quota, usage } = await navigator.storage.estimate().catch((): StorageEstimate => ({}))
  return quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage)
}
