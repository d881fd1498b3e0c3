/** Real answers, where they lie beside the project (they are not part of it): every field that each of them has. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Reading } from '../../../../lib/model/index.ts'
import { ask, askPage, seenAt, type Asked } from './ask.ts'

const folder = new URL('../../../../../shared/recorded/threads/', import.meta.url)
const present = existsSync(folder)
if (!present) console.warn('recorded answers of Threads are not here: skipped')

const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const from = (source: 'answer' | 'state') => ({ source, seenAt })
const empty: Reading = { profiles: [], follows: [], posts: [], relations: [], counts: [], unread: [], ends: [] }

/** An address without its query: signatures are long. */
const bare = (url: string | undefined) => url?.split('?')[0]

const picture = 'https://scontent-fco2-1.cdninstagram.com/v/t51.82787-19/550174606_17925811725103224_8363667901743352243_n.jpg'
const expectLoggedOutProfile = (reading: Reading) => {
  const [profile] = reading.profiles
  expect({ ...profile, avatar: bare(profile?.avatar) }).toEqual({
    id: '63055343223', handle: 'zuck', name: 'Mark Zuckerberg', bio: 'Mostly superintelligence and MMA takes', bioFacets: [], links: [], avatar: picture,
    url: 'https://www.threads.com/@zuck', locked: false, verified: true, counts: { followers: 5682725 }, tags: ['AI Threads', 'UFC Threads', 'AI', 'MMA', 'memes'], ...from('state'),
  })
  expect(profile?.avatar).toContain('stp=dst-jpg_s640x640')
  expect({ ...reading, profiles: [] }).toEqual({ ...empty, counts: [{ section: 'followers', ownerId: '63055343223', value: 5682725 }] })
}

const made = (id: string, handle: string, name: string, more: object, source: 'answer' | 'state' = 'answer') => ({
  id, handle, name, avatar: `https://example.invalid/profiles/${id}.png`, url: `https://www.threads.com/@${handle}`, verified: false, ...more, ...from(source),
})
const owner = made('101', 'synthetic_owner', 'Synthetic Owner', { bio: 'Owner of the synthetic connection.', counts: { follows: 1, followers: 2, posts: 1 } })
const ownerCounts = [{ section: 'followers', ownerId: '101', value: 2 }, { section: 'follows', ownerId: '101', value: 1 }]
const alice = { authorId: '101', authorHandle: 'synthetic_alice' }

/** The whole Reading of each file, as asked. */
const readings: [file: string, asked: Asked, expected: Reading][] = [
  ['synthetic-agentic-threads/following.json', { operation: 'BarcelonaFriendshipsFollowingTabQuery', variables: { userID: '101', first: 20 } }, {
    ...empty, profiles: [owner], counts: ownerCounts as Reading['counts'], ends: [{ section: 'follows', ownerId: '101', state: 'end' }],
    follows: [made('501', 'fixture_following_one', 'Synthetic Following One', { bio: 'Synthetic account followed by the owner.', ownerId: '101', relation: 'follow' as const, position: 0 }) as Reading['follows'][0]],
  }],
  ['synthetic-agentic-threads/followers.json', {}, {
    ...empty, profiles: [owner], counts: ownerCounts as Reading['counts'], ends: [{ section: 'followers', ownerId: '101', state: 'more', cursor: 'synthetic-followers-page-2' }],
    relations: [
      made('401', 'fixture_follower_one', 'Synthetic Follower One', { bio: 'First synthetic follower.', ownerId: '101', relation: 'follower' as const }),
      made('402', 'fixture_follower_two', 'Synthetic Follower Two', { bio: 'Second synthetic follower.', ownerId: '101', relation: 'follower' as const }),
    ] as Reading['relations'],
  }],
  ['synthetic-agentic-threads/feed.json', { operation: 'BarcelonaFeedDirectQuery' }, {
    ...empty,
    profiles: [{ ...made('101', 'synthetic_alice', 'Synthetic Alice', { bio: 'An entirely synthetic profile.', counts: { follows: 4, followers: 12, posts: 6 } }), avatar: 'https://example.invalid/profiles/synthetic_alice.png' }],
    counts: [{ section: 'followers', ownerId: '101', value: 12 }, { section: 'follows', ownerId: '101', value: 4 }],
    posts: [{
      id: '1001', url: 'https://www.threads.com/@synthetic_alice/post/feed1', ...alice, createdAt: '2026-01-01T00:00:00.000Z', text: 'A synthetic feed post quoting another synthetic post.',
      quoteOf: { id: '1002', url: 'https://www.threads.com/@synthetic_bob/post/quote1', authorId: '102', authorHandle: 'synthetic_bob' }, counts: { likes: 3, replies: 2, reposts: 1, quotes: 1 }, ...from('answer'),
    }],
  }],
  ['synthetic-agentic-threads/post_root.json', { operation: 'BarcelonaPostPageStrongIdTargetQuery' }, {
    ...empty,
    posts: [{ id: '4001', url: 'https://www.threads.com/@synthetic_alice/post/root1', ...alice, createdAt: '2026-01-03T00:00:00.000Z', pinned: false, text: 'A standalone synthetic root post.', counts: { likes: 8, replies: 1, reposts: 2, quotes: 3 }, ...from('answer') }],
  }],
  ['synthetic-agentic-threads/profile_threads.json', { operation: 'BarcelonaProfileThreadsTabDirectQuery', variables: { userID: '101' } }, {
    ...empty, ends: [{ section: 'posts', ownerId: '101', state: 'end' }],
    posts: [{
      id: '2001', url: 'https://www.threads.com/@synthetic_alice/post/thread1', ...alice, createdAt: '2026-01-02T00:00:00.000Z', pinned: true, text: 'A pinned synthetic carousel that reposts a synthetic post.',
      media: [
        { id: '2101', kind: 'image', url: 'https://example.invalid/media/carousel-photo.jpg', alt: 'First synthetic carousel image.', width: 800, height: 600 },
        { id: '2102', kind: 'video', url: 'https://example.invalid/media/carousel-video-high.mp4', preview: 'https://example.invalid/media/carousel-video-cover.jpg', alt: 'Second synthetic carousel item is a video.', width: 1080, height: 1080 },
      ],
      quoteOf: { id: '2002', url: 'https://www.threads.com/@synthetic_carol/post/repost1', authorId: '103', authorHandle: 'synthetic_carol' }, counts: { likes: 5, replies: 1, reposts: 2, quotes: 0 }, ...from('answer'),
    }],
  }],
  ['synthetic-agentic-threads/unavailable.json', { operation: 'BarcelonaProfilePageDirectQuery' }, empty],
  ['synthetic-agentic-threads/unavailable.json', { operation: 'BarcelonaProfilePageDirectQuery', variables: { userID: '7' } }, { ...empty, unread: [{ reason: 'no-records', operation: 'BarcelonaProfilePageDirectQuery', section: 'profile', ownerId: '7' }] }],
  ['threads-about-this-profile-bloks.profile-basic-en.txt', { url: '/async/wbloks/fetch/' }, empty],
  ['threads-about-this-profile-bloks.profile-own-verified-ja.txt', { url: '/async/wbloks/fetch/' }, empty],
]

describe.runIf(present)('recorded answers', () => {
  it.each(readings)('%s, asked %j', (file, asked, expected) => expect(ask(text(file), asked)).toEqual(expected))

  it('the profile that a page of 2026 carries, as saved and as its bare JSON', () => {
    expectLoggedOutProfile(askPage(text('threads-profile-zuck-ssr-loggedout-202607.html.txt'), '/@zuck'))
    expectLoggedOutProfile(ask(text('threads-profile-zuck-ssr-loggedout-202607.sjs.json'), { page: '/@zuck' }))
  })

  it('the profile of 2023, whose avatar is the largest', () => {
    for (const wrap of [(body: string) => body, (body: string) => `{"data":{"userData":{"user":${body}}},"extensions":{"is_final":true}}`]) {
      const reading = ask(wrap(text('junhoyeo-README-202307.getUserProfile.json')))
      const [profile] = reading.profiles
      expect({ ...profile, avatar: bare(profile?.avatar) }).toEqual({
        id: '5438123050', handle: '_junhoyeo', name: 'Junho Yeo 🫧', bio: '🐰🏴‍☠️ generalist hacker, designer, dreamer', links: [{ url: 'https://junho.io/about' }],
        avatar: 'https://scontent.cdninstagram.com/v/t51.2885-19/358202847_614947594069692_3487562382200036996_n.jpg', url: 'https://www.threads.com/@_junhoyeo', locked: false, verified: false,
        counts: { followers: 124 }, ...from('answer'),
      })
      expect(profile?.avatar).toContain('s640x640')
      expect({ ...reading, profiles: [] }).toEqual({ ...empty, counts: [{ section: 'followers', ownerId: '5438123050', value: 124 }] })
    }
  })

  it('whatever else lies there gives whole records and no barrier', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(one => one.isFile()).map(one => `${one.parentPath}/${one.name}`.replace(/^.*\/recorded\/threads\/+/, ''))
    expect(files.length).toBeGreaterThan(10)
    for (const file of files) expect([file, ask(text(file)).barrier]).toEqual([file, undefined])
  })
})
