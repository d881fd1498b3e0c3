import { expect, test } from 'vitest'
import { typedAddress } from '../../../components/workspace/FollowRow.tsx'
import { askAbout, concerned, serverIn } from '../../../components/workspace/server.ts'
import type { Answer } from '../../../lib/model/index.ts'
import type { FollowRow } from '../../../lib/store/types.ts'
import { account, follow, store } from '../export/fake.ts'

test.each([
  ['harbour.example', 'harbour.example'], [' Harbour.Example. ', 'harbour.example'], ['https://harbour.example/about?x#y', 'harbour.example'], ['@ada@harbour.example', 'harbour.example'],
  ['ada@harbour.example', 'harbour.example'], ['https://harbour.example/@ada', 'harbour.example'], ['bücher.example', 'xn--bcher-kva.example'],
  ['harbour', undefined], ['127.0.0.1', undefined], ['localhost', undefined], ['two words.example', undefined], ['', undefined], ['harbour.example:8443', undefined],
])('the server in %j', (text, host) => expect(serverIn(text)).toBe(host))

test.each([
  ['ada@social.example', 'ada@social.example'], [' @Ada.B@Social.example ', 'ada.b@social.example'], ['https://social.example/@ada', 'ada@social.example'], ['https://social.example/users/ada/', 'ada@social.example'],
  ['ada', undefined], ['@ada', undefined], ['ada@localhost', undefined], ['ada@127.0.0.1', undefined], ['a b@social.example', undefined], ['https://social.example/ada', undefined], ['https://social.example/@ada/1', undefined], ['', undefined],
  ['https://social.example/@ada@other.example', undefined],
])('the address in %j', (text, address) => expect(typedAddress(text)).toBe(address))

const answer = (url: string, body: unknown, status = 200): Answer => ({ url, page: '', status, contentType: 'application/json', body: JSON.stringify(body), seenAt: '2026-11-22T10:00:00Z' })
/** Answers by path; everything that was asked, in order. */
const server = (paths: Record<string, [unknown, number?] | undefined>) => {
  const asked: string[] = []
  return {
    asked,
    ask: async (url: string) => {
      asked.push(url)
      const found = paths[new URL(url).pathname]
      return found && answer(url, ...found)
    },
  }
}

test('a server is asked for its second version, then for its blocks', async () => {
  const { ask, asked } = server({ '/api/v2/instance': [{ domain: 'harbour.example', version: '4.6.5' }], '/api/v1/instance/domain_blocks': [[{ domain: 'bad.example', severity: 'suspend' }]] })
  expect(await askAbout('harbour.example', '2026-11-22T10:00:00Z', ask)).toEqual({ host: 'harbour.example', at: '2026-11-22T10:00:00Z', domain: 'harbour.example', version: '4.6.5', limits: {}, blocks: { state: 'shown', rows: [{ domain: 'bad.example', severity: 'suspend' }] } })
  expect(asked.map(url => new URL(url).pathname)).toEqual(['/api/v2/instance', '/.well-known/nodeinfo', '/api/v1/instance/domain_blocks'])
})
test('an older one for its first version; one that hides its blocks', async () => {
  const { ask, asked } = server({ '/api/v2/instance': [{ error: 'x' }, 404], '/api/v1/instance': [{ uri: 'old.example', version: '3.5.3' }], '/api/v1/instance/domain_blocks': [{ error: 'x' }, 401] })
  expect(await askAbout('old.example', '2026-11-22T10:00:00Z', ask)).toMatchObject({ version: '3.5.3', blocks: { state: 'hidden' } })
  expect(asked).toHaveLength(4)
})
test('what it runs, by its nodeinfo; one that has no other page is known by that alone', async () => {
  const links = { links: [{ rel: 'http://nodeinfo.diaspora.software/ns/schema/2.0', href: 'https://harbour.example/nodeinfo/2.0' }, { rel: 'http://nodeinfo.diaspora.software/ns/schema/2.1', href: 'https://harbour.example/nodeinfo/2.1' }] }
  const info = { version: '2.1', software: { name: 'Sharkey', version: '2026.4.0' }, openRegistrations: true, metadata: { nodeName: 'The Harbour' } }
  const pages = { '/.well-known/nodeinfo': [links], '/nodeinfo/2.1': [info] } satisfies Parameters<typeof server>[0]
  const both = server({ ...pages, '/api/v2/instance': [{ domain: 'harbour.example', version: '4.0.0 (compatible; Sharkey 2026.4.0)' }] })
  expect(await askAbout('harbour.example', '', both.ask)).toMatchObject({ software: 'sharkey', version: '4.0.0 (compatible; Sharkey 2026.4.0)' })
  const alone = server({ ...pages, '/api/v2/instance': ['no', 404], '/api/v1/instance': ['no', 404] })
  expect(await askAbout('harbour.example', '', alone.ask)).toMatchObject({ software: 'sharkey', version: '2026.4.0', title: 'The Harbour', registrations: { state: 'open' }, blocks: { state: 'unknown' } })
  expect(alone.asked.at(-1)).toBe('https://harbour.example/nodeinfo/2.1')
})
test('one that does not answer is asked no more; one of another kind is said to be that', async () => {
  const silent = server({})
  expect(await askAbout('gone.example', '', silent.ask)).toBe('silent')
  expect(silent.asked).toHaveLength(1)
  expect(await askAbout('blog.example', '', server({ '/api/v2/instance': ['hello'], '/api/v1/instance': ['hello'] }).ask)).toBe('unlike')
})

test('whom its blocks concern: those who are ticked, by their server', async () => {
  const at = (handle: string, host: string, more: Partial<FollowRow> = {}) => follow(handle, { verdict: 'followable', address: `${handle}@${host}`, reason: 'is-address' }, more)
  const follows = [at('a', 'one.example'), at('b', 'one.example'), at('c', 'sub.two.example'), at('d', 'two.example', { choice: { include: false } }), at('e', 'three.example')]
  expect(await concerned(store({ follows }), account, { state: 'shown', rows: [{ domain: 'two.example', severity: 'suspend' }, { domain: 'three.example', severity: 'silence' }] })).toEqual([
    { host: 'one.example', count: 2, blocked: false }, { host: 'sub.two.example', count: 1, blocked: true }, { host: 'three.example', count: 1, blocked: false },
  ])
})
