/** `npm run servers`: installs real server software into `tests/servers/node_modules`, saying so, builds what is shipped, and captures from it. Further words name files or tests, as for vitest. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../harness/build.ts'
import { needBrowser } from '../harness/browsers.ts'
import { ROOT } from '../harness/paths.ts'

const FOLDER = join(ROOT, 'tests', 'servers')

const versionIn = (path: string): string | undefined => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version : undefined)

const { dependencies } = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
const lacking = Object.entries(dependencies).filter(([name, version]) => !version.startsWith('file:') && versionIn(join(FOLDER, 'node_modules', name, 'package.json')) !== version)
if (lacking.length > 0) {
  process.stderr.write(`setup: installing ${lacking.map(([name, version]) => `${name} ${version}`).join(', ')} and what they need into tests/servers/node_modules: some 640 packages, 460 MB. Nothing is compiled, and no script of theirs is run.\n`)
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (done.status !== 0) throw new Error('npm ci failed; its words are above.')
}
await needBrowser('chromium')
build('chrome')
const done = spawnSync('vitest', ['run', '--reporter=verbose', '--config', 'tests/e2e/vitest.config.ts', ...process.argv.slice(2)], { cwd: ROOT, stdio: 'inherit', env: { ...process.env, HOLDALL_E2E: 'servers' } })
process.exitCode = done.status ?? 1
