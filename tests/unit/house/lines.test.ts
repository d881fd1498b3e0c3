/** The lines of the house hold: in the sources as they are, and each check finds what it is there for. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hostsOf, mediaHostsOf, rooms } from '../../../lib/networks/rooms.ts'
import { ROOT } from '../../harness/paths.ts'
import { circles, lost, named, networksThatMeet, seams, textBecomesCode, wrongWays } from './lines.ts'
import { filesUnder, parse } from './source.ts'

const isCode = (path: string): boolean => /\.tsx?$/.test(path)
const files = filesUnder('entrypoints', 'components', 'lib', 'public')
const sources = files.filter(isCode).map(path => parse(path))
const simulations = filesUnder('tests/networks').filter(isCode).map(path => parse(path))
const networks = Object.values(rooms).map(({ id, mediaHosts, ...room }) => ({ id, hosts: [...hostsOf({ id, mediaHosts, ...room }), ...(room.answerHosts ?? []), ...mediaHostsOf({ mediaHosts }), ...(room.fediverse ? [room.fediverse.host, ...(room.fediverse.leave ?? [])] : [])] }))

describe('the sources', () => {
  test('import downwards only, never sideways', () => expect(wrongWays(sources)).toEqual([]))
  test('keep the networks apart', () => expect(networksThatMeet(sources)).toEqual([]))
  test('have no circle', () => expect(circles(sources)).toEqual([]))
  test('import only what is there, by its full name', () => expect(lost(sources, files)).toEqual([]))
  test('reach the browser through lib/browser only; the tap imports nothing, the simulations nothing of lib', () => {
    expect(seams([...sources, ...simulations])).toEqual([])
  })
  test('name no network outside its room', () => expect(named(sources, networks)).toEqual([]))
  test('turn no text into markup or code', () => expect(sources.flatMap(textBecomesCode)).toEqual([]))
  test('have no file called utils', () => {
    expect([...files, ...filesUnder('tests')].filter(path => /(^|\/)(utils?|helpers?|misc|common)(\.|\/)/i.test(path))).toEqual([])
  })
  test('have the furniture of a room for every network: room, reader, notes, simulation', () => {
    for (const { id } of networks) {
      for (const file of [`lib/networks/${id}/index.ts`, `lib/networks/${id}/read.ts`, `lib/networks/${id}/NOTES.md`, `tests/networks/${id}/index.ts`]) {
        expect(existsSync(join(ROOT, file)), file).toBe(true)
      }
    }
  })
})

describe('each check finds what it is there for', () => {
  const at = (path: string, code: string) => parse(path, code)
  test('upward and sideways', () => {
    expect(wrongWays([at('lib/store/a.ts', `import type { B } from '../capture/b.ts'`)])).toEqual(['lib/store/a.ts imports lib/capture/b.ts: upward'])
    expect(wrongWays([at('lib/store/a.ts', `export * from '../reach/b.ts'`)])).toEqual(['lib/store/a.ts imports lib/reach/b.ts: sideways'])
    expect(wrongWays([at('lib/odd/a.ts', '')])).toEqual(['lib/odd/a.ts is in no room'])
    expect(wrongWays([at('lib/capture/a.ts', `import { b } from '../store/b.ts'; const c = import('../model/c.ts')`)])).toEqual([])
  })
  test('networks that know each other', () => {
    expect(networksThatMeet([at('lib/networks/a/read.ts', `import { x } from '../b/index.ts'`)])).toHaveLength(1)
    expect(networksThatMeet([at('lib/capture/a.ts', `import { x } from '../networks/b/index.ts'`)])).toHaveLength(1)
    expect(networksThatMeet([at('lib/networks/a/read.ts', `import { x } from '../answers/json.ts'; import type { R } from '../types.ts'; import './shape.ts'`)])).toEqual([])
  })
  test('circles', () => {
    const found = circles([at('lib/model/a.ts', `import './b.ts'`), at('lib/model/b.ts', `import type { C } from './c.ts'`), at('lib/model/c.ts', `export * from './a.ts'`)])
    expect(found).toEqual(['lib/model/a.ts → lib/model/b.ts → lib/model/c.ts → lib/model/a.ts'])
  })
  test('seams', () => {
    expect(seams([at('entrypoints/tap.ts', `import type { A } from '../lib/model/index.ts'`)])).toHaveLength(1)
    expect(seams([at('components/a.tsx', `import browser from 'webextension-polyfill'`)])).toHaveLength(1)
    expect(seams([at('tests/networks/a/index.ts', `import { hostsOf, rooms } from '../../../lib/networks/rooms.ts'`)])).toHaveLength(1)
    expect(seams([at('lib/capture/a.ts', 'const name = "x"; void import(name)')])).toHaveLength(1)
  })
  test('names', () => {
    const some = [{ id: 'somewhere', hosts: ['www.somewhere.example'] }]
    expect(named([at('components/a.tsx', 'const a = <a href="https://www.somewhere.example/x">{`somewhere`}</a>')], some)).toHaveLength(2)
    expect(named([at('lib/networks/somewhere/index.ts', `export const id = 'somewhere'`)], some)).toEqual([])
    expect(named([at('lib/reach/a.ts', `import './somewhere.ts'; const elsewhere = 'from somewhere else'`)], some)).toEqual([])
    // A letter is an ordinary text; a host is one as a whole.
    const short = [{ id: 'q', hosts: ['q.example', 'files.q.example'] }]
    expect(named([at('lib/reach/a.ts', `const letter = 'q'; const other = 'https://bbq.example/ and q.example.org and q.examples'`)], short)).toEqual([])
    expect(named([at('lib/reach/a.ts', `const a = 'https://q.example/'; const b = 'https://www.q.example'; const c = 'q.example:443'`)], short)).toHaveLength(3)
    const two = [{ id: 'here', hosts: ['here.example', '*.files.example'] }, { id: 'there', hosts: ['there.example', '*.files.example'] }]
    expect(named([at('lib/networks/here/index.ts', `const a = ['https://accounts.there.example/', '*.files.example', 'https://a.files.example/']`)], two)).toEqual([])
    expect(named([at('lib/networks/here/index.ts', `const a = ['https://there.example/', 'there']`)], two)).toHaveLength(2)
    expect(named([at('lib/reach/a.ts', `const a = 'https://a.files.example/'`)], two)).toHaveLength(2)
  })
  test('text that becomes markup or code', () => {
    const bad = 'a.innerHTML = b; c["outerHTML"] = d; eval(e); new Function("f"); const g = <p dangerouslySetInnerHTML={h} />'
    expect(textBecomesCode(at('components/a.tsx', bad))).toHaveLength(5)
  })
})
