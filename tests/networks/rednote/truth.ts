/** What a whole capture must hold, said in the words of the tests' contract. */
import { avatarOf, display, secrets, type Language } from './shapes.ts'
import * as words from './words.ts'
import type { Account, Note, Person, World } from './world.ts'
import type { Truth, TruePerson, TruePost } from '../types.ts'

export interface Scene { language: Language; international: boolean; site: string; /** Notes that were opened: only these are known whole. */ opened: ReadonlySet<string> }

const truePerson = (person: Person, scene: Scene): TruePerson => ({ id: person.id, handle: person.id, name: person.name, avatar: avatarOf(person, scene.international), locked: false })

/** The text without the tails of its tags, and the parts of it. */
const textOf = (note: Note): Pick<TruePost, 'text' | 'facets'> => {
  let text = ''
  const facets: TruePost['facets'] = []
  for (const piece of note.pieces) {
    const shown = piece.kind === 'text' ? piece.text : piece.kind === 'tag' ? `#${piece.name}` : `@${piece.person.name}`
    if (piece.kind !== 'text') facets.push({ start: text.length, end: text.length + shown.length, kind: piece.kind, value: piece.kind === 'tag' ? piece.name : piece.person.id })
    text += piece.kind === 'mention' ? `${shown} ` : shown
  }
  return text.trim() === '' ? { text: '', facets: [] } : { text, facets }
}

const truePost = (note: Note, scene: Scene): TruePost => {
  const whole = scene.opened.has(note.id)
  const [cover] = note.pictures
  const pictures = note.pictures.flatMap(one => [{ kind: 'image' as const, path: one.key }, ...(one.live ? [{ kind: 'video' as const, path: one.live }] : [])])
  const card = note.video ? [{ kind: 'video' as const, path: cover!.key }] : [{ kind: 'image' as const, path: cover!.key }]
  // A card does not count the comments.
  const counts = { likes: display(note.likes, scene.language).value, ...(whole ? { replies: display(note.comments, scene.language).value } : {}) }
  return {
    id: note.id,
    url: `${scene.site}/explore/${note.id}`,
    createdAt: new Date(note.at * 1000).toISOString(),
    ...(note.title.trim() ? { title: note.title } : {}),
    ...(whole ? textOf(note) : { facets: [] }),
    media: whole ? (note.video ? [{ kind: 'video', path: note.video.path }] : pictures) : card,
    pinned: note.sticky,
    edited: whole && note.changed > note.at,
    ghost: false,
    spoiler: false,
    visibility: 'public',
    counts: counts as TruePost['counts'],
  }
}

export const truthOf = (world: World, account: Account, scene: Scene): Truth => {
  const { person } = account
  const idsOf = (people: Person[]): { ids: string[]; handles: string[] } => ({ ids: people.map(one => one.id), handles: people.map(one => one.id) })
  const kept = (relation: string, notes: Note[]): NonNullable<Truth['relations']> => notes.map(note => ({ relation, id: note.id, handle: note.author.id, url: `${scene.site}/explore/${note.id}` }))
  return {
    viewer: { ...truePerson(person, scene), bio: person.bio, links: [], followers: person.followers },
    follows: [],
    counted: { follows: person.follows, followers: person.followers },
    posts: account.notes.map(note => truePost(note, scene)),
    relations: [...kept('bookmark', account.saved), ...kept('like', account.liked)],
    strangers: idsOf([...world.strangers, ...world.referred, ...world.followed]),
    referred: idsOf(world.referred),
    foreign: { texts: [...words.foreignSentences, ...words.foreignTitles, ...words.foreignComments], bios: words.strangerBios, followBios: [] },
    secrets: Object.values(secrets),
  }
}
