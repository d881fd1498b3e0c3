/** What happens once, when the extension comes into a browser. */
import browser from 'webextension-polyfill'
import { openPage } from './tabs.ts'

/** That the page was shown. An extension that is loaded from a folder counts as newly installed at every start of the browser. */
const GREETED = 'greeted'

/**
 * Opens one of the extension's own pages after it was installed, once and never again. Call it while the background starts: the browser tells of an install only those
 * who listen from the beginning.
 * @param path of the page, from the extension's root
 */
export const greetWith = (path: string): void => {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason !== 'install') return
    void (async () => {
      const kept = await browser.storage.local.get(GREETED).catch(() => ({ [GREETED]: true }))
      if (kept[GREETED]) return
      // A browser that is just starting may have no window yet to open a tab in.
      await openPage(path).catch(() => openPage(path, { newWindow: true })).catch(() => undefined)
      await browser.storage.local.set({ [GREETED]: true }).catch(() => undefined)
    })()
  })
}
