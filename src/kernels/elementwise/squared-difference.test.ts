import { activation } from '../../../test/support/one-op.ts';
import { tensor, testGoldens, testRuns, testShapes, testWork } from '../../../test/support/op-tests.ts';

const OP = 'SQUARED_DIFFERENCE';

testShapes([[OP, {}, [tensor([2, 1]), tensor([3])], [[2, 3]]]]);

testWork([[OP, {}, [tensor([2, 6]), tensor([2, 6])], { macs: 0, elements: 12, loadBytes: 96 }]]);

testGoldens({ [OP]: ['op-sqdiff_bc_hw.float', 'op-sqdiff_bc_ch.int8', 'op-sqdiff_rev_bc.int8'] });

const integers = { shape: [2], dtype: 'int32' } as const;

// 16 bits as TensorFlow Lite Micro gives them: 0.001 x against 0.002 y, squares on scale 0.01.
testRuns([
  [
    OP,
    'int32, wrapped to 32 bits',
    {
      inputs: [integers, integers],
      output: integers,
      given: [
        [3, 65536],
        [-4, 0],
      ],
      expected: [49, 0],
    },
  ],
  [
    OP,
    'int16',
    {
      inputs: [activation([4], 'int16', 0.001, 0), activation([4], 'int16', 0.002, 0)],
      output: activation([4], 'int16', 0.01, 0),
      given: [
        [1, 2000, -3000, 5000],
        [-2, 0, 1000, 6000],
      ],
      expected: [0, 400, 2500, 4900],
    },
  ],
]);
