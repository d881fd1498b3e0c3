/** What a whole capture must hold, said in the words of the tests' contract. */
import { fileAddress, secrets } from './shapes.ts'
import type { Account, Person, Piece, Post, World } from './world.ts'
import * as words from './words.ts'
import type { Truth, TruePerson, TruePost } from '../types.ts'

const truePerson = (person: Person, flagged: boolean): TruePerson => ({
  id: person.pk,
  handle: person.handle,
  name: person.name,
  avatar: fileAddress(person.avatar),
  locked: person.locked,
  shares: person.shares,
  ...(flagged && !person.handle.includes('@') ? { federated: person.shares } : {}),
})

const facetsOf = (pieces: Piece[]): TruePost['facets'] => {
  const facets: TruePost['facets'] = []
  let at = 0
  for (const piece of pieces) {
    const end = at + piece.text.length
    if (piece.kind === 'mention') facets.push({ start: at, end, kind: 'mention', value: piece.person.handle })
    if (piece.kind === 'link') facets.push({ start: at, end, kind: 'link', value: piece.target })
    if (piece.kind === 'tag') facets.push({ start: at, end, kind: 'tag', value: piece.value })
    at = end
  }
  return facets
}

const truePost = (post: Post): TruePost => {
  const text = post.pieces.map(piece => piece.text).join('')
  return {
    id: post.pk,
    url: `https://www.threads.com/@${post.author.handle}/post/${post.code}`,
    createdAt: new Date(post.at * 1000).toISOString(),
    ...(text ? { text } : {}),
    facets: facetsOf(post.pieces),
    media: [
      ...post.media.map(medium => ({ kind: medium.kind, path: medium.path, width: medium.width, height: medium.height, ...(medium.alt === undefined ? {} : { alt: medium.alt }) })),
      ...(post.gif ? [{ kind: 'gif' as const, path: new URL(post.gif).pathname }] : []),
      ...(post.audio ? [{ kind: 'audio' as const, path: post.audio }] : []),
    ],
    ...(post.replyTo ? { replyTo: post.replyTo.pk } : {}),
    ...(post.lostParent ? { replyToAuthor: post.lostParent.handle } : post.replyTo ? { replyToAuthor: post.replyTo.author.handle } : {}),
    ...(post.quote ? { quoteOf: post.quote.pk } : {}),
    ...(post.quoteStyle === 'unavailable' ? { quoteUnavailable: true } : {}),
    ...(post.repost ? { repostOf: post.repost.pk } : {}),
    ...(post.headerOnly ? { headerOnly: true } : {}),
    ...(post.topic ? { topic: post.topic } : {}),
    ...(post.preview ? { linkPreview: post.preview.target } : {}),
    pinned: post.pinned === true,
    edited: post.edited === true,
    ghost: post.ghostUntil !== undefined,
    ...(post.ghostUntil ? { expiresAt: new Date(post.ghostUntil).toISOString() } : {}),
    spoiler: post.spoiler === true,
    visibility: post.author.locked ? 'followers' : 'public',
    counts: { likes: post.likes, replies: post.replies, reposts: post.reposts, quotes: post.quotes },
  }
}

export const truthOf = (world: World, account: Account, modes: ReadonlySet<string>): Truth => {
  const { person } = account
  const list = new Set(account.follows)
  const idsAndHandles = (people: Person[]): { ids: string[]; handles: string[] } => {
    const others = people.filter(one => !list.has(one) && one !== person)
    return { ids: others.map(one => one.pk), handles: others.map(one => one.handle) }
  }
  return {
    viewer: { ...truePerson(person, false), bio: person.bio, federated: person.shares, links: person.links.map(link => link.url), followers: person.followers, bioFacets: facetsOf(person.bioPieces ?? []) },
    follows: account.follows.map(one => truePerson(one, modes.has('flags'))),
    counted: { follows: account.follows.length + account.uncounted, followers: person.followers },
    posts: account.posts.map(truePost),
    strangers: idsAndHandles(world.strangers),
    referred: idsAndHandles(world.referred),
    foreign: { texts: words.foreignSentences, bios: words.strangerBios, followBios: words.followBios },
    secrets: [...Object.values(secrets), 'secretOfTheRedirect'],
  }
}
