/**
 * A Firefox with the production build in it, on the networks' real host names, which lead to a simulation through a CONNECT proxy.
 * Driven over WebDriver BiDi. The extension lies in the profile as an XPI, so that it outlives a restart.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { needBrowser } from './browsers.ts'
import { filesIn, sleep, until, type Machine, type MachineOptions } from './machine.ts'
import { FIREFOX_BUILD } from './paths.ts'
import { removeProfile } from './chromium.ts'
import { startConnectProxy } from '../networks/server.ts'
import { zipFolder } from './zip.ts'

export interface FirefoxMachine extends Machine {
  puppet: Browser
  /** What was asked for and does not belong to the simulation, as `host:port`. */
  refused: string[]
}

/** The extension's address is drawn by lot at install; in tests it is this. */
const UUID = '0f5c3b1e-8a47-4d9c-9f0e-5d2b7c1a6e30'

const children = new Set<ChildProcess>()
process.once('exit', () => children.forEach(child => child.kill('SIGKILL')))

const preferences = (options: MachineOptions, id: string, proxyPort: number, downloads: string): Record<string, string | number | boolean> => ({
  'xpinstall.signatures.required': false,
  'extensions.autoDisableScopes': 0,
  'extensions.startupScanScopes': 15,
  'extensions.webextOptionalPermissionPrompts': false,
  'extensions.webextensions.uuids': JSON.stringify({ [id]: UUID }),
  'extensions.update.enabled': false,
  'network.proxy.type': 1,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': proxyPort,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': proxyPort,
  'network.proxy.allow_hijacking_localhost': true,
  'network.proxy.no_proxies_on': '',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.download.folderList': 2,
  'browser.download.dir': downloads,
  'browser.download.useDownloadDir': true,
  'browser.download.alwaysOpenPanel': false,
  'browser.download.always_ask_before_handling_new_types': false,
  'browser.helperApps.neverAsk.saveToDisk': 'text/csv,application/zip,text/plain,application/octet-stream',
  'browser.startup.page': 0,
  'browser.shell.checkDefaultBrowser': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'browser.topsites.contile.enabled': false,
  'services.settings.server': 'https://127.0.0.1:1/',
  'remote.prefs.recommended': true,
  'intl.locale.requested': options.language ?? 'en-US',
  ...(options.language ? { 'intl.accept_languages': options.language } : {}),
})

const extensionId = async (folder: string): Promise<string> => {
  const manifest: { browser_specific_settings?: { gecko?: { id?: string } } } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  const id = manifest.browser_specific_settings?.gecko?.id
  if (!id) throw new Error(`The extension in ${folder} has no id for Firefox`)
  return id
}

const start = async (path: string, profile: string, headed: boolean): Promise<{ child: ChildProcess; endpoint: string }> => {
  const child = spawn(
    path,
    [...(headed ? [] : ['--headless']), '--no-remote', '--new-instance', '--profile', profile, '--remote-debugging-port=0', '--remote-allow-system-access', 'about:blank'],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1', MOZ_HEADLESS_WIDTH: '1280', MOZ_HEADLESS_HEIGHT: '1000' } },
  )
  children.add(child)
  child.once('exit', () => children.delete(child))
  let said = ''
  const endpoint = await new Promise<string>((found, fail) => {
    const hear = (part: Buffer) => {
      if (said.length < 20_000) said += part.toString()
      const match = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)
      if (match) found(`${match[1]!}/session`)
    }
    child.stderr!.on('data', hear)
    child.stdout!.on('data', hear)
    child.once('exit', code => fail(new Error(`Firefox ended with ${code} before it was ready:\n${said.slice(-2000)}`)))
    child.once('error', fail)
  })
  return { child, endpoint }
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise(done => child.once('exit', () => done()))

/** Starts Firefox. @throws if there is none and none can be installed, or it does not start */
export const startFirefox = async (options: MachineOptions): Promise<FirefoxMachine> => {
  const path = await needBrowser('firefox')
  const extension = options.extension === undefined ? FIREFOX_BUILD : options.extension
  if (extension && !existsSync(join(extension, 'manifest.json'))) throw new Error(`There is no extension in ${extension}: run npm run build first`)
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'holdall-firefox-')))
  const downloads = join(profile, 'downloads')
  await mkdir(downloads, { recursive: true })
  await rm(join(profile, 'lock'), { force: true })
  const id = extension ? await extensionId(extension) : 'none'
  const proxy = await startConnectProxy(Object.fromEntries(options.hosts.map(host => [host, options.port])))
  await writeFile(
    join(profile, 'user.js'),
    Object.entries(preferences(options, id, proxy.port, downloads))
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
      .join('\n'),
  )
  if (extension) {
    await mkdir(join(profile, 'extensions'), { recursive: true })
    await writeFile(join(profile, 'extensions', `${id}.xpi`), await zipFolder(extension))
  }
  const { child, endpoint } = await start(path, profile, options.headed ?? false)
  const puppet = await puppeteer.connect({ browserWSEndpoint: endpoint, protocol: 'webDriverBiDi', acceptInsecureCerts: true, protocolTimeout: 600_000, defaultViewport: null })

  const address = (page: string): string => `moz-extension://${UUID}/${page}`

  /** A page in a window of its own, so that it hides no other. `goto` never answers for the extension's own pages; the page is there all the same. */
  const openOwn = async (page: string): Promise<Page> => {
    const opened = await puppet.newPage({ type: 'window' })
    opened.goto(address(page)).catch(() => undefined)
    await until(`the page ${page}`, async () => (await opened.evaluate(() => `${location.href} ${document.readyState}`).catch(() => '')) === `${address(page)} complete`, 20_000)
    return opened
  }

  let quiet: Page | undefined
  let popup: Page | undefined
  const alive = async (page: Page | undefined): Promise<boolean> => page !== undefined && (await page.evaluate(() => true).catch(() => false))

  const machine: FirefoxMachine = {
    browser: 'firefox',
    version: await puppet.version(),
    profile,
    downloads,
    puppet,
    refused: proxy.refused,
    async open(url) {
      const blank = (await puppet.pages()).find(page => page.url() === 'about:blank')
      const page = blank ?? (await puppet.newPage())
      await page.bringToFront()
      await page.goto(url, { waitUntil: 'domcontentloaded', timeout: 60_000 }).catch((error: unknown) => {
        if (!/aborted|NS_BINDING_ABORTED/i.test(String(error))) throw error
      })
      return page
    },
    async popup(over) {
      if (popup && (await alive(popup))) return popup
      const where = over ? await over.evaluate(() => location.href) : undefined
      // The popup itself can't be read over BiDi; the same page in a window of its own is told which tab it is about.
      const tab = await machine.inside(async (wanted: string | null) => {
        interface Tab { id?: number; url?: string; active: boolean; index: number; windowId: number }
        const api = (globalThis as unknown as { browser: { tabs: { query(asked: object): Promise<Tab[]> } } }).browser
        const tabs = await api.tabs.query({})
        return (tabs.find(seen => wanted && seen.url === wanted) ?? tabs.find(seen => seen.url?.startsWith('https:')) ?? tabs[0])?.id
      }, where ?? null)
      popup = await openOwn(`popup.html?tab=${tab}`)
      return popup
    },
    async closePopup() {
      await popup?.close().catch(() => undefined)
      popup = undefined
    },
    extensionPage: (page, milliseconds = 20_000) =>
      until(
        `the page ${page}`,
        async () => {
          for (const seen of await puppet.pages()) {
            if (seen.url().startsWith(address(page)) || (await seen.evaluate(() => location.href).catch(() => '')).startsWith(address(page))) return seen
          }
          return undefined
        },
        milliseconds,
      ),
    async inside(run, ...given) {
      if (!(await alive(quiet))) quiet = await openOwn('icon/16.png')
      return (await quiet!.evaluate(run as (...parameters: unknown[]) => unknown, ...given)) as never
    },
    downloaded: (names, milliseconds) => filesIn(downloads, names, milliseconds),
    async stopWorker() {
      throw new Error('Firefox ends its event page by itself only')
    },
    async kill() {
      child.kill('SIGKILL')
      await ended(child)
      await proxy.close()
      await puppet.disconnect().catch(() => undefined)
    },
    async close() {
      await Promise.race([puppet.close().catch(() => undefined), sleep(10_000)])
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
      await ended(child)
      clearTimeout(timer)
      await proxy.close()
      if (!options.profile) await removeProfile(profile)
    },
  }
  return machine
}
