import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { bundle, container, photographsOnly } from '../../../lib/export/index.ts'
import { tarPieces } from '../../../lib/export/tar.ts'
import type { ZipEntry } from '../../../lib/export/zip.ts'
import { account, bytesOf, keptMedia, opened, options, post, store, type World } from './fake.ts'

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => new Uint8Array(values)
const [a, b, c] = [bytes(1, 2, 3), bytes(4, 5), new Uint8Array(700).fill(9)]
const image = { kind: 'image' as const, alt: 'A boat' }

/** Unpacked by tar itself. */
const untar = (archive: Uint8Array): { names: string[]; read(name: string): Buffer } => {
  const folder = mkdtempSync(join(tmpdir(), 'holdall-tar-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'a.tar'), archive)
  execFileSync('mkdir', [join(folder, 'in')])
  execFileSync('tar', ['-xf', join(folder, 'a.tar'), '-C', join(folder, 'in')])
  const names = readdirSync(join(folder, 'in'), { recursive: true, withFileTypes: true }).flatMap(entry => (entry.isFile() ? [join(entry.parentPath, entry.name).slice(folder.length + 4)] : []))
  return { names: names.toSorted(), read: name => readFileSync(join(folder, 'in', name)) }
}

const world: World = {
  posts: [
    post('1', { text: 'Größe 📷 @jo', media: [image] }),
    post('2', { createdAt: '2025-02-03T04:05:06Z', media: [image, { kind: 'video' }, image] }),
    post('3', { visibility: 'unlisted', media: [image] }),
    post('4', { visibility: 'followers', media: [image] }),
    post('5', { kind: 'reply', replyTo: { id: '9', authorHandle: 'jo' }, media: [image] }),
    post('6', { media: [image] }),
    post('7', { ghost: true, media: [image] }),
    post('8', { text: 'No picture' }),
    post('9', { text: undefined, media: [image] }),
  ],
  media: [
    keptMedia('1', 0, a), keptMedia('2', 0, b, ['image/png', 'png']), keptMedia('2', 1, c, ['video/mp4', 'mp4']), keptMedia('2', 2, bytes(7), ['image/webp', 'webp'], bytes(8)),
    ...['3', '4', '5', '7'].map(id => keptMedia(id, 0, a)), keptMedia('6', 0, a, ['image/gif', 'gif']), keptMedia('9', 0, b),
  ],
}

const all = async <T>(pieces: AsyncIterable<T>): Promise<T[]> => {
  const out: T[] = []
  for await (const piece of pieces) out.push(piece)
  return out
}

describe('the container of FEP-6fcd', () => {
  const follows = [{ name: 'following_accounts.csv', type: 'text/csv', rows: 1, stream: () => new Blob(['Account address\nann@example.org\n']).stream() as ReadableStream<Uint8Array> }]

  test('tar unpacks it: the import archive, the follow list, and a manifest that names them', async () => {
    const made = await container(store(world), account, options, follows)
    const { names, read } = untar(await bytesOf(made))
    const archive = await opened((await bundle(store(world), account, options)).file)
    expect(names).toEqual(['manifest.yaml', 'manifest.yml', ...[...archive.names, 'following_accounts.csv'].map(name => `activitypub/${name}`)].toSorted())
    for (const name of archive.names) expect([name, read(`activitypub/${name}`).equals(archive.bytes(name))]).toEqual([name, true])
    expect(read('activitypub/following_accounts.csv').toString()).toBe('Account address\nann@example.org\n')
    const manifest = parse(read('manifest.yml').toString())
    expect(read('manifest.yaml').equals(read('manifest.yml'))).toBe(true)
    expect(manifest).toMatchObject({
      'ubc-version': '0.1',
      contents: {
        'manifest.yml': { url: 'https://w3id.org/fep/6fcd#manifest-file' },
        activitypub: { contents: { 'actor.json': { url: 'https://www.w3.org/TR/activitypub/#actor-objects' }, 'outbox.json': {}, 'following_accounts.csv': {} } },
      },
    })
    expect(made.name).toBe('account-example-mara.lind-2026-11-22.tar')
    expect(Buffer.from(await bytesOf(await container(store(world), account, options, follows))).equals(await bytesOf(made))).toBe(true)
  })

  test('long names, empty files, files of whole blocks', async () => {
    const long = `activitypub/${'folder/'.repeat(15)}${'n'.repeat(90)}.jpg`
    const text = async function* (...pieces: Uint8Array[]): AsyncGenerator<Uint8Array> { yield* pieces }
    const entries = async function* (): AsyncGenerator<ZipEntry> {
      yield { name: long, content: text(a, b) }
      yield { name: 'empty', content: text() }
      yield { name: 'block', content: { size: 512, crc: 0, open: async () => new Blob([new Uint8Array(512).fill(5)]) } }
    }
    const whole = new Blob((await all(tarPieces(entries, '2026-11-22T10:11:12Z'))) as BlobPart[])
    const { names, read } = untar(new Uint8Array(await whole.arrayBuffer()))
    expect(names).toEqual([long, 'block', 'empty'].toSorted())
    expect([...read(long)]).toEqual([...a, ...b])
    expect(read('empty')).toHaveLength(0)
    expect(read('block').every(byte => byte === 5)).toBe(true)
    const endless = async function* (): AsyncGenerator<ZipEntry> { yield { name: 'x'.repeat(101), content: text(a) } }
    await expect(all(tarPieces(endless, ''))).rejects.toThrow('too long')
  })

  test('what changes while it is written is no quiet damage', async () => {
    let turn = 0
    const entries = async function* (): AsyncGenerator<ZipEntry> {
      turn++
      yield { name: 'a', content: (async function* () { yield new Uint8Array(turn) })() }
    }
    await expect(all(tarPieces(entries, ''))).rejects.toThrow('has changed')
  })
})

describe('pictures alone', () => {
  const made = async (given: World) => {
    const file = await photographsOnly(store(given), account, options)
    const files = unzipSync(await bytesOf(file))
    return { file, files, json: new TextDecoder().decode(files['content/posts_1.json']) }
  }
  /** As importers undo it: each letter is a byte of UTF-8. */
  const undone = (text: string): string => Buffer.from(text, 'latin1').toString('utf8')

  test('listed public posts of one’s own with kept files that are taken there; one file has the text itself', async () => {
    const { file, files, json } = await made(world)
    const posts = JSON.parse(json)
    expect(file.rows).toBe(3)
    expect(posts.map((one: { media: unknown[] }) => one.media.length)).toEqual([1, 1, 3])
    const [first, , third] = posts
    expect(undone(first.media[0].title)).toBe('Größe 📷 ＠jo')
    expect(first).not.toHaveProperty('title')
    expect(first.media[0].creation_timestamp).toBe(Date.parse('2025-01-01T00:00:00Z') / 1000)
    expect(third).toMatchObject({ title: 'Text 2', creation_timestamp: Date.parse('2025-02-03T04:05:06Z') / 1000 })
    expect(third.media.map(({ title }: { title: string }) => title)).toEqual(['', '', ''])
    // Written as bytes: nothing beyond ASCII stands in the file.
    expect(/^[\n\x20-\x7e]*$/.test(json)).toBe(true)
    expect(json).toContain(String.raw`Gr\u00c3\u00b6\u00c3\u009fe`)
    const uris: string[] = posts.flatMap((one: { media: { uri: string }[] }) => one.media.map(({ uri }) => uri))
    expect(new Set(uris).size).toBe(uris.length)
    expect(Object.keys(files).toSorted()).toEqual(['content/posts_1.json', ...uris].toSorted())
    for (const uri of uris) expect(uri).toMatch(/^media\/posts\/20250[12]\/[^/]+\.(jpg|png|mp4)$/)
    expect(uris.map(uri => [...files[uri]!])).toEqual([[...a], [...b], [...b], [...c], [8]])
  })

  test('without a picture: a list of nobody', async () => {
    const { file, json } = await made({ posts: [post('1')] })
    expect([file.rows, JSON.parse(json)]).toEqual([0, []])
  })
})
