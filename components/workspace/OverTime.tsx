/** How many posts are from when: bars by year, and the same numbers as a table. */
import { useState } from 'preact/hooks'
import { number, t } from '../../lib/browser/texts.ts'
import type { AccountKey } from '../../lib/model/index.ts'
import { BarLine } from '../bars.tsx'
import { detailOf, useLive } from '../live.ts'
import type { Source } from './source.ts'

/** By month where all is from a few years, else by year; months and years without any in between are there too. */
export const spans = (months: [month: string, count: number][]): { name: string; count: number }[] => {
  const known = months.filter(([month]) => /^\d{4}-\d\d$/.test(month))
  const first = known[0]?.[0]
  const last = known.at(-1)?.[0]
  if (first === undefined || last === undefined) return []
  const counts = new Map<string, number>()
  const index = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
  const [from, to] = [index(first), index(last)]
  const byMonth = to - from < 36
  // A time far off, as some files have it, must not make a million bars.
  if (to - from > 12 * 200) return known.map(([name, count]) => ({ name, count }))
  for (let at = from; at <= to; at++) {
    const year = String(Math.floor(at / 12)).padStart(4, '0')
    counts.set(byMonth ? `${year}-${String((at % 12) + 1).padStart(2, '0')}` : year, 0)
  }
  for (const [month, count] of known) {
    const name = byMonth ? month : month.slice(0, 4)
    counts.set(name, (counts.get(name) ?? 0) + count)
  }
  return [...counts].map(([name, count]) => ({ name, count }))
}

const Bars = ({ source, account }: { source: Source; account: AccountKey }) => {
  const { value, error } = useLive(source.store, () => source.store.monthsOf(account), account)
  if (error !== undefined) return <p class="problem" role="alert">{t('error_store', { detail: detailOf(error) })}</p>
  if (!value) return <p class="empty">{t('workspace_loading')}</p>
  const all = spans(value)
  const most = Math.max(1, ...all.map(({ count }) => count))
  const undated = value.find(([month]) => month === '')?.[1] ?? 0
  return (
    <table class="bars">
      <caption>{t('over_time_caption')}</caption>
      <thead class="unseen"><tr><th scope="col">{t('over_time_when')}</th><th scope="col">{t('over_time_count')}</th></tr></thead>
      <tbody>
        {all.map(({ name, count }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td><BarLine share={count / most} /><span>{number(count)}</span></td>
          </tr>
        ))}
        {undated > 0 && <tr><th scope="row">{t('date_unknown')}</th><td><BarLine share={undated / most} /><span>{number(undated)}</span></td></tr>}
      </tbody>
    </table>
  )
}

/** Folded in until it is asked for. */
export const OverTime = ({ source, account }: { source: Source; account: AccountKey }) => {
  const [open, setOpen] = useState(false)
  return (
    <details class="without" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t('over_time')}</summary>
      {open && <Bars source={source} account={account} />}
    </details>
  )
}
