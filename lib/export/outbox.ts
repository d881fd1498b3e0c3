/** `outbox.json`, an activity at a time: oldest first, and what is answered before the answer. */
import type { AccountKey } from '../model/index.ts'
import type { PostRow } from '../store/types.ts'
import { context } from './context.ts'
import { filesFor } from './kept.ts'
import { activity, type Writer } from './note.ts'
import { choose, type Audience, type Bounds } from './select.ts'
import type { KeptFile, Source } from './types.ts'

/** What goes in, as decided before. */
interface Chosen {
  /** Ids of the notes (not of the reposts). */
  notes: ReadonlySet<string>
  /** Ids of everything. */
  all: ReadonlySet<string>
}

interface Entry {
  post: PostRow
  audience: Audience
  files: KeptFile[]
}

/**
 * The store gives posts oldest first. Where times tie, or a clock was wrong, an answer can come before what it answers: it then
 * waits for it. Importers match `inReplyTo` only against what they have already read (Sharkey, slurp).
 * @param written gets the id of each post that was given, when the next is asked for
 * @returns entries, a parent always before its answers; in a circle of answers the first to come begins
 */
const parentsFirst = async function* (entries: AsyncIterable<Entry>, notes: ReadonlySet<string>, written: Set<string>): AsyncGenerator<Entry> {
  const waiting = new Map<string, Entry[]>()
  const release = function* (first: Entry): Generator<Entry> {
    const ready = [first]
    for (let entry = ready.pop(); entry; entry = ready.pop()) {
      yield entry
      const { id, kind } = entry.post
      if (kind === 'repost') continue
      written.add(id)
      ready.push(...(waiting.get(id) ?? []).reverse())
      waiting.delete(id)
    }
  }
  for await (const entry of entries) {
    const { id, kind, replyTo } = entry.post
    const parent = kind === 'repost' ? undefined : replyTo?.id
    if (parent === undefined || parent === id || !notes.has(parent) || written.has(parent)) yield* release(entry)
    else waiting.set(parent, [...(waiting.get(parent) ?? []), entry])
  }
  while (waiting.size) {
    const [parent, [first, ...others]] = waiting.entries().next().value!
    if (others.length) waiting.set(parent, others)
    else waiting.delete(parent)
    yield* release(first!)
  }
}

/** Those of the store that go in, once each. */
const entriesOf = async function* (store: Source, account: AccountKey, { all }: Chosen, bounds: Bounds): AsyncGenerator<Entry> {
  const seen = new Set<string>()
  for await (const rows of store.eachPost(account)) {
    const files = await filesFor(store, account, rows.filter(({ id }) => all.has(id)))
    for (const post of rows) {
      const choice = all.has(post.id) && !seen.has(post.id) ? choose(post, bounds) : undefined
      if (!choice || 'reason' in choice) continue
      seen.add(post.id)
      yield { post, audience: choice.audience, files: files.get(post.id) ?? [] }
    }
  }
}

/**
 * The file as text. One activity a line, so that it can be read again piece by piece. `totalItems` comes last: it is what was
 * written, even if the store lost a row meanwhile.
 * @param earlier ids of posts in archives that come before this one
 */
export const outboxText = async function* (store: Source, account: AccountKey, chosen: Chosen, bounds: Bounds, writer: Omit<Writer, 'parentNote' | 'media'>, earlier: ReadonlySet<string> = new Set()): AsyncGenerator<string> {
  yield `{"@context":${JSON.stringify(context)},"id":"outbox.json","type":"OrderedCollection","orderedItems":[`
  const written = new Set<string>()
  const parentNote: Writer['parentNote'] = ref => (ref?.id !== undefined && (written.has(ref.id) || earlier.has(ref.id)) ? writer.ownNote(ref) : undefined)
  let count = 0
  for await (const { post, audience, files } of parentsFirst(entriesOf(store, account, chosen, bounds), chosen.notes, written)) {
    yield `${count++ ? ',' : ''}\n${JSON.stringify(activity(post, audience, { ...writer, parentNote, media: () => files }))}`
  }
  yield `\n],"totalItems":${count}}\n`
}
