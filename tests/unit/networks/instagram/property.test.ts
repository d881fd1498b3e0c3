/** The reader is total: whatever becomes of an answer, it does not throw, and what it gives are whole records. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nothing } from '../../../../lib/model/index.ts'
import { read, readAnswer, viewer } from '../../../../lib/networks/instagram/read.ts'
import { answerOf, site, valid, type Asked } from './ask.ts'
import { bo, cached, candidates, cy, edges, expected, file, graphItem, graphProfile, html, item, me, pages, profile, timeline, user, viewerModule, type Json } from './made.ts'

const series = item(me, {
  media_type: 8, carousel_media_count: 2, carousel_media: [{ pk: '1', media_type: 1, image_versions2: candidates('1') }, { id: `2_${me.id}`, media_type: 2, image_versions2: candidates('2'), video_versions: [{ type: 101, url: file('2.mp4') }], video_duration: 3 }],
  caption: { text: '👩🏽‍🚀 #tag with @bo_kanter' }, coauthor_producers: [user(bo)], usertags: { in: [{ user: user(cy), position: [0, 1] }] }, timeline_pinned_user_ids: [1], audience: 'besties', clips_metadata: { music_info: { music_asset_info: { title: 't', display_artist: 'a', audio_cluster_id: '5' } } },
})

/** One answer of each kind, with the question that it belongs to. */
const answers: [Json, Asked][] = [
  [{ data: { user: profile(me), viewer: { user: { pk: me.id, username: me.handle } } } }, { operation: 'PolarisProfilePageContentQuery', variables: { id: me.id } }],
  [{ data: { user: graphProfile(me, { edge_owner_to_timeline_media: { count: 2, ...edges([graphItem(me)], 'x') }, biography_with_entities: { raw_text: 'With @bo_kanter', entities: [{ user: { username: 'bo_kanter' } }] } }) } }, { url: `/api/v1/users/web_profile_info/?username=${me.handle}` }],
  [{ users: [user(bo), user(cy)], next_max_id: '25', has_more: false, status: 'ok' }, { url: `/api/v1/friendships/${me.id}/following/?count=12` }],
  [{ data: { xdt_api__v1__friendships__following__connection: edges([user(bo), user(cy)], 'x') } }, { operation: 'usePolarisGetFollowListQuery', variables: { userID: me.id, isFollowerList: false, after: 'y' } }],
  [{ data: { user: { edge_follow: { count: 2, ...edges([user(bo)]) } } } }, { url: '/graphql/query/?query_hash=x', variables: { id: me.id } }],
  [timeline([series, item(bo, { coauthor_producers: [user(me)] })], 'x'), { operation: 'PolarisProfilePostsTabContentQuery_connection', variables: { username: me.handle, after: 'y' } }],
  [{ items: [series], more_available: true, next_max_id: 'x', status: 'ok' }, { url: `/api/v1/feed/user/${me.id}/` }],
  [{ data: { user: { edge_owner_to_timeline_media: { count: 3, ...edges([graphItem(me, { __typename: 'GraphSidecar', edge_sidecar_to_children: { edges: [{ node: graphItem(me) }] } })]) } } } }, { variables: { id: me.id } }],
  [{ data: { fetch__XDTUserDict: { id: me.id, clips_connection: edges([{ media: item(me, { product_type: 'clips', caption: undefined, taken_at: undefined }) }], 'x') } } }, { operation: 'PolarisProfileReelsTabContentQuery' }],
  [{ data: { fetch__XDTUserDict: { user_reposts_timeline: { repost_grid_items: [{ media: item(bo) }], page_info: pages('x') } } } }, { operation: 'PolarisProfileRepostsTabContentQuery', variables: { userID: me.id } }],
  [{ items: [{ media: item(bo) }], more_available: false, status: 'ok' }, { url: '/api/v1/feed/saved/posts/' }],
  [{ data: { xqz: edges([item(me)]) } }, { operation: 'XQZ', variables: { username: me.handle }, page: `/${me.handle}/` }],
  [{ data: null, errors: [{ message: 'x', code: 17 }] }, { operation: 'PolarisProfilePostsQuery', variables: { username: me.handle } }],
  [{ message: 'checkpoint_required', checkpoint_url: '/challenge/', status: 'fail' }, {}],
  [{ label: 'x', path: ['user', 'edge_follow', 'edges', 0], data: { node: user(bo) } }, { variables: { id: me.id, first: 1 } }],
]
const pageDocuments: Json[] = [viewerModule(me), expected('PolarisProfilePostsQuery', { username: me.handle }), cached('PolarisProfilePostsQuery', timeline([series])), cached('PolarisProfilePageContentQuery', { response: JSON.stringify({ data: { user: profile(me) } }) }, 'PolarisQueryPreloaderCache')]

type Path = (string | number)[]
const pathsOf = (value: Json, path: Path = []): Path[] =>
  typeof value !== 'object' || value === null ? [path] : [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]))]

const strange: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1e300, 3.9e18, '', ' ', 'x', '__proto__', [], {}, [[]], [null], { edges: [] }, { edges: [null, 5, {}] }, { pk: 5 }, { repost_grid_items: [null, {}, { media: null }] }, { items: [null], status: 'ok' }, { users: [5], status: 'ok' }, 'https://l.instagram.com/?u=%E0%A4%A', 'http://[', '9'.repeat(400), { id: '__proto__', username: 'x' }, { has_next_page: 'yes', end_cursor: {} }, '0', { pk: '0', username: '@' }),
  fc.jsonValue() as fc.Arbitrary<Json>,
)
type Mutation = { pick: number; pick2: number; how: 'delete' | 'replace' | 'duplicate' | 'nest' | 'swap' | 'proto'; value: Json }
const mutation: fc.Arbitrary<Mutation> = fc.record({ pick: fc.nat(), pick2: fc.nat(), how: fc.constantFrom('delete', 'replace', 'duplicate', 'nest', 'swap', 'proto'), value: strange })

const mutate = (document: Json, { pick, pick2, how, value }: Mutation): Json => {
  const root = { root: document } as { root: Json }
  const paths = pathsOf(document)
  const [path, from] = [pick, pick2].map((one): Path => ['root', ...paths[one % paths.length]!]) as [Path, Path]
  const get = (to: Path): Json => to.reduce<Json>((here, key) => (here as never)[key] as Json, root as Json)
  const parent = get(path.slice(0, -1)) as Record<string | number, Json>
  const key = path.at(-1)!
  const old = structuredClone(parent[key])
  if (how === 'delete') {
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else delete parent[key]
  } else if (how === 'replace') parent[key] = structuredClone(value)
  else if (how === 'duplicate') {
    if (Array.isArray(parent)) parent.push(old)
    else parent[`${key}_2`] = old
  } else if (how === 'nest') parent[key] = [{ x: old, edges: [{ node: structuredClone(old) }] }]
  else if (how === 'proto' && !Array.isArray(parent)) Object.defineProperty(parent, '__proto__', { value: old, enumerable: true, configurable: true, writable: true })
  else parent[key] = structuredClone(get(from))
  return root.root ?? null
}

const runs = Number(process.env.PROPERTY_RUNS) || 400

describe('the reader', () => {
  it('gives whole records, or none, of answers changed anywhere', () => {
    fc.assert(fc.property(fc.nat(answers.length - 1), fc.array(mutation, { minLength: 1, maxLength: 6 }), fc.boolean(), (index, mutations, bare) => {
      const [document, asked] = answers[index]!
      valid(readAnswer(answerOf(JSON.stringify(mutations.reduce(mutate, structuredClone(document))), bare ? {} : asked)))
    }), { numRuns: runs })
  })

  it('gives whole records, or none, of pages changed anywhere', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(pageDocuments.length - 1), mutation), { minLength: 1, maxLength: 5 }), mutations => {
      const documents = structuredClone(pageDocuments)
      for (const [index, one] of mutations) documents[index] = mutate(documents[index]!, one)
      const page = html(...documents)
      valid(readAnswer(answerOf(page, { url: `/${me.handle}/`, page: `/${me.handle}/`, contentType: 'text/html' })))
      expect(() => viewer({ page: site, documents: [page] })).not.toThrow()
    }), { numRuns: Math.ceil(runs / 3) })
  })

  it('survives bodies that are cut, and bytes put in anywhere', () => {
    const texts = [...answers.map(([document, asked]) => [JSON.stringify(document), asked] as const), [html(...pageDocuments), { contentType: 'text/html', page: `/${me.handle}/` }] as const]
    const pieces = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('"', '{', '}', '[', ']', '\\', '</script>', '<script type="application/json">', '\n', 'for (;;);', '{"path":["a"],"data":{}}'))
    fc.assert(fc.property(fc.nat(texts.length - 1), fc.nat(), fc.nat(), pieces, (index, at, cut, piece) => {
      const [text, asked] = texts[index]!
      const start = at % text.length
      valid(readAnswer(answerOf(text.slice(0, start) + piece + text.slice(start + (cut % 3 === 0 ? text.length : cut % 20)), asked)))
    }), { numRuns: runs })
  })

  it('survives anything at all as an answer', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), fc.jsonValue(), fc.integer({ min: 0, max: 999 }), (body, url, page, variables, status) => {
      valid(readAnswer({ url, page, body, status, contentType: url, seenAt: page, request: { operation: page, variables } }))
    }), { numRuns: Math.ceil(runs / 3) })
    for (const broken of [undefined, null]) expect(read(broken as never)).toEqual({ ...nothing(), unread: [{ reason: 'reader-failed' }] })
    for (const broken of [{}, 'x', { body: 'x', url: 5 }, { body: null }, { body: '{}', headers: 7, request: null }]) expect(() => valid(read(broken as never))).not.toThrow()
    expect(viewer(undefined as never)).toBeUndefined()
  })

  it('never gives a list of somebody else to the person whose page it is', () => {
    const stranger = { id: '59999999999', handle: 'someone.else' }
    fc.assert(fc.property(fc.nat(answers.length - 1), fc.array(mutation, { maxLength: 3 }), (index, mutations) => {
      // The same answers, but all of them somebody else's, while one's own page is shown.
      const theirs = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll(me.id, stranger.id).replaceAll(me.handle, stranger.handle)) as unknown
      const [document, { page: _, ...asked }] = answers[index]!
      const changed = mutations.reduce(mutate, theirs(document) as Json)
      const reading = readAnswer(answerOf(JSON.stringify(changed), { ...(theirs(asked) as Asked), page: `/${me.handle}/` }))
      const names = new Set([me.id, `@${me.handle}`])
      expect([...reading.follows, ...reading.ends].filter(({ ownerId }) => ownerId !== undefined && names.has(ownerId))).toEqual([])
      expect(reading.posts.filter(({ authorId }) => authorId === me.id)).toEqual([])
    }), { numRuns: runs })
  })

  it('takes time in proportion', () => {
    const people = (count: number): string => JSON.stringify({ users: Array.from({ length: count }, (_, index) => user({ id: String(60_000_000 + index), handle: `person.${index}` })), next_max_id: '9', status: 'ok' })
    expect(readAnswer(answerOf(people(3000), { url: `/api/v1/friendships/${me.id}/following/` })).follows).toHaveLength(3000)
    // Long runs of what begins a tag or a mention.
    for (const letter of ['#', '@', '#a', '@a.', 'a']) expect(readAnswer(answerOf(timeline([item(me, { caption: { text: letter.repeat(60_000) } })]), answers[5]![1])).posts).toHaveLength(1)
  })
})
