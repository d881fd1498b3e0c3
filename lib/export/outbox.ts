/** `outbox.json`, an activity at a time: oldest first, and what is answered before the answer. */
import type { AccountKey } from '../model/index.ts'
import type { PostRow } from '../store/types.ts'
import { context } from './context.ts'
import { activity, type Writer } from './note.ts'
import { choose, type Bounds } from './select.ts'
import type { Source } from './types.ts'

/** Posts in the order of the file, each with the reason why it may stand there. */
interface Order {
  /** Ids of the notes (not of the reposts) that go in. */
  notes: ReadonlySet<string>
  /** Ids of everything that goes in. */
  all: ReadonlySet<string>
}

/**
 * The store gives posts oldest first. Where times tie, or a clock was wrong, an answer can come before what it answers: it then
 * waits for it. Importers match `inReplyTo` only against what they have already read (Sharkey, slurp).
 * @returns posts, a parent always before its answers; in a circle of answers the first to come begins
 */
export const parentsFirst = async function* (posts: AsyncIterable<PostRow>, notes: ReadonlySet<string>): AsyncGenerator<PostRow> {
  const written = new Set<string>()
  const waiting = new Map<string, PostRow[]>()
  const release = function* (first: PostRow): Generator<PostRow> {
    const ready = [first]
    for (let post = ready.pop(); post; post = ready.pop()) {
      yield post
      if (post.kind === 'repost') continue
      written.add(post.id)
      ready.push(...(waiting.get(post.id) ?? []).reverse())
      waiting.delete(post.id)
    }
  }
  for await (const post of posts) {
    const parent = post.kind === 'repost' ? undefined : post.replyTo?.id
    if (parent === undefined || parent === post.id || !notes.has(parent) || written.has(parent)) yield* release(post)
    else waiting.set(parent, [...(waiting.get(parent) ?? []), post])
  }
  while (waiting.size) {
    const [parent, [first, ...others]] = waiting.entries().next().value!
    if (others.length) waiting.set(parent, others)
    else waiting.delete(parent)
    yield* release(first!)
  }
}

/** Those of the store that go in, once each. */
const chosen = async function* (store: Source, account: AccountKey, { all }: Order): AsyncGenerator<PostRow> {
  const seen = new Set<string>()
  for await (const rows of store.eachPost(account)) {
    for (const post of rows) {
      if (!all.has(post.id) || seen.has(post.id)) continue
      seen.add(post.id)
      yield post
    }
  }
}

/**
 * The file as text. One activity a line, so that it can be read again piece by piece. `totalItems` comes last: it is what was
 * written, even if the store lost a row meanwhile.
 */
export const outboxText = async function* (store: Source, account: AccountKey, order: Order, bounds: Bounds, writer: Omit<Writer, 'parentNote'>): AsyncGenerator<string> {
  yield `{"@context":${JSON.stringify(context)},"id":"outbox.json","type":"OrderedCollection","orderedItems":[`
  const written = new Set<string>()
  const parentNote: Writer['parentNote'] = ref => (ref?.id !== undefined && written.has(ref.id) ? writer.ownNote(ref) : undefined)
  let count = 0
  for await (const post of parentsFirst(chosen(store, account, order), order.notes)) {
    const choice = choose(post, bounds)
    if ('reason' in choice) continue
    yield `${count++ ? ',' : ''}\n${JSON.stringify(activity(post, choice.audience, { ...writer, parentNote }))}`
    if (post.kind !== 'repost') written.add(post.id)
  }
  yield `\n],"totalItems":${count}}\n`
}
