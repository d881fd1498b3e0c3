/** How the reader is asked in these tests. */
import type { Reading } from '../../../../lib/model/index.ts'
import { read } from '../../../../lib/networks/x/read.ts'

export const seenAt = '2026-11-22T10:00:00.000Z'
export const site = 'https://x.com'

export interface Asked { operation?: string; variables?: unknown; url?: string; page?: string; status?: number; headers?: Record<string, string>; contentType?: string }

/** @param body text, or what is written as JSON */
export const ask = (body: unknown, { operation, variables, url, page = '/home', status = 200, headers, contentType = 'application/json; charset=utf-8' }: Asked = {}): Reading =>
  read({
    url: new URL(url ?? (operation ? `/i/api/graphql/abcdefghijklmnopqrstuv/${operation}` : '/home'), site).href, page: new URL(page, site).href, ...(variables !== undefined && { request: { variables } }), status, contentType,
    ...(headers && { headers }), body: typeof body === 'string' ? body : JSON.stringify(body), seenAt,
  })

export const empty: Reading = { profiles: [], follows: [], posts: [], relations: [], counts: [], unread: [], ends: [] }
