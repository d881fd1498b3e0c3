/** What the pages of the own copy are made of: their program, as it lies in the extension, and the texts that it says. */
import { language, t, type Key } from '../../lib/browser/texts.ts'
import type { Shell } from '../../lib/export/index.ts'

/** The program's own texts, and the few that it shares. */
const said = /^(?:viewer_|visibility_|name$)/

/** @throws where the extension's own files can't be read */
export const shellOf = async (): Promise<Shell> => {
  const [script, keys] = await Promise.all([
    fetch('/viewer.js').then(answer => answer.text()),
    // Only the keys are taken from it: the texts are those of the person's language.
    fetch('/_locales/en/messages.json').then(async answer => Object.keys((await answer.json()) as object)),
  ])
  return { script, language: language(), texts: Object.fromEntries(keys.filter(key => said.test(key)).map(key => [key, t(key as Key)])) }
}
