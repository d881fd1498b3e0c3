/**
 * What every simulated network offers to tests, benchmarks and `npm start`. A simulation is written from what is known of
 * the real site and imports nothing from `lib/`, so that a wrong idea of ours can't agree with itself.
 */

/** What a simulation is asked to be. */
export interface SimulationOptions {
  /** Makes the people, the posts and the strangers; the same seed gives the same world. */
  seed?: number
  follows?: number
  posts?: number
  /** Of the pages: each simulation has `en` and at least one other. */
  language?: 'en' | 'ja' | 'de' | 'zh'
  /** Milliseconds before each answer. */
  delayMs?: number
  /** Whose session the browser has; `undefined`: nobody is signed in. */
  signedIn?: 'first' | 'second' | undefined
  /** A private account. */
  locked?: boolean
  /** Names of modes that are on from the start (each simulation lists its own). */
  modes?: string[]
  /** TLS port; absent: any free one. */
  port?: number
  /** What an optional section holds: how many of each. */
  relations?: number
  /** Seconds that a 429 asks to wait. */
  retryAfter?: number
}

/**
 * A person, as the simulation holds them. `avatar`: the picture's address without its signature. `federated`: what the pages say of
 * sharing to the fediverse, absent where they say nothing. `shares`: whether they really do, which only a look-up can tell.
 */
/** `unavailable`: the network says that the account is gone; `address`: `user@host`, where the record itself states one. */
export interface TruePerson { id: string; handle: string; name: string; bio?: string; avatar: string; unavailable?: boolean; address?: string; locked: boolean; federated?: boolean; shares?: boolean }

/** A post of the account, as the simulation holds it. Offsets are UTF-16 indices into `text`. */
export interface TruePost {
  id: string
  url: string
  createdAt: string
  text?: string
  facets: { start: number; end: number; kind: 'mention' | 'link' | 'tag'; value: string }[]
  media: { kind: 'image' | 'video' | 'audio' | 'gif'; path: string; alt?: string; width?: number; height?: number }[]
  /** Ids of the posts it points at. */
  replyTo?: string
  quoteOf?: string
  repostOf?: string
  /** A repost that pages show only as the other's own post under a header: they say neither `id`, `url`, `createdAt` nor `counts`; know it by `repostOf`. */
  headerOnly?: boolean
  /** Handle of whom it answers; alone where the parent is gone. */
  replyToAuthor?: string
  /** It quotes a post that the page says is unavailable. */
  quoteUnavailable?: boolean
  topic?: string
  linkPreview?: string
  pinned: boolean
  edited: boolean
  ghost: boolean
  expiresAt?: string
  spoiler: boolean
  visibility: 'public' | 'unlisted' | 'followers' | 'circle' | 'direct' | 'self'
  /** What only some networks have; compared where it stands here. Names and forms are the model's. */
  title?: string
  warning?: string
  sensitive?: boolean
  language?: string
  poll?: { options: { title: string; votes?: number }[]; multiple?: boolean; endsAt?: string; voters?: number }
  sound?: { id?: string; title?: string; author?: string }
  coauthors?: string[]
  community?: string
  emoji?: { shortcode: string; url?: string }[]
  counts: { likes: number; replies: number; reposts: number; quotes: number }
}

/** Everything that a whole capture of one account must hold, and what the network counts. */
export interface Truth {
  viewer: TruePerson & { links: string[]; followers: number; bioFacets?: TruePost['facets'] }
  /** The people that the list shows, in its order. */
  follows: TruePerson[]
  /** What the network's counter says: may be more than the list shows. */
  counted: { follows: number; followers: number }
  posts: TruePost[]
  /** What the optional sections hold: people (`id`, `handle`) and posts (`id`, `url`). */
  relations?: { relation: string; id: string; handle?: string; url?: string; list?: string }[]
  /** Ids and handles of everybody else whose data the pages carry; none of them may be in the store. */
  strangers: { ids: string[]; handles: string[] }
  /** Those that own posts point at (quoted, answered, reposted, mentioned): their handle and id may stand in such a reference, and nowhere else. */
  referred?: { ids: string[]; handles: string[] }
  /** What other people write: texts of their posts, bios of strangers, bios of followed people (which the list does not show). No part of these may be stored. */
  foreign?: { texts: string[]; bios: string[]; followBios: string[] }
  /** Parts of tokens: nothing that is stored or exported may contain one. */
  secrets?: string[]
}

export interface SeenRequest { at: number; host: string; method: string; path: string; operation?: string; variables?: unknown; status: number }

export interface Simulation {
  network: string
  /** TLS port on 127.0.0.1 where all its hosts answer. */
  port: number
  /** The host names that must lead to `port`. */
  hosts: string[]
  /** Page to start from, and the account's own profile. */
  home: string
  profile: string
  /** Somebody else's profile. */
  strangerProfile: string
  truth(who?: 'first' | 'second'): Truth
  /** Turns a mode on or off while running. */
  set(mode: string, on: boolean): void
  signIn(who: 'first' | 'second' | undefined): void
  /** The world moves on: the account unfollows and deletes some, follows and posts others. */
  change(): void
  /** What a person types to name the account, where the network is read through its documented interface. */
  typed?: string
  /** Modes of drift: other shapes and names, under which a capture must be just as exact. */
  drifts: string[]
  /** Modes that stop a capture, and the state of the run in which it must then stand; turned off again, the capture goes on by `Resume`. */
  stops: { mode: string; state: string }[]
  /** The file that its servers hand out at this address of a picture or video. */
  file(url: URL): { bytes: Uint8Array; type: string }
  /** Everything that was asked so far, oldest first. */
  requests: SeenRequest[]
  close(): Promise<void>
}

export type Simulate = (options?: SimulationOptions) => Promise<Simulation>
