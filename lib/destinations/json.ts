/** What servers say of themselves, taken apart with care: whatever it is, an answer comes out. */
import type { Answer } from '../model/index.ts'

export type Json = Record<string, unknown>

/** What an answer says; undefined where that is no JSON. */
export const jsonOf = ({ body }: Answer): unknown => {
  try {
    return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

/** Nothing where it is no object. */
export const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {})

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }
/** Text without markup, on one line, cut to what can be shown. */
export const text = (value: unknown, most: number): string | undefined => {
  if (typeof value !== 'string') return undefined
  const plain = value.slice(0, most * 8).replaceAll(/<[^>]*>/g, ' ').replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '').replaceAll(/\s+/g, ' ').trim()
  const signs = [...plain.toWellFormed()]
  return plain ? (signs.length > most ? `${signs.slice(0, most).join('')}…` : plain.toWellFormed()) : undefined
}
