import { activation } from '../../../test/support/one-op.ts';
import { tensor, testGoldens, testRuns, testShapes, testWork } from '../../../test/support/op-tests.ts';

testShapes([
  ['QUANTIZE', {}, [tensor([1, 4])], [[1, 4]]],
  ['DEQUANTIZE', {}, [tensor([1, 4], 'int8')], [[1, 4]]],
]);

testWork([
  ['QUANTIZE', {}, [tensor([1, 4])], { elements: 4, loadBytes: 16, storeBytes: 4 }],
  ['DEQUANTIZE', {}, [tensor([1, 4], 'int8')], {}],
]);

testGoldens({ QUANTIZE: ['op-add_3d.u8'] });

// 0.5 x (stored - 10).
testRuns([
  [
    'DEQUANTIZE',
    'int8',
    {
      inputs: [activation([3], 'int8', 0.5, 10)],
      output: { shape: [3], dtype: 'float32' },
      given: [[-128, 10, 13]],
      expected: [-69, 0, 1.5],
    },
  ],
]);
