import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command, Report } from '../../../lib/browser/messages.ts'
import { afterHand, afterHello, afterRead, afterReport, follow, newRun, type Around, type Read } from '../../../lib/capture/walk.ts'
import type { End, Run, SectionProgress, Viewer } from '../../../lib/model/index.ts'
import type { Room } from '../../../lib/networks/types.ts'

const profile = (path: RegExp) => ({
  match: (url: URL) => {
    const found = path.exec(url.pathname)
    return found ? { handle: found[1] } : undefined
  },
  examples: [],
  counterExamples: [],
})

/** A made-up network: two pages, one list behind a dialog, one on a page of its own. */
const room: Room = {
  id: 'example', name: 'Example', hosts: ['example.test'], mediaHosts: [], home: 'https://example.test/',
  pages: { home: { match: url => (url.pathname === '/' ? {} : undefined), examples: [], counterExamples: [] }, profile: profile(/^\/@([^/]+)$/), posts: profile(/^\/@([^/]+)\/posts$/) },
  answers: ['^/api/'], request: { operation: [], variables: [] }, state: { selector: 'script', contains: [], context: [] },
  barriers: { loginWall: ['^/login'], challenge: ['^/challenge'] }, composers: [], posts: 'article',
  sections: [
    { section: 'profile', page: 'profile', address: viewer => `https://example.test/@${viewer.handle}`, paged: false },
    { section: 'follows', page: 'profile', address: viewer => `https://example.test/@${viewer.handle}`, paged: true, open: { signs: [{ kind: 'link', path: '/@{handle}/following' }], opened: 'dialog' } },
    { section: 'posts', page: 'posts', address: viewer => `https://example.test/@${viewer.handle}/posts`, paged: true },
  ],
  profileUrl: handle => `https://example.test/@${handle}`, downloadPage: 'https://example.test/download',
}
const viewer: Viewer = { id: '1', handle: 'ada' }
const around: Around = { room, pace: { minMs: 3000, maxMs: 6000, restEvery: 40, restMs: 60_000 }, random: () => 0.5 }
const T = Date.parse('2026-01-01T00:00:00Z')
const own = 'https://example.test/@ada'

const started = (): Run => ({ ...newRun('r', room, 7, 'starting', T), mode: 'scroll' })
const read = (run: Run, part: Partial<Read>, now = T): Run => afterRead(run, { page: own, profile: false, ends: [], ...part }, now, around)
const report = (run: Run, part: Partial<Report>, now = T, age = 1000) =>
  afterReport(run, { seq: run.seq, outcome: 'done', page: own, visible: true, ...part }, { age, known: run.viewer !== undefined }, now, around)
const running = (): Run => read(started(), { viewer })
const end = (section: End['section'], state: End['state'], after?: string, cursor?: string): End => ({ section, ownerId: '1', state, after, cursor })

describe('who is signed in', () => {
  it('waits for the page to say it, and then runs', () => {
    const waiting = report(started(), { seq: -1, outcome: 'hello' })
    expect(waiting.run.state).toBe('starting')
    expect(waiting.command).toMatchObject({ kind: 'listen', ms: 300 })
    expect(read(waiting.run, { viewer })).toMatchObject({ state: 'running', account: 'example:1' })
  })
  it('says signed out when the page does, or when it never says anything', () => {
    expect(read(started(), { signedOut: true }).state).toBe('signed-out')
    expect(report(started(), { seq: -1, outcome: 'hello' }, T, 10_000).run.state).toBe('signed-out')
    expect(report(started(), { seq: -1, outcome: 'hello', page: 'https://example.test/login' }).run.state).toBe('signed-out')
  })
  it("refuses on somebody else's profile, and goes on from the person's own", () => {
    const refused = read(started(), { viewer, page: 'https://example.test/@bob', profile: true, ends: [end('follows', 'end')] })
    expect(refused.state).toBe('not-own')
    expect(refused.sections.follows?.pages).toBe(0)
    expect(report(refused, { page: 'https://example.test/@bob' }).run.state).toBe('not-own')
    expect(report(refused, { page: 'https://example.test/@ADA' }).run.state).toBe('running')
  })
})

describe('the chain of pages', () => {
  const empty: SectionProgress = { state: 'now', pages: 0 }
  const all = (ends: End[]): SectionProgress => ends.reduce(follow, empty)
  it('is complete when every page from the first to the end was there', () => {
    expect(all([end('posts', 'more', undefined, 'a'), end('posts', 'more', 'a', 'b'), end('posts', 'end', 'b')]).state).toBe('done')
    expect(all([end('posts', 'end')]).state).toBe('done')
  })
  it('is not complete with a page missing, and is once it arrives', () => {
    const gap = all([end('posts', 'more', undefined, 'a'), end('posts', 'end', 'b')])
    expect(gap.state).toBe('now')
    expect(follow(gap, end('posts', 'more', 'a', 'b')).state).toBe('done')
  })
  it('takes pages in any order, and twice', () => {
    const pages = [end('posts', 'more', undefined, '1'), ...Array.from({ length: 8 }, (_, i) => end('posts', 'more', `${i + 1}`, `${i + 2}`)), end('posts', 'end', '9')]
    fc.assert(fc.property(fc.shuffledSubarray([...pages, ...pages], { minLength: 20 }), shuffled => all(shuffled).state === 'done'))
    fc.assert(fc.property(fc.integer({ min: 0, max: 9 }), missing => all(pages.filter((_, i) => i !== missing)).state === 'now'))
  })
  it('keeps the reason of another ending', () => {
    expect(all([end('posts', 'more', undefined, 'a'), end('posts', 'cut', 'a')]).state).toBe('cut')
    expect(all([end('follows', 'hidden')]).state).toBe('hidden')
  })
})

/** A tab that answers commands: lists of `pages` pages, and a site that may ignore some scrolls. */
const walkThrough = (start: Run, pages: number, ignores: (n: number) => boolean, paceMs = 0): { run: Run; commands: Command[]; time: number } => {
  let run = start
  let time = T
  let page = own
  let opened: boolean | undefined
  const at: Record<string, number> = {}
  const load = (section: 'follows' | 'posts'): void => {
    const n = at[section] ?? 0
    at[section] = n + 1
    run = read(run, { page, viewer, ends: [end(section, n + 1 >= pages ? 'end' : 'more', n === 0 ? undefined : `${n}`, n + 1 >= pages ? undefined : `${n + 1}`)] }, time)
  }
  const commands: Command[] = []
  let next: Partial<Report> = { seq: -1, outcome: 'hello' }
  for (let n = 0; n < 5000; n++) {
    const step = report(run, { page, opened, ...next }, time)
    run = step.run
    commands.push(step.command)
    const { command } = step
    if (run.state !== 'running') break
    time += Math.max(paceMs, 'ms' in command ? (command.ms ?? 0) : 0)
    if (command.kind === 'off') break
    next = { seq: command.seq, outcome: 'done' }
    if (command.kind === 'listen' && run.section === 'profile') run = read(run, { page, viewer, profile: true }, time)
    if (command.kind === 'go') {
      page = command.url
      opened = undefined
      at.follows = 0
      at.posts = 0
      next = { seq: -1, outcome: 'hello' }
      run = afterHello(run, time)
      if (page.endsWith('/posts')) load('posts')
    }
    if (command.kind === 'open') {
      opened = true
      if (!at.follows) load('follows')
    }
    if (command.kind === 'scroll') {
      const section = run.section as 'follows' | 'posts'
      if (ignores(n)) next.outcome = 'bottom'
      else if ((at[section] ?? 0) < pages) load(section)
      else next.outcome = 'bottom'
    }
  }
  return { run, commands, time }
}

describe('a walk', () => {
  it('captures every section and ends by itself', () => {
    const { run, commands } = walkThrough(running(), 10, () => false)
    expect(run.state).toBe('done')
    expect(run.sections).toMatchObject({ profile: { state: 'done' }, follows: { state: 'done', pages: 10 }, posts: { state: 'done', pages: 10 } })
    expect(commands.filter(({ kind }) => kind === 'go').length).toBe(1)
  })
  it('keeps a person\'s pace, and rests', () => {
    const { commands } = walkThrough(running(), 100, () => false)
    const waits = commands.flatMap(command => (command.kind === 'scroll' ? [command.ms] : []))
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(3000)
    expect(waits.filter(ms => ms === 60_000).length).toBeGreaterThanOrEqual(3)
  })
  it('never waits for ever, whatever the site ignores', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 30 }), fc.infiniteStream(fc.boolean()), (pages, ignored) => {
      const { run } = walkThrough(running(), pages, () => ignored.next().value as boolean)
      expect(['done', 'paused']).toContain(run.state)
    }), { numRuns: 200 })
    const { run } = walkThrough(running(), 5, () => true)
    expect(['done', 'paused']).toContain(run.state)
    expect(Object.values(run.sections).every(progress => progress.state !== 'done' || progress.pages > 0)).toBe(true)
  })
  it('asks for the list that it cannot open, and goes on when it was opened', () => {
    let run = read(running(), { profile: true })
    let step = report(run, { seq: -1, outcome: 'hello' })
    for (let i = 0; i < 5 && step.run.state === 'running'; i++) step = report(step.run, { outcome: 'not-found' })
    expect(step.run).toMatchObject({ state: 'asking', reason: 'open-follows' })
    run = read(step.run, { ends: [end('follows', 'more', undefined, '20')] })
    expect(run.state).toBe('running')
    expect(report(run, {}).command.kind).toBe('scroll')
  })
  it('stands still where what should open the list leads to another page each time', () => {
    let step = report(read(running(), { profile: true }), { seq: -1, outcome: 'hello' })
    const kinds: string[] = []
    for (let i = 0; i < 40 && step.run.state === 'running'; i++) {
      kinds.push(step.command.kind)
      step = report(step.run, { seq: -1, outcome: 'hello', page: step.command.kind === 'open' ? `${own}/followers` : own })
    }
    expect(kinds.slice(0, 4)).toEqual(['open', 'go', 'open', 'go'])
    expect(step.run).toMatchObject({ state: 'paused', reason: 'stuck', section: 'follows' })
  })
  it('stands still once where nothing at all was shown, and then goes on without it', () => {
    const nothing = (run: Run): Run => {
      let step = report(run, { seq: -1, outcome: 'hello' })
      for (let i = 0; i < 40 && step.run.state === 'running' && step.run.section === 'profile'; i++) step = report(step.run, step.command.kind === 'go' ? { seq: -1, outcome: 'hello' } : {})
      return step.run
    }
    const stuck = nothing(running())
    expect(stuck).toMatchObject({ state: 'paused', reason: 'stuck', sections: { profile: { state: 'now' } } })
    const on = nothing(afterHand(stuck, { kind: 'resume', tabId: 7 }, T))
    expect(on).toMatchObject({ state: 'running', section: 'follows', sections: { profile: { state: 'gap' } } })
  })
  it('pauses when the tab is hidden and goes on when it is seen', () => {
    const hidden = report(running(), { outcome: 'hidden', seq: -1, visible: false })
    expect(hidden.run).toMatchObject({ state: 'paused', reason: 'hidden' })
    expect(report(hidden.run, { outcome: 'visible', seq: -1 }).run.state).toBe('running')
  })
  it('does not go over unsent text', () => {
    expect(report(running(), { outcome: 'unsent' }).run).toMatchObject({ state: 'paused', reason: 'unsent' })
  })
  it('with the person scrolling, gives no command and ends all the same', () => {
    let run: Run = { ...running(), mode: 'self' }
    expect(report(run, { seq: -1, outcome: 'hello' }).command).toEqual({ kind: 'listen', seq: 0, ms: undefined })
    run = read(run, { profile: true, ends: [end('follows', 'end'), end('posts', 'end')] })
    expect(run.state).toBe('done')
  })
  it('ignores a report on an older command', () => {
    const run = { ...running(), seq: 9 }
    expect(report(run, { seq: 3 })).toEqual({ run, command: { kind: 'listen', seq: 9, ms: 2000 } })
  })
})

describe('limits and challenges', () => {
  const limit = { barrier: { kind: 'rate-limit' as const, retryAfter: 30 } }
  it('goes on at the due time once, then only by hand, and never before it is due', () => {
    const waiting = read(running(), limit)
    expect(waiting).toMatchObject({ state: 'waiting', due: '2026-01-01T00:00:30.000Z', limits: 1 })
    expect(read(waiting, limit).limits).toBe(1)
    expect(report(waiting, {}, T + 10_000).command).toMatchObject({ kind: 'listen', ms: 20_000 })
    const on = report(waiting, {}, T + 31_000).run
    expect(on.state).toBe('running')
    const limited = read(on, limit, T + 31_000)
    expect(limited.state).toBe('limited')
    expect(report(limited, {}, T + 1_000_000).run.state).toBe('limited')
    expect(afterHand(limited, { kind: 'resume', tabId: 7 }, T + 32_000).state).toBe('limited')
    expect(afterHand(limited, { kind: 'resume', tabId: 7 }, T + 62_000).state).toBe('running')
  })
  it('waits a quarter of an hour when the network does not say how long', () => {
    expect(read(running(), { barrier: { kind: 'rate-limit' } }).due).toBe('2026-01-01T00:15:00.000Z')
  })
  it('never goes on by itself after a challenge or a login wall', () => {
    const challenged = read(running(), { barrier: { kind: 'challenge' } })
    expect(challenged.state).toBe('challenged')
    for (const outcome of ['hello', 'visible', 'idle', 'done'] as const) expect(report(challenged, { outcome, seq: -1 }, T + 1e9).run.state).toBe('challenged')
    expect(report(running(), { page: 'https://example.test/login' }).run).toMatchObject({ state: 'challenged', reason: 'login-wall' })
    expect(report(running(), { page: 'https://example.test/challenge/x' }).run).toMatchObject({ state: 'challenged', reason: 'challenge' })
    expect(afterHand(challenged, { kind: 'resume', tabId: 7 }, T).state).toBe('running')
  })
  it('is not shortened by a pause', () => {
    const waiting = read(running(), limit)
    expect(afterHand(waiting, { kind: 'pause' }, T)).toMatchObject({ state: 'waiting', due: waiting.due })
  })
})

describe('a section of several lists', () => {
  const lists: Room = { ...room, sections: [{ section: 'lists', page: 'posts', address: () => `${own}/posts`, paged: true, optional: true, partScrolls: '.rows' }] }
  const beside: Around = { ...around, room: lists }
  const place = (part: string) => ({ section: 'lists' as const, ownerId: '1', part, url: `https://example.test/lists/${part}` })
  const begun = (): Run => ({ ...newRun('r', lists, 7, 'running', T, ['lists']), mode: 'scroll', viewer })
  const see = (run: Run, part: Partial<Read>): Run => afterRead(run, { page: own, profile: false, ends: [], ...part }, T, beside)
  const ask = (run: Run, page: string, outcome: Report['outcome'] = 'done') => afterReport(run, { seq: run.seq, outcome, page, visible: true }, { age: 1000, known: true }, T, beside)

  it('is walked only where it was ticked', () => {
    expect(newRun('r', lists, 7, 'running', T).sections).toEqual({})
    expect(begun().sections).toEqual({ lists: { state: 'todo', pages: 0 } })
  })
  it('goes to each list once the overview has ended, and is done when all are', () => {
    const seen = see(begun(), { places: [place('1'), place('2')], ends: [end('lists', 'end')] })
    expect(seen).toMatchObject({ state: 'running', sections: { lists: { base: 'done', parts: { 1: { state: 'todo' }, 2: { state: 'todo' } } } } })
    const first = ask(seen, `${own}/posts`)
    expect(first.command).toMatchObject({ kind: 'go', url: 'https://example.test/lists/1' })
    const there = ask(first.run, 'https://example.test/lists/1')
    expect(there.command).toMatchObject({ kind: 'scroll', within: '.rows' })
    const half = see(there.run, { ends: [{ ...end('lists', 'more', undefined, 'c'), part: '1' }] })
    const one = see(half, { ends: [{ ...end('lists', 'end', 'c'), part: '1' }] })
    expect(one.state).toBe('running')
    expect(ask(one, 'https://example.test/lists/1').command).toMatchObject({ kind: 'go', url: 'https://example.test/lists/2' })
    expect(see(one, { ends: [{ ...end('lists', 'end'), part: '2' }] })).toMatchObject({ state: 'done', sections: { lists: { state: 'done' } } })
  })
  it('takes a list by any name', () => {
    for (const part of ['constructor', '__proto__']) expect(Object.entries(follow({ state: 'now', pages: 0, parts: {} }, { ...end('lists', 'end'), part }).parts ?? {})).toEqual([[part, expect.objectContaining({ state: 'done', pages: 1 })]])
  })
  it('says that there is a gap where one of them cannot be had, and goes on with the next', () => {
    let run = see(begun(), { places: [place('1'), place('2')], ends: [end('lists', 'end')] })
    for (let steps = 0; steps < 40 && run.sections.lists?.parts?.['1']?.state !== 'gap'; steps++) run = ask(run, 'https://example.test/lists/1', 'bottom').run
    expect(run.sections.lists?.parts).toMatchObject({ 1: { state: 'gap' }, 2: { state: 'todo' } })
    const over = see(run, { ends: [{ ...end('lists', 'end'), part: '2' }] })
    expect(over).toMatchObject({ state: 'done', sections: { lists: { state: 'gap' } } })
    expect(afterHand({ ...over, state: 'paused' }, { kind: 'resume', tabId: 7 }, T).sections.lists).toMatchObject({ state: 'todo', base: 'done', parts: { 1: { state: 'todo' }, 2: { state: 'done' } } })
  })
})
