/** Texts of Threads: a list of fragments, some of which are mentions, links or tags. */
import type { Facet } from '../../model/index.ts'
import { at, dict, idText, list, text, whole, word, type Dict } from '../answers/fields.ts'
import { targetOf } from '../answers/meta.ts'

export interface Words { text: string; facets: Facet[]; /** A part of it is hidden until it is pressed. */ spoiler?: true }

const shownOf = (fragment: Dict): string => {
  const plain = text(fragment.plaintext)
  if (plain) return plain
  const mentioned = word(mentionedIn(fragment)?.username)
  if (mentioned) return `@${mentioned}`
  const tag = tagName(fragment)
  if (tag) return `#${tag}`
  return word(at(fragment, 'link_fragment', 'display_text')) ?? word(linkOf(fragment)) ?? ''
}

/** Who is mentioned: under `mentioned_user`, or right there. */
const mentionedIn = (fragment: Dict): Dict | undefined => dict(at(fragment, 'mention_fragment', 'mentioned_user')) ?? dict(fragment.mention_fragment)

/** What a fragment without a kind of its own was found to be: an address of another site, or one of Threads. */
const linkified = (fragment: Dict): string | undefined => word(fragment.linkified_web_url) ?? word(fragment.linkified_in_app_url)

const linkOf = (fragment: Dict): unknown => [at(fragment, 'link_fragment', 'uri'), at(fragment, 'link_fragment', 'url'), linkified(fragment)].find(word)

/** `styling_info: {is_bold, is_spoiler, …}`, or a list of styles. */
const isSpoiler = (fragment: Dict): boolean => at(fragment, 'styling_info', 'is_spoiler') === true || list(fragment.styling_info).includes('spoiler')

const tagName = (fragment: Dict): string | undefined =>
  word(['display_text', 'display_name', 'tag_name', 'name'].map(key => at(fragment, 'tag_fragment', key)).find(word))?.replace(/^#/, '')

const kindOf = (fragment: Dict): Facet['kind'] | undefined => {
  const type = word(fragment.fragment_type)?.toLowerCase() ?? ''
  if (dict(fragment.mention_fragment) || type === 'mention') return 'mention'
  if (dict(fragment.tag_fragment) || /tag|topic/.test(type)) return 'tag'
  return dict(fragment.link_fragment) || type === 'link' || linkified(fragment) ? 'link' : undefined
}

const facetOf = (fragment: Dict, shown: string, before: number): Facet | undefined => {
  const kind = kindOf(fragment)
  const inner = shown.trim()
  if (!kind || inner === '') return undefined
  const start = before + shown.indexOf(inner)
  const range = { start, end: start + inner.length, kind }
  if (kind === 'mention') {
    const user = mentionedIn(fragment)
    const value = word(at(user, 'username')) ?? inner.replace(/^@/, '')
    const id = idText(at(user, 'pk')) ?? idText(at(user, 'id'))
    return value ? { ...range, value, ...(id && { id }) } : undefined
  }
  const value = kind === 'tag' ? inner.replace(/^#/, '') || tagName(fragment) : (targetOf(linkOf(fragment)) ?? targetOf(inner))
  return value ? { ...range, value } : undefined
}

/**
 * @param value `text_fragments`: `{fragments: [{fragment_type, plaintext, mention_fragment, link_fragment, tag_fragment, linkified_web_url}]}`
 * @returns the text and its parts (UTF-16 ranges), or undefined where there are no fragments
 */
export const fromFragments = (value: unknown): Words | undefined => {
  const fragments = at(value, 'fragments')
  if (!Array.isArray(fragments)) return undefined
  const words: Words = { text: '', facets: [] }
  for (const fragment of fragments) {
    const own = dict(fragment)
    if (!own) continue
    const shown = shownOf(own)
    const facet = facetOf(own, shown, words.text.length)
    if (facet) words.facets.push(facet)
    if (isSpoiler(own)) words.spoiler = true
    words.text += shown
  }
  return words
}

/** Ranges beside a caption (2023): taken only where the text at the offset really is what the entity shows. */
const fromEntities = (caption: string, value: unknown): Facet[] =>
  list(at(value, 'entities')).flatMap((entity): Facet[] => {
    const [start, length] = [whole(at(entity, 'offset')), whole(at(entity, 'length'))]
    const shown = word(at(entity, 'entity', 'display_text'))
    if (start === undefined || !length || !shown) return []
    const end = start + length
    const inner = caption.slice(start, end)
    const same = inner.replace(/^[#@]/, '') === shown.replace(/^[#@]/, '')
    const kind = /mention|user/i.test(String(at(entity, 'entity', 'entity_type'))) ? ('mention' as const) : ('tag' as const)
    return same && inner !== '' ? [{ start, end, kind, value: inner.replace(/^[#@]/, '') }] : []
  })

/**
 * The text of a post: its fragments, else its caption (which says nothing of mentions and links).
 * @returns `facets` absent where they are not known
 */
export const wordsOf = (fragments: unknown, caption: unknown, entities?: unknown): Partial<Words> => {
  const words = fromFragments(fragments)
  if (words && words.text !== '') return words
  const plain = text(at(caption, 'text')) ?? text(caption)
  if (!plain) return words ? { facets: [] } : {}
  const found = fromEntities(plain, entities)
  return { text: plain, ...(found.length > 0 && { facets: found }) }
}

/** Values of one kind, in the order of the text, each once. */
export const valuesOf = (facets: Facet[], kind: Facet['kind']): string[] => [
  ...new Set(facets.filter(facet => facet.kind === kind).map(facet => facet.value)),
]
