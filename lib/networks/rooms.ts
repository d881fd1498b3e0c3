/** The light registry: every network's room without its reader. What popup, workspace and relay import. */
import { room as threads } from './threads/index.ts'
import { room as instagram } from './instagram/index.ts'
import { room as x } from './x/index.ts'
import { room as tiktok } from './tiktok/index.ts'
import { room as rednote } from './rednote/index.ts'
import { room as bluesky } from './bluesky/index.ts'
import { room as mastodon } from './mastodon/index.ts'
import { isAt, type Room } from './types.ts'

export type * from './types.ts'
export { hostMatches, hostsOf, mediaHostsOf } from './types.ts'

/** All rooms by id. */
export const rooms: Record<string, Room> = Object.fromEntries(
  [
    threads,
    instagram,
    x,
    tiktok,
    rednote,
    bluesky,
    mastodon,
  ].map(room => [room.id, room]),
)

/** @returns the room that this address belongs to */
export const roomAt = (address: string | undefined): Room | undefined => {
  if (!address || !URL.canParse(address)) return undefined
  const url = new URL(address)
  return Object.values(rooms).find(room => isAt(room, url))
}
