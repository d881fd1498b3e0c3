/** Packing and unpacking ZIP archives in tests, with a library that the product does not use. */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { unzipSync, zipSync } from 'fflate'

/** @returns an archive of a folder, with the files' paths from it */
export const zipFolder = async (folder: string): Promise<Uint8Array> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const parts = await Promise.all(files.map(async path => [relative(folder, path).split(sep).join('/'), new Uint8Array(await readFile(path))] as const))
  return zipSync(Object.fromEntries(parts), { level: 1 })
}

/** @returns the archive's files by path */
export const unzip = (bytes: Uint8Array): Record<string, Uint8Array> => unzipSync(bytes)
