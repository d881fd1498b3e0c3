/** End-to-end tests: three browsers at a time, since most of a capture is waiting; nothing replaced. The folder is named by HOLDALL_E2E: e2e (the default), faults or servers. */
import { defineConfig } from 'vitest/config'

const folder = process.env.HOLDALL_E2E ?? 'e2e'

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: [`tests/${folder}/**/*.test.ts`],
    environment: 'node',
    fileParallelism: folder === 'e2e',
    maxWorkers: 3,
    // A browser that was starved of time is no finding; what fails twice is. A test that needed its second try is named as such.
    retry: folder === 'e2e' ? 1 : 0,
    testTimeout: folder === 'faults' ? 1_800_000 : 180_000,
    hookTimeout: 120_000,
  },
})
