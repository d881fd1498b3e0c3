/**
 * The layout of Mastodon's own export, which all readers were written for (`app/services/backup_service.rb`, `app/serializers/activitypub/{actor,note}_serializer.rb`,
 * v4.6.5 of 2026-08; read), and what the facts say of it for every reader: ids are there once, parents stand before answers, dates can be.
 */
import { attachments, everybody, isNote, isOwn, isRecord, isString, isStrings, isTime, standsBefore, type Importer } from './importer.ts'

const terms = (context: unknown): boolean => Array.isArray(context) && context[0] === 'https://www.w3.org/ns/activitystreams' && context.slice(1).every(one => isString(one) || isRecord(one))

export const mastodon: Importer = {
  name: "Mastodon's layout",
  whole: {
    'four files stand at the root, and nothing but pictures beside them': ({ names }) =>
      ['actor.json', 'outbox.json', 'likes.json', 'bookmarks.json'].every(name => names.includes(name)) && names.every(name => /^(?:(?:actor|outbox|likes|bookmarks)\.json|(?:avatar|header)\.[a-z0-9]+|media_attachments\/files\/[0-9a-f/]+\/original\/[^/]+)$/.test(name)),
    'the context begins with ActivityStreams': ({ actor, outbox }) => terms(actor['@context']) && terms(outbox['@context']),
    'the actor is a person under its own id': ({ actor }) =>
      actor.type === 'Person' && /^[a-z0-9_]+$/.test(actor.preferredUsername) && actor.followers === `${actor.id}/followers` && isString(actor.inbox) && actor.outbox === 'outbox.json' && actor.likes === 'likes.json' && actor.bookmarks === 'bookmarks.json',
    'no host is claimed': ({ actor }) => new URL(actor.id).hostname.endsWith('.invalid') && actor.publicKey === undefined,
    'fields are PropertyValues': ({ actor }) => actor.attachment.every((one: Record<string, unknown>) => one['type'] === 'PropertyValue' && isString(one['name']) && isString(one['value'])),
    'the outbox counts what is in it': ({ outbox }) => outbox.id === 'outbox.json' && outbox.type === 'OrderedCollection' && outbox.totalItems === outbox.orderedItems.length,
    'ids are there once': ({ items }) => new Set([...items.map(item => item.id), ...items.filter(isNote).map(item => item.object.id)]).size === items.length + items.filter(isNote).length,
    'oldest first, but for answers that wait': ({ items }) => {
      let newest = ''
      return items.every(item => {
        // Where posts answer each other in a circle, the first has waited for what never comes before it: it only says in our own words whom it answers.
        const waited = isString(item.object.inReplyTo) || (isRecord(item.object) && isRecord(item.object['holdall:original']) && isRecord(item.object['holdall:original']['holdall:repliedTo']))
        const late = item.published < newest && !waited
        if (item.published > newest) newest = item.published
        return !late
      })
    },
  },
  takes: () => true,
  each: {
    'it is a Create with a Note, or an Announce with an address': item => isNote(item) || (item.type === 'Announce' && isString(item.object) && URL.canParse(item.object)),
    'it stands under the actor': (item, { actor }) => item.actor === actor.id && item.id.startsWith(`${actor.id}/statuses/`) && item.id.endsWith('/activity'),
    'activity and note agree': item => !isNote(item) || JSON.stringify([item.id, item.actor, item.published, item.to, item.cc]) === JSON.stringify([`${item.object.id}/activity`, item.object.attributedTo, item.object.published, item.object.to, item.object.cc]),
    'dates are whole seconds of UTC': item => isTime(item.published) && item.published.endsWith('Z') && item.published.length === 20,
    'it is public, unlisted, or for followers': ({ to, cc }, { actor }) =>
      isStrings(to) && isStrings(cc) && [[[everybody], [actor.followers]], [[actor.followers], [everybody]], [[actor.followers], []]].some(form => JSON.stringify(form) === JSON.stringify([to, cc])),
    'an answer points at an address, or at a note before it': (item, archive) => !isNote(item) || item.object.inReplyTo === null || (URL.canParse(item.object.inReplyTo) && (!isOwn(archive, item.object.inReplyTo) || standsBefore(archive, item, item.object.inReplyTo))),
    'it has no bare line end': item => !isNote(item) || !item.object.content.includes('\n'),
    'an attachment is a Document with a kind, an address and a description or null': item =>
      !isNote(item) || attachments(item).every(one => one.type === 'Document' && isString(one.mediaType) && one.url.startsWith('/media_attachments/files/') && (one.name === null || isString(one.name)) && one.blurhash === null),
    'tags are hashtags with an address': item => !isNote(item) || item.object.tag.every((tag: Record<string, unknown>) => tag['type'] === 'Hashtag' && URL.canParse(String(tag['href'])) && /^#[^\s#@]+$/.test(String(tag['name']))),
    'an edit is not before the post': item => !isNote(item) || item.object.updated === undefined || item.object.updated >= item.published,
  },
}
