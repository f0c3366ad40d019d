import { describe, expect, it } from 'vitest';
import {
  evalRows,
  priceErrorPercent,
  type EvalCall,
  type EvalRow,
} from '../../../test/support/kernel-eval-counts.ts';

function callOf(row: EvalRow): EvalCall {
  const [batches, rows, depth] = row.shape('in');
  const columns = row.shape('out')[2];
  const adjY = row.parameters.adj_y === 1;
  const dtype = row.columns.dtype as 'int8';
  const right = adjY ? [columns, depth] : [depth, columns];
  return {
    attributes: { adjX: false, adjY },
    inputs: [
      { shape: [batches, rows, depth], dtype },
      { shape: [batches, ...right], dtype },
    ],
  };
}

const ROWS = evalRows('batch_matmul');

describe('prices of BATCH_MATMUL', () => {
  it('have six builds to be judged on', () => {
    const builds = ROWS.map(({ columns }) => `${columns.kernel_library} ${columns.compiler_flags}`);
    expect(new Set(builds).size).toBe(6);
  });

  it.each([
    ['tflm-reference', 2],
    ['cmsis-nn', 6],
  ] as const)('of %s are within %i %% of what was counted', (library, percent) => {
    const rows = ROWS.filter(({ columns }) => columns.kernel_library === library);
    const errors = rows.map((row) => priceErrorPercent('BATCH_MATMUL', row, callOf(row)));
    expect(Math.max(...errors)).toBeLessThan(percent);
  });
});
