/**
 * The archive that the network makes of an account: JavaScript files that assign one list each. Of people it says numbers, of reposts their beginning behind `RT @name:`; places and counters are text. Made
 * from what the simulation holds; imports nothing from `lib/`.
 */
import type { Truth, TruePost } from '../types.ts'

/** What such an archive also holds, and nobody may read. */
export const PRIVATE = ['mira.private@letters.example', '+1 555 0100 PRIVATE', 'a private message of PRIVATE', '203.0.113.77-PRIVATE']

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const member = (kind: string, rows: unknown[], part = 0): string => `window.YTD.${kind}.part${part} = ${JSON.stringify(rows, null, 2)}`
const letters = (text: string): number => [...text].length
/** As the network writes it: `Wed Sep 04 13:51:55 +0000 2019`. */
const stamp = (iso: string): string => {
  const [day, date, month, year, time] = new Date(iso).toUTCString().replace(',', '').split(' ')
  return `${day} ${month} ${date} ${time} +0000 ${year}`
}

const base = (name: string): string => name.split('/').at(-1) as string

/** The text as it was sent, with short links in it, and where they stand. */
const sent = (post: TruePost): { full: string; urls: unknown[]; mentions: unknown[]; tags: unknown[]; media: unknown[] } => {
  let full = ''
  let at = 0
  const urls: unknown[] = []
  const mentions: unknown[] = []
  const tags: unknown[] = []
  const text = post.text ?? ''
  const place = (shown: string): [string, string] => [String(letters(full)), String(letters(full) + letters(shown))]
  for (const facet of post.facets.toSorted((a, b) => a.start - b.start)) {
    full += escaped(text.slice(at, facet.start))
    const words = text.slice(facet.start, facet.end)
    if (facet.kind === 'link') {
      const short = `https://t.co/${post.id.slice(-6)}${urls.length}`
      urls.push({ url: short, expanded_url: facet.value, display_url: facet.value.slice(8, 30), indices: place(short) })
      full += short
    } else {
      if (facet.kind === 'mention') mentions.push({ name: `Name of ${facet.value}`, screen_name: facet.value, indices: place(words), id_str: String(7_000_000 + facet.value.length), id: String(7_000_000 + facet.value.length) })
      else tags.push({ text: facet.value, indices: place(words) })
      full += words
    }
    at = facet.end
  }
  full += escaped(text.slice(at))
  if (post.quoteOf) {
    const short = `https://t.co/q${post.id.slice(-7)}`
    full += full ? ' ' : ''
    urls.push({ url: short, expanded_url: `https://twitter.com/somebody/status/${post.quoteOf}`, display_url: 'twitter.com/somebody/stat…', indices: place(short) })
    full += short
  }
  const media: unknown[] = []
  if (post.media.length > 0) {
    const short = `https://t.co/m${post.id.slice(-7)}`
    full += full ? ' ' : ''
    for (const [index, one] of post.media.entries()) {
      const name = base(one.path)
      const still = { id_str: `${post.id.slice(0, -2)}${index}`, url: short, indices: place(short), media_url_https: `https://pbs.twimg.com/media/${one.kind === 'image' ? (/\.\w+$/.test(name) ? name : `${name}.jpg`) : `${index}still.jpg`}`, sizes: {} }
      media.push(one.kind === 'image' ? { ...still, type: 'photo' } : { ...still, type: one.kind === 'gif' ? 'animated_gif' : 'video', video_info: { variants: [{ content_type: 'application/x-mpegURL', url: 'https://video.twimg.com/x.m3u8' }, { bitrate: '832000', content_type: 'video/mp4', url: `https://video.twimg.com/${one.path.replace(/^\//, '').replace(/\?.*$/, '')}${/\.mp4/.test(one.path) ? '' : '.mp4'}` }] } })
    }
    full += short
  }
  return { full, urls, mentions, tags, media }
}

const tweet = (post: TruePost): unknown => {
  const frame = { edit_info: { initial: { editTweetIds: [post.id], editableUntil: post.createdAt, editsRemaining: '5', isEditEligible: true } }, retweeted: false, source: '<a href="https://mobile.example">Web App</a>', display_text_range: ['0', '140'], favorite_count: String(post.counts.likes), retweet_count: String(post.counts.reposts), in_reply_to_user_id_str: undefined as string | undefined, id_str: post.id, id: post.id, truncated: false, created_at: stamp(post.createdAt), favorited: false, lang: post.language ?? 'zxx' }
  if (post.repostOf) return { tweet: { ...frame, favorite_count: '0', full_text: 'RT @somebody: the beginning of what somebody else wrote, which is no text of their own and is cut off h…', entities: { hashtags: [], urls: [], user_mentions: [{ name: 'Somebody', screen_name: 'somebody', indices: ['3', '12'], id_str: '4242', id: '4242' }], symbols: [] } } }
  const { full, urls, mentions, tags, media } = sent(post)
  const cut = letters(full) > 280
  return {
    tweet: {
      ...frame, full_text: cut ? `${[...full].slice(0, 270).join('')}… https://t.co/long${post.id.slice(-4)}` : full,
      entities: { hashtags: cut ? [] : tags, symbols: [], user_mentions: cut ? [] : mentions, urls: cut ? [] : urls, ...(media.length > 0 && { media: media.slice(0, 1) }) },
      ...(media.length > 0 && { extended_entities: { media } }),
      ...(post.sensitive !== undefined && { possibly_sensitive: post.sensitive }),
      ...(post.replyTo && { in_reply_to_status_id_str: post.replyTo, in_reply_to_status_id: post.replyTo }), ...(post.replyToAuthor && { in_reply_to_screen_name: post.replyToAuthor, in_reply_to_user_id_str: '4242' }),
    },
  }
}

const isLong = (post: TruePost): boolean => !post.repostOf && letters(sent(post).full) > 280
const note = (post: TruePost): unknown => ({
  noteTweet: {
    noteTweetId: `9${post.id.slice(1)}`, createdAt: new Date(Math.floor(Date.parse(post.createdAt) / 1000) * 1000).toISOString(), updatedAt: post.createdAt, lifecycle: { value: 'Created', name: 'Created', originalName: 'Created' },
    core: { styletags: [], urls: [], text: post.text, mentions: [], cashtags: [], hashtags: [] },
  },
})

/** @param truth what the account is @param parts into how many files long lists are cut @returns contents by path */
export const archiveOf = (truth: Truth, parts = 1): Record<string, string | Uint8Array> => {
  const { viewer } = truth
  const cut = <T>(rows: T[]): T[][] => Array.from({ length: parts }, (_, part) => rows.filter((_row, index) => index % parts === part))
  const lists = (name: string, kind: string, rows: unknown[]): Record<string, string> => Object.fromEntries(cut(rows).map((some, part) => [`data/${name}${part ? `-part${part}` : ''}.js`, member(kind, some, part)]))
  const related = (relation: string): string[] => (truth.relations ?? []).flatMap(one => (one.relation === relation ? [one.id] : []))
  const link = (id: string): string => `https://twitter.com/intent/user?user_id=${id}`
  return {
    'Your archive.html': '<!doctype html><title>Your archive</title>',
    'data/manifest.js': `window.__THAR_CONFIG = ${JSON.stringify({ userInfo: { accountId: viewer.id, userName: viewer.handle, displayName: viewer.name }, archiveInfo: { isPartialArchive: false } })}`,
    'data/direct-messages.js': member('direct_messages', [{ dmConversation: { messages: [{ messageCreate: { text: PRIVATE[2] } }] } }]),
    'data/ip-audit.js': member('ip_audit', [{ ipAudit: { loginIp: PRIVATE[3] } }]),
    'data/phone-number.js': member('phone_number', [{ device: { phoneNumber: PRIVATE[1] } }]),
    'data/deleted-tweets.js': member('deleted_tweets', [{ tweet: { id_str: '1', full_text: 'a private message of PRIVATE', created_at: stamp('2020-01-01T00:00:00Z') } }]),
    'data/account.js': member('account', [{ account: { email: PRIVATE[0], createdVia: 'web', username: viewer.handle, accountId: viewer.id, createdAt: '2012-03-04T05:06:07.000Z', accountDisplayName: viewer.name, phoneNumber: PRIVATE[1] } }]),
    'data/profile.js': member('profile', [{ profile: { description: { bio: viewer.bio ?? '', website: 'https://t.co/website', location: '' }, avatarMediaUrl: viewer.avatar } }]),
    ...lists('tweets', 'tweets', truth.posts.map(tweet)),
    ...lists('note-tweet', 'note_tweet', truth.posts.filter(isLong).map(note)),
    ...lists('following', 'following', truth.follows.map(({ id }) => ({ following: { accountId: id, userLink: link(id) } }))),
    ...lists('follower', 'follower', [{ follower: { accountId: '99001', userLink: link('99001') } }]),
    ...lists('block', 'block', related('block').map(id => ({ blocking: { accountId: id, userLink: link(id) } }))),
    ...lists('mute', 'mute', related('mute').map(id => ({ muting: { accountId: id, userLink: link(id) } }))),
    ...lists('like', 'like', related('like').map(id => ({ like: { tweetId: id, fullText: 'what somebody else wrote', expandedUrl: `https://twitter.com/i/web/status/${id}` } }))),
  }
}
