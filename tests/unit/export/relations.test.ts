import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { relationFiles } from '../../../lib/export/index.ts'
import type { Relation } from '../../../lib/model/index.ts'
import type { RelationRow } from '../../../lib/store/types.ts'
import { account, capturedAt } from './fake.ts'

const row = (relation: Relation['relation'], handle: string, more: Partial<RelationRow> = {}): RelationRow => ({
  id: `id-${handle}`, handle, relation, key: `${relation}:${more.list ?? ''}:${handle}`, account, runId: 'r', firstSeen: capturedAt, lastSeen: capturedAt, ...more,
})

const filesOf = async (rows: RelationRow[]) => {
  const files = await relationFiles({ eachRelation: async function* () { yield rows } }, account)
  return Object.fromEntries(await Promise.all(files.map(async ({ name, rows: count, without, stream }) => [name, { text: await new Response(stream()).text(), count, without }] as const)))
}

describe('lists, blocks, mutes and bookmarks', () => {
  test('each in the form that its importer takes, without duplicates, in one order', async () => {
    const files = await filesOf([
      row('block', '@Zed@pond.example'), row('block', 'abe@pond.example'), row('block', 'ABE@pond.example', { key: 'again' }),
      row('mute', 'mia@pond.example'),
      row('list', 'cy@pond.example', { list: 'Birds, "and" bees' }), row('list', 'bo@pond.example', { list: 'Trains\nand trams' }), row('list', 'cy@pond.example', { list: 'Trains' }),
      row('bookmark', 'dee@pond.example', { post: true, id: '9', url: 'https://pond.example/users/dee/statuses/9' }),
    ])
    expect(Object.fromEntries(Object.entries(files).map(([name, { text }]) => [name, text]))).toEqual({
      'lists.csv': '"Birds, ""and"" bees",cy@pond.example\nTrains and trams,bo@pond.example\nTrains,cy@pond.example\n',
      'blocked_accounts.csv': 'abe@pond.example\nzed@pond.example\n',
      'muted_accounts.csv': 'Account address,Hide notifications\nmia@pond.example,true\n',
      'bookmarks.csv': 'https://pond.example/users/dee/statuses/9\n',
    })
    expect(files['blocked_accounts.csv']).toMatchObject({ count: 2, without: 0 })
  })
  test('whoever has no address, and what is on no server of the fediverse, stays out and is counted', async () => {
    const files = await filesOf([
      row('block', 'nobody'), row('block', 'stated', { address: 'stated@pond.example' }), row('list', 'nobody', { list: 'Trains' }), row('list', 'cy@pond.example'),
      row('bookmark', 'nobody', { post: true, url: 'https://www.example.com/@nobody/post/1' }), row('bookmark', 'cy@pond.example', { post: true }), row('like', 'cy@pond.example', { post: true }), row('follower', 'cy@pond.example'),
    ])
    expect(files).toEqual({
      'lists.csv': { text: '', count: 0, without: 2 },
      'blocked_accounts.csv': { text: 'stated@pond.example\n', count: 1, without: 1 },
      'bookmarks.csv': { text: '', count: 0, without: 2 },
    })
  })
  test('nothing that breaks a row or a file comes through', async () => {
    const files = await filesOf([row('block', 'a@b,c.example'), row('block', '=cmd@pond.example'), row('block', 'x y@pond.example'), row('mute', 'ok@pond.example\nmore@pond.example'), row('bookmark', 'cy@pond.example', { post: true, url: ['javascript', 'alert(1)'].join(':') })])
    expect(Object.values(files).map(({ count, without }) => [count, without])).toEqual([[0, 3], [0, 1], [0, 1]])
  })

  test('whatever was captured, each file keeps to the form of its importer', async () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('Birds', 'a,b', '"', 'x\r\ny', '\uFEFF', '=1', '@zed@pond.example', 'abe@pond.example', 'ABE@pond.example', 'a@b,c.example', '\uD800'))
    const any = fc.record({
      relation: fc.constantFrom<Relation['relation'][]>('list', 'block', 'mute', 'bookmark', 'follower', 'like', 'known'), handle: text, address: fc.option(text, { nil: undefined }), list: fc.option(text, { nil: undefined }),
      url: fc.oneof(text, fc.webUrl({ withQueryParameters: true }), fc.constant('https://pond.example/a,"b"')), post: fc.boolean(),
    })
    const person = '[^@\\s,"]+@[^@\\s,"]+\\.[^@\\s,"]+'
    const forms: Record<string, RegExp> = {
      'lists.csv': new RegExp(`^(?:[^",\r\n]+|"(?:[^"\r\n]|"")+"),${person}$`), 'blocked_accounts.csv': new RegExp(`^${person}$`), 'muted_accounts.csv': new RegExp(`^(?:${person},true|Account address,Hide notifications)$`), 'bookmarks.csv': /^https?:\/\/[^\s,"]+$/,
    }
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 30 }), async some => {
        const files = await filesOf(some.map(({ relation, handle, ...more }) => row(relation, handle, more)))
        for (const [name, { text: file, count, without }] of Object.entries(files)) {
          const lines = file.split('\n')
          expect(lines.pop()).toBe('')
          const header = name === 'muted_accounts.csv' ? 1 : 0
          expect([name, lines.length, new Set(lines).size]).toEqual([name, count + header, count + header])
          for (const line of lines) expect(line).toMatch(forms[name]!)
          expect(file).not.toMatch(/[\r\uFEFF]/)
          expect(count + without).toBeLessThanOrEqual(some.length)
        }
      }),
      { numRuns: 300 },
    )
  })
})
