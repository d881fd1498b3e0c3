/** Real answers of all three generations, where they lie beside the project (they are not part of it): nothing in them is lost. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checked } from '../../../../lib/capture/keep.ts'
import type { Follow, Post, Reading } from '../../../../lib/model/index.ts'
import { ask, empty } from './ask.ts'

const folder = new URL('../../../../../shared/recorded/x/', import.meta.url)
const present = existsSync(folder)
if (!present) console.warn('recorded answers of X are not here: skipped')

/** Whatever stands in a recording. */
type Json = ReturnType<typeof JSON.parse>
const load = (name: string): Json => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json
const userId = '2244994945'
const readOf = (file: string, operation: string, variables: unknown = { userId, count: 20 }): Reading => {
  const reading = ask(readFileSync(new URL(file, folder), 'utf8'), { operation, variables })
  expect(checked(reading).unread).toEqual([])
  return reading
}

/** Every post that stands for itself in an answer, found the plain way: by the place where entries have it. */
const rowsOf = (document: Json): Json[] => {
  const found: Json[] = []
  const go = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { tweet_results: held, promotedMetadata: paid } = value as Json
    if (held && !paid) found.push(held.result.tweet ?? held.result)
    for (const inner of Object.values(value)) go(inner)
  }
  go(document)
  return found.filter(post => post.legacy)
}

const points = (text: string, [from, to]: [number, number]): string => [...text].slice(from, to).join('')
const unescape = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** What must be in a record, told from the raw post without the reader's own code. */
const expectPost = (raw: Json, post: Post | undefined): void => {
  const { legacy } = raw
  expect(post, raw.rest_id).toBeDefined()
  expect(post).toMatchObject({ id: raw.rest_id, authorId: legacy.user_id_str })
  expect(Date.parse(post!.createdAt!)).toBe(Date.parse(legacy.created_at))
  const passed = legacy.retweeted_status_result?.result
  if (passed) {
    const original = passed.tweet ?? passed
    expect(post!.repostOf).toMatchObject({ id: original.rest_id, authorId: original.legacy.user_id_str })
    expect([post!.text, post!.media, post!.facets]).toEqual([undefined, undefined, undefined])
    return
  }
  const note = raw.note_tweet?.note_tweet_results?.result
  const text: string = note?.text ?? legacy.full_text
  const set = { urls: [], user_mentions: [], hashtags: [], ...(note?.entity_set ?? legacy.entities) } as Record<string, Json[]>
  const quoted: string | undefined = legacy.quoted_status_permalink?.url
  const quoteAtEnd = (one: Json): boolean => one.url === quoted && [...text].slice(one.indices[1]).join('').replaceAll(/https:\/\/t\.co\/\w+/g, '').trim() === ''
  const links = set.urls!.filter((one: Json) => !quoteAtEnd(one))
  // Every place that means something is there once, and says in the record's text what it says in the raw one.
  expect(post!.facets!.filter(({ kind }) => kind === 'link').map(({ value }) => value)).toEqual(links.map((one: Json) => one.expanded_url))
  const order = (a: Json, b: Json): number => a.indices[0] - b.indices[0]
  expect(post!.facets!.filter(({ kind }) => kind === 'mention').map(({ value, id }) => `${value} ${id}`.toLowerCase())).toEqual(set.user_mentions!.toSorted(order).map((one: Json) => `${one.screen_name} ${one.id_str}`.toLowerCase()))
  expect(post!.facets!.filter(({ kind }) => kind === 'tag').map(({ value }) => value)).toEqual(set.hashtags!.toSorted(order).map((one: Json) => one.text))
  const shown = post!.facets!.filter(({ kind }) => kind !== 'link').map(({ start, end }) => post!.text!.slice(start, end))
  const raws = [...set.user_mentions!, ...set.hashtags!].toSorted(order).map((one: Json) => points(text, one.indices))
  expect(shown).toEqual(raws)
  for (const { start, end, kind, value } of post!.facets!) if (kind === 'link') expect(post!.text!.slice(start, end)).toBe(value)
  // The text is the raw one, links written out, without those that only point at what is attached.
  let whole = note ? text : unescape(text)
  for (const one of links) whole = whole.replace(one.url, one.expanded_url)
  for (const one of [...(legacy.entities.media ?? []).map((each: Json) => each.url), quoted]) if (one) whole = whole.replace(new RegExp(`\\s*${one}\\s*$`), '')
  for (const one of [...(legacy.entities.media ?? []).map((each: Json) => each.url), quoted]) if (one) whole = whole.replace(new RegExp(`\\s*${one}\\s*$`), '')
  expect(post!.text!.trimEnd()).toBe(whole.trimEnd())
  expect(post!.text).not.toMatch(/&(?:amp|lt|gt);/)
  // Media, each with its best form and its description.
  const media: Json[] = legacy.extended_entities?.media ?? []
  expect((post!.media ?? []).map(one => [one.kind, one.alt, one.width, one.height])).toEqual(media.map(one => [{ photo: 'image', video: 'video', animated_gif: 'gif' }[one.type as string], one.ext_alt_text, one.original_info.width, one.original_info.height]))
  for (const [index, one] of media.entries()) {
    const best = one.video_info?.variants.filter((each: Json) => each.content_type === 'video/mp4').toSorted((a: Json, b: Json) => (b.bitrate ?? 0) - (a.bitrate ?? 0))[0]?.url
    expect(post!.media![index]!.url).toBe(best ?? `${one.media_url_https.replace(/\.\w+$/, '')}?format=${one.media_url_https.split('.').at(-1)}&name=orig`)
  }
  expect(post!.counts).toEqual({
    likes: legacy.favorite_count, replies: legacy.reply_count, reposts: legacy.retweet_count, quotes: legacy.quote_count, bookmarks: legacy.bookmark_count, ...(raw.views?.count && { views: Number(raw.views.count) }),
  })
  expect(post!.quoteOf?.id).toBe(legacy.quoted_status_id_str)
  expect([post!.replyTo?.id, post!.replyTo?.authorId, post!.replyTo?.authorHandle]).toEqual([legacy.in_reply_to_status_id_str, legacy.in_reply_to_user_id_str, legacy.in_reply_to_screen_name])
  expect(post!.linkPreview === undefined).toBe(!raw.article && (!raw.card?.legacy || raw.card.legacy.name.startsWith('poll')))
}

describe.runIf(present)('recorded answers', () => {
  const lists: [string, number][] = [['twscrape-2025-03-07-genA', 60], ['twscrape-2026-07-21-genB', 60], ['twscrape-2026-08', 60]]
  it.each(lists)('%s: all follows, with every field, and where the list was cut', (name, size) => {
    const reading = readOf(`${name}/raw_following.json`, 'Following')
    const users: Json[] = load(`${name}/raw_following.json`).data.user.result.timeline.timeline.instructions.flatMap((one: Json) => one.entries ?? []).flatMap((one: Json) => one.content.itemContent?.user_results?.result ?? [])
    expect(reading.follows.length).toBe(size)
    expect(reading.follows.map(({ id }) => id)).toEqual(users.map(user => user.rest_id))
    expect(reading.ends).toEqual([{ section: 'follows', ownerId: userId, state: 'cut' }])
    expect({ ...reading, follows: [], ends: [] }).toEqual(empty)
    for (const [index, user] of users.entries()) {
      const old = user.legacy ?? {}
      const is = reading.follows[index] as Follow
      const website = user.profile_bio?.entities?.url?.urls?.[0]?.expanded_url ?? old.entities?.url?.urls?.[0]?.expanded_url
      let bio: string = user.profile_bio?.description ?? old.description
      for (const one of user.profile_bio?.entities?.description?.urls ?? old.entities?.description?.urls ?? []) bio = bio.replace(one.url, one.expanded_url)
      const location = user.location?.location ?? old.location
      const picture = (user.avatar?.image_url ?? old.profile_image_url_https).replace('_normal', '')
      expect(is).toMatchObject({
        id: user.rest_id, handle: user.core?.screen_name ?? old.screen_name, name: user.core?.name ?? old.name, bio, ownerId: userId, relation: 'follow', position: index,
        verified: Boolean(user.is_blue_verified || user.verification?.verified || user.verification?.verified_type || old.verified),
      })
      // Where the oldest form says nothing of a website, whether there is one is not known.
      expect(is.links ?? []).toEqual(website ? [{ url: website }] : [])
      expect([is.location, is.locked, is.avatar]).toEqual([location.trim() ? location : undefined, user.privacy?.protected ?? old.protected, /default_profile/.test(picture) ? undefined : picture])
    }
  })

  const tabs: [string, string, string, number, number, number][] = [
    ['twscrape-2025-03-07-genA/raw_user_tweets.json', 'UserTweets', 'posts', 21, 21, 12],
    ['twscrape-2026-07-21-genB/raw_user_tweets_and_replies.json', 'UserTweetsAndReplies', 'replies', 29, 21, 10],
    ['twscrape-2026-08/raw_user_tweets.json', 'UserTweets', 'posts', 21, 21, 16],
  ]
  it.each(tabs)('%s: every post that stands for itself, whole', (file, operation, section, size, mine, passed) => {
    const reading = readOf(file, operation)
    const raws = rowsOf(load(file))
    expect([reading.posts.length, reading.posts.filter(({ authorId }) => authorId === userId).length, reading.posts.filter(({ repostOf }) => repostOf).length]).toEqual([size, mine, passed])
    expect(new Set(reading.posts.map(({ id }) => id))).toEqual(new Set(raws.map(raw => raw.rest_id)))
    for (const raw of raws) expectPost(raw, reading.posts.find(({ id }) => id === raw.rest_id))
    expect(reading.posts.filter(({ pinned }) => pinned)).toHaveLength(1)
    expect(reading.ends).toMatchObject([{ section, ownerId: userId, state: 'more' }])
    // Nobody of the module "who to follow", and of all the accounts in it only the one whose page it is.
    expect([reading.profiles.map(({ id }) => id), reading.follows, reading.relations]).toEqual([[userId], [], []])
  })

  it('likes, as pointers: all 40, and nothing of what they say', () => {
    const file = 'twscrape-2024-04-likes/raw_likes.json'
    const reading = readOf(file, 'Likes')
    const raws = rowsOf(load(file))
    expect(raws).toHaveLength(40)
    expect(reading.relations).toEqual(raws.map(raw => {
      const handle = raw.core.user_results.result.legacy.screen_name
      return { id: raw.rest_id, handle, post: true, url: `https://x.com/${handle}/status/${raw.rest_id}`, ownerId: userId, relation: 'like', source: 'answer', seenAt: '2026-11-22T10:00:00.000Z' }
    }))
    expect([reading.posts, reading.profiles]).toEqual([[], []])
    expect(reading.ends).toMatchObject([{ section: 'likes', ownerId: userId, state: 'more' }])
  })

  it('one account in three generations', () => {
    const same = {
      id: userId, handle: 'XDevelopers', name: 'Developers', bio: 'The voice of the X Dev team and your official source for updates, news, and events, related to the X API.', links: [{ url: 'https://docs.x.com/' }], location: '127.0.0.1', verified: true, tags: ['Community'],
      avatar: 'https://pbs.twimg.com/profile_images/1683501992314798080/xl1POYLw.jpg', header: 'https://pbs.twimg.com/profile_banners/2244994945/1690213128/1500x500', url: 'https://x.com/XDevelopers', createdAt: '2013-12-14T04:35:55.000Z', source: 'answer', seenAt: '2026-11-22T10:00:00.000Z',
    }
    const generations: [string, object][] = [
      ['twscrape-2025-03-07-genA', { counts: { follows: 746, followers: 700242, posts: 4079 } }],
      ['twscrape-2026-07-21-genB', { counts: { follows: 762, followers: 694648, posts: 4307 }, locked: false }],
      ['twscrape-2026-08', { counts: { follows: 762, followers: 695695, posts: 4319 }, locked: false }],
    ]
    for (const [name, more] of generations) expect(readOf(`${name}/raw_user_by_login.json`, 'UserByScreenName', { screen_name: 'xdevelopers' }).profiles).toEqual([{ ...same, ...more }])
  })

  it('polls', () => {
    const [post] = readOf('fxembed/TweetResultByRestId_1899954694652309701.json', 'TweetResultByRestId').posts
    expect(post?.poll).toEqual({ options: [{ title: 'MISC Freelancer', votes: 2 }, { title: 'Anvil Carrack', votes: 6 }, { title: 'Drake Cutlass (Any?)', votes: 5 }, { title: 'Origin 600i', votes: 9 }], multiple: false, endsAt: '2025-03-16T22:44:33.000Z' })
    expect(post?.tags).toEqual(['starcitizen', 'poll', 'videogames', 'spacegames'])
    const file = 'twscrape-2026-08/card_poll.json'
    const reading = readOf(file, 'TweetDetail')
    const raws = rowsOf(load(file))
    expect(reading.posts.length).toBe(raws.length)
    for (const raw of raws) expectPost(raw, reading.posts.find(({ id }) => id === raw.rest_id))
    expect(reading.posts.filter(({ poll }) => poll)).toHaveLength(raws.filter(raw => raw.card?.legacy.name.startsWith('poll')).length)
    expect(reading.posts.find(({ poll }) => poll)?.poll?.options).toHaveLength(2)
  })

  it('what is not there: suspended, unavailable, in place of a post', () => {
    for (const [file, operation] of [['UserByScreenName_testsuspendeduser', 'UserByScreenName'], ['TweetResultByRestId_991500', 'TweetResultByRestId'], ['TweetDetail_991503', 'TweetDetail']] as const) {
      expect(readOf(`fxembed/${file}.json`, operation, {}), file).toEqual(empty)
    }
  })

  it('a short list, and a post, of a tool’s own tests', () => {
    const list = readOf('fxembed/FollowGraph_783214.json', 'Following', { userId: '783214' })
    expect(list.follows).toMatchObject([{ id: '100', handle: 'mock_follower_fxt', name: 'Mock Follower', bio: 'test', ownerId: '783214', locked: false, position: 0 }])
    expect(list.ends).toEqual([{ section: 'follows', ownerId: '783214', state: 'more', cursor: '1|mockbottom783214' }])
    const posts = readOf('fxembed/UserTweets_783214.json', 'UserTweets', { userId: '783214' })
    for (const raw of rowsOf(load('fxembed/UserTweets_783214.json'))) expectPost(raw, posts.posts.find(({ id }) => id === raw.rest_id))
  })
})
