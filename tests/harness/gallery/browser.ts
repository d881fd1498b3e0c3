/// <reference types="vite/client" />
/**
 * Stands in for the browser in the gallery: only the texts, from the locale files. `?locale=zh_CN` names one; `long` is English whose words are half as long again, as in
 * languages that need more room, and `mirrored` is English read from the right.
 */
type Texts = Record<string, { message: string }>

const files = import.meta.glob<Texts>('../../../public/_locales/*/messages.json', { eager: true, import: 'default' })
const all = new Map(Object.entries(files).map(([path, texts]) => [path.split('/').at(-2)!, texts]))
const english = all.get('en')!

/** Placeholders stay what they are. */
const longer = (text: string): string => text.split(/(\{\w+\})/).map((part, index) => (index % 2 ? part : part.replaceAll(/[aeiou]/gi, vowel => vowel + vowel))).join('')

const locale = new URL(location.href).searchParams.get('locale') ?? 'en'
const texts = all.get(locale) ?? english

const getMessage = (key: string): string => {
  const text = texts[key]?.message ?? english[key]?.message ?? ''
  if (locale === 'mirrored') return key === 'language' ? 'ar' : text
  return locale === 'long' && !['language', 'name'].includes(key) ? longer(text) : text
}

export default { i18n: { getMessage } }
