/** Texts of notes: tags are written `#name[话题]#`, mentions `@name`, stickers `[笑哭R]`. */
import type { Facet } from '../../model/index.ts'
import { anyId } from './addresses.ts'
import { isDict, list, word } from '../answers/fields.ts'
import { nameOf, of } from './keys.ts'

const marked = /#([^#\r\n]{1,100}?)\[(?:话题|話題|topic)\]#/gi
/** More than any note has. */
const most = 200

/** The text without the tails of its tags, and where these stand. */
const withoutTails = (source: string): { text: string; facets: Facet[] } => {
  const facets: Facet[] = []
  let text = ''
  let from = 0
  for (const found of source.matchAll(marked)) {
    text += source.slice(from, found.index)
    const name = (found[1] ?? '').trim()
    if (name !== '') facets.push({ start: text.length, end: text.length + 1 + name.length, kind: 'tag', value: name })
    text += `#${name}`
    from = found.index + found[0].length
  }
  return { text: text + source.slice(from), facets }
}

const overlaps = (facets: Facet[], start: number, end: number): boolean => facets.some(facet => start < facet.end && end > facet.start)

/** Where `shown` stands in the text as a word of its own, not inside a longer one. */
const places = (text: string, shown: string): number[] => {
  const found: number[] = []
  for (let at = text.indexOf(shown); at >= 0 && found.length < most; at = text.indexOf(shown, at + shown.length)) {
    if (!/^[\p{L}\p{N}_]/u.test(text.slice(at + shown.length, at + shown.length + 2))) found.push(at)
  }
  return found
}

const longestFirst = <T>(items: T[], shown: (item: T) => string): T[] => items.toSorted((a, b) => shown(b).length - shown(a).length)

export interface Words { text: string; facets: Facet[]; tags: string[]; mentions: string[] }

const namesOfTags = (tags: unknown): string[] =>
  list(tags).slice(0, most).flatMap(tag => (/^(?:user|location|poi)/i.test(word(of(tag, 'type')) ?? '') ? [] : (word(of(tag, 'name'))?.replace(/^#/, '') ?? [])))

/** @param tags `tag_list`: may lack some of the text's, or hold others @returns names of all tags, those of the text first */
export const tagsOf = (facets: Facet[], tags: unknown): string[] => [
  ...new Set([...facets.filter(({ kind }) => kind === 'tag').map(({ value }) => value), ...namesOfTags(tags)]),
]

/**
 * @param desc text as the answer has it @param tags `tag_list` @param people `at_user_list`: `{user_id, nickname}`
 * @returns `text` without tails; a mention's value is the person's number, which is what their address has
 */
export const wordsOf = (desc: string, tags: unknown, people: unknown): Words => {
  const { text, facets } = withoutTails(desc.trim() === '' ? '' : desc)
  for (const name of longestFirst(namesOfTags(tags), one => one)) {
    if (facets.some(facet => facet.kind === 'tag' && facet.value === name)) continue
    for (const start of places(text, `#${name}`)) if (!overlaps(facets, start, start + 1 + name.length)) facets.push({ start, end: start + 1 + name.length, kind: 'tag', value: name })
  }
  const mentioned = list(people).slice(0, most).flatMap(person => {
    const id = isDict(person) ? anyId(of(person, 'userId')) : undefined
    return id ? [{ id, name: nameOf(person)?.trim() ?? '' }] : []
  })
  for (const { id, name } of longestFirst(mentioned, one => one.name)) {
    if (name === '') continue
    for (const start of places(text, `@${name}`)) if (!overlaps(facets, start, start + 1 + name.length)) facets.push({ start, end: start + 1 + name.length, kind: 'mention', value: id, id })
  }
  facets.sort((a, b) => a.start - b.start)
  const inText = facets.filter(({ kind }) => kind === 'mention').map(({ value }) => value)
  return { text, facets, tags: tagsOf(facets, tags), mentions: [...new Set([...inText, ...mentioned.map(({ id }) => id)])] }
}
