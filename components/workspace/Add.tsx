/** What a person has of their own, beside a capture: the network's file, or a list that is typed or pasted. */
import { useRef, useState } from 'preact/hooks'
import { list, percent, plural, t, word } from '../../lib/browser/texts.ts'
import type { Account, AccountKey, Run } from '../../lib/model/index.ts'
import { rooms, type Room } from '../../lib/networks/rooms.ts'
import { Tick } from '../icons.tsx'
import { detailOf, useLive } from '../live.ts'
import { sectionName } from '../words.ts'
import type { Source } from './source.ts'

/** One thing that was handed over, while the page is open. */
interface Given { name: string; at: number; run?: string; problem?: string; of?: string }

const ended = (run: Run): boolean => run.state === 'done' || run.state === 'stopped'

/** Bytes of the members that were read, of all that are. */
const shareOf = ({ archive }: Run): string => percent(archive?.of ? Math.min(1, archive.read / archive.of) : 0)

/** Why a file can't be read, and what to do now. */
const refusalText = (refused: string, room: Room): string => word('add_refused', refused.replace(':', '_'), { network: room.name }) || t('add_unreadable', { network: room.name, endings: list(room.handIn?.files ?? []) })

/** Why it stands still. */
const Standing = ({ run, room }: { run: Run; room: Room }) => {
  const { reason } = run
  if (reason === 'file-gone') return <p class="note" role="status">{t('add_again', { share: shareOf(run) })}</p>
  if (reason === 'other-account') return <p class="problem" role="alert">{t('add_other_account')} <a href={`?add=${room.id}`}>{t('add_refused_of_link', { other: room.name })}</a></p>
  if (reason === 'whose') return <p class="problem" role="alert">{t('add_whose')}</p>
  if (reason === 'storage-full') return <p class="problem" role="alert">{t('paused_storage_full')}</p>
  if (run.archive?.open) return <p class="small" role="status">{t('add_paused', { share: shareOf(run) })}</p>
  return <p class="problem" role="alert">{reason === 'unreachable' ? t('add_unreachable') : t('add_unreadable', { network: room.name, endings: list(room.handIn?.files ?? []) })}</p>
}

/** What became of it: how far it is, what is being asked, what was found, or what is wrong with it. */
const Outcome = ({ source, given, room, account }: { source: Source; given: Omit<Given, 'at'>; room: Room; account?: Account }) => {
  const [taken, setTaken] = useState<string>()
  const { value, error } = useLive(
    source.store,
    async () => {
      const run = given.run === undefined ? undefined : await source.store.run(given.run)
      const unread = run?.account ? (await source.store.unread(run.account)).filter(row => row.runId === run.id) : []
      return { run, unread, totals: run?.account ? await source.store.totals(run.account) : {} }
    },
    given.run ?? '',
  )
  const problem = given.problem ?? (error === undefined ? undefined : t('error_store', { detail: detailOf(error) }))
  const run = value?.run
  const sections = Object.keys(run?.sections ?? {}).filter(section => section !== 'profile')
  const hand = (what: 'pause' | 'resume' | 'stop') => () => void (run && source.hand(run.id, what))
  const reading = run?.archive?.open && !ended(run) && run.reason !== 'file-gone'
  const said = (): preact.JSX.Element => {
    if (taken !== undefined) return <p class="small" role="status">{taken}</p>
    if (problem !== undefined) return <p class="problem" role="alert">{problem}{given.of !== undefined && <> <a href={`?add=${given.of}`}>{t('add_refused_of_link', { other: rooms[given.of]?.name ?? '' })}</a></>}</p>
    if (!run) return <p class="small" role="status">{t('add_reading')}</p>
    if (run.state === 'paused' || (run.state === 'stopped' && run.reason !== undefined)) return <Standing run={run} room={room} />
    if (run.state === 'stopped') return <p class="small" role="status">{t('add_stopped')}</p>
    if (!ended(run)) return <p class="small" role="status">{run.archive?.open ? t('add_share', { share: shareOf(run) }) : plural('add_asking', run.queue?.length ?? 0)}</p>
    if (sections.length === 0) return <p class="problem" role="alert">{t('add_unreadable', { network: room.name, endings: list(room.handIn?.files ?? []) })}</p>
    return (
      <p role="status" class="saved">
        <Tick /> {t('add_done', { what: list(sections.map(section => t('add_section', { section: sectionName(section), count: value?.totals[section] ?? 0 }))) })}{' '}
        {run.account !== account?.account && run.account !== undefined && <a href={`?account=${encodeURIComponent(run.account)}`}>{t('add_look')}</a>}
      </p>
    )
  }
  return (
    <li class="file">
      <p class="file-head"><span class="file-name"><bdi>{given.name}</bdi></span></p>
      {reading && <progress max={run.archive?.of || 1} value={run.archive?.read ?? 0} aria-label={given.name} />}
      {said()}
      {reading && (
        <p class="row">
          {run.state === 'running' ? <button type="button" onClick={hand('pause')}>{t('add_pause')}</button> : <button type="button" onClick={hand('resume')}>{t('add_resume')}</button>}
          <button type="button" onClick={hand('stop')}>{t('add_stop')}</button>
        </p>
      )}
      {value?.unread.map((row, at) => <p key={at} class="note">{word('unread', row.reason, { network: room.name, reason: row.reason })}</p>)}
      {run?.account !== undefined && ended(run) && run.reason === undefined && sections.length > 0 && <TakeOut source={source} account={run.account} run={run.id} done={setTaken} />}
    </li>
  )
}

/** What a file brought in can be taken out again. */
const TakeOut = ({ source, account, run, done }: { source: Source; account: AccountKey; run: string; done(said: string): void }) => {
  const [sure, setSure] = useState(false)
  const take = async (): Promise<void> => {
    try {
      done(plural('add_taken_out', await source.takeOut(account, run)))
    } catch (error) {
      done(t('error_store', { detail: detailOf(error) }))
    }
  }
  return sure ? (
    <p class="row" role="group" aria-label={t('add_take_out')}>
      <span>{t('add_take_out_sure')}</span> <button type="button" onClick={() => void take()}>{t('add_take_out')}</button> <button type="button" class="link" onClick={() => setSure(false)}>{t('delete_cancel')}</button>
    </p>
  ) : (
    <p><button type="button" class="link" onClick={() => setSure(true)}>{t('add_take_out')}</button></p>
  )
}

/** Runs that read files of this account before: those that were broken off, and what may be taken out again. */
const Before = ({ source, account, room, shown }: { source: Source; account: Account; room: Room; shown: (string | undefined)[] }) => {
  const { value } = useLive(source.store, async () => (await source.store.runsOf(account.account)).filter(run => run.archive && !shown.includes(run.id)), `${account.account} ${shown.join(' ')}`)
  if (!value?.length) return null
  return (
    <>
      <h3>{t('add_here')}</h3>
      <ul class="files">{value.map(run => <Outcome key={run.id} source={source} given={{ name: run.archive?.name ?? '', run: run.id }} room={room} account={account} />)}</ul>
    </>
  )
}

/** @param account whose it is; absent: the file says so itself */
export const Add = ({ source, account, room }: { source: Source; account?: Account; room: Room }) => {
  const [all, setAll] = useState<Given[]>([])
  const [pasted, setPasted] = useState('')
  const [over, setOver] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const count = useRef(0)
  const { handIn } = room
  if (!handIn) return null
  const hand = async (name: string, bytes: Blob): Promise<void> => {
    const at = ++count.current
    setAll(others => [{ name, at }, ...others])
    const change = (more: Partial<Given>): void => setAll(others => others.map(one => (one.at === at ? { ...one, ...more } : one)))
    try {
      const read = await source.handIn(room, { name, bytes, account: account?.account }, run => change({ run }))
      if ('refused' in read) change(read.of === undefined ? { problem: refusalText(read.refused, room) } : { problem: t('add_refused_of', { other: rooms[read.of]?.name ?? '', network: room.name }), of: read.of })
    } catch (error) {
      change({ problem: t('add_failed', { detail: detailOf(error) }) })
    }
  }
  const take = (files: FileList | null | undefined): void => {
    for (const file of files ?? []) void hand(file.name, file)
  }
  const paste = (): void => {
    if (!pasted.trim()) return
    void hand(source.pastedName, new Blob([pasted], { type: 'text/plain' }))
    setPasted('')
  }
  const steps = [1, 2, 3, 4, 5].map(step => word(`download_step_${step}`, room.id)).filter(Boolean)
  return (
    <section class="files" aria-labelledby={`add-${room.id}`}>
      <h2 id={`add-${room.id}`}>{t('add_title', { network: room.name })}</h2>
      <p class="prose">{t('add_intro', { endings: list(handIn.files) })}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is a second way; the button inside does the same for everybody */}
      <div
        class={`drop${over ? ' over' : ''}`}
        role="group"
        aria-label={t('add_file')}
        onDragOver={event => { event.preventDefault(); setOver(true) }}
        onDragLeave={() => setOver(false)}
        onDrop={event => { event.preventDefault(); setOver(false); take(event.dataTransfer?.files) }}
      >
        <p>{t('add_drop')}</p>
        <input ref={picker} id={`add-file-${room.id}`} class="unseen" type="file" multiple accept={handIn.files.join(',')} tabIndex={-1} aria-label={t('add_file')} onChange={event => { take(event.currentTarget.files); event.currentTarget.value = '' }} />
        <button type="button" class="primary" onClick={() => picker.current?.click()}>{t('add_file')}</button>
      </div>
      {handIn.paste && (
        <div class="paste">
          <label for={`add-paste-${room.id}`}>{t('add_paste_label')}</label>
          <textarea id={`add-paste-${room.id}`} rows={6} spellcheck={false} value={pasted} placeholder={t('add_paste_example')} onInput={event => setPasted(event.currentTarget.value)} />
          <button type="button" onClick={paste} disabled={!pasted.trim()}>{t('add_paste')}</button>
        </div>
      )}
      {all.length > 0 && <ul class="files">{all.map(given => <Outcome key={given.at} source={source} given={given} room={room} account={account} />)}</ul>}
      {account && <Before source={source} account={account} room={room} shown={all.map(({ run }) => run)} />}
      {steps.length > 0 && (
        <>
          <h3>{t('add_how')}</h3>
          <ol class="steps">{steps.map(step => <li key={step}>{step}</li>)}</ol>
        </>
      )}
      <p class="small">{t('keep_here')}</p>
    </section>
  )
}
