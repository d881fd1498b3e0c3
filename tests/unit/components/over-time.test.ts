import { expect, test } from 'vitest'
import { spans } from '../../../components/workspace/OverTime.tsx'
import { dayStart } from '../../../components/workspace/Posts.tsx'

test('a few years by month, with the empty ones in between', () => {
  expect(spans([['', 4], ['2024-11', 2], ['2025-01', 1]])).toEqual([{ name: '2024-11', count: 2 }, { name: '2024-12', count: 0 }, { name: '2025-01', count: 1 }])
})

test('many years by year', () => {
  expect(spans([['2019-02', 1], ['2019-03', 2], ['2022-02', 5]])).toEqual([{ name: '2019', count: 3 }, { name: '2020', count: 0 }, { name: '2021', count: 0 }, { name: '2022', count: 5 }])
})

test('nothing, and times far off, make no million bars', () => {
  expect(spans([])).toEqual([])
  expect(spans([['', 3]])).toEqual([])
  expect(spans([['0001-01', 1], ['9999-12', 1]])).toHaveLength(2)
})

test('the days of a filter begin where the person is', () => {
  expect(dayStart('2025-03-01')).toBe(new Date(2025, 2, 1).toISOString())
  expect(dayStart('2025-02-28', 1)).toBe(new Date(2025, 2, 1).toISOString())
  for (const none of ['', 'tomorrow', '2025-99-01']) expect(dayStart(none)).toBeUndefined()
})
