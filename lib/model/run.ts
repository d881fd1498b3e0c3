/** One capture of one account: what it is doing, how far it is, and why it stands still. A row of the store. */
import type { AccountKey } from './account.ts'
import type { Ask, Section, Viewer } from './records.ts'

/**
 * - `choosing`     allowed, and the person has not yet said who scrolls
 * - `unsent`       the tab must reload first, but holds text that was not sent
 * - `starting`     the tab is reloading, or has loaded and has not yet said who is signed in
 * - `signed-out`   nobody is signed in there; with the reason `unknown-viewer`: the page did not say who is
 * - `not-own`      somebody else's profile is in view
 * - `running`      capturing; with `mode: 'self'` the person scrolls
 * - `asking`       the walk needs the person's hand (`reason` says for what, e.g. `open-follows`)
 * - `paused`       by the person, or by `reason`: `hidden`, `tab-closed`, `switched` (somebody else signed in), `new-account` (this is the somebody else),
 *                  `stuck`, `browser-closed`, `no-page` (the tab no longer answers), `unsent`, `storage-full`; of one that asks an interface:
 *                  `not-found` (it knows no such account), `unreachable` (no server answers), `unreadable` (the answer, or a file that was handed in); of one
 *                  that reads an archive: `file-gone` (the page that read it was closed: the same file is to be picked again)
 * - `waiting`      the network said "too many requests"; goes on by itself at `due`, once
 * - `limited`      it said so again; goes on only by hand, not before `due`
 * - `challenged`   checkpoint, captcha, second factor or login wall: to be solved on the site; goes on only by hand
 * - `done`, `stopped`  ended; of an archive of which nothing may be kept, with the reason `other-account` (it is somebody else's) or `whose` (it does not say whose it is)
 */
export type RunState =
  | 'choosing' | 'unsent' | 'starting' | 'signed-out' | 'not-own'
  | 'running' | 'asking' | 'paused' | 'waiting' | 'limited' | 'challenged'
  | 'done' | 'stopped'

/** Who scrolls. */
export type Mode = 'scroll' | 'self'

export interface SectionProgress {
  /** `done`: the network's own end was reached, with no page missing in between. Else why it ended. */
  state: 'todo' | 'now' | 'done' | 'cut' | 'hidden' | 'blocked' | 'gap' | 'skipped'
  /** The cursor up to which the pages are unbroken from the first; null: the end was reached. */
  head?: string | null
  /** The same for a first page that was asked for again meanwhile. */
  again?: string | null
  /** Pages that arrived out of order: [cursor asked with, next cursor or null at the end]. */
  loose?: [string, string | null][]
  /** Pages read so far. */
  pages: number
  /** The page was loaded anew because it stood still. */
  retried?: boolean
  /** The walk stood still here before: the next time it goes on without this section. */
  stuck?: boolean
  /** The person opened the list, in a form that the walk could not. */
  byHand?: boolean
  /** Of a section with several lists: where its own one stands, and each of the others by its number. */
  base?: SectionProgress['state']
  parts?: Record<string, PartProgress>
}

/** One of the lists of a section that has several: `url` is its page. */
export type PartProgress = Omit<SectionProgress, 'base' | 'parts' | 'byHand'> & { url?: string; name?: string }

export interface ArchiveProgress {
  /** Name of the file. */
  name: string
  /** By which the same file is known again: its size, and the sum of its directory. */
  key: string
  /** Pieces that were read so far. */
  taken: number
  /** Bytes of the members that are read, so far and in all. */
  read: number
  of: number
  /** More is to come. */
  open: boolean
}

export interface Run {
  id: string
  network: string
  /** Known once the page said who is signed in. */
  account?: AccountKey
  viewer?: Viewer
  tabId?: number
  mode?: Mode
  state: RunState
  reason?: string
  /** ISO time at which a waiting run goes on. */
  due?: string
  /** What the walk is at. */
  section?: Section
  sections: Partial<Record<Section, SectionProgress>>
  /** ISO times. */
  startedAt: string
  updatedAt: string
  endedAt?: string
  /** The network's "too many requests" so far. */
  limits: number
  /** Pages since the last rest. */
  sinceRest: number
  /** Attempts at the present step that led to nothing. */
  tries: number
  /** Pages of the present section when the last command went out. */
  mark: number
  /** Number of the command that is out; a report with another number is old. */
  seq: number
  /** That command opens a list. */
  opening?: boolean
  /** Of a capture that asks an interface, or reads what was handed in: what is still to be asked, in order. Absent: it walks pages. */
  queue?: Ask[]
  /** What the person named the account by, and their server where the network has many. */
  subject?: { handle: string; origin?: string }
  /** The tab whose sign-in may be used, on the person's word: questions to its own server, and no others. */
  signedTab?: number
  /** It reads what was handed over: a part of an account, of which nothing follows for the rest. */
  handIn?: true
  /** It reads an archive, of which a page hands over one piece after the other. */
  archive?: ArchiveProgress
  /** How many questions were answered. */
  asked?: number
  /** Records that were not in the store before, and those that it changed. */
  brought?: { added: number; changed: number }
}
