/** Takahē: the follow list, strictly (`users/views/settings/import_export.py`). */
import { other } from './other.ts'

export const takahe = other({
  id: 'takahe', name: 'Takahē', source: 'jointakahe/takahe users/views/settings/import_export.py', seen: '2026-11', takes: { follows: { form: 'csv', sure: 'read' } }, traps: ['posts-not-taken'],
})
