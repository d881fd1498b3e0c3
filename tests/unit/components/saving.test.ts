import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { save } from '../../../components/workspace/saving.ts'
import type { OutFile } from '../../../lib/export/index.ts'

const handed: { blob: Blob; name: string }[] = []
beforeEach(() => {
  handed.length = 0
  const link = { href: '', download: '', hidden: false, click: () => void (handed.at(-1)!.name = link.download), remove() {} }
  vi.stubGlobal('document', { createElement: () => link, body: { append() {} } })
  vi.spyOn(URL, 'createObjectURL').mockImplementation(blob => `blob:${handed.push({ blob: blob as Blob, name: '' })}`)
  vi.useFakeTimers({ toFake: ['setTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const file = (pieces: (Uint8Array<ArrayBuffer> | Blob)[]): OutFile => ({ name: 'a.zip', type: 'application/zip', rows: 1, stream: () => new Blob(pieces).stream() as ReadableStream<Uint8Array>, pieces: async function* () { yield* pieces } })

test('every byte in its order, of arrays and of what lies on disk, however many there are', async () => {
  const pieces = Array.from({ length: 1203 }, (_, at) => (at % 2 ? new Blob([Uint8Array.of(at % 256, 1)]) : Uint8Array.of(at % 256)))
  const should = new Uint8Array(await new Blob(pieces).arrayBuffer())
  expect(await save(file(pieces), () => {})).toBe(should.length)
  const [{ blob, name }] = handed as [{ blob: Blob; name: string }]
  expect([name, blob.type]).toEqual(['a.zip', 'application/zip'])
  expect(Buffer.from(await blob.arrayBuffer()).equals(should)).toBe(true)
})

test('says how far it is, and at last everything; stopped, it hands nothing over', async () => {
  const told: number[] = []
  await save(file([new Uint8Array(9_000_000), new Blob([new Uint8Array(9_000_000)]), new Uint8Array(5)]), bytes => told.push(bytes))
  expect(told).toEqual([9_000_000, 18_000_000, 18_000_005])
  const stop = new AbortController()
  stop.abort(new Error('enough'))
  await expect(save(file([new Uint8Array(1)]), () => {}, stop.signal)).rejects.toThrow('enough')
  expect(handed).toHaveLength(1)
})
