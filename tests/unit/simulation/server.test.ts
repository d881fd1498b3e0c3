/** The server and the proxy that every simulated network stands on. */
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostMatches, startConnectProxy, startServer, type ConnectProxy, type LocalServer } from '../../networks/server.ts'

let server: LocalServer
let proxy: ConnectProxy
beforeAll(async () => {
  server = await startServer(['one.example', '*.files.example'], ({ host, url, body }) => {
    if (url.pathname === '/fails') throw new Error('on purpose')
    return { body: `${host} ${url.pathname} ${body}` }
  })
  proxy = await startConnectProxy({ 'one.example': server.port, '*.files.example': server.port })
})
afterAll(async () => { await proxy.close(); await server.close() })

/** Asks through the proxy as Firefox does, and reads to the end. */
const through = (host: string, path = '/'): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(proxy.port, '127.0.0.1', () => socket.write(`CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}:443\r\n\r\n`))
    socket.on('error', reject)
    socket.once('data', head => {
      if (!head.toString().startsWith('HTTP/1.1 200')) { resolve(head.toString()); return }
      const secure = connectTls({ socket, servername: host, rejectUnauthorized: false }, () => secure.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`))
      let text = ''
      secure.on('data', (chunk: Buffer) => { text += chunk.toString() })
      secure.on('end', () => resolve(text))
      secure.on('error', reject)
    })
  })

describe('the server', () => {
  it('tells hosts apart, exact ones and those under a star', () => {
    expect(hostMatches('one.example', 'one.example')).toBe(true)
    expect(hostMatches('one.example', 'x.one.example')).toBe(false)
    expect(hostMatches('*.files.example', 'a.b.files.example')).toBe(true)
    expect(hostMatches('*.files.example', 'files.example')).toBe(false)
    expect(hostMatches('*.files.example', '.files.example')).toBe(false)
  })

  it('answers by host through the proxy, and logs it', async () => {
    expect(await through('one.example', '/here')).toMatch(/^HTTP\/1\.1 200[\s\S]*one\.example \/here/)
    expect(await through('cdn.files.example')).toContain('cdn.files.example /')
    expect(server.requests.map(({ host, path, status }) => ({ host, path, status }))).toContainEqual({ host: 'one.example', path: '/here', status: 200 })
  })

  it('says what failed instead of hanging', async () => {
    expect(await through('one.example', '/fails')).toMatch(/^HTTP\/1\.1 500[\s\S]*on purpose/)
  })
})

describe('the proxy', () => {
  it('refuses every host that it was not given, and remembers it', async () => {
    expect(await through('elsewhere.example')).toMatch(/^HTTP\/1\.1 502/)
    expect(proxy.refused).toContain('elsewhere.example:443')
  })
})
