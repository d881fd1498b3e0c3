/** What must hold whatever the site answers. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checked, own } from '../../../../lib/capture/keep.ts'
import { documentFor, operations } from '../../../networks/x/answers.ts'
import type { Json } from '../../../networks/x/shapes.ts'
import { makeWorld } from '../../../networks/x/world.ts'
import { compose } from '../../../../lib/networks/x/words.ts'
import { ask } from './ask.ts'

const world = makeWorld({ seed: 11, follows: 30, posts: 60, relations: 8, locked: false })
const account = world.first
const me = account.person
const modes = ['gen-a', 'gen-b', 'mixed', 'no-legacy', 'item-variants', 'shuffled', 'timeline-v2', 'errors-beside']

/** A row that holds the mark of an advertisement: taken out whole, it would leave a place like that of somebody who is gone. */
const isAdvertised = (node: Json): boolean => {
  const text = JSON.stringify(node) ?? ''
  return text.includes('"promotedMetadata"') && !text.includes('"entries"')
}

/** Takes something out of a document, or puts something else in its place: what a change of the site looks like. */
const damaged = (document: Json, hits: number[], value: Json): Json => {
  let left = 0
  // Without its mark an advertisement is a person like any other.
  const count = (node: unknown): void => { left++; if (typeof node === 'object' && node !== null) Object.entries(node).forEach(([key, inner]) => { if (key !== 'promotedMetadata') count(inner) }) }
  count(document)
  const places = new Set(hits.map(hit => hit % left))
  let at = 0
  const go = (node: Json): Json => {
    if (places.has(at++) && !isAdvertised(node)) return value
    if (Array.isArray(node)) return node.map(go)
    return typeof node === 'object' && node !== null ? Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, key === 'promotedMetadata' ? (inner as Json) : go(inner as Json)])) : node
  }
  return go(document)
}

const value = fc.constantFrom<Json>(null, '', 'text', 0, -1, 1e21, true, [], {}, ['x'], { result: {} }, { rest_id: '1' }, '__proto__', { __typename: 'User', rest_id: '666', core: { screen_name: 'planted_person' } })
const question = fc.record({ operation: fc.constantFrom(...operations), modes: fc.subarray(modes), cursor: fc.option(fc.constantFrom('0|1', 'DAAHCgAB', 'x'), { nil: undefined }), nonce: fc.nat(500) })

describe('the reader', () => {
  it('is total, and keeps nobody else’s, whatever is missing from an answer or stands in its place', () => {
    fc.assert(
      fc.property(question, fc.array(fc.nat(), { maxLength: 12 }), value, ({ operation, modes: on, nonce }, hits, put) => {
        const variables = { userId: me.id, screen_name: me.handle, listId: account.lists[0]!.id, focalTweetId: account.posts[0]!.id }
        const document = documentFor(world, account, { operation, variables }, { modes: new Set(on), viewer: me, following: new Set(), nonce })
        const reading = ask(damaged(document, hits, put), { operation, variables })
        expect(checked(reading).unread.filter(({ reason }) => reason === 'invalid-records' || reason === 'reader-failed')).toEqual([])
        for (const post of reading.posts) {
          expect(post.repostOf !== undefined && (post.text !== undefined || post.media !== undefined)).toBe(false)
          for (const { start, end, kind, value: meant } of post.facets ?? []) {
            expect(start).toBeLessThan(end)
            expect(end).toBeLessThanOrEqual(post.text!.length)
            // Names and tags stand behind their sign, in whatever case.
            expect(post.text!.slice(kind === 'link' ? start : start + 1, end).toLowerCase()).toBe(meant.toLowerCase())
          }
        }
        const mine = own(reading, { id: me.id })
        for (const follow of mine.follows) expect(follow.ownerId).toBe(me.id)
        for (const post of mine.posts) expect(post.authorId).toBe(me.id)
        expect(mine.follows.every(({ id }) => id === '666' || account.follows.some(one => one.id === id))).toBe(true)
      }),
      { numRuns: 250 },
    )
  })

  it('finds every place in a text, whatever stands around it', () => {
    const word = fc.stringMatching(/^[a-z0-9_]{1,15}$/)
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }).map(text => ({ kind: 'text' as const, text: text.replaceAll(/[@#＠＃]|https?:/g, '') })),
      fc.constantFrom('&', '<', '>', '&amp;', '&lt;gt;', '👩🏽‍🚀', '🇵🇹', '𝔰').map(text => ({ kind: 'text' as const, text })),
      word.map(name => ({ kind: 'mention' as const, name })),
      word.map(name => ({ kind: 'tag' as const, name })),
      fc.tuple(fc.stringMatching(/^[A-Za-z0-9]{10}$/), fc.webUrl()).map(([short, target]) => ({ kind: 'link' as const, short: `https://t.co/${short}`, target })),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), fc.boolean(), (pieces, escaped) => {
        const escape = (text: string): string => (escaped ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text)
        let sent = ''
        let plain = ''
        const entities = { urls: [] as unknown[], user_mentions: [] as unknown[], hashtags: [] as unknown[] }
        const facets: unknown[] = []
        for (const one of pieces) {
          const from = [...sent].length
          const start = plain.length
          sent += one.kind === 'text' ? escape(one.text) : one.kind === 'link' ? one.short : `${one.kind === 'mention' ? '@' : '#'}${one.name}`
          plain += one.kind === 'text' ? one.text : one.kind === 'link' ? one.target : `${one.kind === 'mention' ? '@' : '#'}${one.name}`
          const indices = [from, [...sent].length]
          if (one.kind === 'link') entities.urls.push({ url: one.short, expanded_url: one.target, indices })
          else if (one.kind === 'mention') entities.user_mentions.push({ screen_name: one.name, id_str: '5', indices })
          else if (one.kind === 'tag') entities.hashtags.push({ text: one.name, indices })
          if (one.kind !== 'text') facets.push({ start, end: plain.length, kind: one.kind, value: one.kind === 'link' ? one.target : one.name, ...(one.kind === 'mention' && { id: '5' }) })
        }
        const words = compose(sent, entities, { escaped })
        expect(words.text).toBe(plain)
        expect(words.facets).toEqual(facets)
      }),
      { numRuns: 400 },
    )
  })

  it('takes its time in proportion to a text, however it is made', () => {
    const text = '&amp;🌊 '.repeat(20_000)
    const urls = Array.from({ length: 2000 }, (_, i) => ({ url: `https://t.co/${i}`, expanded_url: 'https://example.org/', indices: [i, i + 1] }))
    expect(compose(text, { urls: [] }, { escaped: true }).text).toBe('&🌊 '.repeat(20_000))
    expect(compose(text.slice(0, 20_000), { urls }, { escaped: true }).facets).toEqual([])
  })
})
