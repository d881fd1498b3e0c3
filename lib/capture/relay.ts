/**
 * The relay: one generic script in the tab, beside the page. It hands the page's answers (from the tap) and embedded state to the
 * background and keeps each until its commit is acknowledged; and it carries out one command of the walk at a time, reports, and
 * is told the next one. It decides nothing, and remembers nothing that the background could not do without.
 */
import type { Command, Part, Report, ToRelay } from '../browser/messages.ts'
import { alive, onPoke, report } from '../browser/port.ts'
import type { Answer, Viewer } from '../model/index.ts'
import { roomAt, type Room } from '../networks/rooms.ts'
import { carryOut, type Seen } from './hand.ts'

/** Characters of one message's pieces: the whole stays under 1 MB even where every character is escaped. */
const MESSAGE = 300_000
/** What may wait in the tab for its commit. Beyond it the oldest is let go, which only a dead background and a very long page can bring about. */
const MAX_WAITING = 150_000_000

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** What the tap hands over, checked by hand: the page could have sent it. */
interface Tapped { url: string; request?: string; operation?: string; status: number; type: string; headers: Record<string, string>; body?: string }

const tapped = (raw: unknown): Tapped | undefined => {
  if (typeof raw !== 'string') return undefined
  try {
    const value = JSON.parse(raw) as Partial<Tapped> | null
    if (typeof value !== 'object' || value === null || typeof value.url !== 'string' || typeof value.status !== 'number') return undefined
    const text = (field: unknown): string | undefined => (typeof field === 'string' ? field : undefined)
    const headers = Object.entries(value.headers ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    return { url: value.url, request: text(value.request), operation: text(value.operation), status: value.status, type: text(value.type) ?? '', headers: Object.fromEntries(headers), body: text(value.body) }
  } catch {
    return undefined
  }
}

/** Operation and variables of a request, by the names the room gives; everything else in it (tokens among it) stays here and is forgotten. */
const question = (room: Room, { url, request, operation }: Tapped): Answer['request'] => {
  const fields = new Map<string, unknown>()
  const add = (pairs: Iterable<[string, unknown]>): void => {
    for (const [name, value] of pairs) if (!fields.has(name)) fields.set(name, value)
  }
  if (request?.startsWith('{')) {
    try {
      add(Object.entries(JSON.parse(request) as object))
    } catch {}
  } else if (request) add(new URLSearchParams(request))
  if (URL.canParse(url)) add(new URL(url).searchParams)
  const named = (names: string[]): unknown => names.map(name => fields.get(name)).find(value => value !== undefined && value !== null)
  const found = operation || named(room.request.operation)
  let variables = named(room.request.variables)
  if (typeof variables === 'string') {
    try {
      variables = JSON.parse(variables)
    } catch {
      variables = undefined
    }
  }
  return { operation: typeof found === 'string' ? found : undefined, variables }
}

export const startRelay = (): void => {
  const room = roomAt(location.href)
  if (!room || window.top !== window) return

  const channel = new MessageChannel()
  // Posted before the page's first script runs; the tap takes it and lets nobody else see it.
  window.postMessage('holdall', location.origin, [channel.port2])

  const doc = crypto.randomUUID()
  let on = false
  let over = false
  let viewer: Viewer | undefined
  let readyAt: number | undefined
  let answers = 0
  let number = 0
  const waiting: { id: number; text: string; stub: string }[] = []
  let waitingSize = 0
  const age = (): number | undefined => (readyAt === undefined ? undefined : Date.now() - readyAt)

  /** Sends until it gets through: the background may have been killed and is started anew by the message itself. */
  const send = async (message: () => Parameters<typeof report>[0]): Promise<ToRelay | undefined> => {
    for (let wait = 150; !over; wait = Math.min(wait * 2, 3000)) {
      try {
        const answer = await report(message())
        if (answer) {
          if (answer.viewer) viewer = answer.viewer
          return answer
        }
      } catch {}
      if (!alive()) over = true
      else await pause(wait)
    }
    return undefined
  }

  // --- answers ---------------------------------------------------------------------------------------------------

  const keep = (answer: Answer): void => {
    const text = JSON.stringify(answer)
    waiting.push({ id: number++, text, stub: JSON.stringify({ ...answer, body: '', headers: { ...answer.headers, 'x-too-large': '1' } }) })
    waitingSize += text.length
    // What must be let go is still counted: as an answer that was too large.
    for (let at = 0; waitingSize > MAX_WAITING && at < waiting.length - 1; at++) {
      const one = waiting[at] as (typeof waiting)[number]
      waitingSize -= one.text.length - one.stub.length
      one.text = one.stub
    }
    void deliver()
  }

  let delivering: Promise<void> | undefined
  const deliver = (): Promise<void> => {
    delivering ??= deliverAll().finally(() => {
      delivering = undefined
    })
    return delivering
  }
  const deliverAll = async (): Promise<void> => {
    while (on && !over && waiting.length) {
      const batch: { id: number; text: string }[] = []
      let size = 0
      for (const one of waiting) {
        if (batch.length && size + one.text.length > MESSAGE) break
        batch.push(one)
        size += one.text.length
      }
      const parts: Part[] = batch.flatMap(({ id, text }) => {
        const of = Math.max(1, Math.ceil(text.length / MESSAGE))
        return Array.from({ length: of }, (_, n) => ({ id, n, of, text: text.slice(n * MESSAGE, (n + 1) * MESSAGE) }))
      })
      // A large answer goes alone, piece by piece; small ones go together.
      const messages = parts.length > batch.length ? parts.map(part => [part]) : [parts]
      for (const sent of messages) {
        const answer = await send(() => ({ kind: 'answers', doc, page: location.href, parts: sent, viewer, age: age() }))
        if (!answer) return
        for (const id of answer.done ?? []) {
          const at = waiting.findIndex(one => one.id === id)
          if (at >= 0) waitingSize -= (waiting.splice(at, 1)[0] as { text: string }).text.length
        }
        if (answer.later) await pause(300)
        if (answer.later || answer.again) break
      }
    }
  }

  channel.port1.onmessage = event => {
    const seen = tapped(event.data)
    if (!on || !seen) return
    answers++
    const base = { url: seen.url, page: location.href, request: question(room, seen), status: seen.status, contentType: seen.type, headers: seen.headers, seenAt: new Date().toISOString() }
    keep({ ...base, body: seen.body ?? '', ...(seen.body === undefined ? { headers: { ...seen.headers, 'x-too-large': '1' } } : {}) })
  }

  // --- embedded state --------------------------------------------------------------------------------------------

  const known = new WeakSet<Element>()
  /** Small texts that later ones need to be understood: which question a prefetched answer belongs to. */
  const context: string[] = []
  const has = (text: string, words: string[]): boolean => words.length === 0 || words.some(word => text.includes(word))
  const harvest = (elements: Iterable<Element>): void => {
    const texts: string[] = []
    for (const element of elements) {
      const text = element.textContent ?? ''
      if (known.has(element) || !text) continue
      known.add(element)
      if (has(text, room.state.contains) || (room.state.context.length && has(text, room.state.context))) texts.push(text)
    }
    if (!texts.length) return
    const body = [...context, ...texts].map(text => `<script type="application/json">${text}</script>`).join('\n')
    context.push(...texts.filter(text => room.state.context.length && has(text, room.state.context) && text.length < 50_000))
    answers++
    keep({ url: location.href, page: location.href, status: 200, contentType: 'text/html', body, seenAt: new Date().toISOString() })
  }
  let due: ReturnType<typeof setTimeout> | undefined
  const later = (): void => {
    due ??= setTimeout(() => {
      due = undefined
      harvest(document.querySelectorAll(room.state.selector))
    }, 100)
  }
  const observer = new MutationObserver(records => {
    if (readyAt === undefined) return
    for (const { addedNodes, removedNodes } of records) {
      for (const node of addedNodes) if (node instanceof Element && (node.matches(room.state.selector) || node.querySelector(room.state.selector))) later()
      // Gone before it was read: its text is still here.
      for (const node of removedNodes) if (node instanceof Element && node.matches(room.state.selector)) harvest([node])
    }
  })
  const ready = (): void => {
    readyAt = Date.now()
    harvest(document.querySelectorAll(room.state.selector))
  }

  // --- the walk's hand -------------------------------------------------------------------------------------------

  const seen: Seen = { answers: () => answers, delivered: deliver }
  let stop = new AbortController()
  let turn = 0
  const walk = async (first: Report): Promise<void> => {
    const mine = ++turn
    let next = first
    while (!over && mine === turn) {
      await deliver()
      const told = await send(() => ({ kind: 'report', report: { ...next, page: location.href, visible: document.visibilityState === 'visible' }, viewer, age: age() }))
      if (mine !== turn || !told?.command) return
      if (told.command.kind === 'off') return turnOff()
      stop = new AbortController()
      const done = await carryOut(room, told.command as Exclude<Command, { kind: 'off' }>, seen, stop.signal)
      if (!done) return
      next = done
    }
  }
  const outOfTurn = (outcome: Report['outcome']): void => {
    if (over) return
    stop.abort()
    if (!on) void hello()
    else void walk({ seq: -1, outcome, page: location.href, visible: document.visibilityState === 'visible' })
  }

  const turnOff = (): void => {
    on = false
    observer.disconnect()
    waiting.length = waitingSize = 0
    channel.port1.postMessage(JSON.stringify({ on: false }))
  }

  const hello = async (): Promise<void> => {
    const answer = await send(() => ({ kind: 'hello', page: location.href }))
    channel.port1.postMessage(JSON.stringify({ on: Boolean(answer?.on), patterns: room.answers, operationHeader: room.request.operationHeader }))
    if (!answer?.on || on) return
    on = true
    observer.observe(document, { childList: true, subtree: true })
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready, { once: true })
    else ready()
    void walk({ seq: -1, outcome: 'hello', page: location.href, visible: document.visibilityState === 'visible' })
  }

  document.addEventListener('visibilitychange', () => {
    const visible = document.visibilityState === 'visible'
    // A page that is being left is hidden too, and is gone a moment later.
    setTimeout(() => {
      if (on && visible === (document.visibilityState === 'visible')) outOfTurn(visible ? 'visible' : 'hidden')
    }, visible ? 0 : 400)
  })
  onPoke(() => outOfTurn('idle'))
  void hello()
}
