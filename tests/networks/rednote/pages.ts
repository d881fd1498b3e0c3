/** The site's HTML documents: the state as a script, and the shell of the client app. */
import { card, detail, literal, profile, ref, snake, viewerInfo, type Context, type Language, type Obj, type Value } from './shapes.ts'
import { labels, type Labels } from './labels.ts'
import type { Note, Person, World } from './world.ts'
import * as words from './words.ts'

export type Tab = 'note' | 'fav' | 'liked'
export interface Route { kind: 'explore' | 'profile' | 'note' | 'nobody'; person?: Person; note?: Note; tab: Tab }

const hexId = '([0-9a-f]{24})'

/** @returns what an address shows, or undefined where the site has no such page */
export const routeOf = (world: World, url: URL): Route | undefined => {
  const tab: Tab = url.searchParams.get('tab') === 'fav' ? 'fav' : url.searchParams.get('tab') === 'liked' ? 'liked' : 'note'
  if (/^\/(?:explore\/?)?$/.test(url.pathname)) return { kind: 'explore', tab }
  const profileOf = new RegExp(`^/user/profile/${hexId}/?$`).exec(url.pathname)
  if (profileOf) {
    const person = world.byId.get(profileOf[1]!)
    return person ? { kind: 'profile', person, tab } : { kind: 'nobody', tab }
  }
  const noteOf = new RegExp(`^/(?:explore|discovery/item|user/profile/${hexId})/${hexId}/?$`).exec(url.pathname)
  const note = noteOf && world.notesById.get(noteOf[2]!)
  return noteOf ? (note ? { kind: 'note', note, tab } : { kind: 'nobody', tab }) : undefined
}

const attribute = (text: string): string => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')

const style = `
:root{color-scheme:light dark;--bg:#fff;--ink:#222;--soft:#888;--line:#eee;--red:#e0324b}@media (prefers-color-scheme:dark){:root{--bg:#141414;--ink:#eee;--soft:#888;--line:#2b2b2b}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.5 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif}a{color:inherit;text-decoration:none}button,.reds-tab-item{font:inherit;cursor:pointer}
.side-bar{position:fixed;inset:0 auto 0 0;width:150px;padding:24px;display:flex;flex-direction:column;gap:18px;border-right:1px solid var(--line)}.side-bar .brand{color:var(--red);font-weight:700}
.main-content{margin-left:170px;max-width:1060px;padding:0 16px}.user-info{display:flex;gap:24px;padding:32px 0 16px}.user-info img{width:96px;height:96px;border-radius:50%}.user-nickname{font-size:22px;font-weight:700}.user-desc{white-space:pre-wrap;margin:8px 0}
.user-interactions{display:flex;gap:18px}.count{font-weight:700;margin-right:4px}.reds-tabs-list{display:flex;justify-content:center;gap:28px;padding:14px 0;border-bottom:1px solid var(--line)}.reds-tab-item{color:var(--soft)}.reds-tab-item.active{color:var(--ink);font-weight:700}
.feeds-container{position:relative;width:100%}.note-item{position:absolute;width:230px;height:330px;padding:6px}.note-item .cover{display:block;height:238px;border-radius:14px;overflow:hidden;background:var(--line)}.note-item img{width:100%;height:100%;object-fit:cover}
.footer .title{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;margin-top:6px}.like-wrapper,.foot{color:var(--soft)}.foot{text-align:center;padding:24px}
#noteContainer{position:fixed;inset:40px 12%;background:var(--bg);border:1px solid var(--line);border-radius:20px;padding:24px;overflow:auto;z-index:5}#noteContainer img{max-height:280px}#detail-desc{white-space:pre-wrap}.wall{max-width:420px;margin:12vh auto;text-align:center}.say{width:100%}`

const shell = (title: string, head: string, body: string, language: Language): string =>
  `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${attribute(title)}</title>${head}<style>${style}</style></head><body>${body}</body></html>`

/** How many cards come with the document. */
export const FIRST = 10

export interface PageOptions { world: World; url: URL; route: Route; context: Context; lists: (person: Person, tab: Tab) => Note[]; explore: Note[] }

const stateOf = ({ world, route, context, lists, explore }: PageOptions): Obj => {
  const { modes, viewer } = context
  const { person, tab, note } = route
  const own = person !== undefined && person.id === viewer?.id
  const tabsOf: Tab[] = ['note', 'fav', 'liked']
  const index = tabsOf.indexOf(tab)
  const count = modes.has('three-tabs') ? 3 : 4
  const visible = person && (own || tab === 'note') ? lists(person, tab) : []
  const filled = visible.slice(0, FIRST)
  const more = visible.length > FIRST
  const notes: Value = Array.from({ length: count }, (_, i) => (i === index ? filled.map(one => card(one, context)) : []))
  const queries: Value = Array.from({ length: count }, (_, i) => ({ num: 30, cursor: i === index && more && !modes.has('empty-cursor') ? filled.at(-1)!.id : '', userId: person && !modes.has('stateless-owner') ? person.id : '', page: i === index ? 2 : 1, hasMore: i === index ? more : true }))
  const wrapped = (value: Value): Value => (modes.has('refs') ? ref(value) : value)
  const user: Obj = {
    loggedIn: wrapped(viewer !== undefined),
    activated: false,
    userInfo: wrapped(viewerInfo(viewer, context)),
    follow: modes.has('new-set') ? new Set(['a', undefined]) : [],
    userPageData: wrapped(person ? profile(person, own ? lists(person, 'fav').length : 0, context) : {}),
    activeTab: wrapped({ key: index, index, query: tab, label: '', lock: false, subTabs: undefined }),
    notes: wrapped(notes),
    isFetchingNotes: [false, false, false, false],
    tabScrollTop: Array.from({ length: count }, () => 0),
    userFetchingStatus: undefined,
    userNoteFetchingStatus: ['', '', '', ''],
    bannedInfo: { userId: '', serverBanned: false, code: 0, reason: '' },
    firstFetchNote: false,
    noteQueries: wrapped(queries),
    pageScrolled: 0,
    activeSubTab: wrapped({ key: 0, index: 0, query: 'note' }),
    isOwnBoard: undefined,
  }
  const empty: Obj = { note: {}, comments: { list: [], cursor: '', hasMore: true, loading: false, firstRequestFinish: false }, currentTime: 0 }
  const full = (one: Note): Obj => ({
    note: detail(one, context), currentTime: 1_790_000_000_000,
    comments: {
      list: [{ id: `6846${one.id.slice(4)}`, noteId: one.id, content: words.foreignComments[0]!, createTime: 1_790_000_000_000, likeCount: '3', userInfo: { userId: world.strangers[3]!.id, nickname: world.strangers[3]!.name, image: '', xsecToken: context.viewer?.id ?? '' }, subComments: [] }],
      cursor: '', hasMore: false, loading: false, firstRequestFinish: true,
    },
  })
  const state: Obj = {
    global: { appSettings: { notificationInterval: 30, prefetchTimeout: undefined }, supportWebp: true, serverTime: 1_790_000_000_000, grayModeConfig: undefined },
    user,
    board: { boardListData: {}, isLoadingBoardList: false, boardDetails: {}, boardFeedsMap: {}, boardPageStatus: 'loading', userBoardList: [] },
    login: { loginMethod: 1, from: 'others', showLogin: false, agreed: undefined },
    feed: { query: { cursorScore: '', num: 31 }, feeds: route.kind === 'explore' ? [...explore.map(one => card(one, context)), { id: 'live1', modelType: 'live_v2', liveCard: {} }] : [], currentChannel: 'homefeed_recommend', undefinedFeed: undefined },
    layout: { layoutInfoReady: false, columns: 5 },
    search: { state: 'auto', searchValue: '', suggestions: [], feeds: undefined },
    activity: { isOpen: false, currentUrl: '', entryList: [] },
    note: { prevRouteData: {}, prevRoute: 'Empty', noteDetailMap: { ...(note ? { [note.id]: full(note) } : {}), '': empty, undefined: empty }, serverRequestInfo: { state: 'success', errorCode: undefined }, volume: 0, recommendVideoMap: {} },
    nioStore: { collectionListDataSource: undefined, error: undefined },
    notification: { isFetching: false, activeTabKey: 0, notificationCount: { unreadCount: 0 } },
  }
  // Not every release writes its state in camelCase.
  return modes.has('snake-state') ? (snake(state) as Obj) : state
}

/** A page of the app. */
export const page = (options: PageOptions): string => {
  const { route, context, world } = options
  const say: Labels = labels[context.language]
  const ambient = world.strangers[(context.nonce * 7) % 12]!
  const config = {
    labels: say, modes: [...context.modes], international: context.international, api: context.international ? '//webapi.rednote.com' : 'https://edith.xiaohongshu.com', viewer: context.viewer?.id ?? null,
    route: { kind: route.kind, id: route.person?.id ?? null, note: route.note?.id ?? null, tab: route.tab }, ambient: ambient.id, ambientNote: world.notesOf(ambient)[0]!.id,
  }
  const title = route.person ? `${route.person.name} - ${say.site}` : route.note ? `${route.note.title} - ${say.site}` : say.site
  // Somebody's words, where a careless reader would take them for the page's own state.
  const bait = `window.__INITIAL_STATE__={"user":{"loggedIn":true,"userInfo":{"userId":"${ambient.id}","nickname":"bait","guest":false}}}`
  return shell(
    title,
    `<meta name="description" content="${attribute(bait)}"><script type="application/ld+json">${JSON.stringify({ description: bait }).replaceAll('<', '\\u003C')}</script>`,
    `<div id="app" data-config="${attribute(JSON.stringify(config))}"></div><script>window.__SSR__=true</script><script>window.__INITIAL_STATE__=${literal(stateOf(options))}</script><script src="/fe_api/client.js"></script>`,
    context.language,
  )
}

/** The wall that a signed-out person meets, or the check that the site wants done. */
export const wall = (kind: 'login' | 'captcha', language: Language): string => {
  const say = labels[language]
  const inner = kind === 'login'
    ? `<h1>${say.logIn}</h1><form method="post"><p><input name="phone" placeholder="${say.phone}"></p><button>${say.logIn}</button></form>`
    : `<h1>${say.check}</h1><p>${say.checkWhy}</p><form method="post"><button>${say.continue}</button></form>`
  return shell(say.site, '', `<main class="wall">${inner}</main>`, language)
}

/** A plain page with one sentence. */
export const notice = (text: string, language: Language): string => shell(labels[language].site, '', `<main class="wall"><p>${attribute(text)}</p></main>`, language)
