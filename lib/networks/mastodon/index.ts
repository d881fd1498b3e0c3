/** Mastodon, and servers that answer like it: what every surface may know. The reader is in `read.ts`; where each fact comes from stands in `NOTES.md`. */
import type { Ask } from '../../model/index.ts'
import type { Page, Room, Subject } from '../types.ts'

/** The project's own site: no server of the network, and where a person finds one. */
const site = 'https://joinmastodon.org'

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const user = '[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,60}[A-Za-z0-9_])?'

/** A page told by its path: the network is at home on any server. */
const page = (path: RegExp, examples: string[], counterExamples: string[]): Page => ({
  match(url) {
    const found = url.protocol === 'https:' ? path.exec(decoded(url.pathname)) : null
    return found ? (found[1] ? { handle: `${found[1]}@${url.host}` } : {}) : undefined
  },
  examples,
  counterExamples,
})

const hostOf = (text: string): string | undefined => {
  if (!/^[^\s/?#@:]+\.[^\s/?#@:]+$/.test(text) || !URL.canParse(`https://${text}/`)) return undefined
  const { hostname } = new URL(`https://${text}/`)
  return /^[\d.]+$/.test(hostname) ? undefined : hostname
}

/** Sites whose pages look alike and which are none: `/@name` there is somebody else's. */
const elsewhere = /(^|\.)(?:youtube|tiktok|medium|substack|rumble|patreon|instagram|facebook|twitter|linktr)\.(?:com|ee)$|(^|\.)t\.me$/

/** From `@you@server`, `you@server`, or the address of a profile. */
const subject = (text: string): Subject | undefined => {
  const given = text.trim()
  const [, name, server] = /^@?([^@\s/]+)@([^@\s/]+)$/.exec(given) ?? []
  if (name && server) {
    const host = hostOf(server)
    return host && new RegExp(`^${user}$`).test(name) ? { handle: name.toLowerCase(), origin: `https://${host}` } : undefined
  }
  if (!/^https:\/\//i.test(given) || !URL.canParse(given)) return undefined
  const url = new URL(given)
  const found = new RegExp(`^/(?:web/)?(?:@|users/|web/accounts/@)(${user})(?:@([^/@]+))?(?:/(?:following|followers|with_replies|media)?)?$`).exec(decoded(url.pathname))
  if (!found || elsewhere.test(url.hostname) || !hostOf(url.hostname)) return undefined
  // Somebody of another server, seen from this one, is at home on their own.
  const host = found[2] ? hostOf(found[2]) : url.host
  return host ? { handle: (found[1] as string).toLowerCase(), origin: `https://${host}` } : undefined
}

const begin = ({ handle, origin = site }: Subject): Ask[] => [{ url: `${origin}/api/v2/instance`, request: { operation: 'instance', variables: { origin, handle, version: 2 } } }]

const profileUrl = (handle: string): string => {
  const [name, host] = handle.split('@') as [string, string | undefined]
  return host ? `https://${host}/@${name}` : `${site}/`
}
const own = ({ handle }: { handle?: string }): string => profileUrl(handle ?? '')

export const room: Room = {
  id: 'mastodon',
  name: 'Mastodon',
  hosts: (origin: string) => (URL.canParse(origin) && origin.startsWith('https://') ? [new URL(origin).host] : []),
  mediaHosts: 'seen',
  home: `${site}/servers`,
  pages: {
    profile: page(new RegExp(`^/(?:web/)?@(${user})/?$`), ['https://social.example/@ada', 'https://social.example/@ada/', 'https://social.example/web/@ada'], ['https://social.example/', 'http://social.example/@ada', 'https://social.example/@ada/114']),
    post: page(new RegExp(`^/@(${user})/\\d+/?$`), ['https://social.example/@ada/114000000000000000'], ['https://social.example/@ada']),
  },
  answers: ['^/api/v[12]/'],
  request: { operation: [], variables: [] },
  state: { selector: '#initial-state', contains: [], context: [] },
  barriers: { loginWall: ['^/auth/sign_in'], challenge: [] },
  composers: [],
  posts: 'article',
  sections: [
    { section: 'profile', address: own, page: 'profile', paged: false },
    { section: 'follows', address: own, page: 'profile', paged: true, counter: 'follows' },
    { section: 'posts', address: own, page: 'profile', paged: true, counter: 'posts', holds: ['posts', 'replies', 'reposts'] },
    { section: 'lists', address: own, page: 'profile', paged: true, optional: true },
    { section: 'blocks', address: own, page: 'profile', paged: true, optional: true },
    { section: 'mutes', address: own, page: 'profile', paged: true, optional: true },
    { section: 'bookmarks', address: own, page: 'profile', paged: true, optional: true },
    { section: 'likes', address: own, page: 'profile', paged: true, optional: true },
  ],
  api: {
    subject, example: 'you@mastodon.example', asks: ['{origin}'], begin,
    token: { selector: '#initial-state', path: ['meta', 'access_token'] },
    // Servers allow one a second over five minutes (docs.joinmastodon.org/api/rate-limits).
    everyMs: 1000,
  },
  handIn: {
    files: ['.zip', '.gz', '.json', '.csv'],
    named: true,
    members: [
      ...['actor', 'outbox', 'likes', 'bookmarks'].map(name => String.raw`(?:^|/)${name}\.json$`),
      String.raw`(?:^|/)(?:following_accounts|lists|blocked_accounts|muted_accounts|bookmarks)\.csv$`,
    ],
    mediaMembers: [String.raw`(?:^|/)media_attachments/`],
  },
  profileUrl,
  downloadPage: 'https://docs.joinmastodon.org/user/moving/#export',
}
