/**
 * A simulated TikTok: its pages with their embedded state, the requests that they make, its file hosts. Written from what is publicly known of the web app;
 * imports nothing from `lib/`.
 *
 * Modes, on and off at any time by `set(mode, on)`:
 *
 * | mode             | what the site does                                                                                                    |
 * |------------------|-----------------------------------------------------------------------------------------------------------------------|
 * | `sigi`           | the page's state is that of before 2024: SIGI_STATE with users and posts by name and number                           |
 * | `two-states`     | both states stand in the page                                                                                         |
 * | `string-times`   | times of posts are texts                                                                                              |
 * | `no-create-time` | posts do not say when they were made                                                                                  |
 * | `no-stats-v2`    | only the rounded counters                                                                                             |
 * | `bare-text`      | captions without their marks: no textExtra, no challenges, no contents                                                |
 * | `shifted`        | offsets of marks count code points, and the marks stand in `contents` only                                            |
 * | `hidden-list`    | the account hides whom it follows: the key of the list is missing                                                     |
 * | `swapped-scenes` | the list of follows is asked for by 67, that of followers by 21                                                       |
 * | `gaps`           | in the middle of lists pages without rows, after which they go on; rows come twice                                    |
 * | `authorless`     | posts in lists do not say who made them                                                                               |
 * | `creator-list`   | posts come from the older list, which names no cursor and says `hasMorePrevious`                                      |
 * | `plain-dialog`   | the dialog of follows has no name of its own; title and subtitle of the profile are swapped                           |
 * | `no-repost-tab`  | the profile has no tab of reposts                                                                                     |
 * | `other-host`     | requests go to a host of a region                                                                                     |
 * | `int-more`       | `hasMore` is 1 or 0, cursors are numbers                                                                              |
 * | `429`            | every request is refused with 429 and Retry-After                                                                     |
 * | `empty`          | requests: status 200 and nothing                                                                                      |
 * | `check-code`     | requests: code 10000                                                                                                  |
 * | `captcha`        | requests: a page that asks for a check; pages lead to it                                                              |
 * | `signed-out`     | requests: code 8; pages are a guest's                                                                                 |
 */
import { readFileSync } from 'node:fs'
import { startServer, type Ask, type Reply } from '../server.ts'
import { fileAt, serveFile } from '../media/index.ts'
import type { Simulate, SimulationOptions } from '../types.ts'
import { labels } from './labels.ts'
import { notice, page } from './pages.ts'
import { shaper, type Obj } from './shapes.ts'
import { truthOf } from './truth.ts'
import { makeWorld, moveOn, type Account, type Item, type Person } from './world.ts'

export const drifts = ['sigi', 'two-states', 'string-times', 'no-create-time', 'no-stats-v2', 'bare-text', 'shifted', 'hidden-list', 'swapped-scenes', 'gaps', 'authorless', 'creator-list', 'plain-dialog', 'no-repost-tab', 'other-host', 'int-more'] as const
export const modeNames = [...drifts, '429', 'empty', 'check-code', 'captcha', 'signed-out'] as const

const site = 'https://www.tiktok.com'
const region = 'us.tiktok.com'
const hosts = ['www.tiktok.com', region, '*.tiktokcdn.com', 'v16-webapp-prime.tiktok.com']
const client = readFileSync(new URL('./client.js', import.meta.url), 'utf8')

/** How many rows a page of a list has, whatever number is asked for. */
const [ITEMS, PEOPLE] = [12, 20]

/** @returns a running simulation; `close` it */
export const simulateTiktok: Simulate = async (options: SimulationOptions = {}) => {
  const { seed = 1, follows = 182, posts = 40, language = 'en', delayMs = 0, relations = 12, retryAfter = 2, locked = false } = options
  if (language !== 'en' && language !== 'ja') throw new Error('the simulated TikTok speaks en and ja')
  const modes = new Set<string>()
  const asked = new Set<string>()
  const set = (mode: string, on: boolean): void => {
    if (mode !== 'media-faults' && !(modeNames as readonly string[]).includes(mode)) throw new Error(`the simulated TikTok has no mode ${mode}`)
    if (on) modes.add(mode)
    else modes.delete(mode)
  }
  for (const mode of options.modes ?? []) set(mode, true)
  let session = 'signedIn' in options ? options.signedIn : 'first'
  const world = makeWorld({ seed, follows, posts, relations, locked })
  const shapes = shaper(modes, world)
  const { user, stats, item } = shapes
  const accountOf = (person: Person | undefined): Account | undefined => [world.first, world.second].find(one => one.person === person)
  const byHandle = (handle: string): Person | undefined => [...world.people.values()].find(one => one.handle.toLowerCase() === handle.toLowerCase())
  const bySecUid = (secUid: string | null): Person | undefined => [...world.people.values()].find(one => one.secUid === secUid)
  const me = (): Account | undefined => (session && !modes.has('signed-out') ? world[session] : undefined)

  const json = (body: Obj | string, status = 200, headers: Record<string, string> = {}): Reply => ({
    status, type: 'application/json; charset=utf-8', headers,
    body: typeof body === 'string' ? body : JSON.stringify({ statusCode: 0, status_code: 0, status_msg: '', extra: { now: 1_790_000_000_000, logid: 'x', fatal_item_ids: [] }, log_pb: { impr_id: 'x' }, ...body }),
  })
  const more = (value: boolean): boolean | number => (modes.has('int-more') ? Number(value) : value)
  const cursor = (value: number): string | number => (modes.has('int-more') ? value : String(value))

  /** Whoever made it pays for it: a post of a stranger stands among the account's own. */
  const advertised = (one: Item): Obj => ({ ...item(one), isAd: true, isPinnedItem: false })

  /** A list by the time of its posts: the pinned ones come first, so that only the place of the last one counts. */
  const byTime = (rows: Item[], from: number, old = false): Reply => {
    const gap = modes.has('gaps') && from > 0 && from % 1000 === 0
    // A time at which nothing was posted (the older list begins with "now") is the beginning.
    const last = rows.findIndex(one => one.at * 1000 === from || one.at * 1000 === from + 1)
    if (gap) return json({ itemList: [], hasMore: more(true), cursor: cursor(from - 1) })
    const some = rows.slice(Math.max(0, last + (modes.has('gaps') && last >= 0 ? 0 : 1)), last + 1 + ITEMS)
    const left = last + 1 + ITEMS < rows.length
    const list = some.map(one => item(one))
    if (last < 0 && list.length > 3 && accountOf(rows[0]?.author)) list.splice(3, 0, advertised(world.feed[5]!))
    return json({ ...(list.length > 0 && { itemList: list }), ...(old ? { hasMorePrevious: more(left) } : { hasMore: more(left), cursor: left ? cursor(some.at(-1)!.at * 1000) : cursor(0) }) })
  }

  const byPlace = (rows: Item[], from: number): Reply => {
    const some = rows.slice(from, from + ITEMS)
    const left = from + ITEMS < rows.length
    return json({ ...(some.length > 0 && { itemList: some.map(one => item(one)) }), hasMore: more(left), cursor: cursor(left ? from + ITEMS : 0) })
  }

  const people = (about: Person | undefined, followers: boolean, start: number): Reply => {
    const account = accountOf(about)
    const row = (person: Person, relation: number): Obj => ({ user: user(person, { relation }), ...stats(person) })
    if (followers) return json({ hasMore: more(false), minCursor: 0, total: 3, userList: (account ? world.followers : world.strangers.slice(6, 9)).map((one, index) => row(one, index % 2 ? 2 : 0)) })
    if (!account) return json({ hasMore: more(false), minCursor: 0, maxCursor: 0, total: 4, userList: world.strangers.slice(2, 6).map(one => row(one, 0)) })
    if (modes.has('hidden-list')) return json({ hasMore: more(false), minCursor: -1, maxCursor: 0, total: 0 })
    const gap = modes.has('gaps') && start > 0 && account.follows.some(one => one.at === start)
    if (gap) return json({ hasMore: more(true), isTruncated: false, total: account.person.follows, minCursor: start - 1, maxCursor: 0, userList: [] })
    const last = start === 0 ? -1 : account.follows.findIndex(one => one.at === start || one.at === start + 1)
    const first = last + (modes.has('gaps') && last >= 0 ? 0 : 1)
    const some = account.follows.slice(first, last + 1 + PEOPLE)
    const left = last + 1 + PEOPLE < account.follows.length
    return json({ hasMore: more(left), isTruncated: false, total: account.person.follows, minCursor: some.at(-1)?.at ?? 0, maxCursor: 0, userList: some.map(({ person }, index) => row(person, (first + index) % 4 === 3 ? 2 : 1)) })
  }

  const api = ({ url, seen }: Ask): Reply => {
    const { pathname: path, searchParams: given } = url
    seen.operation = path
    if (modes.has('429')) return json('{"message":"too many"}', 429, { 'retry-after': String(retryAfter) })
    if (modes.has('empty')) return json('')
    if (modes.has('check-code')) return json({ statusCode: 10_000, status_code: 10_000, statusMsg: 'verify', verify_ticket: 'x' })
    if (modes.has('captcha')) return { type: 'text/html', body: '<html><title>Security Check</title><script src="/captcha/verify.js"></script></html>' }
    const viewer = me()
    const about = bySecUid(given.get('secUid'))
    const from = Number(given.get('cursor') ?? 0)
    if (/^\/api\/(?:recommend|preload|related)\/item_list\/$/.test(path)) return json({ itemList: world.feed.map(one => item(one)), hasMore: true, cursor: '9' })
    if (path === '/api/user/detail/') return about ? json({ userInfo: { user: user(about), ...stats(about) }, shareMeta: { title: '', desc: '' } }) : json({ statusCode: 10_221 })
    if (!viewer) return json({ statusCode: 8, status_code: 8, statusMsg: 'Login expired' })
    if (path === '/api/user/list/') return people(about, (given.get('scene') === '67') !== modes.has('swapped-scenes'), Number(given.get('minCursor') ?? 0))
    if (path === '/api/post/item_list/') return about ? byTime(world.itemsOf(about), from) : json({ statusCode: 10_221 })
    if (path === '/api/creator/item_list/') return about ? byTime(world.itemsOf(about), from, true) : json({ statusCode: 10_221 })
    if (path === '/api/user/collect/item_list/') return byPlace(viewer.saved, from)
    const owner = accountOf(about)
    if (path === '/api/repost/item_list/') return byPlace(owner?.reposts ?? world.feed, from)
    if (path === '/api/favorite/item_list/') return owner === viewer ? byPlace(viewer.liked, from) : json({ statusCode: 10_216 })
    return json({ statusCode: 10_204 })
  }

  const document = ({ url }: Ask): Reply => {
    const words = labels[language]
    if (/^\/captcha(?:\/|$)/.test(url.pathname)) return notice(language, words.check)
    if (modes.has('captcha')) return { status: 302, headers: { location: '/captcha?from=x' }, body: '' }
    if (/^\/login(?:\/|$)/.test(url.pathname)) return notice(language, words.logIn)
    const handle = /^\/@([\w.]+)\/?$/.exec(url.pathname)?.[1]
    return page({ modes, language, words, world, shapes, viewer: me(), shown: handle === undefined ? undefined : (byHandle(handle) ?? null), api: modes.has('other-host') ? `https://${region}` : '' })
  }

  const answer = (ask: Ask): Reply => {
    const { host, url, method } = ask
    if (host.endsWith('.tiktokcdn.com') || host.startsWith('v16')) return serveFile(ask, modes, asked)
    if (url.pathname === '/client.js') return { type: 'text/javascript; charset=utf-8', body: client }
    if (url.pathname === '/favicon.ico') return { type: 'image/png', body: fileAt(new URL('https://local.invalid/favicon.png')).bytes }
    if (!url.pathname.startsWith('/api/')) return { ...document(ask), delayMs }
    const shared = { 'access-control-allow-origin': site, 'access-control-allow-credentials': 'true' }
    if (method === 'OPTIONS') return { status: 204, headers: { ...shared, 'access-control-allow-methods': 'GET' } }
    const reply = api(ask)
    return { ...reply, headers: { ...shared, ...reply.headers }, delayMs }
  }

  const server = await startServer(hosts, answer, options.port)
  return {
    network: 'tiktok', port: server.port, hosts,
    home: `${site}/foryou`,
    profile: `${site}/@${world.first.person.handle}`,
    strangerProfile: `${site}/@${world.strangers[7]!.handle}`,
    truth: (who = 'first') => truthOf(world, world[who], modes),
    set,
    signIn: who => { session = who },
    change: () => moveOn(world),
    drifts: [...drifts],
    stops: [{ mode: '429', state: 'waiting' }, { mode: 'empty', state: 'challenged' }, { mode: 'check-code', state: 'challenged' }, { mode: 'captcha', state: 'challenged' }, { mode: 'signed-out', state: 'challenged' }],
    file: url => fileAt(url),
    requests: server.requests,
    close: server.close,
  }
}
