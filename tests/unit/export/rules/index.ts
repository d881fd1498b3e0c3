import { gotosocial } from './gotosocial.ts'
import type { Importer } from './importer.ts'
import { marl } from './marl.ts'
import { mastodon } from './mastodon.ts'
import { neodb } from './neodb.ts'
import { bonfire, dataViewer, firefish, pixelfed } from './others.ts'
import { sharkey } from './sharkey.ts'
import { slurp } from './slurp.ts'
import { wordpress } from './wordpress.ts'

export const importers: Importer[] = [mastodon, marl, sharkey, slurp, gotosocial, wordpress, neodb, pixelfed, bonfire, firefish, dataViewer]
