/**
 * Texts with their values filled in, whichever place they come from: the browser's locale files, or a page that carries its own. A text's placeholders are `{name}`, filled here rather
 * than by the browser, so that a value can also be a piece of a page (see `pieces`). The language of numbers and dates is
 * that of the texts, not of the browser: the two differ where there is no translation.
 */
import type messages from '../../public/_locales/en/messages.json'

export type Key = keyof typeof messages
/** Texts that exist as `x_one` and `x_other` (and more, where a language has more). */
export type PluralKey = BaseOf<Key>
type BaseOf<K> = K extends `${infer Base}_other` ? (`${Base}_one` extends Key ? Base : never) : never
export type Values = Record<string, string | number>

/**
 * @param stored what there is under a key; '' where there is nothing
 * @param language the language that the texts are in (BCP 47)
 */
export const textsFrom = (stored: (key: string) => string, language: () => string) => {
  const formatters = new Map<string, unknown>()
  /** Making an Intl object costs a hundred times what using it does. */
  const once = <T>(name: string, make: (language: string) => T): T => {
    const key = `${name} ${language()}`
    if (!formatters.has(key)) formatters.set(key, make(language()))
    return formatters.get(key) as T
  }

  /** Which way the texts are read. */
  const direction = (): 'ltr' | 'rtl' => (['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm'].includes(new Intl.Locale(language()).maximize().script ?? '') ? 'rtl' : 'ltr')

  /** A whole number, as people write it. */
  const number = (value: number): string => once('number', of => new Intl.NumberFormat(of)).format(value)

  /** A share from 0 to 1, in whole per cent. */
  const percent = (share: number): string => once('percent', of => new Intl.NumberFormat(of, { style: 'percent' })).format(share)

  /** Bytes, in kB, MB or GB. */
  const bytes = (value: number): string => {
    const [unit, size] = value < 1e6 ? ['kilobyte', value / 1e3] as const : value < 1e9 ? ['megabyte', value / 1e6] as const : ['gigabyte', value / 1e9] as const
    return once(unit, of => new Intl.NumberFormat(of, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 })).format(size)
  }

  const asDate = (time: string | number): Date | undefined => {
    const date = new Date(time)
    return Number.isNaN(date.getTime()) ? undefined : date
  }

  /** Day and time. @param time ISO 8601, or milliseconds @returns '' where it is no time */
  const moment = (time: string | number): string => {
    const date = asDate(time)
    return date ? once('moment', of => new Intl.DateTimeFormat(of, { dateStyle: 'medium', timeStyle: 'short' })).format(date) : ''
  }

  /** The time of day; with the day, where it is more than 12 hours from `now`. @param now milliseconds */
  const clock = (time: string | number, now: number): string => {
    const date = asDate(time)
    if (!date) return ''
    if (Math.abs(date.getTime() - now) > 12 * 3_600_000) return moment(time)
    return once('clock', of => new Intl.DateTimeFormat(of, { timeStyle: 'short' })).format(date)
  }

  /** A span of time in its two largest units: "14 minutes, 20 seconds". @param ms milliseconds, rounded up to seconds */
  const duration = (ms: number): string => {
    const seconds = Math.max(0, Math.ceil(ms / 1000))
    const parts: [number, string][] = [
      [Math.floor(seconds / 86_400), 'day'],
      [Math.floor(seconds / 3600) % 24, 'hour'],
      [Math.floor(seconds / 60) % 60, 'minute'],
      [seconds % 60, 'second'],
    ]
    const first = parts.findIndex(([value]) => value > 0)
    const kept = first < 0 ? parts.slice(3) : parts.slice(first, first + 2).filter(([value]) => value > 0)
    const words = kept.map(([value, unit]) => once(unit, of => new Intl.NumberFormat(of, { style: 'unit', unit, unitDisplay: 'long' })).format(value))
    // As of one measure, which some languages write without a sign in between.
    return once('measure', of => new Intl.ListFormat(of, { style: 'short', type: 'unit' })).format(words)
  }

  /** Several things in one line: "a, b". */
  const list = (words: string[]): string => once('list', of => new Intl.ListFormat(of, { style: 'narrow', type: 'conjunction' })).format(words)

  const written = (value: string | number): string => (typeof value === 'number' ? number(value) : value)

  /** Takes a text apart at its placeholders, so that a value can be anything. A placeholder without a value stays as it is. */
  const fill = <T>(text: string, values: Record<string, T>): (string | T)[] =>
    text
      .split(/\{(\w+)\}/)
      .map((part, index) => (index % 2 === 0 ? part : Object.hasOwn(values, part) ? (values[part] as T) : `{${part}}`))
      .filter(part => part !== '')

  /** The text under this key. @param values what to put for `{name}`; numbers are written as the language does */
  const t = (key: Key, values: Values = {}): string => fill(stored(key), values).map(written).join('')

  const pluralOf = (key: string, count: number): string => {
    const category = once('plural', of => new Intl.PluralRules(of)).select(count)
    return stored(`${key}_${category}`) || stored(`${key}_other`)
  }

  /** The text for this number of things; `{count}` is the number. */
  const plural = (key: PluralKey, count: number, values: Values = {}): string =>
    fill(pluralOf(key, count), { count, ...values }).map(written).join('')

  /**
   * A text whose key ends in a word that comes from data: `word('reach', 'flag-off')` is `reach_flag_off`. Where there is no such text it
   * is `reach_other`; @returns '' where there is not even that.
   */
  const word = (family: string, value: string, values: Values = {}): string => {
    const text = stored(`${family}_${value.replaceAll(/\W/g, '_')}`) || stored(`${family}_other`)
    return fill(text, values).map(written).join('')
  }

  /** `word` for a number of things: `words('leftout', 'no-date', 3)` is `leftout_no_date_other`. */
  const words = (family: string, value: string, count: number, values: Values = {}): string => {
    const text = pluralOf(`${family}_${value.replaceAll(/\W/g, '_')}`, count) || pluralOf(`${family}_other`, count)
    return fill(text, { count, ...values }).map(written).join('')
  }

  /** Like `t`, in pieces: for texts with a link or a name inside. */
  const pieces = <T>(key: Key, values: Record<string, T>): (string | T)[] => fill<T>(stored(key), values)

  return { direction, number, percent, bytes, moment, clock, duration, list, t, plural, word, words, pieces }
}
