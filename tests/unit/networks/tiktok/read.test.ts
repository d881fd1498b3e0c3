/** Each shape that TikTok has its data in, with made-up people. */
import { describe, expect, it } from 'vitest'
import { viewer } from '../../../../lib/networks/tiktok/read.ts'
import { SELF, nothing } from '../../../../lib/model/index.ts'
import { ask, askPage, handIn, relayed, seenAt, site } from './ask.ts'
import { avatarOf, caption, context, cover, createTime, enveloped, expiresAt, exports, extras, film, imagePost, info, item, list, me, modules, other, page, people, photoAt, photoId, photos, row, scopes, stats, user, video, videoId, wholeUser, type Json, type Obj } from './fixtures.ts'

const own = `/@${me.handle}`
const asked = (path: string, query = ''): { url: string; page: string } => ({ url: `/api/${path}/?aid=1988&secUid=${me.secUid}${query}&msToken=SECRET&X-Bogus=SECRET`, page: own })
const posted = asked('post/item_list', '&cursor=0')
const following = asked('user/list', '&scene=21&minCursor=0&maxCursor=0')
const seen = { source: 'answer', seenAt }

const rowOf = (who: typeof me) => ({ id: who.id, handle: who.handle, name: who.name, bio: 'Binds books 👩🏽‍🚀\nalso @ida@mastodon.example', avatar: avatarOf(who), url: `${site}/@${who.handle}`, locked: false, verified: false })
const film_ = { id: videoId, kind: 'video', url: film, preview: cover, width: 720, height: 1280, size: 2_737_510, type: 'video/mp4', duration: 21, expiresAt }
const sound = { id: '6900000000000000101', title: 'original sound', author: 'Ida' }
const whole = {
  id: videoId, url: `${site}/@${me.handle}/video/${videoId}`, authorId: me.id, authorHandle: me.handle, createdAt: '2025-06-07T03:12:22.000Z', text: caption,
  facets: [{ start: 8, end: 18, kind: 'mention', value: other.handle, id: other.id }, { start: 25, end: 31, kind: 'tag', value: 'bread' }, { start: 36, end: 38, kind: 'tag', value: '本' }, { start: 39, end: 47, kind: 'tag', value: 'bread_2' }],
  tags: ['bread', '本', 'bread_2', 'unsaid'], mentions: [other.handle], media: [film_], sound, pinned: true, language: 'en', visibility: 'public',
  counts: { likes: 4_000_123, replies: 75, reposts: 5, shares: 3, views: 1_204_331, bookmarks: 12 },
}
const picture = (number: number) => ({ kind: 'image', url: photoAt(number), width: 1080, height: 1440, expiresAt })
const wholePhotos = {
  id: photoId, url: `${site}/@${me.handle}/photo/${photoId}`, authorId: me.id, authorHandle: me.handle, createdAt: '2025-06-06T03:12:32.000Z', title: 'Six frames', text: '', media: [picture(1), picture(2)], sound, visibility: 'public', counts: whole.counts,
}
const me_ = { id: me.id, handle: me.handle, name: me.name, aliases: [me.secUid] }
const first = (more: Obj) => ask(list([item(more)]), posted).posts[0]

describe('own posts', () => {
  it('a video and a photo post, and where the list goes on', () => {
    expect(ask(list([item(), photos()]), posted)).toEqual({ ...nothing(), posts: [{ ...whole, ...seen }, { ...wholePhotos, ...seen }], ends: [{ section: 'posts', ownerId: me.secUid, state: 'more', cursor: '1749179552000' }] })
  })

  it('the end: only where it is said', () => {
    const end = (more: Obj, question = posted) => ask(list([item()], more), question).ends
    expect(end({ hasMore: false, cursor: '0' })).toEqual([{ section: 'posts', ownerId: me.secUid, state: 'end' }])
    expect(end({ hasMore: 0, cursor: 0 }, asked('post/item_list', '&cursor=1749179552000'))).toEqual([{ section: 'posts', ownerId: me.secUid, state: 'end', after: '1749179552000' }])
    expect(end({ hasMore: 1, cursor: 1749179552000 })).toEqual([{ section: 'posts', ownerId: me.secUid, state: 'more', cursor: '1749179552000' }])
    expect(end({ itemList: [], hasMore: true })).toEqual([{ section: 'posts', ownerId: me.secUid, state: 'more', cursor: '1749179552000' }])
    expect(end({ itemList: undefined, hasMore: false, cursor: '0' })).toEqual([{ section: 'posts', ownerId: me.secUid, state: 'end' }])
    for (const empty of [null, [], {}]) expect(end({ itemList: empty, hasMore: false, cursor: '0' })).toHaveLength(1)
    expect(end({ hasMore: true, cursor: undefined })).toEqual([{ section: 'posts', ownerId: me.secUid, state: 'more' }])
    expect(end({ hasMore: undefined, cursor: undefined })).toEqual([])
    expect(end({ hasMore: undefined })).toMatchObject([{ state: 'more' }])
  })

  it('named by an operation and variables, on other hosts and in other words', () => {
    for (const operation of ['/api/post/item_list/', 'api/post/item_list', 'post/item_list']) expect(ask(list([item()]), { operation, variables: { secUid: me.secUid, cursor: '17' } }).ends).toMatchObject([{ ownerId: me.secUid, after: '17' }])
    expect(ask(list([item()]), { url: `https://us.tiktok.com/api/post/item_list/?secUid=${me.secUid}` }).ends).toMatchObject([{ ownerId: me.secUid }])
    expect(ask(list([item()]), { url: '/api/post/item_list/?userId=6800000000000000001' }).ends).toMatchObject([{ ownerId: me.id }])
  })

  it('without a question: one author owns them, several own nothing', () => {
    expect(ask(list([item(), photos()]))).toMatchObject({ posts: [{ id: videoId }, { id: photoId }], ends: [{ section: 'posts', ownerId: me.id, state: 'more' }] })
    expect(ask(list([item(), photos({ author: user(other) })])).ends).toEqual([])
  })

  it('the older list: another word for its end, "now" for its beginning, and no cursor', () => {
    const body = enveloped({ itemList: [item()], hasMorePrevious: true })
    expect(ask(body, asked('creator/item_list', `&type=1&cursor=${Date.parse(seenAt)}`))).toMatchObject({ posts: [{ id: videoId }], ends: [{ section: 'posts', ownerId: me.secUid, state: 'more', cursor: String(createTime * 1000) }] })
    expect(ask({ ...body, hasMorePrevious: false }, asked('creator/item_list', '&cursor=1749179552000')).ends).toEqual([{ section: 'posts', ownerId: me.secUid, state: 'end', after: '1749179552000' }])
  })

  it('dates: numbers, texts, milliseconds, and from the number of the post', () => {
    for (const value of [createTime, String(createTime), createTime * 1000]) expect(first({ createTime: value })).toMatchObject({ createdAt: '2025-06-07T03:12:22.000Z' })
    for (const value of [undefined, null, 0, '0', '']) expect(first({ createTime: value })).toMatchObject({ createdAt: '2025-06-07T03:12:14.000Z', createdAtDerived: true })
    expect(first({ createTime: undefined, id: '123456789' })).not.toHaveProperty('createdAt')
    expect(first({})).not.toHaveProperty('createdAtDerived')
  })

  it('who may see it: each flag narrows, and nobody is said to be everybody without a word of it', () => {
    const visibility = (more: Obj) => first(more)?.visibility
    expect([visibility({ privateItem: true }), visibility({ secret: true }), visibility({ forFriend: true }), visibility({ author: user(me, { privateAccount: true }) }), visibility({ author: user(me, { secret: true }) })]).toEqual(['self', 'self', 'circle', 'followers', 'followers'])
    expect([visibility({ privateItem: 1 }), visibility({ privateItem: true, forFriend: true })]).toEqual(['self', 'self'])
    for (const more of [{ privateItem: undefined, secret: undefined }, { author: user(me, { privateAccount: undefined, secret: undefined }) }, { author: undefined }]) expect(visibility(more)).toBeUndefined()
  })

  it('without who made it: whoever’s list was asked for; the address is that of the official download', () => {
    expect(first({ author: undefined })).toMatchObject({ authorId: me.secUid, url: `https://www.tiktokv.com/share/video/${videoId}/` })
    expect(ask([item({ author: undefined })]).posts[0]).not.toHaveProperty('authorId')
    expect(first({ author: { uniqueId: other.handle } })).toMatchObject({ authorHandle: other.handle })
    expect(first({ author: { uniqueId: other.handle } })).not.toHaveProperty('authorId')
  })

  it('counters: exact ones first; an answer without them says nothing', () => {
    expect(first({ statsV2: undefined })?.counts).toEqual({ likes: 4_000_000, replies: 75, shares: 3, views: 1_200_000, bookmarks: 12 })
    expect(first({ statsV2: { diggCount: '-1' }, stats: { diggCount: 3 } })?.counts).toEqual({ likes: 3 })
    expect(first({ stats: undefined, statsV2: undefined })).not.toHaveProperty('counts')
  })

  it('videos: the best that everything plays, or what there is', () => {
    const media = (more: Obj) => first({ video: video(more) })?.media?.[0]
    expect(media({ bitrateInfo: [] })).toMatchObject({ url: film.replace('high', 'low'), width: 576, height: 1024, size: 1_000_000 })
    expect(media({ bitrateInfo: undefined, playAddr: '' })?.url).toBe(film.replace('high', 'low'))
    expect(media({ bitrateInfo: undefined, playAddr: '', PlayAddrStruct: undefined })?.url).toBe(film.replace('high', 'marked'))
    expect(media({ bitrateInfo: undefined, playAddr: '', PlayAddrStruct: undefined, downloadAddr: '' })).toEqual({ id: videoId, kind: 'video', preview: cover, width: 576, height: 1024, size: 1_000_000, duration: 21, expiresAt })
    expect(media({ codecType: 'h265', playAddr: 'https://v16.example/265' , bitrateInfo: [{ Bitrate: 1, CodecType: 'h265_hvc1', PlayAddr: { UrlList: ['https://v16.example/best'] } }] })?.url).toBe('https://v16.example/best')
    expect(media({ id: undefined, format: undefined })).toMatchObject({ id: 'v1' })
    expect(first({ video: undefined })).not.toHaveProperty('media')
  })

  it('photo posts: by their photos, whatever their video says', () => {
    expect(first({ imagePost, video: video() })).toMatchObject({ url: `${site}/@${me.handle}/photo/${videoId}`, title: 'Six frames', media: [picture(1), picture(2)] })
    expect(first({ imagePost: {} })?.media).toEqual([])
  })

  it('duets, taken down, sounds, languages', () => {
    expect(first({ duetInfo: { duetFromId: photoId } })?.quoteOf).toEqual({ id: photoId })
    expect(first({ takeDown: 1 })?.unavailable).toBe(true)
    expect(first({ music: undefined })).not.toHaveProperty('sound')
    expect(first({ textLanguage: 'un' })).not.toHaveProperty('language')
    expect(first({ isPinnedItem: false })?.pinned).toBe(false)
  })
})

describe('saved answers of other kinds', () => {
  it('words, a time and counters alone are a post; a challenge or a comment is none', () => {
    const bare = { id: videoId, desc: caption, createTime, stats: { diggCount: 4 }, contents: [{ desc: caption, textExtra: [{ hashtagName: 'bread' }] }] }
    expect(ask([bare]).posts).toMatchObject([{ id: videoId, text: caption, tags: ['bread'], counts: { likes: 4 } }])
    expect(ask([{ id: '1600000000000000001', title: 'bread', desc: 'All about it', stats: { videoCount: 3 } }, { cid: videoId, text: 'Fine', create_time: createTime, digg_count: 4 }]).posts).toEqual([])
  })
  it('the app’s interface spells its names with underscores, and counts milliseconds', () => {
    const start = caption.indexOf('#Bread')
    const aweme = {
      aweme_id: videoId, desc: caption, create_time: createTime, author: { uid: me.id, unique_id: me.handle, sec_uid: me.secUid }, statistics: { digg_count: 5, comment_count: 2, share_count: 3, play_count: 100, collect_count: 1 },
      video: { duration: 21_034, bit_rate: [{ bit_rate: 5, play_addr: { url_list: [film], width: 720, height: 1280, data_size: 9 } }], origin_cover: { url_list: [cover] } }, desc_language: 'en', is_top: 1, music: { id_str: '77', title: 'Bells', author: 'Ned' },
      text_extra: [{ type: 1, hashtag_name: 'bread', start, end: start + 6 }], cha_list: [{ cid: '1', cha_name: 'unsaid' }],
    }
    expect(ask({ status_code: 0, has_more: 1, max_cursor: 1_749_179_552_000, aweme_list: [aweme] })).toMatchObject({
      posts: [{
        id: videoId, authorId: me.id, authorHandle: me.handle, facets: [{ start, end: start + 6, kind: 'tag', value: 'bread' }], tags: ['bread', 'unsaid'], language: 'en', pinned: true, sound: { id: '77', title: 'Bells', author: 'Ned' },
        media: [{ kind: 'video', url: film, preview: cover, width: 720, height: 1280, size: 9, duration: 21.034 }], counts: { likes: 5, replies: 2, shares: 3, views: 100, bookmarks: 1 },
      }],
      ends: [{ section: 'posts', ownerId: me.id, state: 'more', cursor: '1749179552000' }],
    })
  })
  it('marks with capitals, as they were until about 2021', () => {
    const start = caption.indexOf('#Bread')
    const extra = { AwemeId: '', Start: start, End: start + 6, HashtagName: 'bread', HashtagId: '1600', Type: 1, UserId: '' }
    expect(ask(list([item({ textExtra: [extra], contents: undefined, challenges: undefined })]), posted).posts[0]).toMatchObject({ facets: [{ start, end: start + 6, kind: 'tag', value: 'bread' }], tags: ['bread'] })
  })
  it('a list of people whose question nobody knows: that of follows states where it began', () => {
    expect(ask(people([row(other)]))).toMatchObject({ follows: [{ id: other.id }], relations: [], ends: [{ section: 'follows', state: 'more' }] })
    expect(ask(people([row(other)], { maxCursor: undefined }))).toMatchObject({ follows: [], relations: [{ id: other.id, relation: 'follower' }], ends: [{ section: 'followers' }] })
  })
})

describe('captions', () => {
  const words = (more: Obj) => {
    const { text = '', facets = [], tags, mentions } = first({ challenges: undefined, contents: undefined, textExtra: undefined, ...more }) ?? {}
    return { facets: facets.map(facet => [text.slice(facet.start, facet.end), facet.kind, facet.value]), tags, mentions }
  }
  const expected = { facets: [['@ned_kites', 'mention', 'ned_kites'], ['#Bread', 'tag', 'bread'], ['#本', 'tag', '本'], ['#bread_2', 'tag', 'bread_2']], tags: ['bread', '本', 'bread_2'], mentions: ['ned_kites'] }
  const moved = (by: (index: number) => number) => extras.map(extra => ({ ...extra, start: by(Number(extra.start)), end: by(Number(extra.end)) }))

  it('marks beside the caption, in its parts, or both', () => {
    for (const more of [{ textExtra: extras }, { contents: [{ desc: caption, textExtra: extras }] }, { textExtra: extras, contents: [{ desc: caption, textExtra: extras }] }, { textExtra: [], contents: [{ textExtra: extras }] }]) expect(words(more)).toEqual(expected)
  })
  it('parts that count from their own beginning', () => {
    const second = 'and #tea'
    expect(words({ desc: `${caption}\n${second}`, contents: [{ desc: caption, textExtra: extras }, { desc: second, textExtra: [{ hashtagName: 'tea', start: 4, end: 8, type: 1 }] }] }).facets).toEqual([...expected.facets, ['#tea', 'tag', 'tea']])
    expect(first({ desc: undefined, contents: [{ desc: 'one' }, { desc: 'two' }] })?.text).toBe('one\ntwo')
  })
  it('offsets that count code points, are one off, or are missing are mended by the words', () => {
    const points = (index: number): number => Array.from(caption.slice(0, index)).length
    for (const textExtra of [moved(points), moved(index => index - 1), moved(index => index + 40), extras.map(({ start: _, end: __, ...extra }) => extra)]) expect(words({ textExtra })).toEqual(expected)
    expect(words({ contents: [{ textExtra: [{ hashtagName: 'bread' }, { hashtagName: 'gone' }] }] })).toEqual({ facets: [['#Bread', 'tag', 'bread']], tags: ['bread', 'gone'], mentions: undefined })
    expect(words({ challenges: [{ title: '本' }] }).facets).toEqual([['#本', 'tag', '本']])
  })
  it('a word is not found inside a longer one, and twice where it stands twice', () => {
    expect(words({ desc: '#teatime #tea @ned_kites2 @ned_kites. #tea', textExtra: [{ hashtagName: 'tea' }, { userUniqueId: 'ned_kites' }, { hashtagName: 'tea' }] }).facets).toEqual([['#tea', 'tag', 'tea'], ['@ned_kites', 'mention', 'ned_kites'], ['#tea', 'tag', 'tea']])
  })
  it('a mention by name, where an @ stands; none elsewhere', () => {
    expect(words({ desc: 'with @Ned Of Kites today', textExtra: [{ userUniqueId: other.handle, userId: other.id, type: 0, start: 5, end: 18 }] })).toEqual({ facets: [['@Ned Of Kites', 'mention', 'ned_kites']], tags: undefined, mentions: ['ned_kites'] })
    expect(words({ desc: 'with nobody', textExtra: [{ userUniqueId: other.handle, userId: other.id, start: 5, end: 9 }] })).toEqual({ facets: [], tags: undefined, mentions: ['ned_kites'] })
  })
  it('none at all: nothing is guessed', () => {
    expect(words({})).toEqual({ facets: [], tags: undefined, mentions: undefined })
    expect(words({ desc: '', textExtra: extras }).facets).toEqual([])
    expect(words({ desc: undefined, challenges: [{ title: 'tea' }] }).tags).toEqual(['tea'])
  })
})

describe('reposts, likes, favourites', () => {
  const theirs = item({ author: user(other) })
  it('reposts point at the post and say nothing of it', () => {
    const reading = ask(list([theirs], { cursor: '30' }), asked('repost/item_list', '&cursor=0'))
    expect(reading).toEqual({ ...nothing(), posts: [{ id: `repost:${videoId}`, authorId: me.secUid, repostOf: { id: videoId, url: `${site}/@${other.handle}/video/${videoId}`, authorId: other.id, authorHandle: other.handle }, ...seen }], ends: [{ section: 'reposts', ownerId: me.secUid, state: 'more', cursor: '30' }] })
  })
  it('"favorite" means liked', () => {
    expect(ask(list([theirs]), asked('favorite/item_list'))).toEqual({
      ...nothing(), relations: [{ id: videoId, handle: other.handle, post: true, url: `${site}/@${other.handle}/video/${videoId}`, relation: 'like', ownerId: me.secUid, ...seen }], ends: [{ section: 'likes', ownerId: me.secUid, state: 'more', cursor: '1749179552000' }],
    })
  })
  it('"collect" means kept; where nobody is named, by the account itself', () => {
    const question = { url: '/api/user/collect/item_list/?cursor=1749179552', page: own }
    expect(ask(list([theirs], { hasMore: false, cursor: '0' }), question)).toEqual({
      ...nothing(), relations: [{ id: videoId, handle: other.handle, post: true, url: `${site}/@${other.handle}/video/${videoId}`, relation: 'bookmark', ownerId: SELF, ...seen }], ends: [{ section: 'bookmarks', ownerId: SELF, state: 'end', after: '1749179552' }],
    })
    expect(ask(list([theirs]), asked('user/collect/item_list')).ends).toMatchObject([{ ownerId: me.secUid }])
  })
})

describe('lists of people', () => {
  const rows = [row(other, { relation: 1 }), row(me, { relation: 2 })]
  it('whom the account follows, in order, and where the list goes on', () => {
    expect(ask(people(rows), following)).toEqual({
      ...nothing(), follows: [other, me].map((who, position) => ({ ...rowOf(who), ownerId: me.secUid, relation: 'follow', position, ...seen })),
      counts: [{ section: 'follows', ownerId: me.secUid, value: 176 }], ends: [{ section: 'follows', ownerId: me.secUid, state: 'more', cursor: '1745042188' }],
    })
  })
  it('places grow along the list, whether cursors are times or places', () => {
    const places = (minCursor: string) => ask(people(rows), asked('user/list', `&scene=21&minCursor=${minCursor}`)).follows.map(one => one.position)
    expect([places('0'), places('30')]).toEqual([[0, 1], [30, 31]])
    expect(places('1745042188')[0]).toBeGreaterThan(places('1745050000')[1]!)
    expect(places('1745050000')[0]).toBeGreaterThan(places('0')[1]!)
    expect(places('opaque')).toEqual([undefined, undefined])
    expect(ask(people(rows), asked('user/list', '&scene=21&minCursor=1745042188')).ends[0]?.after).toBe('1745042188')
  })
  it('the end, rows that are nobody, a list that was cut', () => {
    expect(ask(people(rows, { hasMore: false, minCursor: 0 }), following).ends).toEqual([{ section: 'follows', ownerId: me.secUid, state: 'end' }])
    expect(ask(people([...rows, { user: { nickname: 'x' } }, null]), following)).toMatchObject({ follows: [{}, {}], unread: [{ reason: 'no-records', section: 'follows', ownerId: me.secUid, records: 2 }] })
    expect(ask(people(rows, { hasMore: false, isTruncated: true }), following).ends).toMatchObject([{ state: 'cut' }])
    expect(ask(people([], { total: 0, hasMore: false, minCursor: 0 }), following)).toMatchObject({ counts: [], ends: [{ state: 'end' }] })
  })
  it('a hidden list is hidden, not empty; behind rows that were shown it is the end; with more to come it is neither', () => {
    const hidden = people(undefined, { hasMore: false, minCursor: -1, total: 0 })
    expect(ask(hidden, following)).toEqual({ ...nothing(), ends: [{ section: 'follows', ownerId: me.secUid, state: 'hidden' }] })
    expect(ask(people(null, { hasMore: false, minCursor: -1, total: 0 }), following).ends).toMatchObject([{ state: 'hidden' }])
    expect(ask(people(undefined, { hasMore: false, minCursor: 0 }), asked('user/list', '&scene=21&minCursor=1745042188')).ends).toEqual([{ section: 'follows', ownerId: me.secUid, state: 'end', after: '1745042188' }])
    expect(ask(people(undefined), following).ends).toMatchObject([{ state: 'more' }])
    expect(ask(hidden, asked('user/list', '&scene=67&minCursor=0')).ends).toMatchObject([{ section: 'followers', state: 'hidden' }])
  })
  it('which list it is: by its number, unless the answer bears witness to the contrary twice', () => {
    const kind = (scene: string, relations: number[], more: Obj = {}) => {
      const reading = ask(people(relations.map((relation, index) => row(index ? me : other, { relation })), more), asked('user/list', scene))
      return [reading.follows.length, reading.relations.map(one => one.relation)]
    }
    expect(kind('&scene=21', [1, 2])).toEqual([2, []])
    expect(kind('&scene=67', [0, 2], { maxCursor: undefined })).toEqual([0, ['follower', 'follower']])
    // Swapped.
    expect(kind('&scene=67', [1, 2])).toEqual([2, []])
    expect(kind('&scene=21', [0, 2], { maxCursor: undefined })).toEqual([0, ['follower', 'follower']])
    // One witness is not enough: a tool that is not signed in sees no relation, and the key may go.
    expect(kind('&scene=21', [0, 0], { maxCursor: undefined })).toEqual([2, []])
    expect(kind('&scene=21', [1, 2], { maxCursor: undefined })).toEqual([2, []])
    expect(kind('&scene=67', [0, 2])).toEqual([0, ['follower', 'follower']])
    // Suggestions, friends.
    expect(kind('&scene=15', [0, 0])).toEqual([0, []])
    expect(kind('', [0, 0])).toEqual([2, []])
  })
  it('nobody’s where the question names nobody', () => {
    for (const url of ['/api/user/list/?scene=21', '/api/user/list/?scene=21&secUid=', `/api/user/list/?scene=21&secUid=${encodeURIComponent('a b')}`]) expect(ask(people(rows), { url }).follows.map(one => one.ownerId)).toEqual([undefined, undefined])
    expect(ask(people(rows)).follows).toHaveLength(2)
    expect(ask(rows, following).follows).toHaveLength(2)
  })
})

describe('profiles', () => {
  const profile = { ...rowOf(me), links: [{ url: 'https://ida.example/books' }], counts: { follows: 176, followers: 4_001_943, posts: 41 }, tags: ['Arts & Crafts'], createdAt: '2020-01-26T00:53:20.000Z' }
  const state = { source: 'state', seenAt }
  it('the state of a page, saved whole, as the relay hands it over, and as JSON', () => {
    const counts = Object.entries(profile.counts).map(([section, value]) => ({ section, ownerId: me.id, value }))
    const expected = { viewer: me_, ...nothing(), profiles: [{ ...profile, ...state }], counts }
    for (const body of [page(scopes()), relayed(scopes())]) expect(askPage(body, own)).toEqual(expected)
    expect(ask(scopes(), { page: own })).toEqual(expected)
    expect(ask((scopes() as { __DEFAULT_SCOPE__: Obj }).__DEFAULT_SCOPE__)).toEqual(expected)
    expect(viewer({ page: site, documents: [page(scopes()), relayed(scopes())] })).toEqual(me_)
  })
  it('the older state: people and posts by name and number', () => {
    const reading = askPage(page(modules(), 'SIGI_STATE'), own)
    expect(reading.viewer).toEqual(me_)
    expect(reading.profiles).toEqual([{ ...profile, counts: { follows: 176, followers: 4_000_000, posts: 41 }, ...state }, { ...rowOf(other), counts: { followers: 7 }, ...state }])
    expect(reading.counts).toEqual([
      { section: 'follows', ownerId: me.id, value: 176 }, { section: 'followers', ownerId: me.id, value: 4_000_000, rounded: true }, { section: 'posts', ownerId: me.id, value: 41 },
      { section: 'followers', ownerId: other.id, value: 7 },
    ])
    expect(reading.posts).toEqual([{ ...whole, ...state }])
    // Before that, the page's script set it.
    expect(askPage(`<script>window['SIGI_STATE']=${JSON.stringify(modules())};window['SIGI_RETRY']={"a":1}</script>`, own)).toEqual(reading)
    // A post that has only its author's name.
    const bare = modules({ ItemModule: { [videoId]: item({ author: me.handle }) } })
    expect(askPage(page(bare, 'SIGI_STATE'), own).posts[0]).toMatchObject({ authorId: me.id, authorHandle: me.handle, visibility: 'public' })
    expect(ask(item({ author: 'somebody.else' })).posts[0]).toMatchObject({ authorHandle: 'somebody.else' })
  })
  it('an answer, and what tools save of one', () => {
    expect(ask(enveloped({ userInfo: { user: user(), stats }, shareMeta: {} }), { url: '/api/user/detail/?uniqueId=ida.binds' })).toMatchObject({ profiles: [{ id: me.id, counts: { follows: 176 }, ...seen }], counts: [{ section: 'follows', value: 176 }, { section: 'followers', rounded: true }, { section: 'posts', value: 41 }], unread: [] })
    expect(ask([info(), { user: user(other), stats }]).profiles.map(one => one.id)).toEqual([me.id, other.id])
    expect(ask(wholeUser()).profiles).toMatchObject([{ id: me.id, links: profile.links }])
    expect(ask({ data: { userInfo: { user: user() } } }).profiles).toHaveLength(1)
  })
  it('links: with or without a scheme, none of TikTok’s own; private accounts; no trade that is not shown', () => {
    const of = (more: Obj) => ask([{ user: wholeUser(more), stats }]).profiles[0]
    expect(of({ bioLink: { link: 'http://a.example/x', risk: 1 } })?.links).toEqual([{ url: 'http://a.example/x' }])
    for (const bioLink of [{ link: 'https://www.tiktok.com/activity' }, { link: '' }, {}, null, undefined]) expect(of({ bioLink })).not.toHaveProperty('links')
    expect([of({ privateAccount: true })?.locked, of({ secret: true })?.locked, of({ privateAccount: undefined, secret: undefined })?.locked]).toEqual([true, true, undefined])
    expect(of({ commerceUserInfo: { commerceUser: true, category: 'x', categoryButton: false } })).not.toHaveProperty('tags')
    expect(of({ signature: '' })?.bio).toBe('')
  })
  it('single posts: of a page, a mobile page, an answer', () => {
    const detail = { itemInfo: { itemStruct: item({ createTime: String(createTime) }) }, shareMeta: {} }
    for (const scope of ['webapp.video-detail', 'webapp.reflow.video.detail']) expect(askPage(page(scopes({ 'webapp.user-detail': undefined, [scope]: detail })), `${own}/video/${videoId}`).posts).toEqual([{ ...whole, ...state }])
    expect(askPage(page(scopes({ 'webapp.updated-items': [item()] })), '/foryou').posts).toHaveLength(1)
    expect(ask(enveloped(detail), { url: `/api/item/detail/?itemId=${videoId}` })).toEqual({ ...nothing(), posts: [{ ...whole, ...seen }] })
    expect(ask([{ id: videoId, desc: caption, createTime, stats: { diggCount: 3 }, contents: [{ desc: caption, textExtra: [{ hashtagName: 'Bread' }] }], video: video() }]).posts).toMatchObject([{ url: `https://www.tiktokv.com/share/video/${videoId}/`, facets: [{ value: 'Bread' }], counts: { likes: 3 } }])
  })
  it('somebody who is gone', () => {
    expect(askPage(page(scopes({ 'webapp.user-detail': { statusCode: 10202, statusMsg: '' } })), '/@gone')).toEqual({ viewer: me_, ...nothing() })
    // Said falsely at times: what stands there is read.
    expect(askPage(page(scopes({ 'webapp.user-detail': { statusCode: 10222, userInfo: info() } })), own).profiles).toHaveLength(1)
  })
})

describe('who is signed in', () => {
  const guest = scopes({ 'webapp.app-context': context({ user: undefined }) })
  it('nobody, where the page names nobody', () => {
    expect(askPage(page(guest), own)).toMatchObject({ signedOut: true, profiles: [{ id: me.id }] })
    expect(askPage(page(guest), own).viewer).toBeUndefined()
    expect(viewer({ page: site, documents: [page(guest)] })).toBeUndefined()
    const { 'webapp.app-context': _, ...silent } = (scopes() as { __DEFAULT_SCOPE__: Obj }).__DEFAULT_SCOPE__
    expect([askPage(page({ __DEFAULT_SCOPE__: silent }), own).viewer, askPage(page({ __DEFAULT_SCOPE__: silent }), own).signedOut]).toEqual([undefined, undefined])
  })
  it('nobody, where two places differ', () => {
    const theirs = scopes({ 'webapp.app-context': context({ user: { uid: other.id, uniqueId: other.handle } }) })
    for (const states of [[scopes(), theirs], [scopes(), guest]]) {
      expect(viewer({ page: site, documents: states.map(state => page(state)) })).toBeUndefined()
      expect([askPage(relayed(...states), own).viewer, askPage(relayed(...states), own).signedOut]).toEqual([undefined, undefined])
    }
    expect(askPage(relayed(modules(), scopes()), own).viewer).toEqual(me_)
    // That the older state would name the viewer is not known.
    expect(askPage(relayed(modules({ AppContext: { appContext: context({ user: undefined }) } }), scopes()), own).viewer).toEqual(me_)
  })
  it('the second id from wherever the account’s own stands', () => {
    expect(askPage(page(scopes({ 'webapp.app-context': context({ user: { uid: me.id, uniqueId: me.handle } }) })), own).viewer).toEqual({ id: me.id, handle: me.handle, aliases: [me.secUid] })
  })
  it('not whom an answer names, or what lies deeper', () => {
    expect(ask(enveloped({ ...scopes(), userList: [] }), following).viewer).toBeUndefined()
    expect(ask({ x: scopes() }).viewer).toBeUndefined()
    expect(askPage(page(scopes({ 'webapp.app-context': context({ user: undefined, x: { user: { uid: other.id } } }) })), own).viewer).toBeUndefined()
  })
})

describe('what stands in between', () => {
  it.each<[string, Json, object, object]>([
    ['nothing at all', '', posted, { barrier: { kind: 'blocked' } }],
    ['nothing for the list of people', '  ', following, { barrier: { kind: 'blocked' } }],
    ['words', 'error', posted, { barrier: { kind: 'blocked' } }],
    ['a page', '<html><title>Please wait</title></html>', posted, { barrier: { kind: 'blocked' } }],
    ['a page that asks for a check', '<html><script src="/captcha.js"></script></html>', posted, { barrier: { kind: 'challenge' } }],
    ['the code of a check', { statusCode: 10000, status_code: 10000 }, following, { barrier: { kind: 'challenge' } }],
    ['its message', { status_code: 1, status_msg: 'verify center' }, following, { barrier: { kind: 'challenge' } }],
    ['the code of a check, with an end', enveloped({ statusCode: 10000, status_code: 10000, hasMore: false, cursor: '0' }), posted, { barrier: { kind: 'challenge' } }],
    ['signed out', { statusCode: '8', statusMsg: 'Login expired' }, posted, { barrier: { kind: 'login-wall' }, signedOut: true }],
    ['another failure', { statusCode: 2053, statusMsg: 'x' }, posted, { barrier: { kind: 'blocked' } }],
    ['429', '', { ...posted, status: 429, headers: { 'retry-after': '30' } }, { barrier: { kind: 'rate-limit', retryAfter: 30 } }],
    ['429, with a date', '', { ...posted, status: 429, headers: { 'retry-after': 'Sun, 22 Nov 2026 10:01:00 GMT' } }, { barrier: { kind: 'rate-limit', retryAfter: 60 } }],
    ['429, without', '{}', { ...posted, status: 429 }, { barrier: { kind: 'rate-limit' } }],
    ['401', '{}', { ...posted, status: 401 }, { barrier: { kind: 'login-wall' }, signedOut: true }],
    ['403', '{}', { ...posted, status: 403 }, { barrier: { kind: 'blocked' } }],
    ['the page of a check', '<html></html>', { url: '/captcha?from=x' }, { barrier: { kind: 'challenge' } }],
    ['the page of a sign-in', '<html></html>', { url: '/de-DE/login/phone-or-email' }, { barrier: { kind: 'login-wall' } }],
    ['a check instead of a page', '<html><script>_wafchallengeid="x"</script></html>', { url: own, contentType: 'text/html' }, { barrier: { kind: 'challenge' } }],
  ])('%s', (_name, body, question, expected) => expect(ask(body, question)).toEqual({ ...nothing(), ...expected }))

  it.each([10202, 10204, 10216, 10221, 10222, 10231])('code %i concerns this list alone: blocked now, never its end', code => {
    for (const question of [posted, following]) expect(ask(enveloped({ statusCode: code, status_code: code, hasMore: false }), question)).toMatchObject({ ends: [{ ownerId: me.secUid, state: 'blocked' }], unread: [] })
    expect(ask({ statusCode: code }, posted)).toEqual({ ...nothing(), ends: [{ section: 'posts', ownerId: me.secUid, state: 'blocked' }] })
    expect(ask({ statusCode: code }, { url: '/api/item/detail/?itemId=1' })).toEqual(nothing())
  })

  it.each<[string, Json, object, string]>([
    ['JSON that was cut', '{"statusCode":0,"itemList":[', posted, 'not-json'],
    ['an unknown shape', { statusCode: 0, rows: [1] }, posted, 'unknown-shape'],
    ['an unknown shape of a list of people', { statusCode: 0 }, following, 'unknown-shape'],
    ['a server in trouble', '{}', { ...posted, status: 502 }, 'status-502'],
    ['rows that are no posts', list([{ a: 1 }, 5]), posted, 'no-records'],
    ['words of ours in an unknown shape', '{"itemList":[{"x":1}]}', {}, 'unknown-shape'],
  ])('unread: %s', (_name, body, question, reason) => expect(ask(body, question)).toMatchObject({ posts: [], unread: [{ reason }] }))

  it('answers about anybody else are no answers of ours', () => {
    for (const path of ['preload/item_list', 'recommend/item_list', 'related/item_list', 'story/item_list', 'comment/list', 'search/general/full']) expect(ask(list([item()]), { url: `/api/${path}/?secUid=${me.secUid}` })).toEqual(nothing())
    expect(ask({ comments: [{ cid: '7513000000000000001', text: 'x', user: { uid: other.id, unique_id: other.handle, nickname: 'x' } }], has_more: 1 })).toEqual(nothing())
  })

  it('keeps no token', () => {
    const all = JSON.stringify([ask(list([item()]), posted), ask(people([row(other)]), following), askPage(page(scopes()), own)])
    expect(all).not.toContain('SECRET')
  })
})

describe('the official download', () => {
  const share = `https://www.tiktokv.com/share/video/${videoId}/`
  const file = { source: 'export', seenAt }
  it.each(Object.entries(exports))('%s', (layout, body) => {
    const reading = handIn(JSON.stringify(body))
    expect(reading.follows).toEqual([
      { id: other.handle, handle: other.handle, url: `${site}/@${other.handle}`, ownerId: me.id, relation: 'follow', position: 0, createdAt: '2023-05-01T12:34:56.000Z', ...file },
      { id: 'third.person', handle: 'third.person', url: `${site}/@third.person`, ownerId: me.id, relation: 'follow', position: 1, createdAt: '2022-01-02T03:04:05.000Z', ...file },
    ])
    expect(reading.relations).toEqual([
      { id: videoId, url: share, post: true, relation: 'like', ownerId: me.id, createdAt: '2021-01-01T00:00:00.000Z', ...file },
      { id: videoId, url: share, post: true, relation: 'bookmark', ownerId: me.id, createdAt: '2021-01-02T00:00:00.000Z', ...file },
    ])
    expect(reading.profiles).toEqual([{ id: me.id, handle: me.handle, name: me.name, bio: 'Binds books', url: `${site}/@${me.handle}`, ...file }])
    expect(reading.ends.map(end => [end.section, end.state, end.ownerId]).toSorted()).toEqual([['follows'], ['likes'], ['bookmarks'], ['posts'], ...(layout === 'since 2025-04' ? [['reposts']] : [])].map(([section]) => [section, 'end', me.id]).toSorted())
    // By time and words: the file has no number of them.
    const own = { id: expect.stringMatching(/^unnumbered:2021-01-01T00:00:00Z:[0-9a-f]{8}$/) as unknown as string, unnumbered: true, authorId: me.id, createdAt: '2021-01-01T00:00:00.000Z', text: 'A page', visibility: 'public', counts: { likes: 3 }, media: [{ kind: 'video', url: 'https://v16.example/x.mp4?x-expires=1609500000', expiresAt: '2021-01-01T11:20:00.000Z' }], ...file }
    expect([reading.posts, reading.unread]).toEqual([layout === 'until 2024' ? [own] : [], []])
    expect(reading.viewer).toEqual({ id: me.handle, handle: me.handle, name: me.name })
    expect(JSON.stringify(reading)).not.toMatch(/SECRET|fan/)
  })
  it.each([['Friends', 'circle'], ['Only me', 'self'], ['everyone ', 'public'], ['Somebody', undefined], ['__proto__', undefined], ['constructor', undefined], [7, undefined]])('who may see a post: %j', (WhoCanView, visibility) => {
    expect(handIn({ Post: { Posts: { VideoList: [{ Date: '2021-01-01 00:00:00', Title: 'A page', WhoCanView }] } } }).posts.map(post => post.visibility)).toEqual([visibility])
  })
  it('reposts, and lists that are empty in any of three ways', () => {
    const of = (RepostList: Json) => handIn({ Profile: {}, 'Your Activity': { Reposts: { RepostList } } })
    expect(of([{ Date: '2026-01-01 00:00:00', Link: share }]).posts).toEqual([{ id: `repost:${videoId}`, authorId: me.id, createdAt: '2026-01-01T00:00:00.000Z', repostOf: { id: videoId, url: share }, ...file }])
    for (const empty of [null, [], {}]) expect(of(empty)).toEqual({ ...nothing(), ends: [{ section: 'reposts', ownerId: me.id, state: 'end' }] })
    expect(of([{ Date: '2026-01-01 00:00:00' }])).toMatchObject({ posts: [], unread: [{ reason: 'no-records', records: 1 }] })
    expect(of(undefined)).toMatchObject({ ends: [], unread: [{ reason: 'no-records' }] })
  })
  it('is known without being named, and nobody’s then', () => {
    expect(ask(exports['until 2024']).follows.map(one => one.ownerId)).toEqual([undefined, undefined])
  })
  it.each<[string, Json | Uint8Array, string]>([['an archive', new TextEncoder().encode('PK\u0003\u0004x'), 'not-json'], ['a list as text', 'Date: 2023-05-01\nUserName: x', 'not-json'], ['something else', { a: 1 }, 'unknown-shape'], ['nothing', '', 'empty']])('%s is not read', (_name, body, reason) => {
    expect(handIn(body)).toMatchObject({ follows: [], ends: [], unread: [{ reason }] })
  })
})
