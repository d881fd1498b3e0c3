/** The workspace's states, over a store that is only an array. */
import type { Source } from '../../../components/workspace/source.ts'
import type { Bundle, OutFile, Problem } from '../../../lib/export/index.ts'
import type { Reach, Run } from '../../../lib/model/index.ts'
import type { FollowRow, PostRow, RelationRow, Totals, UnreadRow } from '../../../lib/store/types.ts'
import { account, states } from './popup-states.ts'

const kept = { account: account.account, runId: 'run', firstSeen: account.firstSeen, lastSeen: account.lastSeen }
const first = ['Ada', 'Bo', 'Chidi', 'Dalia', 'Emre', 'Fen', 'Gül', 'Hana', 'Iñaki', 'Jun']
const last = ['Ortiz', 'Lindqvist', 'Okafor', 'Nakamura', 'Aydın', 'Kowalczyk', 'Brandt', 'Silva', 'Mensah', 'O’Neill']

const verdictOf = (n: number, handle: string): Reach => {
  if (n % 9 === 0) return { verdict: 'followable', address: `${handle}@threads.net`, reason: 'network-flag' }
  if (n % 14 === 5) return { verdict: 'not', reason: 'private' }
  if (n % 31 === 7) return { verdict: 'maybe', address: `${first[n % 10]?.toLowerCase()}@mastodon.example`, reason: 'address-in-bio' }
  return { verdict: 'unknown', address: `${handle}@threads.net`, reason: 'not-looked-up' }
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

const file = (name: string, rows: number): OutFile => ({ name, type: 'text/csv', rows, stream: () => new Blob([name]).stream() })
const files = [file('following_accounts.csv', 91), file('following_accounts-unchecked.csv', 641), file('not-followable.csv', 80)]

const done = states['done, not quite all']!
const totals: Totals = { ...done.totals, posts: 40, replies: 11, reposts: 9, follows: 812, 'gone:follows': 3, lists: 10, blocks: 10, likes: 10, unread: 2, 'follows:followable': 91, 'follows:maybe': 25, 'follows:unknown': 641, 'follows:not': 55 }
const numbers: Pick<Bundle, 'included' | 'left_out'> = { included: { posts: 38, replies: 11, reposts: 9, files: 0, links: 14 }, left_out: [{ reason: 'ghost', count: 2 }] }

interface Given { follows: FollowRow[]; posts: PostRow[]; unread: UnreadRow[]; totals: Totals; run?: Run; files: OutFile[]; numbers: typeof numbers; problems?: Problem[]; accounts: (typeof account)[]; error?: Error; silent?: boolean }

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
    profile: async () => undefined,
    totals: async () => given.totals,
    runsOf: async () => (given.run ? [given.run] : []),
    follows: async (_, { search, verdict }, limit) => {
      const rows = given.follows.filter(row => (!verdict || row.reach.verdict === verdict) && (!search || `${row.name} ${row.handle}`.toLowerCase().includes(search.toLowerCase())))
      return { rows: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]?.key : undefined }
    },
    posts: async (_, { search, kind }, limit) => {
      const rows = given.posts.filter(row => (!kind || row.kind === kind) && (!search || row.text?.includes(search)))
      return { rows: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]?.id : undefined }
    },
    unread: async () => given.unread,
    run: async () => undefined,
    relations: async (_, { search, kind }, limit) => {
      const rows = relations.filter(row => (!kind || row.relation === kind) && (!search || `${row.name} ${row.handle}`.includes(search)))
      return { rows: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]?.key : undefined }
    },
    deleteAccount: async () => {},
  },
  followFiles: async () => given.files,
  bundleNumbers: async (_account, _room, followersToo) => (followersToo ? { included: { ...given.numbers.included, posts: 40 }, left_out: [] } : given.numbers),
  bundle: async () => ({ ...given.numbers, file: { ...file('archive-threads-mira.holm-2026-11-22.zip', 58), type: 'application/zip' }, problems: given.problems ?? [] }),
  handIn: async () => undefined,
  pastedName: 'pasted.txt',
  save: async () => 48_211,
})

const full: Given = { follows, posts, unread, totals, run: done.run, files, numbers, accounts: [account] }

export const sources: Record<string, Source> = {
  full: sourceOf(full),
  running: sourceOf({ ...full, run: states['running']?.run, totals: { ...totals, ...states['running']?.totals, unread: 0 }, unread: [] }),
  'nothing read yet': sourceOf({ ...full, follows: [], posts: [], unread: [], totals: { profile: 1 }, files: [], numbers: { included: { posts: 0, replies: 0, reposts: 0, files: 0, links: 0 }, left_out: [] } }),
  private: sourceOf({ ...full, numbers: { included: { posts: 0, replies: 0, reposts: 0, files: 0, links: 0 }, left_out: [{ reason: 'followers-only', count: 40 }] } }),
  problems: sourceOf({ ...full, problems: [{ reason: 'duplicate-id', count: 2, example: 'https://mira.holm.threads.export.invalid/notes/1' }] }),
  'nobody certain': sourceOf({ ...full, files: files.slice(1) }),
  empty: sourceOf({ ...full, accounts: [] }),
  several: sourceOf({ ...full, accounts: [account, { ...account, account: 'threads:2', id: '2', handle: 'harbour.notes', name: 'Harbour Notes' }] }),
  loading: sourceOf({ ...full, silent: true }),
  broken: sourceOf({ ...full, error: new Error('QuotaExceededError') }),
}
