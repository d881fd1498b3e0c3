/**
 * The world behind the simulated site: who there is, who follows whom, who wrote what. Made from a seed, held as plain
 * objects; what goes over the wire is made of it in `shapes.ts`.
 *
 * Decisions where the facts leave room:
 * - Threads tab: pinned posts first (there only), then own threads and self-threads, mixed by time with the reposts that have a
 *   wrapper post of one's own. Such reposts stand in the Reposts tab too. About a third of the reposts have no
 *   wrapper: the Reposts tab shows the other's own post under a header, and they stand nowhere else (`headerOnly`).
 * - Replies tab: one item per reply, what it replies to first; some hold two replies of one's own in a row, some have lost their parent.
 * - Whoever is in nobody's list but turns up on pages is a stranger. Those that own posts point at (quoted, answered,
 *   reposted, mentioned) are kept apart (`referred`): their handle may stand in a reference, and nowhere else.
 */
import { Dice } from '../dice.ts'
import * as words from './words.ts'

export type Group = 'self' | 'follow' | 'reserve' | 'stranger' | 'referred'

export interface Person {
  pk: string
  /** The 17-digit number beyond 2^53. */
  fbid: string
  handle: string
  name: string
  bio: string
  group: Group
  locked: boolean
  verified: boolean
  /** Has turned sharing to the fediverse on. */
  shares: boolean
  followers: number
  /** Path of the picture on the CDN. */
  avatar: string
  links: { url: string; title?: string }[]
  /** Bio with its parts, where it has more than plain text. */
  bioPieces?: Piece[]
}

export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'mention'; text: string; person: Person }
  | { kind: 'link'; text: string; target: string; direct: boolean }
  | { kind: 'tag'; text: string; value: string }

export interface Medium { kind: 'image' | 'video'; path: string; poster?: string; alt?: string; width: number; height: number; pk: string }

export interface Post {
  pk: string
  code: string
  author: Person
  /** Unix seconds. */
  at: number
  /** Empty for a wrapper around a repost, which has no caption. */
  pieces: Piece[]
  /** Whether the answer marks the parts of the text; else it has the caption alone. */
  marked: boolean
  media: Medium[]
  quote?: Post
  quoteStyle?: 'quoted_post' | 'quoted_attachment_post' | 'unavailable'
  repost?: Post
  headerOnly?: boolean
  replyTo?: Post
  /** Whom it answers, where the parent itself is gone. */
  lostParent?: Person
  preview?: { target: string; title: string; image: string }
  topic?: string
  pinned?: boolean
  edited?: boolean
  ghostUntil?: number
  spoiler?: boolean
  audio?: string
  gif?: string
  language: string
  replyControl: string
  likes: number
  replies: number
  reposts: number
  quotes: number
}

/** One row of a tab: a conversation, the surfaced post last. */
export interface Item { key: string; at: number; posts: Post[]; header?: boolean }

export type Tab = 'threads' | 'replies' | 'reposts' | 'media'

export interface Account {
  person: Person
  follows: Person[]
  /** Accounts that the counter counts and the list leaves out. */
  uncounted: number
  /** The first twenty; the list stops there. */
  followersShown: Person[]
  /** Those that the account will come to follow. */
  reserve: Person[]
  tabs: Record<Tab, Item[]>
  /** Every own post once, newest first. */
  posts: Post[]
}

export interface World {
  seed: number
  first: Account
  second: Account
  strangers: Person[]
  referred: Person[]
  byHandle: Map<string, Person>
  byPk: Map<string, Person>
  byCode: Map<string, Post>
  /** Posts of anybody but the two accounts, made when asked for. */
  postsOf(person: Person): Post[]
  /** Whom anybody but the two accounts follows. */
  followsOf(person: Person): Person[]
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** A post's code is its number in base 64. */
export const codeOf = (pk: string): string => {
  let rest = BigInt(pk)
  let code = ''
  for (; rest > 0n; rest /= 64n) code = ALPHABET[Number(rest % 64n)] + code
  return code
}

/** A number that grows with time, as the site makes them: milliseconds since its epoch, then 23 bits of place. */
const postNumber = (at: number, dice: Dice): string => (((BigInt(at) * 1000n - 1314220021721n) << 23n) + BigInt(dice.below(1 << 23))).toString()

const plain = (name: string): string => name.normalize('NFD').replace(/ß/g, 'ss').replace(/ı/g, 'i').replace(/ø/g, 'o').replace(/ł/g, 'l').replace(/[^A-Za-z]/g, '').toLowerCase()

interface Maker { dice: Dice; handles: Set<string>; numbers: Set<string>; byHandle: Map<string, Person>; byPk: Map<string, Person> }

const number = (maker: Maker, first: string, digits: number): string => {
  for (;;) {
    let value = first
    while (value.length < digits) value += maker.dice.below(10)
    if (!maker.numbers.has(value)) { maker.numbers.add(value); return value }
  }
}

const freeHandle = (maker: Maker, wish: string): string => {
  const at = wish.indexOf('@')
  let handle = wish
  for (let n = 2; maker.handles.has(handle); n++) handle = at < 0 ? `${wish}${n}` : `${wish.slice(0, at)}${n}${wish.slice(at)}`
  maker.handles.add(handle)
  return handle
}

const person = (maker: Maker, group: Group, name: string, wish: string, bio: string): Person => {
  const { dice } = maker
  const pk = number(maker, '63', 11)
  const made: Person = {
    pk,
    fbid: number(maker, '1784', 17),
    handle: freeHandle(maker, wish),
    name,
    bio,
    group,
    locked: dice.chance(0.08),
    verified: dice.chance(0.06),
    shares: dice.chance(0.3),
    followers: Math.floor(10 ** (1 + dice.next() * 4)),
    avatar: `/v/t51.82787-19/${number(maker, '5', 9)}_${number(maker, '179', 17)}_${number(maker, '', 19)}_n.jpg`,
    links: [],
  }
  if (made.locked || made.handle.includes('@')) made.shares = false
  maker.byHandle.set(made.handle, made)
  maker.byPk.set(made.pk, made)
  return made
}

const someone = (maker: Maker, group: Group, index: number): Person => {
  const { dice } = maker
  const first = dice.pick(words.firstNames)
  if (group === 'stranger' || group === 'referred') {
    const last = dice.pick(group === 'stranger' ? words.strangerNames : words.referredNames)
    return person(maker, group, `${first} ${last}`, `${plain(first)}${dice.pick(['.', '_', ''])}${plain(last)}`, dice.pick(words.strangerBios))
  }
  const bio = dice.pick(words.followBios)
  const last = dice.pick(words.lastNames)
  // Every fiftieth is of the fediverse; awkward, eastern and right-to-left names come up regularly, so a list of 12 has some.
  if (index % 50 === 7) return person(maker, group, `${first} ${last}`, `${plain(first)}@${dice.pick(words.remoteHosts)}`, bio)
  if (index % 12 === 3) return person(maker, group, words.awkwardNames[Math.floor(index / 12) % words.awkwardNames.length] as string, `${plain(first)}_${plain(last)}`, bio)
  if (index % 12 === 5) { const [name, handle] = words.eastern[Math.floor(index / 12) % words.eastern.length]!; return person(maker, group, name, handle, bio) }
  if (index % 24 === 9) { const [name, handle] = words.rightToLeft[Math.floor(index / 24) % words.rightToLeft.length]!; return person(maker, group, name, handle, bio) }
  const handle = dice.pick([`${plain(first)}.${plain(last)}`, `${plain(first)}_${plain(last)}`, `${plain(last)}${dice.below(90) + 10}`, `_${plain(first)}.${plain(last).slice(0, 3)}_`, `${plain(first)}${plain(last)}`])
  return person(maker, group, `${first} ${last}${dice.chance(0.1) ? ' ' + dice.pick(['🌿', '☕️', '📚', '🚲', '🏳️‍🌈']) : ''}`, handle, bio)
}

const textPiece = (text: string): Piece => ({ kind: 'text', text })

const image = (dice: Dice, at: number, alt?: string): Medium => {
  const [width, height] = dice.pick([[1080, 1350], [1440, 1080], [1080, 1080], [1206, 905]] as const)
  const pk = postNumber(at, dice)
  return { kind: 'image', path: `/v/t51.82787-15/${pk.slice(-9)}_${pk}_${width}x${height}_n.jpg`, width, height, pk, ...(alt === undefined ? {} : { alt }) }
}

const video = (dice: Dice, at: number, alt?: string): Medium => {
  const pk = postNumber(at, dice)
  const still = image(dice, at)
  return { kind: 'video', path: `/o1/v/t16/f2/m84/AQ${codeOf(pk)}.mp4`, poster: still.path, width: 720, height: 1280, pk, ...(alt === undefined ? {} : { alt }) }
}

const blank = (author: Person, at: number, dice: Dice, pieces: Piece[]): Post => {
  const pk = postNumber(at, dice)
  return {
    pk,
    // Codes of private accounts have 28 characters more; they say nothing here.
    code: codeOf(pk) + (author.locked ? Array.from({ length: 28 }, () => ALPHABET[dice.below(64)]).join('') : ''),
    author,
    at,
    pieces,
    marked: true,
    media: [],
    language: 'en',
    replyControl: 'everyone',
    likes: dice.below(400),
    replies: dice.below(12),
    reposts: dice.below(9),
    quotes: dice.below(4),
  }
}

const foreignPost = (author: Person, at: number, dice: Dice): Post => {
  const post = blank(author, at, dice, [textPiece(dice.pick(words.foreignSentences))])
  if (dice.chance(0.25)) post.media = [image(dice, at, dice.chance(0.5) ? 'Somebody else’s picture.' : undefined)]
  else if (dice.chance(0.06)) post.media = [video(dice, at)]
  return post
}

/** What the own threads show, in turn, so that forty posts have nearly everything once. */
const features = [
  'pinned', 'mention', 'link', 'self-thread', 'emoji', 'tag', 'preview', 'video', 'topic', 'edited', 'spoiler', 'quote-gone', 'ghost', 'cjk', 'gif', 'audio', 'rtl', 'unmarked', 'mixed', 'quote', 'image', 'carousel',
  'quote-attachment', 'plain', 'quote-own', 'long', 'mention', 'image', 'link', 'video', 'plain',
] as const
type Feature = (typeof features)[number]

interface Cast { follows: Person[]; referred: Person[]; strangers: Person[] }

const makePosts = (person: Person, total: number, cast: Cast, dice: Dice, now: number): { tabs: Account['tabs']; posts: Post[] } => {
  const from = Date.UTC(2023, 6, 10) / 1000
  const to = Date.UTC(2026, 9, 30) / 1000
  const times = Array.from({ length: total }, () => from + dice.below(to - from)).sort((a, b) => a - b)
  for (let i = 1; i < times.length; i++) if (times[i]! <= times[i - 1]!) times[i] = times[i - 1]! + 1
  const replies = Math.round(total * 0.25)
  const reposts = Math.round(total * 0.15)
  const kinds: ('thread' | 'reply' | 'repost')[] = times.map((_, i) => (i < replies ? 'reply' : i < replies + reposts ? 'repost' : 'thread'))
  for (let i = kinds.length - 1; i > 0; i--) { const j = dice.below(i + 1); [kinds[i], kinds[j]] = [kinds[j]!, kinds[i]!] }

  const posts: Post[] = []
  const tabs: Account['tabs'] = { threads: [], replies: [], reposts: [], media: [] }
  const pinned: Item[] = []
  const other = (): Person => (dice.chance(0.7) || cast.follows.length === 0 ? dice.pick(cast.referred) : dice.pick(cast.follows))
  let threads = 0
  let answered = 0
  let repeated = 0
  // Nothing is shared twice.
  const shared = new Set<Post>()
  let ghosts = 0
  const own = (at: number, pieces: Piece[]): Post => { const post = blank(person, at, dice, pieces); posts.push(post); return post }

  const dress = (post: Post, feature: Feature): void => {
    const sentence = textPiece(dice.pick(words.ownSentences))
    post.pieces = [sentence]
    if (feature === 'mention') {
      const whom = other()
      post.pieces = [textPiece('🚲🚲 with '), { kind: 'mention', text: `@${whom.handle}`, person: whom }, textPiece(' today. '), sentence]
    } else if (feature === 'link') {
      const [text, target] = dice.pick(words.links)
      post.pieces = [sentence, textPiece('\n\n'), { kind: 'link', text, target, direct: dice.chance(0.3) }, textPiece(' (worth it)')]
    } else if (feature === 'tag') {
      const [text, value] = dice.pick(words.tags)
      post.pieces = [textPiece('👩🏽‍🚀 '), { kind: 'tag', text, value }, textPiece(' '), sentence]
    } else if (feature === 'mixed') {
      const [text, target] = dice.pick(words.links)
      const [tag, value] = dice.pick(words.tags)
      const whom = other()
      post.pieces = [{ kind: 'mention', text: `@${whom.handle}`, person: whom }, textPiece(' 𝔰𝔢𝔢 '), { kind: 'link', text, target, direct: false }, textPiece(' 👨‍👩‍👧‍👦 '), { kind: 'tag', text: tag, value }]
    } else if (feature === 'emoji') post.pieces = [textPiece(dice.pick(words.emojiSentences))]
    else if (feature === 'cjk') { post.pieces = [textPiece(dice.pick(words.cjkSentences))]; post.language = 'ja' }
    else if (feature === 'rtl') { post.pieces = [textPiece(dice.pick(words.rtlSentences))]; post.language = 'ar' }
    else if (feature === 'long') post.pieces = [textPiece(words.ownSentences.join('\n\n').slice(0, 500))]
    else if (feature === 'unmarked') post.marked = false
    else if (feature === 'image') post.media = [image(dice, post.at, dice.chance(0.6) ? dice.pick(words.alts) : undefined)]
    else if (feature === 'video') { post.media = [video(dice, post.at, dice.chance(0.5) ? dice.pick(words.alts) : undefined)]; if (dice.chance(0.3)) post.pieces = [] }
    else if (feature === 'carousel') {
      post.media = Array.from({ length: 2 + dice.below(4) }, (_, i) => (i === 1 ? video(dice, post.at, dice.pick(words.alts)) : image(dice, post.at, i === 0 ? dice.pick(words.alts) : undefined)))
    } else if (feature === 'spoiler') { post.media = [image(dice, post.at, dice.pick(words.alts))]; post.spoiler = true }
    else if (feature === 'quote' || feature === 'quote-attachment') {
      post.quote = foreignPost(other(), post.at - 3600 - dice.below(9e5), dice)
      post.quoteStyle = feature === 'quote' ? 'quoted_post' : 'quoted_attachment_post'
    } else if (feature === 'quote-gone') post.quoteStyle = 'unavailable'
    else if (feature === 'quote-own') {
      const earlier = posts.findLast(p => p !== post && !p.repost && !p.replyTo && p.pieces.length > 0 && !p.quoteStyle)
      if (earlier) { post.quote = earlier; post.quoteStyle = 'quoted_post' }
    } else if (feature === 'preview') {
      const [, target] = dice.pick(words.links)
      post.preview = { target, title: 'Winter timetable', image: `/v/t51.82787-15/${post.pk}_preview.png` }
    } else if (feature === 'topic') post.topic = dice.pick(words.topics)
    else if (feature === 'edited') post.edited = true
    else if (feature === 'gif') post.gif = `https://static.cdninstagram.com/giphy/${post.pk}.png`
    else if (feature === 'audio') post.audio = `/o1/v/t16/a/${post.pk}.mp4`
    else if (feature === 'ghost' && ghosts < 2) {
      // The number stays the seed's; only the times follow the real clock, since a ghost post lives for a day.
      ghosts++
      post.at = now - 3600 * (2 + ghosts)
      post.ghostUntil = (post.at + 86_400) * 1000
    }
    if (dice.chance(0.05)) post.replyControl = dice.pick(['accounts_you_follow', 'mentioned_only'])
  }

  const used = new Set<number>()
  for (let i = 0; i < total; i++) {
    if (used.has(i)) continue
    const at = times[i]!
    if (kinds[i] === 'repost') {
      const n = repeated++
      const original = n % 7 === 5 ? posts.findLast(p => !p.repost && !p.replyTo && !p.ghostUntil && !shared.has(p)) : undefined
      if (original) shared.add(original)
      const post = own(at, [])
      post.likes = post.replies = post.reposts = post.quotes = 0
      post.repost = original ?? foreignPost(other(), at - 600 - dice.below(2e6), dice)
      if (!original && n % 3 === 1) post.headerOnly = true
      tabs.reposts.push(post.headerOnly ? { key: post.pk, at, posts: [post.repost], header: true } : { key: post.pk, at, posts: [post] })
      if (!post.headerOnly) tabs.threads.push({ key: post.pk, at, posts: [post] })
    } else if (kinds[i] === 'reply') {
      const n = answered++
      const post = own(at, [textPiece(dice.pick(words.ownSentences))])
      if (n % 4 === 1) { const whom = other(); post.pieces = [{ kind: 'mention', text: `@${whom.handle}`, person: whom }, textPiece(' ☕️ '), textPiece(dice.pick(words.ownSentences))] }
      if (n % 6 === 2) post.media = [image(dice, at, dice.pick(words.alts))]
      const parent = foreignPost(other(), at - 300 - dice.below(1e5), dice)
      if (n % 9 === 4) {
        post.lostParent = parent.author
        tabs.replies.push({ key: post.pk, at, posts: [post] })
      } else if (n % 9 === 7) {
        // An answer to an answer under one's own post.
        const root = posts.findLast(p => !p.repost && !p.replyTo && !p.lostParent && !p.ghostUntil && p.pieces.length > 0)
        post.replyTo = parent
        if (root) { parent.replyTo = root; tabs.replies.push({ key: post.pk, at, posts: [root, parent, post] }) } else tabs.replies.push({ key: post.pk, at, posts: [parent, post] })
      } else if (n % 8 === 3 && i + 1 < total && kinds[i + 1] === 'reply') {
        const later = own(times[i + 1]!, [textPiece(dice.pick(words.ownSentences))])
        post.replyTo = parent
        later.replyTo = post
        answered++
        used.add(i + 1)
        tabs.replies.push({ key: later.pk, at: later.at, posts: [parent, post, later] })
      } else {
        post.replyTo = parent
        tabs.replies.push({ key: post.pk, at, posts: [parent, post] })
      }
    } else {
      let feature = features[threads++ % features.length] as Feature
      if (feature === 'pinned' && pinned.length >= 2) feature = 'plain'
      if (feature === 'self-thread') {
        const members = [i]
        for (let j = i + 1; j < total && members.length < 3; j++) if (kinds[j] === 'thread' && !used.has(j)) members.push(j)
        const made = members.map((_, k) => own(at + k * 40, [textPiece(`${dice.pick(words.ownSentences)} (${k + 1}/${members.length})`)]))
        for (let k = 1; k < made.length; k++) made[k]!.replyTo = made[k - 1]!
        for (const place of members) used.add(place)
        const last = made[made.length - 1]!
        tabs.threads.push({ key: last.pk, at: last.at, posts: made })
        continue
      }
      const post = own(at, [])
      dress(post, feature)
      const item = { key: post.pk, at: post.at, posts: [post] }
      if (feature === 'pinned') { post.pinned = true; pinned.push(item) } else tabs.threads.push(item)
    }
  }
  for (const list of Object.values(tabs)) list.sort((a, b) => b.at - a.at)
  tabs.threads.unshift(...pinned)
  tabs.media = tabs.threads.filter(item => item.posts.some(p => p.media.length > 0))
  return { tabs, posts: posts.sort((a, b) => b.at - a.at || (BigInt(b.pk) > BigInt(a.pk) ? 1 : -1)) }
}

export interface WorldOptions { seed: number; follows: number; posts: number; locked: boolean; now: number }

/** @returns the whole world; the same options (but for `now`, which only ghost posts follow) give the same one */
export const makeWorld = ({ seed, follows, posts, locked, now }: WorldOptions): World => {
  const maker: Maker = { dice: new Dice(seed), handles: new Set(), numbers: new Set(), byHandle: new Map(), byPk: new Map() }
  const crowd = (group: Group, size: number): Person[] => Array.from({ length: size }, (_, i) => someone(maker, group, i))
  const self = (name: string, wish: string, bio: string): Person => ({ ...person(maker, 'self', name, wish, bio), verified: false, locked: false, shares: true })

  const firstPerson = self('Ida Marlowe ✿', 'ida.marlowe', '')
  firstPerson.locked = locked
  firstPerson.shares = !locked
  firstPerson.followers = 1234
  const secondPerson = self('Ned Halloway', 'ned_halloway', words.secondBio)
  secondPerson.followers = 57
  const strangers = crowd('stranger', 60)
  const referred = crowd('referred', 40)
  const firstFollows = crowd('follow', follows)
  const reserve = crowd('reserve', 2)
  const secondFollows = crowd('follow', Math.min(60, Math.max(5, Math.round(follows / 4))))
  const secondReserve = crowd('reserve', 2)

  const friend = referred[0]!
  firstPerson.bioPieces = [
    textPiece(words.ownBio),
    { kind: 'link', text: 'example.org/ida', target: 'https://example.org/ida', direct: false },
    textPiece(' with '),
    { kind: 'mention', text: `@${friend.handle}`, person: friend },
  ]
  firstPerson.bio = firstPerson.bioPieces.map(piece => piece.text).join('')
  firstPerson.links = [{ url: 'https://example.org/ida', title: 'My bindery' }, { url: 'https://ferries.example/timetable/winter#sunday' }]
  for (const one of [firstPerson, secondPerson]) { maker.byHandle.set(one.handle, one); maker.byPk.set(one.pk, one) }

  const account = (who: Person, list: Person[], spare: Person[], total: number, salt: number): Account => {
    const own = new Dice(seed * 31 + salt)
    return {
      person: who,
      follows: list,
      uncounted: list.length >= 200 ? 3 : list.length >= 12 ? 1 : 0,
      followersShown: Array.from({ length: 20 }, (_, i) => (i % 3 === 0 && list.length > 0 ? list[(i * 7) % list.length]! : strangers[(i * 11 + salt) % strangers.length]!)),
      reserve: spare,
      ...makePosts(who, total, { follows: list, referred, strangers }, own, now),
    }
  }
  const first = account(firstPerson, firstFollows, reserve, posts, 1)
  const second = account(secondPerson, secondFollows, secondReserve, Math.min(24, posts), 2)

  const byCode = new Map<string, Post>()
  const know = (post: Post | undefined): void => {
    if (!post || byCode.has(post.code)) return
    byCode.set(post.code, post)
    for (const next of [post.quote, post.repost, post.replyTo]) know(next)
  }
  for (const post of [...first.posts, ...second.posts]) know(post)

  const written = new Map<string, Post[]>()
  const postsOf = (author: Person): Post[] => {
    const held = written.get(author.pk)
    if (held) return held
    const own = new Dice(Number(author.pk.slice(-7)) + seed)
    const made = Array.from({ length: 6 }, () => foreignPost(author, Date.UTC(2026, 2, 1) / 1000 + own.below(200 * 86_400), own)).sort((a, b) => b.at - a.at)
    written.set(author.pk, made)
    for (const post of made) know(post)
    return made
  }
  // Other people's lists hold strangers, and some of the people that the account itself follows.
  const followsOf = (who: Person): Person[] => {
    const own = new Dice(Number(who.pk.slice(-6)) + seed)
    const start = own.below(strangers.length)
    const list = Array.from({ length: 43 }, (_, i) => strangers[(start + i) % strangers.length]!).filter(one => one.pk !== who.pk)
    for (let i = 0; i < 4 && firstFollows.length > 0; i++) list.splice(own.below(list.length), 0, own.pick(firstFollows))
    return [...new Set(list)]
  }
  return { seed, first, second, strangers, referred, byHandle: maker.byHandle, byPk: maker.byPk, byCode, postsOf, followsOf }
}

/** The account unfollows three, deletes two posts, follows two others and posts once. A second time it unfollows and deletes more, and follows nobody. */
export const moveOn = (world: World): void => {
  const { first } = world
  const { follows } = first
  for (const place of [follows.length - 1, Math.floor(follows.length / 2), 0]) if (follows.length > 3) follows.splice(place, 1)
  follows.unshift(...first.reserve.splice(0))
  const pointedAt = new Set<Post>(first.posts.flatMap(post => [post.quote, post.repost, post.replyTo, post.replyTo?.replyTo].filter(p => p !== undefined)))
  const leave = (tab: Tab): void => {
    const item = [...first.tabs[tab]].reverse().find(one => {
      const last = one.posts[one.posts.length - 1]!
      return !one.header && last.author === first.person && !last.repost && !last.pinned && !pointedAt.has(last) && one.posts.filter(p => p.author === first.person).length === 1
    })
    const gone = item?.posts[item.posts.length - 1]
    if (!item || !gone) return
    for (const name of Object.keys(first.tabs) as Tab[]) first.tabs[name] = first.tabs[name].filter(one => one !== item)
    first.posts = first.posts.filter(post => post !== gone)
    world.byCode.delete(gone.code)
  }
  leave('threads')
  leave('replies')
  const newest = Math.max(Date.UTC(2026, 9, 30) / 1000, ...first.posts.filter(p => !p.ghostUntil).map(p => p.at))
  const post = blank(first.person, newest + 86_400, new Dice(world.seed + first.posts.length), [textPiece('New shelf, same books.')])
  first.posts.unshift(post)
  first.posts.sort((a, b) => b.at - a.at)
  world.byCode.set(post.code, post)
  const at = first.tabs.threads.findIndex(item => !item.posts[0]!.pinned)
  first.tabs.threads.splice(at < 0 ? first.tabs.threads.length : at, 0, { key: post.pk, at: post.at, posts: [post] })
}
