/** Ids, codes and addresses of Threads. */
import { known, text } from '../answers/fields.ts'
import { pkOf } from '../answers/meta.ts'
import { hostsOf } from '../types.ts'
import { room } from './index.ts'
import type { PostRef } from '../../model/index.ts'

const site = room.home.slice(0, -1)
/** @returns the address of a post: the one under its author's name, else the short one, which leads there */
export const postUrl = (handle: string | undefined, code: string | undefined): string | undefined => {
  if (!code || !/^[\w-]+$/.test(code)) return undefined
  return handle ? `${site}/@${handle}/post/${code}` : `${site}/t/${code}`
}

/** What a link on Threads says of a post: its id and its author. */
export const postAt = (address: unknown): PostRef | undefined => {
  const url = text(address) && URL.canParse(address as string) ? new URL(address as string) : undefined
  const found = url && hostsOf(room).includes(url.host) && /^\/(?:@([\w.]+)\/post|t)\/([\w-]+)/.exec(url.pathname)
  const id = found ? pkOf(found[2] ?? '') : undefined
  return found && id ? known({ id, url: postUrl(found[1], found[2]), authorHandle: found[1] }) : undefined
}
