import type { Terms } from '../board/board.ts';
import type { CountedKernel } from './counted-rows.ts';

interface Estimate {
  readonly op: string;
  readonly dtype: CountedKernel['dtype'];
  readonly instructions: Terms;
  /** The counted kernel that the figure leans on. */
  readonly likeness: string;
}

const perElement = (instructions: number): Terms => ({ elements: instructions, '1': 100 });

const FLOAT32: readonly [string, Terms, string][] = [
  ['RELU', perElement(9), 'float add (13) less one load and the addition'],
  ['RELU6', perElement(11), 'float add (13): one load less, two bounds'],
  ['LEAKY_RELU', perElement(11), 'float add (13): one load less, a compare and a product'],
  ['PRELU', perElement(45), 'the index arithmetic of a broadcast, as in the -Os convolution (43 a MAC)'],
  ['HARD_SWISH', perElement(16), 'float add (13) with two bounds and two products'],
  ['LOGISTIC', perElement(50), 'float softmax (54 an element: one exponential and a division)'],
  ['TANH', perElement(70), 'float softmax (54 an element: one exponential and a division)'],
  ['MUL', perElement(13), 'float add (13)'],
  ['SUB', perElement(13), 'float add (13)'],
  ['MAXIMUM', perElement(45), 'the index arithmetic of a broadcast, as in the -Os convolution (43 a MAC)'],
  ['MINIMUM', perElement(45), 'the index arithmetic of a broadcast, as in the -Os convolution (43 a MAC)'],
  ['MEAN', { inputElements: 8, outputs: 40, '1': 200 }, 'float average pool (7 an input, 23 an output)'],
  ['SUM', { inputElements: 25, '1': 200 }, 'float average pool (7 an input) with index arithmetic'],
  ['RESIZE_BILINEAR', perElement(60), 'float max pool (9 a tap): four taps and their weights'],
  ['QUANTIZE', perElement(35), 'the output stage of int8 kernels (35 to 60 an output)'],
];

const INT8: readonly [string, Terms, string][] = [
  ['RELU', perElement(45), 'int8 add (55) with one rescaling less'],
  ['RELU6', perElement(10), 'float add (13) less one load and the addition'],
  ['LEAKY_RELU', perElement(50), 'int8 add (55)'],
  ['PRELU', perElement(90), 'int8 add (55) with the index arithmetic of a broadcast'],
  ['HARD_SWISH', perElement(70), 'int8 add (55)'],
  ['LOGISTIC', perElement(300), 'int8 softmax (547 an element: an exponential each in two passes)'],
  ['TANH', perElement(300), 'int8 softmax (547 an element: an exponential each in two passes)'],
  ['MUL', perElement(45), 'int8 add (55) with one rescaling'],
  ['SUB', perElement(55), 'int8 add (55)'],
  ['MAXIMUM', perElement(45), 'the index arithmetic of a broadcast, as in the -Os convolution (45 a MAC)'],
  ['MINIMUM', perElement(45), 'the index arithmetic of a broadcast, as in the -Os convolution (45 a MAC)'],
  [
    'MEAN',
    { inputElements: 10, outputs: 100, '1': 200 },
    'int8 average pool (6 an input) and an output stage',
  ],
  [
    'SUM',
    { inputElements: 27, outputs: 60, '1': 200 },
    'int8 average pool (6 an input) with index arithmetic',
  ],
  ['RESIZE_BILINEAR', perElement(70), 'int8 max pool (10 a tap): four taps and their weights'],
  ['QUANTIZE', perElement(45), 'the output stage of int8 kernels (35 to 60 an output)'],
  ['DEQUANTIZE', perElement(10), 'float add (13) less one load'],
];

const ANY: readonly [string, Terms, string][] = [
  [
    'CONCATENATION',
    { outputBytes: 0.6, operands: 150, '1': 100 },
    'memcpy of GCC 12 newlib, counted in im2col',
  ],
  ['SPLIT', { outputBytes: 0.6, operands: 150, '1': 100 }, 'memcpy of GCC 12 newlib, counted in im2col'],
  ['PACK', { outputBytes: 0.6, operands: 150, '1': 100 }, 'memcpy of GCC 12 newlib, counted in im2col'],
  ['PAD', perElement(25), 'a copy loop of the libtf reshape (8 a byte) with four bounds'],
  ['PADV2', perElement(25), 'a copy loop of the libtf reshape (8 a byte) with four bounds'],
  ['STRIDED_SLICE', perElement(20), 'a copy loop of the libtf reshape (8 a byte) with index arithmetic'],
  ['TRANSPOSE', perElement(20), 'a copy loop of the libtf reshape (8 a byte) with index arithmetic'],
  ['RESIZE_NEAREST_NEIGHBOR', perElement(10), 'a copy loop of the libtf reshape (8 a byte)'],
  ['ARG_MAX', { inputElements: 10, '1': 100 }, 'float max pool (9 a tap)'],
  ['RESHAPE', { outputBytes: 0.6, '1': 60 }, 'memcpy of GCC 12 newlib, counted in im2col'],
  ['SQUEEZE', { outputBytes: 0.6, '1': 60 }, 'memcpy of GCC 12 newlib, counted in im2col'],
  ['EXPAND_DIMS', { outputBytes: 0.6, '1': 60 }, 'memcpy of GCC 12 newlib, counted in im2col'],
  ['SHAPE', { '1': 150 }, 'a copy of a few words'],
];

const SCATTER = 'the reference convolution a MAC, with a load and a store of the accumulator';
const TRANSPOSE_CONV: readonly Estimate[] = [
  {
    op: 'TRANSPOSE_CONV',
    dtype: 'float32',
    instructions: { macsInImage: 9, taps: 12, inImageTaps: 12, outputs: 20, '1': 500 },
    likeness: SCATTER,
  },
  {
    op: 'TRANSPOSE_CONV',
    dtype: 'int8',
    instructions: { macsInImage: 12, taps: 12, inImageTaps: 12, outputs: 70, '1': 500 },
    likeness: SCATTER,
  },
];

function listEstimates(): Estimate[] {
  const of = (dtype: Estimate['dtype'], table: readonly [string, Terms, string][]): Estimate[] =>
    table.map(([op, instructions, likeness]) => ({ op, dtype, instructions, likeness }));
  return [...of('float32', FLOAT32), ...of('int8', INT8), ...of('any', ANY), ...TRANSPOSE_CONV];
}

/**
 * Instructions of operators whose kernels nobody counted: an estimate an element, by likeness to a counted kernel
 * that does the same kind of work. Expect errors of tens of percent; on CNNs such operators are a small share.
 */
export const ESTIMATED_KERNELS: readonly CountedKernel[] = listEstimates().map(
  ({ likeness, ...estimate }) => ({
    ...estimate,
    grade: 'estimated',
    source: `not counted; estimated by likeness to ${likeness}`,
  }),
);
