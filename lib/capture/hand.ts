/**
 * The walk's hand in the tab: carries out one command as a person would, in view, at the pace it is told, and says what came of it.
 * It clicks only what opens a list, and nothing inside a post.
 */
import type { Command, OpenPlan, Report } from '../browser/messages.ts'
import type { Room } from '../networks/rooms.ts'

/** What the hand may know of the answers that go by. */
export interface Seen {
  /** How many answers the page got so far. */
  answers(): number
  /** Resolves when all of them are in the store. */
  delivered(): Promise<void>
}

const aborted = Symbol('aborted')

/** @throws `aborted` when the background wants a report at once */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(aborted)
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(aborted)
    }, { once: true })
  })

/** Waits until `true`, at most `ms`. */
const until = async (test: () => boolean, ms: number, signal: AbortSignal): Promise<boolean> => {
  for (const end = Date.now() + ms; ; ) {
    if (test()) return true
    if (Date.now() >= end) return false
    await pause(50, signal)
  }
}

const shown = (element: Element): boolean => element.getClientRects().length > 0

/** Text that was written and not sent, in one of the room's composers. */
export const unsent = (composers: string[]): boolean =>
  composers.some(selector =>
    [...document.querySelectorAll(selector)].some(element => {
      const text = 'value' in element && typeof element.value === 'string' ? element.value : element.textContent
      return Boolean(text?.trim())
    }),
  )

const scrolls = (element: Element): boolean => {
  const { overflowY } = getComputedStyle(element)
  return (overflowY === 'auto' || overflowY === 'scroll') && element.scrollHeight > element.clientHeight + 1
}

/** What scrolls: inside the opened list its first scrollable element, else the page. */
const scroller = (within: string | undefined): Element | undefined => {
  if (!within) return document.scrollingElement ?? document.documentElement
  const list = [...document.querySelectorAll(within)].findLast(shown)
  // The person opened it in a form that nobody foresaw: then it is what scrolls on the page.
  if (!list) return [...document.querySelectorAll('*')].find(element => shown(element) && scrolls(element)) ?? document.scrollingElement ?? undefined
  if (scrolls(list)) return list
  const inside = [...list.querySelectorAll('*')].find(element => shown(element) && scrolls(element))
  if (inside) return inside
  // A list that lies in the page scrolls with what holds it.
  for (let above = list.parentElement; above && above !== document.body; above = above.parentElement) if (scrolls(above)) return above
  const page = document.scrollingElement ?? document.documentElement
  return page.scrollHeight > page.clientHeight + 1 && getComputedStyle(list).position !== 'fixed' && !list.closest('[role="dialog"]') ? page : list
}

/** Nothing that belongs to a post, and no form. */
const harmless = (room: Room, element: Element): boolean => shown(element) && !element.closest(room.posts) && !element.closest('form')

const digits = (text: string): string => text.replace(/\D/g, '')

const find = (room: Room, sign: OpenPlan['signs'][number]): HTMLElement | undefined => {
  const usable = (element: Element): element is HTMLElement => element instanceof HTMLElement && harmless(room, element)
  if (sign.kind === 'selector') return [...document.querySelectorAll(sign.selector)].find(usable)
  if (sign.kind === 'link') {
    const wanted = sign.path.toLowerCase().replace(/\/$/, '')
    return [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].find(
      link => usable(link) && link.host === location.host && decodeURI(link.pathname).toLowerCase().replace(/\/$/, '') === wanted,
    )
  }
  const wanted = new Set(sign.values.map(String))
  const exact = [...document.querySelectorAll('[title]')].filter(element => usable(element) && wanted.has(digits(element.getAttribute('title') ?? '')))
  const plain = [...document.querySelectorAll('span,a,div,button')].filter(
    element => element.childElementCount === 0 && (element.textContent ?? '').length < 40 && usable(element) && wanted.has(digits(element.textContent ?? '')),
  )
  for (const element of [...exact, ...plain]) {
    const pressed = element.closest('a,button,[role="button"],[role="link"],[tabindex]') ?? element
    // A link that leads elsewhere opens no list.
    if (pressed instanceof HTMLAnchorElement && pressed.host !== location.host) continue
    if (pressed instanceof HTMLElement && !pressed.hasAttribute('aria-pressed')) return pressed
  }
  return undefined
}

const open = async (room: Room, plan: OpenPlan, seen: Seen, signal: AbortSignal): Promise<'done' | 'not-found'> => {
  const opened = (): Element | undefined => [...document.querySelectorAll(plan.opened)].findLast(shown)
  if (!opened()) {
    // A page draws itself bit by bit: what opens the list may still be to come.
    await until(() => opened() !== undefined || plan.signs.some(sign => find(room, sign) !== undefined), 5000, signal)
    for (const sign of plan.signs) {
      const element = find(room, sign)
      if (!element) continue
      const page = location.href
      element.click()
      if (await until(() => Boolean(opened()), 3000, signal)) break
      // It led away instead of opening a list: back to where the next sign may be.
      if (location.href !== page) {
        history.back()
        await until(() => location.href === page, 2000, signal)
      }
    }
  }
  if (!opened()) return 'not-found'
  const tab = plan.tab
  if (tab) {
    const tabs = (): Element[] => [...(opened()?.querySelectorAll(tab.selector) ?? [])]
    await until(() => tabs().length > tab.index, 3000, signal)
    const wanted = tabs()[tab.index]
    if (wanted instanceof HTMLElement && wanted.getAttribute('aria-selected') !== 'true') {
      const before = seen.answers()
      wanted.click()
      await until(() => seen.answers() > before, 4000, signal)
    }
  }
  return 'done'
}

/** Down in steps, as a wheel does, until something loads or the bottom is reached; then a while for what it loads. */
const scroll = async ({ within, ms, patience }: Command & { kind: 'scroll' }, seen: Seen, signal: AbortSignal): Promise<'done' | 'bottom' | 'not-found'> => {
  const before = seen.answers()
  let element = scroller(within)
  if (!element) return 'not-found'
  const atBottom = (): boolean => !element || element.scrollTop + element.clientHeight >= element.scrollHeight - 2
  const gap = Math.min(200, ms / 20)
  for (let steps = 0; steps < 60 && seen.answers() === before && !atBottom(); steps++) {
    const top = Math.max(200, element.clientHeight * 0.8)
    element.scrollBy({ top, behavior: 'instant' })
    // Some lists load on the wheel, not on the scrolling that it brings about.
    element.dispatchEvent(new WheelEvent('wheel', { deltaY: top, bubbles: true }))
    await pause(gap, signal)
    element = scroller(within) ?? element
  }
  const height = element.scrollHeight
  if (await until(() => seen.answers() > before || (element as Element).scrollHeight > height + 1, patience, signal)) return 'done'
  // Lists that watch for their end to come into view look again only when it has been out of view: well up, and down again.
  element.scrollBy({ top: -(element.clientHeight * 1.5 + 800), behavior: 'instant' })
  await pause(Math.max(300, gap), signal)
  element.scrollTo({ top: element.scrollHeight, behavior: 'instant' })
  return (await until(() => seen.answers() > before, patience / 2, signal)) ? 'done' : 'bottom'
}

/**
 * Carries out a command.
 * @returns what came of it; undefined if the page is being left, or if it was broken off (whoever broke it off reports)
 */
export const carryOut = async (room: Room, command: Exclude<Command, { kind: 'off' }>, seen: Seen, signal: AbortSignal): Promise<Report | undefined> => {
  const say = (outcome: Report['outcome'], opened?: boolean): Report => ({ seq: command.seq, outcome, page: location.href, visible: document.visibilityState === 'visible', opened })
  try {
    if (command.kind === 'listen') {
      if (command.ms === undefined) return undefined
      await pause(command.ms, signal)
      return say('done')
    }
    await pause(command.ms, signal)
    if (document.visibilityState !== 'visible') return say('hidden')
    if (command.kind === 'go') {
      if (unsent(room.composers)) return say('unsent')
      const here = location.href
      if (new URL(command.url, here).href === here) location.reload()
      else location.assign(command.url)
      // The page that follows says hello. If none does, this one is still here to say so.
      await pause(20_000, signal)
      return say('done')
    }
    if (command.kind === 'open') {
      const outcome = await open(room, command.open, seen, signal)
      return say(outcome, outcome === 'done')
    }
    return say(await scroll(command, seen, signal), command.within ? true : undefined)
  } catch (reason) {
    if (reason === aborted) return undefined
    // A page that changes under the hand: the background decides what to do about it.
    return say('not-found')
  }
}
