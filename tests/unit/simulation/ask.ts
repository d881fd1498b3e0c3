/** Asks a simulation as a browser would, without one. */
import { Agent, request } from 'node:https'
import type { Simulation } from '../../networks/types.ts'

const agent = new Agent({ keepAlive: true, maxSockets: 4, servername: '' })

export interface Got { status: number; headers: Record<string, string | string[] | undefined>; text: string; bytes: Buffer }

/** @param host which of its hosts; @param form fields of a POST, absent: a GET */
export const ask = (site: Simulation, path: string, { host = 'www.threads.com', form }: { host?: string; form?: Record<string, string> } = {}): Promise<Got> =>
  new Promise((resolve, reject) => {
    const body = form ? new URLSearchParams(form).toString() : undefined
    const asked = request(
      { host: '127.0.0.1', port: site.port, path, method: body === undefined ? 'GET' : 'POST', headers: { host, ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) }, rejectUnauthorized: false, agent },
      answer => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => { const bytes = Buffer.concat(chunks); resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: bytes.toString('utf8'), bytes }) })
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })

export const query = (site: Simulation, operation: string, variables: Record<string, unknown>): Promise<Got> =>
  ask(site, '/graphql/query', { form: { fb_api_req_friendly_name: operation, doc_id: '1', variables: JSON.stringify(variables), lsd: 'x' } })

/** Every object in a value that `test` holds for. */
export const findAll = <T>(value: unknown, test: (one: Record<string, unknown>) => boolean): T[] => {
  const found: T[] = []
  const look = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return
    if (!Array.isArray(one) && test(one as Record<string, unknown>)) found.push(one as T)
    for (const inner of Object.values(one)) look(inner)
  }
  look(value)
  return found
}

/** The JSON of every `data-sjs` block of a page. */
export const blocks = (html: string): unknown[] => [...html.matchAll(/<script type="application\/json"[^>]*data-sjs>(.*?)<\/script>/gs)].map(match => JSON.parse(match[1] ?? 'null') as unknown)
