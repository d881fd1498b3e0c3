/** The hosts that pictures and videos of an account lie on. */
import { isPublic } from '../browser/private.ts'
import type { Room } from '../networks/types.ts'
import type { Store } from '../store/types.ts'

/** So many hosts are asked for at most, where every server of a network has its own. */
const MOST = 10

/** @returns match-pattern hosts: the network's, or those of what is still to be fetched */
export const hostsFor = async ({ mediaHosts }: Room, store: Pick<Store, 'mediaHosts'>, account: string): Promise<string[]> =>
  mediaHosts === 'seen' ? (await store.mediaHosts(account, MOST)).filter(host => isPublic(`https://${host}/`)) : mediaHosts
