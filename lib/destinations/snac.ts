/** snac 2.94: files in the folder `import` of the account's own, by their names (`utils.c`). */
import { other } from './other.ts'

export const snac = other({
  id: 'snac', name: 'snac', source: 'snac2 utils.c', seen: '2026-08',
  takes: { follows: { form: 'csv', sure: 'run' }, lists: { form: 'csv', sure: 'run' }, blocks: { form: 'csv', sure: 'run' }, bookmarks: { form: 'csv', sure: 'run' } },
  traps: ['posts-not-taken', 'snac-folder', 'one-list'],
})
