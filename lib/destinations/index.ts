/** All destinations by id, and which of them a server is. */
import { bonfire } from './bonfire.ts'
import { friendica } from './friendica.ts'
import { gotosocial } from './gotosocial.ts'
import { hollo } from './hollo.ts'
import { iceshrimp } from './iceshrimp.ts'
import { keep } from './keep.ts'
import { mastodon } from './mastodon.ts'
import { microblog } from './microblog.ts'
import { misskey } from './misskey.ts'
import { neodb } from './neodb.ts'
import { peertube } from './peertube.ts'
import { pixelfed } from './pixelfed.ts'
import { pleroma } from './pleroma.ts'
import { sharkey } from './sharkey.ts'
import { snac } from './snac.ts'
import { takahe } from './takahe.ts'
import type { Destination } from './types.ts'
import { wordpress } from './wordpress.ts'

export type * from './types.ts'

export { kinds } from './types.ts'
export { nodeInfoAt, readNodeInfo } from './nodeinfo.ts'
export { blockedAmong, readBlocks, readInstance, serverQuestions, withServer, type Blocks, type ServerFacts } from './server.ts'

/** In the order in which they are offered. */
export const destinations = {
  mastodon, misskey, sharkey, gotosocial, pleroma, pixelfed, friendica, bonfire, hollo, iceshrimp, takahe, snac, wordpress, neodb, peertube, microblog, keep,
} satisfies Record<string, Destination>
export type DestinationId = keyof typeof destinations

/** Software that takes what another takes, being made of it. What was changed in it may be more than that. */
const kin: Record<string, DestinationId> = {
  'glitch-soc': 'mastodon', hometown: 'mastodon', ecko: 'mastodon', fedibird: 'mastodon', kmyblue: 'mastodon',
  cherrypick: 'misskey', foundkey: 'misskey', calckey: 'misskey', firefish: 'misskey', catodon: 'misskey', 'iceshrimp-net': 'iceshrimp', 'iceshrimp.net': 'iceshrimp', akkoma: 'pleroma', snac2: 'snac', 'micro.blog': 'microblog',
}

/** @param software as nodeinfo calls it @returns undefined where it is none that is known */
export const destinationOf = (software: string | undefined): Destination | undefined => {
  const name = software?.toLowerCase() ?? ''
  const id = Object.hasOwn(kin, name) ? kin[name] : name
  return id !== undefined && Object.hasOwn(destinations, id) ? destinations[id as DestinationId] : undefined
}

/** Where the person goes, as far as it is known: as they say, else as the server says of itself, else Mastodon, which most run. */
export const destinationFor = (server: { software?: string; facts?: { software?: string } } | undefined): Destination =>
  destinationOf(server?.software) ?? destinationOf(server?.facts?.software) ?? mastodon
