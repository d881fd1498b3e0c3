import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockedAmong, destinations, readBlocks, readInstance, serverQuestions, withServer, type Blocks } from '../../../lib/destinations/index.ts'
import type { Answer } from '../../../lib/model/index.ts'

const answer = (body: unknown, status = 200): Answer => ({
  url: 'https://harbour.example/api/v2/instance', page: '', status, contentType: 'application/json', body: typeof body === 'string' ? body : JSON.stringify(body), seenAt: '2026-11-22T10:00:00Z',
})
const sha = (word: string): string => createHash('sha256').update(word).digest('hex')

const harbour = {
  domain: 'harbour.example', title: 'The  Harbour', version: '4.6.5', source_url: 'https://example.org/',
  configuration: {
    accounts: { max_featured_tags: 10, max_display_name_length: 40, max_note_length: 1000, max_profile_fields: 6, profile_field_name_limit: 100, profile_field_value_limit: 200 },
    statuses: { max_characters: 3000, max_media_attachments: 8, characters_reserved_per_url: 23 },
  },
  registrations: { enabled: true, approval_required: true, message: '<p>Tell us &amp; the cat <b>who</b> you are</p>', min_age: 16 },
  rules: [{ id: '1', text: 'Be kind', hint: 'To everybody' }, { id: '2' }, 'no rule'],
}

describe('a server about itself', () => {
  test('the second version of the interface', () => {
    expect(readInstance(answer(harbour))).toEqual({
      domain: 'harbour.example', title: 'The Harbour', version: '4.6.5',
      registrations: { state: 'approval', message: 'Tell us & the cat who you are', minAge: 16 },
      rules: [{ text: 'Be kind', hint: 'To everybody' }],
      limits: { name: 40, bio: 1000, fields: 6, fieldName: 100, fieldValue: 200, text: 3000, pictures: 8 },
    })
  })
  test('the first one, and one of another kin', () => {
    expect(readInstance(answer({ uri: 'https://Old.example/', title: 'Old', version: '3.5.3', registrations: false, approval_required: false, configuration: { statuses: { max_characters: 500 } } })))
      .toEqual({ domain: 'old.example', title: 'Old', version: '3.5.3', registrations: { state: 'closed' }, limits: { text: 500 } })
    expect(readInstance(answer({ uri: 'https://other.example', version: '2.7.2 (compatible; Other 3)', registrations: true, max_toot_chars: 5000, rules: [] })))
      .toEqual({ domain: 'other.example', version: '2.7.2 (compatible; Other 3)', registrations: { state: 'open' }, rules: [], limits: { text: 5000 } })
  })
  test('an account domain of its own', () => expect(readInstance(answer({ domain: 'social.split.example', account_domain: 'split.example', version: '0.19' }))?.domain).toBe('split.example'))
  test('what is not said is not known', () => {
    const bare = readInstance(answer({ domain: 'bare.example', version: '4.3.0', registrations: {}, configuration: { statuses: { max_characters: '500', max_media_attachments: -1 } } }))
    expect(bare).toEqual({ domain: 'bare.example', version: '4.3.0', limits: {} })
  })
  test.each([[answer('<html>'), 'no JSON'], [answer([]), 'a list'], [answer({ title: 'x' }), 'something else'], [answer(harbour, 404), 'an error']])('%# none of these', one => expect(readInstance(one)).toBeUndefined())
  test('whatever comes, it does not throw', () => {
    fc.assert(fc.property(fc.json(), fc.integer({ min: 100, max: 599 }), (body, status) => {
      readInstance(answer(body, status))
      expect(['shown', 'hidden', 'unknown']).toContain(readBlocks(answer(body, status)).state)
    }))
    const keys = fc.constantFrom('domain', 'version', 'uri', 'rules', 'registrations', 'configuration', 'text', 'enabled', 'accounts', 'statuses', 'max_characters', 'severity')
    const odd = fc.letrec(tie => ({ any: fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.boolean(), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(keys, tie('any'), { maxKeys: 4 })) })).any
    fc.assert(fc.property(odd, body => {
      readInstance(answer({ version: '4', domain: 'a.example', ...(typeof body === 'object' ? body : { rules: body }) }))
      expect(readBlocks(answer(body as object)).state).toMatch(/shown|unknown/)
    }))
  })
  const recorded = new URL('../../../../shared/recorded/mastodon/tootsdk/', import.meta.url)
  test.skipIf(!existsSync(recorded))('recorded answers of two kinds of servers (skipped where they are not there)', () => {
    const read = (name: string) => readInstance(answer(readFileSync(new URL(name, recorded), 'utf8')))
    expect(read('instancev2_mastodon_4.5.json')).toMatchObject({ registrations: { state: 'open', minAge: 16 }, limits: { text: 500, pictures: 4 } })
    expect(read('instancev2_mastodon_4.5.json')!.rules!.length).toBeGreaterThan(3)
    expect(read('instancev2_gotosocial.json')).toMatchObject({ registrations: { state: 'approval' }, rules: [], limits: { text: 5000, pictures: 6, fields: 6 } })
  })
  test('where to ask', () => expect(Object.values(serverQuestions('harbour.example'))).toEqual(['https://harbour.example/api/v2/instance', 'https://harbour.example/api/v1/instance', 'https://harbour.example/.well-known/nodeinfo', 'https://harbour.example/api/v1/instance/domain_blocks']))
})

describe('whom a server blocks', () => {
  const rows = [
    { domain: 'bad.example', digest: sha('bad.example'), severity: 'suspend', comment: 'spam' },
    { domain: 'qu**t.example', digest: sha('quiet.example'), severity: 'suspend' },
    { domain: 'loud.example', digest: sha('loud.example'), severity: 'silence' },
    { domain: 7 }, null,
  ]
  test('a list for everybody', () => expect(readBlocks(answer(rows))).toEqual({ state: 'shown', rows: rows.slice(0, 3).map(one => ({ domain: (one as { domain: string }).domain, digest: (one as { digest: string }).digest, severity: (one as { severity: string }).severity })) }))
  test.each([401, 404, 403, 422])('%d: not for everybody', status => expect(readBlocks(answer({ error: 'x' }, status))).toEqual({ state: 'hidden' }))
  test('no answer, or one that says nothing', () => expect([readBlocks(undefined), readBlocks(answer('x', 500)), readBlocks(answer({}))]).toEqual([{ state: 'unknown' }, { state: 'unknown' }, { state: 'unknown' }]))
  test('names with stars are told by their digest, and all that lies below is blocked too', async () => {
    const hosts = ['bad.example', 'deep.in.bad.example', 'notbad.example', 'quiet.example', 'www.quiet.example', 'loud.example', 'example']
    expect([...(await blockedAmong(readBlocks(answer(rows)), hosts))]).toEqual(['bad.example', 'deep.in.bad.example', 'quiet.example', 'www.quiet.example'])
    for (const state of ['hidden', 'unknown'] as const) expect((await blockedAmong({ state } as Blocks, hosts)).size).toBe(0)
  })
})

test('limits that a server states replace those of its software', () => {
  const { mastodon } = destinations
  expect(withServer(mastodon, undefined)).toBe(mastodon)
  const own = withServer(mastodon, { host: 'harbour.example', at: '2026-11-22T10:00:00Z', limits: readInstance(answer(harbour))!.limits })
  expect(own.profile.name).toEqual([{ max: 40, unit: 'code points', source: 'https://harbour.example/api/v2/instance', seen: '2026-11-22' }])
  expect([own.profile.bio[0]!.max, own.profile.fields.count, own.profile.fields.name.max, own.profile.fields.value.max, own.posts.text.max, own.posts.pictures.max]).toEqual([1000, 6, 100, 200, 3000, 8])
  expect(own.posts.text.unit).toBe('graphemes')
  const silent = withServer(mastodon, { host: 'bare.example', at: '2026-11-22T10:00:00Z', limits: {} })
  expect([silent.profile, silent.posts]).toEqual([mastodon.profile, mastodon.posts])
})
