/** Markup of servers, back to plain words. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOfHtml, unescapeHtml } from '../../../../lib/networks/answers/html-text.ts'

const plain = (html: string): string => textOfHtml(html, () => undefined).text

describe('texts', () => {
  it.each([
    ['<p>One</p><p>Two<br>three<br />four</p>', 'One\n\nTwo\nthree\nfour'], ['plain', 'plain'], ['a\nb', 'a b'], ['<pre>a\n  b</pre>', 'a\n  b'], ['<ul><li>x</li><li>y</li></ul>', '• x\n• y'], ['<p>a</p>\n<p>b</p>', 'a\n\nb'],
    ['<script>alert(1)</script>x<style>p{}</style>', 'x'], ['<p class="quote-inline">RE: <a href="x">x</a></p><p>Mine</p>', 'Mine'], ['a<!-- no -->b', 'ab'], ['1 < 2 & 3', '1 < 2 & 3'], ['<img alt=":kettle:" src="x">', ':kettle:'], ['unclosed <b>bold', 'unclosed bold'], ['<p', '<p'],
  ])('%j', (html, text) => { expect(plain(html)).toBe(text) })
  it.each([['&amp;lt;', '&lt;'], ['&#x1F353;&#39;&quot;', '🍓\'"'], ['&nosuch; &#0; &#xD800; &#99999999;', '&nosuch; &#0; &#xD800; &#99999999;'], ['&constructor;', '&constructor;']])('%j', (html, text) => { expect(unescapeHtml(html)).toBe(text) })
  it('links are ranges of what is shown', () => {
    const { text, facets } = textOfHtml('  <p> 👩🏽‍🚀 <a href="https://a.example/?x=1&amp;y=2" class="u"> shown </a>!</p>', ({ href }) => ({ kind: 'link', value: href }))
    expect(facets.map(({ start, end, value }) => [text.slice(start, end), value])).toEqual([['shown', 'https://a.example/?x=1&y=2']])
  })
  it('total, and every range is inside the text', () => {
    const part = fc.constantFrom('<p>', '</p>', '<a href="x">', '</a>', '<br>', '<script>', '</script>', '&amp;', '<', '>', '"', "'", '\n', ' ', 'word', '<!--', '-->', '<li>', '<pre>', '</pre>', '🍓')
    fc.assert(fc.property(fc.array(part, { maxLength: 60 }), parts => {
      const { text, facets } = textOfHtml(parts.join(''), ({ shown }) => ({ kind: 'tag', value: shown }))
      for (const { start, end } of facets) expect(start >= 0 && start < end && end <= text.length).toBe(true)
    }), { numRuns: 1500 })
  })
})
