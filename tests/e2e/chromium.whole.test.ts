import { expect, test } from 'vitest'
import { awaitState, begin, startOn } from '../harness/drive.ts'
import { lookAtAll } from '../harness/person.ts'
import type { SeenRequest, Simulation } from '../networks/types.ts'
import { expectExactly, set, simulate } from './setting.ts'
import { goTheWholeWay } from './whole-way.ts'

test('800 follows and 200 posts: every record, row and post equals what the site holds', async () => {
  const { machine, simulation } = await set('chromium', { follows: 800, posts: 200 })
  await goTheWholeWay(machine, simulation)
})

test.each(['de', 'ja'] as const)('a site in another language (%s)', async language => {
  const { machine, simulation } = await set('chromium', { follows: 12, posts: 40, language }, { language })
  await begin(machine, simulation)
  await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)
})

/** What was asked, without what changes from one loading of a page to the next. */
const question = ({ host, method, path, operation, variables }: SeenRequest): string =>
  JSON.stringify([host, method, path.replace(/\?.*$/, ''), operation, variables])

test('no request that the page would not have made itself for a person who scrolls', async () => {
  const size = { follows: 60, posts: 40, seed: 7 }
  // A person, in a browser without the extension.
  const byHand = await simulate(size)
  const plain = await startOn('chromium', byHand, { extension: null })
  try {
    const page = await plain.open(byHand.home)
    await lookAtAll(page, byHand.profile)
  } finally {
    await plain.close()
  }
  const asked = new Set(byHand.requests.map(question))

  const { machine, simulation } = await set('chromium', size)
  await goTheWholeWay(machine, simulation)
  expect([...new Set(simulation.requests.map(question).filter(one => !asked.has(one)))]).toEqual([])

  // The browser's own log has the worker's and the extension's requests too.
  const trace = await machine.trace()
  const own = `chrome-extension://${machine.id}`
  const isOwn = (url: string): boolean => url.startsWith(`${own}/`) || url.startsWith(`blob:${own}/`)
  const site = (url: string): boolean => isOf(simulation, new URL(url).hostname)
  expect(trace.some(request => request.initiator === simulation.home.replace(/\/$/, ''))).toBe(true)
  expect(trace.filter(request => request.initiator === own && !isOwn(request.url))).toEqual([])
  expect(trace.filter(request => request.initiator && !isOwn(request.url) && !site(request.url))).toEqual([])
})

const isOf = (simulation: Simulation, host: string): boolean =>
  simulation.hosts.some(pattern => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : pattern === host))
