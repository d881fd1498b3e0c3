/** What must not go wrong in an import, and can't be taken back. */
import { plural, t } from '../../lib/browser/texts.ts'
import { destinations, type Destination } from '../../lib/destinations/index.ts'
import { Cross } from '../icons.tsx'
import { Say } from '../Say.tsx'

/** From so many rows on the people who run a server should know before. */
const many = 1000

/** @param destination absent: Mastodon @param ticked how many people are in the list, where that is known */
export const Disasters = ({ destination = destinations.mastodon, ticked = 0 }: { destination?: Destination; ticked?: number }) => {
  const bold = (text: string) => <strong>{text}</strong>
  return (
    <section class="file careful" aria-labelledby="care">
      <h3 id="care">{t('care_title')}</h3>
      <ul class="fits against">
        {destination === destinations.mastodon ? (
          <>
            <li><Cross /><span><Say k="care_type" following={bold(t('steps_2_type'))} blocking={bold(t('care_type_blocking'))} /></span></li>
            <li><Cross /><span><Say k="care_merge" merge={bold(t('steps_2_merge'))} overwrite={bold(t('care_merge_overwrite'))} /></span></li>
          </>
        ) : (
          <>
            <li><Cross /><span>{bold(t('care_other_type'))}</span></li>
            <li><Cross /><span>{bold(t('dest_trap_overwrite'))}</span></li>
          </>
        )}
        <li><Cross /><span><Say k="care_many" many={bold(t('care_many_bold', { rows: many }))} />{ticked > many && ` ${plural('ticked_count', ticked)}`}</span></li>
      </ul>
    </section>
  )
}
