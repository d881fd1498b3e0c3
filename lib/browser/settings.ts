/** Small settings and marks, beside the store. */
import browser from 'webextension-polyfill'
import * as z from 'zod/mini'
import { Section } from '../model/index.ts'

/** How fast a walk goes, in milliseconds: a page of answers every `minMs` to `maxMs`, a rest of `restMs` after every `restEvery` pages. */
export const Pace = z.object({ minMs: z.number(), maxMs: z.number(), restEvery: z.number(), restMs: z.number() })
export type Pace = z.infer<typeof Pace>

/** A person's pace. No screen offers a faster one. */
export const personsPace: Pace = { minMs: 3000, maxMs: 6000, restEvery: 40, restMs: 60_000 }

/** For whom a person's pace is still too fast: half of it. */
export const slowPace: Pace = { minMs: 6000, maxMs: 12_000, restEvery: 40, restMs: 120_000 }

const local = async (key: string): Promise<unknown> => (await browser.storage.local.get(key))[key]

/** The pace that is set, or a person's. */
export const pace = async (): Promise<Pace> => {
  const stored = Pace.safeParse(await local('pace'))
  return stored.success ? stored.data : personsPace
}

export const isSlow = async (): Promise<boolean> => (await pace()).minMs >= slowPace.minMs
export const setSlow = (slow: boolean): Promise<void> => (slow ? browser.storage.local.set({ pace: slowPace }) : browser.storage.local.remove('pace'))

/** Forgets every setting and mark. */
export const forgetSettings = (): Promise<void> => browser.storage.local.clear()

/** How politely servers are asked about people: milliseconds between two questions to the same one, at least. */
export const personsCourtesy = 1000

/** The courtesy that is set, or the usual one. Shorter, it can be written only from the extension's own code. */
export const courtesy = async (): Promise<number> => {
  const stored = z.number().check(z.minimum(0)).safeParse(await local('courtesy'))
  return stored.success ? stored.data : personsCourtesy
}

/** Milliseconds between two pictures or videos that are fetched, at least. */
export const personsMediaPace = 1000
export const mediaPace = async (): Promise<number> => {
  const stored = z.number().check(z.minimum(0)).safeParse(await local('mediaPace'))
  return stored.success ? stored.data : personsMediaPace
}

/** Whether the rows in the store were judged by this version of the rules; from now on they count as such. */
export const judgedBy = async (): Promise<string | undefined> => {
  const stored = z.string().safeParse(await local('judged'))
  return stored.success ? stored.data : undefined
}
export const setJudged = (version: string): Promise<void> => browser.storage.local.set({ judged: version })
export const ownVersion = (): string => browser.runtime.getManifest().version

const Mode = z.enum(['scroll', 'self'])

/** Who scrolls on this network, if the person has said so before. */
export const rememberedMode = async (network: string): Promise<z.infer<typeof Mode> | undefined> => {
  const stored = Mode.safeParse(await local(`mode:${network}`))
  return stored.success ? stored.data : undefined
}

export const rememberMode = (network: string, mode: z.infer<typeof Mode>): Promise<void> => browser.storage.local.set({ [`mode:${network}`]: mode })

/** That `Capture my account` was pressed, until the permission is answered. */
export const Intent = z.object({ tabId: z.number(), network: z.string(), at: z.string(), also: z.optional(z.array(Section)) })
export type Intent = z.infer<typeof Intent>

export const setIntent = (intent: Intent): Promise<void> => browser.storage.local.set({ intent })

/** Takes the intent out, so that it starts one capture only. Older than five minutes, it is forgotten. */
export const takeIntent = async (now: number): Promise<Intent | undefined> => {
  const stored = Intent.safeParse(await local('intent'))
  await browser.storage.local.remove('intent')
  return stored.success && now - Date.parse(stored.data.at) < 300_000 ? stored.data : undefined
}

/** Whether this is the first call since the browser was started. */
export const firstOfSession = async (): Promise<boolean> => {
  const { alive } = await browser.storage.session.get('alive')
  if (alive) return false
  await browser.storage.session.set({ alive: true })
  return true
}

const Server = z.object({ host: z.optional(z.string()), software: z.optional(z.string()), facts: z.optional(z.unknown()) })
/** The server that the person goes to; `software`: what they say it runs; `facts`: what it said of itself, as it was kept. */
export const chosenServer = async (): Promise<z.infer<typeof Server> | undefined> => {
  const stored = Server.safeParse(await local('server'))
  return stored.success ? stored.data : undefined
}
export const chooseServer = (server: z.infer<typeof Server> | undefined): Promise<void> => (server ? browser.storage.local.set({ server }) : browser.storage.local.remove('server'))
