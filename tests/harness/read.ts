/**
 * `npm run -s read -- <network> <file> [--url U] [--page P] [--operation NAME] [--variables JSON] [--status N]`
 * prints what a network's reader makes of one saved answer or page, as JSON on standard output.
 * Exit code: 0 read, 1 the file can't be opened, 2 wrong use.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { basename, extname } from 'node:path'
import { handOver } from '../../lib/archive/hand-over.ts'
import { networks } from '../../lib/networks/index.ts'
import type { Network } from '../../lib/networks/index.ts'
import { nothing, type Answer, type Reading } from '../../lib/model/index.ts'
import { answersIn } from './cassette.ts'

const usage = `Usage: npm run -s read -- <network> <file> [--url U] [--page P] [--operation NAME] [--variables JSON] [--status N]
  <network>     ${Object.keys(networks).join(', ')}
  <file>        a saved answer (JSON, also several documents), a page (HTML), a cassette of recorded questions and answers (YAML), a list that the network
                takes by hand, its own download (ZIP), or a binary file, whatever its name; - reads standard input
  --url         address of the answer; without it, that which a page says it has, else one of the network's own
  --page        address of the page that asked; without it, the url of a page, else the network's start page
  --operation   name of the operation, e.g. as the request's form field has it
  --variables   the operation's variables as JSON
  --status      HTTP status of the answer (200)`

const fail = (code: number, message: string): never => {
  console.error(message)
  process.exit(code)
}

const options = (() => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        url: { type: 'string' }, page: { type: 'string' }, operation: { type: 'string' }, variables: { type: 'string' },
        status: { type: 'string' }, 'content-type': { type: 'string' }, 'seen-at': { type: 'string' }, header: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    return fail(2, `${(error as Error).message}\n\n${usage}`)
  }
})()
const { values: given, positionals } = options
if (given.help) {
  console.log(usage)
  process.exit(0)
}
const [id, file, ...more] = positionals
if (!id || !file || more.length > 0) fail(2, usage)
const network: Network = (Object.hasOwn(networks, id as string) && networks[id as string]) || fail(2, `No network "${id}". There are: ${Object.keys(networks).join(', ')}`)

const address = (name: 'url' | 'page'): string | undefined => {
  const value = given[name]
  return value === undefined || URL.canParse(value) ? value : fail(2, `--${name} is not an address: ${value}`)
}
const url = address('url')
const page = address('page')
const status = given.status === undefined ? 200 : Number(given.status)
if (!Number.isInteger(status) || status < 100 || status > 599) fail(2, `--status is not an HTTP status: ${given.status}`)
const variables: unknown = (() => {
  if (given.variables === undefined) return undefined
  try {
    return JSON.parse(given.variables)
  } catch (error) {
    return fail(2, `--variables is not JSON: ${(error as Error).message}`)
  }
})()

const bytes = (() => {
  try {
    return new Uint8Array(readFileSync(file === '-' ? 0 : (file as string)))
  } catch (error) {
    return fail(1, `Can't read ${file}: ${(error as Error).message}`)
  }
})()

/** Text if it is text. */
const body = (() => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes
  }
})()
/** JSON, also behind a guard (`for (;;);`): somebody's words in it may hold markup. */
const isData = typeof body === 'string' && /^\uFEFF?\s*(?:[{[]|for\s*\(|while\s*\(|\)\]\}')/.test(body)
const isPage = typeof body === 'string' && !isData && (/^\uFEFF?\s*</.test(body) || /<script[\s>]/i.test(body.slice(0, 5000)))
/** The address that a page says it has. */
const ownAddress = (): string | undefined => {
  const tags = isPage ? [...(body as string).matchAll(/<(?:link|meta)\b[^<>]{0,2000}>/gi)].map(([tag]) => tag).filter(tag => /\brel=["']?canonical\b|\bproperty=["']?og:url\b/i.test(tag)) : []
  const found = tags.map(tag => /\b(?:href|content)=["']([^"']+)["']/i.exec(tag)?.[1]?.replaceAll('&amp;', '&')).find(address => address && URL.canParse(address))
  return found && Object.values(network.pages).some(kind => kind.match(new URL(found))) ? found : undefined
}
const contentType = given['content-type'] ?? (typeof body !== 'string' ? 'application/octet-stream' : isPage ? 'text/html' : 'application/json')

/** An address of this network's answers: the first pattern that is a plain path. */
const plainPath = network.answers.map(pattern => pattern.replace(/^\^/, '').replace(/\$$/, '')).find(path => /^[\w/-]+$/.test(path)) ?? '/'
const asked = url ?? (isPage ? (page ?? ownAddress() ?? network.home) : new URL(plainPath, network.home).href)

const headers = Object.fromEntries((given.header ?? []).map(line => [line.split(':')[0]?.trim().toLowerCase() ?? '', line.slice(line.indexOf(':') + 1).trim()]))
const answer: Answer = {
  url: asked,
  page: page ?? (isPage ? asked : network.home),
  ...((given.operation !== undefined || variables !== undefined) && {
    request: { ...(given.operation !== undefined && { operation: given.operation }), ...(variables !== undefined && { variables }) },
  }),
  status,
  contentType,
  ...(Object.keys(headers).length > 0 && { headers }),
  body,
  seenAt: given['seen-at'] ?? new Date().toISOString(),
}

/** All that several answers gave, as one reading. */
const together = (readings: Reading[]): Reading => {
  const all = nothing()
  for (const reading of readings) {
    for (const [key, value] of Object.entries(reading)) if (Array.isArray(value)) (all as unknown as Record<string, unknown[]>)[key] = [...((all as unknown as Record<string, unknown[]>)[key] ?? []), ...value]
    if (reading.viewer) all.viewer = reading.viewer
  }
  return all
}
/** Whether a reading has nothing in it. */
const isEmpty = ({ viewer, barrier, ...reading }: Reading): boolean =>
  !viewer && !barrier && (['profiles', 'follows', 'posts', 'relations', 'counts', 'ends'] as const).every(key => reading[key].length === 0)

/** What nothing comes of as an answer may be a file that a person hands over: a list, or a part of the network's own download. */
const readOne = (): Reading => {
  const read = network.read(answer)
  const name = basename(file as string)
  if (url !== undefined || !isEmpty(read) || !network.handIn?.files.includes(extname(name).toLowerCase())) return read
  const { ownerId, userID, id: number } = (variables ?? {}) as Record<string, unknown>
  const handed = network.read({ ...answer, url: `file:///${encodeURIComponent(name)}`, page: page ?? network.home, request: { operation: 'file', variables: { ownerId: ownerId ?? userID ?? number } } })
  return isEmpty(handed) ? read : handed
}

/** The network's own download, member by member as the workspace hands it over. */
const readDownload = async (): Promise<Reading> => {
  const readings: Reading[] = []
  let whose = (variables ?? {}) as { ownerId?: string; handle?: string }
  const handed = await handOver(new File([bytes], basename(file as string)), network.handIn!, {
    begin: () => Promise.resolve({ run: '', taken: 0 }),
    piece: async (_run, { path, more, bytes: piece }) => {
      const reading = network.read({ ...answer, url: `file:///${path.split('/').map(encodeURIComponent).join('/')}`, page: network.home, request: { operation: 'file', variables: { ...whose, ...(more && { more }) } }, body: await piece.text() })
      readings.push(reading)
      if (reading.viewer) whose = { ownerId: whose.ownerId ?? reading.viewer.id, ...(reading.viewer.handle && { handle: reading.viewer.handle }) }
      return true
    },
    end: (_run, lost) => Promise.resolve(void readings.push({ ...nothing(), unread: lost.map(path => ({ reason: 'damaged', operation: path })) })),
  })
  return 'refused' in handed ? fail(1, `${file} is not read: ${handed.refused}`) : together(readings)
}

const isArchive = network.handIn?.members !== undefined && bytes[0] === 0x50 && bytes[1] === 0x4b
const cassette = typeof body === 'string' ? answersIn(body) : undefined
const reading = isArchive ? await readDownload() : cassette ? together(cassette.map(one => network.read(one))) : readOne()
process.stdout.write(`${JSON.stringify(reading, null, 2)}\n`)
