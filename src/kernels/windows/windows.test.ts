import { expect, it } from 'vitest';
import { conv2d } from './conv-2d/index.ts';
import {
  ints,
  tensor,
  testGoldens,
  testRefusals,
  testShapes,
  testWork,
} from '../../../test/support/op-tests.ts';

const VALID = {
  padding: 'VALID',
  strideH: 1,
  strideW: 1,
  dilationH: 1,
  dilationW: 1,
  activation: 'NONE',
} as const;
const SAME2 = { ...VALID, padding: 'SAME', strideH: 2, strideW: 2 } as const;
const POOL_2X3 = { ...VALID, filterH: 2, filterW: 3 };
const SLIDE = { ...VALID, padding: 'SAME' } as const;
const POOL_2X2 = { ...SAME2, filterH: 2, filterW: 2 };

testShapes([
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
  ['MAX_POOL_2D', POOL_2X3, [tensor([1, 6, 6, 4])], [[1, 5, 4, 4]]],
  [
    'AVERAGE_POOL_2D',
    { ...POOL_2X3, padding: 'SAME', strideH: 2, strideW: 4 },
    [tensor([1, 7, 6, 4])],
    [[1, 4, 2, 4]],
  ],
]);

testRefusals([
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
]);

testWork([
  [
    'CONV_2D',
    SLIDE,
    [tensor([1, 14, 14, 1]), tensor([5, 3, 3, 1]), tensor([5])],
    {
      macs: 14 * 14 * 9 * 5,
      loadBytes: 784,
      storeBytes: 3920,
      weightBytes: 4 * (45 + 5),
      counts: { outputs: 980, pixels: 196, inputElements: 196, inputBytes: 784, inImageTaps: 5 * 40 * 40 },
    },
  ],
  [
    'DEPTHWISE_CONV_2D',
    { ...SLIDE, depthMultiplier: 2 },
    [tensor([1, 5, 5, 4], 'int8'), tensor([1, 3, 3, 8], 'int8')],
    { macs: 25 * 9 * 8, loadBytes: 100, storeBytes: 200, weightBytes: 72 },
  ],
  // The window of the transposed kernel hangs over the 8x8 output by one row and column, at the end.
  [
    'TRANSPOSE_CONV',
    { ...SLIDE, strideH: 2, strideW: 2 },
    [ints(1, 8, 8, 5), tensor([5, 3, 3, 2]), tensor([1, 4, 4, 2]), tensor([5])],
    {
      macs: 16 * 2 * 9 * 5,
      loadBytes: 128,
      storeBytes: 1280,
      weightBytes: 4 * (90 + 5),
      counts: { inImageTaps: 11 * 11 * 2, macsInImage: 11 * 11 * 2 * 5, outputs: 320 },
    },
  ],
  [
    'MAX_POOL_2D',
    POOL_2X2,
    [tensor([1, 6, 6, 4])],
    { macs: 0, elements: 36, loadBytes: 576, storeBytes: 144, weightBytes: 0 },
  ],
  [
    'AVERAGE_POOL_2D',
    POOL_2X2,
    [tensor([1, 6, 6, 4])],
    { counts: { outputs: 36, pixels: 9, inImageTaps: 144, macsInImage: 144 } },
  ],
]);

testGoldens({
  CONV_2D: [
    'op-conv_same_s2_odd.float',
    'op-conv_same_s2_odd.int8',
    'op-conv_relu6.int8',
    'op-conv_grouped.int8',
    'op-conv_nobias.i16',
  ],
  DEPTHWISE_CONV_2D: ['op-dw_mult3_s2.float', 'op-dw_mult3_s2.int8', 'op-dw_mult2.i16'],
  TRANSPOSE_CONV: [
    'op-tconv_s2_same_odd_bias.float',
    'op-tconv_s2_same_odd_bias.int8',
    'op-tconv_s3_valid.int8',
  ],
  MAX_POOL_2D: ['op-maxp_3x3s2same.float', 'op-maxp_3x3s2same.int8'],
  AVERAGE_POOL_2D: ['op-avg_3x3s1same.float', 'op-avg_3x3s1same.int8'],
});

it('reads only its own channels where a convolution is grouped', () => {
  const inputs = [tensor([1, 4, 4, 6]), tensor([9, 1, 1, 2])];
  const work = conv2d.work(SLIDE, inputs, [tensor([1, 4, 4, 9])]);
  expect([work.macs, work.counts.macsInImage, work.counts.inputElements]).toEqual([288, 288, 96]);
});
