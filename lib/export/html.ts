/** A post's or a bio's text with its ranges to the little HTML that every importer keeps: `<p>`, `<br />`, `<a>`. */
import type { Facet } from '../model/index.ts'
import { clean, escapeHtml, oneLine, visibleUrl, webUrl, withoutAt, withoutLastAt } from './text.ts'

/** How names and tags of the source are written. */
export interface Voice {
  /** The source's name in addresses, e.g. `example.com`: stands behind a mentioned name. */
  host: string
  profileUrl(handle: string): string
  tagUrl(tag: string): string
}

export interface Rendered {
  html: string
  /** Every address that is linked. */
  hrefs: Set<string>
  /** Tags that are linked, without `#`. */
  tags: string[]
}

type Piece = { text: string; href?: string; kind?: Facet['kind'] }

/** Whether servers take this word for a tag: letters, digits, marks and `_`, and not digits alone. */
export const isTag = (tag: string): boolean => /^[\p{L}\p{N}\p{M}_·]+$/u.test(tag) && /[\p{L}_]/u.test(tag)

/** Whether this index lies between the two halves of a character. */
const splits = (text: string, at: number): boolean => /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[at] ?? '')

/** Facets that can be used: inside the text, in order, not over one another. */
const usable = (text: string, facets: Facet[]): Facet[] => {
  let end = 0
  return facets
    .filter(facet => facet.start < facet.end && facet.end <= text.length && !splits(text, facet.start) && !splits(text, facet.end))
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter(facet => facet.start >= end && ((end = facet.end), true))
}

/** Marks at the end of an address that belong to the sentence around it. */
const closing = new Set('.,;:!?\'"”’…)]}')
const withoutClosing = (address: string): string => {
  let end = address.length
  while (end > 0 && closing.has(address[end - 1]!)) end--
  return address.slice(0, end)
}

/** A mentioned name without its `@`, and where it leads: `name (host)`. */
const mention = (handle: string, voice: Voice): Piece => {
  const [user = '', host] = oneLine(handle).replace(/^@+/, '').split('@')
  const href = webUrl(host ? `https://${host}/@${user}` : voice.profileUrl(user))
  return { text: withoutAt(`${user} (${host || voice.host})`), href, kind: 'mention' }
}

const link = (label: string, href: string): Piece => {
  const text = oneLine(label) || href
  return { text: /^https?:\/\/|^[^\s@]+\//i.test(text) ? visibleUrl(text) : withoutAt(text), href, kind: 'link' }
}

/** Addresses that stand in the text as such, where the network marked none. */
const plain = (text: string): Piece[] => {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]+/gi)) {
    const address = withoutClosing(match[0])
    const href = webUrl(address)
    if (!href) continue
    pieces.push({ text: text.slice(from, match.index) }, link(address, href))
    from = match.index + address.length
  }
  pieces.push({ text: text.slice(from) })
  return pieces
}

/** One range of the text; what can't be linked stays as the plain text that it was. */
const marked = (shown: string, facet: Facet, voice: Voice): Piece => {
  const asText = { text: clean(shown) }
  if (facet.kind === 'mention') return /[^\s@]/.test(facet.value) ? mention(facet.value, voice) : asText
  if (facet.kind === 'link') {
    const href = webUrl(facet.value)
    return href ? link(shown, href) : asText
  }
  const tag = oneLine(facet.value).replace(/^[#＃]/, '')
  return isTag(tag) ? { text: `#${tag}`, href: webUrl(voice.tagUrl(tag)), kind: 'tag' } : asText
}

const cut = (text: string, facets: Facet[], voice: Voice): Piece[] => {
  const pieces: Piece[][] = []
  let from = 0
  for (const facet of usable(text, facets)) {
    pieces.push(plain(clean(text.slice(from, facet.start))), [marked(text.slice(facet.start, facet.end), facet, voice)])
    from = facet.end
  }
  return [...pieces, plain(clean(text.slice(from)))].flat().filter(piece => piece.text)
}

/** An `@` at the end of one piece must not meet the word of the next: before a mention it is the mention's own. */
const apart = (piece: Piece, next: Piece | undefined): string => {
  const text = piece.kind ? piece.text : withoutAt(piece.text)
  if (!next) return text
  return withoutLastAt(next.kind === 'mention' ? text.replace(/@$/, '') : text)
}

/** `<a>` around text; both are escaped here. */
export const anchor = (href: string, label: string, rel?: string): string => `<a href="${escapeHtml(href)}"${rel ? ` rel="${rel}"` : ''}>${escapeHtml(label)}</a>`

/**
 * @param facets offsets are string indices into `text`; unusable ones are ignored
 * @returns '' where the text has nothing to show
 */
export const toHtml = (text: string, facets: Facet[], voice: Voice): Rendered => {
  const pieces = cut(text, facets, voice)
  const inline = pieces
    .map((piece, at) => {
      const shown = apart(piece, pieces[at + 1])
      return piece.href ? anchor(piece.href, shown, piece.kind === 'tag' ? 'tag' : undefined) : escapeHtml(shown)
    })
    .join('')
  const paragraphs = inline
    .split(/\n[ \t]*\n/)
    .map(paragraph => paragraph.trim())
    .filter(Boolean)
  return {
    html: paragraphs.map(paragraph => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`).join(''),
    hrefs: new Set(pieces.flatMap(piece => piece.href ?? [])),
    tags: pieces.filter(piece => piece.kind === 'tag').map(piece => piece.text.slice(1)),
  }
}
