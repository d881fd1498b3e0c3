/** One result to records, by shape: anything that looks like a post, a profile or a list is read wherever it stands. */
import type { Count, Follow, Post, PostRef, Profile, Reading, Section } from '../../model/index.ts'
import { at, dict, idText, isDict, known, whole, type Dict } from '../answers/fields.ts'
import { walk, type Place } from '../answers/walk.ts'
import { hasErrors } from '../answers/meta-barrier.ts'
import { conversation, threadsOf, type TabOf } from './conversations.ts'
import { viewerFrom, type Result, type Sighting } from '../answers/relay.ts'
import { arePeople, isBare as holdsNothing, isEmptyList, ownerOf, peopleIn, peopleList, rowsOf, turn } from './lists.ts'
import { followCount, followerCount, isProfile, profileOf } from './people.ts'
import { authorOf, authorOfPost, isPost, isSame, itemsOf, postId, postIn, repliesToSomething, type Author } from './posts.ts'
import { sectionOf, type Question, type Tab } from './question.ts'

/** What one result gave. */
export interface Found extends Pick<Reading, 'profiles' | 'follows' | 'posts' | 'relations' | 'counts' | 'unread' | 'ends'> {
  /** Who the answer says is signed in. */
  viewers: Sighting[]
  /** It was asked for one of our sections and gave nothing of it. */
  missed: boolean
}

/** Handed down while walking. */
interface Context {
  /** The nearest object above with an account's number. */
  holder?: Dict
  /** The tab's list that this stands in. */
  tab?: TabOf
  /** The nearest post above, and whether this stands among its answers. */
  post?: Dict
  answers?: boolean
}

/** Never gone into: other people's words inside a post, and what can hold no record. */
const closed: ReadonlySet<string> = new Set([
  'quoted_post', 'reposted_post', 'quoted_attachment_post', 'linked_inline_media', 'share_info', 'image_versions2', 'video_versions',
  'carousel_media', 'text_fragments', 'text_app_biography', 'caption', 'friendship_status', 'reply_to_author', 'root_post_author',
  'giphy_media_info', 'link_preview_attachment', 'hd_profile_pic_versions', 'bio_links', 'extensions', 'errors', 'server_metadata',
])

const tabSections: readonly Section[] = ['posts', 'replies', 'reposts', 'media']
const isTab = (kind: string): kind is Tab => (tabSections as readonly string[]).includes(kind)

/** Two sightings of one record in the same answer: the one that says more, filled up from the other. */
const fuller = <T extends object>(one: T, other: T): T => {
  const [more, less] = Object.keys(other).length > Object.keys(one).length ? [other, one] : [one, other]
  return { ...less, ...more }
}

/** Two pointers at what must be one post: where one has no id, the other's counts. */
const fullerRef = (one: PostRef | undefined, other: PostRef | undefined): PostRef | undefined => {
  if (!one || !other) return one ?? other
  return one.id && other.id && one.id !== other.id ? one : { ...other, ...one }
}

const fullerPost = (one: Post, other: Post): Post => {
  if ((one.repostOf === undefined) !== (other.repostOf === undefined)) return one
  const [more, less] = Object.keys(other).length > Object.keys(one).length ? [{ ...other }, one] : [{ ...one }, other]
  for (const key of ['replyTo', 'threadRoot', 'quoteOf', 'repostOf'] as const) {
    const ref = fullerRef(more[key], less[key])
    if (ref) more[key] = ref
  }
  if (more.text === less.text || less.text === undefined) return { ...less, ...more }
  // Ranges belong to their own text.
  const { facets: _facets, tags: _tags, mentions: _mentions, links: _links, ...rest } = less
  return { ...rest, ...more }
}

const put = <T>(into: Map<string, T>, key: string, value: T, join: (one: T, other: T) => T): void => {
  const before = into.get(key)
  into.set(key, before === undefined ? value : join(before, value))
}

/** Nobody said what was asked, nor of whom, nor on which page. */
const isBare = ({ operation, bound, page }: Question): boolean => operation === undefined && !bound && page === undefined

interface List { value: Dict; rows: unknown[]; path: readonly (string | number)[]; context: Context }

/** @param seenAt ISO 8601 UTC @returns records, each with where and when it was seen */
export const interpret = (result: Result, question: Question, seenAt: string | undefined): Found => {
  const seen = known({ source: result.source, seenAt })
  const asked = { question, source: result.source }
  const profiles = new Map<string, Profile>()
  const posts = new Map<string, Post>()
  const follows = new Map<string, Follow>()
  const counts = new Map<string, Count>()
  const found: Found = { profiles: [], follows: [], posts: [], relations: [], counts: [], unread: [], ends: [], viewers: [], missed: false }
  const lists = new Set<Section>()
  /** Lists that are none of the known ones, in case the one that was asked for goes by a new name. */
  const strange: List[] = []
  const read = new WeakSet<Dict>()
  const root = result.document
  const data = dict(at(root, 'data')) ?? root
  const section = sectionOf(question.kind)

  const unread = (reason: string, more: Partial<Found['unread'][number]>): void => {
    found.unread.push(known({ reason, operation: question.operation, ...more }))
  }
  const count = (of: Section, ownerId: string | undefined, value: number | undefined): void => {
    if (value !== undefined) counts.set(`${of} ${ownerId ?? ''}`, known({ section: of, ownerId, value }))
  }

  const readPeople = (which: 'follows' | 'followers', { value, rows, path, context }: List, rest = false): void => {
    const { ownerId, conflict } = ownerOf(question, context.holder ?? dict(at(data, 'user')))
    lists.add(which)
    if (conflict) {
      unread('owner-conflict', { section: which, records: rows.length })
      return
    }
    const { end, start } = turn(which, ownerId, value, rows.length, { ...asked, path, rest })
    const people = peopleIn(rows, which, ownerId, start, seen)
    for (const follow of people.follows) put(follows, `${follow.ownerId ?? ''} ${follow.id}`, follow, one => one)
    found.relations.push(...people.relations)
    count(which, ownerId, whole(value.count))
    // Counted, and not shown to anybody: an empty first page that is the last.
    const counted = which === 'follows' ? (whole(at(data, 'counts', 'following')) ?? followCount(context.holder ?? {})) : undefined
    const hidden = rows.length === 0 && counted !== undefined && counted > 0 && end?.state === 'end' && end.after === undefined
    if (end) found.ends.push(hidden ? { ...end, state: 'hidden' } : end)
    else unread('no-page-info', { section: which, ownerId })
    if (people.lost > 0) unread('lost-records', { section: which, ownerId, records: people.lost })
  }

  /** Whose profile the answer is about, where it says so beside the tab. */
  const beside = (): Author => {
    const person = [at(data, 'xdt_text_app_user'), at(data, 'user')].map(dict).find(Boolean)
    return person && idText(person.pk) ? authorOf(person) : {}
  }

  /** Whose tab this is: the person asked for, with what their own posts in it add. */
  const tabOwner = (threads: Dict[], tab: Tab): Author => {
    const page = question.page?.tab === tab ? question.page.handle : undefined
    const asked: Author = known({ authorId: question.ownerId, authorHandle: question.handle ?? (question.ownerId ? undefined : page) })
    const named: Author = Object.keys(asked).length > 0 ? asked : { ...beside(), ...(isBare(question) && onlyAuthor(threads)) }
    const own = threads.flatMap(thread => itemsOf(thread) ?? []).map(item => authorOfPost(postIn(item))).find(author => isSame(author, named))
    return known({ authorHandle: page, ...named, ...own })
  }

  /** A list under a name that says nothing is a tab's if the page is one, and every thread in it has to do with its owner. */
  const tabByPage = (threads: Dict[]): Tab | undefined => {
    if (question.kind !== 'unknown' || !question.page) return undefined
    const { tab, handle } = question.page
    const owner: Author = known({ authorHandle: question.handle ?? handle, authorId: question.ownerId })
    const isTheirs = (thread: Dict): boolean =>
      (tab === 'reposts' && question.ownerId !== undefined) ||
      /repost/i.test(String(at(thread, 'thread_header_context', 'context_type') ?? '')) ||
      (itemsOf(thread) ?? []).some(item => isSame(authorOfPost(postIn(item)), owner))
    return threads.every(isTheirs) ? tab : undefined
  }

  /** A saved answer of which nothing is known but what stands in it: whose threads these are, if all are one person's. */
  const onlyAuthor = (threads: Dict[]): Author | undefined => {
    const lasts = threads.map(thread => authorOfPost(postIn((itemsOf(thread) ?? []).at(-1))))
    return lasts[0]?.authorId && lasts.every(author => isSame(author, lasts[0] as Author)) ? lasts[0] : undefined
  }

  /** Such an answer is a tab's if it goes by the name of one. Which: replies stand below what they answer. */
  const tabByShape = (key: string, threads: Dict[]): Tab | undefined => {
    const owner = isBare(question) && key === 'mediaData' ? onlyAuthor(threads) : undefined
    if (!owner) return undefined
    const isAnswer = (thread: Dict): boolean => {
      const items = (itemsOf(thread) ?? []).map(postIn)
      return items.some(post => !isSame(authorOfPost(post), owner)) || (items[0] !== undefined && repliesToSomething(items[0]) === true)
    }
    return threads.some(isAnswer) ? 'replies' : 'posts'
  }

  const readTab = (tab: Tab, threads: Dict[], { value, rows, path }: List, rest: boolean): TabOf => {
    const owner = tabOwner(threads, tab)
    lists.add(tab)
    const { end } = turn(tab, owner.authorId, value, rows.length, { ...asked, path, rest })
    if (end) found.ends.push(end)
    else unread('no-page-info', { section: tab, ownerId: owner.authorId })
    return { tab, owner }
  }

  const readConversation = (thread: Dict, tab: TabOf | undefined, above?: Dict): void => {
    const { posts: records, read: objects, lost } = conversation(thread, tab, above)
    for (const object of objects) read.add(object)
    for (const post of records) put(posts, post.id, { ...post, ...seen }, fullerPost)
    if (lost > 0 && tab) unread('lost-records', { section: tab.tab, ownerId: tab.owner.authorId, records: lost })
  }

  /** A post by itself, below the posts it stands under on its own page. */
  const readPost = (post: Dict): void => {
    const above = dict(at(post, 'text_post_app_info', 'containing_thread')) ?? dict(at(post, 'text_app_info', 'containing_thread'))
    const items = (above && itemsOf(above)) ?? []
    const alone = items.some(item => postId(postIn(item)) === postId(post)) ? [] : items
    readConversation({ thread_items: [...alone, { post }] }, undefined)
  }

  const readProfile = (user: Dict): void => {
    const profile = profileOf(user)
    if (!profile) return
    put(profiles, profile.id, { ...profile, ...seen }, fuller)
    count('followers', profile.id, followerCount(user))
    count('follows', profile.id, followCount(user))
  }

  const readCounts = (value: Dict, context: Context): void => {
    if (whole(value.following) === undefined && whole(value.followers) === undefined) return
    const { ownerId, conflict } = ownerOf(question, context.holder ?? dict(at(data, 'user')))
    if (conflict) return
    count('follows', ownerId, whole(value.following))
    count('followers', ownerId, whole(value.followers))
  }

  const listIn = (object: Dict, place: Place<Context>, rows: unknown[]): List => ({ value: object, rows, path: [...place.path], context: place.context })

  const visit = (object: Dict, place: Place<Context>) => {
    const { key } = place
    let context = place.context
    const rows = rowsOf(object)
    const rest = place.path.length === 0 && Array.isArray(object.users) && (question.kind === 'follows' || question.kind === 'followers')
    const which = rest ? (question.kind as 'follows' | 'followers') : peopleList(key)
    if (rows && which && threadsOf(rows).length === 0) {
      readPeople(which, listIn(object, place, rows), rest)
      return { skip: true as const }
    }
    const threadRows = Array.isArray(object.threads) && threadsOf(object.threads).length > 0 ? object.threads : rows
    if (threadRows) {
      const threads = threadsOf(threadRows)
      const tab = threads.length === 0 ? undefined : isTab(question.kind) ? question.kind : (tabByPage(threads) ?? tabByShape(key, threads))
      // The form of 2023 came whole.
      if (tab && !lists.has(tab)) context = { ...context, tab: readTab(tab, threads, listIn(object, place, threadRows), threadRows === object.threads) }
      else if (threads.length === 0) strange.push(listIn(object, place, threadRows))
    }
    if (isPost(object)) {
      if (!read.has(object)) readPost(object)
      context = { ...context, post: object, answers: false }
    } else if (itemsOf(object)) {
      readConversation(object, context.tab, context.answers ? context.post : undefined)
    } else if (isProfile(object)) {
      readProfile(object)
    }
    if (key === 'direct_replies') context = { ...context, answers: true }
    if (key === 'counts') readCounts(object, context)
    if (!isPost(object) && (idText(object.pk) ?? idText(object.id)) !== undefined && /^\d+$/.test(idText(object.pk) ?? idText(object.id) ?? '')) {
      context = { ...context, holder: object }
    }
    // The phone form has the same posts twice.
    return { context, ...(Array.isArray(object.thread_items) && { skip: ['posts'] }) }
  }

  const { cut } = walk<Context>(root, {}, visit, { depth: 100, nodes: 1_000_000, skip: closed })
  if (cut) unread('too-large', { section, ownerId: question.ownerId })

  readStrange()
  for (const [key, value] of isDict(data) ? Object.entries(data) : []) {
    if (!/(?:^|_)viewer$/.test(key)) continue
    const viewer = viewerFrom(at(value, 'user')) ?? viewerFrom(value)
    if (viewer?.handle) found.viewers.push(viewer)
  }
  found.profiles = [...profiles.values()]
  found.posts = [...posts.values()]
  found.follows = [...follows.values()]
  found.counts = [...counts.values()]
  found.missed = missed()
  return found

  /** The list that was asked for may go by a name of its own; there must be no doubt which it is. */
  function readStrange(): void {
    if (isTab(question.kind) || (question.kind === 'unknown' && question.page && question.ownerId)) {
      const tab = isTab(question.kind) ? question.kind : question.page?.tab
      const empty = strange.filter(({ value }) => isEmptyList(value))
      if (tab && !lists.has(tab) && empty.length === 1 && empty[0]) readTab(tab, [], empty[0], false)
      return
    }
    if ((question.kind !== 'follows' && question.kind !== 'followers') || lists.has(question.kind)) return
    const people = strange.filter(({ value, rows }) => arePeople(rows) || isEmptyList(value))
    if (people.length === 1 && people[0]) readPeople(question.kind, people[0])
  }

  /** Whether the answer to a question of ours has nothing of what was asked. */
  function missed(): boolean {
    if (lists.size > 0 && (question.kind === 'friendships' || question.kind === 'unknown')) return false
    if (question.kind === 'profile') return profiles.size === 0
    if (section && question.kind !== 'friendships') return !lists.has(section)
    if (question.kind === 'friendships') return true
    const bound = question.kind === 'unknown' && question.ownerId !== undefined
    return bound && profiles.size + posts.size + follows.size + found.relations.length + counts.size === 0
  }
}

/** @returns what to say of a question of ours that was not answered; undefined where nobody was asked for and nothing came */
export const unansweredBy = (result: Result, question: Question): Found['unread'][number] | undefined => {
  const { document } = result
  const bare = holdsNothing(isDict(document) && Object.hasOwn(document, 'data') ? document.data : document)
  // Somebody who is not there: worth a word only where it is known who was asked for.
  if (bare && !question.ownerId) return undefined
  const reason = hasErrors(result.document) ? 'errors' : bare ? 'no-records' : 'unknown-shape'
  return known({ reason, operation: question.operation, section: sectionOf(question.kind), ownerId: question.ownerId })
}
