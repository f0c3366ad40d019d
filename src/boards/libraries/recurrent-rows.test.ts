import { describe, expect, it } from 'vitest';
import { countedErrors, evalRows } from '../../../test/support/kernel-eval-counts.ts';

describe.each([
  ['svdf', 'tflm-reference', 0.2],
  ['svdf', 'cmsis-nn', 4],
  ['unidirectional_sequence_lstm', 'tflm-reference', 0.3],
  ['unidirectional_sequence_lstm', 'cmsis-nn', 0.3],
] as const)('prices of %s', (op, library, percent) => {
  it(`of ${library} are within ${percent} % of what was counted, in both types and three builds`, () => {
    const rows = evalRows(op).filter(({ columns }) => columns.kernel_library === library);
    const builds = rows.map(({ columns }) => `${columns.dtype} ${columns.compiler_flags}`);
    expect(new Set(builds).size).toBe(6);
    const errors = countedErrors(op, library);
    expect(errors).toHaveLength(rows.length);
    expect(Math.max(...errors)).toBeLessThan(percent);
  });
});
