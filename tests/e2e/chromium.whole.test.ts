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
  const { machine, simulation } = await set('chromium', { follows: 12, posts: 40, language })
  await begin(machine, simulation)
  await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)
})

/**
 * What was asked. A question about the account itself with all it says; of what the page asks about others by its own mood (hover cards, suggestions), only
 * which question it is. Pictures and scripts: only that they are such, since they depend on how far a page had come.
 */
const question = ({ host, method, path, operation, variables }: SeenRequest, own: string): string => {
  if (host !== 'www.threads.com') return JSON.stringify([host.replace(/^.*(?=\.(cdninstagram|fbcdn)\.)/, '*'), method, path.replace(/\/[^/]*$/, '').replace(/^\/v\/t[\d.-]+/, '/v')])
  if (operation === undefined) return JSON.stringify([method, path])
  const about = JSON.stringify(variables)
  return JSON.stringify([method, path, operation, about.includes(own) ? variables : Object.keys(variables as object).toSorted()])
}

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
  const own = byHand.truth().viewer.id
  const asked = new Set(byHand.requests.map(request => question(request, own)))

  const { machine, simulation } = await set('chromium', size)
  await goTheWholeWay(machine, simulation, { pictures: false })
  expect([...new Set(simulation.requests.map(request => question(request, own)).filter(one => !asked.has(one)))]).toEqual([])

  // The browser's own log has the worker's and the extension's requests too.
  const trace = await machine.trace()
  const ours = `chrome-extension://${machine.id}`
  const isOwn = (url: string): boolean => url.startsWith(`${ours}/`) || url.startsWith(`blob:${ours}/`)
  const site = (url: string): boolean => isOf(simulation, new URL(url).hostname)
  expect(trace.some(request => request.initiator === simulation.home.replace(/\/$/, ''))).toBe(true)
  expect(trace.filter(request => request.initiator === ours && !isOwn(request.url))).toEqual([])
  expect(trace.filter(request => request.initiator && !isOwn(request.url) && !site(request.url))).toEqual([])
})

const isOf = (simulation: Simulation, host: string): boolean =>
  simulation.hosts.some(pattern => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : pattern === host))
