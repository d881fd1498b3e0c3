import { expect, test } from 'vitest'
import { leaveFor, learners, oldBefore, viaOf } from '../../../lib/lookup/plan.ts'
import { rooms } from '../../../lib/networks/rooms.ts'

const plan = (...hosts: [string, number][]) => ({ names: hosts.reduce((sum, [, names]) => sum + names, 0), hosts: hosts.map(([host, names]) => ({ host, names })) })

test('every server that learns something is named, and leave is asked for where it is known to be needed', () => {
  const threads = plan(['threads.net', 812], ['kettle.example', 2])
  expect(learners(threads, rooms.threads!)).toEqual(threads.hosts)
  expect(leaveFor(threads, rooms.threads!)).toEqual(['threads.net', 'www.threads.net'])
  expect(leaveFor(plan(['kettle.example', 2]), rooms.threads!)).toEqual([])
  expect(viaOf(rooms.threads)).toBeUndefined()
})

test('where many are ruled out before, the one that does so learns of all, and the bridge of some', () => {
  const bluesky = plan(['bsky.brid.gy', 90], ['kettle.example', 1])
  expect(learners(bluesky, rooms.bluesky!)).toEqual([{ host: 'public.api.bsky.app', names: 90 }, { host: 'bsky.brid.gy', names: 90, most: true }, { host: 'kettle.example', names: 1 }])
  expect(leaveFor(bluesky, rooms.bluesky!)).toEqual(['bsky.brid.gy'])
  expect(viaOf(rooms.bluesky)).toEqual({ host: 'bsky.brid.gy', by: 'public.api.bsky.app' })
})

test('a network without a part in the fediverse', () => {
  expect(learners(plan(['kettle.example', 1]), rooms.rednote!)).toEqual([{ host: 'kettle.example', names: 1 }])
  expect([leaveFor(plan(), rooms.rednote!), viaOf(rooms.rednote), viaOf(undefined)]).toEqual([[], undefined, undefined])
})

test('an answer is old after 30 days', () => expect(oldBefore(Date.parse('2026-11-22T10:00:00Z'))).toBe('2026-10-23T10:00:00.000Z'))
