/**
 * What can be captured. The ground floor: imports nothing of ours.
 *
 * Rules that hold for every record: ids are strings (several networks' ids pass 2^53), times are ISO 8601 UTC,
 * offsets are JavaScript string indices (UTF-16 code units), and an absent field means "unknown", never zero or false.
 */
import * as z from 'zod/mini'

/** Where a record was seen, in order of trust. `export`: a file of the network's own; `hand`: typed or pasted by the person. */
export const Source = z.enum(['answer', 'state', 'dom', 'export', 'hand'])
export type Source = z.infer<typeof Source>

const text = z.string()
const id = z.string().check(z.minLength(1), z.maxLength(512))
const time = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/))
/** A whole number that is not negative: a counter as the network states it. */
const count = z.number().check(z.int(), z.minimum(0))

/** A part of a text that means something: `start` inclusive, `end` exclusive, both UTF-16 indices into that text. */
export const Facet = z.object({
  start: count,
  end: count,
  kind: z.enum(['mention', 'link', 'tag']),
  /** mention: the handle without `@`; link: the target URL; tag: the tag without `#`. */
  value: text,
  /** mention: the id of the mentioned account, where the network says it. */
  id: z.optional(id),
})
export type Facet = z.infer<typeof Facet>

/** A link that a profile shows. */
export const ProfileLink = z.object({ url: text, title: z.optional(text) })
export type ProfileLink = z.infer<typeof ProfileLink>

/** A profile field: a name and a value beside the bio. */
export const ProfileField = z.object({ name: text, value: text })
export type ProfileField = z.infer<typeof ProfileField>

/** A server's own emoji, as `:shortcode:` in a text. */
export const Emoji = z.object({ shortcode: id, url: z.optional(text) })
export type Emoji = z.infer<typeof Emoji>

/** What a profile and a person in a list have in common: enough to find them again. */
const person = {
  id,
  /** The name in the address, without `@`; `user@host` where the network itself shows people of the fediverse. */
  handle: id,
  /** The display name. */
  name: z.optional(text),
  bio: z.optional(text),
  bioFacets: z.optional(z.array(Facet)),
  links: z.optional(z.array(ProfileLink)),
  fields: z.optional(z.array(ProfileField)),
  /** Address of the picture. */
  avatar: z.optional(text),
  /** Address of the profile page. */
  url: z.optional(text),
  /** The account lets nobody in without asking. */
  locked: z.optional(z.boolean()),
  /** The network says that this account shares to the fediverse (true), or does not (false). */
  federated: z.optional(z.boolean()),
  verified: z.optional(z.boolean()),
  /** `user@host`, where the record itself says at which address of the fediverse this person is. */
  address: z.optional(text),
  location: z.optional(text),
  pronouns: z.optional(text),
  /** The network says that this account is gone, suspended or closed. Its handle may then be its id. */
  unavailable: z.optional(z.boolean()),
  /** Where the account says that it has moved to: `user@host` or an address. */
  movedTo: z.optional(text),
  source: z.optional(Source),
  seenAt: z.optional(time),
}

export const Profile = z.object({
  ...person,
  header: z.optional(text),
  counts: z.optional(z.object({ follows: z.optional(count), followers: z.optional(count), posts: z.optional(count) })),
  /** Topics, tags or communities that the profile shows. */
  tags: z.optional(z.array(text)),
  createdAt: z.optional(time),
  emoji: z.optional(z.array(Emoji)),
})
export type Profile = z.infer<typeof Profile>

/**
 * How an account stands to a person or a post in one of its lists. `list`: a member of a list that the account owns. `known`: the network showed that the
 * account follows this person, though it shows no list of them.
 */
export const RelationKind = z.enum(['follow', 'follower', 'list', 'block', 'mute', 'bookmark', 'like', 'known'])
export type RelationKind = z.infer<typeof RelationKind>

/** Only the number of this person is known so far: where a handle is needed, it is that number. Taken back by the first sighting that has the name. */
const numbered = z.optional(z.boolean())

export const Follow = z.object({
  ...person,
  numbered,
  /** Whose list this is. Absent: the answer did not say, and the record must not be kept. */
  ownerId: z.optional(id),
  relation: z.literal('follow'),
  /** Place in the list as the network shows it, from 0. */
  position: z.optional(count),
  /** Since when, where the network says it. */
  createdAt: z.optional(time),
})
export type Follow = z.infer<typeof Follow>

/** Any other relation: a person (`id`, `handle`) or a post (`id`, `url`; `handle` is its author's) in a list of the owner's. Nothing of what the post says. */
export const Relation = z.object({
  ...person,
  numbered,
  handle: z.optional(id),
  /** It is a post. */
  post: z.optional(z.boolean()),
  ownerId: z.optional(id),
  relation: RelationKind,
  /** Name of the list, for `list`; of the folder, for `bookmark`. */
  list: z.optional(text),
  /** Number of that list in the network, where it has one. */
  listId: z.optional(id),
  /** Since when, where the network says it. */
  createdAt: z.optional(time),
})
export type Relation = z.infer<typeof Relation>

export const Media = z.object({
  id: z.optional(id),
  kind: z.enum(['image', 'video', 'audio', 'gif']),
  /** The best variant that the answer offers. */
  url: z.optional(text),
  /** A still picture of a video. */
  preview: z.optional(text),
  alt: z.optional(text),
  width: z.optional(count),
  height: z.optional(count),
  /** When the signed address stops working. */
  expiresAt: z.optional(time),
  /** MIME type, bytes and seconds, where the network says them. */
  type: z.optional(text),
  size: z.optional(count),
  duration: z.optional(z.number()),
  /** Path of its file in the network's own download, where that holds it. */
  member: z.optional(text),
})
export type Media = z.infer<typeof Media>

/** A post somewhere: only what is needed to point at it, nothing of what it says. */
export const PostRef = z.object({
  id: z.optional(id),
  url: z.optional(text),
  authorId: z.optional(id),
  authorHandle: z.optional(id),
  /** The network says that it is gone or hidden. */
  unavailable: z.optional(z.boolean()),
})
export type PostRef = z.infer<typeof PostRef>

/** Who may read a post. `circle`: a narrower group than the followers. */
export const Visibility = z.enum(['public', 'unlisted', 'followers', 'circle', 'direct', 'self'])
export type Visibility = z.infer<typeof Visibility>

export const LinkPreview = z.object({ url: text, title: z.optional(text), description: z.optional(text), image: z.optional(text) })
export type LinkPreview = z.infer<typeof LinkPreview>

export const Poll = z.object({
  options: z.array(z.object({ title: text, votes: z.optional(count) })),
  multiple: z.optional(z.boolean()),
  endsAt: z.optional(time),
  voters: z.optional(count),
})
export type Poll = z.infer<typeof Poll>

/** The sound or music that a post plays. */
export const Sound = z.object({ id: z.optional(id), title: z.optional(text), author: z.optional(text), url: z.optional(text) })
export type Sound = z.infer<typeof Sound>

export const Post = z.object({
  id,
  /** The network's file states no number: `id` is made of the time and the text (`unnumbered`), until a sighting that has the number takes the post in. */
  unnumbered: z.optional(z.boolean()),
  url: z.optional(text),
  authorId: z.optional(id),
  authorHandle: z.optional(id),
  createdAt: z.optional(time),
  /** The time was told from the post's number, since the network did not state it. */
  createdAtDerived: z.optional(z.boolean()),
  editedAt: z.optional(time),
  /** True where the network says that it was edited but not when. */
  edited: z.optional(z.boolean()),
  /** A title or headline apart from the text. */
  title: z.optional(text),
  /** The record is a card in a list: its text may be cut or missing. */
  partial: z.optional(z.boolean()),
  /** Never set together with `repostOf`: a repost is a Post with `repostOf` and no text of its own. */
  text: z.optional(text),
  facets: z.optional(z.array(Facet)),
  /** Tags without `#`; handles without `@`; link targets. In the order of the text, without duplicates. */
  tags: z.optional(z.array(text)),
  mentions: z.optional(z.array(text)),
  links: z.optional(z.array(text)),
  /** The topic that the post was filed under, apart from tags in its text. */
  topic: z.optional(text),
  media: z.optional(z.array(Media)),
  linkPreview: z.optional(LinkPreview),
  poll: z.optional(Poll),
  sound: z.optional(Sound),
  emoji: z.optional(z.array(Emoji)),
  /** Handles of those who wrote it together with the account. */
  coauthors: z.optional(z.array(text)),
  /** Name of the community or group that it was posted in. */
  community: z.optional(text),
  /** Earlier versions, oldest first, where the network keeps them. */
  revisions: z.optional(z.array(z.object({ id: z.optional(id), text: z.optional(text), createdAt: z.optional(time) }))),
  replyTo: z.optional(PostRef),
  /** The first post of the conversation, where the network says it. */
  threadRoot: z.optional(PostRef),
  quoteOf: z.optional(PostRef),
  repostOf: z.optional(PostRef),
  /** Content warning. */
  warning: z.optional(text),
  pinned: z.optional(z.boolean()),
  /** The media (or the text) are behind a click. */
  sensitive: z.optional(z.boolean()),
  /** The network's own mark for a spoiler. */
  spoiler: z.optional(z.boolean()),
  /** The post is meant to vanish (a "ghost" post), at `expiresAt` where known. */
  ghost: z.optional(z.boolean()),
  expiresAt: z.optional(time),
  unavailable: z.optional(z.boolean()),
  language: z.optional(text),
  visibility: z.optional(Visibility),
  /** Who may reply, in the network's own word. */
  replyControl: z.optional(text),
  /** The network says that this post went to the fediverse. */
  federated: z.optional(z.boolean()),
  counts: z.optional(
    z.object({
      likes: z.optional(count),
      replies: z.optional(count),
      reposts: z.optional(count),
      quotes: z.optional(count),
      shares: z.optional(count),
      views: z.optional(count),
      bookmarks: z.optional(count),
    }),
  ),
  source: z.optional(Source),
  seenAt: z.optional(time),
})
export type Post = z.infer<typeof Post>

/** A part of an account that is captured and counted on its own. */
export const Section = z.enum(['profile', 'follows', 'followers', 'posts', 'replies', 'reposts', 'media', 'lists', 'blocks', 'mutes', 'bookmarks', 'likes'])
export type Section = z.infer<typeof Section>

/** What the network itself says how many there are. */
export const Count = z.object({ section: Section, ownerId: z.optional(id), value: count, /** The number is rounded by the network ("1.2K"). */ rounded: z.optional(z.boolean()) })
export type Count = z.infer<typeof Count>

/** An answer that looked like one of ours and could not be read, or not wholly. */
export const Unread = z.object({
  /** A word for what went wrong: `not-json`, `no-records`, `too-large`, `errors`, `unknown-shape`, … */
  reason: text,
  operation: z.optional(text),
  section: z.optional(Section),
  /** Whose answer it was, where the request says it. Without it only the shape is kept. */
  ownerId: z.optional(id),
  /** How many records of the answer were lost, where that can be told. */
  records: z.optional(count),
})
export type Unread = z.infer<typeof Unread>

/** Where a section of an account's lists stands after this answer. */
export const End = z.object({
  section: Section,
  ownerId: z.optional(id),
  /** `cut`: the network stops early and says so; `hidden`: it shows this list to nobody; `blocked`: a limit or a check. */
  state: z.enum(['more', 'end', 'cut', 'hidden', 'blocked']),
  /** Where the next page begins. */
  cursor: z.optional(text),
  /** The cursor that this page was asked with; absent: the first page. */
  after: z.optional(text),
  /** Which part of the section this list is, where it has several (the members of one list): a `Place`'s. */
  part: z.optional(id),
})
export type End = z.infer<typeof End>

/** A page of the network on which a part of a section stands: the members of one list. */
export const Place = z.object({ section: Section, ownerId: z.optional(id), part: id, url: text, /** What that part is called. */ name: z.optional(text) })
export type Place = z.infer<typeof Place>

/** One question to a network's documented public interface. Always GET, https, without cookies. */
export const Ask = z.object({
  url: text,
  /** Which part of the account it is for; it is left out where that part was not asked for. */
  section: z.optional(Section),
  /** `request` of the answer that comes of it: what the reader must know of the question. */
  request: z.optional(z.object({ operation: z.optional(text), variables: z.optional(z.unknown()) })),
  /** MIME type to accept; `application/vnd.ipld.car` and other binary ones come as bytes. */
  accept: z.optional(text),
  /** Answered only to the person who is signed in: left out where they did not allow it. */
  signed: z.optional(z.boolean()),
  /** The answer is worth having, and the capture whole without it (a name, a picture). */
  optional: z.optional(z.boolean()),
})
export type Ask = z.infer<typeof Ask>

/** The owner of a list that is always that of whoever is signed in, where the answer names nobody. */
export const SELF = '@me'

/** Who is signed in. `aliases`: other ids of the same account, by which the network's answers name the owner of a list. `origin`: of their server, where a file of a network with many says so. */
export const Viewer = z.object({ id, handle: z.optional(id), name: z.optional(text), avatar: z.optional(text), aliases: z.optional(z.array(id)), origin: z.optional(text) })
export type Viewer = z.infer<typeof Viewer>

/** What stands between the person and the network: calm words are made of this elsewhere. */
export const Barrier = z.object({
  kind: z.enum(['rate-limit', 'challenge', 'login-wall', 'blocked']),
  /** Seconds to wait, where the network says it. */
  retryAfter: z.optional(count),
})
export type Barrier = z.infer<typeof Barrier>

/** Who goes by which name, as seen beside the account's own posts. Only completes people who are known by number; never kept by itself. */
export const Named = z.object({ id, handle: id, name: z.optional(text) })
export type Named = z.infer<typeof Named>

/** Everything that one answer gave. Every list is tied to the account that it belongs to. */
export const Reading = z.object({
  viewer: z.optional(Viewer),
  /** The answer says that nobody is signed in. */
  signedOut: z.optional(z.boolean()),
  barrier: z.optional(Barrier),
  profiles: z.array(Profile),
  follows: z.array(Follow),
  posts: z.array(Post),
  relations: z.array(Relation),
  counts: z.array(Count),
  unread: z.array(Unread),
  ends: z.array(End),
  /** Pages that belong to a section and were not known before. */
  places: z.optional(z.array(Place)),
  /** Who goes by which name, where the answer shows people by number elsewhere. */
  people: z.optional(z.array(Named)),
  /** What to ask next, where the network is read through its documented interface. */
  next: z.optional(z.array(Ask)),
})
export type Reading = z.infer<typeof Reading>

/** A Reading with nothing in it. */
export const nothing = (): Reading => ({ profiles: [], follows: [], posts: [], relations: [], counts: [], unread: [], ends: [] })
