import {
  ints,
  tensor,
  testGoldens,
  testRefusals,
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
