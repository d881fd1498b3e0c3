/** What speaks for or against an address, as a sentence. */
import { word } from '../lib/browser/texts.ts'
import type { Evidence } from '../lib/model/index.ts'

/**
 * @param network name of the network that the account is on
 * @param nameOf the name of a network by its id: another account's evidence names its network
 * @returns a sentence, and what more is known about it
 */
export const evidenceSaid = (evidence: Evidence, network: string, nameOf: (id: string) => string = id => id): { sentence: string; detail?: string } => {
  const { kind, says, address = '', where, seen = '', detail } = evidence
  const sentence = word('evidence', `${kind}_${says}`, { network, address, where: word('evidence_where', where ?? 'other'), seen: kind === 'account' ? nameOf(seen) : seen })
  return { sentence, ...(detail && { detail: word('evidence_detail', detail) }) }
}
