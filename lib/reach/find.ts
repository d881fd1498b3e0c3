/** Finding addresses of the fediverse in what people write about themselves. Pure and total; one pass over each text. */
import type { Evidence, Follow } from '../model/index.ts'
import { addressOf, hostOf } from './address.ts'
import { deniedAfter, fediverseFollows, leavesOpen, leavesOpenAfter, mailFollows, mention, role, saysChat, saysContact, saysFediverse, saysMail, saysMoved, saysOthers, saysOwn, saysPlace, saysWorks } from './cues.ts'
import { bridged, isListed, optionalHost, scriptTops, softwareOf, standingOf, type Software } from './hosts.ts'
import { CUT, plain } from './text.ts'

type Where = NonNullable<Evidence['where']>
export type Words = Pick<Follow, 'handle' | 'name' | 'bio' | 'bioFacets' | 'links' | 'fields' | 'location'>

/**
 * - `stated`  an address, and clearly their own
 * - `likely`  perhaps none (a mailbox looks the same), or one that works only where they switched it on
 * - `open`    an address, and it is open whose
 * - `mention` words about the fediverse, and no address
 */
export interface Found {
  certainty: 'stated' | 'likely' | 'open' | 'mention'
  address?: string
  where: Where
  /** The words or the link, as they stood there. */
  seen: string
  detail?: Detail
}
/** What more is to be said of an address: a key of the texts. */
type Detail = 'opt-in' | 'perhaps-mail' | 'perhaps-elsewhere' | 'post' | 'not-own' | 'whose' | 'several' | 'moved'

interface Candidate {
  address: string
  user: string
  where: Where
  seen: string
  /** Place in the whole profile, in order of reading. */
  order: number
  /** An address of the fediverse beyond doubt. */
  sure: boolean
  detail?: Detail
  /** Whose it is: below 0 not theirs, or open; 0 nothing speaks against it; above, something speaks for it. */
  own: number
}

const longest = 120
const shown = (text: string): string => text.replaceAll(CUT, '…').trim().slice(0, longest)

/* ---- hosts and names in a running text ---- */

interface Host { host: string; end: number; cut: boolean }

const latin = /\p{Script=Latin}/u
const confusable = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}]/u
const isTop = (label: string): boolean => /^[a-z]{2,24}$/i.test(label) || /^xn--[a-z0-9-]+$/i.test(label) || scriptTops.has(label)
const hostRun = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]|\.(?=[\p{L}\p{N}])){0,252}/uy

/**
 * The host that begins at `from`. In scripts that part no words a sentence goes on right after it, so a label ends where the script changes; after a full stop the next
 * sentence may follow without a blank, so it ends with the last part that can be the end of a name.
 */
const hostAt = (text: string, from: number): Host | undefined => {
  hostRun.lastIndex = from
  const run = hostRun.exec(text)?.[0]
  if (!run || !run.includes('.')) return undefined
  const parts: string[] = []
  let changed = false
  for (const part of run.split('.')) {
    const [, start, rest] = /^([a-z0-9-]+)([^\0-\x7f].*)$/isu.exec(part) ?? []
    changed = start !== undefined && parts.length > 0 && !latin.test(rest![0]! + (rest!.codePointAt(0)! > 0xffff ? rest![1]! : ''))
    parts.push(changed ? start! : part)
    if (changed) break
  }
  while (parts.length > 1 && !isTop(parts.at(-1)!.replace(/-+$/, ''))) parts.pop()
  const said = parts.at(-1)!
  if (parts.length > 2 && /^[A-Z][a-z]*$/.test(said) && isTop(parts.at(-2)!) && parts.slice(0, -1).every(part => part === part.toLowerCase())) parts.pop()
  for (let length = 2; length < parts.length; length++) if (isListed(parts.slice(0, length).join('.').toLowerCase())) parts.length = length
  const last = parts.length - 1
  const end = from + parts.join('.').length
  if (last > 0) parts[last] = parts[last]!.replace(/-+$/, '')
  if (parts.length < 2 || parts.some(part => latin.test(part) && confusable.test(part))) return undefined
  const host = hostOf(parts.join('.'))
  const next = text.slice(end, end + 3)
  return host && !/^(?:[@=&%]|:\d)/.test(next) ? { host, end, cut: next.startsWith(CUT) || next.startsWith('...') } : undefined
}

/** Letters of scripts that put blanks between words: a name does not begin in the middle of them. */
const joined = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{M}\p{N}_]$/u
const userRun = /[A-Za-z0-9_.-]{0,65}$/

/* ---- what a link says ---- */

interface Linked { user: string; host: string; sure: boolean; detail?: Detail }

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
const userPath = String.raw`@?([A-Za-z0-9_](?:[\w.-]{0,62}[A-Za-z0-9_])?)`
const below = new RegExp(String.raw`^/(?:web/|deck/|fediverse_profile/)?@${userPath.slice(2)}(?:@([^/@\s]+))?(?:/(.*))?$`, 'u')
const parts = /^(?:with_replies|media|following|followers|followees|featured|about|posts|notes|clips|pages|gallery|all|videos|playlists|feed|video-channels|index)?(?:\.rss|\.json)?\/?$/
/** Paths that say the same with certain software, or nothing: `/c/` is a channel there, and a community elsewhere. */
const paths: { pattern: RegExp; software: Software[]; open?: true }[] = [
  { pattern: new RegExp(`^/users/${userPath}(?:/(.*))?$`, 'u'), software: ['micro', 'pictures', 'videos', 'forum', 'friendica', 'books'], open: true },
  { pattern: new RegExp(`^/profile/${userPath}(?:/(.*))?$`, 'u'), software: ['friendica', 'micro'] },
  { pattern: new RegExp(`^/u/${userPath}(?:@([^/@\\s]+))?(?:/(.*))?$`, 'u'), software: ['forum', 'micro'] },
  { pattern: new RegExp(`^/(?:a|accounts|c|video-channels)/${userPath}(?:@([^/@\\s]+))?(?:/(.*))?$`, 'u'), software: ['videos'] },
  { pattern: new RegExp(`^/user/${userPath}(?:/(.*))?$`, 'u'), software: ['books'] },
  { pattern: new RegExp(`^/channel/${userPath}(?:/(.*))?$`, 'u'), software: [] },
  { pattern: new RegExp(`^/${userPath}/?$`, 'u'), software: ['pictures'] },
]
const taken = /^(?:about|login|register|site|discover|explore|i|p|settings|home|public|privacy|terms|search|auth|api|web|tags?|groups?|stories|help|legal|contact|join|signup|users?)$/i
/** Parts of a host at which `/@name` is as often the name of an author, a shop or a reader. */
const otherUse = /^(?:blog|blogs|medium|shop|store|docs|wiki|learn|academy|courses?|forum|developers?|pay|link|links|bio|games?|play|app|my|go|get|live|chat|ask|read|write|watch|pub)$/

/** @returns whose profile of the fediverse a link leads to, where it can be one */
const linked = (address: string): Linked | undefined => {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const host = hostOf(url.hostname.replace(/^(?:www|m)\./, ''))
  if (!host || url.username || url.password || (url.port && url.port !== '443')) return undefined
  const path = decoded(url.pathname)
  if (bridged.sites.includes(host)) {
    const handle = /^\/profile\/((?:[a-z0-9-]+\.)+[a-z]{2,24})\/?$/i.exec(path)?.[1]
    return handle ? { user: handle, host: bridged.host, sure: false, detail: 'opt-in' } : undefined
  }
  if (host.endsWith(bridged.handles)) return { user: host, host: bridged.host, sure: false, detail: 'opt-in' }
  const standing = standingOf(host)
  if (standing === 'client') {
    const [, server, user] = /^\/([^/@]+\.[^/@]+)\/@([\w.-]+)\/?$/.exec(path) ?? []
    if (server && user) return linked(`https://${server}/@${user}`)
  }
  const [, name, other, rest] = below.exec(path) ?? []
  if (name && other) {
    // Somebody of another server, seen from this one, is at home there.
    const home = hostOf(other.toLowerCase())
    const at = home && standingOf(home)
    return home && at !== 'none' && at !== 'optional' && parts.test(rest ?? '') && (standing === 'server' || standing === 'client' || standing === 'open' || standing === 'optional') ? { user: name, host: home, sure: true } : undefined
  }
  if (standing === 'none' || standing === 'client') return undefined
  if (standing === 'optional') return name && parts.test(rest ?? '') ? { user: name, host: optionalHost(host) as string, sure: false, detail: 'opt-in' } : undefined
  const software = softwareOf(host)
  if (name) {
    const user = name.replace(/\.(?:rss|json)$/, '')
    if (parts.test(rest ?? '')) {
      const doubtful = standing === 'open' && host.split('.').some(part => otherUse.test(part))
      return { user, host, sure: !doubtful, ...(doubtful && { detail: 'perhaps-elsewhere' }) }
    }
    return standing === 'server' ? { user, host, sure: false, detail: 'post' } : undefined
  }
  for (const { pattern, software: kinds, open } of paths) {
    const found = pattern.exec(path)
    const user = found?.[1]
    if (!user || /^\d+$/.test(user) || taken.test(user)) continue
    const more = found.length > 3 ? found[3] : found[2]
    const there = software !== undefined && kinds.includes(software)
    if (!there && !(open && standing === 'open')) continue
    if (found.length > 3 && found[2]) {
      const home = hostOf(found[2].toLowerCase())
      return home && standingOf(home) !== 'none' ? { user, host: home, sure: true } : undefined
    }
    if (!parts.test(more ?? '')) return there ? { user, host, sure: false, detail: 'post' } : undefined
    return { user, host, sure: there, ...(!there && { detail: 'perhaps-elsewhere' }) }
  }
  return undefined
}

/* ---- whose it is ---- */

const even = (text: string): string => text.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]/g, '')

/** Whether a name is like one that they have here or on a bridged network, or like what they are called; with `same`, the very same. */
const likeness = ({ handle, name, bio, location }: Words): ((user: string, same?: boolean) => boolean) => {
  const user = handle.replace(/^@/, '').replace(/@.*$/s, '')
  const names = [user.split('.').length > 2 ? user.split('.')[0]! : user, ...[...`${bio ?? ''} ${location ?? ''}`.slice(0, 5000).matchAll(/([a-z0-9-]{2,63})\.bsky\.social/gi)].map(match => match[1]!)].map(even)
  const words = (name ?? '').slice(0, 200).split(/[\s.,|/()@_-]+/).map(even).filter(part => part.length >= 3)
  const whole = words.join('')
  return (name, same = false) => {
    const one = even(name)
    if (one.length < 2) return false
    if (same) return one === whole || names.includes(one)
    if (one === whole || names.some(here => one === here || (one.length >= 3 && here.length >= 3 && (here.includes(one) || one.includes(here))))) return true
    return one.length >= 3 && (words.includes(one) || (whole.length >= 3 && whole.includes(one)) || words.some(part => part.length >= 4 && one.includes(part)))
  }
}
const akin = (one: string, other: string): boolean => {
  const [a, b] = [even(one), even(other)]
  return a === b || (Math.min(a.length, b.length) >= 3 && (a.includes(b) || b.includes(a)))
}

/** The line up to here, at most ninety characters of it: cues stand near. */
const lineBefore = (text: string, start: number): string => {
  const near = text.slice(Math.max(0, start - 90), start)
  const line = near.slice(Math.max(near.lastIndexOf('\n'), near.lastIndexOf('\r'), near.lastIndexOf('•'), near.lastIndexOf('·')) + 1)
  return line.replace(/^.*[.!?。！？;](?=\s)/su, '').replaceAll(CUT, ' ')
}
const lineAfter = (text: string, end: number): string => text.slice(end, end + 60).split(/[\n\r•·|]/, 1)[0]!
const once = /(?<![\p{L}])(?:ex|former|formerly|prev|previously|früher|vorher|ancien|antes)(?![\p{L}])/iu

/** "site.example and @name@server": one more place of the same person. */
const besides = /(?:^|\s)(?:https?:\/\/|@?[\w-]+\.)[^\s@]{2,}\s+(?:and|or|und|oder|et|ou|y|e)\s*$/iu
/** "Editor, The Daily (@daily@server)": the account of what was just named. */
const namesIt = (before: string, user: string): boolean => {
  const [, named] = /[,@]\s?([\p{L}\p{N} .&'’-]{2,40}) ?\($/u.exec(before) ?? []
  return named !== undefined && named.split(/\s+/).some(part => even(part).length >= 3 && akin(part, user))
}

/* ---- the profile ---- */

/** Every text of the profile, in the order in which it is believed. Links in the bio stand in it as where they lead. */
const textsOf = ({ name, bio, bioFacets, links, fields, location }: Words): { where: Where; text: string }[] => [
  ...(fields ?? []).slice(0, 50).map(field => ({ where: 'fields' as const, text: `${field.name}: ${field.value}` })),
  ...(bio ? [{ where: 'bio' as const, text: withLinks(bio, bioFacets) }] : []),
  ...(links ?? []).slice(0, 50).map(link => ({ where: 'links' as const, text: link.title && link.title !== link.url ? `${link.title}: ${link.url}` : link.url })),
  ...(name ? [{ where: 'name' as const, text: name }] : []),
  ...(location ? [{ where: 'location' as const, text: location }] : []),
]

const withLinks = (bio: string, facets: Words['bioFacets']): string => {
  let text = ''
  let from = 0
  for (const { start, end, value } of (facets ?? []).filter(({ kind }) => kind === 'link').slice(0, 200).toSorted((one, other) => one.start - other.start)) {
    if (start < from || end <= start || end > bio.length) continue
    const words = bio.slice(start, end)
    // A shortened or wrapped address is replaced; words that lead somewhere stay, with the address behind them.
    const isAddress = /^https?:|^[^\s@]+\.[^\s@]+(?:\/|…|\.\.\.|$)/i.test(words)
    text += `${bio.slice(from, start)}${isAddress ? value : `${words} (${value})`}`
    from = end
  }
  return text + bio.slice(from)
}

const link = /(?:https?|web\+ap|ap):\/\/[^\s/?#<>"'()[\]{}|\\^`、。「」『』]{1,255}(?:[/?#](?:(?![<>"{}|\\^`])[!-~])*)?/giu
const spaced = /(?<![\p{L}\p{N}_@./-])@([a-z0-9_][a-z0-9_.-]{0,60})(?:@[ \t]{1,3}|[ \t]{1,3}(?:(?:at|on|auf|bei|sur|en|su|op|på|na|@|🐘)[ \t]{1,3}){1,2}@?|[ \t]{1,3}@|🐘)/giu
const spelled = /(?<![\p{L}\p{N}_@./-])([a-z0-9_][a-z0-9_.-]{0,60})[ \t]{1,3}(?:at|@|on)[ \t]{1,3}@?/giu
const quick = /[@＠﹫/]|\bat\b|&(?:#|commat)|arroba|собака|アット|골뱅이|\.bsky\.social/iu
const pathAhead = /\/(?:(?:(?:web|deck)\/)?@|users\/|profile\/|u\/|c\/|a\/|accounts\/|video-channels\/|user\/)?[A-Za-z0-9_%]/y
const namesServer = /(?:^|[^\p{L}\p{N}.@-])((?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,12})(?![\p{L}\p{N}])/giu

/** Everything that may be an address in one text. */
const scan = (raw: string, where: Where, isLike: (user: string, same?: boolean) => boolean, mentions: () => boolean, add: (one: Omit<Candidate, 'order'>) => void): void => {
  if (!quick.test(raw)) return
  const text = plain(raw).replace(/(@[\w.-]{1,64})@https?:\/\/(?:www\.)?/gi, '$1@')
  // What was read is blanked out, so that nothing is read twice.
  let rest = text
  const blank = (start: number, end: number): void => void (rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end))

  const judge = (start: number, end: number, user: string): { own: number; moved: boolean; before: string } => {
    const before = lineBefore(text, start)
    const behind = lineAfter(text, end)
    const like = isLike(user)
    const grade = (): number => {
      if (saysOthers.test(before) || (where !== 'links' && deniedAfter.test(behind))) return -2
      const place = saysPlace.exec(before)
      if (place && !(like && place[1])) return -2
      if (saysWorks.test(before) && !isLike(user, true)) return -2
      if (where === 'links' || where === 'name' || where === 'location') return like ? 2 : 1
      const fediverse = saysFediverse.test(before)
      if (saysMoved.test(before)) return 4
      if (fediverse || (saysOwn.test(before) && (like || !once.test(text.slice(Math.max(0, start - 90), start))))) return like ? 3 : 2
      if (!like && ((leavesOpen.test(before) && !besides.test(before)) || leavesOpenAfter.test(behind) || namesIt(before, user))) return -1
      if (fediverseFollows.test(behind)) return like ? 3 : 2
      return like ? 2 : where === 'fields' ? 1 : 0
    }
    const own = grade()
    return { own, moved: own === 4, before }
  }
  const take = (user: string, host: string, start: number, end: number, sure: boolean, detail?: Detail): void => {
    const address = addressOf(user, host)
    if (!address) return
    const { own, moved } = judge(start, end, user)
    add({ address, user: user.toLowerCase(), where, seen: shown(text.slice(start, end)), sure, own, ...((detail ?? (moved ? 'moved' : undefined)) && { detail: detail ?? 'moved' }) })
  }
  const takeLink = (address: string, start: number, end: number): void => {
    const found = linked(address)
    if (!found) return
    const sure = found.sure || (found.detail === 'perhaps-elsewhere' && saysFediverse.test(lineBefore(text, start)))
    take(found.user, found.host, start, end, sure, sure ? undefined : found.detail)
  }

  for (const match of text.matchAll(link)) {
    const start = match.index
    const address = match[0].replace(/[.,;:!?)\]}'*_~]+$/, '')
    const end = start + address.length
    blank(start, start + match[0].length)
    const cut = text.startsWith(CUT, start + match[0].length) || match[0].endsWith('...')
    if (!cut) takeLink(address.replace(/^(?:web\+ap|ap):/i, 'https:'), start, end)
  }

  // The same without a scheme: host/@name.
  for (let at = rest.indexOf('/'); at > 0; at = rest.indexOf('/', at + 1)) {
    pathAhead.lastIndex = at
    if (!pathAhead.test(rest)) continue
    const run = /[\p{L}\p{M}\p{N}.-]{4,}$/u.exec(rest.slice(Math.max(0, at - 130), at))?.[0]
    if (!run?.includes('.')) continue
    // Words of another script may stand right before it.
    const name = /^[^.]*[^\0-\x7f](?=[a-z0-9-]+\.)/iu.test(run) ? run.replace(/^[^.]*[^\0-\x7f](?=[a-z0-9-]+\.)/iu, '') : run
    const start = at - name.length
    if (/[@\p{Script=Latin}_]$/u.test(rest.slice(0, start).slice(-1)) || rest.slice(Math.max(0, start - 2), start) === '//') continue
    const host = hostAt(rest, start)
    if (host?.end !== at) continue
    const path = /^\/(?:(?![<>"{}|\\^`()])[!-~])*/.exec(rest.slice(at, at + 200))![0]
    const bare = path.replace(/[.,;:!?)\]}'*_~]+$/, '')
    const end = at + bare.length
    // "a/b" between two words: only a name that can be one.
    if (!(rest.startsWith(CUT, at + path.length) || path.endsWith('...'))) takeLink(`https://${host.host}${bare}`, start, end)
    blank(start, at + path.length)
  }

  // "@name at server", "@name @server": the two parts apart, where the server is one.
  for (const [pattern, needsWord] of [[spaced, false], [spelled, true]] as const) {
    for (const match of rest.matchAll(pattern)) {
      const start = match.index
      const host = hostAt(rest, start + match[0].length)
      if (!host || host.cut || standingOf(host.host) !== 'server' || /[.-]$/.test(match[1]!)) continue
      if (needsWord && !saysFediverse.test(lineBefore(text, start))) continue
      take(match[1]!, host.host, start, host.end, true)
      blank(start, host.end)
    }
  }

  for (let at = rest.indexOf('@'); at >= 0; at = rest.indexOf('@', at + 1)) {
    const host = hostAt(rest, at + 1)
    if (!host) continue
    const run = userRun.exec(rest.slice(Math.max(0, at - 66), at))![0]
    const before = rest.slice(Math.max(0, at - run.length - 1), at - run.length)
    if (!run || run.length > 64) continue
    const standing = standingOf(host.host.replace(/^www\./, ''))
    if (before === '@') {
      const first = at - run.length - 1
      const lead = rest.slice(Math.max(0, first - 24), first).replace(/@+$/, '')
      // Something before the first "@" without a blank: a word about the fediverse, a name; else it is no address that we know.
      const glued = /[\p{Script=Latin}\p{N}_]$/u.test(lead)
      if (glued && where !== 'name' && !saysFediverse.test(lead)) continue
      if (standing === 'none' || standing === 'client' || (host.cut && !isListed(host.host))) continue
      if (saysChat.test(lineBefore(text, first)) || saysMail.test(lineBefore(text, first))) continue
      if (standing === 'optional') take(run, optionalHost(host.host) as string, first, host.end, false, 'opt-in')
      else take(run, host.host, first, host.end, true)
      continue
    }
    // Without the first "@" it looks like a mailbox.
    const user = run.replace(/^[.-]+/, '')
    const start = at - user.length
    const previous = rest.slice(Math.max(0, start - 2), start)
    if (!user || (user === run && joined.test(previous)) || /[+%=&/]$/.test(previous) || standing === 'none' || standing === 'client' || host.cut) continue
    if (/@[\p{L}\p{M}\p{N}_.-]{0,40}$/u.test(rest.slice(Math.max(0, start - 41), start))) continue
    const line = lineBefore(text, start)
    const scheme = /(?:^|[^a-z])acct:$/i.test(line)
    if (!scheme && (/(?:mailto|xmpp|sip|sips|matrix|nostr|lightning|im|tel|skype):$/i.test(line) || role.test(user.toLowerCase()))) continue
    if (saysMail.test(line) || saysChat.test(line) || mailFollows.test(lineAfter(text, host.end))) continue
    const named = saysFediverse.test(line) && !(/[🐘🦣]\P{L}*$/u.test(line) && /ele(?:ph|f)ant|mammoth|mammut/.test(host.host))
    const certain = scheme || named || fediverseFollows.test(lineAfter(text, host.end))
    if (saysContact.test(line) && !certain) continue
    if (standing === 'optional') take(user, optionalHost(host.host) as string, start, host.end, false, 'opt-in')
    else if (certain || standing === 'server') take(user, host.host, start, host.end, true)
    else if (mentions()) take(user, host.host, start, host.end, false, 'perhaps-mail')
  }

  for (const match of rest.matchAll(/(?<![\p{L}\p{N}_.-])(?:@\/?)?([a-z0-9][a-z0-9-]{1,62}\.bsky\.social)(?![\p{Script=Latin}\p{N}])/giu)) {
    take(match[1]!, bridged.host, match.index, match.index + match[0].length, false, 'opt-in')
  }
}

const whereRank: Where[] = ['fields', 'bio', 'links', 'name', 'location', 'handle']

/**
 * Addresses of the fediverse in a person's own words and links.
 * @returns the best first, each once; without any, where the fediverse is spoken of
 */
export const findAddresses = (person: Words): Found[] => {
  const texts = textsOf(person)
  const candidates = new Map<string, Candidate>()
  let spoken: boolean | undefined
  const isSpoken = (): boolean => (spoken ??= texts.some(({ text }) => mention(text.slice(0, 20_000)) !== undefined))
  let isLike: ReturnType<typeof likeness> | undefined
  const like = (user: string, same?: boolean): boolean => (isLike ??= likeness(person))(user, same)
  let order = 0
  for (const { where, text } of texts) {
    scan(text, where, like, isSpoken, one => {
      const known = candidates.get(one.address)
      if (!known) candidates.set(one.address, { ...one, order: order++ })
      // The same address twice: what speaks for it counts, and so does a denial.
      else if (one.own < 0 || known.own < 0) known.own = Math.min(one.own, known.own)
      else if (Number(one.sure) > Number(known.sure) || (one.sure === known.sure && one.own > known.own)) Object.assign(known, one, { order: known.order })
    })
  }
  const all = [...candidates.values()]
  const theirs = all.filter(({ sure, own }) => sure && own >= 0).sort((one, other) => other.own - one.own || whereRank.indexOf(one.where) - whereRank.indexOf(other.where) || one.order - other.order)
  const [best] = theirs
  const clear = best !== undefined && (best.own > 0 || theirs.every(({ user }) => akin(user, best.user)))
  const found = (one: Candidate, certainty: Found['certainty'], detail = one.detail): Found => ({ certainty, address: one.address, where: one.where, seen: one.seen, ...(detail && { detail }) })
  const list: Found[] = [
    ...theirs.map(one => (!clear ? found(one, 'open', 'several') : one === best || one.own > 0 ? found(one, 'stated') : found(one, 'likely', 'several'))),
    ...all.filter(({ sure, own }) => !sure && own >= 0).map(one => found(one, 'likely')),
    ...all.filter(({ sure, own }) => sure && own < 0).map(one => found(one, 'open', one.own === -1 ? 'whose' : 'not-own')),
  ]
  const certainties: Found['certainty'][] = ['stated', 'likely', 'open', 'mention']
  list.sort((one, other) => certainties.indexOf(one.certainty) - certainties.indexOf(other.certainty))
  if (!list.length) list.push(...mentionsIn(texts))
  return list.slice(0, 20)
}

/** Where the fediverse is spoken of. */
const mentionsIn = (texts: { where: Where; text: string }[]): Found[] => {
  for (const { where, text } of texts) {
    const short = text.slice(0, 20_000)
    const word = mention(short)
    const server = word || !short.includes('.') ? undefined : [...short.matchAll(namesServer)].find(match => isListed(match[1]!.toLowerCase()) && standingOf(match[1]!.toLowerCase()) === 'server')
    const at = word?.index ?? server?.index
    if (at !== undefined) return [{ certainty: 'mention', where, seen: shown(short.slice(Math.max(0, at - 30), at + 60)) }]
  }
  return []
}
