/** Whose capture it is. Everything that is kept is keyed by an account. */
import * as z from 'zod/mini'

/** `network:id`, e.g. `example:123`, or `network:host/id` where the network has many servers. Ids are unique within a network, or within one of its servers, only. */
export type AccountKey = string

/** @param network a network's id @param id the account's id there @param origin of its server, where the network has many (`Run.subject`) */
export const accountKey = (network: string, id: string, origin?: string): AccountKey =>
  `${network}:${origin !== undefined && URL.canParse(origin) ? `${new URL(origin).host}/` : ''}${id}`

export const Account = z.object({
  account: z.string(),
  network: z.string(),
  id: z.string(),
  handle: z.optional(z.string()),
  name: z.optional(z.string()),
  avatar: z.optional(z.string()),
  firstSeen: z.string(),
  lastSeen: z.string(),
})
export type Account = z.infer<typeof Account>
