/** Instagram: what every surface may know of it. The reader is in `read.ts`; where each fact comes from stands in `NOTES.md`. */
import type { Page, Room, Sign } from '../types.ts'

const hosts = ['www.instagram.com', 'instagram.com']
const site = `https://${hosts[0]}`

/** First parts of paths that are nobody's name. */
const reserved = new Set([
  'about', 'accounts', 'api', 'auth_platform', 'challenge', 'checkpoint', 'consent', 'developer', 'direct', 'emails', 'explore', 'graphql', 'legal', 'login', 'p', 'popular', 'press', 'privacy', 'reel', 'reels', 'session', 'stories',
  'terms', 'tv', 'web', 'your_activity',
])

/** A page told by its path; the first group, where there is one, is the handle it is about. */
const page = (path: RegExp, examples: string[], counterExamples: string[]): Page => ({
  match(url) {
    const found = hosts.includes(url.host) ? path.exec(url.pathname) : null
    if (!found || (found[1] && reserved.has(found[1].toLowerCase()))) return undefined
    return found[1] ? { handle: found[1] } : {}
  },
  examples: examples.map(example => (example.startsWith('/') ? site + example : example)),
  counterExamples: counterExamples.map(example => (example.startsWith('/') ? site + example : example)),
})

/** Letters, digits, `_` and `.`, at most 30. */
const person = '([A-Za-z0-9._]{1,30})'

const profileUrl = (handle: string): string => `${site}/${handle}/`

/** Where the walk goes for a page of the person's profile; home where the name is not known. */
const own = (path: string) => ({ handle }: { handle?: string }): string => (handle ? `${profileUrl(handle)}${path}` : `${site}/`)

/** A tab of the profile that not every account has: it is pressed where it stands, and left out where it does not. */
const pressed = (name: string): { signs: Sign[]; opened: string; quiet: true } => ({
  signs: [{ kind: 'link', path: `/{handle}/${name}` }],
  opened: `a[aria-selected="true"][href$="/${name}/"], a[aria-selected="true"][href$="/${name}"], a[aria-current="page"][href$="/${name}/"]`,
  quiet: true,
})

export const room: Room = {
  id: 'instagram',
  name: 'Instagram',
  hosts,
  answerHosts: ['i.instagram.com'],
  mediaHosts: ['*.cdninstagram.com', '*.fbcdn.net'],
  home: `${site}/`,
  pages: {
    home: page(/^\/$/, ['/', '/?hl=ja', 'https://instagram.com/'], ['/ada.of.example/', 'https://www.example.com/', 'https://help.instagram.com/']),
    profile: page(new RegExp(`^/${person}/?$`), ['/ada.of.example/', '/ada.of.example', '/ada_1/?hl=de'], ['/explore/', '/ada/reels/', '/p/CuXFPIeLLod/', '/', '/direct/', 'https://www.example.com/ada/']),
    reels: page(new RegExp(`^/${person}/reels/?$`), ['/ada.of.example/reels/'], ['/reels/', '/ada/', '/ada/reel/CuXFPIeLLod/']),
    reposts: page(new RegExp(`^/${person}/reposts/?$`), ['/ada.of.example/reposts/'], ['/ada/', '/ada/reels/', '/reposts/']),
    following: page(new RegExp(`^/${person}/following/?$`), ['/ada.of.example/following/'], ['/ada/followers/', '/ada/']),
    followers: page(new RegExp(`^/${person}/followers/?$`), ['/ada.of.example/followers/'], ['/ada/following/', '/ada/']),
    tagged: page(new RegExp(`^/${person}/tagged/?$`), ['/ada.of.example/tagged/'], ['/ada/', '/tagged/']),
    saved: page(new RegExp(`^/${person}/saved(?:/[\\w-]+(?:/\\d+)?)?/?$`), ['/ada.of.example/saved/', '/ada/saved/all-posts/', '/ada/saved/bread/17900000000000000/'], ['/ada/', '/accounts/saved/']),
    post: page(
      new RegExp('^/(?:[A-Za-z0-9._]{1,30}/)?(?:p|reel|tv)/[\\w-]+/?$'),
      ['/p/CuXFPIeLLod/', '/ada.of.example/p/CuXFPIeLLod/', '/reel/CuXFPIeLLod/', '/tv/CuXFPIeLLod'],
      ['/p/', '/ada/', '/reels/CuXFPIeLLod/', '/ada/saved/all-posts/'],
    ),
    login: page(/^\/(?:accounts\/)?(?:login|emailsignup|signup)\/?$/, ['/accounts/login/', '/accounts/login/?next=%2F', '/login'], ['/accounts/login/two_factor', '/']),
    challenge: page(
      /^\/(?:challenge|checkpoint|auth_platform|accounts\/(?:suspended|disabled)|(?:accounts\/)?login\/two_factor)(?:\/|$)/,
      ['/challenge/', '/challenge/action/AXe/', '/challenge/624/lMZ/', '/checkpoint/1501092823525282/', '/auth_platform/codeentry/', '/accounts/suspended/', '/accounts/login/two_factor'],
      ['/accounts/login/', '/challenger/', '/ada/challenge/'],
    ),
    // Where a list is at home: pressing what opens it may change the address, or not.
    people: page(new RegExp(`^/${person}(?:/following)?/?$`), ['/ada.of.example/', '/ada.of.example/following/'], ['/ada/followers/', '/explore/']),
    tabs: page(new RegExp(`^/${person}(?:/(?:reels|reposts))?/?$`), ['/ada.of.example/', '/ada.of.example/reels/', '/ada.of.example/reposts/'], ['/ada/tagged/', '/reels/']),
  },
  answers: ['^/graphql/query', '^/api/graphql', '^/api/v1/(?:friendships|users|feed|clips|media)/'],
  request: { operation: ['fb_api_req_friendly_name', 'query_hash'], variables: ['variables'], operationHeader: 'x-fb-friendly-name' },
  state: {
    selector: 'script[type="application/json"]',
    contains: ['RelayPrefetchedStreamCache', 'RelayPreloader_', 'PolarisQueryPreloaderCache', 'PolarisViewer'],
    context: ['PolarisViewer', '"preloaderID"'],
  },
  barriers: {
    loginWall: ['^/(accounts/)?(login|emailsignup|signup)/?$'],
    challenge: ['^/challenge(/|$)', '^/checkpoint(/|$)', '^/auth_platform(/|$)', '^/accounts/(suspended|disabled)(/|$)', '^/(accounts/)?login/two_factor'],
  },
  composers: ['[contenteditable="true"]', '[role="textbox"]', 'textarea'],
  posts: 'article, a[href*="/p/"], a[href*="/reel/"]',
  sections: [
    { section: 'profile', address: own(''), page: 'profile', paged: false },
    {
      section: 'follows',
      address: own(''),
      page: 'people',
      open: {
        signs: [
          { kind: 'link', path: '/{handle}/following' },
          { kind: 'counter', of: 'follows' },
          { kind: 'selector', selector: 'header a[href$="/following/"], header a[href$="/following"]' },
        ],
        // Other boxes (notifications, cookies) have neither a search field nor faces.
        opened: '[role="dialog"]:has(input), [role="dialog"]:has(a img)',
      },
      paged: true,
      counter: 'follows',
    },
    { section: 'posts', address: own(''), page: 'profile', paged: true, counter: 'posts' },
    { section: 'media', address: own(''), page: 'tabs', open: pressed('reels'), paged: true },
    { section: 'reposts', address: own(''), page: 'tabs', open: pressed('reposts'), paged: true },
    { section: 'bookmarks', address: own('saved/all-posts/'), page: 'saved', paged: true, optional: true },
  ],
  postsFollowAccount: true,
  // The sister network has the same names, and speaks to the fediverse where a person wants it.
  fediverse: { host: 'threads.net', optIn: true, privateUnreachable: true, proof: 'server', sameName: true, leave: ['threads.net', 'www.threads.net'] },
  missing: [{ section: 'follows', why: 'address_instagram' }, { section: 'media', why: 'reels_instagram' }],
  handIn: {
    files: ['.zip', '.json'],
    named: true,
    // Folders were moved and renamed from one generation to the next; names stayed. The sister network has files of the same names in a folder of its own.
    members: [
      String.raw`(?:^|/)personal_information/personal_information\.json$`,
      ...['following', String.raw`followers(?:_\d+)?`, 'blocked_(?:accounts|profiles)'].map(name => String.raw`(?:^|/)followers_and_following/${name}\.json$`),
      ...[String.raw`posts_\d+`, 'reels'].map(name => String.raw`(?:^|/)(?:content|media)/${name}\.json$`),
      String.raw`(?:^|/)liked_posts\.json$`,
      String.raw`(?:^|/)saved_posts\.json$`,
    ],
    mediaMembers: [String.raw`(?:^|/)media/`],
    unusable: [{ path: String.raw`(?:^|/)(?:followers_and_following|personal_information|content|media)/[^/]+\.html$`, kind: 'html' }],
  },
  profileUrl,
  downloadPage: 'https://accountscenter.instagram.com/info_and_permissions/dyi/',
}
