/** Asks the reader as the background does. */
import * as reader from '../../../../lib/networks/bluesky/read.ts'
import { Reading, type Answer } from '../../../../lib/model/index.ts'

export const seenAt = '2026-11-22T10:00:00.000Z'
export const api = 'https://public.api.bsky.app/xrpc/'
export const server = 'https://pds.letters.example'
export const me = 'did:plc:aaaabbbbccccddddeeeeffff'
export const ada = 'did:plc:ada2ada2ada2ada2ada2ada2'
export const ben = 'did:plc:ben3ben3ben3ben3ben3ben3'

export interface Asked { method?: string; query?: string; at?: string; url?: string; status?: number; headers?: Record<string, string>; variables?: unknown }

export const ask = (body: unknown, { method = '', query = '', at = api, url, status = 200, headers, variables }: Asked = {}): Reading => {
  const answer: Answer = {
    url: url ?? `${at}${method}${query}`, page: 'https://bsky.app/', status, contentType: 'application/json', seenAt, ...(headers && { headers }), ...(variables === undefined ? {} : { request: { operation: method, variables } }),
    body: typeof body === 'string' || body instanceof Uint8Array ? (body as Answer['body']) : JSON.stringify(body),
  }
  const reading = reader.read(answer)
  const checked = Reading.safeParse(reading)
  if (!checked.success) throw new Error(`not a Reading: ${JSON.stringify(checked.error.issues).slice(0, 800)}`)
  for (const one of [...reading.profiles, ...reading.follows, ...reading.relations]) if (!one.id || !(one.handle || one.url)) throw new Error(`nobody: ${JSON.stringify(one)}`)
  for (const one of reading.posts) for (const facet of one.facets ?? []) if (facet.end > (one.text ?? '').length || facet.start >= facet.end) throw new Error(`a facet outside of its text: ${JSON.stringify(one)}`)
  return reading
}
