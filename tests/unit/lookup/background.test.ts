/** The background of look-ups, with servers that are functions, and a person who gives leave or does not. */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LookUpRequest } from '../../../lib/browser/messages.ts'
import { allowed, requestLookUp } from '../../../lib/browser/permissions.ts'
import { ask } from '../../../lib/browser/port.ts'
import { startLookUps } from '../../../lib/lookup/background.ts'
import { judge } from '../../../lib/lookup/judge.ts'
import { openStore, type LookUpJob, type Store } from '../../../lib/store/index.ts'
import fake, { reset, world } from '../fake-browser.ts'
import { batch, follow } from '../store/records.ts'

const account = 'threads:1'
const HOME = 'threads.net'

/** What was sent: the name that was asked for, '' without one. */
let sent: { host: string; name: string; init: RequestInit }[] = []
let servers: Record<string, { closed?: boolean; people?: string[]; down?: boolean }> = {}
let onLine = true

/** As the browser does it: an answer of a server that agrees to nobody is read only with leave; without being read, it comes. */
const fetched = async (input: string, init: RequestInit): Promise<Response> => {
  const url = new URL(input)
  const name = url.searchParams.get('resource')?.replace('acct:', '') ?? ''
  const server = servers[url.host]
  if (!onLine) throw new TypeError('Failed to fetch')
  sent.push({ host: url.host, name, init })
  if (!server || server.down) throw new TypeError('Failed to fetch')
  if (init.mode === 'no-cors') return new Response('')
  if (server.closed && !(await allowed([url.host]))) throw new TypeError('Failed to fetch')
  const [user = ''] = name.split('@')
  if (!name) return new Response('{}', { status: 400 })
  if (!server.people?.includes(user)) return new Response('{}', { status: 404 })
  return Response.json({ subject: `acct:${name}`, links: [{ rel: 'self', type: 'application/activity+json', href: `https://${url.host}/users/${user}` }] })
}

let store: Store
beforeEach(async () => {
  await reset()
  globalThis.indexedDB = new IDBFactory()
  sent = []
  servers = { [HOME]: { closed: true, people: ['anna', 'bert'] }, 'kettle.example': { people: ['carl'] } }
  onLine = true
  vi.stubGlobal('fetch', fetched)
  vi.stubGlobal('navigator', { get onLine() { return onLine } })
  await fake.storage.local.set({ courtesy: 0, judged: '0.0.1' })
  store = openStore()
  await store.commit(batch({
    account, network: 'threads', reachOf: ({ handle }) => ({ verdict: 'unknown', address: `${handle}@${HOME}`, reason: 'not-looked-up', asks: [`${handle}@${HOME}`] }),
    follows: ['anna', 'bert', 'dora'].map(handle => follow(handle, { id: `id-${handle}`, handle })),
  }))
  await store.choose(account, 'id-dora', { address: 'carl@kettle.example' }, () => ({ verdict: 'unknown', address: 'carl@kettle.example', reason: 'typed', asks: ['carl@kettle.example'] }))
})
afterEach(async () => {
  await say({ kind: 'look-up-stop', account })
  store.close()
  vi.unstubAllGlobals()
})

const say = (request: LookUpRequest): Promise<unknown> => ask(request)
const comesTo = (state: LookUpJob['state'], more: Partial<LookUpJob> = {}): Promise<void> =>
  vi.waitFor(async () => expect(await store.lookUpJob(account)).toMatchObject({ state, ...more }), { timeout: 5000 })
const named = (): string[] => sent.flatMap(({ name }) => name || []).toSorted()
const verdicts = async (): Promise<string[]> => (await store.follows(account, {}, 10)).rows.map(({ handle, reach }) => `${handle} ${reach.verdict} ${reach.reason}`).toSorted()

test('nothing is asked before the person says so; then without anything that tells who asks', async () => {
  startLookUps()
  await new Promise(resolve => setTimeout(resolve, 50))
  expect([sent, world.rules.size]).toEqual([[], 0])
  await requestLookUp([HOME])
  expect(await say({ kind: 'look-up', account, scope: 'all' })).toMatchObject({ state: 'running', total: 3 })
  await comesTo('done', { asked: 3, outcomes: { found: 3 } })
  expect(await verdicts()).toEqual(['anna followable server-decides', 'bert followable server-decides', 'dora followable typed'])
  expect(named()).toEqual(['anna@threads.net', 'bert@threads.net', 'carl@kettle.example'])
  // The rules were there before the first question.
  expect(world.rules.size).toBeGreaterThan(5)
  for (const { init } of sent) expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' })
  expect(world.alarms.size).toBe(0)
  expect(await say({ kind: 'look-up', account, scope: 'all' })).toMatchObject({ state: 'done', total: 0 })
})

test('a server that answers with leave only is told no name; when leave is given it goes on by itself', async () => {
  startLookUps()
  await say({ kind: 'look-up', account, scope: 'all' })
  await comesTo('needs-hosts', { asked: 1 })
  expect(named()).toEqual(['carl@kettle.example'])
  expect((await store.lookUpHosts(account)).find(({ host }) => host === HOME)).toMatchObject({ state: 'leave', names: 2, asked: 0 })
  await say({ kind: 'look-up-resume', account })
  await comesTo('needs-hosts')
  expect(named()).toEqual(['carl@kettle.example'])
  await requestLookUp([HOME])
  await comesTo('done', { asked: 3 })
  expect(named()).toEqual(['anna@threads.net', 'bert@threads.net', 'carl@kettle.example'])
})

test('without the leave, it can be ended', async () => {
  startLookUps()
  await say({ kind: 'look-up', account, scope: 'all' })
  await comesTo('needs-hosts')
  expect(await say({ kind: 'look-up-stop', account })).toMatchObject({ state: 'done', asked: 1, total: 3 })
  expect((await verdicts())[0]).toBe('anna unknown not-looked-up')
})

test('where the browser has a consent of its own, nothing is asked without it', async () => {
  world.manifest = { browser_specific_settings: { gecko: { data_collection_permissions: { required: ['none'] } } } }
  startLookUps()
  expect(await say({ kind: 'look-up', account, scope: 'all' })).toMatchObject({ state: 'paused', reason: 'no-consent' })
  expect(sent).toEqual([])
  await requestLookUp([HOME])
  expect([...world.allowed].toSorted()).toEqual([`https://${HOME}/*`, 'personallyIdentifyingInfo', 'websiteContent'])
  await comesTo('done', { asked: 3 })
})

test('without a network nothing counts as asked; when it is back, the alarm goes on', async () => {
  await requestLookUp([HOME])
  startLookUps()
  onLine = false
  await say({ kind: 'look-up', account, scope: 'all' })
  await comesTo('paused', { reason: 'offline', asked: 0 })
  expect(world.alarms.has('look-up')).toBe(true)
  onLine = true
  fake.alarms.onAlarm.fire({ name: 'look-up' })
  await comesTo('done', { asked: 3, outcomes: { found: 3 } })
})

test('pause, resume, stop', async () => {
  await requestLookUp([HOME])
  await fake.storage.local.set({ courtesy: 80 })
  startLookUps()
  await say({ kind: 'look-up', account, scope: 'all' })
  expect(await say({ kind: 'look-up-pause', account })).toMatchObject({ state: 'paused' })
  await new Promise(resolve => setTimeout(resolve, 250))
  const then = sent.length
  expect(named().filter(name => name.endsWith(HOME)).length).toBe(1)
  await new Promise(resolve => setTimeout(resolve, 150))
  expect(sent.length).toBe(then)
  expect(await say({ kind: 'look-up-resume', account })).toMatchObject({ state: 'running' })
  await comesTo('done', { asked: 3 })
  await say({ kind: 'look-up', account, scope: 'again' })
  expect(await say({ kind: 'look-up-stop', account })).toMatchObject({ endedAt: expect.any(String) })
  expect(await say({ kind: 'look-up-resume', account })).toMatchObject({ endedAt: expect.any(String) })
})

test('an account that is deleted meanwhile: it ends, and keeps nothing', async () => {
  await requestLookUp([HOME])
  await fake.storage.local.set({ courtesy: 60 })
  startLookUps()
  await say({ kind: 'look-up', account, scope: 'all' })
  await store.deleteAccount(account)
  await new Promise(resolve => setTimeout(resolve, 300))
  expect(await store.lookUps([`anna@${HOME}`, `bert@${HOME}`, 'carl@kettle.example'])).toEqual([])
  expect(named().length).toBeLessThan(3)
})

test('two accounts, one after the other; what the first has asked, the second does not', async () => {
  await requestLookUp([HOME])
  const reachOf = ({ handle }: { handle: string }) => ({ verdict: 'unknown' as const, address: `${handle}@${HOME}`, reason: 'not-looked-up', asks: [`${handle}@${HOME}`] })
  await store.commit(batch({ account: 'threads:2', network: 'threads', who: { id: '2', handle: 'two' }, reachOf, follows: ['anna', 'emil'].map(handle => follow(handle, { id: `id-${handle}`, handle, ownerId: '2' })) }))
  startLookUps()
  await Promise.all([say({ kind: 'look-up', account, scope: 'all' }), say({ kind: 'look-up', account: 'threads:2', scope: 'all' })])
  await vi.waitFor(async () => expect(await store.lookUpJob('threads:2')).toMatchObject({ state: 'done', total: 2, asked: 2 }), { timeout: 5000 })
  expect(named()).toEqual(['anna@threads.net', 'bert@threads.net', 'carl@kettle.example', 'emil@threads.net'])
})

test('what was learnt holds for the same person in an account of another network', async () => {
  await requestLookUp([HOME])
  await store.commit(batch({
    account: 'rednote:2', network: 'rednote', who: { id: '2', handle: 'two' }, reachOf: judge,
    follows: ['2', '3'].map(end => follow(`5f3a1b2c000000000100a1b${end}`, { handle: `name${end}`, ownerId: '2' })),
  }))
  // Only she says so: a guess, until her server says that she is there.
  await store.commit(batch({ account, network: 'threads', reachOf: judge, follows: [follow('id-anna', { handle: 'anna', links: [{ url: 'https://www.xiaohongshu.com/user/profile/5f3a1b2c000000000100a1b2' }] })] }))
  startLookUps()
  await say({ kind: 'look-up', account, scope: 'all' })
  await vi.waitFor(async () => {
    const { rows } = await store.follows('rednote:2', { sort: 'handle' }, 10)
    expect(rows.map(({ reach }) => [reach.verdict, reach.address])).toEqual([['followable', 'anna@threads.net'], ['not', undefined]])
  }, { timeout: 5000 })
})

test('a message of the pages about something else, or from elsewhere, is left alone', async () => {
  startLookUps()
  expect(fake.runtime.onMessage.fire(JSON.stringify({ kind: 'pause', runId: 'x' }), { id: fake.runtime.id, url: fake.runtime.getURL('popup.html') })).toEqual([undefined])
  expect(fake.runtime.onMessage.fire(JSON.stringify({ kind: 'look-up', account, scope: 'all' }), { id: fake.runtime.id, url: 'https://www.threads.com/' })).toEqual([undefined])
  expect(sent).toEqual([])
})

test('after an update everybody is judged anew by the rules of now, once', async () => {
  await fake.storage.local.set({ judged: '0.0.0' })
  await store.commit(batch({ account, network: 'threads', reachOf: () => ({ verdict: 'not', reason: 'old-rules' }), follows: [follow('emil', { id: 'id-emil', handle: 'emil' })] }))
  startLookUps()
  await vi.waitFor(async () => expect((await fake.storage.local.get('judged')).judged).toBe('0.0.1'))
  expect((await verdicts()).at(-1)).toBe('emil unknown not-looked-up')
})
