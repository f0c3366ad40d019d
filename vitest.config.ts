import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { inferscope: new URL('./src/index.ts', import.meta.url).pathname } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', './scripts/tally-reporter.mjs'],
    testTimeout: 30_000,
  },
});
