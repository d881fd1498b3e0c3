/** The workspace's states, over a store that is only an array. */
import type { ChosenServer, Source } from '../../../components/workspace/source.ts'
import type { Restored } from '../../../lib/archive/backup.ts'
import type { ServerFacts } from '../../../lib/destinations/index.ts'
import type { Bundle, OutFile, Problem } from '../../../lib/export/index.ts'
import type { Edits, Evidence, Profile, Reach, Run } from '../../../lib/model/index.ts'
import { isTicked } from '../../../lib/store/tally.ts'
import type { FollowRow, LookUpHost, LookUpJob, LookUpPlan, MediaJob, PostRow, RelationRow, Totals, UnreadRow } from '../../../lib/store/types.ts'
import { account, states } from './popup-states.ts'

const kept = { account: account.account, runId: 'run', firstSeen: account.firstSeen, lastSeen: account.lastSeen }
const first = ['Ada', 'Bo', 'Chidi', 'Dalia', 'Emre', 'Fen', 'Gül', 'Hana', 'Iñaki', 'Jun']
const last = ['Ortiz', 'Lindqvist', 'Okafor', 'Nakamura', 'Aydın', 'Kowalczyk', 'Brandt', 'Silva', 'Mensah', 'O’Neill']

const seen = '2026-11-22T14:05:00Z'
const verdictOf = (n: number, handle: string): Reach => {
  const address = `${handle}@threads.net`
  if (n % 9 === 0) return { verdict: 'followable', address, reason: 'network-flag', evidence: [{ kind: 'network', says: 'yes', address, at: seen }, { kind: 'profile', says: 'perhaps', address: `${handle}@social.example`, where: 'bio', seen: `Bread. Also @${handle}@social.example now and then`, at: seen }] }
  if (n % 14 === 5) return { verdict: 'not', reason: 'private', evidence: [{ kind: 'network', says: 'no', detail: 'private', at: seen }] }
  if (n % 31 === 7) {
    const guess = `${first[n % 10]?.normalize('NFKD').toLowerCase().replaceAll(/[^a-z]+/g, '')}@mastodon.example`
    return { verdict: 'maybe', address: guess, reason: 'likely', asks: [guess], evidence: [{ kind: 'profile', says: 'perhaps', address: guess, where: 'links', seen: 'https://mastodon.example/@me', at: seen }, { kind: 'mention', says: 'perhaps', where: 'bio', seen: 'on the fediverse soon', at: seen }] }
  }
  return { verdict: 'unknown', address, reason: 'not-looked-up', asks: [address] }
}

const follows: FollowRow[] = Array.from({ length: 812 }, (_, n) => {
  const name = `${first[n % 10]} ${last[Math.floor(n / 10) % 10]}`
  const handle = `${name.normalize('NFKD').toLowerCase().replaceAll(/[^a-z]+/g, '.')}${n > 99 ? n : ''}`
  return { ...kept, key: String(n), id: String(1000 + n), handle, name: n % 17 === 3 ? undefined : n % 23 === 4 ? `مريم ${name}` : name, relation: 'follow', position: n, reach: verdictOf(n, handle) }
})

const texts = [
  'Three loaves today, and the third one finally kept its ears.\n\nThe trick was to wait, which I am bad at.',
  'Does anybody still repair small radios? Asking for the one on my desk, which only gets the harbour forecast now.',
  'The ferry was late, so I counted cormorants. Eleven.',
  'نص عربي مع English in between, to see that nothing turns around',
]
const posts: PostRow[] = Array.from({ length: 60 }, (_, n) => {
  const createdAt = new Date(Date.parse('2026-11-20T08:12:00Z') - n * 7_400_000).toISOString()
  const kind = n % 7 === 3 ? 'repost' : n % 5 === 2 ? 'reply' : 'post'
  const url = `https://www.threads.com/@mira.holm/post/C${n}`
  const base = { ...kept, id: String(5000 + n), url, createdAt, at: createdAt, kind, visibility: 'public' } as const
  if (kind === 'repost') return { ...base, repostOf: { authorHandle: 'gul.brandt', url: 'https://www.threads.com/@gul.brandt/post/Cx' } }
  return {
    ...base,
    text: texts[n % texts.length],
    pinned: n === 0 || undefined,
    edited: n % 11 === 4 || undefined,
    ghost: n === 8 || undefined,
    topic: n % 6 === 0 ? 'Bread' : undefined,
    media: n % 4 === 0 ? [{ kind: 'image', alt: 'A round loaf on a checked cloth, cut once' }, { kind: 'video' }] : undefined,
    replyTo: kind === 'reply' ? { authorHandle: 'emre.aydin', url: 'https://www.threads.com/@emre.aydin/post/Cy' } : undefined,
    linkPreview: n % 10 === 1 ? { url: 'https://holm.example/radios', title: 'Small radios, a list' } : undefined,
  }
})

const relations: RelationRow[] = follows.slice(0, 30).map(({ reach: _, position: _position, ...row }, n) => (n % 3 === 0
  ? { ...row, relation: 'list', list: 'Bakers & binders', listId: '7' }
  : n % 3 === 1 ? { ...row, relation: 'block' } : { ...row, relation: 'like', post: true, url: `https://www.threads.com/@${row.handle}/post/C${n}` }))

const unread: UnreadRow[] = [
  { account: account.account, network: 'threads', runId: 'run', at: '2026-11-22T14:12:00Z', path: '/graphql/query', reason: 'unknown-shape', operation: 'BarcelonaProfileRepliesTabRefetchableDirectQuery', section: 'replies', key: 1, bodyKind: 'shape', body: JSON.stringify({ data: { mediaData: { edges: ['15 of', { node: { kind: 'string 9' } }] } } }) },
  { account: account.account, network: 'threads', runId: 'run', at: '2026-11-22T14:20:00Z', path: '/graphql/query', reason: 'errors', operation: 'BarcelonaFriendshipsFollowingTabRefetchableQuery', section: 'follows', records: 10, key: 2, bodyKind: 'reduced', body: JSON.stringify({ errors: [{ message: 'execution error', severity: 'CRITICAL' }], data: null }) },
]

/** The same people after a look-up, with what the person decided about some, and what the new server did. */
const asked = (row: FollowRow, n: number): FollowRow => {
  if (row.reach.verdict !== 'unknown') return row
  const address = row.reach.address as string
  const answer = (says: Evidence['says'], detail: string): Evidence => ({ kind: 'webfinger', says, address, seen: 'threads.net', detail, at: seen })
  if (n % 5 === 0) return { ...row, reach: { ...row.reach, verdict: 'followable', reason: 'server-decides', evidence: [answer('yes', 'server-decides')] }, ...(n % 10 === 5 ? { choice: { include: false } } : {}) }
  if (n === 2) return { ...row, choice: { address: 'chidi@letters.example' }, reach: { verdict: 'followable', address: 'chidi@letters.example', reason: 'typed', evidence: [{ kind: 'hand', says: 'yes', address: 'chidi@letters.example' }] } }
  if (n % 31 === 1) return { ...row, reach: { ...row.reach, reason: 'no-answer', evidence: [answer('perhaps', 'silent')] } }
  return { ...row, reach: { ...row.reach, verdict: 'not', reason: 'not-sharing', evidence: [answer('no', 'not-found')] } }
}
const lookedUp = follows.map(asked)
const came = lookedUp.map((row, n): FollowRow => {
  if (!isTicked(row)) return row
  const saved = { address: row.reach.address as string, at: '2026-11-22T14:10:00Z' }
  const at = '2026-11-22T14:28:00Z'
  return { ...row, saved, arrival: n % 4 === 0 ? { state: 'again', detail: 'host-rest', at } : n % 27 === 9 ? { state: 'failed', detail: 'refused', at } : { state: 'arrived', at } }
})

const file = (name: string, rows: number): OutFile => ({ name, type: 'text/csv', rows, stream: () => new Blob([name]).stream() })
const files = [file('following_accounts.csv', 91), file('following_accounts-unchecked.csv', 641), file('not-followable.csv', 80)]

const done = states['done, not quite all']!
const totals: Totals = { ...done.totals, posts: 40, replies: 11, reposts: 9, follows: 812, 'gone:follows': 3, lists: 10, blocks: 10, likes: 10, unread: 2, 'follows:followable': 91, 'follows:maybe': 25, 'follows:unknown': 641, 'follows:not': 55 }
const numbers: Pick<Bundle, 'included' | 'left_out' | 'locked'> = { included: { posts: 38, replies: 11, reposts: 9, files: 0, links: 14 }, left_out: [{ reason: 'ghost', count: 2 }] }

const plan: LookUpPlan = {
  names: 668,
  hosts: [{ host: 'threads.net', names: 641 }, { host: 'mastodon.example', names: 14 }, { host: 'social.example', names: 6 }, { host: 'letters.example', names: 3 }, { host: 'harbour.example', names: 2 }, { host: 'bakers.example', names: 1 }, { host: 'radio.example', names: 1 }],
}
const job = (more: Partial<LookUpJob> = {}): LookUpJob => ({ account: account.account, scope: 'all', state: 'running', startedAt: '2026-11-22T14:20:00Z', updatedAt: '2026-11-22T14:25:00Z', total: 668, asked: 312, outcomes: { found: 61, 'not-found': 240, unclear: 11 }, ...more })
const host = (name: string, more: Partial<LookUpHost>): LookUpHost => ({ account: account.account, host: name, state: 'open', names: 10, asked: 0, last: 0, answers: 1, failures: 0, limits: 0, ...more })
const hosts = [host('threads.net', { names: 641, asked: 290 }), host('mastodon.example', { names: 14, asked: 14 })]
const ended = job({ state: 'done', asked: 668, endedAt: '2026-11-22T14:28:00Z', outcomes: { found: 143, 'not-found': 490, gone: 3, 'no-actor': 2, unclear: 30 } })

const profile: Profile = {
  id: account.id, handle: 'mira.holm', name: 'Mira Holm', bio: `${'Bread, bicycles and small radios. I write about the harbour, about what the ferry carries, and about loaves. '.repeat(6)}`,
  links: [{ url: 'https://holm.example' }, { url: 'https://radio.example/mira', title: 'The radio list' }], avatar: 'https://pictures.example/1.jpg',
}
const harbour: ServerFacts = {
  host: 'harbour.example', at: '2026-11-22T14:22:00Z', domain: 'harbour.example', title: 'The Harbour', version: '4.6.5',
  registrations: { state: 'approval', minAge: 16, message: 'Tell us in a sentence why here. We look at requests in the evening.' },
  rules: [{ text: 'Be kind.', hint: 'To everybody, also to those who were not.' }, { text: 'Describe your pictures.' }, { text: 'Nothing that is only there to sell.' }],
  limits: { text: 3000, pictures: 8, bio: 800 }, blocks: { state: 'shown', rows: [{ domain: 'threads.net', severity: 'suspend' }, { domain: 'loud.example', severity: 'silence' }] },
}

interface Given { edits?: Edits; restored?: Restored; /** Runs that read what was handed over. */ handed?: Run[]; /** What was never answered, where that is less than all that could be asked again. */ fresh?: LookUpPlan; job?: LookUpJob; media?: MediaJob; hosts?: LookUpHost[]; plan?: LookUpPlan; server?: ChosenServer; follows: FollowRow[]; posts: PostRow[]; unread: UnreadRow[]; totals: Totals; run?: Run; files: OutFile[]; numbers: typeof numbers; problems?: Problem[]; accounts: (typeof account)[]; error?: Error; silent?: boolean }

const sourceOf = (given: Given): Source => ({
  store: {
    live: (query, next, fail) => {
      const answer = async () => {
        if (given.error) fail?.(given.error)
        else next(await query())
      }
      if (!given.silent) void answer()
      return () => {}
    },
    accounts: async () => given.accounts,
    account: async key => given.accounts.find(one => one.account === key),
    profile: async () => ({ ...profile, ...kept, ...(given.edits ? { edits: given.edits } : {}) }),
    editProfile: async () => {},
    prepareSearch: async () => {},
    monthsOf: async () => Array.from({ length: 70 }, (_, n): [string, number] => [`${2021 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`, (n * 37) % 90]),
    leaveOut: async () => 1,
    leaveOutAll: async () => 12,
    totals: async () => given.totals,
    runsOf: async () => [...(given.run ? [given.run] : []), ...(given.handed ?? [])],
    follows: async (_, { search, verdict, arrival, ticked }, limit) => {
      const rows = given.follows.filter(row => (!verdict || row.reach.verdict === verdict) && (!arrival || row.arrival?.state === arrival) && (ticked === undefined || isTicked(row) === ticked) && (!search || `${row.name} ${row.handle}`.toLowerCase().includes(search.toLowerCase())))
      return { rows: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]?.key : undefined }
    },
    posts: async (_, { search, kind, left }, limit) => {
      const rows = given.posts.filter(row => (!kind || row.kind === kind) && (left === undefined || (row.left ?? false) === left) && (!search || row.text?.includes(search)))
      return { rows: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]?.id : undefined }
    },
    unread: async () => given.unread,
    run: async id => given.handed?.find(run => run.id === id),
    relations: async (_, { search, kind }, limit) => {
      const rows = relations.filter(row => (!kind || row.relation === kind) && (!search || `${row.name} ${row.handle}`.includes(search)))
      return { rows: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]?.key : undefined }
    },
    deleteAccount: async () => {},
    choose: async () => undefined,
    chooseAll: async () => 3,
    saved: async () => {},
    arrivals: async () => [],
    eachFollow: async function* () { yield given.follows },
    planLookUp: async (_, scope) => (scope === 'all' ? (given.fresh ?? given.plan) : given.plan) ?? { names: 0, hosts: [] },
    lookUpJob: async () => given.job,
    lookUpHosts: async () => given.hosts ?? [],
    mediaJob: async () => given.media,
    nextMedia: async () => (given.totals['media:seen'] ? { account: account.account, postId: '1', index: 0, kind: 'image', state: 'seen', expiresAt: '2099-01-01T00:00:00Z' } : undefined),
    mediaHosts: async () => [],
  },
  reachOf: row => row.reach,
  leave: { forLookUp: async () => true, forServer: async () => true, forMedia: async () => true },
  media: async () => {},
  forgetFiles: async () => {},
  lookUp: async () => {},
  backup: async () => ({ ...file('holdall-backup-2026-11-22.zip', 1), type: 'application/zip' }),
  restore: async () => given.restored ?? { accounts: 1, unread: 0, files: 3, lostFiles: 0 },
  forgetAll: async () => {},
  used: async () => 61_400_000,
  slow: { is: async () => false, set: async () => {} },
  server: { chosen: async () => given.server, choose: async () => {}, ask: async () => harbour },
  followFiles: async () => given.files,
  relationFiles: async () => (given.follows.length ? [
    { kind: 'list', ...file('lists.csv', 18), without: 0 }, { kind: 'block', ...file('blocked_accounts.csv', 7), without: 2 },
    { kind: 'mute', ...file('muted_accounts.csv', 1), without: 0 }, { kind: 'bookmark', ...file('bookmarks.csv', 0), without: 4 },
  ] : []),
  bundleNumbers: async (_account, _room, include) => (include !== 'public' ? { included: { ...given.numbers.included, posts: 40 }, left_out: [] } : given.numbers),
  bundle: async () => ({ ...given.numbers, file: { ...file('archive-threads-mira.holm-2026-11-22.zip', 58), type: 'application/zip' }, others: [], problems: given.problems ?? [] }),
  otherShape: async (_account, _room, shape) => ({ ...file(shape === 'container' ? 'account-threads-mira.holm-2026-11-22.tar' : 'photos-threads-mira.holm-2026-11-22.zip', 12), type: 'application/zip' }),
  ownCopy: async () => [{ ...file('holdall-threads-mira.holm-2026-11-22.zip', 58), type: 'application/zip' }],
  handIn: async () => ({ refused: 'unreadable' }),
  hand: async () => {},
  takeOut: async () => 0,
  pastedName: 'pasted.txt',
  save: async () => 48_211,
})

const full: Given = { plan, follows, posts, unread, totals, run: done.run, files, numbers, accounts: [account] }

const totalsOf = (rows: FollowRow[]): Totals => {
  const sum: Record<string, number> = {}
  const add = (name: string): void => void (sum[name] = (sum[name] ?? 0) + 1)
  for (const row of rows) {
    add(`follows:${row.reach.verdict}`)
    add(`follows:${row.reach.verdict}:${row.reach.reason}`)
    if (isTicked(row)) add('follows:ticked')
    if (row.arrival) add(`arrival:${row.arrival.state}`)
  }
  return { ...totals, 'posts:open': 49, 'posts:poll': 3, 'posts:edited': 12, 'posts:over:500': 2, 'posts:media:9': 4, 'follows:followable': 0, 'follows:maybe': 0, 'follows:unknown': 0, 'follows:not': 0, 'follows:new': 0, ...sum }
}
/** What came of pictures and videos. */
const pictures: Totals = { 'media:kept': 12, 'media:files': 10, 'media:bytes': 9_400_000, 'media:expired': 3, 'media:expired:time-over': 3, 'media:refused': 2, 'media:refused:not-found': 1, 'media:refused:forbidden': 1, 'media:skipped': 1, 'media:skipped:in-pieces': 1 }
const inBundle = { included: { ...numbers.included, files: 10, links: 4 }, left_out: numbers.left_out }

const after: Given = { ...full, follows: lookedUp, totals: totalsOf(lookedUp), job: ended, fresh: { names: 30, hosts: [{ host: 'threads.net', names: 30 }] }, plan: { names: 525, hosts: [{ host: 'threads.net', names: 520 }, { host: 'mastodon.example', names: 5 }] } }
const settled: Given = { ...after, follows: came, totals: { ...totalsOf(came), 'follows:new': 4 }, files: [...files, file('following_accounts-new.csv', 4), file('following_accounts-rest.csv', 52)] }

/** Runs that read a download. */
const reading = (id: string, name: string, read: number, more: Partial<Run> = {}): Run => ({
  ...(done.run as Run), id, handIn: true, archive: { name, key: id, taken: 4, read, of: 100, open: true }, state: 'running', sections: { follows: { state: 'done', pages: 1 }, posts: { state: 'done', pages: 1 }, followers: { state: 'done', pages: 1 } }, ...more,
})
const handed: Run[] = [
  reading('a', 'instagram-mira.holm-2026-11-20-x7Qd.zip', 100, { state: 'done', archive: { name: 'instagram-mira.holm-2026-11-20-x7Qd.zip', key: 'a', taken: 9, read: 100, of: 100, open: false } }),
  reading('b', 'instagram-mira.holm-2026-11-20-x7Qd.zip', 43),
  reading('c', 'instagram-mira.holm-2026-11-20-x7Qd.zip', 43, { state: 'paused', reason: 'file-gone' }),
  reading('d', 'somebody-else.zip', 1, { state: 'stopped', reason: 'other-account' }),
  reading('e', 'the-rest.zip', 66, { state: 'paused' }),
]

export const sources: Record<string, Source> = {
  full: sourceOf(full),
  'looking up': sourceOf({ ...full, job: job(), hosts }),
  'looking up, resting': sourceOf({ ...full, job: job(), hosts: [...hosts, host('busy.example', { until: Date.now() + 840_000, why: 'too-many' }), host('gone.example', { state: 'aside', why: 'silent', asked: 10 })] }),
  'look-up paused': sourceOf({ ...full, job: job({ state: 'paused' }), hosts }),
  'look-up needs leave': sourceOf({ ...full, job: job({ state: 'needs-hosts', asked: 660 }), hosts: [...hosts, host('mastodon.example', { state: 'leave' }), host('letters.example', { state: 'leave' })] }),
  'looked up': sourceOf(after),
  arrived: sourceOf(settled),
  'server named': sourceOf({ ...after, server: { host: 'harbour.example' } }),
  'server asked': sourceOf({ ...after, server: { host: 'harbour.example', facts: harbour } }),
  'to Sharkey': sourceOf({ ...after, server: { host: 'harbour.example', facts: { ...harbour, software: 'sharkey', version: '2026.4.0' } } }),
  'to a blog': sourceOf({ ...after, server: { software: 'wordpress' }, files: [file('following_accounts.csv', 91), file('starter-kit.json', 91)] }),
  'near the end': sourceOf({ ...after, totals: { ...after.totals, 'follows:ticked': 1312 }, server: { host: 'harbour.example', facts: harbour } }),
  'near the end, elsewhere': sourceOf({ ...after, server: { host: 'harbour.example', facts: { ...harbour, software: 'sharkey', version: '2026.4.0' } } }),
  'near the end, kept alone': sourceOf({ ...after, server: { software: 'keep' } }),
  'kept alone': sourceOf({ ...after, server: { software: 'keep' } }),
  'server hides': sourceOf({ ...after, server: { host: 'harbour.example', facts: { ...harbour, registrations: { state: 'closed' }, rules: [], blocks: { state: 'hidden' } } } }),
  'pictures known': sourceOf({ ...full, totals: { ...totals, 'media:seen': 20, 'media:seen:image': 14, 'media:seen:video': 6 } }),
  'fetching pictures': sourceOf({ ...full, totals: { ...totals, ...pictures, 'media:seen': 7, 'media:seen:image': 7 }, media: { account: account.account, state: 'running', startedAt: '2026-11-22T14:20:00Z', updatedAt: '2026-11-22T14:25:00Z' } }),
  'pictures kept': sourceOf({ ...full, numbers: inBundle, totals: { ...totals, ...pictures }, media: { account: account.account, state: 'done', startedAt: '2026-11-22T14:20:00Z', updatedAt: '2026-11-22T14:25:00Z', endedAt: '2026-11-22T14:25:00Z' } }),
  'download read': sourceOf({ ...full, handed: handed.slice(0, 1) }),
  'download reading': sourceOf({ ...full, handed: [handed[1]!] }),
  'download broken off': sourceOf({ ...full, handed: [handed[2]!, handed[3]!, handed[4]!] }),
  running: sourceOf({ ...full, run: states['running']?.run, totals: { ...totals, ...states['running']?.totals, unread: 0 }, unread: [] }),
  'nothing read yet': sourceOf({ ...full, follows: [], posts: [], unread: [], totals: { profile: 1 }, files: [], numbers: { included: { posts: 0, replies: 0, reposts: 0, files: 0, links: 0 }, left_out: [] } }),
  'left out': sourceOf({ ...full, posts: posts.map((row, n) => (n % 3 === 1 ? { ...row, left: true } : row)), totals: { ...totals, 'posts:left': 20, 'posts:public': 48, 'posts:followers': 3 }, numbers: { ...numbers, left_out: [...numbers.left_out, { reason: 'left-out', count: 20 }] } }),
  'profile changed': sourceOf({ ...full, server: { host: 'harbour.example', facts: harbour }, edits: { name: 'Mira of the Harbour', fields: [{ name: 'Radio', value: 'https://radio.example/mira' }, { name: 'Home', value: 'https://holm.example' }, { name: 'Here since', value: 'the old pier' }, { name: 'Bread', value: 'on Thursdays' }, { name: 'One too many', value: 'and no room for it' }], avatar: false } }),
  'captured twice': sourceOf({ ...full, run: { ...(done.run as Run), brought: { added: 14, changed: 3 } }, handed: [{ ...handed[0]!, brought: { added: 120, changed: 790 } }, { ...handed[3]!, sections: {} }, { ...(done.run as Run), id: 'first', brought: { added: 812, changed: 40 } }] }),
  'backup refused': sourceOf({ ...full, restored: { refused: 'not-backup' } }),
  private: sourceOf({ ...full, numbers: { locked: true, included: { posts: 0, replies: 0, reposts: 0, files: 0, links: 0 }, left_out: [{ reason: 'followers-only', count: 40 }] } }),
  problems: sourceOf({ ...full, problems: [{ reason: 'duplicate-id', count: 2, example: 'https://mira.holm.threads.export.invalid/notes/1' }] }),
  'nobody certain': sourceOf({ ...full, files: files.slice(1) }),
  empty: sourceOf({ ...full, accounts: [] }),
  several: sourceOf({ ...full, accounts: [account, { ...account, account: 'threads:2', id: '2', handle: 'harbour.notes', name: 'Harbour Notes' }] }),
  loading: sourceOf({ ...full, silent: true }),
  broken: sourceOf({ ...full, error: new Error('QuotaExceededError') }),
}
