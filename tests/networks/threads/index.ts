/**
 * A simulated Threads: one TLS server that answers for the site and its file hosts as the real one is known to. Written from what is
 * publicly known of the site; imports nothing from `lib/`.
 *
 * By hand: `node tests/networks/threads/index.ts --port 8443 [--follows 800] [--posts 40] [--language de] [--mode slow]`.
 *
 * Modes, on and off at any time by `set(mode, on)`:
 *
 * | mode             | what the site does                                                                                   |
 * |------------------|------------------------------------------------------------------------------------------------------|
 * | `429-once`       | the next page of the viewer's own lists is refused with 429 and Retry-After; then the mode is off      |
 * | `429`            | every question is refused with 429 and Retry-After                                                   |
 * | `rate-body`      | status 200, but `errors` with code 17 and no data                                                    |
 * | `checkpoint`     | questions: `checkpoint_required`; pages lead to /challenge/, whose button turns the mode off          |
 * | `login-wall`     | questions: `require_login`; pages lead to /login, whose button turns the mode off                     |
 * | `malformed-some` | the first answer for each page of a list is cut, HTML or empty; asked again it is good                |
 * | `malformed-all`  | every answer to a list is cut in the middle                                                          |
 * | `renamed`        | operations, stored-query numbers and the roots of answers have other names                           |
 * | `shape-2023`     | `userData.user`, `mediaData.threads`, `xdt_text_app_user.following_users`, `is_private`, `id: null`   |
 * | `beside-node`    | the thread stands beside `node` in an edge, not in it                                                |
 * | `prefix`         | `for (;;);` before every answer                                                                      |
 * | `multi-doc`      | an answer is several documents, one a line: streamed edges and a deferred `page_info`, with `path`    |
 * | `errors-beside`  | harmless `errors` beside good data                                                                   |
 * | `big-numbers`    | `pk` is a bare number, past 2^53                                                                     |
 * | `flags`          | rows of follow lists say whether the person shares to the fediverse                                  |
 * | `repost-both`    | a repost with a wrapper shows as the wrapper in the Threads tab and under a header in the Reposts tab |
 * | `unbound`        | the page also asks for a page of somebody's follows without saying whose                             |
 * | `hidden-list`    | the follow list is empty, though it is counted                                                       |
 * | `slow`           | every answer takes 1.5 s, and counters come late                                                     |
 * | `hostile`        | a script of the page changes built-ins, forges messages, grabs ports, answers 50 MB                   |
 * | `big-document`   | pages of more than 700 KB                                                                            |
 * | `unsent`         | the composer holds a text that was not sent                                                          |
 * | `xhr-json`       | all questions go by XHR with `responseType: 'json'`                                                  |
 * | `io-dialog`      | the follow dialog loads on by an IntersectionObserver instead of its scroll event                    |
 * | `dialog-link`    | the followers counter is a link to /@user/followers (as without any of the three)                    |
 * | `dialog-counter` | the followers counter is a `div` with the role of a button                                           |
 * | `no-dialog-link` | the counter opens nothing and has no exact number; only the odd element `#open-follows-by-hand` does  |
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { startServer, type Ask, type Reply } from '../server.ts'
import type { Simulate, Simulation, SimulationOptions } from '../types.ts'
import { documentFor, hugeAnswer, isList, keyOf, textFor } from './answers.ts'
import { labels } from './labels.ts'
import { notice, page, routeOf, wall } from './pages.ts'
import { fileAt, serveFile } from '../media/index.ts'
import { secrets, type Context } from './shapes.ts'
import { truthOf } from './truth.ts'
import { makeWorld, moveOn } from './world.ts'

export const modeNames = [
  '429-once', '429', 'rate-body', 'checkpoint', 'login-wall', 'malformed-some', 'malformed-all', 'renamed', 'shape-2023', 'beside-node', 'prefix', 'multi-doc', 'errors-beside', 'big-numbers', 'flags', 'repost-both', 'unbound',
  'hidden-list', 'slow', 'hostile', 'big-document', 'unsent', 'xhr-json', 'io-dialog', 'dialog-link', 'dialog-counter', 'no-dialog-link',
] as const

const HOST = 'www.threads.com'
const hosts = [HOST, 'threads.com', 'www.threads.net', 'threads.net', '*.cdninstagram.com', '*.fbcdn.net']

const scripts: Record<string, string> = Object.fromEntries(['client', 'hostile'].map(name => [`/rsrc.php/${name}.js`, readFileSync(new URL(`./${name}.js`, import.meta.url), 'utf8')]))
const rules =
  "default-src 'self' data: blob: https://*.cdninstagram.com https://*.fbcdn.net; script-src 'self' https://static.cdninstagram.com; style-src 'self' 'unsafe-inline'; connect-src 'self' https://*.cdninstagram.com; frame-ancestors 'self'; object-src 'none'"

/** @returns a running simulation; `close` it */
export const simulateThreads: Simulate = async (options: SimulationOptions = {}): Promise<Simulation> => {
  const { seed = 1, follows = 800, posts = 40, language = 'en', delayMs = 0, locked = false, retryAfter = 2 } = options
  if (language === 'zh') throw new Error('the simulated Threads speaks en, ja and de')
  const modes = new Set<string>()
  const asked = new Set<string>()
  const set = (mode: string, on: boolean): void => {
    if (mode !== 'media-faults' && !(modeNames as readonly string[]).includes(mode)) throw new Error(`the simulated Threads has no mode ${mode}`)
    if (on) modes.add(mode)
    else modes.delete(mode)
  }
  for (const mode of options.modes ?? []) set(mode, true)
  let session: 'first' | 'second' | undefined = 'signedIn' in options ? options.signedIn : 'first'
  const started = Math.floor(Date.now() / 1000)
  const world = makeWorld({ seed, follows, posts, locked, now: started })
  let nonce = 0
  const spoiled = new Set<string>()

  const context = (): Context => {
    const account = session && world[session]
    return { modes, viewer: account?.person, following: new Set(account?.follows.map(one => one.pk)), nonce: ++nonce, now: Math.floor(Date.now() / 1000) }
  }
  const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({ status, type: 'application/json; charset=utf-8', headers, body: JSON.stringify(body) })
  const redirect = (location: string, status = 302): Reply => ({ status, headers: { location }, body: '' })
  const html = (body: string, headers: Record<string, string | string[]> = {}, status = 200): Reply => ({ status, type: 'text/html; charset=utf-8', headers: { 'content-security-policy': rules, ...headers }, body })

  const graphql = ({ body, headers, seen }: Ask): Reply => {
    const form = new URLSearchParams(body)
    const operation = form.get('fb_api_req_friendly_name') ?? String(headers['x-fb-friendly-name'] ?? '')
    let variables: Record<string, unknown> = {}
    try { variables = JSON.parse(form.get('variables') ?? '{}') as Record<string, unknown> } catch { return json({ errors: [{ message: 'variables could not be read', severity: 'CRITICAL' }] }, 400) }
    seen.operation = operation
    seen.variables = variables
    const key = keyOf(operation, modes)
    const list = key !== undefined && isList(key)
    if (modes.has('checkpoint')) return json({ message: 'checkpoint_required', checkpoint_url: '/challenge/?next=%2F', lock: true, flow_render_type: 0, status: 'fail' }, 400)
    if (modes.has('login-wall')) return json({ message: 'login_required', require_login: true, status: 'fail' }, 401)
    if (modes.has('429') || (modes.has('429-once') && list && (variables.userID ?? variables.id) === (session && world[session].person.pk))) {
      modes.delete('429-once')
      return { ...json({ message: 'Please wait a few minutes before you try again.', status: 'fail' }, 429), headers: { 'retry-after': String(retryAfter) } }
    }
    if (modes.has('rate-body')) return json({ data: null, errors: [{ message: '(#17) User request limit reached', severity: 'CRITICAL', code: 17, api_error_code: 17 }], status: 'fail' })
    if (key === undefined) return json({ errors: [{ message: `The GraphQL document with ID ${form.get('doc_id') ?? ''} was not found.`, severity: 'CRITICAL', code: 1675002 }] })
    const now = context()
    if (!now.viewer && key.startsWith('follow')) return json({ message: 'login_required', require_login: true, status: 'fail' }, 401)
    const type = 'text/javascript; charset=utf-8'
    if (key === 'huge') return { type, body: hugeAnswer(world, now) }
    const text = textFor(documentFor(world, { key, variables }, now), operation, modes)
    if (list && modes.has('malformed-all')) return { type, body: text.slice(0, Math.floor(text.length * 0.6)) }
    const asked = `${operation} ${String(variables.userID ?? variables.id)} ${String(variables.after ?? '')}`
    if (list && modes.has('malformed-some') && !spoiled.has(asked)) {
      spoiled.add(asked)
      const kind = spoiled.size % 3
      return { type, body: kind === 0 ? '' : kind === 1 ? text.slice(0, Math.floor(text.length * 0.6)) : '<!DOCTYPE html><html><body>Sorry, something went wrong.</body></html>' }
    }
    return { type, body: text }
  }

  const webfinger = (url: URL): Reply => {
    const match = /^acct:([^@]+)@threads\.net$/i.exec(url.searchParams.get('resource') ?? '')
    const person = match && world.byHandle.get(match[1]!.toLowerCase())
    if (!person?.shares) return json({ success: false, error: 'Not found' }, 404)
    const actor = `https://threads.net/ap/users/${person.fbid}/`
    return {
      type: 'application/jrd+json; charset=utf-8',
      body: JSON.stringify({
        subject: `acct:${person.handle}@threads.net`,
        aliases: [`https://www.threads.com/@${person.handle}`],
        links: [{ rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: `https://www.threads.com/@${person.handle}` }, { rel: 'self', type: 'application/activity+json', href: actor }],
      }),
    }
  }

  const documents = ({ url, method }: Ask): Reply => {
    const path = url.pathname
    if (path.startsWith('/login')) {
      if (method !== 'POST') return html(wall('login', language))
      modes.delete('login-wall')
      session ??= 'first'
      return redirect('/')
    }
    if (path.startsWith('/challenge')) {
      if (method !== 'POST') return html(wall('challenge', language))
      modes.delete('checkpoint')
      return redirect(session ? `/@${world[session].person.handle}` : '/')
    }
    if (modes.has('checkpoint')) return redirect('/challenge/?next=%2F')
    if (modes.has('login-wall')) return redirect(`/login?next=${encodeURIComponent(path)}`)
    if (path.startsWith('/fediverse_profile/')) return html(notice(decodeURIComponent(path.slice('/fediverse_profile/'.length)), language))
    const route = routeOf(world, path)
    if (!route) return html(notice(labels[language].nobody, language), {}, 404)
    const now = context()
    const cookies = now.viewer
      ? [`ds_user_id=${now.viewer.pk}; Path=/; Secure; SameSite=Lax`, `csrftoken=${secrets.csrf}; Path=/; Secure`, 'sessionid=simulated; Path=/; Secure; HttpOnly']
      : ['ds_user_id=; Path=/; Max-Age=0; Secure']
    return html(page({ world, path, route, context: now, language }), { 'set-cookie': cookies, 'cross-origin-opener-policy': 'same-origin-allow-popups' })
  }

  const answer = (ask: Ask): Reply => {
    const { host, url } = ask
    if (host.endsWith('.cdninstagram.com') || host.endsWith('.fbcdn.net')) {
      const text = scripts[url.pathname]
      if (text !== undefined) return { type: 'text/javascript; charset=utf-8', headers: { 'access-control-allow-origin': '*' }, body: text }
      return url.pathname.startsWith('/rsrc.php/') && !/\.(?:jpg|png)$/.test(url.pathname) ? { status: 404, body: 'no such file' } : serveFile(ask, modes, asked)
    }
    if (host === 'threads.net' && url.pathname === '/.well-known/webfinger') return webfinger(url)
    if (host !== HOST) return redirect(`https://${HOST}${url.pathname}${url.search}`, 301)
    if (url.pathname === '/favicon.ico') return { type: 'image/png', body: fileAt(new URL('https://local.invalid/favicon.png')).bytes }
    const delay = Math.max(delayMs, modes.has('slow') ? 1500 : 0)
    const reply = url.pathname === '/graphql/query' || url.pathname === '/api/graphql' ? graphql(ask) : documents(ask)
    return delay ? { ...reply, delayMs: delay } : reply
  }

  const server = await startServer(hosts, answer, options.port)
  const stranger = world.strangers.find(one => !one.locked)!
  return {
    network: 'threads',
    port: server.port,
    hosts,
    home: `https://${HOST}/`,
    profile: `https://${HOST}/@${world.first.person.handle}`,
    strangerProfile: `https://${HOST}/@${stranger.handle}`,
    truth: (who = 'first') => truthOf(world, world[who], modes),
    set,
    signIn: who => { session = who },
    change: () => moveOn(world),
    drifts: ['renamed', 'shape-2023', 'beside-node', 'prefix', 'multi-doc', 'errors-beside', 'big-numbers', 'xhr-json'],
    stops: [{ mode: '429', state: 'waiting' }, { mode: 'checkpoint', state: 'challenged' }, { mode: 'login-wall', state: 'challenged' }],
    file: url => fileAt(url),
    requests: server.requests,
    close: server.close,
  }
}

const byHand = async (): Promise<void> => {
  const given = (name: string): string | undefined => { const at = process.argv.indexOf(`--${name}`); return at < 0 ? undefined : process.argv[at + 1] }
  const number = (name: string, otherwise: number): number => Number(given(name) ?? otherwise)
  const modes = process.argv.flatMap((word, i) => (process.argv[i - 1] === '--mode' ? [word] : []))
  const site = await simulateThreads({ port: number('port', 8443), follows: number('follows', 800), posts: number('posts', 40), seed: number('seed', 1), language: (given('language') ?? 'en') as 'en' | 'ja' | 'de', modes })
  console.log(`The simulated Threads answers on 127.0.0.1:${site.port}. Look at it with a Chromium that is told where its hosts are:

  chromium --user-data-dir=/tmp/simulated-threads --ignore-certificate-errors --host-resolver-rules="${site.hosts.map(host => `MAP ${host} 127.0.0.1:${site.port}`).join(', ')}" ${site.profile}

Modes: ${modeNames.join(' ')}. Ctrl+C ends it.`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await byHand()
