/** The download of Threads and Instagram: what it says of everything, beside what a capture knows. */
import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checked } from '../../../../lib/capture/keep.ts'
import { Reading, SELF, nothing } from '../../../../lib/model/index.ts'
import { repaired } from '../../../../lib/networks/answers/meta-export.ts'
import { networks } from '../../../../lib/networks/index.ts'
import { sameWords } from '../../../../lib/store/joins.ts'
import { archiveOf, filePathOf, PRIVATE, type Form } from '../../../networks/meta/archive.ts'
import { truthOf as instagramTruth } from '../../../networks/instagram/truth.ts'
import { makeWorld as instagramWorld } from '../../../networks/instagram/world.ts'
import { truthOf as threadsTruth } from '../../../networks/threads/truth.ts'
import { makeWorld as threadsWorld } from '../../../networks/threads/world.ts'
import type { Truth } from '../../../networks/types.ts'

const seenAt = '2026-11-20T10:00:00.000Z'
const seen = { source: 'export', seenAt }
const me = { ownerId: '77', handle: 'mira' }
const hand = (network: string, body: unknown, path = 'x.json', variables: object = me): Reading => {
  const reading = networks[network]!.read({ url: `file:///${path}`, page: networks[network]!.home, request: { operation: 'file', variables }, status: 200, contentType: 'application/json', body: typeof body === 'string' ? body : JSON.stringify(body), seenAt })
  expect(Reading.safeParse(reading).success).toBe(true)
  return reading
}

describe('letters that stand for bytes', () => {
  it('are put together, once, in values and keys; what is right stays', () => {
    expect(repaired('caf\u00c3\u00a9 \u00f0\u009f\u0091\u008b')).toBe('café 👋')
    for (const right of ['café 👋', 'plain', 'é', '你好', '', 'Ã alone']) expect(repaired(right)).toBe(right)
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => {
      const once = repaired(text)
      const bytes = String.fromCharCode(...new TextEncoder().encode(text))
      expect(/[\ud800-\udfff]/.test(text) || repaired(bytes) === text || repaired(bytes) === repaired(text)).toBe(true)
      expect(typeof repaired(once)).toBe('string')
    }))
    const { follows } = hand('threads', { text_post_app_text_post_app_following: [{ title: '\u00c3\u0089lise', string_list_data: [{ href: 'https://www.threads.com/elise', value: 'elise', timestamp: 1_731_000_000 }] }] })
    expect(follows).toEqual([{ id: 'elise', handle: 'elise', name: 'Élise', url: 'https://www.threads.com/@elise', createdAt: '2024-11-07T17:20:00.000Z', ownerId: '77', relation: 'follow', ...seen }])
  })
})

describe('members', () => {
  it('people, by value, address or title', () => {
    const row = (title: string, data: object) => ({ relationships_following: [{ title, string_list_data: [data] }] })
    const names = [row('', { href: 'https://www.instagram.com/ada', value: 'ada', timestamp: 1 }), row('ada', { href: 'https://www.instagram.com/_u/ada', timestamp: 1 }), row('ada', { timestamp: 1 }), { relationships_following: [{ label_values: [{ label: 'Benutzername', value: 'x', href: 'https://www.instagram.com/ada/' }] }] }]
    for (const one of names) expect(hand('instagram', one).follows).toMatchObject([{ handle: 'ada', url: 'https://www.instagram.com/ada/' }])
    expect(hand('instagram', row('Ada Lovelace', { href: 'https://elsewhere.example/ada', timestamp: 1 })).unread).toMatchObject([{ reason: 'no-records', section: 'follows', records: 1 }])
    expect(hand('instagram', [{ title: '', media_list_data: [], string_list_data: [{ href: 'https://www.instagram.com/ada', value: 'ada', timestamp: 1 }] }]).relations).toMatchObject([{ handle: 'ada', relation: 'follower' }])
    expect(hand('instagram', { relationships_follow_requests_sent: [row('', { value: 'ada' })] })).toMatchObject({ follows: [], relations: [], unread: [{ reason: 'unknown-shape' }] })
  })

  it('posts of Threads: one medium, several, a reply; places and devices are not looked at', () => {
    const exif = { photo_metadata: { exif_data: [{ device_id: 'secret', latitude: 1 }] } }
    const one = { media: [{ uri: '', creation_timestamp: 1_776_526_631, title: 'Hello', text_app_post: { is_reply: true, reply_control: 'everyone' } }] }
    const two = { media: [{ uri: 'media/posts/202604/1.webp', creation_timestamp: 1_776_526_632, title: '', media_metadata: exif }, { uri: 'media/posts/202604/2.mp4', creation_timestamp: 1_776_526_632, title: '' }], title: 'Two', creation_timestamp: 1_776_526_632 }
    const { posts, ends } = hand('threads', { text_post_app_text_posts: [one, two] }, 'x.json', {})
    expect(posts).toEqual([
      { id: expect.stringMatching(/^unnumbered:2026-04-18T15:37:11Z:[0-9a-f]{8}$/), unnumbered: true, authorId: SELF, createdAt: '2026-04-18T15:37:11.000Z', text: 'Hello', replyTo: {}, replyControl: 'everyone', ...seen },
      { id: expect.stringMatching(/^unnumbered:/), unnumbered: true, authorId: SELF, createdAt: '2026-04-18T15:37:12.000Z', text: 'Two', media: [{ kind: 'image', member: 'media/posts/202604/1.webp' }, { kind: 'video', member: 'media/posts/202604/2.mp4' }], ...seen },
    ])
    expect(ends).toEqual([{ section: 'posts', ownerId: SELF, state: 'end' }])
  })

  it('posts of Instagram under whichever of their names, reels, likes', () => {
    const medium = { uri: 'media/posts/1.jpg', creation_timestamp: 1_658_871_953, title: 'A caption' }
    expect(hand('instagram', [{ media: [medium] }]).posts).toMatchObject([{ text: 'A caption', media: [{ kind: 'image', member: 'media/posts/1.jpg' }] }])
    expect(hand('instagram', { ig_reels_media: [{ media: [{ ...medium, uri: 'media/reels/1.mp4' }] }] }).posts).toMatchObject([{ text: 'A caption', media: [{ kind: 'video' }] }])
    expect(hand('instagram', { likes_media_likes: [{ title: 'ada', string_list_data: [{ href: 'https://www.instagram.com/p/Abc-1/', value: '👍', timestamp: 1_658_871_953 }] }] }).relations).toMatchObject([{ id: 'Abc-1', url: 'https://www.instagram.com/p/Abc-1/', relation: 'like', post: true, createdAt: '2022-07-26T21:45:53.000Z' }])
    expect(hand('instagram', [{ media: [{ title: 'no time' }] }]).unread).toMatchObject([{ reason: 'no-records', section: 'posts', records: 1 }])
  })

  it('whose it is: the name, in a language or by its address, and nothing that stands beside it', () => {
    const map = (entries: object) => ({ profile_user: [{ string_map_data: { Email: { value: 'secret@a.example' }, 'Phone Number': { value: '123456' }, ...entries } }] })
    for (const label of ['Username', 'Benutzername', 'ユーザーネーム', '用户名', "Nom d'utilisateur"]) expect(hand('instagram', map({ [label]: { value: 'mira' } }), 'x.json', {})).toMatchObject({ viewer: { id: 'mira', handle: 'mira' }, profiles: [{ id: 'mira', handle: 'mira' }] })
    expect(hand('instagram', map({ Unknown: { href: 'https://www.instagram.com/mira', value: 'x' } }), 'x.json', {}).viewer).toEqual({ id: 'mira', handle: 'mira' })
    const silent = hand('instagram', map({ Unknown: { value: 'mira' } }), 'x.json', {})
    expect([silent.viewer, silent.unread, JSON.stringify(silent)]).toEqual([undefined, [], expect.not.stringMatching(/secret|123456/)])
  })

  it('is known by its content, without a word of where it comes from', () => {
    const read = (network: string, body: unknown): Reading => networks[network]!.read({ url: networks[network]!.home, page: networks[network]!.home, status: 200, contentType: 'application/json', body: JSON.stringify(body), seenAt })
    expect(read('instagram', { relationships_following: [{ title: 'ada', string_list_data: [{ href: 'https://www.instagram.com/_u/ada', timestamp: 1 }] }] }).follows).toHaveLength(1)
    expect(read('instagram', [{ media: [{ uri: 'media/posts/1.jpg', creation_timestamp: 1_658_871_953, title: '' }] }]).posts).toHaveLength(1)
    expect(read('threads', { text_post_app_text_posts: [{ media: [{ uri: '', creation_timestamp: 1_776_526_631, title: 'Hello' }] }] }).posts).toHaveLength(1)
  })

  it('broken, empty, prototypes, anything: never thrown', () => {
    for (const network of ['threads', 'instagram']) {
      expect(hand(network, '{"relationships_following":[{"title":"a"').unread).not.toEqual([])
      expect(hand(network, []).unread).toEqual([])
      expect(hand(network, '').unread).toMatchObject([{ reason: 'empty' }])
      expect(hand(network, '{"__proto__":[{"x":1}],"constructor":[1]}').unread).toMatchObject([{ reason: 'unknown-shape' }])
    }
    const keys = fc.constantFrom('text_post_app_text_posts', 'text_post_app_text_post_app_following', 'relationships_following', 'ig_reels_media', 'likes_media_likes', 'profile_user')
    fc.assert(fc.property(keys, fc.jsonValue(), (key, value) => {
      for (const network of ['threads', 'instagram']) for (const body of [{ [key]: value }, { [key]: [value] }, [{ media: [value] }], [{ media: value, string_list_data: [value] }]]) hand(network, body)
    }), { numRuns: 200 })
  })
})

const truths: [string, 'threads' | 'instagram', Truth][] = [
  ['Threads', 'threads', ((world): Truth => threadsTruth(world, world.first, new Set()))(threadsWorld({ seed: 5, follows: 60, posts: 80, locked: false, now: 1_790_000_000 }))],
  ['Instagram', 'instagram', ((world): Truth => instagramTruth(world, world.first, new Set()))(instagramWorld({ seed: 5, follows: 60, posts: 60, locked: false, relations: 5 }))],
]
const forms: Form[] = ['old', 'new']
describe.each(truths)('a whole download of %s', (_name, network, truth) => {
  it.each(forms)('of the %s generation: everything that it can say, and nothing private', form => {
    const files = Object.entries(archiveOf(network, truth, form))
    const patterns = networks[network]!.handIn!.members!.map(pattern => new RegExp(pattern, 'i'))
    const wanted = patterns.flatMap(pattern => files.filter(([path]) => pattern.test(path)))
    const readings = wanted.map(([path, body]) => checked(hand(network, body as string, path, {})))
    expect(readings.flatMap(({ unread }) => unread)).toEqual([])
    expect(readings[0]!.viewer).toMatchObject({ handle: truth.viewer.handle })
    const posts = readings.flatMap(reading => reading.posts)
    const own = truth.posts.filter(({ repostOf }) => repostOf === undefined)
    expect(posts).toHaveLength(own.length)
    for (const [at, should] of own.entries()) {
      const is = posts[at]!
      expect([Date.parse(is.createdAt!), sameWords(is.text, should.text), (is.media ?? []).map(({ kind, member }) => [kind, member])]).toEqual([Math.floor(Date.parse(should.createdAt) / 1000) * 1000, true, should.media.map(({ kind }, index) => [kind === 'gif' ? 'video' : kind, filePathOf(should, index)])])
    }
    expect(readings.flatMap(({ follows }) => follows).map(({ handle }) => handle).toSorted()).toEqual(truth.follows.map(({ handle }) => handle).filter(handle => !handle.includes('@')).toSorted())
    expect(readings.flatMap(({ relations }) => relations).map(({ relation, handle }) => [relation, handle])).toEqual([['follower', 'follower.one']])
    const text = JSON.stringify(readings)
    for (const secret of PRIVATE) expect(text).not.toContain(secret)
  })
})

const recorded = new URL('../../../../../shared/recorded/', import.meta.url)
describe.skipIf(!existsSync(recorded))('members that were recorded (skipped where they are not there)', () => {
  const load = (network: string, path: string): Reading => checked(hand(network, readFileSync(new URL(`${network}/${path}`, recorded), 'utf8'), path))
  const rows = (reading: Reading): number => reading.posts.length + reading.follows.length + reading.relations.length
  it('are read with nothing lost', () => {
    const threads = 'SYNTHETIC-export-shapes/your_instagram_activity/threads'
    expect(load('threads', `${threads}/threads_and_replies.json`).posts[0]!.text).toBe('Hello 👋 — café, 你好')
    expect(load('threads', `${threads}/following.json`).follows.map(({ handle, name }) => [handle, name])).toEqual([['elise.example', 'Élise Exemple'], ['bob_example', undefined]])
    for (const form of ['A_2024-2025', 'B_2026']) {
      expect(rows(load('instagram', `SYNTHETIC-export-shapes/${form}/connections/followers_and_following/following.json`))).toBeGreaterThan(0)
      expect(rows(load('instagram', `SYNTHETIC-export-shapes/${form}/connections/followers_and_following/followers_1.json`))).toBeGreaterThan(0)
    }
    for (const [path, network] of [[`${threads}/threads_and_replies.json`, 'threads'], [`${threads}/following.json`, 'threads'], [`${threads}/followers.json`, 'threads'], ['export.marcomaroni.test_image.posts.json', 'instagram'], ['export.marcomaroni.test_images.posts.json', 'instagram']] as const) {
      const reading = load(network, path)
      const raw: unknown = JSON.parse(readFileSync(new URL(`${network}/${path}`, recorded), 'utf8'))
      const count = Array.isArray(raw) ? raw.length : (Object.values(raw as object)[0] as unknown[]).length
      expect([path, rows(reading), reading.unread]).toEqual([path, count, []])
    }
    for (const name of ['test_image', 'test_images']) expect(load('instagram', `export.marcomaroni.${name}.reels.json`).unread).toEqual([])
  })
})

it('nothing of what is empty is a member', () => expect(hand('threads', {})).toEqual({ ...nothing(), unread: [{ reason: 'unknown-shape', operation: 'file', ownerId: '77' }] }))
