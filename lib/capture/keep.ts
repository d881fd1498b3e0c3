/** What of a Reading is the account's own and may be kept, and what is left of an answer that could not be read. Pure. */
import { Ask, Count, End, Follow, Named, Place, Post, Profile, Relation, SELF, Unread, Viewer, nothing, type Answer, type Reading, type RelationKind, type Run, type Section } from '../model/index.ts'
import type { Room } from '../networks/rooms.ts'
import type { UnreadRow } from '../store/types.ts'

type Parser<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } }

/**
 * Checks a Reading once more before it is kept: the page may lie, and a reader may be wrong.
 * @returns what holds of it; the number of records that did not hold is told in `unread`
 */
export const checked = (reading: Reading): Reading => {
  let lost = 0
  const valid = <T>(schema: Parser<T>, values: unknown): T[] =>
    (Array.isArray(values) ? values : []).flatMap(value => {
      const result = schema.safeParse(value)
      if (!result.success) lost++
      return result.success ? [result.data] : []
    })
  const result: Reading = {
    ...nothing(),
    profiles: valid(Profile, reading.profiles),
    follows: valid(Follow, reading.follows),
    posts: valid(Post, reading.posts),
    relations: valid(Relation, reading.relations),
    counts: valid(Count, reading.counts),
    unread: valid(Unread, reading.unread),
    ends: valid(End, reading.ends),
  }
  const viewer = Viewer.safeParse(reading.viewer)
  if (viewer.success) result.viewer = viewer.data
  if (reading.signedOut === true) result.signedOut = true
  if (reading.barrier) result.barrier = reading.barrier
  if (reading.places) result.places = valid(Place, reading.places)
  if (reading.people) result.people = valid(Named, reading.people)
  if (reading.next) result.next = valid(Ask, reading.next)
  return lost ? { ...result, unread: [...result.unread, { reason: 'invalid-records', records: lost }] } : result
}

/** Where each relation is counted. Absent: it belongs to the follows themselves. */
const sectionOfRelation: Partial<Record<RelationKind, Section>> = { follower: 'followers', list: 'lists', block: 'blocks', mute: 'mutes', bookmark: 'bookmarks', like: 'likes' }

/**
 * What belongs to the signed-in account: its own profile and posts, and the lists whose owner it is. A list whose owner is not known is not kept.
 * @param sections what this capture is to hold; relations of a section that was not asked for are left out
 */
export const own = (reading: Reading, viewer: Viewer, sections: Run['sections'] = {}) => {
  const names = new Set([viewer.id, SELF, ...(viewer.aliases ?? [])])
  const mine = (id: string | undefined): boolean => id !== undefined && names.has(id)
  /** Under the account's own id, by whichever name the answer knows it. */
  const owned = <T extends { ownerId?: string }>(records: T[]): T[] => records.filter(({ ownerId }) => mine(ownerId)).map(record => ({ ...record, ownerId: viewer.id }))
  // Pages of single lists do not say whose they are; those that the account's own overview named are known.
  const parts = sections.lists?.parts ?? {}
  const listed = <T extends { ownerId?: string }>(records: T[], part: (record: T) => string | undefined): T[] =>
    records.map(record => (record.ownerId === undefined && Object.hasOwn(parts, part(record) ?? '') ? { ...record, ownerId: viewer.id } : record))
  const profiles = reading.profiles.filter(profile => mine(profile.id)).map(profile => ({ ...profile, id: viewer.id }))
  const profile = profiles.length ? (Object.assign({}, ...profiles.map(one => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)))) as Profile) : undefined
  // What a reader says of a number by itself holds more: whether it is rounded.
  const stated = new Set(reading.counts.filter(({ ownerId }) => mine(ownerId)).map(({ section }) => section))
  const counted = profiles.flatMap(({ counts = {} }): Count[] =>
    (['follows', 'followers', 'posts'] as const).flatMap(section => (counts[section] === undefined || stated.has(section) ? [] : [{ section, ownerId: viewer.id, value: counts[section] }])),
  )
  return {
    profile,
    follows: owned(reading.follows),
    posts: reading.posts.filter(({ authorId }) => mine(authorId)).map(post => ({ ...post, authorId: viewer.id })),
    relations: owned(listed(reading.relations, ({ listId }) => listId))
      .filter(({ relation }) => {
        const section = sectionOfRelation[relation]
        return section === undefined ? relation === 'known' : section in sections
      })
      .map(one => (one.list === undefined && one.listId !== undefined && Object.hasOwn(parts, one.listId) && parts[one.listId]?.name ? { ...one, list: parts[one.listId]?.name } : one)),
    counts: [...counted, ...owned(reading.counts)],
    ends: owned(listed(reading.ends, ({ part }) => part)),
    places: owned(reading.places ?? []),
    unread: reading.unread.filter(({ ownerId }) => ownerId === undefined || mine(ownerId)).map(one => (one.ownerId === undefined ? one : { ...one, ownerId: viewer.id })),
  }
}

/**
 * Where an account's posts are all for the same people: who these are, for posts of which an answer does not say it.
 * @param locked whether the account lets nobody in without asking; undefined: not known, and then nobody says
 */
export const audienceOf = (room: Room, locked: boolean | undefined): 'public' | 'followers' | undefined =>
  room.postsFollowAccount && locked !== undefined ? (locked ? 'followers' : 'public') : undefined

const SECRET = /token|dtsg|lsd|csrf|session|secret|password|cookie|jazoest|signature|e-?mail|phone|contact|tracking|logging/i

/** The answer without what must not be kept: values under telling names, and the query of every address in it. */
const reduce = (value: unknown, depth = 0): unknown => {
  if (depth > 40) return undefined
  if (typeof value === 'string') return /^https?:\/\//.test(value) ? value.split(/[?#]/, 1)[0] : value.slice(0, 5000)
  if (Array.isArray(value)) return value.slice(0, 500).map(one => reduce(one, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => (SECRET.test(key) ? [] : [[key, reduce(one, depth + 1)]])))
}

/** Keys, types and lengths; no value, and no key that could be one. */
export const shape = (value: unknown, depth = 0): unknown => {
  if (depth > 12) return '…'
  if (typeof value === 'string') return `string ${value.length}`
  if (Array.isArray(value)) return value.length ? [`${value.length} of`, shape(value[0], depth + 1)] : []
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).slice(0, 100).map(([key, one], index) => [/^[a-z_][a-z_]{0,60}$/i.test(key) ? key : `key ${index}`, shape(one, depth + 1)]))
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body.replace(/^for \(;;\);/, ''))
  } catch {
    return undefined
  }
}

/** How much of one unread answer is kept, in characters. */
const MAX_BODY = 200_000

/** Which page this is, in the room's own words: an address can name a stranger. */
const kindOfPage = (room: Room, address: string): string => {
  if (!URL.canParse(address)) return 'page'
  const url = new URL(address)
  if (room.answers.some(pattern => new RegExp(pattern).test(url.pathname))) return url.pathname
  return `page ${Object.keys(room.pages).find(name => room.pages[name]?.match(url)) ?? ''}`.trim()
}

/**
 * The row that stands for an answer which could not be read. Its body is kept only where it is the account's own list of people; posts come with those of
 * strangers around them, so of these only the shape is kept, as of all else.
 */
export const unreadRow = (room: Room, answer: Answer, unread: Unread, viewer: Viewer): Omit<UnreadRow, 'account' | 'runId' | 'at' | 'network'> => {
  const text = typeof answer.body === 'string' ? answer.body : ''
  const value = parsed(text)
  const whole = value !== undefined && unread.ownerId === viewer.id && (unread.section === 'follows' || unread.section === 'profile')
  const body = whole ? JSON.stringify(reduce(value)) : JSON.stringify(value === undefined ? { text: text.length } : shape(value))
  return { ...unread, path: kindOfPage(room, answer.url), bodyKind: whole ? 'reduced' : 'shape', body: body.slice(0, MAX_BODY) }
}
