import { expect, test } from 'vitest'
import { reportOf } from '../../../components/workspace/report.ts'
import type { UnreadRow } from '../../../lib/store/types.ts'

const row = (more: Partial<UnreadRow>): UnreadRow => ({
  network: 'threads', runId: 'run', account: 'threads:1', ownerId: '1', at: '2026-11-22T14:12:45Z', path: '/graphql/query', reason: 'unknown-shape', bodyKind: 'shape', body: '{"data":"string 4"}', ...more,
})

test('a body that was kept is told by its shape only', () => {
  const secret = { data: { user: { full_name: 'Mira Holm', pk: '630', mira_holm2: 1, following: [{ username: 'ada.ortiz' }, { username: 'bo' }] } } }
  const report = reportOf('threads', [row({ bodyKind: 'reduced', body: JSON.stringify(secret) })])
  const text = JSON.stringify(report)
  for (const word of ['Mira', 'Holm', '630', 'mira_holm2', 'ada', 'ortiz', 'bo"']) expect(text).not.toContain(word)
  expect(report.answers[0]?.shape).toMatchObject({ data: { user: { full_name: 'string 9', following: ['2 of', { username: 'string 9' }] } } })
})

test('a body that was cut off gives its length alone', () => {
  expect(reportOf('threads', [row({ bodyKind: 'reduced', body: '{"data":{"name":"Mira Ho' })]).answers[0]?.shape).toEqual({ text: 24 })
})

test('neither whose it was nor the time of day is in it', () => {
  const [answer] = reportOf('threads', [row({})]).answers
  expect(answer).toEqual({ day: '2026-11-22', reason: 'unknown-shape', operation: undefined, section: undefined, records: undefined, path: '/graphql/query', shape: { data: 'string 4' } })
})
