/**
 * `npm run mutate [-- <count> [network…]]`: so many changed answers for each network, none of which may make its reader throw, hang, forget the form of a Reading, or hold on to memory. Begins with
 * all answers of the unit tests. `HOLDALL_SEED=<number>` draws the same again. Ends with 1 where something was found.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { checked, own } from '../../lib/capture/keep.ts'
import { Reading, type Answer } from '../../lib/model/index.ts'
import { networks } from '../../lib/networks/index.ts'
import { ROOT } from '../harness/paths.ts'
import { diceOf, mutated } from './mutations.ts'

const [first = '100000', ...names] = process.argv.slice(2)
const count = /^\d+$/.test(first) ? Number(first) : 100_000
const wanted = [...(/^\d+$/.test(first) ? [] : [first]), ...names]
const seed = Number(process.env.HOLDALL_SEED ?? 20_261_127)
/** Milliseconds that no answer may take. */
const LONGEST = 1000
/** Bytes that the heap may grow by from the first tenth to the end. */
const GROWTH = 60_000_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heap = (): number => {
  collect()
  return process.memoryUsage().heapUsed
}

const folder = mkdtempSync(join(tmpdir(), 'holdall-answers-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const { status } = spawnSync('vitest', ['run', '--reporter=dot', '--config', 'tests/mutate/record.ts'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, HOLDALL_ANSWERS: folder } })
if (status !== 0) throw new Error('The unit tests of the networks do not pass: mend them first')

const answersOf = (network: string): Answer[] =>
  readFileSync(join(folder, `${network}.jsonl`), 'utf8').split('\n').filter(Boolean).map(line => {
    const answer = JSON.parse(line) as Answer & { body: string | { base64: string } }
    return typeof answer.body === 'string' ? answer : { ...(answer as Answer), body: new Uint8Array(Buffer.from((answer.body as { base64: string }).base64, 'base64')) }
  })

let faults = 0
for (const name of readdirSync(folder).map(file => file.replace(/\.jsonl$/, '')).filter(one => wanted.length === 0 || wanted.includes(one))) {
  const network = networks[name]!
  const bases = answersOf(name)
  let slowest = 0
  let records = 0
  let early = 0
  let shown = 0
  const failed: number[] = []
  const began = performance.now()
  for (let at = 0; at < count; at++) {
    // Each answer has its own number, so that one that is named can be made again alone.
    const dice = diceOf(seed + at * 7919)
    const base = bases[Math.floor(dice() * bases.length)]!
    const answer = mutated(base, dice)
    const from = performance.now()
    let fault: string | undefined
    try {
      const reading = network.read(answer)
      const form = Reading.safeParse(reading)
      if (!form.success) fault = `no Reading: ${JSON.stringify(form.error.issues).slice(0, 300)}`
      // It says so itself, and what it says is kept; yet nothing of the answer is.
      if (reading.unread.some(({ reason }) => reason === 'reader-failed')) failed.push(at)
      own(checked(reading), { id: reading.viewer?.id ?? '1' })
      records += reading.follows.length + reading.posts.length + reading.profiles.length
    } catch (error) {
      fault = error instanceof Error ? `${error.stack}` : String(error)
    }
    const took = performance.now() - from
    slowest = Math.max(slowest, took)
    if (took > LONGEST) fault ??= `it took ${Math.round(took)} ms`
    if (Object.hasOwn(Object.prototype, 'polluted')) fault ??= 'every object has a key more'
    if (fault !== undefined) {
      faults++
      if (shown++ < 3) process.stdout.write(`${name}, answer ${at} of seed ${seed} (${base.url}): ${fault}\n`)
    }
    if (at === Math.floor(count / 10)) early = heap()
  }
  const seconds = (performance.now() - began) / 1000
  const grown = heap() - early
  if (grown > GROWTH) {
    faults++
    process.stdout.write(`${name}: the heap grew by ${Math.round(grown / 1e6)} MB\n`)
  }
  process.stdout.write(`${name}: ${count.toLocaleString('en')} answers from ${bases.length}, ${records.toLocaleString('en')} records read, ${Math.round(count / seconds).toLocaleString('en')} a second, the slowest ${Math.round(slowest)} ms, heap ${grown < 0 ? '' : '+'}${(grown / 1e6).toFixed(1)} MB, given up whole ${failed.length}${failed.length ? ` (the first: ${failed[0]})` : ''}, faults ${shown}\n`)
}
process.exitCode = faults ? 1 : 0
