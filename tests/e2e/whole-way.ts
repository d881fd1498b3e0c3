/** The whole way, the same in every browser: page, popup, capture, what would transfer, files. */
import { expect } from 'vitest'
import { readFile } from 'node:fs/promises'
import { rooms } from '../../lib/networks/rooms.ts'
import { awaitState, begin, keepMedia, popupText, saveAll, saveCopy } from '../harness/drive.ts'
import { compareCopy, compareMedia } from '../harness/archives.ts'
import { compareFiles, expectedKept, homeOf, readFiles } from '../harness/files.ts'
import { newestRun, readTables } from '../harness/store.ts'
import { press, type Machine } from '../harness/machine.ts'
import type { Simulation } from '../networks/types.ts'
import { expectExactly, expectOnlyOwn } from './setting.ts'

/** @param pictures whether they are kept too, which asks the site's file servers */
export const goTheWholeWay = async (machine: Machine, simulation: Simulation, { pictures = true } = {}): Promise<void> => {
  const room = rooms[simulation.network]!
  const page = await begin(machine, simulation, { also: true })

  // Closed and opened again in the middle, the popup shows the same capture.
  if (!room.api) {
    await awaitState(machine, ['running'], 30_000)
    await machine.closePopup()
    expect(await popupText(machine, page, /Pause/)).toContain(simulation.truth().viewer.handle)
  }

  const { totals } = await awaitState(machine, ['done'], 150_000)
  const truth = simulation.truth()
  expect(totals).toMatchObject({ profile: 1, 'counted:follows': truth.counted.follows, ...(truth.follows.length ? { follows: truth.follows.length } : {}) })
  await expectExactly(machine, simulation, 'first', true)
  await expectOnlyOwn(machine, simulation)

  const words = await popupText(machine, page, /Download bundle/)
  const missing = truth.counted.follows - truth.follows.length
  const listed = 'follows' in (await newestRun(machine))!.sections
  if (listed) expect(words).toContain(`${truth.follows.length.toLocaleString('en')} of ${truth.counted.follows.toLocaleString('en')}`)
  if (listed && missing > 0) expect(words).toMatch(new RegExp(`${missing} (is|are) not shown`))

  if (pictures) await keepMedia(machine, page)
  const files = await saveAll(machine, page, simulation)
  expect(compareFiles(await readFiles(files), truth, homeOf(room))).toEqual([])
  const kept = await readTables(machine, 'posts', 'follows', 'relations', 'media')
  expect(kept.media.some(({ state }) => state === 'kept')).toBe(pictures)
  expect(await compareMedia(files.filter(path => /archive-[^/]*\.zip$/.test(path)), kept.posts, kept.media, simulation.file)).toEqual([])
  expect(await compareCopy(await saveCopy(machine), kept, simulation.file)).toEqual([])

  const workspace = await machine.extensionPage('workspace.html')
  await workspace.bringToFront()
  for (const [name, lines] of Object.entries(expectedKept(truth))) {
    await press(workspace, 'button', `Save ${name}`)
    const [path] = await machine.downloaded([new RegExp(`^${name.replace('.', '\\.')}$`)])
    expect([name, (await readFile(path!, 'utf8')).split('\n')]).toEqual([name, [...lines, '']])
  }
}
