import { createHash } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownCopy } from '../../../lib/export/index.ts'
import { asExpression, inScript } from '../../../lib/export/viewer.ts'
import { account, bytesOf, follow, keptMedia, post, room, store, type World } from './fake.ts'
import { unzipSync } from 'fflate'

const shell = { script: 'document.title = "</script><!--"', texts: { name: 'Holdall' }, language: 'en"><script>' }

/** What the pages' scripts of data give, by file; and the page itself. */
const pages = async (world: World) => {
  const [file] = await ownCopy(store(world), account, { room, lists: [], readme: [], shell: { ...shell, why: ({ reach }) => `because ${reach.reason}` } })
  const files = unzipSync(await bytesOf(file!))
  const text = (name: string): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(files[name])
  const given: Record<string, Record<string, unknown>[]> = {}
  for (const name of Object.keys(files).filter(one => one.startsWith('viewer/'))) runInNewContext(text(name), { holdall: (of: string, rows: unknown) => { given[of] = JSON.parse(JSON.stringify(rows)) } })
  const html = text('index.html')
  const [, viewed = ''] = /<script type="application\/json" id="viewed">([\s\S]*?)<\/script>/.exec(html) ?? []
  return { html, given, viewed: JSON.parse(viewed), names: Object.keys(files) }
}

const hostile = ['</script><script>bad()</script>', '<!--', '-->', ']]>', '\u2028\u2029', '\u0000\u0007', '\uD800', '\u202Ex\u2066', '\\u003c/script>', '"]);bad();//', '${bad()}']

describe('what stands in a script', () => {
  test('comes out as it went in, and never ends the script or begins a comment', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.array(fc.constantFrom(...hostile)), (value, texts) => {
        const all = [value, ...texts]
        const [written, expression] = [inScript(all), asExpression(all)]
        for (const one of [written, expression]) expect(one).not.toMatch(/[<>\u2028\u2029]/)
        expect(JSON.stringify(JSON.parse(written))).toBe(JSON.stringify(all))
        expect(runInNewContext(`JSON.stringify(${expression})`)).toBe(JSON.stringify(all))
      }),
      { numRuns: 500 },
    )
  })

  test('a key that sets the prototype in a script is a key like any other, and text that looks like one stays text', () => {
    const all = JSON.parse('[{"__proto__":{"a":1},"b":2},{"b":2,"__proto__":0},{"c":",\\"__proto__\\":","{":"__proto__"},["__proto__"]]')
    expect(runInNewContext(`JSON.stringify(${asExpression(all)})`)).toBe(JSON.stringify(all))
  })

  test('posts and people with every trap in them, through the files and back', async () => {
    const posts = hostile.map((text, at) => post(`p${at}`, { text, title: text, warning: text, topic: text }))
    const { given, viewed } = await pages({ posts, follows: hostile.map((text, at) => follow(`f${at}`, { verdict: 'not', reason: 'r' }, { name: text })), profile: { bio: hostile.join('') } })
    const [rows, people] = viewed.data.map(({ file }: { file: string }) => given[file])
    expect(Object.fromEntries(rows.map(({ id, text, title, warning, topic }: Record<string, string>) => [id, [text, title, warning, topic]]))).toEqual(Object.fromEntries(posts.map(({ id, text }) => [id, Array(4).fill(text)])))
    expect(people.map(({ name }: { name: string }) => name).toSorted()).toEqual(hostile.toSorted())
    expect(viewed.profile.bio).toBe(hostile.join(''))
  })
})

describe('the page', () => {
  test('its policy names the sum of its own program, and leads nowhere', async () => {
    const { html } = await pages({ posts: [] })
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? []
    const [, program = ''] = /<script>([\s\S]*?)<\/script><\/body>/.exec(html) ?? []
    expect(program).toBe('document.title = "<\\/script><\\!--"')
    expect(policy).toContain(`'sha256-${createHash('sha256').update(program).digest('base64')}'`)
    expect(policy).toMatch(/^default-src 'none'/)
    expect(policy).not.toMatch(/https?:|unsafe-eval|connect-src|script-src[^;]*unsafe/)
    expect(html).toContain('<html lang="en&quot;>&lt;script>">')
    expect(html.match(/<script/g)).toHaveLength(2)
  })

  test('posts by year, in files of a bounded number; threads know what they begin with', async () => {
    const at = (year: number, more: object) => post(`${year}-${JSON.stringify(more).length}-${Math.random()}`, { createdAt: `${year}-05-01T00:00:00Z`, ...more })
    const posts = [
      ...Array.from({ length: 2100 }, () => at(2020, {})), at(2021, {}), post('undated', { createdAt: undefined }),
      post('a', { createdAt: '2022-01-01T00:00:00Z' }), post('b', { createdAt: '2022-01-02T00:00:00Z', replyTo: { id: 'a' } }), post('c', { createdAt: '2022-01-03T00:00:00Z', replyTo: { id: 'b' } }),
      post('d', { createdAt: '2022-01-04T00:00:00Z', kind: 'reply', replyTo: { id: 'stranger' } }),
    ]
    const { viewed, given } = await pages({ posts })
    expect(viewed.data.map(({ kind, year, count }: Record<string, unknown>) => [kind, year, count])).toEqual([['posts', '', 1], ['posts', '2020', 2000], ['posts', '2020', 100], ['posts', '2021', 1], ['posts', '2022', 4]])
    expect(viewed.data.map(({ file }: { file: string }) => given[file]!.length)).toEqual([1, 2000, 100, 1, 4])
    expect(given[viewed.data[4].file]!.map(({ id, thread }) => [id, thread])).toEqual([['a', undefined], ['b', 'a'], ['c', 'a'], ['d', undefined]])
  })

  test('pictures by their place in the copy; people with their verdict in words', async () => {
    const media = [{ kind: 'image' as const, alt: 'A' }, { kind: 'image' as const }]
    const { viewed, given, names } = await pages({
      posts: [post('1', { media })], media: [keptMedia('1', 1, new Uint8Array([1])), keptMedia('@profile', 0, new Uint8Array([2]))],
      follows: [follow('ann', { verdict: 'followable', reason: 'flag-on', address: 'ann@example.net' })], profile: {},
    })
    const shown = given[viewed.data[0].file]![0]!['media'] as { file?: string; alt?: string }[]
    expect(shown[0]).toEqual({ kind: 'image', alt: 'A' })
    expect(names).toContain(shown[1]!.file)
    expect(viewed.profile.avatar).toBe('avatar.jpg')
    expect(names).toContain('avatar.jpg')
    expect(given[viewed.data[1].file]).toEqual([{ handle: 'ann', url: 'https://www.example.com/@ann', address: 'ann@example.net', verdict: 'followable', why: 'because flag-on' }])
  })
})
