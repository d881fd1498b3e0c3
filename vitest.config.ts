import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: [
      // The real one throws outside an extension.
      { find: 'webextension-polyfill', replacement: new URL('./tests/unit/fake-browser.ts', import.meta.url).pathname },
    ],
  },
  test: { include: ['tests/unit/**/*.test.ts'], setupFiles: ['tests/unit/seed.ts'], environment: 'node', testTimeout: 60_000 },
})
