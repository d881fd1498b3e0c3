/** End-to-end tests: one browser at a time, nothing replaced. The folder is named by HOLDALL_E2E: e2e (the default) or faults. */
import { defineConfig } from 'vitest/config'

const folder = process.env.HOLDALL_E2E ?? 'e2e'

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: [`tests/${folder}/**/*.test.ts`],
    environment: 'node',
    fileParallelism: false,
    testTimeout: folder === 'faults' ? 1_800_000 : 180_000,
    hookTimeout: 120_000,
  },
})
