import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostsFor } from '../../../lib/media/hosts.ts'
import { beforeAsking, fromHead, fromRefusal, LONGEST, mayAsk } from '../../../lib/media/judge.ts'
import { networks } from '../../../lib/networks/index.ts'
import { rooms } from '../../../lib/networks/rooms.ts'

const hosts = ['*.cdn.example', 'media.example']
const now = Date.parse('2026-11-22T10:00:00Z')

describe('whom may be asked', () => {
  test.each(['https://a.cdn.example/x.jpg', 'https://b.a.cdn.example/', 'https://media.example/x?y=1', 'https://MEDIA.example/'])('%s', url => expect(mayAsk(url, hosts)).toBe(true))
  test.each([
    'http://media.example/', 'https://cdn.example/', 'https://notcdn.example/', 'https://evil.example/media.example', 'https://media.example.evil.example/', 'https://media.example:8443/', 'https://me@media.example/',
    'https://media.example@evil.example/', 'ftp://media.example/', 'data:image/png;base64,', 'blob:https://media.example/1', 'file:///etc/passwd', '//media.example/', '', 'x', 'https://', '\0',
  ])('not %s', url => expect(mayAsk(url, hosts)).toBe(false))
  test.each(['127.0.0.1', '10.0.0.1', '192.168.1.1', '169.254.169.254', '[::1]', '[fe80::1]', 'localhost', 'router.local', 'printer.home.arpa', 'x.internal', '2130706433', '0x7f.1', '93.184.216.34'])('nobody of the person’s own network, and no bare number, even if listed: %s', host => {
    expect(mayAsk(`https://${host}/x.jpg`, [host, new URL(`https://${host}/`).hostname, '*.local'])).toBe(false)
  })
  test('whatever a page says, only hosts that are listed', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webUrl({ withQueryParameters: true }).map(url => url.replace('//', '//media.example@'))), url => {
      expect(!mayAsk(url, hosts) || /^(?:media\.example|.+\.cdn\.example)$/.test(new URL(url).hostname)).toBe(true)
    }))
  })
  test('the media hosts of every network are hosts of its own, or those that were seen', async () => {
    for (const room of Object.values(rooms)) {
      const store = { mediaHosts: async () => ['pds.example', '10.0.0.1', 'localhost', 'a.example'] }
      expect(await hostsFor(room, store, 'x:1')).toEqual(networks[room.id]!.mediaHosts === 'seen' ? ['pds.example', 'a.example'] : room.mediaHosts)
    }
  })
})

describe('before it is asked for', () => {
  const ask = (url: string | undefined, expiresAt?: string) => beforeAsking({ url, expiresAt }, hosts, now)
  test('nothing stands against it', () => {
    expect(ask('https://media.example/a.jpg')).toBeUndefined()
    expect(ask('https://media.example/a.jpg', '2026-11-22T10:00:01Z')).toBeUndefined()
    expect(ask('https://media.example/a.jpg', 'some day')).toBeUndefined()
  })
  test.each([
    [undefined, undefined, 'skipped', 'no-address'], ['', undefined, 'skipped', 'no-address'], ['x', undefined, 'skipped', 'no-address'],
    ['https://elsewhere.example/a.jpg', undefined, 'skipped', 'foreign-host'], ['http://media.example/a.jpg', undefined, 'skipped', 'foreign-host'],
    ['https://media.example/a.m3u8?x=1', undefined, 'skipped', 'in-pieces'], ['https://media.example/A.M3U8', undefined, 'skipped', 'in-pieces'],
    ['https://media.example/a.jpg', '2026-11-22T10:00:00Z', 'expired', 'time-over'], ['https://media.example/a.jpg', '2020-01-01T00:00:00Z', 'expired', 'time-over'],
  ])('%s %s: %s, %s', (url, expiresAt, state, reason) => expect(ask(url, expiresAt)).toEqual({ kind: 'given-up', state, reason }))
})

describe('from what a server says', () => {
  const said = (status: number, more = {}) => fromHead({ status, url: 'https://media.example/a.jpg', retryAfter: null, ...more }, hosts, now)
  test.each([
    [404, { kind: 'given-up', state: 'refused', reason: 'not-found' }], [410, { kind: 'given-up', state: 'expired', reason: 'gone' }], [401, { kind: 'given-up', state: 'refused', reason: 'forbidden' }],
    [403, { kind: 'given-up', state: 'refused', reason: 'forbidden' }], [500, { kind: 'later', reason: 'server-error' }], [502, { kind: 'later', reason: 'server-error' }],
    [204, { kind: 'given-up', state: 'refused', reason: 'no-file' }], [304, { kind: 'given-up', state: 'refused', reason: 'no-file' }], [418, { kind: 'given-up', state: 'refused', reason: 'no-file' }],
    [200, undefined], [206, undefined],
  ])('%d', (status, outcome) => expect(said(status)).toEqual(outcome))
  test.each([
    [429, '7', 7000], [503, ' 120 ', 120_000], [429, 'Sun, 22 Nov 2026 10:00:30 GMT', 30_000], [429, 'Sun, 22 Nov 2020 10:00:30 GMT', 0], [429, null, 60_000], [429, 'soon', 60_000], [429, '-5', expect.any(Number)], [429, '99999999999', expect.any(Number)],
  ])('%d with Retry-After %s', (status, retryAfter, ms) => expect(said(status, { retryAfter })).toEqual({ kind: 'later', reason: 'too-many', ms }))
  test('where a redirect led is looked at first', () => {
    for (const url of ['https://elsewhere.example/a.jpg', 'http://media.example/a.jpg', 'https://192.168.0.1/a.jpg', 'https://localhost/']) expect(said(200, { url })).toEqual({ kind: 'given-up', state: 'refused', reason: 'foreign-host' })
  })
  test('what is too long is not begun', () => {
    expect(said(200, { length: LONGEST })).toBeUndefined()
    expect(said(200, { length: LONGEST + 1 })).toEqual({ kind: 'given-up', state: 'skipped', reason: 'too-large' })
  })
  test('a refusal that says that the link’s time is over', () => {
    expect(fromRefusal('URL signature expired').state).toBe('expired')
    expect(fromRefusal('Bad URL timestamp').state).toBe('expired')
    expect(fromRefusal('<h1>Forbidden</h1>')).toEqual({ kind: 'given-up', state: 'refused', reason: 'forbidden' })
  })
})
