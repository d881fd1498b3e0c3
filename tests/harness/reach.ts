/**
 * `npm run -s reach -- <network> <file>` prints, for every person in a file, whether they can be followed from the fediverse, at which address, and on what evidence:
 * one JSON object a line on standard output. Nobody is asked; it is what the profiles alone say.
 * Exit code: 0 read, 1 the file can't be opened or holds nobody, 2 wrong use.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Follow } from '../../lib/model/index.ts'
import { networks } from '../../lib/networks/index.ts'
import { reachOf } from '../../lib/reach/index.ts'

const usage = `Usage: npm run -s reach -- <network> <file>
  <network>  ${Object.keys(networks).join(', ')}
  <file>     people: a JSON array, an object that holds one (a Reading's "follows" or "profiles"), or JSON Lines; - reads standard input. Each person: handle, name, bio,
             bioFacets [{start, end, kind, value}], links [{url, title} or text], fields [{name, value}], location, federated, locked, address, movedTo, seenAt`

const fail = (code: number, message: string): never => {
  console.error(message)
  process.exit(code)
}

const { positionals, values } = (() => {
  try {
    return parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } })
  } catch (error) {
    return fail(2, `${(error as Error).message}\n\n${usage}`)
  }
})()
if (values.help) {
  console.log(usage)
  process.exit(0)
}
const [id, file, ...more] = positionals
if (!id || !file || more.length > 0) fail(2, usage)
const network = (Object.hasOwn(networks, id as string) && networks[id as string]) || fail(2, `No network "${id}". There are: ${Object.keys(networks).join(', ')}`)

const text = (() => {
  try {
    return readFileSync(file === '-' ? 0 : (file as string), 'utf8')
  } catch (error) {
    return fail(1, `Can't read ${file}: ${(error as Error).message}`)
  }
})()

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
type Dict = Record<string, unknown>
const isDict = (value: unknown): value is Dict => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Everybody in the file: whole lists, a Reading, or one a line. */
const people = (): Dict[] => {
  const whole = parsed(text)
  const lists = Array.isArray(whole) ? [whole] : isDict(whole) ? (typeof whole.handle === 'string' ? [[whole]] : Object.values(whole).filter(Array.isArray)) : [text.split('\n').map(parsed)]
  return lists.flat().filter(isDict)
}

/** A person as the model has them: what is missing or of another kind is left out, field by field. */
const followOf = (given: Dict): Follow => {
  const links = Array.isArray(given.links) ? given.links.flatMap(link => (typeof link === 'string' ? [{ url: link }] : isDict(link) ? [link] : [])) : undefined
  const handle = typeof given.handle === 'string' && given.handle ? given.handle : '?'
  const whole = { ...given, ...(links && { links }), id: String(given.id ?? handle), handle, relation: 'follow' }
  const kept = Object.entries(whole).filter(([key, value]) => key in Follow.shape && Follow.shape[key as keyof typeof Follow.shape].safeParse(value).success)
  return Object.fromEntries(kept) as unknown as Follow
}

const all = people()
if (all.length === 0) fail(1, `${file} holds nobody`)
for (const one of all) {
  const follow = followOf(one)
  const { verdict, address, reason, evidence = [] } = reachOf(network.fediverse, follow)
  process.stdout.write(`${JSON.stringify({ handle: follow.handle, verdict, address, reason, evidence })}\n`)
}
