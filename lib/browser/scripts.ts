/** Registers tap and relay, for hosts that are allowed and only while a capture is going on there. */
import browser from 'webextension-polyfill'

/** What should be registered: a name of its own and exact hosts. */
export interface Wanted {
  id: string
  hosts: string[]
}

/**
 * Makes the registered scripts be exactly these. The browser forgets them at a restart and at an update, so this is called at every start
 * of the background.
 */
export const reconcile = async (wanted: Wanted[]): Promise<void> => {
  const registered = await browser.scripting.getRegisteredContentScripts()
  const ids = new Set(wanted.flatMap(({ id }) => [`tap-${id}`, `relay-${id}`]))
  const stale = registered.filter(script => !ids.has(script.id)).map(script => script.id)
  if (stale.length) await browser.scripting.unregisterContentScripts({ ids: stale })
  const there = new Set(registered.map(script => script.id))
  const missing = wanted.flatMap(({ id, hosts }) => {
    const matches = hosts.map(host => `https://${host}/*`)
    const common = { matches, runAt: 'document_start' as const, allFrames: false, persistAcrossSessions: false }
    return [
      { ...common, id: `tap-${id}`, js: ['tap.js'], world: 'MAIN' as const },
      { ...common, id: `relay-${id}`, js: ['relay.js'] },
    ].filter(script => !there.has(script.id))
  })
  if (missing.length) await browser.scripting.registerContentScripts(missing)
}
