/** The site's HTML: the same shell for every page, with a state of its own and the client app. */
import { idOf, operations } from './answers.ts'
import { labels, type Language } from './labels.ts'
import { avatarOf, secrets, type Context, type Json } from './shapes.ts'
import type { Person, World } from './world.ts'

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
const inScript = (value: Json): string => JSON.stringify(value).replaceAll('<', '\\u003C')

const style = `
:root{color-scheme:light dark;--bg:#fff;--line:#e2e6e9;--ink:#0f1419;--soft:#5b6873}
@media (prefers-color-scheme:dark){:root{--bg:#0b0f12;--line:#2b3238;--ink:#e7e9ea;--soft:#8a949c}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.4 system-ui,sans-serif}a{color:inherit;text-decoration:none}
header{position:fixed;inset:0 auto 0 0;width:180px;padding:16px;border-right:1px solid var(--line);display:flex;flex-direction:column;gap:14px}main{margin:0 240px 0 180px;max-width:640px;border-right:1px solid var(--line);min-height:100vh}
aside{position:fixed;right:0;top:0;width:230px;padding:16px;font-size:13px}h2{font-size:18px;margin:0;padding:14px 16px}.tabs{display:flex;border-bottom:1px solid var(--line)}.tabs a{flex:1;text-align:center;padding:12px 0;color:var(--soft)}.tabs [aria-selected=true]{color:var(--ink);font-weight:700}
.head{padding:16px}.head img{width:72px;height:72px;border-radius:50%}.soft{color:var(--soft)}.composer{display:block;padding:14px 16px;min-height:48px;border-bottom:1px solid var(--line);outline:0}
.cells{position:relative}.cells>div{position:absolute;left:0;right:0;overflow:hidden;border-bottom:1px solid var(--line);padding:10px 16px}.cells img{width:40px;height:40px;border-radius:50%;float:left;margin-right:10px}.foot{padding:18px;text-align:center;color:var(--soft);min-height:60px}
.mask{position:fixed;inset:0;background:#0008;display:grid;place-items:center}.box{background:var(--bg);border-radius:14px;width:560px;height:70vh;overflow:hidden;display:flex;flex-direction:column}.box [data-viewportview]{overflow:hidden auto;flex:1}.text{white-space:pre-wrap;overflow-wrap:anywhere}`

export const shell = (head: string, body: string, language: Language): string =>
  `<!DOCTYPE html>\n<html dir="ltr" lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="https://abs.twimg.com/favicons/twitter.3.png">${head}<style>${style}</style></head>\n<body>${body}</body></html>`

/** What the app begins with. Of people it holds the account's own at most. */
const state = (viewer: Person | undefined, { modes }: Context): Json => ({
  optimist: [],
  entities: {
    broadcasts: { entities: {}, errors: {}, fetchStatus: {} },
    users: {
      entities: viewer && !modes.has('viewer-late')
        ? { [viewer.id]: { id: Number(viewer.id), id_str: viewer.id, name: viewer.name, screen_name: viewer.handle, followers_count: viewer.followers, profile_image_url_https: `${avatarOf(viewer).replace(/\.jpg$/, '')}_normal.jpg`, protected: viewer.locked } }
        : {},
      errors: {}, fetchStatus: viewer ? { [viewer.id]: 'loaded' } : {},
    },
  },
  featureSwitch: { defaultConfig: { responsive_web_history_screen_enabled: { value: true } }, user: { config: {} }, featureSetToken: 'c0ffee', isLoaded: true, isLoading: false, customOverrides: {} },
  settings: { local: { nextPushCheckin: 0 }, remote: { fetchStatus: 'none', settings: {} } },
  session: { country: 'AT', guestId: secrets.guest, language: 'en', oneFactorLoginEligibility: { fetchStatus: 'none' }, ...(viewer && { user_id: viewer.id }), ssoInitTokens: { apple: secrets.sso }, superFollowedAuthors: [] },
})

export interface PageOptions { world: World; viewer: Person | undefined; context: Context; language: Language; nonce: string }

/** A page of the app, whichever: the address says what it shows. */
export const page = ({ viewer, context, language, nonce, world }: PageOptions): string => {
  const { modes } = context
  const ambient = world.strangers[(context.nonce * 7) % world.strangers.length]!
  const config = {
    labels: labels[language], language, modes: [...modes], operations: Object.fromEntries(operations.map(name => [name, idOf(name, modes)])), secrets: { bearer: secrets.bearer, csrf: secrets.csrf, transaction: secrets.transaction },
    viewer: viewer ? { id: viewer.id, handle: viewer.handle } : null, ambient: { id: ambient.id, handle: ambient.handle },
  }
  const meta = { env: 'prod', isCanary: false, sha: 'c0ffee00', isLoggedIn: viewer !== undefined, ...(viewer && !modes.has('viewer-late') && { userId: viewer.id, userHash: '5f1d7a84db00d2fce00b31a7fc73224f' }) }
  return shell(
    '<title>X</title>',
    `<div id="react-root" data-config="${attribute(JSON.stringify(config))}"></div>
<script nonce="${nonce}">window.__INITIAL_STATE__=${inScript(state(viewer, context))};window.__META_DATA__=${inScript(meta)};</script>
<script nonce="${nonce}">window.__SCRIPTS_LOADED__ = {runtime: true, note: "window.__INITIAL_STATE__={\\"session\\":{\\"user_id\\":\\"1\\"}}"};</script>
<script nonce="${nonce}" src="https://abs.twimg.com/responsive-web/client-web/client.js"></script>`,
    language,
  )
}

/** The wall that a signed-out person meets, or the check that the site wants done. */
export const wall = (kind: 'login' | 'challenge', language: Language): string => {
  const words = labels[language]
  const inner = kind === 'login'
    ? `<h2>${words.logIn}</h2><form method="post" action="/i/flow/login"><p><input name="text" autocomplete="username" placeholder="${words.username}"></p><p><input type="password" name="password" placeholder="${words.password}"></p><button>${words.logIn}</button></form>`
    : `<h2>${words.check}</h2><p>${words.checkWhy}</p><form method="post" action="/account/access"><button>${words.go}</button></form>`
  return shell('<title>X</title>', `<main style="padding:24px">${inner}</main>`, language)
}
