import { describe, expect, it, test } from 'vitest';
import {
  broadcastShapes,
  convOutSize,
  inImageTaps,
  normalizeAxis,
  paddingAmount,
  resolveReshape,
} from './shapes.ts';

// Hand calculations from the formulas of TensorFlow's padding guide; 224/7/2 and 49/10/2 are the first layers of
// ResNet-50 and of the MLPerf Tiny keyword network.
test.each([
  { input: 14, kernel: 3, stride: 1, dilation: 1, same: 14, valid: 12, before: 1, after: 1 },
  { input: 14, kernel: 5, stride: 1, dilation: 1, same: 14, valid: 10, before: 2, after: 2 },
  { input: 224, kernel: 7, stride: 2, dilation: 1, same: 112, valid: 109, before: 2, after: 3 },
  { input: 49, kernel: 10, stride: 2, dilation: 1, same: 25, valid: 20, before: 4, after: 5 },
  { input: 96, kernel: 3, stride: 2, dilation: 1, same: 48, valid: 47, before: 0, after: 1 },
  { input: 10, kernel: 3, stride: 1, dilation: 2, same: 10, valid: 6, before: 2, after: 2 },
  { input: 7, kernel: 1, stride: 3, dilation: 1, same: 3, valid: 3, before: 0, after: 0 },
])('$input pixels, kernel $kernel, stride $stride, dilation $dilation', (c) => {
  expect([
    convOutSize(c.input, c.kernel, c.stride, c.dilation, 'SAME'),
    convOutSize(c.input, c.kernel, c.stride, c.dilation, 'VALID'),
    paddingAmount(c.input, c.kernel, c.stride, c.dilation, c.same),
  ]).toEqual([c.same, c.valid, { before: c.before, after: c.after }]);
});

it('says 0 where a VALID window does not fit', () => {
  expect(convOutSize(2, 5, 1, 1, 'VALID')).toBe(0);
});

test.each([
  [14, 3, 1, 1, 14, 40],
  [14, 5, 1, 1, 14, 64],
  [96, 3, 2, 1, 48, 143],
  [10, 3, 1, 2, 10, 26],
  [3, 7, 1, 1, 3, 9],
])(
  '%i pixels, kernel %i, stride %i, dilation %i, %i outputs: %i taps in the image',
  (i, k, s, d, o, taps) => {
    expect(inImageTaps(i, k, s, d, o)).toBe(taps);
  },
);

describe('broadcasting', () => {
  it('stretches ones and missing leading axes', () => {
    expect(broadcastShapes([1, 14, 14, 8], [8])).toEqual([1, 14, 14, 8]);
    expect(broadcastShapes([4, 1, 3], [2, 1])).toEqual([4, 2, 3]);
    expect(broadcastShapes([], [5])).toEqual([5]);
  });

  it('names both shapes where they do not fit', () => {
    expect(() => broadcastShapes([2, 3], [4])).toThrow('shapes [2,3] and [4] do not broadcast: 3 against 4');
  });
});

it('counts negative axes from the end and refuses axes outside', () => {
  expect([normalizeAxis(-1, 4), normalizeAxis(2, 4)]).toEqual([3, 2]);
  expect(() => normalizeAxis(4, 4)).toThrow('axis 4 is outside');
});

it('fills the one unknown dimension of a reshape', () => {
  expect(resolveReshape(1568, [-1, 196])).toEqual([8, 196]);
  expect(() => resolveReshape(10, [-1, 3])).toThrow('cannot reshape 10 elements to [-1,3]');
  expect(() => resolveReshape(10, [-1, -1])).toThrow('cannot reshape');
});
