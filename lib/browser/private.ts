/**
 * Which addresses may be asked at all. A server's answer can lead anywhere (a redirect, a link in a record), also into the person's own network: a router, a
 * printer, this machine. Literal addresses and the names that are set aside for such networks are told here; a public name that resolves to a private address
 * can't be told by an extension (SECURITY.md).
 */

/** Names of the person's own network: RFC 6761 (localhost), RFC 6762 (local), RFC 8375 (home.arpa), ICANN's resolution of 2024-07-29 (internal). */
export const PRIVATE_NAMES = ['localhost', 'local', 'internal', 'home.arpa']

/**
 * Regular expressions (RE2) over whole addresses whose host is a literal private or local address: RFC 1122 and 1918, RFC 6598 (100.64/10), RFC 3927
 * (169.254/16), RFC 4291 (::, ::1, fe80::/10, ::ffff:0:0/96), RFC 4193 (fc00::/7). Browsers write a host in one way only before they ask: IPv4 as four decimal numbers.
 */
export const PRIVATE_LITERALS = [
  '^https?://(?:0|10|127)\\.[0-9.]+(?:[:/]|$)',
  '^https?://(?:169\\.254|192\\.168)\\.[0-9.]+(?:[:/]|$)',
  '^https?://172\\.(?:1[6-9]|2[0-9]|3[01])\\.[0-9.]+(?:[:/]|$)',
  '^https?://100\\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.[0-9.]+(?:[:/]|$)',
  '^https?://\\[(?:::|::1|::ffff:[0-9a-f:.]+)\\]',
  '^https?://\\[f(?:[cd][0-9a-f]|e[89ab])[0-9a-f]:',
]

/** Whether a URL may be asked: https, on a public name. No literal address is, public or not: no server of a network has one. */
export const isPublic = (address: string): boolean => {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username, password } = new URL(address)
  if (protocol !== 'https:' || username || password || !hostname.includes('.') || hostname.endsWith('.')) return false
  return !/^[\d.]+$|^\[/.test(hostname) && !PRIVATE_NAMES.some(name => hostname === name || hostname.endsWith(`.${name}`))
}
