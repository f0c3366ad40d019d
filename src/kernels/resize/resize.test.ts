import { activation } from '../../../test/support/one-op.ts';
import {
  ints,
  tensor,
  testGoldens,
  testRefusals,
  testRuns,
  testShapes,
  testWork,
} from '../../../test/support/op-tests.ts';

const BIG_RESIZE = { alignCorners: false, halfPixelCenters: true };

testShapes([
  ['RESIZE_NEAREST_NEIGHBOR', BIG_RESIZE, [tensor([1, 4, 4, 3]), ints(8, 6)], [[1, 8, 6, 3]]],
  ['RESIZE_BILINEAR', BIG_RESIZE, [tensor([1, 4, 4, 3]), ints(2, 9)], [[1, 2, 9, 3]]],
]);

testRefusals([
  ['RESIZE_BILINEAR', BIG_RESIZE, [tensor([1, 4, 4, 3]), ints(0, 9)], 'height is 0, needs to be 1 or more'],
  [
    'RESIZE_BILINEAR',
    { alignCorners: true, halfPixelCenters: true },
    [tensor([1, 4, 4, 3]), ints(2, 9)],
    'exclude each other',
  ],
]);

testWork([
  ['RESIZE_NEAREST_NEIGHBOR', {}, [tensor([1, 2, 2, 3]), ints(4, 4)], {}],
  ['RESIZE_BILINEAR', {}, [tensor([1, 2, 2, 3]), ints(4, 4)], {}],
]);

testGoldens({
  RESIZE_NEAREST_NEIGHBOR: ['op-rs_nea_ac0_hp1_7x3.float', 'op-rs_nea_ac1_hp0_15x4.int8'],
  RESIZE_BILINEAR: ['op-rs_bil_ac1_hp0_8x10.float', 'op-rs_bil_ac0_hp1_7x3.int8'],
});

// Two pictures of two pixels; every pixel twice as high.
const HALVES = { alignCorners: false, halfPixelCenters: false };
const reals = (shape: readonly number[]) => ({ shape, dtype: 'float32' }) as const;

testRuns([
  [
    'RESIZE_NEAREST_NEIGHBOR',
    'each picture of a batch by itself',
    {
      attributes: HALVES,
      inputs: [reals([2, 2, 1, 2]), ints(4, 1)],
      output: reals([2, 4, 1, 2]),
      given: [[1, 2, 3, 4, 5, 6, 7, 8]],
      expected: [1, 2, 1, 2, 3, 4, 3, 4, 5, 6, 5, 6, 7, 8, 7, 8],
    },
  ],
  [
    'RESIZE_BILINEAR',
    'each picture of a batch by itself',
    {
      attributes: HALVES,
      inputs: [reals([2, 2, 1, 1]), ints(4, 1)],
      output: reals([2, 4, 1, 1]),
      given: [[0, 4, 10, 20]],
      expected: [0, 2, 4, 4, 10, 15, 20, 20],
    },
  ],
  [
    'RESIZE_BILINEAR',
    'each picture of a batch by itself, in int8',
    {
      attributes: HALVES,
      inputs: [activation([2, 2, 1, 1], 'int8', 0.5, 3), ints(4, 1)],
      output: activation([2, 4, 1, 1], 'int8', 0.5, 3),
      given: [[0, 4, 10, 20]],
      expected: [0, 2, 4, 4, 10, 15, 20, 20],
    },
  ],
]);
