/** What the person wants to be written of their profile, instead of what was captured. */
import * as z from 'zod/mini'
import type { Profile } from './records.ts'

/** Absent: as captured. An empty text is one: nothing is to stand there. */
export const Edits = z.object({
  name: z.optional(z.string()),
  bio: z.optional(z.string()),
  /** In place of fields and links both: a server knows one list. A value that is an address becomes a link. */
  fields: z.optional(z.array(z.object({ name: z.string(), value: z.string() }))),
  /** The picture, and the header, stay here. */
  avatar: z.optional(z.literal(false)),
  header: z.optional(z.literal(false)),
})
export type Edits = z.infer<typeof Edits>

/** The profile as it is to be written. Pure; a profile without edits comes back as it is. */
export const edited = <P extends Profile>(row: P & { edits?: Edits }): P => {
  const { edits, ...profile } = row
  if (!edits) return row
  const { name, bio, fields, avatar, header } = edits
  const out = { ...profile } as unknown as P
  if (name !== undefined) out.name = name
  if (bio !== undefined && bio !== out.bio) {
    out.bio = bio
    // They point into the old text.
    delete out.bioFacets
  }
  if (fields) {
    out.fields = fields.filter(field => field.name.trim() !== '' || field.value.trim() !== '')
    out.links = []
  }
  if (avatar === false) delete out.avatar
  if (header === false) delete out.header
  return out
}
