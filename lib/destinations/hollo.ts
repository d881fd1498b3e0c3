/** Hollo 0.10 (`src/pages/accounts.tsx`). */
import { other } from './other.ts'

export const hollo = other({
  id: 'hollo', name: 'Hollo', source: 'fedify-dev/hollo src/pages/accounts.tsx', seen: '2026-08',
  takes: { follows: { form: 'csv', sure: 'read' }, lists: { form: 'csv', sure: 'read' }, blocks: { form: 'csv', sure: 'read' }, mutes: { form: 'csv', sure: 'read' }, bookmarks: { form: 'csv', sure: 'read' } },
  traps: ['posts-not-taken'],
})
