/** Tabs, and the extension's own pages. */
import browser from 'webextension-polyfill'

export interface Tab {
  id: number
  /** Absent where the extension may not see it. */
  url?: string
  windowId?: number
  incognito: boolean
}

const toTab = (tab: browser.Tabs.Tab | undefined): Tab | undefined =>
  tab?.id === undefined ? undefined : { id: tab.id, url: tab.url || undefined, windowId: tab.windowId, incognito: tab.incognito }

/** @returns the tab, if there is one with this id */
export const tabById = async (id: number): Promise<Tab | undefined> => {
  try {
    return toTab(await browser.tabs.get(id))
  } catch {
    return undefined
  }
}

/** The tab that the popup is about: the one named in its own address (`?tab=ID`), else the active one. */
export const currentTab = async (): Promise<Tab | undefined> => {
  const named = Number(new URL(location.href).searchParams.get('tab') ?? Number.NaN)
  if (Number.isSafeInteger(named)) return tabById(named)
  return toTab((await browser.tabs.query({ active: true, currentWindow: true }))[0])
}

/** Opens one of the extension's pages in a tab, or in a window of its own. */
export const openPage = async (path: string, options: { newWindow?: boolean } = {}): Promise<void> => {
  const url = browser.runtime.getURL(path)
  await (options.newWindow ? browser.windows.create({ url, focused: true }) : browser.tabs.create({ url }))
}

/** Loads a tab anew. @returns false if it is gone */
export const reloadTab = async (id: number): Promise<boolean> => {
  try {
    await browser.tabs.reload(id)
    return true
  } catch {
    return false
  }
}

/** Whether the tab holds text that was written and not sent, in one of these elements. Needs the host's permission; false where it can't be told. */
export const hasUnsent = async (id: number, composers: string[]): Promise<boolean> => {
  try {
    const [result] = await browser.scripting.executeScript({
      target: { tabId: id },
      args: [composers],
      // Runs in the page's tab, on its own: nothing from outside this function is there.
      func: (selectors: string[]) =>
        selectors.some(selector => {
          try {
            return [...document.querySelectorAll(selector)].some(element => {
              const text = 'value' in element && typeof element.value === 'string' ? element.value : element.textContent
              return Boolean(text?.trim())
            })
          } catch {
            return false
          }
        }),
    })
    return result?.result === true
  } catch {
    return false
  }
}

/**
 * Reads one text out of JSON that a page carries. Needs the host's permission.
 * @param path keys from the root @returns it, with the page's origin; undefined where it is not there, or may not be read
 */
export const readInTab = async (id: number, selector: string, path: string[]): Promise<{ origin: string; text: string } | undefined> => {
  try {
    const [result] = await browser.scripting.executeScript({
      target: { tabId: id },
      args: [selector, path],
      func: (where: string, keys: string[]) => {
        let value: unknown = JSON.parse(document.querySelector(where)?.textContent ?? 'null')
        for (const key of keys) value = (value as Record<string, unknown> | null | undefined)?.[key]
        return typeof value === 'string' ? { origin: location.origin, text: value } : undefined
      },
    })
    return result?.result as { origin: string; text: string } | undefined
  } catch {
    return undefined
  }
}

/** Calls back when a tab was closed. */
export const onTabClosed = (closed: (id: number) => void): void => {
  browser.tabs.onRemoved.addListener(closed)
}
