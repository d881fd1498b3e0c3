/** What holds for all accounts: room that is taken, the pace, the backup, and the end of it all. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Restored } from '../../lib/archive/backup.ts'
import { bytes, language, t, word } from '../../lib/browser/texts.ts'
import { detailOf, useLive } from '../live.ts'
import { SavingState, useSaving } from './FileCard.tsx'
import type { Source } from './source.ts'

const Used = ({ source }: { source: Source }) => {
  const { value, error } = useLive(
    source.store,
    async () => {
      const accounts = await source.store.accounts()
      const totals = await Promise.all(accounts.map(({ account }) => source.store.totals(account)))
      const sum = (name: string): number => totals.reduce((all, one) => all + (one[name] ?? 0), 0)
      return { accounts: accounts.length, follows: sum('follows'), posts: sum('posts') + sum('replies') + sum('reposts'), files: sum('media:kept'), media: sum('media:bytes') }
    },
    '',
  )
  const [used, setUsed] = useState<number>()
  useEffect(() => void source.used().then(setUsed, () => undefined), [source, value?.media, value?.posts])
  if (error !== undefined) return <p class="problem" role="alert">{t('error_store', { detail: detailOf(error) })}</p>
  if (!value) return <p class="empty">{t('workspace_loading')}</p>
  return (
    <ul class="plain">
      <li>{t('settings_accounts', { count: value.accounts })}</li>
      <li>{t('settings_follows', { count: value.follows })}</li>
      <li>{t('settings_posts', { count: value.posts })}</li>
      <li>{t('settings_files', { count: value.files, size: bytes(value.media) })}</li>
      {used !== undefined && <li>{t('settings_used', { size: bytes(used) })}</li>}
    </ul>
  )
}

const Slow = ({ source }: { source: Source }) => {
  const [slow, setSlow] = useState<boolean>()
  useEffect(() => void source.slow.is().then(setSlow, () => undefined), [source])
  const set = (next: boolean): void => {
    setSlow(next)
    source.slow.set(next).catch(() => setSlow(!next))
  }
  return (
    <label class="check">
      <input type="checkbox" checked={slow ?? false} disabled={slow === undefined} onChange={event => set(event.currentTarget.checked)} />
      <span>{t('settings_slow')}</span>
    </label>
  )
}

const Backup = ({ source }: { source: Source }) => {
  const { saving, press, stop } = useSaving(source, async () => [await source.backup()])
  return (
    <>
      <button type="button" onClick={() => void press()}>{t('backup_save')}</button>
      <SavingState saving={saving} name={t('backup_file')} stop={stop} />
    </>
  )
}

type Restoring = { state: 'reading'; done: number; of: number } | { state: 'ended'; restored: Restored } | { state: 'failed'; detail: string }

const Restore = ({ source }: { source: Source }) => {
  const [restoring, setRestoring] = useState<Restoring>()
  const picker = useRef<HTMLInputElement>(null)
  const read = (file: File | undefined): void => {
    if (!file || restoring?.state === 'reading') return
    setRestoring({ state: 'reading', done: 0, of: 0 })
    source.restore(file, (done, of) => setRestoring({ state: 'reading', done, of })).then(
      restored => setRestoring({ state: 'ended', restored }),
      error => setRestoring({ state: 'failed', detail: detailOf(error) }),
    )
  }
  return (
    <>
      <input ref={picker} id="backup-restore" class="unseen" type="file" accept=".zip,application/zip" tabIndex={-1} aria-label={t('backup_pick')} onChange={event => { read(event.currentTarget.files?.[0]); event.currentTarget.value = '' }} />
      <button type="button" disabled={restoring?.state === 'reading'} onClick={() => picker.current?.click()}>{t('backup_pick')}</button>
      <div role="status">
        {restoring?.state === 'reading' && <p class="small">{t('backup_reading', { done: restoring.done, of: restoring.of })}</p>}
        {restoring?.state === 'ended' && !('refused' in restoring.restored) && (
          <>
            <p class="saved">{t('backup_restored', { count: restoring.restored.accounts })}</p>
            {restoring.restored.unread > 0 && <p class="note">{t('backup_unread', { count: restoring.restored.unread })}</p>}
            {restoring.restored.lostFiles > 0 && <p class="note">{t('backup_lost_files', { count: restoring.restored.lostFiles })}</p>}
          </>
        )}
        {restoring?.state === 'ended' && 'refused' in restoring.restored && <p class="problem">{word('backup_refused', restoring.restored.refused)}</p>}
        {restoring?.state === 'failed' && <p class="problem">{t('error_store', { detail: restoring.detail })}</p>}
      </div>
    </>
  )
}

/** After a second press. */
const ForgetAll = ({ source }: { source: Source }) => {
  const [step, setStep] = useState<'ask' | 'sure' | 'done'>('ask')
  const [failed, setFailed] = useState<unknown>()
  return (
    <>
      <p class="prose">{t('forget_text')}</p>
      {failed !== undefined && <p class="problem" role="alert">{t('error_store', { detail: detailOf(failed) })}</p>}
      <div class="row">
        {step === 'sure' ? (
          <>
            <button type="button" class="danger" onClick={() => source.forgetAll().then(() => setStep('done'), setFailed)}>{t('forget_sure')}</button>
            <button type="button" onClick={() => setStep('ask')}>{t('delete_cancel')}</button>
          </>
        ) : (
          <button type="button" onClick={() => setStep('sure')}>{t('forget_button')}</button>
        )}
      </div>
      <p class="saved" role="status">{step === 'done' && t('forget_done')}</p>
    </>
  )
}

export const Settings = ({ source }: { source: Source }) => (
  <>
    <h1>{t('settings_title')}</h1>
    <section class="files" aria-labelledby="settings-used">
      <h2 id="settings-used">{t('settings_used_title')}</h2>
      <Used source={source} />
    </section>
    <section class="files" aria-labelledby="settings-pace">
      <h2 id="settings-pace">{t('settings_pace_title')}</h2>
      <Slow source={source} />
      <p class="small prose">{t('settings_slow_text')}</p>
    </section>
    <section class="files" aria-labelledby="settings-language">
      <h2 id="settings-language">{t('settings_language_title')}</h2>
      <p class="prose">{t('settings_language', { language: new Intl.DisplayNames(language(), { type: 'language' }).of(language()) ?? language() })}</p>
    </section>
    <section class="files" aria-labelledby="backup">
      <h2 id="backup">{t('backup_title')}</h2>
      <p class="prose">{t('backup_text')}</p>
      <Backup source={source} />
      <h3>{t('backup_restore_title')}</h3>
      <p class="prose">{t('backup_restore_text')}</p>
      <Restore source={source} />
    </section>
    <section class="keep" aria-labelledby="forget">
      <h2 id="forget">{t('forget_title')}</h2>
      <ForgetAll source={source} />
    </section>
  </>
)
