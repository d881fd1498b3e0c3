/**
 * A simulated fediverse: every host name is a server that answers WebFinger (RFC 7033), and a second server that nobody may reach stands for what is in a person's
 * own network. Written from the RFC and from what is known of servers; imports nothing from `lib/`.
 *
 * | server's `ways` | what is different                                                                                  |
 * |-----------------|-----------------------------------------------------------------------------------------------------|
 * | `closed`        | answers without `Access-Control-Allow-Origin`: a page, or an extension without leave, can't read it   |
 * | `dead`          | ends every connection without an answer                                                               |
 * | `mute`          | never answers                                                                                         |
 * | `busy`          | every tenth question is refused with 429, and once more                                               |
 * | `down`          | 502                                                                                                   |
 * | `inside`        | leads every question for a name to 127.0.0.1                                                          |
 * | `catch-all`     | answers everything with the same page                                                                 |
 *
 * | somebody's `is` | what the server says                                                                                  |
 * |-----------------|-----------------------------------------------------------------------------------------------------|
 * | `here`          | an actor                                                                                              |
 * | `gone`          | 410                                                                                                   |
 * | `no-actor`      | 200, with a profile page and no actor                                                                 |
 * | `broken`        | 200, half of a JSON text                                                                              |
 * | `oversized`     | 200, more than 64 kB                                                                                  |
 * | `elsewhere`     | an actor whose `subject` is `subject` (a split domain)                                                |
 * | `moved`         | leads to the server of `subject`, which knows it                                                      |
 * | `inside`        | leads to 127.0.0.1                                                                                    |
 * | `slow`          | an actor, after `slowMs`                                                                              |
 * | `unnamed`       | an actor, and no `subject`                                                                            |
 */
import { startServer, type Ask, type Reply } from '../server.ts'
import type { SeenRequest } from '../types.ts'

export interface Somebody {
  is: 'here' | 'gone' | 'no-actor' | 'broken' | 'oversized' | 'elsewhere' | 'moved' | 'inside' | 'slow' | 'unnamed'
  /** `user@host` */
  subject?: string
}

export interface Instance {
  people?: Record<string, Somebody['is'] | Somebody>
  ways?: ('closed' | 'dead' | 'mute' | 'busy' | 'down' | 'inside' | 'catch-all')[]
  /** Public pages of its interface, by path: what they hold, and a status other than 200. */
  pages?: Record<string, [body: unknown, status?: number]>
}

/** One question for a name, as the server saw it. */
export interface SeenName { at: number; host: string; name: string; status: number }

export interface Fediverse {
  port: number
  requests: SeenRequest[]
  /** What was asked of the server that nobody may reach. */
  inside: SeenRequest[]
  /** Every question for a name, oldest first. */
  names(): SeenName[]
  /** Puts a server there, or changes it. */
  put(host: string, instance: Instance): void
  close(): Promise<void>
}

interface Options {
  instances?: Record<string, Instance>
  /** Milliseconds before a `slow` answer, and before every answer. */
  slowMs?: number
  delayMs?: number
  /** Seconds that a 429 asks to wait. */
  retryAfter?: number
}

const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' }
const activity = 'application/activity+json'

const jrd = (subject: string | undefined, host: string, user: string, actor = true): string =>
  JSON.stringify({
    ...(subject ? { subject: `acct:${subject}`, aliases: [`https://${host}/@${user}`] } : {}),
    links: [
      { rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: `https://${host}/@${user}` },
      ...(actor ? [{ rel: 'self', type: activity, href: `https://${host}/users/${user}` }] : []),
      { rel: 'http://ostatus.org/schema/1.0/subscribe', template: `https://${host}/authorize_interaction?uri={uri}` },
    ],
  })

/** @returns a running fediverse; `close` it */
export const startFediverse = async ({ instances = {}, slowMs = 3000, delayMs = 0, retryAfter = 1 }: Options = {}): Promise<Fediverse> => {
  const servers = new Map(Object.entries(instances))
  const asked = new Map<string, number>()
  const hidden = await startServer(['*'], () => ({ type: 'application/jrd+json', headers: cors, body: jrd('router@127.0.0.1', '127.0.0.1', 'router') }))

  const answer = ({ host, url, seen }: Ask): Reply => {
    const { people = {}, ways = [], pages = {} } = servers.get(host) ?? {}
    const headers: Record<string, string> = ways.includes('closed') ? {} : cors
    const json = (body: string, status = 200): Reply => ({ status, type: 'application/jrd+json; charset=utf-8', headers, body })
    const resource = url.pathname === '/.well-known/webfinger' ? url.searchParams.get('resource') : null
    if (resource !== null) {
      seen.operation = 'webfinger'
      seen.variables = resource
    }
    if (ways.includes('dead')) return { drop: true }
    if (ways.includes('mute')) return { delayMs: 60_000, headers }
    if (ways.includes('down')) return { status: 502, headers, body: 'Bad Gateway' }
    if (ways.includes('catch-all')) return { type: 'text/html', headers, body: '<!doctype html><title>Welcome</title><p>Welcome' }
    const page = pages[url.pathname]
    if (page) return { status: page[1] ?? 200, type: 'application/json; charset=utf-8', headers, body: JSON.stringify(page[0]) }
    if (url.pathname !== '/.well-known/webfinger') return { type: 'text/html', headers: {}, body: `<!doctype html><title>${host}</title>` }
    if (resource === null) return json('{"error":"bad request"}', 400)
    const inward: Reply = { status: 302, headers: { ...headers, location: `https://127.0.0.1:${hidden.port}${url.pathname}${url.search}` } }
    if (ways.includes('inside')) return inward
    if (ways.includes('busy')) {
      const times = (asked.get(host) ?? 0) + 1
      asked.set(host, times)
      if (times % 10 === 0 || times % 10 === 1) return { status: 429, headers: { ...headers, 'retry-after': String(retryAfter) }, body: 'Too Many Requests' }
    }
    const [, user = '', at = ''] = /^acct:([^@]+)@(.+)$/.exec(resource) ?? []
    const found = people[user] ?? (at === host ? undefined : people[`${user}@${at}`])
    if (!found) return json('{"success":false,"error":"Not found"}', 404)
    const { is, subject = `${user}@${host}` } = typeof found === 'string' ? { is: found } : found
    if (is === 'gone') return json('', 410)
    if (is === 'no-actor') return json(jrd(subject, host, user, false))
    if (is === 'broken') return json(jrd(subject, host, user).slice(0, 80))
    if (is === 'oversized') return json(jrd(subject, host, user).replace('{', `{"padding":"${'x'.repeat(200_000)}",`))
    if (is === 'moved') return { status: 301, headers: { ...headers, location: `https://${subject.split('@')[1]}${url.pathname}?resource=${encodeURIComponent(`acct:${subject}`)}` } }
    if (is === 'inside') return inward
    if (is === 'slow') return { ...json(jrd(subject, host, user)), delayMs: slowMs }
    return json(jrd(is === 'unnamed' ? undefined : subject, host, user))
  }

  const server = await startServer(['*'], async ask => {
    const reply = answer(ask)
    return { ...reply, delayMs: reply.delayMs ?? delayMs }
  })
  return {
    port: server.port,
    requests: server.requests,
    inside: hidden.requests,
    names: () => server.requests.filter(({ operation }) => operation === 'webfinger').map(({ at, host, variables, status }) => ({ at, host, name: String(variables).replace(/^acct:/, ''), status })),
    put: (host, instance) => void servers.set(host, instance),
    close: async () => {
      await server.close()
      await hidden.close()
    },
  }
}
