/** From the first press to the downloaded files without a mouse: what has the focus can be seen, and everything that is needed can be reached. */
import { readFile } from 'node:fs/promises'
import type { KeyInput, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import type { ChromiumMachine } from '../harness/chromium.ts'
import { awaitState, begin } from '../harness/drive.ts'
import { readFollowList } from '../harness/files.ts'
import { until } from '../harness/machine.ts'
import { readTables, setPace } from '../harness/store.ts'
import { openWorkspace, says } from './handing.ts'
import { expectExactly, set } from './setting.ts'

/** More presses than any page has places to stop at. */
const most = 250

interface Focus { name: string; seen: boolean; inside: boolean }
const focus = (page: Page): Promise<Focus> =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement) || at === document.body) return { name: '', seen: true, inside: true }
    const label = at instanceof HTMLInputElement || at instanceof HTMLSelectElement || at instanceof HTMLTextAreaElement ? at.labels?.[0]?.textContent : undefined
    const name = (at.getAttribute('aria-label') ?? label ?? at.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
    const { outlineStyle, outlineWidth } = getComputedStyle(at)
    const box = at.getBoundingClientRect()
    // What has the focus is on the screen, and has a line around it; but for headings and the like, which are only read out from there.
    return { name, seen: at.tabIndex < 0 || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2), inside: box.bottom > 0 && box.top < innerHeight }
  })

/** Goes on with Tab until this has the focus. @param about its accessible name @param back with Shift and Tab */
const reach = async (page: Page, about: RegExp, back: boolean): Promise<void> => {
  const passed: string[] = []
  for (let presses = 0; presses < most; presses++) {
    // Firefox draws it a moment after the key.
    const at = await until('the focus to be seen', async () => { const now = await focus(page); return now.seen && now }, 2000).catch(() => focus(page))
    expect(at.seen, `the focus on "${at.name}" can be seen, after ${passed.join(", ")}`).toBe(true)
    if (about.test(at.name)) {
      expect(at.inside, `"${at.name}" is in view`).toBe(true)
      return
    }
    passed.push(at.name)
    if (back) await page.keyboard.down('Shift')
    await page.keyboard.press('Tab')
    if (back) await page.keyboard.up('Shift')
  }
  throw new Error(`${about} was not reached by Tab; it went by:\n${[...new Set(passed)].join('\n')}`)
}
const pressKey = async (page: Page, about: RegExp, key: KeyInput = 'Enter', back = false): Promise<void> => {
  await until(`${about} to be there`, () => page.evaluate((source, flags) => [...document.querySelectorAll('a, button, input, textarea, summary, select')].some(one => new RegExp(source, flags).test((one.getAttribute('aria-label') ?? (one as HTMLInputElement).labels?.[0]?.textContent ?? one.textContent ?? '').replaceAll(/\s+/g, ' ').trim())), about.source, about.flags).catch(() => false), 30_000)
  await reach(page, about, back)
  await page.keyboard.press(key)
}

test.each(['chromium', 'firefox'] as const)('%s: captured, looked through, changed and saved without a mouse', async browser => {
  const { machine, simulation } = await set(browser, { follows: 60, posts: 10 }, { greeted: true })
  const first = await machine.extensionPage('workspace.html')
  await first.bringToFront()
  await pressKey(first, /^Show me how to begin$/)
  await says(first, /The way, step by step/)
  await first.close()
  if (browser === 'chromium') {
    await setPace(machine)
    await machine.open(simulation.home)
    const popup = async (): Promise<Page> => (await (machine as ChromiumMachine).popupPage()) as unknown as Page
    await pressKey(await popup(), /^Capture my account$/)
    // The popup may close itself when the tab is loaded anew.
    await until('the question who scrolls', async () => (await popup()).evaluate(() => document.body.innerText.includes('Scroll for me')).catch(() => false), 30_000)
    await pressKey(await popup(), /^Scroll for me/)
  } else {
    // Firefox' popup takes no keys from outside; its buttons are the same.
    await begin(machine, simulation)
  }
  await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)

  const page = await openWorkspace(machine, '')
  // In a window that is not the active one nothing has the focus.
  await page.bringToFront()
  await says(page, /Follows 60/)
  await pressKey(page, /^Skip to the content$/)
  // One person out, by space.
  const { follows } = await readTables(machine, 'follows')
  const ticked = follows.filter(({ reach: { verdict } }) => verdict === 'followable')
  expect(ticked.length).toBeGreaterThan(0)
  await pressKey(page, new RegExp(`@${ticked[0]!.handle.replaceAll('.', '\\.')}\\)?( .*)?$`), ' ')
  await until('the choice to be kept', async () => (await readTables(machine, 'follows')).follows.some(({ choice }) => choice?.include === false))

  await pressKey(page, /^Profile$/, 'Enter', true)
  await pressKey(page, /^Bio$/, 'End')
  await page.keyboard.down('Control')
  await page.keyboard.press('a')
  await page.keyboard.up('Control')
  await page.keyboard.type('By keyboard.')
  await says(page, /12 of 500 on Mastodon[^]*Your change is kept\./)

  await pressKey(page, /^Files$/, 'Enter', true)
  await pressKey(page, /^Save following_accounts\.csv$/)
  const [list] = await machine.downloaded([/^following_accounts\.csv$/])
  expect(readFollowList(await readFile(list!, 'utf8')).addresses).toHaveLength(ticked.length - 1)
  await pressKey(page, /^Download bundle$/)
  await machine.downloaded([/^archive-.*\.zip$/])

  await pressKey(page, /^Settings$/, 'Enter', true)
  await pressKey(page, /^Save a backup$/)
  await machine.downloaded([/^holdall-backup-.*\.zip$/])
})
