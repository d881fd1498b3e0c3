/** What holds of every network in the registry, whichever it is. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPublic } from '../../../lib/browser/private.ts'
import { checked } from '../../../lib/capture/keep.ts'
import { nothing, type Answer, type Reading } from '../../../lib/model/index.ts'
import { answersAt, hostsOf, networks, type Network } from '../../../lib/networks/index.ts'
import { mediaHostsOf, roomAt, rooms } from '../../../lib/networks/rooms.ts'
import { simulations } from '../../networks/index.ts'

const root = new URL('../../../', import.meta.url).pathname
const all = Object.entries(networks)
const each = (test: (network: Network) => void): void => all.forEach(([, network]) => test(network))
/** Where a network has many servers: one of them. */
const origin = 'https://server.example'
const viewer = { id: '12345', handle: 'ada.of.example' }

const filesUnder = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter(name => name !== 'node_modules').flatMap(name => (statSync(join(folder, name)).isDirectory() ? filesUnder(join(folder, name)) : [join(folder, name)])) : []

describe('the registry', () => {
  it('has each network once, with a reader, a simulation and notes that say when they were written', () => {
    expect(Object.keys(networks).toSorted()).toEqual(Object.keys(rooms).toSorted())
    expect(Object.keys(simulations).toSorted()).toEqual(Object.keys(rooms).toSorted())
    for (const [id, network] of all) {
      expect(network.id).toBe(id)
      expect(readFileSync(join(root, 'lib/networks', id, 'NOTES.md'), 'utf8'), id).toMatch(/\b20\d\d-\d\d(-\d\d)?\b/)
    }
    expect(new Set(all.map(([, { name }]) => name)).size).toBe(all.length)
  })
  it('gives no host to two networks', () => {
    const hosts = all.flatMap(([, network]) => [...hostsOf(network), ...(network.answerHosts ?? [])])
    expect(new Set(hosts).size).toBe(hosts.length)
  })
})

describe('pages', () => {
  it('are told from each other: every predicate on every example of all networks', () => {
    for (const [id, network] of all) {
      for (const [name, page] of Object.entries(network.pages)) {
        expect(page.examples.length, `${id} ${name}`).toBeGreaterThan(0)
        for (const example of page.examples) expect(page.match(new URL(example)), `${id} ${name} ${example}`).toBeDefined()
        for (const example of page.counterExamples) expect(page.match(new URL(example)), `${id} ${name} not ${example}`).toBeUndefined()
        // A network of many servers can be anywhere; it is asked last, where no other network is at home.
        if (typeof network.hosts === 'function') continue
        for (const [other, { pages }] of all) {
          if (other === id) continue
          for (const example of Object.values(pages).flatMap(one => one.examples)) expect(page.match(new URL(example)), `${id} ${name} at ${example}`).toBeUndefined()
        }
      }
    }
  })
  it('of sections are where the section says', () => {
    each(network => {
      for (const plan of network.sections) {
        // A path alone is on the site that the tab shows.
        const address = new URL(plan.address({ ...viewer, handle: typeof network.hosts === 'function' ? `ada@${new URL(origin).host}` : viewer.handle }), network.home).href
        expect(network.pages[plan.page]?.match(new URL(address)), `${network.id} ${plan.section} ${address}`).toBeDefined()
        expect(typeof network.hosts === 'function' ? network.id : roomAt(address)?.id).toBe(network.id)
      }
    })
  })
  it('have patterns that are regular expressions', () => {
    each(network => {
      for (const pattern of [...network.answers, ...network.barriers.challenge, ...network.barriers.loginWall]) expect(() => new RegExp(pattern)).not.toThrow()
    })
  })
})

describe('networks that are asked', () => {
  const asked = all.filter(([, network]) => network.api)
  it.each(asked)('%s: only public servers, told by name, from what a person may type', (_, { api, sections }) => {
    const subject = api!.subject(api!.example)
    expect(subject, api!.example).toBeDefined()
    expect(api!.subject(` ${api!.example} `.trim())).toEqual(subject)
    for (const text of ['', ' ', 'hello', '@', 'http://', 'https://127.0.0.1/@x', '\u0000', 'x'.repeat(5000)]) expect(() => api!.subject(text)).not.toThrow()
    const first = api!.begin(subject!)
    expect(first.length).toBeGreaterThan(0)
    for (const { url, section } of first) {
      expect(isPublic(url), url).toBe(true)
      expect([undefined, ...sections.map(plan => plan.section)]).toContain(section)
    }
    expect(api!.asks.length).toBeGreaterThan(0)
    expect(api!.everyMs).toBeGreaterThanOrEqual(50)
  })
})

const recorded = join(root, '../shared/recorded')
/** Text, and bytes where it is none. */
const load = (path: string): Answer['body'] => {
  const bytes = new Uint8Array(readFileSync(path))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes
  }
}

const answerTo = (network: Network, body: Answer['body'], more: Partial<Answer> = {}): Answer => ({
  url: network.home, page: network.home, status: 200, contentType: typeof body === 'string' ? 'application/json' : 'application/octet-stream', body, seenAt: '2026-11-20T00:00:00Z', ...more,
})

/** Every record is whole, as it is checked before it is kept. */
const isWhole = (reading: Reading): void => {
  expect(checked(reading).unread.filter(({ reason }) => reason === 'invalid-records')).toEqual([])
  for (const one of [...reading.profiles, ...reading.follows]) expect(one.id && (one.handle || one.url)).toBeTruthy()
  for (const post of reading.posts) if (post.repostOf) expect(post.text).toBeUndefined()
  for (const ask of reading.next ?? []) expect(isPublic(ask.url), ask.url).toBe(true)
}

describe('readers', () => {
  it.each(all)('%s: total on anything', (_, network) => {
    const url = fc.constantFrom(network.home, `${network.home}api/v1/x`, `${network.home}graphql/query`, 'file:///a.csv', 'file:///pasted.txt', ...Object.values(network.pages).flatMap(page => page.examples))
    const json = fc.jsonValue({ maxDepth: 4 }).map(value => JSON.stringify(value))
    const body = fc.oneof(json, fc.string({ unit: 'binary' }), fc.uint8Array(), json.map(text => `<script type="application/json">${text}</script>`), json.map(text => `for (;;);${text}`))
    fc.assert(
      fc.property(url, body, fc.constantFrom(200, 204, 302, 400, 401, 403, 404, 429, 461, 500), fc.option(fc.record({ operation: fc.string(), variables: fc.jsonValue() }), { nil: undefined }), (address, text, status, request) => {
        const reading = network.read(answerTo(network, text, { url: address, page: address.startsWith('file:') ? network.home : address, status, request }))
        expect(Object.keys(nothing()).every(key => Array.isArray(reading[key as 'posts']))).toBe(true)
        isWhole(reading)
        network.viewer({ page: address, documents: typeof text === 'string' ? [text] : [] })
      }),
      { numRuns: 150 },
    )
  })

  describe.skipIf(!existsSync(recorded))('on recorded answers (skipped where they are not there)', () => {
    const files = filesUnder(recorded).filter(path => statSync(path).size < 4_000_000 && !/INDEX|\.md$/.test(path))
    it.each(all)('%s: no throw and no broken record, whichever network they are of', (id, network) => {
      for (const path of files) {
        const body = load(path)
        const reading = network.read(answerTo(network, body))
        isWhole(reading)
        expect(reading.profiles.length + reading.follows.length + reading.posts.length, `${relative(recorded, path)} as ${id}`).toBeGreaterThanOrEqual(0)
      }
    })
    it('have nobody in them who stands in our own fixtures', () => {
      const handles = new Set<string>()
      for (const path of files) {
        const id = relative(recorded, path).split('/')[0]!
        if (/synthetic/i.test(path)) continue
        const reading = networks[id]?.read(answerTo(networks[id], load(path)))
        for (const one of [...(reading?.profiles ?? []), ...(reading?.follows ?? [])]) if (one.handle.length > 7 && !/^\d+$/.test(one.handle)) handles.add(one.handle.toLowerCase())
      }
      const ours = [...filesUnder(join(root, 'tests')), ...filesUnder(join(root, 'lib/networks'))].filter(path => /\.(ts|js|json|html|csv)$/.test(path) && !path.endsWith('recorded.test.ts'))
      const found = ours.flatMap(path => {
        // A comment may name the site that a fact is from.
        const words = new Set(readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '').toLowerCase().match(/[\w.-]{8,}/g) ?? [])
        return [...handles].filter(handle => words.has(handle)).map(handle => `${relative(root, path)}: ${handle}`)
      })
      expect(found).toEqual([])
    })
  })
})

describe('fixtures', () => {
  it('hold no mail address, and no token but those that are made to be looked for', () => {
    const found = [...filesUnder(join(root, 'tests/networks')), ...filesUnder(join(root, 'tests/unit/networks'))].flatMap(path => {
      const text = readFileSync(path, 'utf8')
      const mails = (text.match(/(?<![@/\w.])[\w.+-]+@(?:gmail|googlemail|outlook|hotmail|yahoo|icloud|gmx|proton(?:mail)?|web)\.\w+/gi) ?? []).filter(mail => !/example/.test(mail))
      const tokens = text.match(/\b(?:EAA[A-Za-z0-9]{60,}|AAAAAAAAAAAAAAAAAAAAA[\w%]{60,}|eyJhbGciOi[\w-]{20,}\.[\w-]{20,})/g) ?? []
      return [...mails, ...tokens].map(word => `${relative(root, path)}: ${word}`)
    })
    expect(found).toEqual([])
  })
  it('of simulated sites answer on no host beyond their network’s own', async () => {
    for (const [id, simulate] of Object.entries(simulations)) {
      const site = await simulate({ follows: 1, posts: 1 })
      await site.close()
      const network = networks[id]!
      const known = [...hostsOf(network, origin), ...(network.answerHosts ?? []), ...mediaHostsOf(network)]
      expect(answersAt(network, new URL(site.home)) || typeof network.hosts === 'function', id).toBe(true)
      // Whom an interface is asked of is told by name before; hosts of files need no answer.
      const isKnown = (host: string): boolean => network.api !== undefined || known.some(one => one === host || (one.startsWith('*.') && (host.endsWith(one.slice(1)) || host === one.slice(2)))) || /static|abs|cdn|img|media|edge/.test(host)
      expect(site.hosts.filter(host => !isKnown(host)), id).toEqual([])
    }
  })
})
