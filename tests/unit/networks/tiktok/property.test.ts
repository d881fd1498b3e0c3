/** The reader is total: whatever becomes of an answer, it does not throw, and what it gives are whole records. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { room } from '../../../../lib/networks/tiktok/index.ts'
import { read, readAnswer, viewer } from '../../../../lib/networks/tiktok/read.ts'
import { wordsOf } from '../../../../lib/networks/tiktok/words.ts'
import { nothing } from '../../../../lib/model/index.ts'
import { answerOf, handIn, relayed, site, valid, type Asked } from './ask.ts'
import { enveloped, exports, info, item, list, me, modules, other, page, people, photos, row, scopes, type Json, type Obj } from './fixtures.ts'

const own = `/@${me.handle}`
const question = (path: string): Asked => ({ url: `/api/${path}/?scene=21&secUid=${me.secUid}&cursor=17&minCursor=17`, page: own })

/** One answer of each kind, with the question that it belongs to. */
const answers: [Json, Asked][] = [
  ...['post', 'repost', 'favorite', 'creator', 'user/collect'].map((name): [Json, Asked] => [list([item(), photos({ author: me.handle, duetInfo: { duetFromId: '7513000000000000001' } })]), question(`${name}/item_list`)]),
  [people([row(other, { relation: 1 }), row(me)]), question('user/list')],
  [people([row(other)], { maxCursor: undefined }), { url: `/api/user/list/?scene=67&secUid=${me.secUid}` }],
  [enveloped({ userInfo: info() }), question('user/detail')],
  [enveloped({ itemInfo: { itemStruct: item() } }), question('item/detail')],
  [list([item(), photos()]), {}],
  [scopes(), {}],
  [modules(), {}],
  [exports['since 2025-04'] as Obj, {}],
  [exports['until 2024'] as Obj, { operation: 'file', variables: { ownerId: me.id } }],
]
const states = [scopes({ 'webapp.video-detail': { itemInfo: { itemStruct: item() } } }), modules()]
const runs = 250

/** Where in a document something is changed, and into what. */
const mutation = fc.tuple(fc.array(fc.nat(), { maxLength: 10 }), fc.oneof(
  fc.constantFrom<Json>(null, '', 'x', 0, -1, 1e300, true, [], {}, [[]], [null], '0', '-1', 10222, '7513000000000000001', 'a'.repeat(2000), 'https://www.tiktok.com/', '__proto__', '😀#@'), fc.jsonValue().map(value => value as Json),
))

const mutate = (document: Json, [path, value]: [number[], Json]): Json => {
  const copy = structuredClone(document)
  let here = copy as { [key: string]: Json } | Json[]
  for (const [depth, turn] of path.entries()) {
    const keys = Object.keys(here)
    if (keys.length === 0) break
    const key = keys[turn % keys.length] as string
    const inner = (here as { [key: string]: Json })[key] as Json
    if (depth === path.length - 1 || typeof inner !== 'object' || inner === null) {
      ;(here as { [key: string]: Json })[key] = value
      break
    }
    here = inner as typeof here
  }
  return copy
}

describe('whatever comes', () => {
  it('changed answers', () => {
    fc.assert(fc.property(fc.nat(answers.length - 1), fc.array(mutation, { minLength: 1, maxLength: 4 }), (index, mutations) => {
      const [document, asked] = answers[index]!
      valid(readAnswer(answerOf(mutations.reduce(mutate, document), asked)))
    }), { numRuns: runs * 6 })
  })

  it('changed states, in a page and from the relay', () => {
    fc.assert(fc.property(fc.nat(1), fc.array(mutation, { minLength: 1, maxLength: 4 }), fc.boolean(), (index, mutations, whole) => {
      const state = mutations.reduce(mutate, states[index]! as Json)
      const body = whole ? page(state) : relayed(state)
      valid(readAnswer(answerOf(body, { url: own, page: own, contentType: 'text/html' })))
      expect(() => viewer({ page: site, documents: [body] })).not.toThrow()
    }), { numRuns: runs * 2 })
  })

  it('texts that are cut, and anything put in anywhere', () => {
    const texts = [...answers.map(([document, asked]) => [JSON.stringify(document), asked] as const), [page(states[1] as Json), { contentType: 'text/html', page: own }] as const]
    const pieces = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('"', '{', '}', '[', ']', '\\', '</script>', '<script>', '<!--', 'window["SIGI_STATE"]='))
    fc.assert(fc.property(fc.nat(texts.length - 1), fc.nat(), fc.nat(), pieces, (index, at, cut, piece) => {
      const [text, asked] = texts[index]!
      const start = at % text.length
      valid(readAnswer(answerOf(text.slice(0, start) + piece + text.slice(start + (cut % 3 === 0 ? text.length : cut % 20)), asked)))
    }), { numRuns: runs * 2 })
  })

  it('an answer that lost its end never says that its list has ended', () => {
    fc.assert(fc.property(fc.nat(6), fc.nat(), (index, at) => {
      const [document, asked] = answers[index]!
      const text = JSON.stringify({ ...(document as Obj), hasMore: false, cursor: '0', minCursor: 0 })
      const reading = readAnswer(answerOf(text.slice(0, at % text.length), asked))
      expect(reading.ends.filter(({ state }) => state !== 'blocked')).toEqual([])
      expect(reading.barrier ?? reading.unread[0]).toBeDefined()
    }), { numRuns: runs })
  })

  it('marks: every range lies in the caption, none over another, and begins with its sign', () => {
    const mark = fc.record({ hashtagName: fc.option(fc.constantFrom('a', 'ab', 'é', '本', '😀')), userUniqueId: fc.option(fc.constantFrom('a', 'ab', 'a.b')), start: fc.option(fc.integer({ min: -3, max: 40 })), end: fc.option(fc.integer({ min: -3, max: 40 })) })
    const caption = fc.array(fc.constantFrom('#a', '#ab', '@a', '@ab', '@a.b', '#本', '😀', '👩🏽‍🚀', ' ', 'İ', '\n', '#', '@', '＃é', 'x'), { maxLength: 12 }).map(parts => parts.join(''))
    fc.assert(fc.property(caption, fc.array(mark, { maxLength: 6 }), fc.array(mark, { maxLength: 3 }), (desc, textExtra, inside) => {
      const { facets, tags, mentions } = wordsOf({ textExtra, contents: [{ desc: desc.slice(2), textExtra: inside }] }, desc)
      let end = 0
      for (const facet of facets) {
        expect(facet.start).toBeGreaterThanOrEqual(end)
        expect(desc.slice(facet.start, facet.start + 1)).toMatch(facet.kind === 'tag' ? /[#＃]/ : /[@＠]/)
        expect(facet.kind === 'mention' || desc.slice(facet.start + 1, facet.end).toLowerCase() === facet.value.toLowerCase()).toBe(true)
        end = facet.end
      }
      expect(end).toBeLessThanOrEqual(desc.length)
      expect(new Set(tags.map(tag => tag.toLowerCase())).size).toBe(tags.length)
      expect(new Set(mentions.map(one => one.toLowerCase())).size).toBe(mentions.length)
    }), { numRuns: runs * 4 })
  })

  it('anything at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), fc.jsonValue(), fc.integer({ min: 0, max: 999 }), (body, url, where, variables, status) => {
      valid(readAnswer({ url, page: where, body, status, contentType: url, seenAt: where, request: { operation: where, variables } }))
      valid(handIn(body))
      valid(handIn(new TextEncoder().encode(body)))
    }), { numRuns: runs })
    for (const broken of [undefined, null]) expect(read(broken as never)).toEqual({ ...nothing(), unread: [{ reason: 'reader-failed' }] })
    for (const broken of [{}, 'x', { body: 'x', url: 5 }, { body: null }, { body: '{}', headers: 7, request: null }]) expect(() => valid(read(broken as never))).not.toThrow()
    expect(viewer(undefined as never)).toBeUndefined()
  })
})

describe('the pages', () => {
  const pages = Object.entries(room.pages)
  const matching = (address: string): string[] => pages.filter(([, one]) => one.match(new URL(address))).map(([name]) => name)

  it.each(pages)('%s is told by its address, and no other is', (name, one) => {
    for (const example of one.examples) expect([example, matching(example)]).toEqual([example, [name]])
    for (const example of one.counterExamples) expect([example, matching(example).includes(name)]).toEqual([example, false])
  })

  it('have sections on the own profile, and answers that are worth reading', () => {
    for (const plan of room.sections) expect(room.pages[plan.page]?.match(new URL(plan.address({ id: me.id, handle: me.handle })))).toEqual({ handle: me.handle })
    expect(matching(room.profileUrl(me.handle))).toEqual(['profile'])
    const wanted = (path: string): boolean => room.answers.some(pattern => new RegExp(pattern).test(path))
    for (const name of ['user/list', 'user/detail', 'user/collect/item_list', 'post/item_list', 'repost/item_list', 'favorite/item_list', 'creator/item_list', 'item/detail']) expect([name, wanted(`/api/${name}/`), wanted(`/api/${name}`)]).toEqual([name, true, true])
    for (const path of ['/api/recommend/item_list/', '/api/preload/item_list/', '/api/user/follow/', '/api/user/settings/', '/api/comment/list/', '/api/im/list', '/post/item_list']) expect([path, wanted(path)]).toEqual([path, false])
  })
})
