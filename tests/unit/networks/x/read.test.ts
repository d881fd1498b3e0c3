/** Examples of the reader: each form that is known, with made-up people. */
import { describe, expect, it } from 'vitest'
import { nothing, SELF } from '../../../../lib/model/index.ts'
import { read, viewer } from '../../../../lib/networks/x/read.ts'
import { ask, empty, seenAt, site } from './ask.ts'

type Json = Record<string, unknown>

const old = (iso: string): string => {
  const [day, date, month, year, time] = new Date(iso).toUTCString().replace(',', '').split(' ')
  return `${day} ${month} ${date} ${time} +0000 ${year}`
}
const ada = { id: '4242', handle: 'ada_of_example' }
const person = (id: string, handle: string, more: Json = {}): Json => ({ __typename: 'User', rest_id: id, core: { screen_name: handle, name: handle.toUpperCase(), created_at: old('2015-02-03T04:05:06Z') }, privacy: { protected: false }, ...more })
const post = (id: string, author: Json, legacy: Json = {}, more: Json = {}): Json => ({
  __typename: 'Tweet', rest_id: id, core: { user_results: { result: author } },
  legacy: { id_str: id, user_id_str: author.rest_id, created_at: old('2026-08-05T18:01:02Z'), full_text: 'Plain', entities: { urls: [], user_mentions: [], hashtags: [] }, ...legacy }, ...more,
})
const me = person(ada.id, ada.handle)
const bea = person('77', 'bea_of_example')

const tweet = (value: Json | undefined, more: Json = {}): Json => ({ entryType: 'TimelineTimelineItem', itemContent: { itemType: 'TimelineTweet', tweet_results: value === undefined ? {} : { result: value }, ...more } })
const user = (value: Json | undefined, more: Json = {}): Json => ({ entryType: 'TimelineTimelineItem', itemContent: { itemType: 'TimelineUser', user_results: value === undefined ? {} : { result: value }, ...more } })
const cursor = (type: string, value: string): Json => ({ entryId: `cursor-${type.toLowerCase()}-1`, sortIndex: '1', content: { entryType: 'TimelineTimelineCursor', cursorType: type, value } })
let place = 9_000_000_000_000_000_000n
const entry = (entryId: string, content: Json): Json => ({ entryId, sortIndex: String(place--), content })
const timeline = (entries: Json[], more: Json[] = []): Json => ({ timeline: { timeline: { instructions: [...more, { type: 'TimelineAddEntries', entries }] } } })
const ofUser = (entries: Json[], more: Json[] = []): Json => ({ data: { user: { result: { __typename: 'User', ...timeline(entries, more) } } } })
const following = (entries: Json[], more: Json[] = [], variables: unknown = { userId: ada.id, count: 20 }) => ask(ofUser(entries, more), { operation: 'Following', variables })
const tab = (entries: Json[], more: Json[] = []) => ask(ofUser([...entries, cursor('Bottom', 'DAABabc')], more), { operation: 'UserTweets', variables: { userId: ada.id } })
const one = (value: Json) => tab([entry('tweet-1', tweet(value))]).posts[0]

describe('whose list it is', () => {
  const rows = [entry('user-77', user(bea)), cursor('Bottom', '12|3')]
  it('is told by the question: variables as an object, as text, in the address, or in a tool’s own name', () => {
    const follow = { id: '77', handle: 'bea_of_example', ownerId: ada.id, position: 0 }
    for (const variables of [{ userId: ada.id }, JSON.stringify({ userId: ada.id })]) expect(following(rows, [], variables).follows).toMatchObject([follow])
    const address = `/i/api/graphql/xyz/Following?variables=${encodeURIComponent(JSON.stringify({ userId: ada.id }))}&features=%7B%7D`
    expect(ask(ofUser(rows), { url: address }).follows).toMatchObject([follow])
    expect(read({ url: `${site}/home`, page: `${site}/home`, request: { operation: 'xyz/Following', variables: { userId: ada.id } }, status: 200, contentType: '', body: JSON.stringify(ofUser(rows)), seenAt }).follows).toMatchObject([follow])
  })
  it('is nobody’s where nobody says', () => {
    const reading = ask(ofUser(rows), { operation: 'Following', page: `/${ada.handle}/following` })
    expect(reading.follows).toEqual([expect.not.objectContaining({ ownerId: expect.anything() })])
    expect(reading.ends).toEqual([{ section: 'follows', state: 'more', cursor: '12|3', after: 'unknown' }])
  })
  it('is nobody’s where question and answer differ', () => {
    const body = { data: { user: { result: { __typename: 'User', rest_id: '9', ...timeline(rows) } } } }
    expect(ask(body, { operation: 'Following', variables: { userId: ada.id } })).toEqual({ ...empty, unread: [{ reason: 'owner-conflict', operation: 'Following', section: 'follows', records: 1 }] })
  })
  it('may be told by the posts of a page, which name their author, where the question is not known', () => {
    const body = ofUser([entry('tweet-1', tweet(post('1', me))), cursor('Bottom', 'DAABx')], [{ type: 'TimelineClearCache' }])
    expect(ask(body, { operation: 'UserTweets', page: `/${ada.handle.toUpperCase()}` }).ends).toEqual([{ section: 'posts', ownerId: ada.id, state: 'more', cursor: 'DAABx' }])
  })
  it('other operations are none of the lists, however alike their names', () => {
    for (const operation of ['FollowersYouKnow', 'BlueVerifiedFollowers', 'FollowingList', 'Retweeters', 'constructor', '__proto__']) expect(ask(ofUser(rows), { operation, variables: { userId: ada.id } })).toEqual(empty)
    expect(ask(ofUser(rows), { operation: 'Followers', variables: { userId: ada.id } })).toMatchObject({ follows: [], relations: [{ id: '77', relation: 'follower', ownerId: ada.id }] })
  })
})

describe('the older interface, and that of the apps', () => {
  const ada11 = { id_str: ada.id, screen_name: ada.handle, protected: false }
  it('short texts are called "text", long ones stand beside them, reposts hold the other post', () => {
    const frame = { created_at: old('2018-08-05T18:01:02Z'), user: ada11, entities: { urls: [], user_mentions: [], hashtags: [] } }
    const link = { type: 'photo', id_str: '9', url: 'https://t.co/p', media_url_https: 'https://pbs.twimg.com/media/Ab.jpg', indices: [21, 35] }
    const reading = ask([
      { ...frame, id_str: '1031', text: 'Bread &amp; salt', truncated: false },
      { ...frame, id_str: '1032', text: 'Bread &lt;3 … https://t.co/x', truncated: true, extended_tweet: { full_text: 'Bread &lt;3 and #salt https://t.co/p', entities: { hashtags: [{ text: 'salt', indices: [16, 21] }] }, extended_entities: { media: [link] } } },
      { ...frame, id_str: '1033', text: 'RT @bea_of_example: Hello', retweeted_status: { ...frame, id_str: '1030', text: 'Hello', user: { id_str: '77', screen_name: 'bea_of_example' } } },
    ])
    expect(reading.posts).toMatchObject([
      { id: '1031', text: 'Bread & salt', authorId: ada.id, authorHandle: ada.handle, visibility: 'public', createdAt: '2018-08-05T18:01:02.000Z' },
      { id: '1032', text: 'Bread <3 and #salt', tags: ['salt'], facets: [{ start: 13, end: 18, kind: 'tag', value: 'salt' }], media: [{ id: '9', kind: 'image' }] },
      { id: '1033', repostOf: { id: '1030', authorId: '77', authorHandle: 'bea_of_example' } },
    ])
    expect(reading.posts[1]).not.toHaveProperty('partial')
    expect(reading.posts[2]).not.toHaveProperty('text')
    expect(reading.profiles).toEqual([])
  })
  it('names of the apps’ interface have underscores, and instructions a __typename', () => {
    const item = { entry_id: 'tweet-1', sort_index: '9', content: { __typename: 'TimelineTimelineItem', content: { __typename: 'TimelineTweet', tweet_results: { rest_id: '1', result: post('1', me) } } } }
    const paid = { ...item, entry_id: 'promoted-tweet-2' }
    const bottom = { entry_id: 'cursor-bottom-0', sort_index: '0', content: { __typename: 'TimelineTimelineCursor', cursor_type: 'Bottom', value: 'DAABx' } }
    const reading = ask({ data: { user_result: { result: { timeline_response: { timeline: { instructions: [{ __typename: 'TimelineClearCache' }, { __typename: 'TimelineAddEntries', entries: [bottom, item, paid] }] } } } } } })
    expect(reading.posts.map(({ id }) => id)).toEqual(['1'])
    expect(reading.ends).toEqual([{ section: 'posts', ownerId: ada.id, state: 'more', cursor: 'DAABx' }])
  })
})

describe('posts without "legacy"', () => {
  const text = 'Bread &amp; #salt for @bea_of_example https://t.co/l1 https://t.co/m1'
  const at = (part: string) => [text.indexOf(part), text.indexOf(part) + part.length]
  const info = (media_info: Json, more: Json = {}) => ({ id_str: '31', url: 'https://t.co/m1', indices: at('https://t.co/m1'), media_results: { result: { media_info } }, ...more })
  const form: Json = {
    __typename: 'Tweet', rest_id: '2083305234688803178', core: { user_results: { result: me } }, details: { full_text: text, created_at_ms: 1_786_000_000_000, hashtag_entities: [{ text: 'salt', indices: at('#salt') }] },
    counts: { favorite_count: 4, reply_count: 2, retweet_count: 1 }, url_entities: [{ url: 'https://t.co/l1', expanded_url: 'https://example.org/l', indices: at('https://t.co/l1') }], mention_entities: [{ screen_name: 'bea_of_example', id_str: '77', indices: at('@bea_of_example') }],
    media_entities: [
      info({ __typename: 'ApiImage', original_img_url: 'https://pbs.twimg.com/media/Ab.jpg', original_img_width: 8, original_img_height: 6, alt_text: 'A loaf' }),
      info({ __typename: 'ApiGif', preview_image: { original_img_url: 'https://pbs.twimg.com/tweet_video_thumb/G.jpg' }, variants: [{ content_type: 'video/mp4', url: 'https://video.twimg.com/tweet_video/G.mp4' }] }, { id_str: '32' }),
    ],
    reply_to_results: { rest_id: '11' }, reply_to_user_results: { rest_id: '77', result: bea }, quotedPostResults: { result: post('12', bea) }, tweet_card: { legacy: { name: 'summary', url: 'https://t.co/l1', binding_values: [{ key: 'title', value: { string_value: 'T' } }] } },
  }
  it('have each kind of thing in a home of its own', () => {
    const is = one(form)
    expect(is).toMatchObject({
      id: '2083305234688803178', authorId: ada.id, createdAt: '2026-08-06T07:06:40.000Z', text: 'Bread & #salt for @bea_of_example https://example.org/l', tags: ['salt'], mentions: ['bea_of_example'], links: ['https://example.org/l'],
      counts: { likes: 4, replies: 2, reposts: 1 }, replyTo: { id: '11', authorId: '77', authorHandle: 'bea_of_example' }, quoteOf: { id: '12', authorId: '77', authorHandle: 'bea_of_example' }, linkPreview: { url: 'https://example.org/l', title: 'T' },
      media: [
        { id: '31', kind: 'image', url: 'https://pbs.twimg.com/media/Ab?format=jpg&name=orig', alt: 'A loaf', width: 8, height: 6, type: 'image/jpeg' },
        { id: '32', kind: 'gif', url: 'https://video.twimg.com/tweet_video/G.mp4', preview: 'https://pbs.twimg.com/tweet_video_thumb/G.jpg', type: 'video/mp4' },
      ],
    })
    expect(is?.facets?.map(({ start, end }) => is.text!.slice(start, end))).toEqual(['#salt', '@bea_of_example', 'https://example.org/l'])
  })
  it('instructions are known by their entries, where they have no type', () => {
    expect(ask({ data: { user: { result: { timeline: { timeline: { instructions: [{ entries: [{ entryId: 'tweet-2083305234688803178', content: tweet(form) }] }] } } } } } }, { operation: 'UserTweets', variables: { userId: ada.id } }).posts).toHaveLength(1)
  })
})

describe('a saved answer without its question', () => {
  const people = [entry('user-77', user(bea)), cursor('Bottom', '12|3')]
  const row = (id: string, author: Json) => entry(`tweet-${id}`, tweet(post(id, author)))
  const under = (path: string, entries: Json[]) => ask({ data: path.split('.').reduceRight<Json>((inner, key) => ({ [key]: inner }), { timeline: { instructions: [{ type: 'TimelineAddEntries', entries }] } }) })
  it('is told by its form; whose list of people it is stays unknown', () => {
    const reading = ask(ofUser(people))
    expect(reading.follows).toEqual([expect.objectContaining({ id: '77', handle: 'bea_of_example', relation: 'follow' })])
    expect(reading.follows[0]).not.toHaveProperty('ownerId')
    expect(reading.ends).toEqual([{ section: 'follows', state: 'more', cursor: '12|3', after: 'unknown' }])
    expect(under('list.members_timeline', people)).toMatchObject({ follows: [], relations: [{ id: '77', relation: 'list' }] })
    expect(under('viewer.muting_timeline', people)).toMatchObject({ follows: [], relations: [{ id: '77', relation: 'mute', ownerId: SELF }] })
    expect(under('viewer.timeline', people)).toMatchObject({ follows: [], relations: [{ id: '77', relation: 'block', ownerId: SELF }] })
    for (const path of ['retweeters_timeline', 'search_by_raw_query.search_timeline']) expect(under(path, people)).toEqual(empty)
    expect(ask({ users: [{ id_str: '77', screen_name: 'bea_of_example' }], next_cursor_str: '0' })).toMatchObject({ follows: [{ id: '77' }], ends: [{ section: 'follows', state: 'end' }] })
  })
  it('how the viewer stands to all of them tells followers from follows', () => {
    const known = (following: boolean) => entry('user-77', user({ ...bea, relationship_perspectives: { followed_by: true, following } }))
    expect(ask(ofUser([known(false), cursor('Bottom', '12|3')])).relations).toMatchObject([{ id: '77', relation: 'follower' }])
    expect(ask(ofUser([known(true), cursor('Bottom', '12|3')])).follows).toMatchObject([{ id: '77' }])
  })
  it('posts of one author are that account’s, of several they are likes; bookmarks have a way of their own', () => {
    const own = ask(ofUser([row('1', me), row('2', me), cursor('Bottom', 'DAABx')]))
    expect(own.posts.map(({ id }) => id)).toEqual(['1', '2'])
    expect(own.profiles).toMatchObject([{ id: ada.id, handle: ada.handle }])
    expect(own.ends).toEqual([{ section: 'posts', ownerId: ada.id, state: 'more', cursor: 'DAABx', after: 'unknown' }])
    const talk = { entryType: 'TimelineTimelineModule', items: [bea, me].map((author, index) => ({ entryId: `profile-conversation-1-tweet-${index + 8}`, item: tweet(post(String(index + 8), author)) })) }
    expect(ask(ofUser([entry('profile-conversation-1', talk), cursor('Bottom', 'DAABx')])).ends).toMatchObject([{ section: 'replies', ownerId: ada.id }])
    expect(ask(ofUser([row('1', me), row('2', bea), cursor('Bottom', 'DAABx')]))).toMatchObject({ posts: [], relations: [{ id: '1', relation: 'like', post: true }, { id: '2', relation: 'like' }] })
    expect(under('bookmark_timeline_v2', [row('2', bea)])).toMatchObject({ posts: [], relations: [{ id: '2', relation: 'bookmark', ownerId: SELF }] })
  })
})

describe('rows of people', () => {
  it('come in the order of their places, without advertisements, modules and stubs', () => {
    const module = { entryType: 'TimelineTimelineModule', displayType: 'Vertical', items: [{ entryId: 'who-to-follow-1-user-5', item: user(person('5', 'stranger')) }] }
    const reading = following([
      { ...entry('user-3', user(person('3', 'third'))), sortIndex: '100' }, { ...entry('user-1', user(person('1', 'first'))), sortIndex: '9007199254740993000' }, { ...entry('user-2', user(person('2', 'second'))), sortIndex: '9007199254740992999' },
      entry('user-6', user(person('6', 'paid'), { promotedMetadata: { advertiser_results: {} } })), entry('who-to-follow-1', module), entry('user-8', user({ avatar: { image_url: 'https://pbs.twimg.com/x.jpg' }, id: btoa('User:8') })), cursor('Bottom', '0|1'),
    ])
    expect(reading.follows.map(({ id, position }) => [id, position])).toEqual([['1', 0], ['2', 1], ['3', 2]])
    expect(reading.unread).toEqual([{ reason: 'lost-records', operation: 'Following', section: 'follows', ownerId: ada.id, records: 1 }])
    expect(reading.profiles).toEqual([])
  })
  it('that are suspended keep their place, by the number in the entry', () => {
    const gone = (id: string) => ({ id, handle: id, url: `${site}/i/user/${id}`, unavailable: true, ownerId: ada.id, relation: 'follow' })
    const reading = following([entry('user-31', user({ __typename: 'UserUnavailable', reason: 'Suspended', message: 'User is suspended' })), entry('user-32', user(undefined)), cursor('Bottom', '0|1')])
    expect(reading.follows).toMatchObject([gone('31'), gone('32')])
    expect(reading.unread).toEqual([])
  })
  it('take each field from the first home that has it: three generations, and mixtures', () => {
    const legacy = {
      screen_name: 'cyd_of_example', name: 'Cyd', description: 'Reads 🗺️ at https://t.co/abc', entities: { description: { urls: [{ url: 'https://t.co/abc', expanded_url: 'https://cyd.example/', indices: [11, 27] }] }, url: { urls: [{ expanded_url: 'https://example.org/c' }] } },
      location: 'Here', profile_image_url_https: 'https://pbs.twimg.com/profile_images/1/a_normal.jpg', protected: true, verified: false,
    }
    const expected = {
      id: '12', handle: 'cyd_of_example', name: 'Cyd', bio: 'Reads 🗺️ at https://cyd.example/', bioFacets: [{ start: 13, end: 33, kind: 'link', value: 'https://cyd.example/' }].map(facet => ({ ...facet, start: 'Reads 🗺️ at '.length, end: 'Reads 🗺️ at https://cyd.example/'.length })),
      links: [{ url: 'https://example.org/c' }], location: 'Here', avatar: 'https://pbs.twimg.com/profile_images/1/a.jpg', locked: true,
    }
    const text = legacy.description
    const at = { ...legacy.entities, description: { urls: [{ ...legacy.entities.description.urls[0], indices: [[...text].length - 16, [...text].length] }] } }
    const forms: Json[] = [
      { rest_id: '12', legacy: { ...legacy, entities: at } },
      { rest_id: '12', core: { screen_name: legacy.screen_name, name: 'Cyd' }, avatar: { image_url: legacy.profile_image_url_https }, location: { location: 'Here' }, privacy: { protected: true }, profile_bio: { description: text }, legacy: { description: 'older', entities: at } },
      { id: btoa('User:12'), core: { screen_name: legacy.screen_name, name: 'Cyd' }, avatar: { image_url: legacy.profile_image_url_https }, location: { location: 'Here' }, privacy: { protected: true }, profile_bio: { description: text, entities: at }, website: { url: 'https://t.co/w' } },
      { id_str: '12', ...legacy, entities: at },
      { rest_id: '12', core: {}, profile_bio: { entities: { description: {} } }, legacy: { ...legacy, entities: at } },
    ]
    for (const form of forms) expect(following([entry('user-12', user(form)), cursor('Bottom', '0|1')]).follows).toMatchObject([expected])
  })
  it('say "absent" where nothing is said', () => {
    const [follow] = following([entry('user-5', user({ rest_id: '5', core: { screen_name: 'bare' } })), cursor('Bottom', '0|1')]).follows
    expect(follow).toEqual({ id: '5', handle: 'bare', url: `${site}/bare`, ownerId: ada.id, relation: 'follow', position: 0, source: 'answer', seenAt })
  })
})

describe('where a list ends', () => {
  const bottom = { type: 'TimelineTerminateTimeline', direction: 'Bottom' }
  const row = entry('user-77', user(bea))
  const people: [string, Json[], Json[], string | undefined, object][] = [
    ['a cursor that counts down to nothing', [row, cursor('Bottom', '0|18')], [], undefined, { state: 'end' }],
    ['or below', [row, cursor('Bottom', '-1|18')], [], 'x', { state: 'end', after: 'x' }],
    ['a cursor that leads on', [row, cursor('Bottom', '5|18')], [], undefined, { state: 'more', cursor: '5|18' }],
    ['the cursor that was asked with', [row, cursor('Bottom', '5|18')], [], '5|18', { state: 'end', after: '5|18' }],
    ['the network stops, and says that there would be more', [row, cursor('Bottom', '5|18')], [bottom], undefined, { state: 'cut' }],
    ['the network stops at the end', [row, cursor('Bottom', '0|18')], [bottom], '9|1', { state: 'end', after: '9|1' }],
    ['nobody on the page, and a cursor that leads on', [cursor('Bottom', '5|18')], [], '9|1', { state: 'more', cursor: '5|18', after: '9|1' }],
    ['only the other direction is over', [row, cursor('Bottom', '5|18')], [{ type: 'TimelineTerminateTimeline', direction: 'Top' }], undefined, { state: 'more', cursor: '5|18' }],
    ['no cursor', [row], [], undefined, { state: 'end' }],
  ]
  it.each(people)('people: %s', (_, entries, more, after, end) => {
    expect(following(entries, more, { userId: ada.id, ...(after && { cursor: after }) }).ends).toEqual([{ section: 'follows', ownerId: ada.id, ...end }])
  })
  const posts: [string, Json[], object][] = [
    ['posts, and a cursor', [entry('tweet-1', tweet(post('1', me))), cursor('Bottom', 'DAAB2')], { state: 'more', cursor: 'DAAB2' }],
    ['nothing but cursors', [cursor('Top', 'DAAB0'), cursor('Bottom', 'DAAB2')], { state: 'end' }],
    ['nothing but suggestions', [entry('who-to-follow-1', { entryType: 'TimelineTimelineModule', items: [{ entryId: 'who-to-follow-1-user-5', item: user(person('5', 'stranger')) }] }), cursor('Bottom', 'DAAB2')], { state: 'end' }],
    ['the cursor that was asked with', [entry('tweet-1', tweet(post('1', me))), cursor('Bottom', 'DAAB1')], { state: 'end' }],
    ['a replaced cursor', [entry('tweet-1', tweet(post('1', me)))], { state: 'more', cursor: 'DAAB9' }],
  ]
  it.each(posts)('posts: %s', (name, entries, end) => {
    const replaced = name === 'a replaced cursor' ? [{ type: 'TimelineReplaceEntry', entry_id_to_replace: 'cursor-bottom-0', entry: cursor('Bottom', 'DAAB9') }] : []
    const reading = ask(ofUser(entries, replaced), { operation: 'UserTweetsAndReplies', variables: { userId: ada.id, cursor: 'DAAB1' } })
    expect(reading.ends).toEqual([{ section: 'replies', ownerId: ada.id, after: 'DAAB1', ...end }])
  })
})

describe('texts', () => {
  const write = (full_text: string, entities: Json, more: Json = {}) => one(post('5', me, { full_text, entities, ...more }))
  it('places count code points of the escaped text; records have string indices of the plain one', () => {
    const text = '👩🏽‍🚀 &amp; &lt;𝔰𝔢𝔢&gt; @Bea_of_example https://t.co/l1 #朝活 &amp;amp;'
    const at = (part: string): number[] => [text.indexOf(part), text.indexOf(part) + part.length].map(index => Array.from(text.slice(0, index)).length)
    const is = write(text, {
      user_mentions: [{ screen_name: 'bea_of_example', id_str: '77', indices: at('@Bea_of_example') }], urls: [{ url: 'https://t.co/l1', expanded_url: 'https://example.org/a?b=1&c=2', display_url: 'example.org/a…', indices: at('https://t.co/l1') }], hashtags: [{ text: '朝活', indices: at('#朝活') }],
    })
    expect(is?.text).toBe('👩🏽‍🚀 & <𝔰𝔢𝔢> @Bea_of_example https://example.org/a?b=1&c=2 #朝活 &amp;')
    expect(is?.facets?.map(({ start, end, kind, value }) => [is.text!.slice(start, end), kind, value])).toEqual([['@Bea_of_example', 'mention', 'bea_of_example'], ['https://example.org/a?b=1&c=2', 'link', 'https://example.org/a?b=1&c=2'], ['#朝活', 'tag', '朝活']])
    expect(is).toMatchObject({ mentions: ['bea_of_example'], links: ['https://example.org/a?b=1&c=2'], tags: ['朝活'] })
    expect(is?.facets?.[0]?.id).toBe('77')
  })
  it('places that are wrong are looked for, or given up', () => {
    const is = write('🚲 one @bea https://t.co/l1 end', { user_mentions: [{ screen_name: 'bea', indices: [1, 3] }, { screen_name: 'nobody', indices: [0, 2] }], urls: [{ url: 'https://t.co/l1', expanded_url: 'https://example.org/', indices: [900, 910] }] })
    expect(is?.text).toBe('🚲 one @bea https://example.org/ end')
    expect(is?.facets?.map(({ start, end }) => is.text!.slice(start, end))).toEqual(['@bea', 'https://example.org/'])
  })
  it('links that only point at what is attached are left out; a quoted link amid the words stays', () => {
    const media = [{ type: 'photo', url: 'https://t.co/m', media_url_https: 'https://pbs.twimg.com/media/Ab-1.jpg', indices: [19, 33] }]
    const permalink = { url: 'https://t.co/q', expanded: 'https://twitter.com/bea_of_example/status/8', display: 'twitter.com/…' }
    const urls = (from: number) => [{ url: 'https://t.co/q', expanded_url: permalink.expanded, indices: [from, from + 14] }]
    expect(write('See https://t.co/q https://t.co/m', { urls: urls(4), media }, { quoted_status_permalink: permalink, quoted_status_id_str: '8', extended_entities: { media } })).toMatchObject({ text: 'See', facets: [], links: [], quoteOf: { id: '8', url: `${site}/bea_of_example/status/8`, authorHandle: 'bea_of_example' } })
    expect(write('On https://t.co/q again', { urls: urls(3) }, { quoted_status_permalink: permalink, quoted_status_id_str: '8' })).toMatchObject({ text: 'On https://twitter.com/bea_of_example/status/8 again', links: [permalink.expanded] })
  })
  it('a long post has a text of its own, which is not escaped; without it only the beginning is there', () => {
    const long = { id: 'x', text: 'All of it &amp; more 🌊 @bea', entity_set: { user_mentions: [{ screen_name: 'bea', id_str: '77', indices: [22, 26] }] } }
    const whole = one(post('5', me, { full_text: 'All of it &amp;amp; m… https://t.co/s' }, { note_tweet: { is_expandable: true, note_tweet_results: { result: long } } }))
    expect(whole).toMatchObject({ text: long.text, mentions: ['bea'] })
    expect(whole).not.toHaveProperty('partial')
    expect(one(post('5', me, { full_text: 'All of it &amp; m…' }, { note_tweet: { is_expandable: true, note_tweet_results: {} } }))).toMatchObject({ text: 'All of it & m…', partial: true })
  })
})

describe('posts', () => {
  it('come out of their wrappers, with or without legacy', () => {
    const { __typename: _, ...bare } = post('5', me)
    const { legacy, ...around } = post('5', me)
    const forms: Json[] = [post('5', me), bare, { __typename: 'TweetWithVisibilityResults', tweet: bare, limitedActionResults: { limited_actions: [] } }, { ...around, legacy: null, ...(legacy as Json) }, { ...around, details: legacy }]
    for (const form of forms) expect(one(form)).toMatchObject({ id: '5', url: `${site}/ada_of_example/status/5`, authorId: ada.id, authorHandle: ada.handle, createdAt: '2026-08-05T18:01:02.000Z', text: 'Plain', visibility: 'public' })
  })
  it('without their author are known by number, and by name where another post has it', () => {
    const { core: _, ...bare } = post('5', me)
    expect(one(bare)).toMatchObject({ id: '5', authorId: ada.id, url: `${site}/i/status/5` })
    expect(tab([entry('tweet-5', tweet(bare)), entry('tweet-6', tweet(post('6', me)))]).posts[0]).toMatchObject({ authorHandle: ada.handle, url: `${site}/ada_of_example/status/5` })
  })
  it('without a time have it from their number', () => {
    expect(one(post('2085474368099450880', me, { created_at: undefined }))).toMatchObject({ createdAt: new Date(Number((2085474368099450880n >> 22n) + 1288834974657n)).toISOString(), createdAtDerived: true })
  })
  it('that pass on another have no text of their own', () => {
    const original = post('9', bea, { full_text: 'Hers', extended_entities: { media: [{ type: 'photo', media_url_https: 'https://pbs.twimg.com/media/Q.jpg' }] } })
    const reading = tab([entry('tweet-5', tweet(post('5', me, { full_text: 'RT @bea_of_example: Hers', retweeted_status_result: { result: { __typename: 'TweetWithVisibilityResults', tweet: original } } })))])
    expect(reading.posts).toEqual([{ id: '5', url: `${site}/ada_of_example/status/5`, authorId: ada.id, authorHandle: ada.handle, createdAt: '2026-08-05T18:01:02.000Z', visibility: 'public', repostOf: { id: '9', url: `${site}/bea_of_example/status/9`, authorId: '77', authorHandle: 'bea_of_example' }, source: 'answer', seenAt }])
    expect(JSON.stringify(reading)).not.toContain('Hers')
    expect(one(post('5', me, { full_text: 'RT @bea_of_example: Hers', retweeted_status_result: { result: { __typename: 'TweetTombstone' } } }))).toMatchObject({ repostOf: { authorHandle: 'bea_of_example', unavailable: true } })
    expect(one(post('5', me, { full_text: 'RT @bea_of_example: typed by hand' }))).toMatchObject({ text: 'RT @bea_of_example: typed by hand' })
  })
  it('that pass on or quote one of their own give that, too', () => {
    const reading = tab([entry('tweet-5', tweet(post('5', me, { retweeted_status_result: { result: post('4', me, { full_text: 'Older' }) } })))])
    expect(reading.posts.map(({ id, text }) => [id, text])).toEqual([['5', undefined], ['4', 'Older']])
  })
  it('point at what they quote, gone or not', () => {
    const permalink = { url: 'https://t.co/q', expanded: 'https://twitter.com/bea_of_example/status/8' }
    const quote = (held: unknown, more: Json = {}) => one(post('5', me, { is_quote_status: true, quoted_status_id_str: '8', quoted_status_permalink: permalink, ...more }, { quoted_status_result: held }))?.quoteOf
    const ref = { id: '8', url: `${site}/bea_of_example/status/8`, authorHandle: 'bea_of_example' }
    expect(quote({ result: post('8', bea) })).toEqual({ ...ref, authorId: '77' })
    expect(quote({ result: { __typename: 'Tweet', rest_id: '8' } })).toEqual(ref)
    for (const gone of [{ result: { __typename: 'TweetTombstone', tombstone: {} } }, { result: { __typename: 'TweetUnavailable', reason: 'Suspended' } }, {}]) expect(quote(gone)).toEqual({ ...ref, unavailable: true })
    expect(quote(undefined)).toEqual(ref)
    expect(one(post('5', me, {}, { quotedRefResult: { result: { __typename: 'Tweet', rest_id: '8' } } }))?.quoteOf).toEqual({ id: '8', url: `${site}/i/status/8` })
  })
  it('answer others, or themselves, in one conversation', () => {
    const module = (items: [string, Json][]) => entry('profile-conversation-1', { entryType: 'TimelineTimelineModule', displayType: 'VerticalConversation', items: items.map(([entryId, content]) => ({ entryId, item: { itemContent: content.itemContent } })) })
    const answer = post('12', me, { in_reply_to_status_id_str: '11', in_reply_to_user_id_str: '77', in_reply_to_screen_name: 'bea_of_example', conversation_id_str: '10' })
    const reading = tab([module([['profile-conversation-1-tweet-11', tweet(post('11', bea, { full_text: 'Hers' }))], ['profile-conversation-1-tweet-12', tweet(answer)]])])
    expect(reading.posts.find(({ id }) => id === '12')).toMatchObject({ replyTo: { id: '11', authorId: '77', authorHandle: 'bea_of_example', url: `${site}/bea_of_example/status/11` }, threadRoot: { id: '10' } })
    expect(reading.posts.find(({ id }) => id === '11')?.authorId).toBe('77')
    const gone = tab([module([['profile-conversation-1-tweet-11', tweet({ __typename: 'TweetTombstone', tombstone: {} })], ['profile-conversation-1-tweet-12', tweet(answer)]])])
    expect(gone.posts).toMatchObject([{ id: '12', replyTo: { id: '11', unavailable: true } }])
    expect(gone.unread).toEqual([])
  })
  it('were edited: this is the latest version, those before it are named', () => {
    const ids = ['2083305234688803170', '2083305934688803174', '2083306234688803178']
    expect(one(post(ids[2]!, me, {}, { edit_control: { initial_tweet_id: ids[0], edit_control_initial: { edit_tweet_ids: ids } }, previous_counts: {} }))).toMatchObject({ edited: true, revisions: [{ id: ids[0] }, { id: ids[1] }], editedAt: '2026-08-05T18:01:02.000Z' })
    expect(one(post(ids[0]!, me, {}, { edit_control: { initial_tweet_id: ids[0], edit_control_initial: { edit_tweet_ids: ids } } }))).toMatchObject({ edited: true })
    expect(one(post('5', me, {}, { edit_control: { edit_tweet_ids: ['5'] } }))).toMatchObject({ edited: false })
    expect(one(post('5', me))).not.toHaveProperty('edited')
  })
  it('carry polls, previews, articles, communities, marks', () => {
    const values = (pairs: Record<string, string>) => Object.entries(pairs).map(([key, string_value]) => ({ key, value: { string_value, type: 'STRING' } }))
    expect(one(post('5', me, {}, { card: { legacy: { name: 'poll3choice_image', url: 'card://1', binding_values: [...values({ choice1_label: 'A', choice1_count: '4', choice2_label: 'B', choice3_label: 'C', end_datetime_utc: '2026-08-06T18:00:00Z' }), { key: 'image_large', value: { image_value: { url: 'https://pbs.twimg.com/card_img/1/a?format=jpg' } } }] } } }))).toMatchObject({
      poll: { options: [{ title: 'A', votes: 4 }, { title: 'B' }, { title: 'C' }], multiple: false, endsAt: '2026-08-06T18:00:00.000Z' }, media: [{ kind: 'image', url: 'https://pbs.twimg.com/card_img/1/a?format=jpg' }],
    })
    const filmed = [...values({ choice1_label: 'A', choice2_label: 'B', player_stream_url: 'https://video.twimg.com/a.vmap' }), { key: 'player_image_original', value: { image_value: { url: 'https://pbs.twimg.com/card_img/1/b?format=jpg' } } }]
    expect(one(post('5', me, {}, { card: { legacy: { name: 'poll2choice_video', url: 'card://1', binding_values: filmed } } }))?.media).toEqual([{ kind: 'video', preview: 'https://pbs.twimg.com/card_img/1/b?format=jpg' }])
    const urls = [{ url: 'https://t.co/l1', expanded_url: 'https://example.org/long', indices: [6, 21] }]
    expect(one(post('5', me, { full_text: 'Plain https://t.co/l1', entities: { urls } }, { card: { legacy: { name: 'summary', url: 'https://t.co/l1', binding_values: values({ title: 'T', description: 'D' }) } } }))).toMatchObject({ linkPreview: { url: 'https://example.org/long', title: 'T', description: 'D' } })
    const article = { article_results: { result: { rest_id: '99', title: 'On glue', preview_text: 'It begins', cover_media: { media_info: { original_img_url: 'https://pbs.twimg.com/media/C.jpg' } } } } }
    expect(one(post('5', me, {}, { article }))).toMatchObject({ title: 'On glue', partial: true, linkPreview: { url: `${site}/i/article/99`, title: 'On glue', description: 'It begins', image: 'https://pbs.twimg.com/media/C.jpg' } })
    const whole = { article_results: { result: { ...article.article_results.result, content_state: { blocks: [{ text: 'It begins.' }, { text: '' }, { text: 'It ends.' }] } } } }
    expect(one(post('5', me, {}, { article: whole }))).toMatchObject({ title: 'On glue', text: 'It begins.\n\nIt ends.', facets: [] })
    expect(one(post('5', me, { lang: 'iw', possibly_sensitive: true, conversation_control: { policy: 'ByInvitation' } }, { community_results: { result: { name: 'Night trains' } }, views: { count: '77' } }))).toMatchObject({ language: 'he', sensitive: true, community: 'Night trains', replyControl: 'ByInvitation', counts: { views: 77 } })
    for (const lang of ['zxx', 'und', 'qme', 'qht', 'art']) expect(one(post('5', me, { lang }))).not.toHaveProperty('language')
  })
  it('carry cards of live talks, broadcasts, events, and cards made of parts', () => {
    const card = (name: string, pairs: Record<string, string>, image?: [string, string]) => ({
      card: { legacy: { name, url: 'https://t.co/l1', binding_values: [...Object.entries(pairs).map(([key, string_value]) => ({ key, value: { string_value } })), ...(image ? [{ key: image[0], value: { image_value: { url: image[1] } } }] : [])] } },
    })
    const picture = 'https://pbs.twimg.com/card_img/1/a?format=jpg&name=orig'
    const preview = (...form: Parameters<typeof card>) => one(post('5', me, {}, card(...form)))?.linkPreview
    expect(preview('3691233323:audiospace', { id: '1aBcD', card_url: 'https://t.co/l1' })).toEqual({ url: `${site}/i/spaces/1aBcD` })
    expect(preview('745291183405076480:broadcast', { broadcast_title: 'Bread, live', broadcast_url: `${site}/i/broadcasts/1x` }, ['broadcast_thumbnail_original', picture])).toEqual({ url: `${site}/i/broadcasts/1x`, title: 'Bread, live', image: picture })
    expect(preview('live_event', { event_title: 'Fair', event_subtitle: 'In May' }, ['event_thumbnail_original', picture])).toEqual({ url: 'https://t.co/l1', title: 'Fair', description: 'In May', image: picture })
    const parts = {
      component_objects: { details_1: { type: 'details', data: { title: { content: 'Loaves' }, subtitle: { content: 'shop.example' } } }, media_1: { type: 'media', data: { id: '13_1' } } },
      destination_objects: { browser_1: { type: 'browser', data: { url_data: { url: 'https://shop.example/loaves' } } } }, media_entities: { '13_1': { media_url_https: 'https://pbs.twimg.com/media/P.jpg' } },
    }
    expect(preview('unified_card', { unified_card: JSON.stringify(parts) })).toEqual({ url: 'https://shop.example/loaves', title: 'Loaves', description: 'shop.example', image: 'https://pbs.twimg.com/media/P.jpg' })
    expect(preview('unified_card', { unified_card: '{broken' })).toBeUndefined()
  })
  it('are articles: links, code and pictures of their blocks', () => {
    const blocks = [
      { text: 'See the oven of @bea_of_example', entityRanges: [{ key: 0, offset: 8, length: 4 }], data: { mentions: [{ fromIndex: 16, toIndex: 31, text: 'bea_of_example' }] } },
      { type: 'atomic', text: ' ', entityRanges: [{ key: 1, offset: 0, length: 1 }] }, { type: 'atomic', text: ' ', entityRanges: [{ key: 2, offset: 0, length: 1 }] }, { text: 'End' },
    ]
    const entityMap = [{ key: '0', value: { type: 'LINK', data: { url: 'https://oven.example/' } } }, { key: '1', value: { type: 'MARKDOWN', data: { markdown: '```x = 1```' } } }, { key: '2', value: { type: 'MEDIA', data: { mediaItems: [{ mediaId: '7' }] } } }]
    const media_entities = [
      { media_id: '7', media_info: { __typename: 'ApiImage', original_img_url: 'https://pbs.twimg.com/media/Z.jpg', original_img_width: 800, original_img_height: 600 } },
      { media_id: '8', media_info: { __typename: 'ApiVideo', duration_millis: 2500, preview_image: { original_img_url: 'https://pbs.twimg.com/media/Y.jpg' }, variants: [{ content_type: 'application/x-mpegURL', url: 'https://video.twimg.com/a.m3u8' }, { content_type: 'video/mp4', bit_rate: 5, url: 'https://video.twimg.com/a.mp4' }] } },
    ]
    const is = one(post('5', me, {}, { article: { article_results: { result: { rest_id: '99', title: 'Ovens', content_state: { blocks, entityMap }, media_entities } } } }))
    expect(is?.text).toBe('See the oven of @bea_of_example\n\n```x = 1```\n\nEnd')
    expect(is?.facets?.map(({ start, end, kind, value }) => [is.text!.slice(start, end), kind, value])).toEqual([['oven', 'link', 'https://oven.example/'], ['@bea_of_example', 'mention', 'bea_of_example']])
    expect(is?.media).toEqual([
      { id: '7', kind: 'image', url: 'https://pbs.twimg.com/media/Z?format=jpg&name=orig', width: 800, height: 600, type: 'image/jpeg' },
      { id: '8', kind: 'video', url: 'https://video.twimg.com/a.mp4', preview: 'https://pbs.twimg.com/media/Y?format=jpg&name=orig', type: 'video/mp4', duration: 2.5 },
    ])
  })
  it('are for whom they were for', () => {
    expect(one(post('5', person(ada.id, ada.handle, { privacy: { protected: true } })))?.visibility).toBe('followers')
    expect(one(post('5', me, {}, { exclusivity_info: { creator_results: {} } }))?.visibility).toBe('circle')
    expect(one(post('5', { rest_id: ada.id, legacy: { screen_name: ada.handle } }))).not.toHaveProperty('visibility')
  })
  it('media: the best form of each', () => {
    const films = (...variants: [string, number, string][]) => ({ variants: variants.map(([content_type, bitrate, url]) => ({ content_type, bitrate, url })) })
    const media = [
      { id_str: '1', type: 'photo', media_url_https: 'https://pbs.twimg.com/media/Ab-1.png', ext_alt_text: 'A & B', original_info: { width: 3, height: 4 } },
      { id_str: '2', type: 'video', media_url_https: 'https://pbs.twimg.com/ext_tw_video_thumb/2/pu/img/a.jpg', video_info: { duration_millis: 1500, ...films(['application/x-mpegURL', 0, 'https://video.twimg.com/a.m3u8'], ['video/mp4', 9, 'https://video.twimg.com/v/hevc/a.mp4'], ['video/mp4', 5, 'https://video.twimg.com/v/avc1/b.mp4'], ['video/mp4', 2, 'https://video.twimg.com/v/avc1/c.mp4']) } },
      { id_str: '3', type: 'animated_gif', media_url_https: 'https://pbs.twimg.com/tweet_video_thumb/g.jpg', video_info: films(['video/mp4', 0, 'https://video.twimg.com/tweet_video/g.mp4']) },
      { id_str: '4', type: 'video', media_url_https: 'https://pbs.twimg.com/gone.jpg', ext_media_availability: { status: 'Unavailable' } },
    ]
    expect(one(post('5', me, { extended_entities: { media } }))?.media).toEqual([
      { id: '1', alt: 'A & B', width: 3, height: 4, kind: 'image', url: 'https://pbs.twimg.com/media/Ab-1?format=png&name=orig', type: 'image/png' },
      { id: '2', kind: 'video', url: 'https://video.twimg.com/v/avc1/b.mp4', preview: 'https://pbs.twimg.com/ext_tw_video_thumb/2/pu/img/a.jpg', type: 'video/mp4', duration: 1.5 },
      { id: '3', kind: 'gif', url: 'https://video.twimg.com/tweet_video/g.mp4', preview: 'https://pbs.twimg.com/tweet_video_thumb/g.jpg', type: 'video/mp4' },
      { id: '4', kind: 'video', preview: 'https://pbs.twimg.com/gone.jpg' },
    ])
  })
  it('pinned ones stand in a place of their own; advertisements are none; what is withheld is counted', () => {
    const pin = { type: 'TimelinePinEntry', entry: entry('tweet-3', tweet(post('3', me))) }
    const reading = tab([entry('promoted-tweet-9', tweet(post('9', bea))), entry('tweet-8', tweet(post('8', bea), { promotedMetadata: {} })), entry('tweet-7', tweet(undefined)), entry('tweet-6', tweet({ __typename: 'Tweet', rest_id: '6' }))], [pin])
    expect(reading.posts).toMatchObject([{ id: '3', pinned: true }])
    expect(reading.unread).toEqual([{ reason: 'withheld-posts', operation: 'UserTweets', section: 'posts', ownerId: ada.id, records: 1 }, { reason: 'lost-records', operation: 'UserTweets', section: 'posts', ownerId: ada.id, records: 1 }])
    const said = post('4', person(ada.id, ada.handle, { pinned_items: { tweet_ids_str: ['4'] } }))
    expect(one(said)?.pinned).toBe(true)
    expect(one({ ...said, rest_id: '5' })?.pinned).toBe(false)
  })
  it('of the account’s own page bring its profile along; those of others none', () => {
    const reading = tab([entry('tweet-5', tweet(post('5', person(ada.id, ada.handle, { relationship_counts: { followers: 7, following: 3 } })))), entry('tweet-6', tweet(post('6', bea)))])
    expect(reading.profiles).toMatchObject([{ id: ada.id, counts: { follows: 3, followers: 7 } }])
    expect(reading.counts).toEqual([{ section: 'follows', ownerId: ada.id, value: 3 }, { section: 'followers', ownerId: ada.id, value: 7 }])
  })
  it('stand in further rows of a module', () => {
    const body = ofUser([cursor('Bottom', 'DAAB3')], [{ type: 'TimelineAddToModule', moduleEntryId: 'profile-grid-0', moduleItems: [{ entryId: 'profile-grid-0-tweet-5', item: { itemContent: tweet(post('5', me)).itemContent } }] }])
    expect(ask(body, { operation: 'UserMedia', variables: { userId: ada.id, cursor: 'DAAB2' } })).toMatchObject({ posts: [{ id: '5' }], ends: [{ section: 'media', state: 'more', cursor: 'DAAB3' }] })
  })
})

describe('further lists', () => {
  it('bookmarks and likes are pointers, of withheld posts too', () => {
    const rows = [entry('tweet-9', tweet(post('9', bea, { full_text: 'Hers' }))), entry('tweet-8', tweet(undefined)), entry('tweet-7', tweet({ __typename: 'TweetTombstone', tombstone: {} })), cursor('Bottom', 'DAAB2')]
    const expected = (relation: string, ownerId: string) => [{ id: '9', handle: 'bea_of_example', url: `${site}/bea_of_example/status/9` }, { id: '8', url: `${site}/i/status/8`, unavailable: true }, { id: '7', url: `${site}/i/status/7`, unavailable: true }].map(one => ({ ...one, post: true, ownerId, relation, source: 'answer', seenAt }))
    const { timeline: held } = timeline(rows)
    const saved = ask({ data: { bookmark_timeline_v2: held } }, { operation: 'Bookmarks', variables: { count: 20 } })
    expect(saved).toEqual({ ...empty, relations: expected('bookmark', SELF), ends: [{ section: 'bookmarks', ownerId: SELF, state: 'more', cursor: 'DAAB2' }] })
    const liked = ask(ofUser(rows), { operation: 'Likes', variables: { userId: ada.id } })
    expect(liked).toEqual({ ...empty, relations: expected('like', ada.id), ends: [{ section: 'likes', ownerId: ada.id, state: 'more', cursor: 'DAAB2' }] })
    expect(ask({ data: { bookmark_collection_timeline: held } }, { operation: 'BookmarkFolderTimeline', variables: { bookmark_collection_id: '1' } }).ends).toEqual([])
  })
  it('blocks and mutes are of nobody but who is signed in', () => {
    const { timeline: held } = timeline([entry('user-77', user(bea)), cursor('Bottom', '0|2')])
    for (const [operation, key, relation, section] of [['BlockedAccountsAll', 'timeline', 'block', 'blocks'], ['MutedAccounts', 'muting_timeline', 'mute', 'mutes']] as const) {
      expect(ask({ data: { viewer: { [key]: held } } }, { operation, variables: { count: 20 } })).toMatchObject({ relations: [{ id: '77', relation, ownerId: SELF }], ends: [{ section, ownerId: SELF, state: 'end' }], unread: [] })
    }
  })
  it('the overview of lists names those that the account owns; their members come by the list’s number', () => {
    const list = (id: string, owner: Json | undefined, more: Json = {}) => ({ itemContent: { itemType: 'TimelineTwitterList', list: { id_str: id, name: `List ${id}`, mode: 'Public', ...(owner && { user_results: { result: owner } }), ...more } } })
    const module = (entryId: string, items: Json[]) => entry(entryId, { entryType: 'TimelineTimelineModule', items: items.map((item, i) => ({ entryId: `${entryId}-list-${i}`, item })) })
    const { timeline: held } = timeline([module('list-to-follow-module-0', [list('1', person('5', 'stranger'))]), module('owned-subscribed-list-module-0', [list('2', me), list('3', bea), list('4', undefined, { mode: 'Private' }), list('5', undefined)]), cursor('Bottom', 'DAAB')])
    const reading = ask({ data: { viewer: { list_management_timeline: held } }, errors: [{ code: 214, message: 'DecodeException' }] }, { operation: 'ListsManagementPageTimeline', variables: { count: 100 } })
    const place = (part: string, ownerId: string) => ({ section: 'lists', ownerId, part, url: `${site}/i/lists/${part}/members`, name: `List ${part}` })
    expect(reading.places).toEqual([place('2', ada.id), place('3', '77'), place('4', SELF)])
    expect(reading.ends).toEqual([{ section: 'lists', ownerId: SELF, state: 'end' }])
    const members = timeline([entry('user-77', user(bea)), cursor('Bottom', '3|2')]).timeline as Json
    expect(ask({ data: { list: { members_timeline: members } } }, { operation: 'ListMembers', variables: { listId: '2', cursor: '9|1' } })).toMatchObject({ relations: [{ id: '77', relation: 'list', listId: '2' }], ends: [{ section: 'lists', part: '2', state: 'more', cursor: '3|2', after: '9|1' }] })
    expect(ask({ data: { list: { members_timeline: members } } }, { operation: 'ListMembers' })).toMatchObject({ ends: [], unread: [{ reason: 'no-owner' }] })
  })
  it('the old interface is read where the page asks it', () => {
    const body = { users: [{ id: 77, id_str: '77', screen_name: 'bea_of_example', name: 'Bea', description: 'Hello', protected: true, friends_count: 3 }], next_cursor: 12, next_cursor_str: '12', previous_cursor_str: '0' }
    const url = '/i/api/1.1/friends/list.json?user_id=4242&count=100&cursor=-1'
    expect(ask(body, { url })).toMatchObject({ follows: [{ id: '77', handle: 'bea_of_example', name: 'Bea', bio: 'Hello', locked: true, ownerId: ada.id, position: 0 }], ends: [{ section: 'follows', ownerId: ada.id, state: 'more', cursor: '12' }] })
    expect(ask({ ...body, next_cursor_str: '0' }, { url: url.replace('-1', '12') }).ends).toEqual([{ section: 'follows', ownerId: ada.id, state: 'end', after: '12' }])
    expect(ask(body, { url: '/i/api/1.1/blocks/list.json' })).toMatchObject({ relations: [{ id: '77', relation: 'block', ownerId: SELF }] })
  })
})

describe('who is signed in', () => {
  const state = (session: Json, users: Json = {}) => `<script>window.__INITIAL_STATE__=${JSON.stringify({ entities: { users: { entities: users } }, session })};window.__META_DATA__={"env":"prod"};</script>`
  it('the page’s state says it, and nothing else of the session is taken', () => {
    const text = state({ user_id: ada.id, guestId: 'secretGuest', ssoInitTokens: { a: 'secretToken' } }, { [ada.id]: { id_str: ada.id, screen_name: ada.handle, name: 'Ada' } })
    expect(viewer({ page: `${site}/home`, documents: [text] })).toEqual({ id: ada.id, handle: ada.handle, name: 'Ada' })
    expect(JSON.stringify(ask(text, { contentType: 'text/html' }))).not.toContain('secret')
  })
  it('the page’s state may have the whole own profile, and none of others is taken', () => {
    const users = { [ada.id]: { id_str: ada.id, screen_name: ada.handle, name: 'Ada', description: 'Bakes', friends_count: 3, followers_count: 7, protected: false }, 77: { id_str: '77', screen_name: 'bea_of_example', name: 'Bea', description: 'x', friends_count: 1 } }
    expect(ask(state({ user_id: ada.id }, users), { contentType: 'text/html' }).profiles).toMatchObject([{ id: ada.id, handle: ada.handle, bio: 'Bakes', counts: { follows: 3, followers: 7 }, source: 'state' }])
    expect(ask(state({ user_id: '9' }, users), { contentType: 'text/html' }).profiles).toEqual([])
  })
  it('numbers beyond 2^53 stay whole', () => expect(viewer({ page: site, documents: ['<script>window.__META_DATA__={userId:2085474368099450881,userHash:"x"}</script>'] })).toEqual({ id: '2085474368099450881' }))
  it('nobody is, where two say different things, or the page says so', () => {
    const meta = (id: string) => `<script>window.__META_DATA__={"userId":"${id}"}</script>`
    expect(viewer({ page: site, documents: [state({ user_id: ada.id }), meta('9')] })).toBeUndefined()
    expect(viewer({ page: site, documents: [state({ user_id: ada.id }), meta(ada.id)] })).toEqual({ id: ada.id })
    expect(ask(state({ guestId: 'x', language: 'en' }), { contentType: 'text/html' })).toEqual({ ...empty, signedOut: true })
    expect(viewer({ page: site, documents: ['<script>const note = "window.__INITIAL_STATE__={\\"session\\":{\\"user_id\\":\\"1\\"}}"</script>'] })).toBeUndefined()
  })
  it('an answer says it, with the profile', () => {
    const reading = ask({ data: { viewer: { user_results: { result: person(ada.id, ada.handle, { relationship_counts: { followers: 7, following: 3 }, professional: { professional_type: 'Creator', category: [{ id: 180, name: 'Cooking School' }] } }) } } } }, { url: 'https://api.x.com/graphql/abc/Viewer', variables: {} })
    expect(reading).toMatchObject({ viewer: { id: ada.id, handle: ada.handle }, profiles: [{ id: ada.id, tags: ['Cooking School'], counts: { follows: 3, followers: 7 } }], unread: [] })
    expect(ask({ data: { viewer: {} } }, { operation: 'Viewer' })).toEqual(empty)
  })
})

describe('what stands in the way', () => {
  const failed = (code: number, message = 'x', more: Json = {}) => ({ errors: [{ code, message }], ...more })
  const list = { operation: 'Following', variables: { userId: ada.id } }
  const told: [string, unknown, object, object][] = [
    ['429, till the moment that it names', 'Rate limit exceeded\n', { status: 429, headers: { 'x-rate-limit-reset': String(Date.parse(seenAt) / 1000 + 90) } }, { kind: 'rate-limit', retryAfter: 90 }],
    ['429 without a moment', '', { status: 429 }, { kind: 'rate-limit' }],
    ['a code for the same', failed(88), { headers: { 'retry-after': '5' } }, { kind: 'rate-limit', retryAfter: 5 }],
    ['a locked account', failed(326, 'this account is temporarily locked'), { status: 403 }, { kind: 'challenge' }],
    ['a session that has ended', failed(32, 'Could not authenticate you'), { status: 401 }, { kind: 'login-wall' }],
    ['401 alone', '', { status: 401 }, { kind: 'login-wall' }],
    ['a suspended account', failed(64), { status: 403 }, { kind: 'blocked' }],
    ['a page that leads to the check', '<html></html>', { url: '/account/access?lang=en', contentType: 'text/html' }, { kind: 'challenge' }],
    ['a page that leads to the login', '<html></html>', { url: '/i/flow/login', contentType: 'text/html' }, { kind: 'login-wall' }],
  ]
  it.each(told)('%s', (_, body, more, barrier) => expect(ask(body, { ...list, ...more })).toEqual({ ...empty, barrier }))
  it('errors beside good data mean nothing; instead of data they are counted', () => {
    const good = following([entry('user-77', user(bea)), cursor('Bottom', '0|1')])
    expect(ask({ ...ofUser([entry('user-77', user(bea)), cursor('Bottom', '0|1')]), errors: [{ code: 88 }] }, list)).toEqual(good)
    const said = { operation: 'Following', section: 'follows', ownerId: ada.id }
    expect(ask(failed(29, 'Timeout: Unspecified', { data: { user: {} } }), list)).toEqual({ ...empty, unread: [{ reason: 'errors', ...said }] })
    const others: [unknown, object, string][] = [['', {}, 'empty'], ['<html>oops</html>', {}, 'not-json'], ['{"data":', {}, 'not-json'], [{ data: {} }, {}, 'no-records'], [{ data: { user: { result: { list: [1] } } } }, {}, 'unknown-shape'], ['', { status: 503 }, 'status-503'], [{}, { status: 404 }, 'status-404']]
    for (const [body, more, reason] of others) expect(ask(body, { ...list, ...more }), reason).toEqual({ ...empty, unread: [{ reason, ...said }] })
  })
  it('somebody else’s card that did not come is no loss', () => {
    for (const body of [{ data: {} }, { data: { user: {} } }, { data: { user: { result: { __typename: 'UserUnavailable', reason: 'Suspended' } } } }]) expect(ask(body, { operation: 'UserByScreenName', variables: { screen_name: 'gone' } })).toEqual(empty)
    expect(ask({ data: { user: { result: { __typename: 'Person', identity: { nick: 'ada' } } } } }, { operation: 'UserByScreenName' }).unread).toMatchObject([{ reason: 'unknown-shape', section: 'profile' }])
  })
  it('a reader that fails says so', () => expect(read(null as never)).toEqual({ ...nothing(), unread: [{ reason: 'reader-failed' }] }))
})
