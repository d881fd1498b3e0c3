/** What is said before a look-up begins: which servers would learn what, and for which of them leave is asked for at once. Pure. */
import type { Room } from '../networks/types.ts'
import type { LookUpPlan } from '../store/index.ts'

/** An answer older than this is asked for again by `Look again`: ms in 30 days. */
const LIFE = 30 * 86_400_000

/** @param now ms since 1970 @returns ISO time: what was answered before it counts as old */
export const oldBefore = (now: number): string => new Date(now - LIFE).toISOString()

/** A server, and about how many names it would see that you ask. `most`: it is so many at most, since others are ruled out before. */
export interface Learner { host: string; names: number; most?: true }

/** Every server that would learn something, the one that learns most first. */
export const learners = ({ hosts }: LookUpPlan, room: Room): Learner[] => {
  const { host, ruleOut } = room.fediverse ?? {}
  return hosts.flatMap((one): Learner[] => (ruleOut && one.host === host ? [{ host: ruleOut.host, names: one.names }, { ...one, most: true }] : [one]))
}

/** The servers that are known to answer only with leave: what `requestLookUp` is given. */
export const leaveFor = ({ hosts }: LookUpPlan, room: Room): string[] => {
  const { host, leave = [] } = room.fediverse ?? {}
  return hosts.some(one => one.host === host) ? leave : []
}

/** How a look-up is begun: at which server many are ruled out first. */
export const viaOf = (room: Room | undefined): { host: string; by: string } | undefined => {
  const { host, ruleOut } = room?.fediverse ?? {}
  return host !== undefined && ruleOut ? { host, by: ruleOut.host } : undefined
}
