/** Bonfire, 2026-08 (`lib/import.ex`): the first line of follows and blocks is always dropped, that of lists and bookmarks never. Of an outbox it passes on others' objects, which ours can't be. */
import { other } from './other.ts'

export const bonfire = other({
  id: 'bonfire', name: 'Bonfire', source: 'bonfire-networks/bonfire_social lib/import.ex', seen: '2026-08',
  takes: { follows: { form: 'csv', sure: 'read' }, lists: { form: 'csv', sure: 'read' }, blocks: { form: 'headed', sure: 'read' }, mutes: { form: 'csv', sure: 'read' }, bookmarks: { form: 'csv', sure: 'read' } },
  traps: ['posts-not-taken'],
})
