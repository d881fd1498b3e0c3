import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { accountsWithFiles, filesOf, isFull, openFiles, removeFiles, removeFilesOf, writeFile } from '../../../lib/browser/files.ts'
import { account, begin, disk } from './fake.ts'

beforeEach(begin)
afterEach(() => vi.unstubAllGlobals())

const write = async (name: string, ...bytes: number[]): Promise<void> => {
  const file = await writeFile(account, name)
  await file.write(Uint8Array.from(bytes))
  await file.close()
}
const read = async (...names: string[]): Promise<number[]> => [...new Uint8Array(await (await openFiles(account, names)).arrayBuffer())]

test('what was written is there, alone and together, with a type where one is given', async () => {
  await write('a', 1, 2)
  await write('b', 3)
  expect([await read('a'), await read('a', 'b'), await read()]).toEqual([[1, 2], [1, 2, 3], []])
  expect((await openFiles(account, ['a'], 'image/png')).type).toBe('image/png')
  expect([await filesOf(account), await accountsWithFiles()]).toEqual([['a', 'b'], [account]])
})

test('a folder that was taken away and made again is found again', async () => {
  await write('a', 1)
  expect(await read('a')).toEqual([1])
  await removeFilesOf(account)
  await expect(openFiles(account, ['a'])).rejects.toThrow('not there')
  await write('a', 2)
  expect(await read('a')).toEqual([2])
})

test('what is not there is nobody’s fault when it is to go, and is said when it is to be read', async () => {
  await removeFiles(account, ['x'])
  await removeFilesOf(account)
  expect([await filesOf(account), await accountsWithFiles()]).toEqual([[], []])
  await write('a', 1)
  await removeFiles(account, ['x', 'a'])
  expect(await filesOf(account)).toEqual([])
  await expect(openFiles(account, ['a'])).rejects.toThrow('not there')
})

test('a file that was given up leaves nothing, and a full disk is told from other faults', async () => {
  const file = await writeFile(account, 'a')
  await file.write(new Uint8Array(5))
  await file.abort()
  expect(await filesOf(account)).toEqual([])
  disk.room = 3
  const error = await write('b', 1, 2, 3, 4).catch((caught: unknown) => caught)
  expect([isFull(error), isFull(new Error('x'))]).toEqual([true, false])
})
