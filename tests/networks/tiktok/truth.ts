/** What a whole capture must hold, said in the words of the tests' contract. */
import type { Truth, TruePerson, TruePost } from '../types.ts'
import { caption, secrets } from './shapes.ts'
import { foreignSentences, strangerBios, type Account, type Item, type Person, type World } from './world.ts'

const site = 'https://www.tiktok.com'

const truePerson = (person: Person): TruePerson => ({ id: person.id, handle: person.handle, name: person.name, bio: person.bio, avatar: `avatar/${person.id}`, locked: person.locked })

const truePost = (account: Account, one: Item, modes: ReadonlySet<string>): TruePost => {
  const { desc, facets } = caption(one)
  return {
    id: one.id,
    // A post that does not say whose it is has no name to put into its address.
    url: modes.has('authorless') ? `https://www.tiktokv.com/share/video/${one.id}/` : `${site}/@${one.author.handle}/${one.photos ? 'photo' : 'video'}/${one.id}`,
    createdAt: new Date(one.at * 1000).toISOString(),
    text: desc, facets: modes.has('bare-text') ? [] : facets,
    media: one.photos ? one.photos.map(name => ({ kind: 'image', path: `${name}.jpeg` })) : [{ kind: 'video', path: `${one.film}.mp4` }],
    ...(one.title && { title: one.title }), ...(one.duet && { quoteOf: one.duet }), sound: one.sound, language: one.language,
    pinned: one.pinned, edited: false, ghost: false, spoiler: false,
    visibility: one.visibility !== 'public' ? one.visibility : account.person.locked ? 'followers' : 'public',
    counts: { likes: one.likes, replies: one.comments, reposts: 0, quotes: 0 },
  }
}

const repost = (one: Item): TruePost => ({ id: `repost:${one.id}`, url: '', createdAt: '', facets: [], media: [], repostOf: one.id, headerOnly: true, pinned: false, edited: false, ghost: false, spoiler: false, visibility: 'public', counts: {} as TruePost['counts'] })

export const truthOf = (world: World, account: Account, modes: ReadonlySet<string>): Truth => {
  const { person } = account
  const idsOf = (people: Person[]): Truth['strangers'] => ({ ids: people.flatMap(one => [one.id, one.secUid]), handles: people.map(one => one.handle) })
  const kept = (relation: string, rows: Item[]): NonNullable<Truth['relations']> => rows.map(one => ({ relation, id: one.id, handle: one.author.handle, url: `${site}/@${one.author.handle}/video/${one.id}` }))
  return {
    viewer: { ...truePerson(person), links: person.link ? [person.link] : [], followers: person.followers },
    follows: modes.has('hidden-list') ? [] : account.follows.map(row => truePerson(row.person)),
    counted: { follows: person.follows, followers: person.followers },
    posts: [...account.items.map(one => truePost(account, one, modes)), ...(modes.has('no-repost-tab') ? [] : account.reposts.map(repost))],
    relations: [...kept('bookmark', account.saved), ...kept('like', account.liked)],
    strangers: idsOf([...world.strangers, ...world.referred, ...world.followers]),
    referred: idsOf(world.referred),
    foreign: { texts: foreignSentences, bios: strangerBios, followBios: [] },
    secrets: Object.values(secrets),
  }
}
