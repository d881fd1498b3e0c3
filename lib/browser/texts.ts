/** The texts, from the browser's own locale files (`public/_locales`). */
import browser from 'webextension-polyfill'
import { textsFrom } from './phrases.ts'

export type { Key } from './phrases.ts'

/** What the browser has under this key; '' where it has nothing. */
const stored = (key: string): string => {
  try {
    return browser.i18n.getMessage(key)
  } catch {
    return ''
  }
}

/** The language that the texts are in (BCP 47), for `lang` and for Intl. */
export const language = (): string => stored('language') || 'en'

export const { direction, number, percent, bytes, moment, clock, duration, list, t, plural, word, words, pieces } = textsFrom(stored, language)
