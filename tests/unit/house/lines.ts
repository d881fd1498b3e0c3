/** The lines of the house, as functions of the sources: what each returns is what is wrong. */
import type { Source } from './source.ts'

/** Upper floors first; a room may import what is on a lower floor only, and never a room beside it. */
const FLOORS: string[][] = [
  ['entrypoints'],
  ['components'],
  ['lib/archive', 'lib/capture', 'lib/lookup', 'lib/media', 'lib/preview', 'lib/export'],
  ['lib/networks', 'lib/reach', 'lib/destinations', 'lib/store', 'lib/browser'],
  ['lib/model'],
]

const roomOf = (path: string): string | undefined => FLOORS.flat().find(room => path.startsWith(`${room}/`))
const floorOf = (room: string): number => FLOORS.findIndex(rooms => rooms.includes(room))

/** Folder of one network: `lib/networks/<id>`; `answers` and the files beside it belong to all. */
const networkOf = (path: string): string | undefined => {
  const [, folder, rest] = /^lib\/networks\/([^/]+)\/(.+)$/.exec(path) ?? []
  return rest && folder !== 'answers' ? folder : undefined
}

/** Imports that go upward or sideways, and files outside all rooms. */
export const wrongWays = (sources: Source[]): string[] =>
  sources.flatMap(({ path, imports }) => {
    const from = roomOf(path)
    if (!from) return [`${path} is in no room`]
    return imports.flatMap(({ file, name }) => {
      if (!file || file.startsWith('public/')) return []
      const to = roomOf(file)
      if (!to) return [`${path} imports ${name}, which is in no room`]
      if (from === to) return []
      return floorOf(to) > floorOf(from) ? [] : [`${path} imports ${file}: ${floorOf(to) === floorOf(from) ? 'sideways' : 'upward'}`]
    })
  })

/** One network that knows another, or that reaches beyond the contract and the shared tools for answers. */
export const networksThatMeet = (sources: Source[]): string[] =>
  sources.flatMap(({ path, imports }) => {
    const network = networkOf(path)
    const registry = path === 'lib/networks/rooms.ts' || path === 'lib/networks/index.ts'
    return imports.flatMap(({ file }) => {
      if (!file) return []
      const other = networkOf(file)
      if (network && file.startsWith('lib/networks/')) {
        const shared = file === 'lib/networks/types.ts' || file.startsWith('lib/networks/answers/')
        return shared || other === network ? [] : [`${path} imports ${file}`]
      }
      return other && !registry ? [`${path} imports ${file}: only the registry names a network`] : []
    })
  })

/** Circles in the graph of imports; those of types alone are circles too. */
export const circles = (sources: Source[]): string[] => {
  const graph = new Map(sources.map(({ path, imports }) => [path, imports.flatMap(({ file }) => (file ? [file] : []))]))
  const done = new Set<string>()
  const found: string[] = []
  const walk = (path: string, way: string[]): void => {
    if (way.includes(path)) return void found.push([...way.slice(way.indexOf(path)), path].join(' → '))
    if (done.has(path)) return
    for (const next of graph.get(path) ?? []) walk(next, [...way, path])
    done.add(path)
  }
  for (const path of graph.keys()) walk(path, [])
  return found
}

/** Imports of files that are not there. */
export const lost = (sources: Source[], files: string[]): string[] =>
  sources.flatMap(({ path, imports }) =>
    imports.flatMap(({ file }) => (file && !files.includes(file) ? [`${path} imports ${file}, which is not there`] : [])),
  )

/** The seam to the browser, the page's side and the simulations. */
export const seams = (sources: Source[]): string[] =>
  sources.flatMap(({ path, imports }) =>
    imports.flatMap(({ name, file }) => {
      if (name === '(not a plain text)') return [`${path} imports something that is not written there`]
      if (name === 'webextension-polyfill' && !path.startsWith('lib/browser/') && !path.startsWith('tests/')) return [`${path} imports webextension-polyfill`]
      if (name === 'wxt/browser' || name === '#imports') return [`${path} imports ${name}`]
      if (path === 'entrypoints/tap.ts') return [`the tap imports ${name}`]
      if (path.startsWith('lib/model/') && file && !file.startsWith('lib/model/')) return [`${path} imports ${file}: the ground floor imports nothing of ours`]
      return path.startsWith('tests/networks/') && file?.startsWith('lib/') ? [`${path} imports ${file}: a simulation knows nothing of lib`] : []
    }),
  )

/** Whether a text names this host: all of it, not a part of another one; of `*.host` whatever lies under it too. */
const names = (text: string, host: string): boolean => {
  const wild = host.startsWith('*.')
  const bare = (wild ? host.slice(2) : host).replaceAll('.', '\\.')
  return new RegExp(`${wild ? '(?<![\\w-])' : '(?<![\\w.-])(?:www\\.)?'}${bare}(?![\\w-]|\\.\\w)`, 'i').test(text)
}

/**
 * Networks' ids and hosts that stand in a text outside their own room. A host that two of them use (that of a company's files) is in both rooms. An id of a
 * letter or two is no word of its own: it may stand in any text, and such a network is told by its hosts.
 */
export const named = (sources: Source[], networks: { id: string; hosts: string[] }[]): string[] =>
  sources.flatMap(({ path, texts }) => {
    // What `hosts.ts` of reach holds is a list of sites whose links are none of the fediverse: everybody's, and those of networks that have no room.
    if (path.startsWith('lib/destinations/') || path === 'lib/networks/rooms.ts' || path === 'lib/networks/index.ts' || path === 'lib/reach/hosts.ts') return []
    const own = new Set(networks.find(({ id }) => networkOf(path) === id)?.hosts)
    return networks
      .filter(({ id }) => networkOf(path) !== id)
      .flatMap(({ id, hosts }) =>
        texts
          .filter(({ text }) => (id.length > 2 && text.trim().toLowerCase() === id) || hosts.some(host => !own.has(host) && names(text, host)))
          .map(({ text, line }) => `${path}:${line} says "${text.trim().slice(0, 60)}"`),
      )
  })

const MARKUP = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'dangerouslySetInnerHTML', 'createContextualFragment', 'setHTMLUnsafe', 'srcdoc']

/** Ways by which text becomes markup or code. */
export const textBecomesCode = ({ path, properties, calls, texts }: Source): string[] => [
  ...properties.filter(({ name }) => MARKUP.includes(name)).map(({ name, line }) => `${path}:${line} ${name}`),
  ...calls.filter(({ name }) => name === 'eval' || name === 'Function').map(({ name, line }) => `${path}:${line} ${name}(…)`),
  ...texts.filter(({ text }) => MARKUP.includes(text)).map(({ text, line }) => `${path}:${line} "${text}"`),
]
