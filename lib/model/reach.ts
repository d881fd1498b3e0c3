/** Whether a person can be followed from the fediverse, and why we say so. */
import * as z from 'zod/mini'

/** `followable`: at an address that is checked or stated · `maybe`: a guess that the person may tick · `not`, for a reason · `unknown`: not looked up. */
export const Verdict = z.enum(['followable', 'maybe', 'not', 'unknown'])
export type Verdict = z.infer<typeof Verdict>

/** One thing that speaks for or against an address. */
export const Evidence = z.object({
  /**
   * Who says it: `network` its own flag or record · `webfinger` a server's answer · `bridge` a bridge's · `profile` the person's own words and links ·
   * `account` the same person under another captured account · `same-name` the same name on another network, a guess · `mention` words about the
   * fediverse without an address · `hand` typed by the person who captures.
   */
  kind: z.enum(['network', 'webfinger', 'bridge', 'profile', 'account', 'same-name', 'mention', 'hand']),
  /** That they can be followed at `address`, that they can't, or neither: a sign, or nobody answered. */
  says: z.enum(['yes', 'no', 'perhaps']),
  /** `user@host`, lower case. */
  address: z.optional(z.string()),
  /** The part of the profile in which it stood. */
  where: z.optional(z.enum(['handle', 'name', 'bio', 'links', 'fields', 'location'])),
  /** The words or the link themselves, cut to what can be shown; or the server that answered. */
  seen: z.optional(z.string()),
  /** A key of the texts that says more: `not-found`, `gone`, `no-actor`, `silent`, … */
  detail: z.optional(z.string()),
  /** ISO time at which it was seen or answered. */
  at: z.optional(z.string()),
})
export type Evidence = z.infer<typeof Evidence>

export const Reach = z.object({
  verdict: Verdict,
  /** `user@host`, lower case, without a leading `@`. With `unknown` and `maybe`: where they would be, if they can be followed. */
  address: z.optional(z.string()),
  /** A key of the texts that says why: `network-flag`, `is-address`, `flag-off`, `private`, `not-looked-up`, `no-address`, … */
  reason: z.string(),
  /** Strongest first. */
  evidence: z.optional(z.array(Evidence)),
  /** Addresses that a look-up could settle, the likeliest first. */
  asks: z.optional(z.array(z.string())),
})
export type Reach = z.infer<typeof Reach>

/**
 * What came of asking for an address (WebFinger, RFC 7033). `found`: there is an actor to follow · `not-found` · `gone` · `no-actor`: the name is known, and
 * is none of the fediverse · `unclear`: nobody answered, or not in a way that says anything.
 */
export const LookUp = z.object({
  /** As asked for: `user@host`. */
  address: z.string(),
  outcome: z.enum(['found', 'not-found', 'gone', 'no-actor', 'unclear']),
  /** What the server itself calls them: `user@host`, where it differs (a split domain, another spelling). */
  subject: z.optional(z.string()),
  /** Address of the ActivityPub actor. */
  actor: z.optional(z.string()),
  /** A key of the texts for what went wrong: `silent`, `refused`, `too-many`, `not-json`, `too-large`, `private-host`, … */
  detail: z.optional(z.string()),
  /** ISO time. */
  at: z.string(),
})
export type LookUp = z.infer<typeof LookUp>

/** What the person decided for one follow; kept over whatever is learnt later. */
export const Choice = z.object({
  /** In the follow list, or not. */
  include: z.optional(z.boolean()),
  /** An address that they typed: `user@host`. */
  address: z.optional(z.string()),
})
export type Choice = z.infer<typeof Choice>
