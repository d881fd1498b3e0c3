/**
 * slurp, which puts an archive's posts on GoToSocial (VyrCossont/slurp, 2025-10; its structs seen when run). It passes over followers-only posts and answers to
 * others; everything here is what loses a whole post without a word.
 */
import { attachments, everybody, isNote, isOwn, isString, isStrings, isTime, namesSomebody, plain, standsBefore, type Importer } from './importer.ts'

export const slurp: Importer = {
  name: 'slurp',
  whole: {
    'the actor has an id and followers': ({ actor }) => isString(actor.id) && isString(actor.followers),
    'the outbox is a list': ({ outbox }) => Array.isArray(outbox.orderedItems),
  },
  takes: (item, archive) => isNote(item) && (item.object.inReplyTo === null || isOwn(archive, item.object.inReplyTo)) && JSON.stringify([item.object.to, item.object.cc]).includes(everybody),
  each: {
    'readers of the note are lists': ({ object }) => isStrings(object.to) && isStrings(object.cc),
    'nobody but everybody and the followers is addressed': ({ object }, { actor }) => [...object.to, ...object.cc].every((one: string) => one === everybody || one === actor.followers),
    'the date has a zone': ({ object }) => isTime(object.published) && (object.updated === undefined || isTime(object.updated)),
    'an address is one text': ({ object }) => (object.url === undefined || isString(object.url)) && attachments({ object }).every(one => isString(one.url)),
    'tags are a list of hashtags and emoji': ({ object }) => Array.isArray(object.tag) && object.tag.every((tag: { type: string }) => tag.type === 'Hashtag' || tag.type === 'Emoji'),
    'no word names somebody': ({ object }) => !namesSomebody(plain(object.content)) && !namesSomebody(object.summary ?? ''),
    'the language is the one whose text is the content': ({ object }) => object.contentMap === undefined || (Object.keys(object.contentMap).length === 1 && Object.values(object.contentMap)[0] === object.content),
    'folder and address together are a file': (item, { names }) => attachments(item).every(one => names.map(name => `/folder/${name}`).includes(`/folder${one.url}`)),
    'an own post that is answered stands before the answer': (item, archive) => item.object.inReplyTo === null || standsBefore(archive, item, item.object.inReplyTo),
    'sensitive is true or false': ({ object }) => typeof object.sensitive === 'boolean',
  },
}
