/** What the accounts of the test write, and what a capture must make of it. Every record goes through the server and comes back as the server keeps it. */
import { crc32, deflateSync } from 'node:zlib'
import type { TruePerson, TruePost, Truth } from '../../networks/types.ts'
import { deleteAccount, signUp, takeDown, type Blob, type Person, type Ref } from './accounts.ts'

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}

/** A real picture of one colour; servers look into what they are given. */
const png = (shade: number, side = 8): Uint8Array => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side)
  header.writeUInt32BE(side, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.concat(Array.from({ length: side }, () => Buffer.from([0, ...Array.from({ length: side }, () => shade)])))
  return new Uint8Array(Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]))
}
/** The head of an MP4 file, by which servers know it. */
const mp4 = new Uint8Array([0, 0, 0, 20, ...Buffer.from('ftypisom'), 0, 0, 2, 0, ...Buffer.from('mp42'), ...Buffer.from('rain on the roof '.repeat(40))])

const POST = 'app.bsky.feed.post'
const FOLLOW = 'app.bsky.graph.follow'
const site = 'https://bsky.app'

/** What others write. None of it may be kept. */
const foreign = {
  posts: ['Forty-seven pigeons on the roof tonight, says the neighbour.', 'Whoever took the blue umbrella, bring it back to the third floor.', 'Lamps repaired while you tell me why they broke.'],
  bio: 'Crossword setter of no renown at all, in four languages.',
}

const bytes = (text: string): number => new TextEncoder().encode(text).length

/** A text, put together of words and of what means something; facets count bytes on the wire and characters in what is expected. */
const written = (...parts: (string | { shown: string; feature: Record<string, string>; kind: 'mention' | 'link' | 'tag'; value: string })[]) => {
  let text = ''
  const facets: unknown[] = []
  const expected: TruePost['facets'] = []
  for (const part of parts) {
    const shown = typeof part === 'string' ? part : part.shown
    if (typeof part !== 'string') {
      facets.push({ index: { byteStart: bytes(text), byteEnd: bytes(text + shown) }, features: [part.feature] })
      expected.push({ start: text.length, end: text.length + shown.length, kind: part.kind, value: part.value })
    }
    text += shown
  }
  return { text, facets, expected }
}
const mention = ({ did, handle }: Person) => ({ shown: `@${handle}`, feature: { $type: 'app.bsky.richtext.facet#mention', did }, kind: 'mention' as const, value: handle })
const tag = (value: string) => ({ shown: `#${value}`, feature: { $type: 'app.bsky.richtext.facet#tag', tag: value }, kind: 'tag' as const, value })
const link = (shown: string, uri: string) => ({ shown, feature: { $type: 'app.bsky.richtext.facet#link', uri }, kind: 'link' as const, value: uri })

export interface World {
  ida: Person
  stranger: Person
  /** What the network's counters say is not known here. */
  truth(): Omit<Truth, 'counted'>
  /** Pictures and videos as they were uploaded, by their names. */
  uploaded: Map<string, { bytes: Uint8Array; type: string }>
  /** She unfollows, deletes, follows and writes. */
  change(): Promise<void>
}

const numbered = (count: number, from = 0): number[] => Array.from({ length: count }, (_, index) => from + index)

/**
 * Signs everybody up and lets them write.
 * @param server the personal data server's address here @param password of its staff
 */
export const makeWorld = async (server: string, password: string): Promise<World> => {
  const join = (name: string): Promise<Person> => signUp(server, `${name}.test`)
  const ida = await join('ida')
  const [ned, gus, pia] = [await join('ned'), await join('gus'), await join('pia')]
  const follows: Person[] = []
  for (const index of numbered(32)) follows.push(await join(`friend${index}`))
  const [blocked, listed, gone] = [[await join('rex'), await join('uma')], [await join('lou'), await join('mia')], [await join('vic'), await join('wim'), await join('yan')]]
  const names = new Map<string, string>()

  for (const [index, one] of follows.entries()) {
    if (index % 7 === 3) continue
    names.set(one.did, index % 7 === 4 ? `Friend ${index} 👩🏽‍🚀` : `Friend ${index}`)
    await one.write('app.bsky.actor.profile', { displayName: names.get(one.did), description: `Keeper of goose ${index}.`, createdAt: one.moment() }, 'self')
  }
  for (const one of [ned, gus]) await one.write('app.bsky.actor.profile', { displayName: `${one.handle} the stranger`, description: foreign.bio }, 'self')

  const uploaded: World['uploaded'] = new Map()
  const upload = async (file: Uint8Array, type: string): Promise<Blob> => {
    const blob = await ida.upload(file, type)
    uploaded.set(blob.ref.$link, { bytes: file, type })
    return blob
  }

  const theirs: Ref[] = []
  for (const text of foreign.posts) theirs.push(await ned.write(POST, { text, createdAt: ned.moment() }))
  const liked = await pia.writeAll(POST, numbered(3).map(index => ({ text: `${foreign.posts[index]} Pia.`, createdAt: pia.moment() })))
  await gus.write(FOLLOW, { subject: ida.did, createdAt: gus.moment() })
  await gus.write(POST, { text: foreign.posts[2], reply: { root: theirs[0], parent: theirs[0] }, createdAt: gus.moment() })

  let posts: TruePost[] = []
  const truePost = (ref: Ref, createdAt: string, more: Partial<TruePost> = {}): TruePost => ({
    id: ref.uri, url: `${site}/profile/${ida.did}/post/${ref.uri.split('/')[4]}`, createdAt, text: '', facets: [], media: [], pinned: false, edited: false, ghost: false, spoiler: false, visibility: 'public', counts: {} as TruePost['counts'], ...more,
  })
  /** Writes a post. @param record what else is in it @param more what is expected of that */
  const say = async (text: string | ReturnType<typeof written>, record: Record<string, unknown> = {}, more: Partial<TruePost> = {}): Promise<Ref> => {
    const createdAt = ida.moment()
    const words = typeof text === 'string' ? written(text) : text
    const ref = await ida.write(POST, { text: words.text, ...(words.facets.length ? { facets: words.facets } : {}), createdAt, ...record })
    posts.push(truePost(ref, createdAt, { text: words.text, facets: words.expected, ...more }))
    return ref
  }
  const cid = (blob: Blob): string => blob.ref.$link

  const first = await say('The first one.\nOn two lines, & <b>no markup</b>.')
  await say(written('👩🏽‍🚀 Ünïcödé 𝔾𝕠𝕖𝕤 before ', mention(ned), ' and ', tag('本とパン'), ', then ', link('example.com/a…', 'https://example.com/a?b=c&d=1'), ' — and after.'), { langs: ['de', 'en'] }, { language: 'de' })
  const pictures = [await upload(png(40), 'image/png'), await upload(png(90), 'image/png')]
  const images = { $type: 'app.bsky.embed.images', images: [{ image: pictures[0], alt: 'A loaf on a board 🍞', aspectRatio: { width: 8, height: 8 } }, { image: pictures[1], alt: '' }] }
  const shown: TruePost['media'] = [{ kind: 'image', path: cid(pictures[0]!), alt: 'A loaf on a board 🍞' }, { kind: 'image', path: cid(pictures[1]!) }]
  await say('Two pictures', { embed: images }, { media: shown })
  const many = []
  for (const index of numbered(5)) many.push(await upload(png(100 + index), 'image/png'))
  await say('Five pages', { embed: { $type: 'app.bsky.embed.gallery', items: many.map((image, index) => ({ $type: 'app.bsky.embed.gallery#image', image, alt: `Page ${index}`, aspectRatio: { width: 8, height: 8 } })) } }, { media: many.map((image, index) => ({ kind: 'image', path: cid(image), alt: `Page ${index}` })) })
  const video = await upload(mp4, 'video/mp4')
  await say('It rains', { embed: { $type: 'app.bsky.embed.video', video, alt: 'Rain on the roof', aspectRatio: { width: 16, height: 9 } } }, { media: [{ kind: 'video', path: cid(video), alt: 'Rain on the roof' }] })
  const thumb = await upload(png(200), 'image/png')
  await say('A card', { embed: { $type: 'app.bsky.embed.external', external: { uri: 'https://example.com/bread', title: 'Bread', description: 'How to', thumb } } }, { linkPreview: 'https://example.com/bread' })
  const quote = { $type: 'app.bsky.embed.record', record: theirs[0] }
  await say('Look at this', { embed: quote }, { quoteOf: theirs[0]!.uri })
  await say('Look at this, with pictures', { embed: { $type: 'app.bsky.embed.recordWithMedia', record: quote, media: images } }, { quoteOf: theirs[0]!.uri, media: shown })
  await say('Own words again', { embed: { $type: 'app.bsky.embed.record', record: first } }, { quoteOf: first.uri })
  await say('An answer', { reply: { root: theirs[1], parent: theirs[1] } }, { replyTo: theirs[1]!.uri })
  const second = await say('1/3', { reply: { root: first, parent: first } }, { replyTo: first.uri })
  await say('2/3', { reply: { root: first, parent: second } }, { replyTo: second.uri })
  await say('Not for everybody', { labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'graphic-media' }] }, tags: ['aside'] }, { sensitive: true })
  await say('', { embed: images }, { media: shown })
  // Something that no app of today knows; the server keeps it.
  await say('From another app', { embed: { $type: 'com.example.embed.score', score: 7 }, 'com.example.extra': { a: [1, { b: null }] } })
  const pinned = await say('Pinned')
  await ida.write('app.bsky.feed.threadgate', { post: pinned.uri, allow: [], createdAt: ida.moment() }, pinned.uri.split('/')[4])
  await ida.write('com.example.letter', { text: 'no business of anybody’s' })

  // Changed after it was written: what stands there now is the post.
  const edited = await say('Befroe')
  const rewritten = { text: 'Before', createdAt: posts.at(-1)!.createdAt }
  await ida.rewrite(POST, edited.uri.split('/')[4]!, rewritten)
  posts.at(-1)!.text = 'Before'
  // Deleted: not there.
  await ida.remove(await ida.write(POST, { text: 'Never mind', createdAt: ida.moment() }))

  // Enough of them for a tree of several levels, and for several pages.
  const lines = numbered(240).map(index => ({ text: `Letter ${index} ${index % 3 ? '✉️' : ''}`.trim(), createdAt: ida.moment() }))
  for (const some of [lines.slice(0, 200), lines.slice(200)]) {
    const refs = await ida.writeAll(POST, some)
    posts.push(...refs.map((ref, index) => truePost(ref, some[index]!.createdAt, { text: some[index]!.text })))
  }
  for (const subject of [...theirs, first]) {
    const createdAt = ida.moment()
    const ref = await ida.write('app.bsky.feed.repost', { subject, createdAt })
    posts.push({ ...truePost(ref, createdAt), url: '', text: undefined, repostOf: subject.uri })
  }

  const avatar = await upload(png(20, 16), 'image/png')
  const banner = await upload(png(30, 24), 'image/png')
  const profile = { displayName: 'Ida 🦋 Marlow', description: 'Binds books in Graz 👩🏽‍🚀.\nAlso @ida@mastodon.example', pronouns: 'she/her', website: 'https://letters.example/ida', avatar, banner, pinnedPost: pinned, createdAt: ida.moment() }
  await ida.write('app.bsky.actor.profile', profile, 'self')
  posts.find(({ id }) => id === pinned.uri)!.pinned = true

  const followed: TruePerson[] = []
  const follow = async (one: Person, more: Partial<TruePerson> = {}): Promise<void> => {
    await ida.write(FOLLOW, { subject: one.did, createdAt: ida.moment() })
    followed.push({ id: one.did, handle: one.handle, name: names.get(one.did) ?? '', avatar: '', locked: false, ...more })
  }
  for (const one of follows) await follow(one)
  // Followed from a second device too: two records, one person.
  await ida.write(FOLLOW, { subject: follows[0]!.did, createdAt: ida.moment() })
  // Followed and left again.
  await ida.remove(await ida.write(FOLLOW, { subject: pia.did, createdAt: ida.moment() }))
  for (const one of gone) await follow(one, { handle: one.did, unavailable: true })
  // Renamed after it was followed.
  await follows[1]!.rename('friend1.renamed.test'.replace('.renamed', '-renamed'))
  followed[1]!.handle = follows[1]!.handle

  const relations: NonNullable<Truth['relations']> = []
  for (const one of blocked) {
    await ida.write('app.bsky.graph.block', { subject: one.did, createdAt: ida.moment() })
    relations.push({ relation: 'block', id: one.did, handle: one.handle })
  }
  const bakers = await ida.write('app.bsky.graph.list', { purpose: 'app.bsky.graph.defs#curatelist', name: 'Bakers & binders', createdAt: ida.moment() })
  const shouters = await ida.write('app.bsky.graph.list', { purpose: 'app.bsky.graph.defs#modlist', name: 'Shouters', createdAt: ida.moment() })
  for (const [list, name, one] of [[bakers, 'Bakers & binders', listed[0]!], [bakers, 'Bakers & binders', listed[1]!], [shouters, 'Shouters', listed[1]!]] as const) {
    await ida.write('app.bsky.graph.listitem', { list: list.uri, subject: one.did, createdAt: ida.moment() })
    relations.push({ relation: 'list', id: one.did, handle: one.handle, list: name })
  }
  for (const subject of liked) {
    await ida.write('app.bsky.feed.like', { subject, createdAt: ida.moment() })
    relations.push({ relation: 'like', id: subject.uri, url: `${site}/profile/${pia.did}/post/${subject.uri.split('/')[4]}` })
  }

  // Three ways to be gone.
  await gone[0]!.deactivate()
  await takeDown(server, password, gone[1]!.did)
  await deleteAccount(server, password, gone[2]!.did)

  const idsOf = (people: Person[]) => ({ ids: people.map(({ did }) => did.split(':')[2]!), handles: people.map(({ handle }) => handle) })
  return {
    ida,
    stranger: gus,
    uploaded,
    truth: () => ({
      viewer: { id: ida.did, handle: ida.handle, name: profile.displayName, bio: profile.description, avatar: cid(avatar), locked: false, links: [profile.website], followers: 1 },
      follows: [...followed], posts: [...posts], relations: [...relations],
      strangers: idsOf([ned, gus]), referred: idsOf([ned]), foreign: { texts: foreign.posts, bios: [foreign.bio], followBios: [] },
    }),
    change: async () => {
      const { records } = (await (await fetch(`${server}/xrpc/com.atproto.repo.listRecords?repo=${ida.did}&collection=${FOLLOW}&limit=100`)).json()) as { records: { uri: string; value: { subject: string } }[] }
      for (const { uri } of records.filter(({ value }) => value.subject === follows[5]!.did)) await ida.remove({ uri })
      followed.splice(followed.findIndex(({ id }) => id === follows[5]!.did), 1)
      await ida.remove({ uri: second.uri })
      posts = posts.filter(({ id }) => id !== second.uri)
      const newest = await join('newest')
      await follow(newest)
      await say('One more')
    },
  }
}
