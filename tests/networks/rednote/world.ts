/**
 * The world behind the simulated site: who there is, who wrote which note, who saved and liked what. Made from a seed; what goes over the wire is made
 * of it in `shapes.ts`. Whom the account follows has no list anywhere: the site shows a number, and the relation on each other person's own profile.
 */
import { Dice } from '../dice.ts'
import * as words from './words.ts'

export type Group = 'self' | 'followed' | 'stranger' | 'referred' | 'kept'

export interface Person {
  id: string
  name: string
  /** The number that people tell each other. */
  redId: string
  bio: string
  group: Group
  /** Key of the picture. */
  avatar: string
  follows: number
  followers: number
}

export type Piece = { kind: 'text'; text: string } | { kind: 'tag'; name: string } | { kind: 'mention'; person: Person }

export interface Picture { key: string; width: number; height: number; /** Path of what moves, in a live photo. */ live?: string }

export interface Note {
  id: string
  author: Person
  /** Unix seconds: also the first eight digits of the id. */
  at: number
  /** Of the last change; equal to `at` where there was none. */
  changed: number
  title: string
  pieces: Piece[]
  /** Tags that stand in the list and not in the text. */
  moreTags: string[]
  pictures: Picture[]
  video?: { path: string; larger: string; width: number; height: number; milliseconds: number; size: number; key: string }
  sticky: boolean
  likes: number
  collected: number
  comments: number
  shares: number
}

export interface Account {
  person: Person
  /** Newest first, pinned ones before. */
  notes: Note[]
  saved: Note[]
  liked: Note[]
}

export interface World {
  seed: number
  first: Account
  second: Account
  strangers: Person[]
  /** Mentioned in own notes: their number may stand in such a mention, and nowhere else. */
  referred: Person[]
  /** Whose notes were saved or liked: their number may stand beside such a note, and nowhere else. */
  kept: Person[]
  followed: Person[]
  byId: Map<string, Person>
  notesById: Map<string, Note>
  notesOf(person: Person): Note[]
}

interface Maker { dice: Dice; byId: Map<string, Person>; notes: Map<string, Note> }

const person = (maker: Maker, group: Group, name: string, bio: string): Person => {
  const { dice } = maker
  const made: Person = {
    id: `5${dice.hex(7)}0000000001${dice.hex(6)}`, name, redId: String(100_000_000 + dice.below(899_999_999)), bio, group,
    avatar: `1040g2jo${dice.hex(24)}`, follows: dice.below(600), followers: Math.floor(10 ** (1 + dice.next() * 4)),
  }
  maker.byId.set(made.id, made)
  return made
}

const picture = (dice: Dice, live = false): Picture => {
  const [width, height] = dice.pick([[1276, 1702], [1920, 2560], [1080, 1080]] as const)
  return { key: `1040g2sg3${dice.hex(30)}`, width, height, ...(live ? { live: `/stream/1/10/19/01${dice.hex(30)}_19.mp4` } : {}) }
}

const blank = (maker: Maker, author: Person, at: number): Note => {
  const { dice } = maker
  const note: Note = {
    id: `${at.toString(16).padStart(8, '0')}000000${dice.hex(10)}`, author, at, changed: at, title: dice.pick(words.titles), pieces: [{ kind: 'text', text: dice.pick(words.sentences) }], moreTags: [],
    pictures: [picture(dice)], sticky: false, likes: dice.below(900), collected: dice.below(300), comments: dice.below(60), shares: dice.below(30),
  }
  maker.notes.set(note.id, note)
  return note
}

const asVideo = (note: Note, dice: Dice): void => {
  const stem = `01${dice.hex(34)}`
  note.video = { path: `/stream/1/110/259/${stem}_259.mp4`, larger: `/stream/1/110/130/${stem}_130.mp4`, width: 720, height: 1280, milliseconds: 4000 + dice.below(90_000), size: 100_000 + dice.below(9_000_000), key: `pre_post/1040g0cg3${dice.hex(28)}` }
}

const foreignNote = (maker: Maker, author: Person, at: number): Note => {
  const note = blank(maker, author, at)
  note.title = maker.dice.pick(words.foreignTitles)
  note.pieces = [{ kind: 'text', text: maker.dice.pick(words.foreignSentences) }]
  if (maker.dice.chance(0.2)) asVideo(note, maker.dice)
  return note
}

/** What own notes show, in turn, so that twenty have nearly everything once. */
const features = ['tags', 'video', 'carousel', 'mention', 'famous', 'live', 'blank', 'changed', 'more-tags', 'legend', 'mixed', 'plain'] as const

const dress = (maker: Maker, note: Note, feature: (typeof features)[number], referred: Person[]): void => {
  const { dice } = maker
  const sentence: Piece = { kind: 'text', text: dice.pick(words.sentences) }
  const text = (value: string): Piece => ({ kind: 'text', text: value })
  if (feature === 'tags') note.pieces = [sentence, text('\n\t\n'), { kind: 'tag', name: dice.pick(words.tags) }, text(' '), { kind: 'tag', name: '慢生活' }]
  else if (feature === 'mention') note.pieces = [text('👩🏽‍🚀 和 '), { kind: 'mention', person: dice.pick(referred) }, text(' 一起。'), sentence]
  else if (feature === 'mixed') note.pieces = [{ kind: 'tag', name: 'bookbinding' }, text(' 👨‍👩‍👧‍👦 '), { kind: 'mention', person: dice.pick(referred) }, text(' '), sentence, text(' #')]
  else if (feature === 'video') asVideo(note, dice)
  else if (feature === 'carousel') note.pictures = Array.from({ length: 2 + dice.below(7) }, () => picture(dice))
  else if (feature === 'live') note.pictures = [picture(dice), picture(dice, true)]
  else if (feature === 'blank') note.pieces = [text('  ')]
  else if (feature === 'changed') note.changed = note.at + 3600 + dice.below(1e6)
  else if (feature === 'more-tags') note.moreTags = [dice.pick(words.tags)]
  else if (feature === 'famous') note.likes = 12_345 + dice.below(20_000)
  else if (feature === 'legend') note.likes = 123_456
}

const ordered = (notes: Note[]): Note[] => notes.toSorted((a, b) => Number(b.sticky) - Number(a.sticky) || b.at - a.at || (a.id < b.id ? 1 : -1))

export interface WorldOptions { seed: number; follows: number; posts: number; relations: number }

export const makeWorld = ({ seed, follows, posts, relations }: WorldOptions): World => {
  const maker: Maker = { dice: new Dice(seed), byId: new Map(), notes: new Map() }
  const { dice } = maker
  const crowd = (group: Group, size: number, names: readonly string[], bios: readonly string[]): Person[] =>
    Array.from({ length: size }, (_, i) => person(maker, group, `${group === 'followed' && i % 9 === 4 ? dice.pick(words.awkwardNames) : `${dice.pick(words.givenNames)}${dice.pick(names)}`}`, dice.pick(bios)))
  const firstPerson = { ...person(maker, 'self', 'Ida 艾达｜装订间 ✿', words.ownBio), follows: follows + 3, followers: 1234 }
  const secondPerson = { ...person(maker, 'self', '风筝 Ned', words.secondBio), follows: 12, followers: 57 }
  for (const one of [firstPerson, secondPerson]) maker.byId.set(one.id, one)
  const strangers = crowd('stranger', 50, words.strangerNames, words.strangerBios)
  const referred = crowd('referred', 6, words.referredNames, words.strangerBios)
  const kept = crowd('kept', 12, words.keptNames, words.strangerBios)
  const followed = crowd('followed', Math.min(follows, 60), words.familyNames, words.strangerBios)

  const [from, to] = [Date.UTC(2019, 4, 10) / 1000, Date.UTC(2026, 9, 30) / 1000]
  const account = (who: Person, total: number): Account => {
    const notes = Array.from({ length: total }, (_, i) => {
      const note = blank(maker, who, from + dice.below(to - from))
      dress(maker, note, features[i % features.length]!, referred)
      return note
    })
    const oldest = notes.toSorted((a, b) => a.at - b.at)[0]
    if (oldest && total > 3) oldest.sticky = true
    const others = (size: number): Note[] => Array.from({ length: size }, () => foreignNote(maker, dice.pick(kept), from + dice.below(to - from)))
    return { person: who, notes: ordered(notes), saved: others(relations), liked: others(relations) }
  }
  const first = account(firstPerson, posts)
  const second = account(secondPerson, Math.min(12, posts))

  const written = new Map<string, Note[]>()
  const notesOf = (author: Person): Note[] => {
    const own = [first, second].find(one => one.person.id === author.id)
    if (own) return own.notes
    const held = written.get(author.id) ?? Array.from({ length: 14 }, () => foreignNote(maker, author, from + dice.below(to - from))).sort((a, b) => b.at - a.at)
    written.set(author.id, held)
    return held
  }
  for (const stranger of strangers.slice(0, 12)) notesOf(stranger)
  return { seed, first, second, strangers, referred, kept, followed, byId: maker.byId, notesById: maker.notes, notesOf }
}

/** The account deletes two notes, writes another, and saves one note less. */
export const moveOn = (world: World): void => {
  const { first } = world
  const dice = new Dice(world.seed + first.notes.length)
  for (const place of [first.notes.length - 2, Math.floor(first.notes.length / 2)]) if (first.notes.length > 3) first.notes.splice(place, 1)
  const note = blank({ dice, byId: world.byId, notes: world.notesById }, first.person, Math.max(Date.UTC(2026, 9, 30) / 1000, ...first.notes.map(one => one.at)) + 86_400)
  note.title = '新书架，旧书'
  first.notes = ordered([note, ...first.notes])
  first.saved.splice(0, first.saved.length > 2 ? 1 : 0)
}
