/**
 * A repository: a CAR file with a signed commit, and a Merkle search tree whose keys are `<collection>/<rkey>` (atproto.com/specs/repository). What is damaged
 * or missing is counted; the rest is read. Total and linear.
 */
import { fromUint8Array } from '@atcute/car'
import { decode, fromBytes, isBytes, isCidLink } from '@atcute/cbor'
import { toString } from '@atcute/cid'
import { at, isDict, list, text, whole, type Dict } from '../answers/fields.ts'

export interface Entry { collection: string; rkey: string; record: Dict }

export interface Repository {
  did?: string
  entries: Entry[]
  /** Blocks that the tree names and the file does not have, or that can't be read. */
  missing: number
  /** It was cut off before its end. */
  damaged: boolean
}

const linkOf = (value: unknown): string | undefined => (isCidLink(value) ? value.$link : undefined)

const bytesOf = (value: unknown): Uint8Array | undefined => {
  try {
    return isBytes(value) ? fromBytes(value) : value instanceof Uint8Array ? value : undefined
  } catch {
    return undefined
  }
}

const decoded = (bytes: Uint8Array | undefined): Dict | undefined => {
  if (!bytes) return undefined
  try {
    const value: unknown = decode(bytes)
    return isDict(value) ? value : undefined
  } catch {
    return undefined
  }
}

const ascii = new TextDecoder()

/** @returns undefined where the bytes are no CAR at all */
export const readRepository = (bytes: Uint8Array): Repository | undefined => {
  const blocks = new Map<string, Uint8Array>()
  let roots: string[]
  let damaged = false
  try {
    const car = fromUint8Array(bytes)
    roots = car.roots.flatMap(root => linkOf(root) ?? [])
    try {
      for (const entry of car) blocks.set(toString(entry.cid), entry.bytes)
    } catch {
      damaged = true
    }
  } catch {
    return undefined
  }
  let commit = roots.map(root => decoded(blocks.get(root))).find(Boolean)
  // A file that lost its first block still has a commit somewhere.
  if (!commit?.data) for (const block of blocks.values()) {
    const found = decoded(block)
    if (found && text(found.did) && found.data && found.sig) commit = found
  }
  const repository: Repository = { did: text(commit?.did), entries: [], missing: 0, damaged }
  const visited = new Set<string>()
  const tree = [linkOf(commit?.data)].filter(link => link !== undefined)
  while (tree.length) {
    const link = tree.pop() as string
    if (visited.has(link)) continue
    visited.add(link)
    const node = decoded(blocks.get(link))
    if (!node) {
      repository.missing++
      continue
    }
    const left = linkOf(node.l)
    if (left) tree.push(left)
    let before = ''
    for (const entry of list(node.e)) {
      const suffix = bytesOf(at(entry, 'k'))
      const shared = whole(at(entry, 'p')) ?? 0
      const key = before.slice(0, shared) + (suffix ? ascii.decode(suffix) : '')
      before = key
      const right = linkOf(at(entry, 't'))
      if (right) tree.push(right)
      const value = linkOf(at(entry, 'v'))
      const slash = key.indexOf('/')
      const record = value ? decoded(blocks.get(value)) : undefined
      if (!record || slash < 1) repository.missing++
      else repository.entries.push({ collection: key.slice(0, slash), rkey: key.slice(slash + 1), record })
    }
  }
  repository.entries.sort((a, b) => (a.collection === b.collection ? (a.rkey < b.rkey ? -1 : 1) : a.collection < b.collection ? -1 : 1))
  return repository
}
