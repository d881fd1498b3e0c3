import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { draftOf } from '../../../components/workspace/find-me.ts'
import { textsFrom } from '../../../lib/browser/phrases.ts'
import type { ServerFacts } from '../../../lib/destinations/index.ts'

const facts = (more: Partial<ServerFacts>): ServerFacts => ({ host: 'social.harbour.example', at: '2026-11-22T14:22:00Z', limits: {}, blocks: { state: 'unknown' }, ...more })
const host = 'social.harbour.example'

describe('what is posted on the old network', () => {
  test('says what is known: nothing, the server, the address', () => {
    expect(draftOf('')).toContain('the fediverse (Mastodon and others)')
    expect(draftOf('', { host })).toContain(`I am moving to ${host}`)
    expect(draftOf('@mira@harbour.example')).toBe('I have moved. From now on you find me in the fediverse: @mira@harbour.example\nhttps://harbour.example/@mira\nYou can follow me from Mastodon and many other places.')
  })
  test.each([['Mira', '@mira@social.harbour.example'], [' @mira ', '@mira@social.harbour.example'], ['mira@Other.Example', '@mira@other.example']])('a name is one on the chosen server: %s', (typed, address) => {
    expect(draftOf(typed, { host })).toContain(`fediverse: ${address}\n`)
  })
  test.each(['@', 'mira@', '@mira@harbour', 'two words', 'a@b@c.example', 'https://harbour.example/@mira'])('what is no address is as good as nothing: %s', typed => {
    expect(draftOf(typed, { host })).toBe(draftOf('', { host }))
  })
  test('a server’s pages may be elsewhere than its addresses say', () => {
    const text = draftOf('mira', { host, facts: facts({ domain: 'harbour.example' }) })
    expect(text).toContain('@mira@harbour.example\nhttps://social.harbour.example/@mira\n')
  })
  test('no link is made up where the software has its pages in another form', () => {
    expect(draftOf('mira', { host, software: 'pixelfed' })).not.toContain('https:')
    expect(draftOf('mira', { host, software: 'sharkey' })).toContain(`https://${host}/@mira`)
  })
  test('whatever is typed, there is a text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.option(fc.domain(), { nil: undefined }), (typed, at) => draftOf(typed, { host: at }).length > 20))
  })
})

// X counts signs of Chinese and Japanese twice, and every link as 23 (docs.x.com, counting characters).
test.each(readdirSync(new URL('../../../public/_locales', import.meta.url).pathname))('the texts fit into one post of the shortest network, in %s', name => {
  const all: Record<string, { message: string }> = JSON.parse(readFileSync(join(new URL('../../../public/_locales', import.meta.url).pathname, name, 'messages.json'), 'utf8'))
  const { t } = textsFrom(key => all[key]?.message ?? '', () => 'en')
  const weight = (text: string): number => [...text].reduce((sum, sign) => sum + (/[\u1100-\uFFFF]/u.test(sign) && !/[\u2000-\u200D\u2010-\u201F\u2032-\u2037]/u.test(sign) ? 2 : 1), 0)
  const address = `@${'a'.repeat(30)}@a-rather-long-name.social.example`
  expect(weight(t('find_me_link', { address, link: 'x'.repeat(23) }))).toBeLessThanOrEqual(280)
  for (const text of [t('find_me_somewhere'), t('find_me_server', { server: address }), t('find_me_address', { address })]) expect(weight(text)).toBeLessThanOrEqual(280)
})
