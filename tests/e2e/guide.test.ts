/** The first page after the install, the help, and the last page with its text to copy. */
import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { awaitState, begin } from '../harness/drive.ts'
import { press, until, type Machine } from '../harness/machine.ts'
import { openWorkspace, says } from './handing.ts'
import { newProfile, set } from './setting.ts'

const whereabouts = (page: Page): Promise<string[]> => page.evaluate(() => [location.hash, document.title, document.activeElement?.id ?? ''])

test.each(['chromium', 'firefox'] as const)('%s: the first page opens after the install, and its button shows how to begin', async browser => {
  const profile = await newProfile()
  const { machine } = await set(browser, {}, { greeted: true, profile })
  const page = await machine.extensionPage('workspace.html')
  await page.bringToFront()
  await says(page, /Five promises/)
  expect((await whereabouts(page)).slice(0, 2)).toEqual(['#welcome', 'Your people and your posts can come with you · Holdall'])
  // One thing to press. By its look: Firefox names nothing in a page that was there before it was driven.
  expect(await page.$$eval('.primary', all => all.map(one => one.textContent))).toEqual(['Show me how to begin'])
  await page.locator('a.primary').click()
  await says(page, /The way, step by step/)
  // What can't be seen is heard: the focus goes with the page.
  await until('the focus to be on the help', async () => (await whereabouts(page)).join() === '#help-begin,From here to “I follow my people again” · Holdall,main')
  await page.evaluate(() => history.back())
  await says(page, /Five promises/)
  await machine.close()
  // It has greeted, and does not again.
  const again = await set(browser, {}, { greeted: true, profile })
  await again.machine.inside(() => new Promise(done => setTimeout(done, 1500)))
  await expect(again.machine.extensionPage('workspace.html', 500)).rejects.toThrow('in vain')
})

/** Pastes what the clipboard holds into a text area that is empty. @returns what stands there then */
const pasted = async (machine: Machine, page: Page): Promise<string> => {
  await page.$eval('#find-me', area => { (area as HTMLTextAreaElement).value = ''; (area as HTMLTextAreaElement).focus() })
  if (machine.browser === 'chromium') await page.keyboard.press('KeyV', { commands: ['paste'] })
  else {
    await page.keyboard.down('Control')
    await page.keyboard.press('KeyV')
    await page.keyboard.up('Control')
  }
  return until('the text to be pasted', () => page.$eval('#find-me', area => (area as HTMLTextAreaElement).value || undefined))
}

test.each(['chromium', 'firefox'] as const)('%s: the last page is reached from the files, and its text can be copied', async browser => {
  const { machine, simulation } = await set(browser, { follows: 3, posts: 3 })
  await begin(machine, simulation)
  await awaitState(machine, ['done'])
  await machine.closePopup()
  const page = await openWorkspace(machine, '#files')
  await page.bringToFront()
  await press(page, 'link', 'My files are saved. What now?', 30_000)
  await says(page, /You are ready/)
  await page.type('#new-address', '@mira@harbour.example')
  await press(page, 'button', 'Copy the text')
  await says(page, /Copied\. Now paste it on Threads\./)
  expect(await pasted(machine, page)).toBe('I have moved. From now on you find me in the fediverse: @mira@harbour.example\nhttps://harbour.example/@mira\nYou can follow me from Mastodon and many other places.')
})
