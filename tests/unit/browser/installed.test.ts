import { beforeEach, expect, test } from 'vitest'
import browser from 'webextension-polyfill'
import { greetWith } from '../../../lib/browser/installed.ts'
import fake, { reset, world } from '../fake-browser.ts'

beforeEach(reset)

const installed = async (reason: string): Promise<void> => {
  fake.runtime.onInstalled.fire({ reason })
  await new Promise(done => setTimeout(done, 5))
}
const page = 'https://extension.invalid/workspace.html#welcome'

test('the page opens once after the install, and never again', async () => {
  greetWith('workspace.html#welcome')
  await installed('install')
  expect(world.opened).toEqual([page])
  // Loaded from a folder, an extension counts as installed anew at each start of the browser.
  await installed('install')
  expect(world.opened).toEqual([page])
})

test('an update opens nothing', async () => {
  greetWith('workspace.html#welcome')
  await installed('update')
  await installed('chrome_update')
  expect(world.opened).toEqual([])
})

test('where there is no window to open a tab in, a window is opened', async () => {
  greetWith('workspace.html#welcome')
  const { create } = fake.tabs
  fake.tabs.create = async () => { throw new Error('No current window') }
  try {
    await installed('install')
  } finally {
    fake.tabs.create = create
  }
  expect(world.opened).toEqual([page])
  expect(await browser.storage.local.get('greeted')).toEqual({ greeted: true })
})

test('where nothing can be opened or kept, nothing fails', async () => {
  greetWith('workspace.html#welcome')
  const [tab, window, set] = [fake.tabs.create, fake.windows.create, fake.storage.local.set]
  const fails = async (): Promise<never> => { throw new Error('no') }
  Object.assign(fake.tabs, { create: fails })
  Object.assign(fake.windows, { create: fails })
  Object.assign(fake.storage.local, { set: fails })
  try {
    await installed('install')
    expect(world.opened).toEqual([])
  } finally {
    Object.assign(fake.tabs, { create: tab })
    Object.assign(fake.windows, { create: window })
    Object.assign(fake.storage.local, { set })
  }
})
