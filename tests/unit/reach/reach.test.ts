import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Follow } from '../../../lib/model/index.ts'
import { addressOf, hostOf } from '../../../lib/reach/address.ts'
import { reachOf } from '../../../lib/reach/index.ts'

const rules = { host: 'example.net', optIn: true, privateUnreachable: true }
const person = (handle: string, more: Partial<Follow> = {}): Follow => ({ id: '1', handle, relation: 'follow', ...more })

describe('reachOf', () => {
  test.each<[string, Partial<Follow>, object]>([
    ['Anna', { federated: true }, { verdict: 'followable', address: 'anna@example.net', reason: 'network-flag' }],
    ['anna', { federated: false }, { verdict: 'not', reason: 'flag-off' }],
    ['anna', {}, { verdict: 'unknown', address: 'anna@example.net', reason: 'not-looked-up' }],
    ['anna', { locked: true }, { verdict: 'not', reason: 'private' }],
    ['anna', { locked: true, federated: true }, { verdict: 'not', reason: 'private' }],
    ['anna', { locked: false }, { verdict: 'unknown', address: 'anna@example.net', reason: 'not-looked-up' }],
    ['a.b_c', {}, { verdict: 'unknown', address: 'a.b_c@example.net', reason: 'not-looked-up' }],
    ['anna.', { federated: true }, { verdict: 'not', reason: 'invalid-address' }],
    ['.anna', {}, { verdict: 'not', reason: 'invalid-address' }],
    ['anna@Mastodon.Social', { locked: true, federated: false }, { verdict: 'followable', address: 'anna@mastodon.social', reason: 'is-address' }],
    ['@anna@mastodon.social', {}, { verdict: 'followable', address: 'anna@mastodon.social', reason: 'is-address' }],
    ['anna@bücher.example', {}, { verdict: 'followable', address: 'anna@xn--bcher-kva.example', reason: 'is-address' }],
    ['anna@nohost', {}, { verdict: 'not', reason: 'invalid-address' }],
    ['anna@b@c.example', {}, { verdict: 'not', reason: 'invalid-address' }],
    ['anna@', {}, { verdict: 'not', reason: 'invalid-address' }],
    ['anna@example.net', {}, { verdict: 'unknown', address: 'anna@example.net', reason: 'not-looked-up' }],
  ])('%s %o', (handle, more, reach) => expect(reachOf(rules, person(handle, more))).toEqual(reach))

  test('a network without the fediverse, and one that is all of it', () => {
    expect(reachOf(undefined, person('anna', { federated: true }))).toEqual({ verdict: 'not', reason: 'no-address' })
    expect(reachOf(undefined, person('anna@mastodon.social'))).toMatchObject({ verdict: 'followable' })
    expect(reachOf({ ...rules, optIn: false, privateUnreachable: false }, person('anna', { locked: true }))).toEqual({ verdict: 'followable', address: 'anna@example.net', reason: 'is-address' })
  })

  test('never throws; an address is always valid, and only "not" goes without one', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('a@b.c', 'a.@b.c', '@a@[::1]', 'a@1.2.3.4', 'a@b.c:80', 'a@b.c/d', 'a@-b.c'))
    fc.assert(
      fc.property(text, fc.option(fc.boolean(), { nil: undefined }), fc.option(fc.boolean(), { nil: undefined }), fc.constantFrom(rules, undefined), (handle, federated, locked, fediverse) => {
        const { verdict, address } = reachOf(fediverse, person(handle, { federated, locked }))
        expect(address === undefined).toBe(verdict === 'not')
        expect(address ?? 'no@address.example').toMatch(/^[a-z0-9_]+([.-]+[a-z0-9_]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+$/)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('addresses', () => {
  test.each(['1.2.3.4', '[::1]', 'localhost', 'a.b:443', 'a.b/c', 'a b.c', '-a.b', 'a-.b', 'a..b', 'a.b.', 'u:p@a.b', `${'a'.repeat(64)}.b`, '%61.b', ''])('%s is no host', host => expect(hostOf(host)).toBeUndefined())
  test('user parts', () => {
    for (const user of ['a', 'a_', '_a', 'a.b', 'a-b', 'a..b', '1']) expect(addressOf(user, 'b.example')).toBe(`${user}@b.example`)
    for (const user of ['', '.a', 'a.', '-a', 'a-', 'ä', 'a b', 'a/b', 'a,b']) expect(addressOf(user, 'b.example')).toBeUndefined()
  })
})
