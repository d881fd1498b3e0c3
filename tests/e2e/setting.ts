/** What the end-to-end tests begin with, and what every capture is measured by. */
import { expect, onTestFinished } from 'vitest'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulations } from '../networks/index.ts'
import type { Simulation, SimulationOptions } from '../networks/types.ts'
import { removeProfile, type ChromiumMachine } from '../harness/chromium.ts'
import { startOn } from '../harness/drive.ts'
import type { FirefoxMachine } from '../harness/firefox.ts'
import type { Machine, MachineOptions } from '../harness/machine.ts'
import { accountKey } from '../../lib/model/index.ts'
import { rooms } from '../../lib/networks/rooms.ts'
import { readKept, readTables } from '../harness/store.ts'
import { compareFollows, comparePosts, compareProfile, compareRelations, findForeign } from '../harness/truth.ts'

interface Setting<B extends 'chromium' | 'firefox'> {
  simulation: Simulation
  machine: B extends 'chromium' ? ChromiumMachine : FirefoxMachine
}

export const simulate = async (options: SimulationOptions, network = 'threads'): Promise<Simulation> => {
  const simulation = await simulations[network]!({ signedIn: 'first', ...options })
  onTestFinished(() => simulation.close())
  return simulation
}

/** A folder for a browser's profile that outlives the browser, and goes with the test. */
export const newProfile = async (): Promise<string> => {
  const profile = await mkdtemp(join(tmpdir(), 'holdall-profile-'))
  onTestFinished(() => removeProfile(profile))
  return profile
}

/** A simulated network and a browser on it; both end with the test. */
export const set = async <B extends 'chromium' | 'firefox'>(browser: B, world: SimulationOptions = {}, options: Partial<MachineOptions> = {}, network = 'threads'): Promise<Setting<B>> => {
  const simulation = await simulate(world, network)
  const machine = await startOn(browser, simulation, options)
  onTestFinished(() => machine.close())
  return { simulation, machine }
}

/** The store holds exactly the account's own profile, follows and posts, and nothing of anybody else's. */
export const expectExactly = async (machine: Machine, simulation: Simulation, who: 'first' | 'second' = 'first', also = false): Promise<void> => {
  const truth = simulation.truth(who)
  const many = typeof rooms[simulation.network]?.hosts === 'function'
  const account = accountKey(simulation.network, truth.viewer.id, many ? new URL(simulation.home).origin : undefined)
  const { profiles, follows, posts, relations } = await readTables(machine, 'profiles', 'follows', 'posts', 'relations')
  expect(compareProfile(profiles.find(row => row.account === account), truth)).toEqual([])
  expect(compareFollows(follows.filter(row => row.account === account), truth)).toEqual([])
  expect(comparePosts(posts.filter(row => row.account === account), truth.posts, truth.viewer.id)).toEqual([])
  if (also) expect(compareRelations(relations.filter(row => row.account === account), truth.relations ?? [])).toEqual([])
  else expect(relations).toEqual([])
}

/** Nobody else's id, name, text or token stands anywhere in what the extension keeps. */
export const expectOnlyOwn = async (machine: Machine, simulation: Simulation): Promise<void> => {
  expect(findForeign(await readKept(machine), simulation.truth())).toEqual([])
}

/**
 * The records as they are, without what differs from run to run, to compare a disturbed run with an undisturbed one: when and by which run they, and what speaks
 * for an address, were seen, and the signatures of picture addresses, which the site makes anew for every answer.
 */
export const recordsOf = async (machine: Machine): Promise<string[]> => {
  const { profiles, follows, posts } = await readTables(machine, 'profiles', 'follows', 'posts')
  const changing = new Set(['runId', 'firstSeen', 'lastSeen', 'seenAt', 'source'])
  return [...profiles, ...follows, ...posts]
    .map(row => Object.entries(row).filter(([name]) => !changing.has(name)).toSorted(([a], [b]) => a.localeCompare(b)))
    .map(row => JSON.stringify(row).replaceAll(/\?stp=[^"]*/g, '').replaceAll(/,"expiresAt":"[^"]*"/g, '').replaceAll(/,"at":"[^"]*"(?=[,}])/g, ''))
    .toSorted()
}
