/** The packages as they are shipped: what they may do, what they hold, how large they are. Needs `npm run build`. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { hostsOf, mediaHostsOf, rooms } from '../../../lib/networks/rooms.ts'
import { CHROME_BUILD, FIREFOX_BUILD, ROOT } from '../../harness/paths.ts'
import { textBecomesCode } from './lines.ts'
import { filesUnder, parse } from './source.ts'

const builds = { chrome: CHROME_BUILD, firefox: FIREFOX_BUILD }
const PERMISSIONS = ['activeTab', 'alarms', 'declarativeNetRequestWithHostAccess', 'scripting', 'storage', 'unlimitedStorage']

interface Manifest {
  manifest_version: number
  permissions?: string[]
  optional_permissions?: string[]
  host_permissions?: string[]
  optional_host_permissions?: string[]
  content_scripts?: unknown
  web_accessible_resources?: unknown
  externally_connectable?: unknown
  content_security_policy?: { extension_pages?: string; sandbox?: string }
  background?: { service_worker?: string; scripts?: string[] }
  icons?: Record<string, string>
  default_locale?: string
  browser_specific_settings?: { gecko?: { data_collection_permissions?: { required?: string[] } } }
}

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8')
const relativeTo = (folder: string): string => folder.slice(ROOT.length)
const gzip = (folder: string, file: string): number => gzipSync(read(folder, file)).length

describe.each(Object.entries(builds))('the package for %s', (browser, folder) => {
  const built = existsSync(join(folder, 'manifest.json'))
  test('is there (npm run build)', () => expect(built).toBe(true))
  if (!built) return
  const manifest: Manifest = JSON.parse(read(folder, 'manifest.json'))
  const files = filesUnder(relativeTo(folder)).map(path => path.slice(relativeTo(folder).length + 1))
  const scripts = files.filter(file => file.endsWith('.js'))

  test('asks for nothing of a host at install', () => {
    expect(manifest.manifest_version).toBe(3)
    expect(manifest.host_permissions ?? []).toEqual([])
    expect(manifest.content_scripts).toBeUndefined()
    expect(manifest.permissions?.toSorted()).toEqual(PERMISSIONS)
    expect(manifest.optional_permissions).toEqual(['notifications'])
    const hosts = Object.values(rooms).flatMap(room => [...hostsOf(room), ...mediaHostsOf(room)].map(host => `https://${host}/*`))
    expect(manifest.optional_host_permissions?.toSorted()).toEqual([...new Set([...hosts, 'https://*/*'])].toSorted())
  })

  test('opens nothing to pages', () => {
    expect(manifest.web_accessible_resources ?? []).toEqual([])
    expect(manifest.externally_connectable).toBeUndefined()
  })

  test('has a strict policy: its own scripts and styles, no plugins, frames or forms', () => {
    const policy = Object.fromEntries((manifest.content_security_policy?.extension_pages ?? '').split(';').map(part => part.trim().split(/\s+/)).map(([name, ...rest]) => [name, rest.join(' ')]))
    expect(policy).toMatchObject({ 'default-src': "'none'", 'script-src': "'self'", 'style-src': "'self'", 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'" })
    expect(Object.values(policy).join(' ')).not.toMatch(/unsafe|http:/)
    // Names under public top levels, and nothing else: no literal address, no other port, no name of the own network.
    const [own, ...names] = policy['connect-src']?.split(' ') ?? []
    expect(own).toBe("'self'")
    expect(names.filter((name: string) => !/^https:\/\/\*\.[a-z][a-z0-9-]*[a-z0-9]$/.test(name))).toEqual([])
    expect(names).toEqual(expect.arrayContaining(['com', 'net', 'social', 'gy', 'de', 'xn--p1ai'].map(top => `https://*.${top}`)))
    for (const top of ['local', 'localhost', 'internal', 'arpa', 'home', 'lan', 'onion']) expect(names).not.toContain(`https://*.${top}`)
    expect(manifest.content_security_policy?.sandbox).toBeUndefined()
  })

  test('has its texts, its icons and a background', () => {
    expect(manifest.default_locale).toBe('en')
    expect(files).toContain('_locales/en/messages.json')
    for (const icon of Object.values(manifest.icons ?? {})) expect(files).toContain(icon.replace(/^\//, ''))
    expect(Object.keys(manifest.icons ?? {})).toEqual(expect.arrayContaining(['16', '48', '128']))
    expect(browser === 'chrome' ? manifest.background?.service_worker : manifest.background?.scripts?.[0]).toBe('background.js')
    const declared = manifest.browser_specific_settings?.gecko?.data_collection_permissions?.required
    expect(declared).toEqual(browser === 'firefox' ? ['none'] : undefined)
  })

  test('loads no script, style or picture from elsewhere', () => {
    for (const page of files.filter(file => file.endsWith('.html'))) {
      const addresses = [...read(folder, page).matchAll(/\b(?:src|href)="([^"]*)"/g)].map(match => match[1]!)
      expect(addresses.filter(address => /^(?:https?:)?\/\//.test(address)), page).toEqual([])
      expect(read(folder, page), page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/)
    }
  })

  test('turns no text into markup or code, but for what libraries hold and never use here', () => {
    const found = scripts.flatMap(file => textBecomesCode(parse(file, read(folder, file))).map(line => line.replace(/:\d+ /, ' ')))
    expect([...new Set(found)].filter(line => !KNOWN.some(known => known.test(line)))).toEqual([])
  })

  test('has a tap that imports nothing and is under 4 kB gzip', () => {
    expect(parse('tap.js', read(folder, 'tap.js')).imports).toEqual([])
    expect(gzip(folder, 'tap.js')).toBeLessThan(4096)
  })

  test('has a relay without database, schemas of everything or readers', () => {
    // A third of it is the polyfill, half of it what it must know of seven networks' pages; as it is in the sources, not minified.
    expect(gzip(folder, 'relay.js')).toBeLessThan(24_000)
  })

  test('names no file of this machine', () => {
    for (const file of scripts) expect(read(folder, file), file).not.toContain(ROOT)
  })
})

/**
 * Preact can draw `dangerouslySetInnerHTML`, which nothing here uses (the sources are checked for it); Dexie makes no code from text; zod/mini asks once
 * whether `Function` may be used, which only full zod would do.
 */
const KNOWN = [/innerHTML/i, /\bFunction\(/]
