import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { bundle, followFiles } from '../../../lib/export/index.ts'
import { openStore } from '../../../lib/store/index.ts'
import { account, opened, options, owner, textOf } from './fake.ts'

test('the real store and the files agree', async () => {
  const store = openStore('export')
  const me = { id: owner.id, handle: 'mara.lind' }
  const common = { relation: 'follow' as const, ownerId: me.id }
  await store.commit({
    account,
    network: 'example',
    runId: 'r',
    at: '2026-11-22T10:11:12.345Z',
    who: me,
    profile: { ...me, name: 'Mara', locked: false },
    follows: [
      { id: 'a', handle: 'ann', federated: true, ...common },
      { id: 'b', handle: 'bo', federated: false, ...common },
      { id: 'c', handle: 'cy', ...common },
    ],
    posts: [
      { id: '3', authorId: me.id, createdAt: '2025-01-03T00:00:00Z', text: 'three', visibility: 'public', replyTo: { id: '1', authorId: me.id } },
      { id: '1', authorId: me.id, createdAt: '2025-01-01T00:00:00Z', text: 'one', visibility: 'public' },
      { id: '2', authorId: me.id, createdAt: '2025-01-02T00:00:00Z', text: 'two', visibility: 'followers' },
      { id: '4', authorId: me.id, text: 'undated', visibility: 'public' },
      { id: '5', authorId: me.id, createdAt: '2025-01-05T00:00:00Z', repostOf: { id: '9', url: 'https://www.example.com/@jo/post/9' } },
    ],
    relations: [],
    counts: [],
    unread: [],
    reachOf: ({ handle, federated }) =>
      federated === false ? { verdict: 'not', reason: 'flag-off' } : { verdict: federated ? 'followable' : 'unknown', address: `${handle}@example.net`, reason: 'network-flag' },
  })
  const files = await followFiles(store, account, { words: reason => reason })
  expect(files.map(({ name, rows }) => [name, rows])).toEqual([['following_accounts.csv', 1], ['following_accounts-unchecked.csv', 1], ['not-followable.csv', 1]])
  expect(await textOf(files[0]!)).toContain('\nann@example.net,true,false,\n')
  const made = await bundle(store, account, options)
  expect(made.problems).toEqual([])
  expect(made.left_out).toEqual([{ reason: 'no-date', count: 1 }, { reason: 'followers-only', count: 1 }])
  expect(made.file.name).toBe('archive-example-mara.lind-2026-11-22.zip')
  const { items, notes } = await opened(made.file)
  expect(items.map(item => item.type)).toEqual(['Create', 'Create', 'Announce'])
  expect(notes[1].inReplyTo).toBe(notes[0].id)
  // What the popup foretells from its totals is what the archive holds.
  expect((await store.totals(account))['posts:open']).toBe(made.included.posts + made.included.replies)
  store.close()
})
