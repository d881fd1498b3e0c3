/** What an address of the fediverse looks like. */

/**
 * The user part that Mastodon takes, of its own people and of others (`USERNAME_RE` in `app/models/account.rb`, seen in 4.6.5 of 2026-08).
 * Some servers take letters of any script; Mastodon would not find them.
 */
const userPart = /^[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*$/
/** A label of a host name, RFC 1123 section 2.1. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** @returns the host in lower case and punycode, or undefined where it is none that a server of the fediverse can have */
export const hostOf = (text: string): string | undefined => {
  if (/[\s/?#@:\\%[\]]/.test(text) || !URL.canParse(`https://${text}`)) return undefined
  const { hostname } = new URL(`https://${text}`)
  const labels = hostname.split('.')
  const top = labels.at(-1) ?? ''
  return hostname.length <= 253 && labels.length > 1 && labels.every(one => label.test(one)) && !/^\d+$/.test(top) ? hostname : undefined
}

/**
 * The address of a person: RFC 7565's `acct:` without the scheme, as RFC 7033 asks for it and Mastodon's importer reads it.
 * @param user the name before the `@` @param host the server after it
 * @returns `user@host`, lower case, without a leading `@`; undefined where it is not valid
 */
export const addressOf = (user: string, host: string): string | undefined => {
  const name = user.toLowerCase()
  const server = hostOf(host)
  return server && userPart.test(name) ? `${name}@${server}` : undefined
}

/** Takes `user@host` or `@user@host` apart; undefined where it is not of that form, valid or not. */
export const partsOf = (handle: string): { user: string; host: string } | undefined => {
  const [user, host, ...more] = handle.trim().replace(/^@/, '').split('@')
  return user && host && !more.length ? { user, host } : undefined
}
