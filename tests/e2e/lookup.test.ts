/** Looking up who can be followed: on request only, politely, once for each name, and never into the person's own network. */
import { describe, expect, onTestFinished, test } from 'vitest'
import type { LookUpJob } from '../../lib/store/types.ts'
import type { ChromiumMachine } from '../harness/chromium.ts'
import { awaitState, begin, popupText, startOn } from '../harness/drive.ts'
import { sleep, until, type Machine } from '../harness/machine.ts'
import { readTables, say, setCourtesy } from '../harness/store.ts'
import { hostsOf, rooms } from '../../lib/networks/rooms.ts'
import { startFediverse, type Fediverse, type Instance } from '../networks/fediverse/index.ts'
import type { SimulationOptions } from '../networks/types.ts'
import { newProfile, simulate } from './setting.ts'

const HOME = 'threads.net'
/** As Mastodon takes them: some names of the network can't be the user part of an address. */
const USER = /^[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*$/

const fediverse = async (instances: Record<string, Instance> = {}, retryAfter?: number): Promise<Fediverse> => {
  const running = await startFediverse({ instances, retryAfter })
  onTestFinished(() => running.close())
  return running
}

/** What was asked, but for what the browser itself asks of its maker. */
const askedOf = (fed: Fediverse): string[] => fed.requests.filter(({ host }) => !/(^|\.)(google|googleapis|gvt1|gstatic)\.com$/.test(host)).map(({ host, path }) => host + path)

const jobOf = async (machine: Machine): Promise<LookUpJob | undefined> => (await readTables(machine, 'lookUpJobs')).lookUpJobs[0]
const ended = (machine: Machine, states: LookUpJob['state'][] = ['done'], milliseconds = 150_000): Promise<LookUpJob> =>
  until(`the look-up to be ${states}`, async () => {
    const job = await jobOf(machine)
    return job && states.includes(job.state) && job
  }, milliseconds).catch(async (error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : error}; it is ${JSON.stringify(await jobOf(machine))}`, { cause: error })
  })

/** A captured account on the simulated Threads; every other name, and the host of the addresses, is the simulated fediverse. */
const captured = async (world: SimulationOptions, fed: Fediverse, options: { profile?: string } = {}) => {
  const simulation = await simulate({ posts: 6, ...world })
  const hosts = simulation.hosts.filter(host => !host.includes(HOME))
  const start = (): Promise<ChromiumMachine> => startOn('chromium', simulation, { ...options, beside: [{ hosts: [HOME, `www.${HOME}`, '*'], port: fed.port }], hosts, allowed: [...hosts.filter(host => !host.startsWith('*')), 'www.threads.com', HOME, `www.${HOME}`] })
  const machine = await start()
  const page = await begin(machine, simulation)
  await awaitState(machine, ['done'], 150_000)
  const [account] = (await readTables(machine, 'accounts')).accounts
  return { simulation, machine, start, page, account: account!.account }
}

test('800 follows of which 143 share: exactly these can be followed; nobody was asked before, and nobody twice', async () => {
  const fed = await fediverse()
  const { simulation, machine, account } = await captured({ follows: 800 }, fed)
  onTestFinished(() => machine.close())
  const { follows } = simulation.truth()
  const can = follows.filter(({ handle, locked }) => !locked && USER.test(handle.toLowerCase()))
  const sharing = can.filter((_, at) => at % 5 === 0).slice(0, 143).map(({ handle }) => handle.toLowerCase())
  expect(sharing).toHaveLength(143)
  fed.put(HOME, { ways: ['closed'], people: Object.fromEntries(sharing.map(name => [name, 'here' as const])) })

  // The preview and the lists ask nobody.
  await machine.inside(address => void open(address), `/workspace.html?account=${encodeURIComponent(account)}`)
  const workspace = await machine.extensionPage('workspace.html')
  await sleep(1500)
  expect(askedOf(fed)).toEqual([])
  await workspace.close()

  await setCourtesy(machine, 4)
  expect(await say(machine, { kind: 'look-up', account, scope: 'all' })).toMatchObject({ state: 'running', asked: 0 })
  const job = await ended(machine)
  const rows = (await readTables(machine, 'follows')).follows
  const followable = rows.filter(({ reach }) => reach.verdict === 'followable').map(({ reach }) => reach.address)
  // People of the fediverse who are shown there by their address can be followed as they are.
  expect(followable.toSorted()).toEqual([...sharing.map(name => `${name}@${HOME}`), ...follows.filter(({ handle }) => handle.includes('@')).map(({ handle }) => { const [user, host] = handle.toLowerCase().split('@'); return `${user}@${new URL(`https://${host}`).hostname}` })].toSorted())
  expect(rows.filter(({ reach }) => reach.verdict === 'unknown')).toEqual([])
  expect(job).toMatchObject({ asked: job.total, outcomes: { found: 143, 'not-found': job.total - 143 } })
  const names = fed.names().map(({ name }) => name)
  expect(names.toSorted()).toEqual(can.map(({ handle }) => `${handle.toLowerCase()}@${HOME}`).toSorted())
  const totals = Object.fromEntries((await readTables(machine, 'totals')).totals.filter(one => one.account === account).map(({ name, value }) => [name, value]))
  expect(totals).toMatchObject({ 'follows:followable': followable.length, 'follows:ticked': followable.length, 'follows:new': followable.length })
}, 300_000)

test('nothing goes to anybody before the person asks: all traffic of the browser, while it captures and shows what would move', async () => {
  const fed = await fediverse()
  const { simulation, machine, account, page } = await captured({ follows: 20 }, fed)
  const names = simulation.truth().follows.filter(({ handle, locked }) => !locked && USER.test(handle.toLowerCase())).length
  // Who would learn what is said in the popup already.
  expect(await popupText(machine, page, /would see/)).toContain(`${HOME} would see that you ask about ${names} names`)
  await machine.inside(address => void open(address), `/workspace.html?account=${encodeURIComponent(account)}`)
  const workspace = await machine.extensionPage('workspace.html')
  for (const part of ['follows', 'posts', 'files']) {
    await workspace.evaluate(name => { location.hash = name }, part)
    await sleep(700)
  }
  expect(askedOf(fed)).toEqual([])
  const { id } = machine
  const trace = await machine.trace()
  expect(trace.some(({ url }) => url.startsWith(simulation.home))).toBe(true)
  expect(trace.filter(({ url, initiator }) => initiator === `chrome-extension://${id}` && !url.startsWith('chrome-extension:'))).toEqual([])
}, 120_000)

test('killed in the middle, worker and browser: it goes on, and no server is asked twice for the same name', async () => {
  const profile = await newProfile()
  const fed = await fediverse({ [HOME]: { ways: ['closed'] } })
  const { simulation, machine: first, start, account } = await captured({ follows: 120 }, fed, { profile })
  await setCourtesy(first, 60)
  await say(first, { kind: 'look-up', account, scope: 'all' })
  await until('some answers', () => fed.names().length > 20)
  await first.stopWorker()
  await say(first, { kind: 'look-up-resume', account })
  await until('more answers', () => fed.names().length > 45)
  await say(first, { kind: 'look-up-pause', account })
  const paused = await ended(first, ['paused'])
  expect(paused.asked).toBeLessThan(paused.total)
  await sleep(500)
  const then = fed.names().length
  await sleep(1000)
  expect(fed.names().length).toBe(then)
  await say(first, { kind: 'look-up-resume', account })
  await until('more answers', () => fed.names().length > 60)
  await first.kill()

  const machine = await start()
  onTestFinished(() => machine.close())
  const job = await ended(machine)
  const names = fed.names().map(({ name }) => name)
  expect(names.length).toBe(new Set(names).size)
  const { lookUps } = await readTables(machine, 'lookUps')
  const lost = lookUps.filter(({ detail }) => detail === 'interrupted')
  expect(lost.length).toBeLessThanOrEqual(2)
  expect(lookUps.length).toBe(job.total)
  expect(job.asked).toBe(job.total)
  // What was lost is asked by hand.
  fed.put(HOME, { ways: ['closed'], people: Object.fromEntries(simulation.truth().follows.map(({ handle }) => [handle.toLowerCase(), 'here' as const])) })
  await say(machine, { kind: 'look-up', account, scope: 'again' })
  await ended(machine)
  expect((await readTables(machine, 'follows')).follows.filter(({ reach }) => reach.verdict === 'unknown')).toEqual([])
  // Now they all can be followed, and nothing is left to be asked.
  const asked = fed.names().length
  await say(machine, { kind: 'look-up', account, scope: 'again' })
  expect(await ended(machine)).toMatchObject({ total: 0, asked: 0 })
  expect(fed.names().length).toBe(asked)
}, 300_000)

test('people on Bluesky: many are ruled out at once, and the bridge is asked for the others only', async () => {
  const bridge = 'bsky.brid.gy'
  const fed = await fediverse()
  const simulation = await simulate({ follows: 130, posts: 3 }, 'bluesky')
  const machine = await startOn('chromium', simulation, { beside: [{ hosts: ['*'], port: fed.port }], allowed: [...hostsOf(rooms.bluesky!), bridge] })
  onTestFinished(() => machine.close())
  await begin(machine, simulation)
  await awaitState(machine, ['done'])
  const [owner] = (await readTables(machine, 'accounts')).accounts
  const { follows } = simulation.truth()
  const carried = follows.filter(({ shares }) => shares).map(({ handle }) => `${handle.toLowerCase()}@${bridge}`)
  expect(carried.length).toBeGreaterThan(10)
  fed.put(bridge, { ways: ['closed'], people: Object.fromEntries(carried.slice(2).map(address => [address.split('@')[0]!, 'here' as const])) })
  await setCourtesy(machine, 10)
  await say(machine, { kind: 'look-up', account: owner!.account, scope: 'all' })
  await ended(machine)
  const calls = simulation.requests.filter(({ operation }) => operation === 'app.bsky.graph.getRelationships')
  expect(calls.length).toBeLessThanOrEqual(Math.ceil(follows.length / 30))
  expect(fed.names().filter(({ host }) => host === bridge).map(({ name }) => name).toSorted()).toEqual(carried.toSorted())
  const rows = (await readTables(machine, 'follows')).follows
  expect(rows.filter(({ reach }) => reach.reason === 'bridged').map(({ reach }) => reach.address).toSorted()).toEqual(carried.slice(2).toSorted())
  expect(rows.filter(({ reach }) => reach.verdict === 'unknown')).toEqual([])
}, 120_000)

describe('all kinds of servers', () => {
  /** Puts an account with these addresses into the store, as if the person had typed them: what servers make of them is what is tested. */
  const seed = (machine: Machine, addresses: string[]): Promise<void> =>
    machine.inside(async (given: string[]) => {
      const done = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) })
      const database = await done(indexedDB.open('holdall'))
      const transaction = database.transaction(['accounts', 'follows'], 'readwrite')
      const at = '2026-11-01T00:00:00Z'
      transaction.objectStore('accounts').put({ account: 'threads:1', network: 'threads', id: '1', handle: 'me', firstSeen: at, lastSeen: at })
      given.forEach((address, order) => transaction.objectStore('follows').put({
        account: 'threads:1', key: `k${order}`, id: `k${order}`, handle: `k${order}`, sort: `k${order}`, order, relation: 'follow', ownerId: '1', runId: 'r', firstSeen: at, lastSeen: at,
        choice: { address }, reach: { verdict: 'followable', address, reason: 'typed', asks: [address] },
      }))
      await new Promise(resolve => { transaction.oncomplete = resolve })
      database.close()
    }, addresses)

  const instances: Record<string, Instance> = {
    'open.example': {
      people: { here: 'here', gone: 'gone', bot: 'no-actor', broken: 'broken', fat: 'oversized', unnamed: 'unnamed', late: 'slow', split: { is: 'elsewhere', subject: 'Split@Social.Open.example' }, moved: { is: 'moved', subject: 'moved@new.example' }, inside: 'inside' },
    },
    'new.example': { people: { moved: 'here' } },
    'shut.example': { ways: ['closed'], people: { anna: 'here', bert: 'here' } },
    'dead.example': { ways: ['dead'] },
    'down.example': { ways: ['down'] },
    'inside.example': { ways: ['inside'] },
    'page.example': { ways: ['catch-all'] },
    'busy.example': { ways: ['busy'], people: Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`b${at}`, 'here' as const])) },
  }
  const addresses = [
    ...['here', 'gone', 'missing', 'bot', 'broken', 'unnamed', 'late', 'split', 'moved', 'inside', 'fat'].map(name => `${name}@open.example`),
    'anna@shut.example', 'bert@shut.example', ...['dead', 'down', 'inside', 'page'].flatMap(host => ['x', 'y', 'z', 'zz'].map(name => `${name}@${host}.example`)),
    ...Array.from({ length: 12 }, (_, at) => `b${at}@busy.example`), 'nobody@somewhere.example',
  ]

  test('are told apart; a server that answers with leave only learns no name before; nothing in the own network is asked', async () => {
    const profile = await newProfile()
    const fed = await fediverse(instances, 1)
    const simulation = await simulate({ follows: 5, posts: 1 })
    const options = { profile, hosts: simulation.hosts.filter(host => !host.includes(HOME)), beside: [{ hosts: ['*'], port: fed.port }, { hosts: ['nowhere.example'], port: 0 }] }
    const first = await startOn('chromium', simulation, { ...options, allowed: [] })
    // The store is there once the background has answered.
    expect(await say(first, { kind: 'look-up-pause', account: 'threads:1' })).toBe(null)
    await seed(first, [...addresses, 'x@nowhere.example'])
    await setCourtesy(first, 50)
    await say(first, { kind: 'look-up', account: 'threads:1', scope: 'all' })
    await ended(first, ['needs-hosts'], 60_000)
    const outcomes = async (machine: Machine): Promise<Record<string, string>> =>
      Object.fromEntries((await readTables(machine, 'lookUps')).lookUps.map(({ address, outcome, detail, subject }) => [address, [outcome, detail, subject].filter(Boolean).join(' ')]))
    const told = await outcomes(first)
    expect(told).toMatchObject({
      'here@open.example': 'found', 'gone@open.example': 'gone', 'missing@open.example': 'not-found', 'bot@open.example': 'no-actor', 'broken@open.example': 'unclear not-json',
      'fat@open.example': 'unclear too-large', 'unnamed@open.example': 'unclear no-subject', 'late@open.example': 'found', 'split@open.example': 'found split@social.open.example',
      'moved@open.example': 'found moved@new.example', 'inside@open.example': 'unclear silent',
      'nobody@somewhere.example': 'not-found', 'x@nowhere.example': 'unclear silent', 'b0@busy.example': 'found', 'b11@busy.example': 'found',
      'z@dead.example': 'unclear silent', 'zz@dead.example': 'unclear silent', 'zz@down.example': 'unclear silent', 'zz@page.example': 'unclear not-json', 'zz@inside.example': 'unclear silent',
    })
    expect('anna@shut.example' in told).toBe(false)
    expect(fed.inside).toEqual([])
    const asked = (host: string): string[] => fed.names().filter(one => one.host === host).map(({ name }) => name)
    expect([asked('shut.example'), asked('dead.example')]).toEqual([[], []])
    expect([asked('down.example').length, asked('page.example').length, asked('inside.example').length]).toEqual([3, 3, 3])
    // Refused, and asked again after the second that it wanted.
    expect(fed.names().filter(({ host, status }) => host === 'busy.example' && status === 429).length).toBeGreaterThan(1)
    const hosts = Object.fromEntries((await readTables(first, 'lookUpHosts')).lookUpHosts.map(({ host, state }) => [host, state]))
    expect(hosts).toMatchObject({ 'open.example': 'open', 'shut.example': 'leave', 'dead.example': 'aside', 'down.example': 'aside', 'inside.example': 'aside', 'busy.example': 'open' })
    await first.close()

    const second = await startOn('chromium', simulation, { ...options, allowed: ['*'] })
    onTestFinished(() => second.close())
    // The second line of defence, as the browser itself reads the rules: they hold where the extension may read what is blocked.
    const matched = await second.inside(async () => {
      interface Api { runtime: { id: string }; declarativeNetRequest: { testMatchOutcome(request: object): Promise<{ matchedRules: unknown[] }> } }
      const { runtime, declarativeNetRequest: rules } = (globalThis as unknown as { chrome: Api }).chrome
      const hits = async (url: string, initiator: string): Promise<number> => (await rules.testMatchOutcome({ url, initiator, type: 'xmlhttprequest', method: 'get' })).matchedRules.length
      const own = `chrome-extension://${runtime.id}`
      const all = []
      for (const url of ['https://127.0.0.1/', 'https://10.1.2.3:8443/x', 'https://192.168.0.1/', 'https://172.20.0.1/', 'https://100.64.0.1/', 'https://169.254.0.1/', 'https://[::1]/', 'https://[fe80::1]/', 'https://[fd00::1]/', 'https://[::ffff:7f00:1]/', 'https://localhost/', 'https://a.local/', 'https://a.internal/', 'https://a.home.arpa/']) all.push(await hits(url, own))
      return { all, others: [await hits('https://open.example/', own), await hits('https://127.0.0.1.example/', own), await hits('https://127.0.0.1/', 'https://open.example')] }
    })
    expect(matched).toEqual({ all: Array(14).fill(1), others: [0, 0, 0] })
    await say(second, { kind: 'look-up-resume', account: 'threads:1' })
    await ended(second)
    expect(await outcomes(second)).toMatchObject({ 'anna@shut.example': 'found', 'bert@shut.example': 'found' })
    expect(asked('shut.example').toSorted()).toEqual(['anna@shut.example', 'bert@shut.example'])
    expect(fed.inside).toEqual([])
  }, 120_000)
})
