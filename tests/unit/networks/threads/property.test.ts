/** The reader is total: whatever becomes of an answer, it does not throw, and what it gives are whole records. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { room } from '../../../../lib/networks/threads/index.ts'
import { read, readAnswer, viewer } from '../../../../lib/networks/threads/read.ts'
import { nothing } from '../../../../lib/model/index.ts'
import { answerOf, site, valid, type Asked } from './ask.ts'
import {
  cached, expected, file, following, html, link, me, mention, other, pageInfo, plain, post, profile, shared, tab, tag, third, thread, user, viewerOf, type Json,
} from './fixtures/made.ts'

const richPost = post(me, 'x', {
  media_type: 8, audio: { audio_src: file('a.m4a') }, accessibility_caption: 'alt',
  carousel_media: [{ pk: '1', media_type: 1, image_versions2: { candidates: [{ url: file('1.jpg'), width: 10, height: 20 }] } }, { pk: '2', media_type: 2, image_versions2: { candidates: [] }, video_versions: [{ type: 101, url: file('2.mp4') }] }],
}, {
  text_fragments: { fragments: [plain('a '), mention('@bo_kanter', other), link('a.example', 'https://l.threads.com/?u=https%3A%2F%2Fa.example'), tag('#t')] },
  share_info: { quoted_post: post(other, 'q') }, link_preview_attachment: { url: 'https://a.example/', title: 't', image_url: file('p.jpg') }, is_ghost_post: true, ghost_post_exp_time_ms: 1767312000000,
  tag_header: { display_name: 'Topic' },
})
const targetPage = post(me, 'Target')
Object.assign(targetPage.text_post_app_info as object, { containing_thread: { posts: { edges: [{ node: post(other, 'Root') }] } }, direct_replies: { edges: [{ node: { posts: { edges: [{ node: post(third, 'Below') }] } } }] } })

/** One answer of each kind, with the question that it belongs to. */
const answers: [Json, Asked][] = [
  [{ data: { user: profile(me) } }, { operation: 'BarcelonaProfilePageDirectQuery', variables: { userID: me.id } }],
  [following([user(other), user(third), user({ id: '5', handle: 'ann@mastodon.example' })], '20'), { operation: 'BarcelonaFriendshipsFollowingTabQuery', variables: { userID: me.id, first: 20 } }],
  [{ data: { fetch__XDTUserDict: { followers: { edges: [{ node: user(other) }], page_info: pageInfo(null) }, id: me.id } } }, { variables: { id: me.id, after: '20', first: 10 } }],
  [{ users: [user(other)], next_max_id: '25', status: 'ok' }, { url: `/api/v1/friendships/${me.id}/following/` }],
  [tab([thread(richPost), thread(post(me, '1/2'), post(me, '2/2'))], 'QVFE'), { operation: 'BarcelonaProfileThreadsTabDirectQuery', variables: { userID: me.id } }],
  [tab([thread(post(other, 'Q'), post(me, 'A', {}, { is_reply: true, reply_to_author: { username: other.handle, id: null } }))]), { operation: 'BarcelonaProfileRepliesTabDirectQuery', variables: { userID: me.id }, page: `/@${me.handle}/replies` }],
  [tab([thread(post(me, null, {}, { share_info: { reposted_post: post(other, 'o') } })), { ...thread(post(other, 'o')), thread_header_context: { context_type: 'REPOST' } }]), { operation: 'BarcelonaProfileRepostsTabDirectQuery', variables: { userID: me.id }, page: `/@${me.handle}/reposts` }],
  [{ data: { xqz: { threads: [thread(post(me, 'x'))] } } }, { operation: 'XQZ', page: `/@${me.handle}` }],
  [{ data: { media: targetPage } }, { operation: 'BarcelonaPostPageStrongIdTargetQuery' }],
  [{ data: null, errors: [{ message: 'x', code: 17 }] }, { operation: 'BarcelonaProfileThreadsTabDirectQuery', variables: { userID: me.id } }],
  [{ label: 'x', path: ['user', 'following', 'edges', 0], data: { node: user(other) } }, { variables: { userID: me.id } }],
]
const pageDocuments: Json[] = [
  shared(viewerOf(me)), expected('BarcelonaProfileThreadsTabDirectQuery', { userID: me.id }), cached('BarcelonaProfileThreadsTabDirectQuery', tab([thread(richPost)])), cached('BarcelonaProfilePageDirectQuery', { data: { user: profile(me) } }),
]

type Path = (string | number)[]
const pathsOf = (value: Json, path: Path = []): Path[] =>
  typeof value !== 'object' || value === null ? [path] : [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]))]

const strangeValues: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1e300, 3.9e18, '', ' ', 'x', '__proto__', [], {}, [[]], [null], { edges: [] }, { edges: [null, 5, {}] }, { pk: 5 }, { thread_items: [null, {}, { post: null }] }, { fragments: [null, {}] },
    'https://l.threads.com/?u=%E0%A4%A', 'http://[', '9'.repeat(400), { id: '__proto__', username: 'x' }, { has_next_page: 'yes', end_cursor: {} }),
  fc.jsonValue() as fc.Arbitrary<Json>,
)
type Mutation = { pick: number; pick2: number; how: 'delete' | 'replace' | 'duplicate' | 'nest' | 'swap' | 'proto'; value: Json }
const mutation: fc.Arbitrary<Mutation> = fc.record({ pick: fc.nat(), pick2: fc.nat(), how: fc.constantFrom('delete', 'replace', 'duplicate', 'nest', 'swap', 'proto'), value: strangeValues })

const mutate = (document: Json, { pick, pick2, how, value }: Mutation): Json => {
  const root = { root: document } as { root: Json }
  const paths = pathsOf(document)
  const path: Path = ['root', ...paths[pick % paths.length]!]
  const from: Path = ['root', ...paths[pick2 % paths.length]!]
  const get = (to: Path): Json => to.reduce<Json>((here, key) => (here as never)[key] as Json, root as Json)
  const parent = get(path.slice(0, -1)) as Record<string | number, Json>
  const key = path.at(-1)!
  const old = structuredClone(parent[key]!)
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
      const changed = mutations.reduce(mutate, structuredClone(document))
      valid(readAnswer(answerOf(JSON.stringify(changed), bare ? {} : asked)))
    }), { numRuns: runs })
  })

  it('gives whole records, or none, of pages changed anywhere', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(pageDocuments.length - 1), mutation), { minLength: 1, maxLength: 5 }), mutations => {
      const documents = structuredClone(pageDocuments)
      for (const [index, one] of mutations) documents[index] = mutate(documents[index]!, one)
      const page = html(...documents)
      valid(readAnswer(answerOf(page, { url: `${site}/@${me.handle}`, page: `/@${me.handle}`, contentType: 'text/html' })))
      expect(() => viewer({ page: site, documents: [page] })).not.toThrow()
    }), { numRuns: Math.ceil(runs / 3) })
  })

  it('survives bodies that are cut, and bytes put in anywhere', () => {
    const texts = [...answers.map(([document, asked]) => [JSON.stringify(document), asked] as const), [html(...pageDocuments), { contentType: 'text/html', page: `/@${me.handle}` }] as const]
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

  it('reads an answer of 1 MB in well under 100 ms', () => {
    const people = Array.from({ length: 1600 }, (_, index) => user({ id: `6${String(index).padStart(10, '0')}`, handle: `person.${index}` }))
    const posts = Array.from({ length: 160 }, (_, index) => thread(post(me, `Post ${index} `.repeat(60))))
    for (const [body, asked] of [
      [JSON.stringify(following(people, '2000')), answers[1]![1]], [JSON.stringify(tab(posts, 'x')), answers[4]![1]],
      // Numbers past 2^53 take the slower way.
      [JSON.stringify(tab(posts, 'x')).replaceAll(/"pk":"(\d+)"/g, '"pk":$1'), answers[4]![1]], [html(cached('BarcelonaProfileThreadsTabDirectQuery', tab(posts, 'x'))), { contentType: 'text/html' }],
    ] as const) {
      const large = answerOf(body + ' '.repeat(Math.max(0, 1_000_000 - body.length)), asked)
      const times = Array.from({ length: 7 }, () => {
        const started = process.cpuUsage()
        const { posts: read1, follows } = read(large)
        const { user: spent } = process.cpuUsage(started)
        expect(read1.length + follows.length).toBeGreaterThanOrEqual(160)
        return spent / 1000
      })
      expect(Math.min(...times)).toBeLessThan(100)
    }
  })
})

describe('the pages', () => {
  const pages = Object.entries(room.pages)
  const matching = (address: string): string[] => pages.filter(([, one]) => one.match(new URL(address))).map(([name]) => name)

  it.each(pages)('%s is told by its address, and no other is', (name, one) => {
    for (const example of one.examples) expect([example, matching(example)]).toEqual([example, [name]])
    for (const example of one.counterExamples) expect([example, matching(example).includes(name)]).toEqual([example, false])
  })

  it('say whose they are', () => {
    expect(room.pages.profile?.match(new URL('https://www.threads.net/%40ada.of'))).toEqual({ handle: 'ada.of' })
    expect(room.pages.remote?.match(new URL('https://www.threads.com/fediverse_profile/@ada@mastodon.example'))).toEqual({ handle: 'ada@mastodon.example' })
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true }), address => void expect(matching(address)).toEqual([])))
  })

  it('have patterns that are regular expressions, and sections on pages that exist', () => {
    for (const pattern of [...room.answers, ...room.barriers.loginWall, ...room.barriers.challenge]) expect(() => new RegExp(pattern)).not.toThrow()
    for (const plan of room.sections) {
      const address = plan.address({ id: me.id, handle: me.handle })
      expect(matching(address)).toEqual([plan.page])
      expect(room.pages[plan.page]?.match(new URL(address))).toEqual({ handle: me.handle })
      expect(plan.address({ id: me.id })).toBe(room.home)
    }
    for (const [path, name] of [['/login/', 'login'], ['/challenge/x', 'challenge'], ['/accounts/suspended/', 'challenge']] as const) {
      const patterns = name === 'login' ? room.barriers.loginWall : room.barriers.challenge
      expect(patterns.some(pattern => new RegExp(pattern).test(path))).toBe(true)
    }
  })
})
