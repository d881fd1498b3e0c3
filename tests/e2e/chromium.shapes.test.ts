/** The site in other shapes: the capture is exact, or says what could not be read. */
import { expect, test } from 'vitest'
import { awaitState, begin, popupText } from '../harness/drive.ts'
import { expectExactly, expectOnlyOwn, set } from './setting.ts'

const small = { follows: 60, posts: 40 }

test.each([
  [['renamed']],
  [['shape-2023']],
  [['beside-node', 'prefix']],
  [['multi-doc', 'errors-beside']],
  [['big-numbers', 'flags']],
  [['xhr-json', 'io-dialog']],
  [['dialog-counter', 'repost-both']],
  [['unbound', 'big-document']],
])('the site answers in another shape: %s', async modes => {
  const { machine, simulation } = await set('chromium', { ...small, modes })
  await begin(machine, simulation)
  await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)
  await expectOnlyOwn(machine, simulation)
})

test('a slow site, at a pace that goes with it', async () => {
  const { machine, simulation } = await set('chromium', { follows: 40, posts: 40, modes: ['slow'] })
  await begin(machine, simulation, { pace: { minMs: 1200, maxMs: 1600, restEvery: 1000, restMs: 20 } })
  await awaitState(machine, ['done'], 150_000)
  await expectExactly(machine, simulation)
})

test('answers that cannot be read are counted and shown, and lose nothing that came later', async () => {
  const { machine, simulation } = await set('chromium', { ...small, modes: ['malformed-some'] })
  const page = await begin(machine, simulation)
  const { totals } = await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)
  expect(totals.unread).toBeGreaterThan(0)
  await popupText(machine, page, /\d+ answers? could not be read/)
  await expectOnlyOwn(machine, simulation)
})

test('a list of which no answer can be read is not called complete', async () => {
  const { machine, simulation } = await set('chromium', { ...small, modes: ['malformed-all'] })
  await begin(machine, simulation)
  const { run, totals } = await awaitState(machine, ['paused', 'asking', 'done'], 120_000)
  expect(run.sections.follows?.state).not.toBe('done')
  expect(totals.unread).toBeGreaterThan(0)
})

test('a list that the site shows to nobody is said to be hidden or short, not complete', async () => {
  const { machine, simulation } = await set('chromium', { ...small, modes: ['hidden-list'] })
  const page = await begin(machine, simulation)
  await awaitState(machine, ['done'])
  await popupText(machine, page, /shows this list to nobody|0 of \d+/)
})
