/** What a post carries beside its text: polls and previews of links. */
import type { LinkPreview, Media, Poll } from '../../model/index.ts'
import { at, dict, isDict, isoTime, known, said, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { parseJson } from '../answers/json.ts'
import { momentOf } from './people.ts'
import { expanded } from './words.ts'

/** `binding_values`: a list of `{key, value}`, or an object of values. */
const bindingsOf = (card: Dict): Map<string, Dict> => {
  const values = dict(card.legacy)?.binding_values ?? card.binding_values
  const pairs = Array.isArray(values) ? values.map(one => [at(one, 'key'), at(one, 'value')]) : Object.entries(dict(values) ?? {})
  return new Map(pairs.flatMap(([key, value]): [string, Dict][] => (typeof key === 'string' && isDict(value) ? [[key, value]] : [])))
}

const textIn = (value: Dict | undefined): string | undefined => said(value?.string_value) ?? said(value?.scribe_value)
const pictureIn = (value: Dict | undefined): string | undefined => webAddress(at(value, 'image_value', 'url'))

const nameOf = (card: Dict): string => word(at(card, 'legacy', 'name')) ?? word(card.name) ?? ''

/** `poll2choice_text_only` … `poll4choice_video`. */
export const pollOf = (value: unknown): { poll: Poll; media?: Media[] } | undefined => {
  const card = dict(value)
  if (!card || !/^(?:\d+:)?poll\w*choice/.test(nameOf(card))) return undefined
  const bindings = bindingsOf(card)
  const options = Array.from({ length: 8 }, (_, index) => index + 1).flatMap(number => {
    const title = textIn(bindings.get(`choice${number}_label`))
    return title === undefined ? [] : [known({ title, votes: whole(textIn(bindings.get(`choice${number}_count`))) })]
  })
  if (options.length === 0) return undefined
  const end = textIn(bindings.get('end_datetime_utc'))
  const image = ['image_original', 'image_large', 'image'].map(key => pictureIn(bindings.get(key))).find(Boolean)
  // The stream of one with a film is a list of advertisements around it, no file: its still picture is what can be kept.
  const still = pictureIn(bindings.get('player_image_original')) ?? pictureIn(bindings.get('player_image_large'))
  const media: Media[] = image ? [{ kind: 'image', url: image }] : still ? [{ kind: 'video', preview: still }] : []
  return { poll: known({ options, multiple: false, endsAt: isoTime(end) ?? momentOf(end) }), ...(media.length > 0 && { media }) }
}

/** A card made of parts, as JSON within one of its values: text, where it leads, and media (twscrape's recording of 2023-08; nitter `unifiedcard.nim`). */
const unifiedOf = (bindings: Map<string, Dict>): LinkPreview | undefined => {
  const card = parseJson(textIn(bindings.get('unified_card')) ?? '')?.value
  const parts = Object.values(dict(at(card, 'component_objects')) ?? {})
  const told = (...path: string[]): string | undefined => parts.map(part => said(at(part, 'data', ...path))).find(Boolean)
  const places = Object.values(dict(at(card, 'destination_objects')) ?? {})
  const url = places.map(place => webAddress(at(place, 'data', 'url_data', 'url'))).find(Boolean)
  const media = dict(at(card, 'media_entities')) ?? {}
  const image = Object.values(media).map(one => webAddress(at(one, 'media_url_https'))).find(Boolean)
  const [title, description] = [told('title', 'content') ?? told('title'), told('subtitle', 'content') ?? told('short_description_text', 'content')]
  return url && (title || description || image) ? known({ url, title, description, image }) : undefined
}

/** @param entities those of the post: a card names its link in the short form @param site where live rooms are */
export const previewOf = (value: unknown, entities: unknown, site: string): LinkPreview | undefined => {
  const card = dict(value)
  if (!card || /poll\w*choice/.test(nameOf(card))) return undefined
  const bindings = bindingsOf(card)
  const unified = unifiedOf(bindings)
  if (unified) return unified
  const short = [at(card, 'legacy', 'url'), card.url, card.rest_id].map(word).find(one => one?.startsWith('http'))
  const url = expanded(short, entities) ?? webAddress(textIn(bindings.get('website_dest_url'))) ?? webAddress(textIn(bindings.get('broadcast_url'))) ?? webAddress(short) ?? webAddress(textIn(bindings.get('card_url')))
  const first = (keys: string[]): string | undefined => keys.map(key => textIn(bindings.get(key))).find(Boolean)
  const [title, description] = [first(['title', 'broadcast_title', 'event_title']), first(['description', 'event_subtitle'])]
  const image = ['photo_image_full_size_original', 'photo_image_full_size_large', 'summary_photo_image_original', 'summary_photo_image_large', 'player_image_original', 'player_image_large', 'thumbnail_image_original', 'thumbnail_image_large', 'thumbnail_image', 'broadcast_thumbnail_original', 'broadcast_thumbnail_large', 'event_thumbnail_original', 'event_thumbnail']
    .map(key => pictureIn(bindings.get(key))).find(Boolean)
  if (url && (title || description || image)) return known({ url, title, description, image })
  // A live talk: nothing is said but its number.
  const room = /(?:^|:)audiospace$/.test(nameOf(card)) ? textIn(bindings.get('id')) : undefined
  return room && /^\w+$/.test(room) ? { url: `${site}/i/spaces/${room}` } : undefined
}
