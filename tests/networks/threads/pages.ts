/** The site's HTML documents: embedded state in `data-sjs` blocks, unrelated scripts, and the shell of the client app. */
import { Dice } from '../dice.ts'
import { docIdOf, documentFor, nameOf, operations, tokens, type Operation } from './answers.ts'
import { profile, wire, type Context, type Json } from './shapes.ts'
import { labels, type Language } from './labels.ts'
import { type Person, type World } from './world.ts'

export interface Route {
  kind: 'feed' | 'threads' | 'replies' | 'reposts' | 'media' | 'post' | 'search' | 'nobody'
  person?: Person
  code?: string
}

/** @returns what an address shows, or undefined where the site has no such page */
export const routeOf = (world: World, path: string): Route | undefined => {
  if (path === '/' || path === '/liked' || path === '/activity') return { kind: 'feed' }
  if (path === '/search') return { kind: 'search' }
  const match = /^\/@([^/]+)(?:\/(replies|reposts|media|followers|following|post\/([\w-]+)))?\/?$/.exec(decodeURIComponent(path))
  if (!match) return undefined
  const person = world.byHandle.get(match[1]!.toLowerCase())
  if (!person) return { kind: 'nobody' }
  if (match[3]) return { kind: 'post', person, code: match[3] }
  const tab = match[2]
  return { kind: tab === 'replies' || tab === 'reposts' || tab === 'media' ? tab : 'threads', person }
}

const attribute = (text: string): string => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')

/** JSON inside a page: `/` and `<` escaped as the site does. */
const inPage = (value: Json): string => wire(value).replace(/\//g, '\\/').replace(/</g, '\\u003C')

const scheduled = (inner: Json): Json => ({ require: [['ScheduledServerJS', 'handle', null, [{ __bbox: inner }]]] })
const script = (value: Json): string => `<script type="application/json"  data-content-len="${inPage(value).length}" data-sjs>${inPage(value)}</script>`

interface Preload { key: Operation; variables: { [key: string]: Json } }

const hashFor = (path: string, key: string): string => {
  const dice = new Dice([...`${path}${key}`].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7))
  return Array.from({ length: 23 }, () => '0123456789abcdef'[dice.below(16)]).join('')
}

const preloaderId = (path: string, name: string): string => `adp_${name}RelayPreloader_${hashFor(path, name)}`

const relayed = (id: string, result: Json): Json =>
  scheduled({ require: [['RelayPrefetchedStreamCache', 'next', [], [id, { __bbox: { complete: true, result, sequence_number: 0 } }]], ['CometResourceScheduler', 'registerHighPriHashes', null, [['y9umSZA', '1DFRiCY']]]] })

/** Unrelated configuration, as most of a real document is. */
const padding = (bytes: number, seed: number): string => {
  const dice = new Dice(seed)
  const word = (): string => Array.from({ length: 4 + dice.below(9) }, () => 'abcdefghijklmnopqrstuvwxyz'[dice.below(26)]).join('')
  const blocks: string[] = []
  for (let size = 0; size < bytes; ) {
    const block = script({ require: [['qplTimingsServerJS', null, null, ['7421', word()]], ['Bootloader', 'handlePayload', null, [{ consistency: { rev: 1020304050 }, rsrcMap: Object.fromEntries(Array.from({ length: 30 }, () => [word(), { type: 'js', src: `https://static.cdninstagram.com/rsrc.php/v4/${word()}/${word()}.js`, nc: 1, pk: dice.below(99), following: null, edges: dice.below(9) }])) }]]] })
    blocks.push(block)
    size += block.length
  }
  return blocks.join('\n')
}

export interface PageOptions {
  world: World
  path: string
  route: Route
  context: Context
  language: Language
}

const style = `
:root{color-scheme:light dark;--bg:#fafafa;--card:#fff;--line:#e4e4e4;--ink:#111;--soft:#8a8a8a}
@media (prefers-color-scheme:dark){:root{--bg:#0d0d0d;--card:#181818;--line:#2c2c2c;--ink:#f3f3f3;--soft:#8f8f8f}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",sans-serif}
a{color:inherit;text-decoration:none}a:hover{text-decoration:underline}button,[role=button]{font:inherit;cursor:pointer}
.rail{position:fixed;inset:0 auto 0 0;width:72px;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:26px;color:var(--soft)}
.rail .mark{position:absolute;top:18px;color:var(--ink)}.rail svg{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
main{max-width:620px;margin:0 auto;min-height:100vh}.bar{height:60px;display:grid;place-items:center;font-weight:600}
.card{background:var(--card);border:1px solid var(--line);border-radius:24px 24px 0 0;min-height:calc(100vh - 60px);padding-bottom:40px}
.head{padding:24px 24px 8px;display:grid;grid-template-columns:1fr 84px;gap:4px 16px}.head h1{margin:0;font-size:24px}.head img{width:84px;height:84px;border-radius:50%;object-fit:cover}
.head .bio{grid-column:1/3;white-space:pre-wrap}.head>a{grid-column:1/3;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.composer:empty::before{content:attr(data-placeholder);color:var(--soft)}.meta{color:var(--soft);grid-column:1/3;display:flex;gap:10px;align-items:center;min-height:24px}
.tabs{display:flex;border-bottom:1px solid var(--line)}.tabs a,.tabs [role=tab]{flex:1;text-align:center;padding:14px 0;color:var(--soft);font-weight:600;cursor:pointer;text-decoration:none}
.tabs [aria-selected=true]{color:var(--ink);box-shadow:inset 0 -1.5px 0 var(--ink)}
.post{display:grid;grid-template-columns:36px 1fr;gap:0 12px;padding:14px 24px;border-bottom:1px solid var(--line)}.post .post{border:1px solid var(--line);border-radius:14px;padding:12px;margin-top:8px}
.post.line{border-bottom:0}.post img.face,.row img{width:36px;height:36px;border-radius:50%;object-fit:cover;background:var(--line)}.post .by{font-weight:600;display:flex;gap:8px}.post time,.soft{color:var(--soft);font-weight:400}
.post .text{white-space:pre-wrap;overflow-wrap:anywhere}.post .text a{color:#0a6cff}.media{display:flex;gap:6px;margin-top:8px;overflow:auto}.media img,.media video{height:220px;border-radius:12px;border:1px solid var(--line);object-fit:cover;max-width:100%}
.acts{display:flex;gap:22px;color:var(--soft);margin-top:8px;font-size:13px}.note{grid-column:1/3;color:var(--soft);font-size:13px;padding:0 0 2px 48px}
.pill{border:1px solid var(--line);border-radius:12px;padding:10px 14px;margin-top:8px;display:block;color:var(--soft)}
.composer{display:block;width:100%;min-height:44px;border:0;background:none;color:inherit;font:inherit;padding:12px 24px;border-bottom:1px solid var(--line);outline:0;resize:none}
.shade{position:fixed;inset:0;background:#0008;display:grid;place-items:center;z-index:5}[role=dialog]{background:var(--card);border-radius:18px;width:min(480px,94vw);overflow:hidden;display:flex;flex-direction:column;height:min(620px,80vh)}
.rows{overflow:hidden auto;flex:1}.row{height:66px;padding:10px 20px;display:grid;grid-template-columns:36px 1fr auto;gap:0 12px;align-items:center;border-bottom:1px solid var(--line)}.row b,.row span{display:block;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;max-width:260px}
.row [role=button]{border:1px solid var(--line);border-radius:10px;padding:5px 16px;font-weight:600;color:var(--soft)}
.side{position:fixed;right:24px;top:84px;width:240px;font-size:13px}@media (max-width:1180px){.side{display:none}}.side .row{padding:6px 0;grid-template-columns:36px 1fr;border:0;height:52px}
.hover{position:fixed;background:var(--card);border:1px solid var(--line);border-radius:16px;padding:16px;width:260px;box-shadow:0 8px 30px #0003;z-index:9}.more{padding:18px;text-align:center;color:var(--soft)}
x-list-handle{display:inline-block;padding:0 6px;cursor:pointer;letter-spacing:2px}`

const shell = (head: string, body: string, language: string): string =>
  `<!DOCTYPE html>\n<html lang="${language}" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${head}<link rel="icon" href="/favicon.ico"><style>${style}</style></head>\n<body>${body}</body></html>`

const modules = (context: Context): Json => ({
  define: [
    ['BarcelonaSharedData', [], {
      viewer: context.viewer
        ? { id: context.viewer.pk, username: context.viewer.handle, profile_picture_url: profile(context.viewer, context).profile_pic_url!, full_name: context.viewer.name, is_private: context.viewer.locked }
        : null,
      is_logged_in: context.viewer !== undefined, locale: 'en_US',
    }, 7437],
    ['LSD', [], { token: tokens.lsd }, 323],
    ['DTSGInitialData', [], context.viewer ? { token: tokens.fb_dtsg } : {}, 258],
    ['CurrentUserInitialData', [], { ACCOUNT_ID: '0', USER_ID: '0', NON_FACEBOOK_USER_ID: context.viewer?.fbid ?? '0', APP_ID: '238260118697367' }, 270],
  ],
})

/** A page of the app. */
export const page = ({ world, path, route, context, language }: PageOptions): string => {
  const { modes, viewer } = context
  const words = labels[language]
  const { person } = route
  const preloads: Preload[] = []
  let late: Preload[] = []
  if (person && route.kind !== 'post') {
    preloads.push({ key: 'profile', variables: { userID: person.pk, __relay_internal__pv__BarcelonaIsLoggedInrelayprovider: viewer !== undefined } })
    const tab: Preload = { key: route.kind as Operation, variables: { userID: person.pk, first: 4, after: null } }
    // The threads come with the document; what the other tabs show is put in by a script afterwards.
    if (route.kind === 'threads') preloads.push(tab)
    else late = [tab]
  } else if (route.kind === 'post') {
    const post = world.byCode.get(route.code ?? '')
    if (post) preloads.push({ key: 'post', variables: { postID: post.pk } })
  } else if (route.kind === 'feed') preloads.push({ key: 'feed', variables: { variant: 'for_you', first: 4 } })
  if (viewer) preloads.push({ key: 'suggestions', variables: {} })

  const id = (preload: Preload): string => preloaderId(path, nameOf(preload.key, modes))
  const answer = (preload: Preload): Json => relayed(id(preload), documentFor(world, preload, context))
  const expected = scheduled({
    require: [['CometPlatformRootClient', 'initialize', [], [{ expectedPreloaders: [...preloads, ...late].map(preload => ({ preloaderID: id(preload), queryID: docIdOf(preload.key, modes), variables: preload.variables, queryName: nameOf(preload.key, modes) })), actorID: viewer?.fbid ?? '0', rootView: { allResources: [{ __jsr: 'BarcelonaProfileRoot.react' }] } }]]],
  })
  const ambient = world.strangers[(context.nonce * 7) % world.strangers.length]!
  const config = {
    labels: words,
    language,
    viewer: viewer ? { pk: viewer.pk, handle: viewer.handle, name: viewer.name } : null,
    route: { kind: route.kind, pk: person?.pk ?? null, handle: person?.handle ?? null, code: route.code ?? null },
    operations: Object.fromEntries((Object.keys(operations) as Operation[]).map(key => [key, [nameOf(key, modes), docIdOf(key, modes)]])),
    tokens,
    modes: [...modes],
    late: late.map(preload => inPage(answer(preload))),
    ambient: { handle: ambient.handle, pk: ambient.pk },
  }
  const title = person ? `${person.name} (@${person.handle}) • Threads, ${words.sayMore}` : 'Threads'
  const pad = modes.has('big-document') ? 700_000 : 24_000
  return shell(
    `<title>${attribute(title)}</title><meta property="al:android:package" content="com.instagram.barcelona"><meta property="og:title" content="${attribute(title)}">${modes.has('hostile') ? '<script src="https://static.cdninstagram.com/rsrc.php/hostile.js"></script>' : ''}`,
    `${script(scheduled(modules(context)))}\n${padding(pad / 2, world.seed)}\n${script(expected)}\n<div id="app" data-config="${attribute(JSON.stringify(config))}"></div>\n${preloads.map(preload => script(answer(preload))).join('\n')}\n${padding(pad / 2, world.seed + 1)}\n<script src="https://static.cdninstagram.com/rsrc.php/client.js"></script>`,
    language,
  )
}

/** The wall that a signed-out person meets, or the check that the site wants done; a person ends the second by its button. */
export const wall = (kind: 'login' | 'challenge', language: Language): string => {
  const words = labels[language]
  const inner = kind === 'login'
    ? `<h1>${words.logIn}</h1><form method="post" action="/login"><p><input name="username" autocomplete="username" placeholder="${words.username}"></p><p><input type="password" name="password" placeholder="${words.password}"></p><button>${words.logIn}</button></form>`
    : `<h1>${words.check}</h1><p>${words.checkWhy}</p><form method="post" action="/challenge/"><button>${words.continue}</button></form>`
  return shell(`<title>Threads</title>`, `<main><div class="bar">Threads</div><div class="card" style="padding:32px">${inner}</div></main>`, language)
}

/** A plain page with one sentence. */
export const notice = (text: string, language: Language): string =>
  shell('<title>Threads</title>', `<main><div class="bar">Threads</div><div class="card" style="padding:32px"><p>${attribute(text)}</p></div></main>`, language)
