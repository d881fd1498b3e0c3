import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHtml, type Voice } from '../../../lib/export/html.ts'
import { fileSafe, hostSafe, userSafe } from '../../../lib/export/names.ts'
import { clean, oneLine } from '../../../lib/export/text.ts'
import type { Facet } from '../../../lib/model/index.ts'
import { scriptUrl } from './fake.ts'

const voice: Voice = { host: 'example.com', profileUrl: handle => `https://www.example.com/@${handle}`, tagUrl: tag => `https://tags.example.com/${encodeURIComponent(tag)}` }
const html = (text: string, facets: Facet[] = []) => toHtml(text, facets, voice).html
const at = (text: string, part: string, kind: Facet['kind'], value: string): Facet => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length, kind, value })

describe('text to HTML', () => {
  test('paragraphs and line ends of every kind', () => {
    expect(html('a\nb\r\nc\u2028d\n\n\n e\n \nf\n')).toBe('<p>a<br />b<br />c<br />d</p><p>e</p><p>f</p>')
    expect(html('')).toBe('')
    expect(html(' \n ')).toBe('')
  })

  test('HTML in a text stays text', () => {
    expect(html('<script>alert("1")</script> & \'')).toBe('<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;</p>')
    const text = 'x'
    expect(html(text, [at(text, 'x', 'link', 'https://e.org/"onmouseover="1')])).toBe('<p><a href="https://e.org/%22onmouseover=%221">x</a></p>')
  })

  test('what readers choke on is gone', () => {
    expect(html('a\0b\u0007c\uD800d\uFFFE')).toBe('<p>abc\uFFFDd</p>')
  })

  test('only addresses of the web are links', () => {
    for (const url of [scriptUrl, 'data:text/html,x', 'not an address', '']) expect(html('x', [at('x', 'x', 'link', url)])).toBe('<p>x</p>')
  })

  test('a mention is a link without a sign, wherever the range begins', () => {
    const text = 'by @jo, @ann@social.example.org and @x'
    expect(html(text, [at(text, '@jo', 'mention', 'jo'), at(text, '@ann@social.example.org', 'mention', 'ann@social.example.org')])).toBe(
      '<p>by <a href="https://www.example.com/@jo">jo (example.com)</a>, <a href="https://social.example.org/@ann">ann (social.example.org)</a> and ＠x</p>',
    )
    expect(html('@@@jo', [at('@@@jo', 'jo', 'mention', 'jo')])).toBe('<p>@＠<a href="https://www.example.com/@jo">jo (example.com)</a></p>')
    expect(html('by @jo', [at('by @jo', 'jo', 'mention', 'jo')])).toBe('<p>by <a href="https://www.example.com/@jo">jo (example.com)</a></p>')
  })

  test('an address of mail stays readable and is no mention', () => {
    expect(html('a@b.c and @ 5 and @')).toBe('<p>a＠b.c and @ 5 and @</p>')
    expect(html('@\nword')).toBe('<p>＠<br />word</p>')
  })

  test('addresses in the text are links; a sign in them does not show', () => {
    expect(html('(https://www.example.com/@jo/post/1).')).toBe('<p>(<a href="https://www.example.com/@jo/post/1">https://www.example.com/%40jo/post/1</a>).</p>')
    const text = 'see example.com/@jo…'
    expect(html(text, [at(text, 'example.com/@jo…', 'link', 'https://www.example.com/@jo')])).toBe('<p>see <a href="https://www.example.com/@jo">example.com/%40jo…</a></p>')
  })

  test('ranges that can not be are ignored', () => {
    const text = 'ab😀cd'
    const bad: Facet[] = [
      { start: 1, end: 99, kind: 'link', value: 'https://e.org' },
      { start: 3, end: 5, kind: 'link', value: 'https://e.org' },
      { start: 2, end: 2, kind: 'tag', value: 'x' },
      { start: 0, end: 2, kind: 'tag', value: 'ab' },
      { start: 1, end: 4, kind: 'tag', value: 'over' },
    ]
    expect(html(text, bad)).toBe('<p><a href="https://tags.example.com/ab" rel="tag">#ab</a>😀cd</p>')
  })

  test('any text and any ranges give only the three tags, no bare line end and no name with a sign', () => {
    const word = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('@', '@a', '\n', '\r', '<b>', '&#64;x', 'https://a.org/@b', 'http://', '#t', ' ', '＠', '"', '\u0085', 'é', '@@', '\uD83D'))
    const texts = fc.array(word, { maxLength: 12 }).map(words => words.join(''))
    const facets = fc.array(fc.record({ start: fc.nat(30), end: fc.nat(30), kind: fc.constantFrom<Facet['kind']>('mention', 'link', 'tag'), value: fc.oneof(word, fc.constantFrom('jo', 'a@b.org', 'https://a.org/@c')) }), { maxLength: 4 })
    fc.assert(
      fc.property(texts, facets, (text, ranges) => {
        const made = html(text, ranges)
        expect(made.replace(/<\/?p>|<br \/>|<a href="https?:[^"<>]*"( rel="tag")?>|<\/a>/g, '')).not.toMatch(/[<>]/)
        expect(made).not.toMatch(/[\n\r\0]/)
        const shown = made.replace(/<[^>]*>/g, '').replace(/&(lt|gt|quot|#39|amp);/g, ' ')
        expect(shown).not.toMatch(/@[\p{L}\p{N}_]/u)
        expect(made.isWellFormed()).toBe(true)
        expect((made.match(/<a /g) ?? []).length).toBe((made.match(/<\/a>/g) ?? []).length)
      }),
      { numRuns: 2_000 },
    )
  })

  test('however long a text is and of whatever, the time grows with its length', () => {
    const from = performance.now()
    for (const unit of ['a', '@', '\n', ' ', '.', 'http://a ', 'https://a.b/....', '@\n', ';', '\t', '<', '\uD800', '#', ' \n']) {
      const text = unit.repeat(200_000 / unit.length)
      html(text)
      html(text, [{ start: 0, end: text.length, kind: 'link', value: 'https://a.org' }])
      oneLine(text)
      fileSafe(text)
      hostSafe(text)
      userSafe(text)
    }
    expect(performance.now() - from).toBeLessThan(20_000)
  })
})

describe('names', () => {
  test('of files, hosts and users are safe, never empty, and the same again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('../..', '..', '/', 'con\\', '_', '-', '@', 'a@b')), name => {
        expect(fileSafe(name)).toMatch(/^(?!.*\.\.)[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?$/)
        expect(hostSafe(name)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/)
        expect(userSafe(name)).toMatch(/^[a-z0-9_]+$/)
        expect([fileSafe(name), hostSafe(name), userSafe(name)]).toEqual([fileSafe(name), hostSafe(name), userSafe(name)])
        expect(URL.canParse(`https://${hostSafe(name)}.export.invalid/`)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('keep what can be kept', () => {
    expect([fileSafe('Mara.Lind_'), hostSafe('Mara.Lind_x'), userSafe('Mara.Lind'), userSafe('jo@example.org')]).toEqual(['mara.lind_', 'mara.lind-x', 'mara_lind', 'jo'])
  })
})

test('clean keeps everything that is text', () => {
  fc.assert(
    // Line ends of other kinds become plain ones.
    fc.property(fc.string({ unit: 'grapheme' }).map(text => text.replaceAll(/[\r\u0085\u2028\u2029]/g, '')), text => {
      expect(clean(text)).toBe(text)
    }),
  )
})
