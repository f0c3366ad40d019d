import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** Rooms whose tests start interpreters, train networks or start threads and processes. */
export const SLOW_ROOMS = ['firmware', 'script', 'training', 'node', 'web', 'cli'];
/** Of the others those that replace a module, measure memory or ask what nothing has read: each in its own process. */
export const ALONE = [
  'src/deploy/kmodel-support.test.ts',
  'src/deploy/ncc/vendor-conversions.test.ts',
  'src/lab/page-keys.test.ts',
  'src/lab/state/lab-simulation.test.ts',
  'src/models/formats/tflite/hostile.test.ts',
];
const HOUSE = ['test/architecture.test.ts', 'test/citations.test.ts', 'test/architecture/*.test.ts'];

const { reporters, testTimeout } = config.test!;
const shared = { resolve: config.resolve! };

/** `npm run test:quick`: the tests beside the code, but for the rooms above, and those of the house. */
export default defineConfig({
  test: {
    reporters: reporters!,
    projects: [
      {
        ...shared,
        test: {
          name: 'near',
          testTimeout: testTimeout!,
          isolate: false,
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', ...HOUSE],
          exclude: [...SLOW_ROOMS.map((room) => `src/${room}/**`), ...ALONE],
        },
      },
      { ...shared, test: { name: 'alone', testTimeout: testTimeout!, include: ALONE } },
    ],
  },
});
