/** What the store keeps and what it can be asked. `lib/store/index.ts` implements it over Dexie. */
import type { Account, AccountKey, Count, Follow, Media, Post, Profile, Reach, Relation, RelationKind, Run, Section, Unread } from '../model/index.ts'

/** Every kept row carries these. */
export interface Kept {
  account: AccountKey
  /** The capture that saw it last. */
  runId: string
  firstSeen: string
  lastSeen: string
  /** When a later complete capture no longer found it. */
  goneAt?: string
}

export type ProfileRow = Profile & Kept
/** `key` is the record's id, or its handle in lower case where the network gives no id. */
export type FollowRow = Follow & Kept & { key: string; reach: Reach }
/** `kind` is told from the record: `repost` has `repostOf`, `reply` answers somebody else, `post` is all else (self-threads too). */
export type PostRow = Post & Kept & { kind: PostKind; /** createdAt, or '' where unknown: what posts are sorted by. */ at: string }
export type PostKind = 'post' | 'reply' | 'repost'
export type RelationRow = Relation & Kept & { key: string }
/** The place of captured pictures and videos: address and state now, bytes later. */
export interface MediaRow extends Media { account: AccountKey; postId: string; index: number; state: 'seen' }
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
 *  `profile`, `follows`, `posts`, `replies`, `reposts` (captured, without the gone ones) · `follows:<verdict>` ·
 *  `posts:<visibility>` over all own kinds but reposts (`posts:unknown` where the network did not say) · `posts:ghost` ·
 *  `lists`, `blocks`, `mutes`, `bookmarks`, `likes`, `followers`, `known` (relations) ·
 *  `posts:open` (what a bundle holds by default: for everybody to read, no ghost, dated; `isOpen`) ·
 *  `media` · `media:alt` (with a description) · `gone:<section>` · `unread` · `counted:<section>` (the network's own counter) and `rounded:<section>` (1 where it is rounded). */
export type Totals = Record<string, number>

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
  /** Who may read posts of which no answer says it. Never widens: a post that is for fewer people stays so. */
  audience?: 'public' | 'followers'
  relations: Relation[]
  counts: Count[]
  unread: Omit<UnreadRow, 'account' | 'runId' | 'at' | 'network'>[]
  /** Applied to the merged record, so that an older sighting's flag still counts. */
  reachOf(follow: Follow): Reach
}

/** Which rows a page of a list holds. */
export interface FollowQuery { search?: string; verdict?: Reach['verdict']; gone?: boolean }
export interface RelationQuery { search?: string; kind?: RelationKind; gone?: boolean }
export interface PostQuery { search?: string; kind?: PostKind; gone?: boolean }

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
  totals(account: AccountKey): Promise<Totals>
  /** Rows by position in the list, `limit` after `after` (a row's key); `next` is absent at the end. Gone rows only with `gone`. */
  follows(account: AccountKey, query: FollowQuery, limit: number, after?: string): Promise<{ rows: FollowRow[]; next?: string }>
  /** Newest first. */
  posts(account: AccountKey, query: PostQuery, limit: number, after?: string): Promise<{ rows: PostRow[]; next?: string }>
  /** Relations of these kinds by list and name, `limit` after `after` (a row's key). */
  relations(account: AccountKey, query: RelationQuery, limit: number, after?: string): Promise<{ rows: RelationRow[]; next?: string }>
  /** Every relation in chunks; gone ones left out. */
  eachRelation(account: AccountKey, size?: number): AsyncIterable<RelationRow[]>
  /** Keeps what was handed over until it is read. @returns its number in the inbox */
  handIn(item: { name: string; network: string; at: string; bytes: Blob }): Promise<string>
  handedIn(id: string): Promise<{ name: string; network: string; at: string; bytes: Blob } | undefined>
  /** It was read, or is of no use. */
  forgetHandedIn(id: string): Promise<void>
  /** Every row in chunks of at most `size`, never all in memory; gone ones left out. Follows by handle. */
  eachFollow(account: AccountKey, size?: number): AsyncIterable<FollowRow[]>
  /** Oldest first, by time and then by id; gone ones left out. */
  eachPost(account: AccountKey, size?: number): AsyncIterable<PostRow[]>
  /** Marks what this complete capture no longer found. `sections` are those that ended as `done`. @returns how many */
  markGone(account: AccountKey, runId: string, sections: Section[], at: string): Promise<number>
  /** Deletes ghost posts whose time is over and unread answers older than 30 days. */
  purge(now: string): Promise<void>
  deleteAccount(account: AccountKey): Promise<void>
  deleteAll(): Promise<void>
  /** Calls `next` with the value of `query` now and whenever what it read changes, in whichever context. @returns stop */
  live<T>(query: () => Promise<T>, next: (value: T) => void, fail?: (error: unknown) => void): () => void
  close(): void
}
