/** The lists that a person exports from the settings of their server, as CSV (docs.joinmastodon.org/user/moving). Told by their content; the name helps where that is not enough. */
import { nothing, type Follow, type Post, type Reading, type Relation, type Section } from '../../model/index.ts'
import { known, webAddress } from '../answers/fields.ts'

/** RFC 4180, with any line end. */
const rowsOf = (body: string): string[][] => {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const text = body.replace(/^\uFEFF/, '')
  for (let index = 0; index < text.length; index++) {
    const letter = text[index] as string
    if (quoted) {
      if (letter === '"' && text[index + 1] === '"') cell += text[++index]
      else if (letter === '"') quoted = false
      else cell += letter
    } else if (letter === '"' && cell === '') quoted = true
    else if (letter === ',') {
      row.push(cell)
      cell = ''
    } else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && text[index + 1] === '\n') index++
      rows.push([...row, cell])
      row = []
      cell = ''
    } else cell += letter
  }
  if (cell || row.length) rows.push([...row, cell])
  return rows.map(cells => cells.map(one => one.trim())).filter(cells => cells.some(Boolean))
}

const address = (cell: string | undefined): string | undefined => {
  const found = /^@?([^\s@,/]+)@([^\s@,/]+\.[^\s@,/]+)$/.exec(cell ?? '')
  return found ? `${found[1]}@${found[2]}`.toLowerCase() : undefined
}

type Kind = 'follow' | 'mute' | 'block' | 'list' | 'bookmark' | 'domains'

const kindOf = (rows: string[][], name: string): { kind: Kind; header: boolean } | undefined => {
  const [first = []] = rows
  const head = first.map(cell => cell.toLowerCase())
  if (head[0] === 'account address') {
    if (head.includes('hide notifications')) return { kind: 'mute', header: true }
    if (head.includes('show boosts')) return { kind: 'follow', header: true }
    return { kind: /block/i.test(name) ? 'block' : /mute/i.test(name) ? 'mute' : 'follow', header: true }
  }
  if (rows.every(([one]) => webAddress(one) && /^https?:/.test(one ?? ''))) return { kind: 'bookmark', header: false }
  const listed = rows.filter(row => row.length >= 2 && address(row[1]) && !address(row[0])).length
  if (listed > rows.length / 2) return { kind: 'list', header: false }
  const people = rows.filter(([one]) => address(one)).length
  if (people > rows.length / 2) return { kind: /block/i.test(name) ? 'block' : /mute/i.test(name) ? 'mute' : 'follow', header: false }
  return rows.every(([one]) => /^(?:#domain|[\w-]+(?:\.[\w-]+)+)$/.test(one ?? '')) ? { kind: 'domains', header: false } : undefined
}

const sections: Record<Exclude<Kind, 'domains'>, Section> = { follow: 'follows', mute: 'mutes', block: 'blocks', list: 'lists', bookmark: 'bookmarks' }

const person = (who: string) => {
  const [user, host] = who.split('@') as [string, string]
  return { id: who, handle: who, url: `https://${host}/@${user}`, address: who }
}

/** @param name the file's name @param ownerId whose lists these are */
export const readCsv = (body: string, name: string, ownerId: string | undefined, seenAt: string | undefined): Reading => {
  const reading = nothing()
  const rows = rowsOf(body)
  const found = rows.length ? kindOf(rows, name) : undefined
  if (!found || found.kind === 'domains') return { ...reading, unread: [known({ reason: found ? 'domain-blocks' : rows.length ? 'not-a-list' : 'empty', ownerId })] }
  const { kind } = found
  const seen: Pick<Post, 'source' | 'seenAt'> = known({ source: 'export' as const, seenAt })
  let lost = 0
  let position = 0
  for (const row of rows.slice(found.header ? 1 : 0)) {
    const who = address(kind === 'list' ? row[1] : row[0])
    const url = kind === 'bookmark' ? webAddress(row[0]) : undefined
    if (kind === 'bookmark' && url) reading.relations.push(known({ id: url, post: true, url, ownerId, relation: 'bookmark' as const, ...seen }) as Relation)
    else if (who && kind === 'follow') reading.follows.push(known({ ...person(who), ownerId, relation: 'follow' as const, position: position++, ...seen }) as Follow)
    else if (who && kind === 'list') reading.relations.push(known({ ...person(who), ownerId, relation: 'list' as const, list: row[0], ...seen }) as Relation)
    else if (who) reading.relations.push(known({ ...person(who), ownerId, relation: kind as 'mute', ...seen }) as Relation)
    else lost++
  }
  const section = sections[kind]
  reading.ends.push(known({ section, ownerId, state: 'end' as const }))
  if (lost) reading.unread.push(known({ reason: 'no-records', section, ownerId, records: lost }))
  return reading
}
