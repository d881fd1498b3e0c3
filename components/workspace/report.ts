/** The report that helps to mend a reader: shapes only, shown whole before it is saved. */
import { shape } from '../../lib/capture/keep.ts'
import type { UnreadRow } from '../../lib/store/types.ts'

const shapeOf = ({ body, bodyKind }: UnreadRow): unknown => {
  try {
    const value: unknown = JSON.parse(body)
    return bodyKind === 'shape' ? value : shape(value)
  } catch {
    // It was cut off when it was kept, so its keys can't be told from its values.
    return { text: body.length }
  }
}

/** @returns what the report holds: no value of an answer, only its keys, kinds and lengths; and the day, not the time */
export const reportOf = (network: string, rows: UnreadRow[]) => ({
  about: 'answers that Holdall could not read',
  network,
  answers: rows.map(row => ({
    day: row.at.slice(0, 10),
    reason: row.reason,
    operation: row.operation,
    section: row.section,
    records: row.records,
    path: row.path,
    shape: shapeOf(row),
  })),
})
