/** People of X: one table of homes for each field, since the same field has stood in three places within 18 months, sometimes in one answer. */
import type { Profile } from '../../model/index.ts'
import { at, dict, flag, idText, isDict, isoTime, known, list, said, text, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { room } from './index.ts'
import { compose } from './words.ts'

type Home = readonly string[]
/** Newest first. A: to 2025-05, all in `legacy`; B: to 2026-07, in part; C: since then, without `legacy`. Bare: the interface v1.1, and whatever comes. */
const homes = (...paths: string[]): Home[] => paths.map(path => path.split('.'))

const found = <T>(user: Dict, places: Home[], read: (value: unknown) => T | undefined): T | undefined => {
  for (const place of places) {
    const value = read(at(user, ...place))
    if (value !== undefined) return value
  }
  return undefined
}

const table = {
  handle: homes('core.screen_name', 'legacy.screen_name', 'screen_name'),
  name: homes('core.name', 'legacy.name', 'name'),
  joined: homes('core.created_at', 'legacy.created_at', 'created_at'),
  bio: homes('profile_bio.description', 'legacy.description', 'description'),
  bioLinks: homes('profile_bio.entities.description.urls', 'legacy.entities.description.urls', 'entities.description.urls'),
  website: homes('profile_bio.entities.url.urls', 'legacy.entities.url.urls', 'entities.url.urls'),
  shortWebsite: homes('website.url', 'legacy.url', 'url'),
  location: homes('location.location', 'legacy.location', 'location'),
  avatar: homes('avatar.image_url', 'legacy.profile_image_url_https', 'profile_image_url_https'),
  header: homes('banner.image_url', 'legacy.profile_banner_url', 'profile_banner_url'),
  locked: homes('privacy.protected', 'legacy.protected', 'protected'),
  followers: homes('relationship_counts.followers', 'legacy.followers_count', 'followers_count'),
  follows: homes('relationship_counts.following', 'legacy.friends_count', 'friends_count'),
  posts: homes('tweet_counts.tweets', 'legacy.statuses_count', 'statuses_count'),
  likes: homes('action_counts.favorites_count', 'legacy.favourites_count', 'favourites_count'),
  pinned: homes('pinned_items.tweet_ids_str', 'legacy.pinned_tweet_ids_str', 'pinned_tweet_ids_str'),
} as const
const verified = homes('verification.verified', 'verification.is_blue_verified', 'is_blue_verified', 'legacy.verified', 'verified')

/** `VXNlcjoxMg==` is `User:12`. */
const fromBase64 = (value: unknown): string | undefined => {
  const encoded = word(value)
  if (!encoded || !/^[A-Za-z0-9+/]{8,60}={0,2}$/.test(encoded)) return undefined
  try {
    return /^User:(\d+)$/.exec(atob(encoded))?.[1]
  } catch {
    return undefined
  }
}

const digits = (value: unknown): string | undefined => {
  const id = idText(value)
  return id && /^\d{1,20}$/.test(id) ? id : undefined
}

/** @returns the number of an account */
export const idOf = (user: unknown): string | undefined => {
  if (!isDict(user)) return undefined
  return digits(user.rest_id) ?? digits(user.id_str) ?? fromBase64(user.id) ?? digits(at(user, 'legacy', 'id_str')) ?? digits(user.id)
}

/** @returns the name in the address, without `@` */
export const handleOf = (user: unknown): string | undefined => {
  const name = isDict(user) ? found(user, table.handle, word)?.replace(/^@/, '') : undefined
  return name && /^\w{1,50}$/.test(name) ? name : undefined
}

/** `EEE MMM dd HH:mm:ss +0000 yyyy`, which not every browser's `Date` takes. @returns ISO 8601 UTC */
export const momentOf = (value: unknown): string | undefined => {
  const [, month, day, time, zone, year] = /^\w{3} (\w{3}) (\d{1,2}) ([\d:]{8}) ([+-]\d{4}) (\d{4})$/.exec(word(value) ?? '') ?? []
  return year ? isoTime(`${day} ${month} ${year} ${time} ${zone}`) : isoTime(value)
}

const bioOf = (user: Dict): Pick<Profile, 'bio' | 'bioFacets'> => {
  const bio = found(user, table.bio, text)
  if (bio === undefined) return {}
  const urls = found(user, table.bioLinks, value => (Array.isArray(value) ? value : undefined))
  const words = compose(bio, { urls })
  return { bio: words.text, ...(words.facets.length > 0 && { bioFacets: words.facets }) }
}

const linksOf = (user: Dict): Profile['links'] => {
  const website = found(user, table.website, value => (list(value).length > 0 ? list(value) : undefined))?.flatMap(one => webAddress(at(one, 'expanded_url')) ?? webAddress(at(one, 'url')) ?? []) ?? []
  if (website.length > 0) return [...new Set(website)].map(url => ({ url }))
  const short = found(user, table.shortWebsite, text)
  if (short === undefined) return undefined
  const url = webAddress(short)
  return url ? [{ url }] : []
}

/** The original: `_normal` and its kin are small copies. What everybody has who has none is no picture. */
const avatarOf = (user: Dict): string | undefined => {
  const url = found(user, table.avatar, webAddress)
  return url && !/\/default_profile/.test(url) ? url.replace(/_(?:normal|bigger|mini|reasonably_small|x96|200x200|400x400)(?=\.\w+$)/, '') : undefined
}

const headerOf = (user: Dict): string | undefined => found(user, table.header, webAddress)?.replace(/(\/profile_banners\/\d+\/\d+)$/, '$1/1500x500')

const verifiedIn = (user: Dict): boolean | undefined => {
  const told = [...verified.map(home => flag(at(user, ...home))), word(at(user, 'verification', 'verified_type')) ? true : undefined].filter(one => one !== undefined)
  return told.length > 0 ? told.some(Boolean) : undefined
}

/** The list keeps a place for somebody of whom the network shows nothing any more. */
export const goneOf = (id: string) => ({ id, handle: id, url: `${new URL(room.home).origin}/i/user/${id}`, unavailable: true })

/** What a profile and a row have in common. @returns undefined without an id and a handle: a stub says nothing */
export const personOf = (user: unknown) => {
  const [id, handle] = [idOf(user), handleOf(user)]
  if (!isDict(user) || !id || !handle) return undefined
  return known({
    id,
    handle,
    name: found(user, table.name, said),
    ...bioOf(user),
    links: linksOf(user),
    avatar: avatarOf(user),
    url: room.profileUrl(handle),
    locked: found(user, table.locked, flag),
    verified: verifiedIn(user),
    location: found(user, table.location, said),
  })
}

/** The trade that a professional account shows below its name. */
const tagsOf = (user: Dict): string[] | undefined => {
  const names = list(at(user, 'professional', 'category')).flatMap(one => said(at(one, 'name')) ?? [])
  return names.length > 0 ? [...new Set(names)] : undefined
}

/** @returns a profile with all that this object says */
export const profileOf = (user: Dict): Profile | undefined => {
  const person = personOf(user)
  if (!person) return undefined
  const counts = known({ follows: found(user, table.follows, whole), followers: found(user, table.followers, whole), posts: found(user, table.posts, whole) })
  return known({
    ...person,
    header: headerOf(user),
    counts: Object.keys(counts).length > 0 ? counts : undefined,
    tags: tagsOf(user),
    createdAt: found(user, table.joined, momentOf),
  })
}

/** How many posts the account likes. */
export const likesOf = (user: Dict): number | undefined => found(user, table.likes, whole)

/** Whether the account lets nobody in without asking. */
export const lockedIn = (user: unknown): boolean | undefined => (isDict(user) ? found(user, table.locked, flag) : undefined)

/** @returns the ids of the posts that the account has pinned; undefined where it is not said */
export const pinnedBy = (user: unknown): string[] | undefined =>
  isDict(user) ? found(user, table.pinned, value => (Array.isArray(value) ? value.flatMap(one => digits(one) ?? []) : undefined)) : undefined

/** Whether this is an account, not only a part of one or the frame around a list. */
export const isUser = (value: unknown): value is Dict => isDict(value) && handleOf(value) !== undefined && idOf(value) !== undefined

/** `{__typename: 'UserUnavailable', reason, message}`. */
export const isUnavailable = (value: unknown): boolean => /Unavailable/.test(word(at(value, '__typename')) ?? '')

/** @returns the account in a wrapper: `{result}`, or itself */
export const userIn = (value: unknown): Dict | undefined => dict(at(value, 'result')) ?? (dict(value) && !Object.hasOwn(value as Dict, 'result') ? (value as Dict) : undefined)
