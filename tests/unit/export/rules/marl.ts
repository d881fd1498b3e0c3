/**
 * MARL 2.13, which shows archives in a browser (s427/MARL; seen when run, 2026-11): it reads dates and readers of the activity, `cc` as an array, wants the activity's
 * id to be the note's and `/activity`, and finds files behind `media_attachments/`.
 */
import { attachments, isRecord, isString, isStrings, isTime, type Importer } from './importer.ts'

/** It shows JPEG, PNG, MP4 and MP3; a GIF stays a name. Nothing else is to be given to it. */
const shown = new Set(['image/jpeg', 'image/png', 'video/mp4', 'audio/mpeg', 'image/gif'])

export const marl: Importer = {
  name: 'MARL',
  whole: {
    'the actor and the outbox stand at the root, or in one folder': ({ names }) => names.includes('actor.json') && names.includes('outbox.json'),
    'a picture of the profile is an Image in the archive': ({ actor, names }) => [actor.icon, actor.image].every(picture => picture === undefined || (picture.type === 'Image' && names.includes(picture.url))),
    'the outbox is a list': ({ outbox }) => Array.isArray(outbox.orderedItems),
  },
  takes: () => true,
  each: {
    'an activity is called after its note': item => item.type !== 'Create' || item.id === `${item.object.id}/activity`,
    'the activity has a date': item => isTime(item.published),
    'the activity has readers in lists': item => isStrings(item.to) && isStrings(item.cc),
    'the note has text': item => item.type !== 'Create' || isString(item.object.content),
    'languages are a record': item => item.object.contentMap === undefined || isRecord(item.object.contentMap),
    'tags are a list of hashtags and mentions': item => item.type !== 'Create' || (Array.isArray(item.object.tag) && item.object.tag.every((tag: { type: string }) => tag.type === 'Hashtag' || tag.type === 'Mention')),
    'files lie behind media_attachments, and can be shown': (item, { names }) => item.type !== 'Create' || attachments(item).every(one => names.includes(one.url.slice(one.url.indexOf('media_attachments/'))) && shown.has(one.mediaType)),
    'counters are numbers': item => ['likes', 'shares'].every(name => item.object[name] === undefined || Number.isInteger(item.object[name].totalItems)),
  },
}
