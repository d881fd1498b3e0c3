/** After the import: the server's own files say what became of each person. */
import { useRef, useState } from 'preact/hooks'
import { list, plural, t } from '../../lib/browser/texts.ts'
import { blockedAmong } from '../../lib/destinations/index.ts'
import { arrivalsOf, readReturned, type Returned, type ReturnKind } from '../../lib/export/index.ts'
import type { AccountKey } from '../../lib/model/index.ts'
import type { Totals } from '../../lib/store/types.ts'
import { Tick } from '../icons.tsx'
import { detailOf } from '../live.ts'
import type { ChosenServer, Source } from './source.ts'

/** Bytes of a list: 20,000 rows are less than a tenth of it. */
const most = 20_000_000

type State = { state: 'idle' | 'reading' } | { state: 'wrong'; problem: string } | { state: 'told'; name: string; returned: Returned; strangers: number }

export const Arrivals = ({ source, account, totals, server }: { source: Source; account: AccountKey; totals: Totals; server?: ChosenServer }) => {
  const [state, setState] = useState<State>({ state: 'idle' })
  const [over, setOver] = useState(false)
  const picker = useRef<HTMLInputElement>(null)

  const keep = async (name: string, returned: Returned): Promise<void> => {
    const blocks = server?.facts?.blocks
    const blocked = blocks ? await blockedAmong(blocks, new Set(returned.addresses.map(address => address.slice(address.indexOf('@') + 1)))) : new Set<string>()
    const told = await arrivalsOf(source.store, account, returned, blocked)
    const strangers = await source.store.arrivals(account, told, new Date().toISOString())
    setState({ state: 'told', name, returned, strangers: strangers.length })
  }
  const take = async (file: File): Promise<void> => {
    setState({ state: 'reading' })
    try {
      const returned = file.size > most ? undefined : readReturned(await file.text(), file.name)
      if (returned) await keep(file.name, returned)
      else setState({ state: 'wrong', problem: t('arrive_unreadable', { file: file.name }) })
    } catch (error) {
      setState({ state: 'wrong', problem: t('arrive_failed', { file: file.name, detail: detailOf(error) }) })
    }
  }
  const takeAs = (kind: ReturnKind): void => {
    if (state.state === 'told') keep(state.name, { ...state.returned, kind }).catch((error: unknown) => setState({ state: 'wrong', problem: t('arrive_failed', { file: state.name, detail: detailOf(error) }) }))
  }
  const parts = [
    plural('transfer_arrived', totals['arrival:arrived'] ?? 0),
    ...((totals['arrival:again'] ?? 0) > 0 ? [plural('transfer_again', totals['arrival:again'] ?? 0)] : []),
    ...((totals['arrival:failed'] ?? 0) > 0 ? [plural('transfer_failed', totals['arrival:failed'] ?? 0)] : []),
  ]
  const known = (totals['arrival:arrived'] ?? 0) + (totals['arrival:again'] ?? 0) + (totals['arrival:failed'] ?? 0) > 0
  return (
    <section class="files" aria-labelledby="arrive">
      <h3 id="arrive">{t('arrive_title')}</h3>
      <p class="prose">{t('arrive_text')}</p>
      <ul class="plain"><li>{t('arrive_failures')}</li><li>{t('arrive_follows')}</li></ul>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is a second way; the button inside does the same for everybody */}
      <div
        class={`drop${over ? ' over' : ''}`}
        role="group"
        aria-label={t('arrive_title')}
        onDragOver={event => { event.preventDefault(); setOver(true) }}
        onDragLeave={() => setOver(false)}
        onDrop={event => { event.preventDefault(); setOver(false); const [file] = event.dataTransfer?.files ?? []; if (file) void take(file) }}
      >
        <p>{t('arrive_drop')}</p>
        <input ref={picker} id="arrive-file" class="unseen" type="file" accept=".csv,text/csv" tabIndex={-1} aria-label={t('arrive_choose')} onChange={event => { const [file] = event.currentTarget.files ?? []; if (file) void take(file); event.currentTarget.value = '' }} />
        <button type="button" onClick={() => picker.current?.click()}>{t('arrive_choose')}</button>
      </div>
      <div role="status">
        {state.state === 'reading' && <p class="small">{t('arrive_reading')}</p>}
        {known && <p class="fine"><Tick /><span>{t('arrive_done', { parts: list(parts) })} <a href="#follows">{t('arrive_look')}</a></span></p>}
        {state.state === 'told' && (
          <p class="small">
            {t(state.returned.kind === 'failures' ? 'arrive_as_failures' : 'arrive_as_follows', { file: state.name })}{' '}
            {state.strangers > 0 && `${plural('arrive_strangers', state.strangers)}. `}
            <button type="button" class="link" onClick={() => takeAs(state.returned.kind === 'failures' ? 'follows' : 'failures')}>{t('arrive_other')}</button>
          </p>
        )}
      </div>
      {state.state === 'wrong' && <p class="problem" role="alert">{state.problem}</p>}
    </section>
  )
}
