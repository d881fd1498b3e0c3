/** `npm run fuzz [-- <rounds>] [files…]`: the property tests, each round with a new seed. Ends with the seeds that found something. */
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.ts'

const words = process.argv.slice(2)
const rounds = words.find(word => /^\d+$/.test(word))
const named = words.filter(word => word !== rounds)
const withProperties = readdirSync(join(ROOT, 'tests/unit'), { recursive: true, encoding: 'utf8' })
  .map(name => `tests/unit/${name}`)
  .filter(name => name.endsWith('.test.ts') && readFileSync(join(ROOT, name), 'utf8').includes('fast-check'))

const found: number[] = []
for (let round = 1; round <= Number(rounds ?? 10); round++) {
  const seed = randomInt(2 ** 31)
  process.stdout.write(`== round ${round}: HOLDALL_SEED=${seed}\n`)
  const { status } = spawnSync('vitest', ['run', '--reporter=dot', ...(named.length > 0 ? named : withProperties)], { cwd: ROOT, stdio: 'inherit', env: { ...process.env, HOLDALL_SEED: String(seed) } })
  if (status !== 0) found.push(seed)
}
process.stdout.write(found.length > 0 ? `Something was found with ${found.map(seed => `HOLDALL_SEED=${seed}`).join(', ')}\n` : 'Nothing was found.\n')
process.exitCode = found.length > 0 ? 1 : 0
