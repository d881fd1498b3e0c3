/**
 * Members of X's own archive: JavaScript files that assign one list each, `window.YTD.<kind>.part<N> = […]`, which are never run. Which kind it is stands in the file; its name may be another.
 *
 * Sources: archives described and parsed by timhutton/twitter-archive-parser (2022-11), dogsheep/twitter-to-sqlite (2021), alrocar's and larsbrinkhoff's published archives (2024-11, 2023-08).
 */
import { SELF, nothing, type Answer, type Media, type Post, type Reading, type Relation, type Section } from '../../model/index.ts'
import { handedIn, unnumberedId } from '../answers/export.ts'
import { at, dict, idText, isDict, isoTime, known, list, said, text, webAddress, word, type Dict } from '../answers/fields.ts'
import { jsonWithin, parseJson } from '../answers/json.ts'
import { room } from './index.ts'
import { momentOf } from './people.ts'
import { postOf, postUrl } from './posts.ts'
import { compose, valuesOf } from './words.ts'

const site = new URL(room.home).origin

const head = /^\uFEFF?\s*window\.YTD\.([\w-]+)\.part\d+\s*=/

/** @returns whether this is a member of the archive */
export const isMember = (body: string): boolean => head.test(body.slice(0, 200))

const digits = (value: unknown): string | undefined => {
  const id = idText(value)
  return id && /^\d{1,20}$/.test(id) ? id : undefined
}

interface Around { ownerId: string; handle?: string; seen: { source: 'export'; seenAt?: string } }

/** Places are text here. */
const placed = (entities: unknown): unknown =>
  isDict(entities)
    ? Object.fromEntries(Object.entries(entities).map(([kind, all]) => [kind, list(all).map(one => (isDict(one) ? { ...one, indices: list(one.indices).map(Number) } : one))]))
    : undefined

const statusLink = /^https?:\/\/(?:(?:www|mobile)\.)?(?:twitter|x)\.com\/(?:\w+|i\/web)\/status(?:es)?\/\d+/

/** A quoted post stands as the link that ends the text, before those of pictures; nothing else says that it is quoted. */
const quotedBy = (tweet: Dict): Dict | undefined => {
  const pictures = list(at(tweet, 'entities', 'media')).flatMap(one => word(at(one, 'url')) ?? [])
  let rest = (text(tweet.full_text) ?? '').trimEnd()
  for (const url of pictures) if (rest.endsWith(url)) rest = rest.slice(0, -url.length).trimEnd()
  const link = list(at(tweet, 'entities', 'urls')).filter(isDict).findLast(one => word(one.url) && rest.endsWith(one.url as string))
  const expanded = word(link?.expanded_url)
  return link && expanded && statusLink.test(expanded) ? { url: link.url, expanded } : undefined
}

/** The archive keeps the file of a picture or film under the post's number and the file's own name. */
const fileOf = (tweetId: string, folder: string, medium: unknown, kind: Media['kind'], best: string | undefined): string | undefined => {
  const address = kind === 'image' ? (webAddress(at(medium, 'media_url_https')) ?? webAddress(at(medium, 'media_url'))) : best
  const name = address && URL.canParse(address) ? new URL(address).pathname.split('/').at(-1) : undefined
  return name ? `data/${folder}/${tweetId}-${name}` : undefined
}

/** Earlier versions stand in the list beside the last one. */
const isOutdated = (tweet: Dict, id: string): boolean => versionsOf(tweet).some(one => BigInt(one) > BigInt(id))
const versionsOf = (tweet: Dict): string[] => [at(tweet, 'edit_info', 'initial', 'editTweetIds'), at(tweet, 'edit_info', 'edit', 'editControlInitial', 'editTweetIds'), at(tweet, 'edit_info', 'edit', 'editTweetIds')].flatMap(list).flatMap(one => digits(one) ?? [])

const tweetOf = (row: unknown, { ownerId, handle, seen }: Around, folder: string): Post | 'outdated' | undefined => {
  const tweet = dict(at(row, 'tweet')) ?? dict(row)
  const id = digits(tweet?.id_str) ?? digits(tweet?.id)
  if (!tweet || !id || text(tweet.full_text) === undefined) return undefined
  if (isOutdated(tweet, id)) return 'outdated'
  const own = { user: known({ id_str: digits(ownerId), screen_name: handle }), id_str: id }
  const whose = { authorId: ownerId, ...(handle && { authorHandle: handle }), url: postUrl(handle, id), ...seen }
  const [, again] = /^RT @(\w{1,50}):/.exec(tweet.full_text as string) ?? []
  const first = list(at(tweet, 'entities', 'user_mentions')).find(one => word(at(one, 'screen_name'))?.toLowerCase() === again?.toLowerCase())
  if (again !== undefined && (first || tweet.retweeted === true)) {
    // Which post it was only its pictures say.
    const media = list(at(tweet, 'extended_entities', 'media')).concat(list(at(tweet, 'entities', 'media')))
    const original = media.flatMap(one => digits(at(one, 'source_status_id_str')) ?? digits(at(one, 'source_status_id')) ?? [])[0]
    const repostOf = known({ id: original, url: original && postUrl(again, original), authorHandle: again, authorId: digits(at(first, 'id_str')) })
    return known({ id, ...whose, createdAt: momentOf(tweet.created_at), repostOf })
  }
  const edits = versionsOf(tweet)
  const post = postOf({
    ...tweet, ...own, created_at: tweet.created_at, entities: placed(tweet.entities), extended_entities: placed(tweet.extended_entities),
    quoted_status_permalink: quotedBy(tweet), edit_control: edits.length > 0 ? { edit_tweet_ids: edits } : undefined,
  }, { handles: new Map(handle ? [[ownerId, handle]] : []), gone: new Set() })
  if (!post) return undefined
  const attached = list(at(tweet, 'extended_entities', 'media')).length > 0 ? list(at(tweet, 'extended_entities', 'media')) : list(at(tweet, 'entities', 'media'))
  const media = post.media?.map((one, index) => known({ ...one, member: fileOf(id, folder, attached[index], one.kind, one.url) }))
  return known({ ...post, ...whose, media })
}

/** A long post: its number is another than that of the post which has its beginning, so it is told by its time and words. */
const noteOf = (row: unknown, { ownerId, handle, seen }: Around): Post | undefined => {
  const note = dict(at(row, 'noteTweet'))
  const core = dict(note?.core)
  const createdAt = isoTime(note?.createdAt)
  const whole = text(core?.text)
  if (!core || !createdAt || whole === undefined) return undefined
  const marks = (key: string, of: (one: unknown) => Dict): Dict[] => list(core[key]).map(one => ({ ...of(one), indices: [Number(at(one, 'fromIndex')), Number(at(one, 'toIndex'))] }))
  const words = compose(whole, {
    urls: marks('urls', one => ({ url: at(one, 'shortUrl'), expanded_url: at(one, 'expandedUrl') })),
    user_mentions: marks('mentions', one => ({ screen_name: at(one, 'screenName'), id_str: at(one, 'userId') })),
    hashtags: marks('hashtags', one => ({ text: at(one, 'text') })),
  })
  const { facets } = words
  return known({ id: unnumberedId(createdAt, words.text), unnumbered: true, authorId: ownerId, ...(handle && { authorHandle: handle }), createdAt, text: words.text, facets, tags: valuesOf(facets, 'tag'), mentions: valuesOf(facets, 'mention'), links: valuesOf(facets, 'link'), ...seen })
}

/** People of whom the archive says a number and nothing else. */
const number = (row: unknown, key: string): string | undefined => digits(at(row, key, 'accountId'))
const numbered = (id: string) => ({ id, handle: id, numbered: true as const, url: `${site}/i/user/${id}` })

const relationOf = (row: unknown, relation: 'follower' | 'block' | 'mute', key: string, { ownerId, seen }: Around): Relation | undefined => {
  const id = number(row, key)
  return id ? { id, url: `${site}/i/user/${id}`, numbered: true, relation, ownerId, ...seen } : undefined
}

const likeOf = (row: unknown, { ownerId, seen }: Around): Relation | undefined => {
  const id = digits(at(row, 'like', 'tweetId'))
  return id ? { id, url: postUrl(undefined, id), post: true, relation: 'like', ownerId, ...seen } : undefined
}

interface Kind { sections: Section[]; add(row: unknown, around: Around, reading: Reading, position: number): boolean }

const put = <T>(into: T[], one: T | undefined): boolean => one !== undefined && into.push(one) > 0

const tweets = (folder: string): Kind => ({
  sections: ['posts', 'replies'],
  add: (row, around, reading) => {
    const post = tweetOf(row, around, folder)
    for (const one of list(at(row, 'tweet', 'entities', 'user_mentions'))) {
      const [id, handle, name] = [digits(at(one, 'id_str')), word(at(one, 'screen_name')), said(at(one, 'name'))]
      if (id && handle && /^\w{1,50}$/.test(handle)) (reading.people ??= []).push(known({ id, handle, name }))
    }
    return post === 'outdated' || put(reading.posts, post)
  },
})
const relations = (section: Section, relation: 'follower' | 'block' | 'mute', key: string): Kind => ({ sections: [section], add: (row, around, reading) => put(reading.relations, relationOf(row, relation, key, around)) })

/** By the name in the file. What is not here is not read: messages, sign-ins, advertisements, deleted posts. */
const kinds: Record<string, Kind> = {
  account: {
    sections: [],
    // Beside them stand a mail address and a telephone number, which nobody looks at.
    add: (row, { seen }, reading) => {
      const [id, handle] = [digits(at(row, 'account', 'accountId')), word(at(row, 'account', 'username'))]
      if (!id || !handle || !/^\w{1,50}$/.test(handle)) return false
      const name = said(at(row, 'account', 'accountDisplayName'))
      reading.viewer = known({ id, handle, name })
      reading.profiles.push(known({ id, handle, name, url: room.profileUrl(handle), createdAt: isoTime(at(row, 'account', 'createdAt')), ...seen }))
      return true
    },
  },
  profile: {
    sections: [],
    add: (row, { ownerId, handle, seen }, reading) => {
      const profile = dict(at(row, 'profile'))
      if (!profile || !handle) return profile !== undefined
      const website = webAddress(at(profile, 'description', 'website'))
      reading.profiles.push(known({
        id: ownerId, handle, bio: text(at(profile, 'description', 'bio')), location: said(at(profile, 'description', 'location')), links: website ? [{ url: website }] : undefined,
        avatar: webAddress(profile.avatarMediaUrl), header: webAddress(profile.headerMediaUrl), ...seen,
      }))
      return true
    },
  },
  tweets: tweets('tweets_media'),
  tweet: tweets('tweet_media'),
  community_tweet: tweets('community_tweet_media'),
  note_tweet: { sections: [], add: (row, around, reading) => put(reading.posts, noteOf(row, around)) },
  following: {
    sections: ['follows'],
    add: (row, { ownerId, seen }, reading) => {
      const id = number(row, 'following')
      return put(reading.follows, id === undefined ? undefined : { ...numbered(id), ownerId, relation: 'follow' as const, ...seen })
    },
  },
  follower: relations('followers', 'follower', 'follower'),
  block: relations('blocks', 'block', 'blocking'),
  mute: relations('mutes', 'mute', 'muting'),
  like: { sections: ['likes'], add: (row, around, reading) => put(reading.relations, likeOf(row, around)) },
}

/**
 * @param answer `body`: a member, or a piece of one; `request.variables`: whose it is
 * @returns what it holds; rows that can't be read are counted
 */
export const readMember = (answer: Answer): Reading => {
  const reading = nothing()
  const body = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body)
  const handed = handedIn(answer)
  const name = head.exec(body.slice(0, 200))?.[1]?.replaceAll('-', '_')
  const kind = name !== undefined && Object.hasOwn(kinds, name) ? kinds[name] : undefined
  const told = known({ operation: 'file', ownerId: handed?.ownerId })
  if (!kind) return { ...reading, unread: [{ reason: name === undefined ? 'unknown-shape' : 'not-read', ...told }] }
  const json = body.slice(body.indexOf('=') + 1)
  const whole = parseJson(json.trim().replace(/;$/, ''))
  // Broken off in the middle: the rows before that are there.
  const rows = whole ? list(whole.value) : jsonWithin(json.slice(json.indexOf('[') + 1)).documents
  const around: Around = { ownerId: handed?.ownerId ?? SELF, ...(handed?.handle && { handle: handed.handle }), seen: known({ source: 'export' as const, seenAt: isoTime(answer.seenAt) }) }
  const [section] = kind.sections
  let lost = 0
  for (const [position, row] of rows.entries()) if (!kind.add(row, around, reading, position)) lost++
  if (lost > 0) reading.unread.push(known({ reason: 'no-records', section, records: lost, ...told }))
  if (!whole) reading.unread.push(known({ reason: 'not-json', section, ...told }))
  else reading.ends.push(...kind.sections.map(one => ({ section: one, ownerId: around.ownerId, state: 'end' as const })))
  return reading
}
