/**
 * The messages between the extension's own parts. Everything is sent as one JSON string under 1 MB, so that both browsers
 * carry it alike; `lib/browser/port.ts` sends and receives.
 */
import * as z from 'zod/mini'
import { Section, Viewer } from '../model/index.ts'

/** The name under which a pasted list is handed over: what else is handed over has the name of its file. */
export const PASTED = 'pasted.txt'

/** From the popup and the workspace to the background. */
export const Request = z.discriminatedUnion('kind', [
  /** `Capture my account` was pressed: sent in the same tick as the permission request. */
  z.object({ kind: z.literal('intent'), tabId: z.number(), network: z.string(), at: z.string(), also: z.optional(z.array(Section)) }),
  /** The permission request was answered. */
  z.object({ kind: z.literal('granted'), tabId: z.number(), network: z.string(), allowed: z.boolean() }),
  /** Read an account through the network's documented interface. `subject`: what the person typed, or the page's address. */
  z.object({ kind: z.literal('ask'), network: z.string(), subject: z.string(), also: z.optional(z.array(Section)), /** The tab whose sign-in may be used. */ signedTab: z.optional(z.number()) }),
  /** A file or a list was handed over: it is in the store's inbox. `account`: whose it is, where the person has said so. */
  z.object({ kind: z.literal('hand-in'), network: z.string(), item: z.string(), account: z.optional(z.string()) }),
  /** An archive is to be handed over. Answered with the run that reads it, and how many pieces that had already: one that was broken off goes on. */
  z.object({ kind: z.literal('archive'), network: z.string(), name: z.string(), key: z.string(), of: z.number(), account: z.optional(z.string()) }),
  /** A piece of it lies in the inbox. Answered with the run's row when it was read, or when the run stands still. The same piece may be handed over again. */
  z.object({ kind: z.literal('archive-piece'), runId: z.string(), at: z.number(), item: z.string(), path: z.string(), more: z.boolean(), read: z.number() }),
  /** Nothing more is to come. `lost`: members that could not be read, by path. */
  z.object({ kind: z.literal('archive-end'), runId: z.string(), lost: z.array(z.string()) }),
  /** Who scrolls. */
  z.object({ kind: z.literal('choose'), runId: z.string(), mode: z.enum(['scroll', 'self']) }),
  /** Reload the tab now; refused while it holds unsent text. */
  z.object({ kind: z.literal('reload'), runId: z.string() }),
  z.object({ kind: z.literal('pause'), runId: z.string() }),
  /** Go on, in this tab where it walks pages. */
  z.object({ kind: z.literal('resume'), runId: z.string(), tabId: z.optional(z.number()) }),
  z.object({ kind: z.literal('stop'), runId: z.string() }),
])
export type Request = z.infer<typeof Request>

/**
 * From the popup and the workspace to the background, about looking up an account's follows. Each is answered with the look-up as it then is (`LookUpJob`), or
 * null where there is none. How it goes on stands in the store.
 */
export const LookUpRequest = z.discriminatedUnion('kind', [
  /** Sent after the person saw which servers would learn what, and the permissions were answered. Of an account that a look-up is open for: that one goes on. */
  z.object({ kind: z.literal('look-up'), account: z.string(), scope: z.enum(['all', 'again']) }),
  z.object({ kind: z.literal('look-up-pause'), account: z.string() }),
  /** Go on; also after the person gave, or refused, leave for further hosts. */
  z.object({ kind: z.literal('look-up-resume'), account: z.string() }),
  z.object({ kind: z.literal('look-up-stop'), account: z.string() }),
])
export type LookUpRequest = z.infer<typeof LookUpRequest>

/** From the popup and the workspace to the background, about keeping an account's pictures and videos. How it goes on stands in the store. */
export const MediaRequest = z.discriminatedUnion('kind', [
  /** Sent in the same tick as the permission request: it begins once the hosts are allowed. Also goes on with one that stands still. */
  z.object({ kind: z.literal('media-keep'), account: z.string() }),
  z.object({ kind: z.literal('media-pause'), account: z.string() }),
  z.object({ kind: z.literal('media-stop'), account: z.string() }),
  /** Those that were given up are asked for once more. */
  z.object({ kind: z.literal('media-again'), account: z.string() }),
])
export type MediaRequest = z.infer<typeof MediaRequest>

/** What the relay is told to do next. */
export type Command =
  /** Nothing: this tab is not part of a capture. */
  | { kind: 'off' }
  /** Keep handing over answers; report again after `ms`, or when asked. */
  | { kind: 'listen'; seq: number; ms?: number }
  /** Go to this address of the same site, unless there is unsent text. */
  | { kind: 'go'; seq: number; url: string; ms: number }
  /** Open a list (see SectionPlan.open), after `ms`. */
  | { kind: 'open'; seq: number; ms: number; open: OpenPlan }
  /** Scroll the list (or the page) one step after `ms`, then wait up to `patience` ms for what it loads. */
  | { kind: 'scroll'; seq: number; ms: number; patience: number; within?: string }

export interface OpenPlan {
  signs: ({ kind: 'link'; path: string } | { kind: 'counter'; values: number[] } | { kind: 'selector'; selector: string })[]
  opened: string
  tab?: { selector: string; index: number }
}

/** What the relay has seen of its tab after a command. */
export const Report = z.object({
  seq: z.number(),
  /** What came of it: `done`, `not-found` (nothing to open), `unsent` (text not sent), `bottom` (nothing more to scroll to), `idle` (a report out of turn). */
  outcome: z.enum(['hello', 'done', 'not-found', 'unsent', 'bottom', 'idle', 'visible', 'hidden']),
  page: z.string(),
  visible: z.boolean(),
  /** The list that was opened is there. */
  opened: z.optional(z.boolean()),
})
export type Report = z.infer<typeof Report>

/** A piece of an answer: answers can be larger than a message may be. */
export const Part = z.object({
  /** The answer's number in its page. */
  id: z.number(),
  /** Which piece of how many, from 0. */
  n: z.number().check(z.int(), z.minimum(0), z.maximum(200)),
  of: z.number().check(z.int(), z.minimum(1), z.maximum(200)),
  text: z.string(),
})
export type Part = z.infer<typeof Part>

/** From a relay to the background. `viewer` is what the background told this page's relay before. */
export const FromRelay = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), page: z.string() }),
  z.object({ kind: z.literal('answers'), /** Tells one load of a page from another. */ doc: z.string(), page: z.string(), parts: z.array(Part), viewer: z.optional(Viewer), /** Milliseconds since the page was there to be read; absent before. */ age: z.optional(z.number()) }),
  z.object({ kind: z.literal('report'), report: Report, viewer: z.optional(Viewer), age: z.optional(z.number()) }),
])
export type FromRelay = z.infer<typeof FromRelay>

/** What the relay is answered. */
export interface ToRelay {
  /** hello: this tab is part of a capture. */
  on?: boolean
  /** answers: these are in the store (or are of no use) and can be forgotten. */
  done?: number[]
  /** answers: send these from their first piece. */
  again?: number[]
  /** answers: not yet; try again in a while. */
  later?: boolean
  /** Who is signed in on this page. */
  viewer?: Viewer
  /** report: what to do next. */
  command?: Command
}
