/** Lengths as a destination counts them. */
import type { Destination, Length, Unit } from './types.ts'

let segmenter: Intl.Segmenter | undefined
/** @returns the signs of a text in this unit */
const signs = (text: string, unit: Unit): string[] =>
  unit === 'code points' ? [...text] : Array.from((segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })).segment(text), ({ segment }) => segment)

/** @returns the length of a text in this unit */
export const lengthOf = (text: string, unit: Unit): number => signs(text, unit).length

/** @returns the beginning of a text, at most so long, without blanks at its end */
export const cutTo = (text: string, { max, unit }: Pick<Length, 'max' | 'unit'>): string => signs(text, unit).slice(0, max).join('').trimEnd()

const links = /https?:\/\/[^\s<>"]+/giu
const mentions = /(?<![/\p{L}\p{N}_])@([\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*)@[\p{L}\p{N}.-]+[\p{L}\p{N}]/giu
/** @returns a bio as the destination counts it: a link as so many signs, of an address only the name */
export const countedBio = (text: string, { profile }: Destination): string => text.replace(links, 'x'.repeat(profile.bioLink)).replace(mentions, '@$1')

/** Whether version `a` is `b` or later; by its first two numbers. */
const reaches = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map(version => version.split('.').map(Number))
  return x![0]! > y![0]! || (x![0] === y![0] && (x![1] ?? 0) >= (y![1] ?? 0))
}

/** @param version of the server; unknown: the oldest, so that what fits does fit @returns the limit that holds there */
export const limitOf = <T extends { since?: string }>(limits: T[], version?: string): T =>
  limits.findLast(({ since }) => since === undefined || (version !== undefined && reaches(version, since))) ?? limits[0]!
