/** What the person changes and leaves out, in what goes to a server and in their own copy. */
import { expect, test } from 'vitest'
import { destinations } from '../../../lib/destinations/index.ts'
import { bundle, bundleNumbers, ownCopy } from '../../../lib/export/index.ts'
import { edited, type Profile } from '../../../lib/model/index.ts'
import { previewOf } from '../../../lib/preview/index.ts'
import { account, keptMedia, opened, options, owner, post, room, store, type World } from './fake.ts'

const jpg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0])
const profile: Profile = {
  id: '7', handle: 'Mara.Lind', name: 'Mara Lind', bio: 'I bake. See @ada', bioFacets: [{ start: 12, end: 16, kind: 'mention', value: 'ada' }],
  links: [{ url: 'https://mara.example', title: 'Home' }], fields: [{ name: 'Town', value: 'Harbour' }], avatar: 'https://pictures.example/a.jpg', header: 'https://pictures.example/h.jpg',
}
const world = (edits: World['profile'] = {}): World => ({
  who: { ...owner, avatar: 'https://pictures.example/a.jpg' },
  profile: { ...profile, ...edits },
  posts: [post('1'), post('2', { left: true }), post('3', { kind: 'reply', left: true })],
  media: [keptMedia('@profile', 0, jpg), keptMedia('@profile', 1, jpg)],
})
const actorOf = async (given: World) => (await opened((await bundle(store(given), account, options)).file))

test('posts that were left out are in no archive, are counted, and stay in the own copy', async () => {
  const made = await bundle(store(world()), account, options)
  const { items } = await opened(made.file)
  expect(items).toHaveLength(1)
  expect(made.left_out).toEqual([{ reason: 'left-out', count: 2 }])
  expect((await bundleNumbers(store(world()), account, options)).included).toMatchObject({ posts: 1, replies: 0 })
  const [copy] = await ownCopy(store(world()), account, { room, lists: [], readme: [] })
  const { items: all, text } = await opened(copy!)
  expect(all).toHaveLength(3)
  expect(text('extra/posts.jsonl').trim().split('\n')).toHaveLength(3)
})

test('the profile is written as the person changed it; what was captured stays in the own copy', async () => {
  const given = world({ edits: { name: 'Mara of the Harbour', bio: 'I bake bread.', fields: [{ name: 'Radio', value: 'https://radio.example/mara' }, { name: ' ', value: '' }] } })
  const { json } = await actorOf(given)
  const actor = json('actor.json')
  expect(actor.name).toBe('Mara of the Harbour')
  expect(actor.summary).toBe('<p>I bake bread.</p>')
  // The source's own name and address come first.
  expect(actor.attachment.slice(1).map(({ name }: { name: string }) => name)).toEqual(['Radio'])
  expect(actor.attachment[1].value).toContain('href="https://radio.example/mara"')
  const [copy] = await ownCopy(store(given), account, { room, lists: [], readme: [] })
  const kept = JSON.parse((await opened(copy!)).text('extra/profile.jsonl')) as Record<string, unknown>
  expect(kept).toMatchObject({ name: 'Mara Lind', bio: 'I bake. See @ada', edits: { name: 'Mara of the Harbour' } })
})

test('a picture that stays here is in no archive, and neither is its address', async () => {
  const both = await actorOf(world())
  expect(both.names.filter(name => /^(avatar|header)\./.test(name))).toEqual(['avatar.jpg', 'header.jpg'])
  const none = await actorOf(world({ edits: { avatar: false, header: false } }))
  expect(none.names.filter(name => /^(avatar|header)\./.test(name))).toEqual([])
  expect(none.text('actor.json')).not.toContain('pictures.example')
})

test('an empty text is one: nothing stands there', () => {
  expect(edited({ ...profile, edits: { bio: '', name: '' } })).toMatchObject({ bio: '', name: '' })
  expect(edited(profile)).toBe(profile)
  // What points into the old text goes with it, and only then.
  expect(edited({ ...profile, edits: { bio: 'Other' } })).not.toHaveProperty('bioFacets')
  expect(edited({ ...profile, edits: { name: 'Other' } })).toHaveProperty('bioFacets')
})

test('the preview measures what is to be written', () => {
  const fits = previewOf(account, {}, { ...profile, edits: { bio: 'b'.repeat(501) } }, destinations.mastodon).profile
  expect(fits.find(({ field }) => field === 'bio')).toMatchObject({ fits: false, length: 501, limit: 500 })
})
