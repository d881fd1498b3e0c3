/** Asks the reader as the background does. */
import * as reader from '../../../../lib/networks/threads/read.ts'
import { Reading, type Answer } from '../../../../lib/model/index.ts'

export const site = 'https://www.threads.com'
export const seenAt = '2026-11-22T10:00:00.000Z'

export interface Asked { operation?: string; variables?: unknown; page?: string; url?: string; status?: number; contentType?: string; headers?: Record<string, string> }

export const answerOf = (body: unknown, asked: Asked = {}): Answer => {
  const { operation, variables, page = '/', url = '/graphql/query', status = 200, contentType = 'text/javascript; charset=utf-8', headers } = asked
  return {
    url: url.startsWith('/') ? site + url : url, page: site + page, status, contentType, ...(headers && { headers }), seenAt,
    ...((operation !== undefined || variables !== undefined) && { request: { ...(operation !== undefined && { operation }), ...(variables !== undefined && { variables }) } }),
    body: typeof body === 'string' || body instanceof Uint8Array ? (body as Answer['body']) : JSON.stringify(body),
  }
}

/** @throws if what is read is no valid Reading, or a record lacks an id, or both a handle and an address */
export const valid = (reading: Reading): Reading => {
  const checked = Reading.safeParse(reading)
  if (!checked.success) throw new Error(`not a Reading: ${JSON.stringify(checked.error.issues).slice(0, 800)}`)
  for (const one of [...reading.profiles, ...reading.follows, ...reading.relations]) if (!one.id || !(one.handle || one.url)) throw new Error(`nobody: ${JSON.stringify(one)}`)
  for (const one of reading.posts) if (!one.id || !(one.authorHandle || one.url || one.unnumbered)) throw new Error(`no post: ${JSON.stringify(one)}`)
  for (const one of reading.posts) {
    if (one.repostOf && (one.text !== undefined || one.facets || one.media)) throw new Error(`a repost with content: ${JSON.stringify(one)}`)
    for (const facet of one.facets ?? []) if (facet.end > (one.text ?? '').length || facet.start >= facet.end) throw new Error(`a facet outside of its text: ${JSON.stringify(one)}`)
  }
  return reading
}

export const ask = (body: unknown, asked: Asked = {}): Reading => valid(reader.read(answerOf(body, asked)))
export const askPage = (body: string, page: string): Reading => ask(body, { url: site + page, page, contentType: 'text/html; charset="utf-8"' })
