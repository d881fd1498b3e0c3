/** Compares what was captured, and what was written, with what the simulation holds. */
import type { FollowRow, PostRow, ProfileRow, RelationRow } from '../../lib/store/types.ts'
import type { Truth, TruePost } from '../networks/types.ts'

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

/** What only some networks have: compared where the simulation says it. */
const EXTRAS = ['title', 'warning', 'sensitive', 'language', 'poll', 'sound', 'coauthors', 'community', 'emoji'] as const

const comparePost = (is: PostRow, should: TruePost): string[] => {
  const at = `post ${should.id}`
  if (should.repostOf !== undefined) {
    return [
      ...differ(`${at} text of a repost`, is.text, undefined),
      // Where a page shows a repost only by a header over the other's post, it does not say when it was made.
      ...(should.headerOnly ? [] : [...differ(`${at} id`, is.id, should.id), ...sameInstant(`${at} createdAt`, is.createdAt, should.createdAt)]),
    ]
  }
  return [
    ...sameInstant(`${at} createdAt`, is.createdAt, should.createdAt),
    ...differ(`${at} url`, is.url, should.url),
    ...differ(`${at} text`, is.text ?? '', should.text ?? ''),
    ...differ(`${at} facets`, (is.facets ?? []).map(facetKey).toSorted(), should.facets.map(facetKey).toSorted()),
    ...differ(`${at} media`, (is.media ?? []).map(media => [media.kind, media.alt ?? null]), should.media.map(media => [media.kind, media.alt ?? null])),
    ...(is.media ?? []).flatMap((media, index) => ((media.url ?? media.preview)?.includes(should.media[index]?.path ?? ' ') ? [] : [`${at} media ${index}: is at ${media.url ?? media.preview}`])),
    ...differ(`${at} replyTo`, is.replyTo?.id, should.replyTo),
    ...(should.replyToAuthor === undefined ? [] : differ(`${at} author of what it answers`, is.replyTo?.authorHandle, should.replyToAuthor)),
    ...differ(`${at} quoteOf`, is.quoteOf?.id, should.quoteOf),
    ...flag(`${at} quote that is gone`, is.quoteOf?.unavailable, should.quoteUnavailable ?? false),
    ...differ(`${at} repostOf`, is.repostOf?.id, undefined),
    ...differ(`${at} topic`, is.topic, should.topic),
    ...differ(`${at} link preview`, is.linkPreview?.url, should.linkPreview),
    ...flag(`${at} pinned`, is.pinned, should.pinned),
    ...flag(`${at} edited`, is.edited || is.editedAt !== undefined, should.edited),
    ...flag(`${at} ghost`, is.ghost, should.ghost),
    ...(should.expiresAt === undefined ? [] : sameInstant(`${at} expiresAt`, is.expiresAt, should.expiresAt)),
    ...EXTRAS.flatMap(name => (should[name] === undefined ? [] : differ(`${at} ${name}`, is[name], should[name]))),
    ...flag(`${at} spoiler`, is.spoiler, should.spoiler),
    ...(is.visibility === undefined ? [] : differ(`${at} visibility`, is.visibility, should.visibility)),
    ...differ(`${at} likes`, is.counts?.likes, should.counts.likes),
    ...differ(`${at} replies`, is.counts?.replies, should.counts.replies),
  ]
}

/** Reposts are known by what they repost: their own id is not everywhere in the pages. */
const postKey = (post: { id: string; repostOf?: string | { id?: string } }): string => {
  const target = typeof post.repostOf === 'object' ? post.repostOf.id : post.repostOf
  return target === undefined ? post.id : `repost of ${target}`
}

/** @returns what is different, nothing if the posts are exactly the account's own */
export const comparePosts = (are: PostRow[], should: TruePost[], authorId: string): string[] => {
  const byKey = new Map(are.map(post => [postKey(post), post]))
  return cut([
    ...compareIds('post', are.map(postKey), should.map(postKey)),
    ...are.filter(post => post.authorId !== undefined && post.authorId !== authorId).map(post => `post ${post.id} is by ${post.authorId}`),
    ...should.flatMap(post => {
      const is = byKey.get(postKey(post))
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
        ...flag(`follow ${person.id} that is gone`, is.unavailable, person.unavailable ?? false),
        ...differ(`follow ${person.id} address`, is.address, person.address),
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

/** @returns what is different, nothing if the lists hold exactly what they should */
export const compareRelations = (are: RelationRow[], should: NonNullable<Truth['relations']>): string[] => {
  const key = (one: { relation: string; list?: string; id: string }): string => `${one.relation} ${one.list ?? ''} ${one.id}`
  const byKey = new Map(are.map(one => [key(one), one]))
  return cut([
    ...compareIds('relation', are.map(key), should.map(key)),
    ...should.flatMap(one => {
      const is = byKey.get(key(one))
      if (!is) return []
      return [...(one.handle === undefined ? [] : differ(`${key(one)} handle`, is.handle, one.handle)), ...(one.url === undefined ? [] : differ(`${key(one)} url`, is.url, one.url))]
    }),
  ])
}

/** Fields that point at somebody else or their post: that it is there and whose it is, nothing of what it says. */
const REFERENCES = new Set(['original', 'replyTo', 'threadRoot', 'quoteOf', 'repostOf', 'facets', 'mentions', 'coauthors', 'bioFacets'])

/**
 * Looks for what is not the account's own in everything that is kept.
 * @returns where a stranger's id or handle stands, a text that somebody else wrote, or a part of a token
 */
export const findForeign = (kept: unknown, truth: Truth): string[] => {
  const known = new Set([...truth.follows, truth.viewer].flatMap(person => [person.id, person.handle]))
  const referred = new Set([...(truth.referred?.ids ?? []), ...(truth.referred?.handles ?? [])])
  const strangers = new Set([...truth.strangers.ids, ...truth.strangers.handles].filter(word => !known.has(word)))
  const texts = [...(truth.foreign?.texts ?? []), ...(truth.foreign?.bios ?? []), ...(truth.foreign?.followBios ?? [])].filter(text => text.length > 12)
  const secrets = truth.secrets ?? []
  const found: string[] = []
  const lookAt = (text: string, path: string, reference: boolean): void => {
    for (const word of text.match(/[\w.]+/g) ?? []) {
      if (strangers.has(word) && !(referred.has(word) && (reference || own.has(text)))) found.push(`${path}: ${word} in ${text.slice(0, 120)}`)
    }
    if (!own.has(text)) for (const other of texts) if (text.includes(other)) found.push(`${path}: a foreign text, ${other.slice(0, 80)}`)
    for (const secret of secrets) if (text.includes(secret)) found.push(`${path}: a secret, ${secret}`)
  }
  /** What the account itself wrote may name anybody: its texts and the mentions in them. */
  const own = new Set(truth.posts.flatMap(post => [post.text ?? '', ...post.facets.map(facet => facet.value), post.url, post.linkPreview ?? '']))
  own.add(truth.viewer.bio ?? '')
  const look = (value: unknown, path: string, reference: boolean): void => {
    if (typeof value === 'string') lookAt(value, path, reference)
    else if (typeof value === 'number') lookAt(String(value), path, reference)
    else if (Array.isArray(value)) value.forEach((part, index) => look(part, `${path}[${index}]`, reference))
    else if (value !== null && typeof value === 'object') {
      for (const [name, part] of Object.entries(value)) {
        if (strangers.has(name)) found.push(`${path} has the key ${name}`)
        look(part, `${path}.${name}`, reference || REFERENCES.has(name))
      }
    }
  }
  look(kept, 'kept', false)
  return cut([...new Set(found)])
}
