/** A backup is written, and read back into another browser, over a folder for files in memory. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { zipSync, unzipSync, strToU8 } from 'fflate'
import { restore } from '../../../lib/archive/backup.ts'
import { openFiles } from '../../../lib/browser/files.ts'
import { backup } from '../../../lib/export/index.ts'
import { crc32 } from '../../../lib/model/index.ts'
import { openStore, type Store } from '../../../lib/store/index.ts'
import { disk, files, joined, names as filesThere, put, begin, account } from '../media/fake.ts'
import { batch, run } from '../store/records.ts'

let names = 0
const open: Store[] = []
const newStore = (): Store => {
  const store = openStore(`archive-backup${names++}`)
  open.push(store)
  return store
}
beforeEach(() => begin())
afterEach(() => { for (const store of open.splice(0)) store.close() })

const quiet = (): void => {}
const at = '2026-02-03T04:05:06.000Z'

/** An account with a picture in two parts, and a film that importers get as another kind. */
const filled = async (): Promise<Store> => {
  const store = newStore()
  const media = [{ kind: 'image' as const, url: 'https://pictures.example/1.jpg' }, { kind: 'image' as const, url: 'https://pictures.example/2.webp' }]
  await store.commit(
    { ...batch({ posts: [{ id: '1', text: 'Loaves', createdAt: '2025-01-01T00:00:00Z', visibility: 'public', media }], profile: { id: '7', handle: 'mara.lind', name: 'Mara' } }), account, network: 'threads', who: { id: '7', handle: 'mara.lind' } },
    () => ({ ...run('1', { state: 'done', account }), network: 'threads' }),
  )
  put('1-a', files.jpg.slice(0, 100))
  put('1-b', files.jpg.slice(100))
  put('2-a', files.webp)
  put('2-shown', files.jpg)
  const [first, second] = await store.media(account, ['1'])
  await store.keepMedia({ ...first!, state: 'kept', bytes: { parts: ['1-a', '1-b'], size: files.jpg.length, crc: crc32(files.jpg), type: 'image/jpeg', extension: 'jpg' } })
  await store.keepMedia({ ...second!, state: 'kept', bytes: { parts: ['2-a'], size: files.webp.length, crc: crc32(files.webp), type: 'image/webp', extension: 'webp' }, shown: { parts: ['2-shown'], size: files.jpg.length, crc: crc32(files.jpg), type: 'image/jpeg', extension: 'jpg' } })
  return store
}
const written = async (store: Store): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await new Response((await backup({ store, open: openFiles, version: '1.2.3', at })).stream()).arrayBuffer())
const back = (bytes: Uint8Array<ArrayBuffer>, store: Store) => restore(new Blob([bytes]), store, quiet)

test('everything comes back with its pictures, and twice changes nothing', async () => {
  const from = await filled()
  const bytes = await written(from)
  expect(Object.keys(unzipSync(bytes))).toEqual(['holdall.json', 'accounts.jsonl', 'profiles.jsonl', 'follows.jsonl', 'posts.jsonl', 'relations.jsonl', 'captures.jsonl', 'lookUps.jsonl', 'totals.jsonl', 'media.jsonl', 'files/threads%3A7/1-a', 'files/threads%3A7/2-a', 'files/threads%3A7/2-shown'])
  begin()
  const to = newStore()
  expect(await back(bytes, to)).toEqual({ accounts: 1, unread: 0, files: 2, lostFiles: 0 })
  expect(filesThere()).toEqual(['1-a', '2-a', '2-shown'])
  const [first, second] = await to.media(account, ['1'])
  expect(joined(first!.bytes!.parts).equals(files.jpg)).toBe(true)
  expect(joined(second!.bytes!.parts).equals(files.webp)).toBe(true)
  expect(joined(second!.shown!.parts).equals(files.jpg)).toBe(true)
  const clean = (totals: Record<string, number>) => Object.fromEntries(Object.entries(totals).filter(([, value]) => value))
  expect(clean(await to.totals(account))).toEqual(clean(await from.totals(account)))
  expect(await back(bytes, to)).toEqual({ accounts: 1, unread: 0, files: 0, lostFiles: 0 })
  expect((await to.posts(account, {}, 10)).rows).toHaveLength(1)
})

test('a picture that the backup lacks, or of which the bytes are others, is to be fetched again', async () => {
  const bytes = await written(await filled())
  const parts = unzipSync(bytes)
  delete parts['files/threads%3A7/1-a']
  parts['files/threads%3A7/2-a'] = new Uint8Array(files.webp.length)
  begin()
  const to = newStore()
  // Packed anew, the sums are those of the wrong bytes: only the length is the same. It is told by the row's own sum.
  expect(await back(new Uint8Array(zipSync(parts)), to)).toMatchObject({ accounts: 1, lostFiles: 2, files: 0 })
  expect((await to.media(account, ['1'])).map(({ state }) => state)).toEqual(['seen', 'seen'])
})

test.each([
  ['another file', async () => strToU8('not a zip at all')],
  ['another archive', async () => zipSync({ 'posts.json': strToU8('{}') })],
  ['a manifest of something else', async () => zipSync({ 'holdall.json': strToU8('{"format":"other"}') })],
  ['a manifest that is no JSON', async () => zipSync({ 'holdall.json': strToU8('{') })],
  ['an archive without its end', async () => (await written(await filled())).slice(0, 2000)],
])('%s is no backup, and nothing is changed', async (_, make) => {
  const bytes = new Uint8Array(await make())
  const to = newStore()
  expect(await back(bytes, to)).toEqual({ refused: 'not-backup' })
  expect(await to.accounts()).toEqual([])
})

test('of a later form: refused, nothing is changed', async () => {
  const to = newStore()
  expect(await back(new Uint8Array(zipSync({ 'holdall.json': strToU8(JSON.stringify({ format: 'holdall-backup', formatVersion: 2, at })) })), to)).toEqual({ refused: 'newer' })
})

test('lines that are no rows are counted, the others come back', async () => {
  const parts = unzipSync(await written(await filled()))
  const posts = new TextDecoder().decode(parts['posts.jsonl'])
  parts['posts.jsonl'] = strToU8(`not json\n${posts}{"id":7}\n`)
  const to = newStore()
  expect(await back(new Uint8Array(zipSync(parts)), to)).toMatchObject({ accounts: 1, unread: 2 })
  expect((await to.posts(account, {}, 10)).rows).toHaveLength(1)
})

test('names that lead elsewhere are no names', async () => {
  const parts = unzipSync(await written(await filled()))
  const media = new TextDecoder().decode(parts['media.jsonl']).replaceAll('"1-a"', '"../../evil"')
  parts['media.jsonl'] = strToU8(media)
  parts['files/threads%3A7/../../evil'] = files.jpg
  begin()
  const to = newStore()
  expect(await back(new Uint8Array(zipSync(parts)), to)).toMatchObject({ files: 1, lostFiles: 1 })
  expect([...disk.accounts.values()].flatMap(folder => [...folder.keys()]).toSorted()).toEqual(['2-a', '2-shown'])
})

test('no room left: what was put back stays, and the same file goes on', async () => {
  const bytes = await written(await filled())
  begin()
  disk.room = files.jpg.length + 10
  const to = newStore()
  expect(await back(bytes, to)).toEqual({ refused: 'full' })
  expect(await to.accounts()).toHaveLength(1)
  disk.room = Infinity
  expect(await back(bytes, to)).toMatchObject({ accounts: 1, lostFiles: 0 })
  expect((await to.media(account, ['1'])).map(({ state }) => state)).toEqual(['kept', 'kept'])
})
