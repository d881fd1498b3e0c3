import { describe, expect, test } from 'vitest'
import { countedBio, cutTo, lengthOf, limitOf } from '../../../lib/destinations/measure.ts'
import { destinations, withServer, type ServerFacts } from '../../../lib/destinations/index.ts'
import type { Profile } from '../../../lib/model/index.ts'
import { preview, previewOf } from '../../../lib/preview/index.ts'

const { mastodon } = destinations
const of = (profile: Partial<Profile>, version?: string) => previewOf('example:1', {}, { id: '1', handle: 'me', ...profile }, mastodon, version).profile
const field = (name: string, profile: Partial<Profile>, version?: string) => of(profile, version).find(fit => fit.field === name)

describe('profile', () => {
  test('a name by version, counted in code points', () => {
    const name = '👍'.repeat(31)
    expect(field('name', { name })).toEqual({ field: 'name', value: name, fits: false, length: 31, limit: 30, cut: '👍'.repeat(30) })
    expect(field('name', { name }, '4.5.15')).toMatchObject({ fits: false, limit: 30 })
    expect(field('name', { name }, '4.6.0-rc.1')).toMatchObject({ fits: true, length: 31, limit: 40 })
    expect(field('name', { name: 'é'.repeat(30) })).toMatchObject({ fits: true })
    expect(field('name', { name: '  ' })).toBeUndefined()
  })
  test('a bio in graphemes, with links and addresses as Mastodon counts them', () => {
    expect(field('bio', { bio: '👩‍👩‍👧'.repeat(500) })).toMatchObject({ fits: true, length: 500, limit: 500 })
    const long = `${'a'.repeat(499)} bc`
    expect(field('bio', { bio: long })).toMatchObject({ fits: false, length: 502, cut: 'a'.repeat(499) })
    expect(countedBio('see https://example.com/a/very/long/path?with=much (@anna@mastodon.social, me@mail.example)', mastodon)).toBe(`see ${'x'.repeat(23)} (@anna, me@mail.example)`)
    expect(field('bio', { bio: `${'a'.repeat(470)} https://example.com/${'b'.repeat(100)}` })).toMatchObject({ fits: true, length: 494 })
  })
  test('four places for fields and links', () => {
    const links = [1, 2, 3, 4].map(number => ({ url: `https://www.example${number}.com/` }))
    const fits = of({ fields: [{ name: 'Pronouns', value: 'she' }], links }).filter(fit => fit.field === 'link')
    expect(fits.map(({ label, fits }) => [label, fits])).toEqual([['Pronouns', true], ['example1.com', true], ['example2.com', true], ['example3.com', true], ['example4.com', false]])
    expect(fits[4]).toMatchObject({ reason: 'too-many-links', value: 'https://www.example4.com/' })
    expect(field('link', { links: [{ url: `https://e.com/${'a'.repeat(300)}`, title: 'Long' }] })).toMatchObject({ label: 'Long', fits: false, length: 314, limit: 255 })
  })
  test('a user name that Mastodon does not take', () => {
    expect(field('handle', { handle: 'me_2' })).toMatchObject({ fits: true })
    expect(field('handle', { handle: 'me.and.you' })).toEqual({ field: 'handle', value: 'me.and.you', fits: false, cut: 'me_and_you', reason: 'name-form' })
    expect(field('handle', { handle: 'a'.repeat(31) })).toMatchObject({ fits: false, length: 31, limit: 30 })
  })
})

describe('numbers', () => {
  test('follows and posts from the totals alone', async () => {
    const totals = {
      follows: 9000, 'follows:followable': 7501, 'follows:not': 1000, 'follows:unknown': 499, 'follows:ticked': 7600, 'follows:new': 12, 'arrival:arrived': 7000, 'arrival:again': 5,
      'follows:followable:network-flag': 7500, 'follows:followable:is-address': 1, 'follows:not:private': 300, 'follows:not:flag-off': 700, 'follows:unknown:not-looked-up': 499, 'follows:maybe:same-name': 0,
      blocks: 3, likes: 8, lists: 0,
      posts: 30, replies: 10, reposts: 5, 'posts:public': 33, 'posts:followers': 5, 'posts:unknown': 1, 'posts:unlisted': 1, 'posts:ghost': 3, 'posts:open': 31, media: 7, 'media:alt': 2,
    }
    const asked: string[] = []
    const store = {
      totals: async (account: string) => (asked.push(account), totals),
      profile: async () => undefined,
    }
    expect(await preview(store, 'example:1', mastodon)).toEqual({
      account: 'example:1',
      destination: 'mastodon',
      profile: [],
      follows: {
        total: 9000, followable: 7501, maybe: 0, not: 1000, unknown: 499, ticked: 7600, fresh: 12, arrived: 7000, failed: 0, again: 5, limit: 7500, parts: 2,
        reasons: {
          followable: [{ reason: 'network-flag', count: 7500 }, { reason: 'is-address', count: 1 }], maybe: [],
          not: [{ reason: 'flag-off', count: 700 }, { reason: 'private', count: 300 }], unknown: [{ reason: 'not-looked-up', count: 499 }],
        },
      },
      relations: [{ section: 'blocks', count: 3 }, { section: 'likes', count: 8 }],
      posts: { posts: 30, replies: 10, reposts: 5, inBundle: 31, notPublic: 6, ghost: 3, media: 7, mediaWithAlt: 2, mediaKept: 0, imported: false, losses: [] },
      lost: ['followers', 'likes-of-others', 'likes', 'messages', 'media-files'],
    })
    expect(asked).toEqual(['example:1'])
  })
  test('a private account: nothing goes by default, and ghosts are not counted twice', () => {
    const { posts } = previewOf('example:1', { posts: 38, replies: 2, 'posts:followers': 40, 'posts:ghost': 4 }, undefined, mastodon)
    expect(posts).toMatchObject({ inBundle: 0, notPublic: 36, ghost: 4 })
  })
  test('what an import would lose, by the limits of the server', () => {
    const totals = {
      'posts:open': 50, 'posts:poll': 2, 'posts:edited': 3, 'posts:audio': 1, 'posts:media:5': 4, 'posts:media:9': 2, 'posts:media:20': 1,
      'posts:over:500': 20, 'posts:over:1000': 9, 'posts:over:3000': 5, 'posts:over:5000': 0,
    }
    const losses = (limits?: ServerFacts['limits']) => previewOf('example:1', totals, undefined, withServer(mastodon, limits && { host: 'a.example', at: '2026-11-22T00:00:00Z', limits })).posts.losses
    expect(losses()).toEqual([{ what: 'poll', count: 2 }, { what: 'edited', count: 3 }, { what: 'audio', count: 1 }, { what: 'long', count: 20, limit: 500 }, { what: 'pictures', count: 7, limit: 4 }])
    expect(losses({ text: 3000, pictures: 8 }).slice(3)).toEqual([{ what: 'long', count: 5, limit: 3000 }, { what: 'pictures', count: 3, limit: 8 }])
    // Between two limits that are counted: a number, and that it is about that.
    expect(losses({ text: 1337, pictures: 20 }).slice(3)).toEqual([{ what: 'long', count: 9, limit: 1337, roughly: true }])
    expect(losses({ text: 300, pictures: 2 }).slice(3)).toEqual([{ what: 'long', count: 20, limit: 300, roughly: true }, { what: 'pictures', count: 7, limit: 2, roughly: true }])
  })
  test('nothing captured', () => {
    expect(previewOf('example:1', {}, undefined, mastodon)).toMatchObject({ follows: { total: 0, parts: 0 }, posts: { inBundle: 0, notPublic: 0 }, lost: ['followers', 'likes-of-others', 'likes', 'messages'] })
  })
})

test('lengths and versions', () => {
  expect([lengthOf('e\u0301', 'code points'), lengthOf('e\u0301', 'graphemes')]).toEqual([2, 1])
  expect(cutTo('ab  cd', { max: 3, unit: 'code points' })).toBe('ab')
  expect(limitOf(mastodon.profile.name, '10.0').max).toBe(40)
  expect(limitOf(mastodon.profile.name, '4.6').max).toBe(40)
  expect(limitOf(mastodon.profile.name, 'nightly').max).toBe(30)
})
