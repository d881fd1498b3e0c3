/** What each importer demands (docs/bundle.md, "What each reader does with it") holds for every note of every archive; and each rule sees what breaks it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundle, type BundleOptions } from '../../../../lib/export/index.ts'
import { simulations } from '../../../networks/index.ts'
import { account, options, owner, store, type Any, type World } from '../fake.ts'
import { everybody, refusals, archiveOf, taken, type Archive } from './importer.ts'
import { importers } from './index.ts'
import { everyField, everyPicture, hostile, ofTruth, word } from './posts.ts'

const archivesOf = async (world: World, more: Partial<BundleOptions> = {}): Promise<Archive[]> => {
  const made = await bundle(store(world), account, { ...options, ...more })
  expect(made.problems).toEqual([])
  return Promise.all([made.file, ...made.others].map(archiveOf))
}
const refused = (archive: Archive): string[] => importers.flatMap(importer => refusals(importer, archive))

describe('every archive is taken by every importer', () => {
  test.each(Object.keys(simulations))('of the posts of a simulated account: %s', async network => {
    const site = await simulations[network]!({ follows: 3, posts: 80, signedIn: 'first' })
    try {
      const world = ofTruth(site.truth())
      for (const include of ['public', 'followers-too'] as const) {
        const [archive] = await archivesOf(world, { include })
        expect(archive!.items.length).toBeGreaterThan(20)
        expect(refused(archive!)).toEqual([])
      }
    } finally {
      await site.close()
    }
  })

  test('of posts with every field, in one part or several', async () => {
    const world: World = { posts: everyField, media: everyPicture, profile: { bio: 'Boats by @jo\nand more', links: [{ url: 'https://mara.example.org' }], avatar: 'https://cdn.example.net/a', header: 'https://cdn.example.net/h' } }
    const [archive] = await archivesOf(world, { include: 'followers-too' })
    expect(refused(archive!)).toEqual([])
    // HEIC without a twin is the one that is not given to importers, and one was never kept.
    expect(archive!.items.find(item => item.object.attachment?.length > 1).object.attachment).toHaveLength(10)
    // Who passes over what: answers to others and followers-only (slurp), followers-only (WordPress), reposts (Sharkey).
    const counts = Object.fromEntries(importers.map(importer => [importer.name, taken(importer, archive!)]))
    expect(counts).toMatchObject({ "Mastodon's layout": 10, Sharkey: 9, slurp: 7, WordPress: 8, NeoDB: 10, Bonfire: 9 })
    const parts = await archivesOf(world, { include: 'followers-too', most: 5 })
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.flatMap(({ items }) => items).map(item => item.id).toSorted()).toEqual(archive!.items.map(item => item.id).toSorted())
  })

  test('whatever was captured', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.constantFrom('public' as const, 'followers-too' as const, 'opened' as const), word, fc.option(word, { nil: undefined }), async (world, include, handle, bio) => {
        const [archive] = await archivesOf({ ...world, who: { ...owner, handle }, profile: { bio, locked: true } }, { include })
        expect(refused(archive!)).toEqual([])
      }),
      { numRuns: 250 },
    )
  })

  test('nobody gets to read more than at the source, however it is exported', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.constantFrom('public' as const, 'followers-too' as const, 'opened' as const), fc.constantFrom(true, false, undefined), async ({ posts, media }, include, locked) => {
        const unique = posts.filter(({ id }, place) => posts.findIndex(other => other.id === id) === place)
        const [archive] = await archivesOf({ posts: unique, media, profile: { locked } }, { include })
        for (const { to, cc, object, id } of archive!.items) {
          const source = unique.find(one => id === `${archive!.actor.id}/statuses/${encodeURIComponent(one.id.toWellFormed())}/activity`)!
          const open = [...to, ...cc, ...(object.to ?? []), ...(object.cc ?? [])].includes(everybody)
          const said = source.visibility ?? (source.kind === 'repost' ? (locked ? 'followers' : locked === false ? 'public' : 'unknown') : 'unknown')
          expect(source.ghost).toBeFalsy()
          expect(['public', 'unlisted', ...(include === 'public' ? [] : ['followers'])]).toContain(said)
          // The one exception is what the person asked for by a second question: of a private account, what its privacy alone had closed.
          const opened = said === 'followers' && include === 'opened' && locked === true
          expect(open).toBe(said !== 'followers' || opened)
          expect(to.includes(everybody)).toBe(said === 'public' || opened)
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('every rule can see what breaks it', () => {
  const good = async (): Promise<Archive> => (await archivesOf({ posts: everyField, media: everyPicture, profile: {} }, { include: 'followers-too' }))[0]!
  /** A public note of one's own with pictures, one that answers it, and a repost. */
  const first = ({ items }: Archive): Any => items.find(item => item.object.attachment?.length > 1)
  const plainOne = ({ items }: Archive): Any => items.find(item => item.object.id?.endsWith('/t1'))
  const answer = ({ items }: Archive): Any => items.find(item => item.object.id?.endsWith('/t2'))
  const repost = ({ items }: Archive): Any => items.find(item => item.type === 'Announce')
  const change = (item: Any, more: object): void => void Object.assign(item, more)
  const both = (item: Any, more: object): void => (change(item, more), change(item.object, more))
  const without = (archive: Archive, name: RegExp): void => void (archive.names = archive.names.filter(one => !name.test(one)))

  const broken: [what: string, breaks: (archive: Archive) => void, seenBy: string[]][] = [
    ['no actor at the root', archive => without(archive, /^actor/), ["Mastodon's layout: four files", 'MARL: the actor and', 'Sharkey: actor.json', 'Firefish: actor.json']],
    ['a folder around it all', archive => void (archive.names = archive.names.map(name => `archive/${name}`)), ['Sharkey: actor.json', 'WordPress: outbox.json', 'mastodon-data-viewer.py: the actor names']],
    ['a file that is none of the layout', archive => void archive.names.push('following_accounts.csv'), ["Mastodon's layout: four files"]],
    ['the context is a string', archive => change(archive.actor, { '@context': 'https://www.w3.org/ns/activitystreams' }), ["Mastodon's layout: the context", 'Sharkey: the context']],
    ['the context is Pleroma’s', archive => archive.actor['@context'].push('https://pleroma.example/schemas/litepub-0.1.jsonld'), ['Sharkey: the context']],
    ['the actor is a service elsewhere', archive => change(archive.actor, { type: 'Service', preferredUsername: 'Mara.Lind' }), ["Mastodon's layout: the actor is"]],
    ['somebody’s host is claimed', archive => change(archive.actor, { publicKey: {} }), ["Mastodon's layout: no host"]],
    ['the actor has no followers', archive => change(archive.actor, { followers: undefined }), ['slurp: the actor', 'NeoDB: the actor']],
    ['a field has no value', archive => change(archive.actor, { attachment: [{ type: 'Note', name: 'x' }] }), ["Mastodon's layout: fields"]],
    ['the avatar is not there', archive => without(archive, /^avatar/), ['MARL: a picture of the profile']],
    ['the outbox is no list', archive => change(archive.outbox, { orderedItems: {} }), ['MARL: the outbox', 'slurp: the outbox', 'NeoDB: the outbox', 'Bonfire: the outbox', "Mastodon's layout: the outbox"]],
    ['the outbox counts wrongly', archive => change(archive.outbox, { totalItems: 1 }), ["Mastodon's layout: the outbox"]],
    ['an id is there twice', archive => change(plainOne(archive), { id: first(archive).id }), ["Mastodon's layout: ids", 'NeoDB: ids']],
    ['newest first', archive => void archive.items.reverse(), ["Mastodon's layout: oldest", 'Sharkey: an answer', 'slurp: an own post', "Mastodon's layout: an answer"]],
    ['subtitles among the files', archive => void archive.names.push('media_attachments/files/a/original/x.srt'), ['Sharkey: no subtitles']],
    ['two files of one name', archive => void archive.names.push(`media_attachments/files/ffff/original/${archive.names.at(-1)!.split('/').at(-1)}`), ['Sharkey: every file', 'Pixelfed: every file']],
    ['it is an article', archive => change(plainOne(archive).object, { type: 'Article' }), ["Mastodon's layout: it is"]],
    ['a repost is an object', archive => change(repost(archive), { object: { id: 'x' } }), ["Mastodon's layout: it is", 'NeoDB: a repost']],
    ['an id under nobody', archive => change(plainOne(archive), { actor: 'https://example.org/jo' }), ["Mastodon's layout: it stands", "Mastodon's layout: activity and note"]],
    ['an activity is not called after its note', archive => change(plainOne(archive).object, { id: 'https://example.org/1' }), ['MARL: an activity']],
    ['a date without a zone', archive => both(plainOne(archive), { published: '2025-03-01T00:00:00' }), ["Mastodon's layout: dates", 'MARL: the activity has a date', 'Sharkey: the note has', 'slurp: the date', 'GoToSocial: the date is after', 'WordPress: the activity has a date', 'NeoDB: the note has']],
    ['a day that there is not', archive => both(plainOne(archive), { published: '2025-02-30T00:00:00Z' }), ["Mastodon's layout: dates"]],
    ['before 1970', archive => both(plainOne(archive), { published: '1969-12-31T00:00:00Z' }), ['GoToSocial: the date is after']],
    ['in the future', archive => both(plainOne(archive), { published: '2031-01-01T00:00:00Z' }), ['GoToSocial: the date is not']],
    ['an edit before the post', archive => change(plainOne(archive).object, { updated: '2024-01-01T00:00:00Z' }), ["Mastodon's layout: an edit"]],
    ['`to` of the activity is a string', archive => change(plainOne(archive), { to: everybody }), ['MARL: the activity has readers', 'Sharkey: readers', 'WordPress: readers', "Mastodon's layout: it is public"]],
    ['`to` of the note is a string', archive => change(plainOne(archive).object, { to: everybody }), ['slurp: readers', 'NeoDB: readers']],
    ['for nobody', archive => both(plainOne(archive), { to: [], cc: [] }), ['Sharkey: it is for', 'NeoDB: readers']],
    ['for somebody', archive => both(plainOne(archive), { to: [everybody], cc: ['https://example.org/jo'] }), ['slurp: nobody but', 'NeoDB: readers']],
    ['the activity is wider than the note', archive => change(plainOne(archive).object, { to: [archive.actor.followers], cc: [] }), ['Sharkey: nobody gets']],
    ['an answer to a note that is not there', archive => change(answer(archive).object, { inReplyTo: `${archive.actor.id}/statuses/none` }), ["Mastodon's layout: an answer", 'Sharkey: an answer', 'slurp: an own post']],
    ['a warning without "sensitive"', archive => change(first(archive).object, { sensitive: undefined }), ['Sharkey: a warning', 'slurp: sensitive']],
    ['a warning that is a number', archive => change(plainOne(archive).object, { summary: 1 }), ['WordPress: a warning']],
    ['a picture in the text', archive => change(plainOne(archive).object, { content: '<p><img src="x"></p>' }), ['Sharkey: text is']],
    ['a word that names somebody', archive => change(plainOne(archive).object, { content: '<p>to <a href="https://x.com/jack">@jack</a></p>' }), ['Sharkey: no link', 'slurp: no word', 'NeoDB: it need not']],
    ['a bare line end', archive => change(plainOne(archive).object, { content: '<p>a\nb</p>' }), ["Mastodon's layout: it has no bare"]],
    ['no text', archive => change(plainOne(archive).object, { content: null }), ['MARL: the note has text', 'WordPress: the note has an id', 'NeoDB: the note has']],
    ['nothing in it', archive => change(plainOne(archive).object, { content: '' }), ['GoToSocial: there is something']],
    ['a language that is none', archive => change(plainOne(archive).object, { contentMap: { qme: plainOne(archive).object.content } }), ['GoToSocial: the language']],
    ['a language for another text', archive => change(plainOne(archive).object, { contentMap: { en: 'else' } }), ['slurp: the language']],
    ['languages in a list', archive => change(plainOne(archive).object, { contentMap: ['en'] }), ['MARL: languages']],
    ['a language without text', archive => change(plainOne(archive).object, { contentMap: { en: null } }), ['NeoDB: the first language']],
    ['tags are an object', archive => change(plainOne(archive).object, { tag: { type: 'Hashtag', name: '#a' } }), ['slurp: tags', 'WordPress: tags', 'MARL: tags']],
    ['a mention among the tags', archive => change(plainOne(archive).object, { tag: [{ type: 'Mention', href: 'https://example.org/jo', name: '@jo' }] }), ['slurp: tags', "Mastodon's layout: tags"]],
    ['a tag without #', archive => change(plainOne(archive).object, { tag: [{ type: 'Hashtag', href: 'https://example.org', name: 'two words' }] }), ['Sharkey: hashtags', "Mastodon's layout: tags"]],
    ['no attachments', archive => change(plainOne(archive).object, { attachment: undefined }), ['WordPress: attachments', 'Firefish: attachments']],
    ['a file at its old address', archive => change(first(archive).object.attachment[0], { url: 'https://cdn.example.net/1.jpg' }), ["Mastodon's layout: an attachment", 'MARL: files', 'slurp: folder', 'WordPress: folder', 'NeoDB: a file', 'Sharkey: a file', 'Pixelfed: a file', 'Firefish: folder']],
    ['a file without the slash', archive => change(first(archive).object.attachment[0], { url: first(archive).object.attachment[0].url.slice(1) }), ['WordPress: folder', 'Firefish: folder', 'slurp: folder']],
    ['a file that is not there', archive => without(archive, /^media_attachments/), ['MARL: files', 'Sharkey: a file', 'slurp: folder', 'WordPress: folder', 'NeoDB: a file', 'Pixelfed: a file', 'Firefish: folder']],
    ['a file of a kind that is not shown', archive => change(first(archive).object.attachment[0], { mediaType: 'image/heic' }), ['MARL: files']],
    ['a file without a kind', archive => change(first(archive).object.attachment[0], { mediaType: undefined }), ['WordPress: a file has', "Mastodon's layout: an attachment"]],
    ['a file with two addresses', archive => change(first(archive).object.attachment[0], { url: [first(archive).object.attachment[0].url] }), ['slurp: an address']],
    ['a file of two posts', archive => change(plainOne(archive).object, { attachment: [first(archive).object.attachment[0]] }), ['Pixelfed: no file']],
    ['a description that is a list', archive => change(first(archive).object.attachment[0], { name: ['x'] }), ['Sharkey: a description', "Mastodon's layout: an attachment"]],
    ['a counter that is a text', archive => change(first(archive).object, { likes: { totalItems: '3' } }), ['MARL: counters']],
    ['an object that is only named', archive => change(plainOne(archive), { object: 'https://example.org/1' }), ['Bonfire: the object', "Mastodon's layout: it is"]],
    ['no actor', archive => change(plainOne(archive), { actor: undefined }), ['WordPress: no actor']],
  ]
  test.each(broken)('%s', async (_, breaks, seenBy) => {
    const archive = structuredClone(await good())
    expect(refused(archive)).toEqual([])
    // One array, as in the file.
    archive.outbox.orderedItems = archive.items
    breaks(archive)
    const seen = refused(archive)
    expect(seenBy.filter(rule => !seen.some(one => one.startsWith(rule)))).toEqual([])
  })

  test('and none is without one', async () => {
    const known = broken.flatMap(([, , seenBy]) => seenBy)
    const all = importers.flatMap(({ name, whole, each }) => [...Object.keys(whole), ...Object.keys(each)].map(rule => `${name}: ${rule}`))
    expect(all.filter(rule => !known.some(one => rule.startsWith(one)))).toEqual([])
  })
})
