/** People and posts as the site writes them: three generations of accounts, posts with and without `legacy`. Key by key after what is publicly known of recorded answers. */
import type { List, Medium, Person, Piece, Post } from './world.ts'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type Obj = { [key: string]: Json }

/** What the writing of one answer depends on. */
export interface Context {
  modes: ReadonlySet<string>
  viewer: Person | undefined
  /** Numbers of those that the viewer follows. */
  following: ReadonlySet<string>
  /** Changes with every answer. */
  nonce: number
}

/** Texts that are in answers, pages and requests and must never be stored. */
export const secrets = { bearer: 'bearerSecretOfTheSite', csrf: 'csrfSecretOfTheSession', guest: 'guestSecretOfTheVisitor', sso: 'ssoSecretOfTheSession', auth: 'authSecretOfTheCookie', transaction: 'transactionSecretOfTheCall', disclosure: 'disclosureSecretOfTheAd' }

/** `EEE MMM dd HH:mm:ss +0000 yyyy`. */
export const oldDate = (ms: number): string => {
  const [day, date, month, year, time] = new Date(ms).toUTCString().replace(',', '').split(' ')
  return `${day} ${month} ${date} ${time} +0000 ${year}`
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const letters = (text: string): number => [...text].length

interface Written { text: string; entities: Obj }

/** Places count code points of the text as it is sent: escaped or not. */
const write = (pieces: Piece[], escaped: boolean): Written => {
  let text = ''
  const urls: Json[] = []
  const mentions: Json[] = []
  const tags: Json[] = []
  for (const piece of pieces) {
    const from = letters(text)
    if (piece.kind === 'text') text += escaped ? escape(piece.text) : piece.text
    else if (piece.kind === 'mention') {
      text += `@${piece.person.handle}`
      mentions.push({ id_str: piece.person.id, name: piece.person.name, screen_name: piece.person.handle, indices: [from, letters(text)] })
    } else if (piece.kind === 'tag') {
      text += `#${piece.name}`
      tags.push({ indices: [from, letters(text)], text: piece.name })
    } else {
      text += piece.short
      urls.push({ display_url: piece.shown, expanded_url: piece.target, url: piece.short, indices: [from, letters(text)] })
    }
  }
  return { text, entities: { hashtags: tags, symbols: [], urls, user_mentions: mentions } }
}

const stillOf = (medium: Medium): string => {
  const folder = medium.kind === 'video' ? `ext_tw_video_thumb/${medium.id}/pu/img` : medium.kind === 'animated_gif' ? 'tweet_video_thumb' : 'media'
  return `https://pbs.twimg.com/${folder}/${medium.key}.jpg`
}
/** Path of the file that is worth keeping. */
export const filePath = (medium: Medium): string =>
  medium.kind === 'photo' ? `/media/${medium.key}` : medium.kind === 'video' ? `/ext_tw_video/${medium.id}/pu/vid/avc1/1280x720/${medium.key}.mp4` : `/tweet_video/${medium.key}.mp4`

const media = (medium: Medium, short: string, from: number, post: Post): Obj => ({
  display_url: `pic.x.com/${short.slice(-10)}`, expanded_url: `https://x.com/${post.author.handle}/status/${post.id}/photo/1`, id_str: medium.id, indices: [from, from + short.length], media_key: `3_${medium.id}`,
  media_url_https: stillOf(medium), type: medium.kind, url: short, ...(medium.alt && { ext_alt_text: medium.alt }), ext_media_availability: { status: 'Available' },
  ...(post.sensitive && { sensitive_media_warning: { adult_content: false, graphic_violence: true, other: false } }),
  features: { large: { faces: [] } }, sizes: { large: { h: medium.height, w: medium.width, resize: 'fit' }, thumb: { h: 150, w: 150, resize: 'crop' } }, original_info: { height: medium.height, width: medium.width, focus_rects: [] },
  ...(medium.kind === 'video' && {
    video_info: {
      aspect_ratio: [16, 9], duration_millis: 20_066,
      variants: [
        { content_type: 'application/x-mpegURL', url: `https://video.twimg.com/ext_tw_video/${medium.id}/pu/pl/${medium.key}.m3u8?tag=12&container=cmaf` },
        { bitrate: 256_000, content_type: 'video/mp4', url: `https://video.twimg.com/ext_tw_video/${medium.id}/pu/vid/avc1/480x270/${medium.key}.mp4?tag=12` },
        { bitrate: 2_176_000, content_type: 'video/mp4', url: `https://video.twimg.com${filePath(medium)}?tag=12` },
        { bitrate: 9_000_000, content_type: 'video/mp4', url: `https://video.twimg.com/ext_tw_video/${medium.id}/pu/vid/hevc/1920x1080/${medium.key}.mp4?tag=12` },
        { bitrate: 832_000, content_type: 'video/mp4', url: `https://video.twimg.com/ext_tw_video/${medium.id}/pu/vid/avc1/640x360/${medium.key}.mp4?tag=12` },
      ],
    },
  }),
  ...(medium.kind === 'animated_gif' && { video_info: { aspect_ratio: [1, 1], variants: [{ bitrate: 0, content_type: 'video/mp4', url: `https://video.twimg.com${filePath(medium)}` }] } }),
})

const generation = (person: Person, { modes }: Context): 'a' | 'b' | 'c' => {
  if (modes.has('mixed')) return (['a', 'b', 'c'] as const)[Number(person.id.slice(-1)) % 3]!
  return modes.has('gen-a') ? 'a' : modes.has('gen-b') ? 'b' : 'c'
}

const websiteOf = (person: Person): Json[] => (person.website ? [{ display_url: person.website.target.replace(/^https:\/\//, '').slice(0, 24), expanded_url: person.website.target, url: person.website.short, indices: [0, 23] }] : [])

export const avatarOf = (person: Person): string => `https://pbs.twimg.com${person.avatar}.jpg`
const smallAvatar = (person: Person): string => `https://pbs.twimg.com${person.avatar}_normal.jpg`
const bannerOf = (person: Person): string => `https://pbs.twimg.com/profile_banners/${person.id}/1690213128`

/** An account. `counts`: follows, posts, likes. */
export const user = (person: Person, context: Context, counts = { follows: 100 + Number(person.id.slice(-2)), posts: 50, likes: 9 }, pinned: string[] = []): Obj => {
  if (person.gone) return { __typename: 'UserUnavailable', message: 'User is suspended', reason: 'Suspended' }
  const kind = generation(person, context)
  const { text: bio, entities } = write(person.bio, false)
  const bioUrls = entities.urls as Json[]
  const follows = context.following.has(person.id)
  const common = {
    __typename: 'User', id: btoa(`User:${person.id}`), rest_id: person.id, affiliates_highlighted_label: {}, has_graduated_access: true, is_blue_verified: person.blue, profile_image_shape: 'Circle', tipjar_settings: {},
  }
  if (kind === 'a') {
    return {
      ...common,
      legacy: {
        ...(follows && { following: true }), can_dm: false, can_media_tag: true, created_at: oldDate(person.joined), default_profile: true, default_profile_image: false, description: bio,
        entities: { description: { urls: bioUrls }, ...(person.website && { url: { urls: websiteOf(person) } }) },
        fast_followers_count: 0, favourites_count: counts.likes, followers_count: person.followers, friends_count: counts.follows, has_custom_timelines: false, is_translator: false, listed_count: 2, location: person.location ?? '', media_count: 3,
        name: person.name, normal_followers_count: person.followers, pinned_tweet_ids_str: pinned, possibly_sensitive: false, profile_banner_url: bannerOf(person), profile_image_url_https: smallAvatar(person),
        // Only where it is so.
        ...(person.locked && { protected: true }),
        profile_interstitial_type: '', screen_name: person.handle, statuses_count: counts.posts, translator_type: 'none', ...(person.website && { url: person.website.short }), verified: false, want_retweets: false, withheld_in_countries: [],
      },
    }
  }
  const later: Obj = {
    ...common, core: { created_at: oldDate(person.joined), name: person.name, screen_name: person.handle }, avatar: { image_url: smallAvatar(person) }, dm_permissions: { can_dm: false }, follow_request_sent: false,
    location: { location: person.location ?? '' }, media_permissions: { can_media_tag: true }, privacy: { protected: person.locked }, verification: { verified: false },
    relationship_perspectives: context.viewer ? { blocked_by: false, blocking: false, followed_by: person.id.endsWith('3'), following: follows, muting: false } : {},
  }
  if (kind === 'b') {
    return {
      ...later, profile_bio: { description: bio },
      legacy: {
        default_profile: true, default_profile_image: false, description: bio, entities: { description: bioUrls.length ? { urls: bioUrls } : {}, ...(person.website && { url: { urls: websiteOf(person) } }) }, fast_followers_count: 0, favourites_count: counts.likes,
        followers_count: person.followers, friends_count: counts.follows, has_custom_timelines: false, is_translator: false, listed_count: 2, media_count: 3, normal_followers_count: person.followers, ...(pinned.length && { pinned_tweet_ids_str: pinned }),
        possibly_sensitive: false, profile_banner_url: bannerOf(person), profile_interstitial_type: '', statuses_count: counts.posts, translator_type: 'none', ...(person.website && { url: person.website.short }), want_retweets: true,
      },
    }
  }
  return {
    ...later, action_counts: { favorites_count: counts.likes }, banner: { image_url: bannerOf(person) }, notifications_settings: { notifications_enabled: false }, ...(pinned.length && { pinned_items: { tweet_ids_str: pinned } }), possibly_sensitive: false,
    profile_bio: { description: bio, entities: { description: bioUrls.length ? { urls: bioUrls } : {}, ...(person.website && { url: { urls: websiteOf(person) } }) } }, profile_metadata: { profile_interstitial_type: '' },
    relationship_counts: { followers: person.followers, following: counts.follows }, tweet_counts: { tweets: counts.posts, media_tweets: 3 }, website: { url: person.website?.short ?? '' },
  }
}

const string = (key: string, text: string): Json => ({ key, value: { string_value: text, type: 'STRING' } })

const card = (post: Post): Obj => {
  if (post.poll) {
    const { labels, counts, endsAt } = post.poll
    return {
      rest_id: `card://${post.id}`,
      legacy: {
        name: `poll${labels.length}choice_text_only`, url: `card://${post.id}`, user_refs_results: [], card_platform: { platform: { audience: { name: 'production' }, device: { name: 'Swift', version: '12' } } },
        binding_values: [...labels.flatMap((label, i) => [string(`choice${i + 1}_label`, label), string(`choice${i + 1}_count`, String(counts[i]))]), string('end_datetime_utc', new Date(endsAt).toISOString().replace('.000', '')), { key: 'counts_are_final', value: { boolean_value: true, type: 'BOOLEAN' } }, string('api', 'capi://passthrough/1')],
      },
    }
  }
  const { short, title, description } = post.card!
  return {
    rest_id: short,
    legacy: {
      name: 'summary_large_image', url: short, user_refs_results: [],
      binding_values: [string('title', title), string('description', description), string('vanity_url', 'ferries.example'), { key: 'photo_image_full_size_large', value: { image_value: { height: 419, width: 800, url: 'https://pbs.twimg.com/card_img/1/winter?format=jpg&name=800x419' }, type: 'IMAGE' } }, string('card_url', short)],
    },
  }
}

const TOMBSTONE: Obj = { __typename: 'TweetTombstone', tombstone: { __typename: 'TextTombstone', text: { rtl: false, text: 'This Post is from a suspended account. Learn more', entities: [] } } }
export const tombstone = (): Obj => structuredClone(TOMBSTONE)

/** A post. What it quotes or passes on stands inside, one level deep. */
export const tweet = (post: Post, context: Context, author: Obj = user(post.author, context), nested = false): Obj => {
  const body = write(post.pieces, true)
  let text = body.text
  const attach = (short: string): number => {
    if (text) text += ' '
    const from = letters(text)
    text += short
    return from
  }
  // A long post's short form is cut, with a link to itself at the end.
  const cut = post.long ? write([{ kind: 'text', text: `${[...post.pieces.map(piece => (piece.kind === 'text' ? piece.text : '')).join('')].slice(0, 240).join('')}…` }], true) : undefined
  if (cut) text = cut.text
  const entities: Obj = { ...(cut ?? body).entities, timestamps: [] }
  const shown = letters(text)
  let attached: Json[] = []
  const quoteId = post.quote?.id ?? post.quoteGone
  const quoteLink = quoteId ? `https://t.co/Q${quoteId.slice(-9)}` : ''
  const quoteAddress = `https://twitter.com/${post.quote?.author.handle ?? 'somebody'}/status/${quoteId ?? ''}`
  if (quoteId) {
    const from = attach(quoteLink)
    entities.urls = [...(entities.urls as Json[]), { display_url: quoteAddress.slice(8, 32), expanded_url: quoteAddress, url: quoteLink, indices: [from, from + quoteLink.length] }]
  }
  if (post.media.length) {
    const short = `https://t.co/M${post.id.slice(-9)}`
    const from = attach(short)
    attached = post.media.map(medium => media(medium, short, from, post))
    entities.media = attached
  }
  const passed = post.repost && !nested ? tweet(post.repost, context, user(post.repost.author, context), true) : undefined
  const short = post.repost ? `RT @${post.repost.author.handle}: ${write(post.repost.pieces, true).text}`.slice(0, 139) + '…' : text
  const conversation = post.root?.id ?? post.replyTo?.id ?? post.lostParent?.id ?? post.id
  const answered = post.replyTo ?? post.lostParent
  const legacy: Obj = {
    bookmark_count: 1, bookmarked: false, created_at: oldDate(post.at), conversation_id_str: conversation, display_text_range: [0, shown], entities, ...(attached.length && { extended_entities: { media: attached } }), favorite_count: post.likes, favorited: false,
    full_text: short, is_quote_status: quoteId !== undefined, lang: post.language, ...(attached.length && { possibly_sensitive: post.sensitive, possibly_sensitive_editable: true }), quote_count: post.quotes, reply_count: post.replies, retweet_count: post.reposts, retweeted: false,
    user_id_str: post.author.id, id_str: post.id, ...(quoteId && { quoted_status_id_str: quoteId, quoted_status_permalink: { url: quoteLink, expanded: quoteAddress, display: quoteAddress.slice(8, 32) } }),
    ...(answered && { in_reply_to_screen_name: answered.author.handle, in_reply_to_status_id_str: answered.id, in_reply_to_user_id_str: answered.author.id }), ...(passed && { retweeted_status_result: { result: passed } }),
  }
  const control = { edit_tweet_ids: [...post.earlier, post.id], editable_until_msecs: String(post.at + 3_600_000), is_edit_eligible: true, edits_remaining: String(5 - post.earlier.length) }
  const note = post.long ? write(post.pieces, false) : undefined
  const { modes } = context
  const inner: Obj = {
    __typename: 'Tweet', rest_id: post.id, core: { user_results: { result: author } }, unmention_data: {}, is_translatable: false, source: '<a href="https://mobile.x.com" rel="nofollow">X Web App</a>', views: { count: String(post.likes * 31), state: 'EnabledWithCount' },
    edit_control: post.earlier.length ? { initial_tweet_id: post.earlier[0]!, edit_control_initial: control } : { ...control, edit_tweet_ids: [post.id] },
    ...(post.earlier.length && { previous_counts: { bookmark_count: 0, favorite_count: 1, quote_count: 0, reply_count: 0, retweet_count: 0 } }),
    ...((post.poll || post.card) && { card: card(post) }),
    ...(note && { note_tweet: { is_expandable: true, note_tweet_results: { result: { id: btoa(`NoteTweet:${post.id}`), text: note.text, entity_set: note.entities, richtext: { richtext_tags: [] }, media: { inline_media: [] } } } } }),
    ...(post.article && { article: { article_results: { result: { rest_id: post.article.id, id: btoa(`ArticleEntity:${post.article.id}`), title: post.article.title, preview_text: post.article.preview } } } }),
    ...(post.community && { community_results: { result: { __typename: 'Community', id_str: '1500000000000000001', name: post.community } } }),
    ...(post.quote && !nested && { quoted_status_result: { result: tweet(post.quote, context, user(post.quote.author, context), true) } }),
    ...(post.quote && nested && { quotedRefResult: { result: { __typename: 'Tweet', rest_id: post.quote.id } } }),
    ...(post.quoteGone && { quoted_status_result: { result: tombstone() } }),
    ...(modes.has('no-legacy') ? { ...legacy, legacy: null } : { legacy }),
  }
  if (!post.limited) return inner
  const { __typename: _, ...bare } = inner
  return { __typename: 'TweetWithVisibilityResults', tweet: bare, limitedActionResults: { limited_actions: [{ action: 'Reply', prompts: { __typename: 'CtaLimitedActionPrompt' } }] } }
}

export const list = (one: List, context: Context): Obj => ({
  created_at: 1_600_000_000_000, default_banner_media: { media_info: { original_img_url: 'https://pbs.twimg.com/media/EXZ27Z1WoAIFRHR.png' } }, description: '', facepile_urls: [], following: one.owner !== context.viewer, id: btoa(`List:${one.id}`), id_str: one.id, is_member: false,
  member_count: one.members.length, mode: one.secret ? 'Private' : 'Public', muting: false, name: one.name, pinning: false, subscriber_count: 0, user_results: { result: user(one.owner, context) },
})
