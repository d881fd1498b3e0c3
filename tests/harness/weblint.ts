/** `web-ext lint`, the linter of addons.mozilla.org, over the Firefox build: no error, and no warning that is not explained here. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { FIREFOX_BUILD, ROOT } from './paths.ts'

/** Warnings that stand, each with its reason. One that no longer comes is an error too: it has to go from here. */
const EXPLAINED: { code: string; file?: RegExp; reason: string }[] = [
  {
    code: 'UNSAFE_VAR_ASSIGNMENT',
    file: /^(?:chunks\/|viewer\.js$)/,
    reason: "Preact's own way to draw `dangerouslySetInnerHTML`. Nothing of ours uses it: the linter and a check of the house forbid it in every source file.",
  },
  {
    code: 'KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION',
    reason: 'The declaration of data collection is read by Firefox from 140, and by Firefox for Android from 142. Holdall is offered for the desktop only.',
  },
]

interface Message { code: string; message: string; description?: string; file?: string; line?: number }
interface Report { errors: Message[]; warnings: Message[]; notices: Message[] }

/** @returns what is wrong; nothing if all is well */
export const lintFirefox = (): string[] => {
  if (!existsSync(FIREFOX_BUILD)) return [`There is no build in ${FIREFOX_BUILD}`]
  const done = spawnSync('web-ext', ['lint', '--source-dir', FIREFOX_BUILD, '--output', 'json', '--boring', '--no-config-discovery'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 50_000_000 })
  const start = done.stdout.indexOf('{')
  if (start < 0) return [`web-ext said nothing that can be read:\n${done.stdout}${done.stderr}`]
  const report: Report = JSON.parse(done.stdout.slice(start))
  const isExplained = ({ code, file }: Message, { code: known, file: where }: (typeof EXPLAINED)[number]): boolean => code === known && (!where || where.test(file ?? ''))
  const say = ({ code, message, file, line }: Message): string => `${code} in ${file ?? 'the manifest'}${line ? `:${line}` : ''}: ${message}`
  return [
    ...report.errors.map(one => `error ${say(one)}`),
    ...report.warnings.filter(one => !EXPLAINED.some(known => isExplained(one, known))).map(one => `unexplained warning ${say(one)}`),
    ...EXPLAINED.filter(known => !report.warnings.some(one => isExplained(one, known))).map(({ code }) => `the explained warning ${code} does not come any more`),
  ]
}

if (import.meta.main) {
  const wrong = lintFirefox()
  process.stdout.write(wrong.map(line => `${line}\n`).join(''))
  process.exitCode = wrong.length > 0 ? 1 : 0
}
