/** The site's documents: a page with the state that it was made from, and what stands in the way of one. */
import type { Reply } from '../server.ts'
import type { Labels } from './labels.ts'
import { secrets, type Obj, type Shaper } from './shapes.ts'
import type { Account, Person, World } from './world.ts'

export interface Scene {
  modes: ReadonlySet<string>
  language: string
  words: Labels
  world: World
  shapes: Shaper
  viewer: Account | undefined
  /** Whose profile it is; null: nobody of that name. */
  shown: Person | null | undefined
  /** Where the page asks. */
  api: string
}

const html = (language: string, title: string, body: string, more: Omit<Reply, 'body'> = {}): Reply => ({ type: 'text/html; charset=utf-8', ...more, body: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>` })

export const notice = (language: string, title: string): Reply => html(language, 'TikTok', `<h1>${title}</h1><a href="/foryou">OK</a>`)

const contextOf = ({ language, viewer }: Scene): Obj => ({
  language, region: 'AT', appId: 1988, appType: 't', wid: '75', nonce: 'NonceX', botType: 'others', requestId: 'r', csrfToken: secrets.csrf, host: 'www.tiktok.com', abTestVersion: { versionName: 'x' },
  ...(viewer && { user: { uid: viewer.person.id, uniqueId: viewer.person.handle, nickName: viewer.person.name, secUid: viewer.person.secUid, region: 'AT', hasCollectionsAccess: true } }),
})

/** Pages of 2024 and later: scopes. */
const scopes = (scene: Scene): Obj => {
  const { shown, shapes, world } = scene
  const detail = shown ? { statusCode: 0, statusMsg: '', userInfo: { user: shapes.user(shown, { whole: true }), ...shapes.stats(shown), itemList: [] }, shareMeta: { title: shown.name, desc: shown.bio } } : { statusCode: 10_202, statusMsg: '' }
  return { 'webapp.app-context': contextOf(scene), 'webapp.biz-context': { os: 'x' }, ...(shown === undefined ? { 'webapp.updated-items': world.feed.slice(0, 2).map(one => shapes.item(one)) } : { 'webapp.user-detail': detail }) }
}

/** Pages of before: posts by number, people by name; posts of strangers lie about on a profile too. */
const modules = (scene: Scene): Obj => {
  const { shown, shapes, world } = scene
  const feed = world.feed.slice(0, 3)
  const people = [...(shown ? [shown] : []), ...feed.map(one => one.author)]
  return {
    AppContext: { appContext: contextOf(scene), initialized: true },
    ItemModule: Object.fromEntries(feed.map(one => [one.id, shapes.item(one, true)])),
    UserModule: { users: Object.fromEntries(people.map(one => [one.handle, shapes.user(one, { whole: true })])), stats: Object.fromEntries(people.map(one => [one.handle, shapes.stats(one).stats])) },
    ...(shown && { UserPage: { uniqueId: shown.handle, secUid: shown.secUid, statusCode: 0 } }),
  }
}

const style = '.grid{display:grid;grid-template-columns:repeat(4,1fr)}.grid>div{height:260px}h3 div{display:inline-block;margin:8px;cursor:pointer}article{height:500px}[role=tab]{display:inline-block;padding:8px}'

export const page = (scene: Scene): Reply => {
  const { modes, language, words, world, viewer, shown, api } = scene
  const state = (id: string, value: Obj): string => `<script id="${id}" type="application/json">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`
  const scripts = [
    ...(modes.has('sigi') || modes.has('two-states') ? [state('SIGI_STATE', modules(scene))] : []),
    ...(modes.has('sigi') ? [] : [state('__UNIVERSAL_DATA_FOR_REHYDRATION__', { __DEFAULT_SCOPE__: scopes(scene) })]),
  ]
  const config = {
    labels: words, api, viewer: viewer?.person.id ?? null, handle: viewer?.person.handle ?? null, reposts: !modes.has('no-repost-tab'), plain: modes.has('plain-dialog'), creator: modes.has('creator-list'), secUid: viewer?.person.secUid,
    scenes: modes.has('swapped-scenes') ? { following: 67, followers: 21 } : { following: 21, followers: 67 }, ambient: world.strangers[20]!.secUid, ambientHandle: world.strangers[20]!.handle,
  }
  const app = `<div id="app" data-config="${JSON.stringify(config).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></div><script src="/client.js"></script>`
  const titled = shown ? `${shown.name.replaceAll(/[&<>]/g, ' ')} (@${shown.handle}) | TikTok` : 'TikTok'
  return html(language, titled, `<style>${style}</style>${scripts.join('')}${app}`, { status: shown === null ? 404 : 200, headers: { 'set-cookie': `msToken=${secrets.msToken}; Path=/; Secure; HttpOnly` } })
}
