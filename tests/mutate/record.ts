/**
 * The answers that the unit tests ask the readers with, written down: what `npm run mutate` begins with. So it knows every shape that the tests know, and no other list has to be kept. The plugin puts
 * itself between a test and the reader of each network.
 */
import { defineConfig } from 'vitest/config'

/** Answers that differ in nothing but values teach little: so many of one kind. */
const SAME = 6

const recorder = `
import { appendFileSync as holdallAppend } from 'node:fs'
const holdallSeen = new Map()
export const read = answer => {
  try {
    const text = answer.body instanceof Uint8Array ? undefined : String(answer.body)
    const size = text?.length ?? answer.body?.length ?? 0
    if (size < 300_000) {
      const kind = [answer.url.replace(/[?#].*/, '').replaceAll(/\\d+/g, '0'), answer.request?.operation, Math.round(Math.log2(size + 1)), text?.slice(0, 1)].join(' ')
      const count = holdallSeen.get(kind) ?? 0
      holdallSeen.set(kind, count + 1)
      if (count < ${SAME}) holdallAppend(process.env.HOLDALL_ANSWERS + '/NETWORK.jsonl', JSON.stringify({ ...answer, ...(text === undefined ? { body: { base64: Buffer.from(answer.body).toString('base64') } } : {}) }) + '\\n')
    }
  } catch {}
  return holdallRead(answer)
}
`

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  plugins: [
    {
      name: 'record-answers',
      enforce: 'pre',
      transform: (code: string, id: string) => {
        const network = /\/lib\/networks\/(\w+)\/read\.ts$/.exec(id)?.[1]
        return network && `${code.replace('export const read = ', 'const holdallRead = ')}\n${recorder.replaceAll('NETWORK', network)}`
      },
    },
  ],
  resolve: { alias: [{ find: 'webextension-polyfill', replacement: new URL('../unit/fake-browser.ts', import.meta.url).pathname }] },
  test: { include: ['tests/unit/networks/**/*.test.ts'], setupFiles: ['tests/unit/seed.ts'], environment: 'node', testTimeout: 120_000 },
})
