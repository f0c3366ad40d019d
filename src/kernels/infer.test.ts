import { expect, test } from 'vitest';
import { int32Constant } from '../models/graph/constants.ts';
import type { DType, TensorInfo } from '../models/graph/graph.ts';
import { OPS, opFor, type OpAttributes, type OpType } from './index.ts';
import type { Operands } from './definition/operands.ts';

const tensor = (shape: number[], dtype: DType = 'float32'): TensorInfo => ({ shape, dtype });
const ints = (...values: number[]): TensorInfo => int32Constant('', values);
const scalar = (value: number): TensorInfo => ({ ...ints(value), shape: [] });
const pairs = (...values: number[]): TensorInfo => ({ ...ints(...values), shape: [values.length / 2, 2] });

function inferShapes<T extends OpType>(type: T, attributes: OpAttributes[T], inputs: Operands): number[][] {
  return OPS[type].infer(attributes, inputs).map(({ shape }) => [...shape]);
}

const VALID = {
  padding: 'VALID',
  strideH: 1,
  strideW: 1,
  dilationH: 1,
  dilationW: 1,
  activation: 'NONE',
} as const;
const SAME2 = { ...VALID, padding: 'SAME', strideH: 2, strideW: 2 } as const;
const POOL = { ...VALID, filterH: 2, filterW: 3 };
const BIG_RESIZE = { alignCorners: false, halfPixelCenters: true };

// Shapes worked out by hand from TensorFlow's definitions of the operators.
test.each<[OpType, object, Operands, number[][]]>([
  ['CONV_2D', VALID, [tensor([2, 14, 10, 3]), tensor([8, 3, 5, 3]), tensor([8])], [[2, 12, 6, 8]]],
  ['CONV_2D', SAME2, [tensor([1, 15, 14, 3]), tensor([8, 3, 3, 3]), undefined], [[1, 8, 7, 8]]],
  ['CONV_2D', { ...VALID, dilationH: 3 }, [tensor([1, 14, 14, 1]), tensor([4, 3, 3, 1])], [[1, 8, 12, 4]]],
  ['CONV_2D', VALID, [tensor([1, 4, 4, 6]), tensor([9, 1, 1, 2])], [[1, 4, 4, 9]]],
  [
    'DEPTHWISE_CONV_2D',
    { ...SAME2, depthMultiplier: 1 },
    [tensor([1, 49, 10, 8]), tensor([1, 3, 3, 8])],
    [[1, 25, 5, 8]],
  ],
  [
    'DEPTHWISE_CONV_2D',
    { ...VALID, depthMultiplier: 3 },
    [tensor([1, 5, 5, 2]), tensor([1, 3, 3, 6])],
    [[1, 3, 3, 6]],
  ],
  [
    'DEPTHWISE_CONV_2D',
    { ...VALID, depthMultiplier: 0 },
    [tensor([1, 5, 5, 2]), tensor([1, 5, 5, 4])],
    [[1, 1, 1, 4]],
  ],
  ['TRANSPOSE_CONV', SAME2, [ints(1, 8, 7, 5), tensor([5, 3, 3, 2]), tensor([1, 4, 4, 2])], [[1, 8, 7, 5]]],
  [
    'TRANSPOSE_CONV',
    { ...SAME2, padding: 'VALID' },
    [ints(1, 9, 9, 5), tensor([5, 3, 3, 2]), tensor([1, 4, 4, 2])],
    [[1, 9, 9, 5]],
  ],
  [
    'FULLY_CONNECTED',
    { keepNumDims: false },
    [tensor([1, 14, 14, 2]), tensor([10, 392]), tensor([10])],
    [[1, 10]],
  ],
  ['FULLY_CONNECTED', { keepNumDims: false }, [tensor([2, 3, 4]), tensor([5, 4])], [[6, 5]]],
  ['FULLY_CONNECTED', { keepNumDims: true }, [tensor([2, 3, 4]), tensor([5, 4])], [[2, 3, 5]]],
  ['MAX_POOL_2D', POOL, [tensor([1, 6, 6, 4])], [[1, 5, 4, 4]]],
  [
    'AVERAGE_POOL_2D',
    { ...POOL, padding: 'SAME', strideH: 2, strideW: 4 },
    [tensor([1, 7, 6, 4])],
    [[1, 4, 2, 4]],
  ],
  ['SOFTMAX', { beta: 1 }, [tensor([2, 10])], [[2, 10]]],
  ['LOGISTIC', {}, [tensor([2, 3])], [[2, 3]]],
  ['TANH', {}, [tensor([2, 3])], [[2, 3]]],
  ['RELU', {}, [tensor([])], [[]]],
  ['RELU6', {}, [tensor([1, 2, 3, 4])], [[1, 2, 3, 4]]],
  ['LEAKY_RELU', { alpha: 0.1 }, [tensor([5])], [[5]]],
  ['PRELU', {}, [tensor([1, 4, 4, 8]), tensor([1, 1, 8])], [[1, 4, 4, 8]]],
  ['HARD_SWISH', {}, [tensor([1, 7])], [[1, 7]]],
  ['ADD', { activation: 'RELU' }, [tensor([1, 4, 4, 8]), tensor([8])], [[1, 4, 4, 8]]],
  ['SUB', { activation: 'NONE' }, [tensor([]), tensor([3, 1])], [[3, 1]]],
  ['MUL', { activation: 'NONE' }, [tensor([3, 1]), tensor([1, 4])], [[3, 4]]],
  ['MAXIMUM', {}, [tensor([2, 2]), tensor([2, 2])], [[2, 2]]],
  ['MINIMUM', {}, [tensor([2, 1, 2]), tensor([5, 1])], [[2, 5, 2]]],
  ['SQUEEZE', { squeezeDims: [] }, [tensor([1, 3, 1, 2])], [[3, 2]]],
  ['SQUEEZE', { squeezeDims: [-2] }, [tensor([1, 3, 1, 2])], [[1, 3, 2]]],
  ['EXPAND_DIMS', {}, [tensor([3, 2]), scalar(-1)], [[3, 2, 1]]],
  ['EXPAND_DIMS', {}, [tensor([3, 2]), ints(0)], [[1, 3, 2]]],
  ['TRANSPOSE', {}, [tensor([1, 2, 3, 4]), ints(0, 3, -3, 2)], [[1, 4, 2, 3]]],
  ['CONCATENATION', { axis: -1 }, [tensor([1, 2, 3]), tensor([1, 2, 4]), tensor([1, 2, 1])], [[1, 2, 8]]],
  [
    'SPLIT',
    { splits: 3 },
    [scalar(-1), tensor([2, 6])],
    [
      [2, 2],
      [2, 2],
      [2, 2],
    ],
  ],
  ['PAD', {}, [tensor([1, 32, 32, 3]), pairs(0, 0, 1, 2, 3, 4, 0, 0)], [[1, 35, 39, 3]]],
  ['PADV2', {}, [tensor([5]), pairs(2, 0), tensor([])], [[7]]],
  ['MEAN', { keepDims: false }, [tensor([1, 7, 6, 5]), ints(1, 2)], [[1, 5]]],
  ['MEAN', { keepDims: true }, [tensor([1, 7, 6, 5]), ints(-1, 3)], [[1, 7, 6, 1]]],
  ['SUM', { keepDims: false }, [tensor([3, 4]), scalar(-2)], [[4]]],
  ['RESIZE_NEAREST_NEIGHBOR', BIG_RESIZE, [tensor([1, 4, 4, 3]), ints(8, 6)], [[1, 8, 6, 3]]],
  ['RESIZE_BILINEAR', BIG_RESIZE, [tensor([1, 4, 4, 3]), ints(2, 9)], [[1, 2, 9, 3]]],
  ['QUANTIZE', {}, [tensor([1, 4])], [[1, 4]]],
  ['DEQUANTIZE', {}, [tensor([1, 4], 'int8')], [[1, 4]]],
  ['SHAPE', {}, [tensor([1, 4, 5])], [[3]]],
  ['PACK', { axis: -1, values: 2 }, [tensor([3, 4]), tensor([3, 4])], [[3, 4, 2]]],
  ['PACK', { axis: 0, values: 3 }, [scalar(1), scalar(2), scalar(3)], [[3]]],
  ['ARG_MAX', {}, [tensor([2, 10, 3]), scalar(1)], [[2, 3]]],
])('%s %j infers its shape', (type, attributes, inputs, expected) => {
  expect(inferShapes(type, attributes as never, inputs)).toEqual(expected);
});

const big = int32Constant('', [2 ** 31]);

test.each<[OpType, object, Operands, string]>([
  [
    'CONV_2D',
    VALID,
    [tensor([14, 14, 1]), tensor([1, 3, 3, 1])],
    'CONV_2D of [14,14,1], [1,3,3,1]: input [14,14,1] has 3 dimensions, needs 4',
  ],
  [
    'CONV_2D',
    VALID,
    [tensor([1, 14, 14, 3]), tensor([8, 3, 3, 4])],
    'weights read 4 channels for 8 outputs, the input has 3',
  ],
  [
    'CONV_2D',
    VALID,
    [tensor([1, 2, 2, 1]), tensor([8, 3, 3, 1])],
    'a VALID window of height 3 (dilation 1) does not fit into 2 pixels',
  ],
  [
    'CONV_2D',
    { ...VALID, strideW: 0 },
    [tensor([1, 9, 9, 1]), tensor([8, 3, 3, 1])],
    'stride width is 0, needs to be 1 or more',
  ],
  [
    'CONV_2D',
    VALID,
    [tensor([1, 9, 9, 1]), tensor([8, 3, 3, 1]), tensor([7])],
    'bias [7] needs one element for each of the 8 output channels',
  ],
  ['CONV_2D', VALID, [tensor([1, 9, 9, 1])], 'input 1 (weights) is missing'],
  [
    'DEPTHWISE_CONV_2D',
    { ...VALID, depthMultiplier: 2 },
    [tensor([1, 5, 5, 2]), tensor([1, 3, 3, 6])],
    'need to be [1,h,w,2 x multiplier] with depth multiplier 2',
  ],
  [
    'TRANSPOSE_CONV',
    SAME2,
    [ints(1, 9, 7, 5), tensor([5, 3, 3, 2]), tensor([1, 4, 4, 2])],
    'belongs to an input [1,5,4,2] and 5 output channels',
  ],
  [
    'FULLY_CONNECTED',
    { keepNumDims: false },
    [tensor([1, 10]), tensor([4, 3])],
    '10 input elements are not a multiple of the 3 inputs',
  ],
  [
    'FULLY_CONNECTED',
    { keepNumDims: true },
    [tensor([3, 4]), tensor([5, 6])],
    'keepNumDims needs a last dimension of 6 inputs, got [3,4]',
  ],
  ['SOFTMAX', { beta: 1 }, [tensor([])], 'a scalar has no dimension to normalise over'],
  ['PRELU', {}, [tensor([1, 4]), tensor([3, 4])], 'slopes [3,4] are larger than the input [1,4]'],
  [
    'ADD',
    {},
    [tensor([2, 3]), tensor([2])],
    'ADD of [2,3], [2]: shapes [2,3] and [2] do not broadcast: 3 against 2',
  ],
  ['ADD', {}, [tensor([2]), tensor([2], 'int8')], 'operands are float32 and int8, need one type'],
  ['SQUEEZE', { squeezeDims: [1] }, [tensor([1, 3])], 'dimension 1 of [1,3] is not 1'],
  ['EXPAND_DIMS', {}, [tensor([3]), scalar(2)], 'axis 2 is outside a shape of 2 dimensions'],
  ['TRANSPOSE', {}, [tensor([2, 3]), ints(0, 0)], 'permutation [0,0] needs each of the 2 dimensions once'],
  ['TRANSPOSE', {}, [tensor([2, 3]), tensor([2], 'int32')], 'permutation is computed while the model runs'],
  [
    'CONCATENATION',
    { axis: 1 },
    [tensor([1, 2]), tensor([2, 2])],
    '[2,2] float32 does not join [1,2] float32 along axis 1',
  ],
  ['SPLIT', { splits: 2 ** 31 }, [scalar(0), tensor([0])], '2147483648 parts are more than 65536'],
  [
    'SPLIT',
    { splits: 4 },
    [scalar(1), tensor([2, 6])],
    'dimension 1 of 6 does not divide into 4 equal parts',
  ],
  ['PAD', {}, [tensor([4]), pairs(0, -1)], 'paddings 0,-1 need to be 0 or more'],
  ['PAD', {}, [tensor([4, 4]), pairs(0, 1)], 'paddings [1,2] need shape [2,2]'],
  ['MEAN', { keepDims: false }, [tensor([4]), ints(1)], 'axis 1 is outside a shape of 1 dimensions'],
  ['MEAN', { keepDims: false }, [tensor([4]), tensor([1])], 'axes is computed while the model runs'],
  [
    'MEAN',
    { keepDims: false },
    [tensor([4]), { ...tensor([1]), data: new Uint8Array(4) }],
    'axes is float32, needs integers',
  ],
  ['RESIZE_BILINEAR', BIG_RESIZE, [tensor([1, 4, 4, 3]), ints(0, 9)], 'height is 0, needs to be 1 or more'],
  [
    'RESIZE_BILINEAR',
    { alignCorners: true, halfPixelCenters: true },
    [tensor([1, 4, 4, 3]), ints(2, 9)],
    'exclude each other',
  ],
  ['PACK', { axis: 0, values: 3 }, [scalar(1), scalar(2)], '2 values given, 3 promised'],
  ['PACK', { axis: 0, values: 2 }, [tensor([2]), tensor([3])], '[3] float32 does not stack on [2] float32'],
  ['ARG_MAX', {}, [tensor([2]), ints(0, 1)], 'needs one axis and elements, got 2 axes'],
  [
    'TRANSPOSE',
    {},
    [tensor([2]), { ...big, data: new Uint8Array(3) }],
    'permutation holds 3 bytes, its shape [1] of int32 needs 4',
  ],
])('%s %j of what does not fit says why', (type, attributes, inputs, message) => {
  expect(() => inferShapes(type, attributes as never, inputs)).toThrow(message);
});

test('an operator keeps the type of its input, except those that convert', () => {
  const dtypes = (['RELU', 'QUANTIZE', 'DEQUANTIZE', 'SHAPE'] as const).map(
    (type) => OPS[type].infer({}, [tensor([2], 'uint8')])[0].dtype,
  );
  expect(dtypes).toEqual(['uint8', 'int8', 'float32', 'int32']);
});

test('names that are no operator are not found, whatever objects inherit', () => {
  expect([opFor('CONV_2D')?.type, opFor('LSTM'), opFor('constructor')]).toEqual([
    'CONV_2D',
    undefined,
    undefined,
  ]);
});
