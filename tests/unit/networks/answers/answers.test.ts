import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, idText, isoTime, moment, webAddress, whole } from '../../../../lib/networks/answers/fields.ts'
import { jsonScripts } from '../../../../lib/networks/answers/html.ts'
import { jsonWithin, parseJson, readJson, valueEnd } from '../../../../lib/networks/answers/json.ts'
import { walk } from '../../../../lib/networks/answers/walk.ts'

/** Whether this number is written with nothing but digits, and has too many of them. */
const isLong = (value: unknown): boolean => typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(String(value))

describe('bodies', () => {
  it.each(['for (;;);{"a":1}', 'for(;;); {"a":1}', '\uFEFF{"a":1}', 'while(1);{"a":1}', ")]}'\n{\"a\":1}", '  {"a":1}\n'])('takes the guard off: %s', body => {
    expect(readJson(body)).toEqual({ documents: [{ a: 1 }] })
  })

  it('reads several documents, one a line or end to end, each with its own guard', () => {
    expect(readJson('{"a":1}\r\n{"b":"}{"}\n[3]').documents).toEqual([{ a: 1 }, { b: '}{' }, [3]])
    expect(readJson('for (;;);{"a":1}for (;;);{"b":"\\"{"}').documents).toEqual([{ a: 1 }, { b: '"{' }])
  })

  it('keeps whole numbers beyond 2^53 as text, and all others as they are', () => {
    const body = '{"pk":3912361651450546608,"n":[-9007199254740993,9007199254740991,1.5e300,12345678901234567890.5],"s":"a: 3912361651450546608"}'
    expect(readJson(body).documents).toEqual([{ pk: '3912361651450546608', n: ['-9007199254740993', 9007199254740991, 1.5e300, Number('12345678901234567890.5')], s: 'a: 3912361651450546608' }])
  })

  it('says why there is nothing', () => {
    expect(readJson('')).toEqual({ documents: [], reason: 'empty' })
    expect(readJson('for (;;);')).toEqual({ documents: [], reason: 'empty' })
    expect(readJson('Sorry, something went wrong.')).toEqual({ documents: [], reason: 'not-json' })
    expect(readJson('{"a":[1,2')).toEqual({ documents: [], reason: 'not-json' })
    expect(readJson('{"a":1}\n{"b":[1,')).toEqual({ documents: [{ a: 1 }], reason: 'not-json' })
  })

  it('puts later parts where their path leads', () => {
    const body = [
      '{"data":{"list":{"edges":[{"n":1}]},"user":{"id":"7","bio":null}}}',
      '{"label":"q$stream","path":["list","edges",1],"data":{"n":2}}',
      '{"label":"q$defer","path":["user"],"data":{"bio":"hello","id":null}}',
      '{"label":"q$defer$page_info","path":["list"],"data":{"page_info":{"end_cursor":"2"}}}',
    ].join('\n')
    expect(readJson(body).documents).toEqual([{ data: { list: { edges: [{ n: 1 }, { n: 2 }], page_info: { end_cursor: '2' } }, user: { id: '7', bio: 'hello' } } }])
  })

  it('takes parts in `incremental`, with data or with items', () => {
    const body = '{"data":{"list":[]},"hasNext":true}\n{"incremental":[{"path":["list",0],"items":[{"n":1},{"n":2}]},{"path":["more"],"data":{"x":1}}],"hasNext":false}'
    expect(readJson(body).documents).toEqual([{ data: { list: [{ n: 1 }, { n: 2 }], more: { x: 1 } }, hasNext: true }])
  })

  it('lets a part do no harm: no prototype, no giant list', () => {
    const body = '{"data":{"list":[]}}\n{"path":["__proto__"],"data":{"bad":true}}\n{"path":["list",4000000000],"data":{"far":1}}\n{"path":["x"],"data":{"__proto__":{"bad":true}}}'
    const { documents } = readJson(body)
    expect(({} as { bad?: boolean }).bad).toBeUndefined()
    expect((documents[0] as { data: { list: unknown[] } }).data.list).toEqual([])
    expect(documents).toContainEqual({ data: { far: 1 } })
  })

  it('finds the end of a value, minding strings', () => {
    const body = 'x{"a":"\\\\\\"}","b":[{}]}y'
    expect(body.slice(1, valueEnd(body, 1))).toBe('{"a":"\\\\\\"}","b":[{}]}')
    expect(valueEnd('{"a', 0)).toBe(-1)
    expect(jsonWithin('<meta content="a {b}">{"a":1} and {"b":2}').documents).toEqual([{ a: 1 }, { b: 2 }])
  })

  it('survives depth, and anything at all', () => {
    const deep = `${'['.repeat(200_000)}12345678901234567890${']'.repeat(200_000)}`
    expect(() => readJson(deep)).not.toThrow()
    fc.assert(fc.property(fc.string({ unit: 'binary' }), body => void readJson(body)))
    fc.assert(fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }), values => {
      const bodies = values.filter(value => typeof value === 'object' && value !== null && !('path' in value) && !('incremental' in value))
      const texts = bodies.map(value => JSON.stringify(value))
      expect(readJson(texts.join('\n')).documents).toEqual(texts.map(text => JSON.parse(text, (_key, value: unknown) => (isLong(value) ? String(value) : value)) as unknown))
    }))
  })

  it('reads each bare number as a parser would, or as its digits', () => {
    fc.assert(fc.property(fc.bigInt(), number => {
      const expected = number <= BigInt(Number.MAX_SAFE_INTEGER) && number >= BigInt(Number.MIN_SAFE_INTEGER) ? Number(number) : String(number)
      expect(parseJson(`[${number}]`)?.value).toEqual([Object.is(expected, -0) ? 0 : expected])
    }))
  })
})

describe('script elements', () => {
  it('takes those with JSON, whatever the case, the quotes and the order of attributes', () => {
    const html = `<html><head><meta content="it's">
      <!-- <script type="application/json">no</script> -->
      <script>if (1 < 2) x = '<script type="application/json">'</script>
      <script type="application/json" data-sjs>{"a":"<b>&amp;"}</script>
      <SCRIPT data-content-len=12 TYPE = 'Application/JSON' data-note="a>b">[1]</SCRIPT >
      <script nonce=x data-sjs>{"b":2}</script><script type=module data-sjs>no</script><scripted>no</scripted>
      <script type=application/json>{"open":true}`
    expect(jsonScripts(html).map(text => text.trim())).toEqual(['{"a":"<b>&amp;"}', '[1]', '{"b":2}', '{"open":true}'])
  })

  it('passes over a comment that never ends, and a tag that never does', () => {
    expect(jsonScripts('<!-- x <script type="application/json">1</script><!-- y')).toEqual(['1'])
    expect(jsonScripts('<script type="application/json')).toEqual([])
    expect(jsonScripts('<script type="application/json"')).toEqual([])
  })

  it('is linear and never throws', () => {
    const started = performance.now()
    for (const piece of ['<script ', '<!--', '<script type="', '<script type=application/json>', '"<script \'']) jsonScripts(piece.repeat(100_000))
    expect(performance.now() - started).toBeLessThan(5000)
    fc.assert(fc.property(fc.array(fc.constantFrom('<script', ' type="application/json"', '>', '</script>', '{"a":1}', '<!--', '-->', '"', "'", ' ', '=')), parts => void jsonScripts(parts.join(''))))
  })
})

describe('the walk', () => {
  it('shows every object once, parents first, with its path, its name and what was handed down', () => {
    const seen: string[] = []
    walk<string>({ a: [{ b: { c: 1 } }, [{ d: 2 }]] }, 'top', (_object, { path, key, context }) => {
      seen.push(`${path.join('.')}|${key}|${context}`)
      return { context: key || 'root' }
    })
    expect(seen).toEqual(['||top', 'a.0|a|root', 'a.0.b|b|a', 'a.1.0|a|root'])
  })

  it('skips what it is told to, and stops at its limits', () => {
    const names: string[] = []
    const visit = (_: unknown, { key }: { key: string }) => (names.push(key), key === 'shut' ? { skip: true as const } : key === 'part' ? { skip: ['no'] } : undefined)
    expect(walk({ shut: { x: {} }, part: { no: {}, yes: {} }, never: { z: {} } }, undefined, visit, { depth: 9, nodes: 99, skip: new Set(['never']) })).toEqual({ cut: false })
    expect(names).toEqual(['', 'shut', 'part', 'yes'])
    let deep: unknown = {}
    for (let level = 0; level < 5000; level++) deep = { deep }
    expect(walk(deep, undefined, () => undefined)).toEqual({ cut: true })
    expect(walk({ a: [{}, {}, {}] }, undefined, () => undefined, { depth: 9, nodes: 3 })).toEqual({ cut: true })
  })
})

describe('single values', () => {
  it('sees own properties only', () => {
    expect(at({ a: [{ b: 1 }] }, 'a', 0, 'b')).toBe(1)
    expect(at({}, 'constructor')).toBeUndefined()
    expect(at(JSON.parse('{"__proto__":{"x":1}}'), 'x')).toBeUndefined()
    expect(at(null, 'a')).toBeUndefined()
  })

  it('takes ids, numbers, times and addresses in their forms', () => {
    expect([idText('63055343223'), idText(5438123050), idText(3.9e18), idText(''), idText('a b'), idText(0), idText(null)]).toEqual(['63055343223', '5438123050', undefined, undefined, undefined, undefined, undefined])
    expect([whole(0), whole('12'), whole(-1), whole(1.5), whole('1e3'), whole(null)]).toEqual([0, 12, undefined, undefined, undefined, undefined])
    expect([moment(1767225600), moment('1767225600'), moment(1767225600000), moment(0), moment(-5), moment(1e18), moment(null)]).toEqual([
      '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', undefined, undefined, undefined, undefined,
    ])
    expect([isoTime('2026-11-22T10:00:00Z'), isoTime('2026-11-22T11:00:00+01:00'), isoTime('later'), isoTime(5)]).toEqual(['2026-11-22T10:00:00.000Z', '2026-11-22T10:00:00.000Z', undefined, undefined])
    expect(['https://a.example/x', 'a.example/x', 'http://[::1', 'mailto:a@b.example', 'just words', 'word', `${'javascript'}:alert(1)`, 'ftp://a.example'].map(webAddress)).toEqual([
      'https://a.example/x', 'https://a.example/x', undefined, undefined, undefined, undefined, undefined, undefined,
    ])
  })
})
