/** Text on its way into files that others read: nothing in it may break their readers or mean something to them that it did not mean here. */

/** Line ends of every kind become `\n`; lone surrogates, NUL and other control characters go. Any text in, well-formed text out. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]/gu, '')

/** Embeddings, overrides and isolates: they can turn round what stands beside a name. Plain marks (LRM, RLM, ALM) stay. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g

/** Clean, on one line, without characters that turn the text around. */
export const oneLine = (text: string): string => clean(text).replace(turning, '').replace(/\s+/g, ' ').trim()

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, character => entities[character]!)

const withGap = (whole: string, gap: string): string => (gap === '' || gap.includes('\n') ? `＠${gap}` : whole)
/** The same at the end of a piece, before another that begins with a word. */
export const withoutLastAt = (text: string): string => text.replace(/@(\s*)$/, withGap)

/**
 * No `@word` remains. Several importers read one as a mention: slurp skips such a post whole, Sharkey makes a mention of a
 * stranger with that name on its own server. The full-width sign is what NeoDB's importer writes too (neodb-social/neodb#1868,
 * 2026-09): `a＠b.c` stays readable. A line end between sign and word counts as nothing, with the
 * blanks around it, since some readers drop it.
 */
export const withoutAt = (text: string): string => text.replace(/@(\s*)(?=[\p{L}\p{N}_])/gu, withGap)

/** An address as visible text: `%40` leads to the same place and is no mention. */
export const visibleUrl = (url: string): string => url.replaceAll('@', '%40')

/** @returns the address as browsers write it, if it is one of the web's; else undefined. Never throws. */
export const webUrl = (value: string | undefined): string | undefined => {
  if (!value) return undefined
  const text = value.trim().toWellFormed()
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}
