/** The people and posts behind the simulated site, made from a seed. */
import { Dice } from '../dice.ts'

export interface Person { id: string; handle: string; name: string; bio: string; link?: string; secUid: string; locked: boolean; verified: boolean; follows: number; followers: number }

export type Piece = { kind: 'text'; text: string } | { kind: 'tag'; name: string } | { kind: 'mention'; person: Person; /** The caption shows the name instead of the handle. */ byName?: true }

export interface Item {
  id: string
  /** Seconds since 1970. */
  at: number
  author: Person
  pieces: Piece[]
  /** Photo posts have pictures; the others are videos. */
  photos?: string[]
  title?: string
  film: string
  sound: { id: string; title: string; author: string }
  pinned: boolean
  visibility: 'public' | 'self' | 'circle'
  /** Number of the post beside which this one was made. */
  duet?: string
  language?: string
  likes: number
  comments: number
}

export interface Account { person: Person; follows: { person: Person; at: number }[]; items: Item[]; reposts: Item[]; liked: Item[]; saved: Item[]; hiddenFollows: number }
export interface World { first: Account; second: Account; people: Map<string, Person>; strangers: Person[]; referred: Person[]; followers: Person[]; itemsOf(person: Person): Item[]; feed: Item[] }

const given = ['ada', 'ben', 'cleo', 'dov', 'edda', 'finn', 'gita', 'hal', 'ines', 'jun', 'kim', 'lou']
const family = ['marlow', 'ostrey', 'vandeleur', 'pettigrew', 'quill', 'rook']
const strangerFamily = ['grimsditch', 'thornquist', 'wexcombe', 'yarrowby']
const sentences = ['The kettle sings in G, the radio in G sharp.', '今日は雨。鉄道の音がする 👩🏽‍🚀', 'A & B < C > "D"\nand a second line', 'Bread first, then letters. 🍞✉️', 'Ünïcödé 𝔾𝕠𝕖𝕤 here — and stays']
export const foreignSentences = ['Forty-seven pigeons on the roof tonight.', 'Whoever took the blue umbrella, bring it back to the third floor.', 'Lamps repaired while you tell me why.']
export const strangerBios = ['Crossword setter of no renown at all.', 'I count ships for a living, more or less.']
const followBios = ['Baker of uneven loaves, keeper of two geese.', 'Maps of towns that never were.']

class Maker {
  readonly dice: Dice
  readonly people = new Map<string, Person>()
  constructor(seed: number) { this.dice = new Dice(seed) }
  person(names: readonly string[], bio: string, more: Partial<Person> = {}): Person {
    const { dice } = this
    const number = this.people.size
    const [first, last] = [dice.pick(given), dice.pick(names)]
    const person: Person = {
      id: String(6_800_000_000_000_000_000n + BigInt(number) * 1_000_003n), handle: `${first}.${last}${number}`, name: dice.below(8) === 0 ? `💤 ${last}` : `${first} ${last} ${dice.pick(['', '✿', '(they)'])}`.trim(), bio,
      secUid: `MS4wLjABAAAA${Array.from({ length: 40 }, () => dice.pick([...'abcdefghijkmnpqrstuvwxyzABCDEF0123456789_-'])).join('')}`, locked: dice.below(6) === 0, verified: dice.below(9) === 0, follows: dice.below(400), followers: dice.below(9000), ...more,
    }
    this.people.set(person.id, person)
    return person
  }
  blank(author: Person, at: number, words: readonly string[] = sentences): Item {
    const { dice } = this
    // A number begins with the second in which it was made.
    const id = String((BigInt(at) << 32n) + BigInt(dice.below(2 ** 31)))
    const sound = dice.below(2) ? { id: String(6_900_000_000_000_000_000n + BigInt(dice.below(1e9))), title: `original sound - ${author.handle}`, author: author.name } : { id: '7000000000000000123', title: 'Kettle in G', author: 'The Samovars' }
    return { id, at, author, pieces: [{ kind: 'text', text: dice.pick(words) }], film: `film${id.slice(-9)}`, sound, pinned: false, visibility: 'public', language: dice.pick(['en', 'ja', undefined]), likes: dice.below(900), comments: dice.below(90) }
  }
}

const features = ['plain', 'tags', 'photos', 'mention', 'mixed', 'empty', 'only-me', 'friends', 'titled', 'lines', 'duet', 'by-name', 'twice'] as const

const dress = (maker: Maker, item: Item, feature: (typeof features)[number], referred: Person[]): void => {
  const { dice } = maker
  const sentence = item.pieces[0]!
  const text = (words: string): Piece => ({ kind: 'text', text: words })
  if (feature === 'tags') item.pieces = [sentence, text(' '), { kind: 'tag', name: 'bookbinding' }, text(' '), { kind: 'tag', name: '本とパン' }]
  else if (feature === 'mention') item.pieces = [text('👩🏽‍🚀 '), { kind: 'mention', person: dice.pick(referred) }, text(' '), sentence]
  else if (feature === 'mixed') item.pieces = [{ kind: 'tag', name: 'Bread' }, text(' 👨‍👩‍👧‍👦 '), { kind: 'mention', person: dice.pick(referred) }, text(' '), sentence, text(' # @')]
  else if (feature === 'empty') item.pieces = []
  else if (feature === 'photos' || feature === 'titled') item.photos = Array.from({ length: 2 + dice.below(4) }, (_, index) => `photo${item.id.slice(-9)}-${index}`)
  else if (feature === 'only-me') item.visibility = 'self'
  else if (feature === 'friends') item.visibility = 'circle'
  else if (feature === 'lines') item.pieces = [sentence, text('\n\n'), text(dice.pick(sentences)), text('\n'), { kind: 'tag', name: 'fyp' }]
  else if (feature === 'duet') item.duet = maker.blank(dice.pick(referred), item.at - 90_000).id
  else if (feature === 'by-name') item.pieces = [text('🦋 '), { kind: 'mention', person: dice.pick(referred), byName: true }, text(' — '), sentence]
  else if (feature === 'twice') item.pieces = [{ kind: 'tag', name: 'tea' }, text(' #teatime '), { kind: 'tag', name: 'teatime' }, text(' and '), { kind: 'tag', name: 'tea' }]
  if (feature === 'titled') item.title = 'Six frames from the market'
}

export interface WorldOptions { seed: number; follows: number; posts: number; relations: number; locked: boolean }

export const makeWorld = ({ seed, follows, posts, relations, locked }: WorldOptions): World & { maker: Maker } => {
  const maker = new Maker(seed)
  const { dice } = maker
  const [from, to] = [Date.UTC(2020, 4, 1) / 1000, Date.UTC(2026, 9, 30) / 1000]
  const time = (): number => from + dice.below(to - from)
  const firstPerson = maker.person(family, 'Binds books 👩🏽‍🚀\nAlso @ida@mastodon.example', { handle: 'ida.binds', name: 'Ida 🦋 Marlow', link: 'https://ida.example/', locked, followers: 1234 })
  const secondPerson = maker.person(family, 'Kites.', { handle: 'ned_kites', name: 'Ned', locked: false })
  const strangers = Array.from({ length: 40 }, () => maker.person(strangerFamily, dice.pick(strangerBios)))
  const referred = Array.from({ length: 6 }, () => maker.person(['aldermoor', 'boatwright'], dice.pick(strangerBios)))
  const followers = Array.from({ length: 3 }, () => maker.person(['watchett'], dice.pick(strangerBios)))
  const kept = Array.from({ length: 10 }, () => maker.person(['keptbury'], dice.pick(strangerBios)))
  const others = (people: Person[], size: number): Item[] => Array.from({ length: size }, () => maker.blank(dice.pick(people), time(), foreignSentences))
  const account = (person: Person, howMany: number, much: number, hiddenFollows: number): Account => {
    let clock = to
    const list = Array.from({ length: howMany }, () => ({ person: maker.person(family, dice.pick(followBios)), at: (clock -= 60 + dice.below(90_000)) }))
    person.follows = howMany + hiddenFollows
    const items = Array.from({ length: much }, (_, index) => {
      const item = maker.blank(person, time())
      dress(maker, item, features[index % features.length]!, referred)
      return item
    })
    for (const item of items.slice(0, 2)) item.pinned = much > 5
    return { person, follows: list, items: ordered(items), reposts: others(referred, Math.min(5, much)), liked: others(kept, relations), saved: others(kept, relations), hiddenFollows }
  }
  const first = account(firstPerson, follows, posts, 3)
  const second = account(secondPerson, Math.min(5, follows), Math.min(6, posts), 0)
  const written = new Map<string, Item[]>()
  const itemsOf = (person: Person): Item[] => {
    const own = [first, second].find(one => one.person === person)
    if (own) return own.items
    const held = written.get(person.id) ?? others([person], 9)
    written.set(person.id, held)
    return held
  }
  return { first, second, people: maker.people, strangers, referred, followers, itemsOf, feed: others(strangers, 12), maker }
}

/** Pinned ones first, then the newest. */
const ordered = (items: Item[]): Item[] => items.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || b.at - a.at)

/** The account unfollows one, deletes a post, follows and posts once more. */
export const moveOn = ({ first, maker }: ReturnType<typeof makeWorld>): void => {
  first.follows.splice(1, 1)
  first.items.splice(first.items.length - 2, 1)
  first.follows.unshift({ person: maker.person(family, followBios[0]!), at: Date.UTC(2026, 10, 1) / 1000 })
  first.person.follows = first.follows.length + first.hiddenFollows
  first.items = ordered([maker.blank(first.person, Date.UTC(2026, 10, 2) / 1000), ...first.items])
}
