/**
 * `npm start`: the whole way with real parts on a simulated network: the shipped build in a real Chromium, the network's own host names, the popup's
 * buttons. Writes the files to `out/<network>/` and checks every row and post against what the simulation holds.
 */
import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import type { Section } from '../../lib/model/index.ts'
import { networks } from '../../lib/networks/index.ts'
import { simulations } from '../networks/index.ts'
import type { Simulation } from '../networks/types.ts'
import { compareCopy, compareMedia } from './archives.ts'
import { build } from './build.ts'
import { awaitState, begin, keepMedia, popupText, saveAll, saveCopy, startOn, type Progress } from './drive.ts'
import { compareFiles, homeOf, readFiles } from './files.ts'
import { sleep } from './machine.ts'
import { OUT, ROOT } from './paths.ts'
import { readTables } from './store.ts'
import { compareFollows, comparePosts, compareProfile, compareRelations } from './truth.ts'

const HELP = `npm start [-- options]
  --network NAME   the simulated network: ${Object.keys(simulations).join(', ')}
  --follows N      how many accounts the simulated person follows (800)
  --posts N        how many posts they wrote (40)
  --headed         shows the window
  --open           leaves a window open to click in, with the simulated network in it`

const { values: given } = parseArgs({
  options: {
    network: { type: 'string', default: 'threads' },
    follows: { type: 'string', default: '800' },
    posts: { type: 'string', default: '40' },
    headed: { type: 'boolean', default: false },
    open: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const say = (text = ''): void => void process.stdout.write(`${text}\n`)
const number = (value: number): string => value.toLocaleString('en')

/** Lines with columns of one width. */
const table = (rows: string[][]): string => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  return rows.map(row => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('   ')}`.trimEnd()).join('\n')
}

const counterOf = (totals: Progress['totals'], section: Section): number | undefined => totals[`counted:${section}`]

const capturedOf = (totals: Progress['totals'], section: Section): number => totals[section] ?? 0

const progressLine = ({ run, totals }: Progress): string => {
  const parts = Object.keys(run.sections).map(section => {
    const counted = counterOf(totals, section as Section)
    return `${section} ${number(capturedOf(totals, section as Section))}${counted === undefined ? '' : ` of ${number(counted)}`}`
  })
  return `${run.state}${run.section ? ` (${run.section})` : ''}: ${parts.join(', ')}`
}

/** Says a line when it has changed, at most once a second. */
const reporter = (): ((progress: Progress) => void) => {
  let last = ''
  let at = 0
  return progress => {
    const line = progressLine(progress)
    if (line === last || Date.now() - at < 1000) return
    last = line
    at = Date.now()
    say(`  ${line}`)
  }
}

const leaveOpen = async (simulation: Simulation): Promise<void> => {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY && process.platform === 'linux') {
    say('There is no display here, so no window can be opened. On a desktop, or with one forwarded (ssh -X, xvfb-run), run it again:')
    say('  npm start -- --open')
    process.exitCode = 1
    return
  }
  const machine = await startOn('chromium', simulation, { headed: true, allowed: [] })
  await machine.open(simulation.home)
  say(`The window shows a simulated ${simulation.network}. Press Holdall's button in the toolbar (behind the puzzle piece), then "Capture my account".`)
  say('Files that you save go to your downloads folder of this profile:')
  say(`  ${machine.downloads}`)
  say('Close the window to end.')
  await new Promise<void>(done => machine.puppet.once('disconnected', () => done()))
}

const captureAll = async (simulation: Simulation): Promise<void> => {
  const { network } = simulation
  const begun = Date.now()
  if (!given.headed) say('There is no window to see: the browser runs headless (npm start -- --headed shows it).')
  const machine = await startOn('chromium', simulation, { headed: given.headed })
  say(`${machine.version} with the production build in it, on ${simulation.home}`)
  try {
    say(
      networks[network]?.api
        ? 'Pressing "Capture my account", with everything ticked that it offers. No page is walked: the public interface is asked.'
        : 'Pressing "Capture my account", with everything ticked that it offers, then "Scroll for me". The pace is set fast for this demonstration; a person\'s is a page every 3 to 6 seconds.',
    )
    const page = await begin(machine, simulation, { also: true })
    const { run, totals } = await awaitState(machine, ['done'], 900_000, reporter())
    say(`Captured in ${Math.round((Date.now() - begun) / 1000)} s.`)

    say('\nPressing "Keep pictures and videos".')
    const media = await keepMedia(machine, page)
    const ends = ['kept', 'expired', 'refused', 'skipped'].map(state => [state, media.filter(row => row.state === state).length] as const)
    say(`  ${ends.map(([state, count]) => `${number(count)} ${state}`).join(', ')}`)

    say('\nWhat the popup says now:\n')
    say((await popupText(machine, page, /Download bundle/)).replaceAll(/^/gm, '  | '))

    const saved = [...(await saveAll(machine, page, simulation)), ...(await saveCopy(machine))]
    const folder = join(OUT, network)
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    const files = await Promise.all(
      saved.map(async path => {
        const to = join(folder, basename(path))
        await copyFile(path, to)
        return to
      }),
    )

    // What a site shows may depend on what was asked: with or without a sign-in, notes opened or not.
    const truth = simulation.truth()
    const { profiles, follows, posts, relations, unread } = await readTables(machine, 'profiles', 'follows', 'posts', 'relations', 'unread')
    const wrong = [
      ...compareProfile(profiles[0], truth),
      ...compareFollows(follows, truth),
      ...comparePosts(posts, truth.posts, truth.viewer.id),
      ...compareFiles(await readFiles(files), truth, homeOf(networks[network]!)),
      ...compareRelations(relations, truth.relations ?? []),
      ...(await compareMedia(files.filter(file => basename(file).startsWith('archive-')), posts, media, simulation.file)),
      ...(await compareCopy(files.filter(file => basename(file).startsWith('holdall-')), { posts, follows, relations, media }, simulation.file)),
    ]

    const sections = Object.keys(run.sections) as Section[]
    const reach = Object.fromEntries(['followable', 'maybe', 'not', 'unknown'].map(verdict => [verdict, totals[`follows:${verdict}`] ?? 0]))
    const summary = {
      network,
      account: { id: truth.viewer.id, handle: run.viewer?.handle },
      counted: Object.fromEntries(sections.flatMap(section => (counterOf(totals, section) === undefined ? [] : [[section, counterOf(totals, section)]]))),
      captured: Object.fromEntries(sections.map(section => [section, capturedOf(totals, section)])),
      unread: unread.length,
      media: Object.fromEntries(ends),
      reach,
      files: files.map(file => relative(folder, file)),
    }
    await writeFile(join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`)

    say('')
    say(
      table([
        ['section', 'captured', 'counted', 'how it ended'],
        ...sections.map(section => {
          const counted = counterOf(totals, section)
          return [section, number(capturedOf(totals, section)), counted === undefined ? 'not stated' : number(counted), run.sections[section]!.state]
        }),
      ]),
    )
    say('')
    say(
      table([
        ['what would transfer to Mastodon', ''],
        ['follows, can be followed', number(reach.followable!)],
        ['follows, not looked up', number(reach.unknown!)],
        ['follows, maybe', number(reach.maybe!)],
        ['follows, cannot be followed', number(reach.not!)],
        ['answers that could not be read', number(unread.length)],
      ]),
    )
    say('')
    say(table([['file', 'bytes'], ...(await Promise.all([...files, join(folder, 'summary.json')].map(async file => [relative(ROOT, file), number((await stat(file)).size)])))]))
    say('')
    if (wrong.length > 0) {
      say(`NOT as the simulation holds it:\n${wrong.map(line => `  ${line}`).join('\n')}`)
      process.exitCode = 1
    } else say(`Every record, row, post and file equals what the simulation holds: ${number(truth.follows.length)} follows, ${number(truth.posts.length)} posts, ${number(media.filter(({ state }) => state === 'kept').length)} pictures and videos.`)
  } finally {
    await machine.close()
  }
}

if (given.help) say(HELP)
else {
  const simulate = simulations[given.network]
  if (!simulate) {
    say(`There is no simulated ${given.network}.\n${HELP}`)
    process.exitCode = 2
  } else {
    say('Building the extension …')
    build('chrome')
    const simulation = await simulate({ follows: Number(given.follows), posts: Number(given.posts), signedIn: 'first' })
    try {
      await (given.open ? leaveOpen(simulation) : captureAll(simulation))
    } catch (error) {
      say(`\n${error instanceof Error ? error.stack : String(error)}`)
      process.exitCode = 1
    } finally {
      await Promise.race([simulation.close(), sleep(5000)])
    }
    process.exit()
  }
}
