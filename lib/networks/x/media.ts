/** Pictures, videos and looping clips of a post. */
import type { Media } from '../../model/index.ts'
import { at, dict, idText, isDict, known, list, said, webAddress, whole, word, type Dict } from '../answers/fields.ts'

const types: Record<string, string> = { jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif' }

/** The picture as it was sent: `?format=…&name=orig`. */
const original = (address: unknown): { url: string; type?: string } | undefined => {
  const url = webAddress(address)
  if (!url) return undefined
  const found = /^(https:\/\/pbs\.twimg\.com\/media\/[\w-]+)\.(\w+)$/.exec(url.split('?')[0] as string)
  const asked = /^(https:\/\/pbs\.twimg\.com\/media\/[\w-]+)\?(?:.*&)?format=(\w+)/.exec(url)
  const [, base, ending] = found ?? asked ?? []
  if (!base || !ending) return { url }
  return known({ url: `${base}?format=${ending}&name=orig`, type: Object.hasOwn(types, ending) ? types[ending] : undefined })
}

/** The best form that plays everywhere: H.264 in MP4, of the highest rate; others only where there is none. */
const bestOf = (variants: unknown): Dict | undefined => {
  const all = list(variants).filter(isDict).filter(one => webAddress(one.url))
  const films = all.filter(one => (word(one.content_type) ?? '').startsWith('video/mp4') || (!word(one.content_type) && /\.mp4(?:\?|$)/.test(String(one.url))))
  const plain = films.filter(one => !/\/(?:hevc|hvc1|hev1|av01|vp9)\//i.test(String(one.url)) && !/codecs=.*(?:hvc|hev|av01|vp09)/i.test(String(one.content_type)))
  const choice = plain.length > 0 ? plain : films.length > 0 ? films : all
  return choice.toSorted((a, b) => (whole(b.bitrate) ?? whole(b.bit_rate) ?? 0) - (whole(a.bitrate) ?? whole(a.bit_rate) ?? 0))[0]
}

/** A medium of an article, and of posts without `legacy`: `media_info`, of type `ApiImage`, `ApiVideo` or `ApiGif` (nitter `parser.nim` 2026-08, FxEmbed's types). */
const infoOf = (one: Dict): Media | undefined => {
  const info = dict(one.media_info) ?? dict(at(one, 'media_results', 'result', 'media_info'))
  if (!info) return undefined
  const still = dict(info.preview_image) ?? info
  const picture = original(still.original_img_url)
  const frame = { id: idText(one.media_id) ?? idText(one.id_str) ?? idText(one.media_key), alt: said(info.alt_text), width: whole(still.original_img_width), height: whole(still.original_img_height) }
  const best = bestOf(info.variants ?? at(info, 'video_info', 'variants'))
  const length = whole(info.duration_millis)
  const moving = best || dict(info.preview_image)
  if (moving) return known({ ...frame, kind: /Gif/i.test(word(info.__typename) ?? '') ? ('gif' as const) : ('video' as const), url: webAddress(best?.url), preview: picture?.url, type: word(best?.content_type)?.split(';')[0], duration: length ? length / 1000 : undefined })
  return picture ? known({ ...frame, kind: 'image' as const, ...picture }) : undefined
}

const mediumOf = (value: unknown): Media | undefined => {
  const one = dict(value)
  const told = one && infoOf(one)
  if (told) return told
  const kind = word(one?.type)
  if (!one || !kind) return undefined
  const still = original(one.media_url_https) ?? original(one.media_url)
  const frame = {
    id: idText(one.id_str) ?? idText(one.media_key),
    alt: said(one.ext_alt_text) ?? said(one.alt_text),
    width: whole(at(one, 'original_info', 'width')),
    height: whole(at(one, 'original_info', 'height')),
  }
  if (kind === 'photo') return known({ ...frame, kind: 'image' as const, ...still })
  const best = bestOf(at(one, 'video_info', 'variants'))
  const length = whole(at(one, 'video_info', 'duration_millis'))
  const type = word(best?.content_type)?.split(';')[0]
  return known({ ...frame, kind: kind === 'animated_gif' ? ('gif' as const) : ('video' as const), url: webAddress(best?.url), preview: still?.url, type, duration: length ? length / 1000 : undefined })
}

/** @param media `extended_entities.media`, which has all of them, else `entities.media` */
export const mediaOf = (media: unknown): Media[] | undefined => {
  const found = list(media).flatMap(one => mediumOf(one) ?? [])
  return found.length > 0 ? found : undefined
}

/** Whether some of it is behind a click. */
export const isCovered = (media: unknown): boolean =>
  list(media).some(one => ['sensitive_media_warning', 'ext_sensitive_media_warning'].some(key => Object.values(dict(at(one, key)) ?? {}).some(flag => flag === true)))
