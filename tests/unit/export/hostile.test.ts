import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bundle } from '../../../lib/export/index.ts'
import type { Media, PostRef } from '../../../lib/model/index.ts'
import { account, bytesOf, opened, options, owner, post, scriptUrl, store } from './fake.ts'

/** Whatever a page may say in a field. */
const word = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('@jo', 'a@b.c', '<script>x</script>', '"\' onload=', '\0', '\uD800', '\u202Egnp', '../../x', 'https://a.org/@b', scriptUrl, '\r\n\u2028', ']}', '\\', 'a'.repeat(5_000)),
)
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const id = fc.oneof(fc.constantFrom('1', '2', '3', '4', '5'), fc.string({ minLength: 1, unit: 'binary' }))
const time = fc.oneof(fc.date({ min: new Date('1960-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }).map(date => date.toISOString()), fc.constantFrom('2025-01-01T00:00:00Z', '2025-13-01T00:00:00Z', '2025-02-30T00:00:00Z', '2025-01-01T00:00:00.123456Z'))
const ref = maybe(fc.record({ id: maybe(id), url: maybe(word), authorHandle: maybe(id) }) as fc.Arbitrary<PostRef>)
const media = fc.record({ kind: fc.constantFrom<Media['kind']>('image', 'video', 'audio', 'gif'), url: maybe(word), alt: maybe(word), width: maybe(fc.nat()) })
const facet = fc.record({ start: fc.nat(12), end: fc.nat(12), kind: fc.constantFrom('mention' as const, 'link' as const, 'tag' as const), value: word })
const row = fc
  .record({
    id,
    createdAt: maybe(time),
    editedAt: maybe(time),
    text: maybe(word),
    facets: maybe(fc.array(facet, { maxLength: 3 })),
    tags: maybe(fc.array(word, { maxLength: 3 })),
    mentions: maybe(fc.array(word, { maxLength: 3 })),
    url: maybe(word),
    media: maybe(fc.array(media, { maxLength: 3 })),
    linkPreview: maybe(fc.record({ url: word, title: maybe(word) })),
    replyTo: ref,
    quoteOf: ref,
    repostOf: ref,
    warning: maybe(word),
    language: maybe(fc.oneof(word, fc.constantFrom('en', 'iw', 'qme'))),
    topic: maybe(word),
    visibility: maybe(fc.constantFrom('public' as const, 'unlisted' as const, 'followers' as const, 'self' as const)),
    ghost: maybe(fc.boolean()),
    counts: maybe(fc.record({ likes: maybe(fc.nat()) })),
  })
  .map(({ id: own, ...more }) => post(own, more))
const profile = fc.record({
  handle: fc.string({ minLength: 1 }),
  name: maybe(word),
  bio: maybe(word),
  bioFacets: maybe(fc.array(facet, { maxLength: 3 })),
  links: maybe(fc.array(fc.record({ url: word, title: maybe(word) }), { maxLength: 3 })),
  fields: maybe(fc.array(fc.record({ name: word, value: word }), { maxLength: 3 })),
  url: maybe(word),
  avatar: maybe(word),
  createdAt: maybe(time),
  locked: maybe(fc.boolean()),
})

test('whatever was captured: an archive that passes its check, opens, counts everything, and comes out the same again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 12 }), maybe(profile), fc.constantFrom('public' as const, 'followers-too' as const, 'opened' as const), word, async (posts, who, include, handle) => {
      const world = store({ posts, profile: who, who: { ...owner, handle } })
      const made = await bundle(world, account, { ...options, include })
      expect(made.problems).toEqual([])
      const { included, left_out } = made
      expect(included.posts + included.replies + included.reposts + left_out.reduce((sum, { count }) => sum + count, 0)).toBe(posts.length)
      const { items } = await opened(made.file)
      expect(items).toHaveLength(made.file.rows)
      const again = await bundle(world, account, { ...options, include })
      expect(Buffer.from(await bytesOf(again.file)).equals(await bytesOf(made.file))).toBe(true)
      const hidden = items.filter(item => ![...item.to, ...item.cc].some(who => who.endsWith('#Public')))
      expect(hidden.length === 0 || include !== 'public').toBe(true)
    }),
    { numRuns: 150 },
  )
})
