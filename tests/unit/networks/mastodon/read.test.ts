/** Accounts, posts and lists of made-up people, in the forms of several servers, and what is asked next. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { room } from '../../../../lib/networks/mastodon/index.ts'
import { viewer } from '../../../../lib/networks/mastodon/read.ts'
import { ask, hand, origin, seenAt } from './ask.ts'

const account = (id: string, acct: string, more: Record<string, unknown> = {}) => ({
  id, username: acct.split('@')[0], acct, display_name: 'Ida ✿', locked: false, created_at: '2021-03-01T00:00:00.000Z', note: '<p>Binds books.<br />See <a href="https://ida.example/" rel="me"><span class="invisible">https://</span>ida.example/</a></p>',
  url: `https://${acct.split('@')[1] ?? 'social.example'}/@${acct.split('@')[0]}`, avatar: `${origin}/a.png`, header: `${origin}/headers/original/missing.png`, followers_count: 2, following_count: 3, statuses_count: 4, emojis: [], fields: [], ...more,
})
const me = account('1', 'ida')
const ben = account('2', 'ben@kettle.example')
const status = (more: Record<string, unknown> = {}) => ({
  id: '100', created_at: '2026-05-01T10:00:00.000Z', in_reply_to_id: null, in_reply_to_account_id: null, sensitive: false, spoiler_text: '', visibility: 'public', language: 'en', uri: `${origin}/users/ida/statuses/100`, url: `${origin}/@ida/100`,
  replies_count: 1, reblogs_count: 2, favourites_count: 3, content: '<p>Bread first.</p>', reblog: null, account: me, media_attachments: [], mentions: [], tags: [], emojis: [], card: null, poll: null, quote: null, edited_at: null, ...more,
})
const variables = { origin, domain: 'social.example', ownerId: '1' }
const own = (more: Record<string, unknown>) => ask([status(more)], { path: '/api/v1/accounts/1/statuses', variables, operation: 'statuses' }).posts[0]!

describe('who is named', () => {
  it.each([
    ['@ida@social.example', 'ida', origin], ['Ida@Social.example', 'ida', origin], ['https://social.example/@ida', 'ida', origin], ['https://social.example/@ida/', 'ida', origin], ['https://social.example/@ida/following', 'ida', origin],
    ['https://social.example/users/ida', 'ida', origin], ['https://social.example/web/@ida', 'ida', origin], ['https://social.example/@ben@kettle.example', 'ben', 'https://kettle.example'], ['ida_b.c@bücher.example', 'ida_b.c', 'https://xn--bcher-kva.example'],
  ])('%s', (typed, handle, at) => { expect(room.api?.subject(typed)).toEqual({ handle, origin: at }) })
  it.each(['', 'ida', '@ida', 'ida@localhost', 'ida@127.0.0.1', 'https://www.tiktok.com/@ida', 'https://medium.com/@ida', 'https://www.youtube.com/@ida', 'https://social.example/', 'http://social.example/@ida', 'ida@a b.example', 'a@b@c.example'])('not %j', typed => {
    expect(room.api?.subject(typed)).toBeUndefined()
  })
  it('who is signed in, from the page’s state; the token beside it is nowhere in what is read', () => {
    const page = `<html><script id="initial-state" type="application/json">${JSON.stringify({ meta: { me: '1', domain: 'social.example', access_token: 'SECRET' }, accounts: { 1: me } })}</script></html>`
    expect(viewer({ page: `${origin}/home`, documents: [page] })).toEqual({ id: '1', handle: 'ida@social.example', name: 'Ida ✿' })
    expect(JSON.stringify(ask(page, { url: `${origin}/home`, contentType: 'text/html' }))).not.toContain('SECRET')
    expect(viewer({ page: origin, documents: [page.replace('"me":"1"', '"me":null')] })).toBeUndefined()
  })
})

describe('what is asked, one after the other', () => {
  const named = { origin, handle: 'ida', version: 2 }
  it('the server, of which version it may be', () => {
    const then = (body: unknown, more = {}) => ask(body, { path: '/api/v2/instance', variables: named, operation: 'instance', ...more }).next?.map(({ url, request }) => [url, (request?.variables as { domain?: string } | undefined)?.domain])
    expect(then({ domain: 'letters.example' })).toEqual([[`${origin}/api/v1/accounts/lookup?acct=ida`, 'letters.example']])
    expect(then({ error: 'no' }, { status: 404 })).toEqual([[`${origin}/api/v1/instance`, undefined]])
    expect(then({ uri: 'https://letters.example' }, { path: '/api/v1/instance', variables: { ...named, version: 1 } })).toEqual([[`${origin}/api/v1/accounts/lookup?acct=ida`, 'letters.example']])
    // One that hides its own description may still answer the rest.
    expect(then({ error: 'no' }, { status: 401, path: '/api/v1/instance', variables: { ...named, version: 1 } })).toEqual([[`${origin}/api/v1/accounts/lookup?acct=ida`, 'social.example']])
  })
  it('the account, and then everything by its number; what needs a sign-in only with one', () => {
    const reading = ask(me, { path: '/api/v1/accounts/lookup?acct=ida', variables: { origin, domain: 'letters.example', handle: 'ida', subject: true }, operation: 'lookup' })
    expect(reading.viewer).toEqual({ id: '1', handle: 'ida@letters.example', name: 'Ida ✿', avatar: `${origin}/a.png` })
    expect(reading.profiles).toEqual([{
      id: '1', handle: 'ida@letters.example', name: 'Ida ✿', bio: 'Binds books.\nSee https://ida.example/', bioFacets: [{ start: 17, end: 37, kind: 'link', value: 'https://ida.example/' }], avatar: `${origin}/a.png`, url: 'https://social.example/@ida', locked: false, address: 'ida@letters.example',
      counts: { follows: 3, followers: 2, posts: 4 }, createdAt: '2021-03-01T00:00:00.000Z', source: 'answer', seenAt,
    }])
    expect(reading.next?.map(({ url, signed, section }) => [url.replace(`${origin}/api/v1/`, '').replace(/\?.*/, ''), section, signed])).toEqual([
      ['accounts/1/following', 'follows', undefined], ['accounts/1/statuses', 'posts', undefined], ['accounts/1/statuses', 'posts', undefined], ['lists', 'lists', true], ['blocks', 'blocks', true], ['mutes', 'mutes', true], ['bookmarks', 'bookmarks', true], ['favourites', 'likes', true],
    ])
  })
  it('the next page is what the Link header says, on the same server alone', () => {
    const following = (link: string, more = {}) => ask([ben], { path: '/api/v1/accounts/1/following?limit=80', headers: { link }, variables: { ...variables, counted: 3 }, operation: 'following', ...more })
    const reading = following(`<${origin}/api/v1/accounts/1/following?limit=80&max_id=77>; rel="next", <${origin}/api/v1/accounts/1/following?min_id=99>; rel="prev"`)
    expect(reading.ends).toEqual([{ section: 'follows', ownerId: '1', state: 'more', cursor: '77' }])
    expect(reading.next?.map(({ url }) => url)).toEqual([`${origin}/api/v1/accounts/1/following?limit=80&max_id=77`])
    expect(reading.follows).toMatchObject([{ id: '2', handle: 'ben@kettle.example', address: 'ben@kettle.example', ownerId: '1', relation: 'follow' }])
    for (const link of ['', '<https://evil.example/api?max_id=1>; rel="next"', '<http://social.example/x?max_id=1>; rel="next"', 'nonsense']) expect(following(link).ends[0]?.state).toBe('end')
    // A server that always names the same page never ends.
    expect(following(`<${origin}/api/v1/accounts/1/following?limit=80>; rel="next"`).ends[0]?.state).toBe('end')
  })
  it('an empty list of an account that follows somebody is hidden', () => {
    const at = (counted: number) => ask([], { path: '/api/v1/accounts/1/following?limit=80', variables: { ...variables, counted }, operation: 'following' }).ends
    expect(at(3)).toMatchObject([{ state: 'hidden' }])
    expect(at(0)).toMatchObject([{ state: 'end' }])
  })
  it('lists and their members; blocks, mutes, bookmarks and favourites', () => {
    const lists = ask([{ id: '7', title: 'Bakers' }, { id: '8' }], { path: '/api/v1/lists', variables, operation: 'lists' })
    expect(lists.places).toEqual([{ section: 'lists', ownerId: '1', part: '7', url: `${origin}/lists/7`, name: 'Bakers' }])
    expect(lists.next?.map(({ url, signed }) => [url, signed])).toEqual([[`${origin}/api/v1/lists/7/accounts?limit=80`, true]])
    expect(ask([ben], { path: '/api/v1/lists/7/accounts?limit=80', variables: { ...variables, listId: '7', list: 'Bakers' }, operation: 'members' })).toMatchObject({ relations: [{ relation: 'list', list: 'Bakers', listId: '7', id: '2', ownerId: '1' }], ends: [{ section: 'lists', part: '7', state: 'end' }] })
    for (const [path, relation, section] of [['blocks', 'block', 'blocks'], ['mutes', 'mute', 'mutes']]) expect(ask([ben], { path: `/api/v1/${path}` })).toMatchObject({ relations: [{ relation, id: '2' }], ends: [{ section, state: 'end' }] })
    for (const [path, relation, section] of [['bookmarks', 'bookmark', 'bookmarks'], ['favourites', 'like', 'likes']]) {
      const reading = ask([status({ account: ben, uri: 'https://kettle.example/users/ben/statuses/5' })], { path: `/api/v1/${path}` })
      expect(reading).toMatchObject({ posts: [], relations: [{ relation, post: true, url: 'https://kettle.example/users/ben/statuses/5' }], ends: [{ section }] })
      expect(JSON.stringify(reading)).not.toContain('Bread')
    }
  })
  it('people that no list is known of: nobody’s, and nobody’s follows under another address', () => {
    const bare = ask([ben], { url: `${origin}/` })
    expect(bare).toMatchObject({ follows: [{ id: '2', relation: 'follow' }], ends: [] })
    expect(bare.follows[0]).not.toHaveProperty('ownerId')
    expect(ask([ben], { url: `${origin}/`, variables: { userID: '1' } }).follows).toMatchObject([{ id: '2', ownerId: '1' }])
    for (const path of ['/api/v1/accounts/search?q=ben', '/api/v1/statuses/100/reblogged_by', '/api/v1/directory']) expect(ask([ben], { path })).toMatchObject({ follows: [], profiles: [{ id: '2' }] })
  })
  it('limits and sign-ins', () => {
    expect(ask({ error: 'x' }, { path: '/api/v1/accounts/1/following', status: 429, headers: { 'x-ratelimit-reset': '2026-11-22T10:01:30.000Z' } }).barrier).toEqual({ kind: 'rate-limit', retryAfter: 90 })
    expect(ask({ error: 'x' }, { path: '/api/v1/accounts/1/following', status: 401 }).barrier).toEqual({ kind: 'login-wall' })
    expect(ask({ error: 'x' }, { path: '/api/v1/accounts/1/following', status: 403 }).barrier).toEqual({ kind: 'blocked' })
    expect(ask({ error: 'Record not found' }, { path: '/api/v1/accounts/lookup?acct=ida', status: 404, variables: { origin, subject: true } })).toMatchObject({ unread: [], profiles: [] })
  })
})

describe('a post', () => {
  it('its words, with what its links are', () => {
    const content = '<p><span class="h-card" translate="no"><a href="https://kettle.example/@ben" class="u-url mention">@<span>ben</span></a></span> A &amp; B &lt;3<br>second line</p><p><a href="https://social.example/tags/Bread" class="mention hashtag" rel="tag">#<span>Bread</span></a> <a href="https://example.com/a?b=c&amp;d=1" rel="nofollow"><span class="invisible">https://</span><span class="ellipsis">example.com/a</span><span class="invisible">?b=c&amp;d=1</span></a></p>'
    const post = own({ content, mentions: [{ id: '2', username: 'ben', acct: 'ben@kettle.example', url: 'https://kettle.example/@ben' }], tags: [{ name: 'bread', url: 'x' }] })
    expect(post.text).toBe('@ben A & B <3\nsecond line\n\n#Bread https://example.com/a?b=c&d=1')
    expect(post.facets?.map(({ start, end, ...more }) => [post.text?.slice(start, end), more])).toEqual([['@ben', { kind: 'mention', value: 'ben@kettle.example', id: '2' }], ['#Bread', { kind: 'tag', value: 'Bread' }], ['https://example.com/a?b=c&d=1', { kind: 'link', value: 'https://example.com/a?b=c&d=1' }]])
    expect(post).toMatchObject({ id: '100', url: `${origin}/@ida/100`, authorId: '1', authorHandle: 'ida@social.example', tags: ['Bread'], mentions: ['ben@kettle.example'], links: ['https://example.com/a?b=c&d=1'], visibility: 'public', language: 'en', counts: { likes: 3, replies: 1, reposts: 2 } })
  })
  it.each<[string, Record<string, unknown>, object]>([
    ['only for followers', { visibility: 'private' }, { visibility: 'followers' }], ['direct', { visibility: 'direct' }, { visibility: 'direct' }], ['unlisted', { visibility: 'unlisted' }, { visibility: 'unlisted' }], ['of a kind unknown', { visibility: 'tomorrow' }, { id: '100' }],
    ['with a warning', { spoiler_text: 'Knives', sensitive: true }, { warning: 'Knives', sensitive: true }],
    ['a reply', { in_reply_to_id: '90', in_reply_to_account_id: '2', mentions: [{ id: '2', acct: 'ben@kettle.example', username: 'ben' }] }, { replyTo: { id: '90', authorId: '2', authorHandle: 'ben@kettle.example' } }],
    ['a quote', { quote: { state: 'accepted', quoted_status: status({ id: '80', account: ben, url: 'https://kettle.example/@ben/80' }) } }, { quoteOf: { id: '80', url: 'https://kettle.example/@ben/80', authorHandle: 'ben@kettle.example' } }],
    ['a quote that is gone', { quote: { state: 'deleted', quoted_status: null } }, { quoteOf: { unavailable: true } }],
    ['a poll', { poll: { options: [{ title: 'Rye', votes_count: 2 }, { title: 'Wheat', votes_count: null }], multiple: true, expires_at: '2026-05-02T10:00:00.000Z', voters_count: 2 } }, { poll: { options: [{ title: 'Rye', votes: 2 }, { title: 'Wheat' }], multiple: true, endsAt: '2026-05-02T10:00:00.000Z', voters: 2 } }],
    ['custom emoji', { emojis: [{ shortcode: 'kettle', url: `${origin}/k.png` }] }, { emoji: [{ shortcode: 'kettle', url: `${origin}/k.png` }] }],
    ['a card', { card: { url: 'https://example.com/b', title: 'Bread', description: '', image: null } }, { linkPreview: { url: 'https://example.com/b', title: 'Bread' } }],
    ['pinned', { pinned: true }, { pinned: true }],
    ['media of every kind', { media_attachments: [{ id: '1', type: 'image', url: `${origin}/1.png`, preview_url: `${origin}/1s.png`, description: 'A loaf', meta: { original: { width: 4, height: 3 } } }, { id: '2', type: 'gifv', url: `${origin}/2.mp4`, preview_url: `${origin}/2.png` }, { id: '3', type: 'video', url: `${origin}/3.mp4`, meta: { original: { duration: 2.5 } } }, { id: '4', type: 'audio', url: `${origin}/4.mp3` }, { id: '5', type: 'unknown', url: null, remote_url: 'https://kettle.example/5.jpg' }, { id: '6', type: 'unknown' }] }, { media: [{ kind: 'image', alt: 'A loaf', width: 4, height: 3 }, { kind: 'gif', preview: `${origin}/2.png` }, { kind: 'video', duration: 2.5 }, { kind: 'audio' }, { kind: 'image', url: 'https://kettle.example/5.jpg' }] }],
    ['of Akkoma', { pleroma: { quote: status({ id: '81', account: ben }) } }, { quoteOf: { id: '81' } }],
  ])('%s', (_, more, expected) => { expect(own(more)).toMatchObject(expected) })
  it('a boost is no own text', () => {
    const post = own({ content: '', reblog: status({ id: '80', account: ben, content: '<p>Theirs</p>', url: 'https://kettle.example/@ben/80' }) })
    expect(post.repostOf).toEqual({ id: '80', url: 'https://kettle.example/@ben/80', authorId: '2', authorHandle: 'ben@kettle.example' })
    expect(post).not.toHaveProperty('text')
    expect(JSON.stringify(post)).not.toContain('Theirs')
  })
  it('edited: its earlier versions are asked, and read', () => {
    const reading = ask([status({ edited_at: '2026-05-01T11:00:00.000Z' })], { path: '/api/v1/accounts/1/statuses', variables, operation: 'statuses' })
    expect(reading.posts[0]?.editedAt).toBe('2026-05-01T11:00:00.000Z')
    const [history] = reading.next ?? []
    expect(history?.url).toBe(`${origin}/api/v1/statuses/100/history`)
    const versions = ask([{ content: '<p>First</p>', created_at: '2026-05-01T10:00:00.000Z', account: me }, { content: '<p>Last</p>', created_at: '2026-05-01T11:00:00.000Z', account: me }], { url: history!.url })
    expect(versions.posts).toEqual([{ id: '100', authorId: '1', revisions: [{ text: 'First', createdAt: '2026-05-01T10:00:00.000Z' }], partial: true, source: 'answer', seenAt }])
  })
  it('somebody else’s stays theirs', () => { expect(ask(status({ account: ben })).posts[0]).toMatchObject({ authorId: '2' }) })
})

describe('an account', () => {
  const profile = (more: Record<string, unknown>) => ask(account('1', 'ida', more)).profiles[0]!
  it.each<[string, Record<string, unknown>, object]>([
    ['moved', { moved: account('9', 'ida@letters.example') }, { movedTo: 'ida@letters.example' }], ['suspended', { suspended: true }, { unavailable: true }],
    ['fields', { fields: [{ name: 'Web', value: '<a href="https://ida.example/?a=1&amp;b=2"><span class="invisible">https://</span>ida.example</a>' }, { name: 'Pronouns', value: 'she &amp; they' }] }, { fields: [{ name: 'Web', value: 'https://ida.example' }, { name: 'Pronouns', value: 'she & they' }], links: [{ url: 'https://ida.example/?a=1&b=2', title: 'Web' }] }],
  ])('%s', (_, more, expected) => { expect(profile(more)).toMatchObject(expected) })
  it('a standard picture is none', () => { expect(profile({ avatar: `${origin}/avatars/original/missing.png`, avatar_static: 'https://pix.example/storage/avatars/default.jpg' })).not.toHaveProperty('avatar') })
})

describe('lists from the settings, handed over', () => {
  it.each<[string, string, string, object[]]>([
    ['following_accounts.csv', 'Account address,Show boosts,Notify on new posts,Languages\nben@kettle.example,true,false,\n@Cleo@Letters.example,true,false,"en, fr"\n', 'follows', [{ handle: 'ben@kettle.example', position: 0 }, { handle: 'cleo@letters.example', position: 1 }]],
    ['anything.csv', '\uFEFFAccount address,Hide notifications\r\nben@kettle.example,true\r\n', 'mutes', [{ relation: 'mute', handle: 'ben@kettle.example' }]],
    ['blocked_accounts.csv', 'ben@kettle.example\ncleo@letters.example\n', 'blocks', [{ relation: 'block', handle: 'ben@kettle.example' }, { relation: 'block' }]],
    ['lists.csv', 'Bakers,ben@kettle.example\n"A, B",cleo@letters.example\n', 'lists', [{ relation: 'list', list: 'Bakers' }, { relation: 'list', list: 'A, B' }]],
    ['bookmarks.csv', 'https://kettle.example/users/ben/statuses/1\n', 'bookmarks', [{ relation: 'bookmark', post: true, url: 'https://kettle.example/users/ben/statuses/1' }]],
  ])('%s', (name, body, section, expected) => {
    const reading = hand(name, body)
    expect([...reading.follows, ...reading.relations]).toMatchObject(expected.map(one => ({ ...one, ownerId: '1', source: 'export' })))
    expect(reading.ends).toEqual([{ section, ownerId: '1', state: 'end' }])
    expect(reading.unread).toEqual([])
  })
  it('what is none of these is said; a row that can’t be read is counted', () => {
    expect(hand('x.csv', 'hello world\nand more\n').unread).toEqual([{ reason: 'not-a-list', ownerId: '1' }])
    expect(hand('x.csv', '').unread).toEqual([{ reason: 'empty', ownerId: '1' }])
    expect(hand('blocked_domains.csv', '#domain,#severity\nevil.example,suspend\n').unread).toEqual([{ reason: 'domain-blocks', ownerId: '1' }])
    expect(hand('following_accounts.csv', 'Account address,Show boosts\nben@kettle.example,true\nnobody,true\n')).toMatchObject({ follows: [{}], unread: [{ reason: 'no-records', records: 1 }] })
  })
})

describe('whatever comes', () => {
  const answers = [me, [ben, me], [status()], [status({ reblog: status({ account: ben }), poll: { options: [{ title: 'x' }] }, media_attachments: [{ type: 'image', url: `${origin}/x.png` }], mentions: [{ id: '2', acct: 'b@c.example' }] })], { domain: 'x.example' }, [{ id: '7', title: 'Bakers' }]]
  const paths = ['/api/v1/accounts/lookup', '/api/v1/accounts/1/following', '/api/v1/accounts/1/statuses', '/api/v1/blocks', '/api/v1/lists', '/api/v1/favourites', '/api/v1/statuses/1/history', '/api/v2/instance', '/x']
  it('total under mutation', () => {
    const values = fc.oneof(fc.constantFrom<unknown>(null, '', 0, -1, true, [], {}, [null], '__proto__', '<p', '<a href=">'), fc.jsonValue())
    fc.assert(fc.property(fc.nat(answers.length - 1), fc.constantFrom(...paths), fc.array(fc.tuple(fc.array(fc.nat(), { maxLength: 8 }), values), { minLength: 1, maxLength: 4 }), (index, path, changes) => {
      const copy = structuredClone(answers[index]) as Record<string, unknown>
      for (const [way, given] of changes) {
        const value = structuredClone(given)
        let here: Record<string, unknown> = copy
        for (const [depth, turn] of way.entries()) {
          const keys = Object.keys(here)
          if (!keys.length) break
          const key = keys[turn % keys.length] as string
          const inner = here[key]
          if (depth === way.length - 1 || typeof inner !== 'object' || inner === null) { here[key] = value; break }
          here = inner as Record<string, unknown>
        }
      }
      ask(copy, { path, variables: { ...variables, subject: true, handle: 'ida', counted: 3 } })
    }), { numRuns: 1000 })
  })
  it('any list that is handed over', () => { fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('a.csv', 'blocked.csv', 'mutes.csv'), (body, name) => { hand(name, body) }), { numRuns: 300 }) })
})
