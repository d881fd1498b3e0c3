/**
 * `npm test`: everything that is to be proved, in the order in which it is cheap to fail. Goes on after a failure, so that one run names all of them, and
 * ends with one line: `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { build } from './build.ts'
import { needBrowser } from './browsers.ts'
import { packages, unlike } from './package.ts'
import { ROOT } from './paths.ts'
import { lintFirefox } from './weblint.ts'

interface Outcome { passed: number; failed: number; skipped: number; /** What failed, one text each. */ failures?: string[] }

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const total = { passed: 0, failed: 0, skipped: 0, failures: [] as string[] }
const begun = Date.now()

const count = (name: string, outcome: Outcome, seconds: number): void => {
  total.passed += outcome.passed
  total.failed += outcome.failed
  total.skipped += outcome.skipped
  total.failures.push(...(outcome.failures ?? (outcome.failed > 0 ? [name] : [])))
  const parts = [outcome.passed && `${outcome.passed} passed`, outcome.failed && `${outcome.failed} FAILED`, outcome.skipped && `${outcome.skipped} skipped`].filter(Boolean)
  say(`== ${name}: ${parts.join(', ')} (${seconds} s)\n`)
}

const stage = (name: string, work: () => Outcome): void => {
  say(`== ${name}`)
  const from = Date.now()
  let outcome: Outcome
  try {
    outcome = work()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    outcome = { passed: 0, failed: 1, skipped: 0 }
  }
  count(name, outcome, Math.round((Date.now() - from) / 1000))
}

/** A step that passes or fails as a whole. */
const check = (name: string, work: () => boolean): void => stage(name, () => (work() ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }))

const run = (command: string, ...parameters: string[]): boolean => spawnSync(command, parameters, { cwd: ROOT, stdio: 'inherit' }).status === 0

interface Report {
  numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number; success: boolean
  testResults: { name: string; status: string; message: string; assertionResults: { status: string; fullName: string; failureMessages: string[] | null }[] }[]
}

/** Lines of a failure's message that are repeated at the end, where whoever reads the end of a long record finds them. */
const LINES = 12
const failuresIn = ({ testResults }: Report): string[] =>
  testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter(one => one.status === 'failed')
    const told = (what: string, why: string): string => [`${relative(ROOT, name)}${what}`, ...why.split('\n').slice(0, LINES).map(line => `    ${line.slice(0, 400)}`)].join('\n')
    return failed.length > 0 ? failed.map(one => told(` > ${one.fullName}`, one.failureMessages?.join('\n') ?? '')) : status === 'failed' ? [told('', message)] : []
  })

/** Runs vitest; a file that could not be loaded counts as a failure like a test. */
const vitest = (...parameters: string[]): Outcome => {
  const folder = mkdtempSync(join(tmpdir(), 'holdall-report-'))
  const file = join(folder, 'report.json')
  const ended = run('vitest', 'run', '--reporter=verbose', '--reporter=json', `--outputFile.json=${file}`, ...parameters)
  const report: Report = JSON.parse(readFileSync(file, 'utf8'))
  rmSync(folder, { recursive: true, force: true })
  const failed = Math.max(report.numFailedTests, ended && report.success ? 0 : 1)
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests, failures: failuresIn(report) }
}

check('types', () => run('tsc', '--noEmit', '-p', '.'))
check('lint', () => run('oxlint', '--deny-warnings'))
check('unused files, exports and packages', () => run('knip'))
check('build for Chromium', () => {
  build('chrome')
  return true
})
check('build for Firefox', () => {
  build('firefox')
  return true
})
check('packages for the stores: made twice, the same bytes', () => {
  const other = unlike(packages(), packages())
  for (const name of other) say(`${name} is not the same the second time`)
  return other.length === 0
})
check('web-ext lint', () => {
  const wrong = lintFirefox()
  for (const line of wrong) say(line)
  return wrong.length === 0
})
stage('unit tests', () => vitest())
await needBrowser('chromium')
await needBrowser('firefox')
stage('end-to-end tests', () => vitest('--config', 'tests/e2e/vitest.config.ts'))

for (const failure of total.failures) say(`FAILED  ${failure}\n`)
say(`${Math.round((Date.now() - begun) / 6000) / 10} minutes`)
say(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
