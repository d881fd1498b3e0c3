/** When something of this account was captured, or read from a file, and what it brought. */
import { moment, t, word } from '../../lib/browser/texts.ts'
import type { AccountKey, Run } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import { detailOf, useLive } from '../live.ts'
import { sectionName } from '../words.ts'
import type { Source } from './source.ts'

const stateOf = ({ state }: Run): 'done' | 'stopped' | 'open' => (state === 'done' || state === 'stopped' ? state : 'open')

const RunItem = ({ run, room, first }: { run: Run; room: Room; first: boolean }) => {
  const kind = run.archive || run.handIn ? 'file' : 'capture'
  const parts = Object.entries(run.sections).filter(([, { pages, state }]) => pages > 0 || state === 'done')
  return (
    <li class="file">
      <p class="file-head">
        <span><strong>{t(kind === 'file' ? 'history_file' : 'history_capture', { network: room.name })}</strong>{run.archive && <> · <span class="file-name">{run.archive.name}</span></>}</span>
        <time class="small" dateTime={run.startedAt}>{moment(run.startedAt)}</time>
      </p>
      <p>{word('history_state', stateOf(run))}{run.endedAt && <> <time class="small" dateTime={run.endedAt}>{moment(run.endedAt)}</time></>}</p>
      {parts.length > 0 && <ul class="plain">{parts.map(([section, { state }]) => <li key={section}>{t('history_part', { part: sectionName(section), state: word('history_part', state) })}</li>)}</ul>}
      {/* Captures of earlier versions did not count. */}
      {run.brought && <p class="small">{run.brought.added + run.brought.changed > 0 ? t(first ? 'history_brought_first' : 'history_brought', run.brought) : t('history_nothing_new')}</p>}
    </li>
  )
}

export const History = ({ source, account, room }: { source: Source; account: AccountKey; room: Room }) => {
  const { value: runs, error } = useLive(source.store, () => source.store.runsOf(account), account)
  return (
    <section class="files" aria-labelledby="history">
      <h2 id="history" class="unseen">{t('tab_history')}</h2>
      <p class="prose">{t('history_intro', { network: room.name })}</p>
      {error !== undefined && <p class="problem" role="alert">{t('error_store', { detail: detailOf(error) })}</p>}
      {!runs && error === undefined && <p class="empty">{t('workspace_loading')}</p>}
      {runs?.length === 0 && <p class="empty">{t('history_none')}</p>}
      {runs && runs.length > 0 && <ol class="files" aria-label={t('tab_history')}>{runs.map((run, at) => <RunItem key={run.id} run={run} room={room} first={at === runs.length - 1} />)}</ol>}
    </section>
  )
}
