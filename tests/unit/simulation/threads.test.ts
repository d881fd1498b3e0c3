/** The simulated Threads itself: that it delivers what its truth says, in the forms that are known, and does what its modes say. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modeNames, simulateThreads } from '../../networks/threads/index.ts'
import type { Simulation, SimulationOptions, TruePost } from '../../networks/types.ts'
import { ask, blocks, findAll, query } from './ask.ts'

interface Page { edges: { node: { username: string; pk: string } & Record<string, unknown> }[]; page_info: { end_cursor: string | null; has_next_page: boolean } }

const open: Simulation[] = []
const start = async (options: SimulationOptions = {}): Promise<Simulation> => {
  const site = await simulateThreads({ follows: 60, posts: 40, ...options })
  open.push(site)
  return site
}
afterAll(async () => { await Promise.all(open.map(site => site.close())) })

const followsOf = async (site: Simulation, id: string): Promise<{ handles: string[]; sizes: number[]; counts: { following: number; followers: number } }> => {
  const first = JSON.parse((await query(site, 'BarcelonaFriendshipsFollowingTabQuery', { userID: id, first: 20 })).text) as { data: { user: { following: Page }; counts: { following: number; followers: number } } }
  const pages = [first.data.user.following]
  for (let page = pages[0]!; page.page_info.has_next_page; pages.push(page)) {
    const next = JSON.parse((await query(site, 'BarcelonaFriendshipsFollowingTabRefetchableQuery', { id, first: 10, after: page.page_info.end_cursor })).text) as { data: { fetch__XDTUserDict: { following: Page } } }
    page = next.data.fetch__XDTUserDict.following
  }
  return { handles: pages.flatMap(page => page.edges.map(edge => edge.node.username)), sizes: pages.map(page => page.edges.length), counts: first.data.counts }
}

type Wire = { pk: string; code: string; user: { username: string }; caption: { text: string } | null; text_post_app_info: { text_fragments: { fragments: { plaintext: string }[] } | null } }
const tabs = ['Threads', 'Replies', 'Reposts'] as const

/** Every item of a tab, as `thread_items` of posts. */
const itemsOf = async (site: Simulation, id: string, tab: (typeof tabs)[number]): Promise<{ posts: Wire[]; header: unknown }[][]> => {
  const pages: { posts: Wire[]; header: unknown }[][] = []
  for (let after: string | null = null, more = true; more; ) {
    const name = `BarcelonaProfile${tab}Tab${after ? 'Refetchable' : ''}DirectQuery`
    const { data } = JSON.parse((await query(site, name, { userID: id, first: 25, ...(after ? { after } : {}) })).text) as {
      data: { mediaData: { edges: { node: { thread_items: { post: Wire }[]; thread_header_context: unknown } }[]; page_info: Page['page_info'] } }
    }
    pages.push(data.mediaData.edges.map(({ node }) => ({ posts: node.thread_items.map(item => item.post), header: node.thread_header_context })))
    more = data.mediaData.page_info.has_next_page
    after = data.mediaData.page_info.end_cursor
  }
  return pages
}

describe('the house line', () => {
  it('imports nothing from lib', () => {
    const root = new URL('../../networks/', import.meta.url).pathname
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => /\.[jt]s$/.test(name))
    expect(files.length).toBeGreaterThan(8)
    expect(files.filter(name => /from '[^']*\blib\//.test(readFileSync(join(root, name), 'utf8')))).toEqual([])
  })
})

describe('the world', () => {
  it('is the same for the same seed, and another for another', async () => {
    const [one, same, other] = await Promise.all([start({ seed: 5 }), start({ seed: 5 }), start({ seed: 6 })])
    // A ghost post's times follow the real clock.
    const lasting = (site: Simulation): unknown => ({ ...site.truth(), posts: site.truth().posts.filter(post => !post.ghost) })
    expect(lasting(same)).toEqual(lasting(one))
    expect(other.truth().follows).not.toEqual(one.truth().follows)
  })

  it('has posts of every kind, with offsets that fit their text', async () => {
    const { posts, viewer } = (await start()).truth()
    expect(posts).toHaveLength(40)
    expect(new Set(posts.map(post => post.id)).size).toBe(40)
    const some = (test: (post: TruePost) => unknown): void => expect(posts.filter(test).length).toBeGreaterThan(0)
    for (const key of ['pinned', 'edited', 'ghost', 'spoiler'] as const) some(post => post[key])
    for (const key of ['replyTo', 'replyToAuthor', 'quoteOf', 'quoteUnavailable', 'repostOf', 'headerOnly', 'topic', 'linkPreview'] as const) some(post => post[key])
    for (const kind of ['image', 'video', 'gif', 'audio'] as const) some(post => post.media.some(medium => medium.kind === kind))
    for (const kind of ['mention', 'link', 'tag'] as const) some(post => post.facets.some(facet => facet.kind === kind))
    some(post => post.media.length > 1 && post.media.some(medium => medium.alt))
    some(post => post.replyTo !== undefined && posts.some(other => other.id === post.replyTo))
    some(post => post.facets.some(facet => Array.from(post.text!.slice(0, facet.start)).length < facet.start))
    for (const post of posts) {
      for (const { start: from, end, kind, value } of post.facets) {
        const part = post.text!.slice(from, end)
        expect(kind === 'mention' ? part === `@${value}` : kind === 'tag' ? part === `#${value}` : /^[\p{L}\p{N}.]+\/?\S*$/u.test(part)).toBe(true)
      }
    }
    expect(posts.filter(post => post.repostOf)).toHaveLength(6)
    expect(viewer.locked).toBe(false)
  })

  it('keeps strangers apart from everybody whom a capture may name', async () => {
    const { follows, strangers, referred, viewer, posts } = (await start({ follows: 800 })).truth()
    const known = [...follows.map(person => person.handle), viewer.handle, ...referred!.handles]
    for (const handle of strangers.handles) expect(known.some(other => other.includes(handle))).toBe(false)
    const own = posts.map(post => post.text ?? '').join('\n')
    for (const handle of strangers.handles) expect(own).not.toContain(`@${handle} `)
    expect(follows.filter(person => person.handle.includes('@')).length).toBeGreaterThanOrEqual(10)
    expect(follows.some(person => person.name.startsWith('='))).toBe(true)
    expect(follows.some(person => person.name === '')).toBe(true)
    expect(new Set(follows.map(person => person.handle)).size).toBe(800)
  })
})

describe('lists', () => {
  it.each([12, 60, 800, 5000])('a follow list of %i comes whole: twenty, then tens, and the counter knows more', async size => {
    const site = await start({ follows: size })
    const { viewer, follows, counted } = site.truth()
    const { handles, sizes, counts } = await followsOf(site, viewer.id)
    expect(handles).toEqual(follows.map(person => person.handle))
    expect(handles).toHaveLength(size)
    expect(sizes.slice(0, 2)).toEqual(size === 12 ? [12] : [20, 10])
    expect(counts.following).toBe(counted.follows)
    expect(counted.follows).toBeGreaterThan(size)
  })

  it('followers stop at twenty', async () => {
    const site = await start()
    const { data } = JSON.parse((await query(site, 'BarcelonaFriendshipsFollowersTabQuery', { userID: site.truth().viewer.id, first: 20 })).text) as { data: { user: { followers: Page } } }
    expect(data.user.followers.edges).toHaveLength(20)
    expect(data.user.followers.page_info.has_next_page).toBe(false)
  })

  it.each([40, 2000])('%i posts come whole through three tabs, fifteen a page at most', async size => {
    const site = await start({ posts: size, seed: 3 })
    const { viewer, posts } = site.truth()
    const items = []
    for (const tab of tabs) {
      const pages = await itemsOf(site, viewer.id, tab)
      expect(Math.max(...pages.map(page => page.length))).toBeLessThanOrEqual(15)
      items.push(...pages.flat())
    }
    const shown = new Map(items.flatMap(item => item.posts).map(post => [post.pk, post]))
    const under = new Set(items.filter(item => item.header).map(item => item.posts[0]!.pk))
    for (const post of posts) {
      expect(post.headerOnly ? under.has(post.repostOf!) : shown.has(post.id)).toBe(true)
      expect(post.headerOnly ? post.text : shown.get(post.id)?.caption?.text).toBe(post.text)
    }
    const others = [...shown.values()].filter(post => post.user.username !== viewer.handle)
    expect(others.length).toBeGreaterThan(0)
    for (const { pk, code } of shown.values()) {
      const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      const decoded = [...(code.length > 28 ? code.slice(0, -28) : code)].reduce((sum, letter) => sum * 64n + BigInt(digits.indexOf(letter)), 0n)
      expect(decoded).toBe(BigInt(pk))
    }
    for (const post of shown.values()) {
      const fragments = post.text_post_app_info.text_fragments
      expect(fragments ? fragments.fragments.map(part => part.plaintext).join('') : post.caption?.text).toBe(post.caption?.text)
    }
  })
})

describe('pages', () => {
  it('carry viewer, profile and the first four posts as embedded state', async () => {
    const site = await start()
    const { text } = await ask(site, new URL(site.profile).pathname)
    const { viewer } = site.truth()
    expect(text).toContain('https:\\/\\/')
    expect(text).toMatch(/"adp_BarcelonaProfileThreadsTabDirectQueryRelayPreloader_[0-9a-f]{23}"/)
    const state = blocks(text)
    expect(findAll(state, one => 'viewer' in one && one.viewer !== null)).toMatchObject([{ viewer: { id: viewer.id, username: viewer.handle } }])
    expect(findAll(state, one => one.pk === viewer.id && 'biography' in one)).toHaveLength(1)
    expect(findAll(state, one => 'thread_items' in one)).toHaveLength(4)
    expect(findAll(state, one => one.queryName === 'BarcelonaProfileThreadsTabDirectQuery')).toMatchObject([{ variables: { userID: viewer.id } }])
    expect(text).toContain(site.truth().strangers.handles[30])
  })

  it('leave the state of other tabs to a script', async () => {
    const site = await start()
    const { text } = await ask(site, `${new URL(site.profile).pathname}/replies`)
    expect(findAll(blocks(text), one => 'thread_items' in one)).toHaveLength(0)
    expect(text).toContain('thread_items')
  })

  it('lead from the old host to the new, and serve pictures, videos and the icon', async () => {
    const site = await start()
    for (const host of ['www.threads.net', 'threads.net', 'threads.com']) expect(await ask(site, '/@a?b=1', { host })).toMatchObject({ status: 301, headers: { location: 'https://www.threads.com/@a?b=1' } })
    const avatar = new URL(site.truth().viewer.avatar)
    expect((await ask(site, avatar.pathname, { host: avatar.host })).bytes).toEqual(site.file(avatar).bytes)
    const media = site.truth().posts.flatMap(post => post.media)
    for (const medium of media) expect((await ask(site, medium.path, { host: 'scontent-fra3-1.cdninstagram.com' })).bytes.length).toBeGreaterThan(150)
    const video = media.find(medium => medium.kind === 'video')!
    expect((await ask(site, video.path, { host: 'x.fbcdn.net' })).text.slice(4, 8)).toBe('ftyp')
    expect((await ask(site, '/favicon.ico')).status).toBe(200)
  })

  it('answer for no other host, and log who asked', async () => {
    const site = await start()
    expect((await ask(site, '/x', { host: 'elsewhere.example' })).status).toBe(404)
    expect(site.requests.at(-1)).toMatchObject({ host: 'elsewhere.example', path: '/x', status: 404 })
    await query(site, 'BarcelonaFriendshipsFollowingTabQuery', { userID: '1' })
    expect(site.requests.at(-1)).toMatchObject({ operation: 'BarcelonaFriendshipsFollowingTabQuery', variables: { userID: '1' }, method: 'POST', status: 200 })
  })

  it('know who shares to the fediverse when asked by WebFinger', async () => {
    const site = await start({ follows: 60 })
    const ofKind = (shares: boolean): string => site.truth().follows.find(person => person.shares === shares && !person.handle.includes('@'))!.handle
    const finger = (handle: string): Promise<{ status: number }> => ask(site, `/.well-known/webfinger?resource=acct%3A${handle}%40threads.net`, { host: 'threads.net' })
    expect((await finger(ofKind(true))).status).toBe(200)
    expect((await finger(ofKind(false))).status).toBe(404)
    expect((await finger('no.such.person')).status).toBe(404)
  })
})

describe('modes', () => {
  let site: Simulation
  let id: string
  beforeAll(async () => { site = await start(); id = site.truth().viewer.id })
  const during = async <T>(mode: string, work: () => Promise<T>): Promise<T> => {
    site.set(mode, true)
    try { return await work() } finally { site.set(mode, false) }
  }
  const follows = (): ReturnType<typeof ask> => query(site, 'BarcelonaFriendshipsFollowingTabQuery', { userID: id, first: 20 })
  const threads = (): ReturnType<typeof ask> => query(site, 'BarcelonaProfileThreadsTabDirectQuery', { userID: id, first: 10 })

  it('are known by name', () => {
    expect(() => site.set('no-such-mode', true)).toThrow(/no-such-mode/)
    const table = readFileSync(new URL('../../networks/threads/index.ts', import.meta.url), 'utf8')
    for (const mode of modeNames) expect(table).toContain(`| \`${mode}\``)
  })

  it('429 once, then no more', () => during('429-once', async () => {
    expect((await query(site, 'BarcelonaUsernameHovercardImplDirectQuery', { username: 'x' })).status).toBe(200)
    expect(await follows()).toMatchObject({ status: 429, headers: { 'retry-after': '2' } })
    expect((await follows()).status).toBe(200)
  }))

  it('429 and a limit in the body', async () => {
    await during('429', async () => { for (let i = 0; i < 3; i++) expect((await follows()).status).toBe(429) })
    await during('rate-body', async () => { expect(JSON.parse((await follows()).text)).toMatchObject({ data: null, errors: [{ code: 17 }] }) })
  })

  it('a checkpoint lasts until its button is pressed; so does the login wall', async () => {
    await during('checkpoint', async () => {
      expect(JSON.parse((await follows()).text)).toMatchObject({ message: 'checkpoint_required', status: 'fail' })
      expect(await ask(site, new URL(site.profile).pathname)).toMatchObject({ status: 302, headers: { location: expect.stringMatching(/^\/challenge\//) } })
      await ask(site, '/challenge/', { form: {} })
      expect((await follows()).status).toBe(200)
    })
    await during('login-wall', async () => {
      expect(JSON.parse((await follows()).text)).toMatchObject({ require_login: true })
      expect((await ask(site, '/')).headers.location).toMatch(/^\/login/)
      await ask(site, '/login', { form: { username: 'x' } })
      expect((await ask(site, '/')).status).toBe(200)
    })
  })

  it('malformed answers can\'t be read; the second try of `malformed-some` can', async () => {
    await during('malformed-all', async () => {
      const { text } = await threads()
      expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
    })
    await during('malformed-some', async () => {
      const [first, second] = [await follows(), await follows()]
      expect(() => JSON.parse(first.text) as unknown).toThrow(SyntaxError)
      expect(JSON.parse(second.text)).toHaveProperty('data.user.following')
    })
  })

  it('names, roots and shapes move', async () => {
    await during('renamed', async () => {
      expect(JSON.parse((await follows()).text)).not.toHaveProperty('data')
      expect(JSON.parse((await query(site, 'XQZFollowsQuery', { userID: id })).text)).toHaveProperty('data.fetch__ABC.following.edges')
      expect(JSON.parse((await query(site, 'XQZPersonRootsQuery', { userID: id })).text)).toHaveProperty('data.xqz_timeline.edges')
    })
    await during('shape-2023', async () => {
      expect(JSON.parse((await threads()).text)).toHaveProperty('data.mediaData.threads')
      expect(JSON.parse((await follows()).text)).toHaveProperty('data.xdt_text_app_user.following_users.edges')
      expect(JSON.parse((await query(site, 'BarcelonaProfilePageDirectQuery', { userID: id })).text)).toMatchObject({ data: { userData: { user: { id: null, is_private: false } } } })
    })
    await during('beside-node', async () => { expect(JSON.parse((await threads()).text)).toHaveProperty('data.mediaData.edges.0.text_post_app_thread.thread_items') })
    await during('flags', async () => { expect(JSON.parse((await follows()).text)).toHaveProperty('data.user.following.edges.0.node.text_post_app_has_fediverse_enabled') })
    expect(JSON.parse((await follows()).text)).not.toHaveProperty('data.user.following.edges.0.node.text_post_app_has_fediverse_enabled')
    await during('hidden-list', async () => { expect(JSON.parse((await follows()).text)).toMatchObject({ data: { user: { following: { edges: [] } } } }) })
    await during('repost-both', async () => {
      const items = (await itemsOf(site, id, 'Reposts')).flat()
      expect(items.every(item => item.header)).toBe(true)
      expect(items).toHaveLength(6)
    })
    await during('unbound', async () => {
      const { data } = JSON.parse((await query(site, 'BarcelonaFriendshipsFollowingTabRefetchableQuery', {})).text) as { data: { fetch__XDTUserDict: Page & { id?: string } } }
      expect(data.fetch__XDTUserDict.id).toBeUndefined()
    })
  })

  it('the form of the text moves', async () => {
    await during('prefix', async () => { expect((await follows()).text).toMatch(/^for \(;;\);\{/) })
    await during('errors-beside', async () => { expect(JSON.parse((await follows()).text)).toMatchObject({ data: { user: {} }, errors: [{ severity: 'ERROR' }] }) })
    await during('multi-doc', async () => {
      const parts = (await follows()).text.split('\r\n').map(line => JSON.parse(line) as { path?: (string | number)[]; data: Record<string, unknown> })
      expect(parts.length).toBe(12)
      expect(parts[1]).toMatchObject({ path: ['user', 'following', 'edges', 10], data: { node: {} } })
      expect(parts.at(-1)).toMatchObject({ path: ['user', 'following'], data: { page_info: { has_next_page: true } } })
    })
    await during('big-numbers', async () => { expect((await threads()).text).toMatch(/"pk":3\d{18},/) })
    expect((await threads()).text).toMatch(/"fbid":1789\d{13},/)
    await during('big-document', async () => { expect((await ask(site, '/')).bytes.length).toBeGreaterThan(600_000) })
  })

  it('a hostile page answers fifty megabytes', () => during('hostile', async () => {
    expect((await ask(site, '/')).text).toContain('hostile.js')
    expect((await query(site, 'BarcelonaHugeQuery', { id })).bytes.length).toBeGreaterThan(49_000_000)
  }))
})

describe('time passes', () => {
  it('the account unfollows three, deletes two posts, follows two and writes one', async () => {
    const site = await start()
    const before = site.truth()
    site.change()
    const after = site.truth()
    const ids = (list: { id: string }[]): Set<string> => new Set(list.map(one => one.id))
    const gone = (a: { id: string }[], b: { id: string }[]): number => a.filter(one => !ids(b).has(one.id)).length
    expect([gone(before.follows, after.follows), gone(after.follows, before.follows)]).toEqual([3, 2])
    expect([gone(before.posts, after.posts), gone(after.posts, before.posts)]).toEqual([2, 1])
    expect((await followsOf(site, after.viewer.id)).handles).toEqual(after.follows.map(person => person.handle))
    const shown = new Set((await Promise.all(tabs.map(tab => itemsOf(site, after.viewer.id, tab)))).flat(2).flatMap(item => item.posts.map(post => post.pk)))
    expect(after.posts.filter(post => !post.headerOnly && !shown.has(post.id))).toEqual([])
  })

  it('another account signs in, or nobody', async () => {
    const site = await start()
    expect((await ask(site, '/')).headers['set-cookie']?.[0]).toContain(`ds_user_id=${site.truth().viewer.id};`)
    site.signIn('second')
    const { viewer, follows } = site.truth('second')
    const home = await ask(site, '/')
    expect(home.headers['set-cookie']?.[0]).toContain(`ds_user_id=${viewer.id};`)
    expect(home.text).toContain(`"username":"${viewer.handle}"`)
    expect((await followsOf(site, viewer.id)).handles).toEqual(follows.map(person => person.handle))
    site.signIn(undefined)
    expect(findAll(blocks((await ask(site, '/')).text), one => 'viewer' in one)).toMatchObject([{ viewer: null }])
    expect((await query(site, 'BarcelonaFriendshipsFollowingTabQuery', { userID: viewer.id })).status).toBe(401)
  })

  it('a private account has long codes and posts for followers', async () => {
    const { viewer, posts } = (await start({ locked: true })).truth()
    expect(viewer.locked).toBe(true)
    for (const post of posts) {
      expect(post.visibility).toBe('followers')
      expect(post.url.split('/').pop()).toHaveLength(39)
    }
  })
})
