/**
 * What the benchmarks run inside a page of the extension's origin: fills its store with a large account, and measures the floor that a capture is compared
 * with. Bundled by `bench.ts`, never part of the extension.
 */
import { Dexie } from 'dexie'
import { openFiles } from '../../lib/browser/files.ts'
import { newRun } from '../../lib/capture/walk.ts'
import { destinations } from '../../lib/destinations/index.ts'
import { crc32, type Follow, type Post, type Profile } from '../../lib/model/index.ts'
import { rooms } from '../../lib/networks/rooms.ts'
import { preview, type Preview } from '../../lib/preview/index.ts'
import { reachOf } from '../../lib/reach/index.ts'
import { openStore, type MediaRow } from '../../lib/store/index.ts'

const NETWORK = 'threads'
const OWNER = '900000000000000001'
const at = (second: number): string => new Date(Date.UTC(2024, 0, 1) + second * 1000).toISOString()

const follow = (index: number): Follow => ({
  id: String(63_000_000_000 + index),
  handle: index % 50 === 0 ? `somebody${index}@social.example` : `person.${index}`,
  name: `Person ${index} of the bench`,
  avatar: `https://scontent.cdninstagram.com/v/t51/${index}.jpg`,
  url: `https://www.threads.com/@person.${index}`,
  locked: index % 20 === 0,
  ownerId: OWNER,
  relation: 'follow',
  position: index,
  source: 'answer',
  seenAt: at(0),
})

const post = (index: number): Post => {
  const long = index % 40 === 11 ? ' and more'.repeat(80) : ''
  const text = `Post number ${index}, in which @person.${index} and #bench are named, with a link: https://example.org/${index} and some more words to make it as long as posts are.${long}`
  const mention = text.indexOf('@person')
  const tag = text.indexOf('#bench')
  return {
    id: String(3_000_000_000_000_000_000n + BigInt(index)),
    url: `https://www.threads.com/@bench/post/C${index}`,
    authorId: OWNER,
    authorHandle: 'bench',
    createdAt: at(index * 600),
    text,
    facets: [
      { start: mention, end: mention + `@person.${index}`.length, kind: 'mention', value: `person.${index}` },
      { start: tag, end: tag + 6, kind: 'tag', value: 'bench' },
    ],
    ...(index % 50 === 7 ? { poll: { options: [{ title: 'Yes' }, { title: 'No' }] } } : {}),
    ...(index % 20 === 3 ? { edited: true } : {}),
    media: index % 3 === 0 ? [{ kind: 'image', url: `https://scontent.cdninstagram.com/v/t51/p${index}.jpg`, alt: 'A picture', width: 1080, height: 1350 }] : [],
    visibility: 'public',
    counts: { likes: index % 100, replies: index % 7, reposts: index % 5 },
    source: 'answer',
    seenAt: at(0),
  }
}

/** Fills the extension's own store with one account that was captured to the end. @returns its key */
const fill = async (count: number, posts = count): Promise<string> => {
  const store = openStore()
  const account = `${NETWORK}:${OWNER}`
  const room = rooms[NETWORK]!
  const profile: Profile = { id: OWNER, handle: 'bench', name: 'The bench', bio: 'An account of many records.', counts: { follows: count, followers: 3 }, seenAt: at(0) }
  const now = new Date().toISOString()
  const run = newRun('bench', room, 1, 'running', Date.now())
  const sections = Object.fromEntries(room.sections.map(({ section }) => [section, { state: 'done' as const, pages: 1, head: null }]))
  await store.updateRun(run.id, () => ({ ...run, tabId: undefined, account, viewer: { id: OWNER, handle: 'bench' }, mode: 'scroll', state: 'done', endedAt: now, sections }))
  for (let from = 0; from < Math.max(count, posts); from += 1000) {
    const numbers = (most: number): number[] => Array.from({ length: Math.max(0, Math.min(1000, most - from)) }, (_, index) => from + index)
    await store.commit({
      account, network: NETWORK, runId: run.id, at: now, who: { id: OWNER, handle: 'bench', name: 'The bench' }, profile,
      follows: numbers(count).map(follow), posts: numbers(posts).map(post), relations: [], unread: [],
      counts: [{ section: 'follows', ownerId: OWNER, value: count }],
      reachOf: one => reachOf(room.fediverse, one),
    })
  }
  store.close()
  return account
}

/** The database as it is, without the store's own code: rows by the ten thousand would take it minutes. */
const opened = async (): Promise<Dexie> => {
  const [{ name } = { name: '' }] = await indexedDB.databases()
  return new Dexie(name!).open()
}

/** Every picture of the account as kept, with so many bytes in all: files where the extension has them, all of the same bytes. @returns how many */
const fillMedia = async (account: string, bytes: number): Promise<number> => {
  const database = await opened()
  const rows: (MediaRow & { due: string })[] = await database.table('media').toArray()
  const size = Math.floor(bytes / rows.length)
  const content = new Uint8Array(size)
  for (let from = 0; from < size; from += 65_536) crypto.getRandomValues(content.subarray(from, Math.min(size, from + 65_536)))
  content.set([0xff, 0xd8, 0xff])
  const crc = crc32(content)
  const todo = [...rows.keys()]
  // Where `lib/browser/files.ts` has them, looked up once.
  const folder = await (await (await navigator.storage.getDirectory()).getDirectoryHandle('media', { create: true })).getDirectoryHandle(encodeURIComponent(account), { create: true })
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let index = todo.pop(); index !== undefined; index = todo.pop()) {
      const file = await (await folder.getFileHandle(`bench-${index}`, { create: true })).createWritable()
      await file.write(content)
      await file.close()
    }
  }))
  const kept = rows.map((row, index): MediaRow & { due: string } => ({ ...row, state: 'kept', at: at(0), bytes: { parts: [`bench-${index}`], size, crc, type: 'image/jpeg', extension: 'jpg' } }))
  for (let from = 0; from < kept.length; from += 2000) await database.table('media').bulkPut(kept.slice(from, from + 2000))
  const totals = { 'media:seen': 0, 'media:seen:image': 0, 'media:kept': kept.length, 'media:files': kept.length, 'media:bytes': kept.length * size }
  await database.table('totals').bulkPut(Object.entries(totals).map(([name, value]) => ({ account, name, value })))
  database.close()
  return kept.length
}

/** What writing an archive can't do without: the same bytes from where they lie into one file. @returns milliseconds */
const copyMedia = async (account: string): Promise<number> => {
  const database = await opened()
  const rows: MediaRow[] = await database.table('media').toArray()
  database.close()
  const begun = performance.now()
  const root = await navigator.storage.getDirectory()
  const file = await (await root.getFileHandle('bench-copy', { create: true })).createWritable()
  for (const { bytes } of rows) await file.write(await openFiles(account, bytes!.parts))
  await file.close()
  const took = performance.now() - begun
  await root.removeEntry('bench-copy')
  return took
}

/**
 * The floor: the same answers parsed, and the same rows put, 2,000 at once, into a table with the same keys, doing nothing else.
 * @param keys the table's primary key and indexes, as Dexie writes them
 * @returns milliseconds
 */
const floor = async (answers: string[], rows: object[], keys: string): Promise<number> => {
  await Dexie.delete('bench-floor')
  const database = new Dexie('bench-floor')
  database.version(1).stores({ rows: keys })
  await database.open()
  const begun = performance.now()
  let parsed = 0
  for (const answer of answers) parsed += JSON.parse(answer) ? 1 : 0
  for (let from = 0; from < rows.length; from += 2000) await database.table('rows').bulkPut(rows.slice(from, from + 2000))
  const took = performance.now() - begun
  database.close()
  await Dexie.delete('bench-floor')
  if (parsed !== answers.length) throw new Error('An answer was empty')
  return took
}

/** What would move, from the store as it is, opened anew. @returns it, and the milliseconds that it took */
const look = async (account: string): Promise<{ preview: Preview; took: number }> => {
  const begun = performance.now()
  const store = openStore()
  const found = await preview(store, account, destinations.mastodon)
  const took = performance.now() - begun
  store.close()
  return { preview: found, took }
}

/** The same numbers, counted from every row. */
const recount = async (account: string): Promise<Record<string, number>> => {
  const store = openStore()
  const sum: Record<string, number> = {}
  const add = (name: string): void => void (sum[name] = (sum[name] ?? 0) + 1)
  for await (const rows of store.eachFollow(account)) for (const row of rows) add(row.reach.verdict)
  for await (const rows of store.eachPost(account)) {
    for (const row of rows) {
      add('posts')
      if (row.poll) add('poll')
      if (row.edited) add('edited')
      if ((row.text?.length ?? 0) > 500) add('long')
    }
  }
  store.close()
  return sum
}

Object.assign(globalThis, { bench: { fill, fillMedia, copyMedia, floor, look, recount } })
