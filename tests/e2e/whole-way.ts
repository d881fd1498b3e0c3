/** The whole way, the same in every browser: page, popup, capture, what would transfer, files. */
import { expect } from 'vitest'
import { rooms } from '../../lib/networks/rooms.ts'
import { awaitState, begin, download, popupText, saveOthers } from '../harness/drive.ts'
import { compareFiles, readFiles } from '../harness/files.ts'
import type { Machine } from '../harness/machine.ts'
import type { Simulation } from '../networks/types.ts'
import { expectExactly, expectOnlyOwn } from './setting.ts'

export const goTheWholeWay = async (machine: Machine, simulation: Simulation): Promise<void> => {
  const truth = simulation.truth()
  const page = await begin(machine, simulation)

  // Closed and opened again in the middle, the popup shows the same capture.
  await awaitState(machine, ['running'], 30_000)
  await machine.closePopup()
  expect(await popupText(machine, page, /Pause/)).toContain(truth.viewer.handle)

  const { totals } = await awaitState(machine, ['done'], 150_000)
  expect(totals).toMatchObject({ profile: 1, follows: truth.follows.length, 'counted:follows': truth.counted.follows })
  await expectExactly(machine, simulation)
  await expectOnlyOwn(machine, simulation)

  const words = await popupText(machine, page, /Download bundle/)
  const missing = truth.counted.follows - truth.follows.length
  expect(words).toContain(`${truth.follows.length.toLocaleString('en')} of ${truth.counted.follows.toLocaleString('en')}`)
  expect(words).toMatch(new RegExp(`${missing} (is|are) not shown`))

  const workspace = await download(machine, page, 'Download follow list')
  await machine.downloaded([/^following_accounts\.csv$/])
  await saveOthers(workspace, ['following_accounts-unchecked.csv', 'not-followable.csv'])
  await download(machine, page, 'Download bundle')
  const files = await machine.downloaded([/^following_accounts\.csv$/, /^following_accounts-unchecked\.csv$/, /^not-followable\.csv$/, /\.zip$/])
  expect(compareFiles(await readFiles(files), truth, rooms[simulation.network]!.fediverse!.host)).toEqual([])
}
