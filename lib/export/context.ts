/** The JSON-LD context of everything in the archive, and the words of our own that ActivityStreams has none for. */

export const activityStreams = 'https://www.w3.org/ns/activitystreams'
/** Everybody. */
export const everybody = `${activityStreams}#Public`

/** Our words. A reserved host (RFC 2606): it names, and leads nowhere. docs/bundle.md lists them. */
export const ownTerms = 'https://holdall.invalid/ns#'

/**
 * An array, as Sharkey demands (a string makes its import of the whole archive fail; seen when run on its source of 2026-04).
 * Only terms that are used. Mastodon's own spelling of them: `app/helpers/context_helper.rb` (v4.6.5, 2026-08); `schema` with
 * `http:` and `#` is wrong as schema.org goes and right as everybody reads it. Every `holdall:` word expands by the prefix, so
 * that a safe JSON-LD expansion loses nothing.
 */
export const context = [
  activityStreams,
  'https://w3id.org/security/v1',
  {
    manuallyApprovesFollowers: 'as:manuallyApprovesFollowers',
    sensitive: 'as:sensitive',
    Hashtag: 'as:Hashtag',
    alsoKnownAs: { '@id': 'as:alsoKnownAs', '@type': '@id' },
    toot: 'http://joinmastodon.org/ns#',
    blurhash: 'toot:blurhash',
    schema: 'http://schema.org#',
    PropertyValue: 'schema:PropertyValue',
    value: 'schema:value',
    quote: { '@id': 'https://w3id.org/fep/044f#quote', '@type': '@id' },
    holdall: ownTerms,
    // Mastodon's archives have it without a meaning; so that it has one.
    bookmarks: { '@id': 'holdall:bookmarks', '@type': '@id' },
  },
]
