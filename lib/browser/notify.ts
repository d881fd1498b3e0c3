/** A notification of the system's when a capture has ended: only where the person asked for it. The browser's own permission is the wish, and is taken back there. */
import browser from 'webextension-polyfill'

const wish = { permissions: ['notifications' as const] }

/** Whether the person asked for it. */
export const mayNotify = (): Promise<boolean> => browser.permissions.contains(wish)

/** Must be the first call in a click handler. In Chromium the question may close the popup. */
export const requestNotify = (): Promise<boolean> => browser.permissions.request(wish)

/** Says so, where it may; a notification that can't be shown is no failure. */
export const notify = async (title: string, message: string): Promise<void> => {
  if (!(await mayNotify().catch(() => false))) return
  await browser.notifications.create({ type: 'basic', iconUrl: browser.runtime.getURL('icon/128.png'), title, message }).catch(() => undefined)
}
