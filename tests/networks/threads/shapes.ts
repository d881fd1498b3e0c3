/**
 * People and posts as the site writes them in 2026 (and, by modes, otherwise): objects ready for `wire`.
 * Key by key after what is publicly known of the recorded answers; values made up.
 */
import type { Medium, Person, Piece, Post } from './world.ts'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
type Obj = { [key: string]: Json }

/** What the writing of one answer depends on. */
export interface Context {
  modes: ReadonlySet<string>
  /** Who is signed in; undefined: nobody, and then what only members see is null or absent. */
  viewer: Person | undefined
  /** Numbers (pk) of those that the viewer follows. */
  following: ReadonlySet<string>
  /** Changes with every answer: signatures of the same file differ. */
  nonce: number
  /** Unix seconds. */
  now: number
}

/** Texts that are in answers and pages and must never be stored. Every token holds one of them. */
export const secrets = { lsd: 'AVqLsdSecretOfThePage', dtsg: 'NAcMnDtsgSecretOfTheSession', csrf: 'csrfSecretOfTheSession', tracking: 'eyJ2ZXJzaW9uIjo1LCJwYXlsb2Fk', logging: 'LoggingInfoSecret' }

/** A whole number that is written bare, however long. */
const bare = (digits: string): string => `\u0001N${digits}`

/** @returns the text of a JSON document, with bare long numbers */
export const wire = (value: Json): string => JSON.stringify(value).replace(/"\\u0001N(\d+)"/g, '$1')

const hostOf = (path: string): string => {
  let sum = 0
  for (let i = 0; i < path.length; i++) sum = (sum + path.charCodeAt(i)) % 3
  return ['scontent-fra3-1.cdninstagram.com', 'scontent-fra5-2.cdninstagram.com', 'scontent.fgrz1-1.fna.fbcdn.net'][sum] as string
}

/** The address of a file without what changes: what two answers with the same file have in common. */
export const fileAddress = (path: string): string => (path.startsWith('https:') ? path : `https://${hostOf(path)}${path}`)

const signed = (path: string, context: Context, size: string): string => {
  const expires = (context.now + 5 * 86_400).toString(16).toUpperCase()
  return `${fileAddress(path)}?stp=dst-jpg_${size}_tt6&efg=eyJ2ZW5jb2RlX3RhZyI6IngifQ&_nc_ht=${hostOf(path)}&_nc_cat=1&_nc_ohc=k${context.nonce}&edm=APs17CUBAAAA&ccb=7-5&oh=00_AQ${context.nonce.toString(36)}&oe=${expires}&_nc_sid=10d13b`
}

const idOf = (digits: string, context: Context): string => (context.modes.has('big-numbers') ? bare(digits) : digits)

const friendship = (person: Person, context: Context): Json =>
  context.viewer
    ? { following: context.following.has(person.pk), followed_by: person.pk.endsWith('3'), blocking: false, is_private: person.locked, outgoing_request: false, incoming_request: false, is_restricted: false, muting: false }
    : null

const fragment = (type: string, text: string, more: Obj): Json => ({
  fragment_type: type, link_fragment: null, mention_fragment: null, plaintext: text, inline_sticker_fragment: null, linkified_web_url: null, linkified_in_app_url: null, styling_info: null, ...more,
})

const fragments = (pieces: Piece[], context: Context): Json => ({
  fragments: pieces.map(piece => {
    if (piece.kind === 'mention') return fragment('mention', piece.text, { mention_fragment: { mentioned_user: { username: piece.person.handle, id: piece.person.pk, pk: idOf(piece.person.pk, context) } } })
    if (piece.kind === 'link') {
      const uri = piece.direct ? piece.target : redirect(piece.target, context)
      return fragment('link', piece.text, { link_fragment: { uri, display_text: piece.text }, linkified_web_url: uri })
    }
    if (piece.kind === 'tag') return fragment('tag', piece.text, { tag_fragment: { display_name: piece.value } })
    return fragment('plaintext', piece.text, {})
  }),
})

const redirect = (target: string, context: Context): string => `https://l.threads.com/?u=${encodeURIComponent(target)}&e=AT${context.nonce.toString(36)}secretOfTheRedirect`

/** A row of a follow list: no bio, and no flag of the fediverse unless a mode puts it there. */
export const row = (person: Person, context: Context): Obj => ({
  __typename: 'XDTUserDict',
  pk: idOf(person.pk, context),
  id: person.pk,
  fbid_v2: bare(person.fbid),
  username: person.handle,
  full_name: person.name,
  profile_pic_url: signed(person.avatar, context, 's150x150'),
  is_verified: person.verified,
  ...(context.modes.has('shape-2023') ? { is_private: person.locked } : { text_post_app_is_private: person.locked }),
  friendship_status: friendship(person, context),
  has_onboarded_to_text_post_app: true,
  ...(Number(person.pk.slice(-1)) < 5 ? { follower_count: person.followers } : {}),
  ...(context.modes.has('flags') && !person.handle.includes('@') ? { text_post_app_has_fediverse_enabled: person.shares } : {}),
})

/** A person inside a post. */
const author = (person: Person, context: Context): Obj => ({
  pk: idOf(person.pk, context),
  id: context.modes.has('shape-2023') ? null : person.pk,
  username: person.handle,
  full_name: person.name,
  profile_pic_url: signed(person.avatar, context, 's150x150'),
  is_verified: person.verified,
  friendship_status: friendship(person, context),
  text_post_app_is_private: person.locked,
  has_onboarded_to_text_post_app: true,
  show_text_post_app_badge: false,
  transparency_label: null,
})

/** A whole profile, as its page and the hover card have it. It says nothing of how many it follows. */
export const profile = (person: Person, context: Context): Obj => {
  const old = context.modes.has('shape-2023')
  return {
    profile_pic_url: signed(person.avatar, context, 's150x150'),
    friendship_status: friendship(person, context),
    has_onboarded_to_text_post_app: true,
    pk: idOf(person.pk, context),
    fbid_v2: bare(person.fbid),
    username: person.handle,
    full_name: person.name,
    biography: person.bio,
    ...(old
      ? { is_private: person.locked, id: null, biography_with_entities: null }
      : {
          id: person.pk,
          text_post_app_is_private: person.locked,
          text_app_biography: { text_fragments: fragments(person.bioPieces ?? [{ kind: 'text', text: person.bio }], context) },
          text_post_app_public_views: null,
          profile_tags: { edges: person.group === 'self' ? [{ node: { display_name: 'Book Threads', name: 'bookthreads', id: '18399895213044171', is_community: false, tag_cluster_name: 'bookthreads' } }] : [] },
          text_post_app_has_fediverse_enabled: context.viewer ? person.shares : null,
        }),
    bio_links: person.links.map(link => ({ url: link.url, ...(link.title ? { title: link.title } : {}) })),
    hd_profile_pic_versions: [320, 640].map(size => ({ height: size, url: signed(person.avatar, context, `s${size}x${size}`), width: size })),
    follower_count: person.followers,
    is_verified: person.verified,
    show_text_post_app_badge: person.group === 'self',
    text_app_custom_feeds: null,
    gating: null,
    profile_context_facepile_users: null,
    transparency_label: null,
    platform_podcast_info: null,
  }
}

const candidates = (medium: Medium, context: Context): Json => {
  const path = medium.kind === 'image' ? medium.path : medium.poster ?? medium.path
  const widths = [1, 0.75, 0.5, 0.25].map(share => ({ width: Math.round(medium.width * share), height: Math.round(medium.height * share) }))
  return { candidates: widths.map((size, i) => ({ url: signed(path, context, i === 0 ? 'e35' : `p${size.width}x${size.height}`), ...size })) }
}

const versions = (medium: Medium, context: Context): Json =>
  medium.kind === 'video' ? [101, 102, 103].map(type => ({ type, url: signed(medium.path, context, 'v'), ...(type === 101 ? { width: medium.width, height: medium.height } : {}) })) : null

const still = { candidates: [] as Json[] }

/** A post. What it quotes or shares stands inside, one level deep. */
export const post = (one: Post, context: Context, nested = false): Obj => {
  const text = one.pieces.map(piece => piece.text).join('')
  const only = one.media.length === 1 ? one.media[0] : undefined
  const sees = context.viewer !== undefined
  const target = one.replyTo ?? undefined
  const shares = !nested
  return {
    __typename: 'XDTMedia',
    pk: idOf(one.pk, context),
    id: `${one.pk}_${one.author.pk}`,
    strong_id__: `${one.pk}_${one.author.pk}`,
    fbid: bare(`1789${one.pk.slice(-13)}`),
    code: one.code,
    user: author(one.author, context),
    caption: text ? { text, pk: `18${one.pk.slice(-15)}`, has_translation: false } : null,
    caption_is_edited: one.edited === true,
    taken_at: one.at,
    like_count: one.likes,
    ...(sees ? { has_liked: false } : {}),
    like_and_view_counts_disabled: false,
    detected_language: one.language,
    canonical_url: `https://www.threads.com/@${one.author.handle}/post/${one.code}`,
    media_type: one.media.length > 1 ? 8 : only?.kind === 'video' ? 2 : only ? 1 : 19,
    image_versions2: only ? candidates(only, context) : one.repost ? { candidates: [{ url: 'https://static.cdninstagram.com/rsrc.php/null.jpg', width: 612, height: 612 }] } : still,
    original_width: only?.width ?? 612,
    original_height: only?.height ?? 612,
    video_versions: only ? versions(only, context) : null,
    has_audio: only?.kind === 'video' ? true : null,
    audio: one.audio ? { audio_src: signed(one.audio, context, 'a'), audio_src_expiration_timestamp_us: null, fallback: null, duration_in_ms: 12_000, waveform_data: [0.1, 0.4, 0.2] } : null,
    giphy_media_info: one.gif ? { first_party_cdn_proxied_images: { fixed_height: { url: one.gif, width: 356, height: 200 } }, images: { fixed_height: { url: one.gif, width: 356, height: 200 } } } : null,
    carousel_media: one.media.length > 1
      ? one.media.map(medium => ({
          pk: idOf(medium.pk, context), id: `${medium.pk}_${one.author.pk}`, code: null, media_type: medium.kind === 'video' ? 2 : 1, image_versions2: candidates(medium, context),
          video_versions: versions(medium, context), accessibility_caption: medium.alt ?? null, original_width: medium.width, original_height: medium.height, has_audio: null,
        }))
      : null,
    accessibility_caption: only?.alt ?? null,
    is_paid_partnership: null,
    organic_tracking_token: `${secrets.tracking}X2${one.pk}${context.nonce}`,
    logging_info_token: `${secrets.logging}${context.nonce}`,
    media_overlay_info: null,
    text_post_app_info: {
      is_reply: target !== undefined || one.lostParent !== undefined,
      reply_to_author: target ? { username: target.author.handle, id: target.author.pk } : one.lostParent ? { username: one.lostParent.handle, id: one.lostParent.pk } : null,
      // Not always there, as known.
      ...(target && Number(one.pk.slice(-1)) < 5 ? { reply_to_id: target.pk } : {}),
      root_post_author: { username: (target?.replyTo ?? target ?? one).author.handle, id: (target?.replyTo ?? target ?? one).author.pk },
      direct_reply_count: one.replies,
      repost_count: one.reposts,
      quote_count: one.quotes,
      reshare_count: one.reposts > 5 ? one.reposts : null,
      reply_control: one.replyControl,
      can_reply: true,
      is_post_unavailable: false,
      post_unavailable_reason: null,
      post_tombstone_info: null,
      share_info: {
        quoted_post: shares && one.quote && one.quoteStyle === 'quoted_post' ? post(one.quote, context, true) : null,
        reposted_post: shares && one.repost ? post(one.repost, context, true) : null,
        quoted_attachment_post: shares && one.quote && one.quoteStyle === 'quoted_attachment_post' ? post(one.quote, context, true) : null,
        quoted_attachment_post_unavailable: one.quoteStyle === 'unavailable',
        ...(sees ? { is_reposted_by_viewer: false, can_quote_post: true, can_repost: true } : {}),
      },
      link_preview_attachment: one.preview
        ? { url: redirect(one.preview.target, context), display_url: new URL(one.preview.target).host, title: one.preview.title, image_url: signed(one.preview.image, context, 'p') }
        : null,
      linked_inline_media: null,
      snippet_attachment_info: null,
      text_fragments: one.marked && text ? fragments(one.pieces, context) : null,
      tag_header: one.topic ? { display_name: one.topic, id: '18392111818029156', tag_cluster_name: one.topic.toLowerCase().replace(/ /g, '') } : null,
      pinned_post_info: one.pinned ? { is_pinned_to_profile: true, is_pinned_to_parent_post: false } : null,
      self_thread_info: null,
      self_thread_count: 0,
      is_spoiler_media: one.spoiler === true,
      is_ghost_post: one.ghostUntil !== undefined,
      ghost_post_exp_time_ms: one.ghostUntil ?? null,
      ...(sees ? { fediverse_info: { is_federated: one.author.shares && !one.ghostUntil, enqueued_for_federation: false, federated_like_count: 0, federated_reply_count: 0 } } : {}),
    },
  }
}
