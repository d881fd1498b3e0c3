import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rooms } from '../../../../lib/networks/rooms.ts'
import { ada, ben, me } from './ask.ts'

const { ruleOut } = rooms.bluesky!.fediverse!
const relation = (did: string, more: object = {}) => ({ $type: 'app.bsky.graph.defs#relationship', did, ...more })
const no = (relationships: unknown) => ruleOut!.no(JSON.stringify({ actor: 'did:plc:bridgebridgebridge', relationships }))

test('asks who follows the bridge’s bot, thirty at once', () => {
  expect(ruleOut).toMatchObject({ host: 'public.api.bsky.app', size: 30 })
  const url = new URL(ruleOut!.url([ada, ben]))
  expect([url.origin + url.pathname, url.searchParams.get('actor'), url.searchParams.getAll('others')]).toEqual(['https://public.api.bsky.app/xrpc/app.bsky.graph.getRelationships', 'ap.brid.gy', [ada, ben]])
})

test('whoever follows it is not ruled out; whoever does not, or blocks it, or is not there, is', () => {
  expect(no([relation(ada, { followedBy: `at://${ada}/app.bsky.graph.follow/3k` }), relation(ben), relation(me, { following: 'at://x' })])).toEqual(new Set([ben, me]))
  expect(no([relation(ada, { followedBy: 'at://x', blockedBy: 'at://y' })])).toEqual(new Set([ada]))
  expect(no([{ $type: 'app.bsky.graph.defs#notFoundActor', actor: ben, notFound: true }])).toEqual(new Set([ben]))
  // Of whom nothing is said, nothing is known.
  expect(no([])).toEqual(new Set())
})

test('an answer that does not say is none', () => {
  for (const body of ['', 'null', '[]', '{"relationships":5}', '{"error":"InvalidRequest"}', '<html>']) expect(ruleOut!.no(body)).toBeUndefined()
  fc.assert(fc.property(fc.oneof(fc.json(), fc.record({ relationships: fc.array(fc.jsonValue()) }).map(one => JSON.stringify(one))), body => {
    const out = ruleOut!.no(body)
    expect(out === undefined || out instanceof Set).toBe(true)
  }))
})
