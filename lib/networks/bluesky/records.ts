/** Records of Bluesky (lexicons `app.bsky.*`), as they lie in a repository or in a view of the interface. Facets count UTF-8 bytes. */
import type { Facet, Media, Post, PostRef } from '../../model/index.ts'
import { isCidLink } from '@atcute/cbor'
import { at, isDict, isoTime, known, list, said, text, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { isDid, pictures, room } from './index.ts'

/** `at://<did>/<collection>/<rkey>` */
export const uriParts = (uri: unknown): { did: string; collection: string; rkey: string } | undefined => {
  const [, did, collection, rkey] = /^at:\/\/([^/]+)\/([\w.]+)\/([\w.~:-]+)$/.exec(text(uri) ?? '') ?? []
  return did && collection && rkey && isDid(did) ? { did, collection, rkey } : undefined
}

const site = room.home.slice(0, -1)
/** By the DID: handles change. */
export const postUrl = (did: string, rkey: string): string => `${site}/profile/${did}/post/${rkey}`

export const refOf = (value: unknown, handle?: string): PostRef | undefined => {
  const uri = text(at(value, 'uri')) ?? text(value)
  const parts = uriParts(uri)
  if (!parts || !uri) return undefined
  return known({ id: uri, url: parts.collection === 'app.bsky.feed.post' ? postUrl(parts.did, parts.rkey) : undefined, authorId: parts.did, authorHandle: handle })
}

const encoder = new TextEncoder()

/** UTF-16 index of each UTF-8 byte offset that begins a character. */
const indexOfByte = (words: string, offsets: Set<number>): Map<number, number> => {
  const found = new Map<number, number>()
  let bytes = 0
  let units = 0
  if (offsets.has(0)) found.set(0, 0)
  for (const point of words) {
    const code = point.codePointAt(0) as number
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    units += point.length
    if (offsets.has(bytes)) found.set(bytes, units)
  }
  return found
}

/** @param record anything with `text` (or `words`) and `facets` */
export const facetsOf = (words: string, facets: unknown): Facet[] => {
  const rows = list(facets).flatMap(facet => {
    const [start, end] = [whole(at(facet, 'index', 'byteStart')), whole(at(facet, 'index', 'byteEnd'))]
    return start === undefined || end === undefined || start >= end ? [] : [{ start, end, features: list(at(facet, 'features')) }]
  })
  if (!rows.length || encoder.encode(words).length < Math.min(...rows.map(({ end }) => end))) return []
  const indices = indexOfByte(words, new Set(rows.flatMap(({ start, end }) => [start, end])))
  return rows
    .flatMap(({ start, end, features }): Facet[] => {
      const [from, to] = [indices.get(start), indices.get(end)]
      if (from === undefined || to === undefined) return []
      return features.flatMap((feature): Facet[] => {
        const type = word(at(feature, '$type')) ?? ''
        const shown = words.slice(from, to)
        if (type.endsWith('#mention')) {
          const id = text(at(feature, 'did'))
          const value = shown.replace(/^@/, '')
          return value ? [known({ start: from, end: to, kind: 'mention' as const, value, id: id && isDid(id) ? id : undefined })] : []
        }
        if (type.endsWith('#tag')) return word(at(feature, 'tag')) ? [{ start: from, end: to, kind: 'tag', value: word(at(feature, 'tag')) as string }] : []
        const uri = webAddress(at(feature, 'uri'))
        return type.endsWith('#link') && uri ? [{ start: from, end: to, kind: 'link', value: uri }] : []
      })
    })
    .toSorted((a, b) => a.start - b.start)
}

/** The content's own name, in today's form and in that of 2023. */
export const blobOf = (blob: unknown): { cid: string; type?: string; size?: number } | undefined => {
  const ref = at(blob, 'ref')
  // In a repository a link is an object of the decoder's own; in JSON it is `{$link}`.
  const cid = (isCidLink(ref) ? ref.$link : text(at(ref, '$link'))) ?? text(at(blob, 'cid'))
  return cid && /^[a-z0-9]{20,100}$/i.test(cid) ? known({ cid, type: word(at(blob, 'mimeType')), size: whole(at(blob, 'size')) || undefined }) : undefined
}

/**
 * Where the originals are: the account's own server, if it is known. `elsewhere`: nobody said where it is (a file that was handed over), so that pictures are
 * named where the site shows them.
 */
export interface Home { did?: string; server?: string; handle?: string; elsewhere?: boolean }

/**
 * The original at the account's server, else the site's copy of a picture: `/img/<preset>/plain/<did>/<cid>` at the site's own image host (bluesky-social/atproto,
 * `packages/bsky/src/image/uri.ts`, 2026-08). Of a video there is no such copy in one piece.
 */
export const blobUrl = ({ did, server, elsewhere }: Home, cid: string, preset?: 'feed_fullsize' | 'avatar' | 'banner'): string | undefined => {
  if (!did) return undefined
  if (server) return `${server}/xrpc/com.atproto.sync.getBlob?did=${encodeURIComponent(did)}&cid=${cid}`
  return elsewhere && preset ? `https://${pictures}/img/${preset}/plain/${did}/${cid}` : undefined
}

const medium = (kind: Media['kind'], blob: unknown, of: unknown, home: Home): Media[] => {
  const found = blobOf(blob)
  if (!found) return []
  return [known({
    id: found.cid, kind: found.type === 'image/gif' ? ('gif' as const) : kind, url: blobUrl(home, found.cid, kind === 'video' ? undefined : 'feed_fullsize'), alt: said(at(of, 'alt')), width: whole(at(of, 'aspectRatio', 'width')) || undefined,
    height: whole(at(of, 'aspectRatio', 'height')) || undefined, type: found.type, size: found.size,
  })]
}

interface Embedded { media: Media[]; quote?: PostRef; preview?: Post['linkPreview']; unknown: string[] }

export const embedOf = (embed: unknown, home: Home, depth = 0): Embedded => {
  const none: Embedded = { media: [], unknown: [] }
  if (!isDict(embed) || depth > 3) return none
  const type = (word(embed.$type) ?? '').replace(/^app\.bsky\.embed\./, '').replace(/#.*$/, '')
  switch (type) {
    case 'images':
      return { ...none, media: list(embed.images).flatMap(one => medium('image', at(one, 'image'), one, home)) }
    case 'gallery':
      return { ...none, media: list(embed.items).flatMap(one => medium('image', at(one, 'image'), one, home)) }
    case 'video':
      return { ...none, media: medium('video', embed.video, embed, home) }
    case 'external': {
      const url = webAddress(at(embed, 'external', 'uri'))
      return { ...none, preview: url ? known({ url, title: said(at(embed, 'external', 'title')), description: said(at(embed, 'external', 'description')) }) : undefined }
    }
    case 'record':
      return { ...none, quote: refOf(at(embed, 'record', 'record') ?? embed.record) }
    case 'recordWithMedia': {
      const { media, preview, unknown } = embedOf(embed.media, home, depth + 1)
      return { media, preview, unknown, quote: refOf(at(embed, 'record', 'record')) ?? refOf(embed.record) }
    }
    case '':
      return none
    default:
      return { ...none, unknown: [type] }
  }
}

/** What an author says of a post that not everybody may want to see. */
const adult = new Set(['porn', 'sexual', 'nudity', 'graphic-media', 'nsfl', 'gore'])

const values = (facets: Facet[], kind: Facet['kind'], more: string[] = []): string[] | undefined => {
  const found = [...new Set([...facets.filter(facet => facet.kind === kind).map(({ value }) => value), ...more])]
  return found.length ? found : undefined
}

/** @param home whose post it is, and where the pictures are */
export const postRecord = (record: Dict, did: string, rkey: string, home: Home): Post => {
  const words = text(record.text) ?? ''
  // Records of early 2023 carry their ranges as `entities`, which count UTF-16 units.
  const old = list(record.entities).flatMap((entity): Facet[] => {
    const [start, end, value] = [whole(at(entity, 'index', 'start')), whole(at(entity, 'index', 'end')), text(at(entity, 'value'))]
    if (start === undefined || end === undefined || start >= end || end > words.length || !value) return []
    return at(entity, 'type') === 'mention' ? [known({ start, end, kind: 'mention' as const, value: words.slice(start, end).replace(/^@/, ''), id: isDid(value) ? value : undefined })] : webAddress(value) ? [{ start, end, kind: 'link', value }] : []
  })
  const facets = Array.isArray(record.facets) ? facetsOf(words, record.facets) : old
  const { media, quote, preview } = embedOf(record.embed, home)
  const labels = [...list(at(record, 'labels', 'values'))].flatMap(label => word(at(label, 'val')) ?? [])
  const languages = list(record.langs).flatMap(one => word(one) ?? [])
  return known({
    id: `at://${did}/app.bsky.feed.post/${rkey}`, url: postUrl(did, rkey), authorId: did, createdAt: isoTime(record.createdAt), text: words,
    facets: facets.length ? facets : undefined, tags: values(facets, 'tag', list(record.tags).flatMap(tag => word(tag) ?? [])), mentions: values(facets, 'mention'), links: values(facets, 'link'),
    media: media.length ? media : undefined, linkPreview: preview, quoteOf: quote, replyTo: refOf(at(record, 'reply', 'parent')), threadRoot: refOf(at(record, 'reply', 'root')),
    sensitive: labels.some(label => adult.has(label)) ? true : undefined, language: languages[0], visibility: 'public' as const,
  })
}

/** Somebody who is known by DID alone: the DID is their handle until it is named. */
export const nameless = (did: string) => ({ id: did, handle: did, url: `${site}/profile/${did}` })

/**
 * The address in the fediverse of an account that is bridged from there: Bridgy Fed names it `user.host.ap.brid.gy`, and writes `-` for `_` and `~`
 * (snarfed/bridgy-fed, `protocol.py`, 2026-08). The address is certain only where the profile's original link says it.
 */
export const bridgedAddress = (handle: string, bio: string | undefined): string | undefined => {
  const [, user, host] = /^([^.]+)\.(.+\..+)\.ap\.brid\.gy$/i.exec(handle) ?? []
  if (!user || !host) return undefined
  const told = /https:\/\/([a-z0-9.-]+)\/(?:@|users\/|u\/|profile\/)([\w.-]+)/i.exec(bio ?? '')
  if (told && told[2]!.replaceAll(/[_~]/g, '-').toLowerCase() === user.toLowerCase()) return `${told[2]}@${host}`.toLowerCase()
  return user.includes('-') ? undefined : `${user}@${host}`.toLowerCase()
}

export const handleOf = (view: unknown): string | undefined => {
  const handle = word(at(view, 'handle'))
  return handle && handle !== 'handle.invalid' && /^[\w.-]{3,253}$/.test(handle) ? handle.toLowerCase() : undefined
}

/** Words a profile carries beside its bio. */
const linksIn = (view: unknown) => {
  const url = webAddress(at(view, 'website'))
  return url ? [{ url }] : undefined
}

/** A profile view, of any of the interface's sizes. @returns undefined without a DID */
export const personOf = (view: unknown) => {
  const did = text(at(view, 'did'))
  if (!did || !isDid(did)) return undefined
  const handle = handleOf(view)
  const bio = text(at(view, 'description'))
  return known({
    id: did, handle: handle ?? did, name: said(at(view, 'displayName')), bio, links: linksIn(view), avatar: webAddress(at(view, 'avatar')), url: room.profileUrl(handle ?? did),
    pronouns: said(at(view, 'pronouns')), address: handle ? bridgedAddress(handle, bio) : undefined, verified: at(view, 'verification', 'verifiedStatus') === 'valid' ? true : undefined,
  })
}

