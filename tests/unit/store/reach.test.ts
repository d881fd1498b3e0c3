/** What the person decides, what was downloaded, what became of it, and look-ups. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LookUp } from '../../../lib/model/index.ts'
import { isNew, isTicked, openStore, type FollowRow, type ReachOf, type Store } from '../../../lib/store/index.ts'
import { account, batch, follow } from './records.ts'

let store: Store
let names = 0
beforeEach(() => {
  store = openStore(`reach${names++}`)
})
afterEach(() => store.close())

const at = '2026-03-01T00:00:00Z'
/** Everybody may be at their name's address; whoever has a link, at that first. */
const reachOf: ReachOf = ({ handle, links, choice, federated }, lookUp) => {
  const asks = [choice?.address, links?.[0]?.url, `${handle}@home.example`].filter(one => one !== undefined)
  const found = asks.map(lookUp).find(one => one?.outcome === 'found')
  if (found) return { verdict: 'followable', address: found.subject ?? found.address, reason: 'looked-up', asks }
  if (federated === false) return { verdict: 'not', reason: 'flag-off' }
  const left = asks.filter(address => !['not-found', 'gone'].includes(lookUp(address)?.outcome ?? ''))
  return left[0] ? { verdict: 'unknown', address: left[0], reason: 'not-looked-up', asks } : { verdict: 'not', reason: 'not-found', asks }
}
const commit = (...follows: ReturnType<typeof follow>[]) => store.commit(batch({ follows, reachOf }))
const row = async (key: string, of = account): Promise<FollowRow> => (await store.follows(of, { gone: true }, 1000)).rows.find(one => one.key === key)!
const total = async (name: string): Promise<number> => (await store.totals(account))[name] ?? 0
const answer = (address: string, outcome: LookUp['outcome'], more: Partial<LookUp> = {}): LookUp => ({ address, outcome, at, ...more })
const begin = (scope: 'all' | 'again' = 'all', old = '') => store.beginLookUp(account, scope, old, at)
const keep = (...answers: LookUp[]) => store.keepLookUp(account, { answers }, reachOf)
const asked = async (): Promise<string[]> => (await store.lookUpAsks(account)).map(({ address }) => address)

describe('what the person decides', () => {
  beforeEach(() => commit(follow('2'), follow('3'), follow('4', { federated: false })))

  test('ticks and unticks, and outlives captures and look-ups', async () => {
    expect(isTicked(await row('2'))).toBe(false)
    expect(isTicked((await store.choose(account, '2', { include: true }, reachOf))!)).toBe(true)
    await begin()
    await keep(answer('h3@home.example', 'found'))
    await store.choose(account, '3', { include: false }, reachOf)
    await commit(follow('2', { name: 'New' }), follow('3'))
    await keep(answer('h2@home.example', 'not-found'), answer('h3@home.example', 'found'))
    expect([(await row('2')).choice, (await row('3')).choice]).toEqual([{ include: true }, { include: false }])
    expect([isTicked(await row('2')), isTicked(await row('3'))]).toEqual([false, false])
    expect(await store.choose(account, '3', {}, reachOf)).not.toHaveProperty('choice')
    expect(isTicked(await row('3'))).toBe(true)
    expect(await store.choose(account, 'nobody', { include: true }, reachOf)).toBeUndefined()
  })
  test('a typed address is judged with what is known of it', async () => {
    await store.choose(account, '2', { address: 'typed@other.example', include: true }, reachOf)
    expect((await row('2')).reach).toMatchObject({ verdict: 'unknown', address: 'typed@other.example' })
    await begin()
    await keep(answer('typed@other.example', 'found', { subject: 'typed@real.example' }))
    expect((await row('2')).reach).toMatchObject({ verdict: 'followable', address: 'typed@real.example' })
    expect(await store.choose(account, '2', {}, reachOf)).toMatchObject({ reach: { verdict: 'unknown', address: 'h2@home.example' } })
    expect(await store.choose(account, '2', { address: 'typed@other.example' }, reachOf)).toMatchObject({ reach: { verdict: 'followable' } })
  })
  test('all that a query finds, where they have an address; and back to what Holdall would do', async () => {
    expect(await store.chooseAll(account, {}, true)).toBe(2)
    expect([await total('follows:ticked'), await total('follows:new')]).toEqual([2, 2])
    expect((await store.follows(account, { ticked: true }, 10)).rows.map(({ key }) => key)).toEqual(['2', '3'])
    expect(await store.chooseAll(account, { search: 'h2' }, false)).toBe(1)
    expect((await store.follows(account, { ticked: false, sort: 'handle' }, 10)).rows.map(({ key }) => key)).toEqual(['2', '4'])
    expect(await store.chooseAll(account, { verdict: 'not' }, true)).toBe(0)
    expect(await store.chooseAll(account, {}, undefined)).toBe(1)
    expect(await total('follows:ticked')).toBe(0)
  })
  test('in more rows than one chunk', async () => {
    await commit(...Array.from({ length: 2300 }, (_, index) => follow(`n${index}`)))
    expect(await store.chooseAll(account, { search: 'hn' }, true)).toBe(2300)
    expect(await total('follows:ticked')).toBe(2300)
    const { rows } = await store.follows(account, { ticked: true }, 10_000)
    await store.saved(account, rows.map(({ key, reach }) => ({ key, address: reach.address! })), at)
    expect([await total('follows:ticked'), await total('follows:new')]).toEqual([2300, 0])
  })
})

test('what was downloaded is new no more, until its address is another', async () => {
  await commit(follow('2'), follow('3'))
  await store.chooseAll(account, {}, true)
  await store.saved(account, [{ key: '2', address: 'h2@home.example' }, { key: 'nobody', address: 'x@home.example' }], at)
  expect((await store.follows(account, { fresh: true }, 10)).rows.map(({ key }) => key)).toEqual(['3'])
  await begin()
  await keep(answer('h2@home.example', 'found', { subject: 'h2@moved.example' }))
  expect([isNew(await row('2')), await total('follows:new')]).toEqual([true, 2])
  await commit(follow('2', { name: 'Two' }))
  expect((await row('2')).saved).toEqual({ address: 'h2@home.example', at })
})

test('what became of them: found by the address that was saved, or is known now', async () => {
  await commit(follow('2'), follow('3'), follow('4', { federated: false }))
  await store.saved(account, [{ key: '2', address: 'before@home.example' }], at)
  const unknown = await store.arrivals(account, [
    { address: 'before@home.example', state: 'arrived' }, { address: 'h3@home.example', state: 'again', detail: 'domain busy' }, { address: 'stranger@home.example', state: 'failed' },
  ], at)
  expect(unknown).toEqual(['stranger@home.example'])
  expect([(await row('2')).arrival, (await row('3')).arrival, (await row('4')).arrival]).toEqual([{ state: 'arrived', at }, { state: 'again', detail: 'domain busy', at }, undefined])
  expect([await total('arrival:arrived'), await total('arrival:again')]).toEqual([1, 1])
  await store.arrivals(account, [{ address: 'h3@home.example', state: 'arrived' }], at)
  expect([await total('arrival:arrived'), await total('arrival:again')]).toEqual([2, 0])
  expect((await store.follows(account, { arrival: 'arrived' }, 10)).rows).toHaveLength(2)
})

describe('other accounts', () => {
  const other = 'elsewhere:7'
  /** Says whom it was told of. */
  const telling: ReachOf = (_row, _lookUp, network, others) => ({ verdict: 'not', reason: [network, ...others.map(one => `${one.network} ${one.row.handle}`).toSorted()].join(', ') })
  const there = (...follows: ReturnType<typeof follow>[]) => store.commit(batch({ account: other, network: 'elsewhere', who: { id: '7', handle: 'me' }, follows: follows.map(one => ({ ...one, ownerId: '7' })), reachOf: telling }))
  const here = (...follows: ReturnType<typeof follow>[]) => store.commit(batch({ follows, reachOf: telling }))
  const told = async (key: string, of = account): Promise<string> => (await row(key, of)).reach.reason

  test('whoever a link names, or is named by a link there, and nobody of the same network', async () => {
    await there(
      follow('71', { handle: 'Anna_There', links: [{ url: 'https://here.example/@h2' }] }),
      follow('72', { handle: 'bert', bio: 'also at https://here.example/profile/H3/ and elsewhere' }),
      follow('73', { handle: 'carl', fields: [{ name: 'web', value: 'https://carl.example' }] }),
      follow('74', { handle: 'h6' }),
    )
    await here(follow('2'), follow('3'), follow('4', { links: [{ url: 'https://there.example/@Carl' }, { url: 'https://there.example/@bert' }] }), follow('5', { links: [{ url: 'https://here.example/@h2' }] }), follow('6'))
    expect(await Promise.all(['2', '3', '4', '5', '6'].map(key => told(key)))).toEqual([
      'example, elsewhere Anna_There', 'example, elsewhere bert', 'example, elsewhere bert, elsewhere carl', 'example', 'example',
    ])
    expect(await row('2')).not.toHaveProperty('named')
    expect(await store.reachAgain(other, telling)).toBe(3)
    expect(await Promise.all(['71', '72', '73', '74'].map(key => told(key, other)))).toEqual(['elsewhere, example h2', 'elsewhere, example h3, example h4', 'elsewhere, example h4', 'elsewhere'])
  })
  test('with none captured elsewhere there is nobody, and who is gone is nobody', async () => {
    await here(follow('2', { links: [{ url: 'https://there.example/@bert' }] }))
    expect(await told('2')).toBe('example')
    await there(follow('72', { handle: 'bert' }))
    await store.markGone(other, 'later', ['follows'], at)
    await store.reachAgain(account, telling)
    expect(await told('2')).toBe('example')
  })
})

describe('look-ups', () => {
  test('what is to be asked, and by which server that is seen', async () => {
    await commit(follow('2', { links: [{ url: 'two@own.example' }] }), follow('3'), follow('4', { federated: false }), follow('5', { links: [{ url: 'h3@home.example' }] }))
    expect(await store.planLookUp(account, 'all', '')).toEqual({ names: 4, hosts: [{ host: 'home.example', names: 3 }, { host: 'own.example', names: 1 }] })
    expect(await begin()).toMatchObject({ state: 'running', total: 4, asked: 0, outcomes: {} })
    expect((await store.lookUpAsks(account)).map(({ address, after }) => [address, after])).toEqual([
      ['two@own.example', undefined], ['h2@home.example', ['two@own.example']], ['h3@home.example', undefined], ['h5@home.example', ['h3@home.example']],
    ])
    expect((await store.lookUpHosts(account)).map(({ host, names: many, state }) => [host, many, state])).toEqual([['home.example', 3, 'new'], ['own.example', 1, 'new']])
    // While one is open there is no other.
    expect(await store.beginLookUp(account, 'again', '', '2026-04-01T00:00:00Z')).toMatchObject({ scope: 'all', startedAt: at })
  })
  test('those that one server can rule out are first asked there, by their id', async () => {
    await commit(follow('2'), follow('3', { links: [{ url: 'three@own.example' }] }))
    await store.beginLookUp(account, 'all', '', at, { host: 'home.example', by: 'api.example' })
    expect((await store.lookUpAsks(account)).map(({ address, host, id }) => [address, host, id])).toEqual([
      ['h2@home.example', 'api.example', '2'], ['three@own.example', 'own.example', undefined], ['h3@home.example', 'api.example', '3'],
    ])
  })
  test('an answer changes every row that asks for it, of every account, with the totals', async () => {
    await commit(follow('2'), follow('3'))
    await store.commit(batch({ account: 'example:9', who: { id: '9', handle: 'other' }, follows: [follow('2', { ownerId: '9' })], reachOf }))
    await begin()
    await keep(answer('h2@home.example', 'found', { actor: 'https://home.example/users/h2' }), answer('h3@home.example', 'gone'))
    expect([(await row('2')).reach.verdict, (await row('2', 'example:9')).reach.verdict, (await row('3')).reach.verdict]).toEqual(['followable', 'followable', 'not'])
    expect(await store.totals('example:9')).toMatchObject({ 'follows:followable': 1, 'follows:unknown': 0, 'follows:ticked': 1 })
    expect(await store.lookUpJob(account)).toMatchObject({ asked: 2, total: 2, outcomes: { found: 1, gone: 1 } })
    expect(await asked()).toEqual([])
    expect(await store.lookUps(['h2@home.example', 'nobody@home.example'])).toEqual([answer('h2@home.example', 'found', { actor: 'https://home.example/users/h2' })])
  })
  test('what is known is there for whoever is captured later', async () => {
    await commit(follow('2'))
    await begin()
    await keep(answer('h2@home.example', 'found'), answer('h7@home.example', 'not-found'))
    await commit(follow('7'))
    await store.commit(batch({ account: 'example:9', who: { id: '9', handle: 'other' }, follows: [follow('2', { ownerId: '9' })], reachOf }))
    expect([(await row('7')).reach.reason, (await row('2', 'example:9')).reach.verdict]).toEqual(['not-found', 'followable'])
  })
  test('no answer does not undo one', async () => {
    await commit(follow('2'), follow('3'))
    await begin()
    await keep(answer('h2@home.example', 'found'), answer('h3@home.example', 'unclear', { detail: 'silent' }))
    await keep(answer('h2@home.example', 'unclear', { detail: 'silent' }), answer('h3@home.example', 'unclear', { detail: 'slow' }))
    expect((await store.lookUps(['h2@home.example', 'h3@home.example'])).map(({ outcome, detail }) => [outcome, detail])).toEqual([['found', undefined], ['unclear', 'slow']])
  })
  test('again: only what cannot be followed, has no answer, or has an old one', async () => {
    await commit(follow('2'), follow('3'), follow('4'), follow('5'), follow('6', { links: [{ url: 'six@own.example' }] }))
    await begin()
    await keep(answer('h2@home.example', 'found', { at: '2026-01-01T00:00:00Z' }), answer('h3@home.example', 'found'), answer('h4@home.example', 'not-found'), answer('h5@home.example', 'unclear'), answer('six@own.example', 'found'), answer('h6@home.example', 'not-found'))
    const plan = async (scope: 'all' | 'again', old: string) => {
      await store.updateLookUp(account, job => job && { ...job, state: 'done', endedAt: at })
      await store.beginLookUp(account, scope, old, at)
      return asked()
    }
    expect(await plan('all', '2026-02-01T00:00:00Z')).toEqual(['h5@home.example'])
    expect(await plan('again', '')).toEqual(['h4@home.example', 'h5@home.example'])
    expect(await plan('again', '2026-02-01T00:00:00Z')).toEqual(['h2@home.example', 'h4@home.example', 'h5@home.example'])
  })
  test('nothing to ask: over at once', async () => {
    await commit(follow('4', { federated: false }))
    expect(await begin()).toMatchObject({ state: 'done', total: 0, endedAt: at })
    expect((await store.lookUpJobs()).map(({ state }) => state)).toEqual(['done'])
  })
  test('what is gone is not asked about', async () => {
    await commit(follow('2'), follow('3'))
    await store.commit(batch({ runId: 'run2', follows: [follow('3')], reachOf }))
    await store.markGone(account, 'run2', ['follows'], at)
    expect(await store.planLookUp(account, 'all', '')).toMatchObject({ names: 1 })
  })
  test('a deleted account takes its look-ups along, but for those that another has a use for', async () => {
    await commit(follow('2'), follow('3'))
    await store.commit(batch({ account: 'example:9', who: { id: '9', handle: 'other' }, follows: [follow('2', { ownerId: '9' })], reachOf }))
    await begin()
    await keep(answer('h2@home.example', 'found'), answer('h3@home.example', 'found'))
    await store.deleteAccount(account)
    expect((await store.lookUps(['h2@home.example', 'h3@home.example'])).map(({ address }) => address)).toEqual(['h2@home.example'])
    expect([await store.lookUpJob(account), await store.lookUpHosts(account), await asked()]).toEqual([undefined, [], []])
    // An answer that comes after that is not kept.
    expect(await keep(answer('h3@home.example', 'found'))).toBeUndefined()
    expect(await store.lookUps(['h3@home.example'])).toEqual([])
  })
})
