/** What a person hands over themselves: the network's file, and lists that are pasted, through the workspace's own page. */
import { existsSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { expect, onTestFinished, test } from 'vitest'
import { removeProfile, type ChromiumMachine } from '../harness/chromium.ts'
import { awaitState, begin } from '../harness/drive.ts'
import { until } from '../harness/machine.ts'
import { readTables } from '../harness/store.ts'
import { set } from './setting.ts'

const recorded = new URL('../../../shared/recorded/bluesky/atproto-dart/repo.car', import.meta.url)

const fileOf = async (name: string, text: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'holdall-hand-in-'))
  onTestFinished(() => removeProfile(folder))
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

/** The workspace, opened at the address that the popup opens. */
const openWorkspace = async (machine: ChromiumMachine, query: string): Promise<Page> => {
  await machine.inside(address => void open(address), `/workspace.html${query}`)
  return (await machine.extensionPage('workspace.html')) as unknown as Page
}

const choose = async (page: Page, path: string): Promise<void> => {
  const input = await page.waitForSelector('input[type="file"]')
  await (input as unknown as { uploadFile?(path: string): Promise<void>; setInputFiles?(path: string): Promise<void> })[('setInputFiles' in input!) ? 'setInputFiles' : 'uploadFile']!(path)
}

const says = async (page: Page, about: RegExp, milliseconds = 60_000): Promise<string> => {
  let text = ''
  await until(`the page to say ${about}`, async () => about.test((text = await page.evaluate(() => document.body.innerText))), milliseconds).catch((error: unknown) => {
    throw new Error(`The page does not say ${about}, but:\n${text}`, { cause: error })
  })
  return text
}

test.skipIf(!existsSync(recorded))('a real repository of Bluesky, handed over as a file: read whole (skipped where it is not there)', async () => {
  const { machine } = await set('chromium', { follows: 5, posts: 5 }, {}, 'bluesky')
  const page = await openWorkspace(machine, '?add=bluesky')
  await choose(page, recorded.pathname)
  await says(page, /Added\. Kept now: .*2,716/, 120_000)
  // 2,718 records of follows, of 2,716 people: two were followed twice.
  const { follows, posts, relations, captures, unread } = await readTables(machine, 'follows', 'posts', 'relations', 'captures', 'unread')
  expect([follows.length, posts.filter(post => post.kind !== 'repost').length, posts.filter(post => post.kind === 'repost').length, relations.filter(one => one.relation === 'like').length]).toEqual([2716, 37, 60, 6])
  expect(unread).toEqual([])
  expect(captures).toMatchObject([{ handIn: true, state: 'done' }])
}, 180_000)

test('a file that is none is said to be none, and nothing is kept', async () => {
  const { machine } = await set('chromium', { follows: 5, posts: 5 }, {}, 'bluesky')
  const page = await openWorkspace(machine, '?add=bluesky')
  await choose(page, await fileOf('repo.car', 'this is not a repository'))
  expect(await says(page, /Nothing in it could be read/)).toMatch(/Download CAR file/)
  expect((await readTables(machine, 'follows', 'posts', 'accounts')).accounts).toEqual([])
})

test('lists from a server’s settings join what was captured, and are no second copy', async () => {
  const { machine, simulation } = await set('chromium', { follows: 8, posts: 4 }, {}, 'mastodon')
  await begin(machine, simulation)
  await awaitState(machine, ['done'])
  const [account] = (await readTables(machine, 'accounts')).accounts
  const page = await openWorkspace(machine, `?account=${encodeURIComponent(account!.account)}#add`)
  await choose(page, await fileOf('blocked_accounts.csv', 'Account address\ntroll@kettle.example\nspam@letters.example\n'))
  await says(page, /Added\. Kept now: Blocked people 2/)
  const { relations } = await readTables(machine, 'relations')
  expect(relations.map(({ relation, handle, ownerId }) => [relation, handle, ownerId]).toSorted()).toEqual([['block', 'spam@letters.example', account!.id], ['block', 'troll@kettle.example', account!.id]])
})

test('the list of people that the app shows, pasted after a capture', async () => {
  const { machine, simulation } = await set('chromium', { follows: 8, posts: 6 }, {}, 'rednote')
  await begin(machine, simulation)
  await awaitState(machine, ['done'])
  const [account] = (await readTables(machine, 'accounts')).accounts
  const page = await openWorkspace(machine, `?account=${encodeURIComponent(account!.account)}#add`)
  const box = await page.waitForSelector('#add-paste-rednote')
  await box!.type('Lamp Clinic\nhttps://www.xiaohongshu.com/user/profile/5f3a1b2c000000000100a1b2\n')
  await page.evaluate(() => [...document.querySelectorAll('button')].find(button => button.textContent === 'Add the list')!.click())
  await says(page, /Added\. Kept now: People you follow 2/)
  const { follows } = await readTables(machine, 'follows')
  expect(follows.map(({ handle, ownerId, source }) => [handle, ownerId, source]).toSorted()).toEqual([['5f3a1b2c000000000100a1b2', account!.id, 'hand'], ['Lamp Clinic', account!.id, 'hand']])
})

test('the official download, where the network shows no list: whom they follow, and since when', async () => {
  const { machine, simulation } = await set('chromium', { follows: 8, posts: 6, modes: ['hidden-list'] }, {}, 'tiktok')
  await begin(machine, simulation)
  await awaitState(machine, ['done'])
  const [account] = (await readTables(machine, 'accounts')).accounts
  const page = await openWorkspace(machine, `?account=${encodeURIComponent(account!.account)}#add`)
  const mail = 'somebody@letters.example'
  const download = {
    'Profile And Settings': { 'Profile Info': { ProfileMap: { userName: account!.handle, emailAddress: mail } }, Following: { Following: [{ Date: '2023-05-01 12:34:56', UserName: 'lamp.clinic' }, { Date: '2022-01-02 03:04:05', UserName: 'third_kettle' }] } },
    'Direct Message': { 'Direct Messages': { ChatHistory: { x: [{ Content: mail }] } } },
  }
  await choose(page, await fileOf('user_data_tiktok.json', JSON.stringify(download)))
  await says(page, /Added\. Kept now: .*People you follow 2/)
  const tables = await readTables(machine, 'follows', 'posts', 'profiles', 'unread')
  expect(tables.follows.map(({ handle, ownerId, source, createdAt }) => [handle, ownerId, source, createdAt]).toSorted()).toEqual([['lamp.clinic', account!.id, 'export', '2023-05-01T12:34:56.000Z'], ['third_kettle', account!.id, 'export', '2022-01-02T03:04:05.000Z']])
  expect([tables.unread, tables.profiles.map(({ handle, links }) => [handle, links?.length])]).toEqual([[], [[account!.handle, 1]]])
  expect(JSON.stringify(tables)).not.toContain(mail)
})
