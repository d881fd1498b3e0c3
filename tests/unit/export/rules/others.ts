/**
 * Readers of which little is known: Pixelfed finds files by the last part of their path alone (`resources/assets/components/AccountImport.vue`, 2026-01; run) · Bonfire takes
 * activities whose object is embedded and has an id (bonfire-networks/bonfire_social `lib/import.ex`, 2026-08; read) · Firefish 1.0.3 puts folder and address together
 * and wants an array of attachments (jclaudan/firefish; read) · mastodon-data-viewer.py takes `actor.outbox` for a file's name (read).
 */
import { attachments, byBaseName, isNote, isRecord, isString, type Importer } from './importer.ts'

export const pixelfed: Importer = {
  name: 'Pixelfed',
  whole: { 'every file can be told by its last part': archive => archive.names.every(name => byBaseName(archive, name) === name) },
  takes: isNote,
  each: {
    'a file is found by its last part': (item, archive) => attachments(item).every(one => byBaseName(archive, one.url) !== undefined),
    'no file belongs to two posts': (item, { items }) => attachments(item).every(one => items.filter(isNote).flatMap(attachments).filter(other => other.url === one.url).length === 1),
  },
}

export const bonfire: Importer = {
  name: 'Bonfire',
  whole: { 'the outbox is a list': ({ outbox }) => outbox.type === 'OrderedCollection' && Array.isArray(outbox.orderedItems) },
  takes: item => item.type === 'Create',
  each: { 'the object is embedded and has an id': ({ object }) => isRecord(object) && isString(object['id']) },
}

export const firefish: Importer = {
  name: 'Firefish',
  whole: { 'actor.json and outbox.json stand at the root': ({ names }) => names.includes('actor.json') && names.includes('outbox.json') },
  takes: isNote,
  each: {
    'attachments are an array': ({ object }) => Array.isArray(object.attachment),
    'folder and address together are a file': (item, { names }) => attachments(item).every(one => names.map(name => `folder/${name}`).includes(`folder${one.url}`)),
  },
}

export const dataViewer: Importer = {
  name: 'mastodon-data-viewer.py',
  whole: { 'the actor names its outbox, which is a file': ({ actor, names }) => names.includes(actor.outbox) },
  takes: () => false,
  each: {},
}
