/** What holds of every network, on its simulated site: the whole way, whatever shape the site answers in, and what it does to stop a capture. */
import { describe, expect, test } from 'vitest'
import { rooms } from '../../lib/networks/rooms.ts'
import { awaitState, begin, popupText, pressInPopup, progressOf } from '../harness/drive.ts'
import { sleep, until } from '../harness/machine.ts'
import { readTables } from '../harness/store.ts'
import { simulations } from '../networks/index.ts'
import { expectExactly, expectOnlyOwn, set, simulate } from './setting.ts'
import { goTheWholeWay } from './whole-way.ts'

/** The first network has tests of its own that go further. */
const [, ...others] = Object.keys(simulations)
/** Those whose pages are walked, and those whose interface is asked. */
export const walked = others.filter(network => !rooms[network]!.api)
export const asked = others.filter(network => rooms[network]!.api)

const small = { follows: 40, posts: 30, relations: 6 }

/** Every drift once, two at a time: each of them alone is what the readers' own tests are for. */
const pairs = (drifts: string[]): string[][] => drifts.flatMap((drift, at) => (at % 2 ? [] : [drifts.slice(at, at + 2)]))

const stopsOf = async (network: string) => {
  const simulation = await simulations[network]!({ follows: 1, posts: 1 })
  const { drifts, stops } = simulation
  await simulation.close()
  return { drifts, stops }
}

/** Makes the tests of these networks. */
export const hold = async (networks: string[]): Promise<void> => {
  const known = Object.fromEntries(await Promise.all(networks.map(async network => [network, await stopsOf(network)] as const)))

  describe.each(networks)('%s', network => {
    test('the whole way, with everything ticked', async () => {
      const { machine, simulation } = await set('chromium', { follows: 120, posts: 60, relations: 12 }, {}, network)
      await goTheWholeWay(machine, simulation)
    })

    test.each(pairs(known[network]!.drifts))('the site answers in other shapes: %s, %s', async (...modes) => {
      const { machine, simulation } = await set('chromium', { ...small, modes: modes.filter(Boolean) }, {}, network)
      await begin(machine, simulation)
      await awaitState(machine, ['done'])
      await expectExactly(machine, simulation)
      await expectOnlyOwn(machine, simulation)
    })

    test('whatever stops it is said calmly, and it goes on from there', async () => {
      for (const { mode, state } of known[network]!.stops) {
        const { machine, simulation } = await set('chromium', { ...small, retryAfter: 3 }, {}, network)
        const api = rooms[network]!.api !== undefined
        // Where an interface answers at once there is no "in the middle" to wait for.
        if (api) simulation.set(mode, true)
        const page = await begin(machine, simulation)
        if (!api) {
          await until('some records', async () => Object.entries((await progressOf(machine))?.totals ?? {}).some(([name, value]) => ['follows', 'posts'].includes(name) && value > 3), 60_000)
          simulation.set(mode, true)
        }
        await awaitState(machine, [state as 'waiting'], 60_000)
        expect((await popupText(machine, page, /Resume|goes on by itself|Stop/)).length, mode).toBeGreaterThan(80)
        await expectOnlyOwn(machine, simulation)
        simulation.set(mode, false)
        if (state === 'waiting') await awaitState(machine, ['running', 'done', 'limited'], 30_000)
        else {
          await page.goto(api ? simulation.profile : simulation.home).catch(() => undefined)
          await sleep(500)
          await pressInPopup(machine, page, 'Resume')
        }
        if ((await progressOf(machine))?.run.state === 'limited') {
          await sleep(3500)
          await pressInPopup(machine, page, 'Resume')
        }
        await awaitState(machine, ['done'], 120_000)
        await expectExactly(machine, simulation)
        await machine.close()
      }
    }, 600_000)

    test('in another language', async () => {
      const languages = ['de', 'ja', 'zh'] as const
      for (const language of languages) {
        const simulation = await simulate({ ...small, language }, network).catch(() => undefined)
        if (!simulation) continue
        const { machine, simulation: site } = await set('chromium', { ...small, language }, {}, network)
        await begin(machine, site)
        await awaitState(machine, ['done'])
        await expectExactly(machine, site)
        return
      }
      throw new Error('the simulation speaks English only')
    })
  })

  describe.each(networks.filter(network => !rooms[network]!.api))('%s', network => {
    test("somebody else's profile is refused, and nothing of it kept", async () => {
      const { machine, simulation } = await set('chromium', small, {}, network)
      const page = await begin(machine, simulation, { from: simulation.strangerProfile })
      await awaitState(machine, ['not-own'], 30_000)
      await popupText(machine, page, /not your own account/)
      expect((await readTables(machine, 'follows', 'posts')).posts).toEqual([])
      await expectOnlyOwn(machine, simulation)
    })
  })
}
