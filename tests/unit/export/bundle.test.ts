import { describe, expect, test } from 'vitest'
import { bundle, bundleNumbers } from '../../../lib/export/index.ts'
import { account, bytesOf, keptMedia, opened, options, owner, post, scriptUrl, store, type Any, type World } from './fake.ts'

const everybody = 'https://www.w3.org/ns/activitystreams#Public'
const base = 'https://mara.lind.example.export.invalid'
const me = `${base}/users/mara_lind`

const make = async (world: World, more = {}) => {
  const made = await bundle(store(world), account, { ...options, ...more })
  expect(made.problems).toEqual([])
  return { ...made, ...(await opened(made.file)) }
}
/** The note of a post alone in its archive. */
const noteOf = async (more: Parameters<typeof post>[1], extra = {}) => (await make({ posts: [post('1', more)] }, extra)).notes[0]

describe('the archive', () => {
  test('has the files of the layout at its root, and a name that says whose and when', async () => {
    const { file, names, json } = await make({ posts: [post('1')] })
    expect(file.name).toBe('archive-example-mara.lind-2026-11-22.zip')
    expect(file.type).toBe('application/zip')
    expect(file.rows).toBe(1)
    expect(names).toEqual(['actor.json', 'outbox.json', 'likes.json', 'bookmarks.json'])
    expect(json('likes.json')).toEqual({ '@context': 'https://www.w3.org/ns/activitystreams', id: 'likes.json', type: 'OrderedCollection', orderedItems: [] })
    expect(json('bookmarks.json').id).toBe('bookmarks.json')
    const outbox = json('outbox.json')
    expect(outbox).toMatchObject({ id: 'outbox.json', type: 'OrderedCollection', totalItems: 1 })
    expect(Array.isArray(outbox['@context'])).toBe(true)
  })

  test('says its size to the byte', async () => {
    const { file } = await make({ posts: [post('1'), post('2')] })
    expect((await bytesOf(file)).length).toBe(file.size)
  })

  test('without a post is an archive all the same', async () => {
    const { included, json, items } = await make({ posts: [] })
    expect(items).toEqual([])
    expect(json('outbox.json').totalItems).toBe(0)
    expect(included).toEqual({ posts: 0, replies: 0, reposts: 0, files: 0, links: 0 })
  })

  test('of the same capture has the same bytes, in every time zone', async () => {
    const world = { profile: { bio: 'Hi' }, posts: [post('1'), post('2', { createdAt: '2025-02-01T00:00:00Z' })] }
    const zone = process.env.TZ
    const made: Uint8Array[] = []
    const hours = new Set<number>()
    for (const tz of ['UTC', 'Asia/Tokyo', 'America/New_York']) {
      process.env.TZ = tz
      hours.add(new Date(0).getHours())
      made.push(await bytesOf((await bundle(store(world), account, options)).file))
    }
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
    expect(hours.size).toBe(3)
    expect(Buffer.from(made[1]!).equals(made[0]!)).toBe(true)
    expect(Buffer.from(made[2]!).equals(made[0]!)).toBe(true)
  })

  test('can be written twice', async () => {
    const { file } = await make({ posts: [post('1')] })
    expect(Buffer.from(await bytesOf(file)).equals(await bytesOf(file))).toBe(true)
  })

  test('of an unknown account is refused', async () => {
    await expect(bundle(store({}), 'example:8', options)).rejects.toThrow('example:8')
  })

  test('takes another base for its ids', async () => {
    const { json, notes } = await make({ posts: [post('1')] }, { base: 'https://mara.example.org/' })
    expect(json('actor.json').id).toBe('https://mara.example.org/users/mara_lind')
    expect(notes[0].id).toBe('https://mara.example.org/users/mara_lind/statuses/1')
  })

  test('keeps hostile handles out of paths, hosts and names', async () => {
    for (const handle of ['../../etc/passwd', 'C:\\con', '\u202Egnp.exe', '日本', '', '.', 'a'.repeat(400), 'x\0y', '\uD800']) {
      const made = await bundle(store({ who: { ...owner, handle }, posts: [post('1')] }), account, options)
      expect(made.problems).toEqual([])
      expect(made.file.name).toMatch(/^archive-example-[a-z0-9](?!.*\.\.)[a-z0-9._-]*-2026-11-22\.zip$/)
      const { json } = await opened(made.file)
      expect(json('actor.json').id).toMatch(/^https:\/\/[a-z0-9.-]+\.example\.export\.invalid\/users\/[a-z0-9_]+$/)
    }
  })
})

describe('the actor', () => {
  test('is a person under a reserved host, with the source first among the fields', async () => {
    const { json } = await make({
      profile: {
        name: 'Mara <b>Lind</b>',
        bio: 'Boats & @jo\nhttps://mara.example.org/x',
        bioFacets: [{ start: 8, end: 11, kind: 'mention', value: 'jo' }],
        links: [{ url: 'https://mara.example.org/x', title: 'My site' }, { url: scriptUrl }, { url: 'https://two.example.org' }],
        fields: [{ name: 'Pronouns', value: 'she/her' }],
        locked: false,
        avatar: 'https://cdn.example.net/a.jpg',
        counts: { followers: 12 },
        createdAt: '2023-07-06T12:00:00Z',
      },
    })
    const actor = json('actor.json')
    expect(actor).toMatchObject({
      id: me,
      type: 'Person',
      preferredUsername: 'mara_lind',
      name: 'Mara <b>Lind</b>',
      url: 'https://www.example.com/@Mara.Lind',
      alsoKnownAs: ['https://www.example.com/@Mara.Lind'],
      followers: `${me}/followers`,
      inbox: `${me}/inbox`,
      outbox: 'outbox.json',
      likes: 'likes.json',
      bookmarks: 'bookmarks.json',
      manuallyApprovesFollowers: false,
      published: '2023-07-06T00:00:00Z',
    })
    expect(actor.summary).toBe(
      '<p>Boats &amp; <a href="https://www.example.com/@jo">jo (example.com)</a><br /><a href="https://mara.example.org/x">https://mara.example.org/x</a></p>',
    )
    expect(actor.attachment).toEqual([
      { type: 'PropertyValue', name: 'Example', value: '<a href="https://www.example.com/@Mara.Lind" rel="me">Mara.Lind</a>' },
      { type: 'PropertyValue', name: 'My site', value: '<a href="https://mara.example.org/x" rel="me">https://mara.example.org/x</a>' },
      { type: 'PropertyValue', name: 'two.example.org', value: '<a href="https://two.example.org/" rel="me">https://two.example.org/</a>' },
      { type: 'PropertyValue', name: 'Pronouns', value: 'she/her' },
    ])
    expect(actor['holdall:original']).toMatchObject({ 'holdall:handle': 'Mara.Lind', 'holdall:avatar': 'https://cdn.example.net/a.jpg', 'holdall:followers': 12 })
    for (const absent of ['publicKey', 'icon', 'image']) expect(actor).not.toHaveProperty(absent)
  })

  test('says nothing that is not known', async () => {
    const actor = (await make({})).json('actor.json')
    for (const absent of ['published', 'manuallyApprovesFollowers']) expect(actor).not.toHaveProperty(absent)
    expect(actor.name).toBe('Mara Lind')
    expect(actor.summary).toBe('')
  })
})

describe('a note', () => {
  test('has every field in the shape that importers take', async () => {
    const { items } = await make({
      posts: [
        post('9', {
          createdAt: '2025-03-04T05:06:07.890Z',
          editedAt: '2025-03-04T05:16:07.890Z',
          text: 'Ahoj',
          language: 'cs',
          counts: { likes: 3, reposts: 0, views: 100 },
          topic: 'Boats',
          replyControl: 'everyone',
        }),
      ],
    })
    const id = `${me}/statuses/9`
    expect(items).toEqual([
      {
        id: `${id}/activity`,
        type: 'Create',
        actor: me,
        published: '2025-03-04T05:06:07Z',
        to: [everybody],
        cc: [`${me}/followers`],
        object: {
          id,
          type: 'Note',
          summary: null,
          inReplyTo: null,
          published: '2025-03-04T05:06:07Z',
          updated: '2025-03-04T05:16:07Z',
          url: 'https://www.example.com/@Mara.Lind/post/9',
          attributedTo: me,
          to: [everybody],
          cc: [`${me}/followers`],
          sensitive: false,
          content: '<p>Ahoj</p>',
          contentMap: { cs: '<p>Ahoj</p>' },
          attachment: [],
          tag: [],
          replies: { id: `${id}/replies`, type: 'Collection', first: { type: 'CollectionPage', partOf: `${id}/replies`, items: [] } },
          likes: { id: `${id}/likes`, type: 'Collection', totalItems: 3 },
          shares: { id: `${id}/shares`, type: 'Collection', totalItems: 0 },
          'holdall:original': { 'holdall:id': '9', 'holdall:likes': 3, 'holdall:reposts': 0, 'holdall:views': 100, 'holdall:topic': 'Boats', 'holdall:language': 'cs', 'holdall:replyControl': 'everyone' },
        },
      },
    ])
  })

  test('is repaired in its language, or has none', async () => {
    const map = async (language: string) => (await noteOf({ language })).contentMap
    expect(Object.keys(await map('in'))).toEqual(['id'])
    expect(Object.keys(await map('iw'))).toEqual(['he'])
    expect(Object.keys(await map('pt_br'))).toEqual(['pt-BR'])
    expect(Object.keys(await map('zh-hant-tw'))).toEqual(['zh-Hant-TW'])
    for (const none of ['und', 'qme', 'zxx', 'xx', 'english', '', 'en-', 'qht']) expect(await map(none)).toBeUndefined()
  })

  test('is sensitive behind a warning, a spoiler or sensitive media', async () => {
    expect(await noteOf({ warning: 'Ends @badly' })).toMatchObject({ summary: 'Ends ＠badly', sensitive: true })
    expect(await noteOf({ spoiler: true })).toMatchObject({ summary: null, sensitive: true })
    expect(await noteOf({ sensitive: true })).toMatchObject({ summary: null, sensitive: true })
    expect(await noteOf({ warning: '  ' })).toMatchObject({ summary: null, sensitive: false })
  })

  test('has an edit time only where the network says one that can be', async () => {
    expect(await noteOf({ edited: true })).not.toHaveProperty('updated')
    expect(await noteOf({ editedAt: '2024-01-01T00:00:00Z' })).not.toHaveProperty('updated')
    expect(await noteOf({ editedAt: '2031-01-01T00:00:00Z' })).not.toHaveProperty('updated')
    expect((await noteOf({ edited: true }))['holdall:original']['holdall:edited']).toBe(true)
  })

  test('has its tags once each as hashtags, and no mention tag', async () => {
    const text = '#Boats and #日本語 and #12 by @jo'
    const note = await noteOf({
      text,
      facets: [
        { start: 0, end: 6, kind: 'tag', value: 'Boats' },
        { start: 11, end: 15, kind: 'tag', value: '日本語' },
        { start: 20, end: 23, kind: 'tag', value: '12' },
        { start: 27, end: 30, kind: 'mention', value: 'jo' },
      ],
      tags: ['boats', 'two words', '日本語'],
      mentions: ['jo'],
    })
    expect(note.tag).toEqual([
      { type: 'Hashtag', href: `${base}/tags/boats`, name: '#boats' },
      { type: 'Hashtag', href: `${base}/tags/${encodeURIComponent('日本語')}`, name: '#日本語' },
    ])
    expect(note.content).toBe(
      `<p><a href="${base}/tags/boats" rel="tag">#Boats</a> and <a href="${base}/tags/${encodeURIComponent('日本語')}" rel="tag">#日本語</a> and #12 by <a href="https://www.example.com/@jo">jo (example.com)</a></p>`,
    )
  })

  test('shows a shared link that its text does not', async () => {
    const linkPreview = { url: 'https://news.example.org/a', title: 'News by @them' }
    expect((await noteOf({ linkPreview })).content).toBe('<p>Text 1</p><p><a href="https://news.example.org/a">News by ＠them</a></p>')
    expect((await noteOf({ text: 'See https://news.example.org/a.', linkPreview })).content).toBe('<p>See <a href="https://news.example.org/a">https://news.example.org/a</a>.</p>')
  })

  test('has its headline and its poll in the text, since no importer has another place for them', async () => {
    const note = await noteOf({
      title: 'On <bread>', text: 'By @jo, #rye', facets: [{ start: 3, end: 6, kind: 'mention', value: 'jo' }, { start: 8, end: 12, kind: 'tag', value: 'rye' }],
      poll: { options: [{ title: 'Rye', votes: 3 }, { title: 'Wheat & more' }], endsAt: '2026-01-01T00:00:00Z' },
    })
    expect(note.content).toMatch(/^<p>On &lt;bread&gt;<\/p><p>By <a href="[^"]*jo">jo \(example\.com\)<\/a>, <a href="[^"]*" rel="tag">#rye<\/a><\/p><p>• Rye \(3\)<br \/>• Wheat &amp; more<\/p>$/)
    expect(note['holdall:original']).toMatchObject({
      'holdall:title': 'On <bread>',
      'holdall:poll': { 'holdall:options': [{ name: 'Rye', 'holdall:votes': 3 }, { name: 'Wheat & more' }], 'holdall:endsAt': '2026-01-01T00:00:00Z' },
    })
  })

  test('says no name to anybody where one of its paragraphs ends with an @', async () => {
    const linkPreview = { url: 'https://news.example.org/a', title: 'Find me @' }
    const quoteOf = { id: '77', url: 'https://www.example.com/@jo/post/77' }
    expect((await noteOf({ text: 'Tea # @' })).content).toBe('<p>Tea # @</p>')
    expect((await noteOf({ text: 'Tea # @', media: [{ kind: 'video' }], url: 'https://www.example.com/@Mara.Lind/post/1' })).content).toBe('<p>Tea # ＠</p><p><a href="https://www.example.com/@Mara.Lind/post/1">https://www.example.com/%40Mara.Lind/post/1</a></p>')
    expect((await noteOf({ text: '@\n', linkPreview, quoteOf })).content).toMatch(/^<p>＠<\/p><p><a href="[^"]*">Find me ＠<\/a><\/p><p class="quote-inline">RE: /)
  })

  test('quotes by a link in its text and by `quote`: inside the archive where the quoted post is in it', async () => {
    const url = 'https://www.example.com/@jo/post/77'
    const foreign = await noteOf({ quoteOf: { id: '77', url, authorHandle: 'jo' } })
    expect(foreign.quote).toBe(url)
    expect(foreign.content).toBe('<p>Text 1</p><p class="quote-inline">RE: <a href="https://www.example.com/@jo/post/77">https://www.example.com/%40jo/post/77</a></p>')
    const { notes } = await make({ posts: [post('1'), post('2', { quoteOf: { id: '1', url: 'https://www.example.com/@Mara.Lind/post/1' } })] })
    expect(notes[1].quote).toBe(`${me}/statuses/1`)
  })
})

describe('media', () => {
  const media = [
    { kind: 'image' as const, url: 'https://cdn.example.net/1.jpg', alt: 'A "boat"\nat sea', width: 640, height: 480 },
    { kind: 'video' as const, url: 'https://cdn.example.net/2.mp4', preview: 'https://cdn.example.net/2.jpg' },
  ]
  const permalink = '<p><a href="https://www.example.com/@Mara.Lind/post/1">https://www.example.com/%40Mara.Lind/post/1</a></p>'
  const picture = new Uint8Array([1, 2, 3])

  test('without bytes are no attachment; the post links to itself and keeps their description', async () => {
    const { notes, included } = await make({ posts: [post('1', { media })] })
    expect(notes[0].attachment).toEqual([])
    expect(notes[0].content).toBe(`<p>Text 1</p>${permalink}`)
    expect(notes[0]['holdall:original']['holdall:media']).toEqual([
      { type: 'Image', url: 'https://cdn.example.net/1.jpg', name: 'A "boat"\nat sea', width: 640, height: 480, 'holdall:kind': 'image' },
      { type: 'Video', url: 'https://cdn.example.net/2.mp4', 'holdall:kind': 'video', 'holdall:preview': 'https://cdn.example.net/2.jpg' },
    ])
    expect(included).toMatchObject({ files: 0, links: 2 })
  })

  test('alone make a post that is its link', async () => {
    expect((await noteOf({ text: undefined, media })).content).toBe(permalink)
  })

  test('with bytes are attachments with their description as name', async () => {
    const { notes, names, included, bytes } = await make({ posts: [post('1', { media: media.slice(0, 1) })], media: [keptMedia('1', 0, picture)] })
    const path = names.find(name => name.startsWith('media_attachments/'))!
    expect(path).toMatch(/^media_attachments\/files\/[0-9a-f]{3}\/[0-9a-f]{3}\/original\/1-0-[0-9a-f]{8}\.jpg$/)
    expect(bytes(path)).toEqual(picture)
    expect(notes[0].attachment).toEqual([
      { type: 'Document', mediaType: 'image/jpeg', url: `/${path}`, name: 'A "boat"\nat sea', width: 64, height: 48, blurhash: null },
    ])
    expect(notes[0].content).toBe('<p>Text 1</p>')
    expect(included).toMatchObject({ files: 1, links: 0 })
  })

  test('without a description have the name null', async () => {
    const { notes } = await make({ posts: [post('1', { media: [{ kind: 'image' }] })], media: [keptMedia('1', 0, picture)] })
    expect(notes[0].attachment[0].name).toBeNull()
  })

  test('of which some are kept still link to the rest', async () => {
    const { notes, included } = await make({ posts: [post('1', { media })], media: [keptMedia('1', 0, picture)] })
    expect(notes[0].attachment).toHaveLength(1)
    expect(notes[0].content).toContain(permalink)
    expect(included).toMatchObject({ files: 1, links: 1 })
  })

  test('that importers don’t show go as JPEG or PNG, else stay a link', async () => {
    const twin = new Uint8Array([9, 9])
    const { notes, names, bytes, included } = await make({
      posts: [post('1', { media }), post('2', { media: media.slice(0, 1) })],
      media: [keptMedia('1', 0, picture, ['image/webp', 'webp'], twin), keptMedia('1', 1, picture, ['video/mp4', 'mp4']), keptMedia('2', 0, picture, ['image/heic', 'heic'])],
    })
    expect(notes[0].attachment.map((one: Any) => one.mediaType)).toEqual(['image/jpeg', 'video/mp4'])
    expect(bytes(notes[0].attachment[0].url.slice(1))).toEqual(twin)
    expect(notes[1].attachment).toEqual([])
    expect(notes[1].content).toContain('post/2')
    expect(names.filter(name => name.endsWith('.webp') || name.endsWith('.heic'))).toEqual([])
    expect(included).toMatchObject({ files: 2, links: 1 })
  })

  test('of posts that stay out are in no archive, whatever was kept', async () => {
    const secret = new Uint8Array([7, 7, 7, 7, 7])
    const { names } = await make({ posts: [post('1'), post('2', { visibility: 'followers', media }), post('3', { ghost: true, media })], media: [keptMedia('2', 0, secret), keptMedia('3', 0, secret)] })
    expect(names).toEqual(['actor.json', 'outbox.json', 'likes.json', 'bookmarks.json'])
  })

  test('of the profile are its picture and header', async () => {
    const { json, names, bytes } = await make({ posts: [], media: [keptMedia('@profile', 0, picture), keptMedia('@profile', 1, new Uint8Array([4]), ['image/png', 'png'])] })
    expect(json('actor.json')).toMatchObject({ icon: { type: 'Image', mediaType: 'image/jpeg', url: 'avatar.jpg' }, image: { type: 'Image', mediaType: 'image/png', url: 'header.png' } })
    expect(names.slice(4)).toEqual(['avatar.jpg', 'header.png'])
    expect(bytes('header.png')).toEqual(new Uint8Array([4]))
  })

  test('of ids that are written alike have files of their own', async () => {
    const { names } = await make({ posts: [post('a/b', { media }), post('a:b', { media })], media: [keptMedia('a/b', 0, picture), keptMedia('a:b', 0, picture)] })
    expect(new Set(names.map(name => name.split('/').at(-1))).size).toBe(6)
  })

  test('too many for one archive go into several, each whole by itself, a parent before its answers', async () => {
    const posts = [post('1', { media }), post('2', { media, createdAt: '2025-01-02T00:00:00Z', replyTo: { id: '1' } }), post('3', { media, createdAt: '2025-01-03T00:00:00Z' }), post('4', { createdAt: '2025-01-04T00:00:00Z', replyTo: { id: '2' } })]
    const world = { posts, media: posts.slice(0, 3).map(({ id }) => keptMedia(id, 0, new Uint8Array(10))) }
    const made = await bundle(store(world), account, { ...options, most: 25 })
    expect(made.problems).toEqual([])
    expect([made.file, ...made.others].map(({ name, part, parts, rows }) => [name, part, parts, rows])).toEqual([['archive-example-mara.lind-2026-11-22.zip', 1, 2, 2], ['archive-example-mara.lind-2026-11-22-part-02.zip', 2, 2, 2]])
    const [first, second] = [await opened(made.file), await opened(made.others[0]!)]
    expect([first.notes.length, second.notes.length]).toEqual([2, 2])
    expect(second.json('actor.json')).toEqual(first.json('actor.json'))
    // It answers what stands in the archive before.
    expect(second.notes[1].inReplyTo).toBe(first.notes[1].id)
    expect(second.names.filter(name => name.startsWith('media'))).toHaveLength(1)
    // One that is larger than an archive may be is not lost.
    expect((await bundle(store(world), account, { ...options, most: 5 })).others).toHaveLength(2)
  })

  test('of which bytes were lost since they were kept are a problem', async () => {
    const row = keptMedia('1', 0, picture)
    const made = await bundle(store({ posts: [post('1', { media })], media: [{ ...row, bytes: { ...row.bytes!, size: row.bytes!.size + 1 } }] }), account, options)
    expect(made.problems.map(({ reason }) => reason)).toContain('zip-broken')
  })
})

describe('answers and order', () => {
  const reply = (id: string, to: string, more = {}) => post(id, { replyTo: { id: to, url: `https://www.example.com/@x/post/${to}` }, ...more })

  test('own threads hang together inside the archive; others point outside', async () => {
    const { notes } = await make({ posts: [post('1'), reply('2', '1', { createdAt: '2025-01-02T00:00:00Z' }), reply('3', '99', { kind: 'reply', createdAt: '2025-01-03T00:00:00Z' })] })
    expect(notes.map(note => note.inReplyTo)).toEqual([null, `${me}/statuses/1`, 'https://www.example.com/@x/post/99'])
  })

  test('a parent comes first also where times tie, and where a clock was wrong', async () => {
    const { notes } = await make({ posts: [reply('10', '9'), post('9'), reply('11', '10'), reply('5', '20'), post('20', { createdAt: '2025-02-01T00:00:00Z' })] })
    const ids = notes.map(note => note.id.split('/').at(-1))
    expect(ids).toEqual(['9', '10', '11', '20', '5'])
    expect(notes.find(note => note.id.endsWith('/5')).inReplyTo).toBe(`${me}/statuses/20`)
  })

  test('a circle of answers ends, with nobody lost', async () => {
    const { notes } = await make({ posts: [reply('1', '3'), reply('2', '1'), reply('3', '2'), reply('4', '4')] })
    expect(notes.map(note => note.id.split('/').at(-1)).sort()).toEqual(['1', '2', '3', '4'])
  })

  test('is oldest first', async () => {
    const posts = Array.from({ length: 50 }, (_, at) => post(String(at), { createdAt: new Date(Date.UTC(2025, 0, 1 + ((at * 37) % 50))).toISOString() }))
    const { items } = await make({ posts })
    const dates = items.map(item => item.published)
    expect(dates).toEqual(dates.toSorted())
  })

  test('a repost is an announcement of an address, with no text', async () => {
    const { items, included } = await make({ posts: [post('5', { repostOf: { id: '8', url: 'https://www.example.com/@jo/post/8' } })] })
    expect(items).toEqual([
      {
        id: `${me}/statuses/5/activity`,
        type: 'Announce',
        actor: me,
        published: '2025-01-01T00:00:00Z',
        to: [everybody],
        cc: [`${me}/followers`],
        object: 'https://www.example.com/@jo/post/8',
      },
    ])
    expect(included).toMatchObject({ posts: 0, reposts: 1 })
  })
})

describe('what goes in', () => {
  const posts = [
    post('public'),
    post('unlisted', { visibility: 'unlisted' }),
    post('followers', { visibility: 'followers' }),
    post('circle', { visibility: 'circle' }),
    post('direct', { visibility: 'direct' }),
    post('self', { visibility: 'self' }),
    post('unknown', { visibility: undefined }),
    post('ghost', { ghost: true }),
    post('undated', { createdAt: undefined }),
    post('old', { createdAt: '1969-12-31T00:00:00Z' }),
    post('future', { createdAt: '2026-12-24T00:00:00Z' }),
    post('gone', { unavailable: true }),
    post('empty', { text: '  ', url: undefined }),
    post('reply', { kind: 'reply', replyTo: { id: 'x' } }),
    post('repost', { repostOf: { url: 'https://www.example.com/@jo/post/8' } }),
    post('nowhere', { repostOf: { id: '8' } }),
  ]
  const ids = (items: { id: string }[]) => items.map(item => item.id.split('/').at(-2)).sort()

  test('by default: what everybody may read; all else is counted with its reason', async () => {
    const { items, left_out, included } = await make({ posts })
    expect(ids(items)).toEqual(['public', 'reply', 'repost', 'unlisted'])
    expect(included).toMatchObject({ posts: 2, replies: 1, reposts: 1 })
    expect(Object.fromEntries(left_out.map(({ reason, count }) => [reason, count]))).toEqual({
      'followers-only': 1, narrower: 3, 'visibility-unknown': 1, ghost: 1, 'no-date': 1, 'bad-date': 2, unavailable: 1, empty: 1, 'no-link': 1,
    })
  })

  test('nobody reads more than at the source', async () => {
    const { items } = await make({ posts }, { include: 'followers-too' })
    const audience = Object.fromEntries(items.map(item => [item.id.split('/').at(-2), [item.to, item.cc]]))
    expect(audience.public).toEqual([[everybody], [`${me}/followers`]])
    expect(audience.unlisted).toEqual([[`${me}/followers`], [everybody]])
    expect(audience.followers).toEqual([[`${me}/followers`], []])
    expect(Object.keys(audience).sort()).toEqual(['followers', 'public', 'reply', 'repost', 'unlisted'])
    for (const { to, cc, object } of items.filter(item => item.type === 'Create')) expect([object.to, object.cc]).toEqual([to, cc])
  })

  test('a private account: none of 40 by default, all 40 when chosen', async () => {
    const mine = Array.from({ length: 40 }, (_, at) => post(String(at), { visibility: 'followers' }))
    const numbers = await bundleNumbers(store({ posts: mine }), account, options)
    expect(numbers).toMatchObject({ included: { posts: 0, replies: 0, reposts: 0, files: 0, links: 0 }, left_out: [{ reason: 'followers-only', count: 40 }] })
    expect((await bundleNumbers(store({ posts: mine }), account, { ...options, include: 'followers-too' })).included.posts).toBe(40)
  })

  test('a private account’s posts become public by the second choice alone, and another account’s never', async () => {
    const some = [post('1', { visibility: 'followers' }), post('2', { visibility: 'friends' as never }), post('3', { visibility: 'direct' }), post('4', { visibility: 'followers', ghost: true })]
    const opened = await make({ posts: some, profile: { locked: true } }, { include: 'opened' })
    expect(opened.items.map(item => [item.id.split('/').at(-2), item.to, item.object.to])).toEqual([['1', [everybody], [everybody]]])
    for (const locked of [false, undefined]) {
      const { items } = await make({ posts: some, profile: { locked } }, { include: 'opened' })
      expect(items.map(item => item.to)).toEqual([[`${me}/followers`]])
    }
    expect((await bundleNumbers(store({ posts: some, profile: { locked: true } }), account, options)).locked).toBe(true)
  })

  test('a repost without a word on its audience is as open as the account', async () => {
    const repost = post('5', { repostOf: { url: 'https://www.example.com/@jo/post/8' }, visibility: undefined })
    const numbers = async (locked?: boolean) => bundleNumbers(store({ posts: [repost], profile: { locked } }), account, options)
    expect((await numbers(false)).included.reposts).toBe(1)
    expect((await numbers(true)).left_out).toEqual([{ reason: 'followers-only', count: 1 }])
    expect((await numbers()).left_out).toEqual([{ reason: 'visibility-unknown', count: 1 }])
  })

  test('kinds can be left out', async () => {
    const { items, left_out } = await make({ posts: posts.slice(0, 1).concat(posts.slice(-3, -1)) }, { kinds: { replies: false, reposts: false } })
    expect(ids(items)).toEqual(['public'])
    expect(left_out).toEqual([{ reason: 'not-chosen', count: 2 }])
  })
})

