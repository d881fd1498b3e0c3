import { useEffect, useState } from 'preact/hooks'
import { plural, t, type Key } from '../../lib/browser/texts.ts'
import type { AccountKey, Choice } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import type { FollowQuery, FollowRow as Row, Totals } from '../../lib/store/types.ts'
import { detailOf, useLive, useNow } from '../live.ts'
import { Search } from '../Search.tsx'
import { FollowRow } from './FollowRow.tsx'
import { LookUp } from './LookUp.tsx'
import { useBlocked } from './server.ts'
import type { ChosenServer, Source } from './source.ts'
import { Gone, More, Scrolls, Shown, chunk } from './tools.tsx'

/** What may be shown of the list: the question to the store, the total that says how many, and its name. The first four are always offered. */
const filters = {
  followable: { query: { verdict: 'followable' }, total: 'follows:followable', key: 'follows_filter_followable' },
  maybe: { query: { verdict: 'maybe' }, total: 'follows:maybe', key: 'follows_filter_maybe' },
  unknown: { query: { verdict: 'unknown' }, total: 'follows:unknown', key: 'follows_filter_unknown' },
  not: { query: { verdict: 'not' }, total: 'follows:not', key: 'follows_filter_not' },
  ticked: { query: { ticked: true }, total: 'follows:ticked', key: 'follows_filter_ticked' },
  left: { query: { ticked: false }, key: 'follows_filter_left' },
  fresh: { query: { fresh: true }, total: 'follows:new', key: 'follows_filter_fresh' },
  arrived: { query: { arrival: 'arrived' }, total: 'arrival:arrived', key: 'follows_filter_arrived' },
  again: { query: { arrival: 'again' }, total: 'arrival:again', key: 'follows_filter_again' },
  failed: { query: { arrival: 'failed' }, total: 'arrival:failed', key: 'follows_filter_failed' },
} satisfies Record<string, { query: FollowQuery; total?: string; key: Key }>
type Filter = keyof typeof filters
const always: Filter[] = ['followable', 'maybe', 'unknown', 'not', 'ticked', 'left']

const sorts = { list: 'follows_sort_list', handle: 'follows_sort_handle', verdict: 'follows_sort_verdict' } satisfies Record<string, Key>
type Sort = keyof typeof sorts

/** Everybody in the list, searchable, with the verdict, how we know, and whether they are in the follow list. */
export const Follows = ({ source, account, room, totals, server }: { source: Source; account: AccountKey; room: Room; totals: Totals; server?: ChosenServer }) => {
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState<Filter | ''>('')
  const [sort, setSort] = useState<Sort>('list')
  const [gone, setGone] = useState(false)
  const [limit, setLimit] = useState(chunk)
  const [changed, setChanged] = useState<number>()
  const [failed, setFailed] = useState<unknown>()
  const query: FollowQuery = { search: search || undefined, ...(filter ? filters[filter].query : {}), gone, sort: sort === 'list' ? undefined : sort }
  const { value, error } = useLive(source.store, () => source.store.follows(account, query, limit), JSON.stringify([account, query, limit]))
  // Once the first rows stand there.
  const drawn = value !== undefined
  useEffect(() => {
    if (drawn) void source.store.prepareSearch(account).catch(() => undefined)
  }, [drawn, account])
  const of = (name: Filter): number => {
    const one = filters[name]
    return 'total' in one ? (totals[one.total] ?? 0) : (totals['follows'] ?? 0) - (totals['follows:ticked'] ?? 0)
  }
  const missing = totals['gone:follows'] ?? 0
  const total = filter ? of(filter) : totals['follows']
  const found = value?.rows ?? []
  const facts = server?.facts
  const blocked = useBlocked(facts?.blocks, found.flatMap(row => row.reach.address ?? []))
  const problem = failed ?? error
  const now = useNow(30_000)

  const decide = (row: Row, choice: Choice): void => {
    setChanged(undefined)
    source.store.choose(account, row.key, choice, source.reachOf).then(() => setFailed(undefined), setFailed)
  }
  const decideAll = (include: boolean | undefined): void => {
    setChanged(undefined)
    // Of whom it is known that they can't be followed is ticked only where just these are shown.
    const parts = include && !query.verdict ? (['followable', 'maybe', 'unknown'] as const).map(verdict => ({ ...query, verdict })) : [query]
    Promise.all(parts.map(part => source.store.chooseAll(account, { ...part, gone: false }, include))).then(counts => { setChanged(counts.reduce((sum, count) => sum + count, 0)); setFailed(undefined) }, setFailed)
  }
  return (
    <section class="files" aria-labelledby="follows">
      <h2 id="follows" class="unseen">{t('tab_follows')}</h2>
      {value && !totals['follows'] && found.length === 0 && !search && !filter && !missing ? (
        <p class="empty">{t('follows_none')}</p>
      ) : (
        <>
          <LookUp source={source} account={account} room={room} totals={totals} />
          <div class="tools" role="search">
            <Search label={t('follows_search')} found={text => { setSearch(text); setLimit(chunk) }} />
            <label>
              {t('follows_filter')}
              <select value={filter} onChange={event => { setFilter(event.currentTarget.value as Filter | ''); setLimit(chunk); setChanged(undefined) }}>
                <option value="">{t('follows_filter_all', { count: totals['follows'] ?? 0 })}</option>
                {(Object.keys(filters) as Filter[]).filter(one => always.includes(one) || of(one) > 0 || one === filter).map(one => <option key={one} value={one}>{t(filters[one].key, { count: of(one) })}</option>)}
              </select>
            </label>
            <label>
              {t('follows_sort')}
              <select value={sort} onChange={event => { setSort(event.currentTarget.value as Sort); setLimit(chunk) }}>
                {(Object.keys(sorts) as Sort[]).map(one => <option key={one} value={one}>{t(sorts[one])}</option>)}
              </select>
            </label>
            <Gone count={missing} on={gone} set={setGone} />
            {value && <Shown shown={found.length} more={value.next !== undefined} total={search || gone ? undefined : total} />}
          </div>
          <div class="row">
            <button type="button" onClick={() => decideAll(true)}>{t('tick_all')}</button>
            <button type="button" onClick={() => decideAll(false)}>{t('untick_all')}</button>
            <button type="button" class="link" onClick={() => decideAll(undefined)}>{t('tick_undo')}</button>
            <p class="small" role="status">{changed !== undefined && `${plural('ticked_now', changed)} `}{plural('ticked_count', totals['follows:ticked'] ?? 0)}</p>
          </div>
          {problem !== undefined && <p class="problem" role="alert">{t('error_store', { detail: detailOf(problem) })}</p>}
          {!value && problem === undefined && <p class="empty">{t('workspace_loading')}</p>}
          {value && found.length === 0 && <p class="empty">{t('follows_nohit')}</p>}
          {found.length > 0 && (
            <Scrolls label={t('follows_caption')}>
              {/* How many there are in all, not how many are drawn; -1: it is not known without reading everything. */}
              <table class="people" aria-rowcount={search || gone ? (value?.next === undefined ? found.length + 1 : -1) : (total ?? -2) + 1}>
                <caption>{t('follows_caption')}</caption>
                <thead>
                  <tr aria-rowindex={1}><th scope="col"><span class="unseen">{t('follows_tick')}</span></th><th scope="col">{t('follows_person')}</th><th scope="col">{t('follows_address')}</th><th scope="col">{t('follows_verdict')}</th></tr>
                </thead>
                <tbody>
                  {found.map((row, at) => (
                    <FollowRow key={row.key} row={row} index={at + 2} room={room} server={facts?.host} blocked={blocked.has(row.reach.address?.slice(row.reach.address.indexOf('@') + 1) ?? '')} now={now} decide={decide} />
                  ))}
                </tbody>
              </table>
            </Scrolls>
          )}
          {value?.next !== undefined && <More press={() => setLimit(limit + chunk)} />}
        </>
      )}
    </section>
  )
}
