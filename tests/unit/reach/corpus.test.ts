/** The finder of addresses against profiles made up for it: precision of what it calls stated is 1, its recall at least 0.95. */
import { describe, expect, test } from 'vitest'
import type { Follow } from '../../../lib/model/index.ts'
import { reachOf } from '../../../lib/reach/index.ts'
import { languages } from './corpus/languages.ts'
import { stated } from './corpus/stated.ts'
import { traps } from './corpus/traps.ts'
import type { Entry } from './corpus/types.ts'

const corpus: Entry[] = [...stated, ...languages, ...traps]
const judged = corpus.map(entry => {
  const follow: Follow = { id: '1', handle: 'someone.else', relation: 'follow', ...entry.person }
  return { entry, reach: reachOf(undefined, follow) }
})
const line = ({ entry, reach }: (typeof judged)[number]) => `${JSON.stringify(entry.person)} → ${reach.verdict} ${reach.address ?? ''} (${reach.reason}), expected ${entry.stated ?? entry.guess ?? 'nothing'}`

describe('the corpus', () => {
  test('is large, half traps, and in many scripts', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(320)
    expect(corpus.filter(({ trap }) => trap).length).toBeGreaterThanOrEqual(corpus.length / 2)
    expect(new Set(corpus.map(({ language }) => language)).size).toBeGreaterThanOrEqual(24)
    const text = corpus.map(({ person }) => JSON.stringify(person)).join('\n')
    for (const script of ['Latin', 'Cyrillic', 'Greek', 'Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Arabic', 'Hebrew', 'Devanagari', 'Georgian', 'Armenian', 'Bengali', 'Tamil']) {
      expect(new RegExp(`\\p{Script=${script}}`, 'u').test(text), script).toBe(true)
    }
  })

  test('precision of stated addresses is 1', () => {
    const wrong = judged.filter(({ entry, reach }) => reach.verdict === 'followable' && reach.address !== entry.stated)
    expect(wrong.map(line)).toEqual([])
  })

  test('recall of stated addresses is at least 0.95', () => {
    const all = judged.filter(({ entry }) => entry.stated)
    const missed = all.filter(({ entry, reach }) => !(reach.verdict === 'followable' && reach.address === entry.stated))
    console.info(`${all.length - missed.length} of ${all.length} stated addresses were found; of ${corpus.length} profiles ${corpus.length - all.length} state none`)
    if (missed.length) console.info(missed.map(line).join('\n'))
    expect((all.length - missed.length) / all.length).toBeGreaterThanOrEqual(0.95)
  })

  test('nothing but what may be a guess is offered as one', () => {
    const wrong = judged.filter(({ entry, reach }) => !entry.stated && (reach.verdict === 'maybe' ? reach.address !== entry.guess : reach.verdict !== 'not'))
    expect(wrong.map(line)).toEqual([])
  })

  test('what only speaks of the fediverse is shown, and never a guess', () => {
    const words = judged.filter(({ entry }) => entry.trap === 'mention')
    expect(words.length).toBeGreaterThan(3)
    for (const { reach } of words) expect(reach).toMatchObject({ verdict: 'not', reason: 'no-address', evidence: [{ kind: 'mention', says: 'perhaps' }] })
  })
})
