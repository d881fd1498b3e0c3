/** The simulated RedNote itself: that it delivers what its truth says, in the forms that are known, and does what its modes say. */
import { runInNewContext } from 'node:vm'
import { afterAll, describe, expect, it } from 'vitest'
import { modeNames, simulateRednote } from '../../networks/rednote/index.ts'
import type { Simulation, SimulationOptions } from '../../networks/types.ts'
import { ask } from './ask.ts'

const open: Simulation[] = []
const start = async (options: SimulationOptions = {}): Promise<Simulation> => {
  const site = await simulateRednote({ posts: 40, ...options })
  open.push(site)
  return site
}
afterAll(async () => { await Promise.all(open.map(site => site.close())) })

const api = 'edith.xiaohongshu.com'
const host = 'www.xiaohongshu.com'
interface Page { data: { notes: { note_id: string; display_title: string; user: { user_id: string } }[]; cursor: string; has_more: boolean } }
const pageOf = async (site: Simulation, path: string): Promise<Page['data']> => (JSON.parse((await ask(site, `/api/sns/web/${path}`, { host: api })).text) as Page).data
/** The state of a page, run as the browser runs it. */
const stateOf = <T>(html: string): T => {
  const text = /<script>window\.__INITIAL_STATE__=(.*?)<\/script>/s.exec(html)?.[1] ?? ''
  return runInNewContext(`(${text})`) as T
}

describe('the simulated site', () => {
  it('is the same for the same seed, and speaks two languages', async () => {
    const [one, same, other] = await Promise.all([start({ seed: 5 }), start({ seed: 5, language: 'zh' }), start({ seed: 6 })])
    expect(same.truth().posts.map(post => post.id)).toEqual(one.truth().posts.map(post => post.id))
    expect(other.truth().posts[0]!.id).not.toBe(one.truth().posts[0]!.id)
    const famous = (site: Simulation): number[] => site.truth().posts.map(post => post.counts.likes).filter(likes => likes >= 10_000)
    expect(famous(same)).toContain(100_000)
    expect(famous(one)).toContain(123_400)
    await expect(start({ language: 'de' })).rejects.toThrow('en and zh')
  })

  it('gives every note once, the first ten in the document, and no list of follows', async () => {
    const site = await start()
    const { viewer, posts, counted } = site.truth()
    const page = await ask(site, `/user/profile/${viewer.id}`, { host })
    const state = stateOf<{ user: { notes: { id: string }[][]; noteQueries: { cursor: string; hasMore: boolean }[]; userPageData: { interactions: { count: string }[] }; undefined?: unknown }; note: { noteDetailMap: object } }>(page.text)
    expect(state.user.userPageData.interactions[0]!.count).toBe(String(counted.follows))
    expect(Object.keys(state.note.noteDetailMap)).toContain('undefined')
    expect(page.text).toContain('prefetchTimeout":undefined')
    const ids = state.user.notes[0]!.map(one => one.id)
    expect(ids).toHaveLength(10)
    for (let cursor = state.user.noteQueries[0]!.cursor; cursor; ) {
      const { notes, ...rest } = await pageOf(site, `v1/user_posted?num=30&cursor=${cursor}&user_id=${viewer.id}`)
      ids.push(...notes.map(note => note.note_id))
      cursor = rest.has_more ? rest.cursor : ''
    }
    expect(ids).toEqual(posts.map(post => post.id))
    expect(posts.filter(post => post.pinned)).toHaveLength(1)
    expect(site.truth().follows).toEqual([])
    for (const post of posts) expect(Date.parse(post.createdAt) / 1000).toBe(Number.parseInt(post.id.slice(0, 8), 16))
  })

  it('knows a note whole once it was opened', async () => {
    const site = await start()
    const before = site.truth().posts
    expect(before.every(post => post.text === undefined && post.media.length === 1)).toBe(true)
    for (const post of before) await ask(site, `/api/sns/web/v1/feed?source_note_id=${post.id}`, { host: api })
    const after = site.truth().posts
    expect(after.every(post => post.text !== undefined)).toBe(true)
    for (const kind of ['mention', 'tag'] as const) expect(after.some(post => post.facets.some(facet => facet.kind === kind))).toBe(true)
    const tags = after.flatMap(post => post.facets.filter(({ kind }) => kind === 'tag').map(facet => [post.text!.slice(facet.start, facet.end), `#${facet.value}`]))
    expect(tags.map(([shown]) => shown)).toEqual(tags.map(([, value]) => value))
    expect(after.some(post => post.media.length > 2) && after.some(post => post.edited) && after.some(post => post.text === '')).toBe(true)
  })

  it('holds as many saved and liked notes as it is told, by people who are nobody’s strangers', async () => {
    const site = await start({ relations: 9 })
    const { viewer, relations, strangers } = site.truth()
    for (const [path, relation] of [['v2/note/collect/page', 'bookmark'], ['v1/note/like/page', 'like']] as const) {
      const first = await pageOf(site, `${path}?cursor=&user_id=${viewer.id}`)
      const second = await pageOf(site, `${path}?cursor=${first.cursor}&user_id=${viewer.id}`)
      expect([...first.notes, ...second.notes].map(note => note.note_id)).toEqual(relations!.filter(one => one.relation === relation).map(one => one.id))
      expect(second.has_more).toBe(false)
    }
    expect(relations!.some(one => strangers.ids.includes(one.handle!))).toBe(false)
  })

  it('has two sites, and is signed in to one', async () => {
    const site = await start()
    const signedIn = async (name: string): Promise<boolean> => stateOf<{ user: { loggedIn: boolean } }>((await ask(site, '/explore', { host: name })).text).user.loggedIn
    expect([await signedIn(host), await signedIn('www.rednote.com')]).toEqual([true, false])
    site.set('rednote-host', true)
    expect([await signedIn(host), await signedIn('www.rednote.com')]).toEqual([false, true])
    expect(site.home).toBe('https://www.rednote.com/explore')
    expect(site.truth().posts[0]!.url).toMatch(/^https:\/\/www\.rednote\.com\/explore\//)
  })

  it('moves on: two notes go, one comes', async () => {
    const site = await start()
    const before = site.truth().posts.map(post => post.id)
    site.change()
    const after = site.truth().posts.map(post => post.id)
    expect(before.filter(id => !after.includes(id))).toHaveLength(2)
    expect(after.filter(id => !before.includes(id))).toHaveLength(1)
  })

  it('stops a capture in six ways, and knows its own modes', async () => {
    const site = await start()
    const path = `/api/sns/web/v1/user_posted?user_id=${site.truth().viewer.id}`
    const told: Record<string, unknown> = {}
    for (const { mode } of site.stops) {
      site.set(mode, true)
      const { status, text } = await ask(site, path, { host: api })
      const { code, data } = JSON.parse(text) as { code: number; data?: object }
      told[mode] = [status, code, data === undefined || Object.keys(data).length === 0]
      site.set(mode, false)
    }
    expect(told).toEqual({ 429: [429, -1, true], 461: [461, 0, true], hollow: [200, 0, true], 'ip-blocked': [200, 300012, true], 'session-expired': [200, -100, true], captcha: [461, 0, true] })
    site.set('captcha', true)
    expect((await ask(site, '/explore', { host })).headers.location).toContain('/website-login/captcha')
    await ask(site, '/website-login/captcha', { host, form: {} })
    expect((await ask(site, '/explore', { host })).status).toBe(200)
    expect(() => site.set('nothing', true)).toThrow('no mode nothing')
    expect([...site.drifts, ...site.stops.map(({ mode }) => mode)].every(mode => (modeNames as readonly string[]).includes(mode))).toBe(true)
  })
})
