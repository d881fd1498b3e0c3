/**
 * `npm run package`: what the stores are given, in `out/packages`: one ZIP each for Chrome, Edge and Firefox, the sources that Firefox's reviewers ask for, and a bill of what is in it
 * (CycloneDX). Each is built twice and must come out the same, byte for byte.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { zipSync } from 'fflate'
import { build } from './build.ts'
import { CHROME_BUILD, FIREFOX_BUILD, OUT, ROOT } from './paths.ts'

/** The same moment in every archive: what is in them says when it was made no better. In local time, as ZIP has it. */
const MOMENT = new Date(2020, 0, 1, 0, 0, 0)

/** @param files contents by path @returns the same bytes for the same files */
const packed = (files: Record<string, Uint8Array>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([path, bytes]) => [path, [bytes, { level: 9, mtime: MOMENT, os: 3, attrs: 0o644 << 16 }]])))

const filesUnder = (folder: string): Record<string, Uint8Array> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [relative(folder, path).split(sep).join('/'), new Uint8Array(readFileSync(path))]),
  )

/** Everything that git keeps: enough to build the same packages from. Nothing where this is no clone but those sources themselves. */
const sources = (): Record<string, Uint8Array> =>
  !existsSync(join(ROOT, '.git')) ? {} : Object.fromEntries(execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean).map(path => [path, new Uint8Array(readFileSync(join(ROOT, path)))]))

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }

interface Locked { version: string; license?: string; integrity?: string; dev?: boolean; hasInstallScript?: boolean }

/**
 * The npm packages that are part of what is shipped, as CycloneDX 1.5 has them. Read from the lock file: `npm sbom --omit dev` of npm 11.19 leaves out those that a tool of ours needs too.
 * @throws if a licence is not known, or one runs a script when it is installed
 */
export const runtime = () =>
  Object.entries((JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }).packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { version: of, license, integrity = '', hasInstallScript }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      if (!license) throw new Error(`Nobody knows the licence of ${name}`)
      if (hasInstallScript) throw new Error(`${name} runs a script when it is installed`)
      const [algorithm = '', sum = ''] = integrity.split('-')
      return {
        type: 'library', name, version: of, purl: `pkg:npm/${name.replace('@', '%40')}@${of}`, licenses: [{ license: { id: license } }],
        hashes: [{ alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(sum, 'base64').toString('hex') }],
      }
    })

const bill = (): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata: { component: { type: 'application', name: 'holdall', version, licenses: [{ license: { id: 'MIT' } }] } }, components: runtime() }, null, 1)}\n`)

/** @returns files by name */
export const packages = (): Record<string, Uint8Array> => {
  build('chrome')
  build('firefox')
  const own = sources()
  const chromium = packed(filesUnder(CHROME_BUILD))
  return {
    [`holdall-${version}-chrome.zip`]: chromium,
    // Edge takes what Chrome takes.
    [`holdall-${version}-edge.zip`]: chromium,
    [`holdall-${version}-firefox.zip`]: packed(filesUnder(FIREFOX_BUILD)),
    ...(Object.keys(own).length > 0 ? { [`holdall-${version}-sources.zip`]: packed(own) } : {}),
    [`holdall-${version}-bill.json`]: bill(),
  }
}

const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** @returns names of packages that come out otherwise the second time */
export const unlike = (first: Record<string, Uint8Array>, second: Record<string, Uint8Array>): string[] => Object.keys({ ...first, ...second }).filter(name => !first[name] || !second[name] || sum(first[name]) !== sum(second[name]))

if (import.meta.main) {
  const all = packages()
  const other = unlike(all, packages())
  if (other.length > 0) throw new Error(`Built twice, and not the same: ${other.join(', ')}`)
  const folder = join(OUT, 'packages')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of Object.entries(all)) {
    writeFileSync(join(folder, name), bytes)
    process.stdout.write(`${sum(bytes)}  ${name}  ${Math.round(bytes.length / 1000)} kB\n`)
  }
  for (const { name, version: of, licenses } of runtime()) process.stdout.write(`  holds ${name} ${of}, ${licenses[0]!.license.id}\n`)
  process.stdout.write(`In ${folder}\n`)
}
