/** What only this network has: notes that are whole once the person has opened them, on either of its two sites. */
import { expect, test } from 'vitest'
import { awaitState, begin } from '../harness/drive.ts'
import { sleep, until } from '../harness/machine.ts'
import { readTables } from '../harness/store.ts'
import { expectExactly, expectOnlyOwn, set } from './setting.ts'

test.each([[['ef-streams']], [['rednote-host', 'refs']]])('notes that the person opens are kept whole, the others as cards: %s', async modes => {
  const { machine, simulation } = await set('chromium', { posts: 14, seed: 5, modes }, {}, 'rednote')
  const page = await begin(machine, simulation, { mode: 'I will scroll myself' })
  await awaitState(machine, ['running'], 30_000)
  await page.goto(simulation.profile).catch(() => undefined)
  await page.waitForSelector('section.note-item a.cover')
  const ids = await page.$$eval('section.note-item a.cover', links => links.slice(0, 5).map(link => (link as HTMLAnchorElement).pathname.split('/').pop()!))
  for (const id of ids) {
    await page.$eval(`a.cover[href*="${id}"]`, link => (link as HTMLElement).click())
    await page.waitForSelector('#noteContainer')
    await page.$eval('#noteContainer button', button => (button as HTMLElement).click())
    await until('the note to be closed', () => page.$('#noteContainer').then(found => found === null))
  }
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
  await awaitState(machine, ['done'], 30_000)
  await until('whole notes', async () => (await readTables(machine, 'posts')).posts.filter(post => !post.partial).length === ids.length, 10_000)
  await sleep(300)
  expect(simulation.truth().posts.filter(post => post.text !== undefined).map(post => post.id).toSorted()).toEqual(ids.toSorted())
  await expectExactly(machine, simulation)
  await expectOnlyOwn(machine, simulation)
})
