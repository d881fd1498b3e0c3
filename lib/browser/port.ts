/** Sends the messages of `messages.ts`. Each travels as one JSON string. Light, since the relay loads it into every page of a network. */
import browser from 'webextension-polyfill'
import type { FromRelay, LookUpRequest, MediaRequest, Request, ToRelay } from './messages.ts'

/** @returns what a message says; undefined if it is none, or larger than one may be */
export const parse = (text: unknown): unknown => {
  if (typeof text !== 'string' || text.length > 4_000_000) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** From the popup or the workspace to the background. @throws if the background could not be reached */
export const ask = async (request: Request | LookUpRequest | MediaRequest): Promise<unknown> => parse(await browser.runtime.sendMessage(JSON.stringify(request)))

/** From a relay to the background. @throws if the background died on the way; the message may then have been taken or not */
export const report = async (message: FromRelay): Promise<ToRelay | undefined> => {
  const answer = parse(await browser.runtime.sendMessage(JSON.stringify(message)))
  return typeof answer === 'object' && answer !== null ? (answer as ToRelay) : undefined
}

/** Asks a tab's relay to report at once. @returns whether one is there */
export const poke = async (tabId: number): Promise<boolean> => {
  try {
    return (await browser.tabs.sendMessage(tabId, 'poke', { frameId: 0 })) === 'here'
  } catch {
    return false
  }
}

/** In a relay: calls back when the background pokes. */
export const onPoke = (poked: () => void): void => {
  browser.runtime.onMessage.addListener((message: unknown) => {
    if (message !== 'poke') return undefined
    poked()
    return Promise.resolve('here')
  })
}

/** Whether this script still belongs to a living extension (it does not after an update or removal). */
export const alive = (): boolean => {
  try {
    return Boolean(browser.runtime?.id)
  } catch {
    return false
  }
}
