/** Friendica, 2024-10. The limit of a file is a hidden field of the form, 30,720 bytes (`src/Module/Settings/Account.php`). */
import { other } from './other.ts'

export const friendica = other({
  id: 'friendica', name: 'Friendica', source: 'friendica/friendica src/Module/Settings/Account.php, doc/Export-Import-Contacts.md', seen: '2024-10',
  takes: { follows: { form: 'csv', sure: 'read' } }, bytes: 30_000, traps: ['posts-not-taken'],
})
