/** All accounts that are kept: how complete each is, and the way to capture it again. */
import { moment, t } from '../../lib/browser/texts.ts'
import type { Account } from '../../lib/model/index.ts'
import { hostsOf, rooms, type Room } from '../../lib/networks/rooms.ts'
import { useLive } from '../live.ts'
import { sectionsOf, type SectionView } from '../popup/view.ts'
import { Handle, Out, Say } from '../Say.tsx'
import { completenessText, sectionName } from '../words.ts'
import { captureOf, type Source } from './source.ts'

/** A ring that is closed where nothing is missing. The words beside it say the same. */
const Ring = ({ share }: { share: number | undefined }) => (
  <svg class="ring" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    <circle class="ring-whole" cx="10" cy="10" r="7.5" pathLength="100" />
    {share !== undefined && share > 0 && <circle class="ring-part" cx="10" cy="10" r="7.5" pathLength="100" stroke-dasharray={`${Math.round(share * 100)} 100`} transform="rotate(-90 10 10)" />}
  </svg>
)

/** Done, and yet fewer than the network counts: the ring stays open. */
const shareOf = ({ state, captured, counted, rounded, share }: SectionView): number | undefined =>
  state === 'done' && counted !== undefined && counted > 0 && !rounded ? Math.min(1, (captured ?? 0) / counted) : share

const Sections = ({ source, account, room }: { source: Source; account: Account; room: Room }) => {
  const { value } = useLive(source.store, async () => ({ totals: await source.store.totals(account.account), run: captureOf(await source.store.runsOf(account.account)) }), account.account)
  if (!value?.run) return null
  return (
    <ul class="rings">
      {sectionsOf(room, value.run, value.totals).map(view => (
        <li key={view.section}><Ring share={shareOf(view)} /><span><strong>{sectionName(view.section)}</strong> <span class="small">{completenessText(view, room.name)}</span></span></li>
      ))}
    </ul>
  )
}

export const accountPath = ({ account }: Account): string => `?account=${encodeURIComponent(account)}`

/** Where to go to capture it again; '' where the network has no such page. */
const homeOf = (room: Room): string => (hostsOf(room).length > 0 && URL.canParse(room.home) ? room.home : '')

export const Accounts = ({ source, accounts, missing }: { source: Source; accounts: Account[]; missing: boolean }) => (
  <>
    {missing && <p class="note">{t('workspace_missing')}</p>}
    {accounts.length === 0 ? (
      <div class="empty">
        <h1>{t('workspace_empty_title')}</h1>
        <p>{t('workspace_empty')}</p>
      </div>
    ) : (
      <>
        <h1>{t('workspace_accounts')}</h1>
        <ul class="files">
          {accounts.map(account => {
            const room = rooms[account.network]
            const home = room && homeOf(room)
            return (
              <li key={account.account} class="file">
                <h2><a href={accountPath(account)}><Say k="workspace_title" handle={<Handle of={account.handle ?? account.id} />} network={room?.name ?? account.network} /></a></h2>
                <p class="small">{account.name && <><bdi>{account.name}</bdi> · </>}{t('updated_at', { when: moment(account.lastSeen) })}</p>
                {room && <Sections source={source} account={account} room={room} />}
                {room && <p class="small">{home ? <Out href={home}>{t('account_again', { network: room.name })}</Out> : t('account_again', { network: room.name })}</p>}
              </li>
            )
          })}
        </ul>
      </>
    )}
  </>
)
