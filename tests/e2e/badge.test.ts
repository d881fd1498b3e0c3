/** What the toolbar's button says, and a notification that is asked for. */
import { expect, test } from 'vitest'
import { awaitState, begin, popupText, pressInPopup } from '../harness/drive.ts'
import { until, type Machine } from '../harness/machine.ts'
import { set } from './setting.ts'

interface Api { action: { getBadgeText(of: object): Promise<string>; getTitle(of: object): Promise<string> }; permissions: { contains(of: object): Promise<boolean> } }

const badge = (machine: Machine): Promise<string[]> =>
  machine.inside(() => {
    const { action } = (globalThis as unknown as { browser?: Api }).browser ?? (globalThis as unknown as { chrome: Api }).chrome
    return Promise.all([action.getBadgeText({}), action.getTitle({})])
  })
const mayNotify = (machine: Machine): Promise<boolean> =>
  machine.inside(() => ((globalThis as unknown as { browser?: Api }).browser ?? (globalThis as unknown as { chrome: Api }).chrome).permissions.contains({ permissions: ['notifications'] }))

test.each(['chromium', 'firefox'] as const)('%s: the button says what goes on, that it has ended, and nothing once that was seen', async browser => {
  const { machine, simulation } = await set(browser, { follows: 200, posts: 30 })
  expect(await badge(machine)).toEqual(['', 'Holdall'])
  const page = await begin(machine, simulation)
  await awaitState(machine, ['running'], 30_000)
  expect(await badge(machine)).toEqual(['…', 'Holdall: a capture is going on'])
  await machine.closePopup()
  await awaitState(machine, ['done'])
  await until('the sign that it has ended', async () => (await badge(machine))[0] === '✓')
  expect(await badge(machine)).toEqual(['✓', 'Holdall: a capture has ended. Press to see it'])
  await popupText(machine, page, /./)
  await until('the sign to go', async () => (await badge(machine)).join() === ',Holdall')
})

test('it calls for the person where a capture stands still', async () => {
  const { machine, simulation } = await set('chromium', { follows: 60, posts: 20, modes: ['checkpoint'] })
  const page = await begin(machine, simulation)
  await awaitState(machine, ['challenged'], 60_000)
  await until('the sign', async () => (await badge(machine)).join() === '!,Holdall: a capture stands still. Press to see why')
  await pressInPopup(machine, page, 'Stop')
  await until('the sign to go', async () => (await badge(machine)).join() === ',Holdall')
})

// Firefox is told to ask no questions; in Chromium nobody could answer.
test('Firefox: a notification is asked for in the middle of a capture', async () => {
  const { machine, simulation } = await set('firefox', { follows: 200, posts: 20 })
  const page = await begin(machine, simulation)
  await awaitState(machine, ['running'], 30_000)
  expect(await mayNotify(machine)).toBe(false)
  await pressInPopup(machine, page, 'Tell me when it is done')
  await popupText(machine, page, /A notification tells you when it is done/)
  expect(await mayNotify(machine)).toBe(true)
})
