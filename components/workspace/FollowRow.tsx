/** One person of the list: whether they are in the follow list, at which address, and how we know. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { clock, moment, t, word, type Key } from '../../lib/browser/texts.ts'
import { reasonOf } from '../../lib/export/index.ts'
import type { Choice, Evidence, Verdict } from '../../lib/model/index.ts'
import { rooms, type Room } from '../../lib/networks/rooms.ts'
import { addressOf, partsOf } from '../../lib/reach/address.ts'
import { isTicked } from '../../lib/store/tally.ts'
import type { FollowRow as Row } from '../../lib/store/types.ts'
import { evidenceSaid } from '../evidence.ts'
import { Cross, Dots, Half, Tick } from '../icons.tsx'
import { Out } from '../Say.tsx'

const signs: Record<Verdict, () => preact.JSX.Element> = { followable: Tick, maybe: Half, unknown: Dots, not: Cross }
const verdictKeys: Record<Verdict, Key> = { followable: 'verdict_followable', maybe: 'verdict_maybe', unknown: 'verdict_unknown', not: 'verdict_not' }

/** Milliseconds that Mastodon leaves a server alone after one error (`app/services/bulk_import_row_service.rb`, 4.6 of 2026-08). */
const rest = 300_000

/** A link to a person's page, where it is a page of the web. */
const webLink = (row: Row, room: Room): string | undefined => {
  const url = row.url ?? room.profileUrl(row.handle)
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined
}

const nameOf = (row: Row): string => (row.numbered ? t('follow_number', { number: row.handle }) : row.name ? `${row.name} (@${row.handle})` : `@${row.handle}`)

/** @returns the address that was typed: `user@server`, with or without `@` before it, or the link of a profile; undefined where it is none */
export const typedAddress = (text: string): string | undefined => {
  const [, host, user] = /^https?:\/\/([^/?#]+)\/(?:@|users\/)([^/?#@]+)\/?$/i.exec(text.trim()) ?? []
  const parts = host && user ? { user, host } : partsOf(text)
  return parts && addressOf(parts.user, parts.host)
}

const Evidences = ({ evidence, network }: { evidence: Evidence[]; network: string }) => (
  <ol class="evidence">
    {evidence.map((one, index) => {
      const { sentence, detail } = evidenceSaid(one, network, id => rooms[id]?.name ?? id)
      return (
        <li key={index}>
          <span dir="auto">{sentence}</span>
          {detail && <> · {detail}</>}
          {one.at && <> · <time dateTime={one.at}>{moment(one.at)}</time></>}
        </li>
      )
    })}
  </ol>
)

/** Folded in until it is asked for. */
const Why = ({ row, network }: { row: Row; network: string }) => {
  const [open, setOpen] = useState(false)
  const { evidence = [] } = row.reach
  return (
    <details class="why" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t('why')}<span class="unseen"> {t('why_of', { name: nameOf(row) })}</span></summary>
      {open && (evidence.length > 0 ? <Evidences evidence={evidence} network={network} /> : <p class="small">{t('why_nothing')}</p>)}
    </details>
  )
}

const AddressForm = ({ row, save, close }: { row: Row; save: (address: string | undefined) => void; close: () => void }) => {
  const [text, setText] = useState(row.choice?.address ?? row.reach.address ?? '')
  const [wrong, setWrong] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  const id = `address-${row.key}`
  const submit = (event: Event): void => {
    event.preventDefault()
    const address = typedAddress(text)
    setWrong(!address)
    if (address) save(address)
  }
  return (
    <form class="address-form" onSubmit={submit}>
      <label for={id}>{t('address_label', { name: nameOf(row) })}</label>
      <input
        ref={input} id={id} type="text" value={text} autocomplete="off" autocapitalize="none" spellcheck={false} aria-invalid={wrong} aria-describedby={wrong ? `${id}-wrong` : undefined}
        onInput={event => setText(event.currentTarget.value)} onKeyDown={event => event.key === 'Escape' && close()}
      />
      {wrong && <p id={`${id}-wrong`} class="problem" role="alert">{t('address_wrong')}</p>}
      <span class="row">
        <button type="submit" class="primary">{t('address_save')}</button>
        <button type="button" onClick={close}>{t('address_cancel')}</button>
        {row.choice?.address !== undefined && <button type="button" onClick={() => save(undefined)}>{t('address_take_back')}</button>}
      </span>
    </form>
  )
}

const Came = ({ row, now }: { row: Row; now: number }) => {
  const { arrival } = row
  if (!arrival) return null
  const after = Date.parse(arrival.at) + rest
  const said = arrival.state === 'again' && arrival.detail === 'host-rest' && after > now ? t('arrival_again_after', { time: clock(after, now) }) : word('arrival', arrival.state)
  return <p class="came"><strong>{said}</strong>{arrival.detail && <span class="small">{word('arrived', arrival.detail)}</span>}</p>
}

/** @param index of its row in the whole table, from 1, the heading's included @param server whose blocks are known @param blocked it blocks their server @param decide what the person decides, in place of what they decided before */
export const FollowRow = ({ row, index, room, server, blocked, now, decide }: { row: Row; index: number; room: Room; server?: string; blocked: boolean; now: number; decide: (row: Row, choice: Choice) => void }) => {
  const { verdict, address, reason } = row.reach
  const [editing, setEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const Sign = signs[verdict]
  const link = webLink(row, room)
  const handle = row.numbered ? <bdi>{t('follow_number', { number: row.handle })}</bdi> : <bdi>@{row.handle}</bdi>
  const ticked = isTicked(row)
  // Back to what Holdall would do is no decision.
  const tick = (include: boolean): void => decide(row, { ...row.choice, include: include === isTicked({ reach: row.reach }) ? undefined : include })
  const close = (): void => {
    setEditing(false)
    requestAnimationFrame(() => button.current?.focus())
  }
  return (
    <tr aria-rowindex={index}>
      <td class="tick">
        <input type="checkbox" checked={ticked} disabled={address === undefined || row.goneAt !== undefined} aria-label={t('tick_person', { name: nameOf(row) })} onChange={event => tick(event.currentTarget.checked)} />
      </td>
      <th scope="row">
        {row.name && <bdi class="name">{row.name}</bdi>}
        <span class={row.name ? 'small' : 'name'}>
          {link ? <Out href={link}>{handle}</Out> : handle}
          {row.goneAt && <> <span class="badge">{t('gone')}</span></>}
        </span>
      </th>
      <td>
        {editing ? (
          <AddressForm row={row} close={close} save={typed => { decide(row, typed === undefined ? { include: row.choice?.include } : { address: typed, include: row.choice?.include === false ? undefined : row.choice?.include }); close() }} />
        ) : (
          <>
            {address ? <bdi class="address">{address}</bdi> : <span class="small">{t('no_address')}</span>}
            {row.choice?.address !== undefined && <span class="small">{t('address_yours')}</span>}
            <button ref={button} type="button" class="link small" onClick={() => setEditing(true)}>
              {t(address ? 'address_change' : 'address_type')}<span class="unseen"> {t('address_of', { name: nameOf(row) })}</span>
            </button>
          </>
        )}
      </td>
      <td>
        <span class={`mark mark-${verdict}`}><Sign />{t(reason === 'no-answer' ? 'verdict_unclear' : verdictKeys[verdict])}</span>
        <span class="small">{word('reach', reasonOf(row), { network: room.name })}</span>
        {blocked && server !== undefined && address && <p class="came"><strong>{t('row_blocked', { server, host: address.slice(address.indexOf('@') + 1) })}</strong></p>}
        <Came row={row} now={now} />
        <Why row={row} network={room.name} />
      </td>
    </tr>
  )
}
