/** The reader is total: whatever becomes of an answer, it does not throw, and what it gives are whole records. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { room } from '../../../../lib/networks/rednote/index.ts'
import { read, readAnswer, viewer } from '../../../../lib/networks/rednote/read.ts'
import { nothing } from '../../../../lib/model/index.ts'
import { answerOf, paste, relayed, site, valid, type Asked } from './ask.ts'
import { camel, card, detailMap, feedOf, image, interactions, listOf, me, note, noteId, page, profilePage, script, state, stream, type Json } from './fixtures.ts'

const own = `/user/profile/${me.id}`
const rich = note({
  type: 'video', image_list: [image('one', { live_photo: true, stream: { h264: [stream('/l.mp4')] } })],
  video: { media: { stream: { EF4: [stream('/a.mp4')] }, video_id: '137436468716382180' }, media_v2: '{"stream":{}}', capa: { duration: 3 }, consumer: { origin_video_key: 'k' } }, interact_info: { followed: true, liked_count: '1.2万', comment_count: '3' },
})

/** One answer of each kind, with the question that it belongs to. */
const answers: [Json, Asked][] = [
  [listOf([card(noteId), card('64784f00000000001300e369', { type: 'video' })]), { url: `/v1/user_posted?cursor=&user_id=${me.id}`, page: own }],
  [listOf([card(noteId)]), { url: `/v2/note/collect/page?cursor=x&user_id=${me.id}`, page: own }],
  [feedOf(note()), { url: '/v1/feed' }],
  [camel(feedOf(rich)), { url: '/v1/feed' }],
  [{ code: 0, success: true, data: { basic_info: profilePage, interactions: interactions('1', '1.2万'), extra_info: { fstatus: 'both' } } }, { url: `/v1/user/otherinfo?target_user_id=${me.id}` }],
  [{ code: 0, success: true, data: { user_id: me.id, nickname: me.name, guest: false } }, { url: '/v2/user/me' }],
  [{ code: 0, success: true, msg: '成功' }, { status: 461 }],
  [detailMap(rich), {}],
]
const states = [state(), state(undefined, detailMap(rich))]
const runs = 250

/** Where in a document something is changed, and into what. */
const mutation = fc.tuple(fc.array(fc.nat(), { maxLength: 10 }), fc.oneof(
  fc.constantFrom<Json>(null, '', 'x', 0, -1, 1e300, true, [], {}, [[]], [null], '1.2万', noteId, { _rawValue: null, __v_isRef: true }, 'a'.repeat(2000), 'undefined', '__proto__'), fc.jsonValue().map(value => value as Json),
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
    }), { numRuns: runs * 4 })
  })

  it('changed states, in a page and from the relay', () => {
    fc.assert(fc.property(fc.nat(1), fc.array(mutation, { minLength: 1, maxLength: 4 }), fc.boolean(), (index, mutations, whole) => {
      const written = script(mutations.reduce(mutate, states[index]! as Json))
      const body = whole ? page(written) : relayed(written)
      valid(readAnswer(answerOf(body, { url: site + own, page: own, contentType: 'text/html' })))
      expect(() => viewer({ page: site, documents: [body] })).not.toThrow()
    }), { numRuns: runs * 2 })
  })

  it('texts that are cut, and anything put in anywhere', () => {
    const texts = [...answers.map(([document, asked]) => [JSON.stringify(document), asked] as const), [page(script(states[1] as Json)), { contentType: 'text/html', page: own }] as const]
    const pieces = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('"', '{', '}', '[', ']', '\\', '</script>', '<script>', 'undefined', 'new Set(', 'window.__INITIAL_STATE__='))
    fc.assert(fc.property(fc.nat(texts.length - 1), fc.nat(), fc.nat(), pieces, (index, at, cut, piece) => {
      const [text, asked] = texts[index]!
      const start = at % text.length
      valid(readAnswer(answerOf(text.slice(0, start) + piece + text.slice(start + (cut % 3 === 0 ? text.length : cut % 20)), asked)))
    }), { numRuns: runs * 2 })
  })

  it('anything at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), fc.jsonValue(), fc.integer({ min: 0, max: 999 }), (body, url, where, variables, status) => {
      valid(readAnswer({ url, page: where, body, status, contentType: url, seenAt: where, request: { operation: where, variables } }))
      valid(paste(body))
      valid(paste(new TextEncoder().encode(body), 'file'))
    }), { numRuns: runs })
    for (const broken of [undefined, null]) expect(read(broken as never)).toEqual({ ...nothing(), unread: [{ reason: 'reader-failed' }] })
    for (const broken of [{}, 'x', { body: 'x', url: 5 }, { body: null }, { body: '{}', headers: 7, request: null }]) expect(() => valid(read(broken as never))).not.toThrow()
    expect(viewer(undefined as never)).toBeUndefined()
  })

  it('an answer of 1 MB in well under 100 ms, a page of 1 MB too', () => {
    const cards = Array.from({ length: 900 }, (_, index) => card(`65a1${String(index).padStart(20, '0')}`))
    const user = { ...(states[0]!.user as { [key: string]: Json }), notes: [cards.map(one => ({ id: one.note_id, noteCard: camel(one) })) as Json] }
    for (const [body, asked] of [[JSON.stringify(listOf(cards)), answers[0]![1]], [page(script(state(user))), { contentType: 'text/html', page: own, url: site + own }]] as const) {
      expect(body.length).toBeGreaterThan(700_000)
      const times = Array.from({ length: 5 }, () => {
        const { user: from } = process.cpuUsage()
        expect(read(answerOf(body, asked)).posts).toHaveLength(900)
        return (process.cpuUsage().user - from) / 1000
      })
      expect(Math.min(...times)).toBeLessThan(150)
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

  it('have sections on pages that exist, on whichever of the two sites', () => {
    for (const pattern of [...room.answers, ...room.barriers.loginWall, ...room.barriers.challenge]) expect(() => new RegExp(pattern)).not.toThrow()
    for (const plan of room.sections) {
      for (const host of room.hosts as string[]) {
        const address = new URL(plan.address({ id: me.id, handle: me.id }), `https://${host}/explore`)
        expect(address.host).toBe(host)
        expect(room.pages[plan.page]?.match(address)).toEqual({ handle: me.id })
      }
    }
    expect(matching(room.profileUrl(me.id))).toEqual(['profile'])
    const wanted = (path: string): boolean => room.answers.some(pattern => new RegExp(pattern).test(path))
    for (const path of ['/api/sns/web/v1/user_posted', '/api/sns/web/v2/user_posted', '/api/sns/web/v1/feed', '/api/sns/web/v2/note/collect/page', '/api/sns/web/v1/note/like/page', '/api/sns/web/v2/user/me']) expect([path, wanted(path)]).toEqual([path, true])
    for (const path of ['/api/sns/web/v1/homefeed', '/api/sns/web/v1/note/like', '/api/sns/web/v1/user/selfinfo', '/api/sns/web/v2/comment/page', '/feed']) expect([path, wanted(path)]).toEqual([path, false])
  })
})
