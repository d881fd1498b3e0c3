/** Records of made-up people in every form that the lexicons know, and what is asked next. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { room } from '../../../../lib/networks/bluesky/index.ts'
import { viewer } from '../../../../lib/networks/bluesky/read.ts'
import { carOf, linkTo, type Value } from '../../../networks/bluesky/repository.ts'
import { ada, api, ask, ben, me, seenAt, server } from './ask.ts'

const picture = linkTo(new TextEncoder().encode('a picture'), 0x55)
const at = '2026-05-01T10:00:00.000Z'
const key = (index: number): string => `3kabcdefghi${String(index).padStart(2, '2')}`
const blob = { $type: 'blob', ref: picture, mimeType: 'image/jpeg', size: 1234 }
const repository = (records: Record<string, Value>, version: 2 | 3 = 3): Uint8Array => carOf(me, new Map(Object.entries(records)), '3kabcdefghi22', version)
const post = (more: Record<string, Value>): Record<string, Value> => ({ $type: 'app.bsky.feed.post', createdAt: at, text: '', ...more })
const only = (more: Record<string, Value>) => ask(repository({ [`app.bsky.feed.post/${key(1)}`]: post(more) }), { url: 'file:///repo.car' }).posts[0]!

describe('who is named', () => {
  it.each([
    ['ada.example.com', 'ada.example.com'], ['@Ada.Example.com', 'ada.example.com'], ['https://bsky.app/profile/ada.example.com', 'ada.example.com'], ['https://bsky.app/profile/ada.example.com/follows?x=1', 'ada.example.com'],
    ['bsky.app/profile/ada.example.com', 'ada.example.com'], [`at://${ada}`, ada], [ada, ada], [`https://bsky.app/profile/${encodeURIComponent(ada)}`, ada], [' you.bsky.social ', 'you.bsky.social'],
  ])('%s', (typed, handle) => { expect(room.api?.subject(typed)).toEqual({ handle }) })
  it.each(['', 'ada', '@ada', 'bsky.app', 'https://bsky.app/', 'https://example.com/profile/ada.example.com', 'ada@mastodon.example', 'did:plc:', '-a.example', 'a..b', 'ada.example.com and ben'])('not %j', typed => {
    expect(room.api?.subject(typed)).toBeUndefined()
  })
  it('nobody by a page: its tokens are not looked at', () => { expect(viewer({ page: 'https://bsky.app/', documents: ['{"session":{"currentAccount":{"did":"x"}}}'] })).toBeUndefined() })
})

describe('a repository', () => {
  it('a text with facets that count bytes', () => {
    const text = 'Grüße 👩🏽‍🚀 @ada.example.com #本とパン example.com/…'
    const place = (shown: string): Value => {
      const before = new TextEncoder().encode(text.slice(0, text.indexOf(shown))).length
      return { byteStart: before, byteEnd: before + new TextEncoder().encode(shown).length }
    }
    const facets: Value = [
      { index: place('@ada.example.com'), features: [{ $type: 'app.bsky.richtext.facet#mention', did: ada }] },
      { index: place('#本とパン'), features: [{ $type: 'app.bsky.richtext.facet#tag', tag: '本とパン' }] },
      { index: place('example.com/…'), features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com/a' }] },
      { index: { byteStart: 1, byteEnd: 3 }, features: [{ $type: 'app.bsky.richtext.facet#link', uri: `${'java'}script:alert(1)` }] },
      { index: { byteStart: 0, byteEnd: 9000 }, features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'beyond' }] },
    ]
    const found = only({ text, facets, langs: ['de', 'ja'], tags: ['extra'] })
    expect(found.facets?.map(({ start, end, ...more }) => [text.slice(start, end), more])).toEqual([
      ['@ada.example.com', { kind: 'mention', value: 'ada.example.com', id: ada }], ['#本とパン', { kind: 'tag', value: '本とパン' }], ['example.com/…', { kind: 'link', value: 'https://example.com/a' }],
    ])
    expect(found).toMatchObject({ id: `at://${me}/app.bsky.feed.post/${key(1)}`, url: `https://bsky.app/profile/${me}/post/${key(1)}`, authorId: me, createdAt: at, language: 'de', tags: ['本とパン', 'extra'], mentions: ['ada.example.com'], links: ['https://example.com/a'], visibility: 'public', source: 'export' })
  })

  it.each<[string, Value, object]>([
    ['pictures', { $type: 'app.bsky.embed.images', images: [{ image: blob, alt: 'A loaf', aspectRatio: { width: 4, height: 3 } }, { image: blob, alt: '' }] }, { media: [{ kind: 'image', id: String(picture), alt: 'A loaf', type: 'image/jpeg', size: 1234 }, { kind: 'image', id: String(picture) }] }],
    ['pictures of 2023', { $type: 'app.bsky.embed.images', images: [{ image: { cid: String(picture), mimeType: 'image/png' }, alt: 'Old' }] }, { media: [{ kind: 'image', id: String(picture), alt: 'Old', type: 'image/png' }] }],
    ['a gallery', { $type: 'app.bsky.embed.gallery', items: [{ $type: 'app.bsky.embed.gallery#image', image: blob, alt: 'One' }, { $type: 'app.bsky.embed.gallery#image', image: blob, alt: 'Two' }] }, { media: [{ kind: 'image', alt: 'One' }, { kind: 'image', alt: 'Two' }] }],
    ['a video', { $type: 'app.bsky.embed.video', video: { ...blob, mimeType: 'video/mp4' }, alt: 'Rain', captions: [{ lang: 'en', file: blob }] }, { media: [{ kind: 'video', alt: 'Rain', type: 'video/mp4' }] }],
    ['a link card', { $type: 'app.bsky.embed.external', external: { uri: 'https://example.com/b', title: 'Bread', description: '' } }, { linkPreview: { url: 'https://example.com/b', title: 'Bread' } }],
    ['a quote', { $type: 'app.bsky.embed.record', record: { uri: `at://${ada}/app.bsky.feed.post/${key(9)}`, cid: 'x' } }, { quoteOf: { id: `at://${ada}/app.bsky.feed.post/${key(9)}`, authorId: ada, url: `https://bsky.app/profile/${ada}/post/${key(9)}` } }],
    ['a quote with pictures', { $type: 'app.bsky.embed.recordWithMedia', record: { $type: 'app.bsky.embed.record', record: { uri: `at://${ada}/app.bsky.feed.post/${key(9)}`, cid: 'x' } }, media: { $type: 'app.bsky.embed.images', images: [{ image: blob, alt: 'A' }] } }, { quoteOf: { authorId: ada }, media: [{ kind: 'image', alt: 'A' }] }],
    ['something of tomorrow', { $type: 'app.bsky.embed.hologram', beam: 1 }, { text: '' }],
  ])('a post with %s', (_, embed, expected) => { expect(only({ embed })).toMatchObject(expected) })

  it('says what is sensitive, and answers to whom', () => {
    expect(only({ labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'nudity' }] } }).sensitive).toBe(true)
    expect(only({ reply: { root: { uri: `at://${ada}/app.bsky.feed.post/${key(2)}`, cid: 'x' }, parent: { uri: `at://${ben}/app.bsky.feed.post/${key(3)}`, cid: 'x' } } })).toMatchObject({ replyTo: { authorId: ben }, threadRoot: { authorId: ada } })
  })

  const whole = {
    'app.bsky.actor.profile/self': { $type: 'app.bsky.actor.profile', displayName: 'Ida', description: 'Binds books.', website: 'https://ida.example/', avatar: blob, pinnedPost: { uri: `at://${me}/app.bsky.feed.post/${key(1)}`, cid: 'x' } },
    [`app.bsky.feed.post/${key(1)}`]: post({ text: 'pinned' }),
    [`app.bsky.feed.repost/${key(2)}`]: { subject: { uri: `at://${ada}/app.bsky.feed.post/${key(9)}`, cid: 'x' }, createdAt: at },
    [`app.bsky.feed.like/${key(3)}`]: { subject: { uri: `at://${ben}/app.bsky.feed.post/${key(9)}`, cid: 'x' }, createdAt: at },
    [`app.bsky.graph.follow/${key(4)}`]: { subject: ada, createdAt: at },
    [`app.bsky.graph.follow/${key(5)}`]: { subject: 'not a did', createdAt: at },
    [`app.bsky.graph.block/${key(6)}`]: { subject: ben, createdAt: at },
    [`app.bsky.graph.list/${key(7)}`]: { name: 'Bakers', purpose: 'app.bsky.graph.defs#curatelist', createdAt: at },
    [`app.bsky.graph.listitem/${key(8)}`]: { subject: ada, list: `at://${me}/app.bsky.graph.list/${key(7)}`, createdAt: at },
    'chat.bsky.actor.declaration/self': { allowIncoming: 'all' },
  }
  it.each([2, 3] as const)('whole, with a commit of version %i, from the account’s server', version => {
    const reading = ask(repository(whole as Record<string, Value>, version), { method: 'com.atproto.sync.getRepo', at: `${server}/xrpc/`, variables: { ownerId: me, server, handle: 'ida.example' } })
    expect(reading.profiles).toEqual([{ id: me, handle: 'ida.example', name: 'Ida', bio: 'Binds books.', links: [{ url: 'https://ida.example/' }], avatar: `${server}/xrpc/com.atproto.sync.getBlob?did=${encodeURIComponent(me)}&cid=${picture}`, source: 'answer', seenAt }])
    expect(reading.follows).toEqual([{ id: ada, handle: ada, url: `https://bsky.app/profile/${ada}`, ownerId: me, relation: 'follow', createdAt: at, position: 0, source: 'answer', seenAt }])
    expect(reading.posts).toMatchObject([{ text: 'pinned', pinned: true }, { repostOf: { authorId: ada }, createdAt: at }])
    expect(reading.posts[1]).not.toHaveProperty('text')
    expect(reading.relations.map(({ relation, id, list, listId }) => [relation, id, list, listId])).toEqual([['like', `at://${ben}/app.bsky.feed.post/${key(9)}`, undefined, undefined], ['block', ben, undefined, undefined], ['list', ada, 'Bakers', key(7)]])
    expect(reading.ends.every(({ state, ownerId }) => state === 'end' && ownerId === me)).toBe(true)
    expect(reading.unread).toEqual([{ reason: 'no-records', operation: 'com.atproto.sync.getRepo', ownerId: me, records: 1 }])
    expect(reading.next?.map(({ section, url }) => [section, new URL(url).searchParams.getAll('actors')])).toEqual([['follows', [ada]], ['blocks', [ben]], ['lists', [ada]]])
  })

  it('as a file that was handed over: it says whose it is, and the name is asked for', () => {
    const reading = ask(repository(whole as Record<string, Value>), { url: 'file:///repo.car' })
    expect(reading.viewer).toEqual({ id: me })
    expect(reading.next?.[0]?.url).toBe(`${api}app.bsky.actor.getProfile?actor=${encodeURIComponent(me)}`)
    expect(reading.next).toHaveLength(4)
  })

  it('as a file, its pictures are named where the site shows them: nobody said which server has the originals', () => {
    const embed = { $type: 'app.bsky.embed.images', images: [{ image: blob, alt: 'A loaf' }] }
    const address = (preset: string): string => `https://cdn.bsky.app/img/${preset}/plain/${me}/${picture}`
    expect(only({ embed }).media).toEqual([{ id: String(picture), kind: 'image', url: address('feed_fullsize'), alt: 'A loaf', type: 'image/jpeg', size: 1234 }])
    expect(only({ embed: { $type: 'app.bsky.embed.video', video: { ...blob, mimeType: 'video/mp4' } } }).media?.[0]).not.toHaveProperty('url')
    expect(ask(repository({ 'app.bsky.actor.profile/self': { ...whole['app.bsky.actor.profile/self'], banner: blob } as Value }), { url: 'file:///repo.car' }).profiles[0]).toMatchObject({ avatar: address('avatar'), header: address('banner') })
    // A post that the interface shows has its own addresses; none is made up for it.
    const uri = `at://${me}/app.bsky.feed.post/${key(1)}`
    const { posts } = ask({ posts: [{ uri, author: { did: me, handle: 'ida.example' }, record: { text: '', createdAt: at, embed: { $type: 'app.bsky.embed.images', images: [{ image: { $type: 'blob', ref: { $link: String(picture) }, mimeType: 'image/jpeg' }, alt: '' }] } } }] }, { method: 'app.bsky.feed.getPosts' })
    expect(posts[0]?.media?.[0]).not.toHaveProperty('url')
  })

  it('cut off, or with blocks missing: the rest is read, and what is lost is said', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`app.bsky.feed.post/${key(index)}`, post({ text: `post ${index}` })]))
    const bytes = repository(many)
    const cut = ask(bytes.slice(0, Math.floor(bytes.length * 0.6)), { url: 'file:///repo.car' })
    expect(cut.posts.length).toBeGreaterThan(0)
    expect(cut.ends.every(({ state }) => state === 'cut')).toBe(true)
    expect(cut.unread[0]).toMatchObject({ ownerId: me })
    expect(ask(new Uint8Array([1, 2, 3]), { url: 'file:///repo.car' }).unread).toEqual([{ reason: 'not-a-repository' }])
  })

  it('total under mutation', () => {
    const bytes = repository(whole as Record<string, Value>)
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }), fc.nat(bytes.length), (changes, end) => {
      const copy = bytes.slice(0, Math.max(1, end))
      for (const [index, value] of changes) if (index < copy.length) copy[index] = value
      ask(copy, { url: 'file:///repo.car' })
    }), { numRuns: 400 })
  })
})

describe('answers of the interface', () => {
  const view = { did: ada, handle: 'ada.example.com', displayName: 'Ada', description: 'Bakes.', avatar: 'https://cdn.bsky.app/a', followersCount: 3, followsCount: 5, postsCount: 7 }
  it('the named account: who it is, and where it lives is asked', () => {
    const reading = ask(view, { method: 'app.bsky.actor.getProfile', query: '?actor=ada.example.com', variables: { subject: true } })
    expect(reading.viewer).toEqual({ id: ada, handle: 'ada.example.com', name: 'Ada', avatar: 'https://cdn.bsky.app/a' })
    expect(reading.profiles).toMatchObject([{ id: ada, bio: 'Bakes.', counts: { followers: 3, follows: 5, posts: 7 } }])
    expect(reading.next?.map(({ url }) => url)).toEqual([`https://plc.directory/${ada}`])
  })
  it('a did:web asks its own host', () => {
    expect(ask({ ...view, did: 'did:web:ada.example.com' }, { method: 'app.bsky.actor.getProfile', variables: { subject: true } }).next?.[0]?.url).toBe('https://ada.example.com/.well-known/did.json')
  })
  it('a DID document leads to the repository', () => {
    const reading = ask({ id: me, alsoKnownAs: ['at://ida.example'], service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: `${server}/` }] }, { url: `https://plc.directory/${me}`, method: 'did', variables: { ownerId: me, handle: 'ida.example' } })
    expect(reading.next?.map(({ url, accept }) => [url, accept])).toEqual([[`${server}/xrpc/com.atproto.sync.getRepo?did=${encodeURIComponent(me)}`, 'application/vnd.ipld.car']])
    expect(ask({ id: me, service: [] }, { method: 'did', variables: { ownerId: me } }).unread).toMatchObject([{ reason: 'no-server' }])
  })
  it('names: who is left out is gone; who is bridged has another address', () => {
    const bridged = { did: ben, handle: 'rosa.social.example.ap.brid.gy', displayName: 'Rosa' }
    const dashed = { did: 'did:plc:ccc2ccc2ccc2ccc2ccc2ccc2', handle: 'tom-oak.social.example.ap.brid.gy', description: 'https://social.example/@tom_oak' }
    const reading = ask({ profiles: [view, bridged, dashed] }, { method: 'app.bsky.actor.getProfiles', variables: { ownerId: me, dids: [ada, ben, dashed.did, 'did:plc:gone2gone2gone2gone2gone2'] } })
    expect(reading.follows.map(({ id, handle, address, unavailable }) => [id, handle, address, unavailable])).toEqual([
      [ada, 'ada.example.com', undefined, undefined], [ben, 'rosa.social.example.ap.brid.gy', 'rosa@social.example', undefined], [dashed.did, dashed.handle, 'tom_oak@social.example', undefined], ['did:plc:gone2gone2gone2gone2gone2', 'did:plc:gone2gone2gone2gone2gone2', undefined, true],
    ])
    // A dash may have been something else: without a word of its own the address is not guessed.
    expect(ask({ profiles: [{ ...dashed, description: '' }] }, { method: 'app.bsky.actor.getProfiles', variables: { ownerId: me, dids: [dashed.did] } }).follows[0]).not.toHaveProperty('address')
    expect(ask({ profiles: [view] }, { method: 'app.bsky.actor.getProfiles', variables: { ownerId: me, dids: [ada], relation: 'list', listId: 'x', list: 'Bakers' } }).relations).toMatchObject([{ relation: 'list', listId: 'x', list: 'Bakers', id: ada, handle: 'ada.example.com', ownerId: me }])
  })
  it('records one page at a time, where a server gives no whole repository', () => {
    const at_ = { at: `${server}/xrpc/`, method: 'com.atproto.repo.listRecords' }
    const refused = ask({ error: 'MethodNotImplemented' }, { ...at_, method: 'com.atproto.sync.getRepo', status: 501, variables: { ownerId: me, server, handle: 'ida.example' } })
    expect(refused.next?.map(({ url }) => new URL(url).searchParams.get('collection'))).toEqual(['app.bsky.actor.profile'])
    expect(ask('oops', { ...at_, method: 'com.atproto.sync.getRepo', status: 502, variables: { ownerId: me, server } }).next).toBeUndefined()
    const profile = ask({ records: [{ uri: `at://${me}/app.bsky.actor.profile/self`, cid: 'x', value: { $type: 'app.bsky.actor.profile', description: 'Hi', pinnedPost: { uri: `at://${me}/app.bsky.feed.post/${key(1)}` } } }] }, { ...at_, query: '?collection=app.bsky.actor.profile', variables: { ownerId: me, server, collection: 'app.bsky.actor.profile' } })
    expect(profile.profiles).toMatchObject([{ id: me, bio: 'Hi' }])
    expect(profile.next?.map(({ section }) => section)).toEqual(['follows', 'posts', 'reposts', 'likes', 'blocks', 'lists'])
    const follows = ask({ records: [{ uri: `at://${me}/app.bsky.graph.follow/${key(1)}`, cid: 'x', value: { subject: ada, createdAt: at } }, { uri: 'nonsense' }], cursor: 'c1' }, { ...at_, query: '?collection=app.bsky.graph.follow&cursor=c0', variables: { ownerId: me, server, collection: 'app.bsky.graph.follow' } })
    expect(follows.ends).toEqual([{ section: 'follows', ownerId: me, state: 'more', cursor: 'c1', after: 'c0' }])
    expect(follows.next?.map(({ url }) => new URL(url).pathname)).toEqual(['/xrpc/com.atproto.repo.listRecords', '/xrpc/app.bsky.actor.getProfiles'])
    expect(follows.unread).toMatchObject([{ reason: 'no-records', records: 1 }])
    const lists = ask({ records: [{ uri: `at://${me}/app.bsky.graph.list/${key(7)}`, cid: 'x', value: { name: 'Bakers' } }] }, { ...at_, query: '?collection=app.bsky.graph.list', variables: { ownerId: me, server, collection: 'app.bsky.graph.list' } })
    expect(lists.ends).toEqual([])
    expect(lists.next?.[0]?.request?.variables).toMatchObject({ collection: 'app.bsky.graph.listitem', lists: { [key(7)]: 'Bakers' } })
  })
  it('limits, and accounts that are gone', () => {
    const reset = String(Date.parse(seenAt) / 1000 + 90)
    expect(ask({ error: 'RateLimitExceeded' }, { method: 'app.bsky.actor.getProfiles', status: 429, headers: { 'ratelimit-reset': reset } }).barrier).toEqual({ kind: 'rate-limit', retryAfter: 90 })
    expect(ask({ error: 'AccountDeactivated' }, { method: 'app.bsky.actor.getProfile', status: 400, variables: { subject: true } }).barrier).toEqual({ kind: 'blocked' })
    expect(ask({ error: 'AccountTakedown' }, { method: 'app.bsky.graph.getFollows', status: 400 }).barrier).toBeUndefined()
    expect(ask({ error: 'InvalidRequest', message: 'Profile not found' }, { method: 'app.bsky.actor.getProfile', status: 400, variables: { subject: true } })).toMatchObject({ profiles: [], unread: [] })
  })

  it('pages of lists: whose they are, and where they go on', () => {
    const view = { did: ben, handle: 'ben.example.com' }
    const subject = { did: ada, handle: 'ada.example.com' }
    expect(ask({ subject, followers: [view], cursor: 'c' }, { method: 'app.bsky.graph.getFollowers', query: '?actor=ada.example.com' })).toMatchObject({ relations: [{ id: ben, ownerId: ada, relation: 'follower' }], ends: [{ section: 'followers', ownerId: ada, state: 'more', cursor: 'c' }] })
    expect(ask({ follows: [view] }, { method: 'app.bsky.graph.getFollows', query: `?actor=${ada}&cursor=b` })).toMatchObject({ follows: [{ id: ben, ownerId: ada }], ends: [{ section: 'follows', ownerId: ada, state: 'end', after: 'b' }] })
    expect(ask({ follows: [view] }).follows).toEqual([{ id: ben, handle: 'ben.example.com', url: 'https://bsky.app/profile/ben.example.com', relation: 'follow', source: 'answer', seenAt }])
    for (const [key, relation] of [['blocks', 'block'], ['mutes', 'mute']] as const) expect(ask({ [key]: [view] })).toMatchObject({ relations: [{ id: ben, ownerId: '@me', relation }], ends: [{ section: key, ownerId: '@me', state: 'end' }] })
    expect(ask({ list: { uri: `at://${ada}/app.bsky.graph.list/${key(1)}`, name: 'Bakers' }, items: [{ uri: 'x', subject: view }, { uri: 'y' }] })).toMatchObject({
      relations: [{ id: ben, ownerId: ada, relation: 'list', list: 'Bakers', listId: key(1) }], ends: [{ section: 'lists', ownerId: ada, part: key(1), state: 'end' }], unread: [{ section: 'lists', records: 1 }],
    })
    expect(ask({ actors: [{ ...view, followersCount: 3 }] })).toMatchObject({ profiles: [{ id: ben }], follows: [], counts: [{ section: 'followers', ownerId: ben, value: 3 }] })
  })

  it('feeds: an author’s, their likes, and a timeline that is nobody’s', () => {
    const row = (did: string, rkey: string) => ({ post: { uri: `at://${did}/app.bsky.feed.post/${rkey}`, cid: 'x', author: { did, handle: 'who.example.com' }, record: post({ text: 'said' }) } })
    const own = { ...row(ada, key(1)) }
    const passedOn = { ...row(ben, key(2)), reason: { $type: 'app.bsky.feed.defs#reasonRepost', by: { did: ada, handle: 'ada.example.com' }, indexedAt: at } }
    expect(ask({ feed: [own, passedOn], cursor: 'c' }, { method: 'app.bsky.feed.getAuthorFeed', query: '?actor=ada.example.com' }).ends).toEqual([{ section: 'posts', ownerId: ada, state: 'more', cursor: 'c' }])
    expect(ask({ feed: [own, passedOn] }).ends).toEqual([{ section: 'posts', ownerId: ada, state: 'end' }])
    expect(ask({ feed: [own, row(ben, key(2))] }).ends).toEqual([])
    expect(ask({ feed: [own] }, { method: 'app.bsky.feed.getTimeline' }).ends).toEqual([])
    const likes = ask({ feed: [row(ben, key(2))] }, { method: 'app.bsky.feed.getActorLikes', query: `?actor=${ada}` })
    expect(likes).toMatchObject({ posts: [], relations: [{ id: `at://${ben}/app.bsky.feed.post/${key(2)}`, post: true, ownerId: ada, relation: 'like' }], ends: [{ section: 'likes', ownerId: ada, state: 'end' }] })
    expect(JSON.stringify(likes)).not.toContain('said')
  })
})
