/** The people and posts of a simulated server, made from a seed. */
import { Dice } from '../dice.ts'

export interface Person {
  id: string
  name: string
  username: string
  /** Of another server; absent: of this one. */
  host?: string
  bio: string
  locked: boolean
  suspended?: boolean
  followers: number
}

export type Piece = { kind: 'text'; text: string } | { kind: 'mention'; person: Person } | { kind: 'tag'; name: string } | { kind: 'link'; url: string; shown: string } | { kind: 'break' } | { kind: 'paragraph' }

export interface Status {
  id: string
  at: number
  author: Person
  pieces: Piece[]
  visibility: 'public' | 'unlisted' | 'private' | 'direct'
  warning?: string
  sensitive: boolean
  language?: string
  media: { id: string; kind: 'image' | 'gifv' | 'video' | 'audio'; alt?: string }[]
  poll?: { options: { title: string; votes: number }[]; multiple: boolean; endsAt: number }
  emoji: string[]
  reblog?: Status
  quote?: { status?: Status; state: 'accepted' | 'deleted' }
  replyTo?: Status
  card?: string
  editedAt?: number
  /** What it said before, oldest first. */
  earlier: { at: number; text: string }[]
  likes: number
  replies: number
  reblogs: number
}

export interface Account { person: Person; follows: { id: number; person: Person }[]; statuses: Status[]; pinned: Set<string>; blocks: Person[]; mutes: Person[]; bookmarks: Status[]; favourites: Status[]; lists: { id: string; title: string; members: Person[] }[]; extraFollows: number }

export interface World { first: Account; second: Account; people: Map<string, Person>; strangers: Person[]; referred: Person[]; foreign: Status[] }

const given = ['ada', 'ben', 'cleo', 'dov', 'edda', 'finn', 'gita', 'hal', 'ines', 'jun', 'kim', 'lou']
const family = ['marlow', 'ostrey', 'vandeleur', 'pettigrew', 'quill', 'rook']
export const strangerFamily = ['grimsditch', 'thornquist', 'wexcombe', 'yarrowby']
const servers = ['letters.example', 'kettle.example', 'xn--bcher-kva.example', undefined, undefined]
const sentences = ['The kettle sings in G, the radio in G sharp.', '今日は雨。鉄道の音がする 👩🏽‍🚀', 'A & B < C > "D" isn’t it', 'Bread first, then letters. 🍞✉️', 'Ünïcödé 𝔾𝕠𝕖𝕤 here — and stays']
export const foreignSentences = ['Forty-seven pigeons on the roof tonight.', 'Whoever took the blue umbrella, bring it back to the third floor.', 'Lamps repaired while you tell me why.']
const strangerBios = ['Crossword setter of no renown at all.', 'I count ships for a living, more or less.']
const bios = ['Baker of uneven loaves, keeper of two geese.', 'Maps of towns that never were.']

export interface WorldOptions { seed: number; follows: number; posts: number; relations: number; locked: boolean; ulid: boolean }

const features = ['plain', 'rich', 'pictures', 'reply', 'boost', 'warning', 'poll', 'quote', 'edited', 'thread', 'unlisted', 'followers', 'direct', 'emoji', 'card', 'moving', 'gone-quote', 'paragraphs', 'tag'] as const

class Maker {
  readonly dice: Dice
  readonly people = new Map<string, Person>()
  private readonly ulid: boolean
  private clock = Date.UTC(2022, 10, 6, 9)
  private count = 0
  constructor(seed: number, ulid: boolean) {
    this.dice = new Dice(seed)
    this.ulid = ulid
  }
  moment(): number {
    this.clock += 60_000 + this.dice.below(9 * 3_600_000)
    return this.clock
  }
  /** Snowflakes: milliseconds and a sequence; ULIDs on servers that have those. Both sort by time. */
  id(at: number): string {
    this.count++
    if (this.ulid) return `01H${at.toString(36).toUpperCase().padStart(10, '0')}${String(this.count).padStart(13, '0')}`
    return String((BigInt(at) << 16n) + BigInt(this.count % 65536))
  }
  person(names: readonly string[], bio: string, more: Partial<Person> = {}): Person {
    const [first, last] = [this.dice.pick(given), this.dice.pick(names)]
    const username = `${first}_${last}${this.people.size}`
    const person: Person = { id: this.id(Date.UTC(2020, 1, 1) + this.people.size * 1e6), username, name: this.dice.below(6) === 0 ? '' : `${first} ${last} ${this.dice.pick(['', '✿', '(they)', '& co'])}`.trim(), host: this.dice.pick(servers), bio, locked: this.dice.below(5) === 0, followers: this.dice.below(900), ...more }
    this.people.set(person.id, person)
    return person
  }
  blank(author: Person): Status {
    const at = this.moment()
    return { id: this.id(at), at, author, pieces: [{ kind: 'text', text: this.dice.pick(sentences) }], visibility: 'public', sensitive: false, language: this.dice.pick(['en', 'ja', 'de', undefined]), media: [], emoji: [], earlier: [], likes: this.dice.below(40), replies: this.dice.below(9), reblogs: this.dice.below(9) }
  }
  foreign(author: Person): Status {
    const status = this.blank(author)
    status.pieces = [{ kind: 'text', text: this.dice.pick(foreignSentences) }]
    return status
  }
}

const dress = (maker: Maker, status: Status, feature: (typeof features)[number], referred: Person[], before: Status | undefined): void => {
  const { dice } = maker
  const text = (words: string): Piece => ({ kind: 'text', text: words })
  const sentence = status.pieces[0]!
  if (feature === 'rich') {
    status.pieces = [{ kind: 'mention', person: dice.pick(referred) }, text(' '), sentence, { kind: 'break' }, { kind: 'tag', name: '本とパン' }, text(' '), { kind: 'link', url: 'https://example.com/a/long/path/that/is/cut?b=c&d=1', shown: 'example.com/a/long/path/that/is' }]
  } else if (feature === 'paragraphs') status.pieces = [sentence, { kind: 'paragraph' }, text(dice.pick(sentences)), { kind: 'break' }, text('and <b>no</b> markup &amp; no entity')]
  else if (feature === 'tag') status.pieces = [sentence, text(' '), { kind: 'tag', name: 'Bookbinding' }]
  else if (feature === 'pictures') status.media = [{ id: maker.id(status.at), kind: 'image', alt: 'A loaf on a board' }, { id: maker.id(status.at), kind: 'image' }]
  else if (feature === 'moving') status.media = [{ id: maker.id(status.at), kind: dice.pick(['video', 'gifv', 'audio'] as const), alt: 'Rain on the roof' }]
  else if (feature === 'reply') {
    status.replyTo = maker.foreign(dice.pick(referred))
    status.pieces = [{ kind: 'mention', person: status.replyTo.author }, text(' '), sentence]
  } else if (feature === 'thread' && before) status.replyTo = before
  else if (feature === 'boost') Object.assign(status, { reblog: maker.foreign(dice.pick(referred)), pieces: [] })
  else if (feature === 'warning') Object.assign(status, { warning: 'Food & knives', sensitive: true })
  else if (feature === 'poll') status.poll = { options: [{ title: 'Rye', votes: 3 }, { title: 'Wheat & spelt', votes: 5 }], multiple: dice.below(2) === 0, endsAt: status.at + 86_400_000 }
  else if (feature === 'quote') status.quote = { state: 'accepted', status: maker.foreign(dice.pick(referred)) }
  else if (feature === 'gone-quote') status.quote = { state: 'deleted' }
  else if (feature === 'edited') Object.assign(status, { editedAt: status.at + 3_600_000, earlier: [{ at: status.at, text: 'First try.' }, { at: status.at + 60_000, text: 'Second try.' }] })
  else if (feature === 'unlisted') status.visibility = 'unlisted'
  else if (feature === 'followers') status.visibility = 'private'
  else if (feature === 'direct') Object.assign(status, { visibility: 'direct', pieces: [{ kind: 'mention', person: dice.pick(referred) }, text(' '), sentence] })
  else if (feature === 'emoji') Object.assign(status, { emoji: ['kettle'], pieces: [sentence, text(' :kettle:')] })
  else if (feature === 'card') {
    status.card = 'https://example.com/bread'
    status.pieces = [sentence, text(' '), { kind: 'link', url: status.card, shown: 'example.com/bread' }]
  }
}

export const makeWorld = ({ seed, follows, posts, relations, locked, ulid }: WorldOptions): World & { maker: Maker } => {
  const maker = new Maker(seed, ulid)
  const { dice } = maker
  const self = (username: string, name: string, bio: string): Person => maker.person(family, bio, { username, name, host: undefined, locked })
  const first = self('ida', 'Ida 🦋 Marlow :kettle:', 'Binds books in Graz 👩🏽‍🚀.')
  const second = self('ned_kites', 'Ned', 'Kites.')
  const strangers = Array.from({ length: 30 }, () => maker.person(strangerFamily, dice.pick(strangerBios)))
  const referred = Array.from({ length: 6 }, () => maker.person(['aldermoor', 'boatwright'], dice.pick(strangerBios)))
  const kept = (): Person => maker.person(['keptbury'], dice.pick(strangerBios))
  const account = (person: Person, howMany: number, much: number, extraFollows: number): Account => {
    const follows_ = Array.from({ length: howMany }, (_, index) => ({ id: 9000 - index * 3, person: maker.person(family, dice.pick(bios), index % 19 === 7 ? { suspended: true } : {}) }))
    const statuses: Status[] = []
    for (let index = 0; index < much; index++) {
      const status = maker.blank(person)
      dress(maker, status, features[index % features.length]!, referred, statuses.findLast(one => !one.reblog && one.visibility === 'public'))
      statuses.push(status)
    }
    const pinned = new Set(statuses.slice(0, 1).map(({ id }) => id))
    return {
      person, follows: follows_, statuses: statuses.reverse(), pinned, extraFollows,
      blocks: Array.from({ length: relations }, kept), mutes: Array.from({ length: relations }, kept),
      bookmarks: Array.from({ length: relations }, () => maker.foreign(kept())), favourites: Array.from({ length: relations }, () => maker.foreign(kept())),
      lists: [{ id: '7', title: 'Bakers & binders', members: Array.from({ length: relations }, kept) }, { id: '8', title: 'Nobody yet', members: [] }],
    }
  }
  const world = { first: account(first, follows, posts, 2), second: account(second, Math.min(follows, 5), Math.min(posts, 7), 0), people: maker.people, strangers, referred, foreign: strangers.slice(0, 9).map(one => maker.foreign(one)), maker }
  return world
}

/** The account unfollows one, deletes a post, follows and posts once more. */
export const moveOn = ({ first, maker }: ReturnType<typeof makeWorld>): void => {
  first.follows.splice(1, 1)
  first.statuses.splice(2, 1)
  first.follows.unshift({ id: Math.max(0, ...first.follows.map(({ id }) => id)) + 5, person: maker.person(family, bios[0]!) })
  first.statuses.unshift(maker.blank(first.person))
}
