/** The simulated Threads in a real browser: a person who scrolls gets everything, a hidden tab gets nothing. */
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBrowser } from '../../harness/browsers.ts'
import { simulateThreads } from '../../networks/threads/index.ts'
import type { Simulation } from '../../networks/types.ts'

const path = await findBrowser('chromium')
let site: Simulation
let browser: Browser
beforeAll(async () => {
  if (!path) return
  site = await simulateThreads({ follows: 60, posts: 40, seed: 2 })
  browser = await chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', `--host-resolver-rules=${[...site.hosts.map(host => `MAP ${host} 127.0.0.1:${site.port}`), 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'].join(', ')}`, '--ignore-certificate-errors', '--disable-background-networking'],
  })
})
afterAll(async () => { await browser?.close(); await site?.close() })

/** A page that keeps the text of all answers, and complains about every error of a script. */
const visit = async (address: string, prepare?: (page: Page) => Promise<unknown>): Promise<{ page: Page; texts: string[]; errors: string[] }> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ignoreHTTPSErrors: true })
  const texts: string[] = []
  const errors: string[] = []
  page.on('pageerror', error => errors.push(String(error.stack)))
  page.on('response', response => {
    if (response.url().includes('/graphql/query')) void response.text().then(text => texts.push(text)).catch(() => undefined)
  })
  await prepare?.(page)
  await page.goto(address)
  return { page, texts, errors }
}

/** Scrolls on until `done`, a step at a time. */
const scrollUntil = async (page: Page, step: () => void, done: () => boolean | Promise<boolean>): Promise<void> => {
  const until = Date.now() + 40_000
  while (!(await done())) {
    if (Date.now() > until) throw new Error('scrolled for 40 s, and there was no end')
    await page.evaluate(step)
    await page.waitForTimeout(60)
  }
}

const scrollPage = (): void => {
  scrollBy(0, -40)
  scrollBy(0, 900)
}
const scrollDialog = (): void => {
  const scroller = [...document.querySelectorAll('[role=dialog] *')].find(one => /auto|scroll/.test(getComputedStyle(one).overflowY))
  if (scroller) scroller.scrollTop += 400
}
const state = (page: Page): Promise<string> => page.evaluate(() => [...document.querySelectorAll('script[data-sjs]')].map(script => script.textContent).join('\n'))

describe.skipIf(!path)('in Chromium (needs one on this machine)', () => {
  it('a person who scrolls through three tabs is given every post', async () => {
    const { posts } = site.truth()
    let seen = ''
    for (const tab of ['', '/replies', '/reposts']) {
      const { page, texts, errors } = await visit(site.profile + tab)
      await page.waitForSelector('div[data-pressable-container="true"]')
      const wanted = posts.filter(post => (tab === '/reposts' ? post.repostOf : tab === '/replies' ? post.replyToAuthor && !posts.some(p => p.id === post.replyTo) : !post.repostOf && !post.replyToAuthor)).map(post => (post.headerOnly ? post.repostOf! : post.id))
      const all = async (): Promise<string> => (await state(page)) + texts.join('\n')
      await scrollUntil(page, scrollPage, async () => { const text = await all(); return wanted.every(id => text.includes(`"pk":"${id}"`)) })
      seen += await all()
      // Far fewer than there are: what is out of sight is taken out.
      expect(await page.locator('div[data-pressable-container="true"]').count()).toBeLessThan(25)
      expect(errors).toEqual([])
      await page.close()
    }
    for (const post of posts) expect(seen).toContain(`"pk":"${post.headerOnly ? post.repostOf : post.id}"`)
  })

  it('the follow dialog gives everybody, and holds few rows at a time', async () => {
    const { page, texts, errors } = await visit(site.profile)
    await page.locator(`a[href$="/followers"] span[title="${site.truth().viewer.followers}"]`).click()
    await page.locator('[role=dialog] [role=tab]').nth(1).click()
    await page.waitForSelector('[role=dialog] .row')
    expect(await page.locator('[role=dialog] [role=tab][aria-selected=true]').count()).toBe(1)
    let most = 0
    await scrollUntil(page, scrollDialog, async () => {
      most = Math.max(most, await page.locator('[role=dialog] .row').count())
      return site.truth().follows.every(person => texts.some(text => text.includes(`"username":"${person.handle}"`)))
    })
    expect(most).toBeGreaterThan(8)
    expect(most).toBeLessThanOrEqual(30)
    expect(errors).toEqual([])
    await page.close()
  })

  it('after a 429 it stops, and goes on when the person scrolls again', async () => {
    const { page } = await visit(site.profile)
    await page.locator('a[href$="/followers"]').click()
    await page.locator('[role=dialog] [role=tab]').nth(1).click()
    await page.waitForSelector('[role=dialog] .row')
    site.set('429-once', true)
    const from = site.requests.length
    const asked = (): number[] => site.requests.slice(from).filter(one => one.operation?.startsWith('BarcelonaFriendshipsFollowing') && (one.variables as { id?: string }).id === site.truth().viewer.id).map(one => one.status)
    await scrollUntil(page, scrollDialog, () => asked().length > 0)
    await page.waitForTimeout(1200)
    expect(asked()).toEqual([429])
    await scrollUntil(page, () => { const scroller = [...document.querySelectorAll('[role=dialog] *')].find(one => /auto|scroll/.test(getComputedStyle(one).overflowY))!; scroller.scrollTop -= 60; scroller.scrollTop += 120 }, () => asked().length > 1)
    expect(asked()[1]).toBe(200)
    await page.close()
  })

  it('a link inside the app changes the tab without a new document', async () => {
    const { page } = await visit(site.profile)
    await page.waitForSelector('div[data-pressable-container="true"]')
    await page.evaluate(() => { (window as { same?: boolean }).same = true })
    const from = site.requests.length
    await page.locator('.tabs a[href$="/replies"]').click()
    await expect.poll(() => site.requests.slice(from).map(one => one.operation)).toContain('BarcelonaProfileRepliesTabDirectQuery')
    expect(page.url()).toBe(`${site.profile}/replies`)
    expect(await page.evaluate(() => (window as { same?: boolean }).same)).toBe(true)
    await page.close()
  })

  it('a hidden tab neither draws nor loads until it is shown', async () => {
    const from = site.requests.length
    const { page } = await visit(site.profile, page => page.addInitScript(() => {
      const tab = window as unknown as { shown: boolean }
      tab.shown = false
      Object.defineProperty(document, 'visibilityState', { get: () => (tab.shown ? 'visible' : 'hidden') })
    }))
    await page.waitForTimeout(1500)
    expect(await page.locator('div[data-pressable-container="true"]').count()).toBe(0)
    expect(site.requests.slice(from).filter(one => one.operation)).toEqual([])
    await page.evaluate(() => { (window as unknown as { shown: boolean }).shown = true; document.dispatchEvent(new Event('visibilitychange')) })
    await page.waitForSelector('div[data-pressable-container="true"]')
    await page.close()
  })

  it('pictures are pictures', async () => {
    const { page } = await visit(site.profile)
    await page.waitForSelector('.head img')
    await expect.poll(() => page.evaluate(() => [...document.querySelectorAll<HTMLImageElement>('.head img')].map(image => image.naturalWidth))).toEqual([64])
    await page.close()
  })
})
