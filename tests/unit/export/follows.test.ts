import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkFollowCsv, followFiles, followNumbers, reasonOf } from '../../../lib/export/index.ts'
import type { Verdict } from '../../../lib/model/index.ts'
import type { FollowRow } from '../../../lib/store/types.ts'
import { account, follow, room, store, streamOfBytes, textOf } from './fake.ts'

const words = (reason: string): string => `because ${reason}`
const options = { words, profileUrl: room.profileUrl }
const header = 'Account address,Show boosts,Notify on new posts,Languages'

const files = async (follows: FollowRow[]) => {
  const made = await followFiles(store({ follows }), account, options)
  return { made, text: async (name: string) => textOf(made.find(file => file.name === name)!) }
}
const yes = (handle: string, address = `${handle}@example.net`) => follow(handle, { verdict: 'followable', address, reason: 'network-flag' })
const perhaps = (handle: string, address = `${handle}@example.net`) => follow(handle, { verdict: 'unknown', address, reason: 'not-looked-up' })

/** A plain RFC 4180 reader, so that ours is read by another. */
const parsed = (text: string): string[][] => {
  const rows: string[][] = []
  for (const line of text.split('\r\n').slice(0, -1)) {
    if (!line.startsWith('"')) rows.push(line.split(','))
    else rows.push([...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(cell => cell[1]!.replaceAll('""', '"')))
  }
  return rows
}

describe('following_accounts.csv', () => {
  test('has the four headers, four cells a row, sorted, lower case, no duplicates, LF, no mark', async () => {
    const { made, text } = await files([yes('Zoe', 'Zoe@Example.net'), yes('al.b_'), yes('zoe2', 'zoe@example.net')])
    expect(await text('following_accounts.csv')).toBe(`${header}\nal.b_@example.net,true,false,\nzoe@example.net,true,false,\n`)
    expect(made.map(({ name, type, rows, part }) => ({ name, type, rows, part }))).toEqual([{ name: 'following_accounts.csv', type: 'text/csv', rows: 2, part: undefined }])
  })

  test('states its size in bytes, also with letters of other scripts', async () => {
    const { made } = await files([yes('ł', 'łódź@exämple.net')])
    expect(new TextEncoder().encode(await textOf(made[0]!)).length).toBe(made[0]!.size)
  })

  test('is cut at 7,500 rows, and says so', async () => {
    const { made } = await files(Array.from({ length: 15_001 }, (_, at) => yes(`p${String(at).padStart(5, '0')}`)))
    expect(made.map(({ name, rows, part, parts }) => ({ name, rows, part, parts }))).toEqual([
      { name: 'following_accounts.csv', rows: 7_500, part: 1, parts: 3 },
      { name: 'following_accounts-part-02.csv', rows: 7_500, part: 2, parts: 3 },
      { name: 'following_accounts-part-03.csv', rows: 1, part: 3, parts: 3 },
    ])
    const texts = await Promise.all(made.map(textOf))
    expect(texts[1]!.split('\n').slice(0, 2)).toEqual([header, 'p07500@example.net,true,false,'])
    for (const file of made) expect(await checkFollowCsv(file.stream())).toEqual([])
  })

  test('7,500 are one file', async () => {
    const { made } = await files(Array.from({ length: 7_500 }, (_, at) => yes(`p${at}`)))
    expect(made).toHaveLength(1)
    expect(made[0]!.parts).toBeUndefined()
  })

  test('is not offered without a row', async () => expect((await files([])).made).toEqual([]))
})

describe('following_accounts-unchecked.csv', () => {
  test('has those not looked up, never one of the first file', async () => {
    const { made, text } = await files([yes('a'), perhaps('b'), perhaps('a2', 'A@example.net')])
    expect(made.map(file => file.name)).toEqual(['following_accounts.csv', 'following_accounts-unchecked.csv'])
    expect(await text('following_accounts-unchecked.csv')).toBe(`${header}\nb@example.net,true,false,\n`)
  })
})

describe('not-followable.csv', () => {
  const nobody = [
    follow('private', { verdict: 'not', address: 'private@example.net', reason: 'private' }, { name: 'Pia', url: 'https://www.example.com/@private' }),
    follow('guess', { verdict: 'maybe', address: 'guess@elsewhere.org', reason: 'name-elsewhere' }),
    follow('nowhere', { verdict: 'unknown', reason: 'not-looked-up' }),
    yes('bad', 'bad name@example.net'),
    yes('none', ''),
  ]

  test('has everybody who is in neither list, with a link and the reason in words', async () => {
    const { made, text } = await files([yes('a'), yes('a2', 'a@example.net'), perhaps('b'), ...nobody])
    expect(made.at(-1)).toMatchObject({ name: 'not-followable.csv', rows: 5 })
    const file = await text('not-followable.csv')
    expect(file.startsWith('\uFEFF')).toBe(true)
    expect(parsed(file.slice(1))).toEqual([
      ['handle', 'name', 'link', 'why'],
      ['bad', '', 'https://www.example.com/@bad', 'because invalid-address'],
      ['guess', '', 'https://www.example.com/@guess', 'because name-elsewhere'],
      ['none', '', 'https://www.example.com/@none', 'because no-address'],
      ['nowhere', '', 'https://www.example.com/@nowhere', 'because not-looked-up'],
      ['private', 'Pia', 'https://www.example.com/@private', 'because private'],
    ])
  })

  test('has its first line in the language of the person', async () => {
    const made = await followFiles(store({ follows: nobody }), account, { words, headings: ['名前', 'Name, voll', 'Link', '=why'] })
    expect((await textOf(made.at(-1)!)).split('\r\n')[0]).toBe('\uFEFF名前,"Name, voll",Link,"\'=why"')
  })

  test('is not offered where everybody is in the lists', async () => expect((await files([yes('a')])).made.map(file => file.name)).toEqual(['following_accounts.csv']))

  test('numbers without writing', async () => {
    expect(await followNumbers(store({ follows: [yes('a'), yes('a2', 'a@example.net'), perhaps('b'), ...nobody] }), account)).toEqual({
      total: 8, followable: 1, unchecked: 1, notFollowable: 5, duplicates: 1, parts: 1, uncheckedParts: 1,
      reasons: { private: 1, 'name-elsewhere': 1, 'not-looked-up': 1, 'invalid-address': 1, 'no-address': 1 },
    })
  })

  test('gives a spreadsheet no formula to run', async () => {
    const names = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '"=1', '\'" =1', '＝1', '\u00A0=1', '\uFEFF=1', '\u202E=1', '\0=1', 'x;=1', 'x;"@1', '=cmd|\' /C calc\'!A0', '"";=1']
    const { text } = await files(names.map((name, at) => follow(`h${at}`, { verdict: 'not', reason: 'private' }, { name })))
    const rows = parsed((await text('not-followable.csv')).slice(1)).slice(1)
    expect(rows).toHaveLength(names.length)
    for (const cell of rows.flat()) expect(cell).not.toMatch(/(^|[;|])[\s"]*[=+\-@＝＋－＠\t\r]/)
  })
})

describe('what the person decides', () => {
  const decided = (row: FollowRow, choice: FollowRow['choice']): FollowRow => ({ ...row, choice })
  const guess = follow('guess', { verdict: 'maybe', address: 'guess@elsewhere.org', reason: 'same-name' })
  const dark = follow('dark', { verdict: 'not', address: 'dark@example.net', reason: 'flag-off' })

  test('the list is exactly what is ticked: a guess or a no by choice, and nobody who was left out', async () => {
    const rows = [decided(yes('a'), { include: false }), yes('b'), decided(guess, { include: true }), decided(perhaps('c'), { include: true }), decided(perhaps('d'), { include: false }), perhaps('e'), decided(dark, { include: true })]
    const { text } = await files(rows)
    expect(await text('following_accounts.csv')).toBe(`${header}\n${['b@example.net', 'c@example.net', 'dark@example.net', 'guess@elsewhere.org'].map(address => `${address},true,false,\n`).join('')}`)
    expect(await text('following_accounts-unchecked.csv')).toBe(`${header}\ne@example.net,true,false,\n`)
    expect(parsed((await text('not-followable.csv')).slice(1)).slice(1).map(([handle, , , why]) => [handle, why])).toEqual([['a', 'because left-out'], ['d', 'because left-out']])
  })
  test('the reason in the file is the one on the screen', async () => {
    const rows = [dark, decided(dark, { include: false }), decided(yes('bad', 'bad name@x.org'), { include: true }), guess, decided(yes('z'), { include: false })].map((row, at) => ({ ...row, handle: `h${at}` }))
    const { text } = await files(rows)
    const said = parsed((await text('not-followable.csv')).slice(1)).slice(1).map(cells => cells[3])
    expect(said).toEqual(rows.map(row => words(reasonOf(row))))
    expect(rows.map(reasonOf)).toEqual(['flag-off', 'flag-off', 'invalid-address', 'same-name', 'left-out'])
  })
  test('whose rows a list holds, so that they can be marked as saved', async () => {
    const { made } = await files([yes('a'), yes('a2', 'A@example.net'), perhaps('b')])
    expect(made.map(({ people }) => people)).toEqual([[{ key: 'id-a', address: 'a@example.net' }, { key: 'id-a2', address: 'a@example.net' }], [{ key: 'id-b', address: 'b@example.net' }]])
  })
  test('what is new since the last download, once there was one', async () => {
    const before = (row: FollowRow, address = row.reach.address!): FollowRow => ({ ...row, saved: { address, at: '2026-11-20T00:00:00Z' } })
    expect((await files([yes('a'), yes('b')])).made.map(({ name }) => name)).toEqual(['following_accounts.csv'])
    const { made, text } = await files([before(yes('a')), yes('b'), before(yes('moved', 'moved@new.example'), 'moved@old.example'), before(decided(yes('out'), { include: false })), decided(yes('new-out'), { include: false })])
    expect(made.map(({ name, rows }) => [name, rows])).toEqual([['following_accounts.csv', 3], ['following_accounts-new.csv', 2], ['not-followable.csv', 2]])
    expect(await text('following_accounts-new.csv')).toBe(`${header}\nb@example.net,true,false,\nmoved@new.example,true,false,\n`)
    expect((await files([before(yes('a')), before(yes('b'))])).made.map(({ name }) => name)).toEqual(['following_accounts.csv'])
  })
  test('the rest: those that did not arrive', async () => {
    const came = (row: FollowRow, state: 'arrived' | 'failed' | 'again'): FollowRow => ({ ...row, saved: { address: row.reach.address!, at: '2026-11-20T00:00:00Z' }, arrival: { state, at: '2026-11-21T00:00:00Z' } })
    const { text } = await files([came(yes('a'), 'arrived'), came(yes('b'), 'failed'), came(yes('c'), 'again'), came(decided(yes('d'), { include: false }), 'again'), yes('e')])
    expect(await text('following_accounts-rest.csv')).toBe(`${header}\nb@example.net,true,false,\nc@example.net,true,false,\n`)
  })
})

describe('for every list', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('=1', '@a', '"', ',', '\r\n', ';=1', "'", 'a@b.c', '\uD800'))
  const address = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9_.]{1,6}@[a-c]\.(net|org)$/),
    text,
    fc.constantFrom('a@b', 'a@@b.c', '=a@b.c', 'a,b@c.d', 'A@B.C', 'a@b.c ', '.a@b.c', 'ａ@b.c', 'a"@b.c', undefined),
  )
  const row = fc
    .record({ verdict: fc.constantFrom<Verdict>('followable', 'maybe', 'not', 'unknown'), address, reason: text, name: text, handle: fc.string({ minLength: 1 }) })
    .map(({ verdict, address: where, reason, name, handle }) => follow(handle, { verdict, address: where, reason }, { name }))

  test('the rules hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async follows => {
        const made = await followFiles(store({ follows }), account, options)
        const numbers = await followNumbers(store({ follows }), account)
        expect(numbers.followable + numbers.unchecked + numbers.notFollowable + numbers.duplicates).toBe(follows.length)
        const written = await Promise.all(made.map(async file => ({ file, text: await textOf(file) })))
        expect(await Promise.all(made.map(textOf))).toEqual(written.map(({ text: once }) => once))
        for (const { file, text: people } of written.filter(({ file: { name } }) => name === 'not-followable.csv')) {
          const rows = parsed(people.slice(1)).slice(1)
          expect(rows.map(cells => cells.length)).toEqual(Array(file.rows).fill(4))
          for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s"]*[=+\-@\t\r]|[\0\r\n]/)
        }
        const lists = written.filter(({ file: { name } }) => name !== 'not-followable.csv')
        for (const { file, text: list } of lists) {
          expect(await checkFollowCsv(file.stream())).toEqual([])
          expect(list).not.toMatch(/[\r\uFEFF]/)
          expect(list.split('\n')).toHaveLength(file.rows + 2)
          expect(list.startsWith(`${header}\n`) && list.endsWith('\n') && file.rows > 0).toBe(true)
        }
        const lines = lists.flatMap(({ text: list }) => list.split('\n').slice(1, -1))
        for (const line of lines) expect(line).toMatch(/^[^@\s,"]+@[^@\s,"]+\.[^@\s,"]+,true,false,$/)
        expect(lines.map(line => line.slice(0, -',true,false,'.length).toLowerCase())).toEqual(lines.map(line => line.slice(0, -',true,false,'.length)))
        expect(new Set(lines).size).toBe(lines.length)
      }),
      { numRuns: 300 },
    )
  })
})

describe('checkFollowCsv', () => {
  const reasons = async (text: string) => (await checkFollowCsv(streamOfBytes(new TextEncoder().encode(text), 7))).map(problem => problem.reason)
  const good = `${header}\na@b.c,true,false,\n`

  test('lets a good list pass', async () => expect(await reasons(good)).toEqual([]))
  test.each([
    ['byte-order-mark', `\uFEFF${good}`],
    ['header', good.replace('Account', 'account')],
    ['cells', `${good}b@b.c,true,false,,\n`],
    ['options', `${good}b@b.c,,false,\n`],
    ['address', `${good},true,false,\n`],
    ['address', `${good}@b@b.c,true,false,\n`],
    ['duplicate', `${good}a@b.c,true,false,\n`],
    ['not-lower-case', `${good}B@b.c,true,false,\n`],
    ['carriage-return', good.replaceAll('\n', '\r\n')],
    ['last-line', `${good}b@b.c,true,false,`],
    ['empty', `${header}\n`],
  ])('finds %s', async (reason, text) => expect(await reasons(text)).toContain(reason))
  test('finds too many rows', async () => {
    const rows = Array.from({ length: 7_501 }, (_, at) => `p${at}@b.c,true,false,\n`).join('')
    expect(await reasons(`${header}\n${rows}`)).toEqual(['too-many-rows'])
  })
  test('finds what is not UTF-8', async () => {
    expect(await checkFollowCsv(streamOfBytes(Uint8Array.of(0xff, 0xfe, 0x41)))).toContainEqual(expect.objectContaining({ reason: 'not-utf-8' }))
  })
})
