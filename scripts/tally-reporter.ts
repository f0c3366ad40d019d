import type { Reporter, TestModule } from 'vitest/node';

const REASON = /\(skipped: needs ([^;)]+)/;
const NO_REASON = 'were left out by name';

/** How many of the skipped tests need what, by their titles: "3 need redis-server, 2 need chromium". */
export function skipReasons(titles: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const title of titles) {
    const needed = REASON.exec(title)?.[1];
    const reason = needed === undefined ? NO_REASON : `need ${needed}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `${count} ${reason}`).join(', ');
}

/** A vitest reporter whose last line is the count of tests, for scripts that read it; before it, why some were skipped. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tally = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    const skipped: string[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        tally[state] += 1;
        if (state === 'skipped') skipped.push(test.fullName);
      }
      if (!module.ok() && module.children.size === 0) tally.failed += 1;
    }
    if (skipped.length > 0) console.log(`skipped: ${skipReasons(skipped)}`);
    console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
  }
}
