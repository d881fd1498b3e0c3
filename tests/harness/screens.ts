/**
 * Draws every state of popup and workspace, light and dark (a few also in forced colours), and the same in every language, in one with longer words and in one that is read from the right; asks
 * axe about each, and whether anything is wider than the window: `node tests/harness/screens.ts [--pictures] [words of a state's name]`.
 * Pictures go to `out/screens`; with `--pictures` only those that the README shows are drawn, and go to `docs/pictures` too. Ends with 1 where axe finds something.
 */
import { mkdir, readdir } from 'node:fs/promises'
import axe from 'axe-core'
import { chromium, type Page } from 'playwright-core'
import { createServer } from 'vite'
import { needBrowser } from './browsers.ts'
import { states } from './gallery/popup-states.ts'
import { OUT, ROOT } from './paths.ts'

const wanted = process.argv.slice(2).filter(word => !word.startsWith('--')).join(' ')
const forReadme = process.argv.includes('--pictures')
const folder = `${OUT}/screens`
const pictures = `${ROOT}docs/pictures`

interface Shot { locale?: string; name: string; query: string; width: number; height: number; scheme: 'light' | 'dark'; /** The person's own few colours, as Windows' contrast themes set them. */ forced?: boolean; /** Buttons that are pressed first, and what is read after that. */ press?: string[]; /** Boxes that are ticked first. */ check?: string[]; says?: string; /** How many of the folded parts are opened. */ open?: number }

const parts = ['follows', 'posts', 'profile', 'relations', 'moves', 'files', 'history', 'accounts', 'settings', 'trouble', 'ready', 'welcome', 'help']
/** States that are looked at in one part, in both widths. */
const about: Record<string, string> = {
  'looking up': 'follows', 'looking up, resting': 'follows', 'look-up paused': 'follows', 'look-up needs leave': 'follows', 'looked up': 'follows', arrived: 'files', 'server named': 'moves', 'server asked': 'moves', 'server hides': 'moves', 'to Sharkey': 'moves', 'to a blog': 'files', 'kept alone': 'moves',
  'download read': 'add', 'download reading': 'add', 'download broken off': 'add',
  'left out': 'posts', 'profile changed': 'profile', 'captured twice': 'history', 'backup refused': 'settings',
  'near the end': 'ready', 'near the end, elsewhere': 'ready', 'near the end, kept alone': 'ready',
  'pictures known': 'media', 'fetching pictures': 'media', 'pictures kept': 'media',
}
const workspaces = ['full', ...Object.keys(about), 'running', 'nothing read yet', 'private', 'problems', 'nobody certain', 'empty', 'several', 'loading', 'broken']
/** What is pressed in some states before they are looked at. */
const presses: Record<string, Pick<Shot, 'press' | 'check' | 'says' | 'open'>> = {
  'full files': { press: ['Save following_accounts.csv', 'Download bundle'], says: 'Checked:' },
  'looked up follows': { press: ['Change the address of Ada Ortiz (@ada.ortiz)'], open: 3 },
  'full moves': { open: 2 },
  'full posts': { open: 1 },
  'full settings': { press: ['Save a backup', 'Delete everything that is kept'], says: 'Delete it all for good' },
  'server asked moves': { open: 1 },
  'full follows': { open: 3 },
  'full help': { open: 15 },
  'near the end ready': { press: ['Copy the text'], says: 'Copied' },
  'full trouble': { press: ['Show the report'], says: 'unknown-shape' },
  'private files': { check: ['Put the posts for followers into the bundle too', 'Make them public in the bundle'] },
  'problems files': { press: ['Download bundle'], says: 'was not saved' },
}
const schemes = ['light', 'dark'] as const

const readme: Record<string, string> = {
  'popup ready, not allowed light': 'ready.png', 'popup running light': 'popup.png', 'popup done, not quite all light': 'done.png', 'workspace full follows wide light': 'workspace.png',
  'workspace full welcome wide light': 'first.png', 'workspace near the end ready wide light': 'last.png',
}

/** Pages whose picture has to reach further down than a window does. */
const heights: Record<string, number> = { 'first.png': 1200, 'last.png': 1330 }

/** Languages other than English, and two that are made up (see the gallery's browser). */
const locales = [...(await readdir(`${ROOT}public/_locales`)).filter(name => name !== 'en'), 'long', 'mirrored']

const shots: Shot[] = [
  ...Object.keys(states).flatMap(state => schemes.map(scheme => ({ name: `popup ${state} ${scheme}`, query: `popup=${encodeURIComponent(state)}`, width: 360, height: 240, scheme }))),
  ...workspaces.flatMap(state =>
    (about[state] ? [about[state]] : state === 'full' ? parts : ['running', 'nothing read yet'].includes(state) ? ['follows', 'posts', 'files'] : ['private', 'problems', 'nobody certain'].includes(state) ? ['files'] : ['follows']).flatMap(part =>
      schemes.flatMap(scheme =>
        (state === 'full' || about[state] ? [['wide', 1200], ['narrow', 360]] as const : [['wide', 1200]] as const).map(([size, width]) => ({
          name: `workspace ${state} ${part} ${size} ${scheme}`,
          query: `workspace=${encodeURIComponent(state)}${state === 'several' || state === 'empty' ? '' : `&account=${encodeURIComponent('threads:63000000000000001')}`}#${part}`,
          width, height: 900, scheme, ...presses[`${state} ${part}`],
        })),
      ),
    ),
  ),
  ...['running', 'choosing', 'done', 'limited'].map((state): Shot => ({ name: `popup ${state} forced colours`, query: `popup=${state}`, width: 360, height: 240, scheme: 'dark', forced: true })),
  ...['follows', 'files'].map((part): Shot => ({ name: `workspace full ${part} forced colours`, query: `workspace=full&account=${encodeURIComponent('threads:63000000000000001')}#${part}`, width: 1200, height: 900, scheme: 'dark', forced: true })),
  ...locales.flatMap(locale => [
    ...Object.keys(states).map((state): Shot => ({ locale, name: `${locale} popup ${state}`, query: `popup=${encodeURIComponent(state)}`, width: 360, height: 240, scheme: 'light' })),
    ...[...parts.map(part => ['full', part] as const), ...Object.entries(about)].flatMap(([state, part]) =>
      ([['narrow', 360], ['wide', 1280]] as const).map(([size, width]): Shot => ({ locale, name: `${locale} workspace ${state} ${part} ${size}`, query: `workspace=${encodeURIComponent(state)}&account=${encodeURIComponent('threads:63000000000000001')}#${part}`, width, height: 900, scheme: 'light' })),
    ),
  ]),
].filter(({ name }) => name.includes(wanted) && (!forReadme || readme[name] !== undefined))

/** What axe has to say, one line each. */
const findings = async (page: Page, forced: boolean | undefined): Promise<string[]> => {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
  // Forced colours are not what the style sheet says, and axe reads that.
  return violations.filter(({ id }) => !(forced && id === 'color-contrast')).flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')} ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`))
}

const server = await createServer({
  root: ROOT,
  configFile: false,
  logLevel: 'error',
  cacheDir: `${OUT}/vite`,
  server: { port: 0, host: '127.0.0.1', hmr: false },
  resolve: { alias: { 'webextension-polyfill': `${ROOT}tests/harness/gallery/browser.ts` } },
})
await server.listen()
const address = server.resolvedUrls?.local[0]
if (!address) throw new Error('The gallery could not be served')
await mkdir(folder, { recursive: true })
if (forReadme) await mkdir(pictures, { recursive: true })
const browser = await chromium.launch({ executablePath: await needBrowser('chromium'), args: ['--no-sandbox', '--hide-scrollbars'] })
let found = 0
for (const { locale, name, query, width, height, scheme, forced, press = [], check = [], says, open = 0 } of shots) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce', forcedColors: forced ? 'active' : 'none', deviceScaleFactor: forReadme ? 2 : 1 })
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', message => { if (message.type() === 'error') errors.push(message.text()) })
  await page.goto(`${address}tests/harness/gallery/index.html?${locale ? `locale=${locale}&` : ''}${query}`)
  await page.locator('body[data-drawn]').waitFor()
  await page.locator('h1').first().waitFor()
  for (const box of check) await page.getByRole('checkbox', { name: box, exact: true }).check()
  for (const button of press) await page.getByRole('button', { name: button, exact: true }).click()
  for (let at = 0; at < (forReadme ? 0 : open); at++) await page.locator('summary').nth(at).click()
  if (says) await page.getByText(says).first().waitFor()
  await page.waitForTimeout(150)
  if (/\{\w+\}/.test(await page.locator('body').innerText())) errors.push('a placeholder is not filled')
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  if (wider > 0) errors.push(`it is ${wider} pixels wider than the window`)
  const problems = [...errors, ...(await findings(page, forced))]
  if (problems.length) console.log(`${name}\n  ${problems.join('\n  ')}`)
  found += problems.length
  // As high as what is drawn, so that what sticks to the end stands there.
  const whole = await page.evaluate(() => document.documentElement.scrollHeight)
  if (name.startsWith('popup')) await page.setViewportSize({ width, height: Math.min(whole, 3000) })
  // A list of hundreds of rows is looked at by its beginning.
  await page.screenshot({ path: `${folder}/${name.replaceAll(/[^a-z]+/gi, '-')}.png`, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(whole, 2600) } })
  const picture = readme[name]
  if (forReadme && picture) {
    // A press may have scrolled.
    await page.evaluate(() => scrollTo(0, 0))
    await page.setViewportSize({ width, height: Math.min(whole, heights[picture] ?? (name.startsWith('popup') ? 600 : height)) })
    await page.screenshot({ path: `${pictures}/${picture}` })
  }
  await page.close()
}
await browser.close()
await server.close()
console.log(`${shots.length} screens, ${found} problems; pictures in ${folder}`)
process.exit(found ? 1 : 0)
