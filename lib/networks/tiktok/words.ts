/** Captions: what in them is a tag or a mention. Offsets are UTF-16 units of the caption. */
import type { Facet } from '../../model/index.ts'
import { at, known, list, text, whole, word, type Dict } from '../answers/fields.ts'
import { handleText, idOf } from './people.ts'

/** A mark as TikTok has it: what it names, and where it says that it stands. */
interface Mark { kind: 'tag' | 'mention'; value?: string; id?: string; start?: number; end?: number }

/** `hashtagName`; `hashtag_name` in the app's interface, `HashtagName` until about 2021. */
const spelled = (extra: unknown, key: string): unknown => at(extra, key) ?? at(extra, key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)) ?? at(extra, key.replace(/^./, letter => letter.toUpperCase()))

const markOf = (extra: unknown, base: number | undefined): Mark | undefined => {
  const tag = word(spelled(extra, 'hashtagName'))
  const value = tag?.replace(/^#/, '') ?? handleText(spelled(extra, 'userUniqueId'))
  const id = tag ? undefined : idOf({ id: spelled(extra, 'userId') })
  if (!value && !id) return undefined
  const [start, end] = [whole(spelled(extra, 'start')), whole(spelled(extra, 'end'))]
  const placed = base !== undefined && start !== undefined && end !== undefined && start < end
  return known({ kind: tag ? ('tag' as const) : ('mention' as const), value, id, start: placed ? start + base : undefined, end: placed ? end + base : undefined })
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** The marks of an item: its own, and those of its parts that it does not have itself. Offsets in a part count from where that part begins. */
const marksOf = (item: Dict, caption: string): Mark[] => {
  const marks = [...list(item.textExtra), ...list(item.text_extra)].flatMap(extra => markOf(extra, 0) ?? [])
  let from = 0
  for (const part of list(item.contents)) {
    const words = text(at(part, 'desc'))
    const base = words ? caption.indexOf(words, from) : words === undefined ? 0 : from
    if (words && base >= 0) from = base + words.length
    for (const extra of list(at(part, 'textExtra'))) {
      const mark = markOf(extra, base < 0 ? undefined : base)
      if (mark && !marks.some(one => one.kind === mark.kind && same(one.value ?? '', mark.value ?? '') && (mark.start === undefined || one.start === mark.start))) marks.push(mark)
    }
  }
  for (const challenge of list(item.challenges ?? item.cha_list)) {
    const value = typeof challenge === 'string' ? word(challenge) : (word(at(challenge, 'title')) ?? word(at(challenge, 'hashtagName')) ?? word(at(challenge, 'cha_name')))
    if (value && !marks.some(one => one.kind === 'tag' && same(one.value ?? '', value))) marks.push({ kind: 'tag', value })
  }
  return marks
}

type Range = [start: number, end: number]

const signs = { tag: /[#＃]/, mention: /[@＠]/ }

/** @returns the UTF-16 index of the `count`th code point; undefined beyond the end */
const byCodePoints = (caption: string, count: number): number | undefined => {
  let index = 0
  for (let left = count; left > 0; left--) {
    const point = caption.codePointAt(index)
    if (point === undefined) return undefined
    index += point > 0xffff ? 2 : 1
  }
  return index
}

/** Where a mark says that it stands: its numbers as they are, and as code points. */
const statedPlaces = (caption: string, { start, end }: Mark): Range[] => {
  if (start === undefined || end === undefined) return []
  const [first, last] = [byCodePoints(caption, start), byCodePoints(caption, end)]
  const ranges: Range[] = [[start, end], ...(first === undefined || last === undefined ? [] : [[first, last] as Range])]
  // A space behind the word is part of the range at times.
  return ranges.filter(([, to]) => to <= caption.length).map(([from, to]): Range => [from, from + caption.slice(from, to).trimEnd().length]).filter(([from, to]) => to > from + 1)
}

const letter = /[\p{L}\p{N}\p{M}_]/u
/** What may go on in a handle, and so is not its end. */
const isEnd = (caption: string, at_: number, kind: Mark['kind']): boolean => {
  const rest = caption.slice(at_, at_ + 3)
  return kind === 'mention' ? !/^(?:\w|\.\w)/.test(rest) : !letter.test(String.fromCodePoint(rest.codePointAt(0) ?? 32))
}

const search = (caption: string, mark: Mark, isFree: (range: Range) => boolean): Range | undefined => {
  const [where, what] = [caption.toLowerCase(), mark.value?.toLowerCase()]
  // Where lower case has another length, places would not be those of the caption.
  if (!what || where.length !== caption.length) return undefined
  for (let found = where.indexOf(what, 1); found > 0; found = where.indexOf(what, found + 1)) {
    const range: Range = [found - 1, found + what.length]
    if (signs[mark.kind].test(caption[found - 1] ?? '') && isEnd(caption, range[1], mark.kind) && isFree(range)) return range
  }
  return undefined
}

export interface Words { facets: Facet[]; tags: string[]; mentions: string[] }

const once = (values: string[]): string[] => {
  const seen = new Set<string>()
  return values.filter(value => !seen.has(value.toLowerCase()) && seen.add(value.toLowerCase()))
}

/**
 * Every place is checked against the caption. Where it does not fit, the word is looked for; where that is not there, only the word counts. A mention may
 * be shown by name instead of handle: its place is believed if an `@` stands there.
 */
export const wordsOf = (item: Dict, caption: string): Words => {
  const marks = marksOf(item, caption)
  const facets: Facet[] = []
  const isFree = ([start, end]: Range): boolean => !facets.some(facet => facet.start < end && start < facet.end)
  const put = (mark: Mark, [start, end]: Range): void => {
    const value = mark.value ?? handleText(caption.slice(start + 1, end))
    if (value) facets.push(known({ start, end, kind: mark.kind, value, id: mark.id }))
  }
  const left = marks.filter(mark => {
    const exact = statedPlaces(caption, mark).find(range => signs[mark.kind].test(caption[range[0]] ?? '') && same(caption.slice(range[0] + 1, range[1]), mark.value ?? '') && isFree(range))
    if (exact) put(mark, exact)
    return !exact
  })
  for (const mark of left) {
    const found = search(caption, mark, isFree) ?? (mark.kind === 'mention' ? statedPlaces(caption, mark).find(range => signs.mention.test(caption[range[0]] ?? '') && isFree(range)) : undefined)
    if (found) put(mark, found)
  }
  facets.sort((a, b) => a.start - b.start)
  const named = (kind: Mark['kind']): string[] => once([...facets, ...marks].flatMap(one => (one.kind === kind && one.value ? [one.value] : [])))
  return { facets, tags: named('tag'), mentions: named('mention') }
}
