/**
 * `npm run bench`: one run, real browser, production build. Every figure is a median of at least five; what a machine's speed decides is given as a ratio
 * to the same machine doing the least that the work needs.
 */
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'puppeteer-core'
import { build as bundle } from 'vite'
import { simulations } from '../networks/index.ts'
import type { Preview } from '../../lib/preview/types.ts'
import type { Simulation } from '../networks/types.ts'
import { build } from '../harness/build.ts'
import { removeProfile, type ChromiumMachine } from '../harness/chromium.ts'
import { awaitState, begin, startOn } from '../harness/drive.ts'
import { press, shows, sleep, textOf, until } from '../harness/machine.ts'
import { CHROME_BUILD, ROOT } from '../harness/paths.ts'
import { readTables } from '../harness/store.ts'
import { writeArchive } from './archive.ts'

const ROUNDS = 5
const RECORDS = 10_000

const say = (text = ''): void => void process.stdout.write(`${text}\n`)
const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
const round = (value: number, digits = 1): string => value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
const spread = (values: number[], digits = 1): string => `${round(median(values), digits)} (${round(Math.min(...values), digits)} to ${round(Math.max(...values), digits)}, n=${values.length})`

const rows: [string, string][] = []
const limits: string[] = []
const note = (name: string, value: string): void => {
  rows.push([name, value])
  say(`  ${name}: ${value}`)
}
const limit = (name: string, value: number, most: number): void => {
  if (value > most) limits.push(`${name}: ${round(value)} is over ${most}`)
}

const times = async <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> => {
  const results: T[] = []
  for (let index = 0; index < count; index++) results.push(await work(index))
  return results
}

// --- sizes -----------------------------------------------------------------------------------------------------------

const gzip = (...files: string[]): number => files.reduce((sum, file) => sum + gzipSync(readFileSync(join(CHROME_BUILD, file))).length, 0)

/** An HTML page with the scripts and styles that it loads. */
const pageWithParts = (page: string): string[] => {
  const parts = [...readFileSync(join(CHROME_BUILD, page), 'utf8').matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map(match => match[1]!)
  return [page, ...parts]
}

const sizes = (): void => {
  say('Sizes (gzip; the build is not minified, so that it can be read)')
  const tap = gzip('tap.js')
  note('size: tap', `${tap} B`)
  limit('tap in bytes', tap, 4095)
  note('size: relay', `${gzip('relay.js')} B`)
  note('size: worker', `${gzip('background.js')} B`)
  note('size: popup, with its scripts and styles', `${gzip(...pageWithParts('popup.html'))} B`)
  note('size: workspace, with its scripts and styles', `${gzip(...pageWithParts('workspace.html'))} B`)
  const whole = (readdirSync(CHROME_BUILD, { recursive: true }) as string[]).map(file => join(CHROME_BUILD, file)).filter(file => statSync(file).isFile())
  note('size: the whole package', `${whole.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)} B`)
}

// --- the page's side ---------------------------------------------------------------------------------------------------

interface Asked { first: string; count: number }

/** In the page: asks for the follow list as the page's own app does, page after page, and parses each answer as it does. @returns the answers */
const askForFollows = async ({ first, count }: Asked): Promise<string[]> => {
  interface Config { operations: Record<string, [string, string]>; tokens: { lsd: string }; viewer: { pk: string } }
  const config = JSON.parse(document.getElementById('app')!.dataset.config!) as Config
  const answers: string[] = []
  let cursor: string | undefined = first || undefined
  for (let page = 0; page < count; page++) {
    const [name, doc] = config.operations[cursor ? 'followingNext' : 'following']!
    const variables = cursor ? { id: config.viewer.pk, first: 10, after: cursor } : { userID: config.viewer.pk, first: 20 }
    const body = new URLSearchParams({ fb_api_req_friendly_name: name, doc_id: doc, lsd: config.tokens.lsd, variables: JSON.stringify(variables) })
    const answer = await fetch('/graphql/query', { method: 'POST', headers: { 'x-fb-friendly-name': name }, body })
    const text = await answer.text()
    answers.push(text)
    const found = /"end_cursor":"?([^",}]+)"?/.exec(text)
    JSON.parse(text)
    if (!found || /"has_next_page":false/.test(text)) break
    cursor = found[1]
  }
  return answers
}

/** Milliseconds of the page's main thread, all its worlds, that one answer takes. */
const threadTime = async (page: Page, count: number): Promise<number> => {
  const session = await page.createCDPSession()
  await session.send('Performance.enable')
  const busy = async (): Promise<number> => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
  await page.evaluate(askForFollows, { first: '', count: 5 })
  await sleep(500)
  const from = await busy()
  const answers = await page.evaluate(askForFollows, { first: '', count })
  await sleep(700)
  const took = (await busy()) - from
  await session.detach()
  return took / answers.length
}

const quietPage = async (machine: ChromiumMachine, simulation: Simulation, captured: boolean): Promise<Page> => {
  const page = captured ? await begin(machine, simulation, { mode: 'I will scroll myself' }) : await machine.open(simulation.home)
  if (captured) await awaitState(machine, ['running'], 30_000)
  await machine.closePopup()
  await page.waitForSelector('#app', { timeout: 10_000 })
  await sleep(1500)
  return page
}

const mainThread = async (): Promise<void> => {
  say('Main thread: what a page\'s answer takes without the extension, and with it (tap and relay) in a capture')
  const simulation = await simulations.threads!({ follows: 1200, posts: 40, signedIn: 'first' })
  const without: number[] = []
  const among: number[] = []
  const plain = await startOn('chromium', simulation, { extension: null })
  const machine = await startOn('chromium', simulation)
  try {
    const [plainPage, tapped] = [await quietPage(plain, simulation, false), await quietPage(machine, simulation, true)]
    // In turns, so that whatever else the machine does hits both.
    for (let index = 0; index < ROUNDS + 2; index++) {
      without.push(await threadTime(plainPage, 40))
      among.push(await threadTime(tapped, 40))
    }
  } finally {
    await plain.close()
    await machine.close()
    await simulation.close()
  }
  note('main thread: an answer without the extension, ms', spread(without, 2))
  note('main thread: with it, ms', spread(among, 2))
  note('main thread: added, ms', round(median(among.map((value, index) => value - without[index]!)), 2))
  note('main thread: ratio with / without', round(median(among.map((value, index) => value / without[index]!)), 2))
}

// --- from answer to committed -------------------------------------------------------------------------------------------

const insideCode = async (): Promise<string> => {
  const result = await bundle({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: false, lib: { entry: join(ROOT, 'tests/bench/inside.ts'), formats: ['iife'], name: 'benchInside' } },
  })
  const [first] = Array.isArray(result) ? result : [result]
  if (!first || !('output' in first)) throw new Error('The benchmark could not be bundled')
  return first.output[0].code
}

/** Puts the benchmark's own code into the quiet page of the extension. */
const enter = async (machine: ChromiumMachine, code: string): Promise<void> => {
  await machine.inside(code)
}

/** Primary key and indexes of the follows, as Dexie writes them. */
const followKeys = (machine: ChromiumMachine): Promise<string> =>
  machine.inside(async () => {
    const [{ name } = { name: '' }] = await indexedDB.databases()
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name!)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const table = database.transaction('follows').objectStore('follows')
    const written = (path: string | string[] | null): string => (Array.isArray(path) ? `[${path.join('+')}]` : String(path))
    const keys = [written(table.keyPath), ...[...table.indexNames].map(index => written(table.index(index).keyPath))].join(',')
    database.close()
    return keys
  })

/** In the page: asks for a whole follow list, eight pages at a time, as fast as the site answers. @returns the answers */
const askForAll = async (count: number): Promise<string[]> => {
  interface Config { operations: Record<string, [string, string]>; tokens: { lsd: string }; viewer: { pk: string } }
  const config = JSON.parse(document.getElementById('app')!.dataset.config!) as Config
  const ask = async (after: number): Promise<string> => {
    const [name, doc] = config.operations[after ? 'followingNext' : 'following']!
    const variables = after ? { id: config.viewer.pk, first: 10, after: String(after) } : { userID: config.viewer.pk, first: 20 }
    const body = new URLSearchParams({ fb_api_req_friendly_name: name, doc_id: doc, lsd: config.tokens.lsd, variables: JSON.stringify(variables) })
    return (await fetch('/graphql/query', { method: 'POST', headers: { 'x-fb-friendly-name': name }, body })).text()
  }
  const cursors = [0, ...Array.from({ length: Math.ceil((count - 20) / 10) }, (_, index) => 20 + index * 10)]
  const answers: string[] = []
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = cursors.shift(); next !== undefined; next = cursors.shift()) answers.push(await ask(next))
    }),
  )
  return answers
}

const throughput = async (code: string): Promise<void> => {
  const follows = 2000
  say(`From answer to committed: ${follows} follows in answers of ten, eight at a time, against JSON.parse and bulkPut of the same records`)
  const results = await times(ROUNDS, async index => {
    const simulation = await simulations.threads!({ follows, posts: 40, signedIn: 'first', seed: 100 + index })
    const machine = await startOn('chromium', simulation)
    try {
      const plain = await startOn('chromium', simulation, { extension: null })
      const plainPage = await quietPage(plain, simulation, false)
      const asking = performance.now()
      await plainPage.evaluate(askForAll, follows)
      const plainly = performance.now() - asking
      await plain.close()
      const page = await quietPage(machine, simulation, true)
      const wanted = simulation.truth().follows.length
      const from = performance.now()
      const answers = await page.evaluate(askForAll, follows)
      const asked = performance.now() - from
      await until('all follows in the store', () => machine.inside(countOf, wanted), 120_000)
      const took = performance.now() - from
      const { follows: rows } = await readTables(machine, 'follows')
      await enter(machine, code)
      const keys = await followKeys(machine)
      const floors = await times(3, () =>
        machine.inside((texts, kept, schema) => (globalThis as unknown as { bench: { floor(a: string[], b: object[], c: string): Promise<number> } }).bench.floor(texts, kept, schema), answers, rows, keys),
      )
      const floor = median(floors)
      return { rate: (wanted / took) * 1000, floorRate: (wanted / floor) * 1000, ratio: took / floor, withAsking: took / (plainly + floor), behind: took - asked }
    } finally {
      await machine.close()
      await simulation.close()
    }
  })
  note('answer to committed: records per second', spread(results.map(one => one.rate), 0))
  note('the floor: records per second', spread(results.map(one => one.floorRate), 0))
  note('answer to committed: ratio of time to the floor', spread(results.map(one => one.ratio), 2))
  note('answer to committed: ratio of time to the floor and the asking itself', spread(results.map(one => one.withAsking), 2))
  note('answer to committed: ms from the last answer to the last record', spread(results.map(one => one.behind), 0))
}

/** Whether the totals say that this many follows are kept; without Dexie and without reading the rows. */
const countOf = async (wanted: number): Promise<boolean> => {
  const [{ name } = { name: '' }] = await indexedDB.databases()
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name!)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const totals = await new Promise<{ name: string; value: number }[]>((resolve, reject) => {
    const request = database.transaction('totals').objectStore('totals').getAll()
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  database.close()
  return totals.some(row => row.name === 'follows' && row.value === wanted)
}

/** A browser whose store holds one large account, started anew so that nothing of the filling is in its memory. */
const filled = async (simulation: Simulation, code: string, count: number, posts = count, bytes = 0): Promise<{ machine: ChromiumMachine; account: string; end(): Promise<void> }> => {
  const profile = await mkdtemp(join(tmpdir(), 'holdall-bench-'))
  const first = await startOn('chromium', simulation, { profile })
  await enter(first, code)
  const account = await first.inside((follows, written) => (globalThis as unknown as { bench: { fill(follows: number, posts: number): Promise<string> } }).bench.fill(follows, written), count, posts)
  if (bytes) await first.inside((key, sum) => (globalThis as unknown as Inside).bench.fillMedia(key, sum), account, bytes)
  await first.close()
  const machine = await startOn('chromium', simulation, { profile })
  return {
    machine,
    account,
    async end() {
      await machine.close()
      await simulation.close()
      await removeProfile(profile)
    },
  }
}

// --- files ---------------------------------------------------------------------------------------------------------------

/** Peak memory of the process that draws this page, in MB, as the kernel counts it. */
const peakOf = async (machine: ChromiumMachine, page: Page): Promise<{ reset(): Promise<void>; peak(): Promise<number> }> => {
  const session = await machine.puppet.target().createCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const marker = await page.evaluate(() => {
    // The process with the most to do now is this page's.
    const end = performance.now() + 400
    let sum = 0
    while (performance.now() < end) sum += Math.sqrt(sum + 1)
    return sum
  })
  const again = await machine.puppet.target().createCDPSession()
  const after = (await again.send('SystemInfo.getProcessInfo')).processInfo
  await again.detach()
  if (!(marker > 0)) throw new Error('The page did not run')
  const gained = after
    .filter(one => one.type === 'renderer')
    .map(one => ({ id: one.id, time: one.cpuTime - (processInfo.find(other => other.id === one.id)?.cpuTime ?? 0) }))
    .toSorted((a, b) => b.time - a.time)
  const id = gained[0]!.id
  const field = async (name: string): Promise<number> => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(await readFile(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024
  return {
    async reset() {
      const { writeFile } = await import('node:fs/promises')
      await writeFile(`/proc/${id}/clear_refs`, '5').catch(() => undefined)
    },
    peak: () => field('VmHWM'),
  }
}

interface Saved { milliseconds: number; peak: number }

/** How many finished files of this kind the downloads hold. */
const savedFiles = (machine: ChromiumMachine, kind: RegExp): number => {
  const names = readdirSync(machine.downloads)
  return names.some(name => name.endsWith('.crdownload')) ? -1 : names.filter(name => kind.test(name)).length
}

/** Presses a button of the workspace's files again and again. @param kind names of the files that it saves */
const saveMany = async (machine: ChromiumMachine, account: string, button: string, kind: RegExp): Promise<Saved[]> => {
  const page = await machine.puppet.newPage()
  await page.goto(`chrome-extension://${machine.id}/workspace.html?account=${encodeURIComponent(account)}#files`)
  await page.bringToFront()
  await until(`the button "${button}"`, () => shows(page, 'button', button), 60_000)
  const memory = await peakOf(machine, page)
  const results = await times(ROUNDS, async () => {
    for (const name of readdirSync(machine.downloads)) rmSync(join(machine.downloads, name))
    await memory.reset()
    const began = performance.now()
    await press(page, 'button', button)
    await until('the file to be saved', () => savedFiles(machine, kind) > 0, 60_000).catch(async error => {
      throw new Error(`${readdirSync(machine.downloads).join(', ')} are saved; the page says:\n${await textOf(page)}`, { cause: error })
    })
    return { milliseconds: performance.now() - began, peak: await memory.peak() }
  })
  await page.close()
  return results
}

const files = async (code: string): Promise<void> => {
  say(`Files: follow list and bundle of ${RECORDS.toLocaleString('en')} follows and ${RECORDS.toLocaleString('en')} posts`)
  const peaks: Record<string, number[]> = {}
  for (const count of [RECORDS / 10, RECORDS]) {
    const simulation = await simulations.threads!({ follows: 12, posts: 40, signedIn: 'first' })
    const { machine, account, end } = await filled(simulation, code, count)
    try {
      const lists = await saveMany(machine, account, 'Save following_accounts-unchecked.csv', /unchecked/)
      const bundles = await saveMany(machine, account, 'Download bundle', /\.zip$/)
      for (const [name, results] of [['follow list', lists], ['bundle', bundles]] as const) {
        note(`${name} of ${count.toLocaleString('en')}: ms`, spread(results.map(one => one.milliseconds), 0))
        note(`${name} of ${count.toLocaleString('en')}: peak memory of its process, MB`, spread(results.map(one => one.peak), 0))
        ;(peaks[name] ??= []).push(median(results.map(one => one.peak)))
      }
    } finally {
      await end()
    }
  }
  for (const [name, [small, large]] of Object.entries(peaks)) note(`${name}: ratio of peak memory, ten times the records / one time`, round(large! / small!, 2))
}

// --- a bundle with its pictures ---------------------------------------------------------------------------------------------

/** Processes that come of this one, as the kernel lists them. */
const descendants = (root: number): number[] => {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It has ended meanwhile.
    }
  }
  const all = [root]
  for (const one of all) for (const [child, parent] of parents) if (parent === one) all.push(child)
  return all
}

/** The part of memory that is theirs (proportional set size: what is shared counts in shares), in MB, summed. */
const memoryOf = (processes: number[]): number =>
  processes.reduce((sum, id) => {
    try {
      return sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
    } catch {
      return sum
    }
  }, 0)

interface Memory { own: number; browser: number }
/** Watches the extension's own processes (its pages and its worker), and the browser's, in which Blobs are kept, five times a second. */
const watchMemory = (machine: ChromiumMachine): { peak(): Memory; usual(): Memory; stop(): void } => {
  const own = descendants(machine.pid).filter(id => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--extension-process')
    } catch {
      return false
    }
  })
  if (own.length === 0) throw new Error('The extension has no process')
  const seen: Memory[] = []
  const timer = setInterval(() => seen.push({ own: memoryOf(own), browser: memoryOf([machine.pid]) }), 200)
  const of = (one: (values: number[]) => number): Memory => ({ own: one(seen.map(memory => memory.own)), browser: one(seen.map(memory => memory.browser)) })
  return { peak: () => of(values => Math.max(...values)), usual: () => of(median), stop: () => clearInterval(timer) }
}

const MEDIA = 2_000_000_000
/** MB above the same page open and idle. */
const MOST_MEMORY = 200

const bundles = async (code: string): Promise<void> => {
  say(`Bundle with ${MEDIA / 1e9} GB of pictures: memory of the extension's own processes above the same page open and idle; time against copying the same bytes`)
  for (const posts of [1000, 100_000]) {
    const simulation = await simulations.threads!({ follows: 12, posts: 40, signedIn: 'first' })
    const { machine, account, end } = await filled(simulation, code, 12, posts, MEDIA)
    try {
      const page = await machine.puppet.newPage()
      await page.goto(`chrome-extension://${machine.id}/workspace.html?account=${encodeURIComponent(account)}#files`)
      await page.bringToFront()
      await until('the button "Download bundle"', () => shows(page, 'button', 'Download bundle'), 120_000)
      // What the page needed to begin with is given back only after a while.
      await sleep(30_000)
      const quiet = watchMemory(machine)
      await sleep(5000)
      quiet.stop()
      const idle = quiet.usual()
      const memory = watchMemory(machine)
      const began = performance.now()
      await press(page, 'button', 'Download bundle')
      // More than one archive is under 2 GB.
      await until('the archives to be saved', () => savedFiles(machine, /\.zip$/) >= 2, 1_800_000).catch(async error => {
        throw new Error(`${readdirSync(machine.downloads).join(', ')} are saved; the page says:\n${await textOf(page)}`, { cause: error })
      })
      const took = performance.now() - began
      memory.stop()
      const peak = memory.peak()
      const written = readdirSync(machine.downloads).reduce((sum, name) => sum + statSync(join(machine.downloads, name)).size, 0)
      if (written < MEDIA * 0.99) throw new Error(`Only ${written} bytes were saved`)
      await page.close()
      const name = `bundle of ${posts.toLocaleString('en')} posts and ${round(written / 1e9)} GB`
      note(`${name}: s`, round(took / 1000))
      note(`${name}: MB above idle, the extension's own processes`, `${round(peak.own - idle.own, 0)} (idle ${round(idle.own, 0)}, peak ${round(peak.own, 0)})`)
      note(`${name}: MB above idle, the browser's main process`, `${round(peak.browser - idle.browser, 0)} (idle ${round(idle.browser, 0)})`)
      await enter(machine, code)
      const copied = await machine.inside(key => (globalThis as unknown as Inside).bench.copyMedia(key), account)
      note(`${name}: s that copying the same bytes takes`, round(copied / 1000))
      note(`${name}: ratio of time to the copying`, round(took / copied, 2))
      limit(`memory of the ${name}, MB above idle`, peak.own - idle.own, MOST_MEMORY)
    } finally {
      await end()
    }
  }
}

// --- an official download -------------------------------------------------------------------------------------------------

/** MB above the same page open and idle while a download is read. */
const MOST_FOR_DOWNLOAD = 300

const downloads = async (): Promise<void> => {
  const [posts, media] = [200_000, 10_000_000_000]
  say(`A download of ${media / 1e9} GB with ${posts.toLocaleString('en')} posts: memory of the extension's own processes above the same page open and idle`)
  const folder = await mkdtemp(join(tmpdir(), 'holdall-bench-'))
  const path = join(folder, 'download.zip')
  writeArchive(path, posts, media)
  const simulation = await simulations.x!({ follows: 3, posts: 3, signedIn: 'first' })
  const machine = await startOn('chromium', simulation)
  try {
    const page = await machine.puppet.newPage()
    await page.goto(`chrome-extension://${machine.id}/workspace.html?add=x`)
    await page.bringToFront()
    const input = await page.waitForSelector('input[type="file"]')
    await sleep(10_000)
    const quiet = watchMemory(machine)
    await sleep(5000)
    quiet.stop()
    const idle = quiet.usual()
    const memory = watchMemory(machine)
    const began = performance.now()
    await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(path)
    await until('the posts to be kept', async () => /Added\. Kept now/.test(await textOf(page)), 1_800_000)
    const took = performance.now() - began
    memory.stop()
    const peak = memory.peak()
    const kept = (await readTables(machine, 'totals')).totals.find(({ name }) => name === 'posts')?.value
    if (kept !== posts) throw new Error(`${kept} posts are kept of ${posts}`)
    const name = `download of ${posts.toLocaleString('en')} posts and ${media / 1e9} GB`
    note(`${name}: s`, round(took / 1000))
    note(`${name}: MB above idle, the extension's own processes`, `${round(peak.own - idle.own, 0)} (idle ${round(idle.own, 0)}, peak ${round(peak.own, 0)})`)
    limit(`memory of the ${name}, MB above idle`, peak.own - idle.own, MOST_FOR_DOWNLOAD)
  } finally {
    await machine.close()
    await simulation.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

// --- the popup -----------------------------------------------------------------------------------------------------------

interface TraceEvent { name: string; ph: string; pid: number; tid: number; ts: number; dur?: number; cat: string; args?: { data?: { url?: string } } }

const SCRIPT = new Set(['EvaluateScript', 'FunctionCall', 'v8.compile', 'v8.compileModule', 'v8.evaluateModule', 'RunMicrotasks', 'V8.GCScavenger', 'MinorGC', 'MajorGC', 'TimerFire', 'FireAnimationFrame', 'EventDispatch'])

/** Milliseconds of script of the popup's page, from its start to its content; nested parts count once. */
const scriptTime = (events: TraceEvent[], address: string): number => {
  const own = events.find(event => SCRIPT.has(event.name) && event.args?.data?.url?.includes(address))
  if (!own) throw new Error('The trace has nothing of the popup')
  const parts = events.filter(event => event.pid === own.pid && event.tid === own.tid && event.ph === 'X' && SCRIPT.has(event.name)).toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
  let sum = 0
  let end = 0
  for (const { ts, dur = 0 } of parts) {
    if (ts >= end) {
      sum += dur
      end = ts + dur
    }
  }
  return sum / 1000
}

const popup = async (code: string): Promise<void> => {
  say(`Popup: script time until it shows its content, on a store of ${RECORDS.toLocaleString('en')} follows and as many posts`)
  const simulation = await simulations.threads!({ follows: 12, posts: 40, signedIn: 'first' })
  const { machine, end } = await filled(simulation, code, RECORDS)
  try {
    const site = await machine.open(simulation.home)
    const took = await times(ROUNDS + 2, async () => {
      await machine.closePopup()
      await site.tracing.start({ categories: ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile'] })
      const page = await machine.popupPage()
      await page.waitForFunction(() => /Download bundle/.test(document.body.innerText), { timeout: 20_000 })
      const trace = await site.tracing.stop()
      const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(new TextDecoder().decode(trace))
      return scriptTime(traceEvents, '/chunks/popup')
    })
    note('popup: script time, ms', spread(took))
    limit('script time of the popup, ms', median(took), 100)
  } finally {
    await end()
  }
}

// --- what would move ------------------------------------------------------------------------------------------------------

interface Inside { bench: { fillMedia(account: string, bytes: number): Promise<number>; copyMedia(account: string): Promise<number>; look(account: string): Promise<{ preview: Preview; took: number }>; recount(account: string): Promise<Record<string, number>> } }

/** Milliseconds from the navigation of a page until it shows what goes into the bundle, and its peak memory, in MB. */
const shownIn = async (machine: ChromiumMachine, account: string): Promise<{ milliseconds: number; peak: number }> => {
  const page = await machine.puppet.newPage()
  await page.evaluateOnNewDocument(() => {
    const watch = (): void => {
      const line = document.querySelector('.transfer .plain li')?.textContent
      if (line) Object.assign(window, { shownAt: performance.now() })
      else requestAnimationFrame(watch)
    }
    watch()
  })
  await page.bringToFront()
  await page.goto(`chrome-extension://${machine.id}/workspace.html?account=${encodeURIComponent(account)}#moves`)
  const milliseconds = await (await page.waitForFunction(() => (window as unknown as { shownAt?: number }).shownAt, { timeout: 60_000 })).jsonValue()
  const peak = await (await peakOf(machine, page)).peak()
  await page.close()
  return { milliseconds: milliseconds!, peak }
}

const moves = async (code: string): Promise<void> => {
  const [follows, posts] = [50_000, 100_000]
  say(`What would move: ${follows.toLocaleString('en')} follows and ${posts.toLocaleString('en')} posts`)
  const peaks: number[] = []
  for (const [people, written] of [[1000, 1000], [follows, posts]] as const) {
    const simulation = await simulations.threads!({ follows: 12, posts: 40, signedIn: 'first' })
    const { machine, account, end } = await filled(simulation, code, people, written)
    try {
      await enter(machine, code)
      const looks = await times(ROUNDS + 2, () => machine.inside(key => (globalThis as unknown as Inside).bench.look(key), account))
      const shown = await times(ROUNDS, () => shownIn(machine, account))
      peaks.push(median(shown.map(({ peak }) => peak)))
      if (people !== follows) continue
      const { preview } = looks[0]!
      const true_ = await machine.inside(key => (globalThis as unknown as Inside).bench.recount(key), account)
      const loss = (what: string): number => preview.posts.losses.find(one => one.what === what)?.count ?? 0
      const wrong = [
        ...(['followable', 'unknown', 'not'] as const).filter(verdict => preview.follows[verdict] !== (true_[verdict] ?? 0)),
        ...(preview.posts.inBundle === true_['posts'] ? [] : ['posts']),
        ...['poll', 'edited', 'long'].filter(what => loss(what) !== true_[what]),
      ]
      if (wrong.length) throw new Error(`The preview is wrong about ${wrong.join(', ')}: ${JSON.stringify({ preview, true_ })}`)
      note('preview: ms from the store, opened anew', spread(looks.map(({ took }) => took), 0))
      limit('preview from the store, ms', median(looks.map(({ took }) => took)), 200)
      note('preview: ms from opening the workspace to exact totals on the screen', spread(shown.map(({ milliseconds }) => milliseconds), 0))
      limit('preview on the screen, ms', median(shown.map(({ milliseconds }) => milliseconds)), 2000)
      note('preview: peak memory of its process, MB', spread(shown.map(({ peak }) => peak), 0))
    } finally {
      await end()
    }
  }
  note('preview: ratio of peak memory, all of it / 1,000 of each', round(peaks[1]! / peaks[0]!, 2))
}

/** How the list of people answers whoever looks through it. */
const table = async (code: string): Promise<void> => {
  const count = 50_000
  say(`The list of ${count.toLocaleString('en')} people`)
  const simulation = await simulations.threads!({ follows: 12, posts: 40, signedIn: 'first' })
  const { machine, account, end } = await filled(simulation, code, count, 1000)
  try {
    const opened: number[] = []
    const found: number[] = []
    const frames: number[] = []
    for (let round_ = 0; round_ < ROUNDS; round_++) {
      const page = await machine.puppet.newPage()
      await page.evaluateOnNewDocument(() => {
        const watch = (): void => {
          if (document.querySelector('.people tbody tr')) Object.assign(window, { shownAt: performance.now() })
          else requestAnimationFrame(watch)
        }
        watch()
      })
      await page.bringToFront()
      await page.goto(`chrome-extension://${machine.id}/workspace.html?account=${encodeURIComponent(account)}#posts`)
      await page.waitForSelector('.posts .post')
      // Opened from another part of the page, as by a press on its name.
      opened.push(await page.evaluate(() => new Promise<number>(done => {
        const from = performance.now()
        location.hash = 'follows'
        const watch = (): void => (document.querySelector('.people tbody tr') ? done(performance.now() - from) : void requestAnimationFrame(watch))
        watch()
      })))
      const rowCount = await page.evaluate(() => document.querySelector('.people')?.getAttribute('aria-rowcount'))
      if (rowCount !== String(count + 1)) throw new Error(`The table says that it has ${rowCount} rows`)
      for (let more = 0; more < 4; more++) await press(page, 'button', 'Show more')
      frames.push(await page.evaluate(() => new Promise<number>(done => {
        let longest = 0
        let last = performance.now()
        let left = 120
        const step = (now: number): void => {
          longest = Math.max(longest, now - last)
          last = now
          window.scrollBy(0, 240)
          if (left-- > 0) requestAnimationFrame(step)
          else done(longest)
        }
        requestAnimationFrame(now => { last = now; step(now) })
      })))
      for (const [text, key] of [['person.49,', '0'], [`person.${40_000 + round_} `, '1']] as const) {
        const took = await page.evaluate(wanted => new Promise<number>(done => {
          const field = document.querySelector('input[type="search"]') as HTMLInputElement
          const before = document.querySelector('.tools [role="status"]')?.textContent
          field.value = wanted
          field.dispatchEvent(new Event('input', { bubbles: true }))
          const from = performance.now()
          const watch = (): void => (document.querySelector('.tools [role="status"]')?.textContent !== before ? done(performance.now() - from) : void requestAnimationFrame(watch))
          requestAnimationFrame(watch)
        }), text.replace(/[, ]$/, ''))
        if (key === '1') found.push(took)
      }
      await page.close()
    }
    note('people: ms from the press on the part to its first rows', spread(opened, 0))
    limit('opening the list, ms', median(opened), 300)
    note('people: longest frame while 1,000 drawn rows are scrolled, ms', spread(frames, 0))
    limit('longest frame, ms', median(frames), 50)
    note('people: ms from the last letter to one person among all, the wait for further letters included', spread(found, 0))
    limit('search, ms', median(found), 250)
  } finally {
    await end()
  }
}

// -------------------------------------------------------------------------------------------------------------------------

say('Building the extension …')
build('chrome')
const code = await insideCode()
const only = process.argv.slice(2)
const parts: Record<string, () => void | Promise<void>> = { sizes, thread: mainThread, commit: () => throughput(code), files: () => files(code), bundle: () => bundles(code), download: downloads, popup: () => popup(code), preview: () => moves(code), table: () => table(code) }
for (const [name, work] of Object.entries(parts)) if (only.length === 0 || only.includes(name)) await work()

const width = Math.max(...rows.map(([name]) => name.length))
say(`\nHoldall, ${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}\n`)
for (const [name, value] of rows) say(`  ${name.padEnd(width)}   ${value}`)
if (limits.length > 0) {
  say(`\nOver the limit:\n${limits.map(line => `  ${line}`).join('\n')}`)
  process.exitCode = 1
}
process.exit()
