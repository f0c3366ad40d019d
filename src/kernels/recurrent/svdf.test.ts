import { expect, it } from 'vitest';
import { activation, constant, oneOp, type Operand } from '../../../test/support/one-op.ts';
import { constantOf, tensor, testRefusals, testShapes, testWork } from '../../../test/support/op-tests.ts';
import { refusedBy } from '../definition/kernel-limits.ts';
import { createExecutor } from '../execute/executor.ts';
import { svdf } from './svdf.ts';

const OP = 'SVDF';
const LAYER = { rank: 2, activation: 'NONE' } as const;
const operands = (state: readonly number[]) => [
  tensor([2, 3]),
  constantOf([8, 3]),
  constantOf([8, 10]),
  constantOf([4]),
  tensor(state),
];

testShapes([[OP, LAYER, operands([2, 80]), [[2, 4]]]]);

testRefusals([
  [OP, LAYER, operands([2, 8]), 'state [2,8], the filters need [2,80]'],
  [OP, { ...LAYER, rank: 3 }, operands([2, 80]), '8 filters are not a multiple of the rank 3'],
  [OP, LAYER, operands([2, 80]).with(1, constantOf([8, 4])), 'feature weights [8,4], needs [8,3]'],
]);

testWork([
  [
    OP,
    LAYER,
    operands([2, 80]),
    {
      macs: 2 * 8 * (3 + 10),
      weightBytes: 4 * (24 + 80 + 4),
      counts: { filters: 16, featureMacs: 48, timeMacs: 160, outputs: 8 },
    },
  ],
]);

/** Figures of tensorflow/tflite-micro, micro/kernels/svdf_test.cc: 2 sequences of 2 inputs, 4 units of rank 2, 10 steps. */
const FEATURE = [
  -0.31930989, 0.0079667, 0.39296314, 0.37613347, 0.12416199, 0.15785322, 0.27901134, 0.3905206, 0.21931258,
  -0.36137494, -0.10640851, 0.31053296, -0.36118156, -0.0976817, -0.36916667, 0.22197971,
];
const TIME = [
  -0.31930989, 0.37613347, 0.27901134, -0.36137494, -0.36118156, 0.22197971, 0.27557442, -0.06634006,
  0.0079667, 0.12416199, 0.3905206, -0.10640851, -0.0976817, 0.15294972, 0.39635518, -0.02702999, 0.39296314,
  0.15785322, 0.21931258, 0.31053296, -0.36916667, 0.38031587, -0.21580373, 0.27072677, 0.23622236,
  0.34936687, 0.18174365, 0.35907319, -0.17493086, 0.324846, -0.10781813, 0.27201805, 0.14324132, -0.23681851,
  -0.27115166, -0.01580888, -0.14943552, 0.15465137, 0.09784451, -0.0337657, -0.14884081, 0.19931212,
  -0.36002168, 0.34663299, -0.11405486, 0.12672701, 0.39463779, -0.07886535, -0.06384811, 0.08249187,
  -0.26816407, -0.19905911, 0.29211238, 0.31264046, -0.28664589, 0.05698794, 0.11613581, 0.14078894,
  0.02187902, -0.21781836, -0.15567942, 0.08693647, -0.38256618, 0.36580828, -0.22922277, -0.0226903,
  0.12878349, -0.28122205, -0.10850525, -0.11955214, 0.27179423, -0.04710215, 0.31069002, 0.22672787,
  0.09580326, 0.08682203, 0.1258215, 0.1851041, 0.29228821, 0.12366763,
];
const STEPS = [
  {
    given: [0.12609188, -0.46347019, 0.35867718, 0.36897406],
    out: [-0.044205, -0.013757, 0.050369, -0.018447, 0.07301, 0.025142, -0.021154, 0.013551],
  },
  {
    given: [0.14278367, -1.64410412, -0.57290924, 0.12729003],
    out: [-0.209613, -0.062421, 0.150209, -0.108334, 0.028256, -0.00695, -0.030885, 0.009603],
  },
  {
    given: [0.49837467, 0.19278903, 0.17660543, 0.52949083],
    out: [-0.0768, -0.037075, -0.087198, -0.155183, 0.091069, 0.098446, -0.016083, 0.106475],
  },
];

const real = (shape: readonly number[]): Operand => ({ shape, dtype: 'float32' });
const published = () =>
  oneOp(
    OP,
    LAYER,
    [
      real([2, 2]),
      constant(FEATURE, [8, 2], 'float32'),
      constant(TIME, [8, 10], 'float32'),
      constant([0, 0, 0, 0], [4], 'float32'),
      { ...real([2, 80]), isVariable: true },
    ],
    real([2, 4]),
  );

it('gives step by step what the tests of TensorFlow Lite Micro expect, and begins anew when its state is reset', () => {
  const executor = createExecutor(published());
  for (let round = 0; round < 2; round++) {
    for (const { given, out } of STEPS) {
      const [got] = executor.run([given]);
      (got as Float32Array).forEach((value, at) => expect(value).toBeCloseTo(out[at]!, 5));
    }
    executor.reset();
  }
});

it('starts each item of a batch with an empty state', () => {
  const [first] = STEPS;
  const given = Float32Array.from([...first!.given, ...first!.given]);
  const [got] = createExecutor(published()).runBatch([given], 2);
  expect(got!.slice(8)).toEqual(got!.slice(0, 8));
});

/** Two filters of rank 1 over one input; steps of 0.5, of the state 1 above zero point 3, of the output 1 above -2. */
const integers = (stateType: 'int8' | 'int16', stateZero: number) =>
  oneOp(
    OP,
    { rank: 1, activation: 'RELU' },
    [
      activation([1, 1], 'int8', 0.5, 1),
      constant([2, -4], [2, 1], 'int8', [0.5]),
      constant([1, 2, 3, 4], [2, 2], stateType, [0.5]),
      constant([2, 0], [2], 'int32', [0.5]),
      { ...activation([1, 4], stateType, 1, stateZero), isVariable: true },
    ],
    activation([1, 2], 'int8', 1, -2),
  );

// Input 9 is 8 steps above its zero point: features of 2 x 8 and -4 x 8 quarters are 4 and -8 in the state's steps of 1.
// The newest is weighted 2 and 4: 4 x 2 + bias 2 = 10 and -32, halved 5 and -16, above -2: 3 and -18.
// A second input of 1 is zero: the old features are weighted 1 and 3 then: 6 and -24, halved 3 and -12, so 1 and -14.
it.each([
  ['int8', 3],
  ['int16', 0],
] as const)('keeps a state of %s about its zero point', (stateType, stateZero) => {
  const executor = createExecutor(integers(stateType, stateZero));
  expect([...executor.run([[9]])[0]!]).toEqual([3, -18]);
  expect([...executor.run([[1]])[0]!]).toEqual([1, -14]);
});

it('takes a state that is a variable, and with int8 a bias of the scale of the sums', () => {
  const { tensors } = integers('int8', 3);
  const call = (inputs: readonly (Operand | undefined)[]) =>
    refusedBy(svdf.tflm!.limits!, { inputs, outputs: [tensors[5]!], attributes: LAYER });
  const inputs = tensors.slice(0, 5);
  expect(call(inputs)).toBeUndefined();
  expect(call(inputs.with(4, { ...inputs[4]!, isVariable: false }))).toMatch('no variable tensor');
  expect(call(inputs.with(3, undefined as never))).toMatch('int8 without a bias');
  expect(call(inputs.with(3, constant([0, 0], [2], 'int32', [0.25]) as never))).toMatch('a bias whose scale');
  expect(call(inputs.slice(0, 4))).toMatch('4 operands; it takes 5');
});

it('asks for a sum of each filter, and with integers of each unit', () => {
  const bytes = (dtype: 'float32' | 'int8') =>
    svdf.tflm!.scratch!({
      inputs: [tensor([2, 3], dtype), ...operands([2, 80]).slice(1)],
      output: tensor([2, 4], dtype),
      attributes: LAYER,
    });
  expect([bytes('float32'), bytes('int8')]).toEqual([[64], [64, 32]]);
});
