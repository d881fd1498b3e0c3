/** `npm run e2e` and `npm run faults`: builds what is shipped, and runs the tests that drive browsers. Further words name files or tests, as for vitest. */
import { spawnSync } from 'node:child_process'
import { build } from './build.ts'
import { needBrowser } from './browsers.ts'
import { ROOT } from './paths.ts'

const faults = process.argv.includes('--faults')
const rest = process.argv.slice(2).filter(word => word !== '--faults')

await needBrowser('chromium')
build('chrome')
if (!faults) {
  await needBrowser('firefox')
  build('firefox')
}
const done = spawnSync('vitest', ['run', '--reporter=verbose', '--config', 'tests/e2e/vitest.config.ts', ...rest], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, HOLDALL_E2E: faults ? 'faults' : 'e2e' },
})
process.exitCode = done.status ?? 1
