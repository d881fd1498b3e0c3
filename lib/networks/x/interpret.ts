/** One document to records, by shape: whatever looks like a timeline, a post or an account is read wherever it stands. */
import { SELF, type Count, type End, type Follow, type Place, type Post, type Profile, type Reading, type Relation } from '../../model/index.ts'
import { at, dict, idText, isDict, known, list, said, word, type Dict } from '../answers/fields.ts'
import { walk } from '../answers/walk.ts'
import { guessed } from './guess.ts'
import { room } from './index.ts'
import { goneOf, handleOf, idOf, isUnavailable, isUser, likesOf, personOf, profileOf, userIn } from './people.ts'
import { authorIdOf, authorIn, heldBy, idOfPost, isGone, isPost, postIn, postOf, postUrl, type Beside } from './posts.ts'
import { sectionOf, selfOnly, type Kind, type Question } from './question.ts'
import { isInstructions, standOf, timelineOf, type Row, type Timeline } from './timelines.ts'

/** What one document gave. */
export interface Found extends Pick<Reading, 'profiles' | 'follows' | 'posts' | 'relations' | 'counts' | 'unread' | 'ends'> {
  places: Place[]
  /** It was asked for one of our lists and has nothing of it. */
  missed: boolean
}

/** The first object under one of these names, a few levels down: wrappers change their names and depth. */
const inside = (content: Dict, names: readonly string[], depth = 0): unknown => {
  for (const name of names) if (isDict(content[name])) return content[name]
  if (depth >= 2) return undefined
  for (const [key, value] of Object.entries(content)) {
    if (!isDict(value) || key === 'socialContext' || key === 'clientEventInfo' || key === 'feedbackInfo') continue
    const found = inside(value, names, depth + 1)
    if (found) return found
  }
  return undefined
}
const userOf = (content: Dict): unknown => inside(content, ['user_results', 'userResults', 'user_result', 'userResult', 'user'])
const tweetOf = (content: Dict): unknown => inside(content, ['tweet_results', 'tweetResults', 'tweet_result', 'tweetResult', 'post_results', 'tweet'])

/** The number at the end of `user-12`. */
const numberIn = (entryId: string): string | undefined => /-(\d{1,20})$/.exec(entryId)?.[1]

/** Modules of people and posts that have nothing to do with whose page it is. */
const foreign = /who-to-follow|whotofollow|relatedtweets|suggest|promoted|^toptabs/i

/** Two sightings of one record: the one that says more, filled up from the other. A stub never takes anything away. */
const fuller = <T extends object>(one: T, other: T): T => {
  const [more, less] = Object.keys(other).length > Object.keys(one).length ? [other, one] : [one, other]
  return { ...less, ...more }
}

const put = <T extends object>(into: Map<string, T>, key: string, value: T): void => {
  const before = into.get(key)
  into.set(key, before ? fuller(before, value) : value)
}

/** Names by number, and the posts in whose place something else stands. */
const besideOf = (root: unknown): Beside => {
  const handles = new Map<string, string>()
  const gone = new Set<string>()
  walk(root, undefined, object => {
    const [id, handle] = [idOf(object), handleOf(object)]
    if (id && handle && !handles.has(id)) handles.set(id, handle)
    const entry = word(object.entryId) ?? word(object.entry_id)
    if (!entry) return
    const content = dict(object.content) ?? dict(object.item)
    const number = numberIn(entry)
    if (content && number && /tweet-\d+$/.test(entry) && isGone(tweetOf(content))) gone.add(number)
  })
  return { handles, gone }
}

/** @param seenAt ISO 8601 UTC @returns records, each with where and when it was seen */
export const interpret = ({ value: root, source }: { value: unknown; source: 'answer' | 'state' }, question: Question, seenAt: string | undefined): Found => {
  const seen = known({ source, seenAt })
  const beside = besideOf(root)
  const profiles = new Map<string, Profile>()
  const posts = new Map<string, Post>()
  const follows = new Map<string, Follow>()
  const relations = new Map<string, Relation>()
  const counts = new Map<string, Count>()
  const found: Found = { profiles: [], follows: [], posts: [], relations: [], counts: [], unread: [], ends: [], places: [], missed: false }
  let { kind } = question
  let section = sectionOf(kind)
  /** Nobody told what was asked: a saved file. */
  const untold = kind === 'other' && question.operation === undefined
  let lists = 0

  const unread = (reason: string, more: Partial<Found['unread'][number]> = {}): void => {
    found.unread.push(known({ reason, operation: question.operation, ...more }))
  }

  const readProfile = (user: Dict): void => {
    const profile = profileOf(user)
    if (!profile) return
    put(profiles, profile.id, { ...profile, ...seen })
    for (const [of, value] of [...Object.entries(profile.counts ?? {}), ['likes', likesOf(user)] as const]) {
      if (value !== undefined) counts.set(`${of} ${profile.id}`, { section: of as Count['section'], ownerId: profile.id, value })
    }
  }

  const authorIdIn = (row: Row): string | undefined => {
    const post = postIn(tweetOf(row.content))
    return post && authorIdOf(post)
  }

  /** The rows of an account's posts that stand for themselves are its own; of a conversation the last one is. */
  const authorOf = (rows: Row[]): string | undefined => {
    const single = rows.filter(row => row.module === undefined)
    const authors = new Set((single.length > 0 ? single : rows.filter((row, index) => row.module !== rows[index + 1]?.module)).flatMap(row => authorIdIn(row) ?? []))
    return authors.size === 1 ? [...authors][0] : undefined
  }

  /**
   * Whose list this is: as the question says. An answer says it hardly ever; where it does and differs, it is nobody's. Posts name their author: where nobody
   * knows the question, that is enough for the page's own handle, or if all of them name the same.
   */
  const ownerOf = (holder: Dict | undefined, rows: Row[]): { ownerId?: string; conflict: boolean } => {
    const theirs = idOf(holder)
    if (untold && selfOnly.has(kind)) return { ownerId: SELF, conflict: false }
    if (question.ownerId && question.ownerId !== SELF) return theirs && theirs !== question.ownerId ? { conflict: true } : { ownerId: question.ownerId, conflict: false }
    if (question.ownerId) return { ownerId: SELF, conflict: false }
    if (theirs) return { ownerId: theirs, conflict: false }
    if (kind !== 'posts' && kind !== 'replies' && kind !== 'media') return { conflict: false }
    const wanted = question.page?.toLowerCase()
    const own = rows.map(row => postIn(tweetOf(row.content))).find(post => post && wanted && handleOf(authorIn(post))?.toLowerCase() === wanted)
    return known({ ownerId: own ? authorIdOf(own) : authorOf(rows), conflict: false })
  }

  const end = (ownerId: string | undefined, timeline: Timeline, held: number, part?: string): void => {
    if (!section) return
    // Where nobody knows the question it may be any page of its list.
    const first = timeline.cleared || timeline.top?.startsWith('-1|')
    const after = question.after ?? (question.bound || first ? undefined : 'unknown')
    const stand: End = known({ section, ownerId, ...standOf(timeline, held, question.after), after, part })
    found.ends.push(stand)
  }

  /** An account in a list of people. @returns undefined where it says too little to be anybody */
  const someone = (row: Row): ReturnType<typeof personOf> | ReturnType<typeof goneOf> | undefined => {
    const wrapper = userOf(row.content)
    const user = userIn(wrapper)
    const person = personOf(user)
    if (person) return person
    const id = idOf(user) ?? idText(at(wrapper, 'rest_id')) ?? numberIn(row.entryId)
    const shown = user !== undefined && Object.keys(user).length > 0
    return id && /^\d+$/.test(id) && (isUnavailable(user) || !shown) ? goneOf(id) : undefined
  }

  const isPerson = (row: Row): boolean => row.module === undefined && (row.entryId.startsWith('user-') || (row.entryId === '' && userOf(row.content) !== undefined))

  const readPeople = (timeline: Timeline, holder: Dict | undefined): void => {
    const rows = timeline.rows.filter(row => isPerson(row) && !row.promoted)
    const { ownerId, conflict } = ownerOf(holder, rows)
    lists++
    if (conflict) return unread('owner-conflict', { section, records: rows.length })
    let lost = 0
    // Only the first page knows its place in the list: cursors do not count from the top.
    let position = question.after === undefined && (question.bound || timeline.cleared) ? 0 : undefined
    for (const row of rows) {
      const person = someone(row)
      if (!person) {
        lost++
        continue
      }
      if (kind === 'follows') {
        put(follows, person.id, known({ ...person, ownerId, relation: 'follow' as const, position, ...seen }))
        if (position !== undefined) position++
      } else if (kind === 'members') put(relations, person.id, known({ ...person, relation: 'list' as const, listId: question.listId, ...seen }) as Relation)
      else put(relations, person.id, known({ ...person, ownerId, relation: ({ followers: 'follower', blocks: 'block', mutes: 'mute' } as const)[kind as 'followers'], ...seen }) as Relation)
    }
    if (kind === 'members' && !question.listId) unread('no-owner', { section, records: rows.length })
    else end(kind === 'members' ? undefined : ownerId, timeline, rows.length, kind === 'members' ? question.listId : undefined)
    if (lost > 0) unread('lost-records', { section, ownerId, records: lost })
  }

  /** A post where it stands for itself, and those of the same person that it holds. */
  const readPost = (value: unknown, pinned?: boolean, ownerId = question.ownerId): boolean => {
    const post = postIn(value)
    // A number alone is a pointer at a post, and none.
    const record = post && Object.keys(post).some(key => key !== '__typename' && key !== 'rest_id' && key !== 'id') ? postOf(value, beside, pinned) : undefined
    if (!post || !record) return false
    put(posts, record.id, { ...record, ...seen })
    const author = authorIdOf(post)
    for (const held of heldBy(post)) {
      // What they quote or pass on of their own is a post of theirs all the same.
      const own = author !== undefined && authorIdOf(held) === author && !posts.has(idOfPost(held) ?? '') && isPost(held) ? postOf(held, beside) : undefined
      if (own) put(posts, own.id, { ...own, ...seen })
    }
    const user = authorIn(post)
    if (user && author !== undefined && author === ownerId) readProfile(user)
    return true
  }

  const readPosts = (timeline: Timeline, holder: Dict | undefined): void => {
    const rows = timeline.rows.filter(row => !row.promoted && !foreign.test(row.entryId) && !foreign.test(row.module ?? '') && tweetOf(row.content) !== undefined)
    const { ownerId, conflict } = ownerOf(holder, rows)
    lists++
    if (conflict) return unread('owner-conflict', { section, records: rows.length })
    let hidden = 0
    let lost = 0
    for (const row of rows) {
      const wrapper = tweetOf(row.content)
      if (readPost(wrapper, row.pinned || undefined, ownerId)) continue
      const inner = dict(at(wrapper, 'result'))
      // Of what others wrote around it, much is gone; of the list's own rows only what the network withholds.
      if (row.module !== undefined) continue
      if (isGone(wrapper) || !inner || Object.keys(inner).length === 0) hidden++
      else lost++
    }
    end(ownerId, timeline, rows.length)
    if (hidden > 0 && section) unread('withheld-posts', { section, ownerId, records: hidden })
    if (lost > 0 && section) unread('lost-records', { section, ownerId, records: lost })
  }

  /** Bookmarks and likes: pointers at posts, with nothing of what they say. */
  const readPointers = (timeline: Timeline, holder: Dict | undefined): void => {
    const rows = timeline.rows.filter(row => !row.promoted && !foreign.test(row.entryId) && !foreign.test(row.module ?? '') && (tweetOf(row.content) !== undefined || /^tweet-\d+$/.test(row.entryId)))
    const { ownerId, conflict } = ownerOf(holder, rows)
    lists++
    if (conflict) return unread('owner-conflict', { section, records: rows.length })
    let lost = 0
    for (const row of rows) {
      const post = postIn(tweetOf(row.content))
      const id = idOfPost(post) ?? numberIn(row.entryId)
      if (!id) {
        lost++
        continue
      }
      const author = post && authorIdOf(post)
      const handle = post && (handleOf(authorIn(post)) ?? (author ? beside.handles.get(author) : undefined))
      const relation = kind === 'likes' ? 'like' : 'bookmark'
      put(relations, id, known({ id, handle, post: true, url: postUrl(handle, id), ownerId, relation, unavailable: post ? undefined : true, ...seen }) as Relation)
    }
    // A folder is a part of the bookmarks, all of which stand in their own list.
    if (kind !== 'folder') end(ownerId, timeline, rows.length)
    if (lost > 0) unread('lost-records', { section, ownerId, records: lost })
  }

  /** The lists that the account owns; those of others that it only reads are none of its own. */
  const readOverview = (timeline: Timeline): void => {
    lists++
    let own = 0
    for (const row of timeline.rows) {
      const one = dict(inside(row.content, ['list', 'list_results', 'twitter_list']))
      const here = dict(one?.result) ?? one
      const id = here && (idText(here.id_str) ?? idText(here.rest_id) ?? numberIn(row.entryId))
      if (!here || !id || row.promoted || /^list-to-follow|suggest/i.test(row.module ?? row.entryId)) continue
      const owner = idOf(userIn(here.user_results)) ?? idOf(here.user)
      // A private list is shown to its owner only.
      const ownerId = owner ?? (word(here.mode)?.toLowerCase() === 'private' ? SELF : undefined)
      own++
      if (ownerId) found.places.push(known({ section: 'lists' as const, ownerId, part: id, url: `${new URL(room.home).origin}/i/lists/${id}/members`, name: said(here.name) }))
    }
    // A hundred are asked for at once; hardly anybody has more.
    const stand = own < 90 ? ({ state: 'end' } as const) : standOf(timeline, own, question.after)
    found.ends.push(known({ section: 'lists' as const, ownerId: SELF, ...stand, after: question.after }))
  }

  const become = (told: Kind): void => {
    kind = told
    section = sectionOf(told)
  }

  const guess = (timeline: Timeline, path: readonly (string | number)[]): Kind => {
    const rows = timeline.rows.filter(row => !row.promoted && !foreign.test(row.entryId) && !foreign.test(row.module ?? ''))
    const authors = new Map<string | undefined, Set<string | undefined>>()
    for (const row of rows) authors.set(row.module, (authors.get(row.module) ?? new Set()).add(authorIdIn(row)))
    return guessed(path, timeline, {
      users: rows.filter(isPerson).map(row => userIn(userOf(row.content))),
      authors: [...(authors.get(undefined) ?? [])].filter(author => author !== undefined),
      mixed: [...authors].some(([module, people]) => module !== undefined && people.size > 1),
    })
  }

  const readTimeline = (instructions: unknown[], holder: Dict | undefined, path: readonly (string | number)[]): void => {
    const timeline = timelineOf(instructions)
    if (untold) become(guess(timeline, path))
    if (kind === 'follows' || kind === 'followers' || kind === 'members' || kind === 'blocks' || kind === 'mutes') readPeople(timeline, holder)
    else if (kind === 'likes' || kind === 'bookmarks' || kind === 'folder') readPointers(timeline, holder)
    else if (kind === 'overview') readOverview(timeline)
    else readPosts(timeline, holder)
  }

  /** The old interface: `users` with the next cursor beside them, "0" at the end. */
  const readRest = (object: Dict): void => {
    const next = word(object.next_cursor_str) ?? idText(object.next_cursor)
    const rows = list(object.users).filter(isDict).map((user): Row => ({ entryId: `user-${idOf(user) ?? ''}`, content: { user_results: { result: user } }, promoted: false, pinned: false }))
    readPeople({ rows, bottom: next === undefined ? undefined : `${next}|`, terminated: false, cleared: true }, undefined)
    const last = found.ends.at(-1)
    if (last?.cursor) last.cursor = next
  }

  const { cut } = walk<{ holder?: Dict }>(
    root,
    {},
    (object, { context, path }) => {
      if (isInstructions(object.instructions)) {
        readTimeline(object.instructions, context.holder, path)
        return { skip: ['instructions'] }
      }
      const rest = question.rest || (untold && (object.next_cursor_str !== undefined || object.next_cursor !== undefined))
      if (rest && path.length === 0 && Array.isArray(object.users)) {
        if (untold) become('follows')
        readRest(object)
        return { skip: true }
      }
      // A frame around a list may say whose it is.
      if (['timeline', 'timeline_v2'].some(key => isDict(object[key])) && idOf(object)) {
        if (isUser(object)) readProfile(object)
        return { context: { holder: object } }
      }
      const inner = postIn(object)
      if (isPost(inner)) {
        readPost(object)
        return { skip: true }
      }
      if (isUser(object)) {
        readProfile(object)
        return { skip: true }
      }
      return undefined
    },
    { depth: 60, nodes: 1_000_000, skip: new Set(['entities', 'extended_entities', 'errors', 'extensions', 'user_mentions']) },
  )
  if (cut) unread('too-large', { section, ownerId: question.ownerId })

  found.profiles = [...profiles.values()]
  found.posts = [...posts.values()]
  found.follows = [...follows.values()]
  found.relations = [...relations.values()]
  found.counts = [...counts.values()]
  found.missed = sectionOf(question.kind) !== undefined && (kind === 'profile' ? profiles.size === 0 : lists === 0)
  return found
}
