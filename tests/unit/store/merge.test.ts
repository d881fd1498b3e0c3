import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Follow, Post, Profile } from '../../../lib/model/index.ts'
import { barePost, merge, personShape, postShape, thinner } from '../../../lib/store/merge.ts'

const person = (more: Partial<Profile>): Profile => ({ id: '1', handle: 'me', source: 'answer', ...more })
const post = (more: Partial<Post>): Post => ({ id: '1', source: 'answer', ...more })
const people = (a: Partial<Profile>, b: Partial<Profile>) => merge(person(a), person(b), personShape)
const posts = (a: Partial<Post>, b: Partial<Post>) => merge(post(a), post(b), postShape)

describe('which value is kept', () => {
  test('absent or null never overwrites; a newer present one wins, false and zero too', () => {
    const known = { name: 'Ann', locked: true, counts: { follows: 3, posts: 7 } }
    expect(people(known, {})).toEqual(person(known))
    expect(people(known, { name: null as never, locked: undefined })).toEqual(person(known))
    expect(people(known, { name: 'Anna', locked: false, counts: { follows: 0 } })).toEqual(person({ name: 'Anna', locked: false, counts: { follows: 0, posts: 7 } }))
  })
  test('"newer" is told by when it was seen, not by when it arrived', () => {
    const late = { name: 'New', seenAt: '2026-02-01T00:00:00Z' }
    const early = { name: 'Old', bio: 'b', seenAt: '2026-01-01T00:00:00Z' }
    expect(people(late, early)).toEqual(person({ ...late, bio: 'b' }))
    expect(people(early, late)).toEqual(person({ ...late, bio: 'b' }))
  })
  test('a less trusted and thinner value does not replace; a less trusted but fuller or other one does', () => {
    const dom = (name: string, more: Partial<Profile> = {}) => people({ name: 'Anna Lee', ...more }, { name, source: 'dom', ...more }).name
    expect(dom('Anna')).toBe('Anna Lee')
    expect(dom('Anna L…')).toBe('Anna Lee')
    expect(dom('')).toBe('Anna Lee')
    expect(dom('Berta')).toBe('Berta')
    expect(dom('Anna Lee-Roth')).toBe('Anna Lee-Roth')
    expect(people({ name: 'Anna Lee' }, { name: 'Anna' }).name).toBe('Anna')
    expect(people({ counts: { followers: 1234 } }, { counts: { followers: 1200 }, source: 'dom' }).counts).toEqual({ followers: 1234 })
    expect(people({ counts: { followers: 1234 } }, { counts: { followers: 1900 }, source: 'dom' }).counts).toEqual({ followers: 1900 })
    expect(people({ name: 'Anna' }, { name: 'Anna', source: 'dom' }).source).toBe('answer')
    expect(people({ source: 'dom' }, { source: 'answer' }).source).toBe('answer')
  })
  test('an empty list replaces only where the record is a full one', () => {
    const links = [{ url: 'https://a.example/' }]
    expect(people({ links }, { links: [] }).links).toEqual(links)
    expect(people({ links }, { links: [], bio: '' }).links).toEqual([])
    expect(people({ links }, { links: [], bio: '', source: 'dom' }).links).toEqual(links)
    expect(people({ links }, { links: [{ url: 'https://b.example/' }] }).links).toEqual([{ url: 'https://b.example/' }])
  })
})

describe('posts', () => {
  const facets = [{ start: 0, end: 2, kind: 'tag' as const, value: 'a' }]
  test('ranges go with their text', () => {
    expect(posts({ text: '#a', facets, tags: ['a'] }, { text: 'edited' })).toEqual(post({ text: 'edited' }))
    expect(posts({ text: '#a', facets }, { text: '#a' })).toEqual(post({ text: '#a', facets }))
    expect(posts({ text: '#a long', facets }, { text: '#a', facets: [], source: 'dom' })).toEqual(post({ text: '#a long', facets }))
    expect(posts({ text: 'old', facets }, { text: '#a', facets: [] })).toEqual(post({ text: '#a', facets: [] }))
  })
  test('media keep what an earlier sighting knew of them', () => {
    const one = { id: 'm1', kind: 'image' as const, url: 'https://a.example/1?sig=1', alt: 'a cat', width: 10, expiresAt: '2026-01-01T00:00:00Z' }
    const two = { id: 'm2', kind: 'video' as const, url: 'https://a.example/2' }
    expect(posts({ media: [one, two] }, { media: [{ id: 'm1', kind: 'image', url: 'https://a.example/1?sig=2' }] }).media).toEqual([one, two])
    expect(posts({ media: [one, two] }, { text: 't', media: [{ id: 'm2', kind: 'video', alt: 'x' }] }).media).toEqual([{ ...two, alt: 'x' }])
    const { expiresAt: _, ...signedAgain } = { ...one, url: 'https://a.example/1?sig=2' }
    expect(posts({ media: [one] }, { media: [{ id: 'm1', kind: 'image', url: 'https://a.example/1?sig=2' }] }).media).toEqual([signedAgain])
    expect(posts({ media: [{ kind: 'image', alt: 'x' }] }, { media: [{ kind: 'image', url: 'u' }] }).media).toEqual([{ kind: 'image', alt: 'x', url: 'u' }])
  })
  test('a pointer to another post is replaced, one to the same is completed', () => {
    expect(posts({ replyTo: { id: '5', authorId: '7' } }, { replyTo: { id: '5', url: 'u' } }).replyTo).toEqual({ id: '5', authorId: '7', url: 'u' })
    expect(posts({ replyTo: { id: '5', authorId: '7' } }, { replyTo: { id: '6' } }).replyTo).toEqual({ id: '6' })
    expect(posts({ linkPreview: { url: 'a', title: 'A' } }, { linkPreview: { url: 'b' } }).linkPreview).toEqual({ url: 'b' })
  })
  test('a repost keeps no content', () => {
    expect(barePost(post({ repostOf: { id: '2' }, text: 'x', facets, tags: ['a'], media: [], pinned: true }))).toEqual(post({ repostOf: { id: '2' }, pinned: true }))
  })
})

describe('properties', () => {
  const source = fc.constantFrom('answer' as const, 'state' as const, 'dom' as const, 'export' as const, undefined)
  const seenAt = fc.constantFrom(undefined, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
  const word = fc.constantFrom('', 'a', 'ab', 'ab…', 'b')
  const number = fc.constantFrom(0, 1, 1200, 1234)
  const list = fc.array(fc.record({ start: fc.constant(0), end: fc.constantFrom(1, 2), kind: fc.constant('tag' as const), value: word }), { maxLength: 2 })
  const media = fc.array(fc.record({ id: fc.constantFrom(undefined, 'm1', 'm2'), kind: fc.constantFrom('image' as const, 'video' as const), url: maybe(word), alt: maybe(word), expiresAt: maybe(fc.constantFrom('x', 'y')) }), { maxLength: 3 })
  const ref = fc.record({ id: fc.constantFrom(undefined, '8', '9'), url: maybe(word), authorId: maybe(word) })
  const anyPost: fc.Arbitrary<Post> = fc.record({
    id: fc.constant('1'), source, seenAt, text: maybe(word), facets: maybe(list), tags: maybe(fc.array(word, { maxLength: 2 })), media: maybe(media), replyTo: maybe(ref), pinned: maybe(fc.boolean()),
    counts: maybe(fc.record({ likes: maybe(number), views: maybe(number) })), linkPreview: maybe(fc.record({ url: word, title: maybe(word) })),
  })
  const strip = <T>(value: T): T => JSON.parse(JSON.stringify(value))

  test('idempotent', () => {
    fc.assert(
      fc.property(anyPost, anyPost, (a, b) => {
        const once = merge(a, b, postShape)
        expect(strip(merge(once, b, postShape))).toEqual(strip(once))
        expect(strip(merge(once, once, postShape))).toEqual(strip(once))
      }),
      { numRuns: 2000 },
    )
  })
  test('a thinner sighting takes nothing away', () => {
    fc.assert(
      fc.property(anyPost, fc.subarray(['text', 'facets', 'tags', 'media', 'replyTo', 'pinned', 'counts', 'linkPreview', 'seenAt', 'source']), (full, left) => {
        const thin = Object.fromEntries(Object.entries(full).filter(([key]) => !left.includes(key))) as Post
        expect(strip(merge(full, thin, postShape))).toEqual(strip(full))
      }),
    )
  })
  test('of disjoint fields the order does not matter', () => {
    fc.assert(
      fc.property(anyPost, fc.subarray(['text', 'facets', 'tags', 'media', 'replyTo', 'pinned', 'counts', 'linkPreview']), (full, part) => {
        const { source, seenAt, ...rest } = full
        const pick = (inside: boolean) => ({ ...Object.fromEntries(Object.entries(rest).filter(([key]) => key === 'id' || part.includes(key) === inside)), source, seenAt }) as Post
        const [a, b] = [pick(true), pick(false)]
        expect(strip(merge(a, b, postShape))).toEqual(strip(full))
        expect(strip(merge(b, a, postShape))).toEqual(strip(full))
      }),
    )
  })
  test('no argument is changed, and every kept value was in one of them', () => {
    const follow: fc.Arbitrary<Follow> = fc.record({ id: fc.constant('1'), handle: word, relation: fc.constant('follow' as const), name: maybe(word), bio: maybe(word), source, seenAt })
    fc.assert(
      fc.property(follow, follow, (a, b) => {
        const before = strip([a, b])
        const merged = merge(a, b, personShape) as unknown as Record<string, unknown>
        expect(strip([a, b])).toEqual(before)
        for (const [key, value] of Object.entries(merged)) expect([(a as never)[key], (b as never)[key]]).toContain(value)
      }),
    )
  })
  test('thinner is strict', () => {
    fc.assert(fc.property(word, word, (a, b) => !(thinner(a, b) && thinner(b, a))))
    expect(thinner('a', 'a')).toBe(false)
  })
})
