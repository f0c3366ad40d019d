import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** `npm run test:browser`: the built Lab in the Chromium of the system, after `npm run build`. */
export default defineConfig({
  resolve: config.resolve!,
  // Pages wait for their workers and tests for pages: two files at once take half of the time.
  test: { ...config.test, include: ['test/browser/*.ts'], maxWorkers: 2 },
});
