/**
 * Sharkey, its importers of Mastodon's archives (`packages/backend/src/queue/processors/ImportNotesProcessorService.ts`, 2026-04; seen when run): readers are taken
 * from the activity, ids, dates and answers from the note, files by the last part of their path among all that lie in `media_attachments/files`.
 */
import { attachments, byBaseName, everybody, isNote, isOwn, isString, isStrings, isTime, namesSomebody, plain, standsBefore, type Importer } from './importer.ts'

export const sharkey: Importer = {
  name: 'Sharkey',
  whole: {
    'actor.json and outbox.json stand at the root': ({ names }) => names.includes('actor.json') && names.includes('outbox.json'),
    'the context is an array without "litepub"': ({ actor }) => Array.isArray(actor['@context']) && !actor['@context'].some((one: unknown) => isString(one) && one.includes('litepub')),
    'no subtitles among the files, which end the folder': ({ names }) => !names.some(name => name.startsWith('media_attachments/files') && name.endsWith('.srt')),
    'every file of the folder can be told by its last part': archive => archive.names.filter(name => name.startsWith('media_attachments/files/')).every(name => byBaseName(archive, name) === name),
  },
  takes: isNote,
  each: {
    'readers of the activity are lists': item => isStrings(item.to) && isStrings(item.cc),
    'it is for everybody, for "home", or for followers': ({ to, cc }) => to.includes(everybody) || to.some((one: string) => one.endsWith('/followers')) || cc.includes(everybody),
    'nobody gets to read more than the note says': ({ to, cc, object }) => [...to, ...cc].includes(everybody) === [...object.to, ...object.cc].includes(everybody) && to.includes(everybody) === object.to.includes(everybody),
    'the note has an id and a date': ({ object }) => isString(object.id) && isTime(object.published),
    'an answer comes after what it answers': (item, archive) => !isOwn(archive, item.object.inReplyTo) || standsBefore(archive, item, item.object.inReplyTo),
    'a warning stands with "sensitive"': ({ object }) => object.summary === null || (isString(object.summary) && object.sensitive === true),
    'text is p, br and a, which it keeps': ({ object }) => (object.content.match(/<[^>]*>/g) ?? []).every((tag: string) => /^<(?:\/?p(?: class="quote-inline")?|br \/|a href="[^"]*"(?: rel="(?:tag|me)")?|\/a)>$/.test(tag)),
    'no link and no word becomes somebody’s name': ({ object }) => !namesSomebody(plain(object.content)) && !namesSomebody(object.summary ?? ''),
    'hashtags have names': ({ object }) => object.tag.every((tag: { type: string; name: string }) => tag.type !== 'Hashtag' || /^#\S+$/.test(tag.name)),
    'a file is one of the folder': (item, archive) => attachments(item).every(one => byBaseName(archive, one.url)?.startsWith('media_attachments/files/')),
    'a description is text or null': item => attachments(item).every(one => one.name === null || isString(one.name)),
  },
}
