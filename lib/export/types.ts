/** The files that a person leaves with. */
import type { AccountKey } from '../model/index.ts'
import type { Room } from '../networks/types.ts'
import type { Store } from '../store/types.ts'

export interface OutFile {
  name: string
  /** MIME type. */
  type: string
  /** People in the file, or posts. */
  rows: number
  /** Bytes, where known before writing. */
  size?: number
  /** Where one list was cut because the destination refuses more rows at once: this file is `part` of `parts`, from 1. */
  part?: number
  parts?: number
  /** Of a follow list: whose rows it holds, by their keys in the store. */
  people?: { key: string; address: string }[]
  /** From the beginning at each call, so that a file can be saved twice; memory stays flat. */
  stream(): ReadableStream<Uint8Array>
  /** The same in pieces, of which those that lie on disk are handed on unread. Absent: there are none. */
  pieces?(): AsyncGenerator<Uint8Array | Blob>
}

/** What the files are made of. */
export type Source = Pick<Store, 'eachFollow' | 'eachPost' | 'profile' | 'account' | 'totals'> &
  Partial<Pick<Store, 'media'>> & {
    /** Files that are kept of an account, as one Blob of which nothing is read yet. Absent: none go into an archive. */
    open?(account: AccountKey, names: string[]): Promise<Blob>
  }

/** What the files must know of the network: its words and its addresses. */
export type Origin = Pick<Room, 'id' | 'name' | 'home' | 'profileUrl'>

/** Something that is not as importers want it. Never carries more than one example, however many there are. */
export interface Problem {
  /** A key: `duplicate-id`, `not-an-array`, … */
  reason: string
  count: number
  /** Where it was first seen: an id, a file's name, a line. */
  example?: string
}

/** What was not taken along, and why. */
export interface LeftOut {
  reason: Reason
  count: number
}

/**
 * - `followers-only`      only followers may read it, and the person did not choose to take those
 * - `narrower`            a circle, a direct message, or only for oneself: goes nowhere
 * - `visibility-unknown`  the network did not say who may read it
 * - `ghost`               meant to vanish
 * - `no-date`             without a date importers lose it or fail
 * - `bad-date`            before 1970-01-02 or after the capture: importers refuse it
 * - `unavailable`         the network says that it is gone or hidden
 * - `no-link`             a repost of something that has no address
 * - `empty`               nothing in it, and no address to point at
 * - `not-chosen`          this kind was not ticked
 * - `left-out`            the person left this one out
 * - `duplicate`           the same id again
 */
export type Reason =
  | 'followers-only' | 'narrower' | 'visibility-unknown' | 'ghost' | 'no-date' | 'bad-date' | 'unavailable' | 'no-link' | 'empty' | 'not-chosen' | 'left-out' | 'duplicate'

/** A captured picture or video that goes into the archive. */
export interface KeptFile {
  /** Place in the post's `media`, from 0. */
  index: number
  /** `media_attachments/files/…/original/<name>.<ext>`; the last part is unique in the whole archive. */
  path: string
  /** MIME type. */
  type: string
  size: number
  /** CRC-32, unsigned. */
  crc: number
  width?: number
  height?: number
  open(): Promise<Blob>
}

/**
 * - `public`         the default: what everybody may read
 * - `followers-too`  also what only followers may read, written as such
 * - `opened`         the same, and of a private account those become public: the account's privacy was the reason, and the person asked for it. Of others as `followers-too`
 */
export type Include = 'public' | 'followers-too' | 'opened'

export interface BundleOptions {
  room: Origin
  include?: Include
  /** Which kinds go; each is true unless said otherwise. */
  kinds?: { posts?: boolean; replies?: boolean; reposts?: boolean }
  /** What the person left out goes too: into what is for them alone. */
  leftToo?: boolean
  /** Under which address all ids stand, without a slash at the end. Default: a reserved host, so that nobody's domain is claimed. */
  base?: string
  /** Where a tag's link leads. Default: under `base`. */
  tagUrl?(tag: string): string
  /** Bytes of pictures and videos in one archive at most: what is more goes into further ones. Default: under 2 GB in all, which is what many programs read. */
  most?: number
}

export interface Included {
  posts: number
  replies: number
  reposts: number
  /** Pictures and videos whose bytes are in the archive, and those that are only pointed at. */
  files: number
  links: number
}
