import { describe, expect, it } from 'vitest';
import {
  evalRows,
  priceErrorPercent,
  type EvalCall,
  type EvalRow,
} from '../../../test/support/kernel-eval-counts.ts';
import { ints } from '../../../test/support/op-tests.ts';
import type { DType, TensorInfo } from '../../models/graph/graph.ts';

type CallOf = (row: EvalRow, input: TensorInfo) => EvalCall;

const unary: CallOf = (_row, input) => ({ attributes: {}, inputs: [input] });

/** A second operand of the same shape, 1x1xC, or one number. */
const binary: CallOf = ({ columns }, input) => {
  const shape = { same: input.shape, bcast_1: [] }[columns.attr!] ?? input.shape.slice(-1);
  return { attributes: { activation: 'NONE' }, inputs: [input, { ...input, shape }] };
};

const reduction: CallOf = ({ columns }, input) => {
  const axes = columns.attr!.match(/\d/g)!.map(Number);
  return { attributes: { keepDims: columns.attr!.endsWith('keep') }, inputs: [input, ints(...axes)] };
};

const CALLS: Readonly<Record<string, CallOf>> = {
  sub: binary,
  mul: binary,
  maximum: binary,
  minimum: binary,
  relu: unary,
  relu6: unary,
  leaky_relu: unary,
  hard_swish: unary,
  logistic: unary,
  tanh: unary,
  log_softmax: unary,
  prelu: (_row, input) => ({
    attributes: {},
    inputs: [input, { ...input, shape: input.shape.slice(-1), isConstant: true }],
  }),
  mean: reduction,
  sum: reduction,
  reduce_max: reduction,
  arg_max: (_row, input) => ({ attributes: {}, inputs: [input, ints(3)] }),
};

function errorsOf(name: string, kernels: string, flags: string): number[] {
  return evalRows(name)
    .filter(({ columns }) => columns.kernel_library === kernels && columns.compiler_flags!.startsWith(flags))
    .map((row) => {
      const input = { shape: [1, ...row.shape('in')], dtype: row.columns.dtype as DType };
      return priceErrorPercent(name.toUpperCase(), row, CALLS[name]!(row, input));
    });
}

const mean = (errors: readonly number[]) => errors.reduce((sum, error) => sum + error, 0) / errors.length;

describe.each(['-O2', '-O3', '-Os'])('tflm-reference %s: prices are what was counted', (flags) => {
  it.each(Object.keys(CALLS))('%s within 3 %% on average, 6 %% at worst', (name) => {
    const errors = errorsOf(name, 'tflm-reference', flags);
    expect(errors.length).toBeGreaterThanOrEqual(8);
    expect(mean(errors)).toBeLessThan(3);
    expect(Math.max(...errors)).toBeLessThan(6);
  });
});

describe.each(['-O2', '-O3', '-Os'])('cmsis-nn %s: prices are what was counted', (flags) => {
  it.each(['mul', 'maximum', 'minimum'])('%s within 2 %%, in float32 as well', (name) => {
    const errors = errorsOf(name, 'cmsis-nn', flags);
    expect(errors.length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...errors)).toBeLessThan(2);
  });
});
