/** Accounts to make archives of: what the simulated networks hold, one with every field, and whatever a page may say. */
import fc from 'fast-check'
import type { Media, PostRef, Visibility } from '../../../../lib/model/index.ts'
import type { MediaRow, PostRow } from '../../../../lib/store/types.ts'
import type { Truth } from '../../../networks/types.ts'
import { keptMedia, post, scriptUrl } from '../fake.ts'

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9])

/** @returns what a capture of a simulated account keeps of its posts, and every second picture kept */
export const ofTruth = ({ posts, viewer }: Truth): { posts: PostRow[]; media: MediaRow[] } => {
  const byId = new Map(posts.map(one => [one.id, one]))
  const ref = (id: string | undefined, handle?: string): PostRef | undefined => (id === undefined && handle === undefined ? undefined : { id, url: byId.get(id ?? '')?.url, authorHandle: handle })
  const rows = posts.map(({ media, edited, replyTo, replyToAuthor, quoteOf, repostOf, linkPreview, headerOnly, ...one }) =>
    post(one.id, {
      ...one, facets: one.facets, edited, authorHandle: viewer.handle,
      createdAt: headerOnly ? undefined : one.createdAt,
      media: media.map(({ path, ...rest }): Media => ({ ...rest, url: `https://cdn.example.net${path}` })),
      replyTo: ref(replyTo, replyToAuthor), quoteOf: ref(quoteOf),
      ...(repostOf === undefined ? {} : { repostOf: { id: repostOf, url: `https://www.example.com/@jo/post/${encodeURIComponent(repostOf)}` } }),
      ...(linkPreview === undefined ? {} : { linkPreview: { url: linkPreview } }),
      kind: repostOf === undefined ? (replyToAuthor === undefined || replyToAuthor === viewer.handle ? 'post' : 'reply') : 'repost',
    }),
  )
  const media = rows.flatMap(({ id, media: some = [] }) => some.flatMap((one, index) => (index % 2 === 0 ? [keptMedia(id, index, jpeg, one.kind === 'video' ? ['video/mp4', 'mp4'] : ['image/jpeg', 'jpg'])] : [])))
  return { posts: rows, media }
}

const text = 'Hello @jo, see #Boats 🚤 and https://news.example.org/a?b=1&c=2\n\nSecond <b>paragraph</b>\nwith a line'
const at = (part: string): { start: number; end: number } => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length })

/** Every field that the model has, and a thread. */
export const everyField: PostRow[] = [
  post('1', {
    authorId: '7', authorHandle: 'Mara.Lind', createdAtDerived: true, editedAt: '2025-01-02T00:00:00Z', edited: true, title: 'On boats', text,
    facets: [{ ...at('@jo'), kind: 'mention', value: 'jo', id: '77' }, { ...at('#Boats'), kind: 'tag', value: 'Boats' }, { ...at('https://news.example.org/a?b=1&c=2'), kind: 'link', value: 'https://news.example.org/a?b=1&c=2' }],
    tags: ['Boats', 'tea'], mentions: ['jo'], links: ['https://news.example.org/a?b=1&c=2'], topic: 'Boats',
    media: Array.from({ length: 12 }, (_, index): Media => ({ id: `m${index}`, kind: index === 3 ? 'video' : index === 4 ? 'audio' : index === 5 ? 'gif' : 'image', url: `https://cdn.example.net/${index}`, preview: `https://cdn.example.net/${index}p`, alt: index % 2 ? undefined : `Picture "${index}"\nby @jo`, width: 64, height: 48, expiresAt: '2027-01-01T00:00:00Z', type: 'image/jpeg', size: 4, duration: index === 3 ? 2.5 : undefined })),
    linkPreview: { url: 'https://shared.example.org/x', title: 'Shared by @them', description: 'Words', image: 'https://shared.example.org/i.jpg' },
    poll: { options: [{ title: 'Tea', votes: 3 }, { title: 'Coffee & more' }], multiple: true, endsAt: '2025-02-01T00:00:00Z', voters: 3 },
    sound: { id: 's', title: 'A song', author: 'Somebody', url: 'https://music.example.org/s' }, emoji: [{ shortcode: 'boat', url: 'https://cdn.example.net/boat.png' }], coauthors: ['jo'], community: 'Sailors',
    revisions: [{ id: 'r1', text: 'Hello', createdAt: '2025-01-01T00:00:00Z' }], quoteOf: { id: '900', url: 'https://www.example.com/@jo/post/900', authorId: '77', authorHandle: 'jo', unavailable: true },
    warning: 'Boats, by @jo', pinned: true, sensitive: true, spoiler: true, language: 'en', replyControl: 'everyone', federated: true, counts: { likes: 1, replies: 2, reposts: 3, quotes: 4, shares: 5, views: 6, bookmarks: 7 }, source: 'answer', seenAt: '2026-11-22T10:11:12Z', partial: true,
  }),
  // A thread whose times tie, so that only the answers say the order.
  ...[['t3', 't2'], ['t2', 't1'], ['t1', undefined]].map(([id, parent]) => post(id!, { createdAt: '2025-03-01T00:00:00Z', language: 'iw', threadRoot: { id: 't1' }, ...(parent ? { replyTo: { id: parent, authorId: '7' } } : {}) })),
  post('u', { visibility: 'unlisted', language: 'zxx' }),
  post('f', { visibility: 'followers', warning: 'Only us' }),
  post('answer', { kind: 'reply', replyTo: { id: '901', url: 'https://www.example.com/@jo/post/901', authorHandle: 'jo' } }),
  post('quote', { quoteOf: { id: '1', url: 'https://www.example.com/@Mara.Lind/post/1' } }),
  post('pictures', { text: undefined, media: [{ kind: 'image', url: 'https://cdn.example.net/only' }] }),
  post('repost', { repostOf: { id: '902', url: 'https://www.example.com/@jo/post/902' } }),
]
export const everyPicture: MediaRow[] = [
  ...Array.from({ length: 11 }, (_, index) => keptMedia('1', index, new Uint8Array([1, 2, index]), index === 3 ? ['video/mp4', 'mp4'] : index === 4 ? ['audio/mpeg', 'mp3'] : index === 5 ? ['image/gif', 'gif'] : index === 6 ? ['image/webp', 'webp'] : index === 7 ? ['image/heic', 'heic'] : ['image/png', 'png'], index === 6 ? jpeg : undefined)),
  keptMedia('pictures', 0, jpeg),
  keptMedia('@profile', 0, jpeg),
  keptMedia('@profile', 1, new Uint8Array([5, 6]), ['image/webp', 'webp'], jpeg),
]

/** Whatever a page may say in a field. */
export const word = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('@jo', 'a@b.c', '@\njo', '#a #b', '<script>x</script>', '<p>@jo</p>', '&lt;p&gt;', '"\' onload=', '\0', '\uD800', '\u202Egnp', '\u200B@\u200Bjo', '../../x', 'https://a.org/@b', 'https://x.com/jack?a=@b', scriptUrl, '\r\n\u2028', ']}', '],"totalItems":0}', '\\', '日本語 ＠jo', 'a'.repeat(6000), '@'),
)
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(value, { nil: undefined })
const id = fc.oneof(fc.constantFrom('1', '2', '3', '4', '5', '6'), fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }))
const time = fc.oneof(
  { arbitrary: fc.date({ min: new Date('2010-01-01'), max: new Date('2026-11-01'), noInvalidDate: true }).map(date => date.toISOString()), weight: 3 },
  fc.date({ min: new Date('1960-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }).map(date => date.toISOString()),
  fc.constantFrom('2025-01-01T00:00:00Z', '2025-13-01T00:00:00Z', '2025-02-30T00:00:00Z', '2025-01-01T00:00:00.123456Z', '1970-01-01T00:00:00Z', '0000-00-00T00:00:00Z'),
)
const ref = maybe(fc.record({ id: maybe(id), url: maybe(fc.oneof(word, fc.webUrl())), authorHandle: maybe(id), unavailable: maybe(fc.boolean()) }) as fc.Arbitrary<PostRef>)
const media = fc.record({ kind: fc.constantFrom<Media['kind']>('image', 'video', 'audio', 'gif'), url: maybe(word), alt: maybe(word), width: maybe(fc.nat()), duration: maybe(fc.double({ min: 0, noNaN: true })) })
const facet = fc.record({ start: fc.nat(12), end: fc.nat(12), kind: fc.constantFrom('mention' as const, 'link' as const, 'tag' as const), value: word })
const language = fc.oneof(word, fc.constantFrom('en', 'iw', 'in', 'qme', 'zxx', 'und', 'pt_br', 'zh-Hant-TW', 'tl', 'cmn', 'sr-latn', 'en-001', 'x-klingon'))
const row = fc
  .record({
    id, createdAt: maybe(time), editedAt: maybe(time), text: maybe(word), title: maybe(word), facets: maybe(fc.array(facet, { maxLength: 3 })), tags: maybe(fc.array(word, { maxLength: 3 })),
    mentions: maybe(fc.array(word, { maxLength: 3 })), url: maybe(fc.oneof(word, fc.webUrl())), media: maybe(fc.array(media, { maxLength: 8 })), linkPreview: maybe(fc.record({ url: fc.oneof(word, fc.webUrl()), title: maybe(word), description: maybe(word) })),
    poll: maybe(fc.record({ options: fc.array(fc.record({ title: word, votes: maybe(fc.nat()) }), { maxLength: 4 }), endsAt: maybe(time) })), sound: maybe(fc.record({ title: maybe(word) })),
    emoji: maybe(fc.array(fc.record({ shortcode: word, url: maybe(word) }), { maxLength: 2 })), coauthors: maybe(fc.array(word, { maxLength: 2 })), community: maybe(word),
    replyTo: ref, threadRoot: ref, quoteOf: ref, repostOf: fc.oneof({ arbitrary: fc.constant(undefined), weight: 4 }, ref), warning: maybe(word), sensitive: maybe(fc.boolean()), spoiler: maybe(fc.boolean()),
    language: maybe(language), topic: maybe(word), ghost: fc.constantFrom(undefined, undefined, true), counts: maybe(fc.record({ likes: maybe(fc.nat()), reposts: maybe(fc.nat()) })),
    visibility: fc.constantFrom<(Visibility | undefined)[]>('public', 'public', 'unlisted', 'followers', 'circle', 'direct', 'self', undefined),
  })
  .map(({ id: own, ...more }) => post(own, more as Partial<PostRow>))

/** Posts, and of every second picture the bytes. */
export const hostile = fc.array(row, { maxLength: 12 }).map(posts => ({
  posts,
  media: posts.flatMap(({ id: own, media: some = [] }, place) => (posts.findIndex(other => other.id === own) === place ? some.flatMap((one, index) => (index % 2 ? [] : [keptMedia(own, index, jpeg, one.kind === 'audio' ? ['audio/mpeg', 'mp3'] : one.kind === 'video' ? ['video/mp4', 'mp4'] : ['image/jpeg', 'jpg'])])) : [])),
}))
