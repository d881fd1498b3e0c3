/** People: the profile that a page shows, and who is signed in. */
import type { Count, Profile, Relation, Viewer } from '../../model/index.ts'
import { dict, flag, isDict, known, list, said, whole, word, type Dict } from '../answers/fields.ts'
import { anyId, fileUrl, personUrl } from './addresses.ts'
import { shown, type Shown } from './counts.ts'
import { nameOf, of } from './keys.ts'

const pictureOf = (person: unknown): string | undefined => ['imageb', 'images', 'image', 'avatar'].map(key => fileUrl(of(person, key))).find(Boolean)

/** The number that people tell each other; it can be changed, and is not in any address. */
export const redNumber = (person: unknown): string | undefined => {
  const value = of(person, 'redId')
  return word(value) ?? (typeof value === 'number' ? String(value) : undefined)
}

const numberField = (person: unknown): Profile['fields'] => {
  const value = redNumber(person)
  return value ? [{ name: 'RedNote ID', value }] : undefined
}

/** `verifyInfo.redOfficialVerifyType`: 0 none, else which kind. */
const isVerified = (holder: unknown): boolean | undefined => {
  const info = of(holder, 'verifyInfo')
  const type = whole(of(info, 'redOfficialVerifyType'))
  return type === undefined ? flag(of(info, 'redOfficialVerified')) : type > 0
}

/** `interactions: [{type: "follows" | "fans" | "interaction", count: "1.2万", i18nCount: "12K"}]`. */
const interaction = (holder: unknown, type: string): Shown | undefined => {
  const row = list(of(holder, 'interactions')).find(one => of(one, 'type') === type)
  const counts = [shown(of(row, 'count')), shown(of(row, 'i18nCount'))].filter(one => one !== undefined)
  return counts.find(({ rounded }) => !rounded) ?? counts[0]
}

/** Objects that describe a profile: `{basicInfo, interactions, tags, …}`. */
export const isProfile = (value: Dict): boolean => isDict(of(value, 'basicInfo'))

export interface Shows { profile: Profile; counts: Count[] }

/** @param id whose it is: the description does not say @param site origin that links lead to */
export const profileOf = (value: Dict, id: string, site: string): Shows => {
  const basic = of(value, 'basicInfo')
  const [follows, followers] = [interaction(value, 'follows'), interaction(value, 'fans')]
  const counters = known({ follows: follows?.value, followers: followers?.value })
  const tags = list(value.tags).flatMap(tag => word(of(tag, 'name')) ?? [])
  const place = list(value.tags).find(tag => of(tag, 'tagType') === 'location')
  const saved = of(of(value, 'tabPublic'), 'collectionNote')
  const savedCount = flag(of(saved, 'display')) === false ? undefined : shown(of(saved, 'count'))
  const count = (section: Count['section'], of: Shown | undefined): Count[] => (of ? [known({ section, ownerId: id, value: of.value, rounded: of.rounded || undefined })] : [])
  return {
    profile: known({
      id,
      handle: id,
      name: nameOf(basic),
      bio: said(of(basic, 'desc')),
      fields: numberField(basic),
      avatar: pictureOf(basic),
      url: personUrl(site, id),
      verified: isVerified(value) ?? isVerified(basic),
      location: said(of(place, 'name')) ?? said(of(basic, 'ipLocation')),
      counts: Object.keys(counters).length > 0 ? counters : undefined,
      tags: tags.length > 0 ? tags : undefined,
    }),
    counts: [...count('follows', follows), ...count('followers', followers), ...(savedCount?.value ? count('bookmarks', savedCount) : [])],
  }
}

/** `fstatus`: none, follows, fans, both, same. */
const isFollowed = (value: Dict): boolean => /^(?:follows|both)$/.test(word(of(of(value, 'extraInfo'), 'fstatus')) ?? word(of(value, 'fstatus')) ?? '')

/** A profile that says that the viewer follows this person. */
export const followedPerson = (value: Dict, profile: Profile, viewerId: string | undefined): Relation | undefined => {
  if (!isFollowed(value) || profile.id === viewerId) return undefined
  const { id, handle, name, bio, avatar, url, fields } = profile
  return known({ id, handle, name, bio, avatar, url, fields, relation: 'known' as const, ownerId: viewerId })
}

/** Who is signed in, as one place says it; `null`: nobody. */
export interface Sighting { viewer: Viewer; profile: Profile }

/**
 * @param info `user.userInfo` of a page, or the answer of `user/me`
 * @param loggedIn what stands beside it
 * @returns null: it says that nobody is signed in (a guest has a number too); undefined: it does not say
 */
export const sightingIn = (info: unknown, loggedIn: boolean | undefined, site: string): Sighting | null | undefined => {
  const person = dict(info)
  const guest = flag(person?.guest)
  if (guest === true || (guest === undefined && loggedIn === false)) return null
  const id = anyId(of(person, 'userId')) ?? anyId(of(person, 'userid'))
  if (!person || !id || (guest === undefined && loggedIn === undefined && !nameOf(person) && !redNumber(person))) return undefined
  const name = nameOf(person)
  const avatar = pictureOf(person)
  return {
    viewer: known({ id, handle: id, name, avatar }),
    profile: known({ id, handle: id, name, bio: said(of(person, 'desc')), fields: numberField(person), avatar, url: personUrl(site, id) }),
  }
}
