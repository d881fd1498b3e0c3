/** TikTok: what every surface may know of it. The reader is in `read.ts`; where each fact comes from stands in `NOTES.md`. */
import type { Page, Room } from '../types.ts'

const hosts = ['www.tiktok.com', 'tiktok.com']
const site = `https://${hosts[0]}`

/** A page told by its path; the first group, where there is one, is the handle it is about. */
const page = (path: RegExp, examples: string[], counterExamples: string[]): Page => ({
  match(url) {
    const found = hosts.includes(url.host) ? path.exec(url.pathname) : null
    return found ? (found[1] ? { handle: found[1] } : {}) : undefined
  },
  examples: examples.map(example => (example.startsWith('/') ? site + example : example)),
  counterExamples: counterExamples.map(example => (example.startsWith('/') ? site + example : example)),
})

const person = '@([\\w.]{1,60})'
const profileUrl = (handle: string): string => `${site}/@${handle}`
const own = ({ handle }: { handle?: string }): string => (handle ? profileUrl(handle) : `${site}/foryou`)

/** A tab of the profile, by the names that its parts go by; what it opens lies in the page. */
const tab = (signs: string, opened: string) => ({ signs: [{ kind: 'selector' as const, selector: signs }], opened })

export const room: Room = {
  id: 'tiktok',
  name: 'TikTok',
  hosts,
  // Some regions ask other hosts of the same domain.
  answerHosts: ['*.tiktok.com'],
  mediaHosts: ['*.tiktokcdn.com', '*.tiktokcdn-us.com', '*.tiktokcdn-eu.com', '*.tiktokv.com', 'v16-webapp-prime.tiktok.com', 'v19-webapp-prime.tiktok.com'],
  home: `${site}/foryou`,
  pages: {
    home: page(
      /^\/(?:(?:[a-z]{2}(?:-[A-Z]{2,4})?\/?)?|(?:[a-z]{2}(?:-[A-Z]{2,4})?\/)?(?:foryou|following|explore|friends|live)\/?)$/,
      ['/', '/foryou', '/following', '/explore', '/de-DE/', '/ja-JP/foryou', 'https://tiktok.com/'],
      ['/@ada.example', '/login', '/foryou/x', 'https://www.example.com/foryou', 'https://ads.tiktok.com/'],
    ),
    profile: page(new RegExp(`^/${person}/?$`), ['/@ada.example', '/@ada_1/', '/@ada?lang=en', 'https://tiktok.com/@ada'], ['/@ada/video/1', '/ada', '/', '/@', 'https://www.example.com/@ada']),
    post: page(new RegExp(`^/${person}/(?:video|photo)/\\d+/?$`), ['/@ada.example/video/7513000000000000000', '/@ada/photo/7513000000000000001?lang=en'], ['/@ada', '/@ada/video/', '/video/7513000000000000000']),
    login: page(/^\/(?:[a-z]{2}(?:-[A-Z]{2,4})?\/)?login(?:\/|$)/, ['/login', '/login/phone-or-email', '/de-DE/login'], ['/@login', '/', '/logins']),
    challenge: page(/^\/(?:captcha|verify)(?:\/|$)/, ['/captcha', '/verify/x'], ['/@verify', '/', '/verified']),
  },
  answers: ['^/api/(?:user/(?:list|detail|collect/item_list)|(?:post|repost|favorite|creator)/item_list|item/detail)/?$'],
  // The questions stand in the addresses, among what signs them; only the reader looks at those.
  request: { operation: [], variables: [] },
  state: { selector: 'script[type="application/json"], #SIGI_STATE, #sigi-persisted-data', contains: ['__DEFAULT_SCOPE__', 'ItemModule', 'UserModule'], context: [] },
  barriers: { loginWall: ['^/(?:[a-z]{2}(?:-[A-Z]{2,4})?/)?login(?:/|$)'], challenge: ['^/(?:captcha|verify)(?:/|$)'] },
  composers: ['[contenteditable="true"]', '[role="textbox"]', 'textarea'],
  posts: '[data-e2e="recommend-list-item-container"], [data-e2e="user-post-item"], [data-e2e="user-repost-item"], [data-e2e="user-liked-item"], [data-e2e="favorites-item"]',
  sections: [
    { section: 'profile', address: own, page: 'profile', paged: false },
    {
      section: 'follows',
      address: own,
      page: 'profile',
      open: {
        signs: [{ kind: 'selector', selector: '[data-e2e="following-count"]' }, { kind: 'selector', selector: '[data-e2e="following"]' }, { kind: 'counter', of: 'follows' }],
        // The dialog; where its name is gone, the list in it. Class names keep their beginning only.
        opened: '[data-e2e="follow-info-popup"], [role="dialog"] [class*="DivUserListContainer"]',
      },
      paged: true,
      counter: 'follows',
    },
    { section: 'posts', address: own, page: 'profile', paged: true, counter: 'posts' },
    {
      section: 'reposts',
      address: own,
      page: 'profile',
      open: { ...tab('[data-e2e="repost-tab"], [data-e2e="reposts-tab"], [role="tab"][class*="Repost"], p[class*="PRepost"]', '[data-e2e="user-repost-item-list"], [data-e2e="user-repost-item"]'), quiet: true },
      paged: true,
    },
    { section: 'bookmarks', address: own, page: 'profile', open: tab('[data-e2e="favorites-tab"], p[class*="PFavorite"]', '[data-e2e="favorites-item-list"], [data-e2e="favorites-item"]'), paged: true, optional: true },
    { section: 'likes', address: own, page: 'profile', open: tab('[data-e2e="liked-tab"], p[class*="PLike"]', '[data-e2e="user-liked-item-list"], [data-e2e="user-liked-item"]'), paged: true, optional: true },
  ],
  missing: [{ section: 'posts', why: 'videos_tiktok' }],
  handIn: {
    files: ['.zip', '.json'],
    named: true,
    members: [String.raw`(?:^|/)user_data(?:_tiktok)?\.json$`],
    // The file holds messages, sign-ins and purchases too; lists are told by the names of two levels (export.ts).
    only: [
      ['Profile(?: And Settings)?', 'Profile Info(?:rmation)?', 'ProfileMap', 'userName|displayName|bioDescription|profilePhoto|followerCount|followingCount'],
      ['Profile And Settings|Activity|Your Activity', 'Following(?: List)?', 'Following'],
      ['Likes and Favorites|Activity|Your Activity', 'Like List', 'ItemFavoriteList'],
      ['Likes and Favorites|Activity|Your Activity', 'Favorite Videos', 'FavoriteVideoList'],
      ['Activity|Your Activity', 'Reposts', 'RepostList'],
      ['Video|Post', 'Videos|Posts', 'VideoList'],
    ],
    unusable: [{ path: String.raw`(?:^|/)(?:Profile|Activity|Your Activity|Posts?|Videos?|Likes and Favorites|Profile And Settings)[^/]*/.*\.txt$`, kind: 'text' }],
  },
  profileUrl,
  downloadPage: `${site}/setting/download-your-data`,
}
