/** Builds the extension for both browsers, or for those named: `npm run build -- chrome`. The files are the ones that are shipped. */
import { spawnSync } from 'node:child_process'
import { ROOT } from './paths.ts'

const BROWSERS = ['chrome', 'firefox'] as const

/** @throws with the builder's words if it fails */
export const build = (browser: (typeof BROWSERS)[number], quiet = true): void => {
  const done = spawnSync('wxt', ['build', '--browser', browser, ...(browser === 'firefox' ? ['--mv3'] : [])], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: quiet ? 'pipe' : 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (done.status !== 0) throw new Error(`The build for ${browser} failed:\n${done.stdout ?? ''}${done.stderr ?? ''}`)
}

if (import.meta.main) {
  const named = process.argv.slice(2)
  for (const browser of BROWSERS) if (named.length === 0 || named.includes(browser)) build(browser, false)
}
