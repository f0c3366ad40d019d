import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { readEvalRows } from '../src/calibrate/counts/eval-rows.ts';
import { heldOutErrors } from '../src/calibrate/counts/hold-out.ts';
import { carriedInstructionCounts } from '../src/calibrate/instruction-rows.ts';
import { countFiles } from './count-files.ts';

test.each(countFiles().map(({ url, text }) => [url.pathname.split('/builds/')[1], url, text] as const))(
  '%s is what npm run fit-counts writes',
  (_name, url, text) => {
    expect(readFileSync(url, 'utf8')).toBe(text);
  },
);

describe('shapes that the fit has not seen, a sixth of each operator at a time', () => {
  const table = readFileSync(new URL('../data/instruction-counts-2.csv', import.meta.url), 'utf8');
  const held = heldOutErrors(readEvalRows(table), carriedInstructionCounts());

  it.each([...held])('%s: median within 2 %%, 85 %% of the rows within 5 %%', (_core, errors) => {
    const sorted = errors.toSorted((a, b) => a - b);
    expect(sorted[sorted.length >> 1]).toBeLessThanOrEqual(2);
    expect(errors.filter((error) => error <= 5).length / errors.length).toBeGreaterThanOrEqual(0.85);
  });
});
