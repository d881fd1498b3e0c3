/**
 * People and posts as the site writes them: the form of 2026 (the phone's, by REST and by GraphQL) and Graph form, the older one. Key by key after what is publicly
 * known of the recorded answers; values made up.
 */
import type { Medium, Person, Post } from './world.ts'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type Obj = { [key: string]: Json }

/** What the writing of one answer depends on. */
export interface Context {
  modes: ReadonlySet<string>
  viewer: Person | undefined
  following: ReadonlySet<string>
  /** Changes with every answer: signatures of the same file differ. */
  nonce: number
  /** Unix seconds. */
  now: number
}

/** Texts that are in answers and pages and must never be stored. */
export const secrets = { lsd: 'AVrLsdSecretOfThePage', dtsg: 'NAfVDtsgSecretOfTheSession', csrf: 'CsrfSecretOfTheSession', tracking: 'eyJUcmFja2luZ1NlY3JldCI6', ranking: 'RankingTokenSecret', claim: 'hmacClaimSecret' }

/** A whole number that is written bare, however long. */
const bare = (digits: string): string => `\u0001N${digits}`

/** @returns the text of a JSON document, with bare long numbers */
export const wire = (value: Json): string => JSON.stringify(value).replace(/"\\u0001N(\d+)"/g, '$1')

const hostOf = (path: string): string => ['scontent-fra3-1.cdninstagram.com', 'scontent-fra5-2.cdninstagram.com', 'instagram.fgrz1-1.fna.fbcdn.net'][[...path].reduce((sum, letter) => (sum + letter.charCodeAt(0)) % 3, 0)] as string

/** The address of a file without what changes. */
export const fileAddress = (path: string): string => `https://${hostOf(path)}${path}`

const signed = (path: string, { nonce, now }: Context, size: string): string =>
  `${fileAddress(path)}?stp=dst-jpg_${size}_tt6&_nc_ht=${hostOf(path)}&_nc_cat=1&_nc_ohc=q${nonce}&edm=AP4sbd4BAAAA&ccb=7-5&oh=00_AT${nonce.toString(36)}&oe=${(now + 6 * 86_400).toString(16).toUpperCase()}&_nc_sid=7a9f4b`

/** A number as the phone form has it by REST: bare; by GraphQL, text. */
const pkOf = (digits: string, { modes }: Context): string => (modes.has('big-numbers') ? bare(digits) : digits)

const redirect = (target: string, { nonce }: Context): string => `https://l.instagram.com/?u=${encodeURIComponent(target)}&e=AT${nonce.toString(36)}secretOfTheRedirect`

const friendship = (person: Person, { following }: Context): Json => ({ following: following.has(person.pk), is_private: person.locked, incoming_request: false, outgoing_request: false, is_bestie: false, is_restricted: false, is_feed_favorite: false })

/** A row of a list of people. */
export const row = (person: Person, context: Context): Obj => ({
  pk: pkOf(person.pk, context), pk_id: person.pk, id: person.pk, strong_id__: person.pk, fbid_v2: bare(person.fbid), username: person.handle, full_name: person.name, is_private: person.locked, is_verified: person.verified,
  profile_pic_url: signed(person.avatar, context, 's150x150'), profile_pic_id: `31${person.pk}_${person.pk}`, has_anonymous_profile_picture: false, account_badges: [], latest_reel_media: person.pk.endsWith('3') ? context.now - 3600 : 0, is_favorite: false, third_party_downloads_enabled: 0,
})

/** The same as GraphQL has it. */
const node = (person: Person, context: Context): Obj => ({
  __typename: 'XDTUserDict', pk: pkOf(person.pk, context), id: person.pk, username: person.handle, full_name: person.name, is_private: person.locked, is_verified: person.verified,
  profile_pic_url: signed(person.avatar, context, 's150x150'), friendship_status: friendship(person, context), latest_reel_media: null, live_broadcast_id: null,
})

/** The same in Graph form. */
export const graphRow = (person: Person, context: Context): Obj => ({
  id: person.pk, username: person.handle, full_name: person.name, profile_pic_url: signed(person.avatar, context, 's150x150'), is_private: person.locked, is_verified: person.verified, followed_by_viewer: context.following.has(person.pk), requested_by_viewer: false,
  reel: { id: person.pk, expiring_at: context.now + 3600, has_pride_media: false, latest_reel_media: 0, seen: null, owner: { __typename: 'GraphUser', id: person.pk, profile_pic_url: signed(person.avatar, context, 's150x150'), username: person.handle } },
})

export const personNode = node

interface Counts { follows: number; posts: number }

/** A whole profile. */
export const profile = (person: Person, { follows, posts }: Counts, context: Context): Obj => ({
  __typename: 'XDTUserDict', friendship_status: friendship(person, context), gating: null, is_memorialized: false, is_private: person.locked, has_story_archive: null, username: person.handle, pk: pkOf(person.pk, context), id: person.pk, fbid_v2: bare(person.fbid),
  full_name: person.name, biography: person.bio, biography_with_entities: { raw_text: person.bio, entities: (person.bio.match(/@[\w.]+|#\w+/g) ?? []).map(found => (found.startsWith('@') ? { user: { username: found.slice(1), id: '50000000001' }, hashtag: null } : { user: null, hashtag: { id: '1', name: found.slice(1) } })) },
  bio_links: person.links.map((link, i) => ({ link_id: bare(`1790000000000000${i}`), url: link.url, lynx_url: redirect(link.url, context), link_type: 'external', title: link.title, image_url: '' })),
  external_url: person.links[0] ? `${person.links[0].url}?fbclid=secretOfTheRedirect` : '', external_lynx_url: person.links[0] ? redirect(person.links[0].url, context) : '', pronouns: person.pronouns, category: person.group === 'self' ? 'Bookbinder' : null,
  is_verified: person.verified, profile_pic_url: signed(person.avatar, context, 's150x150'), hd_profile_pic_url_info: { url: signed(person.avatar, context, 's1080x1080'), width: 1080, height: 1080 }, has_anonymous_profile_picture: false,
  follower_count: person.followers, following_count: follows, media_count: posts, mutual_followers_count: 2, account_type: 1, total_clips_count: 1, latest_reel_media: 0, is_embeds_disabled: false, show_text_post_app_badge: false, text_post_app_badge_label: null,
  address_street: null, city_name: null, zip: null, transparency_label: null, supervision_info: null, profile_context_links_with_user_ids: [], friendship_status_hint: null,
})

const candidates = (medium: Medium, context: Context): Json => {
  const path = medium.poster ?? medium.path
  return { candidates: [1, 0.66, 0.4].map((share, i) => ({ url: signed(path, context, i === 0 ? 'e35' : `p${Math.round(medium.width * share)}`), width: Math.round(medium.width * share), height: Math.round(medium.height * share) })) }
}

const versions = (medium: Medium, context: Context): Json =>
  medium.kind === 'video' ? [[101, 1], [102, 0.6], [103, 0.6]].map(([type, share]) => ({ type: type!, url: signed(medium.path, context, `v${type}`), width: Math.round(medium.width * share!), height: Math.round(medium.height * share!) })) : null

/** A person inside a post. */
const author = (person: Person, context: Context): Obj => ({ pk: pkOf(person.pk, context), id: person.pk, username: person.handle, full_name: person.name, is_private: person.locked, is_verified: person.verified, profile_pic_url: signed(person.avatar, context, 's150x150'), friendship_status: friendship(person, context), is_unpublished: false, transparency_label: null })

const textOf = (post: Post): string => post.pieces.map(piece => (piece.kind === 'text' ? piece.text : piece.kind === 'tag' ? `#${piece.name}` : `@${piece.person.handle}`)).join('')

const typeOf = (post: Post): number => (post.media.length > 1 ? 8 : post.media[0]!.kind === 'video' ? 2 : 1)

/** A post, whole. */
export const item = (post: Post, context: Context): Obj => {
  const [only] = post.media
  const single = post.media.length === 1 && only
  const written = textOf(post)
  return {
    __typename: 'XDTMediaDict', pk: pkOf(post.pk, context), id: `${post.pk}_${post.author.pk}`, strong_id__: `${post.pk}_${post.author.pk}`, code: post.code, media_type: typeOf(post), product_type: post.reel ? 'clips' : post.media.length > 1 ? 'carousel_container' : 'feed',
    taken_at: post.at, device_timestamp: bare(`${post.at}000123`), caption: written ? { text: written, pk: `180${post.pk.slice(-14)}`, created_at: post.at, has_translation: null } : null, caption_is_edited: post.edited,
    user: author(post.author, context), owner: { ...author(post.author, context), __typename: 'XDTUserDict' }, coauthor_producers: post.coauthors.map(one => author(one, context)), invited_coauthor_producers: [],
    image_versions2: candidates(only!, context), video_versions: single ? versions(single, context) : null, ...(single && single.seconds ? { video_duration: single.seconds } : {}), original_width: only!.width, original_height: only!.height,
    carousel_media_count: single ? null : post.media.length,
    carousel_media: single ? null : post.media.map(medium => ({
      pk: pkOf(medium.pk, context), id: `${medium.pk}_${post.author.pk}`, code: null, media_type: medium.kind === 'video' ? 2 : 1, carousel_parent_id: `${post.pk}_${post.author.pk}`, image_versions2: candidates(medium, context), video_versions: versions(medium, context),
      original_width: medium.width, original_height: medium.height, accessibility_caption: medium.alt ?? null, video_duration: medium.seconds ?? null, usertags: null, owner: null, taken_at: null,
    })),
    accessibility_caption: single ? single.alt ?? null : null, usertags: post.tagged.length > 0 ? { in: post.tagged.map(one => ({ user: author(one, context), position: [0.4, 0.6] })) } : null, location: post.tagged.length > 0 ? { pk: 213385402, lat: 47.07, lng: 15.43, name: 'Graz, Austria', profile_pic_url: null } : null,
    like_count: post.likes, comment_count: post.comments, play_count: post.reel ? post.plays : null, view_count: null, like_and_view_counts_disabled: false, has_liked: false, top_likers: [], facepile_top_likers: [], preview_comments: [],
    timeline_pinned_user_ids: post.pinned ? [bare(post.author.pk)] : [], audience: post.circle ? 'besties' : null, title: post.title ?? null, media_overlay_info: post.covered ? { overlay_type: 2, overlay_layout: 1 } : null, is_paid_partnership: false,
    clips_metadata: post.reel ? { audio_type: post.sound ? 'licensed_music' : 'original_sounds', original_sound_info: null, music_info: post.sound ? { music_asset_info: { audio_cluster_id: post.sound.id, title: post.sound.title, display_artist: post.sound.artist, is_explicit: false }, music_consumption_info: null } : null } : null,
    organic_tracking_token: `${secrets.tracking}${post.pk}${context.nonce}`, logging_info_token: null, ad_id: null, injected: null, boosted_status: null, expiring_at: null, link: null, can_reshare: true, has_audio: single && single.kind === 'video' ? true : null,
  }
}

/** What the Reels tab and prefetched answers have of a post: a cover and some numbers. */
export const reduced = (post: Post, context: Context): Obj => ({
  __typename: 'XDTMediaDict', pk: pkOf(post.pk, context), id: `${post.pk}_${post.author.pk}`, code: post.code, media_type: typeOf(post), product_type: post.reel ? 'clips' : 'feed', user: { pk: pkOf(post.author.pk, context), id: post.author.pk },
  image_versions2: candidates(post.media[0]!, context), original_width: post.media[0]!.width, original_height: post.media[0]!.height, like_count: post.likes, comment_count: post.comments, play_count: post.plays, view_count: null,
  like_and_view_counts_disabled: false, clips_tab_pinned_user_ids: [], audience: null, media_overlay_info: null, logging_info_token: null, preview: null,
})

const dimensions = ({ width, height }: Medium): Json => ({ height, width })

const graphMedium = (medium: Medium, context: Context): Obj => ({
  __typename: medium.kind === 'video' ? 'GraphVideo' : 'GraphImage', id: medium.pk, dimensions: dimensions(medium), display_url: signed(medium.poster ?? medium.path, context, 'e35'), is_video: medium.kind === 'video', accessibility_caption: medium.alt ?? null,
  ...(medium.kind === 'video' ? { video_url: signed(medium.path, context, 'v'), video_duration: medium.seconds ?? null, has_audio: true } : {}),
})

/** A post in Graph form. */
export const graphItem = (post: Post, context: Context): Obj => {
  const [only] = post.media
  const series = post.media.length > 1
  const written = textOf(post)
  return {
    ...graphMedium(only!, context), __typename: series ? 'GraphSidecar' : only!.kind === 'video' ? 'GraphVideo' : 'GraphImage', id: post.pk, shortcode: post.code, ...(series ? { accessibility_caption: null, is_video: false } : {}),
    edge_media_to_caption: { edges: written ? [{ node: { text: written } }] : [] }, edge_media_to_comment: { count: post.comments }, comments_disabled: false, taken_at_timestamp: post.at, edge_liked_by: { count: post.likes }, edge_media_preview_like: { count: post.likes },
    owner: { id: post.author.pk, username: post.author.handle }, thumbnail_src: signed(only!.poster ?? only!.path, context, 's640x640'), thumbnail_resources: [], location: null, nft_asset_info: null, gating_info: null,
    sensitivity_friction_info: post.covered ? { should_have_sharing_friction: true } : null, coauthor_producers: post.coauthors.map(one => ({ id: one.pk, is_verified: one.verified, profile_pic_url: signed(one.avatar, context, 's150x150'), username: one.handle })),
    pinned_for_users: post.pinned ? [{ id: post.author.pk, username: post.author.handle, is_verified: false, profile_pic_url: '' }] : [], edge_media_to_tagged_user: { edges: post.tagged.map(one => ({ node: { user: { id: one.pk, username: one.handle, full_name: one.name, is_verified: false }, x: 0.4, y: 0.6 } })) },
    product_type: post.reel ? 'clips' : only!.kind === 'video' && !series ? 'igtv' : '', title: post.title ?? null, video_view_count: post.reel ? post.plays : 0, viewer_can_reshare: true,
    clips_music_attribution_info: post.sound ? { artist_name: post.sound.artist, song_name: post.sound.title, uses_original_audio: false, should_mute_audio: false, audio_id: post.sound.id } : null,
    ...(series ? { edge_sidecar_to_children: { edges: post.media.map(medium => ({ node: graphMedium(medium, context) })) } } : {}),
  }
}

/** A profile in Graph form, with the lists that stand in its head. */
export const graphProfile = (person: Person, { follows, posts }: Counts, grid: Obj, context: Context): Obj => ({
  biography: person.bio, blocked_by_viewer: false, external_url: person.links[0]?.url ?? null, external_url_linkshimmed: person.links[0] ? redirect(person.links[0].url, context) : null, edge_followed_by: { count: person.followers }, fbid: person.fbid, edge_follow: { count: follows }, full_name: person.name,
  bio_links: person.links.map(link => ({ title: link.title, lynx_url: redirect(link.url, context), url: link.url, link_type: 'external' })), highlight_reel_count: 2, hide_like_and_view_counts: false, id: person.pk, business_email: null, business_phone_number: null, category_name: null, is_private: person.locked, is_verified: person.verified,
  edge_mutual_followed_by: { count: 1, edges: [{ node: { username: 'idas.mutual' } }] }, profile_pic_url: signed(person.avatar, context, 's150x150'), profile_pic_url_hd: signed(person.avatar, context, 's320x320'), username: person.handle, pronouns: person.pronouns,
  edge_felix_video_timeline: { count: 0, page_info: { has_next_page: false, end_cursor: null }, edges: [] }, edge_owner_to_timeline_media: { count: posts, ...grid }, edge_saved_media: { count: 0, page_info: { has_next_page: false, end_cursor: null }, edges: [] },
  edge_media_collections: { count: 0, page_info: { has_next_page: false, end_cursor: null }, edges: [] },
})

/** What is shown for a day. */
export const story = (post: Post, context: Context): Obj => ({ ...item(post, context), pk: `39${post.pk.slice(2)}`, id: `39${post.pk.slice(2)}_${post.author.pk}`, code: `S${post.code.slice(1)}`, product_type: 'story', taken_at: context.now - 7200, expiring_at: context.now + 79_200, caption: null, reel_mentions: [] })

/** An advertisement: somebody's post, shown for money. */
export const advertisement = (post: Post, context: Context, words: string): Obj => ({ ...item(post, context), product_type: 'ad', ad_id: '120200000000000000', caption: { text: words, pk: '1', created_at: post.at }, injected: { ad_id: '120200000000000000', ad_title: 'Soft' }, link: redirect('https://mattress.example/', context) })
