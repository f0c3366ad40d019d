import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findRow } from '../../boards/pricing/cost-rows.ts';
import { sumTerms } from '../../boards/pricing/terms.ts';
import type { Op } from '../../kernels/definition/op.ts';
import { OPS } from '../../kernels/index.ts';
import { registerOps } from '../../kernels/registry.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { countCall } from '../counts/eval-counts.ts';
import { readEvalRows, type EvalRow } from '../counts/eval-rows.ts';
import type { Identity } from '../measurements/row-identity.ts';
import { countGraph } from './count-network.ts';
import { earlyKernels, isEarly } from './early-kernels.ts';
import { dsCnn } from './network-specs.ts';
import { OP_CLASSES } from './op-classes.ts';

registerOps(Object.values<Op>(OPS));

const identity = (version: string, engine = 'tflm-reference'): Identity => ({
  ...{ board: 'b', family: 'f', core: 'rv32imac', engine, version, variant: '', dtype: 'int8' },
});

const TABLE = readFileSync(new URL('../../../data/instruction-counts-early.csv', import.meta.url), 'utf8');
const counted = readEvalRows(TABLE);

function errorPercent(row: EvalRow): number {
  const { op, counts } = countCall(row);
  const [table] = earlyKernels(identity('tflite-micro-2.3.1'), `${row.target} none`)!;
  const kernels = `tflm-reference${row.flags === '-O2' ? '' : row.flags}`;
  const { instructions } = findRow(table, op, 'int8', kernels, counts)!;
  return 100 * Math.abs(sumTerms(instructions!, counts) / row.instructions - 1);
}

describe.each(['rv32imac', 'cortex-m4'])('kernels of before 2.4 on %s', (target) => {
  test.each(['-O2', '-Os'])('each counted call is met within 1.3 percent at %s', (flags) => {
    const rows = counted.filter((row) => row.target === target && row.flags === flags);
    expect(rows).toHaveLength(93);
    expect(Math.max(...rows.map(errorPercent))).toBeLessThan(1.3);
  });
});

test.each([
  ['tflite-micro-2.1.0', true],
  ['tflite-micro-2.3.1', true],
  ['tflite-micro-2.4', false],
  ['tflite-micro-esp-tflite-micro', false],
])('reference kernels of %s are early: %s', (version, early) => {
  expect(isEarly(identity(version))).toBe(early);
});

test("optimised kernels of that time are not taken for the reference's", () => {
  expect(isEarly(identity('tflite-micro-2.3.1', 'cmsis-nn'))).toBe(false);
});

test('a network of pointwise layers takes about twice the instructions with early kernels at -O2, its pools as many', () => {
  const graph = buildGraph({ ...dsCnn(), dtype: 'int8' }, 'kws');
  const core = 'rv32imac none';
  const atO2 = (version: string): number[] => {
    const like = identity(version);
    const { instructions, flagLogs } = countGraph(graph, like, core, earlyKernels(like, core));
    return instructions.map((count, of) => count * Math.exp(-flagLogs![of] / 2));
  };
  const [early, today] = [atO2('tflite-micro-2.3.1'), atO2('tflite-micro')];
  const ratio = (name: (typeof OP_CLASSES)[number]) =>
    early[OP_CLASSES.indexOf(name)] / today[OP_CLASSES.indexOf(name)];
  expect(ratio('pointwise')).toBeGreaterThan(2.5);
  expect(ratio('pointwise')).toBeLessThan(3.5);
  expect(ratio('pool')).toBeCloseTo(1, 9);
});
