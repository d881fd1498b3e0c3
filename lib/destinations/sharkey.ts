/** Sharkey, 2026-04: as Misskey, and posts from the import archive, dated and without a word to anybody. It cuts a text at 3,000 signs, a warning at 500. */
import { other } from './other.ts'

export const sharkey = other({
  id: 'sharkey', name: 'Sharkey', source: 'Sharkey packages/backend/src/queue/processors', seen: '2026-04',
  takes: { follows: { form: 'csv', sure: 'run' }, lists: { form: 'csv', sure: 'run' }, blocks: { form: 'csv', sure: 'read' }, mutes: { form: 'csv', sure: 'read' }, posts: { form: 'archive', sure: 'run' } },
  bytes: 48_000, text: 3000, pictures: 16, traps: ['twice', 'replies-become-posts', 'one-an-hour', 'no-commas'],
})
