/** Goes the person's way through the extension: the page, the popup, its buttons, the files. Used by `npm start`, the tests and the benchmarks. */
import type { Page } from 'puppeteer-core'
import type { Run, RunState } from '../../lib/model/index.ts'
import type { MediaJob, MediaRow } from '../../lib/store/types.ts'
import { hostsOf, mediaHostsOf, rooms } from '../../lib/networks/rooms.ts'
import type { Simulation } from '../networks/types.ts'
import { startChromium, type ChromiumMachine } from './chromium.ts'
import { startFirefox, type FirefoxMachine } from './firefox.ts'
import texts from '../../public/_locales/en/messages.json' with { type: 'json' }
import { expectedFiles, homeOf } from './files.ts'
import { press, shows, sleep, until, type Machine, type MachineOptions, type Role } from './machine.ts'
import { newestRun, readTables, setMediaPace, setPace, type testPace } from './store.ts'

/** What a person allows who captures there: the network's hosts, and those of its pictures. */
const allowedOn = ({ network, home, hosts }: Simulation): string[] => {
  const room = rooms[network]!
  return [...hostsOf(room, new URL(home).origin), ...(room.mediaHosts === 'seen' ? hosts : mediaHostsOf(room))]
}

/** A browser on a simulated network. */
export const startOn = async <B extends 'chromium' | 'firefox'>(
  browser: B,
  simulation: Simulation,
  options: Partial<MachineOptions> = {},
): Promise<B extends 'chromium' ? ChromiumMachine : FirefoxMachine> => {
  const all: MachineOptions = { hosts: simulation.hosts, port: simulation.port, allowed: rooms[simulation.network] ? allowedOn(simulation) : [], ...options }
  return (browser === 'chromium' ? await startChromium(all) : await startFirefox(all)) as never
}

/** What a text says in English. */
const t = (key: string): string => (texts as Record<string, { message: string } | undefined>)[key]?.message ?? key

/** A capture that shows no change for this long, in a state that is none to rest in, has stalled; its own watch is at two minutes. */
const STALL = 240_000

/** States in which a capture goes on by itself. */
const MOVING: RunState[] = ['choosing', 'starting', 'running', 'waiting']

/** Brings the tab into view where it is not; that alone closes an open popup, as for a person. */
const show = async (machine: Machine, page: Page): Promise<void> => {
  // A page that is on its way elsewhere does not answer; it is in view then.
  const seen = await Promise.race([page.evaluate(() => document.visibilityState).catch(() => 'visible'), sleep(3000).then(() => 'visible')])
  if (seen === 'visible') return
  await page.bringToFront()
  await machine.closePopup()
}

/** Opens the popup over `page` and presses a button there, again if the popup went away meanwhile. */
export const pressInPopup = async (machine: Machine, page: Page, name: string, milliseconds = 20_000, role: Role = 'button'): Promise<void> => {
  const end = Date.now() + milliseconds
  for (;;) {
    await show(machine, page)
    try {
      const popup = await machine.popup()
      await popup.press(role, name, Math.max(1000, Math.min(8000, end - Date.now())))
      return
    } catch (error) {
      if (Date.now() > end) throw error
      await sleep(200)
    }
  }
}

/**
 * What the popup over `page` says. It may close itself under our hands, as popups do when something else is pressed: then it is opened again.
 * @param about waits until it says this
 */
export const popupText = async (machine: Machine, page: Page, about?: RegExp, milliseconds = 15_000): Promise<string> => {
  let last = ''
  await until(
    'the popup',
    async () => {
      await show(machine, page)
      last = await machine
        .popup()
        .then(popup => popup.text())
        .catch(String)
      return about ? about.test(last) : last.length > 0
    },
    milliseconds,
  ).catch((error: unknown) => {
    throw new Error(`The popup does not say ${about ?? 'anything'}, but:\n${last}`, { cause: error })
  })
  return last
}

export interface CaptureOptions {
  /** Page to begin on; absent: the network's first page. */
  from?: string
  mode?: 'Scroll for me' | 'I will scroll myself'
  pace?: typeof testPace
  /** Ticks all that the network offers beside the account itself. */
  also?: boolean
}

/** From the page to a running capture, by the popup's buttons. @returns the site's page */
export const begin = async (machine: Machine, simulation: Simulation, options: CaptureOptions = {}): Promise<Page> => {
  await setPace(machine, options.pace)
  const room = rooms[simulation.network]
  // Where an interface is asked, the page only tells whose account it is.
  const page = await machine.open(options.from ?? (room?.api ? simulation.profile : simulation.home))
  // A server of a network that has many is known by no list: the popup asks first.
  if (room?.api && hostsOf(room).length === 0) await pressInPopup(machine, page, 'Go on')
  if (options.also && room?.api?.token) await pressInPopup(machine, page, `Use this tab’s sign-in at ${new URL(simulation.home).host}`, 20_000, 'checkbox')
  if (options.also) for (const plan of room?.sections.filter(({ optional }) => optional) ?? []) await pressInPopup(machine, page, t(`section_${plan.section}`), 20_000, 'checkbox')
  await pressInPopup(machine, page, 'Capture my account')
  await choose(machine, page, options.mode ?? 'Scroll for me')
  return page
}

/** Answers who scrolls, if it is asked: it is, the first time on a network. */
export const choose = async (machine: Machine, page: Page, mode: 'Scroll for me' | 'I will scroll myself'): Promise<void> => {
  const asked = await until(
    'the question who scrolls, or a capture',
    async () => {
      const run = await newestRun(machine)
      // A file that was read before is no capture.
      return run && !run.handIn ? (run.state === 'choosing' ? 'asked' : 'not asked') : undefined
    },
    20_000,
  )
  if (asked === 'asked') await pressInPopup(machine, page, mode)
}

export interface Progress {
  run: Run
  totals: Record<string, number>
}

export const progressOf = async (machine: Machine): Promise<Progress | undefined> => {
  const { captures, totals } = await readTables(machine, 'captures', 'totals')
  const run = captures.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)).at(-1)
  return run && { run, totals: Object.fromEntries(totals.filter(row => row.account === run.account).map(row => [row.name, row.value])) }
}

/**
 * Waits until the newest run is in one of these states.
 * @throws after `milliseconds`, or where it stands still in another state, with what the popup says then
 */
export const awaitState = async (machine: Machine, states: RunState[], milliseconds = 120_000, seen?: (progress: Progress) => void): Promise<Progress> => {
  const end = Date.now() + milliseconds
  let last: Progress | undefined
  let moved = Date.now()
  let before = ''
  for (;;) {
    last = await progressOf(machine)
    const now = JSON.stringify([last?.run.state, last?.run.section, last?.totals])
    if (now !== before) moved = Date.now()
    before = now
    // No step may wait for ever: whatever stands still has to say so by its state.
    if (Date.now() - moved > STALL) throw new Error(`Nothing has moved for ${STALL / 1000} s: ${JSON.stringify(last)}`)
    if (last) {
      seen?.(last)
      if (states.includes(last.run.state)) return last
    }
    const stuck = last && !MOVING.includes(last.run.state)
    if (Date.now() > end || (stuck && !states.includes(last!.run.state))) {
      // A state may be passed on the way to the next: look once more before giving up.
      await sleep(1500)
      const again = await progressOf(machine)
      if (again && states.includes(again.run.state)) return again
      if (Date.now() <= end && again && MOVING.includes(again.run.state)) continue
      const popup = await machine.popup().then(one => one.text(), String)
      throw new Error(`The capture is ${JSON.stringify(again?.run)} instead of ${states.join(' or ')}; totals ${JSON.stringify(again?.totals)}; the popup says:\n${popup}`)
    }
    await sleep(300)
  }
}

/**
 * Presses a download button in the popup, and in the workspace that opens whatever else it offers to save.
 * @returns the workspace page
 */
export const download = async (machine: Machine, page: Page, button: 'Download follow list' | 'Download bundle'): Promise<Page> => {
  await machine.closePopup()
  await pressInPopup(machine, page, button)
  return machine.extensionPage('workspace.html')
}

/** Keeps the pictures and videos by the popup's button, whose hosts are allowed already. @returns the rows when it has ended */
export const keepMedia = async (machine: Machine, page: Page, milliseconds = 120_000, ends: MediaJob['state'][] = ['done']): Promise<MediaRow[]> => {
  await setMediaPace(machine, 5)
  await machine.closePopup()
  await pressInPopup(machine, page, 'Keep pictures and videos')
  return mediaEnded(machine, milliseconds, ends)
}

/** Waits until pictures and videos are fetched, or stand still. */
export const mediaEnded = async (machine: Machine, milliseconds = 120_000, ends: MediaJob['state'][] = ['done']): Promise<MediaRow[]> => {
  let job: MediaJob | undefined
  await until(
    `the pictures to be ${ends}`,
    async () => {
      job = (await readTables(machine, 'mediaJobs')).mediaJobs[0]
      return job !== undefined && ends.includes(job.state)
    },
    milliseconds,
  ).catch((error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : error}; it is ${JSON.stringify(job)}`, { cause: error })
  })
  return (await readTables(machine, 'media')).media
}

/** Saves the own copy from the workspace's files. @returns its paths */
export const saveCopy = async (machine: Machine): Promise<string[]> => {
  const workspace = await machine.extensionPage('workspace.html')
  await workspace.bringToFront()
  await until('the button for the own copy', () => shows(workspace, 'button', 'Save my own copy'), 30_000)
  await press(workspace, 'button', 'Save my own copy')
  return machine.downloaded([/^holdall-.*\.zip$/])
}

/** Leaves with every file that there is. @returns their paths */
export const saveAll = async (machine: Machine, page: Page, simulation: Simulation): Promise<string[]> => {
  const names = expectedFiles(simulation.truth(), homeOf(rooms[simulation.network]!))
  if (names.length > 1) {
    const workspace = await download(machine, page, 'Download follow list')
    if (names[0]!.test('following_accounts.csv')) await machine.downloaded([names[0]!])
    for (const name of ['following_accounts-unchecked.csv', 'not-followable.csv'].filter(one => names.some(pattern => pattern.test(one)))) {
      await until(`the button for ${name}`, () => shows(workspace, 'button', `Save ${name}`), 30_000)
      await press(workspace, 'button', `Save ${name}`)
    }
  }
  await download(machine, page, 'Download bundle')
  return machine.downloaded(names)
}
