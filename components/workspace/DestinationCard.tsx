/** What the place takes that the person goes to: in which files, how sure that is, and what to look out for. */
import { list, t, word } from '../../lib/browser/texts.ts'
import { destinationFor, destinationOf, destinations, kinds, type Destination, type Kind } from '../../lib/destinations/index.ts'
import { Cross } from '../icons.tsx'
import type { ChosenServer } from './source.ts'

const fileOf = ({ follows: { files } }: Destination, kind: Kind): string =>
  ({ follows: files.following.name, lists: files.lists.name, blocks: files.blocking.name, mutes: files.muting.name, bookmarks: files.bookmarks.name, posts: '' })[kind]

const nameOf = (destination: Destination): string => (destination.id === 'keep' ? t('dest_keep') : destination.name)

/** Which software it is: as the server says, or as the person does. */
const Runs = ({ server, choose }: { server?: ChosenServer; choose: (server: ChosenServer) => void }) => {
  const said = destinationOf(server?.facts?.software)
  const byItself = said ? t('dest_auto', { destination: said.name }) : t('dest_guess', { destination: destinations.mastodon.name })
  return (
    <label class="runs">
      {t('dest_runs')}
      <select value={server?.software ?? ''} onChange={event => choose({ ...server, software: event.currentTarget.value || undefined })}>
        <option value="">{byItself}</option>
        {Object.values(destinations).map(one => <option key={one.id} value={one.id}>{nameOf(one)}</option>)}
      </select>
    </label>
  )
}

/** @param traps keys of them, where not all are to be told here */
export const Traps = ({ traps }: { traps: string[] }) => <ul class="fits against">{traps.map(trap => <li key={trap}><Cross /><span>{word('dest_trap', trap)}</span></li>)}</ul>

export const DestinationCard = ({ server, choose }: { server?: ChosenServer; choose: (server: ChosenServer) => void }) => {
  const destination = destinationFor(server)
  const { takes, traps } = destination
  const taken = kinds.flatMap(kind => (takes[kind] ? [{ kind, ...takes[kind] }] : []))
  const not = kinds.filter(kind => !takes[kind])
  const software = server?.facts?.software
  const { source, seen } = taken[0] ?? destination.posts
  return (
    <section class="file" aria-labelledby="dest">
      <h2 id="dest">{destination.id === 'keep' ? t('dest_title_keep') : t('dest_title', { destination: destination.name })}</h2>
      <Runs server={server} choose={choose} />
      {software !== undefined && !destinationOf(software) && server?.software === undefined && <p class="note">{t('dest_unknown', { software })}</p>}
      {taken.length === 0 ? <p>{t('dest_none')}</p> : (
        <table class="takes">
          <thead><tr><th scope="col">{t('dest_what')}</th><th scope="col">{t('dest_how')}</th><th scope="col">{t('dest_known')}</th></tr></thead>
          <tbody>
            {taken.map(({ kind, form, sure }) => (
              <tr key={kind}>
                <th scope="row">{word('dest_kind', kind)}</th>
                <td>{word('dest_file', form, { file: fileOf(destination, kind) })}</td>
                <td class="small">{word('dest_sure', sure)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {not.length > 0 && taken.length > 0 && destination.id !== 'keep' && <p class="small">{t('dest_not_taken', { what: list(not.map(kind => word('dest_kind', kind))) })}</p>}
      {traps.length > 0 && <Traps traps={traps} />}
      <p class="small">{t('dest_source', { source, seen })}</p>
    </section>
  )
}
