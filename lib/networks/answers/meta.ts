/** What the networks of Meta have in common: codes and numbers of posts, links that only pass a click on, signed addresses. Total. */
import { webAddress, word } from './fields.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** @param pk a post's id, digits @returns its code: base64url of the number, big-endian, without padding */
export const codeOf = (pk: string): string | undefined => {
  if (!/^[1-9]\d{0,30}$/.test(pk)) return undefined
  let code = ''
  for (let rest = BigInt(pk); rest > 0n; rest /= 64n) code = alphabet[Number(rest % 64n)] + code
  return code
}

/** Private accounts' codes carry this much more at their end. */
const privateTail = 28
const longestCode = 12

export const isPrivateCode = (code: string): boolean => code.length > privateTail && /^[\w-]+$/.test(code)

/** @param code the last part of a post's address @returns the post's id */
export const pkOf = (code: string): string | undefined => {
  const bare = isPrivateCode(code) ? code.slice(0, -privateTail) : code
  if (!/^[\w-]+$/.test(bare) || bare.length > longestCode) return undefined
  let pk = 0n
  for (const letter of bare) pk = pk * 64n + BigInt(alphabet.indexOf(letter))
  return pk > 0n ? String(pk) : undefined
}

/** Hosts that only pass a click on: `https://l.threads.com/?u=<target>&e=<token>`. */
const redirector = /^(?:l|lm)\.(?:threads\.(?:com|net)|instagram\.com|facebook\.com)$/i
/** What Meta's own pages add to the addresses they show. */
const tracking = /^(?:fbclid|igsh|igshid|xmt|__tn__)=/i

const withoutTracking = (address: string): string => {
  const [, before, query, after] = /^([^?#]*)\?([^#]*)(.*)$/s.exec(address) ?? []
  if (query === undefined) return address
  const kept = query.split('&').filter(part => !tracking.test(part))
  return kept.length === query.split('&').length ? address : `${before}${kept.length > 0 ? `?${kept.join('&')}` : ''}${after}`
}

/** @param value an address as an answer has it @returns where it really leads, without the tracking that Meta added */
export const targetOf = (value: unknown): string | undefined => {
  let address = webAddress(value)
  for (let turns = 0; address && turns < 3; turns++) {
    const url = new URL(address)
    if (!redirector.test(url.hostname)) break
    address = webAddress(word(url.searchParams.get('u')))
  }
  return address === undefined ? undefined : withoutTracking(address)
}

/** @returns when a signed media address stops working: `oe=<hexadecimal Unix time>` */
export const expiryOf = (address: string): number | undefined => {
  const found = /[?&]oe=([0-9a-f]{8})(?:&|$)/i.exec(address)?.[1]
  const seconds = found ? Number.parseInt(found, 16) : 0
  return seconds > 1_000_000_000 ? seconds : undefined
}

/** Pictures that stand for "no picture". */
export const isPlaceholder = (address: string): boolean => /\/rsrc\.php\/|\/null\.jpg(?:$|\?)/i.test(address)
