import 'fake-indexeddb/auto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { unzipSync } from 'fflate'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { checkBundle, bundle, piecesOf } from '../../../lib/export/index.ts'
import { ownCopy, type CopyOptions, type CopySource } from '../../../lib/export/copy.ts'
import type { FollowRow, MediaRow, PostRow, RelationRow } from '../../../lib/store/types.ts'
import { openStore } from '../../../lib/store/index.ts'
import type { OutFile } from '../../../lib/export/index.ts'
import { account, bytesOf, capturedAt, follow, keptMedia, opened, options, post, room, store, streamOfBytes, type Any, type World } from './fake.ts'
import { archiveOf, refusals } from './rules/importer.ts'
import { importers } from './rules/index.ts'
import { everyField, everyPicture } from './rules/posts.ts'

const list = (name: string, text: string): OutFile => ({ name, type: 'text/csv', rows: 1, stream: () => streamOfBytes(new TextEncoder().encode(text)) })
const copyOptions: CopyOptions = {
  room, shell: { script: '/* the program */', texts: {}, language: 'en' }, readme: ['Private & yours.', 'Do not <upload> it.'],
  lists: [list('following_accounts.csv', 'ann@example.net,true,false,\n'), list('blocked_accounts.csv', 'bo@example.net\n')],
}
const files = async (out: OutFile[]): Promise<Record<string, Uint8Array>> => Object.assign({}, ...(await Promise.all(out.map(async file => unzipSync(await bytesOf(file))))))
const textIn = (all: Record<string, Uint8Array>, name: string): string => new TextDecoder().decode(all[name])
const linesIn = (all: Record<string, Uint8Array>, name: string): Any[] => textIn(all, `extra/${name}.jsonl`).split('\n').filter(Boolean).map(line => JSON.parse(line))

const common = { account, runId: 'r', firstSeen: '2026-11-01T00:00:00Z', lastSeen: capturedAt }
const seenAt = '2026-11-22T10:11:12Z'
const person = { name: 'Ann', bio: 'Tea @jo', bioFacets: [{ start: 4, end: 7, kind: 'mention' as const, value: 'jo', id: '77' }], links: [{ url: 'https://ann.example', title: 'Mine' }], fields: [{ name: 'Tea', value: 'yes' }], avatar: 'https://cdn.example.net/ann', url: 'https://www.example.com/@ann', locked: true, federated: true, verified: true, address: 'ann@example.net', location: 'Here', pronouns: 'she', unavailable: false, movedTo: 'ann@new.example', source: 'answer' as const, seenAt }
const follows: FollowRow[] = [
  follow('ann', { verdict: 'followable', address: 'ann@example.net', reason: 'network-flag', evidence: [{ kind: 'network', says: 'yes', address: 'ann@example.net', where: 'bio', seen: 'x', detail: 'gone', at: seenAt }], asks: ['ann@example.net'] }, {
    ...common, ...person, numbered: true, ownerId: '7', position: 0, createdAt: '2025-01-01T00:00:00Z', choice: { include: true, address: 'ann@example.net' }, saved: { address: 'ann@example.net', at: seenAt }, arrival: { state: 'again', detail: 'x', at: seenAt },
  }),
  follow('bo', { verdict: 'not', reason: 'private' }),
]
const relations: RelationRow[] = [
  ...(['follower', 'list', 'block', 'mute', 'like', 'known'] as const).map((relation): RelationRow => ({ ...common, ...person, id: `id-${relation}`, handle: `${relation}er`, relation, numbered: relation === 'block', ownerId: '7', key: relation, createdAt: '2025-01-01T00:00:00Z', ...(relation === 'list' ? { list: 'Birds', listId: '5' } : {}) })),
  { ...common, id: '555', handle: 'dee', relation: 'bookmark', post: true, url: 'https://www.example.com/@dee/post/555', key: 'bookmark:555', list: 'Later' },
]
const narrow: PostRow[] = [
  ...(['circle', 'direct', 'self'] as const).map(visibility => post(visibility, { visibility, text: `For ${visibility} alone`, ...(visibility === 'self' ? { media: Array.from({ length: 4 }, () => ({ kind: 'video' as const })) } : {}) })),
  post('ghost', { ghost: true, expiresAt: '2027-01-01T00:00:00Z', text: 'A ghost' }),
  post('undated', { createdAt: undefined, text: 'No date' }),
  post('unknown', { unnumbered: true, visibility: undefined, text: 'Who may read it', media: [{ kind: 'image', url: 'https://cdn.example.net/unknown' }] }),
]
const waiting: MediaRow[] = (['seen', 'expired', 'refused', 'skipped'] as const).map((state, index) => ({ account, postId: 'self', index, kind: 'video', url: `https://cdn.example.net/self${index}`, alt: 'A video', width: 1, height: 2, duration: 2.5, expiresAt: seenAt, type: 'video/mp4', size: 10, member: 'media/1.mp4', preview: 'https://cdn.example.net/p', id: `m${index}`, state, ...(state === 'seen' ? { partial: { parts: ['x'], size: 1, crc: 1, etag: 'e' }, tries: 1 } : { reason: 'not-found', at: seenAt }) }))
const world: World = {
  profile: { ...person, header: 'https://cdn.example.net/h', counts: { follows: 2, followers: 3, posts: 4 }, tags: ['Boats'], createdAt: '2023-07-06T12:00:00Z', emoji: [{ shortcode: 'boat', url: 'https://cdn.example.net/boat.png' }] },
  posts: [...everyField, ...narrow], follows, relations,
  media: [...everyPicture, keptMedia('unknown', 0, new Uint8Array([9, 9, 9])), ...waiting],
}
const rows = <T extends object>(all: T[], ...less: string[]): object[] => all.map(row => Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(row))).filter(([key]) => !['account', 'runId', 'key', ...less].includes(key))))
const contentsOf = async (row: MediaRow): Promise<Uint8Array[]> =>
  Promise.all([row.bytes, row.shown].flatMap(kept => (kept ? [store({}).open!(account, kept.parts).then(async blob => new Uint8Array(await blob.arrayBuffer()))] : [])))
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b)

describe('my own copy', () => {
  test('holds every record, whoever may read it', async () => {
    const all = await files(await ownCopy(store(world), account, copyOptions))
    const byId = (a: Any, b: Any): number => (a.id < b.id ? -1 : 1)
    expect(linesIn(all, 'posts').toSorted(byId)).toEqual(rows(world.posts!, 'at').toSorted(byId))
    expect(linesIn(all, 'follows')).toEqual(rows(follows))
    expect(linesIn(all, 'relations')).toEqual(rows(relations))
    expect(linesIn(all, 'profile')).toEqual([{ ...JSON.parse(JSON.stringify(world.profile)), id: '7', handle: 'Mara.Lind', firstSeen: capturedAt, lastSeen: capturedAt }])
    expect(linesIn(all, 'media')).toHaveLength(world.media!.length)
    for (const { name, stream } of copyOptions.lists) expect(textIn(all, name)).toBe(await new Response(stream()).text())
  })

  test('holds every byte that was kept: what importers show, and the original where that is another kind', async () => {
    const all = await files(await ownCopy(store(world), account, copyOptions))
    const lines = linesIn(all, 'media')
    for (const row of world.media!) {
      const line = lines.find(one => (one.post ?? '@profile') === row.postId && one.index === row.index)
      const contents = await contentsOf(row)
      const paths = [...new Set([line.original, line.file].filter(Boolean))]
      expect(paths.length, `${row.postId} ${row.index}`).toBe(contents.length)
      for (const content of contents) expect(paths.some(path => same(all[path]!, content))).toBe(true)
    }
    // What the line says of a picture is where it is.
    const webp = lines.find(one => one.post === '1' && one.index === 6)
    expect([webp.file, webp.original]).toEqual([expect.stringMatching(/^media_attachments\/.*\.jpg$/), expect.stringMatching(/^originals\/.*-original\.webp$/)])
    expect(lines.find(one => one.post === '1' && one.index === 7).file).toMatch(/^originals\/.*\.heic$/)
    expect(lines.filter(one => one.post === undefined).map(one => [one.file, one.original])).toEqual([['avatar.jpg', undefined], ['header.jpg', expect.stringMatching(/\.webp$/)]])
    for (const line of lines.filter(one => one.state !== 'kept')) expect(line).not.toHaveProperty('file')
  })

  test('has at its root what importers look for: everybody could still take it', async () => {
    const [copy] = await ownCopy(store(world), account, copyOptions)
    const archive = await archiveOf(copy!)
    const strange = importers.flatMap(importer => refusals(importer, archive)).filter(one => !/four files stand|every file can be told/.test(one))
    expect(strange).toEqual([])
    expect(archive.items).toHaveLength(everyField.length)
    const everybodys = JSON.stringify(archive.items)
    for (const { text } of narrow) expect(everybodys).not.toContain(text)
  })

  test('says what lies where, by both names that are known', async () => {
    const all = await files(await ownCopy(store(world), account, copyOptions))
    expect(all['manifest.yml']).toEqual(all['manifest.yaml'])
    const manifest = parse(textIn(all, 'manifest.yml'))
    expect([manifest['ubc-version'], manifest.meta.created]).toEqual(['0.1', capturedAt])
    const described = (tree: Any, folder = ''): string[] => Object.entries<Any>(tree).flatMap(([name, { contents }]) => (contents ? described(contents, `${folder}${name}/`) : [`${folder}${name}`]))
    const names = described(manifest.contents)
    for (const name of names) expect([name, name in all]).toEqual([name, true])
    expect(names).toEqual(expect.arrayContaining(['actor.json', 'outbox.json', 'following_accounts.csv', 'blocked_accounts.csv', 'extra/posts.jsonl', 'extra/media.jsonl']))
    expect(textIn(all, 'README.html')).toContain('<p>Private &amp; yours.</p>\n<p>Do not &lt;upload&gt; it.</p>')
    expect(all['index.html']).toBeDefined()
  })

  test('describes its lines by a schema that each of them keeps to, and that names every field', async () => {
    const all = await files(await ownCopy(store(world), account, copyOptions))
    const schemas: Record<string, object> = JSON.parse(textIn(all, 'extra/schema.json'))
    /** The same, refusing what it does not name. */
    const closed = (schema: Any): Any => (Array.isArray(schema) ? schema.map(closed) : schema && typeof schema === 'object' ? { ...Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)])), ...(schema.properties ? { additionalProperties: false } : {}) } : schema)
    // What no line of this world has: nothing in it is gone.
    const open: Record<string, string[]> = { follows: ['goneAt'], media: [], posts: ['unavailable', 'goneAt'], profile: ['goneAt'], relations: ['goneAt'] }
    const ajv = new Ajv2020({ allErrors: true })
    expect(Object.keys(schemas).toSorted()).toEqual(['follows', 'media', 'posts', 'profile', 'relations'])
    for (const [name, schema] of Object.entries(schemas)) {
      const check = ajv.compile(closed(schema))
      const lines = linesIn(all, name)
      expect(lines.length).toBeGreaterThan(0)
      for (const line of lines) expect([name, check(line), check.errors]).toEqual([name, true, null])
      // Every field of the schema is in one of them, so that this test can say so.
      const fields = Object.keys((schema as { properties: object }).properties)
      expect([name, fields.filter(field => !lines.some(line => field in line))]).toEqual([name, open[name]])
      expect(check({ ...lines[0], nobody: 1 })).toBe(false)
    }
  })

  test('of one capture is the same, byte for byte', async () => {
    const [first, second] = await Promise.all([ownCopy(store(world), account, copyOptions), ownCopy(store(world), account, copyOptions)])
    expect(first!.map(({ name }) => name)).toEqual(['holdall-example-mara.lind-2026-11-22.zip'])
    expect(same(await bytesOf(first![0]!), await bytesOf(second![0]!))).toBe(true)
    expect(same(await bytesOf(first![0]!), await bytesOf(first![0]!))).toBe(true)
  })

  test('in parts, unpacked into one folder, is the same as in one', async () => {
    const whole = await files(await ownCopy(store(world), account, copyOptions))
    for (const most of [1, 6, 10, 20]) {
      const parts = await ownCopy(store(world), account, { ...copyOptions, most })
      expect(parts.length).toBeGreaterThan(1)
      expect(parts.map(({ name, part, parts: count }) => [name, part, count])).toEqual(parts.map((_, at) => [`holdall-example-mara.lind-2026-11-22${at ? `-part-${String(at + 1).padStart(2, '0')}` : ''}.zip`, at + 1, parts.length]))
      const each = await Promise.all(parts.map(async file => Object.keys(unzipSync(await bytesOf(file)))))
      expect(new Set(each.flat()).size).toBe(each.flat().length)
      const united = await files(parts)
      expect(Object.keys(united).toSorted()).toEqual(Object.keys(whole).toSorted())
      for (const [name, content] of Object.entries(whole)) expect([name, same(united[name]!, content)]).toEqual([name, true])
    }
  })

  test('without pictures, or without anything, is a copy all the same', async () => {
    const { open: _, ...blind } = store(world)
    for (const source of [store({ ...world, media: [] }), blind as CopySource, store({})]) {
      const out = await ownCopy(source, account, copyOptions)
      const all = await files(out)
      expect([out.length, Object.keys(all).filter(name => /^(?:media_attachments|originals|avatar|header)/.test(name))]).toEqual([1, []])
      expect(all['index.html']).toBeDefined()
    }
    await expect(ownCopy(store({}), 'example:8', copyOptions)).rejects.toThrow('example:8')
  })

  test('leaves out what a later capture no longer found, and its pictures', async () => {
    const real = openStore('copy')
    const batch = (runId: string, at: string, ids: string[]) => ({
      account, network: 'example', runId, at, who: { id: '7', handle: 'mara' }, follows: [], relations: [], counts: [], unread: [], reachOf: () => ({ verdict: 'unknown' as const, reason: 'x' }),
      posts: ids.map(id => ({ id, authorId: '7', createdAt: '2025-01-01T00:00:00Z', text: `Text ${id}`, visibility: 'public' as const, media: [{ kind: 'image' as const, url: `https://cdn.example.net/${id}` }] })),
    })
    await real.commit(batch('1', '2026-11-20T00:00:00Z', ['stays', 'goes']))
    for (const id of ['stays', 'goes']) await real.keepMedia({ ...(await real.media(account, [id]))[0]!, state: 'kept', bytes: keptMedia(id, 0, new TextEncoder().encode(`picture ${id}`)).bytes })
    await real.commit(batch('2', '2026-11-21T00:00:00Z', ['stays']))
    expect(await real.markGone(account, '2', ['posts'], '2026-11-21T00:00:00Z')).toBe(1)
    const source = { ...real, open: store({}).open! }
    const out = await ownCopy(source, account, copyOptions)
    const bytes = Buffer.from(await bytesOf(out[0]!))
    expect([bytes.includes('picture stays'), bytes.includes('picture goes'), bytes.includes('Text goes')]).toEqual([true, false, false])
    const all = await files(out)
    expect([linesIn(all, 'posts').map(({ id }) => id), linesIn(all, 'media').map(one => one.post)]).toEqual([['stays'], ['stays']])
    expect(same(bytes, Buffer.from(await bytesOf((await ownCopy(source, account, copyOptions))[0]!)))).toBe(true)
    real.close()
  })
})

describe('the import archive', () => {
  test('holds nothing that was not ticked', async () => {
    const mark = (what: string): string => `unticked-${what}`
    const picture = (what: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(mark(`bytes-${what}`))
    const hidden = [...(['followers', 'circle', 'direct', 'self'] as const).map(visibility => post(mark(visibility), { visibility })), post(mark('ghost'), { ghost: true }), post(mark('undated'), { createdAt: undefined }), post(mark('unknown'), { visibility: undefined }), post(mark('reply'), { kind: 'reply' }), post(mark('repost'), { repostOf: { url: 'https://www.example.com/x' } })]
      .map(row => ({ ...row, ...(row.repostOf ? {} : { text: mark('text') }), warning: mark('warning'), topic: mark('topic'), media: [{ kind: 'image' as const, url: `https://cdn.example.net/${mark('media')}`, alt: mark('alt') }] }))
    const unticked: World = {
      profile: {}, posts: [post('1', { media: [{ kind: 'image' }] }), ...hidden],
      follows: [follow(mark('follow'), { verdict: 'followable', address: `${mark('follow')}@example.net`, reason: 'x' }, { name: mark('follow-name'), bio: mark('follow-bio') })],
      relations: (['follower', 'list', 'block', 'mute', 'bookmark', 'like', 'known'] as const).map(relation => ({ ...common, id: mark(relation), handle: mark(relation), relation, key: relation, list: mark('list-name'), url: `https://www.example.com/${mark(relation)}` })),
      media: [keptMedia('1', 0, new TextEncoder().encode('ticked picture')), ...hidden.map(({ id }) => keptMedia(id, 0, picture(id))), keptMedia('1', 1, picture('heic'), ['image/heic', 'heic'])],
    }
    const made = await bundle(store(unticked), account, { ...options, kinds: { replies: false, reposts: false } })
    const bytes = Buffer.from(await bytesOf(made.file))
    expect([made.problems, bytes.includes('ticked picture'), bytes.includes('unticked')]).toEqual([[], true, false])
    const { names } = await opened(made.file)
    expect(names.filter(name => /^extra\/|\.csv$|\.html$|^viewer\/|manifest|^originals\/|README/.test(name))).toEqual([])
    expect(names.filter(name => name.startsWith('media_attachments'))).toHaveLength(1)
    // The same search finds all of it where it belongs.
    const copy = Buffer.from(await bytesOf((await ownCopy(store(unticked), account, { ...copyOptions, lists: [] }))[0]!))
    for (const what of ['followers', 'circle', 'direct', 'self', 'ghost', 'undated', 'unknown', 'reply', 'repost', 'text', 'warning', 'topic', 'alt', 'follow', 'follow-name', 'follow-bio', 'block', 'mute', 'bookmark', 'like', 'known', 'list-name', 'bytes-heic']) expect([what, copy.includes(mark(what))]).toEqual([what, true])
    expect((await checkBundle(piecesOf(made.file.stream()), capturedAt)).problems).toEqual([])
  })
})
