/** A list that the person has, since the web shows none: names, RedNote numbers or profile links, one a line, as people write lists. */
import { nothing, type Answer, type Follow, type Reading } from '../../model/index.ts'
import { at, idText, isoTime, known } from '../answers/fields.ts'
import { personUrl, siteOf } from './addresses.ts'

/** Tables that were made in a Chinese spreadsheet come in GB 18030 as often as in UTF-8. */
const textOf = (body: Answer['body']): string => {
  if (typeof body === 'string') return body
  const mark = body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : undefined
  if (mark) return new TextDecoder(mark).decode(body)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return new TextDecoder('gb18030').decode(body)
  }
}

const address = /(?:https?:\/\/)?[\w.-]+\.(?:com|cn)\/[^\s,，、;；"'<>「」『』【】（）]+|https?:\/\/[^\s,，、;；"'<>「」『』【】（）]+/gi
const profilePath = /(?:xiaohongshu|rednote)\.com\/(?:[\w-]+\/)*?user\/profile\/([0-9a-f]{24})(?![0-9a-f])/i
const bareNumber = /^[0-9a-f]{24}$/i
/** A line or a cell that says what a table holds. */
const heading = /^(?:昵称|名称|名字|用户名?|账号|作者|博主|链接|主页|主页链接|个人主页|小红书号?|小红书id|红书号|关注|我的关注|关注列表|关注时间|时间|日期|备注|粉丝数?|序号|name|nick[ _]?name|user[ _]?name|display[ _]?name|user|handle|account|id|user[ _]?id|red[ _]?id|rednote[ _]?(?:id|number)|profile|profile[ _]?(?:link|url)|link|url|following|follows|date|note|notes)$/i
/** `小红书号：12345`, `RedNote ID: 12345`. */
const labelled = /^(?:小红书号?|小红书id|红书号|red ?note(?: ?id| ?number)?|red ?id|id|号)\s*[:：]\s*(\S{2,40})$/i
const bullet = /^(?:[-–—*+•·●○▪◦‣>»☐☑✓✔]+\s+|[•·●○▪◦‣]\s*|[-*]\s*(?=[^\s\d])|\(?\d{1,5}(?:[)、）]|\.(?!\d))\s*|（\d{1,5}）\s*|[①-⑳]\s*)+/u
const quotes = /^["'“”‘’「」『』《》〈〉【】`]+|["'“”‘’「」『』《》〈〉【】`]+$/g
/** What the app puts around a name when it shares a profile. */
const shared = [/^@?(.{1,40}?)\s*(?:在小红书|的小红书|的个人主页|的主页|on (?:RedNote|Xiaohongshu))/i, /【(.{1,40}?)\s*[-–—|｜_]?\s*(?:小红书|RedNote)[^】]*】/i]
const longestName = 50

/** What is left of a cell when decoration is taken off; undefined where that is no name. */
const nameOf = (cell: string): string | undefined => {
  const name = cell.trim().replace(bullet, '').replace(quotes, '').trim().replace(/^@\s*(?=\S)/, '').replace(/[。:：]+$/, '').trim()
  if (name === '' || [...name].length > longestName || !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(name) || /:\/\//.test(name)) return undefined
  return name
}

const separators = /[,，、;；\t]+|\s+(?=@)/

/** A row of a table: cells in quotes may hold separators (RFC 4180). */
const cellsOf = (line: string): string[] => {
  if (!line.includes('"')) return line.split(separators)
  const parts: string[] = []
  const cell = /\s*(?:"((?:[^"]|"")*)"|([^,，、;；\t]*))\s*(?:[,，、;；\t]+|$)/gy
  for (let found = cell.exec(line); found && found.index < line.length; found = cell.exec(line)) {
    parts.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[0] === '') return line.split(separators)
  }
  return parts
}

interface Person { id: string; linked: boolean; name?: string; number?: string }

type Line = { people: Person[]; unread?: boolean }

const numberIn = (cell: string): string | undefined => labelled.exec(cell.trim().replace(bullet, ''))?.[1]

/** A line that names several people by links, or one by a link and words around it. */
const withLinks = (line: string, links: string[]): Line => {
  const ids = [...new Set(links.flatMap(link => profilePath.exec(link)?.[1]?.toLowerCase() ?? []))]
  if (ids.length === 0) {
    // A short link leads to somebody, but who that is only the network can say; a name beside it will do.
    const name = shared.map(pattern => pattern.exec(line)?.[1]).find(Boolean)
    const told = name && nameOf(name)
    return told ? { people: [{ id: told, linked: false }] } : { people: [], unread: true }
  }
  if (ids.length > 1) return { people: ids.map(id => ({ id, linked: true })) }
  const rest = line.replace(address, '\t')
  const byShare = shared.map(pattern => pattern.exec(line)?.[1]).find(Boolean)
  const cells = cellsOf(rest).map(cell => cell.trim()).filter(cell => cell !== '')
  const number = cells.map(numberIn).find(Boolean)
  const plain = cells.filter(cell => !numberIn(cell) && !heading.test(cell) && !bareNumber.test(cell) && !/^[\d\s:/.-]+$/.test(cell))
  // Words that the app writes around a link are no name.
  const name = byShare ?? (plain.length > 0 && !/查看|复制|打开|点击|主页|小红书|check out|copy|open|view/i.test(plain.join(' ')) ? plain[0] : undefined)
  return { people: [known({ id: ids[0] as string, linked: true, name: name === undefined ? undefined : nameOf(name), number })] }
}

/** What stands in which column of a table. */
interface Table { separator: string; name: number; number: number }

const isHeading = (cell: string): boolean => heading.test(cell.trim().replace(quotes, '').replace(/[:：]$/, '').replace(/\s*[(（]\d+[)）]$/, ''))

/** @returns the table that this line is the heading of */
const tableOf = (line: string): Table | undefined => {
  const separator = ['\t', ',', ';', '，'].find(one => line.includes(one))
  const cells = separator === undefined ? [] : rowOf(line, separator)
  if (separator === undefined || !cells.every(isHeading)) return undefined
  const at = (pattern: RegExp): number => cells.findIndex(cell => pattern.test(cell.trim()))
  return { separator, name: at(/昵称|名|name|作者|博主|账号|user$|account|handle/i), number: at(/^(?:小红书号?|小红书id|红书号|id|red[ _]?id|rednote[ _]?(?:id|number))$/i) }
}

/** Cells of a row in their places, empty ones too (RFC 4180). */
const rowOf = (line: string, separator: string): string[] => {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    const here = line[at] as string
    if (here === '"' && quoted && line[at + 1] === '"') {
      cell += here
      at++
    } else if (here === '"' && (quoted || cell.trim() === '')) quoted = !quoted
    else if (here === separator && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += here
  }
  return [...cells, cell]
}

const readRow = (line: string, table: Table): Line => {
  const cells = rowOf(line, table.separator).map(cell => cell.trim())
  if (cells.every(cell => cell === '')) return { people: [] }
  const id = cells.map(cell => profilePath.exec(cell)?.[1] ?? (bareNumber.test(cell) ? cell : undefined)).find(Boolean)?.toLowerCase()
  const given = cells[table.name]
  const name = given && !/\/\//.test(given) && !bareNumber.test(given) ? nameOf(given) : undefined
  const stated = cells[table.number]
  const number = stated && /^[\w.-]{2,40}$/.test(stated) && !bareNumber.test(stated) ? stated : (cells.map(numberIn).find(Boolean) ?? undefined)
  if (id) return { people: [known({ id, linked: true, name, number: number === name ? undefined : number })] }
  const told = name ?? number
  return told === undefined ? { people: [], unread: true } : { people: [known({ id: told, linked: false, number: number === told ? undefined : number })] }
}

const readLine = (line: string): Line => {
  const links = line.match(address)?.filter(link => /\/\//.test(link) || /xiaohongshu|rednote|xhslink/i.test(link)) ?? []
  if (links.length > 0) return withLinks(line, links)
  const cells = cellsOf(line.trim().replace(bullet, '')).map(cell => cell.trim()).filter(cell => cell !== '')
  if (cells.length === 0) return { people: [] }
  if (cells.every(isHeading)) return { people: [] }
  const number = cells.map(numberIn).find(Boolean)
  if (number) {
    // The number belongs to the name beside it.
    const name = cells.filter(cell => !numberIn(cell)).map(nameOf).find(Boolean)
    return { people: [name === undefined ? { id: number, linked: false } : { id: name, linked: false, name, number }] }
  }
  const people = cells.flatMap((cell): Person[] => {
    if (bareNumber.test(cell)) return [{ id: cell.toLowerCase(), linked: true }]
    const name = nameOf(cell)
    return name === undefined ? [] : [{ id: name, linked: false }]
  })
  // Somebody's sentence is no list of names.
  if (people.length > 0) return { people }
  return { people, unread: /[\p{L}\p{N}]/u.test(line) }
}

/**
 * @param answer `body`: a text or a table; `request.variables.ownerId`: whose list it is
 * @returns follows in the order of the list, each person once: `id` is the account's number where a link says it, else the name itself; lines that name
 * nobody are counted
 */
export const readHandIn = (answer: Answer): Reading => {
  const ownerId = idText(at(answer.request?.variables, 'ownerId'))
  const site = siteOf(answer.page)
  const seenAt = isoTime(answer.seenAt)
  const people = new Map<string, Person>()
  let lost = 0
  let table: Table | undefined
  for (const line of textOf(answer.body).replace(/^\uFEFF/, '').split(/\r\n|[\n\r\u2028\u2029]/)) {
    const begun = tableOf(line)
    if (begun) {
      table = begun
      continue
    }
    const { people: named, unread } = table ? readRow(line, table) : readLine(line)
    if (unread) lost++
    for (const person of named) people.set(person.id.toLowerCase(), { ...person, ...people.get(person.id.toLowerCase()) })
  }
  const reading = nothing()
  reading.follows = [...people.values()].map(({ id, linked, name, number }, position): Follow =>
    known({
      id,
      handle: id,
      name: name ?? (linked ? undefined : id),
      fields: number ? [{ name: 'RedNote ID', value: number }] : undefined,
      url: linked ? personUrl(site, id) : undefined,
      ownerId,
      relation: 'follow' as const,
      position,
      source: 'hand' as const,
      seenAt,
    }),
  )
  // Nobody says that these are all.
  if (people.size > 0) reading.ends.push(known({ section: 'follows' as const, ownerId, state: 'cut' as const }))
  if (lost > 0) reading.unread.push(known({ reason: 'unreadable-lines', operation: answer.request?.operation, section: 'follows' as const, ownerId, records: lost }))
  if (lost === 0 && people.size === 0) reading.unread.push(known({ reason: 'empty', operation: answer.request?.operation, section: 'follows' as const, ownerId }))
  return reading
}
