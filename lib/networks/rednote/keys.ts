/** Every name in RedNote's answers comes in two spellings: `noteId` in the page's state, `note_id` in answers. */
import { isDict, said, type Dict } from '../answers/fields.ts'

const snake = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

/** @param name in camel case @returns the own value under either spelling; null counts as absent */
export const of = (value: unknown, name: string): unknown => {
  if (!isDict(value)) return undefined
  for (const key of [name, snake(name)]) if (Object.hasOwn(value, key) && value[key] !== null) return value[key]
  return undefined
}

/** @returns whether the object has this key at all */
export const has = (value: Dict, name: string): boolean => Object.hasOwn(value, name) || Object.hasOwn(value, snake(name))

/** Three spellings, sometimes side by side. @returns the display name of a person */
export const nameOf = (person: unknown): string | undefined => said(of(person, 'nickname')) ?? said(of(person, 'nickName')) ?? said(of(person, 'name'))
