/** Pictures, videos and sounds of a post on the networks of Meta. Total. */
import type { Media } from '../../model/index.ts'
import { at, dict, idText, isDict, known, list, moment, said, webAddress, whole, type Dict } from './fields.ts'
import { expiryOf, isPlaceholder } from './meta.ts'

interface Variant { url: string; width?: number; height?: number; type?: number }

const variant = (value: unknown): Variant[] => {
  const url = webAddress(at(value, 'url'))
  if (!url || isPlaceholder(url)) return []
  return [known({ url, width: whole(at(value, 'width')) || undefined, height: whole(at(value, 'height')) || undefined, type: whole(at(value, 'type')) })]
}

const area = (one: Variant): number => (one.width ?? 0) * (one.height ?? 0)

/** The largest; among equals the first, but a video of type 101 before all others (its types 101 to 103 fall in quality). */
export const best = (variants: unknown): Variant | undefined =>
  list(variants)
    .flatMap(variant)
    .reduce<Variant | undefined>((found, one) => {
      if (!found || area(one) > area(found)) return one
      return area(one) === area(found) && one.type === 101 && found.type !== 101 ? one : found
    }, undefined)

const expiresAt = (url: string | undefined): string | undefined => (url ? moment(expiryOf(url)) : undefined)

/** Texts and links carry this square instead of a size. */
const dummy = 612

const sizeOf = (item: Dict, chosen: Variant): { width?: number; height?: number } => {
  if (chosen.width && chosen.height) return { width: chosen.width, height: chosen.height }
  const [width, height] = [whole(item.original_width), whole(item.original_height)]
  return width && height && !(width === dummy && height === dummy && item.media_type === 19) ? { width, height } : {}
}

const picturesOf = (item: Dict): unknown[] => {
  const versions = list(at(item, 'image_versions2', 'candidates'))
  return versions.length > 0 ? versions : [{ url: item.display_url ?? item.image_url }]
}

/** Seconds, where the network says them. */
const durationOf = (item: Dict): number | undefined => (typeof item.video_duration === 'number' && item.video_duration > 0 ? item.video_duration : undefined)

/** One picture or video: a post of its own, or one of a carousel. */
const one = (item: Dict): Media[] => {
  const picture = best(picturesOf(item))
  const video = best(list(item.video_versions).length > 0 ? item.video_versions : [{ url: item.video_url }])
  // `<number>_<number of the author>` is text everywhere; a bare number may have lost digits on its way.
  const id = /^(\d+)_\d+$/.exec(idText(item.id) ?? '')?.[1] ?? idText(item.pk) ?? idText(item.id)
  const alt = said(item.accessibility_caption)
  if (video) {
    return [known({ id, kind: 'video' as const, url: video.url, preview: picture?.url, alt, ...sizeOf(item, video), duration: durationOf(item), expiresAt: expiresAt(video.url) })]
  }
  if (!picture) return []
  // A video whose address is missing is still a video: its still picture is all there is.
  if (item.media_type === 2) return [known({ id, kind: 'video' as const, preview: picture.url, alt, ...sizeOf(item, picture), duration: durationOf(item), expiresAt: expiresAt(picture.url) })]
  return [known({ id, kind: 'image' as const, url: picture.url, alt, ...sizeOf(item, picture), expiresAt: expiresAt(picture.url) })]
}

const soundOf = (post: Dict): Media[] => {
  const url = ['audio_src', 'src', 'url', 'progressive_download_url'].map(key => webAddress(at(post, 'audio', key))).find(Boolean)
  return url ? [known({ id: idText(post.pk), kind: 'audio' as const, url, alt: said(post.accessibility_caption), expiresAt: expiresAt(url) })] : []
}

/** Every variant that a GIF's description holds, whatever it calls them. */
const variantsWithin = (value: unknown, depth = 0): unknown[] => {
  if (depth > 4 || typeof value !== 'object' || value === null) return []
  const own = isDict(value) && webAddress(value.url) ? [value] : []
  return [...own, ...Object.values(value).flatMap(inner => variantsWithin(inner, depth + 1))]
}

const gifOf = (post: Dict): Media[] => {
  const info = dict(post.giphy_media_info)
  const found = best(variantsWithin(at(info, 'first_party_cdn_proxied_images'))) ?? best(variantsWithin(info))
  if (!info || !found) return []
  const size = found.width && found.height ? { width: found.width, height: found.height } : {}
  const alt = said(info.alt_text) ?? said(info.title) ?? said(post.accessibility_caption)
  return [known({ id: idText(info.id) ?? idText(post.pk), kind: 'gif' as const, url: found.url, alt, ...size, expiresAt: expiresAt(found.url) })]
}

/** The file behind an address: signatures differ between answers. */
const fileOf = (media: Media): string => ((media.url ?? media.preview) || '').split('?')[0] ?? ''

/**
 * @param post a post
 * @returns its media in order, each file once; undefined where the answer says nothing of media
 */
export const mediaOf = (post: Dict): Media[] | undefined => {
  const slides = list(post.carousel_media).filter(isDict)
  const main = slides.length > 0 ? slides.flatMap(one) : one(post)
  const media = [...main, ...soundOf(post), ...gifOf(post)]
  const says = ['carousel_media', 'image_versions2', 'video_versions', 'media_type'].some(key => Object.hasOwn(post, key))
  if (media.length === 0) return says ? [] : undefined
  return [...new Map(media.map(item => [fileOf(item), item])).values()]
}
