/** Whether somebody can be followed, by all that is known: the network's rules, what servers answered, what the person decided, and their other accounts. Pure. */
import { names } from '../networks/named.ts'
import { rooms } from '../networks/rooms.ts'
import { reachOf } from '../reach/index.ts'
import type { OtherRow, ReachOf } from '../store/index.ts'

/** What is known of them elsewhere, and not from there again through yet another account. */
const addressOf = ({ row: { reach } }: OtherRow): string | undefined => (reach.verdict === 'followable' && !reach.reason.startsWith('other-account') ? reach.address : undefined)

export const judge: ReachOf = (follow, lookUp, network, others) =>
  reachOf(rooms[network]?.fediverse, follow, {
    lookUp,
    choice: follow.choice,
    others: () => {
      const same = others.flatMap(other => {
        const address = addressOf(other)
        const [there, back] = [names(follow, other.network, other.row), names(other.row, network, follow)]
        return address && (there || back) ? [{ address, network: other.network, sure: there && back, at: other.row.seenAt }] : []
      })
      return same.find(({ sure }) => sure) ?? same[0]
    },
  })
