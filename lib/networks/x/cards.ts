/** What a post carries beside its text: polls, previews of links, articles. */
import type { LinkPreview, Media, Poll } from '../../model/index.ts'
import { at, dict, isDict, isoTime, known, list, said, webAddress, whole, word, type Dict } from '../answers/fields.ts'
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
  return { poll: known({ options, multiple: false, endsAt: isoTime(end) ?? momentOf(end) }), ...(image && { media: [{ kind: 'image', url: image }] }) }
}

/** @param entities those of the post: a card names its link in the short form */
export const previewOf = (value: unknown, entities: unknown): LinkPreview | undefined => {
  const card = dict(value)
  if (!card || /poll\w*choice/.test(nameOf(card))) return undefined
  const bindings = bindingsOf(card)
  const short = [at(card, 'legacy', 'url'), card.url, card.rest_id].map(word).find(one => one?.startsWith('http'))
  const url = expanded(short, entities) ?? webAddress(textIn(bindings.get('website_dest_url'))) ?? webAddress(short) ?? webAddress(textIn(bindings.get('card_url')))
  const [title, description] = [textIn(bindings.get('title')), textIn(bindings.get('description'))]
  const image = ['photo_image_full_size_original', 'photo_image_full_size_large', 'summary_photo_image_original', 'summary_photo_image_large', 'player_image_original', 'player_image_large', 'thumbnail_image_original', 'thumbnail_image_large', 'thumbnail_image']
    .map(key => pictureIn(bindings.get(key))).find(Boolean)
  return url && (title || description || image) ? known({ url, title, description, image }) : undefined
}

export interface Article { title?: string; text?: string; preview?: LinkPreview }

/** An article: lists have its title and its beginning; its own page may have the whole of it. */
export const articleOf = (value: unknown, site: string): Article | undefined => {
  const article = dict(at(value, 'article_results', 'result')) ?? dict(at(value, 'result'))
  if (!article) return undefined
  const blocks = list(at(article, 'content_state', 'blocks')).flatMap(block => said(at(block, 'text')) ?? [])
  const title = said(article.title)
  const id = word(article.rest_id)
  const preview = id && /^\d+$/.test(id)
    ? known({ url: `${site}/i/article/${id}`, title, description: said(article.preview_text), image: webAddress(at(article, 'cover_media', 'media_info', 'original_img_url')) })
    : undefined
  return known({ title, text: said(article.plain_text) ?? (blocks.length > 0 ? blocks.join('\n\n') : undefined), preview })
}
