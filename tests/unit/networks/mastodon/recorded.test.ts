/** Real questions and answers, where they lie beside the project (they are not part of it). */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as reader from '../../../../lib/networks/mastodon/read.ts'
import { answersIn } from '../../../harness/cassette.ts'
import { ask, seenAt, valid } from './ask.ts'

const folder = new URL('../../../../../shared/recorded/mastodon/', import.meta.url)
const present = existsSync(folder)
if (!present) console.warn('recorded answers of Mastodon are not here: skipped')

const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const cassette = (name: string) => answersIn(text(`mastodon.py-2026-08/${name}.yaml`), seenAt)!.map(answer => ({ path: new URL(answer.url).pathname.replaceAll(/\d{8,}/g, ':id'), ...valid(reader.read(answer)) }))
const fields = (one: object | undefined): string[] => Object.keys(one ?? {}).filter(key => !['id', 'source', 'seenAt'].includes(key)).toSorted()

const ofPost = ['authorHandle', 'authorId', 'counts', 'createdAt', 'language', 'sensitive', 'text', 'url', 'visibility']
const ofPerson = ['address', 'bio', 'counts', 'createdAt', 'handle', 'locked', 'url']

describe.runIf(present)('recorded answers', () => {
  it('accounts, looked up and by number', () => {
    for (const { profiles, unread } of cassette('test_account')) {
      expect(unread).toEqual([])
      expect(fields(profiles[0])).toEqual(ofPerson)
    }
    const found = cassette('test_account_lookup')
    expect(found.map(({ profiles }) => profiles.length)).toEqual([1, 0, 1, 1])
    expect(fields(found[2]?.profiles[0])).toEqual([...ofPerson, 'avatar', 'fields', 'header', 'name'].toSorted())
  })
  it('an empty list of follows', () => { expect(cassette('test_account_following')[1]).toMatchObject({ follows: [], ends: [{ section: 'follows', state: 'end' }], unread: [] }) })
  it('posts: written, read again, deleted (without their text), answered, edited, quoted', () => {
    const [written, again, deleted] = cassette('test_status')
    for (const one of [written, again]) expect(fields(one?.posts[0])).toEqual(ofPost)
    expect(fields(deleted?.posts[0])).toEqual(ofPost.filter(name => name !== 'text'))
    expect(cassette('test_status_reply').flatMap(({ posts }) => posts).some(post => post.replyTo?.id && post.mentions?.length && post.facets?.[0]?.kind === 'mention')).toBe(true)
    const edits = cassette('test_status_edit')
    expect(edits.filter(({ path }) => path.endsWith('/history')).map(({ posts }) => posts[0]?.revisions?.length)).toEqual([undefined, 1])
    expect(edits.flatMap(({ posts }) => posts).filter(({ editedAt }) => editedAt)).toHaveLength(2)
    expect(cassette('test_status_post_with_quote').flatMap(({ posts }) => posts).filter(({ quoteOf }) => quoteOf?.id && quoteOf.url)).toHaveLength(2)
  })
  it.each<[string, string[]]>([
    ['tootsdk/account_mastodon_official.json', [...ofPerson, 'avatar', 'fields', 'header', 'links', 'name']],
    ['tootsdk/account_moved.json', [...ofPerson, 'avatar', 'bioFacets', 'emoji', 'fields', 'header', 'links', 'movedTo', 'name']],
    ['tootsdk/account_pixelfed.json', [...ofPerson, 'avatar', 'header', 'name']],
  ])('%s', (name, expected) => {
    const { profiles, unread } = ask(text(name))
    expect(fields(profiles[0])).toEqual(expected.toSorted())
    expect(unread).toEqual([])
  })
  it.each<[string, string[]]>([['tootsdk/post_edited.json', [...ofPost, 'editedAt', 'facets', 'linkPreview', 'links', 'tags']], ['tootsdk/quote.json', [...ofPost, 'facets', 'links']]])('%s', (name, expected) => {
    expect(fields(ask(text(name)).posts[0])).toEqual(expected.toSorted())
  })
  it.each(['tootsdk/instancev2_mastodon_4.5.json', 'tootsdk/instancev2_gotosocial.json'])('%s: the domain of its people', name => {
    const document = JSON.parse(text(name)) as { domain?: string; account_domain?: string }
    const [lookup] = ask(document, { path: '/api/v2/instance', variables: { origin: 'https://social.example', handle: 'ida', version: 2 } }).next ?? []
    expect(lookup?.request?.variables).toMatchObject({ domain: document.account_domain ?? document.domain })
  })
})
