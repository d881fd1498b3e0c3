/** The background of pictures and videos: whatever a server does, each ends in a state that is counted and has a name, and its post stays. */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { MediaRequest } from '../../../lib/browser/messages.ts'
import { ask } from '../../../lib/browser/port.ts'
import { startMedia } from '../../../lib/media/background.ts'
import { crc32 } from '../../../lib/model/index.ts'
import { openStore, type MediaJob, type MediaRow, type Store } from '../../../lib/store/index.ts'
import fake, { reset, world } from '../fake-browser.ts'
import { batch, post } from '../store/records.ts'
import { account, begin, disk, film, files, joined, names, net, put, ranged, serve, urlOf } from './fake.ts'

const hosts = ['https://*.cdninstagram.com/*', 'https://*.fbcdn.net/*']
let store: Store
beforeEach(async () => {
  await reset()
  globalThis.indexedDB = new IDBFactory()
  begin()
  for (const host of hosts) world.allowed.add(host)
  await fake.storage.local.set({ mediaPace: 0 })
  store = openStore()
})
afterEach(async () => {
  await say({ kind: 'media-stop', account })
  store.close()
  vi.unstubAllGlobals()
})

const say = (request: MediaRequest): Promise<unknown> => ask(request)
/** Posts of which each has one picture of its own name. */
const capture = (ids: string[], more: (id: string) => Partial<MediaRow> = () => ({}), at = '2026-02-01T00:00:00Z') =>
  store.commit(batch({ account, network: 'threads', at, who: { id: '7', handle: 'me' }, posts: ids.map(id => post(id, { authorId: '7', text: `Text ${id}`, media: [{ kind: 'image', url: urlOf(id), ...more(id) }] })) }))
const comesTo = (state: MediaJob['state'], more: Partial<MediaJob> = {}): Promise<void> => vi.waitFor(async () => expect(await store.mediaJob(account)).toMatchObject({ state, ...more }), { timeout: 20_000 })
const rowOf = async (id: string): Promise<MediaRow> => (await store.media(account, [id]))[0]!
const totals = async () => Object.fromEntries(Object.entries(await store.totals(account)).filter(([name, value]) => value && name.startsWith('media:')))

test('each ends in a state that has a name and is counted; its post stays, with its link', async () => {
  const outcomes: Record<string, [reply: Parameters<typeof serve>[1], state: MediaRow['state'], reason?: string, media?: Partial<MediaRow>]> = {
    fine: [{ body: files.jpg }, 'kept'],
    missing: [{ status: 404 }, 'refused', 'not-found'],
    gone: [{ status: 410 }, 'expired', 'gone'],
    forbidden: [{ status: 403, body: 'no' }, 'refused', 'forbidden'],
    died: [{ status: 403, body: 'URL signature expired' }, 'expired', 'time-over'],
    late: [{ body: files.jpg }, 'expired', 'time-over', { expiresAt: '2020-01-01T00:00:00.000Z' }],
    led: [{ body: files.jpg, url: 'https://evil.example/x' }, 'refused', 'foreign-host'],
    downgraded: [{ body: files.jpg, url: urlOf('downgraded').replace('https', 'http') }, 'refused', 'foreign-host'],
    inward: [{ body: files.jpg, url: 'https://10.0.0.1/x' }, 'refused', 'foreign-host'],
    elsewhere: [{ body: files.jpg }, 'skipped', 'foreign-host', { url: 'https://elsewhere.example/x' }],
    nowhere: [{ body: files.jpg }, 'skipped', 'no-address', { url: undefined }],
    pieces: [{ body: files.jpg }, 'skipped', 'in-pieces', { url: `https://scontent.cdninstagram.com/a.m3u8` }],
    large: [{ headers: { 'content-length': '1900000001' } }, 'skipped', 'too-large'],
    page: [{ body: '<html>' }, 'refused', 'wrong-type'],
    cut: [{ body: files.jpg, ends: 50 }, 'refused', 'truncated'],
    broken: [{ body: files.jpg, breaks: 50 }, 'refused', 'truncated'],
    faulty: [{ status: 500 }, 'refused', 'server-error'],
    silent: [{ none: true }, 'refused', 'silent'],
    lying: [{ body: files.gif, headers: { 'content-type': 'image/jpeg' } }, 'kept'],
    recovers: [(_, times) => (times < 3 ? { status: 500 } : { body: files.jpg }), 'kept'],
  }
  for (const [name, [reply]] of Object.entries(outcomes)) serve(name, reply)
  await capture(Object.keys(outcomes), id => outcomes[id]![3] ?? {})
  startMedia()
  expect(await say({ kind: 'media-keep', account })).toMatchObject({ state: 'running' })
  await comesTo('done')
  const counted: Record<string, number> = {}
  const add = (name: string, by = 1): void => void (counted[name] = (counted[name] ?? 0) + by)
  for (const [name, [, state, reason]] of Object.entries(outcomes)) {
    const row = await rowOf(name)
    expect([name, row.state, row.reason]).toEqual([name, state, reason])
    expect([name, Boolean(row.bytes)]).toEqual([name, state === 'kept'])
    add(`media:${state}`)
    if (reason) add(`media:${state}:${reason}`)
    if (row.bytes) add('media:bytes', row.bytes.size)
    if (row.bytes) add('media:files')
  }
  expect(await totals()).toEqual(counted)
  const { rows } = await store.posts(account, {}, 100)
  expect(rows.map(({ id }) => id).toSorted()).toEqual(Object.keys(outcomes).toSorted())
  for (const { id, text, media } of rows) expect([text, media?.[0]?.url]).toEqual([`Text ${id}`, outcomes[id]![3] && 'url' in outcomes[id]![3] ? outcomes[id]![3].url : urlOf(id)])
  // No file but those of what is kept; nobody was asked but the network's hosts, three times at most, and never with cookies.
  expect(names()).toEqual((await store.media(account, Object.keys(outcomes))).flatMap(({ bytes }) => bytes?.parts ?? []).toSorted())
  for (const { url, init } of net.sent) expect([new URL(url).host, init.credentials, init.referrerPolicy]).toEqual(['scontent.cdninstagram.com', 'omit', 'no-referrer'])
  for (const name of ['late', 'pieces']) expect(net.sent.filter(({ url }) => url.includes(name))).toEqual([])
  expect(Math.max(...Object.keys(outcomes).map(name => net.sent.filter(({ url }) => url === urlOf(name)).length))).toBe(3)
})

describe('it waits', () => {
  test('as long as a server says, and asks the person after the third time', async () => {
    await capture(['a', 'b'])
    serve('a', { status: 429, headers: { 'retry-after': '0' } })
    serve('b', { body: files.jpg })
    startMedia()
    await say({ kind: 'media-keep', account })
    await comesTo('paused', { reason: 'too-many' })
    expect([net.sent.length, await totals()]).toEqual([3, { 'media:seen': 2, 'media:seen:image': 2 }])
    serve('a', { body: files.jpg })
    await say({ kind: 'media-keep', account })
    await comesTo('done')
    expect(await totals()).toMatchObject({ 'media:kept': 2 })
  })

  test('an hour: nothing is asked before, and the alarm wakes it', async () => {
    await capture(['a', 'b'])
    serve('a', { status: 429, headers: { 'retry-after': '3600' } })
    startMedia()
    await say({ kind: 'media-keep', account })
    await vi.waitFor(async () => expect((await store.mediaJob(account))?.until).toBeDefined())
    expect([net.sent.length, [...world.alarms.keys()]]).toEqual([1, ['media']])
    expect(Date.parse((await store.mediaJob(account))!.until!) - Date.now()).toBeGreaterThan(3_500_000)
    fake.alarms.onAlarm.fire({ name: 'media' })
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(net.sent).toHaveLength(1)
    // The hour is over.
    for (const id of ['a', 'b']) serve(id, { body: files.jpg })
    await store.updateMediaJob(account, job => ({ ...job!, until: new Date(Date.now() - 1).toISOString() }))
    fake.alarms.onAlarm.fire({ name: 'media' })
    await comesTo('done')
    expect(world.alarms.size).toBe(0)
  })

  test('for room on the disk, and loses nothing of what is there', async () => {
    await capture(['a', 'b'])
    disk.room = files.jpg.length + 10
    for (const id of ['a', 'b']) serve(id, { body: files.jpg })
    startMedia()
    await say({ kind: 'media-keep', account })
    await comesTo('paused', { reason: 'disk-full' })
    expect(await totals()).toEqual({ 'media:kept': 1, 'media:files': 1, 'media:bytes': files.jpg.length, 'media:seen': 1, 'media:seen:image': 1 })
    expect(names()).toHaveLength(1)
    disk.room = Infinity
    await say({ kind: 'media-keep', account })
    await comesTo('done')
    expect(await totals()).toEqual({ 'media:kept': 2, 'media:files': 2, 'media:bytes': 2 * files.jpg.length })
  })

  test('for a network, and goes on by itself when there is one', async () => {
    await capture(['a'])
    serve('a', { body: files.jpg })
    net.online = false
    startMedia()
    await say({ kind: 'media-keep', account })
    await comesTo('paused', { reason: 'offline' })
    expect((await rowOf('a')).tries).toBeUndefined()
    net.online = true
    fake.alarms.onAlarm.fire({ name: 'media' })
    await comesTo('done')
  })

  test('for leave, and nothing is asked without it', async () => {
    world.allowed.clear()
    await capture(['a'])
    serve('a', { body: files.jpg })
    startMedia()
    await say({ kind: 'media-keep', account })
    await comesTo('needs-hosts')
    expect(net.sent).toEqual([])
    for (const host of hosts) world.allowed.add(host)
    fake.permissions.onAdded.fire({ origins: hosts, permissions: [] })
    await comesTo('done')
  })

  test('for the person, who paused or stopped it', async () => {
    await capture(['a'])
    serve('a', { body: files.jpg, hangs: 10 })
    startMedia()
    await say({ kind: 'media-keep', account })
    await vi.waitFor(() => expect(net.sent).toHaveLength(1))
    await say({ kind: 'media-pause', account })
    await comesTo('paused')
    await vi.waitFor(() => expect(names()).toEqual([]))
    serve('a', { body: files.jpg })
    await say({ kind: 'media-keep', account })
    await comesTo('done')
    expect(await say({ kind: 'media-keep', account: 'threads:8' })).toBe(null)
  })
})

describe('after it was killed', () => {
  const long = film(35_000_000)

  test('it goes on where it was, and the bytes are right', async () => {
    await capture(['a'], () => ({ kind: 'video' }))
    serve('a', ranged(long, '"v1"', () => ({ piece: 1_000_000, hangs: 20_000_000 })))
    startMedia()
    await say({ kind: 'media-keep', account })
    await vi.waitFor(async () => expect((await rowOf('a')).partial?.size).toBe(16_000_000), { timeout: 10_000 })
    // The background is gone, with whatever it had in memory; the folder has a file that was never closed.
    fake.runtime.onMessage.clear()
    fake.alarms.onAlarm.clear()
    put('left-open', new Uint8Array())
    serve('a', ranged(long, '"v1"', () => ({ piece: 1_000_000 })))
    startMedia()
    await comesTo('done')
    const { bytes, partial } = await rowOf('a')
    expect(net.sent.at(-1)!.headers).toMatchObject({ range: 'bytes=16000000-' })
    expect([partial, bytes?.size, bytes?.crc]).toEqual([undefined, long.length, crc32(long)])
    expect(joined(bytes!.parts).equals(long)).toBe(true)
    expect(names()).not.toContain('left-open')
  })

  test('an answer that came short in the end is asked for anew, whole', async () => {
    await capture(['a'], () => ({ kind: 'video' }))
    serve('a', ranged(long, '"v1"', (_, times) => ({ piece: 1_000_000, headers: { etag: '"v1"' }, ...(times === 1 ? { ends: 20_000_000 } : {}) })))
    startMedia()
    await say({ kind: 'media-keep', account })
    await comesTo('done')
    expect(net.sent.map(({ headers }) => headers['range'])).toEqual([undefined, undefined])
    expect((await rowOf('a')).bytes?.crc).toBe(crc32(long))
  })

  test('given up after parts of it were there, nothing of it stays', async () => {
    await capture(['a'], () => ({ kind: 'video' }))
    serve('a', ranged(long, '"v1"', from => ({ piece: 1_000_000, breaks: from ? 1000 : 20_000_000 })))
    startMedia()
    await say({ kind: 'media-keep', account })
    await comesTo('done')
    expect(await rowOf('a')).toMatchObject({ state: 'refused', reason: 'truncated', tries: 3 })
    expect([(await rowOf('a')).partial, names()]).toEqual([undefined, []])
    expect(await say({ kind: 'media-again', account })).toMatchObject({ account })
  })

  test('files of accounts that are gone are swept', async () => {
    put('x', files.jpg)
    startMedia()
    await vi.waitFor(() => expect(disk.accounts.size).toBe(0))
  })
})
