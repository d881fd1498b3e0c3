/** The archive that a server makes: the same records as a capture by its interface, as far as it says them. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checked } from '../../../../lib/capture/keep.ts'
import { Reading, SELF, nothing } from '../../../../lib/model/index.ts'
import { room } from '../../../../lib/networks/mastodon/index.ts'
import { read } from '../../../../lib/networks/mastodon/read.ts'
import { archiveOf, filePathOf, PRIVATE } from '../../../networks/mastodon/archive.ts'
import { simulations } from '../../../networks/index.ts'
import type { Simulation, Truth } from '../../../networks/types.ts'

const seenAt = '2026-11-20T10:00:00.000Z'
const seen = { source: 'export', seenAt }
const me = { ownerId: '77', handle: 'mira@letters.example' }
const hand = (body: unknown, path = 'outbox.json', variables: object = me): Reading => {
  const reading = read({ url: `file:///${path}`, page: room.home, request: { operation: 'file', variables }, status: 200, contentType: 'application/json', body: typeof body === 'string' ? body : JSON.stringify(body), seenAt })
  expect(Reading.safeParse(reading).success).toBe(true)
  return reading
}
const outbox = (...orderedItems: unknown[]) => ({ '@context': [], id: 'outbox.json', type: 'OrderedCollection', totalItems: orderedItems.length, orderedItems })
const actor = 'https://letters.example/users/mira'
const AS = 'https://www.w3.org/ns/activitystreams#Public'
const note = (more: object, around: object = {}) => ({ type: 'Create', actor, ...around, object: { id: `${actor}/statuses/114000000000000001`, type: 'Note', published: '2026-03-01T10:00:00Z', url: 'https://letters.example/@mira/114000000000000001', to: [AS], cc: [], content: '<p>Hello</p>', ...more } })

describe('members', () => {
  it('the account: names, words and its server; keys and boxes are not looked at', () => {
    const reading = hand({ '@context': [], id: actor, type: 'Person', preferredUsername: 'mira', name: 'Mira', summary: '<p>A bio</p>', url: 'https://letters.example/@mira', manuallyApprovesFollowers: true, inbox: 'secret', publicKey: { publicKeyPem: 'secret' }, attachment: [{ type: 'PropertyValue', name: 'Site', value: '<a href="https://a.example/?a=1&amp;b=2">a</a>' }] }, 'actor.json', {})
    expect(reading).toEqual({ ...nothing(), viewer: { id: me.handle, handle: me.handle, name: 'Mira', origin: 'https://letters.example' }, profiles: [{ id: me.handle, handle: me.handle, name: 'Mira', bio: 'A bio', fields: [{ name: 'Site', value: 'a' }], links: [{ url: 'https://a.example/?a=1&b=2', title: 'Site' }], url: 'https://letters.example/@mira', locked: true, address: me.handle, ...seen }] })
  })

  it('a post by the number that the interface knows it by, with its files, whichever store the server has', () => {
    for (const address of ['/media_attachments/files/1/2/original/a.jpg', '/bucket/media_attachments/files/1/2/original/a.jpg', 'media_attachments/files/1/2/original/a.jpg']) {
      const [post] = hand(outbox(note({ summary: 'cw', sensitive: true, contentMap: { de: 'x' }, attachment: [{ type: 'Document', mediaType: 'image/jpeg', url: address, name: 'Alt', width: 3, height: 4 }], likes: { totalItems: 2 } }))).posts
      expect(post).toEqual({ id: '114000000000000001', url: 'https://letters.example/@mira/114000000000000001', authorId: '77', authorHandle: me.handle, createdAt: '2026-03-01T10:00:00.000Z', text: 'Hello', media: [{ kind: 'image', type: 'image/jpeg', member: 'media_attachments/files/1/2/original/a.jpg', alt: 'Alt', width: 3, height: 4 }], warning: 'cw', sensitive: true, language: 'de', visibility: 'public', counts: { likes: 2 }, ...seen })
    }
  })

  it('who may read it is never widened', () => {
    const of = (to: unknown, cc: unknown) => hand(outbox(note({ to, cc }))).posts[0]!.visibility
    expect([of([AS], []), of(AS, undefined), of([`${actor}/followers`], ['as:Public']), of([`${actor}/followers`], []), of(['https://x.example/users/ada'], []), of([], []), of(null, 5)]).toEqual(['public', 'public', 'unlisted', 'followers', 'direct', 'direct', 'direct'])
  })

  it('answers, boosts, quotes, polls', () => {
    const [own, other, boost, quote, poll] = hand(outbox(
      note({ inReplyTo: `${actor}/statuses/114000000000000000` }), note({ inReplyTo: 'https://kettle.example/users/ada/statuses/9' }),
      { id: `${actor}/statuses/115/activity`, type: 'Announce', actor, published: '2026-03-02T10:00:00Z', to: [AS], cc: [], object: 'https://kettle.example/users/ada/statuses/9' },
      note({ quote: 'https://kettle.example/users/ada/statuses/9' }), note({ type: 'Question', oneOf: [{ name: 'Yes', replies: { totalItems: 3 } }, { name: 'No' }], endTime: '2026-03-05T00:00:00Z', votersCount: 3 }),
    )).posts
    expect([own!.replyTo, other!.replyTo]).toEqual([{ id: '114000000000000000', url: `${actor}/statuses/114000000000000000`, authorHandle: me.handle }, { url: 'https://kettle.example/users/ada/statuses/9' }])
    expect(boost).toEqual({ id: '115', url: `${actor}/statuses/115`, authorId: '77', authorHandle: me.handle, createdAt: '2026-03-02T10:00:00.000Z', repostOf: { url: 'https://kettle.example/users/ada/statuses/9' }, visibility: 'public', ...seen })
    expect(quote!.quoteOf).toEqual({ url: 'https://kettle.example/users/ada/statuses/9' })
    expect(poll!.poll).toEqual({ options: [{ title: 'Yes', votes: 3 }, { title: 'No' }], multiple: false, endsAt: '2026-03-05T00:00:00.000Z', voters: 3 })
  })

  it('lists of addresses; what can’t be read is counted; other activities are none', () => {
    expect(hand({ id: 'likes.json', type: 'OrderedCollection', orderedItems: ['https://kettle.example/users/ada/statuses/9', 5] }, 'likes.json', {})).toMatchObject({ relations: [{ id: 'https://kettle.example/users/ada/statuses/9', relation: 'like', ownerId: SELF }], unread: [{ reason: 'no-records', section: 'likes', records: 1 }] })
    expect(hand({ id: 'bookmarks.json', type: 'OrderedCollection', orderedItems: [] }, 'x.json').ends).toEqual([{ section: 'bookmarks', ownerId: '77', state: 'end' }])
    expect(hand(outbox({ type: 'Create', object: { type: 'Note' } }, { type: 'Add' }, null)).unread).toMatchObject([{ records: 2 }])
    expect(hand({ a: 1 }, 'actor.json').unread).toMatchObject([{ reason: 'unknown-shape' }])
    expect(hand('{"broken', 'outbox.json').unread).toMatchObject([{ reason: 'unknown-shape' }])
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), value => {
      for (const body of [outbox(value, { type: 'Create', object: value }, note({ tag: value, attachment: value, content: value, to: value, oneOf: [value] })), { '@context': 1, type: 'Person', preferredUsername: 'a', id: value, attachment: value, tag: value }]) hand(body)
    }), { numRuns: 200 })
  })
})

describe('a whole archive', () => {
  let simulation: Simulation
  let truth: Truth
  beforeAll(async () => {
    simulation = await simulations.mastodon!({ follows: 5, posts: 80, relations: 6 })
    truth = simulation.truth()
  })
  afterAll(() => simulation.close())

  it.each(['local', 'bucket'] as const)('with its files in a %s store: everything that it can say, and nothing private', store => {
    const files = Object.entries(archiveOf(truth, store))
    const wanted = room.handIn!.members!.flatMap(pattern => files.filter(([path]) => new RegExp(pattern, 'i').test(path)))
    const readings = wanted.map(([path, body]) => checked(hand(body as string, path, { ownerId: truth.viewer.id, handle: truth.viewer.handle })))
    expect(readings.flatMap(({ unread }) => unread)).toEqual([])
    expect(readings[0]!.viewer).toMatchObject({ handle: truth.viewer.handle })
    const posts = new Map(readings.flatMap(reading => reading.posts).map(post => [post.id, post]))
    expect([...posts.keys()].toSorted()).toEqual(truth.posts.map(({ id }) => id).toSorted())
    for (const should of truth.posts) {
      const is = posts.get(should.id)!
      expect([should.id, is.visibility, Date.parse(is.createdAt!), is.repostOf !== undefined]).toEqual([should.id, should.visibility, Date.parse(should.createdAt), should.repostOf !== undefined])
      if (should.repostOf) continue
      expect([is.url, is.text, is.warning, is.language, is.replyTo?.id]).toEqual([should.url, should.text ?? '', should.warning, should.language, should.replyTo])
      expect((is.media ?? []).map(({ member, alt }) => [member, alt])).toEqual(should.media.map(({ alt }, index) => [filePathOf(should, index), alt]))
      expect((is.facets ?? []).map(({ kind, start, end, value }) => [kind, start, end, value])).toEqual(should.facets.map(({ kind, start, end, value }) => [kind, start, end, value]))
      expect(is.poll?.options.map(({ title }) => title)).toEqual(should.poll?.options.map(({ title }) => title))
    }
    const text = JSON.stringify(readings)
    for (const secret of PRIVATE) expect(text).not.toContain(secret)
  })
})
