/** Lengths as a destination counts them. */
import { countedText, signsOf, type Unit } from '../model/index.ts'
import type { Destination, Length } from './types.ts'

/** @returns the length of a text in this unit */
export const lengthOf = (text: string, unit: Unit): number => signsOf(text, unit).length

/** @returns the beginning of a text, at most so long, without blanks at its end */
export const cutTo = (text: string, { max, unit }: Pick<Length, 'max' | 'unit'>): string => signsOf(text, unit).slice(0, max).join('').trimEnd()

/** @returns a bio as the destination counts it */
export const countedBio = (text: string, { profile }: Destination): string => countedText(text, profile.bioLink)

/** Whether version `a` is `b` or later; by its first two numbers. */
const reaches = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map(version => version.split('.').map(Number))
  return x![0]! > y![0]! || (x![0] === y![0] && (x![1] ?? 0) >= (y![1] ?? 0))
}

/** @param version of the server; unknown: the oldest, so that what fits does fit @returns the limit that holds there */
export const limitOf = <T extends { since?: string }>(limits: T[], version?: string): T =>
  limits.findLast(({ since }) => since === undefined || (version !== undefined && reaches(version, since))) ?? limits[0]!
