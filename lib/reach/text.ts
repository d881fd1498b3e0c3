/** Texts as people write them, made even enough to look for addresses in. */

/** Stands for "…": what comes before it may be cut. From a private-use plane, so that no text brings it along. */
export const CUT = '\u{f0000}'

/** Nobody's bio is longer; a text that is was not written to be read. */
const LIMIT = 20_000

/** Characters without width, and those that only say how others look or in which direction they run. */
const unseen = /\p{Default_Ignorable_Code_Point}|[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

const at = String.raw`@|at|ät|æt|arroba|chez|bei|собака|собачка|アット|アットマーク|골뱅이`
const dot = String.raw`\.|dot|punkt|point|punto|ponto|punt|piste|kropka|точка|ドット|점`
/** An "at" or a "dot" in brackets of any kind, with blanks around. */
const hiddenAt = new RegExp(String.raw`[ \t]{0,3}(?:\((?: ?)(?:${at})(?: ?)\)|\[(?: ?)(?:${at})(?: ?)\]|\{(?: ?)(?:${at})(?: ?)\}|<(?: ?)(?:${at})(?: ?)>)[ \t]{0,3}`, 'giu')
const hiddenDot = new RegExp(String.raw`[ \t]{0,3}(?:\((?: ?)(?:${dot})(?: ?)\)|\[(?: ?)(?:${dot})(?: ?)\]|\{(?: ?)(?:${dot})(?: ?)\}|<(?: ?)(?:${dot})(?: ?)>)[ \t]{0,3}`, 'giu')
/** " dot social": written out before the last part of a name. */
const spokenDot = /(?<=[a-z0-9]) (?:dot|punkt|punto|ponto) (?=(?:social|online|network|community|exchange|com|org|net|xyz|club|space|cloud|art|world|eu|de|fr|it|es|nl|uk|jp|io|cafe|zone|town|party|example)\b)/gi

/** @returns the text in NFKC, without what has no width, and with the ways of hiding an address undone */
export const plain = (text: string): string => {
  let even = text.length > LIMIT ? text.slice(0, LIMIT) : text
  even = even.replaceAll('\u2026', CUT).normalize('NFKC').replace(unseen, '')
  // The bullet-like dots that some write for a full stop in a name stay what they are: they part words far more often.
  if (even.includes('&#')) even = even.replace(/&#(?:64|x40);/gi, '@').replace(/&#(?:46|x2e);/gi, '.')
  if (/&commat;/i.test(even)) even = even.replace(/&commat;/gi, '@')
  if (/[([{<]/.test(even)) even = even.replace(hiddenAt, '@').replace(hiddenDot, '.')
  return even.replace(spokenDot, '.')
}
