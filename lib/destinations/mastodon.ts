/** Mastodon, 4.3.23 to 4.6.5, as released. Servers can change most of it, and say so in `GET /api/v2/instance` (configuration). */
import type { Destination } from './types.ts'

const repository = 'mastodon/mastodon'
const seen = '2026-08-06'

export const mastodon: Destination = {
  id: 'mastodon',
  name: 'Mastodon',
  takes: {
    follows: { form: 'csv', sure: 'run', source: `${repository} app/models/form/import.rb`, seen },
    lists: { form: 'csv', sure: 'run', source: `${repository} app/models/form/import.rb`, seen },
    blocks: { form: 'csv', sure: 'run', source: `${repository} app/models/form/import.rb`, seen },
    mutes: { form: 'csv', sure: 'run', source: `${repository} app/models/form/import.rb`, seen },
    bookmarks: { form: 'csv', sure: 'run', source: `${repository} app/models/form/import.rb`, seen },
  },
  traps: ['posts-not-taken', 'overwrite', 'lists-follow', 'admin-first'],
  profile: {
    handle: { max: 30, pattern: /^[a-z0-9_]+$/, source: `${repository} app/models/account.rb`, seen },
    // Rails' `length` validator: Ruby's String#length, which is code points.
    name: [
      { max: 30, unit: 'code points', source: `${repository} app/models/account.rb`, seen },
      { max: 40, unit: 'code points', since: '4.6', source: `${repository} app/models/account.rb`, seen },
    ],
    bio: [{ max: 500, unit: 'graphemes', source: `${repository} app/models/account.rb, app/validators/note_length_validator.rb`, seen }],
    bioLink: 23,
    fields: {
      count: 4,
      // Longer ones are not refused but cut, without a word.
      name: { max: 255, unit: 'code points', source: `${repository} app/models/account/field.rb`, seen },
      value: { max: 255, unit: 'code points', source: `${repository} app/models/account/field.rb`, seen },
      source: `${repository} app/models/account.rb`,
      seen,
    },
    pictures: [
      { max: 2 * 1024 ** 2, types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'], source: `${repository} app/models/concerns/account/avatar.rb`, seen },
      { max: 8 * 1024 ** 2, since: '4.4', types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'], source: `${repository} app/models/concerns/account/avatar.rb (with libvips)`, seen },
    ],
  },
  follows: {
    // Or 1.1 times the followers, once 7,500 are followed. A longer file is refused whole.
    max: 7_500,
    fileRows: 20_000,
    fileBytes: 20 * 1024 ** 2,
    files: {
      following: { name: 'following_accounts.csv', header: 'Account address,Show boosts,Notify on new posts,Languages' },
      lists: { name: 'lists.csv', header: null },
      blocking: { name: 'blocked_accounts.csv', header: null },
      muting: { name: 'muted_accounts.csv', header: 'Account address,Hide notifications' },
      bookmarks: { name: 'bookmarks.csv', header: null },
    },
    source: `${repository} app/models/form/import.rb, app/models/export.rb, app/validators/follow_limit_validator.rb`,
    seen,
  },
  // No version, page or API takes posts; a date in the past is dropped.
  posts: {
    imported: false,
    text: { max: 500, unit: 'graphemes', source: `${repository} app/validators/status_length_validator.rb`, seen },
    pictures: { max: 4, source: `${repository} app/models/status.rb`, seen },
    source: `${repository} app/services/post_status_service.rb`,
    seen,
  },
  lost: ['followers', 'likes-of-others', 'likes', 'messages'],
}
