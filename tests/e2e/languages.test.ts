/** The browser's language decides: a capture is pressed through in it, and popup and workspace are read its way. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { awaitState, popupText, pressInPopup } from '../harness/drive.ts'
import { until } from '../harness/machine.ts'
import { ROOT } from '../harness/paths.ts'
import { setPace } from '../harness/store.ts'
import { openWorkspace } from './handing.ts'
import { expectExactly, set } from './setting.ts'

const folder = `${ROOT}public/_locales`
const textOf = (name: string, key: string): string => (JSON.parse(readFileSync(`${folder}/${name}/messages.json`, 'utf8')) as Record<string, { message: string }>)[key]!.message
const names = readdirSync(folder).filter(name => name !== 'en')

const literal = (text: string): RegExp => new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))

// Firefox takes another language only with a language pack of its own, which Debian's package does not have.
test.each(names)('%s', async name => {
  const tag = name.replace('_', '-')
  // The site too, where the simulation speaks it.
  const { machine, simulation } = await set('chromium', { follows: 3, posts: 3, ...(['de', 'ja'].includes(name) && { language: name as 'de' | 'ja' }) }, { language: tag })
  await setPace(machine)
  const page = await machine.open(simulation.home)
  await pressInPopup(machine, page, textOf(name, 'capture'))
  await pressInPopup(machine, page, textOf(name, 'scroll'))
  await awaitState(machine, ['done'])
  await popupText(machine, page, literal(textOf(name, 'download_follows')))
  await machine.closePopup()
  await expectExactly(machine, simulation)
  const workspace = await openWorkspace(machine, '?add=threads')
  const says = await until('the workspace', () => workspace.evaluate(() => (document.querySelector('h2') ? [document.documentElement.lang, document.documentElement.dir, document.body.innerText] : undefined)).catch(() => undefined))
  expect(says.slice(0, 2)).toEqual([tag, tag === 'ar' ? 'rtl' : 'ltr'])
  expect(says[2]).toContain(textOf(name, 'add_file'))
})
