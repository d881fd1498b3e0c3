/** The text by which people are told where somebody has gone. */
import { t } from '../../lib/browser/texts.ts'
import { destinationFor, destinations, type Destination } from '../../lib/destinations/index.ts'
import { addressOf, partsOf } from '../../lib/reach/address.ts'
import type { ChosenServer } from './source.ts'

/** Software whose people have their page at `https://server/@name`. */
const atName = new Set<Destination>([destinations.mastodon, destinations.misskey, destinations.sharkey, destinations.gotosocial])

/**
 * @param typed what the person says their new address is: `@name@server`, or just a name on the server that they chose; anything else is as good as nothing
 * @returns a text with what is known, in the person's language: the address with a link to it, the server, or neither
 */
export const draftOf = (typed: string, server?: ChosenServer): string => {
  const bare = typed.trim().replace(/^@/, '')
  const home = server?.facts?.domain ?? server?.host
  const parts = partsOf(bare) ?? (home !== undefined && bare !== '' && !bare.includes('@') ? { user: bare, host: home } : undefined)
  const address = parts && addressOf(parts.user, parts.host)
  if (!parts || address === undefined) return server?.host === undefined ? t('find_me_somewhere') : t('find_me_server', { server: server.host })
  const [user, host] = address.split('@') as [string, string]
  if (!atName.has(destinationFor(server))) return t('find_me_address', { address: `@${address}` })
  // A server may have its pages elsewhere than its people's addresses say.
  return t('find_me_link', { address: `@${address}`, link: `https://${host === server?.facts?.domain ? server.host ?? host : host}/@${user}` })
}
