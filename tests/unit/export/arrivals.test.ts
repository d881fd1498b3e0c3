import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrivalsOf, readReturned, type Returned } from '../../../lib/export/index.ts'
import type { FollowRow } from '../../../lib/store/types.ts'
import { account, follow, store } from './fake.ts'

const header = 'Account address,Show boosts,Notify on new posts,Languages'
const listed = (handle: string, more: Partial<FollowRow> = {}): FollowRow =>
  follow(handle, { verdict: 'followable', address: `${handle}@one.example`, reason: 'is-address' }, { saved: { address: `${handle}@one.example`, at: '2026-11-20T10:00:00Z' }, ...more })
const at = (row: FollowRow, host: string): FollowRow => ({ ...row, saved: { address: `${row.handle}@${host}`, at: '2026-11-20T10:00:00Z' }, reach: { ...row.reach, address: `${row.handle}@${host}` } })
const told = async (follows: FollowRow[], returned: Returned, blocked: string[] = []) =>
  Object.fromEntries((await arrivalsOf(store({ follows }), account, returned, new Set(blocked))).map(({ address, state, detail }) => [address, detail ? `${state} ${detail}` : state]))

describe('the file that was dropped', () => {
  test.each<[string, string, string, Returned | undefined]>([
    ['failures, as Mastodon writes them', 'following_accounts_failures.csv', `${header}\nAda@One.example,true,false,"en, fr"\n@bo@two.example,true,false,\n`, { kind: 'failures', addresses: ['ada@one.example', 'bo@two.example'] }],
    ['the new account’s list', 'following_accounts.csv', `${header}\r\nada@one.example,true,false,\r\n`, { kind: 'follows', addresses: ['ada@one.example'] }],
    ['no header, a mark, quotes, twice', 'mine.csv', '\uFEFF"ada@one.example"\nada@one.example\nbo@bücher.example', { kind: 'follows', addresses: ['ada@one.example', 'bo@xn--bcher-kva.example'] }],
    ['no failures at all', 'following_accounts_failures.csv', `${header}\n`, { kind: 'failures', addresses: [] }],
    ['mutes', 'muted_accounts.csv', 'Account address,Hide notifications\nada@one.example,true\n', undefined],
    ['blocks', 'blocked_accounts.csv', 'ada@one.example\n', undefined],
    ['lists', 'lists.csv', 'Friends,ada@one.example\nFriends,bo@two.example\n', undefined],
    ['something else', 'photo.csv', '\u0000\u0001 x, y\nz', undefined],
    ['nothing', 'x.csv', '', undefined],
  ])('%s', (_, name, text, expected) => expect(readReturned(text, name)).toEqual(expected))
  test('whatever it is, it does not throw', () => fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, name) => void readReturned(text, name))))
})

describe('what became of whom', () => {
  test('failures: the others arrived; several of one server are to be tried again; a single one failed', async () => {
    const follows = [listed('a'), listed('b'), listed('c'), at(listed('d'), 'two.example'), at(listed('e'), 'dark.example')]
    expect(await told(follows, { kind: 'failures', addresses: ['a@one.example', 'b@one.example', 'd@two.example', 'e@dark.example'] }, ['dark.example'])).toEqual({
      'a@one.example': 'again host-rest', 'b@one.example': 'again host-rest', 'c@one.example': 'arrived', 'd@two.example': 'failed refused', 'e@dark.example': 'failed blocked-host',
    })
  })
  const arrival = { state: 'again', detail: 'host-rest', at: '2026-11-21T10:00:00Z' } as const
  const later = { address: '', at: '2026-11-22T10:00:00Z' }
  test('the same file again changes nothing; the failures imported again arrived, but for those that are still among them', async () => {
    const follows = [listed('a', { arrival }), listed('b', { arrival }), listed('c', { arrival: { state: 'arrived', at: arrival.at } })]
    expect(await told(follows, { kind: 'failures', addresses: ['a@one.example', 'b@one.example'] })).toEqual({ 'a@one.example': 'again host-rest', 'b@one.example': 'again host-rest', 'c@one.example': 'arrived' })
    expect(await told(follows, { kind: 'failures', addresses: ['a@one.example'] })).toEqual({ 'a@one.example': 'again host-rest', 'b@one.example': 'arrived', 'c@one.example': 'arrived' })
  })
  test('failures of a list that was saved since then are that list’s alone; who failed there again has failed', async () => {
    const again = (handle: string) => listed(handle, { saved: { ...later, address: `${handle}@one.example` }, arrival })
    const fresh = (handle: string) => listed(handle, { saved: { ...later, address: `${handle}@one.example` } })
    const follows = [listed('a', { arrival }), again('b'), again('c'), fresh('d'), fresh('e')]
    expect(await told(follows, { kind: 'failures', addresses: ['b@one.example', 'e@one.example'] })).toEqual({ 'b@one.example': 'failed twice', 'c@one.example': 'arrived', 'd@one.example': 'arrived', 'e@one.example': 'again host-rest' })
    expect(await told(follows, { kind: 'failures', addresses: [] })).toEqual({ 'b@one.example': 'arrived', 'c@one.example': 'arrived', 'd@one.example': 'arrived', 'e@one.example': 'arrived' })
  })
  test('the new account’s own list: who is in it arrived, who is not may still come', async () => {
    const follows = [listed('a'), listed('b', { locked: true }), listed('c'), listed('d', { arrival: { state: 'failed', detail: 'refused', at: '2026-11-21T10:00:00Z' } })]
    expect(await told(follows, { kind: 'follows', addresses: ['a@one.example', 'stranger@two.example'] })).toEqual({ 'a@one.example': 'arrived', 'b@one.example': 'again waits', 'c@one.example': 'again not-there', 'stranger@two.example': 'arrived' })
  })
  test('who was in no list that was saved is not spoken of, unless nothing was saved', async () => {
    const ticked = follow('t', { verdict: 'followable', address: 't@one.example', reason: 'is-address' })
    const not = follow('n', { verdict: 'not', reason: 'private' })
    expect(await told([listed('a'), ticked, not], { kind: 'failures', addresses: [] })).toEqual({ 'a@one.example': 'arrived' })
    expect(await told([ticked, not], { kind: 'failures', addresses: [] })).toEqual({ 't@one.example': 'arrived' })
    expect(await told([listed('a'), ticked], { kind: 'follows', addresses: ['t@one.example'] })).toEqual({ 'a@one.example': 'again not-there', 't@one.example': 'arrived' })
  })
})
