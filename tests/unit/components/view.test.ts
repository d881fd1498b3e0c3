import { describe, expect, test } from 'vitest'
import { isComplete, sectionsOf, tenth, viewOf, type Facts, type View } from '../../../components/popup/view.ts'
import type { Run } from '../../../lib/model/index.ts'
import { account, now, preview, states } from '../../harness/gallery/popup-states.ts'

const view = (name: string): View => {
  const facts = states[name]
  if (!facts) throw new Error(`no state ${name}`)
  return viewOf(facts)
}
const but = (name: string, change: Partial<Facts>): View => viewOf({ ...(states[name] as Facts), ...change })
const runBut = (name: string, change: Partial<Run>): View => {
  const facts = states[name] as Facts
  return viewOf({ ...facts, run: { ...(facts.run as Run), ...change } })
}

describe('which screen', () => {
  test.each([
    ['loading', 'loading'],
    ['not a supported page', 'networks'],
    ['page not seen, accounts kept', 'networks'],
    ['private window', 'private'],
    ['ready, not allowed', 'ready'],
    ['ready', 'ready'],
    ['permission lost', 'ready'],
    ['asking', 'asking'],
    ['refused', 'refused'],
    ['unsent', 'unsent'],
    ['choosing', 'choosing'],
    ['starting', 'starting'],
    ['signed out', 'signed-out'],
    ['signed in unknown', 'signed-out'],
    ['not own', 'not-own'],
    ['running', 'running'],
    ['running, totals not known', 'running'],
    ['running, by hand', 'running'],
    ['running elsewhere', 'running'],
    ['open the list', 'hand'],
    ['paused', 'paused'],
    ['paused, hidden', 'paused'],
    ['paused, tab closed', 'paused'],
    ['paused, switched', 'paused'],
    ['paused, stuck', 'paused'],
    ['paused, disk full', 'paused'],
    ['waiting', 'waiting'],
    ['limited', 'limited'],
    ['limited, due', 'limited'],
    ['challenged', 'challenged'],
    ['stopped', 'done'],
    ['done, not quite all', 'done'],
    ['done', 'done'],
    ['done, pictures known', 'done'],
    ['done, fetching pictures', 'done'],
    ['done, pictures paused, disk full', 'done'],
    ['done, pictures need leave', 'done'],
    ['done, pictures kept', 'done'],
    ['done, private account', 'done'],
  ])('%s: %s', (state, screen) => expect(view(state).screen).toBe(screen))

  test('every state of the gallery is asked about here', () => expect(Object.keys(states)).toHaveLength(39))

  test('while the store has not answered, nothing is claimed', () => expect(but('running', { stored: false }).screen).toBe('loading'))
  test('no tab at all offers the networks', () => expect(but('not a supported page', { tab: null })).toMatchObject({ screen: 'networks', why: 'unseen' }))
  test('a page elsewhere and one that is not seen are told apart', () => {
    expect(view('not a supported page')).toMatchObject({ why: 'unsupported' })
    expect(view('page not seen, accounts kept')).toMatchObject({ why: 'unseen', kept: [{ account }] })
  })
  test('a private window captures nothing, whatever else is so', () => {
    expect(but('running', { tab: { id: 7, url: 'https://www.threads.com/', incognito: true } }).screen).toBe('private')
  })
  test('a question that is open comes before what was there', () => expect(but('done', { asking: true }).screen).toBe('asking'))
  test('a capture that came to nothing offers a new one', () => {
    expect(viewOf({ ...(states['stopped'] as Facts), account: undefined })).toMatchObject({ screen: 'ready', lost: false })
  })
  test('an open capture is shown from any tab, also where its network may not be read any more', () => {
    expect(but('running elsewhere', { allowed: false }).screen).toBe('running')
    expect(but('running', { allowed: false })).toMatchObject({ screen: 'ready', allowed: false, lost: true })
  })
  test("another network's tab has its own say", () => {
    const facts = states['running'] as Facts
    const other = { ...facts.room!, id: 'other', name: 'Other' }
    expect(viewOf({ ...facts, room: other, rooms: [...facts.rooms, other] })).toMatchObject({ screen: 'ready', room: { id: 'other' } })
  })
})

describe('what a screen says', () => {
  test('running: captured of counted, in the order of the walk', () => {
    const running = view('running')
    expect(running).toMatchObject({ mode: 'scroll', here: true, handle: 'mira.holm', account: account.account })
    expect('sections' in running && running.sections.map(({ section }) => section)).toEqual(['profile', 'follows', 'posts', 'replies', 'reposts'])
    expect('sections' in running && running.sections[1]).toMatchObject({ captured: 312, counted: 815, rounded: false, share: 312 / 815 })
  })
  test('a counter that is not known leaves the share and the time open', () => {
    const running = view('running, totals not known')
    expect('sections' in running && running.sections[2]).toEqual({ section: 'posts', state: 'now', captured: 40, counted: undefined, rounded: false })
    expect(running).toMatchObject({ left: undefined })
  })
  test('the time that is left is told where all counters are known', () => {
    const facts = states['running'] as Facts
    const all = { ...facts.totals, 'counted:posts': 100, 'counted:replies': 0, 'counted:reposts': 0 }
    // 503 people and 96 posts, at about a hundred a minute.
    expect(viewOf({ ...facts, totals: all })).toMatchObject({ left: 6 * 60_000 })
    expect(viewOf({ ...(states['running, by hand'] as Facts), totals: all })).toMatchObject({ left: undefined })
  })
  test('elsewhere', () => expect(view('running elsewhere')).toMatchObject({ here: false }))
  test('a counter that grew smaller than what was captured fills the bar and no more', () => {
    expect(but('running', { totals: { follows: 900, 'counted:follows': 815 } })).toMatchObject({ sections: [{}, { share: 1 }, {}, {}, {}] })
  })
  test('waiting and limited count down', () => {
    expect(view('waiting')).toMatchObject({ wait: 14.3 * 60_000 })
    expect(but('waiting', { now: now + 3_600_000 })).toMatchObject({ wait: 0 })
    expect(runBut('waiting', { due: undefined })).toMatchObject({ wait: undefined })
  })
  test('limited goes on by hand, and not before its time', () => {
    expect(view('limited')).toMatchObject({ resumable: false })
    expect(view('limited, due')).toMatchObject({ resumable: true })
  })
  test('paused and challenged go on where the tab shows the network', () => {
    expect(view('paused')).toMatchObject({ resumable: true })
    expect(view('paused, tab closed')).toMatchObject({ resumable: false, reason: 'tab-closed' })
    expect(view('challenged')).toMatchObject({ resumable: true })
  })
  test('asking says for what', () => expect(view('open the list')).toMatchObject({ reason: 'open-follows' }))
  test('signed out, or nobody knows', () => {
    expect(view('signed out')).toMatchObject({ unknown: false, here: true })
    expect(view('signed in unknown')).toMatchObject({ unknown: true })
  })
  test('not own: the way to the own profile', () => expect(view('not own')).toMatchObject({ handle: 'mira.holm', here: true }))
  test('done: complete or not, with what could not be read and what would move', () => {
    expect(view('done')).toMatchObject({ complete: true, stopped: false, unread: 0, preview })
    expect(view('done, not quite all')).toMatchObject({ complete: false, unread: 2 })
    expect(view('stopped')).toMatchObject({ complete: false, stopped: true })
  })
})

describe('sections', () => {
  const facts = states['done'] as Facts
  const run = facts.run as Run
  const room = facts.room!
  test('read to the end without one record is none, not unknown', () => {
    expect(sectionsOf(room, run, { profile: 1 }).find(({ section }) => section === 'posts')).toMatchObject({ captured: 0, share: 1 })
  })
  test('not begun is unknown, not none', () => {
    const fresh = { ...run, sections: { ...run.sections, posts: { state: 'todo' as const, pages: 0 } } }
    expect(sectionsOf(room, fresh, {}).find(({ section }) => section === 'posts')).toMatchObject({ captured: undefined, share: 0 })
  })
  test('a list that not every account has, and that was not there, is no gap', () => {
    const signs = { signs: [], opened: 'main' }
    const quiet = { ...room, sections: [...room.sections, { ...room.sections[0]!, section: 'media' as const, open: { ...signs, quiet: true as const } }] }
    const without = { ...run, sections: { ...run.sections, media: { state: 'skipped' as const, pages: 0 } } }
    expect(isComplete(sectionsOf(quiet, without, { ...facts.totals, profile: 1 }))).toBe(true)
    expect(sectionsOf(quiet, without, { media: 12 }).some(({ section }) => section === 'media')).toBe(false)
    const begun = { ...run, sections: { ...run.sections, media: { state: 'skipped' as const, pages: 2 } } }
    expect(isComplete(sectionsOf(quiet, begun, { ...facts.totals, profile: 1 }))).toBe(false)
  })
  test('a section that the plan does not have is shown all the same', () => {
    const more = { ...run, sections: { ...run.sections, lists: { state: 'cut' as const, pages: 1 } } }
    expect(sectionsOf(room, more).at(-1)).toMatchObject({ section: 'lists', state: 'cut' })
  })
  test('complete: every section at its end, and no exact counter says more', () => {
    const whole = sectionsOf(room, run, { ...facts.totals, profile: 1 })
    expect(isComplete(whole)).toBe(true)
    expect(isComplete(whole.map(one => (one.section === 'posts' ? { ...one, state: 'gap' as const } : one)))).toBe(false)
    expect(isComplete(whole.map(one => (one.section === 'posts' ? { ...one, counted: 9999 } : one)))).toBe(false)
    expect(isComplete(whole.map(one => (one.section === 'posts' ? { ...one, counted: 9999, rounded: true } : one)))).toBe(true)
  })
})

describe('what is said aloud', () => {
  test('changes with each tenth, not with each record', () => {
    const at = (follows: number) => tenth(but('running', { totals: { follows, 'counted:follows': 1000 } }))?.tenth
    expect([300, 312, 399, 400, 1000].map(at)).toEqual([3, 3, 3, 4, 10])
  })
  test('is nothing on other screens and for an unknown size', () => {
    expect(tenth(view('paused'))).toBeUndefined()
    expect(tenth(view('running, totals not known'))).toBeUndefined()
  })
})
