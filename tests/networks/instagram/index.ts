/**
 * A simulated Instagram: one TLS server that answers for the site, the host of its older interface and its file hosts as the real ones are known to. Written
 * from what is publicly known of the site; imports nothing from `lib/`.
 *
 * By hand: `node tests/networks/instagram/index.ts --port 8443 [--follows 800] [--posts 40] [--language de] [--mode slow]`.
 *
 * Modes, on and off at any time by `set(mode, on)`:
 *
 * | mode             | what the site does                                                                                        |
 * |------------------|-----------------------------------------------------------------------------------------------------------|
 * | `429`            | every question is refused with 429 and Retry-After                                                        |
 * | `checkpoint`     | questions: `checkpoint_required`; pages lead to /challenge/, whose button turns the mode off               |
 * | `feedback`       | status 400, `feedback_required`                                                                            |
 * | `login-wall`     | questions: `login_required`; pages lead to /accounts/login/, whose button turns the mode off              |
 * | `malformed-some` | the first answer for each page of a list is cut, HTML or empty; asked again it is good                     |
 * | `renamed`        | operations and stored-query numbers have other names                                                      |
 * | `roots`          | the roots of answers have other names                                                                      |
 * | `follow-query`   | the follow list comes by `usePolarisGetFollowListQuery`                                                   |
 * | `follow-legacy`  | … by a stored query of old, as `edge_follow`                                                               |
 * | `rest-feed`      | the profile comes by `/users/<id>/info/`, the posts by `/feed/user/<id>/`                                  |
 * | `web-info`       | the profile comes by `/users/web_profile_info/`, in Graph form, its lists empty                            |
 * | `graph-form`     | … with the first posts, and the others by a stored query of old: all in Graph form                         |
 * | `i-host`         | REST answers come from i.instagram.com                                                                    |
 * | `bare-document`  | a profile's page is delivered without its data, which come by request                                     |
 * | `polaris-cache`  | the data in a page stand in `PolarisQueryPreloaderCache`, folded up in a text                              |
 * | `reels-august`   | the Reels tab's root is `fetch__XDTUserDict.clips_connection`                                             |
 * | `repost-max-id`  | the reposts go on by `next_max_id`                                                                         |
 * | `by-name`        | Reels and Reposts are asked for by name; the answers do not say whose they are                             |
 * | `saved-query`    | saved posts come by GraphQL                                                                                |
 * | `no-tabs`        | the profile has neither a Reels nor a Reposts tab                                                          |
 * | `prefix`         | `for (;;);` before every GraphQL answer                                                                   |
 * | `multi-doc`      | an answer is several documents, one a line: streamed edges and a deferred `page_info`, with `path`         |
 * | `errors-beside`  | harmless `errors` beside good data                                                                         |
 * | `big-numbers`    | `pk` is a bare number, past 2^53                                                                           |
 * | `xhr-json`       | all questions go by XHR with `responseType: 'json'`                                                       |
 * | `href-hash`      | the counters' links are `#`                                                                                |
 * | `dialog-still`   | opening the follow list does not change the address                                                        |
 * | `prompt`         | a box about notifications lies over the page                                                               |
 * | `slow`           | every answer takes 1.5 s                                                                                   |
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { startServer, type Ask, type Reply } from '../server.ts'
import type { Simulate, Simulation, SimulationOptions } from '../types.ts'
import { accountOf, chaining, commentsOf, documentFor, friendships, keyOf, legacy, savedFeed, textFor, tray, userFeed, userInfo, webProfile } from './answers.ts'
import { labels } from './labels.ts'
import { notice, page, routeOf, wall } from './pages.ts'
import { fileAt, serveFile } from '../media/index.ts'
import { secrets, wire, type Context, type Json } from './shapes.ts'
import { truthOf } from './truth.ts'
import { makeWorld, moveOn } from './world.ts'

export const drifts = [
  'renamed', 'follow-query', 'roots', 'follow-legacy', 'rest-feed', 'href-hash', 'graph-form', 'dialog-still', 'web-info', 'i-host', 'bare-document', 'reels-august', 'polaris-cache', 'repost-max-id', 'by-name', 'prompt', 'prefix', 'no-tabs', 'multi-doc', 'errors-beside', 'big-numbers', 'xhr-json', 'malformed-some', 'saved-query',
] as const
export const modeNames = ['429', 'checkpoint', 'feedback', 'login-wall', 'slow', ...drifts] as const

const HOST = 'www.instagram.com'
const hosts = [HOST, 'instagram.com', 'i.instagram.com', '*.cdninstagram.com', '*.fbcdn.net']

const client = readFileSync(new URL('./client.js', import.meta.url), 'utf8')
const rules =
  "default-src 'self' data: blob: https://*.cdninstagram.com https://*.fbcdn.net; script-src 'self' https://static.cdninstagram.com; style-src 'self' 'unsafe-inline'; connect-src 'self' https://i.instagram.com https://*.cdninstagram.com; frame-ancestors 'self'; object-src 'none'"

/** @returns a running simulation; `close` it */
export const simulateInstagram: Simulate = async (options: SimulationOptions = {}): Promise<Simulation> => {
  const { seed = 1, follows = 800, posts = 40, language = 'en', delayMs = 0, locked = false, relations = 12, retryAfter = 2 } = options
  if (language !== 'en' && language !== 'de') throw new Error('the simulated Instagram speaks en and de')
  const modes = new Set<string>()
  const asked = new Set<string>()
  const set = (mode: string, on: boolean): void => {
    if (mode !== 'media-faults' && !(modeNames as readonly string[]).includes(mode)) throw new Error(`the simulated Instagram has no mode ${mode}`)
    if (on) modes.add(mode)
    else modes.delete(mode)
  }
  for (const mode of options.modes ?? []) set(mode, true)
  let session: 'first' | 'second' | undefined = 'signedIn' in options ? options.signedIn : 'first'
  const world = makeWorld({ seed, follows, posts, locked, relations })
  let nonce = 0
  const spoiled = new Set<string>()

  const context = (): Context => {
    const account = session && world[session]
    return { modes, viewer: account?.person, following: new Set(account?.follows.map(one => one.pk)), nonce: ++nonce, now: Math.floor(Date.now() / 1000) }
  }
  const json = (body: string, status = 200, headers: Record<string, string> = {}): Reply => ({ status, type: 'application/json; charset=utf-8', headers: { 'x-ig-set-www-claim': secrets.claim, ...headers }, body })
  const redirect = (location: string, status = 302): Reply => ({ status, headers: { location }, body: '' })
  const html = (body: string, headers: Record<string, string | string[]> = {}, status = 200): Reply => ({ status, type: 'text/html; charset=utf-8', headers: { 'content-security-policy': rules, ...headers }, body })

  /** What is answered instead, whatever was asked. */
  const refusal = (): Reply | undefined => {
    if (modes.has('checkpoint')) return json('{"message":"checkpoint_required","checkpoint_url":"/challenge/?next=%2F","lock":true,"flow_render_type":0,"status":"fail"}', 400)
    if (modes.has('feedback')) return json('{"message":"feedback_required","spam":true,"feedback_title":"Try Again Later","feedback_message":"We limit how often you can do certain things.","status":"fail"}', 400)
    if (modes.has('login-wall')) return json('{"message":"login_required","require_login":true,"igweb_rollout":true,"status":"fail"}', 403)
    if (modes.has('429')) return json('{"message":"Please wait a few minutes before you try again.","status":"fail"}', 429, { 'retry-after': String(retryAfter) })
    return undefined
  }
  /** The first answer for each page of a list is no good. */
  const perhapsSpoiled = (asked: string, text: string): Reply => {
    if (!modes.has('malformed-some') || spoiled.has(asked)) return json(text)
    spoiled.add(asked)
    const kind = spoiled.size % 3
    return json(kind === 0 ? '' : kind === 1 ? text.slice(0, Math.floor(text.length * 0.6)) : '<!DOCTYPE html><html><body>Sorry, something went wrong.</body></html>')
  }

  const graphql = ({ url, body, headers, seen }: Ask): Reply => {
    const form = new URLSearchParams(body)
    const hash = url.searchParams.get('query_hash')
    const operation = hash ?? form.get('fb_api_req_friendly_name') ?? String(headers['x-fb-friendly-name'] ?? '')
    let variables: Record<string, unknown>
    try { variables = JSON.parse((hash ? url.searchParams : form).get('variables') ?? '{}') as Record<string, unknown> } catch { return json('{"errors":[{"message":"bad variables"}]}', 400) }
    Object.assign(seen, { operation, variables })
    const refused = refusal()
    if (refused) return refused
    const now = context()
    const asked = `${operation} ${String(variables.id ?? variables.userID ?? variables.username)} ${String(variables.after ?? '')}`
    if (hash) {
      const document = legacy(world, hash, variables, now)
      return document ? perhapsSpoiled(asked, wire(document)) : json('{"message":"unknown query","status":"fail"}', 400)
    }
    const key = keyOf(operation, modes)
    if (key === undefined) return json(`{"errors":[{"message":"The GraphQL document with ID ${form.get('doc_id') ?? ''} was not found.","severity":"CRITICAL","code":1675002}]}`)
    const text = textFor(documentFor(world, { key, variables }, now), operation, modes)
    return /^(posts|reels|reposts|follow|saved)/.test(key) ? { ...perhapsSpoiled(asked, text), type: 'text/javascript; charset=utf-8' } : json(text)
  }

  const rest = ({ url, seen }: Ask): Reply => {
    const path = url.pathname
    seen.operation = path.replace('/api/v1/', '').replace(/\d{5,}/g, '<id>')
    seen.variables = Object.fromEntries(url.searchParams)
    const refused = refusal()
    if (refused) return refused
    const now = context()
    const person = world.byPk.get(/\/(\d+)\//.exec(path)?.[1] ?? '')
    const list = (document: Json): Reply => perhapsSpoiled(url.pathname + url.search, wire(document))
    const plain = (document: Json): Reply => json(wire(document))
    const missing = json('{"message":"","status":"fail"}', 404)
    const friends = /\/friendships\/\d+\/(following|followers)\/$/.exec(path)
    if (friends) return person ? list(friendships(world, person, friends[1] === 'followers', url.searchParams, now)) : missing
    if (path.endsWith('/users/web_profile_info/')) {
      const named = world.byHandle.get((url.searchParams.get('username') ?? '').toLowerCase())
      return named ? plain(webProfile(world, named, now)) : missing
    }
    if (/\/users\/\d+\/info\/$/.test(path)) return person ? plain(userInfo(world, person, now)) : missing
    if (/\/feed\/user\/\d+\/$/.test(path)) return person ? list(userFeed(world, person, url.searchParams, now)) : missing
    if (path.endsWith('/feed/saved/posts/')) return list(savedFeed(now.viewer && accountOf(world, now.viewer), url.searchParams, now))
    if (path.endsWith('/feed/reels_tray/')) return plain(tray(world, now))
    if (path.endsWith('/discover/chaining/')) return plain(chaining(world, now))
    if (path.endsWith('/comments/')) return plain(commentsOf(world, now))
    return missing
  }

  const documents = ({ url, method }: Ask): Reply => {
    const path = url.pathname
    if (path.startsWith('/accounts/login')) {
      if (method !== 'POST') return html(wall('login', language))
      modes.delete('login-wall')
      session ??= 'first'
      return redirect('/')
    }
    if (path.startsWith('/challenge')) {
      if (method !== 'POST') return html(wall('challenge', language))
      modes.delete('checkpoint')
      return redirect('/')
    }
    if (modes.has('checkpoint')) return redirect('/challenge/?next=%2F')
    if (modes.has('login-wall')) return redirect(`/accounts/login/?next=${encodeURIComponent(path)}`)
    const route = routeOf(world, path)
    const now = context()
    if (!route || (route.kind === 'saved' && route.person !== now.viewer)) return html(notice(labels[language].nobody, language), {}, 404)
    const cookies = now.viewer ? [`ds_user_id=${now.viewer.pk}; Path=/; Secure`, `csrftoken=${secrets.csrf}; Path=/; Secure`, 'sessionid=simulated; Path=/; Secure; HttpOnly'] : ['ds_user_id=; Path=/; Max-Age=0; Secure']
    return html(page({ world, path, route, context: now, language }), { 'set-cookie': cookies, 'cross-origin-opener-policy': 'same-origin-allow-popups' })
  }

  const answer = (ask: Ask): Reply => {
    const { host, url, method, headers } = ask
    if (host.endsWith('.cdninstagram.com') || host.endsWith('.fbcdn.net')) {
      const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }
      if (url.pathname === '/rsrc.php/client.js') return { type: 'text/javascript; charset=utf-8', headers: open, body: client }
      return serveFile(ask, modes, asked)
    }
    const delay = Math.max(delayMs, modes.has('slow') ? 1500 : 0)
    if (host === 'i.instagram.com') {
      const shared = { 'access-control-allow-origin': `https://${HOST}`, 'access-control-allow-credentials': 'true', vary: 'Origin' }
      if (method === 'OPTIONS') return { status: 204, headers: { ...shared, 'access-control-allow-headers': String(headers['access-control-request-headers'] ?? ''), 'access-control-max-age': '600' }, body: '' }
      const reply = rest(ask)
      return { ...reply, headers: { ...reply.headers, ...shared, 'access-control-expose-headers': 'retry-after' }, delayMs: delay }
    }
    if (host !== HOST) return redirect(`https://${HOST}${url.pathname}${url.search}`, 301)
    if (url.pathname === '/favicon.ico') return { type: 'image/png', body: fileAt(new URL('https://local.invalid/favicon.png')).bytes }
    const reply = /^\/(graphql\/query|api\/graphql)\/?$/.test(url.pathname) ? graphql(ask) : url.pathname.startsWith('/api/v1/') ? rest(ask) : documents(ask)
    return { ...reply, delayMs: delay }
  }

  const server = await startServer(hosts, answer, options.port)
  const stranger = world.strangers.find(one => !one.locked)!
  return {
    network: 'instagram',
    port: server.port,
    hosts,
    home: `https://${HOST}/`,
    profile: `https://${HOST}/${world.first.person.handle}/`,
    strangerProfile: `https://${HOST}/${stranger.handle}/`,
    truth: (who = 'first') => truthOf(world, world[who], modes),
    set,
    signIn: who => { session = who },
    change: () => moveOn(world),
    drifts: [...drifts],
    stops: [{ mode: '429', state: 'waiting' }, { mode: 'checkpoint', state: 'challenged' }, { mode: 'feedback', state: 'challenged' }, { mode: 'login-wall', state: 'challenged' }],
    file: url => fileAt(url),
    requests: server.requests,
    close: server.close,
  }
}

const byHand = async (): Promise<void> => {
  const given = (name: string): string | undefined => { const found = process.argv.indexOf(`--${name}`); return found < 0 ? undefined : process.argv[found + 1] }
  const modes = process.argv.flatMap((word, i) => (process.argv[i - 1] === '--mode' ? [word] : []))
  const site = await simulateInstagram({ port: Number(given('port') ?? 8443), follows: Number(given('follows') ?? 800), posts: Number(given('posts') ?? 40), seed: Number(given('seed') ?? 1), language: (given('language') ?? 'en') as 'en' | 'de', modes })
  console.log(`The simulated Instagram answers on 127.0.0.1:${site.port}. Look at it with a Chromium that is told where its hosts are:

  chromium --user-data-dir=/tmp/simulated-instagram --ignore-certificate-errors --host-resolver-rules="${site.hosts.map(host => `MAP ${host} 127.0.0.1:${site.port}`).join(', ')}" ${site.profile}

Modes: ${modeNames.join(' ')}. Ctrl+C ends it.`)
}
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await byHand()
