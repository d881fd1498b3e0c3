import { expect, test } from 'vitest'
import type { Reach } from '../../../lib/model/index.ts'
import { judge } from '../../../lib/lookup/judge.ts'
import { names } from '../../../lib/networks/named.ts'
import type { FollowRow } from '../../../lib/store/index.ts'

const row = (handle: string, more: Partial<FollowRow> = {}): FollowRow => ({
  id: `id of ${handle}`, key: handle, handle, relation: 'follow', account: 'x:1', runId: 'r', firstSeen: '', lastSeen: '', reach: { verdict: 'unknown', reason: 'not-looked-up' }, ...more,
})
const followable: Reach = { verdict: 'followable', address: 'anna@threads.net', reason: 'looked-up' }
const nobody = () => undefined

test('a link to a profile names its person, on whichever of the network’s hosts; a link to anything else nobody', () => {
  const anna = row('Anna')
  for (const url of ['https://www.threads.com/@anna', 'http://www.threads.com/@Anna/']) expect(names({ links: [{ url }] }, 'threads', anna), url).toBe(true)
  for (const url of ['https://www.threads.com/@bert', 'https://www.threads.com/@anna/post/Cabc', 'https://threads.example/@anna', 'https://example.com/anna', 'no address']) expect(names({ links: [{ url }] }, 'threads', anna), url).toBe(false)
  expect(names({ bio: 'mostly https://bsky.app/profile/anna.letters.example.' }, 'bluesky', row('anna.letters.example'))).toBe(false)
  expect(names({ bio: 'mostly https://bsky.app/profile/anna.letters.example now' }, 'bluesky', row('anna.letters.example'))).toBe(true)
  expect(names({ fields: [{ name: 'x', value: '<https://kettle.example/@anna>' }] }, 'mastodon', row('anna@kettle.example'))).toBe(true)
  // The host of another network is none of Mastodon's servers.
  expect(names({ links: [{ url: 'https://www.threads.com/@anna' }] }, 'mastodon', row('anna@www.threads.com'))).toBe(false)
})

test('another account: sure where both name each other, a guess where one does, nothing where none does', () => {
  const id = '5f3a1b2c000000000100a1b2'
  const there = row('anna.letters.example', { reach: { ...followable, address: 'anna@kettle.example' }, links: [{ url: `https://www.xiaohongshu.com/user/profile/${id}` }] })
  const here = row('annas', { id, links: [{ url: 'https://bsky.app/profile/anna.letters.example' }] })
  const verdict = (mine: FollowRow, other: FollowRow) => {
    const { verdict: is, address, reason } = judge(mine, nobody, 'rednote', [{ network: 'bluesky', row: other }])
    return [is, address, reason]
  }
  expect(verdict(here, there)).toEqual(['followable', 'anna@kettle.example', 'other-account'])
  expect(verdict({ ...here, links: [] }, there)).toEqual(['maybe', 'anna@kettle.example', 'other-account-guess'])
  expect(verdict({ ...here, links: [] }, { ...there, links: [] })).toEqual(['not', undefined, 'no-address'])
  // Only what is known there itself counts, and only where it can be followed.
  for (const reach of [{ ...followable, verdict: 'maybe' as const }, { ...followable, reason: 'other-account' }]) expect(judge(here, nobody, 'rednote', [{ network: 'bluesky', row: { ...there, reach } }]).reason).not.toMatch(/other-account/)
})
