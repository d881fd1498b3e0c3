/** What the reader makes of each form of an answer, in the order of `lib/networks/threads/NOTES.md`. */
import { describe, expect, it } from 'vitest'
import { codeOf, pkOf, targetOf } from '../../../../lib/networks/answers/meta.ts'
import { kindOf } from '../../../../lib/networks/threads/question.ts'
import { viewer } from '../../../../lib/networks/threads/read.ts'
import { ask, askPage, seenAt } from './ask.ts'
import {
  cached, codeFor, expected, file, following, html, link, me, mention, newPk, other, pageInfo, plain, post, profile, shared, tab, tag, third, thread, user, viewerOf, type Dict,
} from './fixtures/made.ts'

const threadsTab = { operation: 'BarcelonaProfileThreadsTabDirectQuery', variables: { userID: me.id, first: 4 } }
const repliesTab = { operation: 'BarcelonaProfileRepliesTabDirectQuery', variables: { userID: me.id }, page: `/@${me.handle}/replies` }
const repostsTab = { operation: 'BarcelonaProfileRepostsTabDirectQuery', variables: { userID: me.id }, page: `/@${me.handle}/reposts` }
const only = (body: unknown, asked: Parameters<typeof ask>[1] = threadsTab) => {
  const { posts } = ask(body, asked)
  expect(posts).toHaveLength(1)
  return posts[0]!
}

describe('who is signed in', () => {
  it.each(['define', 'require'] as const)('is in the shared data, in %s', where => {
    const page = html(shared(viewerOf(me), where), cached('BarcelonaProfilePageDirectQuery', { data: { user: profile(other) } }))
    const expectedViewer = { id: me.id, handle: me.handle, avatar: file('v.jpg') }
    expect(askPage(page, `/@${other.handle}`).viewer).toEqual(expectedViewer)
    expect(viewer({ page: 'https://www.threads.com/', documents: [page] })).toEqual(expectedViewer)
    expect(viewer({ page: '', documents: ['', 'x', JSON.stringify(shared(viewerOf(me), where))] })).toEqual(expectedViewer)
  })

  it('is in modules of the same form', () => {
    const polaris = { require: [['ScheduledServerJS', 'handle', null, [{ __bbox: { define: [['PolarisViewer', [], { data: { id: me.id, fbid: '1', username: me.handle, full_name: 'Ada' } }, 1]] } }]]] }
    expect(viewer({ page: '', documents: [html(polaris)] })).toEqual({ id: me.id, handle: me.handle, name: 'Ada' })
  })

  it('is nobody where two places differ', () => {
    expect(viewer({ page: '', documents: [html(shared(viewerOf(me))), html(shared(viewerOf(other)))] })).toBeUndefined()
    expect(askPage(html(shared(viewerOf(me)), shared(null)), '/').viewer).toBeUndefined()
    expect(viewer({ page: '', documents: [html(shared(viewerOf(me)), shared(viewerOf(me)))] })?.id).toBe(me.id)
  })

  it('is nobody where the page says so, whoever stands in it', () => {
    const page = html(shared(null), cached('BarcelonaProfilePageDirectQuery', { data: { user: profile(other) } }))
    expect(askPage(page, '/')).toMatchObject({ signedOut: true })
    expect(askPage(page, '/').viewer).toBeUndefined()
    expect(viewer({ page: '', documents: [page] })).toBeUndefined()
  })

  it('is not told by a page without the module, a post, or the field that is always 0', () => {
    const reading = askPage(html(cached('BarcelonaFeedDirectQuery', tab([thread(post(other, 'x'))]))), '/')
    expect(reading.viewer).toBeUndefined()
    expect(reading.signedOut).toBeUndefined()
    expect(viewer({ page: '', documents: [html({ define: [['CurrentUserInitialData', [], { USER_ID: '0' }, 1], ['AccountSwitcherData', [], { accounts: [viewerOf(other)] }, 2]] })] })).toBeUndefined()
  })

  it('is in answers that name the viewer, if the page does not', () => {
    expect(ask({ data: { viewer: { user: user(me) }, mediaData: { edges: [] } } }).viewer).toMatchObject({ id: me.id, handle: me.handle })
    expect(ask({ data: { viewer: { user: null } } }).viewer).toBeUndefined()
  })
})

describe('a profile', () => {
  it('has every field', () => {
    const { profiles, counts, unread } = ask({ data: { user: profile(me) } }, { operation: 'BarcelonaProfilePageDirectQuery', variables: { userID: me.id } })
    expect(profiles).toEqual([{
      id: me.id, handle: me.handle, name: `Name of ${me.handle}`, bio: 'Hello @bo_kanter see a.example',
      bioFacets: [{ start: 6, end: 16, kind: 'mention', value: other.handle, id: other.id }, { start: 21, end: 30, kind: 'link', value: 'https://a.example/?x=1' }],
      links: [{ url: 'https://ada.example/', title: 'Home' }, { url: 'https://b.example/' }],
      avatar: file('ada.jpg', 's640'), url: 'https://www.threads.com/@ada.lindqvist', locked: false, federated: true, verified: false,
      counts: { followers: 1234 }, tags: ['Book Threads'], source: 'answer', seenAt,
    }])
    expect(counts).toEqual([{ section: 'followers', ownerId: me.id, value: 1234 }])
    expect(unread).toEqual([])
  })

  it.each([
    ['data.user', (it: Dict) => ({ data: { user: it } })],
    ['data.xdt_text_app_user', (it: Dict) => ({ data: { xdt_text_app_user: it } })],
    ['data.xdt_text_app_user_by_username', (it: Dict) => ({ data: { xdt_text_app_user_by_username: it } })],
    ['data.userData.user (2023)', (it: Dict) => ({ data: { userData: { user: it } } })],
    ['a root that nobody knows', (it: Dict) => ({ data: { q7: { deeper: [it] } } })],
    ['no envelope', (it: Dict) => it],
  ])('is found under %s', (_name, wrap) => {
    expect(ask(wrap(profile(me))).profiles).toMatchObject([{ id: me.id, bio: 'Hello @bo_kanter see a.example' }])
  })

  it('leaves out what is not known: null is not false, and no number is not zero', () => {
    const { profiles } = ask({ data: { user: profile(me, { text_post_app_has_fediverse_enabled: null, follower_count: null, text_post_app_is_private: null, is_verified: null, full_name: '', hd_profile_pic_versions: null, profile_pic_url: null, text_app_biography: null, biography: null, bio_links: null, profile_tags: null }) } })
    expect(profiles).toEqual([{ id: me.id, handle: me.handle, url: 'https://www.threads.com/@ada.lindqvist', source: 'answer', seenAt }])
  })

  it('is read in its form of 2023: `is_private`, `id: null`, a plain bio', () => {
    const { profiles } = ask({ data: { userData: { user: { pk: '5000001', id: null, username: 'ada', full_name: 'Ada', is_private: true, biography: 'Hi', follower_count: 0, profile_pic_url: file('a.jpg') } } } })
    expect(profiles).toEqual([{ id: '5000001', handle: 'ada', name: 'Ada', bio: 'Hi', avatar: file('a.jpg'), url: 'https://www.threads.com/@ada', locked: true, counts: { followers: 0 }, source: 'answer', seenAt }])
  })

  it('is unread where the person was asked for and nothing came, and of no account where nobody was', () => {
    const asked = { operation: 'BarcelonaProfilePageDirectQuery' }
    const gone = { data: { user: null }, errors: [{ message: 'execution error', severity: 'CRITICAL', path: ['user'] }] }
    expect(ask(gone, { ...asked, variables: { userID: me.id } }).unread).toEqual([{ reason: 'errors', operation: asked.operation, section: 'profile', ownerId: me.id }])
    expect(ask({ data: { user: null } }, { ...asked, variables: { userID: me.id } }).unread).toMatchObject([{ reason: 'no-records' }])
    expect(ask(gone, asked).unread).toEqual([])
    expect(ask({ data: { user: { handleName: 'ada', number: 5 } } }, { ...asked, variables: { userID: me.id } }).unread).toMatchObject([{ reason: 'unknown-shape', section: 'profile' }])
  })
})

describe('the list of people followed', () => {
  const asked = { operation: 'BarcelonaFriendshipsFollowingTabQuery', variables: { userID: me.id, first: 20 } }

  it('has every person in its order, whose it is, and where it goes on', () => {
    const reading = ask(following([user(other), user(third, { text_post_app_is_private: true, is_verified: true, full_name: '' })], '20'), asked)
    expect(reading.follows).toEqual([
      { id: other.id, handle: other.handle, name: `Name of ${other.handle}`, avatar: file(`${other.id}.jpg`, 's150'), url: 'https://www.threads.com/@bo_kanter', locked: false, verified: false, ownerId: me.id, relation: 'follow', position: 0, source: 'answer', seenAt },
      { id: third.id, handle: third.handle, avatar: file(`${third.id}.jpg`, 's150'), url: 'https://www.threads.com/@cleo.marsh', locked: true, verified: true, ownerId: me.id, relation: 'follow', position: 1, source: 'answer', seenAt },
    ])
    expect(reading.ends).toEqual([{ section: 'follows', ownerId: me.id, state: 'more', cursor: '20' }])
    expect(reading.counts).toEqual([{ section: 'follows', ownerId: me.id, value: 3 }, { section: 'followers', ownerId: me.id, value: 9 }])
    expect([reading.profiles, reading.unread]).toEqual([[], []])
  })

  it('counts places on from the cursor it was asked with', () => {
    const next = { operation: 'BarcelonaFriendshipsFollowingTabRefetchableQuery', variables: { id: me.id, first: 10, after: '20' } }
    const reading = ask({ data: { fetch__XDTUserDict: { following: { edges: [{ node: user(other) }], page_info: pageInfo(null) }, id: me.id } } }, next)
    expect(reading.follows).toMatchObject([{ ownerId: me.id, position: 20 }])
    expect(reading.ends).toEqual([{ section: 'follows', ownerId: me.id, state: 'end', after: '20' }])
  })

  it('is never taken for its first page where the variables are not known', () => {
    const body = { data: { fetch__XDTUserDict: { id: me.id, following: { edges: [{ node: user(other) }, { node: user(third) }], page_info: pageInfo('30') } } } }
    expect(ask(body).ends).toEqual([{ section: 'follows', ownerId: me.id, state: 'more', cursor: '30', after: '28' }])
    expect(ask(body).follows.map(follow => follow.position)).toEqual([28, 29])
  })

  it.each([
    ['data.user.following', 'user', 'following'],
    ['data.xdt_text_app_user.following_users', 'xdt_text_app_user', 'following_users'],
    ['data.user.edge_follow', 'user', 'edge_follow'],
    ['data.fetch__ABC.following', 'fetch__ABC', 'following'],
    ['data.xqz.friends_following_connection', 'xqz', 'friends_following_connection'],
  ])('is found under %s', (_name, root, key) => {
    const reading = ask({ data: { [root]: { pk: me.id, [key]: { edges: [{ node: user(other) }], page_info: pageInfo(null) } } } }, { operation: 'XQZ', variables: { userID: me.id } })
    expect(reading.follows).toMatchObject([{ id: other.id, ownerId: me.id, position: 0 }])
    expect(reading.ends).toEqual([{ section: 'follows', ownerId: me.id, state: 'end' }])
  })

  it('is found under a name that says nothing, if the operation does', () => {
    const reading = ask({ data: { user: { pk: me.id, q: { edges: [{ node: user(other) }], page_info: pageInfo('20') } } } }, asked)
    expect(reading.follows).toMatchObject([{ id: other.id, ownerId: me.id }])
    expect(reading.unread).toEqual([])
  })

  it('is unread where neither says which list it is', () => {
    const reading = ask({ data: { user: { pk: me.id, q: { edges: [{ node: user(other) }], page_info: pageInfo('20') } } } }, { operation: 'XQZQuery', variables: { userID: me.id } })
    expect(reading.follows).toEqual([])
    expect(reading.unread).toEqual([{ reason: 'unknown-shape', operation: 'XQZQuery', ownerId: me.id }])
  })

  it('is read without a root of its own and in the phone form, whose end is a missing next_max_id', () => {
    const connection = { xdt_api__v1__friendships__following__connection: { edges: [{ node: user(other) }], page_info: pageInfo('12') } }
    expect(ask({ data: connection }, { operation: 'usePolarisGetFollowListQuery', variables: { userID: me.id } }).follows).toMatchObject([{ id: other.id, ownerId: me.id }])
    const rest = (more: Dict) => ask({ users: [{ ...user(other), pk: 61000000002, pk_id: other.id, fbid_v2: 17841414211021456 }], big_list: false, has_more: false, status: 'ok', ...more }, { url: `/api/v1/friendships/${me.id}/following/?count=12&max_id=25` })
    expect(rest({ next_max_id: '50' }).ends).toEqual([{ section: 'follows', ownerId: me.id, state: 'more', cursor: '50', after: '25' }])
    expect(rest({ next_max_id: '50' }).follows).toMatchObject([{ id: other.id, position: 25, ownerId: me.id }])
    expect(rest({}).ends).toEqual([{ section: 'follows', ownerId: me.id, state: 'end', after: '25' }])
  })

  it('ends where `has_next_page` is false or no cursor is next, and nowhere else', () => {
    const state = (info: Dict | null) => ask({ data: { user: { pk: me.id, following: { edges: [{ node: user(other) }], ...(info && { page_info: info }), has_more: true } } } }, asked).ends[0]?.state
    expect(state({ has_next_page: false, end_cursor: '40' })).toBe('end')
    expect(state({ end_cursor: null })).toBe('end')
    expect(state({ end_cursor: '20' })).toBe('more')
    expect(state({ has_next_page: true, end_cursor: null })).toBe('cut')
    expect(state(null)).toBeUndefined()
  })

  it('does not end where the list says nothing of its pages: that is a note', () => {
    const reading = ask({ data: { user: { pk: me.id, following: { edges: [{ node: user(other) }] } } } }, asked)
    expect(reading.follows).toHaveLength(1)
    expect(reading.unread).toEqual([{ reason: 'no-page-info', operation: asked.operation, section: 'follows', ownerId: me.id }])
  })

  it('keeps people of the fediverse as they are written', () => {
    const reading = ask(following([user({ id: '71', handle: 'ann@mastodon.example' }), { username: 'Bea@Pixel.example', full_name: 'Bea' }], null), asked)
    expect(reading.follows).toMatchObject([
      { id: '71', handle: 'ann@mastodon.example', url: 'https://www.threads.com/fediverse_profile/@ann@mastodon.example' },
      { id: 'bea@pixel.example', handle: 'Bea@Pixel.example', name: 'Bea' },
    ])
  })

  it('is nobody\'s where no owner is known, or the answer names another one than the question', () => {
    const body = { data: { x: { following: { edges: [{ node: user(other) }], page_info: pageInfo(null) } } } }
    expect(ask(body).follows).toMatchObject([{ id: other.id }])
    expect(ask(body).follows[0]).not.toHaveProperty('ownerId')
    expect(ask(body).ends[0]).not.toHaveProperty('ownerId')
    const lie = ask(following([user(other)], null), { ...asked, variables: { userID: third.id } })
    expect([lie.follows, lie.ends, lie.counts]).toEqual([[], [], []])
    expect(lie.unread).toEqual([{ reason: 'owner-conflict', operation: asked.operation, section: 'follows', records: 1 }])
  })

  it('binds a question by name to the person of that name only', () => {
    const body = { data: { user: { ...user(me), following: { edges: [{ node: user(other) }], page_info: pageInfo(null) } } } }
    expect(ask(body, { operation: asked.operation, variables: { username: 'Ada.Lindqvist' } }).follows[0]?.ownerId).toBe(me.id)
    expect(ask(body, { operation: asked.operation, variables: { username: 'someone.else' } }).follows).toEqual([])
    expect(ask(body, { operation: asked.operation, variables: JSON.stringify({ userID: me.id }) }).follows[0]?.ownerId).toBe(me.id)
  })

  it('counts the rows it could not read', () => {
    const reading = ask(following([user(other), { pk: '5', username: null }, { username: 'noid' }, null], null), asked)
    expect(reading.follows).toHaveLength(1)
    expect(reading.unread).toEqual([{ reason: 'lost-records', operation: asked.operation, section: 'follows', ownerId: me.id, records: 2 }])
  })

  it('is hidden where it is counted and its only page is empty', () => {
    expect(ask(following([], null, 5), asked).ends).toMatchObject([{ state: 'hidden' }])
    expect(ask(following([], null, 0), asked).ends).toMatchObject([{ state: 'end' }])
  })

  it('is not confused with followers, suggestions or the people around them', () => {
    const reading = ask({
      data: {
        user: {
          ...profile(me), profile_context_facepile_users: [user(third)],
          followers: { edges: [{ node: user(other) }], page_info: pageInfo(null) },
          suggested_users: { edges: [{ node: profile(third) }], page_info: pageInfo(null) },
          following: { edges: [{ node: user(third) }], page_info: pageInfo(null) },
        },
      },
    }, { operation: 'BarcelonaFriendshipsDialogUserQuery', variables: { userID: me.id } })
    expect(reading.follows.map(one => one.id)).toEqual([third.id])
    expect(reading.relations).toMatchObject([{ id: other.id, relation: 'follower', ownerId: me.id }])
    expect(reading.ends.map(end => end.section).sort()).toEqual(['followers', 'follows'])
    expect(reading.profiles.map(one => one.id).sort()).toEqual([me.id, third.id])
  })
})

describe('posts', () => {
  it('have every field', () => {
    const pk = newPk()
    const it = post(me, 'x', {
      pk, caption_is_edited: true, detected_language: 'pt_BR', like_count: 7, taken_at: 1767225601,
    }, {
      text_fragments: { fragments: [plain('🐝 '), mention('@bo_kanter', other), plain(' reads '), link('a.example/b', `https://l.threads.com/?u=${encodeURIComponent('https://a.example/b?fbclid=S&c=1')}&e=ATtoken`), plain(' '), tag('#slow')] },
      tag_header: { display_name: 'Slow Travel', id: '1' }, pinned_post_info: { is_pinned_to_profile: true }, is_spoiler_media: true, is_ghost_post: true,
      ghost_post_exp_time_ms: 1767312000000, reply_control: 'accounts_you_follow', reshare_count: 4, view_count: 100,
      link_preview_attachment: { url: 'https://l.threads.com/?u=https%3A%2F%2Fa.example%2Fb&e=AT', display_url: 'a.example', title: 'A page', image_url: file('p.jpg') },
    })
    expect(only(tab([thread(it)]))).toEqual({
      id: pk, url: `https://www.threads.com/@ada.lindqvist/post/${codeFor(pk)}`, authorId: me.id, authorHandle: me.handle, createdAt: '2026-01-01T00:00:01.000Z',
      pinned: true, unavailable: false, visibility: 'public', federated: true, edited: true, text: '🐝 @bo_kanter reads a.example/b #slow',
      facets: [
        { start: 3, end: 13, kind: 'mention', value: other.handle, id: other.id },
        { start: 20, end: 31, kind: 'link', value: 'https://a.example/b?c=1' },
        { start: 32, end: 37, kind: 'tag', value: 'slow' },
      ],
      tags: ['slow'], mentions: [other.handle], links: ['https://a.example/b?c=1'], topic: 'Slow Travel', media: [],
      linkPreview: { url: 'https://a.example/b', title: 'A page', image: file('p.jpg') },
      spoiler: true, sensitive: true, ghost: true, expiresAt: '2026-01-02T00:00:00.000Z', language: 'pt-BR', replyControl: 'accounts_you_follow',
      counts: { likes: 7, replies: 1, reposts: 2, quotes: 3, shares: 4, views: 100 }, source: 'answer', seenAt,
    })
  })

  it('never carry a token', () => {
    const text = JSON.stringify(ask(tab([thread(post(me, 'x'))]), threadsTab))
    expect(text).not.toMatch(/secret|organic|logging/i)
  })

  it('leave out what is not known', () => {
    const thin = only({ data: { mediaData: { edges: [{ node: { thread_items: [{ post: { pk: '3900000000000000001', user: { username: 'ada.lindqvist' } } }] } }], page_info: pageInfo(null) } } })
    expect(thin).toEqual({ id: '3900000000000000001', url: `https://www.threads.com/@ada.lindqvist/post/${codeFor('3900000000000000001')}`, authorHandle: 'ada.lindqvist', source: 'answer', seenAt })
    const unknown = only(tab([thread(post(me, 'x', { detected_language: 'und', like_count: 0, like_and_view_counts_disabled: true, user: user(me, { text_post_app_is_private: null }), caption_is_edited: null }, { fediverse_info: null, is_ghost_post: null, is_spoiler_media: null, pinned_post_info: null, direct_reply_count: null, repost_count: null, quote_count: null }))]))
    for (const key of ['language', 'counts', 'visibility', 'edited', 'federated', 'ghost', 'spoiler', 'sensitive', 'pinned', 'expiresAt', 'topic', 'quoteOf', 'replyTo']) expect(unknown).not.toHaveProperty(key)
  })

  it('take the caption where there are no fragments, and its entities where they are right', () => {
    const it = post(me, 'Read #slow and @bo_kanter', { text_with_entities: { entities: [{ entity: { id: '1', display_text: 'slow', entity_type: 'TAG' }, offset: 5, length: 5 }, { entity: { display_text: 'wrong' }, offset: 0, length: 4 }] } }, { text_fragments: null })
    expect(only(tab([thread(it)]))).toMatchObject({ text: 'Read #slow and @bo_kanter', facets: [{ start: 5, end: 10, kind: 'tag', value: 'slow' }], tags: ['slow'] })
    const bare = only(tab([thread(post(me, 'plain', {}, { text_fragments: null }))]))
    expect(bare.text).toBe('plain')
    expect(bare).not.toHaveProperty('facets')
    expect(only(tab([thread(post(me, null))]))).not.toHaveProperty('text')
  })

  it('keep a long text that is attached', () => {
    expect(only(tab([thread(post(me, 'Short', {}, { snippet_attachment_info: { text_fragments: { fragments: [plain('And long.')] } } }))])).text).toBe('Short\n\nAnd long.')
  })

  it('are read whether their numbers are text or not, and by code alone', () => {
    const pk = '3912361651450546608'
    const body = JSON.stringify(tab([thread(post(me, 'x', { pk }))])).replaceAll(`"pk":"${pk}"`, `"pk":${pk}`).replaceAll(`"pk":"${me.id}"`, `"pk":${me.id}`)
    expect(body).toContain(`"pk":${pk},`)
    expect(only(body)).toMatchObject({ id: pk, authorId: me.id })
    const { pk: _pk, id: _id, ...rest } = post(me, 'x', { pk })
    expect(only(tab([thread(rest)]))).toMatchObject({ id: pk })
    expect([codeOf('3912361651450546608'), pkOf('DZLgDGDkgmw'), codeOf('x'), pkOf('!'), pkOf('')]).toEqual(['DZLgDGDkgmw', '3912361651450546608', undefined, undefined, undefined])
  })

  it('of a private account are for its followers, by its flag or by its longer code', () => {
    expect(only(tab([thread(post(me, 'x', { user: user(me, { text_post_app_is_private: true }) }))])).visibility).toBe('followers')
    expect(only(tab([thread(post(me, 'x', { user: user(me, { text_post_app_is_private: undefined as never, is_private: true }) }))])).visibility).toBe('followers')
    const { pk: _pk, id: _id, ...rest } = post(me, 'x', { code: `DZLgDGDkgmw${'q'.repeat(28)}`, user: user(me, { text_post_app_is_private: null }) })
    expect(only(tab([thread(rest)]))).toMatchObject({ id: '3912361651450546608', visibility: 'followers' })
    expect(only(tab([thread(post(me, 'x', { audience: 'close_friends' }))])).visibility).toBe('circle')
    expect(only(tab([thread(post(me, 'x', { audience: 'default' }))])).visibility).toBe('public')
  })

  it('have their pictures in the largest form, with the words of their alt text', () => {
    const it = post(me, 'x', { media_type: 1, accessibility_caption: 'A heron.', original_width: 1440, original_height: 1080, image_versions2: { candidates: [{ url: file('h.jpg', 'p320'), width: 320, height: 240 }, { url: file('h.jpg'), width: 1440, height: 1080 }] } })
    expect(only(tab([thread(it)])).media).toEqual([{ id: it.pk, kind: 'image', url: file('h.jpg'), alt: 'A heron.', width: 1440, height: 1080, expiresAt: '2026-12-31T00:00:00.000Z' }])
  })

  it('have their videos in the best form', () => {
    const versions = [{ type: 102, url: file('v.mp4', 'b') }, { type: 101, url: file('v.mp4', 'a') }, { type: 103, url: file('v.mp4', 'c') }]
    const it = post(me, null, { media_type: 2, original_width: 720, original_height: 1280, image_versions2: { candidates: [{ url: file('s.jpg'), width: 720, height: 1280 }] }, video_versions: versions })
    expect(only(tab([thread(it)])).media).toMatchObject([{ kind: 'video', url: file('v.mp4', 'a'), preview: file('s.jpg'), width: 720, height: 1280 }])
    const sized = post(me, null, { media_type: 2, video_versions: [{ type: 101, url: file('a.mp4'), width: 320, height: 320 }, { type: 102, url: file('b.mp4'), width: 1080, height: 1080 }] })
    expect(only(tab([thread(sized)])).media).toMatchObject([{ kind: 'video', url: file('b.mp4'), width: 1080, height: 1080 }])
  })

  it('have carousels in order, sounds, GIFs, and no dummies or placeholders', () => {
    const slides: Dict[] = [
      { pk: '1', media_type: 1, image_versions2: { candidates: [{ url: file('1.jpg'), width: 10, height: 20 }] }, accessibility_caption: 'one' },
      { pk: '2', media_type: 2, image_versions2: { candidates: [{ url: file('2.jpg'), width: 10, height: 20 }] }, video_versions: [{ type: 101, url: file('2.mp4') }], original_width: 30, original_height: 40 },
    ]
    const it = post(me, 'x', {
      media_type: 8, carousel_media: slides, image_versions2: { candidates: [{ url: file('1.jpg'), width: 10, height: 20 }] }, audio: { audio_src: file('a.m4a') },
      giphy_media_info: { first_party_cdn_proxied_images: { fixed_height: { url: 'https://media.giphy.com/g.gif', width: 200, height: 100 }, small: { url: 'https://media.giphy.com/s.gif', width: 20, height: 10 } } },
    })
    expect(only(tab([thread(it)])).media).toMatchObject([
      { id: '1', kind: 'image', alt: 'one', width: 10, height: 20 }, { id: '2', kind: 'video', url: file('2.mp4'), preview: file('2.jpg'), width: 30, height: 40 },
      { kind: 'audio', url: file('a.m4a') }, { kind: 'gif', url: 'https://media.giphy.com/g.gif', width: 200, height: 100 },
    ])
    expect(only(tab([thread(post(me, 'x', { image_versions2: { candidates: [{ url: 'https://static.cdninstagram.com/rsrc.php/null.jpg', width: 612, height: 612 }] } }))])).media).toEqual([])
  })

  it('count media that was put in from elsewhere as their own only if it is', () => {
    const linked = (who: Dict | null) => only(tab([thread(post(me, 'x', {}, { linked_inline_media: { code: 'V', user: who, media_type: 2, video_versions: [{ type: 101, url: file('in.mp4') }], permalink: 'https://elsewhere.example/p/V/' } }))]))
    expect(linked(user({ id: '314', handle: me.handle })).media).toMatchObject([{ kind: 'video', url: file('in.mp4') }])
    expect(linked(user(other))).toMatchObject({ media: [], linkPreview: { url: 'https://elsewhere.example/p/V/' } })
  })

  it('only point at what they quote', () => {
    const quoted = post(other, 'Words of another')
    const ref = { id: quoted.pk, url: `https://www.threads.com/@bo_kanter/post/${String(quoted.code)}`, authorId: other.id, authorHandle: other.handle }
    for (const key of ['quoted_post', 'quoted_attachment_post']) expect(only(tab([thread(post(me, 'Look', {}, { share_info: { [key]: quoted } }))]))).toMatchObject({ text: 'Look', quoteOf: ref })
    expect(only(tab([thread(post(me, 'Look', {}, { share_info: { quoted_post: null, quoted_attachment_post: null, quoted_attachment_post_unavailable: true } }))])).quoteOf).toEqual({ unavailable: true })
    expect(only(tab([thread(post(me, 'Look', {}, { share_info: { quoted_post: { ...quoted, text_post_app_info: { is_post_unavailable: true } } } }))])).quoteOf).toEqual({ ...ref, unavailable: true })
    expect(only(tab([thread(post(me, 'Look', {}, { share_info: { quoted_post: { pk: '999' } } }))])).quoteOf).toEqual({ id: '999', url: 'https://www.threads.com/t/Pn' })
  })

  it('that share another with words of their own are quotes', () => {
    const shared = post(other, 'Words of another')
    const it = only(tab([thread(post(me, 'My words', {}, { share_info: { reposted_post: shared } }))]))
    expect(it).toMatchObject({ text: 'My words', quoteOf: { id: shared.pk } })
    expect(it).not.toHaveProperty('repostOf')
  })

  it('are no advertisements', () => {
    expect(ask(tab([thread(post(other, 'Buy', { product_type: 'ad' })), thread(post(me, 'x'))]), threadsTab).posts).toHaveLength(1)
  })

  it('are no people, even where those carry a part that posts have', () => {
    const { posts, profiles } = ask({ data: { user: { ...profile(me), text_post_app_info: { is_post_unavailable: false, share_info: {} } } } })
    expect([posts, profiles.map(one => one.id)]).toEqual([[], [me.id]])
  })

  it('that are gone say so, even without an author', () => {
    expect(only(tab([thread({ pk: '3900000000000000001', user: null, text_post_app_info: { is_post_unavailable: true } })]))).toMatchObject({ id: '3900000000000000001', unavailable: true, url: `https://www.threads.com/t/${codeFor('3900000000000000001')}` })
  })

  it('that can\'t be read are counted', () => {
    const reading = ask(tab([thread(post(me, 'x')), thread({ user: user(me), caption: { text: 'no number' } })]), threadsTab)
    expect(reading.posts).toHaveLength(1)
    expect(reading.unread).toMatchObject([{ reason: 'lost-records', section: 'posts', ownerId: me.id, records: 1 }])
  })
})

describe('conversations', () => {
  const asReply = (to: Dict, more: Dict = {}): Dict => ({ is_reply: true, reply_to_author: { username: (to.user as Dict).username!, id: null }, ...more })
  const ref = (to: Dict) => ({ id: to.pk, url: `https://www.threads.com/@${String((to.user as Dict).username)}/post/${String(to.code)}` })

  it('say what a reply answers, and the root where that is it', () => {
    const parent = post(other, 'Question')
    const answer = post(me, 'Answer', {}, asReply(parent))
    const { posts } = ask(tab([thread(parent, answer)]), repliesTab)
    expect(posts.map(one => one.id)).toEqual([parent.pk, answer.pk])
    expect(posts[1]).toMatchObject({ replyTo: { ...ref(parent), authorId: other.id, authorHandle: other.handle }, threadRoot: { id: parent.pk } })
    expect(posts[0]).not.toHaveProperty('replyTo')
  })

  it('know the parent by its number first, then by its author, then by its place', () => {
    const [root, middle] = [post(other, 'Root'), post(third, 'Middle', {}, { is_reply: true })]
    const to = (info: Dict) => ask(tab([thread(root, middle, post(me, 'Answer', {}, info))]), repliesTab).posts[2]?.replyTo
    expect(to({ is_reply: true, reply_to_id: root.pk!, reply_to_author: null })).toMatchObject({ id: root.pk })
    expect(to(asReply(root))).toMatchObject({ id: root.pk })
    expect(to(asReply(middle))).toMatchObject({ id: middle.pk })
    expect(to({ is_reply: true, reply_to_author: null })).toMatchObject({ id: middle.pk })
  })

  it('whose parent is not shown keep its author, or that there is one', () => {
    expect(only(tab([thread(post(me, 'Answer', {}, { is_reply: true, reply_to_author: { username: other.handle, id: other.id } }))]), repliesTab).replyTo).toEqual({ authorId: other.id, authorHandle: other.handle })
    expect(only(tab([thread(post(me, 'Answer', {}, { is_reply: true, reply_to_id: '3912361651450546608_5', reply_to_author: { username: other.handle, id: null } }))]), repliesTab).replyTo).toEqual({
      id: '3912361651450546608', url: 'https://www.threads.com/@bo_kanter/post/DZLgDGDkgmw', authorHandle: other.handle,
    })
    const hole: Dict = { thread_items: [{ post: null, parent_post_unavailable_reason: 'deleted' }, { post: post(me, 'Answer', {}, { is_reply: true }) }] }
    expect(only(tab([hole]), repliesTab).replyTo).toEqual({ unavailable: true })
  })

  it('of one person with themselves are a thread in order', () => {
    const parts = [post(me, '1/3'), post(me, '2/3'), post(me, '3/3')]
    const { posts } = ask(tab([thread(...parts)]), threadsTab)
    expect(posts.map(one => one.replyTo?.id)).toEqual([undefined, parts[0]!.pk, parts[1]!.pk])
    expect(posts.map(one => one.threadRoot?.id)).toEqual([undefined, parts[0]!.pk, parts[0]!.pk])
  })

  it('are read from a post\'s own page: what is above it, and the answers below', () => {
    const [root, target, below] = [post(other, 'Root'), post(me, 'Target', {}, { is_reply: true }), post(third, 'Below', {}, { is_reply: true })]
    const info = target.text_post_app_info as Dict
    info.containing_thread = { posts: { edges: [{ node: root }] } }
    info.direct_replies = { edges: [{ node: { posts: { edges: [{ node: below }] } } }], page_info: pageInfo(null) }
    const { posts, ends } = ask({ data: { media: target } }, { operation: 'BarcelonaPostPageStrongIdTargetQuery', page: `/@${me.handle}/post/x` })
    expect(Object.fromEntries(posts.map(one => [one.text, one.replyTo?.id]))).toEqual({ Root: undefined, Target: root.pk, Below: target.pk })
    expect(ends).toEqual([])
  })

  it('are read in the form of 2023', () => {
    const root = post(other, 'Root')
    const { posts } = ask({ data: { data: { containing_thread: thread(root), reply_threads: [thread(post(me, 'Answer', {}, asReply(root)))] } } })
    expect(posts.map(one => [one.text, one.replyTo?.authorHandle])).toEqual([['Root', undefined], ['Answer', other.handle]])
  })

  it('shown twice give each post once', () => {
    const one = post(me, 'Once')
    expect(ask({ data: { mediaData: { threads: [{ ...thread(one), posts: [one] }] } } }, threadsTab).posts).toHaveLength(1)
  })
})

describe('reposts', () => {
  const original = post(other, 'Words of another', { media_type: 1, image_versions2: { candidates: [{ url: file('o.jpg'), width: 9, height: 9 }] } })
  const pointer = { id: original.pk, url: `https://www.threads.com/@bo_kanter/post/${String(original.code)}`, authorId: other.id, authorHandle: other.handle }

  it('with a post of one\'s own around them point, and say nothing', () => {
    const wrapper = post(me, null, { taken_at: 1767225700, image_versions2: { candidates: [{ url: 'https://static.cdninstagram.com/rsrc.php/null.jpg', width: 1, height: 1 }] } }, { share_info: { reposted_post: original } })
    for (const asked of [repostsTab, threadsTab]) {
      const it = only(tab([thread(wrapper)]), asked)
      expect(it).toMatchObject({ id: wrapper.pk, authorId: me.id, createdAt: '2026-01-01T00:01:40.000Z', repostOf: pointer })
      expect(JSON.stringify(it)).not.toContain('Words of another')
    }
    const copied = post(me, null, {}, { share_info: { reposted_post: original }, text_fragments: { fragments: [plain('Words of another')] } })
    expect(only(tab([thread(copied)]), repostsTab)).toMatchObject({ repostOf: pointer })
  })

  it('by a header over the other\'s post point at it too', () => {
    const item = { ...thread(post(third, 'Parent'), original), thread_header_context: { context_type: 'REPOST', text: 'reposted' } }
    for (const asked of [repostsTab, threadsTab]) {
      const reading = ask(tab([item]), asked)
      expect(reading.posts).toMatchObject([{ id: `repost:${String(original.pk)}`, authorId: me.id, repostOf: pointer }])
      expect(JSON.stringify(reading)).not.toContain('Words of another')
      expect(reading.posts[0]).not.toHaveProperty('createdAt')
    }
    expect(ask(tab([thread(original)]), repostsTab).posts).toMatchObject([{ id: `repost:${String(original.pk)}`, authorId: me.id, authorHandle: me.handle }])
  })

  it('of others, elsewhere, stay the posts of others', () => {
    const item = { ...thread(original), thread_header_context: { context_type: 'REPOST' } }
    expect(ask({ data: { feedData: { edges: [{ node: { text_post_app_thread: item } }], page_info: pageInfo('x') } } }, { operation: 'BarcelonaFeedDirectQuery' }).posts).toMatchObject([{ id: original.pk, authorId: other.id }])
  })

  it('of one\'s own post are beside it', () => {
    const own = post(me, 'Mine')
    const { posts } = ask(tab([{ ...thread(own), thread_header_context: { context_type: 'REPOST' } }]), repostsTab)
    expect(posts.map(one => [one.id, one.text, one.repostOf?.id])).toEqual([[own.pk, 'Mine', undefined], [`repost:${String(own.pk)}`, undefined, own.pk]])
  })
})

describe('tabs', () => {
  it.each([
    ['BarcelonaProfileThreadsTabDirectQuery', 'posts'], ['BarcelonaProfileThreadsTabRefetchableDirectQuery', 'posts'], ['BarcelonaProfileRepliesTabDirectQuery', 'replies'],
    ['BarcelonaProfileRepostsTabRefetchableDirectQuery', 'reposts'], ['BarcelonaProfileMediaTabDirectQuery', 'media'], ['BarcelonaProfileThreadsTabQuery', 'posts'],
    ['BarcelonaFriendshipsFollowingTabQuery', 'follows'], ['BarcelonaFriendshipsFollowingTabRefetchableQuery', 'follows'], ['BarcelonaFriendshipsFollowersTabQuery', 'followers'],
    ['BarcelonaFriendshipsDialogUserQuery', 'friendships'], ['BarcelonaProfilePageDirectQuery', 'profile'], ['BarcelonaProfilePageFallbackQuery', 'profile'], ['BarcelonaProfileRootQuery', 'profile'],
    ['BarcelonaUsernameHovercardImplDirectQuery', 'other'], ['BarcelonaPostPageStrongIdDirectRepliesRefetchQuery', 'other'], ['BarcelonaFeedPaginationDirectQuery', 'other'],
    ['BarcelonaLoggedOutFeedPaginationQuery', 'other'], ['BarcelonaSearchResultsQuery', 'other'], ['useBarcelonaAccountSearchGraphQLDataSourceQuery', 'other'], ['BarcelonaLikedPageViewerQuery', 'other'],
    ['BarcelonaNotificationBadgeContextQueryDirectQuery', 'ignored'], ['useBarcelonaUnfollowMutation', 'ignored'], ['BarcelonaActivityFeedListQuery', 'ignored'], ['XQZPersonRootsQuery', 'unknown'], [undefined, 'unknown'],
  ])('%s asks for %s', (operation, kind) => expect(kindOf(operation)).toBe(kind))

  it('say whose they are and where they go on', () => {
    expect(ask(tab([thread(post(me, 'x'))], 'QVFE'), { ...threadsTab, variables: { userID: me.id, after: 'QVFA' } }).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'more', cursor: 'QVFE', after: 'QVFA' }])
    expect(ask(tab([], null), repliesTab)).toMatchObject({ ends: [{ section: 'replies', ownerId: me.id, state: 'end' }], unread: [] })
  })

  it.each([
    ['under node', (it: Dict) => ({ data: { mediaData: { edges: [{ node: it }], page_info: pageInfo('c') } } })],
    ['in a thread under node', (it: Dict) => ({ data: { xqz: { edges: [{ node: { text_post_app_thread: it } }], page_info: pageInfo('c') } } })],
    ['beside node', (it: Dict) => ({ data: { mediaData: { edges: [{ node: { __typename: 'X', id: '1' }, text_post_app_thread: it }], page_info: pageInfo('c') } } })],
    ['as a search shows it', (it: Dict) => ({ data: { searchResults: { edges: [{ node: { thread: it } }], page_info: pageInfo('c') } } })],
    ['as rows (2023)', (it: Dict) => ({ data: { mediaData: { threads: [it], page_info: pageInfo('c') } } })],
  ])('hold threads %s', (_name, wrap) => {
    expect(ask(wrap(thread(post(me, 'x'))), threadsTab)).toMatchObject({ posts: [{ text: 'x' }], ends: [{ section: 'posts', ownerId: me.id, state: 'more', cursor: 'c' }], unread: [] })
  })

  it('came whole in 2023, where nothing is said of pages', () => {
    expect(ask({ data: { mediaData: { threads: [thread(post(me, 'x'))] } } }, threadsTab).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'end' }])
  })

  it('are known by the page where the operation has a new name', () => {
    const renamed = (page: string, variables?: unknown) => ask({ data: { xqz_timeline: { edges: [{ node: thread(post(other, 'Q'), post(me, 'A', {}, { is_reply: true })) }], page_info: pageInfo('c') } } }, { operation: 'XQZPersonQuery', page, variables })
    expect(renamed(`/@${me.handle}/replies`, { userID: me.id }).ends).toMatchObject([{ section: 'replies', ownerId: me.id }])
    expect(renamed(`/@${me.handle}`).ends).toMatchObject([{ section: 'posts', ownerId: me.id }])
    expect(renamed('/').ends).toEqual([])
    expect(renamed(`/@${third.handle}`).ends).toEqual([])
    expect(ask({ data: { xqz: { edges: [], page_info: pageInfo(null) } } }, { operation: 'XQZ', page: `/@${me.handle}/reposts`, variables: { userID: me.id } })).toMatchObject({ ends: [{ section: 'reposts', ownerId: me.id, state: 'end' }], unread: [] })
  })

  it('are a note where they were asked for and nothing came', () => {
    expect(ask({ data: { mediaData: null } }, threadsTab).unread).toEqual([{ reason: 'no-records', operation: threadsTab.operation, section: 'posts', ownerId: me.id }])
    expect(ask({ data: { mediaData: { pages: [1] } } }, threadsTab).unread).toMatchObject([{ reason: 'unknown-shape', section: 'posts', ownerId: me.id }])
  })
})

describe('bodies', () => {
  it('may begin with a guard, come in parts, and have errors beside the data', () => {
    const whole = following([user(other), user(third)], '20')
    const errors = [{ message: 'A server error field_exception occured', severity: 'ERROR', code: 1675002 }]
    expect(ask(`for (;;);${JSON.stringify({ ...whole, errors })}`, { variables: { userID: me.id } })).toMatchObject({ follows: [{ id: other.id }, { id: third.id }], unread: [] })
    const parts = [
      { data: { user: { pk: me.id, following: { edges: [{ node: user(other) }] } } }, extensions: { is_final: false } },
      { label: 'Q$stream', path: ['user', 'following', 'edges', 1], data: { node: user(third) } },
      { label: 'Q$defer$page_info', path: ['user', 'following'], data: { page_info: pageInfo('20') }, extensions: { is_final: true } },
    ]
    expect(ask(parts.map(part => JSON.stringify(part)).join('\r\n'), { operation: 'BarcelonaFriendshipsFollowingTabQuery', variables: { userID: me.id } })).toMatchObject({
      follows: [{ id: other.id }, { id: third.id }], ends: [{ state: 'more', cursor: '20' }], unread: [],
    })
  })

  it('that are broken are noted if they are ours', () => {
    const asked = { operation: 'BarcelonaFriendshipsFollowingTabQuery', variables: { userID: me.id } }
    const text = JSON.stringify(following([user(other)], '20'))
    const told = { operation: asked.operation, section: 'follows', ownerId: me.id }
    expect(ask(text.slice(0, -40), asked).unread).toEqual([{ reason: 'not-json', ...told }])
    expect(ask('', asked).unread).toEqual([{ reason: 'empty', ...told }])
    expect(ask('<!DOCTYPE html><html><body>Sorry, something went wrong.</body></html>', asked).unread).toEqual([{ reason: 'not-json', ...told }])
    expect(ask('', { ...asked, status: 500 }).unread).toEqual([{ reason: 'status-500', ...told }])
    expect(ask(text.slice(0, -40)).unread).toEqual([{ reason: 'not-json' }])
    expect(ask('{"data":{"viewer":{"badge_count":').unread).toEqual([])
    expect(ask('', { operation: 'BarcelonaNotificationBadgeContextQueryDirectQuery' }).unread).toEqual([])
  })

  it('that are none of ours give nothing', () => {
    for (const operation of ['useBarcelonaLikeMutation', 'BarcelonaNotificationBadgeContextQueryDirectQuery']) {
      const reading = ask({ data: { user: profile(me) } }, { operation, variables: { userID: me.id } })
      expect([reading.profiles, reading.unread, reading.ends]).toEqual([[], [], []])
    }
    expect(ask('for (;;);{"__ar":1,"payload":{"layout":{"bloks_payload":{"data":[]}}}}', { url: '/async/wbloks/fetch/' })).toEqual({ profiles: [], follows: [], posts: [], relations: [], counts: [], unread: [], ends: [] })
  })

  it('may be bytes', () => {
    expect(ask(new TextEncoder().encode(JSON.stringify({ data: { user: profile(me, { full_name: 'Adä' }) } }))).profiles[0]?.name).toBe('Adä')
  })
})

describe('pages', () => {
  const documents = [
    expected('BarcelonaProfileThreadsTabDirectQuery', { userID: me.id, first: 4 }, 'bb'), shared(viewerOf(me)),
    cached('BarcelonaProfilePageDirectQuery', { data: { user: profile(me) } }, 'aa'), cached('BarcelonaProfileThreadsTabDirectQuery', tab([thread(post(me, 'First'))], 'QVFE'), 'bb'),
  ]
  const expectFirstScreen = (reading: ReturnType<typeof ask>, ownerId: string | undefined = me.id) => {
    expect(reading.profiles).toMatchObject([{ id: me.id, source: 'state', seenAt }])
    expect(reading.posts).toMatchObject([{ text: 'First', authorId: me.id, source: 'state' }])
    expect(reading.ends).toEqual([{ section: 'posts', ownerId, state: 'more', cursor: 'QVFE' }])
    expect(reading.unread).toEqual([])
  }

  it('carry the first screen, and the questions it answers elsewhere', () => expectFirstScreen(askPage(html(...documents), '/')))
  it('say by their address whose tab it is, where the questions are not there', () => expectFirstScreen(askPage(html(...documents.slice(1)), `/@${me.handle}`)))
  it('may come as elements one after another, or as the text of one', () => {
    expectFirstScreen(askPage(documents.map(one => `<script type="application/json">${JSON.stringify(one)}</script>`).join('\n'), `/@${me.handle}`))
    const { profiles } = ask(documents[2], { page: `/@${me.handle}` })
    expect(profiles).toMatchObject([{ id: me.id, source: 'state' }])
  })
  it('may be saved as text: tags, then the JSON', () => {
    expect(askPage(`<meta property="og:title" content="Ada (@ada) • Threads, {hi}">${JSON.stringify(documents[2])}\n`, '/').profiles).toMatchObject([{ id: me.id, source: 'state' }])
  })
  it('may name their questions in a script that is not JSON', () => {
    const body = html(...documents.slice(1)).replace('var a = "{"', `require.call({"preloaderID":"adp_BarcelonaProfileThreadsTabDirectQueryRelayPreloader_bb","queryID":"1","variables":{"userID":"${me.id}","first":4}})`)
    expectFirstScreen(askPage(body, '/'))
  })
  it('carry later parts of one result under the same key', () => {
    const [first, second] = [tab([thread(post(me, 'First'))]), { label: 'q$defer', path: ['mediaData'], data: { page_info: pageInfo('QVFE') } }]
    delete ((first.data as Dict).mediaData as Dict).page_info
    expectFirstScreen(askPage(html(documents[2]!, cached('BarcelonaProfileThreadsTabDirectQuery', first, 'bb'), cached('BarcelonaProfileThreadsTabDirectQuery', second, 'bb'), documents[0]!), '/'))
  })
  it('without data are no loss', () => {
    expect(askPage('<!DOCTYPE html><html><body><div id="app"></div></body></html>', '/@nobody').unread).toEqual([])
    expect(askPage(html(shared(viewerOf(me)), { require: [['Bootloader', 'handlePayload', null, [{ rsrcMap: { following: null } }]]] }), '/').unread).toEqual([])
  })
  it('whose state is cut off are noted', () => {
    const body = html(documents[3]!)
    expect(askPage(body.slice(0, body.indexOf('First')), `/@${me.handle}`).unread).toEqual([{ reason: 'not-json' }])
  })
})

describe('the answer to a move inside the page', () => {
  const frames = (...parts: Dict[]): string => [...parts, { __type: 'last_response' }].map(part => `for (;;);${JSON.stringify(part)}`).join('\n')
  const first = (...asked: [string, Dict, string][]): Dict => ({
    __type: 'first_response', payload: { result: { exports: { meta: { title: 'Ada' } }, expectedPreloaders: asked.map(([operation, variables, hash]) => ({ preloaderID: `adp_${operation}RelayPreloader_${hash}`, queryID: '1', queryName: operation, variables })) } },
  })
  const frame = (operation: string, result: Dict, hash: string): Dict => ({ __type: 'preloader', id: `adp_${operation}RelayPreloader_${hash}`, result: { result } })
  const asked = { url: '/ajax/route-definition/', page: '/' }

  it('holds several answers, each with its own question', () => {
    const body = frames(
      first(['BarcelonaProfilePageDirectQuery', { userID: me.id }, 'a'], ['BarcelonaProfileThreadsTabDirectQuery', { userID: me.id, first: 4 }, 'b']),
      frame('BarcelonaProfileThreadsTabDirectQuery', tab([thread(post(me, 'x'))], 'next'), 'b'),
      frame('BarcelonaProfilePageDirectQuery', { data: { user: profile(me) } }, 'a'),
    )
    const reading = ask(body, asked)
    expect(reading.profiles).toMatchObject([{ id: me.id, source: 'answer' }])
    expect(reading.posts).toMatchObject([{ text: 'x', authorId: me.id }])
    expect(reading.ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'more', cursor: 'next' }])
    expect(reading.unread).toEqual([])
  })

  it('without its variables is nobody’s list, and what could not be read is counted', () => {
    expect(ask(frames(frame('BarcelonaProfileThreadsTabDirectQuery', tab([thread(post(me, 'x'))]), 'b')), asked).ends).toEqual([{ section: 'posts', state: 'end' }])
    expect(ask(frames(first(['BarcelonaProfileRepliesTabDirectQuery', { userID: me.id }, 'c']), frame('BarcelonaProfileRepliesTabDirectQuery', { data: { odd: [1] } }, 'c')), asked).unread)
      .toEqual([{ reason: 'unknown-shape', operation: 'BarcelonaProfileRepliesTabDirectQuery', section: 'replies', ownerId: me.id }])
    expect(ask(frames(first()), asked)).toMatchObject({ posts: [], unread: [], ends: [] })
  })
})

describe('a saved answer of which nothing is known', () => {
  const bare = { page: '/', url: '/graphql/query' }
  const reply = (): Dict => thread(post(other, 'asked'), post(me, 'answered', {}, { is_reply: true, reply_to_author: { id: other.id, username: other.handle } }))

  it('is a tab of the one person whose threads all of it are', () => {
    expect(ask(tab([thread(post(me, 'a')), thread(post(me, 'b'))], 'next'), bare).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'more', cursor: 'next' }])
    expect(ask(tab([reply(), thread(post(me, 'b'))]), bare).ends).toEqual([{ section: 'replies', ownerId: me.id, state: 'end' }])
    expect(ask({ data: { mediaData: { threads: [thread(post(me, 'a'))] } } }, bare).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'end' }])
  })

  it('is nobody’s where they are several people’s, or under another name', () => {
    expect(ask(tab([thread(post(me, 'a')), thread(post(other, 'b'))]), bare)).toMatchObject({ ends: [], unread: [], posts: [{ text: 'a' }, { text: 'b' }] })
    expect(ask({ data: { feedData: { edges: [{ node: thread(post(me, 'a')) }], page_info: pageInfo(null) } } }, bare).ends).toEqual([])
  })

  it('says beside its tab whose it is', () => {
    const body = tab([thread(post(me, 'a'))])
    ;(body.data as Dict).xdt_text_app_user = user(me)
    expect(ask(body, { operation: 'BarcelonaProfileThreadsTabDirectQuery' }).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'end' }])
    expect(ask(body, { operation: 'BarcelonaProfileThreadsTabDirectQuery', variables: { userID: other.id } }).ends).toEqual([{ section: 'posts', ownerId: other.id, state: 'end' }])
  })

  it('gives the people of a list without an owner', () => {
    const list = { data: { viewer_list: { following: { edges: [{ node: user(other) }], page_info: pageInfo('20') } } } }
    expect(ask(list, bare).follows).toMatchObject([{ id: other.id, handle: other.handle }])
    expect(ask(list, bare).follows[0]).not.toHaveProperty('ownerId')
    expect(ask(list, { ...bare, variables: { userID: me.id } }).follows).toMatchObject([{ id: other.id, ownerId: me.id }])
  })
})

describe('the phone form', () => {
  it.each([['profile/', 'posts'], ['profile/replies', 'replies'], ['profile/reposts/', 'reposts']] as const)('text_feed/<id>/%s is a tab', (path, section) => {
    const body = { threads: [thread(post(me, 'x'))], medias: [], next_max_id: 'c2', status: 'ok' }
    expect(ask(body, { url: `/api/v1/text_feed/${me.id}/${path}` })).toMatchObject({ posts: [{ text: 'x' }], ends: [{ section, ownerId: me.id, state: 'more', cursor: 'c2' }], unread: [] })
    expect(ask({ ...body, next_max_id: undefined }, { url: `/api/v1/text_feed/${me.id}/${path}?max_id=c2` }).ends).toEqual([{ section, ownerId: me.id, state: 'end', after: 'c2' }])
  })

  it('users/<id>/info/ is a profile', () => {
    expect(ask({ user: profile(me), status: 'ok' }, { url: `/api/v1/users/${me.id}/info/` }).profiles).toMatchObject([{ id: me.id }])
    expect(ask({ odd: 1, status: 'ok' }, { url: `/api/v1/users/${me.id}/info/` }).unread).toMatchObject([{ section: 'profile', ownerId: me.id }])
  })
})

describe('further fields of a post', () => {
  it('a tombstone that stands ready covers nothing', () => {
    const tombstone = { overlay_layout: 1, overlay_type: 'REPLY_APPROVAL_TOMBSTONE', sub_category: 'TOMBSTONE', buttons: [], description: 'not shown' }
    expect(only(tab([thread(post(me, 'x', { media_overlay_info: tombstone }))]))).not.toHaveProperty('sensitive')
    expect(only(tab([thread(post(me, 'x', { media_overlay_info: { overlay_layout: 1, overlay_type: 'SENSITIVE' } }))]))).toMatchObject({ sensitive: true })
  })

  it('music', () => {
    const consumable = { audio_start_time_in_ms: 1000, audio_metadata: { audio_asset_id: '77', audio_asset: { dash_manifest: '<MPD/>', display_title: { text: 'Lantern' }, display_artist: { text: 'The Moss' }, song_id: '78' } } }
    expect(only(tab([thread(post(me, 'x', { text_app_music_info: { music_consumable_video: consumable } }))])).sound).toEqual({ id: '78', title: 'Lantern', author: 'The Moss' })
    const asset = { title: 'Lantern', display_artist: 'The Moss', audio_asset_id: '77', progressive_download_url: 'https://a.example/song.m4a' }
    expect(only(tab([thread(post(me, 'x', { text_app_music_info: { music_info: { music_asset_info: asset } } }))])).sound).toEqual({ id: '77', title: 'Lantern', author: 'The Moss', url: 'https://a.example/song.m4a' })
    expect(only(tab([thread(post(me, 'x', { text_app_music_info: null }))])).sound).toBeUndefined()
  })

  it('a spoiler in the text, addresses of its own site, mentions without a wrapper', () => {
    const fragments = [
      plain('see '), { ...plain('the end'), styling_info: { is_bold: false, is_spoiler: true } }, plain(' by '), { ...plain('@bo_kanter'), fragment_type: 'mention', mention_fragment: { username: other.handle } },
      plain(' at '), { ...plain('threads.com/@bo_kanter/post/C1'), linkified_in_app_url: 'https://www.threads.com/@bo_kanter/post/C1?xmt=1' },
    ]
    expect(only(tab([thread(post(me, 'x', {}, { text_fragments: { fragments } }))]))).toMatchObject({
      text: 'see the end by @bo_kanter at threads.com/@bo_kanter/post/C1', spoiler: true, sensitive: true, mentions: [other.handle], links: ['https://www.threads.com/@bo_kanter/post/C1'],
    })
  })

  it('marks in an attached long text', () => {
    const snippet = { text_fragments: { fragments: [plain('By '), mention('@bo_kanter', other)] } }
    expect(only(tab([thread(post(me, 'Read:', {}, { snippet_attachment_info: snippet }))]))).toMatchObject({
      text: 'Read:\n\nBy @bo_kanter', facets: [{ start: 10, end: 20, kind: 'mention', value: other.handle, id: other.id }], mentions: [other.handle],
    })
  })

  it.each([[6829, 6829], ['6829', 6829], ['6,829', 6829], ['1.234.567', 1234567], ['6.8K', undefined], ['6,82', undefined]])('views: %j', (shown, views) => {
    expect(only(tab([thread(post(me, 'x', {}, { impression_count: shown }))])).counts?.views).toBe(views)
  })
})

describe('barriers', () => {
  const asked = { operation: 'BarcelonaFriendshipsFollowingTabQuery', variables: { userID: me.id } }
  const error = (code: number, message = 'x') => ({ data: null, errors: [{ message, code, severity: 'CRITICAL' }] })
  it.each([
    ['429 with seconds', '', { status: 429, headers: { 'retry-after': '30' } }, { kind: 'rate-limit', retryAfter: 30 }],
    ['429 with a date', '{}', { status: 429, headers: { 'retry-after': 'Sun, 22 Nov 2026 10:02:00 GMT' } }, { kind: 'rate-limit', retryAfter: 120 }],
    ['429 alone', '{"message":"Please wait a few minutes before you try again.","status":"fail"}', { status: 429 }, { kind: 'rate-limit' }],
    ['429 with a checkpoint', '{"message":"checkpoint_required","status":"fail"}', { status: 400 }, { kind: 'challenge' }],
    ['401', '{}', { status: 401 }, { kind: 'login-wall' }],
    ...[4, 17, 613, 80004].map(code => [`code ${code}`, error(code), {}, { kind: 'rate-limit' }] as const),
    ...[368, 459].map(code => [`code ${code}`, error(code, 'rate limit'), {}, { kind: 'challenge' }] as const),
    ...['checkpoint_required', 'challenge_required', 'feedback_required'].map(message => [message, { message, status: 'fail' }, { status: 400 }, { kind: 'challenge' }] as const),
    ['login_required', { message: 'login_required', status: 'fail' }, { status: 403 }, { kind: 'login-wall' }],
    ['require_login', { require_login: true, status: 'fail' }, {}, { kind: 'login-wall' }],
    ['a redirect', '', { status: 302, headers: { location: '/accounts/login/?next=%2F' } }, { kind: 'login-wall' }],
    ['the login page', '<html></html>', { url: '/login/?next=%2Fgraphql', contentType: 'text/html' }, { kind: 'login-wall' }],
    ['the challenge page', '<html></html>', { url: '/challenge/AXE/x/', contentType: 'text/html' }, { kind: 'challenge' }],
    ['a login form instead of data', '<html><form action="/accounts/login/"></form></html>', { contentType: 'text/html' }, { kind: 'login-wall' }],
  ] as const)('%s', (_name, body, more, barrier) => {
    const reading = ask(body, { ...asked, ...more })
    expect(reading.barrier).toEqual(barrier)
    expect([reading.unread, reading.ends]).toEqual([[], []])
  })

  it('are not made of words that somebody wrote', () => {
    expect(ask(tab([thread(post(me, 'checkpoint_required, login_required, rate limit'))]), threadsTab).barrier).toBeUndefined()
    expect(ask({ ...tab([thread(post(me, 'x'))]), errors: [{ message: 'x', code: 17 }] }, threadsTab).barrier).toBeUndefined()
    expect(askPage(html(cached('BarcelonaFeedDirectQuery', tab([thread(post(other, 'challenge_required'))]))), '/').barrier).toBeUndefined()
  })
})

describe('addresses', () => {
  it('lead where they really lead', () => {
    expect(targetOf('https://l.threads.com/?u=https%3A%2F%2Fl.instagram.com%2F%3Fu%3Dhttps%253A%252F%252Fa.example%252F%26e%3D1&e=2')).toBe('https://a.example/')
    expect(targetOf('https://a.example/?fbclid=1&igsh=2&keep=3&xmt=4#part')).toBe('https://a.example/?keep=3#part')
    expect(targetOf('https://a.example/?utm_source=mine')).toBe('https://a.example/?utm_source=mine')
    expect(targetOf('a.example/x')).toBe('https://a.example/x')
    expect(targetOf('https://l.threads.com/?e=1')).toBeUndefined()
    expect(targetOf(`${'javascript'}:alert(1)`)).toBeUndefined()
    expect(targetOf('https://l.threads.com/?u=javascript%3Aalert(1)')).toBeUndefined()
  })
})
