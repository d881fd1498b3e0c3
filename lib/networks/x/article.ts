/**
 * Articles. Lists have the title and the beginning; an article's own page has all of it, as blocks of Draft.js with places in UTF-16 units, or as plain text
 * (types and renderers of FxEmbed, twitter-web-exporter, 2026; no recording).
 */
import type { Facet, LinkPreview, Media } from '../../model/index.ts'
import { at, dict, isDict, known, list, said, text, webAddress, whole, word, type Dict } from '../answers/fields.ts'
import { mediaOf } from './media.ts'

export interface Article { title?: string; text?: string; facets: Facet[]; media: Media[]; preview?: LinkPreview }

/** `entityMap`: a list of `{key, value}`, or an object by key. */
const entitiesOf = (state: Dict): Map<string, Dict> => {
  const map = state.entityMap ?? state.entity_map
  const pairs = Array.isArray(map) ? map.map((one): [string, unknown] => [String(at(one, 'key')), at(one, 'value')]) : Object.entries(dict(map) ?? {})
  return new Map(pairs.flatMap(([key, value]): [string, Dict][] => (isDict(value) ? [[key, value]] : [])))
}

/** What a block says itself, or what stands in its place: code. */
const wordsOf = (block: Dict, entities: Map<string, Dict>): { text: string; facets: Facet[] } | undefined => {
  const held = list(block.entityRanges).flatMap(range => {
    const entity = entities.get(String(at(range, 'key')))
    return entity ? [{ start: whole(at(range, 'offset')) ?? 0, length: whole(at(range, 'length')) ?? 0, entity }] : []
  })
  const written = said(block.text)
  if (written === undefined) {
    const code = held.map(({ entity }) => said(at(entity, 'data', 'markdown'))).find(Boolean)
    return code === undefined ? undefined : { text: code, facets: [] }
  }
  const links = held.flatMap(({ start, length, entity }): Facet[] => {
    const value = webAddress(at(entity, 'data', 'url'))
    return value && length > 0 && start + length <= written.length ? [{ start, end: start + length, kind: 'link', value }] : []
  })
  const marks = (['mentions', 'hashtags', 'urls'] as const).flatMap(key => list(at(block.data, key)).flatMap((mark): Facet[] => {
    const [start, end] = [whole(at(mark, 'fromIndex')), whole(at(mark, 'toIndex'))]
    if (start === undefined || end === undefined || start >= end || end > written.length) return []
    const shown = written.slice(start, end)
    if (key === 'urls') {
      const value = webAddress(shown)
      return value && !links.some(link => link.start < end && start < link.end) ? [{ start, end, kind: 'link', value }] : []
    }
    const found = (key === 'mentions' ? /^[@＠](\w{1,50})$/ : /^[#＃](\S+)$/).exec(shown)
    return found ? [{ start, end, kind: key === 'mentions' ? 'mention' : 'tag', value: found[1] as string }] : []
  }))
  return { text: written, facets: [...links, ...marks].toSorted((a, b) => a.start - b.start) }
}

/** @param site where articles are @returns undefined where there is none */
export const articleOf = (value: unknown, site: string): Article | undefined => {
  const article = dict(at(value, 'article_results', 'result')) ?? dict(at(value, 'result'))
  if (!article) return undefined
  const state = dict(article.content_state) ?? {}
  const entities = entitiesOf(state)
  const plain = said(article.plain_text)
  let written = ''
  const facets: Facet[] = []
  for (const block of plain === undefined ? list(state.blocks).filter(isDict) : []) {
    const words = wordsOf(block, entities)
    if (!words) continue
    if (written !== '') written += '\n\n'
    facets.push(...words.facets.map(facet => ({ ...facet, start: facet.start + written.length, end: facet.end + written.length })))
    written += words.text
  }
  const title = said(article.title)
  const id = word(article.rest_id)
  const cover = dict(article.cover_media) ?? dict(at(article, 'cover_media_results', 'result'))
  const preview = id && /^\d+$/.test(id) ? known({ url: `${site}/i/article/${id}`, title, description: text(article.preview_text) || undefined, image: webAddress(at(cover, 'media_info', 'original_img_url')) }) : undefined
  return { ...known({ title, text: plain ?? (written === '' ? undefined : written), preview }), facets, media: mediaOf(article.media_entities) ?? [] }
}
