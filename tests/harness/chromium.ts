/**
 * A Chromium with the production build in it, on the networks' real host names, which lead to a simulation.
 * It is started as a plain process and driven over the DevTools protocol without focus emulation: a tab behind another one is hidden, as it is
 * for a person, and the extension's real popup can be pressed.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page, type Target } from 'puppeteer-core'
import { needBrowser } from './browsers.ts'
import { filesIn, pastGreeting, press, shows, sleep, textOf, until, type Machine, type MachineOptions, type Popup } from './machine.ts'
import { CHROME_BUILD } from './paths.ts'

export interface ChromiumMachine extends Machine {
  puppet: Browser
  /** The popup as a page, for what only this browser offers. */
  popupPage(): Promise<Page>
  /** Id of the extension, where there is one. */
  id: string | undefined
  /** Process id of the browser. */
  pid: number
  /** Every request that the browser made, the workers' and the extension's too. Ends the browser, which writes it at its end. */
  trace(): Promise<TracedRequest[]>
}

export interface TracedRequest {
  url: string
  method: string
  /** Origin of who asked, e.g. `chrome-extension://…`; absent: the browser itself, or an address typed in. */
  initiator?: string
}

const children = new Set<ChildProcess>()
process.once('exit', () => children.forEach(child => child.kill('SIGKILL')))

/** The first rule that holds for a name counts; names for all come last. */
const ways = ({ hosts, port, beside = [] }: MachineOptions): string[] => {
  const all = [...beside, { hosts, port }].flatMap(one => one.hosts.map(host => ({ host, port: one.port })))
  return [...all.filter(({ host }) => host !== '*'), ...all.filter(({ host }) => host === '*')].map(one => `MAP ${one.host} ${one.port ? `127.0.0.1:${one.port}` : '~NOTFOUND'}`)
}

const flags = (options: MachineOptions, profile: string, extension: string | null): string[] => [
  ...(options.headed ? [] : ['--headless=new']),
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--remote-debugging-port=0',
  `--user-data-dir=${profile}`,
  `--log-net-log=${netLog(profile)}`,
  `--host-resolver-rules=${[...ways(options), 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'].join(', ')}`,
  // The simulation has a certificate of its own making. A context's own switch for that does not reach a worker.
  '--ignore-certificate-errors',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--metrics-recording-only',
  '--no-first-run',
  '--no-default-browser-check',
  '--password-store=basic',
  '--use-mock-keychain',
  '--window-size=1280,1000',
  `--lang=${options.language ?? 'en'}`,
  // Surfaces of the browser's own that a headless one never shows, and draws beforehand all the same.
  `--disable-features=Translate,PreloadTopChromeWebUI,WebUIOmniboxPopup,OptimizationHints,MediaRouter${extension ? ',DisableLoadExtensionCommandLineSwitch' : ''}`,
  ...(extension ? [`--load-extension=${extension}`] : []),
  'about:blank',
]

const netLog = (profile: string): string => join(profile, 'net-log.json')

const start = async (path: string, given: string[], language: string | undefined): Promise<{ child: ChildProcess; endpoint: string }> => {
  const child = spawn(path, given, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...(language ? { LANGUAGE: language } : {}) },
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  let said = ''
  const endpoint = await new Promise<string>((found, fail) => {
    child.stderr!.on('data', (part: Buffer) => {
      if (said.length < 20_000) said += part.toString()
      const match = /DevTools listening on (ws:\/\/\S+)/.exec(said)
      if (match) found(match[1]!)
    })
    child.once('exit', code => fail(new Error(`Chromium ended with ${code} before it was ready:\n${said.slice(-2000)}`)))
    child.once('error', fail)
  })
  return { child, endpoint }
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise(done => child.once('exit', () => done()))

const close = async (puppet: Browser, child: ChildProcess): Promise<void> => {
  await puppet.close().catch(() => undefined)
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended(child)
  clearTimeout(timer)
}

const extensionOf = async (puppet: Browser): Promise<string> => {
  const target = await puppet.waitForTarget(seen => seen.type() === 'service_worker' && seen.url().startsWith('chrome-extension://'), { timeout: 20_000 })
  return new URL(target.url()).host
}

interface Preferences {
  extensions?: { settings?: Record<string, Record<string, unknown>> }
}
interface Granted {
  explicit_host?: string[]
}

/** The id of an unpacked extension: the beginning of its path's SHA-256, in the letters a to p (Chromium, `components/crx_file/id_util.cc`). */
const idAt = (folder: string): string =>
  createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32).replaceAll(/./g, digit => String.fromCharCode(97 + Number.parseInt(digit, 16)))

/**
 * Writes the origins into the profile as granted. A permission prompt can't be answered in a browser without a window, so the tests give the permission
 * the way the browser keeps it. No browser may be using the profile.
 */
const allow = async (profile: string, id: string, origins: string[]): Promise<void> => {
  const path = join(profile, 'Default', 'Preferences')
  await mkdir(join(profile, 'Default'), { recursive: true })
  const preferences: Preferences = existsSync(path) ? JSON.parse(await readFile(path, 'utf8')) : {}
  const settings = (((preferences.extensions ??= {}).settings ??= {})[id] ??= {})
  for (const name of ['granted_permissions', 'active_permissions', 'runtime_granted_permissions']) {
    const granted = (settings[name] ??= {}) as Granted
    granted.explicit_host = [...new Set([...(granted.explicit_host ?? []), ...origins])]
  }
  await writeFile(path, JSON.stringify(preferences))
}

/**
 * Starts Chromium.
 * @throws if there is no Chromium and none can be installed, it does not start, or the extension has not the hosts that it is to have
 */
export const startChromium = async (options: MachineOptions): Promise<ChromiumMachine> => {
  const path = await needBrowser('chromium')
  const extension = options.extension === undefined ? CHROME_BUILD : options.extension
  if (extension && !existsSync(join(extension, 'manifest.json'))) throw new Error(`There is no extension in ${extension}: run npm run build first`)
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'holdall-chromium-')))
  const downloads = join(profile, 'downloads')
  await mkdir(downloads, { recursive: true })
  await Promise.all(['SingletonLock', 'SingletonSocket', 'SingletonCookie'].map(name => rm(join(profile, name), { force: true })))

  const launch = async () => {
    const { child, endpoint } = await start(path, flags(options, profile, extension), options.language)
    const puppet = await puppeteer.connect({ browserWSEndpoint: endpoint, defaultViewport: null, protocolTimeout: 600_000, acceptInsecureCerts: true })
    return { child, puppet, id: extension ? await extensionOf(puppet) : undefined }
  }

  const origins = (options.allowed ?? []).map(host => `https://${host}/*`)
  if (extension && origins.length > 0) await allow(profile, idAt(extension), origins)
  const { child, puppet, id } = await launch()

  const control = await puppet.target().createCDPSession()
  await control.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads, eventsEnabled: false })

  const address = (page: string): string => `chrome-extension://${id}/${page}`
  const targetOf = (page: string) => puppet.targets().find(target => target.type() === 'page' && target.url().startsWith(address(page)))

  /** A page of the extension's origin that runs nothing: one of its icons, in a tab that never comes into view. */
  let quiet: Page | undefined
  const quietPage = async (): Promise<Page> => {
    if (quiet && !quiet.isClosed()) return quiet
    const { targetId } = await control.send('Target.createTarget', { url: address('icon/16.png'), background: true })
    const target = await puppet.waitForTarget(seen => (seen as unknown as { _targetId: string })._targetId === targetId, { timeout: 20_000 })
    const opened = await target.asPage()
    await until('a page of the extension', () => opened.evaluate(wanted => location.href === wanted && document.readyState === 'complete', address('icon/16.png')).catch(() => false), 20_000)
    return (quiet = opened)
  }

  const machine: ChromiumMachine = {
    browser: 'chromium',
    version: await puppet.version(),
    profile,
    downloads,
    puppet,
    id,
    pid: child.pid!,
    async open(url) {
      const blank = (await puppet.pages()).find(page => page.url() === 'about:blank')
      const page = blank ?? (await puppet.newPage())
      await page.bringToFront()
      await page.goto(url, { waitUntil: 'domcontentloaded', timeout: 60_000 }).catch((error: unknown) => {
        // A page that leads elsewhere at once, or is reloaded by the extension, is no failure.
        if (!/ERR_ABORTED|frame was detached/.test(String(error))) throw error
      })
      return page
    },
    async popup(): Promise<Popup> {
      const page = await machine.popupPage()
      return {
        text: () => textOf(page),
        press: (role, name, milliseconds) => press(page, role, name, milliseconds),
        shows: (role, name) => shows(page, role, name),
      }
    },
    async popupPage() {
      const open = targetOf('popup.html')
      if (open) return open.asPage()
      return until(
        'the popup',
        async () => {
          await machine
            .inside(async () => {
              const api = (globalThis as unknown as { chrome: { action: { openPopup(): Promise<void> } } }).chrome
              await api.action.openPopup()
            })
            .catch(() => undefined)
          for (let turn = 0; turn < 20; turn++) {
            const target = targetOf('popup.html')
            if (target) return target.asPage()
            await sleep(50)
          }
          return undefined
        },
        15_000,
      )
    },
    async closePopup() {
      const target = targetOf('popup.html')
      if (!target) return
      const page = await target.asPage()
      await page.close().catch(() => undefined)
      await until('the popup to close', () => !targetOf('popup.html'), 5000)
    },
    extensionPage: (page, milliseconds = 20_000) => until(`the page ${page}`, () => targetOf(page)?.asPage(), milliseconds),
    async inside(run, ...given) {
      const page = await quietPage()
      return (await page.evaluate(run as string | ((...parameters: unknown[]) => unknown), ...given)) as never
    },
    downloaded: (names, milliseconds) => filesIn(downloads, names, milliseconds),
    async stopWorker() {
      const workers = puppet.targets().filter(target => target.type() === 'service_worker' && target.url().startsWith(address('')))
      for (const worker of workers) {
        await control.send('Target.closeTarget', { targetId: (worker as unknown as { _targetId: string })._targetId }).catch(() => undefined)
      }
      return workers.length
    },
    async kill() {
      child.kill('SIGKILL')
      await ended(child)
      await puppet.disconnect().catch(() => undefined)
    },
    async close() {
      await close(puppet, child)
      if (!options.profile) await removeProfile(profile)
    },
    async trace() {
      await close(puppet, child)
      return readTrace(netLog(profile))
    },
  }
  if (origins.length > 0 && id) {
    const has = await machine.inside(wanted => (globalThis as unknown as { chrome: { permissions: { contains(asked: object): Promise<boolean> } } }).chrome.permissions.contains({ origins: wanted }), origins)
    if (!has) throw new Error(`Chromium did not take ${origins.join(', ')} as allowed for ${id}`)
  }
  if (id && !options.greeted) {
    await pastGreeting(machine, async () => {
      const greeting = targetOf('workspace.html#welcome') as unknown as { _targetId: string } | undefined
      if (!greeting) return
      // Closed while it asks for its texts, Chromium would have none for this extension until it is started anew.
      const drawn = await (greeting as unknown as Target).asPage()
      await until('the greeting to be drawn', () => drawn.evaluate(() => (document.querySelector('h1')?.textContent ?? '') !== '').catch(() => false), 20_000)
      await control.send('Target.closeTarget', { targetId: greeting._targetId })
      await until('the greeting to be closed', () => !targetOf('workspace.html#welcome'), 20_000)
    })
  }
  return machine
}

/** Takes a profile's folder away; a browser that has just ended may still be writing. */
export const removeProfile = async (profile: string): Promise<void> => {
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }).catch(() => undefined)
}

interface NetLog {
  constants: { logEventTypes: Record<string, number> }
  events: { type: number; params?: { url?: string; method?: string; initiator?: string } }[]
}

/** The requests in Chromium's own network log (`--log-net-log`), which also has those of workers and of the extension. */
const readTrace = async (path: string): Promise<TracedRequest[]> => {
  const log: NetLog = JSON.parse(await readFile(path, 'utf8'))
  const begun = log.constants.logEventTypes.URL_REQUEST_START_JOB
  return log.events.flatMap(({ type, params }) =>
    type === begun && params?.url
      ? [{ url: params.url, method: params.method ?? 'GET', ...(params.initiator && params.initiator !== 'not an origin' ? { initiator: params.initiator } : {}) }]
      : [],
  )
}

