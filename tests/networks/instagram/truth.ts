/** What a whole capture must hold, said in the words of the tests' contract. */
import { fileAddress, secrets } from './shapes.ts'
import type { Account, Person, Post, World } from './world.ts'
import * as words from './words.ts'
import type { Truth, TruePerson, TruePost } from '../types.ts'

const truePerson = (person: Person): TruePerson => ({ id: person.pk, handle: person.handle, name: person.name, avatar: fileAddress(person.avatar), locked: person.locked })

const textOf = (post: Post): Pick<TruePost, 'facets'> & { text: string } => {
  let text = ''
  const facets: TruePost['facets'] = []
  for (const piece of post.pieces) {
    const shown = piece.kind === 'text' ? piece.text : piece.kind === 'tag' ? `#${piece.name}` : `@${piece.person.handle}`
    if (piece.kind !== 'text') facets.push({ start: text.length, end: text.length + shown.length, kind: piece.kind, value: shown.slice(1) })
    text += shown
  }
  return { text, facets }
}

const urlOf = (post: Post): string => `https://www.instagram.com/${post.reel ? 'reel' : 'p'}/${post.code}/`

const truePost = (post: Post, account: Account, modes: ReadonlySet<string>): TruePost => {
  const { person } = account
  const others = [post.author, ...post.coauthors].filter(one => one !== person).map(one => one.handle)
  // The older form says neither that a caption was changed, nor that a post is for close friends.
  const old = modes.has('graph-form')
  const base = {
    id: post.pk, url: urlOf(post), createdAt: new Date(post.at * 1000).toISOString(), ghost: false, spoiler: false, counts: { likes: post.likes, replies: post.comments } as TruePost['counts'],
    visibility: post.circle && !old && !post.tabOnly ? ('circle' as const) : person.locked ? ('followers' as const) : ('public' as const),
  }
  // The Reels tab shows a cover and some numbers.
  if (post.tabOnly) return { ...base, facets: [], media: [{ kind: 'video', path: post.media[0]!.poster! }], pinned: false, edited: false }
  return {
    ...base, ...textOf(post), pinned: post.pinned, edited: post.edited && !old,
    media: post.media.map(({ kind, path, alt, width, height }) => ({ kind, path, width, height, ...(alt === undefined ? {} : { alt }) })),
    ...(post.title ? { title: post.title } : {}), ...(post.sound ? { sound: { id: post.sound.id, title: post.sound.title, author: post.sound.artist } } : {}), ...(others.length > 0 ? { coauthors: others } : {}), ...(post.covered ? { sensitive: true } : {}),
  }
}

const trueRepost = (original: Post): TruePost => ({
  id: `of ${original.pk}`, url: urlOf(original), createdAt: new Date(0).toISOString(), facets: [], media: [], repostOf: original.pk, headerOnly: true, pinned: false, edited: false, ghost: false, spoiler: false, visibility: 'public',
  counts: { likes: 0, replies: 0, reposts: 0, quotes: 0 },
})

export const truthOf = (world: World, account: Account, modes: ReadonlySet<string>): Truth => {
  const { person } = account
  const list = new Set(account.follows)
  const idsOf = (people: Person[]): Truth['strangers'] => {
    const others = people.filter(one => !list.has(one) && one !== person)
    return { ids: others.map(one => one.pk), handles: others.map(one => one.handle) }
  }
  const tabs = modes.has('no-tabs') ? [] : [...account.reels.filter(post => post.tabOnly).map(post => truePost(post, account, modes)), ...account.reposts.map(trueRepost)]
  return {
    viewer: { ...truePerson(person), bio: person.bio, links: person.links.map(({ url }) => url), followers: person.followers },
    follows: account.follows.map(truePerson),
    counted: { follows: account.follows.length + account.uncounted, followers: person.followers },
    posts: [...account.grid.map(post => truePost(post, account, modes)), ...tabs],
    relations: account.saved.map(post => ({ relation: 'bookmark', id: post.pk, handle: post.author.handle, url: urlOf(post) })),
    strangers: idsOf([...world.strangers, ...world.referred]),
    referred: idsOf(world.referred),
    foreign: { texts: [...words.foreignSentences, ...words.comments, words.advertisement], bios: words.strangerBios, followBios: words.followBios },
    secrets: [...Object.values(secrets), 'secretOfTheRedirect'],
  }
}
