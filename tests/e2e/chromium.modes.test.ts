/** The site in other moods: whatever it or the person does, the capture is exact, or says why it stands still. */
import { expect, test } from 'vitest'
import { awaitState, begin, popupText, pressInPopup, progressOf } from '../harness/drive.ts'
import { sleep, textOf, until } from '../harness/machine.ts'
import { openFollows, scrollToEnd } from '../harness/person.ts'
import { readTables } from '../harness/store.ts'
import { expectExactly, expectOnlyOwn, set } from './setting.ts'

const small = { follows: 60, posts: 40 }

test("somebody else's profile: refused with a reason, nothing kept", async () => {
  const { machine, simulation } = await set('chromium', small)
  const page = await begin(machine, simulation, { from: simulation.strangerProfile })
  await awaitState(machine, ['not-own'], 30_000)
  await popupText(machine, page, /not your own account/)
  const { follows, posts } = await readTables(machine, 'follows', 'posts')
  expect([follows, posts]).toEqual([[], []])
  await expectOnlyOwn(machine, simulation)

  await page.goto(simulation.profile).catch(() => undefined)
  await awaitState(machine, ['running', 'done'], 30_000).catch(() => pressInPopup(machine, page, 'Capture my account'))
  await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)
})

test('nobody is signed in: said so, nothing kept; goes on after signing in', async () => {
  const { machine, simulation } = await set('chromium', { ...small, signedIn: undefined })
  const page = await begin(machine, simulation)
  await awaitState(machine, ['signed-out'], 30_000)
  await popupText(machine, page, /Nobody is signed in/)
  expect((await readTables(machine, 'accounts')).accounts).toEqual([])
  simulation.signIn('first')
  await page.goto(simulation.home).catch(() => undefined)
  await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)
})

test('another account is signed in meanwhile: a capture of its own, nothing mixed', async () => {
  const { machine, simulation } = await set('chromium', small)
  const page = await begin(machine, simulation)
  await until('some follows', async () => ((await progressOf(machine))?.totals.follows ?? 0) > 5)
  simulation.signIn('second')
  await page.goto(simulation.home).catch(() => undefined)
  await until('two captures', async () => (await readTables(machine, 'captures')).captures.length === 2, 60_000)
  const { captures } = await readTables(machine, 'captures')
  const [first, second] = captures.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
  expect(first).toMatchObject({ state: 'paused', reason: 'switched', account: `threads:${simulation.truth('first').viewer.id}` })
  expect(second).toMatchObject({ account: `threads:${simulation.truth('second').viewer.id}` })
  await pressInPopup(machine, page, 'Resume')
  await until('the second to end', async () => (await readTables(machine, 'captures')).captures.find(run => run.id === second!.id)?.state === 'done', 90_000)
  await expectExactly(machine, simulation, 'second')
  const { follows, posts } = await readTables(machine, 'follows', 'posts')
  const owners = (who: 'first' | 'second') => new Set([...follows, ...posts].filter(row => row.account === `threads:${simulation.truth(who).viewer.id}`).map(row => ('authorId' in row ? row.authorId : 'ownerId' in row ? row.ownerId : undefined)))
  for (const who of ['first', 'second'] as const) expect([...owners(who)].filter(id => id !== undefined && id !== simulation.truth(who).viewer.id)).toEqual([])
})

test('unsent text in the tab: not loaded over, until the person says so', async () => {
  const { machine, simulation } = await set('chromium', { ...small, modes: ['unsent'] })
  const page = await begin(machine, simulation)
  await awaitState(machine, ['unsent'], 30_000)
  const before = simulation.requests.length
  await popupText(machine, page, /unsent text/)
  await sleep(1000)
  expect(simulation.requests.slice(before).filter(request => request.operation === undefined && request.host === 'www.threads.com')).toEqual([])
  simulation.set('unsent', false)
  await page.evaluate(() => {
    for (const area of document.querySelectorAll('textarea')) area.value = ''
  })
  await pressInPopup(machine, page, 'Reload now')
  await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)
})

test('429 twice: goes on by itself once at the due time, the second time by hand', async () => {
  const { machine, simulation } = await set('chromium', { ...small, retryAfter: 3 })
  const page = await begin(machine, simulation)
  await until('some follows', async () => ((await progressOf(machine))?.totals.follows ?? 0) > 5)
  simulation.set('429-once', true)
  const { run } = await awaitState(machine, ['waiting'], 60_000)
  expect(Date.parse(run.due!) - Date.now()).toBeLessThan(3500)
  await popupText(machine, page, /asked for a break/)
  await awaitState(machine, ['running'], 60_000)
  simulation.set('429-once', true)
  const limited = await awaitState(machine, ['limited'], 60_000)
  await sleep(6000)
  expect((await progressOf(machine))?.run.state).toBe('limited')
  expect(Date.parse(limited.run.due!)).toBeLessThan(Date.now())
  await pressInPopup(machine, page, 'Resume')
  await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)
})

test.each([
  ['checkpoint', '/challenge'],
  ['login-wall', '/login'],
])('%s: stands still until the person has solved it and says so', async (mode, path) => {
  const { machine, simulation } = await set('chromium', small)
  const page = await begin(machine, simulation)
  await until('some follows', async () => ((await progressOf(machine))?.totals.follows ?? 0) > 5)
  simulation.set(mode, true)
  await awaitState(machine, ['challenged'], 60_000)
  await until('the wall in the page', () => page.url().includes(path), 15_000)
  await popupText(machine, page, /wants something from you/)
  const before = simulation.requests.length
  await sleep(4000)
  expect(simulation.requests.slice(before).filter(request => request.operation !== undefined)).toEqual([])
  await machine.closePopup()
  await page.evaluate(() => document.querySelector<HTMLElement>('form button, form input[type=submit]')?.click())
  await until('the wall to be gone', () => !page.url().includes(path), 15_000)
  await sleep(1500)
  expect((await progressOf(machine))?.run.state).toBe('challenged')
  await pressInPopup(machine, page, 'Resume')
  await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)
})

test('a hidden tab pauses the walk and says so; in view again, it goes on', async () => {
  const { machine, simulation } = await set('chromium', { follows: 300, posts: 40 })
  const page = await begin(machine, simulation)
  await until('some follows', async () => ((await progressOf(machine))?.totals.follows ?? 0) > 5)
  const other = await machine.puppet.newPage()
  const { run } = await awaitState(machine, ['paused'], 30_000)
  expect(run.reason).toBe('hidden')
  const before = (await progressOf(machine))!.totals.follows
  await sleep(2000)
  expect((await progressOf(machine))!.totals.follows).toBe(before)
  await other.close()
  await page.bringToFront()
  await awaitState(machine, ['running', 'done'], 30_000)
  await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)
})

test('nothing opens the follow list: the person is asked, opens it, and it goes on', async () => {
  const { machine, simulation } = await set('chromium', { ...small, modes: ['no-dialog-link'] })
  const page = await begin(machine, simulation)
  const { run } = await awaitState(machine, ['asking'], 90_000)
  expect(run.reason).toBe('open-follows')
  await popupText(machine, page, /Your hand is needed/)
  await machine.closePopup()
  await page.bringToFront()
  await openFollows(page)
  await awaitState(machine, ['done'], 120_000)
  await expectExactly(machine, simulation)
})

test('I will scroll myself: the same records, without a single scroll or click of ours', async () => {
  const { machine, simulation } = await set('chromium', small)
  const page = await begin(machine, simulation, { mode: 'I will scroll myself' })
  await awaitState(machine, ['running'], 30_000)
  await sleep(2000)
  expect(await page.evaluate(() => [location.pathname, window.scrollY])).toEqual(['/', 0])
  for (const part of ['', '/replies', '/reposts']) {
    await page.goto(`${simulation.profile}${part}`).catch(() => undefined)
    await scrollToEnd(page)
    if (part) continue
    await page.evaluate(() => window.scrollTo(0, 0))
    await openFollows(page)
    await scrollToEnd(page, '[role="dialog"] .rows')
  }
  await awaitState(machine, ['done'], 30_000)
  await expectExactly(machine, simulation)
})

test('who scrolls is asked once, and can be changed in the middle', async () => {
  const { machine, simulation } = await set('chromium', { follows: 300, posts: 40 })
  const page = await begin(machine, simulation)
  const follows = async (): Promise<number> => (await progressOf(machine))?.totals.follows ?? 0
  await until('some follows', async () => (await follows()) > 5)
  await pressInPopup(machine, page, 'I will scroll myself')
  await until('the change', async () => (await progressOf(machine))?.run.mode === 'self')
  // What was asked for before still arrives.
  await sleep(1500)
  const before = await follows()
  expect(before).toBeLessThan(300)
  await sleep(2000)
  expect(await follows()).toBe(before)
  await pressInPopup(machine, page, 'Scroll for me')
  await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)
})

test('a page that forges, throws garbage, redefines built-ins and answers 50 MB: nothing foreign kept, the worker lives', async () => {
  const { machine, simulation } = await set('chromium', { ...small, modes: ['hostile'] })
  const page = await begin(machine, simulation)
  await until('the 50 MB answer', () => page.evaluate(() => ((window as unknown as { __hostile?: { huge?: number } }).__hostile?.huge ?? 0) > 40_000_000).catch(() => false), 60_000)
  await awaitState(machine, ['done', 'paused', 'asking', 'stopped'], 120_000)
  const kept = await readTables(machine, 'follows', 'posts', 'profiles')
  const truth = simulation.truth()
  const known = new Set(truth.follows.map(person => person.id))
  expect(kept.follows.filter(follow => !known.has(follow.id))).toEqual([])
  expect(kept.posts.filter(post => post.authorId !== undefined && post.authorId !== truth.viewer.id)).toEqual([])
  await expectOnlyOwn(machine, simulation)
  expect(JSON.stringify(kept)).not.toContain('forged')
  // The worker still answers.
  if (/^Stop$/m.test(await popupText(machine, page))) {
    await pressInPopup(machine, page, 'Stop')
    await awaitState(machine, ['stopped'], 15_000)
  }
})

test('after a later complete capture, what is no longer there is marked gone', async () => {
  const { machine, simulation } = await set('chromium', small)
  const page = await begin(machine, simulation)
  await awaitState(machine, ['done'])
  const before = simulation.truth()
  simulation.change()
  const after = simulation.truth()
  await machine.closePopup()
  await pressInPopup(machine, page, 'Capture my account')
  await until('a second capture', async () => (await readTables(machine, 'captures')).captures.length === 2, 20_000)
  await awaitState(machine, ['done'])
  const { follows, posts } = await readTables(machine, 'follows', 'posts')
  const gone = (are: string[], still: string[]) => are.filter(id => !still.includes(id)).toSorted()
  expect(follows.filter(row => row.goneAt).map(row => row.id).toSorted()).toEqual(gone(before.follows.map(one => one.id), after.follows.map(one => one.id)))
  const lost = before.posts.filter(post => !after.posts.some(other => other.id === post.id)).map(post => post.id).toSorted()
  expect(posts.filter(row => row.goneAt && !row.repostOf).map(row => row.id).toSorted()).toEqual(lost.filter(id => before.posts.find(post => post.id === id)?.repostOf === undefined))
})

test('a private account: nothing of it goes into the bundle unless the person says so', async () => {
  const { machine, simulation } = await set('chromium', { ...small, locked: true })
  const page = await begin(machine, simulation)
  await awaitState(machine, ['done'])
  await expectExactly(machine, simulation)
  await pressInPopup(machine, page, 'Download bundle')
  const workspace = await machine.extensionPage('workspace.html')
  await until('the question', async () => /may be read by followers only/.test(await textOf(workspace)), 15_000)
  expect(await textOf(workspace)).toMatch(/\b0 of \d+ posts go by default/)
})
