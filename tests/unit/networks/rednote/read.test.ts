/** Each shape that RedNote has its data in, with made-up people. */
import { describe, expect, it } from 'vitest'
import { number, shown } from '../../../../lib/networks/rednote/counts.ts'
import { viewer } from '../../../../lib/networks/rednote/read.ts'
import { nothing } from '../../../../lib/model/index.ts'
import { ask, askPage, relayed, seenAt, site } from './ask.ts'
import { camel, card, detailMap, feedOf, image, interactions, listOf, me, note, noteId, olderId, other, page, pictureAt, profilePage, script, state, stream, userState, viewerInfo, type Json } from './fixtures.ts'

const own = `/user/profile/${me.id}`
const posted = `/v1/user_posted?num=30&cursor=&user_id=${me.id}&xsec_token=SECRET`
const cardRecord = (id: string, more: object) => ({
  id, url: `${site}/explore/${id}`, authorId: me.id, authorHandle: me.id, createdAtDerived: true, partial: true, media: [{ id: 'cover1', kind: 'image', url: pictureAt('cover1'), width: 1276, height: 1702 }], visibility: 'public', ...more,
})
const text = '和 @小七 一起🌧。undefined 也好。\n#慢生活 #书'
const whole = {
  id: noteId, url: `${site}/explore/${noteId}`, authorId: me.id, authorHandle: me.id, createdAt: '2024-01-12T21:14:43.000Z', title: '雨天的窗', text,
  facets: [{ start: 2, end: 5, kind: 'mention', value: other.id, id: other.id }, { start: 25, end: 29, kind: 'tag', value: '慢生活' }, { start: 30, end: 32, kind: 'tag', value: '书' }],
  tags: ['慢生活', '书', '不在文中'], mentions: [other.id], media: [{ id: 'one', kind: 'image', url: pictureAt('one'), width: 1276, height: 1702 }, { id: 'two', kind: 'image', url: pictureAt('two'), width: 1276, height: 1702 }],
  counts: { likes: 100000, replies: 75, shares: 255, bookmarks: 4590 },
}
const myProfile = {
  id: me.id, handle: me.id, name: me.name, bio: '装订师\n在 @ida@mastodon.example', fields: [{ name: 'RedNote ID', value: me.redId }], avatar: 'https://sns-avatar-qc.xhscdn.com/avatar/a1', url: `${site}${own}`, source: 'state', seenAt,
}
const me_ = { id: me.id, handle: me.id, name: me.name, avatar: 'https://sns-avatar-qc.xhscdn.com/avatar/a1' }

describe('displayed numbers', () => {
  it.each<[unknown, ReturnType<typeof shown>]>([
    ['12', { value: 12, rounded: false }], ['1.2万', { value: 12000, rounded: true }], ['10万+', { value: 100000, rounded: true }], ['27.7K', { value: 27700, rounded: true }], ['1.1k+', { value: 1100, rounded: true }], ['3.4M', { value: 3400000, rounded: true }],
    ['1.5亿', { value: 150000000, rounded: true }], ['2w', { value: 20000, rounded: true }], ['1,234', { value: 1234, rounded: false }], [7, { value: 7, rounded: false }], ['0', { value: 0, rounded: false }],
    ['赞', undefined], ['', undefined], ['-1', undefined], [null, undefined], [1.5, undefined], ['10万+ 人', undefined],
  ])('%j', (value, expected) => {
    expect(shown(value)).toEqual(expected)
    expect(number(value)).toBe(expected?.value)
  })
})

describe('lists of notes', () => {
  it('cards: title, cover, a date from the number, and where the list goes on', () => {
    expect(ask(listOf([card(noteId), card(olderId, { interact_info: { liked_count: '12', sticky: false }, display_title: '' })]), { url: posted, page: own })).toEqual({
      ...nothing(),
      posts: [
        { ...cardRecord(noteId, { createdAt: '2024-01-12T21:14:43.000Z', title: '雨天的窗', pinned: true, counts: { likes: 12000 } }), source: 'answer', seenAt },
        { ...cardRecord(olderId, { createdAt: '2023-06-01T07:55:44.000Z', pinned: false, counts: { likes: 12 } }), source: 'answer', seenAt },
      ],
      ends: [{ section: 'posts', ownerId: me.id, state: 'more', cursor: olderId }],
    })
  })

  it('in camelCase, with a page of its own, and at the end', () => {
    const reading = ask(camel(listOf([card(noteId)], { has_more: false, cursor: '' })), { url: `/v2/user_posted?cursor=${olderId}&user_id=${me.id}`, page: own })
    expect(reading.posts).toMatchObject([{ id: noteId, title: '雨天的窗', visibility: 'public' }])
    expect(reading.ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'end', after: olderId }])
    expect(ask(listOf([], { has_more: false, cursor: '' }), { url: posted }).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'end' }])
    expect(ask(listOf([card(noteId)], { cursor: '' }), { url: posted }).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'more', cursor: noteId }])
    expect(ask({ code: 0, success: true, data: { notes: null, cursor: '', has_more: false } }, { url: posted }).ends).toHaveLength(1)
  })

  it('without an address: the notes’ one author owns them; nobody does where there are several', () => {
    const one = ask(listOf([card(noteId), card(olderId)]))
    expect(one.ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'more', cursor: olderId }])
    expect(one.posts.map(post => post.visibility)).toEqual([undefined, undefined])
    const several = ask(listOf([card(noteId), card(olderId, { user: { user_id: other.id, nickname: other.name } })]))
    expect([several.posts.length, several.ends]).toEqual([2, []])
  })

  it('named by an operation and variables', () => {
    expect(ask(listOf([card(noteId)]), { operation: 'user_posted', variables: { user_id: me.id, cursor: olderId } }).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'more', cursor: olderId, after: olderId }])
  })

  it('saved and liked notes: that they are there and whose they are, nothing of what they say', () => {
    const theirs = card(noteId, { user: { user_id: other.id, nickname: other.name } })
    for (const [path, relation, section] of [['/v2/note/collect/page', 'bookmark', 'bookmarks'], ['/v1/note/like/page', 'like', 'likes']] as const) {
      expect(ask(listOf([theirs]), { url: `${path}?cursor=&user_id=${me.id}`, page: own })).toEqual({
        ...nothing(),
        relations: [{ id: noteId, handle: other.id, url: `${site}/explore/${noteId}`, post: true, relation, ownerId: me.id, source: 'answer', seenAt }],
        ends: [{ section, ownerId: me.id, state: 'more', cursor: olderId }],
      })
    }
    expect(ask(listOf([theirs]), { url: `/v1/board/note?board_id=${olderId}` }).relations).toMatchObject([{ relation: 'bookmark', listId: olderId, id: noteId }])
  })

  it('advertisements and live rooms are none, and a row without a number is counted', () => {
    const feed = { code: 0, success: true, data: { items: [{ id: noteId, model_type: 'note', note_card: { ...card(noteId), note_id: undefined } }, { id: 'x', model_type: 'ads', note_card: card(olderId) }, { id: 'l', model_type: 'live_v2' }] } }
    expect(ask(feed, { url: '/v1/homefeed' }).posts.map(post => post.id)).toEqual([noteId])
    expect(ask(listOf([card(noteId), { display_title: 'no number', user: { user_id: me.id } }]), { url: posted }).unread).toEqual([{ reason: 'lost-records', operation: 'v1/user_posted', section: 'posts', ownerId: me.id, records: 1 }])
  })
})

describe('whole notes', () => {
  it('text without the tails of its tags, mentions by number, all pictures', () => {
    expect(ask(feedOf(note()), { url: '/v1/feed' })).toEqual({ ...nothing(), posts: [{ ...whole, source: 'answer', seenAt }] })
    for (const facet of whole.facets) expect(text.slice(facet.start, facet.end)).toBe(facet.kind === 'mention' ? '@小七' : `#${facet.value}`)
  })

  it('a number only in the wrapper; blank text; an edit; unmarked tags', () => {
    const [post] = ask(feedOf(note({ note_id: undefined, desc: ' \n', last_update_time: 1705180483000, tag_list: null, at_user_list: null, interact_info: null, time: undefined })), { url: '/v1/feed' }).posts
    expect(post).toMatchObject({ id: noteId, text: '', facets: [], tags: [], mentions: [], createdAt: '2024-01-12T21:14:43.000Z', createdAtDerived: true })
    expect(post).not.toHaveProperty('partial')
    expect(post).not.toHaveProperty('counts')
    expect(ask(feedOf(note({ last_update_time: 1705180483000 }))).posts[0]?.editedAt).toBe('2024-01-13T21:14:43.000Z')
    expect(ask(feedOf(note({ desc: '#slowlife and #slow, #书[话题]#', tag_list: [{ name: 'slow' }, { name: 'slowlife' }] }))).posts[0]?.facets).toEqual([
      { start: 0, end: 9, kind: 'tag', value: 'slowlife' }, { start: 14, end: 19, kind: 'tag', value: 'slow' }, { start: 21, end: 23, kind: 'tag', value: '书' },
    ])
  })

  it.each<[string, Json]>([
    ['h264 before what is larger', { h264: [stream('/a.mp4')], h265: [stream('/b.mp4', { width: 1080, height: 1920, video_codec: 'hevc' })], av1: [] }],
    ['buckets of other names', { EF4: [stream('/a.mp4')], EF5: [stream('/b.mp4', { width: 1080, height: 1920, video_codec: 'hevc' })], EF6: [], EF7: [] }],
    ['the largest of a bucket', { h264: [stream('/c.mp4', { width: 320, height: 568 }), stream('/a.mp4')] }],
    ['a bucket without codecs', { EF4: [{ backup_urls: ['http://sns-video-hw.xhscdn.com/a.mp4'], width: 720, height: 1280, duration: 91700, size: 21860229, format: 'mp4' }] }],
  ])('videos: %s', (_name, buckets) => {
    const [post] = ask(feedOf(note({ type: 'video', video: { media: { stream: buckets, video: { duration: 92 } }, capa: { duration: 91 }, consumer: { origin_video_key: 'pre_post/key' } }, image_list: [image('cover')] }))).posts
    expect(post?.media).toEqual([{ id: 'pre_post/key', kind: 'video', url: 'https://sns-video-hw.xhscdn.com/a.mp4', preview: pictureAt('cover'), width: 720, height: 1280, type: 'video/mp4', size: 21860229, duration: 91.7 }])
  })

  it('videos: the second description, when it stops working, and none at all', () => {
    const video = (more: Json) => ask(feedOf(note({ type: 'video', video: more, image_list: [image('cover')] }))).posts[0]?.media
    expect(video({ media: { stream: { h264: [] } }, media_v2: JSON.stringify({ stream: { h264: [stream('/a.mp4?sign=ab&t=65202dd4')] } }) })).toMatchObject([{ url: 'https://sns-video-hw.xhscdn.com/a.mp4?sign=ab&t=65202dd4', expiresAt: '2023-10-06T15:55:00.000Z' }])
    expect(video({ capa: { duration: 91 } })).toEqual([{ kind: 'video', preview: pictureAt('cover'), duration: 91 }])
    expect(ask(listOf([card(noteId, { type: 'video' })]), { url: posted }).posts[0]?.media).toEqual([{ kind: 'video', preview: pictureAt('cover1') }])
  })

  it('live photos: the picture, and what moves', () => {
    const [post] = ask(feedOf(note({ image_list: [image('one', { live_photo: true, stream: { h264: [stream('/live.mp4', { duration: 2800, size: 5 })], EF5: [] } }), image('two')] }))).posts
    expect(post?.media?.map(({ id, kind, preview, duration }) => [id, kind, preview, duration])).toEqual([['one', 'image', undefined, undefined], ['live.mp4', 'video', pictureAt('one'), 2.8], ['two', 'image', undefined, undefined]])
  })

  it.each<[string, Json]>([
    ['the last of the sizes', { url_default: undefined, url: '' }], ['a bare address', { url_default: undefined, info_list: [], url: pictureAt('one') }], ['the preview', { url_default: undefined, info_list: null, url: '', url_pre: pictureAt('one') }],
    ['without a scheme', { url_default: pictureAt('one').replace('https:', '') }],
  ])('pictures: %s', (_name, more) => expect(ask(feedOf(note({ image_list: [image('one', more as { [key: string]: Json })] }))).posts[0]?.media?.[0]?.url).toBe(pictureAt('one')))

  it('whom the viewer follows, where a note says it; not kept for anybody, since the answer does not say who looks', () => {
    for (const info of [{ followed: true }, { relation: 'both' }, { followed: false, relation: 'follows' }]) {
      expect(ask(feedOf(note({ interact_info: info })), { url: '/v1/feed' }).relations).toEqual([
        { id: me.id, handle: me.id, name: me.name, avatar: 'https://sns-avatar-qc.xhscdn.com/avatar/a1', url: `${site}${own}`, relation: 'known', source: 'answer', seenAt },
      ])
    }
    expect(ask(feedOf(note({ interact_info: { followed: false, relation: 'fans' } }))).relations).toEqual([])
  })
})

describe('a page’s state', () => {
  const expected = {
    viewer: me_, ...nothing(),
    profiles: [{ ...myProfile, location: '奥地利', counts: { follows: 182, followers: 12000 }, tags: ['26岁'] }],
    posts: [
      { ...cardRecord(noteId, { createdAt: '2024-01-12T21:14:43.000Z', title: '雨天的窗', pinned: true, counts: { likes: 12000 } }), source: 'state', seenAt },
      { ...cardRecord(olderId, { createdAt: '2023-06-01T07:55:44.000Z', pinned: false, counts: { likes: 12 } }), source: 'state', seenAt },
    ],
    counts: [{ section: 'follows', ownerId: me.id, value: 182 }, { section: 'followers', ownerId: me.id, value: 12000, rounded: true }, { section: 'bookmarks', ownerId: me.id, value: 35 }],
    ends: [{ section: 'posts', ownerId: me.id, state: 'more', cursor: olderId }],
  }
  it('the own profile, saved whole, as the relay hands it over, as a script and as JSON', () => {
    const written = script(state())
    expect(askPage(page(written), own)).toEqual(expected)
    expect(askPage(relayed(written), own)).toEqual(expected)
    expect(ask(`window.__INITIAL_STATE__ = ${written};`, { page: own, contentType: 'text/javascript' })).toEqual(expected)
    expect(ask(written, { page: own })).toEqual(expected)
    expect(ask(JSON.stringify(state()), { page: own })).toEqual(expected)
    // Nobody told the address: the queries say whose it is.
    expect(ask(page(written), { contentType: 'text/html' })).toEqual(expected)
    expect(viewer({ page: `${site}/explore`, documents: [page(written), relayed(written)] })).toEqual(me_)
  })

  it('with new Set, references, and a key and a caption named undefined', () => {
    const reading = askPage(page(script(state(userState({ notes: [[{ id: noteId, noteCard: camel(card(noteId, { display_title: 'undefined, NaN: new Set([1])' })) }], [], []] }), { undefined: { note: undefined } })).replace('"follow":[]', '"follow":new Set(["x",undefined])')), own)
    expect(reading.posts[0]?.title).toBe('undefined, NaN: new Set([1])')
    expect(reading.unread).toEqual([])
    const refs = { loggedIn: { __v_isRef: true, _rawValue: true, _value: true }, notes: { __v_isShallow: false, __v_isRef: true, _rawValue: userState().notes, _value: [] }, userInfo: { value: viewerInfo, __v_isRef: true } }
    expect(askPage(page(script(state(userState(refs as { [key: string]: Json })))), own)).toEqual(expected)
  })

  it('the tab that is open: three lists or four, by name where it has one', () => {
    const theirs = [{ id: olderId, noteCard: camel(card(olderId, { user: { user_id: other.id, nickname: other.name } })) }]
    const query = { num: 30, cursor: '', userId: me.id, hasMore: false }
    const saved = askPage(page(script(state(userState({ activeTab: { index: 1, query: 'fav' }, notes: [[], theirs, []], noteQueries: [{ ...query, hasMore: true }, query, { ...query, hasMore: true }] })))), own)
    expect(saved.ends).toEqual([{ section: 'bookmarks', ownerId: me.id, state: 'end' }])
    expect(saved.relations).toMatchObject([{ relation: 'bookmark', id: olderId, handle: other.id, ownerId: me.id }])
    expect(saved.posts).toEqual([])
    const none = askPage(page(script(state(userState({ notes: [[], [], [], []], noteQueries: [query, query, query, query] })))), own)
    expect(none.ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'end' }])
  })

  it('whose profile it is: the list’s own number before a stale address, else nobody’s', () => {
    const elsewhere = `/user/profile/${other.id}`
    expect(askPage(page(script(state())), elsewhere).profiles.map(one => one.id)).toEqual([me.id])
    const queries = Array.from({ length: 4 }, () => ({ cursor: '', userId: '', hasMore: true }))
    expect(askPage(page(script(state(userState({ noteQueries: queries })))), elsewhere).profiles.map(one => [one.id, one.counts])).toEqual([[me.id, { follows: 182, followers: 12000 }]])
    const stale = userState({ notes: [[], [], [], []], noteQueries: queries, userPageData: { basicInfo: { ...profilePage, redId: other.redId }, interactions: interactions('1', '2') } })
    expect(askPage(page(script(state(stale))), own)).toMatchObject({ counts: [], unread: [{ reason: 'owner-conflict', section: 'profile' }] })
  })

  it('somebody else’s profile: followed, or not', () => {
    const theirs = (fstatus: string): Json => userState({ notes: [[], [], [], []], noteQueries: [{ userId: other.id, cursor: '', hasMore: true }], userPageData: { basicInfo: { ...profilePage, nickname: other.name, redId: other.redId, desc: 'bio' }, interactions: interactions('1', '2'), extraInfo: { fstatus } } })
    const at = `/user/profile/${other.id}`
    for (const fstatus of ['follows', 'both']) {
      expect(askPage(page(script(state(theirs(fstatus)))), at).relations).toEqual([
        { id: other.id, handle: other.id, name: other.name, bio: 'bio', avatar: 'https://sns-avatar-qc.xhscdn.com/avatar/a1', url: `${site}${at}`, fields: [{ name: 'RedNote ID', value: other.redId }], relation: 'known', ownerId: me.id, source: 'state', seenAt },
      ])
    }
    for (const fstatus of ['none', 'fans', 'same']) expect(askPage(page(script(state(theirs(fstatus)))), at).relations).toEqual([])
    // The same from an answer, which does not say who looks.
    const answer = { code: 0, success: true, data: { basic_info: { nickname: other.name, red_id: other.redId }, interactions: interactions('1', '27.7K'), extra_info: { fstatus: 'both' } } }
    expect(ask(answer, { url: `/v1/user/otherinfo?target_user_id=${other.id}` })).toMatchObject({ profiles: [{ id: other.id, counts: { follows: 1, followers: 27700 } }], relations: [{ relation: 'known', id: other.id }] })
    expect(ask(answer, { url: '/v1/user/selfinfo' }).unread).toEqual([{ reason: 'no-owner', operation: 'v1/user/selfinfo', section: 'profile' }])
  })

  it('an opened note, beside empty entries and other people’s comments', () => {
    for (const body of [page(script(state(userState({ userPageData: {}, notes: [[], [], []], noteQueries: [] }), detailMap(note())))), JSON.stringify(detailMap(note()))]) {
      const reading = body.startsWith('<') ? askPage(body, `/explore/${noteId}?xsec_token=SECRET`) : ask(body)
      expect(reading.posts).toEqual([{ ...whole, source: 'state', seenAt }])
      expect([reading.ends, reading.unread]).toEqual([[], []])
    }
  })

  it('links lead to the site that the person uses', () => {
    const reading = ask(page(script(state())), { url: `https://www.rednote.com${own}`, page: `https://www.rednote.com${own}`, contentType: 'text/html' })
    expect([reading.posts[0]?.url, reading.profiles[0]?.url]).toEqual([`https://www.rednote.com/explore/${noteId}`, `https://www.rednote.com${own}`])
    expect(ask(feedOf(note()), { url: 'https://webapi.rednote.com/api/sns/web/v1/feed', page: '' }).posts[0]?.url).toBe(`https://www.rednote.com/explore/${noteId}`)
  })

  it('a state that was cut: what is there, and that it was', () => {
    const written = page(script(state()))
    const reading = askPage(written.slice(0, written.indexOf(olderId) + 40), own)
    expect(reading.posts.map(post => post.id)).toContain(noteId)
    expect(reading.unread.map(one => one.reason)).toEqual(['lost-records', 'no-page-info', 'damaged-state'])
    expect(reading.ends).toEqual([])
  })
})

describe('forms seen since', () => {
  const { user: _user, ...anonymous } = card(noteId)

  it('cards that don’t say who wrote them are the owner’s of their list', () => {
    expect(ask(listOf([anonymous, card(olderId)]), { url: posted, page: own }).posts).toMatchObject([{ id: noteId, authorId: me.id, visibility: 'public' }, { id: olderId, authorId: me.id }])
    const shown = userState({ notes: [[{ id: noteId, noteCard: camel(anonymous) }], [], []] })
    expect(askPage(page(script(state(shown))), own)).toMatchObject({ posts: [{ id: noteId, authorId: me.id, title: '雨天的窗' }], unread: [] })
    expect(ask({ data: { items: [{ id: noteId, model_type: 'note', note_card: anonymous }] } }).posts).toMatchObject([{ id: noteId, url: `${site}/explore/${noteId}` }])
    expect(ask({ data: { items: [{ id: noteId, model_type: 'note', note_card: anonymous }] } }).posts[0]).not.toHaveProperty('authorId')
  })

  it('pictures of which only the size is told are pictures', () => {
    const sizes = { cover: { width: 773, height: 1024 }, image_list: [{ width: 773, height: 1024 }, { width: 1242, height: 1660 }] }
    expect(ask({ data: { items: [{ id: noteId, model_type: 'note', note_card: card(noteId, sizes) }] } }).posts[0]?.media).toEqual([{ kind: 'image', width: 773, height: 1024 }, { kind: 'image', width: 1242, height: 1660 }])
  })

  it('a second description of a video that is an object; H.264 by its other name', () => {
    const streams = { EF4: [stream('/four.mp4', { video_codec: 'EF4' })], EF5: [stream('/five.mp4', { width: 2160, height: 3840, video_codec: 'EF5' })], EF6: [] }
    const of = (video: Json): unknown => ask(feedOf(note({ type: 'video', image_list: [image('one')], video })), { url: '/v1/feed' }).posts[0]?.media
    const expected = [{ id: '138130672442988094', kind: 'video', url: 'https://sns-video-hw.xhscdn.com/four.mp4', preview: pictureAt('one') }]
    expect(of({ media: { video_id: '138130672442988094', stream: streams } })).toMatchObject(expected)
    expect(of({ media: { video_id: '138130672442988094', stream: { EF4: [], EF5: [] } }, media_v2: { video_id: '138130672442988094', stream: streams } })).toMatchObject(expected)
  })

  it('the app’s search: notes under `note`, whose text may be cut', () => {
    const found = {
      id: noteId, title: '雨天的窗', desc: '和我一起看…', type: 'normal', liked_count: 12, comments_count: 3, shared_count: 1, timestamp: 1705094083, user: { userid: me.id, nickname: me.name, images: 'https://sns-avatar-qc.xhscdn.com/avatar/a1' },
      images_list: [{ fileid: 'spectrum/one', width: 794, height: 791, url: 'http://sns-img-hw.xhscdn.com/one?imageView2/2/w/540', url_size_large: 'http://sns-img-hw.xhscdn.com/one?imageView2/2/w/1080' }],
    }
    expect(ask({ code: 0, success: true, data: { items: [{ model_type: 'note', note: found }, { model_type: 'ads', ads: {} }] } }).posts).toEqual([{
      id: noteId, url: `${site}/explore/${noteId}`, authorId: me.id, authorHandle: me.id, createdAt: '2024-01-12T21:14:43.000Z', title: '雨天的窗', partial: true, text: '和我一起看…', facets: [], tags: [], mentions: [],
      media: [{ id: 'spectrum/one', kind: 'image', url: 'https://sns-img-hw.xhscdn.com/one?imageView2/2/w/1080', width: 794, height: 791 }], counts: { likes: 12, replies: 3, shares: 1 }, source: 'answer', seenAt,
    }])
  })

  it('a saved profile goes by the page that it was saved on; comments are none of ours', () => {
    const body = { code: 0, success: true, data: { basic_info: { nickname: me.name, red_id: me.redId, desc: '', images: '' }, interactions: interactions('182', '1.2万'), result: { success: true } } }
    expect(ask(body, { page: own }).profiles).toMatchObject([{ id: me.id, counts: { follows: 182, followers: 12000 } }])
    expect(ask(body)).toMatchObject({ profiles: [], unread: [{ reason: 'no-owner', section: 'profile' }] })
    expect(ask(body, { url: '/v1/user/otherinfo', page: own }).profiles).toEqual([])
    expect(ask({ code: 0, success: true, data: { comments: [{ id: '1', note_id: noteId, content: 'x', user_info: { user_id: other.id } }], cursor: '', has_more: false } })).toEqual(nothing())
  })
})

describe('who is signed in', () => {
  const guest = { ...viewerInfo, guest: true }
  it('a guest is nobody, though a guest has a number', () => {
    for (const user of [userState({ loggedIn: false, userInfo: guest }), userState({ loggedIn: false, userInfo: {} })]) {
      const reading = askPage(page(script(state(user))), own)
      expect([reading.viewer, reading.signedOut]).toEqual([undefined, true])
      expect(viewer({ page: site, documents: [page(script(state(user)))] })).toBeUndefined()
    }
    expect(ask({ code: 0, success: true, data: guest as unknown as Json }, { url: '/v2/user/me' })).toEqual({ ...nothing(), signedOut: true })
  })

  it('the answer that says it', () => {
    const data = { user_id: me.id, nickname: me.name, red_id: me.redId, desc: '', images: 'https://sns-avatar-qc.xhscdn.com/avatar/a1', guest: false }
    for (const url of ['/v2/user/me', `${site}/`]) expect(ask({ code: 0, success: true, data }, { url }).viewer).toEqual(me_)
  })

  it('not whoever a comment, a description or a second page names', () => {
    const bait = `window.__INITIAL_STATE__={"user":{"loggedIn":true,"userInfo":{"userId":"${other.id}","nickname":"x","guest":false}}}`
    const body = `<meta name="description" content='${bait}'><script type="application/ld+json">{"d":${JSON.stringify(bait)}}</script>${page(script(state()))}`
    expect(askPage(body, own).viewer?.id).toBe(me.id)
    expect(askPage(page(script({ feed: { userInfo: { userId: other.id, nickname: 'x', guest: false }, loggedIn: true } })), own).viewer).toBeUndefined()
    expect(viewer({ page: site, documents: [page(script(state())), page(script(state(userState({ userInfo: { ...viewerInfo, userId: other.id, user_id: other.id } }))))] })).toBeUndefined()
  })
})

describe('what stands in between', () => {
  const hollow = { code: 0, success: true, msg: '成功' }
  it.each<[string, Json | string, object, object]>([
    ['status 461', hollow, { url: posted, status: 461 }, { barrier: { kind: 'challenge' } }],
    ['status 471', '', { url: posted, status: 471 }, { barrier: { kind: 'challenge' } }],
    ['its headers', hollow, { url: posted, headers: { verifytype: '124' } }, { barrier: { kind: 'challenge' } }],
    ['its body', hollow, { url: posted }, { barrier: { kind: 'challenge' } }],
    ['its body alone', hollow, {}, { barrier: { kind: 'challenge' } }],
    ['its body with empty data', { ...hollow, data: {} }, { url: '/v1/feed' }, { barrier: { kind: 'challenge' } }],
    ['a blocked address', { code: 300012, success: false, msg: 'x', data: {} }, { url: posted }, { barrier: { kind: 'blocked' } }],
    ['a code as text', { code: '300013', success: false, msg: 'x' }, {}, { barrier: { kind: 'blocked' } }],
    ['signed out', { code: -100, success: false, msg: '登录已过期', data: {} }, { url: posted }, { barrier: { kind: 'login-wall' }, signedOut: true }],
    ['429', '', { url: posted, status: 429, headers: { 'retry-after': '30' } }, { barrier: { kind: 'rate-limit', retryAfter: 30 } }],
    ['401', '{}', { url: posted, status: 401 }, { barrier: { kind: 'login-wall' } }],
    ['406', { code: -1, success: false }, { url: posted, status: 406 }, { barrier: { kind: 'blocked' } }],
    ['the captcha’s page', '<html><p>check</p></html>', { url: `${site}/website-login/captcha?redirectPath=x`, contentType: 'text/html' }, { barrier: { kind: 'challenge' } }],
    ['a page where data were asked for', '<html>captcha</html>', { url: posted, contentType: 'text/html' }, { barrier: { kind: 'challenge' } }],
  ])('%s', (_name, body, asked, expected) => expect(ask(body, asked)).toEqual({ ...nothing(), ...expected }))

  it.each<[string, Json | string, object, string]>([
    ['a note that is not shown', { code: 300031, success: false, msg: 'x', data: {} }, { url: '/v1/feed' }, 'note-unavailable'],
    ['no JSON', '{"code":0,"data":{"notes":[', { url: posted }, 'not-json'],
    ['nothing', '', { url: posted }, 'empty'],
    ['an unknown failure', { code: -510999, success: false, msg: 'x', data: {} }, { url: posted }, 'errors'],
    ['an unknown shape', { code: 0, success: true, data: { rows: [1] } }, { url: posted }, 'unknown-shape'],
    ['a server in trouble', '{}', { url: posted, status: 502 }, 'status-502'],
  ])('unread: %s', (_name, body, asked, reason) => expect(ask(body, asked)).toMatchObject({ posts: [], ends: [], unread: [{ reason }] }))

  it('answers that are none of ours are no loss', () => {
    for (const [url, body] of [['/v1/note/like', hollow], ['/v1/search/recommend', { code: 0, data: { sug_items: [] } }], ['/v2/comment/page', { code: 0, data: { comments: [{ note_id: noteId, content: 'x', user_info: { user_id: other.id } }] } }]] as const) {
      expect(ask(body, { url })).toEqual(nothing())
    }
  })

  it('keeps no token', () => {
    const all = JSON.stringify([ask(listOf([card(noteId)]), { url: posted }), ask(feedOf(note()), { url: '/v1/feed?xsec_token=SECRET' }), askPage(page(script(state())), `${own}?xsec_token=SECRET`)])
    expect(all).not.toContain('SECRET')
  })
})
