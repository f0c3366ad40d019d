import { describe, expect, it } from 'vitest';
import {
  evalRows,
  priceErrorPercent,
  type EvalCall,
  type EvalRow,
} from '../../../test/support/kernel-eval-counts.ts';
import type { DType, TensorInfo } from '../../models/graph/graph.ts';

const of = (dtype: DType, ...shape: number[]): TensorInfo => ({ dtype, shape });

function svdfCall({ columns, parameters, shape }: EvalRow): EvalCall {
  const dtype = columns.dtype as DType;
  const [depth, units] = [shape('in')[2], shape('out')[2]];
  const { rank = 1, mem = 1 } = parameters;
  const filters = units * rank;
  const weights = [of(dtype, filters, depth), of(dtype, filters, mem), of('int32', units)];
  return {
    attributes: { rank, activation: 'NONE' },
    inputs: [of(dtype, 1, depth), ...weights, of(dtype, 1, filters * mem)],
  };
}

function lstmCall({ columns, shape }: EvalRow): EvalCall {
  const dtype = columns.dtype as DType;
  const [steps, , depth] = shape('in');
  const units = shape('out')[2];
  const four = (...sides: number[]) => Array.from({ length: 4 }, () => of(dtype, ...sides));
  const absent = new Array<undefined>(3).fill(undefined);
  const weights = [...four(units, depth), ...four(units, units), ...absent, ...four(units)];
  const states = [undefined, undefined, of(dtype, 1, units), of('int16', 1, units)];
  return {
    attributes: { activation: 'TANH', cellClip: 0, projClip: 0, timeMajor: false },
    inputs: [of(dtype, 1, steps, depth), ...weights, ...states],
  };
}

describe.each([
  ['SVDF', svdfCall, 'tflm-reference', 0.2],
  ['SVDF', svdfCall, 'cmsis-nn', 4],
  ['UNIDIRECTIONAL_SEQUENCE_LSTM', lstmCall, 'tflm-reference', 0.3],
  ['UNIDIRECTIONAL_SEQUENCE_LSTM', lstmCall, 'cmsis-nn', 0.3],
] as const)('prices of %s', (op, callOf, library, percent) => {
  const rows = evalRows(op.toLowerCase()).filter(({ columns }) => columns.kernel_library === library);

  it(`of ${library} are within ${percent} % of what was counted, in both types and three builds`, () => {
    const builds = rows.map(({ columns }) => `${columns.dtype} ${columns.compiler_flags}`);
    expect(new Set(builds).size).toBe(6);
    const errors = rows.map((row) => priceErrorPercent(op, row, callOf(row)));
    expect(Math.max(...errors)).toBeLessThan(percent);
  });
});
