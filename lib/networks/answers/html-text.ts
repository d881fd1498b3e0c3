/** HTML that servers of the fediverse give for a text: back to plain text, with what its links mean. Total and linear; no DOM. */
import type { Facet } from '../../model/index.ts'

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', hellip: '…', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', copy: '©', euro: '€' }

/** Character references (HTML Living Standard, "character reference state"); one that is not known stays as it is. */
export const unescapeHtml = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]{2,8}));/g, (whole: string, decimal?: string, hex?: string, name?: string) => {
    if (name) return Object.hasOwn(named, name) ? (named[name] as string) : whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
  })

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag)
  return found ? unescapeHtml(found[1] ?? found[2] ?? found[3] ?? '') : undefined
}

/** Elements whose words are none of the text. */
const dropped = new Set(['script', 'style', 'template'])
const blocks = new Set(['p', 'div', 'blockquote', 'pre', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

export interface Link { href: string; classes: string; rel: string; shown: string }

/**
 * @param html a fragment
 * @param meaning what a link stands for; undefined: nothing
 * @returns the text (paragraphs apart by an empty line), and its marks as UTF-16 ranges
 */
export const textOfHtml = (html: string, meaning: (link: Link) => Omit<Facet, 'start' | 'end'> | undefined): { text: string; facets: Facet[] } => {
  let out = ''
  /** How many line ends stand at the end of it. Counted as it grows: to look at the end of a text that is being put together is slow. */
  let newlines = 0
  const write = (words: string): void => {
    if (!words) return
    let ends = 0
    while (ends < words.length && words[words.length - 1 - ends] === '\n') ends++
    newlines = ends === words.length ? newlines + ends : ends
    out += words
  }
  const facets: Facet[] = []
  let link: { start: number; href: string; classes: string; rel: string } | undefined
  /** Name of the element that is being passed over, and how often it is open. */
  let skip: { name: string; depth: number } | undefined
  let preformatted = 0
  const breakTo = (lines: number): void => {
    if (out && lines > newlines) write('\n'.repeat(lines - newlines))
  }
  const close = (): void => {
    if (!link) return
    const shown = out.slice(link.start)
    const trimmed = shown.trim()
    const facet = trimmed ? meaning({ ...link, shown: trimmed }) : undefined
    const start = link.start + shown.indexOf(trimmed)
    if (facet) facets.push({ start, end: start + trimmed.length, ...facet })
    link = undefined
  }
  // Servers write `>` in attributes as a reference; so a tag ends at the first.
  const token = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-zA-Z][\w-]*)([^<>]{0,4000})>|([^<]+|<)/g
  for (let found = token.exec(html); found; found = token.exec(html)) {
    const [, ending, rawName, rest = '', words] = found
    const name = rawName?.toLowerCase()
    if (skip) {
      if (name === skip.name && !/\/\s*$/.test(rest)) skip.depth += ending ? -1 : 1
      if (skip.depth === 0) skip = undefined
      continue
    }
    if (words !== undefined) {
      const plain = unescapeHtml(words)
      write(preformatted ? plain : plain.replace(/[\t\n\r ]+/g, (blank, at: number) => (/[\n\r]/.test(blank) ? (at === 0 && (newlines || !out) ? '' : ' ') : blank)))
    } else if (name) {
      if (!ending && (dropped.has(name) || (name === 'p' && /\bquote-inline\b/.test(attribute(rest, 'class') ?? '')) || (name === 'span' && /\bquote-inline\b/.test(attribute(rest, 'class') ?? '')))) skip = { name, depth: 1 }
      else if (name === 'br') write('\n')
      else if (name === 'li') {
        breakTo(1)
        if (!ending) write('• ')
      } else if (name === 'a') {
        close()
        if (!ending) link = { start: out.length, href: attribute(rest, 'href') ?? '', classes: attribute(rest, 'class') ?? '', rel: attribute(rest, 'rel') ?? '' }
      } else if (name === 'img' && !ending) write(attribute(rest, 'alt') ?? '')
      else if (blocks.has(name)) {
        if (name === 'pre') preformatted = Math.max(0, preformatted + (ending ? -1 : 1))
        breakTo(2)
      }
    }
  }
  close()
  const before = out.length - out.trimStart().length
  const text = out.trim()
  return { text, facets: facets.map(facet => ({ ...facet, start: facet.start - before, end: facet.end - before })).filter(({ start, end }) => start >= 0 && end <= text.length) }
}
