/** Numbers as RedNote displays them: `"12"`, `"1.2万"`, `"10万+"`, `"27.7K"`. */

export interface Shown {
  value: number
  /** The number was rounded for display. */
  rounded: boolean
}

const units: Record<string, number> = { '': 1, k: 1e3, 千: 1e3, w: 1e4, 万: 1e4, 萬: 1e4, m: 1e6, 亿: 1e8, 億: 1e8, b: 1e9 }

/** @returns what a counter shows, or undefined where it shows no number (`"赞"` where nobody has liked it yet) */
export const shown = (value: unknown): Shown | undefined => {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? { value, rounded: false } : undefined
  if (typeof value !== 'string') return undefined
  const found = /^(\d{1,15}(?:,\d{3})*)(\.\d{1,6})?\s*([kwmb千万萬亿億]?)\s*(\+?)$/i.exec(value.trim())
  if (!found) return undefined
  const [, whole = '', part = '', unit = '', more = ''] = found
  const number = Math.round(Number(`${whole.replaceAll(',', '')}${part}`) * (units[unit.toLowerCase()] ?? 1))
  return Number.isSafeInteger(number) ? { value: number, rounded: unit !== '' || more !== '' || part !== '' } : undefined
}

/** @returns the number alone */
export const number = (value: unknown): number | undefined => shown(value)?.value
