/** What a translation must have, measured by the English texts. */

export type Messages = Record<string, { message: string }>

/** Names that are written the same in every language. */
const NAMES = ['Holdall', 'Mastodon', 'Threads', 'Instagram', 'TikTok', 'RedNote', 'Bluesky', 'Bridgy Fed', 'ActivityPub', 'WebFinger', 'Sharkey', 'GoToSocial', 'Pixelfed', 'WordPress', 'Misskey', 'Pleroma', 'Friendica', 'CSV', 'ZIP', 'JSON']

const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]!))].toSorted()

/** Keys that exist for one and for many, without their endings. */
const pluralBases = (english: Messages): string[] => Object.keys(english).filter(key => key.endsWith('_one') && Object.hasOwn(english, `${key.slice(0, -4)}_other`)).map(key => key.slice(0, -4))

/** @param tag of the language (BCP 47) @returns what is wrong with it, a line each */
export const faultsOf = (english: Messages, other: Messages, tag: string): string[] => {
  const bases = new Set(pluralBases(english))
  const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories
  const wanted = new Map<string, string>()
  for (const [key, { message }] of Object.entries(english)) {
    const base = /^(.*)_(?:one|other)$/.exec(key)?.[1]
    if (base !== undefined && bases.has(base)) for (const category of categories) wanted.set(`${base}_${category}`, english[`${base}_${category === 'one' ? 'one' : 'other'}`]!.message)
    else wanted.set(key, message)
  }
  const faults = Object.keys(other).filter(key => !wanted.has(key)).map(key => `${key}: English has no such text`)
  for (const [key, said] of wanted) {
    const text = other[key]?.message
    const fault = (what: string): void => void faults.push(`${key}: ${what}`)
    if (text === undefined || text.trim() === '') {
      fault('is missing')
      continue
    }
    if (key === 'language') {
      if (text !== tag) fault(`should be ${tag}`)
      continue
    }
    // What the stores take (Chrome, "manifest: description").
    if (key === 'description' && text.length > 132) fault(`has ${text.length} signs, and may have 132`)
    // A form for one, two or none may say the number in words.
    const fixed = /_(?:zero|one|two)$/.test(key)
    const [mine, theirs] = [placeholders(text), placeholders(said)].map(all => all.filter(name => !(fixed && name === 'count')))
    if (mine!.join() !== theirs!.join()) fault(`has {${mine!.join('}, {')}} for {${theirs!.join('}, {')}}`)
    if (text.includes('$') || /[{}]/.test(text.replaceAll(/\{\w+\}/g, ''))) fault('has a sign that browsers read as a placeholder')
    // What is said of none may be another sentence.
    for (const name of key.endsWith('_zero') ? [] : NAMES) if (said.includes(name) && !text.includes(name)) fault(`does not name ${name}`)
    if (text === said && (said.match(/[a-z]{3,}/gi) ?? []).length > 4) fault('is still English')
    if (/[\u202A-\u202E\u2066-\u2069]/.test(text)) fault('has a sign that turns the direction of what follows')
  }
  return faults
}
