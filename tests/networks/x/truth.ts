/** What a whole capture must hold, said in the words of the tests' contract. */
import { avatarOf, filePath, secrets } from './shapes.ts'
import * as words from './words.ts'
import type { Account, Person, Piece, Post, World } from './world.ts'
import type { Truth, TruePerson, TruePost } from '../types.ts'

const site = 'https://x.com'

/** Short links are written out. */
const written = (pieces: Piece[]): { text: string; facets: TruePost['facets'] } => {
  let text = ''
  const facets: TruePost['facets'] = []
  for (const piece of pieces) {
    const start = text.length
    text += piece.kind === 'text' ? piece.text : piece.kind === 'mention' ? `@${piece.person.handle}` : piece.kind === 'tag' ? `#${piece.name}` : piece.target
    if (piece.kind === 'mention') facets.push({ start, end: text.length, kind: 'mention', value: piece.person.handle })
    else if (piece.kind === 'tag') facets.push({ start, end: text.length, kind: 'tag', value: piece.name })
    else if (piece.kind === 'link') facets.push({ start, end: text.length, kind: 'link', value: piece.target })
  }
  return { text, facets }
}

const truePerson = (person: Person): TruePerson =>
  person.gone
    ? { id: person.id, handle: person.id, name: '', avatar: '', locked: false, unavailable: true }
    : { id: person.id, handle: person.handle, name: person.name, bio: written(person.bio).text, avatar: avatarOf(person), locked: person.locked }

const addressOf = (post: { id: string; author: Person }): string => `${site}/${post.author.handle}/status/${post.id}`

const truePost = (post: Post): TruePost => {
  const { text, facets } = written(post.pieces)
  const parent = post.replyTo ?? post.lostParent
  const preview = post.card?.target ?? (post.article ? `${site}/i/article/${post.article.id}` : undefined)
  return {
    id: post.id, url: addressOf(post), createdAt: new Date(post.at).toISOString(), ...(text && { text }), facets,
    media: post.media.map(medium => ({ kind: medium.kind === 'photo' ? 'image' : medium.kind === 'video' ? 'video' : 'gif', path: filePath(medium), width: medium.width, height: medium.height, ...(medium.alt && { alt: medium.alt }) })),
    ...(parent && { replyTo: parent.id, replyToAuthor: parent.author.handle }),
    ...(post.quote ? { quoteOf: post.quote.id } : post.quoteGone ? { quoteOf: post.quoteGone, quoteUnavailable: true } : {}),
    ...(post.repost && { repostOf: post.repost.id }), ...(preview && { linkPreview: preview }), ...(post.article && { title: post.article.title }), ...(post.community && { community: post.community }),
    ...(post.poll && { poll: { options: post.poll.labels.map((title, i) => ({ title, votes: post.poll!.counts[i]! })), multiple: false, endsAt: new Date(post.poll.endsAt).toISOString() } }),
    ...(post.media.length && { sensitive: post.sensitive }), ...(post.language !== 'zxx' && { language: post.language }),
    pinned: post.pinned, edited: post.earlier.length > 0, ghost: false, spoiler: false, visibility: post.author.locked ? 'followers' : 'public',
    counts: { likes: post.likes, replies: post.replies, reposts: post.reposts, quotes: post.quotes },
  }
}

export const truthOf = (world: World, account: Account, modes: ReadonlySet<string>): Truth => {
  const { person } = account
  const list = new Set(account.follows)
  const idsAndHandles = (people: Person[]): { ids: string[]; handles: string[] } => {
    const others = people.filter(one => !list.has(one) && one !== person)
    return { ids: others.map(one => one.id), handles: others.map(one => one.handle) }
  }
  const people = (relation: string, some: Person[], more: { list?: string } = {}): NonNullable<Truth['relations']> => some.map(one => ({ relation, id: one.id, handle: one.handle, ...more }))
  const posts = (relation: string, some: Post[]): NonNullable<Truth['relations']> => some.map(one => ({ relation, id: one.id, handle: one.author.handle, url: addressOf(one) }))
  // Where the list stops, nobody can know the rest.
  const shown = modes.has('cut-follows') ? account.follows.slice(0, 50) : account.follows
  return {
    viewer: { ...truePerson(person), links: person.website ? [person.website.target] : [], followers: person.followers, bioFacets: written(person.bio).facets },
    follows: shown.map(truePerson),
    counted: { follows: account.follows.length + account.uncounted, followers: person.followers },
    posts: account.posts.map(truePost),
    relations: [
      ...account.lists.flatMap(one => people('list', one.members, { list: one.name })), ...people('block', account.blocks), ...people('mute', account.mutes), ...posts('bookmark', account.bookmarks),
      ...(account.bookmarkGone ? [{ relation: 'bookmark', id: account.bookmarkGone, url: `${site}/i/status/${account.bookmarkGone}` }] : []), ...posts('like', account.likes),
    ],
    strangers: idsAndHandles(world.strangers.concat(world.referred)),
    referred: idsAndHandles(world.referred),
    foreign: { texts: words.foreignSentences, bios: [], followBios: [] },
    secrets: Object.values(secrets),
  }
}
