/** Host permissions: none at install; asked for one network at a time. */
import browser from 'webextension-polyfill'

const patterns = (hosts: string[]) => ({ origins: hosts.map(host => `https://${host}/*`) })

/** Whether all of these hosts are allowed. */
export const allowed = (hosts: string[]): Promise<boolean> => browser.permissions.contains(patterns(hosts))

/** Asks the person. Must be the first call in a click handler. In Chromium the question closes the popup, and this never answers there. */
export const requestHosts = (hosts: string[]): Promise<boolean> => browser.permissions.request(patterns(hosts))

/** Calls back when a permission was given or taken away. @returns stop */
export const onPermissionsChanged = (changed: () => void): (() => void) => {
  browser.permissions.onAdded.addListener(changed)
  browser.permissions.onRemoved.addListener(changed)
  return () => {
    browser.permissions.onAdded.removeListener(changed)
    browser.permissions.onRemoved.removeListener(changed)
  }
}
