/** Cassettes of recorded questions and answers, as VCR.py writes them (vcrpy.readthedocs.io, "cassette format"). */
import { parse } from 'yaml'
import type { Answer } from '../../lib/model/index.ts'

interface Interaction { request: { uri: string; method: string }; response: { status: { code: number }; headers?: Record<string, string | string[]>; body?: { string?: string | Uint8Array } } }

/** @returns the answers that a cassette holds, oldest first; undefined if this is none */
export const answersIn = (text: string, seenAt = new Date().toISOString()): Answer[] | undefined => {
  if (!/^interactions:/m.test(text)) return undefined
  let cassette: unknown
  try {
    cassette = parse(text)
  } catch {
    return undefined
  }
  const { interactions } = cassette as { interactions?: Interaction[] }
  return interactions?.map(({ request, response }) => {
    const headers = Object.fromEntries(Object.entries(response.headers ?? {}).map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]))
    return { url: request.uri, page: request.uri, status: response.status.code, contentType: headers['content-type'] ?? '', headers, body: response.body?.string ?? '', seenAt } as Answer
  })
}
