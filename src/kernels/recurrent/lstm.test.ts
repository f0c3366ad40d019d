import { expect, it } from 'vitest';
import { activation, constant, type Operand } from '../../../test/support/one-op.ts';
import { constantOf, tensor, testRefusals, testShapes, testWork } from '../../../test/support/op-tests.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { refusedBy } from '../definition/kernel-limits.ts';
import { createExecutor } from '../execute/executor.ts';
import { unidirectionalSequenceLstm } from './lstm.ts';
import { GATES, LSTM_OPERANDS } from './lstm-geometry.ts';

const OP = 'UNIDIRECTIONAL_SEQUENCE_LSTM';
const LAYER = { activation: 'TANH', cellClip: 6, projClip: 3, timeMajor: false } as const;

type Operands = readonly (Operand | undefined)[];

/** The 24 operands from those that a plain LSTM has. */
function operandsOf(
  input: Operand,
  weights: readonly Operand[],
  bias: readonly Operand[],
  states: Operand[],
): Operands {
  const absent = (count: number) => new Array<undefined>(count).fill(undefined);
  const variables = states.map((state) => ({ ...state, isVariable: true }));
  return [input, ...weights, ...absent(3), ...bias, ...absent(2), ...variables, ...absent(4)];
}

const shapesOnly = (input: readonly number[], units = 5, inputs = 3) =>
  operandsOf(
    tensor(input),
    [...GATES.map(() => constantOf([units, inputs])), ...GATES.map(() => constantOf([units, units]))],
    GATES.map(() => constantOf([units])),
    [tensor([2, units]), tensor([2, units])],
  );

testShapes([
  [OP, LAYER, shapesOnly([2, 7, 3]), [[2, 7, 5]]],
  [OP, { ...LAYER, timeMajor: true }, shapesOnly([7, 2, 3]), [[7, 2, 5]]],
]);

testRefusals([
  [OP, LAYER, shapesOnly([2, 7, 4]), 'input 1 is [5,3], the gates need [5,4]'],
  [OP, LAYER, shapesOnly([3, 7, 3]), 'input 18 (state) [2,5], needs [3,5]'],
  [OP, LAYER, shapesOnly([2, 7, 3]).slice(0, 8), '8 operands, needs 24'],
]);

testWork([
  [
    OP,
    LAYER,
    shapesOnly([2, 7, 3]),
    {
      macs: 4 * 14 * 5 * (3 + 5),
      weightBytes: 4 * 4 * (15 + 25 + 5),
      counts: {
        gateInputMacs: 4 * 14 * 15,
        gateStateMacs: 4 * 14 * 25,
        cellUpdates: 14 * 5,
        timeSteps: 14,
        // Two pairs of units and an odd one; 3 inputs are no quad, 5 units one and a rest of 1, in 6 of the 7 steps.
        gatePairQuads: 4 * 2 * 12,
        gatePairRest: 4 * 2 * (14 * 3 + 12),
        gateOddQuads: 4 * 12,
        laterGatePairs: 4 * 2 * 12,
      },
    },
  ],
  [OP, { ...LAYER, timeMajor: true }, shapesOnly([7, 2, 3]), { counts: { timeSteps: 7 } }],
]);

/** Figures of tensorflow/tflite-micro, micro/kernels/testdata/lstm_test_data.cc: 2 sequences, 3 steps, 2 inputs, 2 units. */
const INPUT = [0.2, 0.3, 0.2, 0.3, 0.2, 0.3, -0.98, 0.62, 0.01, 0.99, 0.49, -0.32];
const EXPECTED = [
  0.26455893, 0.26870455, 0.47935803, 0.47937014, 0.58013272, 0.58013278, -1.41184672e-3, -1.43329117e-5,
  0.46887168, 0.46891281, 0.50054074, 0.50054148,
];
/** In the order of the gates; the weights of the state are those of the input. */
const WEIGHTS = [
  [10, 10, 20, 20],
  [-10, -10, -20, -20],
  [1, 1, 1, 1],
  [1, 1, 1, 1],
];
const BIASES = [
  [-1, -2],
  [1, 2],
  [0, 0],
  [0, 0],
];

function graphOf(operands: Operands, output: Operand): Graph {
  const inputs = operands.map((operand, at) => (operand === undefined ? -1 : at));
  const tensors = operands.map((operand, at) => ({ ...(operand ?? tensor([])), name: `t${at}` }));
  const nodes = [{ op: OP, attributes: LAYER, inputs, outputs: [LSTM_OPERANDS] }];
  const ends = { inputs: [0], outputs: [LSTM_OPERANDS] };
  return {
    ...{ name: 'lstm', format: 'builder', fileBytes: 0 },
    ...{ tensors: [...tensors, { ...output, name: 'out' }], nodes, ...ends },
  };
}

const real = (shape: readonly number[]): Operand => ({ shape, dtype: 'float32' });

function realGraph(): Graph {
  const weights = WEIGHTS.map((values) => constant(values, [2, 2], 'float32'));
  const biases = BIASES.map((values) => constant(values, [2], 'float32'));
  const states = [real([2, 2]), real([2, 2])];
  return graphOf(operandsOf(real([2, 3, 2]), [...weights, ...weights], biases, states), real([2, 3, 2]));
}

it('gives in float32 what the tests of TensorFlow Lite Micro expect, and again after its states are reset', () => {
  const executor = createExecutor(realGraph());
  const first = [...executor.run([INPUT])[0]!].map(Number);
  first.forEach((value, at) => expect(value).toBeCloseTo(EXPECTED[at]!, 5));
  expect([...executor.run([INPUT])[0]!]).not.toEqual(first);
  executor.reset();
  expect([...executor.run([INPUT])[0]!]).toEqual(first);
});

interface Quantized {
  readonly type: 'int8' | 'int16';
  readonly input: number;
  readonly hidden: number;
  readonly zero: number;
}

/** Scales of the same file: weights of 127 steps each, the cell state in steps of 2^-12. */
function quantizedGraph({ type, input, hidden, zero }: Quantized): Graph {
  const weights = WEIGHTS.map((values, gate) => {
    const scale = gate < 2 ? 20 / 127 : 1 / 127;
    return constant(
      values.map((value) => Math.round(value / scale)),
      [2, 2],
      'int8',
      [scale],
    );
  });
  const biases = BIASES.map((values, gate) => {
    const steps = values.map((value) => Math.round(value / (input * (gate < 2 ? 20 / 127 : 1 / 127))));
    if (type === 'int8') return constant(steps, [2], 'int32');
    const data = new Uint8Array(BigInt64Array.from(steps, BigInt).buffer);
    return { shape: [2], dtype: 'int64', data, isConstant: true } as const;
  });
  const states = [activation([2, 2], type, hidden, zero), activation([2, 2], 'int16', 2 ** -12, 0)];
  return graphOf(
    operandsOf(activation([2, 3, 2], type, input, 0), [...weights, ...weights], biases, states),
    activation([2, 3, 2], type, hidden, zero),
  );
}

// Tolerances as in micro/kernels/unidirectional_sequence_lstm_test.cc: hidden states within 1e-2 and 1e-3.
it.each([
  [{ type: 'int8', input: 0.00784313725490196, hidden: 0.004705882165580988, zero: -21 }, 1e-2],
  [{ type: 'int16', input: 3.0518044e-5, hidden: 2.1362956633198035e-5, zero: 0 }, 1e-3],
] as const)('gives in integers the same within the tolerance of those tests: %j', (quantized, tolerance) => {
  const steps = INPUT.map((value) => Math.round(value / quantized.input));
  const [out] = createExecutor(quantizedGraph(quantized)).run([steps]);
  const reals = [...out!].map((stored) => (Number(stored) - quantized.zero) * quantized.hidden);
  reals.forEach((value, at) => expect(Math.abs(value - EXPECTED[at]!)).toBeLessThan(tolerance));
});

it('takes the plain LSTM of Keras: no peepholes, states that are variables, tanh', () => {
  const { limits } = unidirectionalSequenceLstm.tflm!;
  const inputs = shapesOnly([2, 7, 3]);
  const call = (given: Operands, attributes = {}) =>
    refusedBy(limits!, {
      inputs: given,
      outputs: [tensor([2, 7, 5])],
      attributes: { ...LAYER, ...attributes },
    });
  expect(call(inputs)).toBeUndefined();
  expect(call(inputs.with(9, constantOf([5])))).toMatch('peepholes');
  expect(call(inputs.with(18, tensor([2, 5])))).toMatch('no variable tensor');
  expect(call(inputs, { activation: 'RELU' })).toMatch('the activation RELU; it takes TANH');
  expect(call(inputs, { cellClip: -1 })).toMatch('a cell clip of -1');
  expect(call(inputs.slice(0, 20))).toMatch('20 operands; it takes 24');
  expect(call(inputs.with(0, tensor([2, 7, 3], 'int8')))).toMatch('int8');
});

it('asks for four buffers of the size of the cell state', () => {
  const call = { inputs: shapesOnly([2, 7, 3]), output: tensor([2, 7, 5]), attributes: LAYER };
  expect(unidirectionalSequenceLstm.tflm!.scratch!(call)).toEqual([40, 40, 40, 40]);
});
