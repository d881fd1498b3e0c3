/** Finds the browsers on this machine, and installs one where there is none, saying so. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export type BrowserName = 'chromium' | 'firefox'

/** Google Chrome is not among them: it no longer loads an unpacked extension from the command line. */
const COMMANDS: Record<BrowserName, string[]> = {
  chromium: ['chromium', 'chromium-browser', 'ungoogled-chromium'],
  firefox: ['firefox-esr', 'firefox', 'firefox-developer-edition'],
}

const OVERRIDE: Record<BrowserName, string> = { chromium: 'HOLDALL_CHROMIUM', firefox: 'HOLDALL_FIREFOX' }

const say = (text: string) => process.stderr.write(`setup: ${text}\n`)

/** What a browser says about itself, or undefined where it does not start. */
const versionOf = (path: string): string | undefined => {
  const asked = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 })
  return asked.status === 0 ? asked.stdout.trim() : undefined
}

const onPath = (command: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(process.platform === 'win32' ? ';' : ':')
    .map(folder => join(folder, process.platform === 'win32' ? `${command}.exe` : command))
    .find(path => existsSync(path))

const playwrightsChromium = async (): Promise<string | undefined> => {
  const { chromium } = await import('playwright-core')
  const path = chromium.executablePath()
  return path && existsSync(path) ? path : undefined
}

/** @returns path of a browser that starts, or undefined */
export const findBrowser = async (name: BrowserName): Promise<string | undefined> => {
  const named = process.env[OVERRIDE[name]]
  if (named) return named
  const paths = COMMANDS[name].map(onPath).filter(path => path !== undefined)
  const found = paths.find(path => versionOf(path))
  if (found) return found
  return name === 'chromium' ? playwrightsChromium() : undefined
}

/** A way to become root without a question, or undefined. */
const asRoot = (): string[] | undefined => {
  if (process.getuid?.() === 0) return []
  return onPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined
}

const run = (command: string[]): boolean => {
  say(command.join(' '))
  const [first, ...rest] = command
  return spawnSync(first!, rest, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
}

const aptInstall = (packages: string[]): void => {
  const root = asRoot()
  if (!root || !onPath('apt-get')) return
  run([...root, 'apt-get', 'update', '-q'])
  for (const name of packages) if (run([...root, 'apt-get', 'install', '-y', '-q', '--no-install-recommends', name])) return
}

/**
 * The browser, installed first where it is missing: by apt where this is root or may be, else the build that
 * Playwright (Chromium) or Puppeteer (Firefox) offers.
 * @throws where nothing of that gave a browser that starts
 */
export const needBrowser = async (name: BrowserName): Promise<string> => {
  const found = await findBrowser(name)
  if (found) return found
  say(`there is no ${name === 'chromium' ? 'Chromium' : 'Firefox'} here yet; installing one.`)
  aptInstall(name === 'chromium' ? ['chromium', 'chromium-browser'] : ['firefox-esr', 'firefox'])
  const installed = await findBrowser(name)
  if (installed) return installed
  if (name === 'chromium') {
    const root = asRoot() !== undefined && onPath('apt-get') ? ['--with-deps'] : []
    run(['npx', 'playwright-core', 'install', ...root, '--no-shell', 'chromium'])
    const path = await playwrightsChromium()
    if (path && versionOf(path)) return path
  } else {
    const folder = join(process.env.XDG_CACHE_HOME ?? join(process.env.HOME ?? '.', '.cache'), 'holdall')
    say(`npx browsers install firefox@stable --path ${folder}`)
    const line = execFileSync('npx', ['browsers', 'install', 'firefox@stable', '--path', folder, '--format', '{{path}}'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 2],
    })
    const path = line.trim().split('\n').at(-1)
    if (path && versionOf(path)) return path
  }
  throw new Error(`No ${name} could be found or installed. Install one and name it: ${OVERRIDE[name]}=/path/to/${name}`)
}
