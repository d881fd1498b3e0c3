/** What would transfer from one account to one destination: told from its totals and its profile alone, so that it costs the same for any account. */
import type { Destination, Length } from '../destinations/types.ts'
import { countedBio, cutTo, lengthOf, limitOf } from '../destinations/measure.ts'
import type { AccountKey, Profile } from '../model/index.ts'
import type { Store, Totals } from '../store/types.ts'
import type { FieldFit, Preview } from './types.ts'

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

/** @param version of the destination's server, e.g. `4.6.5`; unknown: the narrowest limits */
const profileFits = (profile: Profile, destination: Destination, version?: string): FieldFit[] => {
  const limits = destination.profile
  const bio = profile.bio?.trim()
  const name = profile.name?.trim()
  return [
    handleFit(profile.handle, limits.handle),
    ...(name ? [textFit('name', name, limitOf(limits.name, version))] : []),
    ...(bio ? [textFit('bio', bio, limitOf(limits.bio, version), countedBio(bio, destination))] : []),
    ...(profile.avatar ? [{ field: 'avatar' as const, value: profile.avatar, fits: true }] : []),
    ...(profile.header ? [{ field: 'header' as const, value: profile.header, fits: true }] : []),
    ...linkFits(profile, limits),
  ]
}

const postNumbers = (of: (name: string) => number, { posts }: Destination): Preview['posts'] => {
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
    imported: posts.imported,
  }
}

/** The preview of known rows; see `preview`. Pure. */
export const previewOf = (account: AccountKey, totals: Totals, profile: Profile | undefined, destination: Destination, version?: string): Preview => {
  const of = (name: string): number => totals[name] ?? 0
  const followable = of('follows:followable')
  return {
    account,
    destination: destination.id,
    profile: profile ? profileFits(profile, destination, version) : [],
    follows: {
      total: of('follows'),
      followable,
      maybe: of('follows:maybe'),
      not: of('follows:not'),
      unknown: of('follows:unknown'),
      limit: destination.follows.max,
      parts: Math.ceil(followable / destination.follows.max),
    },
    posts: postNumbers(of, destination),
    lost: [...destination.lost, ...(of('media') ? ['media-files'] : [])],
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
