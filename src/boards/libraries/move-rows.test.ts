import { describe, expect, it } from 'vitest';
import {
  evalRows,
  priceErrorPercent,
  type EvalCall,
  type EvalRow,
} from '../../../test/support/kernel-eval-counts.ts';
import { ints, pairs } from '../../../test/support/op-tests.ts';
import type { DType, TensorInfo } from '../../models/graph/graph.ts';

type Shape = readonly number[];
type CallOf = (row: EvalRow, input: TensorInfo, output: Shape) => EvalCall;

const like = ({ dtype }: TensorInfo, shape: Shape): TensorInfo => ({ shape, dtype });
const times = (tensor: TensorInfo, count: number) => Array.from({ length: count }, () => tensor);
const numbersIn = ({ columns }: EvalRow) => columns.attr!.match(/\d+/g)!.map(Number);
/** A crop begins one pixel inside the picture, half of the channels at the first. */
const beginOf = ({ columns }: EvalRow) => (columns.attr === 'crop1' ? [0, 1, 1, 0] : [0, 0, 0, 0]);
/** Tensors of four dimensions are stacked along a fifth, the first or the last. */
const stackAxis = ({ parameters }: EvalRow) => (parameters.axis === 3 ? 4 : 0);

const MASKS = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0, offset: false };

function stridedSlice(row: EvalRow, input: TensorInfo, output: Shape): EvalCall {
  const step = row.columns.attr === 'stride2' ? 2 : 1;
  const begin = beginOf(row);
  const end = step === 2 ? input.shape : begin.map((first, axis) => first + output[axis]!);
  return { attributes: MASKS, inputs: [input, ints(...begin), ints(...end), ints(1, step, step, 1)] };
}

function transposeConv({ columns }: EvalRow, input: TensorInfo, output: Shape): EvalCall {
  const [kernelH, kernelW, stride] = ['k_h', 'k_w', 'stride'].map((name) => Number(columns[name]));
  const weights = like(input, [output[3]!, kernelH!, kernelW!, input.shape[3]!]);
  const attributes = { padding: columns.padding, strideH: stride, strideW: stride, activation: 'NONE' };
  return { attributes, inputs: [ints(...output), weights, input] };
}

function resized({ parameters }: EvalRow, input: TensorInfo, [, height, width]: Shape): EvalCall {
  const attributes = { alignCorners: parameters.align === 1, halfPixelCenters: parameters.half === 1 };
  return { attributes, inputs: [input, ints(height!, width!)] };
}

/** Without scales an int8 requantization counts as one with a multiplier. */
const converted: CallOf = (_row, input) => ({ attributes: {}, inputs: [input] });

const CALLS: Readonly<Record<string, readonly [op: string, CallOf]>> = {
  pad: ['PAD', (row, input) => ({ attributes: {}, inputs: [input, pairs(0, 0, ...paddings(row))] })],
  concatenation: [
    'CONCATENATION',
    ({ parameters: { n, axis } }, input) => ({
      attributes: { axis, activation: 'NONE' },
      inputs: times(input, n!),
    }),
  ],
  split: [
    'SPLIT',
    ({ parameters: { n, axis } }, input, output) => ({
      attributes: { splits: n },
      inputs: [ints(axis!), like(input, output.with(axis!, output[axis!]! * n!))],
    }),
  ],
  pack: [
    'PACK',
    (row, input) => ({
      attributes: { axis: stackAxis(row), values: row.parameters.n },
      inputs: times(input, row.parameters.n!),
    }),
  ],
  unpack: [
    'UNPACK',
    (row, input, output) => ({
      attributes: { axis: stackAxis(row), values: row.parameters.n },
      inputs: [like(input, output.toSpliced(stackAxis(row), 0, row.parameters.n!))],
    }),
  ],
  slice: [
    'SLICE',
    (row, input, output) => ({ attributes: {}, inputs: [input, ints(...beginOf(row)), ints(...output)] }),
  ],
  strided_slice: ['STRIDED_SLICE', stridedSlice],
  transpose: ['TRANSPOSE', (row, input) => ({ attributes: {}, inputs: [input, ints(...permutation(row))] })],
  resize_bilinear: ['RESIZE_BILINEAR', resized],
  resize_nearest_neighbor: ['RESIZE_NEAREST_NEIGHBOR', resized],
  transpose_conv: ['TRANSPOSE_CONV', transposeConv],
  quantize: ['QUANTIZE', converted],
  dequantize: ['DEQUANTIZE', converted],
};

function paddings(row: EvalRow): number[] {
  return numbersIn(row);
}

function permutation({ columns }: EvalRow): number[] {
  return [...columns.attr!.replace('perm=', '')].map(Number);
}

function errorsOf(name: string, kernels: string, flags: string): number[] {
  const [op, callOf] = CALLS[name]!;
  return evalRows(name)
    .filter(({ columns }) => columns.kernel_library === kernels && columns.compiler_flags!.startsWith(flags))
    .map((row) => {
      const input = { shape: [1, ...row.shape('in')], dtype: row.columns.dtype as DType };
      return priceErrorPercent(op, row, callOf(row, input, [1, ...row.shape('out')]));
    });
}

const mean = (errors: readonly number[]) => errors.reduce((sum, error) => sum + error, 0) / errors.length;

// Vectorised copies of -O3 depend on the rest of each row, and so do CMSIS-NN's.
describe.each([
  ['tflm-reference', '-O2', 3.5, 13],
  ['tflm-reference', '-Os', 3, 11],
  ['tflm-reference', '-O3', 11.5, 29],
] as const)('%s %s: prices are what was counted', (kernels, flags, average, worst) => {
  it.each(Object.keys(CALLS))(`%s within ${average} %% on average, ${worst} %% at worst`, (name) => {
    const errors = errorsOf(name, kernels, flags);
    expect(errors.length).toBeGreaterThanOrEqual(4);
    expect(mean(errors)).toBeLessThan(average);
    expect(Math.max(...errors)).toBeLessThan(worst);
  });
});

describe.each(['-O2', '-Os', '-O3'])('cmsis-nn %s: prices are what was counted', (flags) => {
  it.each([
    ['pad', 4],
    ['transpose', 37],
    ['transpose_conv', 9],
  ])('%s within %i %% on average', (name, average) => {
    expect(mean(errorsOf(name, 'cmsis-nn', flags))).toBeLessThan(average);
  });
});
