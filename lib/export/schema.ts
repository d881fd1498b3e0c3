/** The form of the lines in the full capture: the model, and what the store adds to it. */
import * as z from 'zod/mini'
import { Follow, Media, Post, Profile, Reach, Relation } from '../model/index.ts'

const time = z.string()
/** First and last capture that saw it; and when a later complete one no longer did. */
const seen = { firstSeen: time, lastSeen: time, goneAt: z.optional(time) }

const lines = {
  profile: z.extend(Profile, seen),
  posts: z.extend(Post, { ...seen, kind: z.enum(['post', 'reply', 'repost']) }),
  follows: z.extend(Follow, {
    ...seen,
    reach: Reach,
    choice: z.optional(z.object({ include: z.optional(z.boolean()), address: z.optional(z.string()) })),
    saved: z.optional(z.object({ address: z.string(), at: time })),
    arrival: z.optional(z.object({ state: z.enum(['arrived', 'failed', 'again']), detail: z.optional(z.string()), at: time })),
  }),
  relations: z.extend(Relation, seen),
  media: z.extend(Media, {
    /** Absent: of the profile. */
    post: z.optional(z.string()),
    index: z.number(),
    state: z.enum(['seen', 'kept', 'expired', 'refused', 'skipped']),
    reason: z.optional(z.string()),
    at: z.optional(time),
    /** Paths in this archive: what is shown, and what was kept where that is another file. */
    file: z.optional(z.string()),
    original: z.optional(z.string()),
  }),
}

/** The schemas as JSON Schema 2020-12, by the name of the file whose lines they describe. */
export const schemas = (): Record<string, unknown> =>
  Object.fromEntries(Object.entries(lines).map(([name, schema]) => [name, z.toJSONSchema(schema, { io: 'input' })]))
