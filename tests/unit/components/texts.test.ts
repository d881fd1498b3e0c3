import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { textsFrom } from '../../../lib/browser/phrases.ts'
import { bytes, clock, duration, foldersFor, moment, number, pieces, plural, t, word, words } from '../../../lib/browser/texts.ts'
import { destinations } from '../../../lib/destinations/index.ts'
import messages from '../../../public/_locales/en/messages.json'
import { LookUp } from '../../../lib/model/index.ts'
import { rooms } from '../../../lib/networks/rooms.ts'

const root = new URL('../../../', import.meta.url).pathname
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true }).filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name)).map(entry => join(entry.parentPath, entry.name))
const sources = ['components', 'entrypoints', 'lib'].flatMap(filesIn).filter(file => !/browser\/(?:texts|phrases)\.ts$/.test(file)).map(file => readFileSync(file, 'utf8')).join('\n')
const keys = Object.keys(messages)
const all = (pattern: RegExp): string[] => [...sources.matchAll(pattern)].map(match => match[1] ?? '')

/** Keys that are written out, wherever they stand: in `t('…')`, in a choice of two, in a table of keys. */
const quoted = new Set(all(/'([a-z][a-z0-9_]*)'/g).concat(all(/\b(?:k|named|plain)="([a-z0-9_]+)"/g)))
/** Families whose key ends in a word that comes from data. */
const families = [...new Set([...all(/\bwords?\('([a-z_]+)'/g), ...all(/\bwords?\(`([a-z_]+)_\$\{/g), ...all(/\bplural\(`([a-z_]+)_\$\{/g)])]
/** Used by `lib/browser/texts.ts`, the manifest, and a picture's name. */
const elsewhere = ['language', 'name', 'description']

const isUsed = (key: string): boolean =>
  quoted.has(key) || quoted.has(key.replace(/_(one|other)$/, '')) || elsewhere.includes(key) || families.some(family => key.startsWith(`${family}_`))

describe('the locale file', () => {
  test('every text is used', () => expect(keys.filter(key => !isUsed(key))).toEqual([]))

  test('every key that the sources name is there', () => {
    const named = [...all(/\bt\(\s*'([a-z0-9_]+)'/g), ...all(/\b(?:k|named|plain)="([a-z0-9_]+)"/g), ...all(/\bpieces(?:<\w+>)?\('([a-z0-9_]+)'/g)]
    expect(named.filter(key => !keys.includes(key))).toEqual([])
    expect(all(/\bplural\('([a-z0-9_]+)'/g).filter(key => !keys.includes(`${key}_one`) || !keys.includes(`${key}_other`))).toEqual([])
    expect(families.length).toBeGreaterThan(8)
  })

  test('no text stands in a component', () => {
    // Words between tags, or in an attribute that is read aloud.
    const tsx = filesIn('components').filter(file => file.endsWith('.tsx')).map(file => readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/=>/g, '').replaceAll(/\b(case '|return )/g, '('))
    const loose = tsx.flatMap(text => [...text.matchAll(/>\s*([A-Za-z][^<>{}=();]*[a-z])\s*</g), ...text.matchAll(/(?:aria-label|title|alt|placeholder)="([^"]+)"/g)].map(match => match[1]))
    expect(loose).toEqual([])
  })

  test('the names that stay', () => {
    const names = ['capture', 'scroll', 'self', 'pause', 'resume', 'stop', 'download_follows', 'download_bundle', 'review'] as const
    expect(names.map(key => t(key))).toEqual(['Capture my account', 'Scroll for me', 'I will scroll myself', 'Pause', 'Resume', 'Stop', 'Download follow list', 'Download bundle', 'Review everything'])
  })

  test('no text is empty, has a sign that browsers read as a placeholder, or an unpaired brace', () => {
    const bad = Object.entries(messages).filter(([, { message }]) => message === '' || message.includes('$') || /[{}]/.test(message.replaceAll(/\{\w+\}/g, '')))
    expect(bad).toEqual([])
  })

  test('one and other speak of the same things, but for the number', () => {
    const placeholders = (key: string) => [...new Set([...((messages as Record<string, { message: string }>)[key]?.message ?? '').matchAll(/\{(\w+)\}/g)].map(match => match[1]).filter(name => name !== 'count'))].toSorted()
    const bases = keys.filter(key => key.endsWith('_one')).map(key => key.slice(0, -4))
    expect(bases.filter(base => placeholders(`${base}_one`).join() !== placeholders(`${base}_other`).join())).toEqual([])
  })
})

describe('words for what data says', () => {
  const reasonsIn = (file: string, pattern: RegExp) => [...readFileSync(join(root, file), 'utf8').matchAll(pattern)].map(match => match[1] ?? '')

  test.each(['hidden', 'tab-closed', 'switched', 'new-account', 'stuck', 'browser-closed', 'no-page', 'unsent', 'storage-full', 'person'])('a pause: %s', reason => {
    expect(word('paused', reason, { network: 'Threads' })).not.toBe(word('paused', 'no such reason'))
  })
  test('every reason of reach has words, and every detail of its evidence', () => {
    const code = filesIn('lib/reach').map(file => readFileSync(file, 'utf8')).join('\n')
    const reasons = [...(/The reasons, by verdict:(.*?)\n \* Evidence comes/s.exec(code)?.[1] ?? '').matchAll(/`([\w-]+)`(?=[\s,])/g)].map(match => match[1] ?? '')
    for (const used of [...code.matchAll(/reason: '([\w-]+)'|against\('([\w-]+)'|refused: '([\w-]+)'/g)].flatMap(match => match.slice(1).filter(Boolean))) expect(reasons).toContain(used)
    expect(reasons.length).toBeGreaterThan(20)
    expect(reasons.filter(reason => !keys.includes(`reach_${reason.replaceAll('-', '_')}`))).toEqual([])
    const outcomes = LookUp.shape.outcome.options.filter(outcome => outcome !== 'found')
    const details = [...(/type Detail = (.*)/.exec(code)?.[1] ?? '').matchAll(/'([\w-]+)'/g), ...code.matchAll(/against\('([\w-]+)'|detail: '([\w-]+)'|\? '(server-decides)'/g)].flatMap(match => match.slice(1).filter(Boolean))
    expect(details).toEqual(expect.arrayContaining(['opt-in', 'whose', 'not-own', 'perhaps-mail', 'flag-off', 'server-decides']))
    expect([...details, ...outcomes].filter(detail => !keys.includes(`evidence_detail_${detail.replaceAll('-', '_')}`))).toEqual([])
  })
  test('every reason that an answer could not be read has words', () => {
    const files = filesIn('lib/networks').concat(filesIn('lib/capture'))
    const code = files.map(file => readFileSync(file, 'utf8')).join('\n')
    const reasons = [...code.matchAll(/\bunread\('([\w-]+)'|unread: \[(?:\.\.\.[\w.]+, )?\{ reason: '([\w-]+)'|reason[:=?][^\n]*'(not-json|empty|errors|no-records|unknown-shape)'/g)].flatMap(match => match.slice(1).filter(Boolean))
    expect(reasons.length).toBeGreaterThan(5)
    expect(reasons.filter(reason => !keys.includes(`unread_${reason.replaceAll('-', '_')}`))).toEqual([])
  })
  test('everything that cannot move has words', () => {
    for (const what of [...Object.values(destinations).flatMap(({ lost }) => lost), 'media-files']) expect(keys).toContain(`lost_${what.replaceAll('-', '_')}`)
  })
  test('every misfit of a profile has words', () => {
    for (const reason of reasonsIn('lib/preview/index.ts', /reason: '([\w-]+)'/g)) expect(keys).toContain(`fit_${reason.replaceAll('-', '_')}`)
  })
  test('every reason to be left out of the bundle has words, for one and for many', () => {
    const reasons = /export type Reason =([^;]*?)\n\n/.exec(readFileSync(join(root, 'lib/export/types.ts'), 'utf8'))?.[1]?.match(/[\w-]+/g) ?? []
    expect(reasons).toContain('followers-only')
    for (const reason of reasons) for (const form of ['one', 'other']) expect(keys).toContain(`leftout_${reason.replaceAll('-', '_')}_${form}`)
  })
  test('every network says how its own download is asked for, how to scroll oneself, and how to open each list', () => {
    for (const room of Object.values(rooms)) {
      expect(keys).toContain(`download_step_1_${room.id}`)
      expect(keys).toContain(`self_steps_${room.id}`)
      for (const { section } of room.sections.filter(({ open }) => open && !open.quiet)) expect(keys).toContain(`ask_open_${section}_${room.id}`)
    }
  })
  test('a word without a text falls back, and never becomes a key of another family', () => {
    expect(word('reach', 'not-known-yet')).toBe('no more is known')
    expect(word('no_family', 'x')).toBe('')
    expect(word('unread', '../secret', { reason: '../secret' })).toBe('It could not be read (../secret)')
    expect(words('leftout', 'no-date', 1)).toBe('1 without a date; importers lose it')
    expect(words('leftout', 'something', 2, { reason: 'something' })).toBe('2 for a reason without words yet (something)')
  })
})

describe('texts', () => {
  test('values are filled in, numbers as people write them', () => {
    expect(t('progress_of', { captured: 1312, counted: 5000 })).toBe('1,312 of 5,000')
    expect(plural('file_rows', 1)).toBe('1 person')
    expect(plural('file_rows', 7500)).toBe('7,500 people')
  })
  test('a value is never read as a placeholder', () => {
    expect(t('progress_of', { captured: '{counted}', counted: '$1' })).toBe('{counted} of $1')
    expect(t('progress_of', { captured: 1 })).toBe('1 of {counted}')
    expect(t('progress_of', { captured: 1, counted: 2, constructor: 'x' })).toBe('1 of 2')
  })
  test.each([['en', 'a, b, c', '1 hour, 5 minutes'], ['zh-CN', 'a、b、c', '1小时5分钟'], ['ja', 'a、b、c', '1 時間 5 分'], ['ar', 'a وb وc', 'ساعة و5 دقائق']])('several things in one line, and a span of time: %s', (tag, things, span) => {
    const { list, duration: of } = textsFrom(() => '', () => tag)
    expect([list(['a', 'b', 'c']), of(3_900_000)]).toEqual([things, span])
  })
  test('pieces keep what is not text', () => {
    const link = { a: 'thing' }
    expect(pieces('running_title_handle', { handle: link })).toEqual(['Capturing ', link])
  })
  test('spans of time, in their two largest units', () => {
    expect(duration(0)).toBe('0 seconds')
    expect(duration(1)).toBe('1 second')
    expect(duration(860_000)).toBe('14 minutes, 20 seconds')
    expect(duration(3_600_000)).toBe('1 hour')
    expect(duration(90_061_000)).toBe('1 day, 1 hour')
    expect(duration(-5)).toBe('0 seconds')
  })
  test('what is no time is said as nothing', () => {
    expect(moment('garbage')).toBe('')
    expect(clock('garbage', 0)).toBe('')
  })
  test('sizes and numbers', () => {
    expect(bytes(48_211)).toBe('48.2 kB')
    expect(bytes(2_500_000)).toBe('2.5 MB')
    expect(number(815)).toBe('815')
  })
})

test('the folders in which texts of a language may lie', () => {
  expect(foldersFor('pt-BR')).toEqual(['pt_BR', 'pt', 'en'])
  expect(foldersFor('pt-PT')).toEqual(['pt_PT', 'pt', 'pt_BR', 'en'])
  expect(foldersFor('zh-Hans-CN')).toEqual(['zh_Hans_CN', 'zh', 'zh_CN', 'en'])
  expect(foldersFor('de')).toEqual(['de', 'en'])
  expect(foldersFor('')).toContain('en')
})

test('where the browser has no texts, they are read from the extension’s own files, in its language', async () => {
  const asked: string[] = []
  vi.resetModules()
  const { default: browser } = await import('webextension-polyfill')
  const silent = vi.spyOn(browser.i18n, 'getMessage').mockReturnValue('')
  vi.stubGlobal('navigator', { language: 'pt-PT' })
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    const folder = /_locales\/(\w+)\//.exec(url)![1]!
    return folder === 'pt_BR' ? new Response(JSON.stringify({ name: { message: 'Holdall' }, settings_title: { message: 'Configurações' }, language: { message: 'pt-BR' } })) : new Response('', { status: 404 })
  })
  try {
    const texts = await import('../../../lib/browser/texts.ts')
    await texts.prepareTexts()
    expect(asked.map(url => /_locales\/(\w+)\//.exec(url)![1])).toEqual(['pt_PT', 'pt', 'pt_BR'])
    expect([texts.t('settings_title'), texts.language()]).toEqual(['Configurações', 'pt-BR'])
    // Once it has them, it asks no more.
    await texts.prepareTexts()
    expect(asked).toHaveLength(3)
  } finally {
    silent.mockRestore()
    vi.unstubAllGlobals()
  }
})

test('where the browser has its texts, nothing is read', async () => {
  vi.resetModules()
  const texts = await import('../../../lib/browser/texts.ts')
  vi.stubGlobal('fetch', () => { throw new Error('nothing is to be asked') })
  await texts.prepareTexts()
  expect(texts.t('settings_title')).toBe('Settings')
  vi.unstubAllGlobals()
})
