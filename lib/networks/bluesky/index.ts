/** Bluesky: what every surface may know of it. The reader is in `read.ts`; where each fact comes from stands in `NOTES.md`. */
import type { Ask } from '../../model/index.ts'
import type { Page, Room, Subject } from '../types.ts'
import { ruleOut } from './bridge.ts'

const hosts = ['bsky.app', 'main.bsky.dev']
const site = `https://${hosts[0]}`
export const publicApi = 'https://public.api.bsky.app/xrpc/'
export const directory = 'https://plc.directory/'
/** Host of the site's own copies of pictures. */
export const pictures = 'cdn.bsky.app'

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** A page told by its path; the first group, where there is one, is the handle or DID it is about. */
const page = (path: RegExp, examples: string[], counterExamples: string[]): Page => ({
  match(url) {
    const found = hosts.includes(url.host) ? path.exec(url.pathname) : null
    return found ? (found[1] ? { handle: decoded(found[1]) } : {}) : undefined
  },
  examples: examples.map(example => site + example),
  counterExamples: counterExamples.map(example => (example.startsWith('/') ? site + example : example)),
})

/** A DID by its grammar (W3C DID Core, section 3.1); the network knows the methods `plc` and `web` (atproto.com/specs/did). */
const did = /^did:[a-z0-9]{2,10}:[\w.:%-]{3,250}$/
export const isDid = (text: string): boolean => did.test(text)
/** A handle is a host name with at least two labels (atproto.com/specs/handle). */
const handle = /^(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/** Names that only look like handles: files and hosts of this network itself. */
const isHandle = (text: string): boolean => handle.test(text) && !hosts.includes(text.toLowerCase())

const subject = (text: string): Subject | undefined => {
  const given = text.trim()
  if (/^https?:\/\//i.test(given) || /^(?:www\.)?bsky\.app\//i.test(given)) {
    const address = /^https?:/i.test(given) ? given : `https://${given}`
    const url = URL.canParse(address) ? new URL(address) : undefined
    const found = url && hosts.includes(url.host) ? /^\/profile\/([^/]+)/.exec(url.pathname)?.[1] : undefined
    return found ? subject(decoded(found)) : undefined
  }
  const name = given.replace(/^at:\/\//, '').replace(/^@/, '').replace(/\/$/, '')
  if (isDid(name)) return { handle: name }
  return isHandle(name) ? { handle: name.toLowerCase() } : undefined
}

const begin = ({ handle: actor }: Subject): Ask[] => [
  { url: `${publicApi}app.bsky.actor.getProfile?actor=${encodeURIComponent(actor)}`, section: 'profile', request: { operation: 'app.bsky.actor.getProfile', variables: { subject: true, actor } } },
]

const profileUrl = (name: string): string => `${site}/profile/${name}`
const own = ({ handle: name, id }: { handle?: string; id: string }): string => profileUrl(name ?? id)

export const room: Room = {
  id: 'bluesky',
  name: 'Bluesky',
  hosts,
  // The originals lie at the account's own server, copies at the site's.
  mediaHosts: 'seen',
  home: `${site}/`,
  pages: {
    home: page(/^\/(?:home\/?)?$/, ['/', '/home'], ['/profile/ada.example.com', '/search', 'https://example.com/']),
    profile: page(/^\/profile\/([^/]+)\/?$/, ['/profile/ada.example.com', '/profile/did:plc:ewvi7nxzyoun6zhxrhs64oiz'], ['/profile/', '/profile/ada.example.com/follows']),
    follows: page(/^\/profile\/([^/]+)\/follows\/?$/, ['/profile/ada.example.com/follows'], ['/profile/ada.example.com/followers']),
    post: page(/^\/profile\/([^/]+)\/post\/[\w.~:-]+\/?$/, ['/profile/ada.example.com/post/3jzfcijpj2z2a'], ['/profile/ada.example.com']),
  },
  answers: [],
  request: { operation: [], variables: [] },
  state: { selector: 'script[type="application/json"]', contains: ['holdall-reads-nothing-here'], context: [] },
  barriers: { loginWall: [], challenge: [] },
  composers: [],
  posts: '[data-testid^="feedItem"]',
  sections: [
    { section: 'profile', address: own, page: 'profile', paged: false },
    { section: 'follows', address: own, page: 'profile', paged: true, counter: 'follows' },
    { section: 'posts', address: own, page: 'profile', paged: true, counter: 'posts', holds: ['posts', 'replies'] },
    { section: 'reposts', address: own, page: 'profile', paged: true },
    { section: 'lists', address: own, page: 'profile', paged: true, optional: true },
    { section: 'blocks', address: own, page: 'profile', paged: true, optional: true },
    { section: 'likes', address: own, page: 'profile', paged: true, optional: true },
  ],
  api: { subject, example: 'you.bsky.social', asks: ['public.api.bsky.app', 'plc.directory', '{origin}'], begin, everyMs: 150 },
  handIn: { files: ['.car'], named: true },
  // Bridgy Fed: whoever follows its bot there has `handle@bsky.brid.gy` (snarfed/bridgy-fed, docs, `protocol.py`, `dms.py`, 2026-08).
  fediverse: { host: 'bsky.brid.gy', optIn: true, privateUnreachable: false, bridge: { name: 'Bridgy Fed', refusal: '#nobridge', back: '.brid.gy' }, leave: ['bsky.brid.gy'], ruleOut: ruleOut(publicApi) },
  profileUrl,
  downloadPage: 'https://bsky.app/settings/account',
}
