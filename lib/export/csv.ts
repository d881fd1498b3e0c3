/** Cells, rows and what a follow list must look like. */
import type { Problem } from './types.ts'
import { oneLine } from './text.ts'

/** The first line that all importers took (Mastodon 4.3–4.6 `app/models/form/import.rb`, GoToSocial 0.19, Misskey, Sharkey, Hollo, snac2: run with it). */
export const followHeader = 'Account address,Show boosts,Notify on new posts,Languages'

/**
 * Four cells in every row: a fifth, or an empty true/false, makes GoToSocial follow nobody without a word, and a row of
 * another length makes it refuse the file. Never quoted: Misskey and Sharkey split at the comma.
 */
export const followRow = (address: string): string => `${address},true,false,`

/** More follows than this in one file, and Mastodon refuses the whole file (`app/validators/follow_limit_validator.rb`). */
export const followsAtOnce = 7_500

/**
 * An address that can stand in a follow list: `user@host.tld`, no blank, comma or quote (they would end the cell). Letters of
 * any script, since GoToSocial allows them; nothing that a spreadsheet reads as a formula.
 */
export const isAddress = (address: string): boolean =>
  address.length <= 320 &&
  /^[^@\s,"]+@[^@\s,"]+\.[^@\s,"]+$/.test(address) &&
  /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.-]*@[\p{L}\p{N}][\p{L}\p{N}\p{M}.-]*\.[\p{L}\p{N}\p{M}-]+(:\d{1,5})?$/u.test(address)

/**
 * A cell for people, who open the file in a spreadsheet: RFC 4180 quoting, always, on one line; and a `'` before what a
 * spreadsheet would take for a formula (OWASP, "CSV Injection"): `= + - @`, also full-width, behind blanks and quotes, and
 * behind the semicolon at which spreadsheets of many languages split.
 */
export const humanCell = (text: string): string => {
  const line = oneLine(text)
  const guarded = (/^[\s"']*[=+\-@＝＋－＠]/.test(line) ? `'${line}` : line).replace(/([;|][\s"']*)(?=[=+\-@＝＋－＠])/g, "$1'")
  return `"${guarded.replaceAll('"', '""')}"`
}

/** One line of the file for people, with the line end of RFC 4180 section 2, which every spreadsheet takes. */
export const humanRow = (cells: string[]): string => `${cells.map(humanCell).join(',')}\r\n`

const found = (reason: string, example: string, problems: Map<string, Problem>): void => {
  const known = problems.get(reason)
  if (known) known.count++
  else problems.set(reason, { reason, count: 1, example: example.slice(0, 200) })
}

/**
 * Reads a written follow list again and says what importers would stumble over. Memory stays flat but for the addresses.
 * @param file its bytes
 * @returns nothing where all is well
 */
export const checkFollowCsv = async (file: ReadableStream<Uint8Array>): Promise<Problem[]> => {
  const problems = new Map<string, Problem>()
  const addresses = new Set<string>()
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  let line = 0
  const row = (text: string): void => {
    line++
    const at = `line ${line}: ${text}`
    if (text.includes('\r')) found('carriage-return', at, problems)
    if (line === 1) {
      if (text.startsWith('\uFEFF')) found('byte-order-mark', at, problems)
      else if (text !== followHeader) found('header', at, problems)
      return
    }
    const cells = text.split(',')
    if (cells.length !== 4) found('cells', at, problems)
    if (!isAddress(cells[0]!)) found('address', at, problems)
    if (cells[0] !== cells[0]!.toLowerCase()) found('not-lower-case', at, problems)
    if (cells[1] !== 'true' || cells[2] !== 'false' || cells[3] !== '') found('options', at, problems)
    if (addresses.has(cells[0]!)) found('duplicate', at, problems)
    addresses.add(cells[0]!)
  }
  try {
    for await (const bytes of file) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop()!
      lines.forEach(row)
    }
    rest += decoder.decode()
  } catch {
    found('not-utf-8', `after line ${line}`, problems)
  }
  if (rest) found('last-line', rest, problems)
  if (line < 2) found('empty', `${line} lines`, problems)
  if (addresses.size > followsAtOnce) found('too-many-rows', String(addresses.size), problems)
  return [...problems.values()]
}
