import { expect, test } from 'vitest';
import { activation, constant, type Operand } from '../../../test/support/one-op.ts';
import { DENSE_LIMITS } from '../dense/dense-limits.ts';
import { OPS } from '../index.ts';
import { SOFTMAX_LIMITS } from '../softmax/softmax-limits.ts';
import { refusedBy, type KernelLimits } from './kernel-limits.ts';

const row = activation([1, 4], 'int8', 0.5, 0);
const picture = activation([1, 2, 2, 1], 'int8', 0.5, 0);
const zeros = (count: number) => Array.from({ length: count }, () => 0);
const bias = (scale: number) => constant([0, 0], [2], 'int32', [scale]);
const NONE = { activation: 'NONE' };

test.each<[string, KernelLimits, Operand[], Operand, object, string | undefined]>([
  [
    'a dense layer whose bias has the scale of its products',
    DENSE_LIMITS,
    [row, constant(zeros(8), [2, 4], 'int8', [0.25]), bias(0.125)],
    row,
    NONE,
    undefined,
  ],
  [
    'a dense layer whose bias has another scale',
    DENSE_LIMITS,
    [row, constant(zeros(8), [2, 4], 'int8', [0.25]), bias(0.25)],
    row,
    NONE,
    'a bias of scale 0.25; it takes 0.125, that of input and weights multiplied',
  ],
  [
    'a dense layer with three scales for two outputs',
    DENSE_LIMITS,
    [row, constant(zeros(8), [2, 4], 'int8', [1, 2, 3])],
    row,
    NONE,
    'weights with 3 scales along an axis of 2; it takes one, or one for each',
  ],
  [
    'a convolution with as many',
    OPS.CONV_2D.tflm!.limits!,
    [picture, constant(zeros(2), [2, 1, 1, 1], 'int8', [1, 2, 3])],
    picture,
    NONE,
    'weights with 3 scales for 2 outputs; it takes one, or one for each',
  ],
  [
    'a depthwise convolution, whose outputs lie along another axis',
    OPS.DEPTHWISE_CONV_2D.tflm!.limits!,
    [picture, constant(zeros(2), [1, 1, 1, 2], 'int8', [1, 2], 0, 3)],
    picture,
    NONE,
    undefined,
  ],
  [
    'softmax to its own scale',
    SOFTMAX_LIMITS,
    [row],
    activation([1, 4], 'int8', 2 ** -8, -128),
    {},
    undefined,
  ],
  [
    'softmax to another',
    SOFTMAX_LIMITS,
    [row],
    activation([1, 4], 'int8', 0.5, -128),
    {},
    'an output of scale 0.5 and zero point -128; it takes 0.00390625 and -128',
  ],
  [
    'eleven parts to join',
    OPS.CONCATENATION.tflm!.limits!,
    Array.from({ length: 11 }, () => row),
    row,
    NONE,
    '11 operands; it takes 10 at most',
  ],
  [
    'parts to join and an activation',
    OPS.CONCATENATION.tflm!.limits!,
    [row, row],
    row,
    { activation: 'RELU' },
    'a fused RELU; it takes none',
  ],
])('%s', (_, limits, inputs, output, attributes, expected) => {
  expect(refusedBy(limits, { inputs, outputs: [output], attributes })).toBe(expected);
});
