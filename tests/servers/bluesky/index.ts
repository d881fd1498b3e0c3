/**
 * Bluesky's own server software on loopback, offered to the tests like a simulated network: a directory of DIDs, a personal data server and, where there is a
 * PostgreSQL on this machine, the AppView, each behind the host name under which the world knows it. What stands in for the site itself is a page with a
 * name on it; where there is no PostgreSQL, two methods of the AppView are answered from the personal data server's records.
 *
 * | mode          | what is different                                                        |
 * |---------------|--------------------------------------------------------------------------|
 * | `no-repo`     | the server gives no whole repository, only records                       |
 * | `down`        | the server can't be reached by those in front of it                      |
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startServer, type Ask, type Reply } from '../../networks/server.ts'
import type { Simulation } from '../../networks/types.ts'
import { startPostgres } from '../postgres.ts'
import { makeWorld, type World } from './world.ts'

const server = 'pds.letters.example'
const hosts = ['bsky.app', 'public.api.bsky.app', 'plc.directory', server]

/** What stands in for the AppView asks the server that it is part of without limit. */
const BYPASS = 'stand-in'

interface Addresses { directory: string; server: string; appView?: string; password: string }

/** Starts the network. @returns where it is, what waits until all of it knows what was written, and its end */
const startNetwork = async () => {
  const postgres = await startPostgres()
  // The personal data server keeps its records and files in temporary folders, and leaves them there.
  const folder = await mkdtemp(join(tmpdir(), 'holdall-servers-'))
  const child = spawn(process.execPath, [new URL('network.mjs', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'development', LOG_ENABLED: 'false', TMPDIR: folder, DB_POSTGRES_URL: postgres?.url ?? '', BYPASS },
  })
  let said = ''
  child.stderr.on('data', (part: Buffer) => { said = (said + part.toString()).slice(-4000) })
  const ended = new Promise<void>(done => { child.once('exit', () => done()) })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  /** The next line that is for us. @throws with the network's own words if it ends first */
  const hear = async (): Promise<Record<string, unknown>> => {
    for (;;) {
      const { done, value } = await lines.next()
      if (done) throw new Error(`The servers ended:\n${said}`)
      if (value.startsWith('{')) return JSON.parse(value) as Record<string, unknown>
    }
  }
  const close = async (): Promise<void> => {
    child.stdin.end()
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
    await ended
    clearTimeout(timer)
    await postgres?.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    return { at: (await hear()) as unknown as Addresses, settle: async (): Promise<void> => { child.stdin.write('\n'); await hear() }, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Headers that only hold between two ends of one connection, or for a body that was unpacked on the way. */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-encoding', 'content-length', 'date'])

const passOn = async (to: string, { method, url, headers }: Ask): Promise<Reply> => {
  const response = await fetch(`${to}${url.pathname}${url.search}`, { method, redirect: 'manual', headers: headers.accept ? { accept: headers.accept } : {} })
  return {
    status: response.status, type: response.headers.get('content-type') ?? 'application/octet-stream', headers: Object.fromEntries([...response.headers].filter(([name]) => !HOP.has(name) && name !== 'content-type')),
    body: new Uint8Array(await response.arrayBuffer()),
  }
}

const cors = { 'access-control-allow-origin': '*' }
const json = (body: unknown, status = 200): Reply => ({ status, type: 'application/json', headers: cors, body: JSON.stringify(body) })

/** In place of an AppView: the two methods, from what the personal data server holds. Whoever is not there any more is left out. */
const standIn = (at: string) => {
  const get = async <T>(method: string, query: Record<string, string>): Promise<T | undefined> => {
    const response = await fetch(`${at}/xrpc/${method}?${new URLSearchParams(query)}`, { headers: { 'x-ratelimit-bypass': BYPASS } })
    return response.ok ? ((await response.json()) as T) : undefined
  }
  const count = async (repo: string, collection: string): Promise<number> => {
    let [all, cursor] = [0, '']
    do {
      const page: { records: unknown[]; cursor?: string } | undefined = await get('com.atproto.repo.listRecords', { repo, collection, limit: '100', ...(cursor ? { cursor } : {}) })
      all += page?.records.length ?? 0
      cursor = page?.cursor ?? ''
    } while (cursor)
    return all
  }
  const view = async (actor: string): Promise<Record<string, unknown> | undefined> => {
    const repo = await get<{ did: string; handle: string }>('com.atproto.repo.describeRepo', { repo: actor })
    if (!repo) return undefined
    const { did, handle } = repo
    const { value } = (await get<{ value: Record<string, string> }>('com.atproto.repo.getRecord', { repo: did, collection: 'app.bsky.actor.profile', rkey: 'self' })) ?? { value: {} as Record<string, string> }
    return { did, handle, displayName: value.displayName, description: value.description, labels: [] }
  }
  return async ({ url }: Ask): Promise<Reply> => {
    const actors = [...url.searchParams.getAll('actors'), ...url.searchParams.getAll('actor')]
    const views = (await Promise.all(actors.map(view))).filter(one => one !== undefined)
    if (url.pathname.endsWith('.getProfiles')) return json({ profiles: views })
    const [one] = views
    if (!url.pathname.endsWith('.getProfile') || !one) return json({ error: 'InvalidRequest', message: 'Profile not found' }, 400)
    return json({ ...one, followsCount: await count(one.did as string, 'app.bsky.graph.follow'), postsCount: await count(one.did as string, 'app.bsky.feed.post') })
  }
}

export interface RealBluesky extends Simulation {
  /** Whether the public interface is Bluesky's own software too. */
  appView: boolean
  uploaded: World['uploaded']
  /** Asks one of the hosts as the world would. */
  ask(url: string): Promise<{ status: number; type: string; body: Uint8Array<ArrayBuffer> }>
  person: World['ida']
  /** Waits until the AppView has read everything. */
  settle(): Promise<void>
  moveOn(): Promise<void>
  /** Asks the personal data server until it refuses. @returns when it says that it will answer again, ms since 1970; until then everything but the whole repository is refused */
  exhaust(): Promise<number>
}

/** @returns the running servers; `close` them */
export const serveBluesky = async (): Promise<RealBluesky> => {
  const network = await startNetwork()
  const { at, settle } = network
  const modes = new Set<string>()
  const world = await makeWorld(at.server, at.password).catch(async (error: unknown) => {
    await network.close()
    throw error
  })
  await settle()

  const page = ({ url }: Ask): Reply => {
    const name = /^\/profile\/([^/]+)/.exec(url.pathname)?.[1] ?? ''
    return { type: 'text/html; charset=utf-8', body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bluesky</title></head><body><main><h1>${name.replaceAll(/[^\w.:-]/g, '')}</h1></main></body></html>` }
  }
  const publicApi = standIn(at.server)
  /** The server signs people up under the address that it has on this machine; the world knows it by a name. */
  const named = (reply: Reply): Reply => ({ ...reply, body: Buffer.from(reply.body as Uint8Array).toString().replaceAll(at.server, `https://${server}`) })
  const answer = async (ask: Ask): Promise<Reply> => {
    const method = ask.url.pathname.replace('/xrpc/', '')
    ask.seen.operation = method
    switch (ask.host) {
      case 'bsky.app':
        return page(ask)
      case 'plc.directory':
        return named(await passOn(at.directory, ask))
      case server:
        if (modes.has('down')) return { status: 502, type: 'text/html', headers: cors, body: '<h1>Bad Gateway</h1>' }
        if (modes.has('no-repo') && method === 'com.atproto.sync.getRepo') return json({ error: 'MethodNotImplemented', message: 'Method Not Implemented' }, 501)
        return passOn(at.server, ask)
      default:
        return at.appView ? passOn(at.appView, ask) : publicApi(ask)
    }
  }
  const local = await startServer(hosts, answer)
  const ask: RealBluesky['ask'] = async address => {
    const url = new URL(address)
    const { status = 200, type = '', body } = await answer({ host: url.host, method: 'GET', url, headers: {}, body: '', seen: { at: 0, host: url.host, method: 'GET', path: url.pathname, status: 0 } })
    return { status, type, body: typeof body === 'string' ? new TextEncoder().encode(body) : (body as Uint8Array<ArrayBuffer>) }
  }
  const counted = async () => {
    const { body } = await ask(`https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor=${world.ida.did}`)
    const { followsCount, followersCount } = JSON.parse(new TextDecoder().decode(body)) as { followsCount: number; followersCount?: number }
    return { follows: followsCount, followers: followersCount ?? world.truth().viewer.followers }
  }
  let counters = await counted()

  return {
    network: 'bluesky', port: local.port, hosts, home: 'https://bsky.app/', profile: `https://bsky.app/profile/${world.ida.handle}`, strangerProfile: `https://bsky.app/profile/${world.stranger.handle}`, typed: `@${world.ida.handle}`,
    appView: at.appView !== undefined, uploaded: world.uploaded, file: url => world.uploaded.get(url.pathname.split('/').at(-1)!) ?? { bytes: new Uint8Array(), type: '' }, ask, person: world.ida, settle,
    truth: () => ({ ...world.truth(), counted: counters }),
    set: (mode, on) => void (on ? modes.add(mode) : modes.delete(mode)),
    // The site knows nobody here, and what changes takes time.
    signIn: () => undefined,
    change: () => undefined,
    moveOn: async () => {
      await world.change()
      await settle()
      counters = await counted()
    },
    exhaust: async () => {
      // 3,000 in five minutes.
      for (let asked = 0; asked < 3200; asked++) {
        const response = await fetch(`${at.server}/xrpc/com.atproto.repo.describeRepo?repo=${world.ida.did}`)
        await response.arrayBuffer()
        if (response.status === 429) return Number(response.headers.get('ratelimit-reset')) * 1000
      }
      throw new Error('The server answers without end')
    },
    drifts: [], stops: [], requests: local.requests,
    close: async () => {
      await local.close()
      await network.close()
    },
  }
}
