import { preloadedContexts } from '@fedify/vocab-runtime'
import jsonld from 'jsonld'
import { expect, test } from 'vitest'
import { bundle } from '../../../lib/export/index.ts'
import { account, keptMedia, opened, options, post, store } from './fake.ts'

/** The contexts as a package ships them: nothing is fetched. */
const documentLoader = async (url: string) => {
  const document = preloadedContexts[url]
  if (!document) throw new Error(`Not at hand: ${url}`)
  return { contextUrl: undefined, documentUrl: url, document: document as object }
}
/** Throws where something would be dropped. */
const expand = (document: object) => jsonld.expand(document as jsonld.JsonLdDocument, { documentLoader, base: 'https://archive.example/', safe: true } as jsonld.Options.Expand)
/** Keys that no context explains: ActivityStreams' own gives them to nobody's vocabulary (`_:`), where they are lost later. */
const unexplained = (expanded: unknown): string[] => [...JSON.stringify(expanded).matchAll(/"(_:[^"]*)":/g)].map(match => match[1]!)

const world = {
  profile: { bio: 'Hi', links: [{ url: 'https://mara.example.org' }], locked: false, verified: true, federated: true, avatar: 'https://cdn.example.net/a.jpg', header: 'https://cdn.example.net/h.jpg', tags: ['Boats'], createdAt: '2023-07-06T12:00:00Z', counts: { follows: 3, followers: 4, posts: 5 } },
  posts: [
    post('1', {
      editedAt: '2025-01-02T00:00:00Z',
      edited: true,
      language: 'en',
      tags: ['Boats'],
      mentions: ['jo'],
      topic: 'Boats',
      media: [{ kind: 'image' as const, url: 'https://cdn.example.net/1.jpg', alt: 'A boat', width: 1, height: 2, preview: 'https://cdn.example.net/p.jpg' }, { kind: 'audio' as const }],
      linkPreview: { url: 'https://news.example.org', title: 'News', image: 'https://news.example.org/i.jpg' },
      quoteOf: { id: '9', url: 'https://www.example.com/@jo/post/9', authorHandle: 'jo', unavailable: true },
      threadRoot: { id: '1' },
      warning: 'Boats',
      spoiler: true,
      pinned: true,
      replyControl: 'everyone',
      federated: true,
      counts: { likes: 1, replies: 2, reposts: 3, quotes: 4, shares: 5, views: 6 },
    }),
    post('2', { replyTo: { id: '1' } }),
    post('3', { repostOf: { url: 'https://www.example.com/@jo/post/8' } }),
  ],
}

test('a safe JSON-LD expansion drops no key of any file', async () => {
  const media = [keptMedia('1', 0, new Uint8Array([1])), keptMedia('1', 1, new Uint8Array([1]), ['video/mp4', 'mp4']), keptMedia('@profile', 0, new Uint8Array([1]))]
  const { json } = await opened((await bundle(store({ ...world, media }), account, options)).file)
  for (const name of ['actor.json', 'outbox.json', 'likes.json', 'bookmarks.json']) expect([name, unexplained(await expand(json(name)))]).toEqual([name, []])
  const [outbox] = await expand(json('outbox.json'))
  const text = JSON.stringify(outbox)
  for (const word of ['topic', 'likes', 'views', 'pinned', 'linkPreview', 'media', 'quoted', 'mentions']) expect(text).toContain(`"https://holdall.invalid/ns#${word}"`)
  expect(text).toContain('"https://w3id.org/fep/044f#quote":[{"@id":"https://www.example.com/@jo/post/9"}]')
  expect(text).toContain('"https://www.w3.org/ns/activitystreams#sensitive"')
})

test('that check would see an unknown key and a wrong value', async () => {
  const { json } = await opened((await bundle(store(world), account, options)).file)
  expect(unexplained(await expand({ ...json('actor.json'), nobodyKnowsThis: 1 }))).toEqual(['_:nobodyKnowsThis'])
  await expect(expand({ ...json('actor.json'), summary: { '@language': 'no language', '@value': 'x' } })).rejects.toThrow('Safe mode')
})
