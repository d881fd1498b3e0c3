import { plural, t } from '../lib/browser/texts.ts'
import type { Learner } from '../lib/lookup/plan.ts'

/** How many servers are named before the rest is folded in. */
const named = 5

const learnText = ({ host, names, most }: Learner): string => (most ? plural('lookup_learns_most', names, { host }) : plural('lookup_learns', names, { host }))

/** Which servers would see what, before anything is asked. */
export const Learns = ({ all }: { all: Learner[] }) => {
  const rest = all.slice(named)
  return (
    <div class="learns">
      <h4>{t('lookup_learns_title')}</h4>
      <ul class="plain">{all.slice(0, named).map(one => <li key={one.host}>{learnText(one)}</li>)}</ul>
      {rest.length > 0 && (
        <details>
          <summary>{plural('lookup_learns_more', rest.length, { names: rest.reduce((sum, { names }) => sum + names, 0) })}</summary>
          <ul class="plain">{rest.map(one => <li key={one.host}>{learnText(one)}</li>)}</ul>
        </details>
      )}
      <p class="small">{t('lookup_learns_how')}</p>
    </div>
  )
}
