import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Said } from '../../../lib/browser/ask.ts'
import { namelessQuestion, questionOf, readWebFinger, waitOf } from '../../../lib/lookup/webfinger.ts'

const now = Date.parse('2026-11-22T10:00:00Z')
const at = '2026-11-22T10:00:00.000Z'
const address = 'anna@example.net'
const actor = 'https://social.example.net/users/anna'
const self = { rel: 'self', type: 'application/activity+json', href: actor }
const page = { rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: 'https://example.net/@anna' }
const said = (body: unknown, more: Partial<Said & { kind: 'answer' }> = {}): Said => ({
  kind: 'answer', url: questionOf(address), status: 200, contentType: 'application/jrd+json', body: typeof body === 'string' ? body : JSON.stringify(body), ...more,
})
const outcomeOf = (answer: Said): unknown => {
  const outcome = readWebFinger(address, answer, now)
  if (outcome.kind === 'later') return ['later', outcome.ms]
  expect(outcome.lookUp).toMatchObject({ address, at })
  expect(Boolean(outcome.trouble)).toBe(outcome.lookUp.outcome === 'unclear')
  return [outcome.lookUp.outcome, outcome.lookUp.detail ?? outcome.lookUp.subject].filter(Boolean)
}

test('the question of RFC 7033, with the name of RFC 7565 in it', () => {
  expect(questionOf(address)).toBe('https://example.net/.well-known/webfinger?resource=acct%3Aanna%40example.net')
  expect(namelessQuestion('example.net')).toBe('https://example.net/.well-known/webfinger')
})

describe('somebody is there', () => {
  test.each<[string, object[]]>([
    ['activity+json', [page, self]],
    ['activity+json with a charset, in capitals', [{ ...self, type: 'Application/Activity+JSON; charset=utf-8' }]],
    ['ld+json with the profile', [{ ...self, type: 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"' }]],
    ['ld+json with the profile without quotes and blanks', [{ ...self, type: 'application/ld+json;profile=https://www.w3.org/ns/activitystreams' }]],
    ['the second link of that kind', [{ ...self, type: 'text/html' }, self]],
  ])('%s', (_, links) => {
    expect(readWebFinger(address, said({ subject: `acct:${address}`, links }), now)).toEqual({ kind: 'known', lookUp: { address, outcome: 'found', actor, at } })
  })
  test.each([
    ['acct:Anna@Example.NET', undefined],
    ['ACCT:anna@example.net', undefined],
    ['anna@example.net', undefined],
    ['acct:anna@social.example.net', 'anna@social.example.net'],
    ['acct:anna@bücher.example', 'anna@xn--bcher-kva.example'],
    ['acct:anna.ng@example.net', 'anna.ng@example.net'],
  ])('the subject %s', (subject, differs) => expect(outcomeOf(said({ subject, links: [self] }))).toEqual(['found', differs].filter(Boolean)))
})

describe('nobody to follow', () => {
  test.each<[string, Said, unknown]>([
    ['404', said('', { status: 404 }), ['not-found']],
    ['404 with a body of any kind', said({ success: false, error: 'Not found' }, { status: 404 }), ['not-found']],
    ['410', said('', { status: 410 }), ['gone']],
    ['a name without an actor', said({ subject: `acct:${address}`, links: [page] }), ['no-actor']],
    ['no links at all', said({ subject: `acct:${address}` }), ['no-actor']],
    ['ld+json of something else', said({ subject: `acct:${address}`, links: [{ ...self, type: 'application/ld+json; profile="https://example.org/"' }] }), ['no-actor']],
    ['an actor that is not on https', said({ subject: `acct:${address}`, links: [{ ...self, href: 'http://example.net/users/anna' }] }), ['no-actor']],
    ['an actor in the own network', said({ subject: `acct:${address}`, links: [{ ...self, href: 'https://192.168.1.1/users/anna' }] }), ['no-actor']],
  ])('%s', (_, answer, outcome) => expect(outcomeOf(answer)).toEqual(outcome))
})

describe('nobody could tell', () => {
  test.each<[string, Said, unknown]>([
    ['no answer', { kind: 'silent' }, ['unclear', 'silent']],
    ['none in time', { kind: 'slow' }, ['unclear', 'slow']],
    ['too much of it', { kind: 'too-large' }, ['unclear', 'too-large']],
    ['502', said('', { status: 502 }), ['unclear', 'silent']],
    ['401', said('', { status: 401 }), ['unclear', 'refused']],
    ['403', said('', { status: 403 }), ['unclear', 'refused']],
    ['400', said('', { status: 400 }), ['unclear', 'refused']],
    ['204', said('', { status: 204 }), ['unclear', 'refused']],
    ['a page', said('<!doctype html>'), ['unclear', 'not-json']],
    ['half a JRD', said(JSON.stringify({ subject: 'acct:' }).slice(0, 9)), ['unclear', 'not-json']],
    ['a list', said([]), ['unclear', 'not-json']],
    ['null', said('null'), ['unclear', 'not-json']],
    ['JSON of something else', said({ error: 'hello' }), ['unclear', 'unreadable']],
    ['no subject', said({ links: [self] }), ['unclear', 'no-subject']],
    ['a subject that cannot be followed', said({ subject: 'https://example.net/@anna', links: [self] }), ['unclear', 'no-subject']],
    ['a subject at an IP address', said({ subject: 'acct:anna@10.0.0.1', links: [self] }), ['unclear', 'no-subject']],
    ...['https://127.0.0.1/x', 'https://localhost/x', 'https://printer.local/x', 'https://[::1]/x', 'http://example.net/x', 'https://10.0.0.8/', 'https://nas.home.arpa/'].map(
      (url): [string, Said, unknown] => [`said at ${url}`, said({ subject: `acct:${address}`, links: [self] }, { url }), ['unclear', 'private-host']]),
  ])('%s', (_, answer, outcome) => expect(outcomeOf(answer)).toEqual(outcome))
})

describe('not now', () => {
  test.each<[string, string | undefined, unknown]>([
    ['429', undefined, ['later', undefined]],
    ['429', '120', ['later', 120_000]],
    ['429', 'Sun, 22 Nov 2026 10:05:00 GMT', ['later', 300_000]],
    ['429', 'Sun, 22 Nov 2026 09:00:00 GMT', ['later', 0]],
    ['429', '99999999', ['later', 86_400_000]],
    ['429', 'soon', ['later', undefined]],
    ['503', '5', ['later', 5000]],
    ['503', undefined, ['unclear', 'silent']],
  ])('%s, Retry-After %s', (status, retryAfter, outcome) => expect(outcomeOf(said('', { status: Number(status), retryAfter }))).toEqual(outcome))
  test('a wait is never negative, nor more than a day', () => {
    fc.assert(fc.property(fc.string(), value => {
      const ms = waitOf(value, now)
      expect(ms === undefined || (ms >= 0 && ms <= 86_400_000)).toBe(true)
    }))
  })
})

test('total: any answer has an outcome', () => {
  const anything = fc.oneof(fc.json(), fc.string(), fc.record({ subject: fc.jsonValue(), links: fc.array(fc.record({ rel: fc.constantFrom('self', 'x'), type: fc.jsonValue(), href: fc.jsonValue() })) }).map(one => JSON.stringify(one)))
  fc.assert(fc.property(anything, fc.integer({ min: 100, max: 599 }), fc.webUrl(), (body, status, url) => {
    const outcome = readWebFinger(address, { kind: 'answer', url, status, contentType: '', body }, now)
    expect(['known', 'later']).toContain(outcome.kind)
  }))
})
