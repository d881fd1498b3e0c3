/**
 * `node tests/harness/setup.mjs <script.ts> [arguments]`: makes sure that the npm packages are there, then runs the script
 * with the Node that package.json pins. Runs on a bare clone under Node 20: plain JavaScript, nothing but Node's own modules.
 * What it does is said on standard error, so that a script's output stays its own.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const windows = process.platform === 'win32'

/** @param {string} text */
const say = text => process.stderr.write(`setup: ${text}\n`)

/** @param {string} command @param {string[]} parameters */
const run = (command, parameters) =>
  spawnSync(command, parameters, { cwd: root, stdio: ['ignore', 2, 2], shell: windows }).status === 0

/** @param {string} path */
const json = path => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** What the lock file asks for and node_modules does not hold. Packages for other systems are left out by npm itself. */
const lacking = () =>
  Object.entries(json(join(root, 'package-lock.json'))?.packages ?? {})
    .filter(([path, wanted]) => path && !wanted.optional && !wanted.devOptional && !wanted.link)
    .filter(([path, wanted]) => json(join(root, path, 'package.json'))?.version !== wanted.version)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))

/** The Node to go on with: the pinned one, or the one that runs this where it is new enough. @returns {string | undefined} */
const node = () => {
  const pinned = join(bin, windows ? 'node.cmd' : 'node')
  if (existsSync(pinned) && spawnSync(pinned, ['--version'], { shell: windows }).status === 0) return pinned
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : undefined
}

const missing = lacking()
if (missing.length > 0) {
  say(`installing the npm packages (npm ci): ${missing.length} of them are not here yet. This takes a minute or two.`)
  if (!run('npm', ['ci', '--no-audit', '--no-fund'])) {
    say('npm ci failed; its words are above.')
    process.exit(1)
  }
}
if (!node()) {
  say('fetching Node 24, which the tools need (npm rebuild node).')
  run('npm', ['rebuild', 'node', '--foreground-scripts'])
}
const chosen = node()
if (!chosen) {
  say(`Node 24 is needed, and the package "node" could not be installed; this is Node ${process.versions.node}.`)
  process.exit(1)
}

const [script, ...rest] = process.argv.slice(2)
if (script) {
  const done = spawnSync(chosen, [join(root, script), ...rest], {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
  })
  process.exit(done.status ?? 1)
}
