/**
 * 5,000 follows and 2,000 posts, undisturbed and then with everything that can go wrong on the way: each capture holds the same records.
 * `npm run faults`, in about an hour; HOLDALL_FOLLOWS and HOLDALL_POSTS make it smaller.
 */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Page } from 'puppeteer-core'
import { removeProfile, type ChromiumMachine } from '../harness/chromium.ts'
import { awaitState, begin, pressInPopup, progressOf, startOn } from '../harness/drive.ts'
import { sleep, until } from '../harness/machine.ts'
import { simulations } from '../networks/index.ts'
import type { Simulation } from '../networks/types.ts'
import { expectExactly, expectOnlyOwn, recordsOf } from '../e2e/setting.ts'

const follows = Number(process.env.HOLDALL_FOLLOWS ?? 5000)
const posts = Number(process.env.HOLDALL_POSTS ?? 2000)
const pace = { minMs: 5, maxMs: 20, restEvery: 100_000, restMs: 5 }
const LONG = 1_700_000

let simulation: Simulation
let undisturbed: string[]

beforeAll(async () => {
  simulation = await simulations.threads!({ follows, posts, signedIn: 'first', retryAfter: 5 })
})
afterAll(() => simulation.close())

const machineIn = async (profile?: string): Promise<ChromiumMachine> => {
  const machine = await startOn('chromium', simulation, profile ? { profile } : {})
  onTestFinished(() => machine.close())
  return machine
}

const untilCaptured = (machine: ChromiumMachine, name: string, least: number): Promise<true> =>
  until(`${least} ${name}`, async () => ((await progressOf(machine))?.totals[name] ?? 0) >= least, LONG)

const expectTheSame = async (machine: ChromiumMachine): Promise<void> => {
  await awaitState(machine, ['done'], LONG)
  await expectExactly(machine, simulation)
  const records = await recordsOf(machine)
  const [lacking, more] = [undisturbed.filter(one => !records.includes(one)), records.filter(one => !undisturbed.includes(one))]
  expect({ lacking: lacking.slice(0, 3), more: more.slice(0, 3), count: records.length }).toEqual({ lacking: [], more: [], count: undisturbed.length })
}

/** Opens the site again and presses Resume there. */
const resume = async (machine: ChromiumMachine): Promise<Page> => {
  const page = await machine.open(simulation.home)
  await pressInPopup(machine, page, 'Resume')
  return page
}

describe(`${follows} follows and ${posts} posts`, () => {
  test('undisturbed: complete and exact', async () => {
    const machine = await machineIn()
    await begin(machine, simulation, { pace })
    await awaitState(machine, ['done'], LONG)
    await expectExactly(machine, simulation)
    await expectOnlyOwn(machine, simulation)
    undisturbed = await recordsOf(machine)
    expect(undisturbed).toHaveLength(1 + follows + simulation.truth().posts.length)
  })

  test('the worker is killed every five seconds', async () => {
    const machine = await machineIn()
    await begin(machine, simulation, { pace })
    let killed = 0
    const timer = setInterval(() => void machine.stopWorker().then(count => (killed += count)), 5000)
    try {
      await expectTheSame(machine)
    } finally {
      clearInterval(timer)
    }
    expect(killed).toBeGreaterThan(2)
  })

  test('the tab is closed and opened again, twice', async () => {
    const machine = await machineIn()
    let page = await begin(machine, simulation, { pace })
    for (const [name, least] of [['follows', follows / 3], ['posts', posts / 6]] as const) {
      await untilCaptured(machine, name, least)
      await machine.puppet.newPage()
      await page.close()
      const { run } = await awaitState(machine, ['paused'], 60_000)
      expect(run.reason).toMatch(/tab-closed|hidden/)
      page = await resume(machine)
    }
    await expectTheSame(machine)
  })

  test('the browser is killed (SIGKILL) in the middle and started again, twice', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'holdall-faults-'))
    onTestFinished(() => removeProfile(profile))
    let machine = await machineIn(profile)
    await begin(machine, simulation, { pace })
    for (const [name, least] of [['follows', follows / 2], ['posts', posts / 6]] as const) {
      await untilCaptured(machine, name, least)
      const before = (await progressOf(machine))!.totals
      await machine.kill()
      machine = await machineIn(profile)
      const after = (await progressOf(machine))!.totals
      // What was shown as captured is there.
      expect(after.follows).toBeGreaterThanOrEqual(before.follows!)
      await resume(machine)
    }
    await expectTheSame(machine)
  })

  test('429 twice, the second resumed by hand', async () => {
    const machine = await machineIn()
    const page = await begin(machine, simulation, { pace })
    await untilCaptured(machine, 'follows', follows / 4)
    simulation.set('429-once', true)
    await awaitState(machine, ['waiting'], 60_000)
    await awaitState(machine, ['running'], 60_000)
    await untilCaptured(machine, 'follows', follows / 2)
    simulation.set('429-once', true)
    await awaitState(machine, ['limited'], 60_000)
    await sleep(7000)
    await pressInPopup(machine, page, 'Resume')
    await expectTheSame(machine)
  })

  test('the operations are renamed', async () => {
    simulation.set('renamed', true)
    onTestFinished(() => simulation.set('renamed', false))
    const machine = await machineIn()
    await begin(machine, simulation, { pace })
    await expectTheSame(machine)
  })
})
