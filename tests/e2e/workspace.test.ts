/** The workspace, as somebody uses it before they leave: posts left out, the profile changed, a backup, everything deleted and brought back. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { awaitState, begin } from '../harness/drive.ts'
import { press, until, type Machine } from '../harness/machine.ts'
import { readTables } from '../harness/store.ts'
import { unzip } from '../harness/zip.ts'
import { choose, openWorkspace, says } from './handing.ts'
import { expectExactly, set } from './setting.ts'

const to = async (page: Page, part: string): Promise<void> => {
  await page.evaluate(name => { location.hash = name }, part)
  await until(`the part ${part}`, () => page.evaluate(name => document.querySelector(`nav a[href$="#${name}"]`)?.getAttribute('aria-current') === 'page', part))
}

/** Puts a value into a field as typing does. */
const fill = (page: Page, selector: string, value: string): Promise<void> =>
  page.evaluate((where, text) => {
    const field = document.querySelector(where) as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
    field.value = text
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && field.type === 'date') ? 'change' : 'input', { bubbles: true }))
  }, selector, value)

interface Entry { type: string; object: string | { id: string; published: string; inReplyTo?: string | null } }
const archiveIn = async (machine: Machine): Promise<{ actor: { summary: string; name: string }; items: Entry[] }> => {
  const [path] = await machine.downloaded([/^archive-.*\.zip$/])
  const files = unzip(new Uint8Array(await readFile(path!)))
  const json = (name: string) => JSON.parse(new TextDecoder().decode(files[name])) as unknown
  return { actor: json('actor.json') as { summary: string; name: string }, items: (json('outbox.json') as { orderedItems: Entry[] }).orderedItems }
}

/** What is kept, without the marks of one browser. */
const kept = async (machine: Machine): Promise<unknown> => {
  const tables = await readTables(machine, 'accounts', 'profiles', 'follows', 'posts', 'relations', 'captures', 'media')
  return JSON.parse(JSON.stringify(tables, (key, value: unknown) => (['mark', 'tabId', 'due'].includes(key) ? undefined : value)))
}

test.each(['chromium', 'firefox'] as const)('%s: posts left out, the profile changed, a backup, everything deleted and brought back', async browser => {
  const { machine, simulation } = await set(browser, { follows: 8, posts: 30 })
  const site = await begin(machine, simulation)
  await awaitState(machine, ['done'])
  await machine.closePopup()
  await site.close()
  const page = await openWorkspace(machine, '')
  await page.bringToFront()
  await says(page, /Follows 8/)

  // Replies before a date.
  const replies = (await readTables(machine, 'posts')).posts.filter(({ kind }) => kind === 'reply').toSorted((a, b) => a.at.localeCompare(b.at))
  expect(replies.length).toBeGreaterThan(2)
  const day = new Date(replies[Math.floor(replies.length / 2)]!.at)
  const typed = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`
  const end = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).toISOString()
  const old = replies.filter(({ at }) => at < end)
  await to(page, 'posts')
  await until('the filter', () => page.evaluate(() => document.querySelector('.tools select') !== null))
  await fill(page, '.tools select', 'reply')
  await page.evaluate(text => {
    const until = [...document.querySelectorAll<HTMLInputElement>('.tools input[type="date"]')].at(-1)!
    until.value = text
    until.dispatchEvent(new Event('change', { bubbles: true }))
  }, typed)
  await says(page, new RegExp(`${old.length} shown, that is all`))
  await press(page, 'button', 'Leave these out')
  await says(page, new RegExp(`Changed: ${old.length}\\.`))
  expect((await readTables(machine, 'posts')).posts.filter(({ left }) => left).map(({ id }) => id).toSorted()).toEqual(old.map(({ id }) => id).toSorted())

  await to(page, 'profile')
  await until('the bio', () => page.evaluate(() => document.querySelector('#profile-bio') !== null))
  await fill(page, '#profile-bio', 'Bread, written anew.')
  await says(page, /20 of 500 on Mastodon[^]*Your change is kept\./)

  await to(page, 'files')
  await press(page, 'button', 'Download bundle', 30_000)
  const { actor, items } = await archiveIn(machine)
  expect(actor.summary).toBe('<p>Bread, written anew.</p>')
  const published = new Set(items.flatMap(({ object }) => (typeof object === 'string' ? [] : [object.published])))
  const open = replies.filter(({ visibility }) => visibility === 'public').map(({ at }) => at)
  expect(open.filter(at => published.has(at) || published.has(at.replace(/\.000Z$/, 'Z')))).toEqual(open.filter(at => at >= end))

  await to(page, 'history')
  await says(page, /Captured from Threads[^]*Ended\.[^]*Kept: \d+/)

  await to(page, 'settings')
  await press(page, 'button', 'Save a backup', 30_000)
  const [saved] = await machine.downloaded([/^holdall-backup-.*\.zip$/])
  const before = await kept(machine)
  await press(page, 'button', 'Delete everything that is kept')
  await press(page, 'button', 'Delete it all for good')
  await says(page, /Nothing is kept here any more\./)
  const gone = await readTables(machine, 'accounts', 'follows', 'posts', 'captures', 'totals', 'lookUps')
  expect(Object.values(gone).map(rows => rows.length)).toEqual([0, 0, 0, 0, 0, 0])

  await choose(page, saved!)
  await says(page, /The backup is back\. Accounts: 1\./)
  expect(await kept(machine)).toEqual(before)
  await expectExactly(machine, simulation)
  await to(page, 'accounts')
  await says(page, /Accounts kept in this browser[^]*on Threads/)
})
