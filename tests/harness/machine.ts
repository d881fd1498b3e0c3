/** What a browser with Holdall in it offers to `npm start`, the tests and the benchmarks, whichever browser it is. */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'

export interface MachineOptions {
  /** Host names (or `*.name`) that lead to `port` on 127.0.0.1; every other name leads nowhere. */
  hosts: string[]
  port: number
  /** Further names (`*`: all others) that lead to other ports; they come first. A port of 0: the name leads nowhere. */
  beside?: { hosts: string[]; port: number }[]
  /** Folder of the browser's profile; a new one if absent. Give it again to start the same browser anew. */
  profile?: string
  /** Folder of the unpacked extension; null: a browser without it. Absent: the production build. */
  extension?: string | null
  /** Hosts that the extension may already read, as if the person had said yes. Firefox needs none: it is told to ask no questions. */
  allowed?: string[]
  headed?: boolean
  /** Leaves the page open that greets a person after the install; else it is closed before anything else happens. */
  greeted?: boolean
  /** The browser's interface language, e.g. `ja`. */
  language?: string
}

export type Role = 'button' | 'link' | 'checkbox' | 'tab'

/** The extension's real popup. It may close itself at any time; whatever is asked of it then throws. */
export interface Popup {
  /** What it says to a reader. */
  text(): Promise<string>
  /** Presses what has this role and accessible name. @throws if it does not come within `milliseconds` */
  press(role: Role, name: string, milliseconds?: number): Promise<void>
  shows(role: Role, name: string): Promise<boolean>
}

export interface Machine {
  browser: 'chromium' | 'firefox'
  version: string
  profile: string
  /** Where downloads are saved. */
  downloads: string
  /** Opens an address in a new tab that is then in view. */
  open(url: string): Promise<Page>
  /** The popup over the tab in view; the open one if there is one. */
  popup(): Promise<Popup>
  closePopup(): Promise<void>
  /** One of the extension's own pages, e.g. `workspace.html`, if it is open. */
  extensionPage(path: string, milliseconds?: number): Promise<Page>
  /** Runs a function, or a script's text, in a page of the extension's origin that runs none of its code. */
  inside<A extends unknown[], T>(run: string | ((...given: A) => T | Promise<T>), ...given: A): Promise<T>
  /** Waits for these files in `downloads`. @returns their paths */
  downloaded(names: RegExp[], milliseconds?: number): Promise<string[]>
  /** Ends the background worker, as the browser does by itself. @returns how many there were: one, or none if it slept */
  stopWorker(): Promise<number>
  /** Ends the browser at once (SIGKILL). */
  kill(): Promise<void>
  close(): Promise<void>
}

export const sleep = (milliseconds: number): Promise<void> => new Promise(done => setTimeout(done, milliseconds))

/** Asks until there is an answer. @throws after `milliseconds`, naming what was waited for */
export const until = async <T>(what: string, ask: () => T | undefined | false | Promise<T | undefined | false>, milliseconds = 30_000): Promise<T> => {
  const end = Date.now() + milliseconds
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (Date.now() > end) throw new Error(`Waited ${milliseconds / 1000} s in vain for ${what}`)
    await sleep(100)
  }
}

/**
 * Waits until the extension has greeted, in this start of the browser or in one before, and closes its page: so no test meets a tab that it did not open.
 * @param close closes that page, if it is there
 */
export const pastGreeting = async (machine: Pick<Machine, 'inside'>, close: () => Promise<void>): Promise<void> => {
  // The background writes this down after it has opened the page.
  await until('the greeting after the install', () => machine.inside(async () => {
    interface Api { storage: { local: { get(key: string): Promise<{ greeted?: boolean }> } } }
    const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome: Api }
    return (await (browser ?? chrome).storage.local.get('greeted')).greeted === true
  }), 30_000)
  await close()
}

const unfinished = /\.(crdownload|part|tmp)$/

/** Waits until the folder holds a finished file for each pattern. @returns paths in the order of the patterns */
export const filesIn = (folder: string, names: RegExp[], milliseconds = 60_000): Promise<string[]> =>
  until(
    `${names.join(', ')} in the downloads`,
    async () => {
      const present = existsSync(folder) ? await readdir(folder) : []
      if (present.some(name => unfinished.test(name))) return undefined
      const found = names.map(pattern => present.find(name => pattern.test(name)))
      return found.every(name => name !== undefined) ? found.map(name => join(folder, name)) : undefined
    },
    milliseconds,
  )

const byName = (role: Role, name: string): string => `::-p-aria([name="${name.replaceAll('"', '\\"')}"][role="${role}"])`

/** Whether an element of this role and accessible name is there now. */
export const shows = async (page: Page, role: Role, name: string): Promise<boolean> => {
  const found = await page.$(byName(role, name)).catch(() => null)
  await found?.dispose().catch(() => undefined)
  return found !== null
}

/** Presses what has this role and accessible name, as a person would with the mouse. @throws if it does not come within `milliseconds` */
export const press = async (page: Page, role: Role, name: string, milliseconds = 15_000): Promise<void> => {
  try {
    await page.locator(byName(role, name)).setTimeout(milliseconds).click()
  } catch (error) {
    const text = await textOf(page).catch(() => '(the page is gone)')
    throw new Error(`Could not press the ${role} "${name}": ${error instanceof Error ? error.message : error}\nThe page says:\n${text}`, { cause: error })
  }
}

/** What the page says to a reader. */
export const textOf = (page: Page): Promise<string> => page.evaluate(() => document.body?.innerText ?? '')
