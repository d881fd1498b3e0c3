/** One file that a person can leave with: what it is, the press that saves it, and how that goes. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { bytes, t } from '../../lib/browser/texts.ts'
import type { OutFile } from '../../lib/export/index.ts'
import { detailOf } from '../live.ts'
import type { Making, Source } from './source.ts'

/** `checking`: it is written once to nobody, to be read again, before it is written for the person. */
export type Saving =
  | { state: 'idle' }
  | { state: 'checking' | 'making'; bytes: number }
  | { state: 'saved'; bytes: number; names: string[] }
  | { state: 'failed'; detail: string }

/** @param name of the file, as far as it is known before it is made @param stop where it may take long */
export const SavingState = ({ saving, name, stop }: { saving: Saving; name: string; stop?: () => void }) => (
  <>
    <div role="status">
      {saving.state === 'checking' && <p class="small">{saving.bytes > 0 ? t('file_checking', { size: bytes(saving.bytes) }) : t('file_bundle_making')}</p>}
      {saving.state === 'making' && <p class="small">{t('file_saving', { file: name, size: bytes(saving.bytes) })}</p>}
      {saving.state === 'saved' && <p class="saved">{t('file_saved', { file: saving.names.length === 1 ? saving.names[0]! : name, size: bytes(saving.bytes) })}</p>}
      {saving.state === 'failed' && <p class="problem">{t('file_save_failed', { file: name, detail: saving.detail })}</p>}
    </div>
    {stop && (saving.state === 'checking' || saving.state === 'making') && <button type="button" onClick={stop}>{t('file_stop')}</button>}
  </>
)

/** A browser that is handed several files in one moment takes some of them only. */
const between = 400

/**
 * Makes files anew and hands them to the downloads; tells how that goes.
 * @param make nothing where they must not be saved yet @param after what follows once they were handed over
 */
export const useSaving = (source: Pick<Source, 'save'>, make: (anyway: boolean, making: Making) => Promise<OutFile[] | undefined>, after?: (file: OutFile, bytes: number) => Promise<void>) => {
  const [saving, setSaving] = useState<Saving>({ state: 'idle' })
  const stopping = useRef<AbortController | undefined>(undefined)
  useEffect(() => () => stopping.current?.abort(), [])
  const press = async (anyway = false): Promise<void> => {
    if (stopping.current) return
    const { signal } = (stopping.current = new AbortController())
    setSaving({ state: 'checking', bytes: 0 })
    try {
      const files = await make(anyway, { checked: done => setSaving({ state: 'checking', bytes: done }), stop: signal })
      if (!files) return setSaving({ state: 'idle' })
      let sum = 0
      for (const [at, file] of files.entries()) {
        if (at > 0) await new Promise(done => setTimeout(done, between))
        sum += await source.save(file, done => setSaving({ state: 'making', bytes: sum + done }), signal)
      }
      setSaving({ state: 'saved', bytes: sum, names: files.map(({ name }) => name) })
      for (const file of files) await after?.(file, sum)
    } catch (error) {
      setSaving(signal.aborted ? { state: 'idle' } : { state: 'failed', detail: detailOf(error) })
    } finally {
      stopping.current = undefined
    }
  }
  return { saving, press, stop: () => stopping.current?.abort() }
}

/** Presses once, when the popup's button brought the person here. */
export const useAtOnce = (wanted: boolean, press: () => Promise<void>): void => {
  const pressed = useRef(false)
  useEffect(() => {
    if (!wanted || pressed.current) return
    pressed.current = true
    void press()
  }, [wanted])
}

export const FileCard = ({ name, count, children }: { name?: string; count?: string; children: ComponentChildren }) => (
  <li class="file">
    {name && <p class="file-head"><span class="file-name">{name}</span>{count && <span class="small">{count}</span>}</p>}
    {children}
  </li>
)
