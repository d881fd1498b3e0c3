import tlds from 'tlds'
import { defineConfig } from 'wxt'
import { hostsOf, mediaHostsOf, rooms } from './lib/networks/rooms.ts'

/** Hosts are optional and asked for one network at a time, on the person's click; never at install. */
const hosts = Object.values(rooms).flatMap(room => hostsOf(room).map(host => `https://${host}/*`))
const mediaHosts = Object.values(rooms).flatMap(room => mediaHostsOf(room).map(host => `https://${host}/*`))

/**
 * Public names only, and https only: whoever an answer leads to, a redirect too, the browser asks nobody at a literal address (127.0.0.1, a router) nor under a
 * name without a public top level (localhost, *.local). A policy can't leave addresses out, so it names all top levels there are (IANA's list, by the package
 * `tlds`: a new one comes with its update), and those that are kept for examples and tests (RFC 2606). `arpa` has the names of home networks (RFC 8375).
 */
const publicNames = [...tlds.filter(tld => tld !== 'arpa'), 'example', 'invalid', 'test'].map(tld => `https://*.${new URL(`https://a.${tld}`).hostname.slice(2)}`)

/** Comments of the build name their files from the root, so that the same sources give the same bytes in any folder. */
const pathsFromRoot = {
  name: 'paths-from-root',
  renderChunk: (code: string) => code.replaceAll(new URL('.', import.meta.url).pathname, ''),
}

export default defineConfig({
  manifestVersion: 3,
  imports: false,
  outDir: '.output',
  vite: () => ({ plugins: [pathsFromRoot], build: { minify: false, sourcemap: false, modulePreload: { polyfill: false } } }),
  manifest: ({ browser }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    icons: Object.fromEntries([16, 32, 48, 96, 128].map(size => [size, `icon/${size}.png`])),
    permissions: ['storage', 'unlimitedStorage', 'scripting', 'activeTab', 'alarms', 'declarativeNetRequestWithHostAccess'],
    // Asked for where the person presses "Tell me when it is done".
    optional_permissions: ['notifications'],
    // `https://*/*` is never asked for whole: it is there so that single servers can be, when the person looks somebody up.
    optional_host_permissions: [...new Set([...hosts, ...mediaHosts, 'https://*/*'])],
    content_security_policy: {
      extension_pages: `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' ${publicNames.join(' ')}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'holdall@holdall.invalid',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'], optional: ['personallyIdentifyingInfo', 'websiteContent'] },
            },
          },
        }
      : { minimum_chrome_version: '120' }),
  }),
})
