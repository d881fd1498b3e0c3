import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LookUp, Reach, type Choice, type Follow } from '../../../lib/model/index.ts'
import { rooms } from '../../../lib/networks/rooms.ts'
import { addressOf, hostOf } from '../../../lib/reach/address.ts'
import { reachOf } from '../../../lib/reach/index.ts'

type Rules = Parameters<typeof reachOf>[0]
const at = '2026-11-21T12:00:00.000Z'
const rules = { host: 'example.net', optIn: true, privateUnreachable: true }
const server = { ...rules, proof: 'server' as const }
const guess = { ...server, privateUnreachable: false, sameName: true }
const bridge = { host: 'bridge.example', optIn: true, privateUnreachable: false, bridge: { name: 'A bridge', refusal: '#nobridge', back: '.bridge.example' } }
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
  ])('%s %o', (handle, more, reach) => {
    const { evidence: _, asks: __, ...rest } = reachOf(rules, person(handle, more))
    expect(rest).toEqual(reach)
  })

  test('a network without the fediverse, and one that is all of it', () => {
    expect(reachOf(undefined, person('anna', { federated: true }))).toEqual({ verdict: 'not', reason: 'no-address' })
    expect(reachOf(undefined, person('anna@mastodon.social'))).toMatchObject({ verdict: 'followable' })
    expect(reachOf({ ...rules, optIn: false, privateUnreachable: false }, person('anna', { locked: true }))).toMatchObject({ verdict: 'followable', address: 'anna@example.net', reason: 'is-address' })
  })

  test('never throws; an address is always valid, and only "not" goes without one', () => {
    const text = fc.oneof(
      fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('a@b.c', 'a.@b.c', '@a@[::1]', 'a@1.2.3.4', 'a@b.c:80', 'a@b.c/d', 'a@-b.c', '@a@b.example', 'https://b.example/@a', 'Mastodon: a@b.example', 'https://[', 'http://a:b@c/@d', '@a@b.example…', '\ud83d'),
      fc.array(fc.constantFrom('@', 'a', '.', '/', 'b.example', ' ', 'https://', '🐘', 'not ', 'は', '\n', 'mastodon', '\u200b', '%', ':', '(', '…', 'é')).map(parts => parts.join('')),
    )
    const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
    const follow = fc.record({
      handle: text, name: maybe(text), bio: maybe(text), location: maybe(text), address: maybe(text), movedTo: maybe(text), federated: maybe(fc.boolean()), locked: maybe(fc.boolean()), unavailable: maybe(fc.boolean()),
      fields: maybe(fc.array(fc.record({ name: text, value: text }), { maxLength: 2 })), links: maybe(fc.array(fc.record({ url: text, title: maybe(text) }), { maxLength: 2 })),
      bioFacets: maybe(fc.array(fc.record({ start: fc.nat(30), end: fc.nat(30), kind: fc.constantFrom('link' as const, 'mention' as const), value: text }), { maxLength: 3 })),
    })
    const answer = maybe(fc.record({ outcome: fc.constantFrom(...LookUp.shape.outcome.options), subject: maybe(text), detail: maybe(text), at: fc.constant(at) }))
    fc.assert(
      fc.property(follow, fc.constantFrom(rules, undefined, bridge, guess), answer, maybe(text), ({ handle, ...more }, fediverse, answered, typed) => {
        const reach = reachOf(fediverse, person(handle, more), { lookUp: address => answered && { address, ...answered }, choice: { address: typed } })
        expect(reach.address !== undefined || reach.verdict === 'not').toBe(true)
        for (const address of [reach.address, ...(reach.asks ?? []), ...(reach.evidence ?? []).map(one => one.address)]) {
          expect(address ?? 'no@address.example').toMatch(/^[a-z0-9_]+([.-]+[a-z0-9_]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+$/)
        }
        expect((reach.asks ?? []).length).toBeLessThanOrEqual(5)
        expect(Reach.safeParse(reach).success).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

/** What a server would have said, by address. */
const answers = (all: Record<string, LookUp['outcome'] | Partial<LookUp>>) => ({
  lookUp: (address: string): LookUp | undefined => {
    const one = all[address]
    return one === undefined ? undefined : { address, at, ...(typeof one === 'string' ? { outcome: one } : { outcome: 'found', ...one }) }
  },
})
const brief = ({ verdict, address, reason }: Reach): string => [verdict, address, reason].filter(Boolean).join(' ')

describe('what a server answered', () => {
  const stated = { bio: 'Mastodon: @anna@own.example' }
  test.each<[string, Rules, Partial<Follow>, Record<string, LookUp['outcome'] | Partial<LookUp>>, string]>([
    ['nothing was asked', server, {}, {}, 'unknown anna@example.net not-looked-up'],
    ['the name is known there, and the server has the last word', server, {}, { 'anna@example.net': 'found' }, 'followable anna@example.net server-decides'],
    ['the same where that is all that is needed', rules, {}, { 'anna@example.net': 'found' }, 'followable anna@example.net looked-up'],
    ['nobody there', server, {}, { 'anna@example.net': 'not-found' }, 'not anna@example.net not-sharing'],
    ['gone', rules, {}, { 'anna@example.net': 'gone' }, 'not anna@example.net account-gone'],
    ['no actor', rules, {}, { 'anna@example.net': 'no-actor' }, 'not anna@example.net no-actor'],
    ['no clear answer', server, {}, { 'anna@example.net': 'unclear' }, 'unknown anna@example.net no-answer'],
    ["the network's own word comes first", server, { federated: false }, { 'anna@example.net': 'found' }, 'not flag-off'],
    ["the network's own word comes first, either way", server, { federated: true }, { 'anna@example.net': 'not-found' }, 'followable anna@example.net network-flag'],
    ['the subject is the address', undefined, stated, { 'anna@own.example': { subject: 'acct:nobody' } }, 'followable anna@own.example looked-up'],
    ['the subject is the address (split domain)', undefined, stated, { 'anna@own.example': { subject: 'Anna@Split.example' } }, 'followable anna@split.example looked-up'],
    ['a mirror as subject is none', undefined, stated, { 'anna@own.example': { subject: 'anna@bird.makeup' } }, 'followable anna@own.example looked-up'],
    ['stated, and not asked', undefined, stated, {}, 'followable anna@own.example stated'],
    ['stated, and no clear answer', undefined, stated, { 'anna@own.example': 'unclear' }, 'followable anna@own.example stated'],
    ['stated, and not there', undefined, stated, { 'anna@own.example': 'not-found' }, 'not anna@own.example not-found'],
    ['stated, and gone', undefined, stated, { 'anna@own.example': 'gone' }, 'not anna@own.example account-gone'],
    ['stated elsewhere before what is not known here', server, stated, {}, 'followable anna@own.example stated'],
    ['stated elsewhere though the network says no', server, { ...stated, federated: false }, {}, 'followable anna@own.example stated'],
    ['stated elsewhere though they are private here', server, { ...stated, locked: true }, {}, 'followable anna@own.example stated'],
    ['their own server before one that has the last word', server, stated, { 'anna@example.net': 'found', 'anna@own.example': 'found' }, 'followable anna@own.example looked-up'],
    ['a server that answered before words', server, stated, { 'anna@example.net': 'found' }, 'followable anna@example.net server-decides'],
    ['what is stated is not there, but they are here', server, stated, { 'anna@example.net': 'found', 'anna@own.example': 'not-found' }, 'followable anna@example.net server-decides'],
    ['what is stated is not there, and here nobody was asked', server, stated, { 'anna@own.example': 'not-found' }, 'unknown anna@example.net not-looked-up'],
    ['the second of two stated ones', undefined, { bio: '@anna@one.example / Pixelfed: @anna@two.example' }, { 'anna@two.example': 'not-found' }, 'followable anna@one.example stated'],
    ['a guess that a server confirms', undefined, { bio: 'On the fediverse. anna@own.example' }, { 'anna@own.example': 'found' }, 'followable anna@own.example looked-up'],
    ['a guess', undefined, { bio: 'On the fediverse. anna@own.example' }, {}, 'maybe anna@own.example likely'],
    ['a guess that a server denies', undefined, { bio: 'On the fediverse. anna@own.example' }, { 'anna@own.example': 'not-found' }, 'not anna@own.example not-found'],
    ["a guess counts nothing against the network's word", server, { federated: false, bio: 'On the fediverse. anna@own.example' }, {}, 'not flag-off'],
    ['a guess waits for what is certain', server, { bio: 'On the fediverse. anna@own.example' }, {}, 'unknown anna@example.net not-looked-up'],
    ['and comes after it', server, { bio: 'On the fediverse. anna@own.example' }, { 'anna@example.net': 'not-found' }, 'maybe anna@own.example likely'],
    ["whose it is, no server can say", undefined, { bio: 'Wife of @ole@own.example' }, { 'ole@own.example': 'found' }, 'maybe ole@own.example whose'],
    ['where one can switch it on', undefined, { links: [{ url: 'https://flipboard.com/@anna' }] }, {}, 'maybe anna@flipboard.com opt-in'],
    ['where one can switch it on, and did', undefined, { links: [{ url: 'https://flipboard.com/@anna' }] }, { 'anna@flipboard.com': 'found' }, 'followable anna@flipboard.com server-decides'],
    ['gone is gone', server, { ...stated, unavailable: true }, { 'anna@own.example': 'found' }, 'not gone'],
    ['the same name', guess, {}, {}, 'maybe anna@example.net same-name'],
    ['the same name is there', guess, {}, { 'anna@example.net': 'found' }, 'followable anna@example.net server-decides'],
    ['the same name is not there', guess, {}, { 'anna@example.net': 'not-found' }, 'not anna@example.net no-same-name'],
    ['the same name, and an address of theirs', guess, stated, {}, 'followable anna@own.example stated'],
    ['a bridge', bridge, {}, {}, 'unknown anna@bridge.example not-looked-up'],
    ['a bridge says yes', bridge, {}, { 'anna@bridge.example': 'found' }, 'followable anna@bridge.example bridged'],
    ['a bridge says no', bridge, {}, { 'anna@bridge.example': 'not-found' }, 'not anna@bridge.example not-bridged'],
    ['they forbid the bridge', bridge, { bio: 'Hello. #NoBridge' }, { 'anna@bridge.example': 'found' }, 'not no-bridge'],
    ['they forbid the bridge, and are there themselves', bridge, { bio: '#nobridge @anna@own.example' }, {}, 'followable anna@own.example stated'],
  ])('%s', (_, fediverse, more, said, expected) => expect(brief(reachOf(fediverse, person('anna', more), answers(said)))).toBe(expected))

  test('somebody whom the bridge brought here has no address at the bridge', () => {
    const handle = 'anna-lena.own.example.ap.bridge.example'
    expect(brief(reachOf(bridge, person(handle, { address: 'anna_lena@own.example' })))).toBe('followable anna_lena@own.example is-address')
    expect(reachOf(bridge, person(handle))).toMatchObject({ verdict: 'maybe', address: 'anna_lena@own.example', reason: 'likely', asks: ['anna_lena@own.example'] })
    expect(brief(reachOf(bridge, person('site.example.web.bridge.example')))).toBe('not no-address')
  })
  test('somebody who has moved', () => {
    expect(brief(reachOf(undefined, person('anna@old.example', { movedTo: 'anna@new.example' })))).toBe('followable anna@new.example moved')
    expect(brief(reachOf(undefined, person('anna@old.example', { movedTo: 'https://new.example/@anna' })))).toBe('followable anna@new.example moved')
    expect(brief(reachOf(undefined, person('anna@old.example', { movedTo: 'https://new.example/ap/users/115' })))).toBe('followable anna@old.example is-address')
  })
})

describe('what the person who captures decides', () => {
  const choice = (one: Choice, said: Record<string, LookUp['outcome'] | Partial<LookUp>> = {}) => ({ choice: one, ...answers(said) })
  test('an address that they typed wins, and is asked about', () => {
    expect(reachOf(server, person('anna', { federated: false }), choice({ address: '@Anna@Own.example' }))).toMatchObject({
      verdict: 'followable', address: 'anna@own.example', reason: 'typed', asks: ['anna@own.example'], evidence: [{ kind: 'hand', says: 'yes' }, { kind: 'network', says: 'no', detail: 'flag-off' }],
    })
    expect(brief(reachOf(server, person('anna', { unavailable: true }), choice({ address: 'anna@own.example' })))).toBe('followable anna@own.example typed')
    expect(brief(reachOf(server, person('anna', { federated: true }), choice({ address: 'anna@own.example' }, { 'anna@own.example': { subject: 'anna@split.example' } })))).toBe('followable anna@split.example typed')
  })
  test('it stays theirs where the server knows nobody of that name', () => {
    expect(brief(reachOf(server, person('anna', { federated: true }), choice({ address: 'anna@own.example' }, { 'anna@own.example': 'not-found' })))).toBe('not anna@own.example not-found')
  })
  test('what is no address, or a mirror, counts nothing', () => {
    for (const address of ['anna', 'https://own.example/@anna', 'anna@bird.makeup', '', '@@']) expect(brief(reachOf(server, person('anna'), choice({ address })))).toBe('unknown anna@example.net not-looked-up')
  })
  test('a tick changes no verdict', () => {
    for (const include of [true, false]) expect(reachOf(server, person('anna'), choice({ include }))).toEqual(reachOf(server, person('anna')))
  })
})

describe('the same person in another account', () => {
  test('is certain only where both name each other', () => {
    const other = { address: 'Anna@own.example', network: 'somewhere', at }
    expect(reachOf(undefined, person('anna'), { others: () => ({ ...other, sure: true }) })).toMatchObject({ verdict: 'followable', address: 'anna@own.example', reason: 'other-account', evidence: [{ kind: 'account', says: 'yes', seen: 'somewhere', at }] })
    expect(brief(reachOf(undefined, person('anna'), { others: () => other }))).toBe('maybe anna@own.example other-account-guess')
    expect(brief(reachOf(undefined, person('anna'), { others: () => other, ...answers({ 'anna@own.example': 'found' }) }))).toBe('followable anna@own.example looked-up')
    expect(brief(reachOf(undefined, person('anna'), { others: () => ({ address: 'none', network: 'somewhere' }) }))).toBe('not no-address')
    expect(brief(reachOf(undefined, person('anna', { bio: '@anna@words.example' }), { others: () => ({ ...other, sure: true }) }))).toBe('followable anna@words.example stated')
  })
})

describe('evidence', () => {
  test('stands strongest first, each with where it was seen and when', () => {
    const follow = person('anna', { seenAt: '2026-11-20T10:00:00.000Z', federated: true, bio: 'Mastodon: @anna@own.example', links: [{ url: 'https://bsky.app/profile/anna.example' }] })
    expect(reachOf(server, follow, answers({ 'anna@own.example': 'found' })).evidence).toEqual([
      { kind: 'network', says: 'yes', address: 'anna@example.net', at: '2026-11-20T10:00:00.000Z' },
      { kind: 'webfinger', says: 'yes', address: 'anna@own.example', seen: 'own.example', at },
      { kind: 'profile', says: 'yes', address: 'anna@own.example', where: 'bio', seen: '@anna@own.example', at: '2026-11-20T10:00:00.000Z' },
      { kind: 'profile', says: 'perhaps', address: 'anna.example@bsky.brid.gy', where: 'links', seen: 'https://bsky.app/profile/anna.example', detail: 'opt-in', at: '2026-11-20T10:00:00.000Z' },
    ])
  })
  test("of another server is marked as what it is worth, and a bridge's as a bridge's", () => {
    expect(reachOf(server, person('anna'), answers({ 'anna@example.net': 'found' })).evidence).toEqual([{ kind: 'webfinger', says: 'yes', address: 'anna@example.net', seen: 'example.net', detail: 'server-decides', at }])
    expect(reachOf(bridge, person('anna'), answers({ 'anna@bridge.example': 'not-found' })).evidence).toEqual([{ kind: 'bridge', says: 'no', address: 'anna@bridge.example', seen: 'bridge.example', detail: 'not-found', at }])
    expect(reachOf(server, person('anna'), answers({ 'anna@example.net': { outcome: 'unclear', detail: 'silent' } })).evidence).toEqual([{ kind: 'webfinger', says: 'perhaps', address: 'anna@example.net', seen: 'example.net', detail: 'silent', at }])
  })
  test('nothing is asked where the network has spoken or nothing could come of it', () => {
    for (const more of [{ federated: true }, { federated: false }, { locked: true }, { unavailable: true }, { address: 'anna@own.example' }]) expect(reachOf(server, person('anna', more)).asks).toBeUndefined()
    expect(reachOf(undefined, person('anna@own.example')).asks).toBeUndefined()
    expect(reachOf(undefined, person('anna', { bio: 'not @anna@own.example' })).asks).toBeUndefined()
  })
  test('what is asked stays the same after an answer, the likeliest first, five at most', () => {
    const follow = person('anna', { bio: 'On the fediverse. anna@mail.own.example', fields: [1, 2, 3, 4, 5, 6].map(at => ({ name: 'Mastodon', value: `@anna@s${at}.example` })) })
    const { asks } = reachOf(server, follow)
    expect(asks).toEqual(['anna@s1.example', 'anna@s2.example', 'anna@s3.example', 'anna@s4.example', 'anna@s5.example'])
    expect(reachOf(server, follow, answers({ 'anna@s1.example': 'not-found', 'anna@s2.example': { subject: 'a@b.example' } })).asks).toEqual(asks)
  })
  test('other people of the same network, and of the same bridge, are nobody to ask about', () => {
    expect(reachOf({ ...server, host: 'threads.net' }, person('anna', { bio: 'With https://www.threads.net/@ole' })).asks).toEqual(['anna@threads.net'])
    expect(reachOf({ ...bridge, host: 'bsky.brid.gy' }, person('anna.example', { bio: 'With ole.bsky.social' })).asks).toEqual(['anna.example@bsky.brid.gy'])
  })
})

describe('the rules of the networks', () => {
  test('are what reach takes', () => {
    expect(brief(reachOf(rooms.threads!.fediverse, person('anna'), answers({ 'anna@threads.net': 'found' })))).toBe('followable anna@threads.net server-decides')
    expect(brief(reachOf(rooms.bluesky!.fediverse, person('anna.example.com')))).toBe('unknown anna.example.com@bsky.brid.gy not-looked-up')
    expect(brief(reachOf(rooms.bluesky!.fediverse, person('anna.own.example.ap.brid.gy', { address: 'anna@own.example' })))).toBe('followable anna@own.example is-address')
    expect(brief(reachOf(rooms.bluesky!.fediverse, person('did:plc:ewvi7nxzyoun6zhxrhs64oiz')))).toBe('not invalid-address')
    expect(brief(reachOf(rooms.mastodon!.fediverse, person('anna@own.example')))).toBe('followable anna@own.example is-address')
  })
})

describe('addresses', () => {
  test.each(['1.2.3.4', '[::1]', 'localhost', 'a.b:443', 'a.b/c', 'a b.c', '-a.b', 'a-.b', 'a..b', 'a.b.', 'u:p@a.b', `${'a'.repeat(64)}.b`, '%61.b', ''])('%s is no host', host => expect(hostOf(host)).toBeUndefined())
  test('user parts', () => {
    for (const user of ['a', 'a_', '_a', 'a.b', 'a-b', 'a..b', '1']) expect(addressOf(user, 'b.example')).toBe(`${user}@b.example`)
    for (const user of ['', '.a', 'a.', '-a', 'a-', 'ä', 'a b', 'a/b', 'a,b']) expect(addressOf(user, 'b.example')).toBeUndefined()
  })
})
