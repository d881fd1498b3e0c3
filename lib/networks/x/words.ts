/**
 * Texts with the places in them that mean something. Places count Unicode code points of the text as it was sent; a post's `full_text` has `&`, `<` and `>`
 * escaped, and the places count the escaped form. Records have JavaScript string indices into the plain text, in which short links are written out.
 */
import type { Facet } from '../../model/index.ts'
import { at, idText, list, webAddress, word, type Dict } from '../answers/fields.ts'

export interface Words { text: string; facets: Facet[] }

/** One place. `cut`: a link that only points at what is attached; it is left out. */
interface Mark { from: unknown; to: unknown; kind: Facet['kind'] | 'cut'; value: string; id?: string; fits(shown: string): boolean; search?: string }

const escapes: Record<string, string> = { amp: '&', lt: '<', gt: '>' }
/** Nothing else is escaped. */
export const unescapeText = (text: string): string => text.replace(/&(amp|lt|gt);/g, (_, name: string) => escapes[name] as string)

const indices = (entity: unknown): { from: unknown; to: unknown } => ({ from: at(entity, 'indices', 0), to: at(entity, 'indices', 1) })

const marksIn = (entities: unknown, cuts: ReadonlySet<string>): Mark[] => [
  ...list(at(entities, 'urls')).flatMap((one): Mark[] => {
    const short = word(at(one, 'url'))
    const target = webAddress(at(one, 'expanded_url')) ?? webAddress(short)
    if (!target) return []
    return [{ ...indices(one), kind: short && cuts.has(short) ? 'cut' : 'link', value: target, fits: shown => short === undefined || shown === short, search: short }]
  }),
  ...list(at(entities, 'media')).flatMap((one): Mark[] => {
    const short = word(at(one, 'url'))
    return short ? [{ ...indices(one), kind: 'cut', value: short, fits: shown => shown === short, search: short }] : []
  }),
  ...list(at(entities, 'user_mentions')).flatMap((one): Mark[] => {
    const name = word(at(one, 'screen_name'))
    const id = idText(at(one, 'id_str')) ?? idText(at(one, 'id'))
    if (!name) return []
    return [{ ...indices(one), kind: 'mention', value: name, ...(id && /^\d+$/.test(id) && { id }), fits: shown => /^[@＠]/.test(shown) && shown.slice(1).toLowerCase() === name.toLowerCase(), search: `@${name}` }]
  }),
  ...list(at(entities, 'hashtags')).flatMap((one): Mark[] => {
    const tag = word(at(one, 'text'))
    return tag ? [{ ...indices(one), kind: 'tag', value: tag, fits: shown => /^[#＃]/.test(shown) && shown.slice(1).toLowerCase() === tag.toLowerCase(), search: `#${tag}` }] : []
  }),
]

/** String index of each code point, and of the end. */
const offsetsOf = (text: string): number[] => {
  const offsets: number[] = []
  let index = 0
  for (const letter of text) {
    offsets.push(index)
    index += letter.length
  }
  return [...offsets, index]
}

interface Placed { start: number; end: number; mark: Mark }

/** Where a mark stands: by code points, else by string indices, else where its own text is found. */
const place = (text: string, offsets: number[], mark: Mark, used: Placed[]): Placed | undefined => {
  const { from, to } = mark
  if (typeof from === 'number' && typeof to === 'number' && from < to) {
    for (const [start, end] of [[offsets[from], offsets[to]], [from, to]]) {
      if (start !== undefined && end !== undefined && mark.fits(text.slice(start, end))) return { start, end, mark }
    }
  }
  if (!mark.search) return undefined
  const start = text.toLowerCase().indexOf(mark.search.toLowerCase(), used.filter(one => one.mark.search === mark.search).at(-1)?.end ?? 0)
  return start >= 0 && mark.fits(text.slice(start, start + mark.search.length)) ? { start, end: start + mark.search.length, mark } : undefined
}

/**
 * @param text as it was sent @param entities `{urls, media, user_mentions, hashtags}` with `indices`
 * @param how `escaped`: the text has its `&`, `<`, `>` escaped; `cuts`: short links that point at what is attached, left out where they end the text
 */
export const compose = (text: string, entities: unknown, how: { escaped?: boolean; cuts?: Iterable<string> } = {}): Words => {
  const marks = marksIn(entities, new Set(how.cuts))
  const plain = how.escaped ? unescapeText : (part: string): string => part
  if (marks.length === 0) return { text: plain(text), facets: [] }
  const offsets = offsetsOf(text)
  const placed: Placed[] = []
  for (const mark of marks) {
    const found = place(text, offsets, mark, placed)
    if (found) placed.push(found)
  }
  placed.sort((a, b) => a.start - b.start || a.end - b.end)
  /** Behind here stand only links that are left out. */
  let tail = text.length
  for (const { start, end, mark } of placed.toReversed()) {
    if (mark.kind !== 'cut' || text.slice(end, tail).trim() !== '') break
    tail = start
  }
  const words: Words = { text: '', facets: [] }
  let done = 0
  for (const { start, end, mark } of placed) {
    if (start < done || start >= tail) continue
    words.text += plain(text.slice(done, start))
    done = end
    const begin = words.text.length
    if (mark.kind === 'cut') {
      // Of what is attached: a picture's link is none that the person wrote. A quoted post's may be: it stays where words follow it.
      if (webAddress(mark.value) && mark.value !== mark.search) {
        words.text += mark.value
        words.facets.push({ start: begin, end: words.text.length, kind: 'link', value: mark.value })
      } else words.text = words.text.replace(/[ \t]+$/, '')
      continue
    }
    words.text += mark.kind === 'link' ? mark.value : plain(text.slice(start, end))
    words.facets.push({ start: begin, end: words.text.length, kind: mark.kind, value: mark.value, ...(mark.id && { id: mark.id }) })
  }
  words.text += plain(text.slice(done, tail))
  if (tail < text.length) words.text = words.text.trimEnd()
  return words
}

/** Values of one kind, in the order of the text, each once. */
export const valuesOf = (facets: Facet[], kind: Facet['kind']): string[] => [...new Set(facets.filter(facet => facet.kind === kind).map(facet => facet.value))]

/** What a short link leads to, where the entities say it. */
export const expanded = (short: string | undefined, entities: unknown): string | undefined => {
  const found = list(at(entities, 'urls')).find(one => at(one, 'url') === short) as Dict | undefined
  return webAddress(found?.expanded_url)
}
