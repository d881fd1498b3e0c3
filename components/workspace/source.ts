/** What the workspace is fed with: the store, what makes the files, and whom it may ask. */
import type { Restored } from '../../lib/archive/backup.ts'
import type { LookUpRequest, MediaRequest } from '../../lib/browser/messages.ts'
import type { Destination, ServerFacts } from '../../lib/destinations/index.ts'
import type { Bundle, Include, OutFile, RelationFile } from '../../lib/export/index.ts'
import type { AccountKey, Run } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import type { ReachOf, Store } from '../../lib/store/types.ts'

/** Where the person goes: the server, what they say it runs, and what it said of itself, where it was asked. */
export interface ChosenServer { host?: string; software?: string; facts?: ServerFacts }

/** What a long making tells, and how it is ended. */
export interface Making {
  /** Bytes checked so far. */
  checked(bytes: number): void
  stop: AbortSignal
}

export interface Source {
  store: Pick<
    Store,
    | 'live' | 'accounts' | 'account' | 'profile' | 'totals' | 'editProfile' | 'prepareSearch' | 'follows' | 'posts' | 'unread' | 'runsOf' | 'deleteAccount' | 'run' | 'relations' | 'monthsOf'
    | 'mediaJob' | 'nextMedia' | 'mediaHosts' | 'choose' | 'chooseAll' | 'saved' | 'leaveOut' | 'leaveOutAll' | 'arrivals' | 'eachFollow' | 'planLookUp' | 'lookUpJob' | 'lookUpHosts'
  >
  /** Judges a row again, after the person decided something about it. */
  reachOf: ReachOf
  /** Made anew at each call. */
  followFiles(account: AccountKey, room: Room, destination: Destination): Promise<OutFile[]>
  /** Made anew at each call. */
  relationFiles(account: AccountKey, destination: Destination): Promise<RelationFile[]>
  bundleNumbers(account: AccountKey, room: Room, include: Include): Promise<Pick<Bundle, 'included' | 'left_out' | 'locked'>>
  /** Writes it once to check it. */
  bundle(account: AccountKey, room: Room, include: Include, making: Making): Promise<Bundle>
  /** The same posts for programs that take another form. Made anew at each call. */
  otherShape(account: AccountKey, room: Room, shape: 'container' | 'photographs'): Promise<OutFile>
  /** Everything that is kept of the account, for the person alone. Made anew at each call. */
  ownCopy(account: AccountKey, room: Room): Promise<OutFile[]>
  /**
   * Gives the background a file or a pasted list to read.
   * @param given `account`: whose it is; absent: the file says so itself
   * @param begun is told the run as soon as there is one
   * @returns when an official download was read to its end, or as soon as another file was handed over
   */
  handIn(room: Room, given: { name: string; bytes: Blob; account?: AccountKey }, begun: (run: string) => void): Promise<HandedIn>
  /** Pauses a run that reads, lets it go on, or ends it. */
  hand(run: string, what: 'pause' | 'resume' | 'stop'): Promise<void>
  /** Takes out again what a run brought in that read what was handed over. @returns how many rows changed or went */
  takeOut(account: AccountKey, run: string): Promise<number>
  /** The name under which a pasted list is handed over. */
  pastedName: string
  /** Hands a file to the browser's downloads. @param progress bytes so far */
  save(file: OutFile, progress: (bytes: number) => void, stop?: AbortSignal): Promise<number>
  /** Asks the person for leave: for a look-up at these servers, or to read one server. Must be the first call of a press. */
  leave: { forLookUp(hosts: string[]): Promise<boolean>; forServer(host: string): Promise<boolean>; forMedia(hosts: string[]): Promise<boolean> }
  /** Tells the background what to do with pictures and videos. @throws if it can't be reached */
  media(request: MediaRequest): Promise<void>
  /** The files of an account that is no longer kept go. */
  forgetFiles(account: AccountKey): Promise<void>
  /** Everything that is kept in this browser, for another one. Made anew at each call. */
  backup(): Promise<OutFile>
  /** Puts a backup back; nothing that is here is lost by it. @param progress steps done, of how many */
  restore(file: Blob, progress: (done: number, of: number) => void): Promise<Restored>
  /** Everything that is kept goes, with all settings. */
  forgetAll(): Promise<void>
  /** Bytes that the browser keeps for Holdall; undefined: it does not say. */
  used(): Promise<number | undefined>
  slow: { is(): Promise<boolean>; set(slow: boolean): Promise<void> }
  /** Tells the background what to do with a look-up. @throws if it can't be reached */
  lookUp(request: LookUpRequest): Promise<void>
  server: {
    chosen(): Promise<ChosenServer | undefined>
    choose(server: ChosenServer | undefined): Promise<void>
    /** Asks it for its public pages, which must be on the person's word. */
    ask(host: string): Promise<ServerFacts | NoFacts>
  }
}

/** `refused`: why it can't be read (see `Refusal` in `lib/archive/hand-over.ts`, or `unreadable`); `of`: the network whose download it looks like. */
export type HandedIn = { run: string } | { refused: string; of?: string }

/** `silent`: no answer, or none that may be read · `unlike`: an answer that says nothing. */
export type NoFacts = 'silent' | 'unlike'

/** The newest capture; what only read a file that was handed over where there is no other. */
export const captureOf = (runs: Run[]): Run | undefined => runs.find(({ handIn }) => !handIn) ?? runs[0]
