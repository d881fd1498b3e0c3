/** Whom of other networks a profile names. */
import type { Follow } from '../model/index.ts'
import { roomAt, rooms } from './rooms.ts'

const linksOf = ({ bio = '', links = [], fields = [] }: Pick<Follow, 'bio' | 'links' | 'fields'>): string[] =>
  [...links.map(({ url }) => url), ...[bio, ...fields.map(({ value }) => value)].flatMap(text => text.match(/https?:\/\/[^\s<>"')]+/g) ?? [])]

/** The person whose profile an address is. A network with many servers is asked only where the host is no other's. */
const personAt = (link: string): { network: string; handle: string } | undefined => {
  const address = link.replace(/^http:/, 'https:')
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const room = roomAt(address)
  for (const one of room ? [room] : Object.values(rooms).filter(({ hosts }) => typeof hosts === 'function')) {
    const handle = one.pages.profile?.match(url)?.handle
    if (handle) return { network: one.id, handle: handle.toLowerCase() }
  }
  return undefined
}

/** Whether this profile has a link to that person's. */
export const names = (profile: Pick<Follow, 'bio' | 'links' | 'fields'>, network: string, person: Pick<Follow, 'id' | 'handle'>): boolean =>
  linksOf(profile).map(personAt).some(one => one?.network === network && (one.handle === person.handle.toLowerCase() || one.handle === person.id.toLowerCase()))
