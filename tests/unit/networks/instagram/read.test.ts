import { describe, expect, it } from 'vitest'
import { nothing, SELF, type Post } from '../../../../lib/model/index.ts'
import { room } from '../../../../lib/networks/instagram/index.ts'
import { reachOf } from '../../../../lib/reach/index.ts'
import { viewer } from '../../../../lib/networks/instagram/read.ts'
import { ask, askPage, seenAt, site, type Asked } from './ask.ts'
import { bo, cached, candidates, cy, edges, expected, file, graphItem, graphProfile, html, item, me, number, pages, profile, timeline, user, viewerModule, type Json, type Obj } from './made.ts'

const seen = { source: 'answer' as const, seenAt }
const expiresAt = new Date(0x6a5b3c00 * 1000).toISOString()
const person = (one: typeof me) => ({ id: one.id, handle: one.handle, ...(one.name && { name: one.name }), avatar: file(`${one.id}.jpg`), url: `${site}/${one.handle}/`, locked: one.locked ?? false, verified: false })
const rest = (path: string): Asked => ({ url: `/api/v1${path}` })
const posts: Asked = { operation: 'PolarisProfilePostsTabContentQuery_connection', variables: { username: me.handle, after: 'QVFC', first: 12 }, page: `/${me.handle}/` }
const onlyPost = (made: Obj, asked: Asked = posts): Post => {
  const reading = ask(timeline([made]), asked)
  expect(reading.posts).toHaveLength(1)
  return reading.posts[0]!
}

describe('profiles', () => {
  const whole = {
    id: me.id, handle: me.handle, name: me.name, bio: 'Paper and bread. With @bo_kanter #bookbinding', links: [{ url: 'https://a.example', title: 'Mine' }, { url: 'https://b.example/x' }], avatar: file('hd.jpg'), url: `${site}/${me.handle}/`, locked: false, verified: false,
    counts: { follows: 34, followers: 12, posts: 5 }, ...seen,
  }
  it.each<[string, Json, Asked]>([
    ['by GraphQL', { data: { user: profile(me) } }, { operation: 'PolarisProfilePageContentQuery', variables: { id: me.id, render_surface: 'PROFILE' } }],
    ['under another root', { data: { xig_user_by_username: profile(me) } }, { operation: 'PolarisLoggedOutDesktopWWWProfileRootContentQuery', variables: { username: me.handle } }],
    ['by number', { user: profile(me), status: 'ok' }, rest(`/users/${me.id}/info/`)],
  ])('%s', (_, body, asked) => expect(ask(body, asked)).toEqual({ ...nothing(), profiles: [whole] }))

  it('in Graph form, whose head has empty lists of everything', () => {
    expect(ask({ data: { user: graphProfile(me) }, status: 'ok' }, rest(`/users/web_profile_info/?username=${me.handle}`))).toEqual({
      ...nothing(), profiles: [{ ...whole, verified: true, links: [{ url: 'https://a.example/' }] }], counts: [{ section: 'posts', ownerId: me.id, value: 5 }],
    })
  })
  it('in Graph form, with its first posts', () => {
    const reading = ask({ data: { user: graphProfile(me, { edge_owner_to_timeline_media: { count: 5, ...edges([graphItem(me)], 'QVFD') } }) } }, rest(`/users/web_profile_info/?username=${me.handle}`))
    expect(reading.posts).toMatchObject([{ id: number, authorId: me.id }])
    expect(reading.ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'more', cursor: 'QVFD' }])
  })
  it('of somebody without posts says that this is the end', () => {
    const reading = ask({ data: { user: graphProfile(me, { edge_owner_to_timeline_media: { count: 0, ...edges([]) } }) } }, rest(`/users/web_profile_info/?username=${me.handle}`))
    expect(reading.ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'end' }])
  })
  it('pronouns, mentions in the bio, a picture that is none, numbers that are another product’s', () => {
    const bio = 'With @bo_kanter #bookbinding'
    const entities = { raw_text: bio, entities: [{ user: { username: 'bo_kanter', id: bo.id }, hashtag: null }, { user: null, hashtag: { name: 'bookbinding', id: '1' } }, { user: { username: 'nowhere' } }] }
    const [found] = ask({ data: { user: profile(me, { biography: bio, biography_with_entities: entities, pronouns: ['she', 'her'], pk: undefined, pk_id: undefined, strong_id__: undefined, hd_profile_pic_url_info: null, profile_pic_url: file('44884218_345707102882519_2446069589734326272_n.jpg') }) } }).profiles
    expect(found).toMatchObject({ id: me.id, pronouns: 'she/her', bioFacets: [{ start: 5, end: 15, kind: 'mention', value: 'bo_kanter', id: bo.id }, { start: 16, end: 28, kind: 'tag', value: 'bookbinding' }] })
    expect(found).not.toHaveProperty('avatar')
    expect(ask({ data: { user: profile(me, { pk: '17841400000000001', pk_id: undefined, strong_id__: undefined, id: '17841400000000001' }) } }).profiles).toEqual([])
    expect(ask({ data: { user: profile(me, { has_anonymous_profile_picture: true }) } }).profiles[0]).not.toHaveProperty('avatar')
  })
  it('null is not known', () => {
    const [found] = ask({ data: { user: profile(me, { follower_count: null, following_count: null, media_count: null, is_private: null, is_verified: null, biography: null, bio_links: null, external_url: null }) } }).profiles
    for (const key of ['counts', 'locked', 'verified', 'bio', 'links']) expect(found).not.toHaveProperty(key)
  })
})

describe('the follow list', () => {
  const rows = [user(bo, { fbid_v2: 17841414211021456, latest_reel_media: 1, is_favorite: false }), user(cy)]
  const follow = (one: typeof me, position?: number) => ({ ...person(one), ownerId: me.id, relation: 'follow' as const, ...(position !== undefined && { position }), ...seen })

  it('by REST, where `has_more` lies and the end is that no cursor is next', () => {
    expect(ask({ users: rows, big_list: true, page_size: 25, next_max_id: '25', has_more: false, status: 'ok' }, rest(`/friendships/${me.id}/following/?count=12`))).toEqual({
      ...nothing(), follows: [follow(bo, 0), follow(cy, 1)], ends: [{ section: 'follows', ownerId: me.id, state: 'more', cursor: '25' }],
    })
    expect(ask({ users: rows, has_more: true, status: 'ok' }, rest(`/friendships/${me.id}/following/?count=12&max_id=25`))).toEqual({
      ...nothing(), follows: [follow(bo, 25), follow(cy, 26)], ends: [{ section: 'follows', ownerId: me.id, state: 'end', after: '25' }],
    })
    // A number, from the other host.
    expect(ask({ users: rows, next_max_id: 50, status: 'ok' }, { url: `https://i.instagram.com/api/v1/friendships/${me.id}/following/?max_id=25` }).ends).toEqual([{ section: 'follows', ownerId: me.id, state: 'more', cursor: '50', after: '25' }])
  })

  it.each<[string, Json, Asked]>([
    ['by its query', { data: { xdt_api__v1__friendships__following__connection: edges(rows, 'QVFE', { should_limit_list_of_followers: false }) } }, { operation: 'usePolarisGetFollowListQuery', variables: { userID: me.id, isFollowerList: false, first: 12, after: 'QVFD', query: '' } }],
    ['by a query of another name', { data: { xdt_api__v1__friendships__following__connection: edges(rows, 'QVFE') } }, { operation: 'XQZ', variables: { user_id: me.id, after: 'QVFD' } }],
    ['by a query under another root', { data: { xqz: edges(rows, 'QVFE') } }, { operation: 'usePolarisGetFollowListQuery', variables: { userID: me.id, after: 'QVFD' } }],
    ['where only the variables tell which list it is', { data: { xqz: edges(rows, 'QVFE') } }, { operation: 'XQZ', variables: { userID: me.id, isFollowerList: false, after: 'QVFD' } }],
    ['people deeper in their rows', { data: { xdt_api__v1__friendships__following__connection: edges(rows.map(row => ({ user: row })), 'QVFE') } }, { variables: { userID: me.id, after: 'QVFD' } }],
  ])('%s', (_, body, asked) => {
    expect(ask(body, asked)).toEqual({ ...nothing(), follows: [follow(bo), follow(cy)], ends: [{ section: 'follows', ownerId: me.id, state: 'more', cursor: 'QVFE', after: 'QVFD' }] })
  })

  it('as it was of old, with a count', () => {
    const graph = [bo, cy].map(one => ({ id: one.id, username: one.handle, full_name: one.name ?? '', profile_pic_url: file(`${one.id}.jpg`), is_private: one.locked ?? false, is_verified: false, reel: { id: one.id, owner: { username: one.handle, id: one.id } } }))
    const asked = { url: '/graphql/query/?query_hash=d04b0a864b4b54837c0d870b0e77e076', operation: 'd04b0a864b4b54837c0d870b0e77e076', variables: { id: me.id, first: 24 } }
    expect(ask({ data: { user: { edge_follow: { count: 55, ...edges(graph) } } }, status: 'ok' }, asked)).toEqual({
      ...nothing(), follows: [follow(bo, 0), follow(cy, 1)], counts: [{ section: 'follows', ownerId: me.id, value: 55 }], ends: [{ section: 'follows', ownerId: me.id, state: 'end' }],
    })
    // Variables in the address alone.
    expect(ask({ data: { user: { edge_follow: { count: 55, ...edges(graph) } } } }, { url: `/graphql/query/?query_hash=x&variables=${encodeURIComponent(JSON.stringify({ id: me.id, after: 'QVFD' }))}` }).ends).toEqual([{ section: 'follows', ownerId: me.id, state: 'end', after: 'QVFD' }])
    expect(ask({ data: { user: { edge_follow: { count: 55, ...edges([]) } } } }, asked).ends).toEqual([{ section: 'follows', ownerId: me.id, state: 'hidden' }])
    expect(ask({ data: { user: { edge_follow: { count: 0, ...edges([]) } } } }, asked).ends).toEqual([{ section: 'follows', ownerId: me.id, state: 'end' }])
  })

  it('followers are another list, which may be cut', () => {
    const reading = ask({ users: rows, should_limit_list_of_followers: true, status: 'ok' }, rest(`/friendships/${me.id}/followers/`))
    expect([reading.follows, reading.relations.map(({ relation, ownerId }) => [relation, ownerId]), reading.ends]).toEqual([[], [['follower', me.id], ['follower', me.id]], [{ section: 'followers', ownerId: me.id, state: 'cut' }]])
    for (const asked of [{ operation: 'usePolarisGetFollowListQuery', variables: { userID: me.id, isFollowerList: true } }, { operation: 'usePolarisGetFollowListQuery', variables: { userID: me.id } }]) {
      expect(ask({ data: { xdt_api__v1__friendships__followers__connection: edges(rows) } }, asked).follows).toEqual([])
    }
  })

  it('whose owner nobody names belongs to nobody, and where two are named, to neither', () => {
    const bare = ask({ users: rows, next_max_id: '25', status: 'ok' }, { url: '/' })
    expect(bare.follows.map(({ ownerId }) => ownerId)).toEqual([undefined, undefined])
    expect(bare.ends).toEqual([{ section: 'follows', state: 'more', cursor: '25' }])
    expect(ask({ data: { user: { pk: bo.id, username: bo.handle, edge_follow: edges(rows) } } }, { operation: 'usePolarisGetFollowListQuery', variables: { userID: me.id } })).toEqual({ ...nothing(), unread: [{ reason: 'owner-conflict', operation: 'usePolarisGetFollowListQuery', section: 'follows', records: 2 }] })
    expect(ask({ data: { user: { pk: bo.id, username: bo.handle, edge_follow: edges(rows) } } }, { variables: { first: 12 } }).follows.map(({ ownerId }) => ownerId)).toEqual([bo.id, bo.id])
  })

  it('with nothing but a number beside it, or nothing at all, is told by its shape', () => {
    const page = { users: rows, big_list: true, page_size: 12, next_max_id: '12', has_more: false, should_limit_list_of_followers: false, use_clickable_see_more: false, status: 'ok' }
    expect(ask(page, { variables: { id: me.id } })).toEqual({ ...nothing(), follows: [follow(bo, 0), follow(cy, 1)], ends: [{ section: 'follows', ownerId: me.id, state: 'more', cursor: '12' }] })
    expect(ask({ data: { user: { edge_follow: { count: 55, ...edges(rows) } } } }, { variables: { id: me.id } }).follows.map(({ ownerId }) => ownerId)).toEqual([me.id, me.id])
    for (const more of [{ show_spam_follow_request_tab: false }, { next_max_id: 'QVFD' }, { should_limit_list_of_followers: true }]) {
      const reading = ask({ ...page, ...more })
      expect([reading.follows, reading.relations.map(({ relation, ownerId }) => [relation, ownerId])]).toEqual([[], [['follower', undefined], ['follower', undefined]]])
    }
    // By a path of its own it is what that says.
    expect(ask(page, rest('/friendships/xqz/'))).toEqual(nothing())
  })

  it('searched in, it has no end; suggestions and mutual followers are no list of ours', () => {
    expect(ask({ users: rows, status: 'ok' }, rest(`/friendships/${me.id}/following/?query=bo`))).toMatchObject({ follows: [{ id: bo.id }, { id: cy.id }], ends: [] })
    expect(ask({ users: rows, status: 'ok' }, rest(`/friendships/${me.id}/mutual_followers/`))).toEqual(nothing())
    for (const body of [{ data: { xdt_api__v1__discover__chaining: { users: rows, status: 'ok' } } }, { data: { user: { edge_mutual_followed_by: { count: 2, ...edges(rows) }, edge_related_profiles: edges(rows) } } }]) {
      expect(ask(body, { operation: 'PolarisProfileSuggestedUsersQuery', variables: { target_id: me.id } })).toEqual(nothing())
    }
  })

  it('people who like a post, wrote below it or were searched for, and tags that are followed, are none of it', () => {
    const comments = rows.map(row => ({ pk: '180', text: 'Nice', created_at: 1767323045, user: row }))
    for (const body of [
      { users: rows, user_count: 2, status: 'ok' }, { users: rows, num_results: 2, has_more: false, rank_token: 'x', status: 'ok' }, { users: rows, status: 'ok' }, { users: rows.map(row => ({ position: 0, user: row })), places: [], hashtags: [], has_more: true, status: 'ok' },
      { data: { xdt_api__v1__media__media_id__comments__connection: edges(comments, 'x') } }, { data: { xdt_api__v1__likes__media_id__likers: { users: rows, status: 'ok' } } }, { data: { shortcode_media: { edge_liked_by: { count: 2, ...edges(rows) } } } },
      { data: { user: { edge_following_hashtag: { count: 10, edges: [] } } } },
    ] as Json[]) expect(ask(body)).toEqual(nothing())
  })
  it('posts of a tag or a place are no tab of anybody', () => {
    const clip = item(me, { product_type: 'clips' })
    for (const body of [{ sectional_items: [{ layout_type: 'one_by_two', layout_content: { one_by_two_item: { clips: { items: [{ media: clip }], more_available: true, max_id: 'x' } } } }], status: 'ok' }, { data: { top: { sections: [{ layout_content: { clips: { items: [{ media: clip }], more_available: true } } }] } } }, { data: { hashtag: { edge_hashtag_to_media: { count: 9, ...edges([graphItem(me)]) } } } }] as Json[]) {
      const reading = ask(body)
      expect([reading.posts.length, reading.ends, reading.counts, reading.unread]).toEqual([1, [], [], []])
    }
  })

  it('counts rows that it cannot read, and says where a list does not tell whether it goes on', () => {
    const asked = { operation: 'usePolarisGetFollowListQuery', variables: { userID: me.id } }
    expect(ask({ data: { xdt_api__v1__friendships__following__connection: edges([...rows, { pk: '5' }, null, { username: 'x' }]) } }, asked).unread).toEqual([{ reason: 'lost-records', operation: asked.operation, section: 'follows', ownerId: me.id, records: 2 }])
    expect(ask({ data: { xdt_api__v1__friendships__following__connection: { edges: rows.map(node => ({ node })) } } }, asked)).toMatchObject({ ends: [], unread: [{ reason: 'no-page-info' }] })
    expect(ask({ data: { xdt_api__v1__friendships__following__connection: { edges: rows.map(node => ({ node })), page_info: { has_next_page: true } } } }, asked).ends).toEqual([{ section: 'follows', ownerId: me.id, state: 'cut' }])
  })
})

describe('posts', () => {
  const whole = {
    id: number, url: `${site}/p/DS_hbpXgAAH/`, authorId: me.id, authorHandle: me.handle, createdAt: '2026-01-02T03:04:05.000Z', text: 'Bread, again.', facets: [], media: [{ id: number, kind: 'image', url: file('bread.jpg'), width: 1080, height: 1080, expiresAt }],
    visibility: 'public', counts: { likes: 7, replies: 2 }, ...seen,
  }

  it('in the phone’s form, by GraphQL and by REST', () => {
    expect(ask(timeline([item(me)], 'QVFD'), posts)).toEqual({ ...nothing(), posts: [whole], ends: [{ section: 'posts', ownerId: me.id, state: 'more', cursor: 'QVFD', after: 'QVFC' }] })
    expect(ask({ items: [item(me)], num_results: 1, more_available: false, user: user(me), status: 'ok' }, rest(`/feed/user/${me.id}/?count=12&max_id=QVFC`))).toEqual({ ...nothing(), posts: [whole], ends: [{ section: 'posts', ownerId: me.id, state: 'end', after: 'QVFC' }] })
    expect(ask({ items: [item(me)], more_available: true, next_max_id: `${number}_${me.id}`, status: 'ok' }, rest(`/feed/user/${me.handle}/username/`)).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'more', cursor: `${number}_${me.id}` }])
  })
  it('in Graph form', () => {
    const { visibility: _, ...rest_ } = whole
    const asked = { operation: '8c2a529969ee035a5063f2fc8602a0fd', variables: { id: me.id, first: 12, after: 'QVFC' } }
    expect(ask({ data: { user: { edge_owner_to_timeline_media: { count: 5, ...edges([graphItem(me)]) } } }, status: 'ok' }, asked)).toEqual({
      ...nothing(), posts: [{ ...rest_, media: [{ ...whole.media[0], alt: 'Bread' }] }], counts: [{ section: 'posts', ownerId: me.id, value: 5 }], ends: [{ section: 'posts', ownerId: me.id, state: 'end', after: 'QVFC' }],
    })
    const series = graphItem(me, { __typename: 'XDTGraphSidecar', edge_sidecar_to_children: { edges: [{ node: { __typename: 'GraphImage', id: '1', display_url: file('1.jpg'), dimensions: { width: 4, height: 5 }, accessibility_caption: 'One' } }, { node: { __typename: 'GraphVideo', id: '2', is_video: true, display_url: file('2.jpg'), video_url: file('2.mp4'), video_duration: 3.5, dimensions: { width: 6, height: 7 } } }] } })
    expect(ask({ data: { xdt_shortcode_media: series } }).posts[0]?.media).toEqual([{ id: '1', kind: 'image', url: file('1.jpg'), alt: 'One', width: 4, height: 5, expiresAt }, { id: '2', kind: 'video', url: file('2.mp4'), preview: file('2.jpg'), width: 6, height: 7, duration: 3.5, expiresAt }])
    // A cover alone.
    expect(ask({ data: { xdt_shortcode_media: graphItem(me, { __typename: 'GraphSidecar' }) } }).posts[0]).toMatchObject({ partial: true })
    expect(ask({ data: { xdt_shortcode_media: graphItem(me, { __typename: 'GraphVideo', is_video: true }) } }).posts[0]).toMatchObject({ partial: true, media: [{ kind: 'video', preview: file('bread.jpg') }] })
    expect(ask({ data: { xdt_shortcode_media: graphItem(me, { edge_media_to_caption: { edges: [] }, clips_music_attribution_info: { artist_name: 'The Herons', song_name: 'Ferry', audio_id: '18' }, pinned_for_users: [{ id: me.id }], coauthor_producers: [{ id: bo.id, username: bo.handle }], product_type: 'clips', video_view_count: 9 }) } }).posts[0])
      .toMatchObject({ text: '', sound: { id: '18', title: 'Ferry', author: 'The Herons' }, pinned: true, coauthors: [bo.handle], url: `${site}/reel/DS_hbpXgAAH/`, counts: { views: 9 } })
  })

  it('as a page shows them to somebody who is not signed in', () => {
    const who = { pk: me.id, username: me.handle, id: '17841400000000001' }
    const cover: Obj = { __typename: 'XIGPolarisVideoMedia', pk: number, id: `POLARIS_${number}`, code: 'DS_hbpXgAAH', display_uri: file('cover.jpg'), media_type: 2, product_type: 'clips', caption: { text: 'Bread, again.' }, is_timeline_pinned: true, user: who }
    const found = { id: number, url: `${site}/reel/DS_hbpXgAAH/`, authorId: me.id, authorHandle: me.handle, text: 'Bread, again.', pinned: true, partial: true, createdAtDerived: true, media: [{ kind: 'video', preview: file('cover.jpg') }] }
    const asked = { operation: 'PolarisLoggedOutDesktopWWWProfilePostsTabContentQuery_connection', variables: { first: 12, after: 'QVFC', id: '17841400000000001' } }
    expect(ask({ data: { node: { polaris_ordered_timeline_connection: edges([cover], 'QVFD') } } }, asked)).toMatchObject({ posts: [found], ends: [{ section: 'posts', ownerId: me.id, state: 'more', cursor: 'QVFD', after: 'QVFC' }] })
    expect(ask({ data: { xig_user_by_igid_v2: { ...who, polaris_timeline_connection: edges([{ ...cover, pk: undefined, code: undefined, user: undefined }]) } } })).toMatchObject({ posts: [{ id: number, authorId: me.id }], ends: [{ ownerId: me.id, state: 'end' }] })
    expect(ask({ data: { xig_user_by_username: { ...who, follower_count: 3, following_count: 4, all_media_count: 5 } } }).profiles).toMatchObject([{ id: me.id, counts: { follows: 4, followers: 3, posts: 5 } }])
    expect(ask(timeline([{ __typename: 'XIGPolarisImageMedia', media_dict: item(me) }])).posts).toMatchObject([{ id: number, text: 'Bread, again.' }])
  })

  it('as it was until 2017', () => {
    const node = (more: Obj = {}): Obj => ({ id: number, code: 'DS_hbpXgAAH', owner: { id: me.id }, date: 1767323045, caption: 'Bread, again.', dimensions: { width: 1080, height: 1080 }, display_src: file('bread.jpg'), thumbnail_src: file('small.jpg'), is_video: false, likes: { count: 7 }, comments: { count: 2 }, ...more })
    const head: Obj = { id: me.id, username: me.handle, full_name: me.name!, biography: 'x', is_private: false, followed_by: { count: 12 }, follows: { count: 34 }, saved_media: { nodes: [], count: 0, page_info: pages(null) }, media: { nodes: [node()], count: 5, page_info: pages('QVFD') } }
    const film = node({ id: '55', code: 'B3', is_video: true, video_views: 9 })
    const found = ask({ user: head, logging_page_id: `profilePage_${me.id}` })
    expect(found).toMatchObject({ profiles: [{ id: me.id, counts: { follows: 34, followers: 12, posts: 5 } }], ends: [{ section: 'posts', ownerId: me.id, state: 'more', cursor: 'QVFD' }], counts: [{ section: 'posts', ownerId: me.id, value: 5 }], relations: [], unread: [] })
    const { visibility: _, ...old } = whole
    expect(found.posts).toEqual([old])
    expect(ask({ tag: { name: 'bread', media: { nodes: [node()], count: 5, page_info: pages('QVFD') } } })).toMatchObject({ posts: [{ id: number }], ends: [], counts: [] })
    expect(ask({ user: { ...head, media: { nodes: [film], page_info: pages(null) } } }).posts).toMatchObject([{ id: '55', media: [{ kind: 'video' }], counts: { views: 9 }, partial: true }])
    expect(ask({ status: 'ok', follows: { count: 1, page_info: pages(null), nodes: [{ id: bo.id, username: bo.handle }] } }, { variables: { id: me.id } })).toMatchObject({ follows: [{ id: bo.id, ownerId: me.id }], ends: [{ state: 'end', ownerId: me.id }] })
    expect(ask({ status: 'ok', followed_by: { count: 1, page_info: pages(null), nodes: [{ id: bo.id, username: bo.handle }] } }, { variables: { id: me.id } })).toMatchObject({ follows: [], relations: [{ id: bo.id, relation: 'follower' }] })
  })

  it('in the app’s own form, whose keys carry types and arguments', () => {
    const { taken_at, caption: _, ...rest_ } = item(bo)
    const made = { ...rest_, '1ltaken_at': taken_at!, caption: { text: 'Bread, again.', '1lcreated_at': 1767323045 }, '1fvideo_duration': 2.5 }
    const body = (grid: Obj): Json => ({ data: { strong_id__: null, '1$fetch__XDTUserDict(id:$id)': { strong_id__: me.id, id: me.id, username: me.handle, ...grid } } })
    expect(ask(body({ '1$user_reposts_timeline(max_id:$max_id)': { 'is_fulfilled__(name:"XDTProfileFeedDict")': true, repost_grid_items: [{ item_type: 'media', media: made }], repost_more_available: true, repost_next_max_id: 'QVFD' } }))).toEqual({
      ...nothing(), posts: [{ id: `repost:${number}`, authorId: me.id, authorHandle: me.handle, repostOf: { id: number, url: `${site}/p/DS_hbpXgAAH/`, authorId: bo.id, authorHandle: bo.handle }, ...seen }], ends: [{ section: 'reposts', ownerId: me.id, state: 'more', cursor: 'QVFD' }],
    })
    expect(ask({ data: { '1$xdt_api__v1__media__shortcode__web_info(x:"a")': { items: [made] } } }).posts).toMatchObject([{ id: number, createdAt: '2026-01-02T03:04:05.000Z', text: 'Bread, again.' }])
  })

  it('tags and mentions, by their form; digits, addresses and letters before are none', () => {
    const caption = '👩🏽‍🚀 #朝活 with @bo_kanter. #1 a@b.example x#y #été_2026! (#pão) https://c.example/#frag @cy.ng_'
    const found = onlyPost(item(me, { caption: { text: caption } }))
    expect(found.facets?.map(({ start, end, kind, value }) => [kind, value, caption.slice(start, end)])).toEqual([['tag', '朝活', '#朝活'], ['mention', 'bo_kanter', '@bo_kanter'], ['tag', 'été_2026', '#été_2026'], ['tag', 'pão', '#pão'], ['mention', 'cy.ng_', '@cy.ng_']])
    expect([found.tags, found.mentions]).toEqual([['朝活', 'été_2026', 'pão'], ['bo_kanter', 'cy.ng_']])
  })

  it('series, videos, descriptions, whoever wrote them', () => {
    const found = onlyPost(item(me, {
      media_type: 8, product_type: 'carousel_container', carousel_media_count: 3,
      carousel_media: [{ id: `11_${me.id}`, media_type: 1, image_versions2: candidates('one'), accessibility_caption: 'May be an image of bread.' }, { pk: '12', media_type: 2, image_versions2: candidates('two'), video_versions: [{ type: 102, url: file('two_low.mp4'), width: 4, height: 4 }, { type: 101, url: file('two.mp4'), width: 720, height: 900 }], video_duration: 16.266 }, { pk: '13', media_type: 1, image_versions2: candidates('three') }],
    }))
    expect(found).not.toHaveProperty('partial')
    expect(found.media).toEqual([
      { id: '11', kind: 'image', url: file('one.jpg'), alt: 'May be an image of bread.', width: 1080, height: 1080, expiresAt }, { id: '12', kind: 'video', url: file('two.mp4'), preview: file('two.jpg'), width: 720, height: 900, duration: 16.266, expiresAt }, { id: '13', kind: 'image', url: file('three.jpg'), width: 1080, height: 1080, expiresAt },
    ])
    expect(onlyPost(item(me, { media_type: 8, carousel_media_count: 3, carousel_media: [{ pk: '11', media_type: 1, image_versions2: candidates('one') }] }))).toMatchObject({ partial: true })
    expect(onlyPost(item(me, { media_type: 8, carousel_media: null }))).toMatchObject({ partial: true })
  })

  it('reels, with their sound', () => {
    const clip = { media_type: 2, product_type: 'clips', video_versions: [{ type: 101, url: file('clip.mp4'), width: 720, height: 1280 }], play_count: 99, view_count: null }
    expect(onlyPost(item(me, { ...clip, clips_metadata: { music_info: { music_asset_info: { audio_cluster_id: '18', title: 'Ferry', display_artist: 'The Herons' } } } }))).toMatchObject({ url: `${site}/reel/DS_hbpXgAAH/`, sound: { id: '18', title: 'Ferry', author: 'The Herons' }, counts: { views: 99 }, media: [{ kind: 'video', width: 720 }] })
    expect(onlyPost(item(me, { ...clip, clips_metadata: { original_sound_info: { audio_asset_id: '19', original_audio_title: 'Original audio', ig_artist: user(bo) } } })).sound).toEqual({ id: '19', title: 'Original audio', author: bo.handle })
    expect(onlyPost(item(me, { music_metadata: { music_info: { music_asset_info: { id: '20', title: 'Rain', display_artist: 'Duo' } } } })).sound).toEqual({ id: '20', title: 'Rain', author: 'Duo' })
  })

  it('pinned, edited, for close friends, behind a click, without likes, with a title', () => {
    expect(onlyPost(item(me, { timeline_pinned_user_ids: [40112233445], caption_is_edited: true, audience: 'besties', media_overlay_info: { overlay_type: 2 }, title: 'Four loaves' }))).toMatchObject({ pinned: true, edited: true, visibility: 'circle', sensitive: true, title: 'Four loaves' })
    expect(onlyPost(item(me, { timeline_pinned_user_ids: [] }))).toMatchObject({ pinned: false })
    expect(onlyPost(item(me, { like_and_view_counts_disabled: true, like_count: 0 })).counts).toEqual({ replies: 2 })
    expect(onlyPost(item(me, { like_and_view_counts_disabled: true })).counts).toEqual({ likes: 7, replies: 2 })
    expect(onlyPost(item(me, { caption: null }))).toMatchObject({ text: '', facets: [] })
  })

  it('of private accounts: for followers, and their codes are longer', () => {
    const locked = { ...me, locked: true }
    expect(onlyPost(item(locked)).visibility).toBe('followers')
    const code = `DS_hbpXgAAH${'x'.repeat(28)}`
    const nameless: Obj = { code, media_type: 1, taken_at: 1767323045, caption: null, image_versions2: candidates('x'), user: { pk: me.id, username: me.handle } }
    expect(onlyPost(nameless)).toMatchObject({ id: number, url: `${site}/p/${code}/`, visibility: 'followers' })
  })

  it('numbers that lost digits on their way through the page are not taken', () => {
    expect(ask(JSON.stringify(timeline([item(me)])).replace(`"pk":"${number}"`, '"pk":3800903645902405600'), posts).posts[0]?.id).toBe(number)
  })

  it('numbers past 2^53, bare', () => {
    const body = JSON.stringify(timeline([item(me)])).replaceAll(`"pk":"${number}"`, `"pk":${number}`).replace(`"id":"${number}_${me.id}",`, '')
    expect(ask(body, posts).posts[0]?.id).toBe(number)
  })

  it('made by several: in the grid of each of them, theirs', () => {
    const grid = (made: Obj) => ask(timeline([made]), posts)
    expect(grid(item(me, { coauthor_producers: [user(bo), user(me)] })).posts[0]).toMatchObject({ authorId: me.id, coauthors: [bo.handle] })
    const theirs = grid(item(bo, { coauthor_producers: [user(me), user(cy)] }))
    expect(theirs.posts[0]).toMatchObject({ authorId: me.id, authorHandle: me.handle, coauthors: [bo.handle, cy.handle], visibility: 'public' })
    expect(theirs.ends).toMatchObject([{ ownerId: me.id }])
    expect(grid(item(bo, { owner: user(me) })).posts[0]).toMatchObject({ authorId: me.id, coauthors: [bo.handle] })
    // Not in a grid: whose it is first.
    expect(ask({ data: { xdt_api__v1__media__shortcode__web_info: { items: [item(bo, { coauthor_producers: [user(me)] })] } } }, { operation: 'PolarisPostRootQuery', variables: { shortcode: 'x' } })).toMatchObject({ posts: [{ authorId: bo.id, coauthors: [me.handle] }], ends: [] })
    // Not theirs at all.
    expect(grid(item(bo)).posts[0]).toMatchObject({ authorId: bo.id })
    // Named by a number alone.
    for (const made of [{ user: null, owner: undefined }, { user: null, owner: undefined, id: number, owner_id: { pk: me.id, id: me.id } }, { user: null, owner: undefined, id: number, owner_id: me.id }]) {
      expect(ask(timeline([item(me, made)]), {})).toMatchObject({ posts: [{ id: number, authorId: me.id }], ends: [{ ownerId: me.id }] })
      expect(ask(timeline([item(me, { ...made, coauthor_producers: [user(bo)] })]), { variables: { id: me.id } })).toMatchObject({ posts: [{ authorId: me.id, coauthors: [bo.handle] }] })
    }
    expect(ask(timeline([item(me, { user: null, owner: null })]), posts).posts).toMatchObject([{ authorId: me.id, authorHandle: me.handle }])
    // A name in the grid's own variables fills in what the item leaves out.
    expect(ask(timeline([item(me, { user: undefined, owner: undefined })]), { ...posts, variables: { username: me.handle, userID: me.id } }).posts[0]).toMatchObject({ authorId: me.id, authorHandle: me.handle })
  })

  it('advertisements and what is shown for a day are left out', () => {
    for (const made of [item(me, { product_type: 'ad' }), item(me, { ad_id: '12' }), item(me, { injected: { ad_id: '12' } }), item(me, { product_type: 'story' }), item(me, { expiring_at: 1767400000 }), graphItem(me, { __typename: 'GraphStoryImage', shortcode: undefined, expiring_at_timestamp: 1767400000 }), graphItem(me, { __typename: 'GraphStoryVideo', shortcode: undefined })]) expect(ask(timeline([made]), posts)).toMatchObject({ posts: [], unread: [], ends: [{ state: 'end' }] })
    expect(onlyPost(item(me, { ad_id: null, injected: null, expiring_at: null, is_paid_partnership: true })).id).toBe(number)
  })

  it('whose grid it is where nobody tells: of the one who made everything in it', () => {
    const other = item(me, { pk: '55', id: `55_${me.id}`, code: 'B3', coauthor_producers: [user(bo)] })
    for (const body of [timeline([item(me), other], 'QVFD'), { items: [item(me), other], num_results: 2, more_available: true, next_max_id: 'QVFD', auto_load_more_enabled: true, status: 'ok' }, { items: [item(me)], more_available: true, next_max_id: 'QVFD', user: user(me), status: 'ok' }]) {
      expect(ask(body).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'more', cursor: 'QVFD' }])
    }
    const clips = [item(me), other].map(one => ({ media: { ...one, product_type: 'clips' } }))
    expect(ask({ items: clips, paging_info: { max_id: 'QVFD', more_available: true }, status: 'ok' }).ends).toEqual([{ section: 'media', ownerId: me.id, state: 'more', cursor: 'QVFD' }])
    expect(ask(timeline([item(me), item(bo, { pk: '55', id: `55_${bo.id}`, code: 'B3' })])).ends).toEqual([{ section: 'posts', state: 'end' }])
    // One post, a feed of several people's, what somebody saved.
    for (const body of [{ items: [item(me)], num_results: 1, more_available: false, auto_load_more_enabled: false, status: 'ok' }, { items: [item(cy), other], more_available: false, auto_load_more_enabled: false }, { items: [{ media: item(me) }, { media: other }], more_available: false, auto_load_more_enabled: false }]) expect(ask(body).ends).toEqual([])
  })

  it('whose grid it is goes by the name where no number is known', () => {
    expect(ask(timeline([]), posts).ends).toEqual([{ section: 'posts', ownerId: `@${me.handle}`, state: 'end', after: 'QVFC' }])
    const asked = { operation: 'XQZ', variables: { username: me.handle }, page: `/${me.handle}/` }
    // Under names that say nothing: the page's own, if all of it is theirs.
    expect(ask({ data: { xqz: edges([item(me)]) } }, asked).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'end' }])
    expect(ask({ data: { xqz: edges([item(me), item(bo, { pk: '5', id: `5_${bo.id}`, code: 'F' })]) } }, asked)).toMatchObject({ posts: [{ authorId: me.id }, { authorId: bo.id }], ends: [] })
    expect(ask({ data: { xqz: edges([item(me)]) } }, { ...asked, page: `/${bo.handle}/` }).ends).toEqual([])
    expect(ask({ data: { xqz: edges([item(me)]) } }, { ...asked, page: `/${me.handle}/reels/` }).ends).toMatchObject([{ section: 'media' }])
  })

  it('lists of other things have no end of ours', () => {
    for (const [root, operation] of [['xdt_api__v1__usertags__user_id__feed_connection', 'PolarisProfileTaggedTabContentQuery'], ['xdt_api__v1__feed__user_timeline_graphql_connection', 'PolarisPostMoreFromAuthorQuery'], ['xdt_api__v1__feed__timeline__connection', 'PolarisFeedRootPaginationQuery']] as const) {
      const reading = ask({ data: { [root]: edges([{ media: item(me) }]) } }, { operation, variables: { userID: me.id, username: me.handle } })
      expect([reading.posts.length, reading.ends, reading.unread]).toEqual([1, [], []])
    }
  })
})

describe('reels, reposts, saved posts', () => {
  const card = { pk: number, id: `${number}_${me.id}`, code: 'DS_hbpXgAAH', media_type: 2, product_type: 'clips', user: { pk: me.id, id: me.id }, image_versions2: candidates('cover'), play_count: 3, like_count: 7, comment_count: 2 }
  const known = { id: number, url: `${site}/reel/DS_hbpXgAAH/`, authorId: me.id, createdAt: '2026-01-02T03:04:05.000Z', createdAtDerived: true, media: [{ id: number, kind: 'video', preview: file('cover.jpg'), width: 1080, height: 1080, expiresAt }], partial: true, counts: { likes: 7, replies: 2, views: 3 }, ...seen }

  it.each<[string, Json, Asked, object?]>([
    ['the Reels tab', { data: { xdt_api__v1__clips__user__connection_v2: edges([{ media: card }], 'QVFD') } }, { operation: 'PolarisProfileReelsTabContentQuery', variables: { data: { target_user_id: me.id, page_size: 12 } } }],
    ['since 2026-08', { data: { fetch__XDTUserDict: { id: me.id, clips_connection: edges([{ media: card }], 'QVFD') } } }, { operation: 'PolarisProfileReelsTabContentQuery_connection', variables: { first: 12 } }],
    ['by name', { data: { fetch__XDTUserDict: { clips_connection: edges([{ media: card }], 'QVFD') } } }, { operation: 'PolarisProfileReelsTabContentQuery', variables: { username: me.handle } }, { owner: `@${me.handle}` }],
    ['by REST', { items: [{ media: card }], paging_info: { max_id: 'QVFD', more_available: true }, status: 'ok' }, { ...rest('/clips/user/'), variables: { target_user_id: me.id } }],
  ])('%s: cards, whose time is that of their number', (_, body, asked, more = {}) => {
    const { owner = me.id, ...by } = more as { owner?: string }
    expect(ask(body, asked)).toEqual({ ...nothing(), posts: [{ ...known, ...by }], ends: [{ section: 'media', ownerId: owner, state: 'more', cursor: 'QVFD' }] })
  })

  it('a card does not take the place of the whole post in the same answer', () => {
    const reading = ask(timeline([card, item(me, { media_type: 2, product_type: 'clips', video_versions: [{ type: 101, url: file('clip.mp4') }] }), card]), posts)
    expect(reading.posts).toMatchObject([{ text: 'Bread, again.', media: [{ url: file('clip.mp4') }], counts: { likes: 7, views: 3 } }])
    expect(reading.posts[0]).not.toHaveProperty('partial')
    expect(reading.posts[0]).not.toHaveProperty('createdAtDerived')
  })

  it.each<[string, Obj, object]>([
    ['with page info', { page_info: pages('QVFD') }, { state: 'more', cursor: 'QVFD' }], ['in the phone’s form', { next_max_id: 'QVFD', more_available: true }, { state: 'more', cursor: 'QVFD' }], ['at its end', { more_available: false }, { state: 'end' }],
    ['under words of their own', { repost_next_max_id: 'QVFD', repost_more_available: true }, { state: 'more', cursor: 'QVFD' }], ['under words of their own, at its end', { repost_next_max_id: null, repost_more_available: false }, { state: 'end' }],
  ])('reposts %s: pointers, nothing of what they say', (_, place, end) => {
    const reading = ask({ data: { fetch__XDTUserDict: { user_reposts_timeline: { repost_grid_items: [{ media: item(bo) }, { media: null }], ...place } } } }, { operation: 'PolarisProfileRepostsTabContentQuery', variables: { userID: me.id } })
    expect(reading).toEqual({ ...nothing(), posts: [{ id: `repost:${number}`, authorId: me.id, repostOf: { id: number, url: `${site}/p/DS_hbpXgAAH/`, authorId: bo.id, authorHandle: bo.handle }, ...seen }], ends: [{ section: 'reposts', ownerId: me.id, ...end }] })
  })

  it('saved posts: pointers, in the list of whoever is signed in', () => {
    const relation = { id: number, handle: bo.handle, post: true, url: `${site}/p/DS_hbpXgAAH/`, ownerId: SELF, relation: 'bookmark', ...seen }
    expect(ask({ items: [{ media: item(bo) }], more_available: true, next_max_id: 'QVFD', status: 'ok' }, rest('/feed/saved/posts/?max_id=QVFC'))).toEqual({ ...nothing(), relations: [relation], ends: [{ section: 'bookmarks', ownerId: SELF, state: 'more', cursor: 'QVFD', after: 'QVFC' }] })
    expect(ask({ data: { xdt_api__v1__feed__saved__posts_connection: edges([{ media: item(bo) }]) } }, { operation: 'PolarisSavedShelfQuery', variables: { first: 12 } })).toEqual({ ...nothing(), relations: [relation], ends: [{ section: 'bookmarks', ownerId: SELF, state: 'end' }] })
    // A folder of them is not all of them.
    expect(ask({ items: [{ media: item(bo) }], more_available: false, status: 'ok' }, rest('/feed/collection/17900000000000000/posts/'))).toEqual({ ...nothing(), relations: [relation] })
  })
})

describe('pages', () => {
  const path = `/${me.handle}/`
  const state = { source: 'state', seenAt }
  it('say who is signed in, and carry the first posts', () => {
    const body = html(viewerModule(me), expected('PolarisProfilePostsQuery', { username: bo.handle, first: 12 }), cached('PolarisProfilePageContentQuery', { data: { user: profile(bo) } }), cached('PolarisProfilePostsQuery', timeline([item(bo)], 'QVFD')))
    expect(askPage(body, `/${bo.handle}/`)).toMatchObject({ viewer: { id: me.id, handle: me.handle, name: me.name, avatar: file('me.jpg'), aliases: [`@${me.handle}`] }, profiles: [{ id: bo.id, ...state }], posts: [{ authorId: bo.id, ...state }], ends: [{ section: 'posts', ownerId: bo.id, state: 'more' }] })
    expect(viewer({ page: `${site}${path}`, documents: [body] })).toMatchObject({ id: me.id })
  })
  it('say whose they are where the question is not known', () => {
    const body = html(viewerModule(me), cached('PolarisProfilePostsQuery', timeline([item(me)])), cached('PolarisProfileRepostsTabContentQuery', { data: { fetch__XDTUserDict: { user_reposts_timeline: { repost_grid_items: [{ media: item(bo) }], page_info: pages(null) } } } }))
    expect(askPage(body, path).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'end' }, { section: 'reposts', state: 'end' }])
    expect(askPage(body, `${path}reposts/`).ends).toEqual([{ section: 'posts', ownerId: me.id, state: 'end' }, { section: 'reposts', ownerId: `@${me.handle}`, state: 'end' }])
  })
  it('of another cache, folded up in a text', () => {
    const body = html(viewerModule(me), cached('PolarisProfilePageContentQuery', { response: JSON.stringify({ data: { user: profile(me) } }) }, 'PolarisQueryPreloaderCache'))
    expect(askPage(body, path).profiles).toMatchObject([{ id: me.id, ...state }])
  })
  it('of nobody, of two, and of old', () => {
    expect(askPage(html(viewerModule(null)), '/')).toEqual({ signedOut: true, ...nothing() })
    expect(askPage(html(viewerModule(me), viewerModule(bo)), '/')).toEqual(nothing())
    // Gone since 2021: it says nothing.
    expect(askPage(`<html><script>window._sharedData = {"config":{"viewer":{"id":"${me.id}","username":"x"}},"entry_data":{}};</script></html>`, '/')).toEqual(nothing())
    expect(viewer({ page: '', documents: ['', '<', '{"x":1}'] })).toBeUndefined()
  })
  it('answers say who is signed in only by the account’s own number', () => {
    expect(ask({ data: { viewer: { user: { pk: me.id, id: 'x', username: me.handle } } } }).viewer).toEqual({ id: me.id, handle: me.handle, aliases: [`@${me.handle}`] })
    expect(ask({ data: { viewer: { user: { id: '17841400000000001', username: me.handle } } } }).viewer).toBeUndefined()
    expect(ask({ data: { xdt_viewer: { user: { id: me.id, username: me.handle } } } }).viewer).toBeUndefined()
  })
})

describe('what stops a capture', () => {
  const list = rest(`/friendships/${me.id}/following/`)
  it.each<[string, Json, Asked, object]>([
    ['too many', { message: 'Please wait a few minutes before you try again.', status: 'fail' }, { ...list, status: 429, headers: { 'retry-after': '60' } }, { kind: 'rate-limit', retryAfter: 60 }],
    ['too many, with status 400', { message: 'Please wait a few minutes before you try again.', status: 'fail' }, { ...list, status: 400 }, { kind: 'rate-limit' }],
    ['checkpoint', { message: 'checkpoint_required', checkpoint_url: '/challenge/1/x/', lock: false, status: 'fail' }, { ...list, status: 400 }, { kind: 'challenge' }],
    ['challenge', { message: 'challenge_required', challenge: { url: 'x' }, status: 'fail' }, { ...list, status: 400 }, { kind: 'challenge' }],
    ['feedback', { message: 'feedback_required', spam: true, status: 'fail' }, { ...list, status: 400 }, { kind: 'challenge' }],
    ['feedback, without the word', { message: '', spam: true, status: 'fail' }, { ...list, status: 400 }, { kind: 'challenge' }],
    ['signed out meanwhile', { message: 'user_has_logged_out', logout_reason: 9, status: 'fail' }, { ...list, status: 403 }, { kind: 'login-wall' }],
    ['signed out, by GraphQL', 'for (;;);{"error":1357001,"errorSummary":"Not Logged In","errorDescription":"x"}', posts, { kind: 'login-wall' }],
    ['signed out, in another language', 'for (;;);{"error":1357001,"errorSummary":"x"}', posts, { kind: 'login-wall' }],
    ['signed out', { message: 'login_required', require_login: true, status: 'fail' }, { ...list, status: 403 }, { kind: 'login-wall' }],
    ['a login where data were asked for', '<!DOCTYPE html><form action="/accounts/login/"><input name="password"></form>', list, { kind: 'login-wall' }],
    ['a challenge that was not passed', { location: `${site}/`, type: 'CHALLENGE_REDIRECTION', status: 'ko' }, { url: '/challenge_/x' }, { kind: 'challenge' }],
    ['by GraphQL', { data: null, errors: [{ message: 'x', code: 368 }] }, posts, { kind: 'challenge' }],
    ['led away', '', { url: '/challenge/?next=/', contentType: 'text/html' }, { kind: 'challenge' }],
    ['on questions that are of no use', '{}', { url: '/api/v1/feed/reels_tray/', status: 429 }, { kind: 'rate-limit' }],
  ])('%s', (_, body, asked, barrier) => expect(ask(body, asked)).toEqual({ ...nothing(), barrier }))

  it('words of a caption are none', () => {
    expect(ask(timeline([item(me, { caption: { text: 'checkpoint_required login_required' } })]), posts)).not.toHaveProperty('barrier')
    expect(ask({ location: `${site}/`, type: 'CHALLENGE_REDIRECTION', status: 'ok' })).toEqual(nothing())
  })
})

describe('what could not be read is counted', () => {
  it.each<[string, unknown, Asked, object[]]>([
    ['cut', JSON.stringify(timeline([item(me)])).slice(0, 300), posts, [{ reason: 'not-json', operation: posts.operation, section: 'posts', ownerId: `@${me.handle}` }]],
    ['empty', '', rest(`/friendships/${me.id}/following/`), [{ reason: 'empty', section: 'follows', ownerId: me.id }]],
    ['an error page', 'Sorry', { ...rest(`/friendships/${me.id}/following/`), status: 502 }, [{ reason: 'status-502', section: 'follows', ownerId: me.id }]],
    ['errors and nothing else', { data: null, errors: [{ message: 'execution error' }] }, { operation: 'PolarisProfilePageContentQuery', variables: { id: me.id } }, [{ reason: 'errors', operation: 'PolarisProfilePageContentQuery', section: 'profile', ownerId: me.id }]],
    ['another shape', { data: { xqz: { people: [1] } } }, { operation: 'usePolarisGetFollowListQuery', variables: { userID: me.id } }, [{ reason: 'unknown-shape', operation: 'usePolarisGetFollowListQuery', section: 'follows', ownerId: me.id }]],
    ['nobody there', { data: { user: null } }, { operation: 'PolarisProfilePageContentQuery', variables: { id: me.id } }, [{ reason: 'no-records', operation: 'PolarisProfilePageContentQuery', section: 'profile', ownerId: me.id }]],
    ['nobody there, and nobody asked for', { data: { user: null } }, { operation: 'PolarisProfilePageContentQuery' }, []],
    ['of which nobody knows what it answers', { data: { fetch__XDTUserDict: { xqz: [{ a: 1 }] } } }, {}, [{ reason: 'unknown-shape' }]],
    ['cut, and nobody knows what it answers', '{"data":{"user":{"edge_follow":{"edges":[', {}, [{ reason: 'not-json' }]],
    ['not ours', { a: [1, 2] }, { operation: 'XQZ' }, []],
    ['mutations', { data: { x: 1 } }, { operation: 'usePolarisFollowMutation', variables: { userID: me.id } }, []],
  ])('%s', (_, body, asked, unread) => expect(ask(body, asked)).toEqual({ ...nothing(), unread }))

  it('`for (;;);`, several documents, later parts, harmless errors', () => {
    const first = { data: { xdt_api__v1__feed__user_timeline_graphql_connection: { edges: [{ node: item(me) }] } }, errors: [{ message: 'field_exception', code: 1675002 }] }
    const edge = { label: 'x$stream', path: ['xdt_api__v1__feed__user_timeline_graphql_connection', 'edges', 1], data: { node: item(me, { pk: '55', id: `55_${me.id}`, code: 'B3' }) } }
    const last = { label: 'x$defer', path: ['xdt_api__v1__feed__user_timeline_graphql_connection'], data: { page_info: pages('QVFD') } }
    const reading = ask(`for (;;);${[first, edge, last].map(part => JSON.stringify(part)).join('\r\n')}`, posts)
    expect([reading.posts.map(({ id }) => id), reading.ends, reading.unread]).toEqual([[number, '55'], [{ section: 'posts', ownerId: me.id, state: 'more', cursor: 'QVFD', after: 'QVFC' }], []])
  })
})

describe('the room', () => {
  it('has no part in the fediverse, and says so: a name that is the same elsewhere is a guess', () => {
    const follow = { id: '1', handle: 'ada.of.example', relation: 'follow' as const }
    expect(reachOf(room.fediverse, follow)).toMatchObject({ verdict: 'maybe', reason: 'same-name', address: 'ada.of.example@threads.net' })
    const told = (outcome: 'found' | 'not-found') => reachOf(room.fediverse, follow, { lookUp: address => ({ address, outcome, at: '2026-11-25T00:00:00.000Z' }) })
    expect([told('found').verdict, told('not-found').verdict]).toEqual(['followable', 'not'])
    expect(room.missing?.map(({ section }) => section)).toContain('follows')
  })
  it('tells its pages apart', () => {
    const shared = new Set(['people', 'tabs'])
    const matching = (address: string): string[] => Object.entries(room.pages).flatMap(([name, one]) => (!shared.has(name) && one.match(new URL(address)) ? [name] : []))
    for (const [name, one] of Object.entries(room.pages)) {
      if (shared.has(name)) continue
      for (const example of one.examples) expect([example, matching(example)]).toEqual([example, [name]])
    }
    expect(room.pages.profile?.match(new URL(`${site}/Explore/`))).toBeUndefined()
    for (const [path, patterns] of [['/accounts/login/', room.barriers.loginWall], ['/challenge/x/', room.barriers.challenge], ['/accounts/suspended/', room.barriers.challenge]] as const) expect(patterns.some(pattern => new RegExp(pattern).test(path))).toBe(true)
    for (const plan of room.sections) expect(plan.address({ id: '1' })).toBe(room.home)
  })
  it('knows which answers are worth reading', () => {
    const worth = (path: string): boolean => room.answers.some(pattern => new RegExp(pattern).test(path))
    for (const path of ['/graphql/query', '/graphql/query/', '/api/graphql', `/api/v1/friendships/${me.id}/following/`, '/api/v1/users/web_profile_info/', `/api/v1/feed/user/${me.id}/`, '/api/v1/feed/saved/posts/', '/api/v1/clips/user/']) expect([path, worth(path)]).toEqual([path, true])
    for (const path of ['/api/v1/direct_v2/inbox/', '/ajax/bz', '/logging_client_events', '/', `/${me.handle}/`]) expect([path, worth(path)]).toEqual([path, false])
  })
})
