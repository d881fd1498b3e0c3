/** Looking up who can be followed: what would be asked of whom, how far it is, and what came of it. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { clock, duration, list, moment, plural, t, word } from '../../lib/browser/texts.ts'
import type { LookUpRequest } from '../../lib/browser/messages.ts'
import { learners, leaveFor, oldBefore } from '../../lib/lookup/plan.ts'
import type { AccountKey } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import type { LookUpHost, LookUpJob, LookUpPlan, LookUpScope, Totals } from '../../lib/store/types.ts'
import { Progress } from '../bars.tsx'
import { Clock, Eye } from '../icons.tsx'
import { Learns } from '../Learns.tsx'
import { detailOf, useLive, useNow } from '../live.ts'
import type { Source } from './source.ts'

/** How many servers are named of those that are left out. */
const named = 5
const nobody: LookUpPlan = { names: 0, hosts: [] }
/** How often the clock is looked at, in milliseconds. */
const tick = 1000

/** At least a second for each question to the same server: the server with the most of them says how long it takes. Milliseconds, in whole minutes where it is longer than one. */
const timeFor = (most: number): number => (most > 60 ? Math.ceil(most / 60) * 60_000 : most * 1000)

/** What one press would ask, of whom, and how long it takes. @param begin with the hosts for which leave is asked */
const Plan = ({ plan, scope, room, off, begin }: { plan: LookUpPlan; scope: LookUpScope; room: Room; off: boolean; begin: (leave: string[]) => void }) => {
  const leave = leaveFor(plan, room)
  const most = Math.max(1, ...plan.hosts.map(({ names }) => names))
  return (
    <>
      <p>{scope === 'all' ? t('lookup_intro') : plural('lookup_again_text', plan.names)}</p>
      <Learns all={learners(plan, room)} />
      <p class="small">
        <Eye /> {t('lookup_time', { duration: duration(timeFor(most)) })}
        {leave.length > 0 && ` ${t('lookup_leave', { hosts: list(leave) })}`}
      </p>
      <div class="row">
        <button type="button" class={scope === 'all' ? 'primary' : ''} disabled={off} onClick={() => begin(leave)}>{scope === 'all' ? plural('lookup_start', plan.names) : t('lookup_again')}</button>
      </div>
    </>
  )
}

const resultParts = ({ outcomes }: LookUpJob): string[] => {
  const missing = (outcomes['not-found'] ?? 0) + (outcomes['gone'] ?? 0) + (outcomes['no-actor'] ?? 0)
  return [
    outcomes['found'] ? plural('lookup_found', outcomes['found']) : '',
    missing ? plural('lookup_missing', missing) : '',
    outcomes['unclear'] ? plural('lookup_unclear', outcomes['unclear']) : '',
  ].filter(Boolean)
}

const resultText = (job: LookUpJob): string => {
  const parts = resultParts(job)
  const when = moment(job.endedAt ?? job.updatedAt)
  const said = parts.length > 0 ? list(parts) : t('lookup_none_asked')
  return job.state === 'stopped' ? t('lookup_stopped', { when, asked: job.asked, total: job.total, parts: said }) : t('lookup_done', { when, parts: said })
}

/** A look-up that goes on, or stands still. */
const Open = ({ job, hosts, children }: { job: LookUpJob; hosts: LookUpHost[]; children: ComponentChildren }) => {
  const now = useNow(job.state === 'running' ? tick : undefined)
  const text = t('lookup_progress', { asked: job.asked, total: job.total })
  const left = Math.max(0, ...hosts.filter(({ state }) => state !== 'aside' && state !== 'leave').map(({ names, asked, until = 0 }) => (names - asked) * 1000 + (names > asked ? Math.max(0, until - now) : 0)))
  const resting = hosts.filter(({ until = 0, names, asked }) => until > now && names > asked)
  const aside = hosts.filter(({ state, why }) => state === 'aside' && why !== undefined)
  return (
    <>
      <div class="section now">
        <span class="section-name">{t('lookup_running')}</span>
        <span class="section-count">{text}</span>
        <Progress share={job.total ? job.asked / job.total : undefined} label={t('lookup_label', { asked: job.asked, total: job.total })} />
      </div>
      <div role="status">
        {job.state === 'paused' && <p class="note">{word('lookup_paused', job.reason ?? 'other')}</p>}
        {job.state === 'running' && resting.map(({ host, until = 0, why }) => (
          <p key={host} class="small"><Clock /> {t(why === 'too-many' ? 'lookup_rests_too_many' : 'lookup_rests', { host, time: clock(until, now) })}</p>
        ))}
        {aside.slice(0, named).map(({ host, names }) => <p key={host} class="small">{plural('lookup_aside', names, { host })}</p>)}
      </div>
      {job.state === 'running' && left > 0 && <p class="small">{t('lookup_left', { duration: duration(timeFor(left / 1000)) })}</p>}
      {children}
    </>
  )
}

/** Beside the look-up: everybody who was not looked up, all the same. */
const Without = ({ unknown, include }: { unknown: number; include: () => void }) => (
  <details class="without">
    <summary>{t('lookup_without_title')}</summary>
    <p>{t('lookup_without_text')}</p>
    <button type="button" onClick={include}>{plural('lookup_include', unknown)}</button>
  </details>
)

export const LookUp = ({ source, account, room, totals }: { source: Source; account: AccountKey; room: Room; totals: Totals }) => {
  const { store } = source
  const { value, error } = useLive(store, async () => ({ job: await store.lookUpJob(account), hosts: await store.lookUpHosts(account) }), account)
  const [plans, setPlans] = useState<Record<LookUpScope, LookUpPlan>>()
  const [asking, setAsking] = useState(false)
  const [refused, setRefused] = useState(false)
  const [failed, setFailed] = useState<string>()
  const heading = useRef<HTMLHeadingElement>(null)
  const job = value?.job
  const open = job !== undefined && job.endedAt === undefined
  const unknown = totals['follows:unknown'] ?? 0

  useEffect(() => {
    if (!value || open) return
    let current = true
    const plan = async (): Promise<Record<LookUpScope, LookUpPlan>> => {
      const old = oldBefore(Date.now())
      const all = await store.planLookUp(account, 'all', old)
      return { all, again: job ? await store.planLookUp(account, 'again', old) : nobody }
    }
    plan().then(found => current && setPlans(found), reason => current && setFailed(t('error_store', { detail: detailOf(reason) })))
    return () => void (current = false)
  }, [value !== undefined, open, job?.endedAt, totals['follows'], unknown])

  // The popup's button leads here.
  useEffect(() => {
    if (location.hash !== '#lookup') return
    heading.current?.scrollIntoView({ block: 'start' })
    heading.current?.focus({ preventScroll: true })
  }, [value !== undefined])

  const tell = (request: LookUpRequest): Promise<void> => source.lookUp(request).then(() => setFailed(undefined), () => setFailed(t('error_background')))
  /** @param hosts for which leave is asked @param then what follows a yes */
  const withLeave = (hosts: string[], then: LookUpRequest): void => {
    // The question must be the first call of the press.
    const answer = source.leave.forLookUp(hosts)
    setAsking(true)
    setRefused(false)
    answer.then(
      async yes => {
        if (yes) await tell(then)
        else setRefused(true)
      },
      () => setRefused(true),
    ).finally(() => setAsking(false))
  }

  if (error !== undefined) return <p class="problem" role="alert">{t('error_store', { detail: detailOf(error) })}</p>
  if (!value) return null
  const waiting = value.hosts.filter(({ state }) => state === 'leave').map(({ host }) => host)
  const shown = open ? undefined : plans
  const start = (scope: LookUpScope) => shown && (
    <Plan plan={shown[scope]} scope={scope} room={room} off={asking} begin={leave => withLeave(leave, { kind: 'look-up', account, scope })} />
  )
  if (!open && !job && plans?.all.names === 0) return null
  return (
    <section class="file lookup" aria-labelledby="lookup">
      <h3 id="lookup" ref={heading} tabIndex={-1}>{t('lookup_title')}</h3>
      {failed !== undefined && <p class="problem" role="alert">{failed}</p>}
      {refused && <p class="note" role="status">{t('lookup_unasked')}</p>}
      {job && !open && <p role="status">{resultText(job)}</p>}
      {job && open && (
        <Open job={job} hosts={value.hosts}>
          {job.state === 'needs-hosts' && (
            <div class="note"><span><strong>{t('lookup_needs_title')}.</strong> {t('lookup_needs', { hosts: list(waiting) })}</span></div>
          )}
          <div class="row">
            {job.state === 'running' && <button type="button" onClick={() => void tell({ kind: 'look-up-pause', account })}>{t('pause')}</button>}
            {job.state === 'paused' && <button type="button" class="primary" onClick={() => (job.reason === 'no-consent' ? withLeave([], { kind: 'look-up-resume', account }) : void tell({ kind: 'look-up-resume', account }))}>{t('resume')}</button>}
            {job.state === 'needs-hosts' && <button type="button" class="primary" disabled={asking} onClick={() => withLeave(waiting, { kind: 'look-up-resume', account })}>{t('lookup_needs_allow')}</button>}
            <button type="button" onClick={() => void tell({ kind: 'look-up-stop', account })}>{t(job.state === 'needs-hosts' ? 'lookup_needs_leave' : 'stop')}</button>
          </div>
        </Open>
      )}
      {shown && shown.all.names === 0 && shown.again.names === 0 && <p class="small">{t('lookup_nothing')}</p>}
      {shown && shown.all.names > 0 && start('all')}
      {shown && shown.again.names > shown.all.names && (shown.all.names === 0 ? start('again') : (
        <details class="without">
          <summary>{t('lookup_again_fold')}</summary>
          {start('again')}
        </details>
      ))}
      {unknown > 0 && !open && <Without unknown={unknown} include={() => void store.chooseAll(account, { verdict: 'unknown' }, true).catch(reason => setFailed(t('error_store', { detail: detailOf(reason) })))} />}
    </section>
  )
}
