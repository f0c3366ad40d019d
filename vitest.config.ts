import { defineConfig } from 'vitest/config';

const sourceOf = (entry: string) => new URL(`./src/${entry}.ts`, import.meta.url).pathname;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^inferscope$/, replacement: sourceOf('index') },
      { find: /^inferscope\/node$/, replacement: sourceOf('node') },
      { find: /^inferscope\/sweep-worker$/, replacement: sourceOf('web/sweep-worker') },
    ],
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    reporters: ['default', './scripts/tally-reporter.mjs'],
    testTimeout: 30_000,
  },
});
