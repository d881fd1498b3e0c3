/** Lengths of texts, as servers of the fediverse count them. */

/** How a length is counted: Unicode code points, or grapheme clusters (what a reader sees as one sign). */
export type Unit = 'code points' | 'graphemes'

let segmenter: Intl.Segmenter | undefined
/** @returns the signs of a text in this unit */
export const signsOf = (text: string, unit: Unit): string[] =>
  unit === 'code points' ? [...text] : Array.from((segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })).segment(text), ({ segment }) => segment)

const links = /https?:\/\/[^\s<>"]+/giu
const mentions = /(?<![/\p{L}\p{N}_])@([\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*)@[\p{L}\p{N}.-]+[\p{L}\p{N}]/giu
/** @returns a text as it is counted: a link as so many signs however long it is, of `@user@host` only `@user` */
export const countedText = (text: string, link: number): string => text.replace(links, 'x'.repeat(link)).replace(mentions, '@$1')

/** As what a link counts in a post (`app/validators/status_length_validator.rb`, Mastodon 4.3 to 4.6, and whoever takes over its interface). */
const linkSigns = 23
/** Whether anything in a text may count as more or less than one. */
const uneven = /[^\n\x20-\x7e]|https?:|@/i

/**
 * How long a post is: graphemes of its warning, title and text together.
 * @param least what is not longer than this need not be counted exactly: 0 is returned then
 */
export const postLength = ({ warning = '', title = '', text = '' }: { warning?: string; title?: string; text?: string }, least: number): number => {
  const whole = `${warning}${title}${text}`
  if (!uneven.test(whole)) return whole.length > least ? whole.length : 0
  // A sign has at least one UTF-16 unit; only a link can count as more than it has.
  if (whole.length <= least && !/https?:/i.test(whole)) return 0
  const length = signsOf(countedText(whole, linkSigns), 'graphemes').length
  return length > least ? length : 0
}
