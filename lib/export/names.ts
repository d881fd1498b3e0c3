/** Names of files and hosts made of names that strangers chose. */
import { clean } from './text.ts'

const hash = (text: string): string => {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return (value >>> 0).toString(36)
}

/** Where nothing of a name can be kept: the same name always gives the same word. */
const nameless = (name: string): string => `x${hash(name)}`

/** A part of a file's name: `a-z 0-9 . _ -` only, no dot first or last, no `..`, at most 60 characters, never empty. */
export const fileSafe = (name: string): string =>
  clean(name.slice(0, 500))
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .slice(0, 60)
    .replace(/^[.-]+|[.-]+$/g, '') || nameless(name)

/** Labels of a host's name (letters, digits, inner hyphens; RFC 1123 section 2.1), dots kept, never empty. */
export const hostSafe = (name: string): string =>
  clean(name.slice(0, 500))
    .toLowerCase()
    .split(/[.@]/)
    .map(label => label.replace(/[^a-z0-9]+/g, '-').slice(0, 50).replace(/^-+|-+$/g, ''))
    .filter(Boolean)
    .slice(0, 3)
    .join('.') || nameless(name)

/** The name that servers of the fediverse accept: `a-z 0-9 _`, never empty. */
export const userSafe = (handle: string): string => {
  const user = clean(handle.slice(0, 500)).replace(/^@/, '').split('@')[0]!.toLowerCase().replace(/[^a-z0-9_]/g, '_').slice(0, 60)
  return /[a-z0-9]/.test(user) ? user : nameless(handle)
}
