/** From a capture to a list of people who can be followed, through the workspace's own buttons: looked up, ticked, typed, downloaded, arrived, and looked at again. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { expect, onTestFinished, test } from 'vitest'
import { removeProfile, type ChromiumMachine } from '../harness/chromium.ts'
import { awaitState, begin, pressInPopup, startOn } from '../harness/drive.ts'
import { readFollowList, readTable } from '../harness/files.ts'
import { press, until } from '../harness/machine.ts'
import { readTables, setCourtesy } from '../harness/store.ts'
import { startFediverse } from '../networks/fediverse/index.ts'
import { simulate } from './setting.ts'

const HOME = 'threads.net'
/** As Mastodon takes them: some names of the network can't be the user part of an address. */
const USER = /^[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*$/
const LIST = 'Account address,Show boosts,Notify on new posts,Languages'

const says = async (page: Page, about: RegExp, milliseconds = 30_000): Promise<string> => {
  let text = ''
  await until(`the page to say ${about}`, async () => about.test((text = await page.evaluate(() => document.body.innerText))), milliseconds).catch((error: unknown) => {
    throw new Error(`The page does not say ${about}, but:\n${text}`, { cause: error })
  })
  return text
}

const go = async (page: Page, part: string): Promise<void> => {
  await page.evaluate(name => { location.hash = name }, part)
  await until(`the part ${part}`, () => page.evaluate(name => document.querySelector(`nav a[href="#${name}"]`)?.getAttribute('aria-current') === 'page', part))
}

/** Everybody on the screen: handle, the reason that is shown, and whether they are ticked. */
const shown = (page: Page): Promise<{ handle: string; reason: string; ticked: boolean }[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.people tbody tr')].map(row => ({
      handle: /@(\S+)\s*$/.exec((row.querySelector('th') as HTMLElement).innerText.trim())?.[1] ?? '',
      reason: (row.querySelector('td:last-child .small') as HTMLElement).innerText.trim(),
      ticked: row.querySelector('input')!.checked,
    })))

const addressesIn = async (path: string): Promise<string[]> => {
  const { addresses, wrong } = readFollowList(await readFile(path, 'utf8'))
  expect(wrong).toEqual([])
  return addresses
}

const drop = async (machine: ChromiumMachine, page: Page, name: string, text: string): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'holdall-arrived-'))
  onTestFinished(() => removeProfile(folder))
  await writeFile(join(folder, name), text)
  const input = await page.waitForSelector('#arrive-file')
  await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(join(folder, name))
}

test('looked up, ticked, typed, downloaded, arrived, and looked at again', async () => {
  const fed = await startFediverse({
    instances: {
      'harbour.example': {
        pages: {
          '/api/v2/instance': [{ domain: 'harbour.example', title: 'The Harbour', version: '4.6.5', registrations: { enabled: true, approval_required: true, min_age: 16 }, rules: [{ text: 'Be kind' }], configuration: { statuses: { max_characters: 3000 } } }],
          '/api/v1/instance/domain_blocks': [[{ domain: HOME, severity: 'suspend' }]],
        },
      },
    },
  })
  onTestFinished(() => fed.close())
  const simulation = await simulate({ follows: 60, posts: 6 })
  const hosts = simulation.hosts.filter(host => !host.includes(HOME))
  const machine = await startOn('chromium', simulation, {
    beside: [{ hosts: [HOME, `www.${HOME}`, '*'], port: fed.port }], hosts, allowed: [...hosts.filter(host => !host.startsWith('*')), 'www.threads.com', HOME, `www.${HOME}`],
  })
  onTestFinished(() => machine.close())
  const asked = (): string[] => fed.requests.filter(({ host }) => host === HOME || host.endsWith('.example')).map(({ host, path }) => host + path)

  const { follows } = simulation.truth()
  const can = follows.filter(({ handle, locked }) => !locked && USER.test(handle.toLowerCase()))
  const sharing = can.filter((_, at) => at % 3 === 0)
  // The host as it is asked for.
  const remote = follows.filter(({ handle }) => handle.includes('@')).map(({ handle }) => handle.toLowerCase().replace(/@(.*)/, (_, host: string) => `@${new URL(`https://${host}`).host}`))
  const home = (person: { handle: string }): string => `${person.handle.toLowerCase()}@${HOME}`
  fed.put(HOME, { ways: ['closed'], people: Object.fromEntries(sharing.map(({ handle }) => [handle.toLowerCase(), 'here' as const])) })

  const site = await begin(machine, simulation)
  await awaitState(machine, ['done'])
  await setCourtesy(machine, 10)
  await machine.closePopup()
  await pressInPopup(machine, site, 'Look up who can be followed')
  const page = (await machine.extensionPage('workspace.html')) as unknown as Page
  const before = await says(page, /would see that you ask about/)
  expect(before).toContain(`${HOME} would see that you ask about ${can.length} names`)
  expect(asked()).toEqual([])

  // Everybody who was not looked up can be taken along all the same, and left again.
  await (await page.waitForSelector('.lookup summary ::-p-text(Without a look-up)'))!.click()
  await press(page, 'button', `Tick all ${can.length} of whom it is not known`)
  await says(page, new RegExp(`${can.length + remote.length} people are in the follow list`))
  await press(page, 'button', 'Tick as Holdall would')
  await says(page, new RegExp(`\\D${remote.length} (people are|person is) in the follow list`))

  // Exactly those who share can be followed.
  await press(page, 'button', `Look up ${can.length} names`)
  await says(page, /Looked up on/, 60_000)
  const rows = async () => (await readTables(machine, 'follows')).follows
  const followable = (await rows()).filter(({ reach }) => reach.verdict === 'followable').map(({ reach }) => reach.address!)
  expect(followable.toSorted()).toEqual([...sharing.map(home), ...remote].toSorted())

  // The person leaves one out, and knows the address of another.
  const plain = (person: { name: string }): boolean => /^[A-Za-z][\w .]*$/.test(person.name)
  const nameOf = (person: { name: string; handle: string }): string => (person.name ? `${person.name} (@${person.handle})` : `@${person.handle}`)
  const out = sharing.find(plain)!
  const typed = can.find(person => plain(person) && !sharing.includes(person))!
  await press(page, 'checkbox', `In the follow list: ${nameOf(out)}`)
  await press(page, 'button', `Change the address of ${nameOf(typed)}`)
  const input = await page.waitForSelector('.address-form input')
  await input!.evaluate(element => (element as HTMLInputElement).select())
  await input!.type('not an address')
  await press(page, 'button', 'Keep it')
  await says(page, /That is no address of the fediverse/)
  await input!.evaluate(element => (element as HTMLInputElement).select())
  await input!.type('https://social.example/@typed.one')
  await press(page, 'button', 'Keep it')
  await says(page, /typed\.one@social\.example/)
  const ticked = [...sharing.filter(person => person !== out).map(home), ...remote, 'typed.one@social.example'].toSorted()
  await says(page, new RegExp(`${ticked.length} people are in the follow list`))
  const screen = await shown(page)
  expect(screen).toHaveLength(follows.length)
  expect(screen.filter(row => row.ticked)).toHaveLength(ticked.length)

  // The server they go to is asked about itself, once the button is pressed.
  await go(page, 'moves')
  await (await page.waitForSelector('#server-name'))!.type('https://harbour.example/about')
  await press(page, 'button', 'Keep it')
  expect(asked().filter(one => one.startsWith('harbour'))).toEqual([])
  await press(page, 'button', 'Ask harbour.example about itself')
  const about = await says(page, /cannot be followed from there/)
  expect(about).toContain(`harbour.example blocks ${HOME}: ${sharing.length - 1} of your ${ticked.length} cannot be followed from there.`)
  expect(about).toMatch(/after looking at each request\. You must be 16 or older/)
  expect(asked().filter(one => one.startsWith('harbour'))).toEqual(['harbour.example/api/v2/instance', 'harbour.example/.well-known/nodeinfo', 'harbour.example/api/v1/instance/domain_blocks'])

  // The list is what is ticked; everybody else has the reason that the screen shows.
  await go(page, 'files')
  await press(page, 'button', 'Save following_accounts.csv')
  const [main] = await machine.downloaded([/^following_accounts\.csv$/])
  expect(await addressesIn(main!)).toEqual(ticked)
  await press(page, 'button', 'Save not-followable.csv')
  const [people] = await machine.downloaded([/^not-followable\.csv$/])
  const listed = readTable(await readFile(people!, 'utf8')).slice(1).map(([handle, , , why]) => ({ handle: handle!.replace(/^'?@?/, ''), reason: why!.replace(/^'/, '') }))
  const unticked = screen.filter(row => !row.ticked).map(({ handle, reason }) => ({ handle, reason }))
  expect(listed.toSorted((a, b) => a.handle.localeCompare(b.handle))).toEqual(unticked.toSorted((a, b) => a.handle.localeCompare(b.handle)))
  expect(listed.find(({ handle }) => handle === out.handle)?.reason).toBe('you left them out')

  // After the import: three of one server failed, and one of another.
  const again = sharing.filter(person => person !== out).slice(0, 3).map(home)
  await drop(machine, page, 'following_accounts_failures.csv', `${LIST}\n${[...again, 'typed.one@social.example'].map(address => `${address},true,false,\n`).join('')}`)
  await says(page, new RegExp(`${ticked.length - 4} arrived`))
  const states = (await rows()).flatMap(({ arrival, saved }) => (arrival ? [[saved!.address, arrival.state, arrival.detail]] : []))
  // It is known by now that this server blocks theirs.
  expect(states.filter(([, state]) => state !== 'arrived').toSorted()).toEqual([...again.map(address => [address, 'failed', 'blocked-host']), ['typed.one@social.example', 'failed', 'refused']].toSorted())
  await press(page, 'button', 'Download the rest')
  const [rest] = await machine.downloaded([/^following_accounts-rest\.csv$/])
  expect((await addressesIn(rest!)).toSorted()).toEqual([...again, 'typed.one@social.example'].toSorted())

  // The world moves on: two more share. Looking again finds them, and only they are new.
  const later = can.filter(person => !sharing.includes(person) && person !== typed).slice(0, 2)
  fed.put(HOME, { ways: ['closed'], people: Object.fromEntries([...sharing, ...later].map(({ handle }) => [handle.toLowerCase(), 'here' as const])) })
  await go(page, 'follows')
  const count = fed.names().length
  // The typed address was never asked about: that comes first, and everybody else is folded in.
  await says(page, /Look up 1 name/)
  await (await page.waitForSelector('.lookup summary ::-p-text(Or look again)'))!.click()
  await press(page, 'button', 'Look again')
  await until('the second look-up', async () => (await rows()).filter(({ reach }) => later.map(home).includes(reach.address ?? '') && reach.verdict === 'followable').length === 2, 60_000)
  expect(fed.names().slice(count).filter(({ name }) => sharing.map(home).includes(name))).toEqual([])
  await go(page, 'files')
  await press(page, 'button', 'Download what is new')
  const [fresh] = await machine.downloaded([/^following_accounts-new\.csv$/])
  expect(await addressesIn(fresh!)).toEqual(later.map(home).toSorted())
  // What the person decided is as it was.
  const kept = await rows()
  expect(kept.find(({ handle }) => handle === out.handle)?.choice).toEqual({ include: false })
  expect(kept.find(({ handle }) => handle === typed.handle)).toMatchObject({ choice: { address: 'typed.one@social.example' }, reach: { address: 'typed.one@social.example' } })
}, 240_000)
