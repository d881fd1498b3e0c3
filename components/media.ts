/** What is known of an account's pictures and videos, for whoever draws it. */
import { freeSpace } from '../lib/browser/files.ts'
import { hostsFor } from '../lib/media/hosts.ts'
import type { Room } from '../lib/networks/rooms.ts'
import type { MediaJob, Store, Totals } from '../lib/store/types.ts'

export interface MediaFacts {
  job?: MediaJob
  totals: Totals
  /** Whom the files are asked of. */
  hosts: string[]
  /** Bytes that the browser still gives; absent: it does not say. */
  free?: number
  /** When the first link ends of those that are still to be fetched (ISO time). */
  ends?: string
}

/** About so many bytes each takes; as measured on own posts of several networks it differs by more than ten times. */
const about = { image: 400_000, gif: 2_000_000, video: 8_000_000, audio: 4_000_000 }

/** Bytes that the rest may need, roughly. */
export const needed = (totals: Totals): number =>
  Object.entries(about).reduce((sum, [kind, size]) => sum + size * (totals[`media:seen:${kind}`] ?? 0), 0)

/** @throws what the store throws */
export const mediaFacts = async (store: Pick<Store, 'mediaJob' | 'nextMedia' | 'mediaHosts'>, account: string, room: Room, totals: Totals): Promise<MediaFacts> => {
  const [job, next, hosts, free] = await Promise.all([store.mediaJob(account), store.nextMedia(account), hostsFor(room, store, account), freeSpace()])
  return { job, totals, hosts, free, ends: next?.expiresAt }
}
