/** Misskey, 2025.10: every list by a comma, no quotes. The limit is 65,536 bytes of a file; it was 50,000 before, and one upload an hour is taken (`server/api/endpoints/i/import-*.ts`). */
import { other } from './other.ts'

export const misskey = other({
  id: 'misskey', name: 'Misskey', source: 'misskey-dev/misskey packages/backend/src/queue/processors', seen: '2025-10',
  takes: { follows: { form: 'csv', sure: 'run' }, lists: { form: 'csv', sure: 'run' }, blocks: { form: 'csv', sure: 'read' }, mutes: { form: 'csv', sure: 'read' } },
  bytes: 48_000, traps: ['posts-not-taken', 'one-an-hour', 'no-commas'],
})
