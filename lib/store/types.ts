/** What the store keeps and what it can be asked. `lib/store/index.ts` implements it over Dexie. */
import type { Account, AccountKey, Choice, Count, Edits, Follow, LookUp, Media, Named, Post, Profile, Reach, Relation, RelationKind, Run, Section, Unread } from '../model/index.ts'

/** Every kept row carries these. */
export interface Kept {
  account: AccountKey
  /** The capture that saw it last. */
  runId: string
  firstSeen: string
  lastSeen: string
  /** When a later complete capture no longer found it. */
  goneAt?: string
  /** What of it came from a file that was handed over, by field; `''`: the whole row. Never handed out. */
  joined?: Joined
}
/** By which run a field came, and what stood there before. */
export type Joined = Record<string, { run: string; was?: unknown }>

/** `edits`: what the person wants to be written instead; kept over later captures. */
export type ProfileRow = Profile & Kept & { edits?: Edits }
/** The address under which a person was last written into a downloaded follow list. */
export interface Saved { address: string; at: string }
/** What became of a person at the server that the list was imported on. `again`: to be tried again; `detail`: a key of the texts, or the server's own words. */
export interface Arrival { state: 'arrived' | 'failed' | 'again'; detail?: string; at: string }
/**
 * `key` is the record's id, or its handle in lower case where the network gives no id. `choice`, `saved` and `arrival` are kept over later captures and
 * look-ups.
 */
export type FollowRow = Follow & Kept & { key: string; reach: Reach; choice?: Choice; saved?: Saved; arrival?: Arrival }
/** `kind` is told from the record: `repost` has `repostOf`, `reply` answers somebody else, `post` is all else (self-threads too). */
export type PostRow = Post & Kept & { kind: PostKind; /** createdAt, or '' where unknown: what posts are sorted by. */ at: string; /** The person leaves it out of what goes to a server. Kept over later captures. */ left?: true }
export type PostKind = 'post' | 'reply' | 'repost'
export type RelationRow = Relation & Kept & { key: string }
/** Bytes that are kept: files of the origin-private file system which together, in this order, are one picture or video. */
export interface KeptBytes {
  parts: string[]
  size: number
  /** CRC-32 as ZIP has it (APPNOTE 4.4.7), unsigned. */
  crc: number
  /** MIME type, and the ending of a file's name without the dot: told from the content. */
  type: string
  extension: string
  width?: number
  height?: number
}
/** The beginning of one that was interrupted: what is kept of it, and what the server calls this version of it (ETag). */
export type PartialBytes = Pick<KeptBytes, 'parts' | 'size' | 'crc'> & { etag?: string }
/** `seen`: its address is known, and it was not asked for yet, or is to be asked for again. */
export type MediaState = 'seen' | 'kept' | 'expired' | 'refused' | 'skipped'
/**
 * One picture or video of an own post, at its place in it; of the profile under `profileMedia`, the picture at 0 and the header at 1.
 */
export interface MediaRow extends Media {
  account: AccountKey
  postId: string
  index: number
  state: MediaState
  /** Why it is not kept: a key of the texts. */
  reason?: string
  /** When it came to this state. */
  at?: string
  /** How often it was asked for in vain. */
  tries?: number
  bytes?: KeptBytes
  /** The same picture as JPEG or PNG, where importers don't show the kind that `bytes` is. */
  shown?: KeptBytes
  partial?: PartialBytes
}

/** Fetching the pictures and videos of an account. `needs-hosts`: the person has not allowed their hosts yet, or no longer. */
export interface MediaJob {
  account: AccountKey
  state: 'running' | 'paused' | 'needs-hosts' | 'done' | 'stopped'
  /** `offline`, `disk-full`, `too-many`; absent: the person paused it. */
  reason?: string
  /** Nothing is asked before this time. */
  until?: string
  startedAt: string
  updatedAt: string
  endedAt?: string
}
export interface UnreadRow extends Unread {
  key?: number
  account?: AccountKey
  network: string
  runId: string
  at: string
  /** Path of the answer's address, without query. */
  path: string
  /** The answer without tokens where it is bound to the owner; else its shape only (keys, types, lengths). */
  body: string
  bodyKind: 'reduced' | 'shape'
}

/** Totals of one account, kept as rows in the same transaction as the records. Names:
 *  `profile`, `follows`, `posts`, `replies`, `reposts` (captured, without the gone ones) · `follows:<verdict>` and `follows:<verdict>:<reason>` ·
 *  `follows:ticked` (`isTicked`) · `follows:new` (ticked, and not saved at this address; `isNew`) · `arrival:<state>` ·
 *  `posts:<visibility>` over all own kinds but reposts (`posts:unknown` where the network did not say) · `posts:ghost` · `posts:left` (left out by the person, of all kinds) ·
 *  `lists`, `blocks`, `mutes`, `bookmarks`, `likes`, `followers`, `known` (relations) ·
 *  `posts:open` (what a bundle holds by default: for everybody to read, no ghost, dated, not left out; `isOpen`) · of these: `posts:poll` · `posts:edited` · `posts:audio` ·
 *  `posts:over:<n>` (texts longer than n, for each of `textBounds`) · `posts:media:<n>` (posts with exactly n pictures and videos, for n over `picturesAnywhere`) ·
 *  `media` · `media:alt` (with a description) · of all rows of media: `media:<state>`, `media:<state>:<reason>`, `media:seen:<kind>`, `media:files` (kept ones of posts), `media:bytes` (all that is kept) · `gone:<section>` · `unread` · `counted:<section>` (the network's own counter) and `rounded:<section>` (1 where it is rounded). */
export type Totals = Record<string, number>

/**
 * Whether a person can be followed: `lib/reach`, with the rules of their network.
 * @param follow the merged record, with what the person decided @param lookUp what came of asking for an address @param network id of the account's network
 * @param others people in accounts of other networks whose links name the handle, or whose handle the links name: perhaps the same person
 */
export type ReachOf = (follow: FollowRow, lookUp: (address: string) => LookUp | undefined, network: string, others: OtherRow[]) => Reach

/** A row of another account. */
export interface OtherRow { network: string; row: FollowRow }

/** What one commit brings. All of it belongs to `account`; the caller has checked that. */
export interface Batch {
  account: AccountKey
  network: string
  runId: string
  /** ISO time. */
  at: string
  who: Pick<Account, 'id' | 'handle' | 'name' | 'avatar'>
  profile?: Profile
  follows: Follow[]
  posts: Post[]
  /** It comes from a file that was handed over: what that fills in is written down, so that it can be taken out again. */
  filed?: boolean
  /** Who goes by which name: completes people of whom only the number is known. */
  people?: Named[]
  /** Who may read posts of which no answer says it. Never widens: a post that is for fewer people stays so. */
  audience?: 'public' | 'followers'
  relations: Relation[]
  counts: Count[]
  unread: Omit<UnreadRow, 'account' | 'runId' | 'at' | 'network'>[]
  /** Applied to the merged record, so that an older sighting's flag still counts. The store brings the look-ups of what it `asks`. */
  reachOf: ReachOf
}

/** Which rows a page of a list holds. */
export interface FollowQuery {
  search?: string
  verdict?: Reach['verdict']
  reason?: string
  ticked?: boolean
  /** Ticked, and not saved at this address. */
  fresh?: boolean
  arrival?: Arrival['state']
  gone?: boolean
  /** By the handle, or by verdict and then by place; else by the place in the list. */
  sort?: 'handle' | 'verdict'
}
export interface RelationQuery { search?: string; kind?: RelationKind; gone?: boolean }
/** `from` and `until`: ISO times, the latter no longer within; a post without a date is in no such range. `visibility`: `unknown` where the network did not say. `left`: left out by the person. */
export interface PostQuery { search?: string; kind?: PostKind; visibility?: string; from?: string; until?: string; left?: boolean; gone?: boolean }

/** `all`: what was never answered · `again`: also what can't be followed, and what was answered long ago. */
export type LookUpScope = 'all' | 'again'

/** What a look-up would ask: how many names, and how many of them each server would see; the most asked first. */
export interface LookUpPlan { names: number; hosts: { host: string; names: number }[] }

/**
 * A look-up of an account's follows: one at a time, and the last one afterwards.
 * - `running`
 * - `paused`       by the person, or by `reason`: `offline`
 * - `needs-hosts`  all is asked but what stands behind `hosts` in the state `leave`: these answer only with the person's leave
 * - `done`, `stopped`
 */
export interface LookUpJob {
  account: AccountKey
  scope: LookUpScope
  state: 'running' | 'paused' | 'needs-hosts' | 'done' | 'stopped'
  reason?: string
  startedAt: string
  updatedAt: string
  endedAt?: string
  /** Names in all, and those that were answered, given up, or no longer needed. */
  total: number
  asked: number
  /** What came of them. */
  outcomes: Partial<Record<LookUp['outcome'], number>>
}

/** How a look-up stands with one server. */
export interface LookUpHost {
  account: AccountKey
  host: string
  /**
   * `new`: nobody knows yet whether it answers without the person's leave · `open`: it does, or has it · `leave`: it answers, but only with leave ·
   * `aside`: it did not answer several times, and is asked no more in this look-up.
   */
  state: 'new' | 'open' | 'leave' | 'aside'
  names: number
  /** Names that are over with: answered, given up, or no longer needed. */
  asked: number
  /** ms since 1970: when it was asked last. */
  last: number
  /** ms since 1970: it wants to be left in peace until then, because of `why`: `too-many`, `silent`. */
  until?: number
  why?: string
  /** How often it gave an answer that says something. */
  answers: number
  /** Times in a row that it gave none, and that it said "too many requests". */
  failures: number
  limits: number
}

/** One name of a look-up that has no answer yet. */
export interface LookUpAsk {
  account: AccountKey
  address: string
  /** The server that is to be asked next: that of the address, or one that can rule out many at once. */
  host: string
  /** Place in the look-up. */
  n: number
  /** The id of the person in their network: what is asked for at a server that rules out many at once. Absent: the address is asked for. */
  id?: string
  /** It was written down that it is asked, before it was. */
  out?: boolean
  /** Times that the server said "too many requests" to it. */
  limits?: number
  /** To be asked only once these are answered, and none of them was found. */
  after?: string[]
}

/** One step of a look-up, as it is written down. */
export interface LookUpKept {
  answers?: LookUp[]
  /** Addresses that are no longer to be asked, beside those that were answered. */
  dropped?: string[]
  hosts?: LookUpHost[]
  asks?: LookUpAsk[]
}

/** What a backup holds; of the totals only what networks themselves state. */
export type BackedUp = 'accounts' | 'profiles' | 'follows' | 'posts' | 'relations' | 'media' | 'captures' | 'lookUps' | 'totals'

export interface Store {
  /**
   * Keeps a batch and moves its run on, in one transaction. A thin record never overwrites a full one: an absent field
   * leaves the stored value, a newer present one wins.
   * @param step what becomes of the run's row; called inside the transaction with the stored row
   * @throws only what IndexedDB throws (quota, closed): nothing is kept then
   */
  commit(batch: Batch, step?: (run: Run | undefined) => Run | undefined): Promise<{ added: number; changed: number }>
  /** Reads and writes one run in a transaction. @returns the new row */
  updateRun(id: string, step: (run: Run | undefined) => Run | undefined): Promise<Run | undefined>
  run(id: string): Promise<Run | undefined>
  /** Runs that have not ended, newest first. */
  openRuns(): Promise<Run[]>
  /** Newest first. */
  runsOf(account: AccountKey): Promise<Run[]>
  /** The newest run of this network, ended or not; one that only read what was handed over where there is no other. */
  latestRun(network: string, about?: Run['subject']): Promise<Run | undefined>
  /** Keeps an answer that could not be read before an account was known, shape only. */
  addUnread(row: UnreadRow): Promise<void>
  unread(account: AccountKey): Promise<UnreadRow[]>
  accounts(): Promise<Account[]>
  account(key: AccountKey): Promise<Account | undefined>
  profile(account: AccountKey): Promise<ProfileRow | undefined>
  /** What is to be written of the profile instead of what was captured; undefined: nothing. */
  editProfile(account: AccountKey, edits: Edits | undefined): Promise<void>
  totals(account: AccountKey): Promise<Totals>
  /** Rows by position in the list, `limit` after `after` (a row's key); `next` is absent at the end. Gone rows only with `gone`. */
  follows(account: AccountKey, query: FollowQuery, limit: number, after?: string): Promise<{ rows: FollowRow[]; next?: string }>
  /** Makes ready what searches in the follows need, so that the first one need not wait for it. */
  prepareSearch(account: AccountKey): Promise<void>
  /** Newest first. */
  posts(account: AccountKey, query: PostQuery, limit: number, after?: string): Promise<{ rows: PostRow[]; next?: string }>
  /** Leaves these posts out of what goes to a server, or takes them along again. @returns how many were changed */
  leaveOut(account: AccountKey, ids: string[], left: boolean): Promise<number>
  /** The same for all that the query finds. */
  leaveOutAll(account: AccountKey, query: PostQuery, left: boolean): Promise<number>
  /** How many posts, replies and reposts are from each month (`2024-05`; '' where no time is known), oldest first, those that are gone too. Reads no row. */
  monthsOf(account: AccountKey): Promise<[month: string, count: number][]>
  /** Relations of these kinds by list and name, `limit` after `after` (a row's key). */
  relations(account: AccountKey, query: RelationQuery, limit: number, after?: string): Promise<{ rows: RelationRow[]; next?: string }>
  /** Every relation in chunks; gone ones left out. */
  eachRelation(account: AccountKey, size?: number): AsyncIterable<RelationRow[]>
  /** Keeps what was handed over until it is read. @returns its number in the inbox */
  handIn(item: { name: string; network: string; at: string; bytes: Blob }): Promise<string>
  handedIn(id: string): Promise<{ name: string; network: string; at: string; bytes: Blob } | undefined>
  /** It was read, or is of no use. */
  forgetHandedIn(id: string): Promise<void>
  /**
   * What the person decides for one follow; it replaces what they decided before. An empty choice takes it back.
   * @returns the row as it is then
   */
  choose(account: AccountKey, key: string, choice: Choice, reachOf: ReachOf): Promise<FollowRow | undefined>
  /** Ticks all that the query finds and that have an address, or none of them; undefined: as Holdall would. @returns how many were changed */
  chooseAll(account: AccountKey, query: FollowQuery, include: boolean | undefined): Promise<number>
  /** These were written into a follow list. */
  saved(account: AccountKey, rows: { key: string; address: string }[], at: string): Promise<void>
  /**
   * What became of addresses at the server: by the address that was saved, or is known now.
   * @returns the addresses that no row has
   */
  arrivals(account: AccountKey, rows: { address: string; state: Arrival['state']; detail?: string }[], at: string): Promise<string[]>
  /** What came of asking for these, where somebody asked. */
  lookUps(addresses: string[]): Promise<LookUp[]>
  /** Judges all rows of an account anew: the rules may have changed. @returns how many came out differently */
  reachAgain(account: AccountKey, reachOf: ReachOf): Promise<number>
  /** What a look-up would ask now. @param old ISO time: what was answered before this counts as old */
  planLookUp(account: AccountKey, scope: LookUpScope, old: string): Promise<LookUpPlan>
  /**
   * Writes down what is to be asked, unless a look-up of this account is still open.
   * @param via of the addresses on `host` many can be ruled out at once, by the server `by` @returns the open or the new one
   */
  beginLookUp(account: AccountKey, scope: LookUpScope, old: string, now: string, via?: { host: string; by: string }): Promise<LookUpJob>
  lookUpJob(account: AccountKey): Promise<LookUpJob | undefined>
  /** Of all accounts, the one that was begun first first. */
  lookUpJobs(): Promise<LookUpJob[]>
  lookUpHosts(account: AccountKey): Promise<LookUpHost[]>
  /** What is still to be asked, in order. */
  lookUpAsks(account: AccountKey): Promise<LookUpAsk[]>
  /** Reads and writes the row of a look-up in a transaction. @returns the new row */
  updateLookUp(account: AccountKey, step: (job: LookUpJob | undefined) => LookUpJob | undefined): Promise<LookUpJob | undefined>
  /**
   * What the look-up has come to: answers, with the new reach of all rows (of every account) that asked for them; names that are not to be asked any more;
   * and its own rows. All in one transaction.
   * @returns the look-up's row; undefined where it is gone with its account, and then nothing is kept
   */
  keepLookUp(account: AccountKey, kept: LookUpKept, reachOf: ReachOf): Promise<LookUpJob | undefined>
  /** Pictures and videos of these posts (and of the profile: `profileMedia`), by post and place. */
  media(account: AccountKey, postIds: string[]): Promise<MediaRow[]>
  /** All of them in chunks, by post and place. */
  eachMedia(account: AccountKey, size?: number): AsyncIterable<MediaRow[]>
  /** The one to be fetched next: whose link ends first. */
  nextMedia(account: AccountKey): Promise<MediaRow | undefined>
  /** Hosts of the addresses that are still to be fetched, at most `most` of them. */
  mediaHosts(account: AccountKey, most: number): Promise<string[]>
  /** Writes down what came of one, unless its address is another meanwhile. @returns whether it was written */
  keepMedia(row: MediaRow): Promise<boolean>
  /** Those that were given up are to be asked for again. @returns how many */
  mediaAgain(account: AccountKey): Promise<number>
  mediaJob(account: AccountKey): Promise<MediaJob | undefined>
  mediaJobs(): Promise<MediaJob[]>
  updateMediaJob(account: AccountKey, step: (job: MediaJob | undefined) => MediaJob | undefined): Promise<MediaJob | undefined>
  /** Of these files, those that no row has. */
  strayFiles(account: AccountKey, names: string[]): Promise<string[]>
  /** Every row in chunks of at most `size`, never all in memory; gone ones left out. Follows by handle. */
  eachFollow(account: AccountKey, size?: number): AsyncIterable<FollowRow[]>
  /** Oldest first, by time and then by id; gone ones left out. */
  eachPost(account: AccountKey, size?: number): AsyncIterable<PostRow[]>
  /** Marks what this complete capture no longer found. `sections` are those that ended as `done`. @returns how many */
  markGone(account: AccountKey, runId: string, sections: Section[], at: string): Promise<number>
  /** Deletes ghost posts whose time is over and unread answers older than 30 days. */
  purge(now: string): Promise<void>
  /**
   * An account that a file named without its number turns out to be another's: all of it goes over to that one, which must be new.
   * @param id the account's own number
   */
  adopt(from: AccountKey, to: AccountKey, id: string): Promise<void>
  /** Takes out what a file that was handed over brought in; what was seen elsewhere since stays. @returns how many rows changed or went */
  takeOut(account: AccountKey, runId: string, reachOf: ReachOf): Promise<number>
  deleteAccount(account: AccountKey): Promise<void>
  deleteAll(): Promise<void>
  /** All rows of a table as they are kept, in the order of their keys. */
  eachRow(table: BackedUp, size?: number): AsyncIterable<unknown[]>
  /**
   * Puts rows of a backup back, accounts first: what is here stays, unless the backup saw it later. Its totals are to be counted anew afterwards.
   * @param rows whatever stood in the file @returns how many of them could not be read
   */
  putBack(table: BackedUp, rows: unknown[]): Promise<number>
  countAnew(account: AccountKey): Promise<void>
  /** Calls `next` with the value of `query` now and whenever what it read changes, in whichever context. @returns stop */
  live<T>(query: () => Promise<T>, next: (value: T) => void, fail?: (error: unknown) => void): () => void
  close(): void
}
