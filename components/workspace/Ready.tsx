/** The last page: what is left to do once the files are saved, at the new server and on the old network. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { t, word } from '../../lib/browser/texts.ts'
import { destinationFor, type Destination } from '../../lib/destinations/index.ts'
import type { Account } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import type { Totals } from '../../lib/store/types.ts'
import { Out, Say } from '../Say.tsx'
import { Disasters } from './Disasters.tsx'
import { importableOf } from './Files.tsx'
import { draftOf } from './find-me.ts'
import type { ChosenServer, Source } from './source.ts'
import { Steps } from './Steps.tsx'

/** The list that is imported first: as it is called for this account, or would be. */
const useFile = (source: Source, account: Account, room: Room, destination: Destination): string => {
  const [name, setName] = useState(destination.follows.files.following.name)
  useEffect(() => {
    let current = true
    // Where the lists can't be made, the files' own part says so.
    source.followFiles(account.account, room, destination).then(files => current && setName(importableOf(files)?.name ?? destination.follows.files.following.name), () => undefined)
    return () => void (current = false)
  }, [source, account.account, destination.id])
  return name
}

/** A text for the old network, which the person changes as they like. */
const FindMe = ({ room, server }: { room: Room; server?: ChosenServer }) => {
  const [address, setAddress] = useState('')
  const [own, setOwn] = useState<string>()
  const [copied, setCopied] = useState<boolean>()
  const area = useRef<HTMLTextAreaElement>(null)
  const text = own ?? draftOf(address, server)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      area.current?.select()
      setCopied(false)
    }
  }
  const changed = (): void => setCopied(undefined)
  return (
    <section class="file find-me" aria-labelledby="tell">
      <h3 id="tell">{t('last_tell')}</h3>
      <p>{word('last_followers', room.id, { network: room.name })}</p>
      <div class="ask-for">
        <label for="new-address">{t('last_address')}</label>
        <input id="new-address" type="text" dir="ltr" value={address} autocomplete="off" autocapitalize="none" spellcheck={false} placeholder={`@ada@${server?.host ?? t('server_placeholder')}`} aria-describedby="new-address-help" onInput={event => { setAddress(event.currentTarget.value); changed() }} />
        <p id="new-address-help" class="small">{t('last_address_help')}</p>
      </div>
      <div class="ask-for">
        <label for="find-me">{t('last_text', { network: room.name })}</label>
        <textarea id="find-me" ref={area} rows={5} dir="auto" value={text} onInput={event => { setOwn(event.currentTarget.value); changed() }} />
      </div>
      <div class="row">
        <button type="button" class="primary" onClick={() => void copy()}>{t('last_copy')}</button>
        {own !== undefined && <button type="button" onClick={() => { setOwn(undefined); changed() }}>{t('last_anew')}</button>}
        {!room.api && <Out href={room.home}>{t('open_network', { network: room.name })}</Out>}
      </div>
      <div role="status">{copied !== undefined && <p class={copied ? 'saved' : 'note'}>{t(copied ? 'last_copied' : 'last_not_copied', { network: room.name })}</p>}</div>
    </section>
  )
}

/** @param server where the person goes, as far as they said */
export const Ready = ({ source, account, room, totals, server }: { source: Source; account: Account; room: Room; totals: Totals; server?: ChosenServer }) => {
  const destination = destinationFor(server)
  const file = useFile(source, account, room, destination)
  // Whoever keeps the files for themselves has nothing to import.
  const goes = destination.id !== 'keep'
  const lost = [...destination.lost, ...((totals['media:seen'] ?? 0) > 0 ? ['media-files'] : [])]
  return (
    <section class="files" aria-labelledby="last">
      <h2 id="last" class="last">{t('last_title')}</h2>
      <p class="prose">{t(goes ? 'last_intro' : 'last_intro_keep')}</p>
      {goes && <Steps file={file} server={server} />}
      {goes && (destination.takes.follows?.form ?? 'csv') === 'csv' && <Disasters destination={destination} ticked={totals['follows:ticked'] ?? 0} />}
      <FindMe room={room} server={server} />
      <section class="file" aria-labelledby="stays">
        <h3 id="stays">{t('transfer_lost')}</h3>
        <ul class="plain">{lost.map(what => <li key={what}>{word('lost', what, { network: room.name, what })}</li>)}</ul>
      </section>
      <section class="file" aria-labelledby="over">
        <h3 id="over">{t('last_delete')}</h3>
        <p><Say k="last_delete_text" network={room.name} copy={<strong>{t('copy_title')}</strong>} button={<strong>{t('delete_button')}</strong>} /></p>
      </section>
      <p><a href="#files">{t('last_back')}</a></p>
    </section>
  )
}
