/** Asks a server, on the person's word: without cookies, without saying where from, and with an end in sight. */
import type { Answer, Ask } from '../model/index.ts'

const KEPT_HEADERS = ['link', 'retry-after', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']
/** Bytes of an answer. A repository of text and references is far smaller. */
const MAX_TEXT = 32_000_000
const MAX_BYTES = 400_000_000
/** Milliseconds without a byte until an answer is given up. */
const PATIENCE = 45_000

/** The body, piece by piece; undefined if it is longer than the limit. */
const bodyOf = async (response: Response, limit: number, alive: () => void): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const pieces: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  if (!reader) return new Uint8Array()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    alive()
    size += value.byteLength
    if (size > limit) {
      await reader.cancel().catch(() => undefined)
      return undefined
    }
    pieces.push(value)
  }
  const body = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    body.set(piece, at)
    at += piece.byteLength
  }
  return body
}

/**
 * @param stop ends it early @param token of the person's sign-in, for their own server
 * @returns the answer as `read` takes it, whatever its status; undefined if none came (no connection, no end, a host that refuses other sites)
 */
export const askServer = async (ask: Ask, page: string, stop?: AbortSignal, token?: string): Promise<Answer | undefined> => {
  const ending = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const alive = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => ending.abort(), PATIENCE)
  }
  const stopped = (): void => ending.abort()
  stop?.addEventListener('abort', stopped)
  alive()
  try {
    const response = await fetch(ask.url, {
      headers: { accept: ask.accept ?? 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      // A token must not follow to wherever a server leads.
      redirect: token === undefined ? 'follow' : 'error', credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', signal: ending.signal,
    })
    const contentType = response.headers.get('content-type') ?? ''
    const binary = !/json|text|xml|html|csv/i.test(contentType) && ask.accept !== undefined && !/json|text/.test(ask.accept)
    const body = await bodyOf(response, binary ? MAX_BYTES : MAX_TEXT, alive)
    const headers: Record<string, string> = body === undefined ? { 'x-too-large': '1' } : {}
    for (const name of KEPT_HEADERS) {
      const value = response.headers.get(name)
      if (value !== null) headers[name] = value
    }
    return {
      url: ask.url, page, request: ask.request, status: response.status, contentType, headers,
      body: body === undefined ? '' : binary ? body : new TextDecoder().decode(body), seenAt: new Date().toISOString(),
    }
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
    stop?.removeEventListener('abort', stopped)
  }
}

/**
 * What a server said to one short question; `url`: where it was said in the end. `silent`: no answer, or none that we may read · `slow`: none in time ·
 * `too-large` · `offline`: this machine has no network, so nothing was asked.
 */
export type Said =
  | { kind: 'answer'; url: string; status: number; contentType: string; body: string; retryAfter?: string }
  | { kind: 'silent' | 'slow' | 'too-large' | 'offline' }

/** Whether this machine has a network, as far as the browser knows. */
export const online = (): boolean => navigator.onLine !== false

/** The longest short answer, in bytes, and its longest time, in milliseconds. */
const SHORT = 64_000
const SOON = 10_000

/**
 * Asks for something short. Redirects are followed: where they led is told, and what stands in the way of private addresses is in `guard.ts`.
 * @param readable false: only whether anybody answers at all; nothing is read then, and no site has to agree
 */
export const askBriefly = async (url: string, accept: string, stop?: AbortSignal, readable = true): Promise<Said> => {
  const ending = AbortSignal.timeout(SOON)
  const signal = stop ? AbortSignal.any([ending, stop]) : ending
  try {
    const response = await fetch(url, {
      ...(readable ? { headers: { accept } } : { mode: 'no-cors' }), redirect: 'follow', credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', signal,
    })
    const body = readable ? await bodyOf(response, SHORT, () => {}) : new Uint8Array()
    if (body === undefined) return { kind: 'too-large' }
    const retryAfter = response.headers.get('retry-after') ?? undefined
    return { kind: 'answer', url: response.url || url, status: response.status, contentType: response.headers.get('content-type') ?? '', body: new TextDecoder().decode(body), retryAfter }
  } catch {
    return { kind: ending.aborted ? 'slow' : online() ? 'silent' : 'offline' }
  }
}

/**
 * Asks for a file of bytes: without cookies, without saying where from. The body is left to be read; redirects are followed, and `url` of the answer says where they led.
 * @param part where to begin, and what the server called the version of which the beginning is there: it sends the rest only of that one (RFC 9110, 13.1.5)
 * @returns undefined where no answer came, or none that may be read
 */
export const askForFile = async (url: string, stop: AbortSignal, part?: { from: number; version: string }): Promise<Response | undefined> => {
  try {
    return await fetch(url, {
      headers: part ? { range: `bytes=${part.from}-`, 'if-range': part.version } : {},
      redirect: 'follow', credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', signal: stop,
    })
  } catch {
    return undefined
  }
}
