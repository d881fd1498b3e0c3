/**
 * A simulated server with Mastodon's REST API, and other servers' ways of answering it. Written from the published documentation
 * (mastodon/documentation, 2026-07; docs.gotosocial.org; docs.pixelfed.org; docs.akkoma.dev); imports nothing from `lib/`.
 *
 * | mode             | what is different                                                                              |
 * |------------------|------------------------------------------------------------------------------------------------|
 * | `v1-instance`    | there is no /api/v2/instance                                                                   |
 * | `no-instance`    | the server says nothing about itself to visitors (401)                                         |
 * | `split-domain`   | the people's domain is not the server's host                                                   |
 * | `hidden-follows` | the account hides whom it follows: an empty list                                               |
 * | `gotosocial`     | from the start only: ids are ULIDs, `account_domain`, no `edited_at`, pages by full addresses  |
 * | `pixelfed`       | no v2; avatars by default ones, `mime`, no quotes or polls, counts under other names           |
 * | `akkoma`         | `uri` of the instance is an address; words for tags and mentions differ; `pleroma` beside      |
 * | `429`            | every question is refused with 429 and X-RateLimit-Reset                                       |
 * | `closed`         | every question without a sign-in is refused with 401                                           |
 */
import { startServer, type Ask, type Reply } from '../server.ts'
import { fileAt, serveFile } from '../media/index.ts'
import type { Simulate, SimulationOptions, Truth, TruePerson, TruePost } from '../types.ts'
import { foreignSentences, makeWorld, moveOn, type Account, type Person, type Piece, type Status } from './world.ts'

export const drifts = ['v1-instance', 'no-instance', 'split-domain', 'hidden-follows', 'gotosocial', 'pixelfed', 'akkoma'] as const
export const modeNames = [...drifts, '429', 'closed'] as const

const host = 'social.example'
const tokens = { first: 'TokenOfIdaThatNobodyMayKeep', second: 'TokenOfNedThatNobodyMayKeep' }
const labels = { en: { posts: 'Posts', follow: 'Follow', explore: 'Explore' }, de: { posts: 'Beiträge', follow: 'Folgen', explore: 'Entdecken' } }

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** @returns a running simulation; `close` it */
export const simulateMastodon: Simulate = async (options: SimulationOptions = {}) => {
  const { seed = 1, follows = 182, posts = 40, language = 'en', delayMs = 0, relations = 12, retryAfter = 2, locked = false } = options
  if (language !== 'en' && language !== 'de') throw new Error('the simulated Mastodon speaks en and de')
  const modes = new Set<string>()
  const asked = new Set<string>()
  const set = (mode: string, on: boolean): void => {
    if (mode !== 'media-faults' && !(modeNames as readonly string[]).includes(mode)) throw new Error(`the simulated Mastodon has no mode ${mode}`)
    if (on) modes.add(mode)
    else modes.delete(mode)
  }
  for (const mode of options.modes ?? []) set(mode, true)
  let session = 'signedIn' in options ? options.signedIn : 'first'
  const world = makeWorld({ seed, follows, posts, relations, locked, ulid: modes.has('gotosocial') })
  const accounts = [world.first, world.second]
  /** Whether the account's own token was ever used: only then private posts can be known. */
  let signed = false

  const domain = (): string => (modes.has('split-domain') ? 'letters-and-bread.example' : host)
  const acct = (person: Person): string => (person.host ? `${person.username}@${person.host}` : person.username)
  const address = (person: Person): string => `${person.username}@${person.host ?? domain()}`
  const urlOf = (person: Person): string => `https://${person.host ?? host}/@${person.username}`
  const statusUrl = (status: Status): string => `${urlOf(status.author)}/${status.id}`
  const uriOf = (status: Status): string => `https://${status.author.host ?? host}/users/${status.author.username}/statuses/${status.id}`

  const html = (pieces: Piece[]): string => {
    const part = (piece: Piece): string => {
      switch (piece.kind) {
        case 'text': return escape(piece.text)
        case 'break': return '<br />'
        case 'paragraph': return '</p><p>'
        case 'mention': return modes.has('akkoma')
          ? `<span class="h-card"><a class="u-url mention" data-user="A1" href="${urlOf(piece.person)}" rel="ugc">@<span>${piece.person.username}</span></a></span>`
          : `<span class="h-card" translate="no"><a href="${urlOf(piece.person)}" class="u-url mention">@<span>${piece.person.username}</span></a></span>`
        case 'tag': return modes.has('akkoma')
          ? `<a class="hashtag" data-tag="${piece.name}" href="https://${host}/tag/${encodeURIComponent(piece.name)}" rel="tag ugc">#${piece.name}</a>`
          : `<a href="https://${host}/tags/${encodeURIComponent(piece.name)}" class="mention hashtag" rel="tag">#<span>${piece.name}</span></a>`
        case 'link': return `<a href="${escape(piece.url)}" rel="nofollow noopener" translate="no" target="_blank"><span class="invisible">https://</span><span class="ellipsis">${escape(piece.shown)}</span><span class="invisible">${escape(piece.url.slice(8 + piece.shown.length))}</span></a>`
      }
    }
    return `<p>${pieces.map(part).join('')}</p>`
  }

  /** What the html says in plain words, and where its parts are. */
  const said = (pieces: Piece[]): Pick<TruePost, 'text' | 'facets'> => {
    let text = ''
    const facets: TruePost['facets'] = []
    for (const piece of pieces) {
      const shown = piece.kind === 'text' ? piece.text : piece.kind === 'break' ? '\n' : piece.kind === 'paragraph' ? '\n\n' : piece.kind === 'mention' ? `@${piece.person.username}` : piece.kind === 'tag' ? `#${piece.name}` : piece.url
      if (piece.kind === 'mention') facets.push({ start: text.length, end: text.length + shown.length, kind: 'mention', value: address(piece.person) })
      if (piece.kind === 'tag') facets.push({ start: text.length, end: text.length + shown.length, kind: 'tag', value: piece.name })
      if (piece.kind === 'link') facets.push({ start: text.length, end: text.length + shown.length, kind: 'link', value: piece.url })
      text += shown
    }
    return { text, facets }
  }

  const accountView = (person: Person): Record<string, unknown> => {
    const mine = accounts.find(one => one.person === person)
    return {
      id: person.id, username: person.username, acct: acct(person), display_name: person.name, locked: person.locked, bot: false, group: false, created_at: '2021-03-01T00:00:00.000Z',
      note: `<p>${escape(person.bio)}</p>`, url: urlOf(person), uri: `https://${person.host ?? host}/users/${person.username}`,
      avatar: modes.has('pixelfed') ? `https://${host}/storage/avatars/default.jpg` : `https://${host}/system/accounts/avatars/${person.id}/original/a.png`, avatar_static: `https://${host}/system/accounts/avatars/${person.id}/original/a.png`, header: `https://${host}/headers/original/missing.png`,
      followers_count: person.followers, following_count: mine ? mine.follows.length + mine.extraFollows : 3, statuses_count: mine ? mine.statuses.length : 4, emojis: /:kettle:/.test(person.name) ? [{ shortcode: 'kettle', url: `https://${host}/emoji/kettle.png`, static_url: `https://${host}/emoji/kettle.png`, visible_in_picker: true }] : [],
      fields: mine ? [{ name: 'Web', value: `<a href="https://ida.example/" target="_blank" rel="nofollow noopener me" translate="no"><span class="invisible">https://</span><span class="">ida.example/</span><span class="invisible"></span></a>`, verified_at: null }, { name: 'Pronouns', value: 'she &amp; they', verified_at: null }] : [],
      ...(person.suspended ? { suspended: true } : {}),
      ...(modes.has('akkoma') ? { pleroma: { ap_id: `https://${host}/users/${person.username}`, hide_follows: false } } : {}),
    }
  }

  const mediumView = (one: Status['media'][number]): Record<string, unknown> => ({
    id: one.id, type: one.kind, url: `https://${host}/system/media_attachments/files/${one.id}/original/x.${{ image: 'png', gifv: 'mp4', video: 'mp4', audio: 'mp3' }[one.kind]}`, preview_url: `https://${host}/system/media_attachments/files/${one.id}/small/x.png`, remote_url: null, description: one.alt ?? null, blurhash: 'UABC',
    meta: { original: { width: 1200, height: 800, ...(one.kind === 'image' ? {} : { duration: 12.5 }) }, focus: { x: 0, y: 0 } }, ...(modes.has('pixelfed') ? { mime: one.kind === 'image' ? 'image/jpeg' : 'video/mp4', is_nsfw: false } : {}),
  })

  const statusView = (status: Status): Record<string, unknown> => {
    const mine = accounts.find(one => one.person === status.author)
    const people = status.pieces.flatMap(piece => (piece.kind === 'mention' ? [piece.person] : []))
    const tags = status.pieces.flatMap(piece => (piece.kind === 'tag' ? [{ name: piece.name.toLowerCase(), url: `https://${host}/tags/${encodeURIComponent(piece.name)}` }] : []))
    const view: Record<string, unknown> = {
      id: status.id, created_at: new Date(status.at).toISOString(), in_reply_to_id: status.replyTo?.id ?? null, in_reply_to_account_id: status.replyTo?.author.id ?? null, sensitive: status.sensitive, spoiler_text: status.warning ?? '', visibility: status.visibility, language: status.language ?? null,
      uri: uriOf(status), url: statusUrl(status), replies_count: status.replies, reblogs_count: status.reblogs, favourites_count: status.likes,
      content: status.reblog ? '' : html(status.pieces), reblog: status.reblog ? statusView(status.reblog) : null, account: accountView(status.author), media_attachments: status.media.map(mediumView),
      mentions: people.map(one => ({ id: one.id, username: one.username, url: urlOf(one), acct: acct(one) })), tags, emojis: status.emoji.map(shortcode => ({ shortcode, url: `https://${host}/emoji/${shortcode}.png`, static_url: `https://${host}/emoji/${shortcode}.png`, visible_in_picker: true })),
      card: status.card ? { url: status.card, title: 'Bread', description: 'How to', type: 'link', image: null } : null,
      poll: status.poll ? { id: '5', expires_at: new Date(status.poll.endsAt).toISOString(), expired: true, multiple: status.poll.multiple, votes_count: 8, voters_count: 8, options: status.poll.options.map(({ title, votes }) => ({ title, votes_count: votes })), emojis: [] } : null,
    }
    if (mine?.pinned.has(status.id)) view.pinned = true
    if (!modes.has('gotosocial')) view.edited_at = status.editedAt ? new Date(status.editedAt).toISOString() : null
    if (!modes.has('pixelfed')) view.quote = status.quote ? { state: status.quote.state, quoted_status: status.quote.status ? statusView(status.quote.status) : null } : null
    if (modes.has('akkoma')) view.pleroma = { local: true, content: { 'text/plain': 'x' } }
    return view
  }

  const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining' }
  const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({ status, type: 'application/json; charset=utf-8', headers: { ...cors, 'access-control-allow-headers': 'Authorization', ...headers }, body: JSON.stringify(body) })

  /** A page of rows, newest first; where it goes on stands in the header alone. */
  const paged = <T>(rows: T[], idOf: (row: T) => string, view: (row: T) => unknown, url: URL, most: number): Reply => {
    const limit = Math.min(Number(url.searchParams.get('limit') ?? 40), most)
    const from = url.searchParams.get('max_id')
    const at = from === null ? 0 : rows.findIndex(row => idOf(row) === from) + 1
    const some = rows.slice(at, at + limit)
    const next = new URL(url)
    next.searchParams.set('max_id', some.length ? idOf(some.at(-1)!) : '')
    const links = [at + limit < rows.length ? `<${next.href}>; rel="next"` : '', some.length ? `<${url.origin}${url.pathname}?min_id=${idOf(some[0]!)}>; rel="prev"` : ''].filter(Boolean)
    return json(some.map(view), 200, links.length ? { link: links.join(', ') } : {})
  }

  const unknown = json({ error: 'Record not found' }, 404)
  const api = ({ url, headers, method, seen }: Ask): Reply => {
    if (method === 'OPTIONS') return { status: 204, headers: { ...cors, 'access-control-allow-headers': 'Authorization', 'access-control-allow-methods': 'GET' } }
    const path = url.pathname
    seen.operation = path.replace(/^\/api\/v\d\//, '').replaceAll(/\d{6,}|01H\w+/g, ':id')
    if (modes.has('429')) return json({ error: 'Too many requests' }, 429, { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': new Date(Date.now() + retryAfter * 1000).toISOString() })
    const who = (Object.keys(tokens) as (keyof typeof tokens)[]).find(name => headers.authorization === `Bearer ${tokens[name]}`)
    if (headers.authorization && !who) return json({ error: 'The access token is invalid' }, 401)
    if (who) signed = true
    if (modes.has('closed') && !who) return json({ error: 'This method requires an authenticated user' }, 401)
    const me = who ? world[who] : undefined
    if (path === '/api/v2/instance') {
      if (modes.has('no-instance')) return json({ error: 'This API requires an authenticated user' }, 401)
      if (modes.has('v1-instance') || modes.has('pixelfed') || modes.has('akkoma')) return unknown
      return json({ domain: modes.has('gotosocial') ? host : domain(), ...(modes.has('gotosocial') ? { account_domain: domain() } : {}), title: 'Social', version: modes.has('gotosocial') ? '0.19.1' : '4.5.0', configuration: { urls: {} } })
    }
    if (path === '/api/v1/instance') return modes.has('no-instance') ? json({ error: 'This API requires an authenticated user' }, 401) : json({ uri: modes.has('akkoma') ? `https://${domain()}` : domain(), title: 'Social', version: modes.has('pixelfed') ? '3.5.3 (compatible; Pixelfed 0.12.5)' : '3.5.3' })
    if (path === '/api/v1/accounts/lookup') {
      const name = (url.searchParams.get('acct') ?? '').toLowerCase()
      const person = [...world.people.values()].find(one => !one.host && one.username.toLowerCase() === name)
      return person ? json(accountView(person)) : unknown
    }
    const [, id, what] = /^\/api\/v1\/accounts\/(\w+)\/(following|statuses)$/.exec(path) ?? []
    if (id && what) {
      const account = accounts.find(({ person }) => person.id === id)
      if (!account) return json([])
      if (what === 'following') return modes.has('hidden-follows') && me !== account ? json([]) : paged(account.follows, row => String(row.id), row => accountView(row.person), url, 80)
      const visible = account.statuses.filter(status => me === account || status.visibility === 'public' || status.visibility === 'unlisted')
      return paged(url.searchParams.get('pinned') === 'true' ? visible.filter(status => account.pinned.has(status.id)) : visible, status => status.id, statusView, url, 40)
    }
    const [, edited] = /^\/api\/v1\/statuses\/(\w+)\/history$/.exec(path) ?? []
    if (edited) {
      const status = accounts.flatMap(one => one.statuses).find(one => one.id === edited)
      return status ? json([...status.earlier.map(({ at, text }) => ({ content: `<p>${escape(text)}</p>`, created_at: new Date(at).toISOString(), account: accountView(status.author) })), { content: html(status.pieces), created_at: new Date(status.editedAt ?? status.at).toISOString(), account: accountView(status.author) }]) : unknown
    }
    if (!me) return json({ error: 'The access token is invalid' }, 401)
    if (path === '/api/v1/blocks') return paged(me.blocks, one => one.id, accountView, url, 80)
    if (path === '/api/v1/mutes') return paged(me.mutes, one => one.id, accountView, url, 80)
    if (path === '/api/v1/bookmarks') return paged(me.bookmarks, one => one.id, statusView, url, 40)
    if (path === '/api/v1/favourites') return paged(me.favourites, one => one.id, statusView, url, 40)
    if (path === '/api/v1/lists') return json(me.lists.map(({ id: number, title }) => ({ id: number, title, replies_policy: 'list', exclusive: false })))
    const list = me.lists.find(one => path === `/api/v1/lists/${one.id}/accounts`)
    return list ? paged(list.members, one => one.id, accountView, url, 80) : unknown
  }

  const page = (): Reply => {
    const words = labels[language]
    const me = session && world[session].person
    const state = { meta: { me: me?.id ?? null, domain: domain(), access_token: session ? tokens[session] : null, locale: language, version: '4.5.0' }, accounts: me ? { [me.id]: accountView(me) } : {}, compose: {}, settings: {} }
    const feed = world.foreign.map(status => `<article><a href="${urlOf(status.author)}">${escape(status.author.name)}</a><button>${words.follow}</button>${html(status.pieces)}</article>`).join('')
    return { type: 'text/html; charset=utf-8', headers: { 'content-security-policy': "base-uri 'none'; default-src 'none'; connect-src 'self'" }, body: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>Social</title><script id="initial-state" type="application/json">${JSON.stringify(state).replaceAll('<', '\\u003c')}</script></head><body><nav>${words.explore}</nav><main><h1>${words.posts}</h1>${feed}</main></body></html>` }
  }

  const answer = (ask: Ask): Reply => (/^\/(?:system|storage)\//.test(ask.url.pathname) ? serveFile(ask, modes, asked) : { ...(ask.url.pathname.startsWith('/api/') ? api(ask) : page()), delayMs })

  const truePerson = (person: Person): TruePerson => ({
    id: person.id, handle: address(person), name: person.name, bio: person.bio, avatar: '', locked: person.locked, address: address(person).toLowerCase(), ...(person.suspended ? { unavailable: true } : {}),
  })

  const truePost = (account: Account, status: Status): TruePost => ({
    id: status.id, url: statusUrl(status), createdAt: new Date(status.at).toISOString(), ...said(status.pieces), media: status.media.map(one => ({ kind: one.kind === 'gifv' ? 'gif' : one.kind, path: one.id, alt: one.alt })),
    replyTo: status.replyTo?.id, quoteOf: modes.has('pixelfed') ? undefined : status.quote?.status?.id, quoteUnavailable: !modes.has('pixelfed') && status.quote?.state === 'deleted', repostOf: status.reblog?.id,
    linkPreview: status.card, pinned: account.pinned.has(status.id), edited: status.editedAt !== undefined && !modes.has('gotosocial'), ghost: false, spoiler: false,
    visibility: status.visibility === 'private' ? 'followers' : status.visibility, warning: status.warning, sensitive: status.sensitive, language: status.language,
    ...(status.poll ? { poll: { options: status.poll.options, multiple: status.poll.multiple, endsAt: new Date(status.poll.endsAt).toISOString(), voters: 8 } } : {}),
    ...(status.emoji.length ? { emoji: status.emoji.map(shortcode => ({ shortcode, url: `https://${host}/emoji/${shortcode}.png` })) } : {}),
    counts: { likes: status.likes, replies: status.replies, reposts: status.reblogs, quotes: 0 },
  })

  const truth = (who: 'first' | 'second' = 'first'): Truth => {
    const account = world[who]
    const { person } = account
    const idsOf = (people: Person[]) => ({ ids: people.map(one => one.id), handles: people.map(one => one.username) })
    return {
      viewer: { ...truePerson(person), links: ['https://ida.example/'], followers: person.followers },
      follows: modes.has('hidden-follows') && !signed ? [] : account.follows.map(one => truePerson(one.person)),
      counted: { follows: account.follows.length + account.extraFollows, followers: person.followers },
      posts: account.statuses.filter(status => signed || status.visibility === 'public' || status.visibility === 'unlisted').map(status => truePost(account, status)),
      relations: signed ? [
        ...account.blocks.map(one => ({ relation: 'block', id: one.id, handle: address(one) })), ...account.mutes.map(one => ({ relation: 'mute', id: one.id, handle: address(one) })),
        ...account.lists.flatMap(list => list.members.map(one => ({ relation: 'list', id: one.id, handle: address(one), list: list.title }))),
        ...account.bookmarks.map(one => ({ relation: 'bookmark', id: one.id, url: uriOf(one) })), ...account.favourites.map(one => ({ relation: 'like', id: one.id, url: uriOf(one) })),
      ] : [],
      strangers: idsOf([...world.strangers, ...world.referred]),
      referred: idsOf(world.referred),
      foreign: { texts: [...foreignSentences], bios: [], followBios: [] },
      secrets: Object.values(tokens),
    }
  }

  const server = await startServer([host], answer, options.port)
  return {
    network: 'mastodon', port: server.port, hosts: [host],
    home: `https://${host}/explore`,
    profile: `https://${host}/@${world.first.person.username}`,
    strangerProfile: urlOf(world.strangers.find(one => !one.host)!),
    typed: `https://${host}/@${world.first.person.username}`,
    truth, set,
    signIn: who => { session = who },
    change: () => moveOn(world),
    drifts: [...drifts],
    stops: [{ mode: '429', state: 'waiting' }, { mode: 'closed', state: 'challenged' }],
    file: url => fileAt(url),
    requests: server.requests,
    close: server.close,
  }
}
