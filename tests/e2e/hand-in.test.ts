/** What a person hands over themselves: the network's file, and lists that are pasted, through the workspace's own page. */
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { awaitState, begin } from '../harness/drive.ts'
import { readTables } from '../harness/store.ts'
import { choose, fileOf, openWorkspace, says } from './handing.ts'
import { set } from './setting.ts'

const recorded = new URL('../../../shared/recorded/bluesky/atproto-dart/repo.car', import.meta.url)

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
