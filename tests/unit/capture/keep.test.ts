import { describe, expect, it } from 'vitest'
import { audienceOf, checked, own, unreadRow } from '../../../lib/capture/keep.ts'
import { nothing, type Answer, type Reading } from '../../../lib/model/index.ts'
import { hostsOf, rooms } from '../../../lib/networks/rooms.ts'

const viewer = { id: '1', handle: 'ada' }
const reading = (part: Partial<Reading>): Reading => ({ ...nothing(), ...part })

describe('what is kept', () => {
  it('is the own profile, own posts, and lists whose owner is the viewer', () => {
    const kept = own(
      reading({
        profiles: [{ id: '1', handle: 'ada', counts: { follows: 2 } }, { id: '2', handle: 'bob', counts: { follows: 9 } }],
        follows: [
          { id: '3', handle: 'cy', ownerId: '1', relation: 'follow' },
          { id: '4', handle: 'di', ownerId: '2', relation: 'follow' },
          { id: '5', handle: 'ed', relation: 'follow' },
        ],
        posts: [{ id: '10', authorId: '1' }, { id: '11', authorId: '2' }, { id: '12' }],
        relations: [{ id: '6', handle: 'fi', ownerId: '1', relation: 'follower' }],
        counts: [{ section: 'followers', ownerId: '1', value: 4 }, { section: 'followers', ownerId: '2', value: 5 }, { section: 'follows', value: 7 }],
        ends: [{ section: 'follows', ownerId: '1', state: 'end' }, { section: 'follows', state: 'end' }],
        unread: [{ reason: 'x' }, { reason: 'y', ownerId: '2' }, { reason: 'z', ownerId: '1' }],
      }),
      viewer,
    )
    expect(kept.profile?.handle).toBe('ada')
    expect(kept.follows.map(({ handle }) => handle)).toEqual(['cy'])
    expect(kept.posts.map(({ id }) => id)).toEqual(['10'])
    expect(kept.relations).toEqual([])
    expect(kept.counts).toEqual([{ section: 'follows', ownerId: '1', value: 2 }, { section: 'followers', ownerId: '1', value: 4 }])
    expect(kept.ends.length).toBe(1)
    expect(kept.unread.map(({ reason }) => reason)).toEqual(['x', 'z'])
  })
  it('loses a record that does not hold, and counts it', () => {
    const result = checked(reading({ follows: [{ id: '', handle: 'x', relation: 'follow' }, { id: '3', handle: 'cy', ownerId: '1', relation: 'follow' }], posts: [{ id: '1', createdAt: 'yesterday' }] }))
    expect(result.follows.length).toBe(1)
    expect(result.posts).toEqual([])
    expect(result.unread).toEqual([{ reason: 'invalid-records', records: 2 }])
  })
})

describe('who may read a post', () => {
  const room = Object.values(rooms)[0]!
  it('is told from the account where that is how the network does it, and never guessed', () => {
    const following = { ...room, postsFollowAccount: true }
    expect([false, true, undefined].map(locked => audienceOf(following, locked))).toEqual(['public', 'followers', undefined])
    expect(audienceOf({ ...room, postsFollowAccount: false }, false)).toBeUndefined()
  })
})

describe('an answer that could not be read', () => {
  const room = Object.values(rooms)[0]!
  const host = `https://${hostsOf(room)[0]}`
  const answer = (body: string, url = `${host}/graphql/query?secret=1`): Answer => ({ url, page: `${host}/@someone`, status: 200, contentType: 'application/json', body, seenAt: '2026-01-01T00:00:00Z' })
  const body = JSON.stringify({ data: { people: [{ username: 'bob', fb_dtsg: 'T0KEN', picture: 'https://cdn.test/a.jpg?oh=SIGNED', bio: 'hello' }] } })
  it('keeps the account\'s own list without tokens and signatures', () => {
    const row = unreadRow(room, answer(body), { reason: 'unknown-shape', section: 'follows', ownerId: '1' }, viewer)
    expect(row.bodyKind).toBe('reduced')
    expect(JSON.parse(row.body)).toEqual({ data: { people: [{ username: 'bob', picture: 'https://cdn.test/a.jpg', bio: 'hello' }] } })
    expect(row.path).toBe('/graphql/query')
  })
  it('keeps of all else no more than the shape, and no name from an address', () => {
    for (const unread of [{ reason: 'x' }, { reason: 'x', section: 'posts' as const, ownerId: '1' }]) {
      const row = unreadRow(room, answer(body, `${host}/@stranger`), unread, viewer)
      expect(row.bodyKind).toBe('shape')
      expect(JSON.stringify(row)).not.toMatch(/bob|T0KEN|SIGNED|hello|stranger/)
      expect(row.body).toContain('string 3')
    }
    expect(unreadRow(room, answer('<garbage bob'), { reason: 'not-json', section: 'follows', ownerId: '1' }, viewer).body).toBe('{"text":12}')
  })
})
