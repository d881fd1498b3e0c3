/**
 * The world behind the simulated site: who there is, who follows whom, who wrote what. Made from a seed, held as plain objects; what goes over the wire is
 * made of it in `shapes.ts`.
 *
 * Decisions where the facts leave room: the first tab of a profile has own posts, self-threads and reposts; the second has all of these and the replies, each
 * under what it answers. The counter of posts counts all of them.
 */
import { Dice } from '../dice.ts'
import * as words from './words.ts'

export type Piece = { kind: 'text'; text: string } | { kind: 'mention'; person: Person } | { kind: 'link'; short: string; shown: string; target: string } | { kind: 'tag'; name: string }

export interface Person {
  id: string
  handle: string
  name: string
  bio: Piece[]
  website?: { short: string; target: string }
  location?: string
  locked: boolean
  blue: boolean
  joined: number
  followers: number
  /** Path of the picture, without the size and the ending. */
  avatar: string
  /** Suspended: the network shows nothing of them any more. */
  gone: boolean
}

export interface Medium { id: string; kind: 'photo' | 'video' | 'animated_gif'; key: string; width: number; height: number; alt?: string }

export interface Post {
  id: string
  author: Person
  /** Milliseconds. */
  at: number
  pieces: Piece[]
  media: Medium[]
  /** Longer than 280: the short form is cut. */
  long?: boolean
  quote?: Post
  quoteGone?: string
  repost?: Post
  replyTo?: Post
  /** Id and author of what it answers, where nothing is shown of that. */
  lostParent?: { id: string; author: Person }
  /** First of the conversation, where it is another. */
  root?: Post
  poll?: { labels: string[]; counts: number[]; endsAt: number }
  card?: { target: string; short: string; title: string; description: string }
  article?: { id: string; title: string; preview: string; short: string }
  community?: string
  /** Numbers of the earlier versions. */
  earlier: string[]
  sensitive: boolean
  language: string
  pinned: boolean
  /** In a wrapper that limits who may do what with it. */
  limited: boolean
  likes: number
  replies: number
  reposts: number
  quotes: number
}

/** What a profile shows, one row each: a post, or several that belong together. */
export interface Row { at: number; posts: Post[]; lost?: { id: string } }

export interface List { id: string; name: string; owner: Person; secret: boolean; members: Person[] }

export interface Account {
  person: Person
  follows: Person[]
  /** Counted, and not in the list. */
  uncounted: number
  reserve: Person[]
  posts: Post[]
  pinned?: Post
  tweets: Row[]
  replies: Row[]
  lists: List[]
  /** Of others, which the account reads. */
  read: List[]
  blocks: Person[]
  mutes: Person[]
  bookmarks: Post[]
  /** Bookmarked, and withheld by now. */
  bookmarkGone?: string
  likes: Post[]
}

export interface World {
  seed: number
  first: Account
  second: Account
  strangers: Person[]
  referred: Person[]
  byHandle: Map<string, Person>
  byId: Map<string, Person>
  postById: Map<string, Post>
  postsOf(person: Person): Post[]
  followsOf(person: Person): Person[]
}

const EPOCH = 1288834974657
/** Milliseconds since the site's epoch, then 22 bits of place. */
const snowflake = (at: number, dice: Dice): string => ((BigInt(at - EPOCH) << 22n) + BigInt(dice.below(1 << 22))).toString()

class Maker {
  readonly dice: Dice
  readonly byHandle = new Map<string, Person>()
  readonly byId = new Map<string, Person>()
  private shorts = 0
  constructor(seed: number) { this.dice = new Dice(seed) }

  short(): string {
    const dice = new Dice(991 * ++this.shorts)
    return `https://t.co/${Array.from({ length: 10 }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'[dice.below(62)]).join('')}`
  }
  link([shown, target]: readonly [string, string]): Piece { return { kind: 'link', short: this.short(), shown, target } }

  person(name: string, wish: string, bio: Piece[], more: Partial<Person> = {}): Person {
    const { dice } = this
    const joined = Date.UTC(2009 + dice.below(15), dice.below(12), 1 + dice.below(28), dice.below(24))
    // Older accounts have short numbers; all since 2015 have long ones.
    let id = joined < Date.UTC(2015, 0) ? String(10_000_000 + dice.below(2_900_000_000)) : snowflake(joined, dice)
    while (this.byId.has(id)) id = String(BigInt(id) + 1n)
    let handle = wish.slice(0, 15)
    for (let n = 2; this.byHandle.has(handle.toLowerCase()); n++) handle = `${wish.slice(0, 15 - String(n).length)}${n}`
    const person: Person = {
      id, handle, name, bio, joined, locked: dice.chance(0.08), blue: dice.chance(0.2), followers: Math.floor(10 ** (1 + dice.next() * 4)), gone: false,
      avatar: `/profile_images/${snowflake(Date.UTC(2023, dice.below(12), 3), dice)}/${Array.from({ length: 8 }, () => 'abcdefghkmnpqrstuvwxyzABCDEF'[dice.below(28)]).join('')}`, ...more,
    }
    this.byHandle.set(handle.toLowerCase(), person)
    this.byId.set(id, person)
    return person
  }

  crowd(size: number, lasts: readonly string[], bios: readonly string[], awkward: boolean): Person[] {
    const { dice } = this
    return Array.from({ length: size }, (_, i) => {
      const first = dice.pick(words.firstNames)
      const last = dice.pick(lasts)
      const wish = dice.pick([`${first}_${last}`, `${first}${last}`, `${last}${10 + dice.below(89)}`, `${last}_${first.slice(0, 3)}`])
      const bio: Piece[] = [{ kind: 'text', text: dice.pick(bios) }]
      if (awkward && i % 5 === 2) bio.push({ kind: 'text', text: ' 🌿 ' }, this.link(dice.pick(words.links)))
      const name = awkward && i % 9 === 4 ? (words.awkwardNames[Math.floor(i / 9) % words.awkwardNames.length] as string) : `${first} ${last}`
      return this.person(name, wish, bio, {
        ...(awkward && i % 4 === 1 && { website: { short: this.short(), target: dice.pick(words.links)[1] } }), ...(awkward && i % 6 === 0 && { location: 'Far side of the river' }), ...(awkward && i % 40 === 17 && { gone: true }),
      })
    })
  }

  post(author: Person, at: number, pieces: Piece[]): Post {
    const { dice } = this
    return {
      id: snowflake(at, dice), author, at: Math.floor(at / 1000) * 1000, pieces, media: [], earlier: [], sensitive: false, language: 'en', pinned: false, limited: false,
      likes: dice.below(900), replies: dice.below(40), reposts: dice.below(90), quotes: dice.below(9),
    }
  }
  foreign(author: Person, at: number): Post {
    const post = this.post(author, at, [{ kind: 'text', text: this.dice.pick(words.foreignSentences) }])
    if (this.dice.chance(0.3)) post.media = [this.medium('photo', at)]
    return post
  }
  medium(kind: Medium['kind'], at: number, alt?: string): Medium {
    const { dice } = this
    const id = snowflake(at - 5000, dice)
    return { id, kind, key: `G${Array.from({ length: 13 }, () => 'abcdefghijkmnopqrstuvwxyzABCDEFGH'[dice.below(33)]).join('')}`, width: 800 + 8 * dice.below(90), height: 600 + 8 * dice.below(60), ...(alt && { alt }) }
  }
}

const features = [
  'pinned', 'mention', 'link', 'thread', 'emoji', 'tag', 'card', 'video', 'poll', 'edited', 'long', 'quote-gone', 'article', 'cjk', 'gif', 'community', 'mixed', 'quote', 'photo', 'gallery', 'plain', 'quote-own', 'sensitive', 'limited',
  'media-only', 'long-link', 'quote-photo', 'plain',
] as const
type Feature = (typeof features)[number]

interface Cast { follows: Person[]; referred: Person[] }

const makePosts = (maker: Maker, person: Person, total: number, cast: Cast): Pick<Account, 'posts' | 'tweets' | 'replies' | 'pinned'> => {
  const { dice } = maker
  const say = (text: string): Piece => ({ kind: 'text', text })
  const sentence = (): Piece => say(dice.pick(words.ownSentences))
  const other = (): Person => (dice.chance(0.7) || cast.follows.length === 0 ? dice.pick(cast.referred) : dice.pick(cast.follows.filter(one => !one.gone).length ? cast.follows.filter(one => !one.gone) : cast.referred))
  const posts: Post[] = []
  const tweets: Row[] = []
  const replies: Row[] = []
  let pinned: Post | undefined
  let at = Date.UTC(2024, 1, 3)
  const step = Math.max(600_000, Math.floor((Date.UTC(2026, 9, 30) - at) / (total + 1)))
  const own = (pieces: Piece[], before = 0): Post => {
    const post = maker.post(person, at - before, pieces)
    posts.push(post)
    return post
  }
  const dress = (post: Post, feature: Feature): void => {
    const { pieces } = post
    if (feature === 'mention') post.pieces = [say('🚲🚲 with '), { kind: 'mention', person: other() }, say(' & the dog. '), ...pieces]
    else if (feature === 'link') post.pieces = [...pieces, say('\n\n'), maker.link(dice.pick(words.links)), say(' (worth it)')]
    else if (feature === 'tag') post.pieces = [say('👩🏽‍🚀 '), { kind: 'tag', name: dice.pick(words.tags) }, say(' '), ...pieces]
    else if (feature === 'mixed') post.pieces = [{ kind: 'mention', person: other() }, say(' 𝔰𝔢𝔢 <here> '), maker.link(dice.pick(words.links)), say(' 👨‍👩‍👧‍👦 & '), { kind: 'tag', name: dice.pick(words.tags) }]
    else if (feature === 'emoji') post.pieces = [say(dice.pick(words.emojiSentences))]
    else if (feature === 'cjk') { post.pieces = [say(dice.pick(words.cjkSentences))]; post.language = 'ja' }
    else if (feature === 'long') { post.long = true; post.pieces = words.ownSentences.flatMap((one, i) => [say(`${i ? '\n\n' : ''}${one}`)]) }
    else if (feature === 'long-link') {
      post.long = true
      post.pieces = [say(`🌊 ${words.ownSentences.slice(0, 6).join(' ')} `), maker.link(words.links[0]!), say(' and '), { kind: 'mention', person: other() }, say(' & '), { kind: 'tag', name: 'slowtravel' }]
      post.media = [maker.medium('photo', post.at)]
    } else if (feature === 'photo') post.media = [maker.medium('photo', post.at, dice.chance(0.6) ? dice.pick(words.alts) : undefined)]
    else if (feature === 'gallery') post.media = Array.from({ length: 4 }, (_, i) => maker.medium('photo', post.at, i % 2 ? undefined : dice.pick(words.alts)))
    else if (feature === 'video') post.media = [maker.medium('video', post.at, dice.pick(words.alts))]
    else if (feature === 'gif') post.media = [maker.medium('animated_gif', post.at, 'A cat that waves.')]
    else if (feature === 'media-only') { post.pieces = []; post.media = [maker.medium('photo', post.at), maker.medium('video', post.at)]; post.language = 'zxx' }
    else if (feature === 'sensitive') { post.sensitive = true; post.media = [maker.medium('photo', post.at)] }
    else if (feature === 'quote' || feature === 'quote-photo') {
      post.quote = maker.foreign(other(), post.at - 3_600_000)
      if (feature === 'quote-photo') post.media = [maker.medium('photo', post.at)]
    } else if (feature === 'quote-gone') post.quoteGone = snowflakeBefore(post, dice)
    else if (feature === 'quote-own') post.quote = posts.findLast(one => one !== post && !one.repost && !one.replyTo && one.pieces.length > 0 && !one.quote)
    else if (feature === 'card') {
      const piece = maker.link(['ferries.example/winter', 'https://ferries.example/winter']) as Piece & { kind: 'link' }
      post.pieces = [...pieces, say(' '), piece]
      post.card = { target: piece.target, short: piece.short, title: 'Winter timetable', description: 'All ferries & trains' }
    } else if (feature === 'poll') post.poll = { labels: ['Bread & butter', 'Paper', 'Neither'], counts: [12, 30, 4], endsAt: post.at + 86_400_000 }
    else if (feature === 'article') {
      const id = snowflakeBefore(post, dice)
      const piece = maker.link([`x.com/i/article/${id}`, `http://x.com/i/article/${id}`]) as Piece & { kind: 'link' }
      post.pieces = [piece]
      post.article = { id, title: 'On glue & patience', preview: 'It begins with a pot that must not boil', short: piece.short }
    } else if (feature === 'community') post.community = 'Night trains'
    else if (feature === 'limited') post.limited = true
    else if (feature === 'edited') post.earlier = [snowflakeAt(post.at - 600_000, dice), snowflakeAt(post.at - 300_000, dice)]
  }
  let featured = 0
  let answered = 0
  let repeated = 0
  const shared = new Set<Post>()
  for (let made = 0; made < total; ) {
    at += step
    const kind = made % 8
    if (kind === 3 || kind === 6) {
      const n = answered++
      const parent = maker.foreign(other(), at - 900_000)
      const post = own([{ kind: 'mention', person: parent.author }, say(' ☕️ '), sentence()])
      made++
      if (n % 5 === 1) {
        post.lostParent = { id: parent.id, author: parent.author }
        replies.push({ at, posts: [post], ...(n % 2 && { lost: { id: parent.id } }) })
      } else if (n % 5 === 3 && made < total) {
        post.replyTo = parent
        const later = own([say('And one thing more. '), sentence()], -60_000)
        later.replyTo = post
        later.root = parent
        made++
        replies.push({ at: later.at, posts: [parent, post, later] })
      } else {
        post.replyTo = parent
        replies.push({ at, posts: [parent, post] })
      }
      if (n % 4 === 2) post.media = [maker.medium('photo', at, dice.pick(words.alts))]
    } else if (kind === 5) {
      const post = own([])
      made++
      const mine = repeated++ % 4 === 3 ? posts.findLast(one => !one.repost && !one.replyTo && one.pieces.length > 0 && !shared.has(one)) : undefined
      if (mine) shared.add(mine)
      post.repost = mine ?? maker.foreign(other(), at - 7_200_000)
      tweets.push({ at, posts: [post] })
    } else {
      const feature = features[featured++ % features.length] as Feature
      if (feature === 'thread' && made + 2 < total) {
        const parts = [own([sentence(), say(' (1/3)')]), own([sentence(), say(' (2/3)')], -40_000), own([sentence(), say(' (3/3)')], -80_000)]
        parts[1]!.replyTo = parts[0]!
        parts[2]!.replyTo = parts[1]!
        parts[1]!.root = parts[2]!.root = parts[0]!
        tweets.push({ at: parts[2]!.at, posts: parts })
        made += 3
        continue
      }
      const post = own([sentence()])
      made++
      dress(post, feature)
      if (feature === 'pinned' && !pinned) { post.pinned = true; pinned = post }
      tweets.push({ at, posts: [post] })
    }
  }
  const newest = (a: Row, b: Row): number => b.at - a.at
  return { posts: posts.sort((a, b) => b.at - a.at), tweets: tweets.sort(newest), replies: [...tweets, ...replies].sort(newest), ...(pinned && { pinned }) }
}

const snowflakeAt = (at: number, dice: Dice): string => snowflake(at, dice)
const snowflakeBefore = (post: Post, dice: Dice): string => snowflake(post.at - 86_400_000, dice)

export interface WorldOptions { seed: number; follows: number; posts: number; relations: number; locked: boolean }

/** @returns the whole world; the same options give the same one */
export const makeWorld = ({ seed, follows, posts, relations, locked }: WorldOptions): World => {
  const maker = new Maker(seed)
  const { dice } = maker
  const calm = { locked: false, blue: false, gone: false }
  const firstPerson = maker.person('Ida Marlowe ✿', 'ida_marlowe', [{ kind: 'text', text: words.ownBio }, maker.link(['example.org/ida', 'https://example.org/ida']), { kind: 'text', text: ' 🗺️' }], {
    ...calm, locked, followers: 1234, website: { short: maker.short(), target: 'https://ferries.example/ida?tab=1&x=2' }, location: 'Graz & around',
  })
  const secondPerson = maker.person('Ned Halloway', 'ned_halloway', [{ kind: 'text', text: words.secondBio }], { ...calm, followers: 57 })
  const strangers = maker.crowd(60, words.strangerNames, words.strangerBios, false)
  const referred = maker.crowd(40, words.referredNames, words.strangerBios, false)
  const related = maker.crowd(Math.max(30, relations * 3), words.relatedNames, words.strangerBios, false)
  const firstFollows = maker.crowd(follows, words.lastNames, words.followBios, true)
  const reserve = maker.crowd(2, words.lastNames, words.followBios, false)
  const secondFollows = maker.crowd(Math.min(60, Math.max(5, Math.round(follows / 4))), words.lastNames, words.followBios, true)
  const some = <T>(from: T[], size: number, start: number): T[] => Array.from({ length: Math.min(size, from.length) }, (_, i) => from[(start + i * 7) % from.length] as T).filter((one, i, all) => all.indexOf(one) === i)
  const listId = (): string => snowflake(Date.UTC(2022, dice.below(12), 4), dice)

  const account = (person: Person, list: Person[], spare: Person[], total: number, size: number): Account => {
    const visible = list.filter(one => !one.gone)
    const marked = some(related, size, 3).map((author, i) => maker.foreign(author, Date.UTC(2026, 3, 2) + i * 3_600_000))
    return {
      person, follows: list, uncounted: list.length >= 200 ? 3 : list.length >= 12 ? 1 : 0, reserve: spare,
      ...makePosts(maker, person, total, { follows: list, referred }),
      lists: size ? [
        { id: listId(), name: 'Slow & kind', owner: person, secret: false, members: some([...visible.slice(0, 9), ...related], size * 2, 1) },
        { id: listId(), name: 'Binders', owner: person, secret: true, members: some(related, Math.ceil(size / 2), 11) },
        { id: listId(), name: 'Nobody yet', owner: person, secret: false, members: [] },
      ] : [],
      read: size ? [{ id: listId(), name: 'Somebody else’s', owner: strangers[7]!, secret: false, members: strangers.slice(0, 9) }] : [],
      blocks: some(related, size, 5), mutes: some(related, size, 9), bookmarks: marked, ...(size && { bookmarkGone: snowflake(Date.UTC(2026, 2, 1), dice) }),
      likes: some(related, size, 1).map((author, i) => maker.foreign(author, Date.UTC(2026, 4, 2) + i * 7_200_000)),
    }
  }
  const first = account(firstPerson, firstFollows, reserve, posts, relations)
  const second = account(secondPerson, secondFollows, [], Math.min(24, posts), 0)

  const postById = new Map<string, Post>()
  const know = (post: Post | undefined): void => {
    if (!post || postById.has(post.id)) return
    postById.set(post.id, post)
    for (const next of [post.quote, post.repost, post.replyTo]) know(next)
  }
  for (const post of [...first.posts, ...second.posts]) know(post)
  const written = new Map<string, Post[]>()
  const postsOf = (author: Person): Post[] => {
    const held = written.get(author.id)
    if (held) return held
    const made = Array.from({ length: 5 }, (_, i) => maker.foreign(author, Date.UTC(2026, 5, 1 + i)))
    written.set(author.id, made)
    return made
  }
  // Other people's lists hold strangers, and some of the people that the account itself follows.
  const followsOf = (who: Person): Person[] => {
    const start = Number(who.id.slice(-3)) % strangers.length
    const list = Array.from({ length: 43 }, (_, i) => strangers[(start + i) % strangers.length]!).filter(one => one !== who)
    return [...new Set([...list.slice(0, 5), ...firstFollows.filter(one => !one.gone).slice(0, 3), ...list.slice(5)])]
  }
  return { seed, first, second, strangers, referred, byHandle: maker.byHandle, byId: maker.byId, postById, postsOf, followsOf }
}

/** The account unfollows three, deletes two posts, follows two others and posts once. A second time it unfollows and deletes more, and follows nobody. */
export const moveOn = (world: World): void => {
  const { first } = world
  for (const place of [first.follows.length - 1, Math.floor(first.follows.length / 2), 0]) if (first.follows.length > 3) first.follows.splice(place, 1)
  first.follows.unshift(...first.reserve.splice(0))
  const pointedAt = new Set(first.posts.flatMap(post => [post.quote, post.repost, post.replyTo]))
  for (const row of first.tweets.filter(({ posts }) => posts.length === 1 && !posts[0]!.repost && !posts[0]!.pinned && !pointedAt.has(posts[0]!)).slice(-2)) {
    first.tweets = first.tweets.filter(one => one !== row)
    first.replies = first.replies.filter(one => one !== row)
    first.posts = first.posts.filter(post => post !== row.posts[0])
  }
  const post = new Maker(world.seed + first.posts.length).post(first.person, Math.max(...first.posts.map(one => one.at), Date.UTC(2026, 9, 30)) + 86_400_000, [{ kind: 'text', text: 'New shelf, same books.' }])
  first.posts.unshift(post)
  const row = { at: post.at, posts: [post] }
  first.tweets.unshift(row)
  first.replies.unshift(row)
  world.postById.set(post.id, post)
}
