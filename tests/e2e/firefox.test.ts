import { expect, test } from 'vitest'
import { awaitState, begin, pressInPopup, progressOf, startOn } from '../harness/drive.ts'
import { sleep, until } from '../harness/machine.ts'
import { expectExactly, newProfile, set, simulate } from './setting.ts'
import { goTheWholeWay } from './whole-way.ts'
import { walked } from './networks.ts'

test('Firefox, 200 follows and 40 posts: the same way, the same result', async () => {
  const { machine, simulation } = await set('firefox', { follows: 200, posts: 40 })
  await goTheWholeWay(machine, simulation)
  // Nothing was asked for beyond the site, but for what Firefox itself looks for.
  expect(machine.refused.filter(host => !/\.mozilla\.(com|net|org)(:\d+)?$|firefox\.com(:\d+)?$|^update\.googleapis\.com/.test(host))).toEqual([])
})

test('Firefox closed in the middle and started again: what was kept is there, and it goes on', async () => {
  const simulation = await simulate({ follows: 120, posts: 40 })
  const profile = await newProfile()
  const first = await startOn('firefox', simulation, { profile })
  await begin(first, simulation, { pace: { minMs: 200, maxMs: 300, restEvery: 1000, restMs: 20 } })
  await until('some follows', async () => ((await progressOf(first))?.totals.follows ?? 0) > 20, 60_000)
  await first.kill()
  const second = await startOn('firefox', simulation, { profile })
  try {
    const page = await second.open(simulation.home)
    await sleep(500)
    await pressInPopup(second, page, 'Resume')
    await awaitState(second, ['done'])
    await expectExactly(second, simulation)
  } finally {
    await second.close()
  }
})

// Those whose pages are walked: what a tap and a relay do is another browser's matter each time. Fetching pictures is the same for all of them.
test.each(walked)('Firefox, %s: the same way, the same result', async network => {
  const { machine, simulation } = await set('firefox', { follows: 60, posts: 30, relations: 6 }, {}, network)
  await goTheWholeWay(machine, simulation, { pictures: false })
})
