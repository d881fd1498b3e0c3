/** Host permissions: none at install; asked for one network at a time. */
import browser from 'webextension-polyfill'

const patterns = (hosts: string[]) => ({ origins: hosts.map(host => `https://${host}/*`) })

/** Whether all of these hosts are allowed. */
export const allowed = (hosts: string[]): Promise<boolean> => browser.permissions.contains(patterns(hosts))

/** Asks the person. Must be the first call in a click handler. In Chromium the question closes the popup, and this never answers there. */
export const requestHosts = (hosts: string[]): Promise<boolean> => browser.permissions.request(patterns(hosts))

/** What Firefox calls the handles that a look-up sends, and the answers about people: consent is asked for together with the hosts (manifest key `data_collection_permissions`, Firefox 140). */
const DATA = ['personallyIdentifyingInfo', 'websiteContent']
interface Asked { origins?: string[]; data_collection?: string[] }

/** Whether this browser has consent of its own to sending data: told from the manifest, since a click handler may wait for nothing. */
const hasConsent = (): boolean => {
  const { browser_specific_settings: settings } = browser.runtime.getManifest() as { browser_specific_settings?: { gecko?: { data_collection_permissions?: unknown } } }
  return settings?.gecko?.data_collection_permissions !== undefined
}
const consent = (): Asked => (hasConsent() ? { data_collection: DATA } : {})

/** Whether the browser's own consent to look-ups is given, where it has one. */
export const mayLookUp = async (): Promise<boolean> => !hasConsent() || browser.permissions.contains(consent() as browser.Permissions.AnyPermissions)

/**
 * Asks the person for a look-up: for the servers that answer only with leave, and for the browser's own consent where it has one. Must be the first call in a
 * click handler; answers at once where there is nothing to ask for. In Chromium the question closes the popup, and this never answers there.
 */
export const requestLookUp = (hosts: string[]): Promise<boolean> => {
  const asked: Asked = { ...(hosts.length ? patterns(hosts) : {}), ...consent() }
  return Object.keys(asked).length ? browser.permissions.request(asked as browser.Permissions.Permissions) : Promise.resolve(true)
}

/** Calls back when a permission was given or taken away. @returns stop */
export const onPermissionsChanged = (changed: () => void): (() => void) => {
  browser.permissions.onAdded.addListener(changed)
  browser.permissions.onRemoved.addListener(changed)
  return () => {
    browser.permissions.onAdded.removeListener(changed)
    browser.permissions.onRemoved.removeListener(changed)
  }
}
