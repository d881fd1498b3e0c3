/** The background's end of the messages: what arrives is checked before anything sees it. */
import browser from 'webextension-polyfill'
import { FromRelay, LookUpRequest, MediaRequest, Request, type ToRelay } from './messages.ts'
import { parse } from './port.ts'

/** Who sent a message, as far as the browser vouches for it. */
export interface Sender {
  tabId?: number
  url?: string
}

interface Handlers {
  /** From the extension's own pages. */
  request(request: Request): Promise<unknown>
  /** From a relay in a tab's top frame. */
  relay(message: FromRelay, sender: Required<Sender>): Promise<ToRelay>
}

const fromOurs = (sender: browser.Runtime.MessageSender): boolean => sender.id === browser.runtime.id && Boolean(sender.url?.startsWith(browser.runtime.getURL('')))

/** Receives what the extension's own pages say about look-ups, like `receive`: beside it, since each leaves alone what is not its own. */
export const receiveLookUps = (handle: (request: LookUpRequest) => Promise<unknown>): void => {
  browser.runtime.onMessage.addListener((raw: unknown, sender: browser.Runtime.MessageSender) => {
    const request = fromOurs(sender) ? LookUpRequest.safeParse(parse(raw)) : undefined
    return request?.success ? handle(request.data).then(answer => JSON.stringify(answer ?? null)) : undefined
  })
}

/** The same of what they say about pictures and videos. */
export const receiveMedia = (handle: (request: MediaRequest) => Promise<unknown>): void => {
  browser.runtime.onMessage.addListener((raw: unknown, sender: browser.Runtime.MessageSender) => {
    const request = fromOurs(sender) ? MediaRequest.safeParse(parse(raw)) : undefined
    return request?.success ? handle(request.data).then(answer => JSON.stringify(answer ?? null)) : undefined
  })
}

/**
 * Receives in the background. A message that is not one of ours, or comes from where it should not, is dropped without an answer.
 * The listener is set in the same tick, as a worker that is being started needs.
 */
export const receive = (handlers: Handlers): void => {
  browser.runtime.onMessage.addListener((raw: unknown, sender: browser.Runtime.MessageSender) => {
    if (sender.id !== browser.runtime.id) return undefined
    const message = parse(raw)
    if (fromOurs(sender)) {
      const request = Request.safeParse(message)
      return request.success ? handlers.request(request.data).then(answer => JSON.stringify(answer ?? null)) : undefined
    }
    if (sender.frameId !== 0 || sender.tab?.id === undefined || !sender.url) return undefined
    const relayed = FromRelay.safeParse(message)
    return relayed.success
      ? handlers.relay(relayed.data, { tabId: sender.tab.id, url: sender.url }).then(answer => JSON.stringify(answer))
      : undefined
  })
}
