/** Every state of the popup, as facts: what the gallery draws and what the unit tests ask `viewOf` about. */
import type { MediaFacts } from '../../../components/media.ts'
import type { Facts } from '../../../components/popup/view.ts'
import type { Account, Run } from '../../../lib/model/index.ts'
import { rooms } from '../../../lib/networks/rooms.ts'
import type { Preview } from '../../../lib/preview/types.ts'
import type { MediaJob, Totals } from '../../../lib/store/types.ts'

export const now = Date.parse('2026-11-22T14:30:00Z')
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
const room = rooms['threads']!

export const account: Account = {
  account: 'threads:63000000000000001', network: 'threads', id: '63000000000000001', handle: 'mira.holm', name: 'Mira Holm',
  firstSeen: at(-40), lastSeen: at(-1),
}

const base: Facts = {
  tab: { id: 7, url: 'https://www.threads.com/@mira.holm', incognito: false }, room, rooms: [room], allowed: true, asking: false, refused: false,
  kept: [], stored: true, now,
}

const run = (state: Run['state'], more: Partial<Run> = {}): Run => ({
  id: 'run', network: 'threads', account: account.account, viewer: { id: account.id, handle: account.handle }, tabId: 7, mode: 'scroll', state,
  section: 'follows',
  sections: {
    profile: { state: 'done', pages: 1 }, follows: { state: 'now', pages: 31, head: '320' }, posts: { state: 'todo', pages: 0 },
    replies: { state: 'todo', pages: 0 }, reposts: { state: 'todo', pages: 0 },
  },
  startedAt: at(-5), updatedAt: at(0), limits: 0, sinceRest: 0, tries: 0, mark: 0, seq: 40, ...more,
})

const halfway: Totals = { profile: 1, follows: 312, 'counted:follows': 815, posts: 4 }
const whole: Totals = {
  profile: 1, follows: 812, 'counted:follows': 815, posts: 214, replies: 1189, reposts: 37, unread: 2,
  'follows:followable': 96, 'follows:ticked': 97, 'follows:new': 97, 'follows:maybe': 12, 'follows:unknown': 668, 'follows:not': 36, 'posts:public': 214, 'posts:followers': 0, 'posts:ghost': 2,
}
const finished: Run['sections'] = {
  profile: { state: 'done', pages: 1 }, follows: { state: 'done', pages: 82, head: null }, posts: { state: 'done', pages: 20, head: null },
  replies: { state: 'done', pages: 90, head: null }, reposts: { state: 'done', pages: 4, head: null },
}

export const preview: Preview = {
  account: account.account,
  destination: 'mastodon',
  profile: [
    { field: 'name', value: 'Mira Holm', fits: true, length: 9, limit: 30 },
    { field: 'bio', fits: false, length: 611, limit: 500, cut: 'Bread, bicycles and small radios. I write about the harbour, about what the' },
    { field: 'link', label: 'holm.example', value: 'https://holm.example', fits: true },
    { field: 'avatar', fits: true },
  ],
  follows: {
    total: 812, followable: 96, maybe: 12, not: 36, unknown: 668, ticked: 97, fresh: 97, arrived: 0, failed: 0, again: 0, limit: 7500, parts: 1,
    reasons: { followable: [{ reason: 'network-flag', count: 90 }, { reason: 'is-address', count: 6 }], maybe: [{ reason: 'same-name', count: 12 }], not: [{ reason: 'flag-off', count: 25 }, { reason: 'private', count: 11 }], unknown: [{ reason: 'not-looked-up', count: 668 }] },
  },
  relations: [{ section: 'lists', count: 10 }, { section: 'blocks', count: 10 }, { section: 'likes', count: 10 }],
  posts: { posts: 214, replies: 1189, reposts: 37, inBundle: 1401, notPublic: 0, ghost: 2, media: 166, mediaWithAlt: 91, mediaKept: 0, imported: false, losses: [{ what: 'poll', count: 4 }, { what: 'edited', count: 31 }, { what: 'long', count: 9, limit: 500 }, { what: 'pictures', count: 17, limit: 4 }] },
  lost: ['followers', 'likes-of-others'],
}

const ended = { run: run('done', { sections: finished, endedAt: at(0), section: undefined }), runRoom: room, account, totals: whole, preview, learn: [{ host: 'threads.net', names: 668 }] }
const open = (state: Run['state'], more: Partial<Run> = {}): Facts => ({ ...base, run: run(state, more), runRoom: room, account, totals: halfway })

/** Pictures and videos, as they stand after a capture. */
const files = (totals: Record<string, number>, job: Partial<MediaJob> | undefined, more: Partial<MediaFacts> = {}): Facts => {
  const all = { ...whole, 'counted:follows': 812, unread: 0, media: 166, ...totals }
  return {
    ...base, ...ended, totals: all,
    media: { totals: all, hosts: ['*.cdninstagram.com', '*.fbcdn.net'], free: 41_000_000_000, job: job && { account: account.account, state: 'running', startedAt: at(-2), updatedAt: at(0), ...job }, ...more },
  }
}
const some = { 'media:seen': 92, 'media:seen:image': 80, 'media:seen:video': 12, 'media:kept': 76, 'media:files': 74, 'media:bytes': 58_400_000 }
const settled = { 'media:kept': 155, 'media:files': 153, 'media:bytes': 131_000_000, 'media:expired': 9, 'media:expired:time-over': 9, 'media:refused': 3, 'media:refused:not-found': 2, 'media:refused:forbidden': 1, 'media:skipped': 1, 'media:skipped:no-address': 1 }

export const states: Record<string, Facts> = {
  loading: { ...base, tab: undefined, room: undefined },
  'not a supported page': { ...base, tab: { id: 7, url: 'https://example.org/' }, room: undefined },
  'page not seen, accounts kept': { ...base, tab: { id: 7 }, room: undefined, kept: [account] },
  'private window': { ...base, tab: { id: 7, url: base.tab?.url, incognito: true } },
  'ready, not allowed': { ...base, allowed: false },
  ready: base,
  'permission lost': { ...open('running'), allowed: false },
  asking: { ...base, allowed: false, asking: true },
  refused: { ...base, allowed: false, refused: true },
  unsent: open('unsent', { account: undefined, viewer: undefined }),
  choosing: open('choosing', { account: undefined, viewer: undefined }),
  starting: open('starting', { account: undefined, viewer: undefined }),
  'signed out': open('signed-out', { account: undefined, viewer: undefined }),
  'signed in unknown': open('signed-out', { account: undefined, viewer: undefined, reason: 'unknown-viewer' }),
  'not own': open('not-own'),
  running: open('running'),
  'running, totals not known': { ...open('running', { section: 'posts', sections: { ...finished, posts: { state: 'now', pages: 3 }, replies: { state: 'todo', pages: 0 }, reposts: { state: 'todo', pages: 0 } } }), totals: { profile: 1, follows: 815, 'counted:follows': 815, posts: 40 } },
  'running, by hand': open('running', { mode: 'self' }),
  'running elsewhere': { ...open('running'), tab: { id: 9, url: 'https://example.org/' }, room: undefined },
  'open the list': open('asking', { reason: 'open-follows' }),
  paused: open('paused'),
  'paused, hidden': open('paused', { reason: 'hidden' }),
  'paused, tab closed': { ...open('paused', { reason: 'tab-closed', tabId: undefined }), tab: { id: 9, url: 'https://example.org/' }, room: undefined },
  'paused, switched': open('paused', { reason: 'switched' }),
  'paused, stuck': open('paused', { reason: 'stuck' }),
  'paused, disk full': open('paused', { reason: 'storage-full' }),
  waiting: open('waiting', { reason: 'rate-limit', due: at(14.3), limits: 1 }),
  limited: open('limited', { reason: 'rate-limit', due: at(58), limits: 2 }),
  'limited, due': open('limited', { reason: 'rate-limit', due: at(-1), limits: 2 }),
  challenged: open('challenged', { reason: 'challenge' }),
  stopped: { ...base, ...ended, run: run('stopped', { endedAt: at(0) }), totals: { ...halfway, unread: 0 }, preview: undefined },
  'done, not quite all': { ...base, ...ended },
  done: { ...base, ...ended, totals: { ...whole, 'counted:follows': 812, unread: 0 } },
  'done, pictures known': files({ 'media:seen': 168, 'media:seen:image': 140, 'media:seen:video': 28 }, undefined, { ends: at(2880) }),
  'done, fetching pictures': files(some, {}),
  'done, pictures paused, disk full': files(some, { state: 'paused', reason: 'disk-full' }, { free: 20_000_000 }),
  'done, pictures need leave': files(some, { state: 'needs-hosts' }),
  'done, pictures kept': files(settled, { state: 'done', endedAt: at(-1) }),
  'done, private account': {
    ...base, ...ended, totals: { ...whole, 'counted:follows': 812, posts: 40, replies: 0, reposts: 0, unread: 0 },
    preview: { ...preview, posts: { posts: 40, replies: 0, reposts: 0, inBundle: 0, notPublic: 40, ghost: 0, media: 0, mediaWithAlt: 0, mediaKept: 0, imported: false, losses: [] } },
  },
}
