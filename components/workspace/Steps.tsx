/** What to press at the place that the person goes to. */
import { t } from '../../lib/browser/texts.ts'
import { destinationFor, destinations } from '../../lib/destinations/index.ts'
import { Say } from '../Say.tsx'
import type { ChosenServer } from './source.ts'

/** In Mastodon's own words. */
const OnMastodon = ({ file }: { file: string }) => (
  <section class="file" aria-labelledby="steps">
    <h3 id="steps">{t('steps_title')}</h3>
    <ol class="steps">
      <li><Say k="steps_1" place={<strong>{t('steps_1_place')}</strong>} /></li>
      <li><Say k="steps_2" type={<strong>{t('steps_2_type')}</strong>} file={<span class="file-name">{file}</span>} merge={<strong>{t('steps_2_merge')}</strong>} /></li>
      <li><Say k="steps_3" upload={<strong>{t('steps_3_upload')}</strong>} /></li>
    </ol>
  </section>
)

/** Of other places it is known what they take, and not what their buttons are called. */
export const Steps = ({ file, server }: { file: string; server?: ChosenServer }) => {
  const destination = destinationFor(server)
  if (destination === destinations.mastodon) return <OnMastodon file={file} />
  if (destination.id === 'keep') return null
  const form = destination.takes.follows?.form
  const name = <span class="file-name">{form === 'starter-kit' ? 'starter-kit.json' : file}</span>
  return (
    <section class="file" aria-labelledby="steps">
      <h3 id="steps">{t('dest_steps_title', { destination: destination.name })}</h3>
      <p>{form === undefined ? <Say k="dest_steps_none" destination={destination.name} file={name} /> : <Say k={form === 'starter-kit' ? 'dest_steps_starter_kit' : 'dest_steps_csv'} file={name} />}</p>
      <p><a href="#moves">{t('dest_steps_more')}</a></p>
    </section>
  )
}
