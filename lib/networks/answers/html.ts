/** The JSON that a page carries in its script elements, read from text: the background worker has no DOMParser. Total and linear. */

const opener = /<!--|<script(?=[\s/>])/gi
const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g

/** Where the tag that begins before `start` ends (index of its `>`), minding quotes; -1 if never. */
const tagEnd = (html: string, start: number): number => {
  for (let index = start; index < html.length; index++) {
    const here = html[index]
    if (here === '>') return index
    if (here === '"' || here === "'") {
      index = html.indexOf(here, index + 1)
      if (index < 0) return -1
    }
  }
  return -1
}

const attributesOf = (source: string): Map<string, string> =>
  new Map([...source.matchAll(attribute)].map(found => [(found[1] ?? '').toLowerCase(), found[2] ?? found[3] ?? found[4] ?? '']))

interface ScriptElement { attributes: Map<string, string>; text: string }

/**
 * The script elements of a page, in order. One that is never closed ends with the text. Script text has no entities (HTML Living Standard, "script data
 * state").
 */
const scriptElements = (html: string): ScriptElement[] => {
  const elements: ScriptElement[] = []
  const search = new RegExp(opener)
  const closer = /<\/script(?=[\s/>])/gi
  /** Until one is found that never ends: such an opener is passed over. */
  let comments = true
  for (let found = search.exec(html); found; found = search.exec(html)) {
    if (found[0] === '<!--') {
      const end = comments ? html.indexOf('-->', found.index + 4) : -1
      if (end > 0) search.lastIndex = end + 3
      else comments = false
      continue
    }
    const open = tagEnd(html, found.index + 7)
    if (open < 0) return elements
    const attributes = attributesOf(html.slice(found.index + 7, open))
    closer.lastIndex = open
    const close = closer.exec(html)?.index ?? html.length
    elements.push({ attributes, text: html.slice(open + 1, close) })
    search.lastIndex = close
  }
  return elements
}

const typeOf = ({ attributes }: ScriptElement): string | undefined => attributes.get('type')?.trim().toLowerCase()

/**
 * Texts of the elements that hold JSON (`type="application/json"`, any case and order of attributes, or `data-sjs`), in order.
 * @param html a page, or script elements one after another
 */
export const jsonScripts = (html: string): string[] =>
  scriptElements(html).flatMap(element => (typeOf(element) === 'application/json' || (element.attributes.has('data-sjs') && !typeOf(element)) ? [element.text] : []))

/**
 * Texts of the elements that hold the page's own script, and of those that hold JSON (which is how the relay hands over any element), in order.
 * @param html a page, or script elements one after another
 */
export const scriptTexts = (html: string): string[] =>
  scriptElements(html).flatMap(element => (element.text.trim() !== '' && /^$|^module$|javascript|^application\/json$/.test(typeOf(element) ?? '') ? [element.text] : []))
