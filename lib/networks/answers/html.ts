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

/**
 * Texts of the elements that hold JSON (`type="application/json"`, any case and order of attributes, or `data-sjs`), in order.
 * An element that is never closed ends with the text. Script text has no entities (HTML Living Standard, "script data state").
 * @param html a page, or script elements one after another
 */
export const jsonScripts = (html: string): string[] => {
  const texts: string[] = []
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
    if (open < 0) return texts
    const attributes = attributesOf(html.slice(found.index + 7, open))
    closer.lastIndex = open
    const close = closer.exec(html)?.index ?? html.length
    const type = attributes.get('type')?.trim().toLowerCase()
    if (type === 'application/json' || (attributes.has('data-sjs') && !type)) texts.push(html.slice(open + 1, close))
    search.lastIndex = close
  }
  return texts
}
