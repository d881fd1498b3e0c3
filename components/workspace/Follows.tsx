import { useState } from 'preact/hooks'
import { t, word, type Key } from '../../lib/browser/texts.ts'
import type { AccountKey, Verdict } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import type { FollowRow, Totals } from '../../lib/store/types.ts'
import { verdicts } from '../bars.tsx'
import { Cross, Dots, Half, Tick } from '../icons.tsx'
import { detailOf, useLive } from '../live.ts'
import { Out } from '../Say.tsx'
import { Gone, More, Scrolls, Search, Shown, chunk } from './tools.tsx'
import type { Source } from './source.ts'

const signs: Record<Verdict, () => preact.JSX.Element> = { followable: Tick, maybe: Half, unknown: Dots, not: Cross }
const verdictKeys: Record<Verdict, Key> = { followable: 'verdict_followable', maybe: 'verdict_maybe', unknown: 'verdict_unknown', not: 'verdict_not' }
const filterKeys: Record<Verdict, Key> = {
  followable: 'follows_filter_followable', maybe: 'follows_filter_maybe', unknown: 'follows_filter_unknown', not: 'follows_filter_not',
}

/** A link to a person's page, where it is a page of the web. */
const webLink = (row: FollowRow, room: Room): string | undefined => {
  const url = row.url ?? room.profileUrl(row.handle)
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined
}

const Row = ({ row, room }: { row: FollowRow; room: Room }) => {
  const { verdict, address, reason } = row.reach
  const Sign = signs[verdict]
  const link = webLink(row, room)
  const handle = <bdi>@{row.handle}</bdi>
  return (
    <tr>
      <th scope="row">
        {row.name && <bdi class="name">{row.name}</bdi>}
        <span class={row.name ? 'small' : 'name'}>
          {link ? <Out href={link}>{handle}</Out> : handle}
          {row.goneAt && <> <span class="badge">{t('gone')}</span></>}
        </span>
      </th>
      <td class="address">{address ? <bdi>{address}</bdi> : <span class="small">{t('no_address')}</span>}</td>
      <td>
        <span class={`mark mark-${verdict}`}><Sign />{t(verdictKeys[verdict])}</span>
        <span class="small">{word('reach', reason, { network: room.name })}</span>
      </td>
    </tr>
  )
}

/** Everybody in the list, searchable, with the verdict and the reason for it. */
export const Follows = ({ source, account, room, totals }: { source: Source; account: AccountKey; room: Room; totals: Totals }) => {
  const [search, setSearch] = useState('')
  const [verdict, setVerdict] = useState<Verdict | ''>('')
  const [gone, setGone] = useState(false)
  const [limit, setLimit] = useState(chunk)
  const query = { search: search || undefined, verdict: verdict || undefined, gone }
  const { value, error } = useLive(source.store, () => source.store.follows(account, query, limit), JSON.stringify([account, query, limit]))
  const missing = totals['gone:follows'] ?? 0
  const total = verdict ? totals[`follows:${verdict}`] : totals['follows']
  const found = value?.rows ?? []
  return (
    <section aria-labelledby="follows">
      <h2 id="follows" class="unseen">{t('tab_follows')}</h2>
      {value && !totals['follows'] && found.length === 0 && !search && !verdict && !missing ? (
        <p class="empty">{t('follows_none')}</p>
      ) : (
        <div class="files">
          <div class="tools" role="search">
            <Search label={t('follows_search')} found={text => { setSearch(text); setLimit(chunk) }} />
            <label>
              {t('follows_filter')}
              <select value={verdict} onChange={event => { setVerdict(event.currentTarget.value as Verdict | ''); setLimit(chunk) }}>
                <option value="">{t('follows_filter_all', { count: totals['follows'] ?? 0 })}</option>
                {verdicts.map(one => <option key={one} value={one}>{t(filterKeys[one], { count: totals[`follows:${one}`] ?? 0 })}</option>)}
              </select>
            </label>
            <Gone count={missing} on={gone} set={setGone} />
            {value && <Shown shown={found.length} more={value.next !== undefined} total={search || gone ? undefined : total} />}
          </div>
          {error !== undefined && <p class="problem" role="alert">{t('error_store', { detail: detailOf(error) })}</p>}
          {!value && error === undefined && <p class="empty">{t('workspace_loading')}</p>}
          {value && found.length === 0 && <p class="empty">{t('follows_nohit')}</p>}
          {found.length > 0 && (
            <Scrolls label={t('follows_caption')}>
              <table>
                <caption>{t('follows_caption')}</caption>
                <thead>
                  <tr><th scope="col">{t('follows_person')}</th><th scope="col">{t('follows_address')}</th><th scope="col">{t('follows_verdict')}</th></tr>
                </thead>
                <tbody>{found.map(row => <Row key={row.key} row={row} room={room} />)}</tbody>
              </table>
            </Scrolls>
          )}
          {value?.next !== undefined && <More press={() => setLimit(limit + chunk)} />}
        </div>
      )}
    </section>
  )
}
