/** Pictures and videos: kept byte for byte as the site's servers hand them out, or in a state that says why not. */
import { expect, onTestFinished, test } from 'vitest'
import { awaitState, begin, keepMedia, mediaEnded, popupText, pressInPopup, startOn } from '../harness/drive.ts'
import { until } from '../harness/machine.ts'
import { readKeptMedia, readTables, say, setMediaPace } from '../harness/store.ts'
import { faultOf } from '../networks/media/index.ts'
import type { MediaRow } from '../../lib/store/types.ts'
import type { Simulation } from '../networks/types.ts'
import type { Machine } from '../harness/machine.ts'
import { newProfile, set, simulate } from './setting.ts'

const expectBytes = async (machine: Machine, simulation: Simulation, rows: MediaRow[]): Promise<void> => {
  const kept = rows.filter(({ state }) => state === 'kept')
  const are = await readKeptMedia(machine, kept)
  const wrong = kept.flatMap(({ url, bytes }, at) => {
    const should = simulation.file(new URL(url!))
    return are[at]!.equals(should.bytes) && bytes!.type === should.type && bytes!.size === should.bytes.length ? [] : [`${url}: ${bytes!.type}, ${are[at]!.length} bytes`]
  })
  expect(wrong).toEqual([])
}

test('every picture and video, byte for byte; WebP also as JPEG or PNG; nobody else’s, and no cookie', async () => {
  const { machine, simulation } = await set('chromium', { follows: 12, posts: 58 })
  const page = await begin(machine, simulation)
  await awaitState(machine, ['done'])
  await popupText(machine, page, /Keep pictures and videos/)
  const before = simulation.requests.length
  const rows = await keepMedia(machine, page)
  const own = simulation.truth().posts.filter(({ repostOf }) => repostOf === undefined).flatMap(({ media }) => media)
  expect(rows.filter(({ postId }) => postId !== '@profile')).toHaveLength(own.length)
  expect(rows.filter(({ state }) => state !== 'kept').map(({ state, reason, url }) => [state, reason, url])).toEqual([])
  expect(new Set(rows.map(({ bytes }) => bytes!.type)).size).toBeGreaterThan(2)
  await expectBytes(machine, simulation, rows)
  const webp = rows.filter(({ bytes }) => bytes!.type === 'image/webp')
  expect(webp.length).toBeGreaterThan(0)
  expect(webp.map(({ shown }) => shown?.type)).toEqual(webp.map(() => expect.stringMatching(/^image\/(jpeg|png)$/)))

  // Asked for were these, each once, by the extension itself; what the page drew meanwhile is its own matter.
  const { id } = machine
  const trace = await machine.trace()
  const asked = trace.filter(({ initiator, url }) => initiator === `chrome-extension://${id}` && url.startsWith('https:')).map(({ url }) => url)
  expect(asked.toSorted()).toEqual(rows.map(({ url }) => url!).toSorted())
  expect(simulation.requests.length - before).toBeGreaterThanOrEqual(asked.length)
})

test('what a server does wrong ends in a state that says so, and the rest is kept', async () => {
  // A seed whose addresses meet every fault.
  const { machine, simulation } = await set('chromium', { follows: 3, posts: 58, seed: 2 })
  const page = await begin(machine, simulation)
  await awaitState(machine, ['done'])
  simulation.set('media-faults', true)
  const rows = await keepMedia(machine, page)
  const ends: Record<string, string> = { gone: 'refused not-found', forbidden: 'refused forbidden', signature: 'expired time-over', cut: 'refused truncated', lying: 'refused wrong-type', busy: 'kept ' }
  const are = rows.map(({ url, state, reason }) => [url, `${state} ${reason ?? ''}`])
  expect(are).toEqual(rows.map(({ url }) => [url, ends[faultOf(new URL(url!)) ?? 'busy']]))
  expect(new Set(are.map(([, end]) => end)).size).toBe(6)
  await expectBytes(machine, simulation, rows)
  const words = await popupText(machine, page, /kept \(/)
  expect(words).toMatch(/had stopped working[\s\S]*did not give/)

  // Asked for once more, they are there.
  simulation.set('media-faults', false)
  await machine.inside(account => void open(`/workspace.html?account=${encodeURIComponent(account)}#media`), rows[0]!.account)
  const workspace = await machine.extensionPage('workspace.html')
  await workspace.bringToFront()
  await (await workspace.waitForSelector('::-p-aria([name="Try those again"][role="button"])'))!.click()
  await until('all of them', async () => (await readTables(machine, 'media')).media.every(({ state }) => state === 'kept'), 60_000)
  await expectBytes(machine, simulation, (await readTables(machine, 'media')).media)
})

test('worker and browser killed in the middle: it goes on, and nothing that is kept is asked for again', async () => {
  const profile = await newProfile()
  const simulation = await simulate({ follows: 3, posts: 58 })
  const first = await startOn('chromium', simulation, { profile })
  const page = await begin(first, simulation)
  await awaitState(first, ['done'])
  await setMediaPace(first, 150)
  await first.closePopup()
  await pressInPopup(first, page, 'Keep pictures and videos')
  const keptIn = async (machine: Machine): Promise<number> => (await readTables(machine, 'media')).media.filter(({ state }) => state === 'kept').length
  await until('some pictures', async () => (await keptIn(first)) > 3)
  await first.stopWorker()
  // Without a word from anybody an alarm wakes it, within a minute.
  await say(first, { kind: 'media-keep', account: (await readTables(first, 'accounts')).accounts[0]!.account })
  const there = await keptIn(first)
  await until('more pictures', async () => (await keptIn(first)) > there + 3, 90_000)
  // Read before the kill: the job goes on by itself as soon as the browser is up again, faster than a table can be read.
  const { media } = await readTables(first, 'media')
  const kept = new Set(media.flatMap(({ state, url }) => (state === 'kept' ? [new URL(url!).pathname] : [])))
  await first.kill()
  const before = simulation.requests.length
  const machine = await startOn('chromium', simulation, { profile })
  onTestFinished(() => machine.close())
  expect(kept.size).toBeGreaterThan(there)
  await setMediaPace(machine, 5)
  const rows = await mediaEnded(machine, 90_000)
  expect(rows.filter(({ state }) => state !== 'kept')).toEqual([])
  await expectBytes(machine, simulation, rows)
  expect(simulation.requests.slice(before).filter(({ path }) => kept.has(path.replace(/\?.*/, '')))).toEqual([])
})
