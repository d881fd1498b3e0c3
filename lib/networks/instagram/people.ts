/** People of Instagram, in the phone's form (`pk`, `follower_count`) and in Graph form (`id`, `edge_followed_by`). */
import type { Facet, Profile, ProfileLink } from '../../model/index.ts'
import { at, flag, idText, isDict, known, list, said, text, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { isPlaceholder, targetOf } from '../answers/meta.ts'
import { best } from '../answers/meta-media.ts'
import { room } from './index.ts'

/** @returns the name in the address, without `@` */
export const handleOf = (user: unknown): string | undefined => {
  const name = word(at(user, 'username'))?.replace(/^@/, '')
  return name && /^[\w.]{1,60}$/.test(name) ? name : undefined
}

/** Longer numbers (`1784…`, 17 digits) are those that other products know the account by. */
const isAccountNumber = (id: string | undefined): id is string => id !== undefined && /^[1-9]\d{0,15}$/.test(id)

/** Instagram's own number. Where `pk` and `id` differ, `id` is another product's. */
export const idOf = (user: unknown): string | undefined => ['pk', 'pk_id', 'strong_id__', 'id'].map(key => idText(at(user, key))).find(isAccountNumber)

/** The grey head that stands for "no picture" (instaloader, yt-dlp and others name the file; seen 2018 to 2026). */
const nobody = /\/44884218_345707102882519_/

const avatarOf = (user: Dict): string | undefined => {
  if (user.has_anonymous_profile_picture === true) return undefined
  const hd = best([user.hd_profile_pic_url_info, ...list(user.hd_profile_pic_versions)])
  const plain = [user.profile_pic_url_hd, user.profile_pic_url, user.profile_picture_url].map(webAddress).find(Boolean)
  const found = hd?.url ?? plain
  return found && !isPlaceholder(found) && !nobody.test(found) ? found : undefined
}

const linksOf = (user: Dict): ProfileLink[] | undefined => {
  const rows = [...list(user.bio_links), { url: user.external_url, lynx_url: user.external_lynx_url ?? user.external_url_linkshimmed }]
  const links = new Map<string, ProfileLink>()
  for (const row of rows) {
    const url = targetOf(at(row, 'url')) ?? targetOf(at(row, 'lynx_url'))
    // The one link of old stands again among the many of today.
    const key = url?.replace(/\/$/, '')
    if (url && key && !links.has(key)) links.set(key, known({ url, title: said(at(row, 'title')) }))
  }
  return links.size > 0 ? [...links.values()] : Array.isArray(user.bio_links) ? [] : undefined
}

/** Mentions and tags in a bio: `biography_with_entities{raw_text, entities[{user{username, id}, hashtag{name}}]}` says whose they are, the text where they stand. */
const bioFacetsOf = (user: Dict): Facet[] | undefined => {
  const bio = text(user.biography) ?? text(at(user, 'biography_with_entities', 'raw_text'))
  const entities = at(user, 'biography_with_entities', 'entities')
  if (bio === undefined || !Array.isArray(entities)) return undefined
  let from = 0
  return entities.flatMap((entity): Facet[] => {
    const [mentioned, tag] = [handleOf(at(entity, 'user')), word(at(entity, 'hashtag', 'name'))?.replace(/^#/, '')]
    const value = mentioned ?? tag
    if (!value) return []
    const start = bio.toLowerCase().indexOf((mentioned ? '@' : '#') + value.toLowerCase(), from)
    if (start < 0) return []
    from = start + value.length + 1
    return [known({ start, end: from, kind: mentioned ? ('mention' as const) : ('tag' as const), value, id: mentioned ? idOf(at(entity, 'user')) : undefined })]
  })
}

/** What a profile, and a person in a list, have in common. @returns undefined without an id and a handle */
export const personOf = (user: unknown) => {
  const [id, handle] = [idOf(user), handleOf(user)]
  if (!isDict(user) || !id || !handle) return undefined
  const pronouns = list(user.pronouns).flatMap(one => word(one) ?? [])
  return known({
    id,
    handle,
    name: said(user.full_name),
    bio: text(user.biography) ?? text(at(user, 'biography_with_entities', 'raw_text')),
    bioFacets: bioFacetsOf(user),
    links: linksOf(user),
    avatar: avatarOf(user),
    url: room.profileUrl(handle),
    locked: flag(user.is_private),
    verified: flag(user.is_verified),
    pronouns: pronouns.length > 0 ? pronouns.join('/') : (word(user.pronouns) ?? undefined),
  })
}

/** What makes somebody a profile, and not the author of a post or the row of a list. */
const marks = ['biography', 'follower_count', 'following_count', 'media_count', 'edge_followed_by', 'edge_follow', 'edge_owner_to_timeline_media', 'hd_profile_pic_url_info', 'hd_profile_pic_versions', 'bio_links']

export const isProfile = (value: unknown): value is Dict =>
  isDict(value) && handleOf(value) !== undefined && idOf(value) !== undefined && (Object.hasOwn(value, 'biography') || marks.filter(mark => Object.hasOwn(value, mark)).length > 1)

export const profileOf = (user: Dict): Profile | undefined => {
  const person = personOf(user)
  if (!person) return undefined
  const counts = known({
    follows: whole(user.following_count) ?? whole(at(user, 'edge_follow', 'count')) ?? whole(at(user, 'follows', 'count')),
    followers: whole(user.follower_count) ?? whole(at(user, 'edge_followed_by', 'count')) ?? whole(at(user, 'followed_by', 'count')),
    posts: whole(user.media_count) ?? whole(user.all_media_count) ?? whole(at(user, 'edge_owner_to_timeline_media', 'count')) ?? whole(at(user, 'media', 'count')),
  })
  return known({ ...person, counts: Object.keys(counts).length > 0 ? counts : undefined })
}
