import { describe, expect, it, test } from 'vitest';
import { int32Constant } from '../models/graph/constants.ts';
import type { TensorInfo } from '../models/graph/graph.ts';
import { COUNT_NAMES } from './definition/count-names.ts';
import { OPS, type OpType } from './index.ts';
import type { Work } from './definition/op.ts';
import type { Operands } from './definition/operands.ts';

const f32 = (...shape: number[]): TensorInfo => ({ shape, dtype: 'float32' });
const i8 = (...shape: number[]): TensorInfo => ({ shape, dtype: 'int8' });
const constant = (tensor: TensorInfo): TensorInfo => ({ ...tensor, isConstant: true });
const ints = (...values: number[]): TensorInfo => int32Constant('', values);

const SLIDE = { padding: 'SAME', strideH: 1, strideW: 1, dilationH: 1, dilationW: 1, activation: 'NONE' };
const POOL = { ...SLIDE, filterH: 2, filterW: 2, strideH: 2, strideW: 2 };
const MASKS = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0, offset: false };

/** Attributes and inputs of one small instance of every operator. */
const INSTANCES: Record<OpType, [object, Operands]> = {
  CONV_2D: [SLIDE, [f32(1, 14, 14, 1), f32(5, 3, 3, 1), f32(5)]],
  DEPTHWISE_CONV_2D: [{ ...SLIDE, depthMultiplier: 2 }, [i8(1, 5, 5, 4), i8(1, 3, 3, 8)]],
  TRANSPOSE_CONV: [
    { ...SLIDE, strideH: 2, strideW: 2 },
    [ints(1, 8, 8, 5), f32(5, 3, 3, 2), f32(1, 4, 4, 2), f32(5)],
  ],
  FULLY_CONNECTED: [{ keepNumDims: false }, [f32(1, 980), f32(10, 980), f32(10)]],
  MAX_POOL_2D: [POOL, [f32(1, 6, 6, 4)]],
  AVERAGE_POOL_2D: [POOL, [f32(1, 6, 6, 4)]],
  SOFTMAX: [{ beta: 1 }, [f32(2, 10)]],
  LOGISTIC: [{}, [f32(6)]],
  TANH: [{}, [f32(6)]],
  RELU: [{}, [f32(6)]],
  ABS: [{}, [f32(6)]],
  RELU6: [{}, [f32(6)]],
  LEAKY_RELU: [{ alpha: 0.1 }, [f32(6)]],
  PRELU: [{}, [f32(2, 6), f32(6)]],
  HARD_SWISH: [{}, [f32(6)]],
  ADD: [{}, [f32(2, 6), f32(2, 6)]],
  SUB: [{}, [f32(2, 6), constant(f32(6))]],
  MUL: [{}, [f32(2, 6), f32(2, 6)]],
  MAXIMUM: [{}, [f32(2, 6), f32(2, 6)]],
  MINIMUM: [{}, [f32(2, 6), f32(2, 6)]],
  RESHAPE: [{ newShape: [6] }, [f32(2, 3), ints(6)]],
  SQUEEZE: [{ squeezeDims: [0] }, [f32(1, 3)]],
  EXPAND_DIMS: [{}, [f32(3), ints(0)]],
  TRANSPOSE: [{}, [f32(2, 3), ints(1, 0)]],
  CONCATENATION: [{ axis: 0 }, [f32(2), f32(3)]],
  SPLIT: [{ splits: 2 }, [ints(0), f32(4)]],
  STRIDED_SLICE: [MASKS, [f32(4), ints(1), ints(3), ints(1)]],
  PAD: [{}, [f32(4), { ...ints(1, 1), shape: [1, 2] }]],
  PADV2: [{}, [f32(4), { ...ints(1, 1), shape: [1, 2] }, constant(f32())]],
  MEAN: [{ keepDims: false }, [f32(1, 4, 4, 3), ints(1, 2)]],
  SUM: [{ keepDims: false }, [f32(1, 4, 4, 3), ints(1, 2)]],
  RESIZE_NEAREST_NEIGHBOR: [{}, [f32(1, 2, 2, 3), ints(4, 4)]],
  RESIZE_BILINEAR: [{}, [f32(1, 2, 2, 3), ints(4, 4)]],
  QUANTIZE: [{}, [f32(1, 4)]],
  DEQUANTIZE: [{}, [i8(1, 4)]],
  SHAPE: [{}, [f32(1, 4, 4)]],
  PACK: [{ axis: 0, values: 2 }, [f32(3), f32(3)]],
  ARG_MAX: [{}, [f32(2, 10), ints(1)]],
};

function workOf(type: OpType): Work {
  const [attributes, inputs] = INSTANCES[type];
  const outputs = OPS[type].infer(attributes as never, inputs);
  return OPS[type].work(attributes as never, inputs, outputs);
}

describe.each(Object.keys(INSTANCES) as OpType[])('%s', (type) => {
  const { counts, ...totals } = workOf(type);

  it('repeats its totals among its counts', () => {
    expect(counts).toMatchObject({ ...totals });
  });

  it('counts in whole numbers, by names of the vocabulary', () => {
    const odd = Object.entries(counts).filter(
      ([name, value]) => !(name in COUNT_NAMES) || !Number.isInteger(value) || value < 0,
    );
    // `reduced` is a ratio, whole only for reductions.
    expect(odd.filter(([name]) => name !== 'reduced')).toEqual([]);
  });
});

// By hand: kernel taps x outputs, elements x bytes of the type.
test.each<[OpType, Partial<Work>]>([
  ['CONV_2D', { macs: 14 * 14 * 9 * 5, loadBytes: 784, storeBytes: 3920, weightBytes: 4 * (45 + 5) }],
  ['DEPTHWISE_CONV_2D', { macs: 25 * 9 * 8, loadBytes: 100, storeBytes: 200, weightBytes: 72 }],
  ['TRANSPOSE_CONV', { macs: 16 * 2 * 9 * 5, loadBytes: 128, storeBytes: 1280, weightBytes: 4 * (90 + 5) }],
  ['FULLY_CONNECTED', { macs: 9800, loadBytes: 3920, storeBytes: 40, weightBytes: 4 * 9810 }],
  ['MAX_POOL_2D', { macs: 0, elements: 36, loadBytes: 576, storeBytes: 144, weightBytes: 0 }],
  ['ADD', { macs: 0, elements: 12, loadBytes: 96, storeBytes: 48, weightBytes: 0 }],
  ['SUB', { macs: 0, elements: 12, loadBytes: 48, storeBytes: 48, weightBytes: 24 }],
  ['PRELU', { macs: 0, elements: 12, loadBytes: 48, storeBytes: 48, weightBytes: 24 }],
  ['RESHAPE', { macs: 0, elements: 6, loadBytes: 24, storeBytes: 24, weightBytes: 0 }],
  ['PADV2', { macs: 0, elements: 6, loadBytes: 16, storeBytes: 24, weightBytes: 0 }],
  ['SPLIT', { elements: 4, loadBytes: 16, storeBytes: 16 }],
  ['SHAPE', { elements: 3, loadBytes: 0, storeBytes: 12 }],
  ['QUANTIZE', { elements: 4, loadBytes: 16, storeBytes: 4 }],
])('%s works out as by hand', (type, expected) => {
  expect(workOf(type)).toMatchObject(expected);
});

test.each<[OpType, Record<string, number>]>([
  ['CONV_2D', { outputs: 980, pixels: 196, inputElements: 196, inputBytes: 784, inImageTaps: 5 * 40 * 40 }],
  ['AVERAGE_POOL_2D', { outputs: 36, pixels: 9, inImageTaps: 144, macsInImage: 144 }],
  ['SOFTMAX', { rows: 2, rowLength: 10 }],
  ['MEAN', { reduced: 16, outputs: 3 }],
  ['ARG_MAX', { reduced: 10 }],
  ['CONCATENATION', { operands: 2, inputElements: 5 }],
  ['SPLIT', { operands: 2 }],
  // The window of the transposed kernel hangs over the 8x8 output by one row and column, at the end.
  ['TRANSPOSE_CONV', { inImageTaps: 11 * 11 * 2, macsInImage: 11 * 11 * 2 * 5, outputs: 320 }],
])('%s counts %j', (type, expected) => {
  expect(workOf(type).counts).toMatchObject(expected);
});

it('reads only its own channels where a convolution is grouped', () => {
  const inputs = [f32(1, 4, 4, 6), f32(9, 1, 1, 2)];
  const work = OPS.CONV_2D.work(SLIDE as never, inputs, [f32(1, 4, 4, 9)]);
  expect([work.macs, work.counts.macsInImage, work.counts.inputElements]).toEqual([288, 288, 96]);
});
