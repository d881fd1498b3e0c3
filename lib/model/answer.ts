/** One observed answer of a network, as the relay hands it over and `read` takes it. */
import * as z from 'zod/mini'

export const Answer = z.object({
  url: z.string(),
  /** Address of the page that asked. */
  page: z.string(),
  /** Which question this answers: the operation's name and its variables, without any token. */
  request: z.optional(z.object({ operation: z.optional(z.string()), variables: z.optional(z.unknown()) })),
  status: z.number(),
  contentType: z.string(),
  /** Only what readers need: link, retry-after, rate limits. Lower-case names. */
  headers: z.optional(z.record(z.string(), z.string())),
  /** Text; bytes only for binary answers (a repository CAR). */
  body: z.union([z.string(), z.instanceof(Uint8Array)]),
  seenAt: z.string(),
})
export type Answer = z.infer<typeof Answer>
