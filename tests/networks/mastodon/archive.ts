/** The archive that a server makes of an account: ActivityStreams documents. Made from what the simulation holds; imports nothing from `lib/`. */
import type { Truth, TruePost } from '../types.ts'

/** What such an archive also holds, and nobody may read. */
export const PRIVATE = ['-----BEGIN PUBLIC KEY----- PRIVATE', 'https://letters.example/inbox?PRIVATE']

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
const AS = 'https://www.w3.org/ns/activitystreams#Public'

const html = ({ text = '', facets }: TruePost): string => {
  let out = ''
  let at = 0
  for (const facet of facets.toSorted((a, b) => a.start - b.start)) {
    const shown = escaped(text.slice(facet.start, facet.end))
    out += escaped(text.slice(at, facet.start))
    if (facet.kind === 'link') out += `<a href="${escaped(facet.value)}" target="_blank" rel="nofollow noopener">${shown}</a>`
    else if (facet.kind === 'tag') out += `<a href="https://x.example/tags/${escaped(facet.value)}" class="mention hashtag" rel="tag">#<span>${escaped(facet.value)}</span></a>`
    else out += `<span class="h-card"><a href="https://${facet.value.split('@')[1] ?? 'x.example'}/@${facet.value.split('@')[0]}" class="u-url mention">@<span>${shown.slice(1)}</span></a></span>`
    at = facet.end
  }
  out += escaped(text.slice(at))
  return out.split('\n\n').map(part => `<p>${part.replaceAll('\n', '<br />')}</p>`).join('')
}

const types: Record<string, [string, string]> = { image: ['image/jpeg', 'jpg'], video: ['video/mp4', 'mp4'], gif: ['video/mp4', 'mp4'], audio: ['audio/mpeg', 'mp3'] }

/** @returns where the archive has the file of a picture or video of this post */
export const filePathOf = (post: TruePost, index: number): string => `media_attachments/files/${post.id.slice(-9)}/original/${index}.${types[post.media[index]!.kind]![1]}`

/** @param truth of one account @param store where the server keeps its files: its own disk, or a bucket elsewhere @returns contents by path */
export const archiveOf = (truth: Truth, store: 'local' | 'bucket' = 'local'): Record<string, string | Uint8Array> => {
  const [user, host] = truth.viewer.handle.split('@') as [string, string]
  const actor = `https://${host}/users/${user}`
  const tos = (post: TruePost): { to: string[]; cc: string[] } =>
    ({ public: { to: [AS], cc: [`${actor}/followers`] }, unlisted: { to: [`${actor}/followers`], cc: [AS] }, followers: { to: [`${actor}/followers`], cc: [] }, direct: { to: ['https://other.example/users/ada'], cc: [] }, circle: { to: [], cc: [] }, self: { to: [], cc: [] } })[post.visibility]
  const item = (post: TruePost): unknown => {
    const iri = `${actor}/statuses/${post.id}`
    if (post.repostOf) return { id: `${iri}/activity`, type: 'Announce', actor, published: post.createdAt, ...tos(post), object: `https://other.example/users/ada/statuses/${post.repostOf}` }
    const note = {
      id: iri, type: post.poll ? 'Question' : 'Note', summary: post.warning ?? null, inReplyTo: post.replyTo ? `https://${host}/users/${post.replyToAuthor?.split('@')[0] ?? 'somebody'}/statuses/${post.replyTo}` : null, published: post.createdAt, ...(post.edited && { updated: post.createdAt }),
      url: post.url, attributedTo: actor, ...tos(post), sensitive: post.sensitive ?? false, content: html(post), contentMap: post.language ? { [post.language]: html(post) } : undefined,
      attachment: post.media.map((one, index) => ({ type: 'Document', mediaType: types[one.kind]![0], url: `${store === 'local' ? '/' : '/bucket/'}${filePathOf(post, index)}`, name: one.alt ?? null, blurhash: 'U', width: one.width, height: one.height })),
      tag: [
        ...post.facets.filter(({ kind }) => kind === 'mention').map(({ value }) => ({ type: 'Mention', href: `https://${value.split('@')[1] ?? host}/users/${value.split('@')[0]}`, name: `@${value}` })),
        ...post.facets.filter(({ kind }) => kind === 'tag').map(({ value }) => ({ type: 'Hashtag', href: `https://${host}/tags/${value}`, name: `#${value.toLowerCase()}` })),
        ...(post.emoji ?? []).map(({ shortcode, url }) => ({ id: `https://${host}/emojis/1`, type: 'Emoji', name: `:${shortcode}:`, icon: { type: 'Image', url } })),
      ],
      replies: { id: `${iri}/replies`, type: 'Collection', first: {} }, likes: { id: `${iri}/likes`, type: 'Collection', totalItems: post.counts.likes }, shares: { id: `${iri}/shares`, type: 'Collection', totalItems: post.counts.reposts },
      ...(post.poll && { [post.poll.multiple ? 'anyOf' : 'oneOf']: post.poll.options.map(({ title, votes }) => ({ type: 'Note', name: title, replies: { type: 'Collection', totalItems: votes } })), endTime: post.poll.endsAt, votersCount: post.poll.voters }),
      ...(post.quoteOf && !post.quoteUnavailable && { quote: `https://${host}/users/somebody/statuses/${post.quoteOf}`, quoteUri: `https://${host}/users/somebody/statuses/${post.quoteOf}` }),
    }
    return { id: `${iri}/activity`, type: 'Create', actor, published: post.createdAt, ...tos(post), object: note }
  }
  const context = ['https://www.w3.org/ns/activitystreams', { ostatus: 'http://ostatus.org#' }]
  const posts = truth.posts.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
  const related = (relation: string): string[] => (truth.relations ?? []).flatMap(one => (one.relation === relation && one.url ? [one.url] : []))
  const collection = (id: string, orderedItems: unknown[]): string => JSON.stringify({ '@context': context, id, type: 'OrderedCollection', ...(id === 'outbox.json' && { totalItems: orderedItems.length }), orderedItems })
  return {
    'actor.json': JSON.stringify({
      '@context': context, id: actor, type: 'Person', following: `${actor}/following`, inbox: PRIVATE[1], outbox: 'outbox.json', preferredUsername: user, name: truth.viewer.name, summary: `<p>${escaped(truth.viewer.bio ?? '')}</p>`, url: `https://${host}/@${user}`, manuallyApprovesFollowers: truth.viewer.locked, published: '2022-11-06T00:00:00Z',
      publicKey: { id: `${actor}#main-key`, owner: actor, publicKeyPem: PRIVATE[0] }, attachment: [{ type: 'PropertyValue', name: 'Site', value: '<a href="https://a.example/" rel="me"><span>a.example</span></a>' }], icon: { type: 'Image', mediaType: 'image/png', url: 'avatar.png' }, likes: 'likes.json', bookmarks: 'bookmarks.json',
    }),
    'outbox.json': collection('outbox.json', posts.map(item)),
    'likes.json': collection('likes.json', related('like')),
    'bookmarks.json': collection('bookmarks.json', related('bookmark')),
    'avatar.png': new Uint8Array([1]),
    ...Object.fromEntries(posts.flatMap(post => post.media.map((_, index) => [filePathOf(post, index), new Uint8Array([0xff, 0xd8, 0xff])]))),
  }
}
