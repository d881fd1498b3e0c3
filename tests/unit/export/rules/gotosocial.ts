/**
 * GoToSocial 0.19.2, what its server refuses of a back-dated post (`internal/processing/status/create.go`; seen when run, 2026-11): 400 for a language that it does not
 * know, 406 at or before 1970, 501 in the future. Over 5,000 characters with the warning is 400 too: that is the post's own length, which the preview counts.
 */
import { isNote, isTime, type Importer } from './importer.ts'

/** BCP 47, and a language that there is: the browser's own list of names knows it. */
const isLanguage = (tag: string): boolean => {
  const [language = ''] = tag.split('-')
  return /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/.test(tag) && new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language) !== undefined && !['und', 'zxx', 'mul', 'mis'].includes(language)
}

export const gotosocial: Importer = {
  name: 'GoToSocial',
  whole: {},
  takes: isNote,
  each: {
    'the language is one': ({ object }) => object.contentMap === undefined || Object.keys(object.contentMap).every(isLanguage),
    'the date is after 1970': ({ object }) => isTime(object.published) && Date.parse(object.published) > Date.UTC(1970, 0, 1),
    'the date is not to come': ({ object }) => isTime(object.published) && Date.parse(object.published) <= Date.parse('2026-11-22T10:11:12Z') + 86_400_000,
    'there is something in it': ({ object }) => object.content !== '' || object.attachment.length > 0,
  },
}
