/** Official downloads, handed over through the workspace's own page: joined with a capture of the same account, in either order, twice. */
import { gzipSync } from 'node:zlib'
import { zipSync, type Zippable } from 'fflate'
import { packTar } from 'modern-tar'
import type { Page } from 'puppeteer-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { awaitState, begin, startOn } from '../harness/drive.ts'
import { until, type Machine } from '../harness/machine.ts'
import { readKept, readKeptMedia, readTables } from '../harness/store.ts'
import { archiveOf as mastodonArchive, filePathOf, PRIVATE as mastodonPrivate } from '../networks/mastodon/archive.ts'
import { archiveOf as metaArchive, PRIVATE as metaPrivate } from '../networks/meta/archive.ts'
import { archiveOf as tiktokArchive, PRIVATE as tiktokPrivate } from '../networks/tiktok/archive.ts'
import { archiveOf as xArchive, PRIVATE as xPrivate } from '../networks/x/archive.ts'
import type { Simulation, Truth } from '../networks/types.ts'
import { choose, fileOf, openWorkspace, says } from './handing.ts'
import { newProfile, set, simulate } from './setting.ts'

type Files = Record<string, string | Uint8Array>

const zipped = (files: Files): Uint8Array => zipSync(Object.fromEntries(Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? new TextEncoder().encode(content) : [content, { level: 0 }]])) as Zippable)

/** Hands it over, and waits until all of it is read. */
const handOver = async (machine: Machine, query: string, path: string): Promise<Page> => {
  const page = await openWorkspace(machine, query)
  await choose(page, path)
  await says(page, /Added\. Kept now/)
  return page
}

/** What is kept, without when and by whom it was seen. */
const state = async (machine: Machine): Promise<unknown> => {
  const tables = await readTables(machine, 'profiles', 'follows', 'posts', 'relations')
  const changing = new Set(['runId', 'firstSeen', 'lastSeen', 'seenAt', 'source', 'joined', 'reach'])
  return Object.values(tables).map(rows => (rows as object[]).map(row => Object.entries(row).filter(([key]) => !changing.has(key)).toSorted(([a], [b]) => a.localeCompare(b))))
}

interface Case { network: string; files(truth: Truth): Files; secrets: string[]; /** What a capture says of follows by another name than the file. */ follows?(truth: Truth): string[] }
const cases: Case[] = [
  { network: 'x', files: truth => xArchive(truth, 2), secrets: xPrivate },
  { network: 'threads', files: truth => metaArchive('threads', truth, 'new'), secrets: metaPrivate },
  { network: 'instagram', files: truth => metaArchive('instagram', truth, 'new'), secrets: metaPrivate },
  { network: 'tiktok', files: truth => tiktokArchive(truth), secrets: tiktokPrivate },
  { network: 'mastodon', files: truth => mastodonArchive(truth), secrets: mastodonPrivate },
]

const size = { follows: 14, posts: 24 }
const account = async (machine: Machine) => (await readTables(machine, 'accounts')).accounts

/** The union, exactly: every person and post of the account, once. */
const expectUnion = async (machine: Machine, simulation: Simulation): Promise<void> => {
  const truth = simulation.truth()
  const { follows, posts, accounts, unread } = await readTables(machine, 'follows', 'posts', 'accounts', 'unread')
  expect(accounts.map(({ id, handle }) => [id, handle])).toEqual([[truth.viewer.id, truth.viewer.handle]])
  expect(follows.map(({ handle }) => handle).toSorted()).toEqual(truth.follows.map(({ handle }) => handle).toSorted())
  expect(follows.filter(({ numbered, ownerId }) => numbered || ownerId !== truth.viewer.id)).toEqual([])
  const key = (post: { id: string; repostOf?: { id?: string } | string }): string => (post.repostOf ? `repost ${typeof post.repostOf === 'string' ? post.repostOf : post.repostOf.id}` : post.id)
  expect(posts.map(key).toSorted()).toEqual(truth.posts.map(key).toSorted())
  expect(unread).toEqual([])
}

const expectNothingPrivate = async (machine: Machine, secrets: string[]): Promise<void> => {
  const kept = JSON.stringify(await readKept(machine))
  for (const secret of secrets) expect(kept).not.toContain(secret)
}

describe.each(cases)('$network', ({ network, files, secrets }) => {
  test('a capture, then the download, twice: the union, once, and nothing private', async () => {
    const { machine, simulation } = await set('chromium', size, {}, network)
    await begin(machine, simulation)
    await awaitState(machine, ['done'])
    const [own] = await account(machine)
    const path = await fileOf('download.zip', zipped(files(simulation.truth())))
    const page = await handOver(machine, `?account=${encodeURIComponent(own!.account)}#add`, path)
    await expectUnion(machine, simulation)
    const once = await state(machine)
    await page.reload()
    await choose(page, path)
    await says(page, /Added\. Kept now/)
    expect(await state(machine)).toEqual(once)
    await expectNothingPrivate(machine, secrets)
  })

  test('the download first, then a capture: the same', async () => {
    const { machine, simulation } = await set('chromium', size, {}, network)
    const page = await handOver(machine, `?add=${network}`, await fileOf('renamed.zip', zipped(Object.fromEntries(Object.entries(files(simulation.truth())).map(([path, content]) => [`my folder/${path}`, content])))))
    expect(await account(machine)).toMatchObject([{ network, handle: simulation.truth().viewer.handle }])
    await page.close()
    await begin(machine, simulation)
    await awaitState(machine, ['done'])
    await expectUnion(machine, simulation)
    await expectNothingPrivate(machine, secrets)
  })
})

/** Where the site has what the account's posts show, by post and place: the captured addresses. */
const siteFiles = async (machine: Machine, simulation: Simulation): Promise<(id: string, index: number) => Uint8Array> => {
  const urls = new Map((await readTables(machine, 'media')).media.map(row => [`${row.postId} ${row.index}`, row.url!]))
  return (id, index) => simulation.file(new URL(urls.get(`${id} ${index}`)!)).bytes
}
/** So many are kept in the end, each byte for byte as the site has it. */
const expectPictures = async (machine: Machine, wanted: number, bytesOf: (id: string, index: number) => Uint8Array): Promise<void> => {
  expect(wanted).toBeGreaterThan(3)
  const kept = await until('the pictures', async () => {
    const rows = (await readTables(machine, 'media')).media.filter(row => row.state === 'kept')
    return rows.length === wanted && rows
  })
  const are = await readKeptMedia(machine, kept)
  expect(kept.filter((row, at) => !are[at]!.equals(bytesOf(row.postId, row.index))).map(({ url }) => url)).toEqual([])
}

test('pictures and videos are taken out of the download, byte for byte; the file is taken out again', async () => {
  const { machine, simulation } = await set('chromium', { follows: 6, posts: 58 })
  await begin(machine, simulation)
  await awaitState(machine, ['done'])
  const before = await state(machine)
  const [own] = await account(machine)
  const { media } = await readTables(machine, 'media')
  const bytesOf = await siteFiles(machine, simulation)
  const page = await handOver(machine, `?account=${encodeURIComponent(own!.account)}#add`, await fileOf('download.zip', zipped(metaArchive('threads', simulation.truth(), 'new', (post, index) => bytesOf(post.id, index)))))
  const wanted = media.filter(({ postId, url }) => postId !== '@profile' && url).length
  await expectPictures(machine, wanted, bytesOf)
  const press = (name: string) => page.evaluate(label => [...document.querySelectorAll('button')].find(button => button.textContent === label)!.click(), name)
  await press('Take out again')
  await press('Take out again')
  await says(page, /Taken out: \d+ records/)
  expect(await state(machine)).toEqual(before)
})

/** Mastodon before 4.2: `.tar.gz`, the pictures first and the account last. */
test.each(['chromium', 'firefox'] as const)('%s: the form of old, joined with a capture, with its pictures byte for byte', async browser => {
  const { machine, simulation } = await set(browser, size, {}, 'mastodon')
  await begin(machine, simulation)
  await awaitState(machine, ['done'])
  const [own] = await account(machine)
  const bytesOf = await siteFiles(machine, simulation)
  const truth = simulation.truth()
  const pictures: Files = Object.fromEntries(truth.posts.flatMap(post => post.media.map((_, index) => [filePathOf(post, index), bytesOf(post.id, index)])))
  const { 'actor.json': actor, ...others } = mastodonArchive(truth)
  const files = Object.entries({ ...pictures, ...others, ...pictures, 'actor.json': actor! })
  const packed = gzipSync(await packTar(files.map(([name, body]) => ({ header: { name, size: typeof body === 'string' ? new TextEncoder().encode(body).length : body.length }, body }))))
  await handOver(machine, `?account=${encodeURIComponent(own!.account)}#add`, await fileOf('archive-20230101.tar.gz', packed))
  await expectUnion(machine, simulation)
  await expectNothingPrivate(machine, mastodonPrivate)
  await expectPictures(machine, Object.keys(pictures).length, bytesOf)
})

test('what can’t be read is said with what to do, and nothing of it is kept', async () => {
  const { machine, simulation } = await set('chromium', size, {}, 'x')
  const page = await openWorkspace(machine, '?add=x')
  const good = zipped(xArchive(simulation.truth()))
  const locked = good.slice()
  for (let at = 0; at < locked.length - 4; at++) if (locked[at] === 0x50 && locked[at + 1] === 0x4b && locked[at + 2] === 1 && locked[at + 3] === 2) locked[at + 8] = locked[at + 8]! | 1
  const bad: [string, Uint8Array | string, RegExp][] = [
    ['broken-off.zip', good.slice(0, good.length / 2), /This archive has no end[\s\S]*Download it again from X/],
    ['locked.zip', locked, /asks for a password/],
    ['empty.zip', '', /There is nothing in this file/],
    ['holiday.zip', zipped({ 'a.txt': 'x', '../../account.js': 'x', '/account.js': 'x' }), /nothing in this archive that a download of X has/],
    ['threads.zip', zipped(metaArchive('threads', simulation.truth(), 'new')), /looks like a download of (?:Threads|Instagram), not of X/],
    ['broken-off.tar.gz', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), /This archive has no end[\s\S]*Download it again from X/],
    ['page.js', '<!doctype html><title>x</title>', /in the form HTML/],
    ['nobody.zip', zipped({ 'data/following.js': 'window.YTD.following.part0 = [{"following":{"accountId":"5"}}]' }), /does not say whose it is/],
  ]
  for (const [name, bytes, words] of bad) {
    await choose(page, await fileOf(name, bytes))
    await says(page, words)
  }
  const kept = await readTables(machine, 'accounts', 'follows', 'posts', 'profiles')
  expect(kept).toEqual({ accounts: [], follows: [], posts: [], profiles: [] })
  // A script in it is text, and is not run.
  await choose(page, await fileOf('script.zip', zipped({ 'data/account.js': 'globalThis.ran = 1; window.YTD.account.part0 = []', 'data/tweets.js': 'fetch("https://x.com/ran")' })))
  await says(page, /script\.zip[\s\S]*Nothing in it could be read/)
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false)
  // Somebody else's is not put into an account.
  await begin(machine, simulation)
  await awaitState(machine, ['done'])
  const before = await state(machine)
  const [own] = await account(machine)
  await page.close()
  const theirs = await openWorkspace(machine, `?account=${encodeURIComponent(own!.account)}#add`)
  await choose(theirs, await fileOf('theirs.zip', zipped(xArchive(simulation.truth('second')))))
  await says(theirs, /belongs to another account/)
  expect(await state(machine)).toEqual(before)
})

test('killed in the middle, worker and browser: the same file goes on where it was', async () => {
  const profile = await newProfile()
  const simulation = await simulate(size, 'x')
  const truth = simulation.truth()
  const many = 12_000
  const posts = Array.from({ length: many }, (_, at) => ({ tweet: { id_str: String(1_900_000_000_000_000_000n + BigInt(at)), full_text: `Number ${at}. ${'A line of an old diary. '.repeat(50)}`, created_at: 'Wed Sep 04 13:51:55 +0000 2019', entities: {} } }))
  const path = await fileOf('large.zip', zipped({ ...xArchive(truth), 'data/tweets.js': `window.YTD.tweets.part0 = ${JSON.stringify(posts)}` }))
  const first = await startOn('chromium', simulation, { profile })
  const page = await openWorkspace(first, '?add=x')
  await choose(page, path)
  const taken = async (machine: Machine): Promise<number> => (await readTables(machine, 'captures')).captures.find(run => run.archive)?.archive?.taken ?? 0
  await until('some pieces', async () => (await taken(first)) > 2)
  await first.stopWorker()
  const there = await taken(first)
  await until('more pieces', async () => (await taken(first)) > there)
  await first.kill()
  const machine = await startOn('chromium', simulation, { profile })
  onTestFinished(() => machine.close())
  const left = await until('the run to say that its file is gone', async () => (await readTables(machine, 'captures')).captures.find(run => run.archive?.open && run.state === 'paused' && run.reason === 'file-gone'))
  const [own] = await account(machine)
  const again = await openWorkspace(machine, `?account=${encodeURIComponent(own!.account)}#add`)
  await says(again, /broken off at \d+/)
  await choose(again, path)
  await says(again, /Added\. Kept now/, 120_000)
  const { posts: kept, captures } = await readTables(machine, 'posts', 'captures')
  expect(captures.filter(run => run.archive)).toMatchObject([{ id: left.id, state: 'done' }])
  expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length)
  expect(kept.filter(({ text }) => text?.startsWith('Number ')).length).toBe(many)
}, 240_000)

test('Firefox: the same', async () => {
  const { machine, simulation } = await set('firefox', size, {}, 'x')
  await handOver(machine, '?add=x', await fileOf('download.zip', zipped(xArchive(simulation.truth()))))
  const { follows, posts } = await readTables(machine, 'follows', 'posts')
  expect(follows.map(({ id }) => id).toSorted()).toEqual(simulation.truth().follows.map(({ id }) => id).toSorted())
  expect(posts.filter(({ unnumbered }) => !unnumbered).map(({ id }) => id).toSorted()).toEqual(simulation.truth().posts.map(({ id }) => id).toSorted())
})
