/** A PostgreSQL of our own in a folder that goes with it, where its programs are on this machine (Debian: `postgresql`). */
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { tmpdir } from 'node:os'
import { until } from '../harness/machine.ts'

const DEBIAN = '/usr/lib/postgresql'

/** Where `initdb` and `postgres` are, the newest first. */
const programs = (): string | undefined =>
  [...(process.env.PATH ?? '').split(delimiter), ...(existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)).map(version => join(DEBIAN, version, 'bin')) : [])]
    .find(folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))

/** It refuses to run as root: then it runs as the user that its package makes. */
const user = (): { uid: number; gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined
  const number = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}

const freePort = (): Promise<number> =>
  new Promise((found, fail) => {
    const server = createServer().once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => found(port))
    })
  })

const listens = (port: number): Promise<boolean> =>
  new Promise(done => {
    const socket = connect(port, '127.0.0.1').once('connect', () => done(true)).once('error', () => done(false))
    socket.once('close', () => socket.destroy())
    socket.end()
  })

export interface Postgres { url: string; stop(): Promise<void> }

/** @returns undefined where there is none on this machine, or where `HOLDALL_POSTGRES=none` says to do without */
export const startPostgres = async (): Promise<Postgres | undefined> => {
  const bin = process.env.HOLDALL_POSTGRES === 'none' ? undefined : programs()
  if (!bin) return undefined
  const as = user()
  const folder = mkdtempSync(join(tmpdir(), 'holdall-postgres-'))
  if (as) chownSync(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'holdall', '--no-sync', '--encoding=UTF8', '--locale=C'], { ...as, cwd: folder, stdio: 'ignore' })
  const port = await freePort()
  const child = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'], { ...as, cwd: folder, stdio: 'ignore' })
  const ended = new Promise<void>(done => { child.once('exit', () => done()) })
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  await until('PostgreSQL', () => listens(port)).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return { url: `postgresql://holdall@127.0.0.1:${port}/postgres`, stop }
}
