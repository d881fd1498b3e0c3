/** Pictures, videos and live photos of a note. */
import type { Media } from '../../model/index.ts'
import { dict, idText, isDict, known, list, text, whole, word, type Dict } from '../answers/fields.ts'
import { parseJson } from '../answers/json.ts'
import { expiryOf, fileKey, fileUrl } from './addresses.ts'
import { has, of } from './keys.ts'

/** Names of the sizes change (`FD_PRV_WEBP`, `WB_DFT` …), so they are never gone by. */
export const pictureUrl = (image: unknown): string | undefined =>
  fileUrl(of(image, 'urlDefault')) ?? fileUrl(of(image, 'urlSizeLarge')) ?? fileUrl(of(list(of(image, 'infoList')).at(-1), 'url')) ?? fileUrl(of(image, 'url')) ?? fileUrl(of(image, 'urlPre'))

interface Stream { url: string; codec: string; width?: number; height?: number; bitrate: number; duration?: number; size?: number; type?: string }

const streamOf = (value: unknown, bucket: string): Stream[] => {
  const url = fileUrl(of(value, 'masterUrl')) ?? list(of(value, 'backupUrls')).map(fileUrl).find(Boolean)
  if (!url) return []
  const milliseconds = whole(of(value, 'duration')) ?? whole(of(value, 'videoDuration'))
  const format = word(of(value, 'format'))?.toLowerCase()
  return [
    {
      url,
      codec: `${bucket} ${word(of(value, 'videoCodec')) ?? ''} ${word(of(value, 'streamDesc')) ?? ''}`,
      bitrate: whole(of(value, 'avgBitrate')) ?? 0,
      ...known({
        width: whole(of(value, 'width')) || undefined,
        height: whole(of(value, 'height')) || undefined,
        duration: milliseconds ? milliseconds / 1000 : undefined,
        size: whole(of(value, 'size')) || undefined,
        type: format && /^\w{2,5}$/.test(format) ? `video/${format}` : undefined,
      }),
    },
  ]
}

/** Since 2026 H.264 goes by `EF4` too, H.265 by `EF5`. */
const isCompatible = ({ codec }: Stream): boolean => /[hx]\.?264|avc|\bEF4\b/i.test(codec)
const area = ({ width = 0, height = 0 }: Stream): number => width * height

/** The largest that plays everywhere (H.264), else the largest. Buckets go by `h264`, `h265`, `EF4` …: whatever has entries is taken. */
const bestStream = (buckets: unknown): Stream | undefined =>
  (isDict(buckets) ? Object.entries(buckets) : [])
    .flatMap(([bucket, entries]) => list(entries).flatMap(entry => streamOf(entry, bucket)))
    .toSorted((a, b) => Number(isCompatible(b)) - Number(isCompatible(a)) || area(b) - area(a) || b.bitrate - a.bitrate)[0]

/** The buckets of a video; `media_v2` is the same once more, as an object or a JSON text. */
const bucketsOf = (video: Dict): unknown => {
  const media = dict(video.media) ?? video
  const own = of(media, 'stream')
  if (isDict(own) && Object.values(own).some(entries => list(entries).length > 0)) return own
  const again = of(video, 'mediaV2') ?? of(media, 'mediaV2')
  const second = isDict(again) ? again : (text(again)?.length ?? Infinity) < 500_000 ? parseJson(again as string)?.value : undefined
  return of(second, 'stream') ?? of(of(second, 'video'), 'stream') ?? of(of(second, 'media'), 'stream')
}

const videoOf = (note: Dict, cover: string | undefined): Media => {
  const video = dict(note.video) ?? {}
  const stream = bestStream(bucketsOf(video))
  const media = dict(video.media)
  const seconds = whole(of(of(video, 'capa'), 'duration')) ?? whole(of(of(media, 'video'), 'duration'))
  return known({
    id: idText(of(of(video, 'consumer'), 'originVideoKey')) ?? idText(of(media, 'videoId')) ?? fileKey(stream?.url),
    kind: 'video' as const,
    url: stream?.url,
    preview: cover,
    width: stream?.width,
    height: stream?.height,
    expiresAt: expiryOf(stream?.url),
    type: stream?.type,
    size: stream?.size,
    duration: stream?.duration ?? (seconds || undefined),
  })
}

/** One picture, and what moves where it is a live photo. */
const imageOf = (image: unknown): Media[] => {
  const url = pictureUrl(image)
  const moving = bestStream(of(image, 'stream'))
  const id = word(of(image, 'fileId')) ?? word(of(image, 'fileid')) ?? fileKey(url)
  const [width, height] = [whole(of(image, 'width')) || undefined, whole(of(image, 'height')) || undefined]
  // Answers of the search state sizes alone: there is a picture, and no address.
  const still: Media[] = url || (width && height) ? [known({ id, kind: 'image' as const, url, width, height, expiresAt: expiryOf(url) })] : []
  if (!moving) return still
  return [
    ...still,
    known({
      id: fileKey(moving.url), kind: 'video' as const, url: moving.url, preview: url, width: moving.width, height: moving.height,
      expiresAt: expiryOf(moving.url), type: moving.type, size: moving.size, duration: moving.duration,
    }),
  ]
}

/**
 * @param note a whole note, or a card
 * @returns its media in order; undefined where it says nothing of media. A card has its cover only
 */
export const mediaOf = (note: Dict): Media[] | undefined => {
  const images = list(of(note, 'imageList') ?? of(note, 'imagesList'))
  const cover = pictureUrl(images[0]) ?? pictureUrl(note.cover)
  // The first picture of a video is its cover.
  if (note.type === 'video' || isDict(note.video)) return [videoOf(note, cover), ...images.slice(1).flatMap(imageOf)]
  if (images.length > 0) return images.flatMap(imageOf)
  if (isDict(note.cover)) return imageOf(note.cover)
  return has(note, 'imageList') ? [] : undefined
}
