/** The texts, from the browser's own locale files (`public/_locales`). */
import browser from 'webextension-polyfill'
import { textsFrom } from './phrases.ts'

export type { Key } from './phrases.ts'

/** The texts, read by us: only where the browser has none. */
let own: Record<string, { message?: string } | undefined> | undefined

/** What the browser has under this key; '' where it has nothing. */
const stored = (key: string): string => {
  if (own) return own[key]?.message ?? ''
  try {
    return browser.i18n.getMessage(key)
  } catch {
    return ''
  }
}

/** The language that the texts are in (BCP 47), for `lang` and for Intl. */
export const language = (): string => stored('language') || 'en'

export const { direction, number, percent, bytes, moment, clock, duration, list, t, plural, word, words, pieces } = textsFrom(stored, language)

/** @param tag of a language (BCP 47) @returns folders that may have its texts, the likeliest first */
export const foldersFor = (tag: string): string[] => {
  const [language = 'en', ...rest] = tag.split('-')
  return [...new Set([[language, ...rest].join('_'), language, ...(language === 'zh' ? ['zh_CN'] : language === 'pt' ? ['pt_BR'] : []), 'en'])]
}

/**
 * To be waited for before anything is drawn. Chromium asks for the texts once for each of its processes, and where that question was cut off (a page that was closed at that moment, on a machine that
 * is busy) it answers with nothing from then on: then they are read from the extension's own files. Never throws.
 */
export const prepareTexts = async (): Promise<void> => {
  if (stored('name') !== '') return
  for (const folder of foldersFor(navigator.language)) {
    try {
      const answer = await fetch(browser.runtime.getURL(`_locales/${folder}/messages.json`))
      if (!answer.ok) continue
      own = (await answer.json()) as typeof own
      return
    } catch {
      // There is no such folder.
    }
  }
}
