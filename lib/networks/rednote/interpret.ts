/** One document to records, by shape: whatever looks like a note, a profile or a list of notes is read wherever it stands. */
import type { Count, End, Post, Profile, Reading, Relation, Section } from '../../model/index.ts'
import { at, dict, flag, isDict, known, list, word, type Dict } from '../answers/fields.ts'
import { walk } from '../answers/walk.ts'
import { anyId, personAt, siteOf } from './addresses.ts'
import type { Document } from './documents.ts'
import { has, of } from './keys.ts'
import { authorOf, followedAuthor, isNoNote, noteIn, ownedBy, pointTo, postOf, type Found as FoundNote } from './notes.ts'
import { followedPerson, isProfile, profileOf, redNumber, sightingIn, type Sighting } from './people.ts'
import { sections, type Question } from './question.ts'

/** What one document gave. */
export interface Found extends Pick<Reading, 'profiles' | 'follows' | 'posts' | 'relations' | 'counts' | 'unread' | 'ends'> {
  /** Who it says is signed in; null: nobody. */
  viewers: (Sighting | null)[]
}

export interface Around { page: string; url: string; seenAt?: string }

/** Other people's words, and what can hold no record. */
const closed: ReadonlySet<string> = new Set([
  'comments', 'comment', 'subComments', 'sub_comments', 'targetComment', 'target_comment', 'interactInfo', 'interact_info', 'imageList', 'image_list', 'video', 'cover',
  'tagList', 'tag_list', 'atUserList', 'at_user_list', 'shareInfo', 'share_info', 'follow',
])

/** Lists of notes on a profile, in the order of its tabs. */
type ListKind = 'posted' | 'saved' | 'liked'
const tabs: readonly ListKind[] = ['posted', 'saved', 'liked']
const tabNames = new Map<string, ListKind>([['note', 'posted'], ['fav', 'saved'], ['liked', 'liked'], ['like', 'liked']])
const relationOf = { saved: 'bookmark', liked: 'like', board: 'bookmark' } as const

/** Two sightings of one record: the one that says more, filled up from the other. */
const fuller = <T extends object>(one: T, other: T): T => {
  const [more, less] = Object.keys(other).length > Object.keys(one).length ? [other, one] : [one, other]
  return { ...less, ...more }
}

/** A card fills in what a whole note left out, and nothing else. */
const fullerPost = (one: Post, other: Post): Post => {
  if (one.partial === other.partial) return fuller(one, other)
  const [whole, card] = one.partial ? [other, one] : [one, other]
  const { partial: _, createdAtDerived: derived, createdAt, ...rest } = card
  return { ...rest, ...(whole.createdAt ? {} : known({ createdAt, createdAtDerived: derived })), ...whole }
}

const put = <T>(into: Map<string, T>, key: string, value: T, join: (one: T, other: T) => T): void => {
  const before = into.get(key)
  into.set(key, before === undefined ? value : join(before, value))
}

/** The one author of all, or undefined. */
const onlyAuthor = (notes: FoundNote[]): string | undefined => {
  const authors = new Set(notes.map(authorOf).filter(id => id !== undefined))
  return authors.size === 1 ? [...authors][0] : undefined
}

export const interpret = ({ value: root, source }: Document, question: Question, around: Around): Found => {
  const site = siteOf(around.page, around.url)
  const seen = known({ source, seenAt: around.seenAt })
  const profiles = new Map<string, Profile>()
  const posts = new Map<string, Post>()
  const relations = new Map<string, Relation>()
  const counts = new Map<string, Count>()
  const found: Found = { profiles: [], follows: [], posts: [], relations: [], counts: [], unread: [], ends: [], viewers: [] }

  const unread = (reason: string, more: Partial<Reading['unread'][number]> = {}): void => {
    found.unread.push(known({ reason, operation: question.operation, ...more }))
  }
  const relate = (relation: Relation | undefined): void => {
    if (relation) put(relations, `${relation.relation} ${relation.listId ?? ''} ${relation.id}`, { ...relation, ...seen }, fuller)
  }
  let viewerId: string | undefined
  const sight = (sighting: Sighting | null | undefined): void => {
    if (sighting === undefined) return
    found.viewers.push(sighting)
    if (!sighting) return
    viewerId = sighting.viewer.id
    put(profiles, sighting.profile.id, { ...sighting.profile, ...seen }, fuller)
  }

  const readNote = (one: FoundNote, listed = false): void => {
    put(posts, one.id, { ...postOf(one, site, listed), ...seen }, fullerPost)
    relate(followedAuthor(one, site, viewerId))
  }

  /** Rows of a list. @returns the notes in it */
  const readRows = (kind: ListKind | 'board', rows: unknown[], ownerId: string | undefined, listed: boolean): FoundNote[] => {
    const notes = rows.flatMap(row => noteIn(row, true) ?? []).map(one => (kind === 'posted' ? ownedBy(one, ownerId) : one))
    for (const one of notes) {
      if (kind === 'posted') readNote(one, listed && ownerId !== undefined && authorOf(one) === ownerId)
      else relate(pointTo(one, site, known({ relation: relationOf[kind], ownerId, listId: question.boardId })))
    }
    const lost = rows.filter(row => isDict(row) && !noteIn(row, true) && !isNoNote(row)).length
    if (lost > 0) unread('lost-records', { section: sections[kind] ?? 'bookmarks', ownerId, records: lost })
    return notes
  }

  /** Where the list goes on: after the cursor that is stated, else after its last note, which is what the cursor is. */
  const endOf = (section: Section, ownerId: string | undefined, more: boolean | undefined, cursor: string | undefined, notes: FoundNote[], after?: string): End | undefined => {
    const next = cursor ?? notes.at(-1)?.id
    if (more === undefined && cursor === undefined) return undefined
    if (more === false) return known({ section, ownerId, state: 'end' as const, after })
    return known({ section, ownerId, state: next ? ('more' as const) : ('cut' as const), cursor: next, after })
  }

  /** An answer that is a page of notes: `{notes, cursor, has_more}`. */
  const readList = (data: Dict): void => {
    const rows = list(data.notes)
    const kind = question.kind === 'saved' || question.kind === 'liked' || question.kind === 'board' ? question.kind : 'posted'
    const ownerId = question.ownerId ?? (kind === 'posted' ? onlyAuthor(rows.flatMap(row => noteIn(row, true) ?? [])) : undefined)
    const notes = readRows(kind, rows, ownerId, question.kind === 'posted')
    // Of several authors, and nobody said what was asked: notes, and no list of anybody's.
    if (kind === 'board' || (question.kind !== kind && ownerId === undefined)) return
    const section = sections[kind] as Section
    const end = endOf(section, ownerId, flag(of(data, 'hasMore')), word(data.cursor), notes, question.after)
    if (end) found.ends.push(end)
    else unread('no-page-info', { section, ownerId })
  }

  /** Whose profile a page's state shows; the description itself does not say. A state that stayed behind when the page moved on is told by its own numbers. */
  const shownId = (user: Dict, basic: unknown, queries: unknown[], cards: FoundNote[]): { id?: string; conflict: boolean } => {
    const queried = queries.map(query => anyId(of(query, 'userId'))).find(Boolean)
    if (queried) return { id: queried, conflict: false }
    const [theirs, viewers] = [redNumber(basic), redNumber(of(user, 'userInfo'))]
    const author = onlyAuthor(cards)
    const page = personAt(around.page) ?? personAt(around.url)
    if (page) {
      const isStale = (author !== undefined && author !== page) || (page === viewerId && theirs !== undefined && viewers !== undefined && theirs !== viewers)
      return isStale ? { id: author, conflict: author === undefined } : { id: page, conflict: false }
    }
    return { id: author ?? (theirs !== undefined && theirs === viewers ? viewerId : undefined), conflict: false }
  }

  /** The part of a page's state that is about people: `user`. */
  const readUser = (user: Dict, atRoot: boolean): void => {
    // Only where the page itself puts it: nothing that anybody wrote stands there.
    if (atRoot) sight(sightingIn(of(user, 'userInfo'), flag(of(user, 'loggedIn')), site))
    const shows = dict(of(user, 'userPageData'))
    const notes = list(user.notes)
    const lists = notes.length > 0 && notes.every(Array.isArray) ? (notes as unknown[][]) : notes.some(isDict) ? [notes] : []
    const stated = of(user, 'noteQueries')
    const queries = Array.isArray(stated) ? stated : isDict(stated) ? Object.values(stated) : []
    const tab = of(user, 'activeTab')
    const kindAt = (index: number): ListKind | undefined => (at(tab, 'index') === index ? tabNames.get(word(at(tab, 'query')) ?? '') : undefined) ?? tabs[index]
    const posted = lists.findIndex((_, index) => kindAt(index) === 'posted')
    const cards = (lists[posted] ?? []).flatMap(row => noteIn(row, true) ?? [])
    const basic = of(shows, 'basicInfo')
    const { id, conflict } = shownId(user, basic, queries, cards)
    if (conflict) unread('owner-conflict', { section: 'profile' })
    else if (shows && isDict(basic) && Object.keys(basic).length > 0) {
      if (id) readProfile(shows, id)
      else unread('no-owner', { section: 'profile' })
    }
    for (const [index, rows] of lists.entries()) {
      const kind = kindAt(index)
      if (!kind) {
        for (const one of rows.flatMap(row => noteIn(row) ?? [])) readNote(one)
        continue
      }
      const read = readRows(kind, rows, id, true)
      const more = flag(of(queries[index], 'hasMore'))
      // Only the tab that is open is filled; what the others say of themselves is how they begin.
      const isOpen = rows.length > 0 || (id !== undefined && more === false && (at(tab, 'index') ?? 0) === index)
      const end = isOpen ? endOf(sections[kind] as Section, id, more, word(of(queries[index], 'cursor')), read) : undefined
      if (end) found.ends.push(end)
      else if (rows.length > 0 && id) unread('no-page-info', { section: sections[kind], ownerId: id })
    }
  }

  const readProfile = (value: Dict, id: string): void => {
    const { profile, counts: shown } = profileOf(value, id, site)
    put(profiles, id, { ...profile, ...seen }, (one, other) => ({ ...one, ...other }))
    for (const count of shown) counts.set(`${count.section} ${id}`, count)
    relate(followedPerson(value, profile, viewerId))
  }

  const isUser = (value: Dict): boolean => has(value, 'userPageData') || has(value, 'noteQueries') || (has(value, 'userInfo') && has(value, 'loggedIn'))

  const data = dict(at(root, 'data'))
  if (source === 'answer' && data) {
    if (question.kind === 'me' || (question.kind === 'unknown' && typeof data.guest === 'boolean' && has(data, 'userId'))) sight(sightingIn(data, undefined, site))
  }

  // A saved answer of an address that is not known: the page that it was saved on shows the profile.
  const shownBeside = question.kind === 'unknown' && !question.foreign ? personAt(around.page) : undefined

  const { cut } = walk<undefined>(root, undefined, (object, { path }) => {
    if (isUser(object)) {
      readUser(object, path.length === 0 || (path.length === 1 && path[0] === 'user'))
      return { skip: ['notes', 'noteQueries', 'note_queries', 'userInfo', 'user_info', 'userPageData', 'user_page_data'] }
    }
    if (object === data && (Array.isArray(data.notes) || (question.kind !== 'unknown' && has(data, 'hasMore') && has(data, 'notes')))) {
      readList(data)
      return { skip: true }
    }
    if (isNoNote(object)) return { skip: true }
    const note = noteIn(object)
    if (note) {
      readNote(note)
      return { skip: true }
    }
    if (isProfile(object)) {
      const id = (question.kind === 'me' ? viewerId : undefined) ?? question.ownerId ?? anyId(of(object, 'userId')) ?? anyId(of(of(object, 'basicInfo'), 'userId')) ?? shownBeside
      if (id) readProfile(object, id)
      else unread('no-owner', { section: 'profile' })
      return { skip: true }
    }
    return undefined
  }, { depth: 100, nodes: 1_000_000, skip: closed })
  if (cut) unread('too-large', known({ section: sections[question.kind], ownerId: question.ownerId }))

  found.profiles = [...profiles.values()]
  found.posts = [...posts.values()]
  found.relations = [...relations.values()]
  found.counts = [...counts.values()]
  return found
}
