import { defineConfig } from 'vitest/config';

const sourceOf = (entry: string) => new URL(`./src/${entry}.ts`, import.meta.url).pathname;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^inferscope$/, replacement: sourceOf('index') },
      { find: /^inferscope\/(.+)$/, replacement: sourceOf('api/$1') },
    ],
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    reporters: ['default', './scripts/tally-reporter.ts'],
    // All cores: vitest leaves one free, which on two cores is half of them.
    maxWorkers: '100%',
    // No bars: they end what hangs, and a busy machine takes its time.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
