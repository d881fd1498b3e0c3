import { useState } from 'preact/hooks'
import { moment, plural, t, word } from '../../lib/browser/texts.ts'
import type { AccountKey } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import type { UnreadRow } from '../../lib/store/types.ts'
import { detailOf, useLive } from '../live.ts'
import { sectionName } from '../words.ts'
import { reportOf } from './report.ts'
import type { Source } from './source.ts'
import { Scrolls } from './tools.tsx'

/** Answers of one kind, together. */
const grouped = (rows: UnreadRow[]) => {
  const groups = new Map<string, { first: UnreadRow; last: string; count: number; records?: number }>()
  for (const row of rows) {
    const key = [row.reason, row.operation, row.section].join(' ')
    const group = groups.get(key) ?? { first: row, last: row.at, count: 0 }
    groups.set(key, {
      ...group,
      last: row.at > group.last ? row.at : group.last,
      count: group.count + 1,
      records: row.records === undefined ? group.records : (group.records ?? 0) + row.records,
    })
  }
  return [...groups.values()].sort((a, b) => (a.last < b.last ? 1 : -1))
}

/** Every answer that could not be read, and a report about their shapes. */
export const Trouble = ({ source, account, room }: { source: Source; account: AccountKey; room: Room }) => {
  const { value: rows, error } = useLive(source.store, () => source.store.unread(account), account)
  const [shown, setShown] = useState(false)
  const network = room.name
  if (error !== undefined) return <p class="problem" role="alert">{t('error_store', { detail: detailOf(error) })}</p>
  if (!rows) return <p class="empty">{t('workspace_loading')}</p>
  const report = shown ? `${JSON.stringify(reportOf(room.id, rows), null, 2)}\n` : ''
  const name = `holdall-report-${room.id}.json`
  const file = {
    name, type: 'application/json', rows: rows.length,
    stream: () => new Blob([report]).stream(),
  }
  return (
    <section class="files" aria-labelledby="trouble">
      <h2 id="trouble" class="unseen">{t('tab_trouble')}</h2>
      <p class="prose">{t('trouble_intro', { network })}</p>
      {rows.length === 0 ? (
        <p class="empty">{t('trouble_none')}</p>
      ) : (
        <>
          <Scrolls label={t('trouble_caption')}>
            <table>
              <caption>{t('trouble_caption')}</caption>
              <thead><tr><th scope="col">{t('trouble_what')}</th><th scope="col">{t('trouble_when')}</th><th scope="col">{t('trouble_lost')}</th></tr></thead>
              <tbody>
                {grouped(rows).map(({ first, last, count, records }) => (
                  <tr key={first.key ?? first.at}>
                    <th scope="row">
                      <span class="name">{word('unread', first.reason, { network, reason: first.reason })}</span>
                      <span class="small">
                        {plural('trouble_answers', count)}
                        {first.section && ` · ${sectionName(first.section)}`}
                        {first.operation && <> · <bdi>{first.operation}</bdi></>}
                      </span>
                    </th>
                    <td>{moment(last)}</td>
                    <td>{records === undefined ? t('trouble_lost_unknown') : plural('trouble_lost', records)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolls>
          <p class="small prose">{t('trouble_explain')}</p>
          <h3>{t('trouble_report_title')}</h3>
          <p class="prose">{t('trouble_report_text')}</p>
          {shown ? (
            <>
              <Scrolls label={t('trouble_report_shape')}><pre>{report}</pre></Scrolls>
              <p><button type="button" onClick={() => void source.save(file, () => {})}>{t('file_save', { file: name })}</button></p>
            </>
          ) : (
            <p><button type="button" onClick={() => setShown(true)}>{t('trouble_report_make')}</button></p>
          )}
        </>
      )}
    </section>
  )
}
