/** Asks the reader as the background does. */
import * as reader from '../../../../lib/networks/mastodon/read.ts'
import { Reading, type Answer } from '../../../../lib/model/index.ts'

export const seenAt = '2026-11-22T10:00:00.000Z'
export const origin = 'https://social.example'

export interface Asked { path?: string; url?: string; status?: number; headers?: Record<string, string>; variables?: Record<string, unknown>; operation?: string; contentType?: string }

export const valid = (reading: Reading): Reading => {
  const checked = Reading.safeParse(reading)
  if (!checked.success) throw new Error(`not a Reading: ${JSON.stringify(checked.error.issues).slice(0, 800)}`)
  for (const one of [...reading.profiles, ...reading.follows, ...reading.relations]) if (!one.id || !(one.handle || one.url)) throw new Error(`nobody: ${JSON.stringify(one)}`)
  for (const one of reading.posts) for (const facet of one.facets ?? []) if (facet.end > (one.text ?? '').length || facet.start >= facet.end) throw new Error(`a facet outside of its text: ${JSON.stringify(one)}`)
  return reading
}

export const ask = (body: unknown, { path = '/api/v1/x', url, status = 200, headers, variables, operation = '', contentType = 'application/json' }: Asked = {}): Reading => {
  const answer: Answer = { url: url ?? origin + path, page: `${origin}/@ida`, status, contentType, seenAt, ...(headers && { headers }), ...(variables && { request: { operation, variables } }), body: typeof body === 'string' ? body : JSON.stringify(body) }
  return valid(reader.read(answer))
}

/** A list from a person's settings, handed over. */
export const hand = (name: string, body: string, ownerId: string | undefined = '1'): Reading => ask(body, { url: `file:///${name}`, operation: 'file', variables: ownerId ? { ownerId } : {}, contentType: 'text/csv' })
