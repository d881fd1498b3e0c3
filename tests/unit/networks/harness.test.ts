/** `npm run -s read`: pure JSON on standard output, and plain words where it can't. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cached, following, html, me, other, profile, shared, user, viewerOf } from './threads/fixtures/made.ts'

const folder = mkdtempSync(join(tmpdir(), 'read-'))
afterAll(() => rmSync(folder, { recursive: true }))
const save = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const script = new URL('../../harness/read.ts', import.meta.url).pathname
const run = (...words: string[]) => spawnSync(process.execPath, [script, ...words], { encoding: 'utf8' })

describe('the reading tool', () => {
  it('prints the reading of an answer', () => {
    const file = save('following.json', JSON.stringify(following([user(other)], '20')))
    const { status, stdout, stderr } = run('threads', file, '--operation', 'BarcelonaFriendshipsFollowingTabRefetchableQuery', '--variables', JSON.stringify({ id: me.id, after: '40', first: 10 }))
    expect([status, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({ follows: [{ id: other.id, ownerId: me.id, position: 40, source: 'answer' }], ends: [{ state: 'more', cursor: '20', after: '40' }] })
  })

  it('knows a page by its content, and takes its address', () => {
    const file = save('page.txt', html(shared(viewerOf(me)), cached('BarcelonaProfilePageDirectQuery', { data: { user: profile(me) } })))
    expect(JSON.parse(run('threads', file, '--page', `https://www.threads.com/@${me.handle}`).stdout)).toMatchObject({ viewer: { id: me.id }, profiles: [{ source: 'state' }] })
  })

  it('needs no flags: a page says its address, an answer what it is, and markup in it is somebody’s words', () => {
    const page = html(cached('x', { data: { user: profile(other) } })).replace('<head>', '<head><link rel="canonical" href="https://www.threads.com/@bo_kanter">')
    expect(JSON.parse(run('threads', save('saved.html', page)).stdout)).toMatchObject({ profiles: [{ id: other.id }] })
    const list = JSON.parse(run('threads', save('list.txt', `for (;;);${JSON.stringify(following([user(other, { full_name: '<script>x</script>' })], '20'))}`)).stdout)
    expect(list).toMatchObject({ follows: [{ id: other.id, ownerId: me.id, name: '<script>x</script>', source: 'answer' }], ends: [{ state: 'more', cursor: '20' }] })
  })

  it('takes a list that the network takes by hand', () => {
    const file = save('following_accounts.csv', 'Account address,Show boosts,Notify on new posts,Languages\nben@kettle.example,true,false,\n')
    expect(JSON.parse(run('mastodon', file).stdout)).toMatchObject({ follows: [{ handle: 'ben@kettle.example', source: 'export' }], ends: [{ section: 'follows', state: 'end' }] })
    expect(JSON.parse(run('mastodon', file, '--variables', '{"ownerId":"1"}').stdout)).toMatchObject({ follows: [{ ownerId: '1' }] })
  })

  it('takes a status, and an empty file', () => {
    expect(JSON.parse(run('threads', save('empty', ''), '--status', '429').stdout)).toMatchObject({ barrier: { kind: 'rate-limit' } })
  })

  it.each([
    [['threads'], 2, 'Usage'],
    [['__proto__', 'x'], 2, 'No network'],
    [['threads', '/nowhere/at/all'], 1, "Can't read /nowhere/at/all"],
    [['threads', 'x', '--variables', '{'], 2, '--variables is not JSON'],
    [['threads', 'x', '--status', 'many'], 2, '--status is not'],
  ])('%j ends with %d', (words, code, message) => {
    const { status, stdout, stderr } = run(...words)
    expect([status, stdout]).toEqual([code, ''])
    expect(stderr).toContain(message)
  })
})
