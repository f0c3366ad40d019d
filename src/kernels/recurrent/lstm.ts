import { ACTIVATION, FINITE, FLAG } from '../../models/formats/tflite/codecs.ts';
import { DTYPE_BYTES, type DType, type Tensor, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import { byInput } from '../definition/kernel.ts';
import type { KernelCall } from '../definition/kernel-limits.ts';
import { fail } from '../definition/operands.ts';
import { estimate, type ScratchRule } from '../definition/tflm.ts';
import {
  LSTM,
  LSTM_OPERANDS,
  LSTM_VARIANTS,
  lstmCounts,
  lstmGeometry,
  type LstmAttributes,
} from './lstm-geometry.ts';
import { prepareLstmFloat32, prepareLstmInteger } from './lstm-arithmetic.ts';

const COUNTED = 'its own count in the reference build at -O2';

/** lstm_eval_common.cc: four buffers of the size of the cell state. */
const gateBuffers: ScratchRule = ({ inputs, attributes }) => {
  const { batches, units } = lstmGeometry(attributes as LstmAttributes, inputs);
  const bytes = batches * units * DTYPE_BYTES[inputs[LSTM.cell]?.dtype ?? 'float32'];
  return [bytes, bytes, bytes, bytes];
};

/** The types that go together: activations, weights, biases, hidden state, cell state. */
function typesOf(activations: DType, weights: DType, bias: DType, cell: DType): string {
  const words = [
    activations,
    ...new Array<string>(8).fill(weights),
    ...['*', '*', '*'],
    ...new Array<string>(4).fill(bias),
    ...['*', '*', activations, cell],
  ];
  return `${words.join(' ')} -> ${activations}`;
}

/** What the kernel asks for besides types (lstm_eval.cc, ValidateTensorStatus). */
function refused({ inputs, attributes }: KernelCall): string | undefined {
  const { activation, cellClip } = attributes as LstmAttributes;
  if (inputs.length !== LSTM_OPERANDS) return `${inputs.length} operands; it takes ${LSTM_OPERANDS}`;
  if (LSTM_VARIANTS.some((position) => inputs[position] !== undefined)) {
    return 'peepholes, a projection or layer normalization; it takes the plain LSTM of Keras';
  }
  const states = [inputs[LSTM.hidden], inputs[LSTM.cell]] as (Tensor | undefined)[];
  if (states.some((state) => state?.isVariable !== true)) {
    return 'a state that is no variable tensor; convert the model again';
  }
  if (activation !== 'TANH') return `the activation ${activation}; it takes TANH`;
  return cellClip >= 0 ? undefined : `a cell clip of ${cellClip}; it takes 0 or more`;
}

/** All time steps of an LSTM; hidden and cell state are kept from call to call. */
export const unidirectionalSequenceLstm = defineOp({
  type: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
  tflite: {
    options: 'UnidirectionalSequenceLSTMOptions',
    fields: {
      activation: ['fused_activation_function', ACTIVATION],
      cellClip: ['cell_clip', FINITE],
      projClip: ['proj_clip', FINITE],
      timeMajor: ['time_major', FLAG],
    },
    versions: {
      runtimes: '1.13.1 1.14.0 2.3.0 2.9.0',
      rule: ({ inputs }) => (inputs[0]?.dtype === 'float32' ? 1 : 3),
    },
  },
  weightInputs: [1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 15],
  tflm: {
    scratch: gateBuffers,
    limits: {
      types: [
        typesOf('float32', 'float32', 'float32', 'float32'),
        typesOf('int8', 'int8', 'int32', 'int16'),
        typesOf('int16', 'int8', 'int64', 'int16'),
      ],
      scaled: [0, 1, 2, 3, 4, 5, 6, 7, 8, LSTM.hidden, LSTM.cell],
      check: refused,
    },
  },
  kmodel: { instead: 'use convolutions over the time steps' },
  estimates: {
    float32: estimate(
      { gateInputMacs: 5, gateStateMacs: 5, cellUpdates: 599, timeSteps: 2798, '1': 939 },
      COUNTED,
    ),
    int8: estimate(
      { gateInputMacs: 10, gateStateMacs: 10, cellUpdates: 854, timeSteps: 2989, '1': 842 },
      COUNTED,
    ),
    int16: estimate(
      { gateInputMacs: 11, gateStateMacs: 11, cellUpdates: 900, timeSteps: 2989, '1': 842 },
      'its own int8 count (10 a multiply-accumulate) with 64-bit sums',
    ),
  },
  infer(attributes, inputs): TensorInfo[] {
    if (inputs.length < LSTM.cell + 1) fail(`${inputs.length} operands, needs ${LSTM_OPERANDS}`);
    const { batches, steps, units, timeMajor } = lstmGeometry(attributes, inputs);
    const shape = timeMajor ? [steps, batches, units] : [batches, steps, units];
    return [{ shape, dtype: inputs[0]!.dtype }];
  },
  count(attributes, inputs) {
    const counts = lstmCounts(lstmGeometry(attributes, inputs));
    return { macs: counts.gateInputMacs + counts.gateStateMacs, counts };
  },
  prepare: byInput(LSTM.input, prepareLstmFloat32, prepareLstmInteger),
});
