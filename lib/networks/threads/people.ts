/** People of Threads: profiles, and rows of lists. */
import type { Profile, ProfileLink } from '../../model/index.ts'
import { at, flag, idText, isDict, known, list, said, text, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { isPlaceholder, targetOf } from '../answers/meta.ts'
import { best } from '../answers/meta-media.ts'
import { room } from './index.ts'
import { fromFragments } from './words.ts'

/** Someone who is written `user@host`, under whatever name the answer has it. */
const remoteHandle = (user: Dict): string | undefined =>
  ['username', 'fediverse_username', 'full_handle', 'handle', 'acct']
    .map(key => word(user[key])?.replace(/^@/, ''))
    .find(name => name !== undefined && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(name))

/** @returns the name in the address, without `@`; `user@host` stays whole */
export const handleOf = (user: unknown): string | undefined => {
  if (!isDict(user)) return undefined
  const name = word(user.username)?.replace(/^@/, '') || remoteHandle(user)
  return name && name.length <= 300 && !/\s/.test(name) ? name : undefined
}

/** @returns Threads' own number of the account; where there is none, a person of the fediverse goes by their address */
export const idOf = (user: unknown): string | undefined => {
  if (!isDict(user)) return undefined
  const own = ['pk', 'pk_id', 'id', 'strong_id__'].map(key => idText(user[key])).find(Boolean)
  return own ?? remoteHandle(user)?.toLowerCase()
}

const avatarOf = (user: Dict): string | undefined => {
  const hd = best(user.hd_profile_pic_versions) ?? best([user.hd_profile_pic_url_info])
  const plain = webAddress(user.profile_pic_url_hd) ?? webAddress(user.profile_pic_url) ?? webAddress(user.profile_picture_url)
  return hd?.url ?? (plain && !isPlaceholder(plain) ? plain : undefined)
}

const linksOf = (user: Dict): ProfileLink[] | undefined => {
  const rows = [...list(user.bio_links), ...(word(user.external_url) ? [{ url: user.external_url }] : [])]
  const links = rows.flatMap((row): ProfileLink[] => {
    const url = targetOf(at(row, 'url')) ?? targetOf(at(row, 'lynx_url'))
    return url ? [known({ url, title: said(at(row, 'title')) })] : []
  })
  if (links.length === 0) return Array.isArray(user.bio_links) ? [] : undefined
  return [...new Map(links.map(link => [link.url, link])).values()]
}

const bioOf = (user: Dict): Pick<Profile, 'bio' | 'bioFacets'> => {
  const words = fromFragments(at(user, 'text_app_biography', 'text_fragments'))
  const plain = text(user.biography)
  if (words && (words.text !== '' || !plain)) return { bio: words.text, bioFacets: words.facets }
  return plain === undefined ? {} : { bio: plain }
}

/** What a profile and a row have in common. @returns undefined without an id and a handle */
export const personOf = (user: unknown) => {
  const [id, handle] = [idOf(user), handleOf(user)]
  if (!isDict(user) || !id || !handle) return undefined
  return known({
    id,
    handle,
    name: said(user.full_name) ?? said(user.display_name),
    ...bioOf(user),
    links: linksOf(user),
    avatar: avatarOf(user),
    url: room.profileUrl(handle),
    locked: flag(user.text_post_app_is_private) ?? flag(user.is_private),
    federated: flag(user.text_post_app_has_fediverse_enabled),
    verified: flag(user.is_verified),
  })
}

/** Whether this object says enough of a person to be their profile: a name, a number, and something that lists of names don't have. */
export const isProfile = (value: Dict): boolean =>
  idText(value.pk ?? value.id) !== undefined &&
  word(value.username) !== undefined &&
  ['biography', 'text_app_biography', 'follower_count', 'hd_profile_pic_versions', 'hd_profile_pic_url_info'].some(key => Object.hasOwn(value, key))

/** Whether this could be somebody in a list. */
export const isPerson = (value: unknown): boolean => isDict(value) && handleOf(value) !== undefined && idOf(value) !== undefined

export const followerCount = (user: Dict): number | undefined => whole(user.follower_count) ?? whole(at(user, 'edge_followed_by', 'count'))
export const followCount = (user: Dict): number | undefined => whole(user.following_count) ?? whole(at(user, 'edge_follow', 'count'))

/** @returns a profile with all that this object says */
export const profileOf = (user: Dict): Profile | undefined => {
  const person = personOf(user)
  if (!person) return undefined
  const tags = list(at(user, 'profile_tags', 'edges')).flatMap(edge => said(at(edge, 'node', 'display_name')) ?? said(at(edge, 'node', 'name')) ?? [])
  const counts = known({ follows: followCount(user), followers: followerCount(user), posts: whole(user.media_count) })
  return known({
    ...person,
    counts: Object.keys(counts).length > 0 ? counts : undefined,
    tags: Array.isArray(at(user, 'profile_tags', 'edges')) ? [...new Set(tags)] : undefined,
  })
}
