/**
 * What all simulated networks stand on: one TLS server on 127.0.0.1 that answers for many host names, told apart by the
 * Host header, a log of everything that was asked, and an HTTP CONNECT proxy through which a browser that can't be
 * given host rules (Firefox) reaches the real host names.
 */
import { createServer as createHttp } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { generate } from 'selfsigned'
import type { SeenRequest } from './types.ts'

/** One request as the simulation sees it. `seen` is its line in the log: the answerer may add operation and variables. */
export interface Ask {
  host: string
  method: string
  url: URL
  headers: IncomingHttpHeaders
  body: string
  seen: SeenRequest
}

export interface Reply {
  status?: number
  type?: string
  headers?: Record<string, string | string[]>
  /** `undefined`: an empty body. Chunks are written as they come, for bodies too large to be made at once. */
  body?: string | Uint8Array | Iterable<string>
  /** Milliseconds before it is sent. */
  delayMs?: number
  /** Nothing is sent: the connection ends. */
  drop?: true
  /** The connection ends in the middle of the body. */
  cut?: true
}

export interface LocalServer {
  port: number
  requests: SeenRequest[]
  close(): Promise<void>
}

/** Whether `host` is `pattern`, or lies under it where the pattern starts with `*.`; `*` is every host. */
export const hostMatches = (pattern: string, host: string): boolean =>
  pattern === '*' || (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1 : pattern === host)

/** A certificate of our own for these hosts; browsers in tests are told not to check it. */
const certificate = async (hosts: string[]): Promise<ServerOptions> => {
  const pems = await generate([{ name: 'commonName', value: hosts[0] ?? 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 86_400_000),
    notAfterDate: new Date(Date.now() + 30 * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...hosts.map(value => ({ type: 2 as const, value })), { type: 2 as const, value: 'localhost' }, { type: 7 as const, ip: '127.0.0.1' }],
      },
    ],
  })
  return { key: pems.private, cert: pems.cert }
}

const bodyOf = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.on('error', reject)
  })

const send = async (response: ServerResponse, reply: Reply, head: boolean): Promise<void> => {
  if (reply.delayMs) await new Promise(done => setTimeout(done, reply.delayMs))
  const { body } = reply
  if (reply.drop) {
    response.destroy()
    return
  }
  const headers: Record<string, string | string[]> = { 'content-type': reply.type ?? 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...reply.headers }
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(body as string)
    response.writeHead(reply.status ?? 200, { ...headers, 'content-length': String(bytes.length) })
    if (reply.cut) response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy())
    else response.end(head ? undefined : bytes)
    return
  }
  response.writeHead(reply.status ?? 200, headers)
  if (!head) {
    for (const chunk of body) {
      if (response.destroyed) return
      if (response.write(chunk)) continue
      await new Promise<void>(done => {
        const go = (): void => { response.off('drain', go); response.off('close', go); done() }
        response.on('drain', go)
        response.on('close', go)
      })
    }
  }
  response.end()
}

/**
 * Starts the server.
 * @param hosts names (or `*.name`) that it answers for; every other host gets a 404, which is logged like the rest
 * @param answer makes the reply; whatever it throws becomes a 500 whose text says what happened
 * @param port 0: any free one
 */
export const startServer = async (hosts: string[], answer: (ask: Ask) => Reply | Promise<Reply>, port = 0): Promise<LocalServer> => {
  const requests: SeenRequest[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
    const seen: SeenRequest = { at: Date.now(), host, method: request.method ?? 'GET', path: request.url ?? '/', status: 0 }
    requests.push(seen)
    let reply: Reply
    try {
      const address = `https://${host || 'localhost'}${request.url ?? '/'}`
      const body = await bodyOf(request)
      if (!hosts.some(pattern => hostMatches(pattern, host)) || !URL.canParse(address)) reply = { status: 404, body: 'no such host here' }
      else reply = await answer({ host, method: seen.method, url: new URL(address), headers: request.headers, body, seen })
    } catch (error) {
      reply = { status: 500, body: `simulation failed: ${error instanceof Error ? error.stack : String(error)}` }
    }
    seen.status = reply.status ?? 200
    await send(response, reply, seen.method === 'HEAD')
  }
  const server = createServer(await certificate(hosts), (request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  server.keepAliveTimeout = 30_000
  server.on('clientError', (_error, socket) => socket.destroy())
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve, reject) => { server.once('error', reject); server.listen(port, '127.0.0.1', resolve) })
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: () => new Promise(resolve => { server.close(() => resolve()); server.closeAllConnections() }),
  }
}

export interface ConnectProxy {
  port: number
  /** `host:port` of everything that was asked for and refused, oldest first. */
  refused: string[]
  close(): Promise<void>
}

/**
 * An HTTP CONNECT proxy on 127.0.0.1 that leads known hosts to local ports and refuses all others, so that nothing leaves the machine.
 * Firefox uses it by the prefs `network.proxy.type=1`, `network.proxy.ssl`, `network.proxy.ssl_port`.
 * @param map host (or `*.host`, `*`) → local port; the first that holds counts, and 0 is refused
 */
export const startConnectProxy = async (map: Record<string, number>): Promise<ConnectProxy> => {
  const refused: string[] = []
  const open = new Set<Socket>()
  const server = createHttp((request, response) => {
    refused.push(request.headers.host ?? request.url ?? '')
    response.writeHead(502).end()
  })
  server.on('connection', socket => { open.add(socket); socket.on('close', () => open.delete(socket)) })
  server.on('connect', (request, socket: Socket, head) => {
    const host = (request.url ?? '').replace(/:\d+$/, '').toLowerCase()
    const target = Object.entries(map).find(([pattern]) => hostMatches(pattern, host))?.[1]
    socket.on('error', () => socket.destroy())
    if (!target) {
      refused.push(request.url ?? '')
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
      return
    }
    const onward = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      if (head.length) onward.write(head)
      onward.pipe(socket)
      socket.pipe(onward)
    })
    open.add(onward)
    onward.on('close', () => { open.delete(onward); socket.destroy() })
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
  })
  await new Promise<void>((resolve, reject) => { server.once('error', reject); server.listen(0, '127.0.0.1', resolve) })
  return {
    port: (server.address() as AddressInfo).port,
    refused,
    close: () => new Promise(resolve => { server.close(() => resolve()); for (const socket of open) socket.destroy() }),
  }
}
