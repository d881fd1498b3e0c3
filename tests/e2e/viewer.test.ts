/** The pages in the own copy, unpacked and opened from the disk, in both browsers. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownCopy } from '../../lib/export/index.ts'
import { needBrowser, type BrowserName } from '../harness/browsers.ts'
import { until } from '../harness/machine.ts'
import { CHROME_BUILD } from '../harness/paths.ts'
import { unzip } from '../harness/zip.ts'
import { fileAt } from '../networks/media/index.ts'
import { account, bytesOf, follow, keptMedia, owner, post, room, scriptUrl, store } from '../unit/export/fake.ts'
import messages from '../../public/_locales/en/messages.json' with { type: 'json' }

const file = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(fileAt(new URL(`https://files.example/${name}`)).bytes)

/** Everything that wants to be more than text. */
const hostile = ['</script><script>document.title="broken"</script>', '<img src=x onerror="document.title=\'broken\'">', '<!--<script>', '\u2028\u2029', '\u202Eright\u202C', 'a\u200Bb', '\u0000', '"]});document.title="broken";//', scriptUrl, '\uD800']
const long = 'x'.repeat(1_000_000)

const posts = [
  ...Array.from({ length: 5000 }, (_, at) => post(String(10_000 + at), { createdAt: new Date(Date.UTC(2021, 0, 1) + at * 6 * 3_600_000).toISOString(), text: `Number ${at} of many, about ${['bread', 'boats', 'radios'][at % 3]}` })),
  ...hostile.map((text, at) => post(`h${at}`, { createdAt: `2025-01-0${(at % 9) + 1}T00:00:00Z`, text: `Hostile ${at} ${text}`, title: text, warning: at % 2 ? text : undefined, topic: text, url: at % 3 ? scriptUrl : undefined, linkPreview: { url: scriptUrl, title: text }, replyTo: { id: '1', authorHandle: text, url: scriptUrl } })),
  post('long', { createdAt: '2025-02-01T00:00:00Z', text: long }),
  post('t1', { createdAt: '2025-03-01T00:00:00Z', text: 'A thread begins', media: [{ kind: 'image', alt: 'A round loaf' }, { kind: 'image' }, { kind: 'video', alt: 'It rises' }, { kind: 'image', alt: 'Never kept' }] }),
  post('t2', { createdAt: '2025-03-01T00:01:00Z', text: 'and goes on', replyTo: { id: 't1', authorId: owner.id } }),
  post('t3', { createdAt: '2025-03-01T00:02:00Z', text: 'and ends', replyTo: { id: 't2', authorId: owner.id } }),
  post('poll', { createdAt: '2025-03-02T00:00:00Z', text: 'Which?', poll: { options: [{ title: 'Rye', votes: 3 }, { title: 'Wheat', votes: 4 }] } }),
  post('undated', { createdAt: undefined, text: 'Nobody knows when' }),
]
const media = [keptMedia('t1', 0, file('a.jpg')), keptMedia('t1', 1, file('b.webp'), ['image/webp', 'webp'], file('b2.jpg')), keptMedia('t1', 2, file('c.mp4'), ['video/mp4', 'mp4']), keptMedia('@profile', 0, file('face.jpg'))]
const follows = [
  ...hostile.map((text, at) => follow(`evil${at}`, { verdict: 'not', reason: 'no-address' }, { name: text, bio: text, url: scriptUrl })),
  ...Array.from({ length: 2500 }, (_, at) => follow(`person${String(at).padStart(4, '0')}`, at % 5 ? { verdict: 'unknown', reason: 'not-looked-up', address: `person${at}@example.net` } : { verdict: 'followable', reason: 'flag-on', address: `person${at}@example.net` }, { name: `Person ${at}` })),
]

let folder: string
beforeAll(async () => {
  const script = await readFile(join(CHROME_BUILD, 'viewer.js'), 'utf8')
  const texts = Object.fromEntries(Object.entries(messages).map(([key, { message }]) => [key, message]))
  const world = store({ posts, media, follows, profile: { name: hostile[0], bio: hostile.join(' '), fields: [{ name: hostile[1]!, value: scriptUrl }], links: [{ url: 'https://mara.example/' }] } })
  const files = await ownCopy(world, account, { room, lists: [], readme: ['Private'], shell: { script, texts, language: 'en', why: ({ reach }) => reach.reason } })
  folder = await mkdtemp(join(tmpdir(), 'holdall-viewer-'))
  for (const [name, bytes] of Object.entries(unzip(await bytesOf(files[0]!)))) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), bytes)
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each<BrowserName>(['chromium', 'firefox'])('%s', name => {
  let browser: Browser
  beforeAll(async () => {
    const path = await needBrowser(name)
    browser = await puppeteer.launch(name === 'chromium' ? { executablePath: path, args: ['--no-sandbox', '--disable-background-networking'] } : { browser: 'firefox', executablePath: path })
  })
  afterAll(() => browser?.close())

  const opened = async (hash = ''): Promise<{ page: Page; asked: string[]; errors: string[] }> => {
    const page = await browser.newPage()
    const asked: string[] = []
    const errors: string[] = []
    page.on('request', request => asked.push(request.url()))
    page.on('pageerror', error => errors.push(String(error)))
    page.on('console', message => { if (message.type() === 'error') errors.push(message.text()) })
    await page.goto(`${pathToFileURL(join(folder, 'index.html')).href}${hash}`)
    await page.waitForSelector('.posts > li')
    return { page, asked, errors }
  }
  const status = (page: Page): Promise<string> => page.$eval('[role="status"]', one => one.textContent ?? '')
  const choose = async (page: Page, label: string, value: string): Promise<void> => {
    await page.evaluate((text, wanted) => {
      const select = [...document.querySelectorAll('label')].find(one => one.textContent?.startsWith(text))!.querySelector('select')!
      select.value = wanted
      select.dispatchEvent(new Event('change', { bubbles: true }))
    }, label, value)
  }

  test('posts, threads together, pictures; what others wrote is text, and nobody is asked', async () => {
    const { page, asked, errors } = await opened()
    expect(await page.title()).toBe('@Mara.Lind on Example, a private copy')
    const thread = await page.$$eval('.posts > li', items => items.map(item => [...item.querySelectorAll('.words')].map(one => one.textContent)).find(texts => texts[0] === 'A thread begins'))
    expect(thread).toEqual(['A thread begins', 'and goes on', 'and ends'])
    await page.$eval('.media', one => one.scrollIntoView())
    await until('the pictures', () => page.$$eval('.media img', all => all.length === 2 && all.every(one => (one as HTMLImageElement).naturalWidth > 0)))
    expect(await page.$$eval('.media img', all => all.map(one => one.getAttribute('alt')))).toEqual(['A round loaf', 'Picture'])
    await until('the video', () => page.$eval('.media video', one => (one as HTMLVideoElement).videoWidth > 0))
    expect(await page.$eval('.face', one => (one as HTMLImageElement).naturalWidth > 0)).toBe(true)
    expect(await page.$eval('.media', one => one.textContent)).toContain('no file is kept: Never kept')
    // Nothing that was written ran, or became a link that runs.
    expect(await page.$$eval('a', all => all.map(one => one.getAttribute('href')).filter(href => href !== null && !/^(?:https?:|#|media_attachments\/)/.test(href)))).toEqual([])
    expect(await page.$$eval('script, iframe, img:not(.media img):not(.face)', all => all.map(one => one.outerHTML.slice(0, 60)).filter(text => !/^<script(?: type="application\/json" id="viewed")?>/.test(text)))).toEqual([])
    expect(await page.$$eval('.words', all => all.some(one => one.textContent === 'Hostile 1 <img src=x onerror="document.title=\'broken\'">'))).toBe(true)
    expect(await page.$$eval('.words', all => all.some(one => one.textContent?.length === 1_000_000))).toBe(true)
    expect(asked.filter(url => !/^(?:file|data):/.test(url))).toEqual([])
    expect(errors).toEqual([])
    await page.close()
  })

  test('search, year, kind; the next ones; what is not there is said', async () => {
    const { page } = await opened()
    expect(await status(page)).toBe('50 posts shown, and there are more')
    await page.$eval('.more', one => (one as HTMLElement).click())
    await until('100 posts', async () => (await status(page)).startsWith('100 posts'))
    await page.type('input[type="search"]', 'number 4242 of')
    await until('one post', async () => (await status(page)) === '1 post', 20_000)
    expect(await page.$eval('.posts .words', one => one.textContent)).toBe('Number 4242 of many, about bread')
    await page.$eval('input[type="search"]', one => (one as HTMLInputElement).select())
    await page.type('input[type="search"]', 'no such words')
    await until('nothing', () => page.$eval('.empty', one => one.textContent === 'Nothing matches. Try fewer letters, or show everything.').catch(() => false), 20_000)
    await page.$eval('input[type="search"]', one => { (one as HTMLInputElement).value = ''; one.dispatchEvent(new Event('input', { bubbles: true })) })
    await choose(page, 'Year', '2021')
    await until('those of 2021', () => page.$eval('.posts time', one => one.getAttribute('datetime')?.startsWith('2021') ?? false).catch(() => false))
    await choose(page, 'Year', '')
    await choose(page, 'Show', 'media')
    await until('one with pictures', async () => (await status(page)) === '1 post', 20_000)
    await choose(page, 'Show', '')
    await choose(page, 'Year', 'none')
    await until('the undated one', async () => (await status(page)) === '1 post', 20_000)
    await page.close()
  })

  test('the people, found by name', async () => {
    const { page, errors } = await opened('#follows')
    expect(await status(page)).toBe('2,510 people')
    await choose(page, 'Can be followed', 'followable')
    await until('500 people', async () => (await status(page)) === '500 people')
    await page.type('input[type="search"]', 'person 1005')
    await until('one person', async () => (await status(page)) === '1 person')
    expect(await page.$eval('.posts .post', one => one.textContent)).toContain('person1005@example.net')
    expect(errors).toEqual([])
    await page.close()
  })

  test('axe has nothing to say, light and dark; nothing is wider than 360 px', async () => {
    for (const hash of ['', '#follows']) {
      const { page } = await opened(hash)
      for (const scheme of name === 'chromium' ? ['light', 'dark'] : ['light']) {
        if (name === 'chromium') await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
        await page.setViewport({ width: 360, height: 800 })
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
        await page.evaluate(axe.source)
        const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
        expect(violations.map(({ id, nodes }) => [id, nodes.length, nodes[0]?.html.slice(0, 200)])).toEqual([])
        if (process.env.HOLDALL_PICTURES && name === 'chromium') {
          for (const width of [360, 1100]) {
            await page.setViewport({ width, height: 1200 })
            await page.screenshot({ path: `${process.env.HOLDALL_PICTURES}/viewer${hash.replace('#', '-')}-${scheme}-${width}.png` })
          }
        }
      }
      await page.close()
    }
  })

  test('a script of data that is not there is said by name', async () => {
    const lost = await mkdtemp(join(tmpdir(), 'holdall-viewer-lost-'))
    await writeFile(join(lost, 'index.html'), await readFile(join(folder, 'index.html')))
    const page = await browser.newPage()
    await page.goto(pathToFileURL(join(lost, 'index.html')).href)
    await page.waitForSelector('[role="alert"]')
    expect(await page.$eval('[role="alert"]', one => one.textContent)).toMatch(/^viewer\/posts-\d+\.js could not be read\. Unpack the whole archive/)
    await page.close()
    await rm(lost, { recursive: true })
  })
})
