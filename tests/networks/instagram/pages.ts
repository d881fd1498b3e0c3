/** The site's HTML documents: embedded state in `data-sjs` blocks, unrelated scripts, and the shell of the client app. */
import { Dice } from '../dice.ts'
import { docIdOf, documentFor, hashes, nameOf, operations, type Operation } from './answers.ts'
import { labels, type Language } from './labels.ts'
import { row, secrets, wire, type Context, type Json } from './shapes.ts'
import { type Person, type World } from './world.ts'

export interface Route { kind: 'home' | 'profile' | 'saved' | 'post'; tab?: 'posts' | 'reels' | 'reposts' | 'following' | 'followers'; person?: Person; code?: string }

/** @returns what this path shows; undefined: nothing */
export const routeOf = (world: World, path: string): Route | undefined => {
  if (path === '/') return { kind: 'home' }
  const post = /^\/(?:[\w.]+\/)?(?:p|reel)\/([\w-]+)\/?$/.exec(path)
  if (post) return { kind: 'post', code: post[1]! }
  const [, handle, part = ''] = /^\/([\w.]+)(?:\/([\w/-]+?))?\/?$/.exec(path) ?? []
  const person = handle && world.byHandle.get(handle.toLowerCase())
  if (!person) return undefined
  if (/^saved(\/all-posts)?$/.test(part)) return { kind: 'saved', person }
  if (!['', 'reels', 'reposts', 'following', 'followers', 'tagged'].includes(part)) return undefined
  return { kind: 'profile', person, tab: part === 'reels' || part === 'reposts' || part === 'following' || part === 'followers' ? part : 'posts' }
}

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
const inScript = (value: Json): string => wire(value).replaceAll('/', '\\/').replaceAll('<', '\\u003C')
const script = (value: Json): string => `<script type="application/json" data-content-len="${inScript(value).length}" data-sjs>${inScript(value)}</script>`
const scheduled = (box: Json): Json => ({ require: [['ScheduledServerJS', 'handle', null, [{ __bbox: box }]]] })

const preloaderId = (path: string, name: string): string => {
  const dice = new Dice([...`${path}${name}`].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7))
  return `adp_${name}RelayPreloader_${Array.from({ length: 23 }, () => '0123456789abcdef'[dice.below(16)]).join('')}`
}

/** Unrelated configuration, as most of a real document is. */
const padding = (bytes: number, seed: number): string => {
  const dice = new Dice(seed)
  const word = (): string => Array.from({ length: 4 + dice.below(9) }, () => 'abcdefghijklmnopqrstuvwxyz'[dice.below(26)]).join('')
  let text = ''
  while (text.length < bytes) text += `${script({ require: [['Bootloader', 'handlePayload', null, [{ consistency: { rev: 1020304050 }, rsrcMap: Object.fromEntries(Array.from({ length: 20 }, () => [word(), { type: 'js', src: `https://static.cdninstagram.com/rsrc.php/v4/${word()}.js`, pk: dice.below(99), edges: dice.below(9) }])) }]]] })}\n`
  return text
}

const style = `
:root{color-scheme:light dark;--bg:#fff;--line:#dbdbdb;--ink:#111;--soft:#737373}@media (prefers-color-scheme:dark){:root{--bg:#000;--line:#262626;--ink:#f5f5f5;--soft:#a8a8a8}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.4 system-ui,-apple-system,"Segoe UI",sans-serif}a{color:inherit;text-decoration:none}button,[role=button]{font:inherit;cursor:pointer}
nav{position:fixed;inset:0 auto 0 0;width:72px;border-right:1px solid var(--line);padding:24px 12px;display:grid;gap:20px;align-content:start;text-align:center}main{max-width:935px;margin:0 auto;padding:30px 20px}
header{display:grid;grid-template-columns:150px 1fr;gap:30px;padding-bottom:36px}header img{width:150px;height:150px;border-radius:50%}h2{font-weight:400;font-size:20px;margin:0}.counts{display:flex;gap:36px;margin:14px 0}.bio{white-space:pre-wrap}
[role=tablist]{display:flex;justify-content:center;gap:56px;border-top:1px solid var(--line)}[role=tablist] a{padding:14px 0;color:var(--soft)}[role=tablist] a[aria-selected=true]{color:var(--ink);border-top:1px solid var(--ink);margin-top:-1px}
.line{display:flex;gap:4px;height:240px;margin-bottom:4px}.line a{position:relative;width:calc(33.3% - 3px);height:100%;background:var(--line)}.line img{width:100%;height:100%;object-fit:cover}.line svg{position:absolute;right:8px;top:8px;fill:#fff}
article{max-width:470px;margin:0 auto 20px;border-bottom:1px solid var(--line)}article img{width:100%;height:380px;object-fit:cover}.shade{position:fixed;inset:0;background:#0009;display:grid;place-items:center;z-index:5}
[role=dialog]{background:var(--bg);border-radius:12px;width:400px;max-width:94vw;max-height:400px;display:flex;flex-direction:column;overflow:hidden}[role=dialog] [role=heading]{text-align:center;padding:10px;border-bottom:1px solid var(--line)}.find{padding:8px 16px}.find input{width:100%}
.row{height:60px;padding:8px 16px;display:grid;grid-template-columns:44px 1fr auto;gap:0 12px;align-items:center}.row img{width:44px;height:44px;border-radius:50%}.row span{display:block;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;max-width:220px}.soft{color:var(--soft)}
.more{padding:16px;text-align:center;color:var(--soft)}.hover{position:fixed;z-index:9;background:var(--bg);border:1px solid var(--line);border-radius:8px;padding:14px;width:280px}`

const shell = (head: string, body: string, language: string): string =>
  `<!DOCTYPE html>\n<html lang="${language}" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${head}<link rel="icon" href="/favicon.ico"><style>${style}</style></head>\n<body>${body}</body></html>`

interface Preload { key: Operation; variables: { [key: string]: Json } }

export interface PageOptions { world: World; path: string; route: Route; context: Context; language: Language }

/** A page of the app. */
export const page = ({ world, path, route, context, language }: PageOptions): string => {
  const { modes, viewer } = context
  const { person } = route
  const preloads: Preload[] = []
  const rest = ['rest-feed', 'web-info', 'graph-form', 'bare-document'].some(mode => modes.has(mode))
  if (person && route.kind === 'profile' && !rest) {
    preloads.push({ key: 'profile', variables: { id: person.pk, render_surface: 'PROFILE', __relay_internal__pv__PolarisProductIsLoggedInrelayprovider: viewer !== undefined } })
    if (route.tab === 'posts') preloads.push({ key: 'posts', variables: { data: { count: 12, include_reel_media_seen_timestamp: true, latest_besties_reel_media: true }, username: person.handle, first: 12, after: null } })
  }
  if (route.kind === 'home') preloads.push({ key: 'feed', variables: { after: null, data: { device_id: 'x', is_async_ads_rti: '0' }, first: 12 } }, { key: 'tray', variables: { data: { is_following_feed: false } } })
  if (route.kind === 'post') preloads.push({ key: 'post', variables: { shortcode: route.code ?? '' } })
  if (viewer) preloads.push({ key: 'suggestions', variables: { module: 'profile', target_id: person?.pk ?? viewer.pk } })

  const id = (preload: Preload): string => preloaderId(path, nameOf(preload.key, modes))
  const cached = (preload: Preload): Json => {
    const result = documentFor(world, preload, context)
    // Another cache, whose answers are folded up in a text.
    if (modes.has('polaris-cache')) return scheduled({ require: [['PolarisQueryPreloaderCache', 'add', [], [id(preload), { __bbox: { complete: true, result: { response: wire(result), status_code: 200 } } }]]] })
    return scheduled({ require: [['RelayPrefetchedStreamCache', 'next', [], [id(preload), { __bbox: { complete: true, result, sequence_number: 0 } }]], ['CometResourceScheduler', 'registerHighPriHashes', null, [['y9u']]]] })
  }
  const modules: Json = scheduled({
    define: [
      ['PolarisViewer', [], {
        data: viewer
          ? { id: viewer.pk, fbid: viewer.fbid, username: viewer.handle, full_name: viewer.name, biography: viewer.bio, external_url: viewer.links[0]?.url ?? null, profile_pic_url: row(viewer, context).profile_pic_url!, profile_pic_url_hd: row(viewer, context).profile_pic_url!, is_private: viewer.locked, has_phone_number: true, is_professional_account: false }
          : null,
      }, 7369],
      ['LSD', [], { token: secrets.lsd }, 323], ['DTSGInitialData', [], viewer ? { token: secrets.dtsg } : {}, 258], ['InstagramSecurityConfig', [], { csrf_token: secrets.csrf }, 7467],
    ],
  })
  const expected: Json = scheduled({
    require: [['CometPlatformRootClient', 'initialize', [], [{ expectedPreloaders: preloads.map(preload => ({ preloaderID: id(preload), queryID: docIdOf(preload.key, modes), variables: preload.variables, queryName: nameOf(preload.key, modes) })), actorID: viewer?.fbid ?? '0' }]]],
  })
  const ambient = world.strangers[(context.nonce * 7) % world.strangers.length]!
  const config = {
    labels: labels[language], language, modes: [...modes], hashes, secrets: { lsd: secrets.lsd, dtsg: secrets.dtsg, csrf: secrets.csrf, claim: secrets.claim },
    viewer: viewer ? { pk: viewer.pk, handle: viewer.handle } : null,
    // Numbers may be written bare and past what a number holds: the page's own table has them as text.
    route: { kind: route.kind, tab: route.tab ?? null, pk: person?.pk ?? null, handle: person?.handle ?? null, code: route.code ?? null },
    operations: Object.fromEntries((Object.keys(operations) as Operation[]).map(key => [key, [nameOf(key, modes), docIdOf(key, modes)]])),
    ambient: { handle: ambient.handle, pk: ambient.pk },
  }
  const title = person ? `${person.name} (@${person.handle}) • Instagram` : 'Instagram'
  return shell(
    `<title>${attribute(title)}</title><meta property="og:title" content="${attribute(title)}">`,
    `${script(modules)}\n${padding(16_000, world.seed)}\n${script(expected)}\n<div id="app" data-config="${attribute(JSON.stringify(config))}"></div>\n${preloads.map(preload => script(cached(preload))).join('\n')}\n${padding(16_000, world.seed + 1)}\n<script src="https://static.cdninstagram.com/rsrc.php/client.js"></script>`,
    language,
  )
}

/** The wall that a signed-out person meets, or the check that the site wants done; a person ends either by its button. */
export const wall = (kind: 'login' | 'challenge', language: Language): string => {
  const say = labels[language]
  const inner = kind === 'login'
    ? `<h1>${say.logIn}</h1><form method="post" action="/accounts/login/"><p><input name="username" placeholder="${say.username}"></p><p><input type="password" name="password" placeholder="${say.password}"></p><button>${say.logIn}</button></form>`
    : `<h1>${say.check}</h1><p>${say.checkWhy}</p><form method="post" action="/challenge/"><button>${say.continue}</button></form>`
  return shell('<title>Instagram</title>', `<main>${inner}</main>`, language)
}

/** A plain page with one sentence. */
export const notice = (text: string, language: Language): string => shell('<title>Instagram</title>', `<main><p>${attribute(text)}</p></main>`, language)
