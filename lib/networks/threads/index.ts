/** Threads: what every surface may know of it. The reader is in `read.ts`; where each fact comes from stands in `NOTES.md`. */
import type { Page, Room } from '../types.ts'

const hosts = ['www.threads.com', 'www.threads.net', 'threads.com', 'threads.net']
const site = `https://${hosts[0]}`

/** A page told by its path; the first group, where there is one, is the handle it is about. */
const page = (path: RegExp, examples: string[], counterExamples: string[]): Page => ({
  match(url) {
    const found = hosts.includes(url.host) ? path.exec(url.pathname) : null
    if (!found) return undefined
    const handle = found[1] ? decoded(found[1]) : undefined
    return handle ? { handle } : {}
  },
  examples: examples.map(example => (example.startsWith('/') ? site + example : example)),
  counterExamples: counterExamples.map(example => (example.startsWith('/') ? site + example : example)),
})

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** A person's own name on Threads: letters, digits, `_` and `.`. */
const person = '(?:@|%40)([A-Za-z0-9._]{1,64})'

const profileUrl = (handle: string): string => (handle.includes('@') ? `${site}/fediverse_profile/@${handle}` : `${site}/@${handle}`)

/** Where the walk goes for a tab of the person's profile; home where the name is not known. */
const tab = (path: string) => ({ handle }: { handle?: string }): string => (handle ? `${profileUrl(handle)}${path}` : `${site}/`)

export const room: Room = {
  id: 'threads',
  name: 'Threads',
  hosts,
  mediaHosts: ['*.cdninstagram.com', '*.fbcdn.net'],
  home: `${site}/`,
  pages: {
    home: page(
      /^\/(?:for_you\/?|following\/?)?$/,
      ['/', 'https://threads.net/', '/for_you', '/following/', '/?hl=ja'],
      ['/@ada.of.example', '/search', 'https://www.example.com/', '/following/more'],
    ),
    profile: page(
      new RegExp(`^/${person}(?:/threads)?/?$`),
      ['/@ada.of.example', '/@ada.of.example/', '/%40ada.of.example', '/@ada_1?xmt=AQ', 'https://www.threads.net/@ada'],
      ['/@ada/replies', '/@ada/post/Cu', '/ada', '/@ada@mastodon.example', 'https://mastodon.example/@ada'],
    ),
    replies: page(new RegExp(`^/${person}/replies/?$`), ['/@ada/replies', '/@ada/replies/'], ['/@ada', '/@ada/reposts', '/@replies']),
    reposts: page(new RegExp(`^/${person}/reposts/?$`), ['/@ada/reposts'], ['/@ada', '/@ada/replies', '/@reposts']),
    media: page(new RegExp(`^/${person}/media/?$`), ['/@ada/media'], ['/@ada', '/@ada/post/media', '/@media']),
    post: page(
      new RegExp(`^/(?:${person}/post|t)/[\\w-]+(?:/.*)?$`),
      ['/@ada/post/CuXFPIeLLod', '/@ada/post/CuXFPIeLLod/media', '/t/CuXFPIeLLod'],
      ['/@ada', '/@ada/post/', '/t/'],
    ),
    search: page(/^\/search\/?$/, ['/search?q=bread&serp_type=default', '/search'], ['/searching', '/@search']),
    remote: page(
      /^\/fediverse_profile\/(?:@|%40)?([^/@\s]+(?:@|%40)[^/\s]+)\/?$/,
      ['/fediverse_profile/@ada@mastodon.example'],
      ['/@ada', '/fediverse_profile/', '/fediverse_profile/@ada'],
    ),
    login: page(/^\/(?:accounts\/)?login\/?$/, ['/login', '/login/?next=%2F', '/accounts/login/'], ['/@login', '/accounts/login/two_factor', '/']),
    challenge: page(
      /^\/(?:challenge|checkpoint|auth_platform|accounts\/(?:suspended|disabled)|(?:accounts\/)?login\/two_factor)(?:\/|$)/,
      ['/challenge/', '/challenge/action/AXe/', '/checkpoint/1501092823525282/', '/auth_platform/codeentry/', '/accounts/suspended/', '/accounts/login/two_factor'],
      ['/login', '/@challenge', '/challenger'],
    ),
  },
  answers: ['^/graphql/query', '^/api/graphql', '^/ajax/(?:bulk-)?route-definitions?(?:/|$)', '^/api/v1/(?:friendships|users|text_feed)/'],
  request: { operation: ['fb_api_req_friendly_name'], variables: ['variables'], operationHeader: 'x-fb-friendly-name' },
  state: {
    selector: 'script[type="application/json"]',
    contains: ['RelayPrefetchedStreamCache', 'RelayPreloader_', 'BarcelonaSharedData', 'thread_items'],
    context: ['BarcelonaSharedData', '"preloaderID"'],
  },
  barriers: {
    loginWall: ['^/login/?$', '^/accounts/login/?$'],
    challenge: ['^/challenge(/|$)', '^/checkpoint(/|$)', '^/auth_platform(/|$)', '^/accounts/(suspended|disabled)(/|$)', '^/(accounts/)?login/two_factor'],
  },
  composers: ['[contenteditable="true"]', '[role="textbox"]', 'textarea'],
  posts: '[data-pressable-container]',
  sections: [
    { section: 'profile', address: tab(''), page: 'profile', paged: false },
    {
      section: 'follows',
      address: tab(''),
      page: 'profile',
      open: {
        signs: [
          { kind: 'link', path: '/@{handle}/following' },
          { kind: 'link', path: '/@{handle}/followers' },
          { kind: 'counter', of: 'followers' },
          { kind: 'counter', of: 'follows' },
          { kind: 'selector', selector: 'a[href^="/@"][href$="/followers"], a[href^="/@"][href$="/followers/"]' },
          { kind: 'selector', selector: 'a[href^="/@"][href$="/following"], a[href^="/@"][href$="/following/"]' },
        ],
        opened: '[role="dialog"]',
        // Followers come first, whatever the language.
        tab: { selector: '[role="tab"]', index: 1 },
      },
      paged: true,
      counter: 'follows',
    },
    { section: 'posts', address: tab(''), page: 'profile', paged: true },
    { section: 'replies', address: tab('/replies'), page: 'replies', paged: true },
    { section: 'reposts', address: tab('/reposts'), page: 'reposts', paged: true },
  ],
  postsFollowAccount: true,
  // Some names are known there while their actor is not, and the actor is shown to servers that sign alone (snarfed/bridgy-fed, `pages.py`, 2026-08).
  fediverse: { host: 'threads.net', optIn: true, privateUnreachable: true, proof: 'server', leave: ['threads.net', 'www.threads.net'] },
  handIn: {
    files: ['.zip', '.json'],
    named: true,
    // The folder holds drafts, what was looked at and who was unfollowed too. The name is the same in both networks of the house.
    members: [
      ...['personal_information', 'threads_and_replies', 'following', 'followers', 'blocked_profiles', 'blocked', 'liked_threads'].map(name => String.raw`(?:^|/)threads/${name}(?:_\d+)?\.json$`),
      String.raw`(?:^|/)personal_information/personal_information\.json$`,
    ],
    mediaMembers: [String.raw`(?:^|/)media/`],
    unusable: [{ path: String.raw`(?:^|/)threads/[^/]+\.html$`, kind: 'html' }],
  },
  profileUrl,
  downloadPage: 'https://accountscenter.instagram.com/info_and_permissions/dyi/',
}
