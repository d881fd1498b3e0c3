/** State that stands in a page as a JavaScript literal. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scriptTexts } from '../../../../lib/networks/answers/html.ts'
import { assigned, parseLiteral, withoutRefs } from '../../../../lib/networks/answers/script-state.ts'

const value = (text: string): unknown => parseLiteral(text)?.value
const state = new Set(['__STATE__'])

describe('literals', () => {
  it.each<[string, unknown]>([
    ['{"a":undefined,"b":1}', { b: 1 }],
    ['{"undefined":{"x":NaN},"y":[1,undefined,,NaN,2]}', { undefined: {}, y: [1, null, null, null, 2] }],
    ['{"a":"so undefined, \\"NaN\\" and new Set([1]) \\u002F \\x41 \\u{1F33F}"}', { a: 'so undefined, "NaN" and new Set([1]) / A 🌿' }],
    ['{a:new Set(["x",new Map([["k",1],[2,"two"]])]),b:new Map([[{},1]]),c:new Set,d:new Map()}', { a: ['x', { k: 1, 2: 'two' }], b: [[{}, 1]], c: [], d: {} }],
    ["{'single':'it\\'s',$un_quoted:!0,no:!1,none:void 0,7:`plain`}", { single: "it's", $un_quoted: true, no: false, 7: 'plain' }],
    ['/* one */ {"a" /* two */ : // three\n [ 1 , 2 , ] , }', { a: [1, 2] }],
    ['[-1.5e3,+2,.5,0x1f,1_000,90071992547409931234,-90071992547409931234,10n,-Infinity]', [-1500, 2, 0.5, 31, 1000, '90071992547409931234', '-90071992547409931234', 10, null]],
    ['{"when":new Date("2026-01-02T03:04:05Z"),"frozen":Object.freeze({"a":1}),"text":JSON.parse("{\\"b\\":[2]}")}', { when: '2026-01-02T03:04:05.000Z', frozen: { a: 1 }, text: { b: [2] } }],
    ['{"code":function(a){return {b:"}"}},"arrow":x=>x,"after":1}', { after: 1 }],
    ['{"__proto__":{"polluted":true},"a":1}', { a: 1 }],
  ])('%s', (text, expected) => expect(value(text)).toEqual(expected))

  it('reads all JSON as JSON.parse does, bar null prototypes', () => {
    fc.assert(fc.property(fc.json(), text => {
      fc.pre(!text.includes('__proto__') && !/\d{16}/.test(text) && !/e\+?\d{3}/i.test(text))
      expect(JSON.stringify(value(text))).toBe(JSON.stringify(JSON.parse(text)))
    }))
  })

  it('keeps what stands before a cut, and says so', () => {
    expect(parseLiteral('{"a":[{"b":1},{"c":"not to the e')).toEqual({ value: { a: [{ b: 1 }, {}] }, end: 32, damaged: true })
    expect(parseLiteral('{"a":1}')).toMatchObject({ end: 7, damaged: false })
    for (const none of ['', '  ', 'undefined', 'function(){}']) expect(parseLiteral(none)).toBeUndefined()
  })

  it('survives anything, in time that grows with the text', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('{', '}', '[', ']', '(', ')', ':', ',', '"', "'", '`', '\\', 'a', '1', '-', '!', '.', 'new Set', 'undefined', '/*', '//', '\n', '${', ';', '__proto__')), pieces => {
      parseLiteral(pieces.join(''))
      assigned(`window.__STATE__=${pieces.join('')}`, state)
    }), { numRuns: 2000 })
    for (const piece of ['[', '{a:', '(', '!', 'new Set(', '"\\', 'a,', '{"a":}', '[}', '/*', '`${', 'window.__STATE__=f(', 'window.__STATE__={', 'void ', '"', 'x.']) {
      const text = piece.repeat(200_000)
      const { user } = process.cpuUsage()
      parseLiteral(text)
      assigned(text, state)
      expect([piece, process.cpuUsage().user - user < 1_500_000]).toEqual([piece, true])
    }
  })
})

describe('assignments', () => {
  it.each(['window.__STATE__={"a":1}', ';(()=>{})();\nwindow["__STATE__"] = {"a":1};more()', 'var __STATE__ = {a:1},b', 'window.__OTHER__={"x":"window.__STATE__={}"};window.__STATE__={"a":1};', '// window.__STATE__={}\nself.__STATE__={a:1}'])('%s', script => {
    expect(assigned(script, state).map(one => one.value)).toEqual([{ a: 1 }])
  })

  it.each(['"window.__STATE__={}"', "x='window.__STATE__={}'", '/* window.__STATE__={} */', 'window.__STATE__=={}', 'my__STATE__={}', 'window.__STATE__=>{}'])('are none: %s', script => {
    expect(assigned(script, state)).toEqual([])
  })

  it('come from the elements that hold script, not from a description of somebody', () => {
    const page = '<meta content="window.__STATE__={}"><script type="application/ld+json">{"d":"window.__STATE__={}"}</script><script nonce="n">window.__STATE__={"a":"</b>"}</script><script src="x"></script><script type="application/json">window.__STATE__={}</script>'
    expect(scriptTexts(page)).toEqual(['window.__STATE__={"a":"</b>"}', 'window.__STATE__={}'])
  })
})

describe("Vue's references", () => {
  it('stand for what they hold', () => {
    expect(withoutRefs({ a: { __v_isShallow: false, __v_isRef: true, _rawValue: [{ b: { value: 2, __v_isRef: true } }], _value: [] }, c: { dep: {}, _value: 'x' } })).toEqual({ a: [{ b: 2 }], c: 'x' })
    expect(withoutRefs({ field: { value: 1 }, row: { value: 1, name: 'n' }, list: [null, 'x'] })).toEqual({ field: { value: 1 }, row: { value: 1, name: 'n' }, list: [null, 'x'] })
  })
})
