import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evidenceSaid } from '../../../components/evidence.ts'
import { Evidence } from '../../../lib/model/index.ts'

test('evidence becomes a sentence', () => {
  expect(evidenceSaid({ kind: 'profile', says: 'yes', address: 'ada@own.example', where: 'bio', seen: '@ada@own.example' }, 'Anywhere')).toEqual({ sentence: 'In their bio: @ada@own.example' })
  expect(evidenceSaid({ kind: 'webfinger', says: 'no', address: 'ada@own.example', seen: 'own.example', detail: 'not-found' }, 'Anywhere')).toEqual({
    sentence: 'own.example answered that nobody can be followed at ada@own.example', detail: 'it knows nobody of that name',
  })
  expect(evidenceSaid({ kind: 'account', says: 'perhaps', address: 'ada@own.example', seen: 'one' }, 'Anywhere', id => `Network ${id}`).sentence).toBe('In your account on Network one somebody like them is ada@own.example')
  expect(evidenceSaid({ kind: 'network', says: 'no', detail: 'flag-off' }, 'Anywhere')).toEqual({ sentence: 'Anywhere says that they cannot be followed', detail: 'they do not share to the fediverse' })
})

test('any evidence has a sentence without an open placeholder', () => {
  const kinds = fc.constantFrom(...Evidence.shape.kind.options)
  fc.assert(fc.property(kinds, fc.constantFrom(...Evidence.shape.says.options), fc.constantFrom(undefined, 'bio' as const), (kind, says, where) => {
    expect(evidenceSaid({ kind, says, where, seen: 'x' }, 'Anywhere').sentence).toMatch(/^[^{}]+$/)
  }))
})
