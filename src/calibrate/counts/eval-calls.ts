import { FormatError } from '../../errors.ts';
import type { Operands } from '../../kernels/definition/operands.ts';
import { int32Constant } from '../../models/graph/constant-tensors.ts';
import type { DType, TensorInfo } from '../../models/graph/graph.ts';
import type { EvalRow } from './eval-rows.ts';
import { lstmCall, svdfCall } from './recurrent-calls.ts';

/** An operator's call as a row describes it. */
export interface EvalCall {
  readonly op: string;
  readonly attributes: object;
  readonly inputs: Operands;
}

type CallOf = (row: EvalRow, input: TensorInfo, output: readonly number[]) => Omit<EvalCall, 'op'>;

const ints = (...values: number[]): TensorInfo => int32Constant('', values);
const like = ({ dtype }: TensorInfo, shape: readonly number[]): TensorInfo => ({ shape, dtype });
const constantLike = (tensor: TensorInfo, shape: readonly number[]): TensorInfo => ({
  ...like(tensor, shape),
  isConstant: true,
});
const times = (tensor: TensorInfo, count: number) => Array.from({ length: count }, () => tensor);

/** The number behind a name in the row's parameters: 4 of "n=4 axis=3". */
function parameter({ line, attr }: EvalRow, name: string): number {
  const value = attr.split(' ').find((pair) => pair.startsWith(`${name}=`));
  const number = Number(value?.slice(name.length + 1));
  if (value !== undefined && Number.isInteger(number)) return number;
  throw new FormatError(`instruction counts: line ${line}, column "attr": no "${name}=" in "${attr}"`);
}

const numbersIn = ({ attr }: EvalRow) => (attr.match(/\d+/g) ?? []).map(Number);

const windowAttributes = ({ padding, stride }: EvalRow) => ({
  ...{ padding, strideH: stride, strideW: stride, dilationH: 1, dilationW: 1, activation: 'NONE' },
});

const unary: CallOf = (_row, input) => ({ attributes: {}, inputs: [input] });

/** A second operand of the same shape, 1x1xC, or one number. */
const binary: CallOf = ({ attr }, input) => {
  const shape = { same: input.shape, bcast_1: [] }[attr] ?? input.shape.slice(-1);
  return { attributes: { activation: 'NONE' }, inputs: [input, like(input, shape)] };
};

const reduction: CallOf = ({ attr }, input) => ({
  attributes: { keepDims: attr.endsWith('keep') },
  inputs: [input, ints(...attr.match(/\d/g)!.map(Number))],
});

const pool: CallOf = (row, input) => ({
  attributes: { ...windowAttributes(row), filterH: row.kernel[0], filterW: row.kernel[1] },
  inputs: [input],
});

const convolution: CallOf = (row, input, output) => ({
  attributes: windowAttributes(row),
  inputs: [input, constantLike(input, [output[3]!, ...row.kernel, input.shape[3]!])],
});

const depthwise: CallOf = (row, input, output) => ({
  attributes: { ...windowAttributes(row), depthMultiplier: parameter(row, 'mult') },
  inputs: [input, constantLike(input, [1, ...row.kernel, output[3]!])],
});

const dense: CallOf = (_row, input, output) => ({
  attributes: { activation: 'NONE', keepNumDims: false },
  inputs: [
    like(input, [input.shape[1]! * input.shape[2]!, input.shape[3]!]),
    constantLike(input, [output[3]!, input.shape[3]!]),
  ],
});

/** A crop begins one pixel inside the picture, half of the channels at the first. */
const beginOf = ({ attr }: EvalRow) => (attr === 'crop1' ? [0, 1, 1, 0] : [0, 0, 0, 0]);
/** Tensors of four dimensions are stacked along a fifth, the first or the last. */
const stackAxis = (row: EvalRow) => (parameter(row, 'axis') === 3 ? 4 : 0);

const MASKS = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0, offset: false };

const stridedSlice: CallOf = (row, input, output) => {
  const step = row.attr === 'stride2' ? 2 : 1;
  const begin = beginOf(row);
  const end = step === 2 ? input.shape : begin.map((first, axis) => first + output[axis]!);
  return { attributes: MASKS, inputs: [input, ints(...begin), ints(...end), ints(1, step, step, 1)] };
};

const matmul: CallOf = (row, input) => {
  const [batches, rows, depth] = row.input;
  const columns = row.output[2];
  const adjY = parameter(row, 'adj_y') === 1;
  const right = adjY ? [columns, depth] : [depth, columns];
  return {
    attributes: { adjX: false, adjY },
    inputs: [like(input, [batches, rows, depth]), like(input, [batches, ...right])],
  };
};

const resized: CallOf = (row, input, [, height, width]) => ({
  attributes: {
    alignCorners: parameter(row, 'align') === 1,
    halfPixelCenters: parameter(row, 'half') === 1,
  },
  inputs: [input, ints(height!, width!)],
});

const padded: CallOf = (row, input) => ({
  attributes: {},
  inputs: [input, { ...ints(0, 0, ...numbersIn(row)), shape: [4, 2] }],
});

const CALLS: Readonly<Record<string, readonly [op: string, call: CallOf]>> = {
  conv: ['CONV_2D', convolution],
  dwconv: ['DEPTHWISE_CONV_2D', depthwise],
  fc: ['FULLY_CONNECTED', dense],
  maxpool: ['MAX_POOL_2D', pool],
  avgpool: ['AVERAGE_POOL_2D', pool],
  transpose_conv: [
    'TRANSPOSE_CONV',
    (row, input, output) => ({
      attributes: windowAttributes(row),
      inputs: [ints(...output), constantLike(input, [output[3]!, ...row.kernel, input.shape[3]!]), input],
    }),
  ],
  ...Object.fromEntries(
    ['add', 'sub', 'mul', 'maximum', 'minimum'].map((name) => [name, [name.toUpperCase(), binary] as const]),
  ),
  ...Object.fromEntries(
    [
      ...['relu', 'relu6', 'leaky_relu', 'hard_swish', 'logistic', 'tanh', 'softmax', 'log_softmax'],
      ...['quantize', 'dequantize'],
    ].map((name) => [name, [name.toUpperCase(), unary] as const]),
  ),
  ...Object.fromEntries(
    ['mean', 'sum', 'reduce_max'].map((name) => [name, [name.toUpperCase(), reduction] as const]),
  ),
  prelu: [
    'PRELU',
    (_row, input) => ({ attributes: {}, inputs: [input, constantLike(input, input.shape.slice(-1))] }),
  ],
  arg_max: ['ARG_MAX', (_row, input) => ({ attributes: {}, inputs: [input, ints(3)] })],
  reshape: ['RESHAPE', (_row, input, output) => ({ attributes: {}, inputs: [input, ints(...output)] })],
  pad: ['PAD', padded],
  concatenation: [
    'CONCATENATION',
    (row, input) => ({
      attributes: { axis: parameter(row, 'axis'), activation: 'NONE' },
      inputs: times(input, parameter(row, 'n')),
    }),
  ],
  split: [
    'SPLIT',
    (row, input, output) => {
      const [splits, axis] = [parameter(row, 'n'), parameter(row, 'axis')];
      return {
        attributes: { splits },
        inputs: [ints(axis), like(input, output.with(axis, output[axis]! * splits))],
      };
    },
  ],
  pack: [
    'PACK',
    (row, input) => ({
      attributes: { axis: stackAxis(row), values: parameter(row, 'n') },
      inputs: times(input, parameter(row, 'n')),
    }),
  ],
  unpack: [
    'UNPACK',
    (row, input, output) => ({
      attributes: { axis: stackAxis(row), values: parameter(row, 'n') },
      inputs: [like(input, output.toSpliced(stackAxis(row), 0, parameter(row, 'n')))],
    }),
  ],
  slice: [
    'SLICE',
    (row, input, output) => ({ attributes: {}, inputs: [input, ints(...beginOf(row)), ints(...output)] }),
  ],
  strided_slice: ['STRIDED_SLICE', stridedSlice],
  transpose: [
    'TRANSPOSE',
    ({ attr }, input) => ({
      attributes: {},
      inputs: [input, ints(...[...attr.replace('perm=', '')].map(Number))],
    }),
  ],
  resize_bilinear: ['RESIZE_BILINEAR', resized],
  resize_nearest_neighbor: ['RESIZE_NEAREST_NEIGHBOR', resized],
  batch_matmul: ['BATCH_MATMUL', matmul],
  svdf: ['SVDF', svdfCall],
  unidirectional_sequence_lstm: ['UNIDIRECTIONAL_SEQUENCE_LSTM', lstmCall],
};

/** The call that a row counts. Throws a FormatError for an operator or parameters that it does not know. */
export function evalCall(row: EvalRow): EvalCall {
  const known = CALLS[row.op];
  if (!known) {
    const allowed = Object.keys(CALLS).join(', ');
    throw new FormatError(
      `instruction counts: line ${row.line}, column "op": "${row.op}"; allowed: ${allowed}`,
    );
  }
  const [op, callOf] = known;
  // An int8 tensor is dequantized, one of floats quantized: both rows are of their input's type.
  const input: TensorInfo = { shape: [1, ...row.input], dtype: row.dtype as DType };
  return { op, ...callOf(row, input, [1, ...row.output]) };
}
