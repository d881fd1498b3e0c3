/** The contract of a network: a light Room that every surface may import, and the Network with its reader. */
import type { Answer, Ask, Profile, Reading, Section, Viewer } from '../model/index.ts'

export type NetworkId = string

/** A kind of page of the network, told by its address alone. */
export interface Page {
  /** @returns what the address says (the handle it is about, where it says one), or undefined if it is not this kind */
  match(url: URL): { handle?: string } | undefined
  examples: string[]
  counterExamples: string[]
}

/** One sign by which the relay may find what opens a list. Tried in order; nothing inside a post is ever clicked. */
export type Sign =
  /** A link whose path is this, compared as a whole, ignoring case. `{handle}` is filled in. */
  | { kind: 'link'; path: string }
  /** The smallest element whose `title` or text holds exactly this counter, and the link or button around it. */
  | { kind: 'counter'; of: 'follows' | 'followers' }
  | { kind: 'selector'; selector: string }

/** How the walk captures one section. */
export interface SectionPlan {
  section: Section
  /** The page to be on; a path alone is on the site that the tab shows, where the network has several. */
  address(viewer: Viewer): string
  /** Key of `pages` that the address belongs to. */
  page: string
  /** Where the list is not on the page itself: what opens it, and how it is recognised. */
  open?: {
    signs: Sign[]
    /** CSS selector of the opened list, e.g. a dialog. */
    opened: string
    /** Not every account has it: where it can't be found the section is left out, and the person is not asked. */
    quiet?: true
    /** A tab to press inside it: selector and position from 0. */
    tab?: { selector: string; index: number }
  }
  /** What scrolls on the pages of its parts (`Place`), if it is not the page itself: CSS selector. */
  partScrolls?: string
  /** Ends when `read` reports this section's end; absent: as soon as a page of it was read (a profile). */
  paged: boolean
  /** Where the network states how many there are: a counter of the profile. */
  counter?: keyof NonNullable<Profile['counts']>
  /** Which sections the network's counter, and this list, take together: e.g. one list of posts, replies and reposts. Absent: this one alone. */
  holds?: Section[]
  /** Captured only where the person ticked it. */
  optional?: true
}

/** Whose account is to be read, where nobody has to be signed in. `origin`: the person's own server, where the network has many. */
export interface Subject { handle: string; origin?: string }

/** A network that is read through its documented public interface: no page is walked, and nobody has to be signed in. */
export interface Api {
  /** @param text what a person typed or pasted, or a page's address @returns whose account it names, if it is one of this network */
  subject(text: string): Subject | undefined
  /** What to type, e.g. `you.example.com`. */
  example: string
  /** Servers that learn of the capture, by name, as the person should be told before: `{origin}` is filled in. */
  asks: string[]
  /** The first questions. Each answer's `Reading.next` gives those that follow. */
  begin(subject: Subject): Ask[]
  /**
   * Where a page of the person's own server holds the token of their sign-in: an element with JSON, and the keys in it. Used only where the person ticked it,
   * for questions to that server alone, and never stored.
   */
  token?: { selector: string; path: string[] }
  /** At least this long between two questions, in milliseconds. */
  everyMs: number
}

/**
 * What a person may hand over beside a capture. It reaches `read` as an Answer with the `url` `file:///<name>`, `page` the network's home, and `request`
 * `{operation: 'file' | 'paste', variables: {ownerId?, handle?}}`: the account that it was given for, or that an earlier member of the same archive named. Records of that account
 * may say `SELF` instead of its number.
 *
 * Of an archive each wanted member is an answer of its own: `<name>` is its path, each part of it percent-encoded. A large JSON document comes in several answers, each a document
 * by itself: with the same assignment and the same keys around, and some of the records (`variables.more` in all but the last; `ends` count in the last alone).
 */
export interface HandIn {
  /** Endings of file names, with the dot. */
  files: string[]
  /**
   * The network's own download is an archive, of which these members are read, in this order: regular expressions over the path, as text, case ignored. Who the account is should come
   * first. No other member is ever opened. People pack archives anew: folders above count for nothing, so begin with `(?:^|/)`.
   */
  members?: string[]
  /**
   * Where one file holds private things beside what is read: the paths of keys that are read, from the outermost, each a regular expression over a whole key, as text. All else is left
   * out before anything is kept or parsed.
   */
  only?: string[][]
  /** Members that hold pictures and videos: opened only where a post that is kept names the file. */
  mediaMembers?: string[]
  /** Members by which a download that can't be read is told, and which one it is (a text says how to get the right one): `html`, `text`. */
  unusable?: { path: string; kind: string }[]
  /** A file says itself whose it is: it may be handed over before anything was captured. */
  named?: true
  /** A list may be pasted or typed: one name, address or link a line. */
  paste?: true
}

/** Rules by which a person of this network can be addressed from the fediverse. Data; `lib/reach` applies it. */
export interface Fediverse {
  /** The host of the addresses: `handle@host`. */
  host: string
  /** Every handle may have an address there; whether it works depends on the person's own switch. */
  optIn: boolean
  /** Accounts that let nobody in without asking can't be reached. */
  privateUnreachable: boolean
  /** What a look-up's yes is worth. `server`: the name is known there, and whether it can be followed shows only when a server asks. Absent: all that is needed. */
  proof?: 'server'
  /** The addresses are those of a bridge, which carries whoever asked it to. */
  bridge?: {
    name: string
    /** A word in the bio by which a person forbids it. */
    refusal?: string
    /** Handles that end so are people of the fediverse whom the bridge carries here: the bridge gives them no address there. */
    back?: string
  }
  /** The network has no addresses of its own: people have the same name at `host`, where they have an account there. A guess until a server says yes. */
  sameName?: boolean
  /** Servers of these addresses that let nobody read their answers without the person's leave: it is asked for with the look-up. */
  leave?: string[]
  ruleOut?: RuleOut
}

/** A documented public interface of the network that says of many people at once that they have no address. Asked before their server is, one by one. */
export interface RuleOut {
  /** The server that learns of it. */
  host: string
  /** How many at once. */
  size: number
  /** @param ids of the people in the network */
  url(ids: string[]): string
  /** Total. @param body of the answer @returns the ids that have no address; undefined where it does not say */
  no(body: string): Set<string> | undefined
}

/** What every surface may know of a network: data and pure functions of addresses. */
export interface Room {
  id: NetworkId
  name: string
  /** Exact hosts, asked for when the person first captures here, never at install. The first is where links lead. A function where the network has many servers. */
  hosts: string[] | ((origin: string) => string[])
  /** Further hosts (`*.example.com` for all below) on which the pages ask for their answers. No permission is needed for them. */
  answerHosts?: string[]
  /**
   * Match-pattern hosts (`*.example.com`) of pictures and videos, asked for only when they choose to keep media. `seen`: every server of the network has its own;
   * asked for are the very hosts of the account's pictures.
   */
  mediaHosts: string[] | 'seen'
  /** Where a person starts. */
  home: string
  pages: Record<string, Page>
  /** Which of the page's requests are worth reading: regular expressions over `pathname`, as text. */
  answers: string[]
  /** Names under which a request carries its operation and its variables (form field, JSON key or query parameter), and the header with the operation. Nothing else of a request is kept. */
  request: { operation: string[]; variables: string[]; operationHeader?: string }
  /** State embedded in the page: which elements, which of them are worth sending, and which are sent along with later ones. */
  state: { selector: string; contains: string[]; context: string[] }
  /** Addresses (regular expressions over `pathname`, as text) that mean the network wants something of the person first. */
  barriers: { loginWall: string[]; challenge: string[] }
  /** Selectors of what a person writes in, and of single posts (nothing inside one is ever clicked). */
  composers: string[]
  posts: string
  sections: SectionPlan[]
  fediverse?: Fediverse
  /** Who may read a post is a matter of the account: followers only where it lets nobody in without asking, else everybody. */
  postsFollowAccount?: boolean
  /** What the network shows to nobody, said before a capture as well as after it: the section, and the key of the text that says why. */
  missing?: { section: Section; why: string }[]
  api?: Api
  handIn?: HandIn
  /** Address of a profile. */
  profileUrl(handle: string): string
  /** Where the person asks for the network's own download. */
  downloadPage: string
}

/** What is known of the signed-in person from a page. */
export interface Evidence {
  page: string
  /** HTML or embedded state, as text. */
  documents: string[]
}

export interface Network extends Room {
  /** Who is signed in. Pure and total. */
  viewer(evidence: Evidence): Viewer | undefined
  /** One observed answer to records. Pure, total: never throws, whatever the input. */
  read(answer: Answer): Reading
}

/** @returns the room's exact hosts; of a network with many servers those that belong to `origin`, none without one */
export const hostsOf = (room: Room, origin?: string): string[] => (typeof room.hosts === 'function' ? (origin ? room.hosts(origin) : []) : room.hosts)

/** @returns the hosts of pictures and videos that are known beforehand */
export const mediaHostsOf = ({ mediaHosts }: Pick<Room, 'mediaHosts'>): string[] => (mediaHosts === 'seen' ? [] : mediaHosts)

/** Whether a host is this one, or lies below it where it begins with `*.`. */
export const hostMatches = (pattern: string, host: string): boolean => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern)

/** Whether `url` lies on one of the room's hosts, over https. */
export const isAt = (room: Room, url: URL): boolean => url.protocol === 'https:' && hostsOf(room).includes(url.host)

/** Whether an answer from `url` may be one of this network's. */
export const answersAt = (room: Room, url: URL): boolean =>
  isAt(room, url) || (url.protocol === 'https:' && (room.answerHosts ?? []).some(host => hostMatches(host, url.host)))
