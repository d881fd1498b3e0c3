/** Notes: the cards of lists, and whole ones. */
import type { Post, Relation } from '../../model/index.ts'
import { dict, flag, isDict, known, moment, said, text, word, type Dict } from '../answers/fields.ts'
import { anyId, fileUrl, noteUrl, personUrl, timeOfId } from './addresses.ts'
import { number } from './counts.ts'
import { has, nameOf, of } from './keys.ts'
import { mediaOf } from './media.ts'
import { tagsOf, wordsOf } from './words.ts'

/** A note, out of whatever stands around it. `cut`: its text may be shortened. */
export interface Found { id: string; note: Dict; cut?: true }

const ofNote = ['displayTitle', 'title', 'desc', 'cover', 'imageList', 'imagesList', 'interactInfo'] as const

/**
 * A wrapper is `{id, noteCard, modelType}`; advertisements, live rooms and queries stand in lists under another type. The app's search has `note` in place of it.
 * @param listed it stands in a list of notes: it need not say who wrote it
 */
export const noteIn = (value: unknown, listed = false): Found | undefined => {
  if (!isDict(value)) return undefined
  const type = word(of(value, 'modelType'))
  if (type && type !== 'note') return undefined
  const card = dict(of(value, 'noteCard'))
  const short = type && !card ? dict(value.note) : undefined
  const note = card ?? short ?? value
  const id = anyId(of(note, 'noteId')) ?? (card ? (anyId(of(value, 'noteId')) ?? anyId(value.id)) : short ? anyId(short.id) : undefined)
  const looks = (isDict(note.user) || card !== undefined || listed) && ofNote.some(name => has(note, name))
  return id && looks ? { id, note, ...(short && { cut: true as const }) } : undefined
}

/** A list of one person's notes says for those that don't, whose they are. */
export const ownedBy = (found: Found, ownerId: string | undefined): Found =>
  ownerId && found.note.user === undefined ? { ...found, note: { ...found.note, user: { userId: ownerId } } } : found

/** @returns whether a row of a list is something else than a note, and known to be */
export const isNoNote = (value: unknown): boolean => {
  const type = word(of(value, 'modelType'))
  return type !== undefined && type !== 'note'
}

export const authorOf = ({ note }: Found): string | undefined => anyId(of(note.user, 'userId')) ?? anyId(of(note.user, 'userid'))

/** A whole note has its text, be it empty; a card has none. */
const isWhole = (note: Dict): boolean => typeof note.desc === 'string'

/** A word of who may see it was never recorded; should one turn up, the note is not taken for public. */
const isNarrowed = (note: Dict): boolean => Object.keys(note).some(key => /privacy|permission|visib/i.test(key) && Boolean(note[key]))

const countsOf = (note: Dict): Post['counts'] => {
  const info = of(note, 'interactInfo') ?? note
  const counts = known({
    likes: number(of(info, 'likedCount')),
    replies: number(of(info, 'commentCount') ?? of(info, 'commentsCount')),
    shares: number(of(info, 'shareCount') ?? of(info, 'sharedCount')),
    bookmarks: number(of(info, 'collectedCount')),
  })
  return Object.keys(counts).length > 0 ? counts : undefined
}

/** When it was last changed, where that is later than when it was made. */
const editedAt = (note: Dict, made: string | undefined): string | undefined => {
  const changed = moment(of(note, 'lastUpdateTime'))
  return changed && made && Date.parse(changed) > Date.parse(made) ? changed : undefined
}

/**
 * @param site origin that links lead to
 * @param listed it stands in the list of its author's notes that every visitor is given
 */
export const postOf = (found: Found, site: string, listed: boolean): Post => {
  const { id, note } = found
  const authorId = authorOf(found)
  const stated = moment(note.time) ?? moment(note.timestamp)
  const derived = stated ? undefined : timeOfId(id)
  const words = isWhole(note) ? wordsOf(text(note.desc) ?? '', of(note, 'tagList'), of(note, 'atUserList')) : undefined
  const tags = words?.tags ?? (has(note, 'tagList') ? tagsOf([], of(note, 'tagList')) : undefined)
  return known({
    id,
    url: noteUrl(site, id),
    authorId,
    authorHandle: authorId,
    createdAt: stated ?? derived,
    createdAtDerived: derived ? true : undefined,
    editedAt: editedAt(note, stated),
    title: said(note.title) ?? said(of(note, 'displayTitle')),
    partial: words && !found.cut ? undefined : true,
    text: words?.text,
    facets: words?.facets,
    tags,
    mentions: words?.mentions,
    media: mediaOf(note),
    pinned: flag(of(of(note, 'interactInfo'), 'sticky')),
    visibility: listed && !isNarrowed(note) ? ('public' as const) : undefined,
    counts: countsOf(note),
  })
}

/** A note in a list of what somebody saved or liked: that it is there and whose it is, nothing of what it says. */
export const pointTo = (found: Found, site: string, more: Pick<Relation, 'relation' | 'ownerId' | 'listId'>): Relation =>
  known({ id: found.id, handle: authorOf(found), url: noteUrl(site, found.id), post: true, ...more })

/** What a note says of its author and the viewer: that they are followed. */
export const followedAuthor = (found: Found, site: string, viewerId: string | undefined): Relation | undefined => {
  const info = of(found.note, 'interactInfo')
  const id = authorOf(found)
  const followed = flag(of(info, 'followed')) === true || /^(?:follows|both)$/.test(word(of(info, 'relation')) ?? '')
  if (!id || !followed || id === viewerId) return undefined
  const { user } = found.note
  return known({ id, handle: id, name: nameOf(user), avatar: fileUrl(of(user, 'avatar')), url: personUrl(site, id), relation: 'known' as const, ownerId: viewerId })
}
