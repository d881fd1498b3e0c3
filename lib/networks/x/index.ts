/** X (Twitter): what every surface may know of it. The reader is in `read.ts`; where each fact comes from stands in `NOTES.md`. */
import type { Page, Room } from '../types.ts'

const hosts = ['x.com', 'mobile.x.com', 'twitter.com', 'mobile.twitter.com']
const site = `https://${hosts[0]}`

/** A page told by its path; the first group, where there is one, is the handle it is about. */
const page = (path: RegExp, examples: string[], counterExamples: string[]): Page => ({
  match(url) {
    const found = hosts.includes(url.host) ? path.exec(url.pathname) : null
    if (!found) return undefined
    return found[1] ? { handle: found[1] } : {}
  },
  examples: examples.map(example => (example.startsWith('/') ? site + example : example)),
  counterExamples: counterExamples.map(example => (example.startsWith('/') ? site + example : example)),
})

/** Words that stand where a name would. */
const taken = [
  'home', 'explore', 'notifications', 'messages', 'chat', 'settings', 'search', 'compose', 'i', 'login', 'logout', 'signup', 'account', 'tos', 'privacy', 'rules', 'about', 'jobs', 'download', 'intent', 'share',
  'hashtag', 'oauth', 'help', 'lists', 'communities', 'who_to_follow', 'topics', 'premium_sign_up', 'ads', 'status', 'statuses', 'personalization', 'safety', 'mentions', 'invites', 'welcome',
]
/** A person's name in an address: letters, digits and `_`. A dot is let through, but for names of files: what is found is only compared with the account's own name. */
const person = `(?!(?:${taken.join('|')})(?:/|$)|[^/]+\\.(?:js|json|txt|xml|ico|html?|png|webmanifest)(?:/|$))([A-Za-z0-9_.]{1,30})`

/** Where the walk goes for a page of the person's own. Where only the number is known, the site itself leads from it to the profile. */
const own = (path: string) => ({ id, handle }: { id: string; handle?: string }): string => (handle ? `${site}/${handle}${path}` : `${site}/i/user/${id}`)

export const room: Room = {
  id: 'x',
  name: 'X',
  hosts,
  answerHosts: ['api.x.com', 'api.twitter.com'],
  mediaHosts: ['pbs.twimg.com', 'video.twimg.com'],
  home: `${site}/home`,
  pages: {
    home: page(/^\/(?:home\/?)?$/, ['/', '/home', '/home/', 'https://twitter.com/home'], ['/homes', '/ada_of_example', 'https://www.example.com/home', 'https://pro.x.com/home']),
    profile: page(
      new RegExp(`^/${person}/?$`),
      ['/ada_of_example', '/ada_of_example/', '/Ada?lang=ja', 'https://twitter.com/ada_of_example', 'https://mobile.x.com/ada'],
      ['/ada/following', '/home', '/i/user/12', '/explore', '/ada/status/1', '/@ada', '/robots.txt', 'https://www.example.com/ada'],
    ),
    byNumber: page(/^\/i\/user\/\d+\/?$/, ['/i/user/2244994', '/i/user/12/'], ['/i/user/', '/user/12']),
    follows: page(new RegExp(`^/${person}/following/?$`), ['/ada/following', '/ada/following/'], ['/ada', '/ada/followers', '/i/following', '/following']),
    followers: page(
      new RegExp(`^/${person}/(?:followers|verified_followers|followers_you_follow|subscriptions|creator-subscriptions/subscriptions)/?$`),
      ['/ada/followers', '/ada/verified_followers', '/ada/followers_you_follow'],
      ['/ada/following', '/ada', '/followers'],
    ),
    replies: page(new RegExp(`^/${person}/with_replies/?$`), ['/ada/with_replies'], ['/ada', '/ada/replies', '/with_replies']),
    media: page(new RegExp(`^/${person}/(?:media|photos|videos|highlights|articles)/?$`), ['/ada/media', '/ada/highlights'], ['/ada', '/ada/status/1/photo/1']),
    likes: page(
      new RegExp(`^/(?:i/history/likes|${person}/likes)/?$`),
      ['/ada/likes', '/i/history/likes', '/i/history/likes/'],
      ['/ada', '/i/likes', '/i/history', '/i/history/videos', '/likes'],
    ),
    bookmarks: page(/^\/i\/(?:bookmarks(?:\/all)?|history)\/?$/, ['/i/bookmarks', '/i/bookmarks/all', '/i/history'], ['/i/history/likes', '/i/bookmarks/1889012345678901234', '/bookmarks']),
    lists: page(new RegExp(`^/${person}/lists/?$`), ['/ada/lists', '/ada/lists/'], ['/ada', '/i/lists/12', '/lists', '/ada/lists/memberships']),
    list: page(/^\/i\/lists\/\d+\/?$/, ['/i/lists/1234567890'], ['/i/lists/1234567890/members', '/i/lists/', '/ada/lists']),
    members: page(/^\/i\/lists\/\d+\/members\/?$/, ['/i/lists/1234567890/members'], ['/i/lists/1234567890', '/i/lists/1234567890/followers']),
    blocks: page(/^\/settings\/blocked(?:\/all)?\/?$/, ['/settings/blocked/all', '/settings/blocked'], ['/settings/blocked/imported', '/settings/muted/all']),
    mutes: page(/^\/settings\/muted(?:\/all)?\/?$/, ['/settings/muted/all', '/settings/muted'], ['/settings/muted_keywords', '/settings/blocked/all']),
    post: page(
      new RegExp(`^/(?:i/(?:web/)?status|${person}/status(?:es)?)/\\d+(?:/.*)?$`),
      ['/ada/status/2083305234688803178', '/ada/status/20/photo/1', '/i/status/20', '/i/web/status/20'],
      ['/ada', '/ada/status/', '/i/lists/20', '/status/20'],
    ),
    search: page(/^\/search\/?$/, ['/search?q=bread&f=live', '/search'], ['/searches', '/search/home', '/explore']),
    login: page(/^\/(?:login|i\/flow\/(?:login|signup))\/?$/, ['/login', '/i/flow/login', '/i/flow/login?redirect_after_login=%2Fhome', '/i/flow/signup'], ['/i/flow/verify', '/ada', '/logins']),
    challenge: page(
      /^\/(?:account\/(?:access|login_challenge|login_verification|begin_password_reset|suspended)|i\/flow\/(?!login\/?$|signup\/?$)[\w-]+)(?:\/|$)/,
      ['/account/access', '/account/access?lang=en', '/account/login_challenge', '/i/flow/consent_flow', '/i/flow/verify_identity'],
      ['/i/flow/login', '/account', '/account/about', '/accounts'],
    ),
  },
  // Reads of people, posts and lists; not the streams of other people's posts, which are large, and nothing that changes anything.
  answers: [
    '^/(?:i/api/)?graphql/[^/]+/(?!(?:Home|Search|Explore|Generic|Trend|Notification|Sidebar|Dm|DM|Create|Delete|Update|Edit|Favorite|Unfavorite|Put|Remove|Add|Set|Pin|Unpin|Mute|Unmute|Block|Unblock|Join|Leave|Live|Audio|Grok|Jetfuel|Ads?|Data|Mock)(?:[A-Z]|$)\\w*$)\\w+$',
    '^/(?:i/api/)?1\\.1/(?:friends|followers|blocks|mutes/users)/list\\.json$',
  ],
  // The operation's name is the last part of the address.
  request: { operation: [], variables: ['variables'] },
  state: { selector: 'script:not([src])', contains: ['__INITIAL_STATE__', '__META_DATA__'], context: [] },
  barriers: {
    loginWall: ['^/login/?$', '^/i/flow/(?:login|signup)/?$'],
    challenge: ['^/account/(?:access|login_challenge|login_verification|begin_password_reset|suspended)(?:/|$)', '^/i/flow/(?!login/?$|signup/?$)[\\w-]+'],
  },
  composers: ['[contenteditable="true"]', '[role="textbox"]', 'textarea'],
  posts: 'article',
  sections: [
    { section: 'profile', address: own(''), page: 'profile', paged: false },
    { section: 'follows', address: own('/following'), page: 'follows', paged: true, counter: 'follows' },
    // The counter of posts counts replies and reposts too; the second list has all that the first has, and what it answers.
    { section: 'posts', address: own(''), page: 'profile', paged: true, counter: 'posts', holds: ['posts', 'replies', 'reposts'] },
    { section: 'replies', address: own('/with_replies'), page: 'replies', paged: true },
    { section: 'lists', address: own('/lists'), page: 'lists', paged: true, partScrolls: '[role="dialog"] [data-viewportview="true"], [data-viewportview="true"]', optional: true },
    { section: 'blocks', address: () => `${site}/settings/blocked/all`, page: 'blocks', paged: true, optional: true },
    { section: 'mutes', address: () => `${site}/settings/muted/all`, page: 'mutes', paged: true, optional: true },
    // Both lead on to a page of their own since 2026: what is there is the same.
    { section: 'bookmarks', address: () => `${site}/i/bookmarks`, page: 'bookmarks', paged: true, optional: true },
    { section: 'likes', address: own('/likes'), page: 'likes', paged: true, optional: true },
  ],
  postsFollowAccount: true,
  missing: [{ section: 'posts', why: 'posts_x' }],
  handIn: {
    files: ['.zip', '.js'],
    named: true,
    // Long lists go on in further files of the same name.
    members: ['account', 'profile', 'tweets?', 'note-tweet', 'community-tweet', 'following', 'follower', 'block', 'mute', 'like'].map(name => String.raw`(?:^|/)${name}(?:-part\d+)?\.js$`),
    mediaMembers: [String.raw`(?:^|/)(?:tweets?|community_tweet)_media/`],
  },
  profileUrl: handle => `${site}/${handle}`,
  downloadPage: `${site}/settings/download_your_data`,
}
