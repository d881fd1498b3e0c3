/** RedNote (Xiaohongshu, 小红书): what every surface may know of it. The reader is in `read.ts`; where each fact comes from stands in `NOTES.md`. */
import type { Page, Room } from '../types.ts'

/** China first, then the international site: one frontend, one set of accounts. */
const hosts = ['www.xiaohongshu.com', 'www.rednote.com']
const site = `https://${hosts[0]}`
/** An account's number: 24 hexadecimal digits, as far as was seen. */
const person = '([0-9a-zA-Z]{4,64})'

/** A page told by its path; the first group, where there is one, is the number of the account it is about. */
const page = (path: RegExp, examples: string[], counterExamples: string[]): Page => ({
  match(url) {
    const found = hosts.includes(url.host) ? path.exec(url.pathname) : null
    if (!found) return undefined
    return found[1] ? { handle: found[1].toLowerCase() } : {}
  },
  examples: examples.map(example => (example.startsWith('/') ? site + example : example)),
  counterExamples: counterExamples.map(example => (example.startsWith('/') ? site + example : example)),
})

const ada = '/user/profile/5f3a1b2c000000000100a1b2'
const note = '65a1b2c3000000001e00d4e5'

const profileUrl = (handle: string): string => `${site}/user/profile/${encodeURIComponent(handle)}`

/** The path of the person's profile, without a host: the walk stays on the site that the person uses, since they are signed in to that one. */
const tab = (query: string) => ({ id }: { id: string }): string => `/user/profile/${id}${query}`

/** Tabs of a profile are told by their place; their names are translated. */
const pressed = (index: number) => ({
  signs: [{ kind: 'selector' as const, selector: '.reds-tab-item' }],
  // The innermost that is there. Not the bar alone: saved notes have a second bar below the first.
  opened: '#app, .main-content, .user-page, #userPageContainer',
  tab: { selector: '.reds-tab-item', index },
})

export const room: Room = {
  id: 'rednote',
  name: 'RedNote',
  hosts,
  answerHosts: ['edith.xiaohongshu.com', 'webapi.rednote.com'],
  mediaHosts: ['*.xhscdn.com', '*.xhscdn.net', '*.rednotecdn.com', 'ci.xiaohongshu.com'],
  home: `${site}/explore`,
  pages: {
    home: page(
      /^\/(?:explore\/?)?$/,
      ['/', '/explore', '/explore?channel_id=homefeed_recommend', 'https://www.rednote.com/explore/', 'https://www.rednote.com/'],
      [`/explore/${note}`, '/search_result', 'https://www.example.com/explore', 'https://creator.xiaohongshu.com/'],
    ),
    profile: page(
      new RegExp(`^/user/profile/${person}/?$`),
      [ada, `${ada}/`, `${ada}?xsec_source=pc_feed&tab=fav&subTab=note`, `https://www.rednote.com${ada}`],
      [`${ada}/${note}`, '/user/profile/', '/user/profile/me', `https://www.example.com${ada}`],
    ),
    note: page(
      /^\/(?:explore|discovery\/item|search_result)\/[0-9a-fA-F]{24}\/?$/,
      [`/explore/${note}`, `/discovery/item/${note}?source=webshare`, `https://www.rednote.com/discovery/item/${note}`, `/search_result/${note}`],
      ['/explore', '/explore/new', ada],
    ),
    profileNote: page(new RegExp(`^/user/profile/${person}/[0-9a-fA-F]{24}/?$`), [`${ada}/${note}`, `${ada}/${note}?xsec_source=pc_user`], [ada, `/explore/${note}`]),
    search: page(/^\/search_result\/?$/, ['/search_result?keyword=%E9%9D%A2%E5%8C%85', '/search_result/'], ['/search', `/search_result/${note}`]),
    board: page(/^\/board\/[0-9a-fA-F]{24}\/?$/, [`/board/${note}`], ['/board/', `/explore/${note}`]),
    notification: page(/^\/notification\/?$/, ['/notification'], ['/notifications/x', '/']),
    login: page(/^\/(?:website-)?login\/?$/, ['/login', '/website-login', '/login?redirectPath=%2Fexplore'], ['/website-login/captcha', '/explore']),
    challenge: page(
      /^\/(?:(?:website|web)-login\/(?:captcha|error|verify)|captcha|404\/sec_\w+)(?:\/|$)/,
      ['/website-login/captcha?redirectPath=%2Fexplore&verifyType=124', '/web-login/captcha', '/website-login/error?error_code=300012', '/404/sec_a1b2c3d4?error_code=300012'],
      ['/website-login', '/404', '/captchas', '/explore'],
    ),
  },
  answers: [
    '^/api/sns/web/v\\d+/user_posted$',
    '^/api/sns/web/v\\d+/feed$',
    '^/api/sns/web/v\\d+/note/(?:collect|like)/page$',
    '^/api/sns/web/v\\d+/user/(?:me|otherinfo|hover_card)$',
    '^/api/sns/web/v\\d+/board/note$',
  ],
  request: { operation: [], variables: [] },
  state: { selector: 'script:not([src])', contains: ['__INITIAL_STATE__'], context: [] },
  barriers: {
    loginWall: ['^/(?:website-)?login/?$'],
    challenge: ['^/(?:(?:website|web)-login/(?:captcha|error|verify)|captcha|404/sec_\\w+)(?:/|$)'],
  },
  composers: ['[contenteditable="true"]', '[role="textbox"]', 'textarea'],
  posts: 'section.note-item, #noteContainer',
  sections: [
    { section: 'profile', address: tab(''), page: 'profile', paged: false },
    { section: 'posts', address: tab(''), page: 'profile', paged: true },
    { section: 'bookmarks', address: tab('?tab=fav&subTab=note'), page: 'profile', open: pressed(1), paged: true, optional: true },
    { section: 'likes', address: tab('?tab=liked'), page: 'profile', open: pressed(2), paged: true, optional: true },
  ],
  missing: [{ section: 'follows', why: 'follows_rednote' }, { section: 'posts', why: 'texts_rednote' }],
  handIn: { files: ['.txt', '.csv'], paste: true },
  profileUrl,
  downloadPage: `${site}/explore`,
}
