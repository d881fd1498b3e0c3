/** The people and the records of the simulated network, made from a seed. */
import { Dice } from '../dice.ts'
import { linkTo, tid, type Link, type Value } from './repository.ts'

export interface Person {
  did: string
  handle: string
  name?: string
  bio?: string
  /** The interface leaves this account out: suspended, closed, deleted. */
  gone?: boolean
  /** Where a bridged account really lives. */
  address?: string
  followers: number
}

/** A record of the account, with what a capture must make of it. */
export interface Entry {
  collection: string
  rkey: string
  at: string
  record: { [key: string]: Value | undefined }
  /** Of a post: what is in it, in the tests' words. */
  says?: { text: string; facets: { start: number; end: number; kind: 'mention' | 'link' | 'tag'; value: string }[]; media: { kind: 'image' | 'video'; cid: string; alt?: string }[]; quote?: string; reply?: string; preview?: string; sensitive?: boolean; language?: string }
}

export interface Account { person: Person; entries: Entry[]; pinned?: string; extraFollows: number }

export interface World { first: Account; second: Account; people: Map<string, Person>; follows: Map<string, Person>; strangers: Person[]; referred: Person[] }

const letters = 'abcdefghijklmnopqrstuvwxyz234567'
const given = ['ada', 'ben', 'cleo', 'dov', 'edda', 'finn', 'gita', 'hal', 'ines', 'jun', 'kim', 'lou', 'mika', 'noor', 'otto', 'pia']
const family = ['marlow', 'ostrey', 'vandeleur', 'pettigrew', 'quill', 'rook', 'sable', 'thistle']
export const strangerFamily = ['grimsditch', 'thornquist', 'wexcombe', 'yarrowby']
const domains = ['bsky.social', 'bsky.social', 'bsky.social', 'example.com', 'example.org', 'letters.example']
const sentences = [
  'The kettle sings in G, the radio in G sharp.', '今日は雨。鉄道の音がする 👩🏽‍🚀', 'A & B < C > "D"\nand a second line', 'Bread first, then letters. 🍞✉️', 'Ünïcödé 𝔾𝕠𝕖𝕤 here — and stays', 'short',
]
export const foreignSentences = ['Forty-seven pigeons on the roof tonight.', 'Whoever took the blue umbrella, bring it back to the third floor.', 'Lamps repaired while you tell me why.']
export const strangerBios = ['Crossword setter of no renown at all.', 'I count ships for a living, more or less.']
const followBios = ['Baker of uneven loaves, keeper of two geese.', 'Maps of towns that never were.']

export interface WorldOptions { seed: number; follows: number; posts: number; relations: number; didWeb: boolean }

/** A maker of people and records. */
class Maker {
  readonly dice: Dice
  readonly people = new Map<string, Person>()
  private clock: number
  constructor(seed: number) {
    this.dice = new Dice(seed)
    this.clock = Date.UTC(2023, 4, 2, 8)
  }
  did(): string {
    return `did:plc:${Array.from({ length: 24 }, () => this.dice.pick([...letters])).join('')}`
  }
  person(names: readonly string[], bio?: string, more: Partial<Person> = {}): Person {
    const [first, last] = [this.dice.pick(given), this.dice.pick(names)]
    const handle = `${first}-${last}${this.people.size}.${this.dice.pick(domains)}`
    const person: Person = { did: this.did(), handle, name: this.dice.below(7) === 0 ? undefined : `${first[0]!.toUpperCase()}${first.slice(1)} ${last} ${this.dice.pick(['', '✿', '(they)', '🦋'])}`.trim(), bio, followers: this.dice.below(5000), ...more }
    this.people.set(person.did, person)
    return person
  }
  /** The next moment, and the key that a record of it has. */
  moment(): { at: string; rkey: string } {
    this.clock += 60_000 + this.dice.below(8 * 3_600_000)
    return { at: new Date(this.clock).toISOString(), rkey: tid(BigInt(this.clock) * 1000n + BigInt(this.dice.below(999))) }
  }
  blob(mime: string, old: boolean): { link: Link; value: Value } {
    const link = linkTo(new TextEncoder().encode(`${mime} ${this.dice.next()}`), 0x55)
    return { link, value: old ? { cid: String(link), mimeType: mime } : { $type: 'blob', ref: link, mimeType: mime, size: 1000 + this.dice.below(900_000) } }
  }
}

const bytesBefore = (text: string, index: number): number => new TextEncoder().encode(text.slice(0, index)).length

/** A post's text with what is in it; facets count bytes on the wire, characters in what is expected. */
const written = (maker: Maker, referred: Person[], feature: string): { text: string; facets: Value[]; expected: NonNullable<Entry['says']>['facets'] } => {
  let text = `${maker.dice.pick(sentences)} `
  const facets: Value[] = []
  const expected: NonNullable<Entry['says']>['facets'] = []
  const put = (shown: string, feature_: { [key: string]: Value }, kind: 'mention' | 'link' | 'tag', value: string): void => {
    const start = text.length
    text += `${shown} `
    expected.push({ start, end: start + shown.length, kind, value })
    facets.push({ index: { byteStart: bytesBefore(text, start), byteEnd: bytesBefore(text, start + shown.length) }, features: [feature_] })
  }
  if (feature === 'rich' || feature === 'mention') {
    const other = maker.dice.pick(referred)
    put(`@${other.handle}`, { $type: 'app.bsky.richtext.facet#mention', did: other.did }, 'mention', other.handle)
  }
  if (feature === 'rich' || feature === 'tag') put('#本とパン', { $type: 'app.bsky.richtext.facet#tag', tag: '本とパン' }, 'tag', '本とパン')
  if (feature === 'rich' || feature === 'link') put('example.com/…', { $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com/a?b=c&d=1' }, 'link', 'https://example.com/a?b=c&d=1')
  return { text, facets, expected }
}

const features = ['plain', 'rich', 'pictures', 'reply', 'quote', 'video', 'mention', 'card', 'gallery', 'sensitive', 'quote-pictures', 'thread', 'tag', 'repost', 'old', 'link', 'repost'] as const

const addPost = (maker: Maker, account: Account, referred: Person[], feature: (typeof features)[number]): void => {
  const { dice } = maker
  const { at, rkey } = maker.moment()
  const foreign = (): { uri: string; cid: string } => ({ uri: `at://${dice.pick(referred).did}/app.bsky.feed.post/${maker.moment().rkey}`, cid: String(linkTo(Uint8Array.of(dice.below(250)))) })
  if (feature === 'repost') {
    account.entries.push({ collection: 'app.bsky.feed.repost', rkey, at, record: { $type: 'app.bsky.feed.repost', subject: foreign(), createdAt: at } })
    return
  }
  const { text, facets, expected } = written(maker, referred, feature)
  const says: NonNullable<Entry['says']> = { text, facets: expected, media: [] }
  const record: Entry['record'] = { $type: 'app.bsky.feed.post', text, createdAt: at, ...(facets.length ? { facets } : {}) }
  if (dice.below(3)) {
    says.language = dice.pick(['en', 'ja', 'de'])
    record.langs = [says.language]
  }
  const old = feature === 'old'
  const picture = (alt: string): Value => {
    const { link, value } = maker.blob('image/jpeg', old)
    says.media.push({ kind: 'image', cid: String(link), alt: alt || undefined })
    return { image: value, alt, ...(old ? {} : { aspectRatio: { width: 1200, height: 800 } }) }
  }
  const pictures = (): { [key: string]: Value } => ({ $type: 'app.bsky.embed.images', images: [picture('A loaf on a board'), picture('')] })
  const quote = (): { uri: string; cid: string } => {
    const target = foreign()
    says.quote = target.uri
    return target
  }
  if (feature === 'pictures' || old) record.embed = pictures()
  if (feature === 'gallery') record.embed = { $type: 'app.bsky.embed.gallery', items: Array.from({ length: 5 }, (_, i) => ({ $type: 'app.bsky.embed.gallery#image', ...(picture(`Page ${i}`) as object) })) as Value[] }
  if (feature === 'video') {
    const { link, value } = maker.blob('video/mp4', false)
    says.media.push({ kind: 'video', cid: String(link), alt: 'Rain on the roof' })
    record.embed = { $type: 'app.bsky.embed.video', video: value, alt: 'Rain on the roof', captions: [{ lang: 'en', file: maker.blob('text/vtt', false).value }] }
  }
  if (feature === 'card') {
    says.preview = 'https://example.com/bread'
    record.embed = { $type: 'app.bsky.embed.external', external: { uri: says.preview, title: 'Bread', description: 'How to', thumb: maker.blob('image/jpeg', false).value } }
  }
  if (feature === 'quote') record.embed = { $type: 'app.bsky.embed.record', record: quote() }
  if (feature === 'quote-pictures') record.embed = { $type: 'app.bsky.embed.recordWithMedia', record: { $type: 'app.bsky.embed.record', record: quote() }, media: pictures() }
  if (feature === 'sensitive') {
    says.sensitive = true
    record.labels = { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'graphic-media' }] }
  }
  if (feature === 'reply') {
    const target = foreign()
    says.reply = target.uri
    record.reply = { root: foreign(), parent: target }
  }
  const before = account.entries.findLast(entry => entry.collection === 'app.bsky.feed.post')
  if (feature === 'thread' && before) {
    says.reply = `at://${account.person.did}/app.bsky.feed.post/${before.rkey}`
    const target = { uri: says.reply, cid: String(linkTo(Uint8Array.of(1))) }
    record.reply = { root: target, parent: target }
  }
  account.entries.push({ collection: 'app.bsky.feed.post', rkey, at, record, says })
}

const relate = (maker: Maker, account: Account, collection: string, more: { [key: string]: Value }): Entry => {
  const { at, rkey } = maker.moment()
  const entry: Entry = { collection, rkey, at, record: { $type: collection, ...more, createdAt: at } }
  account.entries.push(entry)
  return entry
}

export const makeWorld = ({ seed, follows, posts, relations, didWeb }: WorldOptions): World & { maker: Maker } => {
  const maker = new Maker(seed)
  const { dice } = maker
  const self = (more: Partial<Person>): Person => maker.person(family, undefined, more)
  const first: Account = { person: self({ did: didWeb ? 'did:web:ida.letters.example' : maker.did(), handle: 'ida.letters.example', name: 'Ida 🦋 Marlow', bio: 'Binds books in Graz 👩🏽‍🚀.\nAlso @ida@mastodon.example and https://ida.letters.example/' }), entries: [], extraFollows: 2 }
  const second: Account = { person: self({ did: maker.did(), handle: 'ned-kites.bsky.social', name: 'Ned', bio: 'Kites.' }), entries: [], extraFollows: 0 }
  const strangers = Array.from({ length: 30 }, () => maker.person(strangerFamily, dice.pick(strangerBios)))
  const referred = Array.from({ length: 6 }, () => maker.person(['aldermoor', 'boatwright'], dice.pick(strangerBios)))
  const followed = new Map<string, Person>()
  const person = (index: number): Person => {
    if (index % 17 === 5) return maker.person(family, undefined, { gone: true })
    if (index % 13 === 4) return maker.person(family, 'Bridged.', { handle: `rosa${index}.social.example.ap.brid.gy`, address: `rosa${index}@social.example` })
    // A name with a dash may have been one with an underscore: only what the profile itself says of its origin tells.
    if (index % 29 === 6) return maker.person(family, `[bridged from https://social.example/@tom_oak${index} on the fediverse by https://fed.brid.gy/ ]`, { handle: `tom-oak${index}.social.example.ap.brid.gy`, address: `tom_oak${index}@social.example` })
    return maker.person(family, dice.pick(followBios))
  }
  for (const [account, howMany, much] of [[first, follows, posts], [second, Math.min(5, follows), Math.min(7, posts)]] as const) {
    for (let index = 0; index < howMany; index++) {
      const one = person(index)
      followed.set(one.did, one)
      relate(maker, account, 'app.bsky.graph.follow', { subject: one.did, ...(index % 5 === 0 ? { via: { uri: `at://${one.did}/app.bsky.graph.starterpack/3jzfcijpj2z2a`, cid: String(linkTo(Uint8Array.of(2))) } } : {}) })
    }
    for (let index = 0; index < much; index++) addPost(maker, account, referred, features[index % features.length]!)
    const pin = account.entries.find(entry => entry.collection === 'app.bsky.feed.post')
    if (pin) account.pinned = `at://${account.person.did}/app.bsky.feed.post/${pin.rkey}`
    if (pin) account.entries.push({ collection: 'app.bsky.feed.threadgate', rkey: pin.rkey, at: pin.at, record: { $type: 'app.bsky.feed.threadgate', post: account.pinned, allow: [], createdAt: pin.at } })
    const list = relate(maker, account, 'app.bsky.graph.list', { purpose: 'app.bsky.graph.defs#curatelist', name: 'Bakers & binders' })
    for (let index = 0; index < relations; index++) {
      relate(maker, account, 'app.bsky.graph.block', { subject: maker.person(['keptbury'], undefined, index === 3 ? { gone: true } : {}).did })
      relate(maker, account, 'app.bsky.graph.listitem', { subject: maker.person(['keptbury']).did, list: `at://${account.person.did}/app.bsky.graph.list/${list.rkey}` })
      relate(maker, account, 'app.bsky.feed.like', { subject: { uri: `at://${maker.person(['keptbury']).did}/app.bsky.feed.post/${maker.moment().rkey}`, cid: String(linkTo(Uint8Array.of(3))) } })
    }
  }
  return { first, second, people: maker.people, follows: followed, strangers, referred, maker }
}

/** The account unfollows the first, deletes its second post, follows and writes once more. */
export const moveOn = (world: ReturnType<typeof makeWorld>): void => {
  const { first, maker } = world
  const drop = (collection: string, index: number): void => {
    const found = first.entries.filter(entry => entry.collection === collection)[index]
    if (found) first.entries.splice(first.entries.indexOf(found), 1)
  }
  drop('app.bsky.graph.follow', 0)
  drop('app.bsky.feed.post', 2)
  const one = maker.person(family, followBios[0])
  world.follows.set(one.did, one)
  relate(maker, first, 'app.bsky.graph.follow', { subject: one.did })
  addPost(maker, first, world.referred, 'plain')
}
