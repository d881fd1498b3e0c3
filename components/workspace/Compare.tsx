/** What of an account each kind of server would take, side by side. */
import { useState } from 'preact/hooks'
import { number, percent, t } from '../../lib/browser/texts.ts'
import { destinations } from '../../lib/destinations/index.ts'
import type { AccountKey } from '../../lib/model/index.ts'
import { previewOf } from '../../lib/preview/index.ts'
import type { ProfileRow, Totals } from '../../lib/store/types.ts'
import { BarLine } from '../bars.tsx'
import { Scrolls } from './tools.tsx'

const Share = ({ part, of }: { part: number; of: number }) => (
  <>
    <BarLine share={of > 0 ? part / of : 0} />
    <span>{part === 0 ? t('compare_none') : t('compare_share', { count: number(part), share: percent(of > 0 ? part / of : 0) })}</span>
  </>
)

const Table = ({ account, totals, profile, chosen }: { account: AccountKey; totals: Totals; profile: ProfileRow | undefined; chosen: string }) => (
  <Scrolls label={t('compare_caption')}>
    <table class="bars">
      <caption>{t('compare_caption')}</caption>
      <thead><tr><th scope="col">{t('compare_place')}</th><th scope="col">{t('compare_follows')}</th><th scope="col">{t('compare_posts')}</th><th scope="col">{t('compare_profile')}</th></tr></thead>
      <tbody>
        {Object.values(destinations).filter(({ id }) => id !== 'keep').map(destination => {
          const { follows, posts, profile: fits } = previewOf(account, totals, profile, destination)
          const fit = fits.filter(one => one.fits).length
          return (
            <tr key={destination.id} class={destination.id === chosen ? 'chosen' : undefined}>
              <th scope="row">{destination.name}{destination.id === chosen && <span class="small"> {t('compare_chosen')}</span>}</th>
              <td><Share part={destination.takes.follows ? follows.ticked : 0} of={follows.total} /></td>
              <td><Share part={destination.takes.posts && posts.imported ? posts.inBundle : 0} of={posts.posts + posts.replies} /></td>
              <td>{t('compare_fits', { fit, of: fits.length })}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  </Scrolls>
)

/** Folded in until it is asked for. */
export const Compare = (props: { account: AccountKey; totals: Totals; profile: ProfileRow | undefined; chosen: string }) => {
  const [open, setOpen] = useState(false)
  return (
    <details class="file without" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t('compare_title')}</summary>
      {open && <Table {...props} />}
    </details>
  )
}
