/** What the lists share: search, how many are shown, and the next ones. */
import type { ComponentChildren } from 'preact'
import { plural, t } from '../../lib/browser/texts.ts'

/** How many rows are drawn at a time. */
export const chunk = 200

/** "Showing 200 of 815". @param total absent where it is not known without reading everything */
export const Shown = ({ shown, more, total }: { shown: number; more: boolean; total?: number }) => (
  <p class="small" role="status">
    {!more ? plural('shown_all', shown) : total === undefined ? t('shown_more', { shown }) : t('shown_of', { shown, total })}
  </p>
)

/** A box that scrolls, and can be reached and scrolled by keyboard. */
export const Scrolls = ({ label, children }: { label: string; children: ComponentChildren }) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable without a mouse (axe: scrollable-region-focusable)
  <div class="scrolls" tabIndex={0} role="region" aria-label={label}>{children}</div>
)

export const More = ({ press }: { press: () => void }) => <button type="button" class="more" onClick={press}>{t('show_more')}</button>

/** Whether rows that a later capture no longer found are shown too. */
export const Gone = ({ count, on, set }: { count: number; on: boolean; set: (on: boolean) => void }) =>
  count > 0 ? (
    <label class="check">
      <input type="checkbox" checked={on} onChange={event => set(event.currentTarget.checked)} />
      <span>{plural('with_gone', count)}</span>
    </label>
  ) : null
