/**
 * A Firefox with the production build in it, on the networks' real host names, which lead to a simulation through a CONNECT proxy.
 * Driven over WebDriver BiDi; the real popup, which BiDi does not know, from the browser's own window. The extension lies in the profile as an XPI, so
 * that it outlives a restart.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { needBrowser } from './browsers.ts'
import { filesIn, pastGreeting, sleep, until, type Machine, type MachineOptions, type Popup } from './machine.ts'
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
  'media.gmp-manager.updateEnabled': false,
  'media.gmp-manager.url': 'https://127.0.0.1:1/',
  'services.settings.server': 'https://127.0.0.1:1/',
  'remote.prefs.recommended': true,
  'intl.locale.requested': options.language ?? 'en-US',
  ...(options.language ? { 'intl.accept_languages': options.language } : {}),
})

/** Host → port, the most particular first; 0: it leads nowhere. */
const waysOf = ({ hosts, port, beside = [] }: MachineOptions): Record<string, number> => {
  const all = [...beside, { hosts, port }].flatMap(one => one.hosts.map(host => [host, one.port] as const))
  return Object.fromEntries([...all.filter(([host]) => host !== '*'), ...all.filter(([host]) => host === '*')])
}

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

/**
 * Opens the popup as the toolbar button does, so that the tab in view is granted to it. Runs in the browser's window.
 * @param id of the extension @param quiet address of the window that is only there for `inside`
 */
const OPEN_POPUP = `async (id, quiet) => {
  const windows = [...Services.wm.getEnumerator('navigator:browser')]
  for (const one of windows) if (one.document.querySelector('.webextension-popup-browser')) return 'open'
  const extension = WebExtensionPolicy.getByID(id).extension
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
  const action = ExtensionParent.apiManager.global.browserActionFor(extension)
  const where = windows.find(one => one.gBrowser.selectedBrowser.currentURI.spec !== quiet)
  where.focus()
  await action.triggerAction(where)
  for (let turn = 0; turn < 100; turn++) {
    if (where.document.querySelector('.webextension-popup-browser')) return 'open'
    await new Promise(done => where.setTimeout(done, 50))
  }
  return 'it did not come'
}`

const CLOSE_POPUP = `async () => {
  for (const one of Services.wm.getEnumerator('navigator:browser')) one.document.querySelector('.webextension-popup-browser')?.closest('panel')?.hidePopup()
  return ''
}`

/** Asks the script below, in the popup's own process. Runs in the browser's window. */
const IN_POPUP = `async (script, what, role, name) => {
  let popup
  for (const one of Services.wm.getEnumerator('navigator:browser')) popup ??= one.document.querySelector('.webextension-popup-browser')
  if (!popup) return '!The popup is closed'
  const manager = popup.messageManager
  const answer = new Promise(done => {
    const hear = message => { manager.removeMessageListener('holdall:said', hear); done(message.data) }
    manager.addMessageListener('holdall:said', hear)
  })
  manager.loadFrameScript('data:application/javascript;charset=utf-8,' + encodeURIComponent('(' + script + ')(' + [what, role, name].map(one => JSON.stringify(one)).join(',') + ')'), false)
  return Promise.race([answer, new Promise(done => window.setTimeout(() => done('!The popup does not answer'), 5000))])
}`

/** Beside the popup's page: what it says, whether something is there, or a press with a person's hand. */
const POPUP_SCRIPT = `(what, role, name) => {
  const { document, windowUtils } = content
  const selectors = { button: 'button, [role="button"]', link: 'a[href], [role="link"]', checkbox: 'input[type="checkbox"]', tab: '[role="tab"]' }
  const nameOf = element => (element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? element.innerText ?? '').trim()
  const found = role && [...document.querySelectorAll(selectors[role])].find(element => nameOf(element) === name && !element.disabled)
  let said = 'no'
  if (what === 'text') said = document.body?.innerText ?? ''
  else if (found) said = 'yes'
  if (what === 'press') {
    if (!found) said = '!There is no ' + role + ' "' + name + '"'
    else {
      const hand = windowUtils.setHandlingUserInput(true)
      try { found.click() } finally { hand.destruct() }
    }
  }
  sendAsyncMessage('holdall:said', said)
}`

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
  const proxy = await startConnectProxy(waysOf(options))
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

  /** Where a page is; '' where it is gone. What puppeteer has of the extension's own pages tells neither where they are nor that they were closed. */
  const addressOf = (page: Page): Promise<string> => Promise.race([page.evaluate(() => location.href).catch(() => ''), sleep(3000).then(() => '')])

  /** A page in a window of its own, so that it hides no other. `goto` never answers for the extension's own pages; the page is there all the same. */
  const openOwn = async (page: string): Promise<Page> => {
    const opened = await puppet.newPage({ type: 'window' })
    opened.goto(address(page)).catch(() => undefined)
    await until(`the page ${page}`, async () => (await opened.evaluate(() => `${location.href} ${document.readyState}`).catch(() => '')) === `${address(page)} complete`, 20_000)
    return opened
  }

  let quiet: Page | undefined
  const alive = async (page: Page | undefined): Promise<boolean> => page !== undefined && (await page.evaluate(() => true).catch(() => false))

  /** Runs an async function's text in the browser's own window, which is no page: for the toolbar button and its popup. */
  const inChrome = async (code: string, ...given: string[]): Promise<string> => {
    const { connection } = puppet as unknown as { connection: { send(method: string, parameters: object): Promise<{ result: unknown }> } }
    const tree = (await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome', maxDepth: 0 })).result as { contexts: { context: string; url: string }[] }
    const context = tree.contexts.find(one => one.url.endsWith('/browser.xhtml'))?.context
    const { result } = await connection.send('script.evaluate', { target: { context }, expression: `(${code})(${given.map(one => JSON.stringify(one)).join(', ')})`, awaitPromise: true })
    const { type, result: value, exceptionDetails } = result as { type: string; result?: { value?: string }; exceptionDetails?: { text: string } }
    if (type !== 'success') throw new Error(exceptionDetails?.text ?? 'The browser window did not answer')
    return value?.value ?? ''
  }
  const inPopup = async (what: 'text' | 'shows' | 'press', role: string, name: string): Promise<string> => {
    const said = await inChrome(IN_POPUP, POPUP_SCRIPT, what, role, name)
    if (said.startsWith('!')) throw new Error(said.slice(1))
    return said
  }

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
    async popup(): Promise<Popup> {
      const said = await inChrome(OPEN_POPUP, id, address('icon/16.png'))
      if (said !== 'open') throw new Error(`The popup did not open: ${said}`)
      const popup: Popup = {
        text: () => inPopup('text', '', ''),
        shows: async (role, name) => (await inPopup('shows', role, name)) === 'yes',
        async press(role, name, milliseconds = 15_000) {
          await until(`the ${role} "${name}"`, () => popup.shows(role, name), milliseconds).catch(async error => {
            throw new Error(`${error instanceof Error ? error.message : error}. The popup says:\n${await popup.text().catch(String)}`, { cause: error })
          })
          await inPopup('press', role, name)
        },
      }
      return popup
    },
    async closePopup() {
      await inChrome(CLOSE_POPUP)
    },
    extensionPage: (page, milliseconds = 20_000) =>
      until(
        `the page ${page}`,
        async () => {
          for (const seen of await puppet.pages()) {
            if ((await addressOf(seen)).startsWith(address(page))) return seen
          }
          return undefined
        },
        milliseconds,
      ),
    async inside(run, ...given) {
      if (!(await alive(quiet))) quiet = await openOwn('icon/16.png')
      return (await quiet!.evaluate(run as string | ((...parameters: unknown[]) => unknown), ...given)) as never
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
  if (extension && !options.greeted) {
    await pastGreeting(machine, async () => {
      for (const page of await puppet.pages()) if ((await addressOf(page)).startsWith(address('workspace.html'))) await page.close()
    })
  }
  return machine
}
