import { expect, test, vi } from 'vitest';
import type { TestModule } from 'vitest/node';
import TallyReporter, { skipReasons } from './tally-reporter.ts';

const redis = '(skipped: needs redis-server; install the package redis-server)';
const chromium = '(skipped: needs chromium)';

test('reasons are counted by what is needed, in the order in which they are met', () => {
  const titles = [`queue ${redis} > a`, `page ${chromium}`, `queue ${redis} > b`, 'left out by -t'];
  expect(skipReasons(titles)).toBe('2 need redis-server, 1 need chromium, 1 were left out by name');
});

/** A module of tests as vitest hands it to a reporter. */
function module(...tests: [title: string, state: string][]): TestModule {
  const allTests = () => tests.map(([fullName, state]) => ({ fullName, result: () => ({ state }) }));
  const children = { allTests, ['size']: tests.length };
  return { ok: () => tests.length > 0, children } as unknown as TestModule;
}

function printed(...modules: TestModule[]): unknown[] {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  new TallyReporter().onTestRunEnd(modules);
  const lines = log.mock.calls.flat();
  log.mockRestore();
  return lines;
}

test('the last line is the count alone; the line before it says why tests were skipped', () => {
  expect(printed(module(['a', 'passed'], [`b ${chromium}`, 'skipped']), module(['c', 'failed']))).toEqual([
    'skipped: 1 need chromium',
    '1 passed, 1 failed, 1 skipped',
  ]);
});

test('without a skip there is one line; a file that cannot be loaded is a failure', () => {
  expect(printed(module(['a', 'passed']), module())).toEqual(['1 passed, 1 failed, 0 skipped']);
});
