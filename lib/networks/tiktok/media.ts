/** Videos, photos and sounds of posts. */
import type { Media, Sound } from '../../model/index.ts'
import { at, dict, idText, isDict, known, list, moment, said, whole, word, type Dict } from '../answers/fields.ts'
import { firstAddress } from './people.ts'

/** Pictures say it as `x-expires`, videos as `expire`: 48 hours after the answer (a capture of 2025-10). */
const expiryOf = (url: string | undefined): string | undefined => {
  if (!url || !URL.canParse(url)) return undefined
  const { searchParams } = new URL(url)
  return moment(searchParams.get('x-expires') ?? searchParams.get('expire') ?? undefined)
}

const positive = (...values: unknown[]): number | undefined => values.map(whole).find(Boolean)
const isH264 = (codec: unknown): boolean => /h\.?264|avc/i.test(word(codec) ?? '')

interface Film { url?: string; width?: number; height?: number; size?: number }

/** The best variant of those that everything plays (H.264), else whatever there is. */
const filmOf = (video: Dict): Film => {
  const variants = [...list(video.bitrateInfo), ...list(video.bit_rate)].flatMap(one => {
    const play = dict(at(one, 'PlayAddr')) ?? dict(at(one, 'playAddr')) ?? dict(at(one, 'play_addr'))
    const url = firstAddress(play)
    return url ? [{ play, url, common: isH264(at(one, 'CodecType') ?? at(one, 'codecType')), rate: positive(at(one, 'Bitrate'), at(one, 'bitrate'), at(one, 'bit_rate')) ?? 0 }] : []
  })
  const best = variants.toSorted((a, b) => Number(b.common) - Number(a.common) || b.rate - a.rate)[0]
  const main = firstAddress(video.playAddr, video.PlayAddrStruct, video.play_addr) ?? firstAddress(video.downloadAddr, video.download_addr)
  if (!best || (!best.common && main && isH264(video.codecType))) return { url: main ?? best?.url, width: positive(video.width), height: positive(video.height), size: positive(video.size) }
  const { play, url } = best
  return { url, width: positive(play?.Width, play?.width, video.width), height: positive(play?.Height, play?.height, video.height), size: positive(play?.DataSize, play?.dataSize, play?.data_size) }
}

/** A photo post has a video too: its slide show, of no length. */
export const isPhotos = (item: Dict): boolean => isDict(item.imagePost) || isDict(item.image_post_info)

const photosOf = (item: Dict): Media[] =>
  [...list(at(item, 'imagePost', 'images')), ...list(at(item, 'image_post_info', 'images'))].flatMap((one): Media[] => {
    const url = firstAddress(at(one, 'imageURL'), at(one, 'imageUrl'), at(one, 'display_image'))
    return url ? [known({ kind: 'image' as const, url, width: positive(at(one, 'imageWidth'), at(one, 'width'), at(one, 'display_image', 'width')), height: positive(at(one, 'imageHeight'), at(one, 'height'), at(one, 'display_image', 'height')), expiresAt: expiryOf(url) })] : []
  })

/** Seconds; milliseconds in the app's interface, whose posts have an `aweme_id`. */
const lengthOf = (item: Dict, video: Dict): number | undefined => {
  const length = positive(video.duration)
  return length !== undefined && item.aweme_id !== undefined ? length / 1000 : length
}

/** @returns undefined where the answer says nothing of media */
export const mediaOf = (item: Dict): Media[] | undefined => {
  if (isPhotos(item)) return photosOf(item)
  const video = dict(item.video)
  if (!video) return undefined
  const { url, ...more } = filmOf(video)
  const preview = firstAddress(video.originCover, video.cover, video.dynamicCover, video.zoomCover && Object.values(dict(video.zoomCover) ?? {}), video.origin_cover)
  if (!url && !preview) return undefined
  const format = word(video.format)
  return [known({
    id: idText(video.id) ?? idText(video.videoID), kind: 'video' as const, url, preview, ...more,
    type: url && format && /^[a-z0-9]{2,5}$/i.test(format) ? `video/${format.toLowerCase()}` : undefined,
    duration: lengthOf(item, video), expiresAt: expiryOf(url ?? preview),
  })]
}

export const soundOf = (item: Dict): Sound | undefined => {
  const sound = known({ id: idText(at(item.music, 'id_str')) ?? idText(at(item.music, 'id')) ?? idText(at(item.music, 'mid')), title: said(at(item.music, 'title')), author: said(at(item.music, 'authorName')) ?? said(at(item.music, 'author')) })
  return Object.keys(sound).length > 0 ? sound : undefined
}
