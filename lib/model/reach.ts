/** Whether a person can be followed from the fediverse, and why we say so. */
import * as z from 'zod/mini'

export const Verdict = z.enum(['followable', 'maybe', 'not', 'unknown'])
export type Verdict = z.infer<typeof Verdict>

export const Reach = z.object({
  verdict: Verdict,
  /** `user@host`, lower case, without a leading `@`. With `unknown`: where they would be, if they can be followed. */
  address: z.optional(z.string()),
  /** A key of the texts that says why: `network-flag`, `is-address`, `flag-off`, `private`, `not-looked-up`, `no-address`, … */
  reason: z.string(),
})
export type Reach = z.infer<typeof Reach>
