/** All simulated networks, by the network's id. */
import { simulateThreads } from './threads/index.ts'
import { simulateInstagram } from './instagram/index.ts'
import { simulateX } from './x/index.ts'
import { simulateTiktok } from './tiktok/index.ts'
import { simulateRednote } from './rednote/index.ts'
import { simulateBluesky } from './bluesky/index.ts'
import { simulateMastodon } from './mastodon/index.ts'
import type { Simulate } from './types.ts'

export type * from './types.ts'

export const simulations: Record<string, Simulate> = {
  threads: simulateThreads,
  instagram: simulateInstagram,
  x: simulateX,
  tiktok: simulateTiktok,
  rednote: simulateRednote,
  bluesky: simulateBluesky,
  mastodon: simulateMastodon,
}
