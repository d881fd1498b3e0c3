/** The archive as programs read it that know ActivityPub and JSON-LD: Fedify's classes (fedify-dev/fedify 2.3.6), and a safe expansion (JSON-LD 1.1 API), which refuses to drop anything. */
import { Announce, Create, Note, OrderedCollection, Person, type Document } from '@fedify/vocab'
import { preloadedContexts } from '@fedify/vocab-runtime'
import fc from 'fast-check'
import jsonld from 'jsonld'
import { describe, expect, test } from 'vitest'
import { bundle } from '../../../../lib/export/index.ts'
import { account, options, owner, store, type Any, type World } from '../fake.ts'
import { archiveOf, type Archive } from './importer.ts'
import { everyField, everyPicture, hostile, word } from './posts.ts'

/** The contexts as a package ships them: nothing is fetched. */
const documentLoader = async (url: string): Promise<{ contextUrl: null; documentUrl: string; document: unknown }> => {
  const document = preloadedContexts[url]
  if (!document) throw new Error(`Not at hand: ${url}`)
  return { contextUrl: null, documentUrl: url, document }
}
const loaders = { documentLoader, contextLoader: documentLoader, baseUrl: new URL('https://archive.example/') }
const safely = { documentLoader, base: 'https://archive.example/', safe: true } as unknown as jsonld.Options.Expand

/** One language has one name (`tl` is `fil`). */
const sameName = (line: string): string => line.replace(/(?<=")@([\w-]+)(?= \.$)/, (_, tag: string) => `@${Intl.getCanonicalLocales(tag)[0]!.toLowerCase()}`)
/** Each statement on a line, nodes without a name all called the same. Throws where something would be dropped. */
const statements = async (document: object): Promise<string[]> =>
  String(await jsonld.canonize(document as jsonld.JsonLdDocument, { ...safely, format: 'application/n-quads' } as jsonld.Options.Normalize)).split('\n').filter(Boolean).map(line => sameName(line.replaceAll(/_:c14n\d+/g, '_:some'))).toSorted()
/** Our own block goes, which no class of anybody's has a place for; and the one word of ours beside it. */
const withoutOurs = (value: Any): Any => (Array.isArray(value) ? value.map(withoutOurs) : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'holdall:original').map(([key, inner]) => [key, withoutOurs(inner)])) : value)
const foreign = (line: string): boolean => !line.includes('<https://holdall.invalid/ns#')

/** Every statement before, and after being parsed and written again. */
const through = async (Class: { fromJsonLd(json: unknown, loaders: object): Promise<{ toJsonLd(options: object): Promise<unknown> }> }, document: Any): Promise<{ before: string[]; after: string[] }> => {
  const again = await (await Class.fromJsonLd(document, loaders)).toJsonLd({ format: 'expand', contextLoader: documentLoader })
  return { before: (await statements(withoutOurs(document))).filter(foreign), after: await statements(again as object) }
}
const throughAll = async (whole: Archive): Promise<{ before: string[]; after: string[] }[]> => {
  const out = [await through(Person, whole.actor)]
  for (const item of whole.items) out.push(await through(item.type === 'Announce' ? Announce : Create, withContext(whole, item)))
  return out
}
const archive = async (world: World): Promise<Archive> => archiveOf((await bundle(store(world), account, { ...options, include: 'followers-too' })).file)
const gathered = async <T>(some: AsyncIterable<T>): Promise<T[]> => {
  const out: T[] = []
  for await (const one of some) out.push(one)
  return out
}
const withContext = ({ outbox }: Archive, item: Any): Any => ({ '@context': outbox['@context'], ...item })

const whole = (): Promise<Archive> =>
  archive({ posts: everyField, media: everyPicture, profile: { name: 'Mara', bio: 'Boats', links: [{ url: 'https://mara.example.org' }], fields: [{ name: 'Tea', value: 'yes' }], locked: true, createdAt: '2023-07-06T12:00:00Z', counts: { follows: 1 } } })

describe('Fedify', () => {
  test('drops nothing of the actor and of any activity', async () => {
    for (const { before, after } of await throughAll(await whole())) expect(after).toEqual(before)
  })

  test('finds everything where it should be', async () => {
    const all = await whole()
    const person = await Person.fromJsonLd(all.actor, loaders)
    expect([person.preferredUsername, person.followersId?.href, person.manuallyApprovesFollowers, (await person.getIcon({ ...loaders, crossOrigin: 'trust' }))?.mediaType]).toEqual(['mara_lind', `${all.actor.id}/followers`, true, 'image/jpeg'])
    const outbox = await OrderedCollection.fromJsonLd(all.outbox, loaders)
    // Nobody vouches for what stands in a file: whoever imports it trusts the file.
    const trusting = { ...loaders, crossOrigin: 'trust' as const }
    const activities = await gathered(outbox.getItems(trusting))
    expect([outbox.totalItems, activities.length]).toEqual([everyField.length, everyField.length])
    const [index] = all.items.flatMap((item, at) => (item.object.attachment?.length > 1 ? [at] : []))
    const json = all.items[index!].object
    const note = (await (activities[index!] as Create).getObject(trusting)) as Note
    expect(note).toBeInstanceOf(Note)
    expect(note.content?.toString()).toBe(json.content)
    expect([note.id?.href, note.summary?.toString(), note.sensitive, note.published?.toString(), note.updated?.toString(), note.quoteId?.href]).toEqual([json.id, json.summary, true, json.published, json.updated, json.quote])
    const files = (await gathered(note.getAttachments(trusting))) as Document[]
    expect(files.map(file => [file.mediaType, (file.url as URL).pathname, file.name?.toString() ?? null, file.width])).toEqual(json.attachment.map((one: Any) => [one.mediaType, one.url, one.name, one.width]))
    expect((await gathered(note.getTags(trusting))).map(tag => tag.name?.toString())).toEqual(json.tag.map((tag: Any) => tag.name))
    expect((await note.getLikes(trusting))?.totalItems).toBe(1)
  })

  test('would be seen to drop something', async () => {
    const all = await whole()
    const { before, after } = await through(Create, withContext(all, { ...all.items[0], 'toot:nobody': 'x' }))
    expect(before.filter(line => !after.includes(line))).toHaveLength(1)
  })

  test('of whatever was captured', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.option(word, { nil: undefined }), async (world, bio) => {
        for (const { before, after } of await throughAll(await archive({ ...world, profile: { bio, locked: false } }))) expect(after).toEqual(before)
      }),
      { numRuns: 40 },
    )
  })
})

describe('a safe JSON-LD expansion', () => {
  /** Keys that no context explains: ActivityStreams' own gives them to nobody's vocabulary (`_:`), where they are lost later. */
  const unexplained = (expanded: unknown): string[] => [...JSON.stringify(expanded).matchAll(/"(_:[^"]*)":/g)].map(match => match[1]!)
  const names = (value: Any): string[] => (value && typeof value === 'object' ? [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(names)] : [])

  test('has every word of ours that the notes have', async () => {
    const all = await whole()
    const expanded = await jsonld.expand(all.outbox, safely)
    expect(unexplained(expanded)).toEqual([])
    const ours = [...new Set(names(all.items).filter(name => name.startsWith('holdall:')))]
    expect(ours.length).toBeGreaterThan(40)
    for (const name of ours) expect(JSON.stringify(expanded)).toContain(`"https://holdall.invalid/ns#${name.slice(8)}"`)
  })

  test('drops nothing of whatever was captured', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, word, async (world, handle) => {
        const all = await archive({ ...world, who: { ...owner, handle } })
        for (const document of [all.actor, all.outbox]) expect(unexplained(await jsonld.expand(document, safely))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
