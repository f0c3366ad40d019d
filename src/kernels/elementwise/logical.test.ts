import { tensor, testRuns, testShapes, testWork } from '../../../test/support/op-tests.ts';

testShapes([['LOGICAL_AND', {}, [tensor([2, 1], 'bool'), tensor([3], 'bool')], [[2, 3]]]]);

testWork([
  [
    'LOGICAL_OR',
    {},
    [tensor([6], 'bool'), tensor([6], 'bool')],
    { macs: 0, elements: 6, loadBytes: 12, storeBytes: 6 },
  ],
]);

const truths = { shape: [4], dtype: 'bool' } as const;
const table = (expected: number[]) => ({
  inputs: [truths, truths],
  output: truths,
  given: [
    [0, 0, 1, 1],
    [0, 1, 0, 1],
  ],
  expected,
});

testRuns([
  ['LOGICAL_AND', 'bool', table([0, 0, 0, 1])],
  ['LOGICAL_OR', 'bool', table([0, 1, 1, 1])],
  [
    'LOGICAL_NOT',
    'bool',
    { inputs: [truths], output: truths, given: [[0, 1, 1, 0]], expected: [1, 0, 0, 1] },
  ],
]);
