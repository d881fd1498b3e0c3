/** Keeping pictures and videos: how many, what that takes, whom it tells what; how far it is, and what came of it. */
import { bytes, clock, duration, list, plural, t, word, words } from '../lib/browser/texts.ts'
import type { Room } from '../lib/networks/rooms.ts'
import type { Totals } from '../lib/store/types.ts'
import { Progress } from './bars.tsx'
import { Clock, Cross, Eye, Tick } from './icons.tsx'
import { needed, type MediaFacts } from './media.ts'
import { Out } from './Say.tsx'

export interface MediaActions {
  /** Must be the first call of a press: it may ask the person. */
  keep(hosts: string[]): void
  pause(): void
  stop(): void
  again(hosts: string[]): void
}

const states = ['kept', 'expired', 'refused', 'skipped'] as const
const of = (totals: Totals, name: string): number => totals[`media:${name}`] ?? 0

/** Why they are not kept, the most frequent first. */
const Reasons = ({ totals, state, network }: { totals: Totals; state: string; network: string }) => {
  const all = Object.entries(totals).flatMap(([name, count]) => (count > 0 && name.startsWith(`media:${state}:`) ? [{ reason: name.slice(`media:${state}:`.length), count }] : []))
  return <ul class="reasons">{all.toSorted((a, b) => b.count - a.count).map(({ reason, count }) => <li key={reason}>{t('transfer_reason', { count, reason: word('media_reason', reason, { network }) })}</li>)}</ul>
}

/** What came of those that were asked for. @param whole with every reason */
const Results = ({ totals, network, whole }: { totals: Totals; network: string; whole: boolean }) => {
  const some = states.filter(state => of(totals, state) > 0)
  if (!some.length) return null
  return (
    <ul class="fits against">
      {some.map(state => (
        <li key={state} class={state}>
          {state === 'kept' ? <Tick /> : <Cross />}
          <span>
            {words('media_state', state, of(totals, state), { size: bytes(of(totals, 'bytes')) })}
            {whole && state !== 'kept' && <Reasons totals={totals} state={state} network={network} />}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What one press would do. */
const Before = ({ facts: { totals, hosts, free, ends }, room, now, more, keep }: { facts: MediaFacts; room: Room; now: number; more: boolean; keep: () => void }) => {
  const left = of(totals, 'seen')
  const need = needed(totals)
  const wait = ends === undefined ? undefined : Date.parse(ends) - now
  return (
    <>
      <p>{plural(more ? 'media_more' : 'media_known', left, { network: room.name })}</p>
      {wait !== undefined && <p class="note"><Clock /><span>{wait > 0 ? t('media_ends', { duration: duration(Math.max(60_000, Math.floor(wait / 60_000) * 60_000)) }) : t('media_ended', { network: room.name })}</span></p>}
      <p class="small">{free === undefined ? t('media_needs_space', { need: bytes(need) }) : t('media_space', { need: bytes(need), free: bytes(free) })}{free !== undefined && free < need && ` ${t('media_tight')}`}</p>
      <p class="small"><Eye /> {t('media_learns', { hosts: list(hosts) })}</p>
      <div class="row"><button type="button" onClick={keep}>{t('media_keep')}</button></div>
    </>
  )
}

/** @param whole with every reason, as in the workspace @param now ms since 1970 */
export const Media = ({ facts, room, now, actions, whole = false }: { facts: MediaFacts; room: Room; now: number; actions: MediaActions; whole?: boolean }) => {
  const { job, totals, hosts } = facts
  const left = of(totals, 'seen')
  const settled = states.reduce((sum, state) => sum + of(totals, state), 0)
  if (left + settled === 0) return null
  const open = job !== undefined && job.endedAt === undefined
  const network = room.name
  const text = t('media_progress', { done: settled, total: settled + left })
  const lost = of(totals, 'expired') + of(totals, 'refused')
  return (
    <section class="file media" aria-labelledby="media">
      <h2 id="media">{t('media_title')}</h2>
      {open && (
        <>
          <div class="section now">
            <span class="section-name">{t(job.state === 'running' ? 'media_running' : 'media_halted')}</span>
            <span class="section-count">{text}</span>
            <Progress share={settled / (settled + left)} label={t('media_label', { done: settled, total: settled + left })} />
          </div>
          <div role="status">
            {job.state === 'paused' && <p class="note">{word('media_paused', job.reason ?? 'person')}</p>}
            {job.state === 'needs-hosts' && <p class="note">{t('media_hosts', { hosts: list(hosts) })}</p>}
            {job.state === 'running' && job.until !== undefined && Date.parse(job.until) > now && <p class="small"><Clock /> {t('media_rests', { time: clock(job.until, now) })}</p>}
          </div>
        </>
      )}
      <Results totals={totals} network={network} whole={whole} />
      {open ? (
        <div class="row">
          {job.state === 'running' && <button type="button" onClick={actions.pause}>{t('media_pause')}</button>}
          {job.state !== 'running' && <button type="button" onClick={() => actions.keep(hosts)}>{t(job.state === 'needs-hosts' ? 'media_allow' : 'media_resume')}</button>}
          <button type="button" onClick={actions.stop}>{t('media_stop')}</button>
        </div>
      ) : (
        <>
          {left > 0 && <Before facts={facts} room={room} now={now} more={settled > 0} keep={() => actions.keep(hosts)} />}
          {lost > 0 && (
            <>
              <p class="small">{t('media_lost', { network })} <Out href={room.downloadPage}>{t('media_official', { network })}</Out></p>
              {whole && <div class="row"><button type="button" onClick={() => actions.again(hosts)}>{t('media_again')}</button></div>}
            </>
          )}
        </>
      )}
      {whole && <p class="small">{t('media_where')}</p>}
    </section>
  )
}
