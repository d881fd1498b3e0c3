/** What would move, item by item, and the server that it would move to. */
import { useEffect, useState } from 'preact/hooks'
import { list, moment, plural, t } from '../../lib/browser/texts.ts'
import { destinationFor, withServer, type ServerFacts } from '../../lib/destinations/index.ts'
import type { AccountKey } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import { previewOf } from '../../lib/preview/index.ts'
import type { Totals } from '../../lib/store/types.ts'
import { Clock, Cross, Tick } from '../icons.tsx'
import { detailOf, useLive } from '../live.ts'
import { Transfer } from '../popup/Transfer.tsx'
import { Out } from '../Say.tsx'
import { Compare } from './Compare.tsx'
import { DestinationCard } from './DestinationCard.tsx'
import { concerned, serverIn, type ByHost } from './server.ts'
import type { ChosenServer, NoFacts, Source } from './source.ts'

/** How many hosts are named in one sentence. */
const named = 3

/** Whom the server's blocks concern, counted for the list as it is ticked now. */
const Blocking = ({ source, account, facts, ticked }: { source: Source; account: AccountKey; facts: ServerFacts; ticked: number }) => {
  const [all, setAll] = useState<ByHost>()
  const [failed, setFailed] = useState<unknown>()
  useEffect(() => {
    let current = true
    concerned(source.store, account, facts.blocks).then(found => current && setAll(found), reason => current && setFailed(reason))
    return () => void (current = false)
  }, [account, facts, ticked])
  if (failed !== undefined) return <p class="problem" role="alert">{t('error_store', { detail: detailOf(failed) })}</p>
  if (!all) return <p class="small">{t('server_counting')}</p>
  const server = facts.host
  const total = all.reduce((sum, { count }) => sum + count, 0)
  if (facts.blocks.state !== 'shown') {
    const hosts = all.slice(0, named).map(({ host }) => host)
    if (!hosts.length) return null
    return <p class="note"><span>{t(facts.blocks.state === 'hidden' ? 'server_blocks_hidden' : 'server_blocks_unknown', { server, hosts: list(hosts) })}</span></p>
  }
  const blocked = all.filter(one => one.blocked)
  if (!blocked.length) return total > 0 ? <p class="fine"><Tick />{t('server_blocks_none')}</p> : null
  return <ul class="fits against">{blocked.map(({ host, count }) => <li key={host}><Cross /><span>{t('server_blocks', { server, host, count, total })}</span></li>)}</ul>
}

const Facts = ({ facts }: { facts: ServerFacts }) => {
  const { registrations, rules } = facts
  const states = { open: 'server_open', approval: 'server_approval', closed: 'server_closed' } as const
  return (
    <>
      <p class="file-head">
        {facts.title && <strong><bdi>{facts.title}</bdi></strong>}
        <span class="small">{t('server_seen', { when: moment(facts.at), version: facts.version ?? '' })}</span>
      </p>
      <p class="fine">
        {registrations?.state === 'open' ? <Tick /> : registrations?.state === 'closed' ? <Cross /> : <Clock />}
        <span>
          {t(registrations ? states[registrations.state] : 'server_unknown')}
          {registrations?.minAge !== undefined && ` ${t('server_age', { age: registrations.minAge })}`}
        </span>
      </p>
      {registrations?.message && <p class="small" dir="auto">{t('server_message', { message: registrations.message })}</p>}
      {rules && (rules.length === 0 ? <p class="small">{t('server_norules')}</p> : (
        <details>
          <summary>{plural('server_rules', rules.length)}</summary>
          <ol class="steps">{rules.map((rule, at) => <li key={at} dir="auto">{rule.text}{rule.hint && <span class="small rule-hint">{rule.hint}</span>}</li>)}</ol>
        </details>
      ))}
    </>
  )
}

/** For whoever does not know yet where to go. */
const NoServer = () => (
  <details class="without">
    <summary>{t('server_none')}</summary>
    <p>{t('server_none_text')}</p>
    <ul class="plain">{[t('server_check_1'), t('server_check_2'), t('server_check_3'), t('server_check_4'), t('server_check_5')].map(line => <li key={line}>{line}</li>)}</ul>
    <p><Out href="https://joinmastodon.org/servers">{t('server_join')}</Out></p>
  </details>
)

const NameServer = ({ choose }: { choose: (host: string) => void }) => {
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)
  const submit = (event: Event): void => {
    event.preventDefault()
    const host = serverIn(text)
    setWrong(!host)
    if (host) choose(host)
  }
  return (
    <form class="ask-for" onSubmit={submit}>
      <label for="server-name">{t('server_label')}</label>
      <div class="row">
        <input id="server-name" type="text" value={text} autocomplete="off" autocapitalize="none" spellcheck={false} placeholder={t('server_placeholder')} aria-invalid={wrong} aria-describedby={wrong ? 'server-wrong' : undefined} onInput={event => setText(event.currentTarget.value)} />
        <button type="submit" class="primary" disabled={text.trim() === ''}>{t('server_keep')}</button>
      </div>
      {wrong && <p id="server-wrong" class="problem" role="alert">{t('server_wrong')}</p>}
    </form>
  )
}

const Server = ({ source, account, server, choose, ticked }: { source: Source; account: AccountKey; server?: ChosenServer; choose: (server: ChosenServer | undefined) => void; ticked: number }) => {
  const [asking, setAsking] = useState(false)
  const [none, setNone] = useState<NoFacts>()
  const host = server?.host
  useEffect(() => setNone(undefined), [host])
  const ask = async (): Promise<void> => {
    if (host === undefined) return
    setAsking(true)
    setNone(undefined)
    const found = await source.server.ask(host).catch((): NoFacts => 'silent')
    setAsking(false)
    if (typeof found === 'string') setNone(found)
    else choose({ ...server, host, facts: found })
  }
  const allow = (): void => {
    if (host === undefined) return
    // The question must be the first call of the press.
    void source.leave.forServer(host).then(yes => (yes ? ask() : undefined), () => undefined)
  }
  return (
    <section class="file" aria-labelledby="server">
      <h2 id="server">{t('server_title')}</h2>
      {server === undefined || host === undefined ? (
        <>
          <p>{t('server_intro')}</p>
          <NameServer choose={name => choose({ software: server?.software, host: name })} />
          <NoServer />
        </>
      ) : (
        <>
          <p class="file-head"><span class="file-name">{host}</span><button type="button" class="link" onClick={() => choose(server?.software === undefined ? undefined : { software: server.software })}>{t('server_forget')}</button></p>
          {server.facts && <Facts facts={server.facts} />}
          {server.facts && <Blocking source={source} account={account} facts={server.facts} ticked={ticked} />}
          {server.facts && <p class="small">{t('server_limits')}</p>}
          {none !== undefined && <p class="problem" role="alert">{t(none === 'silent' ? 'server_silent' : 'server_unlike', { server: host })}</p>}
          {!server.facts && <p>{t('server_asks', { server: host })}</p>}
          <div class="row">
            <button type="button" class={server.facts ? '' : 'primary'} disabled={asking} onClick={() => void ask()}>{server.facts ? t('server_again') : t('server_ask', { server: host })}</button>
            {none === 'silent' && <button type="button" onClick={allow}>{t('server_allow')}</button>}
            <p class="small" role="status">{asking && t('server_asking', { server: host })}</p>
          </div>
        </>
      )}
    </section>
  )
}

export const Moves = ({ source, account, room, totals, server, choose }: {
  source: Source; account: AccountKey; room: Room; totals: Totals; server?: ChosenServer; choose: (server: ChosenServer | undefined) => void
}) => {
  const { value, error } = useLive(source.store, async () => ({ profile: await source.store.profile(account) }), account)
  if (error !== undefined) return <p class="problem" role="alert">{t('error_store', { detail: detailOf(error) })}</p>
  if (!value) return <p class="empty">{t('workspace_loading')}</p>
  const destination = withServer(destinationFor(server), server?.facts)
  return (
    <div class="files">
      <Server source={source} account={account} server={server} choose={choose} ticked={totals['follows:ticked'] ?? 0} />
      <DestinationCard server={server} choose={choose} />
      <div class="file">
        <Transfer preview={previewOf(account, totals, value.profile, destination, server?.facts?.version)} network={room.name} server={server?.host} whole lookUp={() => { location.hash = 'lookup' }} />
        <p><a href="#follows">{t('moves_follow_link')}</a></p>
      </div>
      <Compare account={account} totals={totals} profile={value.profile} chosen={destination.id} />
    </div>
  )
}
