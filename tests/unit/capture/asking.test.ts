import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPublic } from '../../../lib/browser/private.ts'
import { afterAnswer, afterSilence, newAsking, type Told } from '../../../lib/capture/asking.ts'
import { afterDue, afterHand, type Around } from '../../../lib/capture/walk.ts'
import type { Ask, End, Run } from '../../../lib/model/index.ts'
import type { Room } from '../../../lib/networks/types.ts'

const plan = { page: 'profile', address: () => 'https://example.com/@ada' }
const room: Room = {
  id: 'example', name: 'Example', hosts: ['example.com'], mediaHosts: [], home: 'https://example.com/', pages: {}, answers: [], request: { operation: [], variables: [] },
  state: { selector: '', contains: [], context: [] }, barriers: { loginWall: [], challenge: [] }, composers: [], posts: '',
  sections: [{ ...plan, section: 'profile', paged: false }, { ...plan, section: 'follows', paged: true }, { ...plan, section: 'posts', paged: true }, { ...plan, section: 'likes', paged: true, optional: true }],
  profileUrl: handle => `https://example.com/@${handle}`, downloadPage: 'https://example.com/',
}
const around: Around = { room, pace: { minMs: 1, maxMs: 1, restEvery: 9, restMs: 1 }, random: () => 0 }
const T = Date.parse('2026-01-01T00:00:00Z')
const url = (path: string): string => `https://api.example.com/${path}`
const asks = (...paths: string[]): Ask[] => paths.map(path => ({ url: url(path), section: path.startsWith('follows') ? 'follows' : path.startsWith('posts') ? 'posts' : path.startsWith('likes') ? 'likes' : undefined }))
const begun = (...also: 'likes'[]): Run => newAsking('r', room, { queue: asks('account'), subject: { handle: 'ada' } }, T, also)
const told = (part: Partial<Told> = {}): Told => ({ profile: false, ends: [], next: [], status: 200, ...part })
const answer = (run: Run, part: Partial<Told> = {}, now = T): Run => afterAnswer(run, run.queue?.[0] as Ask, told(part), now, around)
const end = (section: End['section'], state: End['state'] = 'end', after?: string, cursor?: string): End => ({ section, ownerId: '1', state, after, cursor })
const viewer = { id: '1', handle: 'ada' }
const known = (...also: 'likes'[]): Run => answer(begun(...also), { viewer, profile: true, next: asks('follows', 'posts', 'likes') })

describe('a capture that asks', () => {
  it('asks what each answer calls for, in order, and is done when all of it has ended', () => {
    const first = known()
    expect(first).toMatchObject({ state: 'running', account: 'example:1', viewer })
    expect(first.queue?.map(ask => ask.url)).toEqual([url('follows'), url('posts')])
    const second = answer(first, { ends: [end('follows', 'more', undefined, '2')], next: asks('follows?2') })
    expect(second.queue?.map(ask => ask.url)).toEqual([url('posts'), url('follows?2')])
    const third = answer(second, { ends: [end('posts')] })
    expect(third.state).toBe('running')
    const last = answer(third, { ends: [end('follows', 'end', '2')] })
    expect(last).toMatchObject({ state: 'done', asked: 4, sections: { profile: { state: 'done' }, follows: { state: 'done' }, posts: { state: 'done' } } })
  })

  it('leaves out what was not ticked, and asks it where it was', () => {
    expect(known().sections).not.toHaveProperty('likes')
    expect(known('likes').queue?.map(ask => ask.url)).toContain(url('likes'))
  })

  it('is not done while something is still to be asked', () => {
    const names = answer(known(), { ends: [end('follows'), end('posts')], next: [{ url: url('names'), section: 'follows', optional: true }] })
    expect(names.state).toBe('running')
    expect(answer(answer(names)).state).toBe('done')
  })

  it('says which part has a gap where the server gave none of it', () => {
    const refused = answer(known(), { status: 404 })
    expect(refused.sections.follows?.state).toBe('gap')
    const over = answer(refused, { ends: [end('posts', 'more', undefined, '2')] })
    expect(over).toMatchObject({ state: 'done', sections: { posts: { state: 'gap' } } })
    const again = afterHand({ ...over, state: 'paused' }, { kind: 'resume' }, T)
    expect(again).toMatchObject({ state: 'running', sections: { follows: { state: 'todo' }, posts: { state: 'todo' } } })
  })

  it('stands still where there is no such account, and for bytes that are nothing', () => {
    expect(answer(begun(), { status: 404 })).toMatchObject({ state: 'paused', reason: 'not-found' })
    const file = newAsking('r', room, { queue: [{ url: 'file:///x.csv#1' }], handIn: true }, T, [])
    expect(answer(file)).toMatchObject({ state: 'paused', reason: 'unreadable' })
  })

  it('keeps only those parts of what was handed over that were in it', () => {
    const file = newAsking('r', room, { queue: [{ url: 'file:///x.csv#1' }], handIn: true }, T, [])
    const done = answer(file, { viewer, ends: [end('follows')] })
    expect(done.state).toBe('done')
    expect(Object.keys(done.sections)).toEqual(['follows'])
  })

  it('waits where it asked too often, once, and then only by hand', () => {
    const limited = answer(known(), { status: 429, barrier: { kind: 'rate-limit', retryAfter: 60 } })
    expect(limited).toMatchObject({ state: 'waiting', due: '2026-01-01T00:01:00.000Z' })
    expect(limited.queue?.[0]?.url).toBe(url('follows'))
    expect(afterDue(limited, T + 59_000).state).toBe('waiting')
    const on = afterDue(limited, T + 60_000)
    expect(on.state).toBe('running')
    expect(answer(on, { status: 429, barrier: { kind: 'rate-limit', retryAfter: 60 } }, T + 60_000).state).toBe('limited')
    expect(answer(on, { status: 401, barrier: { kind: 'login-wall' } }).state).toBe('challenged')
  })

  it('asks again where no answer comes, longer each time, and says so in the end', () => {
    let run = known()
    const waits: number[] = []
    for (let tries = 0; tries < 5; tries++) {
      const step = afterSilence(run, run.queue?.[0] as Ask, T, around)
      run = step.run
      waits.push(step.wait)
    }
    expect(waits).toEqual([2000, 4000, 8000, 16000, 0])
    expect(run).toMatchObject({ state: 'paused', reason: 'unreachable' })
    expect(run.queue).toHaveLength(2)
    expect(afterHand(run, { kind: 'resume' }, T)).toMatchObject({ state: 'running', tries: 0 })
  })

  it('goes on without what it can be whole without', () => {
    const run = { ...known(), tries: 4, queue: [{ url: url('names'), optional: true }, ...asks('follows')] }
    expect(afterSilence(run, run.queue[0] as Ask, T, around).run.queue).toHaveLength(1)
  })

  it('takes an answer once, however often it comes', () => {
    const run = known()
    const ask = run.queue?.[0] as Ask
    const once = afterAnswer(run, ask, told({ ends: [end('follows')] }), T, around)
    expect(afterAnswer(once, ask, told({ ends: [end('follows')] }), T, around)).toBe(once)
  })

  it('ends, whatever a server names next', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ next: fc.array(fc.constantFrom('a', 'b', 'follows', 'follows?2', 'posts')), status: fc.constantFrom(200, 404) }), { maxLength: 60 }), steps => {
        let run = known()
        for (const { next, status } of steps) {
          if (!run.queue?.length) break
          run = answer(run, { next: asks(...next), status })
          expect(new Set(run.queue?.map(ask => ask.url)).size).toBe(run.queue?.length)
        }
        while (run.queue?.length) run = answer(run)
        expect(run.state).toBe('done')
      }),
      { numRuns: 60 },
    )
  })
})

describe('what may be asked', () => {
  it.each(['https://example.com/x', 'https://a.b.example/xrpc/x?y=1'])('%s', address => expect(isPublic(address)).toBe(true))
  it.each(['http://example.com/', 'https://localhost/', 'https://127.0.0.1/', 'https://[::1]/', 'https://10.0.0.1/x', 'https://nas.local/', 'https://router/', 'https://u:p@example.com/', 'file:///etc/x', 'nonsense'])('not %s', address =>
    expect(isPublic(address)).toBe(false))
  it('drops such questions', () => {
    expect(answer(begun(), { viewer, next: [{ url: 'https://127.0.0.1/x' }, { url: 'http://example.com/' }] }).queue).toEqual([])
  })
})
