/** All destinations by id. */
import { mastodon } from './mastodon.ts'
import type { Destination } from './types.ts'

export type * from './types.ts'

export { blockedAmong, readBlocks, readInstance, serverQuestions, withServer, type Blocks, type ServerFacts } from './server.ts'

export const destinations = { mastodon } satisfies Record<string, Destination>
