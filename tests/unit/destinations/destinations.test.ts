import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { destinationFor, destinationOf, destinations, kinds, nodeInfoAt, readNodeInfo, type Destination } from '../../../lib/destinations/index.ts'
import { relationFiles, followFiles } from '../../../lib/export/index.ts'
import type { Answer } from '../../../lib/model/index.ts'
import { account, follow, store, textOf } from '../export/fake.ts'
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' }

const all: Destination[] = Object.values(destinations)
const dated = /^20\d\d-\d\d(-\d\d)?$/

describe('each destination', () => {
  test.each(all.map(one => [one.id, one] as const))('%s: its facts have a source and a date, its words are there', (id, destination) => {
    expect(Object.keys(destinations)).toContain(id)
    expect(destination.posts.source.length).toBeGreaterThan(3)
    expect(destination.posts.seen).toMatch(dated)
    for (const [kind, taken] of Object.entries(destination.takes)) {
      expect(kinds).toContain(kind)
      expect([taken.source.length > 3, dated.test(taken.seen)]).toEqual([true, true])
      expect(messages).toHaveProperty(`dest_file_${taken.form.replaceAll('-', '_')}`)
      expect(messages).toHaveProperty(`dest_sure_${taken.sure}`)
    }
    expect(destination.traps.length).toBeGreaterThan(0)
    for (const trap of destination.traps) expect(messages).toHaveProperty(`dest_trap_${trap.replaceAll('-', '_')}`)
    expect(destination.posts.imported).toBe(destination.takes.posts !== undefined)
    // Whoever takes no posts is said to, or says what else it takes.
    expect(destination.posts.imported || destination.traps.some(trap => ['posts-not-taken', 'own-form-only', 'not-known'].includes(trap))).toBe(true)
  })

  test('docs/destinations.md says of each what it takes, and its limits', () => {
    const docs = readFileSync(new URL('../../../docs/destinations.md', import.meta.url), 'utf8')
    const number = (value: number): string => (Number.isFinite(value) ? value.toLocaleString('en') : '')
    for (const { id, name, takes, follows, posts } of all) {
      const row = docs.split('\n').find(line => line.startsWith(`| ${name} |`))
      expect([id, row?.split('|').slice(2, -2).map(cell => cell.trim())]).toEqual([
        id, [...kinds.map(kind => takes[kind]?.form ?? ''), number(follows.fileBytes), number(posts.text.max), number(posts.pictures.max)],
      ])
    }
  })
})

describe('which it is', () => {
  test.each([
    ['mastodon', 'mastodon'], ['Mastodon', 'mastodon'], ['glitch-soc', 'mastodon'], ['hometown', 'mastodon'], ['sharkey', 'sharkey'], ['misskey', 'misskey'], ['firefish', 'misskey'], ['calckey', 'misskey'], ['iceshrimp', 'iceshrimp'],
    ['Iceshrimp.NET', 'iceshrimp'], ['gotosocial', 'gotosocial'], ['akkoma', 'pleroma'], ['pleroma', 'pleroma'], ['pixelfed', 'pixelfed'], ['friendica', 'friendica'], ['snac', 'snac'], ['snac2', 'snac'], ['wordpress', 'wordpress'],
    ['peertube', 'peertube'], ['takahe', 'takahe'], ['hollo', 'hollo'], ['neodb', 'neodb'], ['bonfire', 'bonfire'], ['lemmy', undefined], ['', undefined], ['constructor', undefined], ['__proto__', undefined],
  ])('%s: %s', (software, id) => expect(destinationOf(software)?.id).toBe(id))

  test('the person’s own word counts most, then the server’s, else most servers’', () => {
    expect(destinationFor(undefined).id).toBe('mastodon')
    expect(destinationFor({ facts: { software: 'sharkey' } }).id).toBe('sharkey')
    expect(destinationFor({ software: 'keep', facts: { software: 'sharkey' } }).id).toBe('keep')
    expect(destinationFor({ facts: { software: 'something' } }).id).toBe('mastodon')
  })
})

describe('nodeinfo', () => {
  const answer = (body: string, status = 200): Answer => ({ url: 'https://a.example/', page: '', status, contentType: 'application/json', body, seenAt: '2026-11-26T00:00:00Z' })
  const at = (...links: object[]): string | undefined => nodeInfoAt(answer(JSON.stringify({ links })), 'a.example')
  const rel = (version: string): string => `http://nodeinfo.diaspora.software/ns/schema/${version}`

  test('the newest document, on the same host and by https alone', () => {
    expect(at({ rel: rel('2.0'), href: 'https://a.example/2' }, { rel: rel('2.1'), href: 'https://a.example/21' })).toBe('https://a.example/21')
    expect(at({ rel: rel('2.1'), href: 'https://evil.example/21' }, { rel: rel('2.0'), href: 'http://a.example/2' })).toBeUndefined()
    expect(at({ rel: rel('2.1'), href: 'https://a.example:8443/' }, { rel: 'self', href: 'https://a.example/' })).toBeUndefined()
  })

  test('whatever it says: an answer', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), fc.constantFrom(200, 404, 500), (body, status) => {
      expect(() => [nodeInfoAt(answer(body, status), 'a.example'), readNodeInfo(answer(body, status))]).not.toThrow()
    }))
    expect(readNodeInfo(answer('{"software":{"name":"Mastodon","version":"4.6.5"},"openRegistrations":false,"metadata":{"nodeName":"A"}}'))).toEqual({ software: 'mastodon', version: '4.6.5', open: false, title: 'A' })
    expect(readNodeInfo(answer('{"software":{"name":7}}'))).toBeUndefined()
  })
})

describe('files as each wants them', () => {
  const follows = Array.from({ length: 3000 }, (_, at) => follow(`p${String(at).padStart(5, '0')}`, { verdict: 'followable', address: `person.${String(at).padStart(5, '0')}@some-server-with-a-name.example`, reason: 'is-address' }))
  const saved = { words: (reason: string) => reason }

  test.each([destinations.misskey, destinations.friendica, destinations.mastodon].map(one => [one.id, one] as const))('%s: each file is small enough, together they hold everybody once', async (_, { follows: { max, fileBytes } }) => {
    const files = await followFiles(store({ follows }), account, { ...saved, atOnce: { rows: max, bytes: fileBytes } })
    const addresses: string[] = []
    for (const [at, file] of files.entries()) {
      const text = await textOf(file)
      expect(new TextEncoder().encode(text).length).toBe(file.size)
      expect(file.size).toBeLessThanOrEqual(fileBytes)
      const [header, ...lines] = text.trimEnd().split('\n')
      expect(header).toBe('Account address,Show boosts,Notify on new posts,Languages')
      expect([file.rows, file.part, file.parts]).toEqual([lines.length, files.length > 1 ? at + 1 : undefined, files.length > 1 ? files.length : undefined])
      addresses.push(...lines.map(line => line.split(',')[0]!))
    }
    expect(addresses).toEqual(follows.map(({ reach }) => reach.address))
    expect(files.length > 1).toBe(Number.isFinite(fileBytes) && fileBytes < 100_000)
  })

  test('a starter kit where it is asked for', async () => {
    const files = await followFiles(store({ follows: follows.slice(0, 3) }), account, { ...saved, starterKit: true })
    expect(files.map(({ name }) => name)).toEqual(['following_accounts.csv', 'starter-kit.json'])
    expect(JSON.parse(await textOf(files[1]!))).toMatchObject({ type: 'OrderedCollection', totalItems: 3, orderedItems: follows.slice(0, 3).map(({ reach }) => reach.address) })
  })

  test('blocks and mutes with a first line, or without', async () => {
    const kept = { account, runId: 'r', firstSeen: '', lastSeen: '' }
    const relations = (['block', 'mute'] as const).map(relation => ({ id: relation, handle: `${relation}@a.example`, relation, key: relation, ...kept }))
    const texts = async ({ follows: { files } }: Destination): Promise<string[]> =>
      Promise.all((await relationFiles(store({ relations }), account, { block: files.blocking.header, mute: files.muting.header })).map(textOf))
    expect(await texts(destinations.mastodon)).toEqual(['block@a.example\n', 'Account address,Hide notifications\nmute@a.example,true\n'])
    expect(await texts(destinations.pleroma)).toEqual(['block@a.example\n', 'mute@a.example\n'])
    expect(await texts(destinations.bonfire)).toEqual(['Account address\nblock@a.example\n', 'Account address,Hide notifications\nmute@a.example,true\n'])
  })
})
