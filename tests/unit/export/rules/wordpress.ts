/**
 * The WordPress plugin's importer (Automattic/wordpress-activitypub, `includes/wp-admin/import/class-mastodon.php`, 2025-26; read in source): everything but `Announce`,
 * readers and date of the activity, the file by folder and address written together, and PHP functions that end with a type error over what is no array.
 */
import { attachments, everybody, isString, isStrings, isTime, type Importer } from './importer.ts'

export const wordpress: Importer = {
  name: 'WordPress',
  whole: { 'outbox.json stands at the root': ({ names }) => names.includes('outbox.json') },
  // Followers-only posts are passed over.
  takes: item => item.type !== 'Announce' && JSON.stringify([item.to, item.cc]).includes(everybody),
  each: {
    'readers of the activity are lists': ({ to, cc }) => isStrings(to) && isStrings(cc),
    'the activity has a date': ({ published }) => isTime(published),
    'the note has an id, which it remembers, and text': ({ object }) => isString(object.id) && isString(object.content),
    'tags are an array, also where there are none': ({ object }) => Array.isArray(object.tag) && object.tag.every((tag: { type: unknown; name: unknown }) => isString(tag.type) && isString(tag.name)),
    'attachments are an array': ({ object }) => Array.isArray(object.attachment),
    'folder and address together are a file': (item, { names }) => attachments(item).every(one => names.map(name => `folder/${name}`).includes(`folder${one.url}`)),
    'a file has its kind': item => attachments(item).every(one => /^(?:image|video|audio)\/[a-z0-9.+-]+$/.test(one.mediaType)),
    'a warning is text or null': ({ object }) => object.summary === null || isString(object.summary),
    'no actor is needed: the first activity names it': ({ actor }) => isString(actor),
  },
}
