/** Handing a file over as a person does: through the workspace's own page. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { onTestFinished } from 'vitest'
import { removeProfile } from '../harness/chromium.ts'
import { until, type Machine } from '../harness/machine.ts'

/** A file of this name, which goes with the test. @returns its path */
export const fileOf = async (name: string, content: Uint8Array | string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'holdall-hand-in-'))
  onTestFinished(() => removeProfile(folder))
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

/** The workspace, opened at the address that the popup opens. */
export const openWorkspace = async (machine: Machine, query: string): Promise<Page> => {
  // A page may open none of its own accord in every browser; the extension may.
  await machine.inside(async address => {
    interface Api { tabs: { create(of: { url: string }): Promise<unknown> }; runtime: { getURL(path: string): string } }
    const world = globalThis as unknown as { browser?: Api; chrome: Api }
    const api = world.browser ?? world.chrome
    await api.tabs.create({ url: api.runtime.getURL(address) })
  }, `workspace.html${query}`)
  return (await machine.extensionPage('workspace.html')) as unknown as Page
}

export const choose = async (page: Page, path: string): Promise<void> => {
  const input = await page.waitForSelector('input[type="file"]')
  await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(path)
}

/** Waits until the page says this. @returns all that it says then */
export const says = async (page: Page, about: RegExp, milliseconds = 60_000): Promise<string> => {
  let text = ''
  // A page that is still being opened does not answer.
  const look = (): Promise<string> => page.evaluate(() => document.body.innerText).catch(() => '')
  await until(`the page to say ${about}`, async () => about.test((text = await look())), milliseconds).catch((error: unknown) => {
    throw new Error(`The page does not say ${about}, but:\n${text}`, { cause: error })
  })
  return text
}
