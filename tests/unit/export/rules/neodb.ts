/**
 * NeoDB's importer (neodb-social/neodb#1868, 2026-09; read in its tests): actor with id and followers, readers and date of the note, the id so that a second run adds
 * nothing, files by path or by their last part, the language from the first key, reposts as links.
 */
import { attachments, byBaseName, everybody, isString, isStrings, isTime, plain, namesSomebody, type Importer } from './importer.ts'

export const neodb: Importer = {
  name: 'NeoDB',
  whole: {
    'the actor has an id and followers': ({ actor }) => isString(actor.id) && isString(actor.followers),
    'the outbox is a list': ({ outbox }) => Array.isArray(outbox.orderedItems),
    'ids are there once': ({ items }) => new Set(items.map(item => item.id)).size === items.length,
  },
  takes: item => item.type === 'Create' || item.type === 'Announce',
  each: {
    'a repost is an address': item => item.type !== 'Announce' || (isString(item.object) && URL.canParse(item.object)),
    'readers are one of its four levels': (item, { actor }) => {
      const { to, cc } = item.type === 'Announce' ? item : item.object
      return isStrings(to) && isStrings(cc) && [...to, ...cc].every(one => one === everybody || one === actor.followers) && to.length > 0
    },
    'the note has an id, a date and text': item => item.type === 'Announce' || (isString(item.object.id) && isTime(item.object.published) && isString(item.object.content)),
    'the first language is a text': item => item.type === 'Announce' || item.object.contentMap === undefined || isString(Object.values(item.object.contentMap)[0]),
    'a file is found by its path or its last part': (item, archive) => item.type === 'Announce' || attachments(item).every(one => archive.names.includes(one.url.replace(/^\//, '')) || byBaseName(archive, one.url) !== undefined),
    'it need not change an @': item => item.type === 'Announce' || !namesSomebody(plain(item.object.content)),
  },
}
