/** The background of a capture: takes what relays report, reads and checks it, keeps it, and tells the walk's next step. */
import { letSleep, onWake, wakeAt, wakeEveryMinute } from '../browser/alarms.ts'
import { askServer } from '../browser/ask.ts'
import { setSign, type Sign } from '../browser/badge.ts'
import { copyFilesOf, removeFilesOf } from '../browser/files.ts'
import { PASTED, type FromRelay, type Part, type Request, type ToRelay } from '../browser/messages.ts'
import { notify } from '../browser/notify.ts'
import { allowed, onPermissionsChanged } from '../browser/permissions.ts'
import { poke } from '../browser/port.ts'
import { receive } from '../browser/receive.ts'
import { reconcile } from '../browser/scripts.ts'
import { firstOfSession, pace, rememberMode, rememberedMode, setIntent, takeIntent } from '../browser/settings.ts'
import { hasUnsent, onTabClosed, readInTab, reloadTab, tabById } from '../browser/tabs.ts'
import { t } from '../browser/texts.ts'
import { Answer, accountKey, nothing, type Ask, type Profile, type Reading, Section, type Run, type Viewer } from '../model/index.ts'
import { answersAt, hostsOf, isAt, networks, type Network } from '../networks/index.ts'
import { openStore, type ReachOf } from '../store/index.ts'
import { afterAnswer, afterPiece, afterPieces, afterSilence, isTrouble, newAsking } from './asking.ts'
import { audienceOf, checked, own, unreadRow } from './keep.ts'
import { afterDue, afterHand, afterHello, afterRead, afterReport, isOpen, keeps, newRun, type Around, type Hand } from './walk.ts'

/** A running walk whose tab has been silent for this long has lost its page. */
const SILENCE = 120_000
/** How long a tab holds answers of which nobody knows whose they are, in milliseconds after its page was there to be read. */
const PATIENCE = 15_000
const WATCH = 'watch'
const DUE = 'due'
/** What a half-received answer may take up, in characters, and how many there may be. */
const MAX_PARTS = 40_000_000

/** The tabs that show posts. */
const POSTS: Section[] = ['posts', 'replies', 'reposts', 'media']


/** @returns the text that these bytes are, UTF-8; undefined if they are none */
const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const holdsRecords = ({ profiles, follows, posts, relations }: Reading): boolean => profiles.length + follows.length + posts.length + relations.length > 0

/** States that go on by themselves. */
const goesOn: ReadonlySet<Run['state']> = new Set(['starting', 'running', 'waiting'])

/** What the toolbar says of captures that are under way. A pause that the person made needs nobody; what is handed over has its own page. */
const signOf = (open: Run[]): Sign | undefined => {
  const captures = open.filter(run => !run.handIn)
  if (captures.some(run => !goesOn.has(run.state) && !(run.state === 'paused' && run.reason === undefined))) return 'needs'
  return captures.some(run => goesOn.has(run.state)) ? 'works' : undefined
}

interface Read { id: number; answer: Answer; reading: Reading }

/** @param judge tells of every follow whether they can be followed */
export const startBackground = (judge: ReachOf): void => {
  const store = openStore()

  /** One thing at a time: steps read a row, decide, and write it. */
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work)
    queue = result.catch(() => {})
    return result
  }

  const roomOf = (run: Run): Network | undefined => networks[run.network]

  // --- runs ------------------------------------------------------------------------------------------------------

  /** Scripts are registered for networks with an open run that has a tab, where the hosts are (still) allowed. */
  const settle = async (): Promise<void> => {
    const open = await store.openRuns()
    const runs = open.filter(run => run.tabId !== undefined && run.state !== 'choosing')
    const wanted = await Promise.all(
      [...new Set(runs.map(run => run.network))].map(async id => {
        const network = networks[id]
        const hosts = network ? hostsOf(network) : []
        return hosts.length && (await allowed(hosts)) ? [{ id, hosts }] : []
      }),
    )
    await reconcile(wanted.flat())
    if (runs.length || open.some(run => run.queue && run.state === 'running')) wakeEveryMinute(WATCH)
    else await letSleep(WATCH)
    await setSign(signOf(open)).catch(() => undefined)
    const due = open.flatMap(run => (run.state === 'waiting' && run.due ? [Date.parse(run.due)] : []))
    if (due.length) wakeAt(DUE, Math.min(...due))
    else await letSleep(DUE)
  }

  const runOfTab = async (tabId: number, network: string): Promise<Run | undefined> => (await store.openRuns()).find(run => run.tabId === tabId && run.network === network)

  /** What follows from a change of state. After a complete capture, rows that are no longer there are marked. */
  const follow = async (before: Run | undefined, after: Run | undefined): Promise<void> => {
    if (!after || (before && before.state === after.state && before.tabId === after.tabId)) return
    if (after.state === 'done' && after.account && !after.handIn) {
      const ends = Object.entries(after.sections) as [Section, Run['sections'][Section]][]
      // A post can stand in several tabs, so none counts as gone before all of them were seen to their end.
      const allPosts = ends.every(([section, progress]) => !POSTS.includes(section) || progress?.state === 'done')
      const done = ends.filter(([section, progress]) => progress?.state === 'done' && (allPosts || !POSTS.includes(section))).map(([section]) => section)
      // Where one list holds all kinds of posts, its end is the end of all of them.
      const all = done.flatMap(section => [section, ...(roomOf(after)?.sections.find(plan => plan.section === section)?.holds ?? [])])
      await store.markGone(after.account, after.id, [...new Set(all)], after.endedAt ?? after.updatedAt)
    }
    await settle()
    if (after.state !== 'done' || after.handIn || before?.state === 'done') return
    // Another one may be under way, which is more to know.
    if (!signOf(await store.openRuns())) await setSign('done').catch(() => undefined)
    const room = roomOf(after)
    await notify(t('notify_done_title', { network: room?.name ?? after.network }), t('notify_done_text'))
  }

  const change = async (id: string, step: (run: Run) => Run): Promise<Run | undefined> => {
    let before: Run | undefined
    const after = await store.updateRun(id, run => {
      before = run
      return run && step(run)
    })
    await follow(before, after)
    return after
  }

  /** Loads the tab anew so that the tap is there before the page's own scripts; never over text that was not sent. */
  const load = async (run: Run): Promise<void> => {
    const room = roomOf(run)
    if (!room || run.tabId === undefined) return
    if (await hasUnsent(run.tabId, room.composers)) {
      await change(run.id, one => ({ ...one, state: 'unsent' }))
      return
    }
    const { state } = run
    await change(run.id, one => ({ ...one, state: ['choosing', 'unsent', 'starting'].includes(state) ? 'starting' : one.state, updatedAt: new Date().toISOString() }))
    if (!(await reloadTab(run.tabId))) await change(run.id, one => afterHand({ ...one, tabId: undefined }, { kind: 'pause', reason: 'tab-closed' }, Date.now()))
  }

  /** `Capture my account` was pressed and the hosts are allowed: one capture, once. */
  const begin = async (): Promise<void> => {
    const intent = await takeIntent(Date.now())
    const room = intent && networks[intent.network]
    if (!intent || !room || !(await allowed(hostsOf(room)))) return
    // A private window leaves nothing behind; a capture there would.
    if ((await tabById(intent.tabId))?.incognito) return
    const open = (await store.openRuns()).filter(run => run.network === intent.network)
    const here = open.find(run => run.tabId === intent.tabId)
    if (here && here.state !== 'choosing') {
      await hand(here.id, { kind: 'resume', tabId: intent.tabId })
      return
    }
    const mode = await rememberedMode(intent.network)
    const run = newRun(here?.id ?? crypto.randomUUID(), room, intent.tabId, 'choosing', Date.now(), intent.also)
    const chosen = { ...run, mode, tabId: intent.tabId }
    await store.updateRun(run.id, () => chosen)
    if (mode) await load(chosen)
  }

  /** A person's hand on a run; then its tab is asked to report, and is loaded anew if nobody is there to. */
  const hand = async (id: string, what: Hand): Promise<void> => {
    const run = await change(id, one => afterHand(one, what, Date.now()))
    if (!run) return
    // What was handed over and is not to be read any more is not kept either.
    if (what.kind === 'stop') for (const { url } of run.queue ?? []) if (url.startsWith('file:')) await store.forgetHandedIn(url.split('#')[1] ?? '')
    if (run.queue) return void askOn(run.id)
    if (run.tabId === undefined) return
    const there = await poke(run.tabId)
    if (!there && what.kind === 'resume' && isOpen(run)) await load(run)
  }

  const request = async (asked: Request): Promise<unknown> => {
    switch (asked.kind) {
      case 'intent':
        return setIntent({ tabId: asked.tabId, network: asked.network, at: asked.at, also: asked.also })
      case 'granted':
        return asked.allowed ? begin() : void (await takeIntent(Date.now()))
      case 'ask':
        return askAccount(asked.network, asked.subject, asked.also ?? [], asked.signedTab)
      case 'hand-in':
        return takeIn(asked.network, asked.item, asked.account)
      case 'archive':
        return openArchive(asked)
      case 'archive-piece':
        return false
      case 'archive-end':
        return endArchive(asked.runId, asked.lost)
      case 'choose': {
        const run = await change(asked.runId, one => ({ ...one, mode: asked.mode }))
        if (!run) return
        await rememberMode(run.network, asked.mode)
        return run.state === 'choosing' ? load(run) : void (run.tabId !== undefined && (await poke(run.tabId)))
      }
      case 'reload': {
        const run = await store.run(asked.runId)
        return run && load(run)
      }
      case 'pause':
      case 'stop':
        return hand(asked.runId, { kind: asked.kind })
      case 'resume':
        return hand(asked.runId, { kind: 'resume', tabId: asked.tabId })
    }
  }

  // --- answers ---------------------------------------------------------------------------------------------------

  const partial = new Map<string, string[]>()
  let partialSize = 0
  const forget = (key: string): void => {
    for (const text of partial.get(key) ?? []) partialSize -= text.length
    partial.delete(key)
  }

  /** Puts pieces together. @returns the whole text, `false` while pieces are still to come, undefined if earlier ones are missing */
  const assemble = (key: string, { n, of, text }: Part): string | false | undefined => {
    if (of === 1) return text
    if (n === 0) forget(key)
    const pieces = partial.get(key) ?? []
    if (pieces.length !== n) return undefined
    if (partialSize + text.length > MAX_PARTS) {
      for (const old of partial.keys()) if (old !== key) forget(old)
    }
    pieces.push(text)
    partialSize += text.length
    partial.set(key, pieces)
    if (pieces.length < of) return false
    const whole = pieces.join('')
    forget(key)
    return whole
  }

  const readable = (text: string, network: Network): Answer | undefined => {
    try {
      const answer = Answer.safeParse(JSON.parse(text))
      if (!answer.success || !URL.canParse(answer.data.url) || !URL.canParse(answer.data.page)) return undefined
      return answersAt(network, new URL(answer.data.url)) && isAt(network, new URL(answer.data.page)) ? answer.data : undefined
    } catch {
      return undefined
    }
  }

  // --- networks that are asked -----------------------------------------------------------------------------------

  /** A capture by the network's documented interface; of an account that one is under way for, that one. @returns whether the name could be read */
  const askAccount = async (id: string, text: string, also: Section[], signedTab?: number): Promise<boolean> => {
    const network = networks[id]
    const subject = network?.api?.subject(text)
    if (!network?.api || !subject) return false
    const same = (run: Run): boolean => run.network === id && run.subject?.origin === subject.origin && run.subject?.handle.toLowerCase() === subject.handle.toLowerCase()
    const there = (await store.openRuns()).find(same)
    if (there && there.state !== 'paused') {
      await hand(there.id, { kind: 'resume' })
      return true
    }
    if (there) await change(there.id, one => afterHand(one, { kind: 'stop' }, Date.now()))
    const run = newAsking(crypto.randomUUID(), network, { queue: network.api.begin(subject), subject, signedTab: network.api.token && signedTab }, Date.now(), also)
    await store.updateRun(run.id, () => run)
    await settle()
    void askOn(run.id)
    return true
  }

  /** Something was handed over: it is read like an answer, and what it calls for is asked. @returns the run that does so */
  const takeIn = async (id: string, item: string, account: string | undefined): Promise<string | false> => {
    const network = networks[id]
    const given = await store.handedIn(item)
    const owner = account === undefined ? undefined : await store.account(account)
    if (!network?.handIn || !given || (account !== undefined && owner?.network !== id)) return false
    const request = { operation: given.name === PASTED ? 'paste' : 'file', variables: owner ? { ownerId: owner.id } : {} }
    const queue: Ask[] = [{ url: `file:///${encodeURIComponent(given.name)}#${item}`, request }]
    const run = newAsking(crypto.randomUUID(), network, { queue, handIn: true }, Date.now(), network.sections.map(({ section }) => section))
    // What the network shows to nobody is just what is handed over.
    const sections = { ...run.sections, ...Object.fromEntries((network.missing ?? []).map(({ section }) => [section, run.sections[section] ?? { state: 'todo' as const, pages: 0 }])) }
    const begun: Run = owner ? { ...run, sections, account: owner.account, viewer: { id: owner.id, handle: owner.handle } } : { ...run, sections }
    await store.updateRun(begun.id, () => begun)
    await settle()
    void askOn(begun.id)
    return begun.id
  }

  /** An archive is to be read: by the run that was at it before it was broken off, or by a new one. */
  const openArchive = async ({ network: id, name, key, of, account }: Request & { kind: 'archive' }): Promise<{ run: string; taken: number } | false> => {
    const network = networks[id]
    const owner = account === undefined ? undefined : await store.account(account)
    if (!network?.handIn?.members || (account !== undefined && owner?.network !== id)) return false
    const there = (await store.openRuns()).find(run => run.network === id && run.archive?.key === key && run.archive.open && (account === undefined || run.account === account))
    if (there) {
      const run = await change(there.id, one => afterHand(one, { kind: 'resume' }, Date.now()))
      void askOn(there.id)
      return { run: there.id, taken: (run?.archive?.taken ?? 0) + (run?.queue?.length ?? 0) }
    }
    // Whatever is in it: what it has nothing of is left out at the end.
    const all = Section.options as Section[]
    const run = newAsking(crypto.randomUUID(), network, { queue: [], handIn: true, archive: { name, key, taken: 0, read: 0, of, open: true } }, Date.now(), all)
    const sections = Object.fromEntries(all.map(section => [section, run.sections[section] ?? { state: 'todo' as const, pages: 0 }]))
    const begun: Run = { ...run, sections, ...(owner ? { account: owner.account, viewer: { id: owner.id, handle: owner.handle } } : {}) }
    await store.updateRun(begun.id, () => begun)
    return { run: begun.id, taken: 0 }
  }

  /** A piece of an archive, which is read before whoever hands it over makes the next. @returns the run as it then is */
  const takePiece = async ({ runId, at, item, path, more, read }: Request & { kind: 'archive-piece' }): Promise<Run | undefined> => {
    const url = `file:///${path.split('/').map(encodeURIComponent).join('/')}#${item}`
    const run = await inTurn(() => change(runId, one => afterPiece(one, at, { url, request: { operation: 'file', variables: more ? { more } : {} } }, read, Date.now())))
    // It was there already: handed over a second time since the first answer was lost.
    if (!run?.queue?.some(ask => ask.url === url)) await store.forgetHandedIn(item)
    for (;;) {
      await askOn(runId)
      const now = await store.run(runId)
      if (!now?.archive || now.archive.taken > at || now.state !== 'running') return now
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }

  const endArchive = async (id: string, lost: string[]): Promise<void> => {
    const run = await store.run(id)
    const network = run && roomOf(run)
    if (!network) return
    for (const path of lost) await store.addUnread({ account: run.account, network: run.network, runId: id, at: new Date().toISOString(), reason: 'damaged', operation: 'file', path: path.split('/').at(-1) ?? path, bodyKind: 'shape', body: '{}' })
    const around: Around = { room: network, pace: await pace(), random: Math.random }
    await change(id, one => afterPieces(one, around, Date.now()))
  }

  const fileAnswer = async (ask: Ask, page: string, run: Run): Promise<Answer | undefined> => {
    const [name, item] = ask.url.split('#') as [string, string]
    const given = await store.handedIn(item)
    if (!given) return undefined
    const bytes = new Uint8Array(await given.bytes.arrayBuffer())
    const whose = run.viewer && { ownerId: run.viewer.id, ...(run.viewer.handle && { handle: run.viewer.handle }) }
    const request = { ...ask.request, variables: { ...(ask.request?.variables as object | undefined), ...whose } }
    return { url: name, page, request, status: 200, contentType: given.bytes.type, body: textOf(bytes) ?? bytes, seenAt: new Date().toISOString() }
  }

  /**
   * Whose a file is that says so itself: the account of that number that is known, else of that name. A file may state no number: its reader then gives the name for one.
   * @returns undefined where it is somebody else's than it was given for
   */
  const whoseFile = async (run: Run, named: Viewer): Promise<Viewer | undefined> => {
    const same = (one: { id: string; handle?: string }): boolean => one.id === named.id || (one.handle !== undefined && one.handle.toLowerCase() === (named.handle ?? named.id).toLowerCase())
    // By the name that its own records go by it is known, too.
    const aliases = [named.id]
    if (run.viewer) return same(run.viewer) ? { ...run.viewer, aliases } : undefined
    const all = (await store.accounts()).filter(({ network }) => network === run.network)
    const known = all.find(({ id }) => id === named.id) ?? all.find(same)
    const host = known && /^[^:]+:([^/]+)\//.exec(known.account)?.[1]
    return known ? { ...named, id: known.id, aliases, ...(host && { origin: `https://${host}` }) } : named
  }

  /** Tokens of sign-ins, by the tab that they were read in: in this worker's memory, and nowhere else. */
  const tokens = new Map<number, { origin: string; text: string }>()

  /** The person's token, where they allowed it and the question goes to their own server. */
  const tokenFor = async (run: Run, ask: Ask, network: Network): Promise<string | undefined> => {
    const { signedTab } = run
    if (signedTab === undefined || !network.api?.token || new URL(ask.url).origin !== run.subject?.origin) return undefined
    const { selector, path } = network.api.token
    const known = tokens.get(signedTab) ?? (await readInTab(signedTab, selector, path))
    if (known) tokens.set(signedTab, known)
    return known?.origin === run.subject.origin ? known.text : undefined
  }

  /** Captures that this life of the background is asking for, each with what ends its present question. */
  const asking = new Map<string, AbortController>()
  const lastAsked = new Map<string, number>()

  /** Asks on, one question after the other, until the capture stands still or has ended. */
  const askOn = async (id: string): Promise<void> => {
    if (asking.has(id)) return
    const stop = new AbortController()
    asking.set(id, stop)
    try {
      for (let wait = 0; ; ) {
        if (wait) await new Promise(resolve => setTimeout(resolve, wait))
        const run = await store.run(id)
        const ask = run?.queue?.[0]
        const network = run && roomOf(run)
        if (!network || !ask || run.state !== 'running') return
        const host = new URL(ask.url).host
        const early = (lastAsked.get(host) ?? 0) + (network.api?.everyMs ?? 0) - Date.now()
        if (host && early > 0) await new Promise(resolve => setTimeout(resolve, early))
        lastAsked.set(host, Date.now())
        const file = ask.url.startsWith('file:')
        const answer = await (file ? fileAnswer(ask, network.home, run) : askServer(ask, network.home, stop.signal, await tokenFor(run, ask, network)))
        wait = await inTurn(() => takeAnswer(id, ask, answer, network))
        if (file && answer) await store.forgetHandedIn(ask.url.split('#')[1] as string)
      }
    } finally {
      asking.delete(id)
    }
  }

  /** @returns milliseconds until the next question may go out */
  const takeAnswer = async (id: string, ask: Ask, answer: Answer | undefined, network: Network): Promise<number> => {
    const now = Date.now()
    const around: Around = { room: network, pace: await pace(), random: Math.random }
    const reading = answer && readAnswer(network, answer)
    if (!answer || !reading || (isTrouble(answer.status) && !reading.barrier && !reading.next?.length)) {
      let wait = 0
      await change(id, one => {
        const step = afterSilence(one, ask, now, around)
        wait = step.wait
        return step.run
      })
      return wait
    }
    const run = await store.run(id)
    if (!run) return 0
    const named = reading.viewer && (run.handIn ? await whoseFile(run, reading.viewer) : reading.viewer)
    const viewer = run.handIn ? (named ?? run.viewer) : (run.viewer ?? named)
    const strange = run.archive && (reading.viewer && !named ? 'other-account' : !viewer && holdsRecords(reading) ? 'whose' : undefined)
    if (strange) {
      await change(id, one => ({ ...afterHand(one, { kind: 'stop' }, now), reason: strange, queue: [] }))
      return 0
    }
    const mine = viewer && own(reading, viewer, run.sections)
    const told = { viewer: run.viewer ? undefined : named, barrier: reading.barrier, profile: mine?.profile !== undefined, ends: (ask.request?.variables as { more?: boolean } | undefined)?.more ? [] : (mine?.ends ?? []), next: reading.next ?? [], status: answer.status }
    await keep(run, viewer, [{ id: 0, answer, reading }], network, one => afterAnswer(one, ask, told, now, around))
    return 0
  }

  const readAnswer = (network: Network, answer: Answer): Reading => {
    if (answer.headers?.['x-too-large']) return { ...nothing(), unread: [{ reason: 'too-large', operation: answer.request?.operation }] }
    try {
      return checked(network.read(answer))
    } catch {
      // Readers are total; should one not be, its answer is counted like any other that could not be read.
      return { ...nothing(), unread: [{ reason: 'reader-failed', operation: answer.request?.operation }] }
    }
  }

  /** The run that what this tab shows belongs to, now that it is known who is signed in there: another account is another run. */
  const runOfViewer = async (run: Run, viewer: Viewer, network: Network): Promise<Run> => {
    if (!run.viewer || run.viewer.id === viewer.id) return run
    const now = Date.now()
    await change(run.id, one => ({ ...one, state: 'paused', reason: 'switched', tabId: undefined, due: undefined, updatedAt: new Date(now).toISOString() }))
    const account = accountKey(network.id, viewer.id)
    const theirs = (await store.openRuns()).find(one => one.account === account) ?? newRun(crypto.randomUUID(), network, run.tabId as number, 'paused', now)
    const next: Run = { ...theirs, tabId: run.tabId, mode: run.mode, account, viewer: { ...theirs.viewer, ...viewer }, state: 'paused', reason: 'new-account' }
    await store.updateRun(next.id, () => next)
    return next
  }

  const answers = async (message: FromRelay & { kind: 'answers' }, tabId: number, network: Network): Promise<ToRelay> => {
    const done: number[] = []
    const first = await runOfTab(tabId, network.id)
    if (!first || first.state === 'choosing') return { done: message.parts.map(part => part.id), command: { kind: 'off' } }
    let run: Run = first
    let viewer = message.viewer
    let pending: Read[] = []
    const flush = async (): Promise<void> => {
      if (pending.length) await keep(run, viewer, pending, network)
      done.push(...pending.map(({ id }) => id))
      pending = []
    }
    for (const part of message.parts) {
      const text = assemble(`${tabId} ${message.doc} ${part.id}`, part)
      if (text === undefined) {
        await flush()
        return { done, viewer, again: [part.id] }
      }
      if (text === false) continue
      const answer = readable(text, network)
      if (!answer) {
        done.push(part.id)
        continue
      }
      const reading = readAnswer(network, answer)
      if (reading.viewer && reading.viewer.id !== viewer?.id) {
        await flush()
        viewer = reading.viewer
        run = await runOfViewer(run, viewer, network)
      }
      // Nothing is kept before it is known who is signed in: the tab holds it until the page has said so, or has had its time.
      if (!viewer && !reading.signedOut && !reading.barrier && run.state !== 'signed-out' && (message.age ?? 0) < PATIENCE) {
        await flush()
        return { done, later: true }
      }
      pending.push({ id: part.id, answer, reading })
    }
    await flush()
    return { done, viewer }
  }

  /** A file that states no number named the account by its handle: what it brought belongs to the account of that name that is captured now. */
  const adopt = async (network: Network, account: string, viewer: Viewer, handle: string | undefined): Promise<void> => {
    if (!handle || viewer.id.toLowerCase() === handle.toLowerCase() || (await store.account(account))) return
    const name = handle.toLowerCase()
    const nameless = (await store.accounts()).find(one => one.network === network.id && one.id.toLowerCase() === name && one.handle?.toLowerCase() === name)
    if (!nameless) return
    await copyFilesOf(nameless.account, account)
    await store.adopt(nameless.account, account, viewer.id)
    await removeFilesOf(nameless.account)
  }

  /** Keeps what belongs to the account out of several answers, in one transaction with the step that they make the run take. */
  const keep = async (run: Run, viewer: Viewer | undefined, pending: Read[], network: Network, by?: (run: Run) => Run): Promise<void> => {
    const now = Date.now()
    const around = { room: network, pace: await pace(), random: Math.random }
    const walked = (from: Run): Run =>
      pending.reduce((one, { answer, reading }) => {
        const mine = viewer && own(reading, viewer, one.sections)
        // A page may say the number of who is signed in alone: their own profile says the name, which their pages' addresses are made of.
        const named = viewer && mine?.profile ? { handle: mine.profile.handle, ...viewer } : viewer
        return afterRead(one, { page: answer.page, viewer: named, signedOut: reading.signedOut, barrier: reading.barrier, profile: mine?.profile !== undefined, ends: mine?.ends ?? [], places: mine?.places }, now, around)
      }, from)
    const step = by ?? walked
    // Whether what was seen is kept is decided by the same step that is committed with it.
    const expected = step((await store.run(run.id)) ?? run)
    if (!viewer || (!keeps(expected) && expected.state !== 'done')) {
      await change(run.id, step)
      return
    }
    const mine = pending.map(({ reading }) => own(reading, viewer, expected.sections))
    const profile = mine.map(one => one.profile).filter(one => one !== undefined).reduce<Profile | undefined>((all, one) => ({ ...all, ...one }), undefined)
    const account = run.account !== undefined && run.viewer?.id === viewer.id ? run.account : accountKey(network.id, viewer.id, run.subject?.origin ?? viewer.origin)
    await adopt(network, account, viewer, profile?.handle ?? viewer.handle)
    const posts = mine.flatMap(one => one.posts)
    const locked = posts.some(post => post.visibility === undefined) ? (profile?.locked ?? (await store.profile(account))?.locked) : undefined
    const batch = {
      account,
      network: network.id,
      runId: run.id,
      at: pending.at(-1)?.answer.seenAt ?? new Date(now).toISOString(),
      who: { id: viewer.id, handle: profile?.handle ?? viewer.handle, name: profile?.name ?? viewer.name, avatar: profile?.avatar ?? viewer.avatar },
      profile,
      follows: mine.flatMap(one => one.follows),
      posts,
      filed: run.handIn,
      people: pending.flatMap(({ reading }) => reading.people ?? []),
      audience: audienceOf(network, locked),
      relations: mine.flatMap(one => one.relations),
      counts: mine.flatMap(one => one.counts),
      unread: pending.flatMap(({ answer }, at) => (mine[at]?.unread ?? []).map(one => unreadRow(network, answer, one, viewer))),
      reachOf: judge,
    }
    let before: Run | undefined
    let after: Run | undefined
    try {
      await store.commit(batch, one => {
        before = one
        after = one && step(one)
        return after
      })
    } catch (error) {
      if (error instanceof Error && /quota/i.test(`${error.name} ${error.message}`)) await change(run.id, one => afterHand(one, { kind: 'pause', reason: 'storage-full' }, now))
      // Not acknowledged: the tab keeps it and sends it again.
      throw error
    }
    await follow(before, after)
  }

  // --- relays ----------------------------------------------------------------------------------------------------

  const relay = async (message: FromRelay, sender: { tabId: number; url: string }): Promise<ToRelay> => {
    const network = Object.values(networks).find(one => URL.canParse(sender.url) && isAt(one, new URL(sender.url)))
    if (!network) return { command: { kind: 'off' } }
    const { tabId } = sender
    if (message.kind === 'hello') {
      const run = await runOfTab(tabId, network.id)
      if (run && run.state !== 'choosing') await change(run.id, one => afterHello(one, Date.now()))
      return { on: run !== undefined && run.state !== 'choosing' }
    }
    if (message.kind === 'answers') return answers(message, tabId, network)
    const run = await runOfTab(tabId, network.id)
    if (!run) return { command: { kind: 'off' } }
    const totals = run.account ? await store.totals(run.account) : {}
    const around: Around = { room: network, pace: await pace(), random: Math.random, counts: { follows: totals['counted:follows'], followers: totals['counted:followers'] } }
    let told: ToRelay = {}
    await change(run.id, one => {
      const step = afterReport(one, message.report, { age: message.age, known: message.viewer !== undefined }, Date.now(), around)
      told = { command: isOpen(step.run) ? step.command : { kind: 'off' } }
      return step.run
    })
    return told
  }

  // --- the outside -----------------------------------------------------------------------------------------------

  /** Runs whose tab is gone, or has been silent for too long, stand still and say so. */
  const watch = async (): Promise<void> => {
    const now = Date.now()
    for (const run of await store.openRuns()) {
      if (run.queue) {
        await change(run.id, one => afterDue(one, now))
        void askOn(run.id)
      }
      if (run.archive?.open && run.state === 'running' && !run.queue?.length && now - Date.parse(run.updatedAt) > SILENCE) await change(run.id, one => afterHand(one, { kind: 'pause', reason: 'file-gone' }, now))
      if (run.tabId === undefined) continue
      const tab = await tabById(run.tabId)
      if (!tab) await change(run.id, one => ({ ...afterHand(one, { kind: 'pause', reason: 'tab-closed' }, now), tabId: undefined }))
      else if (run.state === 'running' && run.mode === 'scroll' && now - Date.parse(run.updatedAt) > SILENCE && !(await poke(run.tabId)))
        await change(run.id, one => afterHand(one, { kind: 'pause', reason: 'no-page' }, now))
    }
    await settle()
  }

  receive({
    // A piece is answered when it was read, which has its own turns.
    request: asked => (asked.kind === 'archive-piece' ? takePiece(asked) : inTurn(() => request(asked))),
    relay: (message, sender) => inTurn(() => relay(message, sender)),
  })
  onPermissionsChanged(() => void inTurn(async () => {
    await begin()
    await settle()
  }))
  onTabClosed(id => void inTurn(async () => {
    tokens.delete(id)
    for (const run of await store.openRuns()) {
      if (run.tabId === id) await change(run.id, one => ({ ...afterHand(one, { kind: 'pause', reason: 'tab-closed' }, Date.now()), tabId: undefined }))
    }
    await settle()
  }))
  onWake(name => void inTurn(async () => {
    await watch()
    await store.purge(new Date().toISOString())
    if (name !== DUE) return
    for (const run of await store.openRuns()) if (run.state === 'waiting' && run.tabId !== undefined) await poke(run.tabId)
  }))
  void inTurn(async () => {
    if (await firstOfSession()) {
      // The browser was closed: its tabs have other numbers now.
      for (const run of await store.openRuns()) if (run.archive?.open) await change(run.id, one => afterHand(one, { kind: 'pause', reason: 'file-gone' }, Date.now()))
      for (const run of await store.openRuns()) if (!run.queue) await change(run.id, one => ({ ...afterHand(one, { kind: 'pause', reason: 'browser-closed' }, Date.now()), tabId: undefined }))
      await store.purge(new Date().toISOString())
    }
    await settle()
    // What asks needs no tab: it goes on by itself.
    for (const run of await store.openRuns()) if (run.queue) void askOn(run.id)
  })
}
