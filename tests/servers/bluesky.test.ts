/** The product against Bluesky's own server software: real accounts, real records, a real repository. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { nothing, type Reading } from '../../lib/model/index.ts'
import { networks } from '../../lib/networks/index.ts'
import { awaitState, begin, popupText, pressInPopup, startOn } from '../harness/drive.ts'
import { removeProfile, type ChromiumMachine } from '../harness/chromium.ts'
import { textOf, until } from '../harness/machine.ts'
import { readTables } from '../harness/store.ts'
import { compareFollows, comparePosts, compareProfile, compareRelations } from '../harness/truth.ts'
import { expectExactly, expectOnlyOwn } from '../e2e/setting.ts'
import { goTheWholeWay } from '../e2e/whole-way.ts'
import { serveBluesky, type RealBluesky } from './bluesky/index.ts'

let bluesky: RealBluesky

beforeAll(async () => {
  bluesky = await serveBluesky()
  process.stderr.write(`The public interface is ${bluesky.appView ? 'the AppView itself' : 'a stand-in, since there is no PostgreSQL here'}.\n`)
})
afterAll(() => bluesky?.close())

const begun = async (): Promise<ChromiumMachine> => {
  const machine = await startOn('chromium', bluesky)
  onTestFinished(() => machine.close())
  return machine
}

const api = 'https://public.api.bsky.app/xrpc/'
const server = 'https://pds.letters.example/xrpc/'

/** One real answer, read. */
const reading = async (url: string, request?: { operation: string; variables?: Record<string, unknown> }): Promise<Reading> => {
  const { status, type, body } = await bluesky.ask(url)
  return networks.bluesky!.read({ url, page: bluesky.home, request, status, contentType: type, body: type.includes('json') ? new TextDecoder().decode(body) : body, seenAt: new Date().toISOString() })
}

const repository = (): Promise<Reading> => {
  const { id } = bluesky.truth().viewer
  return reading(`${server}com.atproto.sync.getRepo?did=${id}`, { operation: 'com.atproto.sync.getRepo', variables: { ownerId: id, server: new URL(server).origin } })
}

test('every record of the repository, and every picture where the reader says that it is', async () => {
  const truth = bluesky.truth()
  const { posts, profiles, follows, relations, unread, ends } = await repository()
  expect(comparePosts(posts as never, truth.posts, truth.viewer.id)).toEqual([])
  expect([unread, new Set(ends.map(({ state }) => state))]).toEqual([[], new Set(['end'])])
  expect(new Set(follows.map(({ id }) => id))).toEqual(new Set(truth.follows.map(({ id }) => id)))
  expect(relations.map(({ relation, id, list }) => [relation, list, id]).toSorted()).toEqual(truth.relations!.map(({ relation, id, list }) => [relation, list, id]).toSorted())
  const [profile] = profiles
  expect(profile).toMatchObject({ name: truth.viewer.name, bio: truth.viewer.bio, pronouns: 'she/her' })
  const addresses = [profile!.avatar, profile!.header, ...posts.flatMap(post => post.media?.map(({ url }) => url) ?? [])]
  expect(addresses.length).toBe(2 + truth.posts.flatMap(({ media }) => media).length)
  for (const address of addresses) {
    const { status, type, body } = await bluesky.ask(address!)
    const file = bluesky.uploaded.get(new URL(address!).searchParams.get('cid')!)!
    expect([status, type, Buffer.from(body).equals(file.bytes)]).toEqual([200, file.type, true])
  }
})

test('views of posts and people, as the AppView makes them (skipped where it is not there)', async context => {
  if (!bluesky.appView) context.skip()
  const truth = bluesky.truth()
  const { id } = truth.viewer
  const all = nothing()
  for (let cursor = ''; ;) {
    const url = `${api}app.bsky.feed.getAuthorFeed?actor=${id}&limit=100&includePins=true${cursor}`
    const { posts } = await reading(url)
    all.posts.push(...posts)
    const next = (JSON.parse(new TextDecoder().decode((await bluesky.ask(url)).body)) as { cursor?: string }).cursor
    if (!next) break
    cursor = `&cursor=${encodeURIComponent(next)}`
  }
  const own = new Map(all.posts.filter(post => post.authorId === id).map(post => [post.id, post]))
  for (const post of truth.posts) {
    const is = own.get(post.id)
    expect([post.id, is?.text, is?.repostOf?.id, is?.quoteOf?.id, is?.replyTo?.id, is?.facets?.map(({ start, end, kind, value }) => ({ start, end, kind, value })) ?? [], is?.media?.map(({ kind, alt }) => [kind, alt]) ?? [], is?.linkPreview?.url])
      .toEqual([post.id, post.text, post.repostOf, post.quoteOf, post.replyTo, post.facets, post.media.map(({ kind, alt }) => [kind, alt]), post.linkPreview])
  }
  const { follows } = await reading(`${api}app.bsky.graph.getFollows?actor=${id}&limit=100`)
  expect(follows.map(one => [one.id, one.handle, one.name ?? '', one.ownerId]).toSorted()).toEqual(truth.follows.filter(one => !one.unavailable).map(one => [one.id, one.handle, one.name, id]).toSorted())
  expect((await reading(`${api}app.bsky.feed.getPostThread?uri=${encodeURIComponent(truth.posts[0]!.id)}`)).posts.map(post => post.text)).toEqual(expect.arrayContaining([truth.posts[0]!.text, '1/3', '2/3']))
})

test('whoever is not there any more: what the servers say is understood', async () => {
  const truth = bluesky.truth()
  const gone = truth.follows.filter(one => one.unavailable).map(({ id }) => id)
  expect(gone.length).toBe(3)
  const asked = async (name: string) => {
    const subject = await reading(`${api}app.bsky.actor.getProfile?actor=${name}`, { operation: 'app.bsky.actor.getProfile', variables: { subject: true, actor: name } })
    return [subject.barrier?.kind, subject.viewer]
  }
  // The stand-in knows no difference between them.
  expect(await Promise.all(gone.map(asked))).toEqual([[bluesky.appView ? 'blocked' : undefined, undefined], [bluesky.appView ? 'blocked' : undefined, undefined], [undefined, undefined]])
  expect(await asked('nobody.test')).toEqual([undefined, undefined])
  const taken = await Promise.all(gone.map(id => reading(`${server}com.atproto.sync.getRepo?did=${id}`, { operation: 'com.atproto.sync.getRepo', variables: { ownerId: id, server: new URL(server).origin } })))
  expect(taken.map(({ barrier, posts }) => [barrier?.kind, posts])).toEqual([['blocked', []], ['blocked', []], [undefined, []]])
})

test('the whole way, with everything ticked', async () => {
  await goTheWholeWay(await begun(), bluesky)
})

test('a server that gives no whole repository: its records, page by page', async () => {
  bluesky.set('no-repo', true)
  onTestFinished(() => bluesky.set('no-repo', false))
  const machine = await begun()
  await begin(machine, bluesky, { also: true })
  await awaitState(machine, ['done'])
  await expectExactly(machine, bluesky, 'first', true)
  await expectOnlyOwn(machine, bluesky)
})

test('the account’s own file, handed over', async () => {
  const truth = bluesky.truth()
  const folder = await mkdtemp(join(tmpdir(), 'holdall-car-'))
  onTestFinished(() => removeProfile(folder))
  await writeFile(join(folder, 'repo.car'), (await bluesky.ask(`${server}com.atproto.sync.getRepo?did=${truth.viewer.id}`)).body)
  const machine = await begun()
  await machine.inside(address => void open(address), '/workspace.html?add=bluesky')
  const page = (await machine.extensionPage('workspace.html')) as unknown as Page
  const input = (await page.waitForSelector('input[type="file"]')) as unknown as { uploadFile(path: string): Promise<void> }
  await input.uploadFile(join(folder, 'repo.car'))
  await until('the file to be added', async () => /Added\. Kept now: /.test(await textOf(page)), 60_000)
  const { profiles, follows, posts, relations, unread } = await readTables(machine, 'profiles', 'follows', 'posts', 'relations', 'unread')
  // A video has no address of its own where nobody said which server has it; its number is there.
  const videos = posts.flatMap(post => post.media?.filter(({ kind }) => kind === 'video') ?? [])
  expect(videos.map(({ url, preview }) => [url, preview])).toEqual([[undefined, undefined]])
  for (const one of videos) one.url = one.id
  expect([unread, compareProfile(profiles[0], truth), compareFollows(follows, truth), comparePosts(posts, truth.posts, truth.viewer.id), compareRelations(relations, truth.relations!)]).toEqual([[], [], [], [], []])
  await expectOnlyOwn(machine, bluesky)
})

test('an account that is deactivated meanwhile, and is back: it stands still, and goes on', async () => {
  const machine = await begun()
  await bluesky.person.deactivate()
  await bluesky.settle()
  const page = await begin(machine, bluesky)
  await awaitState(machine, bluesky.appView ? ['challenged'] : ['paused'], 60_000)
  expect(await popupText(machine, page, /Resume/)).not.toMatch(/\b0 of/)
  await bluesky.person.activate()
  await bluesky.settle()
  await pressInPopup(machine, page, 'Resume')
  await awaitState(machine, ['done'])
  await expectExactly(machine, bluesky)
})

test('captured again after something changed: what is gone is marked, what is new is there', async () => {
  const machine = await begun()
  const page = await begin(machine, bluesky)
  await awaitState(machine, ['done'])
  const before = bluesky.truth()
  await bluesky.moveOn()
  const after = bluesky.truth()
  await machine.closePopup()
  await pressInPopup(machine, page, 'Capture my account')
  await until('a second capture', async () => (await readTables(machine, 'captures')).captures.length === 2, 20_000)
  await awaitState(machine, ['done'])
  const { follows, posts } = await readTables(machine, 'follows', 'posts')
  const gone = (were: { id: string }[], are: { id: string }[]) => were.map(({ id }) => id).filter(id => !are.some(one => one.id === id))
  expect([follows, posts].map(rows => rows.filter(row => row.goneAt).map(({ id }) => id))).toEqual([gone(before.follows, after.follows), gone(before.posts, after.posts)])
  expect([follows, posts].map(rows => rows.filter(row => !row.goneAt).map(({ id }) => id).toSorted())).toEqual([after.follows, after.posts].map(rows => rows.map(({ id }) => id).toSorted()))
})

test('a server that has had enough: the capture waits for as long as it says', async () => {
  // The whole repository has a limit of its own, of twice as many.
  bluesky.set('no-repo', true)
  const machine = await begun()
  const reset = await bluesky.exhaust()
  const page = await begin(machine, bluesky)
  const { run } = await awaitState(machine, ['waiting'], 60_000)
  expect(Math.abs(Date.parse(run.due!) - reset)).toBeLessThan(3000)
  expect(await popupText(machine, page, /Stop/)).toMatch(/goes on by itself/)
})
