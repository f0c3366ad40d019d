import { tensor, testGoldens, testRefusals, testShapes, testWork } from '../../../test/support/op-tests.ts';

testShapes([
  [
    'FULLY_CONNECTED',
    { keepNumDims: false },
    [tensor([1, 14, 14, 2]), tensor([10, 392]), tensor([10])],
    [[1, 10]],
  ],
  ['FULLY_CONNECTED', { keepNumDims: false }, [tensor([2, 3, 4]), tensor([5, 4])], [[6, 5]]],
  ['FULLY_CONNECTED', { keepNumDims: true }, [tensor([2, 3, 4]), tensor([5, 4])], [[2, 3, 5]]],
]);

testRefusals([
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
]);

testWork([
  [
    'FULLY_CONNECTED',
    { keepNumDims: false },
    [tensor([1, 980]), tensor([10, 980]), tensor([10])],
    { macs: 9800, loadBytes: 3920, storeBytes: 40, weightBytes: 4 * 9810 },
  ],
]);

testGoldens({
  FULLY_CONNECTED: ['op-fc_b4.float', 'op-fc_b4.int8', 'op-fc_nobias.int8', 'op-fc.i16'],
});
