/** What a person has of their own, beside a capture: the network's file, or a list that is typed or pasted. */
import { useRef, useState } from 'preact/hooks'
import { list, plural, t, word } from '../../lib/browser/texts.ts'
import type { Account, Run } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import { Tick } from '../icons.tsx'
import { detailOf, useLive } from '../live.ts'
import { sectionName } from '../words.ts'
import type { Source } from './source.ts'

/** One thing that was handed over, while the page is open. */
interface Given { name: string; run?: string; problem?: string }

const ended = (run: Run): boolean => run.state === 'done' || run.state === 'stopped'

/** What became of it: what is being asked, what was found, or what is wrong with it. */
const Outcome = ({ source, given, room, account }: { source: Source; given: Given; room: Room; account?: Account }) => {
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
  const said = (): preact.JSX.Element => {
    if (problem !== undefined) return <p class="problem" role="alert">{problem}</p>
    if (!run) return <p class="small" role="status">{t('add_reading')}</p>
    if (run.state === 'paused') return <p class="problem" role="alert">{run.reason === 'unreachable' ? t('add_unreachable') : t('add_unreadable', { network: room.name, endings: list(room.handIn?.files ?? []) })}</p>
    if (!ended(run)) return <p class="small" role="status">{plural('add_asking', run.queue?.length ?? 0)}</p>
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
      {said()}
      {value?.unread.map((row, at) => <p key={at} class="note">{word('unread', row.reason, { network: room.name, reason: row.reason })}</p>)}
    </li>
  )
}

/** @param account whose it is; absent: the file says so itself */
export const Add = ({ source, account, room }: { source: Source; account?: Account; room: Room }) => {
  const [all, setAll] = useState<Given[]>([])
  const [pasted, setPasted] = useState('')
  const [over, setOver] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const { handIn } = room
  if (!handIn) return null
  const hand = async (name: string, bytes: Blob): Promise<void> => {
    const given: Given = { name }
    setAll(others => [given, ...others])
    const change = (more: Partial<Given>): void => setAll(others => others.map(one => (one === given || (one.name === name && one.run === undefined && one.problem === undefined) ? { ...one, ...more } : one)))
    try {
      const run = await source.handIn(room, { name, bytes, account: account?.account })
      change(run === undefined ? { problem: t('add_unreadable', { network: room.name, endings: list(handIn.files) }) } : { run })
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
    <section class="files" aria-labelledby="add">
      <h2 id="add">{t('add_title', { network: room.name })}</h2>
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
        <input ref={picker} id="add-file" class="unseen" type="file" multiple accept={handIn.files.join(',')} tabIndex={-1} aria-label={t('add_file')} onChange={event => { take(event.currentTarget.files); event.currentTarget.value = '' }} />
        <button type="button" class="primary" onClick={() => picker.current?.click()}>{t('add_file')}</button>
      </div>
      {handIn.paste && (
        <div class="paste">
          <label for="add-paste">{t('add_paste_label')}</label>
          <textarea id="add-paste" rows={6} spellcheck={false} value={pasted} placeholder={t('add_paste_example')} onInput={event => setPasted(event.currentTarget.value)} />
          <button type="button" onClick={paste} disabled={!pasted.trim()}>{t('add_paste')}</button>
        </div>
      )}
      {all.length > 0 && <ul class="files">{all.map((given, at) => <Outcome key={all.length - at} source={source} given={given} room={room} account={account} />)}</ul>}
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
