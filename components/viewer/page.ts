/** What the page carries: the account, the texts, and the scripts of data beside it. */
import { textsFrom } from '../../lib/browser/phrases.ts'
import type { DataFile, Viewed, ViewedFollow, ViewedPost } from '../../lib/export/viewer.ts'

const carried = (): Viewed | undefined => {
  try {
    return JSON.parse(document.getElementById('viewed')?.textContent ?? '') as Viewed
  } catch {
    return undefined
  }
}

const empty: Viewed = { network: '', account: { id: '', firstSeen: '', lastSeen: '' }, data: [], texts: {}, language: 'en' }
export const viewed = carried() ?? empty

export const { direction, t, plural, word, moment, number, list, pieces } = textsFrom(key => (Object.hasOwn(viewed.texts, key) ? (viewed.texts[key] ?? '') : ''), () => viewed.language)

type Row = ViewedPost | ViewedFollow
type Waiting = (rows: Row[]) => void

/** Scripts that are on their way, by their file. */
const waiting = new Map<string, Waiting>()
const loaded = new Map<string, Promise<Row[]>>()

/** What the scripts of data call. */
Object.assign(globalThis, { holdall: (file: unknown, rows: unknown) => waiting.get(String(file))?.(Array.isArray(rows) ? (rows as Row[]) : []) })

const begin = (file: string): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script')
    const end = (): void => {
      waiting.delete(file)
      script.remove()
    }
    waiting.set(file, rows => {
      end()
      resolve(rows)
    })
    const lost = (): void => {
      end()
      loaded.delete(file)
      reject(new Error(file))
    }
    script.addEventListener('error', lost)
    // One that ran and told nothing is damaged.
    script.addEventListener('load', () => { if (waiting.has(file)) lost() })
    script.src = file
    document.head.append(script)
  })

/** The rows of one script, read once. @throws where it is not there, or is damaged */
export const rowsOf = <Of extends Row>({ file }: DataFile): Promise<Of[]> => {
  const known = loaded.get(file) ?? begin(file)
  loaded.set(file, known)
  return known as Promise<Of[]>
}

/** Only an address of the web may be a link. */
export const web = (url: string | undefined): string | undefined => (url && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined)

/** What is searched in, without case and accents of form. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** A test whether all words stand in one of the texts. */
export const finder = (search: string): ((texts: (string | undefined)[]) => boolean) => {
  const wanted = fold(search).split(/\s+/).filter(Boolean)
  return texts => {
    const whole = fold(texts.filter(Boolean).join('\n'))
    return wanted.every(one => whole.includes(one))
  }
}
