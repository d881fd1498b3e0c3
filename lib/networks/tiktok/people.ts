/** People of TikTok: profiles, rows of lists, and who is signed in. */
import type { Count, Profile, Viewer } from '../../model/index.ts'
import { at, dict, idText, isDict, known, list, moment, said, text, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { room } from './index.ts'

/** @returns a yes or no, which older and other answers write as a number */
export const yes = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : value === 1 || value === '1' ? true : value === 0 || value === '0' ? false : undefined)

const number = (value: unknown): string | undefined => {
  const id = idText(value)
  return id && /^\d{3,30}$/.test(id) ? id : undefined
}

export const idOf = (user: unknown): string | undefined => number(at(user, 'id')) ?? number(at(user, 'uid')) ?? number(at(user, 'userId'))

/** @returns a name as it stands in addresses, without `@` */
export const handleText = (value: unknown): string | undefined => {
  const name = word(value)?.replace(/^@/, '')
  return name && /^[^\s/@#?]{1,60}$/.test(name) ? name : undefined
}

export const handleOf = (user: unknown): string | undefined => handleText(at(user, 'uniqueId')) ?? handleText(at(user, 'unique_id')) ?? handleText(at(user, 'uniqueID'))

/** TikTok's second id of an account, stable too and safe in addresses: lists are asked for by it. */
export const secUidOf = (user: unknown): string | undefined => {
  const id = word(at(user, 'secUid')) ?? word(at(user, 'sec_uid')) ?? word(at(user, 'secUID'))
  return id && /^[\w-]{10,200}$/.test(id) ? id : undefined
}

/** @returns the first web address among these: addresses, lists of them, or what holds such a list */
export const firstAddress = (...values: unknown[]): string | undefined => {
  for (const value of values) {
    const found = isDict(value) ? firstAddress(value.urlList, value.UrlList, value.url_list) : (Array.isArray(value) ? value : [value]).map(webAddress).find(Boolean)
    if (found) return found
  }
  return undefined
}

const nameOf = (user: unknown): string | undefined => said(at(user, 'nickname')) ?? said(at(user, 'nickName')) ?? said(at(user, 'nick_name'))
const avatarOf = (user: unknown): string | undefined => firstAddress(...['avatarLarger', 'avatarMedium', 'avatarThumb', 'avatar_larger', 'avatar_medium', 'avatar_thumb', 'avatarUri'].map(key => at(user, key)))

/** Links within TikTok itself lead to its campaigns. */
const linksOf = (user: unknown): Profile['links'] => {
  const url = webAddress(at(user, 'bioLink', 'link')) ?? webAddress(at(user, 'bioLink')) ?? webAddress(at(user, 'bio_link', 'link'))
  return url && !/(?:^|\.)tiktok\.com$/.test(new URL(url).hostname) ? [{ url }] : undefined
}

/** Two flags that mean the same as far as anybody says; the narrower holds. */
export const lockedOf = (user: unknown): boolean | undefined => {
  const flags = [yes(at(user, 'privateAccount')), yes(at(user, 'secret')), yes(at(user, 'private_account'))]
  return flags.includes(true) ? true : flags.includes(false) ? false : undefined
}

/** What a profile and a row have in common. @returns undefined without an id and a handle */
export const personOf = (user: unknown) => {
  const [id, handle] = [idOf(user), handleOf(user)]
  if (!isDict(user) || !id || !handle) return undefined
  return known({
    id,
    handle,
    name: nameOf(user),
    bio: text(user.signature),
    links: linksOf(user),
    avatar: avatarOf(user),
    url: room.profileUrl(handle),
    locked: lockedOf(user),
    verified: yes(user.verified),
  })
}

/** The trade that a business account shows beside its name. */
const tagsOf = (user: Dict): string[] | undefined => {
  const trade = dict(user.commerceUserInfo)
  const category = yes(trade?.commerceUser) === true && yes(trade?.categoryButton) !== false ? word(trade?.category) : undefined
  return category ? [category] : undefined
}

const counters = { follows: 'followingCount', followers: 'followerCount', posts: 'videoCount' } as const

export interface Shows { profile: Profile; counts: Count[] }

/**
 * Exact counters are the texts in `statsV2`; the numbers in `stats` are rounded where they are large.
 * @param info `{user, stats, statsV2}` @returns undefined without an id and a handle
 */
export const profileOf = (info: unknown): Shows | undefined => {
  const user = dict(at(info, 'user'))
  const person = personOf(user)
  if (!user || !person) return undefined
  const [exact, plain] = [dict(at(info, 'statsV2')), dict(at(info, 'stats')) ?? dict(user.stats)]
  const counts: NonNullable<Profile['counts']> = {}
  const told: Count[] = []
  for (const section of ['follows', 'followers', 'posts'] as const) {
    const stated = whole(exact?.[counters[section]])
    const value = stated ?? whole(plain?.[counters[section]])
    if (value === undefined) continue
    counts[section] = value
    told.push(known({ section, ownerId: person.id, value, rounded: stated === undefined && value >= 10_000 && value % 100 === 0 ? true : undefined }))
  }
  return {
    profile: known({ ...person, counts: Object.keys(counts).length > 0 ? counts : undefined, tags: tagsOf(user), createdAt: moment(user.createTime) }),
    counts: told,
  }
}

/** Who is signed in, from the page's context: it writes `uid` and `nickName` where others write `id` and `nickname`. */
export const viewerOf = (user: unknown): Viewer | undefined => {
  const id = number(at(user, 'uid')) ?? number(at(user, 'id'))
  const alias = secUidOf(user)
  return id ? known({ id, handle: handleOf(user), name: nameOf(user), avatar: avatarOf(user), aliases: alias ? [alias] : undefined }) : undefined
}

/** How the viewer stands to this person: 0 not at all, 1 follows them, 2 both follow each other (working code, 2025; the names for it differ). */
export const relationOf = (user: unknown): number | undefined => whole(at(user, 'relation'))

/** Rows of a list, in whichever of its forms. */
export const rowsOf = (document: Dict): unknown[] | undefined => {
  const found = [document.userList, document.user_list, document.users].find(value => value !== undefined)
  return found === undefined ? undefined : list(found)
}
