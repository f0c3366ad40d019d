import type { CostRow } from '../board/board.ts';

const KERNELS = 'openmv-firmware';
const COUNTED =
  'libtf_invoke of the shipped libtf.a, counted whole and by operator (24,320 outside the operators)';

function firmwareRow(op: string, row: Pick<CostRow, 'source' | 'grade'> & Partial<CostRow>): CostRow {
  return { op, dtype: 'any', kernels: KERNELS, cpi: 'cpiFirmware', ...row };
}

/**
 * Work of OpenMV's net.classify itself, done on every call: it builds the resolver and the interpreter anew,
 * allocates all tensors, converts the image and makes a list of the outputs (firmware 3.8 to 4.0).
 */
export const OPENMV_CALL_COSTS: readonly CostRow[] = [
  {
    op: 'micropython-call',
    dtype: 'any',
    kernels: KERNELS,
    constantCycles: { '1': 'callCycles' },
    source:
      'py_tf.c: attribute look-up, call, keywords, message buffer; cold code; pin writes around the call',
    grade: 'estimated',
  },
  firmwareRow('resolver', {
    instructions: { '1': 11_009 },
    source: `${COUNTED}: AllOpsResolver registers every operator one by one`,
    grade: 'measured',
  }),
  firmwareRow('allocate', {
    instructions: {
      operators: 2519,
      'operators*operators': 32.3,
      preparedChannels: 1393,
      preparedDense: 1470,
    },
    streams: [
      { operand: 'weights', access: 'read', bytes: { tensors: 336 }, passes: { '1': 1 } },
      { operand: 'output', access: 'write', bytes: { tensors: 50 }, passes: { '1': 1 } },
    ],
    source:
      `${COUNTED}: AllocateTensors, 7,847 for three operators; growth by operators from ResNet-8 float with an ` +
      'assumed 46 instructions a colour pixel. int8 Prepare: software double precision, 1,393 an output channel. ' +
      'Bytes: tables of the model file that are read, interpreter structures that are written, set so that the ' +
      'paper model fills 105 and 15 lines',
    grade: 'fitted',
  }),
  firmwareRow('image-conversion', {
    instructions: { modelPixels: 18.88, modelInputs: 9 },
    streams: [{ operand: 'output', access: 'write', bytes: { modelInputs: 4 }, passes: { '1': 1 } }],
    source:
      `${COUNTED}: input callback, 5,464 for 196 grey pixels (py_tf.c:230,290); 9 for each further channel is an ` +
      'estimate; four bytes an input (float32)',
    grade: 'measured',
  }),
  firmwareRow('output-list', {
    instructions: { modelOutputs: 60, '1': 400 },
    source: 'py_tf.c:380: a list of float objects; not counted, by the length of the code',
    grade: 'estimated',
  }),
];
