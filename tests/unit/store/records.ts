/** Small records for the store's tests. */
import type { Follow, Post, Run } from '../../../lib/model/index.ts'
import type { Batch } from '../../../lib/store/types.ts'

export const account = 'example:1'
export const me = { id: '1', handle: 'me' }

export const follow = (id: string, more: Partial<Follow> = {}): Follow => ({ id, handle: `h${id}`, relation: 'follow', ownerId: '1', source: 'answer', ...more })
export const post = (id: string, more: Partial<Post> = {}): Post => ({ id, authorId: '1', source: 'answer', createdAt: `2026-01-01T00:00:${id.padStart(2, '0')}Z`, ...more })
export const batch = (more: Partial<Batch> = {}): Batch => ({
  account,
  network: 'example',
  runId: 'run1',
  at: '2026-02-01T00:00:00Z',
  who: me,
  follows: [],
  posts: [],
  relations: [],
  counts: [],
  unread: [],
  reachOf: row => (row.federated === undefined ? { verdict: 'unknown', reason: 'not-looked-up' } : { verdict: row.federated ? 'followable' : 'not', reason: 'flag' }),
  ...more,
})
export const run = (id: string, more: Partial<Run> = {}): Run => ({
  id,
  network: 'example',
  account,
  state: 'running',
  sections: {},
  startedAt: '2026-02-01T00:00:00Z',
  updatedAt: '2026-02-01T00:00:00Z',
  limits: 0,
  sinceRest: 0,
  tries: 0,
  mark: 0,
  seq: 0,
  ...more,
})
