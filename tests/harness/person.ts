/** A person who scrolls: what somebody does with the site's own pages, by hand, without the extension. */
import type { Page } from 'puppeteer-core'
import { sleep, until } from './machine.ts'

/** Scrolls the page, or what the selector names, down until it grows no more, also after having gone up and down again twice. */
export const scrollToEnd = async (page: Page, within: string | null = null, milliseconds = 120_000): Promise<void> => {
  const end = Date.now() + milliseconds
  let farthest = -1
  let still = 0
  for (let looks = 0; looks < 3; ) {
    if (Date.now() > end) throw new Error('Scrolling came to no end')
    const back = still === 12
    const at = await page.evaluate(
      (selector, up) => {
        const box = selector ? document.querySelector(selector) : document.scrollingElement
        if (!box) return -2
        box.scrollBy(0, up ? -(box.clientHeight * 1.5 + 800) : Math.max(200, box.clientHeight * 0.9))
        return box.scrollTop + box.scrollHeight
      },
      within,
      back,
    )
    if (back) {
      looks++
      still = 0
    } else if (at > farthest) {
      farthest = at
      looks = still = 0
    } else still++
    await sleep(back ? 400 : 80)
  }
}

/** Opens the list of followed people on a Threads profile, as the page offers it: the counter, then the second tab. */
export const openFollows = async (page: Page): Promise<void> => {
  await until(
    'what opens the list of followed people',
    () =>
      page.evaluate(() => {
        const handle = document.querySelector('#open-follows-by-hand') ?? document.querySelector('.meta a[href$="/followers"]') ?? document.querySelector('.meta [role="button"]')
        if (!(handle instanceof HTMLElement)) return false
        handle.click()
        return true
      }),
    15_000,
  )
  await page.waitForSelector('[role="dialog"] [role="tab"]', { timeout: 10_000 })
  await page.evaluate(() => (document.querySelectorAll('[role="dialog"] [role="tab"]')[1] as HTMLElement).click())
  await page.waitForSelector('[role="dialog"] .rows .row', { timeout: 10_000 })
}

/** Everything that a capture reads, looked at by a person: home, the profile with its follows, replies and reposts. */
export const lookAtAll = async (page: Page, profile: string): Promise<void> => {
  for (const part of ['', '/replies', '/reposts']) {
    await page.goto(`${profile}${part}`, { waitUntil: 'load' })
    await scrollToEnd(page)
    if (part) continue
    await page.evaluate(() => window.scrollTo(0, 0))
    await openFollows(page)
    await scrollToEnd(page, '[role="dialog"] .rows')
  }
}
