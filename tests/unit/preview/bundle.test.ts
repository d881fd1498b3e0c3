import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { destinations } from '../../../lib/destinations/index.ts'
import { bundleNumbers } from '../../../lib/export/index.ts'
import type { Post } from '../../../lib/model/index.ts'
import { preview } from '../../../lib/preview/index.ts'
import { openStore } from '../../../lib/store/index.ts'

test('what the preview says goes into the bundle is what goes into the bundle', async () => {
  const flags = [undefined, true, false]
  const posts: Post[] = []
  for (const visibility of [undefined, 'public', 'unlisted', 'followers', 'circle', 'direct', 'self'] as const)
    for (const ghost of flags)
      for (const unavailable of flags)
        for (const createdAt of [undefined, '2026-01-01T00:00:00Z'])
          for (const replyTo of [undefined, { id: '9', authorId: '7' }])
            posts.push({ id: `p${posts.length}`, authorId: '1', url: 'https://example.com/p', text: 'text', visibility, ghost, unavailable, createdAt, replyTo })
  const store = openStore('preview')
  const account = 'example:1'
  await store.commit({
    account, network: 'example', runId: 'run', at: '2026-02-01T00:00:00Z', who: { id: '1', handle: 'me' }, profile: { id: '1', handle: 'me' },
    follows: [], posts, relations: [], counts: [], unread: [], reachOf: () => ({ verdict: 'unknown', reason: 'not-looked-up' }),
  })
  const room = { id: 'example', name: 'Example', home: 'https://example.com/', profileUrl: (handle: string) => `https://example.com/@${handle}` }
  const { included } = await bundleNumbers(store, account, { room })
  const shown = (await preview(store, account, destinations.mastodon)).posts
  expect(shown.inBundle).toBe(included.posts + included.replies)
  expect(shown.inBundle).toBe(2 * 2 * 2 * 2)
  store.close()
})
