/** Timelines: lists of instructions. What stands in them, in which order, and where they end. */
import type { End } from '../../model/index.ts'
import { at, dict, isDict, list, word, type Dict } from '../answers/fields.ts'

/** One thing in a list: an account, a post, a list. */
export interface Row {
  /** `user-12`, `tweet-12`, `profile-conversation-1-tweet-12` … */
  entryId: string
  /** What it holds, whatever that is called now. */
  content: Dict
  /** `entryId` of the module that it stands in. */
  module?: string
  /** Paid for by somebody. */
  promoted: boolean
  pinned: boolean
}

export interface Timeline {
  rows: Row[]
  /** The last cursor downwards. */
  bottom?: string
  top?: string
  /** The network says that nothing more comes below. */
  terminated: boolean
  /** The list begins here. */
  cleared: boolean
}

/** The web writes names like `entryId`, the apps' interface like `entry_id`, and `__typename` for the type (nitter `parser.nim`, and a public description of 2025). */
const named = (holder: unknown, web: string, app: string): unknown => at(holder, web) ?? at(holder, app)
const typeOf = (instruction: unknown): string => word(named(instruction, 'type', '__typename')) ?? ''
const entryOf = (entry: unknown): string => word(named(entry, 'entryId', 'entry_id')) ?? ''

/** Found by its shape: the way to it has moved often. */
export const isInstructions = (value: unknown): value is unknown[] => Array.isArray(value) && value.some(one => /^Timeline[A-Z]/.test(typeOf(one)) || list(at(one, 'entries')).some(entry => entryOf(entry) !== '' && isDict(at(entry, 'content'))))

const order = (entry: Dict): bigint | undefined => {
  const index = word(named(entry, 'sortIndex', 'sort_index'))
  return index && /^-?\d{1,25}$/.test(index) ? BigInt(index) : undefined
}

/** Newest first: since early 2026 the entries may come in any order. Those that say no place stay where they are. */
const sorted = (entries: Dict[]): Dict[] => {
  const placed = entries.filter(entry => order(entry) !== undefined).toSorted((a, b) => {
    const [one, other] = [order(a) as bigint, order(b) as bigint]
    return one > other ? -1 : one < other ? 1 : 0
  })
  let next = 0
  return entries.map(entry => (order(entry) === undefined ? entry : (placed[next++] as Dict)))
}

/** The content of an item: `itemContent`, or what other forms call it. */
const contentOf = (holder: unknown): Dict | undefined => dict(at(holder, 'itemContent')) ?? dict(at(holder, 'item_content')) ?? dict(at(holder, 'content'))

const isPromoted = (entryId: string, content: Dict, holder: unknown): boolean =>
  /^promoted|-promoted-/.test(entryId) || [content, holder].some(one => ['promotedMetadata', 'promoted_metadata'].some(key => isDict(at(one, key)))) || /^promoted/i.test(word(at(named(holder, 'clientEventInfo', 'client_event_info'), 'component')) ?? '')

const cursorIn = (content: Dict | undefined): { type: string; value: string } | undefined => {
  for (const place of [content, contentOf(content)]) {
    const [type, value] = [word(named(place, 'cursorType', 'cursor_type')), word(place?.value)]
    if (type && value) return { type, value }
  }
  return undefined
}

/** @param instructions in the order of the answer */
export const timelineOf = (instructions: unknown[]): Timeline => {
  const timeline: Timeline = { rows: [], terminated: false, cleared: false }
  const addItems = (module: string, items: unknown[]): void => {
    for (const one of items.filter(isDict)) {
      const entryId = entryOf(one)
      const holder = dict(one.item) ?? one
      const content = contentOf(holder)
      if (!content || cursorIn(content)) continue
      timeline.rows.push({ entryId, content, module, promoted: isPromoted(entryId, content, holder), pinned: false })
    }
  }
  const add = (entry: Dict, pinned = false): void => {
    const entryId = entryOf(entry)
    const content = dict(entry.content)
    if (!content) return
    const cursor = cursorIn(content)
    if (cursor?.type === 'Bottom') timeline.bottom = cursor.value
    else if (cursor?.type === 'Top') timeline.top = cursor.value
    if (cursor) return
    if (Array.isArray(content.items)) return addItems(entryId, content.items)
    const item = contentOf(content) ?? content
    const context = word(at(named(item, 'socialContext', 'social_context'), 'contextType')) ?? ''
    timeline.rows.push({ entryId, content: item, promoted: isPromoted(entryId, item, content), pinned: pinned || /^pin/i.test(context) })
  }
  for (const instruction of instructions.filter(isDict)) {
    const type = typeOf(instruction)
    if (type === 'TimelineClearCache') timeline.cleared = true
    if (type === 'TimelineTerminateTimeline' && /^(?:Bottom|TopAndBottom)$/i.test(word(instruction.direction) ?? '')) timeline.terminated = true
    const single = dict(instruction.entry)
    if (single) add(single, /Pin/.test(type))
    for (const entry of sorted(list(instruction.entries).filter(isDict))) add(entry)
    const added = named(instruction, 'moduleItems', 'module_items')
    if (Array.isArray(added)) addItems(word(named(instruction, 'moduleEntryId', 'module_entry_id')) ?? '', added)
  }
  return timeline
}

/** How many there are behind this place, in cursors that count: `1672118520157233654|1897829006456127426`, `0|…`, `-1|…`. */
const countIn = (cursor: string): bigint | undefined => {
  const found = /^(-?\d{1,25})\|/.exec(cursor)
  return found ? BigInt(found[1] as string) : undefined
}

/**
 * Where a list stands after this page.
 * @param held how many things of the list this page has @param after the cursor it was asked with
 */
export const standOf = ({ bottom, terminated }: Timeline, held: number, after: string | undefined): Pick<End, 'state' | 'cursor'> => {
  if (bottom === undefined || bottom === after) return { state: 'end' }
  const counts = countIn(bottom)
  if (counts !== undefined && counts <= 0n) return { state: 'end' }
  // It says that there is more, and that it shows no more: seen on other people's lists since 2024.
  if (terminated) return counts === undefined ? { state: 'end' } : { state: 'cut' }
  // A page of posts that holds none is the last one. One of people may hold none and go on: those on it are suspended.
  if (held === 0 && counts === undefined) return { state: 'end' }
  return { state: 'more', cursor: bottom }
}
