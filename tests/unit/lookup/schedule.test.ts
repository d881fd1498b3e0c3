import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AT_ONCE } from '../../../lib/lookup/schedule.ts'
import { account, asksFor, found, missing, silent, Simulated, type Seen, type Server } from './simulated.ts'

/** 2,000 names on 300 servers: the largest has 400, the others as many as the law of small servers gives them. */
const LARGEST = 400
const world = (): string[] => {
  const sizes = Array.from({ length: 300 }, (_, at) => (at === 0 ? LARGEST : Math.max(1, Math.floor(330 / (at + 1)))))
  for (let at = 1; sizes.reduce((a, b) => a + b) < 2000; at = 1 + (at % 299)) (sizes[at] as number)++
  return sizes.flatMap((size, at) => Array.from({ length: size }, (_, name) => `p${name}@h${at}.example`)).slice(0, 2000)
}
/** One slow server, and one dead. */
const servers = (host: string): Server =>
  host === 'h1.example' ? { ms: 1500, answer: (address, _, now) => (address.startsWith('p1') ? found(address, now) : missing(address, now)) }
  : host === 'h2.example' ? { ms: 10_000, open: 'silent', answer: (address, _, now) => silent(address, now) }
  : { answer: (address, _, now) => (address.startsWith('p1') ? found(address, now) : missing(address, now)) }

const expectPolite = (seen: Seen[], everyMs = 1000): void => {
  const last = new Map<string, number>()
  for (const { host, at } of seen) {
    expect(at - (last.get(host) ?? Number.NEGATIVE_INFINITY), host).toBeGreaterThanOrEqual(everyMs)
    last.set(host, at)
  }
}
const expectOnce = (seen: Seen[]): void => {
  const asked = seen.flatMap(({ host, kind, addresses }) => (kind === 'name' ? addresses.map(address => `${address} of ${host}`) : []))
  expect(asked.length).toBe(new Set(asked).size)
}

describe('2,000 names on 300 servers, one slow and one dead', () => {
  const addresses = world()
  test('are asked within the time that the largest needs at one a second, and 10 %', () => {
    const simulated = new Simulated(asksFor(addresses), servers)
    const took = simulated.run()
    expect(simulated.end).toBe('done')
    expect(took).toBeLessThan(LARGEST * 1000 * 1.1)
    expectPolite(simulated.seen)
    expectOnce(simulated.seen)
    expect(simulated.answers.map(({ address }) => address).toSorted()).toEqual(addresses.toSorted())
    const outcomes = Map.groupBy(simulated.answers, ({ outcome }) => outcome)
    expect(outcomes.get('unclear')?.every(({ address }) => address.endsWith('@h2.example'))).toBe(true)
    expect(outcomes.get('found')?.length).toBe(addresses.filter(address => address.startsWith('p1') && !address.endsWith('@h2.example')).length)
    expect(simulated.hosts.get('h2.example')).toMatchObject({ state: 'aside', why: 'silent', answers: 0 })
    // The dead one learns no name.
    expect(simulated.seen.filter(({ host, kind }) => host === 'h2.example' && kind === 'name')).toEqual([])
  })

  test('killed in the middle, again and again, no server is asked twice for the same name, and every name is over with', () => {
    const simulated = new Simulated(asksFor(addresses), servers)
    for (const at of [3000, 40_000, 41_000, 150_000, 300_000]) {
      simulated.run(simulated.begun + at)
      expect(simulated.end).toBeUndefined()
      simulated.die(2000)
    }
    simulated.run()
    expect(simulated.end).toBe('done')
    expectPolite(simulated.seen)
    expectOnce(simulated.seen)
    expect(simulated.answers.map(({ address }) => address).toSorted()).toEqual(addresses.toSorted())
    const lost = simulated.answers.filter(({ detail }) => detail === 'interrupted')
    expect(lost.length).toBeLessThanOrEqual(5 * AT_ONCE)
    // What was lost had been sent: it is not known whether it arrived.
    for (const { address } of lost) expect(simulated.seen.some(({ addresses: asked }) => asked.includes(address))).toBe(true)
  })
})

describe('one server', () => {
  const names = (count: number, host = 'a.example') => Array.from({ length: count }, (_, at) => `n${at}@${host}`)
  const nameCount = (simulated: Simulated, host = 'a.example') => simulated.seen.filter(one => one.host === host && one.kind === 'name').length

  test('is asked without a name first, and not at all where leave is there', () => {
    const simulated = new Simulated(asksFor(names(2)), () => ({}))
    simulated.run()
    expect(simulated.seen.map(({ kind }) => kind)).toEqual(['open', 'name', 'name'])
    const allowed = new Simulated(asksFor(names(2)), () => ({}))
    allowed.happen({ kind: 'leave', hosts: ['a.example', 'elsewhere.example'] })
    allowed.run()
    expect(allowed.seen.map(({ kind }) => kind)).toEqual(['name', 'name'])
  })

  test('that answers with leave only learns no name, and is asked once leave is there, after a restart too', () => {
    const simulated = new Simulated(asksFor([...names(3), 'b@b.example']), host => ({ open: host === 'a.example' ? 'leave' : 'open' }))
    simulated.run()
    expect(simulated.end).toBe('needs-hosts')
    expect(simulated.hosts.get('a.example')).toMatchObject({ state: 'leave', asked: 0, names: 3 })
    expect([nameCount(simulated), simulated.answers.length]).toEqual([0, 1])
    simulated.die(1000)
    simulated.run()
    expect(simulated.end).toBe('needs-hosts')
    simulated.happen({ kind: 'leave', hosts: ['a.example'] })
    simulated.run()
    expect([simulated.end, nameCount(simulated), simulated.answers.length]).toEqual(['done', 3, 4])
  })

  test('that says "too many" is left alone as long as it wants, and then asked the same again', () => {
    const simulated = new Simulated(asksFor(names(3)), () => ({ answer: (address, times, now) => (times === 2 ? { kind: 'later', ms: 90_000 } : found(address, now)) }))
    simulated.run(simulated.begun + 30_000)
    expect(simulated.hosts.get('a.example')).toMatchObject({ why: 'too-many', limits: 1 })
    expect(nameCount(simulated)).toBe(2)
    simulated.die(1000)
    simulated.run()
    const [, second, third] = simulated.seen.filter(({ kind }) => kind === 'name')
    expect(third).toMatchObject({ addresses: second?.addresses })
    expect((third?.at ?? 0) - (second?.at ?? 0)).toBeGreaterThanOrEqual(90_000)
    expect(simulated.answers.map(({ outcome }) => outcome)).toEqual(['found', 'found', 'found'])
  })

  test('that says "too many" for ever, and does not say how long, is put aside in the end', () => {
    const simulated = new Simulated(asksFor(names(5)), () => ({ answer: () => ({ kind: 'later' }) }))
    simulated.run()
    expect(nameCount(simulated)).toBe(6)
    expect(simulated.answers.map(({ detail }) => detail)).toEqual(Array(5).fill('too-many'))
    const times = simulated.seen.filter(({ kind }) => kind === 'name').map(({ at }) => at)
    const waits = times.slice(1).map((at, index) => at - (times[index] as number))
    expect(waits.every((wait, index) => wait >= 60_000 * 2 ** index)).toBe(true)
  })

  test('that falls silent is tried again after a while, and then put aside', () => {
    const simulated = new Simulated(asksFor(names(20)), () => ({ answer: (address, times, now) => (times <= 4 ? found(address, now) : silent(address, now)) }))
    simulated.run()
    expect(nameCount(simulated)).toBe(9)
    expect(simulated.answers.filter(({ outcome }) => outcome === 'unclear')).toHaveLength(16)
    expectOnce(simulated.seen)
    const back = new Simulated(asksFor(names(20)), () => ({ answer: (address, times, now) => (times > 4 && times < 9 ? silent(address, now) : found(address, now)) }))
    back.run()
    expect(back.answers.filter(({ outcome }) => outcome === 'found')).toHaveLength(16)
  })

  test('what was not sent is asked again; what is held is not', () => {
    const simulated = new Simulated(asksFor(names(2)), () => ({}))
    simulated.happen({ kind: 'leave', hosts: ['a.example'] })
    expect(nameCount(simulated)).toBe(1)
    simulated.courtesy.hold = true
    simulated.happen({ kind: 'unsent', host: 'a.example' })
    simulated.now += 60_000
    simulated.happen({ kind: 'turn' })
    expect(nameCount(simulated)).toBe(1)
    expect([...simulated.asks.values()].map(({ out }) => Boolean(out))).toEqual([false, false])
    simulated.courtesy.hold = false
    simulated.happen({ kind: 'turn' })
    expect(simulated.seen.map(({ addresses }) => addresses)).toEqual([['n0@a.example'], ['n0@a.example']])
  })
})

describe('second choices', () => {
  const more = { 'b@b.example': { after: ['a@a.example'] }, 'c@c.example': { after: ['a@a.example', 'b@b.example'] } }
  const addresses = ['a@a.example', 'b@b.example', 'c@c.example']
  const askedOf = (simulated: Simulated): string[] => simulated.seen.flatMap(({ addresses: asked }) => asked)

  test('are not asked where the first is found, after a restart neither', () => {
    const simulated = new Simulated(asksFor(addresses, more), () => ({ answer: (address, _, now) => found(address, now) }))
    simulated.run()
    expect([askedOf(simulated), simulated.dropped, simulated.end]).toEqual([['a@a.example'], ['b@b.example', 'c@c.example'], 'done'])
    const killed = new Simulated(asksFor(addresses, more), host => ({ ms: host === 'b.example' ? 5000 : 100, answer: (address, _, now) => found(address, now) }))
    killed.run(killed.begun + 1400)
    killed.die(1000)
    killed.run()
    expect(askedOf(killed)).toEqual(['a@a.example'])
  })
  test('are asked where it is not, one after the other', () => {
    const simulated = new Simulated(asksFor(addresses, more), () => ({ answer: (address, _, now) => (address.startsWith('b') ? found(address, now) : missing(address, now)) }))
    simulated.run()
    expect([askedOf(simulated), simulated.dropped]).toEqual([['a@a.example', 'b@b.example'], ['c@c.example']])
  })
  test('do not wait for a server that needs leave, or is dead', () => {
    for (const open of ['leave', 'silent'] as const) {
      const simulated = new Simulated(asksFor(addresses, more), host => ({ open: host === 'a.example' ? open : 'open' }))
      simulated.run()
      expect(askedOf(simulated)).toEqual(['b@b.example', 'c@c.example'])
    }
  })
})

describe('many ruled out at once', () => {
  const addresses = Array.from({ length: 70 }, (_, at) => `n${at}@bridge.example`)
  const more = Object.fromEntries(addresses.map((address, at) => [address, { host: 'api.example', id: `id${at}` }]))
  const carried = (id: string | undefined): boolean => Number(id?.slice(2)) % 10 === 0
  const api: Server = { no: ids => ({ kind: 'check', host: 'api.example', no: new Set(ids.filter(id => !carried(id))) }) }
  const byHost = (simulated: Simulated, host: string): number[] => simulated.seen.filter(one => one.host === host && one.kind !== 'open').map(({ addresses: asked }) => asked.length)

  test('thirty at a time, and only the others are asked for by name', () => {
    const simulated = new Simulated(asksFor(addresses, more), host => (host === 'api.example' ? api : { answer: (address, _, now) => found(address, now) }))
    simulated.run()
    expect([byHost(simulated, 'api.example'), byHost(simulated, 'bridge.example')]).toEqual([[30, 30, 10], Array(7).fill(1)])
    expect(simulated.answers.filter(({ outcome }) => outcome === 'found').map(({ address }) => address)).toEqual(addresses.filter((_, at) => at % 10 === 0))
    expect(simulated.answers.filter(({ outcome, detail }) => outcome === 'not-found' && detail === 'not-bridged')).toHaveLength(63)
    expect(simulated.hosts.get('api.example')).toMatchObject({ asked: 70, names: 70 })
    expect(simulated.hosts.get('bridge.example')).toMatchObject({ asked: 7, names: 7 })
  })
  test('where that fails, or dies, all are asked for by name, none twice', () => {
    const failing = new Simulated(asksFor(addresses, more), () => ({ no: () => ({ kind: 'check', host: 'api.example' }) }))
    failing.run()
    expect([byHost(failing, 'api.example'), byHost(failing, 'bridge.example').length]).toEqual([[30, 30, 10], 70])
    const killed = new Simulated(asksFor(addresses, more), host => (host === 'api.example' ? { ...api, ms: 900 } : {}))
    killed.run(killed.begun + 2000)
    killed.die(1000)
    killed.run()
    expectOnce(killed.seen)
    expect(killed.answers.map(({ address }) => address).toSorted()).toEqual(addresses.toSorted())
    expect(byHost(killed, 'bridge.example')).toHaveLength(30 + 4)
  })
})

test('whatever happens, it comes to an end: every name is over with once, no name is sent twice to a server that answered', () => {
  const kinds = fc.constantFrom('here', 'missing', 'silent', 'busy', 'leave', 'dead')
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(9)), { maxLength: 25, selector: one => one.join() }),
      fc.array(kinds, { minLength: 6, maxLength: 6 }),
      fc.array(fc.integer({ min: 500, max: 20_000 }), { maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(24), fc.nat(24)), { maxLength: 6 }),
      (pairs, ways, deaths, waits) => {
        const addresses = pairs.map(([host, name]) => `n${name}@h${host}.example`)
        const more: Record<string, { after: string[] }> = {}
        for (const [one, other] of waits) if (one < other && addresses[other] && addresses[one]) more[addresses[other]] = { after: [addresses[one]] }
        const simulated = new Simulated(asksFor(addresses, more), host => {
          const way = ways[Number(host[1])]
          return {
            open: way === 'leave' ? 'leave' : way === 'dead' ? 'silent' : 'open',
            answer: (address, times, now) => (way === 'busy' && times % 3 === 0 ? { kind: 'later', ms: 5000 } : way === 'silent' ? silent(address, now) : way === 'here' ? found(address, now) : missing(address, now)),
          }
        })
        for (const death of deaths) {
          simulated.run(simulated.now + death)
          simulated.die(1500)
        }
        simulated.run()
        expectPolite(simulated.seen)
        const over = [...simulated.answers.map(({ address }) => address), ...simulated.dropped]
        expect(new Set(over).size).toBe(over.length)
        const waiting = addresses.filter(address => ways[Number(address.split('@h')[1]?.[0])] === 'leave')
        expect([...over, ...simulated.asks.keys()].toSorted()).toEqual(addresses.toSorted())
        expect([...simulated.asks.keys()].every(address => waiting.includes(address))).toBe(true)
        expect(simulated.end).toBe(simulated.asks.size ? 'needs-hosts' : 'done')
        if (!ways.includes('busy')) expectOnce(simulated.seen)
        expect([...simulated.hosts.values()].every(row => row.account === account)).toBe(true)
      },
    ),
    { numRuns: 150 },
  )
})
