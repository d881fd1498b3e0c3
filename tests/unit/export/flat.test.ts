import { describe, expect, test } from 'vitest'
import { bundle, followFiles, gather } from '../../../lib/export/index.ts'
import type { PostRow } from '../../../lib/store/types.ts'
import { account, bytesOf, follow, opened, options, owner, post, store } from './fake.ts'

const size = 10_000
const chunk = 500

/** Posts that are made when they are asked for, and forgotten. */
const endless = (count: number, asked: { rows: number }) => ({
  ...store({}),
  async *eachPost() {
    for (let at = 0; at < count; at += chunk) {
      asked.rows += chunk
      yield Array.from({ length: chunk }, (_, offset): PostRow => {
        const idOf = (number: number): string => `9${String(number).padStart(18, '0')}`
        const id = idOf(at + offset)
        return post(id, { createdAt: new Date(Date.UTC(2020, 0, 1) + (at + offset) * 60_000).toISOString(), text: `Number ${id} `.repeat(20), replyTo: offset % 3 ? { id: idOf(at + offset - 1) } : undefined })
      })
    }
  },
})

describe('large accounts', () => {
  test(`${size} posts: complete, and no problem`, async () => {
    const asked = { rows: 0 }
    const made = await bundle(endless(size, asked), account, options)
    expect(made.problems).toEqual([])
    expect(made.included.posts).toBe(size)
    const { items, json } = await opened(made.file)
    expect(items).toHaveLength(size)
    expect(json('outbox.json').totalItems).toBe(size)
    expect(new Set(items.map(item => item.id)).size).toBe(size)
  })

  test('nothing is made before it is read', async () => {
    const asked = { rows: 0 }
    const { file } = await bundle(endless(4_000, asked), account, options)
    asked.rows = 0
    const reader = file.stream().getReader()
    let read = 0
    while (read < 300_000) read += (await reader.read()).value!.length
    await reader.cancel()
    expect(asked.rows).toBeLessThanOrEqual(3 * chunk)
  })

  test('what was checked is what is given, where it is kept', async () => {
    const asked = { rows: 0 }
    const { file, problems } = await bundle(endless(4_000, asked), account, options, { gather })
    const again = await bundle(endless(4_000, asked), account, options)
    asked.rows = 0
    const kept = await bytesOf(file)
    expect(asked.rows).toBe(0)
    const anew = await bytesOf(again.file)
    expect(asked.rows).toBeGreaterThan(0)
    expect(problems).toEqual([])
    expect(Buffer.compare(kept, anew)).toBe(0)
    expect(file.size).toBe(kept.length)
  })

  test('ten times the posts take little more memory', async () => {
    const peak = async (count: number): Promise<number> => {
      let most = 0
      const watched = endless(count, { get rows() { return 0 }, set rows(_) { most = Math.max(most, process.memoryUsage().arrayBuffers) } })
      const { file } = await bundle(watched, account, options)
      for await (const piece of file.stream()) expect(piece.length).toBeLessThan(200_000)
      return most
    }
    await peak(1_000)
    const [small, large] = [await peak(3_000), await peak(30_000)]
    // The file is about 40 MB, and it is made twice.
    expect(large - small).toBeLessThan(20e6)
  }, 180_000)

  test(`${size} follows`, async () => {
    const follows = Array.from({ length: size }, (_, at) => follow(`p${at}`, { verdict: at % 2 ? 'followable' : 'not', address: `p${at}@example.net`, reason: 'x' }))
    const files = await followFiles(store({ who: owner, follows }), account, { words: reason => reason })
    expect(files.map(file => file.rows)).toEqual([size / 2, size / 2])
  })
})
