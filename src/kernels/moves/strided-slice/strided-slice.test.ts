import { expect, it, test } from 'vitest';
import type { StridedSliceAttributes } from '../../../models/graph/attributes.ts';
import { int32Constant } from '../../../models/graph/constant-tensors.ts';
import { readInts } from '../../definition/operands.ts';
import { stridedSlice } from './index.ts';

const NO_MASKS: StridedSliceAttributes = {
  beginMask: 0,
  endMask: 0,
  ellipsisMask: 0,
  newAxisMask: 0,
  shrinkAxisMask: 0,
  offset: false,
};

function slice(shape: number[], [b, e, s]: number[][], masks: Partial<StridedSliceAttributes> = {}) {
  const indices = [b, e, s].map((values) => int32Constant('', values));
  const attributes = { ...NO_MASKS, ...masks };
  return stridedSlice.infer(attributes, [{ shape, dtype: 'float32' }, ...indices])[0].shape;
}

// Expected shapes are those of numpy's x[...] in the name.
test.each<[string, number[], number[][], Partial<StridedSliceAttributes>, number[]]>([
  ['x[1:3]', [5, 4], [[1], [3], [1]], {}, [2, 4]],
  [
    'x[-3:-1, ::2]',
    [5, 4],
    [
      [-3, 0],
      [-1, 0],
      [1, 2],
    ],
    { beginMask: 2, endMask: 2 },
    [2, 2],
  ],
  ['x[::2]', [5], [[0], [9], [2]], {}, [3]],
  ['x[::-1]', [5], [[0], [0], [-1]], { beginMask: 1, endMask: 1 }, [5]],
  ['x[3:0:-2]', [5], [[3], [0], [-2]], {}, [2]],
  ['x[2]', [5, 4], [[2], [3], [1]], { shrinkAxisMask: 1 }, [4]],
  ['x[-1]', [5, 4], [[-1], [0], [1]], { shrinkAxisMask: 1 }, [4]],
  [
    'x[..., 1:2]',
    [5, 4, 3],
    [
      [0, 1],
      [0, 2],
      [1, 1],
    ],
    { ellipsisMask: 1 },
    [5, 4, 1],
  ],
  [
    'x[0, ..., 1]',
    [5, 4, 3, 2],
    [
      [0, 0, 1],
      [1, 0, 2],
      [1, 1, 1],
    ],
    { ellipsisMask: 2, shrinkAxisMask: 5 },
    [4, 3],
  ],
  [
    'x[0:1, ..., 1:2] of two dimensions',
    [5, 4],
    [
      [0, 0, 1],
      [1, 0, 2],
      [1, 1, 1],
    ],
    { ellipsisMask: 2 },
    [1, 1],
  ],
  [
    'x[None, 1:3]',
    [5, 4],
    [
      [0, 1],
      [0, 3],
      [1, 1],
    ],
    { newAxisMask: 1 },
    [1, 2, 4],
  ],
  [
    'x[..., None]',
    [5, 4],
    [
      [0, 0],
      [0, 0],
      [1, 1],
    ],
    { ellipsisMask: 1, newAxisMask: 2 },
    [5, 4, 1],
  ],
  ['x[2:2+2]', [5], [[2], [2], [1]], { offset: true }, [2]],
  ['x[-4:-4+2] by offset', [5], [[-4], [2], [1]], { offset: true }, [2]],
  ['x[3:1]', [5], [[3], [1], [1]], {}, [0]],
])('%s of shape %j', (_name, shape, indices, masks, expected) => {
  expect(slice(shape, indices, masks)).toEqual(expected);
});

test.each<[number[][], Partial<StridedSliceAttributes>, string]>([
  [[[0], [1], [0]], {}, 'a stride is 0'],
  [[[5], [6], [1]], { shrinkAxisMask: 1 }, 'index 5 is outside a dimension of 5'],
  [
    [
      [0, 0],
      [1, 1],
      [1, 1],
    ],
    {},
    '2 indices for 1 dimensions',
  ],
  [[[0], [1, 1], [1]], {}, 'begin, end and strides hold 1, 2 and 1 values'],
  [
    [
      [0, 0],
      [0, 0],
      [1, 1],
    ],
    { ellipsisMask: 3 },
    'more than one ellipsis',
  ],
])('%j %j of 5 elements is refused', (indices, masks, message) => {
  expect(() => slice([5], indices, masks)).toThrow(message);
});

it('knows the values of a slice of a constant vector', () => {
  const inputs = [[7, 8, 9, 10], [1], [4], [2]].map((values) => int32Constant('', values));
  const [output] = stridedSlice.infer(NO_MASKS, inputs);
  expect(readInts(output, 'slice')).toEqual([8, 10]);
});

it('loads only what it keeps', () => {
  const [, ...indices] = [[], [0], [2], [1]].map((values) => int32Constant('', values));
  const input = { shape: [5, 4], dtype: 'float32' } as const;
  const work = stridedSlice.work(NO_MASKS, [input, ...indices], [{ shape: [2, 4], dtype: 'float32' }]);
  expect([work.loadBytes, work.storeBytes, work.counts.inputBytes]).toEqual([32, 32, 80]);
});
