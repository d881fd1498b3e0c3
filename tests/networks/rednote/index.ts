/**
 * A simulated RedNote: one TLS server that answers for both sites, their interfaces and their file hosts as the real ones are known to. Written from what
 * is publicly known of the site; imports nothing from `lib/`. Whom the account follows is in no list of it, as in the real one.
 *
 * Modes, on and off at any time by `set(mode, on)`:
 *
 * | mode              | what the site does                                                                                  |
 * |-------------------|-----------------------------------------------------------------------------------------------------|
 * | `429`             | every question is refused with 429 and Retry-After                                                  |
 * | `461`             | questions: status 461, verify headers, a body that says all is well and holds nothing; the app goes to the captcha |
 * | `hollow`          | the same body with status 200 and no headers                                                        |
 * | `ip-blocked`      | questions: code 300012                                                                              |
 * | `session-expired` | questions: code -100; pages are a guest's                                                           |
 * | `captcha`         | pages lead to /website-login/captcha, whose button turns the mode off; questions as in `461`        |
 * | `rednote-host`    | the account is signed in on www.rednote.com, and that is where everything is                        |
 * | `snake-state`     | the page's state is written in snake_case                                                           |
 * | `camel-answers`   | answers are written in camelCase                                                                    |
 * | `three-tabs`      | a profile's state has three lists of notes, as in 2023                                              |
 * | `old-scenes`      | pictures only as lists of sizes, without `url_default`; no `i18nCount`                              |
 * | `ef-streams`      | video buckets are called EF4 to EF7                                                                 |
 * | `new-set`         | the state holds `new Set([…])`                                                                      |
 * | `refs`            | parts of the state are written as Vue's references                                                  |
 * | `empty-cursor`    | the state does not say after which note it goes on                                                  |
 * | `page-again`      | the app asks for the first page, though it came with the document                                   |
 * | `stateless-owner` | the state's queries do not say whose profile it is                                                  |
 * | `slow`            | every answer takes 1.5 s                                                                            |
 */
import { Dice } from '../dice.ts'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { startServer, type Ask, type Reply } from '../server.ts'
import type { Simulate, Simulation, SimulationOptions } from '../types.ts'
import { labels } from './labels.ts'
import { notice, page, routeOf, wall, type Tab } from './pages.ts'
import { fileAt, serveFile } from '../media/index.ts'
import { detail, profile, row, secrets, snake, viewerInfo, card, type Context, type Obj, type Value } from './shapes.ts'
import { truthOf } from './truth.ts'
import { makeWorld, moveOn, type Note, type Person } from './world.ts'

export const drifts = ['snake-state', 'camel-answers', 'three-tabs', 'old-scenes', 'ef-streams', 'new-set', 'refs', 'rednote-host', 'empty-cursor', 'page-again', 'stateless-owner'] as const
export const modeNames = ['429', '461', 'hollow', 'ip-blocked', 'session-expired', 'captcha', ...drifts, 'slow'] as const

const china = { site: 'www.xiaohongshu.com', api: 'edith.xiaohongshu.com' }
const world_ = { site: 'www.rednote.com', api: 'webapi.rednote.com' }
const hosts = [china.site, china.api, world_.site, world_.api, '*.xhscdn.com', '*.rednotecdn.com']
/** What a page of a list holds, whatever number is asked for. */
const PAGE = 8

const client = readFileSync(new URL('./client.js', import.meta.url), 'utf8')

/** The same with every key in camelCase. */
const camel = (value: Value): Value => {
  if (Array.isArray(value)) return value.map(camel)
  if (typeof value !== 'object' || value === null || value instanceof Set) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), camel(inner)]))
}

/** @returns a running simulation; `close` it */
export const simulateRednote: Simulate = async (options: SimulationOptions = {}): Promise<Simulation> => {
  const { seed = 1, follows = 182, posts = 40, language = 'en', delayMs = 0, relations = 12, retryAfter = 2 } = options
  if (language !== 'en' && language !== 'zh') throw new Error('the simulated RedNote speaks en and zh')
  const modes = new Set<string>()
  const asked = new Set<string>()
  const set = (mode: string, on: boolean): void => {
    if (mode !== 'media-faults' && !(modeNames as readonly string[]).includes(mode)) throw new Error(`the simulated RedNote has no mode ${mode}`)
    if (on) modes.add(mode)
    else modes.delete(mode)
  }
  for (const mode of options.modes ?? []) set(mode, true)
  let session: 'first' | 'second' | undefined = 'signedIn' in options ? options.signedIn : 'first'
  const world = makeWorld({ seed, follows, posts, relations })
  const followed = new Set(world.followed.map(one => one.id))
  const opened = new Set<string>()
  let nonce = seed

  const at = (): typeof china => (modes.has('rednote-host') ? world_ : china)
  const contextAt = (host: string): Context => {
    const home = host === at().site || host === at().api
    const account = session && home && !modes.has('session-expired') ? world[session] : undefined
    return { modes, language, viewer: account?.person, followed: account === world.first ? followed : new Set(), international: host.endsWith('rednote.com'), nonce: ++nonce }
  }
  const json = (body: Value, status = 200, headers: Record<string, string> = {}): Reply => ({ status, type: 'application/json; charset=utf-8', headers, body: JSON.stringify(body) })
  const redirect = (location: string, status = 302): Reply => ({ status, headers: { location }, body: '' })
  const html = (body: string, status = 200): Reply => ({
    status, type: 'text/html; charset=utf-8', body,
    headers: { 'content-security-policy': 'upgrade-insecure-requests', 'set-cookie': `web_session=${secrets.session}; Path=/; Secure; HttpOnly` },
  })

  const listOf = (person: Person, tab: Tab): Note[] => {
    const account = [world.first, world.second].find(one => one.person.id === person.id)
    if (tab === 'note') return world.notesOf(person)
    return account ? (tab === 'fav' ? account.saved : account.liked) : []
  }
  const exploreOf = (): Note[] => world.strangers.slice(0, 12).map(person => world.notesOf(person)[0]!)

  const open = (note: Note, context: Context): void => {
    if (note.author.id === context.viewer?.id) opened.add(note.id)
  }

  const paged = (notes: Note[], cursor: string, context: Context): Obj => {
    const from = cursor ? notes.findIndex(note => note.id === cursor) + 1 : 0
    const rows = notes.slice(from, from + PAGE)
    const more = from + PAGE < notes.length
    return { notes: rows.map(note => row(note, context)), cursor: more ? rows.at(-1)!.id : '', has_more: more }
  }

  const answerApi = ({ url, body, method, seen }: Ask, context: Context): Reply => {
    const path = url.pathname
    const variables: Record<string, unknown> = Object.fromEntries(url.searchParams)
    if (method === 'POST') try { Object.assign(variables, JSON.parse(body) as object) } catch {}
    seen.operation = path.replace('/api/sns/web/', '')
    seen.variables = variables
    const hollow = { code: 0, success: true, msg: '成功' }
    if (modes.has('461') || modes.has('captcha')) return json(hollow, 461, { verifytype: '124', verifyuuid: 'shield-x' })
    if (modes.has('429')) return json({ code: -1, success: false, msg: 'too many requests' }, 429, { 'retry-after': String(retryAfter) })
    if (modes.has('hollow')) return json(hollow)
    if (modes.has('ip-blocked')) return json({ code: 300012, success: false, msg: labels[language].blocked, data: {} })
    const ok = (data: Obj): Reply => json({ code: 0, success: true, msg: '成功', data: modes.has('camel-answers') ? camel(data) : data })
    if (path.endsWith('user/me')) return ok(snake(viewerInfo(context.viewer, context)) as Obj)
    if (modes.has('session-expired') || !context.viewer) return json({ code: -100, success: false, msg: '登录已过期', data: {} })
    const about = world.byId.get(String(variables.user_id ?? variables.target_user_id ?? ''))
    const cursor = String(variables.cursor ?? '')
    if (path.endsWith('user_posted')) return ok(paged(listOf(about ?? world.strangers[5]!, 'note'), cursor, context))
    if (path.endsWith('note/collect/page') || path.endsWith('note/like/page')) {
      if (about?.id !== context.viewer.id) return json({ code: -104, success: false, msg: 'no permission', data: {} })
      return ok(paged(listOf(about, path.includes('collect') ? 'fav' : 'liked'), cursor, context))
    }
    if (path.endsWith('v1/feed')) {
      const note = world.notesById.get(String(variables.source_note_id))
      if (!note) return json({ code: 300031, success: false, msg: labels[language].nobody, data: {} })
      open(note, context)
      return ok({ cursor_score: '', items: [{ id: note.id, model_type: 'note', note_card: snake(detail(note, context)) }], current_time: 1_790_000_000_000 })
    }
    if (path.endsWith('homefeed')) {
      return ok({ cursor_score: '1', items: [...exploreOf().map(note => snake({ ...card(note, context), modelType: 'note' })), { id: 'ad1', model_type: 'ads', note_card: snake(card(exploreOf()[0]!, context).noteCard) }] })
    }
    if (/otherinfo$|hover_card$/.test(path) && about) return ok(snake(profile(about, 0, context)) as Obj)
    if (path.endsWith('comment/page')) return ok({ comments: [{ id: '1', note_id: String(variables.note_id), content: 'Please bring the kettle to choir practice.', user_info: { user_id: world.strangers[1]!.id, nickname: world.strangers[1]!.name } }], cursor: '', has_more: false })
    return ok({ sug_items: [] })
  }

  const documents = ({ url, method }: Ask, context: Context): Reply => {
    const path = url.pathname
    if (path.startsWith('/website-login/captcha')) {
      if (method !== 'POST') return html(wall('captcha', language))
      for (const mode of ['captcha', '461']) modes.delete(mode)
      return redirect('/explore')
    }
    if (path === '/login') {
      if (method !== 'POST') return html(wall('login', language))
      modes.delete('session-expired')
      session ??= 'first'
      return redirect('/explore')
    }
    if (path === '/fe_api/client.js') return { type: 'text/javascript; charset=utf-8', body: client }
    if (modes.has('captcha')) return redirect(`/website-login/captcha?redirectPath=${encodeURIComponent(path)}&verifyUuid=x&verifyType=124`)
    if (path === '/') return redirect('/explore')
    const route = routeOf(world, url)
    if (!route || route.kind === 'nobody') return html(notice(labels[language].nobody, language), 404)
    // A note's bare address shows nothing to others: what belongs to the session is missing.
    if (route.note && !url.searchParams.get('xsec_token') && route.note.author.id !== context.viewer?.id) return redirect('/404?error_code=300031')
    if (route.note) open(route.note, context)
    return html(page({ world, url, route, context, lists: listOf, explore: exploreOf() }))
  }

  const answer = (ask: Ask): Reply => {
    const { host, url, method, headers } = ask
    if (host.endsWith('.xhscdn.com') || host.endsWith('.rednotecdn.com')) return serveFile(ask, modes, asked)
    const context = contextAt(host)
    const delay = Math.max(delayMs, modes.has('slow') ? 1500 : 0)
    if (host === china.api || host === world_.api) {
      const site = host === china.api ? china.site : world_.site
      const shared = { 'access-control-allow-origin': `https://${site}`, 'access-control-allow-credentials': 'true', vary: 'Origin' }
      if (method === 'OPTIONS') return { status: 204, headers: { ...shared, 'access-control-allow-headers': String(headers['access-control-request-headers'] ?? ''), 'access-control-allow-methods': 'GET, POST', 'access-control-max-age': '600' }, body: '' }
      const reply = answerApi(ask, context)
      return { ...reply, headers: { ...reply.headers, ...shared, 'access-control-expose-headers': 'verifytype, verifyuuid, retry-after' }, delayMs: delay }
    }
    if (url.pathname === '/favicon.ico') return { type: 'image/png', body: fileAt(new URL('https://local.invalid/favicon.png')).bytes }
    return { ...documents(ask, context), delayMs: delay }
  }

  const server = await startServer(hosts, answer, options.port)
  const stranger = world.strangers[new Dice(seed).below(12)]!
  const site = (): string => `https://${at().site}`
  return {
    network: 'rednote',
    port: server.port,
    hosts,
    get home() { return `${site()}/explore` },
    get profile() { return `${site()}/user/profile/${world.first.person.id}` },
    get strangerProfile() { return `${site()}/user/profile/${stranger.id}` },
    truth: (who = 'first') => truthOf(world, world[who], { language, international: modes.has('rednote-host'), site: site(), opened }),
    set,
    signIn: who => { session = who },
    change: () => moveOn(world),
    drifts: [...drifts],
    stops: [
      { mode: '429', state: 'waiting' }, { mode: '461', state: 'challenged' }, { mode: 'hollow', state: 'challenged' }, { mode: 'ip-blocked', state: 'challenged' },
      { mode: 'session-expired', state: 'challenged' }, { mode: 'captcha', state: 'challenged' },
    ],
    file: url => fileAt(url),
    requests: server.requests,
    close: server.close,
  }
}

const byHand = async (): Promise<void> => {
  const given = (name: string): string | undefined => { const found = process.argv.indexOf(`--${name}`); return found < 0 ? undefined : process.argv[found + 1] }
  const modes = process.argv.flatMap((word, i) => (process.argv[i - 1] === '--mode' ? [word] : []))
  const simulation = await simulateRednote({ port: Number(given('port') ?? 8443), posts: Number(given('posts') ?? 40), seed: Number(given('seed') ?? 1), language: (given('language') ?? 'en') as 'en' | 'zh', modes })
  console.log(`The simulated RedNote answers on 127.0.0.1:${simulation.port}. Look at it with a Chromium that is told where its hosts are:

  chromium --user-data-dir=/tmp/simulated-rednote --ignore-certificate-errors --host-resolver-rules="${simulation.hosts.map(host => `MAP ${host} 127.0.0.1:${simulation.port}`).join(', ')}" ${simulation.profile}

Modes: ${modeNames.join(' ')}. Ctrl+C ends it.`)
}
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await byHand()
