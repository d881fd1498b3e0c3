/**
 * A simulated Bluesky: the site (which is only looked at for whose profile it shows), the public interface, the directory of DIDs and one personal data
 * server. Written from the published lexicons (bluesky-social/atproto, 2026-08); imports nothing from `lib/`.
 *
 * | mode             | what is different                                                                          |
 * |------------------|--------------------------------------------------------------------------------------------|
 * | `did-web`        | from the start only: the account is a did:web, its document on its own host                |
 * | `no-repo`        | the server gives no whole repository, only records, one collection at a time               |
 * | `short-pages`    | pages of records hold fewer than were asked for                                            |
 * | `commit-2`       | the commit says version 2                                                                  |
 * | `views-bare`     | views of people have no name, picture or text where none must be                           |
 * | `429`            | the server refuses with 429 and when to come again                                         |
 * | `deactivated`    | the server says that the account is deactivated                                            |
 * | `down`           | the server answers with 502                                                                |
 */
import { startServer, type Ask, type Reply } from '../server.ts'
import { fileAt, serveFile } from '../media/index.ts'
import type { Simulate, SimulationOptions, Truth, TruePerson, TruePost } from '../types.ts'
import { carOf, Link, tid, type Value } from './repository.ts'
import { foreignSentences, makeWorld, moveOn, strangerBios, type Account, type Entry, type Person } from './world.ts'

export const drifts = ['did-web', 'no-repo', 'short-pages', 'commit-2', 'views-bare'] as const
export const modeNames = [...drifts, '429', 'deactivated', 'down'] as const

const site = 'https://bsky.app'
const server = 'oyster.us-east.host.bsky.network'
const own = 'ida.letters.example'
const hosts = ['bsky.app', 'public.api.bsky.app', 'plc.directory', 'cdn.bsky.app', 'video.bsky.app', server, own]

/** A record as JSON: links as `{$link}`, bytes as `{$bytes}` (atproto.com/specs/data-model). */
const asJson = (value: Value | undefined): unknown => {
  if (value instanceof Link) return { $link: String(value) }
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64').replace(/=+$/, '') }
  if (Array.isArray(value)) return value.map(asJson)
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asJson(inner)]))
  return value
}

const labels = { en: { feed: 'Discover', posts: 'Posts' }, de: { feed: 'Entdecken', posts: 'Beiträge' } }

/** Whether this person follows the bridge's bot, and so is carried to the fediverse. */
const bridged = ({ did, gone, address }: Person): boolean => !gone && !address && did.charCodeAt(did.length - 1) % 4 === 0

/** @returns a running simulation; `close` it */
export const simulateBluesky: Simulate = async (options: SimulationOptions = {}) => {
  const { seed = 1, follows = 182, posts = 40, language = 'en', delayMs = 0, relations = 12, retryAfter = 2 } = options
  if (language !== 'en' && language !== 'de') throw new Error('the simulated Bluesky speaks en and de')
  const modes = new Set<string>()
  const asked = new Set<string>()
  const set = (mode: string, on: boolean): void => {
    if (mode !== 'media-faults' && !(modeNames as readonly string[]).includes(mode)) throw new Error(`the simulated Bluesky has no mode ${mode}`)
    if (on) modes.add(mode)
    else modes.delete(mode)
  }
  for (const mode of options.modes ?? []) set(mode, true)
  let session = 'signedIn' in options ? options.signedIn : 'first'
  const world = makeWorld({ seed, follows, posts, relations, didWeb: modes.has('did-web') })
  const accounts = [world.first, world.second]
  const named = (name: string): Person | undefined => world.people.get(name) ?? [...world.people.values()].find(one => one.handle === name.toLowerCase())
  const accountOf = (name: string): Account | undefined => accounts.find(({ person }) => person.did === name || person.handle === name)

  const count = (account: Account, collection: string): number => account.entries.filter(entry => entry.collection === collection).length
  const counters = (person: Person) => {
    const account = accountOf(person.did)
    return account ? { followersCount: person.followers, followsCount: count(account, 'app.bsky.graph.follow') + account.extraFollows, postsCount: count(account, 'app.bsky.feed.post') } : { followersCount: person.followers, followsCount: 9, postsCount: 3 }
  }
  const view = (person: Person): Record<string, unknown> => ({
    did: person.did, handle: person.handle,
    ...(person.name ? { displayName: person.name } : {}), ...(person.bio ? { description: person.bio } : {}),
    ...(modes.has('views-bare') ? {} : { avatar: `https://cdn.bsky.app/img/avatar/plain/${person.did}/bafkreiavatar`, associated: { chat: { allowIncoming: 'all' } }, labels: [], createdAt: '2023-05-01T10:00:00.000Z', indexedAt: '2024-05-01T10:00:00.000Z' }),
  })

  const recordsOf = (account: Account): Map<string, Value> => {
    const { person } = account
    const profile: Value = { $type: 'app.bsky.actor.profile', displayName: person.name, description: person.bio, website: `https://${person.handle}/`, pinnedPost: account.pinned ? { uri: account.pinned, cid: 'bafyreibcd' } : undefined, createdAt: '2023-05-01T10:00:00.000Z' }
    return new Map<string, Value>([...account.entries.map(entry => [`${entry.collection}/${entry.rkey}`, entry.record as Value] as const), ['app.bsky.actor.profile/self', profile], ['chat.bsky.actor.declaration/self', { $type: 'chat.bsky.actor.declaration', allowIncoming: 'all' }]])
  }

  const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after' }
  const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({ status, type: 'application/json; charset=utf-8', headers: { ...cors, ...headers }, body: JSON.stringify(body) })
  const wrong = (error: string, message: string, status = 400): Reply => json({ error, message }, status)

  const document = (did: string): Reply => {
    const account = accountOf(did)
    if (!account) return wrong('NotFound', `DID not registered: ${did}`, 404)
    const { handle } = account.person
    return json({
      '@context': ['https://www.w3.org/ns/did/v1'], id: did, alsoKnownAs: [`at://${handle}`], verificationMethod: [{ id: `${did}#atproto`, type: 'Multikey', controller: did, publicKeyMultibase: 'zQ3shXjHeiBuRCKmM36cuYnm7YEMzhGnCmCyW92sRJ9pribSF' }],
      service: [{ id: '#other', type: 'Elsewhere', serviceEndpoint: 'https://other.example' }, { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: `https://${server}` }],
    })
  }

  const publicApi = ({ url, seen }: Ask): Reply => {
    const method = url.pathname.replace('/xrpc/', '')
    seen.operation = method
    if (method === 'app.bsky.actor.getProfile') {
      const person = named(url.searchParams.get('actor') ?? '')
      return !person || person.gone ? wrong('InvalidRequest', 'Profile not found') : json({ ...view(person), ...counters(person) })
    }
    if (method === 'app.bsky.actor.getProfiles') {
      const actors = url.searchParams.getAll('actors')
      if (actors.length > 25) return wrong('InvalidRequest', 'Error: actors must not have more than 25 elements')
      return json({ profiles: actors.flatMap(actor => { const person = named(actor); return person && !person.gone ? [{ ...view(person), ...counters(person) }] : [] }) })
    }
    if (method === 'app.bsky.graph.getRelationships') {
      const others = url.searchParams.getAll('others')
      if (others.length > 30) return wrong('InvalidRequest', 'Error: others must not have more than 30 elements')
      if (url.searchParams.get('actor') !== 'ap.brid.gy') return wrong('ActorNotFound', 'Actor not found')
      return json({
        actor: 'did:plc:bridgebridgebridgebridge',
        relationships: others.map(other => {
          const person = named(other)
          if (!person || person.gone) return { $type: 'app.bsky.graph.defs#notFoundActor', actor: other, notFound: true }
          return { $type: 'app.bsky.graph.defs#relationship', did: person.did, ...(bridged(person) ? { followedBy: `at://${person.did}/app.bsky.graph.follow/3kbridge` } : {}) }
        }),
      })
    }
    return wrong('MethodNotImplemented', 'Method Not Implemented', 501)
  }

  /** A blob is named by its content, and says nothing of its kind. */
  const fileOf = (url: URL): ReturnType<typeof fileAt> => {
    const cid = url.searchParams.get('cid')
    const moving = [world.first, world.second].some(({ entries }) => entries.some(({ says }) => says?.media.some(one => one.kind === 'video' && one.cid === cid)))
    return fileAt(cid === null ? url : new URL(`https://local.invalid/${cid}.${moving ? 'mp4' : 'jpg'}`))
  }

  const personalServer = ({ url, seen }: Ask): Reply => {
    const method = url.pathname.replace('/xrpc/', '')
    seen.operation = method
    if (modes.has('down')) return { status: 502, type: 'text/html', headers: cors, body: '<h1>Bad Gateway</h1>' }
    if (modes.has('429')) return json({ error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' }, 429, { 'ratelimit-limit': '3000', 'ratelimit-remaining': '0', 'ratelimit-reset': String(Math.floor(Date.now() / 1000) + retryAfter) })
    const account = accountOf(url.searchParams.get('did') ?? url.searchParams.get('repo') ?? '')
    if (!account) return wrong('RepoNotFound', 'Could not find repo')
    if (modes.has('deactivated')) return wrong('RepoDeactivated', `Repo has been deactivated: ${account.person.did}`)
    if (method === 'com.atproto.sync.getRepo') {
      if (modes.has('no-repo')) return wrong('MethodNotImplemented', 'Method Not Implemented', 501)
      return { type: 'application/vnd.ipld.car', headers: cors, body: carOf(account.person.did, recordsOf(account), tid(1_790_000_000_000_000n), modes.has('commit-2') ? 2 : 3) }
    }
    if (method === 'com.atproto.repo.listRecords') {
      const collection = url.searchParams.get('collection') ?? ''
      const limit = modes.has('short-pages') ? 7 : Number(url.searchParams.get('limit') ?? 50)
      const rows = [...recordsOf(account)].filter(([key]) => key.startsWith(`${collection}/`)).map(([key, record]) => ({ rkey: key.split('/')[1]!, record })).sort((a, b) => (a.rkey < b.rkey ? 1 : -1))
      const cursor = url.searchParams.get('cursor')
      const some = rows.filter(({ rkey }) => !cursor || rkey < cursor).slice(0, limit)
      // A page may be the last and have a cursor all the same; the next is empty then.
      return json({ records: some.map(({ rkey, record }) => ({ uri: `at://${account.person.did}/${collection}/${rkey}`, cid: 'bafyreigh2akiscaildc', value: asJson(record) })), ...(some.length ? { cursor: some.at(-1)!.rkey } : {}) })
    }
    return wrong('MethodNotImplemented', 'Method Not Implemented', 501)
  }

  const page = ({ url }: Ask): Reply => {
    const words = labels[language]
    const name = /^\/profile\/([^/]+)/.exec(url.pathname)?.[1]
    const person = name ? named(decodeURIComponent(name)) : undefined
    const me = session && world[session].person
    const feed = world.strangers.slice(0, 6).map((one, index) => `<div data-testid="feedItem-by-${one.handle}"><a href="/profile/${one.handle}">${one.name ?? one.handle}</a><p>${foreignSentences[index % foreignSentences.length]}</p></div>`).join('')
    const body = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>Bluesky</title></head><body><nav>${me ? `<a href="/profile/${me.handle}" aria-label="Profile">@${me.handle}</a>` : ''}</nav><main><h1>${person ? person.name ?? person.handle : words.feed}</h1><h2>${words.posts}</h2>${feed}</main></body></html>`
    return { type: 'text/html; charset=utf-8', body }
  }

  const answer = (ask: Ask): Reply => {
    const { host, url } = ask
    if (host === 'cdn.bsky.app' || url.pathname === '/xrpc/com.atproto.sync.getBlob') return serveFile(ask, modes, asked, fileOf(url))
    const reply = host === 'bsky.app' ? page(ask)
      : host === 'public.api.bsky.app' ? publicApi(ask)
      : host === 'plc.directory' ? document(decodeURIComponent(url.pathname.slice(1)))
      : host === own ? (url.pathname === '/.well-known/did.json' ? document(`did:web:${own}`) : { status: 404, headers: cors })
      : personalServer(ask)
    return { ...reply, delayMs }
  }

  const truePerson = (person: Person): TruePerson => ({
    id: person.did, handle: person.gone ? person.did : person.handle, name: person.gone ? '' : person.name ?? '', bio: person.bio, avatar: '', locked: false, shares: bridged(person), ...(person.gone ? { unavailable: true } : {}), ...(person.address ? { address: person.address } : {}),
  })

  const truePost = (account: Account, { collection, rkey, at, record, says }: Entry): TruePost => {
    const id = `at://${account.person.did}/${collection}/${rkey}`
    const shared = { id, createdAt: at, pinned: account.pinned === id, edited: false, ghost: false, spoiler: false, visibility: 'public' as const, counts: {} as TruePost['counts'] }
    if (!says) return { ...shared, url: '', facets: [], media: [], repostOf: (record.subject as { uri: string }).uri }
    return {
      ...shared, url: `${site}/profile/${account.person.did}/post/${rkey}`, text: says.text, facets: says.facets, media: says.media.map(({ kind, cid, alt }) => ({ kind, path: cid, alt })),
      replyTo: says.reply, quoteOf: says.quote, linkPreview: says.preview, sensitive: says.sensitive, language: says.language,
    }
  }

  const truth = (who: 'first' | 'second' = 'first'): Truth => {
    const account = world[who]
    const { person, entries } = account
    const of = (collection: string): Entry[] => entries.filter(entry => entry.collection === collection)
    const subject = (entry: Entry): string => entry.record.subject as string
    const handleOf = (did: string): string => { const one = world.people.get(did); return !one || one.gone ? did : one.handle }
    const target = (entry: Entry): string => (entry.record.subject as { uri: string }).uri
    const idsOf = (people: Person[]) => ({ ids: people.map(one => one.did.split(':')[2]!), handles: people.map(one => one.handle) })
    const counted = counters(person)
    return {
      viewer: { ...truePerson(person), links: [`https://${person.handle}/`], followers: person.followers },
      follows: of('app.bsky.graph.follow').map(entry => truePerson(world.follows.get(subject(entry))!)),
      counted: { follows: counted.followsCount, followers: person.followers },
      posts: [...of('app.bsky.feed.post'), ...of('app.bsky.feed.repost')].map(entry => truePost(account, entry)),
      relations: [
        ...of('app.bsky.graph.block').map(entry => ({ relation: 'block', id: subject(entry), handle: handleOf(subject(entry)) })),
        ...of('app.bsky.graph.listitem').map(entry => ({ relation: 'list', id: subject(entry), handle: handleOf(subject(entry)), list: modes.has('no-repo') ? (entry.record.list as string).split('/').at(-1)! : 'Bakers & binders' })),
        ...of('app.bsky.feed.like').map(entry => ({ relation: 'like', id: target(entry), url: `${site}/profile/${target(entry).split('/')[2]}/post/${target(entry).split('/')[4]}` })),
      ],
      strangers: idsOf([...world.strangers, ...world.referred]),
      referred: idsOf(world.referred),
      foreign: { texts: [...foreignSentences], bios: [...strangerBios], followBios: [] },
    }
  }

  const local = await startServer(hosts, answer, options.port)
  const stranger = world.strangers[3]!
  return {
    network: 'bluesky', port: local.port, hosts,
    home: `${site}/`,
    get profile() { return `${site}/profile/${world.first.person.handle}` },
    strangerProfile: `${site}/profile/${stranger.handle}`,
    typed: `@${world.first.person.handle}`,
    truth, set,
    signIn: who => { session = who },
    change: () => moveOn(world),
    drifts: [...drifts],
    stops: [{ mode: '429', state: 'waiting' }, { mode: 'deactivated', state: 'challenged' }, { mode: 'down', state: 'paused' }],
    file: fileOf,
    requests: local.requests,
    close: local.close,
  }
}
