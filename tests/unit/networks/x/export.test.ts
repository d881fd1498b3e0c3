/** The network's own archive: what it says of everything, beside what a capture knows. */
import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checked } from '../../../../lib/capture/keep.ts'
import { Reading, SELF, nothing } from '../../../../lib/model/index.ts'
import { read } from '../../../../lib/networks/x/read.ts'
import { room } from '../../../../lib/networks/x/index.ts'
import { sameWords } from '../../../../lib/store/joins.ts'
import { archiveOf, PRIVATE } from '../../../networks/x/archive.ts'
import { truthOf } from '../../../networks/x/truth.ts'
import { makeWorld } from '../../../networks/x/world.ts'

const seenAt = '2026-11-20T10:00:00.000Z'
const me = { ownerId: '77', handle: 'mira' }
const hand = (body: string, path = 'data/x.js', variables: object = me): Reading => {
  const reading = read({ url: `file:///${path}`, page: 'https://x.com/home', request: { operation: 'file', variables }, status: 200, contentType: 'application/json', body, seenAt })
  expect(Reading.safeParse(reading).success).toBe(true)
  return reading
}
const member = (kind: string, rows: unknown): string => `window.YTD.${kind}.part0 = ${JSON.stringify(rows)}`
const seen = { source: 'export', seenAt }
const tweet = (more: object) => ({ tweet: { id_str: '1800000000000000001', full_text: 'Hello', created_at: 'Wed Sep 04 13:51:55 +0000 2019', entities: {}, favorite_count: '3', retweet_count: '1', lang: 'en', ...more } })

describe('members, each by what stands in it', () => {
  it('the account: number and names, and nothing else of it', () => {
    const reading = hand(member('account', [{ account: { email: 'secret@a.example', phoneNumber: 'secret', createdVia: 'web', username: 'mira', accountId: '77', createdAt: '2012-03-04T05:06:07.000Z', accountDisplayName: 'Mira' } }]), 'renamed.js', {})
    expect(reading).toEqual({ ...nothing(), viewer: { id: '77', handle: 'mira', name: 'Mira' }, profiles: [{ id: '77', handle: 'mira', name: 'Mira', url: 'https://x.com/mira', createdAt: '2012-03-04T05:06:07.000Z', ...seen }] })
  })

  it('the profile', () => {
    const profile = { description: { bio: 'A bio', website: 'https://t.co/x', location: 'Graz' }, avatarMediaUrl: 'https://pbs.twimg.com/profile_images/1/a.jpg', headerMediaUrl: 'https://pbs.twimg.com/profile_banners/77/1' }
    expect(hand(member('profile', [{ profile }])).profiles).toEqual([{ id: '77', handle: 'mira', bio: 'A bio', location: 'Graz', links: [{ url: 'https://t.co/x' }], avatar: profile.avatarMediaUrl, header: profile.headerMediaUrl, ...seen }])
  })

  it('people by number alone', () => {
    const row = { accountId: '5', userLink: 'https://twitter.com/intent/user?user_id=5' }
    expect(hand(member('following', [{ following: row }]))).toEqual({ ...nothing(), follows: [{ id: '5', handle: '5', numbered: true, url: 'https://x.com/i/user/5', ownerId: '77', relation: 'follow', ...seen }], ends: [{ section: 'follows', ownerId: '77', state: 'end' }] })
    expect(hand(member('following', [{ following: row }]), 'data/following.js', {}).follows).toMatchObject([{ ownerId: SELF }])
    for (const [kind, key, relation, section] of [['follower', 'follower', 'follower', 'followers'], ['block', 'blocking', 'block', 'blocks'], ['mute', 'muting', 'mute', 'mutes']]) {
      expect(hand(member(kind!, [{ [key!]: row }]))).toEqual({ ...nothing(), relations: [{ id: '5', url: 'https://x.com/i/user/5', numbered: true, relation, ownerId: '77', ...seen }], ends: [{ section, ownerId: '77', state: 'end' }] })
    }
    expect(hand(member('like', [{ like: { tweetId: '9', fullText: 'what somebody wrote', expandedUrl: 'x' } }])).relations).toEqual([{ id: '9', url: 'https://x.com/i/status/9', post: true, relation: 'like', ownerId: '77', ...seen }])
  })

  it('a post with text places, escaped letters, a picture and a film', () => {
    const media = [{ id_str: '11', url: 'https://t.co/pic', indices: ['33', '49'], type: 'photo', media_url_https: 'https://pbs.twimg.com/media/ABC.jpg' }, { id_str: '12', url: 'https://t.co/pic', indices: ['33', '49'], type: 'video', media_url_https: 'https://pbs.twimg.com/still.jpg', video_info: { variants: [{ content_type: 'video/mp4', bitrate: '100', url: 'https://video.twimg.com/small.mp4?tag=1' }, { content_type: 'video/mp4', bitrate: '900', url: 'https://video.twimg.com/vid/large.mp4?tag=1' }] } }]
    const { posts, people } = hand(member('tweets', [tweet({ full_text: 'A &lt;b&gt; @ada https://t.co/link https://t.co/pic', entities: { user_mentions: [{ screen_name: 'ada', name: 'Ada', id_str: '5', indices: ['13', '17'] }], urls: [{ url: 'https://t.co/link', expanded_url: 'https://a.example/', indices: ['18', '35'] }], hashtags: [], media: media.slice(0, 1) }, extended_entities: { media } })]))
    expect(posts).toMatchObject([{
      id: '1800000000000000001', url: 'https://x.com/mira/status/1800000000000000001', authorId: '77', authorHandle: 'mira', createdAt: '2019-09-04T13:51:55.000Z', text: 'A <b> @ada https://a.example/',
      facets: [{ start: 6, end: 10, kind: 'mention', value: 'ada', id: '5' }, { start: 11, end: 29, kind: 'link', value: 'https://a.example/' }], language: 'en', counts: { likes: 3, reposts: 1 },
      media: [{ kind: 'image', id: '11', member: 'data/tweets_media/1800000000000000001-ABC.jpg' }, { kind: 'video', id: '12', url: 'https://video.twimg.com/vid/large.mp4?tag=1', member: 'data/tweets_media/1800000000000000001-large.mp4' }], ...seen,
    }])
    expect(people).toEqual([{ id: '5', handle: 'ada', name: 'Ada' }])
  })

  it('reposts point at whom they repost, and say nothing of it; a quoted post is told by the link that ends the text', () => {
    const mention = { screen_name: 'ada', name: 'Ada', id_str: '5', indices: ['3', '7'] }
    const [plain, pictured, mine, quote] = hand(member('tweets', [
      tweet({ full_text: 'RT @ada: words of somebody else', entities: { user_mentions: [mention] } }),
      tweet({ full_text: 'RT @ada: words', entities: { user_mentions: [mention] }, extended_entities: { media: [{ source_status_id_str: '900' }] } }),
      tweet({ full_text: 'RT @nobody wrote this by hand', entities: { user_mentions: [] } }),
      tweet({ full_text: 'Look https://t.co/q', entities: { urls: [{ url: 'https://t.co/q', expanded_url: 'https://twitter.com/ada/status/901', indices: ['5', '19'] }] } }),
    ])).posts
    expect(plain).toEqual({ id: '1800000000000000001', url: 'https://x.com/mira/status/1800000000000000001', authorId: '77', authorHandle: 'mira', createdAt: '2019-09-04T13:51:55.000Z', repostOf: { authorHandle: 'ada', authorId: '5' }, ...seen })
    expect(pictured!.repostOf).toEqual({ id: '900', url: 'https://x.com/ada/status/900', authorHandle: 'ada', authorId: '5' })
    expect([mine!.repostOf, mine!.text]).toEqual([undefined, 'RT @nobody wrote this by hand'])
    expect(quote).toMatchObject({ text: 'Look', quoteOf: { id: '901', authorHandle: 'ada' } })
  })

  it('of an edited post the last version; a long one by its words', () => {
    const info = { edit_info: { initial: { editTweetIds: ['1800000000000000001', '1800000000000000002'] } } }
    const { posts, unread } = hand(member('tweets', [tweet(info), tweet({ ...info, id_str: '1800000000000000002', full_text: 'Hello again' })]))
    expect(posts).toMatchObject([{ id: '1800000000000000002', text: 'Hello again', edited: true }])
    expect(unread).toEqual([])
    const whole = `A long text. ${'Word '.repeat(80)}`.trim()
    const [note] = hand(member('note_tweet', [{ noteTweet: { noteTweetId: '55', createdAt: '2019-09-04T13:51:55.000Z', core: { text: whole, urls: [], mentions: [], hashtags: [] } } }])).posts
    expect(note).toMatchObject({ unnumbered: true, createdAt: '2019-09-04T13:51:55.000Z', text: whole, authorId: '77' })
    expect(note!.id).toMatch(/^unnumbered:2019-09-04T13:51:55Z:/)
    expect(sameWords(note!.text, `${whole.slice(0, 270)}… https://t.co/xyz`)).toBe(true)
  })

  it('what can’t be read is counted, what stands around it is kept; other kinds are not looked at', () => {
    expect(hand(member('following', [{ following: {} }, { following: { accountId: '5' } }, null])).unread).toEqual([{ reason: 'no-records', section: 'follows', records: 2, operation: 'file', ownerId: '77' }])
    const broken = hand('window.YTD.following.part0 = [ {"following":{"accountId":"5"}}, {"following":{"acc')
    expect([broken.follows.length, broken.unread.map(({ reason }) => reason), broken.ends]).toEqual([1, ['not-json'], []])
    for (const kind of ['direct_messages', 'ad_engagements', 'deleted_tweets', '__proto__', 'constructor']) expect(hand(member(kind, [{ secret: 1 }]))).toEqual({ ...nothing(), unread: [{ reason: 'not-read', operation: 'file', ownerId: '77' }] })
    expect(hand('alert(1)').unread).toMatchObject([{ reason: 'unknown-shape' }])
    expect(hand(member('following', [])).ends).toHaveLength(1)
  })

  it('never throws, whatever stands in it', () => {
    const names = fc.constantFrom('account', 'profile', 'tweets', 'note_tweet', 'following', 'like', 'block', 'x')
    fc.assert(fc.property(names, fc.jsonValue(), fc.nat(400), (kind, value, cut) => {
      const body = member(kind, [{ [kind]: value, tweet: value, noteTweet: value }, value])
      hand(body)
      hand(body.slice(0, cut))
    }), { numRuns: 300 })
  })
})

describe('a whole archive', () => {
  const world = makeWorld({ seed: 7, follows: 64, posts: 90, relations: 14, locked: false })
  const truth = truthOf(world, world.first, new Set())
  const files = archiveOf(truth, 3)
  const wanted = Object.entries(files).filter(([path]) => room.handIn!.members!.some(pattern => new RegExp(pattern, 'i').test(path)))
  const whose = { ownerId: truth.viewer.id, handle: truth.viewer.handle }
  const readings = wanted.map(([path, body]) => checked(hand(body as string, path, whose)))
  const all = <K extends 'posts' | 'follows' | 'relations' | 'profiles'>(key: K): Reading[K] => readings.flatMap(reading => reading[key] as unknown[]) as Reading[K]

  it('everything that it can say', () => {
    expect(readings.flatMap(({ unread }) => unread)).toEqual([])
    expect(all('follows').map(({ id }) => id).toSorted()).toEqual(truth.follows.map(({ id }) => id).toSorted())
    const posts = new Map(all('posts').filter(({ unnumbered }) => !unnumbered).map(post => [post.id, post]))
    expect([...posts.keys()].toSorted()).toEqual(truth.posts.map(({ id }) => id).toSorted())
    const long = all('posts').filter(({ unnumbered }) => unnumbered)
    for (const should of truth.posts) {
      const is = posts.get(should.id)!
      expect([is.url, Date.parse(is.createdAt!), is.repostOf !== undefined]).toEqual([should.url, Math.floor(Date.parse(should.createdAt) / 1000) * 1000, should.repostOf !== undefined])
      if (should.repostOf) continue
      const words = sameWords(is.text, should.text) || long.some(note => note.text === should.text)
      expect([should.id, words]).toEqual([should.id, true])
      expect([is.replyTo?.id, is.quoteOf?.id, is.media?.map(({ kind }) => kind) ?? []]).toEqual([should.replyTo, should.quoteOf, should.media.map(({ kind }) => kind)])
    }
    for (const relation of ['block', 'mute', 'like']) expect(all('relations').filter(one => one.relation === relation).map(({ id }) => id).toSorted()).toEqual(truth.relations!.filter(one => one.relation === relation).map(({ id }) => id).toSorted())
  })

  it('and nothing that is private', () => {
    expect(wanted.length).toBeGreaterThan(10)
    const text = JSON.stringify(readings)
    for (const secret of PRIVATE) expect(text).not.toContain(secret)
  })
})

const recorded = new URL('../../../../../shared/recorded/x/archive-dogsheep-synthetic/', import.meta.url)
describe.skipIf(!existsSync(recorded))('members that were recorded (skipped where they are not there)', () => {
  const load = (name: string): Reading => checked(hand(readFileSync(new URL(name, recorded), 'utf8'), `data/${name}`))
  it('are read with nothing lost', () => {
    expect(load('account.js')).toMatchObject({ viewer: { id: '12497', handle: 'simonw' }, unread: [] })
    expect(JSON.stringify(load('account.js'))).not.toMatch(/5555|swillison/)
    expect([load('following.js').follows.length, load('follower.js').relations.length]).toEqual([2, 2])
    for (const name of ['following.js', 'follower.js']) expect(load(name).unread).toEqual([])
  })
})
