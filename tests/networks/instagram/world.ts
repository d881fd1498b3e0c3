/**
 * The world behind the simulated site: who there is, who follows whom, who made which post, who passed on and saved what. Made from a seed; what goes over
 * the wire is made of it in `shapes.ts`.
 *
 * Decisions where little is known:
 * - The grid holds pictures, series and most reels, pinned ones first. The Reels tab holds all reels; a fifth of them stand there only.
 * - A post made together with others stands in the grid of each of them. Some of the account's own grid are another person's in the first place.
 * - What the account passed on stands in the Reposts tab only, as the other's post; nobody says when that was done.
 */
import { Dice } from '../dice.ts'
import * as words from './words.ts'

export type Group = 'self' | 'follow' | 'reserve' | 'stranger' | 'referred' | 'kept'

export interface Person {
  pk: string
  /** The 17-digit number by which other products know the account. */
  fbid: string
  handle: string
  name: string
  bio: string
  group: Group
  locked: boolean
  verified: boolean
  followers: number
  /** Path of the picture. */
  avatar: string
  links: { url: string; title: string }[]
  pronouns: string[]
}

export type Piece = { kind: 'text'; text: string } | { kind: 'mention'; person: Person } | { kind: 'tag'; name: string }

export interface Medium { pk: string; kind: 'image' | 'video'; path: string; poster?: string; alt?: string; width: number; height: number; seconds?: number }

export interface Post {
  pk: string
  code: string
  author: Person
  coauthors: Person[]
  /** Unix seconds; the number says the same. */
  at: number
  pieces: Piece[]
  media: Medium[]
  reel: boolean
  /** A reel that stands in the Reels tab only. */
  tabOnly: boolean
  pinned: boolean
  edited: boolean
  /** For close friends only. */
  circle: boolean
  covered: boolean
  title?: string
  sound?: { title: string; artist: string; id: string }
  tagged: Person[]
  likes: number
  comments: number
  plays: number
}

export interface Account {
  person: Person
  follows: Person[]
  /** Counted, and shown to nobody. */
  uncounted: number
  followersShown: Person[]
  reserve: Person[]
  grid: Post[]
  reels: Post[]
  reposts: Post[]
  saved: Post[]
}

export interface World {
  seed: number
  first: Account
  second: Account
  strangers: Person[]
  referred: Person[]
  byPk: Map<string, Person>
  byHandle: Map<string, Person>
  postsOf(person: Person): Post[]
  followsOf(person: Person): Person[]
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** A post's code is its number in base 64. */
const codeOf = (pk: string): string => {
  let code = ''
  for (let rest = BigInt(pk); rest > 0n; rest /= 64n) code = ALPHABET[Number(rest % 64n)] + code
  return code
}

/** Milliseconds since the site's epoch, then 23 bits of place. */
const postNumber = (at: number, dice: Dice): string => (((BigInt(at) * 1000n - 1314220021721n) << 23n) + BigInt(dice.below(1 << 23))).toString()

const plain = (name: string): string => name.normalize('NFD').replace(/[^A-Za-z]/g, '').toLowerCase()

interface Maker { dice: Dice; taken: Set<string>; byPk: Map<string, Person>; byHandle: Map<string, Person> }

const number = ({ dice, taken }: Maker, first: string, digits: number): string => {
  for (;;) {
    let value = first
    while (value.length < digits) value += dice.below(10)
    if (!taken.has(value)) { taken.add(value); return value }
  }
}

const person = (maker: Maker, group: Group, name: string, wish: string, bio: string): Person => {
  const { dice, taken } = maker
  let handle = wish.slice(0, 27)
  for (let n = 2; taken.has(handle); n++) handle = `${wish.slice(0, 27)}${n}`
  taken.add(handle)
  const made: Person = {
    pk: number(maker, dice.chance(0.2) ? '4' : '5', dice.chance(0.2) ? 8 : 11), fbid: number(maker, '1784', 17), handle, name, bio, group, locked: dice.chance(0.3), verified: dice.chance(0.06), followers: Math.floor(10 ** (1 + dice.next() * 4)),
    avatar: `/v/t51.82787-19/${number(maker, '5', 9)}_${number(maker, '179', 17)}_n.jpg`, links: [], pronouns: [],
  }
  maker.byPk.set(made.pk, made)
  maker.byHandle.set(made.handle, made)
  return made
}

const names: Partial<Record<Group, string[]>> = { stranger: words.strangerNames, referred: words.referredNames, kept: words.keptNames }

const someone = (maker: Maker, group: Group, index: number): Person => {
  const { dice } = maker
  const first = dice.pick(words.givenNames)
  const special = names[group]
  if (special) {
    const last = dice.pick(special)
    return person(maker, group, `${first} ${last}`, `${plain(first)}${dice.pick(['.', '_', ''])}${plain(last)}`, dice.pick(words.strangerBios))
  }
  const bio = dice.pick(words.followBios)
  if (index % 10 === 3) { const [name, handle] = words.awkward[Math.floor(index / 10) % words.awkward.length]!; return person(maker, group, name, handle, bio) }
  if (index % 14 === 5) { const [name, handle] = words.eastern[Math.floor(index / 14) % words.eastern.length]!; return person(maker, group, name, handle, bio) }
  const last = dice.pick(words.familyNames)
  return person(maker, group, `${first} ${last}`, dice.pick([`${plain(first)}.${plain(last)}`, `${plain(first)}_${plain(last)}`, `${plain(last)}${10 + dice.below(90)}`, `_${plain(first)}${plain(last)}_`]), bio)
}

const text = (words_: string): Piece => ({ kind: 'text', text: words_ })

const image = (dice: Dice, at: number, alt?: string): Medium => {
  const [width, height] = dice.pick([[1080, 1350], [1440, 1440], [1080, 608]] as const)
  const pk = postNumber(at, dice)
  return { pk, kind: 'image', path: `/v/t51.82787-15/${pk.slice(-9)}_${pk}_n.jpg`, width, height, ...(alt === undefined ? {} : { alt }) }
}

const video = (dice: Dice, at: number, alt?: string): Medium => {
  const pk = postNumber(at, dice)
  return { pk, kind: 'video', path: `/o1/v/t16/f2/m84/AQ${codeOf(pk)}.mp4`, poster: image(dice, at).path, width: 720, height: 1280, seconds: 5 + dice.below(400) / 10, ...(alt === undefined ? {} : { alt }) }
}

const blank = (author: Person, at: number, dice: Dice): Post => {
  const pk = postNumber(at, dice)
  return {
    // Codes of private accounts have 28 characters more.
    pk, code: codeOf(pk) + (author.locked ? Array.from({ length: 28 }, () => ALPHABET[dice.below(64)]).join('') : ''),
    author, coauthors: [], at, pieces: [text(dice.pick(words.sentences))], media: [image(dice, at)], reel: false, tabOnly: false, pinned: false, edited: false, circle: false, covered: false, tagged: [],
    likes: 1 + dice.below(900), comments: dice.below(40), plays: 100 + dice.below(90_000),
  }
}

const foreign = (author: Person, at: number, dice: Dice): Post => {
  const post = blank(author, at, dice)
  post.pieces = [text(dice.pick(words.foreignSentences))]
  const kind = dice.below(4)
  if (kind === 0) { post.media = [video(dice, at)]; post.reel = true } else if (kind === 1) post.media = [image(dice, at, 'Somebody else’s picture.'), image(dice, at)]
  return post
}

/** What the own posts show, in turn, so that thirty of them have nearly everything once. */
const features = [
  'pinned', 'tags', 'series', 'reel', 'mention', 'silent', 'together', 'alt', 'reel-only', 'mixed', 'theirs', 'edited', 'emoji', 'song', 'series-video', 'circle', 'cjk', 'covered', 'video', 'rtl', 'reel-only', 'titled', 'tagged', 'long', 'reel', 'plain',
] as const
type Feature = (typeof features)[number]

const dress = (post: Post, feature: Feature, cast: Person[], dice: Dice): void => {
  const { at } = post
  const sentence = text(dice.pick(words.sentences))
  const other = dice.pick(cast)
  const tag = (): Piece => ({ kind: 'tag', name: dice.pick(words.tags) })
  if (feature === 'pinned') post.pinned = true
  else if (feature === 'tags') post.pieces = [text('👩🏽‍🚀 '), tag(), text(' '), sentence, text('\n.\n'), tag(), text(' #1 and #2026')]
  else if (feature === 'mention') post.pieces = [text('🚲🚲 with '), { kind: 'mention', person: other }, text(' today. Write to nobody@example.org '), sentence]
  else if (feature === 'mixed') post.pieces = [{ kind: 'mention', person: other }, text(' 𝔰𝔢𝔢 example.org/#top 👨‍👩‍👧‍👦 '), tag(), text(', ('), tag(), text(')')]
  else if (feature === 'series') post.media = Array.from({ length: 2 + dice.below(4) }, (_, i) => image(dice, at, i === 0 ? dice.pick(words.alts) : undefined))
  else if (feature === 'series-video') post.media = [image(dice, at, dice.pick(words.alts)), video(dice, at, dice.pick(words.alts)), image(dice, at)]
  else if (feature === 'video') post.media = [video(dice, at, dice.pick(words.alts))]
  else if (feature === 'reel' || feature === 'reel-only' || feature === 'song') {
    post.media = [video(dice, at)]
    post.reel = true
    post.tabOnly = feature === 'reel-only'
    if (feature === 'song') { const [title, artist, id] = dice.pick(words.songs); post.sound = { title, artist, id } }
  } else if (feature === 'silent') post.pieces = []
  else if (feature === 'together') post.coauthors = [other, ...(dice.chance(0.5) ? [cast.find(one => one !== other)!] : [])]
  else if (feature === 'theirs') { post.coauthors = [post.author]; post.author = other }
  else if (feature === 'alt') post.media = [image(dice, at, dice.pick(words.alts))]
  else if (feature === 'edited') post.edited = true
  else if (feature === 'circle') post.circle = true
  else if (feature === 'covered') post.covered = true
  else if (feature === 'titled') { post.title = dice.pick(words.titles); post.media = [video(dice, at)] }
  else if (feature === 'tagged') post.tagged = [other]
  else if (feature === 'emoji') post.pieces = [text(dice.pick(words.emoji))]
  else if (feature === 'cjk') post.pieces = [text(dice.pick(words.cjk)), text(' '), tag()]
  else if (feature === 'rtl') post.pieces = [text(dice.pick(words.rtl))]
  else if (feature === 'long') post.pieces = [text(Array.from({ length: 4 }, () => words.sentences.join('\n\n')).join('\n').slice(0, 2190))]
}

/** Pinned ones first, then by time. */
const ordered = (posts: Post[]): Post[] => posts.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || b.at - a.at)

export interface WorldOptions { seed: number; follows: number; posts: number; locked: boolean; relations: number }

/** @returns the whole world; the same options give the same one */
export const makeWorld = ({ seed, follows, posts, locked, relations }: WorldOptions): World => {
  const dice = new Dice(seed)
  const maker: Maker = { dice, taken: new Set(), byPk: new Map(), byHandle: new Map() }
  const crowd = (group: Group, size: number): Person[] => Array.from({ length: size }, (_, index) => someone(maker, group, index))
  const [from, to] = [Date.UTC(2021, 2, 4) / 1000, Date.UTC(2026, 9, 30) / 1000]
  const own = (name: string, handle: string, bio: string): Person => Object.assign(person(maker, 'self', name, handle, bio), { locked: false, verified: false })

  const one = own('Ida Marlin ✿', 'ida.marlin', '')
  const two = own('Ned Hallowell', 'ned_hallowell', words.secondBio)
  one.locked = locked
  one.followers = 1234
  two.followers = 57
  const strangers = crowd('stranger', 48)
  const referred = crowd('referred', 16)
  const kept = crowd('kept', 8)
  one.bio = `${words.ownBio}@${referred[0]!.handle} #bookbinding`
  one.links = [{ url: 'https://example.org/ida', title: 'My bindery' }, { url: 'https://ferries.example/timetable/winter#sunday', title: '' }]
  one.pronouns = ['she', 'her']

  const account = (who: Person, total: number, list: Person[], reserve: Person[], salt: number): Account => {
    const mine = new Dice(seed * 31 + salt)
    const times = [...new Set(Array.from({ length: total }, () => from + mine.below(to - from)))].sort((a, b) => a - b)
    const passed = Math.round(times.length * 0.15)
    const made: Post[] = []
    const reposts: Post[] = []
    let turn = 0
    let pins = 0
    for (const [index, at] of times.entries()) {
      if (index % 7 === 4 && reposts.length < passed) {
        // A post of one's own can be passed on too.
        const again = reposts.length === 2 ? made.find(post => !post.tabOnly && post.author === who) : undefined
        reposts.push(again ?? foreign(mine.pick(referred), at - 600 - mine.below(2e6), mine))
        continue
      }
      let feature = features[turn++ % features.length] as Feature
      if (feature === 'pinned' && ++pins > 3) feature = 'plain'
      const post = blank(who, at, mine)
      dress(post, feature, referred, mine)
      made.push(post)
    }
    return {
      person: who, follows: list, uncounted: list.length >= 200 ? 3 : list.length >= 12 ? 1 : 0, reserve, reposts: reposts.toReversed(),
      followersShown: Array.from({ length: 20 }, (_, i) => (i % 3 === 0 && list.length > 0 ? list[(i * 7) % list.length]! : strangers[(i * 11 + salt) % strangers.length]!)),
      grid: ordered(made.filter(post => !post.tabOnly)), reels: made.filter(post => post.reel).toReversed(),
      saved: Array.from({ length: salt === 1 ? relations : 2 }, () => foreign(mine.pick(kept), from + mine.below(to - from), mine)),
    }
  }
  const first = account(one, posts, crowd('follow', follows), crowd('reserve', 2), 1)
  const second = account(two, Math.min(16, posts), crowd('follow', Math.min(40, Math.max(5, Math.round(follows / 4)))), crowd('reserve', 2), 2)

  const written = new Map<string, Post[]>()
  const postsOf = (author: Person): Post[] => {
    const there = [first, second].find(account_ => account_.person === author)
    if (there) return there.grid
    const held = written.get(author.pk)
    if (held) return held
    const theirs = new Dice(Number(author.pk.slice(-7)) + seed)
    const all = Array.from({ length: 20 }, () => foreign(author, from + theirs.below(to - from), theirs)).sort((a, b) => b.at - a.at)
    written.set(author.pk, all)
    return all
  }
  // Other people's lists hold strangers, and some of the people that the account itself follows.
  const followsOf = (who: Person): Person[] => {
    const theirs = new Dice(Number(who.pk.slice(-6)) + seed)
    const start = theirs.below(strangers.length)
    const all = Array.from({ length: 40 }, (_, i) => strangers[(start + i) % strangers.length]!).filter(other => other !== who)
    for (let i = 0; i < 4 && first.follows.length > 0; i++) all.splice(theirs.below(all.length), 0, theirs.pick(first.follows))
    return [...new Set(all)]
  }
  return { seed, first, second, strangers, referred, byPk: maker.byPk, byHandle: maker.byHandle, postsOf, followsOf }
}

/** The account unfollows three, deletes two posts, follows two others, posts once and saves one less. */
export const moveOn = (world: World): void => {
  const { first } = world
  for (const place of [first.follows.length - 1, Math.floor(first.follows.length / 2), 0]) if (first.follows.length > 3) first.follows.splice(place, 1)
  first.follows.unshift(...first.reserve.splice(0))
  for (const place of [first.grid.length - 2, Math.floor(first.grid.length / 2)]) {
    const [gone] = first.grid.length > 4 ? first.grid.splice(place, 1) : []
    if (gone) [first.reels, first.reposts] = [first.reels.filter(post => post !== gone), first.reposts.filter(post => post !== gone)]
  }
  const post = blank(first.person, Math.max(Date.UTC(2026, 9, 30) / 1000, ...first.grid.map(({ at }) => at)) + 86_400, new Dice(world.seed + first.grid.length))
  post.pieces = [text('New shelf, same books.')]
  first.grid = ordered([post, ...first.grid])
  first.saved.splice(0, first.saved.length > 2 ? 1 : 0)
}
