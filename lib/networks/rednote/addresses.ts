/** Numbers and addresses of RedNote. */
import { idText, moment, webAddress } from '../answers/fields.ts'
import { room } from './index.ts'

const home = new URL(room.home).origin

/** @returns an account's or a note's number, in lower case */
export const hexId = (value: unknown): string | undefined => (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value) ? value.toLowerCase() : undefined)

/** @returns any id that could be RedNote's, its numbers in lower case */
export const anyId = (value: unknown): string | undefined => hexId(value) ?? idText(value)

/** @param page address of the page or the answer @returns the site that the person uses: links lead there */
export const siteOf = (...pages: (string | undefined)[]): string => {
  for (const page of pages) {
    if (!page || !URL.canParse(page)) continue
    const { hostname } = new URL(page)
    const host = (room.hosts as string[]).find(one => hostname === one || hostname.endsWith(one.slice('www'.length)))
    if (host) return `https://${host}`
  }
  return home
}

/** The bare address: `xsec_token`, which the site adds, belongs to a session. */
export const noteUrl = (site: string, id: string): string => `${site}/explore/${id}`
export const personUrl = (site: string, id: string): string => `${site}/user/profile/${id}`

/** @returns the number of the account that a page is about */
export const personAt = (address: string | undefined): string | undefined => {
  if (!address || !URL.canParse(address)) return undefined
  const url = new URL(address)
  return hexId(room.pages.profile?.match(url)?.handle ?? room.pages.profileNote?.match(url)?.handle)
}

/** The founding year: an earlier date is none. */
const earliest = Date.UTC(2013, 0, 1) / 1000

/** A note's number begins with the second of its making, in eight hexadecimal digits. @returns ISO 8601 UTC */
export const timeOfId = (id: string): string | undefined => {
  const seconds = hexId(id) ? Number.parseInt(id.slice(0, 8), 16) : 0
  return seconds >= earliest ? moment(seconds) : undefined
}

/** @returns an address of a file, by https: answers say http, and the hosts take both */
export const fileUrl = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const address = value.trim().startsWith('//') ? `https:${value.trim()}` : value.trim()
  return webAddress(address)?.replace(/^http:/i, 'https:')
}

/**
 * What stays of a file's address however it is signed: `/<minute>/<32 hexadecimal digits>/<key>!<size>` has its key, others their path.
 * @returns undefined where there is none
 */
export const fileKey = (url: string | undefined): string | undefined => {
  if (!url || !URL.canParse(url)) return undefined
  const path = new URL(url).pathname.replace(/^\/(?:\d{12}\/[0-9a-f]{32}\/)?/i, '')
  const key = path.split('!')[0] ?? ''
  return key !== '' && key.length <= 200 ? key : undefined
}

/** @returns when a signed address stops working: `?sign=…&t=<hexadecimal Unix time>`; picture addresses state only when they were signed */
export const expiryOf = (url: string | undefined): string | undefined => {
  const found = url && /[?&]sign=/.test(url) ? /[?&]t=([0-9a-f]{8})(?:&|$)/i.exec(url)?.[1] : undefined
  return found ? moment(Number.parseInt(found, 16)) : undefined
}
