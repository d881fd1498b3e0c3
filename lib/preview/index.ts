/**
 * What would transfer from one account to one destination: told from its totals and its profile alone, so that it costs the same for any
 * account.
 */
import type { Destination, Length } from '../destinations/types.ts'
import { countedBio, cutTo, lengthOf, limitOf } from '../destinations/measure.ts'
import { edited, postLength, Verdict, type AccountKey, type Edits, type Post, type Profile, type Section } from '../model/index.ts'
import { picturesAnywhere, textBounds } from '../store/tally.ts'
import type { Store, Totals } from '../store/types.ts'
import type { FieldFit, Loss, PostLoss, Preview } from './types.ts'

export type * from './types.ts'

const textFit = (field: FieldFit['field'], value: string, limit: Length, counted = value): FieldFit => {
  const length = lengthOf(counted, limit.unit)
  return length <= limit.max ? { field, value, fits: true, length, limit: limit.max } : { field, value, fits: false, length, limit: limit.max, cut: cutTo(value, limit) }
}

/** A name that the destination does not take: what could be taken instead. */
const handleFit = (handle: string, { max, pattern }: Destination['profile']['handle']): FieldFit => {
  const value = handle.split('@')[0]!.toLowerCase()
  const fit: FieldFit = { field: 'handle', value, fits: true, length: value.length, limit: max }
  if (value.length <= max && pattern.test(value)) return fit
  const cut = value.replace(/[^a-z0-9_]+/g, '_').slice(0, max)
  return value.length > max ? { ...fit, fits: false, cut } : { field: 'handle', value, fits: false, cut, reason: 'name-form' }
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url)

/** Fields and links share the few places beside the bio; what comes first gets them. */
const linkFits = (profile: Profile, { fields }: Destination['profile']): FieldFit[] => {
  const all = [
    ...(profile.fields ?? []).map(({ name, value }) => ({ label: name, value })),
    ...(profile.links ?? []).map(({ url, title }) => ({ label: title || hostOf(url), value: url })),
  ]
  return all.map(({ label, value }, index) =>
    index < fields.count ? { ...textFit('link', value, fields.value), label } : { field: 'link', label, value, fits: false, reason: 'too-many-links' },
  )
}

/** How each part of a profile fits the destination. @param version of the destination's server, e.g. `4.6.5`; unknown: the narrowest limits */
export const profileFits = (profile: Profile, destination: Destination, version?: string): FieldFit[] => {
  const limits = destination.profile
  const bio = profile.bio?.trim()
  const name = profile.name?.trim()
  const unlimited = limits.pictures.length ? {} : { limit: Infinity }
  return [
    handleFit(profile.handle, limits.handle),
    ...(name ? [textFit('name', name, limitOf(limits.name, version))] : []),
    ...(bio ? [textFit('bio', bio, limitOf(limits.bio, version), countedBio(bio, destination))] : []),
    ...(profile.avatar ? [{ field: 'avatar' as const, value: profile.avatar, fits: true, ...unlimited }] : []),
    ...(profile.header ? [{ field: 'header' as const, value: profile.header, fits: true, ...unlimited }] : []),
    ...linkFits(profile, limits),
  ]
}

/** Posts with more than `limit` pictures: those with one number each are counted by it. */
const withMore = (totals: Totals, limit: number): number =>
  Object.entries(totals).reduce((sum, [name, value]) => {
    const pictures = Number(/^posts:media:(\d+)$/.exec(name)?.[1] ?? 0)
    return pictures > Math.max(limit, picturesAnywhere) ? sum + value : sum
  }, 0)

/** What the bundle keeps of the posts, and an import there would lose. */
const lossesOf = (totals: Totals, { posts }: Destination): Loss[] => {
  const limit = posts.text.max
  const bound = textBounds.findLast(one => one <= limit) ?? textBounds[0]!
  const all: Loss[] = [
    { what: 'poll', count: totals['posts:poll'] ?? 0 },
    { what: 'edited', count: totals['posts:edited'] ?? 0 },
    { what: 'audio', count: totals['posts:audio'] ?? 0 },
    { what: 'long', count: totals[`posts:over:${bound}`] ?? 0, limit, ...(bound === limit ? {} : { roughly: true }) },
    { what: 'pictures', count: withMore(totals, posts.pictures.max), limit: posts.pictures.max, ...(posts.pictures.max < picturesAnywhere ? { roughly: true } : {}) },
  ]
  return all.filter(({ count }) => count > 0)
}

/** What an import into the destination would lose of one post, exactly. The same rules as those that the totals are counted by. */
export const postLosses = (post: Post, { posts }: Destination): PostLoss[] => {
  const length = postLength(post, posts.text.max)
  const pictures = post.media?.length ?? 0
  return [
    ...(post.poll ? [{ what: 'poll' as const }] : []),
    ...(post.edited || post.editedAt || post.revisions?.length ? [{ what: 'edited' as const }] : []),
    ...(post.sound || post.media?.some(({ kind }) => kind === 'audio') ? [{ what: 'audio' as const }] : []),
    ...(length > posts.text.max ? [{ what: 'long' as const, limit: posts.text.max, have: length }] : []),
    ...(pictures > posts.pictures.max ? [{ what: 'pictures' as const, limit: posts.pictures.max, have: pictures }] : []),
  ]
}

/** Reasons of each verdict, the most frequent first. */
const reasonsOf = (totals: Totals): Preview['follows']['reasons'] => {
  const reasons: Preview['follows']['reasons'] = { followable: [], maybe: [], not: [], unknown: [] }
  for (const [name, count] of Object.entries(totals)) {
    const [, verdict, reason] = /^follows:(\w+):(.+)$/.exec(name) ?? []
    const known = Verdict.safeParse(verdict)
    if (known.success && reason !== undefined && count > 0) reasons[known.data].push({ reason, count })
  }
  for (const some of Object.values(reasons)) some.sort((a, b) => b.count - a.count)
  return reasons
}

/** In the order in which they are told. */
const relationSections: Section[] = ['lists', 'blocks', 'mutes', 'bookmarks', 'likes', 'followers']

const postNumbers = (of: (name: string) => number, totals: Totals, destination: Destination): Preview['posts'] => {
  const own = of('posts') + of('replies')
  const ghost = of('posts:ghost')
  const inBundle = of('posts:open')
  return {
    posts: of('posts'),
    replies: of('replies'),
    reposts: of('reposts'),
    inBundle,
    // A ghost post that only followers may read is a ghost post, and not counted twice.
    notPublic: Math.max(0, Math.min(own - of('posts:public') - of('posts:unlisted'), own - inBundle - ghost)),
    ghost,
    media: of('media'),
    mediaWithAlt: of('media:alt'),
    mediaKept: Math.min(of('media'), of('media:files')),
    imported: destination.posts.imported,
    losses: lossesOf(totals, destination),
  }
}

/** The preview of known rows; see `preview`. Pure. */
export const previewOf = (account: AccountKey, totals: Totals, profile: (Profile & { edits?: Edits }) | undefined, destination: Destination, version?: string): Preview => {
  const of = (name: string): number => totals[name] ?? 0
  const ticked = of('follows:ticked')
  return {
    account,
    destination: destination.id,
    to: destination.name,
    profile: profile ? profileFits(edited(profile), destination, version) : [],
    follows: {
      total: of('follows'),
      followable: of('follows:followable'),
      maybe: of('follows:maybe'),
      not: of('follows:not'),
      unknown: of('follows:unknown'),
      ticked,
      fresh: of('follows:new'),
      reasons: reasonsOf(totals),
      arrived: of('arrival:arrived'),
      failed: of('arrival:failed'),
      again: of('arrival:again'),
      limit: destination.follows.max,
      parts: Number.isFinite(destination.follows.max) ? Math.ceil(ticked / destination.follows.max) : Math.min(1, ticked),
    },
    relations: relationSections.flatMap(section => (of(section) > 0 ? [{ section, count: of(section) }] : [])),
    posts: postNumbers(of, totals, destination),
    lost: [...destination.lost, ...(of('media') > of('media:files') ? ['media-files'] : [])],
  }
}

/**
 * @param destination one of `destinations`
 * @param version of the server there, where it is known, e.g. `4.6.5`; else the narrowest limits hold
 * @throws what the store throws
 */
export const preview = async (store: Pick<Store, 'totals' | 'profile'>, account: AccountKey, destination: Destination, version?: string): Promise<Preview> => {
  const [totals, profile] = await Promise.all([store.totals(account), store.profile(account)])
  return previewOf(account, totals, profile, destination, version)
}
