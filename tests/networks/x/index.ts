/**
 * A simulated X: one TLS server that answers for the site, its interface and its file hosts as the real ones are known to. Written from what is publicly known
 * of the site; imports nothing from `lib/`.
 *
 * By hand: `node tests/networks/x/index.ts --port 8443 [--follows 800] [--posts 40] [--language ja] [--mode slow]`.
 *
 * Modes, on and off at any time by `set(mode, on)`:
 *
 * | mode             | what the site does                                                                                     |
 * |------------------|--------------------------------------------------------------------------------------------------------|
 * | `gen-a`, `gen-b` | accounts in the forms of 2025 and of spring 2026, instead of the one since 2026-07                      |
 * | `mixed`          | accounts in all three forms, in one answer                                                               |
 * | `no-legacy`      | posts have `legacy: null` and its fields one level up                                                    |
 * | `rotated`        | operations have other numbers before their names                                                         |
 * | `post`           | lists are asked for by POST                                                                              |
 * | `fetch`          | all questions go by `fetch`                                                                              |
 * | `xhr-json`       | all questions go by XHR with `responseType: 'json'`                                                      |
 * | `timeline-v2`    | `timeline_v2` instead of `timeline`                                                                      |
 * | `item-variants`  | entries without `entryType` and `itemType`, some with `content` for `itemContent`                        |
 * | `shuffled`       | entries in any order: only `sortIndex` tells                                                             |
 * | `errors-beside`  | harmless `errors` beside good data                                                                       |
 * | `errors-once`    | the first answer for each page of a list: status 200, `errors`, empty data; asked again it is good       |
 * | `viewer-late`    | the page's state has only the number of who is signed in; their name comes with an answer                |
 * | `end-empty`      | a list of people ends with an empty page                                                                 |
 * | `empty-goes-on`  | the second page of a list of people is empty, and more come                                              |
 * | `end-terminated` | the last page of a list of people says that it is the last                                               |
 * | `end-same`       | posts end with the cursor that was asked with                                                            |
 * | `cut-follows`    | the list of follows stops after fifty, with a cursor that leads on                                       |
 * | `members-page`   | members of a list stand on the page itself, not in a box over it                                         |
 * | `before-history` | bookmarks and likes have pages of their own, as before 2026                                              |
 * | `unbound`        | the page also asks for a page of somebody's follows without saying whose                                 |
 * | `429-once`       | the next page of the account's own lists is refused with 429; then the mode is off                       |
 * | `429`            | every question is refused with 429 and `x-rate-limit-reset`                                              |
 * | `errors`         | every list: status 200, `errors` (code 29) and empty data                                                |
 * | `locked`         | questions: 403 with code 326; pages lead to /account/access, whose button turns the mode off             |
 * | `login-wall`     | questions: 401 with code 32; pages lead to /i/flow/login, whose button turns the mode off                |
 * | `slow`           | every answer takes 1.5 s                                                                                 |
 * | `unsent`         | the composer holds a text that was not sent                                                              |
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { startServer, type Ask, type Reply } from '../server.ts'
import type { Simulate, Simulation, SimulationOptions } from '../types.ts'
import { documentFor, isList, operations, type Operation } from './answers.ts'
import { page, wall } from './pages.ts'
import { fileAt, serveFile } from '../media/index.ts'
import { secrets, type Context } from './shapes.ts'
import { truthOf } from './truth.ts'
import { makeWorld, moveOn } from './world.ts'

const modeNames = [
  'gen-a', 'gen-b', 'mixed', 'no-legacy', 'rotated', 'post', 'fetch', 'xhr-json', 'timeline-v2', 'item-variants', 'shuffled', 'errors-beside', 'errors-once', 'viewer-late', 'end-empty', 'empty-goes-on', 'end-terminated', 'end-same', 'cut-follows',
  'members-page', 'before-history', 'unbound', '429-once', '429', 'errors', 'locked', 'login-wall', 'slow', 'unsent',
] as const

const HOST = 'x.com'
const files = ['pbs.twimg.com', 'video.twimg.com']
const hosts = [HOST, 'mobile.x.com', 'twitter.com', 'mobile.twitter.com', 'api.x.com', 'abs.twimg.com', ...files]
const client = readFileSync(new URL('./client.js', import.meta.url), 'utf8')

/** @returns a running simulation; `close` it */
export const simulateX: Simulate = async (options: SimulationOptions = {}): Promise<Simulation> => {
  const { seed = 1, follows = 800, posts = 40, relations = 6, language = 'en', delayMs = 0, locked = false, retryAfter = 2 } = options
  if (language === 'de' || language === 'zh') throw new Error('the simulated X speaks en and ja')
  const modes = new Set<string>()
  const asked = new Set<string>()
  const set = (mode: string, on: boolean): void => {
    if (mode !== 'media-faults' && !(modeNames as readonly string[]).includes(mode)) throw new Error(`the simulated X has no mode ${mode}`)
    if (on) modes.add(mode)
    else modes.delete(mode)
  }
  for (const mode of options.modes ?? []) set(mode, true)
  let session: 'first' | 'second' | undefined = 'signedIn' in options ? options.signedIn : 'first'
  const world = makeWorld({ seed, follows, posts, relations, locked })
  let nonce = 0
  const failed = new Set<string>()

  const account = () => session && world[session]
  const context = (): Context => ({ modes, viewer: account()?.person, following: new Set(account()?.follows.map(one => one.id)), nonce: ++nonce })
  const redirect = (location: string, status = 302): Reply => ({ status, headers: { location }, body: '' })

  const graphql = ({ url, method, body, headers, seen, host }: Ask): Reply => {
    const allow: Record<string, string> = host === HOST ? {} : { 'access-control-allow-origin': `https://${HOST}`, 'access-control-allow-credentials': 'true', 'access-control-allow-headers': 'authorization,content-type,x-csrf-token,x-client-transaction-id,x-twitter-active-user,x-twitter-auth-type', 'access-control-allow-methods': 'GET,POST', 'access-control-expose-headers': 'x-rate-limit-limit,x-rate-limit-remaining,x-rate-limit-reset' }
    if (method === 'OPTIONS') return { status: 204, headers: allow, body: undefined }
    const json = (value: unknown, status = 200, more: Record<string, string> = {}): Reply => ({ status, type: 'application/json; charset=utf-8', headers: { ...allow, ...more }, body: JSON.stringify(value) })
    const operation = url.pathname.split('/').at(-1) ?? ''
    let variables: Record<string, unknown>
    try {
      variables = (method === 'POST' ? (JSON.parse(body) as { variables: Record<string, unknown> }).variables : (JSON.parse(url.searchParams.get('variables') ?? '{}') as Record<string, unknown>)) ?? {}
    } catch { return json({ errors: [{ message: 'variables could not be read', code: 336 }] }, 400) }
    if (modes.has('unbound') && operation === 'Following' && variables.userId === undefined) variables = { ...variables, userId: world.strangers[1]!.id }
    else seen.variables = variables
    seen.operation = operation
    const reset = { 'x-rate-limit-limit': '50', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(Math.ceil(Date.now() / 1000) + retryAfter) }
    const own = isList(operation) && (variables.userId === undefined || variables.userId === account()?.person.id)
    if (modes.has('locked')) return json({ errors: [{ code: 326, message: 'To protect our users from spam and other malicious activity, this account is temporarily locked. Please log in to https://twitter.com to unlock your account.' }] }, 403)
    if (modes.has('login-wall')) return json({ errors: [{ code: 32, message: 'Could not authenticate you' }] }, 401)
    if (modes.has('429') || (modes.has('429-once') && own)) {
      modes.delete('429-once')
      return { status: 429, type: 'text/plain', headers: { ...allow, ...reset }, body: 'Rate limit exceeded\n' }
    }
    const failure = { errors: [{ message: 'Timeout: Unspecified', locations: [{ line: 1, column: 1 }], path: ['user', 'result', 'timeline'], code: 29, kind: 'Operational', name: 'TimeoutError', source: 'Server' }], data: { user: {} } }
    const asked = `${operation} ${JSON.stringify(variables)}`
    if (own && (modes.has('errors') || (modes.has('errors-once') && !failed.has(asked)))) {
      failed.add(asked)
      return json(failure)
    }
    if (headers.authorization !== `Bearer ${secrets.bearer}`) return json({ errors: [{ code: 215, message: 'Bad Authentication data.' }] }, 400)
    if (!(operations as readonly string[]).includes(operation)) return json({ message: 'not found' }, 404)
    return json(documentFor(world, account(), { operation: operation as Operation, variables }, context()), 200, { 'x-rate-limit-limit': '500', 'x-rate-limit-remaining': '499', 'x-rate-limit-reset': String(Math.ceil(Date.now() / 1000) + 900) })
  }

  const documents = ({ url, method }: Ask): Reply => {
    const path = url.pathname
    const html = (body: string, headers: Record<string, string | string[]> = {}): Reply => ({ type: 'text/html; charset=utf-8', headers, body })
    if (path === '/i/flow/login' || path === '/login') {
      if (method !== 'POST') return html(wall('login', language))
      modes.delete('login-wall')
      session ??= 'first'
      return redirect('/home')
    }
    if (path.startsWith('/account/access')) {
      if (method !== 'POST') return html(wall('challenge', language))
      modes.delete('locked')
      return redirect('/home')
    }
    if (modes.has('locked')) return redirect('/account/access')
    if (modes.has('login-wall')) return redirect(`/i/flow/login?redirect_after_login=${encodeURIComponent(path)}`)
    const secret = `n${(nonce + 1) * 7919}`
    const viewer = account()?.person
    return html(page({ world, viewer, context: context(), language, nonce: secret }), {
      'content-security-policy': `default-src 'self'; connect-src 'self' blob: https://api.x.com https://*.twimg.com; img-src 'self' blob: data: https://*.twimg.com; media-src 'self' blob: https://*.twimg.com; script-src 'self' 'nonce-${secret}' https://abs.twimg.com; style-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'self'`,
      'set-cookie': [`guest_id=v1%3A1; Path=/; Domain=${HOST}; Secure`, ...(viewer ? [`twid=u%3D${viewer.id}; Path=/; Secure`, `ct0=${secrets.csrf}; Path=/; Secure`, `auth_token=${secrets.auth}; Path=/; Secure; HttpOnly`] : ['twid=; Path=/; Max-Age=0; Secure'])],
    })
  }

  const answer = (ask: Ask): Reply => {
    const { host, url } = ask
    if (host === 'abs.twimg.com' && url.pathname.endsWith('/client.js')) return { type: 'text/javascript; charset=utf-8', headers: { 'access-control-allow-origin': '*' }, body: client }
    if (host.endsWith('.twimg.com')) return serveFile(ask, modes, asked)
    const interface_ = /^\/(?:i\/api\/)?graphql\//.test(url.pathname)
    const delay = Math.max(delayMs, modes.has('slow') ? 1500 : 0)
    if (host === 'api.x.com') return interface_ ? { ...graphql(ask), ...(delay && { delayMs: delay }) } : { status: 404, body: '' }
    if (host !== HOST) return redirect(`https://${HOST}${url.pathname}${url.search}`, 301)
    if (/\.(?:ico|js|json|txt)$/.test(url.pathname)) return { status: 404, body: 'no such file' }
    const reply = interface_ ? graphql(ask) : documents(ask)
    return delay ? { ...reply, delayMs: delay } : reply
  }

  const server = await startServer(hosts, answer, options.port)
  const stranger = world.strangers.find(one => !one.locked)!
  return {
    network: 'x',
    port: server.port,
    hosts,
    home: `https://${HOST}/home`,
    profile: `https://${HOST}/${world.first.person.handle}`,
    strangerProfile: `https://${HOST}/${stranger.handle}`,
    truth: (who = 'first') => truthOf(world, world[who], modes),
    set,
    signIn: who => { session = who },
    change: () => moveOn(world),
    drifts: ['gen-a', 'post', 'gen-b', 'fetch', 'mixed', 'shuffled', 'no-legacy', 'item-variants', 'rotated', 'timeline-v2', 'viewer-late', 'xhr-json', 'end-empty', 'end-same', 'empty-goes-on', 'errors-beside', 'end-terminated', 'errors-once'],
    stops: [{ mode: '429', state: 'waiting' }, { mode: 'locked', state: 'challenged' }, { mode: 'login-wall', state: 'challenged' }],
    file: url => fileAt(url),
    requests: server.requests,
    close: server.close,
  }
}

const byHand = async (): Promise<void> => {
  const given = (name: string): string | undefined => { const at = process.argv.indexOf(`--${name}`); return at < 0 ? undefined : process.argv[at + 1] }
  const number = (name: string, otherwise: number): number => Number(given(name) ?? otherwise)
  const modes = process.argv.flatMap((word, i) => (process.argv[i - 1] === '--mode' ? [word] : []))
  const site = await simulateX({ port: number('port', 8443), follows: number('follows', 800), posts: number('posts', 40), seed: number('seed', 1), language: (given('language') ?? 'en') as 'en' | 'ja', modes })
  console.log(`The simulated X answers on 127.0.0.1:${site.port}. Look at it with a Chromium that is told where its hosts are:

  chromium --user-data-dir=/tmp/simulated-x --ignore-certificate-errors --host-resolver-rules="${site.hosts.map(host => `MAP ${host} 127.0.0.1:${site.port}`).join(', ')}" ${site.profile}

Modes: ${modeNames.join(' ')}. Ctrl+C ends it.`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await byHand()
