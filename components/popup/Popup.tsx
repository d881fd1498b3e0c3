/** The popup as it is drawn: a view in, presses out. Knows nothing of the store or the browser. */
import type { ComponentChild, ComponentChildren, VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { clock, direction, duration, language, percent, plural, t, word } from '../../lib/browser/texts.ts'
import type { Mode, Section as SectionName } from '../../lib/model/index.ts'
import { hostsOf, type Room } from '../../lib/networks/rooms.ts'
import { Progress } from '../bars.tsx'
import { Bag, Bars, Card, Clock, Cross, Eye, Hand, Lock, Page, Person, Reload, Tick } from '../icons.tsx'
import { Media } from '../Media.tsx'
import { Handle, Out, Say } from '../Say.tsx'
import { completenessText, progressText, sectionName } from '../words.ts'
import { Transfer } from './Transfer.tsx'
import { tenth, type CaptureView, type SectionView, type View } from './view.ts'

/** What a press leads to. */
export interface Actions {
  /** @param also the optional sections that are ticked */
  capture(room: Room, also?: SectionName[]): void
  /** Reads an account through the network's interface. @returns whether the name can be one of this network */
  ask(room: Room, subject: string, also: SectionName[], signedIn?: boolean): Promise<boolean>
  /** This network's screen. @param subject what an account of it is named by, where it is asked */
  show(room: Room, subject?: string): void
  choose(runId: string, mode: Mode): void
  reload(runId: string): void
  /** Asks whether a notification may tell when it is done. */
  notify(): void
  pause(runId: string): void
  resume(runId: string, room: Room): void
  stop(runId: string): void
  /** Opens the workspace, where the files are made and saved at once. */
  download(account: string, what: 'follows' | 'bundle'): void
  /** Opens the workspace where a file or a list of this network is handed over. @param account whose it is */
  add(room: Room, account?: string): void
  /** Opens the workspace where people are looked up. */
  lookUp(account: string): void
  /** Keeps pictures and videos of an account. @param hosts for which leave is asked; none for what needs none */
  media(kind: 'media-keep' | 'media-pause' | 'media-stop' | 'media-again', account: string, hosts?: string[]): void
  /** Opens the workspace. @param apart in a window of its own, since a hidden tab pauses the walk */
  review(account: string | undefined, apart: boolean): void
}

const reviewPath = (account: string | undefined) => `workspace.html${account ? `?account=${encodeURIComponent(account)}` : ''}`

// --- parts -------------------------------------------------------------------------------------------------------

const Primary = ({ press, off, children }: { press: () => void; off?: boolean; children: string }) => (
  <button type="button" class="primary" onClick={press} disabled={off}>{children}</button>
)
const Plain = ({ press, children }: { press: () => void; children: string }) => (
  <button type="button" onClick={press}>{children}</button>
)

/** What can be pressed: stays in sight however long the rest is. */
const Bar = ({ children }: { children: ComponentChildren }) => <div class="bar">{children}</div>

const Review = ({ account, apart, actions }: { account?: string; apart: boolean; actions: Actions }) => (
  <a
    class="review"
    href={reviewPath(account)}
    onClick={event => {
      event.preventDefault()
      actions.review(account, apart)
    }}
  >
    {t('review')}
  </a>
)

const Section = ({ view }: { view: SectionView }) => {
  const text = progressText(view)
  const name = sectionName(view.section)
  return (
    <li class={`section ${view.state}`}>
      <span class="section-name">{name}</span>
      <span class="section-count">{text}</span>
      <Progress share={view.share} label={t('progress_label', { section: name, text })} />
    </li>
  )
}

const Sections = ({ sections }: { sections: SectionView[] }) => (
  <ul class="sections">{sections.map(view => <Section key={view.section} view={view} />)}</ul>
)

const Completeness = ({ sections, network }: { sections: SectionView[]; network: string }) => (
  <ul class="sections">
    {sections.map(view => (
      <li key={view.section} class={`section ${view.state}`}>
        <span class="section-name">{view.state === 'done' && <Tick />}{sectionName(view.section)}</span>
        <span class="section-count">{completenessText(view, network)}</span>
      </li>
    ))}
  </ul>
)

/** A capture that stands still, above its progress. */
const Still = ({ icon, title, children, capture }: { icon: VNode; title: ComponentChild; children: ComponentChildren; capture: CaptureView }) => (
  <>
    <div class="still">
      {icon}
      <Title>{title}</Title>
    </div>
    {children}
    <Sections sections={capture.sections} />
  </>
)

/** The one heading of a screen; takes the focus when what had it is gone. */
const Title = ({ children }: { children: ComponentChild }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  const first = useRef(true)
  const text = typeof children === 'string' ? children : undefined
  useEffect(() => {
    if (!first.current || mounted) {
      const { activeElement } = document
      if (!activeElement || activeElement === document.body) heading.current?.focus({ preventScroll: true })
    }
    first.current = false
    mounted = true
  }, [text])
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>
}
/** Whether a screen was drawn before: the first one leaves the focus where the browser put it. */
let mounted = false

const NetworkLinks = ({ rooms }: { rooms: Room[] }) => (
  <ul class="networks">
    {rooms.map(room => <li key={room.id}><Out href={room.home}>{room.name}</Out></li>)}
  </ul>
)

/** The network's own download: how to ask for it, and where to hand it over. */
const OwnDownload = ({ room, account, actions, back }: { room: Room; account?: string; actions: Actions; back: () => void }) => {
  const now = room.handIn && (account !== undefined || room.handIn.named)
  const steps = [1, 2, 3, 4, 5].map(n => word(`download_step_${n}`, room.id)).filter(Boolean)
  return (
    <>
      <Title>{t('download_title', { network: room.name })}</Title>
      {!now && <p class="note">{t(room.handIn ? 'download_first' : 'download_cannot')}</p>}
      <ol class="steps">{steps.map(step => <li key={step}>{step}</li>)}</ol>
      <p><Out href={room.downloadPage}>{t('download_page')}</Out></p>
      <Bar>
        {now && <Primary press={() => actions.add(room, account)}>{t('download_add')}</Primary>}
        <Plain press={back}>{t('back')}</Plain>
      </Bar>
    </>
  )
}

/** Speaks each tenth of the section at work, not every record. */
const Speaker = ({ view }: { view: View }) => {
  const at = tenth(view)
  const key = at && `${at.section.section} ${at.tenth}`
  const [spoken, speak] = useState('')
  useEffect(() => {
    if (at) speak(t('spoken_progress', { section: sectionName(at.section.section), percent: percent(at.tenth / 10), text: progressText(at.section) }))
  }, [key])
  return <p class="unseen" role="status">{spoken}</p>
}

// --- screens -----------------------------------------------------------------------------------------------------

/** Relations that are off until ticked, since they name other people. */
const Also = ({ room, also, change }: { room: Room; also: SectionName[]; change: (also: SectionName[]) => void }) => {
  const optional = room.sections.filter(plan => plan.optional).map(({ section }) => section)
  if (optional.length === 0) return null
  return (
    <fieldset class="also">
      <legend>{t('also_title')}</legend>
      <p class="small">{t('also_text')}</p>
      {optional.map(section => (
        <label key={section}>
          <input type="checkbox" checked={also.includes(section)} onChange={() => change(also.includes(section) ? also.filter(one => one !== section) : [...also, section])} />
          <span>{sectionName(section)}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Names an account of a network that is asked. @param rooms those that it may be of */
const AskFor = ({ rooms, subject, button, named }: { rooms: Room[]; subject?: string; button: string; /** @returns whether it can be one of this network */ named: (room: Room, subject: string) => Promise<boolean> }) => {
  const [text, setText] = useState(subject ?? '')
  const [wrong, setWrong] = useState(false)
  useEffect(() => setText(subject ?? ''), [subject])
  const examples = rooms.flatMap(room => (room.api ? [room.api.example] : []))
  const submit = async (): Promise<void> => {
    const room = rooms.find(one => one.api?.subject(text.trim()))
    setWrong(!room || !(await named(room, text.trim())))
  }
  return (
    <form
      class="ask-for"
      onSubmit={event => {
        event.preventDefault()
        void submit()
      }}
    >
      <label for="account-name">{t('ask_for_label')}</label>
      <input id="account-name" type="text" value={text} autocomplete="off" autocapitalize="none" spellcheck={false} placeholder={examples[0]} aria-describedby="account-help" aria-invalid={wrong} onInput={event => setText(event.currentTarget.value)} />
      <p id="account-help" class={wrong ? 'problem' : 'small'} role={wrong ? 'alert' : undefined}>
        {t(wrong ? 'ask_for_wrong' : 'ask_for_help', { examples: examples.join(t('list_or')) })}
      </p>
      <Bar><button type="submit" class="primary" disabled={text.trim() === ''}>{button}</button></Bar>
    </form>
  )
}

/** A network that is read through its documented interface: who is asked, and for whom. */
const ReadyToAsk = ({ view, actions, showDownload }: { view: View & { screen: 'ready' }; actions: Actions; showDownload: () => void }) => {
  const { room } = view
  const [also, setAlso] = useState<SectionName[]>([])
  const [signedIn, setSignedIn] = useState(false)
  const origin = view.subject ? room.api?.subject(view.subject)?.origin : undefined
  const asks = (room.api?.asks ?? []).map(one => (one === '{origin}' ? (origin ? new URL(origin).host : t('ask_own_server')) : one))
  return (
    <>
      <Title>{t('ready_title', { network: room.name })}</Title>
      <h2>{t('ready_moves')}</h2>
      <ul class="moves">
        <li><Person /><span>{t('ready_moves_follows')}</span></li>
        <li><Page /><span>{t('ready_moves_posts')}</span></li>
        <li><Card /><span>{t('ready_moves_profile')}</span></li>
      </ul>
      <h2>{t('ready_stays')}</h2>
      <ul class="moves quiet"><li><Cross /><span>{t('ready_stays_text')}</span></li><Missing room={room} /></ul>
      <ul class="moves quiet">
        <li><Eye /><span>{t('ask_servers', { servers: asks.join(', ') })}</span></li>
        <li><Lock /><span>{t('keep_here')}</span></li>
      </ul>
      {room.api?.token && origin && view.ownServer && (
        <fieldset class="also">
          <legend>{t('signed_title')}</legend>
          <label>
            <input type="checkbox" checked={signedIn} onChange={event => setSignedIn(event.currentTarget.checked)} />
            <span>{t('signed_tick', { server: new URL(origin).host })}</span>
          </label>
          <p class="small">{t('signed_text', { server: new URL(origin).host })}</p>
        </fieldset>
      )}
      {(!room.api?.token || signedIn) && <Also room={room} also={also} change={setAlso} />}
      {room.handIn && <p><button type="button" class="link" onClick={showDownload}>{t('download')}</button></p>}
      <AskFor rooms={[room]} subject={view.subject} button={t('capture')} named={(of, subject) => actions.ask(of, subject, !room.api?.token || signedIn ? also : [], signedIn)} />
    </>
  )
}

/** What the network shows to nobody. */
const Missing = ({ room }: { room: Room }) => <>{(room.missing ?? []).map(({ why }) => <li key={why}><Cross /><span>{word('missing', why)}</span></li>)}</>

const Networks = ({ view, actions }: { view: View & { screen: 'networks' }; actions: Actions }) => (
  <>
    <Title>{t('networks_title')}</Title>
    <p>{t(view.why === 'unseen' ? 'networks_unseen' : 'networks_unsupported')}</p>
    <NetworkLinks rooms={view.rooms.filter(room => !room.api || hostsOf(room).length)} />
    {view.rooms.some(room => room.api) && (
      <>
        <h2>{t('networks_ask')}</h2>
        <p class="small">{t('networks_ask_text', { networks: view.rooms.filter(room => room.api).map(room => room.name).join(t('list_or')) })}</p>
        <AskFor
          rooms={view.rooms.filter(room => room.api)}
          subject={view.subject}
          button={t('ask_for_next')}
          named={async (room, subject) => {
            actions.show(room, subject)
            return true
          }}
        />
      </>
    )}
    {view.kept.length > 0 && (
      <>
        <h2>{t('networks_kept')}</h2>
        <ul class="kept">
          {view.kept.map(({ account, room }) => (
            <li key={account.account}>
              <button type="button" class="link" disabled={!room} onClick={() => room && actions.show(room)}><bdi class="handle">{account.handle ? `@${account.handle}` : (account.name ?? account.id)}</bdi></button>{' '}
              {t('networks_on', { network: room?.name ?? account.network })}
            </li>
          ))}
        </ul>
        <Bar><Review account={view.kept.length === 1 ? view.kept[0]?.account.account : undefined} apart={false} actions={actions} /></Bar>
      </>
    )}
  </>
)

const Ready = ({ view, actions }: { view: View & { screen: 'ready' }; actions: Actions }) => {
  const network = view.room.name
  const [also, setAlso] = useState<SectionName[]>([])
  return (
    <>
      <Title>{t('ready_title', { network })}</Title>
      {view.lost && <p class="note">{t('ready_lost_permission', { network })}</p>}
      <h2>{t('ready_moves')}</h2>
      <ul class="moves">
        {!view.room.missing?.some(({ section }) => section === 'follows') && <li><Person /><span>{t('ready_moves_follows')}</span></li>}
        <li><Page /><span>{t('ready_moves_posts')}</span></li>
        <li><Card /><span>{t('ready_moves_profile')}</span></li>
      </ul>
      <h2>{t('ready_stays')}</h2>
      <ul class="moves quiet"><li><Cross /><span>{t('ready_stays_text')}</span></li><Missing room={view.room} /></ul>
      <ul class="moves quiet">
        <li><Clock /><span>{t('ready_time')}</span></li>
        <li><Reload /><span>{t('ready_reload')}{!view.allowed && !view.lost && ` ${t('ready_permission', { network })}`}</span></li>
        <li><Lock /><span>{t('keep_here')}</span></li>
      </ul>
      <Also room={view.room} also={also} change={setAlso} />
      <Bar><Primary press={() => actions.capture(view.room, also)}>{t('capture')}</Primary></Bar>
    </>
  )
}

const Choosing = ({ view, actions, showDownload }: { view: View & { screen: 'choosing' }; actions: Actions; showDownload: () => void }) => {
  const network = view.room.name
  const choices = [
    { key: 'scroll', label: t('scroll'), text: t('scroll_text'), press: () => actions.choose(view.runId, 'scroll') },
    { key: 'self', label: t('self'), text: t('self_text'), press: () => actions.choose(view.runId, 'self') },
    { key: 'download', label: t('download'), text: t('download_text', { network }), press: showDownload },
  ]
  return (
    <>
      <Title>{t('choosing_title')}</Title>
      <p>{t('choosing_terms', { network })}</p>
      <ul class="choices">
        {choices.map(({ key, label, text, press }) => (
          <li key={key}>
            <button type="button" class="choice" aria-describedby={`choice-${key}`} onClick={press}>{label}</button>
            <p id={`choice-${key}`}>{text}</p>
          </li>
        ))}
      </ul>
      <p class="small">{t('choosing_remembered', { network })}</p>
    </>
  )
}

const Running = ({ view, actions, told }: { view: View & { screen: 'running' }; actions: Actions; told?: boolean }) => {
  const own = view.mode === 'self' && !view.asks
  return (
    <>
      <Title>{own ? t('self_title') : view.handle ? <Say k="running_title_handle" handle={<Handle of={view.handle} />} /> : t('running_title')}</Title>
      {own && !view.asks && <p>{word('self_steps', view.room.id)}</p>}
      <p class="note"><Eye /><span>{t(view.asks ? 'running_asks' : view.here ? 'running_visible' : 'running_elsewhere')}</span></p>
      <Sections sections={view.sections} />
      {!view.asks && (
        <p class="again">
          {t(own ? 'mode_own' : 'mode_scrolls')} <button type="button" class="link" onClick={() => actions.choose(view.runId, own ? 'scroll' : 'self')}>{t(own ? 'scroll' : 'self')}</button>
        </p>
      )}
      <p class="small">
        {view.left !== undefined && `${t('running_left', { duration: duration(view.left) })}. `}
        {t('running_kept')}{' '}
        {told === true && t('notify_yes')}
        {told === false && <button type="button" class="link" onClick={actions.notify}>{t('notify_ask')}</button>}
      </p>
      <Bar>
        <Plain press={() => actions.pause(view.runId)}>{t('pause')}</Plain>
        <Plain press={() => actions.stop(view.runId)}>{t('stop')}</Plain>
        <Review account={view.account} apart actions={actions} />
      </Bar>
    </>
  )
}

const Paused = ({ view, actions }: { view: View & { screen: 'paused' }; actions: Actions }) => {
  const network = view.room.name
  const reason = view.reason ?? 'person'
  const named = view.handle && (reason === 'switched' || reason === 'new-account')
  return (
    <>
      <Still icon={<Bars />} title={t('paused_title')} capture={view}>
        <p>
          {named ? (
            <Say k={reason === 'switched' ? 'paused_switched_handle' : 'paused_new_account_handle'} handle={<Handle of={view.handle ?? ''} />} />
          ) : (
            word('paused', reason, { network })
          )}
        </p>
      </Still>
      <Resuming view={view} actions={actions} />
    </>
  )
}

/** Resume where this tab shows the network; else the way there. */
const Resuming = ({ view, off, actions }: { view: CaptureView & { resumable: boolean }; off?: boolean; actions: Actions }) => (
  <Bar>
    {view.resumable || off ? (
      <Primary press={() => actions.resume(view.runId, view.room)} off={off}>{t('resume')}</Primary>
    ) : (
      <Out class="primary" href={view.room.home}>{t('open_network', { network: view.room.name })}</Out>
    )}
    <Plain press={() => actions.stop(view.runId)}>{t('stop')}</Plain>
    <Review account={view.account} apart actions={actions} />
  </Bar>
)

const Waiting = ({ view, now, actions }: { view: View & { screen: 'waiting' | 'limited' }; now: number; actions: Actions }) => {
  const network = view.room.name
  const again = view.screen === 'limited'
  const due = view.wait && view.due ? { duration: duration(view.wait), time: clock(view.due, now) } : undefined
  return (
    <>
      <Still icon={<Clock />} title={t(again ? 'limited_title' : 'waiting_title', { network })} capture={view}>
        <p>{t(again ? 'limited_text' : 'waiting_text')}</p>
        {due ? <p class="due">{t(again ? 'limited_due' : 'waiting_due', due)}</p> : !again && <p class="due">{t('waiting_soon')}</p>}
      </Still>
      {view.screen === 'limited' ? (
        <Resuming view={view} off={Boolean(view.wait)} actions={actions} />
      ) : (
        <Bar>
          <Plain press={() => actions.stop(view.runId)}>{t('stop')}</Plain>
          <Review account={view.account} apart actions={actions} />
        </Bar>
      )}
    </>
  )
}

const Done = ({ view, now, actions }: { view: View & { screen: 'done' }; now: number; actions: Actions }) => {
  const network = view.room.name
  const account = view.account
  const title = view.stopped ? 'done_title_stopped' : view.complete ? 'done_title' : 'done_title_gaps'
  return (
    <>
      <Title>{t(title)}</Title>
      {view.stopped && <p>{t('done_stopped_text')}</p>}
      <Completeness sections={view.sections} network={network} />
      {view.room.missing && <ul class="moves quiet"><Missing room={view.room} /></ul>}
      {view.unread > 0 && (
        <p class="note">
          <span>
            {plural('done_unread', view.unread)}{'. '}
            <a href={`${reviewPath(account)}#trouble`} target="_blank">{t('done_unread_look')}</a>
          </span>
        </p>
      )}
      {view.room.handIn && <p><button type="button" class="link" onClick={() => actions.add(view.room, account)}>{view.complete || !view.room.handIn.members ? t('download_add_link') : t('download_missing_link', { network })}</button></p>}
      {view.media && (
        <Media
          facts={view.media}
          room={view.room}
          now={now}
          actions={{
            keep: hosts => actions.media('media-keep', account, hosts),
            pause: () => actions.media('media-pause', account),
            stop: () => actions.media('media-stop', account),
            again: hosts => actions.media('media-again', account, hosts),
          }}
        />
      )}
      {view.preview && <Transfer preview={view.preview} network={network} learn={view.learn} lookUp={() => actions.lookUp(account)} />}
      <p class="small">{t('keep_here')}</p>
      {view.here && (
        <p class="again">
          {t('again_question')} <button type="button" class="link" onClick={() => (view.room.api ? void actions.ask(view.room, view.subject ?? view.handle ?? '', []) : actions.capture(view.room))}>{t('capture')}</button>
        </p>
      )}
      <Bar>
        <Primary press={() => actions.download(account, 'follows')}>{t('download_follows')}</Primary>
        <Plain press={() => actions.download(account, 'bundle')}>{t('download_bundle')}</Plain>
        <Review account={account} apart={false} actions={actions} />
      </Bar>
    </>
  )
}

const Screen = ({ view, now, actions, told, showDownload }: { view: View; now: number; actions: Actions; told?: boolean; showDownload: () => void }) => {
  switch (view.screen) {
    case 'loading':
      return <Title>{t('loading')}</Title>
    case 'networks':
      return <Networks view={view} actions={actions} />
    case 'private':
      return (
        <>
          <Title>{t('private_title')}</Title>
          <p>{view.room ? t('private_text', { network: view.room.name }) : t('private_text_any')}</p>
        </>
      )
    case 'ready':
      return view.room.api ? <ReadyToAsk view={view} actions={actions} showDownload={showDownload} /> : <Ready view={view} actions={actions} />
    case 'asking':
      return (
        <>
          <Title>{t('asking_title')}</Title>
          <p>{t('asking_text')}</p>
        </>
      )
    case 'refused':
      return (
        <>
          <Title>{t('refused_title')}</Title>
          <p>{t('refused_text', { network: view.room.name })}</p>
          <p>{t('refused_download', { network: view.room.name })}</p>
          <Bar>
            <Primary press={() => actions.capture(view.room)}>{t('capture')}</Primary>
            <Plain press={showDownload}>{t('download')}</Plain>
          </Bar>
        </>
      )
    case 'unsent':
      return (
        <>
          <Title>{t('unsent_title')}</Title>
          <p>{t('unsent_text')}</p>
          <Bar>
            <Primary press={() => actions.reload(view.runId)}>{t('reload')}</Primary>
            <Plain press={() => actions.stop(view.runId)}>{t('stop')}</Plain>
          </Bar>
        </>
      )
    case 'starting':
      return (
        <>
          <Title>{t('starting_title')}</Title>
          <p>{t('starting_text')}</p>
          <Progress label={t('starting_title')} />
          <Bar><Plain press={() => actions.stop(view.runId)}>{t('stop')}</Plain></Bar>
        </>
      )
    case 'signed-out':
      return (
        <>
          <Title>{t(view.unknown ? 'unknown_viewer_title' : 'signed_out_title')}</Title>
          <p>{t(view.unknown ? 'unknown_viewer_text' : 'signed_out_text', { network: view.room.name })}</p>
          <Again view={view} actions={actions} />
        </>
      )
    case 'not-own':
      return (
        <>
          <Title>{t('not_own_title')}</Title>
          <p>{t('not_own_text')}</p>
          {view.handle ? (
            <p><Out href={view.room.profileUrl(view.handle)}><Say k="not_own_link_handle" handle={<Handle of={view.handle} />} /></Out></p>
          ) : (
            <p><Out href={view.room.home}>{t('open_network', { network: view.room.name })}</Out></p>
          )}
          <Again view={view} actions={actions} />
        </>
      )
    case 'choosing':
      return <Choosing view={view} actions={actions} showDownload={showDownload} />
    case 'running':
      return <Running view={view} actions={actions} told={told} />
    case 'hand':
      return (
        <>
          <Still icon={<Hand />} title={t('ask_title')} capture={view}>
            <p>{word('ask', `${view.reason}-${view.room.id}`)}</p>
            {!view.here && <p class="note"><Eye /><span>{t('running_elsewhere')}</span></p>}
          </Still>
          <Bar>
            <Plain press={() => actions.pause(view.runId)}>{t('pause')}</Plain>
            <Plain press={() => actions.stop(view.runId)}>{t('stop')}</Plain>
            <Review account={view.account} apart actions={actions} />
          </Bar>
        </>
      )
    case 'paused':
      return <Paused view={view} actions={actions} />
    case 'waiting':
    case 'limited':
      return <Waiting view={view} now={now} actions={actions} />
    case 'challenged':
      return (
        <>
          <Still icon={<Lock />} title={t('challenged_title', { network: view.room.name })} capture={view}>
            <p>{t(view.asks ? 'challenged_asks' : 'challenged_text')}</p>
            <p>{t('challenged_download', { network: view.room.name })} <Out href={view.room.downloadPage}>{t('download_page')}</Out></p>
          </Still>
          <Resuming view={view} actions={actions} />
        </>
      )
    case 'done':
      return <Done view={view} now={now} actions={actions} />
  }
}

/** A capture that could not begin: once more, where this tab shows the network. */
const Again = ({ view, actions }: { view: View & { screen: 'signed-out' | 'not-own' }; actions: Actions }) => (
  <Bar>
    {view.here ? (
      <Primary press={() => actions.capture(view.room)}>{t('capture')}</Primary>
    ) : (
      <Out class="primary" href={view.room.home}>{t('open_network', { network: view.room.name })}</Out>
    )}
    <Plain press={() => actions.stop(view.runId)}>{t('stop')}</Plain>
  </Bar>
)

/** @param problem a sentence about what went wrong with Holdall itself @param now milliseconds @param told whether a notification will say that a capture is done; absent: not known */
export const Popup = ({ view, now, actions, problem, told }: { view: View; now: number; actions: Actions; problem?: string; told?: boolean }) => {
  const [download, setDownload] = useState(false)
  const room = 'room' in view ? view.room : undefined
  useEffect(() => setDownload(false), [view.screen])
  useEffect(() => {
    document.documentElement.lang = language()
    document.documentElement.dir = direction()
    document.title = t('name')
  }, [])
  return (
    <div class="popup">
      <header class="brand">
        <Bag />
        <span>{t('name')}</span>
        {room && <span class="network">{room.name}</span>}
      </header>
      <main>
        {problem && <p class="problem" role="alert">{problem}</p>}
        {download && room ? (
          <OwnDownload room={room} account={'account' in view ? view.account : undefined} actions={actions} back={() => setDownload(false)} />
        ) : (
          <Screen view={view} now={now} actions={actions} told={told} showDownload={() => setDownload(true)} />
        )}
        <Speaker view={view} />
      </main>
    </div>
  )
}
