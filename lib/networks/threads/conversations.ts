/** Threads as lists of posts: who answers whom, and what a profile's tab shows. */
import type { Post, PostRef } from '../../model/index.ts'
import { at, dict, isDict, known, word, type Dict } from '../answers/fields.ts'
import {
  authorOfPost, isAd, isRepost, isSame, itemsOf, parentIn, postId, postIn, postOf, refTo, repliesToSomething, rootIn, type Author,
} from './posts.ts'
import type { Tab } from './question.ts'

/** The list that a thread stands in, where it is a tab of a profile. */
export interface TabOf { tab: Tab; owner: Author }

export interface Conversation {
  posts: Post[]
  /** The objects that were read, so that none is read twice. */
  read: Dict[]
  /** Items that should have been posts and could not be read. */
  lost: number
}

/** `thread_header_context{context_type: "REPOST"}`: somebody passed the thread on. */
const isPassedOn = (thread: Dict): boolean =>
  [thread.thread_header_context, thread.header].some(header => /repost/i.test(word(at(header, 'context_type')) ?? ''))

const merged = (ref: PostRef, more: PostRef | undefined): PostRef => known({ ...more, ...known({ ...ref }) })

/** The nearest earlier post by the one that this post answers. */
const parentAmong = (post: Dict, earlier: Dict[]): Dict | undefined => {
  const previous = earlier.at(-1)
  const told = parentIn(post)
  if (told?.id) return earlier.find(one => postId(one) === told.id)
  if (told && (told.authorId || told.authorHandle)) return earlier.findLast(one => isSame(authorOfPost(one), told))
  if (!previous) return undefined
  const own = isSame(authorOfPost(previous), authorOfPost(post))
  return own || repliesToSomething(post) !== false ? previous : undefined
}

/** @returns what the post answers: told by itself, by its thread, or by both */
const replyTo = (post: Dict, earlier: Dict[], unseen: boolean): PostRef | undefined => {
  const parent = parentAmong(post, earlier)
  const ref = parent && refTo(parent)
  const told = parentIn(post)
  if (ref) return merged(ref, told)
  return told ?? (unseen && repliesToSomething(post) !== false ? { unavailable: true } : undefined)
}

/** The first post of the conversation: the thread's first one if that answers nothing, else whose it is. */
const rootOf = (post: Dict, earlier: Dict[]): PostRef | undefined => {
  const first = earlier[0]
  const told = rootIn(post)
  if (first && repliesToSomething(first) === false) {
    const ref = refTo(first)
    if (ref && (!told || isSame(told, ref))) return ref
  }
  return told
}

/** The other's post in the owner's list of reposts: only the pointer is kept. The network gives it no id and no time of its own. */
const passedOn = (post: Dict, owner: Author): Post | undefined => {
  const ref = refTo(post)
  if (!ref?.id || (!owner.authorId && !owner.authorHandle)) return undefined
  return known({ id: `repost:${ref.id}`, url: owner.authorHandle ? undefined : ref.url, ...owner, repostOf: ref })
}

/**
 * @param thread an object with `thread_items`, or with `posts.edges`
 * @param place the tab it stands in, where it does
 * @param above the post that these answer, where they are the replies of one
 */
export const conversation = (thread: Dict, place: TabOf | undefined, above?: Dict): Conversation => {
  const items = itemsOf(thread) ?? []
  const found: Conversation = { posts: [], read: [], lost: 0 }
  const earlier: Dict[] = above ? [above] : []
  const last = items.length - 1
  const others = place !== undefined && (place.tab === 'reposts' || isPassedOn(thread)) && (place.owner.authorId ?? place.owner.authorHandle) !== undefined
  let unseen = false
  for (const [index, item] of items.entries()) {
    const post = postIn(item)
    if (!post || (Object.hasOwn(item, 'post') && !isDict(item.post))) {
      unseen = true
      continue
    }
    found.read.push(post)
    if (isAd(post)) continue
    const own = place !== undefined && isSame(authorOfPost(post), place.owner)
    if (others && !own && !isRepost(post)) {
      const pointer = index === last ? passedOn(post, place.owner) : undefined
      if (pointer) found.posts.push(pointer)
      else if (index === last) found.lost++
      continue
    }
    const record = postOf(post)
    if (!record) {
      found.lost++
      continue
    }
    const answers = record.repostOf ? undefined : replyTo(post, earlier, unseen)
    found.posts.push(known({ ...record, replyTo: answers, threadRoot: answers && rootOf(post, earlier) }))
    // The person passed on a post of their own: that is a repost beside it.
    if (own && others && index === last && isPassedOn(thread) && !record.repostOf) {
      const pointer = passedOn(post, place.owner)
      if (pointer) found.posts.push(pointer)
    }
    earlier.push(post)
  }
  return found
}

/** The threads of a list: under `node`, beside it, or the list's own rows (2023). */
export const threadsOf = (rows: unknown[]): Dict[] =>
  rows.flatMap(row => {
    const places = [
      ['node'], ['node', 'text_post_app_thread'], ['text_post_app_thread'], ['node', 'thread'], ['thread'], [],
    ].map(path => dict(at(row, ...path)))
    const thread = places.find(place => place && Array.isArray(place.thread_items))
    return thread ? [thread] : []
  })
