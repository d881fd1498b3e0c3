/** WordPress with the ActivityPub plugin (`includes/wp-admin/import/class-mastodon.php`, importers of 2025-26): the archive becomes dated posts; follows come in as a starter kit. */
import { other } from './other.ts'

export const wordpress = other({
  id: 'wordpress', name: 'WordPress', source: 'Automattic/wordpress-activitypub includes/wp-admin/import', seen: '2026-11',
  takes: { follows: { form: 'starter-kit', sure: 'read' }, posts: { form: 'archive', sure: 'read' } }, traps: ['unlisted-public', 'followers-left-out', 'replies-become-posts', 'threads-flat'],
})
