/** Lists in an answer: where they are, which they are, whose they are, where they stand, and what is in them. */
import { SELF, type End, type Post, type Reading, type Relation, type Source } from '../../model/index.ts'
import { at, dict, isDict, known, whole, type Dict } from '../answers/fields.ts'
import { walk } from '../answers/walk.ts'
import { isItem, isPassing, itemId, makerIn, makersOf, postOf, refOf, type Owner } from './items.ts'
import { handleOf, idOf, isProfile, personOf } from './people.ts'
import { cursorOf, type Kind, type ListKind, type Question } from './question.ts'

export interface List {
  /** Posts and people out of their wrappers, in order. */
  rows: unknown[]
  /** What says where the list stands: the object that holds it. */
  value: Dict
  path: string[]
  /** The nearest person above it. */
  holder?: Dict
  /** How many the network says that there are. */
  count?: number
}

/** The post or the person in a row, under whichever wrapper. */
const inRow = (row: unknown): unknown => {
  // An empty place is nobody's record.
  const node = isDict(row) && Object.hasOwn(row, 'node') ? row.node : row
  const places = [node, at(node, 'media'), at(node, 'media_dict'), at(node, 'item'), at(row, 'media'), at(node, 'explore_story', 'media')]
  return places.find(isItem) ?? [node, at(node, 'user')].find(one => personOf(one) !== undefined) ?? (Object.hasOwn(dict(node) ?? {}, 'media') ? at(node, 'media') : node)
}

const phoneForm = ['next_max_id', 'more_available', 'has_more', 'big_list', 'page_size', 'num_results', 'paging_info', 'status']

/** @returns the rows of a list: Relay's `edges` (`nodes` until 2017), the phone form's `users` or `items`, the grid of reposts */
const rowsOf = (object: Dict): unknown[] | undefined => {
  if (Array.isArray(object.edges) && (isDict(object.page_info) || object.count !== undefined || object.edges.length > 0)) return object.edges
  if (Array.isArray(object.nodes) && (isDict(object.page_info) || object.count !== undefined)) return object.nodes
  if (Array.isArray(object.repost_grid_items)) return object.repost_grid_items
  const rows = [object.users, object.items].find(Array.isArray)
  return rows && phoneForm.some(key => Object.hasOwn(object, key)) ? rows : undefined
}

/** The keys that tell a page of a list of followed people from those who like a post, or were searched for: `{users[], next_max_id, page_size, big_list, …}`. */
const isFollowShape = (value: Dict): boolean =>
  Array.isArray(value.users) && !['user_count', 'num_results', 'rank_token', 'hashtags', 'places'].some(key => Object.hasOwn(value, key)) && ['next_max_id', 'page_size', 'big_list', 'should_limit_list_of_followers'].some(key => Object.hasOwn(value, key))

/** What only a page of followers has; the list of followed people goes on by a number. */
const isFollowerShape = (value: Dict): boolean =>
  Object.hasOwn(value, 'show_spam_follow_request_tab') || value.should_limit_list_of_followers === true || (Object.hasOwn(value, 'should_limit_list_of_followers') && typeof value.next_max_id === 'string' && !/^\d{1,9}$/.test(value.next_max_id))

/** Every list in a document. What stands inside a post (its comments, its pictures) is none. */
export const listsIn = (document: unknown): List[] => {
  const found: List[] = []
  walk<Dict | undefined>(document, undefined, (object, { path, context }) => {
    const rows = rowsOf(object)
    if (rows) {
      found.push(known({ rows: rows.map(inRow).filter(row => row !== null && row !== undefined), value: object, path: path.map(String), holder: context, count: whole(object.count) }))
      return { skip: true }
    }
    if (isItem(object)) return { skip: true }
    return { context: idOf(object) !== undefined && (handleOf(object) !== undefined || /user|fetch__|^node$|owner/i.test(String(path.at(-1) ?? ''))) ? object : context }
  })
  return found
}

/** @returns which list its own keys say that it is; roots change, these words stay */
const kindByKey = ({ path, value, holder }: List): Kind => {
  const words = [...path, ...(Array.isArray(value.repost_grid_items) ? ['repost_grid_items'] : [])].join(' ')
  if (/usertags|explore|suggest|chaining|highlight|discover|mutual|edge_related|reels_tray|search|web_info|shortcode_media|comment|liker|liked_by|hashtag|section|layout_content|location|viewers|thread/i.test(words)) return 'other'
  if (/collection/i.test(words)) return 'collection'
  if (/saved/i.test(words)) return 'bookmarks'
  if (/followed_by|followers/i.test(words)) return 'followers'
  if (/edge_follow(?![a-z_])|following/i.test(words) || (Array.isArray(value.nodes) && path.at(-1) === 'follows')) return 'follows'
  if (/repost/i.test(words)) return 'reposts'
  if (/clips/i.test(words)) return 'media'
  if (/felix/i.test(words)) return 'other'
  if (Array.isArray(value.nodes) && path.at(-1) === 'media' && holder) return 'posts'
  return /user_timeline|edge_owner_to_timeline_media|timeline_graphql|polaris_(?:\w+_)?timeline/i.test(words) ? 'posts' : 'unknown'
}

const people: ReadonlySet<Kind> = new Set(['follows', 'followers'])
const isList = (kind: Kind): kind is ListKind => ['follows', 'followers', 'posts', 'media', 'reposts', 'bookmarks'].includes(kind)

const arePeople = (rows: unknown[]): boolean => rows.some(row => !isItem(row) && personOf(row) !== undefined)

/** A list under names that say nothing is a tab's if the page is one, and the person whose page it is made everything in it. */
const kindByPage = (list: List, question: Question): ListKind | undefined => {
  const { page, ownerId } = question
  if (!page || !question.bound || (page.list !== 'posts' && page.list !== 'media')) return undefined
  const items = list.rows.filter(isItem)
  const owner: Owner = { id: ownerId, handle: page.handle }
  const named = question.handle === undefined ? ownerId !== undefined : question.handle.toLowerCase() === page.handle.toLowerCase()
  return named && items.length > 0 && items.length === list.rows.length && items.every(item => makerIn(item, owner)) ? page.list : undefined
}

/** @returns the one person who made everything in it, by number */
const soleMaker = (items: Dict[]): string | undefined => {
  const [first, ...more] = items.map(item => new Set(makersOf(item).flatMap(one => idOf(one) ?? [])))
  const [id, ...others] = [...(first ?? [])].filter(one => more.every(makers => makers.has(one)))
  return others.length === 0 ? id : undefined
}

/** A list of REST of which nothing told what was asked: by its own keys, and, where it has posts, by who made them. */
const kindByShape = ({ rows, value }: List): ListKind | undefined => {
  if (arePeople(rows)) return isFollowShape(value) ? (isFollowerShape(value) ? 'followers' : 'follows') : undefined
  const items = rows.filter(isItem)
  if (items.length === 0 || items.length !== rows.length || !Array.isArray(value.items)) return undefined
  if (personOf(value.user) && typeof value.more_available === 'boolean') return items.every(item => makerIn(item, { id: idOf(value.user) })) ? 'posts' : undefined
  // One post alone may be the answer to another question.
  if (soleMaker(items) === undefined || items.length < 2) return undefined
  if (Object.hasOwn(value, 'auto_load_more_enabled') && value.items.every(isItem)) return 'posts'
  return isDict(value.paging_info) && items.every(item => item.product_type === 'clips') ? 'media' : undefined
}

/** @returns which list this is, `other` if it is none of ours */
export const kindOf = (list: List, question: Question): Kind => {
  const byKey = kindByKey(list)
  if (byKey === 'other' || question.kind === 'other') return 'other'
  const fits = (kind: Kind): boolean => list.rows.length === 0 || people.has(kind) === arePeople(list.rows)
  if (byKey !== 'unknown') return fits(byKey) ? byKey : 'other'
  if (question.kind === 'unknown' || question.kind === 'profile') return kindByPage(list, question) ?? (question.unnamed ? kindByShape(list) : undefined) ?? 'unknown'
  return fits(question.kind) ? question.kind : 'other'
}

const asAlias = (handle: string): string => `@${handle.toLowerCase()}`

/** Whose the question says it is: a number, or a name. */
export const askedOf = ({ ownerId, handle }: Question): string | undefined => ownerId ?? (handle === undefined ? undefined : asAlias(handle))

/** What `ownerOf` needs to know of a person by name alone. */
const numberOf = (items: Dict[], handle: string): string | undefined => items.map(item => idOf(makerIn(item, { handle }))).find(Boolean)

/**
 * Whose list this is: as the question says, else as the answer does. A person of whom only the name is known goes by `@name`.
 * @returns `conflict` where question and answer name different people: then it is nobody's
 */
const ownerOf = (list: List, kind: Kind, question: Question, source: Source): { ownerId?: string; conflict: boolean } => {
  const { ownerId, handle } = question
  const holder = list.holder && { id: idOf(list.holder), handle: handleOf(list.holder) }
  if (ownerId) return holder?.id !== undefined && holder.id !== ownerId ? { conflict: true } : { ownerId, conflict: false }
  if (handle) {
    if (holder?.handle && holder.handle.toLowerCase() !== handle.toLowerCase()) return { conflict: true }
    return { ownerId: holder?.id ?? numberOf(list.rows.filter(isItem), handle) ?? asAlias(handle), conflict: false }
  }
  if (holder?.id) return { ownerId: holder.id, conflict: false }
  // What a page was delivered with is about the person whose page it is.
  if (source === 'state' && question.page?.list === kind) return { ownerId: numberOf(list.rows.filter(isItem), question.page.handle) ?? asAlias(question.page.handle), conflict: false }
  // Everything in somebody's grid is made by them, alone or with others.
  const sole = kind === 'posts' || kind === 'media' ? soleMaker(list.rows.filter(isItem)) : undefined
  if (sole) return { ownerId: sole, conflict: false }
  // Nobody sees what others saved.
  return { ...(kind === 'bookmarks' || kind === 'collection' ? { ownerId: SELF } : {}), conflict: false }
}

/**
 * Where a list stands. The phone form of a list of people ends where no cursor is next, whatever `has_more` says.
 * @returns undefined where the list does not say: it must not be taken for complete then
 */
const turnOf = (value: Dict, phone: boolean): Pick<End, 'state' | 'cursor'> | undefined => {
  const info = dict(value.page_info) ?? dict(value.paging_info) ?? value
  const cursor = [info.end_cursor, info.next_max_id, info.max_id, info.repost_next_max_id].map(cursorOf).find(Boolean)
  const more = [info.has_next_page, info.more_available, info.repost_more_available].find(one => typeof one === 'boolean')
  if (more === false) return { state: 'end' }
  if (cursor) return { state: 'more', cursor }
  // It says that there is more, and gives no way to it.
  if (more === true) return { state: 'cut' }
  return phone || isDict(value.page_info) || Object.hasOwn(value, 'next_max_id') ? { state: 'end' } : undefined
}

type Seen = Pick<Post, 'source' | 'seenAt'>

export interface Asked { question: Question; seen: Seen & { source: Source } }

/** Reads the lists of one result. */
export class Lists {
  /** Sections of which a list was there, whatever was in it. */
  readonly there = new Set<Kind>()
  /** Objects that were read as rows. */
  readonly taken = new WeakSet<Dict>()
  private readonly reading: Reading
  private readonly question: Question
  private readonly seen: Asked['seen']

  constructor(reading: Reading, { question, seen }: Asked) {
    this.reading = reading
    this.question = question
    this.seen = seen
  }

  private unread(reason: string, more: Partial<Reading['unread'][number]>): void {
    this.reading.unread.push(known({ reason, operation: this.question.operation, ...more }))
  }

  read(list: List): void {
    const kind = kindOf(list, this.question)
    for (const row of list.rows) if (isDict(row)) this.taken.add(row)
    if (!isList(kind) && kind !== 'collection') return this.readLoose(list)
    this.there.add(kind)
    const { ownerId, conflict } = ownerOf(list, kind, this.question, this.seen.source)
    if (conflict) return this.unread('owner-conflict', { ...(isList(kind) && { section: kind }), records: list.rows.length })
    const lost = people.has(kind) ? this.readPeople(list, kind as 'follows' | 'followers', ownerId) : this.readItems(list, kind, ownerId)
    if (!isList(kind)) return
    if (lost > 0) this.unread('lost-records', { section: kind, ownerId, records: lost })
    if (list.count !== undefined && (people.has(kind) || kind === 'posts')) this.reading.counts.push(known({ section: kind, ownerId, value: list.count }))
    this.readEnd(list, kind, ownerId)
  }

  private readEnd(list: List, kind: ListKind, ownerId: string | undefined): void {
    const { question } = this
    // Somebody searched in it.
    if (question.filtered) return
    // The head of a profile carries empty lists of everything.
    const asked = question.kind === kind || (question.kind === 'unknown' && question.bound && !isProfile(list.holder))
    if (list.rows.length === 0 && !asked && !(kind === 'posts' && list.count === 0)) return
    const turn = turnOf(list.value, people.has(kind) && Array.isArray(list.value.users))
    if (!turn) {
      if (question.kind === kind) this.unread('no-page-info', { section: kind, ownerId })
      return
    }
    const { after } = question
    let { state } = turn
    if (kind === 'followers' && list.value.should_limit_list_of_followers === true && state === 'end') state = 'cut'
    // Counted, and not shown to anybody: an empty first page that is the last.
    if (people.has(kind) && list.rows.length === 0 && (list.count ?? 0) > 0 && state === 'end' && after === undefined) state = 'hidden'
    this.reading.ends.push(known({ section: kind, ownerId, ...turn, state, after }))
  }

  private readPeople(list: List, kind: 'follows' | 'followers', ownerId: string | undefined): number {
    const { after } = this.question
    // Offsets count; other cursors say nothing of the place.
    const start = this.question.filtered ? undefined : after === undefined ? (this.question.bound ? 0 : undefined) : /^\d{1,9}$/.test(after) ? Number(after) : undefined
    let lost = 0
    for (const [index, row] of list.rows.entries()) {
      const person = personOf(row)
      if (!person) lost++
      else if (kind === 'follows') this.reading.follows.push(known({ ...person, ownerId, relation: 'follow' as const, position: start === undefined ? undefined : start + index, ...this.seen }))
      else this.reading.relations.push(known({ ...person, ownerId, relation: 'follower' as const, ...this.seen }) as Relation)
    }
    return lost
  }

  private readItems(list: List, kind: Kind, ownerId: string | undefined): number {
    const { question, seen, reading } = this
    const grid: Owner = known({ id: ownerId && /^\d/.test(ownerId) ? ownerId : undefined, handle: question.handle ?? (ownerId?.startsWith('@') && ownerId !== SELF ? ownerId.slice(1) : ownerId !== undefined && idOf(list.holder) === ownerId ? handleOf(list.holder) : undefined) })
    let lost = 0
    for (const row of list.rows) {
      if (!isItem(row)) {
        if (isDict(row)) lost++
        continue
      }
      if (isPassing(row)) continue
      const ref = refOf(row)
      if (kind === 'reposts') reading.posts.push(known({ id: `repost:${ref.id}`, authorId: ownerId, authorHandle: grid.handle, repostOf: ref, ...seen }))
      else if (kind === 'bookmarks' || kind === 'collection') reading.relations.push(known({ id: itemId(row) as string, handle: ref.authorHandle, post: true, url: ref.url, ownerId, relation: 'bookmark' as const, ...seen }) as Relation)
      else reading.posts.push(...[postOf(row, seen, grid)].flatMap(post => post ?? []))
    }
    return lost
  }

  /** A list that is none of ours, or of which nobody says which it is: its records are their authors', and it has no end. */
  private readLoose({ rows }: List): void {
    const { seen, reading } = this
    for (const row of rows) {
      if (isItem(row) && !isPassing(row)) reading.posts.push(...[postOf(row, seen)].flatMap(post => post ?? []))
    }
  }
}
