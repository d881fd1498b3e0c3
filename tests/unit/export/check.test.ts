import { strToU8, unzipSync, zipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { bundle, checkBundle, piecesOf } from '../../../lib/export/index.ts'
import { account, bytesOf, capturedAt, keptMedia, options, post, store, streamOfBytes, type Any } from './fake.ts'

let files: Record<string, Uint8Array>
let archive: Uint8Array

beforeAll(async () => {
  const posts = [
    post('1', { text: 'PK\u0007\u0008 PPPK', language: 'en', media: [{ kind: 'image', alt: 'x' }] }),
    post('2', { replyTo: { id: '1' }, createdAt: '2025-02-01T00:00:00Z', tags: ['Boats'] }),
    post('3', { repostOf: { url: 'https://www.example.com/@jo/post/8' }, createdAt: '2025-03-01T00:00:00Z' }),
  ]
  // A picture's bytes may look like the end of an entry.
  const picture = new Uint8Array([0x50, 0x4b, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x50, 0x50, 0x4b, 3, 4, 0x50])
  const made = await bundle(store({ posts, media: [keptMedia('1', 0, picture)] }), account, options)
  if (made.problems.length) throw new Error(JSON.stringify(made.problems))
  archive = await bytesOf(made.file)
  files = unzipSync(archive)
})

const reasons = async (bytes: Uint8Array, piece?: number) => (await checkBundle(piecesOf(streamOfBytes(bytes, piece)), capturedAt)).problems.map(problem => problem.reason)
/** The same archive by another writer, with changes. */
const zipped = (change: Record<string, Uint8Array | undefined> = {}, level: 0 | 6 = 0) =>
  zipSync(Object.fromEntries(Object.entries({ ...files, ...change }).filter((entry): entry is [string, Uint8Array] => entry[1] !== undefined)), { level })
const text = (name: string) => new TextDecoder().decode(files[name])
const lines = (items: Any[]) => items.map(item => JSON.stringify(item)).join(',\n')
const outboxWith = (change: (items: Any[], outbox: Any) => void): Uint8Array => {
  const outbox = JSON.parse(text('outbox.json'))
  change(outbox.orderedItems, outbox)
  const { '@context': context, id, type, orderedItems, totalItems } = outbox
  return strToU8(`${JSON.stringify({ '@context': context, id, type }).slice(0, -1)},"orderedItems":[\n${lines(orderedItems)}\n],"totalItems":${totalItems}}\n`)
}

describe('checkBundle', () => {
  test('finds nothing wrong with what was written, however it comes by', async () => {
    for (const piece of [1, 2, 13, 1024, archive.length]) {
      const checked = await checkBundle(piecesOf(streamOfBytes(archive, piece)), capturedAt)
      expect(checked).toEqual({ problems: [], items: 3, bytes: archive.length })
    }
    expect(await reasons(zipped())).toEqual([])
    expect(await reasons(zipped({ 'outbox.json': outboxWith(() => {}) }))).toEqual([])
  })

  const broken: [string, (items: Any[], outbox: Any) => void][] = [
    ['duplicate-id', items => (items[1] = structuredClone(items[0]))],
    ['total-items', (_, outbox) => (outbox.totalItems = 9)],
    ['context', (_, outbox) => (outbox['@context'] = 'https://www.w3.org/ns/activitystreams')],
    ['outbox-shape', (_, outbox) => (outbox.type = 'Collection')],
    ['not-an-array', items => (items[0].object.to = items[0].object.to[0])],
    ['not-an-array', items => (items[0].cc = undefined)],
    ['not-an-array', items => (items[0].object.tag = {})],
    ['not-an-array', items => (items[0].object.attachment = undefined)],
    ['audience', items => (items[0].object.to = ['https://example.org/jo'])],
    ['activity-and-object-differ', items => (items[0].object.cc = [])],
    ['activity-and-object-differ', items => (items[0].object.published = '2025-01-01T00:00:01Z')],
    ['activity-and-object-differ', items => (items[0].object.id += 'x')],
    ['not-under-base', items => (items[0].id = 'https://example.org/1/activity')],
    ['date', items => (items[0].published = items[0].object.published = '2025-13-01T00:00:00Z')],
    ['date', items => (items[0].published = items[0].object.published = '2025-01-01T00:00:00')],
    ['date', items => (items[2].published = '2031-01-01T00:00:00Z')],
    ['not-oldest-first', items => items.reverse()],
    ['parent-not-before', items => items.splice(0, 1)],
    ['in-reply-to', items => (items[0].object.inReplyTo = '17')],
    ['tag', items => items[1].object.tag.push({ type: 'Mention', href: 'https://example.org/jo', name: '@jo' })],
    ['language', items => (items[0].object.contentMap = { und: items[0].object.content })],
    ['language', items => (items[0].object.contentMap = { en: 'else' })],
    ['at-word', items => (items[1].object.content = '<p>to @jo</p>')],
    ['at-word', items => (items[1].object.content = '<p>a@b.c</p>')],
    ['at-word', items => Object.assign(items[1].object, { summary: 'by @jo', sensitive: true })],
    ['html-tag', items => (items[1].object.content = '<p><img src="x"></p>')],
    ['html-tag', items => (items[1].object.content = '<p><a href="x" onclick="y">z</a></p>')],
    ['bare-newline', items => (items[1].object.content = '<p>a\nb</p>')],
    ['content', items => (items[1].object.content = '')],
    ['warning', items => (items[1].object.summary = 'x')],
    ['url', items => (items[1].object.url = ['x'])],
    ['attachment', items => (items[0].object.attachment[0].url = 'https://cdn.example.net/1.jpg')],
    ['missing-file', items => (items[0].object.attachment[0].url = '/media_attachments/files/2.jpg')],
    ['announce', items => (items[2].object = { id: 'x' })],
    ['activity', items => (items[2].type = 'Delete')],
    ['activity', items => (items[2] = 17)],
    ['note', items => (items[0].object.type = 'Article')],
  ]
  test.each(broken)('finds %s (%#)', async (reason, change) => expect(await reasons(zipped({ 'outbox.json': outboxWith(change) }))).toContain(reason))

  test.each([
    ['public-key', { publicKey: {} }],
    ['actor', { followers: 'x' }],
    ['actor', { preferredUsername: 'Mara.Lind' }],
    ['missing-file', { icon: { type: 'Image', url: 'avatar.jpg' } }],
    ['at-word', { summary: '<p>@jo</p>' }],
    ['context', { '@context': [] }],
  ])('finds %s in the actor', async (reason, change) => {
    expect(await reasons(zipped({ 'actor.json': strToU8(JSON.stringify({ ...JSON.parse(text('actor.json')), ...change })) }))).toContain(reason)
  })

  test.each(['../evil.json', '/etc/passwd', 'media_attachments/files/../../x.jpg', 'media_attachments\\files\\x.jpg', 'C:/x.jpg', 'media_attachments/files//x.jpg', './x'])('finds the path trick %s', async name => {
    expect(await reasons(zipped({ [name]: strToU8('x') }))).toContain('path')
  })

  test('finds files that are missing, doubled, empty or out of place', async () => {
    expect(await reasons(zipped({ 'likes.json': undefined }))).toContain('missing-file')
    expect(await reasons(zipped({ [`media_attachments/files/b/${Object.keys(files).find(name => name.startsWith('media'))!.split('/').at(-1)}`]: strToU8('x') }))).toContain('duplicate-name')
    expect(await reasons(zipped({ 'media_attachments/files/2.jpg': strToU8('') }))).toContain('empty-file')
    expect(await reasons(zipped({ 'media_attachments/files/2.srt': strToU8('x') }))).toContain('subtitles')
    expect(await reasons(zipped({ 'following_accounts.csv': strToU8('x') }))).toContain('not-in-the-layout')
    expect(await reasons(zipped({ 'likes.json': strToU8('{}') }))).toContain('collection')
  })

  test('finds what can not be read', async () => {
    expect(await reasons(zipped({ 'outbox.json': strToU8('{') }))).toContain('outbox-not-readable')
    expect(await reasons(zipped({ 'outbox.json': Uint8Array.of(0xff) }))).toContain('not-utf-8')
    expect(await reasons(zipped({ 'actor.json': strToU8('[') }))).toContain('actor')
    expect(await reasons(zipped({}, 6))).toContain('zip-deflated')
    expect(await reasons(new Uint8Array())).toContain('zip-broken')
    expect(await reasons(strToU8('not a zip at all, but long enough to be asked'))).toContain('zip-directory')
  })

  test('finds a picture that is not as long as it was, without reading one', async () => {
    const world = store({ posts: [post('1', { media: [{ kind: 'image' }] })], media: [keptMedia('1', 0, new Uint8Array([1, 2, 3]))] })
    const made = async (change: (blob: Blob) => Blob) => (await bundle({ ...world, open: async (of, names) => change(await world.open!(of, names)) }, account, options)).problems.map(({ reason, example }) => [reason, example])
    for (const other of [(blob: Blob) => blob.slice(0, 2), (blob: Blob) => new Blob([blob, 'x']), () => new Blob([])]) expect(await made(other)).toContainEqual(['zip-broken', expect.stringMatching(/^media_attachments\//)])
    const unread = (blob: Blob): Blob => Object.assign(blob, { stream: () => { throw new Error('read') }, arrayBuffer: () => { throw new Error('read') } })
    expect(await made(unread)).toEqual([])
  })

  test('finds an archive that was cut or changed anywhere', async () => {
    for (let at = 1; at < archive.length; at += 211) expect(await reasons(archive.slice(0, at))).not.toEqual([])
    const changed = archive.slice()
    const inside = Buffer.from(archive).indexOf('"Note"') + 1
    changed[inside] = changed[inside]! ^ 1
    expect(await reasons(changed)).not.toEqual([])
  })
})
