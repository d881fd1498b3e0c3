/** Real answers and repositories, where they lie beside the project (they are not part of it). */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Reading } from '../../../../lib/model/index.ts'
import { ask } from './ask.ts'

const folder = new URL('../../../../../shared/recorded/bluesky/', import.meta.url)
const present = existsSync(folder)
if (!present) console.warn('recorded answers of Bluesky are not here: skipped')

const open = (name: string): Reading => {
  const bytes = new Uint8Array(readFileSync(new URL(name, folder)))
  return ask(name.endsWith('.car') ? bytes : new TextDecoder().decode(bytes), { url: name.endsWith('.car') ? 'file:///repo.car' : 'https://public.api.bsky.app/' })
}
/** How many records have each field. */
const filled = (records: object[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const record of records) for (const key of Object.keys(record)) if (!['id', 'source', 'seenAt'].includes(key)) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

describe.runIf(present)('recorded answers', () => {
  it('a whole repository: every record of it', () => {
    const { profiles, follows, posts, relations, ends, unread, next, viewer } = open('atproto-dart/repo.car')
    expect(unread).toEqual([])
    expect(viewer?.id).toBe(profiles[0]?.id)
    expect([profiles.length, follows.length, posts.filter(post => !post.repostOf).length, posts.filter(post => post.repostOf).length]).toEqual([1, 2718, 37, 60])
    expect(relations.filter(({ relation }) => relation === 'like')).toHaveLength(6)
    expect(relations.filter(({ relation }) => relation === 'block')).toHaveLength(2)
    expect(filled(follows)).toEqual({ handle: 2718, url: 2718, ownerId: 2718, relation: 2718, createdAt: 2718, position: 2718 })
    expect(filled(posts)).toEqual({ url: 37, authorId: 97, createdAt: 97, text: 37, visibility: 97, media: 12, quoteOf: 4, language: 28, facets: 12, mentions: 2, links: 3, tags: 10, linkPreview: 14, replyTo: 4, threadRoot: 4, repostOf: 60 })
    const named = posts.flatMap(post => (post.facets ?? []).filter(({ kind }) => kind !== 'link').map(facet => [post.text?.slice(facet.start, facet.end).toLowerCase(), `${facet.kind === 'tag' ? '#' : '@'}${facet.value}`.toLowerCase()]))
    expect(named.length).toBeGreaterThan(10)
    for (const [shown, value] of named) expect(shown).toBe(value)
    expect(new Set(ends.map(({ state }) => state))).toEqual(new Set(['end']))
    // 25 names a question, and the profile.
    expect(next?.filter(({ section }) => section === 'follows')).toHaveLength(Math.ceil(2718 / 25))
  })

  it.each<[string, Partial<Record<'profiles' | 'follows' | 'posts', number>>, Record<string, number>]>([
    ['atproto-dart/app.bsky.actor.getProfile.json', { profiles: 1 }, { handle: 1, name: 1, bio: 1, avatar: 1, header: 1, counts: 1, url: 1 }],
    ['atproto-dart/app.bsky.actor.getProfiles.json', { profiles: 1 }, { handle: 1, name: 1, bio: 1, avatar: 1, header: 1, counts: 1, url: 1 }],
    ['atproto-dart/app.bsky.graph.getFollows.json', { follows: 50 }, { handle: 50, name: 50, bio: 50, avatar: 50, url: 50, ownerId: 50, relation: 50 }],
    ['atproto-dart/app.bsky.feed.getAuthorFeed.json', { posts: 25 }, { authorId: 25, authorHandle: 25, createdAt: 25, url: 23, text: 23, visibility: 25, repostOf: 2, replyTo: 20, threadRoot: 20, counts: 23, media: 1, facets: 3, mentions: 2, links: 1, linkPreview: 1 }],
    ['fxembed/get-follows.json', { follows: 2 }, { handle: 2, name: 2, url: 2, ownerId: 2, relation: 2 }],
    ['fxembed/profile-detail.json', { profiles: 1 }, { handle: 1, name: 1, bio: 1, avatar: 1, header: 1, counts: 1, url: 1, verified: 1 }],
    ['fxembed/thread-multi-image.json', { posts: 1 }, { authorId: 1, authorHandle: 1, createdAt: 1, url: 1, text: 1, visibility: 1, language: 1, media: 1, counts: 1 }],
    ['idunno/feedViewPost_2025-04.json', { posts: 1 }, { authorId: 1, authorHandle: 1, createdAt: 1, url: 1, text: 1, visibility: 1, language: 1, replyTo: 1, threadRoot: 1, counts: 1 }],
    ['indigo/greenground.repo.car', { follows: 2 }, { handle: 2, url: 2, ownerId: 2, relation: 2, createdAt: 2, position: 2 }],
  ])('%s', (name, counts, fields) => {
    const reading = open(name)
    expect({ profiles: reading.profiles.length || undefined, follows: reading.follows.length || undefined, posts: reading.posts.length || undefined }).toEqual({ profiles: undefined, follows: undefined, posts: undefined, ...counts })
    expect(filled([...reading.profiles, ...reading.follows, ...reading.posts])).toEqual(fields)
    expect(reading.unread).toEqual([])
  })

  it('a record by itself, which does not say whose it is, and an error', () => {
    expect(open('idunno/profileRecord.json').unread).toEqual([{ reason: 'no-owner', operation: 'app.bsky.actor.profile' }])
    expect(open('atproto-dart/error.json')).toMatchObject({ profiles: [], unread: [] })
  })
})
