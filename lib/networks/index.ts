/** The registry: all networks by id, with their readers. Only the background and tools import this; the rest take `rooms.ts`. */
import { rooms } from './rooms.ts'
import * as threads from './threads/read.ts'
import * as instagram from './instagram/read.ts'
import * as x from './x/read.ts'
import * as tiktok from './tiktok/read.ts'
import * as rednote from './rednote/read.ts'
import * as bluesky from './bluesky/read.ts'
import * as mastodon from './mastodon/read.ts'
import type { Network } from './types.ts'

export type * from './types.ts'
export { answersAt, hostsOf, isAt } from './types.ts'

const readers: Record<string, Pick<Network, 'read' | 'viewer'>> = {
  threads,
  instagram,
  x,
  tiktok,
  rednote,
  bluesky,
  mastodon,
}

/** All networks by id. */
export const networks: Record<string, Network> = Object.fromEntries(
  Object.entries(rooms).flatMap(([id, room]) => (readers[id] ? [[id, { ...room, read: readers[id].read, viewer: readers[id].viewer }]] : [])),
)
