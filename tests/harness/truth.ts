/** Compares what was captured, and what was written, with what the simulation holds. */
import type { PostRow, ProfileRow, FollowRow } from '../../lib/store/types.ts'
import type { Truth, TruePost } from '../networks/types.ts'
import type { Kept } from './store.ts'

/** At most this many differences are named. */
const NAMED = 12

const cut = (differences: string[]): string[] =>
  differences.length > NAMED ? [...differences.slice(0, NAMED), `and ${differences.length - NAMED} more`] : differences

const differ = (what: string, is: unknown, should: unknown): string[] => {
  const [a, b] = [JSON.stringify(is), JSON.stringify(should)]
  return a === b ? [] : [`${what}: is ${a}, should be ${b}`]
}

/** Ids that are missing, too many, or there twice. */
const compareIds = (what: string, are: string[], should: string[]): string[] => {
  const [got, wanted] = [new Set(are), new Set(should)]
  return [
    ...should.filter(id => !got.has(id)).map(id => `${what} ${id} is missing`),
    ...are.filter(id => !wanted.has(id)).map(id => `${what} ${id} does not belong here`),
    ...(got.size === are.length ? [] : [`${are.length - got.size} ${what}s are there twice`]),
  ]
}

const facetKey = (facet: { start: number; end: number; kind: string; value: string }): string => `${facet.start}-${facet.end} ${facet.kind} ${facet.value}`

const sameInstant = (what: string, is: string | undefined, should: string): string[] =>
  is !== undefined && Date.parse(is) === Date.parse(should) ? [] : [`${what}: is ${is}, should be ${should}`]

/** A flag that the network did not state is unknown, which is no lie about `false`. */
const flag = (what: string, is: boolean | undefined, should: boolean): string[] => ((is ?? false) === should ? [] : [`${what}: is ${is}, should be ${should}`])

const comparePost = (is: PostRow, should: TruePost): string[] => {
  const at = `post ${should.id}`
  if (should.repostOf !== undefined) {
    return [...differ(`${at} repostOf`, is.repostOf?.id, should.repostOf), ...differ(`${at} text of a repost`, is.text, undefined)]
  }
  return [
    ...sameInstant(`${at} createdAt`, is.createdAt, should.createdAt),
    ...differ(`${at} text`, is.text ?? '', should.text ?? ''),
    ...differ(`${at} facets`, (is.facets ?? []).map(facetKey).sort(), should.facets.map(facetKey).sort()),
    ...differ(`${at} media`, (is.media ?? []).map(media => [media.kind, media.alt ?? null]), should.media.map(media => [media.kind, media.alt ?? null])),
    ...(is.media ?? []).flatMap((media, index) => (media.url?.includes(should.media[index]?.path ?? ' ') ? [] : [`${at} media ${index}: is at ${media.url}`])),
    ...differ(`${at} replyTo`, is.replyTo?.id, should.replyTo),
    ...differ(`${at} quoteOf`, is.quoteOf?.id, should.quoteOf),
    ...differ(`${at} repostOf`, is.repostOf?.id, undefined),
    ...differ(`${at} topic`, is.topic, should.topic),
    ...flag(`${at} pinned`, is.pinned, should.pinned),
    ...flag(`${at} edited`, is.edited || is.editedAt !== undefined, should.edited),
    ...flag(`${at} ghost`, is.ghost, should.ghost),
    ...flag(`${at} spoiler`, is.spoiler, should.spoiler),
    ...(is.visibility === undefined ? [] : differ(`${at} visibility`, is.visibility, should.visibility)),
    ...differ(`${at} likes`, is.counts?.likes, should.counts.likes),
    ...differ(`${at} replies`, is.counts?.replies, should.counts.replies),
  ]
}

/** @returns what is different, nothing if the posts are exactly the account's own */
export const comparePosts = (are: PostRow[], should: TruePost[], authorId: string): string[] => {
  const byId = new Map(are.map(post => [post.id, post]))
  return cut([
    ...compareIds('post', are.map(post => post.id), should.map(post => post.id)),
    ...are.filter(post => post.authorId !== undefined && post.authorId !== authorId).map(post => `post ${post.id} is by ${post.authorId}`),
    ...should.flatMap(post => {
      const is = byId.get(post.id)
      return is ? comparePost(is, post) : []
    }),
  ])
}

/** @returns what is different, nothing if the follows are exactly the list's, in its order */
export const compareFollows = (are: FollowRow[], truth: Pick<Truth, 'follows' | 'viewer'>): string[] => {
  const byId = new Map(are.map(follow => [follow.id, follow]))
  return cut([
    ...compareIds('follow', are.map(follow => follow.id), truth.follows.map(person => person.id)),
    ...are.filter(follow => follow.ownerId !== truth.viewer.id).map(follow => `follow ${follow.id} is in the list of ${follow.ownerId}`),
    ...truth.follows.flatMap(person => {
      const is = byId.get(person.id)
      if (!is) return []
      return [
        ...differ(`follow ${person.id} handle`, is.handle, person.handle),
        ...differ(`follow ${person.id} name`, is.name ?? '', person.name),
        ...(is.locked === undefined ? [] : differ(`follow ${person.id} locked`, is.locked, person.locked)),
        ...(is.federated === undefined || person.federated === undefined ? [] : differ(`follow ${person.id} federated`, is.federated, person.federated)),
      ]
    }),
  ])
}

/** @returns what is different between the stored profile and the true one */
export const compareProfile = (is: ProfileRow | undefined, { viewer, counted }: Truth): string[] => {
  if (!is) return ['there is no profile']
  return cut([
    ...differ('profile id', is.id, viewer.id),
    ...differ('profile handle', is.handle, viewer.handle),
    ...differ('profile name', is.name, viewer.name),
    ...differ('profile bio', is.bio ?? '', viewer.bio ?? ''),
    ...differ('profile links', (is.links ?? []).map(link => link.url).sort(), [...viewer.links].sort()),
    ...flag('profile locked', is.locked, viewer.locked),
    ...(is.counts?.follows === undefined ? [] : differ('profile counter of follows', is.counts.follows, counted.follows)),
    ...(is.counts?.followers === undefined ? [] : differ('profile counter of followers', is.counts.followers, counted.followers)),
  ])
}

/**
 * Looks for strangers in everything that is kept.
 * @returns where a stranger's id or handle stands; ids stand as a whole value, handles as a value or as a part of an address
 */
export const findStrangers = (kept: Kept, truth: Pick<Truth, 'strangers' | 'follows' | 'viewer' | 'posts'>): string[] => {
  // Someone may be both: a stranger in a suggestion and a person in the list or in a mention of the account's own text.
  const known = new Set([...truth.follows, truth.viewer].flatMap(person => [person.id, person.handle]))
  const own = new Set(truth.posts.flatMap(post => [...post.facets.map(facet => facet.value), ...(post.text?.match(/@[\w.]+/g) ?? []).map(word => word.slice(1))]))
  const ids = new Set(truth.strangers.ids.filter(id => !known.has(id)))
  const handles = new Set(truth.strangers.handles.filter(handle => !known.has(handle) && !own.has(handle)))
  const found: string[] = []
  // Of a post that the account answered, quoted or reposted it keeps where that is and whose: the reference, nothing of what it says.
  const references = new Set(['replyTo', 'threadRoot', 'quoteOf', 'repostOf'])
  const look = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      for (const word of value.match(/[\w.]+/g) ?? []) if (ids.has(word) || handles.has(word)) found.push(`${path}: ${value.slice(0, 120)}`)
      for (const [, handle] of value.matchAll(/@([\w.]+)/g)) if (handles.has(handle!)) found.push(`${path}: ${value.slice(0, 120)}`)
    } else if (typeof value === 'number') {
      if (ids.has(String(value))) found.push(`${path}: ${value}`)
    } else if (Array.isArray(value)) value.forEach((part, index) => look(part, `${path}[${index}]`))
    else if (value !== null && typeof value === 'object') {
      for (const [name, part] of Object.entries(value)) if (!references.has(name)) look(part, `${path}.${name}`)
    }
  }
  look(kept, 'kept')
  return cut([...new Set(found)])
}
